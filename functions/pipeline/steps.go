package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"math"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/core/parallel"
	"hourglass/functions/model"
)

func init() {
	beam.RegisterDoFn(&planFn{})
	beam.RegisterDoFn(&filesFn{})
	beam.RegisterDoFn(&surveyFn{})
	beam.RegisterDoFn(&readFn{})
	beam.RegisterDoFn(&ownerFn{})
	beam.RegisterDoFn(&repeatsFn{})
	beam.RegisterDoFn(&customersFn{})
	beam.RegisterDoFn(&historiesFn{})
	beam.RegisterDoFn(&fitFn{})
	register.Emitter1[[]byte]()
	register.Emitter1[int]()
	register.Emitter2[int64, []byte]()
	register.Emitter2[string, []byte]()
	register.Iter1[[]byte]()
	beam.RegisterType(reflect.TypeOf(&crowdFn{}).Elem())
	beam.RegisterType(reflect.TypeOf(&mergeFn{}).Elem())
}

// known keeps what a side input says, so that it is understood once by a worker and not once an element.
type known[T any] struct {
	text []byte
	as   T
}

func (k *known[T]) of(text []byte) (*T, error) {
	if k.text == nil || !bytes.Equal(k.text, text) {
		var as T
		if err := json.Unmarshal(text, &as); err != nil {
			return nil, fmt.Errorf("a side input cannot be understood: are all workers of one build? %w", err)
		}
		k.text, k.as = bytes.Clone(text), as
	}
	return &k.as, nil
}

// planFn lists the files and reads how the first begins.
type planFn struct {
	Patterns []string
	Output   string
	By       string
	Options  orders.Options
}

func (f *planFn) ProcessElement(ctx context.Context, _ []byte, emit func([]byte)) error {
	p := plan{Options: f.Options}
	if err := p.listed(ctx, f.Patterns); err != nil {
		return err
	}
	if err := p.usable(); err != nil {
		return err
	}
	if err := p.resolveBy(f.By); err != nil {
		return err
	}
	for _, name := range p.Files {
		if isOutput(f.Output, name) {
			return fmt.Errorf("%s would be written over: give -output another beginning than that of -input", name)
		}
	}
	emit(mustJSON(p))
	return nil
}

// filesFn gives the files by number.
type filesFn struct{ plan known[plan] }

func (f *filesFn) ProcessElement(_ []byte, text []byte, emit func(int)) error {
	p, err := f.plan.of(text)
	if err != nil {
		return err
	}
	for i := range p.Files {
		emit(i)
	}
	return nil
}

// surveyFn is the first pass.
type surveyFn struct{ plan known[plan] }

func (f *surveyFn) ProcessElement(ctx context.Context, index int, text []byte, emit func([]byte)) error {
	p, err := f.plan.of(text)
	if err != nil {
		return err
	}
	d, err := p.survey(ctx, index)
	if err == nil {
		emit(mustJSON(d))
	}
	return err
}

// mergeFn merges what files, buckets and blocks have to say, as JSON: small, and the same in any order.
type mergeFn struct{ Of string }

const (
	ofDialects = "dialects"
	ofCounts   = "counts"
	ofRepeats  = "repeats"
	ofSpans    = "spans"
	ofScales   = "scales"
	ofCuts     = "cuts"
	ofTotals   = "totals"
	ofTexts    = "texts"
	ofTallies  = "tallies"
	ofGrown    = "grown"
)

func (f *mergeFn) MergeAccumulators(a, b []byte) ([]byte, error) {
	switch f.Of {
	case ofDialects:
		return merged(a, b, (*dialect).merge)
	case ofCounts:
		return merged(a, b, (*counts).merge)
	case ofRepeats:
		return merged(a, b, (*repeats).merge)
	case ofSpans:
		return merged(a, b, (*span).merge)
	case ofScales:
		return merged(a, b, (*scales).merge)
	case ofCuts:
		return merged(a, b, (*cuts).merge)
	case ofTotals:
		return merged(a, b, (*totals).merge)
	case ofTexts:
		return merged(a, b, (*texts).merge)
	case ofTallies:
		return merged(a, b, (*tally).merge)
	case ofGrown:
		return merged(a, b, (*grown).merge)
	}
	return nil, fmt.Errorf("nothing is known of %q", f.Of)
}

func merged[T any](a, b []byte, merge func(*T, T)) ([]byte, error) {
	var x, y T
	if err := json.Unmarshal(a, &x); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &y); err != nil {
		return nil, err
	}
	merge(&x, y)
	return mustJSON(x), nil
}

// perBucket is how many rows a bucket has, about: what one worker holds at a time.
const perBucket = 20000

// readFn is the second pass: a file's rows, by bucket.
type readFn struct {
	PerBucket uint64
	plan      known[plan]
	dialect   known[dialect]
}

func (f *readFn) ProcessElement(ctx context.Context, index int, planText, dialectText []byte, pack func(int64, []byte), byAddress, owners func(string, []byte), told, said func([]byte)) error {
	p, err := f.plan.of(planText)
	if err != nil {
		return err
	}
	d, err := f.dialect.of(dialectText)
	if err != nil {
		return err
	}
	name := p.Files[index]
	var aside []fault
	r := p.part(d.Settled, func(reason orders.Reason, line uint32, text []byte) {
		aside = append(aside, fault{name, line - p.above(), reason.String(), string(bytes.ToValidUTF8(clip(text), []byte("?")))})
	})
	s := &sorter{buckets: bucketsFor(d.Rows, f.PerBucket), packs: map[uint64][]byte{}, emit: func(k uint64, b []byte) { pack(int64(k), b) }}
	addresses := r.Report().Columns[orders.RoleEmail] > 0 && r.Report().Columns[orders.RoleEmail] != r.Report().Columns[orders.RoleID]
	pieces := uint64(0)
	err = p.readFile(ctx, name, r, func() error {
		r.Take(func(row orders.Row) {
			one := filed{row, uint32(index)}
			if addresses && orders.IsAddress(row.ID) {
				byAddress(string(row.ID), appendRow(nil, one))
				return
			}
			s.put(one)
		}, func(mail, id []byte) {
			owners(string(mail), appendRow(nil, filed{orders.Row{ID: id, Place: pieces}, uint32(index)}))
		})
		pieces++
		for _, one := range aside {
			told(mustJSON(note{Fault: &one}))
		}
		aside = aside[:0]
		return nil
	})
	s.flush()
	if err != nil {
		return err
	}
	told(mustJSON(note{Counts: ptr(countsOf(r.Report()))}))
	var list texts
	for at, text := range r.GroupTexts() {
		list.All = append(list.All, placedText{text, index, at})
	}
	said(mustJSON(list))
	return nil
}

// above is how many lines stand above a file's own, as it is read.
func (p *plan) above() uint32 {
	if p.Names != nil {
		return 1
	}
	return 0
}

// bucketsFor is how many buckets so many rows are sorted into.
func bucketsFor(rows, per uint64) uint64 { return rows/max(1, per) + 1 }

func ptr[T any](v T) *T { return &v }

// A note is what a step tells beside its output.
type note struct {
	Fault  *fault  `json:",omitempty"`
	Counts *counts `json:",omitempty"`
}

// ownerFn finds whose rows of an address alone are: of the customer that the first row names that has both.
type ownerFn struct {
	PerBucket uint64
	dialect   known[dialect]
}

func (f *ownerFn) ProcessElement(mail string, rows, owners func(*[]byte) bool, dialectText []byte, emit func(int64, []byte)) error {
	d, err := f.dialect.of(dialectText)
	if err != nil {
		return err
	}
	var first *filed
	var pack []byte
	for owners(&pack) {
		c := cursor{rest: pack}
		if o := c.row(); first == nil || cmp.Or(cmp.Compare(o.file, first.file), cmp.Compare(o.Place, first.Place)) < 0 {
			o.ID = bytes.Clone(o.ID)
			first = &o
		}
	}
	id := []byte(mail)
	if first != nil {
		id = first.ID
	}
	bucket := int64(bucketOf(id, bucketsFor(d.Rows, f.PerBucket)))
	for rows(&pack) {
		c := cursor{rest: pack}
		r := c.row()
		r.ID = id
		emit(bucket, appendRow(nil, r))
	}
	return nil
}

// gathered are the rows of a bucket in the order of the list.
func gathered(iter func(*[]byte) bool) (rows []orders.Row, files []uint32, err error) {
	var all []filed
	var pack []byte
	for iter(&pack) {
		c := &cursor{rest: bytes.Clone(pack)}
		for len(c.rest) > 0 {
			all = append(all, c.row())
		}
		if err := c.err(); err != nil {
			return nil, nil, err
		}
	}
	slices.SortFunc(all, func(a, b filed) int { return cmp.Or(cmp.Compare(a.file, b.file), orders.CompareRows(a.Row, b.Row)) })
	for _, r := range all {
		rows, files = append(rows, r.Row), append(files, r.file)
	}
	return rows, files, nil
}

// repeats count the rows that share the number of an order.
type repeats struct{ Repeats, Splits uint64 }

func (r *repeats) merge(o repeats) { r.Repeats, r.Splits = r.Repeats+o.Repeats, r.Splits+o.Splits }

// repeatsFn counts them where the numbers of orders are to tell whether amounts repeat or split.
type repeatsFn struct{ plan known[plan] }

func (f *repeatsFn) ProcessElement(_ int64, iter func(*[]byte) bool, planText []byte, emit func([]byte)) error {
	p, err := f.plan.of(planText)
	if err != nil {
		return err
	}
	if r := p.part(orders.Settled{}, nil).Report(); r.Columns[orders.RoleOrder] == 0 || r.Amounts != orders.AmountAuto {
		return nil
	}
	rows, _, err := gathered(iter)
	if err != nil {
		return err
	}
	var n repeats
	n.Repeats, n.Splits = orders.Repeats(rows)
	emit(mustJSON(n))
	return nil
}

// customersFn makes customers of the rows of a bucket.
type customersFn struct {
	End     int32
	plan    known[plan]
	repeats known[repeats]
	said    known[texts]
}

// perBlock is how many customers travel together.
const perBlock = 1000

func (f *customersFn) ProcessElement(_ int64, iter func(*[]byte) bool, planText, repeatsText, textsText []byte, blocks, told, spans func([]byte)) error {
	p, err := f.plan.of(planText)
	if err != nil {
		return err
	}
	n, err := f.repeats.of(repeatsText)
	if err != nil {
		return err
	}
	said, err := f.said.of(textsText)
	if err != nil {
		return err
	}
	by := said.column(p)
	rows, files, err := gathered(iter)
	if err != nil {
		return err
	}
	amounts := p.part(orders.Settled{}, nil).Report().Amounts
	if amounts == orders.AmountAuto {
		amounts = orders.AmountsOf(n.Repeats, n.Splits)
	}
	log, first, report := orders.Gather(p.Options, amounts, rows, by, func(i int) {
		told(mustJSON(note{Fault: &fault{p.Files[files[i]], uint32(rows[i].Place) - p.above(), orders.ReasonRefundUnmatched.String(), fmt.Sprint(rows[i].Amount)}}))
	})
	told(mustJSON(note{Counts: ptr(countsOf(&report))}))
	var pack []byte
	for i := range log.Customers() {
		at, code := first[i], orders.NoValue
		if by != nil {
			code = log.CarriedBy(0, i)
		}
		pack = appendCustomer(pack, customer{log.ID(i), files[at], rows[at].Place, int32(code), log.Days(i), log.Amounts(i)})
		if i%perBlock == perBlock-1 {
			blocks(pack)
			pack = nil
		}
	}
	if len(pack) > 0 {
		blocks(pack)
	}
	if log.Customers() > 0 {
		spans(mustJSON(span{First: report.FirstDay, Last: report.LastDay, Customers: uint64(log.Customers()), Repeaters: repeaters(log, f.End), MostAtOnce: uint64(log.Customers())}))
	}
	return nil
}

// repeaters have ordered again, by a day where it is not 0.
func repeaters(l *orders.Log, end int32) (n uint64) {
	for i := range l.Customers() {
		if days := l.Days(i); len(days) > 1 && (end == 0 || days[1] <= end) {
			n++
		}
	}
	return n
}

// A span is what all customers say together before anything is fitted.
type span struct {
	First, Last int32
	Customers   uint64
	Repeaters   uint64
	MostAtOnce  uint64 // customers that one bucket had, the most of all
}

func (s *span) merge(o span) {
	s.First, s.Last = min(s.First, o.First), max(s.Last, o.Last)
	s.Customers, s.Repeaters, s.MostAtOnce = s.Customers+o.Customers, s.Repeaters+o.Repeaters, max(s.MostAtOnce, o.MostAtOnce)
}

// valuing says what customers are valued by.
type valuing struct {
	Horizon, Discount, Margin, Level float64
	Pick                             customers.Pick
	Model                            string // text of a model file; empty to fit one
	End                              int32
}

func (v *valuing) options() customers.Options {
	return customers.Options{HorizonDays: v.Horizon, AnnualDiscount: v.Discount, Margin: v.Margin, Level: v.Level}
}

// split is that of the log in time, as score has it.
func (v *valuing) split(s *span, m *customers.Model) orders.Split {
	out := orders.Split{End: v.End, ObservedTo: s.Last, UnitDays: unitOfFits, Gaps: true}
	if out.End == 0 {
		out.End = s.Last
	}
	out.ObservedTo = max(out.ObservedTo, out.End)
	if m != nil {
		out.UnitDays, out.Mean = m.UnitDays, m.Spend.Mean
	}
	if s.Repeaters == 0 {
		out.Mean = orders.MeanAll
	}
	return out
}

// unitOfFits is the unit of time that models are fitted in, a week, as score has it.
const unitOfFits = 7

func (v *valuing) given() (*customers.Model, error) {
	if v.Model == "" {
		return nil, nil
	}
	m, err := model.Decode([]byte(v.Model))
	return &m, err
}

// historiesFn makes a crowd of a block.
type historiesFn struct{ Summaries summaries }

func (f *historiesFn) ProcessElement(pack, spanText []byte, emit func([]byte)) error {
	b, s, err := f.Summaries.of(pack, spanText)
	if err != nil {
		return err
	}
	c := newCrowd()
	c.takeAll(&b.Log, s)
	emit(encodeCrowd(c))
	return nil
}

// A fitting is the model file and what the customers as a whole add to it.
type fitting struct {
	Model    string // text of the file
	Season   customers.Season
	Longest  float64
	Paid     bool // money is known of
	Chosen   string
	Reason   string
	Lead     float64
	AIC      map[string]float64
	Bytes    int   // of the accumulator
	Dropped  uint8 // bits of mean spends that the fit did without
	Distinct int   // histories
}

// fitFn fits and chooses, once.
type fitFn struct{ Valuing valuing }

func (f *fitFn) ProcessElement(_ context.Context, text, planText, spanText []byte, emit func([]byte)) error {
	var s span
	var p plan
	if err := json.Unmarshal(spanText, &s); err != nil {
		return err
	}
	if err := json.Unmarshal(planText, &p); err != nil {
		return err
	}
	c, err := decodeCrowd(text)
	if err != nil {
		return err
	}
	given, err := f.Valuing.given()
	if err != nil {
		return err
	}
	split := f.Valuing.split(&s, given)
	crowd := c.fitted(split, s.First, s.Last)
	out := fitting{Longest: crowd.Longest(), Bytes: len(text), Dropped: c.dropped, Distinct: len(c.histories), AIC: map[string]float64{}}
	if given == nil {
		choice, _, m, status := crowd.Fit(f.Valuing.Pick, parallel.Cores())
		if status != customers.Done {
			return fmt.Errorf("no model can be fitted to the %d customers, %d of whom ordered again: %v", s.Customers, s.Repeaters, status)
		}
		m.Reading = p.part(orders.Settled{}, nil).Decisions()
		out.Reason, out.Lead = choice.Reason.String(), choice.Lead
		if math.IsInf(out.Lead, 0) {
			out.Lead = 0
		}
		for _, one := range choice.Candidates {
			if one.Usable() {
				out.AIC[one.Kind.String()] = one.AIC
			}
		}
		given = &m
	}
	file, err := model.Encode(*given)
	if err != nil {
		return err
	}
	out.Paid = given.Spend.Basis != customers.NoSpend
	out.Model, out.Chosen, out.Season = string(file), given.Kind.String(), crowd.Season(given)
	emit(mustJSON(out))
	return nil
}

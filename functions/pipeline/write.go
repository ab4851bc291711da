package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/functions/score/rows"
)

func init() {
	beam.RegisterDoFn(&rankFn{})
	beam.RegisterDoFn(&asideFn{})
	beam.RegisterDoFn(&countsFn{})
	beam.RegisterDoFn(&faultFn{})
	beam.RegisterDoFn(&reportFn{})
}

// totals add customers up, exactly: in any order the same.
type totals struct {
	Customers                 uint64
	Alive, Orders, Money, CLV exact
	Spent                     exact
	Segments                  [customers.SegmentCount]sums
	Parts, MostInOnePart      uint64
	Aside                     uint64 // a bit for each file of rows that are no orders
}

type sums struct {
	Customers uint64
	CLV       exact
}

func (t *totals) merge(o totals) {
	t.Customers += o.Customers
	t.Alive.merge(o.Alive)
	t.Orders.merge(o.Orders)
	t.Money.merge(o.Money)
	t.CLV.merge(o.CLV)
	t.Spent.merge(o.Spent)
	for i := range t.Segments {
		t.Segments[i].Customers += o.Segments[i].Customers
		t.Segments[i].CLV.merge(o.Segments[i].CLV)
	}
	t.Parts += o.Parts
	t.Aside |= o.Aside
	t.MostInOnePart = max(t.MostInOnePart, o.MostInOnePart)
}

// rankFn writes a part of the output: customers who stand together, the best first. A bundle that is done again writes the same file again.
type rankFn struct {
	Valuing valuing
	Output  string
	PerPart uint64
	Ranges  bool
	Fields  string
	Form    string
	ranking known[ranking]
	cuts    known[cuts]
	fitting known[fitting]
}

func (f *rankFn) ProcessElement(ctx context.Context, number int64, iter func(*[]byte) bool, scalesText, cutsText, fittingText []byte, emit func([]byte)) error {
	r, err := f.ranking.of(scalesText)
	if err != nil {
		return err
	}
	c, err := f.cuts.of(cutsText)
	if err != nil {
		return err
	}
	fit, err := f.fitting.of(fittingText)
	if err != nil {
		return err
	}
	var list []valued
	var pack []byte
	for iter(&pack) {
		more, err := readValued(slices.Clone(pack))
		if err != nil {
			return err
		}
		list = append(list, more...)
	}
	slices.SortFunc(list, func(a, b valued) int { return a.before(&b, worth) })
	parts := r.stretches(f.PerPart)
	t := totals{Parts: 1, MostInOnePart: uint64(len(list))}
	limits := c.limits(&r.scales)
	scored := make([]scored, len(list))
	for i := range list {
		v := &list[i]
		segment := customers.Cuts{}.Complete().SegmentAt(part(v, limits), v.orders-1, v.age, v.alive)
		rank := parts[number].above + uint64(i) + 1
		scored[i] = f.row(v, segment, rank, r.Customers)
		t.Customers++
		t.Alive.add(v.alive)
		t.Orders.add(v.expect)
		t.Money.add(v.money)
		t.CLV.add(v.clv)
		t.Spent.add(v.spend)
		t.Segments[segment].Customers++
		t.Segments[segment].CLV.add(v.clv)
	}
	if err := f.write(ctx, partName(f.Output, int(number), len(parts)), scored, fit.Paid); err != nil {
		return err
	}
	emit(mustJSON(t))
	return nil
}

// A scored customer is a row of the output.
type scored struct {
	ID             string
	Orders         int64
	Spend          float64
	PAlive         float64
	ExpectedOrders float64
	ExpectedSpend  float64
	CLV            float64
	Lower          float64
	Upper          float64
	NextOrderDays  float64
	Rank           int64
	Decile         int64
	Segment        string
}

func (f *rankFn) row(v *valued, segment customers.Segment, rank, n uint64) scored {
	return scored{string(v.id), int64(v.orders), v.spend, v.alive, v.expect, v.money, v.clv, v.low, v.high, v.next, int64(rank), int64((rank-1)*10/n) + 1, segment.String()}
}

// write writes rows as score does; money where any was paid: a value of 0 would say that it is known.
func (f *rankFn) write(ctx context.Context, name string, list []scored, paid bool) error {
	fields, err := rows.ParseFields(f.Fields, false)
	if err != nil {
		return err
	}
	if !f.Ranges {
		fields = slices.DeleteFunc(fields, func(x rows.Field) bool { return x == rows.FieldLower || x == rows.FieldUpper || x == rows.FieldNext })
	}
	all := make([]rows.Scored, len(list))
	for i := range list {
		s, row := &list[i], &all[i]
		*row = rows.Scored{ID: []byte(s.ID), Form: rows.Plain, Segment: s.Segment}
		row.Set(rows.FieldOrders, float64(s.Orders))
		row.Set(rows.FieldAlive, s.PAlive)
		row.Set(rows.FieldExpectedOrders, s.ExpectedOrders)
		if f.Ranges && s.NextOrderDays > 0 {
			row.Set(rows.FieldNext, s.NextOrderDays)
		}
		if paid {
			row.Set(rows.FieldSpend, s.Spend)
			row.Set(rows.FieldExpectedSpend, s.ExpectedSpend)
			row.Set(rows.FieldCLV, s.CLV)
			if f.Ranges {
				row.Set(rows.FieldLower, s.Lower)
				row.Set(rows.FieldUpper, s.Upper)
			}
		}
		row.Set(rows.FieldRank, float64(s.Rank))
		row.Set(rows.FieldDecile, float64(s.Decile))
	}
	text, err := fileOf(f.Form, fields, all)
	if err != nil {
		return err
	}
	return writeFile(ctx, name+"."+f.Form, text)
}

// The forms of the output, which are also how the names of its files end.
const (
	formCSV     = "csv"
	formTSV     = "tsv"
	formJSONL   = "jsonl"
	formParquet = "parquet"
)

// fileOf is rows as a file of a form.
func fileOf(form string, fields []rows.Field, list []rows.Scored) ([]byte, error) {
	if form == formParquet {
		return parquetFile(fields, list)
	}
	of, _, err := rows.ParseForm(form)
	if err != nil {
		return nil, err
	}
	w := rows.NewWriter(of, fields)
	w.Guard = true
	text := w.Header(nil)
	for i := range list {
		text = w.Row(text, &list[i])
	}
	return text, nil
}

// writeFile writes a file whole.
func writeFile(ctx context.Context, name string, text []byte) error {
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return err
	}
	defer fs.Close()
	out, err := fs.OpenWrite(ctx, name)
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	if _, err = out.Write(text); err != nil {
		out.Close()
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return out.Close()
}

// countsFn takes the counts out of notes.
type countsFn struct{}

func (*countsFn) ProcessElement(text []byte, emit func([]byte)) {
	var n note
	if json.Unmarshal(text, &n) == nil && n.Counts != nil {
		emit(mustJSON(n.Counts))
	}
}

// faultFn sorts the rows that are no orders by the hash of their file.
type faultFn struct{}

const asideFiles = 16

func (*faultFn) ProcessElement(text []byte, emit func(int64, []byte)) error {
	var n note
	if err := json.Unmarshal(text, &n); err != nil {
		return err
	}
	if n.Fault != nil {
		emit(int64(bucketOf([]byte(n.Fault.File), asideFiles)), mustJSON(n.Fault))
	}
	return nil
}

// asideFn writes them, a line each.
type asideFn struct{ Output string }

func (f *asideFn) ProcessElement(ctx context.Context, k int64, iter func(*[]byte) bool, emit func([]byte)) error {
	name := asideName(f.Output, int(k))
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return err
	}
	defer fs.Close()
	out, err := fs.OpenWrite(ctx, name)
	if err != nil {
		return err
	}
	var text []byte
	for iter(&text) {
		if _, err := out.Write(append(slices.Clone(text), '\n')); err != nil {
			out.Close()
			return err
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	emit(mustJSON(totals{Aside: 1 << k}))
	return nil
}

func partName(output string, number, parts int) string {
	return fmt.Sprintf("%s-%05d-of-%05d", output, number, parts)
}

func asideName(output string, k int) string {
	return partName(output+"-set-aside", k, asideFiles) + ".jsonl"
}

var ours = regexp.MustCompile(`^-(report\.json|model\.json|(set-aside-)?\d{5,}-of-\d{5,}\.(csv|tsv|jsonl))$`)

// isOutput tells whether a file has a name that the output may have.
func isOutput(output, name string) bool {
	rest, begins := strings.CutPrefix(absolute(name), absolute(output))
	return begins && ours.MatchString(rest)
}

func absolute(name string) string {
	if at, err := filepath.Abs(name); err == nil && !strings.Contains(name, "://") {
		return at
	}
	return name
}

// removeOlder deletes what an earlier run has left under the same beginning and this one has not written again: who reads all parts reads one run's.
func removeOlder(ctx context.Context, output, extension string, t *totals) error {
	written := map[string]bool{}
	for i := range int(t.Parts) {
		written[absolute(partName(output, i, int(t.Parts))+"."+extension)] = true
	}
	for k := range asideFiles {
		written[absolute(asideName(output, k))] = t.Aside>>k&1 == 1
	}
	fs, err := filesystem.New(ctx, output)
	if err != nil {
		return err
	}
	defer fs.Close()
	names, err := fs.List(ctx, output+"-*-of-*")
	if err != nil {
		return fmt.Errorf("listing %s-*: %w", output, err)
	}
	for _, name := range names {
		if written[absolute(name)] || !isOutput(output, name) {
			continue
		}
		remover, can := fs.(filesystem.Remover)
		if !can {
			return fmt.Errorf("%s is of an earlier run and files cannot be deleted there: give -output another beginning", name)
		}
		if err := remover.Remove(ctx, name); err != nil {
			return fmt.Errorf("%s is of an earlier run and cannot be deleted: %w", name, err)
		}
	}
	return nil
}

// A report is what is written beside the customers.
type report struct {
	Files       int                `json:"files"`
	Rows        uint64             `json:"rows"`
	Blank       uint64             `json:"blank"`
	Orders      uint64             `json:"orders"`
	Merged      uint64             `json:"merged"`
	LineItems   uint64             `json:"line_items"`
	Duplicates  uint64             `json:"duplicates"`
	Refunds     uint64             `json:"refunds_netted"`
	Headings    uint64             `json:"headings"`
	Skipped     uint64             `json:"skipped"`
	SetAside    map[string]uint64  `json:"set_aside"`
	Currency    string             `json:"currency,omitempty"`
	Currencies  map[string]uint64  `json:"currencies,omitempty"`
	DateOrder   string             `json:"date_order"`
	FirstDay    string             `json:"first_day"`
	LastDay     string             `json:"last_day"`
	Customers   uint64             `json:"customers"`
	Repeaters   uint64             `json:"repeat_customers"`
	Histories   int                `json:"histories"`
	Accumulator int                `json:"accumulator_bytes"`
	Bits        uint8              `json:"mean_spend_bits_dropped"`
	MostAtOnce  uint64             `json:"most_customers_in_a_bucket"`
	MostInPart  uint64             `json:"most_customers_in_a_part"`
	Model       string             `json:"model"`
	Reason      string             `json:"reason,omitempty"`
	Lead        float64            `json:"lead_in_aic,omitempty"`
	AIC         map[string]float64 `json:"aic,omitempty"`
	Answerable  bool               `json:"answerable"`
	Longest     float64            `json:"longest_horizon_days"`
	Season      bool               `json:"season"`
	Totals      totalsReport       `json:"totals"`
	Segments    []segmentReport    `json:"segments"`
	groupsReport
}

type totalsReport struct {
	Spend          float64 `json:"spend"`
	Alive          float64 `json:"alive"`
	ExpectedOrders float64 `json:"expected_orders"`
	ExpectedSpend  float64 `json:"expected_spend"`
	CLV            float64 `json:"clv"`
}

type segmentReport struct {
	Segment   string  `json:"segment"`
	Customers uint64  `json:"customers"`
	CLV       float64 `json:"clv"`
}

// reportFn writes the model file and the report, after all else: where it stands, the run has ended.
type reportFn struct {
	Valuing valuing
	Output  string
	Form    string
}

func (f *reportFn) ProcessElement(ctx context.Context, planText, dialectText, spanText, fittingText, countsText, totalsText, groupsText []byte) error {
	var p plan
	var d dialect
	var s span
	var fit fitting
	var c counts
	var t totals
	var groups groupsReport
	for _, one := range []struct {
		text []byte
		to   any
	}{{planText, &p}, {dialectText, &d}, {spanText, &s}, {fittingText, &fit}, {countsText, &c}, {totalsText, &t}, {groupsText, &groups}} {
		if err := json.Unmarshal(one.text, one.to); err != nil {
			return err
		}
	}
	r := report{Files: len(p.Files), Rows: c.Rows, Blank: c.Blank, Orders: c.Orders, Merged: c.Merged, LineItems: c.LineItems, Duplicates: c.Duplicates,
		Refunds: c.RefundsNetted, Headings: c.Headings, Skipped: c.Skipped, SetAside: c.SetAside, Currency: d.Currency, Currencies: c.Currencies, DateOrder: d.DateOrder.String(),
		FirstDay: dayText(s.First), LastDay: dayText(s.Last), Customers: t.Customers, Repeaters: s.Repeaters, Histories: fit.Distinct,
		Accumulator: fit.Bytes, Bits: fit.Dropped, MostAtOnce: s.MostAtOnce, MostInPart: t.MostInOnePart,
		Model: fit.Chosen, Reason: fit.Reason, Lead: fit.Lead, AIC: fit.AIC, Longest: fit.Longest, Answerable: f.Valuing.Horizon <= fit.Longest, Season: fit.Season.Known,
		Totals: totalsReport{t.Spent.value(), t.Alive.value(), t.Orders.value(), t.Money.value(), t.CLV.value()}, groupsReport: groups}
	for i := range t.Segments {
		r.Segments = append(r.Segments, segmentReport{customers.Segment(i).String(), t.Segments[i].Customers, t.Segments[i].CLV.value()})
	}
	text, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	if err := removeOlder(ctx, f.Output, f.Form, &t); err != nil {
		return err
	}
	if err := writeFile(ctx, f.Output+"-model.json", []byte(fit.Model)); err != nil {
		return err
	}
	return writeFile(ctx, f.Output+"-report.json", append(text, '\n'))
}

func dayText(day int32) string {
	y, m, d := orders.Civil(day)
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"math"
	"slices"
	"sort"

	"hourglass/core/cbs"
	"hourglass/core/customers"
	"hourglass/functions/model"
)

func init() {
	beam.RegisterDoFn(&valueFn{})
	beam.RegisterDoFn(&scaleFn{})
	beam.RegisterDoFn(&routeFn{})
	beam.RegisterDoFn(&cutFn{})
}

// A valued customer is a row of the output on its way there.
type valued struct {
	id     []byte
	file   uint32
	place  uint64
	orders float64
	spend  float64
	alive  float64
	expect float64
	money  float64 // expected spend
	clv    float64
	low    float64
	high   float64
	next   float64
	worth  float64 // what ranks go by
	stake  float64 // what segments go by
	age    float64 // in days
}

func (v *valued) numbers() [12]*float64 {
	return [...]*float64{&v.orders, &v.spend, &v.alive, &v.expect, &v.money, &v.clv, &v.low, &v.high, &v.next, &v.worth, &v.stake, &v.age}
}

func appendValued(dst []byte, v *valued) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(v.id)))
	dst = append(dst, v.id...)
	dst = binary.AppendUvarint(dst, uint64(v.file))
	dst = binary.AppendUvarint(dst, v.place)
	for _, n := range v.numbers() {
		dst = appendFloat(dst, *n)
	}
	return dst
}

func readValued(pack []byte) (out []valued, err error) {
	c := &cursor{rest: pack}
	for len(c.rest) > 0 {
		v := valued{id: c.bytes(), file: uint32(c.uvarint()), place: c.uvarint()}
		for _, n := range v.numbers() {
			*n = c.float()
		}
		out = append(out, v)
	}
	return out, c.err()
}

// before tells who comes first: who is worth more, of equals the one whose first order the list has first.
func (v *valued) before(o *valued, by func(*valued) float64) int {
	return cmp.Or(cmp.Compare(by(o), by(v)), cmp.Compare(v.file, o.file), cmp.Compare(v.place, o.place), bytes.Compare(v.id, o.id))
}

func worth(v *valued) float64 { return v.worth }
func stake(v *valued) float64 { return v.stake }

// valueFn values the customers of a block, each by itself: whom else there is makes no difference.
type valueFn struct {
	Valuing valuing
	Ranges  bool // intervals and next orders, too
	span    known[span]
	fitting known[fitting]
	text    string
	model   customers.Model
}

func (f *valueFn) ProcessElement(pack, spanText, fittingText []byte, emit func([]byte)) error {
	s, err := f.span.of(spanText)
	if err != nil {
		return err
	}
	fit, err := f.fitting.of(fittingText)
	if err != nil {
		return err
	}
	if f.text != fit.Model {
		if f.model, err = model.Decode([]byte(fit.Model)); err != nil {
			return err
		}
		f.text = fit.Model
	}
	b, err := readBlock(pack)
	if err != nil {
		return err
	}
	m := &f.model
	summary := b.Summaries(f.Valuing.split(s, m))
	if len(summary.X) == 0 {
		return nil
	}
	base, wrong := customers.Group(customers.Histories(summary))
	if wrong.Code != cbs.Valid {
		return fmt.Errorf("customer %q has no valid history: %v", b.id[summary.Customer[wrong.Row]], wrong.Code)
	}
	o := f.Valuing.options().InSeason(fit.Season, summary.Split.End)
	scores, status := m.ScoreApart(base, o)
	var outcomes customers.Outcomes
	var next []float64
	if f.Ranges && status == customers.Done {
		if outcomes, status = m.OutcomesApart(base, o); status == customers.Done {
			next, status = m.NextOrders(base, 0.5, nil)
		}
	}
	if status != customers.Done {
		return fmt.Errorf("customers cannot be valued: %v", status)
	}
	values, status := m.ValueApart(base, summary.Mean, scores, outcomes, o)
	if status != customers.Done {
		return fmt.Errorf("customers cannot be valued: %v", status)
	}
	values.Value = m.Worth(base, scores, values).Value
	loyal := customers.AtStake(base, scores, values)
	paid := m.Spend.Basis != customers.NoSpend
	var out []byte
	for i, row := range base.Row {
		k := summary.Customer[i]
		v := valued{id: b.id[k], file: b.file[k], place: b.place[k], orders: summary.X[i] + 1, spend: summary.Spend[i],
			alive: scores.Alive[row], expect: scores.Expected[row], worth: values.Value[i], stake: loyal[i], age: summary.T[i] * summary.Split.UnitDays}
		if paid {
			v.clv, v.money = values.Value[i], min(scores.Expected[row]*values.OrderValue[i], maxNumber)
			if values.Low != nil {
				v.low, v.high = values.Low[i], values.High[i]
			}
		}
		if next != nil {
			v.next = next[row]
		}
		out = appendValued(out, &v)
	}
	emit(out)
	return nil
}

const maxNumber = 1e300 // as score has it

// A scale counts customers by a number, the largest first, in bins that are made wider until there are few enough. Where a bin ends is no matter of the
// order of merging, and no rank depends on it.
type scale struct {
	Dropped uint8
	Bins    map[uint64]uint64 // by the bits that are kept
}

const maxBins = 1 << 12

// up makes the bits of a number that is not negative ascend with it.
func up(v float64) uint64 { return math.Float64bits(max(v, 0)) }

func (s *scale) count(v float64, n uint64) {
	if s.Bins == nil {
		s.Bins = map[uint64]uint64{}
	}
	s.Bins[up(v)>>s.Dropped] += n
	s.widen()
}

func (s *scale) widen() {
	for len(s.Bins) > maxBins {
		s.drop(s.Dropped + 1)
	}
}

func (s *scale) drop(bits uint8) {
	if bits <= s.Dropped {
		return
	}
	wide := make(map[uint64]uint64, len(s.Bins)/2)
	for k, n := range s.Bins {
		wide[k>>(bits-s.Dropped)] += n
	}
	s.Bins, s.Dropped = wide, bits
}

func (s *scale) merge(o scale) {
	if s.Bins == nil {
		s.Bins = map[uint64]uint64{}
	}
	s.drop(o.Dropped)
	for k, n := range o.Bins {
		s.Bins[k>>(s.Dropped-o.Dropped)] += n
	}
	s.widen()
}

// scales are those of worth and of what is at stake.
type scales struct {
	Worth, Stake scale
	Customers    uint64
}

func (s *scales) merge(o scales) {
	s.Worth.merge(o.Worth)
	s.Stake.merge(o.Stake)
	s.Customers += o.Customers
}

// scaleFn counts the customers of a block.
type scaleFn struct{}

func (*scaleFn) ProcessElement(pack []byte, emit func([]byte)) error {
	list, err := readValued(pack)
	if err != nil {
		return err
	}
	s := scales{Customers: uint64(len(list))}
	for i := range list {
		s.Worth.count(list[i].worth, 1)
		s.Stake.count(list[i].stake, 1)
	}
	emit(mustJSON(s))
	return nil
}

// A stretch is neighbouring bins that are ranked together: one part of the output.
type stretch struct {
	from  uint64 // least bits
	above uint64 // customers before it
}

// stretches cuts the bins into parts of so many customers, the best first.
func (s *scale) stretches(per uint64) (out []stretch) {
	keys := sortedKeys(s.Bins, func(a, b uint64) int { return cmp.Compare(b, a) })
	var above, here uint64
	for i, k := range keys {
		here += s.Bins[k]
		if here >= per || i == len(keys)-1 {
			out = append(out, stretch{k, above})
			above, here = above+here, 0
		}
	}
	return out
}

// of is the number of the stretch that a worth is in.
func (s *scale) of(list []stretch, v float64) int {
	k := up(v) >> s.Dropped
	return sort.Search(len(list), func(i int) bool { return list[i].from <= k })
}

// ranking is the order of all, as far as one worker needs it.
type ranking struct {
	scales
	list [][]stretch // one, once it is known
}

func (r *ranking) stretches(per uint64) []stretch {
	if r.list == nil {
		r.list = [][]stretch{r.Worth.stretches(per)}
	}
	return r.list[0]
}

// routeFn sends each customer to the part of the output that they stand in.
type routeFn struct {
	PerPart uint64
	ranking known[ranking]
}

func (f *routeFn) ProcessElement(pack, scalesText []byte, emit func(int64, []byte)) error {
	r, err := f.ranking.of(scalesText)
	if err != nil {
		return err
	}
	list, err := readValued(pack)
	if err != nil {
		return err
	}
	parts := map[int][]byte{}
	for i := range list {
		k := r.Worth.of(r.stretches(f.PerPart), list[i].worth)
		parts[k] = appendValued(parts[k], &list[i])
	}
	for k, part := range parts {
		emit(int64(k), part)
	}
	return nil
}

// cuts are the customers among whom one segment gives way to the next: those of the bins where the share is reached.
type cuts struct{ Near [2][]marked }

// marked is what places a customer among all.
type marked struct {
	Stake float64
	File  uint32
	Place uint64
	ID    []byte
}

func (m *marked) valued() *valued {
	return &valued{id: m.ID, file: m.File, place: m.Place, stake: m.Stake}
}

func (c *cuts) merge(o cuts) {
	for i := range c.Near {
		c.Near[i] = append(c.Near[i], o.Near[i]...)
	}
}

// shares are the numbers of customers before each cut: as many of n as have (k+0.5)/n below it.
func shares(n uint64) [2]uint64 {
	c := customers.Cuts{}.Complete()
	before := func(share float64) uint64 {
		return uint64(sort.Search(int(n), func(k int) bool { return !((float64(k)+0.5)/float64(n) < share) }))
	}
	return [2]uint64{before(c.Champions), before(c.Champions + c.Regulars)}
}

// bin is the one in which the k-th customer stands, and how many stand before it.
func (s *scale) bin(k uint64) (key, above uint64) {
	for _, key = range sortedKeys(s.Bins, func(a, b uint64) int { return cmp.Compare(b, a) }) {
		if above+s.Bins[key] > k {
			return key, above
		}
		above += s.Bins[key]
	}
	return key, above
}

// cutFn finds who stands near a cut.
type cutFn struct{ ranking known[ranking] }

func (f *cutFn) ProcessElement(pack, scalesText []byte, emit func([]byte)) error {
	r, err := f.ranking.of(scalesText)
	if err != nil {
		return err
	}
	list, err := readValued(pack)
	if err != nil {
		return err
	}
	var c cuts
	for j, k := range shares(r.Customers) {
		bin, _ := r.Stake.bin(k)
		for i := range list {
			if v := &list[i]; up(v.stake)>>r.Stake.Dropped == bin {
				c.Near[j] = append(c.Near[j], marked{v.stake, v.file, v.place, v.id})
			}
		}
	}
	emit(mustJSON(c))
	return nil
}

// limits are the first customers behind each cut, nil where there is none.
func (c *cuts) limits(s *scales) (out [2]*valued) {
	for j, k := range shares(s.Customers) {
		_, above := s.Stake.bin(k)
		near := c.Near[j]
		slices.SortFunc(near, func(a, b marked) int { return a.valued().before(b.valued(), stake) })
		if i := int(k - above); k < s.Customers && i < len(near) {
			out[j] = near[i].valued()
		}
	}
	return out
}

// part is where a customer stands for customers.Cuts.SegmentAt: before the first cut, between the two, behind.
func part(v *valued, limits [2]*valued) float64 {
	c := customers.Cuts{}.Complete()
	switch {
	case limits[0] == nil || v.before(limits[0], stake) < 0:
		return 0
	case limits[1] == nil || v.before(limits[1], stake) < 0:
		return c.Champions
	}
	return 1
}

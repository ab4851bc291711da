package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/functions/sources"
)

// What a new customer of each group is worth: -by. Groups are known once all customers are counted by what their first order says; then the histories of each
// are put together and pooled, once, on one machine, as score does.

func init() {
	beam.RegisterDoFn(&tallyFn{})
	beam.RegisterDoFn(&membersFn{})
	beam.RegisterDoFn(&errorsFn{})
	beam.RegisterDoFn(&groupsFn{})
	beam.RegisterType(reflect.TypeFor[crowdsFn]())
	beam.RegisterCoder(reflect.TypeFor[*crowds](), encodeCrowds, decodeCrowds)
}

// resolveBy finds the column of -by.
func (p *plan) resolveBy(by string) error {
	p.By = by
	if by == "" || by == customers.FirstMonth {
		return nil
	}
	column, err := strconv.Atoi(by)
	if err != nil {
		column = 1 + slices.IndexFunc(p.part(orders.Settled{}, nil).Report().Names, func(of []byte) bool { return bytes.EqualFold(bytes.TrimSpace(of), []byte(by)) })
	}
	if column < 1 {
		return fmt.Errorf("-by: no column of %s is named %q: give a name of its first line, a number from 1, or %s", p.Files[0], by, customers.FirstMonth)
	}
	p.Options.GroupBy = column
	return nil
}

// texts are what the column of -by says in a list, in the order in which it says it first, as many as are told apart.
type texts struct{ All []placedText }

type placedText struct {
	Text     []byte
	File, At int
}

// merge keeps the first: of those that a file tells apart none is left out before it is known that so many others come before it.
func (t *texts) merge(o texts) {
	first := map[string]placedText{}
	for _, one := range slices.Concat(t.All, o.All) {
		if known, is := first[string(one.Text)]; !is || one.before(known) < 0 {
			first[string(one.Text)] = one
		}
	}
	t.All = t.All[:0]
	for _, one := range first {
		t.All = append(t.All, one)
	}
	slices.SortFunc(t.All, placedText.before)
	t.All = t.All[:min(len(t.All), orders.MostGroupTexts)]
}

func (p placedText) before(o placedText) int {
	return cmp.Or(cmp.Compare(p.File, o.File), cmp.Compare(p.At, o.At))
}

// column is the column of -by over the whole list, nil without one.
func (t *texts) column(p *plan) *orders.GroupColumn {
	if p.Options.GroupBy == 0 {
		return nil
	}
	var name []byte
	if r := p.part(orders.Settled{}, nil).Report(); r.HasHeader && p.Options.GroupBy <= len(r.Names) {
		name = r.Names[p.Options.GroupBy-1]
	}
	var list [][]byte
	for _, one := range t.All {
		list = append(list, one.Text)
	}
	return orders.NewGroupColumn(p.Options.GroupBy, name, list)
}

// codes are what the customers of a summary are told apart by.
func (b *block) codes(s *orders.Summary, by string) (out []int32) {
	for i, c := range s.Customer {
		if by == customers.FirstMonth {
			out = append(out, customers.MonthCode(s.First[i]))
		} else {
			out = append(out, b.code[c])
		}
	}
	return out
}

// A tally counts customers by code, and remembers whom the list has first of each.
type tally struct{ Codes map[int32]tallied }

type tallied struct {
	Customers uint64
	First     marked
}

func (t *tally) merge(o tally) {
	if t.Codes == nil {
		t.Codes = map[int32]tallied{}
	}
	for code, one := range o.Codes {
		if own, is := t.Codes[code]; is {
			one.Customers += own.Customers
			if own.First.valued().before(one.First.valued(), stake) < 0 {
				one.First = own.First
			}
		}
		t.Codes[code] = one
	}
}

// summaries are the customers of a block, split in time as all are.
type summaries struct {
	Valuing valuing
	span    known[span]
}

func (f *summaries) of(pack, spanText []byte) (*block, *orders.Summary, error) {
	s, err := f.span.of(spanText)
	if err != nil {
		return nil, nil, err
	}
	given, err := f.Valuing.given()
	if err != nil {
		return nil, nil, err
	}
	b, err := readBlock(pack)
	if err != nil {
		return nil, nil, err
	}
	split := f.Valuing.split(s, given)
	out := b.Summaries(split)
	out.Split = split // what nobody of this block has done, others have
	return b, &out, nil
}

// tallyFn counts the customers of a block.
type tallyFn struct {
	By        string
	Summaries summaries
}

func (f *tallyFn) ProcessElement(pack, spanText []byte, emit func([]byte)) error {
	b, s, err := f.Summaries.of(pack, spanText)
	if err != nil {
		return err
	}
	var t tally
	for i, code := range b.codes(s, f.By) {
		c := s.Customer[i]
		t.merge(tally{map[int32]tallied{code: {1, marked{File: b.file[c], Place: b.place[c], ID: b.id[c]}}}})
	}
	emit(mustJSON(t))
	return nil
}

// A grouping is the groups, and those of each code.
type grouping struct {
	customers.Grouping
	of map[int32][]uint32
}

// groupings keeps a grouping, so that it is made once by a worker and not once an element.
type groupings struct {
	plan         known[plan]
	tally, texts []byte
	made         *grouping
}

func (g *groupings) from(planText, tallyText, textsText []byte) (*grouping, error) {
	if g.made != nil && bytes.Equal(g.tally, tallyText) && bytes.Equal(g.texts, textsText) {
		return g.made, nil
	}
	p, err := g.plan.of(planText)
	if err != nil {
		return nil, err
	}
	var t tally
	var said texts
	if err := json.Unmarshal(tallyText, &t); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(textsText, &said); err != nil {
		return nil, err
	}
	order := sortedKeys(t.Codes, func(a, b int32) int {
		x, y := t.Codes[a].First, t.Codes[b].First
		return x.valued().before(y.valued(), stake)
	})
	var codes []customers.GroupCode
	for _, code := range order {
		codes = append(codes, customers.GroupCode{Code: code, Customers: t.Codes[code].Customers})
	}
	made := &grouping{of: map[int32][]uint32{}}
	var carried *orders.Carried
	if column := said.column(p); column != nil {
		carried = column.Carried()
	}
	var of [][]uint32
	made.Grouping, of = customers.GroupsOf(carried, codes)
	for k, code := range order {
		made.of[code] = of[k]
	}
	g.tally, g.texts, g.made = bytes.Clone(tallyText), bytes.Clone(textsText), made
	return made, nil
}

// members are the rows of a summary that each group has.
func (g *grouping) members(codes []int32) [][]uint32 {
	out := make([][]uint32, len(g.Names))
	for i, code := range codes {
		for _, k := range g.of[code] {
			out[k] = append(out[k], uint32(i))
		}
	}
	return out
}

// grown are sums of what customers of each group did by age, those of all last, in any order the same.
type grown struct{ Each []grownSums }

const ages = len(customers.GrowthAges)

type grownSums struct {
	OldEnough, AtRisk, Came [ages]uint64
	Money, Squares, Cubes   [ages]exact
}

func (g *grown) merge(o grown) {
	for len(g.Each) < len(o.Each) {
		g.Each = append(g.Each, grownSums{})
	}
	for i := range o.Each {
		to, from := &g.Each[i], &o.Each[i]
		for k := range ages {
			to.OldEnough[k] += from.OldEnough[k]
			to.AtRisk[k] += from.AtRisk[k]
			to.Came[k] += from.Came[k]
			to.Money[k].merge(from.Money[k])
			to.Squares[k].merge(from.Squares[k])
			to.Cubes[k].merge(from.Cubes[k])
		}
	}
}

// sums are those of a group as the engine takes them.
func (g *grown) sums(i int) (out customers.GrowthSums) {
	if i >= len(g.Each) {
		return out
	}
	one := &g.Each[i]
	for k := range ages {
		out.OldEnough[k], out.AtRisk[k], out.Came[k] = float64(one.OldEnough[k]), float64(one.AtRisk[k]), float64(one.Came[k])
		out.Money[k], out.Squares[k], out.Cubes[k] = one.Money[k].value(), one.Squares[k].value(), one.Cubes[k].value()
	}
	return out
}

// eachGrowth calls see for each customer of a block, with the groups that count it: its own, and all, which is the last.
func (b *block) eachGrowth(s *orders.Summary, by string, g *grouping, see func(c customers.CustomerGrowth, in []uint32)) {
	all := uint32(len(g.Names))
	for i, code := range b.codes(s, by) {
		c := int(s.Customer[i])
		see(customers.GrowthOf(b.Days(c), b.Amounts(c), s.Split.End), append(slices.Clip(g.of[code]), all))
	}
}

// membersFn gives the histories of a block's customers by group, and the first of their sums.
type membersFn struct {
	By        string
	Summaries summaries
	groups    groupings
}

func (f *membersFn) ProcessElement(pack, spanText, planText, tallyText, textsText []byte, emit, sums func([]byte)) error {
	b, s, err := f.Summaries.of(pack, spanText)
	if err != nil {
		return err
	}
	g, err := f.groups.from(planText, tallyText, textsText)
	if err != nil {
		return err
	}
	var out crowds
	for _, of := range g.members(b.codes(s, f.By)) {
		c := newCrowd()
		c.take(s, of)
		out.each = append(out.each, c)
	}
	emit(encodeCrowds(&out))
	sum := grown{make([]grownSums, len(g.Names)+1)}
	b.eachGrowth(s, f.By, g, func(c customers.CustomerGrowth, in []uint32) {
		for _, i := range in {
			one := &sum.Each[i]
			for k := range c.Steps {
				one.OldEnough[k]++
				one.Money[k].add(c.Money[k])
				if c.Again >= k {
					one.AtRisk[k]++
				}
				if c.Again == k {
					one.Came[k]++
				}
			}
		}
	})
	sums(mustJSON(sum))
	return nil
}

// errorsFn gives the sums that ask for the means of all.
type errorsFn struct {
	By        string
	Summaries summaries
	groups    groupings
	grown     known[grown]
}

func (f *errorsFn) ProcessElement(pack, spanText, planText, tallyText, textsText, grownText []byte, emit func([]byte)) error {
	b, s, err := f.Summaries.of(pack, spanText)
	if err != nil {
		return err
	}
	g, err := f.groups.from(planText, tallyText, textsText)
	if err != nil {
		return err
	}
	first, err := f.grown.of(grownText)
	if err != nil {
		return err
	}
	n := len(g.Names) + 1
	all, means := make([]customers.GrowthSums, n), make([][ages]float64, n)
	for i := range all {
		all[i] = first.sums(i)
		means[i] = all[i].Means()
	}
	sum := grown{make([]grownSums, n)}
	b.eachGrowth(s, f.By, g, func(c customers.CustomerGrowth, in []uint32) {
		for _, i := range in {
			for k, off := range c.Errors(&all[i], &means[i]) {
				sum.Each[i].Squares[k].add(off * off)
				sum.Each[i].Cubes[k].add(off * off * off)
			}
		}
	})
	emit(mustJSON(sum))
	return nil
}

// crowds are those of groups, by number.
type crowds struct{ each []*crowd }

func encodeCrowds(c *crowds) (out []byte) {
	for _, one := range c.each {
		text := encodeCrowd(one)
		out = append(binary.AppendUvarint(out, uint64(len(text))), text...)
	}
	return out
}

func decodeCrowds(b []byte) (*crowds, error) {
	out := &crowds{}
	for r := (cursor{rest: b}); len(r.rest) > 0; {
		one, err := decodeCrowd(r.bytes())
		if err != nil {
			return nil, err
		}
		out.each = append(out.each, one)
		if err := r.err(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// crowdsFn is the combiner.
type crowdsFn struct{}

func (*crowdsFn) CreateAccumulator() *crowds { return &crowds{} }

func (f *crowdsFn) AddInput(c *crowds, some []byte) (*crowds, error) {
	o, err := decodeCrowds(some)
	if err != nil {
		return nil, err
	}
	return f.MergeAccumulators(c, o), nil
}

func (*crowdsFn) MergeAccumulators(a, b *crowds) *crowds {
	for len(a.each) < len(b.each) {
		a.each = append(a.each, newCrowd())
	}
	for i, o := range b.each {
		a.each[i].merge(o)
	}
	return a
}

func (*crowdsFn) ExtractOutput(c *crowds) []byte { return encodeCrowds(c) }

// A groupsReport is what the report has of them, as -evidence of score.
type groupsReport struct {
	Groups  []sources.Group `json:"new_customers_by_group,omitempty"`
	Overlap bool            `json:"groups_overlap,omitempty"`            // a customer may be in several groups
	CAC     *float64        `json:"cac_of_groups_with_a_cost,omitempty"` // over their customers, each once
	Ratio   *float64        `json:"clv_cac_of_groups_with_a_cost,omitempty"`
	Unused  []string        `json:"costs_of_no_group,omitempty"`
	Bytes   int             `json:"groups_accumulator_bytes,omitempty"`
}

// groupsFn pools and values the groups, once.
type groupsFn struct {
	By      string
	Costs   string // text of the file of -spend
	Valuing valuing
}

func (f *groupsFn) ProcessElement(text, crowdText, spanText, planText, tallyText, textsText, grownText, errorsText, fittingText []byte, emit func([]byte)) error {
	var s span
	var fit fitting
	var sums, errors grown
	for _, one := range []struct {
		text []byte
		to   any
	}{{spanText, &s}, {fittingText, &fit}, {grownText, &sums}, {errorsText, &errors}} {
		if err := json.Unmarshal(one.text, one.to); err != nil {
			return err
		}
	}
	g, err := (&groupings{}).from(planText, tallyText, textsText)
	if err != nil {
		return err
	}
	each, err := decodeCrowds(text)
	if err != nil {
		return err
	}
	whole, err := decodeCrowd(crowdText)
	if err != nil {
		return err
	}
	m, err := (&valuing{Model: fit.Model}).given()
	if err != nil {
		return err
	}
	if f.Valuing.Horizon > fit.Longest { // nor does score tell of groups where the list carries no forecast
		emit(mustJSON(groupsReport{}))
		return nil
	}
	sums.merge(errors)
	split := f.Valuing.split(&s, m)
	of := func(c *crowd, i int) customers.GroupCrowd {
		return customers.GroupCrowd{Crowd: c.fitted(split, s.First, s.Last), Growth: sums.sums(i)}
	}
	var list []customers.GroupCrowd
	for i, c := range each.each {
		list = append(list, of(c, i))
	}
	all := of(whole, len(list))
	found, status := m.Sources(g.Grouping, list, &all, f.Valuing.options())
	if status != customers.Done {
		return fmt.Errorf("groups cannot be valued: %v", status)
	}
	out := groupsReport{Overlap: g.Overlaps, Bytes: len(text)}
	if f.Costs != "" {
		costs := orders.ReadCosts([]byte(f.Costs), f.By, s.First, split.End)
		if len(costs.Each) == 0 {
			return fmt.Errorf("-spend: no costs in %d rows: it needs a column that names the group and one of amounts; where it has days, those outside the days of the orders do not count", costs.Rows)
		}
		found.Pay(costs.Each)
		out.Unused = found.Unused
		if found.Paid.Payback.Known {
			out.CAC, out.Ratio = &found.Paid.Payback.CAC, &found.Paid.Payback.Ratio.Value
		}
	}
	out.Groups = sources.Of(found)
	emit(mustJSON(out))
	return nil
}

// groups are the steps of -by.
func (s *settings) groups(root beam.Scope, blocks, plan, span, said, crowd, fitting beam.PCollection) beam.PCollection {
	scope := root.Scope("groups")
	side := func(list ...beam.PCollection) (out []beam.Option) {
		for _, one := range list {
			out = append(out, beam.SideInput{Input: one})
		}
		return out
	}
	of := summaries{Valuing: s.valuing}
	tally := beam.Combine(scope, &mergeFn{ofTallies}, beam.ParDo(scope, &tallyFn{By: s.by, Summaries: of}, blocks, side(span)...))
	members, sums := beam.ParDo2(scope, &membersFn{By: s.by, Summaries: of}, blocks, side(span, plan, tally, said)...)
	grown := beam.Combine(scope, &mergeFn{ofGrown}, sums)
	errors := beam.Combine(scope, &mergeFn{ofGrown}, beam.ParDo(scope, &errorsFn{By: s.by, Summaries: of}, blocks, side(span, plan, tally, said, grown)...))
	return beam.ParDo(scope, &groupsFn{By: s.by, Costs: s.costs, Valuing: s.valuing}, beam.Combine(scope, &crowdsFn{}, members),
		side(crowd, span, plan, tally, said, grown, errors, fitting)...)
}

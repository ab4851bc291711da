package main

import (
	"errors"
	"fmt"
	"hourglass/functions/score/rows"
	"io"
	"math"
	"strings"

	"hourglass/core/customers"
)

// batch reads all customers, fits a model or loads one, and writes them ranked.
func batch(in io.Reader, out, stderr io.Writer, s *settings) error {
	var m customers.Model
	fitting := s.scored == nil
	if !fitting {
		m = *s.scored
	}
	unitDays, mean := convention(m, fitting)
	if s.summaries {
		unitDays = s.unitDays
	}
	p, err := readPopulation(in, stderr, s, unitDays, mean)
	switch {
	case errors.Is(err, errSubscribed):
		return s.writeSubscriptions(out, stderr)
	case err != nil:
		return err
	case s.summaries:
		return writeSummaries(out, p, s)
	case !fitting && m.Spend.Basis != customers.NoSpend && !p.hasMean:
		return fmt.Errorf("the model values money and the rows have no mean_spend")
	}
	given := &m
	if fitting {
		given = nil
	}
	if err := p.value(s, given); err != nil {
		return err
	}
	if fitting {
		if !s.quiet {
			p.sayModel(stderr)
		}
		if err := s.save(p.Answer.Known.Model, p); err != nil {
			return err
		}
	}
	var g *customers.Sources
	if s.by != "" && p.Answer.Answerable() {
		if g, err = p.byGroup(s, stderr); err != nil {
			return err
		}
	}
	if fitting {
		if err := s.saveEvidence(p, g); err != nil {
			return err
		}
	}
	if !s.quiet && g != nil {
		sayGroups(stderr, g, s.by, s.value, p.Answer.Known.Model.Spend.Basis != customers.NoSpend, p.currency)
	}
	if !s.quiet {
		if p.Answer.Answerable() {
			p.say(stderr, s.value)
		}
		p.along.say(stderr, len(p.Answer.Summary.X))
		fmt.Fprintln(stderr, p.sentence(s))
	}
	return p.writeRanked(out, s)
}

// order returns the customers from the best to the last, by their ranks.
func order(ranks []uint32) []int {
	order := make([]int, len(ranks))
	for i, rank := range ranks {
		order[rank-1] = i
	}
	return order
}

func (p *population) writeRanked(out io.Writer, s *settings) error {
	a := &p.Answer
	all := valued{a.Base, a.Scores, a.Outcomes, a.Known.Next, a.Values}
	if !s.wants(rows.FieldLower, rows.FieldUpper) {
		all.values.Low, all.values.High = nil, nil
	}
	paid, ranked := a.Known.Model.Spend.Basis != customers.NoSpend, p.rankedOnly(s)
	w := rows.NewWriter(s.format, s.fields)
	w.Guard = !s.rawIDs
	if p.along != nil {
		w.Carry(p.along.names)
	}
	line := w.Header(nil)
	n := uint32(a.Base.Len())
	var row rows.Scored // one for all: what fills it makes it escape
	var cells [][]byte
	for k, i := range order(a.Values.Rank) {
		if !p.along.consents(i) {
			continue
		}
		row = rows.Scored{ID: p.idOf(i), Form: p.form, Segment: a.Segments[i].String()}
		if p.along != nil {
			cells = p.along.cells(i, cells)
			row.Carried = cells
		}
		if ranked {
			row.Set(rows.FieldOrders, a.Summary.X[i]+1)
		} else {
			all.fill(i, paid, &row)
		}
		if paid && (p.spent == nil || p.spent[i]) {
			row.Set(rows.FieldSpend, a.Summary.Spend[i])
		}
		rank := uint32(k) + 1
		row.Set(rows.FieldRank, float64(rank))
		row.Set(rows.FieldDecile, float64(customers.Decile(rank, n)))
		line = w.Row(line, &row)
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		line = line[:0]
	}
	if _, err := out.Write(line); err != nil { // the header, where nobody consents
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

// rankedOnly reports whether the list says who comes before whom, and of no customer what is to come. A model from a file has seen more than the list.
func (p *population) rankedOnly(s *settings) bool {
	return s.scored == nil && customers.TooShort(p.Answer.Summary)
}

// idOf is the id of a customer, or where there are none nothing.
func (p *population) idOf(i int) []byte {
	if !p.hasID {
		return nil
	}
	return p.id(i)
}

// sentence says what it comes to.
func (p *population) sentence(s *settings) string {
	a := &p.Answer
	if !a.Answerable() {
		text := p.unanswered(s.value.HorizonDays, customers.Longest(a.Summary))
		if p.rankedOnly(s) {
			text += " Until then customers are ranked only: the fields of a forecast are empty."
		}
		return text
	}
	t := a.Totals
	text := fmt.Sprintf("%s: in the %s after that %s expected, %s", p.past(), days(s.value.HorizonDays), ordersAre(t.Orders.Value),
		p.ranges(t.Orders, t.OrdersDeviation, s.value, false))
	if a.Known.Model.Spend.Basis != customers.NoSpend {
		currency := ""
		if p.currency != "" {
			currency = " " + p.currency
		}
		best := customers.Concentrate(a.Values.Value)
		text += fmt.Sprintf("; their revenue is %s%s, %s; their value after margin and discount is %s%s, %.0f%% of it with the top 10%% of the customers",
			whole(t.Spend.Value), currency, p.ranges(t.Spend, t.MoneyDeviation, s.value, true), whole(t.Value.Value), currency, 100*best.TopDecile)
	}
	return text + "." + p.checks()
}

// ordersAre begins what is said of a number of orders, such as that they are expected.
func ordersAre(orders float64) string {
	if text := whole(orders); text != "1" {
		return text + " orders are"
	}
	return "1 order is"
}

// past says what is known.
func (p *population) past() string {
	a := &p.Answer
	orders := float64(a.Base.Len())
	for _, x := range a.Summary.X {
		orders += x
	}
	text := counted(uint64(a.Base.Len()), "customer") + " with " + counted(uint64(orders), "order")
	if p.dated {
		text += " until " + dateText(a.Summary.Split.End)
	}
	return text
}

// unanswered says what is missing for a forecast.
func (p *population) unanswered(horizon, longest float64) string {
	repeaters, oldest := 0, 0.0
	for i, x := range p.Answer.Summary.X {
		if x > 0 {
			repeaters++
		}
		oldest = max(oldest, p.Answer.Summary.T[i])
	}
	text := fmt.Sprintf("%s, observed for %s, %s ordered again: too little for a forecast of %s.", p.past(),
		days(oldest*p.Answer.Summary.Split.UnitDays), counted(uint64(repeaters), "customer"), days(horizon))
	if longest > 0 {
		return text + fmt.Sprintf(" The longest that can be answered is %s: -horizon %.0f.", days(math.Floor(longest)), math.Floor(longest))
	}
	return text + " A forecast takes 28 days and 10 customers who ordered again, at least."
}

// ranges gives the range of a total: that of 80% first while there is little to check it by.
func (p *population) ranges(e customers.Estimate, deviation float64, o customers.Options, money bool) string {
	r := &p.Answer.Known.Record
	text := fmt.Sprintf("%s to %s with %g%% probability", whole(e.Low), whole(e.High), 100*o.Level)
	e80 := r.Range(e.Value, deviation, min(0.8, o.Level), money)
	switch {
	case money && !e80.Told():
		return "and the data cannot tell how far off that is: a few orders are most of the money"
	case money && !e.Told():
		return fmt.Sprintf("%s to %s with %g%% probability", whole(e80.Low), whole(e80.High), 100*min(0.8, o.Level))
	case r.Checked() || o.Level <= 0.8:
		return text
	}
	return fmt.Sprintf("%s to %s with 80%% probability and %s", whole(e80.Low), whole(e80.High), text)
}

// checks says how far earlier forecasts were off.
func (p *population) checks() string {
	r := &p.Answer.Known.Record
	if len(r.Past) == 0 {
		return lately(r)
	}
	var misses []string
	for _, c := range r.Past {
		misses = append(misses, signed((c.Orders.Forecast-c.Orders.Actual)/max(1, c.Orders.Actual)))
	}
	return fmt.Sprintf(" Earlier forecasts of orders over %s, latest first, were off by %s.", days(r.HorizonDays), strings.Join(misses, ", ")) + lately(r)
}

// signed is a difference in per cent, +0 where there is none.
func signed(share float64) string { return fmt.Sprintf("%+.0f%%", math.Round(100*share)+0) }

// lately says where the latest quarter leads.
func lately(r *customers.Record) string { return pace(r) + prices(r) }

// prices says how the amounts of the latest orders are against what their customers paid before, where that is more than chance.
func prices(r *customers.Record) string {
	change := r.PriceChange()
	if change == 0 {
		return ""
	}
	more, end := "more", "up"
	if change < 0 {
		more, end = "less", "down"
	}
	return fmt.Sprintf(" Orders of the last %.0f days were worth %.0f%% %s than those customers' orders usually are: the range of revenue reaches %s to that.", r.Pace.Days,
		100*math.Abs(change), more, end)
}

// pace says how the latest orders come against what the model expects, where that is more than chance.
func pace(r *customers.Record) string {
	change := r.Pace.Change()
	if change == 0 {
		return ""
	}
	more, end, course := "more", "up", "rising"
	if change < 0 {
		more, end, course = "fewer", "down", "falling"
	}
	text := fmt.Sprintf(" The last %.0f days brought %.0f%% %s repeat orders than the model expects: the range reaches %s to that pace.", r.Pace.Days,
		100*math.Abs(change), more, end)
	if r.Drift() != 0 {
		text += fmt.Sprintf(" Demand is %s: all four forecasts before were off to that side, so expect a total near that end of the range.", course)
	}
	return text
}

func whole(v float64) string {
	if v < 1e15 {
		return grouped(uint64(math.Round(v)))
	}
	return fmt.Sprintf("%.3g", v)
}

// writeSummaries writes what the models need of each customer.
func writeSummaries(out io.Writer, p *population, s *settings) error {
	q := &summaryWriter{form: s.format}
	line := q.header(nil)
	for i := range p.Summary.X {
		line = q.row(line, p, i)
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		line = line[:0]
	}
	return nil
}

package main

import (
	"fmt"
	"io"
	"math"
	"slices"

	"hourglass/core/customers"
)

// batch reads all customers, fits a model or loads one, and writes them ranked.
func batch(in io.Reader, out, stderr io.Writer, s *settings) error {
	var m customers.Model
	var err error
	fitting := s.modelFile == ""
	if !fitting {
		if m, err = loadModel(s.modelFile); err != nil {
			return err
		}
	}
	unitDays, mean := convention(m, fitting)
	if s.summaries {
		unitDays = s.unitDays
	}
	p, err := readPopulation(in, stderr, s, unitDays, mean)
	switch {
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
	if !s.quiet {
		fmt.Fprintln(stderr, p.sentence(s))
	}
	return p.writeRanked(out, s)
}

// order returns the customers from the best to the last; equal ones as they came.
func order(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case values[a] > values[b]:
			return -1
		case values[a] < values[b]:
			return 1
		}
		return 0
	})
	return order
}

func (p *population) writeRanked(out io.Writer, s *settings) error {
	a := &p.Answer
	all := valued{a.Base, a.Scores, a.Outcomes, a.Known.Next, a.Values}
	if !s.wants(fieldLower, fieldUpper) {
		all.values.Low, all.values.High = nil, nil
	}
	w := newWriter(s.format, s.fields)
	line := w.header(nil)
	n := uint32(a.Base.Len())
	for k, i := range order(a.Worth) {
		row := scored{id: p.idOf(i), form: p.form, segment: a.Segments[i].String()}
		all.fill(i, &row)
		if p.spent == nil || p.spent[i] {
			row.set(fieldSpend, a.Summary.Spend[i])
		}
		rank := uint32(k) + 1
		row.set(fieldRank, float64(rank))
		row.set(fieldDecile, float64(customers.Decile(rank, n)))
		line = w.row(line, &row)
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		line = line[:0]
	}
	return nil
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
	a, t := &p.Answer, p.Answer.Totals
	n := a.Base.Len()
	orders := float64(n)
	for _, x := range a.Summary.X {
		orders += x
	}
	text := counted(uint64(n), "customer") + " with " + counted(uint64(orders), "order")
	if p.dated {
		text += " until " + dateText(a.Summary.Split.End)
	}
	text += fmt.Sprintf(": in the %.0f days after that %s orders are expected (%s to %s)", s.value.HorizonDays, whole(t.Orders.Value), whole(t.Orders.Low), whole(t.Orders.High))
	if a.Known.Model.Spend.Basis == customers.NoSpend {
		return text + "."
	}
	currency := ""
	if p.currency != "" {
		currency = " " + p.currency
	}
	best := customers.Concentrate(a.Values.Value)
	return text + fmt.Sprintf(", worth %s%s (%s to %s); their value after margin and discount is %s%s, %.0f %% of it with the best tenth of the customers.",
		whole(t.Spend.Value), currency, whole(t.Spend.Low), whole(t.Spend.High), whole(t.Value.Value), currency, 100*best.TopDecile)
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

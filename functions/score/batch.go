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
	case fitting:
		m, err = fitModel(p, stderr, s)
	case m.Spend.Basis != customers.NoSpend && !p.hasMean:
		err = fmt.Errorf("the model values money and the rows have no mean_spend")
	}
	if err != nil {
		return err
	}
	return score(out, stderr, p, m, s)
}

// score values, ranks and writes.
func score(out, stderr io.Writer, p *population, m customers.Model, s *settings) error {
	v := s.valuer(m)
	v.intervals = v.intervals || !s.quiet // the sentence has them
	all, status := v.histories(p.base)
	if status == customers.Done {
		status = v.money(&all, p.summary.Mean)
	}
	if status != customers.Done {
		return statusError(status)
	}
	if !s.quiet {
		totals, status := m.Total(all.base, all.scores, all.outcomes, all.values, s.value)
		if status != customers.Done {
			return statusError(status)
		}
		fmt.Fprintln(stderr, sentence(p, m, all, totals, s))
	}
	return writeRanked(out, p, m, all, s)
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

func writeRanked(out io.Writer, p *population, m customers.Model, all valued, s *settings) error {
	by := m.Worth(all.base, all.scores, all.values)
	segments, status := customers.Segments(all.base, all.scores, by, customers.Cuts{}, m.UnitDays)
	if status != customers.Done {
		return statusError(status)
	}
	w := newWriter(s.format, s.fields)
	line := w.header(nil)
	n := uint32(all.base.Len())
	for k, i := range order(by.Value) {
		row := scored{id: p.idOf(i), form: p.form, segment: segments[i].String()}
		all.fill(i, &row)
		if p.spent == nil || p.spent[i] {
			row.set(fieldSpend, p.summary.Spend[i])
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
func sentence(p *population, m customers.Model, all valued, t customers.Totals, s *settings) string {
	n := all.base.Len()
	orders := float64(n)
	for _, x := range p.summary.X {
		orders += x
	}
	text := counted(uint64(n), "customer") + " with " + counted(uint64(orders), "order")
	if p.dated {
		text += " until " + dateText(p.summary.Split.End)
	}
	text += fmt.Sprintf(": in the %.0f days after that %s orders are expected (%s to %s)", s.value.HorizonDays, whole(t.Orders.Value), whole(t.Orders.Low), whole(t.Orders.High))
	if m.Spend.Basis == customers.NoSpend {
		return text + "."
	}
	currency := ""
	if p.currency != "" {
		currency = " " + p.currency
	}
	best := customers.Concentrate(all.values.Value)
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
	for i := range p.summary.X {
		line = q.row(line, p, i)
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		line = line[:0]
	}
	return nil
}

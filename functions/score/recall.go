package main

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/customers"
)

// A history is x, t_x, T as bits, which hash faster than numbers.
type history [3]uint64

// An answer is what is known of a history.
type answer struct {
	alive, expected, discounted float64
	none, moneyLow, moneyHigh   float64
	next                        float64
}

// maxKnown bounds the memory of recall, to some 50 MB.
const maxKnown = 1 << 18

// recall looks the histories of a base up, and computes those that are new.
func (c *conveyor) recall(b customers.Base) (valued, bool) {
	n := b.Table.Len()
	answers := make([]answer, n)
	var missing []int
	var news cbs.Table
	for i := range n {
		a, ok := c.known[historyAt(b.Table, i)]
		if answers[i] = a; !ok {
			missing = append(missing, i)
			news.X = append(news.X, b.Table.X[i])
			news.TX = append(news.TX, b.Table.TX[i])
			news.T = append(news.T, b.Table.T[i])
		}
	}
	if len(missing) > 0 {
		fresh, status := c.valuer.histories(customers.Base{Table: news})
		if status != customers.Done {
			return valued{}, false
		}
		if len(c.known)+len(missing) > maxKnown {
			clear(c.known)
		}
		for k, i := range missing {
			answers[i] = fresh.answer(k)
			c.known[historyAt(b.Table, i)] = answers[i]
		}
	}
	return c.columns(b, answers), true
}

func historyAt(t cbs.Table, i int) history {
	return history{math.Float64bits(t.X[i]), math.Float64bits(t.TX[i]), math.Float64bits(t.T[i])}
}

func (v *valued) answer(row int) answer {
	a := answer{alive: v.scores.Alive[row], expected: v.scores.Expected[row], discounted: v.scores.Discounted[row]}
	if v.outcomes.None != nil {
		a.none, a.moneyLow, a.moneyHigh = v.outcomes.None[row], v.outcomes.MoneyLow[row], v.outcomes.MoneyHigh[row]
	}
	if v.next != nil {
		a.next = v.next[row]
	}
	return a
}

// columns turns answers into the columns that values are computed from.
func (c *conveyor) columns(b customers.Base, answers []answer) valued {
	out := valued{base: b}
	column := func(of func(answer) float64) []float64 {
		values := make([]float64, len(answers))
		for i, a := range answers {
			values[i] = of(a)
		}
		return values
	}
	out.scores = customers.Scores{
		Alive:      column(func(a answer) float64 { return a.alive }),
		Expected:   column(func(a answer) float64 { return a.expected }),
		Discounted: column(func(a answer) float64 { return a.discounted }),
	}
	if c.valuer.intervals {
		out.outcomes = customers.Outcomes{
			None:      column(func(a answer) float64 { return a.none }),
			MoneyLow:  column(func(a answer) float64 { return a.moneyLow }),
			MoneyHigh: column(func(a answer) float64 { return a.moneyHigh }),
		}
	}
	if c.valuer.next {
		out.next = column(func(a answer) float64 { return a.next })
	}
	return out
}

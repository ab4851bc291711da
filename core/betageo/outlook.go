package betageo

import (
	"cmp"
	"slices"

	"hourglass/core/cbs"
)

// An Outlook is what to expect of the rows of a table within a horizon, as columns of its length.
type Outlook struct {
	Alive    []float64 // P(alive)
	Expected []float64 // orders
	DERT     []float64 // the same discounted
	None     []float64 // probability of no order
}

// Outlook answers for all rows of a valid table, in any order. What is expected of a customer who is still there depends on x
// and age alone, so that a quadrature is done once for each pair of them, and its rules are made once for each x. horizon
// is finite, delta the continuous discount rate. Where a figure is beyond float64 it is 0.
func (p Params) Outlook(c Chances, t cbs.Table, horizon, delta float64) Outlook {
	n := t.Len()
	all := make([]float64, 4*n)
	o := Outlook{all[:n:n], all[n : 2*n : 2*n], all[2*n : 3*n : 3*n], all[3*n:]}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(t.X[i], t.X[j]), cmp.Compare(t.T[i], t.T[j]))
	})
	var q rules
	var expected, dert, some float64 // of one who is still there
	for k, i := range order {
		customer := p.Given(c, t.X[i], t.TX[i], t.T[i])
		if j := order[max(k-1, 0)]; k == 0 || t.X[i] != t.X[j] || t.T[i] != t.T[j] {
			there := customer
			there.Alive = 1
			expected, _ = there.expected(&q, 0, horizon)
			if dert = expected; delta > 0 {
				dert, _ = there.dert(&q, delta, horizon)
			}
			some = 1 - there.PNone(horizon)
		}
		o.Alive[i] = customer.Alive
		o.Expected[i], o.DERT[i] = customer.Alive*expected, customer.Alive*dert
		o.None[i] = 1 - customer.Alive*some
	}
	return o
}

package bgbb

import (
	"hourglass/core/cbs"
	"hourglass/core/special"
)

// Scores are the answers for the rows of a table, as columns of its length.
type Scores struct {
	Alive    []float64 // P(alive) after the last opportunity observed
	Expected []float64 // purchases expected within the horizon
	DERT     []float64 // the same discounted
}

// Score answers for all rows of a table at once; what depends on the number of
// opportunities alone is worked out once for each. Arguments as in Expected
// and DERT; horizon is finite.
func (p Params) Score(t cbs.Table, horizon, d float64) (Scores, special.Outcome) {
	n := t.Len()
	all := make([]float64, 3*n)
	s := Scores{all[:n:n], all[n : 2*n : 2*n], all[2*n:]}
	var known []periods
	for i := range n {
		c := p.Given(t.X[i], t.TX[i], t.T[i])
		if !c.Valid() {
			return Scores{}, special.OutOfDomain
		}
		age := int(t.T[i])
		for len(known) <= age {
			known = append(known, unknown)
		}
		if known[age] == unknown {
			c := c
			c.Alive = 1
			expected, a := c.Expected(0, horizon)
			dert, b := c.DERT(d, horizon)
			if a != special.OK || b != special.OK {
				return Scores{}, max(a, b)
			}
			known[age].expected, known[age].dert = expected/c.buys(), dert/c.buys()
		}
		buys := c.Alive * c.buys()
		s.Alive[i], s.Expected[i], s.DERT[i] = c.Alive, buys*known[age].expected, buys*known[age].dert
	}
	return s, special.OK
}

// periods are the opportunities expected, plain and discounted, at which a
// customer who is there now will be there.
type periods struct{ expected, dert float64 }

var unknown = periods{-1, -1}

package mbgcnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/special"
)

// Score returns P(alive), expected and discounted expected orders within a finite horizon for all rows of a valid table,
// quickest if it is compressed. delta is the continuous discount rate.
func (p Params) Score(t cbs.Table, horizon, delta float64) (betageo.Scores, special.Outcome) {
	if p.K == 1 {
		return p.shared().Score(betageo.MBG, t, horizon, delta)
	}
	n := t.Len()
	all := make([]float64, 3*n)
	s := betageo.Scores{Alive: all[:n:n], Expected: all[n : 2*n : 2*n], DERT: all[2*n:]}
	var m betageo.Mixture
	for i := range n {
		customer := p.Given(t.X[i], t.TX[i], t.T[i])
		s.Alive[i] = customer.Alive
		var outcome special.Outcome
		if s.Expected[i], outcome = customer.expected(&m, 0, horizon); outcome != special.OK {
			return betageo.Scores{}, outcome
		}
		if delta == 0 { // nothing is discounted
			s.DERT[i] = s.Expected[i]
			continue
		}
		if s.DERT[i], outcome = customer.dert(&m, delta, horizon); outcome != special.OK {
			return betageo.Scores{}, outcome
		}
	}
	return s, special.OK
}

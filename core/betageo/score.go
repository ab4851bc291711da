package betageo

import (
	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/special"
)

// Scores are the answers for the rows of a table, as columns of its length.
type Scores = btyd.Scores

// Score answers for all rows of a valid table at once, quickest when rows of one
// x are in sequence (cbs.Table.Compress): they share a quadrature rule. horizon
// is finite, delta the continuous discount rate.
func (p Params) Score(c Chances, t cbs.Table, horizon, delta float64) (Scores, special.Outcome) {
	s := btyd.NewScores(t.Len())
	var q rules
	for i := range t.X {
		customer := p.Given(c, t.X[i], t.TX[i], t.T[i])
		s.Alive[i] = customer.Alive
		var outcome special.Outcome
		if s.Expected[i], outcome = customer.expected(&q, 0, horizon); outcome != special.OK {
			return Scores{}, outcome
		}
		if delta == 0 { // nothing is discounted
			s.DERT[i] = s.Expected[i]
			continue
		}
		if s.DERT[i], outcome = customer.dert(&q, delta, horizon); outcome != special.OK {
			return Scores{}, outcome
		}
	}
	return s, special.OK
}

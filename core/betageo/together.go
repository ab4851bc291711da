package betageo

import (
	"math"

	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/special"
)

// worthwhile is the number of rows of one x from which on their expectations are interpolated: three times the nodes.
const worthwhile = 72

// ScoreTogether is Score to a relative 1e-10 for many rows, those of one x in sequence: what is expected of a customer of x orders who is
// there is a smooth function of log(alpha+T), and interpolated where the rows are many. So a row's last digits depend on which others are
// asked about.
func (p Params) ScoreTogether(c Chances, t cbs.Table, horizon, delta float64) (Scores, special.Outcome) {
	s := btyd.NewScores(t.Len())
	var g together
	for from, to := 0, 0; from < t.Len(); from = to {
		for to = from; to < t.Len() && t.X[to] == t.X[from]; to++ {
		}
		part := cbs.Table{X: t.X[from:to], TX: t.TX[from:to], T: t.T[from:to]}
		if to-from >= worthwhile && horizon > 0 && g.fit(p, c, part, horizon, delta) {
			g.score(p, c, part, Scores{Alive: s.Alive[from:to], Expected: s.Expected[from:to], DERT: s.DERT[from:to]})
			continue
		}
		one, outcome := p.Score(c, part, horizon, delta)
		if outcome != special.OK {
			return Scores{}, outcome
		}
		copy(s.Alive[from:], one.Alive)
		copy(s.Expected[from:], one.Expected)
		copy(s.DERT[from:], one.DERT)
	}
	return s, special.OK
}

// together is what is expected of those of one x who are there.
type together struct {
	q              rules
	expected, dert special.Chebyshev
	discounts      bool
}

// fit interpolates over the ages of a table's rows, which share x; false where that is not good enough.
func (g *together) fit(p Params, c Chances, t cbs.Table, horizon, delta float64) bool {
	youngest, oldest := math.Inf(1), 0.0
	for _, age := range t.T {
		youngest, oldest = min(youngest, age), max(oldest, age)
	}
	low, high := math.Log(p.Alpha+youngest), math.Log(p.Alpha+oldest)
	there := p.Given(c, t.X[0], oldest, oldest)
	there.Alive = 1
	if g.discounts = delta > 0; !there.Valid() {
		return false
	}
	ok := g.expected.Fit(low, high, func(v float64) float64 {
		there.Alpha = math.Exp(v)
		e, _ := there.expected(&g.q, 0, horizon)
		return e
	})
	return ok && (!g.discounts || g.dert.Fit(low, high, func(v float64) float64 {
		there.Alpha = math.Exp(v)
		e, _ := there.dert(&g.q, delta, horizon)
		return e
	}))
}

// score writes the answers for the rows.
func (g *together) score(p Params, c Chances, t cbs.Table, s Scores) {
	for i, age := range t.T {
		alive, v := p.Given(c, t.X[i], t.TX[i], age).Alive, math.Log(p.Alpha+age)
		expected := g.expected.At(v)
		dert := expected
		if g.discounts {
			dert = g.dert.At(v)
		}
		s.Alive[i], s.Expected[i], s.DERT[i] = alive, alive*expected, alive*dert
	}
}

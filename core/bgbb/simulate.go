package bgbb

import (
	"hourglass/core/cbs"
	"hourglass/core/sample"
)

// Simulate draws one customer for each number of opportunities n[i] >= 1 and
// returns their histories, in that order. uniform returns independent draws from [0, 1). An
// empty table when the parameters are invalid or n[i] is not a whole number in 1 .. Longest.
func (p Params) Simulate(n []float64, uniform func() float64) cbs.Table {
	t := cbs.Table{X: make([]float64, len(n)), TX: make([]float64, len(n)), T: n}
	fresh := p.New()
	for i, h := range n {
		if !fresh.Valid() || !whole(h) || h < 1 || h > Longest {
			return cbs.Table{}
		}
		t.X[i], t.TX[i] = fresh.simulate(h, uniform)
	}
	return t
}

// Simulate draws the number of purchases at the next h <= Longest opportunities: what
// to draw many times for an interval around Expected. Zero outside the domain.
func (c Customer) Simulate(h float64, uniform func() float64) float64 {
	if !c.Valid() || !whole(h) || h > Longest {
		return 0
	}
	x, _ := c.simulate(h, uniform)
	return x
}

// simulate returns the number of purchases within h and the opportunity of the last.
func (c Customer) simulate(h float64, uniform func() float64) (x, last float64) {
	if uniform() >= c.Alive {
		return 0, 0
	}
	buy := sample.Beta(c.Alpha, c.Beta, uniform)
	leave := sample.Beta(c.Gamma, c.Delta, uniform)
	for t := 1.0; t <= h && uniform() >= leave; t++ {
		if uniform() < buy {
			x, last = x+1, t
		}
	}
	return x, last
}

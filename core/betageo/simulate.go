package betageo

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/sample"
)

// Simulate draws one customer for each age T > 0 and returns their histories, in
// the order of the ages. uniform returns independent draws from [0, 1). It costs
// about as many draws as there are orders. An empty table when the
// parameters are invalid.
func (p Params) Simulate(c Chances, ages []float64, uniform func() float64) cbs.Table {
	if !p.Valid() {
		return cbs.Table{}
	}
	t := cbs.Table{X: make([]float64, len(ages)), TX: make([]float64, len(ages)), T: ages}
	fresh := p.Given(c, 0, 0, 0)
	for i, age := range ages {
		t.X[i], t.TX[i] = fresh.simulate(age, uniform)
	}
	return t
}

// Simulate draws the number of orders in the next t >= 0: what to draw many times for an
// interval around Expected. Zero outside the domain.
func (c Customer) Simulate(t float64, uniform func() float64) float64 {
	if !c.Valid() || !(t >= 0 && t <= math.MaxFloat64) {
		return 0
	}
	x, _ := c.simulate(t, uniform)
	return x
}

// simulate returns the number of orders within t and the time of the last.
func (c Customer) simulate(t float64, uniform func() float64) (x, last float64) {
	if uniform() >= c.Alive {
		return 0, 0
	}
	const most = 1e6 // so that absurd parameters do not hang
	rate := min(sample.Gamma(c.R, uniform)/c.Alpha, math.MaxFloat64)
	leave := sample.Beta(c.A, c.B, uniform)
	for x < most {
		next := last + sample.Exponential(uniform)/rate
		if !(next <= t) {
			return x, last
		}
		x, last = x+1, next
		if uniform() < leave {
			break
		}
	}
	return x, last
}

package mbgcnbd

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/sample"
)

// Simulate draws one customer for each age T > 0 and returns their histories in that order, with their Gaps.
// uniform returns independent draws from [0, 1). Empty when the parameters are invalid.
func (p Params) Simulate(ages []float64, uniform func() float64) cbs.Table {
	if !p.Valid() {
		return cbs.Table{}
	}
	n := len(ages)
	t := cbs.Table{X: make([]float64, n), TX: make([]float64, n), T: ages, Gaps: make([]float64, n)}
	fresh := p.New()
	for i, age := range ages {
		fresh.simulate(age, uniform, func(gap, at float64) {
			t.X[i]++
			t.TX[i] = at
			t.Gaps[i] += math.Log(max(gap, math.SmallestNonzeroFloat64))
		})
	}
	return t
}

// Simulate draws the number of orders in the next t >= 0: what to draw many times for an interval around Expected. Zero outside the
// domain.
func (c Customer) Simulate(t float64, uniform func() float64) (orders float64) {
	if !c.Valid() || !(t >= 0 && t <= math.MaxFloat64) {
		return 0
	}
	c.simulate(t, uniform, func(_, _ float64) { orders++ })
	return orders
}

// simulate tells order of the gap before each order within t and of its time.
func (c *Customer) simulate(t float64, uniform func() float64, order func(gap, at float64)) {
	if uniform() >= c.Alive {
		return
	}
	passed := c.drawStage(uniform)
	const most = 1e6 // so that absurd parameters do not hang
	rate := min(sample.Gamma(c.R+float64(passed), uniform)/c.Alpha, math.MaxFloat64)
	leave := sample.Beta(c.A, c.B, uniform)
	at, stages := 0.0, c.K-passed
	for range int(most) {
		gap := 0.0
		for range stages {
			gap += sample.Exponential(uniform) / rate
		}
		at += gap
		if !(at <= t) {
			return
		}
		order(gap, at)
		if uniform() < leave {
			return
		}
		stages = c.K
	}
}

// drawStage draws the number of stages passed since the last order.
func (c *Customer) drawStage(uniform func() float64) int {
	if c.K == 1 {
		return 0
	}
	u := uniform()
	for j, p := range c.stage[:c.K-1] {
		if u -= p; u < 0 {
			return j
		}
	}
	return c.K - 1
}

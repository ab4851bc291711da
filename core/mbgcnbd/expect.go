package mbgcnbd

import (
	"math"

	"hourglass/core/betageo"
	"hourglass/core/fit"
	"hourglass/core/special"
)

// PAlive returns the probability that a customer with history (x, t_x, T) is still there (RPS21, eq. 8).
func (p Params) PAlive(x, tx, age float64) float64 { return p.Given(x, tx, age).Alive }

// ExpectedPurchases returns the orders expected in (T+from, T+to] of a customer with history (x, t_x, T).
func (p Params) ExpectedPurchases(x, tx, age, from, to float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).Expected(from, to)
}

// ExpectedPurchasesNew returns the repeat orders expected in (from, to] of a new customer.
func (p Params) ExpectedPurchasesNew(from, to float64) (float64, special.Outcome) {
	return p.New().Expected(from, to)
}

// PMF returns the probability that a new customer makes n repeat orders in (0, t].
func (p Params) PMF(n int, t float64) float64 { return p.New().PMF(n, t) }

// PNoPurchase returns the probability that a customer with history (x, t_x, T) does not order in (T, T+t].
func (p Params) PNoPurchase(x, tx, age, t float64) float64 { return p.Given(x, tx, age).PNone(t) }

// NextOrder returns the expected time from T to the next order, given that the customer is still there. Unbounded for
// r+kx <= 1.
func (p Params) NextOrder(x, tx, age float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).NextOrder()
}

// NextOrderWithin returns the time after T within which the next order comes with probability q (0.5: the median), leaving
// included. Unbounded when q >= P(alive).
func (p Params) NextOrderWithin(x, tx, age, q float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).NextOrderWithin(q)
}

// DERT returns the discounted expected residual transactions within a horizon after T (+Inf: for ever) at the continuous
// discount rate delta per unit of time. Unbounded for ever at delta = 0 when a <= 1.
func (p Params) DERT(x, tx, age, delta, horizon float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).DERT(delta, horizon)
}

// Expected returns the expected number of orders in (from, to], counted from now, 0 <= from <= to finite. Error below 1e-11
// of what is expected in (0, to]. Unbounded only on overflow.
func (c Customer) Expected(from, to float64) (float64, special.Outcome) {
	var m betageo.Mixture
	return c.expected(&m, from, to)
}

func (c *Customer) expected(m *betageo.Mixture, from, to float64) (float64, special.Outcome) {
	switch {
	case !c.Valid() || !(from >= 0 && from <= to && to <= math.MaxFloat64):
		return 0, special.OutOfDomain
	case c.K == 1:
		return c.plain().Expected(from, to)
	}
	v := c.until(m, to)
	if from > 0 {
		v = max(0, v-c.until(m, from))
	}
	return finite(c.Alive * v)
}

// PNone returns the probability of no order in the next t >= 0: of fewer stages than the next order still needs, which is a sum
// of negative binomial probabilities. Zero outside the domain.
func (c Customer) PNone(t float64) float64 {
	switch {
	case !c.Valid() || !(t >= 0 && t <= math.MaxFloat64):
		return 0
	case t == 0:
		return 1
	case c.K == 1:
		return c.plain().PNone(t)
	}
	if waits := c.waiting(t); waits < 0.5 {
		return 1 - c.Alive + c.Alive*waits
	}
	share, some := t/(c.Alpha+t), 0.0 // an order is rare: from its own probability, so that it does not drown in rounding
	for j, p := range c.stage[:c.K] {
		if p > 0 {
			some += p * special.BetaCDF(share, float64(c.K-j), c.R+float64(j))
		}
	}
	return 1 - c.Alive*min(1, some)
}

// waiting returns P(none within t), given that the customer is still there.
func (c *Customer) waiting(t float64) (sum float64) {
	ratio, none := t/(c.Alpha+t), math.Log1p(t/c.Alpha)
	for j, p := range c.stage[:c.K] {
		s := c.R + float64(j)
		term := p * math.Exp(-s*none)
		for m := range c.K - j {
			sum += term
			term *= (s + float64(m)) * ratio / float64(m+1)
		}
	}
	return min(1, sum)
}

// PMF returns the probability of exactly n >= 0 orders in the next t >= 0: that n come and no other, and the customer stays
// throughout, or that they leave after the n-th. Zero outside the domain.
func (c Customer) PMF(n int, t float64) float64 {
	switch {
	case n <= 0:
		if n < 0 {
			return 0
		}
		return c.PNone(t)
	case !c.Valid() || !(t > 0 && t <= math.MaxFloat64):
		return 0
	case c.K == 1:
		return c.plain().PMF(n, t)
	}
	x := float64(n)
	stays := math.Exp(special.LogBetaRatio(c.A, c.B, 0, x))    // E[(1-p)^n]
	leaves := math.Exp(special.LogBetaRatio(c.A, c.B, 1, x-1)) // E[p (1-p)^(n-1)]
	share := t / (c.Alpha + t)
	none, rest := math.Log1p(t/c.Alpha), math.Log1p(c.Alpha/t)
	sum := 0.0
	for j, p := range c.stage[:c.K] {
		s, m := c.R+float64(j), float64(c.K)*x-float64(j)
		between := 0.0 // m stages or more, but fewer than the next order needs
		for i := range c.K {
			k := m + float64(i)
			between += math.Exp(special.LogPoch(s, k) - special.LogPoch(1, k) - s*none - k*rest)
		}
		sum += p * (stays*between + leaves*special.BetaCDF(share, m, s))
	}
	return min(1, c.Alive*sum)
}

// NextOrder returns the expected time to the next order of a customer who is still there. Unbounded for R <= 1;
// NextOrderWithin is always of use.
func (c Customer) NextOrder() (float64, special.Outcome) {
	switch {
	case !c.Valid():
		return 0, special.OutOfDomain
	case c.R <= 1:
		return 0, special.Unbounded
	}
	sum := 0.0
	for j, p := range c.stage[:c.K] {
		sum += p * float64(c.K-j) * (c.Alpha / (c.R + float64(j) - 1))
	}
	return finite(sum)
}

// NextOrderWithin returns the time within which the next order comes with probability q in [0, 1), that the customer may
// have left included. Unbounded when q is not below P(alive): that order may never come.
func (c Customer) NextOrderWithin(q float64) (float64, special.Outcome) {
	switch {
	case !c.Valid() || !(q >= 0 && q < 1):
		return 0, special.OutOfDomain
	case q >= c.Alive:
		return 0, special.Unbounded
	case c.K == 1:
		return c.plain().NextOrderWithin(q)
	case q == 0:
		return 0, special.OK
	}
	miss := func(logTime float64) float64 { return 1 - q/c.Alive - c.waiting(math.Exp(logTime)) }
	const far = 700 // e^700 is all that a float64 holds
	low := math.Log(c.Alpha) - math.Log(c.R)
	high, step := low, 1.0
	for ; miss(low) > 0 && low > -far; step *= 2 {
		low = max(-far, low-step)
	}
	for step = 1; !(miss(high) > 0) && high < far; step *= 2 {
		high = min(far, high+step)
	}
	below, above := miss(low), miss(high)
	if !(below <= 0 && above > 0) {
		return 0, special.Unbounded
	}
	at := low
	if below < 0 {
		at, _ = fit.Root(miss, low, high, below, above)
	}
	return finite(math.Exp(at))
}

// DERT returns the discounted expected residual transactions within the next horizon >= 0 (which may be +Inf: for ever), at
// the continuous discount rate delta >= 0 per unit of time, by parts:
//
//	e^(-delta h) E(0, h] + delta integral_0^h e^(-delta t) E(0, t] dt
//
// Unbounded for ever without discounting when a <= 1. Error below 1e-9.
func (c Customer) DERT(delta, horizon float64) (float64, special.Outcome) {
	var m betageo.Mixture
	return c.dert(&m, delta, horizon)
}

func (c *Customer) dert(m *betageo.Mixture, delta, horizon float64) (float64, special.Outcome) {
	switch {
	case !c.Valid() || !(delta >= 0 && delta <= math.MaxFloat64) || !(horizon >= 0):
		return 0, special.OutOfDomain
	case c.K == 1 || delta == 0 && math.IsInf(horizon, 1): // how many orders are still to come does not depend on when
		return c.plain().DERT(delta, horizon)
	case delta == 0:
		return c.expected(m, 0, horizon)
	}
	const negligible = 45 // e^-45 of the value is left out
	horizon = min(horizon, negligible/delta)
	unit := c.Alpha / (1 + c.R) // the mean time of a stage: in y = log(1 + t/unit) all is smooth on a scale of 1
	end := math.Log1p(horizon / unit)
	panels := max(1, math.Ceil(end/2.4))
	nodes, weights := m.Panel(end / panels)
	sum := 0.0
	for k := 0.0; k < panels; k++ {
		for i, x := range nodes {
			y := end / panels * (k + x)
			t := unit * math.Expm1(y)
			sum += weights[i] * math.Exp(y-delta*t) * c.until(m, t)
		}
	}
	return finite(c.Alive * (math.Exp(-delta*horizon)*c.until(m, horizon) + delta*unit*(end/panels)*sum))
}

// finite turns an overflow into its Outcome.
func finite(v float64) (float64, special.Outcome) {
	if !(v <= math.MaxFloat64) {
		return 0, special.Unbounded
	}
	return v, special.OK
}

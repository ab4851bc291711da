package betageo

import (
	"math"

	"hourglass/core/special"
)

// A Customer is what the model knows of someone after their history (x, t_x, T):
// with probability Alive they are still there, and then, whichever of the
// two models they came from, they are like a new BG/NBD customer with the
// parameters given: lambda ~ Gamma(r+x, alpha+T), p ~ Beta(a, b+n), independent.
type Customer struct {
	Alive          float64
	R, Alpha, A, B float64
}

// Valid reports whether the customer is within the domain; Given returns an
// invalid one for bad parameters or histories, of which every method says so.
func (c Customer) Valid() bool {
	return c.Alive >= 0 && c.Alive <= 1 && Params{c.R, c.Alpha, c.A, c.B}.Valid()
}

// Given returns the customer with history (x, t_x, T): 0 <= t_x <= T finite, x >= 0.
// (0, 0, 0) is a new customer. The zero Customer outside the domain.
func (p Params) Given(c Chances, x, tx, age float64) Customer {
	if !p.Valid() || !(x >= 0 && tx >= 0 && tx <= age && x+age <= math.MaxFloat64) {
		return Customer{}
	}
	_, alive := softplus(-p.leaving(c, x) - (p.R+x)*p.silence(tx, age)) // 1/(1 + e^u)
	return Customer{alive, p.R + x, p.Alpha + age, p.A, p.B + (x + float64(c))}
}

// Expected returns the expected number of orders in (from, to], counted from
// now, 0 <= from <= to finite (FHL05 eq. 9 and 10; BDF07, HW07):
//
//	P(alive) E[((1 + p from/alpha)^-r - (1 + p to/alpha)^-r)/p]
//
// which is the papers' expression in 2F1, as an expectation over p. Its
// integrand is positive, so that nothing cancels and it is
// finite where the papers' factor (a+b+x-1)/(a-1) is not: a = 1, a + b <= 1.
// Error below 1e-12. Unbounded only on overflow.
func (c Customer) Expected(from, to float64) (float64, special.Outcome) {
	var q rules
	return c.expected(&q, from, to)
}

func (c Customer) expected(q *rules, from, to float64) (float64, special.Outcome) {
	if !c.Valid() || !(from >= 0 && from <= to && to <= math.MaxFloat64) {
		return 0, special.OutOfDomain
	}
	rule := q.over(c.A, c.B, c.R, to/c.Alpha)
	length := to - from
	return finite(c.Alive * rule.mean(func(p float64) float64 {
		if p == 0 {
			return c.R * (length / c.Alpha)
		}
		orders := -math.Expm1(-c.R*math.Log1p(p*(length/(c.Alpha+p*from)))) / p
		if from > 0 {
			orders *= math.Exp(-c.R * math.Log1p(p*(from/c.Alpha)))
		}
		return orders
	}))
}

// PNone returns the probability of no order in the next t >= 0; zero outside the domain.
func (c Customer) PNone(t float64) float64 {
	if !c.Valid() || !(t >= 0 && t <= math.MaxFloat64) {
		return 0
	}
	return 1 + c.Alive*math.Expm1(-c.R*math.Log1p(t/c.Alpha))
}

// PMF returns the probability of exactly n >= 0 orders in the next t >= 0 (FHL05
// eq. 8). The papers' sum over j < n is the tail of a negative binomial
// distribution and taken as an incomplete beta function: no
// cancellation, any n. Zero outside the domain.
func (c Customer) PMF(n int, t float64) float64 {
	if n <= 0 {
		if n < 0 {
			return 0
		}
		return c.PNone(t)
	}
	if !c.Valid() || !(t > 0 && t <= math.MaxFloat64) {
		return 0
	}
	x := float64(n)
	// log of the negative binomial probability of n orders, if nobody left
	orders := special.LogPoch(c.R, x) - special.LogPoch(1, x) - c.R*math.Log1p(t/c.Alpha) - x*math.Log1p(c.Alpha/t)
	stayed := math.Exp(special.LogBetaRatio(c.A, c.B, 0, x) + orders)
	left := math.Exp(special.LogBetaRatio(c.A, c.B, 1, x-1))
	return min(1, c.Alive*(stayed+left*special.BetaCDF(t/(c.Alpha+t), x, c.R)))
}

// NextOrder returns the expected time to the next order of a customer who is still
// there: alpha/(r-1). Unbounded for r <= 1; NextOrderWithin is always of use.
func (c Customer) NextOrder() (float64, special.Outcome) {
	switch {
	case !c.Valid():
		return 0, special.OutOfDomain
	case c.R <= 1:
		return 0, special.Unbounded
	}
	return finite(c.Alpha / (c.R - 1))
}

// NextOrderWithin returns the time within which the next order comes with
// probability q in [0, 1), that the customer may have left included. Unbounded when q
// is not below P(alive): that order may never come.
func (c Customer) NextOrderWithin(q float64) (float64, special.Outcome) {
	switch {
	case !c.Valid() || !(q >= 0 && q < 1):
		return 0, special.OutOfDomain
	case q >= c.Alive:
		return 0, special.Unbounded
	}
	return finite(c.Alpha * math.Expm1(-math.Log1p(-q/c.Alive)/c.R))
}

// DERT returns the discounted expected residual transactions within the next
// horizon >= 0 (which may be +Inf: for ever), at the continuous discount rate
// delta >= 0 per unit of time:
//
//	P(alive) integral_0^horizon e^(-delta t) E[lambda e^(-lambda p t)] dt
//
// Over all time the integral is E[lambda/(lambda p + delta)]. Unbounded for
// ever without discounting when a <= 1. Error below 1e-10.
func (c Customer) DERT(delta, horizon float64) (float64, special.Outcome) {
	var q rules
	return c.dert(&q, delta, horizon)
}

func (c Customer) dert(q *rules, delta, horizon float64) (float64, special.Outcome) {
	if !c.Valid() || !(delta >= 0 && delta <= math.MaxFloat64) || !(horizon >= 0) {
		return 0, special.OutOfDomain
	}
	if delta == 0 {
		if !math.IsInf(horizon, 1) {
			return c.expected(q, 0, horizon)
		}
		if c.A <= 1 {
			return 0, special.Unbounded
		}
		return finite(c.Alive * (c.A + c.B - 1) / (c.A - 1)) // E[1/p]
	}
	const negligible = 45 // e^-45 of the value is left out
	horizon = min(horizon, negligible/delta)
	// E over lambda: r/alpha (1 + p t/alpha)^-(r+1). In y = log(1 + t/unit), unit being
	// the mean time between orders, discount and kernel are smooth on a scale of 1.
	unit := c.Alpha / (1 + c.R)
	end := math.Log1p(horizon / unit)
	rule := q.over(c.A, c.B, c.R+1, horizon/c.Alpha)
	panels := max(1, math.Ceil(end/2.4))
	legendre := q.legendre(end / panels)
	sum := 0.0
	for k := 0.0; k < panels; k++ {
		for i, x := range legendre.p {
			y := end / panels * (k + x)
			t := unit * math.Expm1(y)
			z := t / c.Alpha
			rate := rule.mean(func(p float64) float64 { return math.Exp(-(c.R + 1) * math.Log1p(p*z)) })
			sum += legendre.w[i] * math.Exp(y-delta*t) * rate
		}
	}
	return finite(c.Alive * c.R / (1 + c.R) * (end / panels) * sum)
}

// finite turns an overflow into its Outcome.
func finite(v float64) (float64, special.Outcome) {
	if !(v <= math.MaxFloat64) {
		return 0, special.Unbounded
	}
	return v, special.OK
}

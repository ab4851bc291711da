package paretonbd

import (
	"math"

	"hourglass/core/special"
)

// A Customer is what the model knows of someone after their history (x, t_x, T):
// with probability Alive they are still there, and then they are like a new
// customer with the parameters given: lambda ~ Gamma(r+x, alpha+T), mu ~ Gamma(s,
// beta+T), independent (FH05). All that can be said of a customer is therefore
// said of a new one, times Alive.
type Customer struct {
	Alive             float64
	R, Alpha, S, Beta float64
}

// Valid reports whether the customer is within the domain; Given returns an
// invalid one for bad parameters or histories, of which every method says so.
func (c Customer) Valid() bool {
	return c.Alive >= 0 && c.Alive <= 1 && Params{c.R, c.Alpha, c.S, c.Beta}.Valid()
}

// Given returns the customer with history (x, t_x, T): 0 <= t_x <= T <= 1e60, 0 <= x <= 1e60.
// (0, 0, 0) is a new customer. The zero Customer outside the domain.
func (p Params) Given(x, tx, age float64) Customer {
	if !p.Valid() || !(x >= 0 && tx >= 0 && tx <= age && max(x, age) <= largest) {
		return Customer{}
	}
	f := p.fates(x, p.date(tx), p.date(age))
	return Customer{f.alive, p.R + x, p.Alpha + age, p.S, p.Beta + age}
}

// New returns a customer at the moment of the first order.
func (p Params) New() Customer { return p.Given(0, 0, 0) }

// PAlive returns the probability that a customer with history (x, t_x, T) is
// still there (SMC87, FH05).
func (p Params) PAlive(x, tx, age float64) float64 { return p.Given(x, tx, age).Alive }

// ExpectedPurchases returns the orders expected in (T+from, T+to] of a customer
// with history (x, t_x, T) (SMC87, FH05).
func (p Params) ExpectedPurchases(x, tx, age, from, to float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).Expected(from, to)
}

// ExpectedPurchasesNew returns the repeat orders expected in (from, to] of a new
// customer (SMC87, FH05).
func (p Params) ExpectedPurchasesNew(from, to float64) (float64, special.Outcome) {
	return p.New().Expected(from, to)
}

// PMF returns the probability that a new customer makes n repeat orders in (0, t].
func (p Params) PMF(n int, t float64) float64 { return p.New().PMF(n, t) }

// PNoPurchase returns the probability that a customer with history (x, t_x, T) does not
// order in (T, T+t].
func (p Params) PNoPurchase(x, tx, age, t float64) float64 { return p.Given(x, tx, age).PNone(t) }

// NextOrder returns the expected time from T to the next order if there is one.
// Unbounded for r + x + s <= 1.
func (p Params) NextOrder(x, tx, age float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).NextOrder()
}

// NextOrderWithin returns the time after T within which the next order comes with
// probability q. Unbounded when there is a next order with probability q at most.
func (p Params) NextOrderWithin(x, tx, age, q float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).NextOrderWithin(q)
}

// DERT returns the discounted expected residual transactions within a horizon
// after T (+Inf: for ever) at the continuous discount rate delta per unit
// of time (FHL05). Unbounded for ever at delta = 0 when s <= 1.
func (p Params) DERT(x, tx, age, delta, horizon float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).DERT(delta, horizon)
}

// Expected returns the expected number of orders in (from, to], counted from
// now, 0 <= from <= to finite: P(alive) times
//
//	r/alpha integral_from^to (beta/(beta+u))^s du
//
// which the papers write as beta/(s-1) (1 - (beta/(beta+t))^(s-1)); without the
// division it has no pole at s = 1. Error below 1e-14. Unbounded only on overflow.
func (c Customer) Expected(from, to float64) (float64, special.Outcome) {
	if !c.Valid() || !(from >= 0 && from <= to && to <= math.MaxFloat64) {
		return 0, special.OutOfDomain
	}
	there := math.Exp(-c.S * math.Log1p(from/c.Beta))
	return finite(c.Alive * c.R / c.Alpha * there * powerIntegral(c.S, c.Beta+from, to-from))
}

// powerIntegral returns the integral of (1 + u/b)^-s over u in [0, t].
func powerIntegral(s, b, t float64) float64 {
	v := math.Log1p(t / b)
	z := (1 - s) * v
	if math.Abs(z) < 1e-9 {
		return b * v * (1 + z/2)
	}
	return b * v * (math.Expm1(z) / z)
}

// DERT returns the discounted expected residual transactions within the next
// horizon >= 0 (which may be +Inf: for ever), at the continuous discount rate
// delta >= 0 per unit of time (FHL05, in terms of Tricomi's Psi): P(alive) times
//
//	r/alpha integral_0^horizon e^(-delta u) (beta/(beta+u))^s du
//
// For a new customer it leaves out the first order. Unbounded for ever without
// discounting when s <= 1. Error below 1e-12.
func (c Customer) DERT(delta, horizon float64) (float64, special.Outcome) {
	if !c.Valid() || !(delta >= 0 && delta <= math.MaxFloat64) || !(horizon >= 0) {
		return 0, special.OutOfDomain
	}
	if delta == 0 && math.IsInf(horizon, 1) {
		if c.S <= 1 {
			return 0, special.Unbounded
		}
		return finite(c.Alive * c.R / c.Alpha * c.Beta / (c.S - 1))
	}
	return finite(c.Alive * c.R / c.Alpha * annuity(c.S, c.Beta, delta, horizon))
}

// PNone returns the probability of no order in the next t >= 0; zero outside the
// domain. It is what remains of the order that comes some day, so that it decreases
// with t to the last digit.
func (c Customer) PNone(t float64) float64 {
	if !c.Valid() || !(t >= 0 && t <= math.MaxFloat64) {
		return 0
	}
	later := special.Exp(-(c.R+1)*math.Log1p(t/c.Alpha) - c.S*math.Log1p(t/c.Beta))
	after, _ := forEver(c.R+c.S, c.R+1, c.S, c.Alpha+t, c.Beta+t)
	return 1 - min(1, c.Alive*max(0, c.someDay()-c.R/c.Alpha*later*after))
}

// someDay returns the probability that a customer who is there orders again:
//
//	r/alpha integral_0^infinity (1 + u/alpha)^-(r+1) (1 + u/beta)^-s du
func (c Customer) someDay() float64 {
	total, _ := forEver(c.R+c.S, c.R+1, c.S, c.Alpha, c.Beta)
	return c.R / c.Alpha * total
}

// within returns the probability that a customer who is there orders within t.
func (c Customer) within(t float64) float64 {
	m := integrate(0, c.R+1, c.S, c.Alpha, c.Beta, t, math.Log1p(t/c.Alpha), math.Log1p(t/c.Beta))
	return c.R / c.Alpha * m.total
}

// NextOrder returns the expected time to the next order if there is one. Unbounded
// for r + s <= 1; NextOrderWithin is always of use.
func (c Customer) NextOrder() (float64, special.Outcome) {
	if !c.Valid() {
		return 0, special.OutOfDomain
	}
	total, moment := forEver(c.R+c.S, c.R+1, c.S, c.Alpha, c.Beta)
	return finite(moment / total)
}

// NextOrderWithin returns the time within which the next order comes with
// probability q in [0, 1), that the customer has left or will leave before it included.
// Unbounded when q is not below the probability that there is a next order.
//
// Method: Newton's iteration in log t on the probability, inside a bracket.
func (c Customer) NextOrderWithin(q float64) (float64, special.Outcome) {
	if !c.Valid() || !(q >= 0 && q < 1) {
		return 0, special.OutOfDomain
	}
	if q == 0 {
		return 0, special.OK
	}
	share := q / c.Alive // of those who are there
	if !(share < c.someDay()) {
		return 0, special.Unbounded
	}
	low, high := -700.0, 690+min(0, math.Log(c.Alpha), math.Log(c.Beta)) // t/alpha, t/beta stay finite
	x := min(high, math.Log(c.Alpha/c.R)+math.Log(share))                // as if nobody left nor differed
	for range 200 {
		t := math.Exp(x)
		miss := c.within(t) - share
		if miss < 0 {
			low = x
		} else {
			high = x
		}
		density := c.R * special.Exp(-(c.R+1)*math.Log1p(t/c.Alpha)-c.S*math.Log1p(t/c.Beta)) * (t / c.Alpha)
		next := x - miss/density
		if !(next > low && next < high) {
			next = 0.5 * (low + high)
		}
		step := math.Abs(next - x)
		x = next
		if step < 1e-15*(1+math.Abs(x)) {
			break
		}
	}
	return finite(math.Exp(x))
}

// finite turns an overflow into its Outcome.
func finite(v float64) (float64, special.Outcome) {
	if !(v <= math.MaxFloat64) {
		return 0, special.Unbounded
	}
	return v, special.OK
}

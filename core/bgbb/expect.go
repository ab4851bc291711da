package bgbb

import (
	"math"

	"hourglass/core/special"
)

// A Customer is what the model knows of someone after a history (x, tx, n): with
// probability Alive they are there after opportunity n, and then they are like a
// new customer with the parameters given: p ~ Beta(Alpha, Beta), theta ~
// Beta(Gamma, Delta), independent. Time counts from n.
type Customer struct {
	Alive                     float64
	Alpha, Beta, Gamma, Delta float64
}

// Valid reports whether the customer is within the domain; Given returns an
// invalid one for bad parameters or histories, of which every method says so.
func (c Customer) Valid() bool {
	return c.Alive >= 0 && c.Alive <= 1 && Params{c.Alpha, c.Beta, c.Gamma, c.Delta}.Valid()
}

// New returns a customer of whom nothing is known yet.
func (p Params) New() Customer { return p.Given(0, 0, 0) }

// Given returns the customer with x purchases, the last at opportunity tx of n: whole
// numbers, 0 <= x <= tx <= n <= Longest, tx = 0 only with x = 0. (0, 0, 0) is a
// new customer. The zero Customer outside the domain.
//
// The odds of having left are the terms of FHS10 eq. 5 divided by the last one,
// which gives P(alive) without any gamma function.
func (p Params) Given(x, tx, n float64) Customer {
	if !p.Valid() || !whole(x) || !whole(tx) || !whole(n) || !(x <= tx && tx <= n && n <= Longest) || x == 0 && tx > 0 {
		return Customer{}
	}
	odds, ratio := 1.0, 1.0
	for j := n - 1; j >= tx; j-- {
		ratio *= (p.Alpha + p.Beta + j) / (p.Beta + (j - x)) * ((p.Gamma + p.Delta + j) / (p.Delta + j))
		odds += ratio * (p.Gamma / (p.Gamma + p.Delta + j))
		if !(odds <= math.MaxFloat64) {
			odds = math.Inf(1)
			break
		}
	}
	return Customer{1 / odds, p.Alpha + x, p.Beta + (n - x), p.Gamma, p.Delta + n}
}

func whole(v float64) bool { return v >= 0 && v == math.Floor(v) }

// PAlive returns the probability that the customer is there after opportunity n,
// the last one observed; 1 for someone who bought at n. It is what the expectations
// are proportional to; FHS10's is PAliveNext.
func (p Params) PAlive(x, tx, n float64) float64 { return p.Given(x, tx, n).Alive }

// PAliveNext returns the probability that the customer is there at opportunity
// n+1 (FHS10 eq. 11): P(alive) and not leaving before it.
func (p Params) PAliveNext(x, tx, n float64) float64 {
	c := p.Given(x, tx, n)
	if !c.Valid() {
		return 0
	}
	return c.Alive * (c.Delta / (c.Gamma + c.Delta))
}

// ExpectedPurchases returns the purchases expected at the opportunities n+from+1
// .. n+to of a customer with history (x, tx, n) (FHS10 eq. 13).
func (p Params) ExpectedPurchases(x, tx, n, from, to float64) (float64, special.Outcome) {
	return p.Given(x, tx, n).Expected(from, to)
}

// ExpectedPurchasesNew returns the purchases expected of a new customer at the
// opportunities from+1 .. to (FHS10 eq. 8 and 10).
func (p Params) ExpectedPurchasesNew(from, to float64) (float64, special.Outcome) {
	return p.New().Expected(from, to)
}

// PMF returns the probability that a new customer buys at k of the first h
// opportunities (FHS10 eq. 7).
func (p Params) PMF(k int, h float64) float64 { return p.New().PMF(k, h) }

// PNoPurchase returns the probability that a customer with history (x, tx, n) buys at
// none of the next h opportunities.
func (p Params) PNoPurchase(x, tx, n, h float64) float64 { return p.Given(x, tx, n).PNone(h) }

// NextOrderWithin returns the least number of opportunities within which the next
// purchase comes with probability q (0.5: the median). See Customer.
func (p Params) NextOrderWithin(x, tx, n, q float64) (float64, special.Outcome) {
	return p.Given(x, tx, n).NextOrderWithin(q)
}

// DERT returns the discounted expected residual transactions at the next horizon
// opportunities (+Inf: for ever), at the discount rate d per opportunity, of a
// customer with history (x, tx, n) (FHS10 eq. 14).
func (p Params) DERT(x, tx, n, d, horizon float64) (float64, special.Outcome) {
	return p.Given(x, tx, n).DERT(d, horizon)
}

// Expected returns the expected number of purchases at the opportunities from+1
// .. to, whole numbers, 0 <= from <= to:
//
//	P(alive) alpha/(alpha+beta) sum of S(t), t = from+1 .. to,
//
// S(t) = B(gamma, delta+t)/B(gamma, delta) being the chance to be there at t. Error below 1e-12.
func (c Customer) Expected(from, to float64) (float64, special.Outcome) {
	if !c.Valid() || !whole(from) || !whole(to) || !(from <= to && to <= math.MaxFloat64) {
		return 0, special.OutOfDomain
	}
	return finite(c.Alive * c.buys() * c.survival(from) * c.later(from).lifetime(to-from))
}

// buys is the mean chance of buying at an opportunity while there.
func (c Customer) buys() float64 { return c.Alpha / (c.Alpha + c.Beta) }

// later is the customer if still there after t opportunities more, leaving out what
// their purchases would tell.
func (c Customer) later(t float64) Customer {
	c.Delta += t
	return c
}

const few = 64 // terms summed one by one

// survival returns S(t), the chance to be there after t more opportunities.
func (c Customer) survival(t float64) float64 {
	if t > few { // Gamma(delta+t)/Gamma(gamma+delta+t) over the same at t = 0
		return math.Exp(special.LogPoch(c.Delta, c.Gamma) - special.LogPoch(c.Delta+t, c.Gamma))
	}
	s := 1.0
	for i := 0.0; i < t; i++ {
		s *= (c.Delta + i) / (c.Gamma + c.Delta + i)
	}
	return s
}

// lifetime returns the sum of S(t) for t = 1 .. h.
//
// FHS10 eq. 8 has it as delta/(gamma-1) (1 - Gamma(gamma+delta) Gamma(1+delta+h)/(...)),
// which is 0/0 at gamma = 1 and loses digits near it. With e = gamma-1 the
// ratio of gamma functions is exp(-R), R = sum of log(1 + e/(delta+i)), i = 1 .. h, whose
// terms are small with e and of one sign: delta (1 - exp(-R))/e.
func (c Customer) lifetime(h float64) float64 {
	if h <= few {
		sum, s := 0.0, 1.0
		for i := 0.0; i < h; i++ {
			s *= (c.Delta + i) / (c.Gamma + c.Delta + i)
			sum += s
		}
		return sum
	}
	e := c.Gamma - 1
	if math.Abs(e) < 1e-15 {
		return c.Delta * special.DigammaDiff(c.Delta+1, h)
	}
	return c.Delta * -math.Expm1(-logRatios(c.Delta, e, h)) / e
}

// logRatios returns the sum of log(1 + e/(delta+i)) for i = 1 .. h: the first
// terms one by one, the rest by the Euler-Maclaurin formula for midpoints
// (DLMF 2.10.1 at half-integers; error below 1e-13 relative).
func logRatios(delta, e, h float64) float64 {
	sum, i := 0.0, 1.0
	for ; i <= h && delta+i < few; i++ {
		sum += math.Log1p(e / (delta + i))
	}
	if i > h {
		return sum
	}
	v, w := delta+(i-0.5), delta+(h+0.5)
	sum += w*math.Log1p(e/w) - v*math.Log1p(e/v) + e*math.Log((w+e)/(v+e))
	first := func(v float64) float64 { return -e / v / (v + e) }
	third := func(v float64) float64 {
		return -2 * e / v * (3 + e/v*(3+e/v)) / (v + e) / (v + e) / (v + e)
	}
	return sum - (first(w)-first(v))/24 + 7*(third(w)-third(v))/5760
}

// PMF returns the probability of k purchases at the next h <= Longest
// opportunities (FHS10 eq. 7 and 12); zero outside the domain. It costs O(h).
func (c Customer) PMF(k int, h float64) float64 {
	x := float64(k)
	if !c.Valid() || !whole(h) || h > Longest || !(x >= 0 && x <= h) {
		return 0
	}
	if k == 0 {
		return c.PNone(h)
	}
	// log of C(j, k) B(alpha+k, beta+j-k)/B(alpha, beta) S(j), from j = k on
	there := special.LogBetaRatio(c.Alpha, c.Beta, x, 0) + special.LogBetaRatio(c.Delta, c.Gamma, x, 0)
	sum := math.Inf(-1)
	for j := x; j < h; j++ {
		sum = special.LogAddExp(sum, there+logShare(c.Gamma, c.Delta+j))
		there += math.Log((j + 1) / (j + 1 - x) * ((c.Beta + (j - x)) / (c.Alpha + c.Beta + j)) *
			((c.Delta + j) / (c.Gamma + c.Delta + j)))
	}
	return min(1, c.Alive*math.Exp(special.LogAddExp(sum, there)))
}

// PNone returns the probability of no purchase at the next h <= Longest
// opportunities; zero outside the domain. It costs O(h).
func (c Customer) PNone(h float64) float64 {
	if !c.Valid() || !whole(h) || h > Longest {
		return 0
	}
	some := 0.0
	c.firsts(func(t, chance float64) bool {
		if t > h {
			return false
		}
		some += chance
		return true
	})
	return max(0, 1-c.Alive*min(1, some))
}

// firsts calls visit with t = 1, 2, ... and the chance that a customer who is
// there now buys at t for the first time, until it returns false:
// B(alpha+1, beta+t-1)/B(alpha, beta) S(t).
func (c Customer) firsts(visit func(t, chance float64) bool) {
	waited := 1.0
	for t := 1.0; ; t++ {
		waited *= (c.Delta + (t - 1)) / (c.Gamma + c.Delta + (t - 1))
		if !visit(t, waited*(c.Alpha/(c.Alpha+c.Beta+(t-1)))) {
			return
		}
		waited *= (c.Beta + (t - 1)) / (c.Alpha + c.Beta + (t - 1))
	}
}

// NextOrder returns the probability that the next purchase comes within the next h
// <= Longest opportunities and, given that it does, the mean number of
// opportunities until it does (1: the very next); zero if it never does. Without
// a horizon that mean is infinite where alpha+gamma <= 1.
func (c Customer) NextOrder(h float64) (probability, mean float64, outcome special.Outcome) {
	if !c.Valid() || !whole(h) || h > Longest {
		return 0, 0, special.OutOfDomain
	}
	some, weighted := 0.0, 0.0
	c.firsts(func(t, chance float64) bool {
		if t > h {
			return false
		}
		some += chance
		weighted += t * chance
		return true
	})
	if some > 0 {
		mean = weighted / some
	}
	return c.Alive * min(1, some), mean, special.OK
}

// NextOrderWithin returns the least number of opportunities within which the next
// purchase comes with probability q in [0, 1), that the customer may have left
// included. Unbounded when that is never, or beyond Longest.
func (c Customer) NextOrderWithin(q float64) (float64, special.Outcome) {
	switch {
	case !c.Valid() || !(q >= 0 && q < 1):
		return 0, special.OutOfDomain
	case q == 0:
		return 0, special.OK
	case q >= c.Alive:
		return 0, special.Unbounded
	}
	some, within := 0.0, 0.0
	c.firsts(func(t, chance float64) bool {
		some += chance
		if c.Alive*some >= q {
			within = t
			return false
		}
		return t < Longest
	})
	if within == 0 {
		return 0, special.Unbounded
	}
	return within, special.OK
}

// DERT returns the discounted expected purchases at the next horizon opportunities (a
// whole number or +Inf: for ever), a purchase at the t-th from now being worth
// (1+d)^-t, d >= 0:
//
//	P(alive) alpha/(alpha+beta) sum of S(t) (1+d)^-t, t = 1 .. horizon
//
// which for ever is FHS10 eq. 14, a 2F1. Unbounded for ever at d = 0 when
// gamma <= 1. Error below 1e-12; below 1e-12/(horizon d) for a horizon above a million.
func (c Customer) DERT(d, horizon float64) (float64, special.Outcome) {
	if !c.Valid() || !(d >= 0 && d <= math.MaxFloat64) || !whole(horizon) {
		return 0, special.OutOfDomain
	}
	if d == 0 && !math.IsInf(horizon, 1) {
		return c.Expected(0, horizon)
	}
	return finite(c.Alive * c.buys() * c.annuity(d, horizon))
}

// annuity returns the sum of S(t) (1+d)^-t for t = 1 .. h; +Inf if it diverges.
func (c Customer) annuity(d, h float64) float64 {
	if h > Longest {
		whole := c.Delta / (c.Gamma + c.Delta) / (1 + d) * special.BetaAnnuity(c.Gamma, c.Delta+1, d)
		if math.IsInf(h, 1) {
			return whole
		}
		return whole - c.survival(h)*math.Exp(-h*math.Log1p(d))*c.later(h).annuity(d, math.Inf(1))
	}
	sum, s := 0.0, 1.0
	for i := 0.0; i < h; i++ {
		s *= (c.Delta + i) / (c.Gamma + c.Delta + i) / (1 + d)
		sum += s
		if s < 1e-18*sum*min(1, d) { // what is left is below s/d
			break
		}
	}
	return sum
}

// finite turns what diverges into its Outcome.
func finite(v float64) (float64, special.Outcome) {
	if !(v <= math.MaxFloat64) {
		return 0, special.Unbounded
	}
	return v, special.OK
}

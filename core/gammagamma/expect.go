package gammagamma

import (
	"math"

	"hourglass/core/special"
)

// posterior returns the shape and scale of the inverse gamma distribution of the mean
// spend M of a customer with x orders of mean value mean; of a new customer for x =
// 0, when mean is not read (FHL05, appendix). A mean of zero, which the model holds for impossible, is taken for
// the limit of ever smaller ones: who was given an order or two is not expected to be given all to come.
func (p Params) posterior(x, mean float64) (shape, scale float64, ok bool) {
	if x == 0 {
		mean = 1
	}
	ok = p.Valid() && x >= 0 && x <= math.MaxFloat64 && mean >= 0 && mean <= math.MaxFloat64
	return p.P*x + p.Q, p.P * (p.Gamma + x*mean), ok
}

// ExpectedSpend returns E[M], the mean value of the future orders of a customer
// with x >= 0 orders of mean value mean (FHL05 eq. 4): a weighted average of that
// mean and the population's. x = 0 is a new customer, whose expectation is the
// population's p gamma/(q-1).
//
// Unbounded when px + q <= 1, where the expectation is infinite and the formula's
// value negative: use Spend.
func (p Params) ExpectedSpend(x, mean float64) (float64, special.Outcome) {
	shape, scale, ok := p.posterior(x, mean)
	if !ok {
		return 0, special.OutOfDomain
	}
	if !(shape > 1) {
		return 0, special.Unbounded
	}
	return finite(scale / (shape - 1)) // FHL05 eq. 4
}

// A Basis says what a spend returned by Spend is.
type Basis uint8

// The bases of a spend.
const (
	NoBasis  Basis = iota // outside the domain
	ByMean                // the expectation
	ByMedian              // the median, where the expectation is infinite
)

var basisNames = [...]string{"none", "mean", "median"}

// String returns the basis's name on the wire, empty for an unknown basis.
func (b Basis) String() string {
	if int(b) >= len(basisNames) {
		return ""
	}
	return basisNames[b]
}

// Spend returns the value to reckon a customer's future orders at: ExpectedSpend
// where it exists, else the median of M, which always does: as many such
// customers spend less than that as spend more. Never negative, never infinite.
func (p Params) Spend(x, mean float64) (float64, Basis) {
	if v, outcome := p.ExpectedSpend(x, mean); outcome == special.OK {
		return v, ByMean
	}
	if v, outcome := p.Quantile(0.5, x, mean); outcome == special.OK {
		return v, ByMedian
	}
	return 0, NoBasis
}

// Variance returns Var[M], how uncertain the customer's own mean is. Unbounded
// when px + q <= 2.
func (p Params) Variance(x, mean float64) (float64, special.Outcome) {
	shape, scale, ok := p.posterior(x, mean)
	if !ok {
		return 0, special.OutOfDomain
	}
	if !(shape > 2) {
		return 0, special.Unbounded
	}
	m := scale / (shape - 1)
	return finite(m * m / (shape - 2))
}

// OrdersVariance returns the variance of the mean value of the customer's next k > 0
// orders: Var[M] + E[M^2]/(pk). Unbounded when px + q <= 2.
func (p Params) OrdersVariance(x, mean, k float64) (float64, special.Outcome) {
	v, outcome := p.Variance(x, mean)
	if outcome == special.OK && !(k > 0) {
		outcome = special.OutOfDomain
	}
	if outcome != special.OK {
		return 0, outcome
	}
	m, _ := p.ExpectedSpend(x, mean)
	return finite(v + (v+m*m)/(p.P*k))
}

// Quantile returns the value that the customer's mean spend M stays below with
// probability prob in (0, 1). Unbounded only where it exceeds the largest float64.
func (p Params) Quantile(prob, x, mean float64) (float64, special.Outcome) {
	shape, scale, ok := p.posterior(x, mean)
	if !ok || !(prob > 0 && prob < 1) {
		return 0, special.OutOfDomain
	}
	return finite(math.Exp(math.Log(scale) - logGammaQuantile(1-prob, prob, shape)))
}

// logGammaQuantile returns log x where a Gamma(a, 1) variable is below x with
// probability lower = 1 - upper.
//
// Method: Newton's iteration for the logarithm of the smaller tail, which is concave in log
// x, inside a bisected bracket. Error below 1e-13 (1 + 1/a) in log x for a <
// 1e4, growing to 1e-9; from 1e6 on Wilson & Hilferty's cube (1931), error below 1e-9.
func logGammaQuantile(lower, upper, a float64) float64 {
	z := special.NormalQuantile(lower)
	c := 1 / (9 * a)
	u := math.Log(a) + 3*math.Log(max(1-c+z*math.Sqrt(c), 1e-3)) // A&S 26.4.17
	if a >= 1e6 {
		return u
	}
	first := (math.Log(lower) + special.Lgamma(a+1)) / a // P(a, x) = x^a/Gamma(a+1) (1 - O(x))
	if first < -40 {
		return first
	}
	if a < 1 {
		u = first
	}
	// P(a, x) <= x^a/Gamma(a+1), and 1-P is below the smallest float64 far to the right.
	low, high := first, math.Log(a)+math.Log1p((1500+40*math.Sqrt(a))/a)
	u = min(max(u, low), high)
	logGamma := special.Lgamma(a)
	for range 200 {
		x := math.Exp(u)
		p, q := special.GammaPQ(a, x)
		miss, tail := math.Log(p/lower), p
		if upper < lower {
			miss, tail = -math.Log(q/upper), q
		}
		if miss < 0 {
			low = u
		} else {
			high = u
		}
		next := u - miss*tail/math.Exp(a*u-x-logGamma)
		if !(next >= low && next <= high) {
			next = 0.5 * (low + high)
		}
		step := math.Abs(next - u)
		u = next
		if step < 1e-15*(1+math.Abs(u)) {
			break
		}
	}
	return u
}

// finite turns what has overflowed into its Outcome.
func finite(v float64) (float64, special.Outcome) {
	if !(v <= math.MaxFloat64) {
		return 0, special.Unbounded
	}
	return v, special.OK
}

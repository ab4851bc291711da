package sbg

import (
	"math"

	"hourglass/core/special"
)

// Survival returns S(t) = B(alpha, beta+t)/B(alpha, beta), the share of a cohort
// still active after t >= 0 periods (FH07 eq. 6).
func (p Params) Survival(t int) float64 {
	if !p.Valid() || t < 0 {
		return 0
	}
	return math.Exp(special.LogBetaRatio(p.Alpha, p.Beta, 0, float64(t)))
}

// Retention returns r_t = (beta+t-1)/(alpha+beta+t-1), the share of those active
// at t-1 who are still active at t >= 1 (FH07 eq. 8); 0 for other t.
func (p Params) Retention(t int) float64 {
	if !p.Valid() || t < 1 {
		return 0
	}
	stay := p.Beta + float64(t-1)
	return stay / (p.Alpha + stay)
}

// Churn returns 1 - r_t for t >= 1, without cancellation; 0 for other t.
func (p Params) Churn(t int) float64 {
	if !p.Valid() || t < 1 {
		return 0
	}
	return p.Alpha / (p.Alpha + (p.Beta + float64(t-1)))
}

// Timing says when a period is paid for.
type Timing uint8

// The timings, in the order of the wire names start, end, after_renewal.
const (
	Start        Timing = iota // in advance: the first payment is now, undiscounted
	End                        // in arrears, by everyone active during the period
	AfterRenewal               // in advance from the first renewal on: what is paid already is left out
)

// DERL returns the discounted expected residual lifetime, in payments of 1, of a
// customer about to decide on renewal n >= 1, having renewed n-1 times (FH10):
//
//	DERL = (beta+n-1)/(alpha+beta+n-1) 2F1(1, beta+n; alpha+beta+n; 1/(1+d))
//
// The pending renewal is counted, undiscounted. d >= 0 is the discount rate a
// period. Unbounded when d = 0 and alpha <= 1: the mean lifetime is
// infinite, so give a horizon (Lifetime).
func (p Params) DERL(n int, d float64) (float64, special.Outcome) {
	if !p.Valid() || n < 1 || !(d >= 0 && d <= math.MaxFloat64) {
		return 0, special.OutOfDomain
	}
	return finite(p.Retention(n) * special.BetaAnnuity(p.Alpha, p.Beta+float64(n), d)) // FH10, the expression for DERL
}

// DEL returns the discounted expected lifetime of a new customer in payments
// of 1, without end: sum over t >= 0 of S(t)/(1+d)^t for payment at the start (FH10).
func (p Params) DEL(d float64, when Timing) (float64, special.Outcome) {
	if !p.Valid() || !(d >= 0 && d <= math.MaxFloat64) || when > AfterRenewal {
		return 0, special.OutOfDomain
	}
	switch when {
	case AfterRenewal: // the start's sum without t = 0, formed without subtraction
		return finite(p.Retention(1) / (1 + d) * special.BetaAnnuity(p.Alpha, p.Beta+1, d))
	case End:
		return finite(special.BetaAnnuity(p.Alpha, p.Beta, d) / (1 + d))
	}
	return finite(special.BetaAnnuity(p.Alpha, p.Beta, d))
}

// Lifetime returns the discounted expected number of payments of 1 within the
// next horizon >= 0 periods, for a customer of age >= 0 periods known to be active.
// Time 0 is now, the beginning of the period age+1; a horizon of h has h
// payments at most, at 0 .. h-1 for Start and at 1 .. h for End and
// AfterRenewal. It costs O(horizon).
func (p Params) Lifetime(age, horizon int, d float64, when Timing) (float64, special.Outcome) {
	if !p.Valid() || age < 0 || horizon < 0 || !(d >= 0 && d <= math.MaxFloat64) || when > AfterRenewal {
		return 0, special.OutOfDomain
	}
	sum, active, discount := 0.0, 1.0, 1.0
	for t := 1; t <= horizon; t++ {
		before, now := active*discount, discount/(1+d)
		next := active * p.Retention(age+t)
		switch when {
		case Start:
			sum += before
		case End:
			sum += active * now
		case AfterRenewal:
			sum += next * now
		}
		active, discount = next, now
	}
	return sum, special.OK
}

// finite turns a divergent sum into its Outcome.
func finite(v float64) (float64, special.Outcome) {
	if !(v <= math.MaxFloat64) {
		return 0, special.Unbounded
	}
	return v, special.OK
}

package customers

import (
	"math"

	"hourglass/core/special"
)

// A Check is one earlier forecast of a total held against what came.
type Check struct {
	Forecast, Actual float64
	Deviation        float64 // relative standard deviation that the forecast gave itself: parameters and chance
	One              float64 // what a single order adds: 1, or the money of one
}

// Miss returns the forecast's error on the log scale, log(actual/forecast). Half an order on both sides keeps it finite where
// none came.
func (c Check) Miss() float64 { return math.Log((c.Actual + c.One/2) / (c.Forecast + c.One/2)) }

// usable reports whether there was something to forecast.
func (c Check) usable() bool {
	return c.One > 0 && c.Forecast > 0 && c.Actual >= 0 && max(c.Forecast, c.Actual, c.Deviation) <= math.MaxFloat64
}

// The constants of the range of a total. They were found on 732 rolling forecasts of six order logs and on 60 simulated shops, by
// coverage and interval score (Gneiting & Raftery, "Strictly proper scoring rules, prediction, and estimation", JASA 102, 2007),
// and are provisional: the six logs hold few years that are independent.
const (
	checkedFrom = 3 // checks over the same horizon from which a right model is told from a wrong one

	// Before that a prior stands in for the model's error: so many checks that missed by as much as base says,
	// which is twice what the forecast gives itself and a tenth besides.
	priorChecks = 4
	priorFactor = 2
	priorMiss   = 0.10
	recentFew   = 6 // checks that count

	// From then on: one check, the forecast's own deviation, and a twentieth.
	checkedPrior = 1
	checkedMiss  = 0.05
	recentMany   = 12
)

// A Record is the earlier forecasts of one model kind on a log, latest first.
type Record struct {
	HorizonDays float64 // of the checks
	Same        bool    // that is the horizon that is asked about
	Past        []Past
	Latest      Evidence // how the first of Past did, customer by customer
}

// A Past is the forecast of one date.
type Past struct {
	End, ObservedTo int32 // last day that was known, and last day of the forecast
	Customers       float64
	Orders, Money   Check // Money is zero where there are no amounts
}

// checks returns those of orders or money that can be used.
func (r *Record) checks(money bool) (out []Check) {
	for _, p := range r.Past {
		c := p.Orders
		if money {
			c = p.Money
		}
		if c.usable() {
			out = append(out, c)
		}
	}
	return out
}

// Miss returns the root of the mean square of the earlier forecasts' relative errors, 0 where there are none.
func (r *Record) Miss(money bool) float64 {
	checks := r.checks(money)
	sum := 0.0
	for _, c := range checks {
		sum += c.Miss() * c.Miss()
	}
	return math.Expm1(math.Sqrt(ratio(sum, float64(len(checks)))))
}

// Checked reports whether there are enough forecasts over the same horizon to rely on what they missed by.
func (r *Record) Checked() bool { return r.Same && len(r.checks(false)) >= checkedFrom }

// Range is the interval of a total that holds what the model does not know of the world, as its earlier forecasts show it, besides
// parameters and chance, which alone make up its relative standard deviation. On the log scale: money and orders have no lower end
// below zero, and errors are factors.
//
// The total itself is not corrected: earlier errors do not keep their sign.
func (r *Record) Range(total, deviation, level float64, money bool) Estimate {
	if !(total > 0) {
		return Estimate{total, total, total}
	}
	sd, freedom := r.deviation(deviation, money)
	q := studentQuantile(0.5+level/2, freedom)
	return Estimate{total, total * math.Exp(-q*sd), finite(total * math.Exp(q*sd))}
}

// deviation returns the standard deviation of the logarithm of a total, and the degrees of freedom of Student's t that it is
// known with; 0 for the normal distribution.
func (r *Record) deviation(own float64, money bool) (sd, freedom float64) {
	checks := r.checks(money)
	if r.Same && len(checks) >= checkedFrom {
		base := func(s float64) float64 { return math.Hypot(s, checkedMiss) }
		phi, _ := inflation(checks, recentMany, checkedPrior, base)
		return max(own, phi*base(own)), 0
	}
	base := func(s float64) float64 { return math.Hypot(priorFactor*s, priorMiss) }
	phi, freedom := inflation(checks, recentFew, priorChecks, base)
	return max(own, phi*base(own)), freedom
}

// inflation returns by how much the latest checks missed more than base says, prior checks counted in that missed by as much.
func inflation(checks []Check, most int, prior float64, base func(deviation float64) float64) (phi, freedom float64) {
	sum := prior
	checks = checks[:min(most, len(checks))]
	for _, c := range checks {
		miss := c.Miss() / base(c.Deviation)
		sum += miss * miss
	}
	freedom = prior + float64(len(checks))
	return math.Sqrt(sum / freedom), freedom
}

// studentQuantile returns the quantile of Student's t for prob in (0.5, 1), from P(|T| > t) = I_(df/(df+t^2))(df/2, 1/2) (A&S
// 26.7.1); of the normal distribution for no degrees of freedom.
func studentQuantile(prob, freedom float64) float64 {
	if freedom == 0 {
		return special.NormalQuantile(prob)
	}
	x := special.BetaQuantile(2*(1-prob), freedom/2, 0.5)
	return math.Sqrt(freedom * (1 - x) / x)
}

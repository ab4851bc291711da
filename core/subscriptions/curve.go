package subscriptions

import (
	"math"
	"slices"

	"hourglass/core/fit"
	"hourglass/core/sbg"
	"hourglass/core/value"
)

// A curve is retention by tenure, fitted to renewals: shifted-beta-geometric, beta-discrete-Weibull where the chance to leave changes with time
// (sbg.Depends), or one churn for all where that is the first one's limit.
type curve struct {
	constant bool
	changes  bool        // with time: beta-discrete-Weibull
	at       sbg.Weibull // C is 1 unless it changes
	theta    []float64   // logarithms of the parameters; of constant churn its log-odds
	cov      []float64   // theta's covariance, row by row; nil where it is not known
	known    bool
}

// curveOf fits renewals.
func curveOf(atRisk, lost []float64) (c curve) {
	counts := sbg.Counts{AtRisk: atRisk, Lost: lost}
	plain := sbg.Fit(counts, nil)
	if f := sbg.FitWeibull(counts, plain); sbg.Depends(counts, plain, f) {
		return curve{known: true, changes: true, at: f.Weibull, theta: f.Result.Theta, cov: f.Result.ThetaCovariance}
	}
	switch status := plain.Result.Status; {
	case status == fit.Converged || status == fit.Boundary && plain.Limit == sbg.Polarised:
		return curve{known: true, at: sbg.Weibull{Params: plain.Params, C: 1}, theta: plain.Result.Theta, cov: plain.Result.ThetaCovariance}
	case status == fit.Boundary || status == fit.NotIdentified:
		left, risk := total(lost), total(atRisk)
		if !(left < risk) {
			return c
		}
		return curve{known: true, constant: true, theta: []float64{math.Log(left / (risk - left))}, cov: []float64{1/left + 1/(risk-left)}}
	}
	return c
}

// odds are the log-odds of renewing after 1, 2, ... n periods, for parameters near those of the curve.
func (c *curve) odds(theta []float64, n int) []float64 {
	out := make([]float64, n)
	p := sbg.Weibull{C: 1}
	if !c.constant {
		p.Alpha, p.Beta = math.Exp(theta[0]), math.Exp(theta[1])
	}
	if c.changes {
		p.C = math.Exp(theta[2])
	}
	for t := range out {
		switch {
		case c.constant:
			out[t] = -theta[0]
		case !c.changes:
			out[t] = math.Log(p.Beta+float64(t)) - theta[0]
		default:
			stay := p.LogRetention(t + 1)
			out[t] = stay - math.Log(-math.Expm1(stay))
		}
		out[t] = min(max(out[t], -700), 700)
	}
	return out
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// A plan that is too small for a curve of its own follows that of all plans with its period, by other odds: those of renewing are multiplied at every
// tenure by a factor of the plan's own, of which its few renewals tell something. The factors' logarithms are normal around zero with a
// variance that the plans themselves tell (empirical Bayes: Morris, JASA 78, 1983), and one more plan stands in for those that are
// not there, as among the groups of package customers.
const (
	priorPlans  = 1
	priorEffect = 0.25 // its logarithm: odds a quarter higher or lower
)

// An effect is the logarithm of that factor, and the variance of what is known of it.
type effect struct{ at, variance float64 }

// effectOf is the most probable effect of renewals on a curve, and the curvature there. The likelihood is concave.
func effectOf(odds, atRisk, lost []float64, among float64) (e effect) {
	for range 60 {
		slope, bend := -e.at/among, 1/among
		for k, n := range atRisk {
			stay := logistic(odds[k] + e.at)
			slope += n - lost[k] - n*stay
			bend += n * stay * (1 - stay)
		}
		e.variance = 1 / bend
		step := min(max(slope/bend, -1), 1)
		if e.at += step; math.Abs(step) < 1e-12 {
			break
		}
	}
	return e
}

// A pool is the plans with one period: the curve of all of them, and what each differs by.
type pool struct {
	curve
	members []int
	atRisk  []float64
	lost    []float64
	among   float64 // variance of the effects
	effects map[int]effect
}

// curves are what was fitted to a log, whatever the terms are.
type curves struct {
	own            map[int]curve // by plan
	pools          [intervals]*pool
	checked        int32 // see Result
	forecast, came float64
}

// ownOf is a plan's own curve.
func (v *valuer) ownOf(k int) *curve {
	c, known := v.curves.own[k]
	if !known {
		c = curveOf(v.plans[k].AtRisk, v.plans[k].LostBy)
		v.curves.own[k] = c
	}
	return &c
}

// poolOf finds what the plans with a period have in common.
func (v *valuer) poolOf(interval Interval) *pool {
	if p := v.curves.pools[interval]; p != nil {
		return p
	}
	p := &pool{effects: map[int]effect{}, among: priorEffect * priorEffect}
	v.curves.pools[interval] = p
	p.atRisk, p.lost = v.pooled(interval)
	for k := range v.plans {
		if v.plans[k].Interval == interval && v.plans[k].Started > 0 {
			p.members = append(p.members, k)
		}
	}
	if total(p.lost) < LeastLost {
		return p
	}
	if p.curve = curveOf(p.atRisk, p.lost); !p.known {
		return p
	}
	if len(p.members) == 1 {
		p.effects[p.members[0]] = effect{}
		return p
	}
	odds := p.odds(p.theta, len(p.atRisk))
	for range 200 { // EM: the variance that the effects have, given itself
		sum := priorPlans * priorEffect * priorEffect
		for _, k := range p.members {
			e := effectOf(odds, v.plans[k].AtRisk, v.plans[k].LostBy, p.among)
			p.effects[k] = e
			sum += e.at*e.at + e.variance
		}
		before := p.among
		p.among = sum / float64(priorPlans+len(p.members))
		if math.Abs(p.among-before) < 1e-6*before {
			break
		}
	}
	return p
}

// own is the share of what is known of a plan's effect that is its own renewals'.
func (p *pool) own(k int) float64 {
	if len(p.members) == 1 {
		return 1
	}
	return max(0, 1-p.effects[k].variance/p.among)
}

// A followed curve is one with a plan's effect.
type followed struct {
	*curve
	effect
	discount float64 // per period
	periods  int     // within which renewals count; below 0 for ever
	bounded  bool
}

// mostPeriods is how many periods are added up at most where a value has a limit: those beyond are discounted to less than forgotten of the first.
// Where the discount rate is so low that they would be more, the value is counted over value.UnboundedYears.
const (
	mostPeriods = 20_000
	forgotten   = 1e-9
)

// follow is a curve at a discount rate.
func (v *valuer) follow(c *curve, e effect, interval Interval) followed {
	f := followed{curve: c, effect: e, discount: math.Pow(1+v.terms.AnnualDiscount, 1/interval.PerYear()) - 1, periods: -1, bounded: true}
	if f.endless() > mostPeriods {
		f.periods, f.bounded = int(math.Round(value.UnboundedYears*interval.PerYear())), false
	}
	return f
}

// endless is how many periods stand for all.
func (f *followed) endless() float64 {
	decay := math.Log1p(f.discount)
	if f.constant {
		decay -= math.Log(logistic(f.at0()))
	}
	return math.Ceil(-math.Log(forgotten) / max(decay, 1e-12))
}

// at0 is the log-odds of renewing at constant churn.
func (f *followed) at0() float64 { return f.effect.at - f.theta[0] }

// terms is how many renewals are looked at for so many tenures.
func (f *followed) terms(rows, periods int) int {
	if periods < 0 {
		periods = int(f.endless())
	}
	return rows + periods
}

// multiples are what a margin of 1 per period brings by tenure from the next renewal on, paid a period from now, within so many periods.
func multiples(odds []float64, shift, discount float64, rows, periods int) []float64 {
	out := make([]float64, rows)
	per := 1 / (1 + discount)
	stay := make([]float64, len(odds))
	for t, o := range odds {
		stay[t] = per * logistic(o+shift)
	}
	if periods < 0 {
		rest := 0.0
		for t := len(stay) - 1; t >= 0; t-- {
			if rest = stay[t] * (1 + rest); t < rows {
				out[t] = rest
			}
		}
		return out
	}
	for k := range out {
		here := 1.0
		for _, s := range stay[k : k+periods] {
			here *= s
			out[k] += here
		}
	}
	return out
}

// thetaStep is how far a parameter's logarithm is moved to see how a value follows.
const thetaStep = 1e-4

// slopes are the derivatives of the multiples by each of the curve's parameters, and last by the plan's effect where that is not known for sure.
func (f *followed) slopes(rows int) (by [][]float64) {
	n := f.terms(rows, f.periods)
	side := func(odds []float64, shift float64) []float64 {
		return multiples(odds, shift, f.discount, rows, f.periods)
	}
	difference := func(up, down []float64) {
		for k := range up {
			up[k] = (up[k] - down[k]) / (2 * thetaStep)
		}
		by = append(by, up)
	}
	for i := range f.theta {
		above, below := slices.Clone(f.theta), slices.Clone(f.theta)
		above[i] += thetaStep
		below[i] -= thetaStep
		difference(side(f.odds(above, n), f.effect.at), side(f.odds(below, n), f.effect.at))
	}
	if f.variance > 0 {
		odds := f.odds(f.theta, n)
		difference(side(odds, f.effect.at+thetaStep), side(odds, f.effect.at-thetaStep))
	}
	return by
}

// split is the slope of what subscribers with such weights bring, by the curve's parameters; and the variance that comes from the effect.
func (f *followed) split(by [][]float64, weight []float64) (slope []float64, alone float64) {
	for i, column := range by {
		if s := dot(weight, column); i < len(f.theta) {
			slope = append(slope, s)
		} else {
			alone = s * s * f.variance
		}
	}
	return slope, alone
}

// ranges fills in the 95% intervals of the multiples, and returns the slopes.
func (f *followed) ranges(p *valued) [][]float64 {
	if f.cov == nil {
		return nil
	}
	by := f.slopes(len(p.Multiple))
	one := make([]float64, len(p.Multiple))
	for k, v := range p.Multiple {
		one[k] = 1
		slope, alone := f.split(by, one)
		one[k] = 0
		low, high, _ := around(v, f.along(slope)+alone)
		p.MultipleLow, p.MultipleHigh = append(p.MultipleLow, low), append(p.MultipleHigh, high)
	}
	return by
}

// along is the variance of a value with these slopes.
func (c *curve) along(slope []float64) (sum float64) {
	n := len(c.theta)
	for i := range n {
		for j := range n {
			sum += slope[i] * slope[j] * c.cov[i*n+j]
		}
	}
	return max(0, sum)
}

// z95 is how many deviations of a normal distribution hold 95 in 100.
const z95 = 1.959963984540054

// around is the 95% interval of a value above zero: that of its logarithm, by the delta method.
func around(v, variance float64) (low, high float64, ok bool) {
	if !(v > 0) {
		return 0, 0, false
	}
	by := math.Exp(min(z95*math.Sqrt(variance)/v, 300))
	return v / by, min(v*by, 1e300), true
}

// apply values a plan's subscribers by a curve that the calculation of customer equity does not have.
func (v *valuer) apply(p *valued, f followed) {
	n := max(len(p.AtRisk), len(p.At), 1)
	rows := min(n, maxTenure)
	odds := f.odds(f.theta, max(f.terms(rows, f.periods), maxProjection+1))
	p.Multiple = multiples(odds, f.effect.at, f.discount, rows, f.periods)
	for t := range rows {
		p.Fitted = append(p.Fitted, logistic(odds[t]+f.effect.at))
	}
	weight := grow(slices.Clone(p.weight), rows)
	m := v.terms.Margin
	p.Equity = m * dot(weight, p.Multiple)
	p.New = m * p.Amount * (1 + p.Multiple[0])
	soon := int(max(1, math.Round(v.terms.HorizonDays/p.Interval.Days())))
	p.near = multiples(f.odds(f.theta, f.terms(rows, soon)), f.effect.at, f.discount, rows, soon)
	p.Ahead = m * dot(weight, p.near)
	left := 1.0
	p.Survival = []float64{left}
	for t := range min(maxProjection, 2*max(len(p.AtRisk), 1)) {
		left *= logistic(odds[t] + f.effect.at)
		p.Survival = append(p.Survival, left)
	}
	years := int(math.Round(value.UnboundedYears * p.Interval.PerYear()))
	p.Lifetime = 1 + multiples(f.odds(f.theta, years+1), f.effect.at, 0, 1, years-1)[0]
	if by := f.ranges(p); by != nil {
		slope, alone := f.split(by, weight)
		p.EquityLow, p.EquityHigh, p.Ranged = around(p.Equity, m*m*(f.along(slope)+alone))
		p.slope, p.alone = slope, alone
	}
	if !f.bounded {
		p.Years = value.UnboundedYears
	}
}

// maxProjection is how many periods of a curve are shown at most, as in the calculation of customer equity.
const maxProjection = 120

// shared adds up the plans that follow the curve of all with a period. What is not known of the curve moves all of them together, what is not known of
// each plan's effect moves it alone.
func (v *valuer) shared(interval Interval) (sum, low, high float64, ranged bool) {
	pool, m := v.curves.pools[interval], v.terms.Margin
	var slope []float64
	alone := 0.0
	for k := range v.plans {
		p := &v.plans[k]
		if p.Basis != AllPlans || p.Interval != interval {
			continue
		}
		sum += p.Equity
		slope = grow(slope, len(p.slope))
		for i, by := range p.slope {
			slope[i] += m * by
		}
		alone += m * m * p.alone
	}
	if len(slope) == 0 {
		return sum, 0, 0, false
	}
	low, high, ranged = around(sum, alone+pool.along(slope))
	return sum, low, high, ranged
}

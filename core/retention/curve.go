package retention

import (
	"math"

	"hourglass/core/fit"
	"hourglass/core/notice"
	"hourglass/core/sbg"
	"hourglass/core/special"
	"hourglass/core/value"
)

// maxProjection bounds the projected curve where no horizon is set.
const maxProjection = 120

// CurveInput is a group of customers followed over time, and what each brings while there.
type CurveInput struct {
	Survivors          []float64           `json:"survivors" unit:"count" jsonschema:"title=Retention,minItems=3,maxItems=600" jsonschema_description:"How many customers of the cohort are active after each period, the start first. Counts, or shares of 1."`
	Margin             *float64            `json:"margin,omitempty" place:"needed" words:"own" unit:"money" jsonschema:"title=Margin per period" jsonschema_description:"Margin of one customer in a period, after the cost of goods. Leave it empty to see retention and lifetime alone."`
	Period             value.Period        `json:"period" jsonschema:"default=month"`
	AnnualDiscountRate float64             `json:"annual_discount_rate" jsonschema:"default=0"`
	PaymentTiming      value.PaymentTiming `json:"payment_timing" jsonschema:"default=start"`
	HorizonPeriods     *float64            `json:"horizon_periods,omitempty"`
}

// CurveResult is the fitted curve, the value of a new customer under it, and the same under constant churn.
type CurveResult struct {
	CLV                *float64   `json:"clv,omitempty"`
	MarginMultiple     float64    `json:"margin_multiple"`
	CLVLower           *float64   `json:"clv_lower,omitempty" unit:"money" jsonschema:"title=Value\\, lower end" jsonschema_description:"Lower end of the 95% interval of the value. Empty if the curve is in shares: the number of customers is then unknown."`
	CLVUpper           *float64   `json:"clv_upper,omitempty" unit:"money" jsonschema:"title=Value\\, upper end" jsonschema_description:"Upper end of the 95% interval of the value. Empty if the curve is in shares, or if value has no limit."`
	NaiveCLV           *float64   `json:"naive_clv,omitempty" unit:"money" jsonschema:"title=Value with constant churn" jsonschema_description:"The value if first-period churn never changed."`
	ExpectedLifetime   *float64   `json:"expected_lifetime,omitempty" never:"always" unit:"periods" jsonschema:"title=Customer lifetime (periods)" jsonschema_description:"How many periods a new customer is expected to stay, within the time horizon if you set one. Empty if it has no limit, because the most loyal customers almost never leave."`
	LifetimeLower      *float64   `json:"lifetime_lower,omitempty" unit:"periods" jsonschema:"title=Customer lifetime\\, lower end" jsonschema_description:"Lower end of the 95% interval of the customer lifetime. Empty if the curve is in shares, or if the lifetime has no limit."`
	LifetimeUpper      *float64   `json:"lifetime_upper,omitempty" unit:"periods" jsonschema:"title=Customer lifetime\\, upper end" jsonschema_description:"Upper end of the 95% interval of the customer lifetime. Empty if the curve is in shares, or if the lifetime has no limit."`
	MedianLifetime     *float64   `json:"median_lifetime,omitempty" never:"always" unit:"periods" jsonschema:"title=Median customer lifetime" jsonschema_description:"The number of periods after which at most half of the customers are active."`
	Alpha              *float64   `json:"alpha,omitempty" per:"period" unit:"number" jsonschema:"title=Alpha" jsonschema_description:"First parameter of the beta distribution of churn. A small value means many very loyal customers. Empty if churn is constant."`
	Beta               *float64   `json:"beta,omitempty" per:"period" unit:"number" jsonschema:"title=Beta" jsonschema_description:"Second parameter. The churn rate of new customers is alpha/(alpha + beta)."`
	LogLikelihood      float64    `json:"log_likelihood" unit:"number" jsonschema:"title=Log-likelihood" jsonschema_description:"Of the retention curve under the fitted model."`
	FitStatus          fit.Status `json:"fit_status" jsonschema:"title=Fit of the model" jsonschema_description:"Result of the search for the best parameters."`
	LargestMiss        float64    `json:"largest_miss" unit:"share" jsonschema:"title=Largest deviation" jsonschema_description:"The largest difference between the fitted and the observed retention curve."`
	DiscountPerPeriod  float64    `json:"discount_rate_per_period"`
	HorizonUsedPeriods *float64   `json:"horizon_used_periods,omitempty"`
	Series             Projection `json:"series" jsonschema:"title=Retention curve" jsonschema_description:"One row per period, the start first. Observed shares end with the data."`
}

// Projection is the curve over time: element t of each slice is after t periods.
type Projection struct {
	Period   []float64 `json:"period" unit:"periods" jsonschema:"title=Periods since the start" jsonschema_description:"0 is the start."`
	Observed []float64 `json:"observed" unit:"share" jsonschema:"title=Observed" jsonschema_description:"The observed share of customers who are active."`
	Survival []float64 `json:"survival" unit:"share" jsonschema:"title=Fitted and projected" jsonschema_description:"The share of customers that the fitted curve expects to be active."`
	Constant []float64 `json:"constant_survival" unit:"share" jsonschema:"title=With constant churn" jsonschema_description:"The share that would stay if first-period churn never changed."`
	Residual []float64 `json:"residual_value" unit:"money" jsonschema:"title=Future value" jsonschema_description:"Value from then on of a customer who is active after so many periods."`
}

// Curve fits the shifted-beta-geometric model of Fader & Hardie (2007) to the survivors and values a customer under
// it (2010): each customer has a churn of their own, the churn-prone leave first, so that retention rises with
// tenure. One churn figure for all undervalues the customers who stay. Without a margin the curve and the lifetime are found
// alone, and the value is a multiple of the margin.
func Curve(in CurveInput) (out CurveResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if notes = falling(in.Survivors); notes.Refused() {
		return
	}
	counts, _ := sbg.Count([][]float64{in.Survivors}) // falling has seen to its faults
	fitted := sbg.Fit(counts, nil)
	out.LogLikelihood, out.FitStatus = fitted.Result.LogLikelihood, fitted.Result.Status

	c := curve{Params: fitted.Params, margin: 1, timing: sbg.Timing(in.PaymentTiming),
		discount: value.PerPeriod(in.AnnualDiscountRate, in.Period.PerYear())}
	if !c.settle(&notes, &fitted, "survivors") {
		return
	}
	out.Alpha, out.Beta = c.told()
	if in.Margin != nil {
		c.margin = *in.Margin
	}
	out.DiscountPerPeriod = c.discount
	n := -1
	if in.HorizonPeriods != nil {
		n = int(*in.HorizonPeriods)
	} else if _, bounded := c.residual(0, -1); !bounded {
		n = value.UnboundedYears * in.Period.PerYear()
		notes.Add(notice.Unbounded, "survivors", value.UnboundedYears)
	}
	out.describe(c, in.Survivors, n)
	out.intervals(c, &fitted.Result, in.Survivors, n)
	if in.Margin == nil {
		out.CLV, out.CLVLower, out.CLVUpper, out.NaiveCLV, out.Series.Residual = nil, nil, nil, nil, nil
		notes.Add(notice.NotGiven, "margin", 0)
	}
	warnOfThinCurve(&notes, in.Survivors, c.constant)
	years := out.ExpectedLifetime
	if years != nil {
		years = new(*years / float64(in.Period.PerYear()))
	}
	value.WarnOfLongLife(&notes, "survivors", years)
	return
}

// thetaStep is how far a logarithm of a parameter is moved to see how the value follows.
const thetaStep = 1e-4

// intervals fill in the ends of the 95% intervals of the value and the lifetime where the survivors are counts.
func (out *CurveResult) intervals(c curve, fitted *fit.Result, survivors []float64, n int) {
	if !areCounts(survivors) {
		return
	}
	out.CLVLower, out.CLVUpper = c.interval(fitted, survivors, n)
	low, high := c.stay().interval(fitted, survivors, n)
	if low != nil { // everybody is there for the first period, and nobody for more than there are
		low = new(max(1, *low))
	}
	if high != nil && n >= 0 {
		high = new(min(float64(n), *high))
	}
	out.LifetimeLower, out.LifetimeUpper = low, high
}

// stay is the curve that counts periods instead of money.
func (c curve) stay() curve {
	c.margin, c.discount, c.timing = 1, 0, sbg.Start
	return c
}

// interval is the 95% interval of what a new customer is worth.
func (c curve) interval(fitted *fit.Result, survivors []float64, n int) (lower, upper *float64) {
	lost, risk := lostOf(survivors)
	return c.spread(fitted, lost, risk, func(c curve) (float64, bool) { return c.residual(0, n) })
}

// spread is the 95% interval of a value of the curve. Of a fitted curve it is that of the value's logarithm, by
// the delta method: the parameters' covariance, seen through the value's slope. At constant churn it is the value at the
// ends of churn's own interval. An end without a limit is nil: the upper one too where the value has none at the lower end of
// alpha's interval.
func (c curve) spread(fitted *fit.Result, lost, risk float64, worth func(curve) (float64, bool)) (lower, upper *float64) {
	v, bounded := worth(c)
	if !bounded || !(v > 0) {
		return nil, nil
	}
	if c.constant {
		least, most := wilson(lost, risk)
		c.churn = most
		if low, bounded := worth(c); bounded {
			lower = &low
		}
		c.churn = least
		if high, bounded := worth(c); bounded {
			upper = &high
		}
		return lower, upper
	}
	if fitted.ThetaCovariance == nil {
		return nil, nil
	}
	var slope [2]float64
	for i, parameter := range []*float64{&c.Alpha, &c.Beta} {
		at, side := *parameter, [2]float64{}
		for k, step := range []float64{-thetaStep, thetaStep} {
			*parameter = at * math.Exp(step)
			near, bounded := worth(c)
			if !bounded || !(near > 0) {
				return nil, nil
			}
			side[k] = math.Log(near)
		}
		*parameter, slope[i] = at, (side[1]-side[0])/(2*thetaStep)
	}
	s := fitted.ThetaCovariance
	deviation := math.Sqrt(slope[0]*slope[0]*s[0] + 2*slope[0]*slope[1]*s[1] + slope[1]*slope[1]*s[3])
	low, high := v*math.Exp(-z95*deviation), v*math.Exp(z95*deviation)
	c.Alpha *= math.Exp(-z95 * math.Sqrt(s[0]))
	if _, bounded = worth(c); !bounded || math.IsInf(high, 1) {
		return &low, nil
	}
	return &low, &high
}

// warnOfThinCurve says where few customers left, and where a curve that fell back on constant churn should have bent the
// other way: more of those who stayed left in the second half than in the first, by more than chance explains.
func warnOfThinCurve(notes *notice.List, survivors []float64, constant bool) {
	if !areCounts(survivors) {
		return
	}
	lost, _ := lostOf(survivors)
	if lost < fewLost {
		notes.Add(notice.FewLeft, "survivors", lost)
	}
	if half := len(survivors) / 2; constant {
		early, before := lostOf(survivors[:half+1])
		late, after := lostOf(survivors[half:])
		pooled := (early + late) / (before + after)
		spread := math.Sqrt(pooled * (1 - pooled) * (1/before + 1/after))
		if late/after-early/before > z95*spread {
			last := len(survivors) - 1
			notes.Add(notice.ChurnRises, "survivors", 1-survivors[last]/survivors[last-1])
		}
	}
}

// areCounts tells counts from shares of the customers won.
func areCounts(survivors []float64) bool { return survivors[0] > 1 }

// lostOf is how many left, and over how many customers' periods.
func lostOf(survivors []float64) (lost, risk float64) {
	for _, s := range survivors[:len(survivors)-1] {
		risk += s
	}
	return survivors[0] - survivors[len(survivors)-1], risk
}

// falling lists what keeps survivors from being survivors.
func falling(survivors []float64) (notes notice.List) {
	if survivors[0] <= 0 {
		notes.Add(notice.NotAbove, notice.At("survivors", 0), 0)
	}
	for t := 1; t < len(survivors); t++ {
		if survivors[t] > survivors[t-1] {
			notes.Add(notice.Rising, notice.At("survivors", t), survivors[t-1])
		}
	}
	if len(notes) == 0 && survivors[len(survivors)-1] == survivors[0] {
		notes.Add(notice.AllSame, "survivors", 0)
	}
	return notes
}

// settle takes what a fit says of the curve, and tells it on field; it is false where there is no curve.
func (c *curve) settle(notes *notice.List, fitted *sbg.Fitted, field string) bool {
	switch fitted.Result.Status {
	case fit.Converged: // the curve as it is
	case fit.Boundary:
		if fitted.Limit == sbg.Polarised {
			notes.Add(notice.NobodyLeavesLater, field, 0)
			break // the parameters found are near enough to zero to be the limit
		}
		c.constant, c.churn = true, fitted.ConstantChurn
		notes.Add(notice.CurveIsFlat, field, fitted.ConstantChurn)
	case fit.NotIdentified:
		notes.Add(notice.NotIdentified, field, 0)
	default:
		notes.Add(notice.NoMaximum, field, 0)
		return false
	}
	return true
}

// told is alpha and beta, where they tell something: of constant churn they are a point far out on a flat likelihood.
func (c *curve) told() (alpha, beta *float64) {
	if c.constant {
		return nil, nil
	}
	return new(c.Alpha), new(c.Beta)
}

// describe fills in what follows from the curve, within n periods or, when n < 0, for ever.
func (out *CurveResult) describe(c curve, survivors []float64, n int) {
	clv, _ := c.residual(0, n)
	out.CLV = &clv
	each := c
	each.margin = 1
	out.MarginMultiple, _ = each.residual(0, n)
	firstChurn := 1 - survivors[1]/survivors[0]
	naive := curve{constant: true, churn: firstChurn, margin: c.margin, timing: c.timing, discount: c.discount}
	if clv, bounded := naive.residual(0, n); bounded {
		out.NaiveCLV = &clv
	}
	if lifetime, bounded := c.stay().residual(0, n); bounded {
		out.ExpectedLifetime = &lifetime
	}
	if n >= 0 {
		out.HorizonUsedPeriods = new(float64(n))
	}
	out.MedianLifetime = c.median()
	for t, s := range survivors {
		share := s / survivors[0]
		out.Series.Observed = append(out.Series.Observed, share)
		out.LargestMiss = max(out.LargestMiss, math.Abs(share-c.survival(t)))
	}
	length := max(n, len(survivors)-1)
	if n < 0 {
		length = max(len(survivors), min(maxProjection, 4*len(survivors)))
	}
	for t, residual := range c.residuals(length+1, n) {
		out.Series.Period = append(out.Series.Period, float64(t))
		out.Series.Survival = append(out.Series.Survival, c.survival(t))
		out.Series.Constant = append(out.Series.Constant, naive.survival(t))
		out.Series.Residual = append(out.Series.Residual, residual)
	}
}

// A curve is either the fitted sBG or constant churn, and what a customer on it pays.
type curve struct {
	sbg.Params
	constant         bool
	churn            float64
	margin, discount float64
	timing           sbg.Timing
}

// median is the first period after which at most half are left; nil where that is beyond counting.
func (c curve) median() *float64 {
	const longest = 1 << 30
	low, high := 0, 1
	for c.survival(high) > 0.5 {
		if low, high = high, 2*high; high > longest {
			return nil
		}
	}
	for high-low > 1 {
		if middle := (low + high) / 2; c.survival(middle) > 0.5 {
			low = middle
		} else {
			high = middle
		}
	}
	return new(float64(high))
}

// survival is the share left after t periods.
func (c curve) survival(t int) float64 {
	switch {
	case t == 0:
		return 1
	case c.constant:
		return math.Exp(float64(t) * math.Log1p(-c.churn))
	}
	return c.Survival(t)
}

// residual is the value from now on of a customer who is there at the beginning of period age+1, within n periods or
// (n < 0) for ever; it is false where that has no limit. Having stayed age periods turns Beta(alpha, beta) into
// Beta(alpha, beta+age) (Fader & Hardie 2010, eq. 5).
func (c curve) residual(age, n int) (float64, bool) {
	if c.constant {
		return c.constantResidual(n)
	}
	if n >= 0 {
		payments, outcome := c.Lifetime(age, n, c.discount, c.timing)
		return c.margin * payments, outcome == special.OK
	}
	payments, outcome := sbg.Params{Alpha: c.Alpha, Beta: c.Beta + float64(age)}.DEL(c.discount, c.timing)
	return c.margin * payments, outcome == special.OK
}

// residuals are residual of the ages 0, 1, ..., count-1. Within n periods each comes from that of the age after it, which gains the period
// that is now and loses the last one; alone, each would take all n. Errors shrink on the way: a step multiplies by less than 1.
func (c curve) residuals(count, n int) []float64 {
	list := make([]float64, count)
	if c.constant || n < 1 {
		for age := range list {
			list[age], _ = c.residual(age, n)
		}
		return list
	}
	step := func(age int) float64 { return c.Retention(age) / (1 + c.discount) } // into this age
	later, _ := c.Lifetime(count, n, c.discount, sbg.Start)
	last := 1.0 // what of a payment now is left n periods later
	for age := count + 1; age <= count+n; age++ {
		last *= step(age)
	}
	for age := count - 1; age >= 0; age-- {
		stay := step(age + 1)
		last *= stay / step(age+1+n)
		now := 1 + stay*later - last
		list[age] = c.margin * [...]float64{sbg.Start: now, sbg.End: now / (1 + c.discount), sbg.AfterRenewal: stay * later}[c.timing]
		later = now
	}
	return list
}

// constantResidual is residual at constant churn: F·(1-x^n)/(1-x), x = (1-c)/(1+d), whatever the age.
func (c curve) constantResidual(n int) (float64, bool) {
	v := 1 / (1 + c.discount)
	x, rest := (1-c.churn)*v, (c.churn+c.discount)*v
	factor := [...]float64{sbg.Start: 1, sbg.End: v, sbg.AfterRenewal: x}[c.timing]
	switch {
	case n < 0 && c.churn+c.discount < value.MinDecay:
		return 0, false
	case n < 0:
		return c.margin * factor / rest, true
	case rest <= 0:
		return c.margin * factor * float64(n), true
	}
	return c.margin * factor * -math.Expm1(float64(n)*math.Log(x)) / rest, true
}

package retention

import (
	"math"

	"hourglass/core/fit"
	"hourglass/core/notice"
	"hourglass/core/sbg"
	"hourglass/core/value"
)

// CohortCurves says whose retention a curve is.
type CohortCurves uint8

const (
	Pooled   CohortCurves = iota // of all cohorts together
	ByCohort                     // of each cohort that can tell its own
)

// String is the wire name, empty for an unknown one.
func (c CohortCurves) String() string {
	if int(c) < len(cohortCurveNames) {
		return cohortCurveNames[c]
	}
	return ""
}

var cohortCurveNames = [...]string{"pooled", "by_cohort"}

// ownTenures is how many tracked tenures it takes for a cohort's own curve: two are met by some curve whatever they are.
const ownTenures = 3

// EquityInput is a base by tenure, what is known of how customers of each tenure left, and who is to come.
type EquityInput struct {
	Tenures            []Tenure            `json:"tenures" row:"Tenure" jsonschema:"title=Customers by tenure,minItems=1,maxItems=120" jsonschema_description:"One row per tenure, the newest customers first. On the page, a pasted cohort table becomes such rows."`
	Margin             float64             `json:"margin" words:"own" unit:"money" jsonschema:"title=Margin per period" jsonschema_description:"Margin of one customer in a period, after the cost of goods."`
	Period             value.Period        `json:"period" jsonschema:"default=month"`
	AnnualDiscountRate float64             `json:"annual_discount_rate" jsonschema:"default=0"`
	PaymentTiming      value.PaymentTiming `json:"payment_timing" jsonschema:"default=start"`
	HorizonPeriods     *float64            `json:"horizon_periods,omitempty"`
	Acquired           float64             `json:"acquired_per_period" unit:"count" jsonschema:"title=New customers per period,default=0" jsonschema_description:"How many customers you will acquire in the next period. 0 values today's customers only."`
	Growth             float64             `json:"acquisition_growth" unit:"rate" jsonschema:"title=Growth of new customers,minimum=-1,maximum=1,default=0" jsonschema_description:"By what percentage new customers rise per period. Can be negative."`
	Acquiring          float64             `json:"acquisition_periods" unit:"periods" jsonschema:"title=Periods with new customers,multipleOf=1,minimum=1,maximum=600,default=12" jsonschema_description:"For how many periods you count new customers. Later customers are not in the total."`
	CAC                *float64            `json:"cac,omitempty"`
	Curves             CohortCurves        `json:"cohort_curves" jsonschema:"title=Retention curve fitted to,default=pooled" jsonschema_description:"One curve for all cohorts, or one for each cohort that has enough data. New customers follow that of all cohorts."`
}

// A Tenure is the customers who are in one period of their relationship.
type Tenure struct {
	Active float64  `json:"customers" words:"own" adds:"up" unit:"count" jsonschema:"title=Active customers" jsonschema_description:"How many customers have this tenure today."`
	AtRisk float64  `json:"at_risk" adds:"up" unit:"count" jsonschema:"title=Tracked customers,default=0" jsonschema_description:"Of how many customers you know whether they renewed at this tenure, all cohorts together. 0 if of none."`
	Lost   float64  `json:"lost" words:"own" adds:"up" unit:"count" jsonschema:"title=Of these lost,default=0" jsonschema_description:"How many of the tracked customers did not renew at this tenure."`
	Cohort *float64 `json:"cohort,omitempty" unit:"count" jsonschema:"title=Cohort,multipleOf=1,minimum=1,maximum=120" jsonschema_description:"The number of the cohort, from 1 on. Its rows begin with the first tenure. Empty if rows add up all cohorts."`
}

// EquityResult is the value of a base and of the customers to come, with the uncertainty of the retention curve.
type EquityResult struct {
	Equity             float64       `json:"customer_equity" unit:"money" jsonschema:"title=Customer equity" jsonschema_description:"Value of today's customers and of the new customers counted, less the cost to acquire them."`
	EquityLower        *float64      `json:"equity_lower,omitempty" unit:"money" jsonschema:"title=Customer equity\\, lower end" jsonschema_description:"Lower end of the 95% interval. It covers the uncertainty of the retention curve only."`
	EquityUpper        *float64      `json:"equity_upper,omitempty" unit:"money" jsonschema:"title=Customer equity\\, upper end" jsonschema_description:"Upper end of the 95% interval. Empty if the value has no limit there."`
	BaseValue          float64       `json:"base_value" words:"own" unit:"money" jsonschema:"title=Value of the base" jsonschema_description:"Margin expected from today's customers, discounted, each according to tenure."`
	BaseLower          *float64      `json:"base_lower,omitempty" unit:"money" jsonschema:"title=Value of the base\\, lower end" jsonschema_description:"Lower end of the 95% interval."`
	BaseUpper          *float64      `json:"base_upper,omitempty" unit:"money" jsonschema:"title=Value of the base\\, upper end" jsonschema_description:"Upper end of the 95% interval. Empty if the value has no limit there."`
	FutureValue        float64       `json:"future_value" unit:"money" jsonschema:"title=Value of future customers" jsonschema_description:"CLV less CAC of the new customers counted, discounted to today. Can be negative."`
	Customers          float64       `json:"active_customers" unit:"count" jsonschema:"title=Active customers" jsonschema_description:"All tenures together."`
	Each               *float64      `json:"value_per_customer,omitempty" unit:"money" jsonschema:"title=Value per active customer" jsonschema_description:"Value of the base divided by its customers. Empty without customers."`
	CLV                float64       `json:"clv"`
	BreakEven          *float64      `json:"break_even_acquired,omitempty" unit:"count" jsonschema:"title=New customers to keep the base" jsonschema_description:"How many new customers per period replace those who will leave in the next one."`
	Constant           float64       `json:"constant_churn_value" unit:"money" jsonschema:"title=Value of the base with constant churn" jsonschema_description:"What one churn rate for all tenures would say. Usually too low: customers with a long tenure leave less."`
	ConstantChurn      float64       `json:"average_churn_rate" per:"period" unit:"share" jsonschema:"title=Average churn rate" jsonschema_description:"Customers lost divided by customers tracked, all tenures together."`
	Measured           *float64      `json:"measured_share" words:"own" unit:"share" jsonschema:"title=Value within the tenures tracked" jsonschema_description:"The share of the value of the base that falls into tenures with tracked customers. The rest is forecast."`
	Alpha              *float64      `json:"alpha,omitempty" words:"own" per:"period" unit:"number" jsonschema:"title=Alpha" jsonschema_description:"First parameter of the beta distribution of churn. A small value means many very loyal customers. Empty if churn is constant."`
	Beta               *float64      `json:"beta,omitempty" words:"own" per:"period" unit:"number" jsonschema:"title=Beta" jsonschema_description:"Second parameter. The churn rate of new customers is alpha/(alpha + beta)."`
	FitStatus          fit.Status    `json:"fit_status"`
	DiscountPerPeriod  float64       `json:"discount_rate_per_period"`
	HorizonUsedPeriods *float64      `json:"horizon_used_periods,omitempty"`
	Tenures            []TenureValue `json:"tenures" words:"own" jsonschema:"title=Result by tenure" jsonschema_description:"One row per tenure, in your order."`
	Series             EquitySeries  `json:"series" words:"own" jsonschema:"title=Retention curve" jsonschema_description:"One row per period, the start first. Observed shares end with the data."`
}

// A TenureValue is what customers of one tenure are worth.
type TenureValue struct {
	Residual float64      `json:"residual_clv" unit:"money" jsonschema:"title=Future value of one" jsonschema_description:"Margin expected from one customer of this tenure from now on."`
	Value    float64      `json:"tenure_value" unit:"money" jsonschema:"title=Value" jsonschema_description:"Of all active customers of this tenure."`
	Share    *float64     `json:"value_share,omitempty" words:"own" unit:"share" jsonschema:"title=Share of value" jsonschema_description:"Of the value of the base."`
	Observed *float64     `json:"observed_retention_rate,omitempty" per:"period" unit:"share" jsonschema:"title=Observed retention rate" jsonschema_description:"Of the tracked customers. Empty without them."`
	Lower    *float64     `json:"retention_lower,omitempty" per:"period" unit:"share" jsonschema:"title=Observed\\, lower end" jsonschema_description:"Lower end of the 95% interval of the observed retention rate."`
	Upper    *float64     `json:"retention_upper,omitempty" per:"period" unit:"share" jsonschema:"title=Observed\\, upper end" jsonschema_description:"Upper end of the 95% interval of the observed retention rate."`
	Fitted   float64      `json:"fitted_retention_rate" per:"period" unit:"share" jsonschema:"title=Fitted retention rate" jsonschema_description:"By the retention curve."`
	Curve    CohortCurves `json:"cohort_curve" jsonschema:"title=Curve fitted to" jsonschema_description:"All cohorts, or the row's own."`
	Alpha    *float64     `json:"alpha,omitempty" words:"own" per:"period" unit:"number" jsonschema:"title=Alpha" jsonschema_description:"Of the curve used. Empty if churn is constant."`
	Beta     *float64     `json:"beta,omitempty" words:"own" per:"period" unit:"number" jsonschema:"title=Beta" jsonschema_description:"Of the curve used. Empty if churn is constant."`
}

// EquitySeries is the curve over time: element t of each slice is after t periods.
type EquitySeries struct {
	Period   []float64 `json:"period" words:"own" unit:"periods" jsonschema:"title=Periods since the start" jsonschema_description:"0 is the start."`
	Observed []float64 `json:"observed" words:"own" unit:"share" jsonschema:"title=Observed" jsonschema_description:"The product of the observed retention rates so far (Kaplan–Meier)."`
	Survival []float64 `json:"survival" words:"own" unit:"share" jsonschema:"title=Fitted and projected" jsonschema_description:"The share of new customers whom the fitted curve expects to be active."`
}

// Equity fits one shifted-beta-geometric curve to all cohorts together (the rows are its sufficient statistic: customers at risk and lost by
// tenure, Fader & Hardie 2007, appendix B) and values each customer from the tenure that they have: of tenure k by Beta(alpha, beta+k-1)
// (Fader & Hardie 2010). One churn for all undervalues a base, for those who are left are the loyal ones. By cohort, a cohort with enough
// data has a curve of its own. Future customers are N·(1+g)^(j-1) in period j, each worth CLV - CAC then: the customer equity of Gupta,
// Lehmann & Stuart (2004) with the cohorts of McCarthy, Fader & Hardie (2017); they follow the curve of all.
func Equity(in EquityInput) (out EquityResult, notes notice.List) {
	notes = in.Check()
	places := in.places(&notes)
	for i := range min(len(in.Tenures), 120) {
		if t := &in.Tenures[i]; t.Lost > t.AtRisk {
			notes.Add(notice.MoreThan, notice.At("tenures", i)+"/lost", t.AtRisk)
		}
	}
	if notes.Refused() {
		return
	}
	b := base{in: &in, places: places}
	if !b.fit(&out, &notes) {
		return
	}
	if in.Curves == ByCohort {
		b.fitCohorts(&notes)
	}
	out.Alpha, out.Beta = b.pooled.told()
	n := b.horizon(&notes)
	if n >= 0 {
		out.HorizonUsedPeriods = new(float64(n))
	}
	out.CLV, _ = b.pooled.residual(0, n)
	out.BaseValue = b.value(n)
	arrivals := in.arrivals(out.DiscountPerPeriod)
	out.FutureValue = arrivals * out.CLV
	if in.CAC != nil {
		out.FutureValue -= arrivals * *in.CAC
	}
	out.Equity = out.BaseValue + out.FutureValue
	out.rows(&b, n)
	flat := curve{constant: true, churn: out.ConstantChurn, margin: in.Margin, timing: b.pooled.timing, discount: out.DiscountPerPeriod}
	constant, _ := flat.residual(0, n)
	out.Constant = out.Customers * constant
	out.measure(&b, n)
	if b.pooled.lost < fewLost {
		notes.Add(notice.FewLeft, "tenures", b.pooled.lost)
	}
	out.BaseLower, out.BaseUpper = b.interval(n, 0)
	less := out.Equity - out.BaseValue - arrivals*out.CLV // what no curve moves: the cost of acquisition
	low, high := b.interval(n, arrivals)
	if low != nil {
		out.EquityLower = new(*low + less)
	}
	if high != nil {
		out.EquityUpper = new(*high + less)
	}
	out.Series = b.pooled.series(b.pooled.counts, b.pooled.tracked)
	return
}

// A place is where a row stands: in which cohort, and after how many periods. Of rows without cohorts all are in one.
type place struct{ cohort, age int }

// places are those of the rows, in their order.
func (in *EquityInput) places(notes *notice.List) []place {
	var cohorts []float64
	var ages []int
	places := make([]place, 0, len(in.Tenures))
	for i, t := range in.Tenures {
		if (t.Cohort == nil) != (in.Tenures[0].Cohort == nil) {
			missing := i
			if t.Cohort != nil {
				missing = 0
			}
			notes.Add(notice.Required, notice.At("tenures", missing)+"/cohort", 0)
			return nil
		}
		number := 0.0
		if t.Cohort != nil {
			number = *t.Cohort
		}
		k := 0
		for k < len(cohorts) && cohorts[k] != number {
			k++
		}
		if k == len(cohorts) {
			cohorts, ages = append(cohorts, number), append(ages, 0)
		}
		places = append(places, place{k, ages[k]})
		ages[k]++
	}
	return places
}

// A followed curve is one that rows follow, with what it was fitted to.
type followed struct {
	curve
	counts     sbg.Counts
	result     fit.Result
	tracked    int // tenures, up to the last with tracked customers
	lost, risk float64
}

// A base is the rows with their curves.
type base struct {
	in     *EquityInput
	places []place
	pooled followed
	own    []*followed // by cohort; nil where it follows the pooled one
}

// of is the curve that a row follows.
func (b *base) of(row int) *followed {
	if b.own == nil || b.own[b.places[row].cohort] == nil {
		return &b.pooled
	}
	return b.own[b.places[row].cohort]
}

// everyCohort stands for all of them together.
const everyCohort = -1

// counts are the rows of a cohort as the model has them, up to the last tenure that was tracked.
func (b *base) counts(cohort int) (f followed) {
	c := &f.counts
	for i, t := range b.in.Tenures {
		p := b.places[i]
		if cohort != everyCohort && p.cohort != cohort {
			continue
		}
		for len(c.Lost) <= p.age {
			c.AtRisk, c.Lost = append(c.AtRisk, 0), append(c.Lost, 0)
		}
		c.AtRisk[p.age] += t.AtRisk
		c.Lost[p.age] += t.Lost
		f.lost, f.risk = f.lost+t.Lost, f.risk+t.AtRisk
		if t.AtRisk > 0 {
			f.tracked = max(f.tracked, p.age+1)
		}
	}
	c.AtRisk, c.Lost = c.AtRisk[:f.tracked], c.Lost[:f.tracked]
	return f
}

// fit finds the curve of all cohorts; it is false where there is none.
func (b *base) fit(out *EquityResult, notes *notice.List) bool {
	b.pooled = b.counts(everyCohort)
	p := &b.pooled
	if p.risk == 0 {
		notes.Add(notice.NotAbove, notice.At("tenures", 0)+"/at_risk", 0)
		return false
	}
	fitted := sbg.Fit(p.counts, nil)
	p.result = fitted.Result
	out.FitStatus = fitted.Result.Status
	out.ConstantChurn = p.lost / p.risk
	out.DiscountPerPeriod = value.PerPeriod(b.in.AnnualDiscountRate, b.in.Period.PerYear())
	p.curve = curve{Params: fitted.Params, margin: b.in.Margin, timing: sbg.Timing(b.in.PaymentTiming), discount: out.DiscountPerPeriod}
	if !p.settle(notes, &fitted, "tenures") {
		return false
	}
	if out.FitStatus == fit.NotIdentified { // one tenure tells one rate: with it, all are alike
		p.constant, p.churn = true, out.ConstantChurn
	}
	return true
}

// fitCohorts finds the curves of cohorts that can tell their own, and says how many cannot.
func (b *base) fitCohorts(notes *notice.List) {
	if b.in.Tenures[0].Cohort == nil {
		notes.Add(notice.NoCohorts, notice.At("tenures", 0)+"/cohort", 0)
		return
	}
	cohorts, without := 0, 0
	for _, p := range b.places {
		cohorts = max(cohorts, p.cohort+1)
	}
	b.own = make([]*followed, cohorts)
	for k := range b.own {
		if b.own[k] = b.ownCurve(k); b.own[k] == nil {
			without++
		}
	}
	if without > 0 {
		notes.Add(notice.CohortsPooled, "tenures", float64(without))
	}
}

// ownCurve is a cohort's own curve, nil where its data tell none: it takes a fit with a maximum, or constant churn as the likeliest.
func (b *base) ownCurve(cohort int) *followed {
	own := b.counts(cohort)
	tenures := 0
	for _, n := range own.counts.AtRisk {
		if n > 0 {
			tenures++
		}
	}
	if tenures < ownTenures || own.lost < fewLost {
		return nil
	}
	fitted := sbg.Fit(own.counts, nil)
	own.curve, own.result = b.pooled.curve, fitted.Result
	own.Params, own.constant = fitted.Params, false
	switch {
	case fitted.Result.Status == fit.Converged:
		return &own
	case fitted.Result.Status == fit.Boundary && fitted.Limit == sbg.Geometric:
		own.constant, own.churn = true, fitted.ConstantChurn
		return &own
	}
	return nil
}

// horizon is within how many periods all curves are counted; below 0 for ever, which all of them must have a limit for.
func (b *base) horizon(notes *notice.List) int {
	if b.in.HorizonPeriods != nil {
		return int(*b.in.HorizonPeriods)
	}
	_, bounded := b.pooled.residual(0, -1)
	for _, own := range b.own {
		if own != nil && bounded {
			_, bounded = own.residual(0, -1)
		}
	}
	if bounded {
		return -1
	}
	notes.Add(notice.Unbounded, "tenures", value.UnboundedYears)
	return value.UnboundedYears * b.in.Period.PerYear()
}

// following is what the customers of a curve's rows are worth within n periods if it were c, and whether that has a limit.
func (b *base) following(f *followed, c curve, n int) (sum float64, bounded bool) {
	for i, t := range b.in.Tenures {
		if t.Active > 0 && b.of(i) == f {
			residual, limited := c.residual(b.places[i].age, n)
			if !limited {
				return 0, false
			}
			sum += t.Active * residual
		}
	}
	return sum, true
}

// value is what all are worth.
func (b *base) value(n int) float64 {
	sum, _ := b.following(&b.pooled, b.pooled.curve, n)
	for _, own := range b.own {
		if own != nil {
			v, _ := b.following(own, own.curve, n)
			sum += v
		}
	}
	return sum
}

// interval is the 95% interval of the base with so many customers to come. The curves of cohorts are independent of each other: their
// intervals' ends add up by squares (Zou & Donner 2008, the method of variance estimates recovery). The curve of all is fitted
// to the same customers: its distances are added in full, so that the interval is too wide rather than too narrow.
func (b *base) interval(n int, arrivals float64) (lower, upper *float64) {
	worth := func(f *followed) func(curve) (float64, bool) {
		return func(c curve) (float64, bool) {
			v, bounded := b.following(f, c, n)
			if f == &b.pooled && arrivals > 0 {
				clv, limited := c.residual(0, n)
				v, bounded = v+arrivals*clv, bounded && limited
			}
			return v, bounded
		}
	}
	var down, up float64
	total, limited := 0.0, true
	// away is how far the ends of a curve's interval are from its value; false where there is no lower one.
	away := func(f *followed) (below, above float64, ok bool) {
		of := worth(f)
		v, _ := of(f.curve)
		if total += v; v == 0 && b.own != nil {
			return 0, 0, true // nobody follows it
		}
		low, high := f.spread(&f.result, f.lost, f.risk, of)
		if low == nil {
			return 0, 0, false
		}
		if high == nil {
			limited = false
			return v - *low, 0, true
		}
		return v - *low, *high - v, true
	}
	for _, own := range b.own {
		if own == nil {
			continue
		}
		below, above, ok := away(own)
		if !ok {
			return nil, nil
		}
		down, up = math.Hypot(down, below), math.Hypot(up, above)
	}
	below, above, ok := away(&b.pooled)
	if !ok {
		return nil, nil
	}
	lower = new(total - down - below)
	if limited {
		upper = new(total + up + above)
	}
	return lower, upper
}

// arrivals is the discounted number of customers to come: the first in one period.
func (in *EquityInput) arrivals(discount float64) (sum float64) {
	come := in.Acquired
	for range int(in.Acquiring) {
		come /= 1 + discount
		sum += come
		come *= 1 + in.Growth
	}
	return sum
}

// rows are the results by tenure, and what they add up to.
func (out *EquityResult) rows(b *base, n int) {
	leave := 0.0
	for i := range b.in.Tenures {
		t, c := &b.in.Tenures[i], b.of(i)
		residual, _ := c.residual(b.places[i].age, n)
		row := TenureValue{Residual: residual, Value: t.Active * residual, Fitted: c.rate(b.places[i].age + 1)}
		row.Alpha, row.Beta = c.told()
		if c != &b.pooled {
			row.Curve = ByCohort
		}
		if out.BaseValue > 0 {
			row.Share = new(row.Value / out.BaseValue)
		}
		if t.AtRisk > 0 {
			least, most := wilson(t.Lost, t.AtRisk)
			row.Observed, row.Lower, row.Upper = new(1-t.Lost/t.AtRisk), new(1-most), new(1-least)
		}
		out.Customers += t.Active
		leave += t.Active * (1 - row.Fitted)
		out.Tenures = append(out.Tenures, row)
	}
	if out.Customers > 0 {
		out.Each = new(out.BaseValue / out.Customers)
		out.BreakEven = &leave
	}
}

// measure is how much of the base's value falls into tenures that were tracked, each customer's by the curve that they follow.
func (out *EquityResult) measure(b *base, n int) {
	within := 0.0
	for i := range b.in.Tenures {
		c := b.of(i)
		periods := c.tracked - b.places[i].age
		if n >= 0 {
			periods = min(n, periods)
		}
		if active := b.in.Tenures[i].Active; active > 0 && periods > 0 {
			residual, _ := c.residual(b.places[i].age, periods)
			within += active * residual
		}
	}
	out.Measured = new(0.0)
	if out.BaseValue > 0 {
		*out.Measured = within / out.BaseValue
	}
}

// rate is the share of those in their period t that stays.
func (c curve) rate(t int) float64 {
	if c.constant {
		return 1 - c.churn
	}
	return c.Retention(t)
}

// series is the curve beside what was observed.
func (c curve) series(counts sbg.Counts, tracked int) (s EquitySeries) {
	observed, gap := 1.0, false
	for t := range min(maxProjection, 2*tracked) + 1 {
		s.Period, s.Survival = append(s.Period, float64(t)), append(s.Survival, c.survival(t))
		if t > 0 && t <= tracked {
			if gap = gap || counts.AtRisk[t-1] == 0; !gap {
				observed *= 1 - counts.Lost[t-1]/counts.AtRisk[t-1]
			}
		}
		if t <= tracked && !gap { // where a tenure was not tracked, what is observed ends
			s.Observed = append(s.Observed, observed)
		}
	}
	return s
}

package retention

import (
	"hourglass/core/fit"
	"hourglass/core/notice"
	"hourglass/core/sbg"
	"hourglass/core/value"
)

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
}

// A Tenure is the customers who are in one period of their relationship.
type Tenure struct {
	Active float64 `json:"customers" words:"own" adds:"up" unit:"count" jsonschema:"title=Active customers" jsonschema_description:"How many customers have this tenure today."`
	AtRisk float64 `json:"at_risk" adds:"up" unit:"count" jsonschema:"title=Tracked customers,default=0" jsonschema_description:"Of how many customers you know whether they renewed at this tenure, all cohorts together. 0 if of none."`
	Lost   float64 `json:"lost" words:"own" adds:"up" unit:"count" jsonschema:"title=Of these lost,default=0" jsonschema_description:"How many of the tracked customers did not renew at this tenure."`
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
	Residual float64  `json:"residual_clv" unit:"money" jsonschema:"title=Future value of one" jsonschema_description:"Margin expected from one customer of this tenure from now on."`
	Value    float64  `json:"tenure_value" unit:"money" jsonschema:"title=Value" jsonschema_description:"Of all active customers of this tenure."`
	Share    *float64 `json:"value_share,omitempty" words:"own" unit:"share" jsonschema:"title=Share of value" jsonschema_description:"Of the value of the base."`
	Observed *float64 `json:"observed_retention_rate,omitempty" per:"period" unit:"share" jsonschema:"title=Observed retention rate" jsonschema_description:"Of the tracked customers. Empty without them."`
	Lower    *float64 `json:"retention_lower,omitempty" per:"period" unit:"share" jsonschema:"title=Observed\\, lower end" jsonschema_description:"Lower end of the 95% interval of the observed retention rate."`
	Upper    *float64 `json:"retention_upper,omitempty" per:"period" unit:"share" jsonschema:"title=Observed\\, upper end" jsonschema_description:"Upper end of the 95% interval of the observed retention rate."`
	Fitted   float64  `json:"fitted_retention_rate" per:"period" unit:"share" jsonschema:"title=Fitted retention rate" jsonschema_description:"By the retention curve."`
}

// EquitySeries is the curve over time: element t of each slice is after t periods.
type EquitySeries struct {
	Period   []float64 `json:"period" words:"own" unit:"periods" jsonschema:"title=Periods since the start" jsonschema_description:"0 is the start."`
	Observed []float64 `json:"observed" words:"own" unit:"share" jsonschema:"title=Observed" jsonschema_description:"The product of the observed retention rates so far (Kaplan–Meier)."`
	Survival []float64 `json:"survival" words:"own" unit:"share" jsonschema:"title=Fitted and projected" jsonschema_description:"The share of new customers whom the fitted curve expects to be active."`
}

// Equity fits one shifted-beta-geometric curve to all cohorts together (the rows are its sufficient statistic: customers at risk and lost by
// tenure, Fader & Hardie 2007, appendix B) and values each customer from the tenure that they have: of tenure k by Beta(alpha, beta+k-1)
// (Fader & Hardie 2010). One churn for all undervalues a base, for those who are left are the loyal ones. Future customers are N·(1+g)^(j-1)
// in period j, each worth CLV - CAC then: the customer equity of Gupta, Lehmann & Stuart (2004) with the cohorts of McCarthy, Fader & Hardie (2017).
// The interval is the delta method's over the curve's parameters, of the value itself, which may be negative.
func Equity(in EquityInput) (out EquityResult, notes notice.List) {
	notes = in.Check()
	for i := range min(len(in.Tenures), 120) {
		if t := &in.Tenures[i]; t.Lost > t.AtRisk {
			notes.Add(notice.MoreThan, notice.At("tenures", i)+"/lost", t.AtRisk)
		}
	}
	if notes.Refused() {
		return
	}
	counts, tracked := in.counts()
	lost, risk := 0.0, 0.0
	for i := range counts.Lost {
		lost, risk = lost+counts.Lost[i], risk+counts.AtRisk[i]
	}
	if risk == 0 {
		notes.Add(notice.NotAbove, notice.At("tenures", 0)+"/at_risk", 0)
		return
	}
	fitted := sbg.Fit(counts, nil)
	out.FitStatus = fitted.Result.Status
	out.ConstantChurn = lost / risk
	out.DiscountPerPeriod = value.PerPeriod(in.AnnualDiscountRate, in.Period.PerYear())
	c := curve{Params: fitted.Params, margin: in.Margin, timing: sbg.Timing(in.PaymentTiming), discount: out.DiscountPerPeriod}
	if !c.settle(&notes, &fitted, "tenures") {
		return
	}
	if out.FitStatus == fit.NotIdentified { // one tenure tells one rate: with it, all are alike
		c.constant, c.churn = true, out.ConstantChurn
	}
	out.Alpha, out.Beta = c.told()
	n := -1
	if in.HorizonPeriods != nil {
		n = int(*in.HorizonPeriods)
	} else if _, bounded := c.residual(0, -1); !bounded {
		n = value.UnboundedYears * in.Period.PerYear()
		notes.Add(notice.Unbounded, "tenures", value.UnboundedYears)
	}
	if n >= 0 {
		out.HorizonUsedPeriods = new(float64(n))
	}
	out.CLV, _ = c.residual(0, n)
	out.BaseValue, _ = in.base(c, n)
	arrivals := in.arrivals(out.DiscountPerPeriod)
	out.FutureValue = arrivals * out.CLV
	if in.CAC != nil {
		out.FutureValue -= arrivals * *in.CAC
	}
	out.Equity = out.BaseValue + out.FutureValue
	out.rows(&in, c, n)
	flat := curve{constant: true, churn: out.ConstantChurn, margin: in.Margin, timing: c.timing, discount: c.discount}
	constant, _ := flat.residual(0, n)
	out.Constant = out.Customers * constant
	out.measure(&in, c, n, tracked)
	if lost < fewLost {
		notes.Add(notice.FewLeft, "tenures", lost)
	}
	worth := func(c curve, future bool) (float64, bool) {
		v, bounded := in.base(c, n)
		if future {
			clv, _ := c.residual(0, n)
			v += arrivals * clv
		}
		return v, bounded
	}
	out.BaseLower, out.BaseUpper = c.spread(&fitted.Result, lost, risk, func(c curve) (float64, bool) { return worth(c, false) })
	less := out.Equity - out.BaseValue - arrivals*out.CLV // what the curve does not move: the cost of acquisition
	low, high := c.spread(&fitted.Result, lost, risk, func(c curve) (float64, bool) { return worth(c, true) })
	if low != nil {
		out.EquityLower = new(*low + less)
	}
	if high != nil {
		out.EquityUpper = new(*high + less)
	}
	out.Series = c.series(counts, tracked)
	return
}

// counts are the rows as the model has them, up to the last that was tracked.
func (in *EquityInput) counts() (c sbg.Counts, tracked int) {
	for i, t := range in.Tenures {
		if c.AtRisk, c.Lost = append(c.AtRisk, t.AtRisk), append(c.Lost, t.Lost); t.AtRisk > 0 {
			tracked = i + 1
		}
	}
	c.AtRisk, c.Lost = c.AtRisk[:tracked], c.Lost[:tracked]
	return
}

// base is what today's customers are worth within n periods, and whether that has a limit.
func (in *EquityInput) base(c curve, n int) (sum float64, bounded bool) {
	for i, t := range in.Tenures {
		if t.Active > 0 {
			residual, limited := c.residual(i, n)
			if !limited {
				return 0, false
			}
			sum += t.Active * residual
		}
	}
	return sum, true
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
func (out *EquityResult) rows(in *EquityInput, c curve, n int) {
	leave := 0.0
	for i := range in.Tenures {
		t := &in.Tenures[i]
		residual, _ := c.residual(i, n)
		row := TenureValue{Residual: residual, Value: t.Active * residual, Fitted: c.rate(i + 1)}
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

// measure is how much of the base's value falls into tenures that were tracked.
func (out *EquityResult) measure(in *EquityInput, c curve, n, tracked int) {
	within := 0.0
	for i := range min(tracked, len(in.Tenures)) {
		if in.Tenures[i].Active > 0 {
			periods := tracked - i
			if n >= 0 {
				periods = min(n, periods)
			}
			residual, _ := c.residual(i, periods)
			within += in.Tenures[i].Active * residual
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

package growth

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/sbg"
	"hourglass/core/special"
	"hourglass/core/value"
)

// ReconcileInput is one customer, as any of the calculators in circulation asks for them.
type ReconcileInput struct {
	Price              float64             `json:"price"`
	Period             value.Period        `json:"period" jsonschema:"default=month"`
	GrossMargin        float64             `json:"gross_margin"`
	ChurnRate          float64             `json:"churn_rate" jsonschema:"exclusiveMinimum=0"`
	LifespanPeriods    *float64            `json:"lifespan_periods,omitempty" unit:"periods" jsonschema:"title=Customer lifetime (periods),minimum=0" jsonschema_description:"How long a customer stays, if you know it from elsewhere. Leave it empty to use 1 divided by churn."`
	AnnualDiscountRate float64             `json:"annual_discount_rate" jsonschema:"default=0"`
	GrowthPerPeriod    float64             `json:"growth_per_period" jsonschema:"default=0"`
	SecondChurn        *float64            `json:"second_period_churn,omitempty" unit:"share" jsonschema:"title=Second-period churn,exclusiveMinimum=0" jsonschema_description:"The share of customers who stayed past the first period that leaves in the second. It shows how churn slows."`
	PaymentTiming      value.PaymentTiming `json:"payment_timing" jsonschema:"default=start"`
}

// ReconcileResult is what each formula says, and how to get from the simplest to the soundest.
type ReconcileResult struct {
	CLV       float64         `json:"clv"`
	Naive     float64         `json:"naive" unit:"money" jsonschema:"title=Price × customer lifetime" jsonschema_description:"The result of the simplest calculators, and the start of the bridge."`
	TimesOver *float64        `json:"times_over,omitempty" unit:"ratio" jsonschema:"title=Simplest formula ÷ value" jsonschema_description:"Price × customer lifetime, divided by the value."`
	Discount  float64         `json:"discount_rate_per_period"`
	Timing    float64         `json:"timing_factor"`
	Formulas  Formulas        `json:"formulas" jsonschema:"title=Every formula" jsonschema_description:"The same customer by each common formula."`
	Bridge    AssumptionSteps `json:"bridge" jsonschema:"title=From price × customer lifetime to value" jsonschema_description:"What each assumption changes. The steps add up."`
}

// Formulas in circulation, each on the same input.
type Formulas struct {
	RevenueLifespan   float64  `json:"revenue_lifespan" unit:"money" jsonschema:"title=Price × customer lifetime" jsonschema_description:"Revenue, not value. Used in many shop guides."`
	MarginLifespan    float64  `json:"margin_lifespan" unit:"money" jsonschema:"title=Margin × customer lifetime" jsonschema_description:"The textbook formula, with margin instead of revenue."`
	RevenueChurn      float64  `json:"revenue_churn" unit:"money" jsonschema:"title=Revenue per account (ARPA) ÷ churn" jsonschema_description:"Average revenue per account (ARPA) divided by churn. The result is revenue, not value."`
	MarginChurn       float64  `json:"margin_churn" unit:"money" jsonschema:"title=Margin ÷ churn" jsonschema_description:"The usual formula for subscriptions: no discounting."`
	DiscountedStart   float64  `json:"discounted_start" unit:"money" jsonschema:"title=Discounted: paid at the start" jsonschema_description:"p·g·(1+d)/(c+d): the first payment comes immediately."`
	DiscountedEnd     float64  `json:"discounted_end" unit:"money" jsonschema:"title=Discounted: paid at the end" jsonschema_description:"p·g/(c+d): each payment comes at the end of its period."`
	DiscountedRenewal float64  `json:"discounted_after_renewal" unit:"money" jsonschema:"title=Discounted: paid after each renewal" jsonschema_description:"p·g·(1−c)/(c+d): the first payment comes with the first renewal (Gupta & Lehmann)."`
	Growth            float64  `json:"growth_undiscounted" unit:"money" jsonschema:"title=With growth: not discounted" jsonschema_description:"p·g/c + s·g·(1−c)/c²: customers who stay pay more each period (Skok)."`
	GrowthSkok        *float64 `json:"growth_skok,omitempty" unit:"money" jsonschema:"title=With growth\\, times (1 − d)" jsonschema_description:"Skok's own convention: later money is multiplied by 1 − d instead of divided by 1 + d, which subtracts too much."`
	GrowthDiscounted  float64  `json:"growth_discounted" unit:"money" jsonschema:"title=With growth: discounted" jsonschema_description:"The same, divided by 1 + d, which is what a discount rate means."`
	ShiftedBeta       *float64 `json:"shifted_beta_geometric,omitempty" quick:"-" unit:"money" jsonschema:"title=Discounted: churn that slows" jsonschema_description:"Customers differ: those with high churn leave first (shifted-beta-geometric). Paid at the start, without growth. Needs second-period churn."`
}

// AssumptionSteps lead from price × lifespan to the value.
type AssumptionSteps struct {
	Naive    float64 `json:"naive" unit:"money" jsonschema:"title=Price × customer lifetime" jsonschema_description:"Where the simplest calculators stop."`
	Margin   float64 `json:"margin_step" unit:"money" jsonschema:"title=Margin instead of revenue" jsonschema_description:"Subtracts the cost of goods, which is not value."`
	Lifespan float64 `json:"lifespan_step" unit:"money" jsonschema:"title=Customer lifetime from churn" jsonschema_description:"1 divided by churn, instead of the customer lifetime you entered."`
	Growth   float64 `json:"growth_step" unit:"money" jsonschema:"title=Price growth" jsonschema_description:"Customers who stay pay more."`
	Discount float64 `json:"discount_step" unit:"money" jsonschema:"title=Discounting" jsonschema_description:"Later money is worth less than money today."`
	Timing   float64 `json:"timing_step" unit:"money" jsonschema:"title=Payment timing" jsonschema_description:"At the start, at the end, or after each renewal."`
	Value    float64 `json:"value" unit:"money" jsonschema:"title=Value" jsonschema_description:"The sum of the rows above."`
}

// Reconcile computes every formula in circulation on one customer and says what each assumption between the simplest
// and the soundest changes. With m the margin and s the margin of the growth, both per period, churn c and r = 1 - c,
//
//	CLV = F·[m/(1-x) + s·x/(1-x)²],  x = r/(1+d),  F = 1, 1/(1+d) or x by the timing.
//
// Skok multiplies by K = r(1-d) where x belongs; his rate for a period is 1 - (1-d)^(1/n), the year's in n parts.
func Reconcile(in ReconcileInput) (ReconcileResult, notice.List) {
	return ReconcileFor(&in, value.Whole)
}

// ReconcileFor is Reconcile to an extent.
func ReconcileFor(in *ReconcileInput, extent value.Extent) (out ReconcileResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if in.SecondChurn != nil && *in.SecondChurn >= in.ChurnRate {
		notes.Add(notice.NotBelow, "second_period_churn", in.ChurnRate)
		return
	}
	perYear := in.Period.PerYear()
	c, d := in.ChurnRate, value.PerPeriod(in.AnnualDiscountRate, perYear)
	m, s := in.Price*in.GrossMargin, in.GrowthPerPeriod*in.GrossMargin
	lifespan := 1 / c
	if in.LifespanPeriods != nil {
		lifespan = *in.LifespanPeriods
	}

	f := &out.Formulas
	f.RevenueLifespan, f.MarginLifespan = in.Price*lifespan, m*lifespan
	f.RevenueChurn, f.MarginChurn = in.Price/c, m/c
	f.DiscountedStart = m * (1 + d) / (c + d)
	f.DiscountedEnd = m / (c + d)
	f.DiscountedRenewal = m * (1 - c) / (c + d)
	f.Growth = growingSum(m, s, 1-c, c)
	f.GrowthDiscounted = growingSum(m, s, (1-c)/(1+d), (c+d)/(1+d))
	if in.AnnualDiscountRate < 1 {
		k := (1 - c) * math.Exp(math.Log1p(-in.AnnualDiscountRate)/float64(perYear))
		f.GrowthSkok = new(growingSum(m, s, k, 1-k))
	}
	if in.SecondChurn != nil && extent != value.Quick {
		f.ShiftedBeta = slowing(&notes, m, c, *in.SecondChurn, d)
	}

	timing := 1.0
	switch in.PaymentTiming {
	case value.End:
		timing = 1 / (1 + d)
	case value.AfterRenewal:
		timing = (1 - c) / (1 + d)
	}
	out.Discount, out.Timing = d, timing
	out.Naive, out.CLV = f.RevenueLifespan, timing*f.GrowthDiscounted
	if out.CLV > 0 {
		out.TimesOver = new(out.Naive / out.CLV)
	}
	out.Bridge = AssumptionSteps{
		Naive:    out.Naive,
		Margin:   f.MarginLifespan - f.RevenueLifespan,
		Lifespan: f.MarginChurn - f.MarginLifespan,
		Growth:   f.Growth - f.MarginChurn,
		Discount: f.GrowthDiscounted - f.Growth,
		Timing:   out.CLV - f.GrowthDiscounted,
		Value:    out.CLV,
	}
	value.WarnOfLongLife(&notes, "churn_rate", new(1/c/float64(perYear)))
	if in.GrossMargin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	return
}

// growingSum is the sum of (m + s·k)·x^k over all k, given 1-x beside x to keep its digits.
func growingSum(m, s, x, oneMinusX float64) float64 {
	return m/oneMinusX + s*x/(oneMinusX*oneMinusX)
}

// slowing is the value of margin m under the shifted-beta-geometric model with churn first in the first period and second
// in the next: α/(α+β) and α/(α+β+1), hence α+β = second/(first-second). It is nil where it has no limit: the other
// formulas have one, so that a horizon for this one alone would make it another thing than they are.
func slowing(notes *notice.List, m, first, second, d float64) *float64 {
	if first == 1 { // nobody is left to slow down
		return &m
	}
	sum := second / (first - second)
	p := sbg.Params{Alpha: first * sum, Beta: (1 - first) * sum}
	periods, outcome := p.DEL(d, sbg.Start)
	if outcome == special.Unbounded {
		notes.Add(notice.NoLimit, "second_period_churn", 0)
		return nil
	}
	return new(m * periods)
}

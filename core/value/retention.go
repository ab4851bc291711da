package value

import "hourglass/core/notice"

// RetentionInput is a yearly margin and the share of customers that comes back each year.
type RetentionInput struct {
	Margin             float64       `json:"margin" unit:"money" jsonschema:"title=Margin per year" jsonschema_description:"Margin of one customer in a year, after the cost of goods."`
	RetentionRate      float64       `json:"retention_rate" unit:"share" jsonschema:"title=Retention rate per year" jsonschema_description:"The share of customers that stays for another year."`
	AnnualDiscountRate float64       `json:"annual_discount_rate"`
	AnnualGrowthRate   float64       `json:"annual_growth_rate" unit:"rate" jsonschema:"title=Margin growth per year,minimum=-1,maximum=1,default=0" jsonschema_description:"The yearly change in the margin of a customer who stays, in %."`
	PaymentTiming      PaymentTiming `json:"payment_timing" jsonschema:"default=after_renewal"`
	CAC                *float64      `json:"cac,omitempty"`
	TargetRatio        float64       `json:"target_ratio" jsonschema:"default=3"`
}

// RetentionResult is the value and the multiple of a year's margin that it is.
type RetentionResult struct {
	CLV            float64  `json:"clv"`
	MarginMultiple float64  `json:"margin_multiple" words:"own" unit:"ratio" jsonschema:"title=Margin multiple" jsonschema_description:"CLV divided by the yearly margin."`
	LifetimeYears  *float64 `json:"lifetime_years,omitempty" never:"always" unit:"years" jsonschema:"title=Customer lifetime (years)" jsonschema_description:"How many years a new customer is expected to stay. Empty if it has no limit."`
	TimingFactor   float64  `json:"timing_factor"`
	HorizonYears   *float64 `json:"horizon_used_years,omitempty" unit:"years" jsonschema:"title=Time horizon used (years)" jsonschema_description:"Given if value over the whole lifetime has no limit and was counted within this time horizon."`
	AgainstCost
	Series Series `json:"series" words:"own" jsonschema:"title=Value over time" jsonschema_description:"One row per year."`
}

// Retention is the margin multiple of Gupta & Lehmann (2003, 2005): with margin m, retention r,
// discount rate d and growth g,
//
//	CLV = m·r/(1+d-r(1+g))       after the first renewal (the default, as printed there)
//	CLV = m·(1+d)/(1+d-r(1+g))   paid at the start of each year
//	CLV = m/(1+d-r(1+g))         paid at the end of each year
func Retention(in RetentionInput) (out RetentionResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	s := &stream{
		First: 1, Growth: in.AnnualGrowthRate,
		Churn: 1 - in.RetentionRate, Discount: in.AnnualDiscountRate, Timing: in.PaymentTiming,
	}
	out.TimingFactor = s.timingFactor()
	n := horizon(&notes, s, nil, 1, "retention_rate")
	if n >= 0 {
		out.HorizonYears = new(float64(n))
	}
	multiple := s.value(n)
	out.MarginMultiple = multiple
	out.CLV = in.Margin * multiple
	out.LifetimeYears = s.lifetime(n)
	margin := s.scaled(in.Margin)
	out.AgainstCost.fill(&notes, margin, out.CLV, in.CAC, in.TargetRatio, n, 1, Whole)
	out.Series = margin.series(seriesLength(margin, out.CLV, n, 1))
	WarnOfLongLife(&notes, "retention_rate", out.LifetimeYears)
	return
}

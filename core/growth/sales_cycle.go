package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// SalesCycleInput is a baseline and less time to the first sale, or between purchases.
type SalesCycleInput struct {
	Baseline
	FirstSale
	DaysSaved            float64  `json:"days_saved" jsonschema:"default=0"`
	PurchaseIntervalDays *float64 `json:"purchase_interval_days,omitempty"`
	IntervalDaysSaved    float64  `json:"interval_days_saved" unit:"days" jsonschema:"title=Days saved between purchases,minimum=-73000,default=0" jsonschema_description:"How many days earlier customers order again. Negative if later."`
	Reach                float64  `json:"reach" jsonschema:"default=1"`
	CostPerCustomer      float64  `json:"cost_per_customer" jsonschema:"default=0"`
	FixedCost            float64  `json:"fixed_cost" jsonschema:"default=0"`
}

// SalesCycleResult is what the time saved is worth.
type SalesCycleResult struct {
	Net               float64  `json:"net_gain"`
	BreakEvenDays     *float64 `json:"break_even_days_saved,omitempty" quick:"-" unit:"days" jsonschema:"title=Break-even days saved\\, first sale" jsonschema_description:"Days saved until the first sale that cover the cost, with today's purchases. Empty without days until the first sale."`
	BreakEvenInterval *float64 `json:"break_even_interval_days_saved,omitempty" quick:"-" unit:"days" jsonschema:"title=Break-even days saved\\, repeat orders" jsonschema_description:"Days saved between purchases that cover the cost, with today's time until the first sale. Empty without days between purchases."`
	FrequencyRise     float64  `json:"frequency_rise"`
	Periods           float64  `json:"discounted_periods_before"`
	Outcome           Outcome  `json:"outcome"`
}

// SalesCycle values time. A sale that closes D - x days after the first contact instead of D is worth more by the
// discount for x days and costs x days of selling less; purchases I - y days apart instead of I are I/(I-y) times as
// many, since a customer stays as long as before.
func SalesCycle(in SalesCycleInput) (SalesCycleResult, notice.List) {
	return SalesCycleFor(&in, value.Whole)
}

// SalesCycleFor is SalesCycle to an extent.
func SalesCycleFor(in *SalesCycleInput, extent value.Extent) (out SalesCycleResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	l := Lever{
		Kind: KindSalesCycle, Reach: in.Reach, DaysSaved: in.DaysSaved,
		CostPerCustomer: in.CostPerCustomer, FixedCost: in.FixedCost,
	}
	switch {
	case in.PurchaseIntervalDays == nil && in.IntervalDaysSaved != 0:
		notes.Add(notice.Required, "purchase_interval_days", 0)
	case in.PurchaseIntervalDays != nil && in.IntervalDaysSaved >= *in.PurchaseIntervalDays:
		notes.Add(notice.NotBelow, "interval_days_saved", *in.PurchaseIntervalDays)
	case in.PurchaseIntervalDays != nil:
		l.FrequencyRise = in.IntervalDaysSaved / (*in.PurchaseIntervalDays - in.IntervalDaysSaved)
	}
	p := newPlan(&notes, &in.Baseline, &in.FirstSale, []Lever{l}, false)
	p.quick = extent == value.Quick
	if notes.Refused() {
		return
	}
	out.FrequencyRise, out.Periods = l.FrequencyRise, p.periods(0)
	out.Net = p.outcome(&out.Outcome, &notes, "days_saved")
	if in.DaysToSale > 0 {
		q := p.without()
		out.BreakEvenDays = q.breakEven(&notes, &q.levers[0].DaysSaved, -value.CommonYear, in.DaysToSale, "days_saved")
	}
	if in.PurchaseIntervalDays != nil {
		p.levers[0].DaysSaved = 0
		if rise := p.frequencyBreakEven(&notes); rise != nil && *rise > -1 {
			out.BreakEvenInterval = new(*in.PurchaseIntervalDays * *rise / (1 + *rise))
		}
	}
	rename(notes, "frequency_rise", "interval_days_saved")
	return
}

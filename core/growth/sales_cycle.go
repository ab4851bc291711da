package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// SalesCycleInput is a baseline and less time to the first sale, or between purchases.
type SalesCycleInput struct {
	Price                float64      `json:"price"`
	Period               value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin          float64      `json:"gross_margin" jsonschema:"default=1"`
	ChurnRate            float64      `json:"churn_rate"`
	FirstPeriodChurn     *float64     `json:"first_period_churn,omitempty"`
	ServiceCost          float64      `json:"service_cost" jsonschema:"default=0"`
	AnnualDiscountRate   float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	HorizonPeriods       *float64     `json:"horizon_periods,omitempty"`
	NewCustomers         float64      `json:"new_customers"`
	DaysToSale           float64      `json:"days_to_sale" unit:"days" jsonschema:"title=Days to the first sale,default=0" jsonschema_description:"How long it takes from the first contact to the first sale."`
	SellingCostPerDay    float64      `json:"selling_cost_per_day" unit:"money" jsonschema:"title=Selling cost per day,default=0" jsonschema_description:"What keeping one sale open costs you each day: calls, visits, the time of the team."`
	DaysSaved            float64      `json:"days_saved" jsonschema:"default=0"`
	PurchaseIntervalDays *float64     `json:"purchase_interval_days,omitempty"`
	IntervalDaysSaved    float64      `json:"interval_days_saved" unit:"days" jsonschema:"title=Days saved between purchases,minimum=-73000,default=0" jsonschema_description:"How many days sooner customers come back. Negative if they come back later."`
	Reach                float64      `json:"reach" jsonschema:"default=1"`
	CostPerCustomer      float64      `json:"cost_per_customer" jsonschema:"default=0"`
	FixedCost            float64      `json:"fixed_cost" jsonschema:"default=0"`
}

// SalesCycleResult is what the time saved is worth.
type SalesCycleResult struct {
	Net               float64  `json:"net_gain"`
	BreakEvenDays     *float64 `json:"break_even_days_saved,omitempty" unit:"days" jsonschema:"title=Pays for itself if the sale closes sooner by" jsonschema_description:"Days saved to the first sale that cover the cost, with purchases as they are today."`
	BreakEvenInterval *float64 `json:"break_even_interval_days_saved,omitempty" unit:"days" jsonschema:"title=Pays for itself if customers come back sooner by" jsonschema_description:"Days saved between purchases that cover the cost, with the time to the first sale as it is today."`
	FrequencyRise     float64  `json:"frequency_rise" unit:"share" jsonschema:"title=Rise of purchases" jsonschema_description:"How much more often customers buy when they come back sooner and stay as long."`
	Outcome           Outcome  `json:"outcome"`
}

// SalesCycle values time. A sale that closes D - x days after the first contact instead of D is worth more by the
// discount for x days and costs x days of selling less; purchases I - y days apart instead of I are I/(I-y) times as
// many, since a customer stays as long as before.
func SalesCycle(in SalesCycleInput) (out SalesCycleResult, notes notice.List) {
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
	p := newPlan(&notes, in.baseline(), []Lever{l}, false)
	if notes.Refused() {
		return
	}
	out.FrequencyRise = l.FrequencyRise
	out.Net = p.outcome(&out.Outcome, &notes, "days_saved")
	if in.DaysToSale > 0 {
		q := p.without()
		out.BreakEvenDays = q.breakEven(&notes, &q.levers[0].DaysSaved, -value.DaysPerYear, in.DaysToSale, "days_saved")
	}
	if in.PurchaseIntervalDays != nil {
		p.levers[0].DaysSaved = 0
		if rise := p.frequencyBreakEven(&notes); rise != nil && *rise > -1 {
			out.BreakEvenInterval = new(*in.PurchaseIntervalDays * *rise / (1 + *rise))
		}
	}
	for i := range notes { // the caller knows the rise by the days that make it
		if notes[i].Field == "frequency_rise" {
			notes[i].Field = "interval_days_saved"
		}
	}
	return
}

func (in *SalesCycleInput) baseline() *Baseline {
	return &Baseline{
		Price: in.Price, Period: in.Period, GrossMargin: in.GrossMargin, ChurnRate: in.ChurnRate,
		FirstPeriodChurn: in.FirstPeriodChurn, ServiceCost: in.ServiceCost, AnnualDiscountRate: in.AnnualDiscountRate,
		HorizonPeriods: in.HorizonPeriods, NewCustomers: in.NewCustomers,
		DaysToSale: in.DaysToSale, SellingCostPerDay: in.SellingCostPerDay,
	}
}

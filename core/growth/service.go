package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// ServiceInput is a baseline and something done for customers all along: better service, or offers that fit them.
type ServiceInput struct {
	Baseline
	Reach           float64 `json:"reach" jsonschema:"default=1"`
	ChurnFall       float64 `json:"churn_fall" jsonschema:"default=0"`
	FrequencyRise   float64 `json:"frequency_rise" unit:"rate" jsonschema:"title=Increase in purchase frequency,minimum=-1,default=0" jsonschema_description:"How much more often customers reached buy: 10% means 110 purchases instead of 100. Negative if they buy less often."`
	CostPerCustomer float64 `json:"cost_per_customer" jsonschema:"default=0"`
	CostPerPeriod   float64 `json:"cost_per_period" jsonschema:"default=0"`
	FixedCost       float64 `json:"fixed_cost" jsonschema:"default=0"`
}

// ServiceResult is what it is worth, and the effect on churn, or on purchases, that alone would pay for it.
type ServiceResult struct {
	Net                float64  `json:"net_gain"`
	BreakEvenChurnFall *float64 `json:"break_even_churn_fall,omitempty" per:"period" quick:"-" unit:"share" jsonschema:"title=Break-even churn reduction" jsonschema_description:"The churn reduction of customers reached, in percentage points, that exactly covers the cost at today's purchase frequency."`
	BreakEvenRise      *float64 `json:"break_even_frequency_rise,omitempty" quick:"-" unit:"share" jsonschema:"title=Break-even increase in purchase frequency" jsonschema_description:"The increase in purchase frequency of customers reached that exactly covers the cost at today's churn."`
	SavedLife          *float64 `json:"periods_gained,omitempty"`
	PeriodsBefore      float64  `json:"discounted_periods_before" unit:"periods" jsonschema:"title=Discounted periods today" jsonschema_description:"Expected periods of a customer, each discounted to today. Multiplied by the margin per period, this is the value."`
	PeriodsAfter       float64  `json:"discounted_periods_after" unit:"periods" jsonschema:"title=Discounted periods with the lever" jsonschema_description:"The same for a customer reached."`
	Outcome            Outcome  `json:"outcome"`
}

// Service values better service: churn down, or more purchases, for those whom it reaches.
func Service(in ServiceInput) (ServiceResult, notice.List) { return ServiceFor(&in, value.Whole) }

// ServiceFor is Service to an extent.
func ServiceFor(in *ServiceInput, extent value.Extent) (ServiceResult, notice.List) {
	return in.value(KindService, extent)
}

// Personalisation is the same economics as Service: a cost per customer and period, and an effect on those reached.
func Personalisation(in ServiceInput) (ServiceResult, notice.List) {
	return PersonalisationFor(&in, value.Whole)
}

// PersonalisationFor is Personalisation to an extent.
func PersonalisationFor(in *ServiceInput, extent value.Extent) (ServiceResult, notice.List) {
	return in.value(KindPersonalisation, extent)
}

func (in *ServiceInput) value(kind Kind, extent value.Extent) (out ServiceResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	p := newPlan(&notes, &in.Baseline, nil, []Lever{{
		Kind: kind, Reach: in.Reach, ChurnFall: in.ChurnFall, FrequencyRise: in.FrequencyRise,
		CostPerCustomer: in.CostPerCustomer, CostPerPeriod: in.CostPerPeriod, FixedCost: in.FixedCost,
	}}, false)
	p.quick = extent == value.Quick
	if notes.Refused() {
		return
	}
	out.Net = p.outcome(&out.Outcome, &notes, "churn_fall")
	out.SavedLife = p.periodsGained()
	out.PeriodsBefore, out.PeriodsAfter = p.periods(0), p.periods(1)
	out.BreakEvenChurnFall = p.churnBreakEven(&notes)
	out.BreakEvenRise = p.frequencyBreakEven(&notes)
	return
}

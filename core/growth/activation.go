package growth

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// ActivationInput is the steps from a purchase to first value, each with the share of customers who take it, and what a customer is worth
// who takes them all.
type ActivationInput struct {
	Steps              []ActivationStep `json:"steps" row:"Step" jsonschema:"title=Activation steps,minItems=1,maxItems=20" jsonschema_description:"One row per step, in their sequence: sign-in, set-up, first result."`
	Price              float64          `json:"price"`
	Period             value.Period     `json:"period" jsonschema:"default=month"`
	GrossMargin        float64          `json:"gross_margin"`
	ChurnRate          float64          `json:"churn_rate" words:"own" unit:"share" jsonschema:"title=Churn rate of activated customers" jsonschema_description:"The share of customers who took all steps that leaves in one period."`
	InactiveChurn      float64          `json:"inactive_churn_rate" unit:"share" jsonschema:"title=Churn rate of the others" jsonschema_description:"The share of customers who did not take all steps that leaves in one period. 100% if they pay once."`
	EffectShare        float64          `json:"effect_share" jsonschema:"default=1"`
	CostPerCustomer    float64          `json:"cost_per_customer" words:"own" unit:"money" jsonschema:"title=Cost per new customer,default=0" jsonschema_description:"Walkthroughs, calls and training for the planned rates, for each new customer."`
	FixedCost          float64          `json:"fixed_cost" jsonschema:"default=0"`
	ServiceCost        float64          `json:"service_cost" jsonschema:"default=0"`
	AnnualDiscountRate float64          `json:"annual_discount_rate" jsonschema:"default=0"`
	HorizonPeriods     *float64         `json:"horizon_periods,omitempty"`
	NewCustomers       *float64         `json:"new_customers,omitempty" place:"needed"`
}

// An ActivationStep is one of them.
type ActivationStep struct {
	Rate   float64  `json:"completion_rate" unit:"share" jsonschema:"title=Completion rate" jsonschema_description:"The share of customers who take this step, of those who took the one before."`
	Target *float64 `json:"target_completion_rate,omitempty" unit:"share" jsonschema:"title=Planned completion rate" jsonschema_description:"Leave it empty if the step stays as it is."`
	Days   float64  `json:"step_days" unit:"days" jsonschema:"title=Duration,default=0" jsonschema_description:"How long the step takes on average."`
}

// ActivationResult is what activation is worth, and where it is lost.
type ActivationResult struct {
	Net         float64          `json:"net_gain"`
	BreakEven   *float64         `json:"break_even_effect_share,omitempty"`
	Rate        float64          `json:"activation_rate" unit:"share" jsonschema:"title=Activation rate today" jsonschema_description:"The share of new customers who take all steps."`
	TargetRate  float64          `json:"target_activation_rate" unit:"share" jsonschema:"title=Planned activation rate" jsonschema_description:"The same with the planned completion rates."`
	DaysToValue float64          `json:"days_to_value" unit:"days" jsonschema:"title=Time to first value" jsonschema_description:"Days of all steps together."`
	WeakestStep float64          `json:"weakest_step" unit:"row" jsonschema:"title=Step with the largest drop-off" jsonschema_description:"The row number of the step at which most of all new customers are lost; 1 is the first."`
	ActiveCLV   float64          `json:"activated_clv" unit:"money" jsonschema:"title=CLV of an activated customer" jsonschema_description:"As observed, before the cost of activation."`
	InactiveCLV float64          `json:"inactive_clv" unit:"money" jsonschema:"title=CLV of the others" jsonschema_description:"Customers who did not take all steps."`
	CLVBefore   float64          `json:"clv_before" words:"own" unit:"money" jsonschema:"title=Value of a new customer today" jsonschema_description:"Both groups, weighted by the activation rate."`
	CLVAfter    float64          `json:"clv_after" words:"own" unit:"money" jsonschema:"title=Value of a new customer\\, planned" jsonschema_description:"With the planned rates, after their cost."`
	TotalNet    *float64         `json:"total_net,omitempty" words:"own" unit:"money" jsonschema:"title=Total net gain" jsonschema_description:"Margin gain less cost, for the number of new customers you entered. Empty without that number."`
	HorizonUsed *float64         `json:"horizon_used_periods,omitempty"`
	Steps       []StepOfActivity `json:"steps" words:"own" jsonschema:"title=Result by step" jsonschema_description:"One row per step, in your sequence."`
}

// A StepOfActivity is one step's result.
type StepOfActivity struct {
	Reached float64 `json:"reached_share" unit:"share" jsonschema:"title=Customers who get here" jsonschema_description:"Of all new customers, those who begin the step."`
	Lost    float64 `json:"lost_share" unit:"share" jsonschema:"title=Drop-off" jsonschema_description:"Of all new customers, those lost in the step."`
	Days    float64 `json:"days_so_far" unit:"days" jsonschema:"title=Days so far" jsonschema_description:"Until the step is done."`
	Point   float64 `json:"point_gain" unit:"money" jsonschema:"title=Gain from 1 point more" jsonschema_description:"Per new customer, if the completion rate of the step is 1 percentage point higher, or 100%."`
}

// Activation values steps. Of new customers the share a = Π q_i takes all; they are worth V(c), the others V(c'). With the planned rates the
// share is a', of whose further customers the part e of the difference is an effect:
//
//	gain = (a'-a)·e·(V(c) - V(c')) - u - K/N.
func Activation(in ActivationInput) (out ActivationResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	b := Baseline{Price: in.Price, Period: in.Period, GrossMargin: in.GrossMargin, ChurnRate: min(in.ChurnRate, in.InactiveChurn), ServiceCost: in.ServiceCost,
		AnnualDiscountRate: in.AnnualDiscountRate, HorizonPeriods: in.HorizonPeriods, NewCustomers: in.NewCustomers}
	p := newPlan(&notes, &b, nil, []Lever{{Kind: KindOnboarding, FixedCost: in.FixedCost}}, false)
	if notes.Refused() {
		return
	}
	if p.horizon >= 0 {
		out.HorizonUsed = new(float64(p.horizon))
	}
	worth := func(churn float64) float64 {
		t := tenure{first: churn, later: churn, discount: p.discount, stay: math.Log1p(-churn), wait: p.wait}
		return (p.Price*p.GrossMargin - p.ServiceCost) * t.annuity(p.horizon)
	}
	out.ActiveCLV, out.InactiveCLV = worth(in.ChurnRate), worth(in.InactiveChurn)
	effect := in.EffectShare * (out.ActiveCLV - out.InactiveCLV)
	out.Rate, out.TargetRate = 1, 1
	most := -1.0
	for i := range in.Steps {
		s := &in.Steps[i]
		reached := out.Rate
		out.Rate *= s.Rate
		out.DaysToValue += s.Days
		if s.Target != nil {
			out.TargetRate *= *s.Target
		} else {
			out.TargetRate *= s.Rate
		}
		lost := reached - out.Rate
		if lost > most {
			most, out.WeakestStep = lost, float64(i+1)
		}
		out.Steps = append(out.Steps, StepOfActivity{Reached: reached, Lost: lost, Days: out.DaysToValue})
	}
	for i := range in.Steps { // the other steps stay as they are
		others := 1.0
		for j := range in.Steps {
			if j != i {
				others *= in.Steps[j].Rate
			}
		}
		out.Steps[i].Point = others * (min(1, in.Steps[i].Rate+0.01) - in.Steps[i].Rate) * effect
	}
	cost := in.CostPerCustomer + in.FixedCost/p.sharing
	out.CLVBefore = out.Rate*out.ActiveCLV + (1-out.Rate)*out.InactiveCLV
	out.Net = (out.TargetRate-out.Rate)*effect - cost
	out.CLVAfter = out.CLVBefore + out.Net
	if full := (out.TargetRate - out.Rate) * (out.ActiveCLV - out.InactiveCLV); full > 0 {
		out.BreakEven = within(cost / full)
	}
	if in.EffectShare == 1 {
		notes.Add(notice.DifferenceNotEffect, "effect_share", 1)
	}
	if in.NewCustomers != nil {
		out.TotalNet = new(out.Net * *in.NewCustomers)
	} else {
		notes.Add(notice.NotGiven, "new_customers", 0)
	}
	if out.Net < 0 {
		notes.Add(notice.LeverLoses, "steps", -out.Net)
	}
	p.warnOfLongLife(&notes)
	return
}

package growth

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// OnboardingInput is a baseline and an onboarding that keeps more customers through their first period.
type OnboardingInput struct {
	Baseline
	Reach           float64 `json:"reach" jsonschema:"default=1"`
	FirstChurnFall  float64 `json:"first_churn_fall" jsonschema:"default=0"`
	CostPerCustomer float64 `json:"cost_per_customer" jsonschema:"default=0"`
	FixedCost       float64 `json:"fixed_cost" jsonschema:"default=0"`
}

// OnboardingResult is what the onboarding is worth.
type OnboardingResult struct {
	Net       float64  `json:"net_gain" unit:"money" jsonschema:"title=Net gain per customer" jsonschema_description:"Margin gain less cost, per new customer."`
	BreakEven *float64 `json:"break_even_first_churn_fall,omitempty" per:"period" quick:"-" unit:"share" jsonschema:"title=Break-even first-period churn reduction" jsonschema_description:"The reduction of first-period churn, in percentage points, that exactly covers the cost."`
	SavedLife *float64 `json:"periods_gained,omitempty" never:"always" unit:"periods" jsonschema:"title=Periods gained" jsonschema_description:"How many periods longer a customer stays, on average, within the time horizon. Empty if it has no limit."`
	Later     float64  `json:"discounted_later_periods" unit:"periods" jsonschema:"title=Discounted periods after the first" jsonschema_description:"Expected further periods of a customer who stays past the first, each discounted to today."`
	Outcome   Outcome  `json:"outcome" jsonschema:"title=Outcome" jsonschema_description:"Gain, cost and return on investment compared with today."`
}

// Onboarding lowers first-period churn from c1 by x for the share r that it reaches. Everybody kept brings what a
// customer brings from the second period on, so that the gain is linear in x:
//
//	gain = r·x·v·(m - s)/(1 - (1-c)v) over a whole life.
func Onboarding(in OnboardingInput) (OnboardingResult, notice.List) {
	return OnboardingFor(&in, value.Whole)
}

// OnboardingFor is Onboarding to an extent.
func OnboardingFor(in *OnboardingInput, extent value.Extent) (out OnboardingResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	p := newPlan(&notes, &in.Baseline, nil, []Lever{{
		Kind: KindOnboarding, Reach: in.Reach, FirstChurnFall: in.FirstChurnFall,
		CostPerCustomer: in.CostPerCustomer, FixedCost: in.FixedCost,
	}}, false)
	p.quick = extent == value.Quick
	if notes.Refused() {
		return
	}
	out.Net = p.outcome(&out.Outcome, &notes, "first_churn_fall")
	out.SavedLife = p.periodsGained()
	kept := tenure{later: p.ChurnRate, discount: p.discount, stay: math.Log1p(-p.ChurnRate), wait: p.wait}
	out.Later = kept.annuity(p.horizon) - 1
	first := p.firstChurn()
	out.BreakEven = p.breakEven(&notes, &p.levers[0].FirstChurnFall, first-1, first, "first_churn_fall")
	return
}

// periods is how many periods a customer of the set is expected to stay within the horizon, discounted.
func (p *plan) periods(set int) float64 {
	r := p.reach(set)
	return r.annuity(p.horizon)
}

// periodsGained is how many periods longer the levers keep a customer, undiscounted, within the horizon; nil where that
// has no limit.
func (p *plan) periodsGained() *float64 {
	with, without := p.reach(1), p.reach(0)
	longer, today := with.undiscounted(), without.undiscounted()
	after, before := finite(longer.annuity(p.horizon)), finite(today.annuity(p.horizon))
	if after == nil || before == nil {
		return nil
	}
	return new(p.levers[0].Reach * (*after - *before))
}

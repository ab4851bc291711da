package growth

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// AdoptionInput is customers of two kinds: those who use something (an integration, a community, a second channel, the
// product itself week by week) and those who do not. They differ in churn, in spend and in referrals; more of them
// shall use it.
type AdoptionInput struct {
	Price              float64      `json:"price" words:"own" unit:"money" jsonschema:"title=Spend per period without it" jsonschema_description:"What a customer who does not use it pays per period, without tax."`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        float64      `json:"gross_margin"`
	ChurnRate          float64      `json:"churn_rate" words:"own" unit:"share" jsonschema:"title=Churn rate without it" jsonschema_description:"The share of customers who do not use it that leaves in one period."`
	AdoptionRate       float64      `json:"adoption_rate" unit:"share" jsonschema:"title=Adoption rate today" jsonschema_description:"The share of customers who use it: active users, integrated accounts, members of the community."`
	TargetRate         float64      `json:"target_adoption_rate" unit:"share" jsonschema:"title=Planned adoption rate" jsonschema_description:"The share of new customers who are to use it."`
	AdopterChurn       float64      `json:"adopter_churn_rate" unit:"share" jsonschema:"title=Churn rate of adopters" jsonschema_description:"The share of customers who use it that leaves in one period."`
	AdopterPrice       *float64     `json:"adopter_price,omitempty" unit:"money" jsonschema:"title=Spend per period of adopters" jsonschema_description:"What a customer who uses it pays per period. Leave it empty if it is the same."`
	AdopterReferrals   float64      `json:"adopter_referral_rate" unit:"count" jsonschema:"title=Extra referred customers per period,maximum=1000,default=0" jsonschema_description:"How many more customers an adopter brings in one period than others do."`
	EffectShare        float64      `json:"effect_share" unit:"share" jsonschema:"title=Share of the difference that is an effect,default=1" jsonschema_description:"The rest is self-selection: better customers adopt more. Not needed with a test."`
	ControlChurn       *float64     `json:"control_churn_rate,omitempty" unit:"share" jsonschema:"title=Churn rate of a control group" jsonschema_description:"Churn of customers chosen at random who were not offered it, in the same time. For the effect instead of the difference."`
	ControlPrice       *float64     `json:"control_price,omitempty" unit:"money" jsonschema:"title=Spend per period of a control group" jsonschema_description:"Spend of customers chosen at random who were not offered it, in the same time."`
	CostPerCustomer    float64      `json:"cost_per_customer" jsonschema:"default=0"`
	CostPerPeriod      float64      `json:"cost_per_period" jsonschema:"default=0"`
	FixedCost          float64      `json:"fixed_cost" jsonschema:"default=0"`
	ServiceCost        float64      `json:"service_cost" jsonschema:"default=0"`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	HorizonPeriods     *float64     `json:"horizon_periods,omitempty"`
	NewCustomers       *float64     `json:"new_customers,omitempty" place:"needed"`
}

// AdoptionResult is what the further adopters are worth, and how much of the difference must be an effect for it.
type AdoptionResult struct {
	Net                float64  `json:"net_gain"`
	BreakEvenShare     *float64 `json:"break_even_effect_share,omitempty" quick:"-" unit:"share" jsonschema:"title=Break-even share of the difference" jsonschema_description:"How much of the observed difference must be an effect, and not self-selection, to cover the cost. Empty if even all of it does not."`
	BreakEvenChurnFall *float64 `json:"break_even_churn_fall,omitempty" quick:"-"`
	TestSize           *float64 `json:"test_group_size,omitempty" quick:"-" unit:"count" jsonschema:"title=Customers per group of a test" jsonschema_description:"How many customers with it, and as many without, a test of one period needs to see the break-even churn reduction: 95% confidence, 80% power."`
	EffectShare        *float64 `json:"effective_share,omitempty" unit:"share" jsonschema:"title=Share of the churn difference counted" jsonschema_description:"Effect on churn divided by the observed difference: as entered, or as the control group shows. Empty without a difference in churn."`
	ChurnFall          float64  `json:"churn_fall"`
	FrequencyRise      float64  `json:"frequency_rise" words:"own" unit:"share" jsonschema:"title=Increase in spend" jsonschema_description:"How much more a customer spends because of it, as counted here."`
	Reach              float64  `json:"reach" words:"own" unit:"rate" jsonschema:"title=Further adopters" jsonschema_description:"Planned adoption rate less today's, in percentage points."`
	ReferralRate       float64  `json:"referral_rate" words:"own" unit:"count" jsonschema:"title=Extra referred customers counted" jsonschema_description:"Per adopter and period."`
	AdopterCLV         *float64 `json:"adopter_clv,omitempty" unit:"money" jsonschema:"title=CLV of an adopter" jsonschema_description:"As observed: with all of the difference, before the cost of adoption. Empty if referrals have no limit."`
	PeriodsBefore      float64  `json:"discounted_periods_before"`
	PeriodsAfter       float64  `json:"discounted_periods_after"`
	Outcome            Outcome  `json:"outcome"`
}

// Adoption values a share of customers more who use something. Those who use it leave less (c1 for c0) and spend more (p1
// for p0), partly because they use it and partly because better customers do: the share e of the difference is an
// effect, so that for the share a1 - a0 who come to use it
//
//	gain = (a1-a0)·[V(p0+e(p1-p0), c0-e(c0-c1)) - V(p0, c0)].
//
// A holdout, chosen at random and not offered it, tells the effect: all who were offered it have the churn a0·c1+(1-a0)·c0, the
// holdout h, and only adopters can make the difference, so that theirs is (h - a0·c1 - (1-a0)·c0)/a0 (Bloom 1984).
func Adoption(in AdoptionInput) (AdoptionResult, notice.List) { return AdoptionFor(&in, value.Whole) }

// AdoptionFor is Adoption to an extent.
func AdoptionFor(in *AdoptionInput, extent value.Extent) (out AdoptionResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if in.TargetRate < in.AdoptionRate {
		notes.Add(notice.TooLow, "target_adoption_rate", in.AdoptionRate)
		return
	}
	observed := in.observed()
	effect := in.effect(&notes, observed)
	if notes.Refused() {
		return
	}
	p := newPlan(&notes, in.baseline(), nil, []Lever{in.lever(effect)}, false)
	p.quick = extent == value.Quick
	rename(notes, "churn_fall", "adopter_churn_rate")
	rename(notes, "frequency_rise", "adopter_price")
	if in.noSpend(&notes); notes.Refused() || p.endlessChain(&notes, "adopter_referral_rate") {
		return
	}
	out.Net = p.outcome(&out.Outcome, &notes, "adopter_churn_rate")
	out.PeriodsBefore, out.PeriodsAfter = p.periods(0), p.periods(1)
	out.ChurnFall, out.Reach = effect.churn, in.TargetRate-in.AdoptionRate
	out.FrequencyRise, out.ReferralRate = p.levers[0].FrequencyRise, effect.referrals
	if observed.churn != 0 {
		out.EffectShare = new(effect.churn / observed.churn)
	}
	out.AdopterCLV = in.adopter(observed)
	out.BreakEvenShare = p.crossing(&notes, func(share float64) float64 {
		p.levers[0] = in.lever(observed.part(share))
		return p.gain()
	}, 0, 1, "effect_share")
	p.levers[0] = in.lever(effect)
	out.BreakEvenChurnFall = p.churnBreakEven(nil)
	if fall := out.BreakEvenChurnFall; fall != nil && *fall > 0 {
		out.TestSize = new(testSize(in.ChurnRate, in.ChurnRate-*fall))
	}
	return
}

// A difference is how much less those who use something leave, how much more they spend per period, and whom they bring.
type difference struct{ churn, spend, referrals float64 }

// part is a share of the difference.
func (d difference) part(share float64) difference {
	return difference{share * d.churn, share * d.spend, share * d.referrals}
}

func (in *AdoptionInput) observed() difference {
	d := difference{in.ChurnRate - in.AdopterChurn, 0, in.AdopterReferrals}
	if in.AdopterPrice != nil {
		d.spend = *in.AdopterPrice - in.Price
	}
	return d
}

// effect is what of the observed difference is due to the use.
func (in *AdoptionInput) effect(notes *notice.List, observed difference) difference {
	d := observed.part(in.EffectShare)
	if in.ControlChurn == nil && in.ControlPrice == nil {
		if in.EffectShare == 1 {
			notes.Add(notice.DifferenceNotEffect, "effect_share", 1)
		}
		return d
	}
	if in.AdoptionRate == 0 {
		notes.Add(notice.NotAbove, "adoption_rate", 0)
		return d
	}
	if h := in.ControlChurn; h != nil {
		d.churn = observed.churn - (in.ChurnRate-*h)/in.AdoptionRate
		if after := in.ChurnRate - d.churn; after < -leftOver || after > 1+leftOver {
			notes.Add(notice.ControlImpossible, "control_churn_rate", after)
		}
	}
	if h := in.ControlPrice; h != nil {
		d.spend = observed.spend + (in.Price-*h)/in.AdoptionRate
		if after := in.Price + d.spend; after < -leftOver*in.Price {
			notes.Add(notice.ControlImpossible, "control_price", after)
		}
	}
	return d
}

// noSpend adds a problem where spend would rise from nothing, or beyond what a rise may be.
func (in *AdoptionInput) noSpend(notes *notice.List) {
	for _, price := range []*float64{in.AdopterPrice, in.ControlPrice} {
		if price != nil && in.Price == 0 && *price > 0 {
			notes.Add(notice.NotAbove, "price", 0)
			return
		}
	}
}

func (in *AdoptionInput) lever(effect difference) Lever {
	l := Lever{
		Kind: KindAdoption, Reach: in.TargetRate - in.AdoptionRate, ChurnFall: effect.churn, ReferralRate: max(0, effect.referrals),
		CostPerCustomer: in.CostPerCustomer, CostPerPeriod: in.CostPerPeriod, FixedCost: in.FixedCost,
	}
	if in.Price > 0 {
		l.FrequencyRise = effect.spend / in.Price
	}
	return l
}

func (in *AdoptionInput) baseline() *Baseline {
	return &Baseline{
		Price: in.Price, Period: in.Period, GrossMargin: in.GrossMargin, ChurnRate: in.ChurnRate, ServiceCost: in.ServiceCost,
		AnnualDiscountRate: in.AnnualDiscountRate, HorizonPeriods: in.HorizonPeriods, NewCustomers: in.NewCustomers,
	}
}

// adopter is the value of a customer who uses it as observed, within the same horizon; nil where referrals have no limit.
func (in *AdoptionInput) adopter(observed difference) *float64 {
	l := in.lever(observed)
	l.Reach, l.CostPerCustomer, l.CostPerPeriod, l.FixedCost = 1, 0, 0, 0
	var unsaid notice.List
	p := newPlan(&unsaid, in.baseline(), nil, []Lever{l}, false)
	w := p.value()[1]
	if unsaid.Refused() || w.friends > 1-value.MinDecay {
		return nil
	}
	return new(w.net())
}

// testSize is how many customers each of two groups needs for a difference between two shares to be seen: at 5% (two-sided)
// with a power of 80%, (z+z')²·(p(1-p)+q(1-q))/(p-q)² (Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, 4.3).
func testSize(p, q float64) float64 {
	const z = 1.959963984540054 + 0.8416212335729143
	return math.Ceil(z * z * (p*(1-p) + q*(1-q)) / ((p - q) * (p - q)))
}

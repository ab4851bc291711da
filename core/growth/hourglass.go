package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// Stage is a station of the journey, from the top of the hourglass to its foot.
type Stage uint8

const (
	Reach    Stage = iota // prospects
	Win                   // become customers and pay their first period
	Onboard               // get started and stay for the second period
	Keep                  // stay on: the neck
	Grow                  // take more
	Advocate              // bring friends
)

// String is the stage's wire name, empty for an unknown stage.
func (s Stage) String() string {
	return name(int(s), "reach", "win", "onboard", "keep", "grow", "advocate")
}

// HourglassInput is the whole journey of a cohort.
type HourglassInput struct {
	Prospects          float64      `json:"prospects" unit:"count" jsonschema:"title=Prospects,exclusiveMinimum=0" jsonschema_description:"How many potential customers you reach."`
	AcquisitionSpend   float64      `json:"acquisition_spend" unit:"money" jsonschema:"title=Acquisition spend" jsonschema_description:"All marketing and sales cost of reaching and acquiring these customers."`
	Conversion         float64      `json:"conversion" unit:"share" jsonschema:"title=Conversion rate" jsonschema_description:"The share of prospects who become customers."`
	Activation         float64      `json:"activation" unit:"share" jsonschema:"title=Activation rate,default=1" jsonschema_description:"The share of new customers who begin to use what they bought. The others pay one period and leave."`
	OnboardingCost     float64      `json:"onboarding_cost" unit:"money" jsonschema:"title=Onboarding cost per customer,default=0" jsonschema_description:"Cost of helping one new customer begin."`
	Price              float64      `json:"price"`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        float64      `json:"gross_margin"`
	ChurnRate          float64      `json:"churn_rate"`
	FirstPeriodChurn   *float64     `json:"first_period_churn,omitempty" words:"own" unit:"share" jsonschema:"title=First-period churn" jsonschema_description:"The share of activated customers who leave in their first period. Leave it empty if it equals later churn."`
	ServiceCost        float64      `json:"service_cost" jsonschema:"default=0"`
	OfferPeriod        float64      `json:"offer_period" jsonschema:"default=1"`
	UpsellTakeUp       float64      `json:"upsell_take_up" unit:"share" jsonschema:"title=Upsell take-up rate,default=0" jsonschema_description:"The share of active customers who move to a better, more expensive version."`
	UpsellSpend        float64      `json:"upsell_spend" was:"price_step" unit:"money" jsonschema:"title=Price difference per period,default=0" jsonschema_description:"How much more the better version costs per period."`
	CrossSellTakeUp    float64      `json:"cross_sell_take_up" unit:"share" jsonschema:"title=Cross-sell take-up rate,default=0" jsonschema_description:"The share of active customers who buy another product from you."`
	CrossSellSpend     float64      `json:"cross_sell_spend" was:"extra_spend" unit:"money" jsonschema:"title=Extra spend per period,default=0" jsonschema_description:"How much more a customer who accepts spends per period."`
	ExtraMargin        *float64     `json:"extra_margin,omitempty"`
	Invitations        float64      `json:"invitations_per_period" jsonschema:"default=0"`
	ReferralConversion float64      `json:"referral_conversion" jsonschema:"default=0"`
	ReferralReward     float64      `json:"referral_reward" jsonschema:"default=0"`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	HorizonPeriods     *float64     `json:"horizon_periods,omitempty"`
}

// HourglassResult is the journey told by its stages. Money is of the whole cohort unless it says per customer.
type HourglassResult struct {
	CLV                float64      `json:"clv" words:"own" unit:"money" jsonschema:"title=Customer lifetime value (CLV)" jsonschema_description:"Margin of one customer after service, onboarding and rewards, before acquisition, discounted. Includes the referred customers."`
	OwnCLV             float64      `json:"own_clv" unit:"money" jsonschema:"title=Value without referred customers" jsonschema_description:"CLV of one customer without referred customers and without rewards."`
	CAC                *float64     `json:"cac,omitempty"`
	LTVCACRatio        *float64     `json:"ltv_cac_ratio,omitempty"`
	PaybackPeriods     *float64     `json:"payback_periods,omitempty" quick:"-"`
	ReferralMultiplier *float64     `json:"referral_multiplier,omitempty"`
	LifetimePeriods    *float64     `json:"lifetime_periods,omitempty"`
	TotalValue         float64      `json:"total_value" unit:"money" jsonschema:"title=Margin of the cohort" jsonschema_description:"Margin of all customers, referred customers included, before service, onboarding, rewards and acquisition."`
	TotalCost          float64      `json:"total_cost" unit:"money" jsonschema:"title=Cost of the cohort" jsonschema_description:"Acquisition, onboarding, service and rewards, referred customers included."`
	TotalNet           float64      `json:"total_net" unit:"money" jsonschema:"title=Net margin of the cohort" jsonschema_description:"Margin of the cohort less its cost."`
	Stages             []StageShare `json:"stages" jsonschema:"title=Stages" jsonschema_description:"Six rows, from the top to the foot. Values and costs add up to those of the cohort."`
	HorizonUsedPeriods *float64     `json:"horizon_used_periods,omitempty"`
}

// A StageShare is one stage of the cohort.
type StageShare struct {
	Stage    Stage    `json:"stage" jsonschema:"title=Stage" jsonschema_description:"Reach, acquire, onboard, retain, grow, refer."`
	People   *float64 `json:"people,omitempty" unit:"count" jsonschema:"title=Customers at this stage" jsonschema_description:"By stage: prospects reached; acquired customers; active in the second period; active a year later; customers who accept an upsell or cross-sell; referred customers, whole chain. Empty if it has no limit."`
	Lost     *float64 `json:"lost,omitempty" unit:"share" jsonschema:"title=Lost at this stage" jsonschema_description:"The share of the previous stage that does not reach this one."`
	Value    float64  `json:"value" unit:"money" jsonschema:"title=Margin" jsonschema_description:"By stage: none; the first period; the second; all later ones; upsell and cross-sell; referred customers."`
	Share    *float64 `json:"value_share,omitempty" unit:"share" jsonschema:"title=Share of the margin" jsonschema_description:"Of the margin of the whole cohort."`
	Cost     float64  `json:"cost" unit:"money" jsonschema:"title=Cost" jsonschema_description:"By stage: acquisition; service in the first period; onboarding and service in the second; later service; none; rewards, onboarding and service of referred customers."`
	OnePoint *float64 `json:"one_point_worth,omitempty" unit:"money" jsonschema:"title=Gain from one percentage point" jsonschema_description:"What the cohort's net margin gains if this stage improves by one percentage point (reach: 1% more prospects for the same spend). Empty if it cannot improve that far."`
}

// The levers of the hourglass's plan, as bits of a set. Service and onboarding are levers without an effect, so that
// their cost stands apart from the margin.
const (
	running = 1 << iota // service and onboarding
	growing
	growingToo
	advocating
	everything = 1<<iota - 1
)

// Hourglass follows a cohort from its prospects to its friends. It is one valuation of the package's cohort; the share
// of customers who do not get started counts as lost after the first period, so that S(1) = activation·(1-c1).
func Hourglass(in HourglassInput) (HourglassResult, notice.List) {
	return HourglassFor(&in, value.Whole)
}

// HourglassFor is Hourglass to an extent.
func HourglassFor(in *HourglassInput, extent value.Extent) (out HourglassResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	p := in.plan(&notes)
	customer := p.reach(everything)
	own := p.valued(customer, p.horizon)
	own.chain = customer.chain(p.horizon)
	if notes.Refused() || own.endless(&notes, "invitations_per_period") {
		return
	}
	all := own
	all.withFriends()
	alone := p.worth(everything&^advocating, p.horizon) // who brings nobody earns no reward
	out.CLV, out.OwnCLV = all.net(), alone.net()
	out.ReferralMultiplier = own.multiplier()
	won := in.Prospects * in.Conversion
	out.TotalValue, out.TotalCost = won*all.margin, in.AcquisitionSpend+won*all.cost
	out.TotalNet = out.TotalValue - out.TotalCost
	there := customer.undiscounted()
	out.LifetimePeriods = finite(there.annuity(p.horizon))
	if p.horizon >= 0 {
		out.HorizonUsedPeriods = new(float64(p.horizon))
	}
	if won > 0 {
		out.againstCost(&notes, in.AcquisitionSpend/won)
	}
	if out.CAC != nil && extent != value.Quick {
		out.PaybackPeriods = p.payback(true, *out.CAC)
	}
	if extent == value.Whole {
		out.Stages = in.stages(p, &there, &own, &all)
		out.shares()
		in.onePoints(out.Stages, out.TotalNet, out.HorizonUsedPeriods)
	}
	p.warnOfLongLife(&notes)
	if in.GrossMargin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	return
}

// plan is the journey after the sale: the four levers above, always at work on everybody.
func (in *HourglassInput) plan(notes *notice.List) *plan {
	b := Baseline{
		Price: in.Price, Period: in.Period, GrossMargin: in.GrossMargin, ChurnRate: in.ChurnRate,
		FirstPeriodChurn:   in.FirstPeriodChurn,
		AnnualDiscountRate: in.AnnualDiscountRate, HorizonPeriods: in.HorizonPeriods,
	}
	left := b.firstChurn()
	b.FirstPeriodChurn = new(left + (1-in.Activation)*(1-left))
	return newPlan(notes, &b, nil, []Lever{
		{Kind: KindService, Reach: 1, CostPerCustomer: in.OnboardingCost, CostPerPeriod: in.ServiceCost},
		{Kind: KindUpsell, Reach: 1, TakeUp: in.UpsellTakeUp, ExtraSpend: in.UpsellSpend, ExtraMargin: in.ExtraMargin, OfferPeriod: in.OfferPeriod},
		{Kind: KindCrossSell, Reach: 1, TakeUp: in.CrossSellTakeUp, ExtraSpend: in.CrossSellSpend, ExtraMargin: in.ExtraMargin, OfferPeriod: in.OfferPeriod},
		{Kind: KindReferral, Reach: 1, ReferralRate: in.Invitations * in.ReferralConversion, ReferralReward: in.ReferralReward},
	}, false)
}

// againstCost fills in what depends on the cost of winning one customer.
func (out *HourglassResult) againstCost(notes *notice.List, cac float64) {
	out.CAC = &cac
	if cac > 0 {
		out.LTVCACRatio = new(out.CLV / cac)
	}
	if out.CLV < cac {
		notes.Add(notice.BelowCost, "acquisition_spend", out.CLV)
	}
}

// stages splits the cohort: own is one customer's worth, all the same with friends.
func (in *HourglassInput) stages(p *plan, there *tenure, own, all *worth) []StageShare {
	until := func(n int) worth { // the baseline and its service, within n periods at most
		if p.horizon >= 0 {
			n = min(n, p.horizon)
		}
		return p.worth(running, n)
	}
	first, second, core := until(1), until(2), p.worth(running, p.horizon)
	won := in.Prospects * in.Conversion
	takers := in.UpsellTakeUp + in.CrossSellTakeUp - in.UpsellTakeUp*in.CrossSellTakeUp
	after := 1 + p.Period.PerYear()
	list := []StageShare{
		{Stage: Reach, People: &in.Prospects, Cost: in.AcquisitionSpend},
		{Stage: Win, People: &won, Value: won * first.margin, Cost: won * (first.cost - in.OnboardingCost)},
		{Stage: Onboard, People: new(won * there.present(1)), Value: won * (second.margin - first.margin),
			Cost: won * (second.cost - first.cost + in.OnboardingCost)},
		{Stage: Keep, People: new(won * there.present(after)), Value: won * (core.margin - second.margin),
			Cost: won * (core.cost - second.cost)},
		{Stage: Grow, People: new(won * there.present(int(in.OfferPeriod)) * takers), Value: won * (own.margin - core.margin)},
		{Stage: Advocate, People: own.friendsOf(won), Value: won * (all.margin - own.margin),
			Cost: won * (all.cost - core.cost)},
	}
	for i := Win; i <= Keep; i++ {
		if before := *list[i-1].People; before > 0 {
			list[i].Lost = new(1 - *list[i].People/before)
		}
	}
	return list
}

// friendsOf is how many friends won customers bring in all, theirs included; nil where there are ever more.
func (w *worth) friendsOf(won float64) *float64 {
	if w.multiplier() == nil {
		return nil
	}
	return new(won * w.chain / (1 - w.chain))
}

// shares fills in each stage's share of the margin.
func (out *HourglassResult) shares() {
	for i := range out.Stages {
		if out.TotalValue > 0 {
			out.Stages[i].Share = new(out.Stages[i].Value / out.TotalValue)
		}
	}
}

// point is how much one point more is.
const point = 0.01

// onePoints fills in what one point more is worth at each stage, by valuing the cohort again with it, within the horizon
// that its value was counted in.
func (in *HourglassInput) onePoints(list []StageShare, net float64, horizon *float64) {
	for i := range list {
		with := *in
		with.HorizonPeriods = horizon
		switch Stage(i) {
		case Reach:
			with.Prospects *= 1 + point
		case Win:
			with.Conversion += point
		case Onboard:
			with.Activation += point
		case Keep:
			with.ChurnRate -= point
			if in.FirstPeriodChurn != nil {
				with.FirstPeriodChurn = new(*in.FirstPeriodChurn - point)
			}
		case Grow:
			with.UpsellTakeUp += point
			with.CrossSellTakeUp += point
		case Advocate:
			with.ReferralConversion += point
		}
		if more, ok := with.net(); ok {
			list[i].OnePoint = new(more - net)
		}
	}
}

// net is the cohort's net value; ok is false when the input is impossible or its value without a limit.
func (in *HourglassInput) net() (net float64, ok bool) {
	notes := in.Check()
	if notes.Refused() {
		return 0, false
	}
	p := in.plan(&notes)
	if in.HorizonPeriods == nil && p.horizon >= 0 {
		return 0, false
	}
	customer := p.reach(everything)
	w := p.valued(customer, p.horizon)
	if w.friends > 1-value.MinDecay {
		return 0, false
	}
	w.withFriends()
	return in.Prospects*in.Conversion*w.net() - in.AcquisitionSpend, true
}

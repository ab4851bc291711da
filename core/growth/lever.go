package growth

// Kind is what sort of lever it is: a name, except that an annual plan changes the contract.
type Kind uint8

const (
	KindOnboarding Kind = iota
	KindService
	KindPersonalisation
	KindLoyaltyProgramme
	KindUpsell
	KindCrossSell
	KindAnnualPlan
	KindReferral
	KindSalesCycle
)

// String is the kind's wire name, empty for an unknown kind.
func (k Kind) String() string {
	return name(int(k), "onboarding", "service", "personalisation", "loyalty_programme", "upsell", "cross_sell",
		"annual_plan", "referral", "sales_cycle")
}

func name(i int, names ...string) string {
	if i < 0 || i >= len(names) {
		return ""
	}
	return names[i]
}

// A Lever is one change of the baseline for the share of customers whom it reaches, with what it costs. Every lever
// of this package comes down to this record, which is also how a growth plan is written. Churn falls are in points
// (shares of all customers); they and frequency may be negative, for a lever that does harm.
type Lever struct {
	Kind              Kind     `json:"kind" jsonschema:"title=Lever" jsonschema_description:"What sort of lever it is."`
	Reach             float64  `json:"reach" unit:"share" jsonschema:"title=Customers reached,default=1" jsonschema_description:"The share of customers that it reaches: all members, all who are offered it, all who take it up."`
	FirstChurnFall    float64  `json:"first_churn_fall" unit:"share" jsonschema:"title=Fall of first-period churn,minimum=-1,default=0" jsonschema_description:"How many points fewer of those reached leave in their first period: five points from 20% make 15%. Negative if more leave."`
	ChurnFall         float64  `json:"churn_fall" unit:"share" jsonschema:"title=Fall of churn,minimum=-1,default=0" jsonschema_description:"How many points fewer of those reached leave in every period: one point from 5% makes 4%. Negative if more leave."`
	FrequencyRise     float64  `json:"frequency_rise" unit:"rate" jsonschema:"title=Rise of purchases,minimum=-1,default=0" jsonschema_description:"How much more those reached buy per period: 10% is a tenth more. Negative if they buy less."`
	RewardCostRate    float64  `json:"reward_cost_rate" unit:"share" jsonschema:"title=Cost of rewards,default=0" jsonschema_description:"What rewards cost you as a share of what those reached spend, after breakage."`
	FeePerPeriod      float64  `json:"fee_per_period" unit:"money" jsonschema:"title=Fee per period,default=0" jsonschema_description:"What those reached pay you each period to take part."`
	TakeUp            float64  `json:"take_up" unit:"share" jsonschema:"title=Take-up,default=0" jsonschema_description:"The share of those offered it who say yes."`
	ExtraSpend        float64  `json:"extra_spend" unit:"money" jsonschema:"title=Extra spend per period,default=0" jsonschema_description:"How much more somebody who says yes spends each period from then on."`
	OneOffSpend       float64  `json:"one_off_spend" unit:"money" jsonschema:"title=Extra spend once,default=0" jsonschema_description:"How much somebody who says yes spends once, when the offer comes."`
	ExtraMargin       *float64 `json:"extra_margin,omitempty" unit:"share" jsonschema:"title=Margin of the extra spend" jsonschema_description:"The gross margin of what is sold on top. Leave it out if it is the same as that of the rest."`
	ReplacedShare     float64  `json:"replaced_share" unit:"share" jsonschema:"title=Sales it replaces,default=0" jsonschema_description:"The part of the extra spend that would have gone to what they buy from you anyway."`
	OfferPeriod       float64  `json:"offer_period" unit:"periods" jsonschema:"title=Offered after,minimum=0,multipleOf=1,default=0" jsonschema_description:"How many periods after their start customers are offered it. Only those still there can say yes."`
	OfferCost         float64  `json:"offer_cost" unit:"money" jsonschema:"title=Cost per offer,default=0" jsonschema_description:"What making the offer costs for each customer still there, whether they say yes or not."`
	ReferralRate      float64  `json:"referral_rate" unit:"count" jsonschema:"title=Friends won per period,maximum=1000,default=0" jsonschema_description:"How many friends become customers through one customer in one period."`
	ReferralReward    float64  `json:"referral_reward" unit:"money" jsonschema:"title=Reward per friend won,default=0" jsonschema_description:"What one friend won costs you in rewards, both sides together."`
	OrganicShare      float64  `json:"organic_share" unit:"share" jsonschema:"title=Would have come anyway,default=0" jsonschema_description:"The share of friends won who would have become customers without the reward. They cost the reward and bring nothing new."`
	PlanDiscount      float64  `json:"plan_discount" jsonschema:"default=0"`
	AnnualRenewalRate *float64 `json:"annual_renewal_rate,omitempty"`
	DaysSaved         float64  `json:"days_saved" unit:"days" jsonschema:"title=Days saved to the sale,minimum=-73000,default=0" jsonschema_description:"How many days sooner the first sale closes. Negative if it takes longer."`
	CostPerCustomer   float64  `json:"cost_per_customer" unit:"money" jsonschema:"title=Cost per customer reached,default=0" jsonschema_description:"What the lever costs once for each customer it reaches."`
	CostPerPeriod     float64  `json:"cost_per_period" unit:"money" jsonschema:"title=Cost per customer and period,default=0" jsonschema_description:"What the lever costs each period for each customer it reaches who is still there."`
	FixedCost         float64  `json:"fixed_cost" unit:"money" jsonschema:"title=Fixed cost,default=0" jsonschema_description:"What the lever costs in all, however many customers it reaches: tools, set-up, a campaign. It is spread over the new customers."`
}

// offers tells whether the lever makes an offer.
func (l *Lever) offers() bool { return l.TakeUp+l.OfferCost > 0 }

// extraMargin is the margin of what is sold on top, standard where it is not stated.
func (l *Lever) extraMargin(standard float64) float64 {
	if l.ExtraMargin != nil {
		return *l.ExtraMargin
	}
	return standard
}

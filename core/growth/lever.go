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
	KindAdoption
	KindPriceChange
	KindOrderValue
)

// String is the kind's wire name, empty for an unknown kind.
func (k Kind) String() string {
	return name(int(k), "onboarding", "service", "personalisation", "loyalty_programme", "upsell", "cross_sell",
		"annual_plan", "referral", "sales_cycle", "adoption", "price_change", "order_value")
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
	Kind              Kind     `json:"kind" jsonschema:"title=Lever" jsonschema_description:"The type of lever."`
	Reach             float64  `json:"reach" was:"enrolment,adoption_share" unit:"share" jsonschema:"title=Customers reached,default=1" jsonschema_description:"The share of customers who get the lever: all members, all who get the offer, or all who accept it."`
	FirstChurnFall    float64  `json:"first_churn_fall" unit:"share" jsonschema:"title=First-period churn reduction,minimum=-1,default=0" jsonschema_description:"First-period churn reduction of customers reached: 5 percentage points less than 20% is 15%. Negative if churn rises."`
	ChurnFall         float64  `json:"churn_fall" unit:"share" jsonschema:"title=Churn reduction,minimum=-1,default=0" jsonschema_description:"Churn reduction of customers reached: 1 percentage point less than 5% is 4%. Negative if churn rises."`
	FrequencyRise     float64  `json:"frequency_rise" unit:"rate" jsonschema:"title=Increase in purchase frequency,minimum=-1,default=0" jsonschema_description:"How much more often customers reached buy: 10% means 110 purchases instead of 100. Negative if they buy less often."`
	RewardCostRate    float64  `json:"reward_cost_rate" unit:"share" jsonschema:"title=Cost of rewards\\, % of spend,default=0" jsonschema_description:"Cost of rewards as a share of the spend of customers reached, without unredeemed rewards."`
	FeePerPeriod      float64  `json:"fee_per_period" unit:"money" jsonschema:"title=Membership fee per period,default=0" jsonschema_description:"What each member pays you per period."`
	TakeUp            float64  `json:"take_up" unit:"share" jsonschema:"title=Take-up rate,default=0" jsonschema_description:"The share of customers with the offer who accept it."`
	ExtraSpend        float64  `json:"extra_spend" was:"price_step" unit:"money" jsonschema:"title=Extra spend per period,default=0" jsonschema_description:"How much more a customer who accepts spends per period."`
	OneOffSpend       float64  `json:"one_off_spend" unit:"money" jsonschema:"title=Extra spend\\, one-off,default=0" jsonschema_description:"What a customer who accepts spends once, when the offer comes."`
	ExtraMargin       *float64 `json:"extra_margin,omitempty" unit:"share" jsonschema:"title=Gross margin of the extra spend" jsonschema_description:"Gross margin of the additional sales. Leave it empty if it equals your gross margin."`
	ReplacedShare     float64  `json:"replaced_share" unit:"share" jsonschema:"title=Cannibalised sales,default=0" jsonschema_description:"The share of the extra spend that replaces other sales to the same customers."`
	OfferPeriod       float64  `json:"offer_period" unit:"periods" jsonschema:"title=Offer after (periods),minimum=0,multipleOf=1,default=0" jsonschema_description:"How many periods after the start the offer is made. Only active customers can accept."`
	PromoDiscount     float64  `json:"promo_discount" jsonschema:"default=0"`
	PromoPeriods      float64  `json:"promo_periods" jsonschema:"minimum=0,default=1"`
	OfferCost         float64  `json:"offer_cost" unit:"money" jsonschema:"title=Cost per offer,default=0" jsonschema_description:"Cost of making the offer to one active customer, whether or not the customer accepts."`
	ReferralRate      float64  `json:"referral_rate" unit:"count" jsonschema:"title=Referred customers per period,maximum=1000,default=0" jsonschema_description:"How many referred customers one customer brings in one period."`
	ReferralReward    float64  `json:"referral_reward" unit:"money" jsonschema:"title=Reward per referred customer,default=0" jsonschema_description:"Cost of rewards per referred customer, both sides together."`
	OrganicShare      float64  `json:"organic_share" unit:"share" jsonschema:"title=Organic share,default=0" jsonschema_description:"The share of referred customers who would have joined anyway. They cost the reward and add nothing."`
	PlanDiscount      float64  `json:"plan_discount" jsonschema:"default=0"`
	AnnualRenewalRate *float64 `json:"annual_renewal_rate,omitempty"`
	DaysSaved         float64  `json:"days_saved" unit:"days" jsonschema:"title=Days saved until the first sale,minimum=-73000,default=0" jsonschema_description:"How many days earlier the first sale closes. Negative if later."`
	CostPerCustomer   float64  `json:"cost_per_customer" unit:"money" jsonschema:"title=Cost per customer reached,default=0" jsonschema_description:"One-off cost of the lever for each customer reached."`
	CostPerPeriod     float64  `json:"cost_per_period" unit:"money" jsonschema:"title=Cost per customer per period,default=0" jsonschema_description:"Cost of the lever in each period, for each customer reached who is active."`
	FixedCost         float64  `json:"fixed_cost" unit:"money" jsonschema:"title=Fixed cost,default=0" jsonschema_description:"Total cost that does not depend on the number of customers reached: tools, set-up, a campaign. It is spread over the new customers."`
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

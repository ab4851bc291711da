package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// Programme is the kind of loyalty programme; each has its own economics.
type Programme uint8

const (
	Points     Programme = iota // a share of spend back, some of it never redeemed
	Tiered                      // the same, at a higher rate for those above a threshold
	Paid                        // members pay a fee
	ValueBased                  // a share of spend goes to a cause: nothing is ever left unredeemed
	Coalition                   // partners bear a part of the rewards
	Gamified                    // games and prizes for each member, on top of any rewards
)

// String is the programme's wire name, empty for an unknown one.
func (p Programme) String() string {
	return name(int(p), "points", "tiered", "paid", "value_based", "coalition", "gamified")
}

// LoyaltyProgrammeInput is a baseline and a programme that a share of the customers joins.
type LoyaltyProgrammeInput struct {
	Baseline
	Programme         Programme `json:"programme" jsonschema:"title=Type of programme,default=points" jsonschema_description:"Points, tiers, a paid membership, donations to a cause, a programme with partners, or games and prizes."`
	Reach             float64   `json:"reach" was:"enrolment" words:"own" unit:"share" jsonschema:"title=Enrolment rate" jsonschema_description:"The share of customers who become members. The others do not change."`
	ChurnFall         float64   `json:"churn_fall" jsonschema:"default=0"`
	FrequencyRise     float64   `json:"frequency_rise" jsonschema:"default=0"`
	RewardRate        float64   `json:"reward_rate" unit:"share" jsonschema:"title=Reward rate,default=0" jsonschema_description:"Rewards as a share of spend, at face value: 5% means rewards of 5 for every 100 spent."`
	Breakage          float64   `json:"breakage" unit:"share" jsonschema:"title=Unredeemed rewards,default=0" jsonschema_description:"The share of rewards that members never redeem."`
	RewardUnitCost    float64   `json:"reward_unit_cost" unit:"share" jsonschema:"title=Your cost of a reward\\, % of face value,default=1" jsonschema_description:"100% for money off; less if the reward is one of your own products."`
	TopTierSpendShare float64   `json:"top_tier_spend_share" unit:"share" jsonschema:"title=Spend above the threshold,default=0" jsonschema_description:"Tiers only: the share of members' spend by members above the threshold of the top tier."`
	TopTierRewardRate float64   `json:"top_tier_reward_rate" unit:"share" jsonschema:"title=Reward rate of the top tier,default=0" jsonschema_description:"Tiers only: the reward rate above the threshold."`
	FeePerPeriod      float64   `json:"fee_per_period" jsonschema:"default=0"`
	PartnerShare      float64   `json:"partner_share" unit:"share" jsonschema:"title=Rewards paid by partners,default=0" jsonschema_description:"With partners only: the share of the reward cost that partners pay."`
	PrizeCost         float64   `json:"prize_cost" unit:"money" jsonschema:"title=Prizes per member per period,default=0" jsonschema_description:"Games only: cost of prizes per member per period."`
	CostPerCustomer   float64   `json:"cost_per_customer" jsonschema:"default=0"`
	CostPerPeriod     float64   `json:"cost_per_period" jsonschema:"default=0"`
	FixedCost         float64   `json:"fixed_cost" jsonschema:"default=0"`
}

// LoyaltyProgrammeResult is what the programme is worth, with the rewards that buy nothing.
type LoyaltyProgrammeResult struct {
	Net                float64  `json:"net_gain"`
	BreakEvenChurnFall *float64 `json:"break_even_churn_fall,omitempty" quick:"-"`
	BreakEvenRise      *float64 `json:"break_even_frequency_rise,omitempty" quick:"-"`
	BreakEvenReward    *float64 `json:"break_even_reward_cost_rate,omitempty" quick:"-" unit:"share" jsonschema:"title=Break-even reward cost" jsonschema_description:"The largest share of members' spend that rewards can cost without a loss, with the effects you entered. Empty if it loses even without rewards."`
	RewardCostRate     float64  `json:"reward_cost_rate" unit:"share" jsonschema:"title=Cost of rewards\\, % of spend" jsonschema_description:"Cost of rewards as a share of members' spend, after unredeemed rewards, tiers and partners."`
	Rewards            float64  `json:"rewards" unit:"money" jsonschema:"title=Rewards per customer" jsonschema_description:"Cost of all rewards per new customer, member or not."`
	Cannibalised       float64  `json:"rewards_on_sales_anyway" unit:"money" jsonschema:"title=Rewards on sales expected anyway" jsonschema_description:"Cost of rewards, per new customer, on purchases that members would have made without the programme. They have no effect."`
	MemberCLV          float64  `json:"member_clv" unit:"money" jsonschema:"title=Value of a member" jsonschema_description:"CLV of one member, after all costs of the programme except the fixed cost."`
	MemberRevenue      float64  `json:"member_revenue" unit:"money" jsonschema:"title=Revenue from members" jsonschema_description:"Spend and fees of members, per new customer. They are often credited to the programme, but most would have come anyway."`
	PeriodsBefore      float64  `json:"discounted_periods_before"`
	PeriodsAfter       float64  `json:"discounted_periods_after"`
	RunningCost        float64  `json:"running_cost_per_period" unit:"money" jsonschema:"title=Cost per member per period" jsonschema_description:"Cost of the programme per member per period: operation, and prizes of games."`
	Outcome            Outcome  `json:"outcome"`
}

// LoyaltyProgramme values a programme on the margin of those who join: their churn falls or their purchases rise, and
// they are paid rewards on everything they buy. What rewards cost, as a share of spend, is
//
//	e = ρ(1-b)κ                     points, paid membership, games
//	e = ((1-σ)ρ + σρ')(1-b)κ        tiers, with the share σ of spend above the threshold
//	e = ρ                           giving to a cause
//	e = ρ(1-b)κ(1-π)                with partners who bear the share π
//
// and the part on sales that would have been made anyway is reach·e·spend·a(n), with today's churn in a(n).
func LoyaltyProgramme(in LoyaltyProgrammeInput) (LoyaltyProgrammeResult, notice.List) {
	return LoyaltyProgrammeFor(&in, value.Whole)
}

// LoyaltyProgrammeFor is LoyaltyProgramme to an extent.
func LoyaltyProgrammeFor(in *LoyaltyProgrammeInput, extent value.Extent) (out LoyaltyProgrammeResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	in.unused(&notes)
	prizes := 0.0
	if in.Programme == Gamified {
		prizes = in.PrizeCost
	}
	p := newPlan(&notes, &in.Baseline, nil, []Lever{{
		Kind: KindLoyaltyProgramme, Reach: in.Reach, ChurnFall: in.ChurnFall, FrequencyRise: in.FrequencyRise,
		RewardCostRate: in.rewardCostRate(), FeePerPeriod: in.FeePerPeriod,
		CostPerCustomer: in.CostPerCustomer, CostPerPeriod: in.CostPerPeriod + prizes, FixedCost: in.FixedCost,
	}}, false)
	p.quick = extent == value.Quick
	if notes.Refused() {
		return
	}
	l := &p.levers[0]
	out.Net = p.outcome(&out.Outcome, &notes, "programme")
	out.BreakEvenChurnFall = p.churnBreakEven(&notes)
	out.BreakEvenRise = p.frequencyBreakEven(&notes)
	out.BreakEvenReward = p.breakEven(nil, &l.RewardCostRate, 0, 1, "")

	member := p.worth(1, p.horizon)
	with, today := p.reach(1), p.reach(0)
	out.RewardCostRate, out.RunningCost = l.RewardCostRate, l.CostPerPeriod
	out.PeriodsBefore, out.PeriodsAfter = today.annuity(p.horizon), with.annuity(p.horizon)
	out.Rewards = l.Reach * l.RewardCostRate * p.Price * with.frequency * with.annuity(p.horizon)
	out.Cannibalised = l.Reach * l.RewardCostRate * p.Price * today.annuity(p.horizon)
	out.MemberCLV, out.MemberRevenue = member.net(), l.Reach*member.revenue
	perPeriod := p.Price*with.frequency*(p.GrossMargin-l.RewardCostRate) + l.FeePerPeriod - l.CostPerPeriod - p.ServiceCost
	if perPeriod < 0 {
		notes.Add(notice.UnprofitableMembers, "programme", -perPeriod)
	}
	return
}

// rewardCostRate is e.
func (in *LoyaltyProgrammeInput) rewardCostRate() float64 {
	rate := in.RewardRate
	switch in.Programme {
	case ValueBased:
		return rate
	case Tiered:
		rate = (1-in.TopTierSpendShare)*rate + in.TopTierSpendShare*in.TopTierRewardRate
	case Coalition:
		rate *= 1 - in.PartnerShare
	}
	return rate * (1 - in.Breakage) * in.RewardUnitCost
}

// unused warns of figures that belong to another kind of programme.
func (in *LoyaltyProgrammeInput) unused(notes *notice.List) {
	about := subject{notes: notes}
	if in.Programme != Tiered {
		about.unused("top_tier_spend_share", in.TopTierSpendShare)
		about.unused("top_tier_reward_rate", in.TopTierRewardRate)
	}
	if in.Programme != Coalition {
		about.unused("partner_share", in.PartnerShare)
	}
	if in.Programme != Gamified {
		about.unused("prize_cost", in.PrizeCost)
	}
	if in.Programme == ValueBased {
		about.unused("breakage", in.Breakage)
		about.unused("reward_unit_cost", in.RewardUnitCost-1)
	}
}

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
	Programme         Programme `json:"programme" jsonschema:"title=Kind of programme,default=points" jsonschema_description:"Points, tiers, a paid membership, giving to a cause, a programme with partners, or games and prizes."`
	Enrolment         float64   `json:"enrolment" unit:"share" jsonschema:"title=Customers who join" jsonschema_description:"The share of customers that becomes a member. Nobody else changes."`
	ChurnFall         float64   `json:"churn_fall" jsonschema:"default=0"`
	FrequencyRise     float64   `json:"frequency_rise" jsonschema:"default=0"`
	RewardRate        float64   `json:"reward_rate" unit:"share" jsonschema:"title=Reward rate,default=0" jsonschema_description:"What members get back as a share of what they spend, at face value: 5% is a point worth 5 cents for each unit of money spent."`
	Breakage          float64   `json:"breakage" unit:"share" jsonschema:"title=Rewards never redeemed,default=0" jsonschema_description:"The share of rewards that members let lapse."`
	RewardUnitCost    float64   `json:"reward_unit_cost" unit:"share" jsonschema:"title=Your cost of a reward,default=1" jsonschema_description:"What a reward costs you of its face value: all of it for money off, less when the reward is one of your own products."`
	TopTierSpendShare float64   `json:"top_tier_spend_share" unit:"share" jsonschema:"title=Spend above the threshold,default=0" jsonschema_description:"Tiers only: the share of members' spend that comes from those above the top tier's threshold."`
	TopTierRewardRate float64   `json:"top_tier_reward_rate" unit:"share" jsonschema:"title=Reward rate of the top tier,default=0" jsonschema_description:"Tiers only: what those above the threshold get back."`
	FeePerPeriod      float64   `json:"fee_per_period" jsonschema:"default=0"`
	PartnerShare      float64   `json:"partner_share" unit:"share" jsonschema:"title=Rewards borne by partners,default=0" jsonschema_description:"With partners only: the share of the cost of rewards that the partners bear."`
	PrizeCost         float64   `json:"prize_cost" unit:"money" jsonschema:"title=Prizes per member and period,default=0" jsonschema_description:"Games only: what prizes cost you each period for each member."`
	CostPerCustomer   float64   `json:"cost_per_customer" jsonschema:"default=0"`
	CostPerPeriod     float64   `json:"cost_per_period" jsonschema:"default=0"`
	FixedCost         float64   `json:"fixed_cost" jsonschema:"default=0"`
}

// LoyaltyProgrammeResult is what the programme is worth, with the rewards that buy nothing.
type LoyaltyProgrammeResult struct {
	Net                float64  `json:"net_gain"`
	BreakEvenChurnFall *float64 `json:"break_even_churn_fall,omitempty" quick:"-"`
	BreakEvenRise      *float64 `json:"break_even_frequency_rise,omitempty" quick:"-"`
	BreakEvenReward    *float64 `json:"break_even_reward_cost_rate,omitempty" quick:"-" unit:"share" jsonschema:"title=Pays for itself up to a reward cost of" jsonschema_description:"The largest share of members' spend that rewards may cost you with the effects you stated."`
	RewardCostRate     float64  `json:"reward_cost_rate" unit:"share" jsonschema:"title=Cost of rewards" jsonschema_description:"What rewards cost you as a share of what members spend, after breakage, tiers and partners."`
	Rewards            float64  `json:"rewards" unit:"money" jsonschema:"title=Rewards per customer" jsonschema_description:"The cost of all rewards, per customer won, members or not."`
	Cannibalised       float64  `json:"rewards_on_sales_anyway" unit:"money" jsonschema:"title=Rewards on sales you would have made anyway" jsonschema_description:"The part of the rewards paid on what members would have bought without the programme. It buys nothing."`
	MemberCLV          float64  `json:"member_clv" unit:"money" jsonschema:"title=Value of a member" jsonschema_description:"After rewards and running cost, before the fixed cost."`
	MemberRevenue      float64  `json:"member_revenue" unit:"money" jsonschema:"title=Revenue from members" jsonschema_description:"All that members spend, per customer won. Programmes are often credited with all of it; most of it would have come anyway."`
	PeriodsBefore      float64  `json:"discounted_periods_before"`
	PeriodsAfter       float64  `json:"discounted_periods_after"`
	RunningCost        float64  `json:"running_cost_per_period" unit:"money" jsonschema:"title=Cost per member and period" jsonschema_description:"What the programme costs each period for each member: running it, and the prizes of games."`
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
// and the part on sales that would have been made anyway is enrolment·e·spend·a(n), with today's churn in a(n).
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
		Kind: KindLoyaltyProgramme, Reach: in.Enrolment, ChurnFall: in.ChurnFall, FrequencyRise: in.FrequencyRise,
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

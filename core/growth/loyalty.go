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
	LowShare          float64   `json:"low_margin_share" unit:"share" jsonschema:"title=Low-margin members,maximum=0.99,default=0" jsonschema_description:"The share of members who bring little margin, for example because they buy only at a discount. 0% if you do not split members."`
	LowPrice          *float64  `json:"low_margin_price,omitempty" unit:"money" jsonschema:"title=Their spend per period" jsonschema_description:"What a low-margin member pays per period, without tax. Leave it empty if it is the same."`
	LowMargin         float64   `json:"low_margin" unit:"share" jsonschema:"title=Their gross margin,minimum=-1,default=0" jsonschema_description:"Of low-margin members, before rewards. The others have what then gives the gross margin of all."`
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
	LowGain            *float64 `json:"low_margin_gain,omitempty" unit:"money" jsonschema:"title=Net gain from a low-margin member" jsonschema_description:"What one of them brings less what they cost because of the programme, before the fixed cost. Empty without low-margin members."`
	OtherGain          *float64 `json:"other_member_gain,omitempty" unit:"money" jsonschema:"title=Net gain from another member" jsonschema_description:"The same for one of the others. Weighted by their shares, the two add up to the net gain."`
	LowPerPeriod       *float64 `json:"low_margin_after_rewards,omitempty" unit:"money" jsonschema:"title=Margin of a low-margin member per period" jsonschema_description:"With fees, after rewards, service and running cost. Below 0, they lose money for as long as they stay."`
	LowRewards         *float64 `json:"low_margin_reward_share,omitempty" unit:"share" jsonschema:"title=Rewards for low-margin members" jsonschema_description:"Of the cost of all rewards."`
	BreakEvenLowShare  *float64 `json:"break_even_low_margin_share,omitempty" unit:"share" jsonschema:"title=Break-even share of low-margin members" jsonschema_description:"The largest share of them at which the programme does not lose, if each member stays as now. Empty if there is none."`
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
	in.checkLow(&notes)
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
	if in.LowShare > 0 {
		in.split(p, &out)
	}
	return
}

// low is what a low-margin member pays today.
func (in *LoyaltyProgrammeInput) low() float64 {
	if in.LowPrice != nil {
		return *in.LowPrice
	}
	return in.Price
}

// checkLow asks that something is left for the other members: with low-margin members they are the average, so they spend p - σp' in
// all and keep pg - σp'g' of it, which is not more.
func (in *LoyaltyProgrammeInput) checkLow(notes *notice.List) {
	if in.LowShare == 0 {
		about := subject{notes: notes}
		about.unused("low_margin", in.LowMargin)
		if in.LowPrice != nil {
			about.unused("low_margin_price", *in.LowPrice)
		}
		return
	}
	theirs := in.LowShare * in.low()
	slack := leftOver * in.Price
	switch spend := in.Price - theirs; {
	case spend < -slack:
		notes.Add(notice.TooHigh, "low_margin_price", in.Price/in.LowShare)
	case in.Price*in.GrossMargin-theirs*in.LowMargin > spend+slack:
		notes.Add(notice.TooLow, "low_margin", 1-in.Price*(1-in.GrossMargin)/theirs)
	}
}

// split sets low-margin members beside the others. A member who pays p at a margin g gains
//
//	G(p,g) = (p(1+f)(g-e) + φ - s - k)·A1 - (pg - s)·A0 - u,
//
// which is linear in p and pg: the gains of both groups add up to that of the average member. With the gains as they are, the
// programme breaks even at the share of low-margin members at which η(σG' + (1-σ)G) = K/N.
func (in *LoyaltyProgrammeInput) split(p *plan, out *LoyaltyProgrammeResult) {
	l := &p.levers[0]
	rise := 1 + l.FrequencyRise
	gain := func(spend, margin float64) float64 {
		after := rise*(margin-spend*l.RewardCostRate) + l.FeePerPeriod - p.ServiceCost - l.CostPerPeriod
		return after*out.PeriodsAfter - (margin-p.ServiceCost)*out.PeriodsBefore - l.CostPerCustomer
	}
	spend, others := in.low(), 1-in.LowShare
	low := gain(spend, spend*in.LowMargin)
	other := gain((p.Price-in.LowShare*spend)/others, (p.Price*p.GrossMargin-in.LowShare*spend*in.LowMargin)/others)
	out.LowGain, out.OtherGain = &low, &other
	out.LowPerPeriod = new(spend*rise*(in.LowMargin-l.RewardCostRate) + l.FeePerPeriod - p.ServiceCost - l.CostPerPeriod)
	if p.Price > 0 && l.RewardCostRate > 0 {
		out.LowRewards = new(min(1, in.LowShare*spend/p.Price))
	}
	left := other*l.Reach - l.FixedCost/p.sharing // with none of them
	if apart := (other - low) * l.Reach; apart > leftOver*p.Price*out.PeriodsAfter {
		out.BreakEvenLowShare = within(left / apart)
	}
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

package growth

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// RewardPointsInput is a baseline and the rules of a programme of points, from which its cost and its effect follow.
type RewardPointsInput struct {
	Baseline
	Reach          float64 `json:"reach" words:"own" unit:"share" jsonschema:"title=Enrolment rate" jsonschema_description:"The share of customers who become members. The others do not change."`
	RewardRate     float64 `json:"reward_rate"`
	Threshold      float64 `json:"reward_threshold" unit:"money" jsonschema:"title=Spend needed for a reward,default=0" jsonschema_description:"How much a member must spend to redeem points. Members who leave before lose theirs."`
	Breakage       float64 `json:"breakage"`
	RewardUnitCost float64 `json:"reward_unit_cost" jsonschema:"default=1"`
	Elasticity     float64 `json:"price_elasticity" unit:"number" jsonschema:"title=Price elasticity,minimum=0,maximum=10,default=0" jsonschema_description:"By how many percent purchases rise if the price falls by 1%. Members see rewards they will redeem as a lower price."`
	CostPerPeriod  float64 `json:"cost_per_period" jsonschema:"default=0"`
	FixedCost      float64 `json:"fixed_cost" jsonschema:"default=0"`
}

// RewardPointsResult is what the rules come to.
type RewardPointsResult struct {
	Net             float64  `json:"net_gain"`
	BreakEven       *float64 `json:"break_even_price_elasticity,omitempty" quick:"-" unit:"number" jsonschema:"title=Break-even price elasticity" jsonschema_description:"How strongly members must react to a lower price for the programme to pay. Empty if up to 10 is not enough."`
	Redeemed        float64  `json:"redeemed_share" unit:"share" jsonschema:"title=Points redeemed" jsonschema_description:"The share of points earned that is redeemed: not lost by leaving before the threshold, and not forgotten."`
	PeriodsToReward float64  `json:"periods_to_reward" unit:"count" jsonschema:"title=Periods until a reward" jsonschema_description:"How many periods of today's spend reach the threshold, rounded up."`
	FirstReward     float64  `json:"first_reward_share" unit:"share" jsonschema:"title=Members who get a first reward" jsonschema_description:"The share of members who are active long enough. The others have no benefit."`
	PriceCut        float64  `json:"effective_price_cut" unit:"share" jsonschema:"title=Price cut that members see" jsonschema_description:"Reward rate times the share of points redeemed."`
	FrequencyRise   float64  `json:"frequency_rise"`
	RewardCostRate  float64  `json:"reward_cost_rate"`
	PeriodsBefore   float64  `json:"discounted_periods_before"`
	Outcome         Outcome  `json:"outcome"`
}

// RewardPoints derives a programme from its rules. At today's spend p a reward takes N = ⌈threshold/p⌉ periods. Of the points of one
// round, those are redeemed whose owner is there in its last period: with churn c that is the share
//
//	N·(1-c)^(N-1)·c / (1-(1-c)^N)
//
// of all points earned, times 1-b for those forgotten. What is redeemed is a price cut e to members, who buy ε·e more; it costs κ·e of
// their spend.
func RewardPoints(in RewardPointsInput) (RewardPointsResult, notice.List) {
	return RewardPointsFor(&in, value.Whole)
}

// RewardPointsFor is RewardPoints to an extent.
func RewardPointsFor(in *RewardPointsInput, extent value.Extent) (out RewardPointsResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	rounds := 1.0
	if in.Threshold > 0 {
		if !(in.Price > 0) {
			notes.Add(notice.NotAbove, "price", 0)
			return
		}
		rounds = math.Max(1, math.Ceil(in.Threshold/in.Price-leftOver))
		if rounds > value.MaxPeriods {
			notes.Add(notice.TooHigh, "reward_threshold", in.Price*value.MaxPeriods)
			return
		}
	}
	out.PeriodsToReward = rounds
	out.Redeemed = inTime(in.ChurnRate, int(rounds)) * (1 - in.Breakage)
	out.PriceCut = in.RewardRate * out.Redeemed
	lever := func(elasticity float64) Lever {
		return Lever{Kind: KindLoyaltyProgramme, Reach: in.Reach, FrequencyRise: elasticity * out.PriceCut, RewardCostRate: out.PriceCut * in.RewardUnitCost,
			CostPerPeriod: in.CostPerPeriod, FixedCost: in.FixedCost}
	}
	p := newPlan(&notes, &in.Baseline, nil, []Lever{lever(in.Elasticity)}, false)
	p.quick = extent == value.Quick
	if notes.Refused() {
		return
	}
	today := p.reach(0)
	plain := today.undiscounted()
	out.FirstReward = plain.present(int(rounds) - 1)
	out.FrequencyRise, out.RewardCostRate = p.levers[0].FrequencyRise, p.levers[0].RewardCostRate
	out.PeriodsBefore = p.periods(0)
	out.Net = p.outcome(&out.Outcome, &notes, "reward_rate")
	out.BreakEven = p.crossing(&notes, func(x float64) float64 {
		p.levers[0] = lever(x)
		return p.gain()
	}, 0, 10, "price_elasticity")
	p.levers[0] = lever(in.Elasticity)
	return
}

// inTime is the share of points that a member who leaves with churn c in any period still redeems, where a reward takes n periods.
func inTime(c float64, n int) float64 {
	if c == 0 || n == 1 {
		return 1
	}
	if c == 1 {
		return 0
	}
	all := -math.Expm1(float64(n) * math.Log1p(-c)) // 1-(1-c)^n
	return float64(n) * power(1-c, n-1) * c / all
}

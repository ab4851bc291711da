package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// ReferralInput is a baseline and customers who bring friends.
type ReferralInput struct {
	Baseline
	Reach           float64 `json:"reach" jsonschema:"default=1"`
	Invitations     float64 `json:"invitations_per_period" unit:"count" jsonschema:"title=Friends asked per period,maximum=1000" jsonschema_description:"How many friends one customer invites in one period."`
	Conversion      float64 `json:"referral_conversion" unit:"share" jsonschema:"title=Invitations that win a customer" jsonschema_description:"The share of invited friends who become customers."`
	ReferrerReward  float64 `json:"referrer_reward" unit:"money" jsonschema:"title=Reward to the referrer,default=0" jsonschema_description:"What a customer gets from you for each friend won, at your cost."`
	FriendReward    float64 `json:"friend_reward" unit:"money" jsonschema:"title=Reward to the friend,default=0" jsonschema_description:"What each friend won gets from you, at your cost."`
	OrganicShare    float64 `json:"organic_share" jsonschema:"default=0"`
	CostPerCustomer float64 `json:"cost_per_customer" jsonschema:"default=0"`
	FixedCost       float64 `json:"fixed_cost" jsonschema:"default=0"`
}

// ReferralResult is what the friends are worth, each counted once.
type ReferralResult struct {
	Net             float64  `json:"net_gain"`
	BreakEvenReward *float64 `json:"break_even_reward,omitempty" quick:"-" unit:"money" jsonschema:"title=Most to pay for a friend won" jsonschema_description:"The rewards to both sides, together, at which the programme brings nothing."`
	BreakEvenRate   *float64 `json:"break_even_referral_rate,omitempty" per:"period" quick:"-" unit:"count" jsonschema:"title=Pays for itself from friends won per period" jsonschema_description:"How many friends each customer must bring per period to cover the fixed cost and the rewards."`
	ReferralRate    float64  `json:"referral_rate" per:"period" unit:"count" jsonschema:"title=Friends won per period" jsonschema_description:"Friends won through one customer reached, in one period."`
	Friends         *float64 `json:"friends_per_customer,omitempty" never:"always" unit:"count" jsonschema:"title=New friends per customer" jsonschema_description:"Friends won through an average customer over the whole relationship who would not have come anyway: k. Empty where it has no limit."`
	FriendsPresent  float64  `json:"discounted_friends" unit:"count" jsonschema:"title=Friends per customer: discounted" jsonschema_description:"All friends won through an average customer, those who would have come anyway too, each counted at what money is worth on the day they come."`
	Multiplier      *float64 `json:"referral_multiplier,omitempty" never:"always" unit:"ratio" jsonschema:"title=Customers per customer won" jsonschema_description:"One won, with friends, their friends and so on: 1/(1-k). Empty where it has no limit."`
	FriendValue     float64  `json:"friend_value" unit:"money" jsonschema:"title=Value of a friend" jsonschema_description:"What one friend is worth from their own start, before rewards and with the friends whom they bring. It is counted here and not once more with whom brought them."`
	Outcome         Outcome  `json:"outcome"`
}

// Referral values the friends whom customers bring. With k friends per customer, discounted to their dates, every
// customer won is followed by a chain worth 1 + k + k² + ... = 1/(1-k) customers; each member of it brings its own
// margin, once, and is the reason for one pair of rewards:
//
//	V = (M - R·k₀)/(1-k),  k = (1-ω)·k₀,  k₀ = r·ρ·v·a(n),
//
// where the share ω of friends would have come anyway. Value is conserved: A buys for 10 and brings B who buys for 10,
// 20 in all (Kumar, Petersen & Leone 2007 keep the two apart as lifetime and referral value, which must not be summed
// over customers).
func Referral(in ReferralInput) (ReferralResult, notice.List) { return ReferralFor(&in, value.Whole) }

// ReferralFor is Referral to an extent.
func ReferralFor(in *ReferralInput, extent value.Extent) (out ReferralResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	p := newPlan(&notes, &in.Baseline, nil, []Lever{{
		Kind: KindReferral, Reach: in.Reach, ReferralRate: in.Invitations * in.Conversion,
		ReferralReward: in.ReferrerReward + in.FriendReward, OrganicShare: in.OrganicShare,
		CostPerCustomer: in.CostPerCustomer, FixedCost: in.FixedCost,
	}}, false)
	p.quick = extent == value.Quick
	if notes.Refused() || p.endlessChain(&notes, "invitations_per_period") {
		return
	}
	l := &p.levers[0]
	out.ReferralRate = l.ReferralRate
	referred := p.value()[1]
	out.Friends, out.Multiplier = finite(referred.chain), referred.multiplier()
	out.FriendsPresent = l.Reach * l.ReferralRate * p.periods(0) / (1 + p.discount)
	out.FriendValue = p.friendValue()
	out.Net = p.outcome(&out.Outcome, &notes, "invitations_per_period")
	out.BreakEvenReward = p.rewardBreakEven()
	out.BreakEvenRate = p.breakEven(&notes, &l.ReferralRate, 0, p.longestChainRate(), "invitations_per_period")
	return
}

// rewardBreakEven is the reward per friend won with which the referrals bring nothing: the net gain without a reward,
// shared out over the friends that are rewarded.
func (p *plan) rewardBreakEven() *float64 {
	if p.quick {
		return nil
	}
	q := *p
	l := p.levers[0]
	q.levers, q.sets = []Lever{l}, nil
	q.levers[0].ReferralReward = 0
	gain := q.gain()
	q.levers[0] = Lever{Reach: l.Reach, ReferralRate: l.ReferralRate, OrganicShare: l.OrganicShare, ReferralReward: 1}
	friends := q.value()[1].cost
	if gain < 0 || friends == 0 {
		return nil
	}
	return new(gain / friends)
}

// friendValue is the worth of a friend with the friends of friends, before any reward.
func (p *plan) friendValue() float64 {
	return p.value()[1].margin
}

// longestChainRate is just below the referral rate at which the chain of friends is worth more than any number.
func (p *plan) longestChainRate() float64 {
	customer := p.reach(1)
	l := &p.levers[0]
	friends := l.Reach * (1 - l.OrganicShare) * customer.annuity(p.horizon) / (1 + p.discount)
	return min(1000, (1-value.MinDecay)/max(1e-12, friends))
}

package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// ReferralInput is a baseline and customers who bring friends.
type ReferralInput struct {
	Baseline
	Reach           float64 `json:"reach" jsonschema:"default=1"`
	Invitations     float64 `json:"invitations_per_period" unit:"count" jsonschema:"title=Invitations per customer per period,maximum=1000" jsonschema_description:"How many people one customer invites in one period."`
	Conversion      float64 `json:"referral_conversion" unit:"share" jsonschema:"title=Success rate of invitations" jsonschema_description:"The share of invited people who become customers."`
	ReferrerReward  float64 `json:"referrer_reward" unit:"money" jsonschema:"title=Reward to the referrer,default=0" jsonschema_description:"What a customer gets from you for each referred customer, at your cost."`
	FriendReward    float64 `json:"friend_reward" unit:"money" jsonschema:"title=Reward to the referred customer,default=0" jsonschema_description:"What each referred customer gets from you, at your cost."`
	OrganicShare    float64 `json:"organic_share" jsonschema:"default=0"`
	CostPerCustomer float64 `json:"cost_per_customer" jsonschema:"default=0"`
	FixedCost       float64 `json:"fixed_cost" jsonschema:"default=0"`
}

// ReferralResult is what the friends are worth, each counted once.
type ReferralResult struct {
	Net             float64     `json:"net_gain"`
	BreakEvenReward *float64    `json:"break_even_reward,omitempty" quick:"-" unit:"money" jsonschema:"title=Maximum reward per referred customer" jsonschema_description:"The rewards to both sides, together, at which the programme breaks even. Empty if nobody is referred, or if it loses even without rewards."`
	BreakEvenRate   *float64    `json:"break_even_referral_rate,omitempty" per:"period" quick:"-" unit:"count" jsonschema:"title=Break-even referred customers per period" jsonschema_description:"How many referred customers each customer reached must bring per period to cover all costs."`
	ReferralRate    float64     `json:"referral_rate" per:"period" unit:"count" jsonschema:"title=Referred customers per period" jsonschema_description:"Referred customers per customer reached, in one period."`
	Friends         *float64    `json:"friends_per_customer,omitempty" never:"always" unit:"count" jsonschema:"title=Viral coefficient (k)" jsonschema_description:"Referred customers per customer over the whole relationship, without those who would have joined anyway. Empty if it has no limit."`
	FriendsPresent  float64     `json:"discounted_friends" unit:"count" jsonschema:"title=Referred customers per customer\\, discounted" jsonschema_description:"All referred customers of an average customer, also those who would have joined anyway, each discounted to today."`
	Multiplier      *float64    `json:"referral_multiplier,omitempty" never:"always" unit:"ratio" jsonschema:"title=Customers per acquired customer" jsonschema_description:"One acquired customer with the whole chain of referred customers: 1/(1-k). Empty if it has no limit."`
	FriendValue     float64     `json:"friend_value" unit:"money" jsonschema:"title=Value of a referred customer" jsonschema_description:"Value of one referred customer from the first day, before rewards, with those that this customer refers. It is counted here only, not again with the customer who referred."`
	Generations     Generations `json:"generations" quick:"-" jsonschema:"title=Value by generation" jsonschema_description:"Six generations: the acquired customer, those referred by that customer, those referred by these, and so on."`
	Outcome         Outcome     `json:"outcome"`
}

// Generations are the customers who come of one acquired, by how many steps away; element i of each list is generation i.
type Generations struct {
	Generation []float64 `json:"generation" unit:"count" jsonschema:"title=Generation" jsonschema_description:"0 is the acquired customer, 1 are the referred customers, 2 are theirs."`
	Customers  []float64 `json:"generation_customers" unit:"count" jsonschema:"title=Customers\\, discounted" jsonschema_description:"How many there are per acquired customer, each discounted to the date of the first."`
	Value      []float64 `json:"generation_value" unit:"money" jsonschema:"title=Value of the generation" jsonschema_description:"Margin of the generation after rewards, before fixed cost, discounted."`
	SoFar      []float64 `json:"generation_cumulated" unit:"money" jsonschema:"title=Value so far" jsonschema_description:"Value of this generation and all before it."`
}

// generations is how many are told of.
const generations = 6

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
	if extent == value.Whole {
		out.list(p)
	}
	out.BreakEvenReward = p.rewardBreakEven()
	out.BreakEvenRate = p.breakEven(&notes, &l.ReferralRate, 0, p.longestChainRate(), "invitations_per_period")
	return
}

// list tells of the generations. Each is k times the one before, and all of them are worth V: the first is worth V(1-k).
func (out *ReferralResult) list(p *plan) {
	all := p.value()[1]
	value := (all.net() + p.levers[0].FixedCost/p.sharing) * (1 - all.friends)
	customers, sum := 1.0, 0.0
	for i := range generations {
		sum += customers * value
		g := &out.Generations
		g.Generation, g.Customers = append(g.Generation, float64(i)), append(g.Customers, customers)
		g.Value, g.SoFar = append(g.Value, customers*value), append(g.SoFar, sum)
		customers *= all.friends
	}
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

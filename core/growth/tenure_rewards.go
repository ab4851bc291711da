package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// TenureRewardsInput is a baseline and what customers get who have stayed for some periods: a gift once, a benefit from then on.
type TenureRewardsInput struct {
	Baseline
	RewardPeriod  float64 `json:"reward_period" unit:"periods" jsonschema:"title=Reward after (periods),multipleOf=1" jsonschema_description:"How many periods a customer must have stayed. Only customers still active get the reward."`
	ChurnFall     float64 `json:"churn_fall" words:"own" unit:"share" jsonschema:"title=Churn reduction from then on,minimum=-1,default=0" jsonschema_description:"In percentage points, of customers who have the reward."`
	EarlyFall     float64 `json:"early_churn_fall" unit:"share" jsonschema:"title=Churn reduction before,minimum=-1,default=0" jsonschema_description:"In percentage points, of customers on the way to the reward."`
	RewardCost    float64 `json:"reward_cost" unit:"money" jsonschema:"title=Cost of the reward\\, once,default=0" jsonschema_description:"Gift, upgrade or credit when the customer gets there, at your cost."`
	CostPerPeriod float64 `json:"cost_per_period" words:"own" unit:"money" jsonschema:"title=Cost of the benefit per period,default=0" jsonschema_description:"Discount, upgrade or early access from then on, at your cost, per rewarded customer."`
	FixedCost     float64 `json:"fixed_cost" jsonschema:"default=0"`
}

// TenureRewardsResult is what the reward is worth.
type TenureRewardsResult struct {
	Net           float64  `json:"net_gain"`
	BreakEven     *float64 `json:"break_even_churn_fall,omitempty" words:"own" quick:"-" unit:"share" jsonschema:"title=Break-even churn reduction" jsonschema_description:"The churn reduction from the reward on, in percentage points, that exactly covers its cost. Empty if none does."`
	MaxReward     *float64 `json:"max_reward_cost,omitempty" unit:"money" jsonschema:"title=Maximum cost of the reward" jsonschema_description:"The cost of the one-off reward at which the programme breaks even. Empty if nobody gets there, or if it loses even without a reward."`
	Reached       float64  `json:"rewarded_share" unit:"share" jsonschema:"title=Customers who get the reward" jsonschema_description:"The share of new customers who are still active then."`
	ReachedAnyway float64  `json:"rewarded_anyway_share" unit:"share" jsonschema:"title=Active then without the programme" jsonschema_description:"The share of new customers who get there today. They cost the reward and are no success of it."`
	Cost          float64  `json:"programme_cost"`
	AnywayCost    float64  `json:"anyway_cost" unit:"money" jsonschema:"title=Cost for customers who would have stayed anyway" jsonschema_description:"Per new customer, discounted: rewards and benefits for the periods in which customers would have been active without the programme."`
	SavedLife     *float64 `json:"periods_gained,omitempty"`
	CLVBefore     float64  `json:"clv_before"`
	CLVAfter      float64  `json:"clv_after"`
	TotalNet      *float64 `json:"total_net,omitempty" words:"own" unit:"money" jsonschema:"title=Total net gain" jsonschema_description:"Margin gain less cost, for the number of new customers you entered. Empty without that number."`
	HorizonUsed   *float64 `json:"horizon_used_periods,omitempty"`
}

// TenureRewards values a reward after T periods. Until then S falls by churn c-y, from then on by c-x; the reward R and the benefit k
// are paid to those who get there:
//
//	V = m·(a(T) + S(T)v^T·B) - S(T)v^T·(R + k·B),  B = Σ_j ((1-c+x)v)^j from T on.
func TenureRewards(in TenureRewardsInput) (TenureRewardsResult, notice.List) {
	return TenureRewardsFor(&in, value.Whole)
}

// TenureRewardsFor is TenureRewards to an extent.
func TenureRewardsFor(in *TenureRewardsInput, extent value.Extent) (out TenureRewardsResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	p := newPlan(&notes, &in.Baseline, nil, []Lever{{Kind: KindLoyaltyProgramme, ChurnFall: in.ChurnFall, FixedCost: in.FixedCost}}, false)
	p.quick = extent == value.Quick
	about, least, most := subject{notes: &notes}, min(p.firstChurn(), p.ChurnRate), max(p.firstChurn(), p.ChurnRate)
	(&budget{least, 1 - most}).take(about, "early_churn_fall", in.EarlyFall, least)
	if notes.Refused() {
		return
	}
	about.harm("early_churn_fall", in.EarlyFall)
	if p.horizon < 0 && in.EarlyFall > 0 && p.ChurnRate-max(0, in.ChurnFall)+p.discount < value.MinDecay { // all left in the first period until now
		p.horizon = value.UnboundedYears * in.Period.PerYear()
		notes.Add(notice.Unbounded, "churn_rate", value.UnboundedYears)
	}
	if p.horizon >= 0 && int(in.RewardPeriod) >= p.horizon {
		about.unused("reward_period", in.RewardPeriod)
	}
	from := int(in.RewardPeriod)
	today, with := p.stays(from, 0, 0), p.stays(from, in.EarlyFall, in.ChurnFall)
	each := p.Price*p.GrossMargin - p.ServiceCost
	out.CLVBefore = each * (today.before + today.after)
	out.Reached, out.ReachedAnyway = with.share, today.share
	out.Cost = in.RewardCost*with.at + in.CostPerPeriod*with.after
	out.AnywayCost = in.RewardCost*min(today.at, with.at) + in.CostPerPeriod*min(today.after, with.after)
	out.Cost += in.FixedCost / p.sharing
	out.CLVAfter = each*(with.before+with.after) - out.Cost
	out.Net = out.CLVAfter - out.CLVBefore
	if with.at > 0 {
		out.MaxReward = bearable(in.RewardCost, out.Net/with.at)
	}
	if p.horizon >= 0 {
		out.HorizonUsed = new(float64(p.horizon))
	}
	out.SavedLife = p.longer(from, in.EarlyFall, in.ChurnFall)
	low, high := p.churnFalls()
	out.BreakEven = p.crossing(&notes, func(fall float64) float64 {
		s := p.stays(from, in.EarlyFall, fall)
		return each*(s.before+s.after) - in.RewardCost*s.at - in.CostPerPeriod*s.after - in.FixedCost/p.sharing - out.CLVBefore
	}, low, high, "churn_fall")
	if p.NewCustomers != nil {
		out.TotalNet = new(out.Net * *p.NewCustomers)
	} else {
		notes.Add(notice.NotGiven, "new_customers", 0)
	}
	if out.Net < 0 {
		notes.Add(notice.LeverLoses, "churn_fall", -out.Net)
	}
	value.WarnOfLongLife(&notes, "churn_rate", p.reach(1).years(p.horizon))
	return
}

// A passage is a customer's stay before and after a period: discounted periods, and the chance to be there then.
type passage struct{ before, after, at, share float64 }

// stays is the stay around period from, of a customer whose churn is lower by early until then and by late afterwards.
func (p *plan) stays(from int, early, late float64) passage {
	return p.passage(tenure{discount: p.discount, wait: p.wait, annual: p.AnnualDiscountRate, perYear: p.Period.PerYear()}, from, early, late)
}

func (p *plan) passage(t tenure, from int, early, late float64) (s passage) {
	t.first, t.later = between01(p.firstChurn()-early), between01(p.ChurnRate-early)
	t.setStay()
	end, rest := from, -1
	if p.horizon >= 0 {
		end, rest = min(from, p.horizon), max(0, p.horizon-from)
	}
	s.before = t.annuity(end)
	undiscounted := t.undiscounted()
	s.share = undiscounted.present(from)
	if rest == 0 {
		return s
	}
	s.at = t.present(from)
	after := t
	after.later = between01(p.ChurnRate - late)
	after.first = after.later
	if from == 0 {
		after.first = between01(p.firstChurn() - late)
	}
	after.setStay()
	if s.at > 0 {
		s.after = s.at * after.annuity(rest)
	}
	return s
}

// longer is how many periods longer a customer stays, undiscounted; nil where that has no limit.
func (p *plan) longer(from int, early, late float64) *float64 {
	plain := tenure{perYear: p.Period.PerYear()}
	today, with := p.passage(plain, from, 0, 0), p.passage(plain, from, early, late)
	if finite(today.after) == nil || finite(with.after) == nil {
		return nil
	}
	return new(with.before + with.after - today.before - today.after)
}

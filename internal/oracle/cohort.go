package oracle

import "math"

// A lever is one change of a customer, for those whom it reaches.
type lever struct {
	annual, onboards                             bool
	reach, firstFall, fall, rise                 float64
	rewards, fee                                 float64
	takeUp, extra, once, replaced, at, offerCost float64
	promo, promoFor                              float64 // off the extra spend, and for how many periods
	extraMargin                                  float64 // None: as the rest
	referral, reward, organic                    float64
	discount, renewal                            float64
	days, perCustomer, perPeriod, fixed          float64
}

// leverOf reads a lever of a plan.
func leverOf(in Input) lever {
	return lever{annual: in.text("kind", "") == "annual_plan", onboards: in.text("kind", "") == "onboarding", reach: in.number("reach", 1), firstFall: in.number("first_churn_fall", 0), fall: in.number("churn_fall", 0),
		rise: in.number("frequency_rise", 0), rewards: in.number("reward_cost_rate", 0), fee: in.number("fee_per_period", 0), takeUp: in.number("take_up", 0),
		extra: in.number("extra_spend", 0), once: in.number("one_off_spend", 0), replaced: in.number("replaced_share", 0), at: in.number("offer_period", 0), promo: in.number("promo_discount", 0), promoFor: in.number("promo_periods", 1),
		offerCost: in.number("offer_cost", 0), extraMargin: in.number("extra_margin", None), referral: in.number("referral_rate", 0), reward: in.number("referral_reward", 0),
		organic: in.number("organic_share", 0), discount: in.number("plan_discount", 0), renewal: in.number("annual_renewal_rate", None), days: in.number("days_saved", 0),
		perCustomer: in.number("cost_per_customer", 0), perPeriod: in.number("cost_per_period", 0), fixed: in.number("fixed_cost", 0)}
}

// A cohort is customers as they are today and what may change them.
type cohort struct {
	n                                    int // periods a year
	price, margin, churn, first, service float64
	annual, customers, days, sellPerDay  float64
	counted                              bool // totals are asked for
	horizon                              int  // -1: whole lives
	levers                               []lever
}

func cohortOf(in Input, levers ...lever) *cohort {
	c := &cohort{n: perYear(in), price: in.number("price", 0), margin: in.number("gross_margin", 0), churn: in.number("churn_rate", 0),
		service: in.number("service_cost", 0), annual: in.number("annual_discount_rate", 0), customers: in.number("new_customers", 1), counted: in.given("new_customers"),
		days: in.number("days_to_sale", 0), sellPerDay: in.number("selling_cost_per_day", 0), horizon: int(in.number("horizon_periods", -1)), levers: levers}
	c.first = in.number("first_period_churn", c.churn)
	for i := range levers {
		if levers[i].annual && levers[i].renewal != levers[i].renewal {
			levers[i].renewal = 1 - c.first
			for range c.n - 1 {
				levers[i].renewal *= 1 - c.churn
			}
		}
	}
	return c
}

// fall is by how much what is still to come of the slowest to leave becomes less from one period to the next.
func (c *cohort) fall(annual float64) float64 {
	d := math.Pow(1+annual, 1/float64(c.n))
	slowest := 1.0
	first, later := c.first, c.churn
	see := func(first, later float64) {
		if first < 1-1e-12 {
			slowest = min(slowest, 1-(1-max(0, later))/d)
		}
	}
	see(first, later)
	for _, l := range c.levers {
		if first -= max(0, l.firstFall+l.fall); l.onboards {
			first = 0 // those whom it would keep
		}
		later -= max(0, l.fall)
		if l.annual {
			slowest = min(slowest, 1-math.Pow(l.renewal/(1+annual), 1/float64(c.n)))
		}
	}
	see(first, later)
	return slowest
}

// settle says how many periods count, whether that is a horizon, and whether it takes too long.
func (c *cohort) settle() (n int, cut, slow bool) {
	fall := c.fall(c.annual)
	switch {
	case c.horizon >= 0:
		return c.horizon, true, false
	case fall < noFall:
		return unlimited * c.n, true, false
	case fall < 2e-3:
		return 0, false, true
	}
	return int(40/fall) + 1 + c.n, false, false // nobody on a contract leaves within its year
}

// A life is what one customer brings in each period, from the first on; before holds what is paid before that.
type life struct {
	revenue, margin, cost, rewards []float64
	friends, all                   []float64 // who would not have come anyway, and all, counted at what money is worth when they come; by the period of the word
	thanks                         []float64 // rewards for friends, paid a period later; a part of cost
	there                          []float64 // not discounted
	plain                          []float64 // friends who would not have come anyway, not discounted
	present                        []float64 // there, discounted
	beforeMargin, beforeCost       float64
}

// live is a customer whom the levers of a set reach, for n periods.
func (c *cohort) live(set, n int) (l life) {
	list := func() []float64 { return make([]float64, n) }
	l.revenue, l.margin, l.cost, l.rewards, l.friends, l.all, l.thanks, l.there, l.plain, l.present = list(), list(), list(), list(), list(), list(), list(), list(), list(), list()
	first, later, often, days, rewards := c.first, c.churn, 1.0, c.days, 0.0
	var contract *lever
	var on []*lever
	for i := range c.levers {
		if set>>i&1 == 0 {
			continue
		}
		x := &c.levers[i]
		on = append(on, x)
		first -= x.firstFall + x.fall
		later -= x.fall
		often *= 1 + x.rise
		days -= x.days
		rewards += x.rewards
		if x.annual {
			contract = x
		}
	}
	sold := math.Pow(1+c.annual, -days/365)
	l.beforeMargin = -c.sellPerDay * days
	for _, x := range on {
		l.beforeCost += sold * x.perCustomer
	}
	there := 1.0
	for k := range n {
		worth := sold * there * math.Pow(1+c.annual, -float64(k)/float64(c.n))
		next := worth / math.Pow(1+c.annual, 1/float64(c.n))
		list := worth * c.price * often
		if contract != nil { // the year's payment is worth what it was at the start of the year; a period has its part of it
			list = sold * there * math.Pow(1+c.annual, -float64(k/c.n)) * c.price * often
		}
		spend := list
		if contract != nil {
			spend *= 1 - contract.discount
		}
		l.there[k], l.present[k] = there, worth
		l.revenue[k] = spend
		l.margin[k] = spend - list*(1-c.margin) - worth*c.service
		for _, x := range on {
			l.revenue[k] += worth * x.fee
			l.margin[k] += worth * x.fee
			l.cost[k] += worth * x.perPeriod
			sells := 0.0
			if k == int(x.at) {
				l.cost[k] += worth * x.offerCost
				sells += worth * x.takeUp * x.once
			}
			if k >= int(x.at) {
				sells += worth * x.takeUp * x.extra
			}
			left := x.extraMargin
			if left != left {
				left = c.margin
			}
			fresh := sells * (1 - x.replaced)
			l.revenue[k] += fresh
			spend += fresh
			l.margin[k] += sells*left - sells*x.replaced*c.margin
			if k >= int(x.at) && k < int(x.at+x.promoFor) { // less is paid, the goods cost the same
				off := worth * x.takeUp * x.extra * x.promo
				l.revenue[k], l.margin[k], spend = l.revenue[k]-off, l.margin[k]-off, spend-off
			}
			l.all[k] += next * x.referral
			l.friends[k] += next * x.referral * (1 - x.organic)
			l.plain[k] += there * x.referral * (1 - x.organic)
			l.thanks[k] += next * x.referral * x.reward
		}
		l.rewards[k] = rewards * spend
		l.cost[k] += l.rewards[k]
		switch {
		case contract != nil && (k+1)%c.n == 0:
			there *= contract.renewal
		case contract != nil:
		case k == 0:
			there *= math.Max(0, 1-first)
		default:
			there *= math.Min(1, 1-later)
		}
	}
	return l
}

func sum(list []float64) (s float64) {
	for _, v := range list {
		s += v
	}
	return s
}

// A total is what a customer won brings, friends and theirs included.
type total struct{ revenue, margin, cost, friends, plain, all float64 }

// chance is how likely a customer of a plan is reached by just the levers of set.
func (c *cohort) chance(set, plan int) float64 {
	p := 1.0
	for i := range c.levers {
		reach := 0.0
		if plan>>i&1 != 0 {
			reach = c.levers[i].reach
		}
		if set>>i&1 == 0 {
			reach = 1 - reach
		}
		p *= reach
	}
	return p
}

// value is what a customer won brings with the levers of a plan at work, and what one of them does before friends.
func (c *cohort) value(plan, n int) (won, one total) {
	for set := range 1 << len(c.levers) {
		p := c.chance(set, plan)
		if p == 0 {
			continue
		}
		l := c.live(set, n)
		one.revenue += p * sum(l.revenue)
		one.margin += p * (sum(l.margin) + l.beforeMargin)
		one.cost += p * (sum(l.cost) + sum(l.thanks) + l.beforeCost)
		one.friends += p * sum(l.friends)
		one.plain += p * sum(l.plain)
		one.all += p * sum(l.all)
	}
	for many := 1.0; many > 1e-19 && one.friends < 0.97; many *= one.friends { // the customer, the friends, theirs ...
		won.revenue += many * one.revenue
		won.margin += many * one.margin
		won.cost += many * one.cost
	}
	won.friends, won.plain, won.all = one.friends, one.plain, one.all
	for i := range c.levers {
		if plan>>i&1 != 0 {
			won.cost += c.levers[i].fixed / c.customers
		}
	}
	return won, one
}

func (t total) net() float64 { return t.margin - t.cost }

// payback follows the calendar: who comes through somebody's word starts in the period after it. Not known (absent) where
// rounding decides.
func (c *cohort) payback(plan, n int, alone bool, cost float64) (periods float64, known bool) {
	const long = 2400
	own, won := make([]float64, long+1), make([]float64, long+1)
	before, lead := 0.0, -cost
	for set := range 1 << len(c.levers) {
		p := c.chance(set, plan)
		if p == 0 {
			continue
		}
		l := c.live(set, min(n, long))
		before += p * (l.beforeMargin - l.beforeCost)
		for k := range l.margin {
			own[k] += p * (l.margin[k] - l.cost[k])
			own[k+1] -= p * l.thanks[k]
			won[k+1] += p * l.friends[k]
		}
	}
	for i := range c.levers {
		lead -= c.levers[i].fixed / c.customers
	}
	today := make([]float64, long+1)
	lead += before
	if !alone {
		l := c.live(0, min(n, long))
		lead -= l.beforeMargin
		copy(today, l.margin)
	}
	// Who starts in each period, and what they bring from then on.
	starts := make([]float64, long+1)
	starts[0] = 1
	last := 0 // with anybody won
	for k := range won {
		if won[k] > 1e-17 {
			last = k
		}
	}
	brought := make([]float64, long+1)
	for t := range starts {
		if starts[t] < 1e-17 && t > last {
			continue
		}
		if t > 0 {
			brought[t] += starts[t] * before
		}
		for k := 0; t+k <= long && k <= n; k++ {
			brought[t+k] += starts[t] * own[k]
		}
		for k := 1; k <= last && t+k <= long; k++ {
			starts[t+k] += starts[t] * won[k]
		}
	}
	periods, known = 0, true
	size, paid := cost, lead >= 0
	for t := range brought {
		size += math.Abs(brought[t]) + math.Abs(today[t])
	}
	if math.Abs(lead) < 1e-12 {
		paid = true
	}
	close := 0 // periods in which it is not clear on which side it is
	for t := range brought {
		was := lead
		lead += brought[t] - today[t]
		if math.Abs(lead) < 1e-9*size && math.Abs(lead) > 1e-12*size {
			close++
		}
		switch {
		case lead < -1e-9*size:
			paid = false
		case !paid:
			periods, paid = float64(t)+was/(was-lead), true
		}
	}
	if close > 0 {
		return None, false
	}
	if !paid {
		return None, true
	}
	return periods, true
}

// outcome is what every lever says.
func (c *cohort) outcome(r Results, n int, cut bool) {
	all := 1<<len(c.levers) - 1
	today, _ := c.value(0, n)
	with, _ := c.value(all, n)
	net := with.net() - today.margin
	r["net_gain"] = net
	r["outcome.margin_gain"], r["outcome.programme_cost"] = with.margin-today.margin, with.cost
	r["outcome.clv_before"], r["outcome.clv_after"] = today.margin, with.net()
	r["outcome.revenue_gain"] = with.revenue - today.revenue
	r["outcome.total_margin_gain"], r["outcome.total_cost"], r["outcome.total_net"] = c.customers*(with.margin-today.margin), c.customers*with.cost, c.customers*net
	if !c.counted {
		r["outcome.total_margin_gain"], r["outcome.total_cost"], r["outcome.total_net"] = None, None, None
	}
	r["outcome.roi"], r["outcome.revenue_roi"] = None, None
	if with.cost > 0 {
		r["outcome.roi"], r["outcome.revenue_roi"] = net/with.cost, (with.revenue-today.revenue-with.cost)/with.cost
	}
	r["outcome.horizon_used_periods"] = None
	if cut {
		r["outcome.horizon_used_periods"] = float64(n)
	}
	if math.Abs(net) > 1e-7*max(math.Abs(with.margin), math.Abs(today.margin), with.cost) {
		r["outcome.payback_months"] = None
		if net > 0 {
			if periods, known := c.payback(all, n, false, 0); known {
				r["outcome.payback_months"] = periods * 12 / float64(c.n)
			} else {
				delete(r, "outcome.payback_months")
			}
		}
	}
}

// annuity is how many periods of n a customer is there for, discounted, and not.
func (c *cohort) annuity(set, n int) (discounted, plain float64) {
	d := *c
	d.days, d.sellPerDay = 0, 0
	d.levers = append([]lever(nil), c.levers...)
	for i := range d.levers {
		d.levers[i].days = 0
	}
	l := d.live(set, n)
	return sum(l.present), sum(l.there)
}

func onboarding(in Input) Verdict {
	with := Input{"kind": "onboarding"}
	for name, v := range in {
		with[name] = v
	}
	return oneLever(with)
}

// oneLever answers for each lever by its own calculation.
func oneLever(in Input) Verdict {
	l := leverOf(in)
	loyal := in.given("programme")
	referral := in.given("invitations_per_period")
	var rate, prizes float64
	if loyal {
		rate = in.number("reward_rate", 0)
		kept, cost := 1-in.number("breakage", 0), in.number("reward_unit_cost", 1)
		switch in.text("programme", "points") {
		case "tiered":
			top := in.number("top_tier_spend_share", 0)
			rate = (1-top)*rate + top*in.number("top_tier_reward_rate", 0)
		case "value_based":
			kept, cost = 1, 1
		case "coalition":
			kept *= 1 - in.number("partner_share", 0)
		case "gamified":
			prizes = in.number("prize_cost", 0)
		}
		l.rewards = rate * kept * cost
		l.perPeriod += prizes
	}
	if referral {
		l.referral = in.number("invitations_per_period", 0) * in.number("referral_conversion", 0)
		l.reward = in.number("referrer_reward", 0) + in.number("friend_reward", 0)
	}
	if interval := in.number("purchase_interval_days", None); interval == interval {
		l.rise = interval/(interval-in.number("interval_days_saved", 0)) - 1
	}
	c := cohortOf(in, l)
	n, cut, slow := c.settle()
	if slow {
		return Verdict{Slow: true}
	}
	with, one := c.value(1, n)
	if one.friends >= 1-1e-9 {
		return Verdict{Refused: true}
	}
	if one.friends > 0.95 {
		return Verdict{Slow: true} // a chain so long that the digits of the sum go
	}
	r := Results{}
	c.outcome(r, n, cut)
	before, plainBefore := c.annuity(0, n)
	after, plainAfter := c.annuity(1, n)
	r["discounted_periods_before"], r["discounted_periods_after"] = before, after
	if cut || c.fall(0) > 2e-3 {
		if !cut {
			m := int(40/c.fall(0)) + 1
			_, plainBefore = c.annuity(0, m)
			_, plainAfter = c.annuity(1, m)
		}
		r["periods_gained"] = l.reach * (plainAfter - plainBefore)
	}
	kept := *c
	kept.levers, kept.first = nil, 0
	lasting := n
	if !cut {
		if lasting, _, slow = kept.settle(); slow {
			return Verdict{Slow: true}
		}
	}
	later, _ := kept.annuity(0, lasting)
	r["discounted_later_periods"] = later - 1
	r["frequency_rise"] = l.rise
	if loyal {
		member, today := c.live(1, n), c.live(0, n)
		r["reward_cost_rate"], r["running_cost_per_period"] = l.rewards, l.perPeriod
		r["rewards"] = l.reach * sum(member.rewards)
		r["rewards_on_sales_anyway"] = l.reach * l.rewards * sum(today.revenue)
		r["member_clv"] = sum(member.margin) - sum(member.cost) - member.beforeCost
		r["member_revenue"] = l.reach * sum(member.revenue)
		if !c.lowMargin(r, in, n) {
			return Verdict{Refused: true}
		}
	}
	if referral {
		r["referral_rate"], r["discounted_friends"] = l.referral, one.all
		r["friend_value"] = with.margin
		if cut || c.fall(0) > 2e-3 {
			m := n
			if !cut {
				m = int(40/c.fall(0)) + 1
			}
			_, plain := c.value(1, m)
			r["friends_per_customer"], r["referral_multiplier"] = plain.plain, None
			if plain.plain < 1-1e-9 {
				r["referral_multiplier"] = 1 / (1 - plain.plain)
			}
			if plain.plain > 0.999 {
				delete(r, "referral_multiplier")
			}
		}
	}
	whole := n
	if !cut {
		whole += int(l.at)
	}
	today := c.live(0, max(whole, int(l.at)+1))
	r["still_there"] = today.there[int(l.at)]
	r["discounted_share_at_offer"], r["discounted_periods_from_offer"], r["value_per_taker"] = 0, 0, None
	if int(l.at) < whole {
		r["discounted_share_at_offer"] = today.present[int(l.at)]
		r["discounted_periods_from_offer"] = sum(today.present[int(l.at):whole])
		if at := r["discounted_share_at_offer"]; at > 0 {
			left := l.extraMargin
			if left != left {
				left = c.margin
			}
			r["value_per_taker"] = (left - l.replaced*c.margin) * (l.once + l.extra*sum(today.present[int(l.at):whole])/at)
		}
	}
	return Verdict{Results: r}
}

// lowMargin follows a low-margin member and one of the others as customers of their own, where the others keep no more than they spend.
func (c *cohort) lowMargin(r Results, in Input, n int) bool {
	share := in.number("low_margin_share", 0)
	if share == 0 {
		return true
	}
	l := c.levers[0]
	spend, margin := in.number("low_margin_price", c.price), in.number("low_margin", 0)
	gain := func(price, margin float64) (gained, rewards, perPeriod float64) {
		one := *c
		one.price, one.margin = price, margin
		with, today := one.live(1, n), one.live(0, n)
		gained = sum(with.margin) - sum(with.cost) - with.beforeCost - sum(today.margin) + sum(today.cost)
		return gained, sum(with.rewards), price*(1+l.rise)*(margin-l.rewards) + l.fee - c.service - l.perPeriod
	}
	low, lowRewards, perPeriod := gain(spend, margin)
	otherSpend := (c.price - share*spend) / (1 - share)
	otherMargin := 0.0
	if otherSpend > 0 {
		otherMargin = (c.price*c.margin - share*spend*margin) / (1 - share) / otherSpend
	}
	if otherMargin > 1+1e-9 {
		return false
	}
	other, otherRewards, _ := gain(otherSpend, otherMargin)
	r["low_margin_gain"], r["other_member_gain"], r["low_margin_after_rewards"] = low, other, perPeriod
	if all := share*lowRewards + (1-share)*otherRewards; all > 0 {
		r["low_margin_reward_share"] = share * lowRewards / all
	}
	// Share by share: the least at which the mix of both loses, by halving.
	loses := func(x float64) bool { return l.reach*(x*low+(1-x)*other) < l.fixed/c.customers }
	r["break_even_low_margin_share"] = None
	if !loses(0) && loses(1) {
		from, to := 0.0, 1.0
		for range 60 {
			if middle := (from + to) / 2; loses(middle) {
				to = middle
			} else {
				from = middle
			}
		}
		r["break_even_low_margin_share"] = from
	}
	return true
}

func growthPlan(in Input) Verdict {
	var levers []lever
	for _, l := range in["levers"].([]any) {
		levers = append(levers, leverOf(Input(l.(map[string]any))))
	}
	c := cohortOf(in, levers...)
	n, cut, slow := c.settle()
	if slow {
		return Verdict{Slow: true}
	}
	all := 1<<len(levers) - 1
	worst := 0.0
	for plan := range all + 1 {
		_, one := c.value(plan, n)
		worst = max(worst, one.friends)
	}
	switch {
	case worst >= 1-1e-9:
		return Verdict{Refused: true}
	case worst > 0.95:
		return Verdict{Slow: true}
	}
	r := Results{}
	c.outcome(r, n, cut)
	today, _ := c.value(0, n)
	with, _ := c.value(all, n)
	r["interaction"] = r["net_gain"]
	for i := range levers {
		single, _ := c.value(1<<i, n)
		r["interaction"] -= single.net() - today.net()
	}
	r["ltv_cac_before"], r["ltv_cac_after"] = None, None
	if cac := in.number("cac", 0); cac > 0 {
		r["ltv_cac_before"], r["ltv_cac_after"] = today.net()/cac, with.net()/cac
	}
	return Verdict{Results: r}
}

func hourglass(in Input) Verdict {
	extra := in.number("extra_margin", None)
	at := in.number("offer_period", 1)
	c := cohortOf(in,
		lever{reach: 1, perCustomer: in.number("onboarding_cost", 0), perPeriod: in.number("service_cost", 0), extraMargin: None},
		lever{reach: 1, takeUp: in.number("upsell_take_up", 0), extra: in.number("upsell_spend", 0), extraMargin: extra, at: at},
		lever{reach: 1, takeUp: in.number("cross_sell_take_up", 0), extra: in.number("cross_sell_spend", 0), extraMargin: extra, at: at},
		lever{reach: 1, referral: in.number("invitations_per_period", 0) * in.number("referral_conversion", 0), reward: in.number("referral_reward", 0), extraMargin: None})
	c.first = 1 - in.number("activation", 1)*(1-c.first)
	c.service, c.customers = 0, 1
	n, cut, slow := c.settle()
	if slow {
		return Verdict{Slow: true}
	}
	won, one := c.value(15, n)
	switch {
	case one.friends >= 1-1e-9:
		return Verdict{Refused: true}
	case one.friends > 0.95:
		return Verdict{Slow: true}
	}
	alone, _ := c.value(7, n)
	customers := in.number("prospects", 0) * in.number("conversion", 0)
	spent := in.number("acquisition_spend", 0)
	r := Results{"clv": won.net(), "own_clv": alone.net(), "total_value": customers * won.margin, "total_cost": spent + customers*won.cost,
		"total_net": customers*won.net() - spent, "cac": ratio(spent, customers), "ltv_cac_ratio": None, "horizon_used_periods": None, "payback_periods": None}
	if customers > 0 {
		cac := spent / customers
		if cac > 0 {
			r["ltv_cac_ratio"] = won.net() / cac
		}
		if periods, known := c.payback(15, n, true, cac); known {
			r["payback_periods"] = periods
		} else {
			delete(r, "payback_periods")
		}
	}
	if cut {
		r["horizon_used_periods"] = float64(n)
	}
	if cut || c.fall(0) > 2e-3 {
		m := n
		if !cut {
			m = int(40/c.fall(0)) + 1
		}
		_, r["lifetime_periods"] = c.annuity(0, m)
		_, plain := c.value(15, m)
		r["referral_multiplier"] = None
		if plain.plain < 1-1e-9 {
			r["referral_multiplier"] = 1 / (1 - plain.plain)
		}
		if plain.plain > 0.999 {
			delete(r, "referral_multiplier")
		}
	}
	return Verdict{Results: r}
}

package growth

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// maxLevers bounds a plan: its attribution values every set of levers, 2^12 of them.
const maxLevers = 12

// A plan is a baseline and the levers that may change it, checked and ready to be valued.
type plan struct {
	Baseline
	FirstSale
	levers   []Lever
	discount float64   // per period
	wait     float64   // log(1+discount)
	horizon  int       // periods to count; -1: the whole life
	sharing  float64   // how many customers share a fixed cost
	quick    bool      // no search is to be made
	sets     []worth   // what value found
	weights  []float64 // what shares found

	customers []*reached // by set, of a plan whose levers stay as they are; nil: made anew each time
}

// newPlan checks that the levers leave something of what they take from, and settles the horizon: one for all sets of
// levers, since a value without a limit cannot be compared with one that has it. With listed, the fields of the levers
// are named as elements of a list, otherwise as the calculation's own. A nil sale takes no time.
func newPlan(notes *notice.List, b *Baseline, sale *FirstSale, levers []Lever, listed bool) *plan {
	p := &plan{
		Baseline: *b, levers: levers,
		discount: value.PerPeriod(b.AnnualDiscountRate, b.Period.PerYear()), horizon: -1,
	}
	p.wait = math.Log1p(p.discount)
	if sale != nil {
		p.FirstSale = *sale
	}
	p.share(notes)
	p.check(notes, listed)
	switch {
	case b.HorizonPeriods != nil:
		p.horizon = int(*b.HorizonPeriods)
	case p.endless():
		p.horizon = value.UnboundedYears * b.Period.PerYear()
		notes.Add(notice.Unbounded, "churn_rate", value.UnboundedYears)
	}
	for i := range levers {
		if l := &levers[i]; l.TakeUp > 0 && p.horizon >= 0 && int(l.OfferPeriod) >= p.horizon {
			subject{notes, listed, i}.unused("offer_period", l.OfferPeriod)
		}
	}
	return p
}

// share settles how many customers share a fixed cost: without their number there may be none.
func (p *plan) share(notes *notice.List) {
	if p.NewCustomers != nil {
		p.sharing = *p.NewCustomers
		return
	}
	p.sharing = 1
	for i := range p.levers {
		if p.levers[i].FixedCost > 0 {
			notes.Add(notice.Required, "new_customers", 0)
			return
		}
	}
}

// A subject is the lever that a notice is about.
type subject struct {
	notes  *notice.List
	listed bool
	index  int
}

// add adds a notice on a field of the lever, unless that was the last thing said: levers of one calculation may share
// a field.
func (s subject) add(code notice.Code, field string, limit float64) {
	if s.listed {
		field = notice.At("levers", s.index) + "/" + field
	}
	note := notice.Notice{Code: code, Field: field, Limit: limit}
	if n := len(*s.notes); n == 0 || (*s.notes)[n-1] != note {
		*s.notes = append(*s.notes, note)
	}
}

// harm warns of an effect that is a loss.
func (s subject) harm(field string, effect float64) {
	if effect < 0 {
		s.add(notice.NegativeEffect, field, effect)
	}
}

// unused warns of a figure that was stated and plays no part.
func (s subject) unused(field string, figure float64) {
	if figure != 0 {
		s.add(notice.NotUsed, field, 0)
	}
}

// rename says a notice about a figure of the lever of the input that makes it.
func rename(notes notice.List, figure, input string) {
	for i := range notes {
		if notes[i].Field == figure {
			notes[i].Field = input
		}
	}
}

// leftOver is the part of a rate below which what the levers leave of it is taken for rounding.
const leftOver = 1e-9

// endless tells whether the value under some set of levers has no limit, discounting included.
func (p *plan) endless() bool {
	first, later := p.firstChurn(), p.ChurnRate
	for i := range p.levers {
		l := &p.levers[i]
		first -= max(0, l.FirstChurnFall+l.ChurnFall)
		later -= max(0, l.ChurnFall)
		if l.Kind == KindOnboarding { // those whom it would keep have to have a limit too
			first = min(first, 0)
		}
		if l.Kind == KindAnnualPlan && 1-p.renewal(l)+p.AnnualDiscountRate < value.MinDecay {
			return true
		}
	}
	return first < 1 && later+p.discount < value.MinDecay
}

// warnOfLongLife says that a value rests on customers who stay very long within the horizon: as they are today or, where that
// does not, with the levers at work.
func (p *plan) warnOfLongLife(notes *notice.List) {
	for _, set := range [...]int{0, p.all()} {
		r := p.reach(set)
		before := len(*notes)
		value.WarnOfLongLife(notes, "churn_rate", r.years(p.horizon))
		if len(*notes) > before {
			return
		}
	}
}

// A budget is what all levers together may take from, or add to, a rate of the baseline.
type budget struct{ down, up float64 }

// take adds a problem to field when amount, positive or negative, is more than is left, and tells whether it was not.
func (b *budget) take(s subject, field string, amount, whole float64) bool {
	slack := leftOver * whole
	tooMuch, tooLow := amount > b.down+slack, -amount > b.up+slack
	switch {
	case tooMuch:
		s.add(notice.TakesTooMuch, field, max(0, b.down))
	case tooLow:
		s.add(notice.TooLow, field, -max(0, b.up))
	}
	b.down -= max(0, amount)
	b.up -= max(0, -amount)
	return !tooMuch && !tooLow
}

// check adds a problem where the levers, each within its own bounds, are impossible together: churn below 0 or above
// 1, more days saved than there are, rewards above the whole spend, two annual plans. It warns of what is negative or
// plays no part.
func (p *plan) check(notes *notice.List, listed bool) {
	first := budget{p.firstChurn(), 1 - p.firstChurn()}
	later := budget{p.ChurnRate, 1 - p.ChurnRate}
	days := budget{p.DaysToSale, math.Inf(1)}
	rewards := budget{1, 0}
	contracts := 0
	for i := range p.levers {
		l, about := &p.levers[i], subject{notes, listed, i}
		field := "first_churn_fall"
		if l.FirstChurnFall == 0 {
			field = "churn_fall"
		}
		if later.take(about, "churn_fall", l.ChurnFall, p.ChurnRate) {
			first.take(about, field, l.FirstChurnFall+l.ChurnFall, p.firstChurn())
		}
		days.take(about, "days_saved", l.DaysSaved, p.DaysToSale)
		rewards.take(about, "reward_cost_rate", l.RewardCostRate, 1)
		if l.Kind == KindAnnualPlan {
			if contracts++; contracts > 1 {
				about.add(notice.OnlyOnce, "kind", 0)
			}
			if l.AnnualRenewalRate == nil {
				about.add(notice.RenewalAssumed, "annual_renewal_rate", p.renewal(l))
			}
		} else {
			about.unused("plan_discount", l.PlanDiscount)
			if l.AnnualRenewalRate != nil {
				about.unused("annual_renewal_rate", *l.AnnualRenewalRate)
			}
		}
		if l.TakeUp*l.ExtraSpend == 0 {
			about.unused("promo_discount", l.PromoDiscount)
		}
		about.harm("first_churn_fall", l.FirstChurnFall)
		about.harm("churn_fall", l.ChurnFall)
		about.harm("frequency_rise", l.FrequencyRise)
		about.harm("days_saved", l.DaysSaved)
	}
}

// all is the set of all levers.
func (p *plan) all() int { return 1<<len(p.levers) - 1 }

// value is the worth of a customer under every set of levers, within the horizon: element S of the result. The chain
// of friends is counted and fixed costs are in.
//
// It starts from the customers whom a whole set reaches, W(T), and mixes in one lever after the other those whom it does
// not: X(S) = r X(S) + (1-r) X(S without it). That is the sum over all T of the package comment in n·2^n steps.
func (p *plan) value() []worth {
	if p.sets != nil {
		return p.sets
	}
	sets := make([]worth, 1<<len(p.levers))
	for s := range sets {
		customer := p.customer(s)
		sets[s] = p.valued(customer, p.horizon)
		sets[s].chain = customer.chain(p.horizon)
	}
	for i := range p.levers {
		for s := range sets {
			if s>>i&1 != 0 {
				sets[s].mix(&sets[s&^(1<<i)], p.levers[i].Reach)
			}
		}
	}
	for s := range sets {
		sets[s].withFriends()
		for i := range p.levers {
			if s>>i&1 != 0 {
				sets[s].cost += p.levers[i].FixedCost / p.sharing
			}
		}
	}
	p.sets = sets
	return sets
}

// endlessChain is endless for the worst set of levers.
func (p *plan) endlessChain(notes *notice.List, field string) bool {
	var worst worth
	for _, set := range p.value() {
		worst.friends, worst.chain = max(worst.friends, set.friends), max(worst.chain, set.chain)
	}
	return worst.endless(notes, field)
}

// endless adds a problem on field when each customer brings a whole new one, even after discounting: what all of them
// are worth has no limit. Where only discounting gives it one, it warns.
func (w *worth) endless(notes *notice.List, field string) bool {
	switch {
	case w.friends > 1-value.MinDecay:
		friends := w.chain
		if friends > math.MaxFloat64 {
			friends = w.friends
		}
		notes.Add(notice.EndlessChain, field, friends)
		return true
	case w.chain > 1-value.MinDecay:
		notes.Add(notice.GrowingChain, field, 0)
	}
	return false
}

// multiplier is how many customers there are to one won, 1/(1-k); nil where there are ever more.
func (w *worth) multiplier() *float64 {
	if w.chain > 1-value.MinDecay {
		return nil
	}
	return new(1 / (1 - w.chain))
}

// gain is what all levers add to the net worth of a customer within the horizon.
func (p *plan) gain() float64 { return p.lead(p.horizon, false, 0) }

// shares are the parts of customers whom each set of levers reaches, and no other lever.
func (p *plan) shares() []float64 {
	if p.weights == nil {
		p.weights = make([]float64, 1<<len(p.levers))
		p.weights[0] = 1
		for i := range p.levers {
			without, with := p.weights[:1<<i], p.weights[1<<i:2<<i]
			for s, w := range without {
				without[s], with[s] = w*(1-p.levers[i].Reach), w*p.levers[i].Reach
			}
		}
	}
	return p.weights
}

// net is what a customer is worth within n periods whom all levers may reach: that of value, without what it takes to
// know all sets.
func (p *plan) net(n int) float64 {
	var all worth
	for set, share := range p.shares() {
		if share > 0 {
			w := p.worth(set, n)
			all.add(&w, share)
		}
	}
	if all.friends > 1-value.MinDecay { // a search has come to where the chain of friends has no limit, of gain or of loss
		if all.net() < 0 {
			return -math.MaxFloat64
		}
		return math.MaxFloat64
	}
	all.withFriends()
	for i := range p.levers {
		all.cost += p.levers[i].FixedCost / p.sharing
	}
	return all.net()
}

// shapley is the part of lever i in the margin and the cost that n levers add (Shapley 1953): the average, over all
// orders in which the levers could come in, of what it adds when it comes,
//
//	φ_i = Σ_{S without i} |S|!(n-|S|-1)!/n! · (X(S with i) - X(S)).
//
// The parts of all levers add up to the whole and do not depend on the order of the list.
func shapley(sets []worth, n, i int) (margin, cost float64) {
	var weight [maxLevers]float64 // by |S|: 1/(n·C(n-1, |S|))
	choose := 1.0
	for size := range n {
		weight[size] = 1 / (float64(n) * choose)
		choose = choose * float64(n-1-size) / float64(size+1)
	}
	for s := range sets {
		if s>>i&1 == 0 {
			w, with := weight[count(s)], &sets[s|1<<i]
			margin += w * (with.margin - sets[s].margin)
			cost += w * (with.cost - sets[s].cost)
		}
	}
	return margin, cost
}

// count is how many levers a set holds.
func count(s int) (n int) {
	for ; s != 0; s &= s - 1 {
		n++
	}
	return n
}

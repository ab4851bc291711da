package growth

import (
	"math"

	"hourglass/core/value"
)

// payback is after how many periods, counted in fractions of the last, a customer whom all levers may reach is no longer
// behind one as they are today (not with alone) and a cost paid at the outset, and stays so; nil where that is never. Where
// customers bring friends, each counts from the period in which they come.
func (p *plan) payback(alone bool, cost float64) *float64 {
	q := *p
	q.remember()
	for i := range q.levers {
		if l := &q.levers[i]; l.Reach*l.ReferralRate > 0 {
			return q.calendar(alone, cost)
		}
	}
	return q.firstLead(alone, cost)
}

// lead is how far, within n periods, a customer whom all levers may reach is ahead, where nobody brings friends.
func (p *plan) lead(n int, alone bool, cost float64) float64 {
	net := p.net(n)
	if !alone {
		today := p.worth(0, n)
		cost += today.net()
	}
	if math.Abs(net-cost) < rounding*math.Abs(net) {
		return 0
	}
	return net - cost
}

// firstLead looks for the payback at doubling distances, right after each offer and its promotion, where a dip may hide; the lead is
// taken to cross zero once after the last dip found.
func (p *plan) firstLead(alone bool, cost float64) *float64 {
	behind := func(n int) bool { return p.lead(n, alone, cost) < 0 }
	longest, low := value.MaxPeriods, -1
	if p.horizon >= 0 {
		longest = p.horizon
	}
	for n := 0; n <= longest; n = max(1, 2*n) {
		if behind(n) {
			low = n
		}
	}
	for i := range p.levers {
		l := &p.levers[i]
		for _, n := range [...]int{int(l.OfferPeriod) + 1, int(l.OfferPeriod + l.PromoPeriods)} {
			if n > low && n <= longest && behind(n) {
				low = n
			}
		}
	}
	if low < 0 {
		return new(0.0)
	}
	high, below := low, p.lead(low, alone, cost)
	above := below
	for step := 1; above < 0; step *= 2 {
		if high == longest {
			return nil
		}
		low, below = high, above
		high = min(low+step, longest)
		above = p.lead(high, alone, cost)
	}
	for high-low > 1 {
		mid := (low + high) / 2
		if v := p.lead(mid, alone, cost); v < 0 {
			low, below = mid, v
		} else {
			high, above = mid, v
		}
	}
	return new(float64(low) + below/(below-above))
}

const (
	unseen   = 1e-14 // a part too small to be seen in a payback
	rounding = 1e-12 // of what came in and went out, what a lead may be off by from adding it up
)

// calendar is payback where customers bring friends. What one customer won brings in period t, with all friends who have
// come by then, is
//
//	x(t) = own(t) + Σ_j f·S(j)v^(j+1)·x(t-1-j),
//
// since each of the f friends of period j comes one period later and is a customer like any other. All are counted within
// the horizon from their own start, and the calendar is followed for the longest horizon there is.
func (p *plan) calendar(alone bool, cost float64) *float64 {
	var x, today [value.MaxPeriods + 1]float64
	var chains []chain
	seen, outset := 0, 0.0
	for set, share := range p.shares() {
		if share == 0 {
			continue
		}
		r := p.customer(set)
		n, before := p.live(r, share, &x)
		seen, outset = max(seen, n), outset+before
		if f := share * r.sold * r.friends / (1 + r.discount); f > 0 {
			c := chain{friends: f, second: (1 - r.first) / (1 + r.discount), stay: (1 - r.later) / (1 + r.discount), horizon: p.horizon}
			if p.horizon > 0 {
				c.last = power(c.stay, p.horizon-1)
			}
			if r.yearly {
				for k := range n {
					c.there = append(c.there, r.present(k))
				}
			}
			chains = append(chains, c)
		}
	}
	lead, size := outset-cost, math.Abs(outset)+cost
	if !alone {
		n, before := p.live(p.customer(0), 1, &today)
		seen, lead, size = max(seen, n), lead-before, size+math.Abs(before)
	}
	for i := range p.levers {
		each := p.levers[i].FixedCost / p.sharing
		lead, size = lead-each, size+each
	}
	periods, paid, most := 0.0, lead >= -rounding*size, 0.0
	for t := range x {
		for i := range chains {
			x[t] += chains[i].next(x[:t])
		}
		before := lead
		lead += x[t] - today[t]
		if t == 0 { // for who comes later, the outset is a part of the first period
			x[0] += outset
		}
		size += math.Abs(x[t]) + math.Abs(today[t])
		if lead < -rounding*size {
			paid = false
		} else if !paid {
			periods, paid = float64(t), true
			if lead > before {
				periods += before / (before - max(0, lead))
			}
		}
		most = max(most, math.Abs(x[t]))
		if t > seen && math.Abs(x[t]) <= unseen*most {
			break
		}
	}
	if !paid {
		return nil
	}
	return &periods
}

// live adds what a share of customers whom a set of levers reaches bring in each period of their life, friends aside. It
// returns the last period with anything in it, and what they bring before the first: a cost.
func (p *plan) live(r *reached, share float64, periods *[value.MaxPeriods + 1]float64) (seen int, outset float64) {
	at := share * r.sold
	list := at * p.Price * r.frequency
	each, year := at*(r.fees-p.ServiceCost-r.running), 0.0
	if r.contract == nil {
		each += list * (p.GrossMargin - r.rewards)
	} else {
		d := r.contract.PlanDiscount
		year = list * (p.GrossMargin - d - r.rewards*(1-d))
	}
	v := 1 / (1 + r.discount)
	there, paid, thanks := 1.0, 1.0, at*r.thanks*v
	for k := range value.MaxPeriods {
		if k == p.horizon || there < unseen {
			break
		}
		seen = k + 1
		periods[k] += each*there + year*paid
		for i := 0; r.offering>>i != 0; i++ {
			if l := &p.levers[i]; r.offering>>i&1 != 0 && k >= int(l.OfferPeriod) {
				extra := l.ExtraSpend
				if k == int(l.OfferPeriod) {
					extra += l.OneOffSpend
					periods[k] -= at * there * l.OfferCost
				}
				off := 0.0
				if k < int(l.OfferPeriod+l.PromoPeriods) {
					off = l.ExtraSpend * l.PromoDiscount
				}
				periods[k] += at * there * l.TakeUp * (extra*(p.extraMargin(l)-(1-l.ReplacedShare)*r.rewards) - off*(1-r.rewards))
			}
		}
		periods[seen] -= thanks * there
		there *= r.stays(k) * v
		if r.yearly && seen%r.perYear == 0 {
			paid *= r.renewal / (1 + r.annual)
		}
	}
	return seen, -at*r.once - share*p.SellingCostPerDay*r.delay
}

// stays is the share of those there in period k who are there in the next.
func (t *tenure) stays(k int) float64 {
	switch {
	case t.yearly && (k+1)%t.perYear == 0:
		return t.renewal
	case t.yearly:
		return 1
	case k == 0:
		return 1 - t.first
	}
	return 1 - t.later
}

// A chain is what the friends of one kind of customer bring, period by period.
type chain struct {
	friends float64   // per period of the word, each counted at what money is worth when they come
	second  float64   // S(1)v
	stay    float64   // S(k+1)v/S(k), from the second period on
	last    float64   // stay^(horizon-1), 0 for a whole life
	horizon int       // of the word
	later   float64   // Σ_j stay^(j-1)·x(s-j), j = 1 ... horizon-1, in period s
	there   []float64 // S(k)v^k, of a yearly contract
}

// next is what the friends bring in the period after those of x.
func (c *chain) next(x []float64) (sum float64) {
	s := len(x) - 1
	switch {
	case s < 0:
		return 0
	case c.there != nil:
		for k := range c.there[:min(len(x), len(c.there))] {
			sum += c.there[k] * x[s-k]
		}
		return c.friends * sum
	case s > 0:
		c.later = x[s-1] + c.stay*c.later
		if c.horizon > 0 && s >= c.horizon {
			c.later -= c.last * x[s-c.horizon]
		}
	}
	return c.friends * (x[s] + c.second*c.later)
}

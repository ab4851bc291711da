package growth

import (
	"math"

	"hourglass/core/value"
)

// payback is after how many periods, counted in fractions of the last, a customer whom all levers may reach is no longer
// behind one as they are today (not with alone) and a cost paid at the outset, and stays so; nil where that is never. What one
// customer won brings in period t, with all friends who have come by then, is
//
//	x(t) = own(t) + Σ_k won(k)·x(t-k),
//
// where won(k) friends come in a customer's period k, each a customer like any other. All are counted within the horizon from
// their own start, and the calendar is followed for the longest horizon there is.
func (p *plan) payback(alone bool, cost float64) *float64 {
	var x, won, today [value.MaxPeriods + 1]float64
	seen, outset := 0, 0.0
	for set, share := range p.shares() {
		if share > 0 {
			n, before := p.live(p.customer(set), share, &x, &won)
			seen, outset = max(seen, n), outset+before
		}
	}
	lead, size := outset-cost, math.Abs(outset)+cost
	if !alone { // who is won today brings no friends
		n, before := p.live(p.customer(0), 1, &today, &won)
		seen, lead, size = max(seen, n), lead-before, size+math.Abs(before)
	}
	for i := range p.levers {
		each := p.levers[i].FixedCost / p.NewCustomers
		lead, size = lead-each, size+each
	}
	last := seen // with anybody won
	for last > 0 && won[last] == 0 {
		last--
	}
	periods, paid, most := 0.0, lead >= -rounding*size, 0.0
	for t := range x {
		for k := 1; k <= min(t, last); k++ {
			x[t] += won[k] * x[t-k]
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

const (
	unseen   = 1e-14 // a part too small to be seen in a payback
	rounding = 1e-12 // of all that came in and went out, what a lead below zero may be from adding it up
)

// live adds what a share of customers whom a set of levers reaches bring in each period of their life, and the friends who
// come in it, counted at what money is worth then. It returns the last period with anything in it, and what they bring
// before the first: a cost.
func (p *plan) live(r *reached, share float64, periods, won *[value.MaxPeriods + 1]float64) (seen int, outset float64) {
	at := share * r.sold
	list := at * p.Price * r.frequency
	each, year := at*(r.fees-p.ServiceCost-r.running), 0.0
	if r.contract == nil {
		each += list * (p.GrossMargin - r.rewards)
	} else {
		d := r.contract.PlanDiscount
		year = list * (p.GrossMargin - d - r.rewards*(1-d))
	}
	there, paid := 1.0, 1.0
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
				periods[k] += at * there * l.TakeUp * extra * (p.extraMargin(l) - (1-l.ReplacedShare)*r.rewards)
			}
		}
		later := at * there / (1 + r.discount)
		won[seen] += later * r.friends
		periods[seen] -= later * r.thanks
		there *= r.stays(k) / (1 + r.discount)
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

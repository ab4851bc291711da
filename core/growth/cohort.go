// Package growth says what would raise the worth of a customer, by how much, and what must be true for it. All of it
// is one model: the expected margin of one customer won (a Baseline), changed by levers. What a lever is worth is the
// difference of two valuations; what a plan is worth is the same difference with all its levers at work; the
// hourglass is one valuation told by its stages.
//
// Let S(k) be the chance that a customer is there in period k = 0, 1, 2, ..., and v = 1/(1+d) with d the discount rate
// per period. With churn c1 in the first period and c in every later one,
//
//	S(0) = 1,  S(k) = (1-c1)(1-c)^(k-1),  a(n) = sum of S(k) v^k over the first n periods.
//
// A customer whom the set T of levers reaches is worth
//
//	W(T) = w·[M - C],  w = (1+d_year)^(-days to sale/365)
//
// where M is spend × margin less the cost to serve, per period, times a(n), with whatever the levers sell on top; and
// C is what the levers cost. Each such customer wins K(T) friends, counted at their discounted dates. Who is reached
// by one lever is independent of who is reached by another, so that a plan S whose levers reach shares r is the mixture
//
//	X(S) = Σ_{T⊆S} Π_{i∈T} r_i Π_{i∈S\T} (1-r_i) · X(T),  X = M, C, K,
//
// and a customer won is worth V(S) = (M(S)-C(S)) / (1-K(S)): a friend is a customer like any other, is counted once,
// and brings friends in turn (1 + K + K² + ... = 1/(1-K)).
//
// Payments fall at the start of a period. The wire's defaults are filled by the wire; a Go caller fills in every field.
package growth

import (
	"math"

	"hourglass/core/value"
)

// A Baseline is the customer as they are today, part of every lever's input. Churn and the horizon are per period, money
// too unless it says so. FirstPeriodChurn nil means the same as later, HorizonPeriods nil the whole life, NewCustomers nil
// that no totals are asked for; a fixed cost cannot be shared then, and is refused.
type Baseline struct {
	Price              float64      `json:"price"`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        float64      `json:"gross_margin"`
	ChurnRate          float64      `json:"churn_rate"`
	FirstPeriodChurn   *float64     `json:"first_period_churn,omitempty" unit:"share" jsonschema:"title=First-period churn" jsonschema_description:"The share of new customers who leave in their first period. Leave it empty if it equals later churn."`
	ServiceCost        float64      `json:"service_cost" unit:"money" jsonschema:"title=Cost to serve per period,default=0" jsonschema_description:"Cost of support and service for one customer per period, without the goods."`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	HorizonPeriods     *float64     `json:"horizon_periods,omitempty"`
	NewCustomers       *float64     `json:"new_customers,omitempty" place:"needed" unit:"count" jsonschema:"title=New customers,exclusiveMinimum=0" jsonschema_description:"How many new customers the totals are for, for example those you acquire in a year. Needed if there is a fixed cost."`
}

// A FirstSale is what comes before a customer's start. The value is counted at the first contact.
type FirstSale struct {
	DaysToSale        float64 `json:"days_to_sale" unit:"days" jsonschema:"title=Days until the first sale,default=0" jsonschema_description:"The time from first contact to first sale."`
	SellingCostPerDay float64 `json:"selling_cost_per_day" unit:"money" jsonschema:"title=Selling cost per day,default=0" jsonschema_description:"Cost of one open sale per day: calls, visits, the time of the team."`
}

// firstChurn is the churn of the first period.
func (b *Baseline) firstChurn() float64 {
	if b.FirstPeriodChurn != nil {
		return *b.FirstPeriodChurn
	}
	return b.ChurnRate
}

// A tenure is how long a customer stays. On a yearly contract nobody leaves within the year, and the share renewal
// takes the next one.
type tenure struct {
	first, later     float64 // churn
	discount, annual float64 // the same rate per period and per year
	stay, wait       float64 // log(1-later), log(1+discount)
	perYear          int
	yearly           bool
	renewal          float64
}

// annuity is a(n), the expected discounted number of the first n periods that the customer is there; n < 0 stands for
// the whole life, which is infinite where it has no limit.
func (t *tenure) annuity(n int) float64 {
	if n == 0 {
		return 0
	}
	if !t.yearly {
		if t.first == 1 { // nobody is there for a second period
			return 1
		}
		return 1 + (1-t.first)/(1+t.discount)*geometricLog(t.later, t.discount, t.stay-t.wait, n-1, n < 0)
	}
	year := geometric(0, t.discount, t.perYear, false)
	if n < 0 {
		return year * geometric(1-t.renewal, t.annual, 0, true)
	}
	years, rest := n/t.perYear, n%t.perYear
	return year*geometric(1-t.renewal, t.annual, years, false) +
		power(t.renewal/(1+t.annual), years)*geometric(0, t.discount, rest, false)
}

// from is the expected discounted number of periods k, k+1, ... of the first n that a customer without a yearly contract is
// there; the difference of two annuities would lose its digits where money loses its value fast.
func (t *tenure) from(k, n int) float64 {
	if k == 0 {
		return t.annuity(n)
	}
	if t.first == 1 {
		return 0
	}
	return t.present(k) * geometricLog(t.later, t.discount, t.stay-t.wait, n-k, n < 0)
}

// prepaid is the expected discounted number of years paid in advance that fall within n periods. Of a year that the
// horizon cuts, the part within it counts: the payment is for the whole year, and so are the goods and the service.
func (t *tenure) prepaid(n int) float64 {
	if n < 0 {
		return geometric(1-t.renewal, t.annual, 0, true)
	}
	years, rest := n/t.perYear, n%t.perYear
	return geometric(1-t.renewal, t.annual, years, false) +
		power(t.renewal/(1+t.annual), years)*float64(rest)/float64(t.perYear)
}

// present is S(k)·v^k.
func (t *tenure) present(k int) float64 {
	p := 1.0
	switch {
	case t.yearly:
		p = power(t.renewal, k/t.perYear)
	case k > 0:
		p = (1 - t.first) * power(1-t.later, k-1)
	}
	return p / power(1+t.discount, k)
}

// power is x^n for n >= 0, by repeated squaring: math.Pow is a kilobyte in the browser.
func power(x float64, n int) float64 {
	y := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 != 0 {
			y *= x
		}
		x *= x
	}
	return y
}

// undiscounted is the same tenure without a discount rate.
func (t tenure) undiscounted() tenure {
	t.discount, t.annual, t.wait = 0, 0, 0
	return t
}

// setStay sets the logarithm that goes with the churn.
func (t *tenure) setStay() { t.stay = math.Log1p(-t.later) }

// years is how long a customer stays within n periods (n < 0: the whole life), undiscounted; nil is for ever.
func (t tenure) years(n int) *float64 {
	whole := t.undiscounted()
	return finite(whole.annuity(n) / float64(t.perYear))
}

// finite is x where it is a number, nil where it is infinite.
func finite(x float64) *float64 {
	if x > math.MaxFloat64 {
		return nil
	}
	return &x
}

// geometric is the sum over n terms, or without end, of ((1-c)/(1+d))^j, j = 0, 1, ...; written in c+d, because
// 1 - (1-c)/(1+d) would lose the digits of small rates.
func geometric(c, d float64, n int, endless bool) float64 {
	return geometricLog(c, d, math.Log1p(-c)-math.Log1p(d), n, endless)
}

// geometricLog is geometric given the logarithm of the ratio.
func geometricLog(c, d, ratio float64, n int, endless bool) float64 {
	switch {
	case endless:
		return (1 + d) / (c + d)
	case n <= 0:
		return 0
	case c+d == 0:
		return float64(n)
	}
	return -math.Expm1(float64(n)*ratio) * (1 + d) / (c + d)
}

// A worth is what one customer is expected to bring: money discounted, friends as a number.
type worth struct {
	revenue float64 // spend, with what the levers sell on top
	margin  float64 // what is left of it after the goods, the service and the selling
	cost    float64 // of the levers
	friends float64 // won through the customer who would not have come anyway, discounted to their dates
	chain   float64 // the same, undiscounted: from 1 on there are ever more of them, without end (infinite) too; counted where that is asked
}

// net is margin less cost.
func (w *worth) net() float64 { return w.margin - w.cost }

// add adds a part of another worth.
func (w *worth) add(other *worth, share float64) {
	w.revenue += share * other.revenue
	w.margin += share * other.margin
	w.cost += share * other.cost
	w.friends += share * other.friends
}

// mix makes w the mixture of w, with weight share, and other.
func (w *worth) mix(other *worth, share float64) {
	w.revenue = share*w.revenue + (1-share)*other.revenue
	w.margin = share*w.margin + (1-share)*other.margin
	w.cost = share*w.cost + (1-share)*other.cost
	w.friends = share*w.friends + (1-share)*other.friends
	w.chain = part(share, w.chain) + part(1-share, other.chain)
}

// part is share·x, of which a share of nothing is nothing, even where x is infinite.
func part(share, x float64) float64 {
	if share == 0 {
		return 0
	}
	return share * x
}

// withFriends counts the whole chain of friends: everything times 1/(1-K).
func (w *worth) withFriends() {
	m := 1 / (1 - w.friends)
	w.revenue *= m
	w.margin *= m
	w.cost *= m
}

// A reached customer is the baseline changed by the levers of one set.
type reached struct {
	tenure
	frequency float64 // of spending, against today
	delay     float64 // days to the first sale
	contract  *Lever  // the annual plan, if one is in the set
	sold      float64 // discount for the delay

	fees, once, running, rewards float64 // fees and cost per period, cost at the outset, rewards as a part of spend
	friends, thanks              float64 // friends per period who would not have come anyway; rewards for friends, per period
	offering                     int     // the set of levers that make an offer
	offers                       [maxLevers]offered
}

// offered is what a customer's tenure says of the time of a lever's offer.
type offered struct{ at, before, promo float64 } // still there, discounted; annuity until then, and until the end of its promotion

// reach applies the levers of the set (bit i stands for lever i) to the baseline.
func (p *plan) reach(set int) *reached {
	r := &reached{
		tenure: tenure{
			first: p.firstChurn(), later: p.ChurnRate,
			discount: p.discount, wait: p.wait, annual: p.AnnualDiscountRate, perYear: p.Period.PerYear(),
		},
		frequency: 1, delay: p.DaysToSale,
	}
	for i := range p.levers {
		if set>>i&1 == 0 {
			continue
		}
		l := &p.levers[i]
		r.take(l)
		r.first -= l.FirstChurnFall + l.ChurnFall
		r.later -= l.ChurnFall
		r.frequency *= 1 + l.FrequencyRise
		r.delay -= l.DaysSaved
		if l.Kind == KindAnnualPlan {
			r.contract, r.yearly, r.renewal = l, true, p.renewal(l)
		}
		if l.offers() {
			r.offering |= 1 << i
		}
	}
	// The levers were checked to leave churn and delay within their bounds; this takes off the rounding.
	r.first, r.later, r.delay = between01(r.first), between01(r.later), max(0, r.delay)
	r.stay = math.Log1p(-r.later)
	r.sold = 1
	if r.delay > 0 {
		r.sold = math.Exp(-r.delay / value.CommonYear * float64(r.perYear) * r.wait)
	}
	for i := 0; r.offering>>i != 0; i++ {
		if r.offering>>i&1 != 0 {
			from := int(p.levers[i].OfferPeriod)
			r.offers[i] = offered{r.present(from), r.annuity(from), r.annuity(from + int(p.levers[i].PromoPeriods))}
		}
	}
	return r
}

// renewal is the share of a yearly contract's customers who take another year: as stated or, left out, as many as would
// stay a year without it.
func (p *plan) renewal(l *Lever) float64 {
	if l.AnnualRenewalRate != nil {
		return *l.AnnualRenewalRate
	}
	return (1 - p.firstChurn()) * power(1-p.ChurnRate, p.Period.PerYear()-1)
}

// take adds up what the levers earn and cost by the period, and once.
func (r *reached) take(l *Lever) {
	r.fees += l.FeePerPeriod
	r.once += l.CostPerCustomer
	r.running += l.CostPerPeriod
	r.rewards += l.RewardCostRate
	r.friends += (1 - l.OrganicShare) * l.ReferralRate
	r.thanks += l.ReferralReward * l.ReferralRate
}

func between01(x float64) float64 { return min(1, max(0, x)) }

// remember lets the plan keep what its levers change; they must then stay as they are.
func (p *plan) remember() {
	if p.customers == nil {
		p.customers = make([]*reached, 1<<len(p.levers))
	}
}

// customer is reach, from memory where there is one.
func (p *plan) customer(set int) *reached {
	if p.customers == nil {
		return p.reach(set)
	}
	if p.customers[set] == nil {
		p.customers[set] = p.reach(set)
	}
	return p.customers[set]
}

// worth values a customer whom all levers of the set reach, within n periods (n < 0: the whole life).
func (p *plan) worth(set, n int) worth { return p.valued(p.customer(set), n) }

func (p *plan) valued(r *reached, n int) (w worth) {
	periods := r.annuity(n)
	paid, discount := periods, 0.0
	if r.contract != nil {
		paid, discount = float64(r.perYear)*r.prepaid(n), r.contract.PlanDiscount
	}
	list := p.Price * r.frequency * paid
	spend := list * (1 - discount)
	fees := r.fees * periods
	w.revenue = spend + fees
	w.margin = list*(p.GrossMargin-discount) - p.ServiceCost*periods + fees // what is sold costs the same at any price
	w.cost = r.once + r.running*periods + r.rewards*spend
	for i := 0; r.offering>>i != 0; i++ {
		if l := &p.levers[i]; r.offering>>i&1 != 0 && (n < 0 || int(l.OfferPeriod) < n) {
			p.sell(&w, l, &r.offers[i], r.rewards, periods)
		}
	}
	if r.friends+r.thanks > 0 {
		later := periods / (1 + r.discount) // a friend starts one period after the word
		w.cost += r.thanks * later
		w.friends = r.friends * later
	}
	if r.delay > 0 {
		w.revenue *= r.sold
		w.margin = w.margin*r.sold - p.SellingCostPerDay*r.delay
		w.cost *= r.sold
		w.friends *= r.sold
	}
	return w
}

// chain is the friends of a worth, undiscounted.
func (r *reached) chain(n int) float64 {
	if r.friends == 0 {
		return 0
	}
	whole := r.undiscounted()
	return r.friends * whole.annuity(n)
}

// extraMargin is what is left of each unit of money that an offer sells, what it replaces taken off.
func (p *plan) extraMargin(l *Lever) float64 {
	return l.extraMargin(p.GrossMargin) - l.ReplacedShare*p.GrossMargin
}

// sell counts what the offer of a lever sells and costs; who earns rewards earns them on what it adds to their spend too. A promotion takes
// a part of the extra spend off for its first periods; the goods cost the same.
func (p *plan) sell(w *worth, l *Lever, o *offered, rewards, periods float64) {
	takers := l.TakeUp * (l.ExtraSpend*(periods-o.before) + l.OneOffSpend*o.at)
	off := l.TakeUp * l.ExtraSpend * l.PromoDiscount * (min(o.promo, periods) - o.before)
	spend := (1-l.ReplacedShare)*takers - off
	w.revenue += spend
	w.margin += p.extraMargin(l)*takers - off
	w.cost += l.OfferCost*o.at + rewards*spend
}

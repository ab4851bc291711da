package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// An Outcome is what a lever or a plan brings and costs, against the baseline. Money is discounted to the beginning of
// the relationship and is per customer won unless it is a total.
type Outcome struct {
	Gain                float64  `json:"margin_gain" unit:"money" jsonschema:"title=Margin gain per customer" jsonschema_description:"Increase in the margin of an average new customer, before the cost of the lever."`
	Cost                float64  `json:"programme_cost" unit:"money" jsonschema:"title=Cost per customer" jsonschema_description:"Cost per customer, averaged over all customers, reached or not."`
	ROI                 *float64 `json:"roi,omitempty" unit:"share" jsonschema:"title=Return on investment (ROI)" jsonschema_description:"Net gain divided by cost: 50% means 100 spent returns 150."`
	TotalGain           *float64 `json:"total_margin_gain,omitempty" unit:"money" jsonschema:"title=Total margin gain" jsonschema_description:"For the number of new customers you entered. Empty without that number."`
	TotalCost           *float64 `json:"total_cost,omitempty" unit:"money" jsonschema:"title=Total cost" jsonschema_description:"For the number of new customers you entered. Empty without that number."`
	TotalNet            *float64 `json:"total_net,omitempty" unit:"money" jsonschema:"title=Total net gain" jsonschema_description:"Margin gain less cost, for the number of new customers you entered. Empty without that number."`
	PaybackMonths       *float64 `json:"payback_months,omitempty" never:"always" quick:"-" unit:"months" jsonschema:"title=Payback period" jsonschema_description:"Months from a customer's first day until the margin gain covers the cost so far. Referred customers count from the day they come."`
	CLVBefore           float64  `json:"clv_before" unit:"money" jsonschema:"title=Value today" jsonschema_description:"The value of a customer without the lever."`
	CLVAfter            float64  `json:"clv_after" unit:"money" jsonschema:"title=Value with the lever" jsonschema_description:"The value of a customer with the lever, after its cost."`
	EquivalentChurnFall *float64 `json:"equivalent_churn_fall,omitempty" per:"period" quick:"-" unit:"share" jsonschema:"title=Equivalent churn reduction" jsonschema_description:"The churn reduction, in percentage points, for all customers and at no cost, with the same net gain. Use it to compare levers."`
	RevenueGain         float64  `json:"revenue_gain" unit:"money" jsonschema:"title=Revenue gain per customer" jsonschema_description:"Increase in revenue. Not a basis for return on investment: it contains the cost of goods."`
	RevenueROI          *float64 `json:"revenue_roi,omitempty" unit:"share" jsonschema:"title=ROI calculated from revenue" jsonschema_description:"Return on investment if revenue is compared with cost. Compare with the ROI from margin."`
	HorizonUsedPeriods  *float64 `json:"horizon_used_periods,omitempty" unit:"periods" jsonschema:"title=Time horizon used" jsonschema_description:"The time horizon you entered, or the one used because value over the whole lifetime has no limit."`
}

// outcome compares all levers with none, and warns of a loss, of a cost above the whole value, and of revenue taken
// for margin; field names the lever in those warnings. It returns the net gain per customer.
func (p *plan) outcome(out *Outcome, notes *notice.List, field string) (net float64) {
	sets := p.value()
	before, after := sets[0], sets[p.all()]
	out.Gain, out.Cost = after.margin-before.margin, after.cost
	out.RevenueGain = after.revenue - before.revenue
	out.CLVBefore, out.CLVAfter = before.net(), after.net()
	net = out.Gain - out.Cost
	if n := p.NewCustomers; n != nil {
		out.TotalGain, out.TotalCost, out.TotalNet = new(out.Gain**n), new(out.Cost**n), new(net**n)
	} else {
		notes.Add(notice.NotGiven, "new_customers", 0)
	}
	if out.Cost > 0 {
		out.ROI = new(net / out.Cost)
		out.RevenueROI = new((out.RevenueGain - out.Cost) / out.Cost)
	}
	if p.horizon >= 0 {
		out.HorizonUsedPeriods = new(float64(p.horizon))
	}
	if net < 0 {
		notes.Add(notice.LeverLoses, field, -net)
	}
	if !p.quick {
		out.search(p, net)
	}
	if out.Cost > out.CLVBefore && out.CLVBefore > 0 {
		notes.Add(notice.CostAboveValue, field, out.CLVBefore)
	}
	p.warnOfLongLife(notes)
	if p.GrossMargin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	return net
}

// search fills in what takes a search.
func (out *Outcome) search(p *plan, net float64) {
	if net >= 0 {
		if periods := p.payback(false, 0); periods != nil {
			out.PaybackMonths = new(*periods * 12 / float64(p.Period.PerYear()))
		}
	}
	out.EquivalentChurnFall = p.equivalentChurnFall(out.CLVAfter)
}

// equivalentChurnFall is the fall of churn, in every period, that alone makes a customer worth target.
func (p *plan) equivalentChurnFall(target float64) *float64 {
	q := plan{Baseline: p.Baseline, FirstSale: p.FirstSale, levers: []Lever{{Kind: KindService, Reach: 1}}, discount: p.discount, wait: p.wait, horizon: p.horizon}
	missed := func(fall float64) float64 {
		q.levers[0].ChurnFall = fall
		w := q.worth(1, q.horizon)
		return w.net() - target
	}
	if missed(0) == 0 { // where nothing is earned any fall is worth as much
		return new(0.0)
	}
	low, high := q.churnFalls()
	x, ok := root(missed, low, high)
	if !ok {
		return nil
	}
	return &x
}

// churnFalls are the ends of what churn can fall by in every period. Over a whole life without a discount rate the upper
// end stops short of no churn at all, which would have no limit.
func (p *plan) churnFalls() (low, high float64) {
	first, later := p.firstChurn(), p.ChurnRate
	high = min(first, later)
	if p.horizon < 0 {
		high = min(high, later+p.discount-value.MinDecay)
	}
	return -min(1-first, 1-later), high
}

// breakEven is the effect, in [low, high], with which the only lever of the plan pays for its cost; effect points into
// that lever. Where none does, a notice on field says how much is missing at the nearest end. Where any does, there
// is none either: the lever pays without it. A nil notes asks for no notice.
func (p *plan) breakEven(notes *notice.List, effect *float64, low, high float64, field string) *float64 {
	stated := *effect
	x := p.crossing(notes, func(x float64) float64 {
		*effect = x
		return p.gain()
	}, low, high, field)
	*effect = stated
	return x
}

// crossing is breakEven for what x does to the plan, which net tells.
func (p *plan) crossing(notes *notice.List, net func(x float64) float64, low, high float64, field string) *float64 {
	if p.quick {
		return nil
	}
	x, ok := 0.0, net(0) == 0 && net(high) >= 0 // nothing to pay for
	if !ok {
		x, ok = root(net, low, high)
	}
	if !ok && notes != nil {
		if nearest := max(net(low), net(high)); nearest < 0 {
			notes.Add(notice.NoBreakEven, field, -nearest)
		}
	}
	if !ok {
		return nil
	}
	return &x
}

// churnBreakEven is breakEven for a fall of churn with no other effect on what customers buy.
func (p *plan) churnBreakEven(notes *notice.List) *float64 {
	q := p.without()
	low, high := p.churnFalls()
	return q.breakEven(notes, &q.levers[0].ChurnFall, low, high, "churn_fall")
}

// frequencyBreakEven is breakEven for a rise of purchases with no other effect.
func (p *plan) frequencyBreakEven(notes *notice.List) *float64 {
	q := p.without()
	return q.breakEven(notes, &q.levers[0].FrequencyRise, -1, maxRise, "frequency_rise")
}

// maxRise is the largest rise of purchases that is asked for or searched.
const maxRise = 10

// without is the plan of one lever with the same costs and none of the effects on churn and purchases.
func (p *plan) without() *plan {
	q := *p
	l := p.levers[0]
	l.FirstChurnFall, l.ChurnFall, l.FrequencyRise = 0, 0, 0
	q.levers, q.sets = []Lever{l}, nil
	return &q
}

// bearable is the cost at which a lever breaks even, from its cost and what it gains by each that costs it; nil where it loses even
// without a cost. What only rounding takes below 0 is 0.
func bearable(cost, gain float64) *float64 {
	most := cost + gain
	if most < -leftOver*cost {
		return nil
	}
	return finite(max(0, most))
}

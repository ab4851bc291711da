package growth

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// AcquisitionRetentionInput is what is spent, per year, on winning prospects and on keeping customers, what comes of
// it, and what could come of it at most.
type AcquisitionRetentionInput struct {
	Prospects          *float64 `json:"prospects,omitempty" place:"needed"`
	Margin             float64  `json:"margin" unit:"money" jsonschema:"title=Margin per customer per year" jsonschema_description:"Margin of one customer in a year, after the cost of goods and before marketing."`
	SpendPerProspect   float64  `json:"spend_per_prospect" unit:"money" jsonschema:"title=Acquisition spend per prospect,exclusiveMinimum=0" jsonschema_description:"Your spend on each prospect, whether or not the prospect becomes a customer."`
	AcquisitionRate    float64  `json:"acquisition_rate" unit:"share" jsonschema:"title=Conversion rate,exclusiveMinimum=0" jsonschema_description:"The share of prospects who become customers at that spend."`
	AcquisitionCeiling float64  `json:"acquisition_ceiling" unit:"share" jsonschema:"title=Conversion rate ceiling" jsonschema_description:"The share you would acquire with unlimited spend. Your own estimate."`
	SpendPerCustomer   float64  `json:"spend_per_customer" unit:"money" jsonschema:"title=Retention spend per customer per year,exclusiveMinimum=0" jsonschema_description:"Your yearly spend per customer on retention."`
	RetentionRate      float64  `json:"retention_rate" jsonschema:"exclusiveMinimum=0"`
	RetentionCeiling   float64  `json:"retention_ceiling" unit:"share" jsonschema:"title=Retention rate ceiling" jsonschema_description:"The share you would retain each year with unlimited spend. Your own estimate."`
	AnnualDiscountRate float64  `json:"annual_discount_rate" jsonschema:"default=0"`
}

// AcquisitionRetentionResult says where the next unit of money works harder, and where the best balance lies.
type AcquisitionRetentionResult struct {
	AcquisitionReturn float64       `json:"acquisition_return" unit:"ratio" jsonschema:"title=Return on more acquisition spend" jsonschema_description:"Value gained per 1 spent. Below 1, more spend loses money."`
	RetentionReturn   float64       `json:"retention_return" unit:"ratio" jsonschema:"title=Return on more retention spend" jsonschema_description:"Value gained per 1 spent. Below 1, more spend loses money."`
	CLV               float64       `json:"clv" words:"own" unit:"money" jsonschema:"title=Customer lifetime value (CLV)" jsonschema_description:"The margin expected from one customer after retention spend, before acquisition spend, discounted."`
	NewSaleCost       float64       `json:"new_sale_cost" unit:"money" jsonschema:"title=Cost per new customer" jsonschema_description:"Acquisition spend per prospect, divided by the conversion rate."`
	RepeatSaleCost    float64       `json:"repeat_sale_cost" unit:"money" jsonschema:"title=Cost per retained customer" jsonschema_description:"Retention spend per customer, divided by the retention rate."`
	CostRatio         float64       `json:"new_to_repeat_cost_ratio" unit:"ratio" jsonschema:"title=Cost of a new customer : retained customer" jsonschema_description:"Cost per new customer divided by cost per retained customer, from your own figures."`
	LikelihoodRatio   float64       `json:"repeat_likelihood_ratio" unit:"ratio" jsonschema:"title=Retention : conversion" jsonschema_description:"Retention rate divided by conversion rate, from your own figures."`
	Budget            *float64      `json:"budget,omitempty" unit:"money" jsonschema:"title=Total spend" jsonschema_description:"Acquisition spend on all prospects, plus retention spend on acquired customers while they stay, discounted."`
	Today             SpendingPoint `json:"today" jsonschema:"title=Today" jsonschema_description:"With the spend you entered."`
	SameBudget        SpendingPoint `json:"same_budget" quick:"-" jsonschema:"title=Best split of the current budget" jsonschema_description:"The split of your total spend with the highest customer equity."`
	Best              SpendingPoint `json:"best" quick:"-" jsonschema:"title=Best spend" jsonschema_description:"The spend with the highest customer equity, if the budget has no limit."`
}

// A SpendingPoint is one way to spend.
type SpendingPoint struct {
	SpendPerProspect float64  `json:"spend_per_prospect" unit:"money" jsonschema:"title=Acquisition spend per prospect" jsonschema_description:"On acquiring each prospect."`
	SpendPerCustomer float64  `json:"spend_per_customer" unit:"money" jsonschema:"title=Retention spend per customer per year" jsonschema_description:"On retaining each customer."`
	AcquisitionRate  float64  `json:"acquisition_rate" unit:"share" jsonschema:"title=Conversion rate" jsonschema_description:"With this spend."`
	RetentionRate    float64  `json:"retention_rate" unit:"share" jsonschema:"title=Retention rate per year" jsonschema_description:"With this spend."`
	AcquisitionShare float64  `json:"acquisition_share" unit:"share" jsonschema:"title=Share of spend on acquisition" jsonschema_description:"The rest is spent on retention."`
	CustomerEquity   *float64 `json:"customer_equity,omitempty" unit:"money" jsonschema:"title=Customer equity" jsonschema_description:"Value of all prospects after acquisition and retention spend."`
}

// A response is how a rate answers to spending x: ceiling·(1 - e^(-slope·x)) (Blattberg & Deighton 1996).
type response struct{ ceiling, slope float64 }

// calibrated is the response through one observed point.
func calibrated(spend, rate, ceiling float64) response {
	return response{ceiling, -math.Log1p(-rate/ceiling) / spend}
}

func (r response) rate(x float64) float64 { return -r.ceiling * math.Expm1(-r.slope*x) }

// steepness is the derivative of rate.
func (r response) steepness(x float64) float64 { return r.ceiling * r.slope * math.Exp(-r.slope*x) }

// A market is the two responses with what a customer is worth.
type market struct {
	win, keep        response
	margin, discount float64
}

// leaving is 1 + d - r(R), without cancellation.
func (m *market) leaving(spend float64) float64 {
	return 1 + m.discount - m.keep.ceiling + m.keep.ceiling*math.Exp(-m.keep.slope*spend)
}

// keepCost is R/(1+d-r), the discounted cost of keeping one customer won for as long as they stay.
func (m *market) keepCost(spend float64) float64 { return spend / m.leaving(spend) }

// value is what one customer won is worth after that cost: m + (m·r - R)/(1+d-r).
func (m *market) value(spend float64) float64 {
	return m.margin + (m.margin*m.keep.rate(spend)-spend)/m.leaving(spend)
}

// keepReturn is what the next unit of discounted retention spending brings: the derivative of the margin kept by that
// of its cost, m(1+d)r'/(1+d-r+R·r').
func (m *market) keepReturn(spend float64) float64 {
	steep := m.keep.steepness(spend)
	return m.margin * (1 + m.discount) * steep / (m.leaving(spend) + spend*steep)
}

// equity is a·(value) - A, per prospect.
func (m *market) equity(win, keep float64) float64 { return m.win.rate(win)*m.value(keep) - win }

// AcquisitionRetention is the customer equity test of Blattberg & Deighton (1996). With A spent per prospect and R per
// customer and year,
//
//	CE = a(A)·[m + (m - R/r)·r'/(1-r')] - A,  r' = r(R)/(1+d),
//
// where a and r rise towards their ceilings as spending grows, the first unit doing most. The next unit on winning
// brings a'(A) customers' value; the next unit of discounted retention spending brings m(1+d)r'(R)/(1+d-r+R·r'(R)).
func AcquisitionRetention(in AcquisitionRetentionInput) (AcquisitionRetentionResult, notice.List) {
	return AcquisitionRetentionFor(&in, value.Whole)
}

// AcquisitionRetentionFor is AcquisitionRetention to an extent.
func AcquisitionRetentionFor(in *AcquisitionRetentionInput, extent value.Extent) (out AcquisitionRetentionResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if in.AcquisitionRate >= in.AcquisitionCeiling {
		notes.Add(notice.NotBelow, "acquisition_rate", in.AcquisitionCeiling)
	}
	if in.RetentionRate >= in.RetentionCeiling {
		notes.Add(notice.NotBelow, "retention_rate", in.RetentionCeiling)
	}
	if in.RetentionCeiling == 1 && in.AnnualDiscountRate == 0 { // worth spending without limit
		notes.Add(notice.NotBelow, "retention_ceiling", 1)
	}
	if notes.Refused() {
		return
	}
	m := market{
		win:    calibrated(in.SpendPerProspect, in.AcquisitionRate, in.AcquisitionCeiling),
		keep:   calibrated(in.SpendPerCustomer, in.RetentionRate, in.RetentionCeiling),
		margin: in.Margin, discount: in.AnnualDiscountRate,
	}
	win, keep := in.SpendPerProspect, in.SpendPerCustomer
	out.CLV = m.value(keep)
	out.AcquisitionReturn = m.win.steepness(win) * out.CLV
	out.RetentionReturn = m.keepReturn(keep)
	out.NewSaleCost, out.RepeatSaleCost = win/in.AcquisitionRate, keep/in.RetentionRate
	out.CostRatio = out.NewSaleCost / out.RepeatSaleCost
	out.LikelihoodRatio = in.RetentionRate / in.AcquisitionRate

	budget := win + m.win.rate(win)*m.keepCost(keep)
	if in.Prospects != nil {
		out.Budget = new(*in.Prospects * budget)
	} else {
		notes.Add(notice.NotGiven, "prospects", 0)
	}
	out.Today = m.point(win, keep, in.Prospects)
	if extent != value.Quick {
		if m.margin > 0 { // else every split of the budget loses all of it, and today's is as good as any
			win, keep = m.split(budget)
		}
		out.SameBudget = m.point(win, keep, in.Prospects)
		win, keep = m.best()
		out.Best = m.point(win, keep, in.Prospects)
	}

	value.WarnOfLongLife(&notes, "retention_rate", finite(1/(1-in.RetentionRate)))
	overspent(&notes, "spend_per_prospect", out.AcquisitionReturn)
	overspent(&notes, "spend_per_customer", out.RetentionReturn)
	return
}

// overspent warns when the next unit of money brings less than itself.
func overspent(notes *notice.List, field string, brings float64) {
	if brings < 1 {
		notes.Add(notice.Overspent, field, brings)
	}
}

func (m *market) point(win, keep float64, prospects *float64) SpendingPoint {
	p := SpendingPoint{
		SpendPerProspect: win, SpendPerCustomer: keep,
		AcquisitionRate: m.win.rate(win), RetentionRate: m.keep.rate(keep),
	}
	if prospects != nil {
		p.CustomerEquity = new(*prospects * m.equity(win, keep))
	}
	if all := win + p.AcquisitionRate*m.keepCost(keep); all > 0 {
		p.AcquisitionShare = win / all
	}
	return p
}

// best is the spending with the highest equity. Retention does not depend on acquisition: the derivative of value is
// zero where k·C·(m(1+d) - R) - C = (1+d-C)·e^(kR), the left side falling and the right rising. Then the next unit
// spent on winning must bring exactly itself: a'(A)·value = 1.
func (m *market) best() (win, keep float64) {
	k, c := m.keep.slope, m.keep.ceiling
	most := m.margin * (1 + m.discount)
	if x, ok := root(func(x float64) float64 {
		falling := k*c*(most-x) - c
		if never := 1 + m.discount - c; never > 0 {
			falling -= never * math.Exp(k*x)
		}
		return falling
	}, 0, most); ok {
		keep = x
	}
	if gain := m.win.ceiling * m.win.slope * m.value(keep); gain > 1 {
		win = math.Log(gain) / m.win.slope
	}
	return win, keep
}

// split is the best way to spend budget per prospect: on A for winning, and the rest R on keeping those won. There the
// next unit of discounted money brings as much on either side. With what the next unit on keeping brings called λ,
// raising A costs 1 + a'·R/(1+d-r), and the slope of the equity along the budget has the sign of
//
//	a'(A)·(value before retention cost - λ·R/(1+d-r)) - λ.
//
// The equity may have more than one hill, so that a coarse look over the whole range finds where to search.
func (m *market) split(budget float64) (win, keep float64) {
	const steps = 64
	best, step := math.Inf(-1), budget/steps
	for i := 1.0; i <= steps; i++ {
		if e := m.equity(i*step, m.kept(budget, i*step)); e > best {
			best, win = e, i*step
		}
	}
	if x, ok := root(func(x float64) float64 {
		keep := m.kept(budget, x)
		brings, cost := m.keepReturn(keep), m.keepCost(keep)
		return m.win.steepness(x)*(m.value(keep)+cost-brings*cost) - brings
	}, max(win-step, step*1e-9), min(win+step, budget)); ok {
		win = x
	}
	return win, m.kept(budget, win)
}

// kept is the retention spend per customer that uses up budget when win of it goes to winning.
func (m *market) kept(budget, win float64) float64 {
	won := m.win.rate(win)
	left := budget - win
	if left <= 0 || won <= 0 {
		return 0
	}
	each := left / won
	x, _ := root(func(x float64) float64 { return m.keepCost(x) - each }, 0, each*(1+m.discount))
	return x
}

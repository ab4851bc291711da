package economics

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// NetRetentionInput is what became of the recurring revenue of a base within one period.
type NetRetentionInput struct {
	StartingRevenue    float64      `json:"starting_revenue" unit:"money" jsonschema:"title=Recurring revenue at the start,exclusiveMinimum=0" jsonschema_description:"Recurring revenue of all customers at the start of the period: MRR, or ARR for a year."`
	Expansion          float64      `json:"expansion" unit:"money" jsonschema:"title=Expansion,default=0" jsonschema_description:"Upgrades, extra seats and price increases of these customers in the period."`
	Contraction        float64      `json:"contraction" unit:"money" jsonschema:"title=Contraction,default=0" jsonschema_description:"Downgrades of customers who stay."`
	LostRevenue        float64      `json:"lost_revenue" unit:"money" jsonschema:"title=Lost revenue (churn)" jsonschema_description:"Recurring revenue of customers who cancelled."`
	NewRevenue         float64      `json:"new_revenue" unit:"money" jsonschema:"title=New revenue,default=0" jsonschema_description:"Recurring revenue of customers acquired in the period."`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        *float64     `json:"gross_margin,omitempty"`
	Customers          *float64     `json:"customers,omitempty" words:"own" unit:"count" jsonschema:"title=Customers at the start,exclusiveMinimum=0" jsonschema_description:"For the value per customer."`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	ExpansionPeriods   *float64     `json:"expansion_periods,omitempty" unit:"periods" jsonschema:"title=Expansion goes on for,multipleOf=1,minimum=0" jsonschema_description:"How many periods the base keeps expanding. Leave it empty if it always does."`
	HorizonPeriods     *float64     `json:"horizon_periods,omitempty"`
}

// NetRetentionResult is how much of the base's revenue remains and what that makes the base worth.
type NetRetentionResult struct {
	NRR               float64    `json:"nrr" unit:"share" per:"period" jsonschema:"title=Net revenue retention (NRR)" jsonschema_description:"Revenue at the end from the customers of the start, relative to their revenue at the start. Above 100%, the base grows without new customers."`
	GRR               float64    `json:"grr" unit:"share" per:"period" jsonschema:"title=Gross revenue retention (GRR)" jsonschema_description:"The same without expansion. Never above 100%."`
	QuickRatio        *float64   `json:"quick_ratio,omitempty" never:"always" unit:"ratio" jsonschema:"title=Quick ratio" jsonschema_description:"New revenue and expansion, divided by lost revenue and contraction. Empty if it has no limit: nothing was lost."`
	EndingRevenue     float64    `json:"ending_revenue" unit:"money" jsonschema:"title=Recurring revenue at the end" jsonschema_description:"With new customers."`
	NetNewRevenue     float64    `json:"net_new_revenue" unit:"money" jsonschema:"title=Net new revenue" jsonschema_description:"Change of recurring revenue in the period. Can be negative."`
	RevenueGrowth     float64    `json:"revenue_growth" unit:"rate" per:"period" jsonschema:"title=Revenue growth" jsonschema_description:"Net new revenue relative to the start, per period."`
	AnnualNRR         float64    `json:"annual_nrr" unit:"share" jsonschema:"title=NRR per year" jsonschema_description:"If every period of the year is like this one."`
	AnnualGRR         float64    `json:"annual_grr" unit:"share" jsonschema:"title=GRR per year" jsonschema_description:"If every period of the year is like this one."`
	RevenueNeeded     float64    `json:"new_revenue_needed" unit:"money" jsonschema:"title=New revenue to stay level" jsonschema_description:"New revenue that replaces what the base lost in the period. Zero if the base grows."`
	BreakEven         float64    `json:"break_even_expansion" unit:"money" jsonschema:"title=Break-even expansion" jsonschema_description:"Expansion with which NRR is 100%."`
	MarginMultiple    float64    `json:"margin_multiple" words:"own" unit:"ratio" per:"period" jsonschema:"title=Margin multiple" jsonschema_description:"Value of a customer, divided by the margin of one period."`
	BaseValue         *float64   `json:"base_value,omitempty" unit:"money" jsonschema:"title=Value of the base" jsonschema_description:"Margin expected from all customers at the end of the period, discounted, without future customers. Empty if gross margin is left out."`
	CLV               *float64   `json:"clv,omitempty" words:"own" unit:"money" jsonschema:"title=Customer lifetime value (CLV)" jsonschema_description:"Margin expected from one average customer, discounted. Empty if gross margin or customers are left out."`
	BoundedFrom       *float64   `json:"bounded_from_discount_rate,omitempty" unit:"rate" jsonschema:"title=Discount rate for a finite value" jsonschema_description:"With a lower yearly rate, value has no limit, since the base grows faster than money loses value. Empty if the base shrinks or expansion ends."`
	DiscountPerPeriod float64    `json:"discount_rate_per_period" per:"period"`
	HorizonUsed       *float64   `json:"horizon_used_periods,omitempty"`
	Series            BaseSeries `json:"series" words:"own" jsonschema:"title=The base without new customers" jsonschema_description:"One row per period, at most the first 120."`
}

// BaseSeries is a base that wins nobody: element i of each slice is period i+1.
type BaseSeries struct {
	Period    []float64 `json:"period" words:"own" unit:"periods" jsonschema:"title=Period" jsonschema_description:"1 is the first."`
	Remaining []float64 `json:"remaining_revenue" unit:"money" jsonschema:"title=Revenue of today's customers" jsonschema_description:"Recurring revenue in the period of the customers at the end of the measured period."`
	Lasting   []float64 `json:"remaining_without_expansion" unit:"money" jsonschema:"title=The same without expansion" jsonschema_description:"What would remain of it if nobody upgraded."`
}

// seriesPeriods is how far a base is followed.
const seriesPeriods, seriesYears = 120, 5

// NetRetention divides what remains by what was there. With start S, expansion E, contraction C, loss L,
//
//	NRR = (S+E-C-L)/S,  GRR = (S-C-L)/S,  quick ratio = (new+E)/(C+L)
//
// and a base paid at the start of each period is worth the multiple 1/(1-NRR·v), v = 1/(1+d), of its margin: a growing
// perpetuity, which has a value where NRR is below 1+d. If expansion ends after T periods it is
//
//	[1-(NRR·v)^T]/(1-NRR·v) + (NRR·v)^T/(1-GRR·v).
func NetRetention(in NetRetentionInput) (NetRetentionResult, notice.List) {
	return NetRetentionFor(&in, value.Whole)
}

// NetRetentionFor is NetRetention to an extent.
func NetRetentionFor(in *NetRetentionInput, extent value.Extent) (out NetRetentionResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	kept := in.StartingRevenue - in.Contraction - in.LostRevenue
	if kept < 0 {
		notes.Add(notice.TakesTooMuch, "lost_revenue", max(0, in.StartingRevenue-in.Contraction))
		return
	}
	perYear := in.Period.PerYear()
	lost := in.Contraction + in.LostRevenue
	out.GRR, out.NRR = kept/in.StartingRevenue, (kept+in.Expansion)/in.StartingRevenue
	out.EndingRevenue = kept + in.Expansion + in.NewRevenue
	out.NetNewRevenue = in.NewRevenue + in.Expansion - lost
	out.RevenueGrowth = out.NetNewRevenue / in.StartingRevenue
	out.AnnualNRR, out.AnnualGRR = math.Pow(out.NRR, float64(perYear)), math.Pow(out.GRR, float64(perYear))
	out.RevenueNeeded, out.BreakEven = max(0, lost-in.Expansion), lost
	if lost > 0 {
		out.QuickRatio = new((in.NewRevenue + in.Expansion) / lost)
	}

	out.DiscountPerPeriod = value.PerPeriod(in.AnnualDiscountRate, perYear)
	b := base{nrr: out.NRR, grr: out.GRR, discount: 1 / (1 + out.DiscountPerPeriod), expands: -1}
	if in.ExpansionPeriods != nil {
		b.expands = int(*in.ExpansionPeriods)
	} else if out.NRR > 1 {
		out.BoundedFrom = new(out.AnnualNRR - 1)
	}
	n := -1
	if in.HorizonPeriods != nil {
		n = int(*in.HorizonPeriods)
	} else if !b.bounded() {
		n = value.UnboundedYears * perYear
		notes.Add(notice.Unbounded, "lost_revenue", value.UnboundedYears)
	}
	if n >= 0 {
		out.HorizonUsed = new(float64(n))
	}
	out.MarginMultiple = b.multiple(n)
	if in.GrossMargin != nil {
		out.BaseValue = new(out.EndingRevenue * *in.GrossMargin * out.MarginMultiple)
		if in.Customers != nil {
			out.CLV = new(in.StartingRevenue / *in.Customers * *in.GrossMargin * out.MarginMultiple)
		}
		if *in.GrossMargin == 1 {
			notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
		}
	}
	if extent == value.Whole {
		out.Series = b.series(out.EndingRevenue, min(seriesPeriods, seriesYears*perYear))
	}
	return
}

// A base is what remains of revenue from one period to the next, and how much less its money is worth; expands is for how
// many periods it expands, always where it is negative.
type base struct {
	nrr, grr, discount float64
	expands            int
}

// bounded tells whether all that the base will pay has a limit.
func (b *base) bounded() bool {
	last := b.grr
	if b.expands < 0 {
		last = b.nrr
	}
	return 1-last*b.discount >= value.MinDecay
}

// multiple is the value of n periods, or of all where n is negative, relative to the first.
func (b *base) multiple(n int) float64 {
	expands := b.expands
	if n >= 0 && (expands < 0 || expands > n) {
		expands = n
	}
	q := b.nrr * b.discount
	if expands < 0 {
		return 1 / (1 - q)
	}
	x := b.grr * b.discount
	later := 1 / (1 - x)
	if n >= 0 {
		later = powers(x, n-expands)
	}
	return powers(q, expands) + math.Pow(q, float64(expands))*later
}

// powers is 1 + q + ... + q^(n-1).
func powers(q float64, n int) (sum float64) {
	term := 1.0
	for range n {
		sum += term
		term *= q
	}
	return sum
}

func (b *base) series(revenue float64, n int) BaseSeries {
	column := make([]float64, 3*n)
	s := BaseSeries{column[:n:n], column[n : 2*n : 2*n], column[2*n:]}
	with, without := revenue, revenue
	for k := range n {
		s.Period[k], s.Remaining[k], s.Lasting[k] = float64(k+1), with, without
		without *= b.grr
		if b.expands < 0 || k < b.expands {
			with *= b.nrr
		} else {
			with *= b.grr
		}
	}
	return s
}

package value

import (
	"math"

	"hourglass/core/notice"
)

// AgainstCost is a stream's value set against what it costs to acquire the customer, and when it comes; part of results.
type AgainstCost struct {
	LTVCACRatio    *float64 `json:"ltv_cac_ratio,omitempty" unit:"ratio" jsonschema:"title=CLV:CAC ratio" jsonschema_description:"CLV divided by CAC."`
	PaybackPeriods *float64 `json:"payback_periods,omitempty" never:"cac" quick:"-" unit:"periods" jsonschema:"title=Payback period" jsonschema_description:"Periods until the expected margin, discounted, covers the acquisition cost."`
	SimplePayback  *float64 `json:"simple_payback_periods,omitempty" unit:"periods" jsonschema:"title=Simple payback period" jsonschema_description:"CAC divided by the margin of the first period: no churn, growth or discounting."`
	MaxCAC         float64  `json:"max_cac" unit:"money" jsonschema:"title=Maximum CAC" jsonschema_description:"CLV divided by the target CLV:CAC ratio."`
	ValueWithin12  float64  `json:"value_within_12_months" unit:"money" jsonschema:"title=Value\\, 12 months" jsonschema_description:"The part of CLV that comes in the first year."`
	ValueWithin36  float64  `json:"value_within_36_months" unit:"money" jsonschema:"title=Value\\, 36 months" jsonschema_description:"The part of CLV that comes in the first three years."`
	ValueWithin60  float64  `json:"value_within_60_months" unit:"money" jsonschema:"title=Value\\, 60 months" jsonschema_description:"The part of CLV that comes in the first five years."`
}

// fill works all of it out for n payments of margin, which are worth clv, or for the whole life where n < 0. When the
// cost has come back takes a search, which a Quick extent leaves out.
func (out *AgainstCost) fill(notes *notice.List, margin *stream, clv float64, cac *float64, target float64, n, perYear int, extent Extent) {
	out.MaxCAC = clv / target
	out.ValueWithin12 = margin.within(atMost(n, perYear))
	out.ValueWithin36 = margin.within(atMost(n, 3*perYear))
	out.ValueWithin60 = margin.within(atMost(n, 5*perYear))
	if cac == nil {
		return
	}
	if extent != Quick {
		out.paysBack(notes, margin, clv, *cac, n, perYear)
	}
	out.LTVCACRatio = ratioTo(notes, clv, *cac)
	if margin.First > 0 {
		out.SimplePayback = new(*cac / margin.First)
	}
}

// paysBack fills in when that cost has come back.
func (out *AgainstCost) paysBack(notes *notice.List, margin *stream, clv, cac float64, n, perYear int) {
	periods, ok := margin.payback(cac, atMost(n, MaxPeriods))
	switch {
	case ok:
		out.PaybackPeriods = &periods
	case n < 0 && clv > cac:
		notes.Add(notice.PaysBackLate, "cac", MaxPeriods/float64(perYear))
	default:
		notes.Add(notice.NeverPaysBack, "cac", clv)
	}
}

// ratioTo is the value over the cost of acquiring the customer, nil where that is nothing, with a warning where the value is less.
func ratioTo(notes *notice.List, clv, cac float64) (ratio *float64) {
	if cac > 0 {
		ratio = new(clv / cac)
	}
	if clv < cac {
		notes.Add(notice.BelowCost, "cac", clv)
	}
	return ratio
}

// Orders is what evenly spaced orders are worth, and when; part of results.
type Orders struct {
	LTVCACRatio      *float64    `json:"ltv_cac_ratio,omitempty"`
	MaxCAC           float64     `json:"max_cac"`
	FirstSaleProfit  *float64    `json:"first_sale_profit,omitempty" words:"own" unit:"money" jsonschema:"title=Net margin of the first order" jsonschema_description:"Margin of the first order less CAC. Can be negative. Empty if CAC is left out."`
	BreakEvenOrder   *float64    `json:"break_even_order,omitempty" never:"cac" unit:"count" jsonschema:"title=Break-even order number" jsonschema_description:"The order with which the margin so far, discounted, covers CAC."`
	PaybackDays      *float64    `json:"payback_days,omitempty" never:"cac" unit:"days" jsonschema:"title=Payback period" jsonschema_description:"Days from the first order to the one with which the margin so far, discounted, covers CAC."`
	ValueWithin30    float64     `json:"value_within_30_days" unit:"money" jsonschema:"title=Value\\, 30 days" jsonschema_description:"The part of CLV that comes in the first 30 days. The first order is on the first day."`
	ValueWithin90    float64     `json:"value_within_90_days" unit:"money" jsonschema:"title=Value\\, 90 days" jsonschema_description:"The part of CLV that comes in the first 90 days."`
	ValueWithin180   float64     `json:"value_within_180_days" unit:"money" jsonschema:"title=Value\\, 180 days" jsonschema_description:"The part of CLV that comes in the first 180 days."`
	ValueWithin365   float64     `json:"value_within_365_days" unit:"money" jsonschema:"title=Value\\, 365 days" jsonschema_description:"The part of CLV that comes in the first 365 days."`
	DiscountedOrders float64     `json:"discounted_orders" unit:"count" jsonschema:"title=Orders\\, discounted" jsonschema_description:"Orders over the whole relationship, each discounted for the time until it comes."`
	Series           MonthSeries `json:"series" words:"own" jsonschema:"title=Value by month" jsonschema_description:"One row per month, at most the first 120."`
}

// MonthSeries is the value over time: element i of each slice is month i+1.
type MonthSeries struct {
	Month      []float64 `json:"month"`
	Margin     []float64 `json:"margin" words:"own" unit:"money" jsonschema:"title=Margin of the month" jsonschema_description:"Margin of the orders in this month, discounted."`
	Cumulative []float64 `json:"cumulative"`
}

// evenly is a customer of so many orders, the first on the first day and the last counted in part where their number is
// not whole. decay is by how much less an order is worth than the one before, -log of its discount.
type evenly struct {
	margin, orders, perYear, decay float64
}

// within is the discounted number of the first n orders:
//
//	(1-q^k)/(1-q) + (n-k)·q^k,  k = ⌊n⌋,  q = (1+d)^(-1/f)
func (e *evenly) within(n float64) float64 {
	whole := math.Floor(n)
	if whole == 0 || e.decay == 0 {
		return n
	}
	return math.Expm1(-whole*e.decay)/math.Expm1(-e.decay) + (n-whole)*math.Exp(-whole*e.decay)
}

// until is what the orders before so many years have passed are worth. The small allowance keeps out an order that falls on
// the last day, in spite of rounding.
func (e *evenly) until(years float64) float64 {
	return e.margin * e.within(min(e.orders, max(1, math.Ceil(e.perYear*years-1e-9))))
}

// breaksEven is the number of the order that covers cost, which all orders together do.
func (e *evenly) breaksEven(cost float64) float64 {
	if e.margin <= 0 {
		return 1
	}
	needed := cost / e.margin
	if e.decay > 0 {
		needed = -math.Log1p(needed*math.Expm1(-e.decay)) / e.decay
	}
	return max(1, math.Ceil(needed-1e-9))
}

// covered keeps a cost covered that so many orders' margin equals but for rounding.
const covered = 1 - 1e-12

// fill values perYear orders a year for so many years, each with this margin, and sets the value against cac. clv is the
// value without discounting, and is returned discounted.
func (out *Orders) fill(notes *notice.List, clv, margin, perYear, years, annual float64, cac *float64, target float64, extent Extent) float64 {
	e := &evenly{margin: margin, orders: perYear * years, perYear: perYear}
	if annual > 0 && perYear > 0 {
		e.decay = math.Log1p(annual) / perYear
		clv = margin * e.within(e.orders)
	}
	out.DiscountedOrders = e.within(e.orders)
	out.MaxCAC = clv / target
	if cac != nil {
		out.LTVCACRatio = ratioTo(notes, clv, *cac)
		out.FirstSaleProfit = new(margin - *cac)
		if clv >= *cac*covered {
			n := e.breaksEven(*cac)
			out.BreakEvenOrder, out.PaybackDays = &n, new(0.0)
			if n > 1 {
				*out.PaybackDays = CommonYear * (n - 1) / perYear
			}
		} else {
			notes.Add(notice.NeverPaysBack, "cac", clv)
		}
	}
	out.ValueWithin30 = e.until(30. / CommonYear)
	out.ValueWithin90 = e.until(90. / CommonYear)
	out.ValueWithin180 = e.until(180. / CommonYear)
	out.ValueWithin365 = e.until(1)
	if extent == Whole {
		out.Series = e.series(int(min(12*maxSeriesYears, max(1, math.Ceil(12*years-1e-9)))))
	}
	return clv
}

func (e *evenly) series(months int) MonthSeries {
	column := make([]float64, 3*months)
	s := MonthSeries{column[:months:months], column[months : 2*months : 2*months], column[2*months:]}
	before := 0.0
	for i := range s.Month {
		sum := e.until(float64(i+1) / 12)
		s.Month[i], s.Margin[i], s.Cumulative[i] = float64(i+1), sum-before, sum
		before = sum
	}
	return s
}

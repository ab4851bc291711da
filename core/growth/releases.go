package growth

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// ReleasesInput is a product that gets better again and again: each release takes a part of churn away, or lets the price rise.
type ReleasesInput struct {
	Price              float64      `json:"price"`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        float64      `json:"gross_margin"`
	ChurnRate          float64      `json:"churn_rate"`
	ServiceCost        float64      `json:"service_cost" jsonschema:"default=0"`
	ReleaseInterval    float64      `json:"release_interval" unit:"periods" jsonschema:"title=Periods between releases,multipleOf=1" jsonschema_description:"Every how many periods customers get a noticeable improvement."`
	ChurnCut           float64      `json:"churn_cut_per_release" unit:"share" jsonschema:"title=Churn reduction per release\\, % of churn,minimum=-1,maximum=1,default=0" jsonschema_description:"5% takes churn from 4% to 3.8%, the next release to 3.61%. Negative if releases annoy."`
	PriceRise          float64      `json:"price_rise_per_release" unit:"rate" jsonschema:"title=Price increase per release,minimum=-1,maximum=1,default=0" jsonschema_description:"By how much customers accept a higher price after each release. The cost of goods stays."`
	CostPerRelease     float64      `json:"release_cost" unit:"money" jsonschema:"title=Cost per release,default=0" jsonschema_description:"Development, testing and launch of one release."`
	Customers          float64      `json:"customer_count" words:"own" unit:"count" jsonschema:"title=Number of customers,exclusiveMinimum=0" jsonschema_description:"Active customers who share the cost of a release. Their number is taken to stay the same."`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	HorizonPeriods     float64      `json:"horizon_periods" words:"own" unit:"periods" jsonschema:"title=Time horizon,multipleOf=1,default=36" jsonschema_description:"How many periods to count. Releases end with it: nobody knows what they bring in the far future."`
}

// ReleasesResult is what going on to improve is worth against standing still.
type ReleasesResult struct {
	Net           float64       `json:"net_gain" words:"own" unit:"money" jsonschema:"title=Net gain per customer" jsonschema_description:"Value with releases less value without, after their cost, within the time horizon."`
	BreakEvenCut  *float64      `json:"break_even_churn_cut_per_release,omitempty" quick:"-" unit:"share" jsonschema:"title=Break-even churn reduction per release\\, % of churn" jsonschema_description:"How much of churn each release must take away to cover its cost, with the price increase entered. Empty if none does."`
	BreakEvenRise *float64      `json:"break_even_price_rise_per_release,omitempty" quick:"-" unit:"rate" jsonschema:"title=Break-even price increase per release" jsonschema_description:"How much each release must raise the price to cover its cost, with the churn reduction entered. Empty if none does."`
	MaxCost       *float64      `json:"max_release_cost,omitempty" unit:"money" jsonschema:"title=Maximum cost per release" jsonschema_description:"With a higher cost, releases lose money. Empty if they lose even without cost."`
	CLVBefore     float64       `json:"clv_before" words:"own" unit:"money" jsonschema:"title=Value without releases" jsonschema_description:"Within the time horizon, with today's churn and price."`
	CLVAfter      float64       `json:"clv_after" words:"own" unit:"money" jsonschema:"title=Value with releases" jsonschema_description:"Within the time horizon, after the cost of releases."`
	Cost          float64       `json:"programme_cost"`
	ChurnAtEnd    float64       `json:"churn_rate_at_end" unit:"share" jsonschema:"title=Churn rate at the end" jsonschema_description:"After the last release within the time horizon."`
	PriceAtEnd    float64       `json:"price_at_end" unit:"money" jsonschema:"title=Price at the end" jsonschema_description:"After the last release within the time horizon."`
	Count         float64       `json:"release_count" unit:"count" jsonschema:"title=Releases" jsonschema_description:"Within the time horizon."`
	Series        ReleaseSeries `json:"release_series" quick:"-" jsonschema:"title=Active customers by period" jsonschema_description:"One row per period, at most the first 120."`
}

// ReleaseSeries is who is still there, period by period.
type ReleaseSeries struct {
	Period  []float64 `json:"period" words:"own" unit:"periods" jsonschema:"title=Period" jsonschema_description:"0 is the first."`
	With    []float64 `json:"survival_with" unit:"share" jsonschema:"title=With releases" jsonschema_description:"The share of customers who are active in the period."`
	Without []float64 `json:"survival_without" unit:"share" jsonschema:"title=Without releases" jsonschema_description:"The share with today's churn."`
}

// shownPeriods is how many rows a series has at most.
const shownPeriods = 120

// Releases lives through the horizon. After r releases churn is c(1-y)^r and the price p(1+z)^r at the same cost of goods; a release every i
// periods costs D, which is D/(i·N) per customer and period.
func Releases(in ReleasesInput) (ReleasesResult, notice.List) { return ReleasesFor(&in, value.Whole) }

// ReleasesFor is Releases to an extent.
func ReleasesFor(in *ReleasesInput, extent value.Extent) (out ReleasesResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	still := in.live(0, 0, nil)
	out.CLVBefore = still.margin
	if extent == value.Whole {
		out.Series.Without = still.shown
	}
	with := in.live(in.ChurnCut, in.PriceRise, &out)
	each := in.CostPerRelease / in.ReleaseInterval / in.Customers
	out.Cost = each * with.periods
	out.CLVAfter = with.margin - out.Cost
	out.Net = out.CLVAfter - out.CLVBefore
	out.Count = math.Floor((in.HorizonPeriods - 1) / in.ReleaseInterval)
	out.MaxCost = bearable(in.CostPerRelease, out.Net/with.periods*in.ReleaseInterval*in.Customers)
	if extent == value.Whole {
		out.Series.With = with.shown
		for k := range with.shown {
			out.Series.Period = append(out.Series.Period, float64(k))
		}
	}
	if extent != value.Quick {
		p := plan{}
		net := func(cut, rise float64) float64 {
			l := in.live(cut, rise, nil)
			return l.margin - each*l.periods - still.margin
		}
		out.BreakEvenCut = p.crossing(&notes, func(x float64) float64 { return net(x, in.PriceRise) }, -1, 1, "churn_cut_per_release")
		out.BreakEvenRise = p.crossing(nil, func(x float64) float64 { return net(in.ChurnCut, x) }, -0.5, 1, "price_rise_per_release")
	}
	if out.Net < 0 {
		notes.Add(notice.LeverLoses, "churn_cut_per_release", -out.Net)
	}
	if in.GrossMargin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	subject{notes: &notes}.harm("churn_cut_per_release", in.ChurnCut)
	return
}

// A lived is one customer's time within the horizon: margin and periods discounted, and who is there by period.
type lived struct {
	margin, periods float64
	shown           []float64
}

// live follows a customer; out is told of the end.
func (in *ReleasesInput) live(cut, rise float64, out *ReleasesResult) (l lived) {
	v := 1 / (1 + value.PerPeriod(in.AnnualDiscountRate, in.Period.PerYear()))
	there, worth, churn, price := 1.0, 1.0, in.ChurnRate, in.Price
	goods := in.Price * (1 - in.GrossMargin)
	every := int(in.ReleaseInterval)
	for k := range int(in.HorizonPeriods) {
		if k > 0 {
			there *= 1 - churn
			worth *= v
			if k%every == 0 {
				churn, price = min(1, churn*(1-cut)), min(price*(1+rise), maxMoney)
			}
		}
		l.margin += there * worth * (price - goods - in.ServiceCost)
		l.periods += there * worth
		if k < shownPeriods {
			l.shown = append(l.shown, there)
		}
	}
	if out != nil {
		out.ChurnAtEnd, out.PriceAtEnd = churn, price
	}
	return l
}

// maxMoney is beyond any price that is asked for.
const maxMoney = 1e15

package value

import (
	"math"

	"hourglass/core/notice"
)

// CommonYear is how many days a plan's year has: a purchase every 365 days within three years is three purchases. What is
// measured from dates counts by customers.DaysPerYear.
const CommonYear = 365

// RepeatPurchaseInput is a customer who comes back every so often: for groceries weekly, for a carpet every eight
// years.
type RepeatPurchaseInput struct {
	Spend                 float64 `json:"spend" unit:"money" jsonschema:"title=Spend per purchase" jsonschema_description:"What a customer pays per purchase, without tax."`
	PurchaseIntervalDays  float64 `json:"purchase_interval_days" unit:"days" jsonschema:"title=Days between purchases,minimum=1" jsonschema_description:"Days until the next purchase: 7 for weekly groceries, 2,920 for a carpet every eight years."`
	RelationshipYears     float64 `json:"relationship_years" unit:"years" jsonschema:"title=Length of the relationship (years),exclusiveMinimum=0" jsonschema_description:"How many years the customer could keep buying from you."`
	RepurchaseProbability float64 `json:"repurchase_probability" unit:"share" jsonschema:"title=Repurchase rate,default=1" jsonschema_description:"The probability that a customer buys from you at the next purchase."`
	GrossMargin           float64 `json:"gross_margin"`
	AnnualDiscountRate    float64 `json:"annual_discount_rate" jsonschema:"default=0"`
	FirstSaleCost         float64 `json:"first_sale_cost" unit:"money" jsonschema:"title=Cost of the first sale,default=0" jsonschema_description:"Marketing and selling cost of a sale to a new customer."`
	RepeatSaleCost        float64 `json:"repeat_sale_cost" unit:"money" jsonschema:"title=Cost of a repeat order,default=0" jsonschema_description:"Marketing and selling cost of an order from an existing customer."`
}

// RepeatPurchaseResult is the value after selling costs, and when the first sale's cost is earned back.
type RepeatPurchaseResult struct {
	CLV                  float64        `json:"clv" words:"own" unit:"money" jsonschema:"title=Customer lifetime value (CLV)" jsonschema_description:"The margin expected from one customer over the whole relationship, after all selling cost, discounted."`
	FirstSaleProfit      float64        `json:"first_sale_profit" unit:"money" jsonschema:"title=Net margin of the first sale" jsonschema_description:"Margin of the first purchase less its selling cost. Can be negative."`
	BreakEvenPurchase    *float64       `json:"break_even_purchase,omitempty" never:"always" unit:"count" jsonschema:"title=Break-even purchase number" jsonschema_description:"The purchase at which the expected margin so far covers all selling cost, discounted."`
	Purchases            float64        `json:"purchases" unit:"count" jsonschema:"title=Expected purchases" jsonschema_description:"How many purchases to expect, with the first."`
	PossiblePurchases    float64        `json:"possible_purchases" unit:"count" jsonschema:"title=Possible purchases" jsonschema_description:"How many purchases fit into the relationship, with the first."`
	ReturnFactor         float64        `json:"return_factor" unit:"share" jsonschema:"title=Repurchase factor" jsonschema_description:"Value of a purchase relative to the one before: the repurchase rate, discounted for the time between."`
	NewToRepeatCostRatio *float64       `json:"new_to_repeat_cost_ratio,omitempty" unit:"ratio" words:"own" jsonschema:"title=Cost of first sale : repeat order" jsonschema_description:"Cost of the first sale divided by the cost of a repeat order, from your own figures."`
	Series               PurchaseSeries `json:"series" jsonschema:"title=Value over time" jsonschema_description:"One row per purchase, at most the first 120."`
}

// PurchaseSeries is the value over time: element i of each slice is purchase i+1.
type PurchaseSeries struct {
	Purchase   []float64 `json:"purchase" unit:"count" jsonschema:"title=Purchase" jsonschema_description:"1 is the first."`
	Year       []float64 `json:"year" unit:"years" jsonschema:"title=Years since the first purchase" jsonschema_description:"Expected time of the purchase."`
	Survival   []float64 `json:"survival" jsonschema:"title=Probability of the purchase" jsonschema_description:"The probability that the customer makes this purchase."`
	Margin     []float64 `json:"margin" jsonschema:"title=Expected margin" jsonschema_description:"Margin less selling cost, discounted, times the probability of the purchase."`
	Cumulative []float64 `json:"cumulative"`
}

// RepeatPurchase adds up the expected, discounted profit of the purchases k = 0 .. N-1 that fall within the
// relationship, N = ceil(years·365/interval):
//
//	CLV = (m - c0) + (m - c1) · q(1-q^(N-1))/(1-q),  q = p·(1+d)^(-interval/365),  m = spend·margin
func RepeatPurchase(in RepeatPurchaseInput) (out RepeatPurchaseResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	// The small allowance keeps 3 years of 365 days, 36.5 days apart, at 30 purchases in spite of rounding.
	n := int(math.Max(1, math.Ceil(in.RelationshipYears*CommonYear/in.PurchaseIntervalDays-1e-9)))
	margin := in.Spend * in.GrossMargin
	p := purchases{
		first: margin - in.FirstSaleCost, repeat: margin - in.RepeatSaleCost,
		back: in.RepurchaseProbability, years: in.PurchaseIntervalDays / CommonYear,
	}
	p.discount = math.Exp(-p.years * math.Log1p(in.AnnualDiscountRate))

	out.FirstSaleProfit = p.first
	out.PossiblePurchases, out.ReturnFactor = float64(n), p.back*p.discount
	out.Purchases = geometricSum(p.back, n)
	out.CLV = p.first + p.repeat*(geometricSum(out.ReturnFactor, n)-1)
	if k, ok := p.breakEven(n); ok {
		out.BreakEvenPurchase = new(float64(k))
	} else {
		notes.Add(notice.NeverPaysBack, "first_sale_cost", out.CLV)
	}
	if in.RepeatSaleCost > 0 {
		out.NewToRepeatCostRatio = new(in.FirstSaleCost / in.RepeatSaleCost)
	}
	out.Series = p.series(min(n, 120))
	WarnOfLongLife(&notes, "relationship_years", new(min(in.RelationshipYears, out.Purchases*p.years)))
	if p.first < 0 {
		notes.Add(notice.FirstSaleLoss, "first_sale_cost", -p.first)
	}
	return
}

// purchases are a first and its repeats, profit and likelihood of each.
type purchases struct {
	first, repeat  float64 // profit
	back, discount float64 // from one purchase to the next
	years          float64 // between two
}

// breakEven is the number of the purchase with which the expected, discounted profit so far is no longer negative.
func (p purchases) breakEven(n int) (int, bool) {
	sum, weight := p.first, 1.0
	for k := 1; ; k++ {
		if sum >= 0 {
			return k, true
		}
		if k == n || weight == 0 || p.repeat <= 0 {
			return 0, false
		}
		weight *= p.back * p.discount
		sum += p.repeat * weight
	}
}

func (p purchases) series(n int) PurchaseSeries {
	column := make([]float64, 5*n)
	s := PurchaseSeries{column[:n:n], column[n : 2*n : 2*n], column[2*n : 3*n : 3*n], column[3*n : 4*n : 4*n], column[4*n:]}
	sum, survival, discount, profit := 0.0, 1.0, 1.0, p.first
	for k := range n {
		expected := profit * survival * discount
		sum += expected
		s.Purchase[k], s.Year[k] = float64(k+1), float64(k)*p.years
		s.Survival[k], s.Margin[k], s.Cumulative[k] = survival, expected, sum
		survival *= p.back
		discount *= p.discount
		profit = p.repeat
	}
	return s
}

// geometricSum is 1 + q + ... + q^(n-1) for 0 <= q <= 1, by the closed form where that loses nothing.
func geometricSum(q float64, n int) float64 {
	if q > 0.999 { // 1-q has lost digits
		sum, term := 0.0, 1.0
		for range n {
			sum += term
			term *= q
		}
		return sum
	}
	return -math.Expm1(float64(n)*math.Log(q)) / (1 - q)
}

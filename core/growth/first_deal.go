package growth

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// FirstDealInput is prospects who are offered a first deal at another price: more of them come, they bring less at first, and
// may stay less often for the second period.
type FirstDealInput struct {
	Price              float64      `json:"price"`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        float64      `json:"gross_margin"`
	ChurnRate          float64      `json:"churn_rate"`
	FirstPeriodChurn   *float64     `json:"first_period_churn,omitempty"`
	Conversion         float64      `json:"conversion" words:"own" unit:"share" jsonschema:"title=Conversion rate at the regular price" jsonschema_description:"The share of prospects who become customers without the first deal."`
	DealConversion     float64      `json:"deal_conversion" unit:"share" jsonschema:"title=Conversion rate with the first deal" jsonschema_description:"The share of prospects who become customers if the first deal is offered to all."`
	DealPrice          float64      `json:"deal_price" unit:"money" jsonschema:"title=Price of the first deal" jsonschema_description:"What a customer pays in the first period: a trial order, a small project, an introductory price."`
	DealMargin         *float64     `json:"deal_margin,omitempty" unit:"rate" jsonschema:"title=Gross margin of the first deal,minimum=-10,maximum=1" jsonschema_description:"Share of its price that remains after the cost of goods. Leave it empty if the goods cost the same as in other periods."`
	DealChurn          *float64     `json:"deal_first_churn_rate,omitempty" unit:"share" jsonschema:"title=Churn after the first deal" jsonschema_description:"The share of customers with the first deal who do not go on. Leave it empty if it equals first-period churn."`
	ServiceCost        float64      `json:"service_cost" jsonschema:"default=0"`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	HorizonPeriods     *float64     `json:"horizon_periods,omitempty"`
	Prospects          *float64     `json:"prospects,omitempty" place:"needed"`
}

// FirstDealResult is what the deal is worth, per prospect: it pays by those who would not have come without it.
type FirstDealResult struct {
	Gain           float64  `json:"gain_per_prospect" unit:"money" jsonschema:"title=Gain per prospect" jsonschema_description:"Value of a prospect with the first deal less the value without it, before acquisition cost."`
	BreakEven      *float64 `json:"break_even_deal_conversion,omitempty" unit:"share" jsonschema:"title=Break-even conversion rate" jsonschema_description:"With a lower conversion rate, the first deal loses value. Empty if even 100% is not enough."`
	BreakEvenChurn *float64 `json:"break_even_deal_first_churn_rate,omitempty" unit:"share" jsonschema:"title=Break-even churn after the first deal" jsonschema_description:"With a higher one, the first deal loses value. Empty if no churn rate makes the difference."`
	ProspectBefore float64  `json:"prospect_value_before" unit:"money" jsonschema:"title=Value of a prospect without the deal" jsonschema_description:"Conversion rate times CLV."`
	ProspectAfter  float64  `json:"prospect_value_after" unit:"money" jsonschema:"title=Value of a prospect with the deal" jsonschema_description:"Conversion rate with the deal times CLV with the deal."`
	RegularCLV     float64  `json:"regular_clv" unit:"money" jsonschema:"title=CLV at the regular price" jsonschema_description:"Value of a customer who came without the deal."`
	DealCLV        float64  `json:"deal_clv" unit:"money" jsonschema:"title=CLV with the first deal" jsonschema_description:"Value of a customer who came by the deal."`
	FirstMargin    float64  `json:"first_deal_margin" unit:"money" jsonschema:"title=Margin of the first deal" jsonschema_description:"Price of the first deal times its gross margin, less the cost to serve. Negative if it loses money."`
	Given          float64  `json:"margin_given_up" unit:"money" jsonschema:"title=Margin given up per customer" jsonschema_description:"Margin of a regular first period less that of the first deal. Customers who would have come anyway get it too."`
	LaterValue     float64  `json:"later_value" unit:"money" jsonschema:"title=Value of a customer who goes on" jsonschema_description:"Margin of all periods after the first, discounted to the first deal."`
	TotalGain      *float64 `json:"total_gain,omitempty" words:"own" unit:"money" jsonschema:"title=Total gain" jsonschema_description:"Gain per prospect times the number of prospects. Empty without that number."`
	HorizonUsed    *float64 `json:"horizon_used_periods,omitempty"`
}

// FirstDeal values prospects. With conversion w at the regular price and w' with the deal, first margins m and m', first-period
// churn c1 and c1' and L the value of all later periods of one who goes on, discounted to the first,
//
//	gain = w'·(m' + (1-c1')·L) - w·(m + (1-c1)·L).
func FirstDeal(in FirstDealInput) (out FirstDealResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	p := newPlan(&notes, &Baseline{Price: in.Price, Period: in.Period, GrossMargin: in.GrossMargin, ChurnRate: in.ChurnRate, ServiceCost: in.ServiceCost,
		AnnualDiscountRate: in.AnnualDiscountRate, HorizonPeriods: in.HorizonPeriods}, nil, nil, false)
	if p.horizon >= 0 {
		out.HorizonUsed = new(float64(p.horizon))
	}
	goods := in.Price * (1 - in.GrossMargin)
	each := in.Price - goods - in.ServiceCost
	first := in.DealPrice - goods - in.ServiceCost
	if in.DealMargin != nil {
		first = in.DealPrice**in.DealMargin - in.ServiceCost
	}
	churn := in.ChurnRate
	if in.FirstPeriodChurn != nil {
		churn = *in.FirstPeriodChurn
	}
	dealChurn := churn
	if in.DealChurn != nil {
		dealChurn = *in.DealChurn
	}
	staying := tenure{later: p.ChurnRate, discount: p.discount, stay: math.Log1p(-p.ChurnRate), wait: p.wait}
	later := each * (staying.annuity(p.horizon) - 1)
	out.LaterValue, out.FirstMargin, out.Given = later, first, each-first
	out.RegularCLV, out.DealCLV = each+(1-churn)*later, first+(1-dealChurn)*later
	out.ProspectBefore, out.ProspectAfter = in.Conversion*out.RegularCLV, in.DealConversion*out.DealCLV
	out.Gain = out.ProspectAfter - out.ProspectBefore
	if out.DealCLV > 0 {
		out.BreakEven = within(max(0, out.ProspectBefore/out.DealCLV))
	}
	if with := in.DealConversion * later; with > 0 {
		out.BreakEvenChurn = within(1 - (out.ProspectBefore-in.DealConversion*first)/with)
	}
	if in.Prospects != nil {
		out.TotalGain = new(*in.Prospects * out.Gain)
	} else {
		notes.Add(notice.NotGiven, "prospects", 0)
	}
	if first < 0 {
		notes.Add(notice.FirstSaleLoss, "deal_price", -first)
	}
	if in.GrossMargin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	p.warnOfLongLife(&notes)
	return
}

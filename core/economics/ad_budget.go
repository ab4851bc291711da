package economics

import (
	"math"

	"hourglass/core/notice"
)

// AdBudgetInput is what a click becomes: a first order, perhaps by way of a lead, and further orders within a horizon.
type AdBudgetInput struct {
	OrderValue         float64  `json:"order_value" unit:"money"`
	GrossMargin        float64  `json:"gross_margin"`
	ClickConversion    float64  `json:"click_conversion" unit:"share" jsonschema:"title=Conversion rate per click,exclusiveMinimum=0" jsonschema_description:"The share of clicks that become a first order."`
	LeadConversion     *float64 `json:"lead_conversion,omitempty" unit:"share" jsonschema:"title=Conversion rate per lead" jsonschema_description:"The share of leads that become a first order. For the cost of a lead."`
	RepeatOrders       float64  `json:"repeat_orders" unit:"count" jsonschema:"title=Repeat orders per new customer,maximum=10000,default=0" jsonschema_description:"Average number of orders after the first, within the time horizon."`
	HorizonMonths      float64  `json:"horizon_months" unit:"months" jsonschema:"title=Time horizon (months),minimum=1,multipleOf=1,default=12" jsonschema_description:"How long you can wait for the ads to pay back."`
	AnnualDiscountRate float64  `json:"annual_discount_rate" jsonschema:"default=0"`
	ProfitShare        float64  `json:"profit_share" unit:"share" jsonschema:"title=Share to keep as profit,default=0" jsonschema_description:"Share of a new customer's value that is not spent on ads. For the targets."`
	CPC                *float64 `json:"cpc,omitempty" unit:"money" jsonschema:"title=Cost per click (CPC) today" jsonschema_description:"What a click costs you. For profit and payback period."`
}

// AdBudgetResult is what may be paid, and what becomes of what is paid.
type AdBudgetResult struct {
	MaxCPA         float64  `json:"max_cpa" unit:"money" jsonschema:"title=Maximum cost per acquisition (CPA)" jsonschema_description:"Margin of the first order and of repeat orders within the time horizon, discounted. At this cost, ads break even."`
	MaxCPC         float64  `json:"max_cpc" unit:"money" jsonschema:"title=Maximum cost per click (CPC)" jsonschema_description:"Maximum CPA times the conversion rate per click."`
	MaxCPL         *float64 `json:"max_cpl,omitempty" unit:"money" jsonschema:"title=Maximum cost per lead (CPL)" jsonschema_description:"Maximum CPA times the conversion rate per lead. Empty without one."`
	FirstMargin    float64  `json:"first_order_margin" unit:"money" jsonschema:"title=Margin of the first order" jsonschema_description:"Up to this CPA, the first order alone pays for the ad."`
	RepeatMargin   float64  `json:"repeat_margin" unit:"money" jsonschema:"title=Margin of repeat orders" jsonschema_description:"Within the time horizon, spread evenly over its months, discounted."`
	BreakEvenROAS  *float64 `json:"break_even_roas,omitempty" unit:"ratio" jsonschema:"title=Break-even ROAS" jsonschema_description:"Revenue of first orders per 1 of ad spend at which ads break even within the time horizon. Empty without margin."`
	FirstOrderROAS *float64 `json:"first_order_roas,omitempty" unit:"ratio" jsonschema:"title=Break-even ROAS of the first order" jsonschema_description:"The same without repeat orders: 1 divided by the margin. Empty without margin."`
	TargetCPA      float64  `json:"target_cpa" unit:"money" jsonschema:"title=Target CPA" jsonschema_description:"Maximum CPA less the share to keep as profit."`
	TargetCPC      float64  `json:"target_cpc" unit:"money" jsonschema:"title=Target CPC" jsonschema_description:"Target CPA times the conversion rate per click."`
	TargetROAS     *float64 `json:"target_roas,omitempty" unit:"ratio" jsonschema:"title=Target ROAS" jsonschema_description:"Revenue of first orders per 1 of ad spend at the target CPA. Empty if nothing is left to spend."`
	CPA            *float64 `json:"cpa,omitempty" unit:"money" jsonschema:"title=CPA today" jsonschema_description:"Cost per click divided by the conversion rate per click. Empty without a cost per click."`
	ROAS           *float64 `json:"roas,omitempty" unit:"ratio" jsonschema:"title=ROAS today" jsonschema_description:"Revenue of first orders per 1 of ad spend. Empty without a cost per click."`
	ProfitPer1000  *float64 `json:"profit_per_thousand,omitempty" unit:"money" jsonschema:"title=Profit per 1\\,000 visitors" jsonschema_description:"Value of the new customers among 1,000 clicks, less their cost. Empty without a cost per click."`
	Payback        *float64 `json:"payback_months,omitempty" words:"own" never:"cpc" unit:"months" jsonschema:"title=Payback period" jsonschema_description:"Months until the margin covers CPA, not discounted. 0 if the first order does. Empty if not within the time horizon, or without a cost per click."`
}

// AdBudget is what a click may cost. With order value v, margin g, conversion w, R repeat orders spread over H months and
// q = (1+d)^(-1/12),
//
//	max CPA = v·g·(1 + R/H·(q + q² + … + q^H)),  max CPC = w · max CPA,  break-even ROAS = v / max CPA.
func AdBudget(in AdBudgetInput) (out AdBudgetResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	first := in.OrderValue * in.GrossMargin
	monthly := first * in.RepeatOrders / in.HorizonMonths
	out.FirstMargin, out.RepeatMargin = first, monthly*discountedMonths(in.AnnualDiscountRate, in.HorizonMonths)
	out.MaxCPA = first + out.RepeatMargin
	out.MaxCPC = out.MaxCPA * in.ClickConversion
	out.TargetCPA = out.MaxCPA * (1 - in.ProfitShare)
	out.TargetCPC = out.TargetCPA * in.ClickConversion
	if in.LeadConversion != nil {
		out.MaxCPL = new(out.MaxCPA * *in.LeadConversion)
	}
	out.BreakEvenROAS = quotient(in.OrderValue, out.MaxCPA)
	out.FirstOrderROAS = quotient(in.OrderValue, first)
	out.TargetROAS = quotient(in.OrderValue, out.TargetCPA)
	if in.CPC != nil {
		out.today(&notes, &in, monthly)
	}
	if in.GrossMargin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	return
}

// today is what becomes of the present cost per click; a customer leaves monthly of margin after the first order.
func (out *AdBudgetResult) today(notes *notice.List, in *AdBudgetInput, monthly float64) {
	cpa := *in.CPC / in.ClickConversion
	out.CPA, out.ROAS = &cpa, quotient(in.OrderValue, cpa)
	out.ProfitPer1000 = new(1000 * (out.MaxCPC - *in.CPC))
	switch behind := cpa - out.FirstMargin; {
	case behind <= 0:
		out.Payback = new(0.0)
	case behind <= monthly*in.HorizonMonths:
		out.Payback = new(behind / monthly)
	}
	if cpa > out.MaxCPA {
		notes.Add(notice.AdsLose, "cpc", cpa-out.MaxCPA)
	}
}

// discountedMonths is q + q² + … + q^n, with q = (1+d)^(-1/12).
func discountedMonths(d, n float64) float64 {
	if d == 0 {
		return n
	}
	month := math.Log1p(d) / 12
	return -math.Expm1(-n*month) / math.Expm1(month)
}

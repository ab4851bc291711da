package value

import "hourglass/core/notice"

// AverageInput describes an average customer.
type AverageInput struct {
	OrderValue    float64 `json:"order_value" unit:"money" jsonschema:"title=Average order value (AOV)" jsonschema_description:"What a customer pays per order, without tax."`
	OrdersPerYear float64 `json:"orders_per_year" unit:"count" jsonschema:"title=Orders per year,maximum=10000" jsonschema_description:"How often a customer orders per year, on average."`
	LifespanYears float64 `json:"lifespan_years" unit:"years" jsonschema:"title=Customer lifetime (years)" jsonschema_description:"How many years a customer keeps ordering, on average."`
	GrossMargin   float64 `json:"gross_margin" unit:"share" jsonschema:"title=Gross margin" jsonschema_description:"Share of the price that remains after the cost of goods. With 100% the result is revenue, not value."`

	AnnualDiscountRate float64  `json:"annual_discount_rate" jsonschema:"default=0"`
	CAC                *float64 `json:"cac,omitempty"`
	TargetRatio        float64  `json:"target_ratio" jsonschema:"default=3"`
}

// AverageResult is what an average customer is worth.
type AverageResult struct {
	CLV           float64 `json:"clv" words:"own" unit:"money" jsonschema:"title=Customer lifetime value (CLV)" jsonschema_description:"The margin expected from one customer over the whole relationship, discounted."`
	RevenueLTV    float64 `json:"revenue_ltv" unit:"money" jsonschema:"title=Lifetime revenue" jsonschema_description:"Revenue expected from one customer, before any cost and without discounting."`
	CustomerValue float64 `json:"customer_value" unit:"money" jsonschema:"title=Revenue per customer per year" jsonschema_description:"What one customer pays in a year."`
	Orders
}

// Average is CLV = order value × orders per year × lifespan × gross margin, the textbook product of averages. It takes
// every customer for the average one, whose orders are evenly spaced from the first day on. With a discount rate d it is
// their sum,
//
//	CLV = v·g · [1 + q + ... + q^(k-1) + (n-k)·q^k],  n = f·L,  k = ⌊n⌋,  q = (1+d)^(-1/f)
func Average(in AverageInput) (AverageResult, notice.List) { return AverageFor(&in, Whole) }

// AverageFor is Average to an extent.
func AverageFor(in *AverageInput, extent Extent) (out AverageResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	out.CustomerValue = in.OrderValue * in.OrdersPerYear
	out.RevenueLTV = out.CustomerValue * in.LifespanYears
	out.CLV = out.Orders.fill(&notes, out.RevenueLTV*in.GrossMargin, in.OrderValue*in.GrossMargin, in.OrdersPerYear, in.LifespanYears, in.AnnualDiscountRate, in.CAC, in.TargetRatio, extent)
	WarnOfLongLife(&notes, "lifespan_years", &in.LifespanYears)
	warnAboutRevenue(&notes, in.GrossMargin)
	return
}

// warnAboutRevenue says that a value at a margin of 100 % is revenue: the field's commonest mistake.
func warnAboutRevenue(notes *notice.List, margin float64) {
	if margin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
}

package value

import "hourglass/core/notice"

// TotalsInput is what the books say about a year and about the relationships that have ended.
type TotalsInput struct {
	Revenue            float64 `json:"revenue" unit:"money" jsonschema:"title=Revenue,maximum=1e15" jsonschema_description:"What all customers paid in the year, without tax."`
	Orders             float64 `json:"orders" unit:"count" jsonschema:"title=Orders,exclusiveMinimum=0" jsonschema_description:"The number of orders that this revenue comes from."`
	Customers          float64 `json:"customers" unit:"count" jsonschema:"title=Customers,exclusiveMinimum=0" jsonschema_description:"How many different customers placed those orders."`
	TotalLifespanYears float64 `json:"total_lifespan_years" unit:"years" jsonschema:"title=Sum of customer lifetimes (years),maximum=1e12" jsonschema_description:"The years from first to last order, summed over these customers."`
	GrossMargin        float64 `json:"gross_margin"`

	AnnualDiscountRate float64  `json:"annual_discount_rate" jsonschema:"default=0"`
	CAC                *float64 `json:"cac,omitempty"`
	TargetRatio        float64  `json:"target_ratio" jsonschema:"default=3"`
}

// TotalsResult is the average customer that the books describe, and its value.
type TotalsResult struct {
	CLV               float64 `json:"clv" words:"own" unit:"money" jsonschema:"title=Customer lifetime value (CLV)" jsonschema_description:"The margin expected from one customer over the whole relationship, discounted."`
	OrderValue        float64 `json:"order_value"`
	OrdersPerCustomer float64 `json:"orders_per_customer" unit:"count" jsonschema:"title=Orders per customer per year" jsonschema_description:"How often a customer ordered in the year."`
	LifespanYears     float64 `json:"lifespan_years"`
	Orders
}

// Totals is Average with the averages taken from the books: revenue/orders, orders/customers, lifespans/customers.
func Totals(in TotalsInput) (TotalsResult, notice.List) { return TotalsFor(&in, Whole) }

// TotalsFor is Totals to an extent.
func TotalsFor(in *TotalsInput, extent Extent) (out TotalsResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	out.OrderValue = in.Revenue / in.Orders
	out.OrdersPerCustomer = in.Orders / in.Customers
	out.LifespanYears = in.TotalLifespanYears / in.Customers
	clv := out.OrderValue * out.OrdersPerCustomer * out.LifespanYears * in.GrossMargin
	out.CLV = out.Orders.fill(&notes, clv, out.OrderValue*in.GrossMargin, out.OrdersPerCustomer, out.LifespanYears, in.AnnualDiscountRate, in.CAC, in.TargetRatio, extent)
	if in.Orders < in.Customers {
		notes.Add(notice.FewerOrdersThanCustomers, "orders", in.Customers)
	}
	WarnOfLongLife(&notes, "total_lifespan_years", &out.LifespanYears)
	warnAboutRevenue(&notes, in.GrossMargin)
	return
}

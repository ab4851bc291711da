package economics

import "hourglass/core/notice"

// MarginInput is one average order with all that it costs. Shares are of the order value or of orders.
type MarginInput struct {
	OrderValue     float64  `json:"order_value" words:"own" unit:"money" jsonschema:"title=Average order value (AOV),exclusiveMinimum=0" jsonschema_description:"Price of the goods in an average order, without tax and before discounts."`
	PriceDiscount  float64  `json:"price_discount" unit:"share" jsonschema:"title=Price discount,default=0" jsonschema_description:"Average share of the order value that codes and promotions take off."`
	GoodsCost      float64  `json:"goods_cost" unit:"money" jsonschema:"title=Cost of goods per order" jsonschema_description:"What the goods in an average order cost you, with duty and freight to your warehouse."`
	ShippingCost   float64  `json:"shipping_cost" unit:"money" jsonschema:"title=Shipping cost per order,default=0" jsonschema_description:"Picking, packaging and shipping, less what customers pay for shipping."`
	PaymentFeeRate float64  `json:"payment_fee_rate" unit:"share" jsonschema:"title=Payment and marketplace fee,default=0" jsonschema_description:"Share of the amount paid that payment providers and marketplaces keep."`
	PaymentFee     float64  `json:"payment_fee" unit:"money" jsonschema:"title=Fixed fee per payment,default=0" jsonschema_description:"Charged for each order, whatever its amount."`
	ReturnRate     float64  `json:"return_rate" unit:"share" jsonschema:"title=Return rate,default=0" jsonschema_description:"Share of orders that come back and are refunded in full."`
	ReturnCost     float64  `json:"return_cost" unit:"money" jsonschema:"title=Cost of a return,default=0" jsonschema_description:"Shipping back, inspection and handling of one returned order."`
	ResoldShare    float64  `json:"resold_share" unit:"share" jsonschema:"title=Returned goods resold,default=1" jsonschema_description:"Share of the cost of returned goods that you recover by selling them again."`
	SupportCost    float64  `json:"support_cost" unit:"money" jsonschema:"title=Support cost per order,default=0" jsonschema_description:"Customer service and other costs that each order brings."`
	MonthlyFixed   *float64 `json:"monthly_fixed_costs,omitempty" unit:"money" jsonschema:"title=Fixed costs per month" jsonschema_description:"Rent, salaries, software: what does not depend on the number of orders. For the break-even number of orders."`
}

// MarginResult is what an order leaves, and where it stops leaving anything.
type MarginResult struct {
	Contribution        float64      `json:"contribution" unit:"money" jsonschema:"title=Contribution per order" jsonschema_description:"What remains of an average order after all costs that it brings, before advertising and fixed costs."`
	ContributionMargin  *float64     `json:"contribution_margin,omitempty" unit:"share" jsonschema:"title=Contribution margin" jsonschema_description:"Contribution divided by net revenue. Use it as the gross margin of other calculations, with net revenue as order value. Empty without revenue."`
	NetRevenue          float64      `json:"net_revenue" unit:"money" jsonschema:"title=Net revenue per order" jsonschema_description:"Order value after discounts and refunds."`
	GoodsMargin         *float64     `json:"goods_margin,omitempty" unit:"share" jsonschema:"title=Margin after goods alone" jsonschema_description:"Share of the amount paid that remains after the cost of goods: what many take for their margin. Empty without revenue."`
	BreakEvenDiscount   *float64     `json:"break_even_price_discount,omitempty" unit:"share" jsonschema:"title=Break-even discount" jsonschema_description:"With a larger price discount, each order loses money. Empty if no discount makes the difference."`
	BreakEvenReturnRate *float64     `json:"break_even_return_rate,omitempty" unit:"share" jsonschema:"title=Break-even return rate" jsonschema_description:"With a higher return rate, each order loses money. Empty if no return rate makes the difference."`
	BreakEvenOrders     *float64     `json:"break_even_orders,omitempty" unit:"count" jsonschema:"title=Break-even orders per month" jsonschema_description:"Orders that cover the fixed costs. Empty without fixed costs or if orders leave nothing."`
	Bridge              MarginBridge `json:"bridge" words:"own" jsonschema:"title=From order value to contribution" jsonschema_description:"Each step is the order value lost to one cause."`
}

// MarginBridge leads from the order value to the contribution. The steps are negative or zero and add up.
type MarginBridge struct {
	OrderValue   float64 `json:"order_value" words:"own" unit:"money" jsonschema:"title=Average order value (AOV)" jsonschema_description:"Before discounts."`
	DiscountStep float64 `json:"price_discount_step" unit:"money" jsonschema:"title=Discounts" jsonschema_description:"Codes and promotions."`
	RefundStep   float64 `json:"refund_step" unit:"money" jsonschema:"title=Refunds" jsonschema_description:"Amounts paid back for returned orders."`
	GoodsStep    float64 `json:"goods_step" unit:"money" jsonschema:"title=Goods" jsonschema_description:"Cost of goods sold, and of returned goods that are lost."`
	ShippingStep float64 `json:"shipping_step" unit:"money" jsonschema:"title=Shipping" jsonschema_description:"Also of orders that come back."`
	FeeStep      float64 `json:"fee_step" unit:"money" jsonschema:"title=Fees" jsonschema_description:"Kept by providers also when the amount is refunded."`
	ReturnStep   float64 `json:"return_step" unit:"money" jsonschema:"title=Handling of returns" jsonschema_description:"Return rate times the cost of a return."`
	SupportStep  float64 `json:"support_step" unit:"money" jsonschema:"title=Support" jsonschema_description:"Customer service per order."`
	Contribution float64 `json:"contribution" words:"own" unit:"money" jsonschema:"title=Contribution per order" jsonschema_description:"What is left."`
}

// Margin is the contribution of an average order. With value v, discount δ, goods c, shipping h, fees p and f, return rate
// ρ, cost k of a return, share s of returned goods resold, support u, an order brings
//
//	v(1-δ)(1-ρ) - c(1-ρs) - h - p·v(1-δ) - f - ρk - u.
//
// A returned order is refunded in full; its shipping and its fees are not.
func Margin(in MarginInput) (out MarginResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	paid := in.OrderValue * (1 - in.PriceDiscount)
	kept := 1 - in.ReturnRate
	b := &out.Bridge
	b.OrderValue = in.OrderValue
	b.DiscountStep = -in.OrderValue * in.PriceDiscount
	b.RefundStep = -paid * in.ReturnRate
	b.GoodsStep = -in.GoodsCost * (1 - in.ReturnRate*in.ResoldShare)
	b.ShippingStep = -in.ShippingCost
	b.FeeStep = -in.PaymentFeeRate*paid - in.PaymentFee
	b.ReturnStep = -in.ReturnRate * in.ReturnCost
	b.SupportStep = -in.SupportCost

	out.NetRevenue = paid * kept
	costs := b.GoodsStep + b.ShippingStep + b.ReturnStep + b.SupportStep - in.PaymentFee
	out.Contribution = out.NetRevenue - in.PaymentFeeRate*paid + costs
	b.Contribution = out.Contribution
	if out.NetRevenue > 0 {
		out.ContributionMargin = new(out.Contribution / out.NetRevenue)
	}
	if paid > 0 {
		out.GoodsMargin = new(1 - in.GoodsCost/paid)
	}
	// Both are straight lines: what an order leaves by the amount paid, and by the return rate.
	out.BreakEvenDiscount = shareWhere(in.OrderValue*(kept-in.PaymentFeeRate)+costs, in.OrderValue*(kept-in.PaymentFeeRate))
	out.BreakEvenReturnRate = shareWhere(out.Contribution+in.ReturnRate*returned(&in, paid), returned(&in, paid))
	if in.MonthlyFixed != nil && out.Contribution > 0 {
		out.BreakEvenOrders = new(*in.MonthlyFixed / out.Contribution)
	}
	if out.Contribution < 0 {
		notes.Add(notice.SaleLoses, "", -out.Contribution)
	}
	return
}

// returned is what an order loses by coming back.
func returned(in *MarginInput, paid float64) float64 {
	return paid - in.GoodsCost*in.ResoldShare + in.ReturnCost
}

// shareWhere is the share x in [0, 1] at which most - x·falls is zero; nil where there is none, or where nothing falls.
func shareWhere(most, falls float64) *float64 {
	if !(falls > 0) || most < 0 || most > falls {
		return nil
	}
	return new(most / falls)
}

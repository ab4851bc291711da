package catalogue

import "hourglass/core/economics"

var economicsCalculations = []Calculation{
	{
		ID:       "margin",
		Title:    "Contribution margin",
		Question: "What is left of an order?",
		Module:   Economics,
		Func:     economics.Margin,
		Example: economics.MarginInput{OrderValue: 80, PriceDiscount: 0.08, GoodsCost: 28, ShippingCost: 6, PaymentFeeRate: 0.029, PaymentFee: 0.3,
			ReturnRate: 0.12, ReturnCost: 7, ResoldShare: 0.8, SupportCost: 1.5},
		Defines: "contribution",
		Formula: `C = v (1 - \delta)(1 - \rho - p) - c (1 - \rho s) - h - f - \rho k - u`,
		Symbols: []Symbol{{TeX: "C", Field: "contribution"}, {TeX: "v", Field: "order_value"}, {TeX: `\delta`, Field: "price_discount"}, {TeX: `\rho`, Field: "return_rate"},
			{TeX: "p", Field: "payment_fee_rate"}, {TeX: "c", Field: "goods_cost"}, {TeX: "s", Field: "resold_share"}, {TeX: "h", Field: "shipping_cost"},
			{TeX: "f", Field: "payment_fee"}, {TeX: "k", Field: "return_cost"}, {TeX: "u", Field: "support_cost"}},
		Assumptions: []string{
			"Returned orders are refunded in full. Their shipping and their fees are not.",
			"Orders that come back have the same value as the others.",
			"Advertising and fixed costs are not part of the contribution. They have to be paid out of it.",
		},
		Special: []string{
			"If each order loses money, Hourglass shows a note, and there is no break-even number of orders.",
			"Break-even discount and break-even return rate change one figure and keep the others. They are empty where no share makes the difference.",
		},
		Source: "Contribution margin as in Horngren, Datar & Rajan, Cost Accounting, chapter on cost-volume-profit analysis: revenue less variable costs, here of one order, with the costs of the returned share.",
	},
}

package catalogue

import (
	"hourglass/core/economics"
	"hourglass/core/value"
)

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
	{
		ID:       "acquisition-cost",
		Title:    "Customer acquisition cost",
		Question: "What does a new customer cost, with everything?",
		Module:   Economics,
		Func:     economics.AcquisitionCost,
		Example: economics.AcquisitionCostInput{MediaSpend: 60000, AgencyCost: 10000, SalaryCost: 80000, ToolCost: 5000, PromotionCost: 7000,
			NewCustomers: 120, PaidCustomers: new(75.0), MonthlyMargin: new(640.0)},
		Defines: "cac",
		Formula: `\mathrm{CAC} = \frac{A + F + S + T + P}{N}`,
		Symbols: []Symbol{{TeX: `\mathrm{CAC}`, Field: "cac"}, {TeX: "A", Field: "media_spend"}, {TeX: "F", Field: "agency_cost"}, {TeX: "S", Field: "salary_cost"},
			{TeX: "T", Field: "tool_cost"}, {TeX: "P", Field: "promotion_cost"}, {TeX: "N", Field: "new_customers"}},
		Assumptions: []string{
			"Costs and new customers are of the same time. If a sale takes months, use the costs of the months before.",
			"Paid CAC counts media and agencies for customers from ads only. Salaries and tools serve all customers.",
			"The payback period takes every customer as staying until then. With churn it is longer.",
			"The magic number is 12 × net new MRR divided by the total acquisition cost.",
		},
		Special: []string{"Without salaries and tools, Hourglass shows a note: that is cost per acquisition, not CAC."},
		Source:  "Leckie (2008), Magic Number for SaaS Companies, Scale Venture Partners; Skok, SaaS Metrics 2.0, forentrepreneurs.com, on CAC with salaries and its payback period. Example: metrickittools.com, Blended CAC Calculator.",
	},
	{
		ID:       "ad-budget",
		Title:    "Ad budget",
		Question: "What can a click, a lead or a first order cost?",
		Module:   Economics,
		Func:     economics.AdBudget,
		Example: economics.AdBudgetInput{OrderValue: 80, GrossMargin: 0.45, ClickConversion: 0.025, RepeatOrders: 1.2, HorizonMonths: 12, AnnualDiscountRate: 0.1,
			ProfitShare: 0.2, CPC: new(1.1)},
		Defines: "max_cpa",
		Formula: `\mathrm{CPA} = v \, g \left( 1 + \frac{R}{H} \sum_{k=1}^{H} {(1 + d)}^{-k/12} \right)`,
		Where:   `\mathrm{CPC} = w \, \mathrm{CPA}`,
		Symbols: []Symbol{{TeX: `\mathrm{CPA}`, Field: "max_cpa"}, {TeX: "v", Field: "order_value"}, {TeX: "g", Field: "gross_margin"}, {TeX: "R", Field: "repeat_orders"},
			{TeX: "H", Field: "horizon_months"}, {TeX: "d", Field: "annual_discount_rate"}, {TeX: `\mathrm{CPC}`, Field: "max_cpc"}, {TeX: "w", Field: "click_conversion"}, {TeX: "k", Means: "month_index"}},
		Assumptions: []string{
			"Repeat orders have the value and margin of the first order, and are spread evenly over the months of the time horizon.",
			"ROAS counts the revenue of first orders, as ad platforms report it.",
			"Customers from ads behave like the customers that the figures are from.",
		},
		Special: []string{
			"If CPA is above the maximum, Hourglass shows a note and there is no payback period.",
			"With a gross margin of 100% the result is revenue. Hourglass shows a note.",
		},
		Source: "Farris, Bendle, Pfeifer & Reibstein, Marketing Metrics, chapters on customer profitability and on online metrics: break-even cost per acquisition, per click, return on ad spend. Repeat orders discounted to the day of the click.",
	},
	{
		ID:       "price-change",
		Title:    "Price change",
		Question: "How many customers can a price rise cost before it loses value?",
		Module:   Economics,
		Func:     economics.PriceChange,
		Example: economics.PriceChangeInput{Price: 40, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05, AnnualDiscountRate: 0.1, PriceRise: 0.1,
			ChurnRise: 0.002, VolumeLoss: 0.02, Grandfathered: 0.25, Customers: new(2000.0)},
		Defines: "gain_per_customer",
		Formula: `\Delta = (1 - \gamma) \left( (1 - \ell) \, p (g + x) \, A_1 - p \, g \, A_0 \right)`,
		Where:   `A_0 = \frac{1 + d}{c + d}, \quad A_1 = \frac{1 + d}{c + y + d}`,
		Symbols: []Symbol{{TeX: `\Delta`, Field: "gain_per_customer"}, {TeX: `\gamma`, Field: "grandfathered_share"}, {TeX: `\ell`, Field: "volume_loss"}, {TeX: "p", Field: "price"},
			{TeX: "g", Field: "gross_margin"}, {TeX: "x", Field: "price_rise"}, {TeX: "c", Field: "churn_rate"}, {TeX: "y", Field: "churn_rise"}, {TeX: "d", Field: "discount_rate_per_period"},
			{TeX: "A_0", Field: "discounted_periods_before"}, {TeX: "A_1", Field: "discounted_periods_after"}},
		Assumptions: []string{
			"The cost of goods per customer stays, so the whole price change is margin.",
			"Churn is the same in every period. Payments fall at the start of a period.",
			"Customers on the old price stay on it, with today's churn.",
			"You enter the churn increase and the loss; the default is 0. Measure them with a price test.",
		},
		Special: []string{
			"Break-even churn increase: (x / g) × (churn + discount rate per period). Break-even loss without a churn increase: x / (g + x).",
			"If nothing remains of a sale at the new price, Hourglass shows a note and there is no break-even.",
		},
		Source: "Nagle, Hogan & Zale, The Strategy and Tactics of Pricing, chapter on financial analysis: break-even sales change; with churn by the margin multiple of Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1).",
	},
}

package catalogue

import (
	"hourglass/core/economics"
	"hourglass/core/retention"
	"hourglass/core/value"
)

// segmentCalculations are about a base and who is in it, kind by kind: tenures, segments, streams.
var segmentCalculations = []Calculation{
	{
		ID:       "customer-equity",
		Title:    "Customer equity",
		Question: "What is my whole customer base worth?",
		Module:   Bases,
		Func:     economics.CustomerEquity,
		Example: retention.EquityInput{Period: value.Year, Margin: 100, AnnualDiscountRate: 0.1, Acquired: 10000, Acquiring: 5, CAC: new(150.0), Tenures: []retention.Tenure{
			{Active: 10000, AtRisk: 40000, Lost: 8000},
			{Active: 8000, AtRisk: 24000, Lost: 4560},
			{Active: 6480, AtRisk: 12960, Lost: 2346},
			{Active: 5307, AtRisk: 5307, Lost: 916},
			{Active: 4391},
		}},
		Rows:    []string{"Year 1", "Year 2", "Year 3", "Year 4", "Year 5"},
		Defines: "customer_equity",
		Formula: `E = V + F`,
		Where:   `V = \sum_{k} n_k \cdot R_k, \quad R_k = m \sum_{t=0}^{\infty} \frac{S(k-1+t)}{S(k-1) {(1+d)}^t}, \quad S(t) = \frac{B(\alpha, \beta + t)}{B(\alpha, \beta)}, \quad F = (R_1 - \mathrm{CAC}) \sum_{j=1}^{J} \frac{N {(1+\gamma)}^{j-1}}{{(1+d)}^j}`,
		Symbols: []Symbol{{TeX: "E", Field: "customer_equity"}, {TeX: "V", Field: "base_value"}, {TeX: "F", Field: "future_value"}, {TeX: "k", Means: "one_tenure"}, {TeX: "n_k", Means: "tenure_customers"},
			{TeX: "R_k", Means: "tenure_residual"}, {TeX: "R_1", Field: "clv"}, {TeX: "m", Field: "margin"}, {TeX: "S", Means: "remaining"}, {TeX: `\alpha`, Field: "alpha"}, {TeX: `\beta`, Field: "beta"}, {TeX: "B", Means: "beta_function"},
			{TeX: "t", Means: "period_index"}, {TeX: "d", Field: "discount_rate_per_period"}, {TeX: "N", Field: "acquired_per_period"}, {TeX: `\gamma`, Field: "acquisition_growth"}, {TeX: "J", Field: "acquisition_periods"},
			{TeX: "j", Means: "period_index"}, {TeX: `\mathrm{CAC}`, Field: "cac"}},
		Assumptions: []string{
			"Along a retention curve, each customer has a constant churn rate of their own, and those with high churn leave first. One curve holds for all cohorts, unless you choose one for each.",
			"Future customers behave like those of the past and bring the same margin.",
			"The interval covers the uncertainty of the retention curve only. Margin, CAC and future customers are taken as you enter them.",
			"Customer equity is not the value of the company: fixed costs, tax, cash and debt are not in it.",
		},
		Special: []string{
			"With tracked customers of one tenure only, the data give one churn rate; Hourglass uses it for all tenures and shows a note.",
			"Tenures without tracked customers are valued by the continued curve. If that is most of the value, Hourglass shows a note.",
			"Without a discount rate and with alpha of 1 or less, value has no limit. Hourglass then counts five years and shows a note.",
			"A curve for each cohort takes three tracked tenures and ten lost customers. Cohorts with less follow the curve of all cohorts, and Hourglass shows a note.",
		},
		Source: "Gupta, Lehmann & Stuart (2004), Valuing customers, J. Marketing Research 41(1): present and future customers. Fader & Hardie (2010), Customer-base valuation in a contractual setting, Marketing Science 29(1): residual value by tenure. McCarthy, Fader & Hardie (2017), Valuing subscription-based businesses using publicly disclosed customer data, J. Marketing 81(1). Zou & Donner (2008), Statistics in Medicine 27(10): the interval of several curves.",
	},
	{
		ID:       "usage",
		Title:    "Usage-based pricing",
		Question: "What is a customer worth who pays by seats, usage or volume?",
		Module:   Bases,
		Func:     economics.Usage,
		Example: economics.UsageInput{Period: value.Month, CAC: new(400.0), AnnualDiscountRate: 0.1, Segments: []economics.Segment{
			{Customers: 70, Seats: 4, SeatPrice: 15, GrossMargin: 0.8, ChurnRate: 0.04, Expansion: 0.005, ServiceCost: 4},
			{Customers: 25, Seats: 10, SeatPrice: 12, Usage: 2000, UsagePrice: 0.05, GrossMargin: 0.7, ChurnRate: 0.02, Expansion: 0.01, ServiceCost: 15},
			{Customers: 5, Volume: 40000, TakeRate: 0.025, GrossMargin: 0.5, ChurnRate: 0.03, ServiceCost: 60, CAC: new(2500.0)},
		}},
		Rows:    []string{"Teams", "Developers", "Sellers"},
		Defines: "clv",
		Formula: `\mathrm{CLV} = \sum_{i} \frac{N_i}{\sum_{i} N_i} \left( R_i \, g_i \, A_i - k_i \, K_i \right)`,
		Where:   `R_i = Q_i + U_i + T_i, \quad A_i = \sum_{t=0}^{\infty} {\left( (1-c_i)(1+e_i) v \right)}^t, \quad K_i = \sum_{t=0}^{\infty} {\left( (1-c_i) v \right)}^t`,
		Symbols: []Symbol{{TeX: "i", Means: "one_segment"}, {TeX: "N_i", Means: "segment_customers"}, {TeX: "R_i", Means: "segment_revenue"}, {TeX: "g_i", Means: "segment_margin"}, {TeX: "c_i", Means: "segment_churn"},
			{TeX: "e_i", Means: "segment_expansion"}, {TeX: "k_i", Means: "segment_service"}, {TeX: "A_i", Means: "segment_periods"}, {TeX: "K_i", Means: "segment_flat_periods"}, {TeX: "v", Means: "discount_factor"}, {TeX: "Q_i", Means: "segment_seats"}, {TeX: "U_i", Means: "segment_usage"}, {TeX: "T_i", Means: "segment_volume"}, {TeX: "t", Means: "period_index"}},
		Assumptions: []string{
			"Expansion raises seats, usage and volume alike, by the same percentage in every period.",
			"The cost to serve does not rise with expansion. Put costs that rise with revenue into the gross margin.",
			"Customers do not move between segments.",
		},
		Special: []string{
			"If expansion outweighs churn and discount rate, value has no limit. Hourglass then counts five years for all segments and shows a note.",
			"A segment that pays nothing has a negative value if it costs something to serve.",
		},
		Source: "Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1), with growth of the margin. Take rate of a volume as marketplaces report it: a16z, 16 more startup metrics (2015). The example is ours, derived by hand; published figures that it was held to: runway.com, Gross merchandise value (12% of $50 million is $6 million); pulserevops.com ($1,226 at 78% and 1.4%: $68,306).",
	},
	{
		ID:       "mixed",
		Title:    "Mixed revenue",
		Question: "What is a customer worth who pays a plan, orders and a set-up fee?",
		Module:   Bases,
		Func:     economics.Mixed,
		Partly:   economics.MixedFor,
		Example: economics.MixedInput{Price: 80, Period: value.Month, BillingPeriods: 12, PrepayDiscount: 0.15, GrossMargin: 0.8, ChurnRate: 0.03, SetupFee: 300, SetupCost: 200, OrderValue: 60, Orders: 0.5, OrderMargin: 0.4,
			ServiceCost: 5, CAC: new(900.0), AnnualDiscountRate: 0.1, NewCustomers: 10, Growth: 0.02, FixedCost: 3000, PlanPeriods: 36},
		Formula: `\mathrm{CLV} = F + P + O + S`,
		Where:   `\begin{gathered} F = f - h, \quad P = \frac{b}{1-x} - D k, \quad O = D n v r, \quad S = -D s \\ b = B p (1 - \delta), \quad x = {\left( \frac{1-c}{1+d} \right)}^B, \quad D = \frac{1}{1-x} \sum_{t=0}^{B-1} {(1+d)}^{-t}, \quad k = p (1-g) \end{gathered}`,
		Symbols: []Symbol{{TeX: "F", Field: "setup_value"}, {TeX: "P", Field: "plan_value"}, {TeX: "O", Field: "orders_value"}, {TeX: "S", Field: "service_value"}, {TeX: "f", Field: "setup_fee"}, {TeX: "h", Field: "setup_cost"}, {TeX: "b", Means: "one_bill"}, {TeX: "B", Field: "billing_periods"}, {TeX: "p", Field: "price"}, {TeX: `\delta`, Field: "prepay_discount"},
			{TeX: "x", Means: "bill_renewed"}, {TeX: "c", Field: "churn_rate"}, {TeX: "d", Field: "discount_rate_per_period"}, {TeX: "D", Field: "discounted_periods"}, {TeX: "n", Field: "orders_per_period"}, {TeX: "v", Field: "order_value"},
			{TeX: "r", Field: "order_margin"}, {TeX: "k", Means: "goods_each"}, {TeX: "g", Field: "gross_margin"}, {TeX: "s", Field: "service_cost"}, {TeX: "t", Means: "period_index"}},
		Assumptions: []string{
			"A customer who decides to leave stays to the end of the paid time. There are no refunds.",
			"Paying ahead does not change how many customers decide to leave. With longer bills they leave later.",
			"Bills come at the start of the time they are for; goods, orders and service fall in each period.",
			"In the cash plan, CAC and the set-up are paid in the period in which a customer starts.",
		},
		Special: []string{
			"Without churn and discount rate, value has no limit. Hourglass then counts five years and shows a note.",
			"The faster the base grows, the deeper the trough: each new customer first costs CAC. Bills paid ahead make it shallower.",
		},
		Source: "Present value of each stream by its own dates; cash trough of a growing subscription base: Skok (2013), SaaS Economics, part 1: The SaaS cash flow trough, forentrepreneurs.com. The example is ours, derived by hand; published figures that it was held to: the Western Athletic Clubs case (answer.ya.guru: $78 for 26 months is $2,028, with training $2,118).",
	},
}

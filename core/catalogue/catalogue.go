// Package catalogue is the list of calculations with their words. It is linked natively only (the API, the
// generator), never into the WASM module, which knows a calculation as a number. One entry and the Go file that it
// points to are all there is to a calculation; the rest is generated from them.
package catalogue

import (
	"hourglass/core/retention"
	"hourglass/core/value"
)

//go:generate go run hourglass/internal/gen

// A Calculation is one entry: a function of core with the words around it. Its titles, help, bounds and units are
// the struct tags of the function's input and result.
type Calculation struct {
	ID       string
	Title    string
	Question string // that it answers, as a person would ask it
	Func     any    // func(In) (Out, notice.List)
	Example  any    // an In, complete: what the page shows first and the docs compute

	Formula     string   // TeX
	Symbols     []Symbol // that the formula uses, in reading order
	Assumptions []string // what has to hold for the result to mean something
	Special     []string // what happens at the edges of the domain
	Source      string   // the paper and equation, or the published guide
}

// A Symbol ties a letter of a formula to the field that it stands for.
type Symbol struct {
	TeX   string
	Field string
}

// Calculations in the order of the page; the index of one is its number at the boundary.
var Calculations = []Calculation{
	{
		ID:       "average",
		Title:    "Average customer",
		Question: "What is a customer worth, on averages?",
		Func:     value.Average,
		Example:  value.AverageInput{OrderValue: 75, OrdersPerYear: 3, LifespanYears: 2.5, GrossMargin: 0.6},
		Formula:  `\mathrm{CLV} = v \cdot f \cdot L \cdot g`,
		Symbols:  []Symbol{{"v", "order_value"}, {"f", "orders_per_year"}, {"L", "lifespan_years"}, {"g", "gross_margin"}},
		Assumptions: []string{
			"Every customer is the average one; heavy and light buyers are not told apart.",
			"Money later counts like money now: nothing is discounted.",
		},
		Special: []string{"A gross margin of 1 gives revenue, and the result says so."},
		Source:  "The textbook product of averages; example from Shopify's guide to customer lifetime value.",
	},
	{
		ID:       "totals",
		Title:    "From the books",
		Question: "What is a customer worth, by the totals in the books?",
		Func:     value.Totals,
		Example:  value.TotalsInput{Revenue: 5e6, Orders: 5e5, Customers: 2e5, TotalLifespanYears: 3e5, GrossMargin: 0.4},
		Formula:  `\mathrm{CLV} = \frac{R}{O} \cdot \frac{O}{C} \cdot \frac{Y}{C} \cdot g`,
		Symbols: []Symbol{{"R", "revenue"}, {"O", "orders"}, {"C", "customers"}, {"Y", "total_lifespan_years"},
			{"g", "gross_margin"}},
		Assumptions: []string{
			"Revenue, orders and customers are of the same year.",
			"The lifespans are those of customers who have stopped buying; customers who are still there make the average too short.",
		},
		Special: []string{"Fewer orders than customers cannot be, and the result says so."},
		Source:  "calculator.7search.cc, LTV from totals.",
	},
	{
		ID:       "subscription",
		Title:    "Subscription",
		Question: "What is a subscriber worth, with churn, discounting and growth?",
		Func:     value.Subscription,
		Example: value.SubscriptionInput{Price: 100, Period: value.Month, GrossMargin: 0.8, ChurnRate: 0.05,
			AnnualDiscountRate: 0.1, CAC: new(400.0), TargetRatio: 3},
		Formula: `\mathrm{CLV} = F \cdot g \cdot \left( \frac{p}{1 - x(1+\gamma)} + \frac{s \, x}{(1-x)^2} \right), \quad x = \frac{1-c}{1+d}`,
		Symbols: []Symbol{{"p", "price"}, {"g", "gross_margin"}, {"c", "churn_rate"}, {"d", "discount_rate_per_period"},
			{`\gamma`, "growth_rate"}, {"s", "growth_per_period"}, {"F", "timing_factor"}},
		Assumptions: []string{
			"Churn is the same for every customer and at every age. If the first months lose more than the later ones, use the retention curve.",
			"F is 1 for payments at the start of a period, 1/(1+d) at its end, x after each renewal.",
			"The yearly discount rate is converted exactly: d = (1 + yearly rate)^(1/periods per year) − 1.",
		},
		Special: []string{
			"With no churn, or growth at or above churn, the whole life has no limit: it is counted within five years and the result says so.",
			"With churn of 1 a customer pays once.",
			"With d, γ and s at 0 this is the well-known price × margin ÷ churn.",
		},
		Source: "Gupta & Lehmann (2003), Customers as assets, eq. 3, with growth; Skok's published scenario for linear expansion.",
	},
	{
		ID:       "retention",
		Title:    "Contracts",
		Question: "What is a customer worth, by the yearly retention rate?",
		Func:     value.Retention,
		Example: value.RetentionInput{Margin: 5241.6, RetentionRate: 0.75, AnnualDiscountRate: 0.1,
			PaymentTiming: value.AfterRenewal},
		Formula: `\mathrm{CLV} = m \cdot F \cdot \frac{1+d}{1 + d - r(1+\gamma)}`,
		Symbols: []Symbol{{"m", "margin"}, {"r", "retention_rate"}, {"d", "annual_discount_rate"},
			{`\gamma`, "annual_growth_rate"}, {"F", "timing_factor"}},
		Assumptions: []string{
			"Retention is the same every year.",
			"F is r/(1+d) when the first margin comes with the first renewal, 1 when it comes at once, 1/(1+d) when it comes at the end of the year.",
		},
		Special: []string{"With retention × (1 + growth) at or above 1 the value has no limit: it is counted within five years and the result says so."},
		Source:  "Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1), eq. 3; (2005) Managing customers as investments, ch. 2.",
	},
	{
		ID:       "repeat-purchase",
		Title:    "Repeat purchase",
		Question: "What is a customer worth who comes back every so often?",
		Func:     value.RepeatPurchase,
		Example: value.RepeatPurchaseInput{Spend: 60, PurchaseIntervalDays: 7, RelationshipYears: 3,
			RepurchaseProbability: 0.98, GrossMargin: 0.25, AnnualDiscountRate: 0.08, FirstSaleCost: 40, RepeatSaleCost: 1.5},
		Formula: `\mathrm{CLV} = (s g - c_0) + (s g - c_1) \cdot \frac{q - q^{N}}{1-q}, \quad q = \frac{\rho}{(1+d)^{i/365}}`,
		Symbols: []Symbol{{"s", "spend"}, {"g", "gross_margin"}, {"c_0", "first_sale_cost"}, {"c_1", "repeat_sale_cost"},
			{`\rho`, "repurchase_probability"}, {"d", "annual_discount_rate"}, {"i", "purchase_interval_days"},
			{"N", "possible_purchases"}, {"q", "return_factor"}},
		Assumptions: []string{
			"N = years · 365 / i, rounded up, purchases fit into the relationship.",
			"A customer who does not come back once is gone.",
			"Purchases are evenly spaced.",
		},
		Special: []string{"A chance to come back of 1 counts every purchase that fits into the relationship."},
		Source:  "Dwyer (1997), Customer lifetime valuation to support marketing decision making, J. Direct Marketing 11(4), retention model.",
	},
	{
		ID:       "annual-plan",
		Title:    "Annual plan",
		Question: "Does it pay to trade a discount for a year's commitment?",
		Func:     value.AnnualPlan,
		Example: value.AnnualPlanInput{MonthlyPrice: 100, AverageMonths: 7, PlanDiscount: 0.25, AdoptionShare: 1,
			GrossMargin: 1},
		Formula: `\Delta = g \cdot \left( \frac{12 \, p \, (1-\delta)}{1 - \rho/(1+d)} - \frac{p}{1 - (1 - 1/L)/(1+d)^{1/12}} \right)`,
		Symbols: []Symbol{{"p", "monthly_price"}, {"L", "average_months"}, {`\delta`, "plan_discount"},
			{`\rho`, "annual_renewal_rate"}, {"g", "gross_margin"}, {"d", "annual_discount_rate"}},
		Assumptions: []string{
			"A monthly customer leaves with the same chance every month, 1/L.",
			"Who takes the annual plan would have stayed as long as anybody else on the monthly one.",
		},
		Special: []string{"With a renewal share of 1 the annual plan is counted within five years and the result says so."},
		Source:  "The project's brief: 7 months at $100 against a year with 25 % off.",
	},
	{
		ID:       "churn-interval",
		Title:    "Few customers",
		Question: "How sure can I be with this few customers?",
		Func:     retention.ChurnInterval,
		Example: retention.ChurnIntervalInput{Price: 100, Period: value.Month, GrossMargin: 0.85, Customers: 1000, Lost: 20,
			TargetRatio: 3},
		Formula: `c = \frac{k}{n}, \quad c_\pm = \frac{k + \frac{z^2}{2} \pm z \sqrt{\frac{k(n-k)}{n} + \frac{z^2}{4}}}{n + z^2}, \quad z = 1.96`,
		Symbols: []Symbol{{"k", "lost"}, {"n", "customers"}},
		Assumptions: []string{
			"Customers leave independently of each other, each with the same chance.",
			"The interval is about chance alone: it does not know of seasons, price changes or a different mix of customers to come.",
		},
		Special: []string{
			"With nobody lost, the value has no upper limit: all three values are counted within five years.",
		},
		Source: "Wilson (1927), J. Am. Stat. Assoc. 22; Brown, Cai & DasGupta (2001), Statistical Science 16(2).",
	},
}

// Find returns the calculation with this id and its index, or -1.
func Find(id string) (int, Calculation) {
	for i, c := range Calculations {
		if c.ID == id {
			return i, c
		}
	}
	return -1, Calculation{}
}

// Layout is the shape of the calculation, generated from its structs.
func (c Calculation) Layout() Layout { return layouts[c.ID] }

package catalogue

import (
	"hourglass/core/retention"
	"hourglass/core/value"
)

var retentionCalculations = []Calculation{
	{
		ID:       "retention-curve",
		Title:    "Retention curve",
		Question: "What is a customer worth when churn slows over time?",
		Func:     retention.Curve,
		Example: retention.CurveInput{Survivors: []float64{1000, 631, 468, 382, 326}, Margin: new(100.0), Period: value.Year,
			AnnualDiscountRate: 0.1},
		Formula: `\mathrm{CLV} = m \cdot A`,
		Where:   `A = \sum_{t=0}^{\infty} \frac{S(t)}{{(1+d)}^t}, \quad S(t) = \frac{B(\alpha, \beta + t)}{B(\alpha, \beta)}`,
		Symbols: []Symbol{{TeX: "m", Field: "margin"}, {TeX: "A", Field: "margin_multiple"}, {TeX: `\alpha`, Field: "alpha"}, {TeX: `\beta`, Field: "beta"}, {TeX: "d", Field: "discount_rate_per_period"},
			{TeX: "t", Means: "period_index"}, {TeX: "S", Means: "remaining"}, {TeX: "B", Means: "beta_function"}},
		Assumptions: []string{
			"Each customer has a constant churn rate of their own. Customers with high churn leave first, so retention rises over time.",
			"The retention curve is of one cohort: customers acquired at the same time and tracked from the start.",
			"Later cohorts behave like this one.",
			"A is shown for payments at the start of a period over the whole lifetime. At the end of a period, each payment is divided by 1 + d once more; after each renewal, the sum begins at t = 1. A time horizon ends the sum.",
		},
		Special: []string{
			"If churn does not fall over time, the curve becomes constant churn, and Hourglass shows a note.",
			"Without a discount rate and with alpha of 1 or less, value has no limit. Hourglass then counts five years and shows a note.",
			"Enter at least three figures: two parameters cannot be estimated from one loss.",
		},
		Source: "Fader & Hardie (2007), How to project customer retention, J. Interactive Marketing 21(1), eq. 6; (2010), Customer-base valuation in a contractual setting, Marketing Science 29(1).",
	},
	{
		ID:       "churn-interval",
		Title:    "Few customers",
		Question: "How reliable is churn with so few customers?",
		Func:     retention.ChurnInterval,
		Example: retention.ChurnIntervalInput{Price: new(100.0), Period: value.Month, GrossMargin: new(0.85), Customers: 1000, Lost: 20,
			TargetRatio: 3},
		Defines: "churn_rate",
		Formula: `c = \frac{k}{n}`,
		Where:   `c_\pm = \frac{k + \frac{z^2}{2} \pm z \sqrt{\frac{k(n-k)}{n} + \frac{z^2}{4}}}{n + z^2}, \quad z = 1.96`,
		Symbols: []Symbol{{TeX: "k", Field: "lost"}, {TeX: "n", Field: "customers"}, {TeX: "c", Field: "churn_rate"},
			{TeX: `c_\pm`, Means: "interval_ends"}, {TeX: "z", Means: "normal_quantile"}},
		Assumptions: []string{
			"Customers leave independently of each other, each with the same probability.",
			"The interval covers chance only. Seasons, price changes and a different mix of future customers are not in it.",
		},
		Special: []string{
			"With one to three customers lost (one or two of 50 or fewer), the lower end is below this formula; with as few customers remaining, the upper end is above it. The interval keeps its level in these cases too.",
			"With no customers lost and no discount rate, value has no upper limit. Hourglass then counts five years for the value and its lower end.",
		},
		Source: "Wilson (1927), J. Am. Stat. Assoc. 22; Brown, Cai & DasGupta (2001), Statistical Science 16(2).",
	},
}

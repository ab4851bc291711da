package catalogue

import (
	"hourglass/core/retention"
	"hourglass/core/value"
)

var retentionCalculations = []Calculation{
	{
		ID:       "retention-curve",
		Title:    "Retention curve",
		Question: "What is a customer worth when churn slows down with tenure?",
		Func:     retention.Curve,
		Example: retention.CurveInput{Survivors: []float64{1000, 631, 468, 382, 326}, Margin: 100, Period: value.Year,
			AnnualDiscountRate: 0.1},
		Formula: `\mathrm{CLV} = m \cdot A`,
		Where:   `A = \sum_{t=0}^{\infty} \frac{S(t)}{{(1+d)}^t}, \quad S(t) = \frac{B(\alpha, \beta + t)}{B(\alpha, \beta)}`,
		Symbols: []Symbol{{TeX: "m", Field: "margin"}, {TeX: "A", Field: "margin_multiple"}, {TeX: `\alpha`, Field: "alpha"}, {TeX: `\beta`, Field: "beta"}, {TeX: "d", Field: "discount_rate_per_period"},
			{TeX: "t", Means: "period_index"}, {TeX: "S", Means: "remaining"}, {TeX: "B", Means: "beta_function"}},
		Assumptions: []string{
			"Each customer has a churn of their own that does not change; the ones likely to leave leave first, so that retention rises with tenure.",
			"The survivors are one group of customers, won at the same time and followed from the start.",
			"Later groups will behave like this one.",
		},
		Special: []string{
			"Where churn does not fall with tenure the curve becomes constant churn, and the result says so.",
			"Without a discount rate and with alpha at or below 1, the whole life has no limit: it is counted within five years.",
			"Three figures are the least: two parameters cannot be had from one loss.",
		},
		Source: "Fader & Hardie (2007), How to project customer retention, J. Interactive Marketing 21(1), eq. 6; (2010), Customer-base valuation in a contractual setting, Marketing Science 29(1).",
	},
	{
		ID:       "churn-interval",
		Title:    "Few customers",
		Question: "How sure can I be with this few customers?",
		Func:     retention.ChurnInterval,
		Example: retention.ChurnIntervalInput{Price: 100, Period: value.Month, GrossMargin: 0.85, Customers: 1000, Lost: 20,
			TargetRatio: 3},
		Defines: "churn_rate",
		Formula: `c = \frac{k}{n}`,
		Where:   `c_\pm = \frac{k + \frac{z^2}{2} \pm z \sqrt{\frac{k(n-k)}{n} + \frac{z^2}{4}}}{n + z^2}, \quad z = 1.96`,
		Symbols: []Symbol{{TeX: "k", Field: "lost"}, {TeX: "n", Field: "customers"}, {TeX: "c", Field: "churn_rate"},
			{TeX: `c_\pm`, Means: "interval_ends"}, {TeX: "z", Means: "normal_quantile"}},
		Assumptions: []string{
			"Customers leave independently of each other, each with the same chance.",
			"The interval is about chance alone: it does not know of seasons, price changes or a different mix of customers to come.",
		},
		Special: []string{
			"With one to three customers lost (one or two of 50 or fewer) the lower end is lower than this, and where as few are left the upper end is higher: the interval holds its level there too.",
			"With nobody lost and no discount rate the value has no upper limit: the value and its lower end are counted within five years.",
		},
		Source: "Wilson (1927), J. Am. Stat. Assoc. 22; Brown, Cai & DasGupta (2001), Statistical Science 16(2).",
	},
}

package catalogue

import (
	"hourglass/core/retention"
	"hourglass/core/value"
)

var retentionCalculations = []Calculation{
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

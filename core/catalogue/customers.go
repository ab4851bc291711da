package catalogue

import (
	"math"

	"hourglass/core/predict"
)

// exampleCustomers are exampleHistories with mean spends across the range that customers of their frequency have there.
func exampleCustomers() predict.CustomersInput {
	h := exampleHistories
	return predict.CustomersInput{Frequency: h.Frequency, Recency: h.Recency, Age: h.Age, Weights: h.Weights, LogGaps: gapsByChance(h.Frequency, h.Recency),
		MeanSpend: []float64{0, 0, 0, 22.97, 77.93, 35.07, 14.84, 19.77, 81.97, 28.67, 13.12, 27.01, 13.81, 66.54, 37.14, 82.68,
			17.37, 25.26, 40.78, 33.98, 25.81, 85.78, 43.24},
		UnitDays: 7, HorizonDays: 365, GrossMargin: new(0.4), AnnualDiscountRate: 0.1}
}

// gapsByChance are the sums of the logarithms of gaps that fall by chance, as expected: each of x gaps within t_x has a mean logarithm of
// ln(t_x) - (1 + 1/2 + ... + 1/(x-1)). To three decimals.
func gapsByChance(frequency, recency []float64) []float64 {
	out := make([]float64, len(frequency))
	for i, x := range frequency {
		if x == 0 {
			continue
		}
		mean := math.Log(recency[i])
		for j := 1.0; j < x; j++ {
			mean -= 1 / j
		}
		out[i] = math.Round(1000*x*mean) / 1000
	}
	return out
}

var valueAssumptions = []string{
	"The assumptions of the model for orders, and of Gamma-Gamma for spend. A warning says which of them these data contradict.",
	"Customers go on as they did while the data were collected.",
	"Chance is independent from customer to customer. All customers share the error of the parameters.",
}

var customerCalculations = []Calculation{
	{
		ID:       "sbg/fit",
		Title:    "Shifted beta geometric: fit",
		Question: "How does retention rise over time, and how long do active customers stay?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.SBGFit,
		Example: predict.SBGInput{Cohorts: []predict.Cohort{{Survivors: []float64{1000, 869, 743, 653, 593, 551, 517, 491}}},
			Discount: 0.1, Periods: 12},
		Formula: `\begin{gathered} L = \prod_{t=1}^{m} \left(\frac{\alpha}{\alpha+\beta+t-1}\right)^{n_{t-1} - n_t} \left(\frac{\beta+t-1}{\alpha+\beta+t-1}\right)^{n_t} \\ S(t) = \frac{B(\alpha, \beta+t)}{B(\alpha,\beta)}, \quad \mathrm{DERL}(t) = \sum_{i=0}^{\infty} \frac{1}{(1+d)^{i}} \frac{S(t+i)}{S(t-1)} \end{gathered}`,
		Symbols: []Symbol{{TeX: `\alpha`, Field: "parameters.alpha"}, {TeX: `\beta`, Field: "parameters.beta"}, {TeX: "d", Field: "discount_rate_per_period"}},
		Assumptions: []string{
			"Each customer has a constant churn rate of their own. Customers with high churn leave first, so retention rises over time.",
			"Churn rates follow a beta distribution across customers, the same in every cohort.",
		},
		Special: []string{
			"If churn is constant, rises over time, or falls to zero after the first period, the likelihood has no maximum. The status is then boundary, and limit names the simpler model.",
			"One period is not enough for two parameters. The status is then not_identified.",
			"Cohorts can be of different lengths. Their losses are added up by the time since the start.",
		},
		Source: "Fader & Hardie (2007), How to project customer retention, J. Interactive Marketing 21(1); (2010), Customer-base valuation in a contractual setting, Marketing Science 29(1).",
		Expectations: []string{
			"The retention curve S(t) and the discounted expected residual lifetime (DERL) of a customer at renewal t: above, and per period under curve.",
			"In money, for one cohort: [Retention curve](retention-curve.md).",
		},
		Derivation: []string{
			"The likelihood: Fader & Hardie (2007), appendix B, regrouped by period so that no gamma function is needed.",
			"Retention curve: eq. 6 there; retention rate: eq. 8. DERL: Fader & Hardie (2010), by the updated Beta(α, β + t − 1).",
		},
		NotFor: []string{
			"Customers leave without cancelling: use BG/NBD, MBG/NBD or Pareto/NBD.",
			"Retention falls over time, for example because a product wears out: in the model it can only rise.",
			"Cohorts differ, for example before and after a price increase: fit each on its own.",
			"Price or season changes churn in single periods: the model mistakes that for a change in the mix of customers.",
		},
	},
	{
		ID:       "customers/value",
		Title:    "Customers: value",
		Question: "What is each customer worth, and how reliable is that?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.CustomersValue,
		Example: predict.CustomersValueInput{CustomersInput: exampleCustomers(), Level: 0.95, CAC: new(10.0),
			Group: []float64{1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1}},
		Formula: `\mathrm{CLV} = g \cdot E[M \mid x, \bar{z}] \cdot \int_0^{h} \frac{1}{(1+d)^{u}} \, dE[Y(u) \mid x, t_x, T]`,
		Symbols: []Symbol{{TeX: "g", Field: "gross_margin"}, {TeX: `\bar{z}`, Field: "mean_spend"}, {TeX: "x", Field: "frequency"}, {TeX: "t_x", Field: "recency"}, {TeX: "T", Field: "age"},
			{TeX: "d", Field: "annual_discount_rate"}, {TeX: "h", Field: "horizon_days"}},
		Assumptions: valueAssumptions,
		Special: []string{
			"At most 20,000 rows, and 100,000 customers if rows stand for several. The customers page and the command score take millions.",
			"If no customer has ordered a second time, order value is that of the first orders and few orders are expected. A warning says so.",
			"Without mean_spend, money is zero and customers are ranked by expected orders.",
			"If the Gamma-Gamma model does not fit, spend is based on means and variances. spend_reason says why.",
			"Groups share one model. Each has its own order rate, probability of leaving and spend, as far as its own orders support them (empirical Bayes).",
			"auto chooses by AIC, because a list of summaries has no test period. The customers page and score test predictions on a list of orders.",
			"For a test period, leave the last horizon_days out of the columns and give their orders in test_orders. Seasons need dates: only the customers page and score forecast them.",
		},
		Source: "Fader, Hardie & Lee (2005), RFM and CLV, J. Marketing Research 42(4); the models by their own sources.",
	},
	{
		ID:       "customers/segments",
		Title:    "Customers: segments",
		Question: "Which customers are at risk, and what is the expected loss?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.CustomersSegments,
		Example:  predict.CustomersSegmentsInput{CustomersInput: exampleCustomers(), Level: 0.95},
		Formula:  `V = \frac{\mathrm{CLV}}{P(\text{alive})}, \quad \text{loss} = V - \mathrm{CLV}`,
		Symbols:  []Symbol{{TeX: "V", Field: "value_at_stake"}, {TeX: `\mathrm{CLV}`, Field: "segments.clv"}},
		Assumptions: append(valueAssumptions[:2:2],
			"Champions are the 20% of customers with the highest value if they are active, regulars the next 30%, occasional customers the rest.",
			"With a probability of being active of 0.7 or more, a customer counts as active; below 0.3 as lost; between the two as at risk.",
			"New customers have one order, placed in the last 30 days."),
		Special: []string{
			"Without mean_spend, money is zero and customers are ranked by expected orders.",
			"At most 20,000 rows, and 100,000 customers if rows stand for several.",
		},
		Source: "Value by risk, as in Fader, Hardie & Lee (2005), RFM and CLV, J. Marketing Research 42(4), iso-value curves; the cuts are Hourglass's own.",
	},
}

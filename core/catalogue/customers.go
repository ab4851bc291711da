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
	"What the model used assumes of orders, and Gamma-Gamma of spend; a warning says which of it these data speak against.",
	"What held while the data were collected goes on.",
	"Chance is independent from customer to customer; the error of the parameters is shared by all.",
}

var customerCalculations = []Calculation{
	{
		ID:       "sbg/fit",
		Title:    "Shifted beta geometric: fit",
		Question: "How does retention rise with tenure, and how long do those stay who are still there?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.SBGFit,
		Example: predict.SBGInput{Cohorts: []predict.Cohort{{Survivors: []float64{1000, 869, 743, 653, 593, 551, 517, 491}}},
			Discount: 0.1, Periods: 12},
		Formula: `\begin{gathered} L = \prod_{t=1}^{m} \left(\frac{\alpha}{\alpha+\beta+t-1}\right)^{n_{t-1} - n_t} \left(\frac{\beta+t-1}{\alpha+\beta+t-1}\right)^{n_t} \\ S(t) = \frac{B(\alpha, \beta+t)}{B(\alpha,\beta)}, \quad \mathrm{DERL}(t) = \sum_{i=0}^{\infty} \frac{1}{(1+d)^{i}} \frac{S(t+i)}{S(t-1)} \end{gathered}`,
		Symbols: []Symbol{{TeX: `\alpha`, Field: "parameters.alpha"}, {TeX: `\beta`, Field: "parameters.beta"}, {TeX: "d", Field: "discount_rate_per_period"}},
		Assumptions: []string{
			"Each customer leaves at the end of a period with a probability of their own that never changes; retention rises because those likely to leave leave first.",
			"The probabilities follow a Beta distribution across customers, the same in every group.",
		},
		Special: []string{
			"Churn that is constant or rises with tenure, and losses in the first period alone, have no maximum: the status is boundary, and limit names the simpler model.",
			"One period alone cannot tell the parameters apart: the status is not_identified.",
			"Groups may be of different lengths; their losses are added up by the time since the start.",
		},
		Source: "Fader & Hardie (2007), How to project customer retention, J. Interactive Marketing 21(1); (2010), Customer-base valuation in a contractual setting, Marketing Science 29(1).",
		Expectations: []string{
			"Survival S(t) and the discounted expected residual lifetime (DERL) of a customer about to decide on renewal t: above, and by period under curve.",
			"In money, from the survivors of one group: [Retention curve](retention-curve.md).",
		},
		Derivation: []string{
			"The likelihood: Fader & Hardie (2007), appendix B, regrouped by period so that no gamma function is needed.",
			"Survival: eq. 6 there; retention: eq. 8. DERL: Fader & Hardie (2010), by the updated Beta(α, β + t − 1).",
		},
		NotFor: []string{
			"Where customers leave without telling: use BG/NBD, MBG/NBD or Pareto/NBD.",
			"Where retention falls with tenure, as when a product wears out: the model can only rise.",
			"Where groups differ, as before and after a price rise: fit them apart.",
			"Where price or season moves churn in single periods: the model puts it down to who is left.",
		},
	},
	{
		ID:       "customers/value",
		Title:    "Customers: value",
		Question: "What is each customer worth, and how sure is that?",
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
			"A list takes 20,000 rows, and 100,000 customers when each row stands for several; the customers page and the command score take millions.",
			"Where nobody came back, the value of an order is that of the first orders, and orders to come are few: a warning says so.",
			"Without mean spends orders are counted, money is zero, and customers are ranked by their orders.",
			"Where the Gamma-Gamma model does not hold, spend rests on means and variances; spend_reason says why.",
			"Groups share one model; each has an order rate, a chance of leaving and a spend of its own as far as its own orders speak for them (empirical Bayes).",
			"auto chooses by AIC: a list of summaries holds no held-out time to test predictions on. The customers page and score do that with an order log.",
			"test_orders is that test: hold the last horizon_days back from the columns, and give what came in them. The season, which takes dates, is in the forecasts of the page and of score alone.",
		},
		Source: "Fader, Hardie & Lee (2005), RFM and CLV, J. Marketing Research 42(4); the models by their own sources.",
	},
	{
		ID:       "customers/segments",
		Title:    "Customers: segments",
		Question: "Which customers are slipping away, and how much is at stake?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.CustomersSegments,
		Example:  predict.CustomersSegmentsInput{CustomersInput: exampleCustomers(), Level: 0.95},
		Formula:  `V = \frac{\mathrm{CLV}}{P(\text{alive})}, \quad \text{loss} = V - \mathrm{CLV}`,
		Symbols:  []Symbol{{TeX: "V", Field: "value_at_stake"}, {TeX: `\mathrm{CLV}`, Field: "segments.clv"}},
		Assumptions: append(valueAssumptions[:2:2],
			"Champions are the fifth of the customers who would be worth most if they are still there, regulars the next three tenths, occasional customers the rest.",
			"From a probability of 0.7 of being alive there is no worry; below 0.3 there is little hope; between them a customer is slipping away.",
			"Who first ordered within 30 days and has not come back is a newcomer."),
		Special: []string{
			"Without mean spends customers are sorted by their orders, and money is zero.",
			"A list takes 20,000 rows, and 100,000 customers when each row stands for several.",
		},
		Source: "Value by risk, as in Fader, Hardie & Lee (2005), RFM and CLV, J. Marketing Research 42(4), iso-value curves; the cuts are Hourglass's own.",
	},
}

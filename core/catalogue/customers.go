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

// exampleGroups is a small shop with customers from two channels, of whom those of the first come back sooner: 48 orders of 24 customers within
// 400 days, by a rule that can be written down.
func exampleGroups() predict.CustomersGroupsInput {
	in := predict.CustomersGroupsInput{Cost: []float64{120, 300}, HorizonDays: 365, GrossMargin: new(0.4), AnnualDiscountRate: 0.1, Level: 0.95}
	for c := range 24 {
		group := float64(1 + c%2)
		for k := range 1 + (c*5+3)%4 - c%2*(c/2%2) {
			in.Customer, in.Group = append(in.Customer, float64(c+1)), append(in.Group, group)
			in.Day = append(in.Day, float64(20000+c*12+k*int(25*group)+c*k%9))
			in.Amount = append(in.Amount, float64(20+(c*7+k*11)%30))
		}
	}
	return in
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
	{
		ID:       "customers/groups",
		Title:    "Customers: groups",
		Question: "Where do good customers come from, and what may one cost?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.CustomersGroups,
		Example:  exampleGroups(),
		Defines:  "all_groups.clv",
		Formula:  `\mathrm{CLV} = g \cdot E[M] \left( 1 + \int_0^{h} \frac{1}{(1+d)^{u}} \, dE[Y(u)] \right)`,
		Where:    `\mathrm{CAC}_k = \frac{C_k}{N_k}`,
		Symbols: []Symbol{{TeX: `\mathrm{CLV}`, Field: "all_groups.clv"}, {TeX: "g", Field: "gross_margin"}, {TeX: "d", Field: "annual_discount_rate"}, {TeX: "h", Field: "horizon_days"},
			{TeX: "C_k", Field: "group_cost"}, {TeX: "N_k", Field: "by_group.customers"}},
		Assumptions: append(valueAssumptions[:2:2],
			"Groups share one model. Each has its own order rate, probability of leaving and spend, as far as its own orders support them (empirical Bayes); small groups borrow from all.",
			"Customers of a group are compared at equal age: each step is the average of those who are old enough for it, added to the steps before."),
		Special: []string{
			"At most 20,000 orders and 50 groups. The customers page and the command score take millions of orders, and columns of text.",
			"Groups by tags overlap: a customer is in the group of each tag, so the groups add up to more than all. A customer in several counts fully in each.",
			"auto chooses the model that predicts a test period best, as score does, and by AIC where the list is too short for one.",
			"An age that fewer than 30 customers of a group have reached is too young to rely on; margin_continued then follows the model.",
		},
		Source: "Fader, Hardie & Lee (2005), RFM and CLV, J. Marketing Research 42(4); effects of groups as covariates: Fader & Hardie (2007), note 019; pooled by empirical Bayes: Morris (1983), JASA 78; the share by Kaplan & Meier (1958), JASA 53; the interval of a margin by Hall (1992), The Bootstrap and Edgeworth Expansion, section 2.6.",
	},
	{
		ID:       "customers/campaign",
		Title:    "Campaign: whom to contact",
		Question: "Which customers should a campaign contact, and what will it bring?",
		Module:   Customers,
		Func:     predict.PlanCampaign,
		Example: predict.CampaignInput{Value: []float64{60, 48, 45, 30, 24, 18, 15, 12, 9, 6, 4, 2}, Alive: []float64{0.9, 0.4, 0.75, 0.25, 0.8, 0.6, 0.15, 0.5, 0.9, 0.1, 0.4, 0.05},
			ExpectedOrders: []float64{3.6, 2, 3, 1.2, 2.4, 1.5, 0.6, 1, 1.8, 0.3, 0.5, 0.1}, NextOrder: []float64{40, 0, 55, 0, 60, 110, 0, 400, 70, 0, 0, 0},
			HorizonDays: 365, ResponseRate: 0.05, Contact: 1, Incentive: 5, OfferDays: 30, Holdout: 0.2},
		Defines: "profit",
		Formula: `P = \sum_{i=1}^{N} \left( r (V_i - b) - a_i b - c \right)`,
		Where:   `V_i = \frac{\mathrm{CLV}_i}{P(\text{alive})_i}`,
		Symbols: []Symbol{{TeX: "P", Field: "profit"}, {TeX: "N", Field: "contacted"}, {TeX: "r", Field: "response_rate"}, {TeX: "V_i", Field: "by_row.value_if_active"}, {TeX: "b", Field: "incentive"},
			{TeX: "a_i", Field: "by_row.p_anyway"}, {TeX: "c", Field: "contact_cost"}, {TeX: `\mathrm{CLV}_i`, Field: "clv"}, {TeX: `P(\text{alive})_i`, Field: "p_alive"}},
		Assumptions: []string{
			"Every customer responds with the same probability. Who responds is then worth what an active customer with this history is worth.",
			"Whoever orders anyway during the offer uses the incentive too.",
			"The holdout is drawn at random from the list.",
		},
		Special: []string{
			"If no contact pays for itself, best_customers is 0, and so are the sums.",
			"Without next_order_days, the pace of orders comes from expected_orders. For customers who may leave within the forecast period that is too low.",
		},
		Source: "Expected profit of a mailing by customer: Bitran & Mondschein (1996), Management Science 42(9). Size of the holdout: Fleiss (1981), Statistical Methods for Rates and Proportions, section 3.2.",
	},
	{
		ID:       "customers/uplift",
		Title:    "Campaign: what it changed",
		Question: "Did the campaign bring more orders than no campaign?",
		Module:   Customers,
		Func:     predict.CampaignUplift,
		Example: predict.UpliftInput{Treated: 900, TreatedOrdered: 12, Control: 100, ControlOrdered: 0, Level: 0.95,
			TreatedSpend: []float64{40, 25, 60, 35, 20, 45, 30, 55, 40, 25, 35, 50}},
		Defines: "uplift",
		Formula: `u = p_1 - p_0`,
		Where:   `p_1 = \frac{x_1}{n_1}, \quad p_0 = \frac{x_0}{n_0}`,
		Symbols: []Symbol{{TeX: "u", Field: "uplift"}, {TeX: "p_1", Field: "treated_rate"}, {TeX: "p_0", Field: "control_rate"}, {TeX: "x_1", Field: "treated_ordered"},
			{TeX: "n_1", Field: "treated_customers"}, {TeX: "x_0", Field: "control_ordered"}, {TeX: "n_0", Field: "control_customers"}},
		Assumptions: []string{
			"Chance alone decided who was contacted.",
			"Both groups were observed for the same days.",
		},
		Special: []string{
			"If the interval includes 0, chance can explain the difference.",
			"If nobody in the control group ordered, its interval still ends above 0.",
		},
		Source: "Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine 17, method 10; of the spend by the same method with the effective number of orders of Kish (1965), Survey Sampling, section 11.7.",
	},
}

package catalogue

import (
	"hourglass/core/growth"
	"hourglass/core/value"
)

// What a difference between customers who chose for themselves takes for granted.
var (
	notAnEffect   = "A difference between groups is not an effect: customers choose themselves. Only a control group (holdout), chosen at random and left without it, shows the effect."
	churnMultiple = "Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1), the margin multiple before and after."
)

// mechanismCalculations are levers that say by what they work: what has to happen to whom, and not only by how much churn falls.
var mechanismCalculations = []Calculation{
	{
		ID:       "adoption",
		Title:    "Adoption",
		Question: "What is it worth if more customers use it?",
		Module:   Levers,
		Func:     growth.Adoption,
		Partly:   growth.AdoptionFor,
		Example: growth.AdoptionInput{Price: 40, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05, AdoptionRate: 0.3, TargetRate: 0.45, AdopterChurn: 0.03,
			AdopterPrice: new(44.0), EffectShare: 0.5, CostPerCustomer: 30, CostPerPeriod: 1, ServiceCost: 3, AnnualDiscountRate: 0.1, NewCustomers: new(600.0)},
		Defines: "net_gain",
		Formula: `\Delta = (a_1 - a_0) \left( \big( p_0 (1+f) \, g - s - k \big) \, A_1 - (p_0 \, g - s) \, A_0 - u \right) - \frac{K}{N}`,
		Where:   `x = e \, (c_0 - c_1), \quad A_0 = \sum_{j \ge 0} {(1-c_0)}^j \, v^j, \quad A_1 = \sum_{j \ge 0} {(1-c_0+x)}^j \, v^j`,
		Symbols: []Symbol{{TeX: `\Delta`, Field: "net_gain"}, {TeX: "a_1", Field: "target_adoption_rate"}, {TeX: "a_0", Field: "adoption_rate"}, {TeX: "p_0", Field: "price"}, {TeX: "f", Field: "frequency_rise"},
			{TeX: "g", Field: "gross_margin"}, {TeX: "s", Field: "service_cost"}, {TeX: "k", Field: "cost_per_period"}, {TeX: "A_1", Field: "discounted_periods_after"}, {TeX: "A_0", Field: "discounted_periods_before"},
			{TeX: "u", Field: "cost_per_customer"}, {TeX: "K", Field: "fixed_cost"}, {TeX: "N", Field: "new_customers"}, {TeX: "x", Field: "churn_fall"}, {TeX: "e", Field: "effect_share"},
			{TeX: "c_0", Field: "churn_rate"}, {TeX: "c_1", Field: "adopter_churn_rate"}, {TeX: "v", Means: "discount_factor"}, {TeX: "j", Means: "period_index"}},
		Assumptions: []string{
			constantChurn, notAnEffect,
			"With a control group, the effect per adopter is the difference between that group and all who were offered it, divided by the adoption rate.",
			"Further adopters gain as much as present ones, in the share that is an effect. Late adopters often gain less.",
			"The formula is without extra referred customers. They are counted as in the referral calculator.",
		},
		Special: []string{noLimit, "If the whole difference counts as an effect and there is no control group, Hourglass shows a note.",
			"The size of a test is for the break-even churn reduction, if everybody in the test group adopts. If only a share does, divide it by the square of that share."},
		Source: churnMultiple + " Bloom (1984), Accounting for no-shows in experimental evaluation designs, Evaluation Review 8(2): effect on those who take part. Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, ch. 4: size of a test.",
	},
	{
		ID:       "support",
		Title:    "Support",
		Question: "What are better answers to tickets worth?",
		Module:   Levers,
		Func:     growth.Support,
		Partly:   growth.SupportFor,
		Example: growth.SupportInput{
			Baseline: growth.Baseline{Price: 40, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05, ServiceCost: 1, AnnualDiscountRate: 0.1, NewCustomers: new(600.0)},
			Tickets:  0.4, ServedShare: 0.7, TargetShare: 0.85, PoorChurn: 0.08, TicketCost: 5, TargetTicketCost: 6,
		},
		Defines: "net_gain",
		Formula: `\Delta = (p \, g - s - t \kappa_1) \, A_1 - (p \, g - s - t \kappa_0) \, A_0 - \frac{K}{N}`,
		Where:   `x = t \, (q_1 - q_0) \, y, \quad ` + changedChurn,
		Symbols: []Symbol{{TeX: `\Delta`, Field: "net_gain"}, {TeX: "p", Field: "price"}, {TeX: "g", Field: "gross_margin"}, {TeX: "s", Field: "service_cost"}, {TeX: "t", Field: "tickets_per_period"},
			{TeX: `\kappa_1`, Field: "target_ticket_cost"}, {TeX: "A_1", Field: "discounted_periods_after"}, {TeX: `\kappa_0`, Field: "ticket_cost"}, {TeX: "A_0", Field: "discounted_periods_before"},
			{TeX: "K", Field: "fixed_cost"}, {TeX: "N", Field: "new_customers"}, {TeX: "x", Field: "churn_fall"}, {TeX: "q_1", Field: "target_served_share"}, {TeX: "q_0", Field: "served_share"},
			{TeX: "y", Field: "poor_answer_churn_rise"}, {TeX: "c", Field: "churn_rate"}, {TeX: "c_1", Field: "first_period_churn", Else: "churn_rate"}, {TeX: "v", Means: "discount_factor"}, {TeX: "j", Means: "period_index"}},
		Assumptions: []string{
			constantChurn,
			"Each poor answer raises the customer's churn in that period by the same percentage points. Tickets fall on all customers alike.",
			"Customers with a poor answer often had a harder problem, and part of their churn comes from that. Answer a random half of tickets faster to see the effect.",
			"Cost to serve is without tickets. Their cost is added.",
		},
		Special: []string{negative, noLimit, "What each tier can cost is shown by the calculator for price tiers."},
		Source:  churnMultiple + " Churn due to poor answers: tickets × share answered poorly × extra churn. Dixon, Freeman & Toman (2010), Stop trying to delight your customers, Harvard Business Review 88(7/8): poor service drives customers away more than good service binds them.",
	},
	{
		ID:       "order-value",
		Title:    "Order value",
		Question: "Does a free-shipping limit or a bundle pay?",
		Module:   Levers,
		Func:     growth.OrderValue,
		Partly:   growth.OrderValueFor,
		Example: growth.OrderValueInput{
			Baseline:   growth.Baseline{Price: 60, Period: value.Quarter, GrossMargin: 0.45, ChurnRate: 0.15, AnnualDiscountRate: 0.1, NewCustomers: new(2000.0)},
			OrderValue: 48, LiftedShare: 0.22, AddedValue: 19, AddedMargin: new(0.5), QualifyingShare: 0.25, BenefitCost: 4.5,
		},
		Defines: "net_gain",
		Formula: `\Delta = \big( n \, ( \ell \, E \, g' - (\ell + q) \, B ) - z \, p \, g \big) \, A - \frac{K}{N}`,
		Where:   `n = \frac{p}{b}, \quad A = \sum_{j \ge 0} S_j \, v^j`,
		Symbols: []Symbol{{TeX: `\Delta`, Field: "net_gain"}, {TeX: "n", Field: "customer_orders_per_period"}, {TeX: `\ell`, Field: "lifted_order_share"}, {TeX: "E", Field: "added_value"}, {TeX: "g'", Field: "extra_margin", Else: "gross_margin"},
			{TeX: "q", Field: "qualifying_order_share"}, {TeX: "B", Field: "benefit_cost"}, {TeX: "z", Field: "lost_order_share"}, {TeX: "p", Field: "price"}, {TeX: "g", Field: "gross_margin"}, {TeX: "A", Field: "discounted_periods_before"},
			{TeX: "K", Field: "fixed_cost"}, {TeX: "N", Field: "new_customers"}, {TeX: "b", Field: "order_value"}, {TeX: "S_j", Means: "remaining"}, {TeX: "v", Means: "discount_factor"}, {TeX: "j", Means: "period_index"}},
		Assumptions: []string{
			constantChurn,
			"What customers add to an order they would not have bought later. If they only buy earlier, the gain is smaller.",
			"Orders above the limit get the benefit too, and bring nothing more. Lost orders would have had the average value.",
			"Compare with customers chosen at random who do not see the limit: order values differ by season and by ad.",
		},
		Special: []string{noLimit, "Orders that grow, orders above the limit anyway and orders lost are shares of today's orders, together at most 100%."},
		Source:  "Contribution per order as in Horngren, Datar & Rajan, Cost Accounting, chapter on cost-volume-profit analysis, times the margin multiple of Gupta & Lehmann (2003). Lewis, Singh & Fay (2006), An empirical study of the impact of nonlinear shipping and handling fees, Marketing Science 25(1): limits raise order sizes, and orders just below them vanish.",
	},
}

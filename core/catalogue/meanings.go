package catalogue

// Meanings are what a letter of a formula means that stands for no field, by the key that a Symbol names.
var Meanings = map[string]string{
	"period_index":    "Number of the period, from 0 to the horizon",
	"year_index":      "Number of the year, from 0 to the horizon",
	"month_index":     "Number of the month, from 0 to the horizon",
	"purchase_index":  "Number of the repeat purchase",
	"remaining":       "Retention: share of customers who are active",
	"discount_factor": "Present value of 1 received one period later",
	"beta_function":   "Beta function",
	"interval_ends":   "Ends of the interval",
	"normal_quantile": "Quantile of the normal distribution for 95%",
	"margin_in_all":   "Margin of one customer, with upsell and cross-sell",
	"cost_in_all":     "Cost of one customer: onboarding, service, rewards",
	"friends_each":    "Referred customers per customer, discounted",
	"steepness":       "How fast the rate approaches its ceiling",
	"lever_part":      "Share of one lever in the gain",
	"value_with":      "Value with the levers in brackets",
	"all_levers":      "All levers of the plan",
	"some_levers":     "Some of these levers",
	"one_lever":       "One lever",
	"lever_count":     "Number of levers",
}

package catalogue

import "hourglass/core/notice"

// Notices holds the sentence for each code. {field} stands for the field's wire name (API) or title (page), {limit}
// for the notice's figure in the field's unit; {limit:years} and the like say the unit outright.
var Notices = [notice.CodeCount]string{
	notice.Required:      "{field} is missing. Give a number.",
	notice.TooLow:        "{field} must be at least {limit}.",
	notice.TooHigh:       "{field} must be at most {limit}.",
	notice.NotAbove:      "{field} must be more than {limit}.",
	notice.NotBelow:      "{field} must be less than {limit}.",
	notice.NotWhole:      "{field} must be a whole number.",
	notice.UnknownOption: "{field} is not one of its options.",
	notice.TooFew:        "{field} needs at least {limit:count} values.",
	notice.TooMany:       "{field} takes at most {limit:count} values.",
	notice.Rising:        "{field} is more than the value before it. Survivors can only fall: list how many of the first group are left after each period.",
	notice.AllSame:       "{field} never falls, so there is no churn to fit a curve to. Give more periods.",
	notice.MoreThan:      "{field} cannot be more than {limit:count}, the customers there were.",
	notice.Overflow:      "The result is too large to be a number. Check the inputs for a figure with too many digits.",
	notice.NoMaximum:     "The curve could not be fitted to these figures. Check that they count one group of customers over time.",
	notice.TakesTooMuch:  "{field} can be at most {limit} here: that is all there is left to take from.",
	notice.OnlyOnce:      "A plan can hold one annual plan only. Merge the two, or plan them apart.",
	notice.EndlessChain:  "{field}: each customer would bring {limit:count} new ones, each of whom brings as many again, so that the chain never ends. Referrals must come to less than one friend per customer over the whole relationship.",

	notice.Unbounded:                "With these figures the whole-life value has no limit, so it is counted within {limit:years} years. Set a horizon to choose another.",
	notice.LongLifetime:             "This expects a customer to stay {limit:years} years. Few forecasts hold that long: look at the value within 60 months, or set a horizon.",
	notice.NeverPaysBack:            "The cost is never earned back: a customer brings {limit:money} in all.",
	notice.BelowCost:                "A customer is worth less than it costs to win one: {limit:money}.",
	notice.PlanLoses:                "At this discount the annual plan loses {limit:money} per customer against the monthly plan.",
	notice.FirstSaleLoss:            "The first sale loses {limit:money}; the repeat sales have to earn it back.",
	notice.FewerOrdersThanCustomers: "There are fewer orders than customers. Count only customers who ordered in the same period as the orders.",
	notice.FewCustomers:             "Few customers left, so the churn is uncertain. Watching {limit:count} customers for a period would tell it to within a tenth.",
	notice.NoChurnSeen:              "Nobody has left yet. That does not mean that nobody will: churn may well be as high as {limit:share}.",
	notice.CurveIsFlat:              "Retention hardly changes with tenure here, so constant churn describes these customers as well.",
	notice.NotIdentified:            "These figures do not tell the two parameters of the curve apart. The fit within the data holds; mind the projection.",
	notice.NobodyLeavesLater:        "After the first period nobody left in these figures, so that the projection expects nobody to leave. Follow the group for longer.",
	notice.RevenueNotMargin:         "With a gross margin of 100 % this is revenue, not value. Enter what is left after the cost of what you sell.",

	notice.NegativeEffect:      "{field} is negative: it is counted as a change for the worse.",
	notice.NotUsed:             "{field} plays no part here and was left out of the sum.",
	notice.NoBreakEven:         "{field}: not even the largest possible effect pays for the cost. At best, {limit:money} per customer is missing.",
	notice.LeverLoses:          "This costs {limit:money} more per customer than it brings.",
	notice.CostAboveValue:      "This costs more per customer than a customer is worth today, {limit:money}.",
	notice.UnprofitableMembers: "After rewards, running cost and service a member loses {limit:money} each period. Growing such a programme grows the loss.",
	notice.Overspent:           "{field}: the next unit of money spent here comes back as {limit:money} only.",
}

// OptionTitles names each option by its wire name.
var OptionTitles = map[string]string{
	"month":         "Month",
	"quarter":       "Quarter",
	"year":          "Year",
	"start":         "At the start",
	"end":           "At the end",
	"after_renewal": "After each renewal",

	"no_data":        "No data",
	"converged":      "Found",
	"boundary":       "Runs off to a simpler model",
	"not_identified": "Not identified by these data",
	"max_iterations": "Stopped early",
	"cancelled":      "Cancelled",
	"failed":         "Failed",

	"onboarding":        "Onboarding",
	"service":           "Service",
	"personalisation":   "Personalisation",
	"loyalty_programme": "Loyalty programme",
	"upsell":            "Upsell",
	"cross_sell":        "Cross-sell",
	"annual_plan":       "Annual plan",
	"referral":          "Referral",
	"sales_cycle":       "Shorter sales cycle",

	"points":      "Points",
	"tiered":      "Tiers",
	"paid":        "Paid membership",
	"value_based": "Giving to a cause",
	"coalition":   "With partners",
	"gamified":    "Games and prizes",

	"reach":    "Reach",
	"win":      "Win",
	"onboard":  "Onboard",
	"keep":     "Keep",
	"grow":     "Grow",
	"advocate": "Advocate",
}

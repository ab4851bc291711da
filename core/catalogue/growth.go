package catalogue

import (
	"hourglass/core/growth"
	"hourglass/core/value"
)

// What every lever's valuation takes for granted.
var (
	constantChurn = "Churn is the same in every period after the first, and payments fall at the start of a period. v is (1 + d)^(−1/n), with d the discount rate per year and n the periods in it."
	sameReached   = "Customers reached are like the others but for the effect, are reached for as long as they stay, and stay reached."
	ownEffect     = "The effect is yours to state: there is no default but zero. Measure it on customers picked at random, not on those who came forward."
	noLimit       = "With no churn left the whole life has no limit: both values are counted within five years and the result says so."
	negative      = "A negative effect is allowed: it is counted as a loss and the result says so."
)

var growthCalculations = []Calculation{
	{
		ID:       "hourglass",
		Title:    "The hourglass",
		Question: "Where in the whole journey is value won and lost?",
		Func:     growth.Hourglass,
		Example: growth.HourglassInput{Prospects: 20000, AcquisitionSpend: 60000, Conversion: 0.03, Activation: 0.9,
			OnboardingCost: 5, Price: 40, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05, FirstPeriodChurn: new(0.15),
			ServiceCost: 3, OfferPeriod: 3, UpsellTakeUp: 0.1, PriceStep: 15, CrossSellTakeUp: 0.08, ExtraSpend: 10,
			Invitations: 0.1, ReferralConversion: 0.1, ReferralReward: 20, AnnualDiscountRate: 0.1},
		Formula: `\mathrm{CLV} = \frac{M - C}{1 - k}, \quad M - C = \sum_{j \ge 0} S_j v^j \, (p \, g - s) + \dots, \quad S_j = \alpha (1 - c_1)(1 - c)^{j-1}`,
		Symbols: []Symbol{{"p", "price"}, {"g", "gross_margin"}, {"s", "service_cost"}, {`\alpha`, "activation"},
			{"c_1", "first_period_churn"}, {"c", "churn_rate"}},
		Assumptions: []string{
			constantChurn,
			"The sum goes on with the upsell and the cross-sell of those still there, and the cost of onboarding and rewards.",
			"k is how many friends one customer wins, discounted to their dates. A friend is a customer like any other, costs nothing to win but the reward, and is counted once.",
			"Customers who do not get started pay their first period and leave.",
		},
		Special: []string{
			"From one friend per customer on the chain would never end: it is refused.",
			"With nobody won there is no cost per customer and no payback.",
			noLimit,
		},
		Source: "Kumar, Petersen & Leone (2007), How valuable is word of mouth?, Harvard Business Review 85(10), on keeping a friend's value apart from the referrer's; Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1).",
	},
	{
		ID:       "onboarding",
		Title:    "Onboarding",
		Question: "What is a better start worth?",
		Func:     growth.Onboarding,
		Example: growth.OnboardingInput{
			Baseline: growth.Baseline{Price: 40, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05,
				FirstPeriodChurn: new(0.2), ServiceCost: 3, AnnualDiscountRate: 0.1, NewCustomers: 600},
			Reach:          1,
			FirstChurnFall: 0.04, CostPerCustomer: 10,
		},
		Formula: `\Delta = r \left( x \, \frac{v \, (p \, g - s)}{1 - (1 - c) \, v} - u \right) - \frac{K}{N}`,
		Symbols: []Symbol{{`\Delta`, "net_gain"}, {"r", "reach"}, {"x", "first_churn_fall"}, {"p", "price"}, {"g", "gross_margin"},
			{"s", "service_cost"}, {"c", "churn_rate"}, {"u", "cost_per_customer"}, {"K", "fixed_cost"}, {"N", "new_customers"}},
		Assumptions: []string{constantChurn, ownEffect, "Those kept by the onboarding stay as long as those who would have stayed anyway. If some only leave later, the gain is smaller."},
		Special:     []string{negative, noLimit},
		Source:      "Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1), the margin multiple, taken from the second period on.",
	},
	{
		ID:       "service",
		Title:    "Better service",
		Question: "What is better service worth?",
		Func:     growth.Service,
		Example: growth.ServiceInput{
			Baseline: growth.Baseline{Price: 40, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05,
				ServiceCost: 3, AnnualDiscountRate: 0.1, NewCustomers: 600},
			Reach: 0.6, ChurnFall: 0.005, CostPerPeriod: 1.5,
		},
		Formula:     serviceFormula,
		Symbols:     serviceSymbols,
		Assumptions: []string{constantChurn, sameReached, ownEffect},
		Special:     []string{negative, noLimit, "With a churn fall of 0.01 churn is one point lower in every period, the first included."},
		Source:      "Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1), the margin multiple before and after.",
	},
	{
		ID:       "personalisation",
		Title:    "Personalisation",
		Question: "What are offers that fit each customer worth?",
		Func:     growth.Personalisation,
		Example: growth.ServiceInput{
			Baseline: growth.Baseline{Price: 40, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05,
				ServiceCost: 3, AnnualDiscountRate: 0.1, NewCustomers: 600},
			Reach: 0.8, FrequencyRise: 0.04, CostPerPeriod: 0.3, FixedCost: 4000,
		},
		Formula:     serviceFormula,
		Symbols:     serviceSymbols,
		Assumptions: []string{constantChurn, sameReached, ownEffect},
		Special:     []string{negative, noLimit},
		Source:      "Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1), the margin multiple before and after.",
	},
	{
		ID:       "loyalty-programme",
		Title:    "Loyalty programme",
		Question: "Does a loyalty programme pay, after rewards for what would have been bought anyway?",
		Func:     growth.LoyaltyProgramme,
		Example: growth.LoyaltyProgrammeInput{
			Baseline: growth.Baseline{Price: 40, Period: value.Month, GrossMargin: 0.5, ChurnRate: 0.05,
				AnnualDiscountRate: 0.1, NewCustomers: 600},
			Programme: growth.Points, Enrolment: 0.4, ChurnFall: 0.006,
			FrequencyRise: 0.05, RewardRate: 0.05, Breakage: 0.2, RewardUnitCost: 0.8, CostPerPeriod: 0.2, FixedCost: 3000,
		},
		Formula: `\Delta = \eta \left( \frac{p (1+f)(g - e) + \phi - s - k}{1 - (1 - c + x) \, v} - \frac{p \, g - s}{1 - (1 - c) \, v} - u \right) - \frac{K}{N}`,
		Symbols: []Symbol{{`\Delta`, "net_gain"}, {`\eta`, "enrolment"}, {"p", "price"}, {"f", "frequency_rise"}, {"g", "gross_margin"},
			{"e", "reward_cost_rate"}, {`\phi`, "fee_per_period"}, {"s", "service_cost"}, {"k", "cost_per_period"},
			{"c", "churn_rate"}, {"x", "churn_fall"}, {"u", "cost_per_customer"}, {"K", "fixed_cost"}, {"N", "new_customers"}},
		Assumptions: []string{
			constantChurn, sameReached, ownEffect,
			"Members earn rewards on all that they buy, also on what they would have bought anyway.",
			"Those who join would have been average customers without the programme. Programmes attract the best customers: comparing members with others takes that for an effect.",
			"e is rewards as a share of spend: reward rate × (1 − breakage) × your cost of a reward; with tiers the rate is the average over spend below and above the threshold; partners take their share off; what goes to a cause goes whole.",
		},
		Special: []string{negative, noLimit, "When a member loses money in every period, the result says so: more members or longer stays make it worse."},
		Source:  "Dowling & Uncles (1997), Do customer loyalty programs really work?, Sloan Management Review 38(4); Leenheer, van Heerde, Bijmolt & Smidts (2007), Do loyalty programs really enhance behavioral loyalty?, Int. J. Research in Marketing 24(1), on members who choose themselves.",
	},
	{
		ID:       "upsell",
		Title:    "Upsell",
		Question: "What is a better, dearer version worth?",
		Func:     growth.Upsell,
		Example: growth.UpsellInput{
			Baseline: growth.Baseline{Price: 40, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05,
				ServiceCost: 3, AnnualDiscountRate: 0.1, NewCustomers: 600},
			Reach: 1, TakeUp: 0.1, PriceStep: 15, ExtraMargin: new(0.85),
			OfferPeriod: 3, OfferCost: 2,
		},
		Formula: `\Delta = r \left( u \, P \, g' \sum_{j \ge k} \bar{S}_j v^j - f \, S_k \, v^k \right) - \frac{K}{N}`,
		Symbols: []Symbol{{`\Delta`, "net_gain"}, {"r", "reach"}, {"u", "take_up"}, {"P", "price_step"}, {"g'", "extra_margin"},
			{"f", "offer_cost"}, {"S_k", "still_there"}, {"k", "offer_period"}, {"K", "fixed_cost"}, {"N", "new_customers"}},
		Assumptions: []string{
			constantChurn, ownEffect,
			"Only customers still there when the offer comes can take it: the lower churn is, the more an upsell is worth.",
			"Those who take it stay as long as the others and go on paying the step until they leave.",
		},
		Special: []string{"An offer that comes after the horizon brings nothing, and the result says so.", noLimit},
		Source:  "Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1), the margin multiple from the offer on; Blattberg, Getz & Thomas (2001), Customer Equity, on add-on selling as the third source of value beside winning and keeping.",
	},
	{
		ID:       "cross-sell",
		Title:    "Cross-sell",
		Question: "What is selling something else to the same customers worth?",
		Func:     growth.CrossSell,
		Example: growth.CrossSellInput{
			Baseline: growth.Baseline{Price: 40, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05,
				ServiceCost: 3, AnnualDiscountRate: 0.1, NewCustomers: 600},
			Reach: 1, TakeUp: 0.08, ExtraSpend: 10, OneOffSpend: 25,
			ExtraMargin: new(0.4), ReplacedShare: 0.1, OfferPeriod: 3, OfferCost: 1,
		},
		Formula: `\Delta = r \left( u \, (g' - z \, g) \Big( E \sum_{j \ge k} \bar{S}_j v^j + O \, S_k \, v^k \Big) - f \, S_k \, v^k \right) - \frac{K}{N}`,
		Symbols: []Symbol{{`\Delta`, "net_gain"}, {"r", "reach"}, {"u", "take_up"}, {"g'", "extra_margin"}, {"z", "replaced_share"},
			{"g", "gross_margin"}, {"E", "extra_spend"}, {"O", "one_off_spend"}, {"f", "offer_cost"}, {"S_k", "still_there"},
			{"k", "offer_period"}, {"K", "fixed_cost"}, {"N", "new_customers"}},
		Assumptions: []string{
			constantChurn, ownEffect,
			"Only customers still there when the offer comes can take it.",
			"What it replaces would have been sold at today's gross margin.",
			"Those who take it stay as long as the others. If a second product also keeps them longer, put that into a growth plan as a fall of churn.",
		},
		Special: []string{"When it replaces more margin than it brings, it is a loss and the result says so.", noLimit},
		Source:  "Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1), the margin multiple from the offer on; Blattberg, Getz & Thomas (2001), Customer Equity, on add-on selling.",
	},
	{
		ID:       "referral",
		Title:    "Referral",
		Question: "What are the friends worth that customers bring?",
		Func:     growth.Referral,
		Example: growth.ReferralInput{
			Baseline: growth.Baseline{Price: 40, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05,
				ServiceCost: 3, AnnualDiscountRate: 0.1, NewCustomers: 600},
			Reach: 0.3, Invitations: 0.2, Conversion: 0.15, ReferrerReward: 20,
			FriendReward: 20, OrganicShare: 0.25, FixedCost: 2000,
		},
		Formula: `V = \frac{M - (R_1 + R_2) \, k_0}{1 - (1 - \omega) \, k_0}, \quad k_0 = r \, \rho \sum_{j \ge 0} S_j \, v^{j+1}`,
		Symbols: []Symbol{{"R_1", "referrer_reward"}, {"R_2", "friend_reward"}, {`\omega`, "organic_share"}, {"r", "reach"},
			{`\rho`, "referral_rate"}},
		Assumptions: []string{
			constantChurn, ownEffect,
			"A friend starts one period after the invitation and is a customer like any other, who brings friends in turn.",
			"Value is conserved: if A buys for 10 and brings B who buys for 10, that makes 20. B's value is counted once and not credited to A a second time.",
			"Friends are valued within the same number of periods from their own start.",
		},
		Special: []string{
			"k friends per customer make 1/(1 − k) customers of one. From k = 1 on the chain would never end: it is refused.",
			"Friends who would have come anyway cost the reward and bring nothing new.",
		},
		Source: "Kumar, Petersen & Leone (2007), How valuable is word of mouth?, Harvard Business Review 85(10); (2010) Driving profitability by encouraging customer referrals, J. Marketing 74(5).",
	},
	{
		ID:       "sales-cycle",
		Title:    "Sales cycle",
		Question: "What is a faster sale, or an earlier next one, worth?",
		Func:     growth.SalesCycle,
		Example: growth.SalesCycleInput{
			Baseline: growth.Baseline{Price: 300, Period: value.Quarter, GrossMargin: 0.5, ChurnRate: 0.08,
				AnnualDiscountRate: 0.1, NewCustomers: 100},
			FirstSale:            growth.FirstSale{DaysToSale: 90, SellingCostPerDay: 1},
			DaysSaved:            20,
			PurchaseIntervalDays: new(45.0), IntervalDaysSaved: 1, Reach: 1, CostPerCustomer: 40,
		},
		Formula: `\Delta = r \left( \frac{W \big( \frac{I}{I - y} \big)}{(1+d)^{(D - x)/365}} - \frac{W(1)}{(1+d)^{D/365}} + x \, h - u \right) - \frac{K}{N}`,
		Symbols: []Symbol{{`\Delta`, "net_gain"}, {"r", "reach"}, {"I", "purchase_interval_days"}, {"y", "interval_days_saved"},
			{"d", "annual_discount_rate"}, {"D", "days_to_sale"}, {"x", "days_saved"}, {"h", "selling_cost_per_day"},
			{"u", "cost_per_customer"}, {"K", "fixed_cost"}, {"N", "new_customers"}},
		Assumptions: []string{
			constantChurn, ownEffect,
			"W is the value of a customer from the first sale on, with purchases times the figure in brackets. The result is counted at the first contact.",
			"Customers who come back sooner stay as long as before and so buy more often. If they only buy sooner what they would have bought anyway, the gain is smaller.",
			"u is paid at the sale. As many contacts become customers as before.",
		},
		Special: []string{"Without a discount rate and a selling cost per day, a sooner first sale is worth nothing."},
		Source:  "Present value of the margin multiple (Gupta & Lehmann 2003, J. Interactive Marketing 17(1)) at the first contact.",
	},
	{
		ID:       "growth-plan",
		Title:    "Growth plan",
		Question: "What would several levers bring together, and which brings how much?",
		Func:     growth.GrowthPlan,
		Example: growth.GrowthPlanInput{
			Baseline: growth.Baseline{Price: 100, Period: value.Month, GrossMargin: 0.8, ChurnRate: 0.05,
				AnnualDiscountRate: 0.1, NewCustomers: 500},
			CAC: new(400.0), Levers: []growth.Lever{
				{Kind: growth.KindOnboarding, Reach: 1, FirstChurnFall: 0.02, CostPerCustomer: 15},
				{Kind: growth.KindService, Reach: 0.5, ChurnFall: 0.01, CostPerPeriod: 4},
				{Kind: growth.KindUpsell, Reach: 1, TakeUp: 0.1, ExtraSpend: 30, OfferPeriod: 3, OfferCost: 2},
			},
		},
		Formula: `\Delta = V(L) - V(\varnothing) = \sum_{i \in L} \varphi_i, \quad \varphi_i = \sum_{S \subseteq L \setminus i} \frac{|S|! \, (n - |S| - 1)!}{n!} \big( V(S \cup i) - V(S) \big)`,
		Symbols: []Symbol{{`\Delta`, "net_gain"}},
		Assumptions: []string{
			constantChurn,
			"Who is reached by one lever is independent of who is reached by another; effects on churn add up in points, effects on purchases multiply.",
			"On the annual plan the stated renewal holds: levers on churn act on those who pay by the period.",
			"V(S) is the value of a customer with the levers S at work, their cost taken off. Each lever's part is the average of what it adds over all orders in which they could come in, so that no order is better than another and the parts add up.",
		},
		Special: []string{
			"With one lever the plan is that lever's own calculation; with none it is today's value.",
			"Falls of churn that together come to more than churn are refused; so is a chain of friends that never ends.",
			"Twelve levers at most: all 4,096 sets of them are valued.",
			noLimit,
		},
		Source: "Shapley (1953), A value for n-person games, Contributions to the Theory of Games II; Gupta & Lehmann (2003), Customers as assets, for the value of each set.",
	},
	{
		ID:       "acquisition-retention",
		Title:    "Winning or keeping",
		Question: "Does the next unit of money work harder in winning customers or in keeping them?",
		Func:     growth.AcquisitionRetention,
		Example: growth.AcquisitionRetentionInput{Prospects: 10000, Margin: 50, SpendPerProspect: 5, AcquisitionRate: 0.25,
			AcquisitionCeiling: 0.4, SpendPerCustomer: 6, RetentionRate: 0.6, RetentionCeiling: 0.75, AnnualDiscountRate: 0.2},
		Formula: `\mathrm{CE} = P \left( a \left( m + \frac{m \, r - R}{1 + d - r} \right) - A \right), \quad a = a_{\max} \left( 1 - e^{-\kappa A} \right), \quad r = r_{\max} \left( 1 - e^{-\lambda R} \right)`,
		Symbols: []Symbol{{"P", "prospects"}, {"a", "acquisition_rate"}, {"m", "margin"}, {"r", "retention_rate"}, {"R", "spend_per_customer"},
			{"d", "annual_discount_rate"}, {"A", "spend_per_prospect"}, {`a_{\max}`, "acquisition_ceiling"}, {`r_{\max}`, "retention_ceiling"}},
		Assumptions: []string{
			"Each rate rises towards its ceiling, the first unit of money doing most. κ and λ follow from what you spend and get today; the ceilings are your own estimate.",
			"The first margin comes with the sale, later ones a year apart; retention spending is paid with each renewal.",
			"It is claimed that a new sale costs 3 to 8 times a repeat sale, and that selling to a customer is 14 times likelier. Such figures go round in the trade press without data that would carry over to your business (the project's brief quotes them). They are used nowhere here: the ratios shown are your own.",
		},
		Special: []string{
			"A rate at or above its ceiling is refused: it leaves nothing to spend for.",
			"A ceiling of 1 on keeping customers without a discount rate is refused: a customer kept for ever has no limit to their value.",
			"Where even the first unit spent does not come back, the best spending is zero.",
		},
		Source: "Blattberg & Deighton (1996), Manage marketing by the customer equity test, Harvard Business Review 74(4), 136–144.",
	},
	{
		ID:       "reconcile",
		Title:    "Why calculators disagree",
		Question: "Why do two calculators give two values for the same customer?",
		Func:     growth.Reconcile,
		Example: growth.ReconcileInput{Price: 100, Period: value.Month, GrossMargin: 0.8, ChurnRate: 0.03,
			LifespanPeriods: new(36.0), AnnualDiscountRate: 0.15, GrowthPerPeriod: 5, SecondChurn: new(0.025)},
		Formula: `\mathrm{CLV} = F \cdot g \cdot \left( \frac{p}{1 - x} + \frac{s \, x}{(1-x)^2} \right), \quad x = \frac{1 - c}{(1+d)^{1/n}}`,
		Symbols: []Symbol{{"g", "gross_margin"}, {"p", "price"}, {"s", "growth_per_period"}, {"c", "churn_rate"}, {"d", "annual_discount_rate"}},
		Assumptions: []string{
			"n is the number of periods in a year. F is 1 for payments at the start of a period, (1+d)^(−1/n) at its end, x after each renewal.",
			"All formulas value the whole life. Those without discounting take money in ten years for money now.",
			"Skok multiplies later money by 1 − d where a discount rate means dividing by 1 + d; at 15 % a year that takes off 15 % where 13 % is meant.",
			"With churn that slows down (second period below the first), customers differ in how likely they are to leave; constant churn undervalues those who stay.",
		},
		Special: []string{
			"Without a stated lifespan it is 1 divided by churn, and that step is zero.",
			"A second-period churn that is not lower than the first is refused: the model only knows churn that slows down.",
			"At a discount rate of 100 % or more Skok's convention has no value and is left out.",
		},
		Source: "Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1); Skok, What's your true customer lifetime value? (forEntrepreneurs); Fader & Hardie (2007), How to project customer retention, J. Interactive Marketing 21(1).",
	},
}

// Service and personalisation are one calculation in two sets of words.
var (
	serviceFormula = `\Delta = r \left( \frac{p (1+f) \, g - s - k}{1 - (1 - c + x) \, v} - \frac{p \, g - s}{1 - (1 - c) \, v} - u \right) - \frac{K}{N}`
	serviceSymbols = []Symbol{{`\Delta`, "net_gain"}, {"r", "reach"}, {"p", "price"}, {"f", "frequency_rise"}, {"g", "gross_margin"},
		{"s", "service_cost"}, {"k", "cost_per_period"}, {"c", "churn_rate"}, {"x", "churn_fall"}, {"u", "cost_per_customer"},
		{"K", "fixed_cost"}, {"N", "new_customers"}}
)

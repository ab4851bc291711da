package catalogue

import (
	"hourglass/core/economics"
	"hourglass/core/value"
)

// rowCalculations are those of core/economics whose input is a list of rows: channels, tiers, groups of answers.
var rowCalculations = []Calculation{
	{
		ID:       "channels",
		Title:    "Channels",
		Question: "Which acquisition channel earns its money, and where should the next spend go?",
		Module:   Economics,
		Func:     economics.Channels,
		Example: economics.ChannelsInput{Period: value.Month, SpendElasticity: new(0.6), NextSpend: new(1000.0), AnnualDiscountRate: 0.1, Channels: []economics.Channel{
			{Spend: 1500, Customers: 50, Margin: new(21.0), ChurnRate: new(0.055)},
			{Spend: 12000, Customers: 150, Margin: new(18.0), ChurnRate: new(0.08)},
			{Spend: 4500, Customers: 60, Margin: new(15.0), ChurnRate: new(0.15)},
			{Spend: 0, Customers: 120, Margin: new(20.0), ChurnRate: new(0.06)},
		}},
		Rows:    []string{"Referral", "Google Ads", "Affiliates", "Organic"},
		Defines: "ltv_cac_ratio",
		Formula: `R = \frac{V}{S}`,
		Where:   `V = \sum_{i} N_i \cdot \mathrm{CLV}_i, \quad S = \sum_{i} S_i, \quad \Delta_i = N_i \cdot \mathrm{CLV}_i \left( {\left( 1 + \frac{\Delta S}{S_i} \right)}^{\varepsilon_i} - 1 \right)`,
		Symbols: []Symbol{{TeX: "V", Field: "paid.acquired_value"}, {TeX: "S", Field: "paid.spend"}, {TeX: "i", Means: "one_channel"}, {TeX: "N_i", Means: "channel_customers"},
			{TeX: `\mathrm{CLV}_i`, Means: "channel_value"}, {TeX: "S_i", Means: "channel_spend"}, {TeX: `\varepsilon_i`, Means: "channel_elasticity"},
			{TeX: `\Delta S`, Field: "next_spend"}, {TeX: `\Delta_i`, Means: "channel_next"}},
		Assumptions: []string{
			"Each customer is counted in the channel that brought them. Your attribution decides which that is.",
			"Customers are worth the same, however much you spend on their channel.",
			"The spend elasticity holds near today's spend. Far from it, test before you trust the figure.",
			"Margin and churn of a channel stay the same over the whole relationship.",
		},
		Special: []string{
			"A channel without spend counts as organic: it is part of all channels, not of paid channels.",
			"Without a spend elasticity, Hourglass does not say what more spend brings. The average return is no guide: it is higher than the return on the next spend.",
			"A CLV that you enter replaces the one from margin and churn. Margin and churn then give the payback period only.",
		},
		Source: "Jordan, Hariharan, Chen & Kasireddy (2015), 16 startup metrics, Andreessen Horowitz: paid against blended CAC. Hanssens, Parsons & Schultz (2001), Market Response Models, 2nd ed., ch. 3: constant spend elasticity. Sethuraman, Tellis & Briesch (2011), J. Marketing Research 48(3): typical advertising elasticities, 0.12 within the period and 0.24 in the long run. The example is ours, derived by hand; published figures that it was held to: metricuno.com, Blended CAC vs paid CAC (€240,000 for 3,200 customers: €75, 2.93:1 at a CLV of €220) and LTV by acquisition channel.",
	},
	{
		ID:       "price-tiers",
		Title:    "Price tiers",
		Question: "What is each price tier worth, and which may cost how much to serve?",
		Module:   Economics,
		Func:     economics.PriceTiers,
		Example: economics.PriceTiersInput{Period: value.Month, CAC: new(120.0), AnnualDiscountRate: 0.1, Tiers: []economics.Tier{
			{Customers: 600, Price: 19, GrossMargin: 0.8, ChurnRate: 0.08, ServiceCost: 2},
			{Customers: 300, Price: 49, GrossMargin: 0.8, ChurnRate: 0.04, ServiceCost: 5},
			{Customers: 100, Price: 199, GrossMargin: 0.75, ChurnRate: 0.015, ServiceCost: 40},
		}},
		Rows:    []string{"Basic", "Team", "Enterprise"},
		Defines: "ltv_cac_ratio",
		Formula: `R = \frac{\mathrm{CLV}}{\mathrm{CAC}}`,
		Where:   `\mathrm{CLV} = \sum_{i} \frac{N_i}{\sum_{i} N_i} \cdot m_i \cdot A(c_i)`,
		Symbols: []Symbol{{TeX: `\mathrm{CLV}`, Field: "clv"}, {TeX: `\mathrm{CAC}`, Field: "average_cac"}, {TeX: "i", Means: "one_tier"},
			{TeX: "N_i", Means: "tier_customers"}, {TeX: "m_i", Means: "tier_margin"}, {TeX: "c_i", Means: "tier_churn"}, {TeX: "A", Means: "tier_periods"}},
		Assumptions: []string{
			"Customers do not move between tiers. Value an upgrade with the upsell calculator.",
			"Churn and margin of a tier stay the same over the whole relationship.",
			"What a point of churn pays for is a limit, not a forecast: whether more service lowers churn, only a test shows.",
		},
		Special: []string{
			"A tier whose cost to serve exceeds its margin has a negative value.",
			"Without churn and discount rate, value has no limit. Hourglass then counts five years and shows a note.",
		},
		Source: "Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1), for each tier. Fader & Hardie (2010), Customer-base valuation in a contractual setting: the perils of ignoring heterogeneity, Marketing Science 29(1): why average figures undervalue a mix. The example is ours, derived by hand; published figures that it was held to: ryanconsulting.ai, Segmented LTV (three segments: $3,006,250, $300,667, $39,231).",
	},
	{
		ID:       "satisfaction",
		Title:    "Satisfaction (NPS)",
		Question: "What is one point of NPS worth?",
		Module:   Economics,
		Func:     economics.Satisfaction,
		Example: economics.SatisfactionInput{Period: value.Month, GrossMargin: 0.6, AnnualDiscountRate: 0.1, Customers: new(5000.0), Recovered: 0.2, LoopCost: new(25.0), Groups: []economics.Opinion{
			{Answers: 45, Spend: 50, ChurnRate: 0.02, Referrals: 0.01, ServiceCost: 2},
			{Answers: 35, Spend: 40, ChurnRate: 0.035, Referrals: 0.002, ServiceCost: 3},
			{Answers: 20, Spend: 35, ChurnRate: 0.07, Referrals: -0.006, ServiceCost: 8},
		}},
		Rows:    []string{"Promoters", "Passives", "Detractors"},
		Defines: "nps_point_value",
		Formula: `P = \frac{1}{100} \cdot \frac{\Delta}{2}`,
		Where:   `\Delta = V_{+} - V_{-}, \quad V = (s g - k) A(c) + w A(c) W, \quad A(c) = \sum_{t=0}^{\infty} {\left( \frac{1-c}{1+d} \right)}^t`,
		Symbols: []Symbol{{TeX: "P", Field: "nps_point_value"}, {TeX: `\Delta`, Field: "detractor_to_promoter"}, {TeX: "V", Means: "group_value"}, {TeX: "V_{+}", Means: "promoter_value"}, {TeX: "V_{-}", Means: "detractor_value"}, {TeX: "s", Means: "group_spend"}, {TeX: "g", Field: "gross_margin"}, {TeX: "k", Means: "group_service"},
			{TeX: "c", Means: "group_churn"}, {TeX: "w", Means: "group_referrals"}, {TeX: "W", Field: "referred_value_used"}, {TeX: "A", Means: "group_periods"}, {TeX: "d", Field: "discount_rate_per_period"}, {TeX: "t", Means: "period_index"}},
		Assumptions: []string{
			"A customer who moves to another group behaves like that group from then on. Differences between groups are not all caused by satisfaction: test with a group that you leave alone.",
			"Referred customers count once, with what they bring themselves. Whom they bring in turn is not counted.",
			"Customers who did not answer are like those who did.",
		},
		Special: []string{
			"One NPS point can come in several ways. Here, half of 1% of the customers turn from detractors into promoters.",
			"If detractors are worth more than promoters, Hourglass shows a note: check the figures.",
		},
		Source: "Reichheld (2006), The Ultimate Question, chapter 3: value of promoters and detractors by retention, spend, cost to serve and word of mouth; example Dell: 1 million customers from 40 million positive comments at $210 each make a promoter's 8 comments worth $42.",
	},
}

package catalogue

import (
	"hourglass/core/economics"
	"hourglass/core/value"
)

// rowCalculations are those of core/economics whose input is a list of rows: channels, tiers.
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
}

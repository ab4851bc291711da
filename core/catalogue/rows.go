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
		Source: "Jordan, Hariharan, Chen & Kasireddy (2015), 16 startup metrics, Andreessen Horowitz: paid against blended CAC. Hanssens, Parsons & Schultz (2001), Market Response Models, 2nd ed., ch. 3: constant spend elasticity. Sethuraman, Tellis & Briesch (2011), J. Marketing Research 48(3): typical advertising elasticities, 0.12 within the period and 0.24 in the long run.",
	},
}

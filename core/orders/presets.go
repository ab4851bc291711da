package orders

// Preset is the export of a known shop system.
type Preset uint8

// Presets. PresetNone leaves recognition out.
const (
	PresetAuto Preset = iota
	PresetNone
	PresetShopify     // Orders > Export
	PresetWooCommerce // order export of the extensions, or Analytics > Orders
	PresetStripe      // Payments > Export
	PresetSquare      // Transactions or Items CSV
	NumPresets        // the number of presets
)

func (p Preset) String() string {
	return pick(int(p), "auto", "none", "shopify", "woocommerce", "stripe", "square")
}

// presetRule describes an export. Names are normalised; the first that is there
// counts. Sources of the column names: Shopify Help Center "Exporting orders"
// (orders_export.csv); WooCommerce docs "Import and Export of WooCommerce Orders"
// and the Analytics orders report; Stripe support "Exporting payment data"
// (unified payments); Square's transactions and items CSV.
type presetRule struct {
	preset  Preset
	marks   [2]string // one name of each list proves the export
	columns [NumRoles]string
	amounts AmountKind
	utc     string // date columns that are in UTC without saying so in the cells
}

var presetRules = [...]presetRule{
	{
		preset: PresetShopify,
		marks:  [2]string{"financial status", "lineitem quantity|lineitem name|paid at|fulfillment status"},
		columns: [NumRoles]string{
			RoleID:        "email|customer id|phone|billing name",
			RolePhone:     "phone|billing phone",
			RoleName:      "billing name",
			RoleDate:      "created at|paid at",
			RoleAmount:    "total|subtotal",
			RoleOrder:     "name|id",
			RoleStatus:    "financial status",
			RoleCurrency:  "currency",
			RoleRefunded:  "refunded amount",
			RoleCancelled: "cancelled at|canceled at",
		},
		amounts: AmountPerOrder,
	},
	{
		preset: PresetStripe,
		marks:  [2]string{"created date utc|created utc", "amount"},
		columns: [NumRoles]string{
			RoleID:       "customer id|customer email|customer description",
			RoleEmail:    "customer email",
			RoleDate:     "created date utc|created utc",
			RoleAmount:   "amount",
			RoleOrder:    "id",
			RoleStatus:   "status",
			RoleCurrency: "currency",
			RoleRefunded: "amount refunded",
		},
		amounts: AmountPerOrder,
		utc:     "created date utc|created utc",
	},
	{
		preset: PresetSquare,
		marks:  [2]string{"time zone", "gross sales|net sales"},
		columns: [NumRoles]string{
			RoleID:     "customer id|customer reference id|customer name",
			RoleDate:   "date",
			RoleAmount: "net sales|gross sales|total collected",
			RoleOrder:  "transaction id|payment id",
			RoleName:   "customer name",
			RoleStatus: "transaction status",
			RoleType:   "event type",
		},
		amounts: AmountPerLine,
	},
	{
		preset: PresetWooCommerce,
		marks: [2]string{"order date|date created|date", "order total|order total amount|billing email|email billing|" +
			"customer user|net sales formatted|n revenue|n revenue formatted|customer type"},
		columns: [NumRoles]string{
			RoleID:       "billing email|customer email|email billing|customer id|customer user|customer",
			RoleDate:     "order date|date created|date|paid date",
			RoleAmount:   "order total|order total amount|total|net sales|n revenue|net sales formatted|n revenue formatted",
			RoleOrder:    "order number|order id|order",
			RoleStatus:   "status|order status",
			RoleCurrency: "order currency|currency",
			RoleRefunded: "refunded total|refunded amount|order refund amount",
		},
		amounts: AmountPerOrder,
	},
}

// findPreset recognises an export by its names, or takes the one asked for.
func findPreset(stats []columnStats, want Preset) *presetRule {
	for i := range presetRules {
		p := &presetRules[i]
		if p.preset == want {
			return p
		}
		if want == PresetAuto && p.matches(stats) {
			return p
		}
	}
	return nil
}

func (p *presetRule) matches(stats []columnStats) bool {
	columns := p.resolve(stats)
	return columns[RoleID] > 0 && columns[RoleDate] > 0 && columns[RoleAmount] > 0 &&
		findName(stats, p.marks[0]) > 0 && findName(stats, p.marks[1]) > 0
}

// resolve finds the preset's columns among the names. One that has a role does not take
// another: the fallbacks of the customer stand in both lists.
func (p *presetRule) resolve(stats []columnStats) (columns [NumRoles]int) {
	for role, list := range p.columns {
		if c := findName(stats, list); c > 0 && !taken(columns, c-1) {
			columns[role] = c
		}
	}
	return columns
}

// findName is the 1-based column of the first name of the list that is there.
func findName(stats []columnStats, list string) int {
	for len(list) > 0 {
		var entry string
		entry, list = nextName(list)
		for i := range stats {
			if string(stats[i].name) == entry {
				return i + 1
			}
		}
	}
	return 0
}

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
	PresetBigCommerce
	PresetMagento
	PresetPrestaShop
	PresetWix
	PresetSquarespace
	PresetEtsy
	PresetEtsyItems
	PresetAmazon
	PresetEBay
	PresetStripeInvoices
	PresetPayPal
	PresetGumroad
	PresetPaddle
	PresetLemonSqueezy
	PresetMollie
	PresetXero
	PresetQuickBooks
	PresetTiendanube
	PresetOlist
	PresetDynamics
	NumPresets // the number of presets
)

func (p Preset) String() string {
	return pick(int(p), "auto", "none", "shopify", "woocommerce", "stripe", "square", "bigcommerce", "magento", "prestashop", "wix", "squarespace",
		"etsy", "etsy_items", "amazon", "ebay", "stripe_invoices", "paypal", "gumroad", "paddle", "lemon_squeezy", "mollie", "xero", "quickbooks",
		"tiendanube", "olist", "dynamics")
}

// Export says where an export is found, and by which names its columns are known.
type Export struct {
	Preset  Preset
	Name    string
	Where   string
	Columns [NumRoles]string // normalised, likeliest first, separated by bars
}

// Exports are the exports that are known.
func Exports() []Export {
	list := make([]Export, 0, len(presetRules))
	for i := range presetRules {
		p := &presetRules[i]
		list = append(list, Export{p.preset, p.name, p.where, p.columns})
	}
	return list
}

// presetRule describes an export. Names are normalised; the first that is there
// counts. Sources of the column names: Shopify Help Center "Exporting orders"
// (orders_export.csv); WooCommerce docs "Import and Export of WooCommerce Orders"
// and the Analytics orders report; Stripe support "Exporting payment data"
// (unified payments); Square's transactions and items CSV.
type presetRule struct {
	preset   Preset
	name     string    // as its maker writes it
	where    string    // the way to the export
	marks    [2]string // one name of each list proves the export
	columns  [NumRoles]string
	amounts  AmountKind
	statuses string // values that mean refunded here and not elsewhere
	paid     string // the day of payment, where the export has no statuses: a row without it is not paid
	payee    string // who gets the money of a refund, where the customer's column has the payer
}

var presetRules = [...]presetRule{
	{
		preset: PresetSquarespace,
		name:   "Squarespace",
		where:  "Orders, Download CSV",
		marks:  [2]string{"financial status", "amount refunded"},
		columns: [NumRoles]string{RoleID: "email", RoleDate: "created at|paid at", RoleAmount: "total", RoleOrder: "order id", RoleStatus: "financial status",
			RoleCurrency: "currency", RoleRefunded: "amount refunded", RoleCancelled: "cancelled at", RoleName: "billing name", RolePhone: "billing phone"},
		amounts: AmountPerOrder,
	},
	{
		preset: PresetShopify,
		name:   "Shopify",
		where:  "Orders, Export, All orders, CSV",
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
		name:   "Stripe",
		where:  "Payments, Export",
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
	},
	{
		preset: PresetSquare,
		name:   "Square",
		where:  "Transactions, Export, Transactions CSV or Items CSV",
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
		preset: PresetBigCommerce,
		name:   "BigCommerce",
		where:  "Orders, Export all orders, Default template",
		marks:  [2]string{"order total inc tax|order total ex tax", "order status"},
		columns: [NumRoles]string{RoleID: "customer id|customer email", RoleEmail: "customer email", RolePhone: "customer phone", RoleName: "customer name", RoleDate: "order date",
			RoleAmount: "order total inc tax|order total ex tax", RoleOrder: "order id", RoleStatus: "order status", RoleCurrency: "order currency code|currency code",
			RoleRefunded: "refund amount|refunded amount"},
		amounts: AmountPerOrder,
	},
	{
		preset: PresetMagento,
		name:   "Adobe Commerce (Magento)",
		where:  "Sales, Orders, Export, CSV",
		marks:  [2]string{"grand total base|grand total purchased", "purchase date|purchase point|bill to name"},
		columns: [NumRoles]string{RoleID: "customer email|customer name|bill to name", RoleName: "customer name|bill to name", RoleDate: "purchase date",
			RoleAmount: "grand total base|grand total purchased", RoleOrder: "id", RoleStatus: "status", RoleRefunded: "total refunded"},
		amounts:  AmountPerOrder,
		statuses: "closed", // by a credit memo
	},
	{
		preset: PresetPrestaShop,
		name:   "PrestaShop",
		where:  "Orders, Export",
		marks:  [2]string{"new client|new customer|nouveau client|nuevo cliente|neuer kunde", "reference|referencia|bestell nr"},
		columns: [NumRoles]string{RoleID: "customer|client|cliente|kunde", RoleDate: "date|fecha|datum", RoleAmount: "total|gesamt", RoleOrder: "reference|referencia|bestell nr",
			RoleStatus: "status|etat|estado"},
		amounts: AmountPerOrder,
	},
	{
		preset: PresetWix,
		name:   "Wix",
		where:  "Orders, Export",
		marks:  [2]string{"contact email", "date created"},
		columns: [NumRoles]string{RoleID: "contact email", RoleName: "billing name", RolePhone: "billing phone", RoleDate: "date created", RoleAmount: "total", RoleOrder: "order number",
			RoleStatus: "payment status", RoleCurrency: "currency", RoleRefunded: "refunded amount"},
		amounts: AmountPerOrder,
	},
	{
		preset:  PresetEtsyItems,
		name:    "Etsy, items",
		where:   "Settings, Options, Download Data, Order Items",
		marks:   [2]string{"item total", "listing id"},
		columns: [NumRoles]string{RoleID: "buyer|ship name", RoleName: "ship name", RoleDate: "sale date|date paid", RoleAmount: "item total", RoleOrder: "order id", RoleCurrency: "currency"},
		amounts: AmountPerLine,
	},
	{
		preset: PresetEtsy,
		name:   "Etsy, orders",
		where:  "Settings, Options, Download Data, Orders",
		marks:  [2]string{"order value", "sale date"},
		columns: [NumRoles]string{RoleID: "buyer user id|buyer|full name", RoleName: "full name", RoleDate: "sale date", RoleAmount: "order total|order value", RoleOrder: "order id",
			RoleStatus: "status", RoleCurrency: "currency"},
		amounts: AmountPerOrder,
	},
	{
		preset: PresetGumroad,
		name:   "Gumroad",
		where:  "Sales, Export",
		marks:  [2]string{"purchase email|buyer email", "sale price"},
		columns: [NumRoles]string{RoleID: "buyer email|purchase email", RoleEmail: "purchase email", RoleName: "buyer name", RoleDate: "purchase date", RoleAmount: "sale price",
			RoleOrder: "purchase id", RoleRefunded: "partial refund|fully refunded|refunded", RoleCancelled: "fully refunded"},
		amounts: AmountPerOrder,
	},
	{
		preset: PresetAmazon,
		name:   "Amazon",
		where:  "Orders, Order Reports (those with the buyer's e-mail address)",
		marks:  [2]string{"purchase date", "item price"},
		columns: [NumRoles]string{RoleID: "buyer email|buyer name", RoleName: "buyer name", RolePhone: "buyer phone number", RoleDate: "purchase date", RoleAmount: "item price",
			RoleOrder: "amazon order id|order id", RoleStatus: "order status|item status", RoleCurrency: "currency"},
		amounts: AmountPerLine, // the price of all units of the line
	},
	{
		preset:  PresetEBay,
		name:    "eBay",
		where:   "Seller Hub, Orders, Download report",
		marks:   [2]string{"buyer username", "sale date"},
		columns: [NumRoles]string{RoleID: "buyer username|buyer email", RoleEmail: "buyer email", RoleName: "buyer name", RoleDate: "sale date", RoleAmount: "total price", RoleOrder: "order number|sales record number"},
		amounts: AmountPerOrder,
		paid:    "paid on date",
	},
	{
		preset: PresetStripeInvoices,
		name:   "Stripe, invoices",
		where:  "Billing, Invoices, Export",
		marks:  [2]string{"amount due", "subscription|due date utc"},
		columns: [NumRoles]string{RoleID: "customer|customer id", RoleEmail: "customer email", RoleName: "customer name", RoleDate: "date utc|created utc|finalized at utc",
			RoleAmount: "amount paid|total", RoleOrder: "number|id", RoleStatus: "status", RoleCurrency: "currency"},
		amounts: AmountPerOrder,
	},
	{
		preset: PresetPayPal,
		name:   "PayPal",
		where:  "Activity, Download, Completed payments, CSV",
		marks:  [2]string{"from email address", "gross"},
		columns: [NumRoles]string{RoleID: "from email address", RoleName: "name", RoleDate: "date", RoleAmount: "gross", RoleOrder: "transaction id", RoleStatus: "status",
			RoleCurrency: "currency", RoleType: "type"},
		amounts: AmountPerOrder,
		payee:   "to email address",
	},
	{
		preset: PresetPaddle,
		name:   "Paddle",
		where:  "Reports, Transactions",
		marks:  [2]string{"grand total|details totals grand total", "billed at"},
		columns: [NumRoles]string{RoleID: "customer id|customer email", RoleEmail: "customer email", RoleDate: "billed at|created at", RoleAmount: "grand total|details totals grand total",
			RoleOrder: "id|transaction id", RoleStatus: "status", RoleCurrency: "currency code"},
		amounts: AmountPerOrder,
	},
	{
		preset: PresetLemonSqueezy,
		name:   "Lemon Squeezy",
		where:  "Orders, Export",
		marks:  [2]string{"user email", "order number"},
		columns: [NumRoles]string{RoleID: "user email|customer email", RoleName: "user name", RoleDate: "created at|date utc", RoleAmount: "total", RoleOrder: "order number|identifier",
			RoleStatus: "status", RoleCurrency: "currency", RoleRefunded: "refunded amount|refunded"},
		amounts: AmountPerOrder,
	},
	{
		preset: PresetMollie,
		name:   "Mollie",
		where:  "Transactions, Export, CSV",
		marks:  [2]string{"consumer name", "settlement amount|settlement reference"},
		columns: [NumRoles]string{RoleID: "consumer bank account|consumer name", RoleName: "consumer name", RoleDate: "date", RoleAmount: "amount", RoleOrder: "id",
			RoleStatus: "status", RoleCurrency: "currency", RoleRefunded: "amount refunded"},
		amounts: AmountPerOrder,
	},
	{
		preset:  PresetXero,
		name:    "Xero",
		where:   "Business, Invoices, Export",
		marks:   [2]string{"contact name", "invoice number"},
		columns: [NumRoles]string{RoleID: "contact name", RoleDate: "invoice date", RoleAmount: "total", RoleOrder: "invoice number", RoleStatus: "status", RoleCurrency: "currency", RoleType: "type"},
		amounts: AmountPerOrder,
	},
	{
		preset:  PresetQuickBooks,
		name:    "QuickBooks",
		where:   "Reports, Sales by Customer Detail or Transaction List, Export",
		marks:   [2]string{"transaction type", "num|no"},
		columns: [NumRoles]string{RoleID: "customer|customer full name|name", RoleDate: "date|transaction date", RoleAmount: "amount", RoleOrder: "num|no", RoleType: "transaction type"},
		amounts: AmountPerLine,
	},
	{
		preset: PresetTiendanube,
		name:   "Tiendanube (Nuvemshop)",
		where:  "Ventas, Exportar ventas",
		marks:  [2]string{"numero de orden|numero do pedido", "estado del pago|status do pagamento"},
		columns: [NumRoles]string{RoleID: "email|e mail", RolePhone: "telefono|telefone", RoleName: "nombre del comprador|nome do comprador", RoleDate: "fecha|data", RoleAmount: "total",
			RoleOrder: "numero de orden|numero do pedido", RoleStatus: "estado del pago|status do pagamento", RoleCurrency: "moneda|moeda"},
		amounts: AmountPerOrder,
	},
	{
		preset:  PresetOlist,
		name:    "Olist",
		where:   "the public data set, its tables joined",
		marks:   [2]string{"customer unique id", "order purchase timestamp"},
		columns: [NumRoles]string{RoleID: "customer unique id", RoleDate: "order purchase timestamp", RoleAmount: "payment value|price", RoleOrder: "order id", RoleStatus: "order status"},
		amounts: AmountPerLine,
	},
	{
		preset: PresetDynamics,
		name:   "Dynamics and SAP",
		where:  "a list of sales documents with their type",
		marks:  [2]string{"sop type|document type|billing type", "customer number|customer no|sell to customer no|sold to party"},
		columns: [NumRoles]string{RoleID: "customer number|customer no|sell to customer no|sold to party", RoleDate: "document date|posting date|billing date", RoleName: "customer name",
			RoleAmount: "document amount|amount including vat|amount|net value", RoleOrder: "sop number|document number|document no|no|billing document",
			RoleCurrency: "currency code|currency|document currency", RoleType: "sop type|document type|billing type"},
		amounts: AmountPerLine,
	},
	{
		preset: PresetWooCommerce,
		name:   "WooCommerce",
		where:  "Analytics, Orders, Download; or an export extension",
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

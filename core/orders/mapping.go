package orders

import "unicode/utf8"

// Role is what a column means to the reader.
type Role uint8

// Roles. ID and Date are needed; without an Amount all orders are worth zero and
// only their times count.
const (
	RoleID        Role = iota // the customer
	RoleDate                  // day of the order
	RoleAmount                // money, or a unit price where RoleQuantity is mapped
	RoleOrder                 // order id: rows that share it are one order
	RoleStatus                // paid, cancelled, refunded ...
	RoleCurrency              // code or sign
	RoleRefunded              // amount given back, subtracted
	RoleCancelled             // a date or yes: cancelled
	RoleQuantity              // multiplies a unit price
	NumRoles                  // the number of roles
)

func (r Role) String() string {
	return pick(int(r), "id", "date", "amount", "order", "status", "currency", "refunded", "cancelled", "quantity")
}

// roleNames lists, for each role, the names that a column may have, likeliest
// first, after normalise: English, German, French, Spanish, Portuguese. A name
// with a tilde also counts as a word within a longer name.
var roleNames = [NumRoles]string{
	RoleID: "customer id|customerid|customer unique id|customer key|customer no|customer number|customer code|cust id|custid|client id|" +
		"clientid|user id|userid|member id|account id|shopper id|buyer id|contact id|donor id|loyalty id|household key|" +
		"kunden id|kundennummer|kundennr|kunden nr|id client|code client|numero client|no client|id cliente|" +
		"codigo cliente|codigo do cliente|codigo de cliente|numero cliente|customer email|billing email|~email|~e mail|" +
		"mail|correo electronico|courriel|customer|client|kunde|cliente|acheteur|comprador|user|buyer|member|account|" +
		"donor|shopper|card id|visitor id|customer name|kundenname|nom client|nombre cliente|nome do cliente|~kunde|~client|~cliente|id",
	RoleDate: "order date|orderdate|created at|date created|date|purchase date|order purchase timestamp|transaction date|invoice date|invoicedate|" +
		"created date|created|sale date|order time|ordered at|paid at|paid date|payment date|processed at|timestamp|datetime|" +
		"date time|order created at|bestelldatum|kaufdatum|auftragsdatum|rechnungsdatum|datum|date de commande|date commande|" +
		"date d achat|date achat|date facture|fecha de pedido|fecha pedido|fecha de compra|fecha|data do pedido|" +
		"data da compra|data pedido|data|~date|~datum|~fecha|~timestamp|~data|time|day|tag",
	RoleAmount: "order total|total amount|total price|order amount|order value|total|net sales|net total|net amount|grand total|" +
		"amount paid|amount|payment value|revenue|sales|sale amount|spend|value|monetary value|dollar value|dollars|subtotal|gross sales|" +
		"payment|price|gesamtbetrag|gesamtsumme|gesamtpreis|bestellwert|rechnungsbetrag|gesamt|betrag|umsatz|summe|preis|" +
		"montant total|montant ttc|total ttc|montant|prix total|prix|chiffre d affaires|importe total|importe|monto|" +
		"valor total|valor do pedido|valor|precio|preco|receita|faturamento|ventas|~amount|~total|~revenue|~betrag|~umsatz|" +
		"~montant|~importe|~valor|~sales|~spend|unit price|unitprice|price per unit|stuckpreis|einzelpreis|prix unitaire|" +
		"precio unitario|preco unitario|~price",
	RoleOrder: "order id|orderid|order number|order no|order name|order|invoice|invoiceno|invoice no|invoice id|invoice number|" +
		"transaction id|transactionid|receipt id|receipt number|receipt|basket id|bestellnummer|bestell nr|auftragsnummer|" +
		"rechnungsnummer|numero de commande|numero commande|commande|facture|numero de pedido|pedido|numero do pedido|" +
		"factura|fatura|charge id|payment id",
	RoleStatus: "order status|financial status|payment status|transaction status|status|state|event type|transaction type|" +
		"bestellstatus|auftragsstatus|zahlungsstatus|statut|etat|estado|situacao|type",
	RoleCurrency: "currency|currency code|order currency|wahrung|waehrung|devise|monnaie|moneda|divisa|moeda",
	RoleRefunded: "refunded amount|amount refunded|refund amount|total refunded|refunded total|refunded|erstattet|" +
		"erstattungsbetrag|montant rembourse|importe reembolsado|valor reembolsado",
	RoleCancelled: "cancelled at|canceled at|cancelled|canceled|storniert am|storniert|annule le",
	RoleQuantity:  "quantity|qty|units|menge|anzahl|quantite|cantidad|quantidade",
}

// unitPrices are the amount names that a quantity multiplies.
const unitPrices = "unit price|unitprice|price per unit|stuckpreis|einzelpreis|prix unitaire|precio unitario|preco unitario"

// notAmounts are words of columns that hold money but not the order's.
const notAmounts = "tax|taxes|vat|shipping|discount|discounts|fee|fees|tip|tips|mwst|versand|versandkosten|rabatt|steuer|" +
	"frais|livraison|remise|iva|envio|descuento|imposto|desconto|frete|refund|refunds|refunded|quantity|items|orders|count|points"

// guessColumns maps roles by the names of the header, checked against the
// contents where there are any.
func guessColumns(names [][]byte, stats []columnStats) (columns [NumRoles]int) {
	for role := RoleID; role < NumRoles; role++ {
		best := 0
		for i, name := range names {
			score := nameScore(role, name)
			if score <= best || taken(columns, i) || i < len(stats) && !stats[i].fits(role) {
				continue
			}
			best = score
			columns[role] = i + 1
		}
	}
	if c := columns[RoleAmount]; c == 0 || !listed(unitPrices, names[c-1]) {
		columns[RoleQuantity] = 0
	}
	return columns
}

// taken reports whether column i (0-based) already has a role.
func taken(columns [NumRoles]int, i int) bool {
	for _, c := range columns {
		if c == i+1 {
			return true
		}
	}
	return false
}

// nameScore is larger the earlier name stands in the role's list, 0 when it does
// not; whole names go before words within names.
func nameScore(role Role, name []byte) int {
	list := roleNames[role]
	if role == RoleAmount && anyWord(notAmounts, name) {
		return 0
	}
	for position := 10000; len(list) > 0; position-- {
		var entry string
		entry, list = nextName(list)
		within := entry[0] == '~'
		if within {
			entry = entry[1:]
		}
		if string(name) == entry {
			return position
		}
		if within && hasWord(name, entry) {
			return position - 5000
		}
	}
	return 0
}

// nextName cuts the first of the names separated by bars.
func nextName(list string) (first, rest string) {
	for i := 0; i < len(list); i++ {
		if list[i] == '|' {
			return list[:i], list[i+1:]
		}
	}
	return list, ""
}

// listed reports whether name is one of the list.
func listed(list string, name []byte) bool {
	for len(list) > 0 {
		var entry string
		if entry, list = nextName(list); string(name) == entry {
			return true
		}
	}
	return false
}

// anyWord reports whether one of the list is a word of name.
func anyWord(list string, name []byte) bool {
	for len(list) > 0 {
		var entry string
		if entry, list = nextName(list); hasWord(name, entry) {
			return true
		}
	}
	return false
}

// hasWord reports whether word stands in name between blanks or ends.
func hasWord(name []byte, word string) bool {
	for i := 0; i+len(word) <= len(name); i++ {
		end := i + len(word)
		if (i == 0 || name[i-1] == ' ') && (end == len(name) || name[end] == ' ') && string(name[i:end]) == word {
			return true
		}
	}
	return false
}

// normalise makes a column's name comparable: lower case, accents folded, every
// other character a single blank, none at the ends. "Order ID", "order_id" and
// "OrderId" become "order id", "order id" and "orderid".
func normalise(name []byte) []byte {
	if !utf8.Valid(name) {
		name = recode(nil, name)
	}
	folded := fold(nil, name)
	out := folded[:0]
	for _, c := range folded {
		if c >= 'a' && c <= 'z' || c-'0' <= 9 {
			out = append(out, c)
		} else if len(out) > 0 && out[len(out)-1] != ' ' {
			out = append(out, ' ')
		}
	}
	return trim(out)
}

// latinBase gives the base letters of U+00C0 to U+00FF.
const latinBase = "aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y"

// fold appends b to dst in lower case with the accents of Western European
// letters dropped; bytes that are not UTF-8 count as Windows-1252.
func fold(dst, b []byte) []byte {
	for i := 0; i < len(b); {
		c := b[i]
		if c < 0x80 {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			r = rune(c)
		}
		switch {
		case r >= 0xC0 && r <= 0xFF:
			dst = append(dst, latinBase[r-0xC0])
		case r >= 0x300 && r < 0x370: // combining accents
		default:
			dst = append(dst, ' ')
		}
		i += n
	}
	return dst
}

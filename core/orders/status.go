package orders

// standing is what a status means for the order.
type standing uint8

const (
	standingPaid      standing = iota // also everything unknown
	standingCancelled                 // never became an order
	standingUnpaid                    // not an order yet, or never
	standingRefunded                  // was one; the money went back
	standingRefund                    // the row itself is a refund
)

// statusNames lists the words by standing, after normalise. Sources: the status
// values of Shopify (financial status), WooCommerce (order statuses), Stripe
// (payment status), Square (event type), and their usual translations.
var statusNames = [...]string{
	standingCancelled: "cancelled|canceled|cancel|wc cancelled|void|voided|storniert|abgebrochen|annule|annulee|cancelado|cancelada|anulado|anulada",
	standingUnpaid: "pending|pending payment|wc pending|on hold|wc on hold|failed|wc failed|unpaid|declined|expired|draft|checkout draft|" +
		"wc checkout draft|incomplete|uncaptured|authorized|requires payment method|requires action|requires confirmation|" +
		"requires capture|blocked|ausstehend|fehlgeschlagen|offen|unbezahlt|en attente|echoue|echouee|pendiente|fallido|pendente|falhou",
	standingRefunded: "refunded|wc refunded|erstattet|ruckerstattet|rembourse|remboursee|reembolsado|reembolsada|returned|charged back|lost",
	standingRefund:   "refund|return|retoure|gutschrift|ruckerstattung|remboursement|avoir|reembolso|devolucion|devolucao|credit note|chargeback",
}

// statusOf is what a status text means.
func statusOf(text []byte) standing {
	name := normalise(text)
	for s := standingCancelled; int(s) < len(statusNames); s++ {
		if listed(statusNames[s], name) {
			return s
		}
	}
	return standingPaid
}

// maxStatus is longer than any word of statusNames.
const maxStatus = 40

// statusCache remembers the last texts: a file holds a handful.
type statusCache struct {
	known [16]struct {
		text     []byte
		standing standing
	}
	next int
}

func (c *statusCache) of(text []byte) standing {
	if len(text) == 0 || len(text) > maxStatus {
		return standingPaid
	}
	for i := range c.known {
		if len(c.known[i].text) > 0 && string(c.known[i].text) == string(text) {
			return c.known[i].standing
		}
	}
	s := statusOf(text)
	k := &c.known[c.next%len(c.known)]
	k.text = append(k.text[:0], text...)
	k.standing = s
	c.next++
	return s
}

// affirms reports whether a cell of a "cancelled at" or "cancelled" column says
// so: anything but an explicit no.
func affirms(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	for list := "0|no|n|false|f|nein|non|nao|null|none|nan|-"; len(list) > 0; {
		var no string
		if no, list = nextName(list); equalFold(b, no) {
			return false
		}
	}
	return true
}

package orders

// numberedStatuses are the numbers by which a program stores how its orders stand.
type numberedStatuses struct {
	names, beside string // of their column, and of another one that the program's table has
	fixed         bool   // nobody can give them another meaning
	words         string // number=what it says
}

// Sources: Rakuten RMS WEB SERVICE, OrderProgress; Yahoo! Shopping API, OrderStatus; the tables that PrestaShop 1.7 (ps_order_state), OpenCart 3 (oc_order_status) and Shopware 5 (s_core_states) are installed with, which a shop can change.
var knownStatuses = [...]numberedStatuses{
	{"ステータス|注文ステータス|order progress", "注文番号|order number", true, "100=注文確認待ち受注|200=処理中|300=発送待ち|400=確認待ち発送待ち|500=発送済|600=支払手続き中|700=支払手続き済|800=キャンセル確定待ち|900=キャンセル確定"},
	{"order status", "bill mail address|pay status|bill phone number", true, "0=awaiting|1=processing|2=processing|3=on hold|4=cancelled|5=completed|8=cancelled"},
	{"current state|id order state", "id customer|id cart|total paid|total paid tax incl", false, "1=awaiting payment|2=payment accepted|3=processing|4=shipped|5=delivered|6=cancelled|7=refunded|8=payment error|9=backorder paid|10=awaiting payment|11=payment accepted|12=backorder not paid|13=awaiting cash on delivery"},
	{"order status id", "customer id|store id|store name|invoice prefix|customer group id", false, "0=abandoned|1=pending|2=processing|3=shipped|5=complete|7=cancelled|8=denied|9=reversal cancelled|10=failed|11=refunded|12=reversed|13=chargeback|14=expired|15=processed|16=voided"},
	{"status", "cleared", false, "-1=cancelled|0=processing|1=processing|2=completed|3=completed|4=cancelled|5=processing|6=shipped|7=shipped|8=processing"},
}

// takeNumbered takes a column of numbers that a program is known to store for its statuses.
func (m *mapper) takeNumbered() {
	for i := range knownStatuses {
		k := &knownStatuses[i]
		at := findName(m.stats, k.names)
		if m.columns[RoleStatus] == 0 && m.free(RoleStatus) && at > 0 && !taken(m.columns, at-1) && findName(m.stats, k.beside) > 0 && k.has(&m.stats[at-1]) {
			m.columns[RoleStatus], m.numbered = at, k
		}
	}
}

// has reports whether every cell of a column is one of the numbers.
func (k *numberedStatuses) has(c *columnStats) bool {
	for _, v := range c.values {
		if v != v || k.of(v) == "" {
			return false
		}
	}
	return len(c.values) > 0
}

// of is what a number says.
func (k *numberedStatuses) of(number float64) string {
	for list := k.words; len(list) > 0; {
		var entry string
		entry, list = nextName(list)
		at := indexByte(entry, '=')
		if v, _, ok := parseNumber([]byte(entry[:at]), '.'); ok == readOK && v == number {
			return entry[at+1:]
		}
	}
	return ""
}

func (k *numberedStatuses) standing(text []byte) Standing {
	v, _, verdict := parseNumber(text, '.')
	if verdict != readOK {
		return StandingUnknown
	}
	return statusOf([]byte(k.of(v)))
}

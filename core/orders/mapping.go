package orders

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
	RoleRefunded              // amount given back, or yes where all was
	RoleCancelled             // a date or yes: cancelled
	RoleQuantity              // multiplies a unit price
	RoleEmail                 // the customer where RoleID says nothing
	RolePhone                 // the same where the e-mail says nothing either
	RoleName                  // the same where the phone says nothing either
	RoleType                  // sale, refund, payout ...
	NumRoles                  // the number of roles
)

func (r Role) String() string {
	return pick(int(r), "id", "date", "amount", "order", "status", "currency", "refunded", "cancelled", "quantity",
		"email", "phone", "name", "type")
}

// Basis says what a column's role rests on.
type Basis uint8

// Bases. What rests on contents alone is asked about.
const (
	BasisNone     Basis = iota // no column has the role
	BasisName                  // the column's name
	BasisContents              // what stands in the column; its name says nothing
	BasisPreset                // the columns of a known export
	BasisOption                // Options.Columns
)

func (b Basis) String() string { return pick(int(b), "none", "name", "contents", "preset", "option") }

// Scores of names. Only their order matters, and the share by which one leads: see thin.
const (
	scoreSure  = 900
	scoreGood  = 800
	scoreFair  = 600
	scoreWeak  = 400
	scorePoor  = 200
	scoreLast  = 20 // taken if nothing else is there, and asked about
	perUnknown = 15 // taken off for each word that says nothing, three at most
)

// nameScore is how well a name suits a role, 0 for not at all.
func nameScore(role Role, m meaning, unknown int) int {
	s := 0
	switch role {
	case RoleID:
		s = idScore(m)
	case RoleDate:
		s = dateScore(m)
	case RoleAmount:
		s = amountScore(m)
	case RoleOrder:
		s = orderScore(m)
	case RoleStatus:
		s = statusScore(m)
	case RoleType:
		s = typeScore(m)
	default:
		s = minorScore(role, m)
	}
	switch {
	case s <= scoreLast:
		return s
	case s == scorePoor && unknown > 0 && (role == RoleID || role == RoleOrder): // "number of" something
		return 0
	}
	return max(s-perUnknown*min(unknown, 3), scoreLast)
}

const (
	ofMoney = ofAmount | ofTotal | ofSales | ofPrice | ofSpent
	// ofAside is money that belongs to an order without being it.
	ofAside = ofTax | ofShipping | ofDiscount | ofFee | ofRefund | ofCost
	// ofElse is what no column of a customer, a date or an order says.
	ofElse = ofPlace | ofOthers | ofOther | ofMeasure | ofDiscount | ofFee | ofCost | ofCurrency | ofQuantity
)

func idScore(m meaning) int {
	switch {
	case m&(ofElse|ofDate|ofClock|ofStatus|ofType|ofTax|ofShipping|ofRefund|ofLine|ofEmail|ofPhone|ofName|ofMoney&^ofSales|ofCancelled|ofPayout) != 0:
		return 0
	case m&ofCustomer != 0 && m&ofID != 0 && m&ofUnique != 0:
		return scoreSure + 50
	case m&ofCustomer != 0 && m&ofID != 0:
		return scoreSure
	case m&ofCustomer != 0:
		return scoreGood - 100
	case m&^(ofUnique|ofNothing) == ofID:
		return scorePoor
	}
	return 0
}

func dateScore(m meaning) int {
	if m&(ofDate|ofClock|ofCreation) == 0 || m&(ofElse|ofStatus|ofType|ofID|ofEmail|ofName|ofCancelled|ofRefund) != 0 {
		return 0
	}
	if m&ofDue != 0 {
		return scoreLast / 2
	}
	if m&(ofOtherDay|ofShipping|ofPart|ofLine|ofPayout) != 0 {
		return scoreLast
	}
	s := scoreFair
	switch {
	case m&ofDate == 0 && m&ofCreation == 0:
		s = scorePoor + 100
	case m&ofCreation != 0:
		s += 50
	}
	switch {
	case m&ofOrder != 0:
		s += 250
	case m&ofDocument != 0:
		s += 240
	case m&ofSales != 0:
		s += 200
	case m&ofPayment != 0:
		s += 50
	}
	if m&ofCreation != 0 && m&ofDate != 0 {
		s += 200
	}
	if m&ofCustomer != 0 {
		s -= 300 // since when somebody is a customer
	}
	return s
}

func amountScore(m meaning) int {
	const never = ofDate | ofClock | ofCreation | ofStatus | ofState | ofType | ofEmail | ofPhone | ofName | ofMeasure | ofQuantity |
		ofPlace | ofOthers | ofOther | ofCancelled
	stated := m&(ofWith|ofWithout) != 0
	switch {
	case m&never != 0 || m&ofAside != 0 && !stated:
		return 0
	case m&ofTax != 0 && m&ofAside != ofTax: // shipping including tax
		return 0
	case m&ofID != 0 && m&(ofTotal|ofAmount) == 0: // "Sales ID", "Price code"
		return 0
	case m&(ofMoney|ofPayout) != 0:
	case stated && m&ofAside&^ofTax == 0: // "Gross", "Net", "TTC"
		return scoreWeak + 50 + withOrWithout(m, 10)
	case m&ofPayment != 0 && m&ofID == 0 && !stated:
		return scoreWeak - 100
	default:
		return 0
	}
	s := moneyScore(m)
	if m&ofSub != 0 {
		s -= 350
	}
	if m&ofLine != 0 && (m&ofPrice == 0 || m&ofTotal != 0) {
		s -= 60
	}
	if m&ofCustomer != 0 && m&ofPrice == 0 { // "Customer Price" is what they pay
		s -= 400
	}
	if m&ofSpent != 0 && m&(ofAmount|ofTotal) != 0 {
		s -= 300 // what a customer has spent so far
	}
	if m&ofConverted != 0 {
		s -= 250
	}
	if m&ofPayout != 0 {
		s -= 500 // what the customer paid was more
	}
	if m&ofOtherDay != 0 {
		s -= 200
	}
	if m&ofFormatted != 0 {
		s -= 20
	}
	return max(s, scoreLast)
}

func moneyScore(m meaning) int {
	switch {
	case m&ofPrice != 0 && m&(ofTotal|ofAmount) == 0:
		s := scoreWeak + withOrWithout(m, 10)
		if m&ofUnit != 0 {
			s -= 100
		}
		if m&ofLine != 0 {
			s -= 20
		}
		return s
	case m&ofSales != 0 && m&(ofOrder|ofDocument) != 0 && m&(ofTotal|ofAmount|ofWith|ofWithout) == 0:
		return scorePoor // "Sales order" is the order, "order revenue" its money
	case m&ofSales != 0 && m&(ofTotal|ofAmount) == 0:
		return scoreGood - 20 + withOrWithout(m, -15) // net sales are after discounts
	case m&ofTotal != 0 && m&(ofOrder|ofDocument) != 0:
		return scoreSure + withOrWithout(m, 10)
	case m&ofTotal != 0 && m&ofAmount != 0:
		return scoreGood + 80 + withOrWithout(m, 10)
	case m&ofTotal != 0:
		return scoreGood + 50 + withOrWithout(m, 10)
	case m&ofAmount != 0 && m&(ofOrder|ofDocument|ofPayment) != 0:
		return scoreGood + 40 + withOrWithout(m, 10)
	case m&ofAmount != 0:
		return scoreGood + withOrWithout(m, 10)
	}
	return scoreWeak + 100
}

// withOrWithout prefers what includes tax by so much, or what excludes it.
func withOrWithout(m meaning, with int) int {
	switch {
	case m&ofWith != 0:
		return with
	case m&ofWithout != 0:
		return -with
	}
	return 0
}

func orderScore(m meaning) int {
	const never = ofElse | ofDate | ofClock | ofCreation | ofOtherDay | ofStatus | ofType | ofEmail | ofPhone | ofName | ofCustomer | ofLine | ofPayout |
		ofShipping | ofTax | ofRefund | ofMoney&^ofSales | ofCancelled
	switch {
	case m&never != 0:
		return 0
	case m&ofOrder != 0 && m&ofID != 0:
		return scoreSure
	case m&ofDocument != 0 && m&ofID != 0:
		return scoreSure - 50
	case m&ofSales != 0 && m&ofID != 0:
		return scoreGood - 50
	case m&ofOrder != 0 && m&ofPayment == 0:
		return scoreGood - 100
	case m&ofDocument != 0 && m&ofPayment == 0:
		return scoreGood - 150
	case m&ofPayment != 0 && m&ofID != 0:
		return scoreWeak + 100
	case m&^(ofUnique|ofNothing) == ofID:
		return scorePoor
	}
	return 0
}

func statusScore(m meaning) int {
	if m&(ofElse&^ofOthers|ofDate|ofID|ofCustomer|ofMoney&^ofSales|ofTax|ofRefund|ofEmail) != 0 || m&ofLine != 0 && m&ofShipping != 0 {
		return 0
	}
	s := -m.part(ofOthers, 50) - m.part(ofLine, 200) // what the seller has set, and how one item stands
	switch {
	case m&ofStatus != 0:
		s += scoreWeak + 100
	case m&ofState != 0 && m&ofOthers == 0:
		s = scoreWeak - 100
	default:
		return 0
	}
	switch {
	case m&ofShipping != 0:
		s = scorePoor
	case m&ofOrder != 0:
		s += 300
	case m&(ofPayment|ofSales) != 0:
		s += 250
	case m&ofDocument != 0:
		s += 200
	}
	return s
}

func typeScore(m meaning) int {
	if m&ofType == 0 || m&(ofElse&^ofCurrency|ofMoney&^ofSales|ofDate|ofCustomer|ofLine|ofTax|ofShipping|ofEmail|ofName|ofRefund|ofCancelled) != 0 { // "Return type" says how an order came back
		return 0
	}
	if m&(ofOrder|ofDocument|ofPayment|ofSales) != 0 {
		return scoreGood
	}
	return scoreFair
}

// minorScore is for the roles with one concept each.
func minorScore(role Role, m meaning) int {
	const notPeople = ofElse&^ofPlace | ofDate | ofStatus | ofState | ofType | ofLine | ofMoney | ofTax | ofRefund | ofTo
	if m&ofNothing != 0 && (role == RoleEmail || role == RolePhone || role == RoleName) {
		m &^= ofSales // "facturación" is revenue, and beside somebody's name only says whose: the invoice's
	}
	switch role {
	case RoleCurrency:
		if m&ofCurrency != 0 && m&(ofMeasure|ofOther|ofType|ofDate) == 0 {
			return scoreFair - m.part(ofConverted, 300) - m.part(ofAside, 150) - m.part(ofMoney, 100) // "total.currency"
		}
	case RoleRefunded:
		if saysWhether(m) {
			return scoreLast
		}
		if m&ofTax != 0 && m&(ofWith|ofWithout) != 0 { // "Refunds (incl. VAT)"
			m &^= ofTax
		}
		if m&ofRefund != 0 && m&(ofDate|ofClock|ofID|ofOther|ofTax|ofShipping|ofStatus|ofType|ofLine|ofCurrency|ofMeasure|ofQuantity|ofDue) == 0 {
			return scoreWeak + m.part(ofAmount|ofTotal, 200) - m.part(ofConverted, 300)
		}
	case RoleCancelled:
		if m&ofCancelled != 0 && m&(ofOther|ofID|ofMoney|ofStatus|ofMeasure|ofQuantity|ofOthers|ofDue) == 0 {
			return scoreFair + m.part(ofDate, 50)
		}
	case RoleQuantity:
		if m&ofQuantity != 0 && m&(ofElse&^ofQuantity|ofRefund|ofMoney&^ofTotal|ofShipping) == 0 {
			return scoreFair - m.part(ofTotal, 200)
		}
	case RoleEmail:
		if m&ofEmail != 0 && m&(notPeople|ofShipping) == 0 {
			return scoreFair + m.part(ofCustomer, 200)
		}
	case RolePhone:
		if m&ofPhone != 0 && m&(notPeople|ofShipping) == 0 {
			return scoreFair + m.part(ofCustomer, 200)
		}
	case RoleName:
		if m&ofName != 0 && m&(notPeople|ofEmail|ofOrder|ofDocument) == 0 {
			return scoreWeak + m.part(ofCustomer, 300) - m.part(ofShipping, 150) - m.part(ofPart, 250)
		}
	}
	return 0
}

// saysWhether reports whether a name is that of the status or the day of refunds: how much went back stands elsewhere.
func saysWhether(m meaning) bool {
	return m&ofRefund != 0 && m&(ofStatus|ofDate) != 0 && m&(ofID|ofOther|ofTax|ofShipping|ofType|ofLine|ofCurrency|ofMeasure|ofQuantity|ofMoney|ofOtherDay|ofClock|ofDue) == 0
}

// part is n if m has any of the concepts.
func (m meaning) part(of meaning, n int) int {
	if m&of != 0 {
		return n
	}
	return 0
}

// unitPrice reports whether a quantity multiplies what the name says: a price that is no
// total.
func unitPrice(m meaning) bool { return m&ofPrice != 0 && m&(ofTotal|ofAmount|ofSub) == 0 }

// isDeadline reports whether the name of a column about cancellations or returns says until when, or whether, they are possible: it tells of no order that was one.
func isDeadline(name []byte) bool {
	return says(name, "until|till|deadline|limit|limits|window|cutoff|cut off|eligible|eligibility|allowed|possible|available|policy|policies|terms|conditions|period|able to|bis|bis zum|moglich|erlaubt|richtlinie|bedingungen|jusqu|jusqu au|avant|delai|possible|politique|"+
		"hasta|plazo|permitido|politica|ate|prazo|permitida|entro|termine ultimo|possibile|tot|uiterlijk|mogelijk|beleid|mozliwe|mozliwy|polityka|senast|kadar|до|возможен|возможна|политика|حتى|مهله|سياسه|까지|기한|가능|정책|政策|截止|ポリシー|可否|可能") ||
		says(name, "by|before") && !says(name, "cancelled|canceled|refunded|returned|voided|reversed")
}

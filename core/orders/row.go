package orders

import "math"

// layout holds the 0-based columns of the roles, -1 for none.
type layout struct {
	id, date, amount, order, status, currency, refunded, cancelled, quantity, email, phone, name, kind int
	payee                                                                                              int // the customer of a refund, -1 where that is the same column

	status2   int // another column of statuses, which can take an order back; -1 for none
	product   int // names what was bought, -1 for no column
	test      int // yes says that an order is none, but a test; -1 for no column
	trial     int // the same of a free trial
	first     int // the column of a customer's first name, or the last, and of the other; -1 for none
	last      int
	dispute   int // says that the payer's bank was asked for the money back, or how that ended: see disputes; -1 for no column
	full      int // says of which orders all the money went back; -1 for no column
	other     int // the other side of the books, where the amount is one; -1 for none
	adjusted  int // the amount as it is after a refund or another change, where there was one; -1 for no column
	won       int // says that it stayed with the shop; -1 for no column
	paid      int // says when a row was paid, or whether: see paid; -1 for no column
	month     int // the columns of month and day, where that of the date has the year alone; -1 for none
	day       int
	fill      bool // a customer stands on the first of its rows alone
	months    bool // lines of their own name the month of the days below
	fillDate  bool // a day does
	block     bool // an order's number, day and customer stand on the first of its lines alone
	attendees bool // the rows of an order are those who come, of whom the first has ordered
	group     bool // lines of a report name the customer of those below

	need int // columns that a row must have
}

func (l *layout) of(columns [NumRoles]int) {
	*l = layout{
		id: columns[RoleID] - 1, date: columns[RoleDate] - 1, amount: columns[RoleAmount] - 1,
		order: columns[RoleOrder] - 1, status: columns[RoleStatus] - 1, currency: columns[RoleCurrency] - 1,
		refunded: columns[RoleRefunded] - 1, cancelled: columns[RoleCancelled] - 1, quantity: columns[RoleQuantity] - 1,
		email: columns[RoleEmail] - 1, phone: columns[RolePhone] - 1, name: columns[RoleName] - 1, kind: columns[RoleType] - 1, payee: -1, status2: -1, product: -1, test: -1, trial: -1, first: -1, last: -1, dispute: -1, won: -1, full: -1, other: -1, adjusted: -1, paid: -1, month: -1, day: -1,
	}
	l.need = max(l.id, l.date, l.amount) + 1
}

// row turns the scanned record into an order, or says why not. Each check that
// fails sets the row aside and ends it.
func (r *Reader) row(buf []byte, start, end int) {
	record := buf[start:end]
	if hollow(r.scan.text(buf, 0)) && r.emptyRow(buf) {
		if r.opts.joined && r.scan.n == 1 { // the seam: rows have all columns of the whole
			r.forgetAbove()
		} else {
			r.report.Blank++
		}
		return
	}
	if r.skipRows > 0 {
		r.skipRows--
		return
	}
	if r.sink != nil {
		r.sink(buf)
		return
	}
	r.report.Rows++
	if r.layout.block {
		buf, record = r.unmerge(buf, record)
	}
	if r.pivot != nil {
		r.pivotRow(buf, record)
		return
	}
	if r.layout.months && r.monthAbove(buf) {
		return
	}
	if r.layout.group && r.heading(buf, record) {
		return
	}
	if !r.shaped(buf, record) {
		return
	}
	key, item := r.orderKey(buf, record)
	if item {
		if r.gift.on && !r.ofGift(buf) {
			r.settleGift(true)
		}
		r.report.LineItems++
		return
	}
	r.settleGift(false)
	stands, reason := r.standing(buf)
	if r.histories != nil && key != 0 && stands != StandingNotOrder && stands != StandingUnknown {
		r.state(buf, record, stands, key)
		return
	}
	if reason != NumReasons {
		r.setAside(reason, record)
		return
	}
	customer, ok := r.whose(buf, record, stands)
	if !ok {
		return
	}
	if r.layout.paid >= 0 && !r.opts.KeepUnpaid && !r.paid(r.field(buf, r.layout.paid)) {
		r.setAside(ReasonUnpaid, record)
		return
	}
	text := r.dateText(buf)
	if r.layout.fillDate {
		text = r.dateAbove(text)
	}
	day, reason := r.dates.read(text, &r.opts, &r.events)
	if reason != NumReasons {
		if reason == ReasonBadDate && r.total(buf) {
			reason, text = ReasonTotalLine, record
		}
		r.setAside(reason, text)
		return
	}
	amount, reason := r.amount(buf, stands)
	if reason != NumReasons {
		if reason == ReasonRefunded { // the rows of its refund may follow
			r.events.refunds = append(r.events.refunds, refund{customer, day, r.lastAmount, uint32(key >> 32), r.line, true})
		}
		r.setAside(reason, r.scan.text(buf, max(r.layout.amount, 0)))
		return
	}
	carried, kept := r.beside(buf, amount)
	if amount > 0 && r.ofGift(buf) {
		r.hold(heldOrder{customer: customer, day: day, amount: amount, key: key, carried: carried, kept: kept, text: r.field(buf, r.layout.product)})
		return
	}
	r.push(customer, day, amount, key)
	r.tag(amount, carried, kept)
}

// shaped sets a record aside that is no row as a whole, and reports whether it is one.
func (r *Reader) shaped(buf, record []byte) bool {
	reason, ok := r.shape(buf, record)
	if !ok {
		r.setAside(reason, record)
	}
	return ok
}

// whose is the customer of a row; a row without one is set aside.
func (r *Reader) whose(buf, record []byte, s Standing) (customer uint32, ok bool) {
	customer, reason := r.customer(buf, s)
	if reason != NumReasons {
		r.withoutCustomer(reason, buf, record)
	}
	return customer, reason == NumReasons
}

// beside is what the columns say that go along with an order; a refund has none.
func (r *Reader) beside(buf []byte, amount float64) (carried codes, kept keptCodes) {
	if len(r.carriers) > 0 && amount >= 0 {
		carried = r.carry(buf)
	}
	if len(r.keepers) > 0 && amount >= 0 {
		kept = r.keep(buf)
	}
	return carried, kept
}

// tag stores it with the order pushed last.
func (r *Reader) tag(amount float64, carried codes, kept keptCodes) {
	if len(r.carriers) > 0 && amount >= 0 {
		r.events.tag(len(r.carriers), carried)
	}
	if len(r.keepers) > 0 && amount >= 0 {
		r.events.tagKept(len(r.keepers), kept)
	}
}

// forgetAbove forgets what blank cells would stand for: another file begins.
func (r *Reader) forgetAbove() {
	r.above, r.over, r.carries = r.above[:0], [orderCells][]byte{}, false
}

// dateAbove is the date of a row, or of the one above where it has none.
func (r *Reader) dateAbove(text []byte) []byte {
	if len(text) == 0 {
		return r.above
	}
	r.above = append(r.above[:0], text...)
	return text
}

// paid is what the column of payment says of a row: yes, or the day.
func (r *Reader) paid(text []byte) bool {
	if r.paidFlag {
		return r.quick.saysYes(text)
	}
	return len(text) > 0
}

// heading takes in a line of a report that names the customer of those below, or that has their total.
func (r *Reader) heading(buf, record []byte) bool {
	at := r.leading(buf)
	text := r.field(buf, at)
	if len(text) == 0 {
		return false
	}
	if _, ok := parseDate(text, MonthFirst); ok || r.layout.date > 0 && len(r.field(buf, r.layout.date)) > 0 { // the day itself may stand there
		return false
	}
	if totalLine(text) || len(r.field(buf, r.layout.amount)) > 0 {
		r.setAside(ReasonTotalLine, record)
		return true
	}
	n, reason := r.identify(buf, at)
	r.carried, r.carries = n, reason == NumReasons
	r.report.Headings++
	return true
}

// withoutCustomer sets a row aside that names no customer.
func (r *Reader) withoutCustomer(reason Reason, buf, record []byte) {
	text := r.field(buf, r.layout.id)
	if reason == ReasonMissingID && (totalLine(text) || r.total(buf)) {
		reason, text = ReasonTotalLine, record
	}
	r.setAside(reason, text)
}

// total reports whether the row is a line of totals: its first cell with a text says so.
func (r *Reader) total(buf []byte) bool {
	for i := range min(r.scan.n, maxColumns) {
		if text := r.field(buf, i); len(text) > 0 {
			return totalLine(text)
		}
	}
	return false
}

// push stores an order or a refund that passed all checks.
func (r *Reader) push(customer uint32, day int32, amount float64, key uint64) {
	if amount == 0 {
		r.report.Zero++
	}
	if amount < 0 {
		r.events.refunds = append(r.events.refunds, refund{customer, day, -amount, uint32(key >> 32), r.line, false})
		return
	}
	r.events.push(customer, day, amount, key)
}

// shape checks the record as a whole.
func (r *Reader) shape(buf, record []byte) (Reason, bool) {
	s := &r.scan
	switch {
	case s.nul:
		return ReasonNUL, false
	case s.stray:
		return ReasonOpenQuote, false
	case r.layout.id < 0 || r.layout.date < 0:
		return ReasonMissingColumn, false
	case s.n > maxColumns || s.n > r.report.Width && !r.blankFrom(buf, r.report.Width) && !r.realign(buf):
		return ReasonTooManyColumns, false
	case s.n >= r.layout.need:
		return 0, true
	case r.otherDelimiter(record):
		return ReasonMixedDelimiters, false
	}
	return ReasonTooFewColumns, false
}

// blankFrom reports whether the columns from i on are blank.
func (r *Reader) blankFrom(buf []byte, i int) bool {
	for ; i < r.scan.n; i++ {
		if !blank(r.scan.text(buf, i)) {
			return false
		}
	}
	return true
}

// otherDelimiter reports whether another delimiter gives the row its columns.
func (r *Reader) otherDelimiter(record []byte) bool {
	if r.probe == nil {
		r.probe = new(scanner)
	}
	for i := 0; i < len(delimiters); i++ {
		if d := delimiters[i]; d != r.report.Delimiter && d != ' ' {
			r.probe.use(d)
			if r.probe.record(record, 0, true, true); r.probe.n >= max(r.layout.need, 2) {
				return true
			}
		}
	}
	return false
}

// field is the trimmed text of column i, empty for -1; quoted text with doubled
// quotes is unescaped into the scratch buffer, valid until the next such field.
func (r *Reader) field(buf []byte, i int) []byte {
	if uint(i) >= uint(min(r.scan.n, maxColumns)) {
		return nil
	}
	f := &r.scan.fields[i]
	text := buf[f.start:f.end]
	if f.escaped || len(text) > 0 && !bare(text) {
		return r.cleaned(text, f.escaped)
	}
	return text
}

// bare reports whether a text, which is not empty, has nothing around it that cleaned takes away.
func bare(text []byte) bool {
	first, last := text[0], text[len(text)-1]
	return (first > '=' || first-'0' <= 9 || first == '#') && last > ' ' && first != 0xC2 && last != 0xA0
}

func (r *Reader) cleaned(text []byte, escaped bool) []byte {
	if escaped {
		r.scratch = unescape(r.scratch[:0], text)
		text = r.scratch
	}
	return unmarked(trim(text))
}

// unmarked takes a cell out of the marks by which spreadsheets keep a number a text: ="007" and '007.
func unmarked(text []byte) []byte {
	n := len(text)
	switch {
	case n > 3 && text[0] == '=' && text[1] == '"' && text[n-1] == '"':
		return trim(text[2 : n-1])
	case n > 1 && text[0] == '\'' && (text[1]-'0' <= 9 || text[1] == '-' || text[1] == '+'):
		return text[1:]
	}
	return text
}

// orderKey is the hash of the order id, 32 bits, and of the whole row, 28 bits, with 4 that
// number equal rows which follow within the order; 0 without an id. Equal lines of one
// order thus stay apart, and the same lines of another copy of the order get the same keys.
// item says that the row continues the order of the row before: it has no amount of its own.
func (r *Reader) orderKey(buf, record []byte) (key uint64, item bool) {
	if r.layout.order < 0 {
		return 0, false
	}
	id := r.field(buf, r.layout.order)
	if len(id) == 0 || r.unnumbered && saysNothing(id) {
		r.prevOrder, r.again = 0, false
		return 0, false
	}
	order := uint32(hash(id)>>32) | 1 // never 0, which means none
	row := uint32(rowHash(record)) &^ maxRepeat
	again := order == r.prevOrder
	item = again && r.layout.amount >= 0 && len(r.field(buf, r.layout.amount)) == 0 && !r.takesBack(buf)
	r.prevOrder, r.again = order, again
	if !again {
		r.lines = r.lines[:0]
	}
	repeat := uint32(0)
	for _, line := range r.lines {
		if line == row && repeat < maxRepeat {
			repeat++
		}
	}
	if len(r.lines) < maxLines {
		r.lines = append(r.lines, row)
	}
	return uint64(order)<<32 | uint64(row|repeat), item
}

// takesBack reports whether a row without an amount is a refund whose amount stands on the other side of the books.
func (r *Reader) takesBack(buf []byte) bool {
	return r.layout.other >= 0 && len(r.field(buf, r.layout.other)) > 0 && typeOf(r.field(buf, r.layout.kind), r.invoices) == StandingRefund
}

const (
	maxRepeat = 15  // of equal lines of an order that are told apart
	maxLines  = 256 // of an order that are compared
)

// amount reads amount, quantity, currency and refunded part of a row.
func (r *Reader) amount(buf []byte, s Standing) (float64, Reason) {
	if r.layout.amount < 0 {
		return 0, NumReasons
	}
	text := r.field(buf, r.layout.amount)
	if len(text) == 0 && s == StandingRefund {
		text = r.field(buf, r.layout.other)
	}
	v, currency, verdict := parseNumber(text, r.report.Decimal)
	if verdict == readConflict {
		return 0, ReasonDecimalMark
	} else if verdict != readOK {
		return 0, ReasonBadAmount
	}
	if after, _, said := parseNumber(r.field(buf, r.layout.adjusted), r.report.Decimal); said == readOK && after >= 0 && v > 0 {
		r.report.RefundedAmount += max(v-after, 0) * r.scale
		if v = after; v < halfCent {
			return 0, ReasonRefunded
		}
	}
	if r.layout.quantity >= 0 {
		q, ok := parseQuantity(r.field(buf, r.layout.quantity), r.report.Decimal)
		if !ok {
			return 0, ReasonBadAmount
		}
		v *= q
	}
	if currency == debitMark || currency == creditMark { // no currencies
		if currency == r.minus {
			v = -math.Abs(v)
		}
		currency = 0
	}
	v *= r.scale
	if v > MaxAmount || v < -MaxAmount {
		return 0, ReasonHugeAmount
	}
	if r.layout.currency >= 0 {
		currency = r.moneyBy(r.field(buf, r.layout.currency), currency)
	}
	currency = r.moneyOf(currency)
	r.rate = 1
	if currency != 0 && !r.money.take(currency, &r.report) {
		if r.rate = r.rateOf(currency); r.rate == 0 {
			return 0, ReasonOtherCurrency
		}
		r.report.Converted++
		v *= r.rate
	}
	if s == StandingRefund {
		v = -math.Abs(v)
	}
	r.lastAmount = v
	if v == 0 && s == StandingRefunded { // no sale, and what went back, as a row of its own
		if back, _, ok := parseNumber(r.field(buf, r.layout.refunded), r.report.Decimal); ok == readOK && back < 0 && !r.refundFlag && r.opts.Refunds != RefundDrop {
			return back * r.rate * r.scale, NumReasons
		}
	}
	if r.netOfRefunds {
		if back, _, ok := parseNumber(r.field(buf, r.layout.refunded), r.report.Decimal); ok == readOK && back != 0 && v < halfCent && v > -halfCent {
			return 0, ReasonRefunded
		}
	} else if v > 0 && r.layout.refunded >= 0 {
		return r.refundedPart(buf, v, s)
	}
	if v >= 0 && s == StandingRefunded {
		return 0, ReasonRefunded
	}
	switch {
	case v < 0 && r.opts.Refunds == RefundDrop:
		return 0, ReasonRefundDropped
	case v == 0 && r.opts.DropZero:
		return 0, ReasonZero
	}
	return v, NumReasons
}

// moneyBy is the currency of an amount by the column of currencies; where that is blank, by a code beside the amount.
func (r *Reader) moneyBy(column []byte, beside uint64) uint64 {
	if code := r.quick.codeOf(column); code != 0 {
		return code
	}
	if hasCodeForm(beside) {
		return beside
	}
	return 0
}

// moneyOf is the currency of an amount by what stands beside it: a code says it, a sign or nothing leaves it to the name of the column.
func (r *Reader) moneyOf(beside uint64) uint64 {
	if r.moneyIn == 0 || hasCodeForm(beside) {
		return beside
	}
	return r.moneyIn
}

// rateOf is what one unit of a currency is worth, 0 where nobody has said.
func (r *Reader) rateOf(code uint64) float64 {
	for _, rate := range r.opts.Rates {
		if rate.Worth > 0 && rate.Worth <= MaxAmount && packCurrency([]byte(rate.Code)) == code {
			return rate.Worth
		}
	}
	return 0
}

// refundedPart subtracts what the refunded column says from the amount v.
func (r *Reader) refundedPart(buf []byte, v float64, s Standing) (float64, Reason) {
	text := r.field(buf, r.layout.refunded)
	back, _, verdict := parseNumber(text, r.report.Decimal)
	back = min(math.Abs(back)*r.rate*r.scale, v)
	if verdict != readOK {
		back = 0 // an empty cell
	}
	if (r.refundFlag || verdict != readOK) && (affirmed(text) || r.refundWords && saysRefunded(text)) {
		back = v
	} else if r.refundFlag {
		back = 0
	}
	if back > 0 && r.layout.full >= 0 && inFull(r.field(buf, r.layout.full)) { // a tip, or the postage, too
		back = v
	}
	if back == 0 && s == StandingRefunded || back > 0 && v-back < halfCent {
		r.report.RefundedAmount += v
		return 0, ReasonRefunded
	}
	r.report.RefundedAmount += back
	return v - back, NumReasons
}

// halfCent is what two amounts of money that are the same may differ by.
const halfCent = 0.005

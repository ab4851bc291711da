package orders

import (
	"math"
	"unicode/utf8"
)

// layout holds the 0-based columns of the roles, -1 for none.
type layout struct {
	id, date, amount, order, status, currency, refunded, cancelled, quantity int

	need int // columns that a row must have
}

func (l *layout) of(columns [NumRoles]int) {
	*l = layout{
		id: columns[RoleID] - 1, date: columns[RoleDate] - 1, amount: columns[RoleAmount] - 1,
		order: columns[RoleOrder] - 1, status: columns[RoleStatus] - 1, currency: columns[RoleCurrency] - 1,
		refunded: columns[RoleRefunded] - 1, cancelled: columns[RoleCancelled] - 1, quantity: columns[RoleQuantity] - 1,
	}
	l.need = max(l.id, l.date, l.amount) + 1
}

// row turns the scanned record into an order, or says why not. Each check that
// fails sets the row aside and ends it.
func (r *Reader) row(buf []byte, start, end int) {
	record := buf[start:end]
	if hollow(r.scan.text(buf, 0)) && r.emptyRow(buf) {
		r.report.Blank++
		return
	}
	if r.skipRows > 0 {
		r.skipRows--
		return
	}
	r.report.Rows++
	if reason, ok := r.shape(buf, record); !ok {
		r.setAside(reason, record)
		return
	}
	key, item := r.orderKey(buf, record)
	if item {
		r.report.LineItems++
		return
	}
	stands, reason := r.standing(buf)
	if reason != NumReasons {
		r.setAside(reason, record)
		return
	}
	id, reason := r.customerID(buf)
	if reason != NumReasons {
		r.setAside(reason, id)
		return
	}
	text := r.field(buf, r.layout.date)
	day, reason := r.dates.read(text, &r.opts, &r.events)
	if reason != NumReasons {
		r.setAside(reason, text)
		return
	}
	amount, reason := r.amount(buf, stands)
	if reason != NumReasons {
		r.setAside(reason, r.scan.text(buf, max(r.layout.amount, 0)))
		return
	}
	r.push(id, day, amount, key)
}

// push stores an order or a refund that passed all checks.
func (r *Reader) push(id []byte, day int32, amount float64, key uint64) {
	if amount == 0 {
		r.report.Zero++
	}
	customer := r.ids.number(id)
	if amount < 0 {
		r.events.refunds = append(r.events.refunds, refund{customer, day, -amount, uint32(key >> 32), r.line})
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
	case s.n > maxColumns || s.n > r.report.Width && !r.blankFrom(buf, r.report.Width):
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
	if n := len(text); f.escaped || n > 0 && (text[0] <= ' ' || text[n-1] <= ' ' || text[0] == 0xC2 || text[n-1] == 0xA0) {
		return r.cleaned(text, f.escaped)
	}
	return text
}

func (r *Reader) cleaned(text []byte, escaped bool) []byte {
	if escaped {
		r.scratch = unescape(r.scratch[:0], text)
		text = r.scratch
	}
	return trim(text)
}

// orderKey is the hash of the order id and of the whole row, 32 bits each, or 0
// without an id. item says that the row continues the order of the row before: it
// has no amount of its own.
func (r *Reader) orderKey(buf, record []byte) (key uint64, item bool) {
	if r.layout.order < 0 {
		return 0, false
	}
	id := r.field(buf, r.layout.order)
	if len(id) == 0 {
		r.prevOrder = 0
		return 0, false
	}
	order := uint32(hash(id)>>32) | 1 // never 0, which means none
	item = order == r.prevOrder && r.layout.amount >= 0 && len(r.field(buf, r.layout.amount)) == 0
	r.prevOrder = order
	return uint64(order)<<32 | rowHash(record), item
}

// standing reads the status columns.
func (r *Reader) standing(buf []byte) (standing, Reason) {
	if r.layout.status < 0 && r.layout.cancelled < 0 {
		return standingPaid, NumReasons
	}
	s := r.statuses.of(r.field(buf, r.layout.status))
	if r.opts.KeepCancelled && s != standingRefund {
		return standingPaid, NumReasons
	}
	switch {
	case s == standingCancelled || affirms(r.field(buf, r.layout.cancelled)):
		return s, ReasonCancelled
	case s == standingUnpaid:
		return s, ReasonUnpaid
	case s == standingRefunded && r.layout.refunded < 0:
		return s, ReasonRefunded
	}
	return s, NumReasons
}

// customerID is the id as UTF-8, an e-mail address in lower case.
func (r *Reader) customerID(buf []byte) ([]byte, Reason) {
	id := r.field(buf, r.layout.id)
	if len(id) <= 9 && noID(id) {
		return id, ReasonMissingID
	}
	if len(id) > maxID {
		return id, ReasonOversized
	}
	if r.scan.escaped(r.layout.id) {
		id = append([]byte(nil), id...) // other fields will use the scratch buffer
	}
	ascii, mail := scanID(id)
	if ascii && !mail {
		return id, NumReasons
	}
	if !ascii && !utf8.Valid(id) {
		r.report.Recoded++
		id = recode(make([]byte, 0, 2*len(id)), id)
		if len(id) > maxID {
			return id, ReasonOversized
		}
	}
	if mail {
		id = lower(id)
	}
	return id, NumReasons
}

// scanID reports whether id is all ASCII and whether it holds an @, eight bytes at
// a time.
func scanID(id []byte) (ascii, mail bool) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	ascii = true
	for ; len(id) >= 8; id = id[8:] {
		w := word(id)
		ascii = ascii && w&highs == 0
		at := w ^ '@'*ones // a zero byte for each @
		mail = mail || (at-ones)&^at&highs != 0
	}
	for _, c := range id {
		ascii = ascii && c < utf8.RuneSelf
		mail = mail || c == '@'
	}
	return ascii, mail
}

// noID catches an empty id and the words that programs write for one.
func noID(id []byte) bool {
	switch len(id) {
	case 0:
		return true
	case 3:
		return equalFold(id, "nan") || equalFold(id, "n/a")
	case 4:
		return equalFold(id, "null") || equalFold(id, "none") || equalFold(id, "#n/a")
	case 5:
		return equalFold(id, "guest")
	case 9:
		return equalFold(id, "undefined")
	}
	return false
}

// lower returns b with ASCII letters in lower case, copied only if it must be.
func lower(b []byte) []byte {
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			out := append([]byte(nil), b...)
			for j := i; j < len(out); j++ {
				if c := out[j]; c >= 'A' && c <= 'Z' {
					out[j] = c + 'a' - 'A'
				}
			}
			return out
		}
	}
	return b
}

// amount reads amount, quantity, currency and refunded part of a row.
func (r *Reader) amount(buf []byte, s standing) (float64, Reason) {
	if r.layout.amount < 0 {
		return 0, NumReasons
	}
	v, currency, verdict := parseNumber(r.field(buf, r.layout.amount), r.report.Decimal)
	if verdict == readConflict {
		return 0, ReasonDecimalMark
	} else if verdict != readOK {
		return 0, ReasonBadAmount
	}
	if r.layout.quantity >= 0 {
		q, _, ok := parseNumber(r.field(buf, r.layout.quantity), r.report.Decimal)
		if ok != readOK {
			return 0, ReasonBadAmount
		}
		v *= q
	}
	if v > MaxAmount || v < -MaxAmount {
		return 0, ReasonHugeAmount
	}
	if r.layout.currency >= 0 {
		currency = packCurrency(r.field(buf, r.layout.currency))
	}
	if currency != 0 && !r.money.take(currency, &r.report) {
		return 0, ReasonOtherCurrency
	}
	if s == standingRefund {
		v = -math.Abs(v)
	}
	if v > 0 && r.layout.refunded >= 0 {
		return r.refundedPart(buf, v, s)
	}
	switch {
	case v < 0 && r.opts.Refunds == RefundDrop:
		return 0, ReasonRefundDropped
	case v == 0 && r.opts.DropZero:
		return 0, ReasonZero
	}
	return v, NumReasons
}

// refundedPart subtracts what the refunded column says from the amount v.
func (r *Reader) refundedPart(buf []byte, v float64, s standing) (float64, Reason) {
	back, _, verdict := parseNumber(r.field(buf, r.layout.refunded), r.report.Decimal)
	back = min(math.Abs(back), v)
	if verdict != readOK {
		back = 0 // an empty cell, or the yes/no of another kind of column
	}
	if back == 0 && s == standingRefunded || back > 0 && v-back < halfCent {
		r.report.RefundedAmount += v
		return 0, ReasonRefunded
	}
	r.report.RefundedAmount += back
	return v - back, NumReasons
}

// halfCent is what two amounts of money that are the same may differ by.
const halfCent = 0.005

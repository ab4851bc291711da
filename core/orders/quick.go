package orders

import "unicode/utf8"

// quickPath is what the rows of a file have in common, and what the row before said. Most rows are alike: quickRow takes one in
// which every cell says something plain, and row any other. Both do the same; that is a test.
type quickPath struct {
	on       bool
	lean     bool     // there are no other columns either
	bare     bool     // there is nothing but ids, days and amounts
	stands   bool     // there are columns of statuses, types or cancellation
	rows     uint64   // taken
	currency [4]byte  // the text of the row before, and its code
	code     uint64   // 0 for none yet
	no       [12]byte // a text that says no
	noLength int

	yes       [12]byte // a text that says yes
	yesLength int

	zero       [12]byte // a text that is no refund
	zeroLength int
	months     [256]monthStart // by the last digit of the year and the month

	tail       [12]byte // what stood after the seconds
	tailLength int
	zone       int32 // what that says
	instant    bool
}

// monthStart is a month as dates write it, YYYY-MM-, with the day before its first and its number of days.
type monthStart struct {
	text   uint64
	before int32
	days   int32
}

// planQuick decides whether the file has rows of the common kind.
func (r *Reader) planQuick() {
	l, q := &r.layout, &r.quick
	q.stands = l.status >= 0 || l.kind >= 0 || l.status2 >= 0 || l.test >= 0 || l.trial >= 0 || l.cancelled >= 0 || l.dispute >= 0 || l.paid >= 0
	q.bare = !q.stands && l.product < 0 && l.order < 0 && l.email < 0 && l.refunded < 0 && l.adjusted < 0 && l.currency < 0 && r.moneyIn == 0 && len(r.carriers) == 0 && len(r.keepers) == 0
	q.on = !r.opts.slow && l.whole() && l.alone() && !r.turned() && r.dates.every == 0 && !r.dates.thai && r.minus == 0
	q.lean = q.on && q.bare && l.three(r.report.Width) && !r.scan.blanks && r.report.Delimiter != r.report.Decimal
}

// whole reports whether customer, day and amount each stand in one column.
func (l *layout) whole() bool {
	return l.id >= 0 && l.date >= 0 && l.amount >= 0 && l.month < 0 && (l.last < 0 || l.first != l.id)
}

// alone reports whether a row says all of itself, and nothing of it stands on rows above or beside.
func (l *layout) alone() bool {
	return !l.group && !l.months && !l.fill && !l.fillDate && !l.block && !l.attendees
}

// three reports whether a file of so many columns has customer, day and amount, each in its own, and no other.
func (l *layout) three(width int) bool {
	return width == 3 && l.need == 3 && l.quantity < 0 && l.id != l.date && l.id != l.amount && l.date != l.amount
}

// turned reports whether rows are made of others, or go elsewhere than to the events.
func (r *Reader) turned() bool {
	return r.pivot != nil || r.histories != nil || r.outer != nil || r.sink != nil
}

// quickRow takes a record that is split, or reports false and has changed nothing.
func (r *Reader) quickRow(buf []byte, t *splitRecord) bool {
	l, q := &r.layout, &r.quick
	if r.gift.on {
		return false
	}
	day, amount, currency, dependent := t.day, t.amount, -1, uint64(0)
	var code uint64
	if !t.read {
		var ok bool
		if t.nul || int(t.n) < l.need || int(t.n) > r.report.Width {
			return false
		}
		if day, dependent, ok = r.quickDay(r.field(buf, l.date)); !ok || r.scan.escaped(l.date) {
			return false
		}
		if amount, code, ok = r.quickAmount(buf); !ok || r.dropped(amount) {
			return false
		}
	}
	if l.refunded >= 0 && !q.nothing(r.field(buf, l.refunded), r.report.Decimal, r.refundFlag) {
		return false
	}
	if l.adjusted >= 0 && len(r.field(buf, l.adjusted)) > 0 {
		return false
	}
	if l.currency >= 0 {
		code = r.moneyBy(r.field(buf, l.currency), code)
	}
	if code = r.moneyOf(code); code != 0 {
		if currency = r.money.place(code); currency < 0 {
			return false
		}
	}
	status, kind, status2 := -1, -1, -1
	if q.stands {
		var ok bool
		if status, kind, status2, ok = r.quickStanding(buf); !ok {
			return false
		}
	}
	if l.product >= 0 && r.ofGift(buf) {
		return false
	}
	customer, ok := r.quickID(buf, t)
	if !ok {
		return false
	}
	r.report.Rows++
	q.rows++
	if q.stands {
		r.statuses.tell(status)
		r.types.tell(kind)
		r.statuses2.tell(status2)
	}
	if currency >= 0 {
		r.money.rows[currency]++
	}
	r.dates.dependent += dependent
	key := uint64(0)
	if l.order >= 0 {
		key, _ = r.orderKey(buf, buf[t.pos:t.textEnd])
	}
	if l.email >= 0 {
		r.link(buf, customer)
	}
	if amount == 0 {
		r.report.Zero++
	}
	r.events.push(customer, day, amount, key)
	if len(r.carriers) > 0 {
		r.events.tag(len(r.carriers), r.carry(buf))
	}
	if len(r.keepers) > 0 {
		r.events.tagKept(len(r.keepers), r.keep(buf))
	}
	return true
}

// knownRow is quickRow for a customer whom the table has, in a file of nothing else.
func (r *Reader) knownRow(t *splitRecord) bool {
	s := r.people.ids.find(t.hash, t.check)
	if s.number == 0 || s.number&markBit != 0 {
		return false
	}
	r.report.Rows++
	r.quick.rows++
	if t.amount == 0 {
		r.report.Zero++
	}
	r.events.push(s.number-1, t.day, t.amount, 0)
	return true
}

// dropped reports whether an amount is one for row.
func (r *Reader) dropped(v float64) bool {
	return v < 0 || v > MaxAmount || v == 0 && r.opts.DropZero
}

// quickID is the customer whom a row names: at once where the text is known already, as it stands in the file.
func (r *Reader) quickID(buf []byte, t *splitRecord) (customer uint32, ok bool) {
	f := &r.scan.fields[r.layout.id]
	if f.escaped || f.start == f.end {
		return 0, false
	}
	id := buf[f.start:f.end]
	if bare(id) {
		if s := r.people.ids.find(t.hash, t.check); s.number != 0 {
			return s.number - 1, s.number&markBit == 0
		}
	} else if id = r.cleaned(id, false); len(id) == 0 {
		return 0, false
	}
	if len(id) > maxID {
		return 0, false
	}
	ascii, mail, upper := scanID(id)
	if !ascii && !utf8.Valid(id) {
		return 0, false
	}
	if id = r.people.spelled(id, ascii, mail, upper || !ascii); len(id) == 0 {
		return 0, false
	}
	customer, reason := r.numberOf(id, hash(id))
	return customer, reason == NumReasons // row finds the same
}

// quickDay is the packed day of a date whose reading decides nothing, and 1 where it depends on the order of day and month.
func (r *Reader) quickDay(text []byte) (packed int32, dependent uint64, ok bool) {
	if len(text) < 8 {
		return 0, 0, false
	}
	d := date{}
	if day := r.quick.isoDay(text); day != noDay && (len(text) == 10 || r.quick.clock(text, &d)) {
		d.day = day
	} else if d, ok = parseDate(text, r.dates.order); !ok {
		return 0, 0, false
	}
	s := &r.dates
	if d.either || d.order != DateOrderAuto {
		if !s.decided || !d.either && d.order != s.order {
			return 0, 0, false
		}
		dependent = 1
	}
	var shift int32
	if r.opts.Zone.Set && (d.instant || s.utc && d.timed) {
		shift = d.shift(r.opts.Zone.Minutes)
	}
	if now := r.opts.Now; now != 0 && d.day+shift > now {
		return 0, 0, false
	}
	return packDay(d.day, shift, d.either), dependent, true
}

const noDay = -1 << 31

// plainDay is the day of YYYY-MM-DD, alone or with HH:MM:SS and what has followed that in a row before, in a month that it has seen.
func (q *quickPath) plainDay(text []byte) (int32, bool) {
	if len(text) < 10 {
		return 0, false
	}
	day, ok := q.dayOf(text, word(text))
	return day, ok && (len(text) == 10 || q.plainClock(text))
}

// dayOf is the day that ten bytes say, the first eight of which are w.
func (q *quickPath) dayOf(text []byte, w uint64) (int32, bool) {
	m, ones := &q.months[monthSlot(w)], uint32(text[9])-'0'
	d := uint32(text[8])*10 + ones - '0'*10
	if m.text != w {
		return q.newMonth(text[:10])
	}
	return m.before + int32(d), d-1 < uint32(m.days) && ones <= 9
}

// newMonth is dayOf in a month that is new.
func (q *quickPath) newMonth(text []byte) (int32, bool) {
	day := q.isoDay(text)
	return day, day != noDay
}

// monthSlot is the place of YYYY-MM- among the months.
func monthSlot(w uint64) uint8 {
	return uint8(w>>24&15<<4 | (w>>40&15*10+w>>48&15)&15)
}

// plainClock reports whether HH:MM:SS stands after YYYY-MM-DD, and after that what stood there in the row before.
func (q *quickPath) plainClock(text []byte) bool {
	if len(text) != 19+q.tailLength || text[10] != ' ' && text[10] != 'T' || string(text[19:]) != string(q.tail[:q.tailLength]) {
		return false
	}
	w := word(text[11:19]) ^ ('0'*ones ^ ('0'^':')<<16 ^ ('0'^':')<<40)
	// Digits; below 24, 60 and 60.
	return notDigits(w) == 0 && w&(0xFF<<16|0xFF<<40) == 0 && w&0xFF*10+w>>8&0xFF < 24 && w>>24&0xFF < 6 && w>>48&0xFF < 6
}

// isoDay reads YYYY-MM-DD at the start of a text by the months that it has seen.
func (q *quickPath) isoDay(text []byte) int32 {
	w := word(text)
	m := &q.months[monthSlot(w)]
	day, n, ok := isoDay(text)
	if !ok || n != 10 {
		return noDay
	}
	y, of, d := Civil(day)
	*m = monthStart{w, day - int32(d), int32(daysIn(y, of))}
	return day
}

// clock reads the HH:MM:SS and what follows it of YYYY-MM-DD HH:MM:SS, where that has stood in a row before.
func (q *quickPath) clock(text []byte, d *date) bool {
	if len(text) < 19 || len(text) > 19+len(q.tail) || text[10] != ' ' && text[10] != 'T' {
		return false
	}
	w := word(text[11:19]) ^ ('0'*ones ^ ('0'^':')<<16 ^ ('0'^':')<<40)
	if notDigits(w) != 0 || w&(0xFF<<16|0xFF<<40) != 0 {
		return false
	}
	h, m, s := w&0xFF*10+w>>8&0xFF, w>>24&0xFF*10+w>>32&0xFF, w>>48&0xFF*10+w>>56
	if h > 23 || m > 59 || s > 59 {
		return false
	}
	if tail := text[19:]; string(tail) != string(q.tail[:q.tailLength]) {
		said := date{}
		if !said.clock(text[10:]) {
			return false
		}
		q.zone, q.instant, q.tailLength = said.zone, said.instant, copy(q.tail[:], tail)
	}
	d.timed, d.zone, d.instant, d.seconds = true, q.zone, q.instant, int32(h*3600+m*60+s)
	return true
}

// quickAmount is the money of a row, and the currency that stands beside it, 0 where none does.
func (r *Reader) quickAmount(buf []byte) (v float64, code uint64, ok bool) {
	l := &r.layout
	text := r.field(buf, l.amount)
	if v, ok = PlainNumber(text, r.report.Decimal); !ok {
		var said verdict
		if v, code, said = parseNumber(text, r.report.Decimal); said != readOK {
			return 0, 0, false
		}
	}
	if l.quantity >= 0 {
		q, ok := PlainNumber(r.field(buf, l.quantity), r.report.Decimal)
		if !ok {
			return 0, 0, false
		}
		v *= q
	}
	return v * r.scale, code, true
}

// nothing reports whether the column of refunds says that there is none.
func (q *quickPath) nothing(text []byte, decimal byte, flag bool) bool {
	if len(text) == 0 || string(text) == string(q.zero[:q.zeroLength]) {
		return true
	}
	if back, plain := PlainNumber(text, decimal); !plain || back != 0 || flag {
		return q.saysNo(text)
	}
	if len(text) <= len(q.zero) {
		q.zeroLength = copy(q.zero[:], text)
	}
	return true
}

// codeOf is packCurrency, at once where the text is that of the row before.
func (q *quickPath) codeOf(text []byte) uint64 {
	if len(text) != 3 {
		return packCurrency(text)
	}
	if q.code == 0 || text[0] != q.currency[0] || text[1] != q.currency[1] || text[2] != q.currency[2] {
		q.code = packCurrency(text)
		copy(q.currency[:], text)
	}
	return q.code
}

// quickStanding is the places of a row's statuses and type in their tables, -1 where there is none; it is not ok where one of
// them is new or says that the row is no paid order.
func (r *Reader) quickStanding(buf []byte) (status, kind, status2 int, ok bool) {
	l := &r.layout
	status, kind, status2 = -1, -1, -1
	ok = true
	if l.status >= 0 {
		status, ok = r.statuses.paid(r.field(buf, l.status))
	}
	if ok && l.kind >= 0 {
		kind, ok = r.types.paid(r.field(buf, l.kind))
	}
	if ok && l.status2 >= 0 {
		status2, ok = r.statuses2.paid(r.field(buf, l.status2))
	}
	if ok && l.trial >= 0 {
		ok = r.quick.saysNo(r.field(buf, l.trial))
	}
	if ok && l.test >= 0 {
		text := r.field(buf, l.test)
		ok = r.live && (len(text) == 0 || r.quick.saysYes(text)) || !r.live && r.quick.saysNo(text)
	}
	if ok && l.cancelled >= 0 {
		ok = r.quick.saysNo(r.field(buf, l.cancelled))
	}
	if ok && l.dispute >= 0 {
		ok = r.quick.saysNo(r.field(buf, l.dispute))
	}
	if ok && l.paid >= 0 {
		ok = r.paid(r.field(buf, l.paid))
	}
	return status, kind, status2, ok
}

// saysNo reports whether a flag is empty or an explicit no.
func (q *quickPath) saysNo(text []byte) bool {
	if len(text) == 0 {
		return true
	}
	if string(text) == string(q.no[:q.noLength]) {
		return true
	}
	yes, ok := flagOf(text)
	if yes || !ok {
		return false
	}
	q.noLength = copy(q.no[:], text)
	return q.noLength == len(text)
}

// saysYes reports whether a flag says yes.
func (q *quickPath) saysYes(text []byte) bool {
	if len(text) > 0 && string(text) == string(q.yes[:q.yesLength]) {
		return true
	}
	if !affirmed(text) {
		return false
	}
	q.yesLength = copy(q.yes[:], text)
	return true
}

// paid is the place of a text that is known to mean a paid order; -1 for an empty one.
func (t *statusTable) paid(text []byte) (int, bool) {
	if len(text) == 0 {
		return -1, true
	}
	if t.last < len(t.counts) && string(t.counts[t.last].Text) == string(text) {
		return t.last, t.counts[t.last].Standing == StandingPaid
	}
	for i := range t.counts {
		if string(t.counts[i].Text) == string(text) {
			return i, t.counts[i].Standing == StandingPaid
		}
	}
	return 0, false
}

// tell counts a row of the text at a place.
func (t *statusTable) tell(place int) {
	if place >= 0 {
		t.last = place
		t.counts[place].Rows++
	}
}

// place is where the rows of the currency kept are counted, -1 for another one.
func (m *money) place(code uint64) int {
	if code != m.chosen {
		return -1
	}
	for i := 0; i < m.n; i++ {
		if m.codes[i] == code {
			return i
		}
	}
	return -1
}

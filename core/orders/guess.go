package orders

import "math/bits"

// sniffValues guesses decimal mark, day order and currency from the sample.
func (r *Reader) sniffValues(sample []byte, final bool) {
	var marks decimalEvidence
	money := new(money)
	var slash, other int
	var only [yearFirst]int // dates that are possible in one order, by that order
	var short shortDates
	var years shortYears
	var grouped groups
	var rows sampled
	var merged [2]mergedFills // by the order of day and month
	r.chooseSide(sample, final)
	r.eachSample(sample, final, func(int) {
		amount := r.field(sample, r.layout.amount)
		marks.look(amount)
		for _, p := range r.pivot {
			marks.look(r.field(sample, p.column))
		}
		rows.look(r, sample)
		_, code, verdict := parseNumber(amount, '.')
		if verdict == readConflict {
			_, code, _ = parseNumber(amount, ',')
		}
		if r.layout.currency >= 0 {
			code = r.moneyBy(r.field(sample, r.layout.currency), code)
		}
		if code != 0 && code != debitMark && code != creditMark {
			money.count(code)
		}
		text := r.field(sample, r.layout.date)
		for i, order := range [...]DateOrder{DayFirst, MonthFirst} {
			merged[i].look(r.field(sample, r.layout.id), text, len(amount) > 0 || r.layout.amount < 0, order)
		}
		if r.layout.date == 0 {
			grouped.lookAbove(text, r.alone(sample))
		} else {
			grouped.look(r.field(sample, r.leading(sample)), text, amount)
		}
		merged[0].block.look(r, sample)
		if r.lineTypes && len(amount) > 0 && headLine(r.field(sample, r.layout.kind)) {
			r.lineHeads = true
		}
		short.look(text)
		d, ok := parseDate(text, MonthFirst)
		if !ok && r.dates.spans {
			d, ok = spanDate(text, MonthFirst)
		}
		years.look(text, d, ok, r.opts.Now)
		switch {
		case ok && d.either && dateMark(text) == '/':
			slash++
		case ok && d.either:
			other++
		case ok && d.order != DateOrderAuto && d.order < yearFirst:
			only[d.order]++
		}
	})
	r.report.Decimal, r.report.DecimalReason = marks.decide(r.opts.Decimal)
	if c := r.layout.amount; c >= 0 && c < len(r.report.Names) {
		r.moneyIn = currencyIn(r.report.Names[c])
	}
	r.money.chosen = r.moneyOf(money.most())
	if r.opts.Currency != "" {
		r.money.chosen = packCurrency([]byte(r.opts.Currency))
	}
	if c := r.layout.amount; c >= 0 && c < len(r.report.Names) && r.scale < 1 && (unitIn(r.report.Names[c]) == 1 || says(normalise(r.report.Names[c]), "minor|subunit|subunits|smallest unit")) && listed(wholeUnits, normalise([]byte(currencyName(r.money.chosen)))) {
		r.scale = 1
	}
	r.guessOrder(other > slash, only[DayFirst], only[MonthFirst])
	rows.decide(r)
	r.groupBy(grouped)
	merged[1].block = merged[0].block
	r.fill(&merged[whole(r.dates.order == MonthFirst)])
	if r.opts.DateOrder == DateOrderAuto && short.yearFirst() {
		r.dates.order, r.dates.decided = yearFirst, true
	} else {
		r.dates.thai = years.found()
	}
}

// groups tell whether the first column names the customer of the rows below, as in reports of accounts.
type groups struct{ heads, under, both int }

func (g *groups) look(first, date, amount []byte) {
	switch {
	case len(first) > 0 && len(date) > 0:
		g.both++
	case len(first) == 0 && len(date) > 0:
		g.under++
	case len(first) > 0 && len(amount) == 0 && !totalLine(first) && !saysNothing(first):
		g.heads++
	}
}

// lookAbove is look where the customers stand in the column of the days, on lines of their own.
func (g *groups) lookAbove(text []byte, alone bool) {
	if _, ok := parseDate(text, MonthFirst); ok {
		g.under++
	} else if len(text) > 0 && alone && !totalLine(text) && !saysNothing(text) {
		if _, month := parseMonth(text); !month {
			g.heads++
		}
	}
}

// alone reports whether nothing stands beside the first column.
func (r *Reader) alone(buf []byte) bool { return r.blankFrom(buf, 1) }

// mergedBlock tells whether an order's number, day and customer stand on the first of its lines alone.
type mergedBlock struct{ heads, under, other int }

func (g *mergedBlock) look(r *Reader, buf []byte) {
	switch id, date := len(r.field(buf, r.layout.id)) > 0, len(r.field(buf, r.layout.date)) > 0; {
	case id && date:
		g.heads++
	case id || date:
		g.other++
	case g.heads > 0 && r.goesOn(buf):
		g.under++
	}
}

func (g *mergedBlock) found() bool { return g.under >= 2 && g.heads >= 2 && g.other == 0 }

// goesOn reports whether a row has an item of the order above: no customer, day or number, but money and what it was for.
func (r *Reader) goesOn(buf []byte) bool {
	l := &r.layout
	if l.amount < 0 || len(r.field(buf, l.id)) > 0 || len(r.field(buf, l.date)) > 0 || len(r.field(buf, l.order)) > 0 || len(r.field(buf, l.amount)) == 0 || r.total(buf) {
		return false
	}
	filled := 0
	for i := range min(r.scan.n, maxColumns) {
		filled += whole(len(r.field(buf, i)) > 0)
	}
	return filled >= 3
}

// orderCells is how many columns tell of an order, and not of its items.
const orderCells = 18

func (l *layout) ofOrder() [orderCells]int {
	return [...]int{l.id, l.date, l.order, l.status, l.status2, l.kind, l.currency, l.cancelled, l.email, l.phone, l.name, l.first, l.last, l.month, l.day, l.test, l.trial, l.paid}
}

// unmerge fills the cells that tell of an order from the row above, where a row goes on with that order.
func (r *Reader) unmerge(buf, record []byte) ([]byte, []byte) {
	l, s := &r.layout, &r.scan
	columns := l.ofOrder()
	if !r.goesOn(buf) {
		for i, c := range columns {
			r.over[i] = append(r.over[i][:0], r.field(buf, c)...)
		}
		return buf, record
	}
	text := r.filled[:0]
	for c := range min(s.n, maxColumns) {
		cell := r.field(buf, c)
		for i, at := range columns {
			if at == c && len(cell) == 0 {
				cell = r.over[i]
			}
		}
		if c > 0 {
			text = append(text, r.report.Delimiter)
		}
		text = append(text, '"')
		for _, b := range cell {
			if b == '"' {
				text = append(text, '"')
			}
			text = append(text, b)
		}
		text = append(text, '"')
	}
	r.filled = text
	lines, ended, end := s.lines, s.ended, s.textEnd
	s.record(text, 0, false, true)
	s.lines, s.ended, s.textEnd = lines, ended, end
	return text, text
}

// fill reads cells that are blank as those above them, where the table was grouped for the eye, and asks.
func (r *Reader) fill(g *mergedFills) {
	l := &r.layout
	if l.group || !r.report.HasHeader {
		return
	}
	l.fill = l.email < 0 && l.phone < 0 && (l.name < 0 || l.name == l.id) && g.customers.found()
	l.fillDate = l.month < 0 && g.dates.found()
	if l.fill {
		r.report.ask(Question{Code: QuestionMerged, Column: l.id + 1})
	} else if g.block.found() {
		l.block = true
		r.report.ask(Question{Code: QuestionMerged, Column: l.id + 1})
	} else if l.fillDate {
		r.report.ask(Question{Code: QuestionMerged, Column: l.date + 1})
	}
}

// mergedFills are the cells of customers, and of dates.
type mergedFills struct {
	customers mergedCells
	dates     mergedDates
	block     mergedBlock
}

func (g *mergedFills) look(id, date []byte, amount bool, order DateOrder) {
	d, ok := parseDate(date, order)
	if ok {
		g.customers.look(id, d)
	}
	if amount && len(id) > 0 && !totalLine(id) {
		g.dates.look(date, d, ok)
	}
}

// mergedDates tell whether a day stands on the first of its rows alone: each is named once, and the days follow each other.
type mergedDates struct {
	named, blank, ups, downs, same, other int
	last                                  int32
}

func (g *mergedDates) look(text []byte, d date, ok bool) {
	switch {
	case len(text) == 0 && g.named > 0:
		g.blank++
	case !ok:
		g.other++
	default:
		if g.named++; g.named > 1 {
			g.ups, g.downs, g.same = g.ups+whole(d.day > g.last), g.downs+whole(d.day < g.last), g.same+whole(d.day == g.last)
		}
		g.last = d.day
	}
}

func (g *mergedDates) found() bool {
	return g.named >= 3 && g.blank*2 >= g.named && g.same == 0 && g.other == 0 && (g.ups == 0 || g.downs == 0)
}

// mergedCells tell whether a customer stands on the first of its rows alone, as in cells that were merged, or in a table grouped for the eye: each is named once, and days
// begin anew where one is. Rows without a customer in between are his, and no guests'.
type mergedCells struct {
	named, blank, falls, other int
	last                       int32
	seen                       map[uint64]bool
	twice                      bool
}

func (g *mergedCells) look(id []byte, d date) {
	falls := g.named+g.blank > 0 && d.day < g.last
	g.last = d.day
	if len(id) == 0 {
		g.blank++
		g.other += whole(falls)
		return
	}
	if g.seen == nil {
		g.seen = map[uint64]bool{}
	}
	h := hash(id)
	g.twice = g.twice || g.seen[h]
	g.seen[h] = true
	g.named++
	g.falls += whole(falls)
}

func (g *mergedCells) found() bool {
	return !g.twice && g.named >= 2 && g.blank*2 >= g.named && g.other == 0 && g.falls >= 1 && g.falls*2 >= g.named-1
}

// leading is the column of the first cell with a text among those at the left without a name, as reports indent; 0 where there is none.
func (r *Reader) leading(buf []byte) int {
	for i := 0; i < r.indent; i++ {
		if len(r.field(buf, i)) > 0 {
			return i
		}
	}
	return 0
}

// groupBy takes the customers from lines of their own, where no column is named for them.
func (r *Reader) groupBy(g groups) {
	p := &r.report
	if g.both > 0 || g.heads == 0 || g.under < 2 || !p.HasHeader || r.layout.date < 0 || r.opts.Columns[RoleID] != 0 {
		return
	}
	account := r.ids <= maxAccounts && g.heads > r.ids // of the books, the same for many customers
	if !account && (r.idRepeats && !r.bareID() || r.namesCustomers(p.Columns[RoleID])) {
		return
	}
	if id := p.Columns[RoleID]; id > 0 && p.Columns[RoleOrder] == 0 {
		p.Columns[RoleOrder], p.Basis[RoleOrder] = id, p.Basis[RoleID]
	}
	for _, role := range [...]Role{RoleEmail, RolePhone, RoleName} {
		if p.Columns[role] == 1 {
			p.Columns[role], p.Basis[role] = 0, BasisNone
		}
	}
	p.Columns[RoleID], p.Basis[RoleID] = max(r.indent, 1), BasisContents
	keep := r.layout
	r.layout.of(p.Columns)
	keep.id, keep.order, keep.email, keep.phone, keep.name, keep.need = r.layout.id, r.layout.order, r.layout.email, r.layout.phone, r.layout.name, r.layout.need
	r.layout = keep
	r.layout.group = true
	p.ask(Question{Code: QuestionID, Column: p.Columns[RoleID]})
}

// bareID reports whether the customers' column is named for an id and says not whose: a document's, which has several lines.
func (r *Reader) bareID() bool {
	column := r.report.Columns[RoleID]
	if column < 1 || column > len(r.report.Names) || r.report.Basis[RoleID] != BasisName {
		return false
	}
	m, unknown := newLexicon().name(normalise(r.report.Names[column-1]))
	return unknown == 0 && m&^ofNothing == ofID
}

// namesCustomers reports whether a column is named for customers.
func (r *Reader) namesCustomers(column int) bool {
	if column < 1 || column > len(r.report.Names) {
		return false
	}
	m, _ := newLexicon().name(normalise(r.report.Names[column-1]))
	return m&(ofCustomer|ofEmail) != 0 && column != 1
}

// shortDates tell where the year is in dates of three numbers with two digits each.
type shortDates struct {
	n         int
	seen      [3]uint64 // values of each number, up to 63
	outOfYear bool      // the last is no day, or the middle one no month
	large     bool      // the first is no day
}

func (s *shortDates) look(text []byte) {
	if len(text) < 8 || len(text) > 8 && text[8] != ' ' && text[8] != 'T' || text[2] != text[5] || text[2]-'0' <= 9 {
		return
	}
	s.n++
	for i := range s.seen {
		v := digits2(text[3*i], text[3*i+1])
		if v > 31 && i == 0 {
			s.large = true
		}
		if v < 1 || v > 31 && i == 2 || v > 12 && i == 1 {
			s.outOfYear = true
		}
		if v < 64 {
			s.seen[i] |= 1 << uint(v)
		}
	}
}

// yearFirst reports whether the last number varies as days do, and the first as years.
func (s *shortDates) yearFirst() bool {
	first, last := bits.OnesCount64(s.seen[0]), bits.OnesCount64(s.seen[2])
	return s.n > 0 && !s.outOfYear && (s.large || last >= 4 && last >= 2*first)
}

// guessOrder sets the order for dates that no row settles.
func (r *Reader) guessOrder(dots bool, dayFirst, monthFirst int) {
	s := &r.dates
	switch {
	case r.opts.DateOrder != DateOrderAuto:
		s.order, s.reason, s.decided = r.opts.DateOrder, OrderByOption, true
	case dayFirst > 0 && monthFirst == 0: // also by rows that are no orders
		s.order, s.reason, s.decided = DayFirst, OrderByRow, true
	case monthFirst > 0 && dayFirst == 0:
		s.order, s.reason, s.decided = MonthFirst, OrderByRow, true
	case dots:
		s.order, s.reason = DayFirst, OrderByMark
	case r.report.Delimiter == ';' || r.report.Decimal == ',':
		s.order, s.reason = DayFirst, OrderByLocale
	default:
		s.order, s.reason = MonthFirst, OrderByDefault
	}
}

// dateMark is the first byte of a date that is not a digit.
func dateMark(b []byte) byte {
	for _, c := range b {
		if c-'0' > 9 {
			return c
		}
	}
	return 0
}

// decimalEvidence counts amounts by which decimal marks they allow.
type decimalEvidence struct {
	point, comma       int // possible with one mark only
	eitherPoint, other int // possible with both and different: 1.234, 1,234
}

func (e *decimalEvidence) look(b []byte) {
	p := numberParser{rest: b, decimal: '.'}
	q := numberParser{rest: b, decimal: ','}
	withPoint, withComma := p.parse() == readOK, q.parse() == readOK
	switch {
	case withPoint && !withComma:
		e.point++
	case withComma && !withPoint:
		e.comma++
	case withPoint && withComma && p.value < q.value || withPoint && withComma && p.negative && p.value > q.value:
		e.eitherPoint++
	case withPoint && withComma && p.value != q.value:
		e.other++
	}
}

// decide picks the mark. Where every marked amount has exactly three digits after
// its mark, the mark is taken for thousands: prices have no mills.
func (e *decimalEvidence) decide(option byte) (byte, DecimalReason) {
	switch {
	case option == '.' || option == ',':
		return option, DecimalByOption
	case e.comma > e.point:
		return ',', DecimalByRow
	case e.point > 0:
		return '.', DecimalByRow
	case e.eitherPoint > e.other:
		return ',', DecimalByGuess
	case e.other > 0:
		return '.', DecimalByGuess
	}
	return '.', DecimalNotNeeded
}

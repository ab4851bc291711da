package orders

import "math"

// columnStats says what the name and the cells of a column look like.
type columnStats struct {
	name      []byte   // the first record's text, normalised
	meaning   meaning  // of the name
	unknown   int      // words of the name that say nothing
	part      datePart // that the name says
	first     cellStats
	cells     cellStats // the others
	present   bool      // the first record's cell is not blank
	test      bool      // the name says that the column marks tests or trials
	tests     testMark  // how its name, or its cells, say that it marks tests
	counts    bool      // the name is that of days, weeks or dates
	mostCount int       // the highest number of a day or week
	codes     codeSets  // that have all of its cells
	event     bool      // the name says that the column tells what happened
	latest    uint32    // hash of the latest cell
	silent    bool      // that cell says nothing
	marks     []uint32  // a hash of each cell of the sample that says something
	values    []float64 // the cells as numbers, NaN for none, in the rows' order
	leads     bool      // the first column
	six       sixCells
	deposits  int  // cells that say so
	modes     int  // cells that say live or test
	lives     int  // those that say live
	days      int  // numbers of days below a line with their month
	misplaced bool // one above any
	place     int  // in its year, of the latest day without one
	rises     bool // some of these come after the one above
	falls     bool
	ups       int // days that come after the one above in the year nearest to it
	downs     int
}

// cellStats counts cells by what they can be.
type cellStats struct {
	filled, dates, numbers int
	plainDates             int // dates that are hardly anything else
	fractions              int // numbers with decimals
	bare                   int // dates, and numbers without letters or signs
	signs                  int // numbers with a currency
	zeros                  int // numbers that are zero
	emails                 int
	words                  int // with a blank between letters, as names have
	hashes                 int // a number sign before the number, as orders are called: #1000
	codes                  int // with a digit and no blank, as no person's name is
	silent                 int // cells that stand for nobody: 0, NA, guest
	short                  int // up to four letters or a sign, as currencies have
	flags                  int // yes or no in any form
	full                   int // words for all of what was paid
	scientific             int // 1.2E+12, an id that a spreadsheet has rounded
	long                   int // more than a code has
	statuses               int // words of known standing
	returns                int // words for money that went back
	invoices               int // words for invoices
	counts, weeks          int // numbers of days or weeks, weeks of a year
	months                 int // months with a year, without a day
	calendar, spans        int // days of the Islamic or Persian calendar, and cells of two days
	monthNames             int
	yearless               int // days with the name of a month and no year
	aside                  int // words for what is no order, or none any more
	states                 int // words of how something stands, not of what it is
	paid                   int // words of an order that counts
	instalments            int // payments of what recurs or was promised
	closed                 int // "closed", which says so where no other word does
	sales                  int // words of what is a sale
	visits                 int // words for what comes before an order
	coins                  int // currencies that no state issues, and amounts of them
	goods, extras          int // types that are lines of an order: what was bought, and what is added to it
}

// distinct is how many different values the cells of the sample have.
func (c *columnStats) distinct() int {
	n, seen := 0, make([]uint32, 1024)
	for _, h := range c.marks {
		i := h % 1024
		for seen[i] != 0 && seen[i] != h {
			i = (i + 1) % 1024
		}
		if seen[i] == 0 {
			seen[i] = h
			n++
		}
	}
	return n
}

// spoken is how many cells say who somebody is.
func (c *columnStats) spoken() int { return len(c.marks) }

// fits reports whether the cells can have the role; an empty column can, where names say so.
func (c *columnStats) fits(role Role) bool {
	s := &c.cells
	switch role {
	case RoleDate:
		return (s.dates+s.months+s.calendar+s.spans)*2 >= s.filled || c.leads && s.dates >= 2 && s.dates*4 >= s.filled // customers may stand above their days
	case RoleAmount, RoleQuantity:
		return s.numbers*2 >= s.filled && (role != RoleAmount || c.meaning&ofPayment == 0 || c.meaning&ofMoney != 0 || s.zeros == 0 || !c.yesOrNo()) // "paid" may say 1 or 0
	case RoleOrder: // "Charge" may have the money
		return s.filled == 0 || s.fractions*2 < s.filled
	case RoleID: // and so may "Sales account"
		return c.meaning&ofMoney == 0 || s.filled == 0 || s.fractions*2 < s.filled
	case RoleEmail:
		return s.emails*2 >= s.filled
	case RoleCurrency:
		return s.short*2 >= s.filled && s.numbers*2 <= s.filled
	case RoleRefunded:
		if c.meaning&ofDate != 0 && s.dates == len(c.values) { // "Order Date / Refund date": not all orders came back
			return false
		}
		return saysWhether(c.meaning) || (s.numbers+s.flags)*2 >= s.filled
	case RoleStatus:
		return (c.meaning&ofStatus != 0 && c.meaning&ofOthers == 0 || s.statuses > 0) && (c.meaning&ofLine == 0 || s.paid > 0 || s.aside > 0) && (c.distinct() > 1 || s.statuses > 0 || s.filled == 0) && s.numbers*2 <= s.filled
	case RoleType:
		return s.statuses+s.returns+s.invoices > 0
	}
	return true
}

// short reports whether the cells are codes: a few letters or digits each.
func (c *columnStats) short() bool { return c.cells.long == 0 }

// yesOrNo reports whether every cell says yes or no.
func (c *columnStats) yesOrNo() bool {
	return c.cells.fractions == 0 && c.cells.flags == c.cells.filled
}

// sniffColumns looks at the cells of the sample and keeps names and preview.
func (r *Reader) sniffColumns(sample []byte, final bool) []columnStats {
	stats := make([]columnStats, min(r.report.Width, maxColumns))
	if len(stats) > 0 {
		stats[0].leads = true
	}
	text := make([]byte, 0, maxCell)
	words := newLexicon()
	var upper [][]byte
	r.eachSample(sample, final, func(i int) {
		if r.twoLines {
			if i == 0 {
				for c := range min(r.scan.n, maxColumns) {
					upper = append(upper, r.cell(nil, sample, c))
				}
				return
			}
			i--
		}
		r.preview(sample, i)
		if i == 0 && r.twoLines {
			r.joinNames(upper)
		}
		for c := range stats {
			text = r.cell(text[:0], sample, c)
			if i > 0 {
				stats[c].look(text)
				continue
			}
			if c < len(r.report.Names) {
				text = append(text[:0], r.report.Names[c]...)
			}
			stats[c].head(text, words)
		}
	})
	r.sniffHeader(stats)
	return stats
}

// joinNames puts the upper line of names before the lower one. A name of the upper line is that of the columns to its
// right too, up to the next one, as merged cells have it. What explains the names is none.
func (r *Reader) joinNames(upper [][]byte) {
	var over []byte
	for c := range max(len(upper), len(r.report.Names)) {
		var name []byte
		if c < len(upper) {
			name = upper[c]
		}
		if c == len(r.report.Names) {
			r.report.Names = append(r.report.Names, nil)
		}
		lower := r.report.Names[c]
		if r.explained {
			lower = nil
		}
		unit := len(lower) > 0 && (lower[0] == '(' || lower[0] == '[')
		switch {
		case len(name) > 0:
			over = name
		case len(lower) > 0 && !unit:
			name = over
		}
		if len(name) > 0 && len(lower) > 0 {
			name = append(append(append([]byte(nil), name...), ' '), lower...)
		} else if len(name) == 0 {
			name = lower
		}
		r.report.Names[c] = name[:min(len(name), maxCell)]
	}
}

// head takes in the first cell, a name or not.
func (c *columnStats) head(text []byte, words *lexicon) {
	c.first.look(text)
	if len(text) > 0 {
		c.name, c.present = normalise(text), true
		c.meaning, c.unknown = words.name(c.name)
		c.tests = testsBy(c.name)
		c.test = c.tests != noTests || listed(postedNames, c.name) || listed(trialNames, c.name) || listed(disputeNames, c.name) || listed(wonNames, c.name)
		c.event = says(c.name, "event|events|action|activity|metric")
		c.part = partOf(c.name)
		c.counts = c.part == dayPart || c.part == weekPart || c.part == noPart && c.meaning&(ofDate|ofClock) == ofDate && c.meaning&(ofMoney|ofCustomer|ofID) == 0
		c.counts = c.counts && !says(c.name, "month|monat|mois|mes|mese|weekday|wochentag") && (c.part != dayPart || !says(c.name, "week"))
		if text[0] == '#' && c.meaning&^ofNothing == ofSales { // "# de venta"
			c.meaning |= ofID
		}
		if c.meaning&(ofCancelled|ofRefund) != 0 && isDeadline(c.name) {
			c.meaning |= ofDue
		}
		if hasPrefix(c.name, "sold to") || hasPrefix(c.name, "sell to") {
			c.meaning |= ofCustomer
		}
	}
}

// look takes in one cell.
func (c *columnStats) look(text []byte) {
	c.values = append(c.values, c.cells.look(text))
	if len(text) == 0 {
		return
	}
	if c.counts {
		c.lookAtCount(text)
	}
	if c.part == monthPart || c.meaning&(ofDate|ofCreation) != 0 {
		c.cells.lookAtMonth(text)
		c.six.look(text)
		c.lookAtDay(text)
		c.lookAtYearless(text)
	}
	h := uint32(hash(text)>>32) | 1
	if c.meaning&ofType != 0 && c.fresh(h) {
		c.codes.look(text)
	}
	c.lookAtMode(text)
	if (c.meaning&(ofStatus|ofState|ofType) != 0 || c.event || c.unknown > 0 && c.meaning&^ofNothing == 0 || c.meaning&^ofNothing == ofPayment || c.meaning&^ofNothing == ofDocument || c.meaning&^ofNothing == ofName) && c.fresh(h) {
		c.cells.lookAtStatus(text)
	}
	c.deposits += whole(c.meaning&ofType != 0 && len(text) <= maxStatus && says(normalise(text), wordsDeposit))
	if c.meaning&ofRefund != 0 {
		c.cells.full += whole(inFull(text))
	}
	if c.meaning&(ofRefund|ofPayment) != 0 || c.test {
		if _, ok := flagOf(text); ok {
			c.cells.flags++
		}
	}
	if h != c.latest {
		c.latest, c.silent = h, saysNothing(text)
	}
	if c.silent {
		c.cells.silent++
	} else {
		c.marks = append(c.marks, h)
	}
}

// fresh reports whether the sample's cells so far lack a value; a status column has few.
func (c *columnStats) fresh(h uint32) bool {
	for _, mark := range c.marks[max(0, len(c.marks)-maxStatuses):] {
		if mark == h {
			return false
		}
	}
	return true
}

// isCode reports whether a text has a digit and no blank.
func isCode(text []byte) bool {
	digit := false
	for _, c := range text {
		if c == ' ' {
			return false
		}
		digit = digit || c >= '0' && c <= '9'
	}
	return digit
}

// look returns the cell as a number, NaN for none.
func (c *cellStats) look(text []byte) float64 {
	if len(text) == 0 {
		return math.NaN()
	}
	c.filled++
	if len(text) > 6 {
		c.long++
	}
	if text[0] == '#' {
		c.hashes++
	}
	if isCode(text) {
		c.codes++
	}
	v, currency, verdict := parseNumber(text, '.')
	if verdict == readConflict {
		v, _, _ = parseNumber(text, ',')
	}
	_, isDate := parseDate(text, MonthFirst)
	if isDate || verdict != readBad && currency == 0 {
		c.bare++
	}
	if verdict != readBad {
		c.numbers++
		if verdict == readConflict || v != math.Trunc(v) || decimals(text) {
			c.fractions++
		}
		if currency > 0xFF || currency == '$' { // a letter before a number makes an id
			c.signs++
		}
		if v == 0 {
			c.zeros++
		}
		if rounded(text) {
			c.scientific++
		}
	}
	if isDate {
		c.dates++
		// Bare digits are a date without a name only as YYYYMMDD or an epoch.
		if n := len(text); verdict == readBad || n == 8 || n == 10 || n == 13 {
			c.plainDates++
		}
	}
	if !isDate && verdict == readBad {
		c.lookAtDays(text)
	}
	c.lookAtText(text)
	if text[len(text)-1]|0x20 >= 'a' && len(text) <= maxNumber && saysCoin(text) || verdict != readBad && currency > 0xFF && saysCoin(text) {
		c.coins++
	}
	if verdict == readBad {
		return math.NaN()
	}
	return v
}

// lookAtDays counts days of other calendars, and two days in one cell.
func (c *cellStats) lookAtDays(text []byte) {
	if _, ok := otherCalendar(text); ok {
		c.calendar++
	} else if _, ok := spanDate(text, MonthFirst); ok {
		c.spans++
	}
}

func (c *cellStats) lookAtText(text []byte) {
	if isEmail(text) {
		c.emails++
	}
	letters, blanks := 0, 0
	for i, b := range text {
		if b|0x20 >= 'a' && b|0x20 <= 'z' || b >= 0x80 {
			letters++
		} else if b == ' ' && i > 0 && i < len(text)-1 {
			blanks++
		}
	}
	if blanks > 0 && letters+blanks >= len(text)-1 {
		c.words++
	}
	if len(text) <= 4 && letters > 0 && letters == len(text) || len(text) <= 4 && text[0] == '$' {
		c.short++
	}
}

// lookAtMonth counts what says a month and no day.
func (c *cellStats) lookAtMonth(text []byte) {
	if _, ok := parseDate(text, MonthFirst); ok {
		return
	}
	if _, ok := parseMonth(text); ok {
		c.months++
		return
	}
	p := dateParser{rest: text}
	if p.month() > 0 && len(p.rest) == 0 {
		c.monthNames++
	}
}

// lookAtStatus counts what a status or type says.
func (c *cellStats) lookAtStatus(text []byte) {
	if len(text) > maxStatus {
		return
	}
	word := wordsOf(text)
	if word.cancelled || word.unpaid || word.refund {
		c.aside++
	}
	if word.visit {
		c.visits++
	}
	if name := normalise(text); listed(wordsExtra, name) {
		c.extras++
	} else if says(name, lineWords) || says(name, wordsBought) {
		c.goods++
	}
	if name := normalise(text); says(name, wordsRecurring) && says(name, wordsInstalment) {
		c.instalments++
	}
	if standing := statusOf(text); standing == StandingPaid {
		c.paid++
	} else if standing == StandingUnknown && says(normalise(text), wordsClosed) {
		c.closed++
	}
	if word.sale && !word.refund || word.invoice || word.notOrder { // a chargeback is no charge
		c.sales++
	} else if word.paid || word.unpaid {
		c.states++
	}
	switch {
	case word.refund:
		c.returns++
		c.statuses++
	case word.invoice:
		c.invoices++
		c.statuses++
	case word.any():
		c.statuses++
	}
}

// decimals reports whether digits stand after a point or comma, as money writes them.
func decimals(b []byte) bool {
	n := len(b)
	return n > 3 && (b[n-3] == '.' || b[n-3] == ',') && b[n-1]-'0' <= 9 && b[n-2]-'0' <= 9
}

// rounded reports whether a text is 1.2E+12, as a spreadsheet shows a long id.
func rounded(b []byte) bool {
	for i, c := range b {
		if c|0x20 == 'e' {
			return i > 0 && i+1 < len(b) && b[i+1] == '+'
		}
	}
	return false
}

// isEmail reports whether a text has the form of an e-mail address.
func isEmail(b []byte) bool {
	at := -1
	for i, c := range b {
		switch {
		case c == '@' && at >= 0, c <= ' ':
			return false
		case c == '@':
			at = i
		}
	}
	if at < 1 {
		return false
	}
	for i := at + 2; i < len(b)-1; i++ {
		if b[i] == '.' {
			return true
		}
	}
	return false
}

// sniffHeader decides whether the first record holds names: none of its cells is
// a date or a bare number ("tax1" may be an amount in a currency). Without a header its cells count as contents.
func (r *Reader) sniffHeader(stats []columnStats) {
	named, values := false, false
	for i := range stats {
		named = named || stats[i].present
		values = values || stats[i].first.bare > 0
	}
	r.report.HasHeader = named && !values
	if named && values {
		r.report.HasHeader = r.headOfMonths(stats)
	}
	if r.opts.Header != HeaderAuto {
		r.report.HasHeader = r.opts.Header == HeaderPresent
	}
	if r.report.HasHeader {
		r.skipRows++
		if r.twoLines {
			r.skipRows++
		}
		r.report.Width = max(r.report.Width, len(r.report.Names))
		return
	}
	r.report.Names = nil
	for i := range stats {
		c, f := &stats[i].cells, stats[i].first
		c.filled += f.filled
		c.dates += f.dates
		c.plainDates += f.plainDates
		c.numbers += f.numbers
		c.fractions += f.fractions
	}
}

// preview keeps the first records: the first as names, in case it is a header.
func (r *Reader) preview(sample []byte, i int) {
	if i > maxPreview {
		return
	}
	n := min(r.scan.n, maxColumns)
	if i > 0 {
		n = min(n, maxCells)
	}
	cells := make([][]byte, n)
	for c := range cells {
		cells[c] = r.cell(nil, sample, c)
		cells[c] = cells[c][:min(len(cells[c]), maxCell)]
	}
	if i == 0 {
		r.report.Names = cells
	}
	r.report.Preview = append(r.report.Preview, cells[:min(n, maxCells)])
}

// cell appends the text of column c: unescaped and trimmed.
func (r *Reader) cell(dst, buf []byte, c int) []byte {
	text := r.scan.text(buf, c)
	if r.scan.escaped(c) {
		text = unescape(dst, text)
		return unmarked(trim(text))
	}
	return append(dst, unmarked(trim(text))...)
}

// mapColumns settles which column has which role: options before presets before
// names before contents.
func (r *Reader) mapColumns(stats []columnStats) {
	r.report.Missing = r.nameColumns()
	m := mapper{stats: stats, report: &r.report, opts: &r.opts}
	if r.report.HasHeader {
		m.fromNames()
	} else {
		m.columns = fromContents(stats)
		m.based(BasisContents)
	}
	for role, c := range r.opts.Columns {
		if c == None {
			m.columns[role] = 0
		} else if c > 0 {
			m.columns[role] = c
		}
		if c != 0 {
			m.basis[role] = BasisOption
		}
	}
	m.settle()
	r.adopt(&m)
}

// adopt takes over what the mapper has found.
func (r *Reader) adopt(m *mapper) {
	p := &r.report
	p.Columns, p.Basis = m.columns, m.basis
	p.Preset, p.Amounts = PresetNone, r.opts.Amounts
	if p.Amounts == AmountAuto && r.opts.lines {
		p.Amounts = AmountPerLine
	}
	r.layout.of(m.columns)
	for r.indent = 0; p.HasHeader && r.indent < len(p.Names) && len(p.Names[r.indent]) == 0; r.indent++ {
	}
	r.kinds = kindsOf(m.stats[:min(len(m.stats), p.Width)])
	if m.rule != nil {
		p.Preset = m.rule.preset
		if p.Amounts == AmountAuto {
			p.Amounts = m.rule.amounts
		}
		r.layout.payee = findName(m.stats, m.rule.payee) - 1
		r.refundedHere = m.rule.statuses
		if m.rule.paid != "" && m.columns[RoleStatus] == 0 {
			r.layout.paid = findName(m.stats, m.rule.paid) - 1
		}
	}
	if c := m.column(RoleDate); c != nil {
		r.dates.calendar, r.dates.spans = 2*c.cells.calendar > c.cells.filled, 2*c.cells.spans > c.cells.filled
		r.dates.utc = hasWord(c.name, "utc") || hasWord(c.name, "gmt")
	}
	r.layout.product = m.productColumn()
	r.layout.month, r.layout.day = m.parts[0]-1, m.parts[1]-1
	r.layout.need = max(r.layout.need, m.parts[0], m.parts[1])
	p.DateParts, r.dates.months = m.parts, m.months
	r.dates.six, r.layout.months = m.six, m.monthLines
	if m.datev {
		r.dates.datev, r.dates.firstMonth = r.datevFrom[0], r.datevFrom[1]
		if r.dates.datev == 0 {
			r.dates.datev = assumedYear
			p.ask(Question{Code: QuestionCounted, Column: p.Columns[RoleDate], From: Day(assumedYear, 1, 1)})
		}
	}
	r.dates.every, r.dates.yearless, r.dates.through, r.pivot = m.every, m.yearless, m.through, m.pivot
	if c := m.column(RoleRefunded); c != nil {
		r.refundWords = m.basis[RoleRefunded] != BasisPreset && saysWhether(c.meaning)
		r.refundFlag = r.refundWords || c.yesOrNo()
	}
	if c := m.column(RoleCancelled); c != nil {
		r.refundedFully = c.meaning&ofRefund != 0
	}
	r.guessed = m.codes
	r.documents, r.numbered = m.documents, m.numbered
	r.netOfRefunds = m.netOfRefunds()
	if c := m.column(RoleID); c != nil {
		r.idRepeats, r.ids = c.distinct() < c.spoken(), c.distinct()
	}
	if c := m.column(RoleAmount); c != nil {
		if i := p.Columns[RoleAmount] - 1; i < len(p.Names) {
			r.scale = unitIn(p.Names[i])
		}
		if r.scale == 1 && m.minorUnits() {
			r.scale = 0.01
		}
	}
	if c := m.column(RoleType); c != nil {
		r.invoices = c.cells.invoices > 0
		r.deposits = c.depositsAlone()
		r.instalments = c.cells.instalments > 0
		r.eventLog = c.event && c.cells.visits > 0
	}
	if c := m.column(RoleStatus); c != nil {
		r.ofDocuments = c.meaning&ofDocument != 0
		r.closedIsPaid = c.cells.paid == 0 && c.cells.closed > 0
	}
	if c := m.column(RoleAmount); c != nil && p.Amounts == AmountAuto && (c.meaning&ofLine != 0 || p.Columns[RoleQuantity] > 0) {
		p.Amounts = AmountPerLine
	}
	if r.layout.payee < 0 {
		r.layout.payee = m.payee()
	}
	r.layout.first, r.layout.last = m.nameParts()
	r.layout.need = max(r.layout.need, whole(r.layout.first == r.layout.id)*(r.layout.last+1))
	r.layout.attendees = m.attendees()
	r.layout.dispute, r.layout.won = m.disputes()
	r.layout.full = m.backInFull()
	r.layout.adjusted = m.adjusted - 1
	r.layout.test, r.layout.trial = m.testColumn(), m.flagColumn(trialNames)
	r.live = r.layout.test >= 0 && m.stats[r.layout.test].tests == liveOrNot
	if i := m.paidFlag(); i >= 0 {
		r.layout.paid, r.paidFlag = i, true
	}
	r.layout.status2 = m.secondStatus()
	r.paysHere = [2]bool{m.ofPayments(r.layout.status), m.ofPayments(r.layout.status2)}
	r.lineTypes = m.lineType || m.ofLines()
	r.converted = m.converted()
	r.ofCustomers, r.ofSubscriptions = m.ofCustomers(), m.ofSubscriptions()
	if p.HasHeader && len(p.Preview) > 0 {
		p.Preview = p.Preview[1:]
	} else if len(p.Preview) > maxPreview {
		p.Preview = p.Preview[:maxPreview]
	}
}

// fromContents maps a file without names: the first column of dates; the last
// other column of numbers, those with decimals first; the first of the rest, which
// identifies the customer in every log that we know, where it does not number the rows.
func fromContents(stats []columnStats) (columns [NumRoles]int) {
	for i := range stats {
		if c := &stats[i].cells; columns[RoleDate] == 0 && c.plainDates > 0 && c.plainDates*10 >= c.filled*9 {
			columns[RoleDate] = i + 1
		}
	}
	for i := range stats {
		if i+1 == columns[RoleDate] {
			continue
		}
		if columns[RoleID] == 0 {
			columns[RoleID] = i + 1
		}
		if c := &stats[i]; c.cells.fractions == 0 && c.cells.signs == 0 && c.distinct() < c.spoken() && (c.cells.numbers == 0 || i+1 < len(stats)) {
			if first := columns[RoleID]; first < i+1 && stats[first-1].countsRows() {
				columns[RoleID] = i + 1
			}
			break
		}
	}
	for i := range stats {
		c := &stats[i].cells
		if taken(columns, i) && columns[RoleAmount] != i+1 || c.numbers == 0 || c.numbers*10 < c.filled*9 {
			continue
		}
		if a := columns[RoleAmount]; a == 0 || c.fractions > 0 || stats[a-1].cells.fractions == 0 {
			columns[RoleAmount] = i + 1
		}
	}
	return columns
}

// countsRows reports whether the cells are the numbers of the rows, or of their orders: whole ones that go up by one, mostly.
func (c *columnStats) countsRows() bool {
	by, last := 0, math.NaN()
	for _, v := range c.values {
		if v != math.Trunc(v) || v <= last {
			return false
		}
		by += whole(v == last+1)
		last = v
	}
	return len(c.values) > 1 && by*10 >= (len(c.values)-1)*9
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

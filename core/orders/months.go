package orders

// Words, after normalise, of columns that hold a part of a date alone.
const (
	yearWords  = "year|jahr|annee|ano|anno|jaar|rok|yil|год|سنه|السنه|年|年度|년|연도"
	monthWords = "month|monat|mois|mes|mese|maand|miesiac|manad|месяц|شهر|الشهر|月|월|period|periode|periodo|okres"
	dayWords   = "day|tag|jour|dia|giorno|dag|dzien|gun|день|يوم|اليوم|日|일"
)

// A datePart is the part of a date that a column's name says.
type datePart uint8

const (
	noPart datePart = iota
	yearPart
	monthPart
	dayPart
	weekPart
)

// partOf is the part that a name says: as one of its words, or as the end of one that is written without blanks.
func partOf(name []byte) datePart {
	part := noPart
	if listed(weekNames, name) {
		return weekPart
	}
	switch string(name) {
	case "an", "ar":
		return yearPart
	case "ay":
		return monthPart
	}
	for rest := name; len(rest) > 0; {
		var word []byte
		word, rest = nextWord(rest)
		switch {
		case listed(yearWords, word) || endsIn(word, "年"):
			part = yearPart
		case listed(monthWords, word) || endsIn(word, "月"):
			part = monthPart
		case listed(dayWords, word):
			part = dayPart
		}
	}
	return part
}

func endsIn(word []byte, end string) bool {
	return len(word) >= len(end) && string(word[len(word)-len(end):]) == end
}

// parseMonth reads a month without a day, with a year of four digits: 2024-01, 1/2024, Jan 2024, 2024年1月. It is the first
// of that month.
func parseMonth(b []byte) (int32, bool) {
	if len(b) < 6 || len(b) > maxDate || !hasYear(b) {
		return 0, false
	}
	var room [2 * maxDate]byte
	mark := byte('-')
	for _, c := range b {
		if c == '/' || c == '.' {
			mark = c
		}
	}
	for i := range 6 {
		text := room[:0]
		switch i {
		case 0: // 2024-01
			text = append(append(text, b...), mark, '0', '1')
		case 1: // 01/2024
			text = append(append(text, '0', '1', mark), b...)
		case 2: // January 2024
			text = append(append(text, '1', ' '), b...)
		case 3: // 2024 January
			text = append(append(text, b...), ' ', '1')
		case 4:
			text = append(append(text, b...), "1日"...)
		case 5:
			text = append(append(text, b...), " 1일"...)
		}
		if d, ok := parseDate(text, DayFirst); ok && !d.timed {
			if _, _, day := Civil(d.day); day == 1 {
				return d.day, true
			}
		}
	}
	return 0, false
}

// parseYearless reads a day and the name of its month, without a year, as a spreadsheet shows them: 3-Apr.
func parseYearless(b []byte) (month, day int, ok bool) {
	p := dateParser{rest: b}
	day, w := p.number()
	if w == 0 || w > 2 {
		return 0, 0, false
	}
	p.ordinal()
	p.gap()
	p.de()
	month = p.month()
	p.gap()
	return month, day, len(p.rest) == 0 && valid(assumedYear, month, day)
}

// lookAtYearless counts days without a year, and notes whether they go up or down within one.
func (c *columnStats) lookAtYearless(text []byte) {
	month, day, ok := parseYearless(text)
	if !ok {
		return
	}
	c.cells.yearless++
	place := 31*month + day
	if before := c.place; before > 0 {
		c.rises, c.falls = c.rises || place > before, c.falls || place < before
		step := (place-before+3*halfYear)%(2*halfYear) - halfYear
		c.ups, c.downs = c.ups+whole(step > 0), c.downs+whole(step < 0)
	}
	c.place = place
}

const (
	halfYear  = 6 * 31 // in places of days
	leastWays = 8      // steps from day to day that tell which way they go
)

// through reports whether the days go one way, from year to year.
func (c *columnStats) through() bool { return min(c.ups, c.downs) == 0 && c.ups+c.downs >= leastWays }

// yearlessDays takes a column of days without a year, where those go up or down, in the year of another column or from assumedYear on, and asks; what goes
// up and down may be of several years in no order.
func (m *mapper) yearlessDays(year int) {
	for i := range m.stats {
		s := &m.stats[i]
		if m.columns[RoleDate] != i+1 && taken(m.columns, i) || s.cells.yearless == 0 || s.cells.yearless*10 < s.cells.filled*9 || s.meaning&ofOtherDay != 0 || year == 0 && s.rises && s.falls && !s.through() {
			continue
		}
		m.columns[RoleDate], m.basis[RoleDate], m.yearless = i+1, BasisName, true
		m.parts = [2]int{year, 0}
		m.through = year == 0 && s.rises && s.falls
		if year == 0 {
			m.ask(Question{Code: QuestionCounted, Column: i + 1, From: Day(assumedYear, 1, 1)})
		}
		return
	}
}

// lookAtDay counts numbers of days that a line with their month stands above.
func (c *columnStats) lookAtDay(text []byte) {
	if v := c.values[len(c.values)-1]; v >= 1 && v <= 31 && len(text) <= 2 {
		c.days++
		c.misplaced = c.misplaced || c.cells.months == 0
	}
}

// daysBelow takes a column of numbers of days below lines with their months.
func (m *mapper) daysBelow() {
	for i := range m.stats {
		s := &m.stats[i]
		if m.columns[RoleDate] == 0 && !taken(m.columns, i) && s.meaning&ofOtherDay == 0 && s.cells.months > 0 && s.days >= s.cells.months && s.days+s.cells.months == s.cells.filled && !s.misplaced {
			m.columns[RoleDate], m.basis[RoleDate], m.monthLines = i+1, BasisName, true
		}
	}
}

// monthAbove takes in a line that names the month of the days below.
func (r *Reader) monthAbove(buf []byte) bool {
	month, ok := parseMonth(r.field(buf, r.layout.date))
	if ok {
		r.month = month
		r.report.Headings++
	}
	return ok
}

// hasYear reports whether four digits stand alone.
func hasYear(b []byte) bool {
	run := 0
	for i := 0; i <= len(b); i++ {
		if i < len(b) && b[i]-'0' <= 9 {
			run++
			continue
		}
		if run == 4 {
			return true
		}
		run = 0
	}
	return false
}

// dateParts finds the date where it stands in several columns, or without its days, if no column has it whole.
func (m *mapper) dateParts() {
	date := m.column(RoleDate)
	if !m.report.HasHeader || !m.free(RoleDate) && date == nil {
		return
	}
	if date != nil && date.cells.months > 0 && date.cells.dates == 0 {
		m.months = true
	}
	if date != nil && (date.cells.yearless == 0 || date.cells.dates > 0 || !m.free(RoleDate)) {
		return
	}
	var at [weekPart + 1]int
	for i := range m.stats {
		s := &m.stats[i]
		if p := s.part; p != noPart && at[p] == 0 && s.holds(p) && s.meaning&ofOtherDay == 0 && !taken(m.columns, i) {
			at[p] = i + 1
		}
		if s.cells.months > 0 && s.cells.months*10 >= s.cells.filled*9 && m.columns[RoleDate] == 0 && s.meaning&ofOtherDay == 0 && !taken(m.columns, i) {
			m.columns[RoleDate], m.basis[RoleDate], m.months = i+1, BasisName, true
		}
	}
	m.yearlessDays(at[yearPart])
	m.daysBelow()
	if m.columns[RoleDate] == 0 {
		m.sixDays()
	}
	if m.columns[RoleDate] == 0 && at[yearPart] > 0 && at[monthPart] > 0 {
		m.columns[RoleDate], m.basis[RoleDate] = at[yearPart], BasisName
		m.parts = [2]int{at[monthPart], at[dayPart]}
		m.months = at[dayPart] == 0
	}
	m.countedDays(at[yearPart], at[monthPart])
	if m.columns[RoleDate] > 0 { // what other columns were asked about
		m.runnerUp[RoleDate] = 0
	}
}

// holds reports whether the cells are years, months or days.
func (c *columnStats) holds(p datePart) bool {
	low, high := 1.0, 31.0
	switch p {
	case yearPart:
		low, high = 1970, maxYear
	case monthPart:
		high = 12
	}
	good := 0
	for _, v := range c.values {
		if v >= low && v <= high && v == float64(int(v)) {
			good++
		}
	}
	if p == monthPart {
		good += c.cells.monthNames
	}
	return c.cells.filled > 0 && good*10 >= c.cells.filled*9
}

// dateText is what the row at hand says of its day.
func (r *Reader) dateText(buf []byte) []byte {
	text := r.field(buf, r.layout.date)
	if r.layout.months && len(text) > 0 {
		r.date = appendPart(appendDay(r.date[:0], r.month)[:len("2024-01-")], text)
		return r.date
	}
	if r.layout.month < 0 || len(text) == 0 {
		return text
	}
	r.date = append(r.date[:0], wholeText(text)...)
	if r.dates.yearless {
		return append(append(r.date, ' '), wholeText(r.field(buf, r.layout.month))...)
	}
	r.date = append(r.date, '-')
	month := r.field(buf, r.layout.month)
	if r.dates.every == 7 {
		return append(append(r.date, 'W'), wholeText(month)...)
	}
	p := dateParser{rest: month}
	if n := p.month(); n > 0 {
		r.date = append(r.date, byte('0'+n/10), byte('0'+n%10))
	} else {
		r.date = appendPart(r.date, month)
	}
	r.date = append(r.date, '-')
	if r.layout.day < 0 {
		return append(r.date, "01"...)
	}
	r.date = appendPart(r.date, r.field(buf, r.layout.day))
	return r.date
}

// appendPart writes a month or day in two digits.
func appendPart(out, text []byte) []byte {
	if text = wholeText(text); len(text) == 1 {
		out = append(out, '0')
	}
	return append(out, text...)
}

// wholeText is a whole number without the .0 that a program adds.
func wholeText(text []byte) []byte {
	if n := len(text); n > 2 && text[n-2] == '.' && text[n-1] == '0' {
		return text[:n-2]
	}
	return text
}

// whole is 1 for yes.
func whole(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

package orders

// A table may have the months side by side: a row for each customer, a column for each month with what they spent in it. Such a row is read as one order in each
// month that has an amount, on its first day.

// pivotColumn is a column that is named for a month or a day.
type pivotColumn struct {
	column int // from 0
	day    int32
}

const (
	leastPivot = 3    // columns of months that make a table of them
	firstYear  = 1990 // of a column that is named for a year
)

// headDay is the first day of the month, quarter or year, or the day, that a name says. assumed tells that it is a month without a year.
func headDay(name []byte, order DateOrder) (day int32, assumed, ok bool) {
	name = trim(name)
	if y := yearOf(name); y > 0 {
		return Day(y, 1, 1), false, true
	}
	for at := 0; at < len(name); at++ { // "Sales Jan 2024"
		if at > 0 && name[at-1] != ' ' && name[at-1] != '_' {
			continue
		}
		rest := name[at:]
		if day, ok := parseMonth(rest); ok {
			return day, false, true
		}
		if d, ok := parseDate(rest, order); ok && !d.timed && (len(rest) != 5 || foreign(rest)) { // 45296 is a number
			return d.day, false, true
		}
		if day, ok := parseQuarter(rest); ok {
			return day, false, true
		}
	}
	p := dateParser{rest: name}
	m := p.month()
	if rest := p.rest; m > 0 && len(rest) > 2 && len(rest) <= 6 { // Jan-24
		if n := len(rest); digits2(rest[n-2], rest[n-1]) < 100 && rest[n-3]-'0' > 9 {
			return Day(fullYear(digits2(rest[n-2], rest[n-1]), 2), m, 1), false, true
		}
	}
	if m > 0 && (len(p.rest) == 0 || len(p.rest) == 1 && p.rest[0] == '.') {
		return Day(assumedYear, m, 1), true, true
	}
	return 0, false, false
}

// yearOf is the year that a name is, 0 for any other.
func yearOf(name []byte) int {
	if name = trim(name); len(name) != 4 {
		return 0
	}
	if y := digits2(name[0], name[1])*100 + digits2(name[2], name[3]); y >= firstYear && y <= maxYear {
		return y
	}
	return 0
}

// parseQuarter reads Q1 2024, 2024-Q1, 1Q24 and T1 2024 of French, Spanish and Portuguese.
func parseQuarter(b []byte) (int32, bool) {
	year, quarter, letters := -1, 0, 0
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c|0x20 == 'q' || c|0x20 == 't':
			letters++
			i++
		case c-'0' <= 9:
			n, w := 0, 0
			for ; i < len(b) && b[i]-'0' <= 9 && w < 5; i++ {
				n, w = n*10+int(b[i]-'0'), w+1
			}
			switch {
			case w == 1 && quarter == 0 && n >= 1 && n <= 4:
				quarter = n
			case (w == 4 || w == 2) && year < 0:
				year = fullYear(n, w)
			default:
				return 0, false
			}
		case c == ' ' || c == '-' || c == '/' || c == '\'' || c == '_' || c == '.':
			i++
		default:
			return 0, false
		}
	}
	if letters != 1 || quarter == 0 || year < firstYear || year > maxYear {
		return 0, false
	}
	return Day(year, 3*quarter-2, 1), true
}

// pivotColumns are the columns that are named for months or days in rising or falling order and hold numbers; nil where they make no table of
// months. assumed tells that their names have no year.
func pivotColumns(names [][]byte, stats []columnStats) (list []pivotColumn, assumed bool) {
	years := 0
	for _, order := range [...]DateOrder{DayFirst, MonthFirst} {
		list, assumed, years = list[:0], false, 0
		for i := range min(len(names), len(stats)) {
			day, guess, ok := headDay(names[i], order)
			c := &stats[i].cells
			if !ok || c.numbers*2 < c.filled || c.numbers == 0 && c.filled > 0 || c.plainDates*2 > c.filled {
				continue
			}
			list, assumed = append(list, pivotColumn{i, day}), assumed || guess
			years += whole(yearOf(names[i]) > 0)
		}
		if steps := risen(list); len(list) >= leastPivot && steps != 0 && (years == 0 || years == len(list)) {
			return list, assumed
		}
	}
	return nil, false
}

// headOfMonths reports whether the first row names days, or years, above numbers: what stands in its other columns are no numbers.
func (r *Reader) headOfMonths(stats []columnStats) bool {
	list, _ := pivotColumns(r.report.Names, stats)
	for i := range stats {
		if stats[i].first.bare > 0 && !headed(list, i) {
			return false
		}
	}
	return list != nil && len(list) < len(stats)
}

// risen is 1 where the days rise from column to column, -1 where they fall, 0 for neither.
func risen(list []pivotColumn) int {
	way := 0
	for i := 1; i < len(list); i++ {
		step := 1
		if list[i].day < list[i-1].day {
			step = -1
		}
		if list[i].day == list[i-1].day || way != 0 && step != way {
			return 0
		}
		way = step
	}
	return way
}

// settlePivot reads a table of months where no column has the day of an order.
func (m *mapper) settlePivot() {
	if m.columns[RoleDate] != 0 && m.scores[RoleDate][0] > scoreLast || !m.free(RoleDate) || !m.free(RoleAmount) {
		return
	}
	list, assumed := pivotColumns(m.report.Names, m.stats)
	if list == nil {
		return
	}
	first, last := list[0].column+1, list[len(list)-1].column+1
	for role := range m.columns {
		if r := Role(role); r != RoleID && r != RoleEmail && r != RolePhone && r != RoleName && r != RoleCurrency || headed(list, m.columns[role]-1) {
			m.columns[role], m.basis[role], m.runnerUp[role] = 0, BasisNone, 0
		}
	}
	m.pivot = list
	m.columns[RoleDate], m.columns[RoleAmount] = first, first
	m.basis[RoleDate], m.basis[RoleAmount] = BasisName, BasisName
	m.report.Questions = nil // about columns that are none of these
	if m.columns[RoleID] == 0 {
		m.firstText(list)
	}
	m.ask(Question{Code: QuestionPivot, Column: first, Other: last})
	if assumed {
		m.ask(Question{Code: QuestionCounted, Column: first, From: Day(assumedYear, 1, 1)})
	}
}

// firstText takes the first column of a table for the customers.
func (m *mapper) firstText(list []pivotColumn) {
	for i := range m.stats {
		if s := &m.stats[i]; !headed(list, i) && s.cells.filled > 0 && !taken(m.columns, i) {
			m.columns[RoleID], m.basis[RoleID] = i+1, BasisContents
			m.ask(Question{Code: QuestionID, Column: i + 1})
			return
		}
	}
}

func headed(list []pivotColumn, column int) bool {
	for _, p := range list {
		if p.column == column {
			return true
		}
	}
	return false
}

// pivotRow takes a row of a table of months. Each amount counts as a row of the report.
func (r *Reader) pivotRow(buf, record []byte) {
	if !r.shaped(buf, record) {
		return
	}
	if r.total(buf) {
		r.setAside(ReasonTotalLine, record)
		return
	}
	customer, ok := r.whose(buf, record, StandingPaid)
	if !ok {
		return
	}
	n := uint64(0)
	for _, p := range r.pivot {
		text := r.field(buf, p.column)
		if len(text) == 0 || saysNothing(text) { // 0, a dash
			continue
		}
		n++
		r.layout.amount = p.column
		amount, reason := r.amount(buf, StandingPaid)
		switch {
		case reason != NumReasons:
			r.setAside(reason, text)
			continue
		case amount == 0:
			n--
			continue
		case r.opts.Now != 0 && p.day > r.opts.Now:
			r.setAside(ReasonFuture, r.report.Names[p.column])
			continue
		}
		r.push(customer, packDay(p.day, 0, false), amount, 0)
		carried, kept := r.beside(buf, amount)
		r.tag(amount, carried, kept)
	}
	r.layout.amount = r.pivot[0].column
	if n == 0 {
		r.setAside(ReasonZero, record)
		n = 1
	}
	r.report.Rows += n - 1
}

// isQuarter reports whether a name is that of a quarter, without its year.
func isQuarter(b []byte) bool {
	return len(b) == 2 && (b[0]|0x20 == 'q' || b[0]|0x20 == 't') && b[1] >= '1' && b[1] <= '4'
}

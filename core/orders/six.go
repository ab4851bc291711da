package orders

// sixForm is how a day stands in six digits.
type sixForm uint8

// Forms of 240131.
const (
	sixNone sixForm = iota
	sixYearFirst
	sixDayFirst
	sixMonthFirst
	sixForms
)

// sixDigits reads a day in six digits.
func sixDigits(b []byte, form sixForm) (day int32, year int, ok bool) {
	if len(b) != 6 {
		return 0, 0, false
	}
	first, second, third := digits2(b[0], b[1]), digits2(b[2], b[3]), digits2(b[4], b[5])
	y, m, d := first, second, third
	switch form {
	case sixDayFirst:
		y, m, d = third, second, first
	case sixMonthFirst:
		y, m, d = third, first, second
	}
	if y > 99 {
		return 0, 0, false
	}
	year = fullYear(y, 2)
	return Day(year, max(m, 1), max(d, 1)), year, valid(year, m, d)
}

// sixCells counts the cells of a column that are days in six digits, and notes their years, by the form.
type sixCells [sixForms]struct{ n, first, last int }

func (c *sixCells) look(text []byte) {
	for form := sixYearFirst; form < sixForms; form++ {
		_, year, ok := sixDigits(text, form)
		if !ok {
			continue
		}
		s := &c[form]
		if s.n++; s.n == 1 {
			s.first, s.last = year, year
		}
		s.first, s.last = min(s.first, year), max(s.last, year)
	}
}

// form is the only one that all cells have, or the one with the fewest years: read otherwise, days become years.
func (c *sixCells) form(filled int) sixForm {
	best, years, even := sixNone, 0, false
	for form := sixYearFirst; form < sixForms; form++ {
		s := &c[form]
		if filled == 0 || s.n < filled || s.first < 1990 {
			continue
		}
		n := s.last - s.first + 1
		switch {
		case best == sixNone || n < years:
			best, years, even = form, n, false
		case n == years:
			even = true
		}
	}
	if even {
		return sixNone
	}
	return best
}

// sixDays takes a column of days in six digits, where it is named for them.
func (m *mapper) sixDays() {
	for i := range m.stats {
		s := &m.stats[i]
		if taken(m.columns, i) || s.meaning&ofDate == 0 || s.meaning&ofOtherDay != 0 {
			continue
		}
		if form := s.six.form(s.cells.filled); form != sixNone {
			m.columns[RoleDate], m.basis[RoleDate], m.six = i+1, BasisName, form
			return
		}
	}
}

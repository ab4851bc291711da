package orders

import "bytes"

// DATEV's stack of postings (developer.datev.de, DATEV format, Buchungsstapel): an account of a customer and one of the books on each row, the amount on the debit
// or the credit side of the first, the day without its year, which stands in the line above the names.

// takeDatev maps the columns of such a stack. The customer's account is of the two the one with more different numbers.
func (m *mapper) takeDatev() bool {
	side, day := findName(m.stats, "soll haben kennzeichen|soll haben kz"), findName(m.stats, "belegdatum")
	own, other := findName(m.stats, "konto"), findName(m.stats, "gegenkonto ohne bu schlussel|gegenkonto")
	if side == 0 || day == 0 || own == 0 || other == 0 || !m.stats[day-1].datevDays() {
		return false
	}
	m.documents = &debitSells
	if m.stats[other-1].distinct() > m.stats[own-1].distinct() {
		own, m.documents = other, &creditSells
	}
	m.columns[RoleID], m.columns[RoleDate], m.columns[RoleType] = own, day, side
	m.columns[RoleAmount] = findName(m.stats, "umsatz ohne soll haben kz|umsatz")
	m.columns[RoleOrder] = findName(m.stats, "belegfeld 1")
	m.columns[RoleCurrency] = findName(m.stats, "wkz umsatz")
	m.datev, m.scores[RoleDate][0] = true, scoreSure
	return true
}

// Which side of the customer's account, or of the other one, a sale stands on.
var (
	debitSells  = documentCodes{sale: "s", back: "h"}
	creditSells = documentCodes{sale: "h", back: "s"}
)

// datevDays reports whether every cell is a day and a month in three or four digits.
func (c *columnStats) datevDays() bool {
	for _, v := range c.values {
		if v != v || !valid(leapYear, int(v)%100, int(v)/100) {
			return false
		}
	}
	return len(c.values) > 0
}

const leapYear = 2000

// datevYear is the year in which the postings of a stack begin, and its first month, as the line above the names says; 0 where there is none.
func datevYear(sample []byte) (year, month int) {
	line, _, _ := bytes.Cut(bytes.TrimPrefix(sample, []byte("\xEF\xBB\xBF")), []byte{'\n'})
	fields := bytes.Split(line, []byte{';'})
	if len(fields) < 16 || string(bytes.Trim(fields[0], `"`)) != "EXTF" && string(bytes.Trim(fields[0], `"`)) != "DTVF" {
		return 0, 0
	}
	for _, at := range [...]int{14, 12} { // from which day on, in which business year
		if day, _, ok := isoDay(bytes.Trim(fields[at], `" `)); ok {
			y, m, _ := Civil(day)
			return y, m
		}
		if text := bytes.Trim(fields[at], `" `); len(text) == 8 {
			if d, ok := parseDate(text, DayFirst); ok {
				y, m, _ := Civil(d.day)
				return y, m
			}
		}
	}
	return 0, 0
}

// parseDatev reads a day and its month in three or four digits, in the year that begins with the first month of the stack.
func (s *dateState) parseDatev(text []byte) (int32, bool) {
	v, _, verdict := parseNumber(text, '.')
	day, month := int(v)/100, int(v)%100
	if verdict != readOK || len(text) > 4 {
		return 0, false
	}
	year := s.datev
	if month < s.firstMonth {
		year++
	}
	return Day(year, month, day), valid(year, month, day)
}

package orders

// assumedYear is the year in which days are counted from, where a list has numbers of days or weeks and no dates, or months without a year: its first day is a Monday.
const assumedYear = 2001

const (
	weekNames = "week|week no|week number|weekno|weeknum|week num|week of year|order week|sales week|calendar week|iso week|year week|yearweek|wk|woche|kw|kalenderwoche|wochennummer|semaine|numero semaine|numero de semaine|semana|numero de semana|" +
		"settimana|numero settimana|weeknummer|tydzien|numer tygodnia|vecka|veckonummer|hafta|неделя|номер недели|اسبوع|الاسبوع|رقم الاسبوع|週|周|周数|주|주차"
	countWords = "day|days|d|tag|jour|j|dia|giorno|dag|dzien|gun|день|يوم|日|일|week|weeks|w|wk|woche|kw|semaine|sem|s|semana|settimana|tydzien|vecka|v|hafta|неделя|اسبوع|週|周|주"
	mostCount  = 20000 // days, more than any list has
	mostWeeks  = 53
)

// countOf reads the number of a day or a week: 12, Day 12, W05.
func countOf(b []byte) (n int, ok bool) {
	at := 0
	for at < len(b) && b[at]-'0' > 9 {
		at++
	}
	if at > 0 && !listed(countWords, normalise(b[:at])) {
		return 0, false
	}
	digits := wholeText(b[at:])
	if len(digits) == 0 || len(digits) > 5 {
		return 0, false
	}
	for _, c := range digits {
		if c-'0' > 9 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, n <= mostCount
}

// weekOf reads a week of a year, as ISO 8601 counts them, and returns its Monday: 2024-W05, 2024W05, W5/2024, KW 5 2024.
func weekOf(b []byte) (int32, bool) {
	year, week, letters := 0, 0, 0
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c-'0' <= 9:
			n, w := 0, 0
			for ; i < len(b) && b[i]-'0' <= 9 && w < 5; i++ {
				n, w = n*10+int(b[i]-'0'), w+1
			}
			switch {
			case w == 4 && year == 0:
				year = n
			case w <= 2 && week == 0:
				week = n
			default:
				return 0, false
			}
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			start := i
			for i < len(b) && b[i]|0x20 >= 'a' && b[i]|0x20 <= 'z' {
				i++
			}
			if letters++; !listed(countWords, normalise(b[start:i])) {
				return 0, false
			}
		case c == ' ' || c == '-' || c == '/' || c == '_' || c == '.' || c == ',':
			i++
		default:
			return 0, false
		}
	}
	if letters != 1 || year < firstYear || year > maxYear || week < 1 || week > mostWeeks {
		return 0, false
	}
	return isoWeek(year, week), true
}

// isoWeek is the Monday of a week: the first has the year's 4th of January.
func isoWeek(year, week int) int32 {
	fourth := Day(year, 1, 4)
	monday := fourth - (fourth+3)%7 // 1970-01-01 was a Thursday
	return monday + 7*int32(week-1)
}

// lookAtCount counts what can be the number of a day or a week.
func (c *columnStats) lookAtCount(text []byte) {
	if _, ok := weekOf(text); ok {
		c.cells.weeks++
	} else if n, ok := countOf(text); ok && (text[0] != '0' || len(text) < 4) { // 0501 is the fifth of January, of a year that nobody tells
		c.cells.counts++
		c.mostCount = max(c.mostCount, n)
	}
}

// countedDays takes a column of numbers of days or weeks where there are no dates.
func (m *mapper) countedDays(year, month int) {
	if m.columns[RoleDate] != 0 {
		return
	}
	week := 0
	for i := range m.stats {
		s := &m.stats[i]
		all := len(s.values) > 0 && s.cells.filled > 0 && (s.cells.counts+s.cells.weeks)*10 >= s.cells.filled*9
		if !s.counts || !all || taken(m.columns, i) || s.meaning&ofOtherDay != 0 || s.part == dayPart && month > 0 { // a day of a month

			continue
		}
		switch {
		case s.cells.weeks*10 >= s.cells.filled*9:
			m.columns[RoleDate], m.basis[RoleDate], m.every = i+1, BasisName, 7
			return
		case s.part == weekPart && week == 0:
			week = i + 1
		case s.part != weekPart && m.columns[RoleDate] == 0:
			m.columns[RoleDate], m.basis[RoleDate], m.every = i+1, BasisName, 1
		}
	}
	switch {
	case week > 0 && year > 0 && m.stats[week-1].mostCount <= mostWeeks:
		m.columns[RoleDate], m.basis[RoleDate], m.every = year, BasisName, 7
		m.parts = [2]int{week, 0}
		return
	case m.columns[RoleDate] == 0 && week > 0:
		m.columns[RoleDate], m.basis[RoleDate], m.every = week, BasisName, 7
	}
	if m.every > 0 {
		m.ask(Question{Code: QuestionCounted, Column: m.columns[RoleDate], From: Day(assumedYear, 1, 1)})
	}
}

// counted is the day that a number of days or weeks comes to, counted from the first of assumedYear; number 0 is a day or a week before it.
func (s *dateState) counted(text []byte) (int32, bool) {
	if s.every == 7 {
		if day, ok := weekOf(text); ok {
			return day, true
		}
	}
	n, ok := countOf(text)
	return Day(assumedYear, 1, 1) + s.every*int32(n-1), ok
}

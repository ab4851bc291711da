package orders

// Years that only dates of these calendars can have: of orders from 1990 on. What is 1403 as a Persian year is 1983 as one of the Islamic calendar, and 1446 of that
// will come as a Persian year in 2067.
const (
	firstPersian  = 1369
	firstHijri    = 1412
	persianEpoch  = 7384 // 1 Farvardin 1369 is 1990-03-21
	hijriEpoch    = 7863 // 1 Muharram 1412 is 1991-07-13
	persianMonths = "\x1f\x1f\x1f\x1f\x1f\x1f\x1e\x1e\x1e\x1e\x1e\x1d"
)

// hijriMonths are the months of 30 days of the calendar of Umm al-Qura, a bit each, from 1412 on; the others have 29.
// Source: Unicode ICU, calendar islamic-umalqura.
var hijriMonths = [...]uint16{
	0x9d5, 0x5d2, 0xda5, 0xd4a, 0xa95, 0x54d, 0xaad, 0x3aa, 0xbd2, 0xbc4, 0xb89, 0xa95, 0x52d, 0x5ad, 0xb6a, 0x6d4, 0xdc9, 0xd92, 0xaa6, 0x956, 0x2ae, 0x56d, 0x36a, 0xb55,
	0xaaa, 0x94d, 0x49d, 0x95d, 0x2ba, 0x5b5, 0x5aa, 0xd55, 0xa9a, 0x92e, 0x26e, 0x55d, 0xada, 0x6d4, 0x6a5, 0xb27, 0xa4d, 0x4ad, 0x56d, 0xb5a, 0x754, 0xf49, 0xe92, 0xd26, 0xa56,
}

// otherCalendar reads a day of the Islamic or the Persian calendar, 15/03/1446 or 1403/01/15. A column has them where most of its cells are such days: one of
// them alone is a wrong year.
func otherCalendar(b []byte) (date, bool) {
	if len(b) < 8 || len(b) > maxDate {
		return date{}, false
	}
	var room [2 * maxDate]byte
	if foreign(b) {
		b, _ = westernDate(room[:0], b)
	}
	p := dateParser{rest: b}
	first, width := p.number()
	month := p.next()
	if len(p.rest) < 2 || p.rest[0] != '/' && p.rest[0] != '-' && p.rest[0] != '.' {
		return date{}, false
	}
	p.rest = p.rest[1:]
	last, lastWidth := p.number()
	y, d := first, last
	if width <= 2 && lastWidth == 4 {
		y, d = last, first
	} else if width != 4 || lastWidth > 2 {
		return date{}, false
	}
	day, ok := calendarDay(y, month, d)
	if !ok {
		return date{}, false
	}
	r := date{day: day}
	ok = r.clock(afterEra(p.rest))
	return r, ok
}

// afterEra cuts what stands for the calendar behind a date.
func afterEra(b []byte) []byte {
	b = trim(b)
	for _, era := range [...]string{"هـ", "ه", "AH", "H", "ش"} {
		if len(b) >= len(era) && string(b[:len(era)]) == era {
			return trim(b[len(era):])
		}
	}
	return b
}

// calendarDay is the number of days from 1970-01-01 to a day of whichever of both calendars can have that year.
func calendarDay(y, m, d int) (int32, bool) {
	if m < 1 || m > 12 || d < 1 || y < firstPersian || y >= firstHijri+len(hijriMonths) {
		return 0, false
	}
	day := int32(persianEpoch)
	days := persianDays
	from := firstPersian
	if y >= firstHijri {
		day, days, from = hijriEpoch, hijriDays, firstHijri
	}
	if d > days(y, m) {
		return 0, false
	}
	for ; from < y; from++ {
		for month := 1; month <= 12; month++ {
			day += int32(days(from, month))
		}
	}
	for month := 1; month < m; month++ {
		day += int32(days(y, month))
	}
	return day + int32(d) - 1, true
}

func hijriDays(y, m int) int { return 29 + int(hijriMonths[y-firstHijri]>>(m-1)&1) }

// persianDays is by the cycle of 33 years, which agrees with the equinoxes from 1178 to 1633.
func persianDays(y, m int) int {
	return int(persianMonths[m-1]) + whole(m == 12 && (25*y+11)%33 < 8)
}

// thaiYear writes the year of two digits of a date, 05/01/67 or 5 ม.ค. 67, with all four: its third number, or its second beside the name of a month.
func thaiYear(dst, b []byte) []byte {
	left := 2
	for i := 0; i < len(b) && len(b) <= maxDate; i++ {
		n := i
		for n < len(b) && b[n]-'0' <= 9 {
			n++
		}
		if n == i {
			continue
		}
		if left--; left == 0 {
			if n-i != 2 {
				return b
			}
			return append(append(append(dst, b[:i]...), "25"...), b[i:]...)
		}
		if i == 0 && n+1 < len(b) && b[n+1]-'0' <= 9 { // the month is a number
			left++
		}
		i = n - 1
	}
	return b
}

// shortYears tell whether years of two digits are Thai: most days would be to come otherwise.
type shortYears struct{ dates, thai int }

func (s *shortYears) look(text []byte, d date, ok bool, now int32) {
	if !ok || now == 0 {
		return
	}
	s.dates++
	if d.day > now {
		var room [maxDate + 2]byte
		d, ok = parseDate(thaiYear(room[:0], text), MonthFirst)
		s.thai += whole(ok && d.day <= now)
	}
}

func (s *shortYears) found() bool { return s.thai*2 > s.dates }

// separators stand between the first day and the last.
var separators = [...]string{" - ", " – ", " — ", "–", "—", " to ", " until ", " bis ", " au ", " al ", " a ", " à ", " até ", " t/m ", " до ", " ~ ", "~", "～", "〜", "至", " إلى ", "/"}

// spanDate reads the first of two days in one cell, 2024-01-03 - 2024-01-09, whose year may stand with the second alone. Both have the same order of day and month,
// and the second is no earlier: that may leave one order alone.
func spanDate(b []byte, order DateOrder) (date, bool) {
	d, ok := spanIn(b, order)
	if order != MonthFirst && order != DayFirst {
		return d, ok
	}
	other, turned := spanIn(b, MonthFirst+DayFirst-order)
	switch {
	case ok && turned:
		y, m, day := Civil(d.day)
		d.order, d.either, d.swapped = DateOrderAuto, d.day != other.day && Day(y, day, m) == other.day, other.day
	case ok:
		d.order, d.either = order, false
	case turned:
		d, ok = other, true
		d.order, d.either = MonthFirst+DayFirst-order, false
	}
	return d, ok
}

// spanIn is spanDate by one order of day and month.
func spanIn(b []byte, order DateOrder) (date, bool) {
	if len(b) < 12 || len(b) > maxDate {
		return date{}, false
	}
	for _, mark := range separators {
		for i := 1; i+len(mark) < len(b); i++ {
			if b[i] != mark[0] || string(b[i:i+len(mark)]) != mark {
				continue
			}
			first, last := trim(b[:i]), trim(b[i+len(mark):])
			end, ok := dateIn(last, order)
			if !ok || len(first) < 3 {
				continue
			}
			start, ok := dateIn(first, order)
			if !ok {
				y, _, _ := Civil(end.day)
				start, ok = withYear(first, y, order)
				if ok && start.day > end.day { // over New Year
					start, ok = withYear(first, y-1, order)
				}
			}
			if ok && start.day <= end.day {
				return start, true
			}
		}
	}
	return date{}, false
}

// dateIn is parseDate without the days that are possible in another order alone.
func dateIn(b []byte, order DateOrder) (date, bool) {
	d, ok := parseDate(b, order)
	return d, ok && (d.order == DateOrderAuto || d.order == order || order == yearFirst)
}

// withYear reads a day without its year.
func withYear(b []byte, y int, order DateOrder) (date, bool) {
	var room [maxDate + 8]byte
	text := append(room[:0], b...)
	switch last := b[len(b)-1]; {
	case last == '.' || last == '/':
	case indexByte(string(b), '/') >= 0:
		text = append(text, '/')
	default:
		text = append(text, ' ')
	}
	text = append(text, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10))
	return dateIn(text, order)
}

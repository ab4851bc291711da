package orders

// Years between which a date can be that of an order.
const (
	minYear = 1950
	maxYear = 2100
)

// Day is the number of days from 1970-01-01 to a date of the Gregorian calendar.
// Algorithm: Howard Hinnant, "chrono-compatible low-level date algorithms",
// days_from_civil.
func Day(year, month, day int) int32 {
	if month <= 2 {
		year--
		month += 12
	}
	era := floorDiv(year, 400)
	yoe := uint32(year - era*400)
	doy := uint32(153*(month-3)+2)/5 + uint32(day) - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return int32(era*146097) + int32(doe) - 719468
}

// Civil is the inverse of Day (Hinnant, civil_from_days).
func Civil(days int32) (year, month, day int) {
	z := int(days) + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	month = (mp+2)%12 + 1
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

const monthDays = "\x1f\x1c\x1f\x1e\x1f\x1e\x1f\x1f\x1e\x1f\x1e\x1f"

// valid reports whether a date exists and can be that of an order.
func valid(y, m, d int) bool {
	if y < minYear || y > maxYear || m < 1 || m > 12 || d < 1 {
		return false
	}
	return d <= daysIn(y, m)
}

// daysIn is how many days a month has.
func daysIn(y, m int) int {
	n := int(monthDays[m-1])
	if m == 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0) {
		n++
	}
	return n
}

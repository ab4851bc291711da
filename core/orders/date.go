package orders

// DateOrder is the order of day and month in all-numeric dates.
type DateOrder uint8

// Date orders.
const (
	DateOrderAuto DateOrder = iota
	MonthFirst              // 1/31/2024, the United States
	DayFirst                // 31/1/2024, 31.1.2024, most of the world
)

// yearFirst is 24-01-31: found out by the sample, never asked for.
const yearFirst DateOrder = 3

func (o DateOrder) String() string { return pick(int(o), "auto", "month_first", "day_first") }

// date is what a text says.
type date struct {
	day     int32 // days since 1970-01-01, as written
	swapped int32 // the same in the other day/month order
	order   DateOrder
	either  bool // both orders give a date, and different ones
	seconds int32
	zone    int32 // minutes east of UTC
	timed   bool  // there is a time of day
	instant bool  // zone is known
}

// parseDate reads a date in any of the forms that the package documents. order
// settles all-numeric dates that fit both orders; one that fits only the other
// order is still read, and says so in its order.
func parseDate(b []byte, order DateOrder) (date, bool) {
	if day, n, ok := isoDay(b); ok {
		d := date{day: day}
		if n == 10 && len(b) > n && b[n] == '.' && (len(b) == n+1 || b[n+1] == ' ') { // 2024.01.10., as in Hungary
			n++
		}
		if ok = n == len(b) || d.clock(b[n:]); ok || !foreign(b) {
			return d, ok
		}
	}
	if len(b) == 0 {
		return date{}, false
	}
	if d, ok := eraDate(b); ok {
		return d, true
	}
	d, ok := parseWestern(b, order)
	if !ok && len(b) <= maxDate && (foreign(b) || b[len(b)-1] == '.') {
		var room [2 * maxDate]byte
		if text, changed := westernDate(room[:0], b); changed {
			return parseWestern(text, order)
		}
	}
	return d, ok
}

// maxDate is longer than any date, in bytes.
const maxDate = 96

func parseWestern(b []byte, order DateOrder) (date, bool) {
	p := dateParser{rest: b, order: order}
	if len(b) == 0 {
		return date{}, false
	}
	if day, n, ok := isoDay(b); ok {
		d := date{day: day}
		ok = n == len(b) || d.clock(b[n:])
		return d, ok
	}
	if b[0]-'0' <= 9 {
		if n := timeFirst(b); n > 0 {
			var room [maxDate + 1]byte
			turned := append(append(append(room[:0], trim(b[n:])...), ' '), b[:n]...)
			if len(b) > maxDate || timeFirst(turned) > 0 {
				return date{}, false
			}
			return parseWestern(turned, order)
		}
		return p.numeric()
	}
	return p.named()
}

// timeFirst is the length of a time that stands before a date, as 10:30 or 10:30:00; 0 for none.
func timeFirst(b []byte) int {
	n := 0
	for n < len(b) && n < 8 && (b[n]-'0' <= 9 || b[n] == ':') {
		n++
	}
	if n < 4 || n+5 > len(b) || b[n] != ' ' || b[1] != ':' && b[2] != ':' {
		return 0
	}
	return n
}

// isoDay reads YYYY-MM-DD (or with / . as marks) and YYYYMMDD at the start of b
// and returns the length it took.
func isoDay(b []byte) (day int32, n int, ok bool) {
	if len(b) < 8 {
		return 0, 0, false
	}
	y := digits2(b[0], b[1])*100 + digits2(b[2], b[3])
	m, d := 0, 0
	if c := b[4]; c == '-' || c == '/' || c == '.' {
		if len(b) < 10 || b[7] != c {
			return 0, 0, false
		}
		if y < 100 || y > maxYear {
			y = calendarYear(y)
		}
		m, d, n = digits2(b[5], b[6]), digits2(b[8], b[9]), 10
	} else {
		m, d, n = digits2(b[4], b[5]), digits2(b[6], b[7]), 8
	}
	if !valid(y, m, d) || n < len(b) && b[n]-'0' <= 9 {
		return 0, 0, false
	}
	return Day(y, m, d), n, true
}

// digits2 is the value of two digits, or a number too large for any date.
func digits2(a, b byte) int {
	a -= '0'
	b -= '0'
	if a > 9 || b > 9 {
		return 1 << 20
	}
	return int(a)*10 + int(b)
}

// dateParser reads tokens.
type dateParser struct {
	rest  []byte
	order DateOrder
}

// number reads digits; width is how many, 0 for none.
func (p *dateParser) number() (v, width int) {
	long, width := p.longNumber()
	return int(min(long, 1<<30)), width // an int may have 32 bits
}

func (p *dateParser) longNumber() (v int64, width int) {
	for width < len(p.rest) && width < 18 && p.rest[width]-'0' <= 9 {
		v = v*10 + int64(p.rest[width]-'0')
		width++
	}
	p.rest = p.rest[width:]
	return v, width
}

// gap skips blanks, points and commas between the words of a date.
func (p *dateParser) gap() {
	for len(p.rest) > 0 && (p.rest[0] == ' ' || p.rest[0] == ',' || p.rest[0] == '.' || p.rest[0] == '-' || p.rest[0] == '/') {
		p.rest = p.rest[1:]
	}
}

// numeric reads what starts with a digit: a/b/y, y/m/d with short parts, an epoch,
// a spreadsheet's serial day, or 12 Jan 2024.
func (p *dateParser) numeric() (date, bool) {
	whole := p.rest
	long, w := p.longNumber()
	if len(p.rest) == 0 || (p.rest[0] == '.' || p.rest[0] == ',') && w > 4 {
		return epoch(whole, long, w, p.order)
	}
	if w > 4 {
		return date{}, false
	}
	a := int(long)
	mark := p.rest[0]
	if (mark == '/' || mark == '.' || mark == '-') && p.pass(mark) {
		b, wb := p.number()
		if wb > 2 || !p.pass(mark) {
			return date{}, false
		}
		c, wc := p.number()
		return p.three(a, b, c, w, wc)
	}
	p.ordinal()
	p.gap()
	p.de()
	m := p.month()
	p.gap()
	p.de()
	y, wy := p.number()
	if w == 4 { // 2024 Jan 12
		return p.finish(calendarYear(a), m, y)
	}
	return p.finish(fullYear(y, wy), m, a)
}

// pass skips a mark between two numbers, with a blank behind a point: 5. 1. 2024.
func (p *dateParser) pass(mark byte) bool {
	n := 1
	if mark == '.' && len(p.rest) > 2 && p.rest[1] == ' ' {
		n = 2
	}
	if len(p.rest) <= n || p.rest[0] != mark || p.rest[n]-'0' > 9 {
		return false
	}
	p.rest = p.rest[n:]
	return true
}

// three settles the numbers a, b, c of an all-numeric date; wa and wc are the
// widths of the outer ones.
func (p *dateParser) three(a, b, c, wa, wc int) (date, bool) {
	if wa == 4 || wa == 3 && a >= firstMinguo {
		if wc > 2 {
			return date{}, false
		}
		if wa == 3 {
			a += minguoYears
		}
		return p.finish(calendarYear(a), b, c)
	}
	order := p.order
	if order == yearFirst {
		if wa == 2 && wc == 2 {
			return p.finish(fullYear(a, wa), b, c)
		}
		order = MonthFirst
	}
	y := fullYear(c, wc)
	if wa > 2 || y < 0 {
		return date{}, false
	}
	dayFirst, monthFirst := valid(y, b, a), valid(y, a, b)
	if !dayFirst && !monthFirst {
		return date{}, false
	}
	d := date{order: order}
	if dayFirst != monthFirst {
		d.order = MonthFirst
		if dayFirst {
			d.order = DayFirst
		}
	}
	d.either = dayFirst && monthFirst && a != b
	if a == b {
		d.order = DateOrderAuto
	}
	d.day, d.swapped = Day(y, a, b), Day(y, b, a)
	if d.order == DayFirst {
		d.day, d.swapped = d.swapped, d.day
	}
	ok := d.clock(p.rest) // before the return: the order of evaluation within it is open
	return d, ok
}

// fullYear widens a year of two digits: 70 to 99 are of the last century. It is
// -1 for other widths than two and four.
func fullYear(y, width int) int {
	switch {
	case width == 4:
		return calendarYear(y)
	case width != 2:
		return -1
	case y >= 70:
		return 1900 + y
	}
	return 2000 + y
}

// calendarYear is the year of the common era of four digits: Thai years count from 543 before it, and 0024 is what
// is left of 2024 where a program took two digits for all.
func calendarYear(y int) int {
	switch {
	case y < 100:
		return fullYear(y, 2)
	case y > maxYear && y <= maxYear+thaiYears:
		return y - thaiYears
	}
	return y
}

const thaiYears = 543

// Taiwan counts years from 1912, and writes three digits since 2011; below 100 nothing tells them from others.
const (
	minguoYears = 1911
	firstMinguo = 100
)

// named reads Jan 12, 2024 and a weekday before any form.
func (p *dateParser) named() (date, bool) {
	m := p.month()
	if m == 0 { // a weekday
		p.word()
		for len(p.rest) > 1 && p.rest[0] == '-' && p.rest[1]|0x20 >= 'a' && p.rest[1]|0x20 <= 'z' { // sexta-feira
			p.rest = p.rest[1:]
			p.word()
		}
		if len(p.rest) > 0 && p.rest[0]-'0' <= 9 { // a letter and a number, no weekday
			return date{}, false
		}
		p.gap()
		if len(p.rest) > 0 && p.rest[0]-'0' <= 9 {
			return p.numeric()
		}
		if m = p.month(); m == 0 {
			return date{}, false
		}
	}
	p.gap()
	d, wd := p.number()
	if wd == 0 || wd > 2 {
		return date{}, false
	}
	p.ordinal()
	p.gap()
	if n := timeFirst(p.rest); n > 0 { // Fri Jan 05 10:30:00 2024, as C's ctime writes it, and with a zone before the year
		return p.yearLast(m, d)
	}
	y, wy := p.number()
	return p.finish(fullYear(y, wy), m, d)
}

// yearLast reads a time and a year.
func (p *dateParser) yearLast(m, d int) (date, bool) {
	n := len(p.rest) - 5
	q := dateParser{rest: p.rest[n+1:]}
	y, w := q.number()
	if p.rest[n] != ' ' || w != 4 {
		return date{}, false
	}
	p.rest = p.rest[:n]
	return p.finish(fullYear(y, w), m, d)
}

func (p *dateParser) finish(y, m, d int) (date, bool) {
	if !valid(y, m, d) {
		return date{}, false
	}
	r := date{day: Day(y, m, d)}
	ok := r.clock(p.rest)
	return r, ok
}

// ordinal skips st, nd, rd, th.
func (p *dateParser) ordinal() {
	if len(p.rest) >= 2 {
		switch string(p.rest[:2]) {
		case "st", "nd", "rd", "th", "er", "º", "ª", "°":
			p.rest = p.rest[2:]
		}
	}
}

// de skips the "de" of 12 de enero de 2024.
func (p *dateParser) de() {
	if len(p.rest) > 3 && string(p.rest[:3]) == "de " {
		p.rest = p.rest[3:]
	}
}

// word reads letters, bytes beyond ASCII included.
func (p *dateParser) word() []byte {
	n := 0
	for n < len(p.rest) && (p.rest[n]|0x20 >= 'a' && p.rest[n]|0x20 <= 'z' || p.rest[n] >= 0x80) {
		n++
	}
	w := p.rest[:n]
	p.rest = p.rest[n:]
	return w
}

// monthNames holds the first three letters of the names of months, folded, with their number in
// hex: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Turkish; Czech, Hungarian, Romanian,
// Finnish, Norwegian and Indonesian.
const monthNames = "jan1feb2mar3apr4may5jun6jul7aug8sep9octanovbdecc" +
	"mai5oktadezcfev2avr4aou8ene1abr4ago8set9dicc" + "out" + "a" +
	"gen1mag5giu6lug7otta" + "mei5mrt3mrz3maj5" +
	"sty1lut2kwi4cze6lip7sie8wrz9pazalisbgruc" +
	"oca1sub2nis4haz6tem7agu8eyl9ekiakasbarac" +
	"led1uno2bre3dub4kve5cer6srp8zar9rijaproc" + "sze9ian1iun6iul7noibdesc" +
	"tam1hel2maa3huh4tou5kes6hei7elo8syy9lokajouc"

// longerNames are those of other months than their first three letters say: juin and juillet, červen and červenec, the Finnish November.
var longerNames = [...]struct {
	begins string
	month  int
}{{"juil", 7}, {"jui", 6}, {"cervenec", 7}, {"cervence", 7}, {"marras", 11}}

// monthsAbroad are names, or what they begin with, of other scripts: Russian, Arabic as in
// Egypt and as in the Levant, Greek, Hebrew, Ukrainian and Thai.
var monthsAbroad = [...]string{
	"янв|يناير|كانون الثاني|ιαν|ינואר|בינואר|січ|ม.ค|มกราคม", "фев|فبراير|شباط|φεβ|פברואר|בפברואר|лют|ก.พ|กุมภาพันธ์", "мар|مارس|اذار|μαρ|מרץ|במרץ|מרס|במרס|бер|มี.ค|มีนาคม",
	"апр|ابريل|نيسان|απρ|אפריל|באפריל|кві|เม.ย|เมษายน", "мая|май|مايو|ايار|μαι|מאי|במאי|тра|พ.ค|พฤษภาคม", "июн|يونيو|يونيه|حزيران|ιουν|יוני|ביוני|чер|มิ.ย|มิถุนายน",
	"июл|يوليو|يوليه|تموز|ιουλ|יולי|ביולי|лип|ก.ค|กรกฎาคม", "авг|اغسطس|اب|αυγ|אוגוסט|באוגוסט|сер|ส.ค|สิงหาคม", "сен|سبتمبر|ايلول|σεπ|ספטמבר|בספטמבר|вер|ก.ย|กันยายน",
	"окт|اكتوبر|تشرين الاول|οκτ|אוקטובר|באוקטובר|жов|ต.ค|ตุลาคม", "ноя|نوفمبر|تشرين الثاني|νοε|נובמבר|בנובמבר|лис|พ.ย|พฤศจิกายน", "дек|ديسمبر|كانون الاول|δεκ|דצמבר|בדצמבר|гру|ธ.ค|ธันวาคม",
}

// month reads the name of a month; it is 0, and nothing is read, when none
// stands there.
func (p *dateParser) month() int {
	rest := p.rest
	w := p.word()
	var room [48]byte
	name := fold(room[:0], w[:min(len(w), 24)])
	if len(name) >= 3 && name[0] < 0x80 {
		for _, long := range longerNames {
			if len(name) >= len(long.begins) && string(name[:len(long.begins)]) == long.begins {
				return long.month
			}
		}
		for i := 0; i < len(monthNames); i += 4 {
			if monthNames[i:i+3] == string(name[:3]) {
				return hexDigit(monthNames[i+3])
			}
		}
	}
	p.rest = rest
	if len(name) > 0 && name[0] >= 0x80 {
		return p.monthAbroad()
	}
	return 0
}

func (p *dateParser) monthAbroad() int {
	var room [2 * maxDate]byte
	name := fold(room[:0], p.rest[:min(len(p.rest), maxDate)])
	for i, list := range monthsAbroad {
		for len(list) > 0 {
			var entry string
			if entry, list = nextName(list); len(name) < len(entry) || string(name[:len(entry)]) != entry {
				continue
			}
			words := 1
			for k := range len(entry) {
				if entry[k] == ' ' || entry[k] == '.' {
					words++
				}
			}
			for ; words > 0; words-- {
				p.word()
				p.gap()
			}
			return i + 1
		}
	}
	return 0
}

func hexDigit(c byte) int {
	if c >= 'a' {
		return int(c-'a') + 10
	}
	return int(c - '0')
}

// epoch reads seconds, milliseconds or microseconds since 1970, YYYYMMDDhhmmss, DDMMYYYY or MMDDYYYY,
// or the serial day of a spreadsheet (days since 1899-12-30).
func epoch(whole []byte, v int64, width int, order DateOrder) (date, bool) {
	seconds := v
	switch width {
	case 5: // 1954 to 2064
		if v < 20000 || v > 60000 || !fraction(whole[5:]) {
			return date{}, false
		}
		return date{day: int32(v) - 25569}, true
	case 9, 10:
	case 8: // 05012024
		p := dateParser{order: order}
		return p.three(int(v/1e6), int(v/1e4%100), int(v%1e4), 2, 4)
	case 13:
		seconds = v / 1000
	case 14:
		day, _, ok := isoDay(whole[:8])
		return date{day: day}, ok && len(whole) == 14
	case 16:
		seconds = v / 1000000
	default:
		return date{}, false
	}
	if !fraction(whole[width:]) {
		return date{}, false
	}
	d := date{day: int32(seconds / 86400), seconds: int32(seconds % 86400), timed: true, instant: true}
	y, _, _ := Civil(d.day)
	return d, y >= 1973 && y <= maxYear
}

// fraction accepts nothing, or a point or comma and digits.
func fraction(b []byte) bool {
	for i, c := range b {
		if i == 0 && c != '.' && c != ',' || i > 0 && c-'0' > 9 {
			return false
		}
	}
	return true
}

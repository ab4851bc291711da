package orders

// clock reads the time after a date, if any: T or blanks, hours and minutes,
// seconds with a fraction, AM or PM, a zone.
func (d *date) clock(b []byte) bool {
	if len(b) >= 9 && b[3] == ':' && b[6] == ':' && (b[0] == ' ' || b[0] == 'T') {
		h, m, s := digits2(b[1], b[2]), digits2(b[4], b[5]), digits2(b[7], b[8])
		if h < 24 && m < 60 && s < 60 && (len(b) == 9 || b[9] == 'Z' || len(b) == 15 && b[9] == ' ' && (b[10] == '+' || b[10] == '-')) {
			d.seconds, d.timed = int32(h*3600+m*60+s), true
			return d.offset(trim(b[9:]))
		}
	}
	if len(b) > 2 && b[0] == ' ' && b[1] == '-' && runningNumber(b[2:]) {
		return true
	}
	b = afterYear(trim(b))
	if len(b) == 0 || weekdayInBrackets(b) {
		return true
	}
	if b[0] == 'T' || b[0] == 't' || b[0] == ',' || b[0] == '-' && len(b) > 1 && b[1] == ' ' {
		b = trim(b[1:])
	}
	p := dateParser{rest: beforeClock(b)}
	h, w := p.number()
	if w == 0 || w > 2 || h > 24 {
		return false
	}
	minute, second, ok := p.minutes()
	if !ok {
		return false
	}
	p.rest = trim(p.rest)
	if n := halfDay(p.rest); n > 0 {
		if h < 1 || h > 12 {
			return false
		}
		h %= 12
		if p.rest[0]|0x20 == 'p' {
			h += 12
		}
		p.rest = trim(p.rest[n:])
	}
	d.seconds, d.timed = int32(h*3600+minute*60+second), true
	return d.offset(p.rest)
}

// runningNumber reports whether a text is the number of a document among those of its day: 2024/01/05 -1.
func runningNumber(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return len(b) <= 3
}

// weekdayInBrackets reports whether a text is a word in brackets, as a weekday behind a date is: 2024-01-05 (Fri).
func weekdayInBrackets(b []byte) bool {
	if len(b) < 4 || b[0] != '(' || b[len(b)-1] != ')' {
		return false
	}
	p := dateParser{rest: b[1 : len(b)-1]}
	p.word()
	return len(p.rest) == 0 || len(p.rest) == 1 && p.rest[0] == '.'
}

// clockWords stand before the time.
var clockWords = [...]string{"@ ", "at ", "um ", "à ", "a las ", "às ", "alle ore ", "alle ", "ore ", "om ", "kl. ", "kl ", "klo ", "o ", "в "}

func beforeClock(b []byte) []byte {
	for _, word := range clockWords {
		if len(b) > len(word) && string(b[:len(word)]) == word {
			return trim(b[len(word):])
		}
	}
	return b
}

// halfDay is the length of AM or PM, or of p. m., as Spanish writes it; 0 for neither.
func halfDay(b []byte) int {
	if len(b) < 2 || b[0]|0x20 != 'a' && b[0]|0x20 != 'p' {
		return 0
	}
	n := 1
	if b[n] == '.' {
		n++
	}
	for n < len(b) && spaceLen(b[n:]) > 0 {
		n += spaceLen(b[n:])
	}
	if n >= len(b) || b[n]|0x20 != 'm' {
		return 0
	}
	if n++; n < len(b) && b[n] == '.' {
		n++
	}
	if n < len(b) && b[n]|0x20 >= 'a' && b[n]|0x20 <= 'z' { // America/New_York
		return 0
	}
	return n
}

// zoneName reports whether a text is the name of a time zone, EST or Europe/Paris, or the word for o'clock. What a name
// stands for depends on the country, so that the day counts as it is written.
func zoneName(b []byte) bool {
	capitals, slash := 0, false
	for _, c := range b {
		switch {
		case c >= 'A' && c <= 'Z':
			capitals++
		case c == '/':
			slash = true
		case c|0x20 < 'a' || c|0x20 > 'z':
			if c != '_' && c != '.' {
				return false
			}
		}
	}
	return capitals == len(b) && len(b) <= 5 || slash && len(b) <= 40 || listed("Uhr|hs|hs.|h|h.|hrs|hrs.", b)
}

// afterYear cuts the word for year that Russian texts write behind it.
func afterYear(b []byte) []byte {
	for _, word := range [...]string{"года", "г.", "г"} {
		if len(b) >= len(word) && string(b[:len(word)]) == word {
			return trim(b[len(word):])
		}
	}
	return b
}

// withoutName cuts the name of a zone in parentheses, as JavaScript's Date writes it.
func withoutName(b []byte) []byte {
	for i, c := range b {
		if c == '(' {
			return trim(b[:i])
		}
	}
	return b
}

// minutes reads :MM, :SS and a fraction.
func (p *dateParser) minutes() (minute, second int, ok bool) {
	if len(p.rest) < 3 || p.rest[0] != ':' && p.rest[0] != 'h' && p.rest[0] != '.' { // 10h30, 10.30
		return 0, 0, len(p.rest) == 0 || p.rest[0] != ':'
	}
	mark := p.rest[0]
	p.rest = p.rest[1:]
	minute, w := p.number()
	if w != 2 || minute > 59 {
		return 0, 0, false
	}
	if len(p.rest) == 0 || p.rest[0] != ':' && (p.rest[0] != '.' || mark != '.') {
		return minute, 0, true
	}
	p.rest = p.rest[1:]
	if second, w = p.number(); w != 2 || second > 60 {
		return 0, 0, false
	}
	if len(p.rest) > 1 && (p.rest[0] == '.' || p.rest[0] == ',') && p.rest[1]-'0' <= 9 {
		p.rest = p.rest[1:]
		p.number()
	}
	return minute, second, true
}

// offset reads Z, UTC, GMT, +hh:mm, -hhmm, +hh, or both: GMT+2.
func (d *date) offset(b []byte) bool {
	if b = withoutName(b); len(b) == 0 {
		return true
	}
	d.instant = true
	if len(b) == 1 && b[0]|0x20 == 'z' {
		return true
	}
	if b[0] >= 'A' && string(b) != "UTC" && string(b) != "GMT" && zoneName(b) {
		d.instant = false
		return true
	}
	if len(b) >= 3 && (string(b[:3]) == "UTC" || string(b[:3]) == "GMT") {
		if b = trim(b[3:]); len(b) == 0 {
			return true
		}
	}
	sign := int32(1)
	if b[0] == '-' {
		sign = -1
	} else if b[0] != '+' {
		return false
	}
	p := dateParser{rest: b[1:]}
	v, w := p.number()
	h, m := v, 0
	if w == 4 {
		h, m = v/100, v%100
	} else if w == 0 || w > 2 {
		return false
	} else if len(p.rest) == 3 && p.rest[0] == ':' {
		p.rest = p.rest[1:]
		m, _ = p.number()
	}
	d.zone = sign * int32(h*60+m)
	rest := trim(p.rest) // +0000 UTC, as Go writes it
	return (len(rest) == 0 || zoneName(rest)) && h <= 15 && m < 60
}

// shift is how many days later or earlier the instant falls in the zone.
func (d *date) shift(zone int32) int32 {
	return int32(floorDiv(int(d.seconds)+60*int(zone-d.zone), 86400))
}

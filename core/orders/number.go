package orders

import (
	"math"
	"math/bits"
)

// verdict of reading a number or a date.
type verdict uint8

const (
	readOK       verdict = iota
	readBad              // not a number at all
	readConflict         // a number, but only with the other decimal mark
)

// pow10 holds the powers of ten that float64 represents exactly.
var pow10 = [23]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// PlainNumber reads digits with at most one decimal mark, the form of nearly all
// amounts. Up to 15 digits over an exact power of ten make one correctly rounded
// division (Clinger 1990).
func PlainNumber(b []byte, decimal byte) (float64, bool) {
	if len(b) == 0 || len(b) > 16 {
		return 0, false
	}
	if len(b) <= 8 && cap(b) >= 8 {
		return shortNumber(word(b[:8]), len(b), decimal)
	}
	var mantissa uint64
	digits, point := 0, -1
	for i, c := range b {
		if d := c - '0'; d <= 9 {
			mantissa = mantissa*10 + uint64(d)
			digits++
		} else if c == decimal && point < 0 {
			point = i
		} else {
			return 0, false
		}
	}
	if digits == 0 || digits > 15 {
		return 0, false
	}
	if point < 0 {
		return float64(mantissa), true
	}
	return float64(mantissa) / pow10[len(b)-1-point], true
}

// shortNumber is PlainNumber of the first n bytes of a word, all at once.
func shortNumber(w uint64, n int, decimal byte) (float64, bool) {
	other := w ^ uint64(decimal)*ones
	mark := (other - ones) &^ other & (highs >> ((64 - 8*uint(n)) & 63)) // the lowest bit is right
	fraction := 0
	if mark != 0 {
		at := uint(bits.TrailingZeros64(mark)) & 56
		below := uint64(1)<<at - 1
		w = w&below | w>>8&^below
		n--
		fraction = n - int(at>>3)
	}
	if n == 0 {
		return 0, false
	}
	// The digits from the end of the word, zeros before them.
	shift := (64 - 8*uint(n)) & 63
	w = w<<shift ^ '0'*ones<<shift
	if notDigits(w) != 0 {
		return 0, false
	}
	return eightDigits(w, fraction), true
}

// leadingNumber is the number with at most one decimal mark at the start of a word, and its length; 0 where there is none, or where
// it does not end within the word.
func leadingNumber(w uint64, decimal byte) (v float64, length int) {
	w ^= '0' * ones
	others := notDigits(w)
	at := uint(bits.TrailingZeros64(others)) & 56
	fraction, digits := 0, int(at>>3)
	if byte(w>>at)^'0' == decimal {
		others &= others - 1
		below := uint64(1)<<at - 1
		w = w&below | w>>8&^below
		digits = bits.TrailingZeros64(others)>>3 - 1
		fraction = digits - int(at>>3)
		length = 1
	}
	if digits == 0 || others == 0 {
		return 0, 0
	}
	return eightDigits(w<<((64-8*uint(digits))&63), fraction), length + digits
}

// notDigits marks the bytes of a word that are above 9; a byte after one above 0x7F may be marked too.
func notDigits(w uint64) uint64 { return (w | (w + 0x76*ones)) & highs }

// eightDigits is the number of eight digits from 0 to 9, the first of them the lowest byte, with so many after the decimal mark.
func eightDigits(w uint64, fraction int) float64 {
	w = (w*10 + w>>8) & 0x00FF00FF00FF00FF
	w = (w*100 + w>>16) & 0x0000FFFF0000FFFF
	v := float64(uint32(w*10000 + w>>32))
	if fraction > 0 {
		v /= pow10[fraction]
	}
	return v
}

// parseNumber reads an amount: a sign or parentheses, a currency before or after,
// thousands in groups, a decimal mark, an exponent. It returns the currency as
// packed by packCurrency, 0 when the text names none.
func parseNumber(b []byte, decimal byte) (float64, uint64, verdict) {
	if v, ok := PlainNumber(b, decimal); ok {
		return v, 0, readOK
	}
	p := numberParser{rest: b, decimal: decimal}
	v := p.parse()
	if v == readOK {
		return p.value, p.currency, readOK
	}
	if len(b) <= maxNumber && foreign(b) {
		var room [2 * maxNumber]byte
		if text, changed := westernNumber(room[:0], b, decimal); changed {
			return parseNumber(text, decimal)
		}
	}
	q := numberParser{rest: b, decimal: '.' + ',' - decimal}
	if q.parse() == readOK {
		return 0, 0, readConflict
	}
	return 0, 0, readBad
}

// parseQuantity reads a number of pieces, or a measure: 2 m are two metres.
func parseQuantity(b []byte, decimal byte) (float64, bool) {
	if v, ok := PlainNumber(b, decimal); ok {
		return v, true
	}
	p := numberParser{rest: b, decimal: decimal, pieces: true}
	if p.parse() == readOK {
		return p.value, true
	}
	v, _, verdict := parseNumber(b, decimal)
	return v, verdict == readOK
}

// maxNumber is longer than any amount, in bytes.
const maxNumber = 64

// numberParser holds the state of one number.
type numberParser struct {
	rest     []byte
	decimal  byte
	value    float64
	currency uint64
	negative bool
	signs    int
	bracket  bool
	apart    bool    // a blank stands before the rest
	pieces   bool    // a letter after the number is a unit of measure, not an abbreviation
	bare     bool    // the currency is a sign alone
	colon    bool    // it stands before the hundredths, as in Swedish: 12:50 kr
	times    float64 // what an abbreviation multiplies the number by, 0 for none
}

func (p *numberParser) parse() verdict {
	if !p.affix(true) || !p.digits() || !p.affix(false) || p.signs > 1 || p.bracket || p.colon && !crowns(p.currency) {
		return readBad
	}
	if p.times > 0 {
		p.value = min(p.value*p.times, math.MaxFloat64) // as a number alone
	}
	if p.negative {
		p.value = -p.value
	}
	return readOK
}

// affix reads what stands before the digits or after them: blanks, one sign, one
// currency, the half of a pair of parentheses.
func (p *numberParser) affix(before bool) bool {
	for len(p.rest) > 0 {
		c := p.rest[0]
		if before && (c-'0' <= 9 || c == p.decimal) {
			return true
		}
		if n := spaceLen(p.rest); n > 0 {
			p.rest = p.rest[n:]
			p.apart = true
			continue
		}
		if n := minusLen(p.rest); n > 0 {
			p.negative = true
			p.signs++
			p.rest = p.rest[n:]
			continue
		}
		switch {
		case c == '+' && before:
			p.signs++
			p.rest = p.rest[1:]
		case c == '(' && before && !p.bracket:
			p.bracket, p.negative = true, true
			p.signs++
			p.rest = p.rest[1:]
		case c == ')' && p.bracket:
			p.bracket = false
			p.rest = p.rest[1:]
		case c == '*' && !before: // of a footnote
			p.rest = p.rest[1:]
		default:
			if !(!before && p.abbreviation()) && !p.sign() {
				return false
			}
		}
		p.apart = false
	}
	return !before
}

// abbreviations of thousands, millions and more behind a number, folded, without their point; a currency may follow those of scripts without blanks, and
// k and m. Those of one letter are currencies too where they stand apart from a larger number: 5,000 K are kyat.
var abbreviations = [...]struct {
	times float64
	words string
}{
	{1e3, "k|tsd|tys|mil|bin|тыс|тис|الف|ألف|آلاف|千|천"},
	{1e4, "万|萬|만"},
	{1e5, "lakh|lakhs|lac"},
	{1e6, "m|kk|mn|mm|mio|mln|mill|mi|million|millions|millionen|milion|millones|млн|مليون|百万|百萬|백만"},
	{1e7, "crore|crores"},
	{1e8, "億|亿|억"},
	{1e9, "b|bn|bln|mrd|mia|mld|md|bi|billion|млрд|مليار"},
}

// abbreviation reads what multiplies the number before it, once.
func (p *numberParser) abbreviation() bool {
	if p.times > 0 || p.pieces {
		return false
	}
	var room [maxAbbreviation]byte
	n := 0
	for n < len(p.rest) && n < maxAbbreviation && spaceLen(p.rest[n:]) == 0 && (p.rest[n]|0x20 >= 'a' && p.rest[n]|0x20 <= 'z' || p.rest[n] >= 0x80) {
		room[n] = p.rest[n]
		if room[n] < 0x80 {
			room[n] |= 0x20
		}
		n++
	}
	word := room[:n]
	for i := range abbreviations {
		a := &abbreviations[i]
		for list := a.words; len(list) > 0; {
			var entry string
			entry, list = nextName(list)
			rest := word
			switch {
			case string(word) == entry:
				rest = nil
			case len(word) > len(entry) && string(word[:len(entry)]) == entry && (entry[0] >= 0xE0 || len(entry) == 1 && currencyOf(word[1:])):
				rest = word[len(entry):]
			default:
				continue
			}
			if len(entry) == 1 && len(rest) == 0 && p.apart && (p.value >= 1000 || entry == "b") {
				continue
			}
			p.times = a.times
			p.rest = p.rest[n-len(rest):]
			if len(rest) == 0 && len(p.rest) > 0 && p.rest[0] == '.' {
				p.rest = p.rest[1:]
			}
			return true
		}
	}
	return false
}

// maxAbbreviation is longer than any abbreviation with its currency, in bytes.
const maxAbbreviation = 24

// currencyOf reports whether a text, in small letters, is a sign or a code of a currency: the rest of k€ and of mUSD.
func currencyOf(b []byte) bool {
	return len(b) > 0 && (b[0] == 0xE2 || b[0] == 0xC2) || listed(clearCodes, b)
}

// sign reads a currency: signs, up to three letters, or both, eight bytes at most.
func (p *numberParser) sign() bool {
	n, letters := 0, 0
	for n < len(p.rest) && (currencyByte(p.rest[n]) || n > 0 && within(p.rest, n)) && spaceLen(p.rest[n:]) == 0 && minusLen(p.rest[n:]) == 0 {
		if p.rest[n] < 0x80 && p.rest[n] != '$' && p.rest[n] != '.' {
			letters++
		}
		n++
	}
	// "Rs." and "Fr." carry a point, and "S/" of Peru a stroke.
	end := n
	if n > 1 && n < len(p.rest) && p.rest[n] == '.' || n == 1 && letters == 1 && n < len(p.rest) && p.rest[n] == '/' {
		end++
	}
	both := p.bare && n == 3 && letters == 3 // $12.00 USD
	if n == 0 || n > 8 || letters > 3 && !euro(p.rest[:n]) || p.currency != 0 && !both || notMoney(p.rest[:n]) || p.times > 0 && n == 1 && p.rest[0]|0x20 >= 'a' {
		return false
	}
	p.bare = letters == 0 && p.currency == 0
	p.currency = packCurrency(p.rest[:n])
	p.rest = p.rest[end:]
	return true
}

// within reports whether b[n] is a point within a currency of another script, as in Arabic's abbreviations.
func within(b []byte, n int) bool {
	return b[n] == '.' && b[n-1] >= 0x80 && n+1 < len(b) && b[n+1] >= 0x80
}

// notMoney catches the texts by which programs write "no number".
func notMoney(b []byte) bool { return equalFold(b, "nan") || equalFold(b, "inf") }

func currencyByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '$' || c >= 0x80
}

// digits reads the number itself. Thousands are groups of three (or of two before
// the last three, as in India), all with the same mark.
func (p *numberParser) digits() bool {
	var n decimalNumber
	group, groups, mark := 0, 0, byte(0)
	fraction := false
	zero := len(p.rest) > 0 && p.rest[0] == '0' // 0,123 has no thousands
	for len(p.rest) > 0 {
		c := p.rest[0]
		if d := c - '0'; d <= 9 {
			n.digit(d, fraction)
			group++
			p.rest = p.rest[1:]
			continue
		}
		if c == p.decimal && !fraction {
			if groups > 0 && group != 3 {
				return false
			}
			fraction, group = true, 0
			p.rest = p.rest[1:]
			continue
		}
		if c == ':' && !fraction && group > 0 && len(p.rest) > 2 && p.rest[1]-'0' <= 9 && p.rest[2]-'0' <= 9 {
			p.colon, fraction, group = true, true, 0
			p.rest = p.rest[1:]
			continue
		}
		m, width := p.groupMark()
		if width == 0 {
			break
		}
		if fraction || zero || group == 0 || group > 3 || groups > 0 && (group == 1 || m != mark) {
			return false
		}
		mark = m
		groups++
		group = 0
		p.rest = p.rest[width:]
	}
	if n.count == 0 || !fraction && groups > 0 && group != 3 {
		return false
	}
	p.noHundredths(fraction && group == 0)
	if !p.exponent(&n) {
		return false
	}
	p.value = n.float()
	return true
}

// noHundredths takes in the stroke that stands for them, and is no minus: 120,- and 120.–, 120:- and 120/-. marked says that the mark before it was read.
func (p *numberParser) noHundredths(marked bool) {
	rest := p.rest
	if !marked && len(rest) > 1 && (rest[0] == ',' || rest[0] == '.' || rest[0] == ':' || rest[0] == '/') {
		rest, marked = rest[1:], true
	}
	strokes := 0
	for marked && len(rest) > 0 && strokes < 2 {
		n := minusLen(rest)
		if len(rest) > 2 && rest[0] == 0xE2 && rest[1] == 0x80 && rest[2] == 0x94 { // an em dash
			n = 3
		}
		if n == 0 {
			break
		}
		rest, strokes = rest[n:], strokes+1
	}
	if strokes > 0 {
		p.rest = rest
	}
}

// crowns reports whether a currency is one of Scandinavia, or is called so.
func crowns(code uint64) bool {
	return code == packCurrency([]byte("kr")) || code == packCurrency([]byte("SEK")) || code == packCurrency([]byte("NOK")) || code == packCurrency([]byte("DKK"))
}

// groupMark recognises a mark between groups of thousands, followed by a digit.
func (p *numberParser) groupMark() (mark byte, width int) {
	c := p.rest[0]
	switch {
	case c == '.' || c == ',' || c == '\'':
		mark, width = c, 1
	case len(p.rest) > 2 && c == 0xE2 && p.rest[1] == 0x80 && p.rest[2] == 0x99: // ’
		mark, width = '\'', 3
	case c == 0x92: // the same in Windows-1252
		mark, width = '\'', 1
	default:
		mark, width = ' ', spaceLen(p.rest)
	}
	if width == 0 || width >= len(p.rest) || p.rest[width]-'0' > 9 {
		return 0, 0
	}
	return mark, width
}

// exponent reads e5 or E+05, as spreadsheets write large numbers.
func (p *numberParser) exponent(n *decimalNumber) bool {
	if len(p.rest) < 2 || p.rest[0]|0x20 != 'e' {
		return true
	}
	i, minus := 1, false
	if p.rest[1] == '+' || p.rest[1] == '-' {
		minus = p.rest[1] == '-'
		i++
	}
	if i >= len(p.rest) || p.rest[i]-'0' > 9 {
		return true // "12 eur" without its blank
	}
	e := 0
	for ; i < len(p.rest) && p.rest[i]-'0' <= 9; i++ {
		e = min(e*10+int(p.rest[i]-'0'), 9999)
	}
	if minus {
		e = -e
	}
	n.exponent += e
	p.rest = p.rest[i:]
	return true
}

// decimalNumber collects digits as mantissa times a power of ten.
type decimalNumber struct {
	mantissa uint64
	exponent int
	count    int
}

func (n *decimalNumber) digit(d byte, fraction bool) {
	n.count++
	if n.mantissa >= 1e18 { // 19 digits hold all that float64 can tell apart
		if !fraction {
			n.exponent++
		}
		return
	}
	n.mantissa = n.mantissa*10 + uint64(d)
	if fraction {
		n.exponent--
	}
}

// float is exact to half a unit in the last place while the mantissa has 53 bits
// and the exponent 22, to two units otherwise; beyond float64 it is MaxFloat64.
func (n *decimalNumber) float() float64 {
	v, e := float64(n.mantissa), n.exponent
	switch {
	case v == 0:
		return 0
	case e > 308:
		return math.MaxFloat64
	case e >= 0:
		v = min(v*math.Pow10(e), math.MaxFloat64)
	case e >= -22:
		v /= pow10[-e]
	case e >= -308:
		v /= math.Pow10(-e)
	default:
		v = 0
	}
	return v
}

// spaceLen is the length of the space at the start of b: a blank, a no-break, a
// narrow no-break or a thin one.
func spaceLen(b []byte) int {
	switch {
	case b[0] == ' ' || b[0] == '\t' || b[0] == 0xA0: // 0xA0 alone: Windows-1252
		return 1
	case len(b) > 1 && b[0] == 0xC2 && b[1] == 0xA0:
		return 2
	case len(b) > 2 && b[0] == 0xE2 && b[1] == 0x80 && (b[2] == 0xAF || b[2] == 0x89):
		return 3
	}
	return 0
}

// minusLen is the length of the minus at the start of b: a hyphen, U+2212, an
// en dash, that of full width, or a triangle, as Japanese books have it.
func minusLen(b []byte) int {
	switch {
	case b[0] == '-' || b[0] == 0x96: // en dash in Windows-1252
		return 1
	case len(b) > 2 && b[0] == 0xE2 && (b[1] == 0x88 && b[2] == 0x92 || b[1] == 0x80 && b[2] == 0x93 || b[1] == 0x96 && b[2]|1 == 0xB3),
		len(b) > 2 && b[0] == 0xEF && b[1] == 0xBC && b[2] == 0x8D:
		return 3
	}
	return 0
}

// equalFold compares with ASCII letters folded; lower is in lower case.
func equalFold(b []byte, lower string) bool {
	if len(b) != len(lower) {
		return false
	}
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

package orders

import "unicode/utf8"

// What else the rows of a customer's first order say is carried along, as far as customers can be grouped by it: a channel, a country,
// a discount code, a first product. Of each such column a customer has one value. Two bytes a row and two a customer is all it takes.

// MaxCarried is how many columns are carried at most.
const MaxCarried = 8

const (
	maxValues   = 4095   // different texts of a column that are told apart; what comes after them is together
	maxValue    = 80     // bytes of a text that are kept
	otherValues = 0xFFFF // stands for them
)

// Carried is a column by which customers can be grouped.
type Carried struct {
	Column int    // number, from 1
	Name   []byte // as the header has it, empty where there is none
	values interner
}

// Values is how many texts the column has, Value each of them as UTF-8; the caller must not change it.
func (c *Carried) Values() int { return len(c.values.offset) }

// Value is one of them.
func (c *Carried) Value(i int) []byte { return c.values.id(uint32(i)) }

// CarriedBy says what column i has for customer c, by the row of their first order: the number of a value; no text, or one beyond those that
// are told apart, for which it is NoValue and OtherValue.
func (l *Log) CarriedBy(i, c int) int {
	switch code := l.carried[c*len(l.Carried)+i]; code {
	case 0:
		return NoValue
	case otherValues:
		return OtherValue
	default:
		return int(code) - 1
	}
}

// What CarriedBy says where a customer has no value of its own.
const (
	NoValue    = -1
	OtherValue = -2
)

// codes are the values of a row, by carried column: 1 + a number of Carried.Value, 0 for none.
type codes [MaxCarried]uint16

// carrier takes in one column.
type carrier struct {
	Carried
	texts interner // as they stand in the file
	codes []uint16 // by number of a text
	keys  interner // in small letters, by number of a value
	part  bool     // of a file of several: a code is 1 + the number of a text, since which texts are one value the whole list tells
}

func newCarrier(column int, name []byte) *carrier {
	c := &carrier{Carried: Carried{Column: column, Name: name}}
	c.values.init()
	c.texts.init()
	c.keys.init()
	return c
}

// of is the code of a cell.
func (c *carrier) of(text []byte) uint16 {
	if len(text) == 0 {
		return 0
	}
	text = clipText(text)
	if n := c.texts.known(text); n >= 0 {
		return c.codes[n]
	}
	if len(c.codes) == maxValues {
		return otherValues
	}
	c.texts.number(text)
	code := c.newText(text)
	if c.part {
		code = uint16(len(c.codes)) + 1
	}
	c.codes = append(c.codes, code)
	return code
}

// newText is the code of a text that was not there before. A value that another text writes with other capitals is the same.
func (c *carrier) newText(text []byte) uint16 {
	if !utf8.Valid(text) {
		text = clipText(recode(nil, text))
	}
	if listed(noValues, normalise(text)) {
		return 0
	}
	key := appendLower(nil, text)
	if len(key) > maxID {
		key = text
	}
	if n := c.keys.known(key); n >= 0 {
		return uint16(n) + 1
	}
	c.values.number(text)
	return uint16(c.keys.number(key)) + 1
}

// noValues are texts that say that there is none, after normalise.
const noValues = "|na|n a|nan|null|nil|none|undefined|not set|not available|not applicable"

// clipText is a text cut between two runes.
func clipText(text []byte) []byte {
	if len(text) <= maxValue {
		return text
	}
	n := maxValue
	for n > maxValue-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return trim(text[:n])
}

// carry reads the carried columns of the row at hand.
func (r *Reader) carry(buf []byte) (out codes) {
	for i, c := range r.carriers {
		out[i] = c.of(r.field(buf, c.Column-1))
	}
	return out
}

// tag notes what the latest row carries.
func (e *events) tag(n int, of codes) {
	for len(e.carried) < len(e.blocks) {
		e.carried = append(e.carried, make([]uint16, n*blockSize))
	}
	copy(e.carried[len(e.blocks)-1][(e.n-1)%blockSize*n:], of[:n])
}

// planCarried decides which columns are carried: the one that Options.GroupBy names first, then those that Options.Carry leaves room for.
func (r *Reader) planCarried(stats []columnStats) {
	add := func(column int) {
		var name []byte
		if r.report.HasHeader && column <= len(r.report.Names) {
			name = r.report.Names[column-1]
		}
		r.carriers = append(r.carriers, newCarrier(column, name))
	}
	if r.opts.GroupBy > 0 {
		add(r.opts.GroupBy)
	}
	if !r.report.HasHeader {
		return
	}
	room := min(r.opts.Carry, MaxCarried)
	for len(r.carriers) < room {
		best, at := 0, -1
		for i := range stats {
			if score := stats[i].carryScore(); score > best && !r.layout.uses(i) && !r.isCarried(i+1) {
				best, at = score, i
			}
		}
		if at < 0 {
			return
		}
		add(at + 1)
	}
}

// isCarried reports whether a column is carried already.
func (r *Reader) isCarried(column int) bool {
	for _, c := range r.carriers {
		if c.Column == column {
			return true
		}
	}
	return false
}

// uses reports whether a column says something else: who, when, how much.
func (l *layout) uses(i int) bool {
	for _, c := range [...]int{l.id, l.date, l.amount, l.order, l.status, l.currency, l.refunded, l.cancelled, l.quantity, l.email, l.phone, l.name,
		l.kind, l.payee, l.status2, l.test, l.trial, l.paid, l.month, l.day, l.adjusted} {
		if c == i {
			return true
		}
	}
	return false
}

// carryScore is how well customers can be grouped by a column, 0 for not at all: its texts repeat, and it is not about a person, a day or money.
func (c *columnStats) carryScore() int {
	const never = ofEmail | ofPhone | ofDate | ofClock | ofCreation | ofOtherDay | ofMoney&^ofSales | ofQuantity | ofTax | ofFee | ofRefund | ofCost | ofCurrency | ofMeasure | ofCancelled
	s := &c.cells
	said, distinct := c.spoken(), c.distinct()
	switch {
	case !c.present || said < 2 || c.meaning&never != 0 || c.test:
		return 0
	case c.meaning&ofName != 0 && c.meaning&(ofLine|ofOthers|ofOther|ofPlace|ofType|ofDiscount) == 0: // somebody's
		return 0
	case s.dates*2 >= s.filled || s.emails*10 >= s.filled || s.fractions > 0:
		return 0
	case s.numbers*2 >= s.filled && distinct > maxCodes:
		return 0
	case distinct*10 > said*7 || distinct < 2 && said == len(c.values): // all different, or all alike
		return 0
	}
	score := 30
	for _, k := range [...]struct {
		of    meaning
		score int
	}{{ofOther, 60}, {ofDiscount, 55}, {ofLine, 50}, {ofPlace, 45}, {ofType, 40}, {ofOthers, 35}} {
		if c.meaning&k.of != 0 {
			score = max(score, k.score)
		}
	}
	for i, word := range carryFirst {
		if hasWord(c.name, word) {
			score = max(score, 100-i)
		}
	}
	switch {
	case distinct > 100:
		score -= 20
	case c.meaning&(ofID|ofShipping) != 0 && c.meaning&ofDiscount == 0:
		score -= 10
	}
	return score
}

// carryFirst are words of names by which customers are grouped most, after normalise.
var carryFirst = [...]string{"channel", "source", "kanal", "quelle", "canal", "fuente", "origen", "origem", "チャネル", "流入元", "القناة", "المصدر", "medium", "campaign", "kampagne",
	"referrer", "country", "land", "pays", "pais", "国", "الدولة", "discount", "coupon", "gutschein", "tags", "tag", "segment", "owner", "plan"}

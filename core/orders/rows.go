package orders

// Rows splits a text in columns for who reads another list than one of orders: the same encodings, delimiters, quotes, titles and customs of dates and
// amounts, the columns left to its owner. It is written to and closed as a Reader is, and calls take for every row after the names.
type Rows struct {
	reader  *Reader
	names   [][]byte
	buf     []byte
	room    []byte
	decimal byte
	votes   [2]int // dates that only one order of day and month allows: MonthFirst, DayFirst
}

// NewRows returns the splitter of a list. take is called for each row; what it is given is valid until it returns.
func NewRows(o Options, take func(*Rows)) *Rows {
	r := &Rows{reader: NewReader(o)}
	r.reader.sink = func(buf []byte) {
		if r.names == nil {
			r.begin()
		}
		r.buf = buf
		take(r)
	}
	return r
}

func (r *Rows) begin() {
	r.names = [][]byte{}
	p := &r.reader.report
	if p.HasHeader {
		for _, name := range p.Names {
			r.names = append(r.names, normalise(name))
		}
	}
	r.decimal = '.'
	if p.Decimal == ',' {
		r.decimal = ','
	}
}

// Write takes the next bytes of the file.
func (r *Rows) Write(chunk []byte) (int, error) { return r.reader.Write(chunk) }

// Close ends the file.
func (r *Rows) Close() { r.reader.Close() }

// Names are the columns' names, as Normalise makes them; none where the first row is one of data. They are known once a row is taken.
func (r *Rows) Names() [][]byte { return r.names }

// Binary reports whether the file is none of text.
func (r *Rows) Binary() bool { return r.reader.report.Binary != BinaryNone }

// Column is the number, from 0, of the first column that goes by one of the names, parted by bars and normalised; -1 where there is none.
func (r *Rows) Column(list string) int {
	for len(list) > 0 {
		var entry string
		entry, list = nextName(list)
		for i, name := range r.names {
			if string(name) == entry {
				return i
			}
		}
	}
	return -1
}

// Cell is a cell of the row at hand, unescaped and trimmed; empty where there is none. It is valid until the next.
func (r *Rows) Cell(column int) []byte {
	if column < 0 || column >= r.reader.scan.n {
		return nil
	}
	r.room = r.reader.cell(r.room[:0], r.buf, column)
	return r.room
}

// Amount reads a cell as an amount of money; false where it is none.
func (r *Rows) Amount(cell []byte) (float64, bool) {
	v, _, said := parseNumber(cell, r.decimal)
	if said != readOK { // the first amounts may have been possible both ways
		if v, _, said = parseNumber(cell, '.'+','-r.decimal); said == readOK {
			r.decimal = '.' + ',' - r.decimal
		}
	}
	return v, said == readOK && v >= -MaxAmount && v <= MaxAmount
}

// Currency is a cell's currency as a number that only the same currency has; 0 for none.
func (r *Rows) Currency(cell []byte) uint64 { return packCurrency(cell) }

// CurrencyName is such a number's code.
func CurrencyName(code uint64) string { return currencyName(code) }

// A CellDay is what a date comes to with the month before the day, and with the day before the month: the same wherever the text leaves no choice.
type CellDay struct{ MonthFirst, DayFirst int32 }

// Date reads a cell as a date, as it is written; false where it is none.
func (r *Rows) Date(cell []byte) (CellDay, bool) {
	d, ok := parseDate(cell, MonthFirst)
	if !ok {
		return CellDay{}, false
	}
	if d.either {
		return CellDay{d.day, d.swapped}, true
	}
	if d.order == MonthFirst || d.order == DayFirst {
		r.votes[d.order-MonthFirst]++
	}
	return CellDay{d.day, d.day}, true
}

// DayFirst reports whether the dates taken so far have the day before the month, as far as they tell: Options.DateOrder decides before them.
func (r *Rows) DayFirst() bool {
	if o := r.reader.opts.DateOrder; o != DateOrderAuto {
		return o == DayFirst
	}
	return r.votes[1] > r.votes[0]
}

// Affirmed reports whether a cell says yes.
func Affirmed(cell []byte) bool { return affirmed(cell) }

package orders

// Reading is what a person decides of how a list is read, in a form that stays right for the next export: columns by
// their names. Its text stands in links, in model files and in score's option -reading. It names no customer: of those
// who are to be left out only that it is the outsized one.
type Reading struct {
	Columns       [NumRoles]string // name or number of the column; "none"; empty guesses
	Statuses      []StatusRule
	Refunds       RefundRule
	Amounts       AmountKind
	KeepUnpaid    bool
	KeepGiftCards bool
	KeepCancelled bool
	Currency      string
	Rates         []Rate
	DateOrder     DateOrder
	Decimal       byte
	SkipOutsized  bool
	Sheet         string // of a workbook, or member of an archive
	Path          string // to the list in JSON, as data.orders
}

// Rate is what one unit of a currency is worth in the currency that is kept.
type Rate struct {
	Code  string
	Worth float64
}

// maxRate is above what one unit of a currency is worth in another; nine digits after the point are kept.
const maxRate = 1e6

// noColumn is the name that says that there is no column.
const noColumn = "none"

// Text is the decisions as a query of an address: empty where nothing is decided.
func (g *Reading) Text() string {
	var out []byte
	add := func(name, value string) {
		if value == "" {
			return
		}
		if len(out) > 0 {
			out = append(out, '&')
		}
		out = append(out, name...)
		out = append(out, '=')
		out = appendEscaped(out, value)
	}
	for role, column := range g.Columns {
		add("column_"+Role(role).String(), column)
	}
	for _, rule := range g.Statuses {
		if rule.Text != "" {
			add("as_"+rule.Standing.String(), rule.Text)
		}
	}
	if g.Refunds != 0 {
		add("refunds", g.Refunds.String())
	}
	if g.Amounts != 0 {
		add("amounts", g.Amounts.String())
	}
	if g.KeepUnpaid {
		add("keep", "unpaid")
	}
	if g.KeepCancelled {
		add("keep", "cancelled")
	}
	if g.KeepGiftCards {
		add("gift_cards", "keep")
	}
	add("currency", g.Currency)
	for _, rate := range g.Rates {
		add("rate_"+string(appendEscaped(nil, rate.Code)), string(appendNumber(nil, rate.Worth)))
	}
	if g.DateOrder != 0 {
		add("date_order", g.DateOrder.String())
	}
	if g.Decimal != 0 {
		add("decimal", string(rune(g.Decimal)))
	}
	if g.SkipOutsized {
		add("skip", "outsized")
	}
	add("sheet", g.Sheet)
	add("path", g.Path)
	return string(out)
}

// ParseReading reads what Text writes. bad is the part that it does not understand, empty where there is none; the rest
// is read.
func ParseReading(text string) (g Reading, bad string) {
	for len(text) > 0 {
		part := text
		if i := indexByte(text, '&'); i >= 0 {
			part, text = text[:i], text[i+1:]
		} else {
			text = ""
		}
		if part == "" {
			continue
		}
		i := indexByte(part, '=')
		if i < 0 || !g.set(unescaped(part[:i]), unescaped(part[i+1:])) {
			bad = part
		}
	}
	return g, bad
}

// set takes in one decision.
func (g *Reading) set(name, value string) bool {
	if value == "" || len(value) > maxID {
		return false
	}
	switch {
	case after(name, "column_") != "":
		for role := range NumRoles {
			if role.String() == after(name, "column_") {
				g.Columns[role] = value
				return true
			}
		}
		return false
	case after(name, "as_") != "":
		for s := range StandingUnknown {
			if s.String() == after(name, "as_") && len(g.Statuses) < maxStatuses {
				g.Statuses = append(g.Statuses, StatusRule{value, s})
				return true
			}
		}
		return false
	case after(name, "rate_") != "":
		worth, ok := PlainNumber([]byte(value), '.')
		if worth = float64(uint64(min(worth, maxRate)*1e9+0.5)) / 1e9; !ok || worth == 0 || worth >= maxRate || len(g.Rates) == maxCurrencies {
			return false
		}
		g.Rates = append(g.Rates, Rate{after(name, "rate_"), worth})
		return true
	}
	return g.choose(name, value)
}

func (g *Reading) choose(name, value string) bool {
	switch name {
	case "refunds":
		return oneOf(value, RefundDrop, &g.Refunds)
	case "amounts":
		return oneOf(value, AmountPerLine, &g.Amounts)
	case "date_order":
		return oneOf(value, DayFirst, &g.DateOrder)
	case "keep":
		g.KeepUnpaid = g.KeepUnpaid || value == "unpaid"
		g.KeepCancelled = g.KeepCancelled || value == "cancelled"
		return value == "unpaid" || value == "cancelled"
	case "gift_cards":
		g.KeepGiftCards = value == "keep"
		return g.KeepGiftCards
	case "currency":
		g.Currency = value
	case "decimal":
		if value != "." && value != "," {
			return false
		}
		g.Decimal = value[0]
	case "skip":
		g.SkipOutsized = value == "outsized"
		return g.SkipOutsized
	case "sheet":
		g.Sheet = value
	case "path":
		g.Path = value
	default:
		return false
	}
	return true
}

// oneOf finds the value of an enumeration by its name.
func oneOf[T interface {
	~uint8
	String() string
}](name string, last T, to *T) bool {
	for v := T(0); v <= last; v++ {
		if v.String() == name {
			*to = v
			return true
		}
	}
	return false
}

// Options are the decisions as options for a file with these names of columns. missing is a column that it does not
// have.
func (g *Reading) Options(o Options, names [][]byte) (_ Options, missing string) {
	for role, column := range g.Columns {
		switch n := columnNumber(column, names); {
		case column == "":
		case n == 0:
			missing = column
		default:
			o.Columns[role] = n
		}
	}
	o.Statuses, o.Refunds, o.Amounts = g.Statuses, g.Refunds, g.Amounts
	o.KeepUnpaid, o.KeepCancelled, o.KeepGiftCards = g.KeepUnpaid, g.KeepCancelled, g.KeepGiftCards
	o.Currency, o.Rates, o.DateOrder, o.Decimal = g.Currency, g.Rates, g.DateOrder, g.Decimal
	o.SkipOutsized = g.SkipOutsized
	return o, missing
}

// read is the options with what their Reading says where they leave it open, and what that is; its columns await their
// names.
func (o Options) read() (Options, Reading) {
	g, _ := ParseReading(o.Reading)
	if len(o.Statuses) == 0 {
		o.Statuses = g.Statuses
	}
	if len(o.Rates) == 0 {
		o.Rates = g.Rates
	}
	if o.Currency == "" {
		o.Currency = g.Currency
	}
	o.Refunds, o.Amounts = orElse(o.Refunds, g.Refunds), orElse(o.Amounts, g.Amounts)
	o.DateOrder, o.Decimal = orElse(o.DateOrder, g.DateOrder), orElse(o.Decimal, g.Decimal)
	o.KeepUnpaid, o.KeepCancelled = o.KeepUnpaid || g.KeepUnpaid, o.KeepCancelled || g.KeepCancelled
	o.KeepGiftCards = o.KeepGiftCards || g.KeepGiftCards
	o.SkipOutsized = o.SkipOutsized || g.SkipOutsized
	return o, g
}

// orElse is v, or what stands in for its zero.
func orElse[T ~uint8](v, other T) T {
	if v == 0 {
		return other
	}
	return v
}

// nameColumns finds the columns that Options.Reading names. missing is one that the file does not have.
func (r *Reader) nameColumns() (missing string) {
	var names [][]byte
	if r.report.HasHeader {
		names = r.report.Names
	}
	for role, column := range r.named.Columns {
		if column == "" || r.opts.Columns[role] != 0 {
			continue
		}
		if n := columnNumber(column, names); n != 0 && n <= r.report.Width {
			r.opts.Columns[role] = n
		} else {
			missing = column
		}
	}
	return missing
}

// decisions are what the options say, in a form that may stand in a link.
func (r *Reader) decisions() Reading {
	o, p := &r.opts, &r.report
	g := Reading{Statuses: o.Statuses, Refunds: o.Refunds, Amounts: o.Amounts, KeepUnpaid: o.KeepUnpaid, KeepCancelled: o.KeepCancelled, KeepGiftCards: o.KeepGiftCards,
		Currency: o.Currency, Rates: o.Rates, DateOrder: o.DateOrder, Decimal: o.Decimal, SkipOutsized: o.SkipOutsized,
		Sheet: r.named.Sheet, Path: r.named.Path}
	var names [][]byte
	if p.HasHeader {
		names = p.Names
	}
	for role, n := range o.Columns {
		switch {
		case n == None:
			g.Columns[role] = noColumn
		case n > 0 && n <= len(names) && columnNumber(string(trim(names[n-1])), names) == n:
			g.Columns[role] = string(trim(names[n-1]))
		case n > 0:
			g.Columns[role] = string(appendWhole(nil, uint64(n)))
		}
	}
	return g.Public(names)
}

// columnNumber is the number of a column by its name or number, None for none, 0 where there is no such column.
func columnNumber(column string, names [][]byte) int {
	switch column {
	case "":
		return 0
	case noColumn:
		return None
	}
	for i, name := range names {
		if string(trim(name)) == column {
			return i + 1
		}
	}
	key := string(normalise([]byte(column)))
	for i, name := range names {
		if key != "" && string(normalise(name)) == key {
			return i + 1
		}
	}
	n := 0
	for i := range len(column) {
		if column[i]-'0' > 9 || n > 1e5 {
			return 0
		}
		n = n*10 + int(column[i]-'0')
	}
	return n
}

// Public is the decisions without what could be somebody's name: a column whose name is not one that columns have is
// named by its number, and a sheet or list of such a name by none.
func (g Reading) Public(names [][]byte) Reading {
	for role, column := range g.Columns {
		if n := columnNumber(column, names); column != "" && n > 0 && !KnownName([]byte(column)) {
			g.Columns[role] = string(appendWhole(nil, uint64(n)))
		}
	}
	if columnNumber(g.Sheet, nil) == 0 && !KnownName([]byte(g.Sheet)) {
		g.Sheet = ""
	}
	if !KnownName([]byte(g.Path)) {
		g.Path = ""
	}
	return g
}

func after(name, prefix string) string {
	if len(name) > len(prefix) && name[:len(prefix)] == prefix {
		return name[len(prefix):]
	}
	return ""
}

func indexByte(text string, c byte) int {
	for i := range len(text) {
		if text[i] == c {
			return i
		}
	}
	return -1
}

// appendEscaped writes a text as a part of a query.
func appendEscaped(out []byte, text string) []byte {
	const hex = "0123456789ABCDEF"
	for i := range len(text) {
		switch c := text[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z' || c-'0' <= 9 || c == '-' || c == '_' || c == '.' || c == '~':
			out = append(out, c)
		default:
			out = append(out, '%', hex[c>>4], hex[c&15])
		}
	}
	return out
}

// unescaped reads what appendEscaped writes; + is a blank.
func unescaped(text string) string {
	var out []byte
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '+':
			out = append(out, ' ')
		case text[i] == '%' && i+2 < len(text) && hexValue(text[i+1]) < 16 && hexValue(text[i+2]) < 16:
			out = append(out, hexValue(text[i+1])<<4|hexValue(text[i+2]))
			i += 2
		default:
			out = append(out, text[i])
		}
	}
	return string(out)
}

func hexValue(c byte) byte {
	switch {
	case c-'0' <= 9:
		return c - '0'
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 16
}

// appendNumber writes a rate in nine digits after the point, at most.
func appendNumber(out []byte, v float64) []byte {
	if !(v > 0 && v < maxRate) {
		return append(out, '0')
	}
	scaled := uint64(v*1e9 + 0.5)
	out = appendWhole(out, scaled/1e9)
	if rest := scaled % 1e9; rest > 0 {
		out = append(out, '.')
		for at := uint64(1e8); rest > 0; at /= 10 {
			out = append(out, byte('0'+rest/at))
			rest %= at
		}
	}
	return out
}

func appendWhole(out []byte, n uint64) []byte {
	if n >= 10 {
		out = appendWhole(out, n/10)
	}
	return append(out, byte('0'+n%10))
}

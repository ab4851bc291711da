package orders

import (
	"slices"
	"unicode/utf8"
)

// Use is what one of several tables is for.
type Use uint8

// Uses. Those from UseNoTable on leave the table out.
const (
	UseOrders    Use = iota // a list of orders; several are read one after the other
	UseCustomers            // tells who the customers are, by their number or address
	UseLines                // line items or payments: amounts that the orders lack
	UseColumns              // tells more of each order, by its number
	UseNoTable              // no columns with names, or no rows
	UseNoKey                // shares no column of numbers or addresses with the orders
	UseKnown                // has nothing that the orders lack
	NumUses                 // the number of uses
)

func (u Use) String() string {
	return pick(int(u), "orders", "customers", "lines", "columns", "no_table", "no_key", "known")
}

// A Plan is what several tables are for.
type Plan struct {
	Order []int // the tables that are to be read, in their order
	Parts []Part
}

// A Part is what became of one of several tables.
type Part struct {
	Use     Use
	Key     []byte // the orders' column by which it is joined
	Other   []byte // its own column for that
	Rows    uint64 // with anything in them
	Repeats uint64 // of a list: rows of orders that another list has, counted once
	Damaged uint64 // rows with an open quote, too many columns, or a NUL; left out
	Unpaid  uint64 // of line items or payments: those that their status says were not paid; left out
	Missed  uint64 // of the orders' rows: those that found nothing here
	Full    bool   // too large to look up whole; the rows after the first maxLookUp bytes are left out
}

const (
	joinHead  = 1 << 16 // bytes of a table that are looked at for the plan
	joinRows  = 500     // rows of these
	maxLookUp = 1 << 30 // bytes of a table that is looked up
	maxRuns   = 1 << 16 // stretches of rows whose places are remembered
)

// Join makes several tables one, by what they are. First Add tells it how each begins, then Plan
// says in which order they are to be read, then each is opened and written in that order; Close
// ends the last. The rows come out as lines of comma-separated text.
//
// Lists of orders follow each other. An order that two of them have counts once: as the newer one
// has it, by its number and day; where orders have no numbers, equal rows count once. A table that
// the orders refer to, or that refers to them, adds what they lack.
type Join struct {
	out    func(line []byte)
	tables []*joinTable
	lists  []*joinTable
	looks  []*lookUp
	names  [][]byte // of the columns
	keys   []string // the same, normalised
	roles  [NumRoles]int
	header bool

	at       *joinTable // that is being read
	listed   int        // lists begun
	orders   hashSet    // orders seen, with the list that had them
	rows     hashSet    // rows without a number
	skip     bool       // the rows that continue an order are left out as it was
	part     uint64     // the order at hand, of which another list has a part
	cut      bool       // and lacks a line that this one has: it was cut in two, and all its rows count
	held     []heldRow  // its rows so far whose lines the other list has too
	last     uint64     // hash of the number of the row before
	cells    [][]byte
	text     []byte
	line     uint32 // written so far
	rejoined uint64 // rows put together again, of all tables
	blank    uint64 // blank lines, of all lists
	runs     []run
	scratch  []byte
}

// heldRow is a row of the whole that is not written yet.
type heldRow struct {
	cells [][]byte
	place uint32
}

// A run is a stretch of lines that follow each other in their table as they do in the whole.
type run struct {
	line  uint32 // the first
	table int
	place uint32 // of it in its table
}

// joinTable is one of the tables.
type joinTable struct {
	Part
	number    int
	report    *Report
	names     [][]byte
	keys      []string
	meanings  []meaning
	moneyIn   uint64 // the currency that its column of amounts is named after
	tell      []byte // that, to be written beside each amount: the other lists have another; nil where they have the same
	people    bool
	undecided bool // a dump whose table of orders begins further below
	merged    bool // blank cells are those above
	itemised  bool // it has columns of line items
	sample    [][][]byte
	newest    int32
	whole     bool // the sample is all of it
	opts      Options

	reader *Reader
	first  edge // its first order, and its last one so far
	last   edge
	line   []int // places of what a line of an order says
	lined  bool  // an order has had several rows
	to     []int // column of the whole, -1 for none
	swap   []bool
	iso    bool // its dates are written anew
	look   *lookUp
}

// An edge is an order at the start or the end of a list, which may go on in another one.
type edge struct {
	key   uint64
	lines []uint64 // hashes of what its rows say of their lines
}

const maxEdge = 1 << 10 // rows of an edge

// NewJoin returns a Join whose lines go to out, each with its line end; out keeps none of them.
func NewJoin(out func(line []byte)) *Join { return &Join{out: out} }

// Add takes in how a table begins: its first bytes, 65,536 at most, as text that the Reader reads. whole says that
// these are all. o are the options of the Reader; their columns are those of the whole, and do not count here.
func (j *Join) Add(head []byte, whole bool, o Options) {
	if len(head) > joinHead {
		head, whole = head[:joinHead], false
	}
	o, _ = o.read()
	o.Columns, o.Preset, o.Reading = [NumRoles]int{}, PresetAuto, ""
	t := &joinTable{number: len(j.tables), whole: whole, opts: o}
	j.tables = append(j.tables, t)
	if !whole && !recasts(head) {
		head = head[:lastLine(head)]
	}
	probe := NewReader(o)
	probe.Write(head)
	probe.Close()
	if d, ok := probe.recast.by.(*dump); ok && !whole && d.chosen < 0 {
		t.undecided = true
	}
	t.report, t.people, t.moneyIn = probe.Report(), probe.ofCustomers, probe.moneyIn
	t.newest = t.report.LastDay
	t.merged = slices.ContainsFunc(t.report.Questions, func(q Question) bool { return q.Code == QuestionMerged })
	t.names = t.report.Names
	words := newLexicon()
	for i := range t.report.Width {
		var name []byte
		if i < len(t.names) {
			name = normalise(t.names[i])
		}
		m, _ := words.name(name)
		t.meanings = append(t.meanings, m)
		t.keys = append(t.keys, string(name))
	}
	rows := NewReader(o)
	rows.sink = func(buf []byte) {
		if len(t.sample) == joinRows {
			return
		}
		cells := make([][]byte, min(rows.scan.n, t.report.Width))
		for i := range cells {
			cells[i] = rows.cell(nil, buf, i)
		}
		t.sample = append(t.sample, cells)
	}
	rows.Write(head)
	rows.Close()
}

// lastLine is the length of b up to its last line end, all of it where it has none.
func lastLine(b []byte) int {
	for n := len(b); n > 0; n-- {
		if b[n-1] == '\n' || b[n-1] == '\r' {
			return n
		}
	}
	return len(b)
}

// Parts says what became of the tables, in the order of Add; complete after Close.
func (j *Join) Parts() []Part {
	parts := make([]Part, len(j.tables))
	for i, t := range j.tables {
		parts[i] = t.Part
	}
	return parts
}

// Lines reports whether the amounts come from line items: they are parts of an order.
func (j *Join) Lines() bool {
	for _, l := range j.looks {
		if l.table.Use == UseLines {
			return true
		}
	}
	return false
}

// Options are those with which the lines are to be read: o, which were those of the tables, with what is known by now.
func (j *Join) Options(o Options) Options {
	o.Delimiter, o.Header, o.Encoding = ',', HeaderAbsent, EncodingUTF8
	if j.header {
		o.Header = HeaderPresent
	}
	o.lines, o.joined = j.Lines(), true
	return o
}

// Settle gives the rows that a report has set aside the places that they have in their tables, and counts those that were put together, or were blank, before they came to it.
func (j *Join) Settle(r *Report) {
	r.Rejoined += j.rejoined
	r.Blank += j.blank
	for i := range r.SetAside {
		for k := range r.SetAside[i].Examples {
			e := &r.SetAside[i].Examples[k]
			table, line := j.locate(e.Line)
			e.File, e.Line = uint32(table+1), line
		}
	}
}

// Plan decides what each table is for, and returns those that are to be read, in their order.
func (j *Join) Plan() []int {
	var rest []*joinTable
	for _, t := range j.tables {
		if t.undecided || t.report.Binary != BinaryNone || t.report.Width < 2 || len(t.sample) == 0 {
			t.Use = UseNoTable
			continue
		}
		rest = append(rest, t)
	}
	if len(rest) == 0 {
		return nil
	}
	base := j.base(rest)
	j.header = base.report.HasHeader
	rest = j.planLists(base, rest)
	for _, t := range rest {
		j.planLookUp(t, base)
	}
	for _, l := range j.looks {
		j.addColumns(l)
	}
	j.cells = make([][]byte, len(j.names))
	var order []int
	for _, l := range j.looks {
		for _, t := range l.tables {
			order = append(order, t.number)
		}
	}
	for _, t := range j.lists {
		order = append(order, t.number)
	}
	return order
}

// base is the table that is most like a list of orders.
func (j *Join) base(tables []*joinTable) *joinTable {
	best, most := tables[0], -1
	for _, t := range tables {
		score := 0
		if t.complete() {
			score += 16
		}
		if t.has(RoleDate) && t.report.Basis[RoleDate] != BasisContents && !t.people {
			score += 8
		}
		if t.has(RoleID) {
			score += 4
		}
		if t.has(RoleAmount) {
			score += 2
		}
		if !t.ofLines() {
			score++
		}
		if score > most || score == most && t.number != best.number && j.numbered(t, best) && t.newest > best.newest {
			best, most = t, score
		}
	}
	return best
}

// numbered reports whether both tables have numbers of orders.
func (j *Join) numbered(a, b *joinTable) bool { return a.has(RoleOrder) && b.has(RoleOrder) }

func (t *joinTable) has(role Role) bool { return t.report.Columns[role] > 0 }

// complete reports whether a table is a list of orders by itself.
func (t *joinTable) complete() bool {
	return t.has(RoleID) && t.has(RoleDate) && t.has(RoleAmount) && !t.people &&
		(t.report.Basis[RoleDate] != BasisContents || !t.report.HasHeader)
}

// ofLines reports whether the columns are those of line items.
func (t *joinTable) ofLines() bool {
	for _, m := range t.meanings {
		if m&ofLine != 0 && m&(ofID|ofName|ofPrice|ofUnit|ofAmount|ofTotal) != 0 {
			return true
		}
	}
	return false
}

// find is the column of a normalised name, -1 for none.
func find(keys []string, key string) int {
	for i, k := range keys {
		if k == key && k != "" {
			return i
		}
	}
	return -1
}

// alike reports whether two tables are exports of the same kind.
func (t *joinTable) alike(o *joinTable) bool {
	if t.report.HasHeader != o.report.HasHeader {
		return false
	}
	if !t.report.HasHeader {
		return t.report.Width == o.report.Width
	}
	common := 0
	for _, k := range t.keys {
		if find(o.keys, k) >= 0 {
			common++
		}
	}
	return 2*common >= max(len(t.keys), len(o.keys))
}

// planLists finds the lists of orders, the newest first where orders have numbers, and returns the other tables.
func (j *Join) planLists(base *joinTable, tables []*joinTable) (rest []*joinTable) {
	for _, t := range tables {
		if t == base || t.alike(base) || t.report.HasHeader == base.report.HasHeader && t.complete() && base.complete() && !t.sameOrders(base) {
			j.lists = append(j.lists, t)
		} else {
			rest = append(rest, t)
		}
	}
	numbers := true
	for _, t := range j.lists {
		numbers = numbers && t.has(RoleOrder)
	}
	for i := range j.lists {
		for k := i; numbers && k > 0 && j.lists[k].newest > j.lists[k-1].newest; k-- {
			j.lists[k], j.lists[k-1] = j.lists[k-1], j.lists[k]
		}
	}
	j.addList(base)
	base.lineColumns()
	for role, c := range base.report.Columns {
		j.roles[role] = c - 1
		if c > 0 {
			j.roles[role] = base.to[c-1]
		}
	}
	for _, t := range j.lists {
		if t != base {
			j.addList(t)
			t.lineColumns()
			t.swapMarks(base)
		}
	}
	j.tellMoney()
	return rest
}

// sameOrders reports whether two tables hold the same orders.
func (t *joinTable) sameOrders(o *joinTable) bool {
	return t.has(RoleOrder) && o.has(RoleOrder) && overlap(t.values(t.report.Columns[RoleOrder]-1), o.values(o.report.Columns[RoleOrder]-1)) >= 0.5
}

// addList gives each column of a list its place: by its name, or else by its role.
func (j *Join) addList(t *joinTable) {
	t.to = make([]int, t.report.Width)
	first := len(j.names) == 0
	for i, key := range t.keys {
		t.to[i] = -1
		if key != "" && find(t.keys[:i], key) < 0 {
			t.to[i] = find(j.keys, key)
		}
		if !t.report.HasHeader && !first && i < len(j.names) {
			t.to[i] = i
		}
	}
	for role, c := range t.report.Columns {
		if at := j.roles[role]; !first && c > 0 && at >= 0 && t.to[c-1] < 0 && !among(t.to, at) {
			t.to[c-1] = at
		}
	}
	for i, key := range t.keys {
		if t.to[i] < 0 && (first || key != "" && find(t.keys[:i], key) < 0) {
			t.to[i] = len(j.names)
			var name []byte
			if i < len(t.names) {
				name = t.names[i]
			}
			j.names, j.keys = append(j.names, name), append(j.keys, key)
		}
	}
}

// lineColumns finds what tells a line of an order from the others.
func (t *joinTable) lineColumns() {
	for i, m := range t.meanings {
		if m&(ofLine|ofQuantity) != 0 && m&(ofDate|ofStatus|ofState|ofRefund) == 0 {
			t.line = append(t.line, t.to[i])
		}
	}
	if t.itemised = len(t.line) > 0; !t.itemised && t.has(RoleAmount) {
		t.line = append(t.line, t.to[t.report.Columns[RoleAmount]-1])
	}
}

// among reports whether a list of columns has one.
func among(list []int, column int) bool {
	for _, c := range list {
		if c == column {
			return true
		}
	}
	return false
}

// swapMarks notes the columns of money whose decimal mark is not that of the base, and whether the dates are of
// another order.
func (t *joinTable) swapMarks(base *joinTable) {
	t.swap = make([]bool, t.report.Width)
	other := t.report.DecimalReason >= DecimalByRow && base.report.DecimalReason >= DecimalByRow && t.report.Decimal != base.report.Decimal
	for _, role := range [...]Role{RoleAmount, RoleRefunded, RoleQuantity} {
		if c := t.report.Columns[role]; c > 0 {
			t.swap[c-1] = other
		}
	}
	t.iso = t.report.DateOrderReason == OrderByRow && t.report.DateOrder != base.report.DateOrder && base.report.DateOrder != DateOrderAuto
}

// tellMoney has lists whose columns of amounts are named after a currency say it in each row, where others have another one, or a column of currencies.
func (j *Join) tellMoney() {
	first := j.lists[0]
	if !slices.ContainsFunc(j.lists, func(t *joinTable) bool { return t.moneyIn != first.moneyIn || t.has(RoleCurrency) }) {
		return
	}
	for _, t := range j.lists {
		if t.moneyIn != 0 {
			t.tell = []byte(" " + currencyName(t.moneyIn))
		}
	}
}

// Open begins table i: what is written until the next Open, or Close, is of it.
func (j *Join) Open(i int) {
	j.end()
	t := j.tables[i]
	t.reader = NewReader(t.opts)
	j.at = t
	if t.Use == UseOrders {
		if j.listed++; j.listed == 1 && j.header {
			for i, name := range j.names {
				j.text = appendCell(j.text, i, name)
			}
			j.emit()
		} else if j.listed > 1 && slices.ContainsFunc(j.lists, func(t *joinTable) bool { return t.merged }) { // an empty line: a blank cell means none of the list before
			j.emit()
		}
		t.reader.sink = func(buf []byte) { j.row(t, buf) }
		j.last, j.skip = 0, false
		j.begin(0)
		return
	}
	t.look.begin(t)
	t.reader.sink = func(buf []byte) { t.look.take(t, buf) }
}

// Write takes the next bytes of the table, all of them.
func (j *Join) Write(chunk []byte) (int, error) { return j.at.reader.Write(chunk) }

// Close ends the last table.
func (j *Join) Close() error {
	j.end()
	return nil
}

func (j *Join) end() {
	if j.at == nil {
		return
	}
	j.at.reader.Close()
	j.at.Damaged += j.at.reader.report.SetAside[ReasonOversized].Rows
	j.rejoined += j.at.reader.report.Rejoined
	if j.at.Use == UseOrders {
		j.blank += j.at.reader.report.Blank
	}
	j.at.reader = nil
	j.at = nil
}

// sound counts a row of a table, and reports whether it is whole.
func (t *joinTable) sound(buf []byte) bool {
	t.Rows++
	s := &t.reader.scan
	if s.nul || s.stray || s.n > maxColumns || s.n > t.report.Width && !t.reader.blankFrom(buf, t.report.Width) && !t.reader.realign(buf) {
		t.Damaged++
		return false
	}
	return true
}

// row takes in a row of a list of orders.
func (j *Join) row(t *joinTable, buf []byte) {
	if !t.sound(buf) {
		return
	}
	clear(j.cells)
	for i, to := range t.to {
		if to < 0 || i >= t.reader.scan.n {
			continue
		}
		cell := t.cell(buf, i)
		switch {
		case len(t.swap) > i && t.swap[i]:
			cell = swapped(cell)
		case t.iso && i == t.report.Columns[RoleDate]-1:
			cell = isoText(cell, t.report.DateOrder)
		}
		if t.tell != nil && i == t.report.Columns[RoleAmount]-1 && len(cell) > 0 && cell[len(cell)-1] >= '0' && cell[len(cell)-1] <= '9' {
			cell = append(append([]byte(nil), cell...), t.tell...)
		}
		j.cells[to] = cell
	}
	if j.repeated(t) {
		t.Repeats++
		j.hold(t)
		return
	}
	j.release(t)
	j.fill(0, t.reader.line)
}

// hold keeps a row that repeats a line of an order at the edge of another list.
func (j *Join) hold(t *joinTable) {
	if j.part == 0 || len(j.held) == maxEdge {
		return
	}
	cells := make([][]byte, len(j.cells))
	for i, cell := range j.cells {
		cells[i] = append([]byte(nil), cell...)
	}
	j.held = append(j.held, heldRow{cells, t.reader.line})
}

// release writes what was held: the order was cut in two, and equal lines stand on either side.
func (j *Join) release(t *joinTable) {
	if !j.cut || len(j.held) == 0 {
		return
	}
	own := j.cells
	for _, row := range j.held {
		j.cells = row.cells
		t.Repeats--
		j.fill(0, row.place)
	}
	j.cells, j.held = own, nil
}

// cell is the text of column i of the row at hand.
func (t *joinTable) cell(buf []byte, i int) []byte {
	cell := t.reader.scan.text(buf, i)
	if t.reader.scan.escaped(i) {
		cell = unescape(nil, cell)
	}
	return trim(cell)
}

// swapped is a number with its points and commas exchanged.
func swapped(cell []byte) []byte {
	out := append([]byte(nil), cell...)
	for i, c := range out {
		switch c {
		case '.':
			out[i] = ','
		case ',':
			out[i] = '.'
		}
	}
	return out
}

// isoText is a date as year, month and day.
func isoText(cell []byte, order DateOrder) []byte {
	d, ok := parseDate(cell, order)
	if !ok {
		return cell
	}
	return appendDay(nil, d.day)
}

// appendDay writes a day as 2024-01-31.
func appendDay(out []byte, day int32) []byte {
	y, m, d := Civil(day)
	for _, n := range [...]int{y / 100, y % 100, -1, m, -1, d} {
		if n < 0 {
			out = append(out, '-')
			continue
		}
		out = append(out, byte('0'+n/10), byte('0'+n%10))
	}
	return out
}

// repeated reports whether an earlier list has had the order, or the row where it has no number.
func (j *Join) repeated(t *joinTable) bool {
	if len(j.lists) == 1 {
		return false
	}
	list := uint32(j.listed)
	var number []byte
	if at := j.roles[RoleOrder]; at >= 0 && t.has(RoleOrder) {
		number = j.cells[at]
	}
	if len(number) == 0 {
		j.last, j.skip = 0, false
		j.begin(0)
		j.scratch = j.scratch[:0]
		for i, cell := range j.cells {
			j.scratch = appendCell(j.scratch, i, cell)
		}
		return j.rows.again(hash(j.scratch), list)
	}
	h := hash(number)
	var date []byte
	if at := j.roles[RoleDate]; at >= 0 {
		date = j.cells[at]
	}
	if h == j.last && len(date) == 0 {
		return j.skip
	}
	j.last = h
	day := int32(0)
	if d, ok := parseDate(date, DayFirst); ok {
		day = d.day
	}
	key := mix(h ^ uint64(uint32(day)))
	if key != j.part {
		j.begin(0)
	}
	line := j.lineOf(t)
	j.skip = j.orders.has(key, list) && !j.continues(t, key, line)
	t.edges(key, line)
	return j.skip
}

// begin turns to another order.
func (j *Join) begin(part uint64) { j.part, j.cut, j.held = part, false, nil }

// lineOf is what the row at hand says of its line of an order: the columns of line items, or else the amount.
func (j *Join) lineOf(t *joinTable) uint64 {
	j.scratch = j.scratch[:0]
	for i, to := range t.line {
		j.scratch = appendCell(j.scratch, i, j.cells[to])
	}
	return hash(j.scratch)
}

// continues reports whether a row goes on with an order that another list begins or ends with: one cut in two. A list
// that has the order again, as it was at another time, has the same lines; one that lacks any has not the order but a part
// of it, and then lines that both have are different ones.
func (j *Join) continues(t *joinTable, key, line uint64) bool {
	before := 0
	if t.last.key == key {
		before = t.last.times(line)
	}
	for _, l := range j.lists {
		if l == t || !t.itemised && !l.lined {
			continue
		}
		for _, e := range [...]*edge{&l.last, &l.first} {
			if e.key != key || e == &l.last && !t.first.isOpen(key) {
				continue
			}
			if j.part != key {
				j.begin(key)
			}
			j.cut = j.cut || e.times(line) <= before && len(e.lines) < maxEdge
		}
	}
	return j.part == key && j.cut
}

// isOpen reports whether a key is that of the first order, or none has come yet.
func (e *edge) isOpen(key uint64) bool { return e.key == 0 || e.key == key }

// times is how often a line stands in an order.
func (e *edge) times(line uint64) int {
	n := 0
	for _, l := range e.lines {
		if l == line {
			n++
		}
	}
	return n
}

// edges notes the row at hand.
func (t *joinTable) edges(key, line uint64) {
	t.first.note(key, line, t.first.key == 0)
	t.lined = t.lined || t.last.key == key
	t.last.note(key, line, t.last.key != key)
}

func (e *edge) note(key, line uint64, begin bool) {
	if begin {
		e.key, e.lines = key, e.lines[:0]
	}
	if e.key == key && len(e.lines) < maxEdge {
		e.lines = append(e.lines, line)
	}
}

// fill puts in what look-ups from number i on have, and writes the row: once, or once for each line item.
func (j *Join) fill(i int, place uint32) {
	if i == len(j.looks) {
		for k, cell := range j.cells {
			j.text = appendCell(j.text, k, cell)
		}
		if j.cut { // an empty cell more: the same row of the other list is another line of the order, and no copy
			j.text = append(j.text, ',')
		}
		j.emit()
		j.remember(place)
		return
	}
	l := j.looks[i]
	row := l.find(j.cells[l.key])
	if row == 0 {
		l.table.Missed++
	}
	for {
		for k, to := range l.to {
			if row != 0 {
				j.cells[to] = l.cell(row, k)
			}
		}
		j.fill(i+1, place)
		if row == 0 || l.table.Use != UseLines {
			return
		}
		if row = l.next[row-1]; row == 0 {
			return
		}
	}
}

// emit ends the line and hands it on.
func (j *Join) emit() {
	j.text = append(j.text, '\n')
	j.out(j.text)
	j.text = j.text[:0]
	j.line++
}

// remember notes where the line came from.
func (j *Join) remember(place uint32) {
	table := j.at.number
	if n := len(j.runs); n > 0 {
		last := &j.runs[n-1]
		if last.table == table && place-last.place == j.line-last.line || n == maxRuns {
			return
		}
	}
	j.runs = append(j.runs, run{j.line, table, place})
}

// locate is the table, and the line in it, of a line of the whole; -1 where it is not known.
func (j *Join) locate(line uint32) (table int, place uint32) {
	at := -1
	for i := range j.runs {
		if j.runs[i].line > line {
			break
		}
		at = i
	}
	if at < 0 || at == maxRuns-1 && len(j.runs) == maxRuns {
		return -1, 0
	}
	r := j.runs[at]
	return r.table, r.place + line - r.line
}

// appendCell writes a cell as RFC 4180 has it, without line ends, and as UTF-8.
func appendCell(out []byte, at int, cell []byte) []byte {
	if at > 0 {
		out = append(out, ',')
	}
	if !utf8.Valid(cell) {
		cell = recode(nil, cell)
	}
	quote := false
	for _, c := range cell {
		if c == ',' || c == '"' || c == ';' || c == '|' || c < ' ' {
			quote = true
			break
		}
	}
	if !quote {
		return append(out, cell...)
	}
	out = append(out, '"')
	for _, c := range cell {
		switch c {
		case '"':
			out = append(out, '"', '"')
		case '\n', '\r', 0:
			out = append(out, ' ')
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}

// hashSet holds hashes, each with how it came.
type hashSet struct {
	slots []hashSlot
	n     int
}

type hashSlot struct {
	hash  uint64
	list  uint32 // the first list that had it; 0 for an empty slot
	here  uint32 // times in the list at hand
	in    uint32 // which that is
	known uint32 // times in one of the lists before, the most
}

func (s *hashSet) slot(h uint64) *hashSlot {
	if s.n*4 >= len(s.slots)*3 {
		old := s.slots
		s.slots = make([]hashSlot, max(1024, 2*len(old)))
		for _, slot := range old {
			if slot.list != 0 {
				*s.place(slot.hash) = slot
			}
		}
	}
	slot := s.place(h)
	if slot.list == 0 {
		s.n++
	}
	return slot
}

func (s *hashSet) place(h uint64) *hashSlot {
	mask := uint64(len(s.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if slot := &s.slots[i]; slot.list == 0 || slot.hash == h {
			return slot
		}
	}
}

// has notes that a list has a hash, and reports whether an earlier one had it.
func (s *hashSet) has(h uint64, list uint32) bool {
	slot := s.slot(h)
	if slot.list == 0 {
		slot.hash, slot.list = h, list
	}
	return slot.list != list
}

// again notes that a list has a hash once more, and reports whether an earlier list had it as often.
func (s *hashSet) again(h uint64, list uint32) bool {
	slot := s.slot(h)
	if slot.list == 0 {
		slot.hash, slot.list = h, list
	}
	if slot.in != list {
		slot.known = max(slot.known, slot.here)
		slot.here, slot.in = 0, list
	}
	slot.here++
	return slot.here <= slot.known
}

package orders

import (
	"bytes"
	"cmp"
)

// Rows are what a list says row by row, before it is known who has ordered how often: one step of many machines reads them, file by file, another puts
// together those of a customer (Gather). The steps are those of a Reader, so that a list in parts gives the same Log.

// Settled is what the parts of a list agree on and its beginning does not tell. The zero value leaves it open.
type Settled struct {
	DateOrder DateOrder // of the first row that is possible in one order only
	Currency  string    // of the first row that has one
}

// NewPart returns a Reader of one file of several that are alike. beginning is how the list begins, enough of it for its format to be told, whole that
// it is all there is; the file begins with the same rows of names. aside, where not nil, is told of every row that is set aside; text is good for the call.
// Rows go to Take: Log stays empty.
func NewPart(o Options, s Settled, beginning []byte, whole bool, aside func(reason Reason, line uint32, text []byte)) *Reader {
	r := NewReader(o)
	r.start0(beginning)
	if r.report.Binary == BinaryNone {
		r.sniff(whole)
	}
	r.sniffed = true
	if s.DateOrder != DateOrderAuto && !r.dates.decided {
		r.dates.order, r.dates.reason, r.dates.decided = s.DateOrder, OrderByRow, true
	}
	if s.Currency != "" {
		r.money.chosen = packCurrency([]byte(s.Currency))
	}
	r.started, r.buf, r.aside = false, nil, aside
	for _, c := range r.carriers {
		c.part = true
	}
	return r
}

// GroupTexts are the texts of the column of Options.GroupBy in the rows so far, in their order, as many as are told apart; nil without such a column.
func (r *Reader) GroupTexts() (texts [][]byte) {
	if len(r.carriers) > 0 {
		t := &r.carriers[0].texts
		for i := range t.offset {
			texts = append(texts, bytes.Clone(t.id(uint32(i))))
		}
	}
	return texts
}

// MostGroupTexts is how many texts of a column are told apart, the first of a list.
const MostGroupTexts = maxValues

// A GroupColumn is the column of Options.GroupBy over all parts of a list.
type GroupColumn struct{ carrier *carrier }

// NewGroupColumn makes one of its texts, in the order in which the list has them first.
func NewGroupColumn(column int, name []byte, texts [][]byte) *GroupColumn {
	c := newCarrier(column, name)
	for _, text := range texts[:min(len(texts), maxValues)] {
		c.of(text)
	}
	return &GroupColumn{c}
}

// Carried is the column as a Log carries it.
func (g *GroupColumn) Carried() *Carried { return &g.carrier.Carried }

// code is that of a row.
func (g *GroupColumn) code(row *Row) uint16 {
	if len(row.Group) == 0 && !row.Others {
		return 0
	}
	if n := g.carrier.texts.known(row.Group); n >= 0 && !row.Others {
		return g.carrier.codes[n]
	}
	return otherValues
}

// BeginningBytes is how much of a list tells its format.
const BeginningBytes = maxRecord + maxRecord/2

func (r *Reader) start0(beginning []byte) {
	r.head = beginning[:min(len(beginning), headBytes)]
	head := r.head
	r.start()
	if r.report.Binary == BinaryNone {
		rest := beginning[len(head):]
		r.buf, _ = r.decoder.decode(r.buf, rest[:min(len(rest), BeginningBytes)])
	}
}

// Settled is what the rows so far have settled; of several parts, the first that has settled something decides.
func (r *Reader) Settled() (s Settled) {
	if r.dates.decided && r.dates.order < yearFirst {
		s.DateOrder = r.dates.order
	}
	s.Currency = currencyName(r.money.chosen)
	return s
}

// EndPart ends a file whose rows are taken.
func (r *Reader) EndPart() {
	if !r.started {
		r.start()
	}
	if r.report.Binary == BinaryNone {
		r.drain(true)
	}
	r.settleGift(false)
	r.settleHistories()
	r.money.report(&r.report)
	r.report.Statuses = append(append(r.statuses.report(RoleStatus), r.statuses2.report(RoleStatus)...), r.types.report(RoleType)...)
}

// A Row is an order, or what takes one back.
type Row struct {
	ID     []byte // who, as they are told apart; the row's memory where Take gives it
	Day    int32
	Amount float64 // not negative
	Key    uint64  // of its order and its line, 0 without a number of the order
	Place  uint64  // of it in the file, among those of its Kind
	Kind   RowKind

	Group  []byte // what the column of Options.GroupBy says, as it stands there; of orders alone
	Others bool   // it says one of the texts beyond those that are told apart
}

// RowKind is what a Row is.
type RowKind uint8

// The kinds of rows.
const (
	RowOrder    RowKind = iota
	RowRefund           // money that went back
	RowRefunded         // an order that its status gave up: the row of its refund may follow
)

// Take gives the rows since the last time, and whose addresses other rows have named, and forgets both.
func (r *Reader) Take(row func(Row), address func(mail, id []byte)) {
	e, ids := &r.events, &r.people.ids
	for k, left := 0, e.n; left > 0; k, left = k+1, left-blockSize {
		b := e.blocks[k]
		for i, c := range b.customer[:min(left, blockSize)] {
			one := Row{ID: ids.id(c), Day: unpackDay(b.day[i]), Amount: b.amount[i], Place: r.taken}
			if k < len(e.keys) {
				one.Key = e.keys[k][i]
			}
			if len(r.carriers) > 0 && k < len(e.carried) {
				switch code := e.carried[k][i*len(r.carriers)]; code {
				case 0:
				case otherValues:
					one.Others = true
				default:
					one.Group = r.carriers[0].texts.id(uint32(code) - 1)
				}
			}
			r.taken++
			row(one)
		}
	}
	for _, f := range e.refunds {
		kind := RowRefund
		if f.settled {
			kind = RowRefunded
		}
		row(Row{ID: ids.id(f.customer), Day: unpackDay(f.day), Amount: f.amount, Key: uint64(f.order) << 32, Place: uint64(f.line), Kind: kind})
	}
	for mail, owner := range r.people.same {
		if owner != 0 {
			address(ids.id(uint32(mail)), ids.id(owner-1))
		}
	}
	blocks := e.blocks
	*e = events{histories: e.histories}
	if len(blocks) > 0 {
		e.spare = blocks[0]
	}
	r.forgetPeople()
}

// forgetPeople empties the table of ids but for those that the next rows may need.
func (r *Reader) forgetPeople() {
	p := &r.people
	var held, carried []byte
	if r.gift.on {
		held = append(held, p.ids.id(r.gift.held.customer)...)
	}
	if r.carries {
		carried = append(carried, p.ids.id(r.carried)...)
	}
	slots := p.ids.slots
	clear(slots)
	*p = identity{lowered: p.lowered, begins: p.begins, ids: interner{slots: slots}}
	if r.gift.on {
		r.gift.held.customer = p.ids.number(held)
	}
	if r.carries {
		r.carried = p.ids.number(carried)
	}
}

// JoinKey is one text for all spellings of a customer that Gather may take for one: whose texts differ are never joined.
func JoinKey(id []byte) []byte {
	rest := withoutZeros(id)
	if end := phoneKey(rest); len(end) > 0 {
		return end
	}
	if len(rest) > 0 {
		return rest
	}
	if end := phoneKey(id); len(end) > 0 {
		return end
	}
	if isName(id) {
		if folded := spelling(id); len(folded) > 0 && len(folded) <= maxID {
			return folded
		}
	}
	return id
}

// IsAddress reports whether an id is an e-mail address, as whose another row may name a customer.
func IsAddress(id []byte) bool { return indexByte(string(id), '@') >= 0 }

// Gather resolves the rows of some customers, all that each of them has, in the order of the list, as a Reader does at the end of a file: copies, lines of
// an order, refunds, orders of one day. first is the row of each customer's first order in the list; unmatched is told of
// each refund that finds no order. The log carries by, where it is not nil.
func Gather(o Options, amounts AmountKind, rows []Row, by *GroupColumn, unmatched func(row int)) (l *Log, first []int, report Report) {
	e, people, at := together(rows, by)
	report.Amounts, report.Respelled = amounts, people.joinSpellings()
	o.SkipOutsized = false
	carriers := 0
	if by != nil {
		carriers = 1
	}
	l, _ = build(e, people, carriers, 0, 1, &o, &report, func(line uint32) { unmatched(int(line)) })
	if by != nil {
		l.Carried = []Carried{by.carrier.Carried}
	}
	report.Orders, report.Customers = uint64(l.Orders()), l.Customers()
	report.FirstDay, report.LastDay = l.Span()
	for i := range l.Customers() {
		first = append(first, at[string(l.ID(i))])
	}
	return l, first, report
}

// together numbers the customers of rows. at is the first row of each id.
func together(rows []Row, by *GroupColumn) (e *events, people *identity, at map[string]int) {
	e, people, at = new(events), new(identity), map[string]int{}
	people.ids.init()
	for i := range rows {
		row := &rows[i]
		n := people.ids.number(row.ID)
		if int(n) == len(at) {
			at[string(row.ID)] = i
		}
		if row.Kind == RowOrder {
			e.push(n, packDay(row.Day, 0, false), row.Amount, row.Key)
			if by != nil {
				e.tag(1, codes{by.code(row)})
			}
		} else {
			e.refunds = append(e.refunds, refund{n, packDay(row.Day, 0, false), row.Amount, uint32(row.Key >> 32), uint32(i), row.Kind == RowRefunded})
		}
	}
	return e, people, at
}

// Repeats counts the neighbouring rows of an order that have one amount, and those that have several: AmountsOf decides by all of them.
func Repeats(rows []Row) (repeats, splits uint64) {
	e, people, _ := together(rows, nil)
	people.joinSpellings()
	b := builder{opts: &Options{}, report: &Report{}}
	b.gather(e, people)
	if b.all.key == nil {
		return 0, 0
	}
	return b.sortByOrder()
}

// AmountsOf is whether rows that share an order's number repeat or split its total.
func AmountsOf(repeats, splits uint64) AmountKind {
	if repeats > 20*splits {
		return AmountPerOrder
	}
	return AmountPerLine
}

// CompareRows sorts rows of one file as Gather takes them.
func CompareRows(a, b Row) int {
	if c := cmp.Compare(a.Kind, b.Kind); c != 0 {
		return c
	}
	return cmp.Compare(a.Place, b.Place)
}

// Decisions is the text of a Reading that says how the list is read: of a part, what the options decide.
func (r *Reader) Decisions() string {
	g := r.decisions()
	return g.Text()
}

package orders

// lookUp is a table whose rows are found by a column of the orders.
type lookUp struct {
	table *joinTable
	key   int   // column of the whole that holds the values
	own   int   // column of the table
	give  []int // columns of the table that are added
	to    []int // their places in the whole

	tables []*joinTable // table, and others of the same kind, read after each other
	from   []int        // columns of the table at hand that are given, -1 where it lacks one
	ids    interner
	rows   hashSet
	part   uint32   // tables begun
	at     int      // column of the values in the table at hand
	first  []uint32 // by number of an id: its first row, from 1
	last   []uint32 // its latest
	next   []uint32 // by row: the next of the same id, 0 for none
	ends   []uint32 // of each cell
	text   []byte
	line   []byte
}

// planLookUp decides whether the orders find a table by a column, and what it gives them.
func (j *Join) planLookUp(t, base *joinTable) {
	for _, l := range j.looks {
		if t.alike(l.table) && find(t.keys, l.table.keys[l.own]) >= 0 {
			t.Use, t.Key, t.Other = l.table.Use, l.table.Key, l.table.Other
			l.tables, t.look = append(l.tables, t), l
			return
		}
	}
	key, own := j.pair(t, base)
	if key < 0 {
		t.Use = UseNoKey
		return
	}
	l := &lookUp{table: t, key: base.to[key], own: own, tables: []*joinTable{t}}
	t.Key, t.Other = base.nameOf(key), t.nameOf(own)
	lines := t.has(RoleAmount) && !base.has(RoleAmount) && !j.Lines() && !t.people
	for i, m := range t.meanings {
		if i != own && t.wanted(i, m, base, lines) {
			l.give = append(l.give, i)
		}
	}
	switch {
	case len(l.give) == 0:
		t.Use = UseKnown
		return
	case lines:
		t.Use = UseLines
	case base.meanings[key]&(ofCustomer|ofEmail) != 0 || key == base.report.Columns[RoleID]-1:
		t.Use = UseCustomers
	default:
		t.Use = UseColumns
	}
	t.look = l
	j.looks = append(j.looks, l)
}

func (t *joinTable) nameOf(column int) []byte {
	if column < len(t.names) {
		return t.names[column]
	}
	return nil
}

// wanted reports whether column i of a table tells what the orders lack: who ordered; with line items also what they
// cost; of an order, when it was, how it stands, in which currency.
func (t *joinTable) wanted(i int, m meaning, base *joinTable, lines bool) bool {
	if t.keys[i] == "" || find(t.keys[:i], t.keys[i]) >= 0 || find(base.keys, t.keys[i]) >= 0 {
		return false
	}
	for _, role := range [...]Role{RoleID, RoleEmail, RolePhone, RoleName} {
		if nameScore(role, m, 0) >= scoreWeak {
			return !base.tells(role) || role == RoleID && m&ofUnique != 0
		}
	}
	if lines {
		return m&(ofMoney|ofQuantity|ofLine|ofWith|ofWithout) != 0 && m&ofSpent == 0 || t.gives(RoleCurrency, i, base)
	}
	for _, role := range [...]Role{RoleDate, RoleStatus, RoleType, RoleCurrency} {
		if !t.people && t.gives(role, i, base) {
			return true
		}
	}
	return false
}

// tells reports whether a table has a column that can have the role.
func (t *joinTable) tells(role Role) bool {
	for _, m := range t.meanings {
		if nameScore(role, m, 0) >= scoreWeak {
			return true
		}
	}
	return t.has(role)
}

func (t *joinTable) gives(role Role, column int, base *joinTable) bool {
	return t.report.Columns[role] == column+1 && !base.has(role)
}

// Scores of pairs of columns by which tables refer to each other.
const (
	pairOrder    = 110
	pairCustomer = 100
	pairEmail    = 90
	pairOwn      = 80 // "id" of a list of customers, to which the orders' "customer id" refers
	pairOther    = 30 // a number of something else
)

// pair finds the columns of the base and of the table that hold the same: by what their names mean, and by what
// stands in them.
func (j *Join) pair(t, base *joinTable) (key, own int) {
	best := 0
	key, own = -1, -1
	for b := range base.keys {
		for o := range t.keys {
			score := j.pairScore(t, base, o, b)
			if score == 0 {
				continue
			}
			x, y := base.values(b), t.values(o)
			if len(x) == 0 || len(y) == 0 {
				continue
			}
			share := overlap(x, y)
			if share == 0 && base.whole && t.whole || score <= pairOwn && share < 0.2 && base.whole && t.whole {
				continue
			}
			if score += int(20 * share); score > best {
				best, key, own = score, b, o
			}
		}
	}
	return key, own
}

func (j *Join) pairScore(t, base *joinTable, own, key int) int {
	a, b := base.meanings[key]&^ofNothing, t.meanings[own]&^ofNothing
	const never = ofDate | ofClock | ofMoney&^ofSales | ofQuantity | ofStatus | ofType | ofCurrency | ofPlace | ofTax | ofShipping | ofRefund | ofCost | ofMeasure | ofDiscount
	if (a|b)&never != 0 {
		return 0
	}
	isOrder := key == base.report.Columns[RoleOrder]-1
	isCustomer := a&ofCustomer != 0 && a&ofID != 0
	same := base.keys[key] == t.keys[own]
	bare := b&^ofUnique == ofID
	switch {
	case a&ofEmail != 0 && b&ofEmail != 0:
		return pairEmail
	case (a|b)&(ofName|ofPhone) != 0:
		return 0
	case b&ofOrder != 0 && b&(ofCustomer|ofLine) == 0 && (isOrder || same):
		return pairOrder
	case b&ofCustomer != 0 && b&ofID != 0 && (isCustomer || a&ofCustomer != 0):
		if !same {
			return pairCustomer - 5
		}
		return pairCustomer
	case bare && isCustomer && t.ofPeople():
		return pairOwn
	case bare && isOrder && same && !t.hasReference():
		return pairOwn - 10
	case bare && a&^ofUnique == ofID: // each has a number of its own
		return 0
	case b&(ofID|ofDocument|ofOrder) != 0 && same:
		return pairOther
	}
	return 0
}

// ofPeople reports whether a table is a list of customers: it says who they are, and nothing of orders but how many and
// how much they were together.
func (t *joinTable) ofPeople() bool {
	who := false
	for _, m := range t.meanings {
		switch {
		case m&(ofOrder|ofDocument) != 0 && m&ofID != 0, m&ofLine != 0, m&ofMoney&^ofSales != 0 && m&(ofSpent|ofCustomer|ofOrder) == 0 && m&ofMeasure == 0:
			return t.people
		case m&(ofEmail|ofPhone|ofName) != 0 && m&ofOthers == 0:
			who = true
		}
	}
	return who || t.people
}

// hasReference reports whether a table refers to orders or customers by another number than its own.
func (t *joinTable) hasReference() bool {
	for _, m := range t.meanings {
		if m&ofID != 0 && m&(ofOrder|ofCustomer) != 0 {
			return true
		}
	}
	return false
}

// values are those of a column in the sample.
func (t *joinTable) values(column int) map[string]bool {
	set := map[string]bool{}
	for _, row := range t.sample {
		if column < len(row) {
			if id := keyOf(row[column]); len(id) > 0 && !saysNothing(id) {
				set[string(id)] = true
			}
		}
	}
	return set
}

// overlap is the share of the smaller set that the other has too.
func overlap(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for v := range a {
		if b[v] {
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(n) / float64(len(a))
}

// keyOf is a number or address as tables are compared by it: in small letters, without # and without the .0 that a
// spreadsheet adds.
func keyOf(id []byte) []byte {
	id = lower(trim(id))
	if len(id) > 1 && id[0] == '#' {
		id = id[1:]
	}
	if n := len(id); n > 2 && id[n-1] == '0' && id[n-2] == '.' {
		for _, c := range id[:n-2] {
			if c-'0' > 9 {
				return id
			}
		}
		id = id[:n-2]
	}
	return id
}

// addColumns gives the columns of a table their places in the whole.
func (j *Join) addColumns(l *lookUp) {
	for _, c := range l.give {
		at := find(j.keys, l.table.keys[c])
		if at < 0 {
			at = len(j.names)
			j.names, j.keys = append(j.names, l.table.names[c]), append(j.keys, l.table.keys[c])
		}
		l.to = append(l.to, at)
	}
}

// begin opens one of the tables.
func (l *lookUp) begin(t *joinTable) {
	if l.part == 0 {
		l.ids.init()
	}
	l.part++
	l.at = find(t.keys, l.table.keys[l.own])
	l.from = l.from[:0]
	for _, c := range l.give {
		l.from = append(l.from, find(t.keys, l.table.keys[c]))
	}
}

// take takes in a row of a table.
func (l *lookUp) take(t *joinTable, buf []byte) {
	if !t.sound(buf) {
		return
	}
	id := keyOf(t.cell(buf, l.at))
	if len(id) == 0 || len(id) > maxID || saysNothing(id) {
		return
	}
	if len(l.tables) > 1 {
		l.line = l.line[:0]
		for i := range min(t.reader.scan.n, t.report.Width) {
			l.line = appendCell(l.line, i, t.cell(buf, i))
		}
		if l.rows.again(hash(l.line), l.part) {
			t.Repeats++
			return
		}
	}
	lines := t.Use == UseLines
	if c := t.report.Columns[RoleStatus]; lines && c > 0 {
		if s := statusOf(t.cell(buf, c-1)); s == StandingUnpaid || s == StandingCancelled {
			t.Unpaid++
			return
		}
	}
	if len(l.text) > maxLookUp {
		t.Full = true
		return
	}
	n := int(l.ids.number(id))
	switch {
	case n == len(l.first):
		l.first = append(l.first, uint32(len(l.next)+1))
		l.last = append(l.last, 0)
	case !lines:
		return // the first one counts
	default:
		l.next[l.last[n]-1] = uint32(len(l.next) + 1)
	}
	l.next = append(l.next, 0)
	l.last[n] = uint32(len(l.next))
	for _, c := range l.from {
		if c >= 0 {
			l.text = append(l.text, t.cell(buf, c)...)
		}
		l.ends = append(l.ends, uint32(len(l.text)))
	}
}

// find is the first row of an id, from 1; 0 for none.
func (l *lookUp) find(id []byte) uint32 {
	id = keyOf(id)
	if len(id) == 0 || len(id) > maxID || len(l.first) == 0 {
		return 0
	}
	n := l.ids.known(id)
	if n < 0 {
		return 0
	}
	return l.first[n]
}

// cell is the text of the k-th column of a row.
func (l *lookUp) cell(row uint32, k int) []byte {
	i := (int(row)-1)*len(l.give) + k
	start := uint32(0)
	if i > 0 {
		start = l.ends[i-1]
	}
	return l.text[start:l.ends[i]]
}

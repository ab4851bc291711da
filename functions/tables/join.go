package tables

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"hash/maphash"
	"io"
	"strings"

	"hourglass/core/orders"
)

// maxRows is how many rows of a table that is looked up are held.
const maxRows = 20_000_000

// Join makes several tables one, by what they are, and says what it did. Exports of the same columns
// follow each other, and rows that an earlier one had are counted once. A table with one row for each
// value of a column that the orders have, such as a list of customers, adds its columns. A table with
// several, such as line items or payments, gives the amounts where the orders have none.
func Join(list []*Table, o orders.Options) (io.Reader, []string, error) {
	if len(list) == 1 {
		return list[0], nil, nil
	}
	var sources []*source
	var notes []string
	for _, t := range list {
		s, err := newSource(t, o)
		if err != nil {
			return nil, nil, err
		}
		if s.report.Binary != orders.BinaryNone || s.report.Width < 2 || !s.report.HasHeader {
			notes = append(notes, fmt.Sprintf("%s is no table with a header: left out", t.Name))
			continue
		}
		sources = append(sources, s)
	}
	if len(sources) == 0 {
		return nil, nil, fmt.Errorf("none of the %d tables has a header and rows", len(list))
	}
	j := &joined{notes: notes, seen: map[uint64]uint32{}, seed: maphash.MakeSeed(), at: map[string]int{}}
	if err := j.plan(sources); err != nil {
		return nil, nil, err
	}
	return j, j.notes, nil
}

// A source is a table with its columns.
type source struct {
	*Table
	report *orders.Report
	names  []string // of the header
	keys   []string // the same, normalised
	rows   *csv.Reader
	sample map[string]bool // values of the order column among the first rows
}

func newSource(t *Table, o orders.Options) (*source, error) {
	b := bufio.NewReaderSize(t.in, headBytes)
	head, err := b.Peek(headBytes)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading %s: %w", t.Name, err)
	}
	in := io.Reader(b)
	if IsJSON(head) {
		if in, err = Rows(b); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		b = bufio.NewReaderSize(in, headBytes)
		head, _ = b.Peek(headBytes)
		in = b
	}
	probe := orders.NewReader(o)
	probe.Write(head)
	probe.Close()
	s := &source{Table: t, report: probe.Report(), sample: map[string]bool{}}
	for _, name := range s.report.Names {
		s.names = append(s.names, string(name))
		s.keys = append(s.keys, string(orders.Normalise(name)))
	}
	s.rows = csv.NewReader(in)
	s.rows.LazyQuotes, s.rows.FieldsPerRecord, s.rows.ReuseRecord = true, -1, true
	if d := s.report.Delimiter; d != 0 {
		s.rows.Comma = rune(d)
	}
	for range s.report.Titles + 1 { // and the header
		if _, err := s.rows.Read(); err != nil {
			break
		}
	}
	if c := s.report.Columns[orders.RoleOrder]; c > 0 {
		first := csv.NewReader(strings.NewReader(string(head)))
		first.LazyQuotes, first.FieldsPerRecord, first.Comma = true, -1, s.rows.Comma
		for row, err := first.Read(); err == nil; row, err = first.Read() {
			if c <= len(row) {
				s.sample[row[c-1]] = true
			}
		}
	}
	return s, nil
}

func (s *source) has(role orders.Role) bool { return s.report.Columns[role] > 0 }

// complete tells whether a table is a list of orders by itself.
func (s *source) complete() bool {
	return s.has(orders.RoleID) && s.has(orders.RoleDate) && s.report.Basis[orders.RoleDate] != orders.BasisContents && s.has(orders.RoleAmount)
}

// column is the place of a normalised name, -1 for none.
func (s *source) column(key string) int {
	for i, k := range s.keys {
		if k == key && k != "" {
			return i
		}
	}
	return -1
}

// alike tells whether two tables are exports of the same kind.
func (s *source) alike(o *source) bool {
	common := 0
	for _, k := range s.keys {
		if o.column(k) >= 0 {
			common++
		}
	}
	return 2*common >= max(len(s.keys), len(o.keys))
}

// sameOrders tells whether two tables hold the same orders.
func (s *source) sameOrders(o *source) bool {
	common := 0
	for id := range s.sample {
		if o.sample[id] {
			common++
		}
	}
	return len(s.sample) > 0 && 2*common >= min(len(s.sample), len(o.sample))
}

// An extra is a table whose rows are looked up by a column of the orders.
type extra struct {
	*source
	key   string              // the column that both have
	added []int               // its columns that the orders lack
	rows  map[string][]string // their cells, one row after another
}

// joined reads the tables as one.
type joined struct {
	lists   []*source
	extras  []*extra
	names   []string       // of the columns
	at      map[string]int // of a column, by its normalised name
	notes   []string
	seen    map[uint64]uint32 // how often a row came in the lists before
	here    map[uint64]uint32 // and in the one at hand
	seed    maphash.Seed
	repeats uint64
	text    []byte
	cells   []string
	err     error
}

// plan settles what each table is for.
func (j *joined) plan(sources []*source) error {
	base := sources[0]
	for _, s := range sources {
		if s.complete() && !base.complete() || !base.has(orders.RoleDate) && s.has(orders.RoleDate) {
			base = s
		}
	}
	j.lists = append(j.lists, base)
	var rest []*source
	for _, s := range sources {
		switch {
		case s == base:
		case s.alike(base) || s.complete() && base.complete() && !s.sameOrders(base):
			j.lists = append(j.lists, s)
		default:
			rest = append(rest, s)
		}
	}
	for _, s := range j.lists {
		j.add(s.names, s.keys)
	}
	for _, s := range rest {
		if err := j.attach(s, base); err != nil {
			return err
		}
	}
	if len(j.lists) > 1 {
		var names []string
		for _, s := range j.lists {
			names = append(names, s.Name)
		}
		j.notes = append(j.notes, "read one after the other: "+strings.Join(names, ", "))
	}
	j.cells = make([]string, len(j.names))
	j.text = line(nil, j.names)
	return nil
}

func (j *joined) add(names, keys []string) {
	for i, k := range keys {
		if _, ok := j.at[k]; !ok && k != "" {
			j.at[k] = len(j.names)
			j.names = append(j.names, names[i])
		}
	}
}

// attach reads a table that the orders look up, or leaves it out and says so.
func (j *joined) attach(s, base *source) error {
	e := &extra{source: s, rows: map[string][]string{}}
	for _, k := range s.keys {
		if _, ok := j.at[k]; ok && isKey(k) && (e.key == "" || len(k) < len(e.key)) {
			e.key = k
		}
	}
	if e.key == "" {
		j.notes = append(j.notes, fmt.Sprintf("%s shares no column of numbers or addresses with %s: left out", s.Name, base.Name))
		return nil
	}
	for i, k := range s.keys {
		if _, ok := j.at[k]; !ok && k != "" {
			e.added = append(e.added, i)
		}
	}
	at, count, several := s.column(e.key), 0, false
	for row, err := s.rows.Read(); err == nil; row, err = s.rows.Read() {
		if at >= len(row) {
			continue
		}
		if count++; count > maxRows {
			return fmt.Errorf("%s has more than %d rows: too many to look up", s.Name, maxRows)
		}
		id := strings.Clone(row[at])
		several = several || len(e.rows[id]) > 0
		for _, i := range e.added {
			text := ""
			if i < len(row) {
				text = strings.Clone(row[i])
			}
			e.rows[id] = append(e.rows[id], text)
		}
	}
	switch {
	case several && base.has(orders.RoleAmount):
		j.notes = append(j.notes, fmt.Sprintf("%s has several rows for a value of %q, and the orders have their amounts: left out", s.Name, e.key))
		return nil
	case len(e.added) == 0:
		j.notes = append(j.notes, fmt.Sprintf("%s adds no column: left out", s.Name))
		return nil
	}
	names, keys := make([]string, 0, len(e.added)), make([]string, 0, len(e.added))
	for _, i := range e.added {
		names, keys = append(names, s.names[i]), append(keys, s.keys[i])
	}
	j.add(names, keys)
	j.extras = append(j.extras, e)
	j.notes = append(j.notes, fmt.Sprintf("%s is joined to the orders by %q", s.Name, e.key))
	return nil
}

// isKey tells whether a name is that of a number or an address by which tables refer to each other.
func isKey(name string) bool {
	for word := range strings.FieldsSeq(name) {
		switch word {
		case "id", "number", "no", "nr", "key", "code", "email", "mail", "nummer", "numero", "numer":
			return true
		}
	}
	return strings.HasSuffix(name, "id") || strings.HasSuffix(name, "nummer") || strings.HasSuffix(name, "号") || strings.HasSuffix(name, "番号")
}

// Read implements io.Reader.
func (j *joined) Read(p []byte) (int, error) {
	for len(j.text) == 0 && j.err == nil {
		j.more()
	}
	if len(j.text) == 0 {
		return 0, j.err
	}
	n := copy(p, j.text)
	j.text = j.text[:copy(j.text, j.text[n:])]
	return n, nil
}

// more writes the next rows.
func (j *joined) more() {
	if len(j.lists) == 0 {
		j.err = io.EOF
		return
	}
	s := j.lists[0]
	if j.here == nil {
		j.here = map[uint64]uint32{}
	}
	for len(j.text) < headBytes {
		row, err := s.rows.Read()
		if err != nil {
			if err != io.EOF {
				j.err = fmt.Errorf("reading %s: %w", s.Name, err)
			}
			j.next()
			return
		}
		clear(j.cells)
		for i, k := range s.keys {
			if i < len(row) && k != "" {
				j.cells[j.at[k]] = row[i]
			}
		}
		j.lookUp(0)
	}
}

// next goes on to the next list.
func (j *joined) next() {
	for h, n := range j.here {
		j.seen[h] = max(j.seen[h], n)
	}
	j.here = nil
	j.lists = j.lists[1:]
}

// lookUp fills in the cells of the extras from number i on, and writes the row, once for each line of a
// table that has several.
func (j *joined) lookUp(i int) {
	if i == len(j.extras) {
		j.write()
		return
	}
	e := j.extras[i]
	cells := e.rows[j.cells[j.at[e.key]]]
	if len(cells) == 0 {
		j.lookUp(i + 1)
		return
	}
	for ; len(cells) > 0; cells = cells[len(e.added):] {
		for k, column := range e.added {
			if key := e.keys[column]; key != "" {
				j.cells[j.at[key]] = cells[k]
			}
		}
		j.lookUp(i + 1)
	}
}

// write appends the row, unless an earlier list has had it.
func (j *joined) write() {
	start := len(j.text)
	j.text = line(j.text, j.cells)
	h := maphash.Bytes(j.seed, j.text[start:])
	j.here[h]++
	if j.here[h] <= j.seen[h] {
		j.text = j.text[:start]
		j.repeats++
	}
}

// Repeats is how many rows of later tables an earlier one had; known once all is read.
func Repeats(in io.Reader) uint64 {
	if j, ok := in.(*joined); ok {
		return j.repeats
	}
	return 0
}

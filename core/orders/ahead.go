package orders

import (
	"math"
	"math/bits"
)

// ahead holds records that are split before the first of them is taken. What is alike in most of them is done for all of them in
// turn: the places of their ids in the table of customers are fetched together, and are at hand when each id is looked up, days and
// amounts are read. That the table is larger than a processor's nearest memory would otherwise cost more than all else.
type ahead struct {
	records [maxAhead]splitRecord
	fields  []field
	parts   [][]splitRecord // that other workers have split: see sideBySide

	touched uint64
}

// splitRecord is a record as the scanner has left it, and what is known of it.
type splitRecord struct {
	pos, end, textEnd int32
	first, n          int32 // of its fields
	lines             uint32
	nul               bool

	read   bool   // it is sound, its day, packed, and its amount are at hand
	check  uint32 // of the id, as checkOf makes it
	hash   uint64 // of its id as it stands in the file
	day    int32
	amount float64
}

const (
	maxAhead    = 64
	aheadFields = 4 * maxColumns
)

func (a *ahead) init() {
	a.fields = make([]field, aheadFields)
}

// scanAhead splits records from pos on and takes them; it returns the position after them. It leaves to next what does not
// end within the buffer or is too long.
func (r *Reader) scanAhead(pos int) int {
	if r.outer != nil || r.sink != nil || r.skipRows > 0 {
		return pos
	}
	var records []splitRecord
	if r.quick.lean {
		if records = r.ahead.splitAt(pos); len(records) == 0 {
			records = r.ahead.records[:r.splitLean(r.buf, pos, r.ahead.records[:], &r.quick)]
		}
	}
	lean := len(records) > 0
	if !lean {
		if records = r.ahead.records[:r.split(pos)]; len(records) == 0 {
			return pos
		}
		if r.layout.id >= 0 {
			r.hashIDs(records)
		}
		if r.quick.on {
			r.readAhead(records)
		}
	}
	r.fetch(records)
	s := &r.scan
	own := s.fields
	s.stray, s.inQuote, s.ended = false, false, true
	for i := range records {
		t := &records[i]
		if t.read && r.quick.bare && r.knownRow(t) {
			r.line += t.lines
			continue
		}
		if lean {
			columns, _ := s.plain(r.buf, int(t.pos), r.ahead.fields)
			t.first, t.n = 0, int32(columns)
		}
		s.fields, s.n = r.ahead.fields[t.first:t.first+maxColumns], int(t.n)
		if !r.quick.on || !r.quickRow(r.buf, t) {
			s.textEnd, s.lines, s.nul = int(t.textEnd), t.lines, t.nul
			r.row(r.buf, int(t.pos), s.textEnd)
		}
		r.line += t.lines
	}
	s.fields = own
	pos = int(records[len(records)-1].end)
	r.afterCR = r.buf[pos-1] == '\r'
	return pos
}

// splitLean fills the records with those from pos on that have nothing but an id, a day and an amount of the plainest forms: they are
// read as they are split. It returns how many there are before the first that is another. Of the reader it only reads what stays as it is.
func (r *Reader) splitLean(buf []byte, pos int, records []splitRecord, q *quickPath) int {
	l, s := &r.layout, &r.scan
	delimiter, decimal, now, scale := r.report.Delimiter, r.report.Decimal, r.opts.Now, r.scale
	if now == 0 {
		now = math.MaxInt32
	}
	n := 0
records:
	for ; n < len(records); n++ {
		t := &records[n]
		at := pos
		for column := range 3 {
			if at+24 > len(buf) {
				break records
			}
			w := word(buf[at:])
			switch column {
			case l.date:
				day, ok := q.dayOf(buf[at:at+10], w)
				if !ok || day > now {
					break records
				}
				t.day = packDay(day, 0, false)
				at += 10
			case l.amount:
				v, length := leadingNumber(w, decimal)
				if v *= scale; length == 0 || r.dropped(v) {
					break records
				}
				t.amount = v
				at += length
			default:
				start := at
				for specials := s.specials(w); ; specials = s.specials(word(buf[at:])) {
					if specials != 0 {
						at += bits.TrailingZeros64(specials) >> 3
						break
					}
					if at += 8; at+24 > len(buf) {
						break records
					}
				}
				if at == start || !bare(buf[start:at]) {
					break records
				}
				id := buf[start:at]
				t.hash, t.check = hash(id), checkOf(id)
			}
			switch c := buf[at]; {
			case c == delimiter && column < 2, c == '\n' && column == 2:
				at++
			case c == '\r' && column == 2 && buf[at+1] == '\n':
				at += 2
			default:
				break records
			}
		}
		t.pos, t.end, t.textEnd, t.lines, t.nul, t.read = int32(pos), int32(at), int32(at-1), 1, false, true
		if buf[at-2] == '\r' {
			t.textEnd--
		}
		pos = at
	}
	return n
}

// split fills the records with those from pos on, and returns how many there are.
func (r *Reader) split(pos int) int {
	a, s, buf := &r.ahead, &r.scan, r.buf
	own, at, used, n := s.fields, pos, 0, 0
	s.lines, s.nul = 0, false
	for n < maxAhead && used+maxColumns <= len(a.fields) && at < len(buf) {
		if n > 0 && buf[at] == '\n' && buf[at-1] == '\r' {
			at++
			continue
		}
		t := &a.records[n]
		columns, textEnd := 0, -1
		if !s.blanks {
			columns, textEnd = s.plain(buf, at, a.fields[used:used+maxColumns])
		}
		t.nul = false
		if textEnd >= 0 {
			t.end, t.lines = int32(textEnd+1), s.lines+1
			s.lines = 0
		} else {
			s.fields = a.fields[used : used+maxColumns]
			end := s.record(buf, at, false, false)
			if end < 0 {
				break
			}
			columns, textEnd = s.n, s.textEnd
			t.end, t.lines, t.nul = int32(end), s.lines, s.nul
			s.lines, s.nul = 0, false
		}
		if int(t.end)-at > maxRecord {
			break
		}
		t.pos, t.textEnd, t.first, t.n = int32(at), int32(textEnd), int32(used), int32(columns)
		used += min(columns, maxColumns)
		at = int(t.end)
		n++
	}
	s.fields = own
	return n
}

// hashIDs computes the hashes of ids.
func (r *Reader) hashIDs(records []splitRecord) {
	fields, column := r.ahead.fields, int32(r.layout.id)
	for i := range records {
		t := &records[i]
		t.hash = 0
		if column < t.n {
			f := &fields[t.first+column]
			id := r.buf[f.start:f.end]
			t.hash, t.check = hash(id), checkOf(id)
		}
	}
}

// fetch touches the slots of ids: in a loop of nothing else, so that many of them are on their way at once.
func (r *Reader) fetch(records []splitRecord) {
	slots, touched := r.people.ids.slots, uint64(0)
	mask := uint64(len(slots) - 1)
	for i := range records {
		touched += slots[records[i].hash&mask].hash
	}
	r.ahead.touched += touched
}

// readAhead reads days and amounts of the plainest forms.
func (r *Reader) readAhead(records []splitRecord) {
	q, l, buf, fields := &r.quick, &r.layout, r.buf, r.ahead.fields
	now, width, decimal := r.opts.Now, r.report.Width, r.report.Decimal
	if now == 0 {
		now = 1<<31 - 1
	}
	for i := range records {
		t := &records[i]
		t.read = false
		if int(t.n) < l.need || int(t.n) > width || t.nul || l.quantity >= 0 {
			continue
		}
		own := fields[t.first : t.first+t.n]
		f := own[l.date]
		day, ok := q.plainDay(buf[f.start:f.end])
		if !ok || day > now || f.end-f.start != 10 && r.opts.Zone.Set {
			continue
		}
		f = own[l.amount]
		v, ok := PlainNumber(buf[f.start:f.end], decimal)
		v *= r.scale
		t.day, t.amount, t.read = packDay(day, 0, false), v, ok && !r.dropped(v)
		if f = own[l.id]; f.escaped || f.start == f.end || !bare(buf[f.start:f.end]) {
			t.hash = 0 // not as it counts: look again
		}
	}
}

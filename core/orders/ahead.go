package orders

// ahead holds records that are split before the first of them is taken: the places of their ids in the table of customers
// are fetched together, and are at hand when each id is looked up. That the table is larger than a processor's nearest
// memory would otherwise cost more than all else.
type ahead struct {
	records [maxAhead]splitRecord
	fields  []field

	touched uint64
}

// splitRecord is a record as the scanner has left it.
type splitRecord struct {
	pos, end, textEnd int32
	first, n          int32 // of its fields
	lines             uint32
	hash              uint64 // of its id as it stands in the file
	nul               bool
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
	if r.outer != nil || r.sink != nil {
		return pos
	}
	a, s := &r.ahead, &r.scan
	own, at, used := s.fields, pos, 0
	n := 0
	for n < maxAhead && used+maxColumns <= len(a.fields) && at < len(r.buf) {
		if n > 0 && r.buf[at] == '\n' && r.buf[at-1] == '\r' {
			at++
			continue
		}
		s.fields = a.fields[used : used+maxColumns]
		end := s.record(r.buf, at, false, false)
		if end < 0 || end-at > maxRecord {
			break
		}
		a.records[n] = splitRecord{pos: int32(at), end: int32(end), textEnd: int32(s.textEnd), first: int32(used), n: int32(s.n), lines: s.lines, nul: s.nul}
		used += min(s.n, maxColumns)
		at = end
		n++
	}
	r.fetch(a.records[:n])
	s.stray, s.inQuote, s.ended = false, false, true
	for i := range a.records[:n] {
		t := &a.records[i]
		s.fields, s.n = a.fields[t.first:t.first+maxColumns], int(t.n)
		s.textEnd, s.lines, s.nul = int(t.textEnd), t.lines, t.nul
		r.quick.hash = t.hash
		if !r.quick.on || !r.quickRow(r.buf, int(t.pos)) {
			r.row(r.buf, int(t.pos), s.textEnd)
		}
		r.line += t.lines
		pos = int(t.end)
	}
	s.fields, r.quick.hash = own, 0
	r.afterCR = n > 0 && r.buf[pos-1] == '\r'
	return pos
}

// fetch computes the hashes of ids and touches their slots.
func (r *Reader) fetch(records []splitRecord) {
	if r.layout.id < 0 {
		return
	}
	slots := r.people.ids.slots
	mask := uint64(len(slots) - 1)
	touched := uint64(0)
	for i := range records {
		t := &records[i]
		if r.layout.id < int(t.n) {
			f := &r.ahead.fields[int(t.first)+r.layout.id]
			t.hash = hash(r.buf[f.start:f.end])
			touched += slots[t.hash&mask].hash
		}
	}
	r.ahead.touched += touched
}

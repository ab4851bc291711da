package orders

// cellKind is what nearly all cells of a column are.
type cellKind uint8

const (
	kindText cellKind = iota
	kindNumber
	kindDate
	kindEmail
)

// kindsOf is what stands in the columns, by the sample.
func kindsOf(stats []columnStats) []cellKind {
	kinds := make([]cellKind, len(stats))
	for i := range stats {
		c := &stats[i].cells
		switch {
		case c.filled == 0:
		case c.emails*10 >= c.filled*6:
			kinds[i] = kindEmail
		case (c.dates+c.months+c.calendar+c.spans)*10 >= c.filled*6 && ((c.plainDates+c.calendar+c.spans)*10 >= c.filled*6 || stats[i].meaning&ofDate != 0):
			kinds[i] = kindDate
		case c.numbers*10 >= c.filled*6:
			kinds[i] = kindNumber
		}
	}
	return kinds
}

const (
	mostExtra   = 8   // cells that an unquoted text may have made
	mostAligned = 128 // columns of a file whose rows are tried
)

// realign puts a row right that has more cells than the file, where it is certain which text of it has been split by a delimiter without quotes: with that text
// put together, every other cell is of its column's kind, and all ways to do so give the columns in use the same texts. It reports false, and leaves the row, where it is not.
func (r *Reader) realign(buf []byte) bool {
	s, width := &r.scan, len(r.kinds)
	extra := s.n - width
	if extra < 1 || extra > mostExtra || width < 2 || width > mostAligned || width != r.report.Width || s.blanks || r.pivot != nil || r.layout.group || r.layout.months {
		return false
	}
	first := 0 // columns from the left that are as they should be
	for first < width && r.alike(buf, first, first) {
		first++
	}
	last := width // and from the right
	for last > 0 && r.alike(buf, last-1, last-1+extra) {
		last--
	}
	at, spaced := -1, r.spaced(buf, extra)
	for p := max(last-1, 0); p <= min(first, width-1); p++ {
		if r.kinds[p] != kindText || !r.joinable(p, extra) || spaced >= 0 && p != spaced {
			continue
		}
		if at >= 0 && !r.sameRow(buf, at, p, extra) {
			return false
		}
		at = p
	}
	if at < 0 {
		return false
	}
	s.fields[at].end = s.fields[at+extra].end
	copy(s.fields[at+1:width], s.fields[at+1+extra:s.n])
	s.n = width
	r.report.Rejoined++
	return true
}

// spaced is the first of the cells that a text has been split into where they alone begin with a blank, as the words behind a comma do; -1 where the row does not tell.
func (r *Reader) spaced(buf []byte, extra int) int {
	at, n := -1, 0
	for i := range r.scan.n {
		if text := r.scan.text(buf, i); len(text) > 1 && text[0] == ' ' {
			if n++; at < 0 {
				at = i
			} else if i != at+n-1 {
				return -1
			}
		}
	}
	if n != extra || at < 1 {
		return -1
	}
	return at - 1
}

// alike reports whether a cell is of the kind of a column.
func (r *Reader) alike(buf []byte, column, cell int) bool {
	text := trim(r.scan.text(buf, cell))
	if len(text) == 0 {
		return column != r.layout.date && column != r.layout.amount
	}
	switch r.kinds[column] {
	case kindNumber:
		_, _, verdict := parseNumber(text, r.report.Decimal)
		return verdict != readBad
	case kindDate:
		if r.dates.every > 0 || r.dates.calendar || r.dates.spans || r.dates.six != sixNone {
			return true
		}
		_, ok := parseDate(text, MonthFirst)
		if !ok && r.dates.months {
			_, ok = parseMonth(text)
		}
		return ok
	case kindEmail:
		return isEmail(text)
	}
	return true
}

// joinable reports whether the cells from p on stand side by side without quotes.
func (r *Reader) joinable(p, extra int) bool {
	for i := p; i < p+extra; i++ {
		if a, b := r.scan.fields[i], r.scan.fields[i+1]; a.escaped || b.escaped || b.start != a.end+1 {
			return false
		}
	}
	return true
}

// sameRow reports whether the columns in use have the same texts whether the cells from p or those from q on are one.
func (r *Reader) sameRow(buf []byte, p, q, extra int) bool {
	l := &r.layout
	for _, c := range [...]int{l.id, l.date, l.amount, l.order, l.status, l.currency, l.refunded, l.cancelled, l.quantity, l.email, l.phone, l.name, l.kind,
		l.payee, l.status2, l.product, l.test, l.trial, l.dispute, l.won, l.full, l.paid, l.month, l.day, l.adjusted} {
		if c >= 0 && c >= p && c <= q { // left of both and right of both they are the same
			return false
		}
	}
	for _, c := range r.carriers {
		if c.Column > p && c.Column-1 <= q {
			return false
		}
	}
	for _, k := range r.keepers {
		if k.Column > p && k.Column-1 <= q {
			return false
		}
	}
	return true
}

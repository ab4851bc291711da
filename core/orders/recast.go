package orders

// Text that has a table in another form than lines with a delimiter: a page of HTML, a spreadsheet in XML, a dump of a database, a table drawn with lines or with blanks.
// A recast turns it into lines of comma-separated text before anything is guessed of its columns. It takes the text in pieces, which may end anywhere.
type recast interface {
	// take appends what is whole by now.
	take(dst, text []byte) []byte
	// end appends the rest, and says what the text is where it had no table.
	end(dst []byte) ([]byte, Binary)
}

// recastOf is how text that begins so is to be read; nil for lines as they are. whole says that this is all of it.
func recastOf(head []byte, kind Binary, whole bool) recast {
	switch {
	case kind == BinaryHTML:
		return &tags{kind: kind}
	case kind == BinaryXML && isSheet(head):
		return &tags{kind: kind, sheet: true}
	case kind != BinaryNone:
		return nil
	case isDump(head):
		return &dump{}
	}
	return drawnOf(head, whole)
}

// recasts reports whether text that begins so is none of lines.
func recasts(head []byte) bool {
	head = head[:min(len(head), headBytes)]
	kind := sniffBinary(head)
	return (kind == BinaryNone || kind == BinaryHTML || kind == BinaryXML) && recastOf(decoded(head), kind, false) != nil
}

// decoded is the beginning of a text in UTF-8.
func decoded(head []byte) []byte {
	encoding, skip := sniffEncoding(head)
	if encoding == EncodingUTF8 {
		return head[skip:]
	}
	d := decoder{encoding: encoding}
	out, _ := d.decode(make([]byte, 0, 2*len(head)), head[skip:])
	return out
}

// recastInto sends text through the recast, and its lines into the buffer.
func (r *Reader) recastInto(chunk []byte) {
	room := make([]byte, 0, min(2*len(chunk)+8, smallChunk))
	for len(chunk) > 0 {
		text, n := r.decoder.decode(room[:0], chunk)
		chunk = chunk[n:]
		r.recast.lines = r.recast.by.take(r.recast.lines[:0], text)
		r.fillBuffer(r.recast.lines)
	}
}

// fillBuffer takes lines, and scans the buffer whenever that is full.
func (r *Reader) fillBuffer(lines []byte) {
	for len(lines) > 0 {
		n := min(cap(r.buf)-len(r.buf), len(lines))
		r.buf = append(r.buf, lines[:n]...)
		if lines = lines[n:]; len(lines) > 0 {
			r.drain(false)
		}
	}
}

// recasting is the state of a Reader whose text is recast.
type recasting struct {
	by    recast // nil for lines as they are
	lines []byte
}

// A tableRow collects the cells of a row.
type tableRow struct {
	text  []byte // as a line, without its end
	cells int
	over  bool // longer than a record may be
}

func (t *tableRow) add(cell []byte) {
	if t.cells > 0 {
		t.text = append(t.text, ',')
	}
	t.cells++
	if t.over = t.over || len(t.text)+len(cell) > maxRecord/2; t.over {
		return
	}
	t.text = append(t.text, '"')
	for _, c := range cell {
		if c == '"' {
			t.text = append(t.text, '"')
		}
		t.text = append(t.text, c)
	}
	t.text = append(t.text, '"')
}

// line appends the row and begins the next.
func (t *tableRow) line(dst []byte) []byte {
	if t.cells > 0 {
		dst = append(append(dst, t.text...), '\n')
	}
	t.text, t.cells, t.over = t.text[:0], 0, false
	return dst
}

package orders

import (
	"bytes"
	"unicode/utf8"
)

// drawn reads tables as programs draw them for the eye: with bars between the cells and lines of dashes (psql, MySQL, Markdown), or with blanks that fill each column up.
type drawn struct {
	bars bool
	cuts []span32 // the columns of a table without bars, in letters from the left
	line []byte
	row  tableRow
}

// A span32 is from one letter up to another.
type span32 struct{ from, to int }

// leastLines are as many as tell that blanks stand at the same places.
const leastLines = 4

// drawnOf is how a table that begins so is drawn; nil for lines with a delimiter.
func drawnOf(head []byte, whole bool) recast {
	lines := bytes.Split(bytes.ReplaceAll(head, []byte("\r\n"), []byte{'\n'}), []byte{'\n'})
	if !whole {
		lines = lines[:len(lines)-1]
	}
	if len(lines) < 2 || bytes.IndexByte(head, '\r') >= 0 && bytes.IndexByte(head, '\n') < 0 {
		return nil
	}
	for i, line := range lines[:min(len(lines), maxTitles)] {
		if len(line) > 2 && isRule(line) {
			beside := i + 1
			if beside == len(lines) || bytes.IndexByte(line, '+') == 0 && i > 0 {
				beside = i - 1
			}
			if bytes.IndexByte(lines[beside], '|') >= 0 || contains(lines[beside], "│") || contains(lines[beside], "║") {
				return &drawn{bars: true}
			}
			if cuts := dashes(line); len(cuts) > 1 && i > 0 && headed32(lines[i-1], cuts) {
				return &drawn{cuts: cuts}
			}
		}
	}
	if cuts := gutters(lines); cuts != nil {
		return &drawn{cuts: cuts}
	}
	return nil
}

// isRule reports whether a line is drawn: of dashes and what crosses them.
func isRule(line []byte) bool {
	some := 0
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		line = line[n:]
		switch {
		case r == '-' || r == '=' || r >= 0x2500 && r < 0x2580:
			some++
		case r == '+' || r == '|' || r == ':' || r == ' ' || r == '\t' || r == '\r':
		default:
			return false
		}
	}
	return some >= 3
}

// dashes are the columns below which a line of dashes stands, blanks between them.
func dashes(line []byte) (cuts []span32) {
	for i := 0; i < len(line); i++ {
		if line[i] != '-' && line[i] != '=' {
			if line[i] != ' ' && line[i] != '\r' {
				return nil
			}
			continue
		}
		from := i
		for i < len(line) && (line[i] == '-' || line[i] == '=') {
			i++
		}
		cuts = append(cuts, span32{from, i})
	}
	return cuts
}

// headed32 reports whether a line has a text above each of the columns.
func headed32(line []byte, cuts []span32) bool {
	for _, c := range cuts {
		if blank(line[min(c.from, len(line)):min(c.to, len(line))]) {
			return false
		}
	}
	return true
}

// gutters are the columns between blanks that all lines have at the same places, where runs of blanks alone, or another delimiter, do not tell the cells apart.
func gutters(lines [][]byte) []span32 {
	var filled [][]byte
	for _, line := range lines {
		if line = bytes.TrimRight(line, "\r"); !blank(line) {
			filled = append(filled, line)
		}
	}
	if len(filled) < leastLines || delimited(filled) {
		return nil
	}
	even, wide := true, 0
	for _, line := range filled {
		even = even && wordsIn(line) == wordsIn(filled[0])
		wide = max(wide, utf8.RuneCount(line))
	}
	if even {
		return nil
	}
	blanks := make([]bool, wide+1)
	for i := range blanks {
		blanks[i] = true
	}
	for _, line := range filled {
		at := 0
		for _, r := range string(line) {
			blanks[at] = blanks[at] && r == ' '
			at++
		}
	}
	var cuts []span32
	for at := 0; at < wide; at++ {
		if blanks[at] {
			continue
		}
		from := at
		for at < wide && !(blanks[at] && (at+1 >= wide || blanks[at+1])) { // a single blank may stand within names
			at++
		}
		cuts = append(cuts, span32{from, at})
	}
	if len(cuts) < 3 {
		return nil
	}
	return cuts
}

// wordsIn counts what stands between blanks.
func wordsIn(line []byte) (n int) {
	for i, c := range line {
		n += whole(c != ' ' && c != '\t' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'))
	}
	return n
}

// delimited reports whether half of the lines have a delimiter twice, commas within numbers left out.
func delimited(lines [][]byte) bool {
	for i := range len(delimiters) - 1 {
		some := 0
		for _, line := range lines {
			n := 0
			for at, c := range line {
				within := c == ',' && at > 0 && at+1 < len(line) && line[at-1]-'0' <= 9 && line[at+1]-'0' <= 9
				n += whole(c == delimiters[i] && !within)
			}
			some += whole(n >= 2 || n == 1 && delimiters[i] == '\t')
		}
		if some*2 >= len(lines) {
			return true
		}
	}
	return false
}

func (d *drawn) take(dst, text []byte) []byte {
	for len(text) > 0 {
		at := bytes.IndexByte(text, '\n')
		if at < 0 {
			d.keep(text)
			return dst
		}
		d.keep(text[:at])
		dst = d.split(dst)
		text = text[at+1:]
	}
	return dst
}

func (d *drawn) keep(text []byte) {
	if len(d.line)+len(text) <= maxRecord/2 {
		d.line = append(d.line, text...)
	}
}

// split writes the line at hand as a row.
func (d *drawn) split(dst []byte) []byte {
	line := bytes.TrimRight(d.line, "\r ")
	d.line = d.line[:0]
	switch {
	case isRule(line) || isCount(line):
		return dst
	case d.bars:
		d.cells(line)
	default:
		d.cut(line)
	}
	return d.row.line(dst)
}

// isCount reports whether a line says how many rows there were: (3 rows), 3 rows in set (0.01 sec).
func isCount(line []byte) bool {
	line = bytes.TrimPrefix(trim(line), []byte{'('})
	digits := 0
	for digits < len(line) && line[digits]-'0' <= 9 {
		digits++
	}
	return digits > 0 && (bytes.HasPrefix(line[digits:], []byte(" row")) || bytes.HasPrefix(line[digits:], []byte(" record")) || bytes.HasPrefix(line[digits:], []byte(" Zeile")) || bytes.HasPrefix(line[digits:], []byte(" ligne")) || bytes.HasPrefix(line[digits:], []byte(" fila")))
}

// cells adds those between bars. A bar of Markdown's stands behind a backslash where it is a letter.
func (d *drawn) cells(line []byte) {
	line = bytes.TrimLeft(line, " ")
	var cell []byte
	begun := false
	for i := 0; i < len(line); {
		r, n := utf8.DecodeRune(line[i:])
		switch {
		case r == '\\' && i+1 < len(line) && line[i+1] == '|':
			cell = append(cell, '|')
			i++
		case r == '|' || r == '│' || r == '║' || r == '┃':
			if i > 0 {
				d.row.add(trim(cell))
			}
			cell, begun = cell[:0], i+n == len(line)
		default:
			cell = append(cell, line[i:i+n]...)
		}
		i += n
	}
	if !begun && len(line) > 0 {
		d.row.add(trim(cell))
	}
}

// cut adds the cells of a line at their places. A cell that reaches beyond its place leaves no telling where it ends: then the line stays whole.
func (d *drawn) cut(line []byte) {
	var starts []int // of letters
	for i := range string(line) {
		starts = append(starts, i)
	}
	starts = append(starts, len(line))
	place := func(n int) int { return starts[min(n, len(starts)-1)] }
	for i, c := range d.cuts {
		until := len(line)
		if i+1 < len(d.cuts) {
			until = place(d.cuts[i+1].from)
		}
		if between := line[min(place(c.to), until):until]; i+1 < len(d.cuts) && !blank(between) {
			d.row.text, d.row.cells = d.row.text[:0], 0
			d.row.add(line)
			return
		}
	}
	for i, c := range d.cuts {
		until := place(c.to)
		if i+1 == len(d.cuts) {
			until = len(line)
		}
		d.row.add(trim(line[min(place(c.from), until):until]))
	}
}

func (d *drawn) end(dst []byte) ([]byte, Binary) {
	if len(d.line) > 0 {
		dst = d.split(dst)
	}
	return dst, BinaryNone
}

package rows

import (
	"bytes"
	"io"
)

// Objects turns an order log of JSON lines into comma-separated rows, line for line, so that it is read, guessed at and
// reported on like any other log. The first object's names are the columns. A line that is no
// such object becomes a single cell, which the log then sets aside with its number and text.
type Objects struct {
	lines Lines
	names [][]byte // with their quotes
	cells [][]byte // of the line at hand, by name
	rows  []byte   // written and not yet read
}

// IsObject tells whether a text begins as JSON lines do.
func IsObject(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(ByteOrderMark)), " \t\r\n")
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	if len(rest) > 0 && rest[0] == '}' { // a line of {} alone above others is a title
		rest = bytes.TrimLeft(rest[1:], " \t\r\n")
		return len(rest) == 0 || rest[0] == '{'
	}
	return true
}

// NewObjects reads the names in the first line of head.
func NewObjects(in io.Reader, head []byte) *Objects {
	o := &Objects{lines: Lines{In: in}}
	first, _, _ := bytes.Cut(bytes.TrimSpace(bytes.TrimPrefix(head, []byte(ByteOrderMark))), []byte("\n"))
	Each(first, func(name, _ []byte) { o.names = append(o.names, name) })
	o.cells = make([][]byte, len(o.names))
	return o
}

// NewObjectsOf reads objects by names of others, as Names gives them.
func NewObjectsOf(in io.Reader, names [][]byte) *Objects {
	return &Objects{lines: Lines{In: in}, names: names, cells: make([][]byte, len(names))}
}

// Names are those of the first object, as they are written.
func (o *Objects) Names() (names [][]byte) {
	for _, name := range o.names {
		names = append(names, bytes.Clone(name))
	}
	return names
}

// Header is the names as a row.
func (o *Objects) Header() (row []byte) {
	for i, name := range o.names {
		if i > 0 {
			row = append(row, ',')
		}
		row = AppendQuoted(row, DecodeText(name, Jsonl))
	}
	return append(row, '\n')
}

// Read implements io.Reader.
func (o *Objects) Read(to []byte) (int, error) {
	for len(o.rows) == 0 {
		line, long, ok := o.lines.Next()
		switch {
		case ok:
			if o.lines.Number == 1 {
				line = bytes.TrimPrefix(line, []byte(ByteOrderMark))
			}
			o.rows = o.row(o.rows, line, long)
		case !o.lines.Fill():
			if o.lines.Err != nil {
				return 0, o.lines.Err
			}
			return 0, io.EOF
		}
	}
	n := copy(to, o.rows)
	o.rows = o.rows[:copy(o.rows, o.rows[n:])]
	return n, nil
}

// row appends a line as a row.
func (o *Objects) row(row, line []byte, long bool) []byte {
	clear(o.cells)
	switch {
	case long:
		row = append(row, "over a mebibyte"...)
	case len(bytes.TrimSpace(line)) == 0: // stays blank
	case !Each(line, o.keep) || o.nameless():
		row = AppendQuoted(row, line)
	default:
		for i, cell := range o.cells {
			if i > 0 {
				row = append(row, ',')
			}
			if string(cell) != "null" {
				row = AppendQuoted(row, DecodeText(cell, Jsonl))
			}
		}
	}
	return append(row, '\n')
}

// nameless tells whether the line has none of the names: as a row of empty cells it would pass for a blank one.
func (o *Objects) nameless() bool {
	for _, cell := range o.cells {
		if cell != nil {
			return false
		}
	}
	return true
}

// keep remembers a value by its name.
func (o *Objects) keep(name, value []byte) {
	for i := range o.names {
		if bytes.Equal(o.names[i], name) {
			o.cells[i] = value
		}
	}
}

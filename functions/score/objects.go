package main

import (
	"bytes"
	"hourglass/functions/score/rows"
	"io"

	"hourglass/core/orders"
)

// objects turns an order log of JSON lines into comma-separated rows, line for line, so that it is read, guessed at and
// reported on like any other log. The first object's names are the columns. A line that is no
// such object becomes a single cell, which the log then sets aside with its number and text.
type objects struct {
	lines rows.Lines
	names [][]byte // with their quotes
	cells [][]byte // of the line at hand, by name
	rows  []byte   // written and not yet read
}

// isObject tells whether a text begins as JSON lines do.
func isObject(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(rows.ByteOrderMark)), " \t\r\n")
	return len(head) > 0 && head[0] == '{'
}

// newObjects reads the names in the first line of head.
func newObjects(in io.Reader, head []byte) *objects {
	o := &objects{lines: rows.Lines{In: in}}
	first, _, _ := bytes.Cut(bytes.TrimSpace(bytes.TrimPrefix(head, []byte(rows.ByteOrderMark))), []byte("\n"))
	rows.Each(first, func(name, _ []byte) { o.names = append(o.names, name) })
	o.cells = make([][]byte, len(o.names))
	return o
}

// header is the names as a row.
func (o *objects) header() (row []byte) {
	for i, name := range o.names {
		if i > 0 {
			row = append(row, ',')
		}
		row = rows.AppendQuoted(row, rows.DecodeText(name, rows.Jsonl))
	}
	return append(row, '\n')
}

// Read implements io.Reader.
func (o *objects) Read(to []byte) (int, error) {
	for len(o.rows) == 0 {
		line, long, ok := o.lines.Next()
		switch {
		case ok:
			if o.lines.Number == 1 {
				line = bytes.TrimPrefix(line, []byte(rows.ByteOrderMark))
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
func (o *objects) row(row, line []byte, long bool) []byte {
	clear(o.cells)
	switch {
	case long:
		row = append(row, "over a mebibyte"...)
	case len(bytes.TrimSpace(line)) == 0: // stays blank
	case !rows.Each(line, o.keep) || o.nameless():
		row = rows.AppendQuoted(row, line)
	default:
		for i, cell := range o.cells {
			if i > 0 {
				row = append(row, ',')
			}
			if string(cell) != "null" {
				row = rows.AppendQuoted(row, rows.DecodeText(cell, rows.Jsonl))
			}
		}
	}
	return append(row, '\n')
}

// nameless tells whether the line has none of the names: as a row of empty cells it would pass for a blank one.
func (o *objects) nameless() bool {
	for _, cell := range o.cells {
		if cell != nil {
			return false
		}
	}
	return true
}

// keep remembers a value by its name.
func (o *objects) keep(name, value []byte) {
	for i := range o.names {
		if bytes.Equal(o.names[i], name) {
			o.cells[i] = value
		}
	}
}

// guessed maps the columns by their names and the first rows, for rows that come without a header.
func (o *objects) guessed(head []byte, options orders.Options) orders.Options {
	probe := orders.NewReader(options)
	probe.Write(head)
	probe.Close()
	options.Columns, options.Header, options.Delimiter = probe.Report().Columns, orders.HeaderAbsent, ','
	for role, column := range options.Columns {
		if column == 0 {
			options.Columns[role] = orders.None
		}
	}
	return options
}

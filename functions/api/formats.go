package api

import (
	"strings"

	"hourglass/core/catalogue"
)

// A format is how a result is written.
type format uint8

const (
	formatJSON format = iota
	formatCSV
	formatXML
	formatValue
)

var formatNames = []string{"json", "csv", "xml", "value"}

// header is the Content-Type of a format; a table says whether it begins with names (RFC 4180).
func (f format) header(names bool) Header {
	switch f {
	case formatCSV:
		if !names {
			return Header{"Content-Type", "text/csv; charset=utf-8; header=absent"}
		}
		return Header{"Content-Type", "text/csv; charset=utf-8; header=present"}
	case formatXML:
		return Header{"Content-Type", "application/xml"}
	case formatValue:
		return Header{"Content-Type", "text/plain; charset=utf-8"}
	}
	return jsonType
}

// A view is how a client wants to see results.
type view struct {
	format format
	pick   pick
	names  bool // CSV begins with a line of names
}

// append writes one result.
func (v view) append(dst []byte, c *calculation, o outcome) ([]byte, *problem) {
	switch v.format {
	case formatCSV:
		return v.appendTable(dst, c, o), nil
	case formatXML:
		return appendXML(append(dst, xmlHead...), c, o, v.pick, true), nil
	case formatValue:
		return v.appendValue(dst, c, o)
	}
	return appendResult(dst, c, o.stream, o.notes, v.pick, true), nil
}

// A column is one result, or the same result of each record, in a table. A member of a group goes by group.member,
// as field= picks it.
type column struct {
	name   string
	field  *catalogue.Field
	values []float64
	list   bool
}

// columns are the results that are picked: without a pick, all that are one value each.
func columns(dst []column, fields []catalogue.Field, stream []float64, group string, p pick) []column {
	for i := range fields {
		f, rest := &fields[i], skip(&fields[i], stream)
		switch {
		case !p.has(group, f.Name):
		case f.Kind == catalogue.Group:
			dst = columns(dst, f.Fields, stream, dotted(group, f.Name), p)
		case f.Kind <= catalogue.Option:
			dst = append(dst, column{dotted(group, f.Name), f, stream[:1], false})
		case len(p) == 0:
		case f.Kind == catalogue.List:
			dst = append(dst, column{dotted(group, f.Name), f, stream[1 : 1+int(stream[0])], true})
		default:
			dst = append(dst, recordColumns(f, stream, dotted(group, f.Name), p)...)
		}
		stream = rest
	}
	return dst
}

// headings are the names of the columns that a row of results has, without a result.
func headings(dst []string, fields []catalogue.Field, group string, p pick) []string {
	for i := range fields {
		switch f := &fields[i]; {
		case !p.has(group, f.Name):
		case f.Kind == catalogue.Group:
			dst = headings(dst, f.Fields, dotted(group, f.Name), p)
		case f.Kind <= catalogue.Option:
			dst = append(dst, dotted(group, f.Name))
		}
	}
	return dst
}

// recordColumns turns records into one column a field; lists within records have no place in a table.
func recordColumns(f *catalogue.Field, stream []float64, path string, p pick) []column {
	count := int(stream[0])
	stream = stream[1:]
	out := make([]column, len(f.Fields))
	for range count {
		for i := range f.Fields {
			out[i].values = append(out[i].values, stream[0])
			stream = skip(&f.Fields[i], stream)
		}
	}
	kept := out[:0]
	for i := range f.Fields {
		if f.Fields[i].Kind <= catalogue.Option && p.has(path, f.Fields[i].Name) {
			kept = append(kept, column{dotted(path, f.Fields[i].Name), &f.Fields[i], out[i].values, true})
		}
	}
	return kept
}

// appendTable writes a result as CSV: one line of values or, where lists are picked, a line for each of their elements
// with single values repeated.
func (v view) appendTable(dst []byte, c *calculation, o outcome) []byte {
	table := columns(nil, c.Results, o.stream, "", v.pick)
	if v.names {
		for i := range table {
			dst = append(append(dst, table[i].name...), ',')
		}
		dst = endLine(dst)
	}
	for line := range linesOf(table) {
		for i := range table {
			dst = append(appendCell(dst, &table[i], line), ',')
		}
		dst = endLine(dst)
	}
	return dst
}

// linesOf is how many lines a table has: as many as its longest list, or one where there is none.
func linesOf(table []column) int {
	longest, lists := 0, false
	for i := range table {
		if table[i].list {
			longest, lists = max(longest, len(table[i].values)), true
		}
	}
	if !lists {
		return 1
	}
	return longest
}

// appendCell writes the value of a column in a line, nothing where there is none.
func appendCell(dst []byte, col *column, line int) []byte {
	if !col.list {
		line = 0
	}
	if line >= len(col.values) || col.values[line] != col.values[line] {
		return dst
	}
	if v := col.values[line]; col.field.Kind == catalogue.Option {
		return append(dst, col.field.Options[int(v)]...)
	}
	return appendNumber(dst, col.values[line])
}

// endLine ends a line of CSV in the place of its last comma.
func endLine(dst []byte) []byte {
	if last := len(dst) - 1; last >= 0 && dst[last] == ',' {
		dst = dst[:last]
	}
	return append(dst, "\r\n"...)
}

// appendCSVText writes a text as a cell, quoted.
func appendCSVText(dst []byte, text string) []byte {
	return append(append(append(dst, '"'), strings.ReplaceAll(text, `"`, `""`)...), '"')
}

// appendValue writes the picked result, or the first, and nothing else; a result that does not exist is empty.
func (v view) appendValue(dst []byte, c *calculation, o outcome) ([]byte, *problem) {
	table := columns(nil, c.Results, o.stream, "", v.pick)
	if len(table) == 0 || len(v.pick) > 0 && len(table) > 1 || table[0].list {
		var f faults
		bad := notOneValue(v.pick)
		bad.detail += " Or use format=csv."
		f.add(bad)
		p := invalid(f)
		return nil, &p
	}
	return appendCell(dst, &table[0], 0), nil
}

// notOneValue says that what field asks for, or what stands first where it asks for nothing, is not a single value.
func notOneValue(p pick) fault {
	detail := "The first result is not a single value. Name one that is in field."
	if len(p) > 0 {
		detail = "field=" + strings.Join(p, ",") + " is not a single value. Name one result that is."
	}
	return fault{parameter: "field", code: "not_a_value", detail: detail}
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// appendXML writes a result as an element per field; lists hold items, a result that does not exist is empty.
func appendXML(dst []byte, c *calculation, o outcome, p pick, lists bool) []byte {
	dst = append(dst, "<result>"...)
	dst, _ = appendElements(dst, c.Results, o.stream, "", p, lists)
	dst = append(dst, "<warnings>"...)
	for i := range o.notes {
		n := &o.notes[i]
		dst = append(dst, "<warning><code>"...)
		dst = append(dst, n.Code.String()...)
		dst = append(dst, "</code><field>"...)
		dst = appendXMLText(dst, n.Field)
		dst = append(dst, "</field><message>"...)
		dst = appendXMLText(dst, sentence(*n, c.Inputs))
		dst = append(dst, "</message></warning>"...)
	}
	return append(dst, "</warnings></result>"...)
}

func appendElements(dst []byte, fields []catalogue.Field, stream []float64, group string, p pick, lists bool) ([]byte, []float64) {
	for i := range fields {
		f := &fields[i]
		if !p.has(group, f.Name) {
			stream = skip(f, stream)
			continue
		}
		dst = appendTag(dst, "<", f.Name)
		if !lists && f.Kind > catalogue.Option && len(p) == 0 {
			stream = skip(f, stream)
		} else {
			dst, stream = appendContent(dst, f, stream, group, p, lists)
		}
		dst = appendTag(dst, "</", f.Name)
	}
	return dst, stream
}

func appendContent(dst []byte, f *catalogue.Field, stream []float64, group string, p pick, lists bool) ([]byte, []float64) {
	switch f.Kind {
	case catalogue.List:
		n := 1 + int(stream[0])
		for _, v := range stream[1:n] {
			dst = append(appendNumber(append(dst, "<item>"...), v), "</item>"...)
		}
		return dst, stream[n:]
	case catalogue.Group:
		return appendElements(dst, f.Fields, stream, dotted(group, f.Name), p, lists)
	case catalogue.Records:
		count := int(stream[0])
		stream = stream[1:]
		for range count {
			dst, stream = appendElements(append(dst, "<item>"...), f.Fields, stream, dotted(group, f.Name), p, lists)
			dst = append(dst, "</item>"...)
		}
		return dst, stream
	}
	return appendCell(dst, &column{field: f, values: stream[:1]}, 0), stream[1:]
}

func appendTag(dst []byte, open, name string) []byte {
	return append(append(append(dst, open...), name...), '>')
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func appendXMLText(dst []byte, text string) []byte {
	return append(dst, xmlEscapes.Replace(strings.ToValidUTF8(text, "\uFFFD"))...)
}

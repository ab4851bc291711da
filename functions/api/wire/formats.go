package wire

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// A Format is how a result is written.
type Format uint8

const (
	FormatJSON Format = iota
	FormatCSV
	FormatXML
	FormatValue
)

var FormatNames = []string{"json", "csv", "xml", "value"}

// Header is the Content-Type of a format; a table says whether it begins with names (RFC 4180).
func (f Format) Header(names bool) Header {
	switch f {
	case FormatCSV:
		if !names {
			return Header{"Content-Type", "text/csv; charset=utf-8; header=absent"}
		}
		return Header{"Content-Type", "text/csv; charset=utf-8; header=present"}
	case FormatXML:
		return Header{"Content-Type", "application/xml"}
	case FormatValue:
		return Header{"Content-Type", "text/plain; charset=utf-8"}
	}
	return JSONType
}

// A View is how a client wants to see results.
type View struct {
	Format Format
	Pick   Pick
	Names  bool // CSV begins with a line of names
	Comma  bool // decimals are written with a comma, and cells of CSV parted by semicolons
	Words  bool // what has no value says why in its place, a problem too
}

// Separator parts the cells of CSV.
func (v View) Separator() byte {
	if v.Comma {
		return ';'
	}
	return ','
}

// Append writes one result.
func (v View) Append(dst []byte, c *Calculation, o Outcome) ([]byte, *Problem) {
	switch v.Format {
	case FormatCSV:
		return v.appendTable(dst, c, o), nil
	case FormatXML:
		return v.AppendXML(append(dst, XMLHead...), c, o, true), nil
	case FormatValue:
		return v.AppendValue(dst, c, o)
	}
	return AppendResult(dst, c, o, v.Pick, true), nil
}

// warningsName is what field= picks the warnings by.
const warningsName = "warnings"

// Warned tells that the warnings are picked.
func (p Pick) Warned() bool { return slices.Contains(p, warningsName) }

// Results are those that are picked, the warnings aside.
func (p Pick) Results() []string {
	return slices.DeleteFunc(slices.Clone(p), func(name string) bool { return name == warningsName })
}

// A Column is one result, or the same result of each record, in a table. A member of a group goes by group.member,
// as field= picks it.
type Column struct {
	name   string
	Field  *catalogue.Field
	Values []float64
	List   bool
	Texts  []string // of the names of rows, which are no values
}

// Columns are the results that are picked: without a pick, all that are one value each.
func Columns(dst []Column, fields []catalogue.Field, stream []float64, rows RowNames, group string, p Pick) []Column {
	for i := range fields {
		f, rest := &fields[i], Skip(&fields[i], stream)
		switch {
		case !p.has(group, f.Name):
		case f.Kind == catalogue.Group:
			dst = Columns(dst, f.Fields, stream, rows, dotted(group, f.Name), p)
		case f.Kind <= catalogue.Option:
			dst = append(dst, Column{name: dotted(group, f.Name), Field: f, Values: stream[:1]})
		case len(p) == 0:
		case f.Kind == catalogue.List:
			dst = append(dst, Column{name: dotted(group, f.Name), Field: f, Values: stream[1 : 1+int(stream[0])], List: true})
		default:
			if f.Row != "" && p.has(f.Name, catalogue.RowName) {
				dst = append(dst, rowNames(f.Name, rows, int(stream[0])))
			}
			dst = append(dst, recordColumns(f, stream, dotted(group, f.Name), p)...)
		}
		stream = rest
	}
	return dst
}

// Headings are the names of the columns that a row of results has, without a result.
func Headings(dst []string, fields []catalogue.Field, group string, p Pick) []string {
	for i := range fields {
		switch f := &fields[i]; {
		case !p.has(group, f.Name):
		case f.Kind == catalogue.Group:
			dst = Headings(dst, f.Fields, dotted(group, f.Name), p)
		case f.Kind <= catalogue.Option:
			dst = append(dst, dotted(group, f.Name))
		}
	}
	return dst
}

// rowNames is the column of the names of a list's rows.
func rowNames(list string, rows RowNames, count int) Column {
	col := Column{name: dotted(list, catalogue.RowName), Field: &rowName, Values: make([]float64, count), List: true}
	for i := range count {
		col.Texts = append(col.Texts, rows.at(list, i))
	}
	return col
}

// recordColumns turns records into one column a field; lists within records have no place in a table.
func recordColumns(f *catalogue.Field, stream []float64, path string, p Pick) []Column {
	count := int(stream[0])
	stream = stream[1:]
	out := make([]Column, len(f.Fields))
	for range count {
		for i := range f.Fields {
			out[i].Values = append(out[i].Values, stream[0])
			stream = Skip(&f.Fields[i], stream)
		}
	}
	kept := out[:0]
	for i := range f.Fields {
		if f.Fields[i].Kind <= catalogue.Option && p.has(path, f.Fields[i].Name) {
			kept = append(kept, Column{name: dotted(path, f.Fields[i].Name), Field: &f.Fields[i], Values: out[i].Values, List: true})
		}
	}
	return kept
}

// appendTable writes a result as CSV: one line of values or, where lists are picked, a line for each of their elements
// with single values repeated.
func (v View) appendTable(dst []byte, c *Calculation, o Outcome) []byte {
	table := Columns(nil, c.Results, o.Stream, o.Rows, "", v.Pick)
	warned := v.Pick.Warned()
	if v.Names {
		for i := range table {
			dst = append(append(dst, table[i].name...), v.Separator())
		}
		if warned {
			dst = append(append(dst, warningsName...), v.Separator())
		}
		dst = v.endLine(dst)
	}
	for line := range linesOf(table) {
		for i := range table {
			dst = append(v.AppendCell(dst, &table[i], line, c, o), v.Separator())
		}
		if warned {
			dst = append(AppendWarningCell(dst, c, o), v.Separator())
		}
		dst = v.endLine(dst)
	}
	return dst
}

// AppendWarningCell writes the sentences of a result's warnings as a cell of CSV, nothing where there are none.
func AppendWarningCell(dst []byte, c *Calculation, o Outcome) []byte {
	if len(o.Notes) == 0 {
		return dst
	}
	return AppendCSVText(dst, warningText(c, o))
}

// warningText is the sentences of a result's warnings.
func warningText(c *Calculation, o Outcome) string {
	list := make([]string, len(o.Notes))
	for i := range o.Notes {
		list[i] = sentence(o.Notes[i], c.Inputs)
	}
	return strings.Join(list, " ")
}

// WarningsHeader names the warnings of results that are written without them: a list (RFC 9651) of codes, of one result with
// the field that each is about, of many with the number of their rows.
func WarningsHeader(o Outcome) Header {
	var list []string
	for _, n := range o.Notes {
		entry := n.Code.String()
		if n.Field != "" {
			entry += `;field="` + n.Field + `"`
		}
		list = append(list, entry)
	}
	return Header{warningsHeader, strings.Join(list, ", ")}
}

const warningsHeader = "Result-Warnings"

// RowWarnings counts the rows that have each warning.
type RowWarnings [notice.CodeCount]int

// Count adds those of a row, each once.
func (w *RowWarnings) Count(notes notice.List) {
	var seen [notice.CodeCount]bool
	for _, n := range notes {
		if !seen[n.Code] {
			seen[n.Code] = true
			w[n.Code]++
		}
	}
}

// Header is WarningsHeader of many rows.
func (w *RowWarnings) Header() Header {
	var list []string
	for code, rows := range w {
		if rows > 0 {
			list = append(list, notice.Code(code).String()+";rows="+strconv.Itoa(rows))
		}
	}
	return Header{warningsHeader, strings.Join(list, ", ")}
}

// Bare tells that a format has no place of its own for warnings.
func (f Format) Bare() bool { return f == FormatCSV || f == FormatValue }

// linesOf is how many lines a table has: as many as its longest list, or one where there is none.
func linesOf(table []Column) int {
	longest, lists := 0, false
	for i := range table {
		if table[i].List {
			longest, lists = max(longest, len(table[i].Values)), true
		}
	}
	if !lists {
		return 1
	}
	return longest
}

// AppendCell writes the value of a column in a line. Where there is none it writes nothing or, of a view with words, why.
func (v View) AppendCell(dst []byte, col *Column, line int, c *Calculation, o Outcome) []byte {
	if !col.List {
		line = 0
	}
	if line >= len(col.Values) {
		return dst
	}
	value := col.Values[line]
	switch {
	case col.Texts != nil:
		return v.appendWords(dst, col.Texts[line])
	case value != value && v.Words:
		return v.appendWords(dst, absence(col.Field, c, o))
	case value != value:
		return dst
	case col.Field.Kind == catalogue.Option:
		return append(dst, col.Field.Options[int(value)]...)
	}
	return v.AppendNumber(dst, value)
}

// AppendNumber writes a number with the view's decimal sign.
func (v View) AppendNumber(dst []byte, value float64) []byte {
	start := len(dst)
	dst = AppendNumber(dst, value)
	if at := bytes.IndexByte(dst[start:], '.'); v.Comma && at >= 0 {
		dst[start+at] = ','
	}
	return dst
}

// appendWords writes a text as the format has it.
func (v View) appendWords(dst []byte, text string) []byte {
	switch v.Format {
	case FormatCSV:
		return AppendCSVText(dst, text)
	case FormatXML:
		return AppendXMLText(dst, text)
	}
	return append(dst, text...)
}

// AppendProblem writes a problem in the place of the results that were asked for by field, the first in CSV and each in XML.
func (v View) AppendProblem(dst []byte, p *Problem, field string) []byte {
	text := strings.ReplaceAll(p.Text(), "\n", " ")
	names := slices.DeleteFunc(strings.Split(field, ","), func(name string) bool { return !isPath(name) })
	switch v.Format {
	case FormatCSV:
		if v.Names {
			if len(names) == 0 {
				names = []string{"problem"}
			}
			dst = append(append(dst, strings.Join(names, string(v.Separator()))...), "\r\n"...)
		}
		return append(AppendCSVText(dst, text), "\r\n"...)
	case FormatXML:
		dst = append(append(dst, XMLHead...), "<result>"...)
		for _, name := range names {
			groups := strings.Split(name, ".")
			for _, group := range groups {
				dst = appendTag(dst, "<", group)
			}
			dst = AppendXMLText(dst, text)
			for _, group := range slices.Backward(groups) {
				dst = appendTag(dst, "</", group)
			}
		}
		return append(AppendXMLText(append(dst, "<problem>"...), text), "</problem></result>"...)
	}
	return append(dst, text...)
}

// isPath tells whether a text can name a result: letters, digits and underscores in groups parted by points.
func isPath(text string) bool {
	for name := range strings.SplitSeq(text, ".") {
		for i := range len(name) {
			if c := name[i]; c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
		if name == "" {
			return false
		}
	}
	return true
}

// absence says why a result does not exist.
func absence(f *catalogue.Field, c *Calculation, o Outcome) string {
	word := catalogue.AbsenceOf(f, c.Inputs).Say(func(name string) bool {
		in := o.In
		for i := range c.Inputs {
			if len(in) == 0 {
				return false
			}
			if c.Inputs[i].Name == name {
				return in[0] == in[0]
			}
			in = Skip(&c.Inputs[i], in)
		}
		return false
	})
	for i := range o.Notes {
		if word == "none" && o.Notes[i].Code == notice.NotGiven {
			word = "none (" + o.Notes[i].Field + " is left out)"
		}
	}
	return word
}

// endLine ends a line of CSV in the place of its last separator.
func (v View) endLine(dst []byte) []byte {
	if last := len(dst) - 1; last >= 0 && dst[last] == v.Separator() {
		dst = dst[:last]
	}
	return append(dst, "\r\n"...)
}

// AppendCSVText writes a text as a cell, quoted.
func AppendCSVText(dst []byte, text string) []byte {
	return append(append(append(dst, '"'), strings.ReplaceAll(text, `"`, `""`)...), '"')
}

// AppendValue writes the picked result, or the first, and nothing else; of a result that does not exist, why.
func (v View) AppendValue(dst []byte, c *Calculation, o Outcome) ([]byte, *Problem) {
	table := Columns(nil, c.Results, o.Stream, o.Rows, "", v.Pick)
	if len(v.Pick) == 1 && v.Pick.Warned() {
		return append(dst, warningText(c, o)...), nil
	}
	if len(table) == 0 || v.Pick.Warned() || len(v.Pick) > 0 && len(table) > 1 || table[0].List {
		var f Faults
		bad := NotOneValue(v.Pick)
		bad.Detail = Sentences(bad.Detail, "Or use format=csv.")
		f.Add(bad)
		p := Invalid(f)
		return nil, &p
	}
	v.Words = true // nothing would count as 0
	return v.AppendCell(dst, &table[0], 0, c, o), nil
}

// NotOneValue says that what field asks for, or what stands first where it asks for nothing, is not a single value.
func NotOneValue(p Pick) Fault {
	detail := "The first result is not a single value. Name one that is in field."
	if len(p) > 0 {
		detail = NotValue.Say(strings.Join(p, ","))
	}
	return Fault{Parameter: "field", Code: "not_a_value", Detail: detail}
}

const XMLHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// AppendXML writes a result as an element per field; lists hold items, a result that does not exist is empty.
func (v View) AppendXML(dst []byte, c *Calculation, o Outcome, lists bool) []byte {
	x := xmlWriter{v, c, o, lists}
	dst = append(dst, "<result>"...)
	dst, _ = x.elements(dst, c.Results, o.Stream, "")
	dst = append(dst, "<warnings>"...)
	for i := range o.Notes {
		n := &o.Notes[i]
		dst = append(dst, "<warning><code>"...)
		dst = append(dst, n.Code.String()...)
		dst = append(dst, "</code><field>"...)
		dst = AppendXMLText(dst, n.Field)
		dst = append(dst, "</field><message>"...)
		dst = AppendXMLText(dst, sentence(*n, c.Inputs))
		dst = append(dst, "</message></warning>"...)
	}
	return append(dst, "</warnings></result>"...)
}

// An xmlWriter writes the elements of one result.
type xmlWriter struct {
	View
	c     *Calculation
	o     Outcome
	lists bool
}

func (x *xmlWriter) elements(dst []byte, fields []catalogue.Field, stream []float64, group string) ([]byte, []float64) {
	for i := range fields {
		f := &fields[i]
		if !x.Pick.has(group, f.Name) {
			stream = Skip(f, stream)
			continue
		}
		dst = appendTag(dst, "<", f.Name)
		if !x.lists && f.Kind > catalogue.Option && len(x.Pick) == 0 {
			stream = Skip(f, stream)
		} else {
			dst, stream = x.content(dst, f, stream, group)
		}
		dst = appendTag(dst, "</", f.Name)
	}
	return dst, stream
}

func (x *xmlWriter) content(dst []byte, f *catalogue.Field, stream []float64, group string) ([]byte, []float64) {
	switch f.Kind {
	case catalogue.List:
		n := 1 + int(stream[0])
		for _, v := range stream[1:n] {
			dst = append(x.AppendNumber(append(dst, "<item>"...), v), "</item>"...)
		}
		return dst, stream[n:]
	case catalogue.Group:
		return x.elements(dst, f.Fields, stream, dotted(group, f.Name))
	case catalogue.Records:
		count := int(stream[0])
		stream = stream[1:]
		for i := range count {
			dst = append(dst, "<item>"...)
			if name := x.o.Rows.at(f.Name, i); name != "" && f.Row != "" && x.Pick.has(f.Name, catalogue.RowName) {
				dst = appendTag(AppendXMLText(appendTag(dst, "<", catalogue.RowName), name), "</", catalogue.RowName)
			}
			dst, stream = x.elements(dst, f.Fields, stream, dotted(group, f.Name))
			dst = append(dst, "</item>"...)
		}
		return dst, stream
	}
	return x.AppendCell(dst, &Column{Field: f, Values: stream[:1]}, 0, x.c, x.o), stream[1:]
}

func appendTag(dst []byte, open, name string) []byte {
	return append(append(append(dst, open...), name...), '>')
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func AppendXMLText(dst []byte, text string) []byte {
	return append(dst, xmlEscapes.Replace(strings.ToValidUTF8(text, "\uFFFD"))...)
}

package rows

import (
	"regexp"
	"slices"
	"strings"
)

// A Field is a column of the output.
type Field uint8

const (
	FieldID Field = iota
	FieldOrders
	FieldSpend
	FieldAlive
	FieldExpectedOrders
	FieldExpectedSpend
	FieldCLV
	FieldLower
	FieldUpper
	FieldNext
	FieldRank
	FieldDecile
	fieldSegment
	numFields
)

var fieldNames = [numFields]string{"id", "orders", "spend", "p_alive", "expected_orders", "expected_spend", "clv",
	"clv_lower", "clv_upper", "next_order_days", "rank", "decile", "segment"}

// String returns the field's name in the output.
func (f Field) String() string { return fieldNames[f] }

// Text reports whether a field is a text, Whole whether it is a whole number that every customer has.
func (f Field) Text() bool  { return f == FieldID || f == fieldSegment }
func (f Field) Whole() bool { return f == FieldOrders || f == FieldRank || f == FieldDecile }

// ParseFields reads a list of fields. None are all of them; when streaming the id, where
// there is one, and the expectations.
func ParseFields(text string, streaming bool) ([]Field, error) {
	var out []Field
	if text == "" {
		for f := range numFields {
			if !streaming || f == FieldID || f >= FieldAlive && f <= FieldCLV {
				out = append(out, f)
			}
		}
		return out, nil
	}
	for name := range strings.SplitSeq(text, ",") {
		f := Field(0)
		for f < numFields && fieldNames[f] != strings.TrimSpace(name) {
			f++
		}
		if f == numFields {
			return nil, Misuse("-fields are some of %s, not %q", strings.Join(fieldNames[:], ", "), name)
		}
		if streaming && f >= FieldRank {
			return nil, Misuse("-stream sees one row at a time and knows no %s", name)
		}
		if slices.Contains(out, f) {
			return nil, Misuse("-fields names %q twice", fieldNames[f])
		}
		out = append(out, f)
	}
	return out, nil
}

// A Scored row is what is written of a customer.
type Scored struct {
	ID      []byte
	Form    Form // in which the id is written; an empty id is none
	number  [numFields]float64
	given   [numFields]bool
	Segment string
	Carried [][]byte // texts of the columns that the writer carries
}

func (s *Scored) Set(f Field, v float64) { s.number[f], s.given[f] = v, true }

// Number is that of a field; false where there is none.
func (s *Scored) Number(f Field) (float64, bool) { return s.number[f], s.given[f] }

// TextOf is that of a field that is a text.
func (s *Scored) TextOf(f Field) []byte {
	if f == FieldID {
		return DecodeText(s.ID, s.Form)
	}
	return []byte(s.Segment)
}

// A Writer writes rows in a form.
type Writer struct {
	form   Form
	fields []Field
	names  []string // of the columns that are carried
	before [][]byte // what comes before each field, and each of these
	Guard  bool     // ids that a spreadsheet would take for formulas are written as text
}

func NewWriter(f Form, fields []Field) *Writer {
	w := &Writer{form: f, fields: fields}
	for i, name := range fields {
		before := ""
		switch {
		case f == Jsonl && i == 0:
			before = `{"` + fieldNames[name] + `":`
		case f == Jsonl:
			before = `,"` + fieldNames[name] + `":`
		case f == Tsv && i > 0:
			before = "\t"
		case i > 0:
			before = ","
		}
		w.before = append(w.before, []byte(before))
	}
	return w
}

// Carry adds columns of the file behind the fields. A name that is taken already says that it is the file's.
func (w *Writer) Carry(names []string) {
	taken := map[string]bool{}
	for _, f := range w.fields {
		taken[fieldNames[f]] = true
	}
	for _, name := range names {
		for taken[name] {
			name += " (file)"
		}
		taken[name] = true
		w.names = append(w.names, name)
		before := ","
		if w.form == Tsv {
			before = "\t"
		}
		if w.form == Jsonl {
			before = string(append(AppendText([]byte(before), []byte(name), Plain, Jsonl), ':'))
		}
		w.before = append(w.before, []byte(before))
	}
}

// Header writes the names of the fields; objects need none.
func (w *Writer) Header(dst []byte) []byte {
	if w.form == Jsonl {
		return dst
	}
	for i, f := range w.fields {
		dst = append(append(dst, w.before[i]...), fieldNames[f]...)
	}
	for i, name := range w.names {
		dst = w.text(append(dst, w.before[len(w.fields)+i]...), []byte(name))
	}
	return append(dst, '\n')
}

func (w *Writer) Row(dst []byte, s *Scored) []byte {
	for i, f := range w.fields {
		dst = append(dst, w.before[i]...)
		switch {
		case f == FieldID && len(s.ID) > 0 && w.Guard && w.form != Jsonl:
			dst = AppendText(dst, Unarmed(DecodeText(s.ID, s.Form)), Plain, w.form)
		case f == FieldID && len(s.ID) > 0:
			dst = AppendText(dst, s.ID, s.Form, w.form)
		case f == fieldSegment && s.Segment != "":
			dst = AppendText(dst, []byte(s.Segment), Plain, w.form)
		case s.given[f]:
			dst = AppendNumber(dst, s.number[f])
		default:
			dst = AppendNothing(dst, w.form)
		}
	}
	for i, text := range s.Carried {
		if dst = append(dst, w.before[len(w.fields)+i]...); len(text) == 0 {
			dst = AppendNothing(dst, w.form)
		} else {
			dst = w.text(dst, text)
		}
	}
	if w.form == Jsonl {
		dst = append(dst, '}')
	}
	return append(dst, '\n')
}

// phone is a telephone number: its plus begins no formula (site/customers/csv.ts has the same).
var phone = regexp.MustCompile(`^\+?\d[\d\s().-]{6,}$`)

// text writes a text of the file.
func (w *Writer) text(dst, text []byte) []byte {
	if w.Guard && w.form != Jsonl && !phone.Match(text) {
		text = Unarmed(text)
	}
	return AppendText(dst, text, Plain, w.form)
}

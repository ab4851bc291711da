package main

import "strings"

// A field is a column of the output.
type field uint8

const (
	fieldID field = iota
	fieldOrders
	fieldSpend
	fieldAlive
	fieldExpectedOrders
	fieldExpectedSpend
	fieldCLV
	fieldLower
	fieldUpper
	fieldNext
	fieldRank
	fieldDecile
	fieldSegment
	numFields
)

var fieldNames = [numFields]string{"id", "orders", "spend", "p_alive", "expected_orders", "expected_spend", "clv",
	"clv_lower", "clv_upper", "next_order_days", "rank", "decile", "segment"}

// parseFields reads a list of fields. None are all of them; when streaming the id, where
// there is one, and the expectations.
func parseFields(text string, streaming bool) ([]field, error) {
	var out []field
	if text == "" {
		for f := range numFields {
			if !streaming || f == fieldID || f >= fieldAlive && f <= fieldCLV {
				out = append(out, f)
			}
		}
		return out, nil
	}
	for name := range strings.SplitSeq(text, ",") {
		f := field(0)
		for f < numFields && fieldNames[f] != strings.TrimSpace(name) {
			f++
		}
		if f == numFields {
			return nil, misuse("-fields are some of %s, not %q", strings.Join(fieldNames[:], ", "), name)
		}
		if streaming && f >= fieldRank {
			return nil, misuse("-stream sees one row at a time and knows no %s", name)
		}
		out = append(out, f)
	}
	return out, nil
}

// wants reports whether one of the fields is asked for.
func (s *settings) wants(some ...field) bool {
	for _, f := range s.fields {
		for _, g := range some {
			if f == g {
				return true
			}
		}
	}
	return false
}

// A scored row is what is written of a customer.
type scored struct {
	id      []byte
	form    form // in which the id is written; an empty id is none
	number  [numFields]float64
	given   [numFields]bool
	segment string
}

func (s *scored) set(f field, v float64) { s.number[f], s.given[f] = v, true }

// A writer writes rows in a form.
type writer struct {
	form   form
	fields []field
	before [][]byte // what comes before each field
	guard  bool     // ids that a spreadsheet would take for formulas are written as text
}

func newWriter(f form, fields []field) *writer {
	w := &writer{form: f, fields: fields}
	for i, name := range fields {
		before := ""
		switch {
		case f == jsonl && i == 0:
			before = `{"` + fieldNames[name] + `":`
		case f == jsonl:
			before = `,"` + fieldNames[name] + `":`
		case f == tsv && i > 0:
			before = "\t"
		case i > 0:
			before = ","
		}
		w.before = append(w.before, []byte(before))
	}
	return w
}

// header writes the names of the fields; objects need none.
func (w *writer) header(dst []byte) []byte {
	if w.form == jsonl {
		return dst
	}
	for i, f := range w.fields {
		dst = append(append(dst, w.before[i]...), fieldNames[f]...)
	}
	return append(dst, '\n')
}

func (w *writer) row(dst []byte, s *scored) []byte {
	for i, f := range w.fields {
		dst = append(dst, w.before[i]...)
		switch {
		case f == fieldID && len(s.id) > 0 && w.guard && w.form != jsonl:
			dst = appendText(dst, unarmed(decodeText(s.id, s.form)), plain, w.form)
		case f == fieldID && len(s.id) > 0:
			dst = appendText(dst, s.id, s.form, w.form)
		case f == fieldSegment && s.segment != "":
			dst = appendText(dst, []byte(s.segment), plain, w.form)
		case s.given[f]:
			dst = appendNumber(dst, s.number[f])
		default:
			dst = appendNothing(dst, w.form)
		}
	}
	if w.form == jsonl {
		dst = append(dst, '}')
	}
	return append(dst, '\n')
}

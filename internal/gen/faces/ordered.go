package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"hourglass/core/catalogue"
)

// An object is JSON whose members keep their order, for a reader's sake.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	var w bytes.Buffer
	w.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			w.WriteByte(',')
		}
		fmt.Fprintf(&w, "%q:", m.key)
		w.Write(compact(m.value))
	}
	w.WriteByte('}')
	return w.Bytes(), nil
}

// compact is v as JSON in one line, without escaping for HTML.
func compact(v any) []byte {
	var w bytes.Buffer
	e := json.NewEncoder(&w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // plain data: cannot fail
	}
	return bytes.TrimRight(w.Bytes(), "\n")
}

// example is the worked example of a calculation as its input goes over the wire, in the order of its fields.
func example(c catalogue.Calculation) object {
	return inOrder(exampleOf(c), c.Layout().Inputs)
}

func inOrder(values map[string]any, fields []catalogue.Field) object {
	var out object
	for _, f := range fields {
		if v, ok := values[f.Name]; ok {
			out = append(out, member{f.Name, v})
		}
	}
	return out
}

// exampleQuery is the example as a query.
func exampleQuery(c catalogue.Calculation) string { return queryOf(example(c)) }

// indented is v as JSON for a person to read.
func indented(v any) []byte {
	var w bytes.Buffer
	if err := json.Indent(&w, compact(v), "", "  "); err != nil {
		panic(err) // just encoded: cannot fail
	}
	return append(w.Bytes(), '\n')
}

package mcp

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/functions/api/wire"
)

// A pair is a member of a JSON object.
type pair struct {
	name  string
	value jsontext.Value
}

// pairs are the members of an object in their order; none for what is no object.
func pairs(value jsontext.Value) (list []pair) {
	r := wire.Read(value)
	defer r.Done()
	if r.Tokens.PeekKind() != '{' {
		return nil
	}
	_, _ = r.Tokens.ReadToken()
	for r.Tokens.PeekKind() == '"' {
		name, err := r.Tokens.ReadToken()
		key := name.String()
		v, err2 := r.Tokens.ReadValue()
		if err != nil || err2 != nil {
			return list
		}
		list = append(list, pair{key, v.Clone()})
	}
	return list
}

// elements are those of an array.
func elements(value jsontext.Value) (list []jsontext.Value) {
	r := wire.Read(value)
	defer r.Done()
	if r.Tokens.PeekKind() != '[' {
		return nil
	}
	_, _ = r.Tokens.ReadToken()
	for kind := r.Tokens.PeekKind(); kind != ']' && kind != 0; kind = r.Tokens.PeekKind() {
		v, err := r.Tokens.ReadValue()
		if err != nil {
			return list
		}
		list = append(list, v.Clone())
	}
	return list
}

// joined are members as an object.
func joined(list []pair) []byte {
	var w strings.Builder
	for _, p := range list {
		member(&w, p.name, string(p.value))
	}
	return []byte("{" + w.String() + "}")
}

// A digest is an answer on its way to a model: the same without what costs more than it tells.
type digest struct {
	series bool     // lists over time are kept
	left   []string // what was left out
}

// mostRows is how many entries of a list a model is given unasked.
const mostRows = 50

// of is an answer with these fields, numbers rounded, without what runs over time.
func (d *digest) of(fields []catalogue.Field, answer jsontext.Value, perCustomer bool) []byte {
	var out []pair
	for _, p := range pairs(answer) {
		if i := wire.IndexOf(fields, p.name, 0); i >= 0 && !perCustomer && !d.series && overTime(&fields[i]) && p.value.Kind() != 'n' {
			d.left = append(d.left, p.name)
			continue
		}
		out = append(out, pair{p.name, d.value(p.value, p.name)})
	}
	if len(d.left) > 0 {
		out = append(out, pair{"left_out", jsontext.Value(quotedList(d.left))})
	}
	return joined(out)
}

// overTime tells whether a field is a list of numbers along time or bins, or a group of such.
func overTime(f *catalogue.Field) bool {
	if f.Kind != catalogue.Group {
		return f.Kind == catalogue.List
	}
	for i := range f.Fields {
		if f.Fields[i].Kind == catalogue.List {
			return true
		}
	}
	return false
}

func (d *digest) value(v jsontext.Value, name string) jsontext.Value {
	switch v.Kind() {
	case '0':
		return rounded(v)
	case '{':
		list := pairs(v)
		for i := range list {
			list[i].value = d.value(list[i].value, name+"."+list[i].name)
		}
		return joined(list)
	case '[':
		list := elements(v)
		if len(list) > mostRows && !d.series {
			d.left = append(d.left, name+": "+strconv.Itoa(len(list)-mostRows)+" of "+strconv.Itoa(len(list)))
			list = list[:mostRows]
		}
		dst := []byte{'['}
		for _, one := range list {
			dst = append(append(dst, d.value(one, name)...), ',')
		}
		return wire.Closed(dst, ']')
	}
	return v
}

// rounded is a number as a person would tell it: money of a thousand and more to the cent, all else to six digits.
func rounded(v jsontext.Value) jsontext.Value {
	x, err := strconv.ParseFloat(string(v), 64)
	if err != nil || x == math.Trunc(x) {
		return v
	}
	if math.Abs(x) >= 1000 {
		x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'f', 2, 64), 64)
	} else {
		x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 6, 64), 64)
	}
	return wire.AppendNumber(nil, x)
}

// placeOf finds a field by its name, a tool's input by its old one too.
func placeOf(fields []catalogue.Field, name string) int {
	at := wire.IndexOf(fields, name, 0)
	if at < 0 && name == "inputs" {
		at = wire.IndexOf(fields, "input", 0)
	}
	return at
}

// plain undoes the text that models wrap numbers, lists and objects in, where the fields say that no text is meant.
func plain(fields []catalogue.Field, value jsontext.Value, of func(id string) []catalogue.Field) jsontext.Value {
	list := pairs(value)
	if list == nil {
		return value
	}
	id := ""
	for _, p := range list {
		if p.name == "calculation" {
			id = wire.Override(p.value, "")
		}
	}
	for i := range list {
		at := placeOf(fields, list[i].name)
		if at < 0 {
			continue
		}
		list[i].value = plainField(&fields[at], list[i].value, id, of)
	}
	return joined(list)
}

func plainField(f *catalogue.Field, v jsontext.Value, id string, of func(id string) []catalogue.Field) jsontext.Value {
	if v.Kind() == '"' && f.Kind != catalogue.Text && f.Kind != catalogue.Option {
		text := strings.TrimSpace(wire.Override(v, ""))
		if _, why := wire.ParseNumber(text); why == "" && f.Kind == catalogue.Number {
			if x, err := strconv.ParseFloat(text, 64); err == nil {
				return wire.AppendNumber(nil, x)
			}
		}
		if inner := jsontext.Value(text); f.Kind != catalogue.Number && inner.IsValid() && (inner.Kind() == '[' || inner.Kind() == '{') {
			v = inner
		}
	}
	switch f.Kind {
	case catalogue.Object:
		return plain(of(id), v, of)
	case catalogue.Group:
		return plain(f.Fields, v, of)
	case catalogue.Records:
		list := elements(v)
		if list == nil {
			return v
		}
		dst := []byte{'['}
		for _, one := range list {
			// The inputs of a scenario are those of the calculation that stands outside.
			inner := plainRecord(f.Fields, one, id, of)
			dst = append(append(dst, inner...), ',')
		}
		return wire.Closed(dst, ']')
	}
	return v
}

func plainRecord(fields []catalogue.Field, value jsontext.Value, id string, of func(id string) []catalogue.Field) jsontext.Value {
	list := pairs(value)
	if list == nil {
		return value
	}
	for i := range list {
		if at := placeOf(fields, list[i].name); at >= 0 {
			list[i].value = plainField(&fields[at], list[i].value, id, of)
		}
	}
	return joined(list)
}

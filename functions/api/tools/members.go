package tools

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
	"hourglass/functions/api/wire"
)

// How the parts of a tool's body are read, and those of its answer written: tools_gen.go calls these for the fields that
// core/decide declares.

// oldInput is what a tool's input was called.
const oldInput = "inputs"

// inputAt is the pointer to the input within path, by the name that it was given.
func (d *decision) inputAt(path string) string {
	if slices.Contains(d.renamed, path) {
		return path + "/" + oldInput
	}
	return path + "/input"
}

// withRenamed is warnings with that of an old name within path before them.
func (d *decision) withRenamed(path string, notes notice.List) notice.List {
	notes = append(d.was, notes...)
	if slices.Contains(d.renamed, path) {
		return append(notice.List{{Code: notice.Renamed, Field: "input"}}, notes...)
	}
	return notes
}

// object reads the members of a JSON object; what is null is left out. It is not ok when there is no object.
func (d *decision) object(value jsontext.Value, path string, fields []catalogue.Field) (parts map[string]jsontext.Value, ok bool) {
	parts = map[string]jsontext.Value{}
	if value.Kind() != '{' {
		d.r.Fault(path, "not_an_object", "This must be a JSON object: {\"name\": value, ...}.")
		return nil, false
	}
	r := wire.Read(value)
	defer r.Done()
	_, _ = r.Tokens.ReadToken() // the value is well formed
	seen := make([]bool, len(fields))
	for r.Tokens.PeekKind() == '"' {
		raw, _ := r.Tokens.ReadValue()
		name, _ := jsontext.AppendUnquote(nil, raw)
		member, _ := r.Tokens.ReadValue()
		if string(name) == oldInput && wire.IndexOf(fields, "input", 0) >= 0 {
			d.renamed, name = append(d.renamed, path), []byte("input")
		}
		switch i := wire.IndexOf(fields, string(name), 0); {
		case i < 0:
			d.r.AddUnknown(fields, string(name), path)
		case seen[i]:
			d.r.Fault(path+"/"+string(name), "duplicate_field", wire.Twice.Say(string(name)))
		default:
			seen[i] = true
			if member.Kind() != 'n' {
				parts[string(name)] = member.Clone()
			}
		}
	}
	return parts, true
}

// list reads the elements of a JSON array, between least and most of them.
func (d *decision) list(value jsontext.Value, pointer string, least, most int) (list []jsontext.Value) {
	name := pointer[1:]
	if value.Kind() != '[' {
		if value != nil || least > 0 {
			d.r.Fault(pointer, "not_a_list", wire.NotList.Say(name))
		}
		return nil
	}
	r := wire.Read(value)
	defer r.Done()
	_, _ = r.Tokens.ReadToken()
	for r.Tokens.PeekKind() != ']' {
		element, _ := r.Tokens.ReadValue()
		if list = append(list, element.Clone()); len(list) > most {
			break
		}
	}
	if n := len(list); n < least || n > most {
		d.r.Faults.Add(wire.Fault{Pointer: pointer, Code: "wrong_length", Limit: float64(most), Limited: true,
			Detail: wire.Entries.Say(name, strconv.Itoa(least), strconv.Itoa(most))})
		return nil
	}
	return list
}

// number reads a number within [least, most], or gives the standard where it is left out; a standard that is NaN makes
// it required.
func (d *decision) number(value jsontext.Value, pointer string, least, most, standard float64) float64 {
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	if value == nil {
		if standard != standard {
			d.r.Fault(pointer, "required", wire.NumberMissing.Say(name))
		}
		return standard
	}
	r := wire.Read(value)
	defer r.Done()
	r.Begin(nil)
	v, _ := r.Number(name, strings.TrimSuffix(pointer, "/"+name), -1)
	d.r.Faults.List = append(d.r.Faults.List, r.Faults.List...)
	d.within(v, least, most, pointer)
	return v
}

// within finds a number wrong that is beyond a bound.
func (d *decision) within(v, least, most float64, pointer string) {
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	switch {
	case v < least:
		d.r.Faults.Add(wire.Fault{Pointer: pointer, Code: "too_low", Limit: least, Limited: true, Detail: wire.AtLeast.Say(name, notice.Figure(least))})
	case v > most:
		d.r.Faults.Add(wire.Fault{Pointer: pointer, Code: "too_high", Limit: most, Limited: true, Detail: wire.AtMost.Say(name, notice.Figure(most))})
	}
}

// whole is number for whole numbers.
func (d *decision) whole(value jsontext.Value, pointer string, least, most, standard float64) float64 {
	v := d.number(value, pointer, least, most, standard)
	if v != math.Trunc(v) {
		d.r.Fault(pointer, "not_whole", wire.NotWhole.Say(pointer[strings.LastIndexByte(pointer, '/')+1:]))
	}
	return v
}

// optional is number where nil stands for one left out.
func (d *decision) optional(value jsontext.Value, pointer string, least, most float64) *float64 {
	if value == nil {
		return nil
	}
	return new(d.number(value, pointer, least, most, math.NaN()))
}

// optionalWhole is optional for whole numbers.
func (d *decision) optionalWhole(value jsontext.Value, pointer string, least, most float64) *float64 {
	if value == nil {
		return nil
	}
	return new(d.whole(value, pointer, least, most, math.NaN()))
}

// text reads text that has to be there and to say something.
func (d *decision) text(value jsontext.Value, pointer string) string {
	if value.Kind() == '"' {
		if text, _ := jsontext.AppendUnquote(nil, value); len(text) > 0 {
			return string(text)
		}
	}
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	d.r.Fault(pointer, "required", wire.TextMissing.Say(name))
	return ""
}

// optionalText is text where nil stands for one left out.
func (d *decision) optionalText(value jsontext.Value, pointer string) *string {
	if value == nil {
		return nil
	}
	return new(d.text(value, pointer))
}

// part is an object that has to be there.
func (d *decision) part(value jsontext.Value, pointer string, fields []catalogue.Field) jsontext.Value {
	if value == nil {
		name := pointer[strings.LastIndexByte(pointer, '/')+1:]
		d.r.Fault(pointer, "required", wire.ObjectMissing.Say(name, wire.Listed(wire.Names(fields))))
	}
	return value
}

// option reads an option by its wire name; one left out is the first.
func option[O interface {
	~uint8
	String() string
}](d *decision, value jsontext.Value, pointer string) O {
	if value == nil {
		return 0
	}
	text := d.text(value, pointer)
	o, err := notice.ParseOption[O](text)
	if err == nil || text == "" {
		return o
	}
	var options []string
	for k := O(0); k.String() != ""; k++ {
		options = append(options, k.String())
	}
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	detail := wire.Sentences(wire.EitherNot.Say(name, wire.Choices(options), wire.Quoted(text)), wire.Guess(text, options))
	d.r.Fault(pointer, "unknown_option", detail)
	return 0
}

// appendOptional writes a number that may not exist.
func appendOptional(dst []byte, v *float64) []byte {
	if v == nil {
		return append(dst, "null"...)
	}
	return wire.AppendNumber(dst, *v)
}

// appendEach writes a list of n elements.
func appendEach(dst []byte, n int, element func(dst []byte, i int) []byte) []byte {
	dst = append(dst, '[')
	for i := range n {
		dst = append(element(dst, i), ',')
	}
	return wire.Closed(dst, ']')
}

// withWarnings adds the warnings to an answer.
func withWarnings(dst []byte, notes notice.List, inputs []catalogue.Field) []byte {
	dst = append(dst[:len(dst)-1], `,"warnings":`...)
	dst = appendEach(dst, len(notes), func(dst []byte, i int) []byte { return wire.AppendWarning(dst, &notes[i], inputs) })
	return append(dst, '}')
}

// existing is a number that a tool found, or nil.
func existing(v float64) *float64 {
	if v-v != 0 {
		return nil
	}
	return &v
}

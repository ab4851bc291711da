package api

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
)

// A slot is what a request says of one field: nothing, a number (or an option's index), or the part of the boundary's
// stream that a list or records make.
type slot struct {
	given  bool
	value  float64
	stream []float64
}

// A reading turns JSON into the boundary's stream, field by field of a layout, and collects everything that is wrong
// on the way instead of stopping at the first. Only JSON that cannot be parsed ends it, with an error.
type reading struct {
	body    []byte
	source  bytes.Buffer
	tokens  *jsontext.Decoder
	slots   []slot
	faults  faults
	base    string // pointer to the input within its row
	in, out []float64
	// texts admits text where a number or a list is meant: a warehouse sends its decimals so, and lists where it has
	// no type for them.
	texts bool
}

var readings = sync.Pool{New: func() any { return &reading{tokens: new(jsontext.Decoder)} }}

// read prepares a reading of a JSON text; done gives it back. Duplicate names are for object to find, as a problem
// among others.
func read(body []byte) *reading {
	r := readings.Get().(*reading)
	r.open(body)
	r.base, r.texts = "", false
	return r
}

func (r *reading) open(body []byte) {
	r.body = body
	r.source = *bytes.NewBuffer(body)
	r.tokens.Reset(&r.source, jsontext.AllowDuplicateNames(true))
}

func (r *reading) done() {
	r.body, r.source, r.faults = nil, bytes.Buffer{}, faults{}
	readings.Put(r)
}

// begin empties the slots for an input with these fields.
func (r *reading) begin(fields []catalogue.Field) []slot {
	if cap(r.slots) < len(fields) {
		r.slots = make([]slot, len(fields))
	}
	r.slots = r.slots[:len(fields)]
	clear(r.slots)
	r.faults = faults{}
	return r.slots
}

// end makes sure that nothing follows the value.
func (r *reading) end() error {
	token, err := r.tokens.ReadToken()
	switch {
	case err == io.EOF:
		return nil
	case err != nil:
		return err
	}
	return &jsontext.SyntacticError{
		ByteOffset: r.tokens.InputOffset() - int64(len(token.String())),
		Err:        errors.New("something follows the end of the JSON value"),
	}
}

// input reads one input of a calculation, an object.
func (r *reading) input(fields []catalogue.Field, slots []slot) error {
	return r.object(fields, slots, r.base)
}

// object reads a JSON object into the slots of fields; path is the pointer to it.
func (r *reading) object(fields []catalogue.Field, slots []slot, path string) error {
	if r.tokens.PeekKind() != '{' {
		r.fault(path, "not_an_object", "The input must be a JSON object: {\"name\": value, ...}.")
		return r.tokens.SkipValue()
	}
	if _, err := r.tokens.ReadToken(); err != nil {
		return err
	}
	next := 0
	for r.tokens.PeekKind() == '"' {
		raw, err := r.tokens.ReadValue()
		if err != nil {
			return err
		}
		i := indexOfRaw(fields, raw, next)
		if i < 0 {
			err = r.unknown(fields, raw, path)
		} else if slots[i].given {
			r.fault(path+"/"+fields[i].Name, "duplicate_field", fields[i].Name+" is given more than once. Give it once.")
			err = r.tokens.SkipValue()
		} else {
			slots[i].given = true
			err = r.value(&fields[i], &slots[i], path)
			next = i + 1
		}
		if err != nil {
			return err
		}
	}
	_, err := r.tokens.ReadToken() // the closing brace, or what is wrong
	return err
}

// unknown notes a member that no field has, and steps over it.
func (r *reading) unknown(fields []catalogue.Field, raw jsontext.Value, path string) error {
	name, _ := jsontext.AppendUnquote(nil, raw)
	r.addUnknown(fields, string(name), path)
	return r.tokens.SkipValue()
}

func (r *reading) addUnknown(fields []catalogue.Field, name, path string) {
	if len(r.faults.list) == maxFaults { // counted without the search for a near one, which a hostile body would make long
		r.faults.more++
		return
	}
	detail := "There is no field " + quoted(name) + "."
	if near := nearest(name, names(fields)); near != "" {
		detail += " Did you mean " + near + "?"
	}
	r.fault(path+"/"+escaped(name), "unknown_field", detail)
}

func (r *reading) fault(pointer, code, detail string) {
	r.faults.add(fault{pointer: pointer, code: code, detail: detail})
}

// value reads the value of one field; null leaves the field out.
func (r *reading) value(f *catalogue.Field, s *slot, path string) error {
	if r.tokens.PeekKind() == 'n' {
		s.value, s.stream = math.NaN(), nil
		_, err := r.tokens.ReadToken()
		return err
	}
	if r.texts && f.Kind > catalogue.Option && r.tokens.PeekKind() == '"' {
		token, err := r.tokens.ReadToken()
		if err == nil {
			r.embedded(f, s, token.String(), path)
		}
		return err
	}
	switch f.Kind {
	case catalogue.Option:
		return r.option(f, s, path)
	case catalogue.List:
		return r.list(f, s, path)
	case catalogue.Records:
		return r.records(f, s, path)
	}
	v, err := r.number(f.Name, path, -1)
	s.value = v
	return err
}

// number reads one number: the value of a field, or the element at index of a list. What is not a number is NaN, with
// a fault.
func (r *reading) number(name, path string, index int) (float64, error) {
	kind := r.tokens.PeekKind()
	if kind == '{' || kind == '[' {
		r.notANumber(name, path, index, "")
		return math.NaN(), r.tokens.SkipValue()
	}
	token, err := r.tokens.ReadToken()
	if err != nil {
		return math.NaN(), err
	}
	switch kind {
	case '0':
		v, err := token.Float()
		if err != nil {
			r.fault(pointerTo(path, name, index), "too_large", label(name, index)+" is "+quoted(token.String())+
				", which is too large to be a number here.")
			return math.NaN(), nil
		}
		return v, nil
	case '"':
		text := token.String()
		if v, why := parseNumber(text); r.texts && why == "" {
			return v, nil
		}
		r.notANumber(name, path, index, text)
	default:
		r.notANumber(name, path, index, "")
	}
	return math.NaN(), nil
}

// notANumber tells how to write the number that a text may stand for.
func (r *reading) notANumber(name, path string, index int, text string) {
	code, detail := "not_a_number", label(name, index)+" must be a number."
	if text != "" {
		code = "number_as_text"
		detail = label(name, index) + " must be a number, not text."
		if v, why := parseNumber(text); why == "" {
			detail += " Write " + string(appendNumber(nil, v)) + " without quotes."
		} else {
			detail += " " + why
		}
	}
	r.fault(pointerTo(path, name, index), code, detail)
}

func (r *reading) option(f *catalogue.Field, s *slot, path string) error {
	s.value = math.NaN()
	if kind := r.tokens.PeekKind(); kind != '"' {
		r.fault(path+"/"+f.Name, "unknown_option", f.Name+" must be "+choices(f.Options)+", as text.")
		return r.tokens.SkipValue()
	}
	token, err := r.tokens.ReadToken()
	if err != nil {
		return err
	}
	r.choose(f, s, token.String(), path)
	return nil
}

// choose settles an option by its name.
func (r *reading) choose(f *catalogue.Field, s *slot, text, path string) {
	for i, option := range f.Options {
		if option == text {
			s.value = float64(i)
			return
		}
	}
	s.value = math.NaN()
	detail := f.Name + " must be " + choices(f.Options) + ", not " + quoted(text) + "."
	if near := nearest(text, f.Options); near != "" {
		detail += " Did you mean " + near + "?"
	}
	r.fault(path+"/"+f.Name, "unknown_option", detail)
}

// list reads numbers into a stream: how many, then each.
func (r *reading) list(f *catalogue.Field, s *slot, path string) error {
	if ok, err := r.array(f.Name, "numbers", path); !ok {
		return err
	}
	s.stream = []float64{0}
	for r.tokens.PeekKind() != ']' {
		v, err := r.number(f.Name, path, len(s.stream)-1)
		if err != nil {
			return err
		}
		s.stream = append(s.stream, v)
	}
	s.stream[0] = float64(len(s.stream) - 1)
	_, err := r.tokens.ReadToken()
	return err
}

// records reads objects into a stream: how many, then the fields of each.
func (r *reading) records(f *catalogue.Field, s *slot, path string) error {
	if ok, err := r.array(f.Name, "objects", path); !ok {
		return err
	}
	s.stream = []float64{0}
	slots := make([]slot, len(f.Fields))
	for r.tokens.PeekKind() != ']' {
		clear(slots)
		at := pointerTo(path, f.Name, int(s.stream[0]))
		if err := r.object(f.Fields, slots, at); err != nil {
			return err
		}
		r.missing(f.Fields, slots, at)
		s.stream = appendSlots(s.stream, f.Fields, slots)
		s.stream[0]++
	}
	_, err := r.tokens.ReadToken()
	return err
}

// array opens a list, or tells that there is none.
func (r *reading) array(name, of, path string) (ok bool, err error) {
	if r.tokens.PeekKind() == '[' {
		_, err = r.tokens.ReadToken()
		return err == nil, err
	}
	r.fault(path+"/"+name, "not_a_list", name+" must be a list of "+of+": [...].")
	return false, r.tokens.SkipValue()
}

// missing notes the fields left out for which the engine would have no better word than a bound.
func (r *reading) missing(fields []catalogue.Field, slots []slot, path string) {
	for i := range fields {
		f, s := &fields[i], &slots[i]
		if s.stream != nil || s.given && s.value == s.value && f.Kind == catalogue.Option || r.faults.at(path+"/"+f.Name) {
			continue
		}
		switch {
		case f.Kind == catalogue.Option && f.Default == nil:
			r.fault(path+"/"+f.Name, "required", f.Name+" is missing. Give "+choices(f.Options)+".")
		case f.Kind == catalogue.List && f.MinItems > 0:
			r.fault(path+"/"+f.Name, "required", f.Name+" is missing. Give a list of numbers.")
		case f.Kind == catalogue.Records && f.MinItems > 0:
			r.fault(path+"/"+f.Name, "required", f.Name+" is missing. Give a list of objects.")
		}
	}
}

// appendSlots writes what was read in the order of the boundary; a field left out is NaN or an empty list.
func appendSlots(dst []float64, fields []catalogue.Field, slots []slot) []float64 {
	for i := range fields {
		s := &slots[i]
		switch {
		case s.stream != nil:
			dst = append(dst, s.stream...)
		case fields[i].Kind == catalogue.List || fields[i].Kind == catalogue.Records:
			dst = append(dst, 0)
		case s.given:
			dst = append(dst, s.value)
		default:
			dst = append(dst, math.NaN())
		}
	}
	return dst
}

// unreadable is the problem of a body that is not JSON.
func unreadable(body []byte, err error) problem {
	p := problem{kind: malformedJSON}
	if len(bytes.TrimSpace(body)) == 0 {
		p.detail = "The body is empty. Send the input as a JSON object."
		return p
	}
	offset := len(body)
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		offset = int(syntactic.ByteOffset)
		if syntactic.Err != nil {
			err = syntactic.Err
		}
	}
	p.at = positionOf(body, offset)
	where := " at line " + strconv.Itoa(p.at.line) + ", column " + strconv.Itoa(p.at.column) + " (byte " + strconv.Itoa(p.at.offset) + ")"
	if errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF {
		p.detail = "The JSON ends too early," + where + ": a bracket, brace or quote is still open."
		return p
	}
	p.detail = "The body stops being JSON" + where + ": " + strings.TrimPrefix(err.Error(), "jsontext: ") + "."
	if rest := body[p.at.offset:]; bytes.HasPrefix(rest, []byte("N")) || bytes.HasPrefix(rest, []byte("Inf")) || bytes.HasPrefix(rest, []byte("-Inf")) {
		p.detail += " JSON knows no NaN and no Infinity; leave the field out instead."
	}
	return p
}

// indexOf finds a field by name, trying first the one at next: members usually come in the order of the layout.
func indexOf(fields []catalogue.Field, name string, next int) int {
	if next < len(fields) && fields[next].Name == name {
		return next
	}
	for i := range fields {
		if fields[i].Name == name {
			return i
		}
	}
	return -1
}

// indexOfRaw is indexOf for a JSON string with its quotes.
func indexOfRaw(fields []catalogue.Field, raw jsontext.Value, next int) int {
	if bytes.IndexByte(raw, '\\') >= 0 {
		name, _ := jsontext.AppendUnquote(nil, raw)
		return indexOf(fields, string(name), next)
	}
	name := raw[1 : len(raw)-1]
	if next < len(fields) && fields[next].Name == string(name) {
		return next
	}
	for i := range fields {
		if fields[i].Name == string(name) {
			return i
		}
	}
	return -1
}

// escaped is a name within a JSON pointer.
func escaped(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

// pointerTo is the pointer to a field or, with index at least 0, to an element of it.
func pointerTo(path, name string, index int) string {
	if index < 0 {
		return path + "/" + name
	}
	return path + "/" + name + "/" + strconv.Itoa(index)
}

// label names a field, or an element of a list, in a sentence.
func label(name string, index int) string {
	if index < 0 {
		return name
	}
	return name + "/" + strconv.Itoa(index)
}

package wire

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// A Slot is what a request says of one field: nothing, a number (or an option's index), or the part of the boundary's
// stream that a list or records make.
type Slot struct {
	Given  bool
	Value  float64
	Stream []float64
}

// RowNames are the names that a request gives the rows of its lists, by the name of the list: "" for a row without one.
type RowNames map[string][]string

// at is the name of row i of a list, "" where it has none.
func (n RowNames) at(list string, i int) string {
	if names := n[list]; i < len(names) {
		return names[i]
	}
	return ""
}

// A Reading turns JSON into the boundary's stream, field by field of a layout, and collects everything that is wrong
// on the way instead of stopping at the first. Only JSON that cannot be parsed ends it, with an error.
type Reading struct {
	Body    []byte
	source  bytes.Buffer
	Tokens  *jsontext.Decoder
	slots   []Slot
	Faults  Faults
	Base    string // pointer to the input within its row
	In, Out []float64
	// texts admits text where a number or a list is meant: a warehouse sends its decimals so, and lists where it has
	// no type for them.
	Texts bool
	Old   bool        // a batch's row names its calculation as it was named before
	Rows  RowNames    // names of rows, which the engine never sees
	Was   notice.List // warnings of fields that were given by their old names
}

var readings = sync.Pool{New: func() any { return &Reading{Tokens: new(jsontext.Decoder)} }}

// Read prepares a reading of a JSON text; done gives it back. Duplicate names are for object to find, as a problem
// among others.
func Read(body []byte) *Reading {
	r := readings.Get().(*Reading)
	r.Open(body)
	r.Base, r.Texts = "", false
	return r
}

func (r *Reading) Open(body []byte) {
	r.Body = body
	r.source = *bytes.NewBuffer(body)
	r.Tokens.Reset(&r.source, jsontext.AllowDuplicateNames(true))
}

func (r *Reading) Done() {
	r.Body, r.source, r.Faults = nil, bytes.Buffer{}, Faults{}
	readings.Put(r)
}

// Begin empties the slots for an input with these fields.
func (r *Reading) Begin(fields []catalogue.Field) []Slot {
	if cap(r.slots) < len(fields) {
		r.slots = make([]Slot, len(fields))
	}
	r.slots = r.slots[:len(fields)]
	clear(r.slots)
	r.Faults, r.Old, r.Was, r.Rows = Faults{}, false, nil, nil
	return r.slots
}

// End makes sure that nothing follows the value.
func (r *Reading) End() error {
	token, err := r.Tokens.ReadToken()
	switch {
	case err == io.EOF:
		return nil
	case err != nil:
		return err
	}
	return &jsontext.SyntacticError{
		ByteOffset: r.Tokens.InputOffset() - int64(len(token.String())),
		Err:        errors.New("something follows the end of the JSON value"),
	}
}

// Input reads one input of a calculation, an object.
func (r *Reading) Input(fields []catalogue.Field, slots []Slot) error {
	return r.object(fields, slots, r.Base, nil)
}

// object reads a JSON object into the slots of fields; path is the pointer to it. The name of a row goes into name, which is nil
// where there is none.
func (r *Reading) object(fields []catalogue.Field, slots []Slot, path string, name *string) error {
	if r.Tokens.PeekKind() != '{' {
		r.Fault(path, "not_an_object", "The input must be a JSON object: {\"name\": value, ...}.")
		return r.Tokens.SkipValue()
	}
	if _, err := r.Tokens.ReadToken(); err != nil {
		return err
	}
	next := 0
	for r.Tokens.PeekKind() == '"' {
		raw, err := r.Tokens.ReadValue()
		if err != nil {
			return err
		}
		i := indexOfRaw(fields, raw, next)
		if i < 0 {
			i = r.renamed(fields, raw, path)
		}
		if i < 0 && name != nil && string(raw) == `"`+catalogue.RowName+`"` {
			err = r.rowName(name, path)
		} else if i < 0 {
			err = r.unknown(fields, raw, path)
		} else if slots[i].Given {
			r.Fault(path+"/"+fields[i].Name, "duplicate_field", Twice.Say(fields[i].Name))
			err = r.Tokens.SkipValue()
		} else {
			slots[i].Given = true
			err = r.Value(&fields[i], &slots[i], path)
			next = i + 1
		}
		if err != nil {
			return err
		}
	}
	_, err := r.Tokens.ReadToken() // the closing brace, or what is wrong
	return err
}

// renamed finds the field that goes by an old name, and notes that it does; -1 where there is none.
func (r *Reading) renamed(fields []catalogue.Field, raw jsontext.Value, path string) int {
	name, _ := jsontext.AppendUnquote(nil, raw)
	i := indexOfOld(fields, string(name))
	if i >= 0 {
		r.toldOld(strings.TrimPrefix(path+"/"+fields[i].Name, r.Base+"/"))
	}
	return i
}

// toldOld notes that a field was given by its old name, of many rows' fields the first.
func (r *Reading) toldOld(field string) {
	if len(r.Was) < MaxFaults {
		r.Was.Add(notice.Renamed, field, 0)
	}
}

// indexOfOld finds a field by an old name.
func indexOfOld(fields []catalogue.Field, name string) int {
	return slices.IndexFunc(fields, func(f catalogue.Field) bool { return slices.Contains(f.Was, name) })
}

// Present is a path (levers/0/price_step) by the names that its fields have today.
func Present(fields []catalogue.Field, path string) string {
	name, rest, nested := strings.Cut(path, "/")
	i := IndexOf(fields, name, 0)
	if i < 0 {
		i = indexOfOld(fields, name)
	}
	switch {
	case i < 0:
		return path
	case !nested:
		return fields[i].Name
	}
	if index, inner, ok := strings.Cut(rest, "/"); ok {
		rest = index + "/" + Present(fields[i].Fields, inner)
	}
	return fields[i].Name + "/" + rest
}

// unknown notes a member that no field has, and steps over it.
func (r *Reading) unknown(fields []catalogue.Field, raw jsontext.Value, path string) error {
	name, _ := jsontext.AppendUnquote(nil, raw)
	r.AddUnknown(fields, string(name), path)
	return r.Tokens.SkipValue()
}

func (r *Reading) AddUnknown(fields []catalogue.Field, name, path string) {
	if len(r.Faults.List) == MaxFaults { // counted without the search for a near one, which a hostile body would make long
		r.Faults.More++
		return
	}
	detail := Sentences(NoField.Say(Quoted(name)), Guess(name, Names(fields)))
	r.Fault(path+"/"+escaped(name), "unknown_field", detail)
}

func (r *Reading) Fault(pointer, code, detail string) {
	r.Faults.Add(Fault{Pointer: pointer, Code: code, Detail: detail})
}

// Value reads the value of one field; null leaves the field out.
func (r *Reading) Value(f *catalogue.Field, s *Slot, path string) error {
	if r.Tokens.PeekKind() == 'n' {
		s.Value, s.Stream = math.NaN(), nil
		_, err := r.Tokens.ReadToken()
		return err
	}
	if r.Texts && f.Kind > catalogue.Option && r.Tokens.PeekKind() == '"' {
		token, err := r.Tokens.ReadToken()
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
	v, err := r.Number(f.Name, path, -1)
	s.Value = v
	return err
}

// Number reads one number: the value of a field, or the element at index of a list. What is not a number is NaN, with
// a fault.
func (r *Reading) Number(name, path string, index int) (float64, error) {
	kind := r.Tokens.PeekKind()
	if kind == '{' || kind == '[' {
		r.notANumber(name, path, index, "")
		return math.NaN(), r.Tokens.SkipValue()
	}
	token, err := r.Tokens.ReadToken()
	if err != nil {
		return math.NaN(), err
	}
	switch kind {
	case '0':
		v, err := token.Float()
		if err != nil {
			r.Fault(pointerTo(path, name, index), "too_large", NumberTooBig.Say(label(r.named(path, name), index), Quoted(token.String())))
			return math.NaN(), nil
		}
		return v, nil
	case '"':
		text := token.String()
		if v, why := ParseNumber(text); r.Texts && why == "" {
			return v, nil
		}
		r.notANumber(name, path, index, text)
	default:
		r.notANumber(name, path, index, "")
	}
	return math.NaN(), nil
}

// notANumber tells how to write the number that a text may stand for.
func (r *Reading) notANumber(name, path string, index int, text string) {
	code, detail := "not_a_number", NotNumber.Say(label(r.named(path, name), index))
	if text != "" {
		code = "number_as_text"
		v, why := ParseNumber(text)
		if why == "" {
			why = WithoutQuotes.Say(string(AppendNumber(nil, v)))
		}
		detail = Sentences(NumberAsText.Say(label(r.named(path, name), index)), why)
	}
	r.Fault(pointerTo(path, name, index), code, detail)
}

func (r *Reading) option(f *catalogue.Field, s *Slot, path string) error {
	s.Value = math.NaN()
	if kind := r.Tokens.PeekKind(); kind != '"' {
		r.Fault(path+"/"+f.Name, "unknown_option", OptionText.Say(r.named(path, f.Name), Choices(f.Options)))
		return r.Tokens.SkipValue()
	}
	token, err := r.Tokens.ReadToken()
	if err != nil {
		return err
	}
	r.choose(f, s, token.String(), path)
	return nil
}

// choose settles an option by its name.
func (r *Reading) choose(f *catalogue.Field, s *Slot, text, path string) {
	for i, option := range f.Options {
		if option == text {
			s.Value = float64(i)
			return
		}
	}
	s.Value = math.NaN()
	detail := Sentences(EitherNot.Say(r.named(path, f.Name), Choices(f.Options), Quoted(text)), Guess(text, f.Options))
	r.Fault(path+"/"+f.Name, "unknown_option", detail)
}

// list reads numbers into a stream: how many, then each.
func (r *Reading) list(f *catalogue.Field, s *Slot, path string) error {
	if ok, err := r.array(f.Name, "numbers", path); !ok {
		return err
	}
	s.Stream = []float64{0}
	for r.Tokens.PeekKind() != ']' {
		v, err := r.Number(f.Name, path, len(s.Stream)-1)
		if err != nil {
			return err
		}
		s.Stream = append(s.Stream, v)
	}
	s.Stream[0] = float64(len(s.Stream) - 1)
	_, err := r.Tokens.ReadToken()
	return err
}

// records reads objects into a stream: how many, then the fields of each.
func (r *Reading) records(f *catalogue.Field, s *Slot, path string) error {
	if ok, err := r.array(f.Name, "objects", path); !ok {
		return err
	}
	s.Stream = []float64{0}
	slots := make([]Slot, len(f.Fields))
	for r.Tokens.PeekKind() != ']' {
		clear(slots)
		at := pointerTo(path, f.Name, int(s.Stream[0]))
		var name *string
		if f.Row != "" {
			name = r.nextRow(f.Name)
		}
		if err := r.object(f.Fields, slots, at, name); err != nil {
			return err
		}
		r.Missing(f.Fields, slots, at)
		s.Stream = AppendSlots(s.Stream, f.Fields, slots)
		s.Stream[0]++
	}
	_, err := r.Tokens.ReadToken()
	return err
}

// nextRow makes room for the name of the next row of a list.
func (r *Reading) nextRow(list string) *string {
	if r.Rows == nil {
		r.Rows = RowNames{}
	}
	r.Rows[list] = append(r.Rows[list], "")
	return &r.Rows[list][len(r.Rows[list])-1]
}

// rowName reads the name of a row: a text or, as a cell may hold, a number.
func (r *Reading) rowName(name *string, path string) error {
	at := path + "/" + catalogue.RowName
	switch r.Tokens.PeekKind() {
	case '"', '0', 'n':
	default:
		r.Fault(at, "not_a_text", RowNameText.Say(catalogue.RowName))
		return r.Tokens.SkipValue()
	}
	token, err := r.Tokens.ReadToken()
	if err != nil || token.Kind() == 'n' {
		return err
	}
	switch text := token.String(); {
	case *name != "":
		r.Fault(at, "duplicate_field", Twice.Say(catalogue.RowName))
	case len(text) > catalogue.MaxRowName:
		r.Fault(at, "too_long", RowNameLong.Say(catalogue.RowName, strconv.Itoa(catalogue.MaxRowName)))
	default:
		*name = text
	}
	return nil
}

// array opens a list, or tells that there is none.
func (r *Reading) array(name, of, path string) (ok bool, err error) {
	if r.Tokens.PeekKind() == '[' {
		_, err = r.Tokens.ReadToken()
		return err == nil, err
	}
	r.Fault(path+"/"+name, "not_a_list", NotListOf.Say(r.named(path, name), of))
	return false, r.Tokens.SkipValue()
}

// Missing notes the fields left out for which the engine would have no better word than a bound.
func (r *Reading) Missing(fields []catalogue.Field, slots []Slot, path string) {
	for i := range fields {
		f, s := &fields[i], &slots[i]
		if s.Stream != nil || s.Given && s.Value == s.Value && f.Kind == catalogue.Option || r.Faults.At(path+"/"+f.Name) {
			continue
		}
		switch {
		case f.Kind == catalogue.Option && f.Default == nil:
			r.Fault(path+"/"+f.Name, "required", OptionGiven.Say(r.named(path, f.Name), Choices(f.Options)))
		case f.Kind == catalogue.List && f.MinItems > 0:
			r.Fault(path+"/"+f.Name, "required", NumbersMissing.Say(r.named(path, f.Name)))
		case f.Kind == catalogue.Records && f.MinItems > 0:
			r.Fault(path+"/"+f.Name, "required", ObjectsMissing.Say(r.named(path, f.Name)))
		}
	}
}

// AppendSlots writes what was read in the order of the boundary; a field left out is NaN or an empty list.
func AppendSlots(dst []float64, fields []catalogue.Field, slots []Slot) []float64 {
	for i := range fields {
		s := &slots[i]
		switch {
		case s.Stream != nil:
			dst = append(dst, s.Stream...)
		case fields[i].Kind == catalogue.List || fields[i].Kind == catalogue.Records:
			dst = append(dst, 0)
		case s.Given:
			dst = append(dst, s.Value)
		default:
			dst = append(dst, math.NaN())
		}
	}
	return dst
}

// Unreadable is the problem of a body that is not JSON.
func Unreadable(body []byte, err error) Problem {
	p := Problem{Kind: MalformedJSON}
	if len(bytes.TrimSpace(body)) == 0 {
		p.Detail = "The body is empty. Send the input as JSON."
		return p
	}
	if Wide(body) {
		p.Detail = "The body is in UTF-16. Send it in UTF-8."
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
	line, column, offsetText := strconv.Itoa(p.at.line), strconv.Itoa(p.at.column), strconv.Itoa(p.at.offset)
	if errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF {
		p.Detail = EndsEarly.Say(line, column, offsetText)
		return p
	}
	p.Detail = StopsBeing.Say(line, column, offsetText, strings.TrimPrefix(err.Error(), "jsontext: "))
	if rest := body[p.at.offset:]; bytes.HasPrefix(rest, []byte("N")) || bytes.HasPrefix(rest, []byte("Inf")) || bytes.HasPrefix(rest, []byte("-Inf")) {
		p.Detail = Sentences(p.Detail, "JSON knows no NaN and no Infinity; leave the field out instead.")
	}
	return p
}

// Wide tells whether a text has two bytes a character, as PowerShell writes files: by its byte order mark, or by the empty half of its first character.
func Wide(body []byte) bool {
	if len(body) < 2 {
		return false
	}
	first := string(body[:2])
	return first == "\xFF\xFE" || first == "\xFE\xFF" || (first[0] == 0) != (first[1] == 0)
}

// IndexOf finds a field by name, trying first the one at next: members usually come in the order of the layout.
func IndexOf(fields []catalogue.Field, name string, next int) int {
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
		return IndexOf(fields, string(name), next)
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

// named is a field as the engine's sentences name it: levers/0/kind within a list.
func (r *Reading) named(path, name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, r.Base)+"/"+name, "/")
}

// label names a field, or an element of a list, in a sentence.
func label(name string, index int) string {
	if index < 0 {
		return name
	}
	return name + "/" + strconv.Itoa(index)
}

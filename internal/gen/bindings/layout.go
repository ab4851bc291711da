package main

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"

	"hourglass/core/catalogue"
	"hourglass/core/decide"
	"hourglass/core/notice"
)

// A shape is a catalogue.Field before its words and bounds are settled, with the Go field it came from.
type shape struct {
	catalogue.Field
	word     string // what its words are inherited by: the wire name, marked for the columns of a group
	goName   string
	goType   reflect.Type
	pointer  bool
	schema   *jsonschema.Schema
	children []*shape
	slow     bool // tagged quick:"-"
	omitted  bool // tagged omitempty
	embedded bool // an embedded struct: its children are fields of the struct around it
}

// parts is the struct type that a field is made of, nil for a field of plain values.
func (s *shape) parts() reflect.Type {
	switch {
	case s.embedded || s.Kind == catalogue.Group:
		return s.goType
	case s.Kind == catalogue.Records:
		return s.goType.Elem()
	}
	return nil
}

// column marks the words of the fields of a group and of records.
const column = "column "

// A reader of struct tags remembers the first field that gives each wire name its words, so that a name explained
// once need not be explained again.
type tagReader struct {
	home map[string]*shape
	many map[string]string // another title of a name that has more than one: nothing to inherit
	errs []error
}

func (t *tagReader) errorf(format string, args ...any) {
	t.errs = append(t.errs, fmt.Errorf(format, args...))
}

// shapes lists the wire fields of a struct type, which invopop/jsonschema reads from the tags.
func (t *tagReader) shapes(typ reflect.Type) []*shape {
	reflector := jsonschema.Reflector{DoNotReference: true, Anonymous: true, Mapper: optionSchema}
	return t.fromSchema(typ, reflector.ReflectFromType(typ), "")
}

func (t *tagReader) fromSchema(typ reflect.Type, schema *jsonschema.Schema, within string) []*shape {
	var out []*shape
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			out = append(out, &shape{goName: f.Name, goType: f.Type, children: t.fromSchema(f.Type, schema, within), embedded: true})
			continue
		}
		name, options, _ := cut(f.Tag.Get("json"))
		property, ok := schema.Properties.Get(name)
		if !ok {
			t.errorf("%s.%s: no json name", typ, f.Name)
			continue
		}
		// What it does not know the library leaves out, and with it the rest of a title.
		for part := range strings.SplitSeq(strings.ReplaceAll(f.Tag.Get("jsonschema"), `\,`, ""), ",") {
			if part != "" && !strings.Contains(part, "=") {
				t.errorf("%s.%s: %q in its tag says nothing: a comma in a title is written \\\\,", typ, f.Name, part)
			}
		}
		s := &shape{goName: f.Name, goType: f.Type, schema: property, slow: f.Tag.Get("quick") == "-", omitted: options == "omitempty"}
		s.Name, s.Title, s.Help, s.Unit = name, property.Title, property.Description, f.Tag.Get("unit")
		if was := f.Tag.Get("was"); was != "" {
			s.Was = strings.Split(was, ",")
		}
		s.Never, s.PerPeriod, s.Placed = f.Tag.Get("never"), f.Tag.Get("per") == "period", f.Tag.Get("place") == "needed"
		s.Row, s.Adds = f.Tag.Get("row"), f.Tag.Get("adds") == "up"
		s.Table, s.Beside = f.Tag.Get("table"), f.Tag.Get("beside")
		if f.Type.Kind() == reflect.Pointer {
			s.pointer, s.Optional, s.goType = true, true, f.Type.Elem()
		}
		s.word = within + name
		t.kind(s)
		t.row(s)
		t.table(typ, s)
		if s.Title != "" && f.Tag.Get("words") != "own" { // its words are for this struct alone
			if t.home[s.word] == nil {
				t.home[s.word] = s
			} else if t.home[s.word].Title != s.Title {
				t.many[s.word] = s.Title
			}
		}
		out = append(out, s)
	}
	return out
}

// kind settles what a Go type is on the wire.
func (t *tagReader) kind(s *shape) {
	switch typ := s.goType; {
	case typ == reflect.TypeFor[decide.Inputs]():
		s.Kind = catalogue.Object
	case typ == reflect.TypeFor[notice.List]():
		s.Kind = catalogue.Notices
	case typ.Kind() == reflect.String:
		s.Kind = catalogue.Text
	case typ.Kind() == reflect.Slice && typ.Elem().Kind() == reflect.String:
		s.Kind = catalogue.Texts
	case typ.Kind() == reflect.Slice && typ.Elem().Kind() == reflect.Slice:
		s.Kind = catalogue.Matrix
	case typ.Kind() == reflect.Float64:
		s.Kind = catalogue.Number
	case typ.Kind() == reflect.Uint8:
		s.Kind, s.Options = catalogue.Option, optionNames(typ)
	case typ.Kind() == reflect.Slice && typ.Elem().Kind() == reflect.Float64:
		s.Kind = catalogue.List
	case typ.Kind() == reflect.Slice && typ.Elem().Kind() == reflect.Struct:
		s.Kind, s.children = catalogue.Records, t.fromSchema(typ.Elem(), s.schema.Items, column)
	case typ.Kind() == reflect.Struct:
		s.Kind, s.children = catalogue.Group, t.fromSchema(typ, s.schema, column)
	default:
		t.errorf("%s: no wire form for %s", s.Name, typ)
	}
}

// row sees to it that only records have rows with names, and that nothing else of a row goes by name.
func (t *tagReader) row(s *shape) {
	if s.Row != "" && (s.Kind != catalogue.Records || slices.ContainsFunc(s.children, func(c *shape) bool { return c.Name == catalogue.RowName })) {
		t.errorf("%s: only records without a field %s have rows with names", s.Name, catalogue.RowName)
	}
}

// table sees to it that a table of lists is two of the same calculation, each beside the other, of which one says its title.
func (t *tagReader) table(typ reflect.Type, s *shape) {
	if s.Table == "" && s.Beside == "" {
		return
	}
	paired := slices.ContainsFunc(reflect.VisibleFields(typ), func(f reflect.StructField) bool {
		name, _, _ := cut(f.Tag.Get("json"))
		return name == s.Beside && f.Type == s.goType && f.Tag.Get("beside") == s.Name && (f.Tag.Get("table") == "") != (s.Table == "")
	})
	if s.Kind != catalogue.List || !paired {
		t.errorf("%s: a table of lists has two, each beside the other, and one title", s.Name)
	}
}

// settle fills in what a field takes from its name's home and from its unit.
func (t *tagReader) settle(calculation string, shapes []*shape, input bool) []catalogue.Field {
	var out []catalogue.Field
	for _, s := range shapes {
		if s.embedded {
			out = append(out, t.settle(calculation, s.children, input)...)
			continue
		}
		home := t.home[s.word]
		if home == nil {
			home = t.home[otherWord(s.word)]
		}
		switch {
		case home == nil:
			t.errorf("%s: %s has no title", calculation, s.Name)
			continue
		case s.Title == "" && t.many[s.word] != "":
			t.errorf("%s: %s takes its title from elsewhere, where it is both %q and %q: where that says something else, the field needs words:\"own\"", calculation, s.Name, home.Title, t.many[s.word])
			continue
		case s.Title == "":
			s.Title, s.Help = home.Title, home.Help
			if s.Unit == "" {
				s.Unit = home.Unit
			}
			inheritBounds(s.schema, home.schema)
		case s.Unit == "":
			s.Unit = home.Unit
		}
		if !input {
			s.inheritMeaning(home)
		}
		unit, known := catalogue.Units[s.Unit]
		if (s.Kind == catalogue.Number || s.Kind == catalogue.List) && !known {
			t.errorf("%s: %s has no known unit (%q)", calculation, s.Name, s.Unit)
		}
		if input {
			t.bounds(s, unit)
			s.Optional = (s.pointer || s.omitted && s.Kind > catalogue.Option) && s.Default == nil
		}
		s.Fields = t.settle(calculation, s.children, input)
		if same := slices.IndexFunc(out, func(f catalogue.Field) bool { return f.Title == s.Title }); same >= 0 {
			t.errorf("%s: %s and %s are both called %q: people tell them apart by their titles", calculation, out[same].Name, s.Name, s.Title)
		}
		out = append(out, s.Field)
	}
	return out
}

// inheritMeaning takes what a result's number and its null mean from its name's home.
func (s *shape) inheritMeaning(home *shape) {
	if s.pointer && s.Never == "" {
		s.Never = home.Never
	}
	if s.Never == "-" { // it may also be null for want of a figure
		s.Never = ""
	}
	s.PerPeriod = s.PerPeriod || home.PerPeriod
}

// otherWord is the word of the same name inside or outside a group, which stands in where a name has none of its own.
func otherWord(word string) string {
	if name, ok := strings.CutPrefix(word, column); ok {
		return name
	}
	return column + word
}

func inheritBounds(s, home *jsonschema.Schema) {
	if s.Minimum == "" && s.ExclusiveMinimum == "" {
		s.Minimum, s.ExclusiveMinimum = home.Minimum, home.ExclusiveMinimum
	}
	if s.Maximum == "" {
		s.Maximum = home.Maximum
	}
	if s.MultipleOf == "" {
		s.MultipleOf = home.MultipleOf
	}
	if s.MinItems == nil {
		s.MinItems = home.MinItems
	}
	if s.MaxItems == nil {
		s.MaxItems = home.MaxItems
	}
}

func (t *tagReader) bounds(s *shape, unit catalogue.Unit) {
	p := s.schema
	if s.Kind == catalogue.List {
		p = p.Items
		if p.Minimum == "" && s.schema.Minimum != "" {
			p.Minimum = s.schema.Minimum
		}
	}
	s.Min, s.Max = number(p.Minimum, unit.Min), number(p.Maximum, unit.Max)
	if p.ExclusiveMinimum != "" {
		s.Min, s.Above = number(p.ExclusiveMinimum, 0), true
	}
	s.Whole = p.MultipleOf == "1"
	if s.Kind == catalogue.List && (s.Above || s.Whole) {
		t.errorf("%s: the elements of a list have plain bounds only", s.Name)
	}
	if s.schema.MinItems != nil {
		s.MinItems = int(*s.schema.MinItems)
	}
	if s.schema.MaxItems != nil {
		s.MaxItems = int(*s.schema.MaxItems)
	} else if s.Kind == catalogue.List || s.Kind == catalogue.Records || s.Kind == catalogue.Texts {
		t.errorf("%s: a list needs maxItems", s.Name)
	}
	if s.schema.Default == nil {
		return
	}
	text := fmt.Sprint(s.schema.Default)
	if s.Kind == catalogue.Option {
		i := slices.Index(s.Options, text)
		if i < 0 {
			t.errorf("%s: default %q is not an option", s.Name, text)
		}
		s.Default = new(float64(i))
		return
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.errorf("%s: default: %v", s.Name, err)
	}
	s.Default = &v
}

func number(text json.Number, otherwise float64) float64 {
	if text == "" {
		return otherwise
	}
	v, err := text.Float64()
	if err != nil {
		return math.NaN()
	}
	return v
}

// optionSchema describes an enumeration (a uint8 with names) as a string.
func optionSchema(typ reflect.Type) *jsonschema.Schema {
	if typ.Kind() != reflect.Uint8 {
		return nil
	}
	return &jsonschema.Schema{Type: "string"}
}

// optionNames are the names String gives, up to the first unknown value.
func optionNames(typ reflect.Type) []string {
	var names []string
	for i := range 255 {
		v := reflect.New(typ).Elem()
		v.SetUint(uint64(i))
		name := v.Interface().(fmt.Stringer).String()
		if name == "" {
			break
		}
		names = append(names, name)
	}
	return names
}

package main

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"hourglass/core/orders"
)

// A kind is the form of a value on the wire.
type kind uint8

const (
	number    kind = iota // any Go number
	truth                 // bool
	character             // a plain byte: a character's code, 0 for none
	option                // an enumeration: a type of uint8 with a String
	text                  // string, []byte
	numbers               // a list of numbers
	named                 // map[string]float64
	list                  // of anything else
	by                    // a list indexed by an enumeration
	record                // a struct
)

// A shape is a type on the wire.
type shape struct {
	kind   kind
	typ    reflect.Type
	words  string // of option and by
	sparse string // of by: the name of the index, entries without rows being left out
	entry  *shape // of list and by
	fields []field
}

type field struct {
	name   string
	goName string
	shape  *shape
	min    string
	max    string
}

type wordList struct {
	name string
	list []string
}

type generator struct {
	shapes map[reflect.Type]*shape // of structs
	order  []reflect.Type
	lists  []wordList
	byType map[reflect.Type]string
	errs   []error
}

func newGenerator() *generator {
	return &generator{shapes: map[reflect.Type]*shape{}, byType: map[reflect.Type]string{}}
}

func (g *generator) err() error { return errors.Join(g.errs...) }

// wordNames are the names of enumerations whose type has a name that says too little without its package.
var wordNames = map[string]string{
	"orders.Status": "file", "orders.Reason": "set_aside", "orders.RefundRule": "refunds", "orders.AmountKind": "amounts",
	"orders.Basis": "role_basis", "orders.QuestionCode": "question", "fit.Status": "fit", "customers.Status": "step",
	"customers.Code": "warning", "customers.FileFault": "model_fault",
	"subscriptions.Form": "subscription_form", "subscriptions.State": "subscription_state", "subscriptions.Reason": "churn_reason",
	"subscriptions.Aside": "subscription_aside", "subscriptions.Basis": "curve_basis",
}

// fixedWords are of lists that no type indexes.
var fixedWords = map[string][]string{"fallback": {"email", "phone", "name"}}

// words is the name of an enumeration's words, which are its values' up to the first that has none of its own.
func (g *generator) words(t reflect.Type) string {
	if name, ok := g.byType[t]; ok {
		return name
	}
	name := wordNames[t.String()]
	if name == "" {
		name = snake(t.Name())
	}
	g.byType[t] = name
	g.lists = append(g.lists, wordList{name, wordsOf(t)})
	return name
}

// wordCounts are how many values enumerations have of which one is called as no value is.
var wordCounts = map[string]uint64{"orders.Standing": uint64(orders.NumStandings)}

func wordsOf(t reflect.Type) (words []string) {
	none, count := word(t, 255), wordCounts[t.String()]
	for i := uint64(0); i < count || count == 0 && word(t, i) != none; i++ {
		words = append(words, word(t, i))
	}
	return words
}

func word(t reflect.Type, i uint64) string {
	v := reflect.New(t).Elem()
	v.SetUint(i)
	return v.Interface().(fmt.Stringer).String()
}

// use lays out a struct.
func (g *generator) use(t reflect.Type) *shape {
	if s := g.shapes[t]; s != nil {
		return s
	}
	s := &shape{kind: record, typ: t}
	g.shapes[t] = s
	g.fields(s, t, "")
	g.order = append(g.order, t)
	return s
}

func (g *generator) fields(s *shape, t reflect.Type, within string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("wire")
		switch {
		case name == "-" || !f.IsExported():
			continue
		case f.Anonymous:
			g.fields(s, f.Type, within+f.Name+".")
			continue
		case name == "":
			name, _, _ = strings.Cut(f.Tag.Get("json"), ",")
		}
		if name == "" {
			name = snake(f.Name)
		}
		s.fields = append(s.fields, field{name, within + f.Name, g.shape(f.Type, f.Tag), f.Tag.Get("min"), f.Tag.Get("max")})
	}
}

func (g *generator) shape(t reflect.Type, tag reflect.StructTag) *shape {
	switch k := t.Kind(); {
	case k == reflect.Bool:
		return &shape{kind: truth, typ: t}
	case k == reflect.Uint8 && t.Implements(reflect.TypeFor[fmt.Stringer]()):
		return &shape{kind: option, typ: t, words: g.words(t)}
	case k == reflect.Uint8:
		return &shape{kind: character, typ: t}
	case k >= reflect.Int && k <= reflect.Float64:
		return &shape{kind: number, typ: t}
	case k == reflect.String || k == reflect.Slice && t.Elem() == reflect.TypeFor[byte]():
		return &shape{kind: text, typ: t}
	case k == reflect.Map && t == reflect.TypeFor[map[string]float64]():
		return &shape{kind: named, typ: t}
	case k == reflect.Struct:
		return g.use(t)
	case k == reflect.Slice || k == reflect.Array:
		entry := g.shape(t.Elem(), "")
		switch index := tag.Get("by"); {
		case index != "":
			return &shape{kind: by, typ: t, words: index, sparse: tag.Get("sparse"), entry: entry}
		case entry.kind == number:
			return &shape{kind: numbers, typ: t}
		}
		return &shape{kind: list, typ: t, entry: entry}
	}
	g.errs = append(g.errs, fmt.Errorf("no wire form for %v", t))
	return &shape{}
}

// wordsNamed are the words of a name.
func (g *generator) wordsNamed(name string) []string {
	for _, l := range g.lists {
		if l.name == name {
			return l.list
		}
	}
	if words := fixedWords[name]; words != nil {
		return words
	}
	g.errs = append(g.errs, fmt.Errorf("no enumeration is called %q", name))
	return nil
}

// checkIndexes finds lists that are indexed by nothing that is known.
func (g *generator) checkIndexes() {
	for _, s := range g.shapes {
		for _, f := range s.fields {
			if f.shape.kind == by {
				g.wordsNamed(f.shape.words)
			}
		}
	}
}

// signature tells the order and form of all that crosses.
func (g *generator) signature() string {
	var b strings.Builder
	for _, l := range g.lists {
		fmt.Fprint(&b, l.name, l.list, ";")
	}
	for _, r := range slices.Concat(inputs, results) {
		fmt.Fprint(&b, r.name, r.typ.Name(), ";")
	}
	for _, t := range g.order {
		fmt.Fprint(&b, t.Name(), "{")
		for _, f := range g.shapes[t].fields {
			fmt.Fprint(&b, f.name, f.shape.signature(), ",")
		}
		fmt.Fprint(&b, "}")
	}
	return b.String()
}

func (s *shape) signature() string {
	text := strconv.Itoa(int(s.kind)) + s.words + s.sparse
	if s.entry != nil {
		text += "[" + s.entry.signature() + "]"
	}
	if s.kind == record {
		text += s.typ.Name()
	}
	return text
}

// snake is a Go name as it is on the wire: LogLikelihood is log_likelihood, CAC is cac.
func snake(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// camel is a wire name as JavaScript has it: model_file is modelFile.
func camel(name string) string {
	parts := strings.Split(name, "_")
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
	}
	return strings.Join(parts, "")
}

// local is a type as the module writes it.
func local(t reflect.Type) string { return path.Base(t.PkgPath()) + "." + t.Name() }

package main

import (
	"bytes"
	"fmt"
	"path"
	"reflect"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/internal/gen/files"
)

// writeChecks writes a check_gen.go into every package that has inputs.
func writeChecks(out *files.Set, calls []call) {
	w := &checkWriter{bodies: map[string]*bytes.Buffer{}, done: map[reflect.Type]bool{}}
	public := map[reflect.Type]bool{} // one input may be part of another
	for _, c := range calls {
		if !public[c.input] {
			public[c.input] = true
			fmt.Fprintf(w.body(c.input), "\n// Check lists what is wrong with the input, field by field.\n"+
				"func (in *%s) Check() (l notice.List) {\nin.check(&l)\nreturn l\n}\n", c.input.Name())
			w.check(c.input, c.inShapes)
		}
	}
	for dir, body := range w.bodies {
		out.Go(path.Join(dir, "check_gen.go"), body.Bytes())
	}
}

type checkWriter struct {
	bodies map[string]*bytes.Buffer // by package folder
	done   map[reflect.Type]bool
}

// body is the file of a type's package.
func (w *checkWriter) body(t reflect.Type) *bytes.Buffer {
	dir := strings.TrimPrefix(t.PkgPath(), "hourglass/")
	if w.bodies[dir] == nil {
		w.bodies[dir] = &bytes.Buffer{}
		fmt.Fprintf(w.bodies[dir], "package %s\n\nimport \"hourglass/core/notice\"\n", path.Base(dir))
	}
	return w.bodies[dir]
}

// check writes the check method of a type, and those of the embedded structs and records among its fields.
func (w *checkWriter) check(t reflect.Type, shapes []*shape) {
	if w.done[t] {
		return
	}
	w.done[t] = true
	fmt.Fprintf(w.body(t), "\nfunc (in *%s) check(l *notice.List) {\n%s}\n", t.Name(), checkFields(shapes))
	for _, s := range shapes {
		if part := s.parts(); part != nil {
			w.check(part, s.children)
		}
	}
}

// checkFields is one statement a field.
func checkFields(shapes []*shape) string {
	var w strings.Builder
	for _, s := range shapes {
		field := "in." + s.goName
		switch {
		case s.embedded:
			fmt.Fprintf(&w, "%s.check(l)\n", field)
		case s.Kind == catalogue.Number && s.pointer:
			fmt.Fprintf(&w, "if %s != nil {\n%s\n}\n", field, checkNumber(s, "*"+field))
		case s.Kind == catalogue.Number:
			fmt.Fprintln(&w, checkNumber(s, field))
		case s.Kind == catalogue.Option:
			fmt.Fprintf(&w, "l.Option(%q, int(%s), %d)\n", s.Name, field, len(s.Options))
		case s.Kind == catalogue.List:
			fmt.Fprintf(&w, "l.Count(%q, len(%s), %d, %d)\nl.Numbers(%q, %s, %v, %v)\n",
				s.Name, field, s.MinItems, s.MaxItems, s.Name, field, s.Min, s.Max)
		case s.Kind == catalogue.Records:
			fmt.Fprintf(&w, "l.Count(%q, len(%s), %d, %d)\nfor i := range %s {\nsaid := len(*l)\n%s[i].check(l)\nl.Within(said, %q, i)\n}\n",
				s.Name, field, s.MinItems, s.MaxItems, field, field, s.Name)
		}
	}
	return w.String()
}

func checkNumber(s *shape, value string) string {
	method := "Number"
	switch {
	case s.Above:
		method = "Above"
	case s.Whole:
		method = "Whole"
	}
	return fmt.Sprintf("l.%s(%q, %s, %v, %v)", method, s.Name, value, s.Min, s.Max)
}

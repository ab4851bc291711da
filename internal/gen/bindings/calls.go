package main

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"maps"
	"reflect"
	"slices"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// boundaryCalls writes the dispatch and, for each type, the function that reads or writes it.
func boundaryCalls(calls []call) []byte {
	g := &callWriter{imports: map[string]bool{}, done: map[reflect.Type]bool{}}
	for i, c := range calls {
		fmt.Fprintf(&g.cases[c.Module], "case %d: // %s\nvar in %s\nread%s(&r, &in)\n", i, c.ID, g.local(c.input), c.input.Name())
		result := fmt.Sprintf("%s(in)", c.function)
		if c.partly != "" {
			result = fmt.Sprintf("%s(&in, extent(want, %#x))", c.partly, c.searched)
		}
		fmt.Fprintf(&g.cases[c.Module], "out, notes := %s\nif w.answer(notes) {\nwrite%s(&w, &out)\n}\n", result, c.result.Name())
		g.reader(c.input, c.inShapes)
		g.writer(c.result, c.outShapes)
	}
	var w bytes.Buffer
	fmt.Fprint(&w, "package boundary\n\nimport (\n")
	for _, path := range slices.Sorted(maps.Keys(g.imports)) {
		fmt.Fprintf(&w, "%q\n", path)
	}
	fmt.Fprintf(&w, `)

// Version changes with every change of what the streams hold; a host that knows another one must not call.
const Version = %d

// Calculate runs calculation id on the stream in and appends its answer to buffer[:0]. Where only one result is wanted
// (All of them otherwise) the answer may leave others out, as if they did not exist, and the lists empty. Each WASM
// module links only the part that it exports.
func Calculate(id, want int, in, buffer []float64) []float64 {
	switch {
`, layoutHash(calls))
	for m := range catalogue.ModuleCount - 1 {
		fmt.Fprintf(&w, "case id < %d:\nreturn %s(id, want, in, buffer)\n", after(calls, m), m)
	}
	fmt.Fprintf(&w, "}\nreturn %s(id, want, in, buffer)\n}\n", catalogue.ModuleCount-1)
	for m := range catalogue.ModuleCount {
		fmt.Fprint(&w, g.dispatch(m))
	}
	w.Write(g.body.Bytes())
	return w.Bytes()
}

// after is the index behind the last calculation of a module.
func after(calls []call, m catalogue.Module) int {
	return slices.IndexFunc(calls, func(c call) bool { return c.Module > m })
}

// dispatch is the part of Call that belongs to one module.
func (g *callWriter) dispatch(m catalogue.Module) string {
	return fmt.Sprintf(`
// %s is Calculate for the calculations of that module.
func %s(id, want int, in, buffer []float64) []float64 {
	r, w := reader{in: in}, writer{out: buffer[:0]}
	switch id {
%sdefault:
		r.misfit = true
	}
	return w.finish(&r)
}
`, m, m, g.cases[m].String())
}

type callWriter struct {
	imports map[string]bool
	cases   [catalogue.ModuleCount]bytes.Buffer
	body    bytes.Buffer
	done    map[reflect.Type]bool
}

// local is a type's name in the generated file, noting the import.
func (g *callWriter) local(t reflect.Type) string {
	g.imports[t.PkgPath()] = true
	return goName(t)
}

func (g *callWriter) reader(t reflect.Type, shapes []*shape) {
	if g.done[t] {
		return
	}
	g.done[t] = true
	for _, s := range shapes {
		if typ := s.parts(); typ != nil {
			g.reader(typ, s.children)
		}
	}
	fmt.Fprintf(&g.body, "\nfunc read%s(r *reader, in *%s) {\n", t.Name(), g.local(t))
	for _, s := range shapes {
		field := "in." + s.goName
		switch {
		case s.embedded:
			fmt.Fprintf(&g.body, "read%s(r, &%s)\n", s.goType.Name(), field)
		case s.Kind == catalogue.Number:
			fmt.Fprintf(&g.body, "%s = r.%s\n", field, numberCall(s))
		case s.Kind == catalogue.Option:
			call := "option()"
			if s.Default != nil {
				call = fmt.Sprintf("optionOr(%v)", *s.Default)
			}
			fmt.Fprintf(&g.body, "%s = %s(r.%s)\n", field, g.local(s.goType), call)
		case s.Kind == catalogue.List:
			fmt.Fprintf(&g.body, "%s = r.numbers()\n", field)
		case s.Kind == catalogue.Records:
			fmt.Fprintf(&g.body, "for n := r.length(); n > 0 && !r.misfit; n-- {\nvar record %s\nread%s(r, &record)\n%s = append(%s, record)\n}\n",
				g.local(s.goType.Elem()), s.goType.Elem().Name(), field, field)
		}
	}
	fmt.Fprint(&g.body, "}\n")
}

func numberCall(s *shape) string {
	switch {
	case s.pointer:
		return "optional()"
	case s.Default != nil:
		return fmt.Sprintf("numberOr(%v)", *s.Default)
	}
	return "number()"
}

func (g *callWriter) writer(t reflect.Type, shapes []*shape) {
	if g.done[t] {
		return
	}
	g.done[t] = true
	for _, s := range shapes {
		if typ := s.parts(); typ != nil {
			g.writer(typ, s.children)
		}
	}
	fmt.Fprintf(&g.body, "\nfunc write%s(w *writer, out *%s) {\n", t.Name(), g.local(t))
	for _, s := range shapes {
		field := "out." + s.goName
		switch {
		case s.embedded || s.Kind == catalogue.Group:
			fmt.Fprintf(&g.body, "write%s(w, &%s)\n", s.goType.Name(), field)
		case s.Kind == catalogue.Number && s.pointer:
			fmt.Fprintf(&g.body, "w.optional(%s)\n", field)
		case s.Kind == catalogue.Number:
			fmt.Fprintf(&g.body, "w.number(%s)\n", field)
		case s.Kind == catalogue.Option:
			fmt.Fprintf(&g.body, "w.number(float64(%s))\n", field)
		case s.Kind == catalogue.List:
			fmt.Fprintf(&g.body, "w.numbers(%s)\n", field)
		case s.Kind == catalogue.Records:
			fmt.Fprintf(&g.body, "w.number(float64(len(%s)))\nfor i := range %s {\nwrite%s(w, &%s[i])\n}\n",
				field, field, s.goType.Elem().Name(), field)
		}
	}
	fmt.Fprint(&g.body, "}\n")
}

// layoutHash is a 32-bit fingerprint of the order and form of all fields and of the notices' codes; words do not count.
func layoutHash(calls []call) uint32 {
	h := fnv.New32a()
	for code := range notice.CodeCount {
		fmt.Fprint(h, code.String(), ";")
	}
	for _, c := range calls {
		fmt.Fprint(h, c.ID, "(", signature(c.layout.Inputs), ")", signature(c.layout.Results), ";")
	}
	return h.Sum32()
}

func signature(fields []catalogue.Field) string {
	var parts []string
	for _, f := range fields {
		parts = append(parts, fmt.Sprint(f.Name, f.Kind, f.Options, signature(f.Fields)))
	}
	return strings.Join(parts, ",")
}

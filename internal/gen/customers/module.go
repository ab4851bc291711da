package main

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// goSide is the module's: a function for each struct, of those that make up an input also one that reads.
func (g *generator) goSide(layout uint32) []byte {
	var body bytes.Buffer
	imports := map[string]bool{}
	read := g.within(inputs)
	written := g.within(results)
	for _, t := range g.order {
		imports[t.PkgPath()] = true
		s := g.shapes[t]
		if read[t] {
			fmt.Fprintf(&body, "\n//go:noinline\nfunc read%s(r *reader, v *%s) {\n", t.Name(), local(t))
			for _, f := range s.fields {
				g.read(&body, f, "v."+f.goName, imports)
			}
			fmt.Fprint(&body, "}\n")
		}
		if written[t] {
			fmt.Fprintf(&body, "\n//go:noinline\nfunc write%s(w *writer, v *%s) {\n", t.Name(), local(t))
			for _, f := range s.fields {
				g.write(&body, f.shape, "v."+f.goName)
			}
			fmt.Fprint(&body, "}\n")
		}
	}
	var w bytes.Buffer
	fmt.Fprint(&w, "package main\n\nimport (\n")
	for _, path := range slices.Sorted(maps.Keys(imports)) {
		fmt.Fprintf(&w, "%q\n", path)
	}
	fmt.Fprintf(&w, ")\n\n// Layout is the fingerprint of all that crosses the boundary; a host that knows another one must not call.\nconst Layout = %d\n", layout)
	fmt.Fprint(&w, "\n// The results that get gives.\nconst (\n")
	for i, r := range results {
		fmt.Fprintf(&w, "%sID uint32 = %d\n", camel(r.name), i)
	}
	fmt.Fprint(&w, ")\n")
	w.Write(body.Bytes())
	return w.Bytes()
}

// within are the structs that make the roots up.
func (g *generator) within(roots []root) map[reflect.Type]bool {
	all := map[reflect.Type]bool{}
	var add func(s *shape)
	add = func(s *shape) {
		if s.kind == record && !all[s.typ] {
			all[s.typ] = true
			for _, f := range s.fields {
				add(f.shape)
			}
		}
		if s.entry != nil {
			add(s.entry)
		}
	}
	for _, r := range roots {
		add(g.shapes[r.typ])
	}
	return all
}

func (g *generator) write(b *bytes.Buffer, s *shape, v string) {
	switch s.kind {
	case number, character, option:
		fmt.Fprintf(b, "w.number(float64(%s))\n", v)
	case truth:
		fmt.Fprintf(b, "w.truth(%s)\n", v)
	case text:
		if s.typ.Kind() == reflect.String {
			v = "[]byte(" + v + ")"
		}
		fmt.Fprintf(b, "w.text(%s)\n", v)
	case numbers:
		if s.typ.Kind() == reflect.Array {
			v += "[:]"
		}
		fmt.Fprintf(b, "list(w, %s)\n", v)
	case named:
		fmt.Fprintf(b, "w.named(%s)\n", v)
	case record:
		fmt.Fprintf(b, "write%s(w, &%s)\n", s.typ.Name(), v)
	case list:
		fmt.Fprintf(b, "w.number(float64(len(%s)))\n", v)
		g.each(b, s, v)
	case by:
		if s.sparse != "" {
			fmt.Fprintf(b, "{\nat := w.count()\nfor i := range %s {\nif %s[i].Rows == 0 {\ncontinue\n}\nw.out[at]++\nw.number(float64(i))\n", v, v)
			g.write(b, s.entry, v+"[i]")
			fmt.Fprint(b, "}\n}\n")
			return
		}
		g.each(b, s, v)
	}
}

func (g *generator) each(b *bytes.Buffer, s *shape, v string) {
	fmt.Fprintf(b, "for i := range %s {\n", v)
	if s.entry.kind == list { // one level more is as deep as it goes
		fmt.Fprintf(b, "row := %s[i]\nw.number(float64(len(row)))\nfor j := range row {\n", v)
		g.write(b, s.entry.entry, "row[j]")
		fmt.Fprint(b, "}\n}\n")
		return
	}
	g.write(b, s.entry, v+"[i]")
	fmt.Fprint(b, "}\n")
}

func (g *generator) read(b *bytes.Buffer, f field, v string, imports map[string]bool) {
	s := f.shape
	name := s.typ.String()
	if s.typ.PkgPath() != "" && s.kind != record {
		imports[s.typ.PkgPath()] = true
	}
	switch s.kind {
	case number:
		if s.typ.Kind() == reflect.Float64 {
			fmt.Fprintf(b, "%s = r.number()\n", v)
			return
		}
		low, high := "-1e9", "1e9"
		if f.min != "" {
			low = f.min
		}
		if f.max != "" {
			high = f.max
		}
		fmt.Fprintf(b, "%s = %s(r.whole(%s, %s))\n", v, name, low, high)
	case character:
		fmt.Fprintf(b, "%s = byte(r.whole(0, 255))\n", v)
	case option:
		fmt.Fprintf(b, "%s = %s(r.whole(0, %d))\n", v, name, len(g.wordsNamed(s.words))-1)
	case truth:
		fmt.Fprintf(b, "%s = r.truth()\n", v)
	case text:
		if s.typ.Kind() == reflect.String {
			fmt.Fprintf(b, "%s = string(r.text())\n", v)
			return
		}
		fmt.Fprintf(b, "%s = r.text()\n", v)
	case numbers:
		fmt.Fprintf(b, "%s = r.numbers()\n", v)
	case named:
		fmt.Fprintf(b, "%s = r.named()\n", v)
	case record:
		fmt.Fprintf(b, "read%s(r, &%s)\n", s.typ.Name(), v)
	case list:
		fmt.Fprintf(b, "for n := r.length(); n > 0 && !r.misfit; n-- {\nvar one %s\n", s.typ.Elem())
		g.read(b, field{shape: s.entry}, "one", imports)
		fmt.Fprintf(b, "%s = append(%s, one)\n}\n", v, v)
	case by:
		fmt.Fprintf(b, "for i := range %s {\n", v)
		g.read(b, field{shape: s.entry, min: f.min, max: f.max}, v+"[i]", imports)
		fmt.Fprint(b, "}\n")
	}
}

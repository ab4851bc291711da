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
	bodies := map[string]*bytes.Buffer{}
	done := map[reflect.Type]bool{}
	for _, c := range calls {
		dir := strings.TrimPrefix(c.input.PkgPath(), "hourglass/")
		if bodies[dir] == nil {
			bodies[dir] = &bytes.Buffer{}
			fmt.Fprintf(bodies[dir], "package %s\n\nimport \"hourglass/core/notice\"\n", path.Base(dir))
		}
		w := bodies[dir]
		if !done[c.input] {
			done[c.input] = true
			fmt.Fprintf(w, "\n// Check lists what is wrong with the input, field by field.\nfunc (in *%s) Check() (l notice.List) {\n", c.input.Name())
			checkFields(w, c.inShapes, `"`)
			fmt.Fprint(w, "return l\n}\n")
		}
		checkRecords(w, c.inShapes, done)
	}
	for dir, w := range bodies {
		out.Go(path.Join(dir, "check_gen.go"), w.Bytes())
	}
}

// checkRecords writes the check method of each record type among the fields.
func checkRecords(w *bytes.Buffer, shapes []*shape, done map[reflect.Type]bool) {
	for _, s := range shapes {
		if s.Kind != catalogue.Records || done[s.goType.Elem()] {
			continue
		}
		done[s.goType.Elem()] = true
		fmt.Fprintf(w, "\nfunc (in *%s) check(l *notice.List, at string) {\n", s.goType.Elem().Name())
		checkFields(w, s.children, `at + "/`)
		fmt.Fprint(w, "}\n")
		checkRecords(w, s.children, done)
	}
}

// checkFields writes one statement a field; quote opens the field's name, with what stands before it.
func checkFields(w *bytes.Buffer, shapes []*shape, quote string) {
	for _, s := range shapes {
		name, field := quote+s.Name+`"`, "in."+s.goName
		switch s.Kind {
		case catalogue.Number:
			if s.pointer {
				fmt.Fprintf(w, "if %s != nil {\n%s\n}\n", field, checkNumber(s, name, "*"+field))
			} else {
				fmt.Fprintln(w, checkNumber(s, name, field))
			}
		case catalogue.Option:
			fmt.Fprintf(w, "l.Option(%s, int(%s), %d)\n", name, field, len(s.Options))
		case catalogue.List:
			fmt.Fprintf(w, "l.Count(%s, len(%s), %d, %d)\nfor i, v := range %s {\n%s\n}\n",
				name, field, s.MinItems, s.MaxItems, field, checkNumber(s, "notice.At("+name+", i)", "v"))
		case catalogue.Records:
			l := "&l"
			if quote != `"` {
				l = "l"
			}
			fmt.Fprintf(w, "l.Count(%s, len(%s), %d, %d)\nfor i := range %s {\n%s[i].check(%s, notice.At(%s, i))\n}\n",
				name, field, s.MinItems, s.MaxItems, field, field, l, name)
		}
	}
}

func checkNumber(s *shape, name, value string) string {
	method := "Number"
	switch {
	case s.Above:
		method = "Above"
	case s.Whole:
		method = "Whole"
	}
	return fmt.Sprintf("l.%s(%s, %s, %v, %v)", method, name, value, s.Min, s.Max)
}

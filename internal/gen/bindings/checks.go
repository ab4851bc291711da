package main

import (
	"bytes"
	"path"
	"reflect"
	"strings"
	"text/template"

	"hourglass/internal/gen/files"
)

// A checksFile is what check_gen.go of one package holds.
type checksFile struct {
	Package string
	Checks  []check
}

// A check is the check of one struct: a public method where it is an input, a private one where it is a part.
type check struct {
	Type   string
	Public bool
	Fields []jsonField
}

var checksTemplate = template.Must(template.New("check_gen.go").Funcs(template.FuncMap{
	"is": is,
	"method": func(f jsonField) string {
		switch {
		case f.Above:
			return "Above"
		case f.Whole:
			return "Whole"
		}
		return "Number"
	},
}).Parse(`package {{.Package}}

import "hourglass/core/notice"
{{range .Checks}}{{if .Public}}
// Check lists what is wrong with the input, field by field.
func (in *{{.Type}}) Check() (l notice.List) {
	in.check(&l)
	return l
}
{{else}}
func (in *{{.Type}}) check(l *notice.List) {
	{{- range .Fields}}
	{{- if .Embedded}}
	in.{{.GoName}}.check(l)
	{{- else if and (is . "number") .Pointer}}
	if in.{{.GoName}} != nil {
		l.{{method .}}("{{.Name}}", *in.{{.GoName}}, {{.Min}}, {{.Max}})
	}
	{{- else if is . "number"}}
	l.{{method .}}("{{.Name}}", in.{{.GoName}}, {{.Min}}, {{.Max}})
	{{- else if is . "option"}}
	l.Option("{{.Name}}", int(in.{{.GoName}}), {{len .Options}})
	{{- else if is . "list"}}
	l.Count("{{.Name}}", len(in.{{.GoName}}), {{.MinItems}}, {{.MaxItems}})
	l.Numbers("{{.Name}}", in.{{.GoName}}, {{.Min}}, {{.Max}})
	{{- else if is . "records"}}
	l.Count("{{.Name}}", len(in.{{.GoName}}), {{.MinItems}}, {{.MaxItems}})
	for i := range in.{{.GoName}} {
		before := len(*l)
		in.{{.GoName}}[i].check(l)
		l.Within(before, "{{.Name}}", i)
	}
	{{- end}}
	{{- end}}
}
{{end}}{{end}}`))

// writeChecks writes a check_gen.go into every package that has inputs.
func writeChecks(out *files.Set, calls []call) error {
	w := checkWriter{files: map[string]*checksFile{}, done: map[reflect.Type]bool{}}
	public := map[reflect.Type]bool{} // one input may be part of another
	for _, c := range calls {
		if !public[c.input] {
			public[c.input] = true
			f := w.file(c.input)
			f.Checks = append(f.Checks, check{Type: c.input.Name(), Public: true})
			w.check(c.input, c.inShapes)
		}
	}
	for dir, f := range w.files {
		var body bytes.Buffer
		if err := checksTemplate.Execute(&body, f); err != nil {
			return err
		}
		out.Go(path.Join(dir, "check_gen.go"), body.Bytes())
	}
	return nil
}

type checkWriter struct {
	files map[string]*checksFile // by package folder
	done  map[reflect.Type]bool
}

// file is that of a type's package.
func (w *checkWriter) file(t reflect.Type) *checksFile {
	dir := strings.TrimPrefix(t.PkgPath(), "hourglass/")
	if w.files[dir] == nil {
		w.files[dir] = &checksFile{Package: path.Base(dir)}
	}
	return w.files[dir]
}

// check adds the check of a type, and those of the embedded structs and records among its fields.
func (w *checkWriter) check(t reflect.Type, shapes []*shape) {
	if w.done[t] {
		return
	}
	w.done[t] = true
	f := w.file(t)
	f.Checks = append(f.Checks, check{Type: t.Name(), Fields: fieldsOf(shapes)})
	for _, s := range shapes {
		if part := s.parts(); part != nil {
			w.check(part, s.children)
		}
	}
}

// is tells whether a field is of a kind, by the kind's name.
func is(f jsonField, kind string) bool { return !f.embedded && f.Kind.String() == kind }

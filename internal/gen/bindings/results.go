package main

import (
	"bytes"
	"path"
	"reflect"
	"strings"
	"text/template"

	"hourglass/internal/gen/files"
)

// A resultsFile is what results_gen.go of one package holds.
type resultsFile struct {
	Package string
	Types   []jsonType
}

var resultsTemplate = template.Must(template.New("results_gen.go").Funcs(template.FuncMap{
	"is": is,
}).Parse(`package {{.Package}}

import "hourglass/core/text"
{{range .Types}}
// String is the result in a line.
func (out {{.Name}}) String() string {
	var l text.Line
	{{- range .Fields}}
	{{- if is . "number"}}
	l.{{if .Pointer}}Optional{{else}}Number{{end}}("{{.Name}}", out.{{.GoName}})
	{{- else if is . "option"}}
	l.Word("{{.Name}}", out.{{.GoName}}.String())
	{{- else if is . "group"}}
	l.Group("{{.Name}}", out.{{.GoName}}.String())
	{{- else}}
	l.List("{{.Name}}", len(out.{{.GoName}}))
	{{- end}}
	{{- end}}
	return l.String()
}
{{end}}`))

// writeResults writes a results_gen.go into every package that has results: how they print.
func writeResults(out *files.Set, calls []call) error {
	w, done := map[string]*resultsFile{}, map[reflect.Type]bool{}
	for _, c := range calls {
		addResults(w, done, c.result, c.outShapes)
	}
	for dir, file := range w {
		var body bytes.Buffer
		if err := resultsTemplate.Execute(&body, file); err != nil {
			return err
		}
		out.Go(path.Join(dir, "results_gen.go"), body.Bytes())
	}
	return nil
}

// addResults adds a result and the structs that it is made of.
func addResults(w map[string]*resultsFile, done map[reflect.Type]bool, t reflect.Type, shapes []*shape) {
	if done[t] {
		return
	}
	done[t] = true
	dir := strings.TrimPrefix(t.PkgPath(), "hourglass/")
	if w[dir] == nil {
		w[dir] = &resultsFile{Package: path.Base(dir)}
	}
	w[dir].Types = append(w[dir].Types, jsonType{t.Name(), fieldsOf(flattened(shapes))})
	for _, s := range flattened(shapes) {
		if part := s.parts(); part != nil {
			addResults(w, done, part, s.children)
		}
	}
}

// flattened are the fields with those of embedded structs in their place.
func flattened(shapes []*shape) (list []*shape) {
	for _, s := range shapes {
		if s.embedded {
			list = append(list, flattened(s.children)...)
		} else {
			list = append(list, s)
		}
	}
	return list
}

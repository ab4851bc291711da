package main

import (
	"bytes"
	"fmt"
	"path"
	"reflect"
	"strings"
	"text/template"

	"hourglass/core/catalogue"
	"hourglass/internal/gen/files"
)

// An inputsFile is what inputs_gen.go of one package holds.
type inputsFile struct {
	Package string
	Inputs  []newInput
	Options []optionType
	module  map[string]bool // types in the file
}

// A newInput is a struct with the defaults of its fields.
type newInput struct {
	Type, About string
	Defaults    []fieldDefault
}

type fieldDefault struct{ Field, Value string }

// An optionType is an enumeration of the package.
type optionType struct{ Type, Words string }

var inputsTemplate = template.Must(template.New("inputs_gen.go").Parse(`package {{.Package}}

{{if .Options}}import "hourglass/core/notice"
{{end}}{{range .Inputs}}
// New{{.Type}} is {{.About}} with the defaults of the wire. What has none is left for the caller to fill in.
func New{{.Type}}() (in {{.Type}}) {
	{{- range .Defaults}}
	in.{{.Field}} = {{.Value}}
	{{- end}}
	return in
}
{{end}}{{range .Options}}
// Parse{{.Type}} reads a wire name: {{.Words}}. The error lists them.
func Parse{{.Type}}(word string) ({{.Type}}, error) { return notice.ParseOption[{{.Type}}](word) }

// MarshalText is the wire name; what is no option has none.
func (o {{.Type}}) MarshalText() ([]byte, error) { return notice.OptionText(o) }

// UnmarshalText is Parse{{.Type}}.
func (o *{{.Type}}) UnmarshalText(text []byte) (err error) {
	*o, err = Parse{{.Type}}(string(text))
	return err
}
{{end}}`))

// writeInputs writes an inputs_gen.go into every package that has inputs: their constructors, and the parsers of the
// package's own options.
func writeInputs(out *files.Set, calls []call) error {
	w := map[string]*inputsFile{}
	for _, c := range calls {
		addInputs(w, c.input, c.inShapes, true)
	}
	for dir, file := range w {
		var body bytes.Buffer
		if err := inputsTemplate.Execute(&body, file); err != nil {
			return err
		}
		out.Go(path.Join(dir, "inputs_gen.go"), body.Bytes())
	}
	return nil
}

// addInputs adds a struct that is an input or one of its records, then its parts.
func addInputs(w map[string]*inputsFile, t reflect.Type, shapes []*shape, whole bool) {
	dir := strings.TrimPrefix(t.PkgPath(), "hourglass/")
	if w[dir] == nil {
		w[dir] = &inputsFile{Package: path.Base(dir), module: map[string]bool{}}
	}
	file := w[dir]
	if whole && !file.module[t.Name()] {
		file.module[t.Name()] = true
		about := "a " + t.Name()
		if strings.ContainsAny(about[2:3], "AEIOU") {
			about = "an " + t.Name()
		}
		file.Inputs = append(file.Inputs, newInput{t.Name(), about, defaults("", shapes)})
	}
	for _, s := range shapes {
		if s.Kind == catalogue.Option && !s.embedded && s.goType.PkgPath() == t.PkgPath() && !file.module[s.goType.Name()] {
			file.module[s.goType.Name()] = true
			last := len(s.Options) - 1
			file.Options = append(file.Options, optionType{s.goType.Name(), strings.Join(s.Options[:last], ", ") + " or " + s.Options[last]})
		}
		if part := s.parts(); part != nil {
			addInputs(w, part, s.children, !s.embedded)
		}
	}
}

// defaults lists the fields whose default is not their zero.
func defaults(within string, shapes []*shape) (list []fieldDefault) {
	for _, s := range shapes {
		field := within + s.goName
		switch {
		case s.embedded:
			list = append(list, defaults(field+".", s.children)...)
		case s.Default == nil || *s.Default == 0 && !s.pointer:
		case s.Kind == catalogue.Option:
			list = append(list, fieldDefault{field, fmt.Sprintf("%v // %s", *s.Default, s.Options[int(*s.Default)])})
		case s.pointer:
			list = append(list, fieldDefault{field, fmt.Sprintf("new(float64(%v))", *s.Default)})
		default:
			list = append(list, fieldDefault{field, fmt.Sprint(*s.Default)})
		}
	}
	return list
}

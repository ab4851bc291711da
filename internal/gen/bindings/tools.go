package main

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"text/template"

	"hourglass/core/catalogue"
	"hourglass/internal/gen/files"
)

// A toolForm is a tool with its Go types and settled fields.
type toolForm struct {
	catalogue.Tool
	input, result       reflect.Type
	inShapes, outShapes []*shape
	layout              catalogue.Layout
}

// readTools reads the tools. Each has words of its own: what mean or low is depends on the tool.
func readTools() ([]toolForm, error) {
	var tools []toolForm
	var errs []error
	for _, t := range catalogue.Tools {
		k := toolForm{Tool: t, input: reflect.TypeOf(t.Input), result: reflect.TypeOf(t.Result)}
		in := &tagReader{home: map[string]*shape{}, many: map[string]string{}}
		k.inShapes = in.shapes(k.input)
		k.layout.Inputs = in.settle(k.ID, k.inShapes, true)
		out := &tagReader{home: map[string]*shape{}, many: map[string]string{}}
		k.outShapes = out.shapes(k.result)
		k.layout.Results = out.settle(k.ID, k.outShapes, false)
		errs = append(append(errs, in.errs...), out.errs...)
		tools = append(tools, k)
	}
	return tools, errors.Join(errs...)
}

// A jsonType is a struct that the API reads or writes.
type jsonType struct {
	Name   string
	Fields []jsonField
}

// A jsonField is one of its members.
type jsonField struct {
	*shape
	Part   string // the struct type that it is made of
	PartGo string // the same as another package writes it
	Type   string // of an option
}

// Names lists the fields for what suggests the nearest.
func (t jsonType) Names() string {
	var names []string
	for _, f := range t.Fields {
		names = append(names, fmt.Sprintf("%q", f.Name))
	}
	return strings.Join(names, ", ")
}

var toolsTemplate = template.Must(template.New("tools_gen.go").Funcs(template.FuncMap{
	"lower":   func(name string) string { return strings.ToLower(name[:1]) + name[1:] },
	"bound":   bound,
	"key":     func(i int, name string) string { return "`" + "{,"[min(i, 1):min(i, 1)+1] + `"` + name + "\":`" },
	"is":      is,
	"without": func(f jsonField) string { return numberWithout(f.shape) },
	"least": func(f jsonField) int {
		if f.Optional {
			return 0
		}
		return f.MinItems
	},
}).Parse(`package tools

import (
	"math"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/core/decide"
	"hourglass/functions/api/wire"
)
{{range .In}}
var {{lower .Name}}Fields = named({{.Names}})

func (d *decision) read{{.Name}}(value jsontext.Value, pointer string) (in decide.{{.Name}}) {
	parts, ok := d.object(value, pointer, {{lower .Name}}Fields)
	if !ok {
		return in
	}
	{{- range .Fields}}
	{{- if is . "text"}}{{if .Optional}}
	in.{{.GoName}} = d.optionalText(parts["{{.Name}}"], pointer+"/{{.Name}}")
	{{- else}}
	in.{{.GoName}} = d.text(parts["{{.Name}}"], pointer+"/{{.Name}}")
	{{- end}}
	{{- else if is . "object"}}
	in.{{.GoName}} = decide.Inputs(parts["{{.Name}}"])
	{{- else if is . "number"}}
	in.{{.GoName}} = d.{{if .Pointer}}optional{{if .Whole}}Whole{{end}}{{else if .Whole}}whole{{else}}number{{end -}}
	(parts["{{.Name}}"], pointer+"/{{.Name}}", {{bound .Min}}, {{bound .Max}}{{if not .Pointer}}, {{without .}}{{end}})
	{{- else if is . "option"}}
	in.{{.GoName}} = option[{{.Type}}](d, parts["{{.Name}}"], pointer+"/{{.Name}}")
	{{- else if is . "texts"}}
	for i, value := range d.list(parts["{{.Name}}"], pointer+"/{{.Name}}", {{least .}}, {{.MaxItems}}) {
		in.{{.GoName}} = append(in.{{.GoName}}, d.text(value, pointer+"/{{.Name}}/"+strconv.Itoa(i)))
	}
	{{- else if is . "records"}}
	for i, value := range d.list(parts["{{.Name}}"], pointer+"/{{.Name}}", {{least .}}, {{.MaxItems}}) {
		in.{{.GoName}} = append(in.{{.GoName}}, d.read{{.Part}}(value, pointer+"/{{.Name}}/"+strconv.Itoa(i)))
	}
	{{- else if is . "group"}}{{if .Pointer}}
	if value := parts["{{.Name}}"]; value != nil {
		in.{{.GoName}} = new(d.read{{.Part}}(value, pointer+"/{{.Name}}"))
	}
	{{- else}}
	if value := d.part(parts["{{.Name}}"], pointer+"/{{.Name}}", {{lower .Part}}Fields); value != nil {
		in.{{.GoName}} = d.read{{.Part}}(value, pointer+"/{{.Name}}")
	}
	{{- end}}
	{{- end}}
	{{- end}}
	return in
}
{{end}}{{range .Out}}
// append{{.Name}} writes it as JSON; inputs are the calculation's, for the words of its warnings.
func append{{.Name}}(dst []byte, out *decide.{{.Name}}, inputs []catalogue.Field) []byte {
	{{- range $i, $f := .Fields}}
	{{- if and .Pointer (is . "group")}}
	if out.{{.GoName}} != nil {
		dst = append{{.Part}}(append(dst, {{key $i .Name}}...), out.{{.GoName}}, inputs)
	}
	{{- else}}
	dst = append(dst, {{key $i .Name}}...)
	{{- if is . "text"}}
	dst = wire.AppendText(dst, out.{{.GoName}})
	{{- else if is . "number"}}
	dst = {{if .Pointer}}appendOptional{{else}}wire.AppendNumber{{end}}(dst, out.{{.GoName}})
	{{- else if is . "option"}}
	dst = wire.AppendText(dst, out.{{.GoName}}.String())
	{{- else if is . "list"}}
	dst = wire.AppendList(dst, out.{{.GoName}})
	{{- else if is . "matrix"}}
	dst = appendEach(dst, len(out.{{.GoName}}), func(dst []byte, i int) []byte { return wire.AppendList(dst, out.{{.GoName}}[i]) })
	{{- else if is . "notices"}}
	dst = appendEach(dst, len(out.{{.GoName}}), func(dst []byte, i int) []byte { return wire.AppendWarning(dst, &out.{{.GoName}}[i], inputs) })
	{{- else if is . "records"}}
	dst = appendEach(dst, len(out.{{.GoName}}), func(dst []byte, i int) []byte { return append{{.Part}}(dst, &out.{{.GoName}}[i], inputs) })
	{{- else if is . "group"}}
	dst = append{{.Part}}(dst, &out.{{.GoName}}, inputs)
	{{- end}}
	{{- end}}
	{{- end}}
	return append(dst, '}')
}
{{end}}`))

// writeTools writes how the API reads the tools' inputs and writes their results.
func writeTools(out *files.Set, tools []toolForm) error {
	var w struct{ In, Out []jsonType }
	done := map[string]bool{}
	for _, t := range tools {
		addTypes(&w.In, done, t.input, t.inShapes)
		addTypes(&w.Out, done, t.result, t.outShapes)
	}
	var body bytes.Buffer
	if err := toolsTemplate.Execute(&body, w); err != nil {
		return err
	}
	out.Go("functions/api/tools/tools_gen.go", body.Bytes())
	return nil
}

// addTypes adds a struct and those that its fields are made of.
func addTypes(list *[]jsonType, done map[string]bool, t reflect.Type, shapes []*shape) {
	if done[t.Name()] {
		return
	}
	done[t.Name()] = true
	*list = append(*list, jsonType{t.Name(), fieldsOf(shapes)})
	for _, s := range shapes {
		if part := s.parts(); part != nil {
			addTypes(list, done, part, s.children)
		}
	}
}

// GoName and Pointer are for the template, which reads exported names alone.
func (s *shape) GoName() string { return s.goName }

// Embedded tells whether it is a struct whose fields are those of the struct around it.
func (s *shape) Embedded() bool { return s.embedded }

// Pointer tells whether the Go field may be nil.
func (s *shape) Pointer() bool { return s.pointer }

// numberWithout is what a number left out stands for.
func numberWithout(s *shape) string {
	if s.Default == nil {
		return "math.NaN()"
	}
	return fmt.Sprint(*s.Default)
}

// bound is a number as Go writes it.
func bound(v float64) string {
	switch v {
	case catalogue.Units["any"].Min:
		return "-math.MaxFloat64"
	case catalogue.Units["any"].Max:
		return "math.MaxFloat64"
	}
	return fmt.Sprint(v)
}

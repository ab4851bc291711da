package main

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"text/template"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// A callsFile is what calls_gen.go of core/boundary holds.
type callsFile struct {
	Imports []string
	Version uint32
	Modules []moduleCalls
	Types   []boundaryType // each after those that it is made of
}

// A moduleCalls is the calculations of one WASM module.
type moduleCalls struct {
	Name  string
	Until int // the index behind its last calculation; 0 for the last module
	Calls []boundaryCall
}

// A boundaryCall is one calculation at the boundary.
type boundaryCall struct {
	Index            int
	ID               string
	Input, Result    string // value.AverageInput, AverageResult
	Reads            string // AverageInput
	Function, Partly string
	Searched         string
}

// A boundaryType is a struct that the boundary reads or writes.
type boundaryType struct {
	Name, Go string
	Input    bool
	Fields   []jsonField
}

var callsTemplate = template.Must(template.New("calls_gen.go").Funcs(template.FuncMap{
	"is": is,
	"number": func(f jsonField) string {
		switch {
		case f.pointer:
			return "optional()"
		case f.Default != nil:
			return fmt.Sprintf("numberOr(%v)", *f.Default)
		}
		return "number()"
	},
	"option": func(f jsonField) string {
		if f.Default != nil {
			return fmt.Sprintf("optionOr(%v)", *f.Default)
		}
		return "option()"
	},
}).Parse(`package boundary

import (
	{{- range .Imports}}
	"{{.}}"
	{{- end}}
)

// Version changes with every change of what the streams hold; a host that knows another one must not call.
const Version = {{.Version}}

// Calculate runs calculation id on the stream in and appends its answer to buffer[:0]. Where only one result is wanted
// (All of them otherwise) the answer may leave others out, as if they did not exist, and the lists empty. Each WASM
// module links only the part that it exports.
func Calculate(id, want int, in, buffer []float64) []float64 {
	switch {
	{{- range .Modules}}
	{{- if .Until}}
	case id < {{.Until}}:
		return {{.Name}}(id, want, in, buffer)
	{{- else}}
	}
	return {{.Name}}(id, want, in, buffer)
	{{- end}}
	{{- end}}
}
{{range .Modules}}
// {{.Name}} is Calculate for the calculations of that module.
func {{.Name}}(id, want int, in, buffer []float64) []float64 {
	r, w := reader{in: in}, writer{out: buffer[:0]}
	switch id {
	{{- range .Calls}}
	case {{.Index}}: // {{.ID}}
		var in {{.Input}}
		read{{.Reads}}(&r, &in)
		out, notes := {{if .Partly}}{{.Partly}}(&in, extent(want, {{.Searched}})){{else}}{{.Function}}(in){{end}}
		if w.answer(notes) {
			write{{.Result}}(&w, &out)
		}
	{{- end}}
	default:
		r.misfit = true
	}
	return w.finish(&r)
}
{{end}}
{{- range .Types}}{{if .Input}}
func read{{.Name}}(r *reader, in *{{.Go}}) {
	{{- range .Fields}}
	{{- if .Embedded}}
	read{{.Part}}(r, &in.{{.GoName}})
	{{- else if is . "number"}}
	in.{{.GoName}} = r.{{number .}}
	{{- else if is . "option"}}
	in.{{.GoName}} = {{.Type}}(r.{{option .}})
	{{- else if is . "list"}}
	in.{{.GoName}} = r.numbers()
	{{- else if is . "records"}}
	for n := r.length(); n > 0 && !r.misfit; n-- {
		var record {{.PartGo}}
		read{{.Part}}(r, &record)
		in.{{.GoName}} = append(in.{{.GoName}}, record)
	}
	{{- end}}
	{{- end}}
}
{{else}}
func write{{.Name}}(w *writer, out *{{.Go}}) {
	{{- range .Fields}}
	{{- if or .Embedded (is . "group")}}
	write{{.Part}}(w, &out.{{.GoName}})
	{{- else if and (is . "number") .Pointer}}
	w.optional(out.{{.GoName}})
	{{- else if is . "number"}}
	w.number(out.{{.GoName}})
	{{- else if is . "option"}}
	w.number(float64(out.{{.GoName}}))
	{{- else if is . "list"}}
	w.numbers(out.{{.GoName}})
	{{- else if is . "records"}}
	w.number(float64(len(out.{{.GoName}})))
	for i := range out.{{.GoName}} {
		write{{.Part}}(w, &out.{{.GoName}}[i])
	}
	{{- end}}
	{{- end}}
}
{{end}}{{end}}`))

// boundaryCalls writes the dispatch and, for each type, the function that reads or writes it.
func boundaryCalls(calls []call) ([]byte, error) {
	f := callsFile{Version: layoutHash(calls)}
	for m := range catalogue.ModuleCount {
		one := moduleCalls{Name: m.String(), Until: max(0, slices.IndexFunc(calls, func(c call) bool { return c.Module > m }))}
		for i, c := range calls {
			if c.Module == m {
				one.Calls = append(one.Calls, boundaryCall{i, c.ID, goName(c.input), c.result.Name(), c.input.Name(),
					c.function, c.partly, fmt.Sprintf("%#x", c.searched)})
			}
		}
		f.Modules = append(f.Modules, one)
	}
	imports, done := map[string]bool{}, map[reflect.Type]bool{}
	for _, c := range calls {
		f.add(imports, done, c.input, c.inShapes, true)
		f.add(imports, done, c.result, c.outShapes, false)
	}
	f.Imports = slices.Sorted(maps.Keys(imports))
	var w bytes.Buffer
	err := callsTemplate.Execute(&w, f)
	return w.Bytes(), err
}

// add adds the structs that a struct is made of, then itself.
func (f *callsFile) add(imports map[string]bool, done map[reflect.Type]bool, t reflect.Type, shapes []*shape, input bool) {
	if done[t] {
		return
	}
	done[t] = true
	for _, s := range shapes {
		if part := s.parts(); part != nil {
			f.add(imports, done, part, s.children, input)
		}
		if input && s.Kind == catalogue.Option && !s.embedded {
			imports[s.goType.PkgPath()] = true
		}
	}
	imports[t.PkgPath()] = true
	f.Types = append(f.Types, boundaryType{t.Name(), goName(t), input, fieldsOf(shapes)})
}

// fieldsOf are shapes as the templates read them.
func fieldsOf(shapes []*shape) (list []jsonField) {
	for _, s := range shapes {
		f := jsonField{shape: s}
		if part := s.parts(); part != nil {
			f.Part, f.PartGo = part.Name(), path.Base(part.PkgPath())+"."+part.Name()
		}
		if s.Kind == catalogue.Option && !s.embedded {
			f.Type = goName(s.goType)
		}
		list = append(list, f)
	}
	return list
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

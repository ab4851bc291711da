package main

import (
	"bytes"
	"text/template"

	"hourglass/core/catalogue"
)

// tablesTemplate writes the catalogue's layouts as Go literals. A list of fields calls itself for the fields of a field.
var tablesTemplate = template.Must(template.New("fields_gen.go").Funcs(template.FuncMap{
	"kind": func(k catalogue.Kind) string { return kindNames[k] },
}).Parse(`package catalogue

var layouts = map[string]Layout{
{{- range .Calls}}
{{template "layout" .}}
{{- end}}
}

var toolLayouts = map[string]Layout{
{{- range .Tools}}
{{template "layout" .}}
{{- end}}
}
{{define "layout"}}{{printf "%q" .ID}}: {
Inputs: {{template "fields" .Layout.Inputs}},
Results: {{template "fields" .Layout.Results}},
},
{{- end}}
{{define "fields"}}[]Field{
{{range .}}{Name: {{printf "%q" .Name}}, Title: {{printf "%q" .Title}}, Help: {{printf "%q" .Help}}, Unit: {{printf "%q" .Unit}}, Kind: {{kind .Kind}}
{{- if .Was}}, Was: {{printf "%#v" .Was}}{{end}}
{{- if .Optional}}, Optional: true{{end}}
{{- if .Placed}}, Placed: true{{end}}
{{- if .PerPeriod}}, PerPeriod: true{{end}}
{{- if .Never}}, Never: {{printf "%q" .Never}}{{end}}
{{- if .Default}}, Default: new(float64({{.Default}})){{end}}
{{- if or .Min .Max}}, Min: {{.Min}}, Max: {{.Max}}{{end}}
{{- if .Above}}, Above: true{{end}}
{{- if .Whole}}, Whole: true{{end}}
{{- if .Adds}}, Adds: true{{end}}
{{- if .MaxItems}}, MinItems: {{.MinItems}}, MaxItems: {{.MaxItems}}{{end}}
{{- if .Row}}, Row: {{printf "%q" .Row}}{{end}}
{{- if .Beside}}, Beside: {{printf "%q" .Beside}}{{end}}
{{- if .Table}}, Table: {{printf "%q" .Table}}{{end}}
{{- if .Options}}, Options: {{printf "%#v" .Options}}{{end}}
{{- if .Fields}}, Fields: {{template "fields" .Fields}}{{end}}},
{{end}}}{{end}}`))

// A table is a layout with its id.
type table struct {
	ID     string
	Layout catalogue.Layout
}

// fieldTables writes the layouts of calculations and tools.
func fieldTables(calls []call, tools []toolForm) ([]byte, error) {
	var all struct{ Calls, Tools []table }
	for _, c := range calls {
		all.Calls = append(all.Calls, table{c.ID, c.layout})
	}
	for _, t := range tools {
		all.Tools = append(all.Tools, table{t.ID, t.layout})
	}
	var w bytes.Buffer
	err := tablesTemplate.Execute(&w, all)
	return w.Bytes(), err
}

var kindNames = map[catalogue.Kind]string{
	catalogue.Number: "Number", catalogue.Option: "Option", catalogue.List: "List",
	catalogue.Group: "Group", catalogue.Records: "Records", catalogue.Text: "Text", catalogue.Texts: "Texts",
	catalogue.Object: "Object", catalogue.Matrix: "Matrix", catalogue.Notices: "Notices",
}

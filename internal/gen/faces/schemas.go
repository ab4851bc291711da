package main

import (
	"encoding/json"
	"strconv"

	"github.com/invopop/jsonschema"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
	"hourglass/internal/gen/files"
)

// writeSchemas writes the JSON Schemas (2020-12) of every calculation's input and result, by id.
func writeSchemas(out *files.Set) {
	var all object
	for _, c := range catalogue.Calculations {
		all = append(all, member{c.ID, object{
			{"$schema", jsonschema.Version},
			{"$id", "/v1/" + c.ID + "/schema"},
			{"title", c.Title},
			{"description", c.Question},
			{"$ref", "#/$defs/input"},
			{"$defs", object{{"input", inputSchema(c)}, {"result", resultSchema(c)}}},
		}})
	}
	for _, t := range catalogue.Tools {
		all = append(all, member{t.ID, object{
			{"$schema", jsonschema.Version},
			{"$id", "/v1/" + t.ID + "/schema"},
			{"title", t.Title},
			{"description", t.Question},
			{"$ref", "#/$defs/input"},
			{"$defs", object{{"input", toolInputSchema(t)}, {"result", toolResultSchema(t)}}},
		}})
	}
	out.Add("functions/api/schemas_gen.json", compact(all))
}

func toolInputSchema(t catalogue.Tool) *jsonschema.Schema {
	s := objectSchema(t.Layout().Inputs, true)
	s.Title, s.Description = t.Title, t.Question
	s.Examples = []any{toolExample(t)}
	return s
}

// toolResultSchema describes what a tool answers. The warnings of compare stand with its scenarios.
func toolResultSchema(t catalogue.Tool) *jsonschema.Schema {
	s := objectSchema(t.Layout().Results, false)
	s.Title = t.Title + ": result"
	if t.ID != "compare" {
		s.Properties.Set("warnings", warningsSchema())
		s.Required = append(s.Required, "warnings")
	}
	return s
}

func warningsSchema() *jsonschema.Schema {
	return &jsonschema.Schema{
		Type: "array", Title: "Warnings", Description: "What qualifies the result; empty where nothing does.", Items: warningSchema(),
	}
}

// inputSchema describes what a calculation takes: bounds, defaults and units, and nothing else.
func inputSchema(c catalogue.Calculation) *jsonschema.Schema {
	s := objectSchema(c.Layout().Inputs, true)
	s.Title, s.Description = c.Title, c.Question
	s.Examples = []any{example(c)}
	return s
}

// resultSchema describes what a calculation gives: every field always there, null where it does not exist.
func resultSchema(c catalogue.Calculation) *jsonschema.Schema {
	s := objectSchema(c.Layout().Results, false)
	s.Title = c.Title + ": result"
	s.Properties.Set("warnings", warningsSchema())
	s.Required = append(s.Required, "warnings")
	return s
}

func warningSchema() *jsonschema.Schema {
	var codes []any
	for code := notice.FirstWarning; code < notice.CodeCount; code++ {
		codes = append(codes, code.String())
	}
	p := jsonschema.NewProperties()
	p.Set("code", &jsonschema.Schema{Type: "string", Enum: codes})
	p.Set("field", &jsonschema.Schema{Type: "string", Description: "The input that it is about; empty for the whole."})
	p.Set("message", &jsonschema.Schema{Type: "string", Description: "In words."})
	return &jsonschema.Schema{Type: "object", Properties: p, Required: []string{"code", "field", "message"}}
}

func objectSchema(fields []catalogue.Field, input bool) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties()}
	for i := range fields {
		f := &fields[i]
		s.Properties.Set(f.Name, fieldSchema(f, input))
		if input && wanted(f) || !input && !(f.Optional && f.Kind == catalogue.Group) {
			s.Required = append(s.Required, f.Name)
		}
	}
	if input {
		s.AdditionalProperties = jsonschema.FalseSchema
	}
	return s
}

// wanted tells whether an input without this field is refused; a list that may be empty may be left out.
func wanted(f *catalogue.Field) bool {
	list := f.Kind == catalogue.List || f.Kind == catalogue.Records || f.Kind == catalogue.Texts
	return !f.Optional && f.Default == nil && (!list || f.MinItems > 0)
}

func fieldSchema(f *catalogue.Field, input bool) *jsonschema.Schema {
	s := &jsonschema.Schema{}
	switch f.Kind {
	case catalogue.Option:
		s.Type = "string"
		for _, option := range f.Options {
			s.Enum = append(s.Enum, option)
		}
	case catalogue.List:
		s.Type, s.Items = "array", numberSchema(f, input)
	case catalogue.Text:
		s.Type = "string"
	case catalogue.Texts:
		s.Type, s.Items = "array", &jsonschema.Schema{Type: "string"}
	case catalogue.Object:
		s.Type, s.AdditionalProperties = "object", jsonschema.TrueSchema
	case catalogue.Matrix:
		s.Type, s.Items = "array", &jsonschema.Schema{Type: "array", Items: missing(numberSchema(f, false))}
	case catalogue.Notices:
		s = warningsSchema()
	case catalogue.Group:
		s = objectSchema(f.Fields, input)
	case catalogue.Records:
		s.Type, s.Items = "array", objectSchema(f.Fields, input)
		if f.Row != "" {
			s.Items.Properties.Set(catalogue.RowName, rowNameSchema(f.Row))
		}
	default:
		s = numberSchema(f, input)
	}
	s.Title, s.Description = f.Title, f.Help
	if input {
		bounds(s, f)
	} else if f.Kind < catalogue.Text && (f.Optional || f.Kind > catalogue.Option) {
		nullable(s)
	}
	if f.Unit != "" && f.Unit != "any" {
		extra(s, "x-unit", f.Unit)
	}
	return s
}

// rowNameSchema is that of the name of a row.
func rowNameSchema(row string) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Title: row, Description: "Your name for the row, given back beside its results.", MaxLength: new(uint64(catalogue.MaxRowName))}
}

// bounds states the default of an input and the length of a list.
func bounds(s *jsonschema.Schema, f *catalogue.Field) {
	if f.MaxItems > 0 {
		s.MinItems, s.MaxItems = new(uint64(f.MinItems)), new(uint64(f.MaxItems))
	}
	switch {
	case f.Default == nil:
	case f.Kind == catalogue.Option:
		s.Default = f.Options[int(*f.Default)]
	default:
		s.Default = *f.Default
	}
}

func numberSchema(f *catalogue.Field, input bool) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "number", Format: "double"} // without it clients in Go and C# read 32 bits
	if !input {
		return s
	}
	if f.Whole {
		s.Type, s.Format = "integer", "int64"
	}
	if f.Above {
		s.ExclusiveMinimum = plainNumber(f.Min)
	} else {
		s.Minimum = plainNumber(f.Min)
	}
	s.Maximum = plainNumber(f.Max)
	if any := catalogue.Units["any"]; f.Max == any.Max {
		s.Maximum = ""
		if f.Min == any.Min {
			s.Minimum = ""
		}
	}
	return s
}

func plainNumber(v float64) json.Number { return json.Number(strconv.FormatFloat(v, 'f', -1, 64)) }

// missing lets an element of a list not exist.
func missing(s *jsonschema.Schema) *jsonschema.Schema {
	nullable(s)
	return s
}

// nullable lets a result be absent.
func nullable(s *jsonschema.Schema) {
	kind := s.Type
	s.Type = ""
	extra(s, "type", []string{kind, "null"})
	if s.Enum != nil {
		s.Enum = append(s.Enum, nil)
	}
}

func extra(s *jsonschema.Schema, key string, value any) {
	if s.Extras == nil {
		s.Extras = map[string]any{}
	}
	s.Extras[key] = value
}

// writeAPICatalogue writes what GET /v1 answers.
func writeAPICatalogue(out *files.Set) {
	var list []object
	for _, c := range catalogue.Calculations {
		var order []string
		for _, f := range arguments(c) {
			order = append(order, f.Name)
		}
		list = append(list, object{
			{"id", c.ID},
			{"title", c.Title},
			{"question", c.Question},
			{"inputs", inputSchema(c).Properties},
			{"required", inputSchema(c).Required},
			{"arguments", order},
			{"results", resultSchema(c).Properties},
			{"example", example(c)},
			{"source", c.Source},
			{"links", object{
				{"self", "/v1/" + c.ID},
				{"schema", "/v1/" + c.ID + "/schema"},
				{"example", "/v1/" + c.ID + "?" + exampleQuery(c)},
			}},
		})
	}
	out.Add("functions/api/catalogue_gen.json", compact(object{
		{"calculations", list},
		{"links", object{{"openapi", "/openapi.json"}, {"batch", "/v1/batch"}, {"sensitivity", "/v1/sensitivity"}, {"goal-seek", "/v1/goal-seek"},
			{"simulate", "/v1/simulate"}, {"compare", "/v1/compare"}, {"mcp", "/mcp"}, {"health", "/healthz"}}},
	}))
}

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"hourglass/core/catalogue"
)

const apiPath = "docs/api/"

// apiDocs is the API's description (OpenAPI) as its page shows it.
type apiDocs struct {
	Version      string
	Paragraphs   []string // what goes for all routes
	Parameters   []apiField
	Calculations []apiCalculation
	Groups       []apiGroup // the same, as the list beside a page shows them
	Routes       []apiRoute
	Problems     []apiProblem
}

type apiGroup struct {
	Title        string
	Calculations []apiCalculation
}

// groupTitles are the headings of those of a module.
var groupTitles = map[catalogue.Module]string{catalogue.Calculator: "Value", catalogue.Growth: "Growth", catalogue.Customers: "Prediction"}

type apiCalculation struct {
	ID, Anchor, Title, Question string
	Inputs, Results             []apiField
	Query, Body, Answer, Schema string // the worked example, and the JSON Schema of input and result
	Samples                     []apiSample
	InPage                      bool   // the page's engine has it
	Calculator                  string // the page of the calculator that runs it, where there is one
}

// An apiSample is the worked example as a program.
type apiSample struct{ Label, Source string }

// An apiField is one line of a table: a parameter, an input or a result.
type apiField struct {
	Name, Title, Help, Unit string
	Takes                   string // in words: 0 to 1, one of ..., a list of ...
	Kind                    string // number, option or list
	Options                 []string
	Default                 string
	Required                bool
	Folds                   bool // until the reader asks for it: neither required nor in the example
}

type apiRoute struct {
	Method, Path, Tag, ID, Summary, Description string
	Parameters                                  []apiField
	Body, Answer                                string
}

type apiProblem struct{ Status, About, Example string }

// renderAPI makes the page of the API's reference.
func (s *site) renderAPI(base docPage) error {
	body, err := os.ReadFile(s.root("functions", "api", "openapi_gen.json"))
	if err != nil {
		return err
	}
	var d description
	if err := json.Unmarshal(body, &d); err != nil {
		return fmt.Errorf("openapi_gen.json: %w", err)
	}
	if body, err = os.ReadFile(s.root("functions", "api", "samples_gen.json")); err != nil {
		return err
	}
	if err := json.Unmarshal(body, &d.Samples); err != nil {
		return fmt.Errorf("samples_gen.json: %w", err)
	}
	if body, err = os.ReadFile(s.root("functions", "api", "schemas_gen.json")); err != nil {
		return err
	}
	if err := json.Unmarshal(body, &d.Schemas); err != nil {
		return fmt.Errorf("schemas_gen.json: %w", err)
	}
	p := base.at(apiPath, "api", "API reference", "Every route of the Hourglass API: fields with their bounds, examples computed by the engine, problems.")
	p.API = d.docs()
	if err := s.render(apiPath+"index.html", "api.html", p); err != nil {
		return err
	}
	if s.files[apiPath+"fields.json"], err = json.Marshal(p.API.fieldNames()); err != nil {
		return err
	}
	for _, c := range p.API.Calculations {
		page := base.at(apiPath+c.Anchor+"/", "api", c.Title+": API", c.Title+". "+c.Question+" Every field with its bounds, examples in five languages, the answer.")
		page.API, page.Call = p.API, c
		if err := s.render(page.Path+"index.html", "api-call.html", page); err != nil {
			return err
		}
	}
	return nil
}

// An ordered object keeps the order that its members were written in.
type ordered[T any] []pair[T]

type pair[T any] struct {
	Key   string
	Value T
}

// UnmarshalJSON reads an object.
func (o *ordered[T]) UnmarshalJSON(body []byte) error {
	d := json.NewDecoder(bytes.NewReader(body))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var value T
		if err := d.Decode(&value); err != nil {
			return err
		}
		*o = append(*o, pair[T]{fmt.Sprint(key), value})
	}
	return nil
}

func (o ordered[T]) get(key string) T {
	i := slices.IndexFunc(o, func(p pair[T]) bool { return p.Key == key })
	if i < 0 {
		var none T
		return none
	}
	return o[i].Value
}

// A description is what the page reads of OpenAPI.
type description struct {
	Info       struct{ Version, Description string }
	Paths      ordered[ordered[json.RawMessage]]
	Components struct {
		Parameters ordered[parameter]
		Responses  ordered[response]
		Schemas    ordered[*schema]
	}
	Samples map[string][]apiSample     `json:"-"` // by operation
	Schemas map[string]json.RawMessage `json:"-"` // by calculation
}

type operation struct {
	OperationID, Summary, Description string
	Tags                              []string
	Parameters                        []parameter
	RequestBody                       struct{ Content ordered[content] }
	Responses                         ordered[response]
}

type parameter struct {
	Ref               string `json:"$ref"`
	Name, Description string
	Required          bool
	Schema            *schema
	Content           ordered[content]
}

type response struct {
	Description string
	Content     ordered[content]
}

type content struct {
	Schema  *schema
	Example json.RawMessage
}

type schema struct {
	Ref                string `json:"$ref"`
	Type               any
	Title, Description string
	Properties         ordered[*schema]
	Required           []string
	Items              *schema
	Enum               []any
	Default            any
	Minimum, Maximum   *float64
	ExclusiveMinimum   *float64
	MinItems, MaxItems int
	Unit               string `json:"x-unit"`
}

func (d description) docs() apiDocs {
	out := apiDocs{Version: d.Info.Version, Paragraphs: strings.SplitAfter(d.Info.Description, "with a warning. ")}
	for _, p := range d.Components.Parameters {
		out.Parameters = append(out.Parameters, p.Value.field())
	}
	for _, entry := range d.Paths {
		for _, method := range entry.Value {
			var op operation
			if method.Key == "parameters" || json.Unmarshal(method.Value, &op) != nil {
				continue
			}
			switch {
			case op.Tags[0] != "calculations":
				out.Routes = append(out.Routes, d.route(strings.ToUpper(method.Key), entry.Key, op))
			case method.Key == "post":
				out.Calculations = append(out.Calculations, d.calculation(strings.TrimPrefix(entry.Key, "/v1/"), op))
			}
		}
	}
	out.Groups = grouped(out.Calculations)
	for _, r := range d.Components.Responses {
		out.Problems = append(out.Problems, apiProblem{strings.TrimPrefix(r.Key, "problem"), r.Value.Description, exampleOf(r.Value.Content)})
	}
	return out
}

// grouped are the calculations by their module, in the catalogue's order.
func grouped(all []apiCalculation) []apiGroup {
	var groups []apiGroup
	for _, c := range all {
		_, one := catalogue.Find(c.ID)
		title := cmp.Or(groupTitles[one.Module], one.Module.String())
		if len(groups) == 0 || groups[len(groups)-1].Title != title {
			groups = append(groups, apiGroup{Title: title})
		}
		last := &groups[len(groups)-1]
		last.Calculations = append(last.Calculations, c)
	}
	return groups
}

// fieldNames are the names of each calculation's fields, which the list beside a page is searched for.
func (d apiDocs) fieldNames() map[string][]string {
	names := map[string][]string{}
	for _, c := range d.Calculations {
		for _, f := range slices.Concat(c.Inputs, c.Results) {
			names[c.ID] = append(names[c.ID], f.Name)
		}
	}
	return names
}

func (d description) calculation(id string, op operation) apiCalculation {
	anchor := strings.ReplaceAll(id, "/", "-")
	input, result := d.Components.Schemas.get(anchor+".input"), d.Components.Schemas.get(anchor+".result")
	c := apiCalculation{ID: id, Anchor: anchor, Title: input.Title, Question: op.Summary, Body: exampleOf(op.RequestBody.Content), Answer: exampleOf(op.Responses.get("200").Content)}
	c.InPage = slices.ContainsFunc(catalogue.Calculations, func(one catalogue.Calculation) bool { return one.ID == id && one.Module != catalogue.Customers })
	c.Samples = d.Samples[op.OperationID]
	if c.InPage {
		c.Calculator = id + "/"
	}
	var indented bytes.Buffer
	if json.Indent(&indented, d.Schemas[id], "", "  ") == nil {
		c.Schema = indented.String()
	}
	c.Inputs, c.Results = input.fields("", true), result.fields("", false)
	folds(c.Inputs, c.Body)
	var get operation
	if json.Unmarshal(d.Paths.get("/v1/"+id).get("get"), &get) == nil {
		_, c.Query, _ = strings.Cut(get.Description, "For example: ")
	}
	return c
}

// folds marks the fields that the page's script folds, so that the page is as high before it runs: a field goes with those of its objects, one alone stays.
func folds(fields []apiField, body string) {
	var example map[string]any
	if json.Unmarshal([]byte(body), &example) != nil {
		return
	}
	count, folding := 0, false
	for i, f := range fields {
		if !strings.ContainsAny(f.Name, ".[") {
			folding = !f.Required && example[f.Name] == nil
		}
		if fields[i].Folds = folding; folding {
			count++
		}
	}
	if count == 1 {
		for i := range fields {
			fields[i].Folds = false
		}
	}
}

func (d description) route(method, path string, op operation) apiRoute {
	r := apiRoute{Method: method, Path: path, Tag: op.Tags[0], ID: op.OperationID, Summary: op.Summary, Description: op.Description,
		Body: exampleOf(op.RequestBody.Content), Answer: exampleOf(op.Responses.get("200").Content)}
	for _, p := range op.Parameters {
		if p.Ref != "" {
			p = d.Components.Parameters.get(p.Ref[strings.LastIndexByte(p.Ref, '/')+1:])
		}
		r.Parameters = append(r.Parameters, p.field())
	}
	return r
}

func (p parameter) field() apiField {
	f := p.Schema.field(p.Name, p.Required)
	f.Help = p.Description
	return f
}

// fields are the lines of an object's table; members of objects within go by group.member.
func (s *schema) fields(within string, input bool) []apiField {
	var out []apiField
	for _, property := range s.Properties {
		value, name := property.Value, within+property.Key
		out = append(out, value.field(name, input && slices.Contains(s.Required, property.Key)))
		if len(value.Properties) > 0 {
			out = append(out, value.fields(name+".", input)...)
		} else if value.Items != nil && property.Key != "warnings" {
			out = append(out, value.Items.fields(name+"[].", input)...)
		}
	}
	return out
}

func (s *schema) field(name string, required bool) apiField {
	f := apiField{Name: name, Title: s.Title, Help: s.Description, Unit: s.Unit, Takes: s.takes(), Kind: s.kind(), Required: required}
	for _, option := range s.Enum {
		if option != nil {
			f.Options = append(f.Options, fmt.Sprint(option))
		}
	}
	if s.Default != nil {
		f.Default = fmt.Sprint(s.Default)
	}
	return f
}

// kind is how a value is typed.
func (s *schema) kind() string {
	switch {
	case len(s.Enum) > 0:
		return "option"
	case s.Items != nil:
		return "list"
	}
	return "number"
}

// takes says in words what a value may be.
func (s *schema) takes() string {
	switch {
	case len(s.Enum) > 0:
		return "one of"
	case s.Items != nil && s.MaxItems > 0:
		return strings.TrimSuffix(fmt.Sprintf("%d to %d of %s", s.MinItems, s.MaxItems, s.Items.takes()), " of object")
	case s.Items != nil:
		return "list"
	case s.Minimum != nil && s.Maximum != nil:
		return s.whole() + short(*s.Minimum) + " to " + short(*s.Maximum)
	case s.ExclusiveMinimum != nil && s.Maximum != nil:
		return s.whole() + "above " + short(*s.ExclusiveMinimum) + ", up to " + short(*s.Maximum)
	}
	if kinds, ok := s.Type.([]any); ok {
		return fmt.Sprintf("%v or %v", kinds...)
	}
	return fmt.Sprint(s.Type)
}

func (s *schema) whole() string {
	if s.Type == "integer" {
		return "whole, "
	}
	return ""
}

// short writes a bound: 1e12 rather than its zeros.
func short(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'g', -1, 64), "e+", "e", 1)
}

// exampleOf is the example of the first content that has one, laid out for reading.
func exampleOf(contents ordered[content]) string {
	for _, c := range contents {
		var text string
		if json.Unmarshal(c.Value.Example, &text) == nil {
			return strings.TrimSpace(text)
		}
		if len(c.Value.Example) > 0 {
			return laidOut(c.Value.Example, "")
		}
	}
	return ""
}

// mostItems is how many entries of a list an example shows.
const mostItems = 3

// laidOut writes JSON with a line for each member, lists of plain values in one, and long lists cut.
func laidOut(raw json.RawMessage, indent string) string {
	switch raw[0] {
	case '{':
		var members ordered[json.RawMessage]
		if json.Unmarshal(raw, &members) != nil || len(members) == 0 {
			return "{}"
		}
		var lines []string
		for _, m := range members {
			lines = append(lines, fmt.Sprintf("%s  %q: %s", indent, m.Key, laidOut(m.Value, indent+"  ")))
		}
		return "{\n" + strings.Join(lines, ",\n") + "\n" + indent + "}"
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil {
			return string(raw)
		}
		var items []string
		for _, item := range list[:min(len(list), mostItems)] {
			items = append(items, laidOut(item, indent))
		}
		if more := len(list) - mostItems; more > 0 {
			items = append(items, fmt.Sprintf("… %d more", more))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return string(raw)
}

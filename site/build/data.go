package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
)

// A pageCatalogue is the site's generated catalogue: the same that the page's modules read, so that the prerendered
// pages say what they say. It has the formulas as MathML, which the catalogue of core has not.
type pageCatalogue struct {
	Version      int64
	Codes        []string
	Calculations []calculation
}

type calculation struct {
	ID, Source      string
	Module          string
	Inputs, Results []field
	Example         map[string]any
	index           int
}

// wasmOf is the file and the asset that a module becomes.
func wasmOf(m catalogue.Module) string { return m.Stem() + ".wasm" }

// pageModules are those of calculations, which the calculator's page and the widget load when they are needed.
func pageModules() (list []catalogue.Module) {
	for m := range catalogue.Customers {
		list = append(list, m)
	}
	return list
}

// Modules are the attributes by which a page's elements are told where the engine's modules are, each with a prefix.
func (p page) Modules(prefix string) (attributes []template.HTMLAttr, err error) {
	for _, m := range pageModules() {
		asset, err := p.Asset(wasmOf(m))
		if err != nil {
			return nil, err
		}
		attributes = append(attributes, template.HTMLAttr(prefix+m.Stem()+`="`+template.HTMLEscapeString(p.Base+asset)+`"`))
	}
	return attributes, nil
}

// Wasm is the asset of the calculation's module.
func (c calculation) Wasm() (string, error) {
	for _, m := range pageModules() {
		if strings.EqualFold(m.String(), c.Module) {
			return wasmOf(m), nil
		}
	}
	return "", fmt.Errorf("%s is in the module %q, which no page loads", c.ID, c.Module)
}

type field struct {
	Name, Kind string
	Default    any
	Options    []string
	Fields     []field
}

// A scenario as scenarios.json has it; only what the prerendered pages need.
type scenario struct {
	ID, Calculation string
	Group, View     string
	Part            string   // of its group, that the menu shows apart
	Business        []string // that it is for; every one where there is none
	Plain           bool     `json:"-"` // of a calculation that scenarios.json does not mention: it has its title and its question alone
	Start           map[string]any
	Primary         []struct{ Field string } // the fields that come first
}

func (s *site) readCatalogue() (pageCatalogue, error) {
	var c pageCatalogue
	body, err := os.ReadFile(filepath.Join(s.src, "base", "catalogue.gen.mjs"))
	if err != nil {
		return c, err
	}
	_, data, found := bytes.Cut(body, []byte("export default "))
	if !found {
		return c, fmt.Errorf("the generated catalogue has no default export")
	}
	if err := json.Unmarshal(bytes.TrimRight(data, ";\n"), &c); err != nil {
		return c, err
	}
	for i := range c.Calculations {
		if err := s.readWords(&c.Calculations[i]); err != nil {
			return c, err
		}
		c.Calculations[i].index = i
	}
	if c.Version != boundary.Version {
		return c, fmt.Errorf("the generated catalogue is out of date: run go generate ./...")
	}
	return c, nil
}

// readWords reads what a calculation says about itself, over what the index has of it.
func (s *site) readWords(c *calculation) error {
	body, err := os.ReadFile(filepath.Join(s.src, wordsOf(c.ID)))
	if err != nil {
		return err
	}
	*c = calculation{Module: c.Module}
	return json.Unmarshal(body, c)
}

// wordsOf is the module of a calculation's words, loaded when they are shown.
func wordsOf(id string) string { return "base/calculations/" + id + ".gen.json" }

// readScenarios reads scenarios.json, and adds a plain scenario for a calculation that it does not mention.
func (s *site) readScenarios(c pageCatalogue) ([]scenario, error) {
	var all []scenario
	body, err := os.ReadFile(filepath.Join(s.src, "scenarios.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, &all); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Group = cmp.Or(all[i].Group, worth)
	}
	for _, calc := range c.Calculations {
		if !slices.ContainsFunc(all, func(sc scenario) bool { return sc.Calculation == calc.ID }) {
			all = append(all, scenario{ID: calc.ID, Calculation: calc.ID, Group: worth, Plain: true})
		}
	}
	return all, nil
}

func (c pageCatalogue) find(id string) (calculation, error) {
	for _, calc := range c.Calculations {
		if calc.ID == id {
			return calc, nil
		}
	}
	return calculation{}, fmt.Errorf("scenarios.json names %q, which is no calculation", id)
}

// start is the scenario's input, complete: every field has a value, nil where it is left out.
func (sc scenario) start(c calculation) map[string]any {
	given := sc.Start
	if given == nil {
		given = c.Example
	}
	input := map[string]any{}
	for _, f := range c.Inputs {
		input[f.Name] = f.Default
		if v, ok := given[f.Name]; ok {
			input[f.Name] = v
		}
	}
	return input
}

// Computed is a scenario's example in figures, as say.ts takes them.
type computed struct {
	ID       string         `json:"id"`
	Values   map[string]any `json:"values"` // numbers and options, inputs and results; results win
	Warnings []noted        `json:"warnings"`
}

type noted struct {
	Code  string  `json:"code"`
	Field string  `json:"field"`
	Limit float64 `json:"limit"`
}

// computed runs the scenario's calculation natively, through the boundary that the browser uses.
func (c pageCatalogue) computed(sc scenario) (computed, error) {
	calc, err := c.find(sc.Calculation)
	if err != nil {
		return computed{}, err
	}
	input := sc.start(calc)
	var stream []float64
	for _, f := range calc.Inputs {
		stream = append(stream, encode(f, input[f.Name])...)
	}
	out := computed{ID: sc.ID, Values: map[string]any{}, Warnings: []noted{}}
	answer := boundary.Call(calc.index, stream, nil)
	if answer[0] == boundary.Misfit {
		return out, fmt.Errorf("%s: the engine did not understand the input", calc.ID)
	}
	notes, rest := boundary.Notices(answer)
	for _, n := range notes {
		out.Warnings = append(out.Warnings, noted{c.Codes[n.Code], n.Field, n.Limit})
	}
	if answer[0] != boundary.Done {
		return out, fmt.Errorf("%s: the starting figures are refused: %v", calc.ID, notes)
	}
	for name, value := range input {
		out.Values[name] = value
	}
	decode("", calc.Results, rest, out.Values)
	return out, nil
}

// encode writes one input field as the boundary wants it.
func encode(f field, value any) []float64 {
	switch v := value.(type) {
	case string:
		return []float64{float64(slices.Index(f.Options, v))}
	case float64:
		return []float64{v}
	case []any:
		out := []float64{float64(len(v))}
		for _, x := range v {
			out = append(out, encodeElement(f, x)...)
		}
		return out
	}
	if f.Kind == "list" || f.Kind == "records" {
		return []float64{0}
	}
	return []float64{math.NaN()}
}

// encodeElement writes one number of a list, or one object of records.
func encodeElement(f field, element any) []float64 {
	record, ok := element.(map[string]any)
	if !ok {
		return encode(f, element)
	}
	var out []float64
	for _, inner := range f.Fields {
		out = append(out, encode(inner, record[inner.Name])...)
	}
	return out
}

// decode reads the plain numbers of a result into values, by path; by name too, where a group has what neither the inputs
// nor the result itself have. Lists are skipped, since the page draws them itself.
func decode(within string, fields []field, rest []float64, values map[string]any) []float64 {
	put := func(name string, value any) {
		if _, taken := values[name]; within == "" || !taken {
			values[name] = value
		}
		values[within+name] = value
	}
	for _, f := range fields {
		if f.Kind == "group" {
			rest = decode(within+f.Name+".", f.Fields, rest, values)
			continue
		}
		v := rest[0]
		rest = rest[1:]
		switch {
		case f.Kind == "list":
			rest = rest[int(v):]
		case f.Kind == "records":
			for range int(v) {
				rest = decode("", f.Fields, rest, map[string]any{})
			}
		case f.Kind == "option":
			put(f.Name, f.Options[int(v)])
		case v == v:
			put(f.Name, v)
		default:
			put(f.Name, nil)
		}
	}
	return rest
}

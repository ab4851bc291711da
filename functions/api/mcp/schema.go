package mcp

import (
	"slices"
	"strconv"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
	"hourglass/functions/api/wire"
)

// The schemas of tools are in the words that Claude, OpenAI and Gemini all take: type (one), description, properties, required,
// items and enum. Bounds and defaults are said in the description, which is what a model reads anyway.

// member writes a name and a value that is JSON.
func member(w *strings.Builder, name, value string) {
	if w.Len() > 0 {
		w.WriteByte(',')
	}
	w.WriteString(quotedWhole(name) + ":" + value)
}

// objectOf is the schema of an object with these members (JSON without its braces).
func objectOf(properties string, required []string, about string) string {
	schema := `{"type":"object"`
	if about != "" {
		schema += `,"description":` + quotedWhole(about)
	}
	if properties != "" {
		schema += `,"properties":{` + properties + "}"
	}
	if len(required) > 0 {
		schema += `,"required":` + quotedList(required)
	}
	return schema + "}"
}

func quotedList(list []string) string {
	var w strings.Builder
	for _, text := range list {
		if w.Len() > 0 {
			w.WriteByte(',')
		}
		w.WriteString(quotedWhole(text))
	}
	return "[" + w.String() + "]"
}

// textOf is the schema of text, which may be one of several.
func textOf(about string, options ...string) string {
	schema := `{"type":"string"`
	if about != "" {
		schema += `,"description":` + quotedWhole(about)
	}
	if len(options) > 0 {
		schema += `,"enum":` + quotedList(options)
	}
	return schema + "}"
}

// wanted tells whether the server refuses an input without this field.
func wanted(f *catalogue.Field) bool {
	return !f.Optional && f.Default == nil && (f.Kind != catalogue.List && f.Kind != catalogue.Records && f.Kind != catalogue.Texts || f.MinItems > 0)
}

// inputOf is the schema of fields as an input.
func inputOf(fields []catalogue.Field, about string) string {
	properties, required := propertiesOf(fields)
	return objectOf(properties, required, about)
}

// rowOf is the schema of one of records, with its name where it has one.
func rowOf(f *catalogue.Field) string {
	properties, required := propertiesOf(f.Fields)
	if f.Row != "" {
		var w strings.Builder
		member(&w, catalogue.RowName, textOf(f.Row+"."))
		w.WriteString("," + properties)
		properties = w.String()
	}
	return objectOf(properties, required, "")
}

// membersOf are the names of the members of one of records.
func membersOf(f *catalogue.Field) []string {
	names := wire.Names(f.Fields)
	if f.Row != "" {
		names = append([]string{catalogue.RowName}, names...)
	}
	return names
}

func propertiesOf(fields []catalogue.Field) (properties string, required []string) {
	var w strings.Builder
	for i := range fields {
		f := &fields[i]
		if wanted(f) {
			required = append(required, f.Name)
		}
		member(&w, f.Name, fieldOf(f))
	}
	return w.String(), required
}

func fieldOf(f *catalogue.Field) string {
	about := aboutField(f)
	switch f.Kind {
	case catalogue.Option:
		return textOf(about, f.Options...)
	case catalogue.Text:
		return textOf(about, enumOf(f)...)
	case catalogue.Texts:
		return `{"type":"array","description":` + quotedWhole(about) + `,"items":` + textOf("", enumOf(f)...) + "}"
	case catalogue.Object:
		return objectOf(figures(), nil, about+" Any field of the calculation; these are the usual ones.")
	case catalogue.Group:
		return inputOf(f.Fields, about)
	case catalogue.Records:
		return `{"type":"array","description":` + quotedWhole(about) + `,"items":` + rowOf(f) + "}"
	case catalogue.List:
		return `{"type":"array","description":` + quotedWhole(about) + `,"items":{"type":"number"}}`
	}
	kind := "number"
	if f.Whole {
		kind = "integer"
	}
	return `{"type":"` + kind + `","description":` + quotedWhole(about) + "}"
}

// aboutField is what a field is, with its bounds and what it stands for where it is left out.
func aboutField(f *catalogue.Field) string {
	about := f.Help
	if about == "" {
		about = f.Title + "."
	}
	switch {
	case f.Kind > catalogue.Option && f.Kind != catalogue.List && f.Kind != catalogue.Records:
	case f.Kind == catalogue.Option:
	case f.Kind == catalogue.List || f.Kind == catalogue.Records:
		if f.MinItems > 1 {
			about = wire.Sentences(about, wire.AtLeastSo.Say(strconv.Itoa(f.MinItems)))
		}
	default:
		about = wire.Sentences(about, bounds(f))
	}
	if f.Default != nil {
		about = wire.Sentences(about, wire.ByDefault.Say(standard(f)))
	}
	return strings.TrimSpace(about)
}

// bounds are those of a number in words; those of money and counts are too far away to be worth a word.
func bounds(f *catalogue.Field) string {
	any := catalogue.Units["any"]
	switch {
	case f.Max < 1e6 && f.Above:
		return wire.AboveUpTo.Say(notice.Figure(f.Min), notice.Figure(f.Max))
	case f.Max < 1e6:
		return wire.FromTo.Say(notice.Figure(f.Min), notice.Figure(f.Max))
	case f.Above && f.Min > any.Min:
		return wire.Above.Say(notice.Figure(f.Min))
	}
	return ""
}

func standard(f *catalogue.Field) string {
	if f.Kind == catalogue.Option {
		return f.Options[int(*f.Default)]
	}
	return notice.Figure(*f.Default)
}

// enumOf are the names that a text of a tool may be.
func enumOf(f *catalogue.Field) []string {
	if f.Name == "calculation" {
		return ids(func(c *catalogue.Calculation) bool { return !c.Fits })
	}
	return f.Options
}

// ids are those of the calculations that are meant.
func ids(meant func(*catalogue.Calculation) bool) (list []string) {
	for i := range catalogue.Calculations {
		if meant(&catalogue.Calculations[i]) {
			list = append(list, catalogue.Calculations[i].ID)
		}
	}
	return list
}

// onTheWay tells of a result that others rest on: a factor, a parameter, a step of a bridge. It can be asked for, but nobody's question is
// about it, and each name stands in three schemas that every conversation carries.
func onTheWay(name string) bool {
	switch name {
	case "discount_rate_per_period", "timing_factor", "second_payment_factor", "return_factor", "alpha", "beta", "log_likelihood", "largest_miss",
		"power_error", "weibull_error", "power_scale", "power_exponent", "weibull_scale_days", "weibull_shape", "still_there", "renewal_assumed":
		return true
	}
	return strings.HasPrefix(name, "discounted_") || strings.HasPrefix(name, "horizon_used_") || strings.HasSuffix(name, "_step")
}

// resultNames are the results, of any calculation that a tool runs, that are one number and can be asked for by their name.
func resultNames() (list []string) {
	seen := map[string]bool{}
	for i := range catalogue.Calculations {
		c := &catalogue.Calculations[i]
		if c.Fits || strings.Contains(c.ID, "/") {
			continue
		}
		results := c.Layout().Results
		for _, name := range names(results) {
			if f := wire.ResultAt(results, name); !seen[name] && f != nil && f.Kind == catalogue.Number && !onTheWay(name) {
				seen[name] = true
				list = append(list, name)
			}
		}
	}
	return list
}

// names are those of fields and of what is in their groups.
func names(fields []catalogue.Field) (list []string) {
	for i := range fields {
		if f := &fields[i]; f.Kind == catalogue.Group {
			list = append(list, names(f.Fields)...)
		} else {
			list = append(list, f.Name)
		}
	}
	return list
}

// usual are the fields that most calculations of value take: what the schema of any calculation's input names, which may not be
// empty for Gemini.
var usual = []string{"price", "period", "gross_margin", "churn_rate", "annual_discount_rate", "cac", "order_value", "orders_per_year", "lifespan_years"}

func figures() string {
	var w strings.Builder
	for _, name := range usual {
		if f := anyField(name); f != nil {
			plain := *f
			plain.Default = nil // another calculation may have another
			if f.Kind == catalogue.Option {
				member(&w, name, textOf("", f.Options...))
			} else {
				member(&w, name, `{"type":"number"}`)
			}
		}
	}
	return w.String()
}

// anyField is the first field of the catalogue with this name.
func anyField(name string) *catalogue.Field {
	for i := range catalogue.Calculations {
		inputs := catalogue.Calculations[i].Layout().Inputs
		if at := wire.IndexOf(inputs, name, 0); at >= 0 {
			return &inputs[at]
		}
	}
	return nil
}

// union are the fields of several calculations, each once, none of them required: what is, depends on which it is.
func union(list []string) (fields []catalogue.Field) {
	for _, id := range list {
		c := catalogue.Calculations[slices.IndexFunc(catalogue.Calculations, func(c catalogue.Calculation) bool { return c.ID == id })]
		for _, f := range c.Layout().Inputs {
			if wire.IndexOf(fields, f.Name, 0) < 0 {
				f.Optional = true
				fields = append(fields, f)
			}
		}
	}
	return fields
}

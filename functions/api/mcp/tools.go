package mcp

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/functions/api/wire"
)

// A tool is one that an assistant may call.
type tool struct {
	name, title, about, input string
	series                    bool // takes include_series
	run                       func(x *call, arguments []pair) (answer, *wire.Problem)
}

// An answer is JSON with the fields that describe it.
type answer struct {
	text        jsontext.Value
	fields      []catalogue.Field
	perCustomer bool // its lists are of customers, not over time
	whole       bool // it is short as it is
}

// asked are the calculations that most questions come to; the others are reached by calculate, or by tools=all.
var asked = []string{"average", "subscription", "repeat-purchase", "retention-curve", "churn-interval", "annual-plan"}

// usualTools and allTools are the two sets.
func usualTools() (list []*tool) {
	for _, id := range asked {
		list = append(list, ofCalculation(find(id)))
	}
	return append(list, general()...)
}

func allTools() (list []*tool) {
	for i := range catalogue.Calculations {
		list = append(list, ofCalculation(&catalogue.Calculations[i]))
	}
	return append(list, general()...)
}

// general are the tools that are no single calculation.
func general() (list []*tool) {
	for i := range catalogue.Tools {
		list = append(list, ofTool(&catalogue.Tools[i]))
	}
	return append(list, customersFromOrders(), merged("fit_model", "/fit", "Fit a model",
		"Use when there is a table of customers (orders, recency, age) or of cohorts and the parameters of a model are asked for. For a plain list of orders use customers_from_orders."),
		merged("predict_model", "/predict", "Predict by a model",
			"Use when the parameters of a model are known (from fit_model) and each customer's chance to be active and expected orders are asked for."),
		catalogueTool(), calculateTool())
}

func find(id string) *catalogue.Calculation {
	i := slices.IndexFunc(catalogue.Calculations, func(c catalogue.Calculation) bool { return same(c.ID, id) })
	if i < 0 {
		return nil
	}
	return &catalogue.Calculations[i]
}

// same tells whether two names are one, whichever of - _ and / stands between their words.
func same(a, b string) bool {
	return canonical.Replace(strings.ToLower(a)) == canonical.Replace(strings.ToLower(b))
}

var canonical = strings.NewReplacer("-", "_", "/", "_")

// ID is the id that a name stands for, where there is such a calculation, else the name.
func ID(name string) string {
	if c := find(name); c != nil {
		return c.ID
	}
	return name
}

// toolCalled is the tool that a name or an id stands for, whether it is listed or not.
func toolCalled(name string) *tool {
	for _, t := range general() {
		if same(t.name, name) {
			return t
		}
	}
	if c := find(name); c != nil {
		return ofCalculation(c)
	}
	return nil
}

// described is "use when, needs, returns".
func described(question string, fields, results []catalogue.Field) string {
	var needs []string
	for i := range fields {
		if wanted(&fields[i]) {
			needs = append(needs, fields[i].Name)
		}
	}
	need := ""
	if len(needs) > 0 {
		need = wire.Needs.Say(wire.Listed(needs))
	}
	names, returns := wire.Names(results), wire.Returns
	if len(names) > 8 {
		names, returns = names[:8], wire.ReturnsMore
	}
	list := wire.Listed(names)
	if returns == wire.ReturnsMore {
		list = strings.Join(names, ", ")
	}
	return wire.Sentences(wire.UseWhen.Say(question), need, returns.Say(list))
}

// seriesField is the member that asks for what is left out.
const seriesField = `{"type":"boolean","description":"Also return the lists over time. Default false."}`

func ofCalculation(c *catalogue.Calculation) *tool {
	layout := c.Layout()
	properties, required := propertiesOf(layout.Inputs)
	series := !perCustomer(c) && slices.ContainsFunc(layout.Results, func(f catalogue.Field) bool { return overTime(&f) })
	if series {
		properties += `,"include_series":` + seriesField
	}
	return &tool{name: ToolName(c.ID), title: c.Title, about: described(c.Question, layout.Inputs, layout.Results),
		input: objectOf(properties, required, ""), series: series,
		run: func(x *call, arguments []pair) (answer, *wire.Problem) { return x.calculate(c, joined(arguments)) }}
}

// perCustomer tells whether the lists of a result have an entry for each customer of the input.
func perCustomer(c *catalogue.Calculation) bool {
	return wire.IndexOf(c.Layout().Inputs, "frequency", 0) >= 0
}

func ofTool(t *catalogue.Tool) *tool {
	layout := t.Layout()
	properties, required := propertiesOf(namedFields(t, layout.Inputs))
	series := slices.ContainsFunc(layout.Results, func(f catalogue.Field) bool { return overTime(&f) && f.Name != "grid" })
	if series {
		properties += `,"include_series":` + seriesField
	}
	about := described(t.Question, layout.Inputs, layout.Results)
	return &tool{name: ToolName(t.ID), title: t.Title, about: about, input: objectOf(properties, required, ""), series: series,
		run: func(x *call, arguments []pair) (answer, *wire.Problem) {
			text := plain(layout.Inputs, joined(arguments), func(id string) []catalogue.Field {
				if c := find(id); c != nil {
					return c.Layout().Inputs
				}
				return nil
			})
			out, bad := x.host.Tool(t, text)
			return answer{text: out, fields: layout.Results}, bad
		}}
}

// namedFields are a tool's inputs with the names that a result may have. There are hundreds, so that the first tool alone lists
// them and the others say where.
func namedFields(t *catalogue.Tool, inputs []catalogue.Field) []catalogue.Field {
	inputs = slices.Clone(inputs)
	for i := range inputs {
		switch f := &inputs[i]; {
		case f.Name != "result":
		case t.ID == catalogue.Tools[0].ID:
			f.Options = resultNames()
		default:
			f.Help += " As " + ToolName(catalogue.Tools[0].ID) + " lists them."
		}
	}
	return inputs
}

// merged is one tool for a kind of calculation that each model has: the model is an argument.
func merged(name, suffix, title, about string) *tool {
	var models, full []string
	for _, id := range ids(func(c *catalogue.Calculation) bool { return strings.HasSuffix(c.ID, suffix) }) {
		models, full = append(models, strings.TrimSuffix(id, suffix)), append(full, id)
	}
	fields := union(full)
	properties, _ := propertiesOf(fields)
	about += " Needs model and its columns; what else a model needs is said where it is missing. Returns "
	if suffix == "/fit" {
		about += "parameters, log-likelihood and what they mean."
	} else {
		about += "p_alive and expected_purchases for each customer, in order."
	}
	return &tool{name: name, title: title, about: about, input: objectOf(`"model":`+textOf("Which model.", models...)+","+properties, []string{"model"}, ""),
		run: func(x *call, arguments []pair) (answer, *wire.Problem) {
			model := ""
			arguments = slices.DeleteFunc(arguments, func(p pair) bool {
				if p.name == "model" {
					model = wire.Override(p.value, "")
				}
				return p.name == "model"
			})
			i := slices.IndexFunc(models, func(known string) bool { return same(known, model) || same(known+suffix, model) })
			if i < 0 {
				return answer{}, unknown("model", model, models)
			}
			return x.calculate(find(full[i]), joined(arguments))
		}}
}

// unknown is the problem of a name that is none of those there are.
func unknown(field, name string, known []string) *wire.Problem {
	detail := wire.OneOf.Say(field, strings.Join(known, ", "))
	if name != "" {
		detail = wire.Sentences(wire.NoneOfThem.Say(field, wire.Quoted(name)), wire.Guess(name, known), wire.ThereAre.Say(wire.Listed(known)))
	}
	var f wire.Faults
	f.Add(wire.Fault{Pointer: "/" + field, Code: "unknown_option", Detail: detail})
	bad := wire.Invalid(f)
	return &bad
}

func everyID() []string { return ids(func(*catalogue.Calculation) bool { return true }) }

func calculateTool() *tool {
	return &tool{name: "calculate", title: "Any calculation", series: true,
		about: "Use when no other tool fits: runs any calculation of the catalogue by its id. Needs calculation and input; catalogue tells the input's fields, " +
			"and a missing one is named. Returns its results and warnings.",
		input: objectOf(`"calculation":`+textOf("Its id.", everyID()...)+`,"input":`+objectOf(figures(), nil, "Any field of the calculation; these are the usual ones.")+
			`,"include_series":`+seriesField, []string{"calculation", "input"}, ""),
		run: func(x *call, arguments []pair) (answer, *wire.Problem) {
			id, input := "", jsontext.Value("{}")
			var rest []pair
			for _, p := range arguments {
				switch {
				case p.name == "calculation" || p.name == "id":
					id = wire.Override(p.value, "")
				case p.name == "input" || p.name == "inputs":
					if input = p.value; p.value.Kind() == '"' {
						input = jsontext.Value(wire.Override(p.value, "{}"))
					}
				default:
					rest = append(rest, p) // fields beside the input are meant to be in it
				}
			}
			c := find(id)
			if c == nil {
				return answer{}, unknown("calculation", id, everyID())
			}
			if len(rest) > 0 && input.Kind() == '{' {
				input = joined(append(pairs(input), rest...))
			}
			return x.calculate(c, input)
		}}
}

func catalogueTool() *tool {
	return &tool{name: "catalogue", title: "What can be calculated",
		about: "Use when unsure which calculation answers a question, or which fields it takes. Needs nothing. Returns the ids with the question that each answers; " +
			"with search those that fit its words best, with calculation the fields and results of one.",
		input: objectOf(`"calculation":`+textOf("Tell the fields and results of this one.", everyID()...)+`,"search":`+textOf("Words, such as loyalty, or who is about to leave."), nil, ""),
		run: func(_ *call, arguments []pair) (answer, *wire.Problem) {
			id, search := "", ""
			for _, p := range arguments {
				switch p.name {
				case "calculation", "id":
					id = wire.Override(p.value, "")
				case "search":
					search = wire.Override(p.value, "")
				}
			}
			if id != "" {
				if c := find(id); c != nil {
					return answer{text: detailsOf(c), whole: true}, nil
				}
				return answer{}, unknown("calculation", id, everyID())
			}
			found := searched(search)
			return answer{text: listed(found, len(found) == len(catalogue.Calculations)), whole: true}, nil
		}}
}

// listed are calculations with the question that each answers; all of them with their titles, the models' without, which keeps the list short.
func listed(list []*catalogue.Calculation, all bool) jsontext.Value {
	var w strings.Builder
	var models []string
	for _, c := range list {
		switch {
		case !all:
			member(&w, c.ID, quotedWhole(c.Question))
		case part(c) > 0:
			models = append(models, c.ID)
		default:
			member(&w, c.ID, quotedWhole(c.Title))
		}
	}
	also := ""
	if len(models) > 0 {
		also = `"models_of_customers":` + quotedList(models) + ","
	}
	return jsontext.Value(`{"calculations":{` + w.String() + `},` + also + `"warnings":[]}`)
}

// detailsOf is what a model needs to call a calculation: of what may be left out, no more than its name says.
func detailsOf(c *catalogue.Calculation) jsontext.Value {
	var inputs, w strings.Builder
	var required []string
	layout := c.Layout()
	for i := range layout.Inputs {
		f := &layout.Inputs[i]
		about := aboutField(f)
		if !wanted(f) && len(layout.Inputs) > 8 {
			about = f.Title + "."
		}
		switch {
		case len(f.Options) > 0:
			about = wire.Sentences(about, wire.OneOfThese.Say(wire.Choices(f.Options)))
		case f.Kind == catalogue.List:
			about = wire.Sentences("A list of numbers.", about)
		case f.Kind == catalogue.Records:
			about = wire.Sentences(wire.ListWith.Say(wire.Listed(membersOf(f))), about)
		}
		if wanted(f) {
			required = append(required, f.Name)
		}
		member(&inputs, f.Name, quotedWhole(about))
	}
	member(&w, "calculation", quotedWhole(c.ID))
	member(&w, "question", quotedWhole(c.Question))
	member(&w, "inputs", "{"+inputs.String()+"}")
	member(&w, "required", quotedList(required))
	member(&w, "results", quotedList(wire.Names(layout.Results)))
	member(&w, "warnings", "[]")
	return jsontext.Value("{" + w.String() + "}")
}

// calculate runs a calculation on an input as a model writes it.
func (x *call) calculate(c *catalogue.Calculation, input jsontext.Value) (answer, *wire.Problem) {
	var known *wire.Calculation
	for i := range x.host.Calculations() {
		if x.host.Calculations()[i].ID == c.ID {
			known = &x.host.Calculations()[i]
		}
	}
	r := wire.Read(nil)
	defer r.Done()
	r.Texts = true
	o := x.host.Row(known, input, r)
	if o.Problem != nil {
		return answer{}, explained(c, o.Problem)
	}
	text := wire.AppendResult(nil, known, o, nil, true)
	if period := periodOf(c, input); period != "" {
		text = joined(append(pairs(text), pair{"period", jsontext.Value(quotedWhole(period))}))
	}
	return answer{text: text, fields: c.Layout().Results, perCustomer: perCustomer(c)}, nil
}

// periodOf is the period that an answer's figures are in, which its numbers do not tell; empty where a calculation has none.
func periodOf(c *catalogue.Calculation, input jsontext.Value) string {
	inputs := c.Layout().Inputs
	at := wire.IndexOf(inputs, "period", 0)
	if at < 0 || inputs[at].Default == nil {
		return ""
	}
	return wire.Override(wire.Members(string(input))["period"], standard(&inputs[at]))
}

// explained is a problem as a model can repair it: what a missing field is, and which fields there are where one is unknown.
func explained(c *catalogue.Calculation, bad *wire.Problem) *wire.Problem {
	told, unknown := *bad, false
	told.Faults.List = slices.Clone(bad.Faults.List)
	inputs := c.Layout().Inputs
	for i := range told.Faults.List {
		fault := &told.Faults.List[i]
		unknown = unknown || fault.Code == "unknown_field" && strings.Count(fault.Pointer, "/") == 1
		if at := wire.IndexOf(inputs, strings.TrimPrefix(fault.Pointer, "/"), 0); at >= 0 && fault.Code == "required" {
			fault.Detail += " It is: " + aboutField(&inputs[at])
		}
	}
	if unknown {
		told.Faults.List[0].Detail += " The fields are " + strings.Join(wire.Names(inputs), ", ") + "."
	}
	if len(told.Faults.List) == 1 {
		told.Detail = told.Faults.List[0].Detail
	}
	return &told
}

const annotations = `{"readOnlyHint":true,"openWorldHint":false}`

// results is the schema of every answer: what is in it, its tool's description says.
const results = `{"type":"object"}`

// listOf is a list of tools as tools/list has it.
func listOf(tools []*tool) string {
	var w strings.Builder
	for _, t := range tools {
		if w.Len() > 0 {
			w.WriteByte(',')
		}
		w.WriteString(`{"name":"` + t.name + `","title":` + quotedWhole(t.title) + `,"description":` + quotedWhole(t.about) +
			`,"inputSchema":` + t.input + `,"outputSchema":` + results + `,"annotations":` + annotations + `}`)
	}
	return w.String()
}

// callTool runs a tool. An input with problems is the tool's answer, not an error of the protocol, so that the model reads it
// and tries again. Text and structured content are the same answer.
func (x *call) callTool(m *message) (string, *rpcError) {
	name := wire.Override(m.params["name"], "")
	t := toolCalled(name)
	if t == nil {
		return "", &rpcError{200, invalidParams, "There is no tool " + wire.Quoted(name) + ". tools/list has them.", ""}
	}
	arguments := m.params["arguments"]
	if arguments.Kind() == '"' { // an object that a model wrapped in text
		arguments = jsontext.Value(wire.Override(arguments, "{}"))
	}
	if arguments == nil || arguments.Kind() == 'n' {
		arguments = jsontext.Value("{}")
	}
	if !arguments.IsValid() || arguments.Kind() != '{' {
		return "", &rpcError{200, invalidParams, "arguments must be an object.", ""}
	}
	d := &digest{}
	list := slices.DeleteFunc(pairs(arguments), func(p pair) bool {
		if p.name != "include_series" {
			return false
		}
		d.series = string(p.value) == "true" || strings.EqualFold(wire.Override(p.value, ""), "true")
		return true
	})
	a, bad := t.run(x, list)
	switch {
	case bad != nil && bad.Status >= 500 && bad.Kind != wire.NotHere:
		return "", faultOf(bad)
	case bad != nil:
		return `"isError":true,"content":[{"type":"text","text":` + quotedWhole(bad.Text()) + "}]", nil
	}
	text := string(a.text)
	if !a.whole {
		text = string(d.of(a.fields, a.text, a.perCustomer))
	}
	return `"isError":false,"structuredContent":` + text + `,"content":[{"type":"text","text":` + quotedWhole(text) + "}]", nil
}

package api

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
	"hourglass/core/decide"
	"hourglass/core/notice"
)

// Limits of a decision.
const (
	maxRanges    = 12
	maxScenarios = 6
	maxDraws     = 100_000
	heavyDraws   = 2_000 // over a calculation that takes lists, which may take a millisecond each time
	steps        = 11    // of a grid's axis that names none
)

// A tool answers a question about a calculation by running it many times: see docs/decision-tools.md.
type tool struct {
	id     string
	fields []catalogue.Field // of its body
	answer func(*decision) []byte
}

var decisionTools = []tool{
	{"sensitivity", named("calculation", "inputs", "result", "ranges", "grid"), (*decision).sensitivity},
	{"goal-seek", named("calculation", "inputs", "result", "field", "goal", "low", "high"), (*decision).goalSeek},
	{"simulate", named("calculation", "inputs", "result", "ranges", "draws", "seed", "target", "interval"), (*decision).simulate},
	{"compare", named("calculation", "scenarios", "results"), (*decision).compare},
}

var (
	rangeFields    = named("field", "low", "high")
	axisFields     = named("field", "low", "high", "steps")
	drawnFields    = named("field", "low", "high", "distribution", "mode", "mean", "standard_deviation")
	gridFields     = named("rows", "columns")
	scenarioFields = named("name", "inputs")
	shapeNames     = []string{"uniform", "triangular", "normal", "lognormal", "pert"} // in the order of core/decide
	verdictNames   = []string{"reached", "out_of_reach", "nowhere"}
	quantiles      = []float64{0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99}
)

// named are fields that have a name and nothing else, for near misses.
func named(names ...string) []catalogue.Field {
	fields := make([]catalogue.Field, len(names))
	for i, name := range names {
		fields[i].Name = name
	}
	return fields
}

func findTool(id string) *tool {
	for i := range decisionTools {
		if decisionTools[i].id == id {
			return &decisionTools[i]
		}
	}
	return nil
}

// A decision is one request for a tool on its way to its answer.
type decision struct {
	x      *exchange
	r      *reading // of the inputs; its faults are those of the whole body
	c      *calculation
	parts  map[string]jsontext.Value
	in     []float64 // the calculation's stream
	result []float64 // the path to the result, as core/boundary wants it
	ranges []span
}

// A span is a range with the field that it varies.
type span struct {
	decide.Range
	name  string
	steps int
}

// decide answers a tool.
func (x *exchange) decide(t *tool) Response {
	body, _, bad := x.content()
	if bad != nil {
		return x.problem(*bad)
	}
	answer, bad := x.decided(t, body)
	if bad != nil {
		return x.problem(*bad)
	}
	return Response{Status: 200, Body: answer, Header: []Header{jsonType, noStore}}
}

// decided is a tool's answer to a JSON text.
func (x *exchange) decided(t *tool, body []byte) ([]byte, *problem) {
	r := read(body)
	defer r.done()
	r.begin(nil)
	value, err := r.tokens.ReadValue()
	if err == nil {
		value = value.Clone()
		err = r.end()
	}
	if err != nil {
		bad := unreadable(body, err)
		return nil, &bad
	}
	d := &decision{x: x, r: r}
	d.parts = d.object(value, "", t.fields)
	d.calculation()
	var answer []byte
	if d.c != nil {
		answer = t.answer(d)
	}
	if r.faults.any() {
		bad := invalid(r.faults)
		return nil, &bad
	}
	return answer, nil
}

// object reads the members of a JSON object; what is null is left out.
func (d *decision) object(value jsontext.Value, path string, fields []catalogue.Field) map[string]jsontext.Value {
	parts := map[string]jsontext.Value{}
	if value.Kind() != '{' {
		d.r.fault(path, "not_an_object", "This must be a JSON object: {\"name\": value, ...}.")
		return parts
	}
	r := read(value)
	defer r.done()
	_, _ = r.tokens.ReadToken() // the value is well formed
	seen := make([]bool, len(fields))
	for r.tokens.PeekKind() == '"' {
		raw, _ := r.tokens.ReadValue()
		name, _ := jsontext.AppendUnquote(nil, raw)
		member, _ := r.tokens.ReadValue()
		switch i := indexOf(fields, string(name), 0); {
		case i < 0:
			d.r.addUnknown(fields, string(name), path)
		case seen[i]:
			d.r.fault(path+"/"+string(name), "duplicate_field", string(name)+" is given more than once. Give it once.")
		default:
			seen[i] = true
			if member.Kind() != 'n' {
				parts[string(name)] = member.Clone()
			}
		}
	}
	return parts
}

// list reads the elements of a JSON array, between least and most of them.
func (d *decision) list(value jsontext.Value, pointer string, least, most int) (list []jsontext.Value) {
	name := pointer[1:]
	if value.Kind() != '[' {
		if value != nil || least > 0 {
			d.r.fault(pointer, "not_a_list", name+" must be a list: [...].")
		}
		return nil
	}
	r := read(value)
	defer r.done()
	_, _ = r.tokens.ReadToken()
	for r.tokens.PeekKind() != ']' {
		element, _ := r.tokens.ReadValue()
		if list = append(list, element.Clone()); len(list) > most {
			break
		}
	}
	if n := len(list); n < least || n > most {
		d.r.faults.add(fault{pointer: pointer, code: "wrong_length", limit: float64(most), limited: true,
			detail: name + " must have between " + strconv.Itoa(least) + " and " + strconv.Itoa(most) + " entries."})
		return nil
	}
	return list
}

// number reads a number within [least, most], or gives the standard where it is left out; a standard that is NaN makes
// it required.
func (d *decision) number(value jsontext.Value, pointer string, least, most, standard float64) float64 {
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	if value == nil {
		if standard != standard {
			d.r.fault(pointer, "required", name+" is missing. Give a number.")
		}
		return standard
	}
	r := read(value)
	defer r.done()
	r.begin(nil)
	v, _ := r.number(name, strings.TrimSuffix(pointer, "/"+name), -1)
	d.r.faults.list = append(d.r.faults.list, r.faults.list...)
	switch {
	case v < least:
		d.r.faults.add(fault{pointer: pointer, code: "too_low", limit: least, limited: true, detail: name + " must be at least " + notice.Figure(least) + "."})
	case v > most:
		d.r.faults.add(fault{pointer: pointer, code: "too_high", limit: most, limited: true, detail: name + " must be at most " + notice.Figure(most) + "."})
	}
	return v
}

// whole is number for whole numbers.
func (d *decision) whole(value jsontext.Value, pointer string, least, most, standard float64) float64 {
	v := d.number(value, pointer, least, most, standard)
	if v != math.Trunc(v) {
		d.r.fault(pointer, "not_whole", pointer[strings.LastIndexByte(pointer, '/')+1:]+" must be a whole number.")
	}
	return v
}

// text reads text that has to be there.
func (d *decision) text(value jsontext.Value, pointer string) string {
	if value.Kind() == '"' {
		text, _ := jsontext.AppendUnquote(nil, value)
		return string(text)
	}
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	d.r.fault(pointer, "required", name+" is missing. Give it as text.")
	return ""
}

// calculation settles which calculation it is about.
func (d *decision) calculation() {
	id := d.text(d.parts["calculation"], "/calculation")
	if id == "" {
		return
	}
	c := d.x.find(id)
	switch {
	case c == nil:
		detail := "There is no calculation " + quoted(id) + "."
		if near := nearest(id, d.x.ids()[:len(d.x.table)]); near != "" {
			detail += " Did you mean " + near + "?"
		}
		d.r.fault("/calculation", "unknown_calculation", detail)
	case c.Fits:
		d.r.fault("/calculation", "unknown_calculation", id+" fits a model, which no tool runs thousands of times. Fit once and take the tool over the prediction.")
	default:
		d.c = c
	}
}

// inputs reads the calculation's input into its stream, with everything that the reading finds wrong.
func (d *decision) inputs(value jsontext.Value, pointer string) {
	if value == nil {
		value = jsontext.Value("{}")
	}
	r := read(value)
	defer r.done()
	r.base = pointer
	slots := r.begin(d.c.Inputs)
	_ = r.input(d.c.Inputs, slots) // well formed
	r.missing(d.c.Inputs, slots, pointer)
	d.in = appendSlots(nil, d.c.Inputs, slots)
	d.r.faults.list = append(d.r.faults.list, r.faults.list...)
	d.r.faults.more += r.faults.more
}

// stands adds the calculation's own problems with its input, and tells whether the tool can go on.
func (d *decision) stands(pointer string) (stream []float64, ok bool) {
	for _, s := range d.ranges { // what is varied may be left out
		if v := &d.in[s.At]; *v != *v {
			if f := fieldAt(d.c.Inputs, s.name); f.Default == nil && !f.Optional {
				*v = s.Step(1, 3)
			}
		}
	}
	base := d.r.base
	defer func() { d.r.base = base }()
	d.r.base = pointer
	out := d.x.call(d.c.index, d.in, nil)
	notes, stream := boundary.Notices(out)
	if out[0] != boundary.Done {
		d.r.refused(d.c, notes)
	}
	return stream, !d.r.faults.any()
}

// wanted settles the result that a tool is about.
func (d *decision) wanted() {
	if name := d.text(d.parts["result"], "/result"); name != "" {
		d.result = d.path(name, "/result")
	}
}

// path is the way to a result, as core/boundary wants it; nil, with a fault, when it is not one number.
func (d *decision) path(name, pointer string) []float64 {
	f := resultAt(d.c.Results, name)
	path := []float64{0}
	switch {
	case f == nil:
		detail := "There is no result " + quoted(name) + "."
		if near := nearest(name, names(d.c.Results)); near != "" {
			detail += " Did you mean " + near + "?"
		}
		d.r.fault(pointer, "unknown_field", detail)
	case f.Kind != catalogue.Number || !pathTo(&path, d.c.Results, f):
		d.r.fault(pointer, "not_a_value", name+" is not one number. A tool takes a result that is one number.")
	default:
		return path
	}
	return nil
}

// pathTo walks over the results before target.
func pathTo(path *[]float64, fields []catalogue.Field, target *catalogue.Field) bool {
	for i := range fields {
		f := &fields[i]
		switch {
		case f == target:
			return true
		case f.Kind == catalogue.Group:
			if pathTo(path, f.Fields, target) {
				return true
			}
		case f.Kind == catalogue.List:
			*path = append(*path, 1, 0)
		case f.Kind == catalogue.Records:
			*path = append(*path, float64(len(f.Fields)), 0)
		default:
			(*path)[len(*path)-1]++
		}
	}
	return false
}

// place is where a field (or list/index/name) stands in a stream; f is nil where it does not.
func place(fields []catalogue.Field, stream []float64, path string) (at int, f *catalogue.Field) {
	name, rest, nested := strings.Cut(path, "/")
	for i := range fields {
		after := len(skip(&fields[i], stream[at:]))
		switch {
		case fields[i].Name != name:
			at = len(stream) - after
			continue
		case !nested:
			return at, &fields[i]
		case fields[i].Kind != catalogue.Records:
			return 0, nil
		}
		number, rest, _ := strings.Cut(rest, "/")
		k, err := strconv.Atoi(number)
		if err != nil || k < 0 || float64(k) >= stream[at] {
			return 0, nil
		}
		for at++; k > 0; k-- {
			for j := range fields[i].Fields {
				at = len(stream) - len(skip(&fields[i].Fields[j], stream[at:]))
			}
		}
		inner, f := place(fields[i].Fields, stream[at:], rest)
		return at + inner, f
	}
	return 0, nil
}

// span reads a range. Its ends are the field's bounds where bounded and they are left out.
func (d *decision) span(parts map[string]jsontext.Value, pointer string, bounded bool) {
	name := d.text(parts["field"], pointer+"/field")
	if name == "" || d.in == nil {
		return
	}
	at, f := place(d.c.Inputs, d.in, name)
	switch {
	case f == nil:
		detail := d.c.ID + " has no input " + quoted(name) + "."
		if near := nearest(name, names(d.c.Inputs)); near != "" {
			detail += " Did you mean " + near + "?"
		}
		d.r.fault(pointer+"/field", "unknown_field", detail)
		return
	case f.Kind != catalogue.Number:
		d.r.fault(pointer+"/field", "not_a_value", name+" is not one number. A range is of an input that is one number.")
		return
	}
	for i := range d.ranges {
		if d.ranges[i].At == at {
			d.r.fault(pointer+"/field", "duplicate_field", name+" is varied twice. Give it one range.")
		}
	}
	low, high := math.NaN(), math.NaN()
	if bounded {
		low, high = f.Min, f.Max
	}
	low = d.number(parts["low"], pointer+"/low", f.Min, f.Max, low)
	high = d.number(parts["high"], pointer+"/high", f.Min, f.Max, high)
	if low > high {
		d.r.fault(pointer, "wrong_way_round", "low ("+notice.Figure(low)+") is above high ("+notice.Figure(high)+"). Swap them.")
	}
	if f.Whole && (low != math.Trunc(low) || high != math.Trunc(high)) {
		d.r.fault(pointer, "not_whole", name+" takes whole numbers: low and high must be whole.")
	}
	n := d.whole(parts["steps"], pointer+"/steps", 1, boundary.MaxSteps, steps)
	d.ranges = append(d.ranges, span{decide.Range{At: at, Low: low, High: high, Whole: f.Whole}, name, int(n)})
}

// spans reads a list of ranges.
func (d *decision) spans(fields []catalogue.Field, least int) {
	for i, value := range d.list(d.parts["ranges"], "/ranges", least, maxRanges) {
		pointer := "/ranges/" + strconv.Itoa(i)
		parts := d.object(value, pointer, fields)
		before := len(d.ranges)
		shape := d.shape(parts, pointer)
		d.span(parts, pointer, shape == decide.Normal || shape == decide.LogNormal)
		if len(d.ranges) > before {
			d.shaped(&d.ranges[before], shape, parts, pointer)
		}
	}
}

func (d *decision) shape(parts map[string]jsontext.Value, pointer string) decide.Shape {
	if parts["distribution"] == nil {
		return decide.Uniform
	}
	name := d.text(parts["distribution"], pointer+"/distribution")
	i := slices.Index(shapeNames, name)
	if i < 0 {
		detail := "distribution must be " + choices(shapeNames) + ", not " + quoted(name) + "."
		if near := nearest(name, shapeNames); near != "" {
			detail += " Did you mean " + near + "?"
		}
		d.r.fault(pointer+"/distribution", "unknown_option", detail)
		return decide.Uniform
	}
	return decide.Shape(i)
}

// shaped reads what a shape needs, and refuses what it does not.
func (d *decision) shaped(s *span, shape decide.Shape, parts map[string]jsontext.Value, pointer string) {
	s.Shape = shape
	takes := [][]string{decide.Triangular: {"mode"}, decide.PERT: {"mode"},
		decide.Normal: {"mean", "standard_deviation"}, decide.LogNormal: {"mean", "standard_deviation"}}[shape]
	for _, name := range []string{"mode", "mean", "standard_deviation"} {
		if parts[name] != nil && !slices.Contains(takes, name) {
			d.r.fault(pointer+"/"+name, "not_used", "A "+shapeNames[shape]+" distribution takes no "+name+".")
		}
	}
	switch shape {
	case decide.Triangular, decide.PERT:
		s.Middle = d.number(parts["mode"], pointer+"/mode", s.Low, s.High, math.NaN())
	case decide.Normal, decide.LogNormal:
		least := -math.MaxFloat64
		if shape == decide.LogNormal {
			least = math.SmallestNonzeroFloat64
		}
		s.Middle = d.number(parts["mean"], pointer+"/mean", least, math.MaxFloat64, math.NaN())
		s.Spread = d.number(parts["standard_deviation"], pointer+"/standard_deviation", 0, math.MaxFloat64, math.NaN())
	}
}

// run runs a tool of the boundary and returns what follows the notices.
func (d *decision) run(number int, ranges []span, options ...float64) (found []float64, tail []byte) {
	in := append([]float64{float64(d.c.index), float64(len(d.result))}, d.result...)
	in = append(in, float64(len(ranges)))
	for _, s := range ranges {
		whole := 0.0
		if s.Whole {
			whole = 1
		}
		in = append(in, float64(s.At), s.Low, s.High, whole, float64(s.Shape), s.Middle, s.Spread)
	}
	in = append(append(in, options...), d.in...)
	out := boundary.Decide(boundary.Calculate, func() {}, number, in, nil)
	notes, found := boundary.Notices(out)
	tail = append(tail, `"warnings":[`...)
	for i := range notes {
		tail = append(appendWarning(tail, &notes[i], d.c.Inputs), ',')
	}
	return found, append(closed(tail, ']'), '}')
}

// head begins an answer.
func (d *decision) head() []byte {
	dst := append([]byte(nil), `{"calculation":`...)
	return append(appendText(dst, d.c.ID), ',')
}

// figures writes members that are numbers, null where there is none.
func figures(dst []byte, list ...any) []byte {
	for i := 0; i < len(list); i += 2 {
		dst = append(appendText(dst, list[i].(string)), ':')
		dst = append(appendNumber(dst, list[i+1].(float64)), ',')
	}
	return dst
}

// sensitivity answers which input moves a result most.
func (d *decision) sensitivity() []byte {
	d.inputs(d.parts["inputs"], "/inputs")
	d.wanted()
	least := 1
	if d.parts["grid"] != nil {
		least = 0
	}
	d.spans(rangeFields, least)
	bars := d.ranges
	var axes []span
	if value := d.parts["grid"]; value != nil {
		d.ranges = nil
		grid := d.object(value, "/grid", gridFields)
		for _, axis := range []string{"rows", "columns"} {
			if grid[axis] == nil {
				d.r.fault("/grid/"+axis, "required", axis+" is missing. Give {\"field\", \"low\", \"high\"}.")
				continue
			}
			d.span(d.object(grid[axis], "/grid/"+axis, axisFields), "/grid/"+axis, false)
		}
		axes = d.ranges
		d.ranges = append(slices.Clone(bars), axes...)
	}
	if _, ok := d.stands("/inputs"); !ok {
		return nil
	}
	found, tail := d.run(boundary.Tornado, bars)
	dst := append(figures(d.head(), "base", found[0]), `"bars":[`...)
	swing := func(i int) float64 { return math.Abs(found[2*i+2] - found[2*i+1]) }
	order := make([]int, len(bars))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(swing(j), swing(i)) }) // NaN is least, so last
	for _, i := range order {
		dst = appendText(append(dst, `{"field":`...), bars[i].name)
		dst = figures(append(dst, ','), "low", bars[i].Low, "high", bars[i].High,
			"result_low", found[1+2*i], "result_high", found[2+2*i], "swing", swing(i))
		dst = append(closed(dst, '}'), ',')
	}
	dst = append(closed(dst, ']'), ',')
	if len(axes) == 2 {
		dst = d.appendGrid(dst, axes)
	}
	return append(dst, tail...)
}

func (d *decision) appendGrid(dst []byte, axes []span) []byte {
	rows, columns := axes[0], axes[1]
	found, _ := d.run(boundary.Grid, axes, float64(rows.steps), float64(columns.steps))
	dst = append(dst, `"grid":{`...)
	for i, axis := range axes {
		dst = append(append(dst, [...]string{`"rows":`, `"columns":`}[i]...), `{"field":`...)
		dst = append(appendText(dst, axis.name), `,"values":[`...)
		for k := range axis.steps {
			dst = append(appendNumber(dst, axis.Step(k, axis.steps)), ',')
		}
		dst = append(closed(dst, ']'), "},"...)
	}
	dst = append(dst, `"results":[`...)
	for k := range rows.steps {
		dst = append(appendList(dst, found[1+k*columns.steps:1+(k+1)*columns.steps]), ',')
	}
	return append(closed(dst, ']'), "},"...)
}

// goalSeek answers which value of an input makes a result equal a goal.
func (d *decision) goalSeek() []byte {
	d.inputs(d.parts["inputs"], "/inputs")
	d.wanted()
	goal := d.number(d.parts["goal"], "/goal", -math.MaxFloat64, math.MaxFloat64, math.NaN())
	d.span(d.parts, "", true)
	if _, ok := d.stands("/inputs"); !ok {
		return nil
	}
	sought := d.ranges[0]
	if f := fieldAt(d.c.Inputs, sought.name); d.in[sought.At] != d.in[sought.At] && f.Default != nil {
		d.in[sought.At] = *f.Default
	}
	found, tail := d.run(boundary.Seek, d.ranges, goal)
	dst := appendText(append(d.head(), `"field":`...), sought.name)
	dst = figures(append(dst, ','), "goal", goal, "base", found[0])
	dst = append(append(append(dst, `"status":"`...), verdictNames[int(found[1])]...), `",`...)
	return append(figures(dst, "value", found[2], "result", found[3]), tail...)
}

// simulate answers what to expect where inputs are not known exactly.
func (d *decision) simulate() []byte {
	d.inputs(d.parts["inputs"], "/inputs")
	d.wanted()
	d.spans(drawnFields, 1)
	most := float64(maxDraws)
	if slices.ContainsFunc(d.c.Inputs, func(f catalogue.Field) bool { return f.Kind > catalogue.Option }) {
		most = heavyDraws
	}
	draws := d.whole(d.parts["draws"], "/draws", 1, most, min(10_000, most))
	seed := d.whole(d.parts["seed"], "/seed", 0, 1<<53-1, 1)
	interval := d.number(d.parts["interval"], "/interval", 0, 1, 0.9)
	target := math.NaN()
	if d.parts["target"] != nil {
		target = d.number(d.parts["target"], "/target", -math.MaxFloat64, math.MaxFloat64, target)
	}
	if _, ok := d.stands("/inputs"); !ok {
		return nil
	}
	asked := append([]float64{(1 - interval) / 2, (1 + interval) / 2}, quantiles...)
	found, tail := d.run(boundary.Simulate, d.ranges, append([]float64{draws, seed, target, float64(len(asked))}, asked...)...)
	at := found[7:]
	dst := figures(d.head(), "base", found[0], "draws", found[1], "refused", draws-found[1], "seed", seed, "mean", found[2],
		"standard_deviation", found[3], "standard_error", found[3]/math.Sqrt(found[1]), "median", at[6], "min", found[4],
		"max", found[5], "target", target, "probability_above_target", found[6])
	dst = figures(append(dst, `"interval":{`...), "share", interval, "low", at[0], "high", at[1])
	dst = append(closed(dst, '}'), `,"quantiles":[`...)
	for i, p := range quantiles {
		dst = append(closed(figures(append(dst, '{'), "probability", p, "value", at[2+i]), '}'), ',')
	}
	histogram := at[len(asked):]
	dst = figures(append(closed(dst, ']'), `,"histogram":{`...), "low", histogram[0], "high", histogram[1])
	dst = append(appendList(append(dst, `"counts":`...), histogram[2:]), "},"...)
	return append(dst, tail...)
}

// compare answers what up to six scenarios of a calculation give, side by side, and how each differs from the first.
func (d *decision) compare() []byte {
	results := d.compared()
	var streams [][]float64
	dst := append(d.head(), `"scenarios":[`...)
	for i, value := range d.list(d.parts["scenarios"], "/scenarios", 1, maxScenarios) {
		pointer := "/scenarios/" + strconv.Itoa(i)
		parts := d.object(value, pointer, scenarioFields)
		name := "Scenario " + string(rune('A'+i))
		if parts["name"] != nil {
			name = d.text(parts["name"], pointer+"/name")
		}
		d.inputs(parts["inputs"], pointer+"/inputs")
		if stream, ok := d.stands(pointer + "/inputs"); ok {
			streams = append(streams, stream)
			notes, _ := boundary.Notices(d.x.call(d.c.index, d.in, nil))
			dst = append(appendText(append(dst, `{"name":`...), name), `,"warnings":[`...)
			for k := range notes {
				dst = append(appendWarning(dst, &notes[k], d.c.Inputs), ',')
			}
			dst = append(closed(dst, ']'), "},"...)
		}
	}
	if d.r.faults.any() {
		return nil
	}
	dst = append(closed(dst, ']'), `,"results":[`...)
	for _, name := range results {
		values, differences := make([]float64, len(streams)), make([]float64, len(streams))
		for i, stream := range streams {
			values[i] = columns(nil, d.c.Results, stream, "", pick{name})[0].values[0]
			differences[i] = values[i] - values[0]
		}
		dst = append(appendText(append(dst, `{"result":`...), name), `,"values":`...)
		dst = append(appendList(append(appendList(dst, values), `,"differences":`...), differences), "},"...)
	}
	return append(closed(dst, ']'), '}')
}

// compared are the names of the results to compare: those asked for, or all that are one number.
func (d *decision) compared() (list []string) {
	if d.parts["results"] == nil {
		for i := range d.c.Results {
			if d.c.Results[i].Kind == catalogue.Number {
				list = append(list, d.c.Results[i].Name)
			}
		}
		return list
	}
	for i, value := range d.list(d.parts["results"], "/results", 1, 100) {
		pointer := "/results/" + strconv.Itoa(i)
		if name := d.text(value, pointer); name != "" && d.path(name, pointer) != nil {
			list = append(list, name)
		}
	}
	return list
}

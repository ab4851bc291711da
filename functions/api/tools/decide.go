// Package tools answers the tools over calculations (sensitivity, goal seek, simulate, compare) from and to JSON, by what
// core/decide declares. Calculations are run by an Engine, which charges for them.
package tools

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
	"hourglass/functions/api/wire"
)

// Limits of a decision that its declaration (core/decide) does not hold.
const (
	maxDraws    = 100_000
	fewestDraws = 100 // that are made unasked where the page's would cost too much
)

// seekRuns is how often goal seek runs a calculation at most: the steps of its scan and of closing in.
const seekRuns = 500

// named are fields that have a name and nothing else, for near misses.
func named(names ...string) []catalogue.Field {
	fields := make([]catalogue.Field, len(names))
	for i, name := range names {
		fields[i].Name = name
	}
	return fields
}

// A decision is one request for a tool on its way to its answer.
type decision struct {
	x       Engine
	r       *wire.Reading // of the inputs; its faults are those of the whole body
	c       *wire.Calculation
	in      []float64 // the calculation's stream
	result  []float64 // the path to the result, as core/boundary wants it
	ranges  []span
	about   string      // the result's name
	runs    float64     // of the calculation, that the tool will take
	was     notice.List // warnings of its fields by old names
	renamed []string    // paths to the objects that name their input by its old name
	bad     *wire.Problem
}

// A span is a range with the field that it varies.
type span struct {
	decide.Range
	name string
}

// An Engine runs calculations within the limits of a request.
type Engine interface {
	Find(id string) *wire.Calculation
	IDs() []string // of all calculations
	// ChargeRuns refuses so many runs of a calculation where they would cost too much.
	ChargeRuns(c *wire.Calculation, stream []float64, runs float64, result string) *wire.Problem
	// MostRuns is how many runs it would not refuse.
	MostRuns(c *wire.Calculation, stream []float64, result string) float64
	// Reckon is boundary.Calculate, which ends when nobody waits for the answer any more.
	Reckon(index, want int, in, buffer []float64) []float64
}

// Run is a tool's answer to a JSON text.
func Run(x Engine, t *catalogue.Tool, body []byte) ([]byte, *wire.Problem) {
	r := wire.Read(body)
	defer r.Done()
	r.Begin(nil)
	value, err := r.Tokens.ReadValue()
	if err == nil {
		value = value.Clone()
		err = r.End()
	}
	if err != nil {
		bad := wire.Unreadable(body, err)
		return nil, &bad
	}
	d := &decision{x: x, r: r}
	answer := d.answer(t.ID, value)
	if r.Faults.Any() {
		bad := wire.Invalid(r.Faults)
		return nil, &bad
	}
	return answer, d.bad
}

// answer runs a tool.
func (d *decision) answer(id string, body jsontext.Value) []byte {
	switch id {
	case "sensitivity":
		return d.sensitivity(body)
	case "goal-seek":
		return d.goalSeek(body)
	case "simulate":
		return d.simulate(body)
	}
	return d.compare(body)
}

// calculation settles which calculation it is about; without one there is nothing more to find wrong.
func (d *decision) calculation(id string) (ok bool) {
	if id == "" {
		return false
	}
	c := d.x.Find(id)
	switch {
	case c == nil:
		detail := wire.Sentences(wire.NoCalculation.Say(wire.Quoted(id)), wire.Guess(id, d.x.IDs()))
		d.r.Fault("/calculation", "unknown_calculation", detail)
	case c.Fits:
		d.r.Fault("/calculation", "unknown_calculation", wire.FitsNoTool.Say(id))
	default:
		d.c = c
	}
	return d.c != nil
}

// inputs reads the calculation's input into its stream, with everything that the reading finds wrong.
func (d *decision) inputs(value decide.Inputs, pointer string) {
	if value == nil {
		value = decide.Inputs("{}")
	}
	r := wire.Read(value)
	defer r.Done()
	r.Base = pointer
	slots := r.Begin(d.c.Inputs)
	_ = r.Input(d.c.Inputs, slots) // well formed
	r.Missing(d.c.Inputs, slots, pointer)
	d.in = wire.AppendSlots(nil, d.c.Inputs, slots)
	d.r.Faults.List = append(d.r.Faults.List, r.Faults.List...)
	d.r.Faults.More += r.Faults.More
	d.was = r.Was
}

// stands adds the calculation's own problems with its input, and tells whether the tool can go on.
func (d *decision) stands(pointer string) (stream []float64, ok bool) {
	for _, s := range d.ranges { // what is varied may be left out
		if v := &d.in[s.At]; *v != *v {
			if f := wire.FieldAt(d.c.Inputs, s.name); f.Default == nil && !f.Optional {
				*v = s.Step(1, 3)
			}
		}
	}
	base := d.r.Base
	defer func() { d.r.Base = base }()
	d.r.Base = pointer
	if d.bad = d.x.ChargeRuns(d.c, d.in, d.runs, d.about); d.bad != nil {
		return nil, false
	}
	out := d.x.Reckon(d.c.Index, boundary.All, d.in, nil)
	notes, stream := boundary.Notices(out)
	if out[0] != boundary.Done {
		d.r.Refused(d.c, notes)
	}
	return stream, !d.r.Faults.Any()
}

// wanted settles the result that a tool is about.
func (d *decision) wanted(name string) {
	if d.about = name; name == "" {
		return
	}
	d.result = d.path(name, "/result")
}

// path is the way to a result, as core/boundary wants it; nil, with a fault, when it is not one number.
func (d *decision) path(name, pointer string) []float64 {
	f := wire.ResultAt(d.c.Results, name)
	path := []float64{0}
	switch {
	case f == nil:
		detail := wire.Sentences(wire.NoResult.Say(wire.Quoted(name)), wire.Guess(name, wire.Names(d.c.Results)))
		d.r.Fault(pointer, "unknown_field", detail)
	case f.Kind != catalogue.Number || !pathTo(&path, d.c.Results, f):
		d.r.Fault(pointer, "not_a_value", wire.NotOneNumber.Say(name))
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
		after := len(wire.Skip(&fields[i], stream[at:]))
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
				at = len(stream) - len(wire.Skip(&fields[i].Fields[j], stream[at:]))
			}
		}
		inner, f := place(fields[i].Fields, stream[at:], rest)
		return at + inner, f
	}
	return 0, nil
}

// vary adds a range of the field called name and returns it; nil, with a fault, when the field is not one number.
func (d *decision) vary(name, pointer string) (*span, *catalogue.Field) {
	if name == "" || d.in == nil {
		return nil, nil
	}
	if now := wire.Present(d.c.Inputs, name); now != name {
		d.was.Add(notice.Renamed, now, 0)
		name = now
	}
	at, f := place(d.c.Inputs, d.in, name)
	switch {
	case f == nil:
		detail := wire.Sentences(wire.NoInput.Say(d.c.ID, wire.Quoted(name)), wire.Guess(name, wire.Names(d.c.Inputs)))
		d.r.Fault(pointer+"/field", "unknown_field", detail)
		return nil, nil
	case f.Kind != catalogue.Number:
		d.r.Fault(pointer+"/field", "not_a_value", wire.NotOneInput.Say(name))
		return nil, nil
	}
	for i := range d.ranges {
		if d.ranges[i].At == at {
			d.r.Fault(pointer+"/field", "duplicate_field", wire.VariedTwice.Say(name))
		}
	}
	d.ranges = append(d.ranges, span{decide.Range{At: at, Low: f.Min, High: f.Max, Whole: f.Whole}, name})
	return &d.ranges[len(d.ranges)-1], f
}

// between sets the ends of a range; an end left out stays at the field's bound, or is missing where it has to be given.
func (d *decision) between(s *span, f *catalogue.Field, low, high *float64, required bool, pointer string) {
	s.Low = d.end(f, low, s.Low, required, pointer+"/low")
	s.High = d.end(f, high, s.High, required, pointer+"/high")
	if s.Low > s.High {
		d.r.Fault(pointer, "wrong_way_round", wire.LowAboveHigh.Say(notice.Figure(s.Low), notice.Figure(s.High)))
	}
	if f.Whole && (s.Low != math.Trunc(s.Low) || s.High != math.Trunc(s.High)) {
		d.r.Fault(pointer, "not_whole", wire.WholeEnds.Say(s.name))
	}
}

func (d *decision) end(f *catalogue.Field, v *float64, standard float64, required bool, pointer string) float64 {
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	if v == nil {
		if required {
			d.r.Fault(pointer, "required", wire.NumberMissing.Say(name))
		}
		return standard
	}
	d.within(*v, f.Min, f.Max, pointer)
	return *v
}

// ends adds a range both of whose ends are given.
func (d *decision) ends(in decide.Ends, pointer string) {
	if s, f := d.vary(in.Field, pointer); s != nil {
		d.between(s, f, &in.Low, &in.High, true, pointer)
	}
}

// drawn adds a range that is drawn from, and refuses what its shape does not take.
func (d *decision) drawn(in decide.Drawn, pointer string) {
	s, f := d.vary(in.Field, pointer)
	if s == nil {
		return
	}
	s.Shape = in.Distribution
	normal := s.Shape == decide.Normal || s.Shape == decide.LogNormal
	d.between(s, f, in.Low, in.High, !normal, pointer)
	peaked := s.Shape == decide.Triangular || s.Shape == decide.PERT
	s.Middle = d.ofShape(s.Shape, in.Mode, peaked, s.Low, s.High, s.Middle, pointer+"/mode")
	s.Middle = d.ofShape(s.Shape, in.Mean, normal, -math.MaxFloat64, math.MaxFloat64, s.Middle, pointer+"/mean")
	if s.Shape == decide.LogNormal && in.Mean != nil && *in.Mean <= 0 {
		d.r.Faults.Add(wire.Fault{Pointer: pointer + "/mean", Code: "not_above", Limit: 0, Limited: true, Detail: wire.MoreThan.Say("mean", "0")})
	}
	s.Spread = d.ofShape(s.Shape, in.StandardDeviation, normal, 0, math.MaxFloat64, s.Spread, pointer+"/standard_deviation")
}

// ofShape is a figure that a shape takes or does not take.
func (d *decision) ofShape(shape decide.Shape, v *float64, takes bool, least, most, otherwise float64, pointer string) float64 {
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	switch {
	case v == nil && !takes:
		return otherwise
	case v == nil:
		d.r.Fault(pointer, "required", wire.NumberMissing.Say(name))
		return otherwise
	case !takes:
		d.r.Fault(pointer, "not_used", wire.NotOfShape.Say(shape.String(), name))
		return otherwise
	}
	d.within(*v, least, most, pointer)
	return *v
}

// isNever tells whether the null of a result of a stream means that it is never reached or has no limit.
func (d *decision) isNever(f *catalogue.Field) bool {
	if f.Never == "" || f.Never == catalogue.Always {
		return f.Never != ""
	}
	at, given := place(d.c.Inputs, d.in, f.Never)
	return given == nil || d.in[at] == d.in[at]
}

// run runs a tool of the boundary and returns what follows the notices.
func (d *decision) run(number int, ranges []span, options ...float64) (found []float64, notes notice.List) {
	never := 0.0
	if d.isNever(wire.ResultAt(d.c.Results, d.about)) {
		never = 1
	}
	in := append([]float64{float64(d.c.Index), float64(len(d.result))}, d.result...)
	in = append(in, never, float64(len(ranges)))
	for _, s := range ranges {
		whole := 0.0
		if s.Whole {
			whole = 1
		}
		in = append(in, float64(s.At), s.Low, s.High, whole, float64(s.Shape), s.Middle, s.Spread)
	}
	in = append(append(in, options...), d.in...)
	notes, found = boundary.Notices(boundary.Decide(d.x.Reckon, func() {}, number, in, nil))
	return found, notes
}

// begin settles what all tools but compare ask about.
func (d *decision) begin(calculation, result string, inputs decide.Inputs) (ok bool) {
	if !d.calculation(calculation) {
		return false
	}
	d.inputs(inputs, d.inputAt(""))
	d.wanted(result)
	return true
}

// sensitivity answers which input moves a result most.
func (d *decision) sensitivity(body jsontext.Value) []byte {
	in := d.readSensitivityInput(body, "")
	if !d.begin(in.Calculation, in.Result, in.Inputs) {
		return nil
	}
	for i, ends := range in.Ranges {
		d.ends(ends, "/ranges/"+strconv.Itoa(i))
	}
	if in.Grid == nil && len(in.Ranges) == 0 && !d.r.Faults.At("/ranges") {
		d.around()
	}
	bars := d.ranges
	d.ranges = nil
	if in.Grid != nil {
		for i, axis := range []decide.Axis{in.Grid.Rows, in.Grid.Columns} {
			d.ends(decide.Ends{Field: axis.Field, Low: axis.Low, High: axis.High}, [...]string{"/grid/rows", "/grid/columns"}[i])
		}
	}
	axes := d.ranges
	d.ranges = append(slices.Clone(bars), axes...)
	if d.runs = 2 * float64(len(bars)); in.Grid != nil {
		d.runs += in.Grid.Rows.Steps * in.Grid.Columns.Steps
	}
	if _, ok := d.stands(d.inputAt("")); !ok {
		return nil
	}
	found, notes := d.run(boundary.Tornado, bars)
	out := decide.SensitivityResult{Calculation: d.c.ID, Base: existing(found[0])}
	for i, s := range bars {
		out.Bars = append(out.Bars, decide.NewBar(s.name, s.Low, s.High, found[1+2*i], found[2+2*i]))
	}
	slices.SortStableFunc(out.Bars, func(a, b decide.Bar) int { return cmp.Compare(b.Width(), a.Width()) })
	if in.Grid != nil {
		out.Grid = d.table(axes, int(in.Grid.Rows.Steps), int(in.Grid.Columns.Steps))
	}
	return withWarnings(appendSensitivityResult(nil, &out, d.c.Inputs), d.withRenamed("", notes), d.c.Inputs)
}

// mostRanges is how many inputs are varied.
const mostRanges = 12

// around varies every number that is given, and is not zero, by a tenth to either side, within its bounds.
func (d *decision) around() {
	for i := range d.c.Inputs {
		f := &d.c.Inputs[i]
		if f.Kind != catalogue.Number || len(d.ranges) == mostRanges {
			continue
		}
		at, _ := place(d.c.Inputs, d.in, f.Name)
		v := d.in[at]
		if v != v || v == 0 {
			continue
		}
		s, _ := d.vary(f.Name, "/ranges")
		s.Low, s.High = max(f.Min, v-math.Abs(v)/10), min(f.Max, v+math.Abs(v)/10)
		if f.Whole {
			s.Low, s.High = math.Floor(s.Low), math.Ceil(s.High)
		}
	}
	if len(d.ranges) == 0 {
		d.r.Fault("/ranges", "not_a_list", "ranges must be a list: [...]. No input is a number other than 0, by which a tenth could be taken.")
	}
}

// table is the results over two inputs.
func (d *decision) table(axes []span, rows, columns int) *decide.Table {
	found, _ := d.run(boundary.Grid, axes, float64(rows), float64(columns))
	t := &decide.Table{Rows: side(&axes[0], rows), Columns: side(&axes[1], columns)}
	for k := range rows {
		row := found[1+k*columns : 1+(k+1)*columns]
		for i, v := range row {
			if math.IsInf(v, 1) { // never
				row[i] = math.NaN()
			}
		}
		t.Results = append(t.Results, row)
	}
	return t
}

func side(s *span, n int) decide.Side {
	out := decide.Side{Field: s.name}
	for k := range n {
		out.Values = append(out.Values, s.Step(k, n))
	}
	return out
}

// goalSeek answers which value of an input makes a result equal a goal.
func (d *decision) goalSeek(body jsontext.Value) []byte {
	in := d.readGoalSeekInput(body, "")
	if !d.begin(in.Calculation, in.Result, in.Inputs) {
		return nil
	}
	if s, f := d.vary(in.Field, ""); s != nil {
		d.between(s, f, in.Low, in.High, false, "")
	}
	d.runs = seekRuns
	if _, ok := d.stands(d.inputAt("")); !ok {
		return nil
	}
	sought := d.ranges[0]
	if f := wire.FieldAt(d.c.Inputs, sought.name); d.in[sought.At] != d.in[sought.At] && f.Default != nil {
		d.in[sought.At] = *f.Default
	}
	found, notes := d.run(boundary.Seek, d.ranges, in.Goal)
	out := decide.GoalSeekResult{Calculation: d.c.ID, Field: sought.name, Goal: in.Goal, Base: existing(found[0]),
		Status: decide.Verdict(found[1]), Value: existing(found[2]), Result: existing(found[3])}
	return withWarnings(appendGoalSeekResult(nil, &out, d.c.Inputs), d.withRenamed("", notes), d.c.Inputs)
}

// draws is how many draws are asked for. Left out, it is as many as the page makes or, with a warning, as a request can pay for.
func (d *decision) draws(asked *float64) (draws float64, fewer notice.List) {
	if asked == nil {
		draws = 10_000
		if d.in == nil {
			return draws, nil
		}
		if most := d.x.MostRuns(d.c, d.in, d.about); most >= fewestDraws && most < draws {
			draws = math.Floor(most/fewestDraws) * fewestDraws
			fewer.Add(notice.FewerDraws, "draws", draws)
		}
		return draws, fewer
	}
	if !d.r.Faults.At("/draws") {
		d.within(*asked, 1, maxDraws, "/draws")
	}
	return *asked, nil
}

// simulate answers what to expect where inputs are not known exactly.
func (d *decision) simulate(body jsontext.Value) []byte {
	in := d.readSimulateInput(body, "")
	if !d.begin(in.Calculation, in.Result, in.Inputs) {
		return nil
	}
	for i, drawn := range in.Ranges {
		d.drawn(drawn, "/ranges/"+strconv.Itoa(i))
	}
	target := math.NaN()
	draws, fewer := d.draws(in.Draws)
	if in.Target != nil {
		target = *in.Target
	}
	d.runs = draws
	if _, ok := d.stands(d.inputAt("")); !ok {
		return nil
	}
	asked := append([]float64{(1 - in.Interval) / 2, (1 + in.Interval) / 2}, decide.Quantiles[:]...)
	found, notes := d.run(boundary.Simulate, d.ranges, append([]float64{draws, in.Seed, target, float64(len(asked))}, asked...)...)
	at := found[8:]
	histogram := at[len(asked):]
	out := decide.SimulateResult{
		Calculation: d.c.ID, Base: existing(found[0]), Draws: found[1], Never: found[2], Refused: draws - found[1], Seed: in.Seed,
		Mean: existing(found[3]), StandardDeviation: existing(found[4]), StandardError: existing(found[4] / math.Sqrt(found[1])),
		Median: existing(at[6]), Min: existing(found[5]), Max: existing(found[6]), Target: in.Target, Above: existing(found[7]),
		Interval:  decide.Within{Share: in.Interval, Low: existing(at[0]), High: existing(at[1])},
		Histogram: decide.Counts{Low: existing(histogram[0]), High: existing(histogram[1]), Counts: histogram[2:]},
	}
	for i, p := range decide.Quantiles {
		out.Quantiles = append(out.Quantiles, decide.ShareBelow{Probability: p, Value: existing(at[2+i])})
	}
	return withWarnings(appendSimulateResult(nil, &out, d.c.Inputs), d.withRenamed("", append(fewer, notes...)), d.c.Inputs)
}

// compare answers what up to six scenarios of a calculation give, side by side, and how each differs from the first.
func (d *decision) compare(body jsontext.Value) []byte {
	in := d.readCompareInput(body, "")
	if !d.calculation(in.Calculation) {
		return nil
	}
	results := d.compared(in.Results)
	out := decide.CompareResult{Calculation: d.c.ID}
	var streams [][]float64
	var periods []string
	var never [][]bool
	for i, s := range in.Scenarios {
		scenario := "/scenarios/" + strconv.Itoa(i)
		pointer := d.inputAt(scenario)
		d.inputs(s.Inputs, pointer)
		periods = append(periods, d.period())
		if periods[i] != periods[0] {
			d.otherPeriod(results, periods[0], periods[i], pointer+"/period")
		}
		if stream, ok := d.stands(pointer); ok {
			streams, never = append(streams, stream), append(never, d.nevers(results))
			notes, _ := boundary.Notices(d.x.Reckon(d.c.Index, boundary.All, d.in, nil))
			name := "Scenario " + string(rune('A'+i))
			if s.Name != nil {
				name = *s.Name
			}
			out.Scenarios = append(out.Scenarios, decide.Named{Name: name, Warnings: d.withRenamed(scenario, notes)})
		}
	}
	if d.r.Faults.Any() {
		return nil
	}
	for k, name := range results {
		c := decide.Compared{Result: name}
		for i, stream := range streams {
			v := wire.Columns(nil, d.c.Results, stream, nil, "", wire.Pick{name})[0].Values[0]
			c.Values = append(c.Values, v)
			if v != v && never[i][k] {
				c.Never = append(c.Never, float64(i))
			}
			difference := v - c.Values[0]
			if len(c.Never) > 0 && c.Never[0] == 0 && c.Never[len(c.Never)-1] == float64(i) {
				difference = 0
			}
			c.Differences = append(c.Differences, difference)
		}
		out.Results = append(out.Results, c)
	}
	return appendCompareResult(nil, &out, d.c.Inputs)
}

// nevers tells of each result whether its null means never in the scenario just read.
func (d *decision) nevers(results []string) []bool {
	list := make([]bool, len(results))
	for i, name := range results {
		list[i] = d.isNever(wire.ResultAt(d.c.Results, name))
	}
	return list
}

// period is what the periods of the input just read are, empty for a calculation that has none.
func (d *decision) period() string {
	at, f := place(d.c.Inputs, d.in, "period")
	if f == nil {
		return ""
	}
	if i := d.in[at]; i >= 0 && int(i) < len(f.Options) {
		return f.Options[int(i)]
	}
	return f.Options[int(*f.Default)]
}

// otherPeriod refuses to compare figures per month with figures per year: those of results that are counted in periods.
func (d *decision) otherPeriod(results []string, first, other, pointer string) {
	i := slices.IndexFunc(results, func(name string) bool {
		f := wire.ResultAt(d.c.Results, name)
		return f.Unit == "periods" || f.PerPeriod
	})
	if i >= 0 {
		d.r.Fault(pointer, "different_periods", wire.OtherPeriods.Say(other, first, results[i]))
	}
}

// compared are the names of the results to compare: those asked for, or all that are one number.
func (d *decision) compared(asked []string) (list []string) {
	if asked == nil {
		for i := range d.c.Results {
			if d.c.Results[i].Kind == catalogue.Number {
				list = append(list, d.c.Results[i].Name)
			}
		}
		return list
	}
	for i, name := range asked {
		if name != "" && d.path(name, "/results/"+strconv.Itoa(i)) != nil {
			list = append(list, name)
		}
	}
	return list
}

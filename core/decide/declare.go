package decide

import (
	"math"

	"hourglass/core/notice"
)

// What the tools are asked and what they answer, as structs: the API's JSON, its schemas, the assistants' tools and the
// page's lists follow from the tags (internal/gen). A number that does not exist is nil.

// Quantiles are the probabilities at which SimulateResult has quantiles; the middle one is the median's.
var Quantiles = [...]float64{0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99}

// Inputs is a calculation's own input as a JSON object. This package only passes it on.
type Inputs []byte

// MarshalJSON is the object itself.
func (in Inputs) MarshalJSON() ([]byte, error) { return in, nil }

// SensitivityInput asks which input moves a result most.
type SensitivityInput struct {
	Calculation string    `json:"calculation" jsonschema:"title=Calculation" jsonschema_description:"The id of a calculation; GET /v1 lists them. Model fits are not possible."`
	Inputs      Inputs    `json:"input" jsonschema:"title=Input" jsonschema_description:"The inputs of the calculation, as in a request to it."`
	Result      string    `json:"result" jsonschema:"title=Result" jsonschema_description:"A result that is one number; group.name for a result within a group."`
	Ranges      []Ends    `json:"ranges,omitempty" jsonschema:"title=Ranges,minItems=1,maxItems=12" jsonschema_description:"The inputs to vary, one at a time. If empty, each number given varies by 10% either way; with a grid, none does."`
	Grid        *GridAxes `json:"grid,omitempty" jsonschema:"title=Grid" jsonschema_description:"Two inputs to vary at the same time."`
}

// Ends are a range of an input.
type Ends struct {
	Field string  `json:"field" jsonschema:"title=Field" jsonschema_description:"An input that is one number; list/index/name for a number within a list."`
	Low   float64 `json:"low" unit:"any" jsonschema:"title=Low" jsonschema_description:"The lowest value."`
	High  float64 `json:"high" unit:"any" jsonschema:"title=High" jsonschema_description:"The highest value."`
}

// GridAxes are the sides of a grid.
type GridAxes struct {
	Rows    Axis `json:"rows" jsonschema:"title=Rows" jsonschema_description:"The input that changes from row to row."`
	Columns Axis `json:"columns" jsonschema:"title=Columns" jsonschema_description:"The input that changes from column to column."`
}

// An Axis is one side of a grid.
type Axis struct {
	Field string  `json:"field" jsonschema:"title=Field" jsonschema_description:"An input that is one number; list/index/name for a number within a list."`
	Low   float64 `json:"low" unit:"any" jsonschema:"title=Low" jsonschema_description:"The lowest value."`
	High  float64 `json:"high" unit:"any" jsonschema:"title=High" jsonschema_description:"The highest value."`
	Steps float64 `json:"steps,omitempty" unit:"count" jsonschema:"title=Steps,minimum=1,maximum=51,multipleOf=1,default=11" jsonschema_description:"How many values, including both ends."`
}

// SensitivityResult is a tornado and, if asked for, a table.
type SensitivityResult struct {
	Calculation string   `json:"calculation" jsonschema:"title=Calculation" jsonschema_description:"As in the request."`
	Base        *float64 `json:"base" unit:"any" jsonschema:"title=Base" jsonschema_description:"The result for the inputs as given."`
	Bars        []Bar    `json:"bars" jsonschema:"title=Bars" jsonschema_description:"The widest first; bars with a never end come before all others."`
	Grid        *Table   `json:"grid,omitempty" jsonschema:"title=Grid" jsonschema_description:"Present if the request asked for it."`
}

// A Bar is what one input does to the result.
type Bar struct {
	Field      string   `json:"field" jsonschema:"title=Field" jsonschema_description:"The input."`
	Low        float64  `json:"low" unit:"any" jsonschema:"title=Low" jsonschema_description:"The lowest value of the input."`
	High       float64  `json:"high" unit:"any" jsonschema:"title=High" jsonschema_description:"The highest value of the input."`
	ResultLow  *float64 `json:"result_low" unit:"any" jsonschema:"title=Result at low" jsonschema_description:"The result at the lowest value of the input."`
	ResultHigh *float64 `json:"result_high" unit:"any" jsonschema:"title=Result at high" jsonschema_description:"The result at the highest value of the input."`
	Swing      *float64 `json:"swing" unit:"any" jsonschema:"title=Swing" jsonschema_description:"The difference between the two. Null if one of them is null; 0 if both are never."`
	Never      Never    `json:"never" jsonschema:"title=Never" jsonschema_description:"The ends at which the result is null because it is never reached or has no limit. A bar with one such end is the widest."`
}

// Never tells at which end of a bar the result is beyond every number.
type Never uint8

const (
	NeverNone Never = iota
	NeverLow
	NeverHigh
	NeverBoth
)

// String is its wire name, empty for an unknown one.
func (n Never) String() string {
	if n > NeverBoth {
		return ""
	}
	return [...]string{"none", "low", "high", "both"}[n]
}

// NewBar is the bar of an input with the results at its ends: NaN where there is none, +Inf where it is never.
func NewBar(field string, low, high, atLow, atHigh float64) Bar {
	b := Bar{Field: field, Low: low, High: high}
	if !math.IsInf(atLow, 1) && !math.IsNaN(atLow) {
		b.ResultLow = &atLow
	}
	if !math.IsInf(atHigh, 1) && !math.IsNaN(atHigh) {
		b.ResultHigh = &atHigh
	}
	if math.IsInf(atLow, 1) {
		b.Never |= NeverLow
	}
	if math.IsInf(atHigh, 1) {
		b.Never |= NeverHigh
	}
	switch {
	case b.Never == NeverBoth:
		b.Swing = new(0.0)
	case b.ResultLow != nil && b.ResultHigh != nil && !math.IsInf(atHigh-atLow, 0):
		b.Swing = new(math.Abs(atHigh - atLow))
	}
	return b
}

// Width is what bars are sorted by: the swing, +Inf where one end is never and the other a number, -1 where there is none.
func (b *Bar) Width() float64 {
	switch {
	case b.Swing != nil:
		return *b.Swing
	case b.Never == NeverLow && b.ResultHigh != nil, b.Never == NeverHigh && b.ResultLow != nil:
		return math.Inf(1)
	}
	return -1
}

// A Table is the results over two inputs.
type Table struct {
	Rows    Side        `json:"rows" jsonschema:"title=Rows" jsonschema_description:"The input that changes from row to row."`
	Columns Side        `json:"columns" jsonschema:"title=Columns" jsonschema_description:"The input that changes from column to column."`
	Results [][]float64 `json:"results" unit:"any" jsonschema:"title=Results" jsonschema_description:"Row by row; null if there is no result."`
}

// A Side is the values of one input of a table.
type Side struct {
	Field  string    `json:"field" jsonschema:"title=Field" jsonschema_description:"The input."`
	Values []float64 `json:"values" unit:"any" jsonschema:"title=Values" jsonschema_description:"From the lowest to the highest."`
}

// GoalSeekInput asks which value of an input makes a result equal a goal.
type GoalSeekInput struct {
	Calculation string   `json:"calculation" jsonschema:"title=Calculation" jsonschema_description:"The id of a calculation; GET /v1 lists them. Model fits are not possible."`
	Inputs      Inputs   `json:"input" jsonschema:"title=Input" jsonschema_description:"The inputs of the calculation, as in a request to it."`
	Result      string   `json:"result" jsonschema:"title=Result" jsonschema_description:"A result that is one number; group.name for a result within a group."`
	Field       string   `json:"field" jsonschema:"title=Field" jsonschema_description:"An input that is one number; list/index/name for a number within a list."`
	Goal        float64  `json:"goal" unit:"any" jsonschema:"title=Goal" jsonschema_description:"The value that the result should have."`
	Low         *float64 `json:"low,omitempty" unit:"any" jsonschema:"title=Low" jsonschema_description:"If empty, the lower or upper limit of the field."`
	High        *float64 `json:"high,omitempty" unit:"any" jsonschema:"title=High" jsonschema_description:"If empty, the lower or upper limit of the field."`
}

// GoalSeekResult is the value that was sought.
type GoalSeekResult struct {
	Calculation string   `json:"calculation" jsonschema:"title=Calculation" jsonschema_description:"As in the request."`
	Field       string   `json:"field" jsonschema:"title=Field" jsonschema_description:"The input that was varied."`
	Goal        float64  `json:"goal" unit:"any" jsonschema:"title=Goal" jsonschema_description:"The goal of the request."`
	Base        *float64 `json:"base" unit:"any" jsonschema:"title=Base" jsonschema_description:"The result for the inputs as given."`
	Status      Verdict  `json:"status" jsonschema:"title=Status" jsonschema_description:"Whether the goal is reached within the range."`
	Value       *float64 `json:"value" unit:"any" jsonschema:"title=Value" jsonschema_description:"Value of the input that reaches the goal: the nearest to the present value if there are several. If the goal is out of reach, the value whose result comes nearest."`
	Result      *float64 `json:"result" unit:"any" jsonschema:"title=Result" jsonschema_description:"The result at that value."`
}

// SimulateInput asks what to expect when inputs are not known exactly.
type SimulateInput struct {
	Calculation string   `json:"calculation" jsonschema:"title=Calculation" jsonschema_description:"The id of a calculation; GET /v1 lists them. Model fits are not possible."`
	Inputs      Inputs   `json:"input" jsonschema:"title=Input" jsonschema_description:"The inputs of the calculation, as in a request to it."`
	Result      string   `json:"result" jsonschema:"title=Result" jsonschema_description:"A result that is one number; group.name for a result within a group."`
	Ranges      []Drawn  `json:"ranges" jsonschema:"title=Ranges,minItems=1,maxItems=12" jsonschema_description:"The uncertain inputs, each independent of the others."`
	Draws       *float64 `json:"draws,omitempty" unit:"count" jsonschema:"title=Draws,minimum=1,maximum=100000,multipleOf=1,default=10000" jsonschema_description:"The number of draws. If empty, as many as on the page or, with a warning, as many as one request allows."`
	Seed        float64  `json:"seed,omitempty" unit:"count" jsonschema:"title=Seed,minimum=0,maximum=9007199254740991,multipleOf=1,default=1" jsonschema_description:"The same seed gives the same answer."`
	Target      *float64 `json:"target,omitempty" unit:"any" jsonschema:"title=Target" jsonschema_description:"The value for probability_above_target."`
	Interval    float64  `json:"interval,omitempty" unit:"share" jsonschema:"title=Interval,minimum=0,maximum=1,default=0.9" jsonschema_description:"The share of the results within the interval."`
}

// Drawn is an input that is drawn at random.
type Drawn struct {
	Field             string   `json:"field" jsonschema:"title=Field" jsonschema_description:"An input that is one number; list/index/name for a number within a list."`
	Low               *float64 `json:"low,omitempty" unit:"any" jsonschema:"title=Low" jsonschema_description:"The lowest value. For normal and lognormal, if empty, the lower limit of the field."`
	High              *float64 `json:"high,omitempty" unit:"any" jsonschema:"title=High" jsonschema_description:"The highest value. For normal and lognormal, if empty, the upper limit of the field."`
	Distribution      Shape    `json:"distribution,omitempty" jsonschema:"title=Distribution,default=uniform" jsonschema_description:"The distribution of the values."`
	Mode              *float64 `json:"mode,omitempty" unit:"any" jsonschema:"title=Mode" jsonschema_description:"The most likely value, for triangular and pert."`
	Mean              *float64 `json:"mean,omitempty" unit:"any" jsonschema:"title=Mean" jsonschema_description:"For normal and lognormal, before values below low and above high are cut off."`
	StandardDeviation *float64 `json:"standard_deviation,omitempty" unit:"any" jsonschema:"title=Standard deviation,minimum=0" jsonschema_description:"For normal and lognormal."`
}

// SimulateResult is how the results are spread.
type SimulateResult struct {
	Calculation       string       `json:"calculation" jsonschema:"title=Calculation" jsonschema_description:"As in the request."`
	Base              *float64     `json:"base" unit:"any" jsonschema:"title=Base" jsonschema_description:"The result for the inputs as given."`
	Draws             float64      `json:"draws" unit:"count" jsonschema:"title=Draws" jsonschema_description:"Draws with a result, including those for which it is never."`
	Never             float64      `json:"never" unit:"count" jsonschema:"title=Never" jsonschema_description:"Draws in which the result is never reached or has no limit. They count as above every number in the probability and the quantiles, and are not in the histogram. A figure that depends on them is null."`
	Refused           float64      `json:"refused" unit:"count" jsonschema:"title=Refused" jsonschema_description:"Draws without a result."`
	Seed              float64      `json:"seed" unit:"count" jsonschema:"title=Seed" jsonschema_description:"Use it again for the same answer."`
	Mean              *float64     `json:"mean" unit:"any" jsonschema:"title=Mean" jsonschema_description:"Of the results."`
	StandardDeviation *float64     `json:"standard_deviation" unit:"any" jsonschema:"title=Standard deviation" jsonschema_description:"Of the results."`
	StandardError     *float64     `json:"standard_error" unit:"any" jsonschema:"title=Standard error" jsonschema_description:"Standard error of the mean. It falls with more draws."`
	Median            *float64     `json:"median" unit:"any" jsonschema:"title=Median" jsonschema_description:"Half of the results are below."`
	Min               *float64     `json:"min" unit:"any" jsonschema:"title=Least" jsonschema_description:"Of the results."`
	Max               *float64     `json:"max" unit:"any" jsonschema:"title=Greatest" jsonschema_description:"Of the results."`
	Target            *float64     `json:"target" unit:"any" jsonschema:"title=Target" jsonschema_description:"As in the request."`
	Above             *float64     `json:"probability_above_target" unit:"share" jsonschema:"title=Probability above target" jsonschema_description:"The share of the results above it."`
	Interval          Within       `json:"interval" jsonschema:"title=Interval" jsonschema_description:"The middle of the results."`
	Quantiles         []ShareBelow `json:"quantiles" jsonschema:"title=Quantiles" jsonschema_description:"From low to high."`
	Histogram         Counts       `json:"histogram" jsonschema:"title=Histogram" jsonschema_description:"Bins of equal width. Results beyond the ends count in the first and last bins."`
}

// Within is an interval that holds a share of the results.
type Within struct {
	Share float64  `json:"share" unit:"share" jsonschema:"title=Share" jsonschema_description:"The share of the results within the interval."`
	Low   *float64 `json:"low" unit:"any" jsonschema:"title=Low" jsonschema_description:"Lower end. As many results are below it as above the upper end."`
	High  *float64 `json:"high" unit:"any" jsonschema:"title=High" jsonschema_description:"Upper end. As many results are above it as below the lower end."`
}

// ShareBelow is a result that a share of the results is below.
type ShareBelow struct {
	Probability float64  `json:"probability" unit:"share" jsonschema:"title=Probability" jsonschema_description:"The share of the results below the value."`
	Value       *float64 `json:"value" unit:"any" jsonschema:"title=Value" jsonschema_description:"The result."`
}

// Counts are a histogram.
type Counts struct {
	Low    *float64  `json:"low" unit:"any" jsonschema:"title=Low" jsonschema_description:"Where the first bin begins."`
	High   *float64  `json:"high" unit:"any" jsonschema:"title=High" jsonschema_description:"Where the last bin ends."`
	Counts []float64 `json:"counts" unit:"count" jsonschema:"title=Counts" jsonschema_description:"How many results are in each bin."`
}

// CompareInput asks for scenarios of a calculation side by side.
type CompareInput struct {
	Calculation string     `json:"calculation" jsonschema:"title=Calculation" jsonschema_description:"The id of a calculation; GET /v1 lists them. Model fits are not possible."`
	Scenarios   []Scenario `json:"scenarios" jsonschema:"title=Scenarios,minItems=1,maxItems=6" jsonschema_description:"The others are compared with the first."`
	Results     []string   `json:"results,omitempty" jsonschema:"title=Results,minItems=1,maxItems=100" jsonschema_description:"If empty, all results that are one number."`
}

// A Scenario is one input with a name.
type Scenario struct {
	Name   *string `json:"name,omitempty" jsonschema:"title=Name" jsonschema_description:"If empty, Scenario A, B and so on."`
	Inputs Inputs  `json:"input" jsonschema:"title=Input" jsonschema_description:"The inputs of the calculation, as in a request to it."`
}

// CompareResult is the results of each scenario.
type CompareResult struct {
	Calculation string     `json:"calculation" jsonschema:"title=Calculation" jsonschema_description:"As in the request."`
	Scenarios   []Named    `json:"scenarios" jsonschema:"title=Scenarios" jsonschema_description:"In the order of the request."`
	Results     []Compared `json:"results" jsonschema:"title=Results" jsonschema_description:"One entry per result."`
}

// Named is a scenario and what the calculation had to say about it.
type Named struct {
	Name     string      `json:"name" jsonschema:"title=Name" jsonschema_description:"The name of the scenario."`
	Warnings notice.List `json:"warnings" jsonschema:"title=Warnings" jsonschema_description:"Warnings about its results; empty if there are none."`
}

// Compared is one result of every scenario.
type Compared struct {
	Result      string    `json:"result" jsonschema:"title=Result" jsonschema_description:"The name of the result."`
	Values      []float64 `json:"values" unit:"any" jsonschema:"title=Values" jsonschema_description:"One per scenario; null if there is no result."`
	Differences []float64 `json:"differences" unit:"any" jsonschema:"title=Differences" jsonschema_description:"Difference from the first scenario. Null if one of the values is null; 0 if the result is never in both."`
	Never       []float64 `json:"never" unit:"count" jsonschema:"title=Never" jsonschema_description:"The positions, from 0, of the scenarios in which the value is null because it is never reached or has no limit."`
}

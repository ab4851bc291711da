package catalogue

import "hourglass/core/decide"

// A Tool answers a question about a calculation by running it many times (docs/decision-tools.md). Like a calculation's,
// its wire form is the struct tags of its input and result.
type Tool struct {
	ID, Title string
	Question  string // that it answers, and with what
	Input     any    // a decide.XInput, complete: the docs' example
	Result    any    // a decide.XResult
}

// Layout is the shape of the tool, generated from its structs.
func (t Tool) Layout() Layout { return toolLayouts[t.ID] }

// subscriber is the input of the examples.
const subscriber = `{"price":100,"gross_margin":0.8,"churn_rate":0.05,"cac":400}`

// Tools in the order of the API's description.
var Tools = []Tool{
	{
		ID: "sensitivity", Title: "Sensitivity",
		Question: "Which input changes a result most? Returns a tornado (the result at the low and high end of each range, widest first) and, on request, a table over two inputs.",
		Input: decide.SensitivityInput{Calculation: "subscription", Inputs: decide.Inputs(subscriber), Result: "clv",
			Ranges: []decide.Ends{{Field: "churn_rate", Low: 0.03, High: 0.07}, {Field: "price", Low: 90, High: 110}}},
		Result: decide.SensitivityResult{},
	},
	{
		ID: "goal-seek", Title: "Goal seek",
		Question: "Which value of one input makes a result reach a goal? If several do, the one nearest to the present value. If none does, status is out_of_reach and the value is the one whose result comes nearest.",
		Input:    decide.GoalSeekInput{Calculation: "subscription", Inputs: decide.Inputs(subscriber), Result: "ltv_cac_ratio", Field: "churn_rate", Goal: 3},
		Result:   decide.GoalSeekResult{},
	},
	{
		ID: "simulate", Title: "Simulate",
		Question: "What result can you expect from uncertain inputs? A Monte Carlo simulation over independent ranges: mean, median, interval, quantiles, histogram, probability of exceeding a target.",
		Input: decide.SimulateInput{Calculation: "subscription", Inputs: decide.Inputs(subscriber), Result: "ltv_cac_ratio", Target: new(float64(3)),
			Ranges: []decide.Drawn{
				{Field: "churn_rate", Distribution: decide.PERT, Low: new(0.03), Mode: new(0.05), High: new(0.08)},
				{Field: "price", Distribution: decide.Normal, Mean: new(float64(100)), StandardDeviation: new(float64(8))},
			}},
		Result: decide.SimulateResult{},
	},
	{
		ID: "compare", Title: "Compare",
		Question: "Up to six scenarios of one calculation side by side, and how each differs from the first.",
		Input: decide.CompareInput{Calculation: "subscription", Results: []string{"clv", "ltv_cac_ratio"}, Scenarios: []decide.Scenario{
			{Name: new("today"), Inputs: decide.Inputs(subscriber)},
			{Name: new("less churn"), Inputs: decide.Inputs(`{"price":100,"gross_margin":0.8,"churn_rate":0.04,"cac":400}`)},
		}},
		Result: decide.CompareResult{},
	},
}

// FindTool returns the tool with this id, or nil.
func FindTool(id string) *Tool {
	for i := range Tools {
		if Tools[i].ID == id {
			return &Tools[i]
		}
	}
	return nil
}

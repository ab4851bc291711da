package api

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"hourglass/core/catalogue"
)

const subscriber = `"calculation":"subscription","input":{"price":100,"gross_margin":0.8,"churn_rate":0.05,"cac":400}`

// decided posts to a tool and reads the answer.
func decided[T any](t *testing.T, c client, tool, body string) (out T) {
	t.Helper()
	if err := json.Unmarshal([]byte(c.ok("POST", "/v1/"+tool, body)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// valueOf is one result of the subscription above with other figures in it.
func valueOf(t *testing.T, c client, result, change string) float64 {
	t.Helper()
	out := decided[map[string]any](t, c, "subscription", `{"price":100,"gross_margin":0.8,"cac":400`+change+`}`)
	return out[result].(float64)
}

func TestSensitivityIsDirectCalls(t *testing.T) {
	c := newClient(t)
	type bar struct {
		Field      string
		ResultLow  float64 `json:"result_low"`
		ResultHigh float64 `json:"result_high"`
		Swing      float64
	}
	got := decided[struct {
		Base float64
		Bars []bar
		Grid struct {
			Rows, Columns struct{ Values []float64 }
			Results       [][]float64
		}
	}](t, c, "sensitivity", `{`+subscriber+`,"result":"clv","ranges":[{"field":"price","low":99,"high":101},{"field":"churn_rate","low":0.03,"high":0.07}],
		"grid":{"rows":{"field":"churn_rate","low":0.03,"high":0.07,"steps":3},"columns":{"field":"price","low":90,"high":110,"steps":5}}}`)
	if got.Base != 1600 || got.Bars[0].Field != "churn_rate" || got.Bars[1].Field != "price" {
		t.Error(got)
	}
	if got.Bars[0].ResultLow != valueOf(t, c, "clv", `,"churn_rate":0.03`) || got.Bars[0].ResultHigh != valueOf(t, c, "clv", `,"churn_rate":0.07`) {
		t.Error(got.Bars)
	}
	for i, churn := range got.Grid.Rows.Values {
		for j, price := range got.Grid.Columns.Values {
			if want := price * 0.8 / churn; math.Abs(got.Grid.Results[i][j]/want-1) > 1e-12 {
				t.Error(churn, price, got.Grid.Results[i][j])
			}
		}
	}
}

// Whatever the goal, the calculation of the value that is found gives it.
func TestGoalSeekInverts(t *testing.T) {
	c := newClient(t)
	for _, goal := range []float64{900, 1600, 12345, 80} {
		got := decided[struct {
			Status        string
			Value, Result float64
		}](t, c, "goal-seek", fmt.Sprintf(`{%s,"result":"clv","field":"churn_rate","goal":%g}`, subscriber, goal))
		back := valueOf(t, c, "clv", fmt.Sprintf(`,"churn_rate":%.17g`, got.Value))
		if got.Status != "reached" || math.Abs(back/goal-1) > 1e-9 {
			t.Error(goal, got, back)
		}
	}
	if got := c.ok("POST", "/v1/goal-seek", `{`+subscriber+`,"result":"ltv_cac_ratio","field":"churn_rate","low":0.1,"goal":3}`); !strings.Contains(got, `"status":"out_of_reach","value":0.1,"result":2`) {
		t.Error(got)
	}
	// What is sought may be left out.
	if got := c.ok("POST", "/v1/goal-seek", `{"calculation":"subscription","input":{"price":100,"gross_margin":1},"result":"clv","field":"churn_rate","goal":2000}`); !strings.Contains(got, `"reached"`) {
		t.Error(got)
	}
}

func TestSimulateOfNoWidthIsTheCalculation(t *testing.T) {
	c := newClient(t)
	got := decided[struct {
		Mean, Median, Min, Max float64
		Deviation              float64 `json:"standard_deviation"`
		Histogram              struct{ Counts []float64 }
	}](t, c, "simulate", `{`+subscriber+`,"result":"clv","ranges":[{"field":"churn_rate","low":0.04,"high":0.04}],"draws":100}`)
	if want := valueOf(t, c, "clv", `,"churn_rate":0.04`); got.Mean != want || got.Median != want || got.Min != want || got.Max != want || got.Deviation != 0 {
		t.Error(got, want)
	}
}

func TestSimulateAgainstClosedForm(t *testing.T) {
	c := newClient(t)
	body := `{` + subscriber + `,"result":"clv","ranges":[{"field":"churn_rate","low":0.03,"high":0.07},
		{"field":"price","distribution":"normal","mean":100,"standard_deviation":10}],"target":1600,"seed":9}`
	got := decided[struct {
		Draws, Refused, Mean float64
		Error                float64 `json:"standard_error"`
		Above                float64 `json:"probability_above_target"`
	}](t, c, "simulate", body)
	// E[price] E[0.8/churn]: the two are independent.
	if want := 80 * math.Log(7.0/3) / 0.04; got.Draws != 10000 || math.Abs(got.Mean-want) > 5*got.Error || math.Abs(got.Above-0.5) > 0.03 {
		t.Error(got, want)
	}
	if first, second := c.ok("POST", "/v1/simulate", body), c.ok("POST", "/v1/simulate", body); first != second {
		t.Error("the same seed gives another answer")
	}
}

func TestCompareStandsSideBySide(t *testing.T) {
	got := decided[struct {
		Scenarios []struct{ Name string }
		Results   []struct {
			Result              string
			Values, Differences []float64
		}
	}](t, newClient(t), "compare", `{"calculation":"average","results":["clv"],"scenarios":[{"name":"today","input":{"order_value":10,"orders_per_year":2,"gross_margin":1,"lifespan_years":3}},
		{"input":{"order_value":10,"orders_per_year":2,"gross_margin":1,"lifespan_years":4}}]}`)
	if got.Scenarios[0].Name != "today" || got.Scenarios[1].Name != "Scenario B" || got.Results[0].Values[1] != 80 || got.Results[0].Differences[1] != 20 {
		t.Error(got)
	}
}

// Without ranges every number given is varied by a tenth: 80/0.05 to 80/0.045 and 80/0.055, in price and margin alike.
func TestSensitivityWithoutRanges(t *testing.T) {
	got := decided[struct {
		Base float64
		Bars []struct {
			Field string
			Low   float64 `json:"result_low"`
			High  float64 `json:"result_high"`
		}
	}](t, newClient(t), "sensitivity", `{`+subscriber+`,"result":"clv"}`)
	want := map[string][2]float64{"churn_rate": {80 / 0.045, 80 / 0.055}, "price": {1440, 1760}, "gross_margin": {1440, 1760}, "cac": {1600, 1600}}
	if len(got.Bars) != len(want) || got.Bars[0].Field != "churn_rate" {
		t.Fatal(got)
	}
	for _, b := range got.Bars {
		if w := want[b.Field]; math.Abs(b.Low-w[0]) > 1e-9 || math.Abs(b.High-w[1]) > 1e-9 {
			t.Error(b, w)
		}
	}
}

func TestBadDecisions(t *testing.T) {
	c := newClient(t)
	hundred := strings.Repeat(`{"field":"price","low":1,"high":2},`, 100)
	for _, bad := range []struct{ tool, body, want string }{
		{"sensitivity", `{` + subscriber + `,"result":"clv","ranges":[{"field":"churn_rate","low":0.07,"high":0.03}]}`, "/ranges/0 wrong_way_round"},
		{"sensitivity", `{` + subscriber + `,"result":"cvl","ranges":[{"field":"churn_rat","low":0,"high":1}],"rangs":[]}`, "/rangs unknown_field;/result unknown_field;/ranges/0/field unknown_field"},
		{"sensitivity", `{` + subscriber + `,"result":"series","ranges":[{"field":"period","low":0,"high":1}]}`, "/result not_a_value;/ranges/0/field not_a_value"},
		{"sensitivity", `{` + subscriber + `,"result":"clv","ranges":[` + hundred[:len(hundred)-1] + `]}`, "/ranges wrong_length"},
		{"sensitivity", `{"calculation":"subscription","inputs":{"price":0},"result":"clv"}`, "/ranges not_a_list;/inputs/gross_margin required;/inputs/churn_rate required"},
		{"sensitivity", `{` + subscriber + `,"result":"clv","grid":{"rows":{"field":"price","low":1,"high":2,"steps":52}}}`, "/grid/rows/steps too_high;/grid/columns required"},
		{"simulate", `{` + subscriber + `,"result":"clv","draws":100001,"seed":1.5,"ranges":[{"field":"price","distribution":"gauss"},{"field":"price","low":2,"high":3,"mode":2}]}`,
			"/ranges/0/distribution unknown_option;/draws too_high;/seed not_whole;/ranges/0/low required;/ranges/0/high required;/ranges/1/field duplicate_field;/ranges/1/mode not_used"},
		{"simulate", `{` + subscriber + `,"result":"clv","ranges":[{"field":"price","distribution":"pert","low":1,"high":2,"mode":3}]}`, "/ranges/0/mode too_high"},
		{"simulate", `{` + subscriber + `,"result":"clv","ranges":[{"field":"price","distribution":"lognormal","mean":0,"standard_deviation":1}]}`, "/ranges/0/mean not_above"},
		{"goal-seek", `{"calculation":"subscription","input":{"price":-1,"x":1},"result":"clv","field":"churn_rate","goal":"3"}`,
			"/goal number_as_text;/input/x unknown_field;/input/price too_low;/input/gross_margin required"},
		{"goal-seek", `{"calculation":"subscripton"}`, "/result required;/field required;/goal required;/calculation unknown_calculation"},
		{"goal-seek", `[]`, " not_an_object"},
		{"compare", `{"calculation":"average","scenarios":[{"input":{"order_value":1,"orders_per_year":2,"gross_margin":1,"lifespan_years":300}},{}]}`,
			"/scenarios/0/input/lifespan_years too_high;/scenarios/1/input/order_value required;/scenarios/1/input/orders_per_year required;/scenarios/1/input/lifespan_years required;/scenarios/1/input/gross_margin required"},
		{"simulate", `{"calculation":"bgnbd/fit","input":{}}`, "/result required;/ranges not_a_list;/calculation unknown_calculation"},
	} {
		r := c.send("POST", "/v1/"+bad.tool, bad.body)
		var p struct{ Errors []readFault }
		if err := json.Unmarshal(r.Body, &p); err != nil || r.Status != 422 {
			t.Error(bad.body, r.Status, string(r.Body))
			continue
		}
		var list []string
		for _, f := range p.Errors {
			list = append(list, f.Pointer+" "+f.Code)
		}
		if got := strings.Join(list, ";"); got != bad.want {
			t.Errorf("%s\n got %s\nwant %s", bad.body, got, bad.want)
		}
	}
	if r := c.send("GET", "/v1/simulate", ""); r.Status != 405 {
		t.Error(r.Status)
	}
	if r := c.send("POST", "/v1/simulate", "{"); r.Status != 400 {
		t.Error(r.Status)
	}
}

// Every number of every calculation's example can be varied, and every result that is one number can be asked for.
func TestEveryCalculationTakesTheTools(t *testing.T) {
	c := newClient(t)
	for _, entry := range catalogue.Calculations {
		if entry.Fits {
			continue
		}
		for _, f := range entry.Layout().Results {
			if f.Kind != catalogue.Number {
				continue
			}
			body := fmt.Sprintf(`{"calculation":%q,"result":%q,"input":{},"ranges":[]}`, entry.ID, f.Name)
			if r := c.send("POST", "/v1/sensitivity", body); r.Status != 422 || strings.Contains(string(r.Body), `"/result"`) {
				t.Error(entry.ID, f.Name, r.Status, string(r.Body))
			}
		}
	}
}

func FuzzDecide(f *testing.F) {
	f.Add("sensitivity", `{`+subscriber+`,"result":"clv","ranges":[{"field":"churn_rate","low":0.03,"high":0.07}]}`)
	f.Add("goal-seek", `{`+subscriber+`,"result":"clv","field":"churn_rate","goal":3,"low":0,"high":1}`)
	f.Add("simulate", `{`+subscriber+`,"result":"clv","ranges":[{"field":"price","distribution":"lognormal","mean":1,"standard_deviation":2}],"draws":10,"target":1}`)
	f.Add("compare", `{"calculation":"average","results":["clv"],"scenarios":[{"name":"a","input":{}}]}`)
	f.Add("sensitivity", `{"calculation":"growth-plan","input":{"levers":[{}]},"result":"interaction","ranges":[{"field":"levers/0/reach","low":0,"high":1}],"grid":{"rows":{},"columns":null}}`)
	h := New(Options{})
	f.Fuzz(func(t *testing.T, tool, body string) {
		checkAnswer(t, h.Handle(Request{Method: "POST", Path: "/v1/" + tool, Body: []byte(body)}))
	})
}

func TestToolsForAssistants(t *testing.T) {
	c := newClient(t)
	call := func(arguments string) string {
		return c.ok("POST", "/mcp", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"goal-seek","arguments":`+arguments+`}}`)
	}
	if got := call(`{` + subscriber + `,"result":"ltv_cac_ratio","field":"churn_rate","goal":3}`); !strings.Contains(got, `"isError":false,"structuredContent":{"calculation":"subscription"`) {
		t.Error(got)
	}
	if got := call(`{}`); !strings.Contains(got, `"isError":true`) || !strings.Contains(got, "calculation is missing") {
		t.Error(got)
	}
	if got := c.ok("POST", "/mcp", `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`); !strings.Contains(got, `{"name":"simulate","title":"Simulate"`) {
		t.Error("tools/list has no simulate")
	}
}

// A payback that becomes never is the widest swing, counts in the probability, and differs from one that comes.
func TestNeverCountsInTheTools(t *testing.T) {
	c := newClient(t)
	const costly = `"calculation":"subscription","input":{"price":100,"gross_margin":0.8,"churn_rate":0.05,"cac":1500},"result":"payback_periods"`
	type bar struct {
		Field, Never string
		Swing        *float64
	}
	bars := decided[struct{ Bars []bar }](t, c, "sensitivity", `{`+costly+`,"ranges":[{"field":"price","low":99,"high":110},{"field":"churn_rate","low":0.049,"high":0.054},{"field":"cac","low":2000,"high":3000}]}`).Bars
	if bars[0].Field != "churn_rate" || bars[0].Never != "high" || bars[0].Swing != nil || bars[1].Field != "price" || bars[1].Never != "none" || bars[2].Never != "both" || *bars[2].Swing != 0 {
		t.Error(bars)
	}
	got := decided[struct {
		Draws, Never, Refused float64
		Mean                  *float64
		Above                 float64 `json:"probability_above_target"`
	}](t, c, "simulate", `{`+costly+`,"ranges":[{"field":"churn_rate","low":0.03,"high":0.07}],"target":1000}`)
	if got.Draws != 10000 || got.Refused != 0 || got.Mean != nil || math.Abs(got.Above-(1-(80.0/1500-0.03)/0.04)) > 0.02 || math.Abs(got.Above-got.Never/1e4) > 1e-12 {
		t.Error(got)
	}
	// Without a cost nothing pays back, and nothing is never.
	none := strings.Replace(costly, `,"cac":1500`, "", 1)
	if got := c.ok("POST", "/v1/simulate", `{`+none+`,"ranges":[{"field":"price","low":1,"high":2}],"draws":10}`); !strings.Contains(got, `"draws":0,"never":0,"refused":10`) {
		t.Error(got)
	}
	side := c.ok("POST", "/v1/compare", `{"calculation":"subscription","results":["payback_periods"],"scenarios":[
		{"input":{"price":100,"gross_margin":0.8,"churn_rate":0.06,"cac":1500}},{"input":{"price":100,"gross_margin":0.8,"churn_rate":0.04,"cac":1500}},{"input":{"price":100,"gross_margin":0.8,"churn_rate":0.07,"cac":1500}}]}`)
	if !strings.Contains(side, `"differences":[0,null,0],"never":[0,2]`) {
		t.Error(side)
	}
}

func TestCompareRefusesMonthsLessYears(t *testing.T) {
	c := newClient(t)
	scenarios := `"scenarios":[{"input":{"price":100,"gross_margin":1,"churn_rate":0.05}},{"input":{"price":1200,"period":"year","gross_margin":1,"churn_rate":0.4}}]`
	for _, results := range []string{"", `"results":["lifetime_periods"],`, `"results":["clv","discount_rate_per_period"],`} {
		r := c.send("POST", "/v1/compare", `{"calculation":"subscription",`+results+scenarios+`}`)
		if r.Status != 422 || !strings.Contains(string(r.Body), `"/scenarios/1/input/period","code":"different_periods"`) {
			t.Error(results, r.Status, string(r.Body))
		}
	}
	if got := c.ok("POST", "/v1/compare", `{"calculation":"subscription","results":["clv","max_cac"],`+scenarios+`}`); !strings.Contains(got, `"differences":[0,1000]`) {
		t.Error(got)
	}
}

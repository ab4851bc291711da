package api

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hourglass/core/catalogue"
	"hourglass/functions/api/wire"
)

// rpc sends a message to an assistant's address and returns the result.
func rpc(t *testing.T, h *Handler, query, method string, params any) map[string]any {
	t.Helper()
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	if err != nil {
		t.Fatal(err)
	}
	r := h.Handle(Request{Method: "POST", Path: "/mcp", Query: query, Body: body})
	var answer struct {
		Result map[string]any
		Error  struct{ Message string }
	}
	if err := json.Unmarshal(r.Body, &answer); err != nil || answer.Result == nil {
		t.Fatalf("%s: %v %s", body, err, r.Body)
	}
	return answer.Result
}

// called is a tool's answer: what the model reads, and whether it is a problem.
func called(t *testing.T, h *Handler, name string, arguments any) (text string, failed bool) {
	t.Helper()
	result := rpc(t, h, "", "tools/call", map[string]any{"name": name, "arguments": arguments})
	text = result["content"].([]any)[0].(map[string]any)["text"].(string)
	if failed = result["isError"].(bool); failed {
		return text, true
	}
	var read any
	if err := json.Unmarshal([]byte(text), &read); err != nil {
		t.Fatalf("%s: %v %s", name, err, text)
	}
	structured, _ := json.Marshal(result["structuredContent"])
	if again, _ := json.Marshal(read); string(again) != string(structured) {
		t.Errorf("%s says %s and %s", name, text, structured)
	}
	return text, false
}

// What Claude, OpenAI and Gemini accept of JSON Schema, all three: ai.google.dev/api/caching#Schema is the narrowest of them, and
// takes an object with properties only.
var accepted = []string{"type", "description", "properties", "required", "items", "enum"}

func TestToolSchemas(t *testing.T) {
	h := New(Options{})
	for _, query := range []string{"", "tools=all"} {
		list := rpc(t, h, query, "tools/list", map[string]any{})
		if text, _ := json.Marshal(list); query == "" && len(text) > 40<<10 {
			t.Errorf("tools/list has %d bytes", len(text))
		}
		for _, one := range list["tools"].([]any) {
			tool := one.(map[string]any)
			name, about := tool["name"].(string), tool["description"].(string)
			if !regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`).MatchString(name) {
				t.Errorf("name %q", name)
			}
			for _, part := range []string{"Use when", "Needs", "Returns"} {
				if !strings.Contains(about, part) {
					t.Errorf("%s: %q lacks %s", name, about, part)
				}
			}
			walkSchema(t, name, tool["inputSchema"].(map[string]any))
			if out, _ := json.Marshal(tool["outputSchema"]); len(out) > 200 {
				t.Errorf("%s: output schema of %d bytes", name, len(out))
			}
		}
	}
}

func walkSchema(t *testing.T, path string, schema map[string]any) {
	t.Helper()
	for keyword := range schema {
		if !slices.Contains(accepted, keyword) {
			t.Errorf("%s: %s is not taken everywhere", path, keyword)
		}
	}
	kind, ok := schema["type"].(string)
	if !ok {
		t.Errorf("%s: type %v", path, schema["type"])
	}
	properties, _ := schema["properties"].(map[string]any)
	if kind == "object" && len(properties) == 0 {
		t.Errorf("%s: an object without properties", path)
	}
	for name, property := range properties {
		walkSchema(t, path+"/"+name, property.(map[string]any))
	}
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if properties[name.(string)] == nil {
			t.Errorf("%s: %s is required and not described", path, name)
		}
	}
	switch items, _ := schema["items"].(map[string]any); {
	case (kind == "array") != (items != nil):
		t.Errorf("%s: %s with items %v", path, kind, items)
	case items != nil:
		walkSchema(t, path+"[]", items)
	}
	if options, ok := schema["enum"].([]any); ok && kind != "string" || slices.Contains(options, any("")) {
		t.Errorf("%s: enum of %s %v", path, kind, options)
	}
}

// A field is required in the schema where the server refuses an input without it, and nowhere else.
func TestRequired(t *testing.T) {
	h := New(Options{})
	for _, c := range catalogue.Calculations {
		document := decode(t, string(h.Handle(Request{Method: "GET", Path: "/v1/" + c.ID + "/schema"}).Body)).(map[string]any)
		input := document["$defs"].(map[string]any)["input"].(map[string]any)
		required, _ := input["required"].([]any)
		example := input["examples"].([]any)[0].(map[string]any)
		for name := range input["properties"].(map[string]any) {
			without := map[string]any{} // the least that the schema asks for: what else is needed may depend on what else is given
			for _, k := range required {
				if k != name {
					without[k.(string)] = example[k.(string)]
				}
			}
			body, _ := json.Marshal(without)
			r := h.Handle(Request{Method: "POST", Path: "/v1/" + c.ID, Body: body})
			refused := r.Status == 422 && regexp.MustCompile(`"pointer":"/`+name+`","code":"required"`).Match(r.Body)
			if stated := slices.Contains(required, any(name)); stated != refused {
				t.Errorf("%s/%s: required %t, refused without %t: %s", c.ID, name, stated, refused, r.Body)
			}
		}
	}
}

// Every result that a tool's schema names can be asked for by that name, of each calculation that has it.
func TestResultNames(t *testing.T) {
	h := New(Options{})
	var named []any
	for _, one := range rpc(t, h, "", "tools/list", map[string]any{})["tools"].([]any) {
		if tool := one.(map[string]any); tool["name"] == "sensitivity" {
			named = tool["inputSchema"].(map[string]any)["properties"].(map[string]any)["result"].(map[string]any)["enum"].([]any)
		}
	}
	if len(named) < 100 {
		t.Fatalf("%d results", len(named))
	}
	asked := map[any]bool{}
	for _, c := range catalogue.Calculations {
		if c.Fits || strings.Contains(c.ID, "/") {
			continue
		}
		example, _ := exampleOf(c)
		for _, name := range named {
			if f := wire.ResultAt(c.Layout().Results, name.(string)); f == nil || f.Kind != catalogue.Number {
				continue
			}
			asked[name] = true
			if text, failed := called(t, h, "sensitivity", map[string]any{"calculation": c.ID, "input": example, "result": name}); failed {
				t.Errorf("%s of %s: %s", name, c.ID, text)
			}
		}
	}
	if len(asked) != len(named) {
		t.Errorf("%d of %d names are results of a calculation", len(asked), len(named))
	}
}

// What a model does that no program would.
func TestLenience(t *testing.T) {
	h := New(Options{})
	input := map[string]any{"price": "100", "gross_margin": "0.8", "churn_rate": 0.05}
	want, _ := called(t, h, "subscription", input)
	if !strings.Contains(want, `"clv":1600,`) || !strings.Contains(want, `"left_out":["series"]`) || strings.Contains(want, `"series":null`) {
		t.Error(want)
	}
	if all, _ := called(t, h, "subscription", map[string]any{"price": 100, "gross_margin": 0.8, "churn_rate": 0.05, "include_series": true}); !strings.Contains(all, `"survival":[`) || strings.Contains(all, "left_out") {
		t.Error(all)
	}
	text, _ := json.Marshal(input)
	for name, arguments := range map[string]any{
		"calculate": map[string]any{"calculation": "subscription", "input": string(text)},
		"Calculate": map[string]any{"calculation": "Subscription", "price": 100, "gross_margin": 0.8, "churn_rate": "0.05"},
	} {
		if got, _ := called(t, h, name, arguments); got != want {
			t.Errorf("%s says %s", name, got)
		}
	}
	list, _ := called(t, h, "retention-curve", map[string]any{"survivors": "[800,400,200,100]", "margin": "10"})
	again, _ := called(t, h, "retention_curve", map[string]any{"survivors": []int{800, 400, 200, 100}, "margin": 10})
	if list != again || !strings.Contains(list, `"clv":`) {
		t.Error(list, again)
	}
	for _, name := range []string{"bgnbd/predict", "bgnbd_predict"} {
		for _, calculation := range []string{"repeat-purchase", "repeat_purchase"} {
			found, failed := called(t, h, "goal_seek", map[string]any{"calculation": calculation, "result": "clv", "field": "spend", "goal": "1000",
				"inputs": `{"spend":"50","purchase_interval_days":30,"relationship_years":2,"gross_margin":0.5}`})
			if failed || !strings.Contains(found, `"result":1000`) {
				t.Error(name, calculation, found)
			}
		}
		if got, failed := called(t, h, name, map[string]any{"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426, "frequency": "[2]", "recency": []float64{30.43}, "age": "[38.86]", "horizon": 39}); failed ||
			!strings.Contains(got, `"p_alive":[0.72`) { // Fader, Hardie and Lee, 2005: customer 0001 of CDNOW, 0.7266
			t.Error(name, got)
		}
	}
}

// A model reads everything that is wrong, up to a dozen.
func TestProblemsAsText(t *testing.T) {
	h := New(Options{})
	bad := map[string]any{}
	for i := range 11 {
		bad["wrong"+strconv.Itoa(i)] = 1
	}
	text, failed := called(t, h, "average", bad)
	if !failed || strings.Count(text, "There is no field") != 11 || !strings.Contains(text, "There are 4 more.") && strings.Count(text, "missing") != 1 {
		t.Error(text)
	}
	text, failed = called(t, h, "fit_model", map[string]any{"model": "bgnb"})
	if !failed || !strings.Contains(text, "Did you mean bgnbd?") {
		t.Error(text)
	}
	text, failed = called(t, h, "customers_from_orders", map[string]any{"orders": []any{map[string]any{"customer": "a"}}, "gross_margin": 0.5})
	if !failed || !strings.Contains(text, "orders/0/date") {
		t.Error(text)
	}
	for _, arguments := range []map[string]any{{"gross_margin": 0.5}, {"csv": "%PDF-1.7 nothing", "gross_margin": 0.5}, {"csv": "a\n\x00\n", "gross_margin": 0.5},
		{"orders": "[[[", "gross_margin": 0.5}, {"orders": []any{}, "gross_margin": 0.5}, {"orders": []any{1, nil, "a"}, "gross_margin": 0.5}, {"csv": "customer,date,amount\na,2026-01-01,5\n", "top": 0}} {
		if text, failed = called(t, h, "customers_from_orders", arguments); !failed || text == "" {
			t.Error(arguments, text)
		}
	}
}

// Orders of a list and of a file are the same customers, and what comes back is what customers/value says of them.
func TestCustomersFromOrders(t *testing.T) {
	h := New(Options{})
	var orders []any
	file := "Kunde;Datum;Betrag\n"
	for c := range 60 {
		for k := range 1 + c*7%6 {
			amount, day := 20+(c*13+k*29)%50, 1+(c*5+k*61)%360
			date := fmt.Sprintf("2025-%02d-%02d", 1+day/31, 1+day%28)
			orders = append(orders, map[string]any{"customer": fmt.Sprintf("k%d", c), "date": date, "amount": amount})
			file += fmt.Sprintf("k%d;%s;%d,00\n", c, date, amount)
		}
	}
	list, failed := called(t, h, "customers_from_orders", map[string]any{"orders": orders, "gross_margin": 0.4, "horizon_days": 90, "top": 60})
	if failed {
		t.Fatal(list)
	}
	again, _ := called(t, h, "customers_from_orders", map[string]any{"csv": file, "gross_margin": "0.4", "horizon_days": "90", "top": "60"})
	if list != again {
		t.Errorf("%s\n%s", list, again)
	}
	var said struct {
		Orders, Customers int
		By                []struct {
			Customer string
			CLV      float64
		} `json:"by_customer"`
	}
	if err := json.Unmarshal([]byte(list), &said); err != nil || said.Customers != 60 || len(said.By) != 50 { // as many as a model is told
		t.Fatalf("%v %s", err, list)
	}
	for i := range said.By[1:] {
		if said.By[i].CLV < said.By[i+1].CLV {
			t.Errorf("%+v before %+v", said.By[i], said.By[i+1])
		}
	}
	// A model calls the text of a file either.
	if again, _ = called(t, h, "customers_from_orders", map[string]any{"orders": file, "gross_margin": 0.4, "horizon_days": 90, "top": 60}); list != again {
		t.Errorf("%s\n%s", list, again)
	}
}

// A model would quote what two days make of a customer: 334 orders a year. They tell who comes before whom.
func TestFewDaysRankAlone(t *testing.T) {
	h := New(Options{})
	for days, want := range map[int]bool{2: false, 28: false, 29: true} { // 28 days between the first order and the last are enough
		file := "customer,date,amount\n"
		for i := range 90 {
			file += fmt.Sprintf("k%d,2025-03-%02d,%d\n", i*7%60, 1+(days-1)*(i%30)/29, 20+i%50)
		}
		text, failed := called(t, h, "customers_from_orders", map[string]any{"csv": file, "gross_margin": 0.5})
		if failed || strings.Contains(text, `"clv"`) != want || strings.Contains(text, `"expected_orders"`) != want || strings.Contains(text, `"p_alive"`) != want ||
			!strings.Contains(text, `"by_customer":[{"customer":"k`) || !strings.Contains(text, "too_little") {
			t.Errorf("%d days: %s", days, text)
		}
	}
}

var (
	question = regexp.MustCompile(`(?s)### \d+\. (.*?)\n(.*?)(?:\n##|\z)`)
	toolCall = regexp.MustCompile("(?s)```json\n(\\{\"name\".*?)\n```")
	figure   = regexp.MustCompile("`([\\w.]+)` is (about )?(-?\\w+(?:[.-]\\w+)*)")
)

// The ten questions of docs/assistants.md are answered in at most two calls of at most 2,000 characters each, with the figures that
// the page derives by hand.
func TestTenQuestions(t *testing.T) {
	page, err := os.ReadFile("../../docs/assistants.md")
	if err != nil {
		t.Fatal(err)
	}
	h := New(Options{})
	text := strings.ReplaceAll(string(page), "\n### ", "\n##\n### ")
	questions := question.FindAllStringSubmatch(text, -1)
	if len(questions) != 10 {
		t.Fatalf("%d questions", len(questions))
	}
	for _, q := range questions {
		calls, last := toolCall.FindAllStringSubmatch(q[2], -1), ""
		if len(calls) < 1 || len(calls) > 2 {
			t.Errorf("%s: %d calls", q[1], len(calls))
		}
		for _, c := range calls {
			var one struct {
				Name      string
				Arguments any
			}
			if err := json.Unmarshal([]byte(c[1]), &one); err != nil {
				t.Fatalf("%s: %v", q[1], err)
			}
			answer, failed := called(t, h, one.Name, one.Arguments)
			if failed || len(answer) > 2000 {
				t.Errorf("%s: %d characters, failed %t: %.300s", q[1], len(answer), failed, answer)
			}
			last = answer
		}
		figures := figure.FindAllStringSubmatch(q[2], -1)
		if len(figures) == 0 {
			t.Errorf("%s: no figure", q[1])
		}
		for _, f := range figures {
			got, tolerance := fmt.Sprint(dig(t, last, f[1])), 1e-4
			if f[2] != "" {
				tolerance = 0.02
			}
			want := strings.ReplaceAll(f[3], ",", "")
			x, err1 := strconv.ParseFloat(got, 64)
			y, err2 := strconv.ParseFloat(want, 64)
			if got != want && (err1 != nil || err2 != nil || math.Abs(x-y) > tolerance*math.Abs(y)) {
				t.Errorf("%s: %s is %s, the page says %s", q[1], f[1], got, want)
			}
		}
	}
}

// Further questions of marketers, in the arguments that a model writes, each with a figure derived by hand.
func TestFurtherQuestions(t *testing.T) {
	h := New(Options{})
	shop := "customer;date;amount\n"
	for c := range 40 {
		for k := range 2 + c%5 { // every four weeks; the first ten stopped half a year ago
			shop += fmt.Sprintf("c%d;%s;%d\n", c, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, c%28+28*k+map[bool]int{false: 160 - 28*(c%5)}[c < 10]).Format("2006-01-02"), 30+c%7)
		}
	}
	noAmounts := regexp.MustCompile(`(?m);[^;\n]*$`).ReplaceAllString(shop, "")
	for _, q := range []struct {
		question, tool string
		arguments      map[string]any
		figures        map[string]any
	}{
		{"60 an order, 2.5 a year, four years, a margin of 45 %?", "average", map[string]any{"order_value": 60, "orders_per_year": "2.5", "lifespan_years": 4, "gross_margin": 0.45}, map[string]any{"clv": 270.}},
		{"29 a month at 70 %, 4 % churn, 150 to win: the ratio, and the most that a customer may cost?", "subscription", map[string]any{"price": 29, "gross_margin": 0.7, "churn_rate": 0.04, "cac": 150},
			map[string]any{"clv": 507.5, "ltv_cac_ratio": 3.38333, "max_cac": 169.167, "period": "month"}},
		{"Half of them are left each month: how long do they stay?", "retention-curve", map[string]any{"survivors": []int{800, 400, 200, 100}}, map[string]any{"expected_lifetime": 2., "clv": nil}},
		{"37 of 820 left: which churn is that?", "churn-interval", map[string]any{"customers": 820, "lost": 37, "period": "quarter"}, map[string]any{"churn_rate": 0.045122, "period": "quarter"}},
		{"What does a new customer cost against a repeat sale?", "acquisition-retention", map[string]any{"margin": 50, "spend_per_prospect": 5, "acquisition_rate": 0.1, "acquisition_ceiling": 0.2,
			"spend_per_customer": 10, "retention_rate": 0.7, "retention_ceiling": 0.85}, map[string]any{"new_sale_cost": 50., "repeat_sale_cost": 14.2857, "budget": nil}},
		{"Each invites 0.2 friends a month, a tenth comes: what is one customer then?", "calculate", map[string]any{"calculation": "referral", "input": map[string]any{"price": 30, "gross_margin": 0.7, "churn_rate": 0.05,
			"invitations_per_period": 0.2, "referral_conversion": 0.1}}, map[string]any{"referral_multiplier": 1.66667, "friend_value": 700.}},
		{"A tenth takes 15 more, at 2 an offer?", "calculate", map[string]any{"calculation": "upsell", "input": map[string]any{"price": 40, "gross_margin": 0.7, "churn_rate": 0.05, "extra_spend": 15, "take_up": 0.1, "offer_cost": 2}},
			map[string]any{"net_gain": 19., "outcome.total_net": nil}},
		{"How far must churn fall to pay for service at 3 a month?", "calculate", map[string]any{"calculation": "service", "input": map[string]any{"price": 40, "gross_margin": 0.7, "churn_rate": 0.05, "cost_per_period": 3}},
			map[string]any{"break_even_churn_fall": 0.00535714, "net_gain": -60.}},
		{"What may the service cost at most if churn falls by a point?", "goal_seek", map[string]any{"calculation": "service", "input": map[string]any{"price": 40, "gross_margin": 0.7, "churn_rate": 0.05, "cost_per_period": 3,
			"churn_fall": 0.01}, "result": "net_gain", "field": "cost_per_period", "goal": 0}, map[string]any{"value": 5.6, "status": "reached"}},
		{"Two points more stay in the first month, for 5 each?", "calculate", map[string]any{"calculation": "onboarding", "input": map[string]any{"price": 40, "gross_margin": 0.7, "churn_rate": 0.05, "first_churn_fall": 0.02, "cost_per_customer": 5}},
			map[string]any{"net_gain": 6.2}},
		{"Onboarding and service together?", "calculate", map[string]any{"calculation": "growth_plan", "price": 40, "gross_margin": 0.7, "churn_rate": 0.05,
			"levers": []any{map[string]any{"kind": "onboarding", "first_churn_fall": 0.02, "cost_per_customer": 5}, map[string]any{"kind": "service", "churn_fall": 0.005, "cost_per_period": 1}}},
			map[string]any{"levers.0.net_alone": 6.2, "levers.1.net_alone": 40., "outcome.clv_before": 560.}},
		{"Contracts of 12,000 a year, 85 % stay, money at 10 %?", "calculate", map[string]any{"calculation": "retention", "input": map[string]any{"margin": 12000, "retention_rate": 0.85, "annual_discount_rate": 0.1}},
			map[string]any{"clv": 40800., "margin_multiple": 3.4}},
		{"1.2 million from 20,000 orders of 8,000 customers, who stayed 24,000 years in all?", "calculate", map[string]any{"calculation": "totals", "input": map[string]any{"revenue": 1200000, "orders": 20000, "customers": 8000,
			"total_lifespan_years": 24000, "gross_margin": 0.4}}, map[string]any{"clv": 180.}},
		{"20,000 prospects, 3 % buy, 60,000 spent: what is left?", "calculate", map[string]any{"calculation": "hourglass", "input": map[string]any{"prospects": 20000, "acquisition_spend": 60000, "conversion": 0.03, "price": 40,
			"gross_margin": 0.7, "churn_rate": 0.05}}, map[string]any{"total_net": 276000., "cac": 100.}},
		{"Why do two calculators say 800 and 560?", "calculate", map[string]any{"calculation": "reconcile", "input": map[string]any{"price": 40, "gross_margin": 0.7, "churn_rate": 0.05}}, map[string]any{"naive": 800., "formulas.margin_churn": 560.}},
		{"Which year's discount can we give if they stay ten months and nobody renews?", "annual_plan", map[string]any{"monthly_price": 30, "average_months": 10, "gross_margin": 0.8, "plan_discount": 0.1, "annual_renewal_rate": 0},
			map[string]any{"monthly_clv": 240., "annual_clv": 252., "break_even_discount": 0.133333}},
		{"Ten percent dearer and half a point more churn?", "compare", map[string]any{"calculation": "subscription", "results": []string{"clv"}, "scenarios": []any{
			map[string]any{"name": "now", "input": map[string]any{"price": 29, "gross_margin": 0.7, "churn_rate": 0.04}}, map[string]any{"name": "dearer", "input": map[string]any{"price": 31.9, "gross_margin": 0.7, "churn_rate": 0.045}}}},
			map[string]any{"results.0.values.1": 496.222}},
		{"Which figure moves the ratio most?", "sensitivity", map[string]any{"calculation": "subscription", "input": map[string]any{"price": 29, "gross_margin": 0.7, "churn_rate": 0.04, "cac": 150}, "result": "ltv_cac_ratio"},
			map[string]any{"bars.0.field": "churn_rate", "bars.0.result_low": 3.75926}},
		{"Who is about to leave, or has left?", "customers_from_orders", map[string]any{"csv": shop, "gross_margin": 0.5, "segment": "lost_champion", "horizon_days": 60}, map[string]any{"customers": 40., "by_customer.0.segment": "lost_champion"}},
		{"Who orders on, by a list without amounts?", "customers_from_orders", map[string]any{"csv": noAmounts, "horizon_days": 60, "top": 1}, map[string]any{"customers": 40., "spend_basis": "none", "by_customer.0.clv": nil}},
		{"Which calculation says who is about to leave?", "catalogue", map[string]any{"search": "Which customers are about to leave?"}, map[string]any{"calculations.customers/segments": "Which customers are at risk, and what is the expected loss?"}},
	} {
		text, failed := called(t, h, q.tool, q.arguments)
		if failed || len(text) >= 2000 {
			t.Errorf("%s: %d characters, failed %t: %.3000s", q.question, len(text), failed, text)
			continue
		}
		for path, want := range q.figures {
			got := dig(t, text, path)
			if x, is := got.(float64); is {
				if y, _ := want.(float64); math.Abs(x-y) <= 1e-5*math.Abs(y) {
					continue
				}
			}
			if got != want {
				t.Errorf("%s: %s is %v, want %v in %s", q.question, path, got, want, text)
			}
		}
	}
}

// What there is, and what a calculation takes, are short enough to read on the way to an answer.
func TestCatalogueIsShort(t *testing.T) {
	h := New(Options{})
	list := []map[string]any{{}, {"search": "nothing of the kind"}}
	for _, c := range catalogue.Calculations {
		list = append(list, map[string]any{"calculation": c.ID})
	}
	for _, arguments := range list {
		if text, failed := called(t, h, "catalogue", arguments); failed || len(text) >= 2000 {
			t.Errorf("%v: %d characters: %.100s", arguments, len(text), text)
		}
	}
	text, failed := called(t, h, "calculate", map[string]any{"calculation": "totals", "input": map[string]any{"revenu": 1}})
	if !failed || !strings.Contains(text, "total_lifespan_years is missing.") || !strings.Contains(text, "The years from first to last order") {
		t.Error(text)
	}
	text, failed = called(t, h, "subscription", map[string]any{"arpu": 29, "gross_margin": 0.7, "churn_rate": 0.04})
	if !failed || !strings.Contains(text, "The fields are price, period,") {
		t.Error(text)
	}
}

// dig is what stands at a path such as bars.0.field.
func dig(t *testing.T, text, path string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err, text)
	}
	for part := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[part]
		case []any:
			if i, err := strconv.Atoi(part); err == nil && i < len(in) {
				v = in[i]
			}
		}
	}
	return v
}

// FuzzAssistant sends anything as arguments: an answer is JSON-RPC, and nothing of the engine's fails.
func FuzzAssistant(f *testing.F) {
	for _, name := range []string{"subscription", "customers_from_orders", "sensitivity", "fit_model", "calculate", "catalogue", "compare"} {
		f.Add(name, `{"price":100,"gross_margin":0.8,"churn_rate":0.05,"csv":"a;b\n1;2","orders":[{"customer":1}],"model":"bgnbd","calculation":"subscription","inputs":"{}"}`)
	}
	h := New(Options{})
	f.Fuzz(func(t *testing.T, name, arguments string) {
		quoted := wire.AppendText(nil, name)
		body := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":` + string(quoted) + `,"arguments":` + arguments + `}}`
		r := h.Handle(Request{Method: "POST", Path: "/mcp", Body: []byte(body)})
		if r.Status >= 500 || !json.Valid(r.Body) {
			t.Errorf("%d %s: %s", r.Status, body, r.Body)
		}
	})
}

// The configurations of docs/assistants.md are JSON, and lead to what there is: the server with its flag, or the address.
func TestConfigurations(t *testing.T) {
	page, err := os.ReadFile("../../docs/assistants.md")
	if err != nil {
		t.Fatal(err)
	}
	type entry struct {
		Command, URL, Type string
		Server             string `json:"server_url"`
		Args               []string
	}
	found := 0
	for _, block := range regexp.MustCompile("(?s)```json\n(.*?)\n```").FindAllSubmatch(page, -1) {
		var one struct {
			Name             string
			McpServers       map[string]entry
			Servers          map[string]entry
			Model            string
			Tools            []entry
			Arguments, Input any
		}
		if err := json.Unmarshal(block[1], &one); err != nil {
			t.Fatalf("%v: %s", err, block[1])
		}
		list := one.Tools
		for _, servers := range []map[string]entry{one.McpServers, one.Servers} {
			for _, e := range servers {
				list = append(list, e)
			}
		}
		for _, e := range list {
			found++
			address := e.URL + e.Server
			switch {
			case e.Command != "" && strings.HasSuffix(e.Command, "/build/server") && slices.Equal(e.Args, []string{"-mcp-stdio"}):
			case e.Command == "" && strings.HasSuffix(address, "/mcp") && Owns("/mcp"):
			default:
				t.Errorf("%+v", e)
			}
		}
	}
	if found != 5 {
		t.Errorf("%d configurations", found)
	}
}

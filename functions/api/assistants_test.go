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

package api

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
	"hourglass/functions/api/mcp"
	"hourglass/functions/api/wire"
	"hourglass/internal/streams"
)

// client sends requests to a handler without any network.
type client struct {
	t *testing.T
	*Handler
}

func newClient(t *testing.T) client { return client{t, New(Options{TestPanic: true})} }

// send answers a request; headers are names and values in turn.
func (c client) send(method, target, body string, headers ...string) Response {
	path, query, _ := strings.Cut(target, "?")
	return c.Handle(Request{Method: method, Path: path, Query: query, Body: []byte(body), ID: "given", Header: func(name string) string {
		for i := 0; i < len(headers); i += 2 {
			if headers[i] == name {
				return headers[i+1]
			}
		}
		return ""
	}})
}

// ok is send for a request that must succeed.
func (c client) ok(method, target, body string, headers ...string) string {
	c.t.Helper()
	r := c.send(method, target, body, headers...)
	if r.Status != 200 {
		c.t.Fatalf("%s %s %.200s: %d %s", method, target, body, r.Status, r.Body)
	}
	return string(r.Body)
}

func headerOf(r Response, name string) string {
	for _, h := range r.Header {
		if h.Name == name {
			return h.Value
		}
	}
	return ""
}

// A fault as a client reads it.
type readFault struct {
	Pointer, Parameter, Code, Detail string
	Limit                            *float64
}

type readProblem struct {
	Type, Title, Detail, Instance string
	Status                        int
	Offset, Line, Column          *int
	Errors                        []readFault
}

// problem is send for a request that must be refused.
func (c client) problem(status int, method, target, body string, headers ...string) readProblem {
	c.t.Helper()
	r := c.send(method, target, body, headers...)
	var p readProblem
	if err := json.Unmarshal(r.Body, &p); err != nil || r.Status != status || p.Status != status || headerOf(r, "Content-Type") != "application/problem+json" {
		c.t.Fatalf("%s %s %.200s: %d, want %d; %v %s", method, target, body, r.Status, status, err, r.Body)
	}
	if p.Title == "" || p.Detail == "" || !strings.HasPrefix(p.Type, "/v1/problems/") || p.Instance == "" || headerOf(r, "Cache-Control") != "no-store" {
		c.t.Fatalf("not a whole problem: %s", r.Body)
	}
	return p
}

// codes are pointer (or parameter) and code of each error, in order.
func (p readProblem) codes() string {
	var list []string
	for _, e := range p.Errors {
		list = append(list, e.Pointer+e.Parameter+" "+e.Code)
	}
	return strings.Join(list, ", ")
}

// exampleOf is the worked example of a calculation on the wire and as the boundary's stream, by reflection: a second
// way to what the handler does by tables.
func exampleOf(c catalogue.Calculation) (wire map[string]any, stream []float64) {
	return inputOf(reflect.ValueOf(c.Example), c.Layout().Inputs)
}

func inputOf(v reflect.Value, fields []catalogue.Field) (map[string]any, []float64) {
	wire, stream := map[string]any{}, []float64{}
	values := streams.Values(v)
	for i, f := range fields {
		field := values[i]
		if field.Kind() == reflect.Pointer {
			if field.IsNil() {
				stream = append(stream, nan)
				continue
			}
			field = field.Elem()
		}
		switch f.Kind {
		case catalogue.Option:
			wire[f.Name], stream = f.Options[field.Uint()], append(stream, float64(field.Uint()))
		case catalogue.List:
			if !field.IsNil() { // one that may be left out, and is
				wire[f.Name] = field.Interface()
			}
			stream = append(append(stream, float64(field.Len())), field.Interface().([]float64)...)
		case catalogue.Records:
			var records []any
			stream = append(stream, float64(field.Len()))
			for j := range field.Len() {
				record, part := inputOf(field.Index(j), f.Fields)
				records, stream = append(records, record), append(stream, part...)
			}
			wire[f.Name] = records
		default:
			wire[f.Name], stream = field.Float(), append(stream, field.Float())
		}
	}
	return wire, stream
}

// resultOf reads a result's stream into what encoding/json would read from the wire.
func resultOf(fields []catalogue.Field, stream []float64) (map[string]any, []float64) {
	out := map[string]any{}
	for _, f := range fields {
		switch f.Kind {
		case catalogue.List:
			n := int(stream[0])
			list := []any{}
			for _, v := range stream[1 : 1+n] {
				list = append(list, v)
			}
			out[f.Name], stream = list, stream[1+n:]
		case catalogue.Group:
			out[f.Name], stream = resultOf(f.Fields, stream)
		case catalogue.Records:
			n := int(stream[0])
			stream = stream[1:]
			list := []any{}
			for range n {
				var one map[string]any
				one, stream = resultOf(f.Fields, stream)
				list = append(list, one)
			}
			out[f.Name] = list
		case catalogue.Option:
			out[f.Name], stream = f.Options[int(stream[0])], stream[1:]
		default:
			if stream[0] == stream[0] {
				out[f.Name] = stream[0]
			} else {
				out[f.Name] = nil
			}
			stream = stream[1:]
		}
	}
	return out, stream
}

func queryOf(wire map[string]any) string {
	var parts []string
	for name, v := range wire {
		text, ok := v.(string)
		if !ok {
			encoded, _ := json.Marshal(v)
			text = string(encoded)
		}
		parts = append(parts, name+"="+strings.NewReplacer(" ", "+", `"`, "%22").Replace(text))
	}
	return strings.Join(parts, "&")
}

func decode(t *testing.T, text string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	return v
}

// TestExamplesEverywhere sends the worked example of every calculation through every route and format and wants the
// numbers that the boundary gives.
func TestExamplesEverywhere(t *testing.T) {
	c := newClient(t)
	for i, calc := range catalogue.Calculations {
		t.Run(calc.ID, func(t *testing.T) {
			c := client{t, c.Handler}
			wire, in := exampleOf(calc)
			answer := boundary.Call(i, in, nil)
			if answer[0] != boundary.Done {
				t.Fatal("the example is refused")
			}
			notes, stream := boundary.Notices(answer)
			want, _ := resultOf(calc.Layout().Results, stream)
			check := func(how string, got any) {
				t.Helper()
				m := got.(map[string]any)
				if warnings := m["warnings"].([]any); len(warnings) != len(notes) {
					t.Errorf("%s: %d warnings, want %d", how, len(warnings), len(notes))
				}
				delete(m, "warnings")
				if !reflect.DeepEqual(m, want) {
					t.Errorf("%s:\n got %v\nwant %v", how, m, want)
				}
			}
			body, _ := json.Marshal(wire)
			path := "/v1/" + calc.ID
			check("POST", decode(t, c.ok("POST", path, string(body))))
			check("GET", decode(t, c.ok("GET", path+"?"+queryOf(wire), "")))
			check("form", decode(t, c.ok("POST", path, queryOf(wire), "Content-Type", "application/x-www-form-urlencoded")))
			row := func(how string, rows any) {
				m := rows.([]any)[0].(map[string]any)
				if m["ok"] != true {
					t.Errorf("%s: ok is %v", how, m["ok"])
				}
				delete(m, "ok")
				check(how, m)
			}
			row("array", decode(t, c.ok("POST", path, "["+string(body)+"]")))
			row("batch", decode(t, c.ok("POST", "/v1/batch", `[{"calculation":"`+calc.ID+`","input":`+string(body)+`}]`)))
			call := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"` + mcp.ToolName(calc.ID) + `","arguments":{"include_series":true,` + string(body[1:]) + `}}`
			whole := decode(t, c.ok("POST", "/mcp", call)).(map[string]any)["result"].(map[string]any)["structuredContent"].(map[string]any)
			if warnings := whole["warnings"].([]any); len(warnings) != len(notes) {
				t.Errorf("MCP: %d warnings, want %d", len(warnings), len(notes))
			}
			delete(whole, "warnings")
			if period, stated := wire["period"]; whole["period"] != period && (stated || whole["period"] != "month") && wireHas(calc, "period") {
				t.Errorf("MCP: the period is %v, not %v", whole["period"], period)
			}
			delete(whole, "period")
			if where := apart(whole, want); where != "" {
				t.Errorf("MCP: %s\n got %v\nwant %v", where, whole, want)
			}
			checkTexts(t, c, path+"?"+queryOf(wire), want)
		})
	}
}

// wireHas tells whether a calculation has an input.
func wireHas(c catalogue.Calculation, name string) bool {
	return slices.ContainsFunc(c.Layout().Inputs, func(f catalogue.Field) bool { return f.Name == name })
}

// apart is where two answers differ by more than the rounding for assistants: six digits, or a cent from a thousand on.
func apart(got, want any) string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok || len(g) != len(w) {
			return "an object"
		}
		for name := range w {
			if where := apart(g[name], w[name]); where != "" {
				return name + " " + where
			}
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return "a list"
		}
		for i := range w {
			if where := apart(g[i], w[i]); where != "" {
				return strconv.Itoa(i) + " " + where
			}
		}
	case float64:
		if g, ok := got.(float64); !ok || math.Abs(g-w) > 5.001e-6*math.Abs(w) {
			return "a number"
		}
	default:
		if !reflect.DeepEqual(got, want) {
			return "a value"
		}
	}
	return ""
}

// checkTexts compares CSV, XML and values with a result.
func checkTexts(t *testing.T, c client, target string, want map[string]any) {
	t.Helper()
	table := strings.Split(strings.TrimSuffix(c.ok("GET", target+"&format=csv", ""), "\r\n"), "\r\n")
	if len(table) != 2 {
		t.Fatalf("CSV has %d lines", len(table))
	}
	cells := strings.Split(table[1], ",")
	document := c.ok("GET", target+"&format=xml", "")
	for i, name := range strings.Split(table[0], ",") {
		text := ""
		switch v := want[name].(type) {
		case float64:
			text = string(wire.AppendNumber(nil, v))
		case string:
			text = v
		}
		if strings.Contains(name, ".") {
			continue
		}
		if cells[i] != text {
			t.Errorf("CSV %s: %q, want %q", name, cells[i], text)
		}
		// A value that does not exist is a word, never nothing.
		if got := c.ok("GET", target+"&format=value&field="+name, ""); got != text && (text != "" || !strings.HasPrefix(got, "n")) {
			t.Errorf("value %s: %q, want %q", name, got, text)
		}
		if !strings.Contains(document, "<"+name+">"+text+"</"+name+">") {
			t.Errorf("XML lacks %s = %s", name, text)
		}
		if text != "" && want[name] != nil {
			if v, isNumber := want[name].(float64); isNumber {
				if back, err := strconv.ParseFloat(text, 64); err != nil || back != v {
					t.Errorf("%s does not come back from %q", name, text)
				}
			}
		}
	}
}

// The two calls that the project was asked for: 100 a month, 80 % margin, 5 % churn; 7 months at 100 against a year
// with 25 % off.
func TestTheBriefsFigures(t *testing.T) {
	c := newClient(t)
	curl := []string{"Content-Type", "application/x-www-form-urlencoded"} // what curl -d sends
	got := decode(t, c.ok("POST", "/v1/subscription", `{"price":100,"period":"month","gross_margin":0.8,"churn_rate":0.05}`, curl...)).(map[string]any)
	if clv := got["clv"].(float64); clv < 1600-1e-9 || clv > 1600+1e-9 {
		t.Errorf("clv %v, want 1600", clv)
	}
	got = decode(t, c.ok("GET", "/v1/annual-plan?monthly_price=100&gross_margin=1&average_months=7&plan_discount=0.25&annual_renewal_rate=0", "")).(map[string]any)
	for name, want := range map[string]float64{"monthly_clv": 700, "annual_clv": 900, "uplift": 200} {
		if v := got[name].(float64); v < want-1e-9 || v > want+1e-9 {
			t.Errorf("%s %v, want %v", name, v, want)
		}
	}
	sheet := c.ok("GET", "/v1/subscription?price=100&period=month&gross_margin=0.8&churn_rate=0.05&format=value&field=clv", "")
	if sheet != "1600" {
		t.Errorf("the spreadsheet's value is %q", sheet)
	}
}

func TestGoldenRoutes(t *testing.T) {
	c := newClient(t)
	const average = "/v1/average?order_value=75&orders_per_year=3&lifespan_years=2.5&gross_margin=0.6"
	for _, row := range []struct{ target, want string }{
		{average + "&field=clv,revenue_ltv,customer_value", `{"clv":337.5,"revenue_ltv":562.5,"customer_value":225,"warnings":[]}`},
		{"/v1/average?order_value=75&orders_per_year=4&lifespan_years=0.1875&gross_margin=0.5", `{"clv":28.125,"revenue_ltv":56.25,"customer_value":300,"ltv_cac_ratio":null,"max_cac":9.375,"first_sale_profit":null,"break_even_order":null,"payback_days":null,` +
			`"value_within_30_days":28.125,"value_within_90_days":28.125,"value_within_180_days":28.125,"value_within_365_days":28.125,"discounted_orders":0.75,"series":{"month":[1,2,3],"margin":[28.125,0,0],"cumulative":[28.125,28.125,28.125]},"warnings":[]}`},
		{average + "&field=clv", `{"clv":337.5,"warnings":[]}`},
		{average + "&field=customer_value,clv", `{"clv":337.5,"customer_value":225,"warnings":[]}`},
		{average + "&field=clv,revenue_ltv,customer_value&format=csv", "clv,revenue_ltv,customer_value\r\n337.5,562.5,225\r\n"},
		{average + "&field=clv,revenue_ltv,customer_value&format=csv&header=false", "337.5,562.5,225\r\n"},
		{average + "&format=csv&field=clv", "clv\r\n337.5\r\n"},
		{average + "&format=value", "337.5"},
		{average + "&format=value&field=customer_value", "225"},
		{average + "&field=clv,revenue_ltv,customer_value&format=xml", wire.XMLHead + "<result><clv>337.5</clv><revenue_ltv>562.5</revenue_ltv><customer_value>225</customer_value><warnings></warnings></result>"},
		{"/healthz", `{"status":"ok","version":"` + Version + `","layout":` + strconv.Itoa(boundary.Version) + `}`},
	} {
		if got := c.ok("GET", row.target, ""); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.target, got, row.want)
		}
	}
	one := c.ok("GET", "/v1/average?order_value=1&orders_per_year=1&lifespan_years=1&gross_margin=1", "")
	if want := `"warnings":[{"code":"revenue_not_margin","field":"gross_margin","message":"`; !strings.Contains(one, want) {
		t.Errorf("no warning in %s", one)
	}
}

func TestDocuments(t *testing.T) {
	c := newClient(t)
	list := decode(t, c.ok("GET", "/v1", "")).(map[string]any)["calculations"].([]any)
	if len(list) != len(catalogue.Calculations) {
		t.Fatalf("%d calculations listed, want %d: run `make generate`", len(list), len(catalogue.Calculations))
	}
	for i, entry := range list {
		m := entry.(map[string]any)
		if m["id"] != catalogue.Calculations[i].ID || m["question"] == "" || m["inputs"] == nil {
			t.Errorf("entry %d: %v", i, m["id"])
		}
		links := m["links"].(map[string]any)
		c.ok("GET", links["example"].(string), "")
		document := decode(t, c.ok("GET", links["schema"].(string), "")).(map[string]any)
		if document["$schema"] != "https://json-schema.org/draft/2020-12/schema" {
			t.Errorf("%s: %v", links["schema"], document["$schema"])
		}
		defs := document["$defs"].(map[string]any)
		if defs["input"].(map[string]any)["additionalProperties"] != false || defs["result"] == nil {
			t.Errorf("%s lacks a definition", links["schema"])
		}
	}
	description := decode(t, c.ok("GET", "/openapi.json", "")).(map[string]any)
	if description["openapi"] != "3.1.0" {
		t.Error("not OpenAPI 3.1")
	}
	for path, methods := range description["paths"].(map[string]any) {
		path = strings.NewReplacer("{id}", "average", "{slug}", "invalid-input").Replace(path)
		for method := range methods.(map[string]any) {
			if method == "parameters" {
				continue
			}
			query := ""
			if path == "/oembed" {
				query = "?url=/subscription/"
			}
			if r := c.send(strings.ToUpper(method), path+query, ""); r.Status == 404 || r.Status == 405 {
				t.Errorf("%s %s is described and answers %d", method, path, r.Status)
			}
		}
	}
	for _, k := range wire.Kinds {
		c.ok("GET", "/v1/problems/"+k.Slug, "")
	}
}

func TestMethods(t *testing.T) {
	c := newClient(t)
	for target, allow := range map[string]string{
		"/v1": toGet, "/v1/average": toGetOrPost, "/v1/average/schema": toGet, "/v1/batch": toPost, "/openapi.json": toGet,
		"/healthz": toGet, "/oembed": toGet, "/mcp": toPost, "/v1/adapters/bigquery/average": toPost, "/v1/adapters/bigquery/average/sql": toGet,
		"/v1/problems/invalid-input": toGet,
	} {
		r := c.send("OPTIONS", target, "")
		if r.Status != 204 || len(r.Body) > 0 || headerOf(r, "Allow") != allow || headerOf(r, "Access-Control-Allow-Methods") != allow ||
			headerOf(r, "Access-Control-Max-Age") != "86400" || headerOf(r, "Access-Control-Allow-Origin") != "*" {
			t.Errorf("OPTIONS %s: %d %v", target, r.Status, r.Header)
		}
		for _, method := range []string{"PUT", "DELETE", "PATCH", "TRACE", "BREW", ""} {
			c.problem(405, method, target, "")
			if got := headerOf(c.send(method, target, ""), "Allow"); got != allow {
				t.Errorf("%s %s: Allow %q, want %q", method, target, got, allow)
			}
		}
		if strings.Contains(allow, "GET") {
			get, head := c.send("GET", target, ""), c.send("HEAD", target, "")
			if head.Unsized {
				if head.Status != 200 || len(head.Body) > 0 {
					t.Errorf("HEAD %s: %d %v", target, head.Status, head.Header)
				}
			} else if head.Status != get.Status || string(head.Body) != string(get.Body) || !slices.Equal(head.Header, get.Header) {
				t.Errorf("HEAD %s differs from GET", target)
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	c := newClient(t)
	const target = "/v1/average?order_value=75&orders_per_year=3&gross_margin=1&lifespan_years=2.5"
	r := c.send("GET", target, "")
	tag := headerOf(r, "ETag")
	if len(tag) != 18 || headerOf(r, "Engine-Version") != Version || headerOf(r, "X-Request-Id") != "" || !strings.Contains(headerOf(r, "Cache-Control"), "max-age") ||
		headerOf(r, "Link") != `</v1/average/schema>; rel="describedby"` || headerOf(r, "Vary") != "Accept" {
		t.Errorf("headers %v", r.Header)
	}
	if same := c.send("GET", "/v1/average?gross_margin=1&lifespan_years=2.50&orders_per_year=3&order_value=7.5e1", ""); headerOf(same, "ETag") != tag {
		t.Error("the same input in another spelling has another ETag")
	}
	for _, match := range []string{tag, "W/" + tag, `"other", ` + tag, "*", TaggedFor(tag, "gzip")} {
		if r := c.send("GET", target, "", "If-None-Match", match); r.Status != 304 || len(r.Body) > 0 || headerOf(r, "ETag") == "" {
			t.Errorf("If-None-Match %s: %d", match, r.Status)
		}
	}
	if r := c.send("GET", target, "", "If-None-Match", `"other"`); r.Status != 200 {
		t.Errorf("another tag: %d", r.Status)
	}
	if r := c.send("GET", "/v1/average", "", "If-None-Match", "*"); r.Status != 422 {
		t.Errorf("a problem under If-None-Match: %d", r.Status)
	}
	const input = `{"order_value":75,"orders_per_year":3,"gross_margin":1,"lifespan_years":2.5}`
	if r := c.send("POST", "/v1/average", input, "X-Request-Id", "mine-1"); headerOf(r, "X-Request-Id") != "mine-1" {
		t.Error("the client's request id does not come back")
	}
	if r := c.send("POST", "/v1/average", input, "X-Request-Id", "a\r\nSet-Cookie: b"); headerOf(r, "X-Request-Id") != "given" {
		t.Error("a hostile request id comes back")
	}
	for _, target := range []string{target, "/v1", "/openapi.json", "/v1/average/schema"} {
		for _, match := range []string{"", "*"} {
			if r := c.send("GET", target, "", "X-Request-Id", "mine-1", "If-None-Match", match); headerOf(r, "X-Request-Id") != "" {
				t.Errorf("%s, which a shared cache may keep, tells one client's request id", target)
			}
		}
	}
	for proto, want := range map[string]string{"https": TransportSecurity.Value, "http": "", "": ""} {
		if got := headerOf(c.send("GET", target, "", "X-Forwarded-Proto", proto), "Strict-Transport-Security"); got != want {
			t.Errorf("by %q: %q", proto, got)
		}
	}
}

func TestAccept(t *testing.T) {
	c := newClient(t)
	const target = "/v1/average?order_value=75&orders_per_year=3&gross_margin=1&lifespan_years=2.5"
	for accept, want := range map[string]string{
		"": "application/json", "*/*": "application/json", "text/csv": "text/csv", "application/xml": "application/xml",
		"text/xml": "application/xml", "text/plain": "text/plain", "text/*": "text/csv", "application/*": "application/json",
		"text/csv;q=0.9, application/json;q=0.5":                          "text/csv",
		"application/json;q=0, */*":                                       "text/csv",
		"application/json, text/plain, */*":                               "application/json",
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "application/json",
		"TEXT/CSV ; Q=1":                                                  "text/csv",
	} {
		if got := headerOf(c.send("GET", target, "", "Accept", accept), "Content-Type"); !strings.HasPrefix(got, want) {
			t.Errorf("Accept %q gives %s, want %s", accept, got, want)
		}
	}
	for _, accept := range []string{"image/png", "application/json;q=0", "*/*;q=0", "application/json;q=2"} {
		c.problem(406, "GET", target, "", "Accept", accept)
	}
	if got := headerOf(c.send("GET", target+"&format=json", "", "Accept", "text/csv"), "Content-Type"); got != "application/json" {
		t.Errorf("format= does not win over Accept: %s", got)
	}
}

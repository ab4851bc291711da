package api

import (
	"bytes"
	"compress/gzip"
	"math"
	"strings"
	"testing"
)

var nan = math.NaN()

// TestBadInput holds each bad input that was thought of to one clear problem.
func TestBadInput(t *testing.T) {
	c := newClient(t)
	const path = "/v1/subscription"
	for _, row := range []struct{ name, body, codes, says string }{
		{"negative price", `{"price":-1,"churn_rate":0.1}`, "/price too_low", "at least 0"},
		{"margin over 1", `{"price":1,"churn_rate":0.1,"gross_margin":80}`, "/gross_margin too_high", "0.05 means 5 %"},
		{"churn over 1", `{"price":1,"churn_rate":5}`, "/churn_rate too_high", "0.05 means 5 %"},
		{"horizon 0", `{"price":1,"churn_rate":0.1,"horizon_periods":0}`, "/horizon_periods too_low", "at least 1"},
		{"horizon not whole", `{"price":1,"churn_rate":0.1,"horizon_periods":1.5}`, "/horizon_periods not_whole", "whole number"},
		{"above", `{"price":1,"churn_rate":0.1,"target_ratio":0}`, "/target_ratio not_above", "more than 0"},
		{"text in a number", `{"price":"100","churn_rate":0.1}`, "/price number_as_text", "Write 100 without quotes"},
		{"words in a number", `{"price":"$100","churn_rate":0.1}`, "/price number_as_text", "without signs of currency"},
		{"percent in a number", `{"price":1,"churn_rate":"5 %"}`, "/churn_rate number_as_text", "fraction: 0.05"},
		{"decimal comma", `{"price":"9,99","churn_rate":0.1}`, "/price number_as_text", "decimal point"},
		{"boolean", `{"price":true,"churn_rate":0.1}`, "/price not_a_number", "must be a number"},
		{"object", `{"price":{},"churn_rate":0.1}`, "/price not_a_number", "must be a number"},
		{"list", `{"price":[1],"churn_rate":0.1}`, "/price not_a_number", "must be a number"},
		{"1e308", `{"price":1e308,"churn_rate":0.1}`, "/price too_high", "at most 1000000000000"},
		{"1e400", `{"price":1e400,"churn_rate":0.1}`, "/price too_large", "too large"},
		{"unknown field", `{"price":1,"chrun_rate":0.1}`, "/chrun_rate unknown_field, /churn_rate required", "Did you mean churn_rate?"},
		{"camel case", `{"price":1,"churnRate":0.1}`, "/churnRate unknown_field, /churn_rate required", "Did you mean churn_rate?"},
		{"odd name", `{"price":1,"churn_rate":0.1,"a/b~c":1}`, "/a~1b~0c unknown_field", "no field"},
		{"duplicate field", `{"price":1,"price":2,"churn_rate":0.1}`, "/price duplicate_field", "more than once"},
		{"unknown option", `{"price":1,"churn_rate":0.1,"period":"moth"}`, "/period unknown_option", "Did you mean month?"},
		{"option by number", `{"price":1,"churn_rate":0.1,"period":0}`, "/period unknown_option", "month, quarter or year"},
		{"missing", `{}`, "/price required, /churn_rate required", "price is missing"},
		{"null", `{"price":null,"churn_rate":0.1}`, "/price required", "price is missing"},
		{"not an object", `"price"`, " not_an_object", "JSON object"},
		{"everything at once", `{"price":"x","churn_rate":2,"period":"day","cac":-1,"colour":1}`,
			"/price number_as_text, /period unknown_option, /colour unknown_field, /churn_rate too_high, /cac too_low", ""},
	} {
		p := c.problem(422, "POST", path, row.body)
		if p.codes() != row.codes {
			t.Errorf("%s: %s, want %s", row.name, p.codes(), row.codes)
		}
		if !strings.Contains(p.Errors[0].Detail, row.says) {
			t.Errorf("%s: says %q", row.name, p.Errors[0].Detail)
		}
	}
	if p := c.problem(422, "POST", path, `{"price":1,"churn_rate":5}`); p.Errors[0].Limit == nil || *p.Errors[0].Limit != 1 {
		t.Error("no limit")
	}
}

func TestMalformedJSON(t *testing.T) {
	c := newClient(t)
	deep := strings.Repeat("[", 20000)
	for _, row := range []struct {
		body         string
		line, column int
		says         string
	}{
		{"", 0, 0, "empty"},
		{" \n", 0, 0, "empty"},
		{`{"price":1,` + "\n" + ` "churn_rate"`, 2, 14, "too early"},
		{`{"price":NaN}`, 1, 10, "no NaN"},
		{`{"price":-Infinity}`, 1, 11, ""},
		{`{"price":1,}`, 1, 11, ""},
		{`{'price':1}`, 1, 2, ""},
		{`{"price":1} {}`, 1, 13, "follows"},
		{`{"price":1} x`, 1, 13, ""},
		{`{"price":01}`, 1, 11, ""},
		{"{\"price\":\"\xff\"}", 1, 11, ""},
		{`{"x":` + deep, 1, 0, ""},
		{deep, 1, 0, ""},
		{`[{"price":1},`, 1, 14, "too early"},
		{"PK\x03\x04", 1, 1, ""},
	} {
		p := c.problem(400, "POST", "/v1/subscription", row.body)
		if !strings.Contains(p.Detail, row.says) {
			t.Errorf("%.40q: %s", row.body, p.Detail)
		}
		if row.line > 0 && (p.Line == nil || *p.Line != row.line) || row.column > 0 && *p.Column != row.column {
			t.Errorf("%.40q: line %v column %v, want %d %d: %s", row.body, *p.Line, *p.Column, row.line, row.column, p.Detail)
		}
	}
}

func TestBadQuery(t *testing.T) {
	c := newClient(t)
	const path = "/v1/subscription?"
	for query, codes := range map[string]string{
		"price=1&churn_rate=abc":                               "/churn_rate not_a_number",
		"price=1&churn_rate=5%25":                              "/churn_rate not_a_number",
		"price=1&churn_rate=0,05":                              "/churn_rate not_a_number",
		"price=1&churn_rate=NaN":                               "/churn_rate not_a_number",
		"price=1&churn_rate=Infinity":                          "/churn_rate not_a_number",
		"price=1e400&churn_rate=0.1":                           "/price too_large",
		"price=0x10&churn_rate=0.1":                            "/price not_a_number",
		"price=1_000&churn_rate=0.1":                           "/price not_a_number",
		"price=1&price=2&churn_rate=0.1":                       "/price duplicate_field",
		"price=1&chrun_rate=0.1":                               "/chrun_rate unknown_field, /churn_rate required",
		"price=&churn_rate=0.1":                                "/price required",
		"price=1&churn_rate=0.1&format=yaml":                   "format unknown_option",
		"price=1&churn_rate=0.1&field=clw":                     "field unknown_field",
		"price=1&churn_rate=0.1&field=series.clv":              "field unknown_field",
		"price=1&churn_rate=0.1&header=maybe":                  "header unknown_option",
		"price=1&churn_rate=9&field=clw&format=yaml":           "field unknown_field, format unknown_option, /churn_rate too_high",
		"price=1&churn_rate=.1&format=value&field=series":      "field not_a_value",
		"price=1&churn_rate=.1&format=value&field=clv,max_cac": "field not_a_value",
	} {
		if p := c.problem(422, "GET", path+query, ""); p.codes() != codes {
			t.Errorf("%s: %s, want %s", query, p.codes(), codes)
		}
	}
	c.ok("GET", path+"price=+1&churn_rate=%200.1%20&cac=", "") // spaces around and an empty cell are harmless
	c.problem(400, "GET", path+"price=%zz", "")
	c.problem(414, "GET", path+"price="+strings.Repeat("1", 16<<10), "")
	if p := c.problem(422, "POST", path+"price=1", `{"price":1,"churn_rate":0.1}`); p.codes() != "price unknown_parameter" {
		t.Errorf("an input in the query of a POST: %s", p.codes())
	}
}

func TestBadAddress(t *testing.T) {
	c := newClient(t)
	for path, near := range map[string]string{
		"/v1/subscripton": "Did you mean subscription?", "/v1/annual_plan": "Did you mean annual-plan?", "/v1/Average": "Did you mean average?",
		"/v1/zzzzzzzzzzzz": "GET /v1", "/v2": "GET /v1", "/": "GET /v1", "": "GET /v1", "/v1/average/schemas": "GET /v1", "/v1/../etc/passwd": "GET /v1",
		"/v1/adapters/oracle/average": "GET /v1", "/v1/problems/none": "GET /v1", "/v1/" + strings.Repeat("x", 5000): "GET /v1",
	} {
		if p := c.problem(404, "GET", path, ""); !strings.Contains(p.Detail, near) {
			t.Errorf("%s: %s", path, p.Detail)
		}
	}
}

func TestBodies(t *testing.T) {
	c := newClient(t)
	const path, body = "/v1/average", `{"order_value":75,"orders_per_year":3,"lifespan_years":2.5}`
	for _, good := range []string{"", "application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.x+json", "text/plain", "application/x-www-form-urlencoded"} {
		c.ok("POST", path, body, "Content-Type", good)
	}
	for _, bad := range []string{"text/xml", "multipart/form-data; boundary=x", "application/octet-stream", "application/json; charset=utf-16", "json"} {
		c.problem(415, "POST", path, body, "Content-Type", bad)
	}
	c.ok("POST", path, "\xEF\xBB\xBF"+body)
	c.problem(413, "POST", path, strings.Repeat(" ", MaxBody+1))
	c.problem(413, "POST", path, `{"order_value":`+strings.Repeat("1", 2<<20)+"}")

	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(body))
	_ = w.Close()
	c.ok("POST", path, packed.String(), "Content-Encoding", "gzip")
	c.problem(400, "POST", path, body, "Content-Encoding", "gzip")
	c.problem(400, "POST", path, packed.String()[:20], "Content-Encoding", "gzip")
	c.problem(415, "POST", path, body, "Content-Encoding", "br")
	var bomb bytes.Buffer
	w = gzip.NewWriter(&bomb)
	_, _ = w.Write(make([]byte, 100<<20))
	_ = w.Close()
	c.problem(413, "POST", path, bomb.String(), "Content-Encoding", "gzip")
}

func TestManyFaultsAreCounted(t *testing.T) {
	c := newClient(t)
	p := c.problem(422, "POST", "/v1/average", "{"+strings.Repeat(`"x":1,`, 5000)+`"y":1}`)
	if len(p.Errors) != maxFaults || !strings.Contains(p.Detail, "5003 more problems") {
		t.Errorf("%d errors, %s", len(p.Errors), p.Detail)
	}
}

func TestPanicBecomesAProblem(t *testing.T) {
	c := newClient(t)
	const path, body = "/v1/average", `{"order_value":75,"orders_per_year":3,"lifespan_years":2.5}`
	c.problem(500, "POST", path, body, "X-Test-Panic", "1")
	if !c.send("POST", path, body, "X-Test-Panic", "1").Panicked {
		t.Error("the host is not told")
	}
	if r := c.send("POST", path, body); r.Status != 200 || r.Panicked {
		t.Errorf("the next request: %d", r.Status)
	}
	if r := New(Options{}).Handle(Request{Method: "POST", Path: path, Body: []byte(body), Header: func(string) string { return "1" }}); r.Status == 500 {
		t.Error("the hook works without being asked for")
	}
	rows := c.ok("POST", path, "["+body+"]", "X-Test-Panic", "1")
	if !strings.Contains(rows, `"status":500`) {
		t.Errorf("a row that panics: %s", rows)
	}
}

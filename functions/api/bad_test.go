package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"hourglass/functions/api/wire"
)

var nan = math.NaN()

// TestBadInput holds each bad input that was thought of to one clear problem.
func TestBadInput(t *testing.T) {
	c := newClient(t)
	const path = "/v1/subscription"
	for _, row := range []struct{ name, body, codes, says string }{
		{"negative price", `{"price":-1,"gross_margin":1,"churn_rate":0.1}`, "/price too_low", "at least 0"},
		{"margin over 1", `{"price":1,"churn_rate":0.1,"gross_margin":80}`, "/gross_margin too_high", "0.05 means 5%"},
		{"churn over 1", `{"price":1,"gross_margin":1,"churn_rate":5}`, "/churn_rate too_high", "0.05 means 5%"},
		{"horizon 0", `{"price":1,"gross_margin":1,"churn_rate":0.1,"horizon_periods":0}`, "/horizon_periods too_low", "at least 1"},
		{"horizon not whole", `{"price":1,"gross_margin":1,"churn_rate":0.1,"horizon_periods":1.5}`, "/horizon_periods not_whole", "whole number"},
		{"above", `{"price":1,"gross_margin":1,"churn_rate":0.1,"target_ratio":0}`, "/target_ratio not_above", "more than 0"},
		{"text in a number", `{"price":"100","gross_margin":1,"churn_rate":0.1}`, "/price number_as_text", "Write 100 without quotes"},
		{"words in a number", `{"price":"$100","gross_margin":1,"churn_rate":0.1}`, "/price number_as_text", "without signs of currency"},
		{"percent in a number", `{"price":1,"gross_margin":1,"churn_rate":"5 %"}`, "/churn_rate number_as_text", "fraction: 0.05"},
		{"decimal comma", `{"price":"9,99","gross_margin":1,"churn_rate":0.1}`, "/price number_as_text", "decimal point"},
		{"boolean", `{"price":true,"gross_margin":1,"churn_rate":0.1}`, "/price not_a_number", "must be a number"},
		{"object", `{"price":{},"gross_margin":1,"churn_rate":0.1}`, "/price not_a_number", "must be a number"},
		{"list", `{"price":[1],"gross_margin":1,"churn_rate":0.1}`, "/price not_a_number", "must be a number"},
		{"1e308", `{"price":1e308,"gross_margin":1,"churn_rate":0.1}`, "/price too_high", "at most 1000000000000"},
		{"1e400", `{"price":1e400,"gross_margin":1,"churn_rate":0.1}`, "/price too_large", "too large"},
		{"unknown field", `{"price":1,"chrun_rate":0.1}`, "/chrun_rate unknown_field, /gross_margin required, /churn_rate required", "Did you mean churn_rate?"},
		{"camel case", `{"price":1,"churnRate":0.1}`, "/churnRate unknown_field, /gross_margin required, /churn_rate required", "Did you mean churn_rate?"},
		{"odd name", `{"price":1,"gross_margin":1,"churn_rate":0.1,"a/b~c":1}`, "/a~1b~0c unknown_field", "no field"},
		{"duplicate field", `{"price":1,"price":2,"gross_margin":1,"churn_rate":0.1}`, "/price duplicate_field", "more than once"},
		{"unknown option", `{"price":1,"gross_margin":1,"churn_rate":0.1,"period":"moth"}`, "/period unknown_option", "Did you mean month?"},
		{"option by number", `{"price":1,"gross_margin":1,"churn_rate":0.1,"period":0}`, "/period unknown_option", "month, quarter, year, week or day"},
		{"missing", `{}`, "/price required, /gross_margin required, /churn_rate required", "price is missing"},
		{"null", `{"price":null,"gross_margin":1,"churn_rate":0.1}`, "/price required", "price is missing"},
		{"not an object", `"price"`, " not_an_object", "JSON object"},
		{"everything at once", `{"price":"x","gross_margin":1,"churn_rate":2,"period":"decade","cac":-1,"colour":1}`,
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
	for _, row := range []struct {
		path, body string
		limit      float64
	}{
		{path, `{"price":1,"gross_margin":1,"churn_rate":5}`, 1},
		{"/v1/onboarding", `{"price":1,"gross_margin":1,"churn_rate":0.1,"first_period_churn":0.2,"first_churn_fall":0.3,"new_customers":1}`, 0.2},
		{"/v1/bgnbd/fit", `{"frequency":[1,2],"recency":[1,2],"age":[3]}`, 2},
	} {
		if p := c.problem(422, "POST", row.path, row.body); len(p.Errors) != 1 || p.Errors[0].Limit == nil || *p.Errors[0].Limit != row.limit {
			t.Errorf("%s: no limit of %v: %+v", row.path, row.limit, p.Errors)
		}
	}
}

// Of a row's field a sentence says the row, as the engine's do, wherever the input stands.
func TestSentencesNameTheRow(t *testing.T) {
	c := newClient(t)
	const input = `{"price":40,"gross_margin":0.7,"churn_rate":0.05,"new_customers":9,"levers":[{},{"kind":"x"},{"kind":"referral","reach":"x"}]}`
	alone := c.problem(422, "POST", "/v1/growth-plan", input)
	for i, want := range []string{"levers/0/kind is missing. Give ", "levers/1/kind must be ", "levers/2/reach must be a number, not text. "} {
		found := slices.ContainsFunc(alone.Errors, func(e readFault) bool { return strings.HasPrefix(e.Detail, want) })
		if batch := c.ok("POST", "/v1/batch", `[{"calculation":"growth-plan","input":`+input+`}]`); !found || !strings.Contains(batch, `"detail":"`+want) {
			t.Errorf("%d: none of %+v, or of %s, begins with %q", i, alone.Errors, batch, want)
		}
	}
}

func TestMalformedJSON(t *testing.T) {
	c := newClient(t)
	for _, row := range []struct {
		body         string
		line, column int
		says         string
	}{
		{"", 0, 0, "empty"},
		{" \n", 0, 0, "empty"},
		{"\xFF\xFE{\x00}\x00", 0, 0, "UTF-16. Send it in UTF-8"},
		{"\xFE\xFF\x00{\x00}", 0, 0, "UTF-16"},
		{"{\x00}\x00", 0, 0, "UTF-16"},
		{"\x00{\x00}", 0, 0, "UTF-16"},
		{`{"price":1,` + "\n" + ` "churn_rate"`, 2, 14, "too early"},
		{`{"price":NaN}`, 1, 10, "no NaN"},
		{`{"price":-Infinity}`, 1, 11, ""},
		{`{"price":1,}`, 1, 11, ""},
		{`{'price':1}`, 1, 2, ""},
		{`{"price":1} {}`, 1, 13, "follows"},
		{`{"price":1} x`, 1, 13, ""},
		{`{"price":01}`, 1, 11, ""},
		{"{\"price\":\"\xff\"}", 1, 11, ""},
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
		"price=1&gross_margin=1&churn_rate=abc":                               "/churn_rate not_a_number",
		"price=1&gross_margin=1&churn_rate=5%25":                              "/churn_rate not_a_number",
		"price=1&gross_margin=1&churn_rate=0,05":                              "/churn_rate not_a_number",
		"price=1&gross_margin=1&churn_rate=NaN":                               "/churn_rate not_a_number",
		"price=1&gross_margin=1&churn_rate=Infinity":                          "/churn_rate not_a_number",
		"price=1e400&gross_margin=1&churn_rate=0.1":                           "/price too_large",
		"price=0x10&gross_margin=1&churn_rate=0.1":                            "/price not_a_number",
		"price=1_000&gross_margin=1&churn_rate=0.1":                           "/price not_a_number",
		"price=1&price=2&gross_margin=1&churn_rate=0.1":                       "/price duplicate_field",
		"price=1&chrun_rate=0.1":                                              "/chrun_rate unknown_field, /gross_margin required, /churn_rate required",
		"price=&gross_margin=1&churn_rate=0.1":                                "/price required",
		"price=1&gross_margin=1&churn_rate=0.1&format=yaml":                   "format unknown_option",
		"price=1&gross_margin=1&churn_rate=0.1&field=clw":                     "field unknown_field",
		"price=1&gross_margin=1&churn_rate=0.1&field=series.clv":              "field unknown_field",
		"price=1&gross_margin=1&churn_rate=0.1&header=maybe":                  "header unknown_option",
		"price=1&gross_margin=1&churn_rate=9&field=clw&format=yaml":           "field unknown_field, format unknown_option, /churn_rate too_high",
		"price=1&gross_margin=1&churn_rate=.1&format=value&field=series":      "field not_a_value",
		"price=1&gross_margin=1&churn_rate=.1&format=value&field=clv,max_cac": "field not_a_value",
	} {
		if p := c.problem(422, "GET", path+query, ""); p.codes() != codes {
			t.Errorf("%s: %s, want %s", query, p.codes(), codes)
		}
	}
	c.ok("GET", path+"price=+1&gross_margin=1&churn_rate=%200.1%20&cac=", "") // spaces around and an empty cell are harmless
	c.problem(400, "GET", path+"price=%zz", "")
	c.problem(414, "GET", path+"price="+strings.Repeat("1", 16<<10), "")
	if p := c.problem(422, "POST", path+"price=1", `{"price":1,"gross_margin":1,"churn_rate":0.1}`); p.codes() != "price unknown_parameter" {
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
	const path, body = "/v1/average", `{"order_value":75,"orders_per_year":3,"gross_margin":1,"lifespan_years":2.5}`
	for _, good := range []string{"", "application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.x+json", "text/plain", "application/x-www-form-urlencoded"} {
		c.ok("POST", path, body, "Content-Type", good)
	}
	for _, bad := range []string{"text/xml", "multipart/form-data; boundary=x", "application/octet-stream", "application/json; charset=utf-16", "json"} {
		c.problem(415, "POST", path, body, "Content-Type", bad)
	}
	c.ok("POST", path, "\xEF\xBB\xBF"+body)
	const form = "application/x-www-form-urlencoded" // as curl -d calls whatever it sends
	c.ok("POST", path, "order_value=75&orders_per_year=3&gross_margin=1&lifespan_years=2.5", "Content-Type", form)
	for _, one := range []string{"", " ", "\xFF\xFE{\x00=\x00", "price"} {
		c.problem(400, "POST", path, one, "Content-Type", form)
	}
	for _, one := range []string{"null", "1", `"a=b"`} {
		if p := c.problem(422, "POST", path, one, "Content-Type", form); p.codes() != " not_an_object" {
			t.Errorf("%s as a form: %s", one, p.codes())
		}
	}
	c.problem(413, "POST", path, strings.Repeat(" ", MaxBody+1))
	c.problem(413, "POST", path, `{"order_value":`+strings.Repeat("1", MaxBody)+"}")

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
	if len(p.Errors) != wire.MaxFaults || !strings.Contains(p.Detail, "5004 more problems") {
		t.Errorf("%d errors, %s", len(p.Errors), p.Detail)
	}
}

func TestPanicBecomesAProblem(t *testing.T) {
	c := newClient(t)
	const path, body = "/v1/average", `{"order_value":75,"orders_per_year":3,"gross_margin":1,"lifespan_years":2.5}`
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

// The parser would take ten thousand levels, and the Worker's stack half as many: what nothing here takes is not parsed.
func TestDeepJSON(t *testing.T) {
	c := client{t, New(Options{})}
	for _, body := range []string{
		strings.Repeat("[", 65), strings.Repeat("[", 20000), strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000),
		`{"price":` + strings.Repeat(`[`, 64) + strings.Repeat(`]`, 64) + `}`,
	} {
		p := c.problem(422, "POST", "/v1/subscription", body)
		if p.Errors[0].Code != "too_deep" || *p.Errors[0].Limit != 64 {
			t.Errorf("%.20q: %s", body, p.Detail)
		}
	}
	for _, body := range []string{strings.Repeat("[", 64) + strings.Repeat("]", 64), `{"price":"` + strings.Repeat("[", 999) + `"}`, `{"a\"":"` + strings.Repeat("{", 99) + `"}`} {
		r := c.send("POST", "/v1/subscription", body)
		if strings.Contains(string(r.Body), "too_deep") {
			t.Errorf("%.20q: %s", body, r.Body)
		}
	}
	for text, rows := range map[string]int{"[]": 0, "[1]": 1, `[{"a":[1,2]},{}]`: 2, ` [ "," , 2 ]`: 2} {
		if got := wire.ShapeOf([]byte(text)).Rows; got != rows {
			t.Errorf("%s: %d rows", text, got)
		}
	}
}

// A name that is there and empty is asked for, not taken for something.
func TestEmptyNames(t *testing.T) {
	c := client{t, New(Options{})}
	const about = `"calculation":"average","input":{"order_value":75,"orders_per_year":3,"gross_margin":1,"lifespan_years":2.5}`
	for _, row := range []struct{ tool, rest, pointer string }{
		{"goal-seek", `"result":"clv","goal":1,"field":""`, "/field"},
		{"goal-seek", `"result":"","goal":1,"field":"order_value"`, "/result"},
		{"goal-seek", `"result":"clv","goal":1`, "/field"},
		{"goal-seek", `"result":"clv","goal":1,"field":"/"`, "/field"},
		{"goal-seek", `"result":"clv","goal":1,"field":null`, "/field"},
		{"sensitivity", `"result":"clv","ranges":[{"field":"","low":1,"high":2}]`, "/ranges/0/field"},
		{"sensitivity", `"result":"","ranges":[{"field":"order_value","low":1,"high":2}]`, "/result"},
		{"sensitivity", `"result":"clv","grid":{"rows":{"field":"","low":1,"high":2},"columns":{"field":"order_value","low":1,"high":2}}`, "/grid/rows/field"},
		{"sensitivity", `"result":"clv","grid":{"rows":{"field":"order_value","low":1,"high":2},"columns":{"field":"","low":1,"high":2}}`, "/grid/columns/field"},
		{"simulate", `"result":"clv","ranges":[{"field":"order_value","low":1,"high":2},{"field":"","low":1,"high":2}]`, "/ranges/1/field"},
		{"simulate", `"result":"clv","ranges":[{"field":"order_value","low":1,"high":2,"distribution":""}]`, "/ranges/0/distribution"},
		{"compare", `"results":[""],"scenarios":[{}]`, "/results/0"},
	} {
		body := "{" + about + "," + row.rest + "}"
		if row.tool == "compare" {
			body = `{"calculation":"average",` + row.rest + "}"
		}
		p := c.problem(422, "POST", "/v1/"+row.tool, body)
		if !slices.ContainsFunc(p.Errors, func(e readFault) bool { return e.Pointer == row.pointer }) {
			t.Errorf("%s %s: %+v", row.tool, row.rest, p.Errors)
		}
	}
}

// Over MCP what goes wrong is said in JSON-RPC, whatever it is.
func TestFaultsOverMCP(t *testing.T) {
	c := newClient(t)
	panicking := client{t, New(Options{})}
	panicking.call = func(int, int, []float64, []float64) []float64 { panic("for the test") }
	call := func(name, arguments string) string {
		return `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"` + name + `","arguments":` + arguments + `}}`
	}
	average := `{"order_value":75,"orders_per_year":3,"gross_margin":1,"lifespan_years":2.5}`
	for name, row := range map[string]struct {
		client
		body    string
		headers []string
		status  int
		code    int
	}{
		"a panic":           {panicking, call("average", average), nil, 500, -32603},
		"a panic in a tool": {panicking, call("goal-seek", `{"calculation":"average","input":`+average+`,"result":"clv","field":"order_value","goal":1}`), nil, 500, -32603},
		"too long":          {c, strings.Repeat(" ", MaxBody+1), nil, 413, -32600},
		"too deep":          {c, strings.Repeat("[", 100), nil, 422, -32600},
		"another type":      {c, "<a/>", []string{"Content-Type", "text/html"}, 415, -32600},
		"not gzip":          {c, "{}", []string{"Content-Encoding", "gzip"}, 400, -32600},
		"not JSON":          {c, "{", nil, 400, -32700},
	} {
		r := row.send("POST", "/mcp", row.body, row.headers...)
		var message struct {
			JSONRPC string
			Error   struct {
				Code    int
				Message string
			}
		}
		if err := json.Unmarshal(r.Body, &message); err != nil || r.Status != row.status || message.JSONRPC != "2.0" || message.Error.Code != row.code ||
			message.Error.Message == "" || headerOf(r, "Content-Type") != "application/json" {
			t.Errorf("%s: %v %d %s", name, err, r.Status, r.Body)
		}
	}
	if r := c.send("POST", "/mcp", call("goal-seek", `{"calculation":"average","input":`+average+`,"result":"clv","field":"","goal":1}`)); r.Status != 200 || !strings.Contains(string(r.Body), `"isError":true`) {
		t.Errorf("an input with a problem: %d %s", r.Status, r.Body)
	}
}

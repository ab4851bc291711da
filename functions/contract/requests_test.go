package contract

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
)

// A request is one of the set, with what must come of it on every platform.
type request struct {
	name, method, target, body string
	header                     []string // names and values in turn
	id                         string   // X-Request-Id
	status                     int
	has                        string // a part of the body
	statusOnly                 bool   // the platform itself answers in words of its own, or rewrites the path first
}

func get(name, target string, status int, has string, header ...string) request {
	return request{name: name, method: "GET", target: target, header: header, status: status, has: has}
}

func post(name, target, body string, status int, has string, header ...string) request {
	header = append([]string{"Content-Type", "application/json"}, header...)
	return request{name: name, method: "POST", target: target, body: body, header: header, status: status, has: has}
}

const (
	subscription = `{"price":100,"period":"month","gross_margin":0.8,"churn_rate":0.05}`
	query        = "price=100&period=month&gross_margin=0.8&churn_rate=0.05"
)

// requests is the set: every calculation in every form, and everything that can go wrong.
func requests(t *testing.T) []request {
	list := append(examples(t), formats()...)
	list = append(list, protocol()...)
	list = append(list, closed()...)
	return append(list, bad()...)
}

// examples are each calculation's own example, as the catalogue has it, by every way in and out.
func examples(t *testing.T) []request {
	t.Helper()
	text, err := os.ReadFile("../api/schemas_gen.json")
	if err != nil {
		t.Fatal(err)
	}
	var schemas map[string]struct {
		Defs struct {
			Input struct{ Examples []map[string]any }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(text, &schemas); err != nil {
		t.Fatal(err)
	}
	var list []request
	var batch []string
	for id, schema := range schemas {
		example := schema.Defs.Input.Examples[0]
		body, err := json.Marshal(example)
		if err != nil {
			t.Fatal(err)
		}
		path := "/v1/" + id
		list = append(list,
			post(id+" POST", path, string(body), 200, "warnings"),
			get(id+" schema", path+"/schema", 200, "$schema"),
		)
		if _, tool := example["calculation"]; tool { // it takes a body and answers with JSON
			continue
		}
		list = append(list,
			get(id+" GET", path+"?"+encode(t, example), 200, "warnings"),
			post(id+" rows", path, "["+string(body)+","+string(body)+",{}]", 200, ""),
			post(id+" CSV", path+"?format=csv", string(body), 200, "\r\n"),
			post(id+" XML", path+"?format=xml", string(body), 200, "<"),
			get(id+" SQL", "/v1/adapters/bigquery/"+id+"/sql", 200, "FUNCTION"),
		)
		batch = append(batch, fmt.Sprintf(`{"calculation":%q,"input":%s}`, id, body))
	}
	return append(list, post("batch of all", "/v1/batch", "["+strings.Join(batch, ",")+"]", 200, "warnings"))
}

// encode writes an input as a query: lists with commas, records as JSON.
func encode(t *testing.T, input map[string]any) string {
	t.Helper()
	values := url.Values{}
	for name, value := range input {
		switch v := value.(type) {
		case string:
			values.Set(name, v)
		default:
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			values.Set(name, string(text))
		}
	}
	return values.Encode()
}

func formats() []request {
	path := "/v1/subscription?" + query
	return []request{
		get("value", path+"&format=value&field=clv", 200, "1600"),
		get("two fields", path+"&format=csv&field=clv,max_cac", 200, "clv"),
		get("CSV without header", path+"&format=csv&header=false&field=clv", 200, "1600"),
		get("XML by Accept", path, 200, "<clv>1600</clv>", "Accept", "application/xml"),
		get("text by Accept", path+"&field=clv", 200, "1600", "Accept", "text/plain"),
		get("no such format", path, 406, "not-acceptable", "Accept", "image/png"),
		post("form", "/v1/subscription", query, 200, `"clv":1600`, "Content-Type", "application/x-www-form-urlencoded"),
		post("gzip body", "/v1/subscription", packed(subscription), 200, `"clv":1600`, "Content-Encoding", "gzip"),
		get("catalogue", "/v1", 200, "subscription"),
		get("OpenAPI", "/openapi.json", 200, `"openapi"`),
		get("health", "/healthz", 200, "ok"),
		get("problem explained", "/v1/problems/invalid-input", 200, "pointer"),
		get("annual plan of the brief", "/v1/annual-plan?monthly_price=100&gross_margin=1&average_months=7&plan_discount=0.25&annual_renewal_rate=0", 200, "200"),
		post("BigQuery", "/v1/adapters/bigquery/average", `{"calls":[[50,4,3,0.4],[50,4,3,null]]}`, 200, "replies"),
		post("Snowflake", "/v1/adapters/snowflake/average", `{"data":[[0,50,4,3,0.4],[1,null,null,null,null]]}`, 200, "data"),
		post("Redshift", "/v1/adapters/redshift/average", `{"arguments":[[50,4,3,0.4]],"num_records":1}`, 200, "results"),
		get("oEmbed", "/oembed?url=%2Fsubscription%2F", 200, "https://hourglass.example/widget.html", "X-Forwarded-Host", "hourglass.example"),
		get("oEmbed in XML", "/oembed?url=%2Fsubscription%2F&format=xml", 501, "oembed-format"),
		post("MCP", "/mcp", `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, 200, "subscription", "Accept", "application/json, text/event-stream"),
	}
}

// closed are inputs of closed forms that two readers of JSON may take for different things, and what an answer without warnings
// is not.
func closed() (list []request) {
	const others = `"gross_margin":0.4,"lifespan_years":3}`
	for _, c := range []struct {
		name, body string
		status     int
	}{
		{"in another order", `{"lifespan_years":3,"gross_margin":0.4,"orders_per_year":4,"order_value":50}`, 200},
		{"with space", "\r\n{ \"order_value\" :\t50,\"orders_per_year\":4 ," + others + "\n", 200},
		{"with a mark before", "\uFEFF" + `{"order_value":50,"orders_per_year":4,` + others, 200},
		{"with an exponent", `{"order_value":5e1,"orders_per_year":0.4E+1,` + others, 200},
		{"of many digits", `{"order_value":50.000000000000000000000000001234567890123,"orders_per_year":4,` + others, 200},
		{"of 0.1 and 1e-7", `{"order_value":0.1,"orders_per_year":1e-7,` + others, 200},
		{"of minus nothing", `{"order_value":-0,"orders_per_year":4,` + others, 200},
		{"of next to nothing", `{"order_value":1e-400,"orders_per_year":4,` + others, 200},
		{"too large", `{"order_value":1e400,"orders_per_year":4,` + others, 422},
		{"of a value out of bounds", `{"order_value":-50,"orders_per_year":4,` + others, 422},
		{"with null", `{"order_value":50,"orders_per_year":4,"gross_margin":null,"lifespan_years":3}`, 422},
		{"with a name twice", `{"order_value":50,"order_value":50,"orders_per_year":4,` + others, 422},
		{"with a name escaped", `{"order\u005fvalue":50,"orders_per_year":4,` + others, 200},
		{"with a name escaped and twice", `{"order\u005fvalue":50,"order_value":50,"orders_per_year":4,` + others, 422},
		{"with a stranger", `{"order_value":50,"orders_per_year":4,"orders":1,` + others, 422},
		{"with a prototype", `{"__proto__":{"order_value":50},"orders_per_year":4,` + others, 422},
		{"with a number as text", `{"order_value":"50","orders_per_year":4,` + others, 422},
		{"with a list", `{"order_value":[50],"orders_per_year":4,` + others, 422},
		{"with truth", `{"order_value":true,"orders_per_year":4,` + others, 422},
		{"of a list with one", `[{"order_value":50,"orders_per_year":4,` + others + `]`, 200},
		{"of null", `null`, 422},
		{"of nothing", `{}`, 422},
		{"with something behind", `{"order_value":50,"orders_per_year":4,` + others + "1", 400},
		{"with a comma too many", `{"order_value":50,"orders_per_year":4,"gross_margin":0.4,"lifespan_years":3,}`, 400},
		{"with a leading nought", `{"order_value":050,"orders_per_year":4,` + others, 400},
		{"with a bad byte", "{\"order_value\xff\":50,\"orders_per_year\":4," + others, 400},
	} {
		list = append(list, post("closed form "+c.name, "/v1/average", c.body, c.status, ""))
	}
	return append(list,
		post("closed form with a warning", "/v1/subscription", `{"price":100,"gross_margin":0.8,"churn_rate":0}`, 200, `"code"`),
		post("closed form with an option in a list", "/v1/subscription", `{"price":100,"period":["month"],"gross_margin":0.8,"churn_rate":0.05}`, 422, "period"),
		post("closed form with an unknown option", "/v1/subscription", `{"price":100,"period":"fortnight","gross_margin":0.8,"churn_rate":0.05}`, 422, "period"),
		post("closed form as XML", "/v1/subscription", subscription, 200, "<clv>1600</clv>", "Accept", "application/xml"),
		post("closed form as anything", "/v1/subscription", subscription, 200, `"clv":1600`, "Accept", "*/*"),
		post("closed form with charset", "/v1/subscription", subscription, 200, `"clv":1600`, "Content-Type", "application/json; charset=utf-8"),
		post("closed form in Latin 1", "/v1/subscription", subscription, 415, "", "Content-Type", "application/json; charset=latin1"),
		post("closed form over TLS", "/v1/subscription", subscription, 200, `"clv":1600`, "X-Forwarded-Proto", "https"),
		post("closed form with a query", "/v1/subscription?field=clv", subscription, 200, `"clv":1600`),
		post("closed form with a stray in its query", "/v1/subscription?price=1", subscription, 422, ""),
	)
}

func protocol() []request {
	path := "/v1/subscription?" + query
	list := []request{
		{name: "HEAD", method: "HEAD", target: path, status: 200},
		{name: "HEAD of nothing", method: "HEAD", target: "/v1/nothing", status: 404},
		{name: "preflight", method: "OPTIONS", target: "/v1/subscription", status: 204,
			header: []string{"Origin", "https://example.com", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type"}},
		{name: "wrong method", method: "DELETE", target: "/v1/subscription", status: 405, has: "method-not-allowed"},
		{name: "POST to the catalogue", method: "POST", target: "/v1", body: "{}", status: 405},
		get("not modified", path, 304, "", "If-None-Match", "*"),
		get("modified", path, 200, "clv", "If-None-Match", `"other"`),
		get("from a page", path, 200, "clv", "Origin", "https://example.com"),
		get("query in another order", "/v1/subscription?churn_rate=0.05&gross_margin=0.8&period=month&price=100", 200, "clv"),
		get("escaped", "/v1/subscription?price=%31%30%30&period=month&gross_margin=0.8&churn_rate=0.05", 200, `"clv":1600`),
	}
	named := get("request id", path, 200, "clv", "X-Request-Id", "mine-1")
	named.id = "mine-1"
	return append(list, named)
}

func bad() []request {
	ten := strings.Repeat("x", 10<<20)
	list := []request{
		get("unknown id", "/v1/subscripton", 404, "subscription"),
		get("unknown field", "/v1/subscription?"+query+"&churm=1", 422, "churm"),
		get("missing fields", "/v1/subscription", 422, "/price"),
		get("percent sign", "/v1/subscription?"+query+"&cac=%zz", 400, "malformed-query"),
		get("text", "/v1/subscription?price=abc&gross_margin=1&churn_rate=5%25", 422, "0.05"),
		get("16 KB of query", "/v1/subscription?"+query+"&cac="+strings.Repeat("1", 16<<10), 414, "query-too-long"),
		get("NaN", "/v1/subscription?price=NaN&gross_margin=1&churn_rate=0.05", 422, ""),
		post("empty body", "/v1/subscription", "", 400, ""),
		post("truncated", "/v1/subscription", subscription[:30], 400, "malformed-json"),
		post("NaN in JSON", "/v1/subscription", `{"price":NaN}`, 400, "malformed-json"),
		post("1e400", "/v1/subscription", `{"price":1e400,"gross_margin":1,"churn_rate":0.05}`, 422, "/price"),
		post("duplicate", "/v1/subscription", `{"price":1,"price":2,"gross_margin":1,"churn_rate":0.05}`, 422, "/price"),
		post("nested 10,000 deep", "/v1/subscription", strings.Repeat("[", 10000)+strings.Repeat("]", 10000), 422, "too_deep"),
		post("deep field", "/v1/subscription", `{"price":`+strings.Repeat(`{"a":`, 9990)+"1"+strings.Repeat("}", 9990)+`}`, 422, "too_deep"),
		post("a field without a name", "/v1/goal-seek", `{"calculation":"average","input":{"order_value":75,"orders_per_year":3,"gross_margin":1,"lifespan_years":2.5},"result":"clv","field":"","goal":1}`, 422, "/field"),
		post("too much work", "/v1/sensitivity", grid(), 422, "too_much_work"),
		post("too many fits", "/v1/customers/segments", "["+strings.Repeat(`{"frequency":[1,0],"recency":[1,0],"age":[2,2]},`, 7999)+"{}]", 422, "too_much_work"),
		post("not UTF-8", "/v1/subscription", "{\"price\":\"\xff\xfe\"}", 400, ""),
		post("wrong type", "/v1/subscription", "<a/>", 415, "unsupported-type", "Content-Type", "application/xml"),
		post("false gzip", "/v1/subscription", subscription, 400, "", "Content-Encoding", "gzip"),
		post("a bad row among good ones", "/v1/average", `[{"order_value":50,"orders_per_year":4,"gross_margin":1,"lifespan_years":3},{"order_value":-1},7]`, 200, "/order_value"),
		post("10,001 rows", "/v1/average", "["+strings.Repeat("{},", 10000)+"{}]", 413, "too-large"),
		post("5.5 MiB", "/v1/subscription", ten[:11<<19], 413, "too-large"),
		post("10 MB", "/v1/subscription", ten, 413, ""),
		get("traversal", "/v1/../../../etc/passwd", 404, ""),
		get("escaped traversal", "/v1/%2e%2e/%2e%2e/etc/passwd", 404, ""),
		get("escaped slashes", "/v1/..%2f..%2fetc%2fpasswd", 404, "unknown-address"),
		post("panic", "/v1/subscription", subscription, 500, "internal-error", "X-Test-Panic", "1"),
		post("after the panic", "/v1/subscription", subscription, 200, `"clv":1600`),
	}
	for i := range list {
		switch list[i].name {
		case "10 MB", // Lambda's own limit is 6 MB
			"traversal", "escaped traversal": // Cloudflare resolves the dots before the Worker sees the path
			list[i].statusOnly = true
		}
	}
	return list
}

// grid is a table of 51 x 51 answers about 20,000 customers each.
func grid() string {
	column := func(value string) string { return "[" + strings.Repeat(value+",", 19999) + value + "]" }
	return `{"calculation":"bgnbd/predict","result":"new_customer_purchases","input":{"r":0.24,"alpha":4.4,"a":0.79,"b":2.4,"horizon":52,` +
		`"frequency":` + column("1") + `,"recency":` + column("1") + `,"age":` + column("2") + `},` +
		`"grid":{"rows":{"field":"r","low":0.1,"high":1,"steps":51},"columns":{"field":"a","low":0.1,"high":1,"steps":51}}}`
}

func packed(text string) string {
	var buffer bytes.Buffer
	w := gzip.NewWriter(&buffer)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return buffer.String()
}

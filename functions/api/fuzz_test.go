package api

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"hourglass/core/catalogue"
)

// FuzzHandle sends anything anywhere: no panic, no 500, and whatever calls itself JSON or XML is.
func FuzzHandle(f *testing.F) {
	for _, seed := range []struct{ method, path, query, body string }{
		{"GET", "/v1/average", "order_value=75&orders_per_year=3&gross_margin=1&lifespan_years=2.5&format=csv", ""},
		{"GET", "/v1/subscription", "price=100&gross_margin=1&churn_rate=0.05&field=series.margin&format=xml", ""},
		{"POST", "/v1/subscription", "format=value", `{"price":1e400,"gross_margin":1,"churn_rate":"x","a":[{}]}`},
		{"POST", "/v1/subscription", "", `[{"price":1,"gross_margin":1,"churn_rate":1},{"price":"1"},null]`},
		{"POST", "/v1/average", "", "order_value=1&orders_per_year=2&gross_margin=1&lifespan_years=3"},
		{"POST", "/v1/batch", "field=clv&format=csv", `[{"calculation":"average","input":{"order_value":1}},{"id":1}]`},
		{"POST", "/v1/adapters/bigquery/average", "field=clv", `{"calls":[[1,2,3],[null]],"userDefinedContext":{"on_error":"null"}}`},
		{"POST", "/v1/adapters/snowflake/average", "", `{"data":[[0,1,2,3]]}`},
		{"POST", "/v1/adapters/redshift", "", `{"external_function":"f_hourglass_average_clv","num_records":1,"arguments":[[1,2,3]]}`},
		{"POST", "/mcp", "", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"average","arguments":{"order_value":1}}}`},
		{"POST", "/mcp", "", `{"jsonrpc":"2.0","id":"a","method":"resources/read","params":{"uri":"hourglass://calculations/average"}}`},
		{"POST", "/v1/goal-seek", "", `{"calculation":"average","input":{"order_value":75,"orders_per_year":3,"lifespan_years":2.5},"result":"clv","field":"","goal":1}`},
		{"POST", "/v1/sensitivity", "", `{"calculation":"average","input":{"order_value":75,"orders_per_year":3,"lifespan_years":2.5},"result":"clv","ranges":[],"grid":{"rows":{"field":"","low":1,"high":2},"columns":{"field":"order_value","low":1,"high":2,"steps":3}}}`},
		{"POST", "/v1/simulate", "", `{"calculation":"subscription","input":{"price":100,"churn_rate":0.05},"result":"clv","ranges":[{"field":"churn_rate","low":0,"high":1,"distribution":"pert","mode":0.5}],"draws":9}`},
		{"POST", "/v1/compare", "", `{"calculation":"average","results":[""],"scenarios":[{"name":"","input":{}}]}`},
		{"POST", "/v1/bgnbd/predict", "", `{"r":1e-12,"alpha":1e15,"a":1e12,"b":1e-12,"frequency":[0,1e9],"recency":[0,1],"age":[0,1e12],"horizon":1e300,"discount_rate":1e-300}`},
		{"POST", "/v1/customers/value", "", `{"frequency":[1,0,2],"recency":[1,0,3],"age":[4,4,4],"weights":[1,2,99999],"gross_margin":1,"model":"paretonbd"}`},
		{"POST", "/mcp", "", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"goal-seek","arguments":{"calculation":"average","field":""}}}`},
		{"POST", "/v1/average", "", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["},
		{"HEAD", "/v1/adapters/redshift/average/sql", "field=clv", ""},
		{"OPTIONS", "/v1/%00", "%", "\xff"},
		{"PUT", "/healthz", "", "{"},
	} {
		f.Add(seed.method, seed.path, seed.query, []byte(seed.body), "application/json")
	}
	h := New(Options{})
	f.Fuzz(func(t *testing.T, method, path, query string, body []byte, header string) {
		r := h.Handle(Request{Method: method, Path: path, Query: query, Body: body, Header: func(name string) string {
			if strings.HasPrefix(name, "Content-") { // other headers would only end the request earlier
				return ""
			}
			return header
		}})
		checkAnswer(t, r)
	})
}

// FuzzQuery sends queries to every calculation.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{"price=1&gross_margin=1&churn_rate=.05", "price=%20&&=&a=b;c", "field=clv,series&format=csv", "survivors=[1,2,]&header=0", "margin=1e-400&retention_rate=-0"} {
		f.Add(seed)
	}
	h := New(Options{})
	f.Fuzz(func(t *testing.T, query string) {
		for _, c := range catalogue.Calculations {
			checkAnswer(t, h.Handle(Request{Method: "GET", Path: "/v1/" + c.ID, Query: query}))
		}
	})
}

// FuzzInput posts bodies to every calculation.
func FuzzInput(f *testing.F) {
	for _, seed := range []string{`{"price":100,"gross_margin":1,"churn_rate":0.05}`, `{"order_value":1,"orders_per_year":1e9,"gross_margin":1,"lifespan_years":-0}`, `[{},[],{"price":null}]`, "{\"\\u0070rice\":1}"} {
		f.Add([]byte(seed))
	}
	h := New(Options{})
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, c := range catalogue.Calculations {
			checkAnswer(t, h.Handle(Request{Method: "POST", Path: "/v1/" + c.ID, Body: body}))
		}
	})
}

func checkAnswer(t *testing.T, r Response) {
	t.Helper()
	if r.Status < 200 || r.Status >= 500 && r.Status != 501 || r.Panicked {
		t.Fatalf("%d %s", r.Status, r.Body)
	}
	if len(r.Body) == 0 {
		return
	}
	switch kind := headerOf(r, "Content-Type"); {
	case strings.Contains(kind, "json"):
		if !json.Valid(r.Body) {
			t.Fatalf("not JSON: %s", r.Body)
		}
	case strings.Contains(kind, "xml"):
		d := xml.NewDecoder(strings.NewReader(string(r.Body)))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("not XML: %v %s", err, r.Body)
			}
		}
	}
	for _, h := range r.Header {
		if strings.ContainsAny(h.Value, "\r\n") {
			t.Fatalf("a header breaks the line: %q", h)
		}
	}
	if body := string(r.Body); strings.Contains(headerOf(r, "Content-Type"), "json") == false && (strings.Contains(body, "NaN") || strings.Contains(body, "Inf")) {
		t.Fatalf("not a number left: %s", body)
	}
}

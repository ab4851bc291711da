package api

import (
	"strings"
	"testing"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
	"hourglass/core/notice"
	"hourglass/functions/api/wire"
)

// synthetic is a handler for one made-up calculation with every kind of field, whose engine gives back what it got:
// the result fields are the inputs in another order of kinds.
func synthetic(t *testing.T, seen *[]float64) client {
	record := []catalogue.Field{
		{Name: "count", Kind: catalogue.Number, Unit: "count", Max: 100},
		{Name: "weight", Kind: catalogue.Number, Default: new(1.0), Max: 10},
		{Name: "grade", Kind: catalogue.Option, Options: []string{"low", "high"}, Default: new(0.0)},
		{Name: "visits", Kind: catalogue.List, MaxItems: 10},
	}
	layout := catalogue.Layout{
		Inputs: []catalogue.Field{
			{Name: "survivors", Kind: catalogue.List, Unit: "count", MinItems: 2, MaxItems: 5},
			{Name: "mode", Kind: catalogue.Option, Options: []string{"fast", "slow"}},
			{Name: "customers", Kind: catalogue.Records, Fields: record, MinItems: 1, MaxItems: 3},
			{Name: "limit", Kind: catalogue.Number, Optional: true, Max: 10},
		},
		Results: []catalogue.Field{
			{Name: "survivors", Kind: catalogue.List},
			{Name: "mode", Kind: catalogue.Option, Options: []string{"fast", "slow"}},
			{Name: "customers", Kind: catalogue.Records, Fields: record},
			{Name: "limit", Kind: catalogue.Number, Optional: true},
			{Name: "parameters", Kind: catalogue.Group, Fields: []catalogue.Field{
				{Name: "alpha", Kind: catalogue.Number}, {Name: "path", Kind: catalogue.List},
				{Name: "errors", Kind: catalogue.Group, Fields: []catalogue.Field{{Name: "alpha", Kind: catalogue.Number}}}}},
		},
	}
	h := New(Options{NoFits: false})
	h.table = []wire.Calculation{{Calculation: catalogue.Calculation{ID: "made/up", Title: "Made up", Question: "?"}, Layout: layout, Index: 0}}
	h.call = func(_, _ int, in, buffer []float64) []float64 {
		*seen = append((*seen)[:0], in...)
		out := append(buffer[:0], boundary.Done, 0)
		out = append(out, in...)
		return append(out, 0.5, 2, 7, 8, 0.25)
	}
	return client{t, h}
}

func TestEveryKindOfField(t *testing.T) {
	var seen []float64
	c := synthetic(t, &seen)
	const body = `{"customers":[{"count":3,"grade":"high","visits":[1,2]},{"weight":2.5,"count":4}],"mode":"slow","survivors":[100,80]}`
	const want = `{"survivors":[100,80],"mode":"slow","customers":[{"count":3,"weight":null,"grade":"high","visits":[1,2]},` +
		`{"count":4,"weight":2.5,"grade":null,"visits":[]}],"limit":null,"parameters":{"alpha":0.5,"path":[7,8],"errors":{"alpha":0.25}},"warnings":[]}`
	if got := c.ok("POST", "/v1/made/up", body); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	stream := []float64{2, 100, 80, 1, 2, 3, nan, 1, 2, 1, 2, 4, 2.5, nan, 0, nan}
	for i, v := range stream {
		if len(seen) != len(stream) || seen[i] != v && (seen[i] == seen[i] || v == v) {
			t.Fatalf("stream %v, want %v", seen, stream)
		}
	}
	query := `/v1/made/up?survivors=100,80&mode=slow&customers=` + strings.ReplaceAll(`[{"count":3,"grade":"high","visits":[1,2]},{"weight":2.5,"count":4}]`, `"`, "%22")
	for _, target := range []string{query, strings.Replace(query, "survivors=100,80", "survivors=100&survivors=80", 1), strings.Replace(query, "100,80", "[100,+80]", 1)} {
		if got := c.ok("GET", target, ""); got != want {
			t.Errorf("GET %s\n got %s", target, got)
		}
	}
	for target, want := range map[string]string{
		"&format=csv":                                 "mode,limit,parameters.alpha,parameters.errors.alpha\r\nslow,,0.5,0.25\r\n",
		"&format=csv&field=customers":                 "customers.count,customers.weight,customers.grade\r\n3,,high\r\n4,2.5,\r\n",
		"&format=csv&field=survivors,parameters":      "survivors,parameters.alpha,parameters.path,parameters.errors.alpha\r\n100,0.5,7,0.25\r\n80,0.5,8,0.25\r\n",
		"&format=csv&field=customers.weight":          "customers.weight\r\n\r\n2.5\r\n",
		"&format=value&field=parameters.alpha":        "0.5",
		"&format=value&field=parameters.errors.alpha": "0.25",
		"&field=parameters.errors":                    `{"parameters":{"errors":{"alpha":0.25}},"warnings":[]}`,
		"&format=value&field=limit":                   "none (limit is left out)",
		"&field=parameters.alpha":                     `{"parameters":{"alpha":0.5},"warnings":[]}`,
		"&field=customers.count,mode":                 `{"mode":"slow","customers":[{"count":3},{"count":4}],"warnings":[]}`,
		"&format=xml&field=customers.grade,survivors": wire.XMLHead + "<result><survivors><item>100</item><item>80</item></survivors><customers><item><grade>high</grade></item><item><grade></grade></item></customers><warnings></warnings></result>",
	} {
		if got := c.ok("GET", query+target, ""); got != want {
			t.Errorf("%s\n got %q\nwant %q", target, got, want)
		}
	}
}

func TestBadFieldsOfEveryKind(t *testing.T) {
	var seen []float64
	c := synthetic(t, &seen)
	for body, codes := range map[string]string{
		`{}`: "/survivors required, /mode required, /customers required",
		`{"survivors":null,"mode":null,"customers":null}`:                                                "/survivors required, /mode required, /customers required",
		`{"survivors":100,"mode":"slow","customers":{}}`:                                                 "/survivors not_a_list, /customers not_a_list",
		`{"survivors":[1,"2",null,true,1e999],"mode":"slow","customers":[{"count":1}]}`:                  "/survivors/1 number_as_text, /survivors/2 not_a_number, /survivors/3 not_a_number, /survivors/4 too_large",
		`{"survivors":[1],"mode":"slow","customers":[{"count":1},3,{"cuont":1,"grade":"h"}]}`:            "/customers/1 not_an_object, /customers/2/cuont unknown_field, /customers/2/grade unknown_option",
		`{"survivors":[1],"mode":"slow","customers":[{"count":1,"count":2,"visits":["x"],"weight":[]}]}`: "/customers/0/count duplicate_field, /customers/0/visits/0 number_as_text, /customers/0/weight not_a_number",
	} {
		if p := c.problem(422, "POST", "/v1/made/up", body); p.codes() != codes {
			t.Errorf("%s: %s, want %s", body, p.codes(), codes)
		}
	}
	for query, codes := range map[string]string{
		"survivors=1,x,3&mode=slow&customers=[{}]":        "/survivors/1 not_a_number",
		"survivors=1;2&mode=slow&customers=[{}]":          "/survivors/0 not_a_number",
		"survivors=1,2&mode=slow&customers=[":             "/customers not_a_list",
		"survivors=1,2&mode=slow&customers=3":             "/customers not_a_list",
		"survivors=1,2&mode=slow&customers=[{%22x%22:1}]": "/customers/0/x unknown_field",
	} {
		if p := c.problem(422, "GET", "/v1/made/up?"+query, ""); p.codes() != codes {
			t.Errorf("%s: %s, want %s", query, p.codes(), codes)
		}
	}
}

// TestNoticesOfNestedFields checks that a problem of the engine within a record finds its field, and gives way to one
// that the reading had.
func TestNoticesOfNestedFields(t *testing.T) {
	var seen []float64
	c := synthetic(t, &seen)
	c.call = func(_, _ int, _, buffer []float64) []float64 {
		out := append(buffer[:0], boundary.Refused, 2)
		for _, path := range []string{"customers/0/count", "survivors/1"} {
			out = append(out, float64(notice.TooHigh), 100, float64(len(path)))
			for i := range len(path) {
				out = append(out, float64(path[i]))
			}
		}
		return out
	}
	p := c.problem(422, "POST", "/v1/made/up", `{"survivors":[1,"x"],"mode":"slow","customers":[{"count":1000}]}`)
	if p.codes() != "/survivors/1 number_as_text, /customers/0/count too_high" || p.Errors[1].Detail != "customers/0/count must be at most 100." {
		t.Errorf("%s: %s", p.codes(), p.Errors[1].Detail)
	}
}

func TestFitsMayBeRefused(t *testing.T) {
	var seen []float64
	c := synthetic(t, &seen)
	c.options.NoFits = true
	c.table[0].ID, c.table[0].Fits = "bgnbd/fit", true
	if p := c.problem(501, "POST", "/v1/bgnbd/fit", "{}"); !strings.Contains(p.Detail, "The page runs it") {
		t.Errorf("%s", p.Detail)
	}
	if got := c.ok("POST", "/v1/batch", `[{"calculation":"bgnbd/fit","input":{}}]`); !strings.Contains(got, `"status":501`) {
		t.Errorf("batch: %s", got)
	}
	c.problem(501, "POST", "/v1/adapters/bigquery/bgnbd/fit", `{"calls":[]}`)
}

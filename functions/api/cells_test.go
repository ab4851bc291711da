package api

import (
	"encoding/xml"
	"strings"
	"testing"

	"hourglass/core/catalogue"
)

// What a spreadsheet's cell asks for, and what it is to show.
func TestCells(t *testing.T) {
	c := newClient(t)
	const good = "/v1/subscription?price=100&gross_margin=0.8&churn_rate=0.03"
	for _, row := range []struct{ target, body string }{
		// A decimal comma, and semicolons between the cells of a table.
		{good + "&format=value&field=lifetime_periods", "33.333333333333336"},
		{good + "&format=value&field=lifetime_periods&decimal=,", "33,333333333333336"},
		{good + "&format=value&field=lifetime_periods&decimal=%2C", "33,333333333333336"},
		{good + "&format=csv&field=clv,lifetime_periods&decimal=,", "clv;lifetime_periods\r\n2666,666666666667;33,333333333333336\r\n"},
		{good + "&format=csv&field=clv,lifetime_periods&decimal=.", "clv,lifetime_periods\r\n2666.666666666667,33.333333333333336\r\n"},
		{good + "&format=csv&header=false&field=lifetime_periods,warnings&decimal=comma", "33,333333333333336;\r\n"},
		{good + "&format=xml&field=lifetime_periods&decimal=,", "<result><lifetime_periods>33,333333333333336</lifetime_periods><warnings></warnings></result>"},
		// Inputs too, as a cell of such a sheet joins them to an address.
		{"/v1/subscription?price=100&gross_margin=0,8&churn_rate=0,03&format=value&field=lifetime_periods&decimal=,", "33,333333333333336"},
		{"/v1/subscription?price=100&gross_margin=0%D9%AB8&churn_rate=0%D9%AB03&format=value&field=lifetime_periods", "33.333333333333336"},
		{"/v1/retention-curve?margin=100&survivors=1000;869,5;743;653&horizon_periods=3&format=value&field=clv&decimal=,&errors=text", strings.Replace(c.ok("GET", "/v1/retention-curve?margin=100&survivors=1000,869.5,743,653&horizon_periods=3&format=value&field=clv", ""), ".", ",", 1)},
		{"/v1/subscription?price=1.000,5&gross_margin=0,8&churn_rate=0,03&format=value&decimal=,&errors=text", `price must be a number, not "1.000,5". Write digits with a decimal point, without signs of currency or separators: 1234.5.`},
		// No number is a word and never nothing, which would count as 0.
		{good + "&format=value&field=ltv_cac_ratio", "none (cac is left out)"},
		{good + "&format=value&field=payback_periods", "none (cac is left out)"},
		{good + "&format=value&field=payback_periods&cac=1e6", "never"},
		{"/v1/subscription?price=100&gross_margin=0.8&churn_rate=0&annual_discount_rate=0.1&format=value&field=lifetime_periods", "no limit"},
		{"/v1/churn-interval?customers=1000&lost=50&format=value&field=clv", "none (price is left out)"},
		{good + "&format=csv&header=0&field=clv,payback_periods", "2666.666666666667,\r\n"},
		{good + "&format=csv&header=0&field=clv,payback_periods&errors=text", "2666.666666666667,\"none (cac is left out)\"\r\n"},
		{good + "&format=xml&field=payback_periods&errors=text", "<result><payback_periods>none (cac is left out)</payback_periods><warnings></warnings></result>"},
		// What is wrong is told in the cell, whatever it is.
		{"/v1/subscription?price=100&gross_margin=0.8&churn_rate=5&format=value&field=clv&errors=text", "churn_rate must be at most 1. Shares are fractions: 0.05 means 5%."},
		{"/v1/subscription?price=100&gross_margin=0.8&churn_rate=0,05&format=value&errors=text", `churn_rate must be a number, not "0,05". Write it with a decimal point and without separators between thousands.`},
		{"/v1/subscription?price=100&churn_rate=5&format=csv&field=clv,lifetime_periods&errors=text", "clv,lifetime_periods\r\n\"gross_margin is missing. Enter a number. churn_rate must be at most 1. Shares are fractions: 0.05 means 5%.\"\r\n"},
		{good + "&format=value&errors=text&field=cvl", `There is no result "cvl". Did you mean clv?`},
		{"/v1/subscribtion?format=value&errors=text", `There is no calculation "subscribtion". Did you mean subscription? GET /v1 lists them.`},
		{"/v1/subscription?price=%zz&errors=text", `The query is badly escaped at "price=%zz". Write a percent sign as %25.`},
		{good + "&errors=text", "decimal and errors are for cells: give format=value, csv or xml with them."},
		{good + "&format=value&decimal=;&errors=text", `decimal must be a point or a comma, not ";".`},
	} {
		r := c.send("GET", row.target, "")
		body := strings.TrimPrefix(string(r.Body), `<?xml version="1.0" encoding="UTF-8"?>`+"\n")
		if r.Status != 200 || body != row.body {
			t.Errorf("%s: %d %q, want %q", row.target, r.Status, body, row.body)
		}
	}
	c.problem(422, "GET", good+"&errors=text&format=json", "")
	c.problem(422, "GET", good+"&errors=maybe&format=value", "")
	c.problem(422, "GET", "/v1/subscription?churn_rate=5&format=value", "")
}

// A problem in XML is well formed whatever was asked for, and stands where FILTERXML looks.
func TestWordedXML(t *testing.T) {
	c := newClient(t)
	for _, field := range []string{"clv", "clv,series.margin", "a b,<x>,clv", "1clv", ".", ""} {
		r := c.send("GET", "/v1/subscription?churn_rate=%3C5&format=xml&errors=text&field="+strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E").Replace(field), "")
		var got struct {
			CLV     string `xml:"clv"`
			Problem string `xml:"problem"`
		}
		if err := xml.Unmarshal(r.Body, &got); err != nil || r.Status != 200 || got.Problem == "" || strings.Contains(field, "clv") && field != "1clv" && got.CLV != got.Problem {
			t.Errorf("%s: %v %s", field, err, r.Body)
		}
	}
}

// OPTIONS and HEAD run nothing: the inputs, wrong here, are not even read.
func TestHeadRunsNothing(t *testing.T) {
	h := New(Options{})
	h.call = func(int, int, []float64, []float64) []float64 { panic("a calculation") }
	for _, method := range []string{"HEAD", "OPTIONS"} {
		r := h.Handle(Request{Method: method, Path: "/v1/subscription", Query: "price=100&churn_rate=5&format=value"})
		if r.Status/100 != 2 || len(r.Body) > 0 {
			t.Errorf("%s %d %s", method, r.Status, r.Body)
		}
	}
	if r := h.Handle(Request{Method: "HEAD", Path: "/v1/subscription", Query: "format=yaml"}); r.Status != 422 {
		t.Errorf("%d", r.Status)
	}
}

// Every result that may not exist says why in a word or more, and only what is beyond every number is never or without limit.
func TestAbsences(t *testing.T) {
	var walk func(fields, inputs []catalogue.Field)
	walk = func(fields, inputs []catalogue.Field) {
		for i := range fields {
			f := &fields[i]
			a := catalogue.AbsenceOf(f, inputs)
			beyond := a.Word == "never" || a.Word == "no limit"
			if beyond != (f.Never != "") || a.Word == "" || strings.HasSuffix(a.Word, ".") {
				t.Errorf("%s: %+v", f.Name, a)
			}
			walk(f.Fields, inputs)
		}
	}
	for _, c := range catalogue.Calculations {
		walk(c.Layout().Results, c.Layout().Inputs)
	}
	curve := catalogue.AbsenceOf(&catalogue.Field{Help: "Upper end. Empty if the curve is in shares."}, nil)
	if curve.Word != "none (if the curve is in shares)" {
		t.Errorf("%+v", curve)
	}
}

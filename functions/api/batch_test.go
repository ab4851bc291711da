package api

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hourglass/functions/api/wire"
)

func TestRowsOfOneCalculation(t *testing.T) {
	c := newClient(t)
	const good, bad = `{"order_value":75,"orders_per_year":3,"gross_margin":1,"lifespan_years":2}`, `{"order_value":-1,"orders_per_year":3,"gross_margin":1,"lifespan_years":2}`
	const revenue = `"With a gross margin of 100% this is revenue, not value. Enter the share that remains after the cost of goods."`
	rows := decode(t, c.ok("POST", "/v1/average?field=clv", "["+good+","+bad+",7,"+good+"]")).([]any)
	if len(rows) != 4 || rows[0].(map[string]any)["clv"] != 450.0 || rows[3].(map[string]any)["clv"] != 450.0 {
		t.Fatalf("rows %v", rows)
	}
	problem := rows[1].(map[string]any)
	if problem["status"] != 422.0 || problem["instance"] != "/v1/average#/1" || problem["errors"].([]any)[0].(map[string]any)["pointer"] != "/order_value" {
		t.Errorf("the problem in its place: %v", problem)
	}
	if errors := rows[2].(map[string]any)["errors"].([]any); len(errors) != 1 {
		t.Errorf("a row that is no object: %v", errors)
	}
	if got := c.ok("POST", "/v1/average", "[]"); got != "[]" {
		t.Errorf("no rows: %s", got)
	}
	if got, want := c.ok("POST", "/v1/average?format=csv&field=clv,revenue_ltv,customer_value", "["+good+","+bad+"]"),
		"clv,revenue_ltv,customer_value,problem,warnings\r\n450,450,225,,"+revenue+"\r\n,,,\"order_value must be at least 0.\",\r\n"; got != want {
		t.Errorf("CSV %q", got)
	}
	if got, want := c.ok("POST", "/v1/average?format=csv&field=clv&header=0", "["+good+","+good+"]"), "450,,"+revenue+"\r\n450,,"+revenue+"\r\n"; got != want {
		t.Errorf("CSV without names %q", got)
	}
	if got, want := c.ok("POST", "/v1/average?format=value", "["+good+","+bad+","+good+"]"), "450\n\n450"; got != want {
		t.Errorf("values %q", got)
	}
	if got := c.ok("POST", "/v1/average?format=xml&field=clv", "["+good+","+bad+"]"); !strings.Contains(got, "<results><result><clv>450</clv>") ||
		!strings.Contains(got, "<problem>order_value must be at least 0.</problem></results>") {
		t.Errorf("XML %s", got)
	}
	c.problem(422, "POST", "/v1/subscription?format=csv&field=series", `[{"price":1,"gross_margin":1,"churn_rate":0.1}]`)
	c.problem(422, "POST", "/v1/subscription?format=value&field=series", `[{"price":1,"gross_margin":1,"churn_rate":0.1}]`)
	c.problem(400, "POST", "/v1/average", "["+good+",{]")
	c.problem(400, "POST", "/v1/average", "["+good+"] 1")
}

func TestBatch(t *testing.T) {
	c := newClient(t)
	rows := decode(t, c.ok("POST", "/v1/batch", `[
		{"calculation":"average","input":{"order_value":75,"orders_per_year":3,"gross_margin":1,"lifespan_years":2}},
		{"input":{"monthly_price":100,"gross_margin":1,"average_months":7,"plan_discount":0.25,"annual_renewal_rate":0},"calculation":"annual-plan"},
		{"calculation":"averag","input":{}},
		{"calculation":"average","input":{"order_valu":1}},
		{"calculation":"average","inputs":{}},
		{"calculation":"average","calculation":"average"},
		{"calculation":3},
		{},
		"average",
		{"calculation":"average","input":[]}]`)).([]any)
	want := []string{"", "", "/calculation unknown_calculation", "/input/order_valu unknown_field", "/inputs unknown_field", "/calculation duplicate_field",
		"/calculation unknown_calculation", "/calculation unknown_calculation", " not_an_object", "/input not_an_object"}
	if len(rows) != len(want) {
		t.Fatalf("%d rows", len(rows))
	}
	for i, row := range rows {
		errors, _ := row.(map[string]any)["errors"].([]any)
		if want[i] == "" {
			if errors != nil || row.(map[string]any)["warnings"] == nil {
				t.Errorf("row %d: %v", i, row)
			}
			continue
		}
		first := errors[0].(map[string]any)
		if got := first["pointer"].(string) + " " + first["code"].(string); got != want[i] {
			t.Errorf("row %d: %s, want %s", i, got, want[i])
		}
	}
	if got := c.ok("POST", "/v1/batch?format=csv&field=clv", `[{"calculation":"average","input":{"order_value":1,"orders_per_year":2,"gross_margin":1,"lifespan_years":3}},{"id":"annual-plan","input":{}}]`); !strings.HasPrefix(got, "clv,problem,warnings\r\n6,,\"With a gross margin") || !strings.Contains(got, "\r\n,\"There is no") {
		t.Errorf("CSV %q", got)
	}
	for id, says := range map[string]string{"averag": "Did you mean average? GET /v1 lists them.", "goal-seek": "Send it to /v1/goal-seek."} {
		if got := c.ok("POST", "/v1/batch", `[{"calculation":"`+id+`","input":{}}]`); !strings.Contains(got, says) {
			t.Errorf("%s in a batch: %s", id, got)
		}
	}
	c.problem(422, "POST", "/v1/batch?format=csv", "[]")
	c.problem(422, "POST", "/v1/batch", `{"calculation":"average"}`)
	c.problem(400, "POST", "/v1/batch", "")
	c.problem(400, "POST", "/v1/batch", `[{"calculation":"average"`)
	c.problem(405, "GET", "/v1/batch", "")
}

func TestTenThousandRows(t *testing.T) {
	c := newClient(t)
	row := func(i int) string { return `{"price":` + strconv.Itoa(i) + `,"gross_margin":1,"churn_rate":0.05}` }
	var list []string
	for i := range MaxRows {
		list = append(list, row(i))
	}
	rows := decode(t, c.ok("POST", "/v1/subscription", "["+strings.Join(list, ",")+"]")).([]any)
	for i, r := range rows {
		if m := r.(map[string]any); m["revenue_ltv"].(float64) < float64(i)*19.999999 || m["series"] != nil {
			t.Fatalf("row %d: %v", i, m)
		}
	}
	if len(rows) != MaxRows {
		t.Fatalf("%d rows", len(rows))
	}
	few := decode(t, c.ok("POST", "/v1/subscription", "["+strings.Join(list[:fullRows], ",")+"]")).([]any)
	if few[0].(map[string]any)["series"] == nil {
		t.Error("a few rows lack their series")
	}
	c.problem(413, "POST", "/v1/subscription", "["+strings.Join(append(list, row(1)), ",")+"]")
	if p := c.problem(413, "POST", "/v1/subscription?field=series", "["+strings.Join(list, ",")+"]"); !strings.Contains(p.Detail, "32 MiB") {
		t.Errorf("too long an answer: %s", p.Detail)
	}
}

// The two limits say the same: as many rows as a request may have fit into a body, each with the figures of the worked example, in the long form of a batch;
// and what has too many rows is told so before any is run.
func TestTheLimitsOfABatchAgree(t *testing.T) {
	c := newClient(t)
	for _, one := range decode(t, c.ok("GET", "/v1", "")).(map[string]any)["calculations"].([]any) {
		example := one.(map[string]any)["example"].(map[string]any)
		row, err := json.Marshal(map[string]any{"calculation": one.(map[string]any)["id"], "input": example})
		long := slices.ContainsFunc(slices.Collect(maps.Values(example)), func(v any) bool { _, is := v.([]any); return is }) // a list is as long as one likes
		if size := (len(row) + 1) * MaxRows; err != nil || !long && size > MaxBody {
			t.Errorf("%d rows of %s take %d bytes, a body %d: %v", MaxRows, row, size, MaxBody, err)
		}
	}
	for _, path := range []string{"/v1/average", "/v1/batch"} {
		p := c.problem(413, "POST", path, "["+strings.Repeat("{},", 2*MaxRows)+"{}]")
		if want := "A request may have 10000 rows; this one has 20001. Send the others in another."; p.Detail != want {
			t.Errorf("%s: %s", path, p.Detail)
		}
	}
}

// A script can tell which rows failed, and how many, whatever the format.
func TestRowsSayWhichFailed(t *testing.T) {
	c := newClient(t)
	const good, bad = `{"order_value":75,"orders_per_year":3,"gross_margin":0.5,"lifespan_years":2}`, `{"order_value":-1,"orders_per_year":3,"gross_margin":0.5,"lifespan_years":2}`
	for _, format := range []string{"json", "csv", "xml", "value"} {
		r := c.send("POST", "/v1/average?field=clv&format="+format, "["+good+","+bad+","+good+","+bad+"]")
		if r.Status != 200 || headerOf(r, "Rows-Failed") != "2" || headerOf(r, "Result-Warnings") != "" {
			t.Error(format, r.Status, r.Header)
		}
	}
	if got := headerOf(c.send("POST", "/v1/batch", "[]"), "Rows-Failed"); got != "0" {
		t.Error(got)
	}
	for i, row := range decode(t, c.ok("POST", "/v1/batch", `[{"calculation":"average","input":`+good+`},{"calculation":"average","input":`+bad+`},{"calculation":"averag"}]`)).([]any) {
		if row.(map[string]any)["ok"] != (i == 0) {
			t.Error(i, row)
		}
	}
}

// What is written without room for warnings names them: in a header, in a column, or as a result that field= picks.
func TestBareValuesNameTheirWarnings(t *testing.T) {
	c := newClient(t)
	const query = "/v1/subscription?price=100&gross_margin=0.8&churn_rate=0.001&cac=90000"
	const said = `long_lifetime;field="churn_rate"`
	for _, format := range []string{"value&field=clv", "csv"} {
		if got := headerOf(c.send("GET", query+"&format="+format, ""), "Result-Warnings"); !strings.Contains(got, said) {
			t.Errorf("%s: %q", format, got)
		}
	}
	if got := headerOf(c.send("GET", query, ""), "Result-Warnings"); got != "" {
		t.Error("JSON has its own place", got)
	}
	if got := headerOf(c.send("GET", strings.Replace(strings.Replace(query, "0.001", "0.05", 1), "90000", "400", 1)+"&format=value", ""), "Result-Warnings"); got != "" {
		t.Error("nothing to warn of", got)
	}
	if got := c.ok("GET", query+"&format=value&field=warnings", ""); !strings.Contains(got, "expected customer lifetime is 83 years") {
		t.Error(got)
	}
	if got := c.ok("GET", query+"&format=csv&field=clv,warnings", ""); !strings.HasPrefix(got, "clv,warnings\r\n80000,\"") {
		t.Error(got)
	}
	if got := c.ok("GET", query+"&field=warnings", ""); !strings.HasPrefix(got, `{"warnings":[{"code"`) {
		t.Error(got)
	}
	c.problem(422, "GET", query+"&format=value&field=clv,warnings", "")
	const long, short = `{"price":100,"gross_margin":0.8,"churn_rate":0.001}`, `{"price":100,"gross_margin":0.8,"churn_rate":0.05}`
	if got := headerOf(c.send("POST", "/v1/subscription?format=value", "["+long+","+short+","+long+"]"), "Result-Warnings"); got != "long_lifetime;rows=2" {
		t.Error(got)
	}
}

func TestProblemTypesAreListed(t *testing.T) {
	c := newClient(t)
	list := decode(t, c.ok("GET", "/v1/problems", "")).(map[string]any)["problems"].([]any)
	if len(list) != len(wire.Kinds) {
		t.Error(len(list))
	}
	for _, one := range list {
		kind := one.(map[string]any)
		if kind["title"] == "" || kind["status"].(float64) < 400 || decode(t, c.ok("GET", kind["type"].(string), "")).(map[string]any)["description"] != kind["description"] {
			t.Error(kind)
		}
	}
	c.problem(405, "POST", "/v1/problems", "{}")
}

// Without a gross margin there is revenue, not value: also for customers, where amounts are given. Orders alone have none.
func TestCustomersNeedAGrossMargin(t *testing.T) {
	c := newClient(t)
	for _, id := range []string{"customers/value", "customers/segments"} {
		if got := string(c.send("POST", "/v1/"+id, `{"frequency":[1],"recency":[2],"age":[3],"mean_spend":[10]}`).Body); !strings.Contains(got, `"pointer":"/gross_margin","code":"required"`) {
			t.Error(id, got)
		}
		const orders = `{"frequency":[0,1,2,3],"recency":[0,100,200,300],"age":[360,350,365,340]`
		without, with := c.ok("POST", "/v1/"+id, orders+"}"), c.ok("POST", "/v1/"+id, orders+`,"gross_margin":0.5}`)
		if without != with || !strings.Contains(without, `"no_amounts"`) {
			t.Errorf("%s: %s, with a margin %s", id, without, with)
		}
	}
}

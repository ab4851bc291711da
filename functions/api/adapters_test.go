package api

import (
	"strings"
	"testing"

	"hourglass/core/catalogue"
)

// The requests below are those of the vendors' documentation with our arguments in them: BigQuery "Work with remote
// functions" (input format), Snowflake "Remote service input and output data formats" (body and headers), Redshift
// "Scalar Lambda UDFs" (the event).

func TestBigQueryContract(t *testing.T) {
	c := newClient(t)
	const path = "/v1/adapters/bigquery/average"
	envelope := func(context, calls string) string {
		return `{"requestId":"124ab1c","caller":"//bigquery.googleapis.com/projects/p/jobs/p:US.bquxjob_5b4c112c_17961fafeaf",` +
			`"sessionUser":"user@example.com","userDefinedContext":` + context + `,"calls":` + calls + `}`
	}
	for _, row := range []struct{ context, calls, want string }{
		{`{"field":"clv"}`, `[[75,3,2.5,0.6],[100,2,3,1]]`, `{"replies":[337.5,600]}`},
		{`{"field":"clv"}`, `[["75","3.0","2.5","6e-1"]]`, `{"replies":[337.5]}`}, // NUMERIC beyond a double comes as text
		{`{"field":"clv"}`, `[[null,3,2.5,0.6],[75,3,2.5,0.6]]`, `{"replies":[null,337.5]}`},
		{`{"field":"clv"}`, `[[75,3,2.5]]`, `{"replies":[null]}`}, // arguments left out at the end are null, and so is what needs them
		{`{"field":"clv"}`, `[]`, `{"replies":[]}`},
		{`{"field":"clv","on_error":"null"}`, `[[-1,3,2.5,0.6],[75,3,2.5,0.6]]`, `{"replies":[null,337.5]}`},
		{`{}`, `[[75,3,2.5,0.6]]`, `{"replies":["{` + strings.ReplaceAll(wholeAverage, `"`, `\"`) + `}"]}`},
	} {
		if got := c.ok("POST", path, envelope(row.context, row.calls)); got != row.want {
			t.Errorf("%s %s\n got %s\nwant %s", row.context, row.calls, got, row.want)
		}
	}
	if got := c.ok("POST", path, envelope(`{}`, `[[-1,3,2.5,0.6]]`)); !strings.Contains(got, `\"code\":\"too_low\"`) {
		t.Errorf("a whole result with a problem: %s", got)
	}
	for _, row := range []struct{ body, says string }{
		{envelope(`{"field":"clv"}`, `[[75,3,2.5,1],[-1,3,2.5,1]]`), "Row 1: order_value must be at least 0."},
		{envelope(`{"field":"clv"}`, `[["NaN",3,2.5,1]]`), "Row 0: order_value must be a number"},
		{envelope(`{"field":"clv"}`, `[[1,2,3,1,5,6,7,8]]`), "takes 7 arguments, not 8"},
		{envelope(`{"field":"clw"}`, `[[75,3,2.5]]`), "Did you mean clv?"},
		{envelope(`{"field":"clv"}`, `[3]`), "Row 0: A row must be a list"},
		{envelope(`{"field":"clv","on_error":"skip"}`, `[]`), "fail or null"},
		{`{"requestId":"1"}`, "calls must be a list"},
		{`[]`, "calls must be a list"},
		{`{"calls":[[1,2`, "too early"},
	} {
		p := c.send("POST", path, row.body) // errors carry errorMessage, and 400 is not tried again
		got := decode(t, string(p.Body)).(map[string]any)
		if message, _ := got["errorMessage"].(string); p.Status != 400 || !strings.Contains(message, row.says) || len(message) > 1024 {
			t.Errorf("%s: %d %s", row.body, p.Status, p.Body)
		}
	}
}

// wholeAverage is the answer to 75, 3, 2.5 and 0.6, but for its lists.
const wholeAverage = `"clv":337.5,"revenue_ltv":562.5,"customer_value":225,"ltv_cac_ratio":null,"max_cac":112.5,"first_sale_profit":null,"break_even_order":null,"payback_days":null,` +
	`"value_within_30_days":45,"value_within_90_days":45,"value_within_180_days":90,"value_within_365_days":135,"discounted_orders":7.5,"series":null,"warnings":[]`

func TestSnowflakeContract(t *testing.T) {
	c := newClient(t)
	const path = "/v1/adapters/snowflake/average"
	headers := []string{"Content-Type", "application/json", "Sf-External-Function-Format", "json", "Sf-External-Function-Format-Version", "1.0",
		"Sf-External-Function-Query-Batch-Id", "01b02bdf-0001-7b58-0003-27d60056b5a6:1:1:0:0", "Sf-Custom-Field", "clv"}
	const body = `{"data":[[0,75,3,2.5,0.6],[1,null,3,2.5,0.6],[2,100,2,3,1]]}`
	r := c.send("POST", path, body, headers...)
	if string(r.Body) != `{"data":[[0,337.5],[1,null],[2,600]]}` || r.Status != 200 {
		t.Errorf("%d %s", r.Status, r.Body)
	}
	if headerOf(r, "Sf-External-Function-Query-Batch-Id") != headers[7] {
		t.Error("the batch id does not come back")
	}
	if again := c.send("POST", path, body, headers...); string(again.Body) != string(r.Body) {
		t.Error("the batch sent again gives something else")
	}
	if got := c.ok("POST", path, `{"data":[[7,75,3,2.5,0.6]]}`); got != `{"data":[[7,{`+wholeAverage+`}]]}` {
		t.Errorf("a whole result: %s", got)
	}
	if got := c.ok("POST", path+"?field=clv&on_error=null", `{"data":[[0,-75,3,2.5,0.6]]}`); got != `{"data":[[0,null]]}` {
		t.Errorf("on_error=null: %s", got)
	}
	for _, bad := range []string{`{"data":[[0,-75,3,2.5,0.6]]}`, `{"data":[[]]}`, `{"data":7}`, `{"data":[[0`} {
		c.problem(400, "POST", path+"?field=clv", bad)
	}
}

func TestRedshiftContract(t *testing.T) {
	c := newClient(t)
	event := func(function, count, arguments string) string {
		return `{"request_id":"23FF1F97-F28A-44AA-AB67-266ED976BF40","cluster":"arn:aws:redshift:xxxx","user":"adminuser","database":"db1",` +
			`"external_function":"` + function + `","query_id":5678234,"num_records":` + count + `,"arguments":` + arguments + `}`
	}
	for _, row := range []struct{ function, arguments, want string }{
		{"public.f_hourglass_average_clv", `[[75,3,2.5,0.6],[null,3,2.5,0.6]]`, `{"success":true,"results":[337.5,null],"num_records":2}`},
		{"f_hourglass_retention_clv", `[["5241.6",0.75,0.1,null,"after_renewal"],[1,null,1,1,null]]`, `{"success":true,"results":[11232,null],"num_records":2}`},
		{"f_hourglass_average", `[[75,3,2.5,0.6],[1,1,1,-1]]`, `{"success":true,"results":["{\"clv\":337.5,`},
	} {
		if !RedshiftEvent([]byte(event(row.function, "2", row.arguments))) {
			t.Errorf("%s: not taken for Redshift's", row.function)
		}
		if got := c.ok("POST", RedshiftPath, event(row.function, "2", row.arguments)); !strings.HasPrefix(got, row.want) {
			t.Errorf("%s:\n got %s\nwant %s", row.function, got, row.want)
		}
	}
	for _, body := range []string{
		event("f_other", "1", `[[1]]`), event("f_hourglass_average_clw", "1", `[[1,1,1]]`), event("f_hourglass_average_clv", "3", `[[1,1,1]]`),
		event("f_hourglass_average_clv", "1", `[[-1,1,1,1]]`), `{"arguments":[`,
	} {
		r := c.send("POST", RedshiftPath, body)
		got := decode(t, string(r.Body)).(map[string]any)
		if r.Status != 400 || got["success"] != false || got["error_msg"] == "" {
			t.Errorf("%s: %d %s", body, r.Status, r.Body)
		}
	}
	for _, event := range []string{`{"version":"2.0","rawPath":"/v1"}`, `[]`, ``, `{"arguments":[[1]]}`} {
		if RedshiftEvent([]byte(event)) {
			t.Errorf("%s is taken for Redshift's", event)
		}
	}
}

// TestWarehousesTakeLists sends lists and records as each warehouse can: as themselves, or as JSON text.
func TestWarehousesTakeLists(t *testing.T) {
	var seen []float64
	c := synthetic(t, &seen)
	const want = `{"replies":["{\"survivors\":null,\"mode\":\"slow\",`
	for _, calls := range []string{
		`[[[100,80],"slow",[{"count":1}],null]]`, `[["[100,80]","slow","[{\"count\":1}]",null]]`, `[["[100,\"80\"]","slow","[{\"count\":\"1\"}]"]]`,
	} {
		if got := c.ok("POST", "/v1/adapters/bigquery/made/up", `{"calls":`+calls+`}`); !strings.HasPrefix(got, want) && !strings.Contains(calls, `\"80`) {
			t.Errorf("%s: %s", calls, got)
		}
	}
	if got := c.ok("POST", "/v1/adapters/bigquery/made/up", `{"calls":[["nonsense","slow","[{}]"],[null,"slow","[{}]"],["[1,2]",null,"[{}]"],["[1,2]","fast",null]]}`); !strings.HasSuffix(got, `,null,null,null]}`) {
		t.Errorf("null rows: %s", got)
	}
}

func TestSQL(t *testing.T) {
	c := newClient(t)
	for target, parts := range map[string][]string{
		"/v1/adapters/bigquery/average/sql?field=clv": {
			"CREATE OR REPLACE FUNCTION `YOUR_PROJECT.YOUR_DATASET`.hourglass_average_clv(`order_value` FLOAT64, `orders_per_year` FLOAT64, `lifespan_years` FLOAT64, `gross_margin` FLOAT64, `annual_discount_rate` FLOAT64, `cac` FLOAT64, `target_ratio` FLOAT64)\n",
			"RETURNS FLOAT64\n", "REMOTE WITH CONNECTION", "endpoint = 'https://YOUR-SERVER/v1/adapters/bigquery/average'", "user_defined_context = [('field', 'clv')", "max_batching_rows"},
		"/v1/adapters/bigquery/subscription/sql":                   {"`period` STRING", "RETURNS STRING\n"},
		"/v1/adapters/snowflake/subscription/sql?field=clv":        {"CREATE OR REPLACE EXTERNAL FUNCTION hourglass_subscription_clv(price FLOAT, period VARCHAR", "RETURNS FLOAT NULL", "HEADERS = ('field' = 'clv'", "CALLED ON NULL INPUT", "AS 'https://YOUR-SERVER/v1/adapters/snowflake/subscription';"},
		"/v1/adapters/snowflake/subscription/sql":                  {"RETURNS VARIANT NULL"},
		"/v1/adapters/redshift/churn-interval/sql?field=clv_lower": {"CREATE OR REPLACE EXTERNAL FUNCTION f_hourglass_churn_interval_clv_lower(FLOAT8, VARCHAR(32), FLOAT8", "RETURNS FLOAT8\nSTABLE\nLAMBDA", "IAM_ROLE default"},
	} {
		got := c.ok("GET", target, "")
		for _, part := range parts {
			if !strings.Contains(got, part) {
				t.Errorf("%s lacks %q:\n%s", target, part, got)
			}
		}
	}
	c.problem(422, "GET", "/v1/adapters/bigquery/subscription/sql?field=series", "")
	c.problem(422, "GET", "/v1/adapters/bigquery/subscription/sql?field=clw", "")
	c.problem(422, "GET", "/v1/adapters/bigquery/subscription/sql?name=x", "")
	for _, vendor := range []string{"bigquery", "snowflake", "redshift"} {
		for _, calc := range catalogue.Calculations {
			c.ok("GET", "/v1/adapters/"+vendor+"/"+calc.ID+"/sql", "")
		}
	}
}

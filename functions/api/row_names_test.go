package api

import (
	"strings"
	"testing"
)

// Names of rows never reach the engine, and stand beside the results of their rows in every format.
func TestRowsKeepTheirNames(t *testing.T) {
	c := newClient(t)
	const body = `{"channels":[{"name":"Google \"Ads\" & more","spend":100,"new_customers":2,"clv":200},{"spend":50,"new_customers":1,"clv":40},{"name":2024,"spend":0,"new_customers":1,"clv":1}]}`
	rows := decode(t, c.ok("POST", "/v1/channels", body)).(map[string]any)["channels"].([]any)
	if first := rows[0].(map[string]any); first["name"] != `Google "Ads" & more` || first["cac"] != 50.0 {
		t.Errorf("first row %v", first)
	}
	if _, named := rows[1].(map[string]any)["name"]; named {
		t.Errorf("a row without a name has one: %v", rows[1])
	}
	if third := rows[2].(map[string]any); third["name"] != "2024" {
		t.Errorf("a number as a name: %v", third)
	}
	for _, row := range []struct{ query, want string }{
		{"format=csv&field=channels.name,channels.cac", "channels.name,channels.cac\r\n\"Google \"\"Ads\"\" & more\",50\r\n\"\",50\r\n\"2024\",\r\n"},
		{"format=csv&field=channels.cac", "channels.cac\r\n50\r\n50\r\n\r\n"},
		{"field=channels.name", `{"channels":[{"name":"Google \"Ads\" & more"},{},{"name":"2024"}],"warnings":[{`},
		{"field=channels.cac", `{"channels":[{"cac":50},{"cac":50},{"cac":null}],"warnings":[{`},
	} {
		if got := c.ok("POST", "/v1/channels?"+row.query, body); !strings.HasPrefix(got, row.want) {
			t.Errorf("%s: %q, want %q", row.query, got, row.want)
		}
	}
	if got := c.ok("POST", "/v1/channels?format=xml&field=channels.name,channels.cac", body); !strings.Contains(got, "<item><name>Google &quot;Ads&quot; &amp; more</name><cac>50</cac></item><item><cac>50</cac></item>") {
		t.Errorf("XML %s", got)
	}
	// Two inputs of one request keep their own.
	both := decode(t, c.ok("POST", "/v1/channels?field=channels.name", `[{"channels":[{"name":"a","spend":1,"new_customers":1,"clv":2}]},{"channels":[{"spend":1,"new_customers":1,"clv":2}]}]`)).([]any)
	if b := both[1].(map[string]any)["channels"].([]any)[0].(map[string]any); len(b) != 0 {
		t.Errorf("the second input has the name of the first: %v", b)
	}
	for body, want := range map[string]string{
		`{"channels":[{"name":["a"],"spend":1,"new_customers":1,"clv":1}]}`:                              "/channels/0/name",
		`{"channels":[{"name":"` + strings.Repeat("x", 201) + `","spend":1,"new_customers":1,"clv":1}]}`: "/channels/0/name",
		`{"channels":[{"name":"a","name":"b","spend":1,"new_customers":1,"clv":1}]}`:                     "/channels/0/name",
	} {
		problem := c.problem(422, "POST", "/v1/channels", body)
		if got := problem.Errors[0].Pointer; got != want {
			t.Errorf("%s: %v", body, problem)
		}
	}
	// Other lists have rows without names.
	c.problem(422, "POST", "/v1/growth-plan", `{"price":1,"gross_margin":1,"churn_rate":0.1,"levers":[{"kind":"service","name":"x"}]}`)
}

package api

import (
	"strings"
	"testing"
)

// Old names are accepted for now, the answer is the same, and it says so.
func TestOldNamesAreToldAndTaken(t *testing.T) {
	c := newClient(t)
	const input = `{"order_value":75,"orders_per_year":3,"gross_margin":0.6,"lifespan_years":2.5}`
	const told = `{"code":"renamed","field":"%","message":"% was given by its old name. That still works for now: write %."}`
	of := func(name string) string { return strings.ReplaceAll(told, "%", name) }
	for what, request := range map[string]struct{ path, now, before, said string }{
		"batch":       {"/v1/batch", `[{"calculation":"average","input":` + input + `}]`, `[{"id":"average","input":` + input + `}]`, of("calculation")},
		"goal-seek":   {"/v1/goal-seek", `{"calculation":"average","input":` + input + `,"result":"clv","field":"order_value","goal":9}`, `{"calculation":"average","inputs":` + input + `,"result":"clv","field":"order_value","goal":9}`, of("input")},
		"sensitivity": {"/v1/sensitivity", `{"calculation":"average","input":` + input + `,"result":"clv","ranges":[{"field":"order_value","low":1,"high":9}]}`, `{"calculation":"average","inputs":` + input + `,"result":"clv","ranges":[{"field":"order_value","low":1,"high":9}]}`, of("input")},
		"compare":     {"/v1/compare", `{"calculation":"average","scenarios":[{"input":` + input + `}]}`, `{"calculation":"average","scenarios":[{"inputs":` + input + `}]}`, of("input")},
	} {
		now, before := c.ok("POST", request.path, request.now), c.ok("POST", request.path, request.before)
		if !strings.Contains(before, request.said) || strings.Contains(now, "renamed") {
			t.Errorf("%s: %s", what, before)
		}
		if strings.Replace(before, request.said, "", 1) != now {
			t.Errorf("%s:\n%s, by old names\n%s", what, now, before)
		}
	}
	const baseline = `"price":40,"gross_margin":0.7,"churn_rate":0.05,"new_customers":600`
	for what, request := range map[string]struct{ path, now, before, said string }{
		"upsell":            {"/v1/upsell", `{` + baseline + `,"extra_spend":15,"take_up":0.1}`, `{` + baseline + `,"price_step":15,"take_up":0.1}`, of("extra_spend")},
		"loyalty-programme": {"/v1/loyalty-programme", `{` + baseline + `,"reach":0.4,"programme":"points","reward_rate":0.05}`, `{` + baseline + `,"enrolment":0.4,"programme":"points","reward_rate":0.05}`, of("reach")},
		"annual-plan":       {"/v1/annual-plan", `{"monthly_price":40,"average_months":7,"plan_discount":0.1,"gross_margin":0.7,"reach":0.4}`, `{"monthly_price":40,"average_months":7,"plan_discount":0.1,"gross_margin":0.7,"adoption_share":0.4}`, of("reach")},
		"a plan's lever":    {"/v1/growth-plan", `{` + baseline + `,"levers":[{"kind":"upsell","extra_spend":15,"take_up":0.1}]}`, `{` + baseline + `,"levers":[{"kind":"upsell","price_step":15,"take_up":0.1}]}`, of("levers/0/extra_spend")},
		"a range":           {"/v1/sensitivity", `{"calculation":"upsell","input":{` + baseline + `,"extra_spend":15,"take_up":0.1},"result":"net_gain","ranges":[{"field":"extra_spend","low":1,"high":9}]}`, `{"calculation":"upsell","input":{` + baseline + `,"extra_spend":15,"take_up":0.1},"result":"net_gain","ranges":[{"field":"price_step","low":1,"high":9}]}`, of("extra_spend")},
		"a range in a plan": {"/v1/goal-seek", `{"calculation":"growth-plan","input":{` + baseline + `,"levers":[{"kind":"upsell","extra_spend":15,"take_up":0.1}]},"result":"net_gain","field":"levers/0/extra_spend","goal":30}`, `{"calculation":"growth-plan","input":{` + baseline + `,"levers":[{"kind":"upsell","extra_spend":15,"take_up":0.1}]},"result":"net_gain","field":"levers/0/price_step","goal":30}`, of("levers/0/extra_spend")},
	} {
		now, before := c.ok("POST", request.path, request.now), c.ok("POST", request.path, request.before)
		if !strings.Contains(before, request.said) || strings.Contains(now, `"renamed"`) {
			t.Errorf("%s: %s", what, before)
		}
		if strings.ReplaceAll(strings.Replace(before, request.said, "", 1), "[,", "[") != now {
			t.Errorf("%s:\n%s, by old names\n%s", what, now, before)
		}
	}
	if got := c.ok("GET", "/v1/upsell?price=40&gross_margin=0.7&churn_rate=0.05&new_customers=600&price_step=15&take_up=0.1", ""); !strings.Contains(got, of("extra_spend")) {
		t.Error(got)
	}
	both := string(c.send("POST", "/v1/upsell", `{`+baseline+`,"extra_spend":15,"price_step":15,"take_up":0.1}`).Body)
	if !strings.Contains(both, `"duplicate_field"`) {
		t.Error(both)
	}
	twice := string(c.send("POST", "/v1/goal-seek", `{"calculation":"average","input":`+input+`,"inputs":{},"result":"clv","field":"order_value","goal":9}`).Body)
	if !strings.Contains(twice, `"duplicate_field"`) {
		t.Error(twice)
	}
	wrong := string(c.send("POST", "/v1/goal-seek", `{"calculation":"average","inputs":{"order_value":-1},"result":"clv","field":"order_value","goal":9}`).Body)
	if !strings.Contains(wrong, `"pointer":"/inputs/order_value"`) { // by the name that was given
		t.Error(wrong)
	}
	wrong = c.ok("POST", "/v1/batch", `[{"id":"averag"},{"calculation":"averag"}]`)
	if !strings.Contains(wrong, `"pointer":"/id"`) || !strings.Contains(wrong, `"pointer":"/calculation"`) {
		t.Error(wrong)
	}
}

// Lists or not, a simulation makes the page's draws, or says how many it made.
func TestSimulationsMakeThePagesDraws(t *testing.T) {
	for work, c := range map[string]client{"": newClient(t), "on a large host": {t, New(Options{Work: 1e8})}} {
		for id, of := range map[string][2]string{"subscription": {"price", "clv"}, "growth-plan": {"price", "net_gain"}, "retention-curve": {"margin", "clv"}} {
			if work != "" && id == "retention-curve" {
				continue // a fit each time
			}
			got := c.ok("POST", "/v1/simulate", `{"calculation":"`+id+`","input":`+exampleText(t, id)+`,"result":"`+of[1]+`","ranges":[{"field":"`+of[0]+`","low":30,"high":50}]}`)
			all, said := strings.Contains(got, `"draws":10000,`), strings.Contains(got, `"fewer_draws"`)
			if all == said || (work != "" || id == "subscription") != all {
				t.Errorf("%s %s: %s", id, work, got)
			}
		}
	}
}

package api

import (
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What goes away is announced in the headers of each answer that used it, in every format, and stays for half a year; other answers have none.
func TestDepartures(t *testing.T) {
	c := newClient(t)
	const now, before = `{"price":40,"gross_margin":0.7,"churn_rate":0.05,"new_customers":600,"extra_spend":15,"take_up":0.1}`,
		`{"price":40,"gross_margin":0.7,"churn_rate":0.05,"new_customers":600,"price_step":15,"take_up":0.1}`
	for _, path := range []string{"/v1/upsell", "/v1/upsell?format=xml", "/v1/upsell?format=csv", "/v1/upsell?format=value&field=net_gain"} {
		if r := c.send("POST", path, now); r.Status != 200 || headerOf(r, "Deprecation") != "" || headerOf(r, "Sunset") != "" {
			t.Errorf("%s with new names: %d, Deprecation %q", path, r.Status, headerOf(r, "Deprecation"))
		}
		r := c.send("POST", path, before)
		since, err := strconv.ParseInt(strings.TrimPrefix(headerOf(r, "Deprecation"), "@"), 10, 64)
		if err != nil || !strings.HasPrefix(headerOf(r, "Deprecation"), "@") {
			t.Errorf("%s: Deprecation %q", path, headerOf(r, "Deprecation"))
		}
		gone, err := http.ParseTime(headerOf(r, "Sunset"))
		if err != nil || gone.Before(time.Unix(since, 0).AddDate(0, 6, 0)) {
			t.Errorf("%s: Sunset %q, less than six months after %v", path, headerOf(r, "Sunset"), time.Unix(since, 0))
		}
	}
	guide, err := os.ReadFile("../../docs/api-guide.md")
	gone, _ := http.ParseTime(headerOf(c.send("POST", "/v1/upsell", before), "Sunset"))
	if date := gone.Format("2 January 2006"); err != nil || strings.Count(string(guide), date) != 1 {
		t.Errorf("docs/api-guide.md does not say %s: %v", date, err)
	}
	if r := c.send("POST", "/v1/batch", `[{"id":"average","input":{"order_value":75,"orders_per_year":3,"gross_margin":0.6,"lifespan_years":2.5}}]`); headerOf(r, "Deprecation") == "" {
		t.Errorf("a batch by an old name: %s", r.Body)
	}
	// A customer's own words are no announcement.
	if r := c.send("POST", "/v1/compare", `{"calculation":"average","scenarios":[{"name":"\"code\":\"renamed\"","input":{"order_value":75,"orders_per_year":3,"gross_margin":0.6,"lifespan_years":2.5}}]}`); r.Status != 200 || headerOf(r, "Deprecation") != "" {
		t.Errorf("%d, Deprecation %q", r.Status, headerOf(r, "Deprecation"))
	}
}

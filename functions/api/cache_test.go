package api

import (
	"testing"
)

func TestCacheKey(t *testing.T) {
	h := New(Options{})
	key := func(method, path, query, accept string) string {
		return h.CacheKey(Request{Method: method, Path: path, Query: query, Header: func(name string) string {
			if name == "Accept" {
				return accept
			}
			return ""
		}})
	}
	const path = "/v1/subscription"
	one := key("GET", path, "price=100&gross_margin=1&churn_rate=0.05", "")
	for _, same := range []string{
		"churn_rate=5e-2&gross_margin=1.0&price=100.0", "price=+100&churn_rate=0.05&period=month&growth_rate=-0&cac=&gross_margin=1", "price=%31%30%30&gross_margin=1&churn_rate=.05&format=json", "&price=100&&churn_rate=0.05&gross_margin=1e0&header=1",
	} {
		if got := key("GET", path, same, ""); got != one || got == "" {
			t.Errorf("%s: %s, want %s", same, got, one)
		}
	}
	for _, other := range []string{
		"price=101&gross_margin=1&churn_rate=0.05", "price=100&gross_margin=1&churn_rate=0.05&period=year", "price=100&gross_margin=1&churn_rate=0.05&cac=0", "price=100&gross_margin=1&churn_rate=0.05&field=clv",
		"price=100&gross_margin=1&churn_rate=0.05&format=csv", "price=100&gross_margin=1&churn_rate=0.05&format=csv&header=0",
		"price=100&gross_margin=1&churn_rate=0.05&format=csv&decimal=,", "price=100&gross_margin=1&churn_rate=0.05&format=csv&errors=text",
	} {
		if got := key("GET", path, other, ""); got == one || got == "" {
			t.Errorf("%s: %q", other, got)
		}
	}
	if key("HEAD", path, "price=100&gross_margin=1&churn_rate=0.05", "") != "" || key("GET", path, "price=100&gross_margin=1&churn_rate=0.05", "text/csv") == one {
		t.Error("method or Accept")
	}
	for _, none := range [][2]string{{"POST", path}, {"GET", "/v1"}, {"GET", "/v1/nothing"}, {"GET", "/healthz"}} {
		if got := key(none[0], none[1], "price=100&gross_margin=1&churn_rate=0.05", ""); got != "" {
			t.Errorf("%v: %s", none, got)
		}
	}
	for _, bad := range []string{"price=x&gross_margin=1&churn_rate=0.05", "prize=1", "price=%zz", "format=yaml", "price=1&price=1"} {
		if got := key("GET", path, bad, ""); got != "" {
			t.Errorf("%s: %s", bad, got)
		}
	}
}

package api

import (
	"strings"
	"testing"
)

// A private deployment answers who has a key, says what is missing to others, and lets no shared cache keep what it says.
func TestKeys(t *testing.T) {
	keys, err := Keys("first-key-of-the-shop, second-key-of-the-shop")
	if err != nil || len(keys) != 2 {
		t.Fatal(keys, err)
	}
	h := New(Options{Keys: keys})
	const average = `{"order_value":75,"orders_per_year":3,"lifespan_years":2.5,"gross_margin":0.6}`
	ask := func(method, path, body string, headers ...string) Response {
		return h.Handle(Request{Method: method, Path: path, Body: []byte(body), Header: func(name string) string {
			for i := 0; i < len(headers); i += 2 {
				if headers[i] == name {
					return headers[i+1]
				}
			}
			return ""
		}})
	}
	for _, row := range []struct {
		method, path, body string
		headers            []string
		status             int
	}{
		{"POST", "/v1/average", average, nil, 401},
		{"POST", "/v1/average", average, []string{"X-Api-Key", "wrong-key-of-the-shop"}, 401},
		{"POST", "/v1/average", average, []string{"X-Api-Key", "first-key-of-the-sho"}, 401},
		{"POST", "/v1/average", average, []string{"Authorization", "first-key-of-the-shop"}, 401},
		{"POST", "/v1/average", average, []string{"Authorization", "Basic first-key-of-the-shop"}, 401},
		{"POST", "/v1/average", average, []string{"Authorization", "Bearer "}, 401},
		{"POST", "/v1/average", average, []string{"X-Api-Key", "first-key-of-the-shop"}, 200},
		{"POST", "/v1/average", average, []string{"X-Api-Key", "second-key-of-the-shop"}, 200},
		{"POST", "/v1/average", average, []string{"Authorization", "bearer second-key-of-the-shop"}, 200},
		{"GET", "/v1", "", nil, 401},
		{"GET", "/openapi.json", "", nil, 401},
		{"GET", "/v1/none", "", nil, 401},
		{"POST", "/mcp", `{"jsonrpc":"2.0","id":1,"method":"ping"}`, nil, 401},
		{"POST", "/mcp/", `{"jsonrpc":"2.0","id":1,"method":"ping"}`, []string{"Authorization", "Bearer first-key-of-the-shop"}, 200},
		{"GET", "/healthz", "", nil, 200},
		{"HEAD", "/healthz", "", nil, 200},
		{"OPTIONS", "/v1/average", "", nil, 204},
	} {
		r := ask(row.method, row.path, row.body, row.headers...)
		if r.Status != row.status {
			t.Errorf("%s %s %v: %d for %d: %s", row.method, row.path, row.headers, r.Status, row.status, r.Body)
		}
		if row.status == 401 && (said(r, "WWW-Authenticate") == "" || strings.Contains(string(r.Body), "of-the-shop")) {
			t.Errorf("%s %s: %v %s", row.method, row.path, r.Header, r.Body)
		}
		if strings.Contains(said(r, "Cache-Control"), "public") && row.method != "OPTIONS" {
			t.Errorf("%s %s: a shared cache may keep it", row.method, row.path)
		}
	}
	kept := ask("GET", "/v1", "", "X-Api-Key", "first-key-of-the-shop")
	if cache := said(kept, "Cache-Control"); cache != "private, max-age=3600" {
		t.Errorf("Cache-Control %q", cache)
	}
	if r := h.Handle(Request{Method: "POST", Path: "/v1/average", Body: []byte(average), Trusted: true}); r.Status != 200 {
		t.Errorf("let in by the platform: %d", r.Status)
	}
	if h.CacheKey(Request{Method: "GET", Path: "/v1/average", Query: "order_value=75&orders_per_year=3&lifespan_years=2.5&gross_margin=0.6"}) != "" {
		t.Error("a host's own cache may keep what is private")
	}
	if _, err := Keys("short"); err == nil || strings.Contains(err.Error(), "short,") {
		t.Errorf("a key that can be guessed: %v", err)
	}
	for _, blank := range []string{" ", ",", " , \n"} {
		if keys, err := Keys(blank); err == nil {
			t.Errorf("%q leaves the API open: %v", blank, keys)
		}
	}
	if keys, err := Keys(""); err != nil || len(keys) != 0 {
		t.Error("no key is no key", keys, err)
	}
}

// said is a header of an answer; of several the last.
func said(r Response, name string) (value string) {
	for _, h := range r.Header {
		if h.Name == name {
			value = h.Value
		}
	}
	return value
}

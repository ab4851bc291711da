package api

import (
	"testing"
)

var benchBodies = []struct{ name, path, query, body string }{
	{"average", "/v1/average", "", `{"order_value":75,"orders_per_year":3,"lifespan_years":2.5,"gross_margin":0.6}`},
	{"subscription", "/v1/subscription", "", `{"price":100,"period":"month","gross_margin":0.8,"churn_rate":0.05}`},
	{"subscription-clv", "/v1/subscription", "field=clv", `{"price":100,"period":"month","gross_margin":0.8,"churn_rate":0.05}`},
}

// BenchmarkHandle is a POST without any network.
func BenchmarkHandle(b *testing.B) {
	h := New(Options{})
	for _, one := range benchBodies {
		b.Run(one.name, func(b *testing.B) {
			r := Request{Method: "POST", Path: one.path, Query: one.query, Body: []byte(one.body), ID: "1"}
			b.ReportAllocs()
			for b.Loop() {
				if h.Handle(r).Status != 200 {
					b.Fatal("refused")
				}
			}
		})
	}
}

package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hourglass/core/value"
	"hourglass/functions/api"
)

// BenchmarkPost compares a POST of this server with a handler that only decodes the same JSON into a struct and encodes
// the same result from one, in one run. engine/average must reach 0.7 of the requests/s of plain/average.
func BenchmarkPost(b *testing.B) {
	server, err := newServer("", api.Options{})
	if err != nil {
		b.Fatal(err)
	}
	average := `{"order_value":75,"orders_per_year":3,"lifespan_years":2.5,"gross_margin":0.6}`
	one, _ := value.Average(value.AverageInput{OrderValue: 75, OrdersPerYear: 3, LifespanYears: 2.5, GrossMargin: 0.6, TargetRatio: 3})
	many, _ := value.Subscription(value.SubscriptionInput{Price: 100, GrossMargin: 0.8, ChurnRate: 0.05, TargetRatio: 3})
	for _, run := range []struct {
		name, path, body string
		handler          http.Handler
	}{
		{"plain/average", "/", average, codec[value.AverageInput](one)},
		{"engine/average", "/v1/average", average, server.Handler},
		{"plain/subscription", "/", strings.Replace(input, `"month"`, "0", 1), codec[value.SubscriptionInput](many)},
		{"engine/subscription", "/v1/subscription", input, server.Handler},
	} {
		b.Run(run.name, func(b *testing.B) { post(b, run.handler, run.path, run.body) })
	}
}

// codec decodes an In and encodes what it was given.
func codec[In any](result any) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in In
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(result)
	})
}

func post(b *testing.B, handler http.Handler, path, body string) {
	s := httptest.NewServer(handler)
	defer s.Close()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	for b.Loop() {
		r, err := client.Post(s.URL+path, "application/json", strings.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
		if r.StatusCode != 200 {
			b.Fatal(r.Status)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
}

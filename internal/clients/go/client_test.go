// Package client holds a client that oapi-codegen made of the API's description to what the API does: bodies arrive, cents stay,
// results and problems are read.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"

	"hourglass/internal/clients/go/hourglass"
)

// A record keeps what was sent and what came.
type record struct{ sent, came []byte }

func (r *record) Do(request *http.Request) (*http.Response, error) {
	if request.Body != nil {
		r.sent, _ = io.ReadAll(request.Body)
		request.Body = io.NopCloser(bytes.NewReader(r.sent))
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	r.came, err = io.ReadAll(answer.Body)
	answer.Body = io.NopCloser(bytes.NewReader(r.came))
	return answer, err
}

func client(t *testing.T) (*hourglass.ClientWithResponses, *record) {
	t.Helper()
	base := os.Getenv("BASE_URL")
	if base == "" {
		t.Skip("BASE_URL names the server to ask: make test-clients sets it")
	}
	r := &record{}
	c, err := hourglass.NewClientWithResponses(base, hourglass.WithHTTPClient(r))
	if err != nil {
		t.Fatal(err)
	}
	return c, r
}

// cents is an amount that 32 bits cannot hold: the nearest float32 is 16777218.
const cents = 16777217.01

func TestOneResult(t *testing.T) {
	c, r := client(t)
	var body hourglass.AverageRequest
	if err := body.FromAverageInput(hourglass.AverageInput{OrderValue: cents, OrdersPerYear: 1, LifespanYears: 1, GrossMargin: 1}); err != nil {
		t.Fatal(err)
	}
	answer, err := c.AveragePostWithResponse(context.Background(), nil, body)
	if err != nil || answer.JSON200 == nil {
		t.Fatalf("%v %s", err, r.came)
	}
	var sent map[string]any
	if err := json.Unmarshal(r.sent, &sent); err != nil || sent["order_value"] != cents || len(sent) != 4 {
		t.Errorf("sent %s", r.sent)
	}
	result, err := answer.JSON200.AsAverageResult()
	if err != nil || result.Clv != cents { // one order of one customer, all of it margin
		t.Errorf("clv %v %v", result.Clv, err)
	}
	if answer.HTTPResponse.Header.Get("Engine-Version") == "" {
		t.Error("no version")
	}
}

func TestQuery(t *testing.T) {
	c, r := client(t)
	answer, err := c.AverageGetWithResponse(context.Background(), &hourglass.AverageGetParams{OrderValue: cents, OrdersPerYear: 1, LifespanYears: 1, GrossMargin: 1})
	if err != nil || answer.JSON200 == nil {
		t.Fatalf("%v %s", err, r.came)
	}
	if result, err := answer.JSON200.AsAverageResult(); err != nil || result.Clv != cents {
		t.Errorf("clv %v %v", result.Clv, err)
	}
	// A list, and records: each period half of those before are left, so that the retention of every period is a half.
	curve, err := c.RetentionCurveGetWithResponse(context.Background(), &hourglass.RetentionCurveGetParams{Survivors: []float64{800, 400, 200, 100}, Margin: new(10.0)})
	if err != nil || curve.JSON200 == nil {
		t.Fatalf("%v %s", err, r.came)
	}
	fit, err := c.SbgFitGetWithResponse(context.Background(), &hourglass.SbgFitGetParams{Cohorts: []struct {
		Survivors []float64 `json:"survivors"`
	}{{[]float64{1000, 869, 743, 653, 593, 551, 517, 491}}}})
	if err != nil || fit.JSON200 == nil {
		t.Fatalf("records in a query: %v %s", err, r.came)
	}
	// Fader and Hardie, "How to project customer retention", 2007, the high-end segment: alpha 0.668, beta 3.806.
	if result, err := fit.JSON200.AsSbgFitResult(); err != nil || int(1000*result.Parameters.Alpha+0.5) != 668 || int(1000*result.Parameters.Beta+0.5) != 3806 {
		t.Errorf("sbg %+v %v", result, err)
	}
}

func TestRows(t *testing.T) {
	c, r := client(t)
	var body hourglass.SubscriptionRequest
	good := hourglass.SubscriptionInput{Price: 100, GrossMargin: 0.8, ChurnRate: 0.05}
	bad := good
	bad.ChurnRate = 5
	if err := body.FromSubscriptionInputs([]hourglass.SubscriptionInput{good, bad}); err != nil {
		t.Fatal(err)
	}
	answer, err := c.SubscriptionPostWithResponse(context.Background(), nil, body)
	if err != nil || answer.JSON200 == nil {
		t.Fatalf("%v %s", err, r.came)
	}
	rows, err := answer.JSON200.AsSubscriptionRows()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v %s", err, r.came)
	}
	// 100 a month, 80 % of it margin, for 1/0.05 months: 1,600.
	if result, err := rows[0].AsSubscriptionResult(); err != nil || result.Ok == nil || !*result.Ok || result.Clv < 1600-1e-9 || result.Clv > 1600+1e-9 {
		t.Errorf("%+v %v", result, err)
	}
	if problem, err := rows[1].AsProblem(); err != nil || problem.Ok == nil || *problem.Ok || problem.Errors == nil || (*problem.Errors)[0].Code != "too_high" {
		t.Errorf("%+v %v", problem, err)
	}
}

func TestBatchToolsAndProblems(t *testing.T) {
	c, r := client(t)
	batch, err := c.BatchWithResponse(context.Background(), nil, hourglass.BatchRequest{
		{Calculation: "average", Input: map[string]any{"order_value": cents, "orders_per_year": 1, "lifespan_years": 1, "gross_margin": 1}},
	})
	if err != nil || batch.JSON200 == nil || len(*batch.JSON200) != 1 {
		t.Fatalf("%v %s", err, r.came)
	}
	if row, err := (*batch.JSON200)[0].AsPicked(); err != nil || row.AdditionalProperties["clv"] != cents {
		t.Errorf("%+v %v", row, err)
	}
	goal, err := c.GoalSeekWithResponse(context.Background(), hourglass.GoalSeekInput{
		Calculation: "subscription", Input: map[string]any{"price": 100, "gross_margin": 0.8, "churn_rate": 0.05}, Result: "clv", Field: "churn_rate", Goal: 2000,
	})
	if err != nil || goal.JSON200 == nil || goal.JSON200.Value == nil || *goal.JSON200.Value < 0.04-1e-9 || *goal.JSON200.Value > 0.04+1e-9 { // 80/2000
		t.Fatalf("%v %s", err, r.came)
	}
	refused, err := c.SubscriptionGetWithResponse(context.Background(), &hourglass.SubscriptionGetParams{Price: -1, GrossMargin: 0.8, ChurnRate: 0.05})
	if err != nil || refused.ApplicationproblemJSON422 == nil || (*refused.ApplicationproblemJSON422.Errors)[0].Code != "too_low" {
		t.Errorf("%v %s", err, r.came)
	}
	frame, err := c.OembedWithResponse(context.Background(), &hourglass.OembedParams{Url: "/subscription/?price=100"})
	if err != nil || frame.JSON200 == nil || frame.JSON200.Html == "" {
		t.Errorf("%v %s", err, r.came)
	}
	health, err := c.HealthWithResponse(context.Background())
	if err != nil || health.JSON200 == nil || health.JSON200.Status != "ok" {
		t.Errorf("%v %s", err, r.came)
	}
	list, err := c.ListCalculationsWithResponse(context.Background())
	if err != nil || list.JSON200 == nil || len(list.JSON200.Calculations) < 30 {
		t.Errorf("%v %.200s", err, r.came)
	}
}

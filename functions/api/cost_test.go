package api

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"hourglass/core/catalogue"
)

// numbers are n times a value, as JSON.
func numbers(n int, value func(i int) float64) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ",%g", value(i))
	}
	return "[" + b.String()[1:] + "]"
}

// shoppers are n customers of whom no two have the same history.
func shoppers(n int) string {
	return `"frequency":` + numbers(n, func(i int) float64 { return float64(1 + i%7) }) + `,"recency":` + numbers(n, func(int) float64 { return 1 }) +
		`,"age":` + numbers(n, func(i int) float64 { return 2 + float64(i)/1024 })
}

const betaGeo = `"r":0.24,"alpha":4.4,"a":0.79,"b":2.4,"discount_rate":0.001`

// counted is a client of an engine that counts how often it is asked.
func counted(t *testing.T, options Options) (client, *int) {
	calls := new(int)
	c := client{t, New(options)}
	engine := c.call
	c.call = func(id, want int, in, buffer []float64) []float64 {
		*calls++
		return engine(id, want, in, buffer)
	}
	return c, calls
}

var asMany = regexp.MustCompile(`at most (\d+)`)

// What would take long is refused before any of it is done, with a part that would not; and that part is taken.
func TestTooMuchWork(t *testing.T) {
	segment := `{"frequency":[1,0],"recency":[1,0],"age":[2,2],"gross_margin":1}`
	rows := func(one string) func(n int) string {
		return func(n int) string { return "[" + strings.Repeat(one+",", n-1) + one + "]" }
	}
	grid := func(n int) string {
		return fmt.Sprintf(`{"calculation":"bgnbd/predict","result":"new_customer_purchases","input":{%s,%s,"horizon":1e4},
			"grid":{"rows":{"field":"r","low":0.1,"high":1,"steps":51},"columns":{"field":"a","low":0.1,"high":1,"steps":51}}}`, betaGeo, shoppers(n))
	}
	predict := func(n int) string { return `{` + betaGeo + `,` + shoppers(n) + `,"horizon":1e6}` }
	curve := `{"survivors":[1000,900,850,820,800],"margin_per_period":1,"period":"month"}`
	for _, row := range []struct {
		path string
		body func(n int) string
		size int
	}{
		{"/v1/sensitivity", grid, 20000},
		{"/v1/customers/segments", rows(segment), 8000},
		{"/v1/bgnbd/predict", predict, 20000},
		{"/v1/paretonbd/fit", func(n int) string { return `{` + shoppers(n) + `}` }, 20000},
		{"/v1/customers/value", func(n int) string { return `{` + shoppers(n) + `,"gross_margin":1,"model":"paretonbd"}` }, 2000},
		{"/v1/mbgcnbd/predict", func(n int) string { return `{"k":12,` + betaGeo + `,` + shoppers(n) + `,"horizon":1e6}` }, 2000},
		{"/v1/customers/value", func(n int) string { return `{` + shoppers(n) + `,"gross_margin":1}` }, 2000},
		{"/v1/retention-curve", rows(curve), 9000},
		{"/v1/releases", rows(within(t, "releases", 2400)), 9000},
		{"/v1/churn-interval", rows(within(t, "churn-interval", 2400)), 9000},
		{"/v1/batch", rows(`{"calculation":"customers/segments","input":` + segment + `}`), 8000},
		{"/v1/adapters/snowflake/customers/segments", func(n int) string {
			return `{"data":` + rows(`[0,[1,0],[1,0],[2,2],[9,9],[1,1],[0,0],0.95,"all_orders",1,"auto",365,1,0]`)(n) + `}`
		}, 8000},
		{"/v1/simulate", func(n int) string {
			return fmt.Sprintf(`{"calculation":"growth-plan","result":"net_gain","input":%s,"ranges":[{"field":"price","low":1,"high":9}],"draws":%d}`, planOf(t, 12), n)
		}, 2000},
		{"/v1/simulate", func(n int) string {
			return fmt.Sprintf(`{"calculation":"service","result":"break_even_frequency_rise","input":%s,"ranges":[{"field":"cost_per_customer","low":1,"high":9}],"draws":%d}`, exampleText(t, "service"), n)
		}, 100000},
	} {
		c, calls := counted(t, Options{})
		status := 422
		if strings.Contains(row.path, "adapters") {
			status = 400
		}
		p := c.problem(status, "POST", row.path, row.body(row.size))
		if *calls != 0 || p.Type != "/v1/problems/too-much-work" || p.Errors[0].Code != "too_much_work" || *p.Errors[0].Limit != 1 {
			t.Errorf("%s: %d calls, %+v", row.path, *calls, p)
			continue
		}
		found := asMany.FindStringSubmatch(p.Detail)
		if found == nil {
			t.Logf("%s: %s", row.path, p.Detail) // not even one would do
			continue
		}
		fits, _ := strconv.Atoi(found[1])
		if strings.Contains(p.Detail, "cells") && row.path == "/v1/sensitivity" {
			continue
		}
		x := &exchange{Handler: c.Handler}
		c.call = func(int, int, []float64, []float64) []float64 { x.weighed = true; return []float64{1, 0} } // refused at once
		if r := c.send("POST", row.path, row.body(fits)); strings.Contains(string(r.Body), "too_much_work") {
			t.Errorf("%s: %d are too many after all: %.300s", row.path, fits, r.Body)
		} else if !x.weighed {
			t.Errorf("%s: nothing was computed: %.300s", row.path, r.Body)
		}
	}
}

// What is beyond its bound is told so, however dear it would be.
func TestBeyondItsBoundIsNoMatterOfWork(t *testing.T) {
	c := newClient(t)
	for _, row := range []struct{ path, body, want string }{
		{"mbgcnbd/predict", `{"k":1e300,"r":0.24,"alpha":4.4,"a":0.79,"b":2.4,` + shoppers(5) + `,"horizon":9}`, "k must be at most 12."},
		{"growth-plan", planOf(t, 200), "levers takes at most 12 values."},
	} {
		if p := c.problem(422, "POST", "/v1/"+row.path, row.body); p.Detail != row.want {
			t.Errorf("%s: %.200s", row.path, p.Detail)
		}
	}
}

func exampleText(t *testing.T, id string) string {
	for _, c := range catalogue.Calculations {
		if c.ID == id {
			input, _ := exampleOf(c)
			text, err := json.Marshal(input)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
	}
	t.Fatalf("no calculation %s", id)
	return ""
}

// within is the example of a calculation within so many periods.
func within(t *testing.T, id string, periods int) string {
	var input map[string]any
	if err := json.Unmarshal([]byte(exampleText(t, id)), &input); err != nil {
		t.Fatal(err)
	}
	input["horizon_periods"] = periods
	text, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// planOf is the example of a growth plan with so many levers, all like its first.
func planOf(t *testing.T, n int) string {
	var input map[string]any
	if err := json.Unmarshal([]byte(exampleText(t, "growth-plan")), &input); err != nil {
		t.Fatal(err)
	}
	levers := input["levers"].([]any)
	for len(levers) < n {
		levers = append(levers, levers[0])
	}
	input["levers"] = levers
	text, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Each calculation's own example, ten thousand rows of a formula and a shop of thousands of customers are within the limit.
func TestUsualWorkIsTaken(t *testing.T) {
	h := New(Options{})
	for i := range h.table {
		c := &h.table[i]
		_, stream := exampleOf(c.Calculation)
		if cost := costOf(c, stream); cost > MaxWork/4 {
			t.Errorf("the example of %s costs %s", c.ID, seconds(cost))
		}
	}
	c, _ := counted(t, Options{})
	const row = `{"order_value":75,"orders_per_year":3,"lifespan_years":2.5,"gross_margin":0.6}`
	c.ok("POST", "/v1/average?field=clv", "["+strings.Repeat(row+",", MaxRows-1)+row+"]")
	c.call = func(int, int, []float64, []float64) []float64 { return []float64{1, 0} }
	for path, body := range map[string]string{
		"/v1/bgnbd/fit": `{` + shoppers(20000) + `}`, "/v1/customers/value": `{` + shoppers(300) + `,"gross_margin":1}`, "/v1/paretonbd/fit": `{` + shoppers(4000) + `}`,
		"/v1/simulate": `{"calculation":"subscription","result":"clv","input":` + exampleText(t, "subscription") + `,"ranges":[{"field":"price","low":1,"high":9}],"draws":100000}`,
	} {
		if r := c.send("POST", path, body); strings.Contains(string(r.Body), "too_much_work") {
			t.Errorf("%s: %s", path, r.Body)
		}
	}
}

// The SQL lets a warehouse send no more rows at once than are taken.
func TestRowsOfAWarehouseAreTaken(t *testing.T) {
	h := New(Options{})
	for i := range h.table {
		c := &h.table[i]
		rows := warehouseHost{}.BatchRows(c)
		if _, stream := exampleOf(c.Calculation); rows < 1 || float64(rows)*priceOf(c).call > MaxWork || costOf(c, stream) > MaxWork {
			t.Errorf("%s: %d rows", c.ID, rows)
		}
	}
	if text := (client{t, h}).ok("GET", "/v1/adapters/redshift/customers/value/sql", ""); !strings.Contains(text, "MAX_BATCH_ROWS 12\n") {
		t.Error(text)
	}
}

// A deployment, and a request, may have a limit of its own.
func TestLimitOfWork(t *testing.T) {
	body := "[" + strings.Repeat("{},", 999) + "{}]"
	small := client{t, New(Options{Work: 2500})}
	if p := small.problem(422, "POST", "/v1/average", body); !strings.Contains(p.Detail, "3 ms") || !strings.Contains(p.Detail, "at most 56 rows") {
		t.Error(p.Detail)
	}
	r := New(Options{}).Handle(Request{Method: "POST", Path: "/v1/average", Body: []byte(body), Work: 2500})
	if r.Status != 422 {
		t.Errorf("%d %s", r.Status, r.Body)
	}
}

// Who has left gets nothing computed.
func TestAbandonedWork(t *testing.T) {
	done := make(chan struct{})
	for path, body := range map[string]string{
		"/v1/average":  "[" + strings.Repeat(exampleText(t, "average")+",", 99) + exampleText(t, "average") + "]",
		"/v1/simulate": `{"calculation":"subscription","result":"clv","input":` + exampleText(t, "subscription") + `,"ranges":[{"field":"price","low":1,"high":9}]}`,
	} {
		c, calls := counted(t, Options{})
		engine := c.call
		left := make(chan struct{})
		c.call = func(id, want int, in, buffer []float64) []float64 {
			if *calls == 9 {
				close(left)
			}
			return engine(id, want, in, buffer)
		}
		r := c.Handle(Request{Method: "POST", Path: path, Body: []byte(body), Done: left})
		if r.Status != 503 || *calls != 10 || r.Panicked {
			t.Errorf("%s: %d after %d calls: %s", path, r.Status, *calls, r.Body)
		}
	}
	close(done)
	if r := New(Options{}).Handle(Request{Method: "GET", Path: "/healthz", Done: done}); r.Status != 200 {
		t.Errorf("healthz: %d", r.Status)
	}
}

// While as many heavy requests are computed as may be, others are sent away and small ones answered.
func TestHeavyWorkHasPlaces(t *testing.T) {
	c := client{t, New(Options{Heavy: 2})}
	c.patience = 10 * time.Millisecond
	begun, end := make(chan struct{}), make(chan struct{})
	engine := c.call
	c.call = func(id, want int, in, buffer []float64) []float64 {
		if c.table[id].ID == "bgnbd/fit" {
			begun <- struct{}{}
			<-end
		}
		return engine(id, want, in, buffer)
	}
	heavy := `{` + shoppers(2000) + `}`
	answers := make(chan Response, 2)
	for range 2 {
		go func() { answers <- c.send("POST", "/v1/bgnbd/fit", heavy) }()
		<-begun
	}
	r := c.send("POST", "/v1/bgnbd/fit", heavy)
	if r.Status != 503 || headerOf(r, "Retry-After") == "" || !strings.Contains(string(r.Body), "/v1/problems/busy") {
		t.Errorf("%d %s", r.Status, r.Body)
	}
	c.ok("POST", "/v1/average", exampleText(t, "average"))
	c.ok("GET", "/healthz", "")
	close(end)
	for range 2 {
		if r := <-answers; r.Status != 200 {
			t.Errorf("%d %s", r.Status, r.Body)
		}
	}
	go func() { <-begun }()
	c.ok("POST", "/v1/bgnbd/fit", heavy)
}

// Large bodies are read as many at once as heavy requests are computed; small ones do not wait for them, and who waits to
// compute leaves the place.
func TestLargeBodiesAreReadInTurn(t *testing.T) {
	c := client{t, New(Options{Heavy: 1})}
	c.patience = 10 * time.Millisecond
	large := []byte(`{` + shoppers(2000) + `}`)
	if len(large) < largeFrom {
		t.Fatalf("%d bytes are not many", len(large))
	}
	left := make(chan struct{})
	close(left)
	c.readers <- struct{}{}
	c.ok("POST", "/v1/average", exampleText(t, "average"))
	if r := c.Handle(Request{Method: "POST", Path: "/v1/bgnbd/fit", Body: large, Done: left}); r.Status != 503 {
		t.Errorf("%d %s", r.Status, r.Body)
	}
	<-c.readers
	c.slots <- struct{}{}
	if r := c.send("POST", "/v1/bgnbd/fit", string(large)); r.Status != 503 || len(c.readers) != 0 {
		t.Errorf("%d with %d reading: %s", r.Status, len(c.readers), r.Body)
	}
	<-c.slots
	c.ok("POST", "/v1/bgnbd/fit", string(large))
	if len(c.readers) != 0 || len(c.slots) != 0 {
		t.Errorf("%d places to read and %d to compute are still taken", len(c.readers), len(c.slots))
	}
}

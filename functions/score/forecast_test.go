package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/core/sample"
)

// grocery writes the log of a shop whose customers' gaps are Erlang-3: two and a half years, one order a day.
func grocery(t *testing.T) string {
	t.Helper()
	source := sample.NewSource(3)
	var text strings.Builder
	text.WriteString("customer,date,amount\n")
	start, end := orders.Day(2022, 1, 3), orders.Day(2024, 6, 30)
	for id := range 400 {
		day := float64(start) + 400*source.Uniform()
		rate, leave := sample.Gamma(4, source.Uniform)/28, sample.Beta(.5, 9, source.Uniform)
		for last := int32(0); int32(day) <= end; {
			if int32(day) > last {
				last = int32(day)
				year, month, date := orders.Civil(last)
				fmt.Fprintf(&text, "%d,%d-%02d-%02d,%.2f\n", id, year, month, date, 5+20*sample.Gamma(3, source.Uniform)/3)
			}
			if source.Uniform() < leave {
				break
			}
			day += (sample.Exponential(source.Uniform) + sample.Exponential(source.Uniform) + sample.Exponential(source.Uniform)) / rate
		}
	}
	file := filepath.Join(t.TempDir(), "grocery.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Regular buyers: the choice, k, the range and what earlier forecasts missed by, in words and as JSON.
func TestRegularShop(t *testing.T) {
	file := filepath.Join(t.TempDir(), "evidence.json")
	code, _, report := call(t, nil, "-horizon", "26w", "-evidence", file, grocery(t))
	if code != 0 || !strings.Contains(report, "model: MBG/CNBD-k fits best") || !strings.Contains(report, "customers order more regularly than chance has it: k = 3") ||
		!strings.Contains(report, "with 95% probability") || !strings.Contains(report, "Earlier forecasts of orders over 182 days, latest first, were off by ") {
		t.Error(report)
	}
	for _, line := range []string{"season: none is clear in 2 years, so none is in the forecast\n", "orders by month: July 2024 ", ", 1 to 29 December 2024 ",
		"segments: what each brings within 182 days, with 95% probability\n", "segment champion: ", " earlier forecasts of orders over 182 days were off by ",
		"ranking: of the revenue that came in the latest of them, the best 20% by expected value brought "} {
		if !strings.Contains(report, line) {
			t.Errorf("%q is not in %s", line, report)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var e evidence
	if err := json.Unmarshal(text, &e); err != nil {
		t.Fatal(err)
	}
	if e.Model != "mbgcnbd" || e.AIC["mbgcnbd"] > e.AIC["mbgnbd"]-100 || len(e.Forecasts) < 3 || !e.Same || !(math.Abs(e.Miss) < .3) {
		t.Errorf("%s", text)
	}
	for _, f := range e.Forecasts {
		if !(f.Orders.Forecast > 0 && f.Orders.Actual > 0 && f.Spend.Forecast > 0 && f.Spend.Actual > 0 && f.KnownUntil < f.ForecastUntil) {
			t.Errorf("%+v", f)
		}
	}
	model, again, on := e.Rules["forecast"], e.Rules["same_again"], e.Rules["rate_on"]
	if l := model.Latest; len(l.Tenths) != 10 || !(e.Caught["model"].Fifth > .2) || e.Caught["model"].Leads != 0 || !(l.Gini > 0 && l.Gini <= 1) || l.Orders != e.Forecasts[0].Orders.Forecast {
		t.Errorf("%s", text)
	}
	// Who buys every week or two and may stop is foreseen by the model, by nothing else.
	if !(model.Miss == e.Miss && model.Miss < again.Miss && model.Miss < on.Miss && model.Latest.MAE < again.Latest.MAE && model.Latest.MAE < on.Latest.MAE) {
		t.Errorf("the model missed by %v, the same again by %v, the rate for ever by %v: %s", model.Miss, again.Miss, on.Miss, text)
	}
	if h := e.Held; h == nil || h.Forecasts < 3 || h.At80 > h.At95 || h.At95 > h.Forecasts || h.At95 < h.Forecasts-1 {
		t.Errorf("%+v", h)
	}
	if code, _, report := call(t, nil, "-evidence", file, "-input", "summaries", "nothing"); code == 0 || !strings.Contains(report, "-evidence needs an order log") {
		t.Error(report)
	}
}

// A shop whose December is twice its other months: the season is said and is in the months ahead, and a December to come is higher than the model has it.
func TestSeasonInWords(t *testing.T) {
	source := sample.NewSource(5)
	var text strings.Builder
	text.WriteString("customer,date,amount\n")
	start := orders.Day(2021, 1, 1)
	for id := range 120 {
		for day := start + int32(100*source.Uniform()); day < orders.Day(2023, 12, 1); day++ {
			year, month, date := orders.Civil(day)
			chance := .07
			if month == 12 {
				chance *= 2
			}
			if source.Uniform() < chance {
				fmt.Fprintf(&text, "%d,%d-%02d-%02d,10\n", id+1, year, month, date)
			}
		}
	}
	code, _, report := call(t, strings.NewReader(text.String()), "-horizon", "62")
	var december, january int
	if _, after, found := strings.Cut(report, "orders by month: "); found {
		fmt.Sscanf(after, "December 2023 %d, January 2024 %d", &december, &january)
	}
	if code != 0 || !strings.Contains(report, "season: December brings +") || !strings.Contains(report, "(2 years); the forecast has that") || !(january > 0 && float64(december) > 1.5*float64(january)) {
		t.Error(report)
	}
	_, _, report = call(t, nil, "-horizon", "26w", cdnow)
	if !strings.Contains(report, "season: none is in the forecast; to see one takes two whole years\n") {
		t.Error(report)
	}
}

// A last day after the last order is taken at its word where a shop may be silent for so long, is said, and is refused from a quarter on.
func TestAfterTheLastOrder(t *testing.T) {
	shop := grocery(t) // to 2024-06-30
	for _, c := range []struct{ horizon, end, want, never string }{
		{"90", "2024-07-05", "until 2024-07-05: in the 90 days after that", "note: -calibration-end"},
		{"1", "2024-07-05", "until 2024-07-05: in the 1 day after that", " 1 days"},
		{"90", "2024-07-31", "note: -calibration-end is 2024-07-31, and the last order is of 2024-06-30: none in 31 days, where about", "score:"},
		{"90", "2024-12-31", "Does the file end there? Leave -calibration-end out, or take a newer file", "orders are expected"},
	} {
		_, _, report := call(t, nil, "-model", "mbgnbd", "-horizon", c.horizon, "-calibration-end", c.end, shop)
		if !strings.Contains(report, c.want) || strings.Contains(report, c.never) {
			t.Errorf("%s: %s", c.end, report)
		}
	}
}

func TestOneOrderIsExpected(t *testing.T) {
	for orders, want := range map[float64]string{0.2: "0 orders are", 0.6: "1 order is", 1.5: "2 orders are", 12345: "12,345 orders are"} {
		if got := ordersAre(orders); got != want {
			t.Errorf("%v: %s expected, want %s", orders, got, want)
		}
	}
}

// What a file does not carry gets no total, but a sentence of what is missing.
func TestTooLittle(t *testing.T) {
	week := "customer,date,amount\n"
	for i := range 43 {
		week += fmt.Sprintf("%d,2024-02-%02d,%d\n", i%34, 1+i%7, 20+i)
	}
	for _, c := range []struct{ text, want string }{
		{week, "A forecast takes 28 days and 10 customers who ordered again, at least."},
		{"customer,date,amount\na,2024-01-01,5\na,2024-06-01,5\nb,2024-02-01,9\nb,2024-03-04,9\n", "2 customers ordered again: too little"},
	} {
		_, _, report := call(t, strings.NewReader(c.text))
		if !strings.Contains(report, c.want) || strings.Contains(report, "orders are expected") {
			t.Error(report)
		}
	}
	// What a week does not carry for all customers it does not carry for one. A model that has seen more does.
	_, out, report := call(t, strings.NewReader(week))
	for _, field := range []string{"p_alive", "expected_orders", "expected_spend", "clv", "clv_lower", "clv_upper", "next_order_days"} {
		if said := strings.Join(parsed(t, out)[field], ""); said != "" {
			t.Errorf("%s of a week: %s", field, said)
		}
	}
	for _, field := range []string{"id", "orders", "spend", "rank", "decile", "segment"} {
		if list := parsed(t, out)[field]; len(list) != 33 || slices.Contains(list, "") {
			t.Errorf("%s of a week: %q", field, list)
		}
	}
	if !strings.Contains(report, "ranked only: the fields of a forecast are empty") {
		t.Error(report)
	}
	_, out, report = call(t, strings.NewReader(week), "-model-file", shopModel(t, customers.BGNBD))
	if list := parsed(t, out)["clv"]; len(list) != 33 || slices.Contains(list, "") || strings.Contains(report, "ranked only") {
		t.Errorf("clv of a week by a model of a year: %q\n%s", list, report)
	}
	// Ten times as far as the file looks back.
	_, _, report = call(t, nil, "-calibration-end", "1997-09-30", "-horizon", "10y", cdnow)
	if !strings.Contains(report, "The longest that can be answered is 1088 days: -horizon 1088.") || strings.Contains(report, "orders are expected") {
		t.Error(report)
	}
}

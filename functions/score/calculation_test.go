package main

import (
	"fmt"
	"hourglass/functions/score/rows"
	"math"
	"strings"
	"testing"

	"hourglass/core/predict"
)

// The calculation customers/value and this command say the same of the CDNOW sample, to the last digit that is written.
func TestTheCalculationSaysTheSame(t *testing.T) {
	summaries := must(t, "", "-summaries", "-calibration-end", "1997-09-30", "-unit", "week", cdnow)
	in := parsed(t, summaries)
	out, notes := predict.CustomersValue(predict.CustomersValueInput{Level: 0.95, CustomersInput: predict.CustomersInput{
		Frequency: numbersOf(t, in["frequency"]), Recency: numbersOf(t, in["recency"]), Age: numbersOf(t, in["age"]),
		MeanSpend: numbersOf(t, in["mean_spend"]), UnitDays: 7, HorizonDays: 273, GrossMargin: new(0.4), AnnualDiscountRate: 0.1}})
	if notes.Refused() {
		t.Fatal(notes)
	}
	row := map[string]int{}
	for i, id := range in["id"] {
		row[id] = i
	}
	scored := parsed(t, must(t, summaries, "-unit", "week", "-horizon", "273", "-margin", "0.4", "-discount", "0.1"))
	if len(scored["id"]) != 2357 || len(out.Each) != 2357 {
		t.Fatal(len(scored["id"]), len(out.Each))
	}
	for i, id := range scored["id"] {
		c := out.Each[row[id]]
		for name, v := range map[string]float64{"p_alive": c.Alive, "expected_orders": c.Orders, "expected_spend": *c.Spend, "clv": *c.CLV,
			"clv_lower": *c.Lower, "clv_upper": *c.Upper, "rank": c.Rank, "decile": c.Decile} {
			if want := string(rows.AppendNumber(nil, v)); scored[name][i] != want {
				t.Fatalf("customer %s: %s %s, by the calculation %s", id, name, scored[name][i], want)
			}
		}
		if want := fmt.Sprint(c.Segment); scored["segment"][i] != want {
			t.Fatalf("customer %s: %s, by the calculation %s", id, scored["segment"][i], want)
		}
	}
}

// A shop where nobody came back is not worth nothing: an order is worth what first orders were, and the report says so.
func TestNobodyCameBack(t *testing.T) {
	log := "customer,date,amount\n"
	for i := range 60 {
		log += fmt.Sprintf("%d,2024-%02d-%02d,%d\n", i+1, 1+i/28, 1+i%28, 20+i%5)
	}
	code, out, report := call(t, strings.NewReader(log))
	if code != 0 || !strings.Contains(report, "warning: No customer has ordered a second time, so order values come from first orders.") ||
		!strings.Contains(report, "No customer has ordered a second time.") {
		t.Fatalf("exit code %d\n%s", code, report)
	}
	expected, spend := sum(numbersOf(t, parsed(t, out)["expected_orders"])), sum(numbersOf(t, parsed(t, out)["expected_spend"]))
	if !(expected > 0) || math.Abs(spend/expected-22) > 1e-6 {
		t.Errorf("%v orders for %v, which is not 22 each", expected, spend)
	}
	t.Log(report)
}

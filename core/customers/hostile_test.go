package customers

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"hourglass/core/orders"
)

// Whatever the log, every step ends in a status, and no number is NaN or infinite.
func TestHostileLogs(t *testing.T) {
	line := func(id, day int, amount string) string {
		y, m, d := orders.Civil(orders.Day(2024, 1, 1) + int32(day))
		return fmt.Sprintf("%d,%04d-%02d-%02d,%s\n", id, y, m, d, amount)
	}
	many := func(n int, f func(i int) string) string {
		var b strings.Builder
		b.WriteString("customer,date,amount\n")
		for i := range n {
			b.WriteString(f(i))
		}
		return b.String()
	}
	for _, c := range []struct {
		name, text string
		warns      []Code
	}{
		{"empty", "", []Code{TooFewRepeats, NotConverged}},
		{"one order", many(1, func(i int) string { return line(1, 0, "10") }), []Code{TooFewRepeats, NotConverged}},
		{"one customer", many(20, func(i int) string { return line(1, 7*i, "10.50") }), []Code{TooFewRepeats, FewSpenders}},
		{"one order each", many(200, func(i int) string { return line(i, i, "10") }), []Code{TooFewRepeats, FirstOrdersOnly}},
		{"all on one day", many(200, func(i int) string { return line(i%50, 0, "10") }), []Code{TooFewRepeats, NotConverged}},
		{"zero amounts", many(400, func(i int) string { return line(i%90, i, "0") }), []Code{SpendAmounts}},
		{"some zero amounts", many(400, func(i int) string { return line(i%90, i, fmt.Sprint((i%3)*(i%90%2)*10)) }), []Code{SpendByMoments}},
		{"one amount", many(400, func(i int) string { return line(i%90, i, "10") }), nil},
		{"huge amounts", many(400, func(i int) string { return line(i%90, i, fmt.Sprint(1e9*(1+i%7))) }), nil},
		{"tails of amounts", many(400, func(i int) string { return line(i%90, i, fmt.Sprintf("%.2f", math.Exp(20*math.Sin(float64(i%90))+2))) }), nil},
		{"rich who order often", many(3000, func(i int) string { return line(i*i%(1+i%120), i%500, fmt.Sprint(1+5000/(1+i%120))) }), nil},
		{"like clockwork", many(900, func(i int) string { return line(i%90, 30*(i/90), "10") }), nil},
		{"daily for ten years", many(3000, func(i int) string { return line(i%3, i/3*3, "5") }), nil},
		{"nobody comes back after the second", many(400, func(i int) string { return line(i/2, i/2+(i%2)*3, "10") }), nil},
		{"a century", many(60, func(i int) string { return line(i%20, -20000+700*i, "10") }), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := readLog([]byte(c.text))
			s := l.Summaries(orders.Split{})
			choice, status := Choose(l, s, nil)
			if status != Done {
				t.Fatal(status)
			}
			spend := FitSpend(s, nil)
			o := Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 0.5}
			var track Tracking
			for k := range Kinds() {
				candidate := choice.Candidates[k]
				if !candidate.Usable() {
					continue
				}
				u, _ := candidate.Uncertain(grouped(t, s).Fittable(), nil)
				m := Build(&candidate, u, spend.Spend, s)
				e := run(t, m, s, o)
				track, _ = m.Track(l, 7, 0, nil)
				fresh, status := m.NewCustomer(o, 1)
				if status != Done {
					t.Error(status)
				}
				next, _ := m.NextOrders(e.base, 0.5, nil)
				calibration, _ := m.Calibrate(e.base, s)
				if fault := nonfinite(reflect.ValueOf([]any{e.scores, e.out, e.values, e.totals, m, fresh, next, calibration, track.Expected,
					Concentrate(e.values.Value), track.Pattern()})); fault != "" {
					t.Errorf("%v: %s", k, fault)
				}
			}
			warnings := Warnings(&choice, s, spend, track, o)
			t.Logf("%v (%v), spend %v (%v), %v", choice.Recommended, choice.Reason, spend.Basis, spend.Reason, warnings)
			for _, want := range c.warns {
				found := false
				for _, w := range warnings {
					found = found || w.Code == want
				}
				if !found {
					t.Errorf("no warning %v", want)
				}
			}
			if fault := nonfinite(reflect.ValueOf([]any{choice.Cuts, choice.Lead, choice.Square, choice.Total, warnings, spend.Params})); fault != "" {
				t.Error(fault)
			}
		})
	}
}

// nonfinite finds a NaN or an infinity in any value.
func nonfinite(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Float64:
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
			return fmt.Sprint(v.Float())
		}
	case reflect.Interface:
		return nonfinite(v.Elem())
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if fault := nonfinite(v.Index(i)); fault != "" {
				return fmt.Sprintf("[%d] %s", i, fault)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if fault := nonfinite(v.Field(i)); fault != "" {
				return v.Type().Field(i).Name + " " + fault
			}
		}
	}
	return ""
}

func TestBadInput(t *testing.T) {
	m := fitted(BGNBD)
	b := grouped(t, sampleLog(t).Summaries(calibration))
	for _, o := range []Options{{HorizonDays: -1}, {HorizonDays: math.NaN()}, {HorizonDays: math.Inf(1)}, {Margin: 1}, {HorizonDays: 365}, {HorizonDays: 365, Margin: 2},
		{HorizonDays: 365, Margin: 1, Level: 1}, {HorizonDays: 365, Margin: 1, AnnualDiscount: -0.1}} {
		if _, status := m.Score(b, o, nil); status != BadOptions {
			t.Errorf("%+v: %v", o, status)
		}
	}
	if _, status := (&Model{}).Score(b, DefaultOptions(), nil); status != BadModel {
		t.Error(status)
	}
	if _, status := m.Score(b, DefaultOptions(), func(float64) bool { return false }); status != Cancelled {
		t.Error(status)
	}
	if _, status := m.Outcomes(b, DefaultOptions(), func(float64) bool { return false }); status != Cancelled {
		t.Error(status)
	}
	s, _ := m.Score(b, DefaultOptions(), nil)
	if _, status := m.Value(b, nil, s, Outcomes{}, DefaultOptions()); status != BadData {
		t.Error(status)
	}
	bad := Histories(sampleLog(t).Summaries(calibration))
	bad.T[7] = math.NaN()
	if _, fault := Group(bad); fault.Code == 0 || fault.Row != 7 {
		t.Error(fault)
	}
}

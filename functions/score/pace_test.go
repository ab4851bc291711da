package main

import (
	"math"
	"strings"
	"testing"

	"hourglass/core/customers"
)

// A quarter that is off by more than chance is said, and a drift besides; nothing where the pace is as expected or not known.
func TestPaceInWords(t *testing.T) {
	record := func(pace, miss float64) *customers.Record {
		r := &customers.Record{HorizonDays: 91, Same: true, Pace: customers.Pace{Days: 91, Actual: 1000 * (1 + pace), Expected: 1000}}
		for range 4 {
			r.Past = append(r.Past, customers.Past{Orders: customers.Check{Forecast: 1000, Actual: 1000 * math.Exp(miss), One: 1}})
		}
		return r
	}
	for _, c := range []struct {
		record *customers.Record
		want   []string
	}{
		{record(-.25, .1), []string{"The last 91 days brought 25% fewer repeat orders than the model expects: the range reaches down to that pace."}},
		{record(.25, .1), []string{"25% more", "reaches up", "Demand is rising"}},
		{record(-.25, -.2), []string{"25% fewer", "Demand is falling: all four forecasts before were off to that side"}},
		{record(.02, .1), nil},
		{&customers.Record{}, nil},
	} {
		got := pace(c.record)
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("%q lacks %q", got, w)
			}
		}
		if c.want == nil && got != "" || len(c.want) == 1 && strings.Contains(got, "Demand") {
			t.Errorf("%q", got)
		}
	}
}

package predict_test

import (
	"math"
	"testing"

	"hourglass/core/customers"
	"hourglass/core/notice"
	"hourglass/core/predict"
	"hourglass/core/sample"
)

// ordersOf are the orders of a shop of two groups whose customers order at a known pace for as long as they are followed, of 50 each time; of the
// second group one is worth twice as much.
func ordersOf(people int) (in predict.CustomersGroupsInput) {
	u := sample.NewSource(21).Uniform
	for c := range people {
		group := 1 + c%2
		gap := 40 / sample.Gamma(2, u)
		for day := float64(int(500 * u())); day <= 600; day += 1 + math.Floor(-gap*math.Log(u())) {
			in.Customer, in.Day = append(in.Customer, float64(c)), append(in.Day, day)
			in.Amount, in.Group = append(in.Amount, 50*float64(group)), append(in.Group, float64(group))
			if u() < 0.35 { // has left
				break
			}
		}
	}
	in.HorizonDays, in.GrossMargin, in.Level = 365, new(0.5), 0.95
	in.Model = byMBGNBD
	return in
}

// Figures of groups that can be counted by hand, and a cost: customers, who has come again, margins by age, CAC and the month of payback are added up here
// order by order.
func TestGroupsAreCounted(t *testing.T) {
	in := ordersOf(1600)
	in.LastDay = new(600.0)
	in.Cost = []float64{800 * 30, 800 * 80, 5}
	out, notes := predict.CustomersGroups(in)
	if notes.Refused() || len(out.Groups) != 2 || !has(notes, notice.NotUsed, "group_cost/2") || out.Overlap != 0 {
		t.Fatal(notes, len(out.Groups))
	}
	first := map[float64]float64{}
	for i, c := range in.Customer {
		if day, known := first[c]; !known || in.Day[i] < day {
			first[c] = in.Day[i]
		}
	}
	for k, g := range out.Groups {
		people, again := map[float64]bool{}, map[float64]bool{}
		for i, c := range in.Customer {
			if in.Group[i] == float64(k+1) {
				people[c] = true
				if in.Day[i] > first[c] {
					again[c] = true
				}
			}
		}
		if g.Number != float64(k+1) || g.Customers != float64(len(people)) || g.Repeaters != float64(len(again)) {
			t.Errorf("group %v: %v customers, %v again; want %d, %d", g.Number, g.Customers, g.Repeaters, len(people), len(again))
		}
		// By age: the mean of each step over those old enough for it, added up.
		total, before := 0.0, -1.0
		month := -1
		for at, age := range out.Ages {
			old, money := 0.0, 0.0
			for c := range people {
				if 600-first[c] >= age {
					old++
				}
			}
			for i, c := range in.Customer {
				if d := in.Day[i] - first[c]; people[c] && 600-first[c] >= age && d <= age && d > before {
					money += in.Amount[i]
				}
			}
			total, before = total+money/old, age
			if g.OldEnough[at] != old {
				t.Errorf("%v days: %v are old enough, want %v", age, g.OldEnough[at], old)
			}
			near(t, "margin", g.Margin[at], 0.5*total, 1e-9*total)
			if cac := in.Cost[k] / float64(len(people)); month < 0 && 0.5*total >= cac {
				month = at
			}
		}
		near(t, "CAC", *g.CAC, in.Cost[k]/float64(len(people)), 1e-9)
		if g.Payback == nil || *g.Payback != float64(month) || month < 1 {
			t.Errorf("group %v is paid back in month %v, want %d", g.Number, g.Payback, month)
		}
		near(t, "CLV:CAC", *g.Ratio, *g.CLV / *g.CAC, 1e-9)
	}
	if ratio := *out.Groups[1].CLV / *out.Groups[0].CLV; math.Abs(ratio-2) > 0.25 || out.Groups[1].Differs != 1 || out.Differ != 2 {
		t.Errorf("twice the amount makes %v times the value; %v groups differ", ratio, out.Differ)
	}
	if *out.PaidCAC != (in.Cost[0]+in.Cost[1])/1600 || out.All.Customers != 1600 {
		t.Errorf("paid CAC %v of %v customers", *out.PaidCAC, out.All.Customers)
	}
}

// The same groups as tags are the same figures; with a third tag that all of the first half have, groups overlap.
func TestGroupsByTags(t *testing.T) {
	in := ordersOf(400)
	plain, _ := predict.CustomersGroups(in)
	of := in.Group
	seen := map[float64]bool{}
	in.Group = nil
	for i, c := range in.Customer {
		if !seen[c] {
			seen[c] = true
			in.TagCustomer, in.Tag = append(in.TagCustomer, c), append(in.Tag, of[i])
		}
	}
	tagged, notes := predict.CustomersGroups(in)
	if notes.Refused() || len(tagged.Groups) != 2 || tagged.Overlap != 1 {
		t.Fatal(notes, len(tagged.Groups))
	}
	for k := range plain.Groups {
		near(t, "value", *tagged.Groups[k].CLV, *plain.Groups[k].CLV, 1e-9)
	}
	for c := range 200 {
		in.TagCustomer, in.Tag = append(in.TagCustomer, float64(c)), append(in.Tag, 3)
	}
	in.TagCustomer, in.Tag = append(in.TagCustomer, 0, 99999), append(in.Tag, 3, 3) // once more, and one who has no orders
	three, _ := predict.CustomersGroups(in)
	if len(three.Groups) != 3 || three.Groups[2].Customers != 200 || three.All.Customers != 400 || three.Groups[0].Customers+three.Groups[1].Customers != 400 {
		t.Errorf("%+v", three.Groups)
	}
	if in.Group = of; true {
		if _, notes := predict.CustomersGroups(in); !has(notes, notice.NotUsed, "group") {
			t.Error(notes)
		}
	}
}

func TestGroupsThatCannotBe(t *testing.T) {
	good := func() predict.CustomersGroupsInput { return ordersOf(60) }
	for name, c := range map[string]struct {
		change func(in *predict.CustomersGroupsInput)
		code   notice.Code
		field  string
	}{
		"no margin":            {func(in *predict.CustomersGroupsInput) { in.GrossMargin = nil }, notice.Required, "gross_margin"},
		"a column too short":   {func(in *predict.CustomersGroupsInput) { in.Day = in.Day[1:] }, notice.LengthsDiffer, "day"},
		"a part of a day":      {func(in *predict.CustomersGroupsInput) { in.Day[3] = 1.5 }, notice.NotWhole, "day/3"},
		"tags for fewer":       {func(in *predict.CustomersGroupsInput) { in.Tag = []float64{1} }, notice.LengthsDiffer, "tag_customer"},
		"before the first day": {func(in *predict.CustomersGroupsInput) { in.Day[0] = 5; in.LastDay = new(0.0); shift(in.Day) }, notice.TooLow, "last_day"},
		"a group of 51":        {func(in *predict.CustomersGroupsInput) { in.Group[2] = 51 }, notice.TooHigh, "group/2"},
	} {
		in := good()
		c.change(&in)
		if _, notes := predict.CustomersGroups(in); !has(notes, c.code, c.field) || !notes.Refused() {
			t.Errorf("%s: %v", name, notes)
		}
	}
	// Orders without amounts are counted; who has no group is a group of their own.
	in := good()
	in.Amount, in.GrossMargin = nil, nil
	for i := range in.Group {
		in.Group[i]--
	}
	out, notes := predict.CustomersGroups(in)
	if notes.Refused() || len(out.Groups) != 2 || out.Groups[0].Number != 0 || out.Groups[0].CLV != nil || len(out.Groups[0].Margin) != 0 || !(*out.Groups[0].Repeats > 0) {
		t.Errorf("%v %+v", notes, out.Groups)
	}
	in.Group = nil
	if one, notes := predict.CustomersGroups(in); notes.Refused() || len(one.Groups) != 1 || one.Groups[0].Customers != 60 {
		t.Errorf("without groups: %v %+v", notes, one.Groups)
	}
	// Too little for a year ahead: no groups, and it says so.
	short := predict.CustomersGroupsInput{Customer: []float64{1, 2, 1, 3}, Day: []float64{1, 2, 3, 4}, Group: []float64{1, 2, 1, 2}, HorizonDays: 3650, Level: .95}
	if out, notes := predict.CustomersGroups(short); !notes.Refused() && (len(out.Groups) > 0 || !has(notes, notice.TooLittle, "by_group")) {
		t.Errorf("%v %+v", notes, out)
	}
	if customers.MostGroups != 50 {
		t.Error("the bound of group says 50")
	}
}

// shift moves days away from 0.
func shift(days []float64) {
	for i := range days {
		days[i]++
	}
}

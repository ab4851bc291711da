package customers

import (
	"math"
	"testing"

	"hourglass/core/orders"
	"hourglass/core/sample"
)

// year makes months of so many years, 100 orders expected in each, of which level times as many came and in December so many times that.
func year(years int, december float64, level func(month int) float64) (out []monthly) {
	for k := range 12 * years {
		m := monthly{month: k % 12, expected: 100, actual: 100 * level(k)}
		if m.month == 11 {
			m.actual *= december
		}
		out = append(out, m)
	}
	return out
}

func flat(int) float64 { return 1 }

// By hand: in two years with 30 more orders in December than in each of eleven months of 100, every year has 1,230, and so has every year around a month but
// those of which two Decembers, or none, are a part.
func TestSeasonByHand(t *testing.T) {
	s := seasonOf(year(2, 2, flat))
	if !s.Known || s.Years != 2 {
		t.Fatalf("%+v", s)
	}
	// The level is 13/12 all along, as there is one December in every twelve months. Then December: (400 + 30)/(2 100 13/12 + 30), others (200 + 30)/(...).
	near(t, "December", s.Index[11], 430/(650.0/3+30), 1e-12)
	near(t, "January", s.Index[0], 230/(650.0/3+30), 1e-12)
	if high, low := s.Extremes(); high != 12 || low == 12 {
		t.Errorf("months %d and %d", high, low)
	}
	for _, c := range []struct {
		name   string
		months []monthly
		years  float64
	}{
		{"a year", year(1, 5, flat), 0},
		{"chance", year(3, 1.2, flat), 3},
		{"a rising shop", year(3, 1, func(k int) float64 { return math.Pow(1.4, float64(k)/12) }), 3},
		{"a falling shop", year(3, 1, func(k int) float64 { return math.Pow(.7, float64(k)/12) }), 3},
		{"nothing", nil, 0},
		{"nobody came", year(2, 1, func(int) float64 { return 0 }), 2},
	} {
		if s := seasonOf(c.months); s.Known || s.Years != c.years || s.Index[0] != 1 {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
	if s := seasonOf(year(8, 2, flat)); s.Years != seasonMost {
		t.Errorf("%v years", s.Years)
	}
}

// January has 31 days of one and a half, February none: of the 59 days after the year's end that is 31 1.5/59, and of 1.5 days 1.5.
func TestSeasonPace(t *testing.T) {
	s := Season{Known: true}
	s.Index[0] = 1.5
	end := orders.Day(2023, 12, 31)
	near(t, "59 days", s.pace(end, 59), 31*1.5/59, 1e-12)
	near(t, "a day and a half", s.pace(end, 1.5), 1.5, 1e-12)
	near(t, "half of it in February", s.pace(end+30, 2), .75, 1e-12)
	if s.pace(end, 0) != 1 || (&Season{}).pace(end, 59) != 1 {
		t.Error("of nothing")
	}
}

// seasonal is a shop whose customers stay and order 30 times a year, at e^(.7 sin) of that over the year.
func seasonal(people, days int, amplitude float64) *orders.Log {
	source := sample.NewSource(7)
	text := []byte("customer,date,amount\n")
	start := orders.Day(2020, 1, 1)
	for id := range people {
		for day := int(source.Uniform() * 200); day < days; {
			y, m, d := orders.Civil(start + int32(day))
			text = append(text, "c"+itoa(id)+","+itoa(y)+"-"+two(m)+"-"+two(d)+",10\n"...)
			for day++; day < days && source.Uniform() > math.Exp(amplitude*math.Sin(2*math.Pi*float64(day)/365.25))*30/365; day++ {
			}
		}
	}
	return readLog(text)
}

// A log whose last day is later than its last order has days without one: they are months, periods and the latest quarter as others are.
func TestDaysAfterTheLastOrder(t *testing.T) {
	l := seasonal(60, 500, .2)
	first, last := l.Span()
	for _, after := range []int32{1, 6, 31, 120} {
		v := NewValuation()
		v.Of(l)
		v.Settings = Settings{Split: orders.Split{End: last + after}, Pick: Picked(MBGNBD), Options: Options{HorizonDays: 91, Margin: 1},
			Wants: Wants{Intervals: true, Totals: true, Tracking: true}}
		if status := v.Run(nil); status != Done {
			t.Fatal(after, status)
		}
		k := v.Answer.Known
		var latest Month
		for _, m := range k.Months {
			if !m.Ahead {
				latest = m
			}
		}
		if latest.Last > last+after || last+after-latest.Last > 30 || latest.First > last && (latest.Actual != 0 || !(latest.Expected > 0)) {
			t.Errorf("%d days after: latest month %+v", after, latest)
		}
		if n := int32(len(k.Tracking.Repeat)); n != (last+after-first)/7+1 || k.Tracking.Repeat[n-1] != uint32(l.Orders()-l.Customers()) {
			t.Errorf("%d days after: %d periods", after, n)
		}
		if p := k.Record.Pace; after > 100 && (p.Actual != 0 || !(p.Expected > 0)) {
			t.Errorf("%d days after: %+v", after, p)
		}
		// The same by a model that was fitted when the log ended.
		earlier := k.Model
		earlier.Last = last
		v.Settings.Model, v.Settings.Tracking = &earlier, false
		if status := v.Run(nil); status != Done || len(v.Answer.Known.Months) != len(k.Months) {
			t.Errorf("%d days after: %v, %d months", after, status, len(v.Answer.Known.Months))
		}
	}
}

// The season of three years is found, the quarter that it forecasts comes out, month by month, and the sum of the months is the total; of the same shop without
// a season the total is the model's.
func TestSeasonOfAShop(t *testing.T) {
	const known, ahead = 1096, 91 // up to the end of 2022: the high season follows
	l := seasonal(150, known+ahead, .7)
	first, _ := l.Span()
	v := NewValuation()
	v.Of(l)
	v.Settings = Settings{Split: orders.Split{End: first + known - 1}, Pick: Picked(MBGNBD), Options: Options{HorizonDays: ahead, Margin: 1},
		Wants: Wants{Intervals: true, Totals: true}}
	if status := v.Run(nil); status != Done {
		t.Fatal(status)
	}
	s := v.Answer.Known.Tracking.Season
	if high, low := s.Extremes(); !s.Known || s.Years != 3 || high < 3 || high > 5 || low < 9 || low > 11 { // the sine is highest in April
		t.Errorf("%+v", s)
	}
	actual := 0.0
	for i := range l.Customers() {
		for _, day := range l.Days(i) {
			if day >= first+known {
				actual++
			}
		}
	}
	total := v.Answer.Totals.Orders
	near(t, "log of actual over forecast", math.Log(actual/total.Value), 0, .1)
	var sum float64
	back, next := 0, 0
	for _, m := range v.Answer.Known.Months {
		if m.Ahead {
			next, sum = next+1, sum+m.Expected
		} else if back++; math.Abs(math.Log(m.Actual/m.Expected)) > .2 {
			t.Errorf("%+v", m)
		}
	}
	if back != 12 || next != 4 { // January to March have 90 days
		t.Errorf("%d months back, %d ahead", back, next)
	}
	near(t, "sum of the months", sum, total.Value, 1e-9*total.Value)

	// Of months in steps of a week of age, as earlier forecasts take them.
	rough, status := v.Answer.Known.Model.season(l, nil)
	if status != Done || !rough.Known {
		t.Fatal(status, rough)
	}
	for i, index := range rough.Index {
		near(t, "index", index, s.Index[i], 2e-4)
	}

	even := Known{Model: v.Answer.Known.Model}
	o := v.Settings.Options
	scores, _ := even.Model.Score(v.Base, o, nil)
	if plain := weighted(v.Base.Table, scores.Expected); !(plain < .85*total.Value) {
		t.Errorf("without the season %v, with it %v", plain, total.Value)
	}
	var parts float64
	for _, p := range v.Answer.BySegment() {
		parts += p.ExpectedOrders
	}
	near(t, "segments", parts, total.Value, 1e-9*total.Value)
}

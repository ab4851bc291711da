package customers

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"hourglass/core/orders"
	"hourglass/core/sample"
)

// truth is what customers of the group bring by each age on average, and the share that has come again: their orders are counted one by one, without
// the engine, and an order is worth p*gamma/(q-1) on average whoever makes it.
func (g tribe) truth(people int, uniform func() float64) (money, again [len(GrowthAges)]float64) {
	w := g.world()
	each := w.spend.P * w.spend.Gamma / (w.spend.Q - 1)
	for range people {
		days := w.days(366, uniform)
		for k, age := range GrowthAges {
			n := 0
			for n < len(days) && float64(days[n]) <= age {
				n++
			}
			money[k] += each * float64(1+n) / float64(people)
			again[k] += float64(min(n, 1)) / float64(people)
		}
	}
	return money, again
}

// channelLog is the order log of a shop of groups, won evenly over so many days, with the group's number as channel.
func channelLog(tribes []tribe, days int, uniform func() float64) *orders.Log {
	text := []byte("customer,date,amount,note,channel\n")
	for k, g := range tribes {
		w := g.world()
		for i := range g.people {
			first := int(uniform() * float64(days))
			rate := sample.Gamma(w.spend.Q, uniform) / w.spend.Gamma
			for n, day := range append([]int{0}, w.days(days-first, uniform)...) {
				y, m, d := orders.Civil(18262 + int32(first+day))
				channel := "c" + strconv.Itoa(k)
				if n > 0 {
					channel = "elsewhere" // only the first order counts
				}
				text = fmt.Appendf(text, "%d-%d,%04d-%02d-%02d,%.6f,%d,%s\n", k, i, y, m, d, sample.Gamma(w.spend.P, uniform)/rate, i, channel)
			}
		}
	}
	r := orders.NewReader(orders.Options{Carry: orders.MaxCarried})
	r.Write(text)
	r.Close()
	return r.Log()
}

// sourcesOf values a log and tells where its customers come from.
func sourcesOf(t *testing.T, l *orders.Log, by string) *Sources {
	t.Helper()
	v := NewValuation()
	v.Of(l)
	v.Settings = Settings{Pick: Picked(MBGNBD), Options: DefaultOptions()}
	v.Settings.Margin = .4
	if status := v.Run(nil); status != Done {
		t.Fatal(status)
	}
	s, status := v.Answer.Sources(l, by, nil)
	if status != Done {
		t.Fatal(status)
	}
	return s
}

// costs are pairs of a name and an amount.
func costs(pairs ...any) (out []orders.Cost) {
	for k := 0; k < len(pairs); k += 2 {
		out = append(out, orders.Cost{Group: pairs[k].(string), Amount: pairs[k+1].(float64)})
	}
	return out
}

// place is the number of a group's tribe.
func (s *Source) place(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(s.Text[1:])
	if err != nil {
		t.Fatal(s.Text)
	}
	return n
}

// Shops whose groups differ: what customers brought by equal age, how many came again, and when a cost is earned, against customers played out one
// by one.
func TestSourcesAreRecovered(t *testing.T) {
	shops := 12
	if testing.Short() {
		shops = 3
	}
	var margin, again, path, month, inYear tally
	for seed := range shops {
		u := sample.NewSource(uint64(seed)*31 + 4).Uniform
		var tribes []tribe
		for _, size := range groupSizes {
			tribes = append(tribes, tribe{2 * size, .5 * sample.Normal(u), .5 * sample.Normal(u), math.Exp(.3 * sample.Normal(u))})
		}
		s := sourcesOf(t, channelLog(tribes, 500, u), "channel")
		if len(s.Each) != len(tribes) {
			t.Fatalf("%d groups", len(s.Each))
		}
		for k := range s.Each {
			one := &s.Each[k]
			money, back := tribes[one.place(t)].truth(6000, u)
			for _, at := range []int{1, 3, 6, 12} {
				if one.OldEnough[at] < FewCustomers {
					continue
				}
				margin.add(one.Margin[at].holds(.4*money[at]), .95)
				again.add(one.Again[at].holds(back[at]), .95)
			}
			path.add(one.Path[12].holds(.4*money[12]), .95)

			// A cost between what is brought by one age and the next is earned at that one.
			at := 1 + int(u()*11)
			s.Pay(costs(one.Text, .4*(money[at-1]+money[at])/2*one.Customers))
			p := one.Payback
			latest := p.Latest
			if latest == NeverPaid {
				latest = 99
			}
			month.add(p.Known && p.Soonest <= at && at <= latest, .95)
			if one.Customers >= 1000 && !p.TooEarly {
				inYear.add(p.Month != NeverPaid && math.Abs(float64(p.Month-at)) <= 2, 1)
			}
		}
	}
	t.Logf("intervals hold: margin %.3f, came again %.3f of %.0f; path at 365 days %.3f of %.0f; month of payback %.3f; within two months of it %.3f of %.0f",
		margin.rate(), again.rate(), margin.n, path.rate(), path.n, month.rate(), inYear.rate(), inYear.n)
	// Of 120 intervals that hold in 95 %, fewer than 108 do once in a hundred times. Over 300 groups they held in 0.96 (margin), 0.94 (came again) and 0.96 (path).
	for what, rate := range map[string]float64{"margin": margin.rate(), "again": again.rate(), "path": path.rate(), "month": month.rate()} {
		if rate < .9 {
			t.Errorf("%s: intervals hold %.3f", what, rate)
		}
	}
	if inYear.n > 0 && inYear.rate() < .8 {
		t.Errorf("month of payback: %.3f within two", inYear.rate())
	}
}

// A shop whose groups do not differ says so: how often it is said of one, and of any, over many shops.
func TestSourcesOfNoise(t *testing.T) {
	shops := 60
	if testing.Short() {
		shops = 15
	}
	var one, anyOf tally
	for seed := range shops {
		u := sample.NewSource(uint64(seed) + 901).Uniform
		var tribes []tribe
		for _, size := range []int{40, 80, 80, 160, 160, 320} {
			tribes = append(tribes, tribe{size, 0, 0, 1})
		}
		s := sourcesOf(t, channelLog(tribes, 400, u), "channel")
		for k := range s.Each {
			one.add(s.Each[k].Differs, .05)
		}
		anyOf.add(s.Differ > 0, .05)
	}
	t.Logf("said to differ: %.3f of %.0f groups, in %.3f of %.0f shops", one.rate(), one.n, anyOf.rate(), anyOf.n)
	if one.rate() > .05 || anyOf.rate() > .2 {
		t.Errorf("said to differ: %.3f of groups, in %.3f of shops", one.rate(), anyOf.rate())
	}
}

// The chain by hand. Three customers: one of 100 days with 10, 20 after 20 days and 40 after 80; one of 70 days with 30; one of 10 days with 50.
// First orders (10+30+50)/3 = 30; by 30 days +(20+0)/2 = 40; by 60 days +0; by 90 days +40/1 = 80: it rises although the dear ones are young.
func TestGrowthByHand(t *testing.T) {
	l := readLog([]byte("customer,date,amount\na,2024-01-01,10\na,2024-01-21,20\na,2024-03-21,40\nb,2024-01-31,30\nc,2024-03-31,50\nd,2024-04-10,0\n"))
	l.Offset = l.Offset[:4]
	s := l.Summaries(orders.Split{End: orders.Day(2024, 4, 10), UnitDays: 1})
	sums := growthLog{l, &s}.sums(nil)
	g := sums.growth(nil, .5, .95)
	for k, want := range []struct{ old, margin, again float64 }{{3, 15, 0}, {2, 20, .5}, {2, 20, .5}, {1, 40, .5}, {0, 0, 0}} {
		if g.OldEnough[k] != want.old {
			t.Errorf("%v days: %v are old enough", GrowthAges[k], g.OldEnough[k])
		}
		near(t, "margin", g.Margin[k].Value, want.margin, 1e-12)
		near(t, "again", g.Again[k].Value, want.again, 1e-12)
	}
	if g.Seen != 0 {
		t.Errorf("three customers are enough for %d ages", g.Seen)
	}
	// The variance of the first orders' mean: ((10-30)^2 + 0 + (50-30)^2) / 9.
	near(t, "low", g.Margin[0].Low, 15-.5*1.959963985*math.Sqrt(800.0/9), 1e-8) // no skewness
}

// Columns with more than fifty values, without one, and costs in other spellings.
func TestSourcesOfManyAndFew(t *testing.T) {
	u := sample.NewSource(5).Uniform
	var tribes []tribe
	for k := range 60 {
		tribes = append(tribes, tribe{5 + k, 0, 0, 1})
	}
	l := channelLog(tribes, 400, u)
	s := sourcesOf(t, l, "Channel")
	last := s.Each[len(s.Each)-1]
	sum := 0.0
	for k := range s.Each {
		sum += s.Each[k].Customers
	}
	if len(s.Each) != MostGroups || last.Kind != OtherGroups || sum != s.All.Customers || int(sum) != l.Customers() || s.Each[0].Text != "c59" {
		t.Errorf("%d groups, the last %+v, %v of %v customers", len(s.Each), last.GroupName, sum, s.All.Customers)
	}
	s.Pay(costs("C59", 100., "c 59", 28., "others", 50., "radio", 7.))
	if s.Each[0].Cost != 128 || s.Each[0].CAC != 2 || s.Each[MostGroups-1].Cost != 50 || !slices.Equal(s.Unused, []string{"radio"}) {
		t.Errorf("%+v %v", s.Each[0].Payback, s.Unused)
	}
	near(t, "CAC of those with a cost", s.Paid.CAC, 178/(s.Each[0].Customers+s.Each[MostGroups-1].Customers), 1e-12)
	near(t, "CAC of all", s.All.CAC, 178/s.All.Customers, 1e-12)
	if s.Each[0].Month != 0 || s.Each[0].TooEarly || s.Each[1].Payback.Known {
		t.Errorf("a cost of 2 each: %+v", s.Each[0].Payback)
	}
	s.Pay(costs("c59", 1e9))
	if p := s.Each[0].Payback; p.Month != NeverPaid || p.Soonest != NeverPaid || s.Each[MostGroups-1].Payback.Known {
		t.Errorf("%+v", p)
	}
	months := sourcesOf(t, l, FirstMonth)
	if n := len(months.Each); n < 13 || n > 15 || !slices.ContainsFunc(months.Each, func(s Source) bool { return s.Text == "2020-05" }) {
		t.Errorf("%d months", len(months.Each))
	}
	for k := 1; k < len(GrowthAges); k++ {
		if months.All.Path[k].Value < months.All.Path[k-1].Value || !(months.All.Path[k].Low <= months.All.Path[k].Value) {
			t.Errorf("all together fall at %v days", GrowthAges[k])
		}
	}
	v := NewValuation()
	v.Of(l)
	if _, status := v.Answer.Sources(l, "channel", nil); status != NoModel {
		t.Error(status)
	}
	v.Settings = Settings{Pick: Picked(MBGNBD), Options: DefaultOptions()}
	v.Run(nil)
	if _, status := v.Answer.Sources(l, "colour", nil); status != BadOptions {
		t.Error(status)
	}
	if _, status := v.Answer.Sources(l, "channel", func(float64) bool { return false }); status != Cancelled {
		t.Error(status)
	}
}

// A valuation tells its sources once they are asked for, anew by another column or margin, and whatever the log has no column for by the one that suits best.
func TestValuationTellsSources(t *testing.T) {
	u := sample.NewSource(8).Uniform
	l := channelLog([]tribe{{200, 0, 0, 1}, {300, 0, 0, 2}}, 400, u)
	v := NewValuation()
	v.Of(l)
	v.Settings = Settings{Pick: Picked(MBGNBD), Options: DefaultOptions()}
	stages := func() (done []Stage) {
		for {
			stage, status := v.Next(nil)
			if status != Done {
				t.Fatal(status)
			}
			if stage == Idle {
				return done
			}
			done = append(done, stage)
		}
	}
	if slices.Contains(stages(), Sourcing) || v.Sources() != nil {
		t.Error("sources that nobody asked for")
	}
	v.Settings.By = FirstColumn
	v.Settings.Costs = costs("c0", 400.)
	if v.Sources() != nil {
		t.Error("sources before they were worked out")
	}
	if done := stages(); !slices.Equal(done, []Stage{Sourcing}) {
		t.Errorf("%v", done)
	}
	s := v.Sources()
	if s == nil || s.By != "5" || len(s.Columns) != 1 || s.Columns[0].Name != "channel" || v.ByName() != "channel" || s.Each[1].CAC != 400/s.Each[1].Customers {
		t.Fatalf("%v %v %+v", s.By, s.Columns, s.Each[1].Payback)
	}
	v.Settings.Costs = nil // costs need no work
	if done := stages(); len(done) > 0 || v.Sources().Each[1].Payback.Known {
		t.Errorf("%v", done)
	}
	before := s.Each[0].Value.Value
	v.Settings.Margin = .5
	if done := stages(); !slices.Equal(done, []Stage{Totalling, Sourcing}) {
		t.Errorf("%v", done)
	}
	near(t, "value at half the margin", v.Sources().Each[0].Value.Value, before/2, 1e-9*before)
	v.Settings.By = "no such column"
	if done := stages(); len(done) > 0 || v.Sources().By != "5" { // the column that suits best, as before
		t.Errorf("%v %v", done, v.Sources().By)
	}
	v.Settings.By = FirstMonth
	if done := stages(); !slices.Equal(done, []Stage{Sourcing}) || v.Sources().By != FirstMonth {
		t.Errorf("%v", done)
	}
}

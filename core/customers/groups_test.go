package customers

import (
	"math"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/orders"
	"hourglass/core/sample"
)

// A tribe is a group of invented customers: by what their order rate, their chance of leaving and their spend differ from all.
type tribe struct {
	people                int
	rate, leaving, factor float64
}

func (g tribe) world() world {
	w := world{kind: MBGNBD, truth: Parameters{.8, 6, .9, 1.6}, people: g.people}
	w.spend.P, w.spend.Q, w.spend.Gamma = 6.25, 3.74, 15.44*g.factor
	w.truth[1] *= math.Exp(-g.rate)
	n, odds := w.truth[2]+w.truth[3], w.truth[2]/w.truth[3]*math.Exp(g.leaving)
	w.truth[2], w.truth[3] = n*odds/(1+odds), n/(1+odds)
	return w
}

// worth is what a new customer of the group brings within a year, first order included, by playing out so many of them.
func (g tribe) worth(people int, uniform func() float64) float64 {
	w := g.world()
	orders := 0.0
	for range people {
		orders += 1 + float64(len(w.days(366, uniform)))
	}
	return orders / float64(people) * w.spend.P * w.spend.Gamma / (w.spend.Q - 1)
}

// invented makes the summary of a shop of groups.
func invented(tribes []tribe, uniform func() float64) (s orders.Summary, group []uint32) {
	s.Split = orders.Split{UnitDays: 7, End: 20000}
	for k, g := range tribes {
		w := g.world()
		for range g.people {
			age := 182 + int(uniform()*364)
			days := w.days(age, uniform)
			x, last, money := float64(len(days)), 0, 0.0
			rate := sample.Gamma(w.spend.Q, uniform) / w.spend.Gamma
			for _, day := range days {
				last = day
				money += sample.Gamma(w.spend.P, uniform) / rate
			}
			s.X, s.TX, s.T = append(s.X, x), append(s.TX, float64(last)/7), append(s.T, float64(age)/7)
			s.Mean, s.First = append(s.Mean, ratio(money, x)), append(s.First, 20000-int32(age))
			s.Spend, s.Squares = append(s.Spend, money), append(s.Squares, 0)
			group = append(group, uint32(k))
		}
	}
	return s, group
}

// grouping fits a shop of groups and values a new customer of each.
func grouping(t *testing.T, s orders.Summary, group []uint32, n int) Groups {
	t.Helper()
	b, fault := Group(Histories(s))
	if fault.Code != cbs.Valid {
		t.Fatal(fault)
	}
	c := Fit(MBGNBD, b.Fittable(), nil)
	u, _ := c.Uncertain(b.Fittable(), nil)
	m := Build(&c, u, FitSpend(s, nil).Spend, s)
	g, status := m.Groups(s, group, n, Options{HorizonDays: 365, Margin: 1, Level: .95}, nil)
	if status != Done {
		t.Fatal(status)
	}
	return g
}

var groupSizes = []int{25, 60, 60, 120, 120, 250, 250, 500, 500, 1000}

// Shops whose groups differ: the truth of each is found by playing its customers out, without the engine.
func TestGroupsAreRecovered(t *testing.T) {
	shops := 12
	if testing.Short() {
		shops = 4
	}
	var holds, orders tally
	var error0, errorOwn, n float64
	for seed := range shops {
		u := sample.NewSource(uint64(seed)*977 + 10007).Uniform
		var tribes []tribe
		for _, size := range groupSizes {
			tribes = append(tribes, tribe{size, .5 * sample.Normal(u), .5 * sample.Normal(u), math.Exp(.3 * sample.Normal(u))})
		}
		s, group := invented(tribes, u)
		g := grouping(t, s, group, len(tribes))
		for k, one := range g.Each {
			want := tribes[k].worth(4000, u)
			holds.add(one.Value.holds(want), .95)
			orders.add(one.Against.Low < one.Against.Value && one.Against.Value < one.Against.High && one.Own > 0 && one.Own < 1, 1)
			error0 += square(math.Log(g.All.Value.Value / want))
			errorOwn += square(math.Log(one.Value.Value / want))
			n++
			if one.Customers != float64(tribes[k].people) {
				t.Errorf("%v customers of %d", one.Customers, tribes[k].people)
			}
		}
		if first, last := g.Each[0], g.Each[9]; !(first.Own < last.Own) {
			t.Errorf("a group of 25 speaks for itself by %v, one of 1,000 by %v", first.Own, last.Own)
		}
	}
	t.Logf("95 %% intervals hold %.3f of %.0f; error %.3f, of one value for all %.3f", holds.rate(), n, math.Sqrt(errorOwn/n), math.Sqrt(error0/n))
	if holds.rate() < .9 || orders.rate() < 1 {
		t.Errorf("intervals hold %.3f, and are intervals in %.3f", holds.rate(), orders.rate())
	}
	if errorOwn > error0/4 {
		t.Errorf("error %.3f, of one value for all %.3f", math.Sqrt(errorOwn/n), math.Sqrt(error0/n))
	}
}

// Groups that are drawn by lot do not differ: hardly one in twenty is said to.
func TestGroupsOfNoise(t *testing.T) {
	var differs tally
	for seed := range 6 {
		u := sample.NewSource(uint64(seed) + 5).Uniform
		var tribes []tribe
		for _, size := range groupSizes {
			tribes = append(tribes, tribe{size, 0, 0, 1})
		}
		s, group := invented(tribes, u)
		for _, one := range grouping(t, s, group, len(tribes)).Each {
			differs.add(one.Differs, .05)
		}
	}
	t.Logf("%.3f of %.0f groups are said to differ", differs.rate(), differs.n)
	if differs.rate() > .1 {
		t.Errorf("%.3f of groups of noise are said to differ", differs.rate())
	}
}

// What cannot be is refused, and what says nothing borrows all.
func TestGroupsOfLittle(t *testing.T) {
	u := sample.NewSource(1).Uniform
	s, group := invented([]tribe{{300, 0, 0, 1}, {1, 0, 0, 1}}, u)
	g := grouping(t, s, group, 3)                                                              // the third is empty
	near(t, "value of nobody", g.Each[2].Value.Value, g.All.Value.Value, .1*g.All.Value.Value) // what all groups have in common
	if g.Each[2].Customers != 0 || g.Each[2].Differs || g.Each[2].Own > .05 || g.Each[1].Differs {
		t.Errorf("%+v", g.Each[1:])
	}
	var m Model
	if _, status := m.Groups(s, group, 3, DefaultOptions(), nil); status != BadModel {
		t.Error(status)
	}
	b, _ := Group(Histories(s))
	c := Fit(MBGNBD, b.Fittable(), nil)
	m = Build(&c, Uncertainty{}, Spend{}, s)
	for _, n := range []int{0, 1, MostGroups + 1} {
		if _, status := m.Groups(s, group, n, DefaultOptions(), nil); status != BadData {
			t.Errorf("%d groups: %v", n, status)
		}
	}
	if _, status := m.Groups(s, group, 3, DefaultOptions(), func(float64) bool { return false }); status != Cancelled {
		t.Error(status)
	}
	byOrders, status := m.Groups(s, group, 2, DefaultOptions(), nil)
	if status != Done || byOrders.Each[0].Value.Value != 0 || !(byOrders.Each[0].Against.Value > 0) || byOrders.Spend != 0 {
		t.Errorf("without money: %v, %+v", status, byOrders)
	}
}

// A bowl whose bends come from a part of the histories and whose slope comes from all says of small steps what all histories say.
func TestLeaningBowlIsThatOfAll(t *testing.T) {
	u := sample.NewSource(3).Uniform
	for _, people := range []int{200, 3000, 40000} {
		s, _ := invented([]tribe{{people, .3, -.2, 1}}, u)
		base, fault := Group(Histories(s))
		table := base.Fittable()
		if fault.Code != cbs.Valid {
			t.Fatal("histories")
		}
		m := Model{Kind: MBGNBD, Parameters: Parameters{.8, 6, .9, 1.6}, UnitDays: 7}
		of := func(t cbs.Table) func(x [4]float64) float64 {
			return func(x [4]float64) float64 { return m.likelihood(t, [2]float64{x[0], x[1]}, [2]float64{x[2], x[3]}) }
		}
		at := [4]float64{.02, -.03, .28, -.15}
		some, scale := someOf(table)
		if part := people > 1000; part != (scale > 1) {
			t.Errorf("%d people: a part of one in %v", people, scale)
		}
		b := bowlAround(at, of(some)).times(scale)
		b.lean(of(table))
		exact := bowlAround(at, of(table))
		for i := range at {
			// In standard errors of that direction: a tenth moves no figure that anybody sees.
			if off := math.Abs(b.slope[i]-exact.slope[i]) / math.Sqrt(-exact.bend[i][i]); off > .1 {
				t.Errorf("%d people: slope %d is %v, of all %v: %.3f standard errors", people, i, b.slope[i], exact.slope[i], off)
			}
			if off := b.bend[i][i]/exact.bend[i][i] - 1; math.Abs(off) > .12 { // four deviations of a part of 1,000
				t.Errorf("%d people: bend %d is off by %.3f", people, i, off)
			}
		}
	}
}

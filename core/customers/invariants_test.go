package customers

import (
	"math"
	"slices"
	"testing"

	"hourglass/core/betageo"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
	"hourglass/core/special"
)

// everything is one run over a log with one kind.
type everything struct {
	summary orders.Summary
	base    Base
	model   Model
	options Options
	scores  Scores
	out     Outcomes
	values  Values
	totals  Totals
}

func run(t *testing.T, m Model, s orders.Summary, o Options) everything {
	t.Helper()
	e := everything{summary: s, model: m, options: o, base: grouped(t, s)}
	var status [4]Status
	e.scores, status[0] = m.Score(e.base, o, nil)
	e.out, status[1] = m.Outcomes(e.base, o, nil)
	e.values, status[2] = m.Value(e.base, s.Mean, e.scores, e.out, o)
	e.totals, status[3] = m.Total(e.base, e.scores, e.out, e.values, o)
	if status != [4]Status{} {
		t.Fatal(status)
	}
	return e
}

func sampleModel(t *testing.T, k Kind, s orders.Summary) Model {
	t.Helper()
	b := grouped(t, s)
	c := Fit(k, b.Fittable(), nil)
	u, ok := c.Uncertain(b.Fittable(), nil)
	if !ok || !c.Usable() {
		t.Fatal(c.Result.Status)
	}
	return Build(&c, u, FitSpend(s, nil).Spend, s)
}

func TestInvariants(t *testing.T) {
	l := sampleLog(t)
	s := l.Summaries(calibration)
	o := Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 0.4}
	for k := range Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			m := sampleModel(t, k, s)
			e := run(t, m, s, o)
			e.checkRanks(t)
			e.checkSums(t)
			e.checkIntervals(t)
			e.checkTerms(t)
		})
	}
}

func (e everything) checkRanks(t *testing.T) {
	n := uint32(len(e.values.Rank))
	seen := make([]bool, n+1)
	byRank := make([]float64, n)
	sizes := make([]int, 11)
	for i, r := range e.values.Rank {
		if r < 1 || r > n || seen[r] {
			t.Fatalf("rank %d twice or out of range", r)
		}
		seen[r] = true
		byRank[r-1] = e.values.Value[i]
		sizes[Decile(r, n)]++
	}
	if !slices.IsSortedFunc(byRank, func(a, b float64) int { return int(math.Copysign(1, b-a)) * sign(a != b) }) {
		t.Error("values do not fall with the rank")
	}
	for d := 1; d <= 10; d++ {
		if sizes[d] != 235 && sizes[d] != 236 { // 2,357 in ten
			t.Errorf("decile %d has %d", d, sizes[d])
		}
	}
}

func sign(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (e everything) checkSums(t *testing.T) {
	var value, spend float64
	for i, row := range e.base.Row {
		value += e.values.Value[i]
		spend += e.values.OrderValue[i] * e.scores.Expected[row]
	}
	near(t, "total value", e.totals.Value.Value, value, 1e-9*value)
	near(t, "total spend", e.totals.Spend.Value, spend, 1e-9*spend)
	c := Concentrate(e.values.Value)
	near(t, "concentration's total", c.Total, value, 1e-9*value)
	sum := 0.0
	for d, v := range c.Deciles {
		sum += v
		if d > 0 && v > c.Deciles[d-1] {
			t.Errorf("decile %d is worth more than the one before", d+1)
		}
	}
	near(t, "deciles", sum, value, 1e-9*value)
	near(t, "best tenth", c.TopDecile, c.Curve[10], 1e-15)
	near(t, "curve ends", c.Curve[100]-c.Curve[0], 1, 1e-12)
	cohorts := CohortValue(orders.Cohorts{First: (1997 - 1970) * 12, Months: 1, Periods: 3}, e.summary.First, e.values.Value)
	near(t, "cohorts", cohorts[0]+cohorts[1]+cohorts[2], value, 1e-9*value) // all joined in the first quarter
	segments, status := Segments(e.base, e.scores, e.values, Cuts{}, e.model.UnitDays)
	if status != Done || len(segments) != e.base.Len() {
		t.Error("segments", status)
	}
	counts, worth := BySegment(segments, e.values.Value)
	customers, worthAll := 0.0, 0.0
	for g := range counts {
		customers, worthAll = customers+counts[g], worthAll+worth[g]
	}
	near(t, "customers in segments", customers, float64(e.base.Len()), 0)
	near(t, "value in segments", worthAll, value, 1e-9*value)
	for i, g := range segments {
		alive := e.scores.Alive[e.base.Row[i]]
		risk := 0
		if alive < 0.3 {
			risk = 2
		} else if alive < 0.7 {
			risk = 1
		}
		if g != Newcomer && int(g)%3 != risk || g.String() == "" {
			t.Errorf("P(alive) %g in %v", alive, g)
		}
	}
}

func (e everything) checkIntervals(t *testing.T) {
	p := e.model.process()
	horizon, _ := e.options.terms(e.model.UnitDays)
	for i, x := range e.base.Table.X {
		low, high := e.out.OrdersLow[i], e.out.OrdersHigh[i]
		if !(0 <= low && low <= high) || !(0 <= e.out.MoneyLow[i] && e.out.MoneyLow[i] <= e.out.MoneyHigh[i]) {
			t.Errorf("row %d: orders %g to %g, money %g to %g", i, low, high, e.out.MoneyLow[i], e.out.MoneyHigh[i])
		}
		// The estimated parameters alone, against the models' own PNone.
		none := given(t, p, x, e.base.Table.TX[i], e.base.Table.T[i]).PNone(horizon)
		near(t, "none", e.out.None[i], none, 0.05) // apart by the parameters' uncertainty
	}
	next, status := e.model.NextOrders(e.base, 0.5, nil)
	if status != Done {
		t.Error(status)
	}
	for i, days := range next {
		// The median is within the horizon where an order within it is likelier than not.
		if days > 0 && days < 0.8*e.options.HorizonDays && e.out.None[i] > 0.55 || days == 0 && e.out.None[i] < 0.45 {
			t.Errorf("row %d: median %g days, none within a year %g", i, days, e.out.None[i])
		}
	}
	for _, q := range []Estimate{e.totals.Orders, e.totals.Spend, e.totals.Value} {
		if !(q.Low < q.Value && q.Value < q.High && q.Low > 0.5*q.Value && q.High < 2*q.Value) {
			t.Errorf("total %+v", q)
		}
	}
}

// checkTerms varies horizon, discount, margin and level.
func (e everything) checkTerms(t *testing.T) {
	none := e.options
	none.HorizonDays = 1e-9 // of zero there is nothing to say: see TestBadInput
	zero := run(t, e.model, e.summary, none)
	if zero.totals.Value.Value > 1e-6 || zero.totals.Orders.Value > 1e-6 {
		t.Errorf("no horizon: %+v", zero.totals)
	}
	for i, v := range zero.values.Value {
		if v > 1e-6 {
			t.Fatalf("no horizon: customer %d worth %g", i, v)
		}
	}
	last := math.Inf(1)
	for _, d := range []float64{0, 0.05, 0.1, 1, 10} {
		o := e.options
		o.AnnualDiscount = d
		v := run(t, e.model, e.summary, o).totals.Value.Value
		if !(v < last) {
			t.Errorf("discount %g: %g after %g", d, v, last)
		}
		last = v
	}
	undiscounted := e.options
	undiscounted.AnnualDiscount, undiscounted.Margin = 0, 1
	u := run(t, e.model, e.summary, undiscounted).totals
	near(t, "undiscounted at full margin", u.Value.Value, u.Spend.Value, 1e-9*u.Spend.Value)
	narrow := e.options
	narrow.Level = 0.8
	n := run(t, e.model, e.summary, narrow)
	for i := range n.values.Low {
		if n.values.Low[i] < e.values.Low[i]-1e-9 || n.values.High[i] > e.values.High[i]+1e-9 {
			t.Fatalf("customer %d: 80 %% beyond 95 %%", i)
		}
	}
	fresh, status := e.model.NewCustomer(e.options, 30)
	if status != Done || !(fresh.Value.Low < fresh.Value.Value && fresh.Value.Value < fresh.Value.High) {
		t.Errorf("new customer %+v, %v", fresh, status)
	}
	near(t, "LTV to CAC", fresh.Ratio.Value, fresh.Value.Value/30, 1e-12)
}

// Values do not depend on the order of the customers, nor on a detour over
// the model file.
func TestSameAnswer(t *testing.T) {
	s := sampleLog(t).Summaries(calibration)
	o := Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 0.4}
	for k := range Kinds() {
		m := sampleModel(t, k, s)
		m.Replicates = []Parameters{m.Parameters, Parameters{1, 2, 3, 4, 2}[:len(m.Parameters)]}
		for _, replicates := range []int{0, 2} {
			m.Replicates = m.Replicates[:replicates]
			file := m.File()
			back, fault := file.Read()
			if fault.Code != FileOK {
				t.Fatal(fault)
			}
			a, b := run(t, m, s, o), run(t, back, s, o)
			if !slices.Equal(a.values.Value, b.values.Value) || !slices.Equal(a.values.High, b.values.High) || a.totals != b.totals {
				t.Errorf("%v: another answer from the file", k)
			}
			reversed := s
			for _, column := range []*[]float64{&reversed.X, &reversed.TX, &reversed.T, &reversed.Mean, &reversed.Gaps} {
				*column = slices.Clone(*column)
				slices.Reverse(*column)
			}
			c := run(t, m, reversed, o)
			slices.Reverse(c.values.Value)
			slices.Reverse(c.values.Low)
			if !slices.Equal(a.values.Value, c.values.Value) || !slices.Equal(a.values.Low, c.values.Low) {
				t.Errorf("%v: another answer for rows in reverse", k)
			}
		}
	}
}

// What a file may not hold is refused by its fault.
func TestFilesRefused(t *testing.T) {
	m := fitted(ParetoNBD)
	m.Replicates = []Parameters{m.Parameters}
	for _, c := range []struct {
		change func(*File)
		want   FileFault
	}{
		{func(f *File) {}, FileOK},
		{func(f *File) { f.Format = "" }, UnknownFormat},
		{func(f *File) { f.Version = 2 }, UnknownVersion},
		{func(f *File) { f.Version = -12 }, UnknownVersion},
		{func(f *File) { f.Model = "no-such-model" }, UnknownKind},
		{func(f *File) { f.Model = "bgnbd" }, FileIncomplete},
		{func(f *File) { f.Parameters["k"] = 1 }, UnknownField},
		{func(f *File) { delete(f.Parameters, "s") }, FileIncomplete},
		{func(f *File) { f.Parameters["r"] = 0 }, BadModelNumber},
		{func(f *File) { f.Parameters["alpha"] = 1e-300 }, BadModelNumber},
		{func(f *File) { f.Parameters["alpha"] = math.Inf(1) }, BadModelNumber},
		{func(f *File) { f.Replicates[0]["beta"] = math.NaN() }, BadModelNumber},
		{func(f *File) { delete(f.Replicates[0], "beta") }, FileIncomplete},
		{func(f *File) { f.Covariance = f.Covariance[1:] }, FileIncomplete},
		{func(f *File) { f.Covariance[3] = math.NaN() }, BadModelNumber},
		{func(f *File) { f.Spend.Covariance = nil }, FileIncomplete},
		{func(f *File) { f.Spend.Basis = "magic" }, UnknownBasis},
		{func(f *File) { f.Spend.MeanOf = "some" }, UnknownBasis},
		{func(f *File) { f.Spend.P = 0 }, BadModelNumber},
		{func(f *File) { f.TimeUnitDays = 0 }, BadModelNumber},
		{func(f *File) { f.Data.Orders = -1 }, BadModelNumber},
		{func(f *File) { f.Data.First = "2997-01-01" }, BadModelNumber},
		{func(f *File) { f.Data.First = "1997-02-30" }, BadDay},
		{func(f *File) { f.Data.Last = "today" }, BadDay},
		{func(f *File) { f.Data.Last = "1997-13-01" }, BadDay},
		{func(f *File) { f.Engine = "0.1" }, BadEngine},
		{func(f *File) { f.Engine = "0.01.0" }, BadEngine},
		{func(f *File) { f.Engine = "0.1.99999" }, BadEngine},
	} {
		m.Covariance = slices.Clone(m.Covariance)
		file := m.File()
		c.change(&file)
		if back, fault := file.Read(); fault.Code != c.want || (fault.Code != FileOK) != (back.Parameters == nil) {
			t.Errorf("%+v: %v, want %v", file, fault.Code, c.want)
		}
	}
}

// The Gini coefficient of 1, 2, 3, 4 is 0.25, of one who has it all among n, 1 - 1/n.
func TestConcentrate(t *testing.T) {
	c := Concentrate([]float64{3, 1, 4, 2})
	near(t, "Gini of 1 to 4", c.Gini, 0.25, 1e-15)
	near(t, "best half", c.Curve[50], 0.7, 1e-15)
	near(t, "lowest", c.Quantiles[0], 1, 0)
	near(t, "highest", c.Quantiles[100], 4, 0)
	near(t, "Gini of one for all", Concentrate([]float64{0, 0, 7, 0, 0}).Gini, 0.8, 1e-15)
	if c := Concentrate(make([]float64, 9)); c != (Concentration{}) {
		t.Errorf("of nothing: %+v", c)
	}
	if c := Concentrate(nil); c != (Concentration{}) {
		t.Errorf("of nobody: %+v", c)
	}
}

func TestSortBy(t *testing.T) {
	keys := []float64{3, -1, 0, math.Copysign(0, -1), 1e-300, -1e300, 3, 2.5}
	order := count(len(keys))
	sortBy(keys, order)
	if want := []uint32{5, 1, 2, 3, 4, 7, 0, 6}; !slices.Equal(order, want) {
		t.Errorf("%v, want %v", order, want)
	}
}

// The distribution of orders, by recurrence and mixture, against the models' own PMF,
// and that of the money against sums of incomplete beta functions.
func TestForecast(t *testing.T) {
	worstCount, worstMoney := 0.0, 0.0
	for k := range Kinds() {
		m := fitted(k)
		m.Covariance = nil
		m.Spend.Covariance = [9]float64{}
		for _, shape := range []float64{2.1, 4} {
			m.Spend.Params.Q = shape
			f := m.forecast(Options{HorizonDays: 365})
			for _, h := range [][3]float64{{0, 0, 1}, {0, 0, 300}, {2, 100, 200}, {10, 300, 310}, {60, 350, 360}, {150, 364, 365}} {
				f.orders(h[0], h[1], h[2])
				f.money(h[0])
				sum := 0.0
				for n, p := range f.p {
					sum += p
					want := given(t, m.process(), h[0], h[1], h[2]).PMF(n, 365)
					worstCount = max(worstCount, math.Abs(p-want))
				}
				near(t, "probabilities", sum, 1, 1e-6)
				for _, prob := range []float64{0.025, 0.5, 0.975} {
					if s := f.moneyQuantile(prob); s > 0 {
						d := math.Abs(f.byDefinition(m.Spend, h[0], s) - prob)
						if d > 0.001 {
							t.Logf("%v shape %g x %g T %g prob %g: off by %g", k, shape, h[0], h[2], prob, d)
						}
						worstMoney = max(worstMoney, d)
					}
				}
			}
		}
	}
	t.Logf("largest error: probability of n orders %.2g, probability of money %.2g", worstCount, worstMoney)
	if worstCount > 2e-4 || worstMoney > 0.0015 {
		t.Error("too large")
	}
}

// The limits of the spend model: all customers draw from one exponential distribution of
// mean 35; and each always spends the same, an inverse gamma variable of shape 1.5.
func TestForecastLimits(t *testing.T) {
	for _, c := range []struct {
		p     gammagamma.Params
		below func(n, s float64) float64 // s in rates
	}{
		{gammagamma.Params{P: 1, Q: 1e12, Gamma: 35e12}, func(n, s float64) float64 { p, _ := special.GammaPQ(n, s*1e12); return p }},
		{gammagamma.Params{P: 1e12, Q: 1.5, Gamma: 1e-11}, func(n, s float64) float64 { _, q := special.GammaPQ(1.5, n*1e12/s); return q }},
	} {
		m := fitted(MBGNBD)
		m.Spend.Params, m.Spend.Covariance = c.p, [9]float64{}
		f := m.forecast(Options{HorizonDays: 365})
		f.orders(0, 0, 10) // of the second limit a repeat order would fix the spend
		f.money(0)
		for _, prob := range []float64{0.7, 0.95, 0.99} {
			s := f.moneyQuantile(prob)
			got := f.p[0]
			for n := 1; n < len(f.p); n++ {
				got += f.p[n] * c.below(float64(n), s)
			}
			near(t, "probability", got, prob, 0.002)
		}
	}
}

// byDefinition is the probability of money up to s rates.
func (f *forecast) byDefinition(spend Spend, x, s float64) float64 {
	sum := f.p[0]
	for n := 1; n < len(f.p); n++ {
		sum += f.p[n] * special.BetaCDF(s/(1+s), spend.Params.P*float64(n), spend.shape(x))
	}
	return sum
}

// The recurrence of the number of orders against the closed form, also where a and b are so small that 1 added to
// them and taken off again leaves nothing: replicates of four customers' data lie there.
func TestCountIsThePMF(t *testing.T) {
	const x, age, horizon = 0.0, 30.0, 365.0
	for _, p := range []betageo.Params{
		{R: .5, Alpha: 10, A: .8, B: 2.4}, {R: .5, Alpha: 10, A: 1e-9, B: 3e-9},
		{R: 1.59, Alpha: 63.8, A: 4.9e-23, B: 8.8e-22}, {R: 1.59, Alpha: 63.8, A: 1e-35, B: 1e-30},
	} {
		for _, chances := range []betageo.Chances{betageo.BG, betageo.MBG} {
			got := betageo.Process{Params: p, Chances: chances}.Count(x, age, age, horizon, 1, nil)
			c := p.Given(chances, x, age, age)
			c.Alive = 1 // count is of someone who is there
			for n := range min(len(got)-1, 20) {
				if want := c.PMF(n, horizon); !(math.Abs(got[n]-want) <= 1e-9*want+1e-13) {
					t.Errorf("%v %v: P(%d) = %v, closed form %v", chances, p, n, got[n], want)
				}
			}
		}
	}
}

package customers

import (
	"flag"
	"math"
	"reflect"
	"testing"

	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
	"hourglass/core/sample"
)

var studies = flag.Int("studies", 200, "simulated shops in the coverage study of each kind")

// A world is a kind and its true parameters: weeks, as CDNOW's are but for
// the rate, which is threefold so that a small shop tells something.
type world struct {
	kind   Kind
	truth  Parameters
	spend  gammagamma.Params
	people int
}

var worlds = []world{
	{MBGCNBD, Parameters{2.4, 6, .9, 1.6, 3}, gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.44}, 600},
	{BGNBD, Parameters{.6, 6, .8, 2.4}, gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.44}, 600},
	{MBGNBD, Parameters{.8, 6, .9, 1.6}, gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.44}, 600},
	{ParetoNBD, Parameters{.75, 8, .6, 12}, gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.44}, 600},
}

// A tally counts how often something that has a probability happened.
type tally struct{ n, hits, expected float64 }

func (t *tally) add(hit bool, probability float64) {
	t.n++
	t.expected += probability
	if hit {
		t.hits++
	}
}

func (t tally) rate() float64    { return t.hits / t.n }
func (t tally) nominal() float64 { return t.expected / t.n }

// study invents a shop, fits it and holds the intervals against an invented future.
// Given a history the future follows from the true parameters by the models'
// own Given and DrawSpend, which their packages' tests hold against simulation.
type study struct {
	orders, money, moneyAll, totalOrders, totalMoney, newOrders, newValue tally
}

func (s *study) run(t *testing.T, w world, seed uint64) {
	source := sample.NewSource(seed)
	truth := w.kind.process(w.truth)
	ages := make([]float64, w.people)
	for i := range ages {
		ages[i] = 26 + float64(source.Uint64()%52)
	}
	table := truth.(interface {
		Simulate(ages []float64, uniform func() float64) cbs.Table
	}).Simulate(ages, source.Uniform)
	mean := w.spend.Simulate(table.X, source.Uniform)
	b, fault := Group(table)
	if fault.Code != cbs.Valid {
		t.Fatal(fault)
	}
	c := Fit(w.kind, b.Fittable(), nil)
	u, _ := c.Uncertain(b.Fittable(), nil)
	m := Model{Kind: w.kind, Parameters: c.Parameters, Uncertainty: u, UnitDays: 7, Customers: 1, Orders: 1}
	m.Spend = FitSpend(orders.Summary{X: table.X, Mean: mean}, nil).Spend
	o := Options{HorizonDays: 52 * 7, Margin: 1}
	scores, status := m.Score(b, o, nil)
	if status != Done {
		t.Fatal(status)
	}
	out, _ := m.Outcomes(b, o, nil)
	values, _ := m.Value(b, mean, scores, out, o)
	total, status := m.Total(b, scores, out, values, o)
	if status != Done {
		t.Fatal(status)
	}
	f := m.forecast(o)
	var sumOrders, sumMoney float64
	for i, row := range b.Row {
		x, tx, age := table.X[i], table.TX[i], table.T[i]
		n := w.future(t, x, tx, age, 52, source.Uniform)
		money := w.spend.DrawSpend(x, mean[i], n, source.Uniform)
		sumOrders, sumMoney = sumOrders+n, sumMoney+money
		if i%4 == 0 { // customers of a shop share its fit, and what is counted beyond that is noise of .001
			f.orders(x, tx, age)
			s.orders.add(n >= out.OrdersLow[row] && n <= out.OrdersHigh[row], f.between(out.OrdersLow[row], out.OrdersHigh[row]))
		}
		hit := money >= values.Low[i] && money <= values.High[i]
		s.moneyAll.add(hit, max(0.95, out.None[row]))
		if out.None[row] < 0.95 {
			s.money.add(hit, 0.95)
		}
	}
	s.totalOrders.add(total.Orders.holds(sumOrders), 0.95)
	repeats, _, _ := fresh(truth, 52, 0)
	each, _ := w.spend.ExpectedSpend(0, 0)
	newcomer, _ := m.NewCustomer(o, 0)
	s.newOrders.add(newcomer.Repeats.holds(repeats), 0.95)
	s.newValue.add(newcomer.Value.holds(each*(1+repeats)), 0.95)
	s.totalMoney.add(total.Spend.holds(sumMoney), 0.95)
}

func (w world) future(t *testing.T, x, tx, age, horizon float64, uniform func() float64) float64 {
	return given(t, w.kind.process(w.truth), x, tx, age).Simulate(horizon, uniform)
}

// A person is a customer with a history, as the models' own packages know one.
type person interface {
	PMF(n int, t float64) float64
	PNone(t float64) float64
	Simulate(t float64, uniform func() float64) float64
}

// given is the customer whom a model's process makes of a history: each calls it Given, and has a type of its own for it.
func given(t *testing.T, p btyd.Process, x, tx, age float64) person {
	t.Helper()
	method := reflect.ValueOf(p).MethodByName("Given")
	if !method.IsValid() || method.Type().NumIn() != 3 || method.Type().NumOut() != 1 {
		t.Fatalf("%T has no Given(x, tx, age float64), by which its customers are looked at one by one: see core/paretonbd", p)
	}
	in := []reflect.Value{reflect.ValueOf(x), reflect.ValueOf(tx), reflect.ValueOf(age)}
	someone, ok := method.Call(in)[0].Interface().(person)
	if !ok {
		t.Fatalf("what %T.Given returns has no PMF, PNone and Simulate, as the interface person of this test has them", p)
	}
	return someone
}

func (e Estimate) holds(v float64) bool { return e.Low <= v && v <= e.High }

// between is the probability that the forecast gives to an interval.
func (f *forecast) between(low, high float64) (sum float64) {
	for n, p := range f.p {
		if v := f.bundle * float64(n); v >= low && v <= high {
			sum += p
		}
	}
	return sum
}

// 95 % intervals hold in 93 to 97 % of the cases. Numbers of orders are whole, so that
// their intervals hold more often; they are held against the probability that the
// forecast itself gives them.
func TestCoverage(t *testing.T) {
	t.Parallel()
	n := *studies
	if testing.Short() {
		n = 30
	}
	for _, w := range worlds {
		t.Run(w.kind.String(), func(t *testing.T) {
			t.Parallel()
			var s study
			for seed := range n {
				s.run(t, w, uint64(seed)+1)
			}
			t.Logf("shops %d, customers %.0f", n, s.orders.n)
			for _, row := range []struct {
				name string
				tally
			}{{"orders of a customer", s.orders}, {"money of a customer who may well order", s.money},
				{"money of any customer", s.moneyAll},
				{"repeat orders of a new customer, mean", s.newOrders}, {"value of a new customer, mean", s.newValue}} {
				t.Logf("%-40s holds %.4f, should %.4f", row.name, row.rate(), row.nominal())
				noise := 0.02
				if row.n < 1000 {
					noise += 3 * 0.218 / math.Sqrt(row.n) // of 0.95 (1-0.95)
				}
				near(t, row.name, row.rate(), row.nominal(), noise)
			}
			// Nothing has been checked: totals allow for a model that is wrong, as these are not.
			if s.totalOrders.rate() < 0.95 || s.totalMoney.rate() < 0.95 {
				t.Errorf("totals of the shop hold in %.4f, %.4f", s.totalOrders.rate(), s.totalMoney.rate())
			}
		})
	}
}

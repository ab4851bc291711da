package customers

import (
	"math"

	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/orders"
	"hourglass/core/special"
)

// An Estimate is a number and the interval of Options.Level around it.
type Estimate struct{ Value, Low, High float64 }

// untold is the factor from which on the upper end of a range of money says nothing of the value any more: no shop brings a hundred times what is expected, and where
// a few giant orders are most of what came, no law of many applies.
const untold = 100

// Told reports whether the range of money says anything. Where it does not, the answer is that the data cannot tell.
func (e Estimate) Told() bool { return e.High <= untold*e.Value }

// ofWhole returns the estimate of a sum of whole orders that bring so much each: less than one is none at all.
func (e Estimate) ofWhole(one float64) Estimate {
	if e.Low < one {
		e.Low = 0
	}
	return e
}

// estimate returns the interval of a positive quantity of known expectation and squared
// coefficient of variation: as of a gamma variable, by its nearly normal cube
// root (WH31). Of a variation above 3, where that fails, 3 is taken.
func estimate(mean, relative, level float64) Estimate {
	if !(mean > 0) || !(relative > 0) {
		return Estimate{mean, mean, mean}
	}
	d := min(1, relative/9) // a ninth: WH31's variance of the cube root
	z := special.NormalQuantile(0.5 + level/2)
	end := func(z float64) float64 {
		root := max(0, 1-d+z*math.Sqrt(d))
		return finite(mean * root * root * root)
	}
	return Estimate{mean, min(mean, end(-z)), max(mean, end(z))}
}

// Totals are the expectations of all customers together. The interval is that of
// the sum as it will turn out: parameters, chance, and what the model does not know of the world (Record.Range).
type Totals struct {
	Customers float64
	Alive     float64  // expected number still there
	Orders    Estimate // within the horizon
	Spend     Estimate // their money
	Value     Estimate // its margin, discounted

	OrdersDeviation float64 // relative standard deviation that parameters and chance give the orders
	MoneyDeviation  float64 // and their money

	ordersShared, moneyShared float64 // squared, what of them the parameters make
}

func (t *Totals) orders() doubt {
	return doubt{max(0, square(t.OrdersDeviation)-t.ordersShared), t.ordersShared}
}
func (t *Totals) money() doubt {
	return doubt{max(0, square(t.MoneyDeviation)-t.moneyShared), t.moneyShared}
}

// Checked returns the totals with the intervals that a record of earlier forecasts gives them.
func (t Totals) Checked(r *Record, o Options) Totals {
	level := o.level()
	t.Orders = r.Range(t.Orders.Value, t.OrdersDeviation, level, false)
	t.Spend = r.Range(t.Spend.Value, t.MoneyDeviation, level, true)
	t.Value = r.Range(t.Value.Value, t.MoneyDeviation, level, true)
	return t.ofWhole()
}

// part returns the totals of a part of the customers with the intervals that a record gives it as a part of all.
func (t Totals) part(all Totals, r *Record, o Options) Totals {
	level, orders, money := o.level(), all.orders(), all.money()
	t.Orders = r.part(t.Orders.Value, t.orders(), orders, level, false)
	t.Spend = r.part(t.Spend.Value, t.money(), money, level, true)
	t.Value = r.part(t.Value.Value, t.money(), money, level, true)
	return t.ofWhole()
}

// ofWhole has sums of whole orders.
func (t Totals) ofWhole() Totals {
	orders := t.Orders.Value
	t.Orders = t.Orders.ofWhole(1)
	t.Spend = t.Spend.ofWhole(ratio(t.Spend.Value, orders))
	t.Value = t.Value.ofWhole(ratio(t.Value.Value, orders))
	return t
}

// Total adds customers up. Chance is independent from customer to customer and
// averages out; the error of the parameters is shared and does not. The intervals are those of a model that has not been checked:
// Totals.Checked has more to go by.
func (m *Model) Total(b Base, s Scores, u Outcomes, v Values, o Options) (Totals, Status) {
	return m.totalFrom(sharedRows, b, s, u, v, o)
}

// totalFrom is Total with the effect of the parameters taken from so many histories.
func (m *Model) totalFrom(rows int, b Base, s Scores, u Outcomes, v Values, o Options) (Totals, Status) {
	switch {
	case !o.Valid():
		return Totals{}, BadOptions
	case !m.Valid():
		return Totals{}, BadModel
	case len(s.Alive) != b.Table.Len() || len(u.None) != b.Table.Len() || len(v.Value) != b.Len():
		return Totals{}, BadData
	}
	t := Totals{Customers: float64(b.Len())}
	var orders, spend, value, orderChance, spendChance float64
	for i, w := range b.Table.W {
		t.Alive += w * s.Alive[i]
		orders += w * s.Expected[i]
		orderChance += w * u.Variance[i]
	}
	for i, row := range b.Row {
		each := v.OrderValue[i]
		spend += each * s.Expected[row]
		value += v.Value[i]
		spendChance += each * each * m.moneyVariance(b.Table.X[row], s.Expected[row], u.Variance[row])
	}
	if !(spend <= math.MaxFloat64 && spendChance <= math.MaxFloat64) {
		return Totals{}, TooLarge
	}
	t.ordersShared = m.sharedOrders(b.Table.Thin(rows), o)
	t.moneyShared = t.ordersShared + m.sharedSpend(4*rows, b, s, v)
	t.OrdersDeviation = math.Sqrt(ratio(orderChance, orders*orders) + t.ordersShared)
	t.MoneyDeviation = math.Sqrt(ratio(spendChance, spend*spend) + t.moneyShared)
	t.Orders.Value, t.Spend.Value, t.Value.Value = orders, spend, value
	return t.Checked(&Record{}, o), Done
}

func ratio(a, b float64) float64 {
	if !(b > 0) {
		return 0
	}
	return a / b
}

// moneyVariance returns the variance of a customer's money in units of the squared
// expected order value: that of the number of orders, of their mean, and of
// the single orders around it. Where the mean has no variance (shape <= 2) that of a
// shape just above is taken.
func (m *Model) moneyVariance(x, expected, variance float64) float64 {
	if m.Spend.Basis == NoSpend {
		return 0
	}
	second := expected*expected + variance
	among := 1 / max(0.1, m.Spend.shape(x)-2)
	return variance + second*among + expected*(1+among)/m.Spend.Params.P
}

// sharedRows is the number of histories from which the effect of the parameters on a total is taken: what they leave out is chance among
// histories, one over its root, 1.6 % of that effect.
const sharedRows = 4096

// sharedOrders returns the squared relative error of the total number of orders that
// the parameters' uncertainty makes.
func (m *Model) sharedOrders(t cbs.Table, o Options) float64 {
	horizon, _ := o.terms(m.UnitDays)
	totals := make([]float64, 0, replicates)
	for _, p := range m.Uncertainty.points(m.Parameters) {
		if s, status := m.Kind.score(p, t, horizon, 0, 1, nil); status == Done {
			totals = append(totals, weighted(t, s.Expected))
		}
	}
	return spreadOf(totals)
}

// weighted returns the total of a column over the customers of a table.
func weighted(t cbs.Table, column []float64) (sum float64) {
	for i, v := range column {
		sum += t.Weight(i) * v
	}
	return sum
}

// spreadOf returns the squared coefficient of variation of equally likely numbers.
func spreadOf(v []float64) float64 {
	var sum, square float64
	n := float64(len(v))
	for _, x := range v {
		sum += x / n
	}
	for _, x := range v {
		square += (x - sum) * (x - sum) / n
	}
	return ratio(square, sum*sum)
}

// sharedSpend is the same for money and the parameters of the spend, from so many customers.
func (m *Model) sharedSpend(customers int, b Base, s Scores, v Values) float64 {
	if m.Spend.Basis == NoSpend {
		return 0
	}
	points := m.Spend.points()
	totals := make([]float64, len(points))
	stride := max(1, b.Len()/customers)
	for i := 0; i < b.Len(); i += stride {
		row := b.Row[i]
		x := b.Table.X[row]
		past := m.Spend.past(x, v.OrderValue[i])
		for k, p := range points {
			totals[k] += s.Expected[row] * p.orderValue(x, past)
		}
	}
	return spreadOf(totals)
}

// past returns the mean spend that makes the given expected order value.
func (s Spend) past(x, value float64) float64 {
	n := s.orders(x)
	if n == 0 || s.shape(x) <= 1 {
		return value
	}
	return max(0, (value*(s.shape(x)-1)/s.Params.P-s.Params.Gamma)/n)
}

// NewCustomer is what a customer won today is worth, on average: intervals are of
// the average, due to the parameters alone.
type NewCustomer struct {
	Repeats    Estimate // orders expected within the horizon after the first
	OrderValue Estimate // expected money of an order
	Value      Estimate // margin of the first order and, discounted, of the repeats
	Ratio      Estimate // Value divided by the cost of winning the customer; zero without one
}

// NewCustomer values a new customer. cac is the cost of winning one, 0 for not known.
func (m *Model) NewCustomer(o Options, cac float64) (NewCustomer, Status) {
	switch {
	case !o.Valid() || !(cac >= 0 && cac <= math.MaxFloat64):
		return NewCustomer{}, BadOptions
	case !m.Valid():
		return NewCustomer{}, BadModel
	}
	horizon, delta := o.terms(m.UnitDays)
	repeats, discounted, status := fresh(m.process(), horizon, delta)
	if status != Done {
		return NewCustomer{}, status
	}
	var counts, values []float64
	for _, p := range m.Uncertainty.points(m.Parameters) {
		if n, d, status := fresh(m.Kind.process(p), horizon, delta); status == Done {
			counts, values = append(counts, n), append(values, 1+d)
		}
	}
	level := o.level()
	each := m.Spend.newcomer()
	noise := m.Spend.noise()
	value := o.Margin * each * (1 + discounted)
	out := NewCustomer{
		Repeats:    estimate(repeats, spreadOf(counts), level),
		OrderValue: estimate(each, noise, level),
		Value:      estimate(value, spreadOf(values)+noise, level),
	}
	if cac > 0 {
		out.Ratio = Estimate{finite(out.Value.Value / cac), finite(out.Value.Low / cac), finite(out.Value.High / cac)}
	}
	return out, Done
}

// fresh returns the repeat orders expected of a new customer and the same discounted.
func fresh(p btyd.Process, horizon, delta float64) (plain, discounted float64, status Status) {
	zero := []float64{0}
	s, outcome := p.Score(cbs.Table{X: zero, TX: zero, T: zero}, horizon, delta)
	if outcome != special.OK {
		return 0, 0, TooLarge
	}
	return s.Expected[0], s.DERT[0], Done
}

// CohortValue adds a column of the customers up by the period of their first order, in
// the rows of c. first are the days of the first orders (orders.Summary.First).
func CohortValue(c orders.Cohorts, first []int32, column []float64) []float64 {
	out := make([]float64, c.Periods)
	for i, day := range first {
		year, month, _ := orders.Civil(day)
		k := ((year-1970)*12 + month - 1 - int(c.First)) / max(1, c.Months)
		if k >= 0 && k < c.Periods && i < len(column) {
			out[k] += column[i]
		}
	}
	return out
}

package paretonbd

import (
	"math"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/special"
)

// extremes are parameters, a history and two horizons: those of the literature, the ends of the domain, where s or r+x
// is a whole number, where alpha is beta, and where one of them is out of all proportion.
var extremes = [][9]float64{
	{.55327, 10.5777, .60625, 11.669, 2, 30.43, 38.86, 13, 39},
	{.55327, 10.5777, .60625, 11.669, 26, 30.857, 31, 0, 52},
	{.55327, 10.5777, .60625, 11.669, 0, 0, 0, 1, 2},
	{1, 10, 1, 10, 3, 5, 10, 1, 1},
	{2, 10, 3, 10, 0, 0, 10, 1e-9, 1e9},
	{1e-60, 1e60, 1e-60, 1e60, 1, 1, 1, 1, 2},
	{1e60, 1e-60, 1e60, 1e-60, 1000, 1, 1, 1, 2},
	{1e60, 1e60, 1e-60, 1e-60, 7, 1e-300, 1e300, 1e-300, 1e300},
	{1e-60, 1e-60, 1e60, 1e60, 7, 1e-300, 1, 1e-300, 1e300},
	{.5, 1e-6, 1e4, 1, 1000, 999, 1000, 10, 1e5},
	{.5, 1, 1e4, 1e-6, 0, 0, 1000, 10, 1e5},
	{1.2, 7.7, .00177, 4.986e-27, 4, 20, 50, 52, 520},
	{5e-324, 1, 1, 1, 1, 1, 1, 1, 1},
	{math.NaN(), 1, 1, 1, 1, 1, 1, 1, 1},
	{1, math.Inf(1), 1, 1, 1, 1, 1, 1, 1},
	{1, 1, 1, 1, -1, 2, 1, 2, 1},
	{1, 1, 1, 1, 1e15, 1, 2, math.MaxFloat64, math.MaxFloat64},
}

func seed(f *testing.F) {
	for _, v := range extremes {
		f.Add(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8])
	}
}

// Whatever the numbers: the likelihood is a number with numbers for derivatives, or the history is refused.
func FuzzLikelihood(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, r, alpha, s, beta, x, tx, age, _, _ float64) {
		p := Params{r, alpha, s, beta}
		table := cbs.Table{X: []float64{math.Floor(x)}, TX: []float64{tx}, T: []float64{age}}
		if table.Validate().Code != cbs.Valid || !(max(x, age) <= largest) {
			return
		}
		ll, g := p.LogLikelihood(table)
		for _, v := range []float64{ll, g.R, g.Alpha, g.S, g.Beta} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("%v, %v: %v, %v", p, table, ll, g)
			}
		}
		if !p.Valid() && ll != 0 {
			t.Fatalf("%v is no model and has the likelihood %v", p, ll)
		}
	})
}

// Whatever the numbers: probabilities are within [0, 1], expectations are neither negative nor NaN nor infinite, and
// both move with the horizon the way they have to.
func FuzzExpectations(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, r, alpha, s, beta, x, tx, age, near, far float64) {
		p := Params{r, alpha, s, beta}
		c := p.Given(x, tx, age)
		if !c.Valid() {
			if c != (Customer{}) || c.PNone(1) != 0 || c.PMF(1, 1) != 0 {
				t.Fatalf("%v, (%v, %v, %v): out of the domain, and answered %v", p, x, tx, age, c)
			}
			return
		}
		near, far = min(math.Abs(near), math.Abs(far)), max(math.Abs(near), math.Abs(far))
		if !(far <= math.MaxFloat64) {
			return
		}
		probability := func(name string, v float64) float64 {
			if !(v >= 0 && v <= 1) {
				t.Fatalf("%v, (%v, %v, %v), %v, %v: %s is %v", p, x, tx, age, near, far, name, v)
			}
			return v
		}
		expectation := func(name string, v float64, outcome special.Outcome) float64 {
			if !(v >= 0 && v <= math.MaxFloat64) || outcome == special.OutOfDomain {
				t.Fatalf("%v, (%v, %v, %v), %v, %v: %s is %v (%v)", p, x, tx, age, near, far, name, v, outcome)
			}
			if outcome == special.Unbounded {
				return math.Inf(1)
			}
			return v
		}
		rises := func(name string, low, high float64) {
			if !(low <= high*(1+1e-9)) {
				t.Fatalf("%v, (%v, %v, %v), %v, %v: %s falls from %v to %v", p, x, tx, age, near, far, name, low, high)
			}
		}
		probability("P(alive)", c.Alive)
		rises("P(some order)", 1-probability("P(none)", c.PNone(near)), 1-probability("P(none)", c.PNone(far))+1e-12)
		for _, n := range []int{0, 1, 7} {
			probability("P(n orders)", c.PMF(n, near))
		}
		soon, outcome := c.Expected(0, near)
		soon = expectation("E(near)", soon, outcome)
		later, outcome := c.Expected(0, far)
		later = expectation("E(far)", later, outcome)
		between, outcome := c.Expected(near, far)
		between = expectation("E(near, far)", between, outcome)
		rises("E", soon, later)
		if sum := soon + between; sum < math.MaxFloat64 && math.Abs(sum-later) > 1e-9*later+1e-300 {
			t.Fatalf("%v, (%v, %v, %v): %v until %v and %v until %v are not %v", p, x, tx, age, soon, near, between, far, later)
		}
		discounted, outcome := c.DERT(0.1/(1+far), far)
		rises("E, discounted", expectation("DERT", discounted, outcome), later)
		for _, q := range []float64{0, 0.5, 1 - 1e-9} {
			within, outcome := c.NextOrderWithin(q)
			expectation("the next order", within, outcome)
		}
	})
}

package customers

import (
	"math"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/gammagamma"
)

// quantileModel is CDNOW's, with a covariance, so that points are mixed.
func quantileModel() Model {
	m := Model{Kind: MBGNBD, Parameters: Parameters{.52, 6.18, .89, 1.61}, UnitDays: 7, Customers: 1, Orders: 1}
	m.Covariance = []float64{.02, 0, 0, 0, 0, .02, 0, 0, 0, 0, .02, 0, 0, 0, 0, .02}
	m.Spend = Spend{Basis: Likelihood, Params: gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.44}, Covariance: [9]float64{.01, 0, 0, 0, .01, 0, 0, 0, .01}}
	return m
}

// The longer a customer has been silent, the lower is the upper end of what they may spend, also where no order at all is about as likely as
// the interval's level; and it does not depend on who was asked about before.
func TestUpperEndsFallWithSilence(t *testing.T) {
	m, o := quantileModel(), Options{HorizonDays: 365, Margin: 1}
	for _, x := range []float64{2, 4, 12} {
		var table cbs.Table
		for k := range 240 {
			table.X, table.TX, table.T = append(table.X, x), append(table.TX, 20), append(table.T, 20+float64(k))
		}
		table.W = make([]float64, table.Len())
		out, status := m.Outcomes(Base{Table: table}, o, nil)
		if status != Done {
			t.Fatal(status)
		}
		crossed := 0
		for i := 1; i < table.Len(); i++ {
			if (out.None[i] >= .95) != (out.None[i-1] >= .95) {
				crossed++
			}
			if out.None[i] >= out.None[i-1] && (out.MoneyHigh[i] > out.MoneyHigh[i-1]*(1+1e-4) || out.OrdersHigh[i] > out.OrdersHigh[i-1]) {
				t.Errorf("x %v, silent %v: no order %.4f after %.4f, upper end %v after %v", x, table.T[i]-20, out.None[i], out.None[i-1], out.MoneyHigh[i], out.MoneyHigh[i-1])
			}
		}
		if crossed == 0 {
			t.Errorf("x %v: P(no order) never crosses .95", x)
		}
		for _, i := range []int{3, 77, 201} {
			one := cbs.Table{X: table.X[i : i+1], TX: table.TX[i : i+1], T: table.T[i : i+1], W: table.W[i : i+1]}
			alone, _ := m.Outcomes(Base{Table: one}, o, nil)
			if alone.MoneyHigh[0] != out.MoneyHigh[i] || alone.MoneyLow[0] != out.MoneyLow[i] || alone.None[0] != out.None[i] {
				t.Errorf("x %v: %v alone, %v among others", x, alone.MoneyHigh[0], out.MoneyHigh[i])
			}
		}
	}
}

// Parameters that are known to their last per cent are as good as known: a standard error of all of them that is just at the threshold adds less
// than a hundredth to the variance of anybody's orders, and moves no end of what they may spend by as much, in models of CDNOW's published estimates.
func TestParametersKnownWell(t *testing.T) {
	for kind, parameters := range map[Kind]Parameters{
		BGNBD: {.243, 4.414, .793, 2.426}, MBGNBD: {.525, 6.183, .891, 1.614}, ParetoNBD: {.553, 10.578, .606, 11.669},
	} {
		m := quantileModel()
		m.Kind, m.Parameters = kind, parameters
		const v = known * known
		m.Covariance = []float64{v, 0, 0, 0, 0, v, 0, 0, 0, 0, v, 0, 0, 0, 0, v}
		m.Spend.Covariance = [9]float64{v, 0, 0, 0, v, 0, 0, 0, v}
		var table cbs.Table
		for _, x := range []float64{0, 1, 3, 10, 40} {
			for _, silent := range []float64{1, 5, 20} {
				last := 40 * min(x, 1)
				table.X, table.TX, table.T = append(table.X, x), append(table.TX, last), append(table.T, last+silent)
			}
		}
		table.W = make([]float64, table.Len())
		o := Options{HorizonDays: 365, Margin: 1}
		mixed, _ := m.Outcomes(Base{Table: table}, o, nil)
		if f := m.forecast(o); len(f.points) == 1 || len(f.spends) == 1 {
			t.Fatalf("%v: nothing is mixed", kind)
		}
		m.Covariance, m.Spend.Covariance = nil, [9]float64{}
		alone, _ := m.Outcomes(Base{Table: table}, o, nil)
		for i := range table.X {
			if wider, further := mixed.Variance[i]/alone.Variance[i]-1, mixed.MoneyHigh[i]-alone.MoneyHigh[i]; !(math.Abs(wider) < .01 && math.Abs(further) <= .01*alone.MoneyHigh[i]) {
				t.Errorf("%v, x %v, silent %v: variance %+.4f, money %v becomes %v", kind, table.X[i], table.T[i]-table.TX[i], wider, alone.MoneyHigh[i], mixed.MoneyHigh[i])
			}
		}
	}
}

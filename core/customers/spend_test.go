package customers

import (
	"math"
	"testing"

	"hourglass/core/gammagamma"
	"hourglass/core/orders"
	"hourglass/core/sample"
)

// The Gamma-Gamma model with the moments of a Credibility has its expectations.
func TestMoments(t *testing.T) {
	for _, c := range []gammagamma.Credibility{
		{Overall: 35, Within: 200, Among: 300}, {Overall: 35, Within: 1e-3, Among: 300}, {Overall: 35, Within: 200, Among: 1e-2},
		{Overall: 1e9, Within: 1e10, Among: 1e18}, {Overall: 35, Among: 300}, {Overall: 35, Within: 200},
	} {
		c.Verdict = gammagamma.Separated
		p := moments(c)
		for _, x := range []float64{0, 1, 5, 40} {
			got, _ := p.ExpectedSpend(x, 2*c.Overall)
			want, _ := c.ExpectedSpend(x, 2*c.Overall)
			near(t, "expected spend", got, want, 1e-4*want) // where a variance is zero; else to rounding
		}
		if !p.Valid() {
			t.Errorf("%+v: %+v", c, p)
		}
	}
}

// The likelihood is left for the moments where its assumptions fail.
func TestSpendReasons(t *testing.T) {
	const n = 4000
	x := make([]float64, n)
	source := sample.NewSource(5)
	for i := range x {
		x[i] = float64(source.Uint64() % 6)
	}
	mean := gammagamma.Params{P: 6, Q: 4, Gamma: 15}.Simulate(x, source.Uniform)
	heavy := gammagamma.Params{P: 6, Q: .6, Gamma: 15}.Simulate(x, source.Uniform)
	related, zeros, none := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		related[i] = mean[i] * (0.2 + x[i])
		if i%5 > 0 {
			zeros[i] = mean[i]
		}
	}
	for _, c := range []struct {
		mean   []float64
		reason SpendReason
		basis  Basis
	}{{mean, SpendHolds, Likelihood}, {heavy, SpendTail, Moments}, {related, SpendCorrelated, Moments},
		{zeros, SpendZero, Moments}, {none, SpendNoAmounts, NoSpend}, {nil, SpendNoAmounts, NoSpend}} {
		f := FitSpend(x, c.mean, orders.MeanRepeat, nil)
		if f.Reason != c.reason || f.Basis != c.basis || !f.valid() {
			t.Errorf("%v, %v, want %v, %v: %+v", f.Reason, f.Basis, c.reason, c.basis, f.Params)
		}
	}
	// The standard error of the moments' overall mean, against the likelihood's.
	f := FitSpend(x, mean, orders.MeanRepeat, nil)
	other := Spend{Basis: Moments, Params: moments(f.Empirical)}
	other.Covariance[8] = meanError(gammagamma.Table{X: x, Mean: mean}, f.Empirical)
	near(t, "relative standard error", math.Sqrt(other.noise())/math.Sqrt(f.noise()), 1, 0.25)
}

// A customer's whole history, by hand: orders on days 0, 10 and 40, until day 60.
func TestSurvival(t *testing.T) {
	for k := range Kinds() {
		m := fitted(k)
		got := m.Survival([]int32{100, 110, 140}, 160)
		if len(got) != 61 {
			t.Fatalf("%d days", len(got))
		}
		p := m.process()
		for _, c := range []struct {
			day        int
			x, tx, age float64
		}{{0, 0, 0, 0}, {5, 0, 0, 5}, {10, 1, 10, 10}, {39, 1, 10, 39}, {40, 2, 40, 40}, {60, 2, 40, 60}} {
			near(t, "P(alive)", got[c.day], p.PAlive(c.x, c.tx, c.age), 0)
		}
		if m.Survival(nil, 10) != nil || m.Survival([]int32{5}, 4) != nil {
			t.Error("a history of nothing")
		}
	}
}

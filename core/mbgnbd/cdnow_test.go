package mbgnbd

import (
	"math"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
	"hourglass/internal/cdnow"
)

func within(t *testing.T, name string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.12g, want %.12g within %g", name, got, want, tolerance)
	}
}

func ok(t *testing.T, name string) func(float64, special.Outcome) float64 {
	return func(v float64, outcome special.Outcome) float64 {
		t.Helper()
		if outcome != special.OK || math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("%s: %v, %v", name, v, outcome)
		}
		return v
	}
}

// Recomputed by independent code (numpy) from the raw log, each held to the
// precision it was recorded with.
func TestCDNOWSample(t *testing.T) {
	customers := cdnow.Sample()
	f := Fit(customers.Table, nil)
	p := f.Params
	within(t, "r", p.R, .524843, .5e-6)
	within(t, "alpha", p.Alpha, 6.18309, .6e-5)
	within(t, "a", p.A, .89136, .5e-5)
	within(t, "b", p.B, 1.61400, .5e-5)
	within(t, "LL", f.Result.LogLikelihood, -9582.13572, .5e-5)
	for i, want := range []float64{.0833, .6956, .1548, .5375} {
		within(t, "standard error", f.Result.StandardErrors[i], want, .5e-4)
	}
	if r := f.Result; r.Status != fit.Converged || r.Identifiability != fit.Identified || r.Agreed != r.Starts || r.Gradient > 1e-12 {
		t.Errorf("%v, %v, %d of %d starts, gradient %g", r.Status, r.Identifiability, r.Agreed, r.Starts, r.Gradient)
	}
	alive, expected, mae := holdout(t, customers, p)
	within(t, "sum P(alive)", alive, 1057.64, .005)
	within(t, "sum E[39 weeks]", expected, 1576.73, .005)
	within(t, "MAE", mae, .76478, .5e-5)
}

// The maximum by central differences of the likelihood in 30 digits (mpmath):
// all four derivatives by the logarithms are below 4e-10 there.
func TestMaximum(t *testing.T) {
	f := Fit(cdnow.Sample().Table, nil)
	within(t, "r", f.Params.R, 0.524843159106, 1e-10)
	within(t, "alpha", f.Params.Alpha, 6.183085279576, 1e-9)
	within(t, "a", f.Params.A, 0.891359390732, 1e-9)
	within(t, "b", f.Params.B, 1.614002240170, 1e-8)
	within(t, "LL", f.Result.LogLikelihood, -9582.13571555374954, 1e-9)
}

// holdout returns the sums of P(alive) and of the orders expected in the 39
// weeks held out, and the mean absolute error of the latter.
func holdout(t *testing.T, customers cdnow.Customers, p Params) (alive, expected, mae float64) {
	scores, outcome := p.Score(customers.Table, 39, 0)
	if outcome != special.OK {
		t.Fatal(outcome)
	}
	for i, e := range scores.Expected {
		alive += scores.Alive[i]
		expected += e
		mae += math.Abs(e-customers.Holdout[i]) / float64(customers.Len())
	}
	return alive, expected, mae
}

// The whole cohort, recomputed by independent code.
func TestCDNOWMaster(t *testing.T) {
	f := Fit(cdnow.Master().Table, nil)
	within(t, "r", f.Params.R, .63714, .5e-5)
	within(t, "alpha", f.Params.Alpha, 7.31029, .5e-5)
	within(t, "a", f.Params.A, .80747, .5e-5)
	within(t, "b", f.Params.B, 1.22839, .5e-5)
	within(t, "LL", f.Result.LogLikelihood, -95336.958, .5e-3)
}

// What is expected of customers, by the closed form in 2F1 (mpmath, 60 digits) at the
// maximum to nine decimals.
func TestCDNOWCustomers(t *testing.T) {
	p := Params{0.524843159, 6.183085280, 0.891359391, 1.614002240}
	for _, c := range []struct{ x, tx, age, horizon, expected, alive float64 }{
		{2, 30.43, 38.86, 39, 1.2626692307, 0.70612568743858},
		{26, 30.857, 31, 52, 23.998106149634, 0.96548123988621},
		{0, 0, 0, 52, 1.4188848760341, 0.64421926959733},
		{0, 0, 0, 39, 1.182279750536, 0.64421926959733},
		{0, 0, 39, 39, 0.1533812582982, 0.3893277497087},
	} {
		within(t, "E", ok(t, "E")(p.ExpectedPurchases(c.x, c.tx, c.age, 0, c.horizon)), c.expected, 1e-12*c.expected)
		within(t, "P(alive)", p.PAlive(c.x, c.tx, c.age), c.alive, 1e-13)
	}
}

// The same figures as they were recorded elsewhere.
func TestCDNOWCustomersRecorded(t *testing.T) {
	p := Fit(cdnow.Sample().Table, nil).Params
	within(t, "E[39 weeks]", ok(t, "E")(p.ExpectedPurchases(2, 30.43, 38.86, 0, 39)), 1.2626694, 1e-6)
	within(t, "P(alive)", p.PAlive(2, 30.43, 38.86), .7061258, 1e-6)
}

// What existing libraries get wrong, by name.

// NaN for x = 0 and a + b < 1, where the papers' factor (a+b+x-1)/(a-1) meets a
// 2F1 with a negative third argument. Value: mpmath, 90 digits.
func TestExpectedPurchasesFiniteWhenAPlusBBelowOne(t *testing.T) {
	p := Params{0.5, 8, 0.2, 0.3}
	within(t, "E", ok(t, "x = 0")(p.ExpectedPurchases(0, 0, 30, 0, 39)), 0.19349137445727204, 1e-12)
	ok(t, "new")(p.ExpectedPurchasesNew(0, 39))
	ok(t, "a + b = 1")(Params{0.5, 8, 0.4, 0.6}.ExpectedPurchases(0, 0, 30, 0, 39))
}

// Infinite at a = 1. Value: mpmath, 90 digits, and the neighbours on either side.
func TestExpectedPurchasesFiniteAtAEqualOne(t *testing.T) {
	at := func(a float64) float64 {
		return ok(t, "a = 1")(Params{0.25, 4.4, a, 2.4}.ExpectedPurchases(2, 30, 39, 0, 39))
	}
	within(t, "E", at(1), 1.2097823884873709, 1e-12)
	within(t, "continuity", at(1), 0.5*(at(1-1e-6)+at(1+1e-6)), 1e-11)
}

// NaN from n = 300 on, where gamma functions overflow. Values: the paper's
// expression as it stands (mpmath, 90 digits).
func TestPMFBeyond300(t *testing.T) {
	p := Params{.242595, 4.413602, .79292, 2.42589}
	for n, want := range map[int]float64{
		0: 0.51619009234558347, 1: 0.14332115753488098, 30: 0.0010683359528909791, 300: 3.8762507211283574e-7,
		1000: 1.9904623368053202e-12, 3000: 7.2465473125272451e-26,
	} {
		if got := p.PMF(n, 300); !(math.Abs(got/want-1) < 1e-10) {
			t.Errorf("P(X(300) = %d) = %v, want %v", n, got, want)
		}
	}
}

// A "false optimum" at a, b ~ 1e11, where differences of log-gammas have lost their
// digits: the likelihood must tend to that of one common probability.
func TestNoFalseOptimumFarOut(t *testing.T) {
	data := cdnow.Sample().Compress()
	ll := func(n float64) float64 {
		v, _ := Params{.242595, 4.413602, 0.25 * n, 0.75 * n}.LogLikelihood(data)
		return v
	}
	limit := ll(1e14)
	for n := 1e6; n <= 1e13; n *= 10 {
		within(t, "LL", ll(n), limit, 2e5/n+1e-8)
	}
}

// Fits that fail when time is in days or hours instead of weeks; parameters
// capped at 10,000 (alpha in seconds is 2.7 million).
func TestAnyUnitOfTime(t *testing.T) {
	data := cdnow.Sample().Table
	weeks := Fit(data, nil)
	for name, factor := range map[string]float64{"days": 7, "hours": 168, "seconds": 604800, "years": 7 / 365.25} {
		scaled := cbs.Table{X: data.X}
		for i := range data.T {
			scaled.TX, scaled.T = append(scaled.TX, data.TX[i]*factor), append(scaled.T, data.T[i]*factor)
		}
		f := Fit(scaled, nil)
		if f.Result.Status != fit.Converged {
			t.Error(name, f.Result.Status)
		}
		within(t, name+" r", f.Params.R/weeks.Params.R, 1, 1e-8)
		within(t, name+" alpha", f.Params.Alpha/weeks.Params.Alpha/factor, 1, 1e-8)
		within(t, name+" a", f.Params.A/weeks.Params.A, 1, 1e-8)
		within(t, name+" b", f.Params.B/weeks.Params.B, 1, 1e-8)
		within(t, name+" LL", f.Result.LogLikelihood+2457*math.Log(factor), weeks.Result.LogLikelihood, 1e-8*9582)
	}
}

// P(alive) = 1 for every customer who never came back, as BG/NBD has it.
func TestOneTimeBuyersMayBeGone(t *testing.T) {
	p := Params{.524843, 6.18309, .89136, 1.61400}
	fresh, old := p.PAlive(0, 0, 0), p.PAlive(0, 0, 1e6)
	within(t, "P(alive) at once", fresh, p.B/(p.A+p.B), 1e-15)
	if !(old < 0.01) {
		t.Error(old)
	}
}

// An asymmetric covariance matrix.
func TestCovarianceIsSymmetric(t *testing.T) {
	r := Fit(cdnow.Sample().Table, nil).Result
	for i := range 4 {
		for j := range 4 {
			if r.Covariance[4*i+j] != r.Covariance[4*j+i] {
				t.Error(i, j, r.Covariance)
			}
		}
	}
}

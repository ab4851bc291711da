package gammagamma

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/fit"
	"hourglass/core/sample"
	"hourglass/core/special"
	"hourglass/internal/cdnow"
)

func within(t *testing.T, name string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %.15g, want %.15g within %g", name, got, want, tol)
	}
}

func table(c cdnow.Customers) Table {
	x, spend := c.Repeaters()
	return Table{X: x, Mean: spend}
}

// The maximum over the 946 repeat customers, by Newton's method with 40 digits
// (mpmath) on the raw order log.
var best = struct {
	p  Params
	se [3]float64
	ll float64
}{
	Params{6.249572271323756, 3.7442246671320245, 15.443520962589239},
	[3]float64{1.19005533596385, 0.290133065276185, 4.15942275196772},
	-4055.917694801874,
}

func TestCDNOWSampleToTwelveDigits(t *testing.T) {
	f := Fit(table(cdnow.Sample()), nil)
	want := [3]float64{best.p.P, best.p.Q, best.p.Gamma}
	for i, v := range f.Result.Parameters {
		within(t, "parameter", v, want[i], 1e-12*want[i])
		within(t, "standard error", f.Result.StandardErrors[i], best.se[i], 1e-11*best.se[i])
	}
	within(t, "LL", f.Result.LogLikelihood, best.ll, 1e-10)
	if r := f.Result; r.Status != fit.Converged || r.Identifiability != fit.Identified || r.Agreed != r.Starts ||
		f.Limit != NoLimit || f.Tail != FiniteMean || f.Customers != 946 {
		t.Errorf("%+v", f)
	}
}

// reference-values.md, CDNOW 1/10 sample: p 6.249349 (1.190), q 3.744256 (.2901),
// gamma 15.444307 (4.160), LL -4055.917695; Fader & Hardie (2013) print 6.25, 3.74,
// 15.44. The recomputed parameters lie 4e-5 short of the maximum, where the
// gradient is 0.0024 and the log-likelihood 3e-8 lower (with 40 digits), and are
// held to that; the log-likelihood to all its digits.
func TestCDNOWSampleReference(t *testing.T) {
	f := Fit(table(cdnow.Sample()), nil)
	for i, c := range []struct{ printed, half, recomputed, se, seHalf float64 }{
		{6.25, .005, 6.249349, 1.190, .0005},
		{3.74, .005, 3.744256, .2901, .5e-4},
		{15.44, .005, 15.444307, 4.160, .001},
	} {
		within(t, "published parameter", f.Result.Parameters[i], c.printed, c.half)
		within(t, "recomputed parameter", f.Result.Parameters[i], c.recomputed, 6e-5*c.recomputed)
		within(t, "standard error", f.Result.StandardErrors[i], c.se, c.seHalf)
	}
	within(t, "LL", f.Result.LogLikelihood, -4055.917695, 0.5e-6)
	there, _ := Params{6.249349, 3.744256, 15.444307}.LogLikelihood(table(cdnow.Sample()))
	within(t, "LL of the recomputed parameters", there, -4055.9176948333879, 1e-9)
}

// Fader & Hardie (2013), expected spend of the first ten customers.
func TestNote025ExpectedSpends(t *testing.T) {
	p := Params{6.25, 3.74, 15.44}
	for i, c := range []struct {
		x, cents, want float64
	}{
		{2, 2973 + 1496, 24.65}, {1, 1177, 18.91}, {0, 0, 35.17}, {0, 0, 35.17}, {0, 0, 35.17},
		{7, 3299 + 7796 + 5930 + 13498 + 9192 + 4708 + 7196, 71.46}, {1, 1177, 18.91}, {0, 0, 35.17},
		{2, 2813 + 2297, 27.28}, {0, 0, 35.17},
	} {
		mean := c.cents / 100 / max(c.x, 1)
		got, outcome := best.p.ExpectedSpend(c.x, mean)
		if outcome != special.OK {
			t.Fatal(outcome)
		}
		within(t, "fitted parameters", got, c.want, 0.005)
		got, _ = p.ExpectedSpend(c.x, mean) // as rounded in the note
		within(t, "rounded parameters", got, c.want, 0.06)
		if i == 0 {
			// reference-values.md, CLVTools' fit: customer 1 spends 24.65403.
			got, _ = best.p.ExpectedSpend(c.x, mean)
			within(t, "customer 1", got, 24.65403, 2e-4)
		}
	}
}

// reference-values.md, CDNOW whole cohort: 6.27534, 3.62444, 14.98371, LL -40763.476,
// short of the maximum as the sample's are.
func TestCDNOWCohort(t *testing.T) {
	c := cdnow.Master()
	f := Fit(Table{X: c.X, Mean: c.Spend}, nil)
	for i, want := range []float64{6.27534, 3.62444, 14.98371} {
		within(t, "parameter", f.Result.Parameters[i], want, 6e-6*want)
	}
	within(t, "LL", f.Result.LogLikelihood, -40763.476, 0.5e-3)
	if f.Aside.ZeroSpend != 1 || f.Aside.NegativeSpend != 0 || f.Aside.First.Code != ZeroSpend ||
		f.Aside.NoOrders+f.Customers+1 != 23570 {
		t.Errorf("%+v, %g customers", f.Aside, f.Customers)
	}
}

// Densities and derivatives with 60 digits (mpmath) by the paper's own form.
var densities = []struct {
	p        Params
	x, z, ll float64
	g        Gradient
}{
	{Params{6.25, 3.7400000000000002, 15.44}, 3.0, 35.0, -4.0639613754666519, Gradient{0.92235881972062682, -0.53480344149840101, 0.8568581866489541}},
	{Params{0.02, 0.050000000000000003, 7.0}, 1.0, 0.001, 2.4837420145887144, Gradient{0.53875308659794286, 0.28721877193891418, -0.019990001428367377}},
	{Params{0.29999999999999999, 0.90000000000000002, 0.0001}, 40.0, 200000.0, -32.634504105045312, Gradient{0.90366564407524309, -19.649158534222044, 0.89999999983875002}},
	{Params{10000000000.0, 3.0, 3.0e-9}, 2.0, 9.5, -2.6526169669159418, Gradient{-0.15789473674279776, 0.68136374377289503, -0.15789473681717449}},
	{Params{5.0, 1000000000000.0, 200000000000.0}, 3.0, 1.25, -0.19645844780706268, Gradient{3.8527063612706418, -3.7499999999292188, 3.7499999999296875}},
	{Params{1000000000000.0, 1000000000000.0, 10.0}, 7.0, 10.00001, 10.089720782361257, Gradient{874999.24215514474, -874999.17965459783, 874999.23434254448}},
	{Params{100000000.0, 200000000.0, 20.0}, 1000.0, 10.0002, 6.2944522382802517, Gradient{3991.9372070137465, -3991.477126109559, 3991.9362886875291}},
	{Params{9.9999999999999995e-7, 9.9999999999999995e-7, 1.0}, 1.0, 1.0, -14.508659124816936, Gradient{0.49999930685446437, 0.49999930685446437, 0.0}},
	{Params{1000000000000000.0, 1000.0, 9.9999999999999998e-13}, 1.0, 1.02, 2.3202689867345409, Gradient{19.607843137236023, -19.302543962835643, 19.607843137235715}},
}

// "A false optimum at a, b ~ 1e11 from subtracting lgammas": here p and q = 1e12
// keep their digits, as far as the rounding of the input lets anyone. That is
// the sole reason for the wider tolerance: z and p q carry an error of 1e-16,
// which the curvature, of the order of min(px, q), multiplies.
func TestNoDigitsAreLostWhenParametersAreHuge(t *testing.T) {
	for _, c := range densities {
		ll, g := c.p.LogLikelihood(Table{X: []float64{c.x}, Mean: []float64{c.z}})
		stiff := min(c.p.P*c.x, c.p.Q) * math.Abs(c.p.P*c.z/(c.p.Q-1)/c.p.Gamma-1)
		if math.IsNaN(stiff) || stiff > 1e13 {
			stiff = 0
		}
		tol := 1e-13 * (1 + math.Abs(c.ll) + math.Min(c.p.P*c.x, c.p.Q)*1e-2)
		within(t, "LL", ll, c.ll, tol)
		within(t, "d log p", g.P, c.g.P, tol+1e-13*math.Abs(c.g.P))
		within(t, "d log q", g.Q, c.g.Q, tol+1e-13*math.Abs(c.g.Q))
		within(t, "d log gamma", g.Gamma, c.g.Gamma, tol+1e-13*math.Abs(c.g.Gamma))
	}
}

// The density integrates to the distribution function, a regularised incomplete
// beta function.
func TestDensityIntegratesToItsDistribution(t *testing.T) {
	nodes, weights := make([]float64, 40), make([]float64, 40)
	special.GaussBeta(1, 1, nodes, weights)
	for _, p := range []Params{best.p, {0.8, 0.7, 3}, {40, 9, 0.2}} {
		for _, x := range []float64{1, 6} {
			from, to := 20.0, 31.0
			mass := 0.0
			for i, u := range nodes {
				ll, _ := p.LogLikelihood(Table{X: []float64{x}, Mean: []float64{from + u*(to-from)}})
				mass += weights[i] * (to - from) * math.Exp(ll)
			}
			cdf := func(z float64) float64 { return special.BetaCDF(x*z/(p.Gamma+x*z), p.P*x, p.Q) }
			within(t, "mass", mass, cdf(to)-cdf(from), 1e-12)
		}
	}
}

func TestLogRatioIsSmooth(t *testing.T) {
	for _, e := range []float64{-0.29999999, -0.3, -0.30000001, 0.29999999, 0.3, 0.30000001} {
		// 1+e = (1+u)/(1+v) with v = 1.
		log, rest := logRatio(e, 2*(1+e)-1, 1)
		within(t, "log", log, math.Log1p(e), 4e-16)
		within(t, "rest", rest, math.Log1p(e)-e, 3e-16)
	}
	for _, e := range []float64{1e-3, -1e-5, 1e-9} {
		_, rest := logRatio(e, 0, 0)
		series := -e * e / 2 * (1 - e*(2.0/3-e*(0.5-e*(0.4-e/3))))
		within(t, "rest", rest, series, 1e-13*math.Abs(series))
	}
}

func TestGradientAgainstDifferences(t *testing.T) {
	data := table(cdnow.Sample())
	for _, p := range []Params{best.p, {0.5, 0.4, 200}, {90, 30, 1}} {
		_, g := p.LogLikelihood(data)
		const h = 1e-5
		for i, got := range []float64{g.P, g.Q, g.Gamma} {
			up, down := p, p
			for j, v := range []*float64{&up.P, &up.Q, &up.Gamma} {
				if i == j {
					*v *= math.Exp(h)
				}
			}
			for j, v := range []*float64{&down.P, &down.Q, &down.Gamma} {
				if i == j {
					*v *= math.Exp(-h)
				}
			}
			above, _ := up.LogLikelihood(data)
			below, _ := down.LogLikelihood(data)
			within(t, "derivative", got, (above-below)/(2*h), 1e-6*(1+math.Abs(got)))
		}
	}
}

// Cents or millions, any order of the rows, weights or repeated rows: the same answer.
func TestUnitsOrderAndWeightsAreIrrelevant(t *testing.T) {
	data := table(cdnow.Sample())
	want := Fit(data, nil)
	for _, scale := range []float64{1e-9, 100, 1e12} {
		f := Fit(data.scaled(1/scale), nil)
		within(t, "p", f.Params.P, want.Params.P, 1e-8*want.Params.P)
		within(t, "gamma", f.Params.Gamma/scale, want.Params.Gamma, 1e-8*want.Params.Gamma)
		within(t, "LL", f.Result.LogLikelihood+946*math.Log(scale), want.Result.LogLikelihood, 1e-6)
		if f.Result.Status != fit.Converged {
			t.Error(scale, f.Result.Status)
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	shuffled := columns(nil)
	for _, i := range rng.Perm(len(data.X)) {
		shuffled.X, shuffled.Mean = append(shuffled.X, data.X[i]), append(shuffled.Mean, data.Mean[i])
	}
	shuffled.W = nil
	f := Fit(shuffled, nil)
	if f.Params != want.Params || f.Result.LogLikelihood != want.Result.LogLikelihood {
		t.Error("the order of the rows matters", f.Params, want.Params)
	}
	twice := Table{X: append(append([]float64{}, data.X...), data.X...), Mean: append(append([]float64{}, data.Mean...), data.Mean...)}
	weighted := Table{X: data.X, Mean: data.Mean, W: make([]float64, len(data.X))}
	for i := range weighted.W {
		weighted.W[i] = 2
	}
	a, b := Fit(twice, nil), Fit(weighted, nil)
	within(t, "weights", a.Params.Gamma, b.Params.Gamma, 1e-8*a.Params.Gamma)
	within(t, "doubled data, same maximum", a.Params.Q, want.Params.Q, 1e-8)
	within(t, "rank correlation", a.Correlation.Spearman, b.Correlation.Spearman, 1e-12)
	within(t, "its p-value", a.Correlation.SpearmanP, b.Correlation.SpearmanP, 1e-12)
}

func simulated(p Params, customers int, seed uint64) Table {
	rng := rand.New(rand.NewPCG(seed, seed))
	x := make([]float64, customers)
	for i := range x {
		x[i] = float64(1 + rng.IntN(8))
	}
	return Table{X: x, Mean: p.Simulate(x, rng.Float64)}
}

// Libraries answer with a negative or infinite mean spend when q <= 1.
func TestNoNegativeOrInfiniteMeanSpendWhenQIsBelowOne(t *testing.T) {
	f := Fit(simulated(Params{4, 0.6, 20}, 5000, 3), nil)
	if f.Result.Status != fit.Converged || f.Tail != InfiniteMean {
		t.Fatalf("%+v", f)
	}
	within(t, "q", f.Params.Q, 0.6, 4*f.Result.StandardErrors[1])
	if v, outcome := f.Params.ExpectedSpend(0, 0); v != 0 || outcome != special.Unbounded {
		t.Error("population mean:", v, outcome)
	}
	rng := rand.New(rand.NewPCG(9, 9))
	for range 2000 {
		p := Params{math.Exp(6 * rng.NormFloat64()), rng.Float64(), math.Exp(4 * rng.NormFloat64())}
		x, mean := float64(rng.IntN(4)), math.Exp(5*rng.NormFloat64())
		v, basis := p.Spend(x, mean)
		if _, unbounded := p.Quantile(0.5, x, mean); unbounded == special.Unbounded {
			continue // the median itself exceeds 1e308
		}
		if !(v >= 0 && v <= math.MaxFloat64) || basis == NoBasis || (basis == ByMean) != (p.P*x+p.Q > 1) {
			t.Fatalf("%+v: spend(%g, %g) = %g by %v", p, x, mean, v, basis)
		}
	}
	// The median halves the customers: half of the simulated new ones spend less.
	p := Params{4, 0.6, 20}
	median, basis := p.Spend(0, 0)
	below, n := 0.0, 40000
	for range n {
		if p.DrawSpend(0, 0, 1e9, rng.Float64)/1e9 < median {
			below++
		}
	}
	within(t, "share below the median", below/float64(n), 0.5, 4*math.Sqrt(0.25/float64(n)))
	if basis != ByMedian {
		t.Error(basis)
	}
}

// Zero or negative spend, and customers without orders, are counted, not fitted.
func TestZeroOrNegativeSpendIsSetAside(t *testing.T) {
	good := table(cdnow.Sample())
	dirty := Table{
		X:    append([]float64{0, 3, 2, 1, 0}, good.X...),
		Mean: append([]float64{0, 0, -4, -1e90, math.NaN()}, good.Mean...), // not read where x = 0
	}
	f := Fit(dirty, nil)
	want := Aside{NoOrders: 2, ZeroSpend: 1, NegativeSpend: 2, First: Fault{ZeroSpend, 1}}
	if f.Aside != want || f.Fault.Code != Valid || f.Customers != 946 {
		t.Errorf("%+v %+v", f.Aside, f.Fault)
	}
	if f.Params != Fit(good, nil).Params {
		t.Error("the set-aside rows changed the fit")
	}
}

func TestFaultsStopTheFit(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		t    Table
		want Fault
	}{
		{Table{X: []float64{1, 2}, Mean: []float64{1}}, Fault{LengthMismatch, 0}},
		{Table{X: []float64{1}, Mean: []float64{1}, W: []float64{1, 1}}, Fault{LengthMismatch, 0}},
		{Table{X: []float64{1, 1.5}, Mean: []float64{1, 1}}, Fault{BadFrequency, 1}},
		{Table{X: []float64{-1}, Mean: []float64{1}}, Fault{BadFrequency, 0}},
		{Table{X: []float64{nan}, Mean: []float64{1}}, Fault{BadFrequency, 0}},
		{Table{X: []float64{1}, Mean: []float64{nan}}, Fault{BadSpend, 0}},
		{Table{X: []float64{1}, Mean: []float64{inf}}, Fault{BadSpend, 0}},
		{Table{X: []float64{1}, Mean: []float64{-inf}}, Fault{BadSpend, 0}},
		{Table{X: []float64{1, 1}, Mean: []float64{3, 1e300}}, Fault{BadSpend, 1}},
		{Table{X: []float64{1, 1}, Mean: []float64{3, 5e-324}}, Fault{BadSpend, 1}},
		{Table{X: []float64{1}, Mean: []float64{2}, W: []float64{-1}}, Fault{BadWeight, 0}},
		{Table{X: []float64{1}, Mean: []float64{2}, W: []float64{nan}}, Fault{BadWeight, 0}},
	} {
		f := Fit(c.t, nil)
		if f.Fault != c.want || f.Result.Status != fit.BadTable || f.Params.Valid() || Empirical(c.t).Verdict != NoCustomers {
			t.Errorf("%+v: %v", c.t, f.Fault)
		}
	}
	for _, none := range []Table{{}, {X: []float64{0}, Mean: []float64{0}}, {X: []float64{2}, Mean: []float64{3}, W: []float64{0}}} {
		if f := Fit(none, nil); f.Result.Status != fit.NoData || f.Fault.Code != Valid {
			t.Errorf("%+v: %v", none, f.Result.Status)
		}
	}
	if len(codeNames) != int(NegativeSpend)+1 || len(limitNames) != int(Ridge)+1 || len(tailNames) != int(InfiniteMean)+1 ||
		len(basisNames) != int(ByMedian)+1 || len(verdictNames) != int(Inseparable)+1 || Code(99).String()+Limit(99).String()+Tail(99).String()+Basis(99).String()+Verdict(99).String() != "" {
		t.Error("a code has no name")
	}
}

// A fit that runs off to a limit is reported as one, and its predictions are the limit's.
func TestRunawayFitsNameTheirLimit(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 2))
	var alike, fixed Table
	for range 3000 {
		x := float64(1 + rng.IntN(6))
		// Means of many orders differ no less, even more, than single orders do.
		fixed.X = append(fixed.X, x)
		q := 4 - 0.3*x
		fixed.Mean = append(fixed.Mean, 10*(q-0.33)/sample.Gamma(q, rng.Float64))
		// Means differ less, the more orders there are, than draws from one distribution would.
		alike.X = append(alike.X, x)
		alike.Mean = append(alike.Mean, 10*sample.Gamma(4*x*x, rng.Float64)/(4*x*x))
	}
	for _, c := range []struct {
		name string
		t    Table
		want Limit
		new  float64
	}{
		{"one customer", Table{X: []float64{5}, Mean: []float64{12.5}}, SingleSpend, 12.5},
		{"all equal", Table{X: []float64{1, 2, 9}, Mean: []float64{9.99, 9.99, 9.99}}, SingleSpend, 9.99},
		{"equal but for rounding", Table{X: []float64{1, 3, 9}, Mean: []float64{9.99, (9.99 + 9.99 + 9.99) / 3, 9.99 * 9 / 9}}, SingleSpend, 9.99},
		{"one amount, weighted", Table{X: []float64{1}, Mean: []float64{1e-90}, W: []float64{1e6}}, SingleSpend, 1e-90},
		{"fixed", fixed, FixedSpend, 0},
	} {
		f := Fit(c.t, nil)
		if f.Limit != c.want || f.Result.Status != fit.Boundary || f.Result.StandardErrors != nil {
			t.Errorf("%s: %v %v %+v", c.name, f.Limit, f.Result.Status, f.Params)
		}
		if got, _ := f.Params.ExpectedSpend(0, 0); c.new > 0 {
			within(t, c.name, got, c.new, 1e-9*c.new)
		}
	}
	f := Fit(fixed, nil)
	got, _ := f.Params.ExpectedSpend(1, 77)
	within(t, "fixed spend: a customer's own mean", got, 77, 0.01)
	f = Fit(alike, nil)
	if f.Limit != AlikeSpend || f.Result.Status != fit.Boundary || f.Tail != FiniteMean {
		t.Errorf("alike: %v %v %+v", f.Limit, f.Result.Status, f.Params)
	}
	mean, orders := 0.0, 0.0
	for i, x := range alike.X {
		mean += x * alike.Mean[i]
		orders += x
	}
	got, _ = f.Params.ExpectedSpend(1, 77)
	within(t, "alike: everyone at the common mean", got, mean/orders, 1e-6*mean/orders)
}

// "Parameters silently capped at 10,000", "convergence errors raised at the optimum",
// "an asymmetric covariance matrix".
func TestNearlyEqualSpendsKeepTheirParameters(t *testing.T) {
	truth := Params{4e6, 1e6, 10 * (1e6 - 1) / 4e6} // 0.05 % within, 0.1 % among customers
	f := Fit(simulated(truth, 20000, 8), nil)
	if f.Result.Status != fit.Converged || f.Limit != NoLimit {
		t.Fatalf("%v %v %+v", f.Result.Status, f.Limit, f.Params)
	}
	within(t, "p", f.Params.P, truth.P, 4*f.Result.StandardErrors[0])
	within(t, "q", f.Params.Q, truth.Q, 4*f.Result.StandardErrors[1])
	if !(f.Params.P > 1e4 && f.Params.Q > 1e4) {
		t.Error("capped", f.Params)
	}
	for i := range 3 {
		for j := range 3 {
			if f.Result.Covariance[i*3+j] != f.Result.Covariance[j*3+i] {
				t.Error("asymmetric covariance")
			}
		}
	}
}

func TestSpendsOverTheWholeRange(t *testing.T) {
	for _, mean := range [][]float64{
		{1e99, 2e99, 1e98, 4e99}, {1e-99, 3e-99, 2e-99, 1e-99}, {1e-80, 1, 1e80, 20}, {1e-100, 1e100, 1, 1}, {1, 2, 1e100, 3}, {1, 2}, {39, 4.8e62}, {20, 6e16, 816, 19},
	} {
		x := []float64{1, 2, 3, 4}[:len(mean)]
		f := Fit(Table{X: x, Mean: mean}, nil)
		for _, v := range append(append([]float64{f.Result.LogLikelihood, f.Correlation.Pearson, f.Correlation.SpearmanP}, f.Result.Parameters...), f.Result.StandardErrors...) {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%v: %+v", mean, f)
			}
		}
		if limited := f.Result.Status == fit.Boundary || f.Result.Status == fit.NotIdentified; limited != (f.Limit != NoLimit) || !limited && f.Result.Status != fit.Converged {
			t.Error(mean, f.Result.Status, f.Limit)
		}
		if v, _ := f.Params.Spend(1, 5); math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
			t.Error(mean, v)
		}
	}
}

func TestSimulatedCustomersGiveTheirParametersBack(t *testing.T) {
	for seed, truth := range []Params{best.p, {1.5, 2.5, 30}, {40, 8, 3}, {0.7, 1.2, 50}} {
		f := Fit(simulated(truth, 20000, uint64(seed+1)), nil)
		for i, want := range []float64{truth.P, truth.Q, truth.Gamma} {
			within(t, "parameter", f.Result.Parameters[i], want, 4*f.Result.StandardErrors[i])
		}
		if f.Result.Status != fit.Converged {
			t.Error(truth, f.Result.Status)
		}
	}
}

// 95 % intervals of log p from 120 fits of 600 customers.
func TestStandardErrorsMatchTheSpreadOfFits(t *testing.T) {
	inside := 0
	for seed := range uint64(120) {
		f := Fit(simulated(best.p, 600, 1000+seed), nil)
		if math.Abs(f.Result.Theta[0]-math.Log(best.p.P)) < 1.96*math.Sqrt(f.Result.ThetaCovariance[0]) {
			inside++
		}
	}
	// 114 expected; four binomial standard deviations are 10.
	if inside < 104 {
		t.Error("95 % intervals covered", inside, "of 120")
	}
}

func TestFitCanBeCancelled(t *testing.T) {
	if f := Fit(table(cdnow.Sample()), func(fit.Progress) bool { return false }); f.Result.Status != fit.Cancelled {
		t.Error(f.Result.Status)
	}
}

// A large table is previewed on a thinned one; the answer is that of the whole.
func TestPreviewDoesNotChangeTheAnswer(t *testing.T) {
	data := simulated(best.p, 30000, 5)
	f := Fit(data, nil)
	_, g := f.Params.LogLikelihood(data)
	for _, v := range []float64{g.P, g.Q, g.Gamma} {
		within(t, "gradient on the whole data", v, 0, 1e-6)
	}
}

func BenchmarkFitCDNOWSample(b *testing.B) { benchmark(b, table(cdnow.Sample())) }
func BenchmarkFit1000000(b *testing.B)     { benchmark(b, simulated(best.p, 1000000, 1)) }

func benchmark(b *testing.B, data Table) {
	var r fit.Result
	for b.Loop() {
		r = Fit(data, nil).Result
	}
	b.ReportMetric(float64(r.Evaluations), "evaluations")
}

package sbg

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/fit"
	"hourglass/core/special"
)

// Per cent surviving, t = 0 .. 12: Fader & Hardie (2007), their two segments.
var (
	regular = []float64{100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3}
	highEnd = []float64{100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4}
)

// thousand returns the survivors of n = 1000 after the given number of renewals.
func thousand(percent []float64, renewals int) []float64 {
	s := make([]float64, renewals+1)
	for t := range s {
		s[t] = math.Round(percent[t] * 10)
	}
	return s
}

func fitted(t *testing.T, cohorts ...[]float64) Fitted {
	t.Helper()
	c, fault := Count(cohorts)
	if fault.Code != Valid {
		t.Fatal(fault)
	}
	return Fit(c, nil)
}

func within(t *testing.T, name string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %.12g, want %.12g within %g", name, got, want, tol)
	}
}

// reference-values.md, shifted-beta-geometric: recomputed with independent code,
// held to a relative 1e-6 (parameters) and four decimals (log-likelihood).
func TestFaderHardie2007Fits(t *testing.T) {
	for _, c := range []struct {
		name            string
		percent         []float64
		renewals        int
		alpha, beta, ll float64
		forecast        []float64 // S(8..12), per cent, one decimal
	}{
		{"Regular", regular, 7, .704077, 1.182043, -1680.2652, []float64{22.0, 20.4, 19.1, 18.0, 17.0}},
		{"High End", highEnd, 7, .668088, 3.806096, -1611.1581, []float64{46.0, 43.6, 41.4, 39.5, 37.8}},
		{"Regular, 4 renewals", regular, 4, .763665, 1.295830, -1401.5594, nil},
		{"Regular, 5 renewals", regular, 5, .737007, 1.245343, -1517.0730, nil},
	} {
		f := fitted(t, thousand(c.percent, c.renewals))
		within(t, c.name+" alpha", f.Params.Alpha, c.alpha, 1e-6*c.alpha)
		within(t, c.name+" beta", f.Params.Beta, c.beta, 1e-6*c.beta)
		within(t, c.name+" LL", f.Result.LogLikelihood, c.ll, 0.5e-4)
		for i, want := range c.forecast {
			within(t, c.name+" forecast", 100*f.Params.Survival(8+i), want, 0.0501)
		}
		if r := f.Result; r.Status != fit.Converged || r.Identifiability != fit.Identified || r.Agreed != r.Starts || r.Gradient > 1e-12 {
			t.Errorf("%s: %v, %v, %d of %d, gradient %g", c.name, r.Status, r.Identifiability, r.Agreed, r.Starts, r.Gradient)
		}
	}
}

// Fader & Hardie (2010), table 3: d = 0.1, n = 1 .. 5. The second row as printed
// was computed from unrounded parameters; what its rounded ones give is
// recomputed in reference-values.md.
func TestFaderHardie2010Table3(t *testing.T) {
	for _, c := range []struct {
		p    Params
		want []float64
		tol  float64
	}{
		{Params{3.80, 15.20}, []float64{3.31, 3.45, 3.59, 3.72, 3.84}, 0.005},
		{Params{.067, .267}, []float64{7.6708, 9.4553, 9.8508, 10.0562, 10.1886}, 0.5e-4},
		{Params{.067, .267}, []float64{7.68, 9.46, 9.86, 10.06, 10.19}, 0.01}, // printed from unrounded parameters
	} {
		for i, want := range c.want {
			got, outcome := c.p.DERL(i+1, 0.1)
			if outcome != special.OK {
				t.Fatal(outcome)
			}
			within(t, "DERL", got, want, c.tol)
		}
	}
}

// Fader & Hardie (2010): High End, eighth renewal pending, d = 0.1.
func TestFaderHardie2010HighEnd(t *testing.T) {
	got, _ := fitted(t, thousand(highEnd, 7)).Params.DERL(8, 0.1)
	within(t, "DERL", got, 7.530, 0.0005)
}

// reference-values.md, closed form, row 15: Regular, four renewals, at 100 a
// year, 10 %, paid at start. The fitted parameters give the 362.11 of the table;
// as it prints them, rounded to five decimals, they give 362.1165. Both digits
// again by the power series with 80 digits.
func TestReferenceRow15(t *testing.T) {
	got, _ := fitted(t, thousand(regular, 4)).Params.DEL(0.1, Start)
	within(t, "value", 100*got, 362.11, 0.005)
	within(t, "value", 100*got, 362.11477532395, 1e-7)
	got, _ = Params{0.76366, 1.29583}.DEL(0.1, Start)
	within(t, "value, rounded parameters", 100*got, 362.11649476259452, 1e-10)
}

// The same four maxima by Newton's method with 80 digits (Python's decimal).
func TestFitsToTenDigits(t *testing.T) {
	for _, c := range []struct {
		survivors       []float64
		alpha, beta, ll float64
	}{
		{thousand(regular, 7), 0.7040772984735162, 1.1820430262094757, -1680.265188463287},
		{thousand(highEnd, 7), 0.6680883511064463, 3.806094964058267, -1611.1581473911565},
		{thousand(regular, 4), 0.7636650625645527, 1.2958302721825021, -1401.5594235774454},
		{thousand(regular, 5), 0.7370070271827912, 1.2453432138441787, -1517.072969723121},
	} {
		f := fitted(t, c.survivors)
		within(t, "alpha", f.Params.Alpha, c.alpha, 1e-10*c.alpha)
		within(t, "beta", f.Params.Beta, c.beta, 1e-10*c.beta)
		within(t, "LL", f.Result.LogLikelihood, c.ll, 1e-12*-c.ll)
	}
}

func TestCount(t *testing.T) {
	c, fault := Count([][]float64{{10, 6, 5}, {}, {20, 15}, {7}})
	if fault.Code != Valid || len(c.Lost) != 2 || c.AtRisk[0] != 30 || c.Lost[0] != 9 || c.AtRisk[1] != 6 || c.Lost[1] != 1 {
		t.Error(c, fault)
	}
	for _, bad := range []struct {
		cohorts [][]float64
		want    Fault
	}{
		{[][]float64{{5, 4}, {5, 6}}, Fault{Resurrected, 1, 1}},
		{[][]float64{{5, -1}}, Fault{NotACount, 0, 1}},
		{[][]float64{{math.NaN()}}, Fault{NotACount, 0, 0}},
		{[][]float64{{math.Inf(1), 3}}, Fault{NotACount, 0, 0}},
	} {
		if _, fault := Count(bad.cohorts); fault != bad.want {
			t.Errorf("%v: %v", bad.cohorts, fault)
		}
	}
	if Valid.String() != "valid" || len(codeNames) != int(LostTooMany)+1 {
		t.Error("a code has no name")
	}
}

// The paper's own form, by gamma functions: LL = sum of lost log P(T=t) + S(n) log S(n).
func TestLikelihoodAgainstThePapersForm(t *testing.T) {
	s := thousand(regular, 7)
	c, _ := Count([][]float64{s})
	for _, p := range []Params{{.7, 1.2}, {.01, 40}, {30, .2}, {200, 300}} {
		want := 0.0
		for i := 1; i < len(s); i++ {
			want += (s[i-1] - s[i]) * (special.LogBeta(p.Alpha+1, p.Beta+float64(i)-1) - special.LogBeta(p.Alpha, p.Beta))
		}
		want += s[7] * (special.LogBeta(p.Alpha, p.Beta+7) - special.LogBeta(p.Alpha, p.Beta))
		got, da, db := p.LogLikelihood(c)
		within(t, "LL", got, want, 1e-11*math.Abs(want))
		const h = 1e-5
		up, _, _ := Params{p.Alpha * (1 + h), p.Beta}.LogLikelihood(c)
		down, _, _ := Params{p.Alpha * (1 - h), p.Beta}.LogLikelihood(c)
		within(t, "d alpha", da, (up-down)/(2*h*p.Alpha), 1e-6*(1+math.Abs(da)))
		up, _, _ = Params{p.Alpha, p.Beta * (1 + h)}.LogLikelihood(c)
		down, _, _ = Params{p.Alpha, p.Beta * (1 - h)}.LogLikelihood(c)
		within(t, "d beta", db, (up-down)/(2*h*p.Beta), 1e-6*(1+math.Abs(db)))
	}
}

// Splitting a cohort, or repeating it as a weight, changes nothing.
func TestCohortsAddUp(t *testing.T) {
	whole := fitted(t, []float64{3000, 1893, 1404, 1146})
	parts := fitted(t, []float64{1000, 631, 468, 382}, []float64{2000, 1262, 936, 764})
	within(t, "alpha", parts.Params.Alpha, whole.Params.Alpha, 1e-9)
	third := fitted(t, []float64{1000, 631, 468, 382})
	within(t, "weights", third.Params.Beta, whole.Params.Beta, 1e-8*whole.Params.Beta)
	// A younger cohort that stops early is used to its own age.
	mixed := fitted(t, []float64{1000, 631, 468, 382}, []float64{500, 316})
	if mixed.Result.Status != fit.Converged || mixed.Params == whole.Params {
		t.Error(mixed.Result.Status, mixed.Params)
	}
}

func TestHeterogeneityNotIdentified(t *testing.T) {
	for _, c := range []struct {
		name     string
		survivor []float64
		status   fit.Status
		churn    float64
	}{
		{"one renewal", []float64{1000, 800}, fit.NotIdentified, 0.2},
		{"constant churn", []float64{100000, 80000, 64000, 51200, 40960}, fit.Boundary, 0.2},
		{"rising churn", []float64{1000, 900, 700, 400}, fit.Boundary, 600.0 / 2600},
		{"a climb that overshoots", []float64{904, 717, 344}, fit.Boundary, 560.0 / 1621},
		{"and by more", []float64{620, 593, 400, 390}, fit.Boundary, 230.0 / 1613},
		{"no churn", []float64{50, 50, 50, 50}, fit.Boundary, 0},
		{"all leave at once", []float64{50, 0, 0}, fit.Boundary, 1},
		{"empty", []float64{0, 0, 0}, fit.NoData, 0},
		{"no renewal", []float64{100}, fit.NoData, 0},
		{"a million, constant", []float64{1e6, 9e5, 8.1e5, 7.29e5}, fit.Boundary, 0.1},
	} {
		f := fitted(t, c.survivor)
		if f.Result.Status != c.status || f.Result.StandardErrors != nil {
			t.Errorf("%s: %v at %v, want %v", c.name, f.Result.Status, f.Params, c.status)
		}
		within(t, c.name+" churn", f.ConstantChurn, c.churn, 1e-12)
		if c.status == fit.Boundary || c.status == fit.NotIdentified {
			if f.Limit != Geometric {
				t.Error(c.name, f.Limit)
			}
			within(t, c.name+" limit's LL", f.Result.LogLikelihood, f.ConstantLL, 1e-7*(1+math.Abs(f.ConstantLL)))
		}
	}
}

// Losses in the first period alone: each customer leaves at once or never, and
// the likelihood is that of the first period, 2 of 7385.
func TestAllOrNothing(t *testing.T) {
	f := fitted(t, []float64{7385, 7383, 7383, 7383})
	if f.Result.Status != fit.Boundary || f.Limit != Polarised {
		t.Error(f.Result.Status, f.Limit, f.Params)
	}
	within(t, "LL", f.Result.LogLikelihood, 2*math.Log(2.0/7385)+7383*math.Log(7383.0/7385), 1e-6)
	within(t, "S(9)", f.Params.Survival(9), 7383.0/7385, 1e-7)
	if f := fitted(t, thousand(regular, 7)); f.Limit != NoLimit || f.Limit.String() != "none" || len(limitNames) != int(Polarised)+1 {
		t.Error(f.Limit)
	}
}

func TestFitCanBeCancelled(t *testing.T) {
	c, _ := Count([][]float64{thousand(regular, 7)})
	if f := Fit(c, func(fit.Progress) bool { return false }); f.Result.Status != fit.Cancelled {
		t.Error(f.Result.Status)
	}
}

func TestExpectationsAreConsistent(t *testing.T) {
	for _, p := range []Params{{.704, 1.182}, {1, 1}, {.067, .267}, {3.8, 15.2}, {500, 4000}, {1e-4, .5}} {
		product := 1.0
		for n := 1; n <= 40; n++ {
			product *= p.Retention(n)
			within(t, "S", p.Survival(n), product, 1e-13)
			within(t, "r", p.Retention(n)+p.Churn(n), 1, 1e-15)
		}
		if p.Survival(0) != 1 || p.Retention(1) != p.Beta/(p.Alpha+p.Beta) {
			t.Error("S(0) or r_1", p)
		}
		for _, d := range []float64{0.02, 0.1, 1} {
			// The power series, summed until discounting has ended it.
			long, _ := p.Lifetime(0, 2500, d, Start)
			start, _ := p.DEL(d, Start)
			end, _ := p.DEL(d, End)
			after, _ := p.DEL(d, AfterRenewal)
			derl, _ := p.DERL(1, d)
			within(t, "DEL", start, long, 1e-11*long)
			within(t, "end", end, start/(1+d), 1e-13*start)
			within(t, "after renewal", after, start-1, 1e-12*start)
			// FH10: DERL counts from the pending renewal, one period later than now.
			within(t, "DERL(1)", derl/(1+d), after, 1e-12*start)
			long, _ = p.Lifetime(7, 2500, d, AfterRenewal)
			derl, _ = p.DERL(8, d)
			within(t, "DERL(8)", derl/(1+d), long, 1e-11*(1+long))
		}
	}
	lived, _ := Params{2, 3}.Lifetime(0, 3, 0, Start)
	within(t, "horizon", lived, 1+3.0/5+3.0/5*4/6, 1e-15)
	lived, _ = Params{2, 3}.Lifetime(0, 3, 0, End)
	within(t, "horizon, end", lived, 1+3.0/5+3.0/5*4/6, 1e-15)
	if v, o := (Params{2, 3}).Lifetime(0, 0, 0, Start); v != 0 || o != special.OK {
		t.Error("horizon 0", v, o)
	}
}

func TestUnboundedAndOutOfDomain(t *testing.T) {
	p := Params{.7, 1.2}
	if v, o := p.DERL(1, 0); v != 0 || o != special.Unbounded {
		t.Error("undiscounted DERL with alpha <= 1:", v, o)
	}
	if v, o := (Params{1, 1}).DEL(0, Start); v != 0 || o != special.Unbounded {
		t.Error("undiscounted DEL with alpha = 1:", v, o)
	}
	// alpha > 1: E[1/theta] - 1 = beta/(alpha-1).
	v, o := Params{3, 4}.DEL(0, AfterRenewal)
	within(t, "undiscounted DEL", v, 2, 1e-14)
	if o != special.OK {
		t.Error(o)
	}
	last := 0.0
	for d := 1.0; d > 1e-15; d /= 10 { // d near 0: finite and increasing
		v, o := p.DERL(3, d)
		if o != special.OK || !(v > last) {
			t.Error("DERL at d =", d, v, o)
		}
		last = v
	}
	nan := math.NaN()
	for _, bad := range []Params{{0, 1}, {1, -1}, {nan, 1}, {math.Inf(1), 1}} {
		if _, o := bad.DERL(1, .1); o != special.OutOfDomain || bad.Survival(2) != 0 || bad.Simulate(3, 3, nil) != nil {
			t.Error(bad, "accepted")
		}
	}
	for _, d := range []float64{-.1, nan, math.Inf(1)} {
		if _, o := p.DERL(1, d); o != special.OutOfDomain {
			t.Error("d =", d, o)
		}
		if _, o := p.Lifetime(0, 5, d, Start); o != special.OutOfDomain {
			t.Error("d =", d, o)
		}
	}
	if _, o := p.DERL(0, .1); o != special.OutOfDomain {
		t.Error("n = 0", o)
	}
}

func TestSimulatedCohortGivesItsParametersBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 11))
	p := Params{.7, 1.2}
	s := p.Simulate(200000, 12, rng.Float64)
	if s[0] != 200000 || len(s) != 13 {
		t.Fatal(s)
	}
	for i := range s { // within five binomial standard errors
		q := p.Survival(i)
		within(t, "share", s[i]/s[0], q, 5*math.Sqrt(q*(1-q)/s[0])+1e-15)
	}
	f := fitted(t, s)
	for i, truth := range []float64{p.Alpha, p.Beta} {
		within(t, "parameter", f.Result.Parameters[i], truth, 4*f.Result.StandardErrors[i])
	}
}

// Standard errors cover: the spread of 400 fits is what each fit says it is.
func TestStandardErrorsMatchTheSpreadOfFits(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	p := Params{.7, 1.2}
	inside := 0
	for range 400 {
		f := fitted(t, p.Simulate(5000, 8, rng.Float64))
		se := math.Sqrt(f.Result.ThetaCovariance[0])
		if math.Abs(f.Result.Theta[0]-math.Log(p.Alpha)) < 1.96*se {
			inside++
		}
	}
	// 95 % of 400 is 380; four binomial standard deviations are 17.
	if inside < 363 || inside > 397 {
		t.Error("95 % intervals covered", inside, "of 400")
	}
}

func BenchmarkFit(b *testing.B) {
	c, _ := Count([][]float64{thousand(regular, 7)})
	var r fit.Result
	for b.Loop() {
		r = Fit(c, nil).Result
	}
	b.ReportMetric(float64(r.Evaluations), "evaluations")
}

// TestFitRefusesWhatIsNoData hands Fit columns that Count would not make.
func TestFitRefusesWhatIsNoData(t *testing.T) {
	for _, c := range []struct {
		counts Counts
		want   Fault
	}{
		{Counts{AtRisk: []float64{5}, Lost: []float64{1, 1}}, Fault{Code: LengthMismatch}},
		{Counts{AtRisk: []float64{5, 4}, Lost: []float64{1}}, Fault{Code: LengthMismatch}},
		{Counts{AtRisk: []float64{5, -4}, Lost: []float64{1, 0}}, Fault{Code: NotACount, Period: 1}},
		{Counts{AtRisk: []float64{5, 4}, Lost: []float64{1, math.NaN()}}, Fault{Code: NotACount, Period: 1}},
		{Counts{AtRisk: []float64{math.Inf(1)}, Lost: []float64{1}}, Fault{Code: NotACount}},
		{Counts{AtRisk: []float64{5, 4}, Lost: []float64{1, 5}}, Fault{Code: LostTooMany, Period: 1}},
	} {
		f := Fit(c.counts, nil)
		if f.Fault != c.want || f.Result.Status != fit.BadTable || f.Result.Parameters != nil {
			t.Errorf("%+v: %+v, %v", c.counts, f.Fault, f.Result.Status)
		}
	}
	if ll, a, b := (Params{1, 1}).LogLikelihood(Counts{Lost: []float64{1}}); ll != 0 || a != 0 || b != 0 {
		t.Error("a likelihood of columns of unequal length:", ll, a, b)
	}
}

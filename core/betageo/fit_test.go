package betageo

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/internal/cdnow"
)

// simulated returns 2,000 customers aged 30 to 40.
func simulated(c Chances, p Params, seed uint64) cbs.Table {
	rng := rand.New(rand.NewPCG(seed, 1))
	ages := make([]float64, 2000)
	for i := range ages {
		ages[i] = 30 + 10*rng.Float64()
	}
	return p.Simulate(c, ages, rng.Float64)
}

// A fit that runs off to infinity or to zero must not be reported as if it were identified:
// data from each limiting model, drawn so that no interior maximum exists (chance gives
// about every other such sample one far out, which the fit then calls weak).
func TestRunawayFitsAreNamedNotIdentified(t *testing.T) {
	for _, c := range []struct {
		chances Chances
		params  Params
		seed    uint64
		want    Limit
	}{
		{BG, Params{1e7, 1e8, .8, 2}, 0, EqualRates},
		{MBG, Params{1e7, 1e8, .8, 2}, 0, EqualRates},
		{BG, Params{.7, 6, 1e-9, 1}, 0, NoLeaving},
		{BG, Params{.7, 6, 1e-9, 1}, 3, NoLeaving},
		{MBG, Params{.7, 6, 1e-9, 1}, 0, NoLeaving},
		{BG, Params{.7, 6, 3e8, 7e8}, 0, EqualLeaving},
		{MBG, Params{.7, 6, 3e8, 7e8}, 2, EqualLeaving},
		{BG, Params{.7, 6, 1e-4, 2e-4}, 2, PolarisedLeaving},
		{BG, Params{.7, 6, 1e6, 1e-3}, 0, LeavingAtFirstChance},
		{MBG, Params{.7, 6, 1e6, 1e-3}, 0, NoRepeats},
	} {
		f := Fit(c.chances, simulated(c.chances, c.params, c.seed), nil)
		r := f.Result
		if f.Limit != c.want || r.Status != fit.Boundary || r.Identifiability != fit.Undetermined || r.StandardErrors != nil {
			t.Errorf("%v of %v: %v, %v, %v, %v", c.want, c.params, f.Limit, r.Status, r.Identifiability, f.Params)
		}
	}
	if len(limitNames) != int(SeparatedCovariates)+1 || Limit(99).String() != "" {
		t.Error("a limit has no name")
	}
}

// Convergence errors raised at the optimum: a climb that starts there is done.
func TestConvergedAtTheOptimum(t *testing.T) {
	data := cdnow.Sample().Compress()
	for c := BG; c <= MBG; c++ {
		p := Fit(c, data, nil).Params
		start := []float64{math.Log(p.R), math.Log(p.Alpha), math.Log(p.A), math.Log(p.B)}
		r := fit.Maximise(fit.Problem{LogLikelihood: form{c, 1}.objective(data), Starts: [][]float64{start}})
		if r.Status != fit.Converged || r.Iterations > 2 {
			t.Error(c, r.Status, r.Iterations)
		}
	}
}

// The starts are tried on an eighth of the rows; what is found must be what
// they find on all of them.
func TestPreviewDoesNotMislead(t *testing.T) {
	data := cdnow.Sample().Compress()
	whole := fit.Maximise(fit.Problem{LogLikelihood: form{BG, 1}.objective(data), Starts: starts(0.05)})
	f := Fit(BG, data, nil)
	if math.Abs(f.Result.LogLikelihood-whole.LogLikelihood) > 1e-8 || math.Abs(f.Params.B/math.Exp(whole.Theta[3])-1) > 1e-8 {
		t.Error(f.Result.LogLikelihood, whole.LogLikelihood, f.Params, whole.Theta)
	}
}

func TestFitCanBeCancelled(t *testing.T) {
	calls := 0
	f := Fit(BG, cdnow.Sample().Table, func(p fit.Progress) bool { calls++; return calls < 3 })
	if f.Result.Status != fit.Cancelled || calls != 3 {
		t.Error(f.Result.Status, calls)
	}
}

// The paper's two terms as they stand (FHL05 eq. 6), with log-gammas: good to ten
// digits at moderate parameters, and a different road.
func TestLogLikelihoodAgainstThePaper(t *testing.T) {
	lg := func(x float64) float64 { y, _ := math.Lgamma(x); return y }
	beta := func(a, b float64) float64 { return lg(a) + lg(b) - lg(a+b) }
	data := cdnow.Sample().Compress()
	for _, p := range []Params{cdnowSample, {2, 30, 0.3, 0.2}, {0.05, 0.7, 6, 1.5}} {
		for c := BG; c <= MBG; c++ {
			want := 0.0
			for i, x := range data.X {
				n := x + float64(c)
				rates := lg(p.R+x) - lg(p.R) + p.R*math.Log(p.Alpha)
				alive := beta(p.A, p.B+n) - beta(p.A, p.B) - (p.R+x)*math.Log(p.Alpha+data.T[i])
				gone := math.Inf(-1)
				if n > 0 {
					gone = beta(p.A+1, p.B+n-1) - beta(p.A, p.B) - (p.R+x)*math.Log(p.Alpha+data.TX[i])
				}
				want += data.W[i] * (rates + math.Log(math.Exp(alive)+math.Exp(gone)))
			}
			if got, _ := p.LogLikelihood(c, data); math.Abs(got/want-1) > 1e-11 {
				t.Errorf("%v, %v: %.15g, want %.15g", p, c, got, want)
			}
		}
	}
}

// Shops of all kinds and sizes, half of them without an interior maximum: a dozen
// random starts must not find more than the five that Fit has chosen.
func TestNoRandomStartFindsMore(t *testing.T) {
	rng := rand.New(rand.NewPCG(77, 1))
	spread := func(median, sd float64) float64 { return median * math.Exp(sd*rng.NormFloat64()) }
	for k := range 24 {
		c := Chances(k % 2)
		p := Params{spread(0.6, 2), spread(4.5, 1.5), spread(1, 1.2), spread(2.7, 1.2)}
		ages := make([]float64, []int{15, 60, 300, 1500}[k%4])
		for i := range ages {
			ages[i] = 10 + 40*rng.Float64()
		}
		data := p.Simulate(c, ages, rng.Float64)
		f := Fit(c, data, nil)
		scaled, unit := data.Compress().Scaled()
		orders := 0.0
		for _, x := range data.X {
			orders += x
		}
		var starts [][]float64
		for range 12 {
			starts = append(starts, []float64{2 * rng.NormFloat64(), 2 * rng.NormFloat64(), 2 * rng.NormFloat64(), 2*rng.NormFloat64() + 1})
		}
		r := fit.Maximise(fit.Problem{LogLikelihood: form{c, 1}.objective(scaled), Starts: starts, Offset: -orders * math.Log(unit)})
		if r.LogLikelihood > f.Result.LogLikelihood+1e-5 {
			t.Errorf("%v of %d customers of %v: %v with %v, but %v with %v", c, len(ages), p,
				f.Result.LogLikelihood, f.Params, r.LogLikelihood, r.Parameters)
		}
	}
}

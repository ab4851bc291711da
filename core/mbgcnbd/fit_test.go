package mbgcnbd

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/mbgnbd"
	"hourglass/internal/cdnow"
)

// shop simulates n customers who joined over the first half of two years of weeks.
func shop(p Params, n int, seed uint64) cbs.Table {
	rng := rand.New(rand.NewPCG(seed, 1))
	ages := make([]float64, n)
	for i := range ages {
		ages[i] = float64(52 + rng.IntN(53))
	}
	return p.Simulate(ages, rng.Float64)
}

func TestStagesAreRecovered(t *testing.T) {
	for _, truth := range []Params{{1, .9, 6, .5, 1.5}, {2, 1.5, 6, .5, 1.5}, {3, 2, 5, .3, 3}, {6, 9, 6, .3, 3}} {
		hits := 0
		for seed := range uint64(6) {
			data := shop(truth, 800, seed)
			f := Fit(data, nil)
			if f.Params.K == truth.K {
				hits++
			}
			// The climb from the fit with a stage fewer ends where all starts do.
			if all := FitStages(f.Params.K, data, nil); math.Abs(all.Result.LogLikelihood-f.Result.LogLikelihood) > 1e-6 {
				t.Errorf("%v: log-likelihood %v from the fit before, %v from all starts", truth, f.Result.LogLikelihood, all.Result.LogLikelihood)
			}
			// From the parameters of another k the climb finds this one, and its likelihood.
			for _, k := range []int{1, 2, 5} {
				from := f.Params
				from.Alpha *= float64(from.K) / float64(k)
				from.K = k
				if near := Refit(from, nil, data, nil); near.Params.K != f.Params.K || math.Abs(near.Result.LogLikelihood-f.Result.LogLikelihood) > 1e-6 || near.Result.Hessian != nil {
					t.Errorf("%v: k = %d, log-likelihood %v from k = %d, %d and %v from 1", truth, near.Params.K, near.Result.LogLikelihood, from.K, f.Params.K, f.Result.LogLikelihood)
				}
			}
		}
		t.Logf("k = %d: found in %d of 6 shops of 800 customers", truth.K, hits)
		if hits < 5 {
			t.Errorf("k = %d: found in %d of 6 shops", truth.K, hits)
		}
	}
}

// cdnowGaps is the sum of log(days/7) over the 2,457 gaps between the days on which customers of CDNOW's sample ordered until
// 1997-09-30, from CDNOW_sample.txt (brucehardie.com/datasets).
const cdnowGaps = 2909.5046685897278

// CDNOW's customers order as chance has it.
func TestCDNOWWithOneStage(t *testing.T) {
	data := cdnow.Sample()
	data.Gaps = make([]float64, data.Len())
	data.Gaps[0] = cdnowGaps // only their sum matters
	one := Fit(data.Table, nil)
	want := mbgnbd.Fit(data.Table, nil)
	if one.Params.K != 1 || one.Params.shared() != betageo.Params(want.Params) || one.Result.LogLikelihood != want.Result.LogLikelihood {
		t.Error(one.Params, want.Params)
	}
	scores, _ := one.Params.Score(data.Table, 39, .001)
	same, _ := want.Params.Score(data.Table, 39, .001)
	for i := range scores.Expected {
		if scores.Expected[i] != same.Expected[i] || scores.Alive[i] != same.Alive[i] || scores.DERT[i] != same.DERT[i] {
			t.Fatal(i)
		}
	}
}

// Data that no k was made for: bounded, and in words.
func TestDegenerateGaps(t *testing.T) {
	regular := cbs.Table{} // 40 customers who order every week, to the day, and one in four leaves
	for i := range 40 {
		x := float64(20 + i%7)
		age := x + .5
		if i%4 == 0 {
			age = 40
		}
		regular.X, regular.TX, regular.T = append(regular.X, x), append(regular.TX, x), append(regular.T, age)
		regular.Gaps = append(regular.Gaps, x*math.Log(1))
	}
	if f := Fit(regular, nil); !f.Bounded() || f.Result.Status == fit.Failed {
		t.Errorf("gaps all equal: k = %d, %v", f.Params.K, f.Result.Status)
	}
	for name, data := range map[string]cbs.Table{
		"nobody":             {},
		"two customers":      {X: []float64{3, 0}, TX: []float64{9, 0}, T: []float64{10, 10}},
		"one order each":     {X: make([]float64, 50), TX: make([]float64, 50), T: cdnow.Sample().T[:50]},
		"ten years, yearly":  {X: []float64{9, 9, 8, 9}, TX: []float64{469, 470, 416, 470}, T: []float64{522, 522, 522, 522}},
		"all from one day":   {X: []float64{1, 0, 2, 0, 0}, TX: []float64{3, 0, 5, 0, 0}, T: []float64{9, 9, 9, 9, 9}},
		"fast as lightning":  {X: []float64{1000, 900}, TX: []float64{1e-3, 1e-3}, T: []float64{1e-3, 2e-3}},
		"silent for an aeon": {X: []float64{1, 2}, TX: []float64{1, 2}, T: []float64{1e9, 1e9}},
	} {
		for _, gaps := range []float64{0, -50, 50} {
			data.Gaps = make([]float64, data.Len())
			if data.Len() > 0 {
				data.Gaps[0] = gaps
			}
			f := Fit(data, nil)
			if k := f.Params.K; k < 1 || k > MaxStages || math.IsNaN(f.Result.LogLikelihood+f.Params.R+f.Params.Alpha+f.Params.A+f.Params.B) {
				t.Errorf("%s: %v, %v", name, f.Params, f.Result)
			}
			if scores, _ := f.Params.Score(data, 52, .001); f.Params.Valid() {
				for i := range scores.Alive {
					if v := scores.Alive[i] + scores.Expected[i] + scores.DERT[i]; !(v >= 0 && v <= math.MaxFloat64) {
						t.Errorf("%s: %v, %v", name, f.Params, scores)
					}
				}
			}
		}
	}
}

func TestCovariatesAreRecovered(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	truth := Regression{2, betageo.Regression{Average: betageo.Params{R: 1.5, Alpha: 6, A: .5, B: 1.5}, Rates: []float64{math.Ln2},
		Leaving: []float64{-1}, RatesMeans: []float64{.5}, LeavingMeans: []float64{.5}}}
	const n = 4000
	var data cbs.Table
	left, right := make([]float64, n), make([]float64, n)
	for i := range n {
		left[i], right[i] = float64(rng.IntN(2)), float64(rng.IntN(2))
		one := truth.At(left[i:i+1], right[i:i+1]).Simulate([]float64{float64(52 + rng.IntN(53))}, rng.Float64)
		data.X, data.TX, data.T = append(data.X, one.X[0]), append(data.TX, one.TX[0]), append(data.T, one.T[0])
		data.Gaps = append(data.Gaps, one.Gaps[0])
	}
	z := betageo.Covariates{Rates: [][]float64{left}, Leaving: [][]float64{right}}
	f := FitCovariates(2, data, z, nil)
	if f.Result.Status != fit.Converged {
		t.Fatal(f.Result.Status)
	}
	for i, want := range []float64{1.5, 6, math.Log(.5 / 1.5), 2, math.Ln2, -1} {
		if se := f.Result.StandardErrors[i]; !(math.Abs(f.Result.Parameters[i]-want) < 3.5*se && se > 0) {
			t.Errorf("parameter %d = %v +- %v, simulated with %v", i, f.Result.Parameters[i], se, want)
		}
	}
	ll := 0.0
	for i := range data.X {
		v, _ := f.Regression.At(left[i:i+1], right[i:i+1]).LogLikelihood(cbs.Table{X: data.X[i : i+1], TX: data.TX[i : i+1], T: data.T[i : i+1], Gaps: data.Gaps[i : i+1]})
		ll += v
	}
	within(t, "LL", f.Result.LogLikelihood, ll, 1e-9*math.Abs(ll))
	if other := FitCovariates(3, data, z, nil); !(other.Result.LogLikelihood < f.Result.LogLikelihood) {
		t.Error("three stages fit customers with two better")
	}
	if FitCovariates(0, data, z, nil).Result.Theta != nil {
		t.Error("no stages")
	}
}

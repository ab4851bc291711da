package bgnbd

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/internal/cdnow"
)

// advertised are customers of two kinds and of five years of birth: the first
// order twice as often (gamma = log 2), each decade of age lowers the logit
// of leaving by 0.5.
func advertised(n int) (cbs.Table, betageo.Covariates) {
	rng := rand.New(rand.NewPCG(8, 8))
	truth := Regression{Average: betageo.Params(Params{0.9, 8, 0.8, 2}), Rates: []float64{math.Ln2}, Leaving: []float64{-.05}, RatesMeans: []float64{.5}, LeavingMeans: []float64{1980}}
	var t cbs.Table
	kind, born := make([]float64, n), make([]float64, n)
	for i := range n {
		kind[i], born[i] = float64(rng.IntN(2)), float64(1960+10*rng.IntN(5))
		one := truth.At(kind[i:i+1], born[i:i+1]).Simulate([]float64{30 + 20*rng.Float64()}, rng.Float64)
		t.X, t.TX, t.T = append(t.X, one.X[0]), append(t.TX, one.TX[0]), append(t.T, one.T[0])
	}
	return t, betageo.Covariates{Rates: [][]float64{kind}, Leaving: [][]float64{born}}
}

func TestCovariatesAreRecovered(t *testing.T) {
	data, z := advertised(6000)
	f := FitCovariates(data, z, nil)
	r := f.Result
	if r.Status != fit.Converged || r.Agreed != r.Starts {
		t.Fatal(r.Status, r.Agreed, r.Starts)
	}
	for i, want := range []float64{0.9, 8, math.Log(0.8 / 2), 2.8, math.Ln2, -.05} {
		if se := r.StandardErrors[i]; !(math.Abs(r.Parameters[i]-want) < 3.5*se && se > 0) {
			t.Errorf("parameter %d = %v +- %v, simulated with %v", i, r.Parameters[i], se, want)
		}
	}
	// The likelihood with covariates is that of each customer's own parameters.
	ll := 0.0
	for i := range data.X {
		v, _ := f.Regression.At([]float64{z.Rates[0][i]}, []float64{z.Leaving[0][i]}).
			LogLikelihood(cbs.Table{X: data.X[i : i+1], TX: data.TX[i : i+1], T: data.T[i : i+1]})
		ll += v
	}
	within(t, "LL", r.LogLikelihood, ll, 1e-9*math.Abs(ll))
	// Scores of the gradient at the maximum, against a step either way.
	for i := range f.Regression.Rates {
		up, down := f.Regression, f.Regression
		up.Rates, down.Rates = slices.Clone(up.Rates), slices.Clone(down.Rates)
		up.Rates[i] += 0.05
		down.Rates[i] -= 0.05
		for _, other := range []Regression{up, down} {
			moved := 0.0
			for j := range data.X {
				v, _ := other.At([]float64{z.Rates[0][j]}, []float64{z.Leaving[0][j]}).
					LogLikelihood(cbs.Table{X: data.X[j : j+1], TX: data.TX[j : j+1], T: data.T[j : j+1]})
				moved += v
			}
			if moved >= ll {
				t.Error("not a maximum")
			}
		}
	}
}

func TestCovariateUnitsAreIrrelevant(t *testing.T) {
	data, z := advertised(1500)
	want := FitCovariates(data, z, nil)
	decades := make([]float64, data.Len())
	for i, v := range z.Leaving[0] {
		decades[i] = (v - 1900) / 10
	}
	got := FitCovariates(data, betageo.Covariates{Rates: z.Rates, Leaving: [][]float64{decades}}, nil)
	within(t, "LL", got.Result.LogLikelihood, want.Result.LogLikelihood, 1e-8)
	within(t, "beta", got.Regression.Leaving[0], 10*want.Regression.Leaving[0], 1e-7)
	within(t, "a", got.Regression.Average.A, want.Regression.Average.A, 1e-7)
}

func TestWithoutCovariatesTheFitIsTheSame(t *testing.T) {
	data := cdnow.Sample().Table
	plain, f := Fit(data, nil), FitCovariates(data, betageo.Covariates{}, nil)
	within(t, "LL", f.Result.LogLikelihood, plain.Result.LogLikelihood, 1e-8)
	within(t, "alpha", f.Regression.Average.Alpha, plain.Params.Alpha, 1e-7)
	within(t, "a", f.Regression.Average.A, plain.Params.A, 1e-7)
	within(t, "b", f.Regression.At(nil, nil).B, plain.Params.B, 1e-6)
}

func TestCovariatesThatTellNothing(t *testing.T) {
	data, z := advertised(500)
	constant := slices.Repeat([]float64{3}, data.Len())
	f := FitCovariates(data, betageo.Covariates{Rates: [][]float64{constant}}, nil)
	if f.Result.Status != fit.NotIdentified || f.Limit != betageo.SeparatedCovariates {
		t.Error("constant column:", f.Result.Status, f.Limit)
	}
	f = FitCovariates(data, betageo.Covariates{Rates: [][]float64{z.Rates[0], z.Rates[0]}}, nil)
	if f.Result.Status != fit.NotIdentified || f.Limit != betageo.SeparatedCovariates {
		t.Error("the same column twice:", f.Result.Status, f.Limit)
	}
	silent := cbs.Table{X: slices.Clone(data.X), TX: slices.Clone(data.TX), T: data.T}
	for i, kind := range z.Rates[0] {
		if kind == 1 {
			silent.X[i], silent.TX[i] = 0, 0
		}
	}
	f = FitCovariates(silent, z, nil)
	if f.Result.Status != fit.Boundary || f.Limit != betageo.SeparatedCovariates {
		t.Error("a kind that never comes back:", f.Result.Status, f.Limit)
	}
	constant[7] = math.NaN()
	for _, bad := range [][]float64{constant, {1}} {
		if f := FitCovariates(data, betageo.Covariates{Leaving: [][]float64{bad}}, nil); f.Result.Status != fit.BadTable {
			t.Error(f.Result.Status)
		}
	}
	if (Regression{}).At([]float64{1}, nil).Valid() {
		t.Error("more covariates than were fitted")
	}
}

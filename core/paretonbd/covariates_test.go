package paretonbd

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/internal/cdnow"
)

// shop simulates n customers of the model with one dummy that moves both rates
// and one number that moves ordering alone.
func shop(n int, m WithCovariates) (cbs.Table, Covariates) {
	rng := rand.New(rand.NewPCG(21, 4))
	dummy, number := make([]float64, n), make([]float64, n)
	t := cbs.Table{X: make([]float64, n), TX: make([]float64, n), T: make([]float64, n)}
	for i := range n {
		dummy[i], number[i], t.T[i] = float64(rng.IntN(2)), rng.NormFloat64(), 26+float64(rng.IntN(79))
		p := m.Of([]float64{dummy[i], number[i]}, []float64{dummy[i]})
		one := p.Simulate(t.T[i:i+1], rng.Float64)
		t.X[i], t.TX[i] = one.X[0], one.TX[0]
	}
	return t, Covariates{Orders: [][]float64{dummy, number}, Lifetime: [][]float64{dummy}}
}

func TestCovariatesAreRecovered(t *testing.T) {
	truth := WithCovariates{Params{.8, 10, .7, 12}, []float64{.6, -.3}, []float64{.9}}
	table, z := shop(6000, truth)
	f := FitWithCovariates(table, z, nil)
	if f.Result.Status != fit.Converged || f.Result.Gradient > 1e-8 || f.Result.Agreed != f.Result.Starts {
		t.Fatal(f.Result.Status, f.Result.Gradient, f.Result.Agreed)
	}
	for i, want := range []float64{.8, 10, .7, 12, .6, -.3, .9} {
		if got, se := f.Result.Parameters[i], f.Result.StandardErrors[i]; math.Abs(got-want) > 3.5*se {
			t.Errorf("parameter %d: %v +- %v, simulated with %v", i, got, se, want)
		}
	}
	got := append([]float64{f.Model.R, f.Model.Alpha, f.Model.S, f.Model.Beta}, append(f.Model.Orders, f.Model.Lifetime...)...)
	for i, v := range got {
		near(t, "model", v, f.Result.Parameters[i], 1e-14, i)
	}
	if f.LikelihoodRatio < 100 || f.PValue > 1e-10 {
		t.Error("the effects are overlooked:", f.LikelihoodRatio, f.PValue)
	}
}

func TestCovariateGradient(t *testing.T) {
	m := WithCovariates{Params{.6, 9, .5, 8}, []float64{.4, -.2}, []float64{.7}}
	table, z := shop(60, m)
	theta := []float64{math.Log(m.R), math.Log(m.Alpha), math.Log(m.S), math.Log(m.Beta), .4, -.2, .7}
	gradient, unused := make([]float64, 7), make([]float64, 7)
	m.LogLikelihood(table, z, gradient)
	for i := range theta {
		value := func(step float64) float64 {
			moved := append([]float64(nil), theta...)
			moved[i] += step
			return withCovariates(moved, 2).LogLikelihood(table, z, unused)
		}
		const h = 1e-3
		narrow, wide := (value(h)-value(-h))/(2*h), (value(2*h)-value(-2*h))/(4*h)
		want := narrow + (narrow-wide)/3
		if math.Abs(gradient[i]-want) > 1e-8*(1+math.Abs(want)) {
			t.Errorf("derivative %d = %.12g, by differences %.12g", i, gradient[i], want)
		}
	}
}

// Without effect the model is the plain one, and chance alone is not significant.
func TestCovariatesOfNoEffect(t *testing.T) {
	c := cdnow.Sample()
	plain, _ := Params{.55, 10.6, .6, 11.7}.LogLikelihood(c.Table)
	noise := make([]float64, c.Len())
	rng := rand.New(rand.NewPCG(3, 1))
	for i := range noise {
		noise[i] = float64(rng.IntN(2))
	}
	m := WithCovariates{Params{.55, 10.6, .6, 11.7}, []float64{0}, nil}
	near(t, "LL", m.LogLikelihood(c.Table, Covariates{Orders: [][]float64{noise}}, make([]float64, 5)), plain, 1e-13)
	f := FitWithCovariates(c.Table, Covariates{Orders: [][]float64{noise}, Lifetime: [][]float64{noise}}, nil)
	if f.Result.Status != fit.Converged || f.PValue < .01 || math.Abs(f.Result.Parameters[4]) > 3.5*f.Result.StandardErrors[4] {
		t.Error(f.Result.Status, f.PValue, f.Result.Parameters)
	}
	// With no trait at all the fit is the plain one.
	f = FitWithCovariates(c.Table, Covariates{}, nil)
	for i, v := range f.Plain.Result.Parameters {
		near(t, "parameter", f.Result.Parameters[i], v, 1e-8)
	}
}

func TestCovariatesThatCannotBeFitted(t *testing.T) {
	c := cdnow.Sample()
	constant, nan := make([]float64, c.Len()), make([]float64, c.Len())
	for i := range constant {
		constant[i] = 1
	}
	nan[5] = math.NaN()
	for name, z := range map[string]Covariates{"NaN": {Orders: [][]float64{nan}}, "short": {Lifetime: [][]float64{{1, 2}}}} {
		if f := FitWithCovariates(c.Table, z, nil); f.Result.Status != fit.BadTable {
			t.Error(name, f.Result.Status)
		}
	}
	// A trait that everyone has is the intercept again.
	f := FitWithCovariates(c.Table, Covariates{Orders: [][]float64{constant}}, nil)
	if f.Result.Status != fit.NotIdentified || f.Result.StandardErrors != nil {
		t.Error("constant trait:", f.Result.Status)
	}
}

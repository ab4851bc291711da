package paretonbd

import (
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
	"hourglass/internal/conformance"
)

func params(p []float64) Params { return Params{p[0], p[1], p[2], p[3]} }

// NextOrderWithin is left out: the suite expects a next order of whoever is
// there, and here customers leave between orders. See TestNextOrder.
func TestConformance(t *testing.T) {
	conformance.Run(t, conformance.Model{
		Typical: [][]float64{
			{0.7, 6, 0.8, 8},
			{.55327, 10.5777, .6062, 11.669}, // CDNOW
			{0.5, 5, 1, 12},                  // s = 1, where the papers' factor is infinite
			{0.5, 10, 0.4, 10},               // alpha = beta
			{3, 20, 5, 150},
		},
		Hostile: [][]float64{
			{1e-6, 1e-6, 1e-6, 1e-6},
			{1e-3, 1e4, 1e-4, 1e-3},
			{1e4, 1e5, 0.8, 2.4},
			{0.3, 4, 1e9, 1e10},
			{0.3, 1e-9, 1e-3, 30},
			{50, 2, 1e-8, 1e8},
			{0.01, 1e9, 300, 1e-3},
		},
		TimePowers: []float64{0, 1, 0, 1},
		Age:        39,
		Fit: func(t cbs.Table) (fit.Result, string) {
			f := Fit(t, nil)
			return f.Result, f.Limit.String()
		},
		LogLikelihood: func(p []float64, t cbs.Table) (float64, []float64) {
			ll, g := params(p).LogLikelihood(t)
			return ll, []float64{g.R, g.Alpha, g.S, g.Beta}
		},
		Simulate: func(p, ages []float64, uniform func() float64) cbs.Table { return params(p).Simulate(ages, uniform) },
		SimulateFuture: func(p []float64, x, tx, age, h float64, uniform func() float64) float64 {
			return params(p).Given(x, tx, age).Simulate(h, uniform)
		},
		PAlive: func(p []float64, x, tx, age float64) float64 { return params(p).PAlive(x, tx, age) },
		ExpectedPurchases: func(p []float64, x, tx, age, from, to float64) (float64, special.Outcome) {
			return params(p).ExpectedPurchases(x, tx, age, from, to)
		},
		ExpectedNew: func(p []float64, from, to float64) (float64, special.Outcome) {
			return params(p).ExpectedPurchasesNew(from, to)
		},
		PMF:         func(p []float64, n int, h float64) float64 { return params(p).PMF(n, h) },
		PNoPurchase: func(p []float64, x, tx, age, h float64) float64 { return params(p).PNoPurchase(x, tx, age, h) },
		DERT: func(p []float64, x, tx, age, delta, h float64) (float64, special.Outcome) {
			return params(p).DERT(x, tx, age, delta, h)
		},
	})
}

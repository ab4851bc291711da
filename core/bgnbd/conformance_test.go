package bgnbd

import (
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
	"hourglass/internal/conformance"
)

func at(p []float64) Params { return Params{p[0], p[1], p[2], p[3]} }

func TestConformance(t *testing.T) {
	conformance.Run(t, conformance.Model{
		Typical: [][]float64{
			{0.7, 6, 0.8, 2.4},
			{.242595, 4.413602, .79292, 2.42589}, // CDNOW
			{0.3, 3, 1, 0.5},                     // a = 1, where the papers' factor is infinite
			{0.5, 8, 0.2, 0.3},                   // a + b < 1, where it is NaN
			{3, 20, 5, 15},
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
		TimePowers: []float64{0, 1, 0, 0},
		Age:        39,
		Fit: func(t cbs.Table) (fit.Result, string) {
			f := Fit(t, nil)
			return f.Result, f.Limit.String()
		},
		LogLikelihood: func(p []float64, t cbs.Table) (float64, []float64) {
			ll, g := at(p).LogLikelihood(t)
			return ll, []float64{g.R, g.Alpha, g.A, g.B}
		},
		Simulate: func(p, ages []float64, uniform func() float64) cbs.Table { return at(p).Simulate(ages, uniform) },
		SimulateFuture: func(p []float64, x, tx, age, h float64, uniform func() float64) float64 {
			return at(p).Given(x, tx, age).Simulate(h, uniform)
		},
		PAlive: func(p []float64, x, tx, age float64) float64 { return at(p).PAlive(x, tx, age) },
		ExpectedPurchases: func(p []float64, x, tx, age, from, to float64) (float64, special.Outcome) {
			return at(p).ExpectedPurchases(x, tx, age, from, to)
		},
		ExpectedNew: func(p []float64, from, to float64) (float64, special.Outcome) {
			return at(p).ExpectedPurchasesNew(from, to)
		},
		PMF:         func(p []float64, n int, h float64) float64 { return at(p).PMF(n, h) },
		PNoPurchase: func(p []float64, x, tx, age, h float64) float64 { return at(p).PNoPurchase(x, tx, age, h) },
		DERT: func(p []float64, x, tx, age, delta, h float64) (float64, special.Outcome) {
			return at(p).DERT(x, tx, age, delta, h)
		},
		NextOrderWithin: func(p []float64, x, tx, age, q float64) (float64, special.Outcome) {
			return at(p).NextOrderWithin(x, tx, age, q)
		},
	})
}

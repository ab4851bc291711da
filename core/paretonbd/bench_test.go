package paretonbd

import (
	"math/rand/v2"
	"testing"

	"hourglass/core/cbs"
	"hourglass/internal/cdnow"
)

// million simulates customers who came on any day of two years and are
// observed until its end.
func million() cbs.Table {
	rng := rand.New(rand.NewPCG(1, 1))
	ages := make([]float64, 1_000_000)
	for i := range ages {
		ages[i] = float64(1 + rng.IntN(730))
	}
	t := Params{.55, 74, .6, 82}.Simulate(ages, rng.Float64)
	for i, x := range t.X { // orders are dated by the day
		if x > 0 {
			t.TX[i] = min(t.T[i], float64(1+int(t.TX[i])))
		}
	}
	return t
}

func fitting(b *testing.B, t cbs.Table) {
	var f Fitted
	for b.Loop() {
		f = Fit(t, nil)
	}
	b.ReportMetric(float64(f.Result.Evaluations), "evaluations")
	b.ReportMetric(float64(t.Compress().Len()), "rows")
}

func BenchmarkFitSample(b *testing.B)  { fitting(b, cdnow.Sample().Table) }
func BenchmarkFitCohort(b *testing.B)  { fitting(b, cdnow.Master().Table) }
func BenchmarkFitMillion(b *testing.B) { fitting(b, million()) }

func BenchmarkLogLikelihood(b *testing.B) {
	t := cdnow.Sample().Compress()
	p := Params{.55327, 10.5777, .6062, 11.669}
	for b.Loop() {
		p.LogLikelihood(t)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(t.Len()), "ns/row")
}

func BenchmarkScoreMillion(b *testing.B) {
	t := million().Compress()
	p := Params{.55, 74, .6, 82}
	for b.Loop() {
		p.Score(t, 365, .0003)
	}
	b.ReportMetric(float64(t.Len())*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkPMF(b *testing.B) {
	c := Params{.55327, 10.5777, .6062, 11.669}.New()
	for b.Loop() {
		c.PMF(12, 30)
	}
}

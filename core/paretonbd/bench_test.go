package paretonbd

import (
	"testing"

	"hourglass/internal/cdnow"
)

func BenchmarkFitSample(b *testing.B) {
	t := cdnow.Sample().Table
	evaluations := 0
	for b.Loop() {
		evaluations = Fit(t, nil).Result.Evaluations
	}
	b.ReportMetric(float64(evaluations), "evaluations")
}

func BenchmarkLogLikelihood(b *testing.B) {
	t := cdnow.Sample().Compress()
	p := Params{.55327, 10.5777, .6062, 11.669}
	for b.Loop() {
		p.LogLikelihood(t)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(t.Len()), "ns/row")
}

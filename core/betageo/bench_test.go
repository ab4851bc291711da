package betageo

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/cbs"
	"hourglass/internal/cdnow"
)

var cdnowSample = Params{.242595, 4.413602, .79292, 2.42589}

// million returns 1,000,000 simulated customers with CDNOW's parameters and ages, times in
// whole days as an order log has them: about 111,000 unique rows.
func million() cbs.Table {
	rng := rand.New(rand.NewPCG(1, 1))
	ages := make([]float64, 1_000_000)
	for i := range ages {
		ages[i] = float64(182+i%91) / 7
	}
	t := cdnowSample.Simulate(BG, ages, rng.Float64)
	for i, tx := range t.TX {
		t.TX[i] = min(t.T[i], math.Ceil(tx*7)/7)
	}
	return t
}

func BenchmarkFitSample(b *testing.B) {
	t := cdnow.Sample().Table
	for b.Loop() {
		Fit(BG, t, nil)
	}
}

func BenchmarkFitMillion(b *testing.B) {
	t := million()
	unique := t.Compress()
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			if f := Fit(BG, t, nil); f.Params.R == 0 {
				b.Fatal(f)
			}
		}
		b.ReportMetric(float64(unique.Len()), "rows")
	})
	b.Run("compress", func(b *testing.B) {
		for b.Loop() {
			t.Compress()
		}
	})
	b.Run("fit", func(b *testing.B) {
		for b.Loop() {
			Fit(BG, unique, nil)
		}
	})
}

func BenchmarkLogLikelihood(b *testing.B) {
	t := cdnow.Sample().Compress()
	for b.Loop() {
		cdnowSample.LogLikelihood(BG, t)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(t.Len()), "ns/row")
}

func BenchmarkScore(b *testing.B) {
	t := cdnow.Sample().Compress()
	for b.Loop() {
		cdnowSample.Score(BG, t, 39, .002)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(t.Len()), "ns/row")
}

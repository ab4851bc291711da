package mbgcnbd

import (
	"fmt"
	"testing"

	"hourglass/core/mbgnbd"
	"hourglass/internal/cdnow"
)

func BenchmarkFitCDNOW(b *testing.B) {
	data := cdnow.Sample().Table
	data.Gaps = make([]float64, data.Len())
	data.Gaps[0] = cdnowGaps // only their sum matters
	b.Run("MBG", func(b *testing.B) {
		for b.Loop() {
			mbgnbd.Fit(data, nil)
		}
	})
	b.Run("MBG/CNBD-k", func(b *testing.B) {
		for b.Loop() {
			Fit(data, nil)
		}
	})
}

func BenchmarkScore(b *testing.B) {
	data := cdnow.Sample().Table.Compress()
	for _, p := range []Params{{1, .52, 6.18, .89, 1.61}, {2, 1, 6.18, .89, 1.61}, {3, 1.5, 6.18, .89, 1.61}, {MaxStages, 6, 6.18, .89, 1.61}} {
		b.Run(fmt.Sprint("k = ", p.K), func(b *testing.B) {
			for b.Loop() {
				p.Score(data, 52, .002)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(data.Len()), "ns/row")
		})
	}
}

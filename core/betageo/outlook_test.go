package betageo

import (
	"math"
	"testing"

	"hourglass/core/cbs"
	"hourglass/internal/cdnow"
)

// What is answered for all at once is what is answered for each.
func TestOutlookIsThatOfEach(t *testing.T) {
	sample := cdnow.Sample().Table
	sample.X, sample.TX, sample.T = append(sample.X, 0, 3, 3), append(sample.TX, 0, 1, 2), append(sample.T, 0, 9, 9)
	sample.W = nil
	for _, chances := range []Chances{BG, MBG} {
		for _, delta := range []float64{0, .002} {
			for _, horizon := range []float64{0, 39, 1e4} {
				o := cdnowSample.Outlook(chances, sample, horizon, delta)
				for i := 0; i < sample.Len(); i += 7 {
					c := cdnowSample.Given(chances, sample.X[i], sample.TX[i], sample.T[i])
					expected, _ := c.Expected(0, horizon)
					dert, _ := c.DERT(delta, horizon)
					for what, pair := range map[string][2]float64{"alive": {o.Alive[i], c.Alive}, "expected": {o.Expected[i], expected}, "DERT": {o.DERT[i], dert}, "none": {o.None[i], c.PNone(horizon)}} {
						if !(math.Abs(pair[0]-pair[1]) <= 1e-14*(1+math.Abs(pair[1]))) {
							t.Fatalf("row %d, %s: %v for %v", i, what, pair[0], pair[1])
						}
					}
				}
			}
		}
	}
}

func BenchmarkOutlook(b *testing.B) {
	const n = 2000
	t := cbs.Table{X: make([]float64, n), TX: make([]float64, n), T: make([]float64, n)}
	for i := range n {
		t.X[i], t.TX[i], t.T[i] = float64(i%20), float64(min(i%20, 1)), 10+float64(i)/100
	}
	for name, row := range map[string]struct{ horizon, delta float64 }{"a year": {52, 0}, "for ever": {1e6, 0}, "for ever, discounted": {1e6, .001}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				cdnowSample.Outlook(BG, t, row.horizon, row.delta)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/history")
		})
	}
}

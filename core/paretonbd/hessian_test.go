package paretonbd

import (
	"math"
	"testing"

	"hourglass/core/cbs"
	"hourglass/internal/cdnow"
)

// differenced is the same matrix by differences of the gradient at six points either side, of which the errors up to the sixth power of the step cancel
// (Fornberg 1988, Mathematics of Computation 51(184), table 1): 1e-12 of the largest is left, where the search's own two points leave 1e-8.
func differenced(p Params, t cbs.Table) (h [16]float64) {
	const step = 0.003
	weights := []float64{3. / 4, -3. / 20, 1. / 60}
	at := func(i int, by float64) [4]float64 {
		theta := [4]float64{math.Log(p.R), math.Log(p.Alpha), math.Log(p.S), math.Log(p.Beta)}
		theta[i] += by
		_, g := Params{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])}.LogLikelihood(t)
		return [4]float64{g.R, g.Alpha, g.S, g.Beta}
	}
	for i := range 4 {
		for k, w := range weights {
			by := step * float64(k+1)
			up, down := at(i, by), at(i, -by)
			for j := range 4 {
				h[4*i+j] += w * (up[j] - down[j]) / step
			}
		}
	}
	return h
}

// The second derivatives agree with differences of the gradient where alpha is below beta, above it and equal to it, near limits, with integrals that
// rows of one x share (CDNOW, in weeks and days) and with one for each (a tenth of it).
func TestHessian(t *testing.T) {
	whole := cdnow.Sample().Compress()
	for _, p := range []Params{{0.553, 10.58, 0.606, 11.67}, {2, 30, 0.3, 0.2}, {0.05, 0.7, 6, 15}, {40, 700, 0.01, 3}, {0.3, 5, 200, 900}, {1, 7, 1, 7}, {3, 1e4, 0.5, 1e-3}} {
		for name, data := range map[string]cbs.Table{"all": whole, "a tenth": whole.Thin(whole.Len() / 10), "few": whole.Thin(5)} {
			got := make([]float64, 16)
			p.hessian(newHistories(data), got)
			want := differenced(p, data)
			largest := 0.0
			for _, v := range want {
				largest = max(largest, math.Abs(v))
			}
			for i, v := range got {
				if !(math.Abs(v-want[i]) <= 1e-9*largest) {
					t.Errorf("%v, %s: %d is %.12g, want %.12g", p, name, i, v, want[i])
				}
			}
		}
	}
}

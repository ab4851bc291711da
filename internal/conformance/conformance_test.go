package conformance

import (
	"math"
	"testing"

	"hourglass/core/sample"
	"hourglass/core/special"
)

// The NBD, in which nobody leaves, is a model like any other: who ordered 26 times in 39 weeks orders again within as many, but for one in 17 million.
func TestAModelWithoutLeavingPasses(t *testing.T) {
	simulatedFuture(t, Model{
		Typical: [][]float64{{0.7, 6}}, TimePowers: []float64{0, 1}, Age: 39,
		ExpectedPurchases: func(p []float64, x, _, age, from, to float64) (float64, special.Outcome) {
			return (p[0] + x) / (p[1] + age) * (to - from), special.OK
		},
		PNoPurchase: func(p []float64, x, _, age, h float64) float64 {
			return math.Pow((p[1]+age)/(p[1]+age+h), p[0]+x)
		},
		SimulateFuture: func(p []float64, x, _, age, h float64, uniform func() float64) (n float64) {
			rate := sample.Gamma(p[0]+x, uniform) / (p[1] + age)
			for at := sample.Exponential(uniform) / rate; at <= h; at += sample.Exponential(uniform) / rate {
				n++
			}
			return n
		},
	})
}

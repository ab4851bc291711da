package retention

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/sbg"
)

// The residual values of all ages, one from the next, are those of each age added up payment by payment.
func TestResidualsAreThoseOfEachAge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		c := curve{Params: sbg.Params{Alpha: math.Exp(6*r.Float64() - 4), Beta: math.Exp(8*r.Float64() - 4)}, constant: r.IntN(10) == 0, churn: r.Float64(),
			margin: 100 * r.Float64(), discount: [...]float64{0, 0.001, 0.1, 10}[r.IntN(4)], timing: sbg.Timing(r.IntN(3))}
		count, n := 1+r.IntN(60), 1+r.IntN(60)
		if r.IntN(20) == 0 {
			count, n = 2401, 2400
		}
		for age, got := range c.residuals(count, n) {
			if want, _ := c.residual(age, n); math.Abs(got-want) > 1e-12*math.Abs(want) {
				t.Fatalf("%+v: %v at age %d of %d within %d, want %v", c, got, age, count, n, want)
			}
		}
	}
}

package special

import (
	"math"
	"testing"
)

// Functions in closed form: smooth ones to 1e-11; one with a kink, one that falls below zero and an empty interval are refused.
func TestChebyshev(t *testing.T) {
	for name, f := range map[string]func(float64) float64{
		"exponential": func(v float64) float64 { return math.Exp(-2 * v) }, "power": func(v float64) float64 { return math.Pow(5+v, -1.7) },
		"constant": func(float64) float64 { return 5 },
	} {
		var c Chebyshev
		if !c.Fit(-1, 2, f) {
			t.Errorf("%s is not smooth enough", name)
		}
		for v := -1.0; v <= 2; v += 0.01 {
			if got := c.At(v); math.Abs(got/f(v)-1) > 1e-11 {
				t.Errorf("%s at %v: %.15g, want %.15g", name, v, got, f(v))
			}
		}
	}
	var c Chebyshev
	if c.Fit(0, 1, func(v float64) float64 { return 1 + math.Abs(v-0.3) }) || c.Fit(-1, 1, math.Cosh) == false || c.Fit(-1, 1, math.Sin) || c.Fit(1, 1, math.Exp) {
		t.Error("what cannot be interpolated is, or the other way round")
	}
}

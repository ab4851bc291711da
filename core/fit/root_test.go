package fit

import (
	"math"
	"testing"
)

// Roots known in closed form; Wallis's to the digits of OEIS A007493. Where a root is threefold or more, only the change
// of sign tells where it is.
func TestRoot(t *testing.T) {
	for name, c := range map[string]struct {
		f          func(float64) float64
		a, b, want float64
	}{
		"x³ - 2x - 5 (Wallis 1685)": {func(x float64) float64 { return x*x*x - 2*x - 5 }, 2, 3, 2.0945514815423265},
		"1 - 1/x²":                  {func(x float64) float64 { return 1 - 1/(x*x) }, 0.5, 1.51, 1},
		"(x-3)³":                    {func(x float64) float64 { return math.Pow(x-3, 3) }, 0, 5, 3},
		"6(x-2)⁵":                   {func(x float64) float64 { return 6 * math.Pow(x-2, 5) }, 0, 5, 2},
		"x⁹":                        {func(x float64) float64 { return math.Pow(x, 9) }, -1, 4, 0},
		"the other way round":       {func(x float64) float64 { return math.Expm1(x) - 1 }, 3, 0, math.Ln2},
		"an end":                    {func(x float64) float64 { return x - 4 }, 4, 9, 4},
	} {
		x, fx := Root(c.f, c.a, c.b, c.f(c.a), c.f(c.b))
		if fx != c.f(x) || math.Abs(x-c.want) > 1e-15*max(1, math.Abs(c.want)) {
			t.Errorf("%s: f(%.17g) = %g, want the root at %.17g", name, x, fx, c.want)
		}
	}
}

func TestRootSaysWhatItFound(t *testing.T) {
	jump := func(x float64) float64 {
		if x < 0.3 {
			return -2
		}
		return 5
	}
	if x, fx := Root(jump, 0, 1, -2, 5); fx != -2 || math.Abs(x-0.3) > 1e-15 {
		t.Error("a jump", x, fx)
	}
	if _, fx := Root(func(float64) float64 { return math.NaN() }, 0, 1, -2, 5); fx == fx {
		t.Error("nothing", fx)
	}
}

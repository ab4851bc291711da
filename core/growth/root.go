package growth

import "math"

// root is an x in [a, b] where f changes sign, by Chandrupatla's method (1997): inverse quadratic interpolation where
// the curve is smooth enough for it, bisection where it is not. Without a change of sign, ok is false.
//
// Chandrupatla (1997), A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without
// using derivatives, Advances in Engineering Software 28(3).
func root(f func(float64) float64, a, b float64) (x float64, ok bool) {
	fa, fb := f(a), f(b)
	switch {
	case fa == 0:
		return a, true
	case fb == 0:
		return b, true
	case !(fa < 0 && fb > 0 || fa > 0 && fb < 0):
		return 0, false
	}
	t, smallest := 0.5, 1e-17*math.Abs(b-a)
	for range 200 {
		x = a + t*(b-a)
		fx := f(x)
		c, fc := a, fa
		if (fx > 0) == (fa > 0) {
			a, fa = x, fx
		} else {
			c, fc = b, fb
			b, fb = a, fa
			a, fa = x, fx
		}
		best := a
		if math.Abs(fb) < math.Abs(fa) {
			best = b
		}
		width := math.Abs(b - a)
		tolerance := 2e-16*math.Abs(best) + smallest
		if fa == 0 || fb == 0 || tolerance >= 0.5*width {
			return best, true
		}
		xi, phi := (a-b)/(c-b), (fa-fb)/(fc-fb)
		t = 0.5
		if 1-math.Sqrt(1-xi) < phi && phi < math.Sqrt(xi) {
			t = fa/(fb-fa)*fc/(fb-fc) + (c-a)/(b-a)*fa/(fc-fa)*fb/(fc-fb)
		}
		least := tolerance / width
		t = min(1-least, max(least, t))
	}
	return x, true
}

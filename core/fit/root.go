package fit

import "math"

// Root is where f changes sign between a and b, at which it is fa and fb, one of them negative and one positive. It
// returns the point where f comes nearest to zero and f there: far from it where f jumps. Where f is NaN on the way, so
// is the answer.
//
// Method: inverse quadratic interpolation where the curve is smooth enough for it, bisection where it is not
// (Chandrupatla 1997, "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without
// using derivatives", Advances in Engineering Software 28(3)).
func Root(f func(float64) float64, a, b, fa, fb float64) (x, fx float64) {
	smallest := 0x1p-60 * math.Abs(b-a)
	t := 0.5
	for range 200 {
		x, fx = a, fa
		if math.Abs(fb) < math.Abs(fa) {
			x, fx = b, fb
		}
		width := math.Abs(b - a)
		tolerance := 0x1p-52*math.Abs(x) + smallest
		if fx == 0 || tolerance >= 0.5*width {
			break
		}
		at := min(1-tolerance/width, max(tolerance/width, t))
		x = a + at*(b-a)
		fx = f(x)
		if fx != fx {
			break
		}
		c, fc := a, fa
		if (fx > 0) != (fa > 0) {
			c, fc = b, fb
			b, fb = a, fa
		}
		a, fa = x, fx
		xi, phi := (a-b)/(c-b), (fa-fb)/(fc-fb)
		t = 0.5
		if 1-math.Sqrt(1-xi) < phi && phi < math.Sqrt(xi) {
			t = fa/(fb-fa)*fc/(fb-fc) + (c-a)/(b-a)*fa/(fc-fa)*fb/(fc-fb)
		}
	}
	return x, fx
}

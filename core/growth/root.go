package growth

import "hourglass/core/fit"

// root is an x in [a, b] where f changes sign. Without a change of sign, ok is false.
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
	x, _ = fit.Root(f, a, b, fa, fb)
	return x, true
}

package special

import "math"

// LogAddExp returns log(e^x + e^y) without overflow. Either argument may be
// -Inf (a probability of zero).
func LogAddExp(x, y float64) float64 {
	if x < y {
		x, y = y, x
	}
	if math.IsInf(y, -1) {
		return x
	}
	return x + math.Log1p(math.Exp(y-x))
}

// LogSumExp returns log of the sum of e^x[i] without overflow; -Inf, the
// logarithm of nothing, for an empty slice or when every entry is -Inf.
func LogSumExp(x []float64) float64 {
	top := math.Inf(-1)
	for _, v := range x {
		top = max(top, v)
	}
	if math.IsInf(top, -1) {
		return top
	}
	s := 0.0
	for _, v := range x {
		s += math.Exp(v - top)
	}
	return top + math.Log(s)
}

// Log1mExp returns log(1 - e^x) for x < 0, choosing the accurate form on each
// side of -log 2 (Maechler 2012). -Inf at x = 0, NaN above.
func Log1mExp(x float64) float64 {
	if x > -math.Ln2 {
		return math.Log(-math.Expm1(x))
	}
	return math.Log1p(-math.Exp(x))
}

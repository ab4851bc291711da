//go:build tinygo

package module

import "math"

// TinyGo takes math.Exp and math.Log from the C library, whose tables of constants do not compress: 6 KB of a module of
// 30. These two stand in its place in the calculator's module, to within two units in the last place. They must not be
// used where a model is fitted to many customers: the C library's are faster.

// exp is e^x, flushed to zero below 2.2e-308.
//
//export exp
func exp(x float64) float64 {
	if x < 0 {
		return 1 / (1 + math.Expm1(-x))
	}
	return 1 + math.Expm1(x)
}

// log is the natural logarithm of x, for x of 1e-308 or more; of 0, minus infinity.
//
//export log
func log(x float64) float64 {
	if x < 0.5 {
		return -math.Log1p(1/x - 1)
	}
	return math.Log1p(x - 1) // the difference is exact up to 2
}

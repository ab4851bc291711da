// Package sample draws from the distributions that the models mix. Every
// function takes uniform, which returns independent draws from [0, 1), so that
// the caller owns the generator and its seed; how many draws one value takes
// varies, because the methods reject some.
package sample

import "math"

// Exponential draws from the exponential distribution of mean 1. Method: inversion.
func Exponential(uniform func() float64) float64 {
	return -math.Log1p(-uniform())
}

// Normal draws from the standard normal distribution. Method: Marsaglia & Bray's
// polar method (SIAM Review 6, 1964), the second variate thrown away so that
// no state outlives the call.
func Normal(uniform func() float64) float64 {
	for {
		u, v := 2*uniform()-1, 2*uniform()-1
		if s := u*u + v*v; s > 0 && s < 1 {
			return u * math.Sqrt(-2*math.Log(s)/s)
		}
	}
}

// LogGamma draws the logarithm of a Gamma(shape, rate 1) variable, shape > 0. For
// small shapes most of the variable lies below the smallest float64; its
// logarithm keeps all of it. NaN outside the domain.
//
// Method: Marsaglia & Tsang, "A simple method for generating gamma variables",
// ACM TOMS 26(3), 2000; below shape 1 by their section 6.
func LogGamma(shape float64, uniform func() float64) float64 {
	if !(shape > 0 && shape <= math.MaxFloat64) {
		return math.NaN()
	}
	boost := 0.0
	if shape < 1 { // G(a) = G(a+1) U^(1/a)
		boost = max(-math.MaxFloat64, -Exponential(uniform)/shape)
		shape++
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := Normal(uniform)
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if -Exponential(uniform) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return math.Log(d) + math.Log(v) + boost
		}
	}
}

// Gamma draws a Gamma(shape, rate 1) variable, shape > 0: mean shape, variance
// shape. Zero where the draw is below the smallest float64, NaN outside the domain.
func Gamma(shape float64, uniform func() float64) float64 {
	return math.Exp(LogGamma(shape, uniform))
}

// Beta draws a Beta(a, b) variable, a, b > 0; NaN outside the domain. Method:
// X/(X+Y) of two gamma variables, by their logarithms, so that it holds for
// a, b -> 0, where both variables underflow.
func Beta(a, b float64, uniform func() float64) float64 {
	x, y := LogGamma(a, uniform), LogGamma(b, uniform)
	return 1 / (1 + math.Exp(y-x))
}

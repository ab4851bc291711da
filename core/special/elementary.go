package special

import "math"

// A likelihood is up to a hundred logarithms and exponentials a customer, of
// arguments whose range is known: without the library's checks for the
// others they take a third of the time, and the processor overlaps them.

// TwiceAtanh returns 2 atanh(z) = log((1+z)/(1-z)) for |z| <= tanh(1/2), else
// something finite for |z| < 1. Relative error below 4e-16.
//
// Method: z + z^3 Q(z^2), Q a polynomial of degree 11 through the Chebyshev
// points, truncation error 4e-17.
func TwiceAtanh(z float64) float64 {
	x := z * z
	x2 := x * x
	x4 := x2 * x2
	q := (0.3333333333333332 + 0.2000000000001963*x) + x2*(0.14285714281348313+0.11111111490221219*x) +
		x4*((0.09090892144543287+0.07692752672649526*x)+x2*(0.06659302217494004+0.05961935153961176*x)+
			x4*((0.0469656587993197+0.07370594025770501*x)+x2*(-0.029575842960373706+0.14550659881325326*x)))
	return 2 * (z + z*x*q)
}

// Log returns the natural logarithm. Relative error below 4e-16.
//
// Method of normal positive numbers: x = 2^k m with m in [1/sqrt 2, sqrt 2), and log m = 2 atanh((m-1)/(m+1)).
func Log(x float64) float64 {
	const (
		root = 0x3fe6a09e667f3bcd // the bits of 1/sqrt 2
		hi   = 6.93147180369123816490e-01
		lo   = 1.90821492927058770002e-10
	)
	if !(x >= 0x1p-1022 && x <= math.MaxFloat64) {
		return math.Log(x)
	}
	bits := math.Float64bits(x)
	k := int64(bits-root) >> 52
	m := math.Float64frombits(bits - uint64(k)<<52)
	n := float64(k)
	return n*hi + (TwiceAtanh((m-1)/(m+1)) + n*lo)
}

// Exp returns e^x for x <= 700, zero below -708. Relative error below 4e-16.
//
// Method: x = k log 2 + r as in fdlibm's e_exp.c, then a polynomial in r. In three
// parts, each small enough for the compiler to expand in a loop.
func Exp(x float64) float64 {
	if x < -708 {
		return 0
	}
	k, r := Reduce(x)
	return Scale(ExpRest(r), k)
}

// Reduce returns the k and r of Exp, of -708 if x is less; k is in the low bits of
// a float64, where adding 1.5 2^52 rounds it to.
func Reduce(x float64) (k, r float64) {
	const (
		shift = 0x1.8p52
		hi    = 6.93147180369123816490e-01
		lo    = 1.90821492927058770002e-10
	)
	x = max(x, -708)
	k = x*math.Log2E + shift
	n := k - shift
	return k, (x - n*hi) - n*lo
}

// ExpRest returns e^r for |r| <= log(2)/2 as 1 + r + r^2 P(r), P a polynomial of
// degree 9 through the Chebyshev points, truncation error 2e-17.
func ExpRest(r float64) float64 {
	r2 := r * r
	r4 := r2 * r2
	p := (0.5000000000000001 + 0.16666666666666669*r) + r2*(0.04166666666662413+0.008333333333330062*r) +
		r4*((0.0013888888917213717+0.00019841269863053618*r)+r2*(2.4801521295954376e-05+2.7557268459997064e-06*r)+
			r4*(2.7620088445409746e-07+2.510038549551032e-08*r))
	return 1 + (r + r2*p)
}

// Scale returns 2^k y.
func Scale(y, k float64) float64 {
	return math.Float64frombits(math.Float64bits(y) + math.Float64bits(k)<<52)
}

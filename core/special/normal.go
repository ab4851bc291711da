package special

import "math"

// NormalCDF returns P(Z <= x) for a standard normal Z; both tails keep full
// relative accuracy down to the smallest float64.
func NormalCDF(x float64) float64 {
	return 0.5 * math.Erfc(-x/math.Sqrt2)
}

// NormalQuantile returns the x with NormalCDF(x) = p for 0 < p < 1.
//
// Method: math.Erfinv in the middle. Go's Erfcinv(x) is Erfinv(1-x), which is
// infinite for x < 1e-16, so in the tails start from A&S 26.2.23 (error
// 4.5e-4) and take Newton steps on log p. Error below 1e-14 for p >= 1e-300, 3 % below.
// Special cases: NaN unless 0 < p < 1.
func NormalQuantile(p float64) float64 {
	if !(p > 0 && p < 1) {
		return math.NaN()
	}
	if p > 0.01 && p < 0.99 {
		return math.Sqrt2 * math.Erfinv(2*p-1)
	}
	if p > 0.5 {
		return -NormalQuantile(1 - p)
	}
	t := math.Sqrt(-2 * math.Log(p))
	x := (2.515517+t*(0.802853+t*0.010328))/(1+t*(1.432788+t*(0.189269+t*0.001308))) - t
	for range 3 {
		cdf := NormalCDF(x)
		density := math.Exp(-0.5*x*x) / math.Sqrt(2*math.Pi)
		if cdf < 1e-300 || density < 1e-300 {
			break // denormal: the starting value is all that p can tell
		}
		x -= math.Log(cdf/p) * cdf / density
	}
	return x
}

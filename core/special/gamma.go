package special

import "math"

// asymptotic is the argument from which the truncated Stirling series below
// are exact to rounding; smaller arguments are first shifted up to it.
const asymptotic = 10

// stirlingTail returns log Gamma(x) - ((x-1/2) log x - x + log(2 pi)/2) for
// x >= asymptotic (DLMF 5.11.1, seven terms, absolute error below 4e-17).
func stirlingTail(x float64) float64 {
	z := 1 / (x * x)
	return (1.0/12 - z*(1.0/360-z*(1.0/1260-z*(1.0/1680-z*(1.0/1188-z*(691.0/360360-z/156)))))) / x
}

// digammaTail returns log x - 1/(2x) - digamma(x) for x >= asymptotic
// (DLMF 5.11.2, seven terms).
func digammaTail(x float64) float64 {
	z := 1 / (x * x)
	return z * (1.0/12 - z*(1.0/120-z*(1.0/252-z*(1.0/240-z*(1.0/132-z*(691.0/32760-z/12))))))
}

// Lgamma returns log Gamma(x) for x > 0, NaN otherwise; it is math.Lgamma
// without the sign. Overflows to +Inf only above x = 2.5e305.
func Lgamma(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	y, _ := math.Lgamma(x)
	return y
}

// LogPoch returns log (a)_x = log Gamma(a+x) - log Gamma(a), the logarithm of
// the rising factorial, for a > 0 and x >= 0 (not only integers).
//
// Method: the product a(a+1)...(a+x-1) for small integer x; otherwise shift a
// up to the asymptotic region and subtract the two Stirling series term by
// term, so that no two large log-gammas are ever subtracted.
// Absolute error below 3 eps (1 + x |log(a+x)|) for a, x up to 1e12.
// Special cases: LogPoch(a, 0) = 0; NaN outside the domain.
func LogPoch(a, x float64) float64 {
	if !(a > 0) || !(x >= 0) {
		return math.NaN()
	}
	if x <= 16 && a < 1e18 && x == math.Floor(x) {
		p := 1.0
		for j := 0.0; j < x; j++ {
			p *= a + j
		}
		return math.Log(p)
	}
	p := 1.0
	for ; a < asymptotic; a++ {
		p *= a / (a + x) // (a)_x = (a+1)_x a/(a+x)
	}
	return math.Log(p) + x*math.Log(a+x) + ((a-0.5)*math.Log1p(x/a) - x) +
		(stirlingTail(a+x) - stirlingTail(a))
}

// LogBeta returns log B(a, b) for a, b > 0.
//
// Method: log Gamma(min) - log (max)_min, which cancels no leading term.
// Error below 1e-13 relative to 1 + |log B| for a, b in [1e-300, 1e12].
func LogBeta(a, b float64) float64 {
	p, q := min(a, b), max(a, b)
	return Lgamma(p) - LogPoch(q, p)
}

// LogBetaRatio returns log B(a+x, b+y) - log B(a, b) for a, b > 0, x, y >= 0:
// the probability of x successes and y failures in a given order when their
// rate is Beta(a, b). It stays exact to about 1e-15 (x+y) log(a+b) as a and b
// grow, where the difference of two LogBeta would lose every digit and make
// a false optimum at a, b ~ 1e11.
func LogBetaRatio(a, b, x, y float64) float64 {
	return LogPoch(a, x) + LogPoch(b, y) - LogPoch(a+b, x+y)
}

// Digamma returns the logarithmic derivative of Gamma for x > 0.
//
// Method: recurrence up to x >= 10 (DLMF 5.5.2), then DLMF 5.11.2. Error below
// 4 eps (1 + |digamma|).
func Digamma(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	s := 0.0
	for ; x < asymptotic; x++ {
		s -= 1 / x
	}
	return s + math.Log(x) - 0.5/x - digammaTail(x)
}

// DigammaDiff returns digamma(a+x) - digamma(a), the derivative of LogPoch by
// a, for a > 0 and x >= 0. All terms have one sign, so that the relative error
// stays below 16 eps even at a = 1e12, where subtracting two digammas would
// leave four digits.
func DigammaDiff(a, x float64) float64 {
	if !(a > 0) || !(x >= 0) {
		return math.NaN()
	}
	s := 0.0
	for ; a < asymptotic; a++ {
		s += x / (a + x) / a
	}
	return s + math.Log1p(x/a) + 0.5*x/(a+x)/a + (digammaTail(a) - digammaTail(a+x))
}

// SquaresDiff returns 1/a^2 + 1/(a+1)^2 + ... over x terms, x whole: less as a rises, by which DigammaDiff falls. Term by term up to 40, and where few
// are left; the rest by the midpoint form of the Euler-Maclaurin formula, whose first term left out is 1e-14 of the sum there.
func SquaresDiff(a, x float64) (sum float64) {
	const far, few = 40, 24
	for ; x > 0 && (a < far || x <= few); x-- {
		sum += 1 / (a * a)
		a++
	}
	if x <= 0 {
		return sum
	}
	low, high := a-0.5, a+x-0.5
	tail := func(t float64) float64 { // what the corrections come to at one end
		u := 1 / (t * t)
		return u / t * (1./12 - u*(7./240-u*(31./1344)))
	}
	return sum + x/low/high - tail(low) + tail(high)
}

// Trigamma returns the derivative of Digamma for x > 0. Method: recurrence
// up to x >= 10, then DLMF 5.15.8. Error below 4 eps. Overflows to +Inf below
// x = 1e-154.
func Trigamma(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	s := 0.0
	for ; x < asymptotic; x++ {
		s += 1 / (x * x)
	}
	z := 1 / (x * x)
	tail := 1.0/6 - z*(1.0/30-z*(1.0/42-z*(1.0/30-z*(5.0/66-z*(691.0/2730-z*7.0/6)))))
	return s + (1+0.5/x+tail*z)/x
}

// GammaPQ returns the regularised incomplete gamma functions P(a, x) and
// Q(a, x) = 1 - P for a > 0, x >= 0, each without cancellation.
//
// Method: the series DLMF 8.11.4 for x < a+1, otherwise the continued fraction
// DLMF 8.9.2 by Lentz's algorithm; O(sqrt(a)) terms. Error below 1e-13 for
// a < 100, growing as eps a log a beyond.
func GammaPQ(a, x float64) (p, q float64) {
	if !(a > 0) || !(x >= 0) {
		return math.NaN(), math.NaN()
	}
	if x == 0 {
		return 0, 1
	}
	if math.IsInf(x, 1) {
		return 1, 0
	}
	scale := math.Exp(a*math.Log(x) - x - Lgamma(a))
	if x < a+1 {
		sum, term := 1/a, 1/a
		for k := a + 1; term > sum*1e-17; k++ {
			term *= x / k
			sum += term
		}
		p = min(scale*sum, 1)
		return p, 1 - p
	}
	b := x + 1 - a
	c, d := math.MaxFloat64, 1/b
	h := d
	for k := 1.0; k < 1e7; k++ {
		an := k * (a - k)
		b += 2
		d = 1 / (b + an*d)
		c = b + an/c
		h *= c * d
		if math.Abs(c*d-1) < 1e-16 {
			break
		}
	}
	q = min(scale*h, 1)
	return 1 - q, q
}

// ChiSquareTail returns P(X > x) for a chi-square variable with df > 0 degrees
// of freedom, x >= 0: the p-value of a likelihood-ratio test.
func ChiSquareTail(x, df float64) float64 {
	_, q := GammaPQ(df/2, x/2)
	return q
}

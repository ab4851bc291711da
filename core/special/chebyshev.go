package special

import "math"

// chebyshevNodes determine a function to 1e-13 where its nearest singularity is as far away as twice the interval is long.
const chebyshevNodes = 24

// A Chebyshev is a smooth positive function on an interval, interpolated between Chebyshev's nodes: asked often it is as good as the
// function, and much quicker than one that is an integral. The zero value is ready for Fit.
type Chebyshev struct {
	middle, half float64
	at           [chebyshevNodes]float64 // the function's values, then the coefficients
}

// Fit takes a function's values on [low, high]. It reports whether the interpolation is good to some 1e-12, which the last
// coefficients tell against the least value: of an analytic function they fall geometrically (Trefethen, Approximation
// Theory and Approximation Practice, 2013, theorem 8.2).
func (c *Chebyshev) Fit(low, high float64, f func(v float64) float64) bool {
	var values [chebyshevNodes]float64
	least := math.Inf(1)
	for k := range values {
		values[k] = f(0.5*(low+high) + 0.5*(high-low)*math.Cos(math.Pi*(float64(k)+0.5)/chebyshevNodes))
		least = min(least, values[k])
	}
	if !(least > 0) || !(high > low) {
		return false
	}
	c.middle, c.half = 0.5*(low+high), 0.5*(high-low)
	for j := range c.at {
		sum := 0.0
		for k, v := range values {
			sum += v * math.Cos(math.Pi*float64(j)*(float64(k)+0.5)/chebyshevNodes)
		}
		c.at[j] = sum * 2 / chebyshevNodes
	}
	c.at[0] /= 2
	tail := 0.0
	for _, a := range c.at[chebyshevNodes-3:] {
		tail = max(tail, math.Abs(a))
	}
	return tail <= 1e-12*least
}

// At returns the function at v within the interval (Clenshaw's recurrence).
func (c *Chebyshev) At(v float64) float64 {
	x := (v - c.middle) / c.half
	var b1, b2 float64
	for j := chebyshevNodes - 1; j > 0; j-- {
		b1, b2 = c.at[j]+2*x*b1-b2, b1
	}
	return c.at[0] + x*b1 - b2
}

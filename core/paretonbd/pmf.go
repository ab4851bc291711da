package paretonbd

import (
	"math"

	"hourglass/core/special"
)

// PMF returns the probability of exactly n >= 0 orders in the next t >= 0: P(alive)
// times
//
//	(r)_n/n! ((1 + t/alpha)^-r (t/(alpha+t))^n (1 + t/beta)^-s
//	  + s/beta integral_0^t (1 + u/alpha)^-r (u/(alpha+u))^n (1 + u/beta)^-(s+1) du)
//
// the customer staying throughout or leaving at u (Fader & Hardie, "Deriving an
// expression for P(X(t) = n) under the Pareto/NBD model", 2006). All terms are
// positive. Zero outside the domain.
func (c Customer) PMF(n int, t float64) float64 {
	if n <= 0 {
		if n < 0 {
			return 0
		}
		return c.PNone(t)
	}
	if !c.Valid() || !(t > 0 && t <= math.MaxFloat64) {
		return 0
	}
	x := float64(n)
	ways := special.LogPoch(c.R, x) - special.LogPoch(1, x)
	h := spell{c, x}
	stayed := ways + h.log(t) + math.Log1p(t/c.Beta) // one power of 1 + t/beta less
	left := ways + math.Log(c.S/c.Beta) + h.logIntegral(t)
	return min(1, c.Alive*(math.Exp(stayed)+math.Exp(left)))
}

// A spell is a customer making n orders before leaving.
type spell struct {
	Customer
	n float64
}

// log returns log h, h the integrand of PMF at u > 0.
func (h spell) log(u float64) float64 {
	return -h.R*math.Log1p(u/h.Alpha) - h.n*math.Log1p(h.Alpha/u) - (h.S+1)*math.Log1p(u/h.Beta)
}

// slope returns the derivative of log(u h) by log u; it decreases from n + 1 to -(r+s).
func (h spell) slope(u float64) float64 {
	return 1 - h.R*u/(h.Alpha+u) + h.n*h.Alpha/(h.Alpha+u) - (h.S+1)*u/(h.Beta+u)
}

// logIntegral returns the logarithm of the integral of h over [0, t].
//
// Method: Gauss-Legendre in y = log u, where log(u h) is concave, between the points
// on either side of its peak from where on it is negligible.
func (h spell) logIntegral(t float64) float64 {
	g := func(y float64) float64 { return y + h.log(math.Exp(y)) }
	slope := func(y float64) float64 { return h.slope(math.Exp(y)) }
	right := math.Log(t)
	peak := right
	if slope(right) < 0 {
		low := right
		for slope(low) < 0 {
			low -= 8
		}
		high := min(right, low+8)
		for range 40 {
			peak = 0.5 * (low + high)
			if slope(peak) > 0 {
				low = peak
			} else {
				high = peak
			}
		}
	}
	top := g(peak)
	// Newton's iteration from outside stays outside: g is concave.
	left := peak - reach/h.n - 40
	for range 100 {
		if excess := top - reach - g(left); excess > 2 {
			left += excess / slope(left)
			continue
		}
		break
	}
	for range 100 {
		if excess := top - reach - g(right); excess > 2 {
			right += excess / slope(right)
			continue
		}
		break
	}
	panels := math.Ceil(max((right-left)/panelWidth, (2*top-g(left)-g(right))/panelDrop))
	half := 0.5 * (right - left) / panels
	sum := 0.0
	for i := 0.0; i < panels; i++ {
		middle := left + (2*i+1)*half
		for j, x := range gauss24.node {
			sum += gauss24.weight[j] * (exp(g(middle-half*x)-top) + exp(g(middle+half*x)-top))
		}
	}
	return top + math.Log(half*sum)
}

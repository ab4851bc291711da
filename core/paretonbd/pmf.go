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
// positive. Zero outside the domain, and for n > 0 where t is not within 1e-60 .. 1e60.
func (c Customer) PMF(n int, t float64) float64 {
	if n <= 0 {
		if n < 0 {
			return 0
		}
		return c.PNone(t)
	}
	if !c.Valid() || !(t >= smallest && t <= largest) {
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
	return 1 - h.R*(u/(h.Alpha+u)) + h.n*(h.Alpha/(h.Alpha+u)) - (h.S+1)*(u/(h.Beta+u))
}

// logIntegral returns the logarithm of the integral of h over [0, t].
//
// Method: Gauss-Legendre in y = log u, where log(u h) is concave, on either side
// of its peak as far as it is not negligible.
func (h spell) logIntegral(t float64) float64 {
	peak := h.peak(math.Log(t))
	top := h.height(peak)
	sum := h.side(peak, peak-reach/h.n-40, top)
	if right := math.Log(t); right > peak {
		sum += h.side(peak, right, top)
	}
	return top + math.Log(sum)
}

// height returns log(u h) at u = e^y.
func (h spell) height(y float64) float64 { return y + h.log(math.Exp(y)) }

// peak returns where the height is greatest for y <= right, by bisection.
func (h spell) peak(right float64) float64 {
	if h.slope(math.Exp(right)) >= 0 {
		return right
	}
	low, high := right-8, right
	for h.slope(math.Exp(low)) < 0 {
		low, high = low-8, low
	}
	for range 30 { // a peak off by 1e-8 serves as well
		middle := 0.5 * (low + high)
		if h.slope(math.Exp(middle)) > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// side integrates u h e^-top over y between the peak and end, on either side of it.
func (h spell) side(peak, end, top float64) float64 {
	drop := top - h.height(end)
	for range patience { // Newton's iteration from outside stays outside: the height is concave
		if drop < reach+2 {
			break
		}
		end += (drop - reach) / h.slope(math.Exp(end))
		drop = top - h.height(end)
	}
	n := min(math.Ceil(max(math.Abs(end-peak), drop/20)), patience)
	half := 0.5 * (end - peak) / n
	sum := 0.0
	for i := 0.0; i < n; i++ {
		middle := peak + (2*i+1)*half
		for k := gauss24.from; k < gauss24.to; k++ {
			x := gauss[k].node
			sum += gauss[k].weight * (special.Exp(h.height(middle-half*x)-top) + special.Exp(h.height(middle+half*x)-top))
		}
	}
	return math.Abs(half) * sum
}

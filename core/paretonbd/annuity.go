package paretonbd

import (
	"math"

	"hourglass/core/special"
)

// annuity returns the integral of e^(-delta u) (1 + u/b)^-s over u in [0, t], t
// possibly +Inf if delta > 0. Relative error below 1e-12. It has no pole at
// integer s and holds for large b, unlike its closed form in Tricomi's Psi.
//
// Method: Gauss-Legendre in v = log(1 + u/b), where the logarithm of the integrand,
// g = (1-s) v - delta b (e^v - 1), is concave; cut where e^g is negligible.
func annuity(s, b, delta, t float64) float64 {
	if delta == 0 {
		return powerIntegral(s, b, t)
	}
	d := delta * b
	g := func(v float64) float64 { return (1-s)*v - d*math.Expm1(v) }
	t = min(t, 800/delta)
	end := math.Log1p(t / b)
	peak := 0.0
	if (1-s)/d > 1 {
		peak = min(end, math.Log((1-s)/d))
	}
	top := g(peak)
	for range patience { // Newton's iteration from the right stays on the right: g is concave
		excess := top - reach - g(end)
		if excess < 2 {
			break
		}
		end = max(end-excess/(s-1+d*math.Exp(end)), end/1000) // as in kernel.cut
	}
	n := math.Ceil(max(end/panelWidth, (top-g(end))/panelDrop))
	if !(n >= 1) {
		return 0
	}
	half := 0.5 * end / n
	sum := 0.0
	for i := 0.0; i < n; i++ {
		middle := (2*i + 1) * half
		for k := gauss24.from; k < gauss24.to; k++ {
			x := gauss[k].node
			sum += gauss[k].weight * (special.Exp(g(middle-half*x)) + special.Exp(g(middle+half*x)))
		}
	}
	return b * half * sum
}

package paretonbd

import "math"

// A mixture is the integral of f(u) = (1 + u/a)^-p (1 + u/b)^-q over u in [0, t]
// and the means, under the density proportional to f, that its derivatives need.
// Everything that the papers write with 2F1 is such an integral; f is positive
// and at most 1, so nothing cancels, overflows or has a pole.
type mixture struct {
	total          float64
	logA, logB     float64 // means of log(1 + u/a) and log(1 + u/b)
	shareA, shareB float64 // means of u/(a+u) and u/(b+u)
	mean           float64 // of u
}

// integrate computes a mixture for p, q >= 0, a, b > 0, t >= 0, given logA =
// log(1 + t/a) and logB = log(1 + t/b). Relative error below 1e-13.
//
// Method: Gauss-Legendre in v = log(1 + u/min(a, b)), in which f is a product of
// an exponential and a power of something that is nearly one; where f has
// fallen by reach e-folds the range is cut.
func integrate(p, q, a, b, t, logA, logB float64) mixture {
	if !(t > 0) {
		return mixture{}
	}
	if a > b {
		m := integrate(q, p, b, a, t, logB, logA)
		m.logA, m.logB, m.shareA, m.shareB = m.logB, m.logA, m.shareB, m.shareA
		return m
	}
	k := kernel{p: p, q: q, a: a, b: b}
	t, logA, logB = k.cut(t, logA, logB)
	k.panels(t, logA, logB)
	m := k.sum
	for _, v := range []*float64{&m.logA, &m.logB, &m.shareA, &m.shareB, &m.mean} {
		*v /= m.total
	}
	return m
}

// A kernel is f with a <= b, and what has been summed of it.
type kernel struct {
	p, q, a, b float64
	sum        mixture // means not yet divided by the total
}

const (
	reach      = 37 // e^-37 of the integrand's maximum is left out
	panelWidth = 2  // in v
	panelDrop  = 30 // e-folds that f may fall within a panel
)

// cut returns the upper limit, no greater than t, beyond which the integrand in v,
//
//	f(u) du/dv = e^g, g(v) = v - p v - q log(1 + u/b),
//
// is negligible, with its logarithms. g is concave: Newton's iteration
// from the right stays on the right.
func (k *kernel) cut(t, logA, logB float64) (float64, float64, float64) {
	g := (1-k.p)*logA - k.q*logB
	if g > -reach {
		return t, logA, logB
	}
	peak := 0.0
	if ratio := (1 - k.p) * (k.b - k.a) / (k.a * (k.q + k.p - 1)); ratio > 1 && k.p < 1 {
		v := math.Log(ratio)
		if v >= logA {
			return t, logA, logB
		}
		peak = (1-k.p)*v - k.q*math.Log1p(k.a*(ratio-1)/k.b)
	}
	for range 100 {
		if g > peak-reach-2 {
			break
		}
		slope := k.p - 1 + k.q*(k.a+t)/(k.b+t)
		logA += (g - (peak - reach)) / slope
		t = k.a * math.Expm1(logA)
		logB = math.Log1p(t / k.b)
		g = (1-k.p)*logA - k.q*logB
	}
	return t, logA, logB
}

// panels divides [0, t] evenly in v and sums f over the parts.
func (k *kernel) panels(t, logA, logB float64) {
	n := math.Ceil(max(logA/panelWidth, (k.p*logA+k.q*logB)/panelDrop))
	if !(n > 1) {
		k.panel(0, t, 0, 0, logA, logB)
		return
	}
	from, fromA, fromB := 0.0, 0.0, 0.0
	for i := 1.0; i <= n; i++ {
		toA := logA * (i / n)
		to := k.a * math.Expm1(toA)
		toB := math.Log1p(to / k.b)
		k.panel(from, to, fromA, fromB, toA, toB)
		from, fromA, fromB = to, toA, toB
	}
}

// choose returns the smallest rule that integrates f to 1e-13 over a panel of
// the given width in v over which f falls by drop e-folds, as measured against 80
// nodes for all divisions of the drop between the two factors and for b/a from 1 to e^10.
func choose(width, drop float64) rule {
	switch {
	case width <= 0.25 && drop <= 1:
		return gauss6
	case width <= 0.5 && drop <= 2:
		return gauss8
	case width <= 1 && drop <= 4:
		return gauss10
	case width <= 1 && drop <= 8, width <= 1.5 && drop <= 4:
		return gauss12
	case width <= 1.5 && drop <= 14, width <= 2 && drop <= 10:
		return gauss16
	}
	return gauss24
}

// panel adds f over [from, to], whose ends have the logarithms given.
//
// The nodes are placed by (a+u)/g = (1+z)/(1-z), g the geometric mean of a+from
// and a+to, which needs no exponential; log((a+u)/g) = 2 atanh(z) is odd in z, so
// that two nodes share it, and log((b+u)/(b+middle)) is a 2 atanh as well.
func (k *kernel) panel(from, to, fromA, fromB, toA, toB float64) {
	r := choose(toA-fromA, k.p*(toA-fromA)+k.q*(toB-fromB))
	start := k.a + from
	root := math.Sqrt(1 + (to-from)/start)
	g := start * root
	edge := (to - from) / start / ((root + 1) * (root + 1)) // z at the end of the range
	stretch := 2 * g / (1 + edge)
	middle := from + stretch*edge
	midA := 0.5 * (fromA + toA)
	midB := math.Log1p(middle / k.b)
	gamma := g / (k.b + middle) // (a+middle)/(b+middle)
	var s mixture
	for i, x := range r.node {
		z := edge * x
		offA := twiceAtanh(z)
		both := 1 / ((1 - z) * (1 + z))
		up, down := (1+z)*both, (1-z)*both // 1/(1-z) and 1/(1+z)
		weight := r.weight[i]
		for range 2 {
			u := from + stretch*(edge+z)*up
			far := gamma * z
			logA := midA + offA
			logB := midB + twiceAtanh(far/(1-z+far))
			f := weight * up * up * exp(-(k.p*logA + k.q*logB))
			s.total += f
			s.logA += f * logA
			s.logB += f * logB
			s.shareA += f * (u * (1 - z) * down)
			s.shareB += f * (u / (k.b + u))
			s.mean += f * u
			z, offA, up, down = -z, -offA, down, up
		}
	}
	scale := 2 * g * edge // du = 2 g dz/(1-z)^2
	k.sum.total += scale * s.total
	k.sum.logA += scale * s.logA
	k.sum.logB += scale * s.logB
	k.sum.shareA += scale / g * s.shareA
	k.sum.shareB += scale * s.shareB
	k.sum.mean += scale * s.mean
}

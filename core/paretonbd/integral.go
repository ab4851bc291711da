package paretonbd

import (
	"math"

	"hourglass/core/special"
)

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

// products are the means, under the same density, of the products of any two of log(1 + u/a), u/(a+u), log(1 + u/b) and u/(b+u): what second
// derivatives need beside a mixture. In the order 00, 01, 02, 03, 11, 12, 13, 22, 23, 33.
type products [10]float64

// swapped are the products with a and b exchanged.
func (s products) swapped() products {
	return products{s[7], s[8], s[2], s[5], s[9], s[3], s[6], s[0], s[1], s[4]}
}

// add adds those of one point, weighted.
func (s *products) add(weight, logA, shareA, logB, shareB float64) {
	a, b, c, d := weight*logA, weight*shareA, weight*logB, weight*shareB
	s[0] += a * logA
	s[1] += a * shareA
	s[2] += a * logB
	s[3] += a * shareB
	s[4] += b * shareA
	s[5] += b * logB
	s[6] += b * shareB
	s[7] += c * logB
	s[8] += c * shareB
	s[9] += d * shareB
}

// integrate computes a mixture for p, q >= 0, a, b > 0, t >= 0, given logA =
// log(1 + t/a) and logB = log(1 + t/b). Relative error below 1e-13, of the mean of u
// only if order, 0 or 1, is 1: an infinite integral can converge for f and not for u f.
//
// Method: Gauss-Legendre in v = log(1 + u/min(a, b)), in which f is a product of
// an exponential and a power of something that is nearly one; where f has
// fallen by reach e-folds the range is cut.
func integrate(order, p, q, a, b, t, logA, logB float64) mixture {
	return integral(order, p, q, a, b, t, logA, logB, nil)
}

// integral is integrate with the products; nil where they are not asked for.
func integral(order, p, q, a, b, t, logA, logB float64, second *products) mixture {
	if !(t > 0) || !(logA+logB <= math.MaxFloat64) { // t/a beyond float64 is outside the domain
		return mixture{}
	}
	if a > b {
		m := integral(order, q, p, b, a, t, logB, logA, second)
		if second != nil {
			*second = second.swapped()
		}
		return m.swapped()
	}
	k := kernel{p: p, q: q, a: a, b: b, second: second}
	t, logA, logB = k.cut(order, t, logA, logB)
	k.panels(t, logA, logB)
	m := k.sum
	each := 1 / m.total
	m.logA *= each
	m.logB *= each
	m.shareA *= each
	m.shareB *= each
	m.mean *= each
	if second != nil {
		for i := range second {
			second[i] *= each
		}
	}
	return m
}

// swapped is the mixture with a and b exchanged.
func (m mixture) swapped() mixture {
	m.logA, m.logB, m.shareA, m.shareB = m.logB, m.logA, m.shareB, m.shareA
	return m
}

// A kernel is f with a <= b, and what has been summed of it.
type kernel struct {
	p, q, a, b float64
	sum        mixture   // means not yet divided by the total
	second     *products // likewise; nil where they are not asked for
}

const (
	reach      = 37 // e^-37 of the integrand's maximum is left out
	panelWidth = 2  // in v
	panelDrop  = 30 // e-folds that f may fall within a panel

	// Newton's iterations allowed: where the exponent is itself exponential, each goes
	// one e-fold of time, of which float64 has 1,500.
	patience = 2000
)

// cut returns the upper limit, no greater than t, beyond which the integrand in v,
//
//	(1 + u/a)^order f(u) du/dv = e^g, g(v) = -slope v - q log(1 + u/b),
//
// is negligible, with its logarithms. g is concave: Newton's iteration
// from the right stays on the right.
func (k *kernel) cut(order, t, logA, logB float64) (float64, float64, float64) {
	slope := k.p - 1 - order
	g := -slope*logA - k.q*logB
	if g > -reach {
		return t, logA, logB
	}
	peak := 0.0
	if ratio := -slope / (k.q + slope) * ((k.b - k.a) / k.a); slope < 0 && ratio > 1 { // (a+u)/a where g' = 0
		v := math.Log(ratio)
		if v >= logA {
			return t, logA, logB
		}
		peak = -slope*v - k.q*math.Log1p(k.a*(ratio-1)/k.b)
	}
	for range patience {
		if g > peak-reach-2 {
			break
		}
		step := ((peak - reach) - g) / (slope + k.q*((k.a+t)/(k.b+t)))
		logA = max(logA-step, logA/1000) // a longer step would be all rounding
		t = k.a * math.Expm1(logA)
		logB = math.Log1p(t / k.b)
		g = -slope*logA - k.q*logB
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
	case width <= 0.1 && drop <= 0.15:
		return gauss4
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
	midB := fromB + special.TwiceAtanh((middle-from)/(2*(k.b+from)+(middle-from)))
	gamma := g / (k.b + middle) // (a+middle)/(b+middle)
	p, q, b := k.p, k.q, k.b
	width := 2 * g * edge // du = 2 g dz/(1-z)^2
	var s mixture
	for i := r.from; i < r.to; i++ {
		at := gauss[i]
		z := edge * at.node
		off := special.TwiceAtanh(z)
		both := 1 / ((1 - z) * (1 + z))
		up, down := (1+z)*both, (1-z)*both // 1/(1-z) and 1/(1+z)
		for range 2 {
			u := from + stretch*(edge+z)*up
			far := gamma * z
			logA := midA + off
			logB := midB + special.TwiceAtanh(far/(1-z+far))
			n, rest := special.Reduce(-(p*logA + q*logB))
			f := at.weight * up * up * special.Scale(special.ExpRest(rest), n)
			s.total += f
			s.logA += f * logA
			s.logB += f * logB
			s.shareA += f * (u * (1 - z) * down)
			s.shareB += f * (u / (b + u))
			s.mean += f * u
			if k.second != nil {
				k.second.add(width*f, logA, u*(1-z)*down/g, logB, u/(b+u))
			}
			z, off, up, down = -z, -off, down, up
		}
	}
	k.sum.total += width * s.total
	k.sum.logA += width * s.logA
	k.sum.logB += width * s.logB
	k.sum.shareA += width / g * s.shareA
	k.sum.shareB += width * s.shareB
	k.sum.mean += width * s.mean
}

// forEver returns the integrals of f and of u f over all u >= 0, given excess =
// p+q-1 > 0, which p+q may have rounded away. The second is +Inf unless excess > 1.
// Relative error below 1e-13.
//
// Method: integrate up to the greater scale, from where on, or from the
// beginning if the scales are alike, the series of beyond converges quickly.
func forEver(excess, p, q, a, b float64) (total, moment float64) {
	if a > b {
		p, q, a, b = q, p, b, a
	}
	if b <= 2*a {
		return beyond(excess, q, a, b)
	}
	logA, logB := math.Log1p(b/a), math.Ln2
	total, moment = beyond(excess, q, a+b, b+b)
	rest := special.Exp(-(p*logA + q*logB))
	head := integrate(1, p, q, a, b, b, logA, logB)
	return head.total + rest*total, head.total*head.mean + rest*(b*total+moment)
}

// beyond is forEver for a <= b <= 2a: by Euler's integral (DLMF 15.6.1, 15.8.1) that of
// u^(k-1) f is a^k B(k, p+q-k) 2F1(k, q; p+q; 1-a/b), a series of positive terms.
func beyond(excess, q, a, b float64) (total, moment float64) {
	z := (b - a) / b
	total, moment = a/excess*series(1, q, 1+excess, z), math.Inf(1)
	if excess > 1 {
		moment = a / excess * (a / (excess - 1) * series(2, q, 1+excess, z))
	}
	return total, moment
}

// series returns 2F1(k, b; c; z) for 0 <= z <= 1/2, 0 <= b <= c (DLMF 15.2.1).
func series(k, b, c, z float64) float64 {
	sum, term := 1.0, 1.0
	for n := 0.0; term > 1e-17*sum; n++ {
		term *= z * (k + n) / (1 + n) * (b + n) / (c + n)
		sum += term
	}
	return sum
}

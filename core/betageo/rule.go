package betageo

import (
	"math"

	"hourglass/core/special"
)

// A rule is a quadrature rule for expectations over p ~ Beta(a, b) of kernels that
// depend on p through (1 + p z)^-power, z being a horizon in units of alpha + T.
type rule struct {
	p, w []float64
	a, b float64 // what the rule was made for; zero while it is not made
}

// Classes of rules over p; a Gaussian one has 16 nodes times its class.
const (
	wide = iota
	few
	many
	classes
)

// rules are kept from one customer to the next: those of the same x have them in
// common, whatever is asked of them.
type rules struct {
	p [classes]rule
	y [3]rule // over time, by the width of the panels
}

// A Mixture takes expectations over the chance of leaving for a model built on this one. It keeps its rules from one
// question to the next; the zero value is ready.
type Mixture struct{ q rules }

// Mean returns E[kernel(p)], p ~ Beta(a, b), of a kernel that depends on p as (1 + p z)^-power does.
func (m *Mixture) Mean(a, b, power, z float64, kernel func(p float64) float64) float64 {
	return m.q.over(a, b, power, z).mean(kernel)
}

// Panel returns nodes and weights on [0, 1] for a panel of a width, in log time, up to 2.4.
func (m *Mixture) Panel(width float64) (x, w []float64) {
	r := m.q.legendre(width)
	return r.p, r.w
}

// over returns the rule for the given distribution and kernel.
//
// The kernel's branch point p = -1/z is outside [0, 1] but comes near to it as the
// horizon grows, and with a high power the kernel falls steeply. Until then a
// Gaussian rule is exact to rounding with few nodes; beyond, the wide rule
// takes more, hardly depending on z. The bounds were measured against 2F1 with
// 60 digits: error below 1e-12 in every region.
func (q *rules) over(a, b, power, z float64) *rule {
	class := wide
	switch steepness := power * z; {
	case z <= 2 && steepness <= 16+b/2:
		class = few
	case z <= 12 && steepness <= 100+2*b:
		class = many
	}
	r := &q.p[class]
	if class != wide {
		if a == r.a && b == r.b {
			return r
		}
		r.a, r.b = a, b
		if r.gauss(a, b, 16*class) {
			return r
		}
		r.a, r = 0, &q.p[wide]
	}
	r.spread(a, b, (1+power)*z)
	return r
}

// legendre returns the Gauss-Legendre rule for panels of a width up to 2.4.
func (q *rules) legendre(width float64) *rule {
	class := min(2, int(width/0.8))
	r := &q.y[class]
	if r.p == nil {
		r.gauss(1, 1, 8+4*class)
	}
	return r
}

// gauss makes the Gaussian rule.
func (q *rule) gauss(a, b float64, nodes int) bool {
	if len(q.p) != nodes {
		q.p, q.w = make([]float64, nodes), make([]float64, nodes)
	}
	return special.GaussBeta(a, b, q.p, q.w)
}

// spread makes the trapezoidal rule in logit p, where kernel and density are
// analytic in a strip and the rule therefore converges geometrically. The left
// end is where p no longer matters to the kernel (p z < e^-40), the right end
// where 1-p no longer does; the exponential tails beyond are summed in closed form.
func (q *rule) spread(a, b, z float64) {
	q.p, q.w = q.p[:0], q.w[:0]
	mode := math.Log(a) - math.Log(b)
	deviation := math.Sqrt(special.Trigamma(a) + special.Trigamma(b)) // of the logit
	if deviation < 1e-14 {
		_, p := softplus(mode)
		q.p, q.w = append(q.p, p), append(q.w, 1)
		return
	}
	h := 0.25 * min(1, deviation)
	// The density against that of the mode is e^(lesser u) (1 + share (e^u - 1))^-(a+b), where u is the logit's distance from
	// the mode, seen from the lesser of a and b: there, what cancels is no larger than its root.
	lesser, sign := a, 1.0
	if b < a {
		lesser, sign = b, -1
	}
	share := lesser / (a + b)
	ends := [2]float64{min(-40, mode, -40-math.Log(z)), max(40, mode)}
	rates := [2]float64{a, b}
	total := 0.0
	for side, end := range ends {
		step := h * float64(2*side-1)
		for k := float64(side); ; k++ { // the mode belongs to the left side
			v, u := mode+k*step, sign*k*step
			_, p := softplus(v)
			w := math.Exp(lesser*u - (a+b)*math.Log1p(share*math.Expm1(u)))
			last := step*(v-end) >= 0
			if last {
				w /= -math.Expm1(-rates[side] * h) // a geometric series from here on
			}
			q.p, q.w = append(q.p, p), append(q.w, w)
			total += w
			if last || w < 1e-40 {
				break
			}
		}
	}
	for i := range q.w {
		q.w[i] /= total
	}
}

// mean returns the expectation of a kernel.
func (q *rule) mean(kernel func(p float64) float64) float64 {
	s := 0.0
	for i, p := range q.p {
		s += q.w[i] * kernel(p)
	}
	return s
}

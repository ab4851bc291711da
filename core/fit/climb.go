package fit

import "math"

// An end says why a climb stopped; nothing marks a point without a finite value.
type end uint8

const (
	nothing end = iota
	settled
	exhausted
	stuck
)

// A point is theta with what is known there.
type point struct {
	theta, gradient []float64
	value           float64
	end             end
	curvature       []float64 // minus the Hessian as a climb saw it; only of its end
}

func (p point) scaledGradient() float64 {
	g := 0.0
	for _, v := range p.gradient {
		g = max(g, math.Abs(v))
	}
	return g / (1 + math.Abs(p.value))
}

// search is the state that the climbs of one Maximise share.
type search struct {
	Problem
	n, start, climbs        int
	iterations, evaluations int
	cancelled               bool
}

// evaluate returns the point at theta + step (step may be nil); its end is
// nothing if the value or the gradient is not finite there.
func (s *search) evaluate(f Objective, theta, step []float64) point {
	both := make([]float64, 2*s.n)
	p := point{theta: both[:s.n:s.n], gradient: both[s.n:]}
	copy(p.theta, theta)
	for i, d := range step {
		p.theta[i] += d
	}
	p.value = f(p.theta, p.gradient)
	s.evaluations++
	sum := p.value
	for _, g := range p.gradient {
		sum += math.Abs(g)
	}
	if math.Abs(sum) <= math.MaxFloat64 {
		p.end = stuck
	}
	return p
}

// curvature writes minus the Hessian of f at a point and reports whether it is
// finite. Differences of the gradient: central (error about 1e-9) or, to save
// half the cost when only a direction is wanted, forward.
func (s *search) curvature(f Objective, at point, neg []float64, central bool) bool {
	n := s.n
	if central && s.Hessian != nil {
		s.Hessian(at.theta, neg)
		for i, v := range neg {
			neg[i] = -v
		}
		return symmetrise(neg, n)
	}
	const h = 3e-5
	step := make([]float64, n)
	for i := range n {
		step[i] = h
		up := s.evaluate(f, at.theta, step)
		down, width := at, h
		if central {
			step[i] = -h
			down, width = s.evaluate(f, at.theta, step), 2*h
		}
		step[i] = 0
		if up.end == nothing || down.end == nothing {
			return false
		}
		for j := range n {
			neg[i*n+j] = (down.gradient[j] - up.gradient[j]) / width
		}
	}
	return symmetrise(neg, n)
}

// climb is a trust-region Newton method: the Hessian is measured at the start,
// kept up to date by symmetric rank-one updates, and measured afresh when it
// has led to a step that failed (Nocedal & Wright 2006, algorithms 4.1 and 6.2).
// Where neg is known to begin with, minus the Hessian of much the same function, it is measured only then.
func (s *search) climb(f Objective, from, neg []float64) (at point) {
	n := s.n
	if at = s.evaluate(f, from, nil); at.end == nothing {
		return at
	}
	step, fresh := make([]float64, n), false
	if neg == nil {
		neg = make([]float64, n*n)
		fresh = s.measure(f, at, neg)
	}
	defer func() { at.curvature = neg }()
	radius := 1.0
	for iteration := 1; ; iteration++ {
		if at.scaledGradient() <= gradientTolerance || s.beyond(at) {
			at.end = settled
			return at
		}
		if iteration > s.MaxIterations {
			at.end = exhausted
			return at
		}
		s.iterations++
		if s.Step != nil && !s.Step(Progress{s.start, s.climbs, iteration, at.value + s.Offset}) {
			s.cancelled = true
			return at
		}
		predicted := newton(neg, at.gradient, radius, step)
		next := s.evaluate(f, at.theta, step)
		length := norm(step)
		if next.end == nothing {
			radius = 0.25 * length
		} else {
			gain := next.value - at.value
			update(neg, step, at.gradient, next.gradient)
			switch {
			case gain < 0.25*predicted:
				radius = 0.5 * length
			case gain > 0.75*predicted && length > 0.9*radius:
				radius = min(2*radius, 8)
			}
			noise := 1e-12 * (1 + math.Abs(at.value))
			if gain > 1e-4*predicted && gain > noise ||
				gain >= -noise && next.scaledGradient() < at.scaledGradient() {
				at, fresh = next, false
				continue
			}
		}
		if !fresh {
			fresh = s.measure(f, at, neg)
		}
		if radius < 1e-11 {
			if at.scaledGradient() < 100*gradientTolerance {
				at.end = settled
			}
			return at
		}
	}
}

// measure fills neg with the curvature, or with the identity where that is not
// finite; it returns true, for "fresh".
func (s *search) measure(f Objective, at point, neg []float64) bool {
	if !s.curvature(f, at, neg, false) {
		clear(neg)
		for i := range s.n {
			neg[i*s.n+i] = 1 + norm(at.gradient)
		}
	}
	return true
}

// beyond reports whether a logarithm has left the range in which a model can
// still change.
func (s *search) beyond(at point) bool {
	for i, v := range at.theta {
		if !s.linear(i) && math.Abs(v) > edge {
			return true
		}
	}
	return false
}

// update applies the symmetric rank-one formula to neg, minus the Hessian
// (Nocedal & Wright 2006, eq. 6.24, with the safeguard 6.26).
func update(neg, step, before, after []float64) {
	n := len(step)
	residual := make([]float64, n)
	dot := 0.0
	for i := range n {
		residual[i] = before[i] - after[i]
		for j, d := range step {
			residual[i] -= neg[i*n+j] * d
		}
		dot += residual[i] * step[i]
	}
	if size := math.Abs(dot); !(size > 1e-8*norm(step)*norm(residual) && size <= math.MaxFloat64) {
		return
	}
	for i := range n {
		for j := range n {
			neg[i*n+j] += residual[i] * residual[j] / dot
		}
	}
}

// newton writes the step that maximises g's - s'Bs/2 within |s| <= radius,
// B being neg, and returns the gain that it predicts (Nocedal & Wright 2006,
// section 4.3, on the eigenvectors of B, the hard case included).
func newton(neg, gradient []float64, radius float64, step []float64) float64 {
	n := len(step)
	values, vectors, along := make([]float64, n), make([]float64, n*n), make([]float64, n)
	SymmetricEigen(neg, values, vectors)
	for k := range n {
		for i, g := range gradient {
			along[k] += vectors[k*n+i] * g
		}
	}
	floor := 1e-15 * max(math.Abs(values[0]), math.Abs(values[n-1]), 1e-300)
	low := max(0, floor-values[0])
	length := func(shift float64) float64 {
		s := 0.0
		for k, a := range along {
			a /= values[k] + shift
			s += a * a
		}
		return math.Sqrt(s)
	}
	shift, extra := low, 0.0
	if length(low) > radius {
		high := low + norm(gradient)/radius
		for range 60 {
			shift = 0.5 * (low + high)
			if length(shift) > radius {
				low = shift
			} else {
				high = shift
			}
		}
		shift = high
	} else if values[0] < -floor { // hard case: the rest of the radius goes up the saddle
		extra = math.Copysign(math.Sqrt(max(0, radius*radius-length(low)*length(low))), along[0])
	}
	clear(step)
	gain := 0.0
	for k, a := range along {
		c := a / (values[k] + shift)
		if k == 0 {
			c += extra
		}
		gain += c * (a - 0.5*values[k]*c)
		for i := range step {
			step[i] += c * vectors[k*n+i]
		}
	}
	return gain
}

// Package fit finds the maximum of a log-likelihood and says what it found: a
// maximum, a ridge, or a run towards a limiting model. Plain loops over small
// slices; status as a value; nothing panics whatever the objective returns.
//
// A model hands over a Problem in unconstrained parameters theta (logarithms of
// rates and shapes, or covariate coefficients as they are), in numbers of
// about one: times divided by the largest T (cbs.Table.Scaled).
package fit

import "math"

// An Objective returns the log-likelihood at theta and writes its gradient. It
// may return NaN or an infinity where it cannot be evaluated: the search
// then shortens its step. It must not keep or change theta.
type Objective func(theta, gradient []float64) float64

// A Problem is what Maximise needs to know. Only LogLikelihood and Starts are
// required; all starts have the length of theta.
type Problem struct {
	LogLikelihood Objective
	Starts        [][]float64

	// Preview is the same likelihood on a thinned table (cbs.Table.Thin). When
	// given, the starts compete on it and only the winner meets the whole data.
	Preview Objective

	// PreviewShare is the preview's share of the weight of all rows: the curvature with which the climb there ended, divided by it, is what the
	// climb on the whole data begins with. 0 where it is not known: then the curvature is measured again.
	PreviewShare float64

	// Curvature is the Hessian of much the same log-likelihood at the only start, row by row, such as that of the whole times the share of a
	// part; nil where it is to be measured.
	Curvature []float64

	// Hessian writes the second derivatives of the log-likelihood, row by row, for
	// the errors; nil means central differences of the gradient. A climb takes
	// differences in any case: a rough curvature is all that it needs, and the
	// analytic one of a limiting model, zero to its last digit, stops it early.
	Hessian func(theta, hessian []float64)

	// Parameter i is Scales[i] exp(theta[i]), or Scales[i] theta[i] where
	// Linear[i]. A nil Scales means 1 (time scales put the user's unit back), a
	// nil Linear means all logarithmic.
	Scales []float64
	Linear []bool

	// Offset is added to every log-likelihood reported: the constant that
	// dividing time has removed.
	Offset float64

	// PointOnly asks for the point without the evidence about it: no polish, no Hessian, and a limit is not told
	// from a maximum. For fits by the dozen, of which only the parameters are used.
	PointOnly bool

	// Iterations allowed to each start; 0 means 200.
	MaxIterations int

	// Step is called after every iteration; returning false cancels the fit.
	Step func(Progress) bool
}

// Progress is what a progress bar can be drawn from.
type Progress struct {
	Start, Starts int // which of how many climbs; the last is on the whole data
	Iteration     int
	LogLikelihood float64
}

// A Status says how the search ended.
type Status uint8

// The ways a search can end.
const (
	NoData        Status = iota // nothing to fit: no start or no observation
	Converged                   // an interior maximum
	Boundary                    // the likelihood rises towards a limiting model at infinity
	NotIdentified               // a flat ridge: other parameters fit exactly as well
	MaxIterations               // stopped early; the best point so far is reported
	Cancelled                   // Step returned false; the best point so far is reported
	Failed                      // no finite likelihood, or no progress, from any start
	BadTable                    // the input is no data: the fit's Fault says where and why
)

var statusNames = [...]string{"no_data", "converged", "boundary", "not_identified", "max_iterations", "cancelled", "failed", "bad_table"}

// String returns the status's name on the wire, empty for an unknown status.
func (s Status) String() string {
	if int(s) >= len(statusNames) {
		return ""
	}
	return statusNames[s]
}

// LargestError is the largest standard error of a parameter as the search sees it, relative for those that are searched
// by their logarithm; 0 where none is known.
func (r *Result) LargestError() float64 { return math.Sqrt(LargestVariance(r.ThetaCovariance)) }

// LargestVariance is the largest element on the diagonal of a covariance, row-major; 0 of none.
func LargestVariance(covariance []float64) (largest float64) {
	n := int(math.Sqrt(float64(len(covariance))))
	for i := range n {
		largest = max(largest, covariance[(n+1)*i])
	}
	return largest
}

// Identifiability says how well the data determine the parameters.
type Identifiability uint8

// The verdicts on identifiability.
const (
	Unknown      Identifiability = iota // the search did not end at a maximum
	Identified                          // every direction in theta has curvature
	Weak                                // some combination is uncertain beyond a factor e^2 either way (95 %)
	Undetermined                        // a ridge or a limit: see Status
)

var identifiabilityNames = [...]string{"unknown", "identified", "weak", "undetermined"}

// String returns the verdict's name on the wire, empty for an unknown verdict.
func (i Identifiability) String() string {
	if int(i) >= len(identifiabilityNames) {
		return ""
	}
	return identifiabilityNames[i]
}

// A Result is the best point found and the evidence about it. Matrices are
// row-major. Covariances and errors are nil unless Status is Converged.
type Result struct {
	Status          Status
	Identifiability Identifiability
	LogLikelihood   float64   // Offset included; 0 when no point was finite
	Theta           []float64 // nil when no point was finite
	Parameters      []float64 // theta in natural units
	Gradient        float64   // largest |d LL / d theta| divided by 1 + |LL|
	Starts          int       // starts tried
	Agreed          int       // starts that ended at the best likelihood (relative 1e-7)
	Iterations      int       // over all starts
	Evaluations     int       // of LogLikelihood and Preview

	Hessian         []float64 // of the log-likelihood in theta; nil if not finite
	Condition       float64   // largest / smallest eigenvalue of -Hessian; 0 if not positive definite
	Flat            []float64 // unit vector in theta: the ridge, the way to the limit (either sign), else the least curved
	ThetaCovariance []float64 // inverse of -Hessian
	Covariance      []float64 // of Parameters, by the delta method
	StandardErrors  []float64 // of Parameters
}

const (
	gradientTolerance = 1e-8 // of 1 + |LL|, when a climb ends; Newton steps then polish it
	edge              = 60   // |theta| of a logarithm beyond which nothing is left to find
	runaway           = 6    // a preview that moved this far is not trusted as a start
)

// Maximise searches from every start and reports on the best point.
func Maximise(p Problem) Result {
	if p.LogLikelihood == nil || len(p.Starts) == 0 || len(p.Starts[0]) == 0 {
		return Result{}
	}
	if p.MaxIterations == 0 {
		p.MaxIterations = 200
	}
	s := &search{Problem: p, n: len(p.Starts[0]), climbs: len(p.Starts)}
	best, agreed := s.compete()
	r := Result{Status: s.verdict(best), Starts: len(p.Starts), Agreed: agreed}
	if best.end != nothing {
		s.describe(&r, best)
	}
	r.Iterations, r.Evaluations = s.iterations, s.evaluations
	return r
}

// verdict translates how the winning climb ended.
func (s *search) verdict(best point) Status {
	switch {
	case s.cancelled:
		return Cancelled
	case best.end == exhausted:
		return MaxIterations
	case best.end == settled:
		return Converged
	}
	return Failed
}

// compete climbs from every start and returns the best end with the number of
// starts that reached it.
func (s *search) compete() (point, int) {
	if s.Preview == nil {
		return s.climbAll(s.LogLikelihood)
	}
	s.climbs++
	best, agreed := s.climbAll(s.Preview)
	if best.end == nothing || s.cancelled {
		return best, 0
	}
	if !s.strayed(best) {
		s.start++
		if whole := s.climb(s.LogLikelihood, best.theta, s.carried(best)); whole.end == settled || s.cancelled {
			return whole, agreed
		}
	}
	// The thinned data mislead: let the starts compete on all of it.
	s.start, s.climbs = 0, len(s.Starts)
	return s.climbAll(s.LogLikelihood)
}

func (s *search) climbAll(f Objective) (best point, agreed int) {
	ends := make([]float64, 0, len(s.Starts))
	for i, start := range s.Starts {
		if s.cancelled {
			break
		}
		s.start = i
		at := s.climb(f, start, s.given())
		if at.end == nothing {
			continue
		}
		ends = append(ends, at.value)
		if best.end == nothing || at.value > best.value {
			best = at
		}
	}
	for _, v := range ends {
		if best.value-v <= 1e-7*(1+math.Abs(best.value)) {
			agreed++
		}
	}
	return best, agreed
}

// carried is minus the Hessian of the whole data by the climb that ended on the preview; nil where nobody knows.
func (s *search) carried(at point) []float64 {
	if !(s.PreviewShare > 0) {
		return nil
	}
	for i := range at.curvature {
		at.curvature[i] /= s.PreviewShare
	}
	return at.curvature
}

// given is minus the Hessian that the caller knows of; nil for none.
func (s *search) given() []float64 {
	if len(s.Curvature) != s.n*s.n || len(s.Starts) != 1 {
		return nil
	}
	neg := make([]float64, len(s.Curvature))
	for i, v := range s.Curvature {
		neg[i] = -v
	}
	if !symmetrise(neg, s.n) { // not finite
		return nil
	}
	return neg
}

// strayed reports whether a point lies far from every start.
func (s *search) strayed(at point) bool {
	for _, start := range s.Starts {
		far := false
		for i := range start {
			far = far || math.Abs(at.theta[i]-start[i]) > runaway
		}
		if !far {
			return false
		}
	}
	return true
}

// describe polishes the point and fills in the evidence.
func (s *search) describe(r *Result, at point) {
	n := s.n
	neg := make([]float64, n*n)
	finite := !s.cancelled && !s.PointOnly && s.curvature(s.LogLikelihood, at, neg, true)
	if finite && at.end == settled {
		rough := at.theta
		at = s.polish(at, neg)
		if moved := distance(rough, at.theta); moved > 1e-5 || moved > 0 && s.Hessian != nil { // else the curvature is the same, to what differences tell
			finite = s.curvature(s.LogLikelihood, at, neg, true)
		}
	}
	r.Theta, r.LogLikelihood, r.Gradient = at.theta, at.value+s.Offset, at.scaledGradient()
	r.Parameters = make([]float64, n)
	slope := make([]float64, n)
	for i := range n {
		r.Parameters[i], slope[i] = s.natural(i, at.theta[i])
	}
	if !finite {
		return
	}
	values, vectors := make([]float64, n), make([]float64, n*n)
	SymmetricEigen(neg, values, vectors)
	r.Hessian = make([]float64, n*n)
	for i, v := range neg {
		r.Hessian[i] = -v
	}
	r.Flat = vectors[:n:n]
	low, high := values[0], values[n-1]
	if low > 1e-14*high {
		r.Condition = high / low
	}
	if r.Status != Converged {
		return
	}
	s.identify(r, at, values, vectors)
	switch {
	case s.cancelled:
		r.Status, r.Identifiability = Cancelled, Unknown
	case r.Status == Converged && r.Condition > 0:
		s.errors(r, values, vectors, slope)
	case r.Status == Converged: // no curvature in some direction, though straight on it falls: a curved ridge
		r.Status, r.Identifiability = NotIdentified, Undetermined
	}
}

// polish takes Newton steps while they shrink the gradient: the climb stops
// where the likelihood's digits end, the gradient has twice as many.
func (s *search) polish(at point, neg []float64) point {
	step := make([]float64, s.n)
	for range 6 {
		newton(neg, at.gradient, 0.01, step)
		next := s.evaluate(s.LogLikelihood, at.theta, step)
		if next.end == nothing || next.value < at.value-1e-12*(1+math.Abs(at.value)) ||
			!(next.scaledGradient() < 0.99*at.scaledGradient()) {
			break
		}
		next.end = at.end
		at = next
	}
	return at
}

// identify decides between a maximum, a ridge and a limit. In every direction
// whose curvature is suspiciously small it walks either way: flat one way
// only is a limiting model, flat both ways (and no limit elsewhere) a ridge, and so
// is what is flat along a bend.
func (s *search) identify(r *Result, at point, values, vectors []float64) {
	r.Identifiability = Identified
	if values[0] < 1 {
		r.Identifiability = Weak
	}
	for k, v := range values {
		if v >= 0.1 && v >= 1e-8*values[s.n-1] {
			return
		}
		direction := vectors[k*s.n : (k+1)*s.n]
		ahead, behind := s.flat(at, direction, 1), s.flat(at, direction, -1)
		if ahead || behind {
			r.Identifiability = Undetermined
			r.Flat = direction
			r.Status = NotIdentified
		}
		if ahead != behind {
			r.Status = Boundary
			return
		}
		if !ahead && s.bends(at, direction) {
			r.Identifiability, r.Flat, r.Status = Undetermined, direction, NotIdentified
		}
	}
}

// bends reports whether the likelihood is level along a path that leaves in a direction and bends away from it, a
// curved ridge: a climb from beside the maximum then ends as high, and not where it is.
func (s *search) bends(at point, direction []float64) bool {
	from := make([]float64, s.n)
	for i, v := range direction {
		from[i] = at.theta[i] + v
	}
	there := s.climb(s.LogLikelihood, from, nil)
	return there.end == settled && math.Abs(there.value-at.value) <= 1e-9*(1+math.Abs(at.value)) &&
		distance(there.theta, at.theta) > 0.5
}

// flat reports whether the likelihood stays level along a direction. It looks
// 32 e-folds far because a climb towards a limit can overshoot it by many: the
// way back is then level too, at first. Where the model overflows to NaN it
// has nothing to say; minus infinity is a fall.
func (s *search) flat(at point, direction []float64, side float64) bool {
	tolerance := 1e-9 * (1 + math.Abs(at.value))
	step := make([]float64, s.n)
	for distance := 1.0; distance <= 32; distance *= 2 {
		for i, v := range direction {
			step[i] = side * distance * v
		}
		if there := s.evaluate(s.LogLikelihood, at.theta, step); at.value-there.value > tolerance {
			return false
		}
	}
	return true
}

// errors fills in the covariances; products are formed once for each pair, so
// that the matrices are symmetric to the last bit.
func (s *search) errors(r *Result, values, vectors, slope []float64) {
	n := s.n
	r.ThetaCovariance, r.Covariance = make([]float64, n*n), make([]float64, n*n)
	r.StandardErrors = make([]float64, n)
	for i := range n {
		for j := 0; j <= i; j++ {
			c := 0.0
			for k, lambda := range values {
				c += vectors[k*n+i] * vectors[k*n+j] / lambda
			}
			r.ThetaCovariance[i*n+j], r.ThetaCovariance[j*n+i] = c, c
			c *= slope[i] * slope[j]
			r.Covariance[i*n+j], r.Covariance[j*n+i] = c, c
		}
		r.StandardErrors[i] = math.Sqrt(r.Covariance[i*n+i])
	}
}

// natural returns parameter i in natural units and its derivative by theta.
func (s *search) natural(i int, theta float64) (value, slope float64) {
	scale := 1.0
	if s.Scales != nil {
		scale = s.Scales[i]
	}
	if s.linear(i) {
		return scale * theta, scale
	}
	v := scale * math.Exp(theta)
	return v, v
}

func (s *search) linear(i int) bool { return s.Linear != nil && s.Linear[i] }

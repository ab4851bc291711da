package decide

import (
	"math"

	"hourglass/core/fit"
)

// A Verdict is how a search for a goal ended.
type Verdict uint8

const (
	Reached    Verdict = iota // the input gives the goal
	OutOfReach                // no input within the range does; the nearest result is given
	Nowhere                   // the calculation has no result anywhere within the range
)

// String is the verdict's wire name, empty for an unknown one.
func (v Verdict) String() string {
	if v > Nowhere {
		return ""
	}
	return [...]string{"reached", "out_of_reach", "nowhere"}[v]
}

const (
	// halvings is how finely the range is scanned around the start and at its ends: down to 2^-halvings of it.
	halvings = 44
	// precision is how near a result has to come to count as the goal, relative to it.
	precision = 1e-10
	// beyond is how far above the goal a result is that is never.
	beyond = 0x1p1000
	// turnSteps is how often a turning point is closed in on, and maxTurns how many are looked into.
	turnSteps, maxTurns = 12, 8
	golden2             = 0.3819660112501051 // (3 - √5)/2
)

// Seek finds a value of the input at r.At, within the range, whose result is goal. Of several it gives the one nearest
// to the present value (or, where that is beyond the range, to the end that it is nearest to); where there is none, the
// value whose result comes nearest to the goal.
//
// Method: the range is scanned from the start to both ends, by steps that double and then halve, because bounds may be
// a million times as far away as the start and what happens close to them matters. The first interval on a side with a
// change of sign holds the root, found by fit.Root; a jump or a pole, where the sign changes but
// the result does not come near the goal, is passed over. The nearest miss is improved by golden sections, which also
// finds a goal that the result touches without crossing it. Two roots within one interval are found where the result turns
// back between them: wherever a scanned value is nearer to the goal than both of its neighbours, the turning point is sought.
func Seek(f Function, in []float64, r Range, goal float64) (value, result float64, verdict Verdict) {
	present := in[r.At]
	start := r.Low
	if present == present {
		start = r.within(present)
	}
	s := seeker{Range: r, f: f, in: in, goal: goal, best: math.NaN(), gap: math.Inf(1), before: start, after: start, turns: maxTurns}
	root, found := s.side(start, r.Low)
	if other, ok := s.side(start, r.High); ok && (!found || math.Abs(other-start) < math.Abs(root-start)) {
		root, found = other, true
	}
	if !found && s.best == s.best {
		s.improve()
		root, found = s.best, s.gap <= s.near(0)
	}
	value, result = math.NaN(), math.NaN()
	switch {
	case found:
		value = s.rounded(root)
	case s.best == s.best:
		value, verdict = s.best, OutOfReach
	default:
		verdict = Nowhere
	}
	if verdict != Nowhere {
		in[r.At] = value
		result = f(in)
	}
	in[r.At] = present
	return value, result, verdict
}

// A seeker looks for the goal and remembers the nearest miss.
type seeker struct {
	Range
	f             Function
	in            []float64
	goal          float64
	best, gap     float64 // the value that came nearest, and how near
	before, after float64 // the scanned values beside the best one
	turns         int     // that may still be looked into
}

// miss is how far above the goal the result at x is; NaN where there is none. Like the other functions here that are
// kept out of line, it would make the browser's module larger and no faster.
//
//go:noinline
func (s *seeker) miss(x float64) float64 {
	x = s.rounded(x)
	s.in[s.At] = x
	// What is never is above every goal, by a number that a root finder can work with.
	d := min(s.f(s.in)-s.goal, beyond)
	if gap := math.Abs(d); gap < s.gap && gap < beyond {
		s.best, s.gap = x, gap
	}
	return d
}

// near is how far from the goal still counts as the goal, where results of the size of scale are usual.
func (s *seeker) near(scale float64) float64 { return precision * max(math.Abs(s.goal), scale) }

// side scans from start to end and returns the first root.
func (s *seeker) side(start, end float64) (root float64, ok bool) {
	a, fa := start, s.miss(start)
	last, before := start, math.NaN() // the scanned value before a, and how far it missed
	if math.Abs(fa) <= s.near(0) {
		return a, true
	}
	for k := 1; k <= 2*halvings; k++ {
		b := end
		switch d := end - start; {
		case k < halvings:
			b = start + math.Ldexp(d, k-halvings)
		case k < 2*halvings:
			b = end - math.Ldexp(d, halvings-k-1)
		}
		if b == a {
			continue
		}
		nearest := s.gap
		fb := s.miss(b)
		if s.gap < nearest {
			s.before, s.after = a, b
		} else if s.best == a {
			s.before, s.after = last, b
		}
		if x, fx := s.turn(last, a, b, before, fa, fb); fx*fa < 0 {
			// The result crosses the goal on the way to x, before a or after it.
			from, missed := last, before
			if (x-a)*(b-a) > 0 {
				from, missed = a, fa
			}
			scale := min(math.Abs(missed), math.Abs(fx))
			if x, fx = fit.Root(s.miss, from, x, missed, fx); math.Abs(fx) <= s.near(scale) {
				return x, true
			}
		}
		if fa < 0 && fb >= 0 || fa > 0 && fb <= 0 {
			x, fx := fit.Root(s.miss, a, b, fa, fb)
			if math.Abs(fx) <= s.near(min(math.Abs(fa), math.Abs(fb))) {
				return x, true
			}
		}
		last, before, a, fa = a, fa, b, fb
	}
	return 0, false
}

// turn looks for where the result turns back on the goal's other side, between last and b, where that at a misses the goal
// by less than both, on the same side. It ends with the first value there, else with a.
func (s *seeker) turn(last, a, b, before, fa, fb float64) (x, fx float64) {
	if s.turns == 0 || s.Whole || !(before*fa > 0 && fb*fa > 0 && math.Abs(fa) < math.Abs(before) && math.Abs(fa) < math.Abs(fb)) {
		return a, fa
	}
	s.turns--
	low, high := last, b
	x, fx = a, fa
	for range turnSteps {
		// The wider part is divided; the point that misses by less is the new middle.
		y := x + golden2*(high-x)
		if math.Abs(x-low) > math.Abs(high-x) {
			y = x + golden2*(low-x)
		}
		fy := s.miss(y)
		switch {
		case fy*fx <= 0:
			return y, fy
		case math.Abs(fy) < math.Abs(fx):
			if (y-x)*(high-x) > 0 {
				low = x
			} else {
				high = x
			}
			x, fx = y, fy
		case (y-x)*(high-x) > 0:
			high = y
		default:
			low = y
		}
	}
	return a, fa
}

// improve narrows the neighbourhood of the nearest miss by golden sections.
func (s *seeker) improve() {
	const golden = 0.6180339887498949 // (√5 - 1)/2
	a, b := s.before, s.after
	for range 60 {
		left, right := b-golden*(b-a), a+golden*(b-a)
		// Where there is no result, NaN, the comparison is false and the other side is kept.
		if l, r := math.Abs(s.miss(left)), math.Abs(s.miss(right)); l < r || r != r {
			b = right
		} else {
			a = left
		}
	}
}

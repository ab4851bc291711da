// Package decide answers what a person asks of a calculation beyond its result: which input moves it most (Tornado,
// Grid), which input gives a wanted result (Seek), and what to expect when the inputs are not known exactly
// (Simulate). It knows a calculation as a function of a stream of numbers, so that every tool works on every
// calculation.
//
// A tool puts numbers into the stream it is given and leaves it as it was. No tool allocates memory from one evaluation
// to the next.
package decide

import "math"

// A Function is one result of a calculation as a function of its input stream; NaN where the calculation refuses the
// input or has no such result, +Inf where the result is beyond every number (never). It keeps nothing of the stream and does not change it.
type Function func(in []float64) float64

// A Range is one input of the stream made to vary between Low and High, both included.
type Range struct {
	At        int // its place in the stream
	Low, High float64
	Whole     bool // whole numbers only

	// How Simulate draws it; the other tools take no notice.
	Shape          Shape
	Middle, Spread float64
}

// within is v, or the end of the range that it is beyond.
func (r *Range) within(v float64) float64 { return max(r.Low, min(r.High, v)) }

// rounded is v, rounded where the input takes whole numbers only.
func (r *Range) rounded(v float64) float64 {
	if r.Whole {
		return math.Round(v)
	}
	return v
}

// Step is value k = 0 ... n-1 of n evenly spaced ones; the first is Low and the last is High, exactly.
//
//go:noinline
func (r *Range) Step(k, n int) float64 {
	switch {
	case k == 0:
		return r.Low
	case k == n-1:
		return r.High
	}
	return r.rounded(r.Low + (r.High-r.Low)*(float64(k)/float64(n-1)))
}

// Tornado writes the result at the Low and at the High of each range, the other inputs as they are: two numbers a
// range. It is the one-at-a-time sensitivity analysis of Eschenbach (1992), "Spiderplots versus tornado diagrams for
// sensitivity analysis", Interfaces 22(6).
func Tornado(f Function, in []float64, ranges []Range, out []float64) {
	for i := range ranges {
		r := &ranges[i]
		present := in[r.At]
		in[r.At] = r.Low
		out[2*i] = f(in)
		in[r.At] = r.High
		out[2*i+1] = f(in)
		in[r.At] = present
	}
}

// Grid writes the results at n steps of a, each at m steps of b: the n rows of a table, m numbers each.
func Grid(f Function, in []float64, a, b *Range, n, m int, out []float64) {
	presentA, presentB := in[a.At], in[b.At]
	for i := range n {
		in[a.At] = a.Step(i, n)
		for j := range m {
			in[b.At] = b.Step(j, m)
			out[i*m+j] = f(in)
		}
	}
	in[a.At], in[b.At] = presentA, presentB
}

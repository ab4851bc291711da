package boundary

import (
	"math"

	"hourglass/core/decide"
)

// The tools over calculations that Decide runs.
const (
	Tornado = iota
	Grid
	Seek
	Simulate
	Draw      // a piece of a simulation
	Summarise // of the pieces
)

// ToolNames are what the page calls them, in that order.
var ToolNames = [...]string{Tornado: "sensitivity", Grid: "grid", Seek: "goal-seek", Simulate: "simulate", Draw: "draw", Summarise: "summarise"}

// Limits of a decision's stream.
const (
	MaxSteps = 51  // a side of a grid
	Bins     = 30  // of a simulation's histogram
	MaxDraws = 1e6 // of a simulation
)

// outskirts is the share of a simulation's results on either side that the histogram's scale leaves out, so that one
// result far away does not press all others into one bin; they count in its first and last.
const outskirts = 0.005

// Decide runs a tool of core/decide over a calculation, which calculate (Calculate, or the part of it that a
// module has) answers. Into it goes
//
//	calculation   its index
//	result        where the answer has it: a list of pairs (fields before a list, numbers a row of that list), one pair
//	              for each list that comes before the result, then the fields between the last of them and the result
//	never         1 where a result that does not exist is beyond every number (a cost that is never earned back, a lifetime
//	              without a limit), and counts so
//	ranges        their count, then of each: place in the input, low, high, 1 for whole numbers only, and for Simulate
//	              its shape, middle and spread
//	options       Grid: steps of the first range, of the second. Seek: the goal. Simulate: how many draws, the seed, the
//	              target, a list of probabilities. Draw: how many draws, the seed, how many come before them. Summarise: a
//	              list of results, the target, a list of probabilities
//	input         the calculation's own stream, to the end
//
// Grid takes two ranges and Seek one. Where the calculation refuses the input because what a range varies is left out
// (NaN), the middle of the range stands in for it; in is changed then.
//
// The answer begins as the calculation's does, with the status and notices of the input as it stands; when that is
// refused it ends there. There follow the result for the input as it stands and
//
//	Tornado    the result at the low and at the high end of each range
//	Grid       the results, row by row: a row is a step of the first range
//	Seek       a decide.Verdict, the value of the input, its result
//	Simulate   how many draws had a result, and for how many of these it is never; their mean, standard deviation (NaN where
//	           it is never for one), least and greatest; the share of them above the target (NaN without one); the quantile at
//	           each probability; the lower and the upper end of the histogram, and its bins, of the results that are numbers
//	Draw       the results of its draws; those of one simulation, one after the other, are those that Simulate tells of
//	Summarise  as Simulate
//
// NaN is a result that does not exist, +Inf one that is never; the notices of Seek are those of the value it found. Once an answer is no longer needed Decide calls free, which may free all that it
// took to calculate it, so that ten thousand of them can do with the memory of one.
func Decide(calculate func(id, want int, in, buffer []float64) []float64, free func(), tool int, in, buffer []float64) []float64 {
	r := reader{in: in}
	d := decision{calculate: calculate, free: free, room: make([]float64, 0, 1024)}
	d.read(&r, tool)
	if r.misfit {
		return append(buffer[:0], Misfit)
	}
	if !d.stands() {
		d.fill()
		if !d.stands() {
			return append(buffer[:0], d.calculate(d.id, All, d.in, d.room)...)
		}
	}
	result := decide.Function(d.result)
	d.found[0] = d.result(d.in)
	switch found := d.found[1:]; tool {
	case Tornado:
		decide.Tornado(result, d.in, d.ranges, found)
	case Grid:
		decide.Grid(result, d.in, &d.ranges[0], &d.ranges[1], d.rows, d.columns, found)
	case Seek:
		value, reached, verdict := decide.Seek(result, d.in, d.ranges[0], d.goal)
		found[0], found[1], found[2] = float64(verdict), value, reached
		if verdict != decide.Nowhere {
			d.in[d.ranges[0].At] = value
		}
	case Simulate:
		d.summarise(d.draws[:decide.Simulate(result, d.in, d.ranges, d.seed, d.draws)])
	case Draw:
		decide.Draw(result, d.in, d.ranges, d.seed, d.skip, found)
	case Summarise:
		d.summarise(d.draws[:decide.Existing(d.draws)])
	}
	answer := d.calculate(d.id, All, d.in, d.room)
	out := append(buffer[:0], answer[:afterNotices(answer)]...)
	for _, v := range d.found {
		if v-v != 0 && !(d.never && v > 0) { // an infinity, from results near the largest number
			v = math.NaN()
		}
		out = append(out, v)
	}
	return out
}

// A decision is a tool's input and what it works with.
type decision struct {
	calculate func(id, want int, in, buffer []float64) []float64
	free      func()
	id        int
	path      []float64 // to the result in the answer
	want      int       // the same result by its place
	never     bool      // where it does not exist it is beyond every number
	ranges    []decide.Range
	in        []float64
	room      []float64 // for an answer; one that is longer lies in memory that free may free
	found     []float64 // what follows the notices

	rows, columns int
	goal          float64
	draws         []float64
	seed          uint64
	skip          int
	target        float64
	probabilities []float64
}

// read reads a decision's stream.
func (d *decision) read(r *reader, tool int) {
	d.id = int(r.option())
	d.path = r.numbers()
	for i := 0; i < len(d.path); i += 2 {
		d.want += int(d.path[i])
	}
	d.never = r.number() == 1
	d.ranges = make([]decide.Range, r.count(len(r.in)/7))
	for i := range d.ranges {
		d.ranges[i] = readRange(r)
	}
	size := 0
	switch n := len(d.ranges); tool {
	case Tornado:
		size = 2 * n
	case Grid:
		d.rows, d.columns = r.count(MaxSteps), r.count(MaxSteps)
		size = d.rows * d.columns
		r.misfit = r.misfit || n != 2
	case Seek:
		d.goal, size = r.number(), 3
		r.misfit = r.misfit || n != 1
	case Simulate:
		d.draws = make([]float64, r.count(MaxDraws))
		d.seed = uint64(max(0, r.number()))
		d.target, d.probabilities = r.number(), r.numbers()
		size = 7 + len(d.probabilities) + 2 + Bins
	case Draw:
		size = r.count(MaxDraws)
		d.seed, d.skip = uint64(max(0, r.number())), r.count(MaxDraws)
	case Summarise:
		d.draws = append(d.draws, r.numbers()...)
		d.target, d.probabilities = r.number(), r.numbers()
		size = 7 + len(d.probabilities) + 2 + Bins
	default:
		r.misfit = true
	}
	d.in, d.found = r.in, make([]float64, 1+size)
	for i := range d.ranges {
		r.misfit = r.misfit || d.ranges[i].At >= len(d.in)
	}
}

func readRange(r *reader) decide.Range {
	return decide.Range{At: r.count(maxList), Low: r.number(), High: r.number(), Whole: r.number() == 1,
		Shape: decide.Shape(r.option()), Middle: r.number(), Spread: r.number()}
}

// stands tells whether the calculation has a result for the input as it stands.
func (d *decision) stands() bool {
	status := d.calculate(d.id, d.want, d.in, d.room)[0]
	d.free()
	return status == Done
}

// fill puts the middle of its range where the input has nothing.
func (d *decision) fill() {
	for i := range d.ranges {
		if v := &d.in[d.ranges[i].At]; *v != *v {
			*v = d.ranges[i].Step(1, 3)
		}
	}
}

// count reads a whole number of limit at most.
//
//go:noinline
func (r *reader) count(limit int) int {
	n := r.length()
	if n > limit {
		r.misfit = true
		return 0
	}
	return n
}

// result is the calculation as the tools see it. Inlined into each of them, the whole calculator would be, too.
//
//go:noinline
func (d *decision) result(in []float64) float64 {
	v := d.pick(d.calculate(d.id, d.want, in, d.room))
	d.free()
	return v
}

// pick is the result in an answer, NaN where there is none, +Inf where that means never.
func (d *decision) pick(answer []float64) float64 {
	if answer[0] != Done {
		return math.NaN()
	}
	at := afterNotices(answer)
	for i, step := range d.path {
		if i%2 == 0 {
			at += int(step)
		} else if at < len(answer) {
			at += 1 + int(answer[at]*step)
		}
	}
	if at < 0 || at >= len(answer) {
		return math.NaN()
	}
	if d.never && answer[at] != answer[at] {
		return math.Inf(1)
	}
	return answer[at]
}

// afterNotices is where the notices of an answer end.
//
//go:noinline
func afterNotices(answer []float64) int {
	at := 2
	for n := answer[1]; n > 0; n-- {
		at += 3 + int(answer[at+2])
	}
	return at
}

// summarise writes what Simulate found.
func (d *decision) summarise(results []float64) {
	found := d.found[1:]
	decide.Sort(results)
	n := float64(len(results))
	numbers := results[:decide.AtMost(results, math.MaxFloat64)]
	found[0], found[1] = n, n-float64(len(numbers))
	found[2], found[3] = math.NaN(), math.NaN()
	if found[1] == 0 {
		found[2], found[3] = decide.Moments(results)
	}
	found[4], found[5] = decide.Quantile(results, 0), decide.Quantile(results, 1)
	found[6] = math.NaN()
	if d.target == d.target {
		found[6] = 1 - float64(decide.AtMost(results, d.target))/n
	}
	for i, p := range d.probabilities {
		found[7+i] = decide.Quantile(results, max(0, min(1, p)))
	}
	histogram := found[7+len(d.probabilities):]
	low, high := decide.Quantile(numbers, outskirts), decide.Quantile(numbers, 1-outskirts)
	histogram[0], histogram[1] = low, high
	decide.Histogram(numbers, low, high, histogram[2:])
}

package decide

import "math"

// Simulate draws every range by its shape, independently of the others, and writes the results to values, as many
// times as values is long. It returns how many results there are: draws that the calculation refuses have none. The
// same seed gives the same draws in every build.
func Simulate(f Function, in []float64, ranges []Range, seed uint64, values []float64) int {
	Draw(f, in, ranges, seed, 0, values)
	return Existing(values)
}

// Draw is a slice of a simulation, so that a long one may be made in pieces: the results of the draws that follow the first
// skip, NaN where a draw has none. The pieces together are the draws of the whole.
func Draw(f Function, in []float64, ranges []Range, seed uint64, skip int, values []float64) {
	dice := make([]die, len(ranges))
	present := make([]float64, len(ranges))
	for i, r := range ranges {
		dice[i], present[i] = newDie(r, seed), in[r.At]
		for range skip {
			dice[i].draw()
		}
	}
	for k := range values {
		for i := range dice {
			in[dice[i].At] = dice[i].draw()
		}
		values[k] = f(in)
	}
	for i, r := range ranges {
		in[r.At] = present[i]
	}
}

// Existing moves the results that exist to the front and returns how many there are.
func Existing(values []float64) (count int) {
	for _, v := range values {
		if v == v {
			values[count] = v
			count++
		}
	}
	return count
}

// Sort puts values in order. Method: heapsort, which is a tenth of the code of slices.Sort and takes no memory.
func Sort(values []float64) {
	n := len(values)
	for i := n/2 - 1; i >= 0; i-- {
		sink(values, i)
	}
	for n--; n > 0; n-- {
		values[0], values[n] = values[n], values[0]
		sink(values[:n], 0)
	}
}

// sink lets the value at i down a heap until none below it is larger.
//
//go:noinline
func sink(heap []float64, i int) {
	for {
		child := 2*i + 1
		if child >= len(heap) {
			return
		}
		if child+1 < len(heap) && heap[child+1] > heap[child] {
			child++
		}
		if !(heap[child] > heap[i]) {
			return
		}
		heap[i], heap[child] = heap[child], heap[i]
		i = child
	}
}

// Moments are the mean and the standard deviation (n-1 below the line) of values; NaN where there are too few. The
// squares are of deviations as parts of the largest, so that none overflows.
func Moments(values []float64) (mean, deviation float64) {
	if len(values) == 0 {
		return math.NaN(), math.NaN()
	}
	largest, squares := 0.0, 0.0
	for i, v := range values {
		mean += (v - mean) / float64(i+1)
	}
	for _, v := range values {
		largest = max(largest, math.Abs(v-mean))
	}
	if largest == 0 || len(values) == 1 {
		return mean, 0
	}
	for _, v := range values {
		d := (v - mean) / largest
		squares += d * d
	}
	return mean, largest * math.Sqrt(squares/float64(len(values)-1))
}

// Quantile is the value below which the share p of the sorted values lies, interpolated between neighbours; NaN where
// there are none. Type 7 of Hyndman & Fan (1996), "Sample quantiles in statistical packages", The American
// Statistician 50(4). A value may be +Inf: what lies between a number and it is +Inf.
//
//go:noinline
func Quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	part := at - float64(i)
	if part == 0 || sorted[i] == sorted[i+1] {
		return sorted[i]
	}
	return sorted[i] + part*(sorted[i+1]-sorted[i])
}

// AtMost is how many of the sorted values are v or less.
//
//go:noinline
func AtMost(sorted []float64, v float64) int {
	low, high := 0, len(sorted)
	for low < high {
		if middle := (low + high) / 2; sorted[middle] <= v {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// Histogram counts the sorted values between low and high in bins of one width, the upper end of a bin belonging to
// it. What lies outside counts in the first and the last bin.
func Histogram(sorted []float64, low, high float64, bins []float64) {
	before := 0
	for i := range bins {
		upTo := len(sorted)
		if i < len(bins)-1 {
			upTo = AtMost(sorted, low+(high-low)*(float64(i+1)/float64(len(bins))))
		}
		bins[i] = float64(upTo - before)
		before = upTo
	}
}

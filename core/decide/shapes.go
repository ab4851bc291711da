package decide

import (
	"math"

	"hourglass/core/sample"
)

// A Shape is a distribution over a Range.
type Shape uint8

const (
	Uniform    Shape = iota // every value as likely as any other
	Triangular              // Middle is the likeliest
	Normal                  // of mean Middle and standard deviation Spread, cut off at Low and High
	LogNormal               // of mean Middle and standard deviation Spread (of the value itself), cut off at Low and High
	PERT                    // Middle is the likeliest: Beta(1+4(m-l)/(h-l), 1+4(h-m)/(h-l)), Malcolm et al. (1959), Operations Research 7(5)
	Shapes                  // how many there are; not a shape
)

// A die draws the values of one range by rejection: a value is proposed uniformly, and taken with the probability that
// its density has of the highest (von Neumann 1951; for the normal that is cut off, Robert 1995, "Simulation of truncated
// normal variables", Statistics and Computing 5). It needs no quantile functions, whose code is many times as large, and
// takes two proposals for a triangular value, up to five for a PERT and seven for a normal one.
type die struct {
	Range
	source    sample.Source
	low, high float64 // between which it proposes: values or, of a normal, standard deviations from the mean
	top       float64 // where the density is highest: a value, or a number of standard deviations
	mean, sd  float64 // of the normal, or of the logarithm
}

// newDie makes the die of a range. Its draws depend on the seed and on the input's place only, so that varying one
// input more leaves the draws of the others as they were.
func newDie(r Range, seed uint64) die {
	own := sample.NewSource(sample.NewSource(seed).Uint64() + uint64(r.At))
	d := die{Range: r, source: *own, low: r.Low, high: r.High, top: r.within(r.Middle), mean: r.Middle, sd: r.Spread}
	switch {
	case !(r.High > r.Low):
		d.Shape = Uniform
	case r.Shape == Normal:
		d.cutOff()
	case r.Shape == LogNormal:
		variance := math.Log1p(r.Spread / r.Middle * (r.Spread / r.Middle))
		d.mean, d.sd = math.Log(r.Middle)-variance/2, math.Sqrt(variance)
		d.low, d.high = math.Log(max(0, r.Low)), math.Log(max(0, r.High))
		d.cutOff()
	}
	return d
}

// cutOff turns the ends into standard deviations from the mean, and leaves out what lies so far from the likeliest
// value that its density is less than 2^-53 of the highest.
func (d *die) cutOff() {
	const farthest = 8.6
	d.low, d.high = (d.low-d.mean)/d.sd, (d.high-d.mean)/d.sd
	d.top = max(d.low, min(d.high, 0))
	// exp(-((top+x)² - top²)/2) = exp(-top·x - x²/2)
	reach := min(farthest, farthest*farthest/2/math.Abs(d.top))
	d.low, d.high = max(d.low, d.top-reach), min(d.high, d.top+reach)
}

// draw is one value.
func (d *die) draw() float64 {
	if (d.Shape == Normal || d.Shape == LogNormal) && !(d.sd > 0) {
		return d.within(d.rounded(d.Middle))
	}
	width := d.high - d.low
	if d.Shape == Uniform && d.Whole { // so that the ends are as likely as the others
		return d.within(d.Low + math.Floor(d.source.Uniform()*(width+1)))
	}
	v := d.low + width*d.source.Uniform()
	for d.Shape != Uniform && d.source.Uniform() >= d.density(v) {
		v = d.low + width*d.source.Uniform()
	}
	switch d.Shape {
	case Normal:
		v = d.mean + d.sd*v
	case LogNormal:
		v = math.Exp(d.mean + d.sd*v)
	}
	return d.within(d.rounded(v))
}

// density is that of a proposed value, as a part of the highest.
func (d *die) density(v float64) float64 {
	// How far v is from the end that it is nearer to than the top is, as a part of the top's way to it.
	left, right := (v-d.low)/(d.top-d.low), (d.high-v)/(d.high-d.top)
	switch d.Shape {
	case Triangular:
		if v < d.top {
			return left
		}
		return right
	case PERT:
		share := (d.top - d.low) / (d.high - d.low)
		return math.Pow(left, 4*share) * math.Pow(right, 4*(1-share))
	}
	return math.Exp((d.top*d.top - v*v) / 2)
}

// String is the shape's wire name, empty for an unknown one.
func (s Shape) String() string {
	if s >= Shapes {
		return ""
	}
	return [...]string{"uniform", "triangular", "normal", "lognormal", "pert"}[s]
}

// MarshalText is the wire name.
func (s Shape) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

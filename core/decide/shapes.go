package decide

import (
	"math"

	"hourglass/core/sample"
	"hourglass/core/special"
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

// A die draws the values of one range.
type die struct {
	Range
	uniform func() float64
	// Normal, LogNormal: mean and standard deviation of the normal, or of the logarithm. PERT: the shapes of the beta.
	a, b float64
	// Normal, LogNormal: the probabilities of the ends. Above the mean it is drawn mirrored, where probabilities are
	// small and keep their digits.
	from, to float64
	mirrored bool
}

// newDie makes the die of a range. Its draws depend on the seed and on the input's place only, so that varying one
// input more leaves the draws of the others as they were.
func newDie(r Range, seed uint64) die {
	stream := sample.NewSource(sample.NewSource(seed).Uint64() + uint64(r.At))
	d := die{Range: r, uniform: stream.Uniform, a: r.Middle, b: r.Spread}
	switch r.Shape {
	case Normal:
		d.cutOff(r.Low, r.High)
	case LogNormal:
		if !(r.Middle > 0) {
			d.b = 0
			break
		}
		variance := math.Log1p(r.Spread / r.Middle * (r.Spread / r.Middle))
		d.a, d.b = math.Log(r.Middle)-variance/2, math.Sqrt(variance)
		d.cutOff(math.Log(max(0, r.Low)), math.Log(max(0, r.High)))
	case PERT:
		d.a = 1 + 4*(r.Middle-r.Low)/(r.High-r.Low)
		d.b = 1 + 4*(r.High-r.Middle)/(r.High-r.Low)
	}
	return d
}

// cutOff settles the probabilities between which a normal is drawn.
func (d *die) cutOff(low, high float64) {
	low, high = (low-d.a)/d.b, (high-d.a)/d.b
	if d.mirrored = low > 0; d.mirrored {
		low, high = -high, -low
	}
	d.from, d.to = special.NormalCDF(low), special.NormalCDF(high)
}

// draw is one value.
func (d *die) draw() float64 {
	width := d.High - d.Low
	if !(width > 0) {
		return d.Low
	}
	v := d.Middle
	switch d.Shape {
	case Triangular: // by inversion
		u, left := d.uniform(), (d.Middle-d.Low)/width
		if u < left {
			v = d.Low + width*math.Sqrt(u*left)
		} else {
			v = d.High - width*math.Sqrt((1-u)*(1-left))
		}
	case Normal:
		if d.b > 0 {
			v = d.a + d.b*d.normal()
		}
	case LogNormal:
		if d.b > 0 {
			v = math.Exp(d.a + d.b*d.normal())
		}
	case PERT:
		v = d.Low + width*sample.Beta(d.a, d.b, d.uniform)
	default:
		if d.Whole { // so that the ends are as likely as the others
			return d.within(d.Low + math.Floor(d.uniform()*(width+1)))
		}
		v = d.Low + width*d.uniform()
	}
	return d.within(d.rounded(v))
}

// normal draws a standard normal between the cuts, by inversion. A cut so far out that its probability underflows
// gives the end of the range, by within.
func (d *die) normal() float64 {
	p := d.from + d.uniform()*(d.to-d.from)
	z := -math.MaxFloat64
	if p > 0 {
		z = special.NormalQuantile(min(p, 1-0x1p-53))
	}
	if d.mirrored {
		return -z
	}
	return z
}

package betageo

import (
	"math"
	"slices"

	"hourglass/core/cbs"
	"hourglass/core/special"
)

// A Gradient holds the derivatives of a log-likelihood by the logarithms of the
// parameters.
type Gradient struct{ R, Alpha, A, B float64 }

// LogLikelihood returns the log-likelihood of a table (FHL05 eq. 6; for MBG
// HW07, BDF07) and its derivatives. Both papers' sum of two terms is, with
// n = x + c chances of leaving so far and u the log odds of having left,
//
//	L = (r)_x B(a, b+n)/B(a, b) alpha^r (alpha+T)^-(r+x) (1 + e^u)
//	u = log(a/(b+n-1)) + (r+x) log((alpha+T)/(alpha+t_x))
//
// No gamma functions are subtracted, so that nothing is lost when parameters
// run off to a limit. Zero for invalid parameters or a table that is not valid.
func (p Params) LogLikelihood(c Chances, t cbs.Table) (float64, Gradient) {
	if !p.Valid() || t.Validate().Code != cbs.Valid {
		return 0, Gradient{}
	}
	d := prepare(t)
	return p.logLikelihood(form{c, 1}, &d)
}

// LogLikelihoodErlang is LogLikelihood of the MBG/CNBD-k, with k stages between two orders, less what does not depend
// on the parameters: the gaps themselves (package mbgcnbd).
func (p Params) LogLikelihoodErlang(k int, t cbs.Table) (float64, Gradient) {
	if !p.Valid() || k < 1 || t.Validate().Code != cbs.Valid {
		return 0, Gradient{}
	}
	d := prepare(t)
	return p.logLikelihood(form{MBG, k}, &d)
}

// A form is one model of the family: how often a customer could have left, and how many stages of a Poisson process
// lie between two orders.
type form struct {
	chances Chances
	stages  int
}

// data is a table whose times are looked up: a log in whole days has few
// different ones, and their logarithms are most of the work.
type data struct {
	x, weights []float64
	tx, age    []int32 // positions in times
	times      []float64
	terms      []term // of each time
}

// A term is what the likelihood needs of a time t.
type term struct {
	log   float64 // log((alpha+t)/alpha)
	share float64 // t/(alpha+t)
}

func prepare(t cbs.Table) data {
	n := t.Len()
	d := data{x: t.X, weights: t.W}
	if d.weights == nil {
		d.weights = slices.Repeat([]float64{1}, n)
	}
	var times cbs.Times
	d.tx, d.age = times.Number(t)
	d.times = times.Distinct
	d.terms = make([]term, len(d.times))
	return d
}

func (p Params) logLikelihood(f form, d *data) (ll float64, g Gradient) {
	logAlpha := math.Log(p.Alpha)
	p.each(f, d, func(x float64, from, to int, orders, stays, chances *ladder) {
		s := p.sum(f, d, from, to)
		n := x + float64(f.chances)
		passed := x * float64(f.stages) // stages known to be over
		ll += s.weight*(orders.log-passed*logAlpha+(stays.log-chances.log)) - (p.R+passed)*s.age + s.odds
		g.R += p.R * (s.weight*orders.slope - s.age + s.silence)
		g.Alpha += (p.R+passed)*s.share - s.weight*passed
		g.A += s.left - s.weight*p.A*chances.slope
		g.B += s.weight * p.B * (stays.slope - chances.slope)
		if n > 0 {
			g.B -= s.left * p.B / (p.B + (n - 1))
		}
	})
	return ll, g
}

// each takes rows [from, to) of one x in sequence together: they share what depends on x alone, among it the ladders (r)_x of the stages that
// are over, (b)_n and (a+b)_n.
func (p Params) each(f form, d *data, do func(x float64, from, to int, orders, stays, chances *ladder)) {
	p.lookUp(d)
	orders, stays, chances := ladder{a: p.R}, ladder{a: p.B}, ladder{a: p.A + p.B}
	for i := 0; i < len(d.x); {
		x := d.x[i]
		from := i
		for i < len(d.x) && d.x[i] == x {
			i++
		}
		n := x + float64(f.chances)
		orders.climb(x * float64(f.stages))
		stays.climb(n)
		chances.climb(n)
		do(x, from, i, &orders, &stays, &chances)
	}
}

// lookUp fills in what the likelihood needs of each time.
func (p Params) lookUp(d *data) {
	for i, t := range d.times {
		d.terms[i] = term{math.Log1p(t / p.Alpha), t / (p.Alpha + t)}
	}
}

// sums are weighted sums over the rows of one x.
type sums struct {
	weight  float64
	age     float64 // of log((alpha+T)/alpha)
	odds    float64 // of log(S + e^u); S = 1 with one stage
	left    float64 // of P(left) = e^u/(S + e^u)
	silence float64 // of P(left) log((alpha+T)/(alpha+t_x)), and P(alive) d log S/dr
	share   float64 // of P(alive) T/(alpha+T) + P(left) t_x/(alpha+t_x), and what S adds
}

// sum adds up the rows [from, to), which share x.
func (p Params) sum(f form, d *data, from, to int) (s sums) {
	leaving, power := p.leaving(f.chances, d.x[from]), p.R+d.x[from]*float64(f.stages)
	loyal := math.IsInf(leaving, -1)
	for i := from; i < to; i++ {
		w, last, age := d.weights[i], &d.terms[d.tx[i]], &d.terms[d.age[i]]
		s.weight += w
		s.age += w * age.log
		s.share += w * age.share
		if loyal {
			continue
		}
		silence := age.log - last.log
		if f.stages == 1 {
			odds, left := softplus(leaving + power*silence)
			s.odds += w * odds
			s.left += w * left
			s.silence += w * left * silence
			s.share += w * left * (last.share - age.share)
			continue
		}
		v := waiting(f.stages, power, -math.Expm1(-silence))
		odds, left := softplus(leaving + power*silence - v.log)
		s.odds += w * (odds + v.log)
		s.left += w * left
		s.silence += w * (left*silence + (1-left)*v.slope)
		s.share += w * (left*(last.share-age.share) - (1-left)*(1-age.share)*v.passed/power)
	}
	return s
}

// A wait is S, the sum over j < k of (s)_j/j! w^j, by which the likelihood of being there still exceeds that of having
// passed no stage since the last order.
type wait struct {
	log    float64 // log S
	slope  float64 // d log S/ds
	passed float64 // d log S/d log w: mean number of stages passed
}

// waiting returns S for a silence of w = (T-t_x)/(alpha+T).
func waiting(k int, s, w float64) wait {
	term, sum, slope, passed := 1.0, 1.0, 0.0, 0.0
	harmonic := 0.0 // 1/s + ... + 1/(s+j-1)
	const large = 1e200
	shift := 0.0
	for j := 1; j < k; j++ {
		at := s + float64(j-1)
		harmonic += 1 / at
		term *= at * w / float64(j)
		sum += term
		slope += term * harmonic
		passed += term * float64(j)
		if sum > large { // a step multiplies by less than 1e61
			term, sum, slope, passed, shift = term/large, sum/large, slope/large, passed/large, shift+math.Log(large)
		}
	}
	return wait{math.Log(sum) + shift, slope / sum, passed / sum}
}

// softplus returns log(1 + e^u), to an absolute error of eps, and its derivative,
// the logistic function.
func softplus(u float64) (value, slope float64) {
	e := special.Exp(-math.Abs(u))
	value, slope = special.TwiceAtanh(e/(2+e)), e/(1+e)
	if u > 0 {
		return u + value, 1 / (1 + e)
	}
	return value, slope
}

// logistic returns the derivative of softplus alone.
func logistic(u float64) float64 {
	e := special.Exp(-math.Abs(u))
	if u > 0 {
		return 1 / (1 + e)
	}
	return e / (1 + e)
}

// A ladder holds log (a)_x and its derivative by a for an x that mostly rises by small
// steps: factor by factor, which is quicker than afresh and as exact.
type ladder struct{ a, x, log, slope float64 }

func (l *ladder) climb(x float64) {
	const stride, ceiling = 24, 1e12 // ceiling^stride is within float64
	if !(x >= l.x && x <= l.x+stride && l.a+x < ceiling) {
		l.x, l.log, l.slope = x, special.LogPoch(l.a, x), special.DigammaDiff(l.a, x)
		return
	}
	product := 1.0
	for ; l.x < x; l.x++ {
		factor := l.a + l.x
		product *= factor
		l.slope += 1 / factor
	}
	l.log += math.Log(product)
}

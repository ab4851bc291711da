package paretonbd

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/special"
)

// A Gradient holds the derivatives of a log-likelihood by the logarithms of the
// parameters.
type Gradient struct{ R, Alpha, S, Beta float64 }

// LogLikelihood returns the log-likelihood of a table and its derivatives: for
// one customer (FH05, before the integral is written as 2F1)
//
//	L = (r)_x alpha^r beta^s ((alpha+T)^-(r+x) (beta+T)^-s
//	    + s integral_tx^T (alpha+y)^-(r+x) (beta+y)^-(s+1) dy)
//
// The integral is computed as such, its derivatives from the same nodes: no gamma
// functions are subtracted, and nothing is lost or divided by zero at alpha =
// beta, at integer s or as parameters run off to a limit. Zero for invalid
// parameters. The table must be valid; rows of one x in sequence
// (cbs.Table.Compress) share what depends on x alone.
func (p Params) LogLikelihood(t cbs.Table) (float64, Gradient) {
	if !p.Valid() {
		return 0, Gradient{}
	}
	ll, g := 0.0, Gradient{}
	dates := calendar{params: p}
	logAlpha := math.Log(p.Alpha)
	poch, slope := 0.0, 0.0
	for i, x := range t.X {
		if i == 0 || x != t.X[i-1] {
			poch = special.LogPoch(p.R, x) - x*logAlpha
			slope = p.R * special.DigammaDiff(p.R, x)
		}
		w := t.Weight(i)
		last, now := dates.at(t.TX[i]), dates.at(t.T[i])
		f := p.fates(x, last, now)
		ll += w * (poch + f.log)
		d := p.gradient(x, last, now, &f)
		g.R += w * (slope + d.R)
		g.Alpha += w * (d.Alpha - x)
		g.S += w * d.S
		g.Beta += w * d.Beta
	}
	return ll, g
}

// A date is a time y since the first order with log(1 + y/alpha) and log(1 + y/beta).
type date struct{ y, logAlpha, logBeta float64 }

func (p Params) date(y float64) date {
	return date{y, math.Log1p(y / p.Alpha), math.Log1p(y / p.Beta)}
}

// A calendar remembers dates, as customers share them: a cache with one
// place for a date to be.
type calendar struct {
	params Params
	dates  [256]date // the zero value is right for y = 0
}

func (c *calendar) at(y float64) date {
	d := &c.dates[slot(y)]
	if d.y != y {
		*d = c.params.date(y)
	}
	return *d
}

// slot is a number's place in a cache of 256 (Fibonacci hashing).
func slot(y float64) uint64 { return math.Float64bits(y) * 0x9e3779b97f4a7c15 >> 56 }

// fates are the two ways a customer's history can have come about.
type fates struct {
	alive, left float64 // probabilities given the history; they add up to 1
	log         float64 // log L without log (r)_x - x log alpha
	leaving     mixture // of the time of leaving since t_x, if left
}

// fates computes the two terms of L, each divided by f(0), the integrand at t_x.
func (p Params) fates(x float64, last, now date) (f fates) {
	shape := p.R + x
	logA, logB := now.logAlpha-last.logAlpha, now.logBeta-last.logBeta
	a, b := p.Alpha+last.y, p.Beta+last.y
	f.leaving = integrate(0, shape, p.S+1, a, b, now.y-last.y, logA, logB)
	f.log = -shape*last.logAlpha - p.S*last.logBeta
	silent := -shape*logA - p.S*logB
	f.alive, f.left = exp(silent), p.S/b*f.leaving.total
	if f.alive+f.left < 1e-290 { // s is next to nothing: compare the logarithms
		left := math.Log(p.S) - math.Log(b) + math.Log(f.leaving.total)
		top := max(silent, left)
		f.alive, f.left = exp(silent-top), exp(left-top)
		f.log += top
	}
	sum := f.alive + f.left
	f.log += math.Log(sum)
	f.alive /= sum
	f.left /= sum
	return f
}

// gradient returns the derivatives of f.log + x log alpha, which is log L up to
// (r)_x alpha^-x, by the logarithms of the parameters.
func (p Params) gradient(x float64, last, now date, f *fates) Gradient {
	m := &f.leaving
	a, b := p.Alpha+last.y, p.Beta+last.y
	// Means of log(1 + y/alpha) and y/(alpha+y), y the end of being alive and observed.
	logAlpha := f.alive*now.logAlpha + f.left*(last.logAlpha+m.logA)
	logBeta := f.alive*now.logBeta + f.left*(last.logBeta+m.logB)
	shareAlpha := f.alive*now.y/(p.Alpha+now.y) + f.left*(last.y+p.Alpha*m.shareA)/a
	aliveBeta, leftBeta := now.y/(p.Beta+now.y), (last.y+p.Beta*m.shareB)/b
	return Gradient{
		R:     -p.R * logAlpha,
		Alpha: (p.R + x) * shareAlpha,
		S:     f.left - p.S*logBeta,
		Beta:  p.S*f.alive*aliveBeta + f.left*((p.S+1)*leftBeta-1),
	}
}

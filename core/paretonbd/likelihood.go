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
// parameters or a table that is not valid. Rows of one x in sequence
// (cbs.Table.Compress) share what depends on x alone.
func (p Params) LogLikelihood(t cbs.Table) (float64, Gradient) {
	if t.Validate().Code != cbs.Valid {
		return 0, Gradient{}
	}
	return p.logLikelihood(newHistories(t))
}

func (p Params) logLikelihood(h histories) (float64, Gradient) {
	if !p.Valid() {
		return 0, Gradient{}
	}
	ll, g := 0.0, Gradient{}
	logAlpha := math.Log(p.Alpha)
	poch, slope := 0.0, 0.0
	p.each(h, func(i int, last, now date, f *fates) {
		x := h.X[i]
		if i == 0 || x != h.X[i-1] {
			poch = special.LogPoch(p.R, x) - x*logAlpha
			slope = p.R * special.DigammaDiff(p.R, x)
		}
		w := h.Weight(i)
		ll += w * (poch + f.log)
		d := p.gradient(x, now, f)
		g.R += w * (slope + d.R)
		g.Alpha += w * (d.Alpha - x)
		g.S += w * d.S
		g.Beta += w * d.Beta
	})
	return ll, g
}

// A date is a time y since the first order with log(1 + y/alpha) and log(1 + y/beta).
type date struct{ y, logAlpha, logBeta float64 }

func (p Params) date(y float64) date {
	return date{y, math.Log1p(y / p.Alpha), math.Log1p(y / p.Beta)}
}

// fates are the two ways a customer's history can have come about.
type fates struct {
	alive, left float64  // probabilities given the history; they add up to 1
	log         float64  // log L without log (r)_x - x log alpha
	leaving     mixture  // of the time of leaving y (a = alpha, b = beta), if left
	second      products // likewise, where they are asked for
}

// fates computes the two terms of L, each divided by the integrand at t_x.
func (p Params) fates(x float64, last, now date) fates { return p.fatesWith(x, last, now, false) }

// fatesWith is fates with the products of the times of leaving, if they are asked for.
func (p Params) fatesWith(x float64, last, now date, asked bool) (f fates) {
	var second *products
	if asked {
		second = &f.second
	}
	shape := p.R + x
	logA, logB := now.logAlpha-last.logAlpha, now.logBeta-last.logBeta
	a, b := p.Alpha+last.y, p.Beta+last.y
	m := integral(0, shape, p.S+1, a, b, now.y-last.y, logA, logB, second) // over y - t_x
	f.settle(p, -shape*logA-p.S*logB, m.total, b)
	f.log -= shape*last.logAlpha + p.S*last.logBeta
	if asked {
		second.move(&m, [4]float64{last.logAlpha, last.y / a, last.logBeta, last.y / b}, [4]float64{1, p.Alpha / a, 1, p.Beta / b})
	}
	m.logA += last.logAlpha
	m.logB += last.logBeta
	m.shareA = (last.y + p.Alpha*m.shareA) / a
	m.shareB = (last.y + p.Beta*m.shareB) / b
	f.leaving = m
	return f
}

// move makes of the products those of from + by times each of the four, m being their means.
func (s *products) move(m *mixture, from, by [4]float64) {
	mean := [4]float64{m.logA, m.shareA, m.logB, m.shareB}
	at := 0
	for j := range 4 {
		for k := j; k < 4; k++ {
			s[at] = from[j]*from[k] + from[j]*by[k]*mean[k] + from[k]*by[j]*mean[j] + by[j]*by[k]*s[at]
			at++
		}
	}
}

// settle sets the probabilities and log from the logarithm of the first term and
// the second's integral, of an integrand relative to a time with beta + y = b.
func (f *fates) settle(p Params, silent, integral, b float64) {
	f.alive, f.left = special.Exp(silent), p.S/b*integral
	if f.alive+f.left < 1e-290 { // s is next to nothing: compare the logarithms
		left := math.Log(p.S) - math.Log(b) + math.Log(integral)
		top := max(silent, left)
		f.alive, f.left = special.Exp(silent-top), special.Exp(left-top)
		f.log = top
	}
	sum := f.alive + f.left
	f.log += special.Log(sum)
	f.alive /= sum
	f.left /= sum
}

// gradient returns the derivatives of f.log + x log alpha, which is log L up to
// (r)_x alpha^-x, by the logarithms of the parameters.
func (p Params) gradient(x float64, now date, f *fates) Gradient {
	m := &f.leaving
	logAlpha := f.alive*now.logAlpha + f.left*m.logA
	logBeta := f.alive*now.logBeta + f.left*m.logB
	shareAlpha := f.alive*now.y/(p.Alpha+now.y) + f.left*m.shareA
	return Gradient{
		R:     -p.R * logAlpha,
		Alpha: (p.R + x) * shareAlpha,
		S:     f.left - p.S*logBeta,
		Beta:  p.S*f.alive*now.y/(p.Beta+now.y) + f.left*((p.S+1)*m.shareB-1),
	}
}

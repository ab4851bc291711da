package betageo

import (
	"math"

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
// run off to a limit. Zero for invalid parameters. The table must be valid; rows of
// one x in sequence (cbs.Table.Compress) share what depends on x alone.
func (p Params) LogLikelihood(c Chances, t cbs.Table) (float64, Gradient) {
	if !p.Valid() {
		return 0, Gradient{}
	}
	ll, g := 0.0, Gradient{}
	logAlpha := math.Log(p.Alpha)
	for i := 0; i < t.Len(); {
		x := t.X[i]
		end := i + 1
		for end < t.Len() && t.X[end] == x {
			end++
		}
		s := p.sum(c, t, i, end)
		i = end

		n := x + float64(c)
		stayed := special.LogPoch(p.B, n) - special.LogPoch(p.A+p.B, n) // log B(a, b+n)/B(a, b)
		ll += s.weight*(special.LogPoch(p.R, x)-x*logAlpha+stayed) - (p.R+x)*s.age + s.odds
		slope := special.DigammaDiff(p.A+p.B, n)
		g.R += p.R * (s.weight*special.DigammaDiff(p.R, x) - s.age + s.silence)
		g.Alpha += (p.R+x)*s.fading - s.weight*x
		g.A += s.left - s.weight*p.A*slope
		g.B += s.weight * p.B * (special.DigammaDiff(p.B, n) - slope)
		if n > 0 {
			g.B -= s.left * p.B / (p.B + (n - 1))
		}
	}
	return ll, g
}

// sums are weighted sums over the rows of one x.
type sums struct {
	weight  float64
	age     float64 // of log((alpha+T)/alpha)
	odds    float64 // of log(1 + e^u)
	left    float64 // of P(left) = e^u/(1 + e^u)
	silence float64 // of P(left) log((alpha+T)/(alpha+t_x))
	fading  float64 // of P(alive) T/(alpha+T) + P(left) t_x/(alpha+t_x)
}

// sum adds up the rows [from, to), which share x.
func (p Params) sum(c Chances, t cbs.Table, from, to int) (s sums) {
	leaving, power := p.leaving(c, t.X[from]), p.R+t.X[from]
	for i := from; i < to; i++ {
		w, tx, age := t.Weight(i), t.TX[i], t.T[i]
		s.weight += w
		s.age += w * math.Log1p(age/p.Alpha)
		if math.IsInf(leaving, -1) {
			s.fading += w * age / (p.Alpha + age)
			continue
		}
		silence := p.silence(tx, age)
		odds, left := softplus(leaving + power*silence)
		s.odds += w * odds
		s.left += w * left
		s.silence += w * left * silence
		s.fading += w * ((1-left)*age/(p.Alpha+age) + left*tx/(p.Alpha+tx))
	}
	return s
}

// softplus returns log(1 + e^u) and its derivative, the logistic function.
func softplus(u float64) (value, slope float64) {
	e := math.Exp(-math.Abs(u))
	value, slope = math.Log1p(e), e/(1+e)
	if u > 0 {
		return u + value, 1 / (1 + e)
	}
	return value, slope
}

package betageo

import (
	"math"

	"hourglass/core/special"
)

// hessian writes the second derivatives of logLikelihood by the logarithms of r, alpha, a, b: all in one pass over the rows, where central differences
// of the gradient take eight. With q = P(left), u the log odds of it and v = log S, which is 0 with one stage between two orders,
//
//	d2 log(S+e^u) = q(1-q) (du-dv)(du-dv)' + q d2u + (1-q) d2v
//
// and the rest of the likelihood is sums over the ladders (r)_kx, (b)_n, (a+b)_n.
func (p Params) hessian(f form, d *data, h []float64) {
	var m [4][4]float64
	p.each(f, d, func(x float64, from, to int, orders, stays, chances *ladder) {
		s := p.bend(f, d, from, to, &m)
		n, passed := x+float64(f.chances), x*float64(f.stages)
		a, b := p.A, p.B
		both := s.weight * special.SquaresDiff(a+b, n)
		m[0][0] += p.R * (s.weight*(orders.slope-p.R*special.SquaresDiff(p.R, passed)) - s.age)
		m[0][1] += p.R * s.share
		m[1][1] -= (p.R + passed) * s.spread
		m[2][2] += a * (a*both - s.weight*chances.slope)
		m[2][3] += a * b * both
		m[3][3] += b * (s.weight*(stays.slope-chances.slope-b*special.SquaresDiff(b, n)) + b*both)
	})
	for i := range 4 {
		for j := range 4 {
			h[4*i+j] = m[min(i, j)][max(i, j)]
		}
	}
}

// bends are weighted sums over the rows of one x.
type bends struct {
	weight float64
	age    float64 // of log((alpha+T)/alpha)
	share  float64 // of T/(alpha+T)
	spread float64 // of alpha T/(alpha+T)^2
}

// bend adds what log(1+e^u) bends by in the rows [from, to), which share x.
func (p Params) bend(f form, d *data, from, to int, m *[4][4]float64) (s bends) {
	leaving, power := p.leaving(f.chances, d.x[from]), p.R+d.x[from]*float64(f.stages)
	loyal := math.IsInf(leaving, -1)
	chance := p.B / (p.B + (d.x[from] + float64(f.chances) - 1))
	for i := from; i < to; i++ {
		w, last, age := d.weights[i], &d.terms[d.tx[i]], &d.terms[d.age[i]]
		s.weight += w
		s.age += w * age.log
		s.share += w * age.share
		s.spread += w * age.share * (1 - age.share)
		if loyal {
			continue
		}
		silence, fall := age.log-last.log, last.share-age.share
		odds, slope := leaving+power*silence, [4]float64{p.R * silence, power * fall, 1, -chance}
		var v bentWait
		if f.stages > 1 {
			v = waitingBent(f.stages, power, -math.Expm1(-silence))
			odds -= v.log
		}
		left := logistic(odds)
		if f.stages > 1 {
			fades := 1 - age.share // minus the slope of log w, w = (T-t_x)/(alpha+T), by log alpha
			slope[0] -= p.R * v.slope
			slope[1] += fades * v.passed
			there := w * (1 - left)
			m[0][0] += there * p.R * (v.slope + p.R*v.slopes)
			m[0][1] -= there * p.R * fades * v.both
			m[1][1] += there * fades * (fades*v.spread - age.share*v.passed)
		}
		bent := w * left * (1 - left)
		for j, by := range slope {
			for k := j; k < 4; k++ {
				m[j][k] += bent * by * slope[k]
			}
		}
		left *= w
		m[0][0] += left * p.R * silence
		m[0][1] += left * p.R * fall
		m[1][1] += left * power * (age.share*(1-age.share) - last.share*(1-last.share))
		m[3][3] -= left * chance * (1 - chance)
	}
	return s
}

// A bentWait is a wait with the second derivatives of log S by s and log w.
type bentWait struct {
	wait
	slopes, both, spread float64 // twice by s, by both, twice by log w: the variance of the stages passed
}

// waitingBent is waiting with second derivatives.
func waitingBent(k int, s, w float64) bentWait {
	term, sum, slope, passed := 1.0, 1.0, 0.0, 0.0
	slopes, both, squares := 0.0, 0.0, 0.0
	harmonic, inverse := 0.0, 0.0 // 1/s + ... + 1/(s+j-1), and of the squares
	const large = 1e200
	shift := 0.0
	for j := 1; j < k; j++ {
		at, n := s+float64(j-1), float64(j)
		harmonic += 1 / at
		inverse += 1 / (at * at)
		term *= at * w / n
		sum += term
		slope += term * harmonic
		slopes += term * (harmonic*harmonic - inverse)
		passed += term * n
		both += term * n * harmonic
		squares += term * n * n
		if sum > large {
			term, sum, slope, slopes, passed, both, squares, shift = term/large, sum/large, slope/large, slopes/large, passed/large, both/large, squares/large, shift+math.Log(large)
		}
	}
	slope, passed = slope/sum, passed/sum
	return bentWait{wait{math.Log(sum) + shift, slope, passed}, slopes/sum - slope*slope, both/sum - slope*passed, squares/sum - passed*passed}
}

package betageo

import (
	"math"

	"hourglass/core/special"
)

// hessian writes the second derivatives of logLikelihood by the logarithms of r, alpha, a, b, with one stage between two orders: all in one
// pass over the rows, where central differences of the gradient take eight. With q = P(left) and u the log odds of it,
//
//	d2 log(1+e^u) = q(1-q) du du' + q d2u
//
// and the rest of the likelihood is sums over the ladders (r)_x, (b)_n, (a+b)_n.
func (p Params) hessian(f form, d *data, h []float64) {
	var m [4][4]float64
	p.each(f, d, func(x float64, from, to int, orders, stays, chances *ladder) {
		s := p.bend(f, d, from, to, &m)
		n := x + float64(f.chances)
		a, b := p.A, p.B
		both := s.weight * special.SquaresDiff(a+b, n)
		m[0][0] += p.R * (s.weight*(orders.slope-p.R*special.SquaresDiff(p.R, x)) - s.age)
		m[0][1] += p.R * s.share
		m[1][1] -= (p.R + x) * s.spread
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
	leaving, power := p.leaving(f.chances, d.x[from]), p.R+d.x[from]
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
		left := logistic(leaving + power*silence)
		slope := [4]float64{p.R * silence, power * fall, 1, -chance}
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

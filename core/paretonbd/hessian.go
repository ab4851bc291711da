package paretonbd

import "hourglass/core/special"

// hessian writes the second derivatives of the log-likelihood by the logarithms of r, alpha, s, beta: in one pass over the rows, where central
// differences of the gradient take eight. L is a sum over two fates, being there (g = log A(T)) and having left at y (g = log of the
// integrand), so that
//
//	d2 log L = E[d2 g] + E[dg dg'] - E[dg] E[dg]'
//
// with the means over both, weighted by their probabilities. All four derivatives of g are linear in log(1 + y/alpha), y/(alpha+y) and the
// same of beta: means of their products are all that is needed beside the gradient's.
func (p Params) hessian(h histories, out []float64) {
	h.products = make([]products, len(h.dates))
	var m [4][4]float64
	orders := 0.0 // of log (r)_x
	p.each(h, func(i int, _, now date, f *fates) {
		x, w := h.X[i], h.Weight(i)
		if i == 0 || x != h.X[i-1] {
			orders = p.R * (special.DigammaDiff(p.R, x) - p.R*special.SquaresDiff(p.R, x))
		}
		m[0][0] += w * orders
		p.bend(x, w, now, f, &m)
	})
	for i := range 4 {
		for j := range 4 {
			out[4*i+j] = m[min(i, j)][max(i, j)]
		}
	}
}

// bend adds a row's second derivatives but those of log (r)_x alpha^-x.
func (p Params) bend(x, w float64, now date, f *fates, m *[4][4]float64) {
	left, power := &f.leaving, p.R+x
	shareA, shareB := now.y/(p.Alpha+now.y), now.y/(p.Beta+now.y)
	there := [4]float64{-p.R * now.logAlpha, power * shareA, -p.S * now.logBeta, p.S * shareB}
	mean := [4]float64{left.logA, left.shareA, left.logB, left.shareB}
	from, by := [4]float64{2: 1, 3: -1}, [4]float64{-p.R, power, -p.S, p.S + 1} // of who has left
	var gone, slope [4]float64
	for j := range 4 {
		gone[j] = from[j] + by[j]*mean[j]
		slope[j] = f.alive*there[j] + f.left*gone[j]
	}
	at := 0
	for j := range 4 {
		for k := j; k < 4; k++ {
			square := from[j]*gone[k] + by[j]*(mean[j]*from[k]+by[k]*f.second[at])
			m[j][k] += w * (f.alive*there[j]*there[k] + f.left*square - slope[j]*slope[k])
			at++
		}
	}
	m[0][0] -= w * p.R * (f.alive*now.logAlpha + f.left*left.logA)
	m[0][1] += w * p.R * (f.alive*shareA + f.left*left.shareA)
	m[1][1] -= w * power * (f.alive*shareA*(1-shareA) + f.left*(left.shareA-f.second[4]))
	m[2][2] -= w * p.S * (f.alive*now.logBeta + f.left*left.logB)
	m[2][3] += w * p.S * (f.alive*shareB + f.left*left.shareB)
	m[3][3] -= w * (p.S*f.alive*shareB*(1-shareB) + (p.S+1)*f.left*(left.shareB-f.second[9]))
}

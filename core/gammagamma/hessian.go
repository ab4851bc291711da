package gammagamma

import "hourglass/core/special"

// hessian writes the second derivatives of logLikelihood by the logarithms of p, q, gamma, row by row, in one pass over the table, where central
// differences of the gradient take six. With a = px and w = s/(gamma+s), of a customer's log-density
//
//	log p, log p        a (psi(a+q) - psi(a) + log w) + a^2 (psi'(a+q) - psi'(a))
//	log p, log q        a q psi'(a+q)
//	log q, log q        q (psi(a+q) - psi(q) + log(1-w)) + q^2 (psi'(a+q) - psi'(q))
//	log p, log gamma    -a (1-w)
//	log q, log gamma    q w
//	log gamma twice     -(a+q) w (1-w)
//
// of which the first term of the two is the slope itself. Trigamma less 1/x is subtracted in place of trigamma, so that nothing is lost when p or q grow
// without bound.
func (p Params) hessian(t Table, h []float64) {
	clear(h)
	var o order
	var pp, pq, qq float64 // of a row, but for the slopes
	for i, x := range t.X {
		z, n := t.Mean[i], t.Weight(i)
		if !(x > 0 && z > 0) {
			continue
		}
		if x != o.x {
			o = p.order(x)
			both := o.a * o.q / (o.a + o.q)
			rest := trigammaRest(o.a + o.q)
			pp = o.a*o.a*(rest-trigammaRest(o.a)) - both
			qq = o.q*o.q*(rest-trigammaRest(o.q)) - both
			pq = o.a*o.q*rest + both
		}
		s := x * z
		_, dLogP, dLogQ, _ := o.density(s, p.Gamma)
		w, left := s/(p.Gamma+s), p.Gamma/(p.Gamma+s)
		h[0] += n * (dLogP + pp)
		h[1] += n * pq
		h[2] -= n * o.a * left
		h[4] += n * (dLogQ + qq)
		h[5] += n * o.q * w
		h[8] -= n * (o.a + o.q) * w * left
	}
	h[3], h[6], h[7] = h[1], h[2], h[5]
}

// trigammaRest returns trigamma(x) - 1/x > 0 for x > 0 (DLMF 5.15.8).
func trigammaRest(x float64) float64 {
	if x < 10 {
		return special.Trigamma(x) - 1/x
	}
	z := 1 / (x * x)
	return z * (0.5 + (1.0/6-z*(1.0/30-z*(1.0/42-z*(1.0/30-z*(5.0/66-z*(691.0/2730-z*7.0/6))))))/x)
}

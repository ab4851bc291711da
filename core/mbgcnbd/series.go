package mbgcnbd

import (
	"math"

	"hourglass/core/betageo"
)

// until returns the orders expected in (0, t] of a customer who is still there.
func (c *Customer) until(m *betageo.Mixture, t float64) float64 {
	z := t / c.Alpha
	if z == 0 {
		return 0
	}
	// As many terms as there are stages to come, and the tail beyond.
	const most = 4096 // from there on the poles are as quick
	mean := (c.R + float64(c.K)) * z
	if terms := mean + 8*math.Sqrt(mean*(1+z)) + 40*(1+z); terms > most {
		return c.poles(m, z)
	}
	sum := 0.0
	for j, p := range c.stage[:c.K] {
		if p > 0 {
			sum += p * c.series(j, z)
		}
	}
	return sum
}

// series returns the orders expected, given that j stages have passed since the last one. The number M of stages in (0, t] is
// negative binomial, and M stages make floor((M+j)/k) orders if the customer stays, of which the n-th is made with probability
// g_n = B(a, b+n-1)/B(a, b), p ~ Beta(a, b) being what is known of the chance of leaving:
//
//	sum over m of P(M = m) G(floor((m+j)/k)),  G(n) = g_1 + ... + g_n
//
// which is the sum over n of g_n P(M >= kn-j) = g_n I_(t/(alpha+t))(kn-j, r+j) in another order. All terms are positive, and both
// factors follow by a step from those before.
//
// It ends when what is left is below 1e-17 of the sum: the ratio of the probabilities' steps is at most rho from there on and G grows by at
// most 1 a step, so that the rest is at most p (G/(1-rho) + 1/(1-rho)^2).
func (c *Customer) series(j int, z float64) float64 {
	const large, logLarge = 0x1p800, 800 * math.Ln2
	s, share := c.R+float64(j), z/(1+z)
	p, log := 1.0, -s*math.Log1p(z) // P(M = m) = p e^log
	made, next, n := 0.0, 1.0, 0.0  // G(n), g_(n+1), n
	left := c.K - j                 // stages to the next order
	sum := 0.0
	for m := 0.0; ; {
		step := (s + m) / (m + 1) * share
		p *= step
		m++
		if left--; left == 0 {
			left = c.K
			made += next
			next *= (c.B + n) / (c.A + c.B + n)
			n++
		}
		sum += p * made
		if p > large || sum > large {
			p, sum, log = p/large, sum/large, log+logLarge
		}
		if rho := max(step, share); rho < 1 && p*(made*(1-rho)+1) <= 1e-17*sum*(1-rho)*(1-rho) {
			return sum * math.Exp(log)
		}
		if p == 0 { // z is so small that no order comes
			return 0
		}
	}
}

// poles is until for any z = t/alpha, at a cost that does not grow with it. Given p and lambda, the rate of orders after j stages is
//
//	sum over n of (1-p)^(n-1) lambda^(kn-j) t^(kn-j-1) e^(-lambda t)/(kn-j-1)!
//	= lambda y^(j+1-k)/k sum over m < k of w_m^(j+1) e^(-lambda t (1 - w_m y)),  y = (1-p)^(1/k), w_m = e^(2 pi i m/k):
//
// the roots of unity pick every k-th term of an exponential series. Over lambda and t the exponentials give
// (1 - (1 + c z)^-(r+j))/c, c = 1 - w_m y; over p the quadrature of betageo. The
// factor y^(j+1-k) is large where 1-p is small, but there is next to nobody: b >= 1 after the first chance of leaving.
func (c *Customer) poles(m *betageo.Mixture, z float64) float64 {
	k := float64(c.K)
	return m.Mean(c.A, c.B, c.R+k, z, func(p float64) float64 {
		log := math.Log1p(-max(0, min(p, 1-1e-15))) / k
		y := math.Exp(log)
		sum := c.real(y, -math.Expm1(log), z)
		for i := 1; i < c.K; i++ {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / k)
			sum += c.root(complex(cos, sin), y, z)
		}
		return max(0, sum*math.Exp(-(k-1)*log)/k)
	})
}

// real returns the part of w = 1, gap being 1 - y, summed over the stages.
func (c *Customer) real(y, gap, z float64) (sum float64) {
	log, power := math.Log1p(gap*z), 1.0
	for j, p := range c.stage[:c.K] {
		s := c.R + float64(j)
		orders := s * z // the limit where nobody leaves
		if gap > 0 {
			orders = -math.Expm1(-s*log) / gap
		}
		sum += p * power * orders
		power *= y
	}
	return sum
}

// root returns that of another root of unity; the imaginary parts of a pair cancel.
func (c *Customer) root(w complex128, y, z float64) float64 {
	gap := 1 - w*complex(y, 0)
	base := 1 + gap*complex(z, 0)
	size, angle := math.Log(math.Hypot(real(base), imag(base))), math.Atan2(imag(base), real(base))
	sin, cos := math.Sincos(-c.R * angle)
	fall := complex(math.Exp(-c.R*size), 0) * complex(cos, sin) // (1 + c z)^-(r+j)
	var sum complex128
	factor := w
	for _, p := range c.stage[:c.K] {
		sum += complex(p, 0) * factor * (1 - fall)
		fall /= base
		factor *= w * complex(y, 0)
	}
	return real(sum / gap)
}

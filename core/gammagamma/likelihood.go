package gammagamma

import (
	"math"

	"hourglass/core/special"
)

// A Gradient holds the derivatives of a log-likelihood by the logarithms of the
// parameters.
type Gradient struct{ P, Q, Gamma float64 }

// LogLikelihood returns the log-likelihood of the customers' mean spends and its
// derivatives. Rows without orders or without a positive spend carry no
// likelihood and are passed over (Screen counts them). Zero for invalid
// params. Rows of one x in sequence (Compress) share what depends on x alone.
//
// With a = px and s = x z, the density of z is
//
//	Gamma(a+q)/(Gamma(a) Gamma(q)) w^a (1-w)^q / z,  w = s/(gamma+s)   FHL05 eq. 3
//
// Written with pi = a/(a+q), which w is near, by Stirling's formula it becomes
//
//	sqrt(a q/(2 pi (a+q))) exp(d(a+q) - d(a) - d(q) + a log(w/pi) + q log((1-w)/(1-pi))) / z
//
// with the remainders d of Stirling's formula: no large terms are left to cancel when
// p or q grow without bound, where the difference of log-gammas would lose
// every digit (Loader 2000, for the binomial density).
func (p Params) LogLikelihood(t Table) (float64, Gradient) {
	if !p.Valid() || len(t.Mean) != len(t.X) || t.W != nil && len(t.W) != len(t.X) {
		return 0, Gradient{}
	}
	return p.logLikelihood(t, t.logs())
}

// logs is the sum of the logarithms of all means, which the density is divided by.
func (t Table) logs() (sum float64) {
	for i, x := range t.X {
		if z := t.Mean[i]; x > 0 && z > 0 {
			sum += t.Weight(i) * math.Log(z)
		}
	}
	return sum
}

// logLikelihood is LogLikelihood of a table whose logs are known.
func (p Params) logLikelihood(t Table, logs float64) (float64, Gradient) {
	ll, g := -logs, Gradient{}
	var o order
	for i, x := range t.X {
		z, n := t.Mean[i], t.Weight(i)
		if !(x > 0 && z > 0) {
			continue
		}
		if x != o.x {
			o = p.order(x)
		}
		log, dLogP, dLogQ, dLogGamma := o.density(x*z, p.Gamma)
		ll += n * log
		g.P += n * dLogP
		g.Q += n * dLogQ
		g.Gamma += n * dLogGamma
	}
	return ll, g
}

// An order holds what the density needs and depends on x alone: neighbouring
// rows of a compressed table share it.
type order struct {
	x, a, q        float64
	constant       float64 // of the log-density
	slopeA, slopeQ float64 // constants of the derivatives by a and q
}

func (p Params) order(x float64) order {
	a, q := p.P*x, p.Q
	return order{
		x: x, a: a, q: q,
		constant: 0.5*math.Log(a/(a+q)*q/(2*math.Pi)) + stirlingRest(a+q) - stirlingRest(a) - stirlingRest(q),
		slopeA:   digammaGap(a) - digammaGap(a+q),
		slopeQ:   digammaGap(q) - digammaGap(a+q),
	}
}

// density returns the log-density of log s and its derivatives by log p, log q
// and log gamma.
func (o order) density(s, gamma float64) (log, dLogP, dLogQ, dLogGamma float64) {
	excess := (s*o.q - o.a*gamma) / (gamma + s)
	logW, restW := logRatio(excess/o.a, o.q/o.a, gamma/s)  // log(w/pi)
	logV, restV := logRatio(-excess/o.q, o.a/o.q, s/gamma) // log((1-w)/(1-pi))
	return o.constant + o.a*restW + o.q*restV, o.a * (o.slopeA + logW), o.q * (o.slopeQ + logV), excess
}

// logRatio returns log(1+e) and log(1+e) - e, where 1+e = (1+u)/(1+v): from e
// where that is small, from u and v where 1+e may be next to zero.
func logRatio(e, u, v float64) (log, rest float64) {
	if math.Abs(e) >= 0.3 {
		log = math.Log1p(u) - math.Log1p(v)
		return log, log - e
	}
	r := e / (2 + e) // log(1+e) = 2 artanh r
	r2, power, sum := r*r, 1.0, 0.0
	for k := 3.0; power > 1e-17; k += 2 {
		sum += power / k
		power *= r2
	}
	rest = r * (2*r2*sum - e)
	return rest + e, rest
}

// stirlingRest returns log Gamma(x) - ((x-1/2) log x - x + log(2 pi)/2) for x > 0
// (DLMF 5.11.1).
func stirlingRest(x float64) float64 {
	if x < 10 {
		return special.Lgamma(x) - ((x-0.5)*math.Log(x) - x + 0.5*math.Log(2*math.Pi))
	}
	z := 1 / (x * x)
	return (1.0/12 - z*(1.0/360-z*(1.0/1260-z*(1.0/1680-z*(1.0/1188-z*(691.0/360360-z/156)))))) / x
}

// digammaGap returns log x - digamma(x) > 0 for x > 0 (DLMF 5.11.2).
func digammaGap(x float64) float64 {
	if x < 10 {
		return math.Log(x) - special.Digamma(x)
	}
	z := 1 / (x * x)
	return 0.5/x + z*(1.0/12-z*(1.0/120-z*(1.0/252-z*(1.0/240-z*(1.0/132-z*(691.0/32760-z/12))))))
}

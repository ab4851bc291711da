package mbgcnbd

import (
	"math"

	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/special"
)

// LogLikelihood returns the log-likelihood of a valid table (RPS21, eq. 7) and its derivatives by the logarithms of r,
// alpha, a and b. logGaps is the sum of the natural logarithms of all gaps between the orders of a customer, over all customers
// and by weight: it does not depend on the parameters, only on k. Zero for invalid parameters.
//
//	L = (r)_kx B(a, b+x+1)/B(a, b) alpha^r (alpha+T)^-(r+kx) (S + e^u) exp((k-1) logGaps)/Gamma(k)^x
//	S = sum over j < k of (r+kx)_j/j! ((T-t_x)/(alpha+T))^j
//	u = log(a/(b+x)) + (r+kx) log((alpha+T)/(alpha+t_x))
func (p Params) LogLikelihood(t cbs.Table, logGaps float64) (float64, betageo.Gradient) {
	if !p.Valid() {
		return 0, betageo.Gradient{}
	}
	ll, g := p.shared().LogLikelihoodErlang(p.K, t)
	return ll + gaps(p.K, orders(t), logGaps), g
}

// gaps is what the gaps contribute to a log-likelihood: log of the product of gap^(k-1)/Gamma(k).
func gaps(k int, orders, logGaps float64) float64 {
	return float64(k-1)*logGaps - orders*special.Lgamma(float64(k))
}

// orders is the number of repeat orders of all.
func orders(t cbs.Table) (sum float64) {
	for i, x := range t.X {
		sum += t.Weight(i) * x
	}
	return sum
}

// LogGaps returns the sum of the logarithms of the gaps between the times of a customer's orders, ascending. Two orders at one
// time are one order to the models: their gap is left out.
func LogGaps(times []float64) (sum float64) {
	for i := 1; i < len(times); i++ {
		if gap := times[i] - times[i-1]; gap > 0 {
			sum += math.Log(gap)
		}
	}
	return sum
}

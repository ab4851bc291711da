package mbgcnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/special"
)

// LogLikelihood returns the log-likelihood of a table (RPS21, eq. 7) and its derivatives by the logarithms of r,
// alpha, a and b. What the table's Gaps contribute does not depend on the parameters, only on k; without them it is left out. Zero for
// invalid parameters or a table that is not valid.
//
//	L = (r)_kx B(a, b+x+1)/B(a, b) alpha^r (alpha+T)^-(r+kx) (S + e^u) exp((k-1) Gaps)/Gamma(k)^x
//	S = sum over j < k of (r+kx)_j/j! ((T-t_x)/(alpha+T))^j
//	u = log(a/(b+x)) + (r+kx) log((alpha+T)/(alpha+t_x))
func (p Params) LogLikelihood(t cbs.Table) (float64, betageo.Gradient) {
	if !p.Valid() || t.Validate().Code != cbs.Valid {
		return 0, betageo.Gradient{}
	}
	ll, g := p.shared().LogLikelihoodErlang(p.K, t)
	return ll + gaps(p.K, t), g
}

// gaps is what the gaps contribute to a log-likelihood: log of the product of gap^(k-1)/Gamma(k).
func gaps(k int, t cbs.Table) float64 {
	sum := 0.0
	for i, g := range t.Gaps {
		sum += t.Weight(i) * g
	}
	return float64(k-1)*sum - orders(t)*special.Lgamma(float64(k))
}

// orders is the number of repeat orders of all.
func orders(t cbs.Table) (sum float64) {
	for i, x := range t.X {
		sum += t.Weight(i) * x
	}
	return sum
}

package gammagamma

import (
	"math"

	"hourglass/core/fit"
	"hourglass/core/special"
)

// A Dependence tells by how much spend per order rises with frequency, beyond
// what the model explains by itself: mean spend goes as x^Elasticity (0.1: twice
// the orders, 7 % more for each).
type Dependence struct {
	Elasticity    float64 // 0 if the model holds; the first step towards its maximum, good when small
	StandardError float64
	P             float64 // two-sided
	Defined       bool    // false, and the rest zero, where x does not vary or no maximum was found
}

// Depend tests a fitted model, on the rows that it was fitted to, against one whose
// gamma is gamma x^Elasticity: Rao's score test with the information from the
// outer products of the scores (Rao 1948; Berndt et al. 1974). Unlike the
// coefficients of Correlate it is not misled by means of many orders being less
// skewed than single orders. It holds for some hundred customers or more.
func (p Params) Depend(t Table) Dependence {
	const n = 4 // p, q, gamma and the elasticity
	var information, lower [n * n]float64
	score := 0.0
	var o order
	for i, x := range t.X {
		z, w := t.Mean[i], t.Weight(i)
		if !(x > 0 && z > 0) {
			continue
		}
		if x != o.x {
			o = p.order(x)
		}
		_, dP, dQ, dGamma := o.density(x*z, p.Gamma)
		s := [n]float64{dP, dQ, dGamma, dGamma * math.Log(x)}
		score += w * s[3]
		for j := range s {
			for k := range j + 1 {
				information[j*n+k] += w * s[j] * s[k]
			}
		}
	}
	if !fit.Cholesky(information[:], lower[:], n) {
		return Dependence{}
	}
	own := lower[n*n-1] * lower[n*n-1] // the elasticity's, the others being estimated too
	if !(own > 1e-10*information[n*n-1]) {
		return Dependence{}
	}
	return Dependence{score / own, 1 / math.Sqrt(own), special.ChiSquareTail(score*score/own, 1), true}
}

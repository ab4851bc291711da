package gammagamma

import (
	"math"

	"hourglass/core/sample"
)

// Simulate draws the mean spend of customers with x[i] >= 0 orders each; 0 for a
// customer without orders. uniform returns independent draws from [0, 1). Nil
// when the parameters are invalid or a count is negative or not finite.
func (p Params) Simulate(x []float64, uniform func() float64) []float64 {
	if !p.Valid() {
		return nil
	}
	means := make([]float64, len(x))
	for i, n := range x {
		if !(n >= 0 && n <= math.MaxFloat64) {
			return nil
		}
		if n > 0 {
			// z = G(px)/(nu x) with nu = G(q)/gamma, in logarithms: nothing underflows
			means[i] = positive(sample.LogGamma(p.P*n, uniform) - math.Log(n) -
				sample.LogGamma(p.Q, uniform) + math.Log(p.Gamma))
		}
	}
	return means
}

// DrawSpend draws what k >= 0 further orders of a customer with x >= 0 orders of mean
// value mean are worth together: first the customer's own rate given what is known, then
// the orders. Zero for k = 0 and outside the domain.
func (p Params) DrawSpend(x, mean, k float64, uniform func() float64) float64 {
	shape, scale, ok := p.posterior(x, mean)
	if !ok || !(k > 0 && k <= math.MaxFloat64) {
		return 0
	}
	return positive(sample.LogGamma(p.P*k, uniform) - sample.LogGamma(shape, uniform) + math.Log(scale/p.P))
}

// positive returns e^l kept between the smallest and the largest float64: a
// spend that the model can use.
func positive(l float64) float64 {
	return min(max(math.Exp(l), math.SmallestNonzeroFloat64), math.MaxFloat64)
}

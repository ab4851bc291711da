// Package gammagamma is the Gamma-Gamma model of what customers spend per order.
//
// Likelihood. The value of a customer's order is Gamma(p, nu): shape p shared by all, rate
// nu their own, constant over time and drawn from Gamma(q, gamma). The mean of x
// orders is then Gamma(px, nu x), and its density over all customers is
// FHL05 equation 3. The customer's own mean p/nu is an
// inverse gamma variable; given x orders of mean z it has shape px+q and scale
// p (gamma + x z), which is all that the expectations need.
//
// What it assumes. Spend varies around a mean that does not drift; that mean has
// nothing to do with how often the customer orders; order values have the same
// coefficient of variation for everybody. When not to use it: orders of a fixed
// price, free orders or refunds among them, a few huge orders: then take Empirical,
// which assumes no distribution. Where frequency and spend go together (Correlation
// and Dependence are reported with every fit), value frequent and occasional
// customers as separate groups; where prices rise over time, deflate them first.
//
// Sources, cited on the lines that implement them:
//
//	CJ99:  Colombo & Jiang, "A stochastic RFM model", Journal of Interactive
//	       Marketing 13(3), 1999.
//	FHL05: Fader, Hardie & Lee, "RFM and CLV: using iso-value curves for customer
//	       base analysis", Journal of Marketing Research 42, 2005.
//	FH13:  Fader & Hardie, "The Gamma-Gamma model of monetary value", note 025,
//	       brucehardie.com/notes/025, 2013; the derivations are there.
//
// Spends are in any one currency and unit. All functions are pure; outside the
// domain they return zero and an Outcome or Status that says so.
package gammagamma

import "math"

// Params are the parameters of the model.
type Params struct {
	P     float64 // > 0, shape of a customer's order values: their coefficient of variation is 1/sqrt(P)
	Q     float64 // > 0, shape of the rates among customers; the population's mean spend exists for Q > 1
	Gamma float64 // > 0, rate parameter of the rates, in money
}

// Valid reports whether the parameters are positive and finite.
func (p Params) Valid() bool {
	return p.P > 0 && p.Q > 0 && p.Gamma > 0 && p.P+p.Q+p.Gamma <= math.MaxFloat64
}

// Package betageo is what the BG/NBD and the MBG/NBD models have in common, which
// is all but one number. In both a customer orders as a Poisson process of
// rate lambda ~ Gamma(r, alpha) until they leave for good; they may leave at
// certain chances, each with a probability p ~ Beta(a, b) of their own. In the
// BG/NBD every repeat order is a chance, in the MBG/NBD the first order is
// one too. Packages bgnbd and mbgnbd fix that number and are what callers use.
//
// Sources, cited on the lines that implement them:
//
//	FHL05: Fader, Hardie & Lee, "'Counting your customers' the easy way: an
//	       alternative to the Pareto/NBD model", Marketing Science 24(2), 2005.
//	BDF07: Batislam, Denizel & Filiztekin, "Empirical validation and comparison
//	       of models for customer base analysis", International Journal of
//	       Research in Marketing 24(3), 2007.
//	HW07:  Hoppe & Wagner, "Customer base analysis: the case for a central
//	       variant of the Betageometric/NBD model", Marketing ZFP 29, 2007.
//
// Times are in any unit, the same throughout; alpha is in it as well.
package betageo

import "math"

// Chances is the number of times that a customer could have left before the
// first repeat order.
type Chances uint8

// The two models.
const (
	BG  Chances = 0
	MBG Chances = 1
)

// Params are the parameters of the two mixing distributions.
type Params struct {
	R     float64 // > 0; shape of the order rates; small: customers differ much
	Alpha float64 // > 0, in units of time; the mean rate is R/Alpha
	A     float64 // > 0; the mean chance of leaving is A/(A+B)
	B     float64 // > 0; A+B small: customers differ much in loyalty
}

// Valid reports whether all parameters are positive and within 1e-60 .. 1e60, so
// that no product of them overflows: limiting models are reached long before.
func (p Params) Valid() bool {
	return min(p.R, p.Alpha, p.A, p.B) >= 1e-60 && max(p.R, p.Alpha, p.A, p.B) <= 1e60
}

// leaving returns log of the odds, given x orders, that the customer left at
// the latest chance rather than is still there, before the silence since t_x
// is taken into account: a/(b+n-1), n the chances so far. -Inf if there was none.
func (p Params) leaving(c Chances, x float64) float64 {
	n := x + float64(c)
	if n == 0 {
		return math.Inf(-1)
	}
	return math.Log(p.A / (p.B + (n - 1)))
}

// silence returns log((alpha+T)/(alpha+t_x)).
func (p Params) silence(tx, age float64) float64 {
	return math.Log1p((age - tx) / (p.Alpha + tx))
}

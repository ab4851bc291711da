// Package paretonbd is the Pareto/NBD model of customers who order when they like
// and leave without saying so.
//
// A customer orders as a Poisson process of rate lambda until leaving, which
// happens at a constant rate mu; lambda ~ Gamma(r, alpha) and mu ~ Gamma(s, beta)
// differ between customers, independently. So there is no order that anyone is
// bound to make: unlike in the BG/NBD, who never came back may have left too.
//
// Sources, cited on the lines that implement them:
//
//	SMC87: Schmittlein, Morrison & Colombo, "Counting your customers: who are
//	       they and what will they do next?", Management Science 33(1), 1987.
//	FH05:  Fader & Hardie, "A note on deriving the Pareto/NBD model and related
//	       expressions", 2005 (brucehardie.com/notes/009).
//	FHL05: Fader, Hardie & Lee, "RFM and CLV: using iso-value curves for customer
//	       base analysis", Journal of Marketing Research 42(4), 2005.
//	FH07:  Fader & Hardie, "Incorporating time-invariant covariates into the
//	       Pareto/NBD and BG/NBD models", 2007 (brucehardie.com/notes/019).
//
// Times are in any unit, the same throughout; alpha and beta are in it as well. Those
// of a history are up to 1e60, as the parameters are.
// All functions are pure; outside the domain they return zero and say so.
package paretonbd

// Params are the parameters of the two mixing distributions.
type Params struct {
	R     float64 // > 0; shape of the order rates; small: customers differ much
	Alpha float64 // > 0, in units of time; the mean rate is R/Alpha
	S     float64 // > 0; shape of the rates of leaving; small: customers differ much
	Beta  float64 // > 0, in units of time; the mean rate is S/Beta
}

// The bounds of parameters and times, so that no product of them overflows: limiting
// models are reached long before.
const (
	smallest = 1e-60
	largest  = 1e60
)

// Valid reports whether all parameters are within 1e-60 .. 1e60.
func (p Params) Valid() bool {
	return min(p.R, p.Alpha, p.S, p.Beta) >= smallest && max(p.R, p.Alpha, p.S, p.Beta) <= largest
}

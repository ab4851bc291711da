// Package bgbb is the beta-geometric/beta-Bernoulli model of customers who may
// buy once at each of a sequence of opportunities: a donation a year, an event,
// a cruise, a week's shopping.
//
// Likelihood. At the start of every opportunity a customer leaves for good with a
// probability theta of their own; while there they buy with a probability p of
// their own. Both are constant over time; over customers p is Beta(alpha, beta) and
// theta, independently, Beta(gamma, delta). A history of x purchases, the last at
// opportunity tx of n, has the probability FHS10 eq. 5: that of being there to
// the end, plus those of having left before tx+1, tx+2, ... n.
//
// Expectations. Given that a customer is there after n opportunities, p is
// Beta(alpha+x, beta+n-x) and theta is Beta(gamma, delta+n), still independent:
// they are a new customer with other parameters. So every conditional expectation
// is P(alive) times the one for a new customer (type Customer). FHS10's appendix
// derives the same by integration.
//
// What it assumes. Opportunities are common to all and at most one purchase fits into
// each; nobody comes back; p and theta are unrelated and do not drift. When not
// to use it: for purchases that happen at any time (BG/NBD and Pareto/NBD);
// where more than about one purchase falls into an opportunity, as counting them as
// one loses what the model lives on; for contracts, whose end is observed (sBG).
//
// Source, cited on the lines that implement it:
//
//	FHS10: Fader, Hardie & Shang, "Customer-base analysis in a discrete-time
//	       noncontractual setting", Marketing Science 29(6), 2010.
//
// Times are whole numbers of opportunities. All functions are pure; outside the
// domain they return zero and an Outcome or Status that says so.
package bgbb

import "math"

// Params are the parameters of the two mixing distributions.
type Params struct {
	Alpha float64 // > 0; the mean chance of buying at an opportunity is Alpha/(Alpha+Beta)
	Beta  float64 // > 0; Alpha+Beta small: customers differ much
	Gamma float64 // > 0; the mean chance of leaving before an opportunity is Gamma/(Gamma+Delta)
	Delta float64 // > 0; Gamma+Delta small: customers differ much
}

// Valid reports whether all parameters are positive and finite.
func (p Params) Valid() bool {
	return p.Alpha > 0 && p.Beta > 0 && p.Gamma > 0 && p.Delta > 0 &&
		p.Alpha+p.Beta+p.Gamma+p.Delta <= math.MaxFloat64
}

// Package mbgnbd is the modified beta-geometric/NBD model of repeat buying where
// customers leave unnoticed (Batislam, Denizel & Filiztekin, International Journal of Research in
// Marketing 24(3), 2007; the same as Hoppe & Wagner's CBG/NBD, Marketing ZFP 29, 2007).
//
// A customer orders as a Poisson process of rate lambda ~ Gamma(r, alpha) and leaves
// for good after each order, the first one included, with probability p ~ Beta(a, b).
// So one-time buyers may be gone, as bgnbd cannot say.
//
// Histories are (x, t_x, T): repeat orders, time of the last (0 if none), time
// observed, both since the first order and in the unit of Alpha; horizons count
// from T. The mathematics is shared with bgnbd and stands in betageo. All
// functions are pure; outside the domain they return zero and an Outcome or Status
// that says so.
package mbgnbd

import "hourglass/core/betageo"

// Params are the parameters: R, Alpha of the order rates, A, B of the chance of leaving.
type Params betageo.Params

// Valid reports whether all parameters are positive and finite.
func (p Params) Valid() bool { return betageo.Params(p).Valid() }

// Given returns what is known of a customer with history (x, t_x, T), to ask
// several things of it.
func (p Params) Given(x, tx, age float64) betageo.Customer {
	return betageo.Params(p).Given(betageo.MBG, x, tx, age)
}

// New returns a customer at the moment of the first order.
func (p Params) New() betageo.Customer { return p.Given(0, 0, 0) }

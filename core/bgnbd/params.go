// Package bgnbd is the beta-geometric/NBD model of repeat buying where customers
// leave unnoticed (Fader, Hardie & Lee, "'Counting your customers' the easy
// way", Marketing Science 24(2), 2005).
//
// A customer orders as a Poisson process of rate lambda ~ Gamma(r, alpha) and leaves
// for good after each repeat order with probability p ~ Beta(a, b). A customer
// without a repeat order has therefore had no chance to leave: P(alive) = 1 however
// long ago they came. Where that is absurd prefer mbgnbd or Pareto/NBD.
//
// Histories are (x, t_x, T): repeat orders, time of the last (0 if none), time
// observed, both since the first order and in the unit of Alpha; horizons count
// from T. The mathematics is shared with mbgnbd and stands in betageo. All
// functions are pure; outside the domain they return zero and an Outcome or Status
// that says so.
package bgnbd

import "hourglass/core/betageo"

// Params are the parameters: R, Alpha of the order rates, A, B of the chance of leaving.
type Params betageo.Params

// Valid reports whether all parameters are positive and finite.
func (p Params) Valid() bool { return betageo.Params(p).Valid() }

// Given returns what is known of a customer with history (x, t_x, T), to ask
// several things of it.
func (p Params) Given(x, tx, age float64) betageo.Customer {
	return betageo.Params(p).Given(betageo.BG, x, tx, age)
}

// New returns a customer at the moment of the first order.
func (p Params) New() betageo.Customer { return p.Given(0, 0, 0) }

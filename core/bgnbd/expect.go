package bgnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/special"
)

// PAlive returns the probability that a customer with history (x, t_x, T) is
// still there; 1 whenever x = 0.
func (p Params) PAlive(x, tx, age float64) float64 { return p.Given(x, tx, age).Alive }

// ExpectedPurchases returns the orders expected in (T+from, T+to] of a customer
// with history (x, t_x, T) (FHL05 eq. 10).
func (p Params) ExpectedPurchases(x, tx, age, from, to float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).Expected(from, to)
}

// ExpectedPurchasesNew returns the repeat orders expected in (from, to] of a new
// customer (FHL05 eq. 9).
func (p Params) ExpectedPurchasesNew(from, to float64) (float64, special.Outcome) {
	return p.New().Expected(from, to)
}

// PMF returns the probability that a new customer makes n repeat orders in (0, t]
// (FHL05 eq. 8).
func (p Params) PMF(n int, t float64) float64 { return p.New().PMF(n, t) }

// PNoPurchase returns the probability that a customer with history (x, t_x, T) does not
// order in (T, T+t].
func (p Params) PNoPurchase(x, tx, age, t float64) float64 { return p.Given(x, tx, age).PNone(t) }

// NextOrderWithin returns the time after T within which the next order comes with
// probability q (0.5: the median), leaving included. Unbounded when q >= P(alive).
func (p Params) NextOrderWithin(x, tx, age, q float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).NextOrderWithin(q)
}

// DERT returns the discounted expected residual transactions within a horizon
// after T (+Inf: for ever) at the continuous discount rate delta per unit
// of time. Unbounded for ever at delta = 0 when a <= 1.
func (p Params) DERT(x, tx, age, delta, horizon float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).DERT(delta, horizon)
}

// Score returns P(alive), expected and discounted expected orders within a
// finite horizon for all rows of a valid table, quickest if it is compressed.
func (p Params) Score(t cbs.Table, horizon, delta float64) (betageo.Scores, special.Outcome) {
	return betageo.Params(p).Score(betageo.BG, t, horizon, delta)
}

// Package mbgcnbd is the MBG/CNBD-k model of repeat buying by customers who order at more regular times than chance
// makes them, as who shops for groceries does.
//
// Between two orders a customer passes k stages of a Poisson process of rate lambda ~ Gamma(r, alpha): the gaps are
// Erlang-k, whose coefficient of variation is 1/sqrt(k). After each order, the first included, the customer leaves for good
// with probability p ~ Beta(a, b). With k = 1 it is package mbgnbd, to the last digit.
//
// Sources, cited on the lines that implement them:
//
//	PR16:  Platzer & Reutterer, "Ticking away the moments: timing regularity helps to better predict customer
//	       activity", Marketing Science 35(5), 2016.
//	RPS21: Reutterer, Platzer & Schröder, "Leveraging purchase regularity for predicting customer behavior the easy
//	       way", International Journal of Research in Marketing 38(1), 2021.
//
// RPS21 approximate the orders to come; here they are exact, by two methods that know nothing of each other.
//
// Histories are (x, t_x, T): repeat orders, time of the last (0 if none), time observed, both since the first order and
// in the unit of Alpha; horizons count from T. Of the gaps between orders only the sum of their logarithms matters, and that
// only for the choice of k. The mathematics shared with bgnbd and mbgnbd stands in betageo. All functions are pure; outside the
// domain they return zero and an Outcome or Status that says so.
package mbgcnbd

import (
	"math"

	"hourglass/core/betageo"
)

// MaxStages is the largest k. Gaps that call for more vary by less than 29 % of their length, whatever k is: that is a
// subscription, not a habit.
const MaxStages = 12

// Params are the parameters: K stages between two orders, 1 <= K <= MaxStages; R, Alpha of the rate of stages; A, B of the
// chance of leaving.
type Params struct {
	K              int
	R, Alpha, A, B float64
}

func (p Params) shared() betageo.Params {
	return betageo.Params{R: p.R, Alpha: p.Alpha, A: p.A, B: p.B}
}

func params(k int, p betageo.Params) Params { return Params{k, p.R, p.Alpha, p.A, p.B} }

// Valid reports whether all parameters are within the domain.
func (p Params) Valid() bool { return p.K >= 1 && p.K <= MaxStages && p.shared().Valid() }

// A Customer is what the model knows of someone after their history: with probability Alive they are still there, have then
// passed j stages since the last order with probability stage[j], and are like a new customer otherwise: lambda ~ Gamma(R+j,
// Alpha), p ~ Beta(A, B), independent.
type Customer struct {
	Alive          float64
	R, Alpha, A, B float64
	K              int
	stage          [MaxStages]float64
}

// Given returns the customer with history (x, t_x, T): 0 <= t_x <= T finite, x >= 0. (0, 0, 0) is a new customer. The zero
// Customer outside the domain.
func (p Params) Given(x, tx, age float64) Customer {
	if !p.Valid() || !(x >= 0 && tx >= 0 && tx <= age && x+age <= math.MaxFloat64) {
		return Customer{}
	}
	k := float64(p.K)
	c := Customer{R: p.R + k*x, Alpha: p.Alpha + age, A: p.A, B: p.B + (x + 1), K: p.K}
	w := (age - tx) / c.Alpha
	if p.K == 1 {
		one := p.shared().Given(betageo.MBG, x, tx, age)
		c.Alive, c.stage[0] = one.Alive, 1
		return c
	}
	log := c.stages(w)
	// The likelihood's second term over its first: a/(b+x) ((alpha+T)/(alpha+t_x))^(r+kx), over S (RPS21, eq. 8).
	u := math.Log(p.A/(p.B+x)) + c.R*math.Log1p((age-tx)/(p.Alpha+tx)) - log
	c.Alive = 1 / (1 + math.Exp(u))
	return c
}

// stages fills in the probabilities of the stages after a silence of w (alpha+T), which are proportional to (r+kx)_j/j! w^j,
// and returns the logarithm of the sum of these.
func (c *Customer) stages(w float64) float64 {
	term, sum, shift := 1.0, 1.0, 0.0
	c.stage[0] = 1
	for j := 1; j < c.K; j++ {
		term *= (c.R + float64(j-1)) * w / float64(j)
		c.stage[j] = term
		sum += term
		if sum > 1e200 { // a step multiplies by less than 1e61
			for i := range j + 1 {
				c.stage[i] /= sum
			}
			shift += math.Log(sum)
			term, sum = term/sum, 1
		}
	}
	for j := range c.K {
		c.stage[j] /= sum
	}
	return math.Log(sum) + shift
}

// New returns a customer at the moment of the first order.
func (p Params) New() Customer { return p.Given(0, 0, 0) }

// Valid reports whether the customer is within the domain; Given returns an invalid one for bad parameters or histories, of
// which every method says so.
func (c Customer) Valid() bool {
	return c.Alive >= 0 && c.Alive <= 1 && Params{c.K, c.R, c.Alpha, c.A, c.B}.Valid()
}

// plain is the customer in the terms of the model with one stage.
func (c Customer) plain() betageo.Customer {
	return betageo.Customer{Alive: c.Alive, R: c.R, Alpha: c.Alpha, A: c.A, B: c.B}
}

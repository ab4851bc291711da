package customers

import (
	"math"

	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/paretonbd"
	"hourglass/core/special"
)

// A Kind is a model of when customers order.
type Kind uint8

// The kinds. Their numbers are part of the model file.
const (
	BGNBD Kind = iota
	MBGNBD
	ParetoNBD
	Kinds // how many there are
)

var kindNames = [...]string{"bgnbd", "mbgnbd", "paretonbd"}

// String returns the kind's name on the wire, empty for an unknown kind.
func (k Kind) String() string { return name(kindNames[:], int(k)) }

// Parameters are those of a Kind in its package's order: r, alpha, a, b or r, alpha,
// s, beta, alpha and beta in the model's unit of time.
type Parameters [4]float64

// A process is a model with its parameters, as scoring needs it. Histories are
// (x, t_x, T), horizons and the rate delta in the model's unit of time.
type process interface {
	valid() bool
	// alive returns P(alive).
	alive(x, tx, age float64) float64
	// score answers for the rows of a table in order of x.
	score(t cbs.Table, horizon, delta float64) (betageo.Scores, special.Outcome)
	// next returns the time within which the next order comes with probability q.
	next(x, tx, age, q float64) (float64, special.Outcome)
	// count appends to p the probabilities of n = 0, 1, ... orders within the horizon
	// of someone who is there; of n bundles of so many orders where bundle > 1.
	count(x, age, horizon, bundle float64, p []float64) []float64
}

// process returns the model of a kind, nil for an unknown one.
func (k Kind) process(p Parameters) process {
	switch k {
	case BGNBD, MBGNBD:
		return geometric{betageo.Params{R: p[0], Alpha: p[1], A: p[2], B: p[3]}, betageo.Chances(k)}
	case ParetoNBD:
		return newPareto(p)
	}
	return nil
}

// reasonable bounds the parameters of a model file, far beyond where a fit on its way
// to a limit stops.
func reasonable(p ...float64) bool {
	for _, v := range p {
		if !(v >= 1e-40 && v <= 1e40) {
			return false
		}
	}
	return true
}

// geometric is BG/NBD and MBG/NBD, whose numbers are those of betageo.Chances.
type geometric struct {
	betageo.Params
	chances betageo.Chances
}

func (g geometric) valid() bool { return g.Valid() && reasonable(g.R, g.Alpha, g.A, g.B) }

func (g geometric) given(x, tx, age float64) betageo.Customer {
	return g.Given(g.chances, x, tx, age)
}

func (g geometric) score(t cbs.Table, horizon, delta float64) (betageo.Scores, special.Outcome) {
	return g.Score(g.chances, t, horizon, delta)
}

func (g geometric) alive(x, tx, age float64) float64 { return g.given(x, tx, age).Alive }

func (g geometric) next(x, tx, age, q float64) (float64, special.Outcome) {
	return g.given(x, tx, age).NextOrderWithin(q)
}

// count is betageo.Customer.PMF for all n by recurrence: n order
// without leaving, or leave at order n though there would have been more,
//
//	P(n) = stay(n) nb(n) + leave(n) P(NB >= n).
func (g geometric) count(x, age, horizon, bundle float64, p []float64) []float64 {
	c := g.given(x, age, age)
	r, alpha, a, b := c.R, c.Alpha*bundle, c.A, c.B/bundle
	z := horizon / (alpha + horizon)
	nb := math.Exp(-r * math.Log1p(horizon/alpha))
	stay, more, rest := 1.0, 1-nb, 1-nb
	p = append(p, nb)
	for n := 1.0; rest > negligible && n < maxCount; n++ {
		before := n - 1 // of orders; n added to a tiny a + b and 1 taken off again would leave 0/0
		leave := stay * a / (a + b + before)
		stay *= (b + before) / (a + b + before)
		nb *= z * (r + before) / n
		here := stay*nb + leave*more
		more = max(0, more-nb)
		rest = max(0, rest-here)
		p = append(p, here)
	}
	p[len(p)-1] += rest
	return p
}

const (
	negligible = 1e-7 // probability of more orders that is not told apart
	maxCount   = 4000 // orders or bundles counted
)

// pareto is Pareto/NBD.
type pareto struct {
	paretonbd.Params
	node, weight []float64 // the rule of lifetimes
}

func newPareto(p Parameters) pareto {
	g := pareto{paretonbd.Params{R: p[0], Alpha: p[1], S: p[2], Beta: p[3]}, make([]float64, lifetimes), make([]float64, lifetimes)}
	special.GaussBeta(1, 1, g.node, g.weight)
	return g
}

func (g pareto) valid() bool { return g.Valid() && reasonable(g.R, g.Alpha, g.S, g.Beta) }

func (g pareto) score(t cbs.Table, horizon, delta float64) (betageo.Scores, special.Outcome) {
	c := columns(t.Len(), 3)
	s := betageo.Scores{Alive: c[0], Expected: c[1], DERT: c[2]}
	for i := range t.X {
		c := g.Given(t.X[i], t.TX[i], t.T[i])
		s.Alive[i] = c.Alive
		var outcome special.Outcome
		if s.Expected[i], outcome = c.Expected(0, horizon); outcome != special.OK {
			return s, outcome
		}
		if delta == 0 { // nothing is discounted
			s.DERT[i] = s.Expected[i]
		} else if s.DERT[i], outcome = c.DERT(delta, horizon); outcome != special.OK {
			return s, outcome
		}
	}
	return s, special.OK
}

func (g pareto) alive(x, tx, age float64) float64 { return g.PAlive(x, tx, age) }

func (g pareto) next(x, tx, age, q float64) (float64, special.Outcome) {
	return g.NextOrderWithin(x, tx, age, q)
}

// lifetimes is the number of parts that those who leave within the horizon are
// divided into, by a Gaussian rule: the distribution of orders is then off
// by less than 2e-4; see TestForecast.
const lifetimes = 12

// count is paretonbd.Customer.PMF as a mixture over lifetimes: of who is there for
// a time u, the orders are negative binomial. Who stays throughout is one
// part of it; for the others the share that has outlived them is spread evenly.
func (g pareto) count(x, age, horizon, bundle float64, p []float64) []float64 {
	c := paretonbd.Customer{R: g.R + x, Alpha: (g.Alpha + age) * bundle, S: g.S, Beta: g.Beta + age}
	leaves := -math.Expm1(-c.S * math.Log1p(horizon/c.Beta))
	p = binomial(c, horizon, 1-leaves, p)
	for k, v := range g.node {
		u := c.Beta * math.Expm1(-math.Log1p(-leaves*v)/c.S)
		p = binomial(c, u, leaves*g.weight[k], p)
	}
	return p
}

// binomial adds the distribution of the orders of someone who is there for a time u.
func binomial(c paretonbd.Customer, u, weight float64, p []float64) []float64 {
	z := u / (c.Alpha + u)
	nb := math.Exp(-c.R * math.Log1p(u/c.Alpha))
	rest := 1.0
	for n := range maxCount {
		if n == len(p) {
			p = append(p, 0)
		}
		p[n] += weight * nb
		if rest -= nb; rest <= negligible {
			break
		}
		nb *= z * (c.R + float64(n)) / float64(n+1)
	}
	p[len(p)-1] += weight * max(0, rest)
	return p
}

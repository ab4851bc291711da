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
	// score fills in the columns for the rows of a table in order of x.
	score(t cbs.Table, horizon, delta float64, out Scores, step Step) Status
	// alive returns P(alive).
	alive(x, tx, age float64) float64
	// fresh returns the orders that a new customer is expected to repeat within t.
	fresh(t float64) (float64, special.Outcome)
	// next returns the time within which the next order comes with probability q.
	next(x, tx, age, q float64) (float64, special.Outcome)
	// count adds to p[n] weight times the probability of n orders within the horizon, of
	// n bundles of so many orders where bundle > 1.
	count(x, tx, age, horizon, bundle, weight float64, p []float64) []float64
}

// process returns the model of a kind, nil for an unknown one.
func (k Kind) process(p Parameters) process {
	switch k {
	case BGNBD, MBGNBD:
		return geometric{betageo.Params{R: p[0], Alpha: p[1], A: p[2], B: p[3]}, betageo.Chances(k)}
	case ParetoNBD:
		return pareto{paretonbd.Params{R: p[0], Alpha: p[1], S: p[2], Beta: p[3]}}
	}
	return nil
}

// geometric is BG/NBD and MBG/NBD, whose numbers are those of betageo.Chances.
type geometric struct {
	betageo.Params
	chances betageo.Chances
}

func (g geometric) valid() bool { return g.Valid() }

func (g geometric) given(x, tx, age float64) betageo.Customer {
	return g.Given(g.chances, x, tx, age)
}

func (g geometric) score(t cbs.Table, horizon, delta float64, out Scores, step Step) Status {
	for i := 0; i < len(t.X); i += chunk {
		if step.stopped(i, len(t.X)) {
			return Cancelled
		}
		k := min(i+chunk, len(t.X))
		s, outcome := g.Score(g.chances, cbs.Table{X: t.X[i:k], TX: t.TX[i:k], T: t.T[i:k]}, horizon, delta)
		if outcome != special.OK {
			return TooLarge
		}
		copy(out.Alive[i:k], s.Alive)
		copy(out.Expected[i:k], s.Expected)
		copy(out.Discounted[i:k], s.DERT)
	}
	return Done
}

func (g geometric) alive(x, tx, age float64) float64 { return g.given(x, tx, age).Alive }

func (g geometric) fresh(t float64) (float64, special.Outcome) {
	return g.given(0, 0, 0).Expected(0, t)
}

func (g geometric) next(x, tx, age, q float64) (float64, special.Outcome) {
	return g.given(x, tx, age).NextOrderWithin(q)
}

// count is betageo.Customer.PMF for all n by recurrence: of who is there, n order
// without leaving, or leave at order n though there would have been more,
//
//	P(n) = stay(n) nb(n) + leave(n) P(NB >= n).
func (g geometric) count(x, tx, age, horizon, bundle, weight float64, p []float64) []float64 {
	c := g.given(x, tx, age)
	r, alpha, a, b := c.R, c.Alpha*bundle, c.A, c.B/bundle
	z := horizon / (alpha + horizon)
	nb := math.Exp(-r * math.Log1p(horizon/alpha))
	stay, more, rest := 1.0, 1-nb, 1-nb
	p = add(p, 0, weight*(1-c.Alive*rest))
	weight *= c.Alive
	n := 1
	for ; rest > negligible && n < maxCount; n++ {
		m := float64(n - 1)
		leave := stay * a / (a + b + m)
		stay *= (b + m) / (a + b + m)
		nb *= z * (r + m) / (m + 1)
		here := stay*nb + leave*more
		more = max(0, more-nb)
		rest = max(0, rest-here)
		p = add(p, n, weight*here)
	}
	p[n-1] += weight * rest
	return p
}

const (
	negligible = 1e-7 // probability of more orders that is not told apart
	maxCount   = 4000 // orders or bundles counted
)

// add adds w to p[n], n at most len(p).
func add(p []float64, n int, w float64) []float64 {
	if n == len(p) {
		return append(p, w)
	}
	p[n] += w
	return p
}

// pareto is Pareto/NBD.
type pareto struct{ paretonbd.Params }

func (g pareto) valid() bool { return g.Valid() }

// score computes what depends on T alone, for which there are only as many values
// as days, once for each.
func (g pareto) score(t cbs.Table, horizon, delta float64, out Scores, step Step) Status {
	memo := make(memo, 1<<10)
	for i := range t.X {
		if i%chunk == 0 && step.stopped(i, len(t.X)) {
			return Cancelled
		}
		c := g.Given(t.X[i], t.TX[i], t.T[i])
		f, outcome := memo.factors(t.T[i], c, horizon, delta)
		if outcome != special.OK {
			return TooLarge
		}
		rate := c.Alive * c.R / c.Alpha
		out.Alive[i], out.Expected[i], out.Discounted[i] = c.Alive, rate*f.plain, rate*f.discounted
		if !(out.Expected[i] <= math.MaxFloat64) {
			return TooLarge
		}
	}
	return Done
}

// factors are what the rate of orders is multiplied by.
type factors struct {
	age, plain, discounted float64
	set                    bool
}

// A memo keeps the factors of the ages met last, one in each of its places.
type memo []factors

func (m memo) factors(age float64, c paretonbd.Customer, horizon, delta float64) (factors, special.Outcome) {
	f := &m[math.Float64bits(age)*0x9e3779b97f4a7c15>>54]
	if f.set && f.age == age {
		return *f, special.OK
	}
	one := paretonbd.Customer{Alive: 1, R: 1, Alpha: 1, S: c.S, Beta: c.Beta}
	plain, outcome := one.Expected(0, horizon)
	if outcome != special.OK {
		return factors{}, outcome
	}
	discounted, outcome := one.DERT(delta, horizon)
	*f = factors{age, plain, discounted, outcome == special.OK}
	return *f, outcome
}

func (g pareto) alive(x, tx, age float64) float64 { return g.PAlive(x, tx, age) }

func (g pareto) fresh(t float64) (float64, special.Outcome) { return g.ExpectedPurchasesNew(0, t) }

func (g pareto) next(x, tx, age, q float64) (float64, special.Outcome) {
	return g.NextOrderWithin(x, tx, age, q)
}

// lifetimes is a Gaussian rule on (0, 1); see TestLifetimes.
var lifetimes = [2][6]float64{
	{0.03376524289842399, 0.1693953067668678, 0.3806904069584016, 0.6193095930415985, 0.8306046932331322, 0.966234757101576},
	{0.08566224618958517, 0.1803807865240693, 0.2339569672863455, 0.2339569672863455, 0.1803807865240693, 0.08566224618958517},
}

// count is paretonbd.Customer.PMF as a mixture over lifetimes: of who is there for
// a time u, the orders are negative binomial. Who stays throughout is one
// part of it; for the others the share that has outlived them is spread evenly.
func (g pareto) count(x, tx, age, horizon, bundle, weight float64, p []float64) []float64 {
	c := g.Given(x, tx, age)
	alpha := c.Alpha * bundle
	p = add(p, 0, weight*(1-c.Alive))
	weight *= c.Alive
	leaves := -math.Expm1(-c.S * math.Log1p(horizon/c.Beta))
	p = binomial(c.R, alpha, horizon, weight*(1-leaves), p)
	for k, v := range lifetimes[0] {
		u := c.Beta * math.Expm1(-math.Log1p(-leaves*v)/c.S)
		p = binomial(c.R, alpha, u, weight*leaves*lifetimes[1][k], p)
	}
	return p
}

// binomial adds the negative binomial distribution of orders within u.
func binomial(r, alpha, u, weight float64, p []float64) []float64 {
	z := u / (alpha + u)
	nb := math.Exp(-r * math.Log1p(u/alpha))
	rest := 1.0
	n := 0
	for ; n < maxCount; n++ {
		p = add(p, n, weight*nb)
		if rest -= nb; rest <= negligible {
			break
		}
		nb *= z * (r + float64(n)) / float64(n+1)
	}
	p[min(n, len(p)-1)] += weight * max(0, rest)
	return p
}

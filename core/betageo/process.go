package betageo

import (
	"math"

	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
)

// Letters are the names of the parameters, in the order of every list of them.
var Letters = []string{"r", "alpha", "a", "b"}

// LimitNames are the names of the limits.
func LimitNames() []string { return limitNames[:] }

// At returns the parameters in a list, invalid ones where their number is not four.
func At(list []float64) Params {
	if len(list) != len(Letters) {
		return Params{}
	}
	return Params{list[0], list[1], list[2], list[3]}
}

// List returns the parameters in the order of Letters.
func (p Params) List() []float64 { return []float64{p.R, p.Alpha, p.A, p.B} }

// Model describes one of the two models to package customers.
func Model(name, title string, c Chances) btyd.Model {
	return btyd.Model{
		Name: name, Title: title, Parameters: Letters, Limits: LimitNames(),
		Memoryless: true, Immortal: c == BG,
		Fit: func(t cbs.Table, step func(fit.Progress) bool) btyd.Fitted {
			return Fit(c, t, step).any()
		},
		Refit: func(near btyd.Fitted, t cbs.Table, step func(fit.Progress) bool) btyd.Fitted {
			return Refit(c, At(near.Parameters), near.Result.Hessian, t, step).any()
		},
		LogLikelihood: func(parameters []float64, t cbs.Table) float64 {
			ll, _ := At(parameters).LogLikelihood(c, t)
			return ll
		},
		Shifted: Shifted,
		Process: func(parameters []float64) btyd.Process { return Process{At(parameters), c} },
	}
}

// any returns the outcome as every model has it.
func (f Fitted) any() btyd.Fitted {
	return btyd.Fitted{Parameters: f.Params.List(), Limit: uint8(f.Limit), Result: f.Result}
}

// Shifted is btyd.Model.Shifted of the family: leaving shifts the logit of the mean chance.
func Shifted(parameters []float64, rate, leaving float64) []float64 {
	return At(parameters).shifted(rate, leaving).List()
}

// A Process is one of the two models with its parameters.
type Process struct {
	Params
	Chances Chances
}

// Given returns the customer with a history: see Params.Given.
func (p Process) Given(x, tx, age float64) Customer { return p.Params.Given(p.Chances, x, tx, age) }

// PAlive returns the probability that a customer with a history is still there.
func (p Process) PAlive(x, tx, age float64) float64 { return p.Given(x, tx, age).Alive }

// Score is Params.Score.
func (p Process) Score(t cbs.Table, horizon, delta float64) (Scores, special.Outcome) {
	return p.Params.Score(p.Chances, t, horizon, delta)
}

// Repeats is Customer.Expected of a new customer, with the rules kept from one horizon to the next.
func (p Process) Repeats() func(horizon float64) (float64, special.Outcome) {
	c, q := p.Given(0, 0, 0), new(rules)
	return func(horizon float64) (float64, special.Outcome) { return c.expected(q, 0, horizon) }
}

// ScoreTogether is Params.ScoreTogether.
func (p Process) ScoreTogether(t cbs.Table, horizon, delta float64) (Scores, special.Outcome) {
	return p.Params.ScoreTogether(p.Chances, t, horizon, delta)
}

// Alive is PAlive of the rows of a table.
func (p Process) Alive(t cbs.Table) []float64 { return btyd.Alive(p, t) }

// NextOrderWithin is Customer.NextOrderWithin.
func (p Process) NextOrderWithin(x, tx, age, q float64) (float64, special.Outcome) {
	return p.Given(x, tx, age).NextOrderWithin(q)
}

// Rate returns the expected rate of orders of someone who is there.
func (p Process) Rate(x, tx, age float64) float64 { return (p.R + x) / (p.Alpha + age) }

// Simulate is Params.Simulate.
func (p Process) Simulate(ages []float64, uniform func() float64) cbs.Table {
	return p.Params.Simulate(p.Chances, ages, uniform)
}

// Count is Customer.PMF for all n by recurrence: n order without leaving,
// or leave at order n though there would have been more,
//
//	P(n) = stay(n) nb(n) + leave(n) P(NB >= n).
func (p Process) Count(x, tx, age, horizon, bundle float64, counts []float64) []float64 {
	c := p.Given(x, age, age)
	r, alpha, a, b := c.R, c.Alpha*bundle, c.A, c.B/bundle
	z := horizon / (alpha + horizon)
	nb := math.Exp(-r * math.Log1p(horizon/alpha))
	stay, more, rest := 1.0, 1-nb, 1-nb
	counts = append(counts, nb)
	for n := 1.0; rest > btyd.Negligible && n < btyd.MaxCount; n++ {
		before := n - 1 // of orders; n added to a tiny a + b and 1 taken off again would leave 0/0
		leave := stay * a / (a + b + before)
		stay *= (b + before) / (a + b + before)
		nb *= z * (r + before) / n
		here := stay*nb + leave*more
		more = max(0, more-nb)
		rest = max(0, rest-here)
		counts = append(counts, here)
	}
	counts[len(counts)-1] += rest
	return counts
}

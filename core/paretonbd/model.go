package paretonbd

import (
	"math"

	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
)

// Model is what package customers knows of the model.
var Model = btyd.Model{
	Name: "paretonbd", Title: "Pareto/NBD", Parameters: []string{"r", "alpha", "s", "beta"}, Limits: limitNames[:],
	Memoryless: true,
	Fit: func(t cbs.Table, step func(fit.Progress) bool) btyd.Fitted {
		return Fit(t, step).any()
	},
	Refit: func(near btyd.Fitted, t cbs.Table, step func(fit.Progress) bool) btyd.Fitted {
		p := near.Parameters
		if len(p) != 4 {
			return btyd.Fitted{}
		}
		return Refit(Params{p[0], p[1], p[2], p[3]}, near.Result.Hessian, t, step).any()
	},
	LogLikelihood: func(parameters []float64, t cbs.Table) float64 {
		if len(parameters) != 4 {
			return 0
		}
		ll, _ := Params{parameters[0], parameters[1], parameters[2], parameters[3]}.LogLikelihood(t)
		return ll
	},
	Shifted: func(parameters []float64, rate, leaving float64) []float64 {
		if len(parameters) != 4 {
			return nil
		}
		return []float64{parameters[0], parameters[1] * math.Exp(-rate), parameters[2], parameters[3] * math.Exp(-leaving)}
	},
	Process: func(parameters []float64) btyd.Process {
		if len(parameters) != 4 {
			return process{}
		}
		p := process{Params{parameters[0], parameters[1], parameters[2], parameters[3]}, make([]float64, lifetimes), make([]float64, lifetimes)}
		special.GaussBeta(1, 1, p.node, p.weight)
		return p
	},
}

// any returns the outcome as every model has it.
func (f Fitted) any() btyd.Fitted {
	p := f.Params
	return btyd.Fitted{Parameters: []float64{p.R, p.Alpha, p.S, p.Beta}, Limit: uint8(f.Limit), Result: f.Result}
}

// lifetimes is the number of parts that those who leave within the horizon are
// divided into, by a Gaussian rule: the distribution of orders is then off
// by less than 2e-4; see core/customers, TestForecast.
const lifetimes = 12

// A process is Params with the rule of lifetimes.
type process struct {
	Params
	node, weight []float64
}

// Score asks of each row by itself: rows of customers who are there share little.
func (p process) Score(t cbs.Table, horizon, delta float64) (btyd.Scores, special.Outcome) {
	s := btyd.NewScores(t.Len())
	for i := range t.X {
		c := p.Given(t.X[i], t.TX[i], t.T[i])
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

// Repeats is Customer.Expected of a new customer, a closed form.
func (p process) Repeats() func(horizon float64) (float64, special.Outcome) {
	c := p.Given(0, 0, 0)
	return func(horizon float64) (float64, special.Outcome) { return c.Expected(0, horizon) }
}

// ScoreTogether is Params.Score: rows of one age share the integrals over the horizon, those of one x those over the past.
func (p process) ScoreTogether(t cbs.Table, horizon, delta float64) (btyd.Scores, special.Outcome) {
	s, outcome := p.Params.Score(t, horizon, delta)
	return btyd.Scores(s), outcome
}

// Alive is PAlive of the rows of a table, by the integrals that those of one x share.
func (p process) Alive(t cbs.Table) []float64 {
	alive := make([]float64, t.Len())
	p.each(newHistories(t), func(i int, _, _ date, f *fates) { alive[i] = f.alive })
	return alive
}

// Rate returns the expected rate of orders of someone who is there.
func (p process) Rate(x, tx, age float64) float64 { return (p.R + x) / (p.Alpha + age) }

// Count is Customer.PMF as a mixture over lifetimes: of who is there for
// a time u, the orders are negative binomial. Who stays throughout is one
// part of it; for the others the share that has outlived them is spread evenly.
func (p process) Count(x, tx, age, horizon, bundle float64, counts []float64) []float64 {
	c := Customer{R: p.R + x, Alpha: (p.Alpha + age) * bundle, S: p.S, Beta: p.Beta + age}
	leaves := -math.Expm1(-c.S * math.Log1p(horizon/c.Beta))
	counts = binomial(c, horizon, 1-leaves, counts)
	for k, v := range p.node {
		u := c.Beta * math.Expm1(-math.Log1p(-leaves*v)/c.S)
		counts = binomial(c, u, leaves*p.weight[k], counts)
	}
	return counts
}

// binomial adds the distribution of the orders of someone who is there for a time u.
func binomial(c Customer, u, weight float64, counts []float64) []float64 {
	z := u / (c.Alpha + u)
	nb := math.Exp(-c.R * math.Log1p(u/c.Alpha))
	rest := 1.0
	for n := range btyd.MaxCount {
		if n == len(counts) {
			counts = append(counts, 0)
		}
		counts[n] += weight * nb
		if rest -= nb; rest <= btyd.Negligible {
			break
		}
		nb *= z * (c.R + float64(n)) / float64(n+1)
	}
	counts[len(counts)-1] += weight * max(0, rest)
	return counts
}

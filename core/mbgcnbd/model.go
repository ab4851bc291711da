package mbgcnbd

import (
	"math"

	"hourglass/core/betageo"
	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
)

// Model is what package customers knows of the model.
var Model = btyd.Model{
	Name: "mbgcnbd", Title: "MBG/CNBD-k", Parameters: append(betageo.Letters[:len(betageo.Letters):len(betageo.Letters)], "k"),
	Limits:    betageo.LimitNames(),
	NeedsGaps: true,
	MostRegular: func(parameters []float64) (float64, bool) {
		k := at(parameters).K
		return float64(k), k == MaxStages
	},
	Fit: func(t cbs.Table, step func(fit.Progress) bool) btyd.Fitted { return Fit(t, step).any() },
	Refit: func(near btyd.Fitted, t cbs.Table, step func(fit.Progress) bool) btyd.Fitted {
		return Refit(at(near.Parameters), near.Result.Hessian, t, step).any()
	},
	Special: &btyd.Special{
		Name: "mbgnbd",
		Fit: func(known btyd.Fitted, t cbs.Table, step func(fit.Progress) bool) btyd.Fitted {
			return above(single(known, t), t, step).any()
		},
		Refit: func(near, known btyd.Fitted, t cbs.Table, step func(fit.Progress) bool) btyd.Fitted {
			one := single(known, t)
			return refit(at(near.Parameters), near.Result.Hessian, &one, t, step).any()
		},
	},
	LogLikelihood: func(parameters []float64, t cbs.Table) float64 {
		ll, _ := at(parameters).LogLikelihood(t)
		return ll
	},
	Shifted: func(parameters []float64, rate, leaving float64) []float64 {
		n := len(betageo.Letters)
		if len(parameters) != n+1 {
			return nil
		}
		return append(betageo.Shifted(parameters[:n], rate, leaving), parameters[n])
	},
	Process: func(parameters []float64) btyd.Process { return at(parameters) },
}

// at returns the parameters in a list, invalid ones where their number is not five. A k that is not whole, as where its logarithm
// was perturbed, is rounded.
func at(list []float64) Params {
	n := len(betageo.Letters)
	if len(list) != n+1 || !(list[n] >= 0.5 && list[n] < MaxStages+0.5) {
		return Params{}
	}
	return params(int(math.Round(list[n])), betageo.At(list[:n]))
}

// single is MBG/NBD's fit to a table as that of one stage.
func single(known btyd.Fitted, t cbs.Table) Fitted {
	return fitted(1, betageo.Fitted{Params: betageo.At(known.Parameters), Limit: betageo.Limit(known.Limit), Result: known.Result}, t)
}

// any returns the outcome as every model has it: with k among the parameters, known for certain.
func (f Fitted) any() btyd.Fitted {
	k := float64(f.Params.K)
	out := btyd.Fitted{Parameters: append(f.Params.shared().List(), k), Limit: uint8(f.Limit), Result: f.Result}
	r := &out.Result
	if r.Parameters != nil {
		r.Parameters = append(r.Parameters[:len(r.Parameters):len(r.Parameters)], k)
	}
	if r.StandardErrors != nil {
		r.StandardErrors = append(r.StandardErrors[:len(r.StandardErrors):len(r.StandardErrors)], 0)
	}
	const trifle = 1e-12 // so that the covariance stays positive definite
	r.ThetaCovariance, r.Covariance = bordered(r.ThetaCovariance, trifle), bordered(r.Covariance, trifle)
	return out
}

// bordered returns a covariance with one more variable, independent of the others.
func bordered(c []float64, variance float64) []float64 {
	if c == nil {
		return nil
	}
	n := len(betageo.Letters)
	out := make([]float64, (n+1)*(n+1))
	for i := range n {
		copy(out[i*(n+1):], c[i*n:(i+1)*n])
	}
	out[len(out)-1] = variance
	return out
}

// Repeats is what Score expects of a new customer, with the rules kept from one horizon to the next.
func (p Params) Repeats() func(horizon float64) (float64, special.Outcome) {
	if p.K == 1 {
		return betageo.Process{Params: p.shared(), Chances: betageo.MBG}.Repeats()
	}
	c, m := p.Given(0, 0, 0), new(betageo.Mixture)
	return func(horizon float64) (float64, special.Outcome) { return c.expected(m, 0, horizon) }
}

// ScoreTogether is Score: with k > 1 what is expected depends on t_x as well.
func (p Params) ScoreTogether(t cbs.Table, horizon, delta float64) (btyd.Scores, special.Outcome) {
	if p.K == 1 {
		return p.shared().ScoreTogether(betageo.MBG, t, horizon, delta)
	}
	return p.Score(t, horizon, delta)
}

// Alive is PAlive of the rows of a table.
func (p Params) Alive(t cbs.Table) []float64 { return btyd.Alive(p, t) }

// Rate returns the expected rate of orders of someone who is there.
func (p Params) Rate(x, _, age float64) float64 {
	k := float64(p.K)
	return (p.R + k*x) / (p.Alpha + age) / k
}

// Count appends to counts the probabilities of numbers of orders (btyd.Process): n order without leaving, or leave at order n
// though there would have been more,
//
//	P(n) = stay(n) q(n) + leave(n) (q(n) + q(n+1) + ...),
//
// q(n) being the probability that the stages passed make n orders.
func (p Params) Count(x, tx, age, horizon, bundle float64, counts []float64) []float64 {
	c := p.Given(x, tx, age)
	if !c.Valid() {
		return append(counts, 1)
	}
	c.Alpha *= bundle
	a, b := c.A, c.B/bundle
	next := c.stagesWithin(horizon)
	q := next()
	stay, more, rest := 1.0, 1-q, 1-q
	counts = append(counts, q)
	for n := 1.0; rest > btyd.Negligible && n < btyd.MaxCount; n++ {
		before := n - 1
		leave := stay * a / (a + b + before)
		stay *= (b + before) / (a + b + before)
		q = next()
		here := stay*q + leave*more
		more = max(0, more-q)
		rest = max(0, rest-here)
		counts = append(counts, here)
	}
	counts[len(counts)-1] += rest
	return counts
}

// stagesWithin returns a function that returns q(0), q(1), ...: the negative binomial probabilities of the k numbers of stages
// that make so many orders, summed over what stage the customer is in.
func (c *Customer) stagesWithin(horizon float64) func() float64 {
	const large, logLarge = 0x1p800, 800 * math.Ln2
	z := horizon / c.Alpha
	share, none := z/(1+z), math.Log1p(z)
	var state [MaxStages]struct{ p, log, scale, m float64 } // P(M = m) = p scale, scale = e^log
	for j := range c.K {
		s := &state[j]
		s.p, s.log = 1, -(c.R+float64(j))*none
		s.scale = math.Exp(s.log)
	}
	first := true
	return func() (q float64) {
		for j, w := range c.stage[:c.K] {
			if w == 0 {
				continue
			}
			s, size := &state[j], c.R+float64(j)
			terms := c.K
			if first {
				terms = c.K - j
			}
			for range terms {
				q += w * s.p * s.scale
				s.p *= (size + s.m) / (s.m + 1) * share
				s.m++
				if s.p > large {
					s.p, s.log = s.p/large, s.log+logLarge
					s.scale = math.Exp(s.log)
				}
			}
		}
		first = false
		return q
	}
}

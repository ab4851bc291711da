package sbg

import (
	"math"

	"hourglass/core/fit"
	"hourglass/core/special"
)

// Weibull are the parameters of the beta-discrete-Weibull model (BdW) of Fader, Hardie, Liu, Davin & Steenburgh, "'How to Project Customer Retention'
// revisited: the role of duration dependence", Journal of Interactive Marketing 43, 2018 (FH18 below): after t periods a customer whose chance to
// leave in the first is theta is there with the probability (1-theta)^(t^C). Below C = 1 each becomes more loyal with time, above less; at
// C = 1 nobody changes, and the model is the shifted-beta-geometric.
type Weibull struct {
	Params
	C float64 // > 0
}

// Valid reports whether the parameters are positive and finite.
func (p Weibull) Valid() bool { return p.Params.Valid() && p.C > 0 && p.C <= math.MaxFloat64 }

// Survival returns S(t) = B(alpha, beta + t^c)/B(alpha, beta), the share of a cohort still active after t >= 0 periods (FH18).
func (p Weibull) Survival(t int) float64 {
	if !p.Valid() || t < 0 {
		return 0
	}
	return math.Exp(special.LogBetaRatio(p.Alpha, p.Beta, 0, p.time(t)))
}

// LogRetention returns the logarithm of S(t)/S(t-1) for t >= 1, formed without dividing: 0 for other t.
func (p Weibull) LogRetention(t int) float64 {
	if !p.Valid() || t < 1 {
		return 0
	}
	before := p.time(t - 1)
	return special.LogBetaRatio(p.Alpha, p.Beta+before, 0, p.time(t)-before)
}

// time is t^C, finite.
func (p Weibull) time(t int) float64 { return min(math.Pow(float64(t), p.C), 1e300) }

// LogLikelihood returns the log-likelihood of the counts, as that of Params period by period, and its derivatives by alpha, beta and c. Zero and
// no gradient for invalid params and for columns of unequal length.
func (p Weibull) LogLikelihood(c Counts) (ll float64, by [3]float64) {
	if !p.Valid() || len(c.AtRisk) != len(c.Lost) {
		return 0, by
	}
	all := p.Alpha + p.Beta
	slope := func(t int) (x, dx float64) { // t^c and its derivative by c
		x = p.time(t)
		if t > 1 {
			dx = x * math.Log(float64(t))
		}
		return x, dx
	}
	before, dBefore := 0.0, 0.0
	for i, lost := range c.Lost {
		after, dAfter := slope(i + 1)
		kept, step := c.AtRisk[i]-lost, after-before
		stay := special.LogBetaRatio(p.Alpha, p.Beta+before, 0, step)
		odds := 0.0 // d LL / d log retention
		if kept > 0 {
			ll, odds = ll+kept*stay, kept
		}
		if lost > 0 {
			ll += lost * special.Log1mExp(stay)
			odds -= lost / math.Expm1(-stay)
		}
		dBeta := special.DigammaDiff(p.Beta+before, step)
		dAll := special.DigammaDiff(all+before, step)
		by[0] -= odds * dAll
		by[1] += odds * (dBeta - dAll)
		// d/dx log B(alpha, beta+x) = -(digamma(all+x) - digamma(beta+x)), at either end
		by[2] += odds * (dBefore*special.DigammaDiff(p.Beta+before, p.Alpha) - dAfter*special.DigammaDiff(p.Beta+after, p.Alpha))
		before, dBefore = after, dAfter
	}
	return ll, by
}

// A FittedWeibull is the parameters and the evidence for them, in the order alpha, beta, c.
type FittedWeibull struct {
	Weibull
	Result fit.Result
}

// FitWeibull maximises the likelihood of the counts. from, the shifted-beta-geometric model's parameters where it has any, is among the starts.
func FitWeibull(c Counts, from Fitted) (f FittedWeibull) {
	if c.Validate().Code != Valid {
		f.Result.Status = fit.BadTable
		return f
	}
	var begin [][]float64
	add := func(alpha, beta float64) {
		for _, c := range [...]float64{0.6, 1, 1.7} {
			begin = append(begin, []float64{alpha, beta, math.Log(c)})
		}
	}
	if from.Result.Status == fit.Converged {
		add(math.Log(from.Params.Alpha), math.Log(from.Params.Beta))
	} else {
		for _, s := range starts(from.ConstantChurn)[1:4] {
			add(s[0], s[1])
		}
	}
	f.Result = fit.Maximise(fit.Problem{
		LogLikelihood: func(theta, gradient []float64) float64 {
			p := Weibull{Params{math.Exp(theta[0]), math.Exp(theta[1])}, math.Exp(theta[2])}
			if !p.Valid() {
				return math.NaN()
			}
			ll, by := p.LogLikelihood(c)
			gradient[0], gradient[1], gradient[2] = p.Alpha*by[0], p.Beta*by[1], p.C*by[2]
			return ll
		},
		Starts: begin,
	})
	if r := f.Result; r.Theta != nil {
		f.Weibull = Weibull{Params{r.Parameters[0], r.Parameters[1]}, r.Parameters[2]}
	}
	return f
}

// WeibullPeriods is at how many tenures renewals must have been due for a BdW curve: with fewer, its three parameters go through what is there.
const WeibullPeriods = 5

// Depends reports whether the counts say that those who stay change with time: the BdW model has an inner maximum, which explains them better than the
// shifted-beta-geometric one (constant churn, where that is its limit) by the Bayesian information criterion. Its number of observations is that of
// those who left: Volinsky & Raftery, "Bayesian information criterion for censored survival models", Biometrics 56, 2000.
func Depends(c Counts, plain Fitted, f FittedWeibull) bool {
	tenures, lost, parameters := 0, 0.0, 2.0
	for i, n := range c.AtRisk {
		lost += c.Lost[i]
		if n > 0 {
			tenures++
		}
	}
	if tenures < WeibullPeriods || f.Result.Status != fit.Converged || f.Result.ThetaCovariance == nil {
		return false
	}
	ll := plain.Result.LogLikelihood
	if plain.Result.Status != fit.Converged {
		ll, parameters = max(ll, plain.ConstantLL), 1
	}
	return 2*(f.Result.LogLikelihood-ll) > (3-parameters)*math.Log(lost)
}

package sbg

import (
	"math"

	"hourglass/core/fit"
)

// A Fitted model is the parameters and the evidence for them. When Limit is not
// NoLimit, Params are a point far out on the way to the limit: predictions from
// them are the limit's, but their digits mean nothing.
type Fitted struct {
	Params        Params
	Limit         Limit
	ConstantChurn float64 // lost / at risk, the maximum of the geometric model
	ConstantLL    float64 // its log-likelihood
	Fault         Fault   // what is wrong with the counts, with the status BadTable
	Result        fit.Result
}

// A Limit is the simpler model that the data call for when alpha and beta have no
// finite, positive maximum.
type Limit uint8

// The limits of the model.
const (
	NoLimit   Limit = iota
	Geometric       // alpha, beta -> infinity: every customer churns at ConstantChurn
	Polarised       // alpha, beta -> 0: each leaves in the first period or never
)

var limitNames = [...]string{"none", "geometric", "polarised"}

// String returns the limit's name on the wire, empty for an unknown limit.
func (l Limit) String() string {
	if int(l) >= len(limitNames) {
		return ""
	}
	return limitNames[l]
}

// Fit maximises the likelihood of the counts. The order of Result's vectors is
// alpha, beta. step may be nil (see fit.Problem). The status is NoData when nobody was at
// risk, and BadTable, with the Fault, for counts that Validate refuses.
//
// One period cannot tell alpha from beta (status NotIdentified, limit Geometric).
// Churn that is constant or rises with age drives both to infinity, losses in
// the first period alone drive both to zero (status Boundary).
func Fit(c Counts, step func(fit.Progress) bool) Fitted {
	if fault := c.Validate(); fault.Code != Valid {
		return Fitted{Fault: fault, Result: fit.Result{Status: fit.BadTable}}
	}
	lost, risk := 0.0, 0.0
	for i := range c.Lost {
		lost += c.Lost[i]
		risk += c.AtRisk[i]
	}
	if !(risk > 0) {
		return Fitted{}
	}
	f := Fitted{ConstantChurn: lost / risk}
	if lost > 0 && lost < risk {
		f.ConstantLL = lost*math.Log(lost/risk) + (risk-lost)*math.Log1p(-lost/risk)
	}
	f.Result = fit.Maximise(fit.Problem{
		LogLikelihood: func(theta, gradient []float64) float64 {
			p := Params{math.Exp(theta[0]), math.Exp(theta[1])}
			if !p.Valid() {
				return math.NaN()
			}
			ll, da, db := p.LogLikelihood(c)
			gradient[0], gradient[1] = p.Alpha*da, p.Beta*db
			return ll
		},
		Starts: starts(f.ConstantChurn),
		Step:   step,
	})
	if f.Result.Theta != nil {
		f.Params = Params{f.Result.Parameters[0], f.Result.Parameters[1]}
	}
	if r := f.Result; r.Status == fit.Boundary || r.Status == fit.NotIdentified {
		f.Limit = Geometric
		if r.LogLikelihood-f.ConstantLL > 1e-6*(1+math.Abs(f.ConstantLL)) {
			f.Limit = Polarised
		}
	}
	return f
}

// starts spreads log alpha, log beta over strong to weak heterogeneity around
// the observed churn.
func starts(churn float64) [][]float64 {
	churn = min(max(churn, 0.001), 0.999)
	var s [][]float64
	for _, n := range []float64{0.3, 1, 3, 10, 100} {
		s = append(s, []float64{math.Log(n * churn), math.Log(n * (1 - churn))})
	}
	return s
}

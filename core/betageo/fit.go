package betageo

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/fit"
)

// A Fitted model is the parameters and the evidence for them. When Limit is not
// NoLimit, Params are a point far out on the way to the limit: predictions from
// them are the limit's, but their digits mean nothing.
type Fitted struct {
	Params Params
	Limit  Limit
	Fault  cbs.Fault // what is wrong with the table, with the status BadTable
	Result fit.Result
}

// A Limit is the simpler model that the data call for when the likelihood has no
// finite, positive maximum.
type Limit uint8

// The limits of the models.
const (
	NoLimit              Limit = iota
	NoRepeats                  // no customer ever came back: rates and loyalty are anyone's guess
	EqualRates                 // r, alpha -> infinity: all order at the same rate r/alpha
	PolarisedRates             // r, alpha -> 0: a few order very often, the others hardly ever
	NoLeaving                  // a/(a+b) -> 0: nobody leaves, the NBD model
	EqualLeaving               // a, b -> infinity: all leave with the same probability a/(a+b)
	PolarisedLeaving           // a, b -> 0: each leaves at the first chance or never
	LeavingAtFirstChance       // a/(a+b) -> 1: all leave at the first chance
	SeparatedCovariates        // coefficients -> infinity, or such as cannot be told apart
)

var limitNames = [...]string{"none", "no_repeats", "equal_rates", "polarised_rates", "no_leaving",
	"equal_leaving", "polarised_leaving", "leaving_at_first_chance", "separated_covariates"}

// String returns the limit's name on the wire, empty for an unknown limit.
func (l Limit) String() string {
	if int(l) >= len(limitNames) {
		return ""
	}
	return limitNames[l]
}

// Fit maximises the likelihood of a table. The order of Result's vectors is r,
// alpha, a, b. step may be nil (see fit.Problem). The status is NoData when no row
// has weight, and BadTable for a table that is not valid.
func Fit(c Chances, t cbs.Table, step func(fit.Progress) bool) Fitted {
	return form{c, 1}.fit(t, nil, nil, false, step)
}

// Refit climbs from the parameters of much the same table alone, such as those of a whole whose part this is, and returns
// the point without the evidence: Result has no Hessian, and Limit is not looked for. hessian is that of so many customers there, nil where nobody knows.
func Refit(c Chances, near Params, hessian []float64, t cbs.Table, step func(fit.Progress) bool) Fitted {
	return form{c, 1}.fit(t, &near, hessian, true, step)
}

// FitErlang maximises LogLikelihoodErlang. With near it climbs from those parameters alone, as when the fit with one
// stage fewer is known; nil tries all starts.
func FitErlang(k int, near *Params, t cbs.Table, step func(fit.Progress) bool) Fitted {
	return form{MBG, max(1, k)}.fit(t, near, nil, false, step)
}

// RefitErlang is Refit with k stages.
func RefitErlang(k int, near Params, hessian []float64, t cbs.Table, step func(fit.Progress) bool) Fitted {
	return form{MBG, max(1, k)}.fit(t, &near, hessian, true, step)
}

func (f form) fit(t cbs.Table, near *Params, hessian []float64, pointOnly bool, step func(fit.Progress) bool) Fitted {
	if fault := t.Validate(); fault.Code != cbs.Valid {
		return Fitted{Fault: fault, Result: fit.Result{Status: fit.BadTable}}
	}
	unique := t.Compress()
	if unique.Len() == 0 {
		return Fitted{}
	}
	scaled, scale := unique.Scaled()
	repeats, exposure := 0.0, 0.0
	for i, x := range scaled.X {
		repeats += scaled.W[i] * x
		exposure += scaled.W[i] * scaled.T[i]
	}
	stages := float64(f.stages)
	problem := fit.Problem{
		Starts:    starts(stages * max(repeats, 0.5) / exposure),
		Scales:    []float64{1, scale, 1, 1},
		Offset:    -stages * repeats * math.Log(scale),
		PointOnly: pointOnly,
		Curvature: hessian,
		Step:      step,
	}
	problem.LogLikelihood, problem.Hessian = f.surface(scaled)
	if near != nil {
		problem.Starts = [][]float64{{startAt(near.R), startAt(near.Alpha / scale), startAt(near.A), startAt(near.B)}}
	} else if n := scaled.Len(); n > 500 { // an eighth is enough to choose a start by
		preview := scaled.Thin(min(n/8, 2000))
		problem.Preview, problem.PreviewShare = f.objective(preview), preview.Customers()/scaled.Customers()
	}
	fitted := Fitted{Result: fit.Maximise(problem)}
	if r := fitted.Result; r.Parameters != nil {
		fitted.Params = Params{r.Parameters[0], r.Parameters[1], r.Parameters[2], r.Parameters[3]}
	}
	fitted.Limit = limit(fitted.Result, repeats)
	return fitted
}

// objective is the likelihood in the logarithms of r, alpha, a, b.
func (f form) objective(t cbs.Table) fit.Objective {
	objective, _ := f.surface(t)
	return objective
}

// surface is the likelihood in the logarithms of r, alpha, a, b, with its second derivatives.
func (f form) surface(t cbs.Table) (fit.Objective, func(theta, hessian []float64)) {
	d := prepare(t)
	objective := func(theta, gradient []float64) float64 {
		p := Params{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])}
		if !p.Valid() {
			return math.NaN()
		}
		ll, g := p.logLikelihood(f, &d)
		gradient[0], gradient[1], gradient[2], gradient[3] = g.R, g.Alpha, g.A, g.B
		return ll
	}
	return objective, func(theta, hessian []float64) {
		Params{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])}.hessian(f, &d, hessian)
	}
}

// starts spreads the heterogeneity of rates and of loyalty from strong to
// none, around the observed rate of repeat orders.
func starts(rate float64) [][]float64 {
	var s [][]float64
	for _, p := range []Params{
		{0.3, 0.2, 0.7, 2}, // as most shops are
		{1, 0.5, 1, 2},
		{3, 1.5, 0.3, 0.5}, // loyalty polarised
		{0.7, 0.6, 0.1, 3}, // next to no leaving
		{20, 10, 4, 12},    // next to no heterogeneity
	} {
		s = append(s, []float64{math.Log(p.R), math.Log(p.Alpha / rate), math.Log(p.A), math.Log(p.B)})
	}
	return s
}

// limit names where a fit without a maximum is heading: the flat direction
// tells which distribution degenerates, its parameters tell how.
func limit(r fit.Result, repeats float64) Limit {
	switch {
	case r.Status != fit.Boundary && r.Status != fit.NotIdentified:
		return NoLimit
	case repeats == 0:
		return NoRepeats
	case math.Hypot(r.Flat[0], r.Flat[1]) > math.Hypot(r.Flat[2], r.Flat[3]):
		return ratesLimit(r.Theta[0])
	}
	return leavingLimit(r.Theta[2], r.Theta[3])
}

// ratesLimit takes log r.
func ratesLimit(shape float64) Limit {
	if shape > 0 {
		return EqualRates
	}
	return PolarisedRates
}

// leavingLimit takes log a and log b.
func leavingLimit(a, b float64) Limit {
	const same = 3 // e-folds within which a and b move together
	switch {
	case a-b < -same && b < same || a < -same && b > -same:
		return NoLeaving
	case a-b > same:
		return LeavingAtFirstChance
	case max(a, b) > 0:
		return EqualLeaving
	}
	return PolarisedLeaving
}

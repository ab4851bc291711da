package paretonbd

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

// The limits of the model.
const (
	NoLimit          Limit = iota
	NoRepeats              // no customer ever came back: rates and lifetimes are anyone's guess
	EqualRates             // r, alpha -> infinity: all order at the same rate r/alpha
	PolarisedRates         // r, alpha -> 0: a few order very often, the others hardly ever
	NoLeaving              // s/beta -> 0: nobody leaves, the NBD model
	EqualLifetimes         // s, beta -> infinity: lifetimes are exponential, of mean beta/s for all
	PolarisedLeaving       // s, beta -> 0: each leaves at once or never
	LeavingAtOnce          // beta -> 0: all leave at once
)

var limitNames = [...]string{"none", "no_repeats", "equal_rates", "polarised_rates", "no_leaving",
	"equal_lifetimes", "polarised_leaving", "leaving_at_once"}

// String returns the limit's name on the wire, empty for an unknown limit.
func (l Limit) String() string {
	if int(l) >= len(limitNames) {
		return ""
	}
	return limitNames[l]
}

// The starts compete on a tenth of the rows, within these bounds.
const fewest, most = 100, 2000

// Fit maximises the likelihood of a table. The order of Result's vectors is r,
// alpha, s, beta. step may be nil (see fit.Problem). The status is NoData when no
// row has weight, and BadTable, with the Fault, for a table that is not valid.
func Fit(t cbs.Table, step func(fit.Progress) bool) Fitted { return maximise(t, nil, nil, step) }

// Refit climbs from the parameters of much the same table alone, such as those of a whole whose part this is, and returns
// the point without the evidence: Result has no Hessian, and Limit is not looked for. hessian is that of so many customers there, nil where nobody knows.
func Refit(near Params, hessian []float64, t cbs.Table, step func(fit.Progress) bool) Fitted {
	return maximise(t, &near, hessian, step)
}

func maximise(t cbs.Table, near *Params, hessian []float64, step func(fit.Progress) bool) Fitted {
	if fault := t.Validate(); fault.Code != cbs.Valid {
		return Fitted{Fault: fault, Result: fit.Result{Status: fit.BadTable}}
	}
	unique := t.Compress()
	if unique.Len() == 0 {
		return Fitted{}
	}
	scaled, scale := unique.Scaled()
	repeats, exposure := totals(scaled)
	problem := fit.Problem{
		Starts: starts(max(repeats, 0.5) / exposure),
		Scales: []float64{1, scale, 1, scale},
		Offset: -repeats * math.Log(scale),
		Step:   step,
	}
	problem.LogLikelihood, problem.Hessian = surface(scaled)
	if near != nil {
		problem.PointOnly, problem.Curvature = true, hessian
		problem.Starts = [][]float64{{startAt(near.R), startAt(near.Alpha / scale), startAt(near.S), startAt(near.Beta / scale)}}
	} else if rows := min(max(scaled.Len()/10, fewest), most); scaled.Len() > 2*rows {
		preview := scaled.Thin(rows)
		problem.Preview, problem.PreviewShare = objective(preview), preview.Customers()/scaled.Customers()
	}
	f := Fitted{Result: fit.Maximise(problem)}
	if r := f.Result; r.Parameters != nil {
		f.Params = Params{r.Parameters[0], r.Parameters[1], r.Parameters[2], r.Parameters[3]}
	}
	f.Limit = limit(f.Result, repeats)
	return f
}

// startAt returns the logarithm, no further out than a climb can come back from.
func startAt(v float64) float64 { return max(-8, min(8, math.Log(v))) }

// totals returns the repeat orders of all customers and the time observed.
func totals(t cbs.Table) (repeats, exposure float64) {
	for i, x := range t.X {
		repeats += t.Weight(i) * x
		exposure += t.Weight(i) * t.T[i]
	}
	return repeats, exposure
}

// objective is the likelihood in the logarithms of r, alpha, s, beta.
func objective(t cbs.Table) fit.Objective {
	objective, _ := surface(t)
	return objective
}

// surface is the likelihood in the logarithms of r, alpha, s, beta, with its second derivatives.
func surface(t cbs.Table) (fit.Objective, func(theta, hessian []float64)) {
	h := newHistories(t)
	at := func(theta []float64) Params {
		return Params{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])}
	}
	objective := func(theta, gradient []float64) float64 {
		p := at(theta)
		if !p.Valid() {
			return math.NaN()
		}
		ll, g := p.logLikelihood(h)
		gradient[0], gradient[1], gradient[2], gradient[3] = g.R, g.Alpha, g.S, g.Beta
		return ll
	}
	return objective, func(theta, hessian []float64) { at(theta).hessian(h, hessian) }
}

// starts spreads the heterogeneity of rates and of lifetimes from strong to
// none, around the observed rate of repeat orders; times are in units of the
// largest T.
func starts(rate float64) [][]float64 {
	var s [][]float64
	for _, p := range []Params{
		{0.5, 0.4, 0.6, 0.3}, // as most shops are
		{1, 0.7, 1, 1},
		{3, 2, 0.2, 0.02},  // a few leave soon, the others hardly ever
		{0.7, 0.7, 0.1, 1}, // next to no leaving
		{20, 10, 20, 10},   // next to no heterogeneity
	} {
		s = append(s, []float64{math.Log(p.R), math.Log(p.Alpha / rate), math.Log(p.S), math.Log(p.Beta)})
	}
	return s
}

// limit names where a fit without a maximum is heading: the flat direction
// tells which distribution degenerates, its parameters tell how.
func limit(r fit.Result, repeats float64) Limit {
	if r.Status != fit.Boundary && r.Status != fit.NotIdentified {
		return NoLimit
	}
	if repeats == 0 {
		return NoRepeats
	}
	if math.Hypot(r.Flat[0], r.Flat[1]) > math.Hypot(r.Flat[2], r.Flat[3]) {
		if r.Theta[0] > 0 {
			return EqualRates
		}
		return PolarisedRates
	}
	s, beta := math.Exp(r.Theta[2]), math.Exp(r.Theta[3]) // in units of the largest T
	leavers := -math.Expm1(-s * math.Log1p(1/beta))       // by then
	switch {
	case leavers < 1e-5:
		return NoLeaving
	case beta > 1:
		return EqualLifetimes
	case leavers > 0.95:
		return LeavingAtOnce
	}
	return PolarisedLeaving
}

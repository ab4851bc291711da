package mbgcnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/fit"
)

// A Fitted model is the parameters and the evidence for them. When Limit is not betageo.NoLimit, Params are a point far out
// on the way to the limit: predictions from them are the limit's, but their digits mean nothing.
type Fitted struct {
	Params Params
	Limit  betageo.Limit
	Fault  cbs.Fault  // what is wrong with the table, with the status BadTable
	Result fit.Result // vectors in the order r, alpha, a, b
	Gain   float64    // in log-likelihood over k = 1
}

// Bounded reports whether the data call for more stages than MaxStages.
func (f Fitted) Bounded() bool { return f.Params.K == MaxStages }

// worthIt is how much twice the log-likelihood must gain for k to be other than 1: what Akaike's criterion asks of one more
// parameter.
const worthIt = 2

// Fit maximises the likelihood of a table in any unit of time, k included, which needs its Gaps: without
// them k is 1. step may be nil (see fit.Problem). The status is NoData when no row has weight, and BadTable, with the Fault, for a table that
// cbs.Table.Validate refuses.
//
// k rises from 1 for as long as the likelihood does, each fit starting where the last one ended: so data without
// regularity cost two fits.
func Fit(t cbs.Table, step func(fit.Progress) bool) Fitted {
	if fault := t.Validate(); fault.Code != cbs.Valid {
		return Fitted{Fault: fault, Result: fit.Result{Status: fit.BadTable}}
	}
	t = t.Compress()
	return above(FitStages(1, t, ahead(step, 0)), t, step)
}

// above is Fit from the fit with one stage.
func above(best Fitted, t cbs.Table, step func(fit.Progress) bool) Fitted {
	if best.Result.Theta == nil || t.Gaps == nil || orders(t) == 0 {
		return best
	}
	one := best
	for k := 2; k <= MaxStages; k++ {
		next := refitted(best.Params, k, nil, t, ahead(step, firstClimbs+k-2))
		if next.Result.Status == fit.Cancelled {
			next.Params.K = k
			return next
		}
		if next.Result.Theta == nil || !(next.Result.LogLikelihood > best.Result.LogLikelihood) {
			break
		}
		next.Gain = next.Result.LogLikelihood - one.Result.LogLikelihood
		best = next
	}
	if !(2*best.Gain > worthIt) {
		return one
	}
	known := best.Params.shared() // the evidence for the k that is left
	described := fitted(best.Params.K, betageo.FitErlang(best.Params.K, &known, t, ahead(step, firstClimbs+MaxStages-2)), t)
	described.Gain = described.Result.LogLikelihood - one.Result.LogLikelihood
	return described
}

// Refit is Fit from the parameters of much the same table, k among them, and returns the point without the evidence (see
// betageo.Refit): k goes up or down from there for as long as the likelihood rises.
func Refit(near Params, hessian []float64, t cbs.Table, step func(fit.Progress) bool) Fitted {
	return refit(near, hessian, nil, t, step)
}

// refit is Refit, one being the fit with one stage if that is known.
func refit(near Params, hessian []float64, one *Fitted, t cbs.Table, step func(fit.Progress) bool) Fitted {
	if fault := t.Validate(); fault.Code != cbs.Valid {
		return Fitted{Fault: fault, Result: fit.Result{Status: fit.BadTable}}
	}
	if !near.Valid() {
		return Fitted{}
	}
	t = t.Compress()
	var best Fitted
	if near.K == 1 && one != nil {
		best = *one
	} else {
		best = refitted(near, near.K, hessian, t, step)
	}
	for _, side := range [...]int{1, -1} {
		for k := best.Params.K + side; k >= 1 && k <= MaxStages; k += side {
			next := refitted(best.Params, k, nil, t, step)
			if next.Result.Status == fit.Cancelled {
				return next
			}
			if next.Result.Theta == nil || !(next.Result.LogLikelihood > best.Result.LogLikelihood) {
				break
			}
			best = next
		}
		if best.Params.K != near.K {
			break
		}
	}
	if best.Params.K == 1 {
		return best
	}
	if one == nil {
		climbed := refitted(best.Params, 1, nil, t, step)
		one = &climbed
	}
	if best.Gain = best.Result.LogLikelihood - one.Result.LogLikelihood; one.Result.Theta != nil && !(2*best.Gain > worthIt) {
		return *one
	}
	return best
}

// refitted climbs with k stages from parameters with others: k stages take the time that those take.
func refitted(from Params, k int, hessian []float64, t cbs.Table, step func(fit.Progress) bool) Fitted {
	near := from.shared()
	near.Alpha *= float64(from.K) / float64(k)
	return fitted(k, betageo.RefitErlang(k, near, hessian, t, step), t)
}

// firstClimbs are those of k = 1, at most; every other k has one.
const firstClimbs = 6

// ahead tells step of progress after so many climbs of all that there may be.
func ahead(step func(fit.Progress) bool, before int) func(fit.Progress) bool {
	if step == nil {
		return nil
	}
	return func(p fit.Progress) bool {
		p.Start, p.Starts = p.Start+before, firstClimbs+MaxStages-1
		return step(p)
	}
}

// FitStages is Fit for a given k, from all starts.
func FitStages(k int, t cbs.Table, step func(fit.Progress) bool) Fitted {
	if k < 1 || k > MaxStages {
		return Fitted{}
	}
	if k == 1 {
		return fitted(1, betageo.Fit(betageo.MBG, t, step), t)
	}
	return fitted(k, betageo.FitErlang(k, nil, t, step), t)
}

func fitted(k int, f betageo.Fitted, t cbs.Table) Fitted {
	if f.Result.Theta != nil {
		f.Result.LogLikelihood += gaps(k, t)
	}
	return Fitted{Params: params(k, f.Params), Limit: f.Limit, Fault: f.Fault, Result: f.Result}
}

package bgbb

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/fit"
)

// A Fitted model is the parameters and the evidence for them. When Limit is not
// NoLimit, Params are a point on a ridge or far out on the way to the limit:
// predictions from them are the limit's, but their digits mean nothing.
type Fitted struct {
	Params Params
	Limit  Limit
	Fault  Fault // why there is no fit at all
	Result fit.Result
}

// A Limit is the simpler model that the data call for when the parameters have no
// finite, positive maximum.
type Limit uint8

// The limits of the model.
const (
	NoLimit          Limit = iota
	SameRate               // alpha, beta -> infinity: everyone buys with the same probability
	PolarisedRate          // alpha, beta -> 0: each buys at every opportunity or at none
	NoPurchase             // alpha/beta -> 0: nobody buys
	EveryOpportunity       // beta/alpha -> 0: everyone who is there buys
	SameDropout            // gamma, delta -> infinity: everyone leaves with the same probability
	PolarisedDropout       // gamma, delta -> 0: each leaves at once or never
	NoDropout              // gamma/delta -> 0: nobody leaves
	ImmediateDropout       // delta/gamma -> 0: everyone leaves at once
	Ridge                  // none: other parameters fit exactly as well
)

var limitNames = [...]string{"none", "same_rate", "polarised_rate", "no_purchase", "every_opportunity",
	"same_dropout", "polarised_dropout", "no_dropout", "immediate_dropout", "ridge"}

// String returns the limit's name on the wire, empty for an unknown limit.
func (l Limit) String() string {
	if int(l) >= len(limitNames) {
		return ""
	}
	return limitNames[l]
}

const (
	vanished    = 1e-6 // odds below which a probability, at a limit, is on its way to 0
	previewFrom = 4096 // rows from which the starts compete on a thinned table
	previewRows = 512
)

// Fit maximises the likelihood of a table (FHS10 eq. 6). The
// order of Result's vectors is alpha, beta, gamma, delta. step may be nil (see
// fit.Problem). Status NoData for an empty table, BadTable with the Fault for another that
// Check does not pass; NotIdentified where nobody
// was observed at three opportunities: two have four histories, whose shares are
// three numbers for four parameters, and the ridge is curved.
func Fit(t cbs.Table, step func(fit.Progress) bool) Fitted {
	if fault := Check(t); fault.Code != Valid {
		return Fitted{Fault: fault, Result: fit.Result{Status: fit.BadTable}}
	}
	t = arrange(t.Compress())
	if t.Len() == 0 {
		return Fitted{}
	}
	problem := fit.Problem{LogLikelihood: objective(t), Starts: starts(t), Step: step}
	if t.Len() > previewFrom {
		problem.Preview = objective(t.Thin(previewRows))
	}
	f := Fitted{Result: fit.Maximise(problem)}
	if r := f.Result; r.Theta != nil {
		f.Params = Params{r.Parameters[0], r.Parameters[1], r.Parameters[2], r.Parameters[3]}
		f.Limit = limit(r, f.Params)
	}
	return f
}

func objective(t cbs.Table) fit.Objective {
	return func(theta, gradient []float64) float64 {
		p := Params{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])}
		if !p.Valid() {
			return math.NaN()
		}
		ll, g := p.logLikelihood(t)
		gradient[0], gradient[1], gradient[2], gradient[3] = g.Alpha, g.Beta, g.Gamma, g.Delta
		return ll
	}
}

// starts spreads from strong to weak heterogeneity around rough moments: purchases
// by opportunity up to the last one, and leaving at what remains after it.
func starts(t cbs.Table) [][]float64 {
	var x, until, n float64
	for i := range t.X {
		w := t.Weight(i)
		x += w * t.X[i]
		until += w * max(1, t.TX[i])
		n += w * t.T[i]
	}
	buy := min(max(x/until, 0.02), 0.98)
	leave := min(max((1-until/n)/4, 0.01), 0.5)
	var s [][]float64
	for _, c := range [][2]float64{{1, 1}, {3, 3}, {10, 10}, {100, 1}, {1, 100}, {0.3, 0.3}} {
		s = append(s, []float64{
			math.Log(c[0] * buy), math.Log(c[0] * (1 - buy)),
			math.Log(c[1] * leave), math.Log(c[1] * (1 - leave)),
		})
	}
	return s
}

// limit names the limit by the mean probabilities, if one has vanished, else by
// the pair of parameters that the flat direction moves and by where that pair is.
func limit(r fit.Result, p Params) Limit {
	switch r.Status {
	case fit.Boundary:
	case fit.NotIdentified:
		return Ridge
	default:
		return NoLimit
	}
	f := r.Flat
	rate := f[0]*f[0]+f[1]*f[1] >= f[2]*f[2]+f[3]*f[3]
	switch {
	case p.Alpha < vanished*p.Beta:
		return NoPurchase
	case p.Beta < vanished*p.Alpha:
		return EveryOpportunity
	case p.Delta < vanished*p.Gamma:
		return ImmediateDropout
	case p.Gamma < vanished*p.Delta:
		return NoDropout
	case rate && p.Alpha+p.Beta < 1:
		return PolarisedRate
	case rate:
		return SameRate
	case p.Gamma+p.Delta < 1:
		return PolarisedDropout
	}
	return SameDropout
}

package gammagamma

import (
	"math"

	"hourglass/core/fit"
	"hourglass/core/special"
)

// A Fitted model is the parameters and the evidence for them. When Limit is not
// NoLimit, Params are a point far out on the way to the limit: predictions from
// them are the limit's, but their digits mean nothing.
type Fitted struct {
	Params      Params
	Limit       Limit
	Tail        Tail
	Customers   float64     // that the fit rests on
	Aside       Aside       // that it had to leave out
	Fault       Fault       // why there is no fit at all
	Correlation Correlation // of frequency and spend, which the model assumes to be unrelated
	Dependence  Dependence  // the same assumption tested within the model
	Result      fit.Result
}

// A Limit is the simpler model that the data call for when the parameters have no
// finite, positive maximum.
type Limit uint8

// The limits of the model.
const (
	NoLimit     Limit = iota
	FixedSpend        // p -> infinity: each customer always spends the same
	AlikeSpend        // q -> infinity: all customers draw from one distribution
	SingleSpend       // both: one amount; the likelihood has no bound
	NoScale           // p, q -> 0: amounts spread over so many powers of ten that none is typical
	Ridge             // none: variation within and among customers cannot be told apart
)

var limitNames = [...]string{"none", "fixed_spend", "alike_spend", "single_spend", "no_scale", "ridge"}

// String returns the limit's name on the wire, empty for an unknown limit.
func (l Limit) String() string {
	if int(l) >= len(limitNames) {
		return ""
	}
	return limitNames[l]
}

// A Tail says whether the mean spend of the population exists: its tail falls
// like m^-(q+1).
type Tail uint8

// The verdicts on the tail.
const (
	FiniteMean    Tail = iota // q > 1, its 95 % interval too
	UncertainMean             // q > 1, but its 95 % interval reaches 1 or is not known
	InfiniteMean              // q <= 1: a few customers spend without bound, see Params.Spend
)

var tailNames = [...]string{"finite_mean", "uncertain_mean", "infinite_mean"}

// String returns the verdict's name on the wire, empty for an unknown verdict.
func (t Tail) String() string {
	if int(t) >= len(tailNames) {
		return ""
	}
	return tailNames[t]
}

const (
	sameSpend   = 1e-9 // relative spread below which amounts differ by rounding only
	farOut      = 1e4  // a shape beyond which its own variation is below 1 %
	previewFrom = 8192 // rows from which the starts compete on a thinned table
	previewRows = 2048
)

// Fit maximises the likelihood over the rows that the model can use. The order of
// Result's vectors is p, q, gamma. step may be nil (see fit.Problem).
//
// When all usable spends are one amount (one customer, say) no maximum exists:
// status Boundary, limit SingleSpend, every prediction that amount. The status is NoData
// when the model can use no row, and BadTable, with the Fault, for entries that are no data.
func Fit(t Table, step func(fit.Progress) bool) Fitted {
	usable, aside, fault := t.Screen()
	f := Fitted{Aside: aside, Fault: fault, Customers: usable.Customers()}
	if fault.Code != Valid {
		f.Result.Status = fit.BadTable
		return f
	}
	if !(f.Customers > 0) {
		return f
	}
	usable = usable.Compress()
	f.Correlation = usable.Correlate()
	mean, variance, inverse := usable.logMoments()
	scale := math.Exp(mean)
	if variance <= sameSpend*sameSpend {
		f.Limit = SingleSpend
		f.Params = Params{1e12, 1e12, scale}
		f.Result = fit.Result{Status: fit.Boundary, Identifiability: fit.Undetermined}
		return f
	}
	usable = usable.scaled(scale)
	problem := fit.Problem{
		LogLikelihood: objective(usable),
		Hessian: func(theta, hessian []float64) {
			Params{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2])}.hessian(usable, hessian)
		},
		Starts: starts(variance, inverse),
		Scales: []float64{1, 1, scale},
		Offset: -f.Customers * mean, // the density of z/scale is scale times that of z
		Step:   step,
	}
	if len(usable.X) > previewFrom {
		preview := usable.Thin(previewRows)
		problem.Preview, problem.PreviewShare = objective(preview), preview.Customers()/f.Customers
	}
	f.Result = fit.Maximise(problem)
	if r := f.Result; r.Theta != nil {
		f.Params = Params{r.Parameters[0], r.Parameters[1], r.Parameters[2]}
		f.Limit, f.Tail = limit(r, f.Params), tail(r, f.Params)
		if r.Status == fit.Converged {
			f.Dependence = Params{f.Params.P, f.Params.Q, f.Params.Gamma / scale}.Depend(usable)
		}
	}
	return f
}

func objective(t Table) fit.Objective {
	logs := t.logs()
	return func(theta, gradient []float64) float64 {
		p := Params{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2])}
		if !p.Valid() {
			return math.NaN()
		}
		ll, g := p.logLikelihood(t, logs)
		gradient[0], gradient[1], gradient[2] = g.P, g.Q, g.Gamma
		return ll
	}
}

// starts divides the variance of the logarithm of the mean spends, about 1/(px) +
// 1/q, in five ways between variation within and among customers; gamma then
// follows from the mean logarithm, which the scale has made zero.
func starts(variance, inverse float64) [][]float64 {
	var s [][]float64
	for _, within := range []float64{0.02, 0.2, 0.5, 0.8, 0.98} {
		p := inverse / (within * variance)
		q := 1 / ((1 - within) * variance)
		logGamma := special.Digamma(q) - special.Digamma(p)
		s = append(s, []float64{math.Log(p), math.Log(q), min(max(logGamma, -50), 50)})
	}
	return s
}

func limit(r fit.Result, p Params) Limit {
	switch {
	case r.Status == fit.NotIdentified:
		return Ridge
	case r.Status != fit.Boundary:
		return NoLimit
	case p.P > farOut && p.Q > farOut:
		return SingleSpend
	case p.P > farOut:
		return FixedSpend
	case p.Q > farOut:
		return AlikeSpend
	}
	return NoScale
}

func tail(r fit.Result, p Params) Tail {
	switch {
	case p.Q <= 1:
		return InfiniteMean
	case p.Q > farOut:
		return FiniteMean
	case r.ThetaCovariance == nil || r.Theta[1] < 1.96*math.Sqrt(r.ThetaCovariance[4]):
		return UncertainMean
	}
	return FiniteMean
}

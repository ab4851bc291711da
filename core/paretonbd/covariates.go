package paretonbd

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
)

// Covariates are traits of the customers that do not change with time: for each trait
// a column with one finite number for each row of the table (FH07). Numbers of
// about one serve the fit best: 0 and 1, or standardised. A trait may be given for both.
type Covariates struct {
	Orders   [][]float64 // traits that may move the rate of ordering
	Lifetime [][]float64 // traits that may move the rate of leaving
}

// valid reports whether all columns have n finite numbers.
func (z Covariates) valid(n int) bool {
	for _, columns := range [...][][]float64{z.Orders, z.Lifetime} {
		for _, column := range columns {
			if len(column) != n {
				return false
			}
			for _, v := range column {
				if !(math.Abs(v) <= math.MaxFloat64) {
					return false
				}
			}
		}
	}
	return true
}

// WithCovariates are the parameters of the model with covariates. A customer with
// traits z has alpha = Params.Alpha e^(-Orders z) and beta = Params.Beta e^(-Lifetime z)
// (FH07): raising a trait by one multiplies the rate of ordering, or of
// leaving, by e^coefficient.
type WithCovariates struct {
	Params
	Orders, Lifetime []float64 // coefficients, one for each trait
}

// Of returns the parameters of customers with the given traits; short vectors
// leave the remaining traits at zero.
func (m WithCovariates) Of(orders, lifetime []float64) Params {
	return Params{m.R, m.Alpha * math.Exp(-dot(m.Orders, orders)), m.S, m.Beta * math.Exp(-dot(m.Lifetime, lifetime))}
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range min(len(a), len(b)) {
		s += a[i] * b[i]
	}
	return s
}

// LogLikelihood returns the log-likelihood of a table and writes its derivatives by
// log r, log alpha, log s, log beta and the coefficients, those of Orders first. NaN
// where a customer's alpha or beta overflows. The table and z must be valid.
func (m WithCovariates) LogLikelihood(t cbs.Table, z Covariates, gradient []float64) float64 {
	clear(gradient)
	ll, orders, lifetime := 0.0, make([]float64, len(m.Orders)), make([]float64, len(m.Lifetime))
	for i, x := range t.X {
		pick(z.Orders, i, orders)
		pick(z.Lifetime, i, lifetime)
		p := m.Of(orders, lifetime)
		if !p.Valid() {
			return math.NaN()
		}
		w := t.Weight(i)
		last, now := p.date(t.TX[i]), p.date(t.T[i])
		f := p.fates(x, last, now)
		d := p.gradient(x, now, &f)
		ll += w * (special.LogPoch(p.R, x) - x*math.Log(p.Alpha) + f.log)
		alpha, beta := w*(d.Alpha-x), w*d.Beta
		gradient[0] += w * (p.R*special.DigammaDiff(p.R, x) + d.R)
		gradient[1] += alpha
		gradient[2] += w * d.S
		gradient[3] += beta
		effects := gradient[4:]
		for k, v := range orders {
			effects[k] -= alpha * v
		}
		effects = effects[len(orders):]
		for k, v := range lifetime {
			effects[k] -= beta * v
		}
	}
	return ll
}

// pick reads row i of columns.
func pick(columns [][]float64, i int, row []float64) {
	for k, column := range columns {
		row[k] = column[i]
	}
}

// A FittedWithCovariates is the model and the evidence for it.
type FittedWithCovariates struct {
	Model  WithCovariates
	Plain  Fitted // without covariates
	Result fit.Result

	// LikelihoodRatio is twice what the covariates add to the log-likelihood, PValue
	// the probability of as much if they had no effect. Zero unless both fits converged.
	LikelihoodRatio, PValue float64
}

// FitWithCovariates maximises the likelihood of a table whose rows have the
// traits z. The order of Result's vectors is r, alpha, s, beta, the coefficients of
// Orders and of Lifetime. step may be nil (see fit.Problem). The status is
// NoData when no row has weight, and BadTable when the table is not valid (Plain.Fault
// says where) or a column has the wrong length or a value that is not finite.
func FitWithCovariates(t cbs.Table, z Covariates, step func(fit.Progress) bool) FittedWithCovariates {
	f := FittedWithCovariates{Plain: Fit(t, step)}
	if !z.valid(t.Len()) {
		f.Result.Status = fit.BadTable
		return f
	}
	if f.Plain.Result.Theta == nil {
		f.Result.Status = f.Plain.Result.Status
		return f
	}
	scaled, scale := t.Scaled()
	repeats, exposure := totals(scaled)
	usual := starts(max(repeats, 0.5) / exposure)[0]
	n := 4 + len(z.Orders) + len(z.Lifetime)
	problem := fit.Problem{
		LogLikelihood: func(theta, gradient []float64) float64 {
			return withCovariates(theta, len(z.Orders)).LogLikelihood(scaled, z, gradient)
		},
		// The model without covariates, and one that its limit cannot lead astray.
		Starts: [][]float64{pad(f.Plain.Result.Theta, n), pad(usual, n)},
		Scales: make([]float64, n),
		Linear: make([]bool, n),
		Offset: -repeats * math.Log(scale),
		Step:   step,
	}
	for i := range n {
		problem.Scales[i], problem.Linear[i] = 1, i >= 4
	}
	problem.Scales[1], problem.Scales[3] = scale, scale
	f.Result = fit.Maximise(problem)
	if f.Result.Theta == nil {
		return f
	}
	f.Model = withCovariates(f.Result.Theta, len(z.Orders))
	f.Model.Alpha *= scale
	f.Model.Beta *= scale
	if f.Result.Status == fit.Converged && f.Plain.Result.Status == fit.Converged && n > 4 {
		f.LikelihoodRatio = max(0, 2*(f.Result.LogLikelihood-f.Plain.Result.LogLikelihood))
		f.PValue = special.ChiSquareTail(f.LikelihoodRatio, float64(n-4))
	}
	return f
}

// withCovariates reads the vector of the fit.
func withCovariates(theta []float64, orders int) WithCovariates {
	return WithCovariates{
		Params:   Params{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])},
		Orders:   append([]float64(nil), theta[4:4+orders]...),
		Lifetime: append([]float64(nil), theta[4+orders:]...),
	}
}

// pad returns theta with zeros up to the length n.
func pad(theta []float64, n int) []float64 {
	padded := make([]float64, n)
	copy(padded, theta)
	return padded
}

package betageo

import (
	"math"
	"slices"

	"hourglass/core/cbs"
	"hourglass/core/fit"
)

// Covariates are what is known of customers besides their orders and does not
// change with time: columns as long as the table. Rates act on the order rate, Leaving
// on the chance of leaving; the same column may be in both, either may be empty.
type Covariates struct {
	Rates, Leaving [][]float64
}

// fits reports whether every column is finite and has n rows.
func (z Covariates) fits(n int) bool {
	for _, columns := range [][][]float64{z.Rates, z.Leaving} {
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

// A Regression is a model whose parameters depend on covariates, as the effects of
// one unit of a covariate can be read off:
//
//	alpha_i = alpha exp(-gamma'(z_i - mean z))      e^gamma multiplies the order rate
//	logit(a_i/(a_i+b_i)) = logit(a/(a+b)) + beta'(z_i - mean z)
//
// r and the concentration a+b are common to all (Fader & Hardie, "Incorporating
// time-invariant covariates into the Pareto/NBD and BG/NBD models", note 019,
// 2007, has the rates so; of a and b each with coefficients of its own no one
// effect can be told).
type Regression struct {
	Average      Params    // of a customer with average covariates
	Rates        []float64 // gamma: log of the factor on the order rate per unit
	Leaving      []float64 // beta: change of the logit of the chance of leaving per unit
	RatesMeans   []float64 // over the customers fitted
	LeavingMeans []float64
}

// At returns the parameters of a customer with the given covariates, as many as
// were fitted. They are invalid when the numbers differ or an effect overflows.
func (g Regression) At(rates, leaving []float64) Params {
	if len(rates) != len(g.Rates) || len(leaving) != len(g.Leaving) {
		return Params{}
	}
	rate, logit := 0.0, 0.0
	for k, v := range rates {
		rate += g.Rates[k] * (v - g.RatesMeans[k])
	}
	for k, v := range leaving {
		logit += g.Leaving[k] * (v - g.LeavingMeans[k])
	}
	return g.Average.shifted(rate, logit)
}

// shifted returns the parameters with the order rate multiplied by e^rate and
// logit added to the logit of the mean chance of leaving, a+b kept.
func (p Params) shifted(rate, logit float64) Params {
	_, leave := softplus(math.Log(p.A) - math.Log(p.B) + logit)
	_, stay := softplus(math.Log(p.B) - math.Log(p.A) - logit)
	n := p.A + p.B
	return Params{p.R, p.Alpha * math.Exp(-rate), n * leave, n * stay}
}

// FittedRegression is the outcome of FitCovariates. Result's vectors are in the
// order r, alpha, logit of the mean chance of leaving, concentration a+b, gamma, beta.
type FittedRegression struct {
	Regression Regression
	Limit      Limit
	Fault      cbs.Fault // what is wrong with the table, with the status BadTable; Valid where the columns are to blame
	Result     fit.Result
}

// stratum is the customers who share all covariates (centred and scaled).
type stratum struct {
	rates, leaving []float64
	data           data
}

// FitCovariates maximises the likelihood of a table with covariates. The
// customers of each combination of covariates are a table with parameters
// of its own, so that the likelihood is that of Fit; few combinations are
// quick, a combination for each customer is slow. The status is NoData
// when no row has weight, and BadTable when the table is not valid or a column does not
// fit it. A column that does not
// vary is not identified, nor are collinear ones: Result says so.
func FitCovariates(c Chances, t cbs.Table, z Covariates, step func(fit.Progress) bool) FittedRegression {
	return form{c, 1}.fitCovariates(t, z, step)
}

// FitCovariatesErlang is FitCovariates for LogLikelihoodErlang.
func FitCovariatesErlang(k int, t cbs.Table, z Covariates, step func(fit.Progress) bool) FittedRegression {
	return form{MBG, max(1, k)}.fitCovariates(t, z, step)
}

func (f form) fitCovariates(t cbs.Table, z Covariates, step func(fit.Progress) bool) FittedRegression {
	plain := f.fit(t, nil, nil, false, step)
	if !z.fits(t.Len()) {
		return FittedRegression{Fault: plain.Fault, Result: fit.Result{Status: fit.BadTable}}
	}
	if plain.Result.Theta == nil {
		return FittedRegression{Fault: plain.Fault, Result: fit.Result{Status: plain.Result.Status}}
	}
	scaled, unit := t.Scaled()
	rates, leaving := standardise(z.Rates, t), standardise(z.Leaving, t)
	strata := stratify(scaled, rates.columns, leaving.columns)
	k, l := len(z.Rates), len(z.Leaving)
	orders := 0.0
	for i, x := range t.X {
		orders += t.Weight(i) * x
	}
	linear := slices.Concat([]bool{false, false, true, false}, slices.Repeat([]bool{true}, k+l))
	r := fit.Maximise(fit.Problem{
		LogLikelihood: func(theta, gradient []float64) float64 { return f.regress(strata, k, theta, gradient) },
		Starts:        regressionStarts(plain.Params, unit, len(linear)),
		Scales:        slices.Concat([]float64{1, unit, 1, 1}, rates.perUnit, leaving.perUnit),
		Linear:        linear,
		Offset:        -float64(f.stages) * orders * math.Log(unit),
		Step:          step,
	})
	fitted := FittedRegression{Result: r, Limit: regressionLimit(r, orders)}
	if p := r.Parameters; p != nil {
		_, leave := softplus(p[2])
		_, stay := softplus(-p[2])
		fitted.Regression = Regression{Params{p[0], p[1], p[3] * leave, p[3] * stay}, p[4 : 4+k], p[4+k:], rates.means, leaving.means}
	}
	return fitted
}

// regressionLimit is limit for theta as FitCovariates has it.
func regressionLimit(r fit.Result, orders float64) Limit {
	switch {
	case r.Status != fit.Boundary && r.Status != fit.NotIdentified:
		return NoLimit
	case orders == 0:
		return NoRepeats
	}
	coefficients := math.Sqrt(dot(r.Flat[4:], r.Flat[4:]))
	rates, leaving := math.Hypot(r.Flat[0], r.Flat[1]), math.Hypot(r.Flat[2], r.Flat[3])
	switch {
	case coefficients > 0.3: // effects drag the average along with them
		return SeparatedCovariates
	case rates > leaving:
		return ratesLimit(r.Theta[0])
	}
	logLeave, _ := softplus(-r.Theta[2])
	logStay, _ := softplus(r.Theta[2])
	return leavingLimit(r.Theta[3]-logLeave, r.Theta[3]-logStay)
}

// regressionStarts begins without effects, at the maximum of the model without
// covariates, with both distributions as they are, wider and narrower.
func regressionStarts(p Params, unit float64, n int) [][]float64 {
	var starts [][]float64
	for _, factor := range []float64{1, 0.4, 2.5} {
		theta := make([]float64, n)
		theta[0], theta[1] = startAt(p.R*factor), startAt(p.Alpha*factor/unit)
		theta[2], theta[3] = startAt(p.A/p.B), startAt((p.A+p.B)*factor)
		starts = append(starts, theta)
	}
	return starts
}

// startAt returns the logarithm, no further out than a climb can come back from.
func startAt(v float64) float64 { return max(-8, min(8, math.Log(v))) }

// regress returns the log-likelihood and its gradient by log r, log alpha, the
// logit, log(a+b), gamma and beta: the chain rule on that of each stratum.
func (f form) regress(strata []stratum, k int, theta, gradient []float64) float64 {
	_, leave := softplus(theta[2])
	_, stay := softplus(-theta[2])
	n := math.Exp(theta[3])
	average := Params{math.Exp(theta[0]), math.Exp(theta[1]), n * leave, n * stay}
	clear(gradient)
	ll := 0.0
	for i := range strata {
		s := &strata[i]
		p := average.shifted(dot(theta[4:4+k], s.rates), dot(theta[4+k:], s.leaving))
		if !p.Valid() {
			return math.NaN()
		}
		v, g := p.logLikelihood(f, &s.data)
		ll += v
		gradient[0] += g.R
		gradient[1] += g.Alpha
		logit := (g.A*p.B - g.B*p.A) / n // d log a = b/n d logit, d log b = -a/n d logit
		gradient[2] += logit
		gradient[3] += g.A + g.B
		for j, z := range s.rates {
			gradient[4+j] -= z * g.Alpha
		}
		for j, z := range s.leaving {
			gradient[4+k+j] += z * logit
		}
	}
	return ll
}

func dot(x, y []float64) float64 {
	s := 0.0
	for i, v := range x {
		s += v * y[i]
	}
	return s
}

// standard is columns less their weighted means, in units of their spread: to an
// optimiser a year of birth and a share look alike.
type standard struct {
	columns        [][]float64
	means, perUnit []float64
}

func standardise(columns [][]float64, t cbs.Table) standard {
	var s standard
	customers := t.Customers()
	for _, column := range columns {
		mean, square := 0.0, 0.0
		for i, v := range column {
			mean += t.Weight(i) / customers * v
		}
		for i, v := range column {
			square += t.Weight(i) / customers * (v - mean) * (v - mean)
		}
		spread := math.Sqrt(square)
		if !(spread > 1e-12*math.Abs(mean)) {
			spread = 1
		}
		centred := make([]float64, len(column))
		for i, v := range column {
			centred[i] = (v - mean) / spread
		}
		s.columns = append(s.columns, centred)
		s.means, s.perUnit = append(s.means, mean), append(s.perUnit, 1/spread)
	}
	return s
}

// stratify groups the rows by their covariates.
func stratify(t cbs.Table, rates, leaving [][]float64) []stratum {
	columns := slices.Concat(rates, leaving)
	seen := cbs.NewIndex(t.Len())
	var first []int        // row of each stratum
	var tables []cbs.Table // its customers
	for i := range t.Len() {
		hash := uint64(0)
		for _, column := range columns {
			hash = hash*0x100000001b3 + math.Float64bits(column[i])
		}
		at := seen.Find(hash, int32(len(first)), func(s int32) bool { return sameRow(columns, first[s], i) })
		if int(at) == len(first) {
			first, tables = append(first, i), append(tables, cbs.Table{})
		}
		u := &tables[at]
		u.X, u.TX, u.T, u.W = append(u.X, t.X[i]), append(u.TX, t.TX[i]), append(u.T, t.T[i]), append(u.W, t.Weight(i))
	}
	strata := make([]stratum, len(first))
	for k, i := range first {
		strata[k] = stratum{pick(rates, i), pick(leaving, i), prepare(tables[k].Compress())}
	}
	return strata
}

func sameRow(columns [][]float64, i, j int) bool {
	for _, column := range columns {
		if column[i] != column[j] {
			return false
		}
	}
	return true
}

// pick returns row i of the columns.
func pick(columns [][]float64, i int) []float64 {
	row := make([]float64, len(columns))
	for k, column := range columns {
		row[k] = column[i]
	}
	return row
}

package mbgcnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/fit"
)

// A Regression is the model with covariates, of which k does not depend: see betageo.Regression for what its coefficients mean.
type Regression struct {
	K int
	betageo.Regression
}

// At returns the parameters of a customer with the given covariates, as many as were fitted; invalid ones when the numbers
// differ.
func (g Regression) At(rates, leaving []float64) Params {
	return params(g.K, g.Regression.At(rates, leaving))
}

// FittedRegression is the outcome of FitCovariates.
type FittedRegression struct {
	Regression Regression
	Limit      betageo.Limit
	Result     fit.Result // vectors in the order r, alpha, logit of a/(a+b), a+b, gamma, beta
}

// FitCovariates maximises the likelihood of a table with covariates at a given k, as Fit finds it without them.
// The status is NoData when no row has weight or k is outside its bounds, and BadTable when the table is not valid or a
// column does not fit it.
func FitCovariates(k int, t cbs.Table, z betageo.Covariates, step func(fit.Progress) bool) FittedRegression {
	if k < 1 || k > MaxStages {
		return FittedRegression{}
	}
	f := betageo.FitCovariatesErlang(k, t, z, step)
	if f.Result.Theta != nil {
		f.Result.LogLikelihood += gaps(k, t)
	}
	return FittedRegression{Regression{k, f.Regression}, f.Limit, f.Result}
}

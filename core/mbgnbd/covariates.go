package mbgnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/fit"
)

// A Regression is the model with covariates: see betageo.Regression for what
// its coefficients mean.
type Regression betageo.Regression

// At returns the parameters of a customer with the given covariates, as many as
// were fitted; invalid ones when the numbers differ.
func (g Regression) At(rates, leaving []float64) Params {
	return Params(betageo.Regression(g).At(rates, leaving))
}

// FittedRegression is the outcome of FitCovariates.
type FittedRegression struct {
	Regression Regression
	Limit      betageo.Limit
	Fault      cbs.Fault  // what is wrong with the table, with the status BadTable; Valid where the columns are to blame
	Result     fit.Result // vectors in the order r, alpha, logit of a/(a+b), a+b, gamma, beta
}

// FitCovariates maximises the likelihood of a table with covariates. The
// status is NoData when no row has weight, and BadTable when the table is not valid or a
// column does not fit it.
func FitCovariates(t cbs.Table, z betageo.Covariates, step func(fit.Progress) bool) FittedRegression {
	f := betageo.FitCovariates(betageo.MBG, t, z, step)
	return FittedRegression{Regression(f.Regression), f.Limit, f.Fault, f.Result}
}

package bgnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/cbs"
)

// LogLikelihood returns the log-likelihood of a table (FHL05 eq. 6) and
// its derivatives by the logarithms of the parameters. Zero for a table that is not valid.
func (p Params) LogLikelihood(t cbs.Table) (float64, betageo.Gradient) {
	return betageo.Params(p).LogLikelihood(betageo.BG, t)
}

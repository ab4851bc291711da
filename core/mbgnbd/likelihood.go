package mbgnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/cbs"
)

// LogLikelihood returns the log-likelihood of a table (BDF07; HW07) and
// its derivatives by the logarithms of the parameters. Zero for a table that is not valid.
func (p Params) LogLikelihood(t cbs.Table) (float64, betageo.Gradient) {
	return betageo.Params(p).LogLikelihood(betageo.MBG, t)
}

package mbgnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/fit"
)

// A Fitted model is the parameters and the evidence for them. When Limit is not
// betageo.NoLimit, Params are a point far out on the way to the limit: predictions
// from them are the limit's, but their digits mean nothing.
type Fitted struct {
	Params Params
	Limit  betageo.Limit
	Fault  cbs.Fault  // what is wrong with the table, with the status BadTable
	Result fit.Result // vectors in the order r, alpha, a, b
}

// Fit maximises the likelihood of a table in any unit of time. step may be nil (see
// fit.Problem). The status is NoData when no row has weight, and BadTable, with the
// Fault, for a table that cbs.Table.Validate refuses.
func Fit(t cbs.Table, step func(fit.Progress) bool) Fitted {
	f := betageo.Fit(betageo.MBG, t, step)
	return Fitted{Params(f.Params), f.Limit, f.Fault, f.Result}
}

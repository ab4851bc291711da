package customers

import (
	"hourglass/core/cbs"
	"hourglass/core/orders"
)

// table is the histories of summaries, one row a customer.
func table(s orders.Summary) cbs.Table { return cbs.Table{X: s.X, TX: s.TX, T: s.T} }

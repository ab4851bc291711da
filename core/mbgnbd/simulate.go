package mbgnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/cbs"
)

// Simulate draws one customer for each age T > 0 and returns their histories in that
// order. uniform returns independent draws from [0, 1).
func (p Params) Simulate(ages []float64, uniform func() float64) cbs.Table {
	return betageo.Params(p).Simulate(betageo.MBG, ages, uniform)
}

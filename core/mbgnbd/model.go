package mbgnbd

import (
	"hourglass/core/betageo"
	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/fit"
)

// Model is what package customers knows of the model.
var Model = btyd.Model{
	Name: "mbgnbd", Title: "MBG/NBD", Parameters: betageo.Letters, Limits: betageo.LimitNames(),
	Memoryless: true,
	Fit: func(t cbs.Table, step func(fit.Progress) bool) btyd.Fitted {
		return betageo.Fit(betageo.MBG, t, step).Any()
	},
	Process: func(parameters []float64) btyd.Process { return Params(betageo.At(parameters)) },
}

// Rate returns the expected rate of orders of someone who is there.
func (p Params) Rate(x, tx, age float64) float64 { return betageo.Params(p).Rate(x, age) }

// Count appends to counts the probabilities of numbers of orders: see btyd.Process.
func (p Params) Count(x, tx, age, horizon, bundle float64, counts []float64) []float64 {
	return betageo.Params(p).Count(betageo.MBG, x, age, horizon, bundle, counts)
}

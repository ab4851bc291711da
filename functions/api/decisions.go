package api

import (
	"hourglass/core/catalogue"
	"hourglass/functions/api/tools"
	"hourglass/functions/api/wire"
)

// decide answers a tool.
func (x *exchange) decide(t *catalogue.Tool) Response {
	body, _, bad := x.content()
	if bad != nil {
		return x.problem(*bad)
	}
	answer, bad := tools.Run(toolEngine{x}, t, body)
	if bad != nil {
		return x.problem(*bad)
	}
	return Response{Status: 200, Body: answer, Header: []wire.Header{wire.JSONType, wire.NoStore}}
}

// A toolEngine is what the tools over calculations need of an exchange.
type toolEngine struct{ x *exchange }

// Find returns the calculation with this id, or nil.
func (e toolEngine) Find(id string) *wire.Calculation { return e.x.find(id) }

// IDs are those of all calculations.
func (e toolEngine) IDs() []string { return e.x.ids()[:len(e.x.table)] }

// ChargeRuns charges so many runs of a calculation.
func (e toolEngine) ChargeRuns(c *wire.Calculation, stream []float64, runs float64, result string) *wire.Problem {
	return e.x.chargeRuns(c, stream, runs, result)
}

// MostRuns is how many runs of a calculation the request can pay for.
func (e toolEngine) MostRuns(c *wire.Calculation, stream []float64, result string) float64 {
	return e.x.mostRuns(c, stream, result)
}

// Reckon runs a calculation.
func (e toolEngine) Reckon(index, want int, in, buffer []float64) []float64 {
	return e.x.reckon(index, want, in, buffer)
}

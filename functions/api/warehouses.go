package api

import (
	"hourglass/functions/api/warehouse"
	"hourglass/functions/api/wire"
)

// RedshiftPath is where a Lambda function that Redshift calls by an event posts it.
const RedshiftPath = warehouse.RedshiftPath

// RedshiftEvent tells whether a Lambda event is Redshift's.
func RedshiftEvent(event []byte) bool { return warehouse.RedshiftEvent(event) }

// adapter resolves /v1/adapters/{vendor}/{id} and {id}/sql.
func (x *exchange) adapter(rest string) route {
	switch post, get := warehouse.Resolve(rest, warehouseHost{assistantHost{x}, x}); {
	case post != nil:
		return route{toPost, post}
	case get != nil:
		return route{toGet, get}
	}
	return route{}
}

// A warehouseHost is what warehouses need of an exchange.
type warehouseHost struct {
	assistantHost
	x *exchange
}

// Address is the path.
func (h warehouseHost) Address() string { return h.x.Path }

// Refusal is the problem of a calculation that this deployment does not run.
func (h warehouseHost) Refusal(c *wire.Calculation) *wire.Problem { return h.x.refusal(c) }

// Weigh refuses rows that would cost too much.
func (h warehouseHost) Weigh(rows func() (count int)) *wire.Problem { return h.x.weigh(rows) }

// Weighing tells whether rows are gone over and not run.
func (h warehouseHost) Weighing() bool { return h.x.weighing }

// Run runs a calculation on what was read.
func (h warehouseHost) Run(c *wire.Calculation, r *wire.Reading, slots []wire.Slot) wire.Outcome {
	return h.x.run(c, r, slots)
}

// MaxRows is how many rows a request may have.
func (h warehouseHost) MaxRows() int { return MaxRows }

// BatchRows is a thousand, or as many rows as cost half of what a request may, each without its lists.
func (h warehouseHost) BatchRows(c *wire.Calculation) int {
	return max(1, min(1000, int(MaxWork/2/priceOf(c).call)))
}

// Problem is the answer of a problem.
func (h warehouseHost) Problem(p wire.Problem) Response { return h.x.problem(p) }

// Cacheable lets the answer be kept.
func (h warehouseHost) Cacheable(answer Response) Response { return h.x.cacheable(answer) }

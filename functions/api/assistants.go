package api

import (
	"hourglass/core/catalogue"
	"hourglass/functions/api/mcp"
	"hourglass/functions/api/tools"
	"hourglass/functions/api/wire"
)

// assistant answers at /mcp.
var assistant = mcp.New(mcp.Documents{Version: Version, OpenAPI: openAPIText})

// An assistantHost is what the Model Context Protocol needs of an exchange.
type assistantHost struct{ x *exchange }

// Content is the body of the request.
func (h assistantHost) Content() (body []byte, form bool, bad *wire.Problem) { return h.x.content() }

// HeaderOf is a header's value.
func (h assistantHost) HeaderOf(name string) string { return h.x.header(name) }

// RawQuery is the query as it came.
func (h assistantHost) RawQuery() string { return h.x.Query }

// Calculations are all there are.
func (h assistantHost) Calculations() []wire.Calculation { return h.x.table }

// Row runs a calculation on one input.
func (h assistantHost) Row(c *wire.Calculation, input []byte, r *wire.Reading) wire.Outcome {
	return h.x.rowOf(c, nil, input, r)
}

// A lenient engine takes the names of an assistant's tools for the ids that they stand for.
type lenient struct{ toolEngine }

// Find returns the calculation that a name or an id stands for, or nil.
func (e lenient) Find(id string) *wire.Calculation { return e.toolEngine.Find(mcp.ID(id)) }

// Tool runs a tool over a calculation.
func (h assistantHost) Tool(t *catalogue.Tool, body []byte) ([]byte, *wire.Problem) {
	return tools.Run(lenient{toolEngine(h)}, t, body)
}

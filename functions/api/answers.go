package api

import (
	"strconv"

	"hourglass/functions/api/mcp"
	"hourglass/functions/api/wire"
)

// problem makes the answer of a problem.
func (x *exchange) problem(p wire.Problem) Response {
	if (x.Path == "/mcp" || x.Path == "/mcp/") && x.Method == "POST" {
		refusal := mcp.Refusal(&p)
		refusal.Header = append(refusal.Header, p.Headers...)
		return refusal
	}
	headers := append([]wire.Header{wire.ProblemType, wire.NoStore}, p.Headers...)
	return Response{Status: p.Status, Header: headers, Body: wire.AppendProblem(nil, &p, x.Path)}
}

// problems answers with all types of problems.
func (x *exchange) problems() Response {
	body := append([]byte(nil), `{"problems":[`...)
	for _, k := range wire.Kinds {
		body = append(appendKind(body, k), ',')
	}
	return x.cacheable(Response{Status: 200, Body: append(wire.Closed(body, ']'), '}'), Header: []wire.Header{wire.JSONType}})
}

// explain answers with what a type of problem means.
func (x *exchange) explain(k *wire.Kind) Response {
	return x.cacheable(Response{Status: 200, Body: appendKind(nil, k), Header: []wire.Header{wire.JSONType}})
}

func appendKind(body []byte, k *wire.Kind) []byte {
	body = append(body, `{"type":"/v1/problems/`...)
	body = append(append(body, k.Slug...), `","title":`...)
	body = wire.AppendText(body, k.Title)
	body = append(body, `,"status":`...)
	body = strconv.AppendInt(body, int64(k.Status), 10)
	body = append(body, `,"description":`...)
	body = wire.AppendText(body, k.Explanation)
	return append(body, '}')
}

package api

import (
	"slices"
	"strconv"
	"strings"

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
	if answer, ok := x.worded(&p); ok {
		return answer
	}
	headers := append([]wire.Header{wire.ProblemType, wire.NoStore}, p.Headers...)
	return Response{Status: p.Status, Header: headers, Body: wire.AppendProblem(nil, &p, x.Path)}
}

// worded is the answer of a problem to a cell that asked for errors=text: a spreadsheet shows no more of another status than that there was one. What
// was asked may be wrong in any way, so that the query is read for this alone.
func (x *exchange) worded(p *wire.Problem) (answer Response, ok bool) {
	if x.Method != "GET" && x.Method != "HEAD" || !strings.Contains(x.Query, "errors=text") {
		return answer, false
	}
	v, field := wire.View{Format: wire.FormatValue, Names: true, Words: true}, ""
	list, _ := wire.Parameters(x.Query)
	for _, one := range list {
		switch one.Name {
		case "format":
			v.Format = wire.Format(max(0, slices.Index(wire.FormatNames, one.Value)))
		case "field":
			field = one.Value
		case "header":
			v.Names = wire.Truth(one.Value, &wire.Faults{})
		case "decimal":
			v.Comma = wire.Comma(one.Value, &wire.Faults{})
		}
	}
	if v.Format == wire.FormatJSON {
		return answer, false
	}
	header := append([]wire.Header{v.Format.Header(v.Names), wire.NoStore}, p.Headers...)
	return Response{Status: 200, Header: header, Body: v.AppendProblem(nil, p, field)}, true
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

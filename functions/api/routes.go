package api

import (
	"strings"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
	"hourglass/functions/api/wire"
)

// Methods of the routes, as the Allow header lists them.
const (
	toGet       = "GET, HEAD, OPTIONS"
	toPost      = "POST, OPTIONS"
	toGetOrPost = "GET, HEAD, POST, OPTIONS"
)

// A route is the methods that a path allows and the answer to all of them but OPTIONS.
type route struct {
	allow  string
	answer func() Response
}

// route answers a request by its path.
func (x *exchange) route() Response {
	r := x.resolve()
	switch {
	case r.answer == nil:
		return x.notFound()
	case x.Method == "OPTIONS":
		return preflight(r.allow)
	case !allows(r.allow, x.Method):
		return x.problem(wire.Problem{
			Kind:    wire.MethodNotAllowed,
			Detail:  wire.AddressTakes.Say(r.allow),
			Headers: []wire.Header{{Name: "Allow", Value: r.allow}},
		})
	case len(x.Query) > maxQuery:
		return x.problem(wire.Problem{Kind: wire.QueryTooLong, Detail: "A query may have 8192 bytes. Send the input as JSON with POST instead."})
	case len(x.Body) > MaxBody:
		return x.problem(wire.Problem{Kind: wire.BodyTooLarge, Detail: "A body may have 5242880 bytes (5 MiB). Send the rows in several requests."})
	}
	return r.answer()
}

// resolve finds the route of a path. Ids may hold slashes (bgnbd/fit), so that an id is what is left of the path.
func (x *exchange) resolve() route {
	switch x.Path {
	case "/healthz":
		return route{toGet, x.health}
	case "/openapi.json":
		return route{toGet, func() Response { return x.document("application/json", openAPI) }}
	case "/oembed":
		return route{toGet, x.oembed}
	case "/v1", "/v1/":
		return route{toGet, func() Response { return x.document("application/json", list) }}
	case "/v1/problems", "/v1/problems/":
		return route{toGet, x.problems}
	case "/v1/batch":
		return route{toPost, x.batch}
	case "/mcp", "/mcp/":
		return route{toPost, func() Response { return assistant.Answer(assistantHost{x}) }}
	}
	rest, ok := strings.CutPrefix(x.Path, "/v1/")
	if !ok {
		return route{}
	}
	if t := catalogue.FindTool(rest); t != nil {
		return route{toPost, func() Response { return x.decide(t) }}
	}
	if c := x.find(rest); c != nil {
		return route{toGetOrPost, func() Response { return x.calculate(c) }}
	}
	if id, ok := strings.CutSuffix(rest, "/schema"); ok && schema(id) != "" {
		return route{toGet, func() Response {
			return x.document("application/schema+json", newDocument(func() string { return schema(id) }))
		}}
	}
	if slug, ok := strings.CutPrefix(rest, "problems/"); ok && wire.ProblemBySlug(slug) != nil {
		return route{toGet, func() Response { return x.explain(wire.ProblemBySlug(slug)) }}
	}
	if rest, ok := strings.CutPrefix(rest, "adapters/"); ok {
		return x.adapter(rest)
	}
	return route{}
}

// allows tells whether a method is in an Allow list.
func allows(list, method string) bool {
	for allowed := range strings.SplitSeq(list, ", ") {
		if allowed == method {
			return true
		}
	}
	return false
}

// notFound answers for a path that leads nowhere, with the nearest that does.
func (x *exchange) notFound() Response {
	detail := "There is nothing at this address. GET /v1 lists the calculations."
	if rest, ok := strings.CutPrefix(x.Path, "/v1/"); ok {
		detail = wire.Sentences(wire.NoCalculation.Say(wire.Quoted(rest)), wire.Guess(rest, x.ids()))
		detail = wire.Sentences(detail, "GET /v1 lists them.")
	}
	return x.problem(wire.Problem{Kind: wire.UnknownAddress, Detail: detail})
}

func (x *exchange) ids() []string {
	ids := make([]string, len(x.table), len(x.table)+1+len(catalogue.Tools))
	for i := range x.table {
		ids[i] = x.table[i].ID
	}
	for i := range catalogue.Tools {
		ids = append(ids, catalogue.Tools[i].ID)
	}
	return append(ids, "batch")
}

// calculate answers GET with one result, POST with one or as many as the body has rows.
func (x *exchange) calculate(c *wire.Calculation) Response {
	if refusal := x.refusal(c); refusal != nil {
		return x.problem(*refusal)
	}
	switch x.Method {
	case "POST":
		return x.posted(c)
	case "HEAD":
		return x.headed(c)
	}
	return x.queried(c)
}

// refusal is the problem of a calculation that this deployment does not run.
func (x *exchange) refusal(c *wire.Calculation) *wire.Problem {
	if !x.options.NoFits || !c.Fits {
		return nil
	}
	return &wire.Problem{Kind: wire.NotHere, Detail: wire.NotHereFit.Say(c.ID)}
}

// health tells that the engine is up and which one it is.
func (x *exchange) health() Response {
	body := append([]byte(nil), `{"status":"ok","version":`...)
	body = wire.AppendText(body, Version)
	body = append(body, `,"layout":`...)
	body = wire.AppendNumber(body, boundary.Version)
	body = append(body, '}')
	return Response{Status: 200, Body: body, Header: []wire.Header{wire.JSONType, wire.NoStore}}
}

// document answers with a text that changes with the engine's version only.
func (x *exchange) document(contentType string, d *document) Response {
	return x.tagged(Response{Status: 200, Body: d.body(), Header: []wire.Header{{Name: "Content-Type", Value: contentType}}, Packed: d.packed()}, d.tag())
}

package main

import (
	"encoding/json"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/functions/api"
	"hourglass/internal/gen/files"
)

// engine answers the examples of the description.
var engine = api.New(api.Options{})

// writeOpenAPI writes the API's description (OpenAPI 3.1), every example in it computed by the engine.
func writeOpenAPI(out *files.Set) {
	out.Add("functions/api/openapi_gen.json", compact(object{
		{"openapi", "3.1.0"},
		{"info", object{
			{"title", "Hourglass"},
			{"version", api.Version},
			{"summary", "Customer lifetime value, computed."},
			{"description", apiDescription},
			{"license", object{{"name", "MIT"}, {"identifier", "MIT"}}},
		}},
		{"servers", []object{{{"url", "/"}, {"description", "Where this description came from."}}}},
		{"security", []object{}},
		{"tags", []object{
			{{"name", "calculations"}, {"description", "One route a calculation."}},
			{{"name", "decisions"}, {"description", "Tools over any calculation."}},
			{{"name", "many"}, {"description", "Many rows in one request."}},
			{{"name", "warehouses"}, {"description", "Remote functions of BigQuery, Snowflake and Redshift."}},
			{{"name", "assistants"}, {"description", "The Model Context Protocol."}},
			{{"name", "about"}, {"description", "What there is, and how it is."}},
		}},
		{"paths", paths()},
		{"components", object{{"parameters", sharedParameters()}, {"responses", sharedResponses()}, {"schemas", sharedSchemas()}}},
	}))
}

const apiDescription = `Stateless: nothing is stored, nothing of a body is logged, no key is needed. Rates and shares are fractions ` +
	`(0.05 means 5 %). A period (month, quarter, year) is the unit of every per-period figure; whatever starts with annual_ is per ` +
	`year and effective. Money is a plain number. No NaN or infinity ever leaves; what has no limit is given within a horizon, with a ` +
	`warning. Errors are problems (RFC 9457), all of a request at once. Every address also takes HEAD where it takes GET, and OPTIONS; ` +
	`any page may call it (CORS). GET answers carry an ETag. Each calculation has a fixed address; its schema has another beside it.`

func paths() object {
	out := object{{"/v1", object{{"get", operation{
		id: "listCalculations", tag: "about", summary: "All calculations, with the bounds of their inputs and an example",
		ok: jsonContent(object{{"type", "object"}}, nil), errors: []string{"406"},
	}.object()}}}}
	for _, c := range catalogue.Calculations {
		out = append(out,
			member{"/v1/" + c.ID, object{{"get", getOperation(c)}, {"post", postOperation(c)}}},
			member{"/v1/" + c.ID + "/schema", object{{"get", operation{
				id: camel(c.ID) + "Schema", tag: "calculations", summary: "JSON Schema of " + c.Title,
				ok: object{{"application/schema+json", object{{"schema", object{{"type", "object"}}}}}}, errors: []string{"405"},
			}.object()}}})
	}
	out = append(out, member{"/v1/batch", object{{"post", batchOperation()}}})
	out = append(out, decisionPaths()...)
	for _, vendor := range []string{"bigquery", "snowflake", "redshift"} {
		out = append(out,
			member{"/v1/adapters/" + vendor + "/{id}", object{{"parameters", []object{idParameter()}}, {"post", warehouseOperation(vendor)}}},
			member{"/v1/adapters/" + vendor + "/{id}/sql", object{{"parameters", []object{idParameter()}}, {"get", sqlOperation(vendor)}}})
	}
	return append(out, member{"/mcp", object{{"post", mcpOperation()}}},
		member{"/v1/problems", object{{"get", problemsOperation()}}},
		member{"/v1/problems/{slug}", object{{"get", problemOperation()}}},
		member{"/healthz", object{{"get", operation{
			id: "health", tag: "about", summary: "Whether the engine is up, and its version",
			ok: jsonContent(object{{"type", "object"}}, raw("GET", "/healthz", "", nil)), errors: []string{"405"},
		}.object()}}},
		member{"/openapi.json", object{{"get", operation{
			id: "openapi", tag: "about", summary: "This description", ok: jsonContent(object{{"type", "object"}}, nil), errors: []string{"405"},
		}.object()}}})
}

// An operation is one method of a path.
type operation struct {
	id, tag, summary, description string
	parameters                    []object
	body                          object // of the request
	ok                            object // content of 200
	errors                        []string
}

func (o operation) object() object {
	out := object{{"operationId", o.id}, {"tags", []string{o.tag}}, {"summary", o.summary}}
	if o.description != "" {
		out = append(out, member{"description", o.description})
	}
	if o.parameters != nil {
		out = append(out, member{"parameters", o.parameters})
	}
	if o.body != nil {
		out = append(out, member{"requestBody", object{{"required", true}, {"content", o.body}}})
	}
	responses := object{{"200", object{{"description", "The answer."}, {"headers", commonHeaders()}, {"content", o.ok}}}}
	for _, status := range append(o.errors, "500") {
		responses = append(responses, member{status, reference("responses", "problem"+status)})
	}
	return append(out, member{"responses", responses})
}

func commonHeaders() object {
	header := func(about string) object {
		return object{{"description", about}, {"schema", object{{"type", "string"}}}}
	}
	return object{
		{"Engine-Version", header("Version of the engine.")},
		{"X-Request-Id", header("The request's id: the client's, or the server's.")},
	}
}

func getOperation(c catalogue.Calculation) object {
	var parameters []object
	for _, f := range c.Layout().Inputs {
		p := object{{"name", f.Name}, {"in", "query"}, {"description", f.Help}}
		if !f.Optional && f.Default == nil {
			p = append(p, member{"required", true})
		}
		schema := fieldSchema(&f, true)
		if f.Kind == catalogue.Records {
			p = append(p, member{"content", jsonContent(schema, nil)})
		} else {
			p = append(p, member{"style", "form"}, member{"explode", false}, member{"schema", schema})
		}
		parameters = append(parameters, p)
	}
	return operation{
		id: camel(c.ID) + "Get", tag: "calculations", summary: c.Question,
		description: c.Title + ", by query. For example: /v1/" + c.ID + "?" + exampleQuery(c),
		parameters:  append(parameters, view()...),
		ok:          resultContent(c), errors: []string{"400", "405", "406", "414", "422", "501"},
	}.object()
}

func postOperation(c catalogue.Calculation) object {
	body := jsonContent(object{{"oneOf", []any{
		reference("schemas", fileName(c)+".input"),
		object{{"type", "array"}, {"maxItems", api.MaxRows}, {"items", reference("schemas", fileName(c)+".input")}},
	}}}, compact(example(c)))
	return operation{
		id: camel(c.ID) + "Post", tag: "calculations", summary: c.Question,
		description: "An object gives one result. A list of up to 10,000 gives a list of results in order, a problem in the place of a row that has one; " +
			"with more than 100 rows, lists over time are null unless field= names them.",
		parameters: view(), body: body, ok: rowsContent(c), errors: []string{"400", "405", "406", "413", "415", "422", "501"},
	}.object()
}

func batchOperation() object {
	rows := []object{}
	for _, c := range catalogue.Calculations[:2] {
		rows = append(rows, object{{"id", c.ID}, {"input", example(c)}})
	}
	var ids []string
	for _, c := range catalogue.Calculations {
		ids = append(ids, c.ID)
	}
	row := object{{"type", "object"}, {"required", []string{"id", "input"}}, {"additionalProperties", false}, {"properties", object{
		{"id", object{{"type", "string"}, {"enum", ids}}}, {"input", object{{"type", "object"}}},
	}}}
	body := compact(rows)
	return operation{
		id: "batch", tag: "many", summary: "Rows of any calculations in one request, up to 10,000 and 1 MiB",
		description: "Results come in the order of the rows; a row with a problem has the problem in its place.",
		parameters:  view(), body: jsonContent(object{{"type", "array"}, {"maxItems", api.MaxRows}, {"items", row}}, body),
		ok: jsonContent(object{{"type", "array"}, {"items", object{{"anyOf", []any{
			reference("schemas", "picked"), reference("schemas", "problem")}}}}}, raw("POST", "/v1/batch", "field=clv", body)),
		errors: []string{"400", "405", "406", "413", "415", "422"},
	}.object()
}

func warehouseOperation(vendor string) object {
	average := catalogue.Calculations[0]
	var arguments []any
	values := exampleOf(average)
	for _, f := range average.Layout().Inputs {
		arguments = append(arguments, values[f.Name])
	}
	request := map[string]object{
		"bigquery":  {{"requestId", "1"}, {"calls", []any{arguments}}},
		"snowflake": {{"data", []any{append([]any{0}, arguments...)}}},
		"redshift":  {{"request_id", "1"}, {"external_function", "f_hourglass_average_clv"}, {"num_records", 1}, {"arguments", []any{arguments}}},
	}[vendor]
	body := compact(request)
	return operation{
		id: vendor + "Rows", tag: "warehouses", summary: "Rows from " + vendor + ", in its own contract",
		description: "Arguments are positional, in the order of the inputs; a row whose required argument is null gives null. 400 for what will never succeed.",
		parameters: []object{reference("parameters", "field"), {{"name", "on_error"}, {"in", "query"},
			{"description", "What a row with a problem does where field= picks one result: stop the query, or give null."},
			{"schema", object{{"type", "string"}, {"enum", []string{"fail", "null"}}, {"default", "fail"}}}}},
		body:   jsonContent(object{{"type", "object"}}, body),
		ok:     jsonContent(object{{"type", "object"}}, raw("POST", "/v1/adapters/"+vendor+"/average", "field=clv", body)),
		errors: []string{"400", "404", "405", "413", "415", "501"},
	}.object()
}

func sqlOperation(vendor string) object {
	return operation{
		id: vendor + "SQL", tag: "warehouses", summary: "The SQL that creates the function in " + vendor,
		parameters: []object{reference("parameters", "field")},
		ok: object{{"application/sql", object{{"schema", object{{"type", "string"}}},
			{"example", string(raw("GET", "/v1/adapters/"+vendor+"/average/sql", "field=clv", nil))}}}},
		errors: []string{"404", "405", "422"},
	}.object()
}

func mcpOperation() object {
	ping := []byte(`{"jsonrpc":"2.0","id":1,"method":"ping"}`)
	return operation{
		id: "mcp", tag: "assistants", summary: "Model Context Protocol: each calculation a tool, its words a resource",
		description: "Stateless streamable HTTP, one JSON-RPC message a request; versions 2025-03-26 to 2026-07-28. A notification is answered by 202.",
		body:        jsonContent(object{{"type", "object"}}, ping),
		ok:          jsonContent(object{{"type", "object"}}, raw("POST", "/mcp", "", ping)), errors: []string{"405", "413", "415"},
	}.object()
}

func problemsOperation() object {
	return operation{
		id: "listProblems", tag: "about", summary: "The types of problems",
		ok:     jsonContent(object{{"type", "object"}}, raw("GET", "/v1/problems", "", nil)),
		errors: []string{"405"},
	}.object()
}

func problemOperation() object {
	return operation{
		id: "explainProblem", tag: "about", summary: "What a type of problem means",
		parameters: []object{{{"name", "slug"}, {"in", "path"}, {"required", true}, {"description", "The last part of a problem's type."},
			{"schema", object{{"type", "string"}}}, {"example", "invalid-input"}}},
		ok:     jsonContent(object{{"type", "object"}}, raw("GET", "/v1/problems/invalid-input", "", nil)),
		errors: []string{"404", "405"},
	}.object()
}

func idParameter() object {
	return object{{"name", "id"}, {"in", "path"}, {"required", true}, {"description", "The calculation."},
		{"schema", object{{"type", "string"}}}, {"example", "average"}}
}

// resultContent is a result in every format, by the worked example.
func resultContent(c catalogue.Calculation) object {
	query := exampleQuery(c)
	text := func(format string) object {
		return object{{"schema", object{{"type", "string"}}}, {"example", string(raw("GET", "/v1/"+c.ID, query+"&format="+format, nil))}}
	}
	return object{
		{"application/json", object{
			{"schema", object{{"anyOf", []any{reference("schemas", fileName(c)+".result"), reference("schemas", "picked")}}}},
			{"example", json.RawMessage(raw("GET", "/v1/"+c.ID, query, nil))},
		}},
		{"text/csv", text("csv")},
		{"application/xml", object{{"schema", object{{"type", "string"}}},
			{"example", string(raw("GET", "/v1/"+c.ID, query+"&format=xml&field="+c.Layout().Results[0].Name, nil))}}},
		{"text/plain", text("value")},
	}
}

// rowsContent is resultContent for POST, where rows may have problems.
func rowsContent(c catalogue.Calculation) object {
	out := resultContent(c)
	result := reference("schemas", fileName(c)+".result")
	out[0].value.(object)[0].value = object{{"anyOf", []any{result, reference("schemas", "picked"), object{
		{"type", "array"}, {"items", object{{"anyOf", []any{result, reference("schemas", "picked"), reference("schemas", "problem")}}}},
	}}}}
	return out
}

func view() []object {
	return []object{reference("parameters", "format"), reference("parameters", "field"), reference("parameters", "header")}
}

func sharedParameters() object {
	return object{
		{"format", object{{"name", "format"}, {"in", "query"}, {"description", "How the result is written; without it, Accept decides."},
			{"schema", object{{"type", "string"}, {"enum", []string{"json", "csv", "xml", "value"}}}}}},
		{"field", object{{"name", "field"}, {"in", "query"}, {"style", "form"}, {"explode", false},
			{"description", "Only these results, separated by commas; group.name picks from a group, warnings the warnings."},
			{"schema", object{{"type", "array"}, {"items", object{{"type", "string"}}}}}}},
		{"header", object{{"name", "header"}, {"in", "query"}, {"description", "Whether CSV begins with a line of names."},
			{"schema", object{{"type", "boolean"}, {"default", true}}}}},
	}
}

// sharedResponses are the problems, each by a request that provokes it.
func sharedResponses() object {
	provoked := []struct {
		status, about string
		request       api.Request
		headers       map[string]string
	}{
		{"400", "The body or the query cannot be read.",
			api.Request{Method: "POST", Path: "/v1/average", Body: []byte(`{"order_value": 75,`)}, nil},
		{"404", "Nothing at this address.",
			api.Request{Method: "GET", Path: "/v1/averge"}, nil},
		{"405", "The address does not take this method.",
			api.Request{Method: "PUT", Path: "/v1/average"}, nil},
		{"406", "None of the formats is acceptable.",
			api.Request{Method: "GET", Path: "/v1/average"}, map[string]string{"Accept": "image/png"}},
		{"413", "Too many bytes or rows.",
			api.Request{Method: "POST", Path: "/v1/average", Body: make([]byte, api.MaxBody+1)}, nil},
		{"414", "The query is too long.",
			api.Request{Method: "GET", Path: "/v1/average", Query: strings.Repeat("a", 9000)}, nil},
		{"415", "The body is neither JSON nor a form.",
			api.Request{Method: "POST", Path: "/v1/average"}, map[string]string{"Content-Type": "text/xml"}},
		{"422", "The input has problems; errors lists them all.",
			api.Request{Method: "POST", Path: "/v1/average", Body: []byte(`{"order_value": -1, "orders": 3, "lifespan_years": "two"}`)}, nil},
	}
	var out object
	for _, p := range provoked {
		p.request.Header = func(name string) string { return p.headers[name] }
		out = append(out, member{"problem" + p.status, problemResponse(p.about, engine.Handle(p.request).Body)})
	}
	return append(out,
		member{"problem500", problemResponse("The engine failed; the request was not at fault.", nil)},
		member{"problem501", problemResponse("This deployment leaves long calculations to the page.", nil)})
}

func problemResponse(about string, body []byte) object {
	content := object{{"schema", reference("schemas", "problem")}}
	if body != nil {
		content = append(content, member{"example", json.RawMessage(body)})
	}
	return object{{"description", about}, {"content", object{{"application/problem+json", content}}}}
}

func sharedSchemas() object {
	text := func(about string) object { return object{{"type", "string"}, {"description", about}} }
	out := object{
		{"problem", object{
			{"type", "object"}, {"description", "RFC 9457."}, {"required", []string{"type", "title", "status", "detail", "instance"}},
			{"properties", object{
				{"type", object{{"type", "string"}, {"format", "uri-reference"}, {"description", "The kind of problem; it explains itself at this address."}}},
				{"title", text("The kind in words.")},
				{"status", object{{"type", "integer"}}},
				{"detail", text("What is wrong here, and what to do.")},
				{"instance", text("The request's path, with the row after # where there are several.")},
				{"offset", object{{"type", "integer"}, {"description", "Where reading JSON stopped, in bytes."}}},
				{"line", object{{"type", "integer"}}},
				{"column", object{{"type", "integer"}}},
				{"errors", object{{"type", "array"}, {"items", reference("schemas", "fault")}}},
			}},
		}},
		{"fault", object{
			{"type", "object"}, {"description", "One thing wrong with one field."}, {"required", []string{"code", "detail"}},
			{"properties", object{
				{"pointer", text("To the field, as JSON pointer (RFC 6901).")},
				{"parameter", text("The query parameter, where it is none of the fields.")},
				{"code", text("For a program.")},
				{"detail", text("For a person.")},
				{"limit", object{{"type", "number"}, {"description", "The bound that was passed."}}},
			}},
		}},
		{"picked", object{
			{"type", "object"}, {"description", "The results that field= picks."}, {"required", []string{"warnings"}}, {"additionalProperties", true},
			{"properties", object{{"warnings", object{{"type", "array"}, {"items", warningSchema()}}}}},
		}},
	}
	for _, c := range catalogue.Calculations {
		out = append(out, member{fileName(c) + ".input", inputSchema(c)}, member{fileName(c) + ".result", resultSchema(c)})
	}
	for _, t := range catalogue.Tools {
		out = append(out, member{t.ID + ".input", toolInputSchema(t)}, member{t.ID + ".result", toolResultSchema(t)})
	}
	return out
}

func reference(kind, name string) object {
	return object{{"$ref", "#/components/" + kind + "/" + name}}
}

func jsonContent(schema any, example []byte) object {
	content := object{{"schema", schema}}
	if example != nil {
		content = append(content, member{"example", json.RawMessage(example)})
	}
	return object{{"application/json", content}}
}

// raw is what the engine answers.
func raw(method, path, query string, body []byte) []byte {
	r := engine.Handle(api.Request{Method: method, Path: path, Query: query, Body: body})
	if r.Status != 200 {
		panic(path + "?" + query + ": " + string(r.Body)) // an example that does not work is a bug to stop at
	}
	return r.Body
}

// camel turns an id into an operation's name: annualPlan.
func camel(id string) string {
	parts := strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '/' })
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
	}
	return strings.Join(parts, "")
}

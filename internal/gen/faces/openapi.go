package main

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"

	"hourglass/core/catalogue"
	"hourglass/functions/api"
	"hourglass/internal/gen/files"
)

// engine answers the examples of the description.
var engine = api.New(api.Options{})

// operations are those that have been described, for their samples.
var operations []operation

// writeOpenAPI writes the API's description (OpenAPI 3.1), every example in it computed by the engine, and beside it the samples of its operations, which
// the API puts into the description when it is asked for it: as one file they would be over a megabyte.
func writeOpenAPI(out *files.Set) {
	defer func() {
		var samples object
		for _, o := range operations {
			samples = append(samples, member{o.id, o.call.samples()})
		}
		out.Add("functions/api/samples_gen.json", compact(samples))
	}()
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
		{"security", []object{{}, {{"bearer", []string{}}}, {{"key", []string{}}}}},
		{"tags", []object{
			{{"name", "calculations"}, {"description", "One route a calculation."}},
			{{"name", "decisions"}, {"description", "Tools over any calculation."}},
			{{"name", "many"}, {"description", "Many rows in one request."}},
			{{"name", "warehouses"}, {"description", "Remote functions of BigQuery, Snowflake and Redshift."}},
			{{"name", "assistants"}, {"description", "The Model Context Protocol."}},
			{{"name", "about"}, {"description", "What there is, and how it is."}},
		}},
		{"paths", paths()},
		{"components", object{{"securitySchemes", securitySchemes()}, {"parameters", sharedParameters()}, {"responses", sharedResponses()}, {"schemas", sharedSchemas()}}},
	}))
}

// securitySchemes are the two ways to send the key of a private deployment.
func securitySchemes() object {
	const about = "Wanted where a deployment sets HOURGLASS_API_KEY; a public one takes requests without."
	return object{
		{"bearer", object{{"type", "http"}, {"scheme", "bearer"}, {"description", "Authorization: Bearer and the key. " + about}}},
		{"key", object{{"type", "apiKey"}, {"in", "header"}, {"name", "X-API-Key"}, {"description", "The key in a header of its own. " + about}}},
	}
}

const apiDescription = `Stateless: nothing is stored, nothing of a body is logged. No key is needed but where a private deployment sets one. Rates and shares are fractions ` +
	`(0.05 means 5%). A period (month, quarter, year, week, day) is the unit of every per-period figure; whatever starts with annual_ is per ` +
	`year and effective. Money is a plain number. No NaN or infinity ever leaves; what has no limit is given within a horizon, with a ` +
	`warning. Errors are problems (RFC 9457), all of a request at once. Every address also takes HEAD where it takes GET, and OPTIONS; ` +
	`any page may call it (CORS). GET answers carry an ETag. Each calculation has a fixed address; its schema has another beside it.`

func paths() object {
	out := object{{"/v1", object{{"get", operation{
		id: "listCalculations", tag: "about", summary: "All calculations, with the bounds of their inputs and an example",
		description: "What a program needs to offer every calculation: the fields with their bounds, and the addresses. It changes with the engine's version only.",
		call:        call{method: "GET", path: "/v1", show: "calculations.0.title"},
		ok:          jsonContent(reference("schemas", "catalogue"), nil), errors: []string{"406"},
	}.object()}}}}
	for _, c := range catalogue.Calculations {
		out = append(out,
			member{"/v1/" + c.ID, object{{"get", getOperation(c)}, {"post", postOperation(c)}}},
			member{"/v1/" + c.ID + "/schema", object{{"get", operation{
				id: camel(c.ID) + "Schema", tag: "calculations", summary: "JSON Schema of " + c.Title,
				description: "Its $defs hold input and result; the document itself is that of the input (JSON Schema 2020-12).",
				call:        call{method: "GET", path: "/v1/" + c.ID + "/schema", show: "title"},
				ok:          object{{"application/schema+json", object{{"schema", reference("schemas", "document")}}}}, errors: []string{"405"},
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
		member{"/oembed", object{{"get", oembedOperation()}}},
		member{"/v1/problems", object{{"get", problemsOperation()}}},
		member{"/v1/problems/{slug}", object{{"get", problemOperation()}}},
		member{"/healthz", object{{"get", operation{
			id: "health", tag: "about", summary: "Whether the engine is up, and its version",
			description: "For load balancers and monitors. It wants no key anywhere.",
			call:        call{method: "GET", path: "/healthz", show: "version"}, open: true,
			ok: jsonContent(reference("schemas", "health"), raw("GET", "/healthz", "", nil)), errors: []string{"405"},
		}.object()}}},
		member{"/openapi.json", object{{"get", operation{
			id: "openapi", tag: "about", summary: "This description",
			description: "OpenAPI 3.1, every example in it computed by the engine of this version.",
			call:        call{method: "GET", path: "/openapi.json", show: "openapi"},
			ok:          jsonContent(reference("schemas", "document"), nil), errors: []string{"405"},
		}.object()}}})
}

// An operation is one method of a path.
type operation struct {
	id, tag, summary, description string
	parameters                    []object
	body                          object // of the request
	ok                            object // content of 200
	also                          object // other answers that are no problem
	errors                        []string
	open                          bool // wants no key anywhere
	call                          call // its example
}

func (o operation) object() object {
	operations = append(operations, o)
	out := object{{"operationId", o.id}, {"tags", []string{o.tag}}, {"summary", o.summary}, {"description", o.description}}
	if o.open {
		out = append(out, member{"security", []object{}})
	} else {
		o.errors = append(o.errors, "401")
	}
	if o.body != nil {
		o.errors = append(o.errors, "503")
	}
	if o.parameters != nil {
		out = append(out, member{"parameters", o.parameters})
	}
	if o.body != nil {
		out = append(out, member{"requestBody", object{{"required", true}, {"content", o.body}}})
	}
	responses := object{{"200", object{{"description", "The answer."}, {"headers", commonHeaders()}, {"content", o.ok}}}}
	responses = append(responses, o.also...)
	slices.Sort(o.errors)
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
		{"Deprecation", header("Since when what the request uses is to go away (RFC 9745). Only on answers to such requests, whose warnings name what to write instead.")},
		{"Sunset", header("From when on it is gone (RFC 8594).")},
	}
}

func getOperation(c catalogue.Calculation) object {
	var parameters []object
	for _, f := range c.Layout().Inputs {
		p := object{{"name", f.Name}, {"in", "query"}, {"description", f.Help}}
		if wanted(&f) {
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
		call:        call{method: "GET", path: "/v1/" + c.ID, query: example(c), show: showOf(c)},
		ok:          resultContent(c), errors: []string{"400", "405", "406", "414", "422", "501"},
	}.object()
}

func postOperation(c catalogue.Calculation) object {
	return operation{
		id: camel(c.ID) + "Post", tag: "calculations", summary: c.Question,
		description: c.Title + ", by JSON. An object gives one result. A list of up to 10,000 gives a list of results in order, a problem in the place of a row that has one; " +
			"with more than 100 rows, lists over time are null unless field= names them.",
		parameters: view(), body: jsonContent(reference("schemas", fileName(c)+".request"), compact(example(c))),
		call: call{method: "POST", path: "/v1/" + c.ID, body: example(c), show: showOf(c)},
		ok:   rowsContent(c), errors: []string{"400", "405", "406", "413", "415", "422", "501"},
	}.object()
}

// showOf is the result that an example prints: the first that is one number.
func showOf(c catalogue.Calculation) string { return firstNumber(c.Layout().Results, "") }

func firstNumber(fields []catalogue.Field, within string) string {
	for _, f := range fields {
		if f.Kind == catalogue.Number {
			return within + f.Name
		}
		if f.Kind == catalogue.Group {
			if name := firstNumber(f.Fields, within+f.Name+"."); name != "" {
				return name
			}
		}
	}
	return ""
}

func batchOperation() object {
	rows := []object{}
	for _, c := range catalogue.Calculations[:2] {
		rows = append(rows, object{{"calculation", c.ID}, {"input", example(c)}})
	}
	body := compact(rows)
	return operation{
		id: "batch", tag: "many", summary: "Rows of any calculations in one request, up to 10,000 and 5 MiB",
		description: "Results come in the order of the rows; a row with a problem has the problem in its place, and ok says which of the two it is.",
		parameters:  view(), body: jsonContent(reference("schemas", "batch.request"), body),
		call:   call{method: "POST", path: "/v1/batch", body: rows, show: "0.clv"},
		ok:     jsonContent(reference("schemas", "batch.answer"), raw("POST", "/v1/batch", "field=clv", body)),
		errors: []string{"400", "405", "406", "413", "415", "422"},
	}.object()
}

// batchSchemas are what a batch takes and answers.
func batchSchemas() object {
	var ids []string
	for _, c := range catalogue.Calculations {
		ids = append(ids, c.ID)
	}
	return object{
		{"batch.row", object{{"type", "object"}, {"description", "One row: which calculation, and its input."}, {"required", []string{"calculation", "input"}}, {"additionalProperties", false},
			{"properties", object{{"calculation", object{{"type", "string"}, {"enum", ids}}}, {"input", object{{"type", "object"}, {"additionalProperties", true}}}}}}},
		{"batch.request", listOf("batch.row", "Rows of any calculations.", api.MaxRows)},
		{"batch.outcome", union("What stands for a row: its results, or its problem.", "picked", "problem")},
		{"batch.answer", listOf("batch.outcome", "The outcomes, in the order of the rows.", api.MaxRows)},
	}
}

// union is a schema of its own for what may be one of several, so that generated clients have a type with a name for it.
func union(about string, names ...string) object {
	var any []object
	for _, name := range names {
		any = append(any, reference("schemas", name))
	}
	return object{{"description", about}, {"anyOf", any}}
}

func listOf(name, about string, most int) object {
	return object{{"type", "array"}, {"description", about}, {"maxItems", most}, {"items", reference("schemas", name)}}
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
		body:   jsonContent(reference("schemas", vendor+".request"), body),
		call:   call{method: "POST", path: "/v1/adapters/" + vendor + "/average", query: object{{"field", "clv"}}, body: request, show: warehouseShows[vendor]},
		ok:     jsonContent(reference("schemas", vendor+".answer"), raw("POST", "/v1/adapters/"+vendor+"/average", "field=clv", body)),
		errors: []string{"400", "404", "405", "413", "415", "501"},
	}.object()
}

// warehouseShows is where an answer in each contract holds its rows.
var warehouseShows = map[string]string{"bigquery": "replies.0", "snowflake": "data.0.1", "redshift": "results.0"}

// warehouseSchemas are the contracts of the warehouses; their rows are positional, so that a value may be of any type.
func warehouseSchemas() (out object) {
	rows := func(about string) object {
		return object{{"type", "array"}, {"description", about}, {"items", object{{"type", "array"}, {"items", object{}}}}}
	}
	value := object{{"description", "A value for each row; null where a row has a problem and on_error=null."}, {"type", "array"}, {"items", object{}}}
	text := object{{"type", "string"}}
	for _, one := range []struct {
		vendor           string
		required, answer []string
		in, out          object
	}{
		{"bigquery", []string{"calls"}, nil,
			object{{"requestId", text}, {"caller", text}, {"sessionUser", text}, {"userDefinedContext", object{{"type", "object"}, {"additionalProperties", true}}}, {"calls", rows("The arguments of each row.")}},
			object{{"replies", value}, {"errorMessage", text}}},
		{"snowflake", []string{"data"}, nil, object{{"data", rows("Each row begins with its number.")}}, object{{"data", rows("Each row's number and value.")}}},
		{"redshift", []string{"arguments"}, []string{"success"},
			object{{"request_id", text}, {"cluster", text}, {"user", text}, {"database", text}, {"external_function", text}, {"query_id", object{{"type", "integer"}}},
				{"num_records", object{{"type", "integer"}}}, {"arguments", rows("The arguments of each row.")}},
			object{{"success", object{{"type", "boolean"}}}, {"num_records", object{{"type", "integer"}}}, {"results", value}, {"error_msg", text}}},
	} {
		ask := object{{"type", "object"}, {"description", "What " + one.vendor + " sends."}, {"required", one.required}, {"additionalProperties", true}, {"properties", one.in}}
		reply := object{{"type", "object"}, {"description", "What " + one.vendor + " reads."}, {"additionalProperties", true}, {"properties", one.out}}
		if one.answer != nil {
			reply = append(reply, member{"required", one.answer})
		}
		out = append(out, member{one.vendor + ".request", ask}, member{one.vendor + ".answer", reply})
	}
	return out
}

func sqlOperation(vendor string) object {
	return operation{
		id: vendor + "SQL", tag: "warehouses", summary: "The SQL that creates the function in " + vendor,
		description: "Put the names of your own connection or integration in the place of the capitals, and run it once.",
		call:        call{method: "GET", path: "/v1/adapters/" + vendor + "/average/sql", query: object{{"field", "clv"}}, text: true},
		parameters:  []object{reference("parameters", "field")},
		ok: object{{"application/sql", object{{"schema", object{{"type", "string"}}},
			{"example", string(raw("GET", "/v1/adapters/"+vendor+"/average/sql", "field=clv", nil))}}}},
		errors: []string{"404", "405", "422"},
	}.object()
}

func mcpOperation() object {
	ping := object{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "ping"}}
	return operation{
		id: "mcp", tag: "assistants", summary: "Model Context Protocol: calculations as tools, their words as resources",
		description: "Stateless streamable HTTP, one JSON-RPC message a request (a list of them under 2025-03-26); versions 2025-03-26 to 2026-07-28. A notification is answered by 202. " +
			"The tools most asked for are listed; tools=all lists every calculation.",
		parameters: []object{{{"name", "tools"}, {"in", "query"}, {"description", "Which tools tools/list has: those most asked for, or one for each calculation."},
			{"schema", object{{"type", "string"}, {"enum", []string{"usual", "all"}}, {"default", "usual"}}}}},
		body:   jsonContent(reference("schemas", "document"), compact(ping)),
		call:   call{method: "POST", path: "/mcp", body: ping, show: "jsonrpc"},
		ok:     jsonContent(reference("schemas", "document"), raw("POST", "/mcp", "", compact(ping))),
		also:   object{{"202", object{{"description", "A notification was read; nothing is answered."}}}},
		errors: []string{"400", "404", "405", "413", "415"},
	}.object()
}

func oembedOperation() object {
	number := func(about string) object {
		return object{{"type", "integer"}, {"minimum", 1}, {"description", about}}
	}
	text := func(about string) object { return object{{"type", "string"}, {"description", about}} }
	query := object{{"url", "http://127.0.0.1:8080/subscription/?price=100"}}
	return operation{
		id: "oembed", tag: "about", summary: "How to show a calculation in another page (oEmbed)",
		description: "A site that was given the address of a calculation here gets a frame with the widget, with the same figures. In JSON only (oembed.com, 2.3).",
		parameters: []object{
			{{"name", "url"}, {"in", "query"}, {"required", true}, {"description", "The address of a calculation's page on this host."}, {"schema", object{{"type", "string"}}}},
			{{"name", "maxwidth"}, {"in", "query"}, {"description", "How wide the frame may be."}, {"schema", number("Pixels.")}},
			{{"name", "maxheight"}, {"in", "query"}, {"description", "How high it may be."}, {"schema", number("Pixels.")}},
			{{"name", "format"}, {"in", "query"}, {"description", "json, as without it."}, {"schema", object{{"type", "string"}, {"enum", []string{"json"}}}}},
		},
		call: call{method: "GET", path: "/oembed", query: query, show: "title"},
		ok: jsonContent(object{{"type", "object"}, {"required", []string{"version", "type", "html", "width", "height"}}, {"properties", object{
			{"version", text("1.0.")}, {"type", text("rich.")}, {"provider_name", text("Hourglass.")}, {"provider_url", text("The site.")},
			{"title", text("The calculation's.")}, {"cache_age", number("Seconds that the answer may be kept.")},
			{"width", number("Of the frame, in pixels.")}, {"height", number("Of the frame, in pixels.")}, {"html", text("The frame.")},
		}}}, embedded()),
		errors: []string{"400", "404", "405", "501"},
	}.object()
}

// embedded is the example of oEmbed, on a host that has a name.
func embedded() []byte {
	r := engine.Handle(api.Request{Method: "GET", Path: "/oembed", Query: "url=https%3A%2F%2Fhourglass.example%2Fsubscription%2F%3Fprice%3D100",
		Header: func(name string) string { return map[string]string{"Host": "hourglass.example"}[name] }})
	if r.Status != 200 {
		panic(string(r.Body))
	}
	return r.Body
}

func problemsOperation() object {
	return operation{
		id: "listProblems", tag: "about", summary: "The types of problems",
		description: "Every type that an answer may name, with its status and what it means.",
		call:        call{method: "GET", path: "/v1/problems", show: "problems.0.title"},
		ok: jsonContent(object{{"type", "object"}, {"required", []string{"problems"}}, {"properties", object{
			{"problems", object{{"type", "array"}, {"items", reference("schemas", "kind")}}}}}}, raw("GET", "/v1/problems", "", nil)),
		errors: []string{"405"},
	}.object()
}

func problemOperation() object {
	return operation{
		id: "explainProblem", tag: "about", summary: "What a type of problem means",
		description: "This is where the type of a problem leads.",
		call:        call{method: "GET", path: "/v1/problems/invalid-input", show: "title"},
		parameters: []object{{{"name", "slug"}, {"in", "path"}, {"required", true}, {"description", "The last part of a problem's type."},
			{"schema", object{{"type", "string"}}}, {"example", "invalid-input"}}},
		ok:     jsonContent(reference("schemas", "kind"), raw("GET", "/v1/problems/invalid-input", "", nil)),
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
			{"schema", reference("schemas", fileName(c)+".one")},
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
	out[0].value.(object)[0].value = reference("schemas", fileName(c)+".answer")
	return out
}

func view() []object {
	return []object{reference("parameters", "format"), reference("parameters", "field"), reference("parameters", "header"), reference("parameters", "decimal"), reference("parameters", "errors")}
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
		{"decimal", object{{"name", "decimal"}, {"in", "query"}, {"description", "The decimal sign of CSV, XML and values. With a comma, cells of CSV are parted by semicolons."},
			{"schema", object{{"type", "string"}, {"enum", []string{".", ","}}, {"default", "."}}}}},
		{"errors", object{{"name", "errors"}, {"in", "query"}, {"description", "text, for a spreadsheet's cell: a problem is a 200 with its sentence in the place of the result, " +
			"and a result that does not exist says why. For CSV, XML and values."},
			{"schema", object{{"type", "string"}, {"enum", []string{"status", "text"}}, {"default", "status"}}}}},
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
	private := api.New(api.Options{Keys: []string{"a key"}})
	return append(out,
		member{"problem401", problemResponse("A private deployment wants its key.", private.Handle(api.Request{Method: "GET", Path: "/v1"}).Body)},
		member{"problem503", problemResponse("Too much is under way; Retry-After says when to come again.", api.Busy().Body)},
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
				{"ok", object{{"type", "boolean"}, {"description", "In an answer to many rows: false, as this row has a problem."}}},
			}},
		}},
		{"fault", object{
			{"type", "object"}, {"description", "One thing wrong with one field."}, {"required", []string{"code", "detail"}},
			{"properties", object{
				{"pointer", text("To the field, as JSON pointer (RFC 6901).")},
				{"parameter", text("The query parameter, where it is none of the fields.")},
				{"code", text("For a program.")},
				{"detail", text("For a person.")},
				{"limit", object{{"type", "number"}, {"format", "double"}, {"description", "The bound that was passed."}}},
			}},
		}},
		{"picked", object{
			{"type", "object"}, {"description", "The results that field= picks."}, {"required", []string{"warnings"}}, {"additionalProperties", true},
			{"properties", object{{"warnings", object{{"type", "array"}, {"items", warningSchema()}}}, {"ok", object{{"type", "boolean"}}}}},
		}},
		{"document", object{{"type", "object"}, {"description", "A document in JSON whose members another specification describes."}, {"additionalProperties", true}}},
		{"health", object{
			{"type", "object"}, {"required", []string{"status", "version", "layout"}},
			{"properties", object{{"status", text("ok.")}, {"version", text("Of the engine.")},
				{"layout", object{{"type", "integer"}, {"description", "Of the numbers at the engine's boundary."}}}}},
		}},
		{"kind", object{
			{"type", "object"}, {"description", "A type of problem."}, {"required", []string{"type", "title", "status", "description"}},
			{"properties", object{{"type", text("Its address.")}, {"title", text("The kind in words.")}, {"status", object{{"type", "integer"}}}, {"description", text("What it means.")}}},
		}},
		{"catalogue", object{
			{"type", "object"}, {"required", []string{"calculations", "links"}},
			{"properties", object{
				{"links", object{{"type", "object"}, {"additionalProperties", object{{"type", "string"}}}}},
				{"calculations", object{{"type", "array"}, {"items", object{
					{"type", "object"}, {"required", []string{"id", "title", "question", "inputs", "arguments", "results", "example", "links"}},
					{"properties", object{
						{"id", text("The last part of its address.")}, {"title", text("")}, {"question", text("What it answers.")}, {"source", text("Where the formula is from.")},
						{"inputs", reference("schemas", "document")}, {"results", reference("schemas", "document")}, {"example", reference("schemas", "document")},
						{"required", object{{"type", "array"}, {"items", object{{"type", "string"}}}}},
						{"arguments", object{{"type", "array"}, {"description", "The inputs in the order in which spreadsheets and warehouses give them."}, {"items", object{{"type", "string"}}}}},
						{"links", object{{"type", "object"}, {"additionalProperties", object{{"type", "string"}}}}},
					}},
				}}}},
			}},
		}},
	}
	out = append(append(out, batchSchemas()...), warehouseSchemas()...)
	for _, c := range catalogue.Calculations {
		name, result := fileName(c), resultSchema(c)
		result.Properties.Set("ok", &jsonschema.Schema{Type: "boolean", Description: "In an answer to many rows: true, as this row has a result."})
		out = append(out,
			member{name + ".input", inputSchema(c)}, member{name + ".result", result},
			member{name + ".inputs", listOf(name+".input", "Many inputs.", api.MaxRows)},
			member{name + ".request", union("One input, or a list of them.", name+".input", name+".inputs")},
			member{name + ".one", union("The result, or what field= picks of it.", name+".result", "picked")},
			member{name + ".row", union("What stands for a row: its result, what field= picks of it, or its problem.", name+".result", "picked", "problem")},
			member{name + ".rows", listOf(name+".row", "The outcomes, in the order of the rows.", api.MaxRows)},
			member{name + ".answer", union("To one input its result, or what field= picks of it; to a list a list.", name+".result", "picked", name+".rows")})
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

package api

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
)

// A vendor is a warehouse that calls functions over HTTP (or, Redshift, by a Lambda event) with rows of positional
// arguments. The contracts, as of 2026:
//
//	BigQuery   {"calls": [[...], ...]} -> {"replies": [...]}, or an error status with {"errorMessage": ...}; 400 is
//	           not tried again. (cloud.google.com/bigquery/docs/remote-functions)
//	Snowflake  {"data": [[row, ...], ...]} -> {"data": [[row, value], ...]} in the order received; any other status
//	           than 200 is an error. (docs.snowflake.com/sql-reference/external-functions-data-format)
//	Redshift   {"arguments": [[...], ...], "num_records": n, "external_function": ...} -> {"success": true,
//	           "num_records": n, "results": [...]} or {"success": false, "error_msg": ...}.
//	           (docs.aws.amazon.com/redshift/latest/dg/udf-creating-a-lambda-sql-udf.html)
type vendor struct {
	name       string
	rows       string // the member that holds the rows
	numbered   bool   // a row begins with its number, which the reply repeats
	object     bool   // a reply may be an object; otherwise it is text
	head, tail string // of the answer
	failure    func(message string) string
	types      [5]string // SQL types by catalogue.Kind
	whole      string    // SQL type of a whole result
	create     func(w *strings.Builder, f sqlFunction)
}

var vendors = []*vendor{
	{
		name: "bigquery", rows: "calls", head: `{"replies":[`, tail: "]}",
		failure: func(message string) string { return `,"errorMessage":` + message },
		types:   [5]string{"FLOAT64", "STRING", "STRING", "", "STRING"}, whole: "STRING", create: bigQuery,
	},
	{
		name: "snowflake", rows: "data", numbered: true, object: true, head: `{"data":[`, tail: "]}",
		failure: func(string) string { return "" },
		types:   [5]string{"FLOAT", "VARCHAR", "ARRAY", "", "ARRAY"}, whole: "VARIANT", create: snowflake,
	},
	{
		name: "redshift", rows: "arguments", head: `{"success":true,"results":[`, tail: "]",
		failure: func(message string) string { return `,"success":false,"num_records":0,"error_msg":` + message },
		types:   [5]string{"FLOAT8", "VARCHAR(32)", "VARCHAR(65535)", "", "VARCHAR(65535)"}, whole: "VARCHAR(65535)", create: redshift,
	},
}

// RedshiftPath is where a Lambda function that Redshift calls by an event posts it: the calculation and the result
// are in the name of the function (RedshiftEvent tells such an event).
const RedshiftPath = "/v1/adapters/redshift"

// RedshiftEvent tells whether a Lambda event is Redshift's: it has arguments and the name of a function.
func RedshiftEvent(event []byte) bool {
	e, err := readEnvelope(event, "arguments")
	return err == nil && e.rows != nil && e.function != ""
}

// adapter resolves /v1/adapters/{vendor}/{id} and {id}/sql.
func (x *exchange) adapter(rest string) route {
	name, id, _ := strings.Cut(rest, "/")
	for _, v := range vendors {
		if v.name != name {
			continue
		}
		if c := x.find(id); c != nil {
			return route{toPost, func() Response { return x.warehouse(v, c) }}
		}
		if c := x.find(strings.TrimSuffix(id, "/sql")); c != nil {
			return route{toGet, func() Response { return x.sql(v, c) }}
		}
		if v.name == "redshift" && id == "" {
			return route{toPost, func() Response { return x.warehouse(v, nil) }}
		}
	}
	return route{}
}

// An envelope is what a warehouse sends around its rows.
type envelope struct {
	rows     jsontext.Value
	count    float64 // that the envelope states, or NaN
	function string  // Redshift's name for the function called
	context  map[string]jsontext.Value
}

// readEnvelope reads the members that matter; rows is the name of the member that holds them.
func readEnvelope(body []byte, rows string) (e envelope, err error) {
	r := read(body)
	defer r.done()
	e.count = math.NaN()
	if r.tokens.PeekKind() != '{' {
		if err = r.tokens.SkipValue(); err == nil {
			err = r.end()
		}
		return e, err
	}
	if _, err = r.tokens.ReadToken(); err != nil {
		return e, err
	}
	for r.tokens.PeekKind() == '"' {
		token, err := r.tokens.ReadToken()
		if err != nil {
			return e, err
		}
		name := token.String()
		value, err := r.tokens.ReadValue()
		if err != nil {
			return e, err
		}
		switch name {
		case rows:
			e.rows = value.Clone()
		case "num_records":
			e.count, _ = parseNumber(string(value))
		case "external_function":
			text, _ := jsontext.AppendUnquote(nil, value)
			e.function = string(text)
		case "userDefinedContext":
			e.context = members(string(value))
		}
	}
	if _, err = r.tokens.ReadToken(); err != nil {
		return e, err
	}
	return e, r.end()
}

// A call is a warehouse's request on its way.
type call struct {
	*exchange
	vendor  *vendor
	calc    *calculation
	pick    pick
	lenient bool // a row with a problem is null instead of failing the query
	body    []byte
	failed  *problem
	count   int
}

// warehouse answers a batch of rows. Without a calculation its function's name says which it is.
func (x *exchange) warehouse(v *vendor, c *calculation) Response {
	k := &call{exchange: x, vendor: v, calc: c}
	body, _, bad := x.content()
	if bad != nil {
		return k.fail(*bad)
	}
	e, err := readEnvelope(body, v.rows)
	if err != nil {
		return k.fail(unreadable(body, err))
	}
	if bad := k.options(e); bad != nil {
		return k.fail(*bad)
	}
	if bad := x.refusal(k.calc); bad != nil {
		return k.fail(*bad)
	}
	if bad := x.weigh(func() int {
		_ = k.rows(e) // what is wrong is found again, where it is told
		count := k.count
		k.body, k.failed, k.count = nil, nil, 0
		return count
	}); bad != nil {
		return k.fail(*bad)
	}
	if bad := k.rows(e); bad != nil {
		return k.fail(*bad)
	}
	return k.answer()
}

// fail is the answer that stops the query: 400 for what will never succeed.
func (k *call) fail(p problem) Response {
	if p.status == 422 {
		p.kind = &kind{p.slug, p.title, 400, p.explanation}
	}
	p.members = k.vendor.failure(string(appendText(nil, p.detail)))
	return k.problem(p)
}

// options settles which calculation and result are asked for, from the address, BigQuery's user-defined context,
// Snowflake's headers or the name of Redshift's function.
func (k *call) options(e envelope) *problem {
	field, onError := k.header("Sf-Custom-Field"), k.header("Sf-Custom-On-Error")
	field, onError = override(e.context["field"], field), override(e.context["on_error"], onError)
	list, bad := parameters(k.Query)
	if bad != nil {
		return bad
	}
	var f faults
	for _, p := range list {
		switch p.name {
		case "field":
			field = p.value
		case "on_error":
			onError = p.value
		default:
			f.add(fault{parameter: p.name, code: "unknown_parameter", detail: "The query takes field and on_error, not " + quoted(p.name) + "."})
		}
	}
	if k.calc == nil {
		var named string
		if k.calc, named = k.called(e.function); k.calc == nil {
			f.add(fault{pointer: "/external_function", code: "unknown_calculation", detail: "No calculation is called " + quoted(e.function) +
				". Name the function as GET " + RedshiftPath + "/{id}/sql does."})
			p := invalid(f)
			return &p
		}
		if named != "" {
			field = named
		}
	}
	if field != "" {
		k.pick = pick{field}
		k.pick.check(k.calc.Results, &f)
		k.single(&f)
	}
	switch onError {
	case "null":
		k.lenient = true
	case "", "fail":
	default:
		f.add(fault{parameter: "on_error", code: "unknown_option", detail: "on_error must be fail or null, not " + quoted(onError) + "."})
	}
	if f.any() {
		p := invalid(f)
		return &p
	}
	return nil
}

// override is a JSON text where there is one, else what was there before.
func override(value jsontext.Value, before string) string {
	if value.Kind() != '"' {
		return before
	}
	text, _ := jsontext.AppendUnquote(nil, value)
	return string(text)
}

// single makes sure that the picked result is a single value.
func (k *call) single(f *faults) {
	if !f.any() && len(headings(nil, k.calc.Results, "", k.pick)) != 1 {
		f.add(notOneValue(k.pick))
	}
}

// called finds the calculation, and the result, in the name of a function: schema.f_hourglass_subscription_clv. The
// longest id that fits is meant.
func (h *Handler) called(function string) (c *calculation, field string) {
	_, name, ok := strings.Cut(function, functionPrefix)
	if !ok {
		return nil, ""
	}
	length := -1
	for i := range h.table {
		id := identifier(h.table[i].ID)
		rest, ok := strings.CutPrefix(name, id)
		if !ok || len(id) <= length || rest != "" && rest[0] != '_' {
			continue
		}
		for _, path := range append(headings(nil, h.table[i].Results, "", nil), "") {
			if strings.TrimPrefix(rest, "_") == identifier(path) {
				c, field, length = &h.table[i], path, len(id)
			}
		}
	}
	return c, field
}

// rows runs every row.
func (k *call) rows(e envelope) *problem {
	var f faults
	if e.rows.Kind() != '[' {
		f.add(fault{pointer: "/" + k.vendor.rows, code: "not_a_list", detail: k.vendor.rows + " must be a list of rows, each a list of arguments."})
		p := invalid(f)
		return &p
	}
	r := read(e.rows)
	defer r.done()
	r.texts = true
	k.body = append(k.body, k.vendor.head...)
	_, err := r.tokens.ReadToken()
	for err == nil && k.failed == nil && r.tokens.PeekKind() != ']' {
		if k.count == MaxRows {
			return &problem{kind: bodyTooLarge, detail: "A call may have 10000 rows."}
		}
		err = k.row(r)
		k.count++
	}
	switch {
	case err != nil:
		p := unreadable(e.rows, err)
		return &p
	case k.failed != nil:
		return k.failed
	case e.count == e.count && e.count != float64(k.count):
		f.add(fault{pointer: "/num_records", code: "mismatch", detail: "num_records is not the number of rows.", limit: float64(k.count), limited: true})
		p := invalid(f)
		return &p
	}
	return nil
}

// row reads the arguments of one row, runs the calculation and writes the reply.
func (k *call) row(r *reading) error {
	if r.tokens.PeekKind() != '[' {
		k.failed = k.rowProblem(problem{kind: invalidInput, detail: "A row must be a list of arguments."})
		return nil
	}
	if _, err := r.tokens.ReadToken(); err != nil {
		return err
	}
	number, err := k.number(r)
	if err != nil {
		return err
	}
	slots := r.begin(k.calc.Inputs)
	if err := k.arguments(r, slots); err != nil {
		return err
	}
	if k.vendor.numbered {
		k.body = append(append(append(k.body, '['), number...), ',')
	}
	if incomplete(k.calc.Inputs, slots) && !r.faults.any() {
		k.body = append(k.body, "null"...)
	} else {
		k.reply(k.run(k.calc, r, slots))
	}
	if k.vendor.numbered {
		k.body = append(k.body, ']')
	}
	k.body = append(k.body, ',')
	return nil
}

// number reads a row's number as it was written, where there is one.
func (k *call) number(r *reading) (jsontext.Value, error) {
	if !k.vendor.numbered {
		return nil, nil
	}
	if r.tokens.PeekKind() == ']' {
		k.failed = k.rowProblem(problem{kind: invalidInput, detail: "A row must begin with its number."})
		return jsontext.Value("null"), nil
	}
	value, err := r.tokens.ReadValue()
	return value.Clone(), err
}

// arguments reads the positional arguments of a row; those left out at the end are null.
func (k *call) arguments(r *reading, slots []slot) error {
	i := 0
	for ; r.tokens.PeekKind() != ']'; i++ {
		var err error
		if i < len(slots) {
			slots[i].given = true
			err = r.value(&k.calc.Inputs[i], &slots[i], "")
		} else {
			err = r.tokens.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	if i > len(slots) {
		r.fault("", "too_many", k.calc.ID+" takes "+strconv.Itoa(len(slots))+" arguments, not "+strconv.Itoa(i)+".")
	}
	_, err := r.tokens.ReadToken()
	return err
}

// incomplete tells whether a field that the calculation needs is null: such a row is answered by null, as SQL does.
func incomplete(fields []catalogue.Field, slots []slot) bool {
	for i := range fields {
		f, s := &fields[i], &slots[i]
		needed := !f.Optional && f.Default == nil
		if needed && s.stream == nil && (!s.given || s.value != s.value || f.Kind > catalogue.Option) {
			return true
		}
	}
	return false
}

// reply writes what one row comes to. A whole result carries its problem with it; a single value cannot, so that it
// stops the query unless the function was created with on_error = null.
func (k *call) reply(o outcome) {
	switch {
	case k.weighing:
	case o.problem != nil && k.lenient:
		k.body = append(k.body, "null"...)
	case o.problem != nil && (k.pick != nil || o.problem.kind == internalError):
		k.failed = k.rowProblem(*o.problem)
	case k.pick != nil:
		table := columns(nil, k.calc.Results, o.stream, "", k.pick)
		k.body = appendScalar(k.body, table[0].field, table[0].values[0])
	default:
		k.whole(o)
	}
}

// whole writes a result, or a problem, as an object or as its text.
func (k *call) whole(o outcome) {
	var object []byte
	if o.problem != nil {
		object = appendProblem(nil, o.problem, k.Path+"#/"+strconv.Itoa(k.count))
	} else {
		object = appendResult(nil, k.calc, o.stream, o.notes, nil, false)
	}
	if k.vendor.object {
		k.body = append(k.body, object...)
	} else {
		k.body = appendText(k.body, string(object))
	}
}

// rowProblem says which row a problem is of.
func (k *call) rowProblem(p problem) *problem {
	p.detail = "Row " + strconv.Itoa(k.count) + ": " + p.text()
	return &p
}

// answer closes the reply. Snowflake's batch id goes back with it, so that a batch sent twice is told by its id.
func (k *call) answer() Response {
	if k.count > 0 {
		k.body = k.body[:len(k.body)-1] // the last comma
	}
	k.body = append(k.body, k.vendor.tail...)
	if k.vendor.name == "redshift" {
		k.body = append(strconv.AppendInt(append(k.body, `,"num_records":`...), int64(k.count), 10), '}')
	}
	headers := []Header{jsonType, noStore}
	if id := k.header("Sf-External-Function-Query-Batch-Id"); id != "" && printable(id) {
		headers = append(headers, Header{"Sf-External-Function-Query-Batch-Id", id})
	}
	return Response{Status: 200, Body: k.body, Header: headers}
}

// printable tells whether a text may go back in a header.
func printable(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return len(text) <= 256
}

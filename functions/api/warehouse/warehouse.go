// Package warehouse answers the remote functions of BigQuery, Snowflake and Redshift, each by its own contract, and writes
// the SQL that creates them. What it needs of the API it gets by a Host.
package warehouse

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/functions/api/wire"
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

// A Host is one request to the API.
type Host interface {
	Content() (body []byte, form bool, bad *wire.Problem)
	HeaderOf(name string) string
	Address() string // the path
	RawQuery() string
	Calculations() []wire.Calculation
	// Refusal is the problem of a calculation that this deployment does not run.
	Refusal(c *wire.Calculation) *wire.Problem
	// Weigh goes over the rows without running them, and refuses what would cost too much.
	Weigh(rows func() (count int)) *wire.Problem
	Weighing() bool
	Run(c *wire.Calculation, r *wire.Reading, slots []wire.Slot) wire.Outcome
	MaxRows() int
	BatchRows(c *wire.Calculation) int // that the SQL lets a warehouse send at once
	Problem(p wire.Problem) wire.Response
	Cacheable(answer wire.Response) wire.Response
}

// Resolve finds what answers {vendor}/{id}, to POST, and {vendor}/{id}/sql, to GET; nil where nothing does.
func Resolve(path string, h Host) (post, get func() wire.Response) {
	name, id, _ := strings.Cut(path, "/")
	for _, v := range vendors {
		if v.name != name {
			continue
		}
		if c := find(h, id); c != nil {
			return func() wire.Response { return warehouse(h, v, c) }, nil
		}
		if c := find(h, strings.TrimSuffix(id, "/sql")); c != nil {
			return nil, func() wire.Response { return sql(h, v, c) }
		}
		if v.name == "redshift" && id == "" {
			return func() wire.Response { return warehouse(h, v, nil) }, nil
		}
	}
	return nil, nil
}

func find(h Host, id string) *wire.Calculation {
	table := h.Calculations()
	for i := range table {
		if table[i].ID == id {
			return &table[i]
		}
	}
	return nil
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
	r := wire.Read(body)
	defer r.Done()
	e.count = math.NaN()
	if r.Tokens.PeekKind() != '{' {
		if err = r.Tokens.SkipValue(); err == nil {
			err = r.End()
		}
		return e, err
	}
	if _, err = r.Tokens.ReadToken(); err != nil {
		return e, err
	}
	for r.Tokens.PeekKind() == '"' {
		token, err := r.Tokens.ReadToken()
		if err != nil {
			return e, err
		}
		name := token.String()
		value, err := r.Tokens.ReadValue()
		if err != nil {
			return e, err
		}
		switch name {
		case rows:
			e.rows = value.Clone()
		case "num_records":
			e.count, _ = wire.ParseNumber(string(value))
		case "external_function":
			text, _ := jsontext.AppendUnquote(nil, value)
			e.function = string(text)
		case "userDefinedContext":
			e.context = wire.Members(string(value))
		}
	}
	if _, err = r.Tokens.ReadToken(); err != nil {
		return e, err
	}
	return e, r.End()
}

// A call is a warehouse's request on its way.
type call struct {
	Host
	vendor  *vendor
	calc    *wire.Calculation
	pick    wire.Pick
	lenient bool // a row with a problem is null instead of failing the query
	body    []byte
	failed  *wire.Problem
	count   int
}

// warehouse answers a batch of rows. Without a calculation its function's name says which it is.
func warehouse(x Host, v *vendor, c *wire.Calculation) wire.Response {
	k := &call{Host: x, vendor: v, calc: c}
	body, _, bad := x.Content()
	if bad != nil {
		return k.fail(*bad)
	}
	e, err := readEnvelope(body, v.rows)
	if err != nil {
		return k.fail(wire.Unreadable(body, err))
	}
	if bad := k.options(e); bad != nil {
		return k.fail(*bad)
	}
	if bad := x.Refusal(k.calc); bad != nil {
		return k.fail(*bad)
	}
	if bad := x.Weigh(func() int {
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
func (k *call) fail(p wire.Problem) wire.Response {
	if p.Status == 422 {
		p.Kind = &wire.Kind{Slug: p.Slug, Title: p.Title, Status: 400, Explanation: p.Explanation}
	}
	p.Members = k.vendor.failure(string(wire.AppendText(nil, p.Detail)))
	return k.Problem(p)
}

// options settles which calculation and result are asked for, from the address, BigQuery's user-defined context,
// Snowflake's headers or the name of Redshift's function.
func (k *call) options(e envelope) *wire.Problem {
	field, onError := k.HeaderOf("Sf-Custom-Field"), k.HeaderOf("Sf-Custom-On-Error")
	field, onError = wire.Override(e.context["field"], field), wire.Override(e.context["on_error"], onError)
	list, bad := wire.Parameters(k.RawQuery())
	if bad != nil {
		return bad
	}
	var f wire.Faults
	for _, p := range list {
		switch p.Name {
		case "field":
			field = p.Value
		case "on_error":
			onError = p.Value
		default:
			f.Add(wire.Fault{Parameter: p.Name, Code: "unknown_parameter", Detail: wire.QueryTakes.Say("field and on_error", wire.Quoted(p.Name))})
		}
	}
	if k.calc == nil {
		var named string
		if k.calc, named = called(k.Calculations(), e.function); k.calc == nil {
			f.Add(wire.Fault{Pointer: "/external_function", Code: "unknown_calculation", Detail: wire.NotCalled.Say(wire.Quoted(e.function), RedshiftPath)})
			p := wire.Invalid(f)
			return &p
		}
		if named != "" {
			field = named
		}
	}
	if field != "" {
		k.pick = wire.Pick{field}
		k.pick.Check(k.calc.Results, &f)
		k.single(&f)
	}
	switch onError {
	case "null":
		k.lenient = true
	case "", "fail":
	default:
		f.Add(wire.Fault{Parameter: "on_error", Code: "unknown_option", Detail: wire.EitherNot.Say("on_error", "fail or null", wire.Quoted(onError))})
	}
	if f.Any() {
		p := wire.Invalid(f)
		return &p
	}
	return nil
}

// single makes sure that the picked result is a single value.
func (k *call) single(f *wire.Faults) {
	if !f.Any() && len(wire.Headings(nil, k.calc.Results, "", k.pick)) != 1 {
		f.Add(wire.NotOneValue(k.pick))
	}
}

// called finds the calculation, and the result, in the name of a function: schema.f_hourglass_subscription_clv. The
// longest id that fits is meant.
func called(table []wire.Calculation, function string) (c *wire.Calculation, field string) {
	_, name, ok := strings.Cut(function, functionPrefix)
	if !ok {
		return nil, ""
	}
	length := -1
	for i := range table {
		id := identifier(table[i].ID)
		rest, ok := strings.CutPrefix(name, id)
		if !ok || len(id) <= length || rest != "" && rest[0] != '_' {
			continue
		}
		for _, path := range append(wire.Headings(nil, table[i].Results, "", nil), "") {
			if strings.TrimPrefix(rest, "_") == identifier(path) {
				c, field, length = &table[i], path, len(id)
			}
		}
	}
	return c, field
}

// rows runs every row.
func (k *call) rows(e envelope) *wire.Problem {
	var f wire.Faults
	if e.rows.Kind() != '[' {
		f.Add(wire.Fault{Pointer: "/" + k.vendor.rows, Code: "not_a_list", Detail: wire.RowsNeeded.Say(k.vendor.rows)})
		p := wire.Invalid(f)
		return &p
	}
	r := wire.Read(e.rows)
	defer r.Done()
	r.Texts = true
	k.body = append(k.body, k.vendor.head...)
	_, err := r.Tokens.ReadToken()
	for err == nil && k.failed == nil && r.Tokens.PeekKind() != ']' {
		if k.count == k.MaxRows() {
			return &wire.Problem{Kind: wire.BodyTooLarge, Detail: "A call may have 10000 rows."}
		}
		err = k.row(r)
		k.count++
	}
	switch {
	case err != nil:
		p := wire.Unreadable(e.rows, err)
		return &p
	case k.failed != nil:
		return k.failed
	case e.count == e.count && e.count != float64(k.count):
		f.Add(wire.Fault{Pointer: "/num_records", Code: "mismatch", Detail: "num_records is not the number of rows.", Limit: float64(k.count), Limited: true})
		p := wire.Invalid(f)
		return &p
	}
	return nil
}

// row reads the arguments of one row, runs the calculation and writes the reply.
func (k *call) row(r *wire.Reading) error {
	if r.Tokens.PeekKind() != '[' {
		k.failed = k.rowProblem(wire.Problem{Kind: wire.InvalidInput, Detail: "A row must be a list of arguments."})
		return nil
	}
	if _, err := r.Tokens.ReadToken(); err != nil {
		return err
	}
	number, err := k.number(r)
	if err != nil {
		return err
	}
	slots := r.Begin(k.calc.Inputs)
	if err := k.arguments(r, slots); err != nil {
		return err
	}
	if k.vendor.numbered {
		k.body = append(append(append(k.body, '['), number...), ',')
	}
	if incomplete(k.calc.Inputs, slots) && !r.Faults.Any() {
		k.body = append(k.body, "null"...)
	} else {
		k.reply(k.Run(k.calc, r, slots))
	}
	if k.vendor.numbered {
		k.body = append(k.body, ']')
	}
	k.body = append(k.body, ',')
	return nil
}

// number reads a row's number as it was written, where there is one.
func (k *call) number(r *wire.Reading) (jsontext.Value, error) {
	if !k.vendor.numbered {
		return nil, nil
	}
	if r.Tokens.PeekKind() == ']' {
		k.failed = k.rowProblem(wire.Problem{Kind: wire.InvalidInput, Detail: "A row must begin with its number."})
		return jsontext.Value("null"), nil
	}
	value, err := r.Tokens.ReadValue()
	return value.Clone(), err
}

// arguments reads the positional arguments of a row; those left out at the end are null.
func (k *call) arguments(r *wire.Reading, slots []wire.Slot) error {
	i := 0
	for ; r.Tokens.PeekKind() != ']'; i++ {
		var err error
		if i < len(slots) {
			slots[i].Given = true
			err = r.Value(&k.calc.Inputs[i], &slots[i], "")
		} else {
			err = r.Tokens.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	if i > len(slots) {
		r.Fault("", "too_many", wire.Arguments.Say(k.calc.ID, strconv.Itoa(len(slots)), strconv.Itoa(i)))
	}
	_, err := r.Tokens.ReadToken()
	return err
}

// incomplete tells whether a field that the calculation needs is null: such a row is answered by null, as SQL does.
func incomplete(fields []catalogue.Field, slots []wire.Slot) bool {
	for i := range fields {
		f, s := &fields[i], &slots[i]
		needed := !f.Optional && f.Default == nil
		if needed && s.Stream == nil && (!s.Given || s.Value != s.Value || f.Kind > catalogue.Option) {
			return true
		}
	}
	return false
}

// reply writes what one row comes to. A whole result carries its problem with it; a single value cannot, so that it
// stops the query unless the function was created with on_error = null.
func (k *call) reply(o wire.Outcome) {
	switch {
	case k.Weighing():
	case o.Problem != nil && k.lenient:
		k.body = append(k.body, "null"...)
	case o.Problem != nil && (k.pick != nil || o.Problem.Kind == wire.InternalError):
		k.failed = k.rowProblem(*o.Problem)
	case k.pick != nil:
		table := wire.Columns(nil, k.calc.Results, o.Stream, o.Rows, "", k.pick)
		k.body = wire.AppendScalar(k.body, table[0].Field, table[0].Values[0])
	default:
		k.whole(o)
	}
}

// whole writes a result, or a problem, as an object or as its text.
func (k *call) whole(o wire.Outcome) {
	var object []byte
	if o.Problem != nil {
		object = wire.AppendProblem(nil, o.Problem, k.Address()+"#/"+strconv.Itoa(k.count))
	} else {
		object = wire.AppendResult(nil, k.calc, o, nil, false)
	}
	if k.vendor.object {
		k.body = append(k.body, object...)
	} else {
		k.body = wire.AppendText(k.body, string(object))
	}
}

// rowProblem says which row a problem is of.
func (k *call) rowProblem(p wire.Problem) *wire.Problem {
	p.Detail = wire.OfRow.Say(strconv.Itoa(k.count), p.Text())
	return &p
}

// answer closes the reply. Snowflake's batch id goes back with it, so that a batch sent twice is told by its id.
func (k *call) answer() wire.Response {
	if k.count > 0 {
		k.body = k.body[:len(k.body)-1] // the last comma
	}
	k.body = append(k.body, k.vendor.tail...)
	if k.vendor.name == "redshift" {
		k.body = append(strconv.AppendInt(append(k.body, `,"num_records":`...), int64(k.count), 10), '}')
	}
	headers := []wire.Header{wire.JSONType, wire.NoStore}
	if id := k.HeaderOf("Sf-External-Function-Query-Batch-Id"); id != "" && printable(id) {
		headers = append(headers, wire.Header{Name: "Sf-External-Function-Query-Batch-Id", Value: id})
	}
	return wire.Response{Status: 200, Body: k.body, Header: headers}
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

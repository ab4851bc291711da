package warehouse

import (
	"strconv"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/functions/api/wire"
)

// functionPrefix begins the name of every function in a warehouse.
const functionPrefix = "hourglass_"

// A sqlFunction is what the SQL that creates a function needs to know.
type sqlFunction struct {
	vendor  *vendor
	calc    *wire.Calculation
	rows    string // that a warehouse may send at once
	field   string // the result, or empty for the whole
	name    string
	returns string
}

// sql answers with the SQL that creates the function of a calculation for a warehouse: GET .../sql?field=clv.
func sql(x Host, v *vendor, c *wire.Calculation) wire.Response {
	list, bad := wire.Parameters(x.RawQuery())
	if bad != nil {
		return x.Problem(*bad)
	}
	fn := sqlFunction{rows: strconv.Itoa(x.BatchRows(c)), vendor: v, calc: c, name: functionPrefix + identifier(c.ID), returns: v.whole}
	var f wire.Faults
	for _, p := range list {
		if p.Name != "field" {
			f.Add(wire.Fault{Parameter: p.Name, Code: "unknown_parameter", Detail: wire.QueryTakes.Say("field", wire.Quoted(p.Name))})
			continue
		}
		fn.field = p.Value
	}
	if fn.field != "" {
		k := call{Host: x, vendor: v, calc: c, pick: wire.Pick{fn.field}}
		k.pick.Check(c.Results, &f)
		k.single(&f)
	}
	if f.Any() {
		return x.Problem(wire.Invalid(f))
	}
	if fn.field != "" {
		fn.name += "_" + identifier(fn.field)
		fn.returns = v.types[wire.ResultAt(c.Results, fn.field).Kind]
	}
	var w strings.Builder
	fn.comment(&w)
	v.create(&w, fn)
	return x.Cacheable(wire.Response{Status: 200, Body: []byte(w.String()), Header: []wire.Header{{Name: "Content-Type", Value: "application/sql; charset=utf-8"}}})
}

// identifier turns an id or a path into a part of a name in SQL.
func identifier(text string) string {
	return strings.NewReplacer("-", "_", "/", "_", ".", "_").Replace(text)
}

// comment explains the function and its arguments, in order.
func (f sqlFunction) comment(w *strings.Builder) {
	w.WriteString("-- " + f.calc.Title + ": " + f.calc.Question + "\n--\n-- Arguments, in this order; null leaves one out:\n")
	for i := range f.calc.Inputs {
		in := &f.calc.Inputs[i]
		w.WriteString("--   " + in.Name + ": " + in.Title)
		switch {
		case in.Kind == catalogue.Option:
			w.WriteString(", one of " + strings.Join(in.Options, ", "))
		case in.Kind > catalogue.Option && f.vendor.types[in.Kind] != "ARRAY":
			w.WriteString(", a list as JSON text")
		}
		switch {
		case in.Optional:
			w.WriteString(" (may be null)")
		case in.Default != nil && in.Kind == catalogue.Option:
			w.WriteString(" (" + in.Options[int(*in.Default)] + " if null)")
		case in.Default != nil:
			w.WriteString(" (" + string(wire.AppendNumber(nil, *in.Default)) + " if null)")
		default:
			w.WriteString(" (the result is null if this is)")
		}
		w.WriteByte('\n')
	}
	if f.field == "" {
		w.WriteString("--\n-- The result is an object with every figure and the warnings; a row with a problem gives the problem.\n")
		return
	}
	w.WriteString("--\n-- A row with a problem stops the query and says which; with on_error = null it gives null instead.\n")
}

// arguments lists the names and types of the arguments.
func (f sqlFunction) arguments(quote string) string {
	list := make([]string, len(f.calc.Inputs))
	for i := range f.calc.Inputs {
		in := &f.calc.Inputs[i]
		list[i] = quote + in.Name + quote + " " + f.vendor.types[in.Kind]
	}
	return strings.Join(list, ", ")
}

func (f sqlFunction) endpoint() string {
	return "https://YOUR-SERVER/v1/adapters/" + f.vendor.name + "/" + f.calc.ID
}

func bigQuery(w *strings.Builder, f sqlFunction) {
	w.WriteString("CREATE OR REPLACE FUNCTION `YOUR_PROJECT.YOUR_DATASET`." + f.name + "(" + f.arguments("`") + ")\n" +
		"RETURNS " + f.returns + "\n" +
		"REMOTE WITH CONNECTION `YOUR_PROJECT.YOUR_LOCATION.YOUR_CONNECTION`\n" +
		"OPTIONS (\n  endpoint = '" + f.endpoint() + "',\n")
	if f.field != "" {
		w.WriteString("  user_defined_context = [('field', '" + f.field + "'), ('on_error', 'fail')],\n")
	}
	w.WriteString("  max_batching_rows = " + f.rows + "\n);\n")
}

func snowflake(w *strings.Builder, f sqlFunction) {
	w.WriteString("CREATE OR REPLACE EXTERNAL FUNCTION " + f.name + "(" + f.arguments("") + ")\n" +
		"  RETURNS " + f.returns + " NULL\n" +
		"  CALLED ON NULL INPUT\n" +
		"  IMMUTABLE\n" +
		"  API_INTEGRATION = YOUR_INTEGRATION\n")
	if f.field != "" {
		w.WriteString("  HEADERS = ('field' = '" + f.field + "', 'on-error' = 'fail')\n")
	}
	w.WriteString("  MAX_BATCH_ROWS = " + f.rows + "\n  AS '" + f.endpoint() + "';\n")
}

// redshift names no arguments, and finds the calculation and the result by the function's name. f_ is the prefix that
// Redshift keeps free for user-defined functions.
func redshift(w *strings.Builder, f sqlFunction) {
	types := make([]string, len(f.calc.Inputs))
	for i := range f.calc.Inputs {
		types[i] = f.vendor.types[f.calc.Inputs[i].Kind]
	}
	w.WriteString("CREATE OR REPLACE EXTERNAL FUNCTION f_" + f.name + "(" + strings.Join(types, ", ") + ")\n" +
		"RETURNS " + f.returns + "\n" +
		"STABLE\n" +
		"LAMBDA 'YOUR_LAMBDA_FUNCTION'\n" +
		"IAM_ROLE default\n" +
		"MAX_BATCH_ROWS " + f.rows + "\n" +
		"MAX_BATCH_SIZE 512 KB;\n")
}

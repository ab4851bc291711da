package api

import (
	"strings"

	"hourglass/functions/api/wire"
)

// view reads the parameters that say how to answer (format, field, header, decimal, errors) from a query, and returns the others.
// Results are looked up in c; for a batch, c is nil and each row has its own.
func (x *exchange) view(list []wire.Parameter, c *wire.Calculation) (v wire.View, rest []wire.Parameter, bad *wire.Problem) {
	v.Names = true
	var f wire.Faults
	format := ""
	for _, p := range list {
		switch p.Name {
		case "format":
			if format != "" && format != p.Value {
				f.Add(wire.Fault{Parameter: "format", Code: "duplicate_field", Detail: wire.Twice.Say("format")})
			}
			format = p.Value
		case "field":
			v.Pick = append(v.Pick, strings.Split(p.Value, ",")...)
		case "header":
			v.Names = wire.Truth(p.Value, &f)
		case "decimal":
			v.Comma = wire.Comma(p.Value, &f)
		case "errors":
			v.Words = wire.Words(p.Value, &f)
		default:
			rest = append(rest, p)
		}
	}
	if c != nil {
		v.Pick.Check(c.Results, &f)
	}
	bad = x.setFormat(&v, format, &f)
	if v.Format == wire.FormatJSON && (v.Comma || v.Words) {
		f.Add(wire.Fault{Parameter: "format", Code: "required", Detail: "decimal and errors are for cells: give format=value, csv or xml with them."})
	}
	if bad == nil && f.Any() {
		p := wire.Invalid(f)
		bad = &p
	}
	return v, rest, bad
}

func (x *exchange) setFormat(v *wire.View, name string, f *wire.Faults) *wire.Problem {
	if name == "" {
		var ok bool
		if v.Format, ok = wire.Accepted(x.header("Accept")); !ok {
			return &wire.Problem{Kind: wire.NotAcceptable, Detail: "Results come as application/json, text/csv, application/xml or text/plain."}
		}
		return nil
	}
	for i, known := range wire.FormatNames {
		if name == known {
			v.Format = wire.Format(i)
			return nil
		}
	}
	f.Add(wire.Fault{Parameter: "format", Code: "unknown_option", Detail: wire.EitherNot.Say("format", wire.Choices(wire.FormatNames), wire.Quoted(name))})
	return nil
}

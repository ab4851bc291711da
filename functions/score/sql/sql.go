// Package sql writes the query that turns an order table into summaries, for several
// warehouses from one template: they differ in the functions named in Dialect only.
//
// What it computes is what core/orders computes of the same orders, and a test runs it
// in DuckDB to compare; the other dialects were not run.
package sql

import (
	_ "embed"
	"fmt"
	"strings"
	"text/template"
)

//go:generate go test -run TestFiles -update

// A dialect is where warehouses differ.
type dialect struct {
	name, title string
	days        string // days from %[1]s to %[2]s
	float       string // type of floating-point numbers
}

var dialects = []dialect{
	{"ansi", "ANSI SQL, where a date less a date is a number of days (PostgreSQL, DuckDB)", "%[2]s - %[1]s", "DOUBLE PRECISION"},
	{"bigquery", "BigQuery", "DATE_DIFF(%[2]s, %[1]s, DAY)", "FLOAT64"},
	{"snowflake", "Snowflake", "DATEDIFF(day, %[1]s, %[2]s)", "DOUBLE PRECISION"},
	{"redshift", "Redshift", "DATEDIFF(day, %[1]s, %[2]s)", "DOUBLE PRECISION"},
}

// Names are what a query is about; empty ones take the defaults of the committed files.
// They stand in the query as they are: names that need quotes bring them.
type Names struct {
	Table  string // orders
	ID     string // customer_id
	Date   string // ordered_at, a date or a timestamp
	Amount string // amount
	End    string // last day of the calibration, as 2026-12-31
}

func (n Names) complete() Names {
	fill := func(s *string, otherwise string) {
		if *s == "" {
			*s = otherwise
		}
	}
	fill(&n.Table, "orders")
	fill(&n.ID, "customer_id")
	fill(&n.Date, "ordered_at")
	fill(&n.Amount, "amount")
	fill(&n.End, "2026-12-31")
	return n
}

// query is what the template sees.
type query struct {
	Names
	dialect
}

func (q query) Title() string                  { return q.title }
func (q query) EndDay() string                 { return "DATE '" + q.End + "'" }
func (q query) Day(column string) string       { return "CAST(" + column + " AS DATE)" }
func (q query) Float(column string) string     { return "CAST(" + column + " AS " + q.float + ")" }
func (q query) Days(first, last string) string { return fmt.Sprintf(q.days, first, last) }

//go:embed template.sql
var source string

var parsed = template.Must(template.New("summaries").Parse(source))

// Known reports whether there is such a dialect.
func Known(name string) bool {
	for _, d := range dialects {
		if d.name == name {
			return true
		}
	}
	return false
}

// Summaries writes the query for a dialect: ansi, bigquery, snowflake or redshift.
func Summaries(name string, names Names) (string, error) {
	for _, d := range dialects {
		if d.name == name {
			var out strings.Builder
			err := parsed.Execute(&out, query{names.complete(), d})
			return out.String(), err
		}
	}
	return "", fmt.Errorf("no SQL for %q", name)
}

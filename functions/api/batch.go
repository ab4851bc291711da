package api

import (
	"strconv"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
	"hourglass/functions/api/wire"
)

// A sheet is the answer to many rows as it grows.
type sheet struct {
	x      *exchange
	view   wire.View
	lists  bool // the rows carry their lists over time
	body   []byte
	count  int
	failed int // rows that have a problem
	warned wire.RowWarnings
	table  []wire.Column // of the row being written
	width  int           // of a table
	fault  *wire.Problem // of the whole
}

// rows answers an array of inputs of one calculation, each by a result or a problem in its place.
func (x *exchange) rows(c *wire.Calculation, v wire.View, r *wire.Reading) Response {
	run := func(s *sheet, r *wire.Reading) error {
		return s.each(r, func() error {
			slots := r.Begin(c.Inputs)
			if err := r.Input(c.Inputs, slots); err != nil {
				return err
			}
			s.add(c, x.run(c, r, slots))
			return nil
		})
	}
	s := x.sheet(v, r.Body)
	if bad := x.weighRows(r.Body, priceOf(c), run); bad != nil {
		return x.problem(*bad)
	}
	if v.Format == wire.FormatCSV {
		s.heading(wire.Headings(nil, c.Results, "", v.Pick))
	}
	return s.answer(r, run(s, r))
}

// batch answers an array of {"calculation": ..., "input": {...}} for any calculations.
func (x *exchange) batch() Response {
	list, bad := wire.Parameters(x.Query)
	if bad != nil {
		return x.problem(*bad)
	}
	v, strays, bad := x.view(list, nil)
	if bad != nil {
		return x.problem(*bad)
	}
	if len(strays) > 0 {
		return x.problem(stray(strays))
	}
	if v.Format == wire.FormatCSV && len(v.Pick) == 0 {
		return x.problem(wantsField())
	}
	body, _, bad := x.content()
	if bad != nil {
		return x.problem(*bad)
	}
	r := wire.Read(body)
	defer r.Done()
	if r.Tokens.PeekKind() != '[' {
		return x.notRows(r)
	}
	inner := wire.Read(nil)
	defer inner.Done()
	inner.Base = "/input"
	run := func(s *sheet, r *wire.Reading) error { return s.each(r, func() error { return s.mixed(r, inner) }) }
	s := x.sheet(v, body)
	if bad := x.weighRows(body, unknown, run); bad != nil {
		return x.problem(*bad)
	}
	if v.Format == wire.FormatCSV {
		s.heading(v.Pick.Results())
	}
	return s.answer(r, run(s, r))
}

// weighRows weighs the rows of a body by running over them without running any. Where each costs the same, their number
// will do.
func (x *exchange) weighRows(body []byte, p price, run func(*sheet, *wire.Reading) error) *wire.Problem {
	rows := wire.ShapeOf(body).Rows
	if rows > MaxRows {
		return tooManyRows(rows)
	}
	return x.weigh(func() int {
		if p.call == standard.call && p.period == 0 {
			x.cost += p.call * float64(rows)
			return rows
		}
		r, s := wire.Read(body), &sheet{x: x}
		defer r.Done()
		_ = run(s, r) // what is wrong is found again, where it is told
		return s.count
	})
}

func tooManyRows(rows int) *wire.Problem {
	return &wire.Problem{Kind: wire.BodyTooLarge, Detail: "A request may have 10000 rows; this one has " + strconv.Itoa(rows) + ". Send the others in another."}
}

func wantsField() wire.Problem {
	var f wire.Faults
	f.Add(wire.Fault{Parameter: "field", Code: "required", Detail: "A batch of several calculations as CSV needs field= to say which results are its columns."})
	return wire.Invalid(f)
}

// notRows is the problem of a batch that is no array, or no JSON at all.
func (x *exchange) notRows(r *wire.Reading) Response {
	if err := r.Tokens.SkipValue(); err != nil {
		return x.problem(wire.Unreadable(r.Body, err))
	}
	var f wire.Faults
	f.Add(wire.Fault{Code: "not_a_list", Detail: `A batch is a list: [{"calculation": "average", "input": {...}}, ...].`})
	return x.problem(wire.Invalid(f))
}

// mixed reads one row of a batch and runs it.
func (s *sheet) mixed(r, inner *wire.Reading) error {
	r.Begin(wire.BatchFields)
	id, input, err := r.BatchRow()
	if err != nil {
		return err
	}
	c := s.x.find(id)
	switch {
	case r.Faults.Any():
	case c == nil:
		r.Fault(r.BatchID(), "unknown_calculation", s.x.unknownID(id))
	default:
		o := s.x.rowOf(c, s.view.Pick, input, inner)
		if r.Old {
			o.Notes = append(notice.List{{Code: notice.Renamed, Field: "calculation"}}, o.Notes...)
		}
		s.add(c, o)
		return nil
	}
	p := wire.Invalid(r.Faults)
	s.add(nil, wire.Outcome{Problem: &p})
	return nil
}

func (x *exchange) unknownID(id string) string {
	if id == "" {
		return "calculation is missing. GET /v1 lists them."
	}
	if catalogue.FindTool(id) != nil {
		return id + " is a tool, which a batch does not take. Send it to /v1/" + id + "."
	}
	return wire.Sentences(wire.NoCalculation.Say(wire.Quoted(id)), wire.Guess(id, x.ids()[:len(x.table)]), "GET /v1 lists them.")
}

// rowOf runs one calculation of a batch on its input, which is JSON already known to be well formed.
func (x *exchange) rowOf(c *wire.Calculation, p wire.Pick, input []byte, inner *wire.Reading) wire.Outcome {
	if refusal := x.refusal(c); refusal != nil {
		return wire.Outcome{Problem: refusal}
	}
	if input == nil {
		input = []byte("{}")
	}
	inner.Open(input)
	slots := inner.Begin(c.Inputs)
	p.Check(c.Results, &inner.Faults)
	if err := inner.Input(c.Inputs, slots); err != nil {
		p := wire.Unreadable(input, err)
		return wire.Outcome{Problem: &p}
	}
	return x.run(c, inner, slots)
}

// sheet begins an answer. Lists over time are left out (null) where there are many rows and no field= asks for them:
// ten thousand series would be a hundred megabytes.
func (x *exchange) sheet(v wire.View, body []byte) *sheet {
	s := &sheet{x: x, view: v, lists: countRows(body) <= fullRows}
	switch v.Format {
	case wire.FormatJSON:
		s.body = append(s.body, '[')
	case wire.FormatXML:
		s.body = append(append(s.body, wire.XMLHead...), "<results>"...)
	}
	return s
}

// countRows is how many elements a JSON array has, or one more than fullRows where it has more or is broken.
func countRows(body []byte) int {
	r := wire.Read(body)
	defer r.Done()
	if _, err := r.Tokens.ReadToken(); err != nil {
		return 0
	}
	for n := range fullRows + 1 {
		if kind := r.Tokens.PeekKind(); kind == ']' || kind == 0 {
			return n
		}
		if r.Tokens.SkipValue() != nil {
			return n
		}
	}
	return fullRows + 1
}

// each steps through an array, and stops where the whole is refused.
func (s *sheet) each(r *wire.Reading, row func() error) error {
	if _, err := r.Tokens.ReadToken(); err != nil {
		return err
	}
	for r.Tokens.PeekKind() != ']' {
		if err := row(); err != nil {
			return err
		}
		if len(s.body) > maxAnswer {
			s.fault = &wire.Problem{Kind: wire.BodyTooLarge, Detail: "The answer would have more than 32 MiB. Pick results with field=, or send fewer rows."}
		}
		if s.fault != nil {
			return nil
		}
	}
	if _, err := r.Tokens.ReadToken(); err != nil {
		return err
	}
	return r.End()
}

// add writes the outcome of the next row.
func (s *sheet) add(c *wire.Calculation, o wire.Outcome) {
	if s.x.weighing {
		s.count++
		return
	}
	if o.Problem != nil {
		s.failed++
	}
	s.warned.Count(o.Notes)
	switch s.view.Format {
	case wire.FormatCSV:
		s.addLine(c, o)
	case wire.FormatXML:
		s.addElement(c, o)
	case wire.FormatValue:
		s.addValue(c, o)
	default:
		if o.Problem != nil {
			s.body = wire.AppendProblem(s.body, o.Problem, s.instance())
		} else {
			s.body = wire.AppendResult(s.body, c, o, s.view.Pick, s.lists)
		}
		// The brace is opened again for whether this row has a result.
		s.body = append(s.body[:len(s.body)-1], `,"ok":`...)
		s.body = append(strconv.AppendBool(s.body, o.Problem == nil), "},"...)
	}
	s.count++
}

// instance names a row of a request, as RFC 9457 wants one occurrence of a problem named.
func (s *sheet) instance() string { return s.x.Path + "#/" + strconv.Itoa(s.count) }

// heading writes the names of a table of rows; its last columns say what is wrong with a row, and what qualifies it.
func (s *sheet) heading(names []string) {
	s.width = len(names)
	if s.view.Names {
		for _, name := range names {
			s.body = append(append(s.body, name...), s.view.Separator())
		}
		s.body = append(append(s.body, "problem"...), s.view.Separator())
		s.body = append(s.body, "warnings\r\n"...)
	}
}

// addLine writes a row of CSV: the values, an empty cell and the warnings, or empty cells and the problem.
func (s *sheet) addLine(c *wire.Calculation, o wire.Outcome) {
	if o.Problem != nil {
		for range s.width {
			s.body = append(s.body, s.view.Separator())
		}
		s.body = append(wire.AppendCSVText(s.body, o.Problem.Text()), s.view.Separator())
		s.body = append(s.body, "\r\n"...)
		return
	}
	s.table = wire.Columns(s.table[:0], c.Results, o.Stream, o.Rows, "", s.view.Pick)
	for i := range s.table {
		if s.table[i].List {
			s.fault = notTable()
			return
		}
		s.body = append(s.view.AppendCell(s.body, &s.table[i], 0, c, o), s.view.Separator())
	}
	s.body = append(wire.AppendWarningCell(append(s.body, s.view.Separator()), c, o), "\r\n"...)
}

func notTable() *wire.Problem {
	var f wire.Faults
	f.Add(wire.Fault{Parameter: "field", Code: "not_a_value", Detail: "A table of many rows takes results that are one value each. Use format=json for lists."})
	bad := wire.Invalid(f)
	return &bad
}

func (s *sheet) addElement(c *wire.Calculation, o wire.Outcome) {
	if o.Problem == nil {
		s.body = s.view.AppendXML(s.body, c, o, s.lists)
		return
	}
	s.body = append(s.body, "<problem>"...)
	s.body = append(wire.AppendXMLText(s.body, o.Problem.Text()), "</problem>"...)
}

// addValue writes one line a row; a row with a problem, which has no value, is an empty line or, of a view with words, what is wrong.
func (s *sheet) addValue(c *wire.Calculation, o wire.Outcome) {
	if s.count > 0 {
		s.body = append(s.body, '\n')
	}
	if o.Problem != nil {
		if s.view.Words {
			s.body = append(s.body, strings.ReplaceAll(o.Problem.Text(), "\n", " ")...)
		}
		return
	}
	body, bad := s.view.AppendValue(s.body, c, o)
	if bad != nil {
		s.fault = bad
		return
	}
	s.body = body
}

// answer closes the sheet.
func (s *sheet) answer(r *wire.Reading, err error) Response {
	switch {
	case err != nil:
		return s.x.problem(wire.Unreadable(r.Body, err))
	case s.fault != nil:
		return s.x.problem(*s.fault)
	}
	switch s.view.Format {
	case wire.FormatJSON:
		s.body = wire.Closed(s.body, ']')
	case wire.FormatXML:
		s.body = append(s.body, "</results>"...)
	}
	header := []wire.Header{s.view.Format.Header(s.view.Names), wire.NoStore, wire.VaryAccept, {Name: "Rows-Failed", Value: strconv.Itoa(s.failed)}}
	if warnings := s.warned.Header(); s.view.Format.Bare() && warnings.Value != "" {
		header = append(header, warnings)
	}
	return Response{Status: 200, Body: s.body, Header: header}
}

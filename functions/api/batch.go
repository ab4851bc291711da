package api

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
)

// A sheet is the answer to many rows as it grows.
type sheet struct {
	x     *exchange
	view  view
	lists bool // the rows carry their lists over time
	body  []byte
	count int
	table []column // of the row being written
	width int      // of a table
	fault *problem // of the whole
}

// rows answers an array of inputs of one calculation, each by a result or a problem in its place.
func (x *exchange) rows(c *calculation, v view, r *reading) Response {
	run := func(s *sheet, r *reading) error {
		return s.each(r, func() error {
			slots := r.begin(c.Inputs)
			if err := r.input(c.Inputs, slots); err != nil {
				return err
			}
			s.add(c, x.run(c, r, slots))
			return nil
		})
	}
	s := x.sheet(v, r.body)
	if bad := x.weighRows(r.body, priceOf(c), run); bad != nil {
		return x.problem(*bad)
	}
	if v.format == formatCSV {
		s.heading(headings(nil, c.Results, "", v.pick))
	}
	return s.answer(r, run(s, r))
}

// batch answers an array of {"id": ..., "input": {...}} for any calculations.
func (x *exchange) batch() Response {
	list, bad := parameters(x.Query)
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
	if v.format == formatCSV && len(v.pick) == 0 {
		return x.problem(wantsField())
	}
	body, _, bad := x.content()
	if bad != nil {
		return x.problem(*bad)
	}
	r := read(body)
	defer r.done()
	if r.tokens.PeekKind() != '[' {
		return x.notRows(r)
	}
	inner := read(nil)
	defer inner.done()
	inner.base = "/input"
	run := func(s *sheet, r *reading) error { return s.each(r, func() error { return s.mixed(r, inner) }) }
	s := x.sheet(v, body)
	if bad := x.weighRows(body, unknown, run); bad != nil {
		return x.problem(*bad)
	}
	if v.format == formatCSV {
		s.heading(v.pick)
	}
	return s.answer(r, run(s, r))
}

// weighRows weighs the rows of a body by running over them without running any. Where each costs the same, their number
// will do.
func (x *exchange) weighRows(body []byte, p price, run func(*sheet, *reading) error) *problem {
	return x.weigh(func() int {
		if p.call == standard.call {
			count := min(shapeOf(body).rows, MaxRows)
			x.cost += p.call * float64(count)
			return count
		}
		r, s := read(body), &sheet{x: x}
		defer r.done()
		_ = run(s, r) // what is wrong is found again, where it is told
		return s.count
	})
}

func wantsField() problem {
	var f faults
	f.add(fault{parameter: "field", code: "required", detail: "A batch of several calculations as CSV needs field= to say which results are its columns."})
	return invalid(f)
}

// notRows is the problem of a batch that is no array, or no JSON at all.
func (x *exchange) notRows(r *reading) Response {
	if err := r.tokens.SkipValue(); err != nil {
		return x.problem(unreadable(r.body, err))
	}
	var f faults
	f.add(fault{code: "not_a_list", detail: `A batch is a list: [{"id": "average", "input": {...}}, ...].`})
	return x.problem(invalid(f))
}

// batchFields are the members of a row of a batch, for their near misses.
var batchFields = []catalogue.Field{{Name: "id"}, {Name: "input"}}

// mixed reads one row of a batch and runs it.
func (s *sheet) mixed(r, inner *reading) error {
	r.begin(batchFields)
	id, input, err := r.batchRow()
	if err != nil {
		return err
	}
	c := s.x.find(id)
	switch {
	case r.faults.any():
	case c == nil:
		r.fault("/id", "unknown_calculation", s.x.unknownID(id))
	default:
		s.add(c, s.x.rowOf(c, s.view.pick, input, inner))
		return nil
	}
	p := invalid(r.faults)
	s.add(nil, outcome{problem: &p})
	return nil
}

func (x *exchange) unknownID(id string) string {
	if id == "" {
		return "id is missing. It names the calculation; GET /v1 lists them."
	}
	detail := "There is no calculation " + quoted(id) + "."
	if near := nearest(id, x.ids()[:len(x.table)]); near != "" {
		detail += " Did you mean " + near + "?"
	}
	return detail
}

// rowOf runs one calculation of a batch on its input, which is JSON already known to be well formed.
func (x *exchange) rowOf(c *calculation, p pick, input []byte, inner *reading) outcome {
	if refusal := x.refusal(c); refusal != nil {
		return outcome{problem: refusal}
	}
	if input == nil {
		input = []byte("{}")
	}
	inner.open(input)
	slots := inner.begin(c.Inputs)
	p.check(c.Results, &inner.faults)
	if err := inner.input(c.Inputs, slots); err != nil {
		p := unreadable(input, err)
		return outcome{problem: &p}
	}
	return x.run(c, inner, slots)
}

// batchRow reads {"id": ..., "input": ...}; the input stays text.
func (r *reading) batchRow() (id string, input jsontext.Value, err error) {
	if r.tokens.PeekKind() != '{' {
		r.fault("", "not_an_object", `A row of a batch is an object: {"id": "average", "input": {...}}.`)
		return "", nil, r.tokens.SkipValue()
	}
	if _, err := r.tokens.ReadToken(); err != nil {
		return "", nil, err
	}
	for r.tokens.PeekKind() == '"' {
		raw, err := r.tokens.ReadValue()
		if err != nil {
			return "", nil, err
		}
		switch i := indexOfRaw(batchFields, raw, 0); {
		case i < 0:
			err = r.unknown(batchFields, raw, "")
		case r.slots[i].given:
			r.fault("/"+batchFields[i].Name, "duplicate_field", batchFields[i].Name+" is given more than once. Give it once.")
			err = r.tokens.SkipValue()
		case i == 0:
			id, err = r.batchID()
		default:
			var value jsontext.Value
			value, err = r.tokens.ReadValue()
			input = value.Clone()
		}
		if err != nil {
			return "", nil, err
		}
	}
	_, err = r.tokens.ReadToken()
	return id, input, err
}

func (r *reading) batchID() (string, error) {
	r.slots[0].given = true
	if r.tokens.PeekKind() != '"' {
		r.fault("/id", "unknown_calculation", "id must be text: the name of a calculation.")
		return "", r.tokens.SkipValue()
	}
	token, err := r.tokens.ReadToken()
	return token.String(), err
}

// sheet begins an answer. Lists over time are left out (null) where there are many rows and no field= asks for them:
// ten thousand series would be a hundred megabytes.
func (x *exchange) sheet(v view, body []byte) *sheet {
	s := &sheet{x: x, view: v, lists: countRows(body) <= fullRows}
	switch v.format {
	case formatJSON:
		s.body = append(s.body, '[')
	case formatXML:
		s.body = append(append(s.body, xmlHead...), "<results>"...)
	}
	return s
}

// countRows is how many elements a JSON array has, or one more than fullRows where it has more or is broken.
func countRows(body []byte) int {
	r := read(body)
	defer r.done()
	if _, err := r.tokens.ReadToken(); err != nil {
		return 0
	}
	for n := range fullRows + 1 {
		if kind := r.tokens.PeekKind(); kind == ']' || kind == 0 {
			return n
		}
		if r.tokens.SkipValue() != nil {
			return n
		}
	}
	return fullRows + 1
}

// each steps through an array, and stops where the whole is refused.
func (s *sheet) each(r *reading, row func() error) error {
	if _, err := r.tokens.ReadToken(); err != nil {
		return err
	}
	for r.tokens.PeekKind() != ']' {
		if s.count == MaxRows {
			s.fault = &problem{kind: bodyTooLarge, detail: "A request may have 10000 rows. Send the others in another."}
			return nil
		}
		if err := row(); err != nil {
			return err
		}
		if len(s.body) > maxAnswer {
			s.fault = &problem{kind: bodyTooLarge, detail: "The answer would have more than 32 MiB. Pick results with field=, or send fewer rows."}
		}
		if s.fault != nil {
			return nil
		}
	}
	if _, err := r.tokens.ReadToken(); err != nil {
		return err
	}
	return r.end()
}

// add writes the outcome of the next row.
func (s *sheet) add(c *calculation, o outcome) {
	if s.x.weighing {
		s.count++
		return
	}
	switch s.view.format {
	case formatCSV:
		s.addLine(c, o)
	case formatXML:
		s.addElement(c, o)
	case formatValue:
		s.addValue(c, o)
	default:
		if o.problem != nil {
			s.body = appendProblem(s.body, o.problem, s.instance())
		} else {
			s.body = appendResult(s.body, c, o.stream, o.notes, s.view.pick, s.lists)
		}
		s.body = append(s.body, ',')
	}
	s.count++
}

// instance names a row of a request, as RFC 9457 wants one occurrence of a problem named.
func (s *sheet) instance() string { return s.x.Path + "#/" + strconv.Itoa(s.count) }

// heading writes the names of a table of rows; its last column says what is wrong with a row.
func (s *sheet) heading(names []string) {
	s.width = len(names)
	if s.view.names {
		for _, name := range names {
			s.body = append(append(s.body, name...), ',')
		}
		s.body = append(s.body, "problem\r\n"...)
	}
}

// addLine writes a row of CSV: the values and an empty cell, or empty cells and the problem.
func (s *sheet) addLine(c *calculation, o outcome) {
	if o.problem != nil {
		for range s.width {
			s.body = append(s.body, ',')
		}
		s.body = append(appendCSVText(s.body, o.problem.text()), "\r\n"...)
		return
	}
	s.table = columns(s.table[:0], c.Results, o.stream, "", s.view.pick)
	for i := range s.table {
		if s.table[i].list {
			s.fault = notTable()
			return
		}
		s.body = append(appendCell(s.body, &s.table[i], 0), ',')
	}
	s.body = append(s.body, "\r\n"...)
}

func notTable() *problem {
	var f faults
	f.add(fault{parameter: "field", code: "not_a_value", detail: "A table of many rows takes results that are one value each. Use format=json for lists."})
	bad := invalid(f)
	return &bad
}

func (s *sheet) addElement(c *calculation, o outcome) {
	if o.problem == nil {
		s.body = appendXML(s.body, c, o, s.view.pick, s.lists)
		return
	}
	s.body = append(s.body, "<problem>"...)
	s.body = append(appendXMLText(s.body, o.problem.text()), "</problem>"...)
}

// addValue writes one line a row; a row with a problem, which has no value, is an empty line.
func (s *sheet) addValue(c *calculation, o outcome) {
	if s.count > 0 {
		s.body = append(s.body, '\n')
	}
	if o.problem != nil {
		return
	}
	body, bad := s.view.appendValue(s.body, c, o)
	if bad != nil {
		s.fault = bad
		return
	}
	s.body = body
}

// answer closes the sheet.
func (s *sheet) answer(r *reading, err error) Response {
	switch {
	case err != nil:
		return s.x.problem(unreadable(r.body, err))
	case s.fault != nil:
		return s.x.problem(*s.fault)
	}
	switch s.view.format {
	case formatJSON:
		s.body = closed(s.body, ']')
	case formatXML:
		s.body = append(s.body, "</results>"...)
	}
	return Response{Status: 200, Body: s.body, Header: []Header{s.view.format.header(s.view.names), noStore, varyAccept}}
}

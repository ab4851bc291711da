package api

import (
	"hourglass/core/boundary"
	"hourglass/functions/api/wire"
)

// run calls the engine on what was read and turns its notices into faults. Faults of the reading come first; the
// engine's word on a field that has one already would only repeat it.
func (x *exchange) run(c *wire.Calculation, r *wire.Reading, slots []wire.Slot) wire.Outcome {
	if r.Faults.At(r.Base) { // not an input at all
		p := wire.Invalid(r.Faults)
		return wire.Outcome{Problem: &p}
	}
	r.Missing(c.Inputs, slots, r.Base)
	r.In = wire.AppendSlots(r.In[:0], c.Inputs, slots)
	if bad := x.charge(c, r.In); bad != nil {
		return wire.Outcome{Problem: bad}
	}
	if x.weighing {
		return wire.Outcome{}
	}
	if !x.compute(c, r) {
		x.panicked = true
		return wire.Outcome{Problem: &wire.Problem{Kind: wire.InternalError, Detail: "The calculation failed. The input was not at fault; please report it."}}
	}
	if r.Out[0] == boundary.Misfit {
		return wire.Outcome{Problem: &wire.Problem{Kind: wire.InternalError, Detail: "The engine and the API are of different versions."}}
	}
	var found wire.Outcome
	found.Notes, found.Stream = boundary.Notices(r.Out)
	found.In, found.Rows = r.In, r.Rows
	if r.Out[0] == boundary.Refused {
		r.Refused(c, found.Notes)
	}
	if r.Faults.Any() {
		p := wire.Invalid(r.Faults)
		return wire.Outcome{Problem: &p}
	}
	found.Notes = append(r.Was, found.Notes...)
	return found
}

// compute fills r.out and tells whether the calculation came back at all.
func (x *exchange) compute(c *wire.Calculation, r *wire.Reading) (ok bool) {
	defer func() {
		failure := recover()
		if _, left := failure.(abandoned); left {
			panic(failure)
		}
		ok = failure == nil
	}()
	if x.options.TestPanic && x.header("X-Test-Panic") != "" {
		panic("asked for by X-Test-Panic")
	}
	r.Out = x.reckon(c.Index, boundary.All, r.In, r.Out)
	return true
}

// queried answers GET: the input is in the query.
func (x *exchange) queried(c *wire.Calculation) Response {
	list, bad := wire.Parameters(x.Query)
	if bad != nil {
		return x.problem(*bad)
	}
	v, inputs, bad := x.view(list, c)
	if bad != nil && bad.Kind != wire.InvalidInput {
		return x.problem(*bad)
	}
	r := wire.Read(nil)
	defer r.Done()
	slots := r.Begin(c.Inputs)
	if bad != nil {
		r.Faults = bad.Faults
	}
	r.Fill(c.Inputs, slots, v.Points(c.Inputs, inputs))
	answer := x.single(c, v, x.run(c, r, slots))
	if answer.Status == 200 {
		return x.cacheable(answer)
	}
	return answer
}

// headed answers HEAD without a calculation: whether there is one at this address, and what its answer would be written as. LibreOffice asks so before
// each GET of a cell.
func (x *exchange) headed(c *wire.Calculation) Response {
	list, bad := wire.Parameters(x.Query)
	if bad != nil {
		return x.problem(*bad)
	}
	v, _, bad := x.view(list, c)
	if bad != nil {
		return x.problem(*bad)
	}
	return Response{Status: 200, Header: []wire.Header{v.Format.Header(v.Names), wire.VaryAccept, describedBy(c), forAnHour}, Unsized: true}
}

// posted answers POST: one input, or an array of them.
func (x *exchange) posted(c *wire.Calculation) Response {
	list, bad := wire.Parameters(x.Query)
	if bad != nil {
		return x.problem(*bad)
	}
	v, strays, bad := x.view(list, c)
	if bad != nil {
		return x.problem(*bad)
	}
	if len(strays) > 0 {
		return x.problem(stray(strays))
	}
	body, form, bad := x.content()
	if bad != nil {
		return x.problem(*bad)
	}
	r := wire.Read(body)
	defer r.Done()
	if form {
		return x.postedForm(c, v, r, string(body))
	}
	if r.Tokens.PeekKind() == '[' {
		return x.rows(c, v, r)
	}
	slots := r.Begin(c.Inputs)
	err := r.Input(c.Inputs, slots)
	if err == nil {
		err = r.End()
	}
	if err != nil {
		return x.problem(wire.Unreadable(body, err))
	}
	return x.single(c, v, x.run(c, r, slots))
}

func (x *exchange) postedForm(c *wire.Calculation, v wire.View, r *wire.Reading, form string) Response {
	list, bad := wire.Parameters(form)
	if bad != nil {
		return x.problem(*bad)
	}
	slots := r.Begin(c.Inputs)
	r.Fill(c.Inputs, slots, list)
	return x.single(c, v, x.run(c, r, slots))
}

// stray is the problem of inputs in the query of a POST.
func stray(list []wire.Parameter) wire.Problem {
	var f wire.Faults
	for _, p := range list {
		f.Add(wire.Fault{Parameter: p.Name, Code: "unknown_parameter",
			Detail: "The query of a POST takes format, field, header, decimal and errors; " + wire.Quoted(p.Name) + " belongs in the body."})
	}
	return wire.Invalid(f)
}

// single is the answer to one input.
func (x *exchange) single(c *wire.Calculation, v wire.View, o wire.Outcome) Response {
	if o.Problem != nil {
		o.Problem.Headers = append(o.Problem.Headers, describedBy(c))
		return x.problem(*o.Problem)
	}
	body, bad := v.Append(make([]byte, 0, roomFor(c, o)), c, o)
	if bad != nil {
		return x.problem(*bad)
	}
	header := []wire.Header{v.Format.Header(v.Names), wire.VaryAccept, describedBy(c)}
	if v.Format.Bare() && len(o.Notes) > 0 {
		header = append(header, wire.WarningsHeader(o))
	}
	return Response{Status: 200, Body: body, Header: header}
}

// roomFor guesses the length of a result, so that its body need not grow: a number has up to 20 digits.
func roomFor(c *wire.Calculation, o wire.Outcome) int {
	return 256 + 32*len(c.Results) + 20*len(o.Stream) + 256*len(o.Notes)
}

func describedBy(c *wire.Calculation) wire.Header {
	return wire.Header{Name: "Link", Value: "</v1/" + c.ID + `/schema>; rel="describedby"`}
}

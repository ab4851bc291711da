package api

import (
	"hourglass/core/boundary"
	"hourglass/core/notice"
)

// An outcome is one row's: a result as a stream with its warnings, or a problem.
type outcome struct {
	stream  []float64
	notes   notice.List
	problem *problem
}

// run calls the engine on what was read and turns its notices into faults. Faults of the reading come first; the
// engine's word on a field that has one already would only repeat it.
func (x *exchange) run(c *calculation, r *reading, slots []slot) outcome {
	if r.faults.at(r.base) { // not an input at all
		p := invalid(r.faults)
		return outcome{problem: &p}
	}
	r.missing(c.Inputs, slots, r.base)
	r.in = appendSlots(r.in[:0], c.Inputs, slots)
	if bad := x.charge(c, r.in); bad != nil {
		return outcome{problem: bad}
	}
	if x.weighing {
		return outcome{}
	}
	if !x.compute(c, r) {
		x.panicked = true
		return outcome{problem: &problem{kind: internalError, detail: "The calculation failed. The input was not at fault; please report it."}}
	}
	if r.out[0] == boundary.Misfit {
		return outcome{problem: &problem{kind: internalError, detail: "The engine and the API are of different versions."}}
	}
	var found outcome
	found.notes, found.stream = boundary.Notices(r.out)
	if r.out[0] == boundary.Refused {
		r.refused(c, found.notes)
	}
	if r.faults.any() {
		p := invalid(r.faults)
		return outcome{problem: &p}
	}
	return found
}

// compute fills r.out and tells whether the calculation came back at all.
func (x *exchange) compute(c *calculation, r *reading) (ok bool) {
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
	r.out = x.reckon(c.index, boundary.All, r.in, r.out)
	return true
}

// refused adds the engine's problems to the reading's.
func (r *reading) refused(c *calculation, notes notice.List) {
	for _, n := range notes {
		pointer := r.base
		if n.Field != "" {
			pointer += "/" + n.Field
		}
		if n.Code >= notice.FirstWarning || r.faults.at(pointer) {
			continue
		}
		r.faults.add(fault{
			pointer: pointer, code: n.Code.String(), detail: sentence(n, c.Inputs),
			limit: n.Limit, limited: n.Code.Limiting(),
		})
	}
}

// queried answers GET: the input is in the query.
func (x *exchange) queried(c *calculation) Response {
	list, bad := parameters(x.Query)
	if bad != nil {
		return x.problem(*bad)
	}
	v, inputs, bad := x.view(list, c)
	if bad != nil && bad.kind != invalidInput {
		return x.problem(*bad)
	}
	r := read(nil)
	defer r.done()
	slots := r.begin(c.Inputs)
	if bad != nil {
		r.faults = bad.faults
	}
	r.fill(c.Inputs, slots, inputs)
	answer := x.single(c, v, x.run(c, r, slots))
	if answer.Status == 200 {
		return x.cacheable(answer)
	}
	return answer
}

// posted answers POST: one input, or an array of them.
func (x *exchange) posted(c *calculation) Response {
	list, bad := parameters(x.Query)
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
	r := read(body)
	defer r.done()
	if form {
		return x.postedForm(c, v, r, string(body))
	}
	if r.tokens.PeekKind() == '[' {
		return x.rows(c, v, r)
	}
	slots := r.begin(c.Inputs)
	err := r.input(c.Inputs, slots)
	if err == nil {
		err = r.end()
	}
	if err != nil {
		return x.problem(unreadable(body, err))
	}
	return x.single(c, v, x.run(c, r, slots))
}

func (x *exchange) postedForm(c *calculation, v view, r *reading, form string) Response {
	list, bad := parameters(form)
	if bad != nil {
		return x.problem(*bad)
	}
	slots := r.begin(c.Inputs)
	r.fill(c.Inputs, slots, list)
	return x.single(c, v, x.run(c, r, slots))
}

// stray is the problem of inputs in the query of a POST.
func stray(list []parameter) problem {
	var f faults
	for _, p := range list {
		f.add(fault{parameter: p.name, code: "unknown_parameter",
			detail: "The query of a POST takes format, field and header; " + quoted(p.name) + " belongs in the body."})
	}
	return invalid(f)
}

// single is the answer to one input.
func (x *exchange) single(c *calculation, v view, o outcome) Response {
	if o.problem != nil {
		o.problem.headers = append(o.problem.headers, describedBy(c))
		return x.problem(*o.problem)
	}
	body, bad := v.append(make([]byte, 0, roomFor(c, o)), c, o)
	if bad != nil {
		return x.problem(*bad)
	}
	return Response{Status: 200, Body: body, Header: []Header{v.format.header(v.names), varyAccept, describedBy(c)}}
}

// roomFor guesses the length of a result, so that its body need not grow: a number has up to 20 digits.
func roomFor(c *calculation, o outcome) int {
	return 256 + 32*len(c.Results) + 20*len(o.stream) + 256*len(o.notes)
}

func describedBy(c *calculation) Header {
	return Header{"Link", "</v1/" + c.ID + `/schema>; rel="describedby"`}
}

package api

import (
	"bytes"
	"strconv"
	"strings"
)

// A kind is a type of problem in the sense of RFC 9457; GET /v1/problems/{slug} explains it.
type kind struct {
	slug, title string
	status      int
	explanation string
}

// The kinds of problems there are.
var (
	malformedJSON = &kind{"malformed-json", "The body is not JSON", 400,
		"The body could not be read as JSON (RFC 8259). offset, line and column say where reading stopped. Comments, trailing commas, NaN and Infinity are not JSON."}
	malformedQuery = &kind{"malformed-query", "The query is not well formed", 400,
		"A percent sign in a query must be followed by two hexadecimal digits; a percent sign itself is %25."}
	unknownAddress = &kind{"unknown-address", "Nothing at this address", 404,
		"The path names no route and no calculation. GET /v1 lists the calculations, /openapi.json every route."}
	methodNotAllowed = &kind{"method-not-allowed", "Method not allowed", 405,
		"The address exists, but not for this method. The Allow header lists those it takes."}
	notAcceptable = &kind{"not-acceptable", "No such format", 406,
		"The Accept header allows none of application/json, text/csv, application/xml and text/plain."}
	bodyTooLarge = &kind{"too-large", "Too much at once", 413,
		"A body may have 1 MiB and 10,000 rows, and an answer 32 MiB. Send the rows in several requests, or pick results with field=."}
	queryTooLong = &kind{"query-too-long", "Query too long", 414,
		"A query may have 8192 bytes. Send the input as JSON with POST instead."}
	unsupportedType = &kind{"unsupported-type", "Content type not supported", 415,
		"A body is JSON (application/json) or a form (application/x-www-form-urlencoded), plain or compressed with gzip."}
	invalidInput = &kind{"invalid-input", "The input has problems", 422,
		"Each entry of errors names one field by a JSON pointer, says what is wrong with it, the limit where there is one, and what to do."}
	tooMuchWork = &kind{"too-much-work", "Too much work for one request", 422,
		"What a request would take to compute is estimated from its size before it starts: rows, customers whose histories differ, draws, cells of a grid. The detail says how much of it fits into one request; limit is in seconds."}
	busy = &kind{"busy", "Too busy", 503,
		"Large requests are computed a few at a time, so that small ones are answered at once. Try again after the time in Retry-After."}
	stopped = &kind{"stopped", "Stopped", 503,
		"The work was given up because the client had left or no time was left for it."}
	notHere = &kind{"not-here", "Not on this deployment", 501,
		"This deployment answers small calculations only. The page runs the others in the browser; a server of your own runs all."}
	internalError = &kind{"internal-error", "Internal error", 500,
		"The engine failed. The request was not at fault; please report it with its X-Request-Id."}
)

var kinds = []*kind{malformedRequest, slowRequest, headersTooLarge, malformedJSON, malformedQuery, unknownAddress, methodNotAllowed, notAcceptable, bodyTooLarge,
	queryTooLong, unsupportedType, invalidInput, tooMuchWork, busy, stopped, notHere, oembedFormat, internalError}

func problemBySlug(slug string) *kind {
	for _, k := range kinds {
		if k.slug == slug {
			return k
		}
	}
	return nil
}

// A problem is one answer in application/problem+json.
type problem struct {
	*kind
	detail  string
	faults  faults
	headers []Header
	at      *position
	members string // further members that a client's own contract wants, as JSON after a comma
}

// A position is where reading JSON stopped; line and column count from 1, in bytes.
type position struct{ offset, line, column int }

// positionOf finds the line and column of a byte offset.
func positionOf(body []byte, offset int) *position {
	offset = min(max(offset, 0), len(body))
	before := body[:offset]
	return &position{offset, bytes.Count(before, []byte{'\n'}) + 1, offset - bytes.LastIndexByte(before, '\n')}
}

// maxFaults is how many faults of one input are listed.
const maxFaults = 100

// A fault is one thing wrong with one field.
type fault struct {
	pointer   string // to the field, as JSON pointer (RFC 6901); empty for the whole
	parameter string // the query parameter, where it is none of the fields
	code      string
	detail    string
	limit     float64
	limited   bool
}

// faults are what is wrong with an input; what goes over maxFaults is only counted.
type faults struct {
	list []fault
	more int
}

func (f *faults) add(one fault) {
	if len(f.list) == maxFaults {
		f.more++
		return
	}
	f.list = append(f.list, one)
}

func (f *faults) any() bool { return len(f.list) > 0 }

// at tells whether a pointer has a fault already.
func (f *faults) at(pointer string) bool {
	for i := range f.list {
		if f.list[i].pointer == pointer && f.list[i].parameter == "" {
			return true
		}
	}
	return false
}

// summary is the first fault, and how many more there are.
func (f *faults) summary() string {
	first := f.list[0].detail
	switch more := len(f.list) + f.more - 1; {
	case f.more > 0:
		return first + " There are " + strconv.Itoa(more) + " more problems, of which errors lists the first " + strconv.Itoa(maxFaults) + "."
	case more == 1:
		return first + " There is one more problem."
	case more > 1:
		return first + " There are " + strconv.Itoa(more) + " more problems."
	}
	return first
}

// text is a problem in one line: every fault for a few, the summary for many.
func (p *problem) text() string {
	const few = 5
	if len(p.faults.list) < 2 || len(p.faults.list) > few {
		return p.detail
	}
	var line strings.Builder
	for i := range p.faults.list {
		if i > 0 {
			line.WriteByte(' ')
		}
		line.WriteString(p.faults.list[i].detail)
	}
	return line.String()
}

// problem makes the answer of a problem.
func (x *exchange) problem(p problem) Response {
	if x.Path == "/mcp" && x.Method == "POST" {
		return failed(nil, faultOf(&p))
	}
	headers := append([]Header{problemType, noStore}, p.headers...)
	return Response{Status: p.status, Header: headers, Body: appendProblem(nil, &p, x.Path)}
}

// appendProblem writes a problem as an object.
func appendProblem(dst []byte, p *problem, instance string) []byte {
	dst = append(dst, `{"type":"/v1/problems/`...)
	dst = append(append(dst, p.slug...), `","title":`...)
	dst = appendText(dst, p.title)
	dst = append(dst, `,"status":`...)
	dst = strconv.AppendInt(dst, int64(p.status), 10)
	dst = append(dst, `,"detail":`...)
	dst = appendText(dst, p.detail)
	dst = append(dst, `,"instance":`...)
	dst = appendText(dst, instance)
	if p.at != nil {
		dst = append(dst, `,"offset":`...)
		dst = strconv.AppendInt(dst, int64(p.at.offset), 10)
		dst = append(dst, `,"line":`...)
		dst = strconv.AppendInt(dst, int64(p.at.line), 10)
		dst = append(dst, `,"column":`...)
		dst = strconv.AppendInt(dst, int64(p.at.column), 10)
	}
	if p.faults.any() {
		dst = append(dst, `,"errors":[`...)
		for i := range p.faults.list {
			dst = appendFault(dst, &p.faults.list[i])
			dst = append(dst, ',')
		}
		dst[len(dst)-1] = ']'
	}
	return append(append(dst, p.members...), '}')
}

func appendFault(dst []byte, f *fault) []byte {
	if f.parameter != "" {
		dst = append(dst, `{"parameter":`...)
		dst = appendText(dst, f.parameter)
	} else {
		dst = append(dst, `{"pointer":`...)
		dst = appendText(dst, f.pointer)
	}
	dst = append(dst, `,"code":`...)
	dst = appendText(dst, f.code)
	dst = append(dst, `,"detail":`...)
	dst = appendText(dst, f.detail)
	if f.limited {
		dst = append(dst, `,"limit":`...)
		dst = appendNumber(dst, f.limit)
	}
	return append(dst, '}')
}

// explain answers with what a type of problem means.
func (x *exchange) explain(k *kind) Response {
	body := append([]byte(nil), `{"type":"/v1/problems/`...)
	body = append(append(body, k.slug...), `","title":`...)
	body = appendText(body, k.title)
	body = append(body, `,"status":`...)
	body = strconv.AppendInt(body, int64(k.status), 10)
	body = append(body, `,"description":`...)
	body = appendText(body, k.explanation)
	body = append(body, '}')
	return x.cacheable(Response{Status: 200, Body: body, Header: []Header{jsonType}})
}

// invalid is the problem of an input with faults.
func invalid(f faults) problem {
	return problem{kind: invalidInput, detail: f.summary(), faults: f}
}

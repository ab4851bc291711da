package wire

import (
	"bytes"
	"strconv"
)

// A Kind is a type of problem in the sense of RFC 9457; GET /v1/problems/{slug} explains it.
type Kind struct {
	Slug, Title string
	Status      int
	Explanation string
}

// The kinds of problems there are.
var (
	MalformedJSON = &Kind{"malformed-json", "The body is not JSON", 400,
		"The body could not be read as JSON (RFC 8259). offset, line and column say where reading stopped. Comments, trailing commas, NaN and Infinity are not JSON."}
	MalformedQuery = &Kind{"malformed-query", "The query is not well formed", 400,
		"A percent sign in a query must be followed by two hexadecimal digits; a percent sign itself is %25."}
	KeyRequired = &Kind{"key-required", "A key is required", 401,
		"This deployment is private. Send the key that its operator gave you, as Authorization: Bearer KEY or as X-API-Key: KEY. GET /healthz needs none."}
	UnknownAddress = &Kind{"unknown-address", "Nothing at this address", 404,
		"The path names no route and no calculation. GET /v1 lists the calculations, /openapi.json every route."}
	MethodNotAllowed = &Kind{"method-not-allowed", "Method not allowed", 405,
		"The address exists, but not for this method. The Allow header lists those it takes."}
	NotAcceptable = &Kind{"not-acceptable", "No such format", 406,
		"The Accept header allows none of application/json, text/csv, application/xml and text/plain."}
	BodyTooLarge = &Kind{"too-large", "Too much at once", 413,
		"A body may have 5 MiB and 10,000 rows, and an answer 32 MiB. Send the rows in several requests, or pick results with field=."}
	QueryTooLong = &Kind{"query-too-long", "Query too long", 414,
		"A query may have 8192 bytes. Send the input as JSON with POST instead."}
	UnsupportedType = &Kind{"unsupported-type", "Content type not supported", 415,
		"A body is JSON (application/json) or a form (application/x-www-form-urlencoded), plain or compressed with gzip."}
	InvalidInput = &Kind{"invalid-input", "The input has problems", 422,
		"Each entry of errors names one field by a JSON pointer, says what is wrong with it, the limit where there is one, and what to do."}
	TooMuchWork = &Kind{"too-much-work", "Too much work for one request", 422,
		"What a request would take to compute is estimated from its size before it starts: rows, customers whose histories differ, draws, cells of a grid. The detail says how much of it fits into one request; limit is in seconds."}
	Busy = &Kind{"busy", "Too busy", 503,
		"Large requests are computed a few at a time, so that small ones are answered at once. Try again after the time in Retry-After."}
	Stopped = &Kind{"stopped", "Stopped", 503,
		"The work was given up because the client had left or no time was left for it."}
	NotHere = &Kind{"not-here", "Not on this deployment", 501,
		"This deployment answers small calculations only. The page runs the others in the browser; a server of your own runs all."}
	InternalError = &Kind{"internal-error", "Internal error", 500,
		"The engine failed. The request was not at fault; please report it with its X-Request-Id."}
)

var Kinds = []*Kind{MalformedRequest, SlowRequest, HeadersTooLarge, MalformedJSON, MalformedQuery, KeyRequired, UnknownAddress, MethodNotAllowed, NotAcceptable, BodyTooLarge,
	QueryTooLong, UnsupportedType, InvalidInput, TooMuchWork, Busy, Stopped, NotHere, OembedFormat, InternalError}

func ProblemBySlug(slug string) *Kind {
	for _, k := range Kinds {
		if k.Slug == slug {
			return k
		}
	}
	return nil
}

// A Problem is one answer in application/problem+json.
type Problem struct {
	*Kind
	Detail  string
	Faults  Faults
	Headers []Header
	at      *position
	Members string // further members that a client's own contract wants, as JSON after a comma
}

// A position is where reading JSON stopped; line and column count from 1, in bytes.
type position struct{ offset, line, column int }

// positionOf finds the line and column of a byte offset.
func positionOf(body []byte, offset int) *position {
	offset = min(max(offset, 0), len(body))
	before := body[:offset]
	return &position{offset, bytes.Count(before, []byte{'\n'}) + 1, offset - bytes.LastIndexByte(before, '\n')}
}

// MaxFaults is how many faults of one input are listed.
const MaxFaults = 100

// A Fault is one thing wrong with one field.
type Fault struct {
	Pointer   string // to the field, as JSON pointer (RFC 6901); empty for the whole
	Parameter string // the query parameter, where it is none of the fields
	Code      string
	Detail    string
	Limit     float64
	Limited   bool
}

// Faults are what is wrong with an input; what goes over maxFaults is only counted.
type Faults struct {
	List []Fault
	More int
}

func (f *Faults) Add(one Fault) {
	if len(f.List) == MaxFaults {
		f.More++
		return
	}
	f.List = append(f.List, one)
}

func (f *Faults) Any() bool { return len(f.List) > 0 }

// At tells whether a pointer has a fault already.
func (f *Faults) At(pointer string) bool {
	for i := range f.List {
		if f.List[i].Pointer == pointer && f.List[i].Parameter == "" {
			return true
		}
	}
	return false
}

// summary is the first fault, and how many more there are.
func (f *Faults) summary() string {
	first := f.List[0].Detail
	switch more := len(f.List) + f.More - 1; {
	case f.More > 0:
		return Sentences(first, ManyMoreFirst.Say(strconv.Itoa(more), strconv.Itoa(MaxFaults)))
	case more == 1:
		return Sentences(first, "There is one more problem.")
	case more > 1:
		return Sentences(first, ManyMore.Say(strconv.Itoa(more)))
	}
	return first
}

// Text is a problem in one line: every fault, of more than a dozen the first ones and how many there are besides.
func (p *Problem) Text() string {
	const most = 12
	if len(p.Faults.List) < 2 {
		return p.Detail
	}
	var said []string
	for i := range p.Faults.List[:min(most, len(p.Faults.List))] {
		said = append(said, p.Faults.List[i].Detail)
	}
	if more := len(p.Faults.List) + p.Faults.More - most; more > 0 {
		said = append(said, AndMore.Say(strconv.Itoa(more)))
	}
	return Sentences(said...)
}

// AppendProblem writes a problem as an object.
func AppendProblem(dst []byte, p *Problem, instance string) []byte {
	dst = append(dst, `{"type":"/v1/problems/`...)
	dst = append(append(dst, p.Slug...), `","title":`...)
	dst = AppendText(dst, p.Title)
	dst = append(dst, `,"status":`...)
	dst = strconv.AppendInt(dst, int64(p.Status), 10)
	dst = append(dst, `,"detail":`...)
	dst = AppendText(dst, p.Detail)
	dst = append(dst, `,"instance":`...)
	dst = AppendText(dst, instance)
	if p.at != nil {
		dst = append(dst, `,"offset":`...)
		dst = strconv.AppendInt(dst, int64(p.at.offset), 10)
		dst = append(dst, `,"line":`...)
		dst = strconv.AppendInt(dst, int64(p.at.line), 10)
		dst = append(dst, `,"column":`...)
		dst = strconv.AppendInt(dst, int64(p.at.column), 10)
	}
	if p.Faults.Any() {
		dst = append(dst, `,"errors":[`...)
		for i := range p.Faults.List {
			dst = appendFault(dst, &p.Faults.List[i])
			dst = append(dst, ',')
		}
		dst[len(dst)-1] = ']'
	}
	return append(append(dst, p.Members...), '}')
}

func appendFault(dst []byte, f *Fault) []byte {
	if f.Parameter != "" {
		dst = append(dst, `{"parameter":`...)
		dst = AppendText(dst, f.Parameter)
	} else {
		dst = append(dst, `{"pointer":`...)
		dst = AppendText(dst, f.Pointer)
	}
	dst = append(dst, `,"code":`...)
	dst = AppendText(dst, f.Code)
	dst = append(dst, `,"detail":`...)
	dst = AppendText(dst, f.Detail)
	if f.Limited {
		dst = append(dst, `,"limit":`...)
		dst = AppendNumber(dst, f.Limit)
	}
	return append(dst, '}')
}

// Invalid is the problem of an input with faults.
func Invalid(f Faults) Problem {
	return Problem{Kind: InvalidInput, Detail: f.summary(), Faults: f}
}

var OembedFormat = &Kind{"oembed-format", "oEmbed in JSON only", 501,
	"GET /oembed answers format=json, which is what it answers where no format is named."}

// The kinds of refusals that a host makes before the API sees a request.
var (
	MalformedRequest = &Kind{"malformed-request", "Not a whole request", 400,
		"The request is not HTTP as RFC 9110 has it, or its body ended before it was whole."}
	SlowRequest = &Kind{"request-timeout", "The request took too long", 408,
		"The request did not arrive within the time that the host waits. Send it again, or less at once."}
	HeadersTooLarge = &Kind{"headers-too-large", "Headers too large", 431,
		"The request's headers are larger than the host takes. Cookies and tokens are not needed here."}
)

// RetryAfter is when to try again, in seconds.
const RetryAfter = "2"

// Package api is the JSON API of the engine, free of net/http: an adapter hands over what it knows of a request and
// gets back what to answer, so that the local server, the Worker and the Lambda function say the same to the byte.
//
// A calculation is called as the browser module calls it: the input becomes a stream of numbers by the catalogue's
// layout, boundary.Call answers with another, and that becomes JSON, CSV, XML or a bare value by the same layout.
// Nothing is kept between requests, and nothing of a body is logged.
package api

import (
	"time"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
)

// Version is that of the engine and its API, as /healthz and the Engine-Version header give it.
const Version = "0.1.0"

// Limits of a request. An adapter reads at most MaxBody+1 bytes of a body; Handle refuses what is longer.
const (
	MaxBody   = 1 << 20  // bytes of a body, and of a compressed body once it is unpacked
	MaxRows   = 10000    // rows of an array, a batch or a warehouse's call
	maxQuery  = 8 << 10  // bytes of a query
	maxAnswer = 32 << 20 // bytes of an answer to many rows
	fullRows  = 100      // rows up to which an answer carries the lists over time unasked
)

// A Request is one HTTP request.
type Request struct {
	Method string
	Path   string // decoded, from the first slash
	Query  string // raw, without the question mark
	// Header returns a header's value by its name, "" where it is absent; values of a repeated header are joined by
	// ", ". Names come in their canonical form (Content-Type). Nil stands for no headers.
	Header func(name string) string
	Body   []byte
	ID     string // for X-Request-Id where the client sent none; may be empty
	// Done is closed when nobody waits for the answer any more, or no time is left: the work stops. May be nil.
	Done <-chan struct{}
	// Work is what this request may cost where that is less than Options.Work; 0 where it is not.
	Work float64
}

// A Header is one header of an answer.
type Header struct{ Name, Value string }

// A Response is one HTTP answer. Header, Body and Packed may be shared between answers: they are to be read only. That to
// HEAD is that to GET, whose body the adapter leaves out once it knows how long it would have been.
type Response struct {
	Status int
	Header []Header
	Body   []byte
	// Packed is the body compressed with gzip, of a document that is compressed once and sent often; else nil.
	Packed []byte
	// Panicked tells that a calculation panicked, so that a host which keeps an instance can drop it.
	Panicked bool
}

// Options are what a deployment decides.
type Options struct {
	// NoFits refuses the calculations that may take long (those that fit a model) with a problem that points to
	// the page, which runs them in the browser.
	NoFits bool
	// Work is what a request may cost, in microseconds; 0 stands for MaxWork.
	Work float64
	// Heavy is how many heavy requests are computed at once; further ones wait a little and are then sent away. 0 is any
	// number, for a host that hands over one request after another.
	Heavy int
	// TestPanic makes a request with the header X-Test-Panic panic inside the calculation: the tests' hook.
	TestPanic bool
}

// A Handler answers requests. It is safe for concurrent use.
type Handler struct {
	options  Options
	table    []calculation
	call     func(id, want int, in, buffer []float64) []float64
	slots    chan struct{} // of heavy requests; nil where they are not counted
	patience time.Duration // of a heavy request that waits for a slot
}

// A calculation is a catalogue entry with its layout at hand.
type calculation struct {
	catalogue.Calculation
	catalogue.Layout
	index int
}

// New makes a handler for the whole catalogue.
func New(options Options) *Handler {
	h := &Handler{options: options, call: boundary.Calculate, patience: patience}
	if options.Heavy > 0 {
		h.slots = make(chan struct{}, options.Heavy)
	}
	for i, c := range catalogue.Calculations {
		h.table = append(h.table, calculation{c, c.Layout(), i})
	}
	return h
}

// Handle answers one request. It never panics: what goes wrong inside becomes a 500 problem.
func (h *Handler) Handle(r Request) (answer Response) {
	if r.Path == "" {
		r.Path = "/"
	}
	x := &exchange{Handler: h, Request: r}
	defer func() {
		x.release()
		switch failure := recover(); failure.(type) {
		case nil:
		case abandoned:
			answer = x.finish(x.problem(problem{kind: stopped, detail: "The work was given up: nobody waited for it any more, or no time was left."}))
		default:
			answer = x.problem(problem{kind: internalError, detail: "Something went wrong inside; the request was not at fault."})
			answer.Panicked = true
			answer = x.finish(answer)
		}
	}()
	return x.finish(x.route())
}

// Owns tells whether a path belongs to the API rather than to the site.
func Owns(path string) bool {
	switch path {
	case "/v1", "/openapi.json", "/healthz", "/mcp", "/oembed":
		return true
	}
	return len(path) > 3 && path[:4] == "/v1/"
}

// An exchange is one request on its way to its answer.
type exchange struct {
	*Handler
	Request
	panicked bool

	cost     float64 // so far
	weighing bool    // rows are gone over and not run
	weighed  bool    // the cost is that of all rows
	held     bool    // a heavy request's place is taken
}

func (x *exchange) header(name string) string {
	if x.Header == nil {
		return ""
	}
	return x.Header(name)
}

// find returns the calculation with this id, or nil.
func (h *Handler) find(id string) *calculation {
	for i := range h.table {
		if h.table[i].ID == id {
			return &h.table[i]
		}
	}
	return nil
}

// Package api is the JSON API of the engine, free of net/http: an adapter hands over what it knows of a request and
// gets back what to answer, so that the local server, the Worker and the Lambda function say the same to the byte.
//
// A calculation is called as the browser module calls it: the input becomes a stream of numbers by the catalogue's
// layout, boundary.Call answers with another, and that becomes JSON, CSV, XML or a bare value by the same layout.
// Nothing is kept between requests, and nothing of a body is logged.
//
// Its rooms: wire reads and writes, tools are the tools over calculations, warehouse answers remote functions, mcp answers
// assistants. Here are the routes, the limits of work, caching and batches.
package api

import (
	"crypto/sha256"
	"time"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
	"hourglass/core/release"
	"hourglass/functions/api/wire"
)

// Version is that of the engine and its API, as /healthz and the Engine-Version header give it.
const Version = release.Version

// Limits of a request. An adapter reads at most MaxBody+1 bytes of a body; Handle refuses what is longer.
const (
	MaxBody   = 5 << 20  // bytes of a body, and of a compressed body once it is unpacked: MaxRows rows of 500 bytes, and below the 6 MB that Lambda takes
	MaxRows   = 10000    // rows of an array, a batch or a warehouse's call
	maxQuery  = 8 << 10  // bytes of a query
	maxAnswer = 32 << 20 // bytes of an answer to many rows
	fullRows  = 100      // rows up to which an answer carries the lists over time unasked
)

// What an adapter hands over and gets back.
type (
	Request  = wire.Request
	Response = wire.Response
	Header   = wire.Header
)

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
	// Keys are those of a private deployment: a request carries one of them, or is refused. None leaves the API open to all.
	Keys []string
	// TestPanic makes a request with the header X-Test-Panic panic inside the calculation: the tests' hook.
	TestPanic bool
}

// A Handler answers requests. It is safe for concurrent use.
type Handler struct {
	options  Options
	keys     [][sha256.Size]byte
	table    []wire.Calculation
	call     func(id, want int, in, buffer []float64) []float64
	slots    chan struct{} // of heavy requests; nil where they are not counted
	readers  chan struct{} // of large bodies; as many
	patience time.Duration // of a heavy request that waits for a slot
}

// New makes a handler for the whole catalogue.
func New(options Options) *Handler {
	h := &Handler{options: options, keys: hashed(options.Keys), call: boundary.Calculate, patience: patience}
	if options.Heavy > 0 {
		h.slots = make(chan struct{}, options.Heavy)
		h.readers = make(chan struct{}, options.Heavy)
	}
	for i, c := range catalogue.Calculations {
		h.table = append(h.table, wire.Calculation{Calculation: c, Layout: c.Layout(), Index: i})
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
			answer = x.finish(x.problem(wire.Problem{Kind: wire.Stopped, Detail: "The work was given up: nobody waited for it any more, or no time was left."}))
		default:
			answer = x.problem(wire.Problem{Kind: wire.InternalError, Detail: "Something went wrong inside; the request was not at fault."})
			answer.Panicked = true
			answer = x.finish(answer)
		}
	}()
	if !x.allowed() {
		return x.finish(x.problem(noKey))
	}
	x.beginReading()
	return x.finish(x.route())
}

// Owns tells whether a path belongs to the API rather than to the site.
func Owns(path string) bool {
	switch path {
	case "/v1", "/openapi.json", "/healthz", "/mcp", "/mcp/", "/oembed":
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
	reading  bool    // a large body's place is taken
}

func (x *exchange) header(name string) string {
	if x.Header == nil {
		return ""
	}
	return x.Header(name)
}

// find returns the calculation with this id, or nil.
func (h *Handler) find(id string) *wire.Calculation {
	for i := range h.table {
		if h.table[i].ID == id {
			return &h.table[i]
		}
	}
	return nil
}

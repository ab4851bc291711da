// Package wire reads and writes what goes over the wire, whatever the address: JSON, queries and forms into the boundary's
// stream; results as JSON, CSV, XML or a bare value; problems (RFC 9457) with everything that is wrong at once. It knows
// the catalogue's fields and no route, and runs no calculation.
package wire

// A Header is one header of an answer.
type Header struct{ Name, Value string }

// Headers that many answers share.
var (
	JSONType    = Header{"Content-Type", "application/json"}
	ProblemType = Header{"Content-Type", "application/problem+json"}
	NoStore     = Header{"Cache-Control", "no-store"}
	VaryAccept  = Header{"Vary", "Accept"}
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
	// Trusted tells that the platform let this caller in by its own rules, so that it needs no key: Lambda invoked by its name.
	Trusted bool
	ID      string // for X-Request-Id where the client sent none; may be empty
	// Done is closed when nobody waits for the answer any more, or no time is left: the work stops. May be nil.
	Done <-chan struct{}
	// Work is what this request may cost where that is less than Options.Work; 0 where it is not.
	Work float64
}

// A Response is one HTTP answer. Header, Body and Packed may be shared between answers: they are to be read only. That to
// HEAD is that to GET, whose body the adapter leaves out once it knows how long it would have been.
type Response struct {
	Status int
	Header []Header
	Body   []byte
	// Packed is the body compressed with gzip, of a document that is compressed once and sent often; else nil.
	Packed []byte
	// Unsized tells that how long the body would be was not found out: the answer to HEAD of a calculation, which runs none.
	Unsized bool
	// Panicked tells that a calculation panicked, so that a host which keeps an instance can drop it.
	Panicked bool
}

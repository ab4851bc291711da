//go:build js && wasm

// Worker is the API on Cloudflare Workers: one Go instance, kept warm, answers every request of its isolate.
//
// worker.mjs writes a request into the inbox, calls answer and reads the reply: no promise, no stream and no js.Func a
// request, which are what makes the usual way slow and its memory grow (docs/decisions/0006-warm-worker-instance.md).
// A request's head is its method, path, query and headers (name:value), a line each; an answer's is its headers.
package main

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"unsafe"

	"hourglass/functions/api"
)

var newline = []byte{'\n'}

var (
	handler *api.Handler
	inbox   []byte
	// outbox holds what the reply points to until the next request.
	outbox struct{ head, body []byte }
	// reply is what worker.mjs reads: status, whether the instance is to be dropped, address and length of head and body.
	reply [6]uint32
)

// freeWork is what a request may cost on the Free plan, which allows it 10 ms: WebAssembly takes longer than the machine
// that costs are measured on.
const freeWork = 5000.0

func main() {
	paid := getenv("HOURGLASS_FITS") == "on"
	work := freeWork
	if paid {
		work = api.MaxWork
	}
	keys, err := api.Keys(getenv("HOURGLASS_API_KEY"))
	if err != nil {
		panic(err) // an API that was meant to be private must not stand open
	}
	handler = api.New(api.Options{
		Keys:      keys,
		NoFits:    !paid,
		Work:      work,
		TestPanic: getenv("HOURGLASS_TEST_PANIC") != "",
	})
	ready()
	select {} // the exports need the runtime alive
}

// reserve makes room for a request of size bytes and returns where to write it. The room is kept: a body has at most
// api.MaxBody+1 bytes, and the platform limits the headers.
//
//go:wasmexport reserve
func reserve(size uint32) uint32 {
	if uint32(cap(inbox)) < size {
		inbox = make([]byte, size)
	}
	inbox = inbox[:size]
	return address(inbox)
}

// answer handles the request in the inbox, whose body begins at split, and returns where the reply is.
//
//go:wasmexport answer
func answer(split uint32) uint32 {
	request := parse(inbox[:split], inbox[split:])
	response := handler.Handle(request)
	outbox.head = outbox.head[:0]
	for _, h := range response.Header {
		outbox.head = append(append(append(append(outbox.head, h.Name...), ':'), h.Value...), '\n')
	}
	if outbox.body = response.Body; request.Method == "HEAD" && !response.Unsized {
		outbox.head = append(strconv.AppendInt(append(outbox.head, "Content-Length:"...), int64(len(response.Body)), 10), '\n')
		outbox.body = nil
	}
	reply = [6]uint32{
		uint32(response.Status), 0,
		address(outbox.head), uint32(len(outbox.head)),
		address(outbox.body), uint32(len(outbox.body)),
	}
	if response.Panicked {
		reply[1] = 1
	}
	return uint32(uintptr(unsafe.Pointer(&reply)))
}

// address is where a slice begins. Go's collector moves nothing in the heap.
func address(b []byte) uint32 { return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(b)))) }

// parse reads a request from its wire form.
func parse(head, body []byte) api.Request {
	method, head, _ := bytes.Cut(head, newline)
	path, head, _ := bytes.Cut(head, newline)
	query, headers, _ := bytes.Cut(head, newline)
	r := api.Request{Method: string(method), Path: string(path), Query: string(query), Body: body}
	if decoded, err := url.PathUnescape(r.Path); err == nil {
		r.Path = decoded
	}
	r.Header = func(name string) string {
		for line := range bytes.SplitSeq(headers, newline) {
			if len(line) > len(name) && line[len(name)] == ':' && strings.EqualFold(string(line[:len(name)]), name) {
				return string(line[len(name)+1:])
			}
		}
		return ""
	}
	r.ID = r.Header("Cf-Ray")
	return r
}

// Package bridge runs a Lambda function on a desk: it serves the Lambda Runtime API to the function's own binary and
// turns HTTP requests into the events of a Function URL, payload format 2.0, and its answers back.
//
// The Runtime API is three calls (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html): the function asks for the
// next invocation, and answers it or reports that it failed. As on Lambda, one process handles one event at a time.
package bridge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"
)

// Timeout is how long a function may take for one event.
const Timeout = 30 * time.Second

// ErrFailed is the error of an event that the function reported as failed.
var ErrFailed = errors.New("the function failed")

// A Bridge is a running function.
type Bridge struct {
	process *exec.Cmd
	server  *http.Server
	ended   chan struct{} // closed when the process ends

	begun time.Time
	first sync.Once
	init  chan time.Duration // holds how long it took to ask for its first event

	one    sync.Mutex  // held while an event is handled
	events chan []byte // to the function
	result chan result // from it
	count  int
}

type result struct {
	payload []byte
	failed  bool
}

// Start runs a function's binary with more variables in its environment.
func Start(binary string, environment ...string) (*Bridge, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	b := &Bridge{ended: make(chan struct{}), events: make(chan []byte), result: make(chan result, 1), init: make(chan time.Duration, 1)}
	b.server = &http.Server{Handler: b.runtime(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = b.server.Serve(listener) }()
	b.process = exec.Command(binary)
	b.process.Env = append(os.Environ(), append(environment, "AWS_LAMBDA_RUNTIME_API="+listener.Addr().String())...)
	b.process.Stderr = os.Stderr
	b.begun = time.Now()
	if err := b.process.Start(); err != nil {
		_ = b.server.Close()
		return nil, err
	}
	go func() { _ = b.process.Wait(); close(b.ended) }()
	return b, nil
}

// Close ends the function.
func (b *Bridge) Close() {
	_ = b.process.Process.Kill()
	<-b.ended
	_ = b.server.Close()
}

// Init waits until the function asks for its first event, and returns how long that took from the start of its process:
// what AWS calls its init. It is to be called once.
func (b *Bridge) Init() (time.Duration, error) {
	select {
	case took := <-b.init:
		return took, nil
	case <-b.ended:
		return 0, errors.New("the function's process ended before it asked for an event")
	case <-time.After(Timeout):
		return 0, errors.New("the function does not ask for an event")
	}
}

// runtime is the Runtime API.
func (b *Bridge) runtime() http.Handler {
	api := http.NewServeMux()
	api.HandleFunc("GET /2018-06-01/runtime/invocation/next", b.next)
	api.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", b.done(false))
	api.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", b.done(true))
	return api
}

func (b *Bridge) next(w http.ResponseWriter, r *http.Request) {
	b.first.Do(func() { b.init <- time.Since(b.begun) })
	select {
	case event := <-b.events:
		b.count++
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Lambda-Runtime-Aws-Request-Id", requestID(b.count))
		w.Header().Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(time.Now().Add(Timeout).UnixMilli(), 10))
		w.Header().Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:local:000000000000:function:hourglass")
		_, _ = w.Write(event)
	case <-r.Context().Done():
	}
}

func requestID(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

func (b *Bridge) done(failed bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		payload, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		select {
		case b.result <- result{payload, failed}:
		default: // nobody waits any more
		}
		w.WriteHeader(http.StatusAccepted)
	}
}

// Invoke hands the function an event and returns its answer.
func (b *Bridge) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	b.one.Lock()
	defer b.one.Unlock()
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	select {
	case <-b.result: // of an event that was given up
	default:
	}
	select {
	case b.events <- event:
	case <-b.ended:
		return nil, errors.New("the function's process has ended")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case r := <-b.result:
		if r.failed {
			return nil, fmt.Errorf("%w: %s", ErrFailed, r.payload)
		}
		return r.payload, nil
	case <-b.ended:
		return nil, errors.New("the function's process ended while it answered")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

package main

import (
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// Clients that do not read.
const (
	part        = 64 << 10         // of an answer
	partTimeout = 10 * time.Second // to take one
	large       = 1 << 20          // an answer that is worth counting
	maxWaiting  = 256 << 20        // bytes of large answers under way; more are sent away
)

// waiting is how many bytes of large answers are under way.
var waiting atomic.Int64

// A patientWriter sends an answer in parts and gives the client time for each: who reads slowly gets it all, who does not
// read is cut off.
type patientWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	timeout time.Duration
}

func patient(w http.ResponseWriter) patientWriter {
	return patientWriter{w, http.NewResponseController(w), partTimeout}
}

func (p patientWriter) Write(body []byte) (sent int, err error) {
	for first := true; first || len(body) > 0; first = false {
		n := min(part, len(body))
		_ = p.control.SetWriteDeadline(time.Now().Add(p.timeout)) // a test's recorder has none
		n, err = p.ResponseWriter.Write(body[:n])
		sent, body = sent+n, body[n:]
		if err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// quiet is how long after the last client that was cut off memory is given back: those of one crowd are cut off together.
const quiet = 2 * time.Second

var givingBack = time.AfterFunc(1<<62, debug.FreeOSMemory)

// giveBack returns memory to the system once the large answers that nobody took are gone.
func giveBack() { givingBack.Reset(quiet) }

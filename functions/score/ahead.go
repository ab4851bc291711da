package main

import (
	"hourglass/functions/score/rows"
	"io"
	"sync"
)

// ahead reads in the background, so that a Read gets all that has come in the meantime:
// little when little comes, much when rows come faster than they are answered. Models share
// work among the rows of a chunk, and a pipe alone would give 64 KiB.
type ahead struct {
	mu      sync.Mutex
	changed sync.Cond
	buf     []byte
	err     error // of reading; comes after buf
}

// newAhead starts reading, until the input ends or fails.
func newAhead(in io.Reader) *ahead {
	a := &ahead{}
	a.changed.L = &a.mu
	go a.pump(in)
	return a
}

func (a *ahead) pump(in io.Reader) {
	chunk := make([]byte, 1<<16)
	for {
		n, err := in.Read(chunk)
		a.mu.Lock()
		for len(a.buf) > 0 && len(a.buf)+n > rows.ReadBytes {
			a.changed.Wait()
		}
		a.buf = append(a.buf, chunk[:n]...)
		a.err = err
		a.changed.Broadcast()
		a.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// Read waits until there is something.
func (a *ahead) Read(to []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.buf) == 0 && a.err == nil {
		a.changed.Wait()
	}
	if len(a.buf) == 0 {
		return 0, a.err
	}
	n := copy(to, a.buf)
	a.buf = a.buf[:copy(a.buf, a.buf[n:])]
	a.changed.Broadcast()
	return n, nil
}

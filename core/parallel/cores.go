//go:build !tinygo && !wasm

package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Cores is the number of workers that this machine has use for.
func Cores() int { return runtime.GOMAXPROCS(0) }

// Each calls do for each of n pieces, by so many workers at most; it returns after the last. Fewer than two workers do them in order.
func Each(workers, n int, do func(piece int)) {
	if workers = min(workers, n); workers < 2 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	all.Wait()
}

// A Lock keeps workers from what they share.
type Lock = sync.Mutex

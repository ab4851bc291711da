package parallel

import (
	"slices"
	"testing"
)

// Every piece is done once, whatever the number of workers; one worker takes them in order.
func TestEachDoesEveryPieceOnce(t *testing.T) {
	for _, workers := range []int{-1, 0, 1, 2, 8, 100} {
		for _, n := range []int{0, 1, 7, 1000} {
			done, order := make([]int, n), []int(nil)
			var lock Lock
			Each(workers, n, func(i int) {
				done[i]++
				lock.Lock()
				order = append(order, i)
				lock.Unlock()
			})
			if slices.ContainsFunc(done, func(k int) bool { return k != 1 }) || len(order) != n {
				t.Errorf("%d workers, %d pieces: %v", workers, n, done)
			}
			if workers < 2 && !slices.IsSorted(order) {
				t.Errorf("%d workers: not in order", workers)
			}
		}
	}
	if Cores() < 1 {
		t.Error(Cores())
	}
}

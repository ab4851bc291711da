// Package turn says which of many inputs a run of the tests takes, where their way through the code is one: site/test/turn.ts in Go. make gives
// the number of the commit in TURN, TURN=all takes all, and a run by go test alone is the first.
package turn

import (
	"os"
	"strconv"
	"testing"
)

// All tells whether a run takes everything.
func All() bool { return os.Getenv("TURN") == "all" }

// Number is how often it went round: a whole number from 0.
func Number(t testing.TB) int {
	t.Helper()
	text := os.Getenv("TURN")
	if text == "" || text == "all" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		t.Fatalf("TURN is “all” or a whole number from 0, not %s", text)
	}
	return n
}

// Of are the next n of a list at each turn, so that none is left out for long.
func Of[T any](t testing.TB, list []T, n int) []T {
	t.Helper()
	if All() || n >= len(list) {
		return list
	}
	taken := make([]T, n)
	for i := range taken {
		taken[i] = list[(Number(t)*n+i)%len(list)]
	}
	return taken
}

// Bench measures the edge API on its real runtimes and prints ratios, side by side in one run: the Worker against the
// stock template of github.com/syumai/workers and against a Worker of plain JavaScript, on the same workerd; the Lambda
// function against an empty one; and the server beside heavy requests and silent clients. It wants wrangler (npm ci --prefix functions/worker) and a site in build/site.
//
// Arguments name parts: server, worker, lambda. Everything runs on the loopback, and every loop is bounded by a count.
package main

import (
	"fmt"
	"os"
	"slices"
)

func main() {
	folder, err := os.MkdirTemp("", "hourglass-bench-")
	if err == nil {
		defer os.RemoveAll(folder)
	}
	for _, part := range []struct {
		name  string
		bench func(folder string) error
	}{{"server", benchServer}, {"worker", benchWorker}, {"lambda", benchLambda}} {
		if err == nil && (len(os.Args) < 2 || slices.Contains(os.Args[1:], part.name)) {
			err = part.bench(folder)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// median is the middle of a few values, which it sorts.
func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

func row(what, measured, target string) { fmt.Printf("%-58s %16s   %s\n", what, measured, target) }

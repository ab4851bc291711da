// Golden prints, as JSON, what native Go answers to a set of boundary streams: the answers that the WASM builds and
// the API have to agree with. They are computed when the tests run, so that there is no file to go stale.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
	"hourglass/internal/streams"
)

const nearby = 50 // random cases a calculation, besides its example

type golden struct {
	ID     string    `json:"id"`
	Index  int       `json:"index"`
	Module string    `json:"module"` // that has the calculation in the browser
	In     []*number `json:"in"`
	Out    []*number `json:"out"`
}

// A number is null in JSON when it is NaN.
type number float64

func main() {
	var cases []golden
	random := rand.New(rand.NewPCG(20, 26))
	for i, c := range catalogue.Calculations {
		add := func(in []float64) {
			cases = append(cases, golden{c.ID, i, c.Module.String(), numbers(in), numbers(boundary.Call(i, in, nil))})
		}
		add(streams.Example(c))
		for range nearby {
			add(streams.Near(random, c))
		}
	}
	w := bufio.NewWriter(os.Stdout)
	if err := json.NewEncoder(w).Encode(cases); err != nil {
		fmt.Fprintln(os.Stderr, "golden:", err)
		os.Exit(1)
	}
	w.Flush()
}

func numbers(stream []float64) []*number {
	out := make([]*number, len(stream))
	for i, v := range stream {
		if !math.IsNaN(v) {
			out[i] = (*number)(&stream[i])
		}
	}
	return out
}

// Decisions prints, as JSON, what native Go answers to streams of core/boundary.Decide: every tool over the examples of
// some calculations. The WASM builds have to agree with it.
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
	"hourglass/core/decide"
	"hourglass/internal/streams"
)

type decision struct {
	ID   string     `json:"id"`
	Tool int        `json:"tool"`
	In   []*float64 `json:"in"` // null is NaN
	Out  []*float64 `json:"out"`
}

func main() {
	var all []decision
	for _, id := range []string{"subscription", "annual-plan", "hourglass", "referral", "reconcile"} {
		index, c := catalogue.Find(id)
		input := streams.Example(c)
		ranges := numbers(c, input)
		for tool, options := range [][]float64{
			boundary.Tornado:   nil,
			boundary.Grid:      {5, 4},
			boundary.Seek:      {100},
			boundary.Simulate:  {300, 42, 500, 3, 0.05, 0.5, 0.95},
			boundary.Draw:      {40, 42, 260},
			boundary.Summarise: {5, 4, 1, math.NaN(), 3, 2, 2.5, 2, 0.25, 0.75},
		} {
			chosen := ranges
			if most, ok := map[int]int{boundary.Grid: 2, boundary.Seek: 1}[tool]; ok {
				chosen = ranges[:most]
			}
			in := []float64{float64(index), 1, 0, 0, float64(len(chosen))}
			for _, r := range chosen {
				in = append(in, r...)
			}
			in = append(append(in, options...), input...)
			given := pointers(in)
			out := boundary.Decide(boundary.Calculate, func() {}, tool, append([]float64(nil), in...), nil)
			all = append(all, decision{id, tool, given, pointers(out)})
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		fmt.Fprintln(os.Stderr, "decisions:", err)
		os.Exit(1)
	}
}

// numbers are ranges around the numbers of an example, a shape after the other. Places hold while no list comes before.
func numbers(c catalogue.Calculation, input []float64) (ranges [][]float64) {
	for at, f := range c.Layout().Inputs {
		if f.Kind > catalogue.Option {
			break
		}
		v := input[at]
		if f.Kind != catalogue.Number || f.Whole || !(v > 0) {
			continue
		}
		shape := float64(len(ranges) % int(decide.Shapes))
		ranges = append(ranges, []float64{float64(at), 0.8 * v, min(1.3*v, f.Max), 0, shape, v, 0.1 * v})
	}
	return ranges
}

func pointers(list []float64) []*float64 {
	out := make([]*float64, len(list))
	for i := range list {
		if !math.IsNaN(list[i]) {
			out[i] = &list[i]
		}
	}
	return out
}

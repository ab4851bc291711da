package wire

import (
	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// A Calculation is a catalogue entry with its layout at hand.
type Calculation struct {
	catalogue.Calculation
	catalogue.Layout
	Index int
}

// An Outcome is one row's: a result as a stream with its warnings, or a problem.
type Outcome struct {
	In      []float64 // what was calculated, in boundary order; until the next row is read
	Stream  []float64
	Rows    RowNames // of the input, for the results that are about the same rows
	Notes   notice.List
	Problem *Problem
}

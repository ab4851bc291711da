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
	Stream  []float64
	Notes   notice.List
	Problem *Problem
}

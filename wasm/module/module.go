// Package module is what a browser module of calculations exports: a few functions that pass numbers. The host writes a
// calculation's input as float64 values to the address that reserve gave, calls, and reads as many float64 values from
// answer as call said. See core/boundary for what the numbers mean. A command says which calculations are in it:
//
//	func init() { module.Calculations = boundary.Calculator }
//
// The same files build with TinyGo and with Go.
package module

import (
	"unsafe"

	"hourglass/core/boundary"
)

// Calculations answers the module's calculations: a part of boundary.Calculate.
var Calculations func(id, want int, in, buffer []float64) []float64

// The module is single-threaded. The input stands until the next reserve, the output until the next call; room is where
// an answer of common length goes, so that it need not be allocated.
var input, output, room []float64

// calls is where the memory of calls begins, above the input.
var calls uintptr

// version is the layout that this module speaks.
//
//go:wasmexport version
func version() uint32 { return boundary.Version }

// reserve makes room for n input values and returns where. Earlier addresses are void.
//
//go:wasmexport reserve
func reserve(n uint32) unsafe.Pointer {
	release(calls)
	if int(n) > cap(input) {
		input, room = make([]float64, n), make([]float64, 0, 1024)
		calls = mark()
	}
	return unsafe.Pointer(unsafe.SliceData(input))
}

// call runs calculation id on the first n input values and returns how many values the answer has.
//
//go:wasmexport call
func call(id, n uint32) uint32 {
	release(calls)
	output = Calculations(int(id), boundary.All, input[:n], room)
	return uint32(len(output))
}

// decide runs a tool over a calculation on the first n input values, which it may change, and returns how many values
// the answer has.
//
//go:wasmexport decide
func decide(tool, n uint32) uint32 {
	release(calls)
	output = boundary.Decide(evaluate, freeEvaluation, int(tool), input[:n], room)
	return uint32(len(output))
}

// evaluation is where the memory of a call within decide begins.
var evaluation uintptr

func evaluate(id, want int, in, buffer []float64) []float64 {
	evaluation = mark()
	return Calculations(id, want, in, buffer)
}

func freeEvaluation() { release(evaluation) }

// answer is where the last answer stands.
//
//go:wasmexport answer
func answer() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(output)) }

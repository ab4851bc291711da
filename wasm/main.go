// Command wasm is the browser's module: a few exports that pass numbers. The host writes a calculation's input as
// float64 values to the address that reserve gave, calls, and reads as many float64 values from answer as call said.
// See core/boundary for what the numbers mean. The same file builds with TinyGo and with Go.
package main

import (
	"unsafe"

	"hourglass/core/boundary"
)

// The module is single-threaded. The input stands until the next reserve, the output until the next call; room is where
// an answer of common length goes, so that it need not be allocated.
var input, output, room []float64

func main() {}

// version is the layout that this module speaks.
//
//go:wasmexport version
func version() uint32 { return boundary.Version }

// reserve makes room for n input values and returns where. Earlier addresses are void.
//
//go:wasmexport reserve
func reserve(n uint32) unsafe.Pointer {
	release()
	if int(n) > cap(input) {
		input, room = make([]float64, n), make([]float64, 0, 1024)
		keep()
	}
	return unsafe.Pointer(unsafe.SliceData(input))
}

// call runs calculation id on the first n input values and returns how many values the answer has.
//
//go:wasmexport call
func call(id, n uint32) uint32 {
	release()
	output = boundary.Calculator(int(id), input[:n], room)
	return uint32(len(output))
}

// answer is where the last answer stands.
//
//go:wasmexport answer
func answer() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(output)) }

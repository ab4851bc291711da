//go:build wasm || tinygo.wasm

package main

// progress is the host's; see the package comment.
//
//go:wasmimport env progress
func progress(phase uint32, share float64) uint32

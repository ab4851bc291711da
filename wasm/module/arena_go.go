//go:build !gc.leaking

package module

// With a collector that frees, there is nothing to do.
func mark() uintptr   { return 0 }
func release(uintptr) {}

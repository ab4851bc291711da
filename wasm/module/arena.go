//go:build gc.leaking

package module

import "unsafe"

// TinyGo's leaking collector is a bump allocator that never frees; heapptr is where it allocates next. Because nothing
// but the input survives a call, setting it back frees all that a call has allocated, at no cost and with a collector's
// code left out of the module.
//
//go:extern runtime.heapptr
var heapptr uintptr

// mark is where the next allocation goes.
func mark() uintptr { return heapptr }

// release frees what was allocated since a mark; 0 is no mark. The allocator relies on fresh memory being zero.
func release(to uintptr) {
	if to != 0 {
		clear(unsafe.Slice((*byte)(unsafe.Pointer(to)), heapptr-to))
		heapptr = to
	}
}

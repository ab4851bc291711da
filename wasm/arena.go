//go:build gc.leaking

package main

import "unsafe"

// TinyGo's leaking collector is a bump allocator that never frees; heapptr is where it allocates next. Because nothing
// but the input survives a call, setting it back frees all that a call has allocated, at no cost and with a collector's
// code left out of the module.
//
//go:extern runtime.heapptr
var heapptr uintptr

// arena is where the memory of calls begins, above the input.
var arena uintptr

// keep makes what is allocated so far survive the calls to come.
func keep() { arena = heapptr }

// release frees what was allocated since keep. The allocator relies on fresh memory being zero.
func release() {
	if arena != 0 {
		clear(unsafe.Slice((*byte)(unsafe.Pointer(arena)), heapptr-arena))
		heapptr = arena
	}
}

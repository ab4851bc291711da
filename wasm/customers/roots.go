//go:build tinygo

package main

import "runtime/volatile"

// unmarked is the first half of a mark that wasm/toolchain/roots looks for, and writes over with the address of the first variable.
const unmarked = 0x8f1bbcdc

var roots = [2]uint32{unmarked, 0xca62c1d6}

// globalsStart is from where on the collector takes static data for addresses. TinyGo's own begins with the constants, which hold none.
//
//go:extern runtime.globalsStart
var globalsStart uintptr

func init() {
	if at := volatile.LoadUint32(&roots[0]); at != unmarked {
		globalsStart = uintptr(at)
	}
	volatile.StoreUint32(&roots[0], 0) // written to, so that it lies among the variables
	volatile.StoreUint32(&roots[1], 0)
}

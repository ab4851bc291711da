//go:build tinygo || wasm

package parallel

// Cores is the number of workers that this machine has use for.
func Cores() int { return 1 }

// Each calls do for each of n pieces in order.
func Each(_, n int, do func(piece int)) {
	for i := range n {
		do(i)
	}
}

// A Lock has nobody to keep out.
type Lock struct{}

// Lock does nothing.
func (*Lock) Lock() {}

// Unlock does nothing.
func (*Lock) Unlock() {}

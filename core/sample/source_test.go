package sample

import (
	"math"
	"testing"
)

// The first outputs of SplitMix64 from the state 1234567: Rosetta Code's
// "Pseudo-random numbers/Splitmix64", from Vigna's reference implementation in C.
func TestSourceReference(t *testing.T) {
	s := NewSource(1234567)
	for i, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		if got := s.Uint64(); got != want {
			t.Errorf("output %d: %d, want %d", i, got, want)
		}
	}
}

// Mean 1/2 and variance 1/12, within five standard errors.
func TestUniform(t *testing.T) {
	const n = 100000
	s := NewSource(1)
	var sum, square float64
	for range n {
		u := s.Uniform()
		if !(u >= 0 && u < 1) {
			t.Fatal(u)
		}
		sum, square = sum+u, square+(u-0.5)*(u-0.5)
	}
	if d := math.Abs(sum/n - 0.5); d > 5*math.Sqrt(1.0/12/n) {
		t.Errorf("mean off by %g", d)
	}
	if d := math.Abs(square/n - 1.0/12); d > 5*math.Sqrt(1.0/180/n) {
		t.Errorf("variance off by %g", d)
	}
}

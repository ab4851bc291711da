package special

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The elementary functions agree with the library's, whose own error is below one unit in the last place (2.2e-16), to what they promise.
func TestElementary(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		x := math.Exp(1400 * (rng.Float64() - 0.5))
		if rng.IntN(2) == 0 {
			x = 1 + 1e-3*(rng.Float64()-0.5)
		}
		if got, want := Log(x), math.Log(x); math.Abs(got-want) > 6e-16*math.Abs(want) {
			t.Fatalf("Log(%v) is %v, want %v", x, got, want)
		}
		e := 1400 * (rng.Float64() - 0.5)
		if got, want := Exp(e), math.Exp(e); math.Abs(got-want) > 6e-16*want {
			t.Fatalf("Exp(%v) is %v, want %v", e, got, want)
		}
		z := math.Tanh(0.5) * (2*rng.Float64() - 1)
		if got, want := TwiceAtanh(z), 2*math.Atanh(z); math.Abs(got-want) > 8e-16*math.Abs(want) {
			t.Fatalf("TwiceAtanh(%v) is %v, want %v", z, got, want)
		}
	}
	for x, want := range map[float64]float64{1: 0, 0x1p-1022: -1022 * math.Ln2, math.MaxFloat64: 1024 * math.Ln2} {
		if got := Log(x); math.Abs(got-want) > 4e-16*math.Abs(want) {
			t.Errorf("Log(%v) is %v, want %v", x, got, want)
		}
	}
	if !math.IsNaN(Log(math.NaN())) || !math.IsNaN(Log(-1)) || !math.IsInf(Log(0), -1) || !math.IsInf(Log(math.Inf(1)), 1) {
		t.Error("Log outside its range is not the library's")
	}
	if Exp(-800) != 0 || Exp(math.Inf(-1)) != 0 {
		t.Error("Exp below its range is not zero")
	}
}

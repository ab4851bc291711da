package sample

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"hourglass/core/special"
)

const draws = 100000

// kolmogorov returns sqrt(n) times the largest gap between the draws'
// distribution and cdf; above 1.95 has probability 0.001 (Smirnov 1948).
func kolmogorov(x []float64, cdf func(float64) float64) float64 {
	slices.Sort(x)
	gap, n := 0.0, float64(len(x))
	for i, v := range x {
		f := cdf(v)
		gap = max(gap, f-float64(i)/n, float64(i+1)/n-f)
	}
	return gap * math.Sqrt(n)
}

func TestDrawsFollowTheirDistributions(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	gamma := func(a float64) func(float64) float64 {
		return func(x float64) float64 { p, _ := special.GammaPQ(a, x); return p }
	}
	beta := func(a, b float64) func(float64) float64 {
		return func(x float64) float64 { return special.BetaCDF(x, a, b) }
	}
	for _, c := range []struct {
		name string
		draw func() float64
		cdf  func(float64) float64
	}{
		{"exponential", func() float64 { return Exponential(rng.Float64) }, func(x float64) float64 { return -math.Expm1(-x) }},
		{"normal", func() float64 { return Normal(rng.Float64) }, special.NormalCDF},
		{"gamma .05", func() float64 { return Gamma(.05, rng.Float64) }, gamma(.05)},
		{"gamma .7", func() float64 { return Gamma(.7, rng.Float64) }, gamma(.7)},
		{"gamma 1", func() float64 { return Gamma(1, rng.Float64) }, gamma(1)},
		{"gamma 40", func() float64 { return Gamma(40, rng.Float64) }, gamma(40)},
		{"beta .3 .2", func() float64 { return Beta(.3, .2, rng.Float64) }, beta(.3, .2)},
		{"beta 5 2", func() float64 { return Beta(5, 2, rng.Float64) }, beta(5, 2)},
	} {
		x := make([]float64, draws)
		for i := range x {
			x[i] = c.draw()
		}
		if k := kolmogorov(x, c.cdf); !(k < 1.95) {
			t.Errorf("%s: Kolmogorov-Smirnov statistic %g", c.name, k)
		}
	}
}

// A Beta(a, b) with a, b -> 0 is 1 with probability a/(a+b), else 0.
func TestBetaOfTinyShapes(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	ones := 0.0
	for range draws {
		v := Beta(3e-9, 1e-9, rng.Float64)
		if v != 0 && v != 1 {
			t.Fatal(v)
		}
		ones += v
	}
	if z := (ones/draws - 0.75) / math.Sqrt(0.75*0.25/draws); math.Abs(z) > 4 {
		t.Error("z =", z)
	}
}

func TestDomain(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, a := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if !math.IsNaN(Gamma(a, rng.Float64)) || !math.IsNaN(Beta(a, 1, rng.Float64)) || !math.IsNaN(Beta(1, a, rng.Float64)) {
			t.Error(a)
		}
	}
	zero := func() float64 { return 0 }
	if Exponential(zero) != 0 || math.IsInf(LogGamma(1e-320, rng.Float64), 0) || math.IsNaN(Beta(1e-320, 1e-320, rng.Float64)) {
		t.Error("the ends of the range")
	}
	if g := Gamma(1e300, rng.Float64); math.Abs(g/1e300-1) > 2e-13 { // the logarithm, 691, is rounded
		t.Error(g)
	}
}

package mbgcnbd

import (
	"math"
	"testing"

	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/special"
)

func within(t *testing.T, name string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %.15g, want %.15g (off by %.2g)", name, got, want, got-want)
	}
}

// Computed with mpmath at 40 digits from the density and the series as RPS21 have them, r .9, alpha 6, a .5, b 1.5.
func TestReferencePoints(t *testing.T) {
	for _, c := range []struct {
		k                     int
		x, tx, age, gaps      float64
		ll, alive, expected26 float64
	}{
		{1, 0, 0, 40, 0, -.994450806581243, .324190166928106, .152545584852206},
		{1, 3, 22.5, 40, 5.9, -11.8851733404411, .581795647767589, 1.16171623594192},
		{2, 0, 0, 40, 0, -.768340425715143, .460953766548982, .174460534037984},
		{2, 3, 22.5, 40, 5.9, -11.3933383418237, .545323106406654, 1.14188614925897},
		{2, 11, 38, 40, 12.4, -25.9959843723409, .947444637288407, 5.6673340082906},
		{2, 5, 40, 40, 9.2, -16.9121761923179, .928571428571429, 2.43446468624923},
		{3, 3, 22.5, 40, 5.9, -11.5383361410695, .497363881278326, 1.07956883493638},
	} {
		p := Params{c.k, .9, 6, .5, 1.5}
		ll, _ := p.LogLikelihood(cbs.Table{X: []float64{c.x}, TX: []float64{c.tx}, T: []float64{c.age}, Gaps: []float64{c.gaps}})
		within(t, "LL", ll, c.ll, 1e-9*math.Abs(c.ll))
		within(t, "P(alive)", p.PAlive(c.x, c.tx, c.age), c.alive, 1e-9*c.alive)
		expected, outcome := p.ExpectedPurchases(c.x, c.tx, c.age, 0, 26)
		if outcome != special.OK {
			t.Error(outcome)
		}
		within(t, "E[26]", expected, c.expected26, 1e-9*c.expected26)
		one := p.Given(c.x, c.tx, c.age)
		if c.k > 1 {
			var m betageo.Mixture
			within(t, "E[26] by the poles", one.Alive*one.poles(&m, 26/one.Alpha), c.expected26, 1e-9*c.expected26)
		}
	}
	for k, want := range map[int]float64{1: 3.39758449323302, 2: 1.93303035537721, 3: 1.32925422357282} {
		got, _ := Params{k, .9, 6, .5, 1.5}.ExpectedPurchasesNew(0, 52)
		within(t, "new customer, E[52]", got, want, 1e-9*want)
	}
}

// The two methods for the orders to come, on either side of where one takes over from the other.
func TestSeriesAndPolesAgree(t *testing.T) {
	var m betageo.Mixture
	for k := 2; k <= MaxStages; k++ {
		for _, p := range []Params{{k, .9, 6, .5, 1.5}, {k, 4, 30, 1, 3}, {k, .3, 2, 1.6, .2}, {k, 12, 3, .2, 9}, {k, .5, 6, 1e-3, 3}} {
			for _, h := range []struct{ x, tx, age float64 }{{0, 0, 0}, {0, 0, 40}, {3, 22.5, 40}, {30, 39, 40}} {
				c := p.Given(h.x, h.tx, h.age)
				for _, z := range []float64{.3, 1, 4, 20} {
					series := 0.0
					for j, w := range c.stage[:k] {
						series += w * c.series(j, z)
					}
					within(t, "series and poles", c.poles(&m, z), series, 1e-10*series+1e-13)
				}
			}
		}
	}
}

// One stage is MBG/NBD: the series, which that package does not use, gives the same.
func TestOneStageIsMBGNBD(t *testing.T) {
	p := Params{1, .524843, 6.18309, .89136, 1.614}
	for _, h := range []struct{ x, tx, age float64 }{{0, 0, 0}, {0, 0, 38}, {2, 30.43, 38.86}, {26, 30.857, 31}} {
		c, same := p.Given(h.x, h.tx, h.age), p.shared().Given(betageo.MBG, h.x, h.tx, h.age)
		want, _ := same.Expected(0, 39)
		if got, _ := c.Expected(0, 39); got != want || c.Alive != same.Alive {
			t.Errorf("%v: %v, %v; MBG/NBD %v, %v", h, got, c.Alive, want, same.Alive)
		}
		within(t, "by the series", c.Alive*c.series(0, 39/c.Alpha), want, 1e-11*want)
	}
}

package cdnow

import (
	"testing"

	"hourglass/core/cbs"
)

// What is known of the sample, counted with independent code (2,357 customers, 1,411
// without a repeat order, 2,457 repeat
// orders, 1,882 held out, 1,016 unique triples), and Fader, Hardie & Lee (2005).
func TestSample(t *testing.T) {
	c := Sample()
	unique := c.Compress()
	x, spend := c.Repeaters()
	got := [...]float64{float64(c.Len()), sum(c.X), sum(c.Holdout), float64(unique.Len()), unique.Customers(), float64(len(x)), float64(c.Len() - len(x))}
	if want := [...]float64{2357, 2457, 1882, 1016, 2357, 946, 1411}; got != want {
		t.Error("counts", got, "want", want)
	}
	if fault := c.Validate(); fault.Code != cbs.Valid {
		t.Error(fault)
	}
	for i, v := range spend {
		if !(v > 0) {
			t.Error("repeater", i, "spends", v)
		}
	}
	// lifetimes' own summary of the first customer: 2 repeats, 30.43, 38.86 weeks, 22.35 dollars.
	if c.X[0] != 2 || c.TX[0] != 213.0/7 || c.T[0] != 272.0/7 || c.Spend[0] != 22.345 {
		t.Error("first customer", c.X[0], c.TX[0], c.T[0], c.Spend[0])
	}
}

func TestMaster(t *testing.T) {
	c := Master()
	if c.Len() != 23570 || c.Validate().Code != cbs.Valid {
		t.Error(c.Len(), c.Validate())
	}
}

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

package mbgcnbd

import (
	"math"
	"testing"

	"hourglass/core/betageo"
)

// Count against the probabilities one by one; of one stage against MBG/NBD's.
func TestCount(t *testing.T) {
	for _, p := range []Params{{1, .9, 6, .5, 1.5}, {2, .9, 6, .5, 1.5}, {3, 2, 4, .3, 3}, {MaxStages, 9, 6, .3, 9}, {3, 900, 300, .1, 9}} {
		for _, h := range []struct{ x, tx, age float64 }{{0, 0, 0}, {3, 22.5, 40}, {60, 39, 40}} {
			c := p.Given(h.x, h.tx, h.age)
			c.Alive = 1
			for n, got := range p.Count(h.x, h.tx, h.age, 26, 1, nil) {
				if n < 40 {
					within(t, "count", got, c.PMF(n, 26), 2e-7) // the last takes what is negligible
				}
			}
		}
	}
	one := Params{1, .9, 6, .5, 1.5}
	want := betageo.Process{Params: one.shared(), Chances: betageo.MBG}.Count(3, 40, 40, 26, 1, nil)
	for n, got := range one.Count(3, 22.5, 40, 26, 1, nil) {
		within(t, "count of MBG/NBD", got, want[n], 1e-12)
	}
}

func TestModelList(t *testing.T) {
	data := shop(Params{2, 1.5, 6, .5, 1.5}, 800, 1)
	f := Model.Fit(data, nil)
	p := Model.Process(f.Parameters).(Params)
	if p.K != 2 || len(f.Parameters) != len(Model.Parameters) || len(f.Result.ThetaCovariance) != 25 || f.Result.ThetaCovariance[4] != 0 {
		t.Error(f.Parameters, f.Result.ThetaCovariance)
	}
	for _, list := range [][]float64{nil, {1, 1, 1, 1}, {1, 1, 1, 1, 0}, {1, 1, 1, 1, MaxStages + 1}, {1, 1, 1, 1, math.NaN()}} {
		if Model.Process(list).Valid() {
			t.Error(list)
		}
	}
}

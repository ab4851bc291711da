package cbs

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestValidateNamesFaultAndRow(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		x, tx, age, w float64
		want          Code
	}{
		{2, 3, 5, 1, Valid}, {0, 0, 5, 0, Valid}, {1, 5, 5, 2.5, Valid},
		{-1, 0, 5, 1, BadFrequency}, {1.5, 2, 5, 1, BadFrequency}, {nan, 2, 5, 1, BadFrequency}, {inf, 2, 5, 1, BadFrequency},
		{1, -2, 5, 1, BadRecency}, {1, nan, 5, 1, BadRecency}, {1, inf, 5, 1, BadRecency},
		{0, 0, 0, 1, BadAge}, {0, 0, -1, 1, BadAge}, {1, 1, inf, 1, BadAge}, {1, 1, nan, 1, BadAge},
		{1, 1, 2, -1, BadWeight}, {1, 1, 2, nan, BadWeight}, {1, 1, 2, inf, BadWeight},
		{1, 6, 5, 1, RecencyAfterAge}, {0, 1, 5, 1, RecencyWithoutRepeat}, {1, 0, 5, 1, RepeatWithoutRecency},
	} {
		tab := Table{X: []float64{0, c.x}, TX: []float64{0, c.tx}, T: []float64{9, c.age}, W: []float64{1, c.w}}
		want := Fault{c.want, 1}
		if c.want == Valid {
			want = Fault{}
		}
		if got := tab.Validate(); got != want {
			t.Errorf("%+v: got %v row %d, want %v", c, got.Code, got.Row, c.want)
		}
	}
	if got := (Table{X: []float64{1}}).Validate(); got.Code != LengthMismatch {
		t.Errorf("ragged columns: got %v", got.Code)
	}
	if got := (Table{}).Validate(); got.Code != Valid {
		t.Errorf("empty table: got %v", got.Code)
	}
	if len(codeNames) != int(BadGaps)+1 {
		t.Error("a code has no name")
	}
}

// sample draws n rows on a coarse grid, so that many coincide.
func sample(n int, weights bool) Table {
	rng := rand.New(rand.NewPCG(1, 2))
	tab := Table{X: make([]float64, n), TX: make([]float64, n), T: make([]float64, n)}
	if weights {
		tab.W = make([]float64, n)
	}
	for i := range n {
		tab.T[i] = float64(1 + rng.IntN(84))
		if rng.IntN(2) == 0 {
			tab.X[i] = float64(1 + rng.IntN(6))
			tab.TX[i] = tab.T[i] * float64(1+rng.IntN(300)) / 300
		}
		if weights {
			tab.W[i] = rng.Float64()
		}
	}
	return tab
}

func TestCompressIsOrderIndependentAndKeepsEveryCustomer(t *testing.T) {
	for _, weights := range []bool{false, true} {
		tab := sample(5000, weights)
		got := tab.Compress()
		if f := got.Validate(); f.Code != Valid {
			t.Fatal("compressed table invalid", f.Code, f.Row)
		}
		for i := 1; i < got.Len(); i++ {
			a := row{x: got.X[i-1], tx: got.TX[i-1], t: got.T[i-1]}
			if compare(a, row{x: got.X[i], tx: got.TX[i], t: got.T[i]}) >= 0 {
				t.Fatal("rows not unique and ascending at", i)
			}
		}
		if d := got.Customers() - tab.Customers(); math.Abs(d) > 1e-9 {
			t.Error("customers lost:", d)
		}
		want := map[[3]float64]float64{}
		for i := range tab.X {
			want[[3]float64{tab.X[i], tab.TX[i], tab.T[i]}] += tab.Weight(i)
		}
		if len(want) != got.Len() {
			t.Fatalf("%d triples, want %d", got.Len(), len(want))
		}
		for i := range got.X {
			if w := want[[3]float64{got.X[i], got.TX[i], got.T[i]}]; math.Abs(w-got.W[i]) > 1e-12*w {
				t.Fatalf("row %d: weight %v, want %v", i, got.W[i], w)
			}
		}
		swap := func(c []float64, i, j int) { c[i], c[j] = c[j], c[i] }
		rand.New(rand.NewPCG(3, 4)).Shuffle(tab.Len(), func(i, j int) {
			for _, c := range [][]float64{tab.X, tab.TX, tab.T, tab.W} {
				if c != nil {
					swap(c, i, j)
				}
			}
		})
		if !reflect.DeepEqual(got, tab.Compress()) {
			t.Error("shuffled rows compress differently")
		}
	}
}

func TestCompressDropsZeroWeights(t *testing.T) {
	tab := Table{X: []float64{0, 0}, TX: []float64{0, 0}, T: []float64{4, 5}, W: []float64{0, 3}}
	if got := tab.Compress(); got.Len() != 1 || got.T[0] != 5 || got.W[0] != 3 {
		t.Errorf("got %+v", got)
	}
	if got := (Table{}).Compress(); got.Len() != 0 {
		t.Errorf("empty: got %+v", got)
	}
}

func TestScaledAndThin(t *testing.T) {
	tab := sample(2000, false).Compress()
	scaled, by := tab.Scaled()
	if by != 84 || scaled.Validate().Code != Valid {
		t.Error("scale", by)
	}
	for i := range tab.T {
		if scaled.T[i] > 1 || math.Abs(scaled.TX[i]*by-tab.TX[i]) > 1e-13*tab.TX[i] {
			t.Fatal("row", i, "scaled wrongly")
		}
	}
	if thin := tab.Thin(100); thin.Len() != 100 || thin.Validate().Code != Valid {
		t.Error("thin has", thin.Len(), "rows")
	}
	if thin := tab.Thin(1 << 20); thin.Len() != tab.Len() {
		t.Error("a short table was thinned")
	}
	if _, by := (Table{}).Scaled(); by != 1 {
		t.Error("empty table scale", by)
	}
}

// A million customers on a grid: about as many distinct triples as a year's
// shop observed by the day has.
func BenchmarkCompressMillion(b *testing.B) {
	tab := sample(1_000_000, false)
	rows := 0
	for b.Loop() {
		rows = tab.Compress().Len()
	}
	b.ReportMetric(float64(rows), "rows")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e6, "ns/row")
}

// The mean of the gaps of customers alike is that of the row, whatever their order; in another unit of time every gap's
// logarithm moves by that of the unit.
func TestGaps(t *testing.T) {
	tab := Table{X: []float64{2, 0, 2, 2}, TX: []float64{4, 0, 4, 4}, T: []float64{8, 8, 8, 8}, W: []float64{1, 5, 2, 1},
		Gaps: []float64{1, 0, 0.25, 0.5}}
	u := tab.Compress()
	if u.Len() != 2 || u.Gaps[0] != 0 || math.Abs(u.Gaps[1]-0.5) > 1e-15 {
		t.Errorf("%+v", u)
	}
	scaled, scale := u.Scaled()
	if want := 0.5 - 2*math.Log(8); scale != 8 || math.Abs(scaled.Gaps[1]-want) > 1e-15 {
		t.Errorf("scaled by %v: %v, want %v", scale, scaled.Gaps[1], want)
	}
	if thin := u.Thin(1); len(thin.Gaps) != 1 {
		t.Errorf("%+v", thin)
	}
	tab.Gaps[2] = math.NaN()
	if fault := tab.Validate(); fault != (Fault{BadGaps, 2}) {
		t.Errorf("%+v", fault)
	}
	tab.Gaps = tab.Gaps[1:]
	if fault := tab.Validate(); fault.Code != LengthMismatch {
		t.Errorf("%+v", fault)
	}
}

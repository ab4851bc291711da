package paretonbd

import (
	_ "embed"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"hourglass/core/cbs"
	"hourglass/internal/cdnow"
)

// See testdata/README.md.
//
//go:embed testdata/likelihood.csv
var likelihoodTable string

// rows parses a table of numbers with a header.
func rows(t *testing.T, table string) [][]float64 {
	t.Helper()
	var all [][]float64
	for _, line := range strings.Split(strings.TrimSpace(table), "\n")[1:] {
		var row []float64
		for _, cell := range strings.Split(line, ",") {
			v, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, v)
		}
		all = append(all, row)
	}
	return all
}

func one(x, tx, age float64) cbs.Table {
	return cbs.Table{X: []float64{x}, TX: []float64{tx}, T: []float64{age}}
}

// The likelihood by 2F1 with 60 digits: within 1e-11 of the likelihood itself, and
// its gradient likewise in proportion to the terms that it adds up.
func TestLikelihoodAgainst2F1(t *testing.T) {
	worst, worstGradient := 0.0, 0.0
	for _, v := range rows(t, likelihoodTable) {
		p, x, tx, age := Params{v[0], v[1], v[2], v[3]}, v[4], v[5], v[6]
		ll, g := p.LogLikelihood(one(x, tx, age))
		if d := math.Abs(ll - v[7]); !(d <= 1e-11) {
			t.Errorf("%v %v: LL %.17g, want %.17g (off by %.1e)", p, v[4:7], ll, v[7], d)
		} else {
			worst = max(worst, d)
		}
		size := 1 + p.R + x + p.S
		for i, got := range []float64{g.R, g.Alpha, g.S, g.Beta} {
			if d := math.Abs(got-v[8+i]) / size; !(d <= 1e-13) {
				t.Errorf("%v %v: derivative %d %.17g, want %.17g (off by %.1e)", p, v[4:7], i, got, v[8+i], d)
			} else {
				worstGradient = max(worstGradient, d)
			}
		}
	}
	t.Logf("largest errors: likelihood %.1e (relative), gradient %.1e of the terms added", worst, worstGradient)
}

// Customers who share integrals get what each gets alone.
func TestSharedIntegralsLoseNothing(t *testing.T) {
	data := cdnow.Sample().Compress()
	rng := rand.New(rand.NewPCG(9, 9))
	h := newHistories(data)
	worst, shared := 0.0, 0
	for range 60 {
		draw := func() float64 { return math.Exp(4 * rng.NormFloat64()) }
		p := Params{draw(), draw(), draw(), draw()}
		p.each(h, func(i int, last, now date, f *fates) {
			alone := p.fates(data.X[i], last, now)
			if *f != alone {
				shared++
			}
			d := math.Abs(f.log - alone.log)
			a, b := p.gradient(data.X[i], now, f), p.gradient(data.X[i], now, &alone)
			size := 1 + p.R + data.X[i] + p.S
			for _, v := range []float64{a.R - b.R, a.Alpha - b.Alpha, a.S - b.S, a.Beta - b.Beta} {
				d = max(d, math.Abs(v)/size)
			}
			d = max(d, math.Abs(f.alive-alone.alive))
			worst = max(worst, d)
			if !(d <= 1e-12) {
				t.Errorf("%v row %v %v %v: off by %.1e", p, data.X[i], last.y, now.y, d)
			}
		})
	}
	if shared < 10000 {
		t.Error("only", shared, "rows shared anything")
	}
	t.Logf("%d rows shared integrals, largest error %.1e", shared, worst)
}

package gammagamma

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"testing"

	"hourglass/internal/cdnow"
)

//go:embed testdata/hessian.csv
var hessianTable string

// Second derivatives with 60 digits (testdata/README.md): within 1e-13 of the terms that each adds up, which are no larger than a, q and a q/(a+q).
func TestHessianAgainstDigits(t *testing.T) {
	worst := 0.0
	for _, line := range strings.Split(strings.TrimSpace(hessianTable), "\n")[1:] {
		var v [11]float64
		for i, cell := range strings.Split(line, ",") {
			var err error
			if v[i], err = strconv.ParseFloat(cell, 64); err != nil {
				t.Fatal(err)
			}
		}
		p := Params{v[0], v[1], v[2]}
		var h [9]float64
		p.hessian(Table{X: v[3:4], Mean: v[4:5]}, h[:])
		a := p.P * v[3]
		for i, at := range []int{0, 1, 2, 4, 5, 8} {
			// The slopes come from log w, whose error is that of its argument's excess: as logLikelihood's own.
			size := 1 + min(a, p.Q) + math.Abs(v[5+i])
			d := math.Abs(h[at]-v[5+i]) / size
			if worst = max(worst, d); !(d <= 1e-13) {
				t.Errorf("%v: element %d is %.15g, want %.15g (off by %.1e)", v[:5], i, h[at], v[5+i], d)
			}
		}
		if h[3] != h[1] || h[6] != h[2] || h[7] != h[5] {
			t.Errorf("%v: not symmetric", v[:5])
		}
	}
	t.Logf("off by %.1e at most", worst)
}

// And against central differences of the gradient over a log. Step 3e-5: what they leave out is some h^2, 1e-9 of the largest.
func TestHessianAgainstDifferences(t *testing.T) {
	data := table(cdnow.Sample())
	at := func(theta [3]float64) Gradient {
		_, g := Params{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2])}.LogLikelihood(data)
		return g
	}
	const h = 3e-5
	for _, p := range []Params{best.p, {1, 2, 3}, {30, 1.2, 1}, {0.5, 60, 2000}} {
		var got [9]float64
		p.hessian(data, got[:])
		largest := 0.0
		for _, v := range got {
			largest = max(largest, math.Abs(v))
		}
		for i := range 3 {
			up := [3]float64{math.Log(p.P), math.Log(p.Q), math.Log(p.Gamma)}
			down := up
			up[i], down[i] = up[i]+h, down[i]-h
			a, b := at(up), at(down)
			for j, want := range []float64{(a.P - b.P) / (2 * h), (a.Q - b.Q) / (2 * h), (a.Gamma - b.Gamma) / (2 * h)} {
				if math.Abs(got[3*i+j]-want) > 3e-9*largest {
					t.Errorf("%v: %d, %d is %.12g, differences give %.12g", p, i, j, got[3*i+j], want)
				}
			}
		}
	}
}

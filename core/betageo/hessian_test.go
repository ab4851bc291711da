package betageo

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"testing"

	"hourglass/core/cbs"
	"hourglass/internal/cdnow"
)

// differenced is the same matrix by differences of the gradient at six points either side, of which the errors up to the sixth power of the step cancel
// (Fornberg 1988, Mathematics of Computation 51(184), table 1): 1e-12 of the largest is left, where the search's own two points leave 1e-8.
func differenced(p Params, f form, t cbs.Table) (h [16]float64) {
	const step = 0.003
	weights := []float64{3. / 4, -3. / 20, 1. / 60}
	at := func(i int, by float64) [4]float64 {
		theta := [4]float64{math.Log(p.R), math.Log(p.Alpha), math.Log(p.A), math.Log(p.B)}
		theta[i] += by
		d := prepare(t)
		_, g := Params{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])}.logLikelihood(f, &d)
		return [4]float64{g.R, g.Alpha, g.A, g.B}
	}
	for i := range 4 {
		for k, w := range weights {
			by := step * float64(k+1)
			up, down := at(i, by), at(i, -by)
			for j := range 4 {
				h[4*i+j] += w * (up[j] - down[j]) / step
			}
		}
	}
	return h
}

func TestHessianAgainstDifferences(t *testing.T) {
	data := cdnow.Sample().Compress()
	for _, p := range []Params{cdnowSample, {2, 30, 0.3, 0.2}, {0.05, 0.7, 6, 1.5}, {40, 700, 0.01, 3}, {0.3, 5, 200, 900}} {
		for _, f := range []form{{BG, 1}, {MBG, 1}, {MBG, 2}, {MBG, 3}, {MBG, 12}} {
			d, got := prepare(data), make([]float64, 16)
			p.hessian(f, &d, got)
			want := differenced(p, f, data)
			largest := 0.0
			for _, v := range want {
				largest = max(largest, math.Abs(v))
			}
			for i, v := range got {
				if math.Abs(v-want[i]) > 1e-9*largest {
					t.Errorf("%v, %v: %d is %.12g, want %.12g", p, f, i, v, want[i])
				}
			}
		}
	}
}

// The standard errors of the published fit are those that differences give, to what the last steps move: 1e-5 of a parameter
// at most, after which a search does not measure again.
func TestStandardErrorsWithoutDifferences(t *testing.T) {
	data := cdnow.Sample().Compress()
	for c := BG; c <= MBG; c++ {
		r := Fit(c, data, nil).Result
		p := Params{r.Parameters[0], r.Parameters[1], r.Parameters[2], r.Parameters[3]}
		want := differenced(p, form{c, 1}, data)
		for i := range 4 { // the covariance times the matrix is minus one, on the diagonal
			product := 0.0
			for j := range 4 {
				product -= r.ThetaCovariance[4*i+j] * want[4*j+i]
			}
			if math.Abs(product-1) > 1e-7 {
				t.Errorf("%v, parameter %d: %.12g", c, i, product)
			}
		}
	}
}

//go:embed testdata/hessian.csv
var hessianTable string

// With several stages, against 70 digits (testdata/README.md): within 1e-13 of the terms that are added up, orders known and the shapes.
func TestHessianAgainstDigits(t *testing.T) {
	worst := 0.0
	for _, line := range strings.Split(strings.TrimSpace(hessianTable), "\n")[1:] {
		var v [18]float64
		for i, cell := range strings.Split(line, ",") {
			var err error
			if v[i], err = strconv.ParseFloat(cell, 64); err != nil {
				t.Fatal(err)
			}
		}
		p, f := Params{v[1], v[2], v[3], v[4]}, form{MBG, int(v[0])}
		d, got := prepare(cbs.Table{X: v[5:6], TX: v[6:7], T: v[7:8]}), make([]float64, 16)
		p.hessian(f, &d, got)
		k := 8
		for i := range 4 {
			for j := i; j < 4; j++ {
				size := 1 + p.R + v[0]*v[5] + math.Abs(v[k])
				off := math.Abs(got[4*i+j]-v[k]) / size
				if worst = max(worst, off); !(off <= 1e-13) || got[4*i+j] != got[4*j+i] {
					t.Errorf("%v: %d, %d is %.15g, want %.15g (off by %.1e)", v[:8], i, j, got[4*i+j], v[k], off)
				}
				k++
			}
		}
	}
	t.Logf("off by %.1e at most", worst)
}

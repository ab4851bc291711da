package customers

import (
	"compress/gzip"
	"io"
	"math"
	"os"
	"testing"

	"hourglass/core/orders"
)

// sampleLog is the CDNOW 1/10 sample as it was published, through the reader of
// orders, whose testdata names the source.
func sampleLog(t testing.TB) *orders.Log {
	t.Helper()
	f, err := os.Open("../orders/testdata/CDNOW_sample.txt.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return readLog(text)
}

func readLog(text []byte) *orders.Log {
	r := orders.NewReader(orders.Options{})
	r.Write(text)
	r.Close()
	return r.Log()
}

// calibration is the split of the literature: 39 weeks, and 39 held out.
var calibration = orders.Split{End: orders.Day(1997, 9, 30), ObservedTo: orders.Day(1998, 6, 30), Gaps: true}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %.9g, want %.9g within %.2g", what, got, want, tolerance)
	}
}

func grouped(t testing.TB, s orders.Summary) Base {
	t.Helper()
	b, fault := Group(Histories(s))
	if fault.Code != 0 {
		t.Fatalf("row %d: %v", fault.Row, fault.Code)
	}
	return b
}

// Sources: shared reference values, "CDNOW 1/10 sample" [re]: parameters and sums
// recomputed with the R packages from the same data, to all digits given; the
// parameters agree with Fader, Hardie & Lee (2005) at print precision.
func TestCDNOWEndToEnd(t *testing.T) {
	s := sampleLog(t).Summaries(calibration)
	b := grouped(t, s)
	if b.Len() != 2357 || b.Table.Len() != 1016 {
		t.Fatalf("%d customers, %d histories", b.Len(), b.Table.Len())
	}
	spend := FitSpend(s, nil)
	if spend.Basis != Likelihood || spend.Reason != SpendHolds {
		t.Errorf("spend %v, %v", spend.Basis, spend.Reason)
	}
	near(t, "p", spend.Params.P, 6.249349, 5e-4) // 4e-5 short of the maximum: see gammagamma's test
	near(t, "q", spend.Params.Q, 3.744256, 5e-4)
	near(t, "gamma", spend.Params.Gamma, 15.444307, 1e-3)
	for _, want := range []struct {
		kind                      Kind
		r, alpha, ll              float64
		alive, expected, absolute float64
	}{
		{BGNBD, .242595, 4.413602, -9582.42921, 1917.28, 1653.41, .78545},
		{MBGNBD, .524843, 6.18309, -9582.13572, 1057.64, 1576.73, .76478},
		{ParetoNBD, .55327, 10.5777, -9594.97616, 1051.88, 1665.51, .75452},
	} {
		t.Run(want.kind.String(), func(t *testing.T) {
			c := Fit(want.kind, b.Fittable(), nil)
			near(t, "r", c.Parameters[0], want.r, 1e-5)
			near(t, "alpha", c.Parameters[1], want.alpha, 1e-4)
			near(t, "log-likelihood", c.Result.LogLikelihood, want.ll, 5e-5)
			u, _ := c.Uncertain(b.Fittable(), nil)
			m := Build(&c, u, spend.Spend, s)
			o := Options{HorizonDays: 273, Margin: 1}
			scores, status := m.Score(b, o, nil)
			if status != Done {
				t.Fatal(status)
			}
			near(t, "sum of P(alive)", weighted(b.Table, scores.Alive), want.alive, 0.005)
			near(t, "sum of E", weighted(b.Table, scores.Expected), want.expected, 0.005)
			miss := 0.0
			for i, row := range b.Row {
				miss += math.Abs(scores.Expected[row] - s.HoldoutX[i])
			}
			near(t, "mean absolute error", miss/float64(b.Len()), want.absolute, 5e-6)
			first := []float64{24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17} // note 025
			v, status := m.Value(b, s.Mean, scores, Outcomes{}, o)
			if status != Done {
				t.Fatal(status)
			}
			for i := range first {
				near(t, "expected spend", v.OrderValue[i], first[i], 0.005)
			}
		})
	}
}

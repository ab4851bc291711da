package orders

import (
	"compress/gzip"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// load unpacks a file of testdata, whose README names the sources.
func load(t testing.TB, name string) []byte {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// read feeds a whole text and checks that every row is accounted for.
func read(t testing.TB, text string, o Options) *Reader {
	t.Helper()
	r := NewReader(o)
	r.Write([]byte(text))
	r.Close()
	if p := r.Report(); !p.Balanced() {
		t.Errorf("unbalanced: rows %d, orders %d, merged %d, items %d, duplicates %d, netted %d, aside %d",
			p.Rows, p.Orders, p.Merged, p.LineItems, p.Duplicates, p.RefundsNetted, p.SetAsideRows())
	}
	return r
}

// Source of the counts: data/README.md of the project's shared data, which are
// those of Fader, Hardie & Lee (2005) and of the lifetimes package.
func TestCDNOWSample(t *testing.T) {
	r := read(t, string(load(t, "CDNOW_sample.txt.gz")), Options{})
	p := r.Report()
	if p.Status != StatusOK || p.Rows != 6919 || p.SetAsideRows() != 0 || p.Customers != 2357 || p.HasHeader {
		t.Fatalf("report %+v", p)
	}
	if p.Delimiter != ' ' || p.Columns != ([NumRoles]int{RoleID: 1, RoleDate: 3, RoleAmount: 5}) {
		t.Fatalf("delimiter %q columns %v", p.Delimiter, p.Columns)
	}
	checkSplit(t, r.Log(), 2357, 2457, 1411, 1016, 1882)
}

func checkSplit(t *testing.T, l *Log, customers, repeats, none, triples, holdout int) {
	t.Helper()
	s := l.Summaries(Split{End: Day(1997, 9, 30), ObservedTo: Day(1998, 6, 30)})
	var gotRepeats, gotHoldout float64
	gotNone := 0
	unique := map[[3]float64]bool{}
	for i := range s.X {
		gotRepeats += s.X[i]
		gotHoldout += s.HoldoutX[i]
		if s.X[i] == 0 {
			gotNone++
		}
		unique[[3]float64{s.X[i], s.TX[i], s.T[i]}] = true
	}
	if len(s.X) != customers || int(gotRepeats) != repeats || gotNone != none || int(gotHoldout) != holdout {
		t.Errorf("customers %d repeats %v without %d holdout %v, want %d %d %d %d",
			len(s.X), gotRepeats, gotNone, gotHoldout, customers, repeats, none, holdout)
	}
	if triples > 0 && len(unique) != triples {
		t.Errorf("unique triples %d, want %d", len(unique), triples)
	}
}

func TestCDNOWMaster(t *testing.T) {
	r := read(t, string(load(t, "CDNOW_master.txt.gz")), Options{})
	p := r.Report()
	if p.Rows != 69659 || p.SetAsideRows() != 0 || p.Customers != 23570 || !p.HasHeader {
		t.Fatalf("report %+v", p)
	}
	if p.Columns != ([NumRoles]int{RoleID: 1, RoleDate: 2, RoleAmount: 4}) {
		t.Fatalf("columns %v", p.Columns)
	}
	// Total of the file's last column by awk: 2500315.63.
	if math.Abs(p.Spend-2500315.63) > 0.005 {
		t.Errorf("spend %.2f", p.Spend)
	}
}

// The published Gamma-Gamma estimates settle which mean their input is: the
// log-likelihood at them must be the recomputed -4055.917695 (reference-values.md,
// relative 1e-6 there; here 1e-6 absolute, since the parameters are a maximum).
func TestGammaGammaConvention(t *testing.T) {
	r := read(t, string(load(t, "CDNOW_sample.txt.gz")), Options{})
	s := r.Log().Summaries(Split{End: Day(1997, 9, 30)})
	const p, q, gamma = 6.249349, 3.744256, 15.444307
	ll, n := 0.0, 0
	for i, x := range s.X {
		m := s.Mean[i]
		if x == 0 || m == 0 {
			continue
		}
		n++
		a, _ := math.Lgamma(p*x + q)
		b, _ := math.Lgamma(p * x)
		c, _ := math.Lgamma(q)
		// Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value", eq. 1a.
		ll += a - b - c + q*math.Log(gamma) + (p*x-1)*math.Log(m) + p*x*math.Log(x) - (p*x+q)*math.Log(gamma+m*x)
	}
	if n != 946 || math.Abs(ll+4055.917695) > 1e-6 {
		t.Errorf("LL %.7f over %d customers", ll, n)
	}
}

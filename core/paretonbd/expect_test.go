package paretonbd

import (
	_ "embed"
	"math"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/special"
	"hourglass/internal/cdnow"
)

// See testdata/README.md.
//
//go:embed testdata/expectations.csv
var expectationsTable string

// near compares to a relative tolerance.
func near(t *testing.T, name string, got, want, tolerance float64, where ...any) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(math.Abs(want), 1e-280)) {
		t.Errorf("%s %v = %.15g, want %.15g (off by %.1e, allowed %.1e)", name, where, got, want, got/want-1, tolerance)
	}
}

// The papers' closed forms in 2F1 and Tricomi's Psi with 40 digits, the PMF by quadrature.
func TestExpectationsAgainstClosedForms(t *testing.T) {
	for _, v := range rows(t, expectationsTable) {
		c := Params{v[0], v[1], v[2], v[3]}.New()
		delta, h, n := v[4], v[5], int(v[6])
		where := v[:7]
		got, _ := c.Expected(0, h)
		near(t, "E[X]", got, v[7], 2e-13, where)
		got, _ = c.DERT(delta, h)
		near(t, "DERT", got, v[8], 1e-12, where)
		got, _ = c.DERT(delta, math.Inf(1))
		near(t, "DERT for ever", got, v[9], 1e-12, where)
		near(t, "PMF", c.PMF(n, h), v[10], 1e-11, where)
		if d := math.Abs(c.PNone(h) - v[11]); !(d <= 1e-14) {
			t.Errorf("P(none) %v off by %.1e", where, d)
		}
		near(t, "P(some day)", c.someDay(), v[12], 1e-13, where)
		near(t, "P(within)", c.within(h), 1-v[11], 1e-13+1e-16/(1-v[11]), where)
		got, outcome := c.NextOrder()
		if (outcome == special.OK) != (c.R+c.S > 1) {
			t.Error("next order", where, outcome)
		}
		near(t, "next order", got, v[13], 1e-12, where)
	}
}

// What comes within the time of probability q, comes with probability q; and
// what never comes is said to be unbounded.
func TestNextOrder(t *testing.T) {
	p := Params{.55327, 10.5777, .6062, 11.669}
	for _, h := range [][3]float64{{2, 30.43, 38.86}, {0, 0, 39}, {26, 30.857, 31}, {1, 2, 39}} {
		c := p.Given(h[0], h[1], h[2])
		for _, q := range []float64{1e-6, .1, .3, .5, .8, .95} {
			within, outcome := p.NextOrderWithin(h[0], h[1], h[2], q)
			if never := q >= c.Alive*c.someDay(); never != (outcome == special.Unbounded) {
				t.Error(h, q, outcome)
			} else if !never {
				near(t, "P(none within the time)", p.PNoPurchase(h[0], h[1], h[2], within), 1-q, 1e-12, h, q)
			}
		}
		far := c.PNone(1e12)
		near(t, "P(none ever)", far, 1-c.Alive*c.someDay(), 1e-4, h)
		if far < 1-c.Alive {
			t.Error("P(none) is below P(left)")
		}
	}
	if w, outcome := p.NextOrderWithin(2, 30, 38, 0); w != 0 || outcome != special.OK {
		t.Error("q = 0:", w, outcome)
	}
	for _, q := range []float64{-.1, 1, math.NaN()} {
		if _, outcome := p.NextOrderWithin(2, 30, 38, q); outcome != special.OutOfDomain {
			t.Error("q =", q, outcome)
		}
	}
	// As nobody leaves any more the wait becomes the NBD's, (alpha+T)/(r+x-1).
	wait, _ := Params{2, 5, 1e-12, 5}.NextOrder(1, 2, 3)
	near(t, "wait", wait, 8.0/2, 1e-10)
}

func TestScoresAreTheCustomers(t *testing.T) {
	p, c := Params{.55327, 10.5777, .6062, 11.669}, cdnow.Sample()
	s, outcome := p.Score(c.Table, 52, .002)
	if outcome != special.OK {
		t.Fatal(outcome)
	}
	for i, x := range c.X {
		customer := p.Given(x, c.TX[i], c.T[i])
		expected, _ := customer.Expected(0, 52)
		dert, _ := customer.DERT(.002, 52)
		near(t, "P(alive)", s.Alive[i], customer.Alive, 1e-14, i)
		near(t, "E[X]", s.Expected[i], expected, 1e-14, i)
		near(t, "DERT", s.DERT[i], dert, 1e-14, i)
	}
	if _, outcome := p.Score(c.Table, math.Inf(1), .1); outcome != special.OutOfDomain {
		t.Error(outcome)
	}
}

// Who first ordered on the last day is asked about like anybody: the place for an age was taken to hold that of zero before it held any.
func TestScoreOnTheLastDay(t *testing.T) {
	p := Params{.55, 10.58, .61, 11.67}
	s, outcome := p.Score(cbs.Table{X: []float64{0}, TX: []float64{0}, T: []float64{0}}, 39, .002)
	expected, _ := p.New().Expected(0, 39)
	dert, _ := p.New().DERT(.002, 39)
	if outcome != special.OK || s.Alive[0] != 1 || math.Abs(s.Expected[0]/expected-1) > 1e-12 || math.Abs(s.DERT[0]/dert-1) > 1e-12 {
		t.Errorf("%v %+v, want %v and %v", outcome, s, expected, dert)
	}
}

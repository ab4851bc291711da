package conformance

import (
	"math"
	"testing"

	"hourglass/core/special"
)

// near compares to a relative tolerance, and to an absolute one below 1e-300.
func near(t *testing.T, got, want, tolerance float64, name string, where ...any) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(math.Abs(want), 1e-300)) {
		t.Errorf("%s %v: %.15g, want %.15g (off by %.1e, allowed %.1e)", name, where, got, want, got/want-1, tolerance)
	}
}

// value unwraps an expectation that must exist.
func value(t *testing.T, name string, where any) func(float64, special.Outcome) float64 {
	return func(v float64, outcome special.Outcome) float64 {
		t.Helper()
		if outcome != special.OK || !finite(v) || v < 0 {
			t.Errorf("%s at %v: %v, %v", name, where, v, outcome)
		}
		return v
	}
}

func finite(v float64) bool { return math.Abs(v) <= math.MaxFloat64 }

func probabilities(t *testing.T, m Model) {
	for _, p := range m.parameters() {
		for _, r := range m.hostileRows() {
			if alive := m.PAlive(p, r.x, r.tx, r.age); !(alive >= 0 && alive <= 1) {
				t.Errorf("P(alive) = %v at %v, %v", alive, p, r)
			}
			if m.PNoPurchase == nil {
				continue
			}
			last := 1.0
			for _, h := range m.horizons() {
				none := m.PNoPurchase(p, r.x, r.tx, r.age, h)
				if !(none >= 0 && none <= last) || h == 0 && none != 1 {
					t.Errorf("P(no purchase within %v) = %v at %v, %v; before %v", h, none, p, r, last)
				}
				if gone := 1 - m.PAlive(p, r.x, r.tx, r.age); none < gone-1e-14 {
					t.Errorf("P(no purchase) = %v is below P(gone) = %v at %v, %v", none, gone, p, r)
				}
				last = none
			}
		}
	}
}

// pmfSums adds up P(X = n) and n P(X = n) over n < terms. What is cut off, is at
// most the expectation's missing part, E[X; X >= terms] >= terms P(X >= terms).
func pmfSums(t *testing.T, m Model) {
	const terms = 3000
	for _, p := range m.Typical {
		for _, h := range m.horizons() {
			total, mean := 0.0, 0.0
			for n := range terms {
				v := m.PMF(p, n, h)
				if !(v >= 0 && v <= 1) {
					t.Fatalf("P(X = %d within %v) = %v at %v", n, h, v, p)
				}
				total += v
				mean += float64(n) * v
			}
			want := 0.0
			if m.ExpectedNew != nil {
				want = value(t, "E[X]", p)(m.ExpectedNew(p, 0, h))
			}
			cut := max(0, want-mean)
			if !(total <= 1+1e-11 && 1-total <= cut/terms+1e-11) {
				t.Errorf("pmf at %v, horizon %v sums to %.15g; E[X] lacks %g", p, h, total, cut)
			}
			if cut < 1e-6*want && m.ExpectedNew != nil {
				near(t, mean, want, 1e-6, "mean of the pmf", p, h)
			}
		}
	}
	for _, p := range m.parameters() {
		if m.PMF(p, 0, 0) != 1 || m.PMF(p, 1, 0) != 0 {
			t.Errorf("pmf at %v, horizon 0: %v, %v", p, m.PMF(p, 0, 0), m.PMF(p, 1, 0))
		}
		for n := 0; n < 5000; n += 1 + n/4 {
			for _, h := range m.horizons() {
				if v := m.PMF(p, n, h); !(v >= 0 && v <= 1) {
					t.Errorf("P(X = %d within %v) = %v at %v", n, h, v, p)
				}
			}
		}
	}
}

func expectations(t *testing.T, m Model) {
	for _, p := range m.parameters() {
		for _, r := range m.rows() {
			last := 0.0
			for i, h := range m.horizons() {
				got := value(t, "E[X]", []any{p, r, h})(m.ExpectedPurchases(p, r.x, r.tx, r.age, 0, h))
				if h == 0 && got != 0 || got < last*(1-1e-11) {
					t.Errorf("E[X] within %v = %v at %v, %v; before %v", h, got, p, r, last)
				}
				last = got
				for _, cut := range m.horizons()[:i] {
					head, _ := m.ExpectedPurchases(p, r.x, r.tx, r.age, 0, cut)
					tail := value(t, "E[X]", []any{p, r, cut, h})(m.ExpectedPurchases(p, r.x, r.tx, r.age, cut, h))
					near(t, head+tail, got, 1e-11, "E(0,c] + E(c,h]", p, r, cut, h)
				}
			}
			if h := m.horizons()[3]; m.PNoPurchase != nil {
				// Markov: P(X >= 1) <= E[X].
				some := 1 - m.PNoPurchase(p, r.x, r.tx, r.age, h)
				mean, _ := m.ExpectedPurchases(p, r.x, r.tx, r.age, 0, h)
				if some > mean*(1+1e-10)+1e-14 {
					t.Errorf("P(X >= 1) = %v above E[X] = %v at %v, %v, %v", some, mean, p, r, h)
				}
			}
		}
		if m.ExpectedNew == nil {
			continue
		}
		for _, h := range m.horizons() {
			whole := value(t, "E[X] new", []any{p, h})(m.ExpectedNew(p, 0, 2*h))
			head := value(t, "E[X] new", []any{p, h})(m.ExpectedNew(p, 0, h))
			tail := value(t, "E[X] new", []any{p, h})(m.ExpectedNew(p, h, 2*h))
			near(t, head+tail, whole, 1e-11, "new customer, E(0,h] + E(h,2h]", p, h)
		}
	}
}

func nextOrder(t *testing.T, m Model) {
	for _, p := range m.Typical {
		for _, r := range m.rows() {
			alive := m.PAlive(p, r.x, r.tx, r.age)
			for _, q := range []float64{0.001, 0.25, 0.5, 0.9} {
				within, outcome := m.NextOrderWithin(p, r.x, r.tx, r.age, q)
				if q >= alive {
					if outcome != special.Unbounded {
						t.Errorf("an order with probability %v at P(alive) = %v: %v, %v", q, alive, within, outcome)
					}
					continue
				}
				if outcome != special.OK {
					t.Errorf("next order with probability %v at %v, %v: %v", q, p, r, outcome)
				}
				if m.PNoPurchase != nil {
					near(t, m.PNoPurchase(p, r.x, r.tx, r.age, within), 1-q, 1e-9, "P(none until the next order)", p, r, q)
				}
			}
		}
	}
}

func dert(t *testing.T, m Model) {
	for _, p := range m.Typical[:min(3, len(m.Typical))] {
		for _, r := range m.rows()[:4] {
			for _, delta := range []float64{0.01 / m.Age, 0.2 / m.Age, 5 / m.Age} {
				ever := value(t, "DERT", []any{p, r})(m.DERT(p, r.x, r.tx, r.age, delta, math.Inf(1)))
				last := 0.0
				for _, h := range m.horizons() {
					got := value(t, "DERT", []any{p, r, h})(m.DERT(p, r.x, r.tx, r.age, delta, h))
					if got < last*(1-1e-10) || got > ever*(1+1e-10) {
						t.Errorf("DERT within %v = %v at %v, %v; before %v, for ever %v", h, got, p, r, last, ever)
					}
					last = got
					near(t, got, m.discounted(p, r, delta, h), 1e-9, "DERT", p, r, delta, h)
				}
				far := 60 / delta
				if m.discrete() {
					far = math.Ceil(40 / math.Log1p(delta))
				}
				near(t, ever, m.discounted(p, r, delta, far), 1e-9, "DERT for ever", p, r, delta)
			}
			h := m.horizons()[2]
			undiscounted := value(t, "DERT", p)(m.DERT(p, r.x, r.tx, r.age, 0, h))
			expected, _ := m.ExpectedPurchases(p, r.x, r.tx, r.age, 0, h)
			near(t, undiscounted, expected, 1e-9, "DERT without discount", p, r)
		}
	}
}

// discounted returns the integral of e^(-delta s) dE(0,s] until h, by parts and
// by Gaussian quadrature in log time; for whole opportunities the sum.
func (m Model) discounted(p []float64, r row, delta, h float64) float64 {
	expected := func(from, to float64) float64 {
		v, _ := m.ExpectedPurchases(p, r.x, r.tx, r.age, from, to)
		return v
	}
	if m.discrete() {
		sum := 0.0
		for k := 1.0; k <= h; k++ {
			sum += expected(k-1, k) * math.Exp(-k*math.Log1p(delta))
		}
		return sum
	}
	if h == 0 {
		return 0
	}
	var x, w [16]float64
	special.GaussBeta(1, 1, x[:], w[:])
	const panels, depth = 8, 20.0 // what lies before h e^-20 is e^-40 of the whole
	sum := 0.0
	for k := range panels {
		for i := range x {
			s := h * math.Exp(-depth*(float64(k)+x[i])/panels)
			sum += w[i] * depth / panels * s * math.Exp(-delta*s) * expected(0, s)
		}
	}
	return math.Exp(-delta*h)*expected(0, h) + delta*sum
}

func hostile(t *testing.T, m Model) {
	for _, p := range m.parameters() {
		for _, r := range m.hostileRows() {
			where := []any{p, r}
			for _, h := range append(m.horizons(), 1e9) {
				if m.ExpectedPurchases != nil {
					value(t, "E[X]", append(where, h))(m.ExpectedPurchases(p, r.x, r.tx, r.age, 0, h))
				}
				if m.DERT != nil && h <= m.Age {
					value(t, "DERT", append(where, h))(m.DERT(p, r.x, r.tx, r.age, 0.1/m.Age, h))
				}
			}
			if m.DERT != nil {
				value(t, "DERT for ever", where)(m.DERT(p, r.x, r.tx, r.age, 0.1/m.Age, math.Inf(1)))
				if v, outcome := m.DERT(p, r.x, r.tx, r.age, 0, math.Inf(1)); !finite(v) || outcome == special.OutOfDomain {
					t.Errorf("DERT for ever without discount = %v, %v at %v", v, outcome, where)
				}
			}
			if m.LogLikelihood == nil {
				continue
			}
			ll, g := m.LogLikelihood(p, table(r))
			if !finite(ll) {
				t.Errorf("log-likelihood = %v at %v", ll, where)
			}
			for _, v := range g {
				if !finite(v) {
					t.Errorf("gradient = %v at %v", g, where)
				}
			}
		}
	}
}

func domain(t *testing.T, m Model) {
	nan := math.NaN()
	good := m.Typical[0]
	for i := range good {
		for _, wrong := range []float64{0, -1, nan, math.Inf(1)} {
			p := append([]float64(nil), good...)
			p[i] = wrong
			m.refuses(t, p, row{1, 1, m.Age})
		}
	}
	for _, r := range []row{{-1, 0, m.Age}, {nan, 1, m.Age}, {1, 2 * m.Age, m.Age}, {1, nan, m.Age}, {1, 1, nan}, {1, 1, math.Inf(1)}, {1, -1, m.Age}} {
		m.refuses(t, good, r)
	}
	for _, h := range []float64{-1, nan} {
		if m.ExpectedNew != nil {
			if v, outcome := m.ExpectedNew(good, 0, h); v != 0 || outcome != special.OutOfDomain {
				t.Errorf("E[X] within %v = %v, %v", h, v, outcome)
			}
		}
		if m.DERT != nil {
			if v, outcome := m.DERT(good, 1, 1, m.Age, 0.1, h); v != 0 || outcome != special.OutOfDomain {
				t.Errorf("DERT within %v = %v, %v", h, v, outcome)
			}
			if v, outcome := m.DERT(good, 1, 1, m.Age, h, 1); v != 0 || outcome != special.OutOfDomain {
				t.Errorf("DERT at rate %v = %v, %v", h, v, outcome)
			}
		}
		if m.PMF != nil && (m.PMF(good, 1, h) != 0 || m.PMF(good, -1, 1) != 0) {
			t.Errorf("pmf outside its domain: %v, %v", m.PMF(good, 1, h), m.PMF(good, -1, 1))
		}
	}
}

// refuses checks that bad parameters or a bad history give zero and say so.
func (m Model) refuses(t *testing.T, p []float64, r row) {
	t.Helper()
	if m.PAlive != nil {
		if v := m.PAlive(p, r.x, r.tx, r.age); v != 0 {
			t.Errorf("P(alive) = %v at %v, %v", v, p, r)
		}
	}
	if m.ExpectedPurchases != nil {
		if v, outcome := m.ExpectedPurchases(p, r.x, r.tx, r.age, 0, 1); v != 0 || outcome != special.OutOfDomain {
			t.Errorf("E[X] = %v, %v at %v, %v", v, outcome, p, r)
		}
	}
	if m.DERT != nil {
		if v, outcome := m.DERT(p, r.x, r.tx, r.age, 0.1, 1); v != 0 || outcome != special.OutOfDomain {
			t.Errorf("DERT = %v, %v at %v, %v", v, outcome, p, r)
		}
	}
}

// rescaledAnswers asks everything in years and in seconds.
func rescaledAnswers(t *testing.T, m Model) {
	const factor = 31556952
	for _, p := range m.parameters() {
		q := m.rescaled(p, factor)
		for _, r := range m.rows() {
			where := []any{p, r}
			if m.PAlive != nil {
				near(t, m.PAlive(q, r.x, r.tx*factor, r.age*factor), m.PAlive(p, r.x, r.tx, r.age), 1e-8, "P(alive)", where...)
			}
			for _, h := range m.horizons() {
				if m.ExpectedPurchases != nil {
					years, _ := m.ExpectedPurchases(p, r.x, r.tx, r.age, h/3, h)
					seconds, _ := m.ExpectedPurchases(q, r.x, r.tx*factor, r.age*factor, h/3*factor, h*factor)
					near(t, seconds, years, 1e-8, "E[X]", where...)
				}
				if m.DERT != nil {
					delta := 0.3 / m.Age
					years, _ := m.DERT(p, r.x, r.tx, r.age, delta, h)
					seconds, _ := m.DERT(q, r.x, r.tx*factor, r.age*factor, delta/factor, h*factor)
					near(t, seconds, years, 1e-8, "DERT", where...)
				}
				if m.PMF != nil {
					near(t, m.PMF(q, 3, h*factor), m.PMF(p, 3, h), 1e-8, "P(X = 3)", where...)
				}
			}
		}
	}
}

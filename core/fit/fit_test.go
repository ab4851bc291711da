package fit

import (
	"math"
	"testing"
)

var linear2 = []bool{true, true}

// rosenbrock (1960), negated: one maximum, 0, at (1, 1), along a curved ridge.
func rosenbrock(x, g []float64) float64 {
	a, b := 1-x[0], x[1]-x[0]*x[0]
	g[0], g[1] = 2*a+400*x[0]*b, -200*b
	return -(a*a + 100*b*b)
}

func near(t *testing.T, name string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %.15g, want %.15g within %g", name, got, want, tol)
	}
}

func TestRosenbrock(t *testing.T) {
	r := Maximise(Problem{LogLikelihood: rosenbrock, Linear: linear2, Starts: [][]float64{{-1.2, 1}, {5, -5}, {0, 0}, {1, 1}}})
	if r.Status != Converged || r.Agreed != 4 || r.Starts != 4 {
		t.Fatalf("%v, %d of %d agreed", r.Status, r.Agreed, r.Starts)
	}
	for _, v := range r.Parameters {
		near(t, "x", v, 1, 1e-10)
	}
	if r.Gradient > 1e-10 || r.Evaluations > 400 {
		t.Errorf("gradient %g after %d evaluations", r.Gradient, r.Evaluations)
	}
	// The Hessian of Rosenbrock's function at (1, 1) is (802, -400; -400, 200).
	for i, want := range []float64{-802, 400, 400, -200} {
		near(t, "Hessian", r.Hessian[i], want, 1e-4)
	}
	near(t, "condition", r.Condition, 2508.0096, 1e-2)
}

// A quadratic in five parameters with eigenvalues from 1 to 1e8, rotated.
func TestIllConditionedQuadratic(t *testing.T) {
	const n = 5
	u := [n]float64{1, -2, 3, 0.5, -1} // Householder vector: the rotation
	uu := 0.0
	for _, v := range u {
		uu += v * v
	}
	reflect := func(x []float64) (y [n]float64) {
		dot := 0.0
		for i, v := range u {
			dot += v * x[i]
		}
		for i, v := range u {
			y[i] = x[i] - 2*v*dot/uu
		}
		return y
	}
	want := [n]float64{3, -1, 2, 0.25, -4}
	f := func(x, g []float64) float64 {
		d := make([]float64, n)
		for i := range d {
			d[i] = x[i] - want[i]
		}
		y := reflect(d)
		s := 0.0
		for i := range y {
			lambda := math.Pow(10, 2*float64(i))
			s -= 0.5 * lambda * y[i] * y[i]
			y[i] *= -lambda
		}
		back := reflect(y[:])
		copy(g, back[:])
		return s
	}
	r := Maximise(Problem{LogLikelihood: f, Linear: make([]bool, n), Starts: [][]float64{{0, 0, 0, 0, 0}, {100, -30, 2, 5, 1}}})
	for i, v := range r.Theta {
		near(t, "theta", v, want[i], 1e-7)
	}
	if r.Status != Converged || math.Abs(r.Condition/1e8-1) > 1e-3 {
		t.Error(r.Status, r.Condition)
	}
	for i := range n {
		for j := range n {
			if r.Covariance[i*n+j] != r.Covariance[j*n+i] {
				t.Fatal("covariance is not symmetric")
			}
		}
	}
}

// poisson counts k over exposure e with a logarithmic rate: the maximum is
// k/e, its variance k/e^2.
func TestStandardErrorsByTheDeltaMethod(t *testing.T) {
	const k, e = 400, 50
	f := func(x, g []float64) float64 {
		m := e * math.Exp(x[0])
		g[0] = k - m
		return k*x[0] - m
	}
	r := Maximise(Problem{LogLikelihood: f, Starts: [][]float64{{0}, {9}}, Scales: []float64{10}, Offset: 7})
	near(t, "rate", r.Parameters[0], 10*k/e, 1e-9)
	near(t, "error", r.StandardErrors[0], 10*20.0/e, 1e-7)
	near(t, "log-likelihood", r.LogLikelihood, k*math.Log(8)-k+7, 1e-9)
	near(t, "theta variance", r.ThetaCovariance[0], 1.0/k, 1e-9)
	if r.Identifiability != Identified {
		t.Error(r.Identifiability)
	}
}

// Only the product of the two rates matters: a ridge.
func TestFlatRidgeIsNotIdentified(t *testing.T) {
	f := func(x, g []float64) float64 {
		m := 50 * math.Exp(x[0]+x[1])
		g[0], g[1] = 400-m, 400-m
		return 400*(x[0]+x[1]) - m
	}
	r := Maximise(Problem{LogLikelihood: f, Starts: [][]float64{{0, 0}, {2, -1}}})
	if r.Status != NotIdentified || r.Identifiability != Undetermined || r.Covariance != nil || r.Agreed != 2 {
		t.Error(r.Status, r.Identifiability, r.Agreed)
	}
	near(t, "flat direction", math.Abs(r.Flat[0]+r.Flat[1]), 0, 1e-6)
	if r.Flat[0]*r.Flat[1] >= 0 {
		t.Error("flat direction", r.Flat)
	}
	constant := func(_, g []float64) float64 { clear(g); return -5 }
	if r := Maximise(Problem{LogLikelihood: constant, Starts: [][]float64{{0, 0}}}); r.Status != NotIdentified {
		t.Error("constant likelihood:", r.Status)
	}
}

// No event in 50 units of exposure: the rate's maximum is at zero.
func TestMaximumAtInfinityIsABoundary(t *testing.T) {
	for _, n := range []float64{50, 5e7} {
		f := func(x, g []float64) float64 {
			m := n * math.Exp(x[0])
			g[0] = -m
			return -m
		}
		r := Maximise(Problem{LogLikelihood: f, Starts: [][]float64{{0}, {3}}})
		if r.Status != Boundary || r.StandardErrors != nil {
			t.Error(n, r.Status, r.Theta)
		}
		near(t, "log-likelihood", r.LogLikelihood, 0, 1e-6)
	}
	// Counts with mean 8 and variance 8 under a negative binomial: its shape runs to
	// infinity, where the model is Poisson. Stiff in one direction, flat in another.
	counts := []float64{8, 8, 8, 7, 9, 4, 12, 8, 8, 8, 8, 8}
	nb := func(x, g []float64) float64 {
		r, m := math.Exp(x[0]), math.Exp(x[1])
		s := 0.0
		clear(g)
		for _, k := range counts {
			s -= (r+k)*math.Log1p(m/r) - k*x[1]
			g[0] -= r*math.Log1p(m/r) - (r+k)*m/(r+m) + k
			g[1] -= (r+k)*m/(r+m) - k
			s -= k * x[0]
			for j := 0.0; j < k; j++ {
				s += math.Log(r + j)
				g[0] += r / (r + j)
			}
		}
		return s
	}
	r := Maximise(Problem{LogLikelihood: nb, Starts: [][]float64{{0, 0}, {2, 2}, {-1, 3}}})
	if r.Status != Boundary {
		t.Error("negative binomial:", r.Status, r.Theta)
	}
	near(t, "mean", r.Parameters[1], 8, 1e-6)
}

func TestHostileObjectives(t *testing.T) {
	nan := math.NaN()
	for name, f := range map[string]Objective{
		"nan":     func(_, g []float64) float64 { clear(g); return nan },
		"inf":     func(_, g []float64) float64 { clear(g); return math.Inf(1) },
		"nangrad": func(_, g []float64) float64 { g[0], g[1] = nan, nan; return 1 },
	} {
		if r := Maximise(Problem{LogLikelihood: f, Starts: [][]float64{{0, 0}}}); r.Status != Failed || r.Theta != nil {
			t.Error(name, r.Status, r.Theta)
		}
	}
	// Finite only in a disc around the maximum, and one start outside it.
	disc := func(x, g []float64) float64 {
		if math.Hypot(x[0], x[1]) > 2 {
			g[0] = nan
			return math.Inf(-1)
		}
		return rosenbrock(x, g)
	}
	r := Maximise(Problem{LogLikelihood: disc, Linear: linear2, Starts: [][]float64{{5, 5}, {-1.2, 1}}})
	if r.Status != Converged || r.Agreed != 1 {
		t.Error("disc:", r.Status, r.Agreed, r.Theta)
	}
	// A wrong gradient must end, and not as convergence.
	wrong := func(x, g []float64) float64 {
		v := rosenbrock(x, g)
		g[0], g[1] = -g[0], -g[1]
		return v
	}
	if r := Maximise(Problem{LogLikelihood: wrong, Linear: linear2, Starts: [][]float64{{-1.2, 1}}}); r.Status == Converged {
		t.Error("a wrong gradient converged")
	}
	// The likelihood rises for ever: it must stop, within finite numbers.
	rise := func(x, g []float64) float64 { g[0] = 1; return x[0] }
	if r := Maximise(Problem{LogLikelihood: rise, Starts: [][]float64{{0}}}); r.Status == Converged && r.Identifiability == Identified {
		t.Error("an unbounded likelihood was identified")
	}
}

func TestNoDataCancelAndLimit(t *testing.T) {
	if r := Maximise(Problem{LogLikelihood: rosenbrock}); r.Status != NoData {
		t.Error(r.Status)
	}
	steps := 0
	r := Maximise(Problem{LogLikelihood: rosenbrock, Linear: linear2, Starts: [][]float64{{-1.2, 1}, {0, 0}},
		Step: func(p Progress) bool { steps++; return p.Iteration < 4 && p.Starts == 2 }})
	if r.Status != Cancelled || steps != 4 || r.Theta == nil {
		t.Error(r.Status, steps)
	}
	r = Maximise(Problem{LogLikelihood: rosenbrock, Linear: linear2, Starts: [][]float64{{-1.2, 1}}, MaxIterations: 3})
	if r.Status != MaxIterations || r.Covariance != nil {
		t.Error(r.Status)
	}
}

func TestPreviewLeadsOrIsOverruled(t *testing.T) {
	whole := func(x, g []float64) float64 {
		m := 50000 * math.Exp(x[0])
		g[0] = 4e5 - m
		return 4e5*x[0] - m
	}
	full := 0
	counted := func(x, g []float64) float64 { full++; return whole(x, g) }
	p := Problem{LogLikelihood: counted, Starts: [][]float64{{0}, {1}, {-3}}}
	p.Preview = func(x, g []float64) float64 {
		m := 52 * math.Exp(x[0])
		g[0] = 400 - m
		return 400*x[0] - m
	}
	r := Maximise(p)
	if r.Status != Converged || r.Agreed != 3 || full > 12 {
		t.Error(r.Status, r.Agreed, full)
	}
	near(t, "rate", r.Parameters[0], 8, 1e-9)
	p.Preview = func(x, g []float64) float64 { g[0] = -math.Exp(x[0]); return g[0] } // runs away
	r = Maximise(p)
	if r.Status != Converged {
		t.Error(r.Status)
	}
	near(t, "rate", r.Parameters[0], 8, 1e-9)
}

func TestWireNames(t *testing.T) {
	if len(statusNames) != int(BadTable)+1 || len(identifiabilityNames) != int(Undetermined)+1 || Boundary.String() != "boundary" || Weak.String() != "weak" {
		t.Error("a name is missing")
	}
}

func TestEigenAndCholesky(t *testing.T) {
	const n = 12
	a := make([]float64, n*n) // Hilbert matrix: condition 1.7e16
	for i := range n {
		for j := range n {
			a[i*n+j] = 1 / float64(i+j+1)
		}
	}
	values, v := make([]float64, n), make([]float64, n*n)
	SymmetricEigen(a, values, v)
	for i := range n {
		for j := range n {
			dot, back := 0.0, 0.0
			for k := range n {
				dot += v[i*n+k] * v[j*n+k]
				back += v[k*n+i] * v[k*n+j] * values[k]
			}
			want := 0.0
			if i == j {
				want = 1
			}
			near(t, "orthonormal", dot, want, 1e-14)
			near(t, "reassembled", back, a[i*n+j], 1e-14)
		}
	}
	l := make([]float64, 4)
	if !Cholesky([]float64{4, 2, 2, 5}, l, 2) || l[0] != 2 || l[2] != 1 || l[3] != 2 || l[1] != 0 {
		t.Error("Cholesky", l)
	}
	if Cholesky([]float64{1, 2, 2, 1}, l, 2) {
		t.Error("an indefinite matrix was factored")
	}
}

// A valley that bends: only y - x^2 matters, so that no straight line stays level.
func TestCurvedRidgeIsNotIdentified(t *testing.T) {
	ridge := func(height float64) Objective {
		return func(x, g []float64) float64 {
			d := x[1] - x[0]*x[0]/4
			g[0], g[1] = height*d*x[0]/2, -height*d
			return -20 - height*d*d/2
		}
	}
	for _, height := range []float64{1, 1e3, 1e6} {
		r := Maximise(Problem{LogLikelihood: ridge(height), Starts: [][]float64{{1, 0}, {2, 3}}})
		if r.Status != NotIdentified || r.Identifiability != Undetermined || r.StandardErrors != nil {
			t.Error(height, r.Status, r.Identifiability, r.Condition, r.Parameters)
		}
	}
	// The same with an end: hardly determined, but determined.
	banana := func(x, g []float64) float64 {
		v := ridge(1e3)(x, g)
		g[0] -= 0.02 * (x[0] - 1)
		return v - 0.01*(x[0]-1)*(x[0]-1)
	}
	r := Maximise(Problem{LogLikelihood: banana, Starts: [][]float64{{1, 0}, {2, 3}}})
	if r.Status != Converged || r.Identifiability != Weak || r.StandardErrors == nil {
		t.Error(r.Status, r.Identifiability)
	}
}

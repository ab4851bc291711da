package conformance

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
)

// table is a table of the given rows.
func table(rows ...row) cbs.Table {
	var t cbs.Table
	for _, r := range rows {
		t.X, t.TX, t.T = append(t.X, r.x), append(t.TX, r.tx), append(t.T, r.age)
	}
	return t
}

// gradient compares with central differences, extrapolated once (error h^4).
func gradient(t *testing.T, m Model) {
	const h = 1e-3
	for _, p := range m.Typical {
		data := table(m.rows()...)
		for i := range data.X {
			data.W = append(data.W, float64(i+1))
		}
		_, g := m.LogLikelihood(p, data)
		for i := range p {
			at := func(step float64) float64 {
				q := append([]float64(nil), p...)
				q[i] *= math.Exp(step)
				ll, _ := m.LogLikelihood(q, data)
				return ll
			}
			wide := (at(2*h) - at(-2*h)) / (4 * h)
			narrow := (at(h) - at(-h)) / (2 * h)
			want := narrow + (narrow-wide)/3
			if !(math.Abs(g[i]-want) <= 1e-8*(1+math.Abs(want))) {
				t.Errorf("d LL / d log p[%d] at %v = %.12g, by differences %.12g", i, p, g[i], want)
			}
		}
	}
}

func likelihoodRows(t *testing.T, m Model) {
	rows := append(m.rows(), m.rows()...)
	for _, p := range m.Typical {
		plain, _ := m.LogLikelihood(p, table(rows...))
		rand.New(rand.NewPCG(3, 3)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		shuffled, _ := m.LogLikelihood(p, table(rows...))
		unique, _ := m.LogLikelihood(p, table(rows...).Compress())
		near(t, shuffled, plain, 1e-12, "log-likelihood, rows shuffled", p)
		near(t, unique, plain, 1e-12, "log-likelihood, weights", p)
	}
}

// oneModel holds identities between the answers. Of a customer with x orders the
// likelihood is the density of their times, which depends on the last alone:
// what the earlier ones could have been, integrated, is P(X(T) = x). And to be
// silent for h more is the same history, observed for longer.
func oneModel(t *testing.T, m Model) {
	likelihood := func(p []float64, r row) float64 {
		ll, _ := m.LogLikelihood(p, table(r))
		return math.Exp(ll)
	}
	for _, p := range m.Typical {
		if m.PMF != nil {
			near(t, likelihood(p, row{0, 0, m.Age}), m.PMF(p, 0, m.Age), 1e-12, "L(x = 0)", p)
			for x := 1; x <= 4; x++ {
				sum := 0.0
				for _, at := range m.lastTimes() {
					sum += at.weight * m.earlier(x, at.time) * likelihood(p, row{float64(x), at.time, m.Age})
				}
				near(t, sum, m.PMF(p, x, m.Age), 1e-9, "likelihood over all times, x", x, p)
			}
		}
		for _, r := range m.rows() {
			if m.PNoPurchase != nil {
				want := likelihood(p, row{r.x, r.tx, r.age + m.Age})
				near(t, likelihood(p, r)*m.PNoPurchase(p, r.x, r.tx, r.age, m.Age), want, 1e-10, "silence", p, r)
			}
		}
	}
}

type node struct{ time, weight float64 }

// lastTimes are nodes and weights of a sum over the time of the last order.
func (m Model) lastTimes() []node {
	var nodes []node
	if m.discrete() {
		for k := 1.0; k <= m.Age; k++ {
			nodes = append(nodes, node{k, 1})
		}
		return nodes
	}
	var x, w [60]float64
	special.GaussBeta(1, 1, x[:], w[:])
	for i := range x {
		nodes = append(nodes, node{m.Age * x[i], m.Age * w[i]})
	}
	return nodes
}

// earlier is the volume (number, for opportunities) of the ways in which x-1
// orders come before the last; with stages, the integral of the product of
// gap^(stages-1) over them (Dirichlet's).
func (m Model) earlier(x int, last float64) float64 {
	if k := m.stages(); k > 1 {
		n := k * float64(x)
		return math.Exp(float64(x)*special.Lgamma(k) - special.Lgamma(n) + (n-1)*math.Log(last))
	}
	ways := 1.0
	for k := 1; k < x; k++ {
		if m.discrete() {
			ways *= (last - float64(k)) / float64(k)
		} else {
			ways *= last / float64(k)
		}
	}
	return ways
}

// simulationMean compares new customers' orders within Age with the expectation,
// and the mean of what is expected after Age, given each history, with what is
// expected of a new customer in that time (the law of total expectation).
func simulationMean(t *testing.T, m Model) {
	const customers = 20000
	rng := rand.New(rand.NewPCG(11, 7))
	ages := make([]float64, customers)
	for i := range ages {
		ages[i] = m.Age
	}
	for _, p := range m.Typical {
		data := m.Simulate(p, ages, rng.Float64)
		if fault := data.Validate(); fault.Code != cbs.Valid {
			t.Fatal(fault)
		}
		want := value(t, "E[X]", p)(m.ExpectedNew(p, 0, m.Age))
		sampleMean(t, "orders", data.X, want)
		if m.PMF != nil {
			for n := range 3 {
				hits := 0
				for _, x := range data.X {
					if x == float64(n) {
						hits++
					}
				}
				sampleShare(t, "pmf", hits, customers, m.PMF(p, n, m.Age))
			}
		}
		if m.ExpectedPurchases == nil {
			continue
		}
		future := make([]float64, customers/4)
		for i := range future {
			future[i] = value(t, "E[X]", p)(m.ExpectedPurchases(p, data.X[i], data.TX[i], m.Age, 0, m.Age))
		}
		want = value(t, "E[X]", p)(m.ExpectedNew(p, m.Age, 2*m.Age))
		sampleMean(t, "orders expected after Age", future, want)
	}
}

func simulatedFuture(t *testing.T, m Model) {
	rng := rand.New(rand.NewPCG(5, 9))
	p := m.Typical[0]
	for _, r := range m.rows() {
		draws, none := make([]float64, 20000), 0
		for i := range draws {
			draws[i] = m.SimulateFuture(p, r.x, r.tx, r.age, m.Age, rng.Float64)
			if draws[i] == 0 {
				none++
			}
		}
		want := value(t, "E[X]", p)(m.ExpectedPurchases(p, r.x, r.tx, r.age, 0, m.Age))
		if want*float64(len(draws)) < 10 { // too rare for so many draws to tell
			continue
		}
		sampleMean(t, "future orders", draws, want)
		if m.PNoPurchase != nil {
			sampleShare(t, "no future order", none, len(draws), m.PNoPurchase(p, r.x, r.tx, r.age, m.Age))
		}
	}
}

// sampleMean allows four standard errors (seeds are fixed: it holds or not).
func sampleMean(t *testing.T, name string, x []float64, want float64) {
	t.Helper()
	sum, squares := 0.0, 0.0
	for _, v := range x {
		sum += v
		squares += (v - want) * (v - want)
	}
	n := float64(len(x))
	if mean, standardError := sum/n, math.Sqrt(squares)/n; math.Abs(mean-want) > 4*standardError+1e-12 {
		t.Errorf("%s: simulated mean %v, want %v; standard error %v", name, mean, want, standardError)
	}
}

// sampleShare is sampleMean of a probability, whose standard error is known without the draws: none of them may show what is rare.
func sampleShare(t *testing.T, name string, hits, n int, want float64) {
	t.Helper()
	if share, standardError := float64(hits)/float64(n), math.Sqrt(want*(1-want)/float64(n)); math.Abs(share-want) > 4*standardError+1e-12 {
		t.Errorf("%s: simulated share %v, want %v; standard error %v", name, share, want, standardError)
	}
}

// recovery allows 3.5 standard errors in each parameter, and in all together a
// likelihood ratio that has probability 0.0005.
func recovery(t *testing.T, m Model) {
	r, _ := m.Fit(m.simulated(8000, 1))
	if r.Status != fit.Converged || r.Gradient > 1e-8 || r.StandardErrors == nil {
		t.Fatalf("%v, gradient %v, parameters %v", r.Status, r.Gradient, r.Parameters)
	}
	n := len(r.Parameters)
	if m.LogLikelihood != nil {
		truth, _ := m.LogLikelihood(m.Typical[0], m.simulated(8000, 1))
		if ratio := 2 * (r.LogLikelihood - truth); !(ratio >= 0 && special.ChiSquareTail(ratio, float64(n)) > 5e-4) {
			t.Errorf("likelihood ratio of the parameters simulated with: %v", ratio)
		}
	}
	for i, want := range m.Typical[0] {
		if math.Abs(r.Parameters[i]-want) > 3.5*r.StandardErrors[i] {
			t.Errorf("parameter %d: %v +- %v, simulated with %v", i, r.Parameters[i], r.StandardErrors[i], want)
		}
		for j := range n {
			if r.Covariance[i*n+j] != r.Covariance[j*n+i] {
				t.Errorf("covariance %d, %d is not symmetric", i, j)
			}
		}
	}
}

func fitRows(t *testing.T, m Model) {
	data := m.simulated(3000, 2)
	want, _ := m.Fit(data)
	order := rand.New(rand.NewPCG(4, 4)).Perm(data.Len())
	shuffled := cbs.Table{}
	for _, i := range order {
		shuffled.X = append(shuffled.X, data.X[i])
		shuffled.TX = append(shuffled.TX, data.TX[i])
		shuffled.T = append(shuffled.T, data.T[i])
	}
	for name, other := range map[string]cbs.Table{"shuffled": shuffled, "weighted": data.Compress()} {
		got, _ := m.Fit(other)
		sameFit(t, name, got, want, make([]float64, len(want.Parameters)), 1, 0)
	}
}

// sameFit compares to 1e-8, got's unit of time being smaller by the factor.
func sameFit(t *testing.T, name string, got, want fit.Result, powers []float64, factor, orders float64) {
	t.Helper()
	if got.Status != want.Status || len(got.Parameters) != len(want.Parameters) {
		t.Fatalf("%s: %v, want %v", name, got.Status, want.Status)
	}
	near(t, got.LogLikelihood+orders*math.Log(factor), want.LogLikelihood, 1e-8, name+", log-likelihood")
	for i := range want.Parameters {
		scale := math.Pow(factor, powers[i])
		near(t, got.Parameters[i], want.Parameters[i]*scale, 1e-8, name+", parameter", i)
		if want.StandardErrors != nil {
			near(t, got.StandardErrors[i], want.StandardErrors[i]*scale, 1e-6, name+", standard error", i)
		}
	}
}

// rescaledFits fits the same customers in seconds, minutes and in years, if the unit was weeks.
func rescaledFits(t *testing.T, m Model) {
	data := m.simulated(3000, 5)
	want, _ := m.Fit(data)
	orders := 0.0
	for _, x := range data.X {
		orders += x
	}
	for _, factor := range []float64{604800, 10080, 7.0 / 365.25} {
		scaled := cbs.Table{X: data.X, W: data.W}
		for i := range data.T {
			scaled.TX = append(scaled.TX, data.TX[i]*factor)
			scaled.T = append(scaled.T, data.T[i]*factor)
		}
		got, _ := m.Fit(scaled)
		sameFit(t, "another unit", got, want, m.TimePowers, factor, orders*m.stages())
	}
}

// degenerate fits tables that no model can be identified from. Each must end
// with a status in words and finite numbers; a limit has a name; and a maximum
// is one, not a point that has run away.
func degenerate(t *testing.T, m Model) {
	a := m.Age
	weighted := func(w float64, rows ...row) cbs.Table {
		data := table(rows...)
		for range rows {
			data.W = append(data.W, w)
		}
		return data
	}
	half := math.Floor(a / 2)
	for name, data := range map[string]cbs.Table{
		"empty":                    {},
		"weights of zero":          weighted(0, row{1, half, a}),
		"one customer, no repeat":  table(row{0, 0, a}),
		"one customer, repeats":    table(row{3, half, a}),
		"nobody repeats":           weighted(100, row{0, 0, a}, row{0, 0, half}),
		"all identical":            weighted(50, row{2, half, a}),
		"all identical and active": weighted(50, row{2, a, a}),
		"two rows":                 table(row{0, 0, a}, row{2, half, a}),
		"two customers, one age":   table(row{1, 1, a}, row{2, a, a}),
	} {
		r, limit := m.Fit(data)
		if data.Customers() == 0 {
			if r.Status != fit.NoData {
				t.Errorf("%s: %v", name, r.Status)
			}
			continue
		}
		if r.Status.String() == "" || r.Status == fit.NoData || r.Status == fit.Failed || !finite(r.LogLikelihood) {
			t.Errorf("%s: %v, log-likelihood %v", name, r.Status, r.LogLikelihood)
		}
		named := r.Status == fit.Boundary || r.Status == fit.NotIdentified
		if named != (limit != "none" && limit != "") {
			t.Errorf("%s: %v with limit %q", name, r.Status, limit)
		}
		for _, v := range append(append([]float64(nil), r.Parameters...), r.StandardErrors...) {
			if !finite(v) || r.Status == fit.Converged && v > 1e6*max(1, a) {
				t.Errorf("%s: %v with parameters %v, errors %v", name, r.Status, r.Parameters, r.StandardErrors)
			}
		}
		for _, p := range m.Typical {
			if ll, _ := m.LogLikelihood(p, data); ll > r.LogLikelihood+1e-7*(1+math.Abs(ll)) {
				t.Errorf("%s: log-likelihood %v, but %v at %v", name, r.LogLikelihood, ll, p)
			}
		}
		t.Logf("%-25s %v, %s, parameters %.4g, LL %.6g", name, r.Status, limit, r.Parameters, r.LogLikelihood)
	}
}

// refuses hands fits what is no table of customers: each must end with the status for
// that, without parameters, and the likelihood must not read beyond a column.
func refuses(t *testing.T, m Model) {
	a, nan := m.Age, math.NaN()
	for name, data := range map[string]cbs.Table{
		"columns of unequal length": {X: []float64{1, 2}, TX: []float64{1}, T: []float64{a, a}},
		"too few weights":           {X: []float64{1, 2}, TX: []float64{1, 2}, T: []float64{a, a}, W: []float64{1}},
		"recency after age":         table(row{0, 0, a}, row{2, a + 1, a}),
		"recency without repeat":    table(row{0, 0, a}, row{0, 1, a}),
		"repeat without recency":    table(row{0, 0, a}, row{2, 0, a}),
		"negative frequency":        table(row{0, 0, a}, row{-1, 0, a}),
		"part of an order":          table(row{0, 0, a}, row{1.5, 1, a}),
		"negative age":              table(row{0, 0, -a}),
		"NaN":                       table(row{0, 0, a}, row{1, nan, a}),
		"no end":                    table(row{0, 0, math.Inf(1)}),
		"negative weight":           {X: []float64{1}, TX: []float64{1}, T: []float64{a}, W: []float64{-1}},
	} {
		if r, limit := m.Fit(data); r.Status != fit.BadTable || r.Parameters != nil || limit != "none" {
			t.Errorf("%s: %v with parameters %v and limit %q", name, r.Status, r.Parameters, limit)
		}
		if m.LogLikelihood == nil {
			continue
		}
		if ll, _ := m.LogLikelihood(m.Typical[0], data); ll != 0 {
			t.Errorf("%s: log-likelihood %v", name, ll)
		}
	}
}

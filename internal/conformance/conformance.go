// Package conformance is the suite that every buy-till-you-die model passes: what
// must hold whatever the model is. A model's test describes it by a Model and
// calls Run. What a model does not offer is nil and its checks are left out.
package conformance

import (
	"math/rand/v2"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
)

// A Model is one model as plain functions of its parameters p, in natural units.
type Model struct {
	// Typical parameter vectors, all with plenty of orders and leavers; the first is the
	// one that is fitted. Hostile ones are valid but extreme.
	Typical, Hostile [][]float64

	// TimePowers gives the unit of each parameter as a power of time (alpha: 1). Nil
	// for a model whose time is counted in opportunities: its ages are whole
	// numbers, its discount rate is per opportunity and not continuous.
	TimePowers []float64

	// Stages of a Poisson process between two orders, where there are more than one: of a history's gaps
	// LogLikelihood then leaves out what they contribute beyond 1/Gamma(Stages) each, a constant.
	Stages int

	// Ages of the simulated customers lie between Age/2 and Age; horizons are a few Age.
	Age float64

	Fit               func(t cbs.Table) (r fit.Result, limit string)
	LogLikelihood     func(p []float64, t cbs.Table) (ll float64, byLogarithms []float64)
	Simulate          func(p []float64, ages []float64, uniform func() float64) cbs.Table
	SimulateFuture    func(p []float64, x, tx, age, horizon float64, uniform func() float64) float64
	PAlive            func(p []float64, x, tx, age float64) float64
	ExpectedPurchases func(p []float64, x, tx, age, from, to float64) (float64, special.Outcome)
	ExpectedNew       func(p []float64, from, to float64) (float64, special.Outcome)
	PMF               func(p []float64, n int, horizon float64) float64 // of a new customer
	PNoPurchase       func(p []float64, x, tx, age, horizon float64) float64
	DERT              func(p []float64, x, tx, age, delta, horizon float64) (float64, special.Outcome)
	NextOrderWithin   func(p []float64, x, tx, age, q float64) (float64, special.Outcome)
}

// A row is one customer's history.
type row struct{ x, tx, age float64 }

// Run checks the model.
func Run(t *testing.T, m Model) {
	for _, check := range []struct {
		name    string
		present bool
		run     func(*testing.T, Model)
	}{
		{"probabilities are between 0 and 1", m.PAlive != nil, probabilities},
		{"pmf sums to one and to the expectation", m.PMF != nil, pmfSums},
		{"expectations: zero horizon, monotone, additive", m.ExpectedPurchases != nil, expectations},
		{"next order within agrees with no purchase", m.NextOrderWithin != nil, nextOrder},
		{"DERT is the discounted rate and grows with the horizon", m.DERT != nil, dert},
		{"nothing is NaN or infinite", true, hostile},
		{"outside the domain", true, domain},
		{"gradient", m.LogLikelihood != nil, gradient},
		{"likelihood, pmf and P(no purchase) are of one model", m.LogLikelihood != nil, oneModel},
		{"likelihood does not see row order or weights", m.LogLikelihood != nil, likelihoodRows},
		{"unit of time is irrelevant to answers", m.TimePowers != nil, rescaledAnswers},
		{"simulation mean", m.Simulate != nil && m.ExpectedNew != nil, simulationMean},
		{"simulated future", m.SimulateFuture != nil, simulatedFuture},
		{"fit recovers parameters", m.Fit != nil && m.Simulate != nil, recovery},
		{"fit does not see row order or weights", m.Fit != nil && m.Simulate != nil, fitRows},
		{"unit of time is irrelevant to fits", m.Fit != nil && m.Simulate != nil && m.TimePowers != nil, rescaledFits},
		{"fit on degenerate data", m.Fit != nil, degenerate},
		{"fit refuses what is no data", m.Fit != nil, refuses},
	} {
		if check.present {
			t.Run(check.name, func(t *testing.T) { check.run(t, m) })
		}
	}
}

func (m Model) stages() float64 { return float64(max(1, m.Stages)) }

func (m Model) discrete() bool { return m.TimePowers == nil }

// rows are histories around the model's age.
func (m Model) rows() []row {
	if m.discrete() {
		n := m.Age
		return []row{{0, 0, n}, {1, 1, n}, {1, n, n}, {2, n - 1, n}, {n, n, n}, {0, 0, 1}}
	}
	a := m.Age
	return []row{{0, 0, a}, {0, 0, a / 10}, {1, a / 20, a}, {1, a, a}, {2, a / 2, a * 0.6}, {7, a * 0.4, a}, {26, a * 0.99, a}}
}

// hostileRows are histories that are valid but extreme.
func (m Model) hostileRows() []row {
	if m.discrete() {
		return append(m.rows(), row{0, 0, 1000}, row{1, 1, 1000}, row{1000, 1000, 1000}, row{500, 500, 1000})
	}
	var rows []row
	for _, age := range []float64{1e-9, 1, 52, 1e9} {
		rows = append(rows, row{0, 0, age})
		for _, x := range []float64{1, 3, 40, 1000} {
			for _, share := range []float64{1e-6, 0.5, 1} {
				rows = append(rows, row{x, share * age, age})
			}
		}
	}
	return rows
}

func (m Model) horizons() []float64 {
	if m.discrete() {
		return []float64{0, 1, 2, 3, m.Age, 3 * m.Age}
	}
	return []float64{0, m.Age / 100, m.Age / 4, m.Age, 3 * m.Age, 20 * m.Age}
}

// parameters are the typical and the hostile ones.
func (m Model) parameters() [][]float64 {
	return append(append([][]float64(nil), m.Typical...), m.Hostile...)
}

// simulated returns n customers of the first typical parameters.
func (m Model) simulated(n int, seed uint64) cbs.Table {
	rng := rand.New(rand.NewPCG(seed, 0))
	ages := make([]float64, n)
	for i := range ages {
		ages[i] = m.Age
		if !m.discrete() { // to a hundredth of Age, so that some rows coincide
			ages[i] *= 0.5 + float64(rng.IntN(51))/100
		}
	}
	return m.Simulate(m.Typical[0], ages, rng.Float64)
}

// rescaled returns parameters in a unit of time that is smaller by the factor.
func (m Model) rescaled(p []float64, factor float64) []float64 {
	q := append([]float64(nil), p...)
	for i, power := range m.TimePowers {
		switch power {
		case 1:
			q[i] *= factor
		case -1:
			q[i] /= factor
		}
	}
	return q
}

package customers

import (
	"math"

	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/sample"
)

// A Candidate is a model fitted to the histories, with the evidence for it.
type Candidate struct {
	Kind       Kind
	Parameters Parameters
	Limit      uint8 // of the Kind's Model.Limits; 0 for none
	Result     fit.Result
	AIC, BIC   float64 // BIC counting customers; smaller is better

	customers float64 // that it was fitted to
}

// LimitName returns the name of the simpler model that the data call for.
func (c *Candidate) LimitName() string { return name(c.Kind.Model().Limits, int(c.Limit)) }

// Usable reports whether the candidate can be predicted with.
func (c *Candidate) Usable() bool {
	status := c.Result.Status
	return c.Parameters.usable(c.Kind) && status != fit.NoData && status != fit.BadTable && status != fit.Failed && status != fit.Cancelled
}

// Fit fits one kind to a valid table (Base.Fittable); of a kind whose statistic the table does
// not have, the status is NoData. step may be nil.
func Fit(k Kind, t cbs.Table, step func(fit.Progress) bool) Candidate {
	m := k.Model()
	if m.Fit == nil || m.NeedsGaps && t.Gaps == nil {
		return Candidate{Kind: k}
	}
	return k.candidate(m.Fit(t, step), t)
}

// fitWith is Fit where the fit of what the kind is at its simplest (Kind.special) to the same table is known; simple may be unusable.
func fitWith(k Kind, simple *Candidate, t cbs.Table, step func(fit.Progress) bool) Candidate {
	if m := k.Model(); m.Special != nil && simple.Usable() && !(m.NeedsGaps && t.Gaps == nil) {
		return k.candidate(m.Special.Fit(simple.fitted(), t, step), t)
	}
	return Fit(k, t, step)
}

// refit is Fit of much the same table as the candidate's, usable or not: from its parameters alone, without evidence for the result, where
// the climb from there ends at a maximum. simple is as in fitWith.
func (c *Candidate) refit(simple *Candidate, t cbs.Table, step func(fit.Progress) bool) Candidate {
	if m := c.Kind.Model(); c.Usable() && m.Refit != nil && !(m.NeedsGaps && t.Gaps == nil) {
		f := c.refitted(m, simple, t, step)
		if status := f.Result.Status; status == fit.Converged || status == fit.Cancelled {
			return c.Kind.candidate(f, t)
		}
	}
	return fitWith(c.Kind, simple, t, step)
}

func (c *Candidate) refitted(m *btyd.Model, simple *Candidate, t cbs.Table, step func(fit.Progress) bool) btyd.Fitted {
	near := btyd.Fitted{Parameters: c.Parameters}
	if c.Result.Status == fit.Converged && c.customers > 0 {
		share := t.Customers() / c.customers
		for _, v := range c.Result.Hessian {
			near.Result.Hessian = append(near.Result.Hessian, share*v)
		}
	}
	if m.Special != nil && simple.Usable() {
		return m.Special.Refit(near, simple.fitted(), t, step)
	}
	return m.Refit(near, t, step)
}

// fitted is the candidate as its model has it.
func (c *Candidate) fitted() btyd.Fitted {
	return btyd.Fitted{Parameters: c.Parameters, Limit: c.Limit, Result: c.Result}
}

// candidate is the outcome of a fit to a table.
func (k Kind) candidate(f btyd.Fitted, t cbs.Table) Candidate {
	c := Candidate{Kind: k, customers: t.Customers()}
	c.Parameters, c.Limit, c.Result = f.Parameters, f.Limit, f.Result
	if c.Usable() {
		free := float64(len(c.Parameters))
		c.AIC = 2*free - 2*c.Result.LogLikelihood
		c.BIC = free*math.Log(c.customers) - 2*c.Result.LogLikelihood
	}
	return c
}

// Uncertainty is what is known of the error of parameters, in their logarithms.
type Uncertainty struct {
	Covariance []float64    // row-major, the square of the number of parameters; nil or zero when unknown
	Replicates []Parameters // bootstrap estimates, equally likely; nil where the covariance tells enough
}

// replicates is the number of bootstrap estimates: their spread is known to 18 % (1/sqrt(2 (16-1))), and each costs a fit.
const replicates = 16

// Uncertain returns the uncertainty of a fit: the inverse Hessian where the
// parameters are well identified, else the Bayesian bootstrap (R81), whose replicates
// may lie on the limit too. Ok is false when step has cancelled it.
func (c *Candidate) Uncertain(t cbs.Table, step Step) (u Uncertainty, ok bool) {
	m := c.measure(t)
	for more := true; more; {
		if more, ok = m.next(step); !ok {
			return Uncertainty{}, false
		}
	}
	return m.done(), true
}

// A measurement is an uncertainty on its way.
type measurement struct {
	of     *Candidate
	table  cbs.Table
	source *sample.Source
	tries  int
	u      Uncertainty
}

func (c *Candidate) measure(t cbs.Table) *measurement {
	m := &measurement{of: c, table: t, source: sample.NewSource(1)}
	if n := len(c.Parameters); c.Result.Identifiability == fit.Identified && len(c.Result.ThetaCovariance) == n*n {
		m.u.Covariance, m.tries = c.Result.ThetaCovariance, replicates
	}
	return m
}

// next draws a replicate; more says that others are to follow. After ok false it is to begin anew.
func (m *measurement) next(step Step) (more, ok bool) {
	if m.tries == replicates {
		return false, true
	}
	if step.stopped(m.tries, replicates) {
		return false, false
	}
	inner := func(fit.Progress) bool { return !step.stopped(m.tries, replicates) }
	r := m.of.refit(&Candidate{}, reweighted(m.table, m.source.Uniform), inner)
	if r.Result.Status == fit.Cancelled {
		return false, false
	}
	if r.Usable() {
		m.u.Replicates = append(m.u.Replicates, r.Parameters)
	}
	m.tries++
	return m.tries < replicates, true
}

// done is the uncertainty after the last replicate.
func (m *measurement) done() Uncertainty {
	if m.u.Covariance == nil {
		m.u.spread()
	}
	return m.u
}

// reweighted draws the weights of a Bayesian bootstrap replicate: a customer's
// is exponential of mean 1, that of a row of w customers therefore Gamma(w).
func reweighted(t cbs.Table, uniform func() float64) cbs.Table {
	w := make([]float64, t.Len())
	for i := range w {
		w[i] = sample.Gamma(t.Weight(i), uniform)
	}
	return cbs.Table{X: t.X, TX: t.TX, T: t.T, W: w, Gaps: t.Gaps}
}

// spread sets the covariance to that of the replicates.
func (u *Uncertainty) spread() {
	n := float64(len(u.Replicates))
	if n < 2 {
		return
	}
	size := len(u.Replicates[0])
	u.Covariance = make([]float64, size*size)
	mean := make([]float64, size)
	for _, p := range u.Replicates {
		for i := range p {
			mean[i] += math.Log(p[i]) / n
		}
	}
	for _, p := range u.Replicates {
		for i := range p {
			for j := range p {
				u.Covariance[size*i+j] += (math.Log(p[i]) - mean[i]) * (math.Log(p[j]) - mean[j]) / (n - 1)
			}
		}
	}
}

// points returns equally likely parameters that stand for the uncertainty: the
// replicates, else the third-degree cubature of the normal distribution (AH09),
// centre ± sqrt(n) times each column of the Cholesky factor: exact for
// the mean and, of linear functions, the variance. The centre alone when nothing is known.
func points(centre, covariance []float64) [][]float64 {
	n := len(centre)
	lower := make([]float64, n*n)
	if len(covariance) != n*n || !fit.Cholesky(covariance, lower, n) {
		return [][]float64{centre}
	}
	var out [][]float64
	for j := range n {
		for _, sign := range [...]float64{1, -1} {
			p := make([]float64, n)
			for i := range p {
				p[i] = centre[i] * math.Exp(sign*math.Sqrt(float64(n))*lower[n*i+j])
			}
			out = append(out, p)
		}
	}
	return out
}

// points returns the sets of parameters to average over.
func (u Uncertainty) points(centre Parameters) []Parameters {
	if len(u.Replicates) > 0 {
		return u.Replicates
	}
	var out []Parameters
	for _, p := range points(centre, u.Covariance) {
		out = append(out, p)
	}
	return out
}

// known is a relative standard deviation of parameters that is nothing beside chance in one customer's orders and money, to whose variance
// it would add a hundredth at most: see TestParametersKnownWell.
const known = 0.05

// small reports whether all parameters are known so well that their uncertainty
// is nothing beside the chance in one customer's orders.
func (u Uncertainty) small() bool {
	return len(u.Replicates) == 0 && fit.LargestVariance(u.Covariance) < known*known
}

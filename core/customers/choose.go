package customers

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/orders"
)

// A Reason says why a model is recommended.
type Reason uint8

// The reasons.
const (
	NoneUsable   Reason = iota // no model could be fitted: nothing is recommended
	OnlyUsable                 // the others could not be fitted
	PredictsBest               // smallest error of single customers in the backtest
	TotalsBest                 // single customers equally well, the total best
	FitsBest                   // predicts equally well, or there is no backtest: smallest AIC
)

var reasonNames = [...]string{"none_usable", "only_usable", "predicts_best", "totals_best", "fits_best"}

// String returns the reason's name on the wire, empty for an unknown reason.
func (r Reason) String() string { return name(reasonNames[:], int(r)) }

// A Choice is all candidates, their tests and the recommendation.
type Choice struct {
	Candidates  []Candidate // by Kind
	Cuts        []Cut
	Square      []float64 // by Kind: Test.Square, mean over the cuts
	Total       []float64 // by Kind: size of Cut.TotalError, mean over the cuts
	Recommended Kind
	Reason      Reason
	Lead        float64 // by which the recommended beats the next: relative in Square, absolute in Total, or in AIC
}

// newChoice has room for all kinds.
func newChoice() Choice {
	n := Kinds()
	return Choice{Candidates: make([]Candidate, n), Square: make([]float64, n), Total: make([]float64, n)}
}

// Best returns the recommended candidate; of a choice between none, an unusable one.
func (c *Choice) Best() *Candidate { return c.Candidate(c.Recommended) }

// Candidate returns that of a kind, an unusable one where it was not fitted.
func (c *Choice) Candidate(k Kind) *Candidate {
	if int(k) >= len(c.Candidates) {
		return &Candidate{Kind: k}
	}
	return &c.Candidates[k]
}

// Put takes a candidate in.
func (c *Choice) Put(one Candidate) {
	if c.Candidates == nil {
		*c = newChoice()
	}
	c.Candidates[one.Kind] = one
}

func (c *Choice) total(k Kind) float64 {
	if int(k) >= len(c.Total) {
		return 0
	}
	return c.Total[k]
}

// Choose fits every kind to the summaries and tests them on the log, nil for none, up to the
// summaries' end.
func Choose(l *orders.Log, s orders.Summary, step Step) (Choice, Status) {
	b, fault := Group(Histories(s))
	if fault.Code != cbs.Valid {
		return Choice{}, BadData
	}
	c := newChoice()
	run := newComparison(l, s, make([]bool, Kinds()))
	for {
		if more, status := run.next(&c, b.Fittable(), step); status != Done {
			return Choice{}, status
		} else if !more {
			return c, Done
		}
	}
}

// A comparison is a choice on its way: the kinds are fitted, then tested.
type comparison struct {
	fitted []bool // by Kind: its candidate is in the choice
	test   *backtest
}

func newComparison(l *orders.Log, s orders.Summary, fitted []bool) *comparison {
	return &comparison{fitted, newBacktest(l, s.Split.UnitDays, s.Split.End)}
}

// next fits or tests one kind; without more the choice is made.
func (r *comparison) next(c *Choice, t cbs.Table, step Step) (more bool, status Status) {
	for k := range Kinds() {
		if r.fitted[k] {
			continue
		}
		part := step.part(int(k), 2*int(Kinds()))
		one := Fit(k, t, part.iterations())
		if one.Result.Status == fit.Cancelled || part.stopped(1, 1) {
			return true, Cancelled
		}
		c.Put(one)
		r.fitted[k] = true
		return true, Done
	}
	if more, status := r.test.next(step.part(1, 2)); more || status != Done {
		return more, status
	}
	c.Cuts = r.test.done
	c.average()
	c.recommend()
	return false, Done
}

// only makes the choice that of one kind, without a test.
func (c *Choice) only(k Kind) {
	c.Recommended, c.Reason, c.Lead = k, NoneUsable, 0
	if c.Candidate(k).Usable() {
		c.Reason = OnlyUsable
	}
}

// average fills in the means over the cuts.
func (c *Choice) average() {
	n := float64(len(c.Cuts))
	for i := range c.Cuts {
		cut := &c.Cuts[i]
		for k := range Kinds() {
			c.Square[k] += cut.Tests[k].Square / n
			c.Total[k] += math.Abs(cut.TotalError(k)) / n
		}
	}
}

// tested reports whether a kind was usable at every cut, and there was something to predict.
func (c *Choice) tested(k Kind) bool {
	orders := 0.0
	for i := range c.Cuts {
		cut := &c.Cuts[i]
		if !cut.Tests[k].Usable {
			return false
		}
		orders += cut.Actual
	}
	return orders > 0
}

// What is no difference: a hundredth of the error of single customers, two
// hundredths of the total.
const (
	sameSquare = 0.01
	sameTotal  = 0.02
)

// recommend goes through the criteria; each hands those it cannot tell from its
// best on to the next.
func (c *Choice) recommend() {
	c.Recommended, c.Reason, c.Lead = 0, NoneUsable, 0
	left := c.rivals()
	if len(left) == 0 {
		return
	}
	if len(left) == 1 {
		c.Recommended, c.Reason = left[0], OnlyUsable
		return
	}
	if c.tested(left[0]) {
		least := smallest(left, c.Square)
		tolerance := sameSquare * least
		if left = c.narrow(left, c.Square, tolerance, PredictsBest, least); len(left) > 1 {
			left = c.narrow(left, c.Total, sameTotal, TotalsBest, 1)
		}
	}
	if len(left) > 1 {
		aic := make([]float64, Kinds())
		for _, k := range left {
			aic[k] = c.Candidates[k].AIC
		}
		c.narrow(left, aic, 0, FitsBest, 1)
	}
}

// rivals are the usable kinds; where there is a backtest, those that passed through it.
func (c *Choice) rivals() []Kind {
	var usable, tested []Kind
	for k := range Kinds() {
		if c.Candidates[k].Usable() {
			usable = append(usable, k)
			if c.tested(k) {
				tested = append(tested, k)
			}
		}
	}
	if len(tested) > 0 {
		return tested
	}
	return usable
}

// narrow returns the kinds within tolerance of the best and recommends that; the lead
// over the next is in units of scale.
func (c *Choice) narrow(from []Kind, by []float64, tolerance float64, reason Reason, scale float64) []Kind {
	least := smallest(from, by)
	next := math.Inf(1)
	var left []Kind
	found := false
	for _, k := range from {
		if by[k] == least && !found {
			c.Recommended, found = k, true
		} else {
			next = min(next, by[k])
		}
		if by[k] <= least+tolerance {
			left = append(left, k)
		}
	}
	c.Reason, c.Lead = reason, ratio(next-least, scale)
	return left
}

func smallest(kinds []Kind, by []float64) float64 {
	least := math.Inf(1)
	for _, k := range kinds {
		least = min(least, by[k])
	}
	return least
}

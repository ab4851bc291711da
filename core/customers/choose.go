package customers

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/orders"
	"hourglass/core/parallel"
)

// A Reason says why a model is recommended.
type Reason uint8

// The reasons.
const (
	NoneUsable Reason = iota // no model could be fitted: nothing is recommended
	OnlyUsable               // the others could not be fitted
	FitsBest                 // smallest AIC
)

var reasonNames = [...]string{"none_usable", "only_usable", "fits_best"}

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
	Lead        float64 // in AIC, by which the recommended beats the next
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
	run := newComparison(l, s, make([]bool, Kinds()), func(Kind) bool { return false }, 1)
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
	fitted  []bool          // by Kind: its candidate is in the choice
	away    func(Kind) bool // whether its fit is being done elsewhere
	test    *backtest
	workers int
}

func newComparison(l *orders.Log, s orders.Summary, fitted []bool, away func(Kind) bool, workers int) *comparison {
	return &comparison{fitted, away, newBacktest(l, s.Split.UnitDays, s.Split.End), workers}
}

// next fits or tests one kind, or with several workers all of them; without more the choice is made.
func (r *comparison) next(c *Choice, t cbs.Table, step Step) (more bool, status Status) {
	if r.workers > 1 {
		if status := r.all(c, t, step); status != Done {
			return true, status
		}
	}
	if k, ok := r.due(); ok {
		part := step.part(int(k), 2*int(Kinds()))
		one := fitWith(k, c.Candidate(k.special()), t, part.iterations())
		if one.Result.Status == fit.Cancelled || part.stopped(1, 1) {
			return true, Cancelled
		}
		c.Put(one)
		r.fitted[k] = true
		return true, Done
	}
	if more, status := r.test.next(c, step.part(1, 2)); more || status != Done {
		return more, status
	}
	c.Cuts = r.test.done
	c.average()
	c.recommend()
	return false, Done
}

// due is the first kind that is not fitted and can be; one that is being fitted elsewhere where there is no other.
func (r *comparison) due() (due Kind, ok bool) {
	for _, any := range [...]bool{false, true} {
		for k := range Kinds() {
			simple := k.special()
			if !r.fitted[k] && (any || !r.away(k) && (simple == k || r.fitted[simple])) {
				return k, true
			}
		}
	}
	return 0, false
}

// all fits all kinds side by side, then tests them.
func (r *comparison) all(c *Choice, t cbs.Table, step Step) Status {
	all, ones := chains(), make([]Candidate, Kinds())
	w := watched{step: step.part(0, 2), of: len(ones)}
	parallel.Each(r.workers, len(all), func(i int) {
		for _, k := range all[i] {
			if r.fitted[k] {
				ones[k] = *c.Candidate(k)
			} else if w.next() {
				ones[k] = fitWith(k, &ones[k.special()], t, w.within().iterations())
			}
		}
	})
	if w.over {
		return Cancelled
	}
	for k, one := range ones {
		if !r.fitted[k] {
			c.Put(one)
			r.fitted[k] = true
		}
	}
	return r.test.all(c, r.workers, step.part(1, 2))
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

// nearTie is the lead in AIC that a kind needs which takes every one-time buyer for active, however long ago they came: of two
// models so far apart the worse has next to no support left (Burnham & Anderson, Model Selection and Multimodel Inference, 2002,
// section 2.6).
const nearTie = 10

// recommend takes the usable kind of the least AIC. The backtest is evidence to be shown and has no say: choosing by it was no better than always
// taking one kind, on six order logs.
func (c *Choice) recommend() {
	c.Recommended, c.Reason, c.Lead = 0, NoneUsable, 0
	var usable []Kind
	aic := make([]float64, Kinds())
	for k := range Kinds() {
		if !c.Candidates[k].Usable() || c.Candidates[k].twin() {
			continue
		}
		usable = append(usable, k)
		if aic[k] = c.Candidates[k].AIC; k.Model().Immortal {
			aic[k] += nearTie
		}
	}
	switch len(usable) {
	case 0:
	case 1:
		c.Recommended, c.Reason = usable[0], OnlyUsable
	default:
		c.narrow(usable, aic)
	}
}

// twin reports whether a candidate that can be regular has found no regularity: it is then another kind over again.
func (c *Candidate) twin() bool {
	regular := c.Kind.Model().MostRegular
	if regular == nil {
		return false
	}
	k, _ := regular(c.Parameters)
	return k == 1
}

// narrow recommends the kind of the least AIC.
func (c *Choice) narrow(from []Kind, aic []float64) {
	least, next := math.Inf(1), math.Inf(1)
	for _, k := range from {
		switch v := aic[k]; {
		case v < least:
			c.Recommended, least, next = k, v, least
		case v < next:
			next = v
		}
	}
	c.Reason, c.Lead = FitsBest, next-least
}

package main

import (
	"math"

	"hourglass/core/customers"
	"hourglass/core/fit"
	"hourglass/core/orders"
)

// The phases that progress is told of.
const (
	choosing uint32 = iota
	fitting
	fittingSpend
	measuring // the uncertainty of the parameters
	scoring
	spreading // the distributions of what may come
	awaiting  // next orders
	following // orders over time
)

// step is the callback of a phase.
func step(phase uint32) customers.Step {
	return func(share float64) bool { return progress(phase, share) != 0 }
}

// iterations is the callback of a fit.
func iterations(phase uint32) func(fit.Progress) bool {
	return func(p fit.Progress) bool {
		return progress(phase, float64(p.Start)/float64(max(1, p.Starts))) != 0
	}
}

// A session is all that lives between calls. Whatever a step has not yet made is empty, which the steps after it take
// for a shop without customers or refuse as BadModel: no order of calls can do harm.
type session struct {
	reader *orders.Reader
	log    *orders.Log

	summary orders.Summary
	base    customers.Base

	choice   customers.Choice
	spend    customers.FittedSpend
	model    customers.Model
	tracking customers.Tracking

	terms    terms
	scores   customers.Scores
	outcomes customers.Outcomes
	values   customers.Values
	segments []customers.Segment
	totals   customers.Totals
	fresh    customers.NewCustomer
	next     []float64 // by history; nil when not known for the model
}

// terms are the figures of score.
type terms struct {
	customers.Options
	cost float64 // of winning a customer; 0 for not known
}

var defaults orders.Options

func newSession(o orders.Options) *session {
	return &session{reader: orders.NewReader(o), log: &orders.Log{Offset: []uint32{0}}}
}

// write returns the number of rows so far.
func (s *session) write(chunk []byte) uint32 {
	s.reader.Write(chunk)
	return uint32(min(s.reader.Report().Rows, math.MaxUint32))
}

func (s *session) close() {
	s.reader.Close()
	s.log = s.reader.Log()
}

// summarise voids all that rested on the split before.
func (s *session) summarise(split orders.Split) customers.Status {
	*s = session{reader: s.reader, log: s.log}
	summary, base, status := customers.Summarise(s.log, split)
	if status != customers.Done {
		return status
	}
	s.summary, s.base = summary, base
	return customers.Done
}

func (s *session) choose() customers.Status {
	c, status := customers.Choose(s.log, s.summary, step(choosing))
	if status == customers.Done {
		s.choice = c
	}
	return status
}

func (s *session) fit(kind customers.Kind) customers.Status {
	if kind >= customers.Kinds() {
		return customers.BadOptions
	}
	c := customers.Fit(kind, s.base.Fittable(), iterations(fitting))
	if c.Result.Status == fit.Cancelled {
		return customers.Cancelled
	}
	s.choice.Put(c)
	return customers.Done
}

func (s *session) fitSpend() customers.Status {
	f := customers.FitSpend(s.summary, iterations(fittingSpend))
	if f.Fitted.Result.Status == fit.Cancelled {
		return customers.Cancelled
	}
	s.spend = f
	return customers.Done
}

func (s *session) build(kind customers.Kind) customers.Status {
	if !s.choice.Candidate(kind).Usable() {
		return customers.BadModel
	}
	c := s.choice.Candidate(kind)
	u, ok := c.Uncertain(s.base.Fittable(), step(measuring))
	if !ok {
		return customers.Cancelled
	}
	s.unscored(customers.Build(c, u, s.spend.Spend, s.summary))
	return customers.Done
}

// use splits the log anew if the model counts time or spend otherwise.
func (s *session) use(numbers []float64) customers.FileFault {
	m, fault := customers.FromNumbers(numbers)
	if fault != customers.FileOK {
		return fault
	}
	split := s.summary.Split
	split.UnitDays, split.Mean = m.UnitDays, m.Spend.Mean
	if split != s.summary.Split && s.summarise(split) != customers.Done {
		return customers.BadModelNumber
	}
	s.choice, s.spend = customers.Choice{}, customers.FittedSpend{}
	s.unscored(m)
	return customers.FileOK
}

// unscored sets the model and voids what rested on another one.
func (s *session) unscored(m customers.Model) {
	s.model, s.tracking, s.next = m, customers.Tracking{}, nil
	s.scores, s.outcomes, s.values, s.segments = customers.Scores{}, customers.Outcomes{}, customers.Values{}, nil
}

// score leaves the old scores in place unless all steps succeed. What a change of terms does not touch is kept: a
// margin changes neither scores nor outcomes, a discount only the scores, which are the lesser work.
func (s *session) score(t terms) customers.Status {
	scores, outcomes, status := s.expect(t)
	if status != customers.Done {
		return status
	}
	values, status := s.model.Value(s.base, s.summary.Mean, scores, outcomes, t.Options)
	if status != customers.Done {
		return status
	}
	totals, status := s.model.Total(s.base, scores, outcomes, values, t.Options)
	if status != customers.Done {
		return status
	}
	fresh, status := s.model.NewCustomer(t.Options, t.cost)
	if status != customers.Done {
		return status
	}
	worth := s.model.Worth(s.base, scores, values) // by orders where there is no money
	values.Rank = worth.Rank
	parts, status := customers.Segments(s.base, scores, worth, customers.Cuts{}, s.model.UnitDays)
	if status != customers.Done {
		return status
	}
	s.terms, s.scores, s.outcomes, s.values, s.segments, s.totals, s.fresh = t, scores, outcomes, values, parts, totals, fresh
	return customers.Done
}

// expect returns the scores and outcomes for some terms.
func (s *session) expect(t terms) (customers.Scores, customers.Outcomes, customers.Status) {
	scores, outcomes, status := s.scores, s.outcomes, customers.Done
	fresh := s.segments == nil || t.HorizonDays != s.terms.HorizonDays
	if fresh || t.AnnualDiscount != s.terms.AnnualDiscount {
		if scores, status = s.model.Score(s.base, t.Options, step(scoring)); status != customers.Done {
			return scores, outcomes, status
		}
	}
	if fresh || t.Level != s.terms.Level {
		outcomes, status = s.model.Outcomes(s.base, t.Options, step(spreading))
	}
	return scores, outcomes, status
}

// scored reports whether score has been called since the model was set.
func (s *session) scored() customers.Status {
	if s.segments == nil {
		return customers.BadModel
	}
	return customers.Done
}

func (s *session) nextOrders(q float64) customers.Status {
	next, status := s.model.NextOrders(s.base, q, step(awaiting))
	if status == customers.Done {
		s.next = next
	}
	return status
}

func (s *session) track(days int32) customers.Status {
	t, status := s.model.Track(s.log, days, step(following))
	if status == customers.Done {
		s.tracking = t
	}
	return status
}

// warnings are those of the model in use, which need not be the recommended one; a model from a file has no fit here
// to be warned about.
func (s *session) warnings() []customers.Warning {
	c := s.choice
	if s.model.Valid() {
		c.Recommended = s.model.Kind
		if c.Reason == customers.NoneUsable {
			c.Reason = customers.OnlyUsable
		}
	}
	return customers.Warnings(&c, s.summary, s.spend, s.tracking, s.terms.Options)
}

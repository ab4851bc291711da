package customers

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/orders"
	"hourglass/core/parallel"
)

// A Cut is a test of all kinds at one date: fitted to what came before it, held
// against the orders after it.
type Cut struct {
	End, ObservedTo int32   // last day of the fit, and of the test
	Customers       float64 // that had ordered by End
	Actual          float64 // orders they made after it
	Tests           []Test  // by Kind
}

// A Test is what one kind predicted.
type Test struct {
	Usable     bool
	Parameters Parameters
	Expected   float64 // orders of all
	Absolute   float64 // mean absolute error of one customer's orders
	Square     float64 // root of the mean squared error of one customer's orders
}

// TotalError returns the relative error of the total, Expected/Actual - 1; 0 where nobody ordered.
func (c *Cut) TotalError(k Kind) float64 {
	if c.Actual == 0 {
		return 0
	}
	return c.Tests[k].Expected/c.Actual - 1
}

const (
	backtestRows = 16384 // histories that a test's fits are made from: parameters are then known to 1 % of their spread among histories (1/sqrt(n))
	minTestDays  = 4     // of a file of 16 days: below, a single day is more than a quarter of the holdout
)

// cuts is the number of dates of a backtest: after 1/2, 5/8 and 3/4 of the time up to its
// end, each tested on the quarter of the time that follows.
const cuts = 3

// A backtest is the test of all kinds on its way, one kind at one date after the other.
type backtest struct {
	log       *orders.Log // nil: there is nothing to test
	unitDays  float64
	end, hold int32
	cut       int
	kind      Kind
	present   heldOut // of the present cut
	done      []Cut
}

// heldOut is a log as it was known on the day of a cut.
type heldOut struct {
	summary orders.Summary
	base    Base
	sample  cbs.Table   // that fits are made from
	fitted  []Candidate // by Kind: those made so far
}

// newBacktest prepares a test on a log up to the day end (0: its last).
func newBacktest(l *orders.Log, unitDays float64, end int32) *backtest {
	t := &backtest{log: l, unitDays: unitDays}
	if l == nil || l.Customers() == 0 {
		t.cut = cuts
		return t
	}
	first, last := l.Span()
	if end == 0 || end > last {
		end = last
	}
	if t.end, t.hold = end, (end-first)/4; t.hold < minTestDays {
		t.cut = cuts
	}
	return t
}

// next tests one kind; more says that others are to follow.
func (t *backtest) next(of *Choice, step Step) (more bool, status Status) {
	if t.cut == cuts {
		return false, Done
	}
	if len(t.done) == t.cut {
		known, c, status := t.at(t.cut)
		if status != Done {
			return false, status
		}
		t.present, t.done = known, append(t.done, c)
	}
	part := step.part(t.cut, cuts).part(int(t.kind), int(Kinds()))
	if !t.present.try(t.kind, of, &t.done[t.cut], part) {
		return true, Cancelled
	}
	if t.kind++; t.kind == Kinds() {
		t.kind, t.cut = 0, t.cut+1
	}
	return t.cut < cuts, Done
}

// all tests all kinds at all dates side by side, by so many workers.
func (t *backtest) all(of *Choice, workers int, step Step) Status {
	if t.cut == cuts {
		return Done
	}
	var known [cuts]heldOut
	var statuses [cuts]Status
	t.done = make([]Cut, cuts)
	parallel.Each(workers, cuts, func(i int) { known[i], t.done[i], statuses[i] = t.at(i) })
	for _, status := range statuses {
		if status != Done {
			return status
		}
	}
	all := chains()
	w := watched{step: step, of: int(Kinds()) * cuts}
	parallel.Each(workers, len(all)*cuts, func(i int) {
		for _, kind := range all[i/cuts] {
			if cut := cuts - 1 - i%cuts; w.next() {
				known[cut].try(kind, of, &t.done[cut], w.within())
			}
		}
	})
	if w.over {
		return Cancelled
	}
	t.cut = cuts
	return Done
}

// try tests one kind, fitted from where the choice's own candidate of all the time ended; false where it was cancelled.
func (h *heldOut) try(k Kind, of *Choice, c *Cut, step Step) bool {
	simple := k.special()
	candidate := of.Candidate(k).refit(&h.fitted[simple], h.sample, step.iterations())
	if candidate.Result.Status == fit.Cancelled || step.stopped(1, 1) {
		return false
	}
	h.fitted[k] = candidate
	switch {
	case !candidate.Usable():
	case candidate.twin() && c.Tests[simple].Usable: // the simpler kind over again
		c.Tests[k] = c.Tests[simple]
		c.Tests[k].Parameters = candidate.Parameters
	default:
		horizon := float64(c.ObservedTo-c.End) / h.summary.Split.UnitDays
		c.Tests[k] = test(h.base, &h.summary, &candidate, horizon)
	}
	return true
}

// at splits the log for a cut.
func (t *backtest) at(cut int) (h heldOut, c Cut, status Status) {
	end := t.end - t.hold - int32(cuts-1-cut)*t.hold/2
	if h.summary, h.base, status = Summarise(t.log, orders.Split{End: end, ObservedTo: end + t.hold, UnitDays: t.unitDays}); status != Done {
		return h, c, status
	}
	c = Cut{End: end, ObservedTo: end + t.hold, Customers: float64(len(h.summary.X)), Tests: make([]Test, Kinds())}
	for _, x := range h.summary.HoldoutX {
		c.Actual += x
	}
	h.fitted = make([]Candidate, Kinds())
	h.sample = h.base.Fittable().Thin(backtestRows)
	return h, c, Done
}

// part is the callback of part i of n of a calculation.
func (s Step) part(i, n int) Step {
	if s == nil {
		return nil
	}
	return func(done float64) bool { return s((float64(i) + done) / float64(n)) }
}

// iterations is the callback of a fit, whose share done nobody knows.
func (s Step) iterations() func(fit.Progress) bool {
	if s == nil {
		return nil
	}
	return func(p fit.Progress) bool { return s(float64(p.Start) / float64(max(1, p.Starts))) }
}

func test(b Base, s *orders.Summary, c *Candidate, horizon float64) Test {
	scores, status := c.Kind.score(c.Parameters, b.Table, horizon, 0, 1, nil)
	if status != Done {
		return Test{}
	}
	t := Test{Usable: true, Parameters: c.Parameters}
	for i, row := range b.Row {
		miss := scores.Expected[row] - s.HoldoutX[i]
		t.Expected += scores.Expected[row]
		t.Absolute += math.Abs(miss)
		t.Square += miss * miss
	}
	n := float64(max(1, b.Len()))
	t.Absolute, t.Square = t.Absolute/n, math.Sqrt(t.Square/n)
	return t
}

// A Calibration compares, by number of repeat orders before the cut (the last entry
// stands for that many and more), what customers then did with what was expected.
type Calibration struct {
	Customers []float64
	Actual    []float64 // mean orders in the holdout
	Expected  []float64
}

// calibrated is the number of groups of a Calibration.
const calibrated = 8

// Calibrate compares a model with the holdout of the summaries.
func (m *Model) Calibrate(b Base, s orders.Summary) (Calibration, Status) {
	if !m.Valid() {
		return Calibration{}, BadModel
	}
	if b.Len() != len(s.HoldoutX) {
		return Calibration{}, BadData
	}
	horizon := float64(s.Split.ObservedTo-s.Split.End) / m.UnitDays
	scores, status := m.Kind.score(m.Parameters, b.Table, horizon, 0, 1, nil)
	if status != Done {
		return Calibration{}, status
	}
	c := columns(calibrated, 3)
	out := Calibration{c[0], c[1], c[2]}
	for i, row := range b.Row {
		k := int(min(b.Table.X[row], calibrated-1))
		out.Customers[k]++
		out.Actual[k] += s.HoldoutX[i]
		out.Expected[k] += scores.Expected[row]
	}
	for k, n := range out.Customers {
		out.Actual[k], out.Expected[k] = ratio(out.Actual[k], n), ratio(out.Expected[k], n)
	}
	return out, Done
}

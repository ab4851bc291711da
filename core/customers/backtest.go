package customers

import (
	"math"

	"hourglass/core/fit"
	"hourglass/core/orders"
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
	backtestRows = 16384 // histories that a test's fits are made from
	minTestDays  = 4     // shorter holdouts say nothing
)

// Backtest tests the kinds at three dates, after 1/2, 5/8 and 3/4 of the time up to
// the day end (0: the log's last), each on the quarter of the time that follows.
func Backtest(l *orders.Log, unitDays float64, end int32, step Step) ([]Cut, Status) {
	first, last := l.Span()
	if end == 0 || end > last {
		end = last
	}
	hold := (end - first) / 4
	if l.Customers() == 0 || hold < minTestDays {
		return nil, Done
	}
	const cuts = 3
	var out []Cut
	for k := range int32(cuts) {
		at := end - hold - (cuts-1-k)*hold/2
		s, b, status := Summarise(l, orders.Split{End: at, ObservedTo: at + hold, UnitDays: unitDays})
		if status != Done {
			return nil, status
		}
		c := Cut{End: at, ObservedTo: at + hold, Customers: float64(len(s.X))}
		if c.run(s, b, step.part(int(k), cuts)) == Cancelled {
			return nil, Cancelled
		}
		out = append(out, c)
	}
	return out, Done
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

// run fits and tests every kind.
func (c *Cut) run(s orders.Summary, b Base, step Step) Status {
	for _, x := range s.HoldoutX {
		c.Actual += x
	}
	horizon := float64(c.ObservedTo-c.End) / s.Split.UnitDays
	sample := b.Fittable().Thin(backtestRows)
	c.Tests = make([]Test, Kinds())
	for k := range Kinds() {
		part := step.part(int(k), int(Kinds()))
		candidate := Fit(k, sample, part.iterations())
		if candidate.Result.Status == fit.Cancelled || part.stopped(1, 1) {
			return Cancelled
		}
		if candidate.Usable() {
			c.Tests[k] = test(b, &s, &candidate, horizon)
		}
	}
	return Done
}

func test(b Base, s *orders.Summary, c *Candidate, horizon float64) Test {
	scores, status := c.Kind.score(c.Parameters, b.Table, horizon, 0, nil)
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
	scores, status := m.Kind.score(m.Parameters, b.Table, horizon, 0, nil)
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

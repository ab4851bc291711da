package customers

import (
	"math"

	"hourglass/core/btyd"
	"hourglass/core/orders"
	versions "hourglass/core/release"
)

// A Model is all that scoring needs, and what the scored should know about it.
type Model struct {
	Engine     [3]float64 // version of the engine that made it
	Kind       Kind
	Parameters Parameters
	Uncertainty
	Spend Spend

	UnitDays    float64 // length of the unit of time in days
	First, Last int32   // days of the data, since 1970-01-01
	Customers   float64 // that it was fitted to
	Orders      float64 // they made, first ones included
	Reading     string  // how their list was read: the text of an orders.Reading, empty where nothing was decided
}

// Build puts a model together from a usable candidate, its uncertainty, a spend
// model and the summaries that both were fitted to.
func Build(c *Candidate, u Uncertainty, s Spend, from orders.Summary) Model {
	m := Model{Engine: versions.Numbers(), Kind: c.Kind, Parameters: c.Parameters, Uncertainty: u, Spend: s,
		UnitDays: from.Split.UnitDays, Last: from.Split.End, Customers: float64(len(from.X))}
	m.First = m.Last
	for i, x := range from.X {
		m.Orders += 1 + x
		m.First = min(m.First, from.First[i])
	}
	return m
}

// maxReading is longer than the decisions on any list.
const maxReading = 8192

// farDay is beyond all days of a log, 1696 and 2243.
const farDay = 100000

// Valid reports whether the model can be scored with.
func (m *Model) Valid() bool {
	if n := len(m.Parameters); m.Covariance != nil && len(m.Covariance) != n*n {
		return false
	}
	if !m.Parameters.usable(m.Kind) || !m.Spend.valid() || !(m.UnitDays >= 1e-9 && m.UnitDays <= 1e9) {
		return false
	}
	for _, v := range m.Engine {
		if !(v >= 0 && v < 1<<16) || v != math.Floor(v) {
			return false
		}
	}
	for _, c := range m.Covariance {
		if !(math.Abs(c) <= math.MaxFloat64) {
			return false
		}
	}
	for _, r := range m.Replicates {
		if !r.usable(m.Kind) {
			return false
		}
	}
	if len(m.Reading) > maxReading {
		return false
	}
	return m.Customers >= 0 && m.Customers <= 1e15 && m.Orders >= 0 && m.Orders <= 1e15 &&
		-farDay <= m.First && m.First <= m.Last && m.Last <= farDay
}

func (m *Model) process() btyd.Process { return m.Kind.process(m.Parameters) }

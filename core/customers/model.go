package customers

import (
	"math"

	"hourglass/core/btyd"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
)

// engine is the version of this engine: major, minor, patch. A test of functions/api holds it to the Version there.
var engine = [3]float64{0, 1, 0}

// Format is the version of Model.Numbers. It grows when a reader of the old one would
// misread the new.
const Format = 1

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
}

// Build puts a model together from a usable candidate, its uncertainty, a spend
// model and the summaries that both were fitted to.
func Build(c *Candidate, u Uncertainty, s Spend, from orders.Summary) Model {
	m := Model{Engine: engine, Kind: c.Kind, Parameters: c.Parameters, Uncertainty: u, Spend: s,
		UnitDays: from.Split.UnitDays, Last: from.Split.End, Customers: float64(len(from.X))}
	m.First = m.Last
	for i, x := range from.X {
		m.Orders += 1 + x
		m.First = min(m.First, from.First[i])
	}
	return m
}

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
	return m.Customers >= 0 && m.Customers <= 1e15 && m.Orders >= 0 && m.Orders <= 1e15 &&
		-farDay <= m.First && m.First <= m.Last && m.Last <= farDay
}

func (m *Model) process() btyd.Process { return m.Kind.process(m.Parameters) }

// A FileFault says why numbers are no model.
type FileFault uint8

// The faults.
const (
	FileOK         FileFault = iota
	FileTooShort             // fewer or more numbers than the format has
	UnknownFormat            // written by a later engine, or no model at all
	UnknownKind              // a model that this engine does not have
	UnknownBasis             // a spend model that this engine does not have
	BadModelNumber           // a parameter outside its domain
)

var fileFaultNames = [...]string{"ok", "wrong_length", "unknown_format", "unknown_kind", "unknown_spend_model", "bad_number"}

// String returns the fault's name on the wire, empty for an unknown fault.
func (f FileFault) String() string { return name(fileFaultNames[:], int(f)) }

// Numbers returns the model as a stream of numbers, which FromNumbers reads:
// format, engine version (3), kind, parameters (as many as the kind has), covariance, spend
// basis and convention, p, q, gamma, their covariance (9), unit in days, first and last
// day, customers, orders, number of replicates, and the parameters of each.
func (m *Model) Numbers() []float64 {
	n := len(m.Parameters)
	var out []float64
	out = append(out, Format)
	out = append(out, m.Engine[:]...)
	out = append(out, float64(m.Kind))
	out = append(out, m.Parameters...)
	out = append(out, m.Uncertainty.square(n)...)
	s := m.Spend
	out = append(out, float64(s.Basis), float64(s.Mean), s.Params.P, s.Params.Q, s.Params.Gamma)
	out = append(out, s.Covariance[:]...)
	out = append(out, m.UnitDays, float64(m.First), float64(m.Last), m.Customers, m.Orders, float64(len(m.Replicates)))
	for _, r := range m.Replicates {
		out = append(out, r...)
	}
	return out
}

// square is the covariance of n parameters, zero when it is unknown.
func (u Uncertainty) square(n int) []float64 {
	if len(u.Covariance) == n*n {
		return u.Covariance
	}
	return make([]float64, n*n)
}

// FromNumbers reads what Numbers has written and refuses everything else.
func FromNumbers(in []float64) (Model, FileFault) {
	switch {
	case len(in) < 1:
		return Model{}, FileTooShort
	case in[0] != Format:
		return Model{}, UnknownFormat
	}
	r := stream{rest: in[1:]}
	var m Model
	r.fill(m.Engine[:])
	kind, okKind := r.small(int(Kinds()))
	if m.Kind = Kind(kind); !okKind && !r.short {
		return Model{}, UnknownKind
	}
	n := len(m.Kind.Model().Parameters)
	m.Parameters = r.list(n)
	m.Covariance = r.list(n * n)
	basis, okBasis := r.small(int(Moments) + 1)
	mean, okMean := r.small(int(orders.MeanAll) + 1)
	m.Spend.Basis, m.Spend.Mean = Basis(basis), orders.SpendMean(mean)
	var spend [3]float64
	r.fill(spend[:])
	m.Spend.Params = gammagamma.Params{P: spend[0], Q: spend[1], Gamma: spend[2]}
	r.fill(m.Spend.Covariance[:])
	m.UnitDays = r.next()
	first, okFirst := r.day()
	last, okLast := r.day()
	m.First, m.Last = first, last
	m.Customers = r.next()
	m.Orders = r.next()
	replicates := r.next()
	if r.short || replicates != float64(len(r.rest)/n) || len(r.rest)%n != 0 {
		return Model{}, FileTooShort
	}
	for len(r.rest) > 0 {
		m.Replicates = append(m.Replicates, r.list(n))
	}
	switch {
	case !okBasis || !okMean:
		return Model{}, UnknownBasis
	case !okFirst || !okLast || !m.Valid():
		return Model{}, BadModelNumber
	}
	return m, FileOK
}

// stream reads numbers one after the other; short says that there were too few.
type stream struct {
	rest  []float64
	short bool
}

func (s *stream) next() float64 {
	var v [1]float64
	s.fill(v[:])
	return v[0]
}

func (s *stream) fill(to []float64) {
	s.short = s.short || len(s.rest) < len(to)
	s.rest = s.rest[copy(to, s.rest):]
}

func (s *stream) list(n int) []float64 {
	out := make([]float64, n)
	s.fill(out)
	return out
}

// small reads a whole number below limit.
func (s *stream) small(limit int) (int, bool) {
	v := s.next()
	if !(v >= 0 && v < float64(limit)) || v != math.Floor(v) {
		return 0, false
	}
	return int(v), true
}

// day reads a day.
func (s *stream) day() (int32, bool) {
	v := s.next()
	if !(math.Abs(v) <= math.MaxInt32) || v != math.Floor(v) {
		return 0, false
	}
	return int32(v), true
}

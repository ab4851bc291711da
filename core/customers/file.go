package customers

import (
	"math"

	"hourglass/core/gammagamma"
	"hourglass/core/orders"
)

// What says that a file is a model file, and how it is to be read: the version grows when a reader of the old one would
// misread the new. Files of every version so far are read.
const (
	FileFormat  = "hourglass-model"
	FileVersion = 1
)

// A File is the layout of the model file, its fields in the order written: as JSON it is the file. Every number
// is written with the fewest digits that give it back.
type File struct {
	Format       string               `json:"format"`
	Version      int                  `json:"version"`
	Engine       string               `json:"engine"` // version that made it
	Model        string               `json:"model"`
	Parameters   map[string]float64   `json:"parameters"`
	Covariance   []float64            `json:"log_parameter_covariance"` // row by row
	Replicates   []map[string]float64 `json:"bootstrap,omitempty"`
	Spend        FileSpend            `json:"spend"`
	TimeUnitDays float64              `json:"time_unit_days"`
	Data         FileData             `json:"data"`
	Reading      string               `json:"reading,omitempty"` // orders.Reading.Text
}

// FileSpend is a Spend.
type FileSpend struct {
	Basis      string    `json:"basis"`   // none, likelihood, moments
	MeanOf     string    `json:"mean_of"` // repeat_orders, all_orders
	P          float64   `json:"p"`
	Q          float64   `json:"q"`
	Gamma      float64   `json:"gamma"`
	Covariance []float64 `json:"log_parameter_covariance"`
}

// FileData is what the model was fitted to.
type FileData struct {
	First     string  `json:"first_day"`
	Last      string  `json:"last_day"`
	Customers float64 `json:"customers"`
	Orders    float64 `json:"orders"`
}

// A FileFault says why a file is no model.
type FileFault uint8

// The faults.
const (
	FileOK         FileFault = iota
	UnknownFormat            // no model file at all
	UnknownVersion           // written by a later engine
	UnknownKind              // a model that this engine does not have
	UnknownBasis             // a spend model that this engine does not have
	FileIncomplete           // a number or list is missing, or one too many
	UnknownField             // a parameter that the model does not have
	BadModelNumber           // a number outside its domain
	BadDay                   // not a day such as 2026-11-21
	BadEngine                // not three numbers with dots
)

var fileFaultNames = [...]string{"ok", "unknown_format", "unknown_version", "unknown_kind", "unknown_spend_model", "missing", "unknown_field",
	"bad_number", "bad_day", "bad_engine"}

// String returns the fault's name on the wire, empty for an unknown fault.
func (f FileFault) String() string { return name(fileFaultNames[:], int(f)) }

// A Fault is the first thing wrong with a File: the code is FileOK when nothing is.
type Fault struct {
	Code FileFault
	What string // the field, or what stands there

	Numbers, Wanted int // of a list of another length than it has to have; 0 and 0 otherwise
}

// Recognise looks at format and version alone, so that a file of a later version is refused for that and not for a
// field that is unknown.
func (f *File) Recognise() Fault {
	switch {
	case f.Format != FileFormat:
		return Fault{Code: UnknownFormat, What: shown(f.Format)}
	case f.Version != FileVersion:
		return Fault{Code: UnknownVersion, What: whole(f.Version)}
	}
	return Fault{}
}

// File returns the model as a file.
func (m *Model) File() File {
	f := File{Format: FileFormat, Version: FileVersion, Model: m.Kind.String(), Covariance: m.Uncertainty.square(len(m.Parameters)),
		Engine:     whole(int(m.Engine[0])) + "." + whole(int(m.Engine[1])) + "." + whole(int(m.Engine[2])),
		Parameters: m.Parameters.named(m.Kind), TimeUnitDays: m.UnitDays,
		Data: FileData{isoDay(m.First), isoDay(m.Last), m.Customers, m.Orders}, Reading: m.Reading}
	for _, r := range m.Replicates {
		f.Replicates = append(f.Replicates, r.named(m.Kind))
	}
	s := &m.Spend
	f.Spend = FileSpend{s.Basis.String(), s.Mean.String(), s.Params.P, s.Params.Q, s.Params.Gamma, s.Covariance[:]}
	return f
}

// square is the covariance of n parameters, zero when it is unknown.
func (u Uncertainty) square(n int) []float64 {
	if len(u.Covariance) == n*n {
		return u.Covariance
	}
	return make([]float64, n*n)
}

func (p Parameters) named(k Kind) map[string]float64 {
	out := map[string]float64{}
	for i, letter := range k.Model().Parameters {
		if i < len(p) {
			out[letter] = p[i]
		}
	}
	return out
}

// Read returns the model of a file.
func (f *File) Read() (m Model, fault Fault) {
	if fault = f.Recognise(); fault.Code != FileOK {
		return Model{}, fault
	}
	kind, ok := KindOf(f.Model)
	if !ok {
		return Model{}, Fault{Code: UnknownKind, What: shown(f.Model)}
	}
	m = Model{Kind: kind, UnitDays: f.TimeUnitDays, Customers: f.Data.Customers, Orders: f.Data.Orders, Reading: f.Reading, Uncertainty: Uncertainty{Covariance: f.Covariance}}
	if m.Parameters, fault = kind.read(f.Parameters); fault.Code != FileOK {
		return Model{}, fault
	}
	for _, r := range f.Replicates {
		p, fault := kind.read(r)
		if fault.Code != FileOK {
			return Model{}, fault
		}
		m.Replicates = append(m.Replicates, p)
	}
	if n := len(m.Parameters); len(f.Covariance) != n*n {
		return Model{}, Fault{FileIncomplete, "log_parameter_covariance", len(f.Covariance), n * n}
	}
	if fault = f.Spend.read(&m.Spend); fault.Code != FileOK {
		return Model{}, fault
	}
	if m.Engine, ok = release(f.Engine); !ok {
		return Model{}, Fault{Code: BadEngine, What: shown(f.Engine)}
	}
	if m.First, ok = day(f.Data.First); !ok {
		return Model{}, Fault{Code: BadDay, What: "first_day: " + shown(f.Data.First)}
	}
	if m.Last, ok = day(f.Data.Last); !ok {
		return Model{}, Fault{Code: BadDay, What: "last_day: " + shown(f.Data.Last)}
	}
	if !m.Valid() {
		return Model{}, Fault{Code: BadModelNumber, What: ""}
	}
	return m, Fault{}
}

// read takes parameters by their names, each once.
func (k Kind) read(in map[string]float64) (p Parameters, fault Fault) {
	for _, letter := range k.Model().Parameters {
		v, ok := in[letter]
		if !ok {
			return nil, Fault{Code: FileIncomplete, What: letter}
		}
		p = append(p, v)
	}
	if len(in) > len(p) {
		for stranger := range in {
			if indexOf(k.Model().Parameters, stranger) < 0 {
				return nil, Fault{Code: UnknownField, What: shown(stranger)}
			}
		}
	}
	return p, Fault{}
}

func (s *FileSpend) read(out *Spend) Fault {
	basis := indexOf(basisNames[:], s.Basis)
	if basis < 0 {
		return Fault{Code: UnknownBasis, What: shown(s.Basis)}
	}
	out.Basis = Basis(basis)
	switch s.MeanOf {
	case orders.MeanRepeat.String():
		out.Mean = orders.MeanRepeat
	case orders.MeanAll.String():
		out.Mean = orders.MeanAll
	default:
		return Fault{Code: UnknownBasis, What: shown(s.MeanOf)}
	}
	if len(s.Covariance) != len(out.Covariance) {
		return Fault{FileIncomplete, "spend.log_parameter_covariance", len(s.Covariance), len(out.Covariance)}
	}
	copy(out.Covariance[:], s.Covariance)
	out.Params = gammagamma.Params{P: s.P, Q: s.Q, Gamma: s.Gamma}
	return Fault{}
}

func indexOf(names []string, one string) int {
	for i, n := range names {
		if n == one {
			return i
		}
	}
	return -1
}

// shown is what a foreign file holds, short enough to be shown.
func shown(text string) string { return text[:min(len(text), 40)] }

// whole is a number in digits.
func whole(n int) string {
	if n < 0 {
		return "-" + whole(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return whole(n/10) + whole(n%10)
}

// digits reads a number of as many digits as there are, up to nine.
func digits(text string) (n int, ok bool) {
	if len(text) == 0 || len(text) > 9 {
		return 0, false
	}
	for i := range len(text) {
		d := int(text[i]) - '0'
		if d < 0 || d > 9 {
			return 0, false
		}
		n = 10*n + d
	}
	return n, true
}

// release reads a version such as 0.1.0.
func release(text string) (v [3]float64, ok bool) {
	for i := range v {
		part := text
		if dot := byteAt(text, '.'); i < 2 {
			if dot < 0 {
				return v, false
			}
			part, text = text[:dot], text[dot+1:]
		}
		n, ok := digits(part)
		if !ok || n > math.MaxUint16 || whole(n) != part {
			return v, false
		}
		v[i] = float64(n)
	}
	return v, true
}

func byteAt(text string, c byte) int {
	for i := range len(text) {
		if text[i] == c {
			return i
		}
	}
	return -1
}

// isoDay is a day such as 2026-11-21.
func isoDay(d int32) string {
	year, month, date := orders.Civil(d)
	two := func(n int) string { return whole(n/10) + whole(n%10) }
	return two(year/100) + two(year%100) + "-" + two(month) + "-" + two(date)
}

func day(text string) (int32, bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	year, okYear := digits(text[:4])
	month, okMonth := digits(text[5:7])
	date, okDate := digits(text[8:])
	if !okYear || !okMonth || !okDate || month < 1 || month > 12 {
		return 0, false
	}
	d := orders.Day(year, month, date)
	return d, isoDay(d) == text
}

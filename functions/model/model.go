// Package model reads and writes the model file: the JSON form of customers.Model, by
// which a model fitted in one place scores the same elsewhere. Numbers are
// written with the fewest digits that give the same number back, so that a file read
// and written again is the same, and scores to the last bit alike.
package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"hourglass/core/customers"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
)

const (
	format  = "hourglass-model" // what says that a file is one of these
	version = 1                 // grows when a reader of the old one would misread the new

	// MaxBytes is the largest file that Decode reads; ours have a few thousand.
	MaxBytes = 1 << 20
)

// A file is the layout of the JSON, in the order written.
type file struct {
	Format       string               `json:"format"`
	Version      int                  `json:"version"`
	Engine       string               `json:"engine"` // version that made it
	Model        string               `json:"model"`
	Parameters   map[string]float64   `json:"parameters"`
	Covariance   list                 `json:"log_parameter_covariance"` // row by row
	Replicates   []map[string]float64 `json:"bootstrap,omitempty"`
	Spend        spend                `json:"spend"`
	TimeUnitDays float64              `json:"time_unit_days"`
	Data         data                 `json:"data"`
}

type spend struct {
	Basis      string  `json:"basis"`   // none, likelihood, moments
	MeanOf     string  `json:"mean_of"` // repeat_orders, all_orders
	P          float64 `json:"p"`
	Q          float64 `json:"q"`
	Gamma      float64 `json:"gamma"`
	Covariance list    `json:"log_parameter_covariance"`
}

type data struct {
	First     string  `json:"first_day"`
	Last      string  `json:"last_day"`
	Customers float64 `json:"customers"`
	Orders    float64 `json:"orders"`
}

var conventions = [...]string{orders.MeanRepeat: "repeat_orders", orders.MeanAll: "all_orders"}

// Encode writes a model as a file. It refuses an invalid model.
func Encode(m customers.Model) ([]byte, error) {
	if !m.Valid() {
		return nil, errors.New("the model has no valid parameters, so that there is nothing to write")
	}
	f := file{Format: format, Version: version, Model: m.Kind.String(), Covariance: m.Covariance,
		Engine:     fmt.Sprintf("%v.%v.%v", m.Engine[0], m.Engine[1], m.Engine[2]),
		Parameters: named(m.Kind, m.Parameters), TimeUnitDays: m.UnitDays,
		Data: data{date(m.First), date(m.Last), m.Customers, m.Orders}}
	if n := len(m.Parameters); f.Covariance == nil {
		f.Covariance = make(list, n*n)
	}
	for _, r := range m.Replicates {
		f.Replicates = append(f.Replicates, named(m.Kind, r))
	}
	s := m.Spend
	f.Spend = spend{s.Basis.String(), conventions[s.Mean], s.Params.P, s.Params.Q, s.Params.Gamma, s.Covariance[:]}
	text, err := json.MarshalIndent(f, "", "\t")
	if err != nil {
		return nil, err
	}
	return append(text, '\n'), nil
}

func named(k customers.Kind, p customers.Parameters) map[string]float64 {
	out := map[string]float64{}
	for i, letter := range k.Model().Parameters {
		out[letter] = p[i]
	}
	return out
}

func date(day int32) string {
	return time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly)
}

// Decode reads a file. The error says what is wrong with it, and what to do.
func Decode(text []byte) (customers.Model, error) {
	if len(text) > MaxBytes {
		return customers.Model{}, fmt.Errorf("the file has %d bytes and a model file at most %d: is it another file?", len(text), MaxBytes)
	}
	if err := recognise(text); err != nil {
		return customers.Model{}, err
	}
	var f file
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return customers.Model{}, fmt.Errorf("the model file cannot be read: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return customers.Model{}, errors.New("the model file has more text after its end")
	}
	return f.model()
}

// recognise looks at format and version before everything else, so that a file of a
// later version is refused for that and not for a field that is unknown.
func recognise(text []byte) error {
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&head); err != nil {
		return fmt.Errorf("this is not a model file: %w", err)
	}
	switch {
	case head.Format != format:
		return fmt.Errorf("this is not a model file: its format is %.40q, not %q", head.Format, format)
	case head.Version != version:
		return fmt.Errorf("this model file has version %d and this engine reads version %d: use the engine that wrote it, or fit again", head.Version, version)
	}
	return nil
}

func (f file) model() (m customers.Model, err error) {
	if m.Kind, err = lookup("model", f.Model, customers.Kinds()); err != nil {
		return customers.Model{}, err
	}
	if m.Parameters, err = numbers(m.Kind, f.Parameters); err != nil {
		return customers.Model{}, err
	}
	for _, r := range f.Replicates {
		p, err := numbers(m.Kind, r)
		if err != nil {
			return customers.Model{}, err
		}
		m.Replicates = append(m.Replicates, p)
	}
	if m.Engine, err = release(f.Engine); err != nil {
		return customers.Model{}, err
	}
	if m.Spend, err = f.Spend.model(); err != nil {
		return customers.Model{}, err
	}
	if m.First, err = day(f.Data.First); err != nil {
		return customers.Model{}, err
	}
	if m.Last, err = day(f.Data.Last); err != nil {
		return customers.Model{}, err
	}
	m.Covariance = make([]float64, len(m.Parameters)*len(m.Parameters))
	if err = f.Covariance.into(m.Covariance, "log_parameter_covariance"); err != nil {
		return customers.Model{}, err
	}
	m.UnitDays = f.TimeUnitDays
	m.Customers, m.Orders = f.Data.Customers, f.Data.Orders
	if !m.Valid() {
		return customers.Model{}, errors.New("the model file has a number outside its domain: parameters and the time unit are above zero, and the data begin before they end")
	}
	return m, nil
}

func (s spend) model() (out customers.Spend, err error) {
	if out.Basis, err = lookup("spend basis", s.Basis, customers.Moments+1); err != nil {
		return out, err
	}
	switch s.MeanOf {
	case conventions[orders.MeanRepeat]:
		out.Mean = orders.MeanRepeat
	case conventions[orders.MeanAll]:
		out.Mean = orders.MeanAll
	default:
		return out, fmt.Errorf("the spend is the mean of %.40q, which this engine does not know: it knows %q", s.MeanOf, conventions)
	}
	out.Params = gammagamma.Params{P: s.P, Q: s.Q, Gamma: s.Gamma}
	return out, s.Covariance.into(out.Covariance[:], "spend.log_parameter_covariance")
}

// A list is of numbers that are all there. encoding/json by itself would take null for zero, and a list that is too
// short for one with zeros at its end: a model that is surer than it is.
type list []float64

func (l *list) UnmarshalJSON(text []byte) error {
	var in []*float64
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	*l = make(list, len(in))
	for i, x := range in {
		if x == nil {
			return errors.New("null stands where a number has to")
		}
		(*l)[i] = *x
	}
	return nil
}

func (l list) into(out []float64, name string) error {
	if len(l) != len(out) {
		return fmt.Errorf("%s has %d numbers, not %d", name, len(l), len(out))
	}
	copy(out, l)
	return nil
}

// lookup finds an option by its name.
func lookup[T interface {
	~uint8
	fmt.Stringer
}](what, name string, end T) (T, error) {
	var known []string
	for v := T(0); v < end; v++ {
		if v.String() == name {
			return v, nil
		}
		known = append(known, v.String())
	}
	return 0, fmt.Errorf("the %s is %.40q, which this engine does not know: it knows %q", what, name, known)
}

func numbers(k customers.Kind, in map[string]float64) (p customers.Parameters, err error) {
	letters := k.Model().Parameters
	for _, letter := range letters {
		v, ok := in[letter]
		if !ok || len(in) != len(letters) {
			return p, fmt.Errorf("the parameters of %s are %q, each once", k, letters)
		}
		p = append(p, v)
	}
	return p, nil
}

func release(text string) (v [3]float64, err error) {
	var parts [3]uint16
	if _, err := fmt.Sscanf(text, "%d.%d.%d", &parts[0], &parts[1], &parts[2]); err != nil || fmt.Sprintf("%d.%d.%d", parts[0], parts[1], parts[2]) != text {
		return v, fmt.Errorf("the engine's version is %.40q, not three numbers with dots", text)
	}
	for i, p := range parts {
		v[i] = float64(p)
	}
	return v, nil
}

func day(text string) (int32, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("%.40q is not a day such as 2026-11-21", text)
	}
	return int32(t.Unix() / 86400), nil
}

// Package model reads and writes the model file: the JSON of customers.File, by
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
	"slices"

	"hourglass/core/customers"
	"hourglass/core/orders"
)

// MaxBytes is the largest file that Decode reads; ours have a few thousand.
const MaxBytes = 1 << 20

// Encode writes a model as a file. It refuses an invalid model.
func Encode(m customers.Model) ([]byte, error) {
	if !m.Valid() {
		return nil, errors.New("the model has no valid parameters, so that there is nothing to write")
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false) // the settings of reading have &
	e.SetIndent("", "\t")
	if err := e.Encode(m.File()); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// Decode reads a file. The error says what is wrong with it, and what to do.
func Decode(text []byte) (customers.Model, error) {
	f, err := parse(text)
	if err != nil {
		return customers.Model{}, err
	}
	m, fault := f.Read()
	return m, inWords(f, fault)
}

func parse(text []byte) (f customers.File, err error) {
	if len(text) > MaxBytes {
		return f, fmt.Errorf("the file has %d bytes and a model file at most %d: is it another file?", len(text), MaxBytes)
	}
	// Format and version come first: see customers.File.Recognise.
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&head); err != nil {
		return f, fmt.Errorf("this is not a model file: %w", err)
	}
	f.Format, f.Version = head.Format, head.Version
	if fault := f.Recognise(); fault.Code != customers.FileOK {
		return f, inWords(f, fault)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return f, fmt.Errorf("the model file cannot be read: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return f, errors.New("the model file has more text after its end")
	}
	return f, complete(text)
}

// complete refuses null, which encoding/json takes for zero: a model that is surer than it is.
func complete(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	for {
		token, err := d.Token()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case token == nil:
			return errors.New("the model file cannot be read: null stands where a number has to")
		}
	}
}

// inWords says what is wrong with a file, and what to do; nil when nothing is.
func inWords(file customers.File, f customers.Fault) error {
	switch f.Code {
	case customers.FileOK:
		return nil
	case customers.UnknownFormat:
		return fmt.Errorf("this is not a model file: its format is %q, not %q", f.What, customers.FileFormat)
	case customers.UnknownVersion:
		return fmt.Errorf("this model file has version %s and this engine reads version %d: use the engine that wrote it, or fit again", f.What, customers.FileVersion)
	case customers.UnknownKind:
		return fmt.Errorf("the model is %q, which this engine does not know: it knows %q", f.What, known(customers.Kinds()))
	case customers.UnknownBasis:
		if bases := known(customers.Moments + 1); !slices.Contains(bases, file.Spend.Basis) {
			return fmt.Errorf("the spend basis is %q, which this engine does not know: it knows %q", f.What, bases)
		}
		return fmt.Errorf("the spend is the mean of %q, which this engine does not know: it knows %q", f.What, known(orders.MeanAll+1))
	case customers.FileIncomplete, customers.UnknownField:
		if f.Wanted > 0 {
			return fmt.Errorf("%s has %d numbers, not %d", f.What, f.Numbers, f.Wanted)
		}
		k, _ := customers.KindOf(file.Model)
		return fmt.Errorf("the parameters of %s are %q, each once", k, k.Model().Parameters)
	case customers.BadDay:
		return fmt.Errorf("%s is not a day such as 2026-11-21", f.What)
	case customers.BadEngine:
		return fmt.Errorf("the engine's version is %q, not three numbers with dots", f.What)
	}
	return errors.New("the model file has a number outside its domain: parameters and the time unit are above zero, and the data begin before they end")
}

// known are the names of options.
func known[T interface {
	~uint8
	fmt.Stringer
}](end T) (names []string) {
	for v := T(0); v < end; v++ {
		names = append(names, v.String())
	}
	return names
}

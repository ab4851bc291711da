// Package catalogue is the list of calculations with their words. It is linked natively only (the API, the
// generator), never into the WASM module, which knows a calculation as a number. One entry and the Go file that it
// points to are all there is to a calculation; the rest is generated from them.
package catalogue

import (
	"cmp"
	"slices"
	"strings"
)

//go:generate go run hourglass/internal/gen

// A Calculation is one entry: a function of core with the words around it. Its titles, help, bounds and units are
// the struct tags of the function's input and result.
type Calculation struct {
	ID       string
	Title    string
	Question string // that it answers, as a person would ask it
	Module   Module // that it is part of in the browser
	Fits     bool   // a model to data, which may take seconds
	Func     any    // func(In) (Out, notice.List)
	Example  any    // an In, complete: what the page shows first and the docs compute

	Rows []string // names of the example's rows, where its list has them

	// Partly is a func(*In, value.Extent) (Out, notice.List), Func to an extent; nil where that would save nothing.
	Partly any

	// The formula shows the visitor's own figures: its left side is the result that it defines, by path, and what stands
	// on its right is known from the inputs and results, whatever they are.
	Defines string   // "clv" where it is empty
	Formula string   // TeX
	Cases   []Case   // in which another formula holds
	Where   string   // TeX: what the formula takes as known, in letters only
	Symbols []Symbol // of all of these, in reading order

	Assumptions []string // what has to hold for the result to mean something
	Special     []string // what happens at the edges of the domain
	Source      string   // the paper and equation, or the published guide

	// Of a model's fit, Markdown for its formula page alone.
	Expectations []string // what follows from the parameters, and where its formula stands
	Derivation   []string // where the formulas are derived, step by step
	NotFor       []string // when not to use the model
}

// A Module is a WASM module of the browser's, loaded when one of its calculations is first asked for.
type Module uint8

const (
	Calculator Module = iota
	Growth
	Levers
	Economics
	Bases
	Customers   // the last: pages of calculations do without it
	ModuleCount // how many there are; not a module
)

// String is the module's name, also that of its function in core/boundary.
func (m Module) String() string {
	return [...]string{"Calculator", "Growth", "Levers", "Economics", "Bases", "Customers"}[m]
}

// Package is the one of core/ that its calculations are in.
func (m Module) Package() string {
	switch m {
	case Levers: // the engine of plans values them
		m = Growth
	case Bases:
		m = Economics
	}
	return strings.ToLower(m.String())
}

// Stem is its file's name without .wasm, which is also the attribute of a page's elements that says where it is.
func (m Module) Stem() string {
	if m == Calculator {
		return "engine"
	}
	return strings.ToLower(m.String())
}

// A Case is a formula for figures that the usual one is not for. The first that applies is shown.
type Case struct {
	When    string // the results and inputs that it is for: "a" is there and not 0, "a?" is given, 0 or not, "!a" is not there or 0, "a>0.9" is above; joined by ","
	Formula string // TeX
}

// A Symbol explains a letter of a formula: by the field that it stands for or, for a letter that stands for none, by its
// meaning.
type Symbol struct {
	TeX   string
	Field string // by path: price, outcome.clv_before
	Else  string // the field whose figure holds where that one is empty
	Means string // a key of Meanings
}

// Result is the path of the result that the formula defines.
func (c Calculation) Result() string { return cmp.Or(c.Defines, "clv") }

// Calculations in the order of the page, those of one module together; the index of one is its number at the boundary.
var Calculations = slices.Concat(valueCalculations, retentionCalculations, growthCalculations, stepCalculations, leverCalculations, mechanismCalculations, economicsCalculations, baseCalculations, rowCalculations, segmentCalculations, modelCalculations, customerCalculations)

// Find returns the calculation with this id and its index, or -1.
func Find(id string) (int, Calculation) {
	for i, c := range Calculations {
		if c.ID == id {
			return i, c
		}
	}
	return -1, Calculation{}
}

// Layout is the shape of the calculation, generated from its structs.
func (c Calculation) Layout() Layout { return layouts[c.ID] }

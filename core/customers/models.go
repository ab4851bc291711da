package customers

import (
	"hourglass/core/bgnbd"
	"hourglass/core/btyd"
	"hourglass/core/mbgcnbd"
	"hourglass/core/mbgnbd"
	"hourglass/core/paretonbd"
)

// models are those that customers can be valued with, a line each. They are tried and
// listed in this order; a new one goes to the end.
var models = [...]*btyd.Model{
	&bgnbd.Model,
	&mbgnbd.Model,
	&paretonbd.Model,
	&mbgcnbd.Model,
}

// A Kind is a model of when customers order: its place among the models.
type Kind uint8

// The kinds that others speak of by name.
const (
	BGNBD Kind = iota
	MBGNBD
	ParetoNBD
	MBGCNBD
)

// Kinds returns how many kinds there are.
func Kinds() Kind { return Kind(len(models)) }

// KindOf returns the kind of that name.
func KindOf(name string) (k Kind, ok bool) {
	for i, m := range models {
		if m.Name == name {
			return Kind(i), true
		}
	}
	return 0, false
}

// String returns the kind's name on the wire, empty for an unknown kind.
func (k Kind) String() string { return k.Model().Name }

// Model describes the kind; an unknown one by an empty Model.
func (k Kind) Model() *btyd.Model {
	if k >= Kinds() {
		return &noModel
	}
	return models[k]
}

var noModel btyd.Model

// special returns the kind that k is at its simplest; itself where it is none.
func (k Kind) special() Kind {
	if s := k.Model().Special; s != nil {
		if simple, ok := KindOf(s.Name); ok {
			return simple
		}
	}
	return k
}

// chains are the kinds in the order in which they are best fitted side by side, those last listed, which take longest, first: each chain is fitted in
// turn, since its kinds are its first at their simplest.
func chains() (out [][]Kind) {
	for k := Kinds(); k > 0; k-- {
		if first := k - 1; first.special() == first {
			chain := []Kind{first}
			for other := range Kinds() {
				if other != first && other.special() == first {
					chain = append(chain, other)
				}
			}
			out = append(out, chain)
		}
	}
	return out
}

// needGaps reports whether a model asks for cbs.Table.Gaps.
func needGaps() bool {
	for _, m := range models {
		if m.NeedsGaps {
			return true
		}
	}
	return false
}

// Parameters are those of a Kind in the order of its Model's, those that are times in
// the model's unit of time.
type Parameters []float64

// process returns the kind with parameters; nil for an unknown one, or another number of
// parameters than it has.
func (k Kind) process(p Parameters) btyd.Process {
	if m := k.Model(); m.Process != nil && len(p) == len(m.Parameters) {
		return m.Process(p)
	}
	return nil
}

// usable reports whether a process can be scored with.
func (p Parameters) usable(k Kind) bool {
	m := k.process(p)
	return m != nil && m.Valid() && reasonable(p...)
}

// reasonable bounds the parameters of a model file, far beyond where a fit on its way
// to a limit stops.
func reasonable(p ...float64) bool {
	for _, v := range p {
		if !(v >= 1e-40 && v <= 1e40) {
			return false
		}
	}
	return true
}

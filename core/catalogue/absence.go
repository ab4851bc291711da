package catalogue

import (
	"slices"
	"strings"
)

// An Absence is what a result that does not exist (null) reads as, where a cell would show nothing and count as 0.
type Absence struct {
	Word  string
	Needs string // an input without which the result does not exist; "" for none
}

// Say is the absence in words; given tells whether an input was given.
func (a Absence) Say(given func(input string) bool) string {
	if a.Needs != "" && !given(a.Needs) {
		return "none (" + a.Needs + " is left out)"
	}
	return a.Word
}

// AbsenceOf is the absence of a result of a calculation with these inputs. What is beyond every number is "never" or, of what its help calls without limit, "no
// limit". Otherwise it is why the help says that the result is empty. A result that is named after an input which may be left out, as ltv_cac_ratio is
// after cac, does not exist without it.
func AbsenceOf(f *Field, inputs []Field) Absence {
	a := Absence{Word: "none"}
	if why := emptyBecause(f.Help); why != "" {
		a.Word = "none (" + why + ")"
	}
	if f.Never != "" {
		a.Word = "never"
		if strings.Contains(f.Help, "no limit") {
			a.Word = "no limit"
		}
	}
	if f.Never != "" && f.Never != Always {
		a.Needs = f.Never
		return a
	}
	for i := range inputs {
		if inputs[i].Optional && inputs[i].Default == nil && slices.Contains(strings.Split(f.Name, "_"), inputs[i].Name) {
			a.Needs = inputs[i].Name
		}
	}
	return a
}

// emptyBecause is what follows "Empty" in a help: if even full renewal is not enough.
func emptyBecause(help string) string {
	for sentence := range strings.SplitSeq(help, ". ") {
		if why, ok := strings.CutPrefix(sentence, "Empty "); ok {
			return strings.TrimSuffix(why, ".")
		}
	}
	return ""
}

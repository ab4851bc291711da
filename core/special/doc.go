// Package special holds the special functions that the probability models
// stand on. Each comment states the method, the error observed and the special
// cases, as Go's own math package does. Errors are relative unless said
// otherwise; "eps" is 2^-52.
//
// Outside its stated domain a function returns NaN (or false); inside it, it
// returns neither NaN nor an infinity unless its comment names the case.
//
// Sources: DLMF is the NIST Digital Library of Mathematical Functions,
// https://dlmf.nist.gov; A&S is Abramowitz & Stegun (1964).
package special

// An Outcome says whether an expectation exists, for functions whose answer can
// be unbounded: the value beside any Outcome other than OK is zero.
type Outcome uint8

// The outcomes of an expectation.
const (
	OK          Outcome = iota // the value is finite and may be used
	Unbounded                  // the sum or integral diverges: give a horizon
	OutOfDomain                // a parameter or argument is outside its domain
)

// String returns the outcome's name on the wire.
func (o Outcome) String() string {
	switch o {
	case OK:
		return "ok"
	case Unbounded:
		return "unbounded"
	}
	return "out_of_domain"
}

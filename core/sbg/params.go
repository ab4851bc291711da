// Package sbg is the shifted-beta-geometric model of contractual retention, and the
// beta-discrete-Weibull model that has it at c = 1 (Weibull).
//
// Each customer leaves at the end of a period with a probability theta of their
// own, constant over time and drawn from a Beta(alpha, beta) distribution.
// Retention of a cohort then rises with its age, because those likely to leave
// leave first, and not because anyone becomes more loyal.
//
// Sources, cited on the lines that implement them:
//
//	FH07: Fader & Hardie, "How to project customer retention", Journal of
//	      Interactive Marketing 21(1), 2007.
//	FH10: Fader & Hardie, "Customer-base valuation in a contractual setting: the
//	      perils of ignoring heterogeneity", Marketing Science 29(1), 2010.
//
// Periods are those of the survivor counts; t = 0 is acquisition. All functions
// are pure; outside the domain they return zero and an Outcome or Status that says so.
package sbg

import "math"

// Params are the parameters of the Beta distribution of the churn probability.
type Params struct {
	Alpha float64 // > 0; small: many nearly loyal customers
	Beta  float64 // > 0; the churn of new customers is Alpha/(Alpha+Beta)
}

// Valid reports whether both parameters are positive and finite.
func (p Params) Valid() bool {
	return p.Alpha > 0 && p.Beta > 0 && p.Alpha+p.Beta <= math.MaxFloat64
}

// Polarization returns 1/(alpha+beta+1) in (0, 1): near 0 all customers are
// alike, near 1 each leaves at once or stays for ever.
func (p Params) Polarization() float64 { return 1 / (p.Alpha + p.Beta + 1) }

package sbg

import "math"

// Counts is the sufficient statistic of any number of cohorts: by age t = 1, 2,
// ... how many customers were at risk at the beginning of period t and how many of
// those it lost. The columns are equally long.
type Counts struct {
	AtRisk, Lost []float64
}

// A Code names what is wrong with survivor counts.
type Code uint8

// The faults of survivor counts.
const (
	Valid          Code = iota
	NotACount           // negative or not finite; fractions are allowed, as weights
	Resurrected         // more survivors than a period before
	LengthMismatch      // the columns of Counts differ in length
	LostTooMany         // more lost than were at risk
)

var codeNames = [...]string{"valid", "not_a_count", "resurrected", "length_mismatch", "lost_too_many"}

// String returns the code's name on the wire, empty for an unknown code.
func (c Code) String() string {
	if int(c) >= len(codeNames) {
		return ""
	}
	return codeNames[c]
}

// A Fault is the first thing wrong with the cohorts.
type Fault struct {
	Code           Code
	Cohort, Period int // zero-based
}

// Validate returns the first fault of the columns: its Period is the row.
func (c Counts) Validate() Fault {
	if len(c.AtRisk) != len(c.Lost) {
		return Fault{Code: LengthMismatch}
	}
	for i, lost := range c.Lost {
		switch atRisk := c.AtRisk[i]; {
		case !(atRisk >= 0 && atRisk <= math.MaxFloat64 && lost >= 0 && lost <= math.MaxFloat64):
			return Fault{Code: NotACount, Period: i}
		case lost > atRisk*(1+1e-12): // both may be sums of weights
			return Fault{Code: LostTooMany, Period: i}
		}
	}
	return Fault{}
}

// Count adds up cohorts of differing lengths. Each lists its survivors at t = 0, 1,
// ...: cohort[0] customers were acquired, cohort[t] renewed at least t times.
// Cohorts of fewer than two entries carry no information and add nothing.
func Count(cohorts [][]float64) (Counts, Fault) {
	var c Counts
	for i, survivors := range cohorts {
		for t, s := range survivors {
			if !(s >= 0 && s <= math.MaxFloat64) {
				return Counts{}, Fault{NotACount, i, t}
			}
			if t == 0 {
				continue
			}
			if s > survivors[t-1] {
				return Counts{}, Fault{Resurrected, i, t}
			}
			if t > len(c.Lost) {
				c.AtRisk, c.Lost = append(c.AtRisk, 0), append(c.Lost, 0)
			}
			c.AtRisk[t-1] += survivors[t-1]
			c.Lost[t-1] += survivors[t-1] - s
		}
	}
	return c, Fault{}
}

// LogLikelihood returns the log-likelihood (FH07, appendix B) and its
// derivatives by alpha and beta.
//
// The paper's products of P(T = t) and S(t) regroup by period into
// S(t)/S(t-1) = (beta+t-1)/(alpha+beta+t-1) for each customer that stayed and
// its complement for each that left: no gamma function and no cancellation,
// however large alpha and beta become. Zero and no gradient for invalid params and for
// columns of unequal length.
func (p Params) LogLikelihood(c Counts) (ll, dAlpha, dBeta float64) {
	if !p.Valid() || len(c.AtRisk) != len(c.Lost) {
		return 0, 0, 0
	}
	for i, lost := range c.Lost {
		stay := p.Beta + float64(i) // beta + t - 1
		all := p.Alpha + stay
		kept := c.AtRisk[i] - lost
		ll += lost*logShare(p.Alpha, stay) + kept*logShare(stay, p.Alpha) // FH07 eq. 8
		balance := (lost*stay - kept*p.Alpha) / all                       // d LL / d logit(churn)
		dAlpha += balance / p.Alpha
		dBeta -= balance / stay
	}
	return ll, dAlpha, dBeta
}

// logShare returns log(u/(u+v)), exact also where that is near zero.
func logShare(u, v float64) float64 {
	if u > v {
		return -math.Log1p(v / u)
	}
	return math.Log(u / (u + v))
}

// Package value holds the closed forms of customer lifetime value: sums of expected, discounted margins. Money is
// in any one currency, rates and shares are fractions, and whatever is called annual is per year and effective.
//
// NewSubscriptionInput and the like have the wire's defaults filled in; a struct literal has zeros (a GrossMargin left
// at zero is a margin of nothing). A pointer that is nil is a figure not given or, in a result, one that does not exist.
package value

import "math"

// Period is the unit of every per-period figure of a request.
type Period uint8

const (
	Month Period = iota
	Quarter
	Year
	Week
	Day
)

// String is the period's wire name, empty for an unknown period.
func (p Period) String() string { return name(int(p), "month", "quarter", "year", "week", "day") }

// PerYear is how many periods make a year: 12, 4 or 1, 52 weeks or 365 days.
func (p Period) PerYear() int {
	switch p {
	case Quarter:
		return 4
	case Year:
		return 1
	case Week:
		return 52
	case Day:
		return CommonYear
	}
	return 12
}

// PaymentTiming says when in a period its payment falls.
type PaymentTiming uint8

const (
	Start        PaymentTiming = iota // at the start of each period, the first at once
	End                               // at the end of each period, by everyone who began it
	AfterRenewal                      // at the end of each period, by those who stayed: nothing before the first renewal
)

// String is the timing's wire name, empty for an unknown timing.
func (t PaymentTiming) String() string { return name(int(t), "start", "end", "after_renewal") }

func name(i int, names ...string) string {
	if i < 0 || i >= len(names) {
		return ""
	}
	return names[i]
}

// PerPeriod converts an effective annual rate d > -1 into the effective rate of one of n equal periods,
// (1+d)^(1/n) - 1, never d/n.
func PerPeriod(d float64, n int) float64 {
	if n == 1 {
		return d
	}
	return math.Expm1(math.Log1p(d) / float64(n))
}

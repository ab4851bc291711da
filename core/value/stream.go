package value

import (
	"math"

	"hourglass/core/notice"
)

// UnboundedYears is the horizon within which a value is counted when its discounted whole-life sum has no limit
// (without a discount rate nobody leaves, or prices rise as fast as customers leave and money loses its value).
// Whatever it is compared with is counted within the same horizon. Five years is the longest value_within figure.
const UnboundedYears = 5

// A stream is what one customer is expected to pay: payment k = 0, 1, 2, ... is
//
//	(First·(1+Growth)^k + Step·k) · (1-Churn)^k · (1+Discount)^-k
//
// times a factor for the timing of the first payment. Discount, Churn and Growth are per period. Early, where it is given, is the
// churn of the first period instead.
type stream struct {
	First, Step, Growth, Churn, Discount float64
	Timing                               PaymentTiming
	Early                                *float64
}

// stay is the share that stays in the first period.
func (s *stream) stay() float64 {
	if s.Early != nil {
		return 1 - *s.Early
	}
	return 1 - s.Churn
}

// early tells whether that concerns all payments but the first. After the renewal it concerns the first too.
func (s *stream) early() bool { return s.Early != nil && s.Timing != AfterRenewal }

// timingFactor moves the whole stream: 1 at the start, v = 1/(1+d) at the end, r·v after the renewal.
func (s *stream) timingFactor() float64 {
	switch s.Timing {
	case End:
		return 1 / (1 + s.Discount)
	case AfterRenewal:
		return s.stay() / (1 + s.Discount)
	}
	return 1
}

// leavesFirst tells whether nobody is there for a second period.
func (s *stream) leavesFirst() bool { return s.Early != nil && *s.Early == 1 }

// second is what the second payment is worth relative to the first, without growth.
func (s *stream) second() float64 {
	if s.early() {
		return s.stay() / (1 + s.Discount)
	}
	return (1 - s.Churn) / (1 + s.Discount)
}

// MinDecay is the least fall of the payments per period, discounting included, that gives their sum a limit: below it,
// growth that equals churn and discount on paper would be valued by the rounding error of their difference. It is the
// one rule for every calculation.
const MinDecay = 1e-9

// bounded tells whether the discounted whole-life sum has a limit.
func (s *stream) bounded() bool {
	return s.leavesFirst() || (s.First == 0 || s.decay()+s.Discount >= MinDecay) && (s.Step == 0 || s.Churn+s.Discount >= MinDecay)
}

// decay is 1 - (1-c)(1+g), written without its cancellation.
func (s *stream) decay() float64 { return s.Churn - s.Growth*(1-s.Churn) }

// whole is the sum over all k of a bounded stream:
//
//	First/(1-q) + Step·x/(1-x)²,  x = (1-c)/(1+d),  q = x·(1+g)
//
// or, where the churn c1 of the first period is another,
//
//	First + (1-c1)/(1+d) · [First·(1+g)/(1-q) + Step/(1-x)²].
func (s *stream) whole() float64 {
	if s.leavesFirst() {
		return s.timingFactor() * s.First
	}
	v := 1 / (1 + s.Discount)
	x, oneMinusX := (1-s.Churn)*v, (s.Churn+s.Discount)*v
	oneMinusQ := (s.decay() + s.Discount) * v
	if s.early() {
		return s.wholeAfter(oneMinusX, oneMinusQ)
	}
	sum := 0.0
	if s.First != 0 {
		sum = s.First / oneMinusQ
	}
	if s.Step != 0 {
		sum += s.Step * x / (oneMinusX * oneMinusX)
	}
	return s.timingFactor() * sum
}

// wholeAfter is whole with a first period of its own.
func (s *stream) wholeAfter(oneMinusX, oneMinusQ float64) float64 {
	later := 0.0
	if s.First != 0 {
		later = s.First * (1 + s.Growth) / oneMinusQ
	}
	if s.Step != 0 {
		later += s.Step / (oneMinusX * oneMinusX)
	}
	return s.timingFactor() * (s.First + s.second()*later)
}

// within is the sum of the first n payments.
func (s *stream) within(n int) float64 {
	_, sum, _ := s.walk(n, math.NaN(), nil)
	return sum
}

// value is the sum over n payments or, when n < 0, over the whole life.
func (s *stream) value(n int) float64 {
	if n < 0 {
		return s.whole()
	}
	return s.within(n)
}

// valueIfAny is value, nil where a whole life has no limit.
func (s *stream) valueIfAny(n int) *float64 {
	if n < 0 && !s.bounded() {
		return nil
	}
	return new(s.value(n))
}

// undiscounted is the same stream without a discount rate.
func (s stream) undiscounted() *stream {
	s.Discount = 0
	return &s
}

// scaled is the same stream with every payment times m.
func (s stream) scaled(m float64) *stream {
	s.First *= m
	s.Step *= m
	return &s
}

// walk adds up the first n payments, or as many as leave the sum below cost (NaN is no cost), and lists them in out
// unless that is nil. It returns how many, their sum, and the payment at which it stopped. It is the one loop over payments, and calls nothing.
func (s *stream) walk(n int, cost float64, out *Series) (k int, sum, payment float64) {
	geo := s.timingFactor() // (1+g)^k x^k, and below x^k, the two parts' common factors
	stay, lin, survival := 1-s.Churn, geo, 1.0
	first := s.stay()
	x := stay / (1 + s.Discount)
	q := x * (1 + s.Growth)
	if s.First == 0 { // whose growth would be beyond every number in the end
		q = 0
	}
	early := s.early()
	for ; k < n; k++ {
		payment = s.First*geo + s.Step*float64(k)*lin
		if sum+payment >= cost {
			break
		}
		sum += payment
		if out != nil {
			out.Period[k], out.Survival[k], out.Margin[k], out.Cumulative[k] = float64(k+1), survival, payment, sum
		}
		switch {
		case k > 0 || s.Early == nil:
			survival *= stay
			geo *= q
			lin *= x
		case early: // the first period's own churn
			survival = first
			geo *= s.second() * (1 + s.Growth)
			lin *= s.second()
		default: // which is in the timing of every payment already
			survival = first
			geo *= q
			lin *= x
		}
	}
	return k, sum, payment
}

// payback is after how many payments, counted in fractions of the last, their sum reaches cost; ok is false when n
// payments do not.
func (s *stream) payback(cost float64, n int) (periods float64, ok bool) {
	k, sum, payment := s.walk(n, cost, nil)
	switch {
	case k == n:
		return 0, false
	case cost <= sum || payment <= 0:
		return float64(k), true
	}
	return float64(k) + (cost-sum)/payment, true
}

// series lists the first n payments.
func (s *stream) series(n int) Series {
	column := make([]float64, 4*n)
	out := Series{column[:n:n], column[n : 2*n : 2*n], column[2*n : 3*n : 3*n], column[3*n:]}
	s.walk(n, math.NaN(), &out)
	return out
}

// lifetime is the expected number of periods a customer is there: 1/c, or within n periods (1-(1-c)^n)/c; nil where
// nobody ever leaves. With a churn of the first period's own, it is that period and the others of those who stay.
func (s *stream) lifetime(n int) *float64 {
	if s.Early == nil {
		return lifetime(s.Churn, n)
	}
	switch stay := s.stay(); {
	case stay == 0 || n == 1:
		return new(1.0)
	case n == 0:
		return new(0.0)
	default:
		later := lifetime(s.Churn, max(-1, n-1))
		if later == nil {
			return nil
		}
		return new(1 + stay**later)
	}
}

func lifetime(churn float64, n int) *float64 {
	switch {
	case churn == 0 && n < 0:
		return nil
	case churn == 0:
		return new(float64(n))
	case n < 0:
		return new(1 / churn)
	}
	return new(-math.Expm1(float64(n)*math.Log1p(-churn)) / churn)
}

// WarnOfLongLife says that a value rests on a lifetime, in years and within the horizon, that few forecasts hold; nil is for
// ever.
func WarnOfLongLife(notes *notice.List, field string, years *float64) {
	switch {
	case years == nil, *years > math.MaxFloat64: // of a churn below 1e-308
		notes.Add(notice.NeverLeaves, field, 0)
	case *years > longLifetime:
		notes.Add(notice.LongLifetime, field, *years)
	}
}

// inYears turns periods into years.
func inYears(periods *float64, perYear int) *float64 {
	if periods == nil {
		return nil
	}
	return new(*periods / float64(perYear))
}

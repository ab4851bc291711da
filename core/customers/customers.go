// Package customers turns order summaries and fitted models into what every
// customer is worth, and how sure that is.
//
// The steps, each of which can be called by itself, reports its progress and can
// be cancelled:
//
//	Group           customers of one history (x, t_x, T) are one row
//	Choose          fits the candidates, tests them on held-out time, recommends one
//	FitSpend        Gamma-Gamma, or its moments where its likelihood does not hold
//	Build           a Model: all that scoring needs, small enough for a file
//	Model.Score     P(alive), expected and discounted orders of every history
//	Model.Outcomes  the distribution of orders and money: intervals, next order
//	Model.Value     money, interval and rank of every customer
//	Model.Total     the same of all together, Concentrate, Segments, cohorts
//
// Results are columns. What depends on the history alone has one entry per row of
// Base.Table, and Base.Row leads from a customer to it: a million customers have
// about 130,000 histories.
//
// How an interval comes about. A customer's orders within the horizon have, given
// the parameters, a distribution that is computed exactly; it is averaged over a few
// sets of parameters that stand for their uncertainty (a third-degree cubature of
// the normal approximation, or bootstrap replicates where that fails). The
// money of n orders is, given the customer's past spend, a beta-prime variable, so
// that its distribution is a sum over n. Sources:
//
//	AH09: Arasaratnam & Haykin, "Cubature Kalman filters", IEEE Transactions on
//	      Automatic Control 54(6), 2009: the cubature points.
//	R81:  Rubin, "The Bayesian bootstrap", Annals of Statistics 9(1), 1981.
//	P42:  Paulson, "An approximate normalization of the analysis of variance
//	      distribution", Annals of Mathematical Statistics 13(2), 1942.
//	WH31: Wilson & Hilferty, "The distribution of chi-square", PNAS 17, 1931.
//
// All functions are pure; a Status says what could not be done. Nothing returned
// is ever NaN or infinite.
package customers

import (
	"math"

	"hourglass/core/parallel"
)

// DaysPerYear converts years: the mean Julian year, to which 52 weeks or 12 months
// are approximations.
const DaysPerYear = 365.25

// Options say what a value is.
type Options struct {
	HorizonDays    float64 // time looked ahead, > 0
	AnnualDiscount float64 // effective yearly rate, >= 0: 0.1 for 10 % a year
	Margin         float64 // share of the price that is left after the cost of what is sold, > 0 and at most 1
	Level          float64 // probability that an interval holds, in (0, 1); 0 takes 0.95

	season  float64 // mean index of the horizon's days, 0 for 1: Season
	workers int     // Valuation.Workers
}

// DefaultOptions look a year ahead at revenue (a margin of 1) without discounting.
func DefaultOptions() Options { return Options{HorizonDays: 365, Margin: 1, Level: 0.95} }

// Valid reports whether all options are within their domains. A horizon or margin of zero, as a field not filled in has
// it, would value everybody at nothing and is not.
func (o Options) Valid() bool {
	return o.HorizonDays > 0 && o.HorizonDays <= 1e6 && o.AnnualDiscount >= 0 && o.AnnualDiscount <= 1e6 &&
		o.Margin > 0 && o.Margin <= 1 && o.Level >= 0 && o.Level < 1
}

// level returns the probability of intervals, the default filled in.
func (o Options) level() float64 {
	if o.Level == 0 {
		return 0.95
	}
	return o.Level
}

// terms returns horizon and continuous discount rate in units of so many days:
// (1+d)^-years = e^(-delta t), exactly.
//
// With a season the horizon counts for as many days of an even year as it has orders: a Poisson process whose rate all customers share in changing is one of
// a constant rate in that time. What is discounted by its end is the same.
func (o Options) terms(unitDays float64) (horizon, delta float64) {
	season := o.season
	if season == 0 {
		season = 1
	}
	return o.HorizonDays * season / unitDays, math.Log1p(o.AnnualDiscount) * unitDays / DaysPerYear / season
}

// A Status says how a step ended; its results are to be used after Done only.
type Status uint8

// The statuses.
const (
	Done       Status = iota
	Cancelled         // the callback returned false
	BadOptions        // Options outside their domain
	BadData           // columns of unequal length, or numbers that are no histories
	BadModel          // a model without valid parameters
	TooLarge          // a result exceeds the largest float64
	NoModel           // no model that could be used
)

var statusNames = [...]string{"done", "cancelled", "bad_options", "bad_data", "bad_model", "too_large", "none_usable"}

// String returns the status's name on the wire, empty for an unknown status.
func (s Status) String() string { return name(statusNames[:], int(s)) }

// name returns names[i], empty beyond them.
func name(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return ""
	}
	return names[i]
}

// A Step is told the share done of a long calculation, 0 to 1, every few
// thousand customers; returning false cancels. nil is never called.
type Step func(done float64) bool

// stopped reports whether the callback wants an end.
func (s Step) stopped(done, of int) bool {
	return s != nil && !s(float64(done)/float64(max(1, of)))
}

// chunk is the number of rows between two calls of a Step: a few milliseconds.
const chunk = 2048

// A watched Step is told of pieces of work that may be done side by side.
type watched struct {
	step     Step
	lock     parallel.Lock
	done, of int
	over     bool // cancelled
}

// next tells of a piece that begins, and reports whether it is still wanted.
func (w *watched) next() bool {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.over = w.over || w.step.stopped(w.done, w.of)
	w.done++
	return !w.over
}

// within is the Step of what is done inside a piece; nil where nobody watches.
func (w *watched) within() Step {
	if w.step == nil {
		return nil
	}
	return func(share float64) bool {
		w.lock.Lock()
		defer w.lock.Unlock()
		w.over = w.over || !w.step((float64(w.done-1)+share)/float64(w.of))
		return !w.over
	}
}

// inBlocks calls do for blocks of n rows, by so many workers. Blocks are as long whatever the workers, so that the digits are the same.
func inBlocks(n, block, workers int, step Step, do func(from, to int, within Step)) Status {
	pieces := (n + block - 1) / block
	w := watched{step: step, of: pieces}
	parallel.Each(workers, pieces, func(i int) {
		if w.next() {
			do(i*block, min(n, (i+1)*block), w.within())
		}
	})
	if w.over {
		return Cancelled
	}
	return Done
}

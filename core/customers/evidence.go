package customers

import (
	"math"
)

// Evidence is how a model's latest earlier forecast did, customer by customer, in the measures that the field uses, and beside rules that need no model.
type Evidence struct {
	Customers float64
	MAE       float64 // mean absolute error of a customer's orders, over the mean of their orders
	Gini      float64 // of what came, in the order of the forecast, over that in its own order: 1 is a perfect ranking, 0 none
	Spearman  float64 // correlation of the ranks of forecast and outcome
	Tenths    [10]Tenth
	Caught    [Rankings]Catch
	SameAgain float64 // orders of all as in the same time before
	RateOn    float64 // orders of all if everybody goes on at their own rate of repeat orders
}

// A Tenth of the customers, those of the highest forecast first.
type Tenth struct{ Forecast, Actual float64 } // orders of all of them

// A Ranking is a way to say who is worth most.
type Ranking uint8

// The rankings.
const (
	ByModel  Ranking = iota // expected money, or orders where there is none
	ByRFM                   // sum of the fifths of recency, frequency and spend
	BySpend                 // money spent so far, or orders
	Rankings                // how many there are
)

var rankingNames = [...]string{"model", "rfm", "spend_to_date"}

// String returns the ranking's name on the wire, empty for an unknown one.
func (r Ranking) String() string { return name(rankingNames[:], int(r)) }

// A Catch is the share of what came (money, or orders where there is none) from the best tenth and the best fifth of a ranking.
type Catch struct{ Tenth, Fifth float64 }

// outcome is what was known of customers, was forecast and came, a row each.
type outcome struct {
	forecast, actual      []float64 // orders
	worth, paid           []float64 // money, or orders
	silence, repeat, past []float64 // since the last order; repeat orders; spend to date
}

// evidence measures an outcome.
func (o *outcome) evidence() (e Evidence) {
	n := len(o.actual)
	e.Customers = float64(n)
	if n == 0 {
		return e
	}
	total, miss := 0.0, 0.0
	for i, a := range o.actual {
		total += a
		miss += math.Abs(o.forecast[i] - a)
	}
	e.MAE = ratio(miss, total)
	order := descending(o.forecast)
	for k, i := range order {
		t := &e.Tenths[Decile(uint32(k)+1, uint32(n))-1]
		t.Forecast += o.forecast[i]
		t.Actual += o.actual[i]
	}
	own := giniIn(descending(o.actual), o.actual)
	if own > 0 {
		e.Gini = giniIn(order, o.actual) / own
	}
	e.Spearman = pearson(meanRanks(o.forecast), meanRanks(o.actual))
	e.Caught = [Rankings]Catch{o.caught(o.worth), o.caught(o.rfm()), o.caught(o.past)}
	return e
}

// giniIn is the Gini coefficient of values taken in an order, from the highest: (2 area under the curve - 1).
func giniIn(order []uint32, values []float64) float64 {
	sum, area, n := 0.0, 0.0, float64(len(order))
	for _, i := range order {
		area += (sum + values[i]/2) / n
		sum += values[i]
	}
	return 2*ratio(area, sum) - 1
}

// meanRanks numbers values from the lowest, equal ones by the mean of their ranks.
func meanRanks(values []float64) []float64 {
	order := count(len(values))
	sortBy(values, order)
	out := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			out[i] = float64(from+to+1) / 2
		}
		from = to
	}
	return out
}

// pearson returns the correlation of two columns, 0 where one does not vary.
func pearson(a, b []float64) float64 {
	var meanA, meanB, aa, bb, ab float64
	n := float64(len(a))
	for i := range a {
		meanA += a[i] / n
		meanB += b[i] / n
	}
	for i := range a {
		aa += (a[i] - meanA) * (a[i] - meanA)
		bb += (b[i] - meanB) * (b[i] - meanB)
		ab += (a[i] - meanA) * (b[i] - meanB)
	}
	if !(aa > 0 && bb > 0) {
		return 0
	}
	return ab / math.Sqrt(aa) / math.Sqrt(bb)
}

// rfm is the sum of the fifths that a customer is in by recency, frequency and spend.
func (o *outcome) rfm() []float64 {
	out := make([]float64, len(o.actual))
	recent := make([]float64, len(o.silence))
	for i, v := range o.silence {
		recent[i] = -v
	}
	for _, column := range [][]float64{recent, o.repeat, o.past} {
		for i, r := range meanRanks(column) {
			out[i] += math.Ceil(5 * r / float64(len(column)))
		}
	}
	return out
}

// caught returns the share of what was paid by the best of a ranking. Of equals, all or none are chosen: each counts in part.
func (o *outcome) caught(by []float64) Catch {
	total := 0.0
	for _, v := range o.paid {
		total += v
	}
	share := func(part float64) float64 {
		order := descending(by)
		left, sum := part*float64(len(order)), 0.0
		for from := 0; from < len(order) && left > 0; {
			to, paid := from, 0.0
			for to < len(order) && by[order[to]] == by[order[from]] {
				paid += o.paid[order[to]]
				to++
			}
			took := min(left, float64(to-from))
			sum += paid * took / float64(to-from)
			left -= took
			from = to
		}
		return ratio(sum, total)
	}
	return Catch{share(0.1), share(0.2)}
}

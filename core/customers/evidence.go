package customers

import (
	"math"
)

// Evidence is how a model's latest earlier forecast did, customer by customer, in the measures that the field uses, and beside rules that need no model.
type Evidence struct {
	Customers float64
	Actual    float64 // orders that came
	Rules     [Rules]Measures
	Caught    [Rankings]Catch
}

// A Rule is a way to forecast what every customer orders.
type Rule uint8

// The rules.
const (
	ByForecast Rule = iota // the model's expectation
	SameAgain              // as many as in the same days a year before, or in the days just before where the log does not go back so far
	RateOn                 // on and on at the rate of the customer's own repeat orders
	Rules                  // how many there are
)

var ruleNames = [...]string{"forecast", "same_again", "rate_on"}

// String returns the rule's name on the wire, empty for an unknown one.
func (r Rule) String() string { return name(ruleNames[:], int(r)) }

// Measures are how a rule did.
type Measures struct {
	Total    float64 // orders of all
	MAE      float64 // mean absolute error of a customer's orders, over the mean of their orders
	Gini     float64 // of what came, in the order of the forecast, over that in its own order: 1 is a perfect ranking, 0 none
	Spearman float64 // correlation of the ranks of forecast and outcome
	Tenths   [10]Tenth
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
type Catch struct {
	Tenth, Fifth float64
	Noise        float64 // standard error that chance gives the model's Fifth less this one; 0 of the model's own
}

// Leads says whether the model finds more of the value in its best fifth than a ranking does (1), less (-1), or no more than chance makes of it (0).
func (e *Evidence) Leads(over Ranking) float64 {
	lead := e.Caught[ByModel].Fifth - e.Caught[over].Fifth
	if over == ByModel || !(math.Abs(lead) > sure*e.Caught[over].Noise) {
		return 0
	}
	return math.Copysign(1, lead)
}

// outcome is what was known of customers, was forecast and came, a row each.
type outcome struct {
	forecasts             [Rules][]float64 // orders
	actual                []float64
	worth, paid           []float64 // money, or orders
	silence, repeat, past []float64 // since the last order; repeat orders; spend to date
}

// Against holds an answer against the orders, and their money (nil for not known), that its customers then made within the horizon. Who ordered when before is not
// known here, so that there is no SameAgain; spend to date is that of the orders that means are taken over.
func (a *Answer) Against(orders, spend []float64) Evidence {
	n := a.Base.Len()
	if len(orders) != n || spend != nil && len(spend) != n {
		return Evidence{}
	}
	m := &a.Known.Model
	c := columns(n, 5)
	o := outcome{actual: orders, worth: c[0], paid: spend, silence: c[1], repeat: a.Summary.X, past: c[2], forecasts: [Rules][]float64{c[3], nil, c[4]}}
	h := a.Settings.HorizonDays / m.UnitDays
	for i, row := range a.Base.Row {
		s := &a.Summary
		o.forecasts[ByForecast][i] = a.Scores.Expected[row]
		o.forecasts[RateOn][i] = ratio(s.X[i], s.T[i]) * h
		o.worth[i] = a.Scores.Expected[row] * a.Values.OrderValue[i]
		o.silence[i] = s.T[i] - s.TX[i]
		o.past[i] = m.Spend.orders(s.X[i]) * s.Mean[i]
	}
	if m.Spend.Basis == NoSpend {
		o.worth, o.past = o.forecasts[ByForecast], o.repeat
	}
	if spend == nil {
		o.paid = orders
	}
	return o.evidence()
}

// evidence measures an outcome.
func (o *outcome) evidence() (e Evidence) {
	n := len(o.actual)
	e.Customers = float64(n)
	if n == 0 {
		return e
	}
	for _, a := range o.actual {
		e.Actual += a
	}
	for rule, forecast := range o.forecasts {
		if forecast != nil {
			e.Rules[rule] = measure(forecast, o.actual)
		}
	}
	model := o.best(o.worth)
	for k, by := range [Rankings][]float64{o.worth, o.rfm(), o.past} {
		e.Caught[k] = o.caught(by, model)
	}
	return e
}

// measure holds a forecast of every customer against what came.
func measure(forecast, actual []float64) (m Measures) {
	n, total, miss := uint32(len(actual)), 0.0, 0.0
	for i, a := range actual {
		total += a
		m.Total += forecast[i]
		miss += math.Abs(forecast[i] - a)
	}
	m.MAE = ratio(miss, total)
	order := descending(forecast)
	for k, i := range order {
		t := &m.Tenths[Decile(uint32(k)+1, n)-1]
		t.Forecast += forecast[i]
		t.Actual += actual[i]
	}
	if own := giniIn(descending(actual), actual); own > 0 {
		m.Gini = giniIn(shared(forecast, actual, order)) / own
	}
	m.Spearman = pearson(meanRanks(forecast), meanRanks(actual))
	return m
}

// shared returns an order and values in which customers of one forecast have the mean of what came from them: a rule that cannot tell them apart is not
// helped, or hurt, by the order that they stand in.
func shared(forecast, actual []float64, order []uint32) ([]uint32, []float64) {
	out := make([]float64, len(actual))
	for from := 0; from < len(order); {
		to, sum := from, 0.0
		for to < len(order) && forecast[order[to]] == forecast[order[from]] {
			sum += actual[order[to]]
			to++
		}
		for _, i := range order[from:to] {
			out[i] = sum / float64(to-from)
		}
		from = to
	}
	return order, out
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

// parts of the customers that are looked at.
const (
	bestTenth = 0.1
	bestFifth = 0.2
)

// best says how far each customer is among the best fifth of a ranking. Of equals, all or none are chosen: each counts in part.
func (o *outcome) best(by []float64) []float64 { return among(by, bestFifth) }

func among(by []float64, part float64) []float64 {
	out := make([]float64, len(by))
	order := descending(by)
	left := part * float64(len(order))
	for from := 0; from < len(order) && left > 0; {
		to := from
		for to < len(order) && by[order[to]] == by[order[from]] {
			to++
		}
		took := min(left, float64(to-from))
		for _, i := range order[from:to] {
			out[i] = took / float64(to-from)
		}
		left -= took
		from = to
	}
	return out
}

// caught returns the share of what was paid by the best of a ranking. Its noise is that of a sum over the customers whom it and the model choose
// apart, each of whom might have paid nothing or twice as much.
func (o *outcome) caught(by, model []float64) (c Catch) {
	tenth, fifth := among(by, bestTenth), o.best(by)
	total, noise := 0.0, 0.0
	for i, v := range o.paid {
		total += v
		c.Tenth += tenth[i] * v
		c.Fifth += fifth[i] * v
		noise += square((model[i] - fifth[i]) * v)
	}
	c.Tenth, c.Fifth, c.Noise = ratio(c.Tenth, total), ratio(c.Fifth, total), ratio(math.Sqrt(noise), total)
	return c
}

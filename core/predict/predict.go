// Package predict makes calculations of the probability models: a table of customers in, parameters and the evidence
// for them out; parameters and customers in, what to expect of each out. It is for inputs that fit a request. A whole
// order log goes through core/orders and core/customers.
package predict

import (
	"math"
	"slices"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/notice"
	"hourglass/core/special"
)

// HistoryInput is customers by sufficient statistic, a column each, in any unit of time.
type HistoryInput struct {
	Frequency []float64 `json:"frequency" unit:"count" jsonschema:"title=Repeat orders,minItems=1,maxItems=20000" jsonschema_description:"How many orders each customer placed after the first."`
	Recency   []float64 `json:"recency" unit:"time" jsonschema:"title=Time of the last order,minItems=1,maxItems=20000" jsonschema_description:"From the first order to the last; 0 without a repeat order."`
	Age       []float64 `json:"age" unit:"time" jsonschema:"title=Time observed,minItems=1,maxItems=20000" jsonschema_description:"From the first order to the end of the data."`
	Weights   []float64 `json:"weights" unit:"count" jsonschema:"title=Customers per row,minItems=0,maxItems=20000" jsonschema_description:"How many customers each row stands for. If empty, one each."`
}

// Evidence is how a fit ended and what speaks for it.
type Evidence struct {
	Status          fit.Status          `json:"status" jsonschema:"title=Status" jsonschema_description:"How the search ended."`
	Identifiability fit.Identifiability `json:"identifiability" jsonschema:"title=Identifiability" jsonschema_description:"How well the data determine the parameters."`
	LogLikelihood   float64             `json:"log_likelihood" unit:"number" jsonschema:"title=Log-likelihood" jsonschema_description:"Of the data under the parameters, in the data's unit of time."`
	AIC             float64             `json:"aic" unit:"number" jsonschema:"title=AIC" jsonschema_description:"Akaike's criterion: lower is better."`
	BIC             float64             `json:"bic" unit:"number" jsonschema:"title=BIC" jsonschema_description:"Schwarz's criterion: lower is better."`
	Customers       float64             `json:"customers" unit:"count" jsonschema:"title=Customers" jsonschema_description:"How many customers the model was fitted to."`
	Gradient        float64             `json:"gradient" unit:"number" jsonschema:"title=Scaled gradient" jsonschema_description:"Largest derivative by a log-parameter, divided by 1 + |log-likelihood|."`
	Starts          float64             `json:"starts" unit:"count" jsonschema:"title=Starts" jsonschema_description:"How many points the search began from."`
	Agreed          float64             `json:"agreed" unit:"count" jsonschema:"title=Starts that agreed" jsonschema_description:"How many of these searches ended at the best likelihood."`
	Condition       *float64            `json:"condition_number,omitempty" unit:"number" jsonschema:"title=Condition number" jsonschema_description:"Of the curvature at the maximum. Above a million, one combination of parameters is hardly determined."`
}

// evidence sums up a fit of k parameters on so many customers, and says in notes what does not hold.
func evidence(notes *notice.List, r fit.Result, customers float64, k int) Evidence {
	e := Evidence{Status: r.Status, Identifiability: r.Identifiability, LogLikelihood: r.LogLikelihood,
		AIC: 2*float64(k) - 2*r.LogLikelihood, Customers: customers, Gradient: r.Gradient,
		Starts: float64(r.Starts), Agreed: float64(r.Agreed)}
	if customers > 0 {
		e.BIC = float64(k)*math.Log(customers) - 2*r.LogLikelihood
	}
	if r.Condition > 0 {
		e.Condition = &r.Condition
	}
	switch {
	case r.Status == fit.Boundary:
		notes.Add(notice.LimitingModel, "", 0)
	case r.Status == fit.NotIdentified:
		notes.Add(notice.NotIdentified, "", 0)
	case r.Status == fit.NoData:
		notes.Add(notice.NothingToFit, "", 0)
	case r.Status != fit.Converged:
		notes.Add(notice.NoMaximum, "", 0)
	case r.Identifiability == fit.Weak:
		notes.Add(notice.WeaklyIdentified, "", r.LargestError())
	}
	return e
}

// standardError is that of parameter i, nil where the fit gives none.
func standardError(r fit.Result, i int) *float64 {
	if r.StandardErrors == nil {
		return nil
	}
	return &r.StandardErrors[i]
}

// table checks the columns against each other; notes is refused when they do not make a table.
func (in *HistoryInput) table(notes *notice.List) cbs.Table {
	return makeTable(notes, in.Frequency, in.Recency, in.Age, in.Weights)
}

// makeTable checks columns against each other. No weights stand for one each.
func makeTable(notes *notice.List, frequency, recency, age, weights []float64) cbs.Table {
	n := len(frequency)
	sameLength(notes, "recency", len(recency), n)
	sameLength(notes, "age", len(age), n)
	if len(weights) > 0 {
		sameLength(notes, "weights", len(weights), n)
	} else {
		weights = nil
	}
	t := cbs.Table{X: frequency, TX: recency, T: age, W: weights}
	if !notes.Refused() {
		faulty(notes, t.Validate())
	}
	return t
}

// histories is makeTable for predictions: who has only just placed a first order has no age yet, and can be asked about.
func histories(notes *notice.List, frequency, recency, age []float64) cbs.Table {
	observed := slices.Clone(age)
	if len(frequency) == len(age) && len(recency) == len(age) {
		for i := range age {
			if frequency[i] == 0 && recency[i] == 0 && age[i] == 0 {
				observed[i] = 1
			}
		}
	}
	t := makeTable(notes, frequency, recency, observed, nil)
	t.T = age
	return t
}

func sameLength(notes *notice.List, field string, got, want int) {
	if got != want {
		notes.Add(notice.LengthsDiffer, field, float64(want))
	}
}

// faulty says what is wrong with a row that has passed the bounds of its fields.
func faulty(notes *notice.List, fault cbs.Fault) {
	code, field := notice.Code(0), "recency"
	switch fault.Code {
	case cbs.Valid:
		return
	case cbs.BadFrequency:
		code, field = notice.NotWhole, "frequency"
	case cbs.BadAge:
		code, field = notice.NotAbove, "age"
	case cbs.RecencyAfterAge:
		code = notice.RecencyAfterAge
	case cbs.RecencyWithoutRepeat:
		code = notice.RecencyWithoutRepeat
	case cbs.RepeatWithoutRecency:
		code = notice.RepeatWithoutRecency
	}
	notes.Add(code, notice.At(field, fault.Row), 0)
}

// Shapes beyond which a fit has had no maximum: what they would change is less than one data set can tell. Scales go by the
// unit of time or money, and say nothing.
const (
	leastShape = 1e-6
	mostShape  = 1e5
)

// limiting repeats what the fit said of such parameters: they are a point on the way to a simpler model.
func limiting(notes *notice.List, shapes ...float64) {
	if slices.Min(shapes) < leastShape || slices.Max(shapes) > mostShape {
		notes.Add(notice.LimitingModel, "", 0)
	}
}

// Expectations are what to expect of each customer, as columns in the order of the input.
type Expectations struct {
	PAlive     []float64 `json:"p_alive" unit:"share" jsonschema:"title=Probability of being active" jsonschema_description:"The probability that the customer has not left for good."`
	Purchases  []float64 `json:"expected_purchases" unit:"count" jsonschema:"title=Expected orders" jsonschema_description:"Within the forecast period."`
	Discounted []float64 `json:"discounted_purchases" unit:"count" jsonschema:"title=Expected orders\\, discounted" jsonschema_description:"Within the forecast period, each order discounted to today."`
	None       []float64 `json:"p_no_purchase" unit:"share" jsonschema:"title=Probability of no order" jsonschema_description:"The probability that the customer does not order within the forecast period."`
}

// A customer is what a model knows of one after their history.
type customer interface {
	Expected(from, to float64) (float64, special.Outcome)
	DERT(rate, horizon float64) (float64, special.Outcome)
	PNone(t float64) float64
}

// expect fills the columns for n customers. rate is what the model's DERT discounts by.
func (e *Expectations) expect(n int, horizon, rate float64, given func(i int) (customer, float64)) {
	column := make([]float64, 4*n)
	e.PAlive, e.Purchases, e.Discounted, e.None = column[:n:n], column[n:2*n:2*n], column[2*n:3*n:3*n], column[3*n:]
	for i := range n {
		c, alive := given(i)
		e.PAlive[i] = alive
		e.Purchases[i], _ = c.Expected(0, horizon) // finite within a finite horizon
		e.Discounted[i] = e.Purchases[i]
		if rate > 0 {
			e.Discounted[i], _ = c.DERT(rate, horizon)
		}
		e.None[i] = c.PNone(horizon)
	}
}

// total is the weighted sum of a column.
func total(t cbs.Table, column []float64) (sum float64) {
	for i, v := range column {
		sum += t.Weight(i) * v
	}
	return sum
}

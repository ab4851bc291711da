package predict

import (
	"math"

	"hourglass/core/bgbb"
	"hourglass/core/cbs"
	"hourglass/core/notice"
)

// OpportunityInput is customers who could buy at discrete opportunities, a column each.
type OpportunityInput struct {
	Frequency     []float64 `json:"frequency"`
	Recency       []float64 `json:"recency"`
	Opportunities []float64 `json:"opportunities" unit:"count" jsonschema:"title=Opportunities,minItems=1,maxItems=20000" jsonschema_description:"How many opportunities each customer had after the first purchase."`
	Weights       []float64 `json:"weights"`
}

// BGBBParameters are those of BG/BB.
type BGBBParameters struct {
	Alpha float64 `json:"alpha" unit:"number" jsonschema:"title=alpha" jsonschema_description:"First parameter of the probability of buying. The mean is alpha/(alpha + beta)."`
	Beta  float64 `json:"beta" unit:"number" jsonschema:"title=beta" jsonschema_description:"Second parameter of the probability of buying."`
	Gamma float64 `json:"gamma" unit:"number" jsonschema:"title=gamma,minimum=1e-60,maximum=1e60" jsonschema_description:"First parameter of the probability of leaving. A small value means that customers differ a lot."`
	Delta float64 `json:"delta" unit:"number" jsonschema:"title=delta,minimum=1e-60,maximum=1e60" jsonschema_description:"Second parameter. The mean probability of leaving is gamma/(gamma + delta)."`
}

// BGBBErrors are standard errors; none where the fit found no maximum.
type BGBBErrors struct {
	Alpha *float64 `json:"alpha,omitempty" unit:"number" jsonschema:"title=alpha" jsonschema_description:"Standard error of alpha."`
	Beta  *float64 `json:"beta,omitempty" unit:"number" jsonschema:"title=beta" jsonschema_description:"Standard error of beta."`
	Gamma *float64 `json:"gamma,omitempty" unit:"number" jsonschema:"title=gamma" jsonschema_description:"Standard error of gamma."`
	Delta *float64 `json:"delta,omitempty" unit:"number" jsonschema:"title=delta" jsonschema_description:"Standard error of delta."`
}

// BGBBFitResult is the outcome of a fit.
type BGBBFitResult struct {
	Parameters     BGBBParameters `json:"parameters"`
	StandardErrors BGBBErrors     `json:"standard_errors"`
	Limit          bgbb.Limit     `json:"limit"`
	Fit            Evidence       `json:"fit"`
}

// What a request may cost, so that it is answered within seconds: Steps of a likelihood, of which a fit to a limiting
// model asks for a thousand; opportunities gone through for predictions.
const (
	maxSteps        = 4e4
	maxPredictSteps = 1e7
)

// BGBBFit fits the BG/BB model of Fader, Hardie & Shang (2010).
func BGBBFit(in OpportunityInput) (out BGBBFitResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	t := opportunityTable(&notes, in.Frequency, in.Recency, in.Opportunities, in.Weights)
	if notes.Refused() {
		return
	}
	if bgbb.Steps(t) > maxSteps {
		notes.Add(notice.TooLong, "opportunities", 0)
		return
	}
	f := bgbb.Fit(t, nil)
	out.Fit = evidence(&notes, f.Result, t.Customers(), 4)
	out.Parameters, out.Limit = BGBBParameters(f.Params), f.Limit
	r := f.Result
	out.StandardErrors = BGBBErrors{standardError(r, 0), standardError(r, 1), standardError(r, 2), standardError(r, 3)}
	return
}

// opportunityTable is makeTable for histories counted in opportunities.
func opportunityTable(notes *notice.List, frequency, recency, opportunities, weights []float64) cbs.Table {
	n := len(frequency)
	sameLength(notes, "recency", len(recency), n)
	sameLength(notes, "opportunities", len(opportunities), n)
	if len(weights) > 0 {
		sameLength(notes, "weights", len(weights), n)
	} else {
		weights = nil
	}
	t := cbs.Table{X: frequency, TX: recency, T: opportunities, W: weights}
	if notes.Refused() {
		return t
	}
	switch fault := bgbb.Check(t); fault.Code {
	case bgbb.Valid:
	case bgbb.BadTable:
		if fault.Table.Code == cbs.BadAge {
			notes.Add(notice.NotAbove, notice.At("opportunities", fault.Row), 0)
		} else {
			faulty(notes, fault.Table)
		}
	case bgbb.NotWhole:
		field := "opportunities"
		if n := opportunities[fault.Row]; n == math.Floor(n) {
			field = "recency"
		}
		notes.Add(notice.NotWhole, notice.At(field, fault.Row), 0)
	case bgbb.TooLong:
		notes.Add(notice.TooHigh, notice.At("opportunities", fault.Row), bgbb.Longest)
	case bgbb.TooManyPurchases:
		notes.Add(notice.TooManyPurchases, notice.At("frequency", fault.Row), 0)
	}
	return t
}

// BGBBPredictInput is a fitted model and the customers to ask it about.
type BGBBPredictInput struct {
	Alpha         float64   `json:"alpha" unit:"number" jsonschema:"title=alpha,minimum=1e-60,maximum=1e60" jsonschema_description:"First parameter of the probability of buying. The mean is alpha/(alpha + beta)."`
	Beta          float64   `json:"beta" unit:"number" jsonschema:"title=beta,minimum=1e-60,maximum=1e60" jsonschema_description:"Second parameter of the probability of buying."`
	Gamma         float64   `json:"gamma"`
	Delta         float64   `json:"delta"`
	Frequency     []float64 `json:"frequency"`
	Recency       []float64 `json:"recency"`
	Opportunities []float64 `json:"opportunities"`
	Horizon       float64   `json:"horizon_opportunities" unit:"count" jsonschema:"title=Opportunities to come,multipleOf=1,maximum=10000" jsonschema_description:"How many opportunities to forecast."`
	DiscountRate  float64   `json:"discount_rate" jsonschema:"default=0"`
}

// BGBBPredict tells what to expect of customers under BG/BB; p_alive is after the last opportunity observed.
func BGBBPredict(in BGBBPredictInput) (out PredictResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	t := opportunityTable(&notes, in.Frequency, in.Recency, in.Opportunities, nil)
	if notes.Refused() {
		return
	}
	steps := float64(t.Len()) * in.Horizon
	for _, n := range t.T {
		steps += n
	}
	if steps > maxPredictSteps {
		notes.Add(notice.TooLong, "opportunities", 0)
		return
	}
	limiting(&notes, in.Alpha, in.Beta, in.Gamma, in.Delta)
	p := bgbb.Params{Alpha: in.Alpha, Beta: in.Beta, Gamma: in.Gamma, Delta: in.Delta}
	out.Customers.expect(t.Len(), in.Horizon, in.DiscountRate, func(i int) (customer, float64) {
		return p.Given(t.X[i], t.TX[i], t.T[i]), p.PAlive(t.X[i], t.TX[i], t.T[i])
	})
	out.Total = total(t, out.Customers.Purchases)
	out.NewCustomer, _ = p.ExpectedPurchasesNew(0, in.Horizon)
	return
}

package predict

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/paretonbd"
)

// ParetoParameters are those of Pareto/NBD.
type ParetoParameters struct {
	R     float64 `json:"r"`
	Alpha float64 `json:"alpha"`
	S     float64 `json:"s" unit:"number" jsonschema:"title=s,minimum=1e-60,maximum=1e60" jsonschema_description:"Shape of the rates of leaving. A small value means that customers differ a lot."`
	Beta  float64 `json:"beta" unit:"number" jsonschema:"title=beta,minimum=1e-60,maximum=1e60" jsonschema_description:"Scale of the rates of leaving, in units of time. The mean rate is s/beta."`
}

// ParetoErrors are standard errors; none where the fit found no maximum.
type ParetoErrors struct {
	R     *float64 `json:"r,omitempty" unit:"number" jsonschema:"title=r" jsonschema_description:"Standard error of r."`
	Alpha *float64 `json:"alpha,omitempty" unit:"number" jsonschema:"title=alpha" jsonschema_description:"Standard error of alpha."`
	S     *float64 `json:"s,omitempty" unit:"number" jsonschema:"title=s" jsonschema_description:"Standard error of s."`
	Beta  *float64 `json:"beta,omitempty" unit:"number" jsonschema:"title=beta" jsonschema_description:"Standard error of beta."`
}

// ParetoFit is the outcome of a fit.
type ParetoFit struct {
	Parameters     ParetoParameters `json:"parameters"`
	StandardErrors ParetoErrors     `json:"standard_errors"`
	Limit          paretonbd.Limit  `json:"limit"`
	Fit            Evidence         `json:"fit"`
}

// ParetoNBDFit fits the Pareto/NBD model of Schmittlein, Morrison & Colombo (1987).
func ParetoNBDFit(in HistoryInput) (out ParetoFit, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	t := in.table(&notes)
	if notes.Refused() {
		return
	}
	f := paretonbd.Fit(t, nil)
	out.Fit = evidence(&notes, f.Result, t.Customers(), 4)
	out.Parameters, out.Limit = ParetoParameters(f.Params), f.Limit
	r := f.Result
	out.StandardErrors = ParetoErrors{standardError(r, 0), standardError(r, 1), standardError(r, 2), standardError(r, 3)}
	return
}

// ParetoPredictInput is a fitted model and the customers to ask it about.
type ParetoPredictInput struct {
	R            float64   `json:"r"`
	Alpha        float64   `json:"alpha" unit:"number" jsonschema:"title=alpha,minimum=1e-60,maximum=1e60" jsonschema_description:"Scale of the order rates, in units of time. The mean rate is r/alpha."`
	S            float64   `json:"s"`
	Beta         float64   `json:"beta" unit:"number" jsonschema:"title=beta,minimum=1e-60,maximum=1e60" jsonschema_description:"Scale of the rates of leaving, in units of time. The mean rate is s/beta."`
	Frequency    []float64 `json:"frequency"`
	Recency      []float64 `json:"recency"`
	Age          []float64 `json:"age"`
	Horizon      float64   `json:"horizon"`
	DiscountRate float64   `json:"discount_rate" jsonschema:"default=0"`
}

// ParetoNBDPredict tells what to expect of customers under Pareto/NBD.
func ParetoNBDPredict(in ParetoPredictInput) (out PredictResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	t := histories(&notes, in.Frequency, in.Recency, in.Age)
	if notes.Refused() {
		return
	}
	limiting(&notes, in.R, in.S)
	p := paretonbd.Params{R: in.R, Alpha: in.Alpha, S: in.S, Beta: in.Beta}
	out.Customers.expect(t.Len(), in.Horizon, math.Log1p(in.DiscountRate), func(i int) (customer, float64) {
		c := p.Given(t.X[i], t.TX[i], t.T[i])
		return c, c.Alive
	})
	out.Total = total(t, out.Customers.Purchases)
	out.NewCustomer, _ = p.ExpectedPurchasesNew(0, in.Horizon)
	return
}

package predict

import (
	"math"

	"hourglass/core/betageo"
	"hourglass/core/bgnbd"
	"hourglass/core/cbs"
	"hourglass/core/mbgnbd"
	"hourglass/core/notice"
)

// BetaGeoParameters are those of BG/NBD and MBG/NBD.
type BetaGeoParameters struct {
	R     float64 `json:"r" unit:"number" jsonschema:"title=r,minimum=1e-60,maximum=1e60" jsonschema_description:"Shape of the order rates. A small value means that customers differ a lot."`
	Alpha float64 `json:"alpha" unit:"number" jsonschema:"title=alpha,minimum=1e-60,maximum=1e60" jsonschema_description:"Scale of the order rates, in units of time. The mean rate is r/alpha."`
	A     float64 `json:"a" unit:"number" jsonschema:"title=a,minimum=1e-60,maximum=1e60" jsonschema_description:"First parameter of the probability of leaving after an order."`
	B     float64 `json:"b" unit:"number" jsonschema:"title=b,minimum=1e-60,maximum=1e60" jsonschema_description:"Second parameter. The mean probability is a/(a + b)."`
}

// BetaGeoErrors are standard errors; none where the fit found no maximum.
type BetaGeoErrors struct {
	R     *float64 `json:"r,omitempty" unit:"number" jsonschema:"title=r" jsonschema_description:"Standard error of r."`
	Alpha *float64 `json:"alpha,omitempty" unit:"number" jsonschema:"title=alpha" jsonschema_description:"Standard error of alpha."`
	A     *float64 `json:"a,omitempty" unit:"number" jsonschema:"title=a" jsonschema_description:"Standard error of a."`
	B     *float64 `json:"b,omitempty" unit:"number" jsonschema:"title=b" jsonschema_description:"Standard error of b."`
}

// BetaGeoFit is the outcome of a fit.
type BetaGeoFit struct {
	Parameters     BetaGeoParameters `json:"parameters" jsonschema:"title=Parameters" jsonschema_description:"Of the fitted model, with the letters of the literature."`
	StandardErrors BetaGeoErrors     `json:"standard_errors" jsonschema:"title=Standard errors" jsonschema_description:"Of the parameters."`
	Limit          betageo.Limit     `json:"limit" jsonschema:"title=Limiting model" jsonschema_description:"The simpler model that describes the data equally well, if there is one."`
	Fit            Evidence          `json:"fit" jsonschema:"title=Evidence" jsonschema_description:"How the search ended, and how reliable the fit is."`
}

// BGNBDFit fits the BG/NBD model of Fader, Hardie & Lee (2005).
func BGNBDFit(in HistoryInput) (out BetaGeoFit, notes notice.List) {
	return betaGeoFit(betageo.BG, in)
}

// MBGNBDFit fits the MBG/NBD model of Batislam, Denizel & Filiztekin (2007).
func MBGNBDFit(in HistoryInput) (out BetaGeoFit, notes notice.List) {
	return betaGeoFit(betageo.MBG, in)
}

func betaGeoFit(model betageo.Chances, in HistoryInput) (out BetaGeoFit, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	t := in.table(&notes)
	if notes.Refused() {
		return
	}
	f := betageo.Fit(model, t, nil)
	out.Fit = evidence(&notes, f.Result, t.Customers(), 4)
	out.Parameters, out.Limit = BetaGeoParameters(f.Params), f.Limit
	r := f.Result
	out.StandardErrors = BetaGeoErrors{standardError(r, 0), standardError(r, 1), standardError(r, 2), standardError(r, 3)}
	warnOfImmortals(&notes, model, t)
	return
}

// warnOfImmortals says that BG/NBD takes customers without a repeat order for alive.
func warnOfImmortals(notes *notice.List, model betageo.Chances, t cbs.Table) {
	first, once := -1, 0.0
	for i, x := range t.X {
		if model == betageo.BG && x == 0 && t.Weight(i) > 0 {
			once += t.Weight(i)
			if first < 0 {
				first = i
			}
		}
	}
	if first >= 0 {
		notes.Add(notice.NeverReturnedAlive, notice.At("frequency", first), once/t.Customers())
	}
}

// BetaGeoPredictInput is a fitted model and the customers to ask it about.
type BetaGeoPredictInput struct {
	R            float64   `json:"r"`
	Alpha        float64   `json:"alpha" unit:"number" jsonschema:"title=alpha,minimum=1e-60,maximum=1e60" jsonschema_description:"Scale of the order rates, in units of time. The mean rate is r/alpha."`
	A            float64   `json:"a"`
	B            float64   `json:"b"`
	Frequency    []float64 `json:"frequency"`
	Recency      []float64 `json:"recency"`
	Age          []float64 `json:"age"`
	Horizon      float64   `json:"horizon" unit:"time" jsonschema:"title=Forecast period" jsonschema_description:"How much time to forecast, in the unit of the other times."`
	DiscountRate float64   `json:"discount_rate" unit:"rate" jsonschema:"title=Discount rate per unit of time,default=0" jsonschema_description:"Effective rate per unit of time of the data."`
}

// PredictResult is what to expect of each customer, of all, and of a new one.
type PredictResult struct {
	Total       float64      `json:"total_expected_purchases" unit:"count" jsonschema:"title=Total expected orders" jsonschema_description:"Of all listed customers, within the forecast period."`
	NewCustomer float64      `json:"new_customer_purchases" unit:"count" jsonschema:"title=Repeat orders of a new customer" jsonschema_description:"In the first forecast period after the first order."`
	Customers   Expectations `json:"customers_expected" jsonschema:"title=By customer" jsonschema_description:"In the order of the input."`
}

// BGNBDPredict tells what to expect of customers under BG/NBD.
func BGNBDPredict(in BetaGeoPredictInput) (out PredictResult, notes notice.List) {
	return in.predict(betageo.BG)
}

// MBGNBDPredict tells what to expect of customers under MBG/NBD.
func MBGNBDPredict(in BetaGeoPredictInput) (out PredictResult, notes notice.List) {
	return in.predict(betageo.MBG)
}

func (in *BetaGeoPredictInput) predict(model betageo.Chances) (out PredictResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	t := histories(&notes, in.Frequency, in.Recency, in.Age)
	if notes.Refused() {
		return
	}
	limiting(&notes, in.R, in.A, in.B)
	p := betageo.Params{R: in.R, Alpha: in.Alpha, A: in.A, B: in.B}
	o := p.Outlook(model, t, in.Horizon, math.Log1p(in.DiscountRate))
	out.Customers = Expectations{PAlive: o.Alive, Purchases: o.Expected, Discounted: o.DERT, None: o.None}
	out.Total = total(t, out.Customers.Purchases)
	if model == betageo.BG {
		out.NewCustomer, _ = bgnbd.Params(p).ExpectedPurchasesNew(0, in.Horizon)
	} else {
		out.NewCustomer, _ = mbgnbd.Params(p).ExpectedPurchasesNew(0, in.Horizon)
	}
	warnOfImmortals(&notes, model, t)
	return
}

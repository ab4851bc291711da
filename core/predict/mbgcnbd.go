package predict

import (
	"math"

	"hourglass/core/betageo"
	"hourglass/core/mbgcnbd"
	"hourglass/core/notice"
)

// GapsInput is customers by sufficient statistic, with the one more that tells how regularly they order.
type GapsInput struct {
	Frequency []float64 `json:"frequency"`
	Recency   []float64 `json:"recency"`
	Age       []float64 `json:"age"`
	LogGaps   []float64 `json:"log_gaps" unit:"number" jsonschema:"title=Logarithms of the gaps,minItems=1,maxItems=20000,minimum=-1e9,maximum=1e9" jsonschema_description:"Sum of the natural logarithms of the times between a customer's orders; 0 without a repeat order."`
	Weights   []float64 `json:"weights"`
}

// StagesFit is the outcome of a fit.
type StagesFit struct {
	K              float64           `json:"k" unit:"count" jsonschema:"title=k,minimum=1,maximum=12" jsonschema_description:"How regular the times between orders are: 1 is random, 12 is almost fixed."`
	Gain           float64           `json:"log_likelihood_gain" unit:"number" jsonschema:"title=Gain in log-likelihood" jsonschema_description:"Compared with k = 1, which is MBG/NBD."`
	Parameters     BetaGeoParameters `json:"parameters"`
	StandardErrors BetaGeoErrors     `json:"standard_errors"`
	Limit          betageo.Limit     `json:"limit"`
	Fit            Evidence          `json:"fit"`
}

// MBGCNBDFit fits the MBG/CNBD-k model of Platzer & Reutterer (2016), k included.
func MBGCNBDFit(in GapsInput) (out StagesFit, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	t := makeTable(&notes, in.Frequency, in.Recency, in.Age, in.Weights)
	sameLength(&notes, "log_gaps", len(in.LogGaps), len(in.Frequency))
	if notes.Refused() {
		return
	}
	t.Gaps = in.LogGaps
	for i, x := range t.X {
		if !possibleGaps(x, t.TX[i], in.LogGaps[i]) {
			notes.Add(notice.GapsImpossible, notice.At("log_gaps", i), 0)
			return
		}
	}
	f := mbgcnbd.Fit(t, nil)
	out.Fit = evidence(&notes, f.Result, t.Customers(), 5)
	out.K, out.Gain, out.Limit = float64(max(1, f.Params.K)), f.Gain, f.Limit
	out.Parameters = BetaGeoParameters{f.Params.R, f.Params.Alpha, f.Params.A, f.Params.B}
	r := f.Result
	out.StandardErrors = BetaGeoErrors{standardError(r, 0), standardError(r, 1), standardError(r, 2), standardError(r, 3)}
	if f.Bounded() {
		notes.Add(notice.LikeSubscription, "log_gaps", 0)
	}
	return
}

// possibleGaps reports whether x gaps that add up to tx can have that sum of logarithms: it is largest when all are equal.
func possibleGaps(x, tx, logGaps float64) bool {
	if x == 0 {
		return logGaps == 0
	}
	const rounding = 0.01 // a gap, of figures that were printed with few digits
	return logGaps <= x*(math.Log(tx/x)+rounding)
}

// StagesPredictInput is a fitted model and the customers to ask it about.
type StagesPredictInput struct {
	K            float64   `json:"k" jsonschema:"default=1"`
	R            float64   `json:"r"`
	Alpha        float64   `json:"alpha" unit:"number" jsonschema:"title=alpha,minimum=1e-60,maximum=1e60" jsonschema_description:"Scale of the order rates, in units of time. The mean rate is r/(k alpha)."`
	A            float64   `json:"a"`
	B            float64   `json:"b"`
	Frequency    []float64 `json:"frequency"`
	Recency      []float64 `json:"recency"`
	Age          []float64 `json:"age"`
	Horizon      float64   `json:"horizon"`
	DiscountRate float64   `json:"discount_rate" jsonschema:"default=0"`
}

// MBGCNBDPredict tells what to expect of customers under MBG/CNBD-k.
func MBGCNBDPredict(in StagesPredictInput) (out PredictResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if in.K != math.Trunc(in.K) {
		notes.Add(notice.NotWhole, "k", 0)
	}
	t := histories(&notes, in.Frequency, in.Recency, in.Age)
	if notes.Refused() {
		return
	}
	limiting(&notes, in.R, in.A, in.B)
	p := mbgcnbd.Params{K: int(in.K), R: in.R, Alpha: in.Alpha, A: in.A, B: in.B}
	out.Customers.expect(t.Len(), in.Horizon, math.Log1p(in.DiscountRate), func(i int) (customer, float64) {
		c := p.Given(t.X[i], t.TX[i], t.T[i])
		return c, c.Alive
	})
	out.Total = total(t, out.Customers.Purchases)
	out.NewCustomer, _ = p.ExpectedPurchasesNew(0, in.Horizon)
	return
}

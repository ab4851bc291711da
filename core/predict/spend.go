package predict

import (
	"math"

	"hourglass/core/gammagamma"
	"hourglass/core/notice"
	"hourglass/core/special"
)

// notable is the p-value below which a correlation is worth a warning.
const notable = 0.01

// SpendInput is customers with the mean value of their repeat orders.
type SpendInput struct {
	Frequency []float64 `json:"frequency"`
	MeanSpend []float64 `json:"mean_spend" unit:"money" jsonschema:"title=Mean spend,minItems=1,maxItems=20000,minimum=-1e12" jsonschema_description:"Mean amount of each customer's repeat orders."`
	Weights   []float64 `json:"weights"`
}

// SpendParameters are those of Gamma-Gamma.
type SpendParameters struct {
	P     float64 `json:"p" unit:"number" jsonschema:"title=p,minimum=1e-60,maximum=1e60" jsonschema_description:"Shape of one order's amount. A large value means that a customer's orders are alike."`
	Q     float64 `json:"q" unit:"number" jsonschema:"title=q,minimum=1e-60,maximum=1e60" jsonschema_description:"Shape across customers. At 1 or below, mean spend has no limit."`
	Gamma float64 `json:"gamma" unit:"number" jsonschema:"title=gamma,minimum=1e-60,maximum=1e60" jsonschema_description:"Scale of spend across customers, in money."`
}

// SpendErrors are standard errors; none where the fit found no maximum.
type SpendErrors struct {
	P     *float64 `json:"p,omitempty" unit:"number" jsonschema:"title=p" jsonschema_description:"Standard error of p."`
	Q     *float64 `json:"q,omitempty" unit:"number" jsonschema:"title=q" jsonschema_description:"Standard error of q."`
	Gamma *float64 `json:"gamma,omitempty" unit:"number" jsonschema:"title=gamma" jsonschema_description:"Standard error of gamma."`
}

// SpendFit is the outcome of a fit, with the test of what the model assumes.
type SpendFit struct {
	Parameters     SpendParameters  `json:"parameters"`
	StandardErrors SpendErrors      `json:"standard_errors"`
	MeanSpend      *float64         `json:"population_mean_spend,omitempty" unit:"money" jsonschema:"title=Mean spend of the population" jsonschema_description:"Mean spend per order of a customer without a history."`
	Correlation    *float64         `json:"correlation,omitempty" unit:"number" jsonschema:"title=Correlation of frequency and spend" jsonschema_description:"Pearson's coefficient. The model assumes that the two are unrelated."`
	CorrelationP   *float64         `json:"correlation_p_value,omitempty" unit:"share" jsonschema:"title=p-value of the correlation" jsonschema_description:"The probability of a correlation at least this strong if frequency and spend are unrelated."`
	RankCorr       *float64         `json:"rank_correlation,omitempty" unit:"number" jsonschema:"title=Rank correlation" jsonschema_description:"Spearman's coefficient of frequency and spend."`
	LeftOut        float64          `json:"customers_left_out" unit:"count" jsonschema:"title=Customers not used" jsonschema_description:"Customers without a repeat order, or with spend of zero or less."`
	Limit          gammagamma.Limit `json:"limit"`
	Fit            Evidence         `json:"fit"`
}

// GammaGammaFit fits the spend model of Colombo & Jiang (1999), as in Fader & Hardie (2013).
func GammaGammaFit(in SpendInput) (out SpendFit, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	t := spendTable(&notes, in.Frequency, in.MeanSpend, in.Weights)
	if notes.Refused() {
		return
	}
	f := gammagamma.Fit(t, nil)
	out.LeftOut = t.Customers() - f.Customers
	if out.LeftOut > 0 {
		notes.Add(notice.RowsLeftOut, "mean_spend", out.LeftOut)
	}
	out.Fit = evidence(&notes, f.Result, f.Customers, 3)
	out.Parameters, out.Limit = SpendParameters(f.Params), f.Limit
	r := f.Result
	out.StandardErrors = SpendErrors{standardError(r, 0), standardError(r, 1), standardError(r, 2)}
	if mean, outcome := f.Params.ExpectedSpend(0, 0); outcome == special.OK {
		out.MeanSpend = &mean
	} else if f.Params.Valid() {
		notes.Add(notice.NoMeanSpend, "mean_spend", f.Params.Q)
	}
	if c := f.Correlation; c.Defined {
		out.Correlation, out.CorrelationP, out.RankCorr = &c.Pearson, &c.PearsonP, &c.Spearman
		if c.PearsonP < notable {
			notes.Add(notice.SpendFollowsFrequency, "mean_spend", c.Pearson)
		}
	}
	return
}

func spendTable(notes *notice.List, frequency, spend, weights []float64) gammagamma.Table {
	sameLength(notes, "mean_spend", len(spend), len(frequency))
	if len(weights) > 0 {
		sameLength(notes, "weights", len(weights), len(frequency))
	} else {
		weights = nil
	}
	for i, x := range frequency {
		if x != math.Trunc(x) {
			notes.Add(notice.NotWhole, notice.At("frequency", i), 0)
		}
	}
	return gammagamma.Table{X: frequency, Mean: spend, W: weights}
}

// SpendPredictInput is a fitted spend model and the customers to ask it about.
type SpendPredictInput struct {
	P         float64   `json:"p"`
	Q         float64   `json:"q"`
	Gamma     float64   `json:"gamma" unit:"number" jsonschema:"title=gamma,minimum=1e-60,maximum=1e60" jsonschema_description:"Scale of spend across customers, in money."`
	Frequency []float64 `json:"frequency"`
	MeanSpend []float64 `json:"mean_spend"`
}

// SpendPredictResult is what each customer's orders to come are expected to be worth.
type SpendPredictResult struct {
	MeanSpend *float64  `json:"population_mean_spend,omitempty"`
	Spend     []float64 `json:"expected_spend" unit:"money" jsonschema:"title=Expected spend per order" jsonschema_description:"Of each customer's future orders; the median if the mean has no limit."`
}

// GammaGammaPredict tells what a customer's orders to come are worth (Fader & Hardie 2013, eq. 5).
func GammaGammaPredict(in SpendPredictInput) (out SpendPredictResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	t := spendTable(&notes, in.Frequency, in.MeanSpend, nil)
	if notes.Refused() {
		return
	}
	limiting(&notes, in.P, in.Q)
	p := gammagamma.Params{P: in.P, Q: in.Q, Gamma: in.Gamma}
	if mean, outcome := p.ExpectedSpend(0, 0); outcome == special.OK {
		out.MeanSpend = &mean
	}
	warned := false
	out.Spend = make([]float64, len(t.X))
	for i := range t.X {
		spend, basis := p.Spend(t.X[i], t.Mean[i])
		out.Spend[i] = spend
		if basis == gammagamma.ByMedian && !warned {
			warned = true
			notes.Add(notice.NoMeanSpend, notice.At("mean_spend", i), in.Q)
		}
	}
	return
}

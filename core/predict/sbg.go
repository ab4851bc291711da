package predict

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/sbg"
	"hourglass/core/special"
)

// SBGInput is groups of contract customers followed over time.
type SBGInput struct {
	Cohorts  []Cohort `json:"cohorts" jsonschema:"title=Cohorts,minItems=1,maxItems=600" jsonschema_description:"Customers acquired in the same period, tracked to the end of the data. Losses are added up by the time since the start."`
	Discount float64  `json:"discount_rate_per_period" unit:"rate" jsonschema:"title=Discount rate per period,default=0" jsonschema_description:"Effective rate per period."`
	Periods  float64  `json:"project_periods" unit:"periods" jsonschema:"title=Periods shown,multipleOf=1,minimum=1,maximum=600,default=12" jsonschema_description:"How many periods of the curve to return."`
}

// Cohort is one group.
type Cohort struct {
	Survivors []float64 `json:"survivors" unit:"count" jsonschema:"title=Retention,minItems=2,maxItems=600" jsonschema_description:"How many customers of the cohort are active after each period, the start first."`
}

// SBGParameters are those of the shifted-beta-geometric model.
type SBGParameters struct {
	Alpha float64 `json:"alpha" unit:"number" jsonschema:"title=alpha" jsonschema_description:"First parameter of the beta distribution of churn. A small value means many very loyal customers."`
	Beta  float64 `json:"beta" unit:"number" jsonschema:"title=beta" jsonschema_description:"Second parameter. The churn rate of new customers is alpha/(alpha + beta)."`
}

// SBGErrors are standard errors; none where the fit found no maximum.
type SBGErrors struct {
	Alpha *float64 `json:"alpha,omitempty" unit:"number" jsonschema:"title=alpha" jsonschema_description:"Standard error of alpha."`
	Beta  *float64 `json:"beta,omitempty" unit:"number" jsonschema:"title=beta" jsonschema_description:"Standard error of beta."`
}

// SBGFitResult is the outcome of a fit and what follows from it.
type SBGFitResult struct {
	Parameters     SBGParameters `json:"parameters"`
	StandardErrors SBGErrors     `json:"standard_errors"`
	Limit          sbg.Limit     `json:"limit"`
	Fit            Evidence      `json:"fit"`
	ConstantChurn  float64       `json:"constant_churn" unit:"share" jsonschema:"title=Constant churn rate" jsonschema_description:"The churn rate if it is the same for all customers: customers lost, divided by the periods in which they were customers."`
	Lifetime       *float64      `json:"discounted_lifetime,omitempty" unit:"periods" jsonschema:"title=Discounted expected lifetime" jsonschema_description:"Of a new customer, in payments of 1 at the start of each period. Empty if it has no limit, because the most loyal customers almost never leave and nothing is discounted."`
	Curve          SBGCurve      `json:"curve" jsonschema:"title=Curve" jsonschema_description:"One row per period since the start."`
}

// SBGCurve is the curve over time: element t of each slice is about period t+1.
type SBGCurve struct {
	Period   []float64 `json:"period" unit:"periods" jsonschema:"title=Period" jsonschema_description:"1 is the first."`
	Observed []float64 `json:"observed_retention" unit:"share" jsonschema:"title=Observed retention rate" jsonschema_description:"The share of customers active at the start of the period who stayed, all cohorts together. Ends with the data."`
	Kept     []float64 `json:"retention" unit:"share" jsonschema:"title=Fitted retention rate" jsonschema_description:"The same, calculated by the model."`
	Survival []float64 `json:"survival" unit:"share" jsonschema:"title=Fitted retention curve" jsonschema_description:"The share of new customers who are active after the period."`
	DERL     []float64 `json:"derl" unit:"periods" jsonschema:"title=Discounted expected residual lifetime" jsonschema_description:"Of a customer who is about to renew at the end of the period, in payments of 1; the payment that is due is not discounted. Empty if it has no limit."`
}

// SBGFit fits the shifted-beta-geometric model of Fader & Hardie (2007) to one group of customers or several, and
// gives the curve and the residual lifetime (2010) that follow.
func SBGFit(in SBGInput) (out SBGFitResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	counts, customers := in.counts(&notes)
	if notes.Refused() {
		return
	}
	f := sbg.Fit(counts, nil)
	out.Fit = evidence(&notes, f.Result, customers, 2)
	if notes.Refused() {
		return
	}
	out.Parameters, out.Limit, out.ConstantChurn = SBGParameters(f.Params), f.Limit, f.ConstantChurn
	out.StandardErrors = SBGErrors{standardError(f.Result, 0), standardError(f.Result, 1)}
	if lifetime, outcome := f.Params.DEL(in.Discount, sbg.Start); outcome == special.OK {
		out.Lifetime = &lifetime
	}
	out.Curve.fill(f.Params, counts, int(in.Periods), in.Discount)
	return
}

// counts adds the groups up and says what keeps them from being groups of customers.
func (in *SBGInput) counts(notes *notice.List) (sbg.Counts, float64) {
	groups := make([][]float64, len(in.Cohorts))
	customers, left := 0.0, 0.0
	for i, c := range in.Cohorts {
		groups[i] = c.Survivors
		customers += c.Survivors[0]
		left += c.Survivors[len(c.Survivors)-1]
	}
	counts, fault := sbg.Count(groups)
	switch {
	case fault.Code == sbg.Resurrected:
		field := notice.At(notice.At("cohorts", fault.Cohort)+"/survivors", fault.Period)
		notes.Add(notice.Rising, field, groups[fault.Cohort][fault.Period-1])
	case !(customers > 0):
		notes.Add(notice.NotAbove, "cohorts/0/survivors/0", 0)
	case left == customers:
		notes.Add(notice.AllSame, "cohorts", 0)
	}
	return counts, customers
}

func (c *SBGCurve) fill(p sbg.Params, counts sbg.Counts, periods int, discount float64) {
	for i := range min(periods, len(counts.Lost)) {
		if counts.AtRisk[i] == 0 {
			break
		}
		c.Observed = append(c.Observed, 1-counts.Lost[i]/counts.AtRisk[i])
	}
	bounded := true
	for t := 1; t <= periods; t++ {
		c.Period = append(c.Period, float64(t))
		c.Kept = append(c.Kept, p.Retention(t))
		c.Survival = append(c.Survival, math.Min(1, p.Survival(t)))
		residual, outcome := p.DERL(t, discount)
		if bounded = bounded && outcome == special.OK; bounded {
			c.DERL = append(c.DERL, residual)
		}
	}
	if !bounded {
		c.DERL = nil
	}
}

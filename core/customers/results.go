package customers

import (
	"hourglass/core/fit"
	"hourglass/core/orders"
)

// The results of a Valuation as plain structs, which cross every boundary as they are: internal/gen writes the layout of
// the browser's from them.

// A StepResult is a piece of work that was done.
type StepResult struct {
	Stage    Stage
	Next     Stage // what is due now
	Answered bool  // the answer is that of the settings
	Compared bool  // all kinds are, on the present split
}

// StepResult tells what follows a piece of work.
func (v *Valuation) StepResult(done Stage) StepResult {
	known := v.InUse()
	answered := v.Due() != Summarising && known != nil && v.dueForAnswer(known) == Idle
	return StepResult{done, v.Due(), answered, v.Compared}
}

// SummaryResult is whom the valuation is of.
type SummaryResult struct {
	Customers, Histories int
	End, ObservedTo      int32
	UnitDays             float64
	Mean                 orders.SpendMean
}

// SummaryResult tells of the present split.
func (v *Valuation) SummaryResult() SummaryResult {
	s := &v.Summary.Split
	return SummaryResult{v.Base.Len(), v.Base.Table.Len(), s.End, s.ObservedTo, s.UnitDays, s.Mean}
}

// CandidateResult is a model fitted to the histories, with the evidence for it.
type CandidateResult struct {
	Usable          bool
	Parameters      []float64 // by the names of Model.Parameters
	Limit           int       // of Model.Limits
	Status          fit.Status
	Identifiability fit.Identifiability
	LogLikelihood   float64
	AIC, BIC        float64
	Condition       float64
	StandardErrors  []float64
	Gradient        float64
	Starts, Agreed  int
	Iterations      int
	Evaluations     int
	Square, Total   float64 // in the backtest: Choice.Square and Choice.Total
}

func (c *Choice) result(k Kind) CandidateResult {
	one := c.Candidate(k)
	r := &one.Result
	out := CandidateResult{one.Usable(), one.Parameters, int(one.Limit), r.Status, r.Identifiability, r.LogLikelihood, one.AIC, one.BIC,
		r.Condition, r.StandardErrors, r.Gradient, r.Starts, r.Agreed, r.Iterations, r.Evaluations, 0, c.total(k)}
	if int(k) < len(c.Square) {
		out.Square = c.Square[k]
	}
	return out
}

// TrialResult is what one kind predicted at a cut.
type TrialResult struct {
	Usable           bool
	Parameters       []float64
	Expected         float64
	Absolute, Square float64
	TotalError       float64
}

// CutResult is the test of all kinds at one date.
type CutResult struct {
	End, ObservedTo int32
	Customers       float64
	Actual          float64
	Tests           []TrialResult `by:"kind"`
}

// ChoiceResult is all candidates, their tests and the recommendation.
type ChoiceResult struct {
	Compared    bool
	Candidates  []CandidateResult `by:"kind"`
	Cuts        []CutResult
	Recommended Kind
	Reason      Reason
	Lead        float64
}

// ChoiceResult tells of the comparison.
func (v *Valuation) ChoiceResult() ChoiceResult {
	c := &v.Choice
	out := ChoiceResult{Compared: v.Compared, Recommended: c.Recommended, Reason: c.Reason, Lead: c.Lead}
	for k := range Kinds() {
		out.Candidates = append(out.Candidates, c.result(k))
	}
	for i := range c.Cuts {
		cut := &c.Cuts[i]
		one := CutResult{End: cut.End, ObservedTo: cut.ObservedTo, Customers: cut.Customers, Actual: cut.Actual}
		for k, t := range cut.Tests {
			one.Tests = append(one.Tests, TrialResult{t.Usable, t.Parameters, t.Expected, t.Absolute, t.Square, cut.TotalError(Kind(k))})
		}
		out.Cuts = append(out.Cuts, one)
	}
	return out
}

// SpendParameters are those of the Gamma-Gamma model.
type SpendParameters struct{ P, Q, Gamma float64 }

// SpendCorrelation is that of the number of orders and their mean value.
type SpendCorrelation struct {
	Defined             bool
	Pearson, PearsonP   float64
	Spearman, SpearmanP float64
}

// SpendMoments are those of the data, by credibility theory.
type SpendMoments struct{ Overall, Within, Among float64 }

// SpendResult is the model of what an order is worth, and the evidence for it.
type SpendResult struct {
	Basis         Basis
	Reason        SpendReason
	Parameters    SpendParameters
	Status        fit.Status
	LogLikelihood float64
	Customers     float64
	ZeroSpend     float64
	Correlation   SpendCorrelation
	Empirical     SpendMoments
}

func (f *FittedSpend) result() SpendResult {
	c, e := &f.Fitted.Correlation, &f.Empirical
	return SpendResult{f.Basis, f.Reason, SpendParameters{f.Params.P, f.Params.Q, f.Params.Gamma}, f.Fitted.Result.Status,
		f.Fitted.Result.LogLikelihood, f.Fitted.Customers, f.Fitted.Aside.ZeroSpend,
		SpendCorrelation{c.Defined, c.Pearson, c.PearsonP, c.Spearman, c.SpearmanP}, SpendMoments{e.Overall, e.Within, e.Among}}
}

// ModelResult is the model of the answer.
type ModelResult struct {
	Kind      Kind
	Fitted    bool // here; else it came from elsewhere, and there is no evidence
	Candidate CandidateResult
	Spend     SpendResult
	File      File
}

// ModelResult tells of the model of the answer; false before there is one.
func (v *Valuation) ModelResult() (out ModelResult, ok bool) {
	known := v.Answer.Known
	if known == nil {
		return out, false
	}
	out.Kind, out.File, out.Fitted = known.Model.Kind, known.Model.File(), known != v.file
	if out.Fitted {
		out.Candidate, out.Spend = v.Choice.result(out.Kind), v.Spend.result()
		out.File.Reading = v.Report().Reading
	}
	return out, true
}

// NewCustomerResult is a NewCustomer.
type NewCustomerResult struct{ Repeats, OrderValue, Value, Ratio Estimate }

// TotalsResult is all customers together, and one won today.
type TotalsResult struct {
	Customers, Alive     float64
	Orders, Spend, Value Estimate
	Likely               LikelyResult
	NewCustomer          NewCustomerResult
}

// LikelyResult is the range of totals that holds with 80 % probability, to be shown first while there is little to check it by.
type LikelyResult struct {
	Orders, Spend, Value Estimate
	Checks               int     // earlier forecasts over the same time
	Checked              bool    // that they are enough for the range to rest on
	Miss                 float64 // by how much all earlier forecasts were off, relative
	Answerable           bool    // the file carries a forecast so far ahead (Longest)
	Told                 bool    // the range of money to be shown first says something (Estimate.Told)
	Short                bool    // customers are ranked, and no more: TooShort
}

// Answerable reports whether the data carry a forecast so far ahead (Longest).
func (a *Answer) Answerable() bool { return a.Settings.HorizonDays <= Longest(a.Summary) }

// record is that of earlier forecasts over the answer's horizon, empty where they were not made.
func (a *Answer) record() *Record {
	if a.Known == nil || a.Known.checked != a.Settings.HorizonDays {
		return &Record{}
	}
	return &a.Known.Record
}

// likelyLevel is the level of the ranges to show first while there is little to check them by.
const likelyLevel = 0.8

// likely is that of an answer.
func (a *Answer) likely() (l LikelyResult) {
	t := a.Totals
	l.Answerable, l.Short = a.Answerable(), TooShort(a.Summary)
	if a.Known == nil {
		return l
	}
	r, o := a.record(), a.Settings.Options
	o.Level = likelyLevel
	at80 := t.Checked(r, o)
	l.Orders, l.Spend, l.Value = at80.Orders, at80.Spend, at80.Value
	l.Checked, l.Miss = r.Checked(), r.Miss(false)
	l.Checks = r.Alike()
	l.Told = l.Value.Told()
	if l.Checked {
		l.Told = t.Value.Told()
	}
	return l
}

// CohortsResult are the triangles and, by cohort, the value of its customers.
type CohortsResult struct {
	orders.Cohorts
	Value []float64
}

// RuleResult is how a rule did: over the earlier forecasts that count, and in the latest of them customer by customer.
type RuleResult struct {
	Miss float64 // by how much the totals were off, relative
	Measures
}

// CatchResult is what a ranking caught, and whether the model catches more (1), less (-1) or no more than chance makes of it (0).
type CatchResult struct {
	Tenth, Fifth float64
	Leads        float64
}

// EvidenceResult is how earlier forecasts did, and what the latest orders say. Of a log alone, once it was checked.
type EvidenceResult struct {
	Forecasts                   int     // that count
	HorizonDays                 float64 // of each
	Held, HeldLikely            int     // whose range at 95 and at 80 % would have held
	Customers                   float64 // of the latest of them
	Actual                      float64 // orders that they made
	Forecast, SameAgain, RateOn RuleResult
	Model, RFM, Spent           CatchResult
	PaceDays                    float64 // of the latest quarter
	Change                      float64 // of its repeat orders against what the model expects: 0 within chance
	PriceChange                 float64 // of its amounts against those of the same customers' orders: 0 within chance
	Drift                       float64 // 1 where demand rises all year, -1 where it falls
}

// evidence is that of an answer.
func (a *Answer) evidence() (e EvidenceResult) {
	r := a.record()
	e.PaceDays, e.Change, e.PriceChange, e.Drift = r.Pace.Days, r.Pace.Change(), r.PriceChange(), r.Drift()
	if len(r.Past) == 0 {
		return e
	}
	e.HorizonDays = r.HorizonDays
	e.Held, e.Forecasts = r.Held(0.95)
	e.HeldLikely, _ = r.Held(likelyLevel)
	l := &r.Latest
	e.Customers, e.Actual = l.Customers, l.Actual
	rule := func(k Rule) RuleResult { return RuleResult{r.MissOf(k), l.Rules[k]} }
	e.Forecast, e.SameAgain, e.RateOn = rule(ByForecast), rule(SameAgain), rule(RateOn)
	caught := func(k Ranking) CatchResult { return CatchResult{l.Caught[k].Tenth, l.Caught[k].Fifth, l.Leads(k)} }
	e.Model, e.RFM, e.Spent = caught(ByModel), caught(ByRFM), caught(BySpend)
	return e
}

// AnswerResult is what the customers are worth together; each is in the columns.
type AnswerResult struct {
	Totals   TotalsResult
	Evidence EvidenceResult
	Season   Season
	Months   []Month      // the latest, and those expected: of a log alone, once it was checked
	Segments []SegmentSum `by:"segment"`
	Spend    Concentration
	CLV      Concentration
	Cohorts  CohortsResult
}

// AnswerResult tells of the answer.
func (v *Valuation) AnswerResult() AnswerResult {
	a := &v.Answer
	t, n := &a.Totals, a.New
	out := AnswerResult{Segments: a.BySegment(), Spend: Concentrate(a.Summary.Spend), CLV: Concentrate(a.Values.Value),
		Totals: TotalsResult{t.Customers, t.Alive, t.Orders, t.Spend, t.Value, a.likely(), NewCustomerResult(n)}}
	out.Evidence = a.evidence()
	if known := a.Known; known != nil {
		out.Season = known.Tracking.Season
		if known.checked == a.Settings.HorizonDays {
			out.Months = known.Months
		}
	}
	if v.Log != nil {
		out.Cohorts.Cohorts = v.Log.Cohorts()
		out.Cohorts.Value = CohortValue(out.Cohorts.Cohorts, a.Summary.First, a.Values.Value)
	}
	return out
}

// TrackingResult is a Tracking and its Pattern.
type TrackingResult struct {
	Tracking
	Pattern
}

// TestResult is how the model of the answer does over time, and what to know before relying on it.
type TestResult struct {
	Followed    bool // the rest is known
	Tested      bool // the model was held against what it had not seen, where it could be
	Tracking    TrackingResult
	Calibration Calibration
	Warnings    []Warning
}

// TestResult tells of the model of the answer.
func (v *Valuation) TestResult() (out TestResult) {
	if known := v.Answer.Known; known != nil {
		out = TestResult{known.Followed, known.Tested, TrackingResult{known.Trial, known.Trial.Pattern()}, known.Calibration, v.Warnings()}
	}
	return out
}

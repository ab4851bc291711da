package retention

import (
	"math"
	"testing"

	"hourglass/core/fit"
	"hourglass/core/notice"
	"hourglass/core/value"
)

// fiveCohorts are five cohorts of 10,000, a year apart, as Beta(3.80, 15.20) leaves them: 10,000, 8,000, 6,480, 5,307 and 4,391 are
// 10,000 times S(t) = Π (15.2+t-1)/(19+t-1), rounded. Of the first tenure four cohorts were seen to renew, of the second three, and so on.
func fiveCohorts() EquityInput {
	in := NewEquityInput()
	in.Period, in.Margin, in.AnnualDiscountRate, in.PaymentTiming = value.Year, 100, 0.1, value.AfterRenewal
	in.Tenures = []Tenure{
		{Active: 10000, AtRisk: 40000, Lost: 8000},
		{Active: 8000, AtRisk: 24000, Lost: 4560},
		{Active: 6480, AtRisk: 12960, Lost: 2346},
		{Active: 5307, AtRisk: 5307, Lost: 916},
		{Active: 4391},
	}
	return in
}

// Fader & Hardie (2010), Table 3, print the discounted expected residual lifetime of a customer about to renew for the n-th time under
// Beta(3.80, 15.20) at 10%: 3.31, 3.45, 3.59, 3.72, 3.84 payments, the pending one undiscounted. Paid after a renewal one period away, each is
// worth 1/1.1 of it. The value of the base is their sum by its customers.
func TestResidualValueByTenureAsPublished(t *testing.T) {
	in := fiveCohorts()
	out, notes := Equity(in)
	if out.FitStatus != fit.Converged {
		t.Fatal(out.FitStatus, notes)
	}
	near(t, "alpha", *out.Alpha, 3.80, 0.05)
	near(t, "beta", *out.Beta, 15.20, 0.2)
	sum := 0.0
	for i, want := range []float64{3.31, 3.45, 3.59, 3.72, 3.84} {
		near(t, "residual lifetime", out.Tenures[i].Residual*1.1/100, want, 0.006)
		sum += in.Tenures[i].Active * want * 100 / 1.1
	}
	near(t, "base", out.BaseValue, sum, 0.002*sum)
	near(t, "customers", out.Customers, 34178, 0)
	if !(*out.BaseLower < out.BaseValue && out.BaseValue < *out.BaseUpper) {
		t.Errorf("base %v to %v around %v", *out.BaseLower, *out.BaseUpper, out.BaseValue)
	}
	// The same base at the one churn of all tenures, 15,822 of 82,267, is worth less: the paper's point.
	near(t, "average churn", out.ConstantChurn, 15822.0/82267, 1e-12)
	c := 15822.0 / 82267
	near(t, "at constant churn", out.Constant, 34178*100*(1-c)/(c+0.1), 1e-6)
	if out.Constant > out.BaseValue {
		t.Error("constant churn says more")
	}
}

// Future customers by hand: 100 in a year's time, 110 the year after, at 10% 90.909 twice, each bringing CLV - CAC.
func TestFutureCustomersLessTheirCost(t *testing.T) {
	in := fiveCohorts()
	in.PaymentTiming = value.Start
	in.Acquired, in.Growth, in.Acquiring, in.CAC = 100, 0.1, 2, new(150.0)
	out, notes := Equity(in)
	if len(notes) != 0 {
		t.Error(notes)
	}
	near(t, "future", out.FutureValue, 2*100/1.1*(out.CLV-150), 1e-6)
	near(t, "all", out.Equity, out.BaseValue+out.FutureValue, 1e-6)
	// The interval of the whole follows the curve alone: without a cost it is wider by nothing.
	in.CAC = nil
	free, _ := Equity(in)
	near(t, "width", *free.EquityUpper-*free.EquityLower, *out.EquityUpper-*out.EquityLower, 1e-6)
}

// The delta method's interval against the likelihood itself: along the ridge of parameters whose log-likelihood is 1.92 below the maximum (the 95 % point of
// χ² with one degree of freedom, halved), the value of the base reaches the profile likelihood interval. Both agree for so many customers.
func TestTheIntervalAgreesWithTheLikelihood(t *testing.T) {
	in := fiveCohorts()
	out, _ := Equity(in)
	b := newBase(&in)
	counts := b.pooled.counts
	base := curve{margin: 100, discount: 0.1, timing: 2}
	best, low, high := math.Inf(-1), math.Inf(1), 0.0
	for i := range 100 {
		for k := range 60 {
			c := base
			c.Alpha = 3.8 * math.Exp(0.4*(float64(i)/50-1))
			mean := c.Alpha * 4 * math.Exp(0.03*(float64(k)/30-1))
			c.Beta = mean
			ll, _, _ := c.LogLikelihood(counts)
			best = max(best, ll)
			if ll > out.logLikelihood(in)-1.92 {
				v, _ := b.following(&b.pooled, c, -1)
				low, high = min(low, v), max(high, v)
			}
		}
	}
	near(t, "lower end", *out.BaseLower, low, 0.002*low)
	near(t, "upper end", *out.BaseUpper, high, 0.002*high)
}

// newBase is the rows of an input, with what the curve of all is fitted to.
func newBase(in *EquityInput) *base {
	b := &base{in: in, places: in.places(&notice.List{})}
	b.pooled = b.counts(everyCohort)
	return b
}

// logLikelihood is that of the fitted parameters.
func (out *EquityResult) logLikelihood(in EquityInput) float64 {
	counts := newBase(&in).pooled.counts
	c := curve{}
	c.Alpha, c.Beta = *out.Alpha, *out.Beta
	ll, _, _ := c.LogLikelihood(counts)
	return ll
}

func TestWhatABaseCannotTell(t *testing.T) {
	one := func(in EquityInput, code notice.Code, field string) {
		t.Helper()
		_, notes := Equity(in)
		for _, n := range notes {
			if n.Code == code && n.Field == field {
				return
			}
		}
		t.Errorf("%v at %s: %v", code, field, notes)
	}
	in := fiveCohorts()
	in.Tenures[1].Lost = 30000
	one(in, notice.MoreThan, "tenures/1/lost")
	in = fiveCohorts()
	in.Tenures = []Tenure{{Active: 10}}
	one(in, notice.NotAbove, "tenures/0/at_risk")
	in.Tenures = []Tenure{{Active: 10, AtRisk: 100, Lost: 20}}
	one(in, notice.NotIdentified, "tenures")
	out, _ := Equity(in)
	near(t, "one rate for all", out.BaseValue, 10*100*0.8/0.3, 1e-9)
	in.Tenures = []Tenure{{Active: 10, AtRisk: 100, Lost: 5}, {Active: 5, AtRisk: 90, Lost: 3}}
	one(in, notice.FewLeft, "tenures")
	in = NewEquityInput()
	in.Margin, in.Tenures = 1, []Tenure{{Active: 1, AtRisk: 100, Lost: 50}, {AtRisk: 50, Lost: 5}, {AtRisk: 45, Lost: 2}, {AtRisk: 43, Lost: 1}}
	one(in, notice.Unbounded, "tenures")
	in = fiveCohorts()
	in.Tenures[0] = Tenure{AtRisk: 100, Lost: 100}
	if out, notes := Equity(in); !notes.Refused() && (math.IsNaN(out.BaseValue) || math.IsInf(out.BaseValue, 0)) {
		t.Error(out.BaseValue)
	}
	if out, _ := Equity(EquityInput{}); out.Customers != 0 {
		t.Error("nothing at all passes")
	}
	// No customers now: a curve, and no value of the base.
	in = fiveCohorts()
	for i := range in.Tenures {
		in.Tenures[i].Active = 0
	}
	if out, _ := Equity(in); out.Each != nil || out.BreakEven != nil || out.BaseValue != 0 || out.Tenures[0].Share != nil {
		t.Errorf("without customers: %v", out)
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// A pair of cohorts of which 1,000 customers each were followed for seven renewals: Fader & Hardie (2007), Table 1, "Regular" and "High End".
var regular = []float64{1000, 631, 468, 382, 326, 289, 262, 241}
var highEnd = []float64{1000, 869, 743, 653, 593, 551, 517, 491}

// cohortsOf are rows of cohorts, each of which has the tenure of its last figure now.
func cohortsOf(cohorts ...[]float64) (rows []Tenure) {
	for k, survivors := range cohorts {
		for t, n := range survivors {
			row := Tenure{Cohort: new(float64(k + 1))}
			if t < len(survivors)-1 {
				row.AtRisk, row.Lost = n, n-survivors[t+1]
			} else {
				row.Active = n
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// The estimates for each of the two that core/sbg's tests have from Fader & Hardie (2007), found by each cohort's own curve; and what its customers are worth, added
// up payment by payment from those parameters: S(t)/S(t-1) = (β+t-1)/(α+β+t-1), their equation 8, at a margin of 100 and 10%.
func TestEachCohortHasItsOwnCurve(t *testing.T) {
	in := NewEquityInput()
	in.Period, in.Margin, in.AnnualDiscountRate, in.Curves = value.Year, 100, 0.1, ByCohort
	in.Tenures = cohortsOf(regular, highEnd)
	out, notes := Equity(in)
	if len(notes) != 0 {
		t.Error(notes)
	}
	sum, leavers := 0.0, 0.0
	for k, published := range []struct{ alpha, beta, active float64 }{{0.704077, 1.182043, 241}, {0.668088, 3.806096, 491}} {
		last := out.Tenures[8*k+7]
		if last.Curve != ByCohort {
			t.Errorf("cohort %d follows %v", k+1, last.Curve)
		}
		near(t, "alpha", *last.Alpha, published.alpha, 1e-6*published.alpha)
		near(t, "beta", *last.Beta, published.beta, 1e-6*published.beta)
		worth, there, factor := 0.0, 1.0, 1.0
		for age := 7; age < 20000; age++ {
			worth += 100 * there * factor
			there *= 1 - published.alpha/(published.alpha+published.beta+float64(age))
			factor /= 1.1
		}
		near(t, "residual", last.Residual, worth, 2e-6*worth) // as precise as the parameters
		sum += published.active * last.Residual
		leavers += published.active * *last.Alpha / (*last.Alpha + *last.Beta + 7)
	}
	near(t, "base", out.BaseValue, sum, 1e-9*sum)
	near(t, "leavers", *out.BreakEven, leavers, 1e-9*leavers)
	// A new customer follows the curve of both, which a base without cohorts has as well.
	in.Curves = Pooled
	pooled, _ := Equity(in)
	near(t, "a new customer", out.CLV, pooled.CLV, 0)
	both := in
	both.Tenures = make([]Tenure, 8)
	for i, row := range in.Tenures {
		of := &both.Tenures[i%8]
		of.Active, of.AtRisk, of.Lost = of.Active+row.Active, of.AtRisk+row.AtRisk, of.Lost+row.Lost
	}
	added, _ := Equity(both)
	near(t, "pooled", pooled.BaseValue, added.BaseValue, 1e-6*added.BaseValue)
	if pooled.Tenures[7].Curve != Pooled || *pooled.Tenures[15].Alpha != *pooled.Alpha {
		t.Error("pooled, and yet a curve of its own")
	}
}

// Both cohorts have curves of their own and nobody follows that of all, so the interval is that of a sum of two independent values: its
// distances are the root of the sum of the squares of those of each cohort alone (Zou & Donner 2008, eq. 2).
func TestIntervalsOfCohortsAddUpBySquares(t *testing.T) {
	in := NewEquityInput()
	in.Period, in.Margin, in.AnnualDiscountRate, in.Curves = value.Year, 100, 0.1, ByCohort
	down, up, sum := 0.0, 0.0, 0.0
	for _, cohort := range [][]float64{regular, highEnd} {
		in.Tenures = cohortsOf(cohort)
		alone, _ := Equity(in)
		sum += alone.BaseValue
		down, up = math.Hypot(down, alone.BaseValue-*alone.BaseLower), math.Hypot(up, *alone.BaseUpper-alone.BaseValue)
	}
	in.Tenures = cohortsOf(regular, highEnd)
	out, _ := Equity(in)
	near(t, "value", out.BaseValue, sum, 1e-9*sum)
	near(t, "lower end", *out.BaseLower, sum-down, 1e-9*sum)
	near(t, "upper end", *out.BaseUpper, sum+up, 1e-9*sum)
	// With customers to come, whose curve is that of all, no distance is smaller.
	in.Acquired, in.Acquiring = 100, 5
	if with, _ := Equity(in); with.Equity-*with.EquityLower < down || *with.EquityUpper-with.Equity < up {
		t.Error("customers to come make it narrower")
	}
}

func TestACohortWithTooFewDataFollowsAll(t *testing.T) {
	has := func(in EquityInput, code notice.Code, limit float64) EquityResult {
		t.Helper()
		out, notes := Equity(in)
		for _, n := range notes {
			if n.Code == code && n.Limit == limit {
				return out
			}
		}
		t.Errorf("%v of %v: %v", code, limit, notes)
		return out
	}
	in := NewEquityInput()
	in.Period, in.Margin, in.AnnualDiscountRate, in.Curves = value.Year, 100, 0.1, ByCohort
	in.Tenures = cohortsOf(regular, highEnd, []float64{900, 700, 600}, []float64{40, 36, 34, 33, 33})
	out := has(in, notice.CohortsPooled, 2) // two renewals; and seven who left
	young := out.Tenures[18]
	if young.Curve != Pooled || *young.Alpha != *out.Alpha || *young.Beta != *out.Beta {
		t.Errorf("the young cohort: %+v", young)
	}
	near(t, "age", young.Fitted, (*out.Beta+2)/(*out.Alpha+*out.Beta+2), 1e-12)
	if out.Tenures[7].Curve != ByCohort || *out.BaseLower >= out.BaseValue || *out.BaseUpper <= out.BaseValue {
		t.Errorf("%v to %v around %v", *out.BaseLower, *out.BaseUpper, out.BaseValue)
	}
	// Churn that is the same in each period is a curve of its own too: constant.
	in.Tenures = cohortsOf(regular, []float64{4096, 3072, 2304, 1728, 1296})
	if out, _ = Equity(in); out.Tenures[12].Curve != ByCohort || out.Tenures[12].Alpha != nil {
		t.Errorf("constant churn: %+v", out.Tenures[12])
	}
	near(t, "constant", out.Tenures[12].Residual, 100*1.1/(0.25+0.1), 0.01)
	// Rows that name no cohort are all of one; some that do and some that do not cannot be told apart.
	in = fiveCohorts()
	in.Curves = ByCohort
	near(t, "as pooled", has(in, notice.NoCohorts, 0).BaseValue, func() float64 { in.Curves = Pooled; out, _ := Equity(in); return out.BaseValue }(), 0)
	in.Tenures[1].Cohort = new(1.0)
	if _, notes := Equity(in); !notes.Refused() || notes[0].Code != notice.Required || notes[0].Field != "tenures/0/cohort" {
		t.Error(notes)
	}
}

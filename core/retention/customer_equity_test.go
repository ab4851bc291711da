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
	counts, _ := in.counts()
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
				v, _ := in.base(c, -1)
				low, high = min(low, v), max(high, v)
			}
		}
	}
	near(t, "lower end", *out.BaseLower, low, 0.002*low)
	near(t, "upper end", *out.BaseUpper, high, 0.002*high)
}

// logLikelihood is that of the fitted parameters.
func (out *EquityResult) logLikelihood(in EquityInput) float64 {
	counts, _ := in.counts()
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

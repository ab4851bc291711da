package retention_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/fit"
	"hourglass/core/notice"
	"hourglass/core/retention"
	"hourglass/core/value"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: got %.10g, want %v ± %v", what, got, want, tolerance)
	}
}

func codes(notes notice.List) map[notice.Code]string {
	out := map[notice.Code]string{}
	for _, n := range notes {
		out[n.Code] = n.Field
	}
	return out
}

// regular is the Regular segment of Fader & Hardie (2007), figure 1, % surviving.
var regular = []float64{1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173}

func curve(t *testing.T, in retention.CurveInput) (retention.CurveResult, notice.List) {
	t.Helper()
	out, notes := retention.Curve(in)
	if notes.Refused() {
		t.Fatalf("refused: %v", notes)
	}
	return out, notes
}

// Reference table, closed-form row 15: recomputed on Fader & Hardie's Regular segment.
func TestRegularSegmentIsWorth362NotTheNaive234(t *testing.T) {
	out, notes := curve(t, retention.CurveInput{Survivors: regular[:5], Margin: new(100.0), Period: value.Year, AnnualDiscountRate: 0.1})
	near(t, "alpha", *out.Alpha, 0.763665, 5e-7)
	near(t, "beta", *out.Beta, 1.295830, 5e-7)
	near(t, "log-likelihood", out.LogLikelihood, -1401.5594, 5e-5)
	near(t, "clv", *out.CLV, 362.11, 0.005)
	near(t, "naive clv", *out.NaiveCLV, 234.54, 0.005)
	if out.FitStatus != fit.Converged || len(notes) != 1 || codes(notes)[notice.NeverLeaves] != "survivors" || out.ExpectedLifetime != nil {
		t.Errorf("status %v, notes %v, lifetime %v (alpha < 1 has no mean)", out.FitStatus, notes, out.ExpectedLifetime)
	}
	near(t, "half are gone after 2 years (63.1 %, 46.8 %)", *out.MedianLifetime, 2, 0)
}

// The printed forecast of the paper: fitted on 7 renewals, S(8..12) in %.
func TestRegularForecast(t *testing.T) {
	out, _ := curve(t, retention.CurveInput{Survivors: regular[:8], Margin: new(100.0), Period: value.Year, AnnualDiscountRate: 0.1})
	near(t, "alpha", *out.Alpha, 0.704077, 5e-7)
	near(t, "beta", *out.Beta, 1.182043, 5e-7)
	for i, want := range []float64{22.0, 20.4, 19.1, 18.0, 17.0} {
		near(t, "survival", 100*out.Series.Survival[8+i], want, 0.05)
	}
	if len(out.Series.Observed) != 8 || out.Series.Observed[1] != 0.631 {
		t.Errorf("observed %v", out.Series.Observed)
	}
}

// The value is what the projected curve brings, year by year.
func TestCurveValueIsTheSumOfItsSeries(t *testing.T) {
	for _, timing := range []value.PaymentTiming{value.Start, value.End, value.AfterRenewal} {
		out, _ := curve(t, retention.CurveInput{Survivors: regular, Margin: new(100.0), Period: value.Quarter, AnnualDiscountRate: 0.2,
			PaymentTiming: timing, HorizonPeriods: new(40.0)})
		v, sum := 1/(1+out.DiscountPerPeriod), 0.0
		for k := range 40 {
			switch timing {
			case value.Start:
				sum += 100 * out.Series.Survival[k] * math.Pow(v, float64(k))
			case value.End:
				sum += 100 * out.Series.Survival[k] * math.Pow(v, float64(k+1))
			case value.AfterRenewal:
				sum += 100 * out.Series.Survival[k+1] * math.Pow(v, float64(k+1))
			}
		}
		near(t, timing.String(), *out.CLV, sum, 1e-9*sum)
	}
}

func TestSharesGiveTheCurveOfCounts(t *testing.T) {
	shares := make([]float64, len(regular))
	for i, n := range regular {
		shares[i] = n / 1000
	}
	in := retention.CurveInput{Survivors: regular, Margin: new(1.0), Period: value.Year, AnnualDiscountRate: 0.1}
	counts, _ := curve(t, in)
	in.Survivors = shares
	ofShares, _ := curve(t, in)
	near(t, "alpha", *ofShares.Alpha, *counts.Alpha, 1e-8)
	near(t, "clv", *ofShares.CLV, *counts.CLV, 1e-8)
}

func TestConstantChurnIsSaidToBeFlat(t *testing.T) {
	in := retention.CurveInput{Survivors: []float64{10000, 8000, 6400, 5120, 4096}, Margin: new(10.0), Period: value.Year, AnnualDiscountRate: 0.1}
	out, notes := curve(t, in)
	if codes(notes)[notice.CurveIsFlat] != "survivors" {
		t.Fatalf("no warning: %v, %v", out.FitStatus, notes)
	}
	near(t, "10(1+d)/(1+d-0.8)", *out.CLV, 10*1.1/0.3, 1e-9)
	near(t, "a fifth leaves each year", *out.ExpectedLifetime, 5, 1e-9)
	in.HorizonPeriods = new(3.0)
	out, _ = curve(t, in)
	near(t, "three payments", *out.CLV, 10*(1+0.8/1.1+0.64/1.21), 1e-9)
}

func TestLossesInTheFirstPeriodOnly(t *testing.T) {
	out, notes := curve(t, retention.CurveInput{Survivors: []float64{1000, 600, 600, 600}, Margin: new(10.0), Period: value.Year, AnnualDiscountRate: 0.1})
	if codes(notes)[notice.NobodyLeavesLater] != "survivors" {
		t.Fatalf("no warning: %v, %v", out.FitStatus, notes)
	}
	near(t, "10 + 0.6 x 10/0.1", *out.CLV, 70, 1e-3)
}

func TestCurveWithoutDiscountIsCountedWithinFiveYears(t *testing.T) {
	out, notes := curve(t, retention.CurveInput{Survivors: regular, Margin: new(1.0), Period: value.Year})
	if codes(notes)[notice.Unbounded] != "survivors" || *out.HorizonUsedPeriods != 5 {
		t.Fatalf("%v", notes)
	}
	sum := 0.0
	for _, s := range out.Series.Survival[:5] {
		sum += s
	}
	near(t, "S(0) + ... + S(4)", *out.CLV, sum, 1e-12)
}

func TestSurvivorsThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		survivors []float64
		code      notice.Code
		field     string
	}{
		"rising":    {[]float64{100, 90, 95, 96}, notice.Rising, "survivors/3"},
		"one value": {[]float64{100}, notice.TooFew, "survivors"},
		"two":       {[]float64{100, 50}, notice.TooFew, "survivors"},
		"constant":  {[]float64{100, 100, 100}, notice.AllSame, "survivors"},
		"zeros":     {[]float64{0, 0, 0}, notice.NotAbove, "survivors/0"},
		"negative":  {[]float64{10, 5, -1}, notice.TooLow, "survivors/2"},
		"NaN":       {[]float64{10, math.NaN(), 1}, notice.Required, "survivors/1"},
		"huge":      {[]float64{1e308, 10, 1}, notice.TooHigh, "survivors/0"},
	} {
		_, notes := retention.Curve(retention.CurveInput{Survivors: c.survivors, Margin: new(1.0)})
		if !notes.Refused() || codes(notes)[c.code] != c.field {
			t.Errorf("%s: %v", name, notes)
		}
	}
	if out, notes := retention.Curve(retention.CurveInput{Survivors: []float64{100, 0, 0}, Margin: new(1.0)}); notes.Refused() || math.IsNaN(*out.CLV) {
		t.Errorf("a group that is lost at once: %+v %v", out, notes)
	}
}

// Wilson's interval against the rows of Brown, Cai & DasGupta and the statsmodels documentation, recomputed from the
// quadratic (p-c)² n = z² c(1-c) that defines it where more than three are lost and left.
func TestChurnInterval(t *testing.T) {
	const z2 = 1.959963984540054 * 1.959963984540054
	for _, c := range []struct{ customers, lost float64 }{{1000, 20}, {50, 25}, {7, 7}} {
		out, notes := retention.ChurnInterval(retention.ChurnIntervalInput{Price: new(100.0), GrossMargin: new(0.85), Customers: c.customers, Lost: c.lost, TargetRatio: 3})
		if notes.Refused() {
			t.Fatalf("%v: %v", c, notes)
		}
		p := c.lost / c.customers
		for _, end := range []float64{out.ChurnLower, out.ChurnUpper} {
			near(t, "the defining quadratic", (p-end)*(p-end)*c.customers, z2*end*(1-end), 1e-12)
		}
		if !(out.ChurnLower <= p && p <= out.ChurnUpper && *out.CLVLower <= *out.CLV && *out.CLV <= *out.CLVUpper) {
			t.Errorf("%v: ends out of order: %+v", c, out)
		}
	}
	out, _ := retention.ChurnInterval(retention.ChurnIntervalInput{Price: new(100.0), GrossMargin: new(0.85), Customers: 1000, Lost: 20, TargetRatio: 3})
	near(t, "row 7: 4,250 (kalkulator.calculator.city)", *out.CLV, 4250, 1e-9)
	near(t, "at the upper end", *out.CLVLower, 85/out.ChurnUpper, 1e-9)
	near(t, "z²(1-c)/(c/100)", *out.CustomersNeeded, math.Ceil(z2*0.98/0.02*100), 0)
}

func TestChurnIntervalEdges(t *testing.T) {
	in := retention.ChurnIntervalInput{Price: new(100.0), GrossMargin: new(1.0), Customers: 1000, TargetRatio: 3}
	out, notes := retention.ChurnInterval(in)
	if c := codes(notes); c[notice.NoChurnSeen] != "lost" || c[notice.Unbounded] != "lost" || *out.HorizonUsedPeriods != 60 {
		t.Errorf("nobody lost: %v", notes)
	}
	if out.CLVUpper != nil || out.LifetimeUpper != nil || *out.CLV != 6000 || !(*out.CLVLower < *out.CLV) {
		t.Errorf("nobody lost: no upper end, the others of one horizon: %v %v %v", out.CLVLower, out.CLV, out.CLVUpper)
	}
	in.AnnualDiscountRate = 0.1
	out, notes = retention.ChurnInterval(in)
	if c := codes(notes); c[notice.NeverLeaves] != "lost" || out.HorizonUsedPeriods != nil || out.LifetimePeriods != nil || out.LifetimeUpper != nil {
		t.Errorf("nobody lost, discounted: %v %+v", notes, out)
	}
	near(t, "m(1+d)/d at no churn", *out.CLVUpper, 100/(1-math.Pow(1.1, -1.0/12)), 1e-8)
	near(t, "which is the estimate too", *out.CLV, *out.CLVUpper, 0)
	in.AnnualDiscountRate, in.Lost, in.GrowthRate = 0, 20, 0.018 // above the lower end of churn, below the estimate
	out, notes = retention.ChurnInterval(in)
	if out.CLVUpper != nil || out.HorizonUsedPeriods != nil || codes(notes)[notice.NoLimit] != "lost" {
		t.Errorf("growth above the lowest churn: %v %+v", notes, out)
	}
	near(t, "1/(0.02 - 0.018·0.98) at the estimate", *out.CLV, 100/(0.02-0.018*0.98), 1e-8)
	near(t, "lifetime", *out.LifetimeUpper, 1/out.ChurnLower, 1e-9)
	in.GrowthRate = 0
	in.Lost = 1001
	if _, notes = retention.ChurnInterval(in); codes(notes)[notice.MoreThan] != "lost" {
		t.Errorf("more lost than there were: %v", notes)
	}
	in.Lost = 2.5
	if _, notes = retention.ChurnInterval(in); codes(notes)[notice.NotWhole] != "lost" {
		t.Errorf("half a customer: %v", notes)
	}
}

// Without a price churn, its interval and the lifetimes are what they are with one; nothing is valued, and a warning says why.
func TestChurnIntervalWithoutAPrice(t *testing.T) {
	for _, lost := range []float64{0, 3, 20, 1000} {
		for _, horizon := range []*float64{nil, new(24.0)} {
			in := retention.ChurnIntervalInput{Customers: 1000, Lost: lost, TargetRatio: 3, HorizonPeriods: horizon}
			out, notes := retention.ChurnInterval(in)
			if notes.Refused() || codes(notes)[notice.NotGiven] != "price" || codes(notes)[notice.Unbounded] != "" {
				t.Fatalf("%v lost: %v", lost, notes)
			}
			for _, v := range []*float64{out.CLV, out.CLVLower, out.CLVUpper, out.MaxCAC, out.LTVCACRatio, out.LTVCACLower, out.LTVCACUpper} {
				if v != nil {
					t.Errorf("%v lost, no price: %+v", lost, out)
				}
			}
			in.Price, in.GrossMargin, in.AnnualDiscountRate = new(100.0), new(0.5), 0.1 // a discount gives the value a limit
			with, _ := retention.ChurnInterval(in)
			same := func(a, b *float64) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }
			if out.ChurnRate != with.ChurnRate || out.ChurnLower != with.ChurnLower || out.ChurnUpper != with.ChurnUpper || out.LifetimeLower != with.LifetimeLower ||
				!same(out.LifetimePeriods, with.LifetimePeriods) || !same(out.LifetimeUpper, with.LifetimeUpper) || !same(out.CustomersNeeded, with.CustomersNeeded) {
				t.Errorf("%v lost: %+v, with a price %+v", lost, out, with)
			}
		}
	}
	_, notes := retention.ChurnInterval(retention.ChurnIntervalInput{Price: new(100.0), Customers: 10, Lost: 1, TargetRatio: 3})
	if !notes.Refused() || codes(notes)[notice.Required] != "gross_margin" {
		t.Errorf("a price without a margin: %v", notes)
	}
	if out, notes := retention.ChurnInterval(retention.ChurnIntervalInput{GrossMargin: new(0.5), Customers: 10, Lost: 1, TargetRatio: 3}); notes.Refused() || out.CLV != nil {
		t.Errorf("a margin without a price: %v %v", notes, out)
	}
}

// Without a margin the curve and the lifetimes are what they are with one.
func TestCurveWithoutAMargin(t *testing.T) {
	in := retention.CurveInput{Survivors: regular, Period: value.Year, AnnualDiscountRate: 0.1, HorizonPeriods: new(24.0)}
	out, notes := curve(t, in)
	if codes(notes)[notice.NotGiven] != "margin" || out.CLV != nil || out.CLVLower != nil || out.CLVUpper != nil || out.NaiveCLV != nil || out.Series.Residual != nil {
		t.Errorf("%v %+v", notes, out)
	}
	in.Margin = new(50.0)
	with, _ := curve(t, in)
	near(t, "the multiple, of which the value is that many margins", 50*out.MarginMultiple, *with.CLV, 1e-9)
	near(t, "lifetime", *out.ExpectedLifetime, *with.ExpectedLifetime, 0)
	near(t, "its lower end", *out.LifetimeLower, *with.LifetimeLower, 0)
	near(t, "alpha", *out.Alpha, *with.Alpha, 0)
	if len(out.Series.Survival) != len(with.Series.Survival) {
		t.Error("the series have other lengths")
	}
}

// The chance that the interval holds the true churn, enumerated over every number lost, at the churns where it is smallest:
// just inside and outside the ends. Wilson's falls to 0.838 where one is lost; the modified one of Brown, Cai & DasGupta
// (2001) stays above 0.915 up to 50 customers and 0.926 beyond.
func TestChurnIntervalHoldsItsLevel(t *testing.T) {
	for _, c := range []struct{ n, least float64 }{{5, 0.915}, {10, 0.915}, {30, 0.915}, {50, 0.915}, {51, 0.926}, {100, 0.926}, {200, 0.926}, {500, 0.926}} {
		var low, high, ends []float64
		for lost := range int(c.n) + 1 {
			out, _ := retention.ChurnInterval(retention.ChurnIntervalInput{Price: new(100.0), GrossMargin: new(1.0), Customers: c.n, Lost: float64(lost), TargetRatio: 3})
			low, high = append(low, out.ChurnLower), append(high, out.ChurnUpper)
			ends = append(ends, out.ChurnLower*(1-1e-9), out.ChurnLower*(1+1e-9), out.ChurnUpper*(1-1e-9), out.ChurnUpper*(1+1e-9))
		}
		for _, p := range ends {
			if !(p > 0 && p < 1) {
				continue
			}
			held := 0.0
			for k := range low {
				if low[k] <= p && p <= high[k] {
					held += binomial(float64(k), c.n, p)
				}
			}
			if held < c.least {
				t.Errorf("of %v customers, a churn of %.6g is held in %.4f, want %v", c.n, p, held, c.least)
			}
		}
	}
}

func binomial(k, n, p float64) float64 {
	all, _ := math.Lgamma(n + 1)
	some, _ := math.Lgamma(k + 1)
	rest, _ := math.Lgamma(n - k + 1)
	return math.Exp(all - some - rest + k*math.Log(p) + (n-k)*math.Log1p(-p))
}

// Cohorts drawn from a known curve: the 95% intervals of the value and the lifetime hold the true ones about as often as they
// say. Over a whole life the true lifetime is (α+β-1)/(α-1), and an interval may have no upper end.
func TestCurveIntervalsHold(t *testing.T) {
	for _, c := range []struct {
		alpha, beta float64
		horizon     *float64
	}{{0.8, 3, new(24.0)}, {2.5, 6, nil}} {
		random := rand.New(rand.NewPCG(4, 17))
		stay, there := (c.alpha+c.beta-1)/(c.alpha-1), 1.0
		if c.horizon != nil {
			stay = 0
			for k := range int(*c.horizon) {
				stay += there
				there *= (c.beta + float64(k)) / (c.alpha + c.beta + float64(k))
			}
		}
		held, lived, cohorts := 0, 0, 400
		for range cohorts {
			survivors, left := []float64{500}, 500
			for k := range 8 {
				churn, gone := c.alpha/(c.alpha+c.beta+float64(k)), 0
				for range left {
					if random.Float64() < churn {
						gone++
					}
				}
				left -= gone
				survivors = append(survivors, float64(left))
			}
			out, notes := retention.Curve(retention.CurveInput{Survivors: survivors, Margin: new(10.0), HorizonPeriods: c.horizon})
			if notes.Refused() {
				t.Fatalf("%v: %v", survivors, notes)
			}
			within := func(low, high *float64, truth float64) bool {
				return (low == nil || *low <= truth) && (high == nil || truth <= *high)
			}
			if within(out.CLVLower, out.CLVUpper, 10*stay) || c.horizon == nil && out.HorizonUsedPeriods != nil {
				held++
			}
			if within(out.LifetimeLower, out.LifetimeUpper, stay) {
				lived++
			}
			if c.horizon != nil && (out.CLVLower == nil || out.CLVUpper == nil || out.LifetimeLower == nil || !(*out.LifetimeLower < *out.ExpectedLifetime && *out.ExpectedLifetime < *out.LifetimeUpper && *out.LifetimeUpper <= 24)) {
				t.Fatalf("%v: %v %v %v", survivors, out.CLVLower, out.LifetimeLower, out.LifetimeUpper)
			}
		}
		for what, n := range map[string]int{"value": held, "lifetime": lived} {
			if share := float64(n) / float64(cohorts); math.Abs(share-0.95) > 0.035 { // three standard errors
				t.Errorf("alpha %g: the %s's interval held in %.3f of cohorts", c.alpha, what, share)
			}
		}
	}
}

func TestThinCurves(t *testing.T) {
	curve := func(survivors ...float64) (retention.CurveResult, map[notice.Code]string) {
		out, notes := retention.Curve(retention.CurveInput{Survivors: survivors, Margin: new(10.0), AnnualDiscountRate: 0.1})
		return out, codes(notes)
	}
	if _, c := curve(20, 17, 15, 14); c[notice.FewLeft] != "survivors" {
		t.Error("six lost", c)
	}
	if out, c := curve(1, 0.85, 0.75, 0.7); c[notice.FewLeft] != "" || out.CLVLower != nil {
		t.Error("of shares nothing is known", c, out.CLVLower)
	}
	if out, c := curve(1000, 980, 950, 880, 700); c[notice.ChurnRises] != "survivors" || c[notice.CurveIsFlat] == "" || !(*out.CLVLower < *out.CLV && *out.CLV < *out.CLVUpper) {
		t.Error("churn of 2, 3, 7, 20%", c, out.CLVLower, out.CLV, out.CLVUpper)
	}
	if _, c := curve(1000, 900, 810, 729, 656); c[notice.ChurnRises] != "" {
		t.Error("churn of 10%", c)
	}
	if _, c := curve(1000, 800, 690, 620, 570); c[notice.ChurnRises] != "" || c[notice.FewLeft] != "" {
		t.Error("churn that falls", c)
	}
}

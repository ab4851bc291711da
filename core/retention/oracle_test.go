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

// pays adds up the payments of a customer of whom share(k) are there in period k, period by period: the first n of them
// or, when n < 0, until what is left cannot be seen. It is infinite when it has seen no end after a million.
func pays(share func(k int) float64, growth, annual float64, perYear, n int, timing value.PaymentTiming) (sum float64) {
	d := math.Pow(1+annual, 1/float64(perYear))
	paid := 1.0
	for k := 0; k != n; k++ {
		now := 0.0
		switch timing {
		case value.Start:
			now = paid * share(k)
		case value.End:
			now = paid / d * share(k)
		case value.AfterRenewal:
			now = paid / d * share(k+1)
		}
		sum += now
		if n < 0 && k > 100 && now <= 1e-15*sum {
			return sum
		}
		if k == 1_000_000 {
			return math.Inf(1)
		}
		paid *= (1 + growth) / d
	}
	return sum
}

func leaving(churn float64) func(int) float64 {
	return func(k int) float64 { return math.Pow(1-churn, float64(k)) }
}

func TestChurnIntervalIsWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 12))
	for tried := 0; tried < 1000; {
		n := float64(1 + r.IntN(500))
		in := retention.ChurnIntervalInput{Price: new(100 * r.Float64()), Period: value.Period(r.IntN(5)), GrossMargin: new(r.Float64()), Customers: n,
			Lost: []float64{0, 1, 2, n, math.Floor(n * r.Float64())}[r.IntN(5)], AnnualDiscountRate: []float64{0, 0.1, r.Float64()}[r.IntN(3)],
			GrowthRate: []float64{0, 0, 0.01, 0.05}[r.IntN(4)], PaymentTiming: value.PaymentTiming(r.IntN(3)), TargetRatio: 3, CAC: new(50.0)}
		in.Lost = min(in.Lost, n)
		if r.IntN(3) == 0 {
			in.HorizonPeriods = new(float64(1 + r.IntN(60)))
		}
		out, notes := retention.ChurnInterval(in)
		if notes.Refused() {
			t.Fatalf("%+v: %v", in, notes)
		}
		perYear := in.Period.PerYear()
		d := math.Pow(1+in.AnnualDiscountRate, 1/float64(perYear))
		fall := func(churn float64) float64 { return 1 - (1-churn)*(1+in.GrowthRate)/d }
		seen := func(churn float64) bool { return fall(churn) < 1e-9 || fall(churn) > 1e-3 }
		if !seen(out.ChurnLower) || !seen(out.ChurnRate) || !seen(out.ChurnUpper) {
			continue // too long for the oracle
		}
		tried++
		worth := func(churn float64, periods int) float64 {
			if periods < 0 && fall(churn) < 1e-9 {
				return math.Inf(1)
			}
			return *in.Price * *in.GrossMargin * pays(leaving(churn), in.GrowthRate, in.AnnualDiscountRate, perYear, periods, in.PaymentTiming)
		}
		counted := -1
		switch {
		case in.HorizonPeriods != nil:
			counted = int(*in.HorizonPeriods)
		case math.IsInf(worth(out.ChurnRate, -1), 1):
			counted = 5 * perYear
		}
		same := func(what string, got, want float64) {
			t.Helper()
			if !(math.Abs(got-want) <= 1e-8*max(1e-3, want)) {
				t.Fatalf("%s of %+v: %.12g, lived through %.12g", what, in, got, want)
			}
		}
		same("clv", *out.CLV, worth(out.ChurnRate, counted))
		same("at the least", *out.CLVLower, worth(out.ChurnUpper, counted))
		upper := worth(out.ChurnLower, counted)
		if counted == 5*perYear && in.HorizonPeriods == nil {
			upper = math.Inf(1) // the value is cut, and its upper end would be the cap
		}
		if (out.CLVUpper == nil) != math.IsInf(upper, 1) {
			t.Fatalf("upper end of %+v: %v, lived through %v", in, out.CLVUpper, upper)
		}
		if out.CLVUpper != nil {
			same("at the most", *out.CLVUpper, upper)
		}
		if (out.HorizonUsedPeriods == nil) != (counted < 0) {
			t.Fatalf("horizon of %+v: %v", in, out.HorizonUsedPeriods)
		}
	}
}

// Each customer's churn is drawn once from Beta(α, β): of those who stayed t periods, α/(α+β+t) leave in the next.
func TestCurveIsWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 13))
	for range 400 {
		in := retention.CurveInput{Margin: new(100 * r.Float64()), Period: value.Period(r.IntN(5)), AnnualDiscountRate: 0.1 + r.Float64(), PaymentTiming: value.PaymentTiming(r.IntN(3))}
		alpha, beta := 0.3+3*r.Float64(), 0.5+8*r.Float64()
		left := 2000.0
		for k := range 4 + r.IntN(8) {
			in.Survivors = append(in.Survivors, math.Round(left))
			left *= 1 - alpha/(alpha+beta+float64(k))
		}
		if r.IntN(2) == 0 {
			in.HorizonPeriods = new(float64(1 + r.IntN(60)))
		}
		out, notes := retention.Curve(in)
		if notes.Refused() || out.FitStatus != fit.Converged {
			t.Fatalf("%+v: %v %v", in, notes, out.FitStatus)
		}
		shares := []float64{1}
		share := func(k int) float64 {
			for len(shares) <= k {
				t := float64(len(shares) - 1)
				shares = append(shares, shares[len(shares)-1]*(1-*out.Alpha/(*out.Alpha+*out.Beta+t)))
			}
			return shares[k]
		}
		counted := -1
		if in.HorizonPeriods != nil {
			counted = int(*in.HorizonPeriods)
		}
		want := *in.Margin * pays(share, 0, in.AnnualDiscountRate, in.Period.PerYear(), counted, in.PaymentTiming)
		near(t, "clv", *out.CLV, want, 1e-8*max(1, want))
		naive := *in.Margin * pays(leaving(1-in.Survivors[1]/in.Survivors[0]), 0, in.AnnualDiscountRate, in.Period.PerYear(), counted, in.PaymentTiming)
		near(t, "at constant churn", *out.NaiveCLV, naive, 1e-8*max(1, naive))
		if counted > 0 {
			near(t, "lifetime", *out.ExpectedLifetime, pays(share, 0, 0, 1, counted, value.Start), 1e-8*60)
		}
		for k, s := range out.Series.Survival {
			near(t, "survival", s, share(k), 1e-9)
		}
	}
}

// Without a discount rate the curve's sum has a limit when α is above 1, (α+β-1)/(α-1), and is then not cut.
func TestCurveWithoutDiscountHasALimitWhereLifetimesHave(t *testing.T) {
	in := retention.CurveInput{Survivors: []float64{1000, 700, 525, 412, 336, 281}, Margin: new(10.0), Period: value.Year}
	out, notes := retention.Curve(in)
	if *out.Alpha <= 1 {
		t.Fatalf("alpha %v", *out.Alpha)
	}
	if out.HorizonUsedPeriods != nil || codes(notes)[notice.Unbounded] != "" {
		t.Errorf("cut at %v: %v", *out.HorizonUsedPeriods, notes)
	}
	near(t, "m(α+β-1)/(α-1)", *out.CLV, 10*(*out.Alpha+*out.Beta-1)/(*out.Alpha-1), 1e-6)
}

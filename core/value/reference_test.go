package value_test

import (
	"math"
	"testing"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// A figure is a published number with the precision it is printed at.
type figure struct {
	source    string
	got, want float64
	tolerance float64
}

func (f figure) check(t *testing.T, row string) {
	t.Helper()
	if !(math.Abs(f.got-f.want) <= f.tolerance) {
		t.Errorf("%s (%s): got %.10g, want %v ± %v", row, f.source, f.got, f.want, f.tolerance)
	}
}

// exact is the tolerance for figures whose arithmetic is exact but for rounding.
const exact = 1e-9

func must[O any](t *testing.T) func(O, notice.List) O {
	return func(out O, notes notice.List) O {
		t.Helper()
		if notes.Refused() {
			t.Fatalf("refused: %v", notes)
		}
		return out
	}
}

func subscription(t *testing.T, in value.SubscriptionInput) value.SubscriptionResult {
	t.Helper()
	if in.TargetRatio == 0 {
		in.TargetRatio = 3
	}
	return must[value.SubscriptionResult](t)(value.Subscription(in))
}

// The closed-form rows of the published calculators and guides.
func TestPublishedAverages(t *testing.T) {
	average := func(v, f, l, g float64) value.AverageResult {
		return must[value.AverageResult](t)(value.Average(value.AverageInput{OrderValue: v, OrdersPerYear: f, LifespanYears: l, GrossMargin: g}))
	}
	shopify := average(75, 3, 2.5, 0.6)
	for row, f := range map[string]figure{
		"1 revenue":   {"churnmiser.com; Shopify CLV guide", shopify.RevenueLTV, 562.50, exact},
		"1 at 60 %":   {"churnmiser.com; Shopify CLV guide", shopify.CLV, 337.50, exact},
		"1 a year":    {"75 x 3", shopify.CustomerValue, 225, exact},
		"2":           {"peelinsights.com", average(60, 4, 3, 1).CLV, 720, exact},
		"3":           {"calxo.ai", average(100, 4, 3, 0.6).CLV, 720, exact},
		"nothing":     {"no orders are worth nothing", average(100, 0, 3, 0.6).CLV, 0, 0},
		"no lifespan": {"no time is worth nothing", average(100, 4, 0, 0.6).CLV, 0, 0},
	} {
		f.check(t, row)
	}
}

func TestPublishedTotals(t *testing.T) {
	out := must[value.TotalsResult](t)(value.Totals(value.TotalsInput{
		Revenue: 5e6, Orders: 5e5, Customers: 2e5, TotalLifespanYears: 3e5, GrossMargin: 1}))
	const source = "calculator.7search.cc"
	figure{source, out.OrderValue, 10, exact}.check(t, "4 order value")
	figure{source, out.OrdersPerCustomer, 2.5, exact}.check(t, "4 frequency")
	figure{source, out.LifespanYears, 1.5, exact}.check(t, "4 lifespan")
	figure{source, out.CLV, 37.5, exact}.check(t, "4")
}

func TestPublishedSubscriptions(t *testing.T) {
	plain := func(price, margin, churn float64) value.SubscriptionResult {
		return subscription(t, value.SubscriptionInput{Price: price, GrossMargin: margin, ChurnRate: churn})
	}
	figure{"ChartMogul help", plain(100, 1, 0.05).CLV, 2000, exact}.check(t, "5 ARPA/churn")
	figure{"gistjunction.com", plain(100, 0.8, 0.05).CLV, 1600, exact}.check(t, "5 at 80 %")
	figure{"metrickittools.com", plain(200, 0.8, 0.03).CLV, 5333.33, 0.005}.check(t, "6")
	seven := plain(100, 0.85, 0.02)
	figure{"kalkulator.calculator.city", seven.CLV, 4250, exact}.check(t, "7")
	figure{"kalkulator.calculator.city", *seven.LifetimePeriods, 50, exact}.check(t, "7 lifetime")
	// The lifetime must not be rounded before multiplying: 2,664 is that mistake.
	figure{"100/3 %/80 %, exact", plain(100, 0.8, 0.03).CLV, 8000.0 / 3, exact}.check(t, "rounded lifetime")
	eight := subscription(t, value.SubscriptionInput{Price: 100, GrossMargin: 0.8, ChurnRate: 0.04, CAC: new(500.0)})
	figure{"callculator.cc", eight.CLV, 2000, exact}.check(t, "8")
	figure{"callculator.cc", *eight.LTVCACRatio, 4, exact}.check(t, "8 LTV:CAC")
	figure{"a third of 2,000", eight.MaxCAC, 2000.0 / 3, exact}.check(t, "8 most to spend")
}

func TestPublishedPayback(t *testing.T) {
	for row, f := range map[string]struct {
		price, margin, cac, want float64
		source                   string
	}{
		"9a": {120, 0.8, 600, 6.25, "callculator.cc"},
		"9b": {150, 0.8, 900, 7.5, "maximcalculator.com"},
		"9c": {99, 0.7, 250, 3.6075, "geratools.com, to four digits"},
	} {
		out := subscription(t, value.SubscriptionInput{Price: f.price, GrossMargin: f.margin, ChurnRate: 0.02, CAC: new(f.cac)})
		figure{f.source, *out.SimplePayback, f.want, 5e-5}.check(t, row)
		if *out.PaybackPeriods <= *out.SimplePayback {
			t.Errorf("%s: churn must lengthen the payback: %v <= %v", row, *out.PaybackPeriods, *out.SimplePayback)
		}
	}
	// Without churn or discounting the two paybacks are the same figure.
	calm := subscription(t, value.SubscriptionInput{Price: 120, GrossMargin: 0.8, CAC: new(600.0)})
	figure{"callculator.cc", *calm.PaybackPeriods, 6.25, exact}.check(t, "9a without churn")
}

func TestPublishedRetention(t *testing.T) {
	retention := func(m, r, d float64, timing value.PaymentTiming) value.RetentionResult {
		return must[value.RetentionResult](t)(value.Retention(value.RetentionInput{
			Margin: m, RetentionRate: r, AnnualDiscountRate: d, PaymentTiming: timing}))
	}
	figure{"papersdude.com", retention(5241.6, 0.75, 0.1, value.AfterRenewal).CLV, 11232, 1e-8}.check(t, "10")
	figure{"ealhamed.github.io", retention(1, 0.8, 0.1, value.AfterRenewal).MarginMultiple, 2.6667, 5e-5}.check(t, "11")
	figure{"reference row 15, constant r", retention(100, 0.631, 0.1, value.Start).CLV, 234.54, 0.005}.check(t, "15 naive")
	after, start := retention(100, 0.8, 0.1, value.AfterRenewal).CLV, retention(100, 0.8, 0.1, value.Start).CLV
	figure{"the first payment at once is all that differs", start - after, 100, exact}.check(t, "timing")
}

func TestBriefAnnualPlan(t *testing.T) {
	out := must[value.AnnualPlanResult](t)(value.AnnualPlan(value.AnnualPlanInput{
		MonthlyPrice: 100, AverageMonths: 7, PlanDiscount: 0.25, Reach: 1, GrossMargin: 1, AnnualRenewalRate: new(0.0)}))
	const source = "the project's brief"
	figure{source, out.MonthlyCLV, 700, exact}.check(t, "12 monthly")
	figure{source, out.AnnualCLV, 900, exact}.check(t, "12 annual")
	figure{source, out.Uplift, 200, exact}.check(t, "12 uplift")
	figure{"1 - 700/1200", *out.BreakEvenDiscount, 1 - 7.0/12, exact}.check(t, "12 break-even")
}

func TestPublishedExpansion(t *testing.T) {
	skok := value.SubscriptionInput{Price: 100, GrossMargin: 1, ChurnRate: 0.03, GrowthPerPeriod: 5}
	const source = "Skok's published scenario, recomputed"
	figure{source, subscription(t, skok).CLV, 8722.22, 0.005}.check(t, "13 undiscounted")
	skok.AnnualDiscountRate = 0.15
	out := subscription(t, skok)
	figure{source, out.CLV, 5245.10, 0.005}.check(t, "13 at 15 % a year")
	figure{"(1.15)^(1/12) - 1", out.DiscountPerPeriod, math.Pow(1.15, 1.0/12) - 1, 1e-15}.check(t, "13 rate")
}

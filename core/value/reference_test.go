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
		return must[value.AverageResult](t)(value.Average(value.AverageInput{OrderValue: v, OrdersPerYear: f, LifespanYears: l, GrossMargin: g, TargetRatio: 3}))
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
		Revenue: 5e6, Orders: 5e5, Customers: 2e5, TotalLifespanYears: 3e5, GrossMargin: 1, TargetRatio: 3}))
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
			Margin: m, RetentionRate: r, AnnualDiscountRate: d, PaymentTiming: timing, TargetRatio: 3}))
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

// Three orders a year for two and a half years, the first on day 0 and then every 365/3 days: what comes when is counted on
// the fingers. 562.50 and 337.50 are Shopify's, as above.
func TestAveragesInTime(t *testing.T) {
	in := value.AverageInput{OrderValue: 75, OrdersPerYear: 3, LifespanYears: 2.5, GrossMargin: 0.6, CAC: new(100.0), TargetRatio: 3}
	out := must[value.AverageResult](t)(value.Average(in))
	const source = "45 an order, on days 0, 121.7, 243.3, 365, ..."
	for name, f := range map[string]figure{
		"30 days":       {source, out.ValueWithin30, 45, exact},
		"90 days":       {source, out.ValueWithin90, 45, exact},
		"180 days":      {source, out.ValueWithin180, 90, exact},
		"365 days":      {source, out.ValueWithin365, 135, exact},
		"all":           {"Shopify CLV guide", out.CLV, 337.5, exact},
		"ratio":         {"337.50 / 100", *out.LTVCACRatio, 3.375, exact},
		"most":          {"337.50 / 3", out.MaxCAC, 112.5, exact},
		"first order":   {"45 - 100", *out.FirstSaleProfit, -55, exact},
		"order":         {"3 x 45 = 135, 2 x 45 = 90", *out.BreakEvenOrder, 3, 0},
		"its day":       {"2/3 of a year", *out.PaybackDays, 730. / 3, exact},
		"months":        {"two and a half years", float64(len(out.Series.Month)), 30, 0},
		"after 4":       {"the second order comes on day 121.7, within month 4.0000 no more", out.Series.Cumulative[3], 45, exact},
		"after 5":       {"two orders", out.Series.Cumulative[4], 90, exact},
		"last month":    {"all", out.Series.Cumulative[29], 337.5, exact},
		"no discount":   {"three times two and a half", out.DiscountedOrders, 7.5, exact},
		"a plain third": {"the margin of the first month", out.Series.Margin[0], 45, exact},
	} {
		f.check(t, name)
	}
	in.AnnualDiscountRate = 0.1
	out = must[value.AverageResult](t)(value.Average(in))
	sum := 0.0
	for k, part := range []float64{1, 1, 1, 1, 1, 1, 1, 0.5} {
		sum += 45 * part * math.Pow(1.1, -float64(k)/3)
	}
	figure{"seven orders and a half, each discounted", out.CLV, sum, exact}.check(t, "discounted")
	figure{"45 + 45 x 1.1^(-1/3)", out.ValueWithin180, 45 + 45*math.Pow(1.1, -1./3), exact}.check(t, "discounted, 180 days")
}

// A cost that the orders cover to the last cent is covered, and one a cent above is not.
func TestAveragesPayBackExactly(t *testing.T) {
	in := value.AverageInput{OrderValue: 0.3, OrdersPerYear: 3, LifespanYears: 1, GrossMargin: 1, CAC: new(0.9), TargetRatio: 3}
	out := must[value.AverageResult](t)(value.Average(in)) // three orders of 0.3 add up to less than 0.9 in floating point
	figure{"3 x 0.3 = 0.9", *out.BreakEvenOrder, 3, 0}.check(t, "to the cent")
	in.CAC = new(0.91)
	out, notes := value.Average(in)
	if out.BreakEvenOrder != nil || out.PaybackDays != nil || !has(notes, notice.NeverPaysBack) || !has(notes, notice.BelowCost) {
		t.Errorf("0.91 of 0.9: %v, %v", out, notes)
	}
	for name, edge := range map[string]value.AverageInput{
		"nothing is earned":   {OrderValue: 0, OrdersPerYear: 3, LifespanYears: 1, GrossMargin: 1},
		"nothing is ordered":  {OrderValue: 10, OrdersPerYear: 0, LifespanYears: 1, GrossMargin: 1, AnnualDiscountRate: 0.1},
		"it takes no time":    {OrderValue: 10, OrdersPerYear: 3, LifespanYears: 0, GrossMargin: 1},
		"less than one order": {OrderValue: 10, OrdersPerYear: 1e-300, LifespanYears: 200, GrossMargin: 1, AnnualDiscountRate: 10},
	} {
		edge.CAC, edge.TargetRatio = new(0.0), 3
		out := must[value.AverageResult](t)(value.Average(edge))
		if *out.BreakEvenOrder != 1 || *out.PaybackDays != 0 || out.CLV != out.CLV || out.ValueWithin30 > out.CLV {
			t.Errorf("%s: %v", name, out)
		}
	}
}

// The contract of papersdude.com, row 10: 5241.60 a year, kept with 75 %, at 10 %.
func TestRetentionAgainstCost(t *testing.T) {
	in := value.RetentionInput{Margin: 5241.6, RetentionRate: 0.75, AnnualDiscountRate: 0.1, PaymentTiming: value.AfterRenewal, CAC: new(4000.0), TargetRatio: 3}
	out := must[value.RetentionResult](t)(value.Retention(in))
	year := func(k int) float64 { return 5241.6 * math.Pow(0.75/1.1, float64(k)) }
	figure{"11,232 / 4,000", *out.LTVCACRatio, 2.808, 1e-9}.check(t, "ratio")
	figure{"11,232 / 3", out.MaxCAC, 3744, 1e-9}.check(t, "most")
	figure{"the first renewal", out.ValueWithin12, year(1), exact}.check(t, "a year")
	figure{"three renewals", out.ValueWithin36, year(1) + year(2) + year(3), exact}.check(t, "three years")
	figure{"the second renewal pays the rest", *out.PaybackPeriods, 1 + (4000-year(1))/year(2), exact}.check(t, "payback")
	figure{"one row a year", out.Series.Cumulative[1], year(1) + year(2), exact}.check(t, "series")
}

// The first month is different: of 100 subscribers at 10 a month 30 leave in the first, then 5 % a month. By hand without end:
// 10 + 0.7 × 10 / 0.05 = 150; the lifetime 1 + 0.7/0.05 = 15 months.
func TestFirstPeriodChurn(t *testing.T) {
	in := value.SubscriptionInput{Price: 10, GrossMargin: 1, ChurnRate: 0.05, FirstPeriodChurn: new(0.3), CAC: new(17.0)}
	out := subscription(t, in)
	figure{"10 + 0.7 x 10 / 0.05", out.CLV, 150, exact}.check(t, "value")
	figure{"1 + 0.7 / 0.05", *out.LifetimePeriods, 15, exact}.check(t, "lifetime")
	figure{"10, and 7 of 7", *out.PaybackPeriods, 2, exact}.check(t, "payback")
	figure{"70 of 100", *out.SecondPayment, 0.7, exact}.check(t, "second payment")
	figure{"70 of 100", out.Series.Survival[1], 0.7, exact}.check(t, "second month")
	figure{"66.5 of 100", out.Series.Survival[2], 0.665, exact}.check(t, "third month")
	in.PaymentTiming = value.AfterRenewal
	out = subscription(t, in)
	figure{"0.7 x 10 / 0.05", out.CLV, 140, exact}.check(t, "after the renewal")
	figure{"of 70 who paid, 66.5 pay again", *out.SecondPayment, 0.95, exact}.check(t, "second payment after the renewal")
	figure{"70 of 100", out.Series.Survival[1], 0.7, exact}.check(t, "second month after the renewal")
	in.PaymentTiming, in.HorizonPeriods = value.Start, new(3.0)
	figure{"10 + 7 + 6.65", subscription(t, in).CLV, 23.65, exact}.check(t, "three months")
	in.HorizonPeriods, in.FirstPeriodChurn = nil, new(1.0)
	in.ChurnRate = 0
	out = subscription(t, in)
	figure{"all leave after the first", out.CLV, 10, exact}.check(t, "all leave")
	if out.HorizonUsedPeriods != nil || *out.LifetimePeriods != 1 {
		t.Errorf("who all leave have a lifetime of one period: %v", out)
	}
}

// A first period like the others says so in every digit that a different formula can hold.
func TestFirstPeriodChurnLikeTheOthers(t *testing.T) {
	for _, timing := range []value.PaymentTiming{value.Start, value.End, value.AfterRenewal} {
		in := value.SubscriptionInput{Price: 10, GrossMargin: 0.7, ChurnRate: 0.05, AnnualDiscountRate: 0.1, GrowthRate: 0.01, GrowthPerPeriod: 0.2, PaymentTiming: timing}
		without := subscription(t, in)
		in.FirstPeriodChurn = new(0.05)
		with := subscription(t, in)
		figure{"the same customer", with.CLV, without.CLV, 1e-12}.check(t, "value")
		figure{"the same customer", *with.LifetimePeriods, *without.LifetimePeriods, 1e-12}.check(t, "lifetime")
		figure{"the same customer", with.ValueWithin36, without.ValueWithin36, 1e-12}.check(t, "36 months")
	}
}

// Of a trial that costs 4, one in five becomes a subscriber who is worth 150; one visitor in ten starts one.
func TestTrials(t *testing.T) {
	in := value.SubscriptionInput{Price: 10, GrossMargin: 1, ChurnRate: 0.05, FirstPeriodChurn: new(0.3), TrialConversion: new(0.2), TrialCost: 4, TrialStartRate: new(0.1)}
	out := subscription(t, in)
	figure{"0.2 x 150 - 4", *out.ValuePerTrial, 26, exact}.check(t, "trial")
	figure{"a tenth of it", *out.ValuePerVisitor, 2.6, exact}.check(t, "visitor")
	figure{"4 / 150", *out.BreakEvenTrial, 4. / 150, exact}.check(t, "break-even")
	in.TrialCost = 151
	if out := subscription(t, in); out.BreakEvenTrial != nil || *out.ValuePerTrial != 30-151 {
		t.Errorf("no conversion covers 151: %v", out)
	}
	in.TrialConversion, in.TargetRatio = nil, 3
	if out, notes := value.Subscription(in); out.ValuePerTrial != nil || out.ValuePerVisitor != nil || !has(notes, notice.NotUsed) {
		t.Errorf("without a conversion rate: %v, %v", out, notes)
	}
}

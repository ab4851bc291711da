package value_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/notice"
	"hourglass/core/value"
)

func has(notes notice.List, code notice.Code) bool {
	for _, n := range notes {
		if n.Code == code {
			return true
		}
	}
	return false
}

// bruteForce is the definition of the value, added up payment by payment with math.Pow and no closed form.
func bruteForce(in value.SubscriptionInput, n int) (sum float64) {
	d := math.Pow(1+in.AnnualDiscountRate, 1/float64(in.Period.PerYear())) - 1
	for k := range n {
		at, stay := k, k
		switch in.PaymentTiming {
		case value.End:
			at++
		case value.AfterRenewal:
			at, stay = at+1, stay+1
		}
		price := in.Price*math.Pow(1+in.GrowthRate, float64(k)) + in.GrowthPerPeriod*float64(k)
		sum += in.GrossMargin * price * math.Pow(1-in.ChurnRate, float64(stay)) * math.Pow(1+d, -float64(at))
	}
	return sum
}

func TestSubscriptionAgainstItsDefinition(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		in := value.SubscriptionInput{
			Price: 200 * random.Float64(), Period: value.Period(random.IntN(5)), GrossMargin: random.Float64(),
			ChurnRate: 0.02 + 0.9*random.Float64(), AnnualDiscountRate: random.Float64(),
			GrowthPerPeriod: 3 * random.Float64(), GrowthRate: 0.03*random.Float64() - 0.015,
			PaymentTiming: value.PaymentTiming(random.IntN(3)), TargetRatio: 3,
		}
		// 5,000 periods leave less than 0.985^5000 < 1e-32 of the value.
		whole := subscription(t, in)
		if want := bruteForce(in, 5000); math.Abs(whole.CLV-want) > 1e-9*want {
			t.Fatalf("%+v: whole life %v, by its definition %v", in, whole.CLV, want)
		}
		n := 1 + random.IntN(100)
		in.HorizonPeriods = new(float64(n))
		within := subscription(t, in)
		if want := bruteForce(in, n); math.Abs(within.CLV-want) > 1e-9*want {
			t.Fatalf("%+v: within %d %v, by its definition %v", in, n, within.CLV, want)
		}
		if len(within.Series.Cumulative) != n || math.Abs(within.Series.Cumulative[n-1]-within.CLV) > 1e-9*within.CLV {
			t.Fatalf("%+v: the series does not end at the value", in)
		}
	}
}

func TestUnboundedIsCountedWithinFiveYears(t *testing.T) {
	for name, in := range map[string]value.SubscriptionInput{
		"no churn":              {Price: 100, GrossMargin: 0.8},
		"growth equals churn":   {Price: 100, GrossMargin: 0.8, ChurnRate: 0.05, GrowthRate: 0.05 / 0.95},
		"growth above churn":    {Price: 100, GrossMargin: 0.8, ChurnRate: 0.02, GrowthRate: 0.1},
		"growth eats discount":  {Price: 100, GrossMargin: 0.8, Period: value.Year, AnnualDiscountRate: 0.1, GrowthRate: 0.1},
		"growth without churn":  {Price: 100, GrossMargin: 0.8, GrowthPerPeriod: 5},
		"quarters":              {Price: 100, GrossMargin: 0.8, Period: value.Quarter},
		"years, after renewals": {Price: 100, GrossMargin: 0.8, Period: value.Year, PaymentTiming: value.AfterRenewal},
	} {
		in.TargetRatio = 3
		out, notes := value.Subscription(in)
		n := 5 * in.Period.PerYear()
		if !has(notes, notice.Unbounded) || out.HorizonUsedPeriods == nil || *out.HorizonUsedPeriods != float64(n) {
			t.Errorf("%s: want the warning and a horizon of %d periods, got %v, %v", name, n, notes, out.HorizonUsedPeriods)
		}
		if want := bruteForce(in, n); math.Abs(out.CLV-want) > 1e-9*want {
			t.Errorf("%s: %v, by its definition %v", name, out.CLV, want)
		}
	}
}

func TestEdgesOfChurn(t *testing.T) {
	once := subscription(t, value.SubscriptionInput{Price: 100, GrossMargin: 0.8, ChurnRate: 1})
	if once.CLV != 80 || *once.LifetimePeriods != 1 {
		t.Errorf("churn 1: a customer pays once, got %v over %v periods", once.CLV, *once.LifetimePeriods)
	}
	never := subscription(t, value.SubscriptionInput{Price: 100, GrossMargin: 0.8, ChurnRate: 1, PaymentTiming: value.AfterRenewal})
	if never.CLV != 0 {
		t.Errorf("churn 1 after renewal: nobody pays, got %v", never.CLV)
	}
	_, notes := value.Subscription(value.SubscriptionInput{Price: 100, GrossMargin: 0.8, ChurnRate: 0.001, TargetRatio: 3})
	if !has(notes, notice.LongLifetime) {
		t.Error("a lifetime of 83 years must warn")
	}
}

func TestCostNeverEarnedBack(t *testing.T) {
	out, notes := value.Subscription(value.SubscriptionInput{
		Price: 10, GrossMargin: 0.5, ChurnRate: 0.5, CAC: new(50.0), TargetRatio: 3})
	if out.PaybackPeriods != nil || !has(notes, notice.NeverPaysBack) || !has(notes, notice.BelowCost) {
		t.Errorf("a customer worth 10 never pays back 50: %v, %v", out.PaybackPeriods, notes)
	}
	free, _ := value.Subscription(value.SubscriptionInput{Price: 10, GrossMargin: 0.5, ChurnRate: 0.5, CAC: new(0.0), TargetRatio: 3})
	if free.LTVCACRatio != nil || *free.PaybackPeriods != 0 {
		t.Errorf("at no cost there is no ratio and nothing to pay back: %v, %v", free.LTVCACRatio, *free.PaybackPeriods)
	}
}

func TestEachBadFieldIsNamedAtOnce(t *testing.T) {
	_, notes := value.Subscription(value.SubscriptionInput{
		Price: -1, GrossMargin: 1.5, ChurnRate: math.NaN(), AnnualDiscountRate: math.Inf(1), HorizonPeriods: new(0.0),
		PaymentTiming: 9, Period: 7, CAC: new(1e308), GrowthRate: -2})
	want := notice.List{
		{Code: notice.TooLow, Field: "price"}, {Code: notice.UnknownOption, Field: "period", Limit: 5},
		{Code: notice.TooHigh, Field: "gross_margin", Limit: 1}, {Code: notice.Required, Field: "churn_rate"},
		{Code: notice.TooHigh, Field: "annual_discount_rate", Limit: 10}, {Code: notice.TooLow, Field: "growth_rate", Limit: -1},
		{Code: notice.TooLow, Field: "horizon_periods", Limit: 1}, {Code: notice.UnknownOption, Field: "payment_timing", Limit: 3},
		{Code: notice.TooHigh, Field: "cac", Limit: 1e12}, {Code: notice.NotAbove, Field: "target_ratio"},
	}
	if len(notes) != len(want) {
		t.Fatalf("got %v", notes)
	}
	for i := range want {
		if notes[i] != want[i] {
			t.Errorf("notice %d: got %v, want %v", i, notes[i], want[i])
		}
	}
}

func TestRepeatPurchase(t *testing.T) {
	in := value.RepeatPurchaseInput{Spend: 3000, PurchaseIntervalDays: 8 * 365, RelationshipYears: 24,
		RepurchaseProbability: 0.5, GrossMargin: 0.4, AnnualDiscountRate: 0.05, FirstSaleCost: 1300, RepeatSaleCost: 100}
	out, notes := value.RepeatPurchase(in)
	// A carpet at years 0, 8 and 16, by hand.
	want := (1200 - 1300) + (1200-100)*(0.5*math.Pow(1.05, -8)+0.25*math.Pow(1.05, -16))
	figure{"three carpets by hand", out.CLV, want, exact}.check(t, "carpet")
	figure{"1 + 0.5 + 0.25", out.Purchases, 1.75, exact}.check(t, "purchases")
	if out.FirstSaleProfit != -100 || *out.BreakEvenPurchase != 2 || *out.NewToRepeatCostRatio != 13 || !has(notes, notice.FirstSaleLoss) {
		t.Errorf("first sale %v, break-even %v, ratio %v, %v", out.FirstSaleProfit, *out.BreakEvenPurchase, *out.NewToRepeatCostRatio, notes)
	}
	if s := out.Series; len(s.Purchase) != 3 || s.Year[2] != 16 || math.Abs(s.Cumulative[2]-out.CLV) > exact {
		t.Errorf("series %+v does not end at %v", s, out.CLV)
	}

	weekly := value.RepeatPurchaseInput{Spend: 60, PurchaseIntervalDays: 7, RelationshipYears: 1, RepurchaseProbability: 1, GrossMargin: 1}
	groceries := must[value.RepeatPurchaseResult](t)(value.RepeatPurchase(weekly))
	if groceries.PossiblePurchases != 53 || groceries.CLV != 53*60 {
		t.Errorf("a purchase every 7 days of a year, the first on day 0: %v purchases worth %v", groceries.PossiblePurchases, groceries.CLV)
	}
	for years, n := range map[float64]float64{3: 3, 3.001: 4, 2.999: 3} {
		yearly := must[value.RepeatPurchaseResult](t)(value.RepeatPurchase(value.RepeatPurchaseInput{
			Spend: 1, PurchaseIntervalDays: 365, RelationshipYears: years, RepurchaseProbability: 1, GrossMargin: 1}))
		if yearly.PossiblePurchases != n {
			t.Errorf("once a year within %v years: %v purchases, want %v", years, yearly.PossiblePurchases, n)
		}
	}
	_, notes = value.RepeatPurchase(value.RepeatPurchaseInput{Spend: 10, PurchaseIntervalDays: 30, RelationshipYears: 1,
		RepurchaseProbability: 0.1, GrossMargin: 0.5, FirstSaleCost: 100})
	if !has(notes, notice.NeverPaysBack) {
		t.Error("a first sale that is never earned back must warn")
	}
}

func TestAnnualPlanEdges(t *testing.T) {
	in := value.AnnualPlanInput{MonthlyPrice: 100, AverageMonths: 20, PlanDiscount: 0.25, Reach: 0.4, GrossMargin: 0.5, AnnualRenewalRate: new(0.0)}
	out, notes := value.AnnualPlan(in)
	if !has(notes, notice.PlanLoses) || out.Uplift >= 0 || out.BreakEvenDiscount != nil {
		t.Errorf("who stays 20 months must not be moved to one discounted year: %+v %v", out, notes)
	}
	figure{"12 x 100 x (0.5 - 0.25): the discount comes out of the margin", out.AnnualCLV, 300, exact}.check(t, "annual")
	figure{"1000 + 0.4 x (300 - 1000)", out.BlendedCLV, 720, exact}.check(t, "blended")
	in.AnnualRenewalRate = new(1.0)
	for5, notes := value.AnnualPlan(in)
	if !has(notes, notice.Unbounded) || *for5.HorizonYears != 5 {
		t.Error("a renewal of 1 has no limit and must say so")
	}
	figure{"both plans within five years: 5 x 1200 x (0.5 - 0.25)", for5.AnnualCLV, 1500, exact}.check(t, "annual, cut")
	figure{"and the monthly one: 50 x 20 x (1 - 0.95^60)", for5.MonthlyCLV, 1000 * (1 - math.Pow(0.95, 60)), exact}.check(t, "monthly, cut")
	s := out.Series
	figure{"expected months paid by month 36, price 100", s.Monthly[35], 100 * 20 * (1 - math.Pow(0.95, 36)), 1e-8}.check(t, "cash")
	if s.Annual[0] != 900 || s.Annual[35] != 900 {
		t.Errorf("without renewal the year is paid once: %v, %v", s.Annual[0], s.Annual[35])
	}
}

func TestFewerOrdersThanCustomersWarns(t *testing.T) {
	if _, notes := value.Totals(value.TotalsInput{Revenue: 1, Orders: 1, Customers: 2, TotalLifespanYears: 1, TargetRatio: 3}); !has(notes, notice.FewerOrdersThanCustomers) {
		t.Error("no warning")
	}
}

func TestPerPeriod(t *testing.T) {
	for _, d := range []float64{0, 1e-12, 0.05, 0.15, 10} {
		for _, n := range []int{1, 4, 12} {
			if back := math.Pow(1+value.PerPeriod(d, n), float64(n)) - 1; math.Abs(back-d) > 1e-14*(1+d)*float64(n) {
				t.Errorf("PerPeriod(%v, %d) compounds to %v", d, n, back)
			}
		}
	}
}

// 1/1e-320 is no float64: a customer who stays longer than any number of years stays for ever.
func TestEndlessLifetimeIsNoNumberOfYears(t *testing.T) {
	var notes notice.List
	value.WarnOfLongLife(&notes, "churn_rate", new(math.Inf(1)))
	if len(notes) != 1 || notes[0] != (notice.Notice{Code: notice.NeverLeaves, Field: "churn_rate"}) {
		t.Error(notes)
	}
}

// A customer who pays nothing at first has no growth to speak of, however fast it is.
func TestNothingGrowsFromNothing(t *testing.T) {
	in := value.SubscriptionInput{GrossMargin: 1, GrowthRate: 1, HorizonPeriods: new(2400.0), TargetRatio: 3}
	out, notes := value.Subscription(in)
	if notes.Refused() || out.CLV != 0 || out.ValueWithin60 != 0 {
		t.Errorf("%v: %v", out.CLV, notes)
	}
	in.GrowthPerPeriod = 2 // 0 + 2 + 4 + ... + 2·2399
	if out, _ = value.Subscription(in); out.CLV != 2399*2400 {
		t.Errorf("%v", out.CLV)
	}
}

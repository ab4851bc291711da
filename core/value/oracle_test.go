package value_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// The second implementation: what each calculation means, lived through payment by payment, with no closed form and
// nothing of the package but its types. A sum without end is added up until what is left cannot be seen; whether it has
// an end is told by the ratio of two payments far out.

// cases is how many random inputs each closed form is tried on.
const cases = 4000

// pick draws one of the edges, or a value of between.
func pick(r *rand.Rand, between float64, edges ...float64) float64 {
	if i := r.IntN(2 * (len(edges) + 1)); i < len(edges) {
		return edges[i]
	}
	return between
}

// same fails unless got is want to 1e-8 of it. A sum of a hundred thousand payments has no more digits than that for sure.
func same(t *testing.T, what string, in any, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-8*math.Max(1e-3, math.Abs(want))) {
		t.Fatalf("%s of %+v: %.15g, lived through %.15g", what, in, got, want)
	}
}

// sameIfAny is same for a figure that may not exist: infinite stands for one that does not.
func sameIfAny(t *testing.T, what string, in any, got *float64, want float64) {
	t.Helper()
	switch {
	case math.IsInf(want, 1) && got != nil:
		t.Fatalf("%s of %+v: %v, though it has no limit", what, in, *got)
	case math.IsInf(want, 1):
	case got == nil:
		t.Fatalf("%s of %+v: none, lived through %v", what, in, want)
	default:
		same(t, what, in, *got, want)
	}
}

// A payer is somebody who pays period by period.
type payer struct {
	price, step, growth, churn, discount float64 // discount per period
	wait, stay                           float64 // periods until the first payment, and how many of them must be survived
}

func payerOf(price, step, growth, churn, annual float64, perYear int, timing value.PaymentTiming) payer {
	p := payer{price: price, step: step, growth: growth, churn: churn, discount: math.Pow(1+annual, 1/float64(perYear)) - 1}
	if perYear == 1 {
		p.discount = annual
	}
	switch timing {
	case value.End:
		p.wait = 1
	case value.AfterRenewal:
		p.wait, p.stay = 1, 1
	}
	return p
}

// live adds up the first n payments, n < 0 all there ever are: infinite when later payments do not become less.
func (p payer) live(n int) (sum float64) {
	q := (1 - p.churn) / (1 + p.discount)
	fall := 1.0
	if p.price > 0 {
		fall = math.Min(fall, 1-q*(1+p.growth))
	}
	if p.step > 0 {
		fall = math.Min(fall, 1-q)
	}
	if n < 0 && fall < 1e-9 {
		return math.Inf(1)
	}
	worth := math.Pow(1-p.churn, p.stay) * math.Pow(1+p.discount, -p.wait)
	grown, small := worth*p.price, 0
	for k := 0; k != n; k++ {
		payment := grown + worth*p.step*float64(k)
		sum += payment
		worth *= q
		grown *= q * (1 + p.growth)
		if payment <= 1e-12*sum*fall {
			if small++; n < 0 && small > 100 {
				return sum
			}
		} else {
			small = 0
		}
	}
	return sum
}

// periods adds up how many periods of the first n, or of all, the payer is there for.
func (p payer) periods(n int) float64 { return payer{price: 1, churn: p.churn}.live(n) }

// earnsBack follows the payer until the payments have covered cost; false when n payments, or all, never do.
func (p payer) earnsBack(cost float64, n int) (float64, bool) {
	sum, q := 0.0, (1-p.churn)/(1+p.discount)
	worth := math.Pow(1-p.churn, p.stay) * math.Pow(1+p.discount, -p.wait)
	grown := worth * p.price
	for k := 0; k != n; k++ {
		payment := grown + worth*p.step*float64(k)
		if sum+payment >= cost {
			if payment == 0 {
				return float64(k), true
			}
			return float64(k) + (cost-sum)/payment, true
		}
		sum += payment
		worth *= q
		grown *= q * (1 + p.growth)
	}
	return 0, false
}

// cutAt is how many payments count: those stated; all, -1; or five years of them where all would have no end.
func cutAt(stated *float64, perYear int, streams ...payer) int {
	if stated != nil {
		return int(*stated)
	}
	for _, p := range streams {
		if math.IsInf(p.live(-1), 1) {
			return 5 * perYear
		}
	}
	return -1
}

func randomSubscription(r *rand.Rand) value.SubscriptionInput {
	in := value.SubscriptionInput{
		Price: pick(r, 200*r.Float64(), 0, 100), Period: value.Period(r.IntN(5)), GrossMargin: pick(r, r.Float64(), 0, 1),
		ChurnRate:          pick(r, math.Pow(10, -3*r.Float64()), 0, 1, 0.0001, 0.5),
		AnnualDiscountRate: pick(r, math.Pow(10, 1-3*r.Float64()), 0, 0, 10),
		GrowthPerPeriod:    pick(r, 5*r.Float64(), 0, 0, 0),
		PaymentTiming:      value.PaymentTiming(r.IntN(3)), TargetRatio: 0.5 + 4*r.Float64(),
		CAC: new(pick(r, 1000*r.Float64(), 0)),
	}
	in.GrowthRate = pick(r, 0.05*r.Float64()-0.02, 0, 0, -1, 0.1, 1)
	switch perYear := float64(in.Period.PerYear()); r.IntN(8) {
	case 0: // as fast as customers leave
		in.GrowthRate = math.Min(1, in.ChurnRate/(1-in.ChurnRate+1e-300))
	case 1: // as fast as money loses its value
		in.GrowthRate = math.Min(1, math.Pow(1+in.AnnualDiscountRate, 1/perYear)-1)
	}
	if r.IntN(3) == 0 {
		in.HorizonPeriods = new(pick(r, float64(1+r.IntN(200)), 1, 2, 13, 2400))
	}
	return in
}

// fast leaves out what would take the oracle too long: sums without end whose payments fall by less than 1e-5.
func fast(streams ...payer) bool {
	for _, p := range streams {
		q := (1 - p.churn) / (1 + p.discount)
		for _, fall := range []float64{1 - q*(1+p.growth), 1 - q} {
			if fall > 1e-10 && fall < 2e-5 {
				return false
			}
		}
	}
	return true
}

func TestSubscriptionIsWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 1))
	for range cases {
		in := randomSubscription(r)
		perYear := in.Period.PerYear()
		p := payerOf(in.Price, in.GrowthPerPeriod, in.GrowthRate, in.ChurnRate, in.AnnualDiscountRate, perYear, in.PaymentTiming)
		plain := p
		plain.discount = 0
		if !fast(p, plain) {
			continue
		}
		out := must[value.SubscriptionResult](t)(value.Subscription(in))
		n := cutAt(in.HorizonPeriods, perYear, p)
		if n >= 0 && math.IsInf(plain.live(n), 1) {
			continue // more than a number holds: the boundary refuses it
		}
		clv := in.GrossMargin * p.live(n)
		same(t, "clv", in, out.CLV, clv)
		same(t, "most to spend", in, out.MaxCAC, clv/in.TargetRatio)
		sameIfAny(t, "revenue", in, out.RevenueLTV, plain.live(n))
		sameIfAny(t, "lifetime", in, out.LifetimePeriods, p.periods(n))
		for years, got := range map[int]float64{1: out.ValueWithin12, 3: out.ValueWithin36, 5: out.ValueWithin60} {
			within := years * perYear
			if n >= 0 {
				within = min(n, within)
			}
			same(t, "value within years", in, got, in.GrossMargin*p.live(within))
		}
		if counted := out.HorizonUsedPeriods; (counted == nil) != (n < 0) || n >= 0 && *counted != float64(n) {
			t.Fatalf("horizon of %+v: %v, not %d", in, counted, n)
		}
		// The payback in fractions of a payment, unless rounding decides whether the value reaches the cost at all.
		if math.Abs(clv-*in.CAC) > 1e-6*clv {
			earning := p
			earning.price, earning.step = in.GrossMargin*in.Price, in.GrossMargin*in.GrowthPerPeriod
			most := value.MaxPeriods
			if n >= 0 {
				most = min(n, most)
			}
			periods, ok := earning.earnsBack(*in.CAC, most)
			if (out.PaybackPeriods != nil) != ok {
				t.Fatalf("payback of %+v: %v, not %v", in, out.PaybackPeriods, periods)
			}
			if ok {
				same(t, "payback", in, *out.PaybackPeriods, periods)
			}
		}
	}
}

// The rule of the house: what has a limit is not cut, and a figure a little to either side of an edge is a little other.
func TestNoHorizonWhereThereIsALimit(t *testing.T) {
	retained := must[value.RetentionResult](t)(value.Retention(value.RetentionInput{
		Margin: 100, RetentionRate: 1, AnnualDiscountRate: 0.1, PaymentTiming: value.AfterRenewal, TargetRatio: 3}))
	figure{"100/(1.1) + 100/(1.1)^2 + ...", retained.CLV, 1000, exact}.check(t, "retention of 1")
	if retained.LifetimeYears != nil || retained.HorizonYears != nil {
		t.Errorf("who never leaves has no lifetime, and no horizon: %v %v", retained.LifetimeYears, retained.HorizonYears)
	}
	for name, edge := range map[string]struct{ at, near value.SubscriptionInput }{
		"no churn":               {value.SubscriptionInput{}, value.SubscriptionInput{ChurnRate: 1e-9}},
		"growth at churn":        {value.SubscriptionInput{ChurnRate: 0.05, GrowthRate: 0.05 / 0.95}, value.SubscriptionInput{ChurnRate: 0.05 + 1e-9, GrowthRate: 0.05 / 0.95}},
		"growth in money":        {value.SubscriptionInput{GrowthPerPeriod: 3}, value.SubscriptionInput{ChurnRate: 1e-10, GrowthPerPeriod: 3}},
		"growth above the churn": {value.SubscriptionInput{ChurnRate: 0.001, GrowthRate: 0.005}, value.SubscriptionInput{ChurnRate: 0.001 + 1e-9, GrowthRate: 0.005}},
	} {
		for _, in := range []*value.SubscriptionInput{&edge.at, &edge.near} {
			in.Price, in.GrossMargin, in.AnnualDiscountRate, in.CAC = 100, 0.8, 0.1, new(400.0)
		}
		at, near := subscription(t, edge.at), subscription(t, edge.near)
		if math.Abs(at.CLV-near.CLV) > 1e-4*near.CLV || at.HorizonUsedPeriods != nil || at.PaybackPeriods == nil {
			t.Errorf("%s: %v at the edge, %v beside it, horizon %v, payback %v", name, at.CLV, near.CLV, at.HorizonUsedPeriods, at.PaybackPeriods)
		}
	}
	for renewal, in := range map[string]value.AnnualPlanInput{
		"renewing fully, discounted": {AnnualRenewalRate: new(1.0), AnnualDiscountRate: 0.1},
	} {
		in.MonthlyPrice, in.AverageMonths, in.GrossMargin, in.PlanDiscount = 100, 51, 1, 0.25
		out := must[value.AnnualPlanResult](t)(value.AnnualPlan(in))
		figure{"900·1.1/0.1", out.AnnualCLV, 9900, 1e-9}.check(t, renewal)
	}
	// Five years of either plan: 60 months cannot lose what five years of a plan that renews fully gain.
	cut := must[value.AnnualPlanResult](t)(value.AnnualPlan(value.AnnualPlanInput{
		MonthlyPrice: 100, AverageMonths: 51, GrossMargin: 1, PlanDiscount: 0.25, AnnualRenewalRate: new(1.0)}))
	if cut.Uplift <= 0 {
		t.Errorf("a plan that renews fully loses %v", -cut.Uplift)
	}
}

func TestRetentionIsWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 2))
	for range cases {
		in := value.RetentionInput{
			Margin: pick(r, 1e4*r.Float64(), 0), RetentionRate: pick(r, r.Float64(), 0, 1, 0.99),
			AnnualDiscountRate: pick(r, math.Pow(10, 1-3*r.Float64()), 0, 0, 0.1), AnnualGrowthRate: pick(r, 0.3*r.Float64()-0.1, 0, 0, -1, 1, 0.1),
			PaymentTiming: value.PaymentTiming(r.IntN(3)), TargetRatio: 3,
		}
		p := payerOf(1, 0, in.AnnualGrowthRate, 1-in.RetentionRate, in.AnnualDiscountRate, 1, in.PaymentTiming)
		if !fast(p) {
			continue
		}
		out := must[value.RetentionResult](t)(value.Retention(in))
		n := cutAt(nil, 1, p)
		same(t, "multiple", in, out.MarginMultiple, p.live(n))
		same(t, "clv", in, out.CLV, in.Margin*p.live(n))
		sameIfAny(t, "lifetime", in, out.LifetimeYears, p.periods(n))
		if (out.HorizonYears == nil) != (n < 0) {
			t.Fatalf("horizon of %+v: %v", in, out.HorizonYears)
		}
	}
}

func TestAnnualPlanIsWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 3))
	for range cases {
		in := value.AnnualPlanInput{
			MonthlyPrice: pick(r, 200*r.Float64(), 0), AverageMonths: pick(r, math.Pow(10, 3*r.Float64()), 1, 12), PlanDiscount: pick(r, r.Float64(), 0, 1),
			Reach: pick(r, r.Float64(), 0, 1), GrossMargin: pick(r, r.Float64(), 0, 1),
			AnnualDiscountRate: pick(r, r.Float64(), 0, 0, 10),
		}
		renewal := 1.0 // of those who would have stayed a year
		for range 12 {
			renewal *= 1 - 1/in.AverageMonths
		}
		if r.IntN(4) > 0 {
			renewal = pick(r, r.Float64(), 0, 1)
			in.AnnualRenewalRate = &renewal
		}
		monthly := payerOf(in.MonthlyPrice, 0, 0, 1/in.AverageMonths, in.AnnualDiscountRate, 12, value.Start)
		yearly := payerOf(12*in.MonthlyPrice, 0, 0, 1-renewal, in.AnnualDiscountRate, 1, value.Start)
		if !fast(monthly, yearly) {
			continue
		}
		out := must[value.AnnualPlanResult](t)(value.AnnualPlan(in))
		months, years := -1, cutAt(nil, 1, monthly, yearly)
		if years >= 0 {
			months = 12 * years
		}
		was, is := in.GrossMargin*monthly.live(months), (in.GrossMargin-in.PlanDiscount)*yearly.live(years)
		same(t, "monthly", in, out.MonthlyCLV, was)
		same(t, "annual", in, out.AnnualCLV, is)
		same(t, "blended", in, out.BlendedCLV, in.Reach*is+(1-in.Reach)*was)
		if years >= 0 != (out.HorizonYears != nil) {
			t.Fatalf("horizon of %+v: %v", in, out.HorizonYears)
		}
		if even := out.BreakEvenDiscount; even != nil {
			discount := in.PlanDiscount
			in.PlanDiscount, in.AnnualRenewalRate = *even, &renewal
			again, _ := value.AnnualPlan(in)
			same(t, "uplift at the break-even discount", in, again.Uplift/math.Max(1, was), 0)
			in.PlanDiscount = discount
		}
		same(t, "renewal", in, out.Renewal, renewal)
		if even := out.BreakEvenRenewal; even != nil && *even > 0 && *even < 0.999 && years < 0 {
			in.AnnualRenewalRate = even
			again, _ := value.AnnualPlan(in)
			same(t, "uplift at the break-even renewal", in, again.Uplift/math.Max(1, was), 0)
		}
	}
}

func TestRepeatPurchaseIsWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 4))
	for range cases {
		in := value.RepeatPurchaseInput{
			Spend: pick(r, 200*r.Float64(), 0), PurchaseIntervalDays: pick(r, math.Pow(10, 4*r.Float64()), 1, 7, 36.5, 365, 2920),
			RelationshipYears: pick(r, 0.001+40*r.Float64(), 0.001, 1, 3), RepurchaseProbability: pick(r, r.Float64(), 0, 1, 0.9999),
			GrossMargin: pick(r, r.Float64(), 0, 1), AnnualDiscountRate: pick(r, r.Float64(), 0, 10),
			FirstSaleCost: pick(r, 100*r.Float64(), 0), RepeatSaleCost: pick(r, 20*r.Float64(), 0),
		}
		out, notes := value.RepeatPurchase(in)
		sum, bought, first, even, n := 0.0, 0.0, 0.0, 0, 0
		for there := 1.0; n == 0 || float64(n)*in.PurchaseIntervalDays < in.RelationshipYears*365-1e-6; n++ {
			cost := in.RepeatSaleCost
			if n == 0 {
				cost = in.FirstSaleCost
			}
			profit := in.Spend*in.GrossMargin - cost
			if n == 0 {
				first = profit
			}
			sum += there * profit * math.Pow(1+in.AnnualDiscountRate, -float64(n)*in.PurchaseIntervalDays/365)
			bought += there
			there *= in.RepurchaseProbability
			if sum >= 0 && even == 0 {
				even = n + 1
			}
		}
		same(t, "clv", in, out.CLV, sum)
		same(t, "purchases", in, out.Purchases, bought)
		same(t, "profit on the first", in, out.FirstSaleProfit, first)
		same(t, "purchases that fit", in, out.PossiblePurchases, float64(n))
		if (even > 0) != (out.BreakEvenPurchase != nil) || even > 0 && *out.BreakEvenPurchase != float64(even) || even == 0 && !has(notes, notice.NeverPaysBack) {
			t.Fatalf("break-even of %+v: %v, not %d", in, out.BreakEvenPurchase, even)
		}
	}
}

// A customer is bought from, order by order, and the books are added up customer by customer.
func TestAveragesAreWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 5))
	for range cases {
		in := value.AverageInput{OrderValue: 100 * r.Float64(), OrdersPerYear: float64(r.IntN(20)), LifespanYears: float64(r.IntN(30)), GrossMargin: pick(r, r.Float64(), 0, 1), TargetRatio: 3}
		out := must[value.AverageResult](t)(value.Average(in))
		paid := 0.0
		for range int(in.OrdersPerYear) * int(in.LifespanYears) {
			paid += in.OrderValue
		}
		same(t, "revenue", in, out.RevenueLTV, paid)
		same(t, "clv", in, out.CLV, paid*in.GrossMargin)

		books := value.NewTotalsInput()
		books.GrossMargin = in.GrossMargin
		for range 1 + r.IntN(30) {
			books.Customers++
			books.TotalLifespanYears += 5 * r.Float64()
			for range 1 + r.IntN(6) {
				books.Orders++
				books.Revenue += 80 * r.Float64()
			}
		}
		totals := must[value.TotalsResult](t)(value.Totals(books))
		same(t, "what all bring over their lifespans", books, totals.CLV*books.Customers*books.Customers, books.Revenue*books.TotalLifespanYears*books.GrossMargin)
	}
}

package growth

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/value"
)

// The second method: a customer lived through period by period, who is reached by each lever or not (every
// combination enumerated with its chance), and a chain of friends counted generation by generation. It shares no
// formula with the package: no geometric sums, no 1/(1-k), no mixing in place.

// life is what one customer whom the levers of set reach brings within n periods; rewards are a part of the cost, and
// periods and chain (friends) count without discounting.
type life struct{ revenue, margin, cost, friends, rewards, periods, chain float64 }

// A prospect is a baseline with what comes before it.
type prospect struct {
	Baseline
	FirstSale
}

func live(b prospect, levers []Lever, set, n int) (l life) {
	first, later, frequency, delay := b.ChurnRate, b.ChurnRate, 1.0, b.DaysToSale
	if b.FirstPeriodChurn != nil {
		first = *b.FirstPeriodChurn
	}
	var plan *Lever
	var at []*Lever
	for i := range levers {
		if set&(1<<i) == 0 {
			continue
		}
		x := &levers[i]
		at = append(at, x)
		first -= x.FirstChurnFall + x.ChurnFall
		later -= x.ChurnFall
		frequency *= 1 + x.FrequencyRise
		delay -= x.DaysSaved
		if x.Kind == KindAnnualPlan {
			plan = x
		}
	}
	perYear := b.Period.PerYear()
	sold := math.Pow(1+b.AnnualDiscountRate, -delay/365)
	there := 1.0
	for k := range n {
		worth := sold * math.Pow(1+b.AnnualDiscountRate, -float64(k)/float64(perYear))
		list := b.Price * frequency
		spend := list
		if plan != nil {
			// A year is paid at its start; each of its periods earns its part of that payment, at that date.
			list = b.Price * frequency * math.Pow(1+b.AnnualDiscountRate, float64(k%perYear)/float64(perYear))
			spend = list * (1 - plan.PlanDiscount)
		}
		rewarded := 0.0 // of spend; what an offer sells is spend too
		for _, x := range at {
			rewarded += x.RewardCostRate
		}
		offered := func(x *Lever, takers float64) {
			margin := b.GrossMargin
			if x.ExtraMargin != nil {
				margin = *x.ExtraMargin
			}
			fresh := takers * (1 - x.ReplacedShare)
			l.revenue += worth * there * fresh
			l.margin += worth * there * (takers*margin - takers*x.ReplacedShare*b.GrossMargin)
			l.cost += worth * there * rewarded * fresh
			l.rewards += worth * there * rewarded * fresh
		}
		l.periods += there
		l.revenue += worth * there * spend
		l.margin += worth * there * (spend - list*(1-b.GrossMargin) - b.ServiceCost)
		for _, x := range at {
			if k == 0 {
				l.cost += sold * x.CostPerCustomer
			}
			l.revenue += worth * there * x.FeePerPeriod
			l.margin += worth * there * x.FeePerPeriod
			l.cost += worth * there * (x.CostPerPeriod + x.RewardCostRate*spend)
			l.rewards += worth * there * x.RewardCostRate * spend
			if k == int(x.OfferPeriod) {
				l.cost += worth * there * x.OfferCost
				offered(x, x.TakeUp*x.OneOffSpend)
			}
			if k >= int(x.OfferPeriod) {
				offered(x, x.TakeUp*x.ExtraSpend)
			}
			if k >= int(x.OfferPeriod) && k < int(x.OfferPeriod)+int(x.PromoPeriods) { // they pay less; the goods cost the same
				off := worth * there * x.TakeUp * x.ExtraSpend * x.PromoDiscount
				l.revenue, l.margin = l.revenue-off, l.margin-off
				l.cost, l.rewards = l.cost-rewarded*off, l.rewards-rewarded*off
			}
			soon := worth * math.Pow(1+b.AnnualDiscountRate, -1/float64(perYear))
			l.friends += soon * there * x.ReferralRate * (1 - x.OrganicShare)
			l.chain += there * x.ReferralRate * (1 - x.OrganicShare)
			l.cost += soon * there * x.ReferralRate * x.ReferralReward
		}
		there = math.Max(0, there)
		switch {
		case plan != nil:
			if (k+1)%perYear == 0 {
				there *= *plan.AnnualRenewalRate
			}
		case k == 0:
			there *= 1 - first
		default:
			there *= 1 - later
		}
	}
	l.margin -= b.SellingCostPerDay * delay
	return l
}

// bring is the margin and the cost per customer won with the levers of plan at work, friends and fixed cost included.
func bring(b prospect, levers []Lever, plan, n int) (margin, cost float64) {
	var average life
	for set := range 1 << len(levers) {
		chance := 1.0
		for i := range levers {
			reach := 0.0
			if plan&(1<<i) != 0 {
				reach = levers[i].Reach
			}
			if set&(1<<i) != 0 {
				chance *= reach
			} else {
				chance *= 1 - reach
			}
		}
		if chance == 0 {
			continue
		}
		l := live(b, levers, set, n)
		average.margin += chance * l.margin
		average.cost += chance * l.cost
		average.friends += chance * l.friends
	}
	for customers := 1.0; customers > 1e-18; customers *= average.friends { // A, those A brings, those they bring ...
		margin += customers * average.margin
		cost += customers * average.cost
	}
	for i := range levers {
		if plan&(1<<i) != 0 {
			cost += levers[i].FixedCost / *b.NewCustomers
		}
	}
	return margin, cost
}

// randomCase draws a baseline with a horizon and up to n levers that are possible together.
func randomCase(r *rand.Rand, n int) (prospect, []Lever) {
	b := prospect{Baseline{
		Price: 10 + 90*r.Float64(), Period: value.Period(r.IntN(5)), GrossMargin: r.Float64(),
		ChurnRate: 0.1 + 0.4*r.Float64(), ServiceCost: 3 * r.Float64(), AnnualDiscountRate: 0.3 * r.Float64(),
		HorizonPeriods: new(float64(1 + r.IntN(40))), NewCustomers: new(1 + 1000*r.Float64()),
	}, FirstSale{DaysToSale: 100 * r.Float64(), SellingCostPerDay: r.Float64()}}
	if r.IntN(2) == 0 {
		b.FirstPeriodChurn = new(0.2 + 0.5*r.Float64())
	}
	var levers []Lever
	contract := false
	for range n {
		l := Lever{Kind: Kind(r.IntN(9)), Reach: r.Float64()}
		some := func(scale float64) float64 {
			if r.IntN(3) > 0 {
				return 0
			}
			return scale * r.Float64()
		}
		l.FirstChurnFall, l.ChurnFall = some(0.1/float64(n)), some(0.1/float64(n))-some(0.1/float64(n))
		l.FrequencyRise, l.RewardCostRate, l.FeePerPeriod = some(0.4)-some(0.4), some(0.1), some(2)
		l.TakeUp, l.ExtraSpend, l.OneOffSpend, l.ReplacedShare = some(1), some(20), some(50), some(1)
		l.OfferPeriod, l.OfferCost = float64(r.IntN(12)), some(3)
		l.PromoDiscount, l.PromoPeriods = some(1), float64(1+r.IntN(12))
		l.ReferralRate, l.ReferralReward, l.OrganicShare = some(0.08/float64(n)), some(20), some(1)
		l.DaysSaved = some(b.DaysToSale / float64(n))
		l.CostPerCustomer, l.CostPerPeriod, l.FixedCost = some(20), some(2), some(1000)
		if r.IntN(3) == 0 {
			l.ExtraMargin = new(r.Float64())
		}
		if l.Kind == KindAnnualPlan && contract {
			l.Kind = KindUpsell
		}
		if l.Kind == KindAnnualPlan {
			contract = true
			l.PlanDiscount, l.AnnualRenewalRate = r.Float64(), new(r.Float64())
		}
		levers = append(levers, l)
	}
	return b, levers
}

func planInput(b prospect, levers []Lever) GrowthPlanInput {
	return GrowthPlanInput{Baseline: b.Baseline, FirstSale: b.FirstSale, Levers: levers}
}

// near fails unless got is want to the relative (below 1: absolute) tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(1, math.Abs(want))) {
		t.Errorf("%s: %.17g, want %.17g", what, got, want)
	}
}

func TestPlanAgainstSimulationAndAllOrders(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		n := r.IntN(6)
		b, levers := randomCase(r, n)
		out, notes := GrowthPlan(planInput(b, levers))
		if notes.Refused() {
			t.Fatalf("%+v %+v: %v", b, levers, notes)
		}
		horizon := int(*b.HorizonPeriods)
		margin, cost := make([]float64, 1<<n), make([]float64, 1<<n)
		for s := range margin {
			margin[s], cost[s] = bring(b, levers, s, horizon)
		}
		all := 1<<n - 1
		near(t, "before", out.Outcome.CLVBefore, margin[0], 1e-10)
		near(t, "after", out.Outcome.CLVAfter, margin[all]-cost[all], 1e-10)
		near(t, "gain", out.Outcome.Gain, margin[all]-margin[0], 1e-10)
		near(t, "cost", out.Outcome.Cost, cost[all], 1e-10)

		parts, costs := everyOrder(n, margin), everyOrder(n, cost)
		whole, interaction := 0.0, out.Net
		for i, part := range out.Levers {
			near(t, "margin part", part.Gain, parts[i], 1e-9)
			near(t, "cost part", part.Cost, costs[i], 1e-9)
			near(t, "net part", part.Net, parts[i]-costs[i], 1e-9)
			whole += part.Net
			interaction -= part.Alone
		}
		near(t, "sum of parts", whole, out.Net, 1e-9)
		near(t, "interaction", out.Interaction, interaction, 1e-9)
		near(t, "end of the bridge", out.Bridge.Level[n], out.Outcome.CLVAfter, 1e-9)
	}
}

// everyOrder averages what each lever adds over all n! orders in which they could come in: Shapley's definition.
func everyOrder(n int, of []float64) []float64 {
	parts, orders := make([]float64, n), 0
	var come func(in int)
	order := make([]int, 0, n)
	come = func(in int) {
		if len(order) == n {
			orders++
			for k, s := 0, 0; k < n; k++ {
				with := s | 1<<order[k]
				parts[order[k]] += of[with] - of[s]
				s = with
			}
			return
		}
		for i := range n {
			if in&(1<<i) == 0 {
				order = append(order, i)
				come(in | 1<<i)
				order = order[:len(order)-1]
			}
		}
	}
	come(0)
	for i := range parts {
		parts[i] /= float64(orders)
	}
	return parts
}

func TestWholeLifeIsALongHorizon(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 40 {
		b, levers := randomCase(r, r.IntN(4))
		b.HorizonPeriods = nil
		out, notes := GrowthPlan(planInput(b, levers))
		if notes.Refused() {
			t.Fatal(notes)
		}
		margin, cost := bring(b, levers, 1<<len(levers)-1, 2400)
		near(t, "whole life", out.Outcome.CLVAfter, margin-cost, 1e-9)
	}
}

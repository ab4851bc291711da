package growth

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// Each lever's own calculation, and the hourglass, against customers lived through period by period (oracle_test.go),
// on edges as well as between them; and the referral and loyalty programmes against a cohort of single customers who
// toss their coins.

const livedCases = 300 // of each lever: 2,700 in all

func pick(r *rand.Rand, between float64, edges ...float64) float64 {
	if i := r.IntN(2 * (len(edges) + 1)); i < len(edges) {
		return edges[i]
	}
	return between
}

func randomBaseline(r *rand.Rand) Baseline {
	b := Baseline{
		Price: pick(r, 100*r.Float64(), 0), Period: value.Period(r.IntN(5)), GrossMargin: pick(r, r.Float64(), 0, 1),
		ChurnRate: pick(r, math.Pow(10, -2.5*r.Float64()), 0, 1, 0.05), ServiceCost: pick(r, 3*r.Float64(), 0),
		AnnualDiscountRate: pick(r, 0.02+r.Float64(), 0, 0, 0.1), NewCustomers: new(1 + 1000*r.Float64()),
	}
	if r.IntN(2) == 0 {
		b.FirstPeriodChurn = new(pick(r, r.Float64(), 0, 1))
	}
	if r.IntN(3) == 0 {
		b.HorizonPeriods = new(pick(r, float64(1+r.IntN(60)), 1, 2, 3, 13))
	}
	return b
}

// counted is how many periods it takes to see all there is: those stated, five years where there is no limit, and as
// many as leave nothing to see otherwise; 0 where that is too many for the oracle.
func counted(b Baseline, l Lever) (n int, cut bool) {
	if b.HorizonPeriods != nil {
		return int(*b.HorizonPeriods), true
	}
	perYear := b.Period.PerYear()
	d := math.Pow(1+b.AnnualDiscountRate, 1/float64(perYear))
	first := b.ChurnRate
	if b.FirstPeriodChurn != nil {
		first = *b.FirstPeriodChurn
	}
	slowest := 1.0 // fall of what is left to come, from one period to the next
	for _, with := range []float64{0, 1} {
		if first-with*(l.FirstChurnFall+l.ChurnFall) < 1-1e-12 {
			slowest = math.Min(slowest, 1-(1-b.ChurnRate+with*l.ChurnFall)/d)
		}
	}
	if l.Kind == KindAnnualPlan {
		slowest = math.Min(slowest, (1-*l.AnnualRenewalRate/(1+b.AnnualDiscountRate))/float64(perYear))
	}
	switch {
	case slowest < 1e-9:
		return 5 * perYear, true
	case slowest < 2e-3:
		return 0, false
	}
	return int(math.Ceil(40 / slowest)), false
}

// draw is a lever that the baseline allows.
func draw(r *rand.Rand, b Baseline, kind Kind) Lever {
	first := b.ChurnRate
	if b.FirstPeriodChurn != nil {
		first = *b.FirstPeriodChurn
	}
	l := Lever{Kind: kind, Reach: pick(r, r.Float64(), 0, 1), FixedCost: pick(r, 1000*r.Float64(), 0)}
	least := math.Min(first, b.ChurnRate)
	churn := func() float64 { return pick(r, least*r.Float64(), 0, least, -0.1*(1-math.Max(first, b.ChurnRate))) }
	switch kind {
	case KindOnboarding:
		l.FirstChurnFall, l.CostPerCustomer = pick(r, first*r.Float64(), 0, first), pick(r, 20*r.Float64(), 0)
	case KindService, KindPersonalisation:
		l.ChurnFall, l.FrequencyRise = churn(), pick(r, r.Float64()-0.3, 0, -1)
		l.CostPerCustomer, l.CostPerPeriod = pick(r, 20*r.Float64(), 0), pick(r, 2*r.Float64(), 0)
	case KindLoyaltyProgramme:
		l.ChurnFall, l.FrequencyRise, l.RewardCostRate = churn(), pick(r, r.Float64(), 0), pick(r, 0.3*r.Float64(), 0, 1)
		l.FeePerPeriod, l.CostPerPeriod = pick(r, 3*r.Float64(), 0), pick(r, r.Float64(), 0)
	case KindUpsell, KindCrossSell:
		l.TakeUp, l.ExtraSpend, l.OfferCost = pick(r, r.Float64(), 0, 1), pick(r, 30*r.Float64(), 0), pick(r, 3*r.Float64(), 0)
		l.OfferPeriod = pick(r, float64(r.IntN(20)), 0, 1, 12)
		if kind == KindCrossSell {
			l.OneOffSpend, l.ReplacedShare = pick(r, 50*r.Float64(), 0), pick(r, r.Float64(), 0, 1)
		}
		if r.IntN(2) == 0 {
			l.ExtraMargin = new(r.Float64())
		}
	case KindReferral:
		l.ReferralRate, l.ReferralReward, l.OrganicShare = pick(r, 0.2*r.Float64(), 0), pick(r, 20*r.Float64(), 0), pick(r, r.Float64(), 0, 1)
		l.CostPerCustomer = pick(r, 5*r.Float64(), 0)
	case KindSalesCycle:
		l.CostPerCustomer = pick(r, 20*r.Float64(), 0)
	}
	return l
}

// An answer is what the calculation of a lever says.
type answer struct {
	outcome Outcome
	net     float64
	notes   notice.List
}

// ask puts the lever to its own calculation.
func ask(b Baseline, sale FirstSale, l Lever) (a answer) {
	switch l.Kind {
	case KindOnboarding:
		out, notes := Onboarding(OnboardingInput{Baseline: b, Reach: l.Reach, FirstChurnFall: l.FirstChurnFall, CostPerCustomer: l.CostPerCustomer, FixedCost: l.FixedCost})
		a = answer{out.Outcome, out.Net, notes}
	case KindService, KindPersonalisation:
		in := ServiceInput{Baseline: b, Reach: l.Reach, ChurnFall: l.ChurnFall, FrequencyRise: l.FrequencyRise,
			CostPerCustomer: l.CostPerCustomer, CostPerPeriod: l.CostPerPeriod, FixedCost: l.FixedCost}
		calculate := Service
		if l.Kind == KindPersonalisation {
			calculate = Personalisation
		}
		out, notes := calculate(in)
		a = answer{out.Outcome, out.Net, notes}
	case KindLoyaltyProgramme:
		out, notes := LoyaltyProgramme(loyaltyOf(b, l))
		a = answer{out.Outcome, out.Net, notes}
	case KindUpsell:
		out, notes := Upsell(UpsellInput{Baseline: b, Reach: l.Reach, TakeUp: l.TakeUp, ExtraSpend: l.ExtraSpend, ExtraMargin: l.ExtraMargin,
			OfferPeriod: l.OfferPeriod, OfferCost: l.OfferCost, FixedCost: l.FixedCost})
		a = answer{out.Outcome, out.Net, notes}
	case KindCrossSell:
		out, notes := CrossSell(CrossSellInput{Baseline: b, Reach: l.Reach, TakeUp: l.TakeUp, ExtraSpend: l.ExtraSpend, OneOffSpend: l.OneOffSpend,
			ExtraMargin: l.ExtraMargin, ReplacedShare: l.ReplacedShare, OfferPeriod: l.OfferPeriod, OfferCost: l.OfferCost, FixedCost: l.FixedCost})
		a = answer{out.Outcome, out.Net, notes}
	case KindReferral:
		out, notes := Referral(referralOf(b, l))
		a = answer{out.Outcome, out.Net, notes}
	case KindSalesCycle:
		out, notes := SalesCycle(SalesCycleInput{Baseline: b, FirstSale: sale, DaysSaved: l.DaysSaved, Reach: l.Reach, CostPerCustomer: l.CostPerCustomer, FixedCost: l.FixedCost})
		a = answer{out.Outcome, out.Net, notes}
	case KindAnnualPlan:
		out, notes := GrowthPlan(GrowthPlanInput{Baseline: b, Levers: []Lever{l}})
		a = answer{out.Outcome, out.Net, notes}
	}
	return a
}

func loyaltyOf(b Baseline, l Lever) LoyaltyProgrammeInput {
	return LoyaltyProgrammeInput{Baseline: b, Reach: l.Reach, ChurnFall: l.ChurnFall, FrequencyRise: l.FrequencyRise, RewardRate: l.RewardCostRate,
		RewardUnitCost: 1, FeePerPeriod: l.FeePerPeriod, CostPerPeriod: l.CostPerPeriod, FixedCost: l.FixedCost}
}

func referralOf(b Baseline, l Lever) ReferralInput {
	return ReferralInput{Baseline: b, Reach: l.Reach, Invitations: l.ReferralRate, Conversion: 1, ReferrerReward: l.ReferralReward,
		OrganicShare: l.OrganicShare, CostPerCustomer: l.CostPerCustomer, FixedCost: l.FixedCost}
}

func TestEachLeverIsWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 6))
	for kind := KindOnboarding; kind <= KindSalesCycle; kind++ {
		tried := 0
		for tried < livedCases {
			b := randomBaseline(r)
			l := draw(r, b, kind)
			sale := FirstSale{}
			if kind == KindSalesCycle {
				sale = FirstSale{DaysToSale: pick(r, 100*r.Float64(), 0), SellingCostPerDay: pick(r, r.Float64(), 0)}
				l.DaysSaved = pick(r, sale.DaysToSale*r.Float64(), 0, sale.DaysToSale, -5)
			}
			if kind == KindAnnualPlan {
				l.PlanDiscount, l.AnnualRenewalRate = pick(r, r.Float64(), 0, 1), new(pick(r, 0.9*r.Float64(), 0))
			}
			n, cut := counted(b, l)
			if n == 0 {
				continue
			}
			a := ask(b, sale, l)
			p := prospect{Baseline: b, FirstSale: sale}
			today, reached := live(p, nil, 0, n), live(p, []Lever{l}, 1, n)
			mixed := life{margin: l.Reach*reached.margin + (1-l.Reach)*today.margin, cost: l.Reach * reached.cost, revenue: l.Reach*reached.revenue + (1-l.Reach)*today.revenue}
			friends := l.Reach * reached.friends
			if friends >= 1 {
				if !has(a.notes, notice.EndlessChain, "invitations_per_period") {
					t.Fatalf("%v of %+v: %g friends a customer, %v", l, b, friends, a.notes)
				}
				continue
			}
			if friends > 0.95 {
				continue // a chain so long that the digits of the sum go
			}
			tried++
			if a.notes.Refused() {
				t.Fatalf("%+v of %+v: %v", l, b, a.notes)
			}
			if (a.outcome.HorizonUsedPeriods != nil) != cut || cut && *a.outcome.HorizonUsedPeriods != float64(n) {
				t.Fatalf("horizon of %+v of %+v: %v, not %d", l, b, a.outcome.HorizonUsedPeriods, n)
			}
			var margin, cost, revenue float64
			for customers := 1.0; customers > 1e-18; customers *= friends {
				margin, cost, revenue = margin+customers*mixed.margin, cost+customers*mixed.cost, revenue+customers*mixed.revenue
				if friends == 0 {
					break
				}
			}
			cost += l.FixedCost / *b.NewCustomers
			o := a.outcome
			for what, pair := range map[string][2]float64{
				"before": {o.CLVBefore, today.margin}, "after": {o.CLVAfter, margin - cost}, "gain": {o.Gain, margin - today.margin}, "cost": {o.Cost, cost},
				"net": {a.net, margin - today.margin - cost}, "revenue": {o.RevenueGain, revenue - today.revenue}, "in all": {*o.TotalNet, *b.NewCustomers * (margin - today.margin - cost)},
			} {
				if !(math.Abs(pair[0]-pair[1]) <= 1e-8*math.Max(1, math.Max(math.Abs(margin), math.Abs(today.margin))*math.Max(1, *b.NewCustomers))) {
					t.Fatalf("%s of %+v\nof %+v: %.15g, lived through %.15g", what, l, b, pair[0], pair[1])
				}
			}
		}
	}
}

func TestReferralAndLoyaltyTellWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 7))
	for range 2 * livedCases {
		b := randomBaseline(r)
		l := draw(r, b, KindLoyaltyProgramme)
		if n, _ := counted(b, l); n > 0 {
			out, notes := LoyaltyProgramme(loyaltyOf(b, l))
			if notes.Refused() {
				t.Fatalf("%+v of %+v: %v", l, b, notes)
			}
			today, member := live(prospect{Baseline: b}, nil, 0, n), live(prospect{Baseline: b}, []Lever{l}, 1, n)
			near(t, "rewards", out.Rewards, l.Reach*member.rewards, 1e-8)
			near(t, "rewards on sales anyway", out.Cannibalised, l.Reach*l.RewardCostRate*today.revenue, 1e-8)
			near(t, "member", out.MemberCLV, member.margin-member.cost, 1e-8)
			near(t, "members' revenue", out.MemberRevenue, l.Reach*member.revenue, 1e-8)
		}
		l = draw(r, b, KindReferral)
		if n, cut := counted(b, l); n > 0 {
			out, notes := Referral(referralOf(b, l))
			reached := live(prospect{Baseline: b}, []Lever{l}, 1, n)
			friends := l.Reach * reached.friends
			if notes.Refused() != (friends > 1-1e-9) {
				t.Fatalf("%+v of %+v: %g friends, %v", l, b, friends, notes)
			}
			if notes.Refused() || friends > 0.95 || !cut && b.ChurnRate < 2e-3 && b.firstChurn() < 1 {
				continue // its friends, undiscounted, are more than the oracle's periods hold
			}
			k := l.Reach * reached.chain
			if n, _ := counted(Baseline{ChurnRate: b.ChurnRate, FirstPeriodChurn: b.FirstPeriodChurn, HorizonPeriods: out.Outcome.HorizonUsedPeriods}, l); n > 0 {
				k = l.Reach * live(prospect{Baseline: b}, []Lever{l}, 1, n).chain
			}
			near(t, "friends", *out.Friends, k, 1e-8)
			if (out.Multiplier != nil) != (k < 1-1e-9) {
				t.Fatalf("%g friends, %v customers", k, out.Multiplier)
			}
		}
	}
}

// A cohort of single customers: each stays or leaves by a coin, is reached or not, and brings friends who come a period
// later and are customers like any other. What the whole tree of one customer brings, discounted to that customer's
// start, is on average what the calculation says.
func TestCohortOfSingleCustomers(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred thousand lives")
	}
	r := rand.New(rand.NewPCG(17, 8))
	b := Baseline{Price: 40, GrossMargin: 0.7, ChurnRate: 0.08, FirstPeriodChurn: new(0.2), ServiceCost: 3, AnnualDiscountRate: 0.1, NewCustomers: new(1000.0)}
	for what, l := range map[string]Lever{
		"referral": {Kind: KindReferral, Reach: 0.6, ReferralRate: 0.06, ReferralReward: 8, OrganicShare: 0.25, CostPerCustomer: 1},
		"loyalty":  {Kind: KindLoyaltyProgramme, Reach: 0.4, ChurnFall: 0.03, FrequencyRise: 0.1, RewardCostRate: 0.05, FeePerPeriod: 1, CostPerPeriod: 0.5},
	} {
		for _, horizon := range []*float64{nil, new(24.0)} {
			b.HorizonPeriods = horizon
			a := ask(b, FirstSale{}, l)
			const lives = 50000
			sum, squares := 0.0, 0.0
			for range lives {
				brought := tree(r, &b, &l, 0)
				sum += brought
				squares += brought * brought
			}
			mean := sum / lives
			margin := 4 * math.Sqrt((squares/lives-mean*mean)/lives)
			if math.Abs(mean-a.outcome.CLVAfter) > margin {
				t.Errorf("%s, horizon %v: %g, the cohort brings %g ± %g", what, horizon, a.outcome.CLVAfter, mean, margin)
			}
		}
	}
}

// tree lives through one customer who comes in the month at, and all whom they bring, and adds up what is left.
func tree(r *rand.Rand, b *Baseline, l *Lever, at int) (left float64) {
	v := math.Pow(1+b.AnnualDiscountRate, -1.0/12)
	reached := r.Float64() < l.Reach
	for k := 0; b.HorizonPeriods == nil || k < int(*b.HorizonPeriods); k++ {
		worth := math.Pow(v, float64(at+k))
		spend, churn := b.Price, b.ChurnRate
		if k == 0 {
			churn = *b.FirstPeriodChurn
		}
		left -= worth * b.ServiceCost
		if reached {
			spend *= 1 + l.FrequencyRise
			churn -= l.ChurnFall
			left += worth * (l.FeePerPeriod - l.CostPerPeriod - l.RewardCostRate*spend)
			if k == 0 {
				left -= worth * l.CostPerCustomer
			}
			for friends := l.ReferralRate; friends > 0 && r.Float64() < friends; friends-- {
				left -= worth * v * l.ReferralReward
				if r.Float64() >= l.OrganicShare {
					left += tree(r, b, l, at+k+1)
				}
			}
		}
		left += worth * spend * b.GrossMargin
		if r.Float64() < churn {
			break
		}
	}
	return left
}

func TestHourglassIsWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 9))
	for tried := 0; tried < 2*livedCases; {
		b := randomBaseline(r)
		in := HourglassInput{Prospects: 1 + 1e4*r.Float64(), AcquisitionSpend: pick(r, 1e4*r.Float64(), 0), Conversion: pick(r, r.Float64(), 0, 1),
			Activation: pick(r, r.Float64(), 0, 1), OnboardingCost: pick(r, 10*r.Float64(), 0), Price: b.Price, Period: b.Period, GrossMargin: b.GrossMargin,
			ChurnRate: b.ChurnRate, FirstPeriodChurn: b.FirstPeriodChurn, ServiceCost: b.ServiceCost, OfferPeriod: pick(r, float64(r.IntN(20)), 0, 1),
			UpsellTakeUp: pick(r, r.Float64(), 0, 1), UpsellSpend: pick(r, 20*r.Float64(), 0), CrossSellTakeUp: pick(r, r.Float64(), 0, 1),
			CrossSellSpend: pick(r, 20*r.Float64(), 0), Invitations: pick(r, 0.5*r.Float64(), 0), ReferralConversion: pick(r, 0.5*r.Float64(), 0, 1),
			ReferralReward: pick(r, 10*r.Float64(), 0), AnnualDiscountRate: b.AnnualDiscountRate, HorizonPeriods: b.HorizonPeriods}
		gone := 1 - in.Activation*(1-b.firstChurn())
		b.FirstPeriodChurn, b.ServiceCost, b.NewCustomers = &gone, 0, new(1.0)
		n, cut := counted(b, Lever{})
		if n == 0 {
			continue
		}
		levers := []Lever{
			{Reach: 1, CostPerPeriod: in.ServiceCost, CostPerCustomer: in.OnboardingCost},
			{Reach: 1, TakeUp: in.UpsellTakeUp, ExtraSpend: in.UpsellSpend, OfferPeriod: in.OfferPeriod},
			{Reach: 1, TakeUp: in.CrossSellTakeUp, ExtraSpend: in.CrossSellSpend, OfferPeriod: in.OfferPeriod},
			{Reach: 1, ReferralRate: in.Invitations * in.ReferralConversion, ReferralReward: in.ReferralReward},
		}
		out, notes := Hourglass(in)
		one := live(prospect{Baseline: b}, levers, 15, n)
		if notes.Refused() != (one.friends > 1-1e-9) {
			t.Fatalf("%+v: %g friends, %v", in, one.friends, notes)
		}
		if one.friends > 0.95 {
			continue
		}
		tried++
		margin, cost := bring(prospect{Baseline: b}, levers, 15, n)
		won := in.Prospects * in.Conversion
		size := math.Max(1, math.Max(margin, cost)*math.Max(1, won))
		for what, pair := range map[string][2]float64{
			"clv": {out.CLV, margin - cost}, "margin": {out.TotalValue, won * margin}, "cost": {out.TotalCost, in.AcquisitionSpend + won*cost},
		} {
			if !(math.Abs(pair[0]-pair[1]) <= 1e-8*size) {
				t.Fatalf("%s of %+v: %.15g, lived through %.15g", what, in, pair[0], pair[1])
			}
		}
		value, spent := 0.0, 0.0
		for _, s := range out.Stages {
			value, spent = value+s.Value, spent+s.Cost
		}
		near(t, "stages' value", value/size, out.TotalValue/size, 1e-9)
		near(t, "stages' cost", spent/size, out.TotalCost/size, 1e-9)
		if (out.HorizonUsedPeriods != nil) != cut {
			t.Fatalf("horizon of %+v: %v", in, out.HorizonUsedPeriods)
		}
		if in.ChurnRate > 0.02 || gone == 1 || cut {
			if !cut {
				n = max(n, 2000)
			}
			near(t, "lifetime", *out.LifetimePeriods, live(prospect{Baseline: b}, nil, 0, n).periods, 1e-8)
		} else if in.ChurnRate == 0 && out.LifetimePeriods != nil {
			t.Fatalf("who never leaves stays %v", *out.LifetimePeriods)
		}
	}
}

func TestReconcileIsWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 10))
	for range 4 * livedCases {
		in := ReconcileInput{Price: pick(r, 100*r.Float64(), 0), Period: value.Period(r.IntN(5)), GrossMargin: pick(r, r.Float64(), 0, 1),
			ChurnRate: pick(r, 0.01+0.9*r.Float64(), 1), AnnualDiscountRate: pick(r, r.Float64(), 0, 0.1), GrowthPerPeriod: pick(r, 5*r.Float64(), 0),
			PaymentTiming: value.PaymentTiming(r.IntN(3))}
		if r.IntN(2) == 0 {
			in.SecondChurn = new(in.ChurnRate * (0.5 + 0.4*r.Float64()))
		}
		out, notes := Reconcile(in)
		if notes.Refused() {
			t.Fatalf("%+v: %v", in, notes)
		}
		perYear := float64(in.Period.PerYear())
		v, skok := math.Pow(1+in.AnnualDiscountRate, -1/perYear), math.Pow(math.Max(0, 1-in.AnnualDiscountRate), 1/perYear)
		var revenue, growth, start, end, renewal, grown, his float64
		there, worth, cut := 1.0, 1.0, 1.0
		for k := range 4000 {
			pay, rise := in.Price*in.GrossMargin, float64(k)*in.GrowthPerPeriod*in.GrossMargin
			revenue += there * in.Price
			growth += there * (pay + rise)
			start += there * worth * pay
			end += there * worth * v * pay
			renewal += there * (1 - in.ChurnRate) * worth * v * pay
			grown += there * worth * (pay + rise)
			his += there * cut * (pay + rise)
			there, worth, cut = there*(1-in.ChurnRate), worth*v, cut*skok
		}
		f := out.Formulas
		for what, pair := range map[string][2]float64{
			"revenue": {f.RevenueChurn, revenue}, "margin": {f.MarginChurn, revenue * in.GrossMargin}, "growth": {f.Growth, growth}, "start": {f.DiscountedStart, start},
			"end": {f.DiscountedEnd, end}, "renewal": {f.DiscountedRenewal, renewal}, "growth, discounted": {f.GrowthDiscounted, grown},
			"clv": {out.CLV, grown * map[value.PaymentTiming]float64{value.Start: 1, value.End: v, value.AfterRenewal: v * (1 - in.ChurnRate)}[in.PaymentTiming]},
		} {
			near(t, what, pair[0], pair[1], 1e-8)
		}
		if f.GrowthSkok != nil {
			near(t, "Skok", *f.GrowthSkok, his, 1e-8)
		}
		if in.SecondChurn != nil && in.ChurnRate < 1 && in.AnnualDiscountRate > 0.05 {
			// churn of period t in a group whose churn is Beta(α, β): α/(α+β+t-1), with the first two as stated
			sum := *in.SecondChurn / (in.ChurnRate - *in.SecondChurn)
			alpha, left, worth, slow := in.ChurnRate*sum, 1.0, 1.0, 0.0
			for k := range 3500 * in.Period.PerYear() {
				slow += left * worth * in.Price * in.GrossMargin
				left, worth = left*(1-alpha/(sum+float64(k))), worth*v
			}
			near(t, "slowing down", *f.ShiftedBeta, slow, 1e-8)
		}
	}
}

func TestAcquisitionRetentionIsWhatIsLivedThrough(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 11))
	for range livedCases {
		in := AcquisitionRetentionInput{Prospects: new(1 + 1000*r.Float64()), Margin: pick(r, 100*r.Float64(), 0), SpendPerProspect: 0.1 + 10*r.Float64(),
			AcquisitionCeiling: 0.1 + 0.9*r.Float64(), SpendPerCustomer: 0.1 + 10*r.Float64(), RetentionCeiling: 0.1 + 0.89*r.Float64(), AnnualDiscountRate: pick(r, r.Float64(), 0)}
		in.AcquisitionRate, in.RetentionRate = in.AcquisitionCeiling*(0.05+0.9*r.Float64()), in.RetentionCeiling*(0.05+0.9*r.Float64())
		out, notes := AcquisitionRetention(in)
		if notes.Refused() {
			t.Fatalf("%+v: %v", in, notes)
		}
		clv, kept := in.Margin, 0.0
		there := in.RetentionRate
		for year := 1; year < 20000 && there > 1e-16; year++ {
			worth := math.Pow(1+in.AnnualDiscountRate, -float64(year))
			clv += worth * (there*in.Margin - there/in.RetentionRate*in.SpendPerCustomer)
			kept += worth * there / in.RetentionRate * in.SpendPerCustomer
			there *= in.RetentionRate
		}
		near(t, "clv", out.CLV, clv, 1e-8)
		near(t, "equity", *out.Today.CustomerEquity, *in.Prospects*(in.AcquisitionRate*clv-in.SpendPerProspect), 1e-8)
		near(t, "budget", *out.Budget, *in.Prospects*(in.SpendPerProspect+in.AcquisitionRate*kept), 1e-8)
		if best, same, today := *out.Best.CustomerEquity, *out.SameBudget.CustomerEquity, *out.Today.CustomerEquity; best < today-1e-6 || best < same-1e-6 || same < today-1e-6*math.Max(1, math.Abs(best)) {
			t.Fatalf("%+v: the best leaves %v, the same money %v, today %v", in, best, same, today)
		}
	}
}

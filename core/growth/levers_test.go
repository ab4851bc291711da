package growth

import (
	"math"
	"testing"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// users are customers of whom 30% use something: 5% a month leave without it, 3% with it. No discount rate, so that a
// customer stays 1/c months.
func users() AdoptionInput {
	return AdoptionInput{Price: 40, Period: value.Month, GrossMargin: 0.5, ChurnRate: 0.05, AdoptionRate: 0.3, TargetRate: 0.4, AdopterChurn: 0.03, EffectShare: 1}
}

func TestAdoptionByHand(t *testing.T) {
	in := users()
	out, notes := Adoption(in)
	// 20 a month for 20 or 33.3 months: 266.7 more for each of the further tenth.
	near(t, "the gain", out.Net, 0.1*(20/0.03-20/0.05), 1e-9)
	near(t, "an adopter's value", *out.AdopterCLV, 20/0.03, 1e-9)
	if !has(notes, notice.DifferenceNotEffect, "effect_share") {
		t.Error("the whole difference is taken for an effect, and nothing says so")
	}
	in.EffectShare, in.CostPerCustomer = 0.5, 50
	out, notes = Adoption(in)
	near(t, "half of the difference", out.Net, 0.1*(20/0.04-20/0.05-50), 1e-9)
	// 20/(0.05-0.02e) = 400+50 at e = 0.2778: there the cost is just met.
	near(t, "the share that pays", *out.BreakEvenShare, (0.05-20./450)/0.02, 1e-9)
	if has(notes, notice.DifferenceNotEffect, "effect_share") {
		t.Error("warned of a difference of which half is left out")
	}
	// At n customers per group the break-even fall is seen with a power of 80%: it is 2.8016 standard errors away (Φ⁻¹(0.975) + Φ⁻¹(0.8), by
	// any table of the normal distribution), and with one customer less it is not.
	fall, n := *out.BreakEvenChurnFall, *out.TestSize
	errors := func(n float64) float64 {
		return fall / math.Sqrt((0.05*0.95+(0.05-fall)*(0.95+fall))/n)
	}
	if errors(n) < 2.80158 || errors(n-1) > 2.80159 {
		t.Errorf("%v customers see it by %v standard errors, one less by %v", n, errors(n), errors(n-1))
	}
}

// Of 1,000 customers who were offered it 300 take it, and 44 leave (9 and 35); of 1,000 who were not, 47. It kept 3 of 300: 1 point
// of the 2 that part users from others. Bloom's estimate for no-shows is this division.
func TestAHoldoutTellsTheEffect(t *testing.T) {
	in := users()
	in.ControlChurn = new(0.047)
	out, notes := Adoption(in)
	near(t, "the effect", out.ChurnFall, 0.01, 1e-12)
	near(t, "its share", *out.EffectShare, 0.5, 1e-9)
	near(t, "the gain", out.Net, 0.1*(20/0.04-20/0.05), 1e-9)
	if has(notes, notice.DifferenceNotEffect, "effect_share") {
		t.Error("warned in spite of a holdout")
	}
	in.ControlPrice = new(43.) // offered or not, they spend 43: all of the difference in spend is self-selection
	in.AdopterPrice = new(50.)
	out, _ = Adoption(in)
	near(t, "the rise of spend", out.FrequencyRise, 0, 1e-12)

	in.ControlPrice = new(80.) // what they spend would rise by a share of less than nothing
	if _, notes = Adoption(in); len(notes) != 1 || !notes.Refused() || !has(notes, notice.ControlImpossible, "control_price") {
		t.Errorf("a holdout that spends too much: %v", notes)
	}
	in.ControlPrice = nil
	in.ControlChurn = new(0.2) // it would keep 52% of those who use it, of 5% who leave
	if _, notes = Adoption(in); len(notes) != 1 || !notes.Refused() || !has(notes, notice.ControlImpossible, "control_churn_rate") {
		t.Errorf("an impossible holdout: %v", notes)
	}
	in.AdoptionRate = 0
	if _, notes = Adoption(in); !has(notes, notice.NotAbove, "adoption_rate") {
		t.Errorf("nobody uses it, and the effect on them is measured: %v", notes)
	}
	in.AdoptionRate, in.TargetRate = 0.3, 0.2
	if _, notes = Adoption(in); !has(notes, notice.TooLow, "target_adoption_rate") {
		t.Errorf("fewer adopters: %v", notes)
	}
}

// Half of customers ask once a month, 60% are answered well and then 90%: 15 poor answers less per 100 customers, of which
// one in ten drives away. Churn falls from 5% to 3.5%.
func TestSupportByHand(t *testing.T) {
	in := SupportInput{Baseline: Baseline{Price: 40, Period: value.Month, GrossMargin: 0.5, ChurnRate: 0.05, ServiceCost: 2}, Tickets: 0.5, ServedShare: 0.6, TargetShare: 0.9, PoorChurn: 0.1,
		TicketCost: 4, TargetTicketCost: 6}
	out, _ := Support(in)
	near(t, "the fall of churn", out.ChurnFall, 0.015, 1e-12)
	near(t, "the value today", out.Outcome.CLVBefore, (20-2-2)/0.05, 1e-9)
	near(t, "the gain", out.Net, (20-2-3)/0.035-(20-2-2)/0.05, 1e-9)
	near(t, "the most for a ticket", *out.MaxTicketCost, (18-16/0.05*0.035)/0.5, 1e-9)
	// 15/c = 320 at c = 4.6875%: 0.15·y = 0.3125 points.
	near(t, "the churn that pays", *out.BreakEvenPoorChurn, (0.05-15./320)/0.15, 1e-9)
	in.PoorChurn = 0.5
	if _, notes := Support(in); !has(notes, notice.TakesTooMuch, "poor_answer_churn_rise") {
		t.Errorf("more than all churn is due to poor answers: %v", notes)
	}
}

// Two orders of 50 a month at 40%. A fifth of them grow by 20 at 50%, as many have free shipping (6) anyway, 5% are lost: 2·(0.2·10 - 0.4·6)
// - 0.05·40 = -2.8 a month. Without lost orders and with shipping at 4 it is 2·(2 - 1.6) = 0.8.
func TestOrderValueByHand(t *testing.T) {
	in := OrderValueInput{Baseline: Baseline{Price: 100, Period: value.Month, GrossMargin: 0.4, ChurnRate: 0.1}, OrderValue: 50, LiftedShare: 0.2, AddedValue: 20, AddedMargin: new(0.5),
		QualifyingShare: 0.2, BenefitCost: 6, LostShare: 0.05}
	out, notes := OrderValue(in)
	near(t, "the loss", out.Net, -2.8/0.1, 1e-9)
	near(t, "the order", out.OrderValueAfter, 50+0.2*20/0.95, 1e-9)
	if !has(notes, notice.LeverLoses, "lifted_order_share") {
		t.Errorf("a loss without a word: %v", notes)
	}
	in.LostShare, in.BenefitCost = 0, 4
	out, _ = OrderValue(in)
	near(t, "the gain", out.Net, 0.8/0.1, 1e-9)
	near(t, "the most for shipping", *out.MaxBenefit, 5, 1e-9)                  // 2 = 0.4·B
	near(t, "the orders that must grow", *out.BreakEvenLifted, 0.8/6, 1e-9)     // u·10 = (u+0.2)·4
	near(t, "what a plan takes for extra spend", out.ExtraSpend, 40, 1e-9)      // two orders
	near(t, "what a plan takes for its cost", out.CostPerPeriod, 2*0.4*4, 1e-9) // those that grow and those above
	in.LiftedShare, in.BenefitCost = 0, 4.5
	in.Price, in.Period, in.GrossMargin, in.ChurnRate, in.AnnualDiscountRate, in.OrderValue, in.AddedValue, in.QualifyingShare = 60, value.Quarter, 0.45, 0.15, 0.1, 48, 19, 0.15
	if out, _ = OrderValue(in); out.MaxBenefit == nil || *out.MaxBenefit != 0 {
		t.Errorf("no order grows, and the benefit may cost %v, not nothing", out.MaxBenefit)
	}
	in.LiftedShare, in.QualifyingShare = 0.2, 0.9
	if _, notes = OrderValue(in); !has(notes, notice.TooHigh, "lifted_order_share") {
		t.Errorf("110%% of orders: %v", notes)
	}
}

// 1,000 prospects, of whom 30 come at 100 a month (cost of goods 50), and 60 at 20: those lose 30 each at first, and half of them go on. One
// who goes on stays 1/0.1 = 10 months longer, at 50 each.
func TestFirstDealByHand(t *testing.T) {
	in := FirstDealInput{Price: 100, Period: value.Month, GrossMargin: 0.5, ChurnRate: 0.1, Conversion: 0.03, DealConversion: 0.06, DealPrice: 20, DealChurn: new(0.5), Prospects: new(1000.)}
	out, notes := FirstDeal(in)
	near(t, "a regular customer", out.RegularCLV, 500, 1e-9)
	near(t, "one who came by the deal", out.DealCLV, -30+0.5*500, 1e-9)
	near(t, "the loss", *out.TotalGain, 60*220-30*500, 1e-9)
	near(t, "conversion that pays", *out.BreakEven, 15./220, 1e-9)
	near(t, "churn that pays", *out.BreakEvenChurn, 1-(15/0.06+30)/500, 1e-9)
	if !has(notes, notice.FirstSaleLoss, "deal_price") {
		t.Errorf("the first deal loses money: %v", notes)
	}
	in.DealMargin = new(1.)
	out, _ = FirstDeal(in)
	near(t, "a deal that costs nothing", out.FirstMargin, 20, 1e-9)
}

// 10 a month, 10% leave. After two months, with 81% there, a gift of 5 and a churn of 5%: from then on 20 months instead of 10.
func TestTenureRewardsByHand(t *testing.T) {
	in := TenureRewardsInput{Baseline: Baseline{Price: 10, Period: value.Month, GrossMargin: 1, ChurnRate: 0.1}, RewardPeriod: 2, ChurnFall: 0.05, RewardCost: 5, CostPerPeriod: 1}
	out, _ := TenureRewards(in)
	near(t, "those who get there", out.Reached, 0.81, 1e-12)
	near(t, "the value", out.CLVAfter, 19+0.81*(9*20-5), 1e-9)
	near(t, "the gain", out.Net, 0.81*(9*20-5-100), 1e-9)
	near(t, "cost for those who would have stayed", out.AnywayCost, 0.81*(5+10), 1e-9)
	near(t, "the most for the gift", *out.MaxReward, 80, 1e-9)
	near(t, "the fall that pays", *out.BreakEven, 0.1-9./105, 1e-9) // 9/c - 5 = 100
	in.EarlyFall = 0.1                                              // nobody leaves on the way
	out, _ = TenureRewards(in)
	near(t, "all get there", out.Reached, 1, 1e-12)
	near(t, "the value then", out.CLVAfter, 20+175, 1e-9)
}

// 50 a month, a reward after 100: two months. Of 100 who begin, 80 are there in the second month, 64 in the third and 51.2 in the
// fourth: points of (80+51.2+...)·2 of (100+80+64+...) months are redeemed, 80·2/180.
func TestRewardPointsByHand(t *testing.T) {
	in := RewardPointsInput{Baseline: Baseline{Price: 50, Period: value.Month, GrossMargin: 0.4, ChurnRate: 0.2}, Reach: 1, RewardRate: 0.09, Threshold: 100, RewardUnitCost: 0.5, Elasticity: 2}
	out, _ := RewardPoints(in)
	near(t, "points redeemed", out.Redeemed, 160./180, 1e-12)
	near(t, "the price cut", out.PriceCut, 0.08, 1e-12)
	near(t, "those with a reward", out.FirstReward, 0.8, 1e-12)
	// 58 instead of 50 a month, at 36 instead of 40%.
	near(t, "the gain", out.Net, 5*(58*0.36-20), 1e-9)
	near(t, "the elasticity that pays", *out.BreakEven, (20./(0.36*50)-1)/0.08, 1e-9)
	in.Threshold = 0
	out, _ = RewardPoints(in)
	near(t, "points without a threshold", out.Redeemed, 1, 1e-12)
}

// Two months, a release between them: those who are there in the second pay 10% more at the same cost, and the churn that falls comes too late.
func TestReleasesByHand(t *testing.T) {
	in := ReleasesInput{Price: 10, Period: value.Month, GrossMargin: 0.5, ChurnRate: 0.2, ReleaseInterval: 1, ChurnCut: 0.5, PriceRise: 0.1, CostPerRelease: 18, Customers: 100, HorizonPeriods: 2}
	out, _ := Releases(in)
	near(t, "the gain", out.Net, 0.8-0.18*1.8, 1e-9)
	near(t, "the churn then", out.ChurnAtEnd, 0.1, 1e-12)
	near(t, "the most for a release", *out.MaxCost, 0.8/1.8*100, 1e-9)
	near(t, "the rise that pays", *out.BreakEvenRise, 0.18*1.8/0.8/10, 1e-9)
	in.HorizonPeriods = 3 // 0.8·0.9 for 0.64 are there in the third
	out, _ = Releases(in)
	near(t, "the gain of three", out.Net, 0.8+0.72*(12.1-5)-0.64*5-0.18*(1.8+0.72), 1e-9)
}

// An upsell of 10 at 50% to a fifth, a cross-sell of 20 at 30% to a tenth, of whom half buy less of the rest (40%): 1 and 0.2 a
// month, for 1/0.1 months. With half off for one month a third take the upsell: 3.33 less 1.67 from all who do.
func TestOffersByHand(t *testing.T) {
	in := OffersInput{Price: 50, Period: value.Month, GrossMargin: 0.4, ChurnRate: 0.1, UpsellTakeUp: 0.2, UpsellSpend: 10, UpsellMargin: new(0.5), CrossSellTakeUp: 0.1, CrossSellSpend: 20,
		CrossSellMargin: new(0.3), ReplacedShare: 0.5, PromoTakeUp: new(1. / 3), PromoDiscount: 0.5, PromoPeriods: 1}
	out, _ := Offers(in)
	near(t, "the upsell", out.Upsell, 10, 1e-9)
	near(t, "the cross-sell", out.CrossSell, 0.1*20*0.1*10, 1e-9)
	near(t, "a take-up that equals it", deref(out.EqualTakeUp), 0.5, 1e-9)
	near(t, "the promo code", *out.PromoGain, (50-5)/3.-10, 1e-9)
	near(t, "what it gives away", *out.PromoGivenAway, 1, 1e-9)
	near(t, "the take-up that pays for it", *out.BreakEvenPromo, 10./45, 1e-9)
}

func deref(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

// Each brings half a customer, who brings half a one: 100, 50, 25. All of them are worth twice the first.
func TestGenerations(t *testing.T) {
	in := ReferralInput{Baseline: Baseline{Price: 20, Period: value.Month, GrossMargin: 0.5, ChurnRate: 0.1, NewCustomers: new(10.)}, Reach: 1, Invitations: 0.1, Conversion: 0.5, FixedCost: 50}
	out, _ := Referral(in)
	for i, want := range []float64{100, 50, 25, 12.5, 6.25, 3.125} {
		near(t, "a generation", out.Generations.Value[i], want, 1e-9)
	}
	near(t, "all so far", out.Generations.SoFar[5], 200-3.125, 1e-9)
	near(t, "all", out.Outcome.CLVAfter, 200-5, 1e-9)
}

// 80% sign in, half of them set up: 40% are worth 10/0.05 = 200, the others 10/0.5 = 20. With 60% setting up it is 48%: 8% of the half of
// 180 that is an effect.
func TestActivationByHand(t *testing.T) {
	in := ActivationInput{Price: 10, Period: value.Month, GrossMargin: 1, ChurnRate: 0.05, InactiveChurn: 0.5, EffectShare: 0.5, CostPerCustomer: 3,
		Steps: []ActivationStep{{Rate: 0.8, Days: 1}, {Rate: 0.5, Target: new(0.6), Days: 3}}}
	out, _ := Activation(in)
	near(t, "activated", out.Rate, 0.4, 1e-12)
	near(t, "the gain", out.Net, 0.08*90-3, 1e-9)
	near(t, "the share that pays", *out.BreakEven, 3/(0.08*180), 1e-9)
	near(t, "the value today", out.CLVBefore, 0.4*200+0.6*20, 1e-9)
	near(t, "the step where most are lost", out.WeakestStep, 2, 0)
	near(t, "days", out.DaysToValue, 4, 1e-12)
	near(t, "a point more of the first step", out.Steps[0].Point, 0.01*0.5*90, 1e-9)
	near(t, "a point more of the second", out.Steps[1].Point, 0.01*0.8*90, 1e-9)
	in.EffectShare = 1
	if _, notes := Activation(in); !has(notes, notice.DifferenceNotEffect, "effect_share") {
		t.Errorf("silent: %v", notes)
	}
}

// 10 a month for 20 months are 200. For 250 churn falls to 4%, by a price of 12.5 or a quarter more purchases; over two months by the root of 0.8 each.
func TestGoalByHand(t *testing.T) {
	in := GoalInput{Price: 20, Period: value.Month, GrossMargin: 0.5, ChurnRate: 0.05, TargetCLV: 250, GoalPeriods: 2}
	out, _ := Goal(in)
	near(t, "the gap", out.Gap, 50, 1e-9)
	near(t, "churn", *out.NeededChurn, 0.04, 1e-12)
	near(t, "the price", out.NeededPrice, 22.5, 1e-9)
	near(t, "purchases", out.NeededRise, 0.25, 1e-9)
	near(t, "on the way", out.Series.Churn[1], math.Sqrt(0.05*0.04), 1e-12)
	near(t, "at the end", out.Series.CLV[2], 250, 1e-9)
	// 7.849·(0.05·0.95 + 0.04·0.96)/0.01² = 6742.2.
	near(t, "customers to track", *out.Tracked, 6743, 0)
	in.TargetCLV = 5
	if out, notes := Goal(in); out.NeededChurn != nil || !has(notes, notice.GoalByChurn, "target_clv") {
		t.Errorf("no churn leads to 5: %v", notes)
	}
	in.ServiceCost = 10
	if _, notes := Goal(in); !has(notes, notice.NotBelow, "service_cost") {
		t.Errorf("nothing is left of a sale: %v", notes)
	}
}

// A friend costs 40 in rewards and brings less: 0.574273·40 - 3.25779 for 1.95 periods at most, of which 32% would have come anyway. More
// friends lose more, so that no rate of them pays, and least of all one with which they never end.
func TestFriendsThatLoseHaveNoBreakEven(t *testing.T) {
	in := ReferralInput{
		Baseline:    Baseline{Price: 40, Period: value.Month, GrossMargin: 0.574273, ChurnRate: 0.0514824, FirstPeriodChurn: new(0.0556246), ServiceCost: 3.25779, AnnualDiscountRate: 0.0934908, HorizonPeriods: new(2.), NewCustomers: new(600.)},
		Invitations: 0.2, Conversion: 0.0754823, ReferrerReward: 20, FriendReward: 20, OrganicShare: 0.320667, Reach: 0.235992, FixedCost: 2000,
	}
	out, notes := Referral(in)
	if out.BreakEvenRate != nil {
		t.Errorf("friends that lose pay at %v a period", *out.BreakEvenRate)
	}
	if !has(notes, notice.NoBreakEven, "invitations_per_period") {
		t.Errorf("nothing says that no rate pays: %v", notes)
	}
}

// Members pay 40 at 50% and stay 20 months, before and after. Three in ten pay 30 at 10%: 3 a month, and the rewards of 5% cost them 1.5.
// The others pay (40 - 9)/0.7 and keep (20 - 0.9)/0.7 of it. Everybody buys a tenth more.
func TestProgrammeByMarginOfItsMembers(t *testing.T) {
	in := LoyaltyProgrammeInput{
		Baseline: Baseline{Price: 40, Period: value.Month, GrossMargin: 0.5, ChurnRate: 0.05, NewCustomers: new(100.0)},
		Reach:    0.4, FrequencyRise: 0.1, RewardRate: 0.05, RewardUnitCost: 1, FixedCost: 300,
		LowShare: 0.3, LowPrice: new(30.0), LowMargin: 0.1, CostPerPeriod: 2,
	}
	out, notes := LoyaltyProgramme(in)
	if notes.Refused() {
		t.Fatal(notes)
	}
	low := 20 * (1.1*(3-1.5) - 2 - 3)
	spend, margin := 31/0.7, 19.1/0.7
	other := 20 * (1.1*(margin-0.05*spend) - 2 - margin)
	near(t, "a low-margin member", *out.LowGain, low, 1e-9)
	near(t, "another member", *out.OtherGain, other, 1e-9)
	near(t, "what one leaves a period", *out.LowPerPeriod, 1.1*1.5-2, 1e-9)
	near(t, "their part of the rewards", *out.LowRewards, 0.3*30/40, 1e-12)
	near(t, "both together", out.Net, 0.4*(0.3*low+0.7*other)-3, 1e-9)
	if out.BreakEvenLowShare != nil {
		t.Errorf("a programme whose best members lose breaks even at %v", *out.BreakEvenLowShare)
	}

	in.FrequencyRise, in.FixedCost, in.CostPerPeriod = 0.3, 0, 0
	out, _ = LoyaltyProgramme(in)
	low, other = 20*(1.3*1.5-3), 20*(1.3*(margin-0.05*spend)-margin)
	near(t, "the share that it bears", *out.BreakEvenLowShare, other/(other-low), 1e-9)

	whole := in
	whole.LowShare, whole.LowPrice, whole.LowMargin = 0, nil, 0
	all, _ := LoyaltyProgramme(whole)
	near(t, "the split changes nothing of the whole", out.Net, all.Net, 1e-12)
	if all.LowGain != nil || all.BreakEvenLowShare != nil || all.LowRewards != nil || all.LowPerPeriod != nil {
		t.Error("members are split without a share")
	}

	bad := in
	bad.LowPrice = new(140.0) // 30% of members would spend 42 of 40
	if _, notes = LoyaltyProgramme(bad); !notes.Refused() || !has(notes, notice.TooHigh, "low_margin_price") {
		t.Error("more than all spend:", notes)
	}
	bad = in
	bad.GrossMargin = 0.9 // the others would keep 36 - 0.9 of 31
	if _, notes = LoyaltyProgramme(bad); !notes.Refused() || !has(notes, notice.TooLow, "low_margin") {
		t.Error("the others keep more than they spend:", notes)
	}
	bad = whole
	bad.LowMargin = 0.2
	if _, notes = LoyaltyProgramme(bad); notes.Refused() || !has(notes, notice.NotUsed, "low_margin") {
		t.Error("a margin of nobody:", notes)
	}
}

// A promotion on an upsell in a plan, by hand: 10 months at 100 with half of it margin. Every tenth of spend is given back; a fifth of customers take
// something for 50 more, at 40% off in the first month: 0.2·50·(0.5·10 - 0.4) = 46 of margin, and a tenth of 1,000 + 100 - 4 in rewards.
func TestAPromotionInAPlanByHand(t *testing.T) {
	in := NewGrowthPlanInput()
	in.Price, in.GrossMargin, in.ChurnRate = 100, 0.5, 0.1
	in.Levers = []Lever{{Kind: KindLoyaltyProgramme, Reach: 1, RewardCostRate: 0.1}, {Kind: KindUpsell, Reach: 1, TakeUp: 0.2, ExtraSpend: 50, PromoDiscount: 0.4, PromoPeriods: 1}}
	out, _ := GrowthPlan(in)
	near(t, "the plan", out.Net, 46-109.6, 1e-9)
	near(t, "its revenue", out.Outcome.RevenueGain, 96, 1e-9)
	// Alone, it is what the page of both offers says.
	in.Levers = in.Levers[1:]
	in.Levers[0].OfferPeriod, in.Levers[0].PromoPeriods, in.HorizonPeriods = 3, 4, new(5.)
	out, _ = GrowthPlan(in)
	offers, _ := Offers(OffersInput{Price: 100, GrossMargin: 0.5, ChurnRate: 0.1, OfferPeriod: 3, UpsellSpend: 50, PromoTakeUp: new(0.2), PromoDiscount: 0.4, PromoPeriods: 4, HorizonPeriods: new(5.)})
	near(t, "alone", out.Net, *offers.Promo, 1e-9)
	in.Levers[0].TakeUp = 0
	if _, notes := GrowthPlan(in); !has(notes, notice.NotUsed, "levers/0/promo_discount") {
		t.Errorf("a discount on nothing: %v", notes)
	}
}

// A break-even at the end of its range is told: rounding must not take it away.
func TestABreakEvenAtTheEndIsTold(t *testing.T) {
	for _, price := range []float64{10, 33.3, 47.11, 1e6 / 7} { // with all of them leaving at once, a customer is worth one payment
		for _, rate := range []float64{0.07, 0.1, 0.23} {
			out, _ := Goal(GoalInput{Price: price, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05, TargetCLV: price * 0.7, GoalPeriods: 12, AnnualDiscountRate: rate})
			if out.NeededChurn == nil {
				t.Errorf("%v at %v: one payment needs no churn of 100%%", price, rate)
			}
			deal, _ := FirstDeal(FirstDealInput{Price: price, Period: value.Month, GrossMargin: 0.7, ChurnRate: 0.05, Conversion: 1, DealConversion: 1, DealPrice: price, AnnualDiscountRate: rate})
			if deal.BreakEven == nil || *deal.BreakEven != 1 && math.Abs(*deal.BreakEven-1) > 1e-12 {
				t.Errorf("%v at %v: the same deal pays at %v", price, rate, deal.BreakEven)
			}
		}
	}
	in := NewReleasesInput()
	in.Price, in.GrossMargin, in.ChurnRate, in.ReleaseInterval, in.Customers, in.HorizonPeriods, in.ChurnCut = 47.11, 0.7, 0, 3, 11, 30, 0.1
	if out, _ := Releases(in); out.MaxCost == nil || *out.MaxCost != 0 {
		t.Errorf("no churn to cut: a release may cost %v, not nothing", out.MaxCost)
	}
}

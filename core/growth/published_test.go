package growth

import (
	"testing"

	"hourglass/core/value"
)

// Examples that others printed, of levers that say by what they work. All pages were read in November 2026; the tolerance is what each
// prints. Without a discount rate, as all of them.

// Sinclair (canvassing by SCOPE, Los Angeles 2006, table 4.2; 123dok.com/id/article/tables-and-figures.10410792): 33.68 % voted of the control group and
// 36.68 % of those assigned to a visit, of whom .4524 more were met: 3.0002 points among all, 6.6304 among those met. To stay away is to leave.
func TestEffectOnThosePublished(t *testing.T) {
	in := users()
	in.AdoptionRate, in.TargetRate, in.ControlChurn = 0.4524, 0.5, new(1-0.3368)
	in.ChurnRate, in.AdopterChurn = 0.66, (1-0.366802-0.66*(1-0.4524))/0.4524 // those met and the others are 1 - .366802 together
	out, _ := Adoption(in)
	near(t, "points among those met", 100*out.ChurnFall, 6.6304, 0.002) // the shares are printed to .01, their difference to .0001
}

// A two-sided test at 5 % with 80 % power for 1.29 % against 1.3545 % takes 492,321 per group by the same formula (github.com/andrerand/power_analysis_bootstrap).
func TestSizeOfATestPublished(t *testing.T) {
	near(t, "per group", testSize(0.0129, 0.013545), 492321, 1e-5)
}

// quidditch.org.au (Benefits of customer care): $49 at 80 %, monthly churn from 4 % to 3 % by better care: $980 becomes $1,306.67. The tickets are
// ours: one in five customers asks, half of them badly answered, of whom 10 % more leave.
func TestBetterCarePublished(t *testing.T) {
	out, _ := Support(SupportInput{Baseline: Baseline{Price: 49, Period: value.Month, GrossMargin: 0.8, ChurnRate: 0.04}, Tickets: 0.2, ServedShare: 0.5, TargetShare: 1, PoorChurn: 0.1})
	near(t, "today", out.Outcome.CLVBefore, 980, 1e-9)
	near(t, "with better care", out.Outcome.CLVAfter, 1306.67, 0.005/1306)
	near(t, "more", out.Net, 326.67, 0.005/326)
}

// revoptima.io (Free Shipping Threshold Calculator): orders of $50 at 50 %, shipping for $8: an order of $66 leaves the same. If all orders grow to it,
// nothing is won or lost.
func TestFreeShippingPublished(t *testing.T) {
	in := OrderValueInput{Baseline: Baseline{Price: 50, Period: value.Month, GrossMargin: 0.5, ChurnRate: 0.1}, OrderValue: 50, LiftedShare: 1, AddedValue: 66 - 50, BenefitCost: 8}
	out, _ := OrderValue(in)
	near(t, "the order", out.OrderValueAfter, 66, 1e-12)
	near(t, "net gain", out.Net, 0, 1e-9)
	near(t, "the most for shipping", *out.MaxBenefit, 8, 1e-9)
}

// Medium, On Advertising (Loyalty Punch Cards 2.0): ten coffees at $3 that cost $1 leave $20, and $19 with the free one after them. Nobody leaves
// in eleven visits, and the card changes nothing: the eleventh is paid for today too, so that it is the dollar that parts both.
func TestPunchCardPublished(t *testing.T) {
	in := TenureRewardsInput{Baseline: Baseline{Price: 3, Period: value.Week, GrossMargin: 2. / 3, HorizonPeriods: new(11.)}, RewardPeriod: 10, RewardCost: 1}
	out, _ := TenureRewards(in)
	near(t, "margin of ten", out.CLVBefore-2, 20, 1e-9)
	near(t, "with the card", out.CLVAfter-2, 19, 1e-9)
	near(t, "who would have come anyway", out.AnywayCost, 1, 1e-9)
}

// revlanx.com (Earn/burn ratio): a point per dollar, a hundred points for a dollar: a price cut of 1 %.
func TestPointsPublished(t *testing.T) {
	in := RewardPointsInput{Baseline: Baseline{Price: 100, Period: value.Month, GrossMargin: 0.5, ChurnRate: 0.05}, Reach: 1, RewardRate: 1. / 100, RewardUnitCost: 1}
	out, _ := RewardPoints(in)
	near(t, "effective discount", out.PriceCut, 0.01, 1e-12)
	near(t, "what $100 of spend costs", 100*out.RewardCostRate, 1, 1e-12)
}

// x402.hexl.dev (free-trial conversion value): a trial costs $2, 20 % convert and stay 12 months at $50: $600 each, $118 per trial, $118,000 of 1,000.
func TestTrialPublished(t *testing.T) {
	out, _ := FirstDeal(FirstDealInput{Price: 52, Period: value.Month, GrossMargin: 1, ChurnRate: 1. / 12, ServiceCost: 2, DealConversion: 1, DealChurn: new(0.8), Prospects: new(1000.)})
	near(t, "who goes on", out.LaterValue, 600, 1e-9)
	near(t, "a trial", out.DealCLV, 118, 1e-9)
	near(t, "all of them", *out.TotalGain, 118000, 1e-9)
}

// ryanconsulting.ai (FA-301b, Expansion-adjusted LTV): $144,300 in the first year, 14 % more in each: $164,502 and, by a factor printed as 1.30,
// $187,590.
func TestRisingPricesPublished(t *testing.T) {
	in := ReleasesInput{Price: 144300, Period: value.Year, GrossMargin: 1, ReleaseInterval: 1, PriceRise: 0.14, Customers: 1, HorizonPeriods: 3}
	out, _ := Releases(in)
	near(t, "third year", out.PriceAtEnd, 187590, 0.0004) // 1.30 for 1.2996
	near(t, "three years", out.CLVAfter, 144300+164502+187590, 0.0002)
}

// everydaybudd.com (Discount & Promotion Profit Impact): at a margin of 40 %, 20 % off takes twice as many buyers.
func TestBreakEvenOfAPromotionPublished(t *testing.T) {
	out, _ := Offers(OffersInput{Price: 100, Period: value.Month, GrossMargin: 0.4, ChurnRate: 0.05, HorizonPeriods: new(24.), UpsellTakeUp: 0.1, UpsellSpend: 100, PromoTakeUp: new(0.2), PromoDiscount: 0.2,
		PromoPeriods: 24})
	near(t, "buyers needed", *out.BreakEvenPromo, 0.2, 1e-9)
	near(t, "what twice as many bring", *out.PromoGain, 0, 1e-9)
}

// fromscratch.dev (Onboarding completion): of 300 sign-ups 280 create an account, 140 invite a teammate, 120 a project and 100 a task: 33 %, with the
// largest drop, 50 %, at the invitation.
func TestOnboardingFunnelPublished(t *testing.T) {
	in := ActivationInput{Price: 40, Period: value.Month, GrossMargin: 1, ChurnRate: 0.05, InactiveChurn: 1, EffectShare: 1,
		Steps: []ActivationStep{{Rate: 280. / 300}, {Rate: 140. / 280}, {Rate: 120. / 140}, {Rate: 100. / 120}}}
	out, _ := Activation(in)
	near(t, "completion", out.Rate, 0.33, 0.005)
	near(t, "where most are lost", out.WeakestStep, 2, 0)
}

// aibizhub.io (Churn & Retention Calculator): $30 a month, churn 6 %: $500; to be worth $750 takes a churn of 4 %.
func TestGoalPublished(t *testing.T) {
	out, _ := Goal(GoalInput{Price: 30, Period: value.Month, GrossMargin: 1, ChurnRate: 0.06, TargetCLV: 750, GoalPeriods: 12})
	near(t, "today", out.CLV, 500, 1e-9)
	near(t, "the gap", out.Gap, 250, 1e-9)
	near(t, "churn needed", *out.NeededChurn, 0.04, 1e-12)
}

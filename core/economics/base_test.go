package economics

import (
	"math"
	"slices"
	"testing"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// rounding is what arithmetic in another order may differ by.
const rounding = 1e-12

func agrees(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within*max(1, math.Abs(want))) {
		t.Errorf("%s: %v, not %v", what, got, want)
	}
}

func warns(notes notice.List, code notice.Code) bool {
	return slices.ContainsFunc(notes, func(n notice.Notice) bool { return n.Code == code })
}

// ChurnZero's glossary, "Net revenue retention": 27,000 at the start of January, 35,000 at its end from the same customers but for
// 5,000 that expired: 30,000/27,000 = 111 %.
func TestPublishedNetRetention(t *testing.T) {
	in := NetRetentionInput{StartingRevenue: 27000, Expansion: 8000, LostRevenue: 5000, Period: value.Month}
	out, notes := NetRetention(in)
	agrees(t, "NRR", out.NRR, 1.11, 0.005) // printed as 111 %
	agrees(t, "NRR in full", out.NRR, 30000./27000, rounding)
	agrees(t, "GRR", out.GRR, 22000./27000, rounding)
	agrees(t, "quick ratio", *out.QuickRatio, 1.6, rounding)
	agrees(t, "break-even expansion", out.BreakEven, 5000, 0)
	if !warns(notes, notice.Unbounded) || *out.HorizonUsed != 60 || out.BaseValue != nil {
		t.Errorf("a base that grows by 11%% a month has no value without a horizon: %v %v", out, notes)
	}
}

// What a base is worth: 90 % of 100 a year at 0.8, discounted at 25 %, is 80 + 57.6 + ... = 80/(1-0.72).
func TestBaseValue(t *testing.T) {
	in := NetRetentionInput{StartingRevenue: 100, LostRevenue: 10, Period: value.Year, GrossMargin: new(0.8), Customers: new(10.0), AnnualDiscountRate: 0.25}
	out, _ := NetRetention(in)
	agrees(t, "multiple", out.MarginMultiple, 1/(1-0.72), rounding)
	agrees(t, "base", *out.BaseValue, 90*0.8/(1-0.72), rounding)
	agrees(t, "customer", *out.CLV, 10*0.8/(1-0.72), rounding)
	in.Expansion = 20 // NRR 110 % at 25 %: 1/(1-0.88)
	out, notes := NetRetention(in)
	agrees(t, "growing", out.MarginMultiple, 1/(1-0.88), rounding)
	agrees(t, "finite from", *out.BoundedFrom, 0.1, rounding)
	if len(notes) != 0 {
		t.Errorf("a growing base below the discount rate needs no warning: %v", notes)
	}
	in.AnnualDiscountRate = 0.1 // as fast as money loses its value
	if out, notes = NetRetention(in); !warns(notes, notice.Unbounded) || math.Abs(out.MarginMultiple-5) > rounding {
		t.Errorf("five years of 1 each: %v %v", out.MarginMultiple, notes)
	}
	in.ExpansionPeriods = new(2.0) // 1 + 1 + 1·(1 + x + ...), x = 0.9/1.1
	out, notes = NetRetention(in)
	agrees(t, "expansion ends", out.MarginMultiple, 2+1/(1-0.9/1.1), rounding)
	if warns(notes, notice.Unbounded) || out.BoundedFrom != nil {
		t.Errorf("where expansion ends the value has a limit: %v", notes)
	}
	in.LostRevenue = 101
	if _, notes = NetRetention(in); !warns(notes, notice.TakesTooMuch) || !notes.Refused() {
		t.Errorf("more than all cannot be lost: %v", notes)
	}
	if out, _ = NetRetention(NetRetentionInput{StartingRevenue: 5, Expansion: 1, Period: value.Year}); out.QuickRatio != nil {
		t.Errorf("nothing was lost: %v", *out.QuickRatio)
	}
}

// Iterative Path (2010), Opportunity cost of $0 price: 3 % of sign-ups pay, each is worth $250, a free user costs nothing: $7.50.
func TestPublishedFreemium(t *testing.T) {
	in := FreemiumInput{Conversion: 0.03, Price: 10, GrossMargin: 1, ChurnRate: 0.04, FreeChurn: 0.1}
	out, _ := Freemium(in)
	agrees(t, "a paying customer", out.PaidCLV, 250, rounding)
	agrees(t, "a sign-up", out.SignUpValue, 7.5, rounding)
	agrees(t, "no cost, no break-even", *out.BreakEven, 0, 0)
	// By hand: a free user costs 0.2 a month and stays ten months, 0.97·10·0.2 = 1.94. Each free month brings 0.02 sign-ups: 0.194 in all.
	in.FreeCost, in.SignUpsBrought = 0.2, 0.02
	out, _ = Freemium(in)
	agrees(t, "alone", out.OwnValue, 7.5-1.94, rounding)
	agrees(t, "with those brought", out.SignUpValue, 5.56/(1-0.194), rounding)
	agrees(t, "per paying customer", *out.FreeCostPerPaying, 1.94/0.03, rounding)
	agrees(t, "sign-ups in all", *out.Multiplier, 1/(1-0.194), rounding)
	agrees(t, "break-even", *out.BreakEven, 2./252, rounding) // u·250 = (1-u)·2
	in.Conversion = *out.BreakEven
	out, _ = Freemium(in)
	agrees(t, "at break-even", out.OwnValue, 0, 1e-12)
	in.SignUpsBrought = 0.2 // two by each
	if _, notes := Freemium(in); !warns(notes, notice.EndlessChain) || !notes.Refused() {
		t.Errorf("a chain without an end: %v", notes)
	}
	in.SignUpsBrought, in.Conversion = 0, 0.001
	if out, notes := Freemium(in); !warns(notes, notice.SignUpLoses) || out.SignUpValue >= 0 {
		t.Errorf("too few pay: %v %v", out, notes)
	}
}

// SOOMLA's spreadsheet "LTV based on modeling RETENTION function": thirty days of 1,000 users, fitted by a power curve with
// a = 0.6755619207 and b = -0.614436236.
func TestPublishedRetentionFit(t *testing.T) {
	retained := []float64{.45, .35, .30, .27, .26, .25, .24, .23, .22, .21, .20, .19, .18, .17, .16, .15, .14, .13, .12, .11, .10, .095, .09, .085, .08, .075, .07, .065, .06, .055}
	days := make([]float64, len(retained))
	for i := range days {
		days[i] = float64(i + 1)
	}
	in := AppInput{Days: days, Retained: retained, ARPDAU: 0.1, GrossMargin: 1, HorizonDays: 180, Curve: Power, TargetRatio: 1}
	out, notes := App(in)
	agrees(t, "a", out.PowerScale, 0.6755619207, 5e-11)
	agrees(t, "b", -out.PowerExponent, -0.614436236, 5e-10)
	agrees(t, "day 31", out.Series.Survival[31], 0.0819065, 5e-8) // the sheet's 0.081906524115
	agrees(t, "days", out.LifetimeDays, 10*out.CLV, rounding)
	if !warns(notes, notice.PoorFit) {
		t.Errorf("the power curve misses these days by 5 points: %v, %v", out.PowerError, notes)
	}
	in.Curve = BestCurve
	if out, _ = App(in); out.CurveUsed != Weibull || out.FitError >= out.PowerError {
		t.Errorf("the Weibull curve is nearer: %v", out)
	}
}

// A curve that was drawn by a curve is found again, to every digit, and its value is its sum.
func TestCurvesAreFoundAgain(t *testing.T) {
	days := []float64{1, 3, 7, 30}
	weibull := func(t float64) float64 { return math.Exp(-math.Pow(t/5, 0.4)) }
	in := AppInput{Days: days, ARPDAU: 0.5, GrossMargin: 0.7, HorizonDays: 3, TargetRatio: 1.25, CPI: new(0.5)}
	for _, d := range days {
		in.Retained = append(in.Retained, weibull(d))
	}
	out, _ := App(in)
	agrees(t, "scale", out.WeibullScale, 5, 1e-9)
	agrees(t, "shape", out.WeibullShape, 0.4, 1e-9)
	agrees(t, "error", out.FitError, 0, 1e-9)
	sum := 1 + weibull(1) + weibull(2)
	agrees(t, "value", out.CLV, 0.35*sum, 1e-9)
	agrees(t, "most", out.MaxCPI, 0.35*sum/1.25, 1e-9)
	agrees(t, "payback on day 1: 0.35, then 0.35·(1+S(1))", *out.PaybackDay, 1, 0)
	if out.CurveUsed != Weibull {
		t.Error(out.CurveUsed)
	}
	in.Days, in.Retained = []float64{1, 7}, []float64{0.4, 0.2} // two points: both curves meet them, and the usual one is taken
	if out, _ := App(in); out.CurveUsed != Power && out.PowerError > 1e-15 {
		t.Error(out.CurveUsed, out.PowerError, out.WeibullError)
	}
	for name, bad := range map[string]struct {
		days, retained []float64
		code           notice.Code
	}{
		"lengths":   {[]float64{1, 2, 3}, []float64{0.4, 0.3}, notice.LengthsDiffer},
		"order":     {[]float64{7, 1}, []float64{0.4, 0.3}, notice.NotAbove},
		"twice":     {[]float64{7, 7}, []float64{0.4, 0.3}, notice.NotAbove},
		"rising":    {[]float64{1, 7}, []float64{0.3, 0.4}, notice.AllSame},
		"one":       {[]float64{1}, []float64{0.3}, notice.TooFew},
		"all":       {[]float64{1, 7}, []float64{1, 0.4}, notice.TooHigh},
		"nobody":    {[]float64{1, 7}, []float64{0.4, 0}, notice.TooLow},
		"per cents": {[]float64{1, 7}, []float64{40, 20}, notice.TooHigh},
	} {
		in.Days, in.Retained = bad.days, bad.retained
		if _, notes := App(in); !warns(notes, bad.code) || !notes.Refused() {
			t.Errorf("%s: %v", name, notes)
		}
	}
}

// Simply Fundraising CRM, "Calculating an individual donor's lifetime value": $1,000 a year, attrition of 40 %: 2.5 years, $2,500.
func TestPublishedDonors(t *testing.T) {
	in := DonorsInput{Gift: 1000, GiftsPerYear: 1, FirstRetention: 0.6, RetentionRate: 0.6, TargetRatio: 1}
	out, _ := Donors(in)
	agrees(t, "value", out.CLV, 2500, rounding)
	agrees(t, "years", *out.LifetimeYears, 2.5, rounding)
	// By hand, with 25 % of new donors: 1,000 + 0.25·2,500. Of those who lapse a tenth comes back after a year: a repeat donor is
	// worth V = 1,000 + 0.6·V + 0.4·0.1·V = 1,000/0.36, a new one 1,000 + (0.25 + 0.75·0.1)·V.
	in.FirstRetention = 0.25
	out, _ = Donors(in)
	agrees(t, "first year", out.CLV, 1625, rounding)
	agrees(t, "a point more", out.PointOfFirst, 25, rounding)
	in.Reactivation, in.CAC = 0.1, new(1400.0)
	out, _ = Donors(in)
	agrees(t, "coming back", out.CLV, 1000+0.325*1000/0.36, rounding)
	agrees(t, "of which", out.ComingBack, 1000+0.325*1000/0.36-1625, rounding)
	agrees(t, "the second year pays 250, the third 75 and 150", *out.PaybackYears, 3, 0)
	agrees(t, "first year's result", *out.FirstGift, -400, rounding)
	// A tenth give 10 a month and one in fifty cancels: 500.
	in = DonorsInput{Gift: 1000, GiftsPerYear: 1, MonthlyShare: 0.1, MonthlyGift: 10, MonthlyChurn: 0.02, FundraisingCost: 0.2, TargetRatio: 1}
	out, _ = Donors(in)
	agrees(t, "monthly", out.MonthlyCLV, 400, rounding)
	agrees(t, "both", out.CLV, 0.9*800+0.1*400, rounding)
	agrees(t, "the year after: 18% of a tenth have cancelled", out.Series.Giving[1], 0.1*math.Pow(0.98, 12), rounding)
	in.RetentionRate, in.FirstRetention = 1, 0.5
	if out, notes := Donors(in); !warns(notes, notice.Unbounded) || *out.HorizonYears != 5 {
		t.Errorf("who always gives again has no limit: %v %v", out, notes)
	}
	// Where all give monthly, other donors are counted for the same five years: 800 and four times half of it.
	in.MonthlyShare = 1
	out, _ = Donors(in)
	agrees(t, "nobody gives so", out.OccasionalCLV, 800*(1+4*0.5), rounding)
}

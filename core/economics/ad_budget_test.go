package economics_test

import (
	"math"
	"testing"

	"hourglass/core/economics"
	"hourglass/core/notice"
)

// A published example (expertppcservices.com, break-even CPA, read 2026-11): revenue of 100 at a margin of 40 % breaks even at a CPA
// of 40 and a ROAS of 2.5; with a quarter kept as profit the target CPA is 30. At a CPA of 41 each sale loses 1.
func TestAdBudgetOfAPublishedExample(t *testing.T) {
	in := economics.AdBudgetInput{OrderValue: 100, GrossMargin: 0.4, ClickConversion: 0.02, HorizonMonths: 12, ProfitShare: 0.25, CPC: new(0.82)}
	out, notes := economics.AdBudget(in)
	near(t, "CPA", out.MaxCPA, 40, 1e-12)
	near(t, "ROAS", *out.BreakEvenROAS, 2.5, 1e-12)
	near(t, "target", out.TargetCPA, 30, 1e-12)
	near(t, "CPC", out.MaxCPC, 0.8, 1e-12)
	if len(notes) != 1 || notes[0].Code != notice.AdsLose {
		t.Fatal(notes)
	}
	near(t, "loss", notes[0].Limit, 1, 1e-9)
	near(t, "profit per 1,000", *out.ProfitPer1000, -20, 1e-9)
	if out.Payback != nil {
		t.Error("what loses money pays back after", *out.Payback)
	}
}

// Month by month: half an order a month for six months, each worth 20, a year's money 21 % less.
func TestRepeatOrdersAreDiscountedByTheMonth(t *testing.T) {
	in := economics.AdBudgetInput{OrderValue: 50, GrossMargin: 0.4, ClickConversion: 0.01, RepeatOrders: 3, HorizonMonths: 6, AnnualDiscountRate: 0.21, CPC: new(0.3)}
	out, _ := economics.AdBudget(in)
	sum := 20.0
	for k := range 6 {
		sum += 10 * math.Pow(1.21, -float64(k+1)/12)
	}
	near(t, "CPA", out.MaxCPA, sum, 1e-12)
	near(t, "payback", *out.Payback, 1, 1e-12) // CPA of 30: 20 at once, 10 after a month
}

func TestAdBudgetAtTheEdges(t *testing.T) {
	out, _ := economics.AdBudget(economics.AdBudgetInput{OrderValue: 50, ClickConversion: 0.1, HorizonMonths: 1, CPC: new(0.0)})
	if out.BreakEvenROAS != nil || out.ROAS != nil || out.TargetROAS != nil || *out.Payback != 0 {
		t.Error(out)
	}
	if out, _ := economics.AdBudget(economics.AdBudgetInput{OrderValue: 50, GrossMargin: 0.5, ClickConversion: 0.1, HorizonMonths: 12, ProfitShare: 1}); out.TargetROAS != nil || out.TargetCPA != 0 {
		t.Error("nothing is left to spend:", out)
	}
}

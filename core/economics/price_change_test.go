package economics_test

import (
	"testing"

	"hourglass/core/economics"
	"hourglass/core/notice"
	"hourglass/core/value"
)

// Nagle, Hogan & Zale, The Strategy and Tactics of Pricing, chapter on financial analysis: Westside Manufacturing sells at 10.00 with
// variable costs of 5.50; a price cut of 5 % needs 12.5 % more units.
func TestPriceCutOfWestsideManufacturing(t *testing.T) {
	out, _ := economics.PriceChange(economics.PriceChangeInput{Price: 10, GrossMargin: 0.45, ChurnRate: 1, PriceRise: -0.05})
	near(t, "more units", *out.BreakEvenVolumeLoss, -0.125, 1e-12)
	near(t, "margin", out.MarginAfter, 4, 1e-12)
}

// Payment by payment: at the break-even churn a customer is worth what they were.
func TestBreakEvenChurnIsWhereNothingIsGained(t *testing.T) {
	in := economics.PriceChangeInput{Price: 40, Period: value.Month, GrossMargin: 0.8, ChurnRate: 0.04, AnnualDiscountRate: 0.1, PriceRise: 0.15, Grandfathered: 0.3, Customers: new(500.0)}
	out, _ := economics.PriceChange(in)
	at := in
	at.ChurnRise = *out.BreakEvenChurnRise
	even, _ := economics.PriceChange(at)
	near(t, "gain at the break-even churn", even.Gain, 0, 1e-9)
	at = in
	at.ChurnRise, at.VolumeLoss = 0.003, 0
	risen, _ := economics.PriceChange(at)
	at.VolumeLoss = *risen.BreakEvenVolumeLoss
	even, _ = economics.PriceChange(at)
	near(t, "gain at the break-even loss", even.Gain, 0, 1e-9)
	d, sum, left := value.PerPeriod(0.1, 12), 0.0, 1.0
	for range 3000 {
		sum += left * 40 * 0.95
		left *= 0.96 / (1 + d)
	}
	near(t, "CLV after", out.CLVAfter, sum, 1e-9*sum)
	b := out.Bridge
	near(t, "bridge", b.Before+b.Price+b.Churn+b.Loss+b.Grandfathered, b.After, 1e-9)
	near(t, "total", *out.TotalGain, 500*out.Gain, 1e-9)
}

func TestPriceChangeAtTheEdges(t *testing.T) {
	in := economics.PriceChangeInput{Price: 10, GrossMargin: 0.3, ChurnRate: 0.2, PriceRise: -0.4}
	if out, notes := economics.PriceChange(in); out.BreakEvenVolumeLoss != nil || out.BreakEvenChurnRise != nil || notes[0].Code != notice.MarginGone {
		t.Error(out, notes)
	}
	in.PriceRise, in.ChurnRise = 0.1, -0.2
	if _, notes := economics.PriceChange(in); !notes.Refused() || notes[0].Limit != -0.2 {
		t.Error("churn of nothing:", notes)
	}
	in.ChurnRise = 0.9
	if _, notes := economics.PriceChange(in); !notes.Refused() || notes[0].Code != notice.TooHigh {
		t.Error("more leave than there are:", notes)
	}
	in.ChurnRise, in.PriceRise = 0, 5
	if out, _ := economics.PriceChange(in); out.BreakEvenChurnRate != nil {
		t.Error("a churn above 100 %:", out)
	}
}

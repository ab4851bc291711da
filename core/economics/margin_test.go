package economics_test

import (
	"math"
	"testing"

	"hourglass/core/economics"
	"hourglass/core/notice"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// An order of a published calculator (ncreasd.pages.dev, contribution margin, read 2026-11): 68.00 less 10 %, goods 18.00,
// inbound freight 1.80, packaging 1.25, fulfilment 5.95, payment fees 2.07, returns allowance 0.72, other 1.50. Before
// advertising 29.91 is left, to the cent that is printed.
func TestMarginOfAPublishedOrder(t *testing.T) {
	in := economics.NewMarginInput()
	in.OrderValue, in.PriceDiscount, in.GoodsCost, in.ShippingCost = 68, 0.1, 18+1.80, 1.25+5.95
	in.PaymentFee, in.SupportCost = 2.07, 0.72+1.50
	out, notes := economics.Margin(in)
	if len(notes) > 0 {
		t.Fatal(notes)
	}
	near(t, "net revenue", out.NetRevenue, 61.20, 0.005)
	near(t, "contribution", out.Contribution, 29.91, 0.005)
}

// By hand: of 100 orders of 100, 20 % off, 25 come back, and half of their goods is sold again. 75 x 80 is kept; goods
// of 75 + 12.5 orders are gone at 30; 100 parcels at 5; fees of 2 % of 8000 and 0.30 a payment; 25 returns at 6; support 100.
func TestMarginOfAHundredOrders(t *testing.T) {
	in := economics.MarginInput{OrderValue: 100, PriceDiscount: 0.2, GoodsCost: 30, ShippingCost: 5, PaymentFeeRate: 0.02, PaymentFee: 0.3,
		ReturnRate: 0.25, ReturnCost: 6, ResoldShare: 0.5, SupportCost: 1, MonthlyFixed: new(5000.0)}
	out, _ := economics.Margin(in)
	left := (75*80.0 - 87.5*30 - 500 - 160 - 30 - 150 - 100) / 100
	near(t, "contribution", out.Contribution, left, 1e-12)
	near(t, "margin", *out.ContributionMargin, left/60, 1e-12)
	near(t, "goods alone", *out.GoodsMargin, 50.0/80, 1e-12)
	near(t, "orders", *out.BreakEvenOrders, 5000/left, 1e-9)
	b := out.Bridge
	near(t, "bridge", b.OrderValue+b.DiscountStep+b.RefundStep+b.GoodsStep+b.ShippingStep+b.FeeStep+b.ReturnStep+b.SupportStep, b.Contribution, 1e-12)

	at := in
	at.PriceDiscount = *out.BreakEvenDiscount
	zero, _ := economics.Margin(at)
	near(t, "at the break-even discount", zero.Contribution, 0, 1e-12)
	at = in
	at.ReturnRate = *out.BreakEvenReturnRate
	zero, _ = economics.Margin(at)
	near(t, "at the break-even return rate", zero.Contribution, 0, 1e-12)
}

func TestMarginAtTheEdges(t *testing.T) {
	in := economics.MarginInput{OrderValue: 10, GoodsCost: 12, ResoldShare: 1}
	out, notes := economics.Margin(in)
	if out.BreakEvenDiscount != nil || out.BreakEvenOrders != nil || len(notes) != 1 || notes[0].Code != notice.SaleLoses || notes[0].Limit != 2 {
		t.Error(out, notes)
	}
	in = economics.MarginInput{OrderValue: 10, GoodsCost: 4, PriceDiscount: 1, ResoldShare: 1}
	if out, _ := economics.Margin(in); out.ContributionMargin != nil || out.GoodsMargin != nil || out.Contribution != -4 {
		t.Error("nothing is paid:", out)
	}
	in = economics.MarginInput{OrderValue: 10, GoodsCost: 10, ResoldShare: 1}
	if out, _ := economics.Margin(in); out.BreakEvenReturnRate != nil || *out.BreakEvenDiscount != 0 {
		t.Error("a return costs nothing:", out)
	}
	if _, notes := economics.Margin(economics.MarginInput{GoodsCost: 1}); !notes.Refused() {
		t.Error("an order without a value was taken")
	}
}

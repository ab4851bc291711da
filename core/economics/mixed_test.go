package economics

import (
	"math"
	"testing"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// No source prints a customer with all streams. Derived apart: a plan billed each period is the subscription (ARPA × margin ÷ churn, $100 at 80 % and 4 % is 2,000,
// callculator.cc), orders and service likewise; the fee comes once.
func TestStreamsAddUp(t *testing.T) {
	in := NewMixedInput()
	in.Price, in.GrossMargin, in.ChurnRate = 100, 0.8, 0.04
	out, _ := Mixed(in)
	near(t, "plan alone", &out.CLV, 2000, 1e-9)
	in.SetupFee, in.SetupCost, in.OrderValue, in.Orders, in.OrderMargin, in.ServiceCost = 300, 100, 50, 2, 0.3, 10
	out, _ = Mixed(in)
	near(t, "all", &out.CLV, 200+(80+30-10)/0.04, 1e-9)
	near(t, "orders", &out.Orders, 30/0.04, 1e-9)
	near(t, "no gain of paying ahead", &out.AheadGain, 0, 1e-9)
}

// Paid for a year ahead at a yearly discount rate of 10 %, by hand: a bill of 12 × 90 = 1,080, of which 0.96^12 = 0.612710 renew. Bills: 1,080/(1-0.612710/1.1) = 2,437.9...; goods
// of 20 in 12 months each, the first at once.
func TestAYearAhead(t *testing.T) {
	in := NewMixedInput()
	in.Price, in.GrossMargin, in.ChurnRate, in.BillingPeriods, in.PrepayDiscount, in.AnnualDiscountRate = 100, 0.8, 0.04, 12, 0.1, 0.1
	out, _ := Mixed(in)
	bills := 1 / (1 - math.Pow(0.96, 12)/1.1)
	goods := 0.0
	for k := range 12 {
		goods += 20 * math.Pow(1.1, -float64(k)/12)
	}
	near(t, "plan", &out.Plan, bills*(1080-goods), 1e-8)
	// At the break-even discount, paying ahead and paying month by month are worth the same.
	in.PrepayDiscount = *out.MaxPrepay
	even, _ := Mixed(in)
	near(t, "gain", &even.AheadGain, 0, 1e-8)
	in.PrepayDiscount += 0.05
	if _, notes := Mixed(in); len(notes) != 1 || notes[0].Code != notice.PlanLoses {
		t.Error(notes)
	}
}

func TestMixedBreaksEven(t *testing.T) {
	in := NewMixedInput()
	in.Price, in.GrossMargin, in.ChurnRate, in.BillingPeriods, in.PrepayDiscount, in.CAC = 100, 0.8, 0.1, 3, 0.05, new(1500.0)
	out, _ := Mixed(in)
	in.SetupFee = *out.BreakEvenFee
	even, _ := Mixed(in)
	near(t, "CLV with that fee", &even.CLV, 1500, 1e-9)
	in.SetupFee = 0
	goods := in.Price * (1 - in.GrossMargin)
	in.Price = *out.BreakEven
	in.GrossMargin = 1 - goods/in.Price
	even, _ = Mixed(in)
	near(t, "CLV with that price", &even.CLV, 1500, 1e-8)
}

// The trough of Skok (2013): one customer that costs 6,000 and pays 500 a month first takes money, and has paid it back after 12 payments. Ten customers a month, nobody
// leaving, deepen it: month k costs 60,000 and brings 5,000·k, so that the trough is at month 11 or 12: 60,000·11 - 5,000·66 = 330,000.
func TestTheCashTrough(t *testing.T) {
	in := NewMixedInput()
	in.Price, in.GrossMargin, in.CAC, in.PlanPeriods = 500, 1, new(6000.0), 24
	in.NewCustomers, in.ChurnRate, in.AnnualDiscountRate = 10, 0, 0.1
	out, _ := Mixed(in)
	near(t, "trough", &out.Trough, -330000, 1e-6)
	near(t, "its month", &out.TroughPeriod, 11, 0)
	near(t, "recovered", out.CashBack, 23, 0) // 60,000·23 = 5,000·23·24/2
	// Paid a year ahead, each customer brings what it costs on the first day: there is no trough.
	in.BillingPeriods = 12
	out, _ = Mixed(in)
	near(t, "paid ahead", &out.Trough, 0, 1e-6)
	near(t, "billed each month", &out.TroughSingle, -330000, 1e-6)
	near(t, "payback of one", out.Payback, 0, 0)
}

func TestMixedAtTheEdge(t *testing.T) {
	in := NewMixedInput()
	in.Price, in.GrossMargin = 10, 0.5
	out, notes := Mixed(in)
	if len(notes) != 1 || notes[0].Code != notice.Unbounded {
		t.Error(notes)
	}
	near(t, "five years", &out.CLV, 300, 1e-9)
	in.ChurnRate, in.BillingPeriods = 1, 12
	out, _ = Mixed(in)
	near(t, "all leave after the first bill", &out.CLV, 60, 1e-9)
	in.PrepayDiscount, in.CAC = 1, new(5.0)
	out, _ = Mixed(in)
	if out.MaxPrepay != nil || out.BreakEven != nil || out.Payback != nil {
		t.Errorf("a plan for nothing: %v", out)
	}
	in.Price = math.Inf(1)
	if _, notes := Mixed(in); !notes.Refused() {
		t.Error("an infinite price passes")
	}
	if out, _ := MixedFor(&in, value.Figures); out.Cash.Period != nil {
		t.Error("figures have a series")
	}
}

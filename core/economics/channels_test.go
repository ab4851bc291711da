package economics

import (
	"math"
	"slices"
	"testing"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// mix is four channels: two cheap, one dear, one that costs nothing.
func mix() ChannelsInput {
	in := NewChannelsInput()
	in.AnnualDiscountRate, in.SpendElasticity, in.NextSpend = 0.1, new(0.6), new(1000.0)
	in.Channels = []Channel{
		{Spend: 1500, Customers: 50, Margin: new(21.0), ChurnRate: new(0.055)},
		{Spend: 12000, Customers: 150, Margin: new(18.0), ChurnRate: new(0.08)},
		{Spend: 4500, Customers: 60, Margin: new(15.0), ChurnRate: new(0.15)},
		{Spend: 0, Customers: 120, Margin: new(20.0), ChurnRate: new(0.06)},
	}
	return in
}

func near(t *testing.T, what string, got *float64, want, within float64) {
	t.Helper()
	if got == nil || !(math.Abs(*got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// The value of a channel's customer is m·(1+d)/(c+d) (Gupta & Lehmann 2003, payments at the start), d = 1.1^(1/12) - 1 = 0.0079741: worked out
// by hand to the digits of the tolerance.
func TestChannelsAgainstWhatTheyCost(t *testing.T) {
	out, notes := Channels(mix())
	if notes.Refused() {
		t.Fatal(notes)
	}
	near(t, "CLV of referral", &out.Channels[0].CLV, 336.13, 0.01)
	near(t, "CAC of referral", out.Channels[0].CAC, 30, 1e-12)
	near(t, "its ratio", out.Channels[0].Ratio, 11.20, 0.01)
	near(t, "CLV of Google", &out.Channels[1].CLV, 206.24, 0.01)
	near(t, "CLV of affiliates", &out.Channels[2].CLV, 95.70, 0.01)
	// 50 × 336.13 + 150 × 206.24 + 60 × 95.70 = 53,484.5 for 18,000 spent on 260 customers
	near(t, "value of paid channels", &out.Paid.Value, 53484.5, 2)
	near(t, "ratio of paid channels", out.Ratio, 53484.5/18000, 1e-4)
	near(t, "CAC of paid channels", out.Paid.CAC, 18000.0/260, 1e-12)
	near(t, "CAC of all", out.All.CAC, 18000.0/380, 1e-12)
	if organic := out.Channels[3]; organic.CAC != nil || organic.Ratio != nil || organic.Return != nil || organic.Payback != nil {
		t.Errorf("a channel without spend has %v", organic)
	}
	near(t, "share of organic", out.OrganicShare, out.Channels[3].Value/out.All.Value, 1e-12)
}

// With an elasticity of 0.6 the first 1% of spend more brings 0.6% of customers more; ten times the spend 10^0.6 = 3.981 times.
func TestTheNextSpendHasDiminishingReturns(t *testing.T) {
	in := mix()
	out, _ := Channels(in)
	near(t, "return on more spend", out.Channels[0].Return, 0.6*11.204, 0.001)
	near(t, "marginal CAC", out.Channels[0].Marginal, 50, 1e-12)
	near(t, "channel for the next spend", out.Next, 1, 0)
	in.NextSpend = new(0.01)
	out, _ = Channels(in)
	near(t, "value of the next cent", out.Channels[1].NextValue, 0.01*(*out.Channels[1].Return), 1e-8)
	in.NextSpend = new(9 * 1500.0)
	out, _ = Channels(in)
	in.NextSpend = nil
	if first, _ := Channels(in); first.Next == nil || *first.Next != 1 || first.NextValue != nil || first.Channels[0].NextValue != nil {
		t.Errorf("without an amount the first money counts: %v", first)
	}
	near(t, "value of nine times the spend", out.Channels[0].NextValue, (math.Pow(10, 0.6)-1)*out.Channels[0].Value, 1e-8)
}

// The Dorfman & Steiner (1954) condition: spend is best where elasticity times the ratio of value to spend is 1.
func TestSpendIsBestWhereItsReturnIsOne(t *testing.T) {
	in := NewChannelsInput()
	in.NextSpend = new(1.0)
	in.Channels = []Channel{{Spend: 5000, Customers: 100, CLV: new(100.0), SpendElasticity: new(0.5)}}
	out, notes := Channels(in)
	near(t, "return on more spend", out.Channels[0].Return, 1, 1e-12)
	if len(notes) != 0 {
		t.Errorf("at the best spend: %v", notes)
	}
	in.Channels[0].Spend, in.Channels[0].Customers = 4*5000, 100*math.Pow(4, 0.5) // along the same response
	out, notes = Channels(in)
	near(t, "return beyond it", out.Channels[0].Return, 0.5, 1e-12)
	if len(notes) != 1 || notes[0].Code != notice.Overspent || notes[0].Field != "channels/0/spend" {
		t.Errorf("beyond the best spend: %v", notes)
	}
}

func TestOwnElasticityAndValueWin(t *testing.T) {
	in := mix()
	in.Channels[1].SpendElasticity, in.Channels[1].CLV = new(0.2), new(400.0)
	out, _ := Channels(in)
	near(t, "CLV", &out.Channels[1].CLV, 400, 0)
	near(t, "return", out.Channels[1].Return, 0.2*5, 1e-12)
	near(t, "payback from margin and churn", out.Channels[1].Payback, *paybackOf(t, 18, 0.08, 80), 1e-12)
}

// paybackOf is the payback period of a subscriber with such a margin, churn and cost.
func paybackOf(t *testing.T, margin, churn, cac float64) *float64 {
	t.Helper()
	s := value.NewSubscriptionInput()
	s.Price, s.GrossMargin, s.ChurnRate, s.AnnualDiscountRate, s.CAC = margin, 1, churn, 0.1, &cac
	out, _ := value.Subscription(s)
	return out.PaybackPeriods
}

func TestChannelsThatCannotBeValued(t *testing.T) {
	for _, test := range []struct {
		name  string
		with  Channel
		field string
		code  notice.Code
	}{
		{"no value at all", Channel{Spend: 1, Customers: 1}, "channels/0/margin", notice.Required},
		{"no churn", Channel{Spend: 1, Customers: 1, Margin: new(1.0)}, "channels/0/churn_rate", notice.Required},
		{"a figure missing", Channel{Spend: math.NaN(), Customers: 1, CLV: new(1.0)}, "channels/0/spend", notice.Required},
		{"elasticity of 2", Channel{Spend: 1, Customers: 1, CLV: new(1.0), SpendElasticity: new(2.0)}, "channels/0/spend_elasticity", notice.TooHigh},
	} {
		in := NewChannelsInput()
		in.Channels = []Channel{test.with}
		_, notes := Channels(in)
		if len(notes) != 1 || notes[0].Field != test.field || notes[0].Code != test.code {
			t.Errorf("%s: %v", test.name, notes)
		}
	}
	in := NewChannelsInput()
	if _, notes := Channels(in); !notes.Refused() {
		t.Error("no channel at all passes")
	}
}

// What has no answer is absent, never infinite or zero by accident.
func TestChannelsAtTheEdge(t *testing.T) {
	in := NewChannelsInput()
	in.SpendElasticity = new(0.0)
	in.Channels = []Channel{{Spend: 100, Customers: 0, CLV: new(50.0)}, {Spend: 0, Customers: 0, CLV: new(50.0)}}
	out, _ := Channels(in)
	if out.Paid.CLV != nil || out.Paid.CAC != nil || out.OrganicShare != nil || out.Channels[0].CAC != nil || out.Channels[0].Marginal != nil {
		t.Errorf("without customers: %v", out)
	}
	near(t, "ratio", out.Ratio, 0, 0)
	in.Channels = []Channel{{Spend: 100, Customers: 10, Margin: new(1.0), ChurnRate: new(0.0)}, {Spend: 100, Customers: 10, Margin: new(1.0), ChurnRate: new(0.0)}}
	out, notes := Channels(in)
	near(t, "value without a limit, five years of it", &out.Channels[0].CLV, 60, 1e-12)
	unbounded := 0
	for _, n := range notes {
		if n.Code == notice.Unbounded {
			unbounded++
		}
	}
	if unbounded != 1 {
		t.Errorf("said %d times that value has no limit", unbounded)
	}
}

// All that is wrong is said at once, whichever check finds it.
func TestEveryProblemOfARowIsSaid(t *testing.T) {
	in := NewChannelsInput()
	in.Channels = []Channel{{Spend: -1, Customers: math.NaN()}}
	_, notes := Channels(in)
	var fields []string
	for _, n := range notes {
		fields = append(fields, n.Field)
	}
	if want := []string{"channels/0/spend", "channels/0/new_customers", "channels/0/margin"}; !slices.Equal(fields, want) {
		t.Errorf("problems of %v, want %v", fields, want)
	}
}

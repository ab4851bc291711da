package economics

import (
	"math"
	"testing"

	"hourglass/core/notice"
)

// kinds are three kinds of customers, each paying in another way.
func kinds() UsageInput {
	in := NewUsageInput()
	in.Segments = []Segment{
		{Customers: 2, Seats: 5, SeatPrice: 20, GrossMargin: 0.8, ChurnRate: 0.05},
		{Customers: 1, Usage: 1000, UsagePrice: 0.1, GrossMargin: 0.6, ChurnRate: 0.02, Expansion: 0.01, ServiceCost: 10},
		{Customers: 1, Volume: 4000, TakeRate: 0.1, GrossMargin: 0.5, ChurnRate: 0.04},
	}
	return in
}

// No source prints such a mix. Derived apart: without discounting a customer is worth margin over churn ($200/month, 80 %, 3 % is 5,333.33,
// metrickittools.com); a revenue that rises by e falls by c - e(1-c) a period, so its sum is R·g/(c - e(1-c)).
func TestUsageAgainstTheSumsByHand(t *testing.T) {
	in := NewUsageInput()
	in.Segments = []Segment{{Customers: 1, Seats: 10, SeatPrice: 20, GrossMargin: 0.8, ChurnRate: 0.03}}
	out, _ := Usage(in)
	near(t, "200 a month", &out.CLV, 5333.33, 0.01)
	out, notes := Usage(kinds())
	if len(notes) != 0 {
		t.Error(notes)
	}
	near(t, "seats", &out.Segments[0].CLV, 80/0.05, 1e-9)
	near(t, "usage", &out.Segments[1].CLV, 60/(0.02-0.01*0.98)-10/0.02, 1e-9)
	near(t, "take rate", &out.Segments[2].CLV, 400*0.5/0.04, 1e-9)
	near(t, "mix", &out.CLV, 0.5*1600+0.25*out.Segments[1].CLV+0.25*5000, 1e-9)
	near(t, "revenue", &out.Revenue, 0.5*100+0.25*100+0.25*400, 1e-9)
	near(t, "from volume", out.TakeShare, 100.0/175, 1e-12)
	near(t, "expansion", &out.Expansion, 0.25*(60/0.0102-60/0.02), 1e-6)
	near(t, "most value, 0.25 × 5,382", &out.Best, 2, 0)
}

// Break-evens make CLV equal to CAC: put in, they do.
func TestUsageBreaksEven(t *testing.T) {
	in := kinds()
	in.CAC, in.AnnualDiscountRate = new(300.0), 0.1
	out, _ := Usage(in)
	for i := range in.Segments {
		again := kinds()
		again.CAC, again.AnnualDiscountRate = in.CAC, 0.1
		s := &again.Segments[i]
		scale := *out.Segments[i].BreakEven / out.Segments[i].Revenue
		s.SeatPrice, s.UsagePrice, s.TakeRate = s.SeatPrice*scale, s.UsagePrice*scale, s.TakeRate*scale
		even, _ := Usage(again)
		near(t, "CLV at the break-even revenue", &even.Segments[i].CLV, 300, 1e-9)
		again = kinds()
		again.CAC, again.AnnualDiscountRate = in.CAC, 0.1
		again.Segments[i].ServiceCost = out.Segments[i].MaxService
		even, _ = Usage(again)
		near(t, "CLV at the most for service", &even.Segments[i].CLV, 300, 1e-9)
		// A point less churn, and that much more service: as before.
		again = kinds()
		again.CAC, again.AnnualDiscountRate = in.CAC, 0.1
		again.Segments[i].ChurnRate -= 0.01
		again.Segments[i].ServiceCost += *out.Segments[i].ExtraServe
		even, _ = Usage(again)
		near(t, "CLV with what a point pays for", &even.Segments[i].CLV, out.Segments[i].CLV, 1e-8)
	}
}

func TestUsageAtTheEdge(t *testing.T) {
	in := kinds()
	in.Segments[1].Expansion = 0.05 // more than churn: no limit, so that five years count for all
	out, notes := Usage(in)
	if len(notes) == 0 || notes[0].Code != notice.Unbounded || notes[0].Field != "segments/1/expansion_rate" {
		t.Error(notes)
	}
	near(t, "five years of the first", &out.Segments[0].CLV, 80*(1-math.Pow(0.95, 60))/0.05, 1e-9)
	in = NewUsageInput()
	in.Segments = []Segment{{Customers: 0, ChurnRate: 0.1}}
	if _, notes := Usage(in); len(notes) != 1 || notes[0].Code != notice.NotAbove {
		t.Error(notes)
	}
	in.Segments = []Segment{{Customers: 1, ChurnRate: 0, ServiceCost: 1}}
	out, _ = Usage(in)
	if out.SeatShare != nil || out.Segments[0].ExtraServe != nil || out.Segments[0].BreakEven != nil || out.CLV >= 0 || out.Serve != nil {
		t.Errorf("who pays nothing: %v", out)
	}
}

package economics

import (
	"math"
	"testing"

	"hourglass/core/notice"
)

// plans are three tiers of a service: many who leave soon, some in the middle, few who stay.
func plans() PriceTiersInput {
	in := NewPriceTiersInput()
	in.CAC, in.AnnualDiscountRate = new(120.0), 0.1
	in.Tiers = []Tier{
		{Customers: 600, Price: 19, GrossMargin: 0.8, ChurnRate: 0.08, ServiceCost: 2},
		{Customers: 300, Price: 49, GrossMargin: 0.8, ChurnRate: 0.04, ServiceCost: 5},
		{Customers: 100, Price: 199, GrossMargin: 0.75, ChurnRate: 0.015, ServiceCost: 40},
	}
	return in
}

// The value of a tier is m·(1+d)/(c+d) (Gupta & Lehmann 2003), d = 1.1^(1/12) - 1 = 0.0079741, by hand.
func TestTiersAndTheirMix(t *testing.T) {
	out, notes := PriceTiers(plans())
	if len(notes) != 0 {
		t.Fatal(notes)
	}
	near(t, "first tier", &out.Tiers[0].CLV, 13.2*1.0079741/0.0879741, 1e-4)
	near(t, "second", &out.Tiers[1].CLV, 34.2*1.0079741/0.0479741, 1e-3)
	near(t, "third", &out.Tiers[2].CLV, 109.25*1.0079741/0.0229741, 1e-2)
	near(t, "mix", &out.CLV, 0.6*151.242+0.3*718.57+0.1*4793.3, 0.1)
	near(t, "tier with the most value", &out.BestTier, 3, 0)
	near(t, "ratio", out.Ratio, out.CLV/120, 1e-12)
	// One churn rate for all, 6.15%, on a margin of 29.105: 423, where the mix is worth 786.
	near(t, "average figures", &out.Blurred, 29.105*1.0079741/0.0694741, 1e-2)
	// New customers balance lost ones where the base is proportional to customers over churn: 7,500, 7,500 and 6,667.
	near(t, "share of the base", out.Tiers[2].BaseShare, 100/0.015/(600/0.08+300/0.04+100/0.015), 1e-12)
}

// Fader & Hardie (2010): a mix is worth more than its average customer, for the value is convex in churn. With one tier there is no difference.
func TestAverageFiguresUndervalueAMix(t *testing.T) {
	in := NewPriceTiersInput()
	in.Tiers = []Tier{{Customers: 1, Price: 10, GrossMargin: 1, ChurnRate: 0.1}, {Customers: 1, Price: 10, GrossMargin: 1, ChurnRate: 0.3}}
	out, _ := PriceTiers(in)
	near(t, "mix", &out.CLV, (100+100.0/3)/2, 1e-9)
	near(t, "average figures", &out.Blurred, 50, 1e-9)
	in.Tiers = in.Tiers[:1]
	out, _ = PriceTiers(in)
	near(t, "one tier", &out.Blurred, out.CLV, 1e-9)
}

// With churn 10% and 9% and no discounting, lifetimes are 10 and 100/9: a margin of 10 may fall to 9, and a customer gains 100/9 of 10 each less 100.
func TestAPointOfChurnPaysForService(t *testing.T) {
	in := NewPriceTiersInput()
	in.CAC = new(40.0)
	in.Tiers = []Tier{{Customers: 1, Price: 12, GrossMargin: 1, ChurnRate: 0.1, ServiceCost: 2}}
	out, _ := PriceTiers(in)
	near(t, "value of a point", out.Tiers[0].OnePoint, 1000.0/9-100, 1e-9)
	near(t, "service for a point", out.Tiers[0].ExtraServe, 1, 1e-9)
	near(t, "most for service", &out.Tiers[0].MaxService, 8, 1e-9)
	in.Tiers[0].ServiceCost = out.Tiers[0].MaxService
	out, notes := PriceTiers(in)
	near(t, "CLV with that", &out.Tiers[0].CLV, 40, 1e-9)
	if len(notes) != 0 && notes[0].Code != notice.BelowCost {
		t.Error(notes)
	}
	// From 1% to nothing there is no limit: both are counted within five years, 60 months.
	in.Tiers[0] = Tier{Customers: 1, Price: 1, GrossMargin: 1, ChurnRate: 0.01}
	out, _ = PriceTiers(in)
	near(t, "the last point", out.Tiers[0].OnePoint, 60-(1-math.Pow(0.99, 60))/0.01, 1e-9)
}

func TestTiersAtTheEdge(t *testing.T) {
	in := NewPriceTiersInput()
	in.Tiers = []Tier{{Customers: 0, Price: 1, GrossMargin: 1, ChurnRate: 0.1}}
	if _, notes := PriceTiers(in); len(notes) != 1 || notes[0].Code != notice.NotAbove || notes[0].Field != "tiers/0/new_customers" {
		t.Errorf("without customers: %v", notes)
	}
	in.Tiers = []Tier{{Customers: 1, Price: 1, GrossMargin: 0.5, ChurnRate: 0, ServiceCost: 2}}
	out, _ := PriceTiers(in)
	if out.CLV >= 0 || out.Tiers[0].BaseShare != nil || out.Tiers[0].OnePoint != nil || out.Tiers[0].ValueShare != nil || out.ServeTier != nil || out.Ratio != nil {
		t.Errorf("a tier that costs more than it brings, for ever: %v", out)
	}
}

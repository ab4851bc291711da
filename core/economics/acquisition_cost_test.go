package economics_test

import (
	"testing"

	"hourglass/core/economics"
	"hourglass/core/notice"
)

// A published calculator's example (metrickittools.com, blended CAC, read 2026-11): ads 60,000, agency 10,000, salaries 80,000, tools
// 5,000, 120 customers, ARPA 800 at 80 %. It prints 1,291.67; paid CAC is there variable spend by all customers, 583.33, and payback
// CAC by ARPA times margin, 2.02 months.
func TestAcquisitionCostOfAPublishedExample(t *testing.T) {
	out, notes := economics.AcquisitionCost(economics.AcquisitionCostInput{MediaSpend: 60000, AgencyCost: 10000, SalaryCost: 80000, ToolCost: 5000,
		NewCustomers: 120, PaidCustomers: new(120.0), MonthlyMargin: new(640.0)})
	if len(notes) > 0 {
		t.Fatal(notes)
	}
	near(t, "CAC", out.CAC, 1291.67, 0.005)
	near(t, "paid CAC", *out.PaidCAC, 583.33, 0.005)
	near(t, "payback", *out.Payback, 2.02, 0.005)
	b := out.Bridge
	near(t, "bridge", b.Media+b.Agencies+b.Salaries+b.Tools+b.Promotions, b.CAC, 1e-9)
	s := out.Shares
	near(t, "shares", *s.Media+*s.Agencies+*s.Salaries+*s.Tools+*s.Promotions, 1, 1e-12)
}

// Leckie's definition: a quarter's recurring revenue rises by 300,000, of which four are a year's, on sales and marketing of 1,000,000:
// 1.2. A quarter's rise of 300,000 is a rise of MRR of 100,000.
func TestMagicNumber(t *testing.T) {
	out, _ := economics.AcquisitionCost(economics.AcquisitionCostInput{MediaSpend: 1e6, NewCustomers: 100, NetNewMRR: new(1e5), Cash: new(3e6), NetBurn: new(2.5e5)})
	near(t, "magic number", *out.MagicNumber, 4*300000/1e6, 1e-12)
	near(t, "runway", *out.Runway, 12, 1e-12)
}

func TestAcquisitionCostAtTheEdges(t *testing.T) {
	out, notes := economics.AcquisitionCost(economics.AcquisitionCostInput{NewCustomers: 10, PaidCustomers: new(0.0), NetNewMRR: new(5.0)})
	if out.CAC != 0 || out.PaidCAC != nil || out.MagicNumber != nil || out.Shares.Media != nil || *out.UnpaidShare != 1 || notes[0].Code != notice.MediaOnly {
		t.Error(out, notes)
	}
	if _, notes := economics.AcquisitionCost(economics.AcquisitionCostInput{NewCustomers: 10, PaidCustomers: new(11.0)}); !notes.Refused() || notes[0].Limit != 10 {
		t.Error("more customers from ads than customers:", notes)
	}
}

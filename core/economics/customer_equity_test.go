package economics

import (
	"slices"
	"testing"

	"hourglass/core/notice"
	"hourglass/core/retention"
)

// What core/retention calculates has its tests there; here is what is said of it.
func TestWhatIsSaidOfABase(t *testing.T) {
	base := func() retention.EquityInput {
		in := retention.NewEquityInput()
		in.Margin, in.AnnualDiscountRate = 10, 0.1
		in.Tenures = []retention.Tenure{{Active: 100, AtRisk: 1000, Lost: 400}, {Active: 60, AtRisk: 600, Lost: 150}, {Active: 45, AtRisk: 450, Lost: 80}}
		return in
	}
	for _, test := range []struct {
		name   string
		change func(*retention.EquityInput)
		want   notice.Code
		is     bool
	}{
		{"nobody comes", func(in *retention.EquityInput) {}, notice.FreeCustomers, false},
		{"they come for nothing", func(in *retention.EquityInput) { in.Acquired = 5 }, notice.FreeCustomers, true},
		{"they cost more than they bring", func(in *retention.EquityInput) { in.Acquired, in.CAC = 5, new(1e5) }, notice.BelowCost, true},
		{"they cost less", func(in *retention.EquityInput) { in.Acquired, in.CAC = 5, new(1.0) }, notice.BelowCost, false},
		{"most is far off", func(in *retention.EquityInput) {}, notice.BaseForecast, true},
		{"three months count", func(in *retention.EquityInput) { in.HorizonPeriods = new(3.0) }, notice.BaseForecast, false},
		{"refused", func(in *retention.EquityInput) { in.Tenures[0].Lost = 5000 }, notice.BaseForecast, false},
	} {
		in := base()
		test.change(&in)
		_, notes := CustomerEquity(in)
		if slices.ContainsFunc(notes, func(n notice.Notice) bool { return n.Code == test.want }) != test.is {
			t.Errorf("%s: %v", test.name, notes)
		}
	}
}

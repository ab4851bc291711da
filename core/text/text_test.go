package text_test

import (
	"fmt"
	"testing"

	"hourglass/core/text"
	"hourglass/core/value"
)

func TestResultsPrint(t *testing.T) {
	in := value.NewSubscriptionInput()
	in.Price, in.GrossMargin, in.ChurnRate = 100, 1, 0.05
	out, _ := value.Subscription(in)
	out.Series = value.Series{}
	const want = "clv 2000, undiscounted_clv 2000, revenue_ltv 2000, lifetime_periods 20, margin_multiple 20, ltv_cac_ratio none, " +
		"payback_periods none, simple_payback_periods none, max_cac 666.667, value_within_12_months 919.28, value_within_36_months 1684.44, " +
		"value_within_60_months 1907.86, discount_rate_per_period 0, timing_factor 1, horizon_used_periods none, " +
		"second_payment_factor none, value_per_trial none, value_per_visitor none, break_even_trial_conversion none, series {period (0), survival (0), margin (0), cumulative (0)}"
	if got := fmt.Sprint(out); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := text.Optional(nil) + " " + text.Optional(new(0.25)); got != "none 0.25" {
		t.Error(got)
	}
}

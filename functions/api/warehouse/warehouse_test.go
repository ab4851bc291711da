package warehouse

import (
	"testing"

	"hourglass/core/catalogue"
	"hourglass/functions/api/wire"
)

func TestRedshiftNames(t *testing.T) {
	var table []wire.Calculation
	for i, c := range catalogue.Calculations {
		table = append(table, wire.Calculation{Calculation: c, Layout: c.Layout(), Index: i})
	}
	for name, want := range map[string]string{
		"hourglass_retention_clv": "retention/clv", "x.f_hourglass_churn_interval_clv_lower": "churn-interval/clv_lower",
		"hourglass_annual_plan": "annual-plan/", "f_hourglass_subscription_ltv_cac_ratio": "subscription/ltv_cac_ratio",
	} {
		c, field := called(table, name)
		if c == nil || c.ID+"/"+field != want {
			t.Errorf("%s: %v %s", name, c, field)
		}
	}
	for i := range table {
		c := &table[i]
		for _, field := range wire.Headings(nil, c.Results, "", nil) {
			if found, picked := called(table, "f_hourglass_"+identifier(c.ID)+"_"+identifier(field)); found != c || picked != field {
				t.Errorf("%s %s is taken for %s", c.ID, field, picked)
			}
		}
	}
}

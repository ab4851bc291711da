package oracle_test

import "hourglass/internal/oracle"

func init() {
	inputs["price-tiers"] = func(r draw) oracle.Input {
		in := oracle.Input{"period": r.word(periods...)}
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "cac", r.of(200*r.Float64(), 0))
		r.horizon(in, 60)
		r.timing(in)
		rows := []any{}
		for range 1 + r.IntN(4) {
			t := map[string]any{"new_customers": r.of(100*r.Float64(), 0, 1), "price": r.of(100*r.Float64(), 0), "gross_margin": r.share(), "churn_rate": r.of(0.02+0.9*r.Float64(), 1, 0.01, 0.05)}
			r.put(t, "service_cost", r.of(20*r.Float64(), 0))
			if r.IntN(3) == 0 {
				t["cac"] = r.of(100*r.Float64(), 0)
			}
			rows = append(rows, t)
		}
		in["tiers"] = rows
		return in
	}
}

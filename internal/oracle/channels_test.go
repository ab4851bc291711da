package oracle_test

import "hourglass/internal/oracle"

func init() {
	inputs["channels"] = func(r draw) oracle.Input {
		in := oracle.Input{"period": r.word(periods...)}
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "spend_elasticity", r.share())
		r.put(in, "next_spend", 1+1000*r.Float64())
		r.horizon(in, 60)
		r.timing(in)
		rows := []any{}
		for range 1 + r.IntN(4) {
			c := map[string]any{"spend": r.of(1000*r.Float64(), 0, 1), "new_customers": r.of(50*r.Float64(), 0, 10)}
			if r.IntN(3) > 0 {
				c["margin"], c["churn_rate"] = r.of(30*r.Float64(), 0), r.of(0.01+0.9*r.Float64(), 1)
			}
			if _, valued := c["margin"]; !valued || r.IntN(3) == 0 {
				c["clv"] = r.of(200*r.Float64(), 0)
			}
			if r.IntN(3) == 0 {
				c["spend_elasticity"] = r.of(r.Float64(), 1)
			}
			rows = append(rows, c)
		}
		in["channels"] = rows
		return in
	}
}

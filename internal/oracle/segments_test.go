package oracle_test

import (
	"math"

	"hourglass/internal/oracle"
)

// Of bases and who is in them.
func init() {
	inputs["customer-equity"] = func(r draw) oracle.Input {
		in := oracle.Input{"margin": r.money(), "period": r.word(periods...), "annual_discount_rate": 0.1 + r.Float64()}
		alpha, beta, cohort := 0.3+3*r.Float64(), 0.5+8*r.Float64(), 2000.0
		tracked := 4 + r.IntN(8)
		var rows []any
		for k := range tracked + r.IntN(3) {
			next := cohort * (1 - alpha/(alpha+beta+float64(k)))
			row := map[string]any{"customers": r.of(math.Round(cohort*r.Float64()), 0)}
			if k < tracked {
				row["at_risk"], row["lost"] = math.Round(cohort), math.Round(cohort)-math.Round(next)
			}
			rows, cohort = append(rows, row), next
		}
		if r.IntN(2) == 0 {
			rows = r.cohorts()
			in["cohort_curves"] = r.word("by_cohort", "pooled")
		}
		in["tenures"] = rows
		r.put(in, "acquired_per_period", r.of(1000*r.Float64(), 0))
		r.put(in, "acquisition_growth", r.of(0.2*r.Float64()-0.1, 0, -1, 1))
		r.put(in, "acquisition_periods", float64(1+r.IntN(24)))
		r.put(in, "cac", r.of(300*r.Float64(), 0))
		r.horizon(in, 60)
		r.timing(in)
		return in
	}
	inputs["usage"] = func(r draw) oracle.Input {
		in := oracle.Input{"period": r.word(periods...)}
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "cac", r.of(200*r.Float64(), 0))
		var rows []any
		for range 1 + r.IntN(4) {
			row := oracle.Input{"new_customers": r.of(100*r.Float64(), 0), "gross_margin": r.share(), "churn_rate": r.of(math.Pow(10, -2.2*r.Float64()), 0, 1, 0.05, 0.01)}
			r.put(row, "seats", r.of(20*r.Float64(), 0))
			r.put(row, "seat_price", r.of(50*r.Float64(), 0))
			r.put(row, "usage", r.of(1000*r.Float64(), 0))
			r.put(row, "usage_price", r.of(0.1*r.Float64(), 0))
			r.put(row, "volume", r.of(1e4*r.Float64(), 0))
			r.put(row, "take_rate", r.of(0.2*r.Float64(), 0, 1))
			r.put(row, "expansion_rate", r.of(0.02*r.Float64()-0.01, 0, 0, -1, 0.03))
			r.put(row, "service_cost", r.of(10*r.Float64(), 0))
			if r.IntN(3) == 0 {
				row["cac"] = r.of(500*r.Float64(), 0)
			}
			rows = append(rows, map[string]any(row))
		}
		in["segments"] = rows
		r.horizon(in, 60)
		r.timing(in)
		return in
	}
	inputs["mixed"] = func(r draw) oracle.Input {
		in := oracle.Input{"price": r.of(200*r.Float64(), 0, 100), "period": r.word(periods...), "gross_margin": r.share(), "churn_rate": r.of(math.Pow(10, -2.2*r.Float64()), 0, 1, 0.05)}
		r.put(in, "billing_periods", r.of(float64(1+r.IntN(24)), 1, 12))
		r.put(in, "prepay_discount", r.of(0.4*r.Float64(), 0, 1))
		for _, name := range []string{"setup_fee", "setup_cost", "order_value"} {
			r.put(in, name, r.of(300*r.Float64(), 0))
		}
		r.put(in, "orders_per_period", r.of(3*r.Float64(), 0))
		r.put(in, "order_margin", r.share())
		r.put(in, "service_cost", r.of(20*r.Float64(), 0))
		r.put(in, "cac", r.of(1000*r.Float64(), 0))
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "new_customers_per_period", r.of(50*r.Float64(), 0))
		r.put(in, "acquisition_growth", r.of(0.1*r.Float64()-0.03, 0, -1))
		r.put(in, "fixed_cost_per_period", r.of(3000*r.Float64(), 0))
		r.put(in, "plan_periods", float64(1+r.IntN(60)))
		return in
	}
	inputs["satisfaction"] = func(r draw) oracle.Input {
		in := oracle.Input{"period": r.word(periods...), "gross_margin": r.share()}
		var rows []any
		for range 3 {
			row := oracle.Input{"answers": r.of(100*r.Float64(), 0), "spend": r.money(), "churn_rate": r.of(math.Pow(10, -2.2*r.Float64()), 0, 1, 0.05)}
			r.put(row, "referrals", r.of(0.1*r.Float64()-0.03, 0, -1))
			r.put(row, "service_cost", r.of(10*r.Float64(), 0))
			rows = append(rows, map[string]any(row))
		}
		in["groups"] = rows
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "referred_value", r.of(300*r.Float64(), 0))
		r.put(in, "customer_count", r.of(1e4*r.Float64(), 0))
		r.put(in, "recovered_share", r.share())
		r.put(in, "loop_cost", r.of(100*r.Float64(), 0))
		r.horizon(in, 60)
		return in
	}
}

// cohorts are rows of a few cohorts, each with churn rates of its own and some too short or too small for a curve.
func (r draw) cohorts() (rows []any) {
	for k := range 1 + r.IntN(5) {
		alpha, beta, active := 0.5+3*r.Float64(), 1+8*r.Float64(), float64(20+r.IntN(3000))
		ages := 1 + r.IntN(8)
		for age := range ages {
			row := map[string]any{"cohort": float64(k + 1), "customers": 0.0}
			next := math.Round(active * (1 - alpha/(alpha+beta+float64(age))))
			if age < ages-1 {
				row["at_risk"], row["lost"] = active, active-next
			} else {
				row["customers"] = active
			}
			rows, active = append(rows, row), next
		}
	}
	// Somebody has to be tracked.
	return append(rows, map[string]any{"cohort": 99.0, "customers": 0.0, "at_risk": 100.0, "lost": 30.0}, map[string]any{"cohort": 99.0, "customers": 70.0, "at_risk": 70.0, "lost": 15.0})
}

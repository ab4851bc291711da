package oracle_test

import "hourglass/internal/oracle"

// Of core/economics.
func init() {
	inputs["margin"] = func(r draw) oracle.Input {
		in := oracle.Input{"order_value": r.of(1+200*r.Float64(), 0.01, 1e9), "goods_cost": r.of(100*r.Float64(), 0)}
		r.put(in, "price_discount", r.of(0.6*r.Float64(), 0, 1))
		r.put(in, "payment_fee_rate", r.of(0.2*r.Float64(), 0))
		r.put(in, "return_rate", r.of(r.Float64(), 0, 1))
		r.put(in, "resold_share", r.share())
		r.costs(in, "shipping_cost", "payment_fee", "return_cost", "support_cost")
		delete(in, "fixed_cost")
		r.put(in, "monthly_fixed_costs", r.of(1e4*r.Float64(), 0))
		return in
	}
}

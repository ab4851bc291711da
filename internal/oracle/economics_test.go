package oracle_test

import (
	"math"

	"hourglass/internal/oracle"
)

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
	inputs["acquisition-cost"] = func(r draw) oracle.Input {
		in := oracle.Input{"media_spend": r.money(), "new_customers": r.of(0.1+1e3*r.Float64(), 1)}
		for _, name := range []string{"agency_cost", "salary_cost", "tool_cost", "promotion_cost", "cash"} {
			r.put(in, name, r.of(1e5*r.Float64(), 0))
		}
		r.put(in, "paid_customers", in["new_customers"].(float64)*r.of(1.1*r.Float64(), 0, 1))
		r.put(in, "monthly_margin", r.of(100*r.Float64(), 0))
		r.put(in, "net_new_mrr", r.of(1e5*(r.Float64()-0.3), 0))
		r.put(in, "net_burn", r.of(1e5*r.Float64(), 0))
		return in
	}
	inputs["ad-budget"] = func(r draw) oracle.Input {
		in := oracle.Input{"order_value": r.money(), "gross_margin": r.share(), "click_conversion": r.of(0.001+0.1*r.Float64(), 1)}
		r.put(in, "lead_conversion", r.share())
		r.put(in, "repeat_orders", r.of(5*r.Float64(), 0))
		r.put(in, "horizon_months", float64(1+r.IntN(60)))
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "profit_share", r.share())
		r.put(in, "cpc", r.of(3*r.Float64(), 0))
		return in
	}
	inputs["price-change"] = func(r draw) oracle.Input {
		in := oracle.Input{"price": r.of(1+200*r.Float64(), 0.01, 1e9), "gross_margin": r.of(0.01+0.99*r.Float64(), 1), "churn_rate": r.of(math.Pow(10, -2.2*r.Float64()), 1, 0.05),
			"period": r.word(periods...), "price_rise": r.of(1.5*r.Float64()-0.5, 0, -1)}
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "churn_rise", r.of(0.1*r.Float64()-0.02, 0))
		r.put(in, "volume_loss", r.share())
		r.put(in, "grandfathered_share", r.share())
		r.put(in, "customer_count", r.of(1e4*r.Float64(), 0))
		return in
	}
}

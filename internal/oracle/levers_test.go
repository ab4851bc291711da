package oracle_test

import "hourglass/internal/oracle"

func init() {
	inputs["adoption"] = func(r draw) oracle.Input {
		in := r.baseline()
		delete(in, "first_period_churn")
		users := r.of(0.9*r.Float64(), 0, 0.3)
		in["adoption_rate"], in["target_adoption_rate"] = users, users+(1-users)*r.share()
		in["adopter_churn_rate"] = r.of(in["churn_rate"].(float64)*r.Float64(), 0, in["churn_rate"].(float64), 0.5)
		r.put(in, "adopter_price", in["price"].(float64)*(0.8+0.5*r.Float64()))
		r.put(in, "adopter_referral_rate", r.of(0.02*r.Float64(), 0))
		r.put(in, "effect_share", r.share())
		if r.IntN(3) == 0 && users > 0.05 {
			// Between the two groups, so that there is something to change.
			mean := users*in["adopter_churn_rate"].(float64) + (1-users)*in["churn_rate"].(float64)
			in["control_churn_rate"] = mean + r.Float64()*(in["churn_rate"].(float64)-mean)
		}
		if p, ok := in["adopter_price"].(float64); ok && r.IntN(3) == 0 && users > 0.05 {
			mean := users*p + (1-users)*in["price"].(float64)
			in["control_price"] = mean + r.Float64()*(in["price"].(float64)-mean)
		}
		r.costs(in, "cost_per_customer", "cost_per_period")
		return in
	}
	inputs["support"] = func(r draw) oracle.Input {
		in := r.baseline()
		in["tickets_per_period"], in["served_share"], in["target_served_share"] = r.of(r.Float64(), 0, 1), r.share(), r.share()
		in["poor_answer_churn_rise"] = 0.0
		better := in["tickets_per_period"].(float64) * (in["target_served_share"].(float64) - in["served_share"].(float64))
		if most := min(in["churn_rate"].(float64), firstChurn(in)); better > 0 {
			in["poor_answer_churn_rise"] = min(1, most/better) * r.of(r.Float64(), 0, 1)
		}
		r.costs(in, "ticket_cost", "target_ticket_cost")
		return in
	}
	inputs["order-value"] = func(r draw) oracle.Input {
		in := r.baseline()
		in["order_value"], in["added_value"] = 1+80*r.Float64(), r.of(30*r.Float64(), 0)
		grown := r.share()
		above := (1 - grown) * r.share()
		in["lifted_order_share"] = grown
		r.put(in, "qualifying_order_share", above)
		r.put(in, "lost_order_share", (1-grown-above)*r.share())
		r.put(in, "extra_margin", r.share())
		r.put(in, "benefit_cost", r.of(6*r.Float64(), 0))
		r.costs(in)
		return in
	}
	elsewhere["break_even_effect_share"], elsewhere["break_even_poor_answer_churn_rise"], elsewhere["max_ticket_cost"] = "even", "even", "even"
	elsewhere["break_even_lifted_order_share"], elsewhere["max_benefit_cost"] = "even", "even"
	elsewhere["test_group_size"] = "core/growth: rounding decides"
	for _, e := range []struct{ result, field string }{
		{"break_even_poor_answer_churn_rise", "poor_answer_churn_rise"}, {"max_ticket_cost", "target_ticket_cost"},
		{"break_even_lifted_order_share", "lifted_order_share"}, {"max_benefit_cost", "benefit_cost"},
	} {
		evens = append(evens, evenAt{e.result, e.field, nil, "net_gain"})
	}
	evens = append(evens, evenAt{"break_even_effect_share", "effect_share", []string{"control_churn_rate", "control_price"}, "net_gain"})
}

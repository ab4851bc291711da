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
	inputs["first-deal"] = func(r draw) oracle.Input {
		in := r.baseline()
		delete(in, "new_customers")
		in["conversion"], in["deal_conversion"], in["deal_price"] = r.share(), r.share(), r.of(in["price"].(float64)*r.Float64(), 0)
		r.put(in, "prospects", r.of(1+1e4*r.Float64(), 1))
		r.put(in, "deal_margin", r.of(1.5*r.Float64()-0.5, 1, -1))
		r.put(in, "deal_first_churn_rate", r.share())
		return in
	}
	inputs["tenure-rewards"] = func(r draw) oracle.Input {
		in := r.baseline()
		in["reward_period"] = float64(1 + r.IntN(20))
		r.put(in, "churn_fall", r.churnFall(in, 1))
		r.put(in, "early_churn_fall", r.churnFall(in, 0.5))
		r.put(in, "reward_cost", r.of(20*r.Float64(), 0))
		r.costs(in, "cost_per_period")
		return in
	}
	inputs["reward-points"] = func(r draw) oracle.Input {
		in := r.baseline()
		for _, name := range []string{"reach", "reward_rate", "breakage"} {
			in[name] = r.share()
		}
		r.put(in, "reward_unit_cost", r.share())
		r.put(in, "reward_threshold", in["price"].(float64)*r.of(20*r.Float64(), 0, 1, 5))
		r.put(in, "price_elasticity", r.of(4*r.Float64(), 0, 10))
		r.costs(in, "cost_per_period")
		return in
	}
	inputs["releases"] = func(r draw) oracle.Input {
		in := oracle.Input{"price": r.money(), "gross_margin": r.share(), "churn_rate": r.of(0.3*r.Float64(), 0, 1), "release_interval": float64(1 + r.IntN(12)), "customer_count": r.of(1+1e4*r.Float64(), 1), "period": r.word(periods...)}
		r.put(in, "churn_cut_per_release", r.of(0.3*r.Float64()-0.05, 0, 1))
		r.put(in, "price_rise_per_release", r.of(0.05*r.Float64()-0.01, 0))
		r.put(in, "release_cost", r.of(1e4*r.Float64(), 0))
		r.put(in, "service_cost", r.of(3*r.Float64(), 0))
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "horizon_periods", r.of(float64(1+r.IntN(150)), 1, 2))
		return in
	}
	inputs["upsell-or-cross-sell"] = func(r draw) oracle.Input {
		in := r.baseline()
		delete(in, "new_customers")
		for _, name := range []string{"upsell_take_up", "cross_sell_take_up"} {
			in[name] = r.share()
		}
		for _, name := range []string{"upsell_spend", "cross_sell_spend"} {
			in[name] = r.of(30*r.Float64(), 0)
		}
		for _, name := range []string{"upsell_margin", "cross_sell_margin", "replaced_share", "promo_take_up", "promo_discount"} {
			r.put(in, name, r.share())
		}
		r.put(in, "offer_period", r.of(float64(r.IntN(20)), 0, 1, 12))
		r.put(in, "promo_periods", float64(1+r.IntN(12)))
		r.put(in, "offer_cost", r.of(2*r.Float64(), 0))
		return in
	}
	inputs["activation"] = func(r draw) oracle.Input {
		in := r.baseline()
		delete(in, "first_period_churn")
		in["inactive_churn_rate"] = r.of(in["churn_rate"].(float64)+r.Float64()*(1-in["churn_rate"].(float64)), 1)
		r.put(in, "effect_share", r.share())
		r.costs(in, "cost_per_customer")
		rows := []any{}
		for range 1 + r.IntN(4) {
			s := map[string]any{"completion_rate": r.share()}
			r.put(s, "target_completion_rate", r.share())
			r.put(s, "step_days", r.of(10*r.Float64(), 0))
			rows = append(rows, s)
		}
		in["steps"] = rows
		return in
	}
	inputs["goal"] = func(r draw) oracle.Input {
		in := oracle.Input{"price": 1 + 200*r.Float64(), "gross_margin": 0.05 + 0.95*r.Float64(), "churn_rate": 0.01 + 0.9*r.Float64(), "target_clv": 1 + 3000*r.Float64(), "period": r.word(periods...)}
		r.put(in, "service_cost", 3*r.Float64())
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "goal_periods", float64(1+r.IntN(36)))
		return in
	}
	elsewhere["needed_churn_rate"] = "even"
	evens = append(evens, evenAt{"needed_churn_rate", "churn_rate", nil, "clv_gap"})
	for _, name := range []string{"needed_churn_fall", "customers_to_track", "churn_step_per_period"} {
		elsewhere[name] = "core/growth"
	}
	for _, name := range []string{"break_even_deal_conversion", "break_even_deal_first_churn_rate", "max_reward_cost", "break_even_price_elasticity", "break_even_churn_cut_per_release",
		"break_even_price_rise_per_release", "max_release_cost", "equal_cross_sell_take_up", "break_even_promo_take_up"} {
		elsewhere[name] = "even"
	}
	evens = append(evens, []evenAt{
		{"break_even_deal_conversion", "deal_conversion", nil, "gain_per_prospect"}, {"break_even_deal_first_churn_rate", "deal_first_churn_rate", nil, "gain_per_prospect"},
		{"max_reward_cost", "reward_cost", nil, "net_gain"}, {"break_even_price_elasticity", "price_elasticity", nil, "net_gain"},
		{"break_even_churn_cut_per_release", "churn_cut_per_release", nil, "net_gain"}, {"break_even_price_rise_per_release", "price_rise_per_release", nil, "net_gain"},
		{"max_release_cost", "release_cost", nil, "net_gain"}, {"equal_cross_sell_take_up", "cross_sell_take_up", nil, "upsell_lead"}, {"break_even_promo_take_up", "promo_take_up", nil, "promo_gain"},
	}...)
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

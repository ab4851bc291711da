package oracle

// with is the input with other figures.
func (in Input) with(other Input) Input {
	all := Input{}
	for _, figures := range []Input{in, other} {
		for name, v := range figures {
			all[name] = v
		}
	}
	return all
}

// adoption is a lever for those who come to use something, whose effect is a part of what parts users from others today.
func adoption(in Input) Verdict {
	without, price, users := in.number("churn_rate", 0), in.number("price", 0), in.number("adoption_rate", 0)
	using, paying, brought := in.number("adopter_churn_rate", 0), in.number("adopter_price", price), in.number("adopter_referral_rate", 0)
	if in.number("target_adoption_rate", 0) < users || price == 0 && (paying > 0 || in.number("control_price", 0) > 0) {
		return Verdict{Refused: true}
	}
	e := in.number("effect_share", 1)
	churn, spend := without-e*(without-using), price+e*(paying-price) // of one who uses it and would not have
	if h := in.number("control_churn_rate", None); h == h {
		// A hundred who were offered it against a hundred who were not: the users among them make all of the difference.
		fewer := 100*h - 100*users*using - 100*(1-users)*without
		churn = without - fewer/(100*users)
	}
	if h := in.number("control_price", None); h == h {
		spend = price + (100*users*paying+100*(1-users)*price-100*h)/(100*users)
	}
	if (in.given("control_churn_rate") || in.given("control_price")) && (users == 0 || churn < -1e-9 || churn > 1+1e-9 || spend < -1e-9*price) {
		return Verdict{Refused: true}
	}
	rise := 0.0
	if price > 0 {
		rise = spend/price - 1
	}
	lever := Input{"reach": in.number("target_adoption_rate", 0) - users, "churn_fall": without - churn, "frequency_rise": rise, "referral_rate": e * brought}
	if in.given("churn_fall") { // a break-even is being tried
		lever["churn_fall"], lever["frequency_rise"] = in["churn_fall"], 0.0
	}
	v := oneLever(in.with(lever))
	if v.Slow || v.Refused {
		return v
	}
	v.Results["churn_fall"], v.Results["frequency_rise"], v.Results["reach"], v.Results["referral_rate"] = without-churn, rise, lever["reach"].(float64), e*brought
	v.Results["effective_share"] = None
	if without != using {
		v.Results["effective_share"] = (without - churn) / (without - using)
	}
	seen := Input{"reach": 1.0, "churn_fall": without - using, "frequency_rise": 0.0, "referral_rate": brought, "cost_per_customer": 0.0, "cost_per_period": 0.0, "fixed_cost": 0.0}
	if price > 0 {
		seen["frequency_rise"] = paying/price - 1
	}
	if user := oneLever(in.with(seen)); !user.Slow {
		v.Results["adopter_clv"] = None
		if !user.Refused {
			v.Results["adopter_clv"] = user.Results["outcome.clv_after"]
		}
	}
	return v
}

// support counts the tickets of a customer one kind at a time.
func support(in Input) Verdict {
	tickets, now, then := in.number("tickets_per_period", 0), in.number("served_share", 0), in.number("target_served_share", 0)
	poor := in.number("poor_answer_churn_rise", 0)
	driven, stillDriven := tickets*(1-now)*poor, tickets*(1-then)*poor
	paid, toPay := tickets*in.number("ticket_cost", 0), tickets*in.number("target_ticket_cost", 0)
	v := oneLever(in.with(Input{"reach": 1.0, "service_cost": in.number("service_cost", 0) + paid, "churn_fall": driven - stillDriven, "cost_per_period": toPay - paid}))
	if v.Slow || v.Refused {
		return v
	}
	v.Results["churn_fall"], v.Results["cost_per_period"], v.Results["support_cost_per_period"] = driven-stillDriven, toPay-paid, paid
	return v
}

// orderValue looks at a hundred of today's orders.
func orderValue(in Input) Verdict {
	orders := in.number("price", 0) / in.number("order_value", 1)
	grown, above, lost := 100*in.number("lifted_order_share", 0), 100*in.number("qualifying_order_share", 0), 100*in.number("lost_order_share", 0)
	if grown+above+lost > 100*(1+1e-9) {
		return Verdict{Refused: true}
	}
	benefits := orders / 100 * (grown + above) * in.number("benefit_cost", 0)
	v := oneLever(in.with(Input{"reach": 1.0, "take_up": grown / 100, "extra_spend": orders * in.number("added_value", 0), "frequency_rise": -lost / 100, "cost_per_period": benefits}))
	if v.Slow || v.Refused {
		return v
	}
	v.Results["customer_orders_per_period"], v.Results["take_up"], v.Results["frequency_rise"], v.Results["cost_per_period"] = orders, grown/100, -lost/100, benefits
	v.Results["extra_spend"] = orders * in.number("added_value", 0)
	v.Results["order_value_after"] = in.number("order_value", 1)
	if lost < 100 {
		v.Results["order_value_after"] += grown * in.number("added_value", 0) / (100 - lost)
	}
	return v
}

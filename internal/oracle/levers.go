package oracle

import (
	"math"
	"strconv"
)

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

// firstDeal follows a thousand prospects, twice.
func firstDeal(in Input) Verdict {
	c := cohortOf(in)
	c.first = 0 // those who go on
	n, cut, slow := c.settle()
	if !cut && !slow {
		n, cut, slow = c.settleAlso(n, in.number("first_period_churn", c.churn))
	}
	if slow {
		return Verdict{Slow: true}
	}
	l := c.live(0, n)
	first, later := l.margin[0], 0.0
	for _, m := range l.margin[1:] {
		later += m
	}
	goods := c.price - c.price*c.margin
	deal := in.number("deal_price", 0) - goods - c.service
	if in.given("deal_margin") {
		deal = in.number("deal_price", 0)*in.number("deal_margin", 0) - c.service
	}
	lost := in.number("first_period_churn", c.churn)
	dealLost := in.number("deal_first_churn_rate", lost)
	regular, dealt := first+(1-lost)*later, deal+(1-dealLost)*later
	before, after := in.number("conversion", 0)*regular, in.number("deal_conversion", 0)*dealt
	r := Results{"gain_per_prospect": after - before, "prospect_value_before": before, "prospect_value_after": after, "regular_clv": regular, "deal_clv": dealt, "first_deal_margin": deal,
		"margin_given_up": first - deal, "later_value": later, "total_gain": None, "horizon_used_periods": None}
	if in.given("prospects") {
		r["total_gain"] = in.number("prospects", 0) * (after - before)
	}
	if cut {
		r["horizon_used_periods"] = float64(n)
	}
	return Verdict{Results: r}
}

// settleAlso is settle where customers have a first churn, too, on which hangs whether there is a limit.
func (c *cohort) settleAlso(n int, first float64) (int, bool, bool) {
	d := *c
	d.first = first
	if m, cut, slow := d.settle(); slow || cut {
		return m, cut, slow
	}
	return n, false, false
}

// tenureRewards lives through two customers, one of whom is on the way to a reward and then has it.
func tenureRewards(in Input) Verdict {
	x, y, from := in.number("churn_fall", 0), in.number("early_churn_fall", 0), int(in.number("reward_period", 1))
	c := cohortOf(in, lever{reach: 1, fall: x, extraMargin: None})
	first := c.first
	c.first -= max(0, y) // who stays on the way is there for the rest
	n, cut, slow := c.settle()
	plainFall := c.fall(0)
	c.first = first
	if slow {
		return Verdict{Slow: true}
	}
	if !cut {
		n += from
	}
	each := c.price*c.margin - c.service
	stay := func(y, x, discounted float64) (periods, with, at, share float64) {
		there := 1.0
		for k := range max(n, from+1) {
			worth := there * math.Pow(1+c.annual, -discounted*float64(k)/float64(c.n))
			if k == from {
				share = there
			}
			if k < n {
				periods += worth
				if k >= from {
					with += worth
				}
				if k == from {
					at = worth
				}
			}
			churn := c.churn
			if k == 0 {
				churn = c.first
			}
			if k < from {
				churn -= y
			} else {
				churn -= x
			}
			there *= 1 - min(1, max(0, churn))
		}
		return
	}
	was, wasWith, wasAt, wasShare := stay(0, 0, 1)
	is, isWith, isAt, isShare := stay(y, x, 1)
	reward, benefit, fixed := in.number("reward_cost", 0), in.number("cost_per_period", 0), in.number("fixed_cost", 0)/c.customers
	cost := reward*isAt + benefit*isWith + fixed
	r := Results{"clv_before": each * was, "clv_after": each*is - cost, "net_gain": each*(is-was) - cost, "programme_cost": cost, "rewarded_share": isShare, "rewarded_anyway_share": wasShare,
		"anyway_cost": reward*min(wasAt, isAt) + benefit*min(wasWith, isWith), "total_net": None, "horizon_used_periods": None}
	if c.counted {
		r["total_net"] = c.customers * r["net_gain"]
	}
	if cut {
		r["horizon_used_periods"] = float64(n)
	}
	if cut || plainFall > 2e-3 {
		if !cut {
			n = int(40/plainFall) + 1 + from
		}
		long, _, _, _ := stay(0, 0, 0)
		longer, _, _, _ := stay(y, x, 0)
		r["periods_gained"] = longer - long
	}
	// The names under which a lever's own calculation is measured.
	r["outcome.clv_before"], r["outcome.clv_after"], r["outcome.programme_cost"] = r["clv_before"], r["clv_after"], cost
	return Verdict{Results: r}
}

// rewardPoints follows a member's points round by round.
func rewardPoints(in Input) Verdict {
	price, churn := in.number("price", 0), in.number("churn_rate", 0)
	rounds := 1
	if threshold := in.number("reward_threshold", 0); threshold > 0 {
		if price == 0 || threshold/price > 2400 {
			return Verdict{Refused: true}
		}
		for float64(rounds)*price < threshold*(1-1e-9) {
			rounds++
		}
	}
	if churn > 0 && churn < 2e-3 {
		return Verdict{Slow: true}
	}
	earned, redeemed, there := 0.0, 0.0, 1.0
	for k := 1; k <= rounds || there > 1e-17 && k < 200_000; k++ {
		earned += there
		if k%rounds == 0 {
			redeemed += there * float64(rounds)
		}
		if there *= 1 - churn; churn == 0 && k == rounds {
			break
		}
	}
	share := redeemed / earned * (1 - in.number("breakage", 0))
	cut := in.number("reward_rate", 0) * share
	rise := in.number("price_elasticity", 0) * cut
	v := oneLever(in.with(Input{"frequency_rise": rise, "reward_cost_rate": cut * in.number("reward_unit_cost", 1)}))
	if v.Slow || v.Refused {
		return v
	}
	c := cohortOf(in)
	first := 1.0
	for k := range rounds - 1 {
		if k == 0 {
			first *= 1 - c.first
		} else {
			first *= 1 - c.churn
		}
	}
	v.Results["redeemed_share"], v.Results["effective_price_cut"], v.Results["periods_to_reward"], v.Results["first_reward_share"] = share, cut, float64(rounds), first
	v.Results["reward_cost_rate"] = cut * in.number("reward_unit_cost", 1)
	return v
}

// releases lives through the horizon with one churn and one price after another.
func releases(in Input) Verdict {
	periods, every := int(in.number("horizon_periods", 36)), int(in.number("release_interval", 1))
	live := func(cut, rise float64) (sum, present, churn, price, count float64) {
		churn, price = in.number("churn_rate", 0), in.number("price", 0)
		goods := price - price*in.number("gross_margin", 0)
		there := 1.0
		for k := range periods {
			if k > 0 {
				there -= there * churn
			}
			if k > 0 && k%every == 0 {
				churn, price, count = min(1, churn-churn*cut), price+price*rise, count+1
			}
			worth := there * math.Pow(1+in.number("annual_discount_rate", 0), -float64(k)/float64(perYear(in)))
			sum += worth * (price - goods - in.number("service_cost", 0))
			present += worth
		}
		return
	}
	before, _, _, _, _ := live(0, 0)
	margin, present, churn, price, count := live(in.number("churn_cut_per_release", 0), in.number("price_rise_per_release", 0))
	cost := in.number("release_cost", 0) / float64(every) / in.number("customer_count", 1) * present
	return Verdict{Results: Results{"clv_before": before, "clv_after": margin - cost, "net_gain": margin - cost - before, "programme_cost": cost, "churn_rate_at_end": churn, "price_at_end": price, "release_count": count,
		"outcome.clv_before": before, "outcome.clv_after": margin, "outcome.programme_cost": cost}}
}

// offers are two upsells, each by its own calculation, and one that sells at another price for a while.
func offers(in Input) Verdict {
	margin := in.number("gross_margin", 0)
	one := func(takeUp, spend, left, replaced, once float64) Verdict {
		return oneLever(in.with(Input{"reach": 1.0, "take_up": takeUp, "extra_spend": spend, "extra_margin": left, "replaced_share": replaced, "one_off_spend": once, "promo_discount": 0.0}))
	}
	upMargin, crossMargin := in.number("upsell_margin", margin), in.number("cross_sell_margin", margin)
	up := one(in.number("upsell_take_up", 0), in.number("upsell_spend", 0), upMargin, 0, 0)
	cross := one(in.number("cross_sell_take_up", 0), in.number("cross_sell_spend", 0), crossMargin, in.number("replaced_share", 0), 0)
	if up.Slow || cross.Slow {
		return Verdict{Slow: true}
	}
	r := Results{"upsell_gain": up.Results["net_gain"], "cross_sell_gain": cross.Results["net_gain"], "upsell_lead": up.Results["net_gain"] - cross.Results["net_gain"], "clv_before": up.Results["outcome.clv_before"],
		"promo_upsell_gain": None, "promo_gain": None, "promo_given_away": None, "take_up_ratio": ratio(in.number("upsell_take_up", 0), in.number("cross_sell_take_up", 0))}
	for _, name := range []string{"still_there", "discounted_periods_from_offer", "discounted_share_at_offer"} {
		r[name] = up.Results[name]
	}
	c := cohortOf(in)
	n, cut, _ := c.settle()
	if !cut {
		n += int(in.number("offer_period", 0)) + int(in.number("promo_periods", 1))
	}
	l, sold := c.live(0, n), 0.0
	for k := int(in.number("offer_period", 0)); k < n && k < int(in.number("offer_period", 0)+in.number("promo_periods", 1)); k++ {
		sold += l.present[k]
	}
	r["discounted_promo_periods"] = sold
	if takers := in.number("promo_take_up", None); takers == takers {
		off := in.number("promo_discount", 0) * in.number("upsell_spend", 0) * sold
		full := one(takers, in.number("upsell_spend", 0), upMargin, 0, 0)
		r["promo_upsell_gain"] = full.Results["net_gain"] - takers*off
		r["promo_gain"] = r["promo_upsell_gain"] - r["upsell_gain"]
		r["promo_given_away"] = min(takers, in.number("upsell_take_up", 0)) * off
	}
	r["outcome.clv_before"] = up.Results["outcome.clv_before"]
	return Verdict{Results: r}
}

// activation follows a thousand customers from step to step, as they are today and as planned.
func activation(in Input) Verdict {
	lives := func(churn float64) (worth float64, n int, cut, slow bool) {
		c := cohortOf(in.with(Input{"churn_rate": churn}))
		// Both groups are counted alike.
		least := cohortOf(in.with(Input{"churn_rate": min(in.number("churn_rate", 0), in.number("inactive_churn_rate", 0))}))
		if n, cut, slow = least.settle(); slow {
			return
		}
		won, _ := c.value(0, n)
		return won.margin, n, cut, false
	}
	active, n, cut, slow := lives(in.number("churn_rate", 0))
	if slow {
		return Verdict{Slow: true}
	}
	inactive, _, _, _ := lives(in.number("inactive_churn_rate", 0))
	steps, _ := in["steps"].([]any)
	r := Results{"total_net": None, "horizon_used_periods": None}
	now, then, days, worst, weakest := 1000.0, 1000.0, 0.0, -1.0, 0
	for i, row := range steps {
		s := Input(row.(map[string]any))
		rate := s.number("completion_rate", 0)
		lost := now * (1 - rate)
		if lost > worst*(1+1e-12)+1e-9 {
			worst, weakest = lost, i+1
		}
		days += s.number("step_days", 0)
		at := "steps." + strconv.Itoa(i) + "."
		r[at+"reached_share"], r[at+"lost_share"], r[at+"days_so_far"] = now/1000, lost/1000, days
		now, then = now-lost, then*s.number("target_completion_rate", rate)
	}
	effect := in.number("effect_share", 1) * (active - inactive)
	cost := in.number("cost_per_customer", 0) + in.number("fixed_cost", 0)/in.number("new_customers", 1)
	before := (now*active + (1000-now)*inactive) / 1000
	r["activation_rate"], r["target_activation_rate"], r["days_to_value"], r["weakest_step"] = now/1000, then/1000, days, float64(weakest)
	r["activated_clv"], r["inactive_clv"], r["clv_before"] = active, inactive, before
	r["net_gain"] = (then-now)/1000*effect - cost
	r["clv_after"] = before + r["net_gain"]
	if in.given("new_customers") {
		r["total_net"] = in.number("new_customers", 0) * r["net_gain"]
	}
	if cut {
		r["horizon_used_periods"] = float64(n)
	}
	r["outcome.clv_before"], r["outcome.programme_cost"], r["clv"] = before, cost, active
	return Verdict{Results: r}
}

// goal tries figures until the customer is worth the target.
func goal(in Input) Verdict {
	worth := func(other Input) float64 { // with payments added up
		c := cohortOf(in.with(other))
		n, cut, slow := c.settle()
		if slow || cut {
			return None
		}
		won, _ := c.value(0, n)
		return won.margin
	}
	target := in.number("target_clv", 0)
	price, margin := in.number("price", 0), in.number("gross_margin", 0)
	if price*margin-in.number("service_cost", 0) <= 0 {
		return Verdict{Refused: true}
	}
	today := worth(Input{})
	if today != today {
		return Verdict{Slow: true}
	}
	// Value is a straight line in the price and in the purchases: what one price more brings, and one purchase more for each, says the rest.
	goods := price - price*margin
	dearer := worth(Input{"price": 1.0, "gross_margin": 2*price - goods}) - today
	oftener := worth(Input{"price": 2 * price}) - today
	r := Results{"clv": today, "clv_gap": target - today, "needed_price": price + price*(target-today)/dearer, "needed_frequency_rise": (target - today) / oftener,
		"discount_rate_per_period": math.Pow(1+in.number("annual_discount_rate", 0), 1/float64(perYear(in))) - 1}
	return Verdict{Results: r}
}

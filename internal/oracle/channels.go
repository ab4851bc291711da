package oracle

import "strconv"

// channels lives through a customer of each channel, and adds up what all are worth.
func channels(in Input) Verdict {
	type total struct{ spend, customers, value float64 }
	var paid, all total
	rows, r := in["channels"].([]any), Results{"next_channel": None, "next_value": None, "best gain": None}
	values := make([]float64, len(rows))
	for i, row := range rows {
		c := Input(row.(map[string]any))
		at := "channels." + strconv.Itoa(i) + "."
		spend, customers := c.number("spend", 0), c.number("new_customers", 0)
		cac := ratio(spend, customers)
		if spend == 0 {
			cac = None
		}
		r[at+"cac"] = cac
		clv := c.number("clv", 0)
		if c.given("margin") && c.given("churn_rate") {
			one := Input{"price": c["margin"], "gross_margin": 1.0, "churn_rate": c["churn_rate"]}
			for _, name := range []string{"period", "annual_discount_rate", "payment_timing", "horizon_periods"} {
				if in.given(name) {
					one[name] = in[name]
				}
			}
			if cac == cac {
				one["cac"] = cac
			}
			lived := subscription(one)
			if lived.Slow {
				return lived
			}
			if payback, known := lived.Results["payback_periods"]; known {
				r[at+"payback_periods"] = payback
			}
			if !c.given("clv") {
				clv = lived.Results["clv"]
			}
		}
		values[i] = customers * clv
		r[at+"clv"], r[at+"acquired_value"], r[at+"net_value"], r[at+"ltv_cac_ratio"] = clv, values[i], values[i]-spend, ratio(values[i], spend)
		all = total{all.spend + spend, all.customers + customers, all.value + values[i]}
		if spend > 0 {
			paid = total{paid.spend + spend, paid.customers + customers, paid.value + values[i]}
			more(in, c, i, values[i], r)
		}
	}
	for i, row := range rows {
		at := "channels." + strconv.Itoa(i) + "."
		r[at+"value_share"], r[at+"spend_share"] = ratio(values[i], all.value), ratio(Input(row.(map[string]any)).number("spend", 0), all.spend)
	}
	for name, t := range map[string]total{"paid": paid, "blended": all} {
		r[name+".spend"], r[name+".new_customers"], r[name+".acquired_value"], r[name+".net_value"] = t.spend, t.customers, t.value, t.value-t.spend
		r[name+".clv"], r[name+".cac"] = ratio(t.value, t.customers), ratio(t.spend, t.customers)
	}
	r["ltv_cac_ratio"], r["blended_ratio"] = ratio(paid.value, paid.spend), None
	if all.customers > paid.customers {
		r["blended_ratio"] = ratio(all.value, all.spend)
	}
	r["organic_value_share"] = ratio(all.value-paid.value, all.value)
	return Verdict{Results: r}
}

// more spends the next money in channel i by small steps: each percent of spend brings elasticity percent of customers.
func more(in, c Input, i int, worth float64, r Results) {
	if !c.given("spend_elasticity") && !in.given("spend_elasticity") {
		return
	}
	at, spend := "channels."+strconv.Itoa(i)+".", c.number("spend", 0)
	elasticity := c.number("spend_elasticity", in.number("spend_elasticity", 0))
	next := in.number("next_spend", 0)
	brought := func(next float64) float64 {
		slope := func(s, v float64) float64 { return elasticity * v / s }
		v := worth
		for s, end := spend, spend+next; s < end; {
			h := min(s/100, end-s)
			a := slope(s, v)
			b := slope(s+h/2, v+a*h/2)
			d := slope(s+h/2, v+b*h/2)
			v += h / 6 * (a + 2*b + 2*d + slope(s+h, v+d*h))
			s += h
		}
		return v - worth
	}
	gain := elasticity * worth / spend
	if r[at+"next_value"] = None; in.given("next_spend") {
		gain = brought(next)
		r[at+"next_value"] = gain
	}
	r[at+"marginal_return"] = elasticity * worth / spend
	r[at+"marginal_cac"] = None
	if elasticity > 0 {
		r[at+"marginal_cac"] = r[at+"cac"] / elasticity
	}
	if best := r["best gain"]; best != best || gain > best {
		r["best gain"], r["next_value"], r["next_channel"] = gain, r[at+"next_value"], float64(i+1)
	}
}

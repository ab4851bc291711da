package oracle

import "strconv"

// tiers lives through a customer of each tier, with the churn that it has and with one point less.
func tiers(in Input) Verdict {
	rows := in["tiers"].([]any)
	slow := false
	lived := func(churn, margin float64, years float64) float64 {
		one := Input{"price": 1.0, "gross_margin": 1.0, "churn_rate": churn}
		for _, name := range []string{"period", "annual_discount_rate", "payment_timing", "horizon_periods"} {
			if in.given(name) {
				one[name] = in[name]
			}
		}
		if years > 0 && !in.given("horizon_periods") {
			one["horizon_periods"] = years * float64(perYear(in))
		}
		v := subscription(one)
		slow = slow || v.Slow
		return margin * v.Results["clv"]
	}
	all, costed := 0.0, true
	for _, row := range rows {
		all += Input(row.(map[string]any)).number("new_customers", 0)
	}
	if all <= 0 {
		return Verdict{Refused: true}
	}
	r := Results{"ltv_cac_ratio": None, "average_cac": None, "serve_tier": None}
	var price, margin, service, churn, worth, cost, base float64
	clvs := make([]float64, len(rows))
	shares := make([]float64, len(rows))
	most, extra := 0, 0.0
	for i, row := range rows {
		t, at := Input(row.(map[string]any)), "tiers."+strconv.Itoa(i)+"."
		shares[i] = t.number("new_customers", 0) / all
		m := t.number("price", 0)*t.number("gross_margin", 0) - t.number("service_cost", 0)
		c := t.number("churn_rate", 0)
		clvs[i] = lived(c, m, 0)
		r[at+"clv"], r[at+"margin"], r[at+"customer_share"] = clvs[i], m, shares[i]
		worth += shares[i] * clvs[i]
		price += shares[i] * t.number("price", 0)
		margin += shares[i] * t.number("price", 0) * t.number("gross_margin", 0)
		service += shares[i] * t.number("service_cost", 0)
		churn += shares[i] * c
		if shares[i] > 0 && base >= 0 {
			if base += shares[i] / c; c == 0 {
				base = -1
			}
		}
		cac := t.number("cac", in.number("cac", None))
		r[at+"ltv_cac_ratio"] = None
		r[at+"max_service_cost"] = m + t.number("service_cost", 0)
		if cac == cac {
			r[at+"ltv_cac_ratio"] = ratio(clvs[i], cac)
			if each := lived(c, 1, 0); each > 0 {
				r[at+"max_service_cost"] -= cac / each
			}
			cost += shares[i] * cac
		} else {
			costed = false
		}
		r[at+"one_point_value"], r[at+"extra_service_cost"] = None, None
		if c > 0 {
			less, years := max(0, c-0.01), 0.0
			if less == 0 && in.number("annual_discount_rate", 0) == 0 {
				years = unlimited
			}
			then, now := lived(less, 1, years), lived(c, 1, years)
			r[at+"one_point_value"] = m * (then - now)
			// By halving: the margin that is worth with less churn what today's is worth with today's.
			low, high := 0.0, 1.0
			for range 60 {
				if middle := (low + high) / 2; middle*then < now {
					low = middle
				} else {
					high = middle
				}
			}
			r[at+"extra_service_cost"] = m - m*high
			if x := r[at+"extra_service_cost"]; x > extra+1e-9 {
				extra, r["serve_tier"] = x, float64(i+1)
			}
		}
		if shares[i]*clvs[i] > shares[most]*clvs[most] {
			most = i
		}
	}
	for i, row := range rows {
		at := "tiers." + strconv.Itoa(i) + "."
		r[at+"value_share"], r[at+"base_share"] = ratio(shares[i]*clvs[i], worth), None
		if c := Input(row.(map[string]any)).number("churn_rate", 0); base > 0 && shares[i] > 0 {
			r[at+"base_share"] = shares[i] / c / base
		}
	}
	r["clv"], r["best_tier"] = worth, float64(most+1)
	r["average_figures_clv"] = lived(churn, margin-service, 0)
	if costed {
		r["average_cac"], r["ltv_cac_ratio"] = cost, ratio(worth, cost)
	}
	return Verdict{Results: r, Slow: slow}
}

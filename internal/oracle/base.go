package oracle

import "math"

// netRetention follows the revenue of a base, period by period.
func netRetention(in Input) Verdict {
	start, expansion := in.number("starting_revenue", 1), in.number("expansion", 0)
	lost, fresh := in.number("contraction", 0)+in.number("lost_revenue", 0), in.number("new_revenue", 0)
	if lost > start {
		return Verdict{Refused: true}
	}
	n := perYear(in)
	left := start - lost
	r := Results{"grr": left / start, "nrr": (left + expansion) / start, "ending_revenue": left + expansion + fresh, "net_new_revenue": fresh + expansion - lost,
		"revenue_growth": (fresh + expansion - lost) / start, "new_revenue_needed": max(0, lost-expansion), "break_even_expansion": lost, "quick_ratio": ratio(fresh+expansion, lost),
		"bounded_from_discount_rate": None, "horizon_used_periods": None, "base_value": None, "clv": None}
	year, yearGross := 1.0, 1.0
	for range n {
		year, yearGross = year*r["nrr"], yearGross*r["grr"]
	}
	r["annual_nrr"], r["annual_grr"] = year, yearGross
	d := math.Pow(1+in.number("annual_discount_rate", 0), 1/float64(n)) - 1
	r["discount_rate_per_period"] = d
	expands := int(in.number("expansion_periods", -1))
	last := r["nrr"]
	if expands >= 0 {
		last = r["grr"]
	} else if r["nrr"] > 1 {
		r["bounded_from_discount_rate"] = year - 1
	}
	fall := 1 - last/(1+d)
	counted := int(in.number("horizon_periods", -1))
	if counted < 0 && fall < noFall {
		counted = unlimited * n
	}
	if counted < 0 && fall < tooSlow {
		return Verdict{Slow: true}
	}
	if counted >= 0 {
		r["horizon_used_periods"] = float64(counted)
	}
	sum, revenue := 0.0, 1.0
	for k := 0; k != counted && k < 4_000_000; k++ {
		sum += revenue
		if expands < 0 || k < expands {
			revenue *= r["nrr"] / (1 + d)
		} else {
			revenue *= r["grr"] / (1 + d)
		}
		if counted < 0 && revenue < 1e-17*fall && (expands < 0 || k >= expands) {
			break
		}
	}
	if math.IsInf(sum, 0) || math.IsInf(year, 0) {
		return Verdict{Slow: true} // beyond every number
	}
	r["margin_multiple"] = sum
	if in.given("gross_margin") {
		r["base_value"] = r["ending_revenue"] * in.number("gross_margin", 0) * sum
		if in.given("customers") {
			r["clv"] = start / in.number("customers", 1) * in.number("gross_margin", 0) * sum
		}
	}
	return Verdict{Results: r}
}

// freemium lives through a thousand sign-ups, and then through those that they bring.
func freemium(in Input) Verdict {
	n := perYear(in)
	d := math.Pow(1+in.number("annual_discount_rate", 0), 1/float64(n)) - 1
	u, wait := in.number("conversion", 0), int(in.number("periods_to_conversion", 0))
	c, f, cost, brings := in.number("churn_rate", 0), in.number("free_churn_rate", 0), in.number("free_user_cost", 0), in.number("signups_per_free_user", 0)
	paid := in.number("price", 0) * in.number("gross_margin", 0)
	paying, free := stream{first: 1, churn: c, discount: d}, stream{first: 1, churn: f, discount: d}
	plain := stream{first: 1, churn: f}
	if paying.slow() || free.slow() || plain.slow() {
		return Verdict{Slow: true}
	}
	r := Results{"discount_rate_per_period": d, "horizon_used_periods": None}
	counted := -1
	if paid > 0 && u > 0 && paying.endless() || u < 1 && (cost > 0 || brings > 0) && free.endless() {
		counted = unlimited * n
		r["horizon_used_periods"] = float64(counted)
		wait = min(wait, counted)
	}
	pays := counted
	if counted >= 0 {
		pays = counted - wait
	}
	clv := 0.0
	if paid > 0 {
		if clv = paid * paying.sum(pays); math.IsInf(clv, 1) { // of whom there are none
			clv = paid * paying.sum(unlimited*n)
		}
	}
	before, worth := 0.0, 1.0
	for range wait {
		before += worth
		worth /= 1 + d
	}
	after := free.sum(counted)
	if math.IsInf(after, 1) {
		after = free.sum(unlimited * n)
	}
	periods := u*before + (1-u)*after
	if waits := int(in.number("periods_to_conversion", 0)); waits > wait {
		worth = math.Pow(1+d, -float64(waits))
	}
	r["paying_clv"], r["free_periods"], r["free_cost_per_signup"] = clv, periods, cost*periods
	r["own_signup_value"] = u*worth*clv - cost*periods
	k := brings * periods / (1 + d)
	if math.Abs(k-1) < 1e-3 {
		return Verdict{Slow: true}
	}
	if k > 1 {
		return Verdict{Refused: true}
	}
	chain, born := 0.0, 1.0
	for born > 1e-17 {
		chain += born
		born *= k
	}
	r["signup_value"] = r["own_signup_value"] * chain
	r["referral_value"] = r["signup_value"] - r["own_signup_value"]
	r["free_cost_per_customer"] = ratio(r["free_cost_per_signup"], u)
	if each := brings * (u*float64(wait) + (1-u)*plain.sum(counted)); brings == 0 || u == 1 {
		delete(r, "signups_per_signup")
	} else if math.Abs(each-1) > 1e-6 {
		r["signups_per_signup"], r["signup_multiplier"] = finite(each), None
		if each < 1 {
			r["signup_multiplier"] = 1 / (1 - each)
		}
	}
	r["break_even_conversion"] = None
	if stays := cost * after; stays == 0 {
		r["break_even_conversion"] = 0
	} else if even := stays / (worth*clv + stays - cost*before); even >= 0 && even <= 1 {
		r["break_even_conversion"] = even
	}
	return Verdict{Results: r}
}

// donors follows a thousand donors, those who give, those who lapsed a year ago and those who are lost.
func donors(in Input) Verdict {
	annual, share := in.number("annual_discount_rate", 0), in.number("monthly_share", 0)
	keeps := 1 - in.number("fundraising_cost_rate", 0)
	gifts := in.number("gift", 0) * in.number("gifts_per_year", 1) * keeps
	first, later, back := in.number("first_year_retention", 0), in.number("retention_rate", 0), in.number("reactivation_rate", 0)
	q := (1 + in.number("annual_growth_rate", 0)) / (1 + annual)
	perMonth := math.Pow(1+annual, 1./12) - 1
	monthly := stream{first: in.number("monthly_gift", 0) * keeps, churn: in.number("monthly_churn", 0.02), discount: perMonth}
	falls := func(q float64) float64 { return 1 - q*later - q*q*(1-later)*back }
	slow := func(v float64) bool { return v < 3e-3 && v > noFall/10 }
	if monthly.first > 0 && monthly.slow() || slow(falls(q)) || slow(falls(1)) {
		return Verdict{Slow: true}
	}
	r := Results{"horizon_used_years": None}
	n := -1
	endless := falls(q) < noFall && !(first == 0 && back == 0)
	if gifts > 0 && share < 1 && endless || share > 0 && monthly.first > 0 && monthly.endless() {
		n, r["horizon_used_years"] = unlimited, unlimited
	}
	live := func(first, back, q float64, years int) (sum float64) {
		if years < 0 && gifts == 0 && q != 1 {
			return 0
		}
		giving, lapsed, worth, stays := 1000.0, 0.0, 1.0, first
		for year := 0; year != years && year < 200_000; year++ {
			sum += giving * worth
			giving, lapsed = giving*stays+lapsed*back, giving*(1-stays)
			if worth *= q; years < 0 && (giving+lapsed)*worth < 1e-14 {
				break
			}
			stays = later
		}
		return sum / 1000
	}
	if n < 0 && endless { // of nobody who gives so
		return Verdict{Slow: true}
	}
	r["occasional_donor_value"] = gifts * live(first, back, q, n)
	months := -1
	if n >= 0 {
		months = 12 * n
	}
	if monthly.first == 0 {
		r["monthly_donor_value"] = 0
	} else if months < 0 && monthly.endless() {
		return Verdict{Slow: true}
	} else {
		r["monthly_donor_value"] = monthly.sum(months)
	}
	at := func(first, back float64) float64 { return (1 - share) * gifts * live(first, back, q, n) }
	r["clv"] = at(first, back) + share*r["monthly_donor_value"]
	r["monthly_to_occasional"] = ratio(r["monthly_donor_value"], r["occasional_donor_value"])
	if falls(1) < noFall {
		r["giving_years"] = None
		if n >= 0 || first == 0 && back == 0 {
			r["giving_years"] = live(first, back, 1, max(n, 1))
		}
	} else {
		r["giving_years"] = live(first, back, 1, n)
	}
	if first <= 0.99 {
		r["first_retention_point"] = at(first+0.01, back) - at(first, back)
	}
	if !(falls(q) > noFall && 1-q*later < tooSlow) {
		r["reactivation_value"] = at(first, back) - at(first, 0)
	}
	if falls(q) < noFall && n < 0 {
		r["returning_donor_value"] = gifts * live(later, back, q, unlimited)
	} else {
		r["returning_donor_value"] = gifts * live(later, back, q, n)
	}
	r["max_cac"] = r["clv"] / in.number("target_ratio", 3)
	r["ltv_cac_ratio"], r["first_year_net"], r["payback_years"] = None, None, None
	if in.given("cac") {
		cac := in.number("cac", 0)
		sum := func(years int) float64 {
			return (1-share)*gifts*live(first, back, q, years) + share*monthly.sum(12*years)
		}
		r["ltv_cac_ratio"], r["first_year_net"] = ratio(r["clv"], cac), sum(1)-cac
		if math.Abs(r["clv"]-cac) < 1e-6*max(r["clv"], cac) {
			delete(r, "payback_years")
		}
		for year := 1; year <= 200 && (n < 0 || year <= n); year++ {
			if sum(year) >= cac*(1-1e-12) {
				r["payback_years"] = float64(year)
				break
			}
		}
	}
	return Verdict{Results: r}
}

// app adds up the curve of a spreadsheet's trend line, whose slope is that of all pairs of points, weighted by the square of their distance.
func app(in Input) Verdict {
	days, retained := numbers(in["days"]), numbers(in["retained"])
	trend := func(of func(float64) float64) (a, b float64) {
		over, under, x, y := 0.0, 0.0, 0.0, 0.0
		for i := range days {
			for j := range i {
				dx := math.Log(days[i] / days[j])
				over += dx * (of(retained[i]) - of(retained[j]))
				under += dx * dx
			}
			x += math.Log(days[i])
			y += of(retained[i])
		}
		b = over / under
		return (y - b*x) / float64(len(days)), b
	}
	la, lb := trend(math.Log)
	wa, wb := trend(func(s float64) float64 { return math.Log(-math.Log(s)) })
	if lb >= 0 || wb <= 0 {
		return Verdict{Refused: true}
	}
	power := func(t float64) float64 { return math.Min(1, math.Exp(la)*math.Pow(t, lb)) }
	lambda := math.Exp(-wa / wb)
	weibull := func(t float64) float64 { return math.Exp(-math.Pow(t/lambda, wb)) }
	miss := func(s func(float64) float64) float64 {
		sum := 0.0
		for i, t := range days {
			sum += math.Pow(s(t)-retained[i], 2)
		}
		return math.Sqrt(sum / float64(len(days)))
	}
	r := Results{"power_scale": math.Exp(la), "power_exponent": -lb, "weibull_scale_days": lambda, "weibull_shape": wb, "power_error": miss(power), "weibull_error": miss(weibull)}
	used := power
	r["fit_error"] = r["power_error"]
	best := in.text("curve", "best")
	if best == "best" && math.Abs(r["power_error"]-r["weibull_error"]) < 1e-9 {
		return Verdict{Slow: true} // decided by rounding
	}
	if best == "weibull" || best == "best" && r["weibull_error"] < r["power_error"] {
		used, r["fit_error"] = weibull, r["weibull_error"]
	}
	daily, horizon := in.number("arpdau", 0)*in.number("gross_margin", 1), int(in.number("horizon_days", 365))
	r["payback_day"], r["return_on_cpi"] = None, None
	cpi := in.number("cpi", None)
	sum := 0.0
	for t := range horizon {
		there := 1.0
		if t > 0 {
			there = used(float64(t))
		}
		sum += there
		for name, within := range map[string]int{"value_within_7_days": 7, "value_within_30_days": 30, "value_within_90_days": 90, "value_within_180_days": 180} {
			if t < within {
				r[name] = daily * sum
			}
		}
		if float64(t) <= days[len(days)-1] {
			r["measured_share"] = sum
		}
		if daily*sum >= cpi*(1-1e-12) && math.IsNaN(r["payback_day"]) {
			r["payback_day"] = float64(t)
		}
	}
	r["measured_share"] /= sum
	r["active_days"], r["clv"], r["max_cpi"] = sum, daily*sum, daily*sum/in.number("target_ratio", 1)
	if in.given("cpi") {
		r["return_on_cpi"] = ratio(daily*sum, cpi)
	}
	return Verdict{Results: r}
}

// numbers are a list of a body.
func numbers(list any) (all []float64) {
	for _, v := range list.([]any) {
		all = append(all, v.(float64))
	}
	return all
}

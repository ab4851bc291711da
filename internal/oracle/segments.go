package oracle

import (
	"math"
	"strconv"
)

// equity lives through the customers of each tenure, and through those to come, under the curve that was found.
func equity(in Input) Verdict {
	if !in.given("alpha") {
		return Verdict{Results: Results{}}
	}
	alpha, beta := in.number("alpha", 0), in.number("beta", 0)
	d := math.Pow(1+in.number("annual_discount_rate", 0), 1/float64(perYear(in)))
	horizon := int(in.number("horizon_periods", -1))
	margin, rows := in.number("margin", 0), in["tenures"].([]any)
	all := func(k int) float64 { return 1 - alpha/(alpha+beta+float64(k)) }
	// A customer of age a from now on, payment by payment, within n of them.
	lived := func(stay func(int) float64, age, n int) (sum float64) {
		there, worth := 1.0, 1.0
		for k := 0; k != n && k < 4_000_000; k++ {
			next := there * stay(age+k)
			switch in.text("payment_timing", "start") {
			case "start":
				sum += margin * there * worth
			case "end":
				sum += margin * there * worth / d
			default:
				sum += margin * next * worth / d
			}
			if there, worth = next, worth/d; there*worth < 1e-17 {
				break
			}
		}
		return sum
	}
	r := Results{"discount_rate_per_period": d - 1, "clv": lived(all, 0, horizon), "horizon_used_periods": None, "value_per_customer": None, "break_even_acquired": None, "measured_share": 0}
	if horizon >= 0 {
		r["horizon_used_periods"] = float64(horizon)
	}
	var base, count, gone, lost, risk, within float64
	cohorts := map[float64]*leaving{}
	of, ages := make([]*leaving, len(rows)), make([]int, len(rows))
	pooled := &leaving{}
	for i, row := range rows {
		t := Input(row.(map[string]any))
		number := t.number("cohort", 0)
		if cohorts[number] == nil {
			cohorts[number] = &leaving{}
		}
		of[i], ages[i] = cohorts[number], cohorts[number].rows
		of[i].rows++
		for _, c := range []*leaving{of[i], pooled} {
			c.add(ages[i], t.number("at_risk", 0), t.number("lost", 0))
		}
	}
	lost, risk = pooled.lost, pooled.risk
	for i, row := range rows {
		t, at := Input(row.(map[string]any)), "tenures."+strconv.Itoa(i)+"."
		active, age, stay, tracked := t.number("customers", 0), ages[i], all, pooled.tracked
		if in.text("cohort_curves", "pooled") == "by_cohort" && t.given("cohort") && of[i].tells(in.curveOf(i)) {
			stay, tracked = of[i].stays(in.curveOf(i)), of[i].tracked
		}
		r[at+"residual_clv"] = lived(stay, age, horizon)
		r[at+"tenure_value"] = active * r[at+"residual_clv"]
		r[at+"fitted_retention_rate"] = stay(age)
		r[at+"observed_retention_rate"] = None
		if n := t.number("at_risk", 0); n > 0 {
			r[at+"observed_retention_rate"] = (n - t.number("lost", 0)) / n
		}
		base, count, gone = base+r[at+"tenure_value"], count+active, gone+active*(1-stay(age))
		if age < tracked {
			seen := tracked - age
			if horizon >= 0 {
				seen = min(seen, horizon)
			}
			within += active * lived(stay, age, seen)
		}
	}
	for i := range rows {
		at := "tenures." + strconv.Itoa(i) + "."
		r[at+"value_share"] = ratio(r[at+"tenure_value"], base)
	}
	if count > 0 {
		r["value_per_customer"], r["break_even_acquired"] = base/count, gone
	}
	if base > 0 {
		r["measured_share"] = within / base
	}
	churn := lost / risk
	r["base_value"], r["active_customers"], r["average_churn_rate"] = base, count, churn
	flat := payments(margin, 0, 0, churn, in.number("annual_discount_rate", 0), perYear(in), in.text("payment_timing", "start"))
	r["constant_churn_value"] = count * flat.sum(horizon)
	future, come := 0.0, in.number("acquired_per_period", 0)
	for j := 1; j <= int(in.number("acquisition_periods", 12)); j++ {
		future += come * (r["clv"] - in.number("cac", 0)) * math.Pow(d, -float64(j))
		come += come * in.number("acquisition_growth", 0)
	}
	r["future_value"], r["customer_equity"] = future, base+future
	return Verdict{Results: r}
}

// leaving is what is known of how customers of a cohort left.
type leaving struct {
	rows, tracked, known int // rows so far, up to which tenure and of how many tenures anything is known
	lost, risk           float64
}

func (c *leaving) add(age int, risk, lost float64) {
	c.lost, c.risk = c.lost+lost, c.risk+risk
	if risk > 0 {
		c.tracked, c.known = max(c.tracked, age+1), c.known+1
	}
}

// tells says whether a cohort has a curve of its own: what a search found for it is given, as it is for all.
func (c *leaving) tells(found Input) bool {
	return c.known >= 3 && c.lost >= 10 && found.text("cohort_curve", "pooled") == "by_cohort"
}

// stays is the share of a cohort that stays on, by period: one for all of them where the search found no spread.
func (c *leaving) stays(found Input) func(int) float64 {
	if !found.given("alpha") {
		return func(int) float64 { return 1 - c.lost/c.risk }
	}
	alpha, beta := found.number("alpha", 0), found.number("beta", 0)
	return func(k int) float64 { return 1 - alpha/(alpha+beta+float64(k)) }
}

// curveOf is the curve that a search found for a row.
func (in Input) curveOf(row int) Input {
	found, _ := in["found"].([]any)
	if row >= len(found) {
		return Input{}
	}
	return Input(found[row].(map[string]any))
}

// usage lives through a customer of each segment: what is paid, and what service costs, which does not grow.
func usage(in Input) Verdict {
	rows, n := in["segments"].([]any), perYear(in)
	annual, timing := in.number("annual_discount_rate", 0), in.text("payment_timing", "start")
	all, counted, costed, slow := 0.0, int(in.number("horizon_periods", -1)), true, false
	paying := func(s Input, churn float64) (stream, stream) {
		revenue := s.number("seats", 0)*s.number("seat_price", 0) + s.number("usage", 0)*s.number("usage_price", 0) + s.number("volume", 0)*s.number("take_rate", 0)
		return payments(revenue, 0, s.number("expansion_rate", 0), churn, annual, n, timing), payments(1, 0, 0, churn, annual, n, timing)
	}
	for _, row := range rows {
		all += Input(row.(map[string]any)).number("new_customers", 0)
	}
	if all <= 0 {
		return Verdict{Refused: true}
	}
	for _, row := range rows {
		s := Input(row.(map[string]any))
		pays, there := paying(s, s.number("churn_rate", 0))
		pays.first = 1 // who pays nothing is compared with the others within the same time
		if slow = slow || pays.slow() || there.slow(); counted < 0 && (pays.endless() || there.endless()) {
			counted = unlimited * n
		}
	}
	if slow && counted < 0 {
		return Verdict{Slow: true}
	}
	worth := func(s Input, churn float64, within int) (clv, grown, flat float64) {
		pays, there := paying(s, churn)
		unit := pays
		unit.first = 1
		if within < 0 && (unit.endless() || there.endless()) {
			within = unlimited * n
		}
		if within < 0 && (unit.slow() || there.slow()) {
			slow = true
			return None, None, None
		}
		grown, flat = s.number("gross_margin", 0)*pays.sum(within), there.sum(within)
		return grown - s.number("service_cost", 0)*flat, grown, flat
	}
	r := Results{"ltv_cac_ratio": None, "average_cac": None, "serve_segment": None, "seat_share": None, "usage_share": None, "take_share": None}
	var clv, cost, expansion, revenue, seats, units, take, extra float64
	values, shares, best := make([]float64, len(rows)), make([]float64, len(rows)), 0
	for i, row := range rows {
		s, at := Input(row.(map[string]any)), "segments."+strconv.Itoa(i)+"."
		share, churn := s.number("new_customers", 0)/all, s.number("churn_rate", 0)
		pays, there := paying(s, churn)
		v, grown, flat := worth(s, churn, counted)
		plain := pays
		plain.growth = 0
		there.discount = 0
		r[at+"clv"], r[at+"first_revenue"], r[at+"customer_share"] = v, pays.first, share
		r[at+"margin"] = pays.first*s.number("gross_margin", 0) - s.number("service_cost", 0)
		r[at+"nrr"] = (1 - churn) * (1 + s.number("expansion_rate", 0))
		if there.wait, there.stay = 0, 0; !there.slow() || counted >= 0 {
			r[at+"lifetime_periods"] = finite(there.sum(counted))
		}
		expansion += share * (grown - s.number("gross_margin", 0)*plain.sum(counted))
		cac := s.number("cac", in.number("cac", None))
		r[at+"ltv_cac_ratio"], r[at+"break_even_revenue"], r[at+"max_service_cost"], r[at+"extra_service_cost"] = None, None, 0, None
		must := 0.0
		if cac == cac {
			r[at+"ltv_cac_ratio"], must = ratio(v, cac), cac
			cost += share * cac
		} else {
			costed = false
		}
		if flat > 0 {
			r[at+"max_service_cost"] = (grown - must) / flat
		}
		unit := pays
		unit.first = 1
		if each := s.number("gross_margin", 0) * unit.sum(counted); each > 0 {
			r[at+"break_even_revenue"] = (must + s.number("service_cost", 0)*flat) / each
		}
		if churn > 0 {
			within, less := counted, s
			if pays, there := paying(less, max(0, churn-0.01)); within < 0 {
				pays.first = 1
				if pays.endless() || there.endless() {
					within = unlimited * n
				}
			}
			then, _, fewer := worth(less, max(0, churn-0.01), within)
			now, _, _ := worth(s, churn, within)
			x := (then - now) / fewer
			if r[at+"extra_service_cost"] = x; x > extra+1e-9*max(1, math.Abs(extra)) {
				extra, r["serve_segment"] = x, float64(i+1)
			}
		}
		clv, revenue = clv+share*v, revenue+share*pays.first
		seats += share * s.number("seats", 0) * s.number("seat_price", 0)
		units += share * s.number("usage", 0) * s.number("usage_price", 0)
		take += share * s.number("volume", 0) * s.number("take_rate", 0)
		values[i], shares[i] = v, share
		if share*v > shares[best]*values[best] {
			best = i
		}
	}
	for i := range rows {
		r["segments."+strconv.Itoa(i)+".value_share"] = ratio(shares[i]*values[i], clv)
	}
	r["clv"], r["first_revenue"], r["expansion_value"], r["best_segment"] = clv, revenue, expansion, float64(best+1)
	if revenue > 0 {
		r["seat_share"], r["usage_share"], r["take_share"] = seats/revenue, units/revenue, take/revenue
	}
	if costed {
		r["average_cac"], r["ltv_cac_ratio"] = cost, ratio(clv, cost)
	}
	return Verdict{Results: r, Slow: slow}
}

// mixed lives through one customer, bill by bill and period by period, and then through a base of them in cash.
func mixed(in Input) Verdict {
	n, churn := perYear(in), in.number("churn_rate", 0)
	d := math.Pow(1+in.number("annual_discount_rate", 0), 1/float64(n))
	if plain := payments(1, 0, 0, churn, in.number("annual_discount_rate", 0), n, "start"); plain.slow() {
		return Verdict{Slow: true}
	}
	counted := -1
	if churn+d-1 < noFall {
		counted = unlimited * n
	}
	price, goods := in.number("price", 0), in.number("price", 0)*(1-in.number("gross_margin", 0))
	orders, service := in.number("orders_per_period", 0)*in.number("order_value", 0), in.number("service_cost", 0)
	setup := in.number("setup_fee", 0) - in.number("setup_cost", 0)
	every := int(in.number("billing_periods", 1))
	bill := price * float64(every) * (1 - in.number("prepay_discount", 0))
	// Who is there in each period: those who wanted to leave stay to the end of the time they paid for.
	type part struct{ bills, periods float64 }
	lived := func(every int, paid func(k int, there, worth float64, billed bool) bool) (sum part) {
		there, wants, worth := 1.0, 1.0, 1.0
		for k := 0; k != counted && k < 4_000_000; k++ {
			if billed := k%every == 0; billed {
				there = wants
				sum.bills += there * worth
				if paid != nil && !paid(k, there, worth, true) {
					return
				}
			} else if paid != nil && !paid(k, there, worth, false) {
				return
			}
			sum.periods += there * worth
			wants *= 1 - churn
			if worth /= d; there*worth < 1e-17 || there == 0 {
				break
			}
		}
		return
	}
	margin := in.number("order_margin", 0.5)
	all, each := lived(every, nil), lived(1, nil)
	r := Results{"setup_value": setup, "plan_value": all.bills*bill - all.periods*goods, "orders_value": all.periods * orders * margin, "service_value": -all.periods * service,
		"discounted_periods": all.periods, "discount_rate_per_period": d - 1, "horizon_used_periods": None, "ltv_cac_ratio": None, "payback_periods": None, "break_even_setup_fee": None, "break_even_price": None, "break_even_prepay_discount": None, "cash_positive_period": None}
	if counted >= 0 {
		r["horizon_used_periods"] = float64(counted)
	}
	clv := setup + r["plan_value"] + r["orders_value"] + r["service_value"]
	single := setup + each.bills*price + each.periods*(orders*margin-goods-service)
	r["clv"], r["prepay_gain"] = clv, clv-single
	ahead := func(discount float64) float64 {
		return setup + all.bills*price*float64(every)*(1-discount) + all.periods*(orders*margin-goods-service)
	}
	if in.number("prepay_discount", 0) < 1 && price > 0 {
		if ahead(0)-single < 1e-9*max(1, math.Abs(single)) && ahead(0)-single > -1e-9*max(1, math.Abs(single)) {
			delete(r, "break_even_prepay_discount") // decided by rounding
		} else if ahead(0) > single && ahead(1) <= single {
			r["break_even_prepay_discount"] = zeroOf(func(discount float64) float64 { return ahead(discount) - single })
		}
	}
	cac := in.number("cac", 0)
	if in.given("cac") {
		r["ltv_cac_ratio"] = ratio(clv, cac)
		r["break_even_setup_fee"] = max(0, in.number("setup_fee", 0)+cac-clv)
		if per := all.bills * float64(every) * (1 - in.number("prepay_discount", 0)); per > 0 {
			r["break_even_price"] = max(0, price+(cac-clv)/per)
		}
		sum := setup
		last := 2400
		if counted >= 0 {
			last = counted
		}
		lived(every, func(k int, there, worth float64, billed bool) bool {
			if k >= last {
				return false
			}
			if billed {
				sum += there * worth * bill
			}
			if sum += there * worth * (orders*margin - goods - service); sum >= cac {
				r["payback_periods"] = float64(k)
				return false
			}
			return true
		})
		if math.Abs(clv-cac) < 1e-6*max(clv, cac) {
			delete(r, "payback_periods")
		}
	}
	// The base: customers of each period's start, followed one start after the other.
	plan := int(in.number("plan_periods", 36))
	cash := func(every int, bill float64) []float64 {
		flow := make([]float64, plan)
		come := in.number("new_customers_per_period", 10)
		for start := range plan {
			flow[start] += come*(setup-cac) - in.number("fixed_cost_per_period", 0)
			wants, there := come, come
			for k := start; k < plan; k++ {
				if (k-start)%every == 0 {
					there = wants
					flow[k] += there * bill
				}
				flow[k] += there * (orders*margin - goods - service)
				wants *= 1 - churn
			}
			come += come * in.number("acquisition_growth", 0)
		}
		for k := 1; k < plan; k++ {
			flow[k] += flow[k-1]
		}
		return flow
	}
	so := cash(every, bill)
	size := 0.0
	r["cash_trough"], r["trough_period"], r["trough_without_prepay"] = 0, 1, 0
	for k, sum := range so {
		size = max(size, math.Abs(sum))
		if sum < r["cash_trough"] {
			r["cash_trough"], r["trough_period"] = sum, float64(k+1)
		}
		if sum < 0 {
			r["cash_positive_period"] = None
		} else if math.IsNaN(r["cash_positive_period"]) {
			r["cash_positive_period"] = float64(k + 1)
		}
	}
	near := 0
	for _, sum := range so {
		if math.Abs(sum-r["cash_trough"]) < 1e-9*max(1, size) {
			near++
		}
		if math.Abs(sum) < 1e-9*max(1, size) {
			delete(r, "cash_positive_period") // decided by rounding
		}
	}
	if near != 1 {
		delete(r, "trough_period")
	}
	for _, sum := range cash(1, price) {
		r["trough_without_prepay"] = min(r["trough_without_prepay"], sum)
	}
	r["end_cash"] = so[plan-1]
	return Verdict{Results: r}
}

// satisfaction lives through a customer of each group, and counts whom they bring.
func satisfaction(in Input) Verdict {
	rows, n := in["groups"].([]any), perYear(in)
	all, counted := 0.0, int(in.number("horizon_periods", -1))
	lives := make([]stream, 3)
	for i, row := range rows {
		g := Input(row.(map[string]any))
		all += g.number("answers", 0)
		lives[i] = payments(1, 0, 0, g.number("churn_rate", 0), in.number("annual_discount_rate", 0), n, "start")
	}
	if all <= 0 {
		return Verdict{Refused: true}
	}
	for _, s := range lives {
		if counted < 0 && s.endless() {
			counted = unlimited * n
		}
	}
	for _, s := range lives {
		if plain := (stream{first: 1, churn: s.churn}); counted < 0 && (s.slow() || plain.slow()) {
			return Verdict{Slow: true}
		}
	}
	r := Results{"discount_rate_per_period": lives[0].discount, "horizon_used_periods": None, "nps_point_total": None, "detractor_cost_total": None, "loop_net": None, "break_even_recovered": None}
	if counted >= 0 {
		r["horizon_used_periods"] = float64(counted)
	}
	own, periods := make([]float64, 3), make([]float64, 3)
	mean := 0.0
	for i, row := range rows {
		g, at := Input(row.(map[string]any)), "groups."+strconv.Itoa(i)+"."
		periods[i] = lives[i].sum(counted)
		own[i] = (g.number("spend", 0)*in.number("gross_margin", 0) - g.number("service_cost", 0)) * periods[i]
		share := g.number("answers", 0) / all
		r[at+"answer_share"], r[at+"own_value"] = share, own[i]
		r[at+"lifetime_periods"] = finite(stream{first: 1, churn: lives[i].churn}.sum(counted))
		mean += share * own[i]
	}
	each := in.number("referred_value", max(0, mean))
	worth, clv := make([]float64, 3), 0.0
	for i, row := range rows {
		g, at := Input(row.(map[string]any)), "groups."+strconv.Itoa(i)+"."
		brought := g.number("referrals", 0) * periods[i] * each
		worth[i] = own[i] + brought
		r[at+"clv"], r[at+"referral_value"] = worth[i], brought
		r[at+"max_service_cost"] = g.number("spend", 0)*in.number("gross_margin", 0) + g.number("referrals", 0)*each
		clv += g.number("answers", 0) / all * worth[i]
	}
	for i := range rows {
		at := "groups." + strconv.Itoa(i) + "."
		r[at+"value_share"] = ratio(r[at+"answer_share"]*worth[i], clv)
	}
	r["clv"], r["referred_value_used"] = clv, each
	r["nps"] = 100*r["groups.0.answer_share"] - 100*r["groups.2.answer_share"]
	up := worth[1] - worth[2]
	r["detractor_to_passive"], r["passive_to_promoter"], r["detractor_to_promoter"] = up, worth[0]-worth[1], worth[0]-worth[2]
	// Of 200 customers one turns from the worst into the best.
	r["nps_point_value"] = (worth[0] - worth[2]) / 200
	if in.given("customer_count") {
		r["nps_point_total"] = in.number("customer_count", 0) * r["nps_point_value"]
		r["detractor_cost_total"] = in.number("customer_count", 0) * r["groups.2.answer_share"] * up
	}
	recovered := in.number("recovered_share", 0.2)
	r["max_loop_cost"] = max(0, recovered*up)
	if in.given("loop_cost") {
		r["loop_net"] = recovered*up - in.number("loop_cost", 0)
		if up > 0 && in.number("loop_cost", 0) <= up {
			r["break_even_recovered"] = in.number("loop_cost", 0) / up
		}
	}
	return Verdict{Results: r}
}

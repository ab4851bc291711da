// Package oracle is a second implementation of every closed form, from first principles: customers are lived through period
// by period, payments are added up one by one, friends are counted generation by generation. It imports nothing of the
// engine and knows no geometric sum. Its test puts the same requests to the API and compares.
package oracle

import "math"

// An Input is the body of a request.
type Input map[string]any

// number is a figure of the input, or what stands for one left out.
func (in Input) number(name string, otherwise float64) float64 {
	if v, ok := in[name].(float64); ok {
		return v
	}
	return otherwise
}

func (in Input) text(name, otherwise string) string {
	if v, ok := in[name].(string); ok {
		return v
	}
	return otherwise
}

// Fixed tells whether there is a fixed cost, which customers have to share.
func (in Input) Fixed() bool { return in.number("fixed_cost", 0) > 0 }

func (in Input) given(name string) bool { return in[name] != nil }

// None is a result that does not exist: null on the wire.
var None = math.NaN()

// Results are what a calculation must say, by the names of its fields; a member of a group goes by group.member.
type Results map[string]float64

// A Verdict is what the oracle knows of an input.
type Verdict struct {
	Results
	Refused bool // a chain of customers or a sum that has no limit even after discounting, or is too large for a number, which is refused
	Slow    bool // it would take too many periods to see
}

// Calculations are all closed forms by their names in the API.
var Calculations = map[string]func(Input) Verdict{
	"average": average, "totals": totals, "subscription": subscription, "retention": retention, "repeat-purchase": repeatPurchase,
	"annual-plan": annualPlan, "retention-curve": retentionCurve, "churn-interval": churnInterval, "hourglass": hourglass,
	"onboarding": onboarding, "service": oneLever, "personalisation": oneLever, "loyalty-programme": oneLever, "upsell": oneLever,
	"cross-sell": oneLever, "referral": oneLever, "sales-cycle": oneLever, "growth-plan": growthPlan,
	"acquisition-retention": acquisitionRetention, "reconcile": reconcile,
	"channels": channels, "price-tiers": tiers,
	"adoption": adoption, "support": support, "order-value": orderValue, "first-deal": firstDeal, "tenure-rewards": tenureRewards, "reward-points": rewardPoints,
	"releases": releases, "upsell-or-cross-sell": offers, "activation": activation, "goal": goal,
	"net-retention": netRetention, "freemium": freemium, "app": app, "donors": donors,
	"margin": margin, "acquisition-cost": acquisitionCost, "ad-budget": adBudget, "price-change": priceChange,
	"customer-equity": equity, "usage": usage, "mixed": mixed, "satisfaction": satisfaction,
}

// perYear is how many periods a year has.
func perYear(in Input) int {
	return map[string]int{"day": 365, "week": 52, "month": 12, "quarter": 4, "year": 1}[in.text("period", "month")]
}

// years within which is counted what has no limit.
const unlimited = 5

// tooSlow is a fall from one period to the next, of what is still to come, that takes too long to see the end of; noFall is
// taken for none.
const tooSlow, noFall = 3e-5, 1e-9

// A stream is what somebody pays period by period.
type stream struct {
	first, step, growth, churn, discount float64  // discount per period
	wait, stay                           float64  // periods until the first payment, and how many of them must be survived
	early                                *float64 // churn of the first period, where it is another
}

// next is the share of those there in period k that are there in the next.
func (s stream) next(k int) float64 {
	if k == 0 && s.early != nil {
		return 1 - *s.early
	}
	return 1 - s.churn
}

func payments(first, step, growth, churn, annual float64, n int, timing string) stream {
	s := stream{first: first, step: step, growth: growth, churn: churn, discount: math.Pow(1+annual, 1/float64(n)) - 1}
	switch timing {
	case "end":
		s.wait = 1
	case "after_renewal":
		s.wait, s.stay = 1, 1
	}
	return s
}

// fall is by how much what is paid becomes less from one period to the next, in the long run.
func (s stream) fall() float64 {
	q, fall := (1-s.churn)/(1+s.discount), 1.0
	if s.early != nil && *s.early == 1 {
		return fall // nobody is there for a second payment
	}
	if s.first > 0 {
		fall = min(fall, 1-q*(1+s.growth))
	}
	if s.step > 0 {
		fall = min(fall, 1-q)
	}
	return fall
}

func (s stream) slow() bool { f := s.fall(); return f > noFall/10 && f < tooSlow }

func (s stream) endless() bool { return s.fall() < noFall }

// each calls f with one payment after another, until it says stop.
func (s stream) each(f func(k int, payment float64) bool) {
	there, grown := math.Pow(1+s.discount, -s.wait), s.first
	if s.stay == 1 { // a payment is by those who are there one period later
		there *= s.next(0)
	}
	grown *= there
	for k := 0; f(k, grown+there*s.step*float64(k)); k++ {
		q := s.next(k+int(s.stay)) / (1 + s.discount)
		there *= q
		grown *= q * (1 + s.growth)
	}
}

// sum adds up the first n payments, or all.
func (s stream) sum(n int) (sum float64) {
	if n < 0 && s.endless() {
		return math.Inf(1)
	}
	fall, small := s.fall(), 0
	s.each(func(k int, payment float64) bool {
		if k == n {
			return false
		}
		sum += payment
		if small++; payment > 1e-13*sum*fall {
			small = 0
		}
		return n >= 0 || small < 200
	})
	return sum
}

// earnsBack is after how many payments, in parts of the last, cost has come in.
func (s stream) earnsBack(cost float64, n int) (periods float64) {
	periods = None
	sum := 0.0
	s.each(func(k int, payment float64) bool {
		switch {
		case k == n:
			return false
		case sum+payment >= cost:
			periods = float64(k)
			if payment > 0 {
				periods += max(0, cost-sum) / payment
			}
			return false
		}
		sum += payment
		return true
	})
	return periods
}

// finite is v where it is a number.
func finite(v float64) float64 {
	if math.IsInf(v, 0) {
		return None
	}
	return v
}

func ratio(a, b float64) float64 {
	if b > 0 {
		return a / b
	}
	return None
}

func average(in Input) Verdict {
	year := in.number("order_value", 0) * in.number("orders_per_year", 0)
	paid := year * in.number("lifespan_years", 0)
	if in.number("orders_per_year", 0)*in.number("lifespan_years", 0) > manyOrders {
		return Verdict{Slow: true}
	}
	r := ordered(in, in.number("order_value", 0)*in.number("gross_margin", 0), in.number("orders_per_year", 0), in.number("lifespan_years", 0))
	r["customer_value"], r["revenue_ltv"] = year, paid
	return Verdict{Results: r}
}

// manyOrders are too many to live through.
const manyOrders = 1e5

// ordered lives through a customer's orders, of which each leaves margin: the first at once, the others as far apart as a year
// has of them, the last counted in part.
func ordered(in Input, margin, perYear, years float64) Results {
	r := Results{"first_sale_profit": None, "break_even_order": None, "payback_days": None, "ltv_cac_ratio": None}
	cac, all, worth := in.number("cac", None), perYear*years, 1/(1+in.number("annual_discount_rate", 0))
	within := map[string]float64{"value_within_30_days": 30, "value_within_90_days": 90, "value_within_180_days": 180, "value_within_365_days": 365}
	for name := range within {
		r[name] = 0
	}
	sum, counted := 0.0, 0.0
	for k := 0.0; k < all; k++ {
		day := 0.0
		if k > 0 {
			day = k * 365 / perYear
		}
		order := min(1, all-k) * math.Pow(worth, day/365)
		counted += order
		payment := margin * order
		sum += payment
		for name, days := range within {
			if day < days*(1-1e-12)-1e-9 || k == 0 {
				r[name] += payment
			}
		}
		if sum >= cac*(1-1e-12) && math.IsNaN(r["break_even_order"]) {
			r["break_even_order"], r["payback_days"] = k+1, day
		}
	}
	r["discounted_orders"] = counted
	r["clv"], r["max_cac"] = sum, sum/in.number("target_ratio", 3)
	if in.given("cac") {
		r["ltv_cac_ratio"], r["first_sale_profit"] = ratio(sum, cac), margin-cac
		if cac == 0 {
			r["break_even_order"], r["payback_days"] = 1, 0
		}
		if math.Abs(sum-cac) < 1e-9*cac {
			delete(r, "break_even_order") // decided by rounding
			delete(r, "payback_days")
		}
	}
	return r
}

func totals(in Input) Verdict {
	orders, customers := in.number("orders", 0), in.number("customers", 0)
	value, each, years := in.number("revenue", 0)/orders, orders/customers, in.number("total_lifespan_years", 0)/customers
	if each*years > manyOrders {
		return Verdict{Slow: true}
	}
	r := ordered(in, value*in.number("gross_margin", 0), each, years)
	r["order_value"], r["orders_per_customer"], r["lifespan_years"] = value, each, years
	return Verdict{Results: r}
}

func subscription(in Input) Verdict {
	n := perYear(in)
	margin, churn := in.number("gross_margin", 0), in.number("churn_rate", 0)
	s := payments(in.number("price", 0), in.number("growth_per_period", 0), in.number("growth_rate", 0), churn, in.number("annual_discount_rate", 0), n, in.text("payment_timing", "start"))
	if early, ok := in["first_period_churn"].(float64); ok {
		s.early = &early
	}
	plain, stays := s, stream{first: 1, churn: churn, early: s.early}
	plain.discount = 0
	if !in.given("horizon_periods") && (s.slow() || plain.slow() || stays.slow()) {
		return Verdict{Slow: true}
	}
	counted := -1
	r := Results{"horizon_used_periods": None}
	switch {
	case in.given("horizon_periods"):
		counted = int(in.number("horizon_periods", 0))
	case s.endless():
		counted = unlimited * n
	}
	if counted >= 0 {
		r["horizon_used_periods"] = float64(counted)
	}
	clv := margin * s.sum(counted)
	if counted >= 0 && math.IsInf(clv+plain.sum(counted), 0) {
		return Verdict{Refused: true} // what doubles every day is beyond every number within five years
	}
	r["clv"], r["revenue_ltv"] = clv, finite(plain.sum(counted))
	r["undiscounted_clv"] = r["revenue_ltv"] * margin
	r["lifetime_periods"] = finite(stays.sum(counted))
	against(in, r, s, margin, clv, counted, n)
	r["margin_multiple"] = ratio(clv, margin*s.first)
	r["discount_rate_per_period"] = s.discount
	r["second_payment_factor"], r["value_per_trial"], r["value_per_visitor"], r["break_even_trial_conversion"] = None, None, None, None
	if s.early != nil {
		r["second_payment_factor"] = s.next(int(s.stay)) / (1 + s.discount)
	}
	if cost := in.number("trial_cost", 0); in.given("trial_conversion") { // a thousand trials, of which so many pay
		paying := 1000 * in.number("trial_conversion", 0)
		r["value_per_trial"] = (paying*clv - 1000*cost) / 1000
		r["value_per_visitor"] = in.number("trial_start_rate", None) * r["value_per_trial"]
		if needed := ratio(cost, clv); needed <= 1 {
			r["break_even_trial_conversion"] = needed
		}
	}
	r["timing_factor"] = math.Pow(s.next(0), s.stay) * math.Pow(1+s.discount, -s.wait)
	return Verdict{Results: r}
}

// against sets what a stream is worth, margin of each payment and n of them a year, against the cost of acquisition. counted is how many
// payments count, -1 for all.
func against(in Input, r Results, s stream, margin, clv float64, counted, n int) {
	r["max_cac"] = clv / in.number("target_ratio", 3)
	for name, years := range map[string]int{"value_within_12_months": 1, "value_within_36_months": 3, "value_within_60_months": 5} {
		within := years * n
		if counted >= 0 {
			within = min(within, counted)
		}
		r[name] = margin * s.sum(within)
	}
	r["ltv_cac_ratio"], r["simple_payback_periods"], r["payback_periods"] = None, None, None
	if !in.given("cac") {
		return
	}
	cac := in.number("cac", 0)
	r["ltv_cac_ratio"], r["simple_payback_periods"] = ratio(clv, cac), ratio(cac, margin*s.first)
	if math.Abs(clv-cac) < 1e-6*max(clv, cac) {
		delete(r, "payback_periods") // decided by rounding
		return
	}
	earning := s
	earning.first, earning.step = margin*s.first, margin*s.step
	most := 2400
	if counted >= 0 {
		most = counted
	}
	r["payback_periods"] = earning.earnsBack(cac, most)
}

func retention(in Input) Verdict {
	s := payments(1, 0, in.number("annual_growth_rate", 0), 1-in.number("retention_rate", 0), in.number("annual_discount_rate", 0), 1, in.text("payment_timing", "after_renewal"))
	stays := stream{first: 1, churn: s.churn}
	if s.slow() || stays.slow() {
		return Verdict{Slow: true}
	}
	counted, r := -1, Results{"horizon_used_years": None}
	if s.endless() {
		counted, r["horizon_used_years"] = unlimited, unlimited
	}
	r["margin_multiple"] = s.sum(counted)
	r["clv"] = in.number("margin", 0) * r["margin_multiple"]
	against(in, r, s, in.number("margin", 0), r["clv"], counted, 1)
	r["lifetime_years"] = finite(stays.sum(counted))
	r["timing_factor"] = math.Pow(1-s.churn, s.stay) * math.Pow(1+s.discount, -s.wait)
	return Verdict{Results: r}
}

func annualPlan(in Input) Verdict {
	price, months, d := in.number("monthly_price", 0), in.number("average_months", 1), in.number("annual_discount_rate", 0)
	margin, discount := in.number("gross_margin", 0), in.number("plan_discount", 0)
	renewal := 1.0
	for range 12 {
		renewal *= 1 - 1/months
	}
	renewal = in.number("annual_renewal_rate", renewal)
	monthly, yearly := payments(price, 0, 0, 1/months, d, 12, "start"), payments(12*price, 0, 0, 1-renewal, d, 1, "start")
	unpaid := yearly
	unpaid.first = 1 // a plan for nothing has no limit either
	if monthly.slow() || unpaid.slow() {
		return Verdict{Slow: true}
	}
	counted, r := -1, Results{"horizon_used_years": None, "renewal_assumed": renewal}
	if monthly.endless() || yearly.endless() {
		counted, r["horizon_used_years"] = unlimited, unlimited
	}
	asMonths := -1
	if counted >= 0 {
		asMonths = 12 * counted
	}
	was, is := margin*monthly.sum(asMonths), (margin-discount)*yearly.sum(counted)
	r["monthly_clv"], r["annual_clv"], r["uplift"] = was, is, is-was
	r["blended_clv"] = was + in.number("reach", 1)*(is-was)
	return Verdict{Results: r}
}

func repeatPurchase(in Input) Verdict {
	interval, years := in.number("purchase_interval_days", 1), in.number("relationship_years", 0)
	back, d := in.number("repurchase_probability", 1), in.number("annual_discount_rate", 0)
	margin := in.number("spend", 0) * in.number("gross_margin", 0)
	first, repeat := in.number("first_sale_cost", 0), in.number("repeat_sale_cost", 0)
	r := Results{"break_even_purchase": None, "first_sale_profit": margin - first, "new_to_repeat_cost_ratio": ratio(first, repeat),
		"return_factor": back * math.Pow(1+d, -interval/365)}
	sum, bought, there, n := 0.0, 0.0, 1.0, 0
	for ; n == 0 || float64(n)*interval < years*365*(1-1e-12)-1e-9*interval; n++ {
		profit := margin - repeat
		if n == 0 {
			profit = margin - first
		}
		sum += there * profit * math.Pow(1+d, -float64(n)*interval/365)
		bought += there
		if there *= back; sum >= 0 && math.IsNaN(r["break_even_purchase"]) {
			r["break_even_purchase"] = float64(n + 1)
		}
	}
	r["clv"], r["purchases"], r["possible_purchases"] = sum, bought, float64(n)
	return Verdict{Results: r}
}

// zero finds by halving where f changes its sign between a and b.
func zero(f func(float64) float64, a, b float64) float64 {
	falls := f(a) > 0
	for range 200 {
		if m := (a + b) / 2; (f(m) > 0) == falls {
			a = m
		} else {
			b = m
		}
	}
	return (a + b) / 2
}

// churnEnds are the ends of the 95% interval of k lost of n, by their definitions: Wilson's are the churns from which the
// share lost is 1.96 standard errors away; with few lost the lower one is the mean with which so many are seen with a chance
// of 5%, and likewise with few left.
func churnEnds(k, n float64) (low, high float64) {
	const z = 1.959963984540054
	away := func(c float64) float64 { return math.Abs(k/n-c) - z*math.Sqrt(c*(1-c)/n) }
	if k > 0 {
		low = zero(away, 0, k/n)
	}
	if high = 1; k < n {
		high = zero(away, k/n, 1)
	}
	few := 3.0
	if n <= 50 {
		few = 2
	}
	rare := func(k float64) float64 { // λ with P(k or more) = 5%
		return zero(func(mean float64) float64 {
			fewer, term := 0.0, math.Exp(-mean)
			for i := 0.0; i < k; i++ {
				fewer += term
				term *= mean / (i + 1)
			}
			return 1 - fewer - 0.05
		}, 0, 20)
	}
	if k > 0 && k <= few {
		low = min(low, rare(k)/n)
	}
	if left := n - k; left > 0 && left <= few {
		high = max(high, 1-rare(left)/n)
	}
	return low, high
}

func churnInterval(in Input) Verdict {
	lost, customers := in.number("lost", 0), in.number("customers", 1)
	low, high := churnEnds(lost, customers)
	at := func(churn float64, horizon float64) Verdict {
		with := Input{}
		for name, v := range in {
			with[name] = v
		}
		with["churn_rate"] = churn
		if horizon == horizon {
			with["horizon_periods"] = horizon
		}
		if !in.given("price") { // nothing is paid, so that there is nothing to count within a horizon
			for _, name := range []string{"cac", "growth_per_period", "growth_rate", "annual_discount_rate"} {
				delete(with, name)
			}
		}
		return subscription(with)
	}
	middle, best := at(lost/customers, None), at(low, None)
	if middle.Slow || best.Slow {
		return Verdict{Slow: true}
	}
	worst := at(high, middle.Results["horizon_used_periods"])
	if worst.Slow {
		return worst
	}
	r := Results{"churn_rate": lost / customers, "churn_lower": low, "churn_upper": high, "customers_needed": None,
		"clv_upper": None, "ltv_cac_upper": None, "lifetime_upper": None, "clv_lower": worst.Results["clv"], "lifetime_lower": worst.Results["lifetime_periods"], "ltv_cac_lower": worst.Results["ltv_cac_ratio"]}
	for _, name := range []string{"clv", "lifetime_periods", "ltv_cac_ratio", "max_cac", "horizon_used_periods"} {
		r[name] = middle.Results[name]
	}
	if in.given("horizon_periods") || math.IsNaN(best.Results["horizon_used_periods"]) {
		r["clv_upper"], r["ltv_cac_upper"], r["lifetime_upper"] = best.Results["clv"], best.Results["ltv_cac_ratio"], best.Results["lifetime_periods"]
	} else if low > 0 {
		delete(r, "lifetime_upper") // of a value without a limit; it may have one
	}
	if lost > 0 {
		c := lost / customers
		r["customers_needed"] = math.Ceil(zero(func(n float64) float64 { return 1.959963984540054*math.Sqrt(c*(1-c)/n) - 0.1*c }, 0, 1e12))
		delete(r, "customers_needed") // a whole number, on which rounding decides; its neighbours are held by the unit test
	}
	if !in.given("price") {
		for _, name := range []string{"clv", "clv_lower", "clv_upper", "max_cac"} {
			r[name] = None
		}
	}
	return Verdict{Results: r}
}

// retentionCurve cannot know the fit: it takes alpha and beta from the answer, see Curve.
func retentionCurve(in Input) Verdict {
	if !in.given("alpha") {
		return Verdict{Results: Results{}}
	}
	alpha, beta := in.number("alpha", 0), in.number("beta", 0)
	n := perYear(in)
	d := math.Pow(1+in.number("annual_discount_rate", 0), 1/float64(n))
	horizon := int(in.number("horizon_periods", -1))
	there, worth, sum, stay, half := 1.0, 1.0, 0.0, 0.0, None
	for k := 0; k != horizon && k < 4_000_000; k++ {
		next := there * (1 - alpha/(alpha+beta+float64(k)))
		switch in.text("payment_timing", "start") {
		case "start":
			sum += there * worth
		case "end":
			sum += there * worth / d
		default:
			sum += next * worth / d
		}
		stay += there
		if there, worth = next, worth/d; horizon < 0 && there*worth < 1e-17 {
			break
		}
	}
	for k, s := 0, 1.0; k < 2400; k++ {
		if s <= 0.5 {
			half = float64(k)
			break
		}
		s *= 1 - alpha/(alpha+beta+float64(k))
	}
	r := Results{"margin_multiple": sum, "clv": in.number("margin", 0) * sum, "discount_rate_per_period": d - 1, "median_lifetime": half}
	if !in.given("margin") {
		r["clv"] = None
	}
	if horizon >= 0 {
		r["expected_lifetime"], r["horizon_used_periods"] = stay, float64(horizon)
	}
	return Verdict{Results: r}
}

// Likelihood is the logarithm of the chance of survivors under alpha and beta, but for a constant.
func Likelihood(survivors []float64, alpha, beta float64) (sum float64) {
	there := 1.0
	for k := range len(survivors) - 1 {
		leave := there * alpha / (alpha + beta + float64(k))
		sum += (survivors[k] - survivors[k+1]) * math.Log(leave)
		there -= leave
	}
	return sum + survivors[len(survivors)-1]*math.Log(there)
}

func reconcile(in Input) Verdict {
	n := perYear(in)
	price, margin, churn, annual := in.number("price", 0), in.number("gross_margin", 0), in.number("churn_rate", 1), in.number("annual_discount_rate", 0)
	rise := in.number("growth_per_period", 0)
	plain := payments(price, 0, 0, churn, 0, n, "start")
	growing := payments(price, rise, 0, churn, annual, n, "start")
	if plain.slow() || growing.slow() {
		return Verdict{Slow: true}
	}
	undiscounted := growing
	undiscounted.discount = 0
	all := func(timing string) float64 { return margin * payments(price, 0, 0, churn, annual, n, timing).sum(-1) }
	lifespan := in.number("lifespan_periods", stream{first: 1, churn: churn}.sum(-1))
	r := Results{
		"formulas.revenue_lifespan": price * lifespan, "formulas.margin_lifespan": price * lifespan * margin,
		"formulas.revenue_churn": plain.sum(-1), "formulas.margin_churn": margin * plain.sum(-1),
		"formulas.discounted_start": all("start"), "formulas.discounted_end": all("end"), "formulas.discounted_after_renewal": all("after_renewal"),
		"formulas.growth_undiscounted": margin * undiscounted.sum(-1), "formulas.growth_discounted": margin * growing.sum(-1),
		"naive": price * lifespan, "discount_rate_per_period": growing.discount, "formulas.growth_skok": None,
	}
	timed := payments(price, rise, 0, churn, annual, n, in.text("payment_timing", "start"))
	r["timing_factor"] = math.Pow(1-churn, timed.stay) * math.Pow(1+timed.discount, -timed.wait)
	r["clv"] = margin * timed.sum(-1)
	r["times_over"] = ratio(r["naive"], r["clv"])
	if annual < 1 {
		cut := math.Pow(1-annual, 1/float64(n)) // Skok's later money is multiplied by this
		skok := stream{first: price, step: rise, churn: churn, discount: 1/cut - 1}
		r["formulas.growth_skok"] = margin * skok.sum(-1)
	}
	r["bridge.naive"], r["bridge.value"] = r["naive"], r["clv"]
	r["bridge.margin_step"] = r["formulas.margin_lifespan"] - r["formulas.revenue_lifespan"]
	r["bridge.lifespan_step"] = r["formulas.margin_churn"] - r["formulas.margin_lifespan"]
	r["bridge.growth_step"] = r["formulas.growth_undiscounted"] - r["formulas.margin_churn"]
	r["bridge.discount_step"] = r["formulas.growth_discounted"] - r["formulas.growth_undiscounted"]
	r["bridge.timing_step"] = r["clv"] - r["formulas.growth_discounted"]
	if second := in.number("second_period_churn", None); second == second {
		sum := second / (churn - second)
		d, there, worth, slowing := 1+growing.discount, 1.0, 1.0, 0.0
		if d < 1.001 {
			return Verdict{Results: r}
		}
		for k := 0; there*worth > 1e-17; k++ {
			slowing += there * worth
			there *= 1 - churn*sum/(sum+float64(k))
			worth /= d
		}
		r["formulas.shifted_beta_geometric"] = price * margin * slowing
	} else {
		r["formulas.shifted_beta_geometric"] = None
	}
	return Verdict{Results: r}
}

func acquisitionRetention(in Input) Verdict {
	m, d := in.number("margin", 0), in.number("annual_discount_rate", 0)
	won, kept := in.number("acquisition_rate", 0), in.number("retention_rate", 0)
	spendA, spendR, prospects := in.number("spend_per_prospect", 0), in.number("spend_per_customer", 0), in.number("prospects", None)
	lives := func(keep, spend float64) (value, cost float64) {
		value = m
		there, worth := 1.0, 1.0
		for year := 1; there*worth > 1e-17 && year < 1e7; year++ {
			worth /= 1 + d
			value += worth * (there*keep*m - there*spend)
			cost += worth * there * spend
			there *= keep
		}
		return value, cost
	}
	if 1-kept/(1+d) < tooSlow {
		return Verdict{Slow: true}
	}
	clv, cost := lives(kept, spendR)
	rate := func(ceiling, rate, spend float64) func(float64) float64 { // of a spend
		return func(x float64) float64 { return ceiling * (1 - math.Pow(1-rate/ceiling, x/spend)) }
	}
	win, keep := rate(in.number("acquisition_ceiling", 1), won, spendA), rate(in.number("retention_ceiling", 1), kept, spendR)
	r := Results{"clv": clv, "new_sale_cost": spendA / won, "repeat_sale_cost": spendR / kept, "new_to_repeat_cost_ratio": spendA / won / (spendR / kept),
		"repeat_likelihood_ratio": kept / won, "budget": prospects * (spendA + won*cost),
		"today.customer_equity": prospects * (won*clv - spendA), "today.spend_per_prospect": spendA, "today.spend_per_customer": spendR,
		"today.acquisition_rate": won, "today.retention_rate": kept, "today.acquisition_share": spendA / (spendA + won*cost)}
	step := spendA * 1e-4
	r["acquisition_return"] = (win(spendA+step) - win(spendA-step)) / (2 * step) * clv
	step = spendR * 1e-4
	// What is kept more by a unit more, over what that unit costs, discounted.
	more, moreCost := lives(keep(spendR+step), spendR+step)
	less, lessCost := lives(keep(spendR-step), spendR-step)
	r["retention_return"] = (more + moreCost - less - lessCost) / (moreCost - lessCost)
	return Verdict{Results: r}
}

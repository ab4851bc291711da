package oracle_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"hourglass/core/catalogue"
	"hourglass/functions/api"
	"hourglass/functions/api/wire"
	"hourglass/internal/oracle"
)

// tries is how many inputs each closed form is tried on; those that the oracle cannot see the end of do not count.
const tries = 200

type draw struct{ *rand.Rand }

// of is one of the edges, or a value of between.
func (r draw) of(between float64, edges ...float64) float64 {
	if i := r.IntN(2 * (len(edges) + 1)); i < len(edges) {
		return edges[i]
	}
	return between
}

func (r draw) money() float64 {
	return r.of(200*r.Float64(), 0, 100, 0.01, 1e9)
}

func (r draw) share() float64 { return r.of(r.Float64(), 0, 1) }

func (r draw) word(words ...string) string { return words[r.IntN(len(words))] }

func (r draw) annual() float64 { return r.of(0.02+r.Float64(), 0, 0, 0.1, 10) }

// put sets a figure, sometimes not.
func (r draw) put(in oracle.Input, name string, v float64) {
	if r.IntN(4) > 0 {
		in[name] = v
	}
}

// leave leaves out, now and then, what only some of the results need.
func (r draw) leave(in oracle.Input, id string) {
	if r.IntN(4) > 0 {
		return
	}
	switch id {
	case "churn-interval":
		delete(in, "price")
		if r.IntN(2) == 0 {
			delete(in, "gross_margin")
		}
	case "retention-curve":
		delete(in, "margin")
	case "acquisition-retention":
		delete(in, "prospects")
	case "acquisition-cost":
	default:
		levers, _ := in["levers"].([]any)
		fixed := in.Fixed()
		for _, lever := range levers {
			fixed = fixed || oracle.Input(lever.(map[string]any)).Fixed()
		}
		if !fixed {
			delete(in, "new_customers")
		}
	}
}

var periods = []string{"month", "quarter", "year", "week", "day"}

func (r draw) timing(in oracle.Input) {
	if r.IntN(2) == 0 {
		in["payment_timing"] = r.word("start", "end", "after_renewal")
	}
}

func (r draw) horizon(in oracle.Input, most int) {
	if r.IntN(3) == 0 {
		in["horizon_periods"] = r.of(float64(1+r.IntN(most)), 1, 2, 13)
	}
}

// baseline is a customer as they are today.
func (r draw) baseline() oracle.Input {
	in := oracle.Input{"price": r.money(), "gross_margin": r.share(), "churn_rate": r.of(math.Pow(10, -2.2*r.Float64()), 0, 1, 0.05), "new_customers": 1 + 1000*r.Float64(), "period": r.word(periods...)}
	r.put(in, "service_cost", r.of(3*r.Float64(), 0))
	r.put(in, "annual_discount_rate", r.annual())
	if r.IntN(2) == 0 {
		in["first_period_churn"] = r.share()
	}
	r.horizon(in, 60)
	return in
}

func firstChurn(in oracle.Input) float64 {
	if v, ok := in["first_period_churn"].(float64); ok {
		return v
	}
	return in["churn_rate"].(float64)
}

// churnFall is a fall that churn allows, or a rise.
func (r draw) churnFall(in oracle.Input, part float64) float64 {
	churn := in["churn_rate"].(float64)
	least, most := min(churn, firstChurn(in)), max(churn, firstChurn(in))
	return part * r.of(least*r.Float64(), 0, least, -0.1*(1-most))
}

func (r draw) costs(in oracle.Input, names ...string) {
	for _, name := range names {
		r.put(in, name, r.of(3*r.Float64(), 0))
	}
	r.put(in, "fixed_cost", r.of(1000*r.Float64(), 0))
}

// cost is what a customer costs to acquire, and how money is discounted.
func (r draw) cost(in oracle.Input) {
	r.put(in, "annual_discount_rate", r.annual())
	r.put(in, "cac", r.of(300*r.Float64(), 0, 1e7))
	r.put(in, "target_ratio", 0.5+4*r.Float64())
}

func (r draw) offer(in oracle.Input) {
	r.put(in, "reach", r.share())
	r.put(in, "take_up", r.share())
	r.put(in, "offer_period", r.of(float64(r.IntN(20)), 0, 1, 12))
	r.put(in, "extra_margin", r.Float64())
	r.costs(in, "offer_cost")
}

// inputs draws an input of each closed form.
var inputs = map[string]func(r draw) oracle.Input{
	"average": func(r draw) oracle.Input {
		in := oracle.Input{"order_value": r.money(), "orders_per_year": r.of(20*r.Float64(), 0, 10000), "lifespan_years": r.of(30*r.Float64(), 0, 200, 2.5), "gross_margin": r.share()}
		r.cost(in)
		return in
	},
	"totals": func(r draw) oracle.Input {
		in := oracle.Input{"revenue": 1e3 * r.money(), "orders": r.of(1e4*r.Float64()+0.1, 1, 1e12), "customers": r.of(1e3*r.Float64()+0.1, 1), "total_lifespan_years": r.of(1e3*r.Float64(), 0), "gross_margin": r.share()}
		r.cost(in)
		return in
	},
	"subscription": func(r draw) oracle.Input {
		in := oracle.Input{"price": r.money(), "gross_margin": r.share(), "churn_rate": r.of(math.Pow(10, -3*r.Float64()), 0, 1, 0.5, 0.001), "period": r.word(periods...)}
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "growth_per_period", r.of(5*r.Float64(), 0))
		r.put(in, "growth_rate", r.of(0.05*r.Float64()-0.02, 0, 0, -1, 0.1, 1))
		r.put(in, "cac", r.of(1000*r.Float64(), 0))
		r.put(in, "target_ratio", 0.5+4*r.Float64())
		if r.IntN(2) == 0 {
			in["first_period_churn"] = r.share()
		}
		r.put(in, "trial_conversion", r.share())
		r.put(in, "trial_cost", r.of(10*r.Float64(), 0))
		r.put(in, "trial_start_rate", r.share())
		r.horizon(in, 200)
		r.timing(in)
		return in
	},
	"retention": func(r draw) oracle.Input {
		in := oracle.Input{"margin": r.money(), "retention_rate": r.of(r.Float64(), 0, 1, 0.99), "annual_discount_rate": r.annual()}
		r.put(in, "annual_growth_rate", r.of(0.3*r.Float64()-0.1, 0, -1, 1, 0.1))
		r.put(in, "cac", r.of(1000*r.Float64(), 0))
		r.put(in, "target_ratio", 0.5+4*r.Float64())
		r.timing(in)
		return in
	},
	"repeat-purchase": func(r draw) oracle.Input {
		in := oracle.Input{"spend": r.money(), "purchase_interval_days": r.of(math.Pow(10, 4*r.Float64()), 1, 7, 36.5, 365, 2920), "relationship_years": r.of(0.001+40*r.Float64(), 0.001, 1, 3), "gross_margin": r.share()}
		r.put(in, "repurchase_probability", r.of(r.Float64(), 0, 1, 0.9999))
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "first_sale_cost", r.of(100*r.Float64(), 0))
		r.put(in, "repeat_sale_cost", r.of(20*r.Float64(), 0))
		return in
	},
	"annual-plan": func(r draw) oracle.Input {
		in := oracle.Input{"monthly_price": r.money(), "average_months": r.of(math.Pow(10, 3*r.Float64()), 1, 12), "plan_discount": r.share(), "gross_margin": r.share()}
		r.put(in, "annual_renewal_rate", r.share())
		r.put(in, "reach", r.share())
		r.put(in, "annual_discount_rate", r.annual())
		return in
	},
	"net-retention": func(r draw) oracle.Input {
		start := r.of(1e5*r.Float64()+1, 1, 27000)
		in := oracle.Input{"starting_revenue": start, "lost_revenue": start * r.of(0.4*r.Float64(), 0, 0.05), "period": r.word(periods...)}
		r.put(in, "expansion", start*r.of(0.2*r.Float64(), 0, 0.05))
		r.put(in, "contraction", start*r.of(0.1*r.Float64(), 0, 0.7))
		r.put(in, "new_revenue", start*r.of(r.Float64(), 0))
		r.put(in, "gross_margin", r.share())
		r.put(in, "customers", 1+r.Float64()*500)
		r.put(in, "annual_discount_rate", r.annual())
		if r.IntN(2) == 0 {
			in["expansion_periods"] = r.of(float64(r.IntN(60)), 0, 1)
		}
		r.horizon(in, 100)
		return in
	},
	"freemium": func(r draw) oracle.Input {
		in := oracle.Input{"conversion": r.of(0.3*r.Float64(), 0, 1, 0.03), "price": r.money(), "period": r.word(periods...), "gross_margin": r.share(), "churn_rate": r.of(math.Pow(10, -2*r.Float64()), 0, 1),
			"free_churn_rate": r.of(math.Pow(10, -2*r.Float64()), 0, 1)}
		r.put(in, "free_user_cost", r.of(2*r.Float64(), 0))
		r.put(in, "periods_to_conversion", r.of(float64(r.IntN(24)), 0, 400))
		r.put(in, "signups_per_free_user", r.of(0.05*r.Float64(), 0, 0.5))
		r.put(in, "annual_discount_rate", r.annual())
		return in
	},
	"donors": func(r draw) oracle.Input {
		in := oracle.Input{"gift": r.money(), "first_year_retention": r.share(), "retention_rate": r.of(r.Float64(), 0, 1, 0.6)}
		r.put(in, "gifts_per_year", r.of(12*r.Float64(), 0, 1))
		r.put(in, "reactivation_rate", r.of(0.3*r.Float64(), 0, 1))
		r.put(in, "monthly_share", r.share())
		r.put(in, "monthly_gift", r.of(40*r.Float64(), 0))
		r.put(in, "monthly_churn", r.of(0.1*r.Float64()+0.001, 0, 1))
		r.put(in, "fundraising_cost_rate", r.share())
		r.put(in, "annual_growth_rate", r.of(0.1*r.Float64()-0.03, 0, -1, 0.5))
		r.cost(in)
		return in
	},
	"app": func(r draw) oracle.Input {
		in := oracle.Input{"arpdau": r.of(r.Float64(), 0, 0.1), "curve": r.word("best", "power", "weibull")}
		var days, retained []any
		t, s := 1.0, 0.3+0.4*r.Float64()
		for range 2 + r.IntN(8) {
			days, retained = append(days, t), append(retained, s)
			t += float64(1 + r.IntN(20))
			s *= 0.4 + 0.65*r.Float64()
		}
		in["days"], in["retained"] = days, retained
		r.put(in, "gross_margin", r.share())
		r.put(in, "horizon_days", r.of(float64(1+r.IntN(400)), 1, 2400))
		r.put(in, "cpi", r.of(2*r.Float64(), 0, 100))
		r.put(in, "target_ratio", 0.5+r.Float64())
		return in
	},
	"retention-curve": func(r draw) oracle.Input {
		in := oracle.Input{"margin": r.money(), "period": r.word(periods...), "annual_discount_rate": 0.1 + r.Float64()}
		alpha, beta, left := 0.3+3*r.Float64(), 0.5+8*r.Float64(), 2000.0
		var survivors []any
		for k := range 4 + r.IntN(8) {
			survivors = append(survivors, math.Round(left))
			left *= 1 - alpha/(alpha+beta+float64(k))
		}
		in["survivors"] = survivors
		r.horizon(in, 60)
		r.timing(in)
		return in
	},
	"churn-interval": func(r draw) oracle.Input {
		n := float64(1 + r.IntN(500))
		in := oracle.Input{"price": r.money(), "gross_margin": r.share(), "customers": n, "lost": min(n, r.of(math.Floor(n*r.Float64()), 0, 1, 2, 3, n, n-1)), "period": r.word(periods...)}
		r.put(in, "annual_discount_rate", r.annual())
		r.put(in, "growth_rate", r.of(0.02*r.Float64(), 0, 0.05))
		r.put(in, "growth_per_period", r.of(r.Float64(), 0))
		r.put(in, "cac", 50)
		r.horizon(in, 60)
		r.timing(in)
		return in
	},
	"hourglass": func(r draw) oracle.Input {
		in := r.baseline()
		delete(in, "new_customers")
		in["prospects"], in["acquisition_spend"], in["conversion"] = 1+1e4*r.Float64(), r.of(1e4*r.Float64(), 0), r.share()
		for _, name := range []string{"activation", "upsell_take_up", "cross_sell_take_up"} {
			r.put(in, name, r.share())
		}
		for _, name := range []string{"onboarding_cost", "upsell_spend", "cross_sell_spend", "referral_reward"} {
			r.put(in, name, r.of(20*r.Float64(), 0))
		}
		r.put(in, "offer_period", r.of(float64(r.IntN(20)), 0, 1))
		r.put(in, "extra_margin", r.share())
		r.put(in, "invitations_per_period", r.of(0.5*r.Float64(), 0))
		r.put(in, "referral_conversion", r.of(0.5*r.Float64(), 0, 1))
		return in
	},
	"onboarding": func(r draw) oracle.Input {
		in := r.baseline()
		r.put(in, "reach", r.share())
		r.put(in, "first_churn_fall", firstChurn(in)*r.share())
		r.costs(in, "cost_per_customer")
		return in
	},
	"service":         service,
	"personalisation": service,
	"loyalty-programme": func(r draw) oracle.Input {
		in := r.baseline()
		in["reach"] = r.share()
		in["programme"] = r.word("points", "tiered", "paid", "value_based", "coalition", "gamified")
		r.put(in, "churn_fall", r.churnFall(in, 1))
		r.put(in, "frequency_rise", r.of(r.Float64(), 0, -0.3))
		for _, name := range []string{"reward_rate", "breakage", "reward_unit_cost", "top_tier_spend_share", "top_tier_reward_rate", "partner_share"} {
			r.put(in, name, r.share())
		}
		r.costs(in, "fee_per_period", "prize_cost", "cost_per_customer", "cost_per_period")
		if r.IntN(2) == 0 {
			in["low_margin_share"] = 0.05 + 0.4*r.Float64()
			price, margin := in["price"].(float64), in["gross_margin"].(float64)
			in["low_margin_price"] = price * r.Float64()
			r.put(in, "low_margin", margin*(2*r.Float64()-1))
		}
		return in
	},
	"upsell": func(r draw) oracle.Input {
		in := r.baseline()
		in["extra_spend"] = r.of(30*r.Float64(), 0)
		r.offer(in)
		return in
	},
	"cross-sell": func(r draw) oracle.Input {
		in := r.baseline()
		r.put(in, "extra_spend", r.of(30*r.Float64(), 0))
		r.put(in, "one_off_spend", r.of(50*r.Float64(), 0))
		r.put(in, "replaced_share", r.share())
		r.offer(in)
		return in
	},
	"referral": func(r draw) oracle.Input {
		in := r.baseline()
		in["invitations_per_period"], in["referral_conversion"] = r.of(r.Float64(), 0, 1), r.of(0.3*r.Float64(), 0)
		r.put(in, "reach", r.share())
		r.put(in, "organic_share", r.share())
		r.put(in, "referrer_reward", r.of(20*r.Float64(), 0))
		r.put(in, "friend_reward", r.of(20*r.Float64(), 0))
		r.costs(in, "cost_per_customer")
		return in
	},
	"sales-cycle": func(r draw) oracle.Input {
		in := r.baseline()
		days := r.of(100*r.Float64(), 0)
		in["days_to_sale"] = days
		r.put(in, "selling_cost_per_day", r.of(r.Float64(), 0))
		r.put(in, "days_saved", r.of(days*r.Float64(), 0, days, -5))
		if r.IntN(2) == 0 {
			in["purchase_interval_days"] = 1 + 60*r.Float64()
			r.put(in, "interval_days_saved", r.of(r.Float64(), 0, -5))
		}
		r.put(in, "reach", r.share())
		r.costs(in, "cost_per_customer")
		return in
	},
	"growth-plan": func(r draw) oracle.Input {
		in := r.baseline()
		if in["churn_rate"].(float64) < 0.01 {
			in["churn_rate"] = 0.01 + 0.3*r.Float64()
		}
		in["days_to_sale"] = r.of(100*r.Float64(), 0)
		r.put(in, "selling_cost_per_day", r.Float64())
		r.put(in, "cac", r.of(100*r.Float64(), 0))
		n, contract := r.IntN(4), false
		levers := []any{}
		for range n {
			part := 1 / float64(n)
			kind := r.word("onboarding", "service", "personalisation", "loyalty_programme", "upsell", "cross_sell", "annual_plan", "referral", "sales_cycle", "adoption", "price_change", "order_value")
			if kind == "annual_plan" && contract {
				kind = "service"
			}
			l := oracle.Input{"kind": kind}
			some := func(name string, v float64) {
				if r.IntN(3) == 0 {
					l[name] = v
				}
			}
			some("reach", r.share())
			some("churn_fall", r.churnFall(in, part/2))
			some("first_churn_fall", part/2*firstChurn(in)*r.Float64())
			some("frequency_rise", r.of(0.4*r.Float64(), -0.3))
			some("reward_cost_rate", part*r.Float64())
			some("fee_per_period", r.Float64())
			some("take_up", r.share())
			some("extra_spend", 20*r.Float64())
			some("one_off_spend", 50*r.Float64())
			some("replaced_share", r.share())
			some("extra_margin", r.share())
			some("offer_period", float64(r.IntN(12)))
			some("offer_cost", r.Float64())
			some("promo_discount", r.share())
			some("promo_periods", float64(1+r.IntN(12)))
			some("referral_rate", 0.05*part*r.Float64())
			some("referral_reward", 20*r.Float64())
			some("organic_share", r.share())
			some("days_saved", part*in["days_to_sale"].(float64)*r.Float64())
			some("cost_per_customer", 5*r.Float64())
			some("cost_per_period", r.Float64())
			some("fixed_cost", 500*r.Float64())
			if kind == "annual_plan" {
				contract = true
				l["plan_discount"] = r.share()
				some("annual_renewal_rate", 0.9*r.Float64())
			}
			levers = append(levers, map[string]any(l))
		}
		in["levers"] = levers
		return in
	},
	"acquisition-retention": func(r draw) oracle.Input {
		top, keep := 0.1+0.9*r.Float64(), 0.1+0.89*r.Float64()
		return oracle.Input{"prospects": 1 + 1000*r.Float64(), "margin": r.of(100*r.Float64(), 0), "spend_per_prospect": 0.1 + 10*r.Float64(), "acquisition_ceiling": top,
			"acquisition_rate": top * (0.05 + 0.9*r.Float64()), "spend_per_customer": 0.1 + 10*r.Float64(), "retention_ceiling": keep, "retention_rate": keep * (0.05 + 0.9*r.Float64()), "annual_discount_rate": r.of(r.Float64(), 0)}
	},
	"reconcile": func(r draw) oracle.Input {
		in := oracle.Input{"price": r.money(), "gross_margin": r.share(), "churn_rate": r.of(0.01+0.9*r.Float64(), 1, 0.001), "period": r.word(periods...)}
		r.put(in, "annual_discount_rate", r.of(r.Float64(), 0, 0.1, 2))
		r.put(in, "growth_per_period", r.of(5*r.Float64(), 0))
		r.put(in, "lifespan_periods", r.of(50*r.Float64(), 0))
		if r.IntN(2) == 0 {
			in["second_period_churn"] = in["churn_rate"].(float64) * (0.5 + 0.4*r.Float64())
		}
		r.timing(in)
		return in
	},
}

func service(r draw) oracle.Input {
	in := r.baseline()
	r.put(in, "reach", r.share())
	r.put(in, "churn_fall", r.churnFall(in, 1))
	r.put(in, "frequency_rise", r.of(r.Float64()-0.3, 0, -1, 10))
	r.costs(in, "cost_per_customer", "cost_per_period")
	return in
}

// elsewhere are results that are no sums, and what holds them instead.
var elsewhere = map[string]string{
	"break_even_discount": "even", "break_even_renewal_rate": "even", "break_even_first_churn_fall": "even", "break_even_churn_fall": "even",
	"break_even_frequency_rise": "even", "break_even_reward_cost_rate": "even", "break_even_take_up": "even", "break_even_reward": "even",
	"break_even_referral_rate": "even", "break_even_days_saved": "even", "break_even_interval_days_saved": "even", "outcome.equivalent_churn_fall": "even",
	"alpha": "TestTheCurveIsTheLikeliest", "beta": "TestTheCurveIsTheLikeliest", "log_likelihood": "TestTheCurveIsTheLikeliest", "fit_status": "a word",
	"naive_clv": "core/retention", "largest_miss": "core/retention", "clv_lower": "core/retention, by coverage", "clv_upper": "core/retention, by coverage",
	"equity_lower": "core/retention, against the likelihood", "equity_upper": "core/retention, against the likelihood", "base_lower": "core/retention, against the likelihood", "base_upper": "core/retention, against the likelihood",
	"curve_used": "a word; core/economics", "lifetime_lower": "core/retention, by coverage", "lifetime_upper": "core/retention, by coverage",
	"same_budget": "TestNoSpendingIsBetterThanTheBest", "best": "TestNoSpendingIsBetterThanTheBest", "today": "", "customers_needed": "core/retention: rounding decides",
}

func closed(c catalogue.Calculation) bool { return !strings.Contains(c.ID, "/") }

var handler = api.New(api.Options{})

// ask puts an input to the API.
func ask(t *testing.T, id string, in oracle.Input) (status int, answer map[string]any) {
	t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	r := handler.Handle(wire.Request{Method: "POST", Path: "/v1/" + id, Body: body, Header: func(name string) string {
		if name == "Content-Type" {
			return "application/json"
		}
		return ""
	}})
	if err := json.Unmarshal(r.Body, &answer); err != nil {
		t.Fatalf("%s %s: %v %s", id, body, err, r.Body)
	}
	return r.Status, answer
}

// result is one by its name, a member of a group by group.member, one of a row by list.index.member; None where it is null.
func result(answer map[string]any, name string) (float64, bool) {
	group, member, nested := strings.Cut(name, ".")
	v, there := answer[group]
	if nested {
		if list, ok := v.([]any); ok {
			var place string
			place, member, _ = strings.Cut(member, ".")
			i, err := strconv.Atoi(place)
			if err != nil || i >= len(list) {
				return oracle.None, false
			}
			v = list[i]
		}
		inner, _ := v.(map[string]any)
		v, there = inner[member]
	}
	number, ok := v.(float64)
	if !ok {
		number = oracle.None
	}
	return number, there
}

func TestEveryClosedFormIsWhatIsLivedThrough(t *testing.T) {
	for _, c := range catalogue.Calculations {
		if !closed(c) {
			continue
		}
		lives, makes := oracle.Calculations[c.ID], inputs[c.ID]
		if lives == nil || makes == nil {
			t.Errorf("%s has no second implementation: add one to internal/oracle", c.ID)
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			r, seen, refused, asked := draw{rand.New(rand.NewPCG(17, 100))}, map[string]bool{}, 0, 0
			left := draw{rand.New(rand.NewPCG(18, 100))}
			for tried := 0; tried < tries; asked++ {
				if asked == 50*tries {
					t.Fatalf("only %d of %d inputs could be lived through", tried, asked)
				}
				in := makes(r)
				left.leave(in, c.ID)
				v := lives(in)
				if v.Slow {
					continue
				}
				tried++
				status, answer := ask(t, c.ID, in)
				if (status != 200) != v.Refused {
					t.Fatalf("%v: %d %v, refused by the oracle: %v", text(in), status, answer, v.Refused)
				}
				if v.Refused {
					refused++
					continue
				}
				if c.ID == "retention-curve" || c.ID == "customer-equity" {
					with := oracle.Input{}
					for name, v := range in {
						with[name] = v
					}
					with["found"] = answer["tenures"]
					if with["alpha"], with["beta"] = answer["alpha"], answer["beta"]; answer["fit_status"] != "converged" {
						continue
					}
					v = lives(with)
				}
				size := scale(in, v.Results)
				for name, want := range v.Results {
					got, there := result(answer, name)
					if !there {
						continue // a lever's own figure, that another lever does not have
					}
					seen[name] = true
					if got != got && want != want {
						continue
					}
					if !(math.Abs(got-want) <= tolerance(c.ID, name)*max(math.Abs(want), size(name))) {
						t.Fatalf("%s of %s:\n%.15g, lived through %.15g", name, text(in), got, want)
					}
				}
				even(t, c.ID, in, answer)
			}
			for _, name := range scalars(c.Layout().Results, "") {
				group, _, _ := strings.Cut(name, ".")
				if elsewhere[name] == "" && elsewhere[group] == "" && !seen[name] {
					t.Errorf("%s is not lived through by anything", name)
				}
			}
			if refused > tries/2 {
				t.Errorf("%d of %d refused", refused, tries)
			}
		})
	}
}

func text(in oracle.Input) string {
	body, _ := json.Marshal(in)
	return string(body)
}

// scale is below which size a difference is rounding's: that of the money which the result is a difference of.
func scale(in oracle.Input, r oracle.Results) func(name string) float64 {
	money := 1e-3
	for _, name := range []string{"outcome.clv_before", "outcome.clv_after", "outcome.programme_cost", "monthly_clv", "annual_clv", "clv", "own_clv", "formulas.growth_undiscounted", "formulas.revenue_lifespan", "today.customer_equity", "friend_value"} {
		if v := math.Abs(r[name]); v > money {
			money = v
		}
	}
	if price, ok := in["price"].(float64); ok { // of which margin and revenue are differences
		money = max(money, 10*price)
	}
	many := 1.0
	for _, name := range []string{"new_customers", "prospects"} {
		if v, ok := in[name].(float64); ok {
			many = max(many, v)
		}
	}
	return func(name string) float64 {
		switch {
		case strings.Contains(name, "total_"), strings.HasSuffix(name, "equity"), name == "budget":
			return money * many
		case strings.HasSuffix(name, "roi"):
			return max(1e-3, money/max(1e-9, r["outcome.programme_cost"]))
		}
		for _, word := range []string{"churn", "share", "rate", "periods", "ratio", "months", "friends", "multiplier", "lifetime", "rise"} {
			if strings.Contains(name, word) {
				return 1e-2
			}
		}
		return money
	}
}

// tolerance is what two ways of adding up thousands of terms may differ by, and a slope seen through a step.
func tolerance(id, name string) float64 {
	switch {
	case id == "acquisition-retention" && strings.HasSuffix(name, "_return"):
		return 1e-5
	case strings.HasPrefix(name, "outcome.payback"), strings.HasPrefix(name, "payback"):
		return 1e-5 // where the lead rises slowly, its rounding is a longer time
	}
	return 1e-7
}

// scalars are the names of results that are one number or word.
func scalars(fields []catalogue.Field, group string) (names []string) {
	for _, f := range fields {
		name := f.Name
		if group != "" {
			name = group + "." + name
		}
		switch f.Kind {
		case catalogue.Group:
			names = append(names, scalars(f.Fields, name)...)
		case catalogue.Number, catalogue.Option:
			names = append(names, name)
		}
	}
	return names
}

// An evenAt is a result at which something is zero: what to put where, what else to leave out.
type evenAt struct {
	result, field string
	without       []string
	zero          string
}

var evens = []evenAt{
	{"break_even_discount", "plan_discount", nil, "uplift"},
	{"break_even_renewal_rate", "annual_renewal_rate", nil, "uplift"},
	{"break_even_first_churn_fall", "first_churn_fall", nil, "net_gain"},
	{"break_even_churn_fall", "churn_fall", []string{"frequency_rise"}, "net_gain"},
	{"break_even_frequency_rise", "frequency_rise", []string{"churn_fall"}, "net_gain"},
	{"break_even_take_up", "take_up", nil, "net_gain"},
	{"break_even_days_saved", "days_saved", []string{"purchase_interval_days", "interval_days_saved"}, "net_gain"},
	{"break_even_interval_days_saved", "interval_days_saved", []string{"days_saved"}, "net_gain"},
	{"break_even_reward", "referrer_reward", []string{"friend_reward"}, "net_gain"},
	{"break_even_referral_rate", "invitations_per_period", nil, "net_gain"},
	{"break_even_reward_cost_rate", "reward_rate", []string{"breakage", "reward_unit_cost", "top_tier_spend_share", "partner_share"}, "net_gain"},
}

// even holds each break-even to what it says: with it, nothing is gained and nothing lost.
func even(t *testing.T, id string, in oracle.Input, answer map[string]any) {
	t.Helper()
	if id == "growth-plan" {
		return // core/growth holds its renewal
	}
	for _, e := range evens {
		v, there := result(answer, e.result)
		if !there || v != v || answer["horizon_used_years"] != nil {
			continue
		}
		with := oracle.Input{}
		for name, v := range in {
			with[name] = v
		}
		for _, name := range e.without {
			delete(with, name)
		}
		if with[e.field] = v; e.result == "break_even_referral_rate" {
			with["referral_conversion"] = 1.0
		}
		if outcome, ok := answer["outcome"].(map[string]any); ok && outcome["horizon_used_periods"] != nil {
			with["horizon_periods"] = outcome["horizon_used_periods"]
		}
		if used := answer["horizon_used_periods"]; used != nil {
			with["horizon_periods"] = used
		}
		found := oracle.Calculations[id](with)
		if found.Slow || found.Refused {
			continue
		}
		net := found.Results[e.zero]
		if edge := v == 0; edge && net > 0 { // any share that renews is enough
			continue
		}
		size := scale(with, found.Results)(e.zero)
		if math.Abs(net) > 1e-6*size {
			t.Fatalf("%s = %v of %s: %s is %v, not 0", e.result, v, text(in), e.zero, net)
		}
	}
	if v, there := result(answer, "outcome.equivalent_churn_fall"); there && v == v {
		with := oracle.Input{"churn_fall": v}
		for _, name := range []string{"price", "gross_margin", "churn_rate", "new_customers", "period", "service_cost", "annual_discount_rate", "first_period_churn", "horizon_periods"} {
			if in[name] != nil {
				with[name] = in[name]
			}
		}
		if tickets, _ := in["tickets_per_period"].(float64); tickets > 0 { // a part of the cost to serve
			served, _ := in["service_cost"].(float64)
			each, _ := in["ticket_cost"].(float64)
			with["service_cost"] = served + tickets*each
		}
		if _, sale := in["days_to_sale"]; sale {
			return // its time to the sale has no place in service
		}
		if horizon := answer["outcome"].(map[string]any)["horizon_used_periods"]; horizon != nil {
			with["horizon_periods"] = horizon
		}
		if found := oracle.Calculations["service"](with); !found.Slow {
			want, _ := result(answer, "outcome.clv_after")
			if got := found.Results["outcome.clv_after"]; math.Abs(got-want) > 1e-6*max(1e-3, math.Abs(want), math.Abs(found.Results["outcome.clv_before"])) {
				t.Fatalf("a fall of churn by %v of %s: worth %v, not %v", v, text(in), got, want)
			}
		}
	}
}

// The parameters found are those under which what was seen is likeliest.
func TestTheCurveIsTheLikeliest(t *testing.T) {
	r := draw{rand.New(rand.NewPCG(17, 101))}
	for range 100 {
		in := inputs["retention-curve"](r)
		_, answer := ask(t, "retention-curve", in)
		if answer["fit_status"] != "converged" {
			continue
		}
		var survivors []float64
		for _, s := range in["survivors"].([]any) {
			survivors = append(survivors, s.(float64))
		}
		alpha, beta := answer["alpha"].(float64), answer["beta"].(float64)
		best := oracle.Likelihood(survivors, alpha, beta)
		for range 50 {
			a, b := alpha*math.Exp(r.NormFloat64()*0.1), beta*math.Exp(r.NormFloat64()*0.1)
			if other := oracle.Likelihood(survivors, a, b); other > best+1e-6 {
				t.Fatalf("%v: %v at %v %v, %v at %v %v", survivors, best, alpha, beta, other, a, b)
			}
		}
	}
}

// Four thousand other ways to spend leave no more than the best, and no split of the same money more than the best split.
func TestNoSpendingIsBetterThanTheBest(t *testing.T) {
	r := draw{rand.New(rand.NewPCG(17, 102))}
	for range 100 {
		in := inputs["acquisition-retention"](r)
		_, answer := ask(t, "acquisition-retention", in)
		of := func(name string) float64 { v, _ := result(answer, name); return v }
		other := oracle.Input{}
		for name, v := range in {
			other[name] = v
		}
		rate := func(ceiling, rate, spend string, x float64) float64 {
			c := in[ceiling].(float64)
			return c * (1 - math.Pow(1-in[rate].(float64)/c, x/in[spend].(float64)))
		}
		at := func(x, y float64) oracle.Verdict {
			other["spend_per_prospect"], other["acquisition_rate"] = x, rate("acquisition_ceiling", "acquisition_rate", "spend_per_prospect", x)
			other["spend_per_customer"], other["retention_rate"] = y, rate("retention_ceiling", "retention_rate", "spend_per_customer", y)
			return oracle.Calculations["acquisition-retention"](other)
		}
		for range 40 {
			x, y := in["spend_per_prospect"].(float64)*math.Exp(2*r.NormFloat64()), in["spend_per_customer"].(float64)*math.Exp(2*r.NormFloat64())
			if found := at(x, y); !found.Slow && found.Results["today.customer_equity"] > of("best.customer_equity")+1e-7*max(1, math.Abs(found.Results["today.customer_equity"])) {
				t.Fatalf("%s: %v for %v and %v, the best leaves %v", text(in), found.Results["today.customer_equity"], x, y, of("best.customer_equity"))
			}
		}
		budget, prospects := of("budget"), in["prospects"].(float64)
		for range 20 { // the rest of the same money on keeping them
			x := budget / prospects * r.Float64()
			least, most := 1e-9, budget/prospects/rate("acquisition_ceiling", "acquisition_rate", "spend_per_prospect", x)*(1+in["annual_discount_rate"].(float64))
			slow := false
			for range 60 {
				y := (least + most) / 2
				found := at(x, y)
				if slow = found.Slow; slow {
					break
				}
				if found.Results["budget"] < budget {
					least = y
				} else {
					most = y
				}
			}
			if found := at(x, least); !slow && !found.Slow {
				if equity := found.Results["today.customer_equity"]; equity > of("same_budget.customer_equity")+1e-6*max(1, math.Abs(equity)) {
					t.Fatalf("%s: %v for %v and %v at a budget of %v, the best split of %v leaves %v", text(in), equity, x, least, found.Results["budget"], budget, of("same_budget.customer_equity"))
				}
			}
		}
	}
}

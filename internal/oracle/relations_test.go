package oracle_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
	"hourglass/internal/oracle"
)

// What must be so whatever the figures are. Each relation is tried on every closed form that it speaks of.

const related = 60 // inputs of each

func copyOf(in oracle.Input) oracle.Input {
	out := oracle.Input{}
	for name, v := range in {
		out[name] = v
	}
	return out
}

// answered is the answer to an input, nil where it is refused.
func answered(t *testing.T, id string, in oracle.Input) map[string]any {
	t.Helper()
	status, answer := ask(t, id, in)
	if status != 200 {
		return nil
	}
	return answer
}

func each(t *testing.T, ids []string, relation func(t *testing.T, r draw, id string, in oracle.Input, answer map[string]any)) {
	for i, c := range catalogue.Calculations {
		if !closed(c) || ids != nil && !slices.Contains(ids, c.ID) {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			r := draw{rand.New(rand.NewPCG(23, uint64(i)))}
			for range related {
				in := inputs[c.ID](r)
				if answer := answered(t, c.ID, in); answer != nil {
					relation(t, r, c.ID, in, answer)
				}
			}
		})
	}
}

// scaled multiplies the money among the fields of an input.
func scaled(fields []catalogue.Field, in oracle.Input, by float64) oracle.Input {
	out := copyOf(in)
	for _, f := range fields {
		switch v := out[f.Name].(type) {
		case float64:
			if f.Unit == "money" {
				out[f.Name] = v * by
			}
		case []any:
			if f.Kind != catalogue.Records {
				continue
			}
			var list []any
			for _, element := range v {
				list = append(list, map[string]any(scaled(f.Fields, element.(map[string]any), by)))
			}
			out[f.Name] = list
		}
	}
	return out
}

// In another currency every amount is another, and nothing else.
func TestMoneyInAnotherCurrency(t *testing.T) {
	each(t, nil, func(t *testing.T, r draw, id string, in oracle.Input, answer map[string]any) {
		_, c := catalogue.Find(id)
		const by = 128 // exact, and about what a yen is to a dollar
		other := answered(t, id, scaled(c.Layout().Inputs, in, by))
		if other == nil {
			if price, _ := in["price"].(float64); price > 1e7 { // beyond a bound
				return
			}
			t.Fatalf("%s is refused in another currency", text(in))
		}
		var compare func(fields []catalogue.Field, group string)
		compare = func(fields []catalogue.Field, group string) {
			for _, f := range fields {
				name := f.Name
				if group != "" {
					name = group + "." + name
				}
				switch f.Kind {
				case catalogue.Group:
					compare(f.Fields, name)
				case catalogue.Number:
					a, _ := result(answer, name)
					b, _ := result(other, name)
					factor := 1.0
					if f.Unit == "money" {
						factor = by
					}
					size := 1e-6
					if f.Unit == "money" {
						for _, v := range in {
							if money, ok := v.(float64); ok {
								size = max(size, money*1e-3)
							}
						}
					}
					switch name {
					case "outcome.roi", "outcome.revenue_roi", "cost_ratio", "acquisition_return", "retention_return":
						size = 1
					}
					if math.IsNaN(a) != math.IsNaN(b) || math.Abs(b-factor*a) > 1e-6*max(math.Abs(b), factor*size) {
						t.Fatalf("%s of %s: %v, in a currency of %v to one %v", name, text(in), a, by, b)
					}
				}
			}
		}
		compare(c.Layout().Results, "")
		before, after := limits(answer), limits(other)
		for said, v := range before {
			w, ok := after[said]
			factor := 1.0
			if said.unit == "money" {
				factor = by
			}
			// Sentences round, money to the cent.
			if ok && math.Abs(w-factor*v) > max(0.06*math.Abs(factor*v), factor*0.0051) {
				t.Fatalf("%v of %s: %v, in a currency of %v to one %v", said, text(in), v, by, w)
			}
		}
	})
}

// A warned is a warning that says a figure, in the unit of its sentence.
type warned struct{ code, field, unit string }

// limits are the figures that an answer's warnings say.
func limits(answer map[string]any) map[warned]float64 {
	found := map[warned]float64{}
	warnings, _ := answer["warnings"].([]any)
	for _, w := range warnings {
		w := w.(map[string]any)
		code, field, message := w["code"].(string), w["field"].(string), w["message"].(string)
		for c := range notice.CodeCount {
			template := strings.ReplaceAll(c.Template(), "{field}", field)
			head, rest, ok := strings.Cut(template, "{limit")
			unit, tail, closed := strings.Cut(rest, "}")
			if c.String() != code || !ok || !closed {
				continue
			}
			figure := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(message, head), tail), "%")
			if v, err := strconv.ParseFloat(figure, 64); err == nil {
				found[warned{code, field, strings.TrimPrefix(unit, ":")}] = v
			}
		}
	}
	return found
}

// What a warning's sentence says is a figure of the result, by these names and signs.
var saidOf = map[string][]string{
	"below_cost": {"clv", "outcome.clv_after"}, "never_pays_back": {"clv"}, "plan_loses": {"-uplift"}, "lever_loses": {"-net_gain"},
	"cost_above_value": {"outcome.clv_before"}, "first_sale_loss": {"-first_sale_profit"}, "no_churn_seen": {"churn_upper"}, "renewal_assumed": {"renewal_assumed"},
}

func TestWarningsSayTheResults(t *testing.T) {
	seen := map[string]bool{}
	each(t, nil, func(t *testing.T, r draw, id string, in oracle.Input, answer map[string]any) {
		for said, figure := range limits(answer) {
			for _, name := range saidOf[said.code] {
				bare := strings.TrimPrefix(name, "-")
				want, ok := ofRow(answer, said.field, bare)
				if !ok || want != want {
					continue
				}
				if bare != name {
					want = -want
				}
				if said.unit == "share" {
					want *= 100
				}
				seen[said.code] = true
				if math.Abs(figure-want) > max(0.06*math.Abs(want), 0.0051) {
					t.Fatalf("%v of %s says %v, and %s is %v", said, text(in), figure, name, want)
				}
			}
		}
	})
	for code := range saidOf {
		if !seen[code] {
			t.Errorf("%s was not seen", code)
		}
	}
}

// ofRow is a result of the row that a field belongs to (tiers/2/price), where rows have one of that name, else of the whole.
func ofRow(answer map[string]any, field, name string) (float64, bool) {
	if list, rest, nested := strings.Cut(field, "/"); nested {
		row, _, _ := strings.Cut(rest, "/")
		if v, ok := result(answer, list+"."+row+"."+name); ok {
			return v, ok
		}
	}
	return result(answer, name)
}

var valued = []string{"average", "totals", "subscription", "retention", "churn-interval", "reconcile", "retention-curve"}

// More margin is more value; no more cost of winning changes it.
func TestMoreMarginIsMoreValue(t *testing.T) {
	each(t, valued, func(t *testing.T, r draw, id string, in oracle.Input, answer map[string]any) {
		field := "gross_margin"
		if in[field] == nil {
			field = "margin"
		}
		less := copyOf(in)
		less[field] = in[field].(float64) * r.Float64()
		of := answered(t, id, less)
		now, _ := result(answer, "clv")
		if before, _ := result(of, "clv"); before > now*(1+1e-12) {
			t.Fatalf("%s: %v with a %s of %v, %v with less of it", text(in), now, field, in[field], before)
		}
		if in["cac"] != nil {
			more := copyOf(in)
			more["cac"] = in["cac"].(float64) + 7
			if with, _ := result(answered(t, id, more), "clv"); with != now {
				t.Fatalf("%s: %v, with a higher cac %v", text(in), now, with)
			}
		}
	})
}

// More churn is less value, a higher discount rate too, and a longer horizon is more, up to the whole life.
func TestValueFallsAndRisesAsItMust(t *testing.T) {
	each(t, []string{"subscription"}, func(t *testing.T, r draw, id string, in oracle.Input, answer map[string]any) {
		if in["horizon_periods"] == nil && answer["horizon_used_periods"] != nil {
			return // cut
		}
		with := func(name string, v float64) float64 {
			other := copyOf(in)
			other[name] = v
			of := answered(t, id, other)
			if of == nil || of["horizon_used_periods"] != nil && other["horizon_periods"] == nil {
				return oracle.None
			}
			clv, _ := result(of, "clv")
			return clv
		}
		now, _ := result(answer, "clv")
		least := now * (1 - 1e-9)
		churn := in["churn_rate"].(float64)
		if v := with("churn_rate", churn+(1-churn)*r.Float64()); v*(1-1e-9) > now {
			t.Fatalf("%s: %v, with more churn %v", text(in), now, v)
		}
		discount, _ := in["annual_discount_rate"].(float64)
		if v := with("annual_discount_rate", min(10, discount+r.Float64())); v*(1-1e-9) > now {
			t.Fatalf("%s: %v, discounted by more %v", text(in), now, v)
		}
		n := 2000.0
		if in["horizon_periods"] != nil {
			n = in["horizon_periods"].(float64)
			if v := with("horizon_periods", min(2400, n+1+float64(r.IntN(50)))); v < least {
				t.Fatalf("%s: %v, within a longer horizon %v", text(in), now, v)
			}
			return
		}
		if v := with("horizon_periods", n); v*(1-1e-9) > now {
			t.Fatalf("%s: %v in all, %v within %v periods", text(in), now, v, n)
		}
	})
}

// Without discounting it does not matter how long a period is called.
func TestPeriodsAreAName(t *testing.T) {
	each(t, nil, func(t *testing.T, r draw, id string, in oracle.Input, answer map[string]any) {
		if in["period"] == nil || in["horizon_periods"] == nil || id == "hourglass" {
			return
		}
		if levers, ok := in["levers"].([]any); ok && slices.ContainsFunc(levers, func(l any) bool { return l.(map[string]any)["kind"] == "annual_plan" }) {
			return // a year has so many of them
		}
		var clv []float64
		for _, period := range fieldsOf(id) {
			if period.Name != "period" {
				continue
			}
			for _, name := range period.Options {
				other := copyOf(in)
				other["period"], other["annual_discount_rate"] = name, 0.0
				of := answered(t, id, other)
				for _, figure := range []string{"clv", "outcome.clv_after"} {
					if v, there := result(of, figure); there {
						clv = append(clv, v)
					}
				}
			}
		}
		for _, v := range clv {
			if math.Abs(v-clv[0]) > 1e-9*max(1, math.Abs(v)) {
				t.Fatalf("%s: %v by the name of the period", text(in), clv)
			}
		}
	})
}

// A lever that reaches nobody brings nothing and costs its fixed cost; twice as many customers make twice the total.
func TestLeversReachWhomTheyReach(t *testing.T) {
	levers := []string{"onboarding", "service", "personalisation", "loyalty-programme", "upsell", "cross-sell", "referral", "sales-cycle"}
	each(t, levers, func(t *testing.T, r draw, id string, in oracle.Input, answer map[string]any) {
		nobody := copyOf(in)
		if nobody["reach"] = 0.0; id == "loyalty-programme" {
			delete(nobody, "reach")
			nobody["reach"] = 0.0
		}
		of := answered(t, id, nobody)
		fixed, _ := in["fixed_cost"].(float64)
		gain, _ := result(of, "outcome.margin_gain")
		cost, _ := result(of, "outcome.programme_cost")
		if each := fixed / in["new_customers"].(float64); gain != 0 || math.Abs(cost-each) > 1e-12*max(1, each) {
			t.Fatalf("%s: reaching nobody brings %v for %v", text(nobody), gain, cost)
		}
		twice := copyOf(in)
		twice["new_customers"] = 2 * in["new_customers"].(float64)
		twice["fixed_cost"] = 2 * fixed
		now, _ := result(answer, "outcome.total_net")
		if v, _ := result(answered(t, id, twice), "outcome.total_net"); math.Abs(v-2*now) > 1e-9*max(1, math.Abs(v)) {
			t.Fatalf("%s: %v in all, %v for twice as many", text(in), now, v)
		}
	})
}

// The order of the levers changes the order of the rows and nothing else; a plan of one lever is that lever.
func TestPlansHaveNoOrder(t *testing.T) {
	each(t, []string{"growth-plan"}, func(t *testing.T, r draw, id string, in oracle.Input, answer map[string]any) {
		turned := copyOf(in)
		levers := slices.Clone(in["levers"].([]any))
		slices.Reverse(levers)
		turned["levers"] = levers
		of := answered(t, id, turned)
		for _, name := range []string{"net_gain", "interaction", "outcome.clv_after", "outcome.payback_months", "break_even_renewal_rate"} {
			a, _ := result(answer, name)
			b, _ := result(of, name)
			if math.IsNaN(a) != math.IsNaN(b) || math.Abs(a-b) > 1e-6*max(1e-3, math.Abs(a), math.Abs(outcomeOf(answer))) {
				t.Fatalf("%s of %s: %v, turned round %v", name, text(in), a, b)
			}
		}
		rows, others := answer["levers"].([]any), of["levers"].([]any)
		for i := range rows {
			a, b := rows[i].(map[string]any)["net_part"].(float64), others[len(others)-1-i].(map[string]any)["net_part"].(float64)
			if math.Abs(a-b) > 1e-7*max(1e-3, math.Abs(a), math.Abs(outcomeOf(answer))) {
				t.Fatalf("part %d of %s: %v, turned round %v", i, text(in), a, b)
			}
		}
	})
}

func outcomeOf(answer map[string]any) float64 {
	v, _ := result(answer, "outcome.clv_before")
	w, _ := result(answer, "outcome.programme_cost")
	return math.Abs(v) + w
}

func fieldsOf(id string) []catalogue.Field {
	_, c := catalogue.Find(id)
	return c.Layout().Inputs
}

package subscriptions_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"hourglass/core/orders"
	"hourglass/core/subscriptions"
)

// bills of a plan whose subscribers begin over three years, each with a chance to leave of their own that changes by t^c; until a day.
func billsOf(b *strings.Builder, r *rand.Rand, p truth, c float64, asOf int32) {
	for i := range p.subscribers {
		start := asOf - 1095 + r.Int32N(1090)
		churn := beta(r, p.alpha, p.beta)
		u := r.Float64()
		for k := 0; ; k++ {
			due := later(start, k*p.months)
			if due > asOf || u > math.Pow(1-churn, math.Pow(float64(k), c)) {
				break
			}
			fmt.Fprintf(b, "%s-%d,%s,%s,%.2f,paid,%s-%d-%d\n", p.name, i, day(due), p.name, p.price, p.name, i, k)
		}
	}
}

const head = "customer,invoice date,plan,amount paid,status,invoice number\n"

// survival is S(t) of the truth, by gamma functions.
func survival(alpha, beta, c, t float64) float64 {
	x := math.Pow(t, c)
	a, _ := math.Lgamma(beta + x)
	b, _ := math.Lgamma(alpha + beta + x)
	d, _ := math.Lgamma(beta)
	e, _ := math.Lgamma(alpha + beta)
	return math.Exp(a - b - d + e)
}

// truly is what the subscribers of a plan bring by the truth, of whom the engine says who is there.
func truly(each []subscriptions.Subscriber, p truth, c float64) (sum float64) {
	known := map[uint32]float64{}
	for _, s := range each {
		if s.Plan != p.name || s.State != subscriptions.Active && s.State != subscriptions.Late {
			continue
		}
		v, ok := known[s.Renewals]
		if !ok {
			here := survival(p.alpha, p.beta, c, float64(s.Renewals))
			for j := 1; j < 1500; j++ {
				v += survival(p.alpha, p.beta, c, float64(int(s.Renewals)+j)) / here * math.Pow(1.1, -float64(j*p.months)/12)
			}
			known[s.Renewals] = v
		}
		sum += p.price * v
	}
	return sum
}

// Small plans borrow. A plan's own odds of renewing, which are known here, are nearer to what is told than those of all plans, and than those of its own
// renewals alone; intervals of their equity hold the truth.
func TestSmallPlansBorrow(t *testing.T) {
	asOf := orders.Day(2024, 12, 31)
	const shops, small = 6, 12
	pooled, flat, alone, held, told := 0.0, 0.0, 0.0, 0, 0
	all := 0
	for seed := range uint64(shops) {
		r := rand.New(rand.NewPCG(seed, 11))
		var b strings.Builder
		b.WriteString(head)
		big := truth{"Big", 1, 20, .8, 6, 900}
		billsOf(&b, r, big, 1, asOf)
		truths := []truth{big}
		for k := range small {
			// Odds of renewing times e^effect at each tenure: log (beta+t)/alpha, and so alpha by it.
			p := truth{fmt.Sprintf("P%d", k), 1, 20, .8 * math.Exp(-0.5*r.NormFloat64()), 6, 8 + 3*k}
			billsOf(&b, r, p, 1, asOf)
			truths = append(truths, p)
		}
		l := read(t, b.String(), subscriptions.Options{AsOf: asOf})
		res := l.Value(terms)
		each := l.Each(terms, &res)
		sum := 0.0
		base := planOf(t, res, "Big")
		for _, p := range truths {
			want := truly(each, p, 1)
			sum += want
			got := planOf(t, res, p.name)
			if got.Basis != subscriptions.AllPlans {
				continue
			}
			if !(got.Own > 0 && got.Own < 1) || !got.Ranged {
				t.Errorf("%s: own %g, ranged %v", p.name, got.Own, got.Ranged)
			}
			off := func(renew float64) float64 {
				d := math.Log(renew/(1-renew)) - math.Log(p.beta/p.alpha)
				return d * d
			}
			pooled, flat = pooled+off(got.Fitted[0]), flat+off(base.Fitted[0])
			if lost := got.Lost; lost > 0 { // its own renewals alone, at the level of the curve
				alone += off(1 / (1 + math.Exp(-math.Log(base.Fitted[0]/(1-base.Fitted[0]))-math.Log((total(got.AtRisk)-lost)/lost)+math.Log((total(base.AtRisk)-base.Lost)/base.Lost))))
			}
			told++
			if got.EquityLow <= want && want <= got.EquityHigh {
				held++
			}
		}
		if res.EquityLow <= sum && sum <= res.EquityHigh {
			all++
		}
	}
	t.Logf("log-odds off by %.3f; as all %.3f, by their own alone %.3f; intervals held in %d of %d plans, %d of %d shops", math.Sqrt(pooled/float64(told)), math.Sqrt(flat/float64(told)), math.Sqrt(alone/float64(told)), held, told, all, shops)
	if !(pooled < flat && pooled < alone) {
		t.Error("borrowing is no better")
	}
	if float64(held) < 0.88*float64(told) { // at 95%, of 60 fewer than 53 with a probability of 0.02
		t.Errorf("intervals held in %d of %d plans", held, told)
	}
	if all < shops-1 {
		t.Errorf("intervals held in %d of %d shops", all, shops)
	}
}

func total(list []float64) (sum float64) {
	for _, v := range list {
		sum += v
	}
	return sum
}

// A plan of five subscribers, of whom four left at once, is nearly worth what the others are.
func TestFivesubscribersTellLittle(t *testing.T) {
	asOf := orders.Day(2024, 12, 31)
	var b strings.Builder
	b.WriteString(head)
	billsOf(&b, rand.New(rand.NewPCG(5, 5)), truth{"Big", 1, 20, .8, 6, 900}, 1, asOf)
	for i := range 5 {
		for k := range 1 + 23*(i/4) {
			fmt.Fprintf(&b, "tiny-%d,%s,Tiny,20.00,paid,t-%d-%d\n", i, day(later(orders.Day(2023, 2, 3), k)), i, k)
		}
	}
	r := read(t, b.String(), subscriptions.Options{AsOf: asOf}).Value(terms)
	tiny, big := planOf(t, r, "Tiny"), planOf(t, r, "Big")
	if tiny.Basis != subscriptions.AllPlans || tiny.Own > 0.3 {
		t.Fatalf("%v, own %g", tiny.Basis, tiny.Own)
	}
	// Of a normal effect with a deviation of 0.25 that is known to a fifth, the odds of renewing cannot fall by more than a half.
	odds := func(r float64) float64 { return r / (1 - r) }
	for k := range 5 {
		if ratio := odds(tiny.Fitted[k]) / odds(big.Fitted[k]); ratio > 1 || ratio < 0.5 {
			t.Errorf("odds of renewing after %d: %.3f of the others'", k, ratio)
		}
	}
}

// Two plans whose subscribers become more and less loyal with time: the curve says so, and the equity is that of the truth within its interval.
func TestCurvesThatChangeWithTime(t *testing.T) {
	asOf := orders.Day(2024, 12, 31)
	plans := []truth{{"Hump", 1, 20, .9, 6, 1500}, {"Fall", 1, 9, 2, 5, 1500}}
	shape := map[string]float64{"Hump": 1.6, "Fall": 0.55}
	held, n := 0, 0
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 13))
		var b strings.Builder
		b.WriteString(head)
		for _, p := range plans {
			billsOf(&b, r, p, shape[p.name], asOf)
		}
		l := read(t, b.String(), subscriptions.Options{AsOf: asOf})
		res := l.Value(terms)
		each := l.Each(terms, &res)
		for _, p := range plans {
			got, want := planOf(t, res, p.name), truly(each, p, shape[p.name])
			if got.C == 1 || (got.C > 1) != (shape[p.name] > 1) || got.Average != 0 {
				t.Errorf("%s: c = %g", p.name, got.C)
			}
			n++
			if got.EquityLow <= want && want <= got.EquityHigh {
				held++
			}
			if d := got.Equity / want; d < 0.8 || d > 1.25 {
				t.Errorf("%s: equity %.3f of the truth", p.name, d)
			}
		}
		// The chances within the file are those that the file's own last third saw: 3 deviations of a sum of renewals at most.
		if res.Checked == 0 || math.Abs(res.Came-res.Forecast) > 0.06*res.Forecast {
			t.Errorf("until %d: %g expected, %g came", res.Checked, res.Forecast, res.Came)
		}
	}
	t.Logf("equity in %d of %d intervals", held, n)
	if held < n-2 {
		t.Errorf("equity in %d of %d intervals", held, n)
	}
}

// Fewer than ten lost renewals are no forecast.
func TestTooFewLost(t *testing.T) {
	var b strings.Builder
	b.WriteString(bills)
	for i := range 40 {
		n := 12
		if i < 9 {
			n = 1 + i
		}
		b.WriteString(monthly(fmt.Sprintf("a%d", i), "Solo", "10", 2024, 1, 5, n))
	}
	r := read(t, b.String(), subscriptions.Options{AsOf: orders.Day(2024, 12, 31)}).Value(terms)
	if p := r.Plans[0]; p.Basis != subscriptions.TooFewLost || p.Lost != 9 || r.Equity != 0 || r.Unvalued != 31 || r.Checked != 0 {
		t.Errorf("%v, %g lost, equity %g", p.Basis, p.Lost, r.Equity)
	}
}

// A shop whose churn has doubled in its last third is told by the check; added up by hand, cohort by cohort, from what a constant churn expects.
func TestTheCheckSeesAChange(t *testing.T) {
	var b strings.Builder
	b.WriteString(bills)
	r := rand.New(rand.NewPCG(1, 1))
	begin, asOf := orders.Day(2022, 1, 1), orders.Day(2024, 12, 31)
	cut := begin + (asOf-begin)*2/3
	for i := range 1200 {
		start := begin + r.Int32N(700)
		n := 1
		for ; later(start, n) <= asOf; n++ {
			churn := 0.04
			if later(start, n) > cut {
				churn = 0.12
			}
			if r.Float64() < churn {
				break
			}
		}
		y, m, d := orders.Civil(start)
		b.WriteString(monthly(fmt.Sprintf("a%d", i), "Solo", "10", y, m, d, n))
	}
	res := read(t, b.String(), subscriptions.Options{AsOf: asOf}).Value(terms)
	// Over 12 renewals a churn of 4% keeps sum .96^k = 9.30 each, one of 12% sum .88^k = 5.75: 38% fewer.
	if res.Checked == 0 {
		t.Fatal("no check")
	}
	near(t, "came over expected", res.Came/res.Forecast, 5.75/9.30, 0.05) // start days are known to a month, and 500 subscribers to 3%
}

package gammagamma

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/special"
	"hourglass/internal/cdnow"
)

// log quantiles of Gamma(a, 1) by bisection with 30 digits (mpmath).
func TestGammaQuantile(t *testing.T) {
	for _, c := range []struct{ a, p, want float64 }{
		{0.01, 0.5, -69.883748850601494},
		{0.3, 0.025, -12.656845094884963},
		{0.3, 0.975, 0.64199263593505667},
		{3.744, 0.5, 1.2286057580287228},
		{3.744, 1e-6, -2.9309752186174185},
		{3.744, 1 - 1e-6, 3.0348254711644386},
		{50, 0.1, 3.7179300667193524},
		{5000, 0.99, 8.5498475448632908},
	} {
		within(t, "log quantile", logGammaQuantile(c.p, 1-c.p, c.a), c.want, 2e-13*(1+math.Abs(c.want))*(1+1e-3/(1-c.p)))
	}
	for _, p := range []float64{1e-9, 0.025, 0.5, 0.999} { // the change of method at 1e6
		below, above := logGammaQuantile(p, 1-p, 999999.999), logGammaQuantile(p, 1-p, 1e6)
		within(t, "across 1e6", above, below, 3e-9)
	}
	rng := rand.New(rand.NewPCG(2, 8))
	for range 3000 {
		a, p := math.Exp(6*rng.NormFloat64()), rng.Float64()
		u := logGammaQuantile(p, 1-p, a)
		if x := math.Exp(u); a < 1e4 && x > 1e-300 {
			got, _ := special.GammaPQ(a, x)
			within(t, "P at its quantile", got, p, 1e-12*(1+a))
		}
		if math.IsNaN(u) || math.IsInf(u, 0) {
			t.Error(a, p, u)
		}
	}
}

// FHL05 eq. 4 in its second form, a weighted average of the population's mean and the customer's.
func TestExpectedSpendIsAWeightedAverage(t *testing.T) {
	p := best.p
	for _, x := range []float64{1, 2, 30} {
		whole, _ := p.ExpectedSpend(0, math.NaN())
		within(t, "population", whole, p.P*p.Gamma/(p.Q-1), 1e-13*whole)
		z := p.P * x / (p.P*x + p.Q - 1)
		got, _ := p.ExpectedSpend(x, 80)
		within(t, "weighted average", got, (1-z)*whole+z*80, 1e-12*got)
	}
}

// Moments and quantiles against 200,000 draws, and against quadrature over the rate.
func TestMomentsAndQuantilesAgainstDraws(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 1))
	p, x, mean, k := Params{6.25, 3.74, 15.44}, 3.0, 50.0, 4.0
	const n = 200000
	e, _ := p.ExpectedSpend(x, mean)
	v, _ := p.OrdersVariance(x, mean, k)
	var sum, square float64
	for range n {
		d := p.DrawSpend(x, mean, k, rng.Float64)/k - e
		sum += d
		square += d * d
	}
	within(t, "mean of draws", sum/n, 0, 4*math.Sqrt(v/n))
	within(t, "variance of draws", square/n, v, 0.03*v)
	lone, _ := p.Variance(x, mean)
	many, _ := p.OrdersVariance(x, mean, 1e15)
	within(t, "many orders", many, lone, 1e-12*lone)
	for _, prob := range []float64{0.025, 0.5, 0.975} {
		q, outcome := p.Quantile(prob, x, mean)
		below := 0.0
		for range n / 4 {
			if p.DrawSpend(x, mean, 1e12, rng.Float64)/1e12 < q {
				below++
			}
		}
		within(t, "share below the quantile", below/(n/4), prob, 4*math.Sqrt(prob*(1-prob)/(n/4)))
		if outcome != special.OK {
			t.Error(outcome)
		}
	}
	shape, scale := p.P*x+p.Q, p.P*(p.Gamma+x*mean)
	m1, m2 := 0.0, 0.0 // E M and E M^2 by the trapezoidal rule in log nu
	mass := 0.0
	for u := -60.0; u < 6; u += 0.01 {
		w := math.Exp(shape*u - math.Exp(u))
		m := scale / math.Exp(u)
		mass, m1, m2 = mass+w, m1+w*m, m2+w*m*m
	}
	within(t, "E M", e, m1/mass, 1e-10*e)
	within(t, "Var M", lone, m2/mass-m1/mass*(m1/mass), 1e-9*lone)
}

// Who was given an order is worth what FHL05 eq. 4 says of a mean ever closer to zero, p gamma/(p x + q - 1), and not
// nothing: the customer who paid a cent is no better.
func TestFreeOrdersAreTheLimitOfCheapOnes(t *testing.T) {
	p := Params{2, 3, 10}
	for _, c := range []struct{ x, want float64 }{{1, 5}, {2, 20. / 6}, {9, 1}} {
		v, basis := p.Spend(c.x, 0)
		near, _ := p.Spend(c.x, 1e-9)
		within(t, "free orders", v, c.want, 1e-12)
		within(t, "cheap orders", near, v, 1e-8)
		if basis != ByMean {
			t.Error(basis)
		}
	}
}

func TestExpectationsOutsideTheirDomain(t *testing.T) {
	good, nan, inf := best.p, math.NaN(), math.Inf(1)
	for _, c := range []struct {
		p       Params
		x, mean float64
	}{
		{Params{}, 1, 1}, {Params{nan, 1, 1}, 1, 1}, {Params{1, inf, 1}, 1, 1}, {Params{1, 1, -1}, 1, 1},
		{good, -1, 1}, {good, nan, 1}, {good, inf, 1}, {good, 1, -5}, {good, 1, nan}, {good, 1, inf},
	} {
		_, a := c.p.ExpectedSpend(c.x, c.mean)
		_, b := c.p.Variance(c.x, c.mean)
		_, d := c.p.Quantile(0.5, c.x, c.mean)
		_, e := c.p.OrdersVariance(c.x, c.mean, 2)
		v, basis := c.p.Spend(c.x, c.mean)
		if a != special.OutOfDomain || b != a || d != a || e != a || v != 0 || basis != NoBasis || c.p.DrawSpend(c.x, c.mean, 1, nil) != 0 {
			t.Errorf("%+v: %v %v %v %v %v %v", c, a, b, d, e, v, basis)
		}
	}
	for _, prob := range []float64{0, 1, -1, nan} {
		if _, o := good.Quantile(prob, 1, 1); o != special.OutOfDomain {
			t.Error(prob, o)
		}
	}
	if _, o := good.OrdersVariance(1, 1, 0); o != special.OutOfDomain {
		t.Error(o)
	}
	if _, o := (Params{1, 1.5, 1}).Variance(0, 0); o != special.Unbounded {
		t.Error("variance with q <= 2", o)
	}
	if (Params{}).Simulate([]float64{1}, nil) != nil || good.Simulate([]float64{-1}, nil) != nil {
		t.Error("simulated outside the domain")
	}
}

// The textbook example of Spearman's coefficient (hours of television against IQ,
// n = 10): rho = -29/165, two-sided p = 0.627188.
func TestCorrelationTextbook(t *testing.T) {
	c := Table{
		X:    []float64{106, 100, 86, 101, 99, 103, 97, 113, 112, 110},
		Mean: []float64{7, 27, 2, 50, 28, 29, 20, 12, 6, 17},
	}.Correlate()
	within(t, "rho", c.Spearman, -29.0/165, 1e-15)
	within(t, "p", c.SpearmanP, 0.627188, 0.5e-6)
	// By hand: y = x^2 on 1 .. 4 has r = 25/sqrt(5*129) = 0.984374; t with two degrees of freedom, P = 1 - r.
	c = Table{X: []float64{1, 2, 3, 4}, Mean: []float64{1, 4, 9, 16}}.Correlate()
	within(t, "r", c.Pearson, 25/math.Sqrt(645), 1e-15)
	within(t, "p", c.PearsonP, 1-c.Pearson, 1e-13)
	within(t, "rank", c.Spearman, 1, 1e-15)
	for _, flat := range []Table{
		{}, {X: []float64{1, 1, 1}, Mean: []float64{1, 2, 3}}, {X: []float64{1, 2, 3}, Mean: []float64{5, 5, 5}}, {X: []float64{1, 2}, Mean: []float64{1, 2}},
	} {
		if c := flat.Correlate(); c != (Correlation{}) {
			t.Errorf("%+v", c)
		}
	}
}

// Fader, Hardie & Lee (2005) report 0.11 for CDNOW. Both coefficients by
// independent code (plain Python) on the raw log.
func TestCorrelationCDNOW(t *testing.T) {
	c := table(cdnow.Sample()).Correlate()
	within(t, "published", c.Pearson, 0.11, 0.005)
	within(t, "Pearson", c.Pearson, cdnowPearson, 1e-12)
	within(t, "Spearman", c.Spearman, cdnowSpearman, 1e-12)
}

// What Correlate's comment warns of: where the model holds, Pearson's p-value is
// uniform to a usable degree and the ranks find a relation all the same.
func TestRanksFeelTheSkewness(t *testing.T) {
	rejected, ranks := 0, 0.0
	for seed := range uint64(300) {
		c := simulated(best.p, 400, 7000+seed).Correlate()
		if c.PearsonP < 0.05 {
			rejected++
		}
		ranks += c.Spearman / 300
	}
	if rejected > 30 { // 15 expected
		t.Error("Pearson rejected", rejected, "of 300")
	}
	if !(ranks > 0.02) {
		t.Error("mean rank correlation", ranks)
	}
}

// Under the model the test rejects as often as it says; spend made to grow as
// x^0.08 is found, with its size.
func TestDependenceWithinTheModel(t *testing.T) {
	rejected, sum := 0, 0.0
	for seed := range uint64(200) {
		f := Fit(simulated(best.p, 500, 9000+seed), nil)
		if f.Dependence.P < 0.05 {
			rejected++
		}
		if !f.Dependence.Defined {
			t.Fatal("undefined")
		}
		sum += f.Dependence.Elasticity / f.Dependence.StandardError / 200
	}
	if rejected < 2 || rejected > 22 { // 10 expected, four standard deviations are 12
		t.Error("rejected", rejected, "of 200")
	}
	within(t, "mean z under the model", sum, 0, 4/math.Sqrt(200))
	data := simulated(best.p, 20000, 77)
	for i, x := range data.X {
		data.Mean[i] *= math.Pow(x, 0.08)
	}
	d := Fit(data, nil).Dependence
	within(t, "elasticity", d.Elasticity, 0.08, 4*d.StandardError)
	if !(d.P < 1e-6) {
		t.Errorf("%+v", d)
	}
	if d := Fit(Table{X: []float64{2, 2, 2, 2}, Mean: []float64{1, 9, 4, 30}}, nil).Dependence; d.Defined {
		t.Errorf("x does not vary: %+v", d)
	}
}

// Weights count, the unit of money does not.
func TestDependenceOfCDNOW(t *testing.T) {
	data := table(cdnow.Sample())
	d := Fit(data, nil).Dependence
	cents := Fit(data.scaled(0.01), nil).Dependence
	within(t, "elasticity in cents", cents.Elasticity, d.Elasticity, 1e-9)
	if !(d.Elasticity > 0) {
		t.Errorf("%+v", d)
	}
	t.Logf("CDNOW: %+v", d)
}

// Under the model, credibility is exact: Within/Among = (q-1)/p, Overall = p gamma/(q-1).
func TestEmpiricalAgreesWithTheModel(t *testing.T) {
	p := Params{2, 12, 55}
	c := Empirical(simulated(p, 200000, 12))
	if c.Verdict != Separated {
		t.Fatal(c)
	}
	mean := p.P * p.Gamma / (p.Q - 1)
	among := mean * mean / (p.Q - 2)
	within(t, "overall", c.Overall, mean, 0.01*mean)
	within(t, "among", c.Among, among, 0.04*among)
	within(t, "K", c.Within/c.Among, (p.Q-1)/p.P, 0.06*(p.Q-1)/p.P)
	want, _ := p.ExpectedSpend(3, 25)
	got, outcome := c.ExpectedSpend(3, 25)
	within(t, "expected spend", got, want, 0.01*want)
	v, _ := p.Variance(0, 0)
	fresh, _ := c.Variance(0)
	within(t, "variance of a new customer", fresh, v, 0.04*v)
	if outcome != special.OK {
		t.Error(outcome)
	}
}

// By hand: x = 1, 1, 3, 3 and means 0, 8, 3, 5 have byOrders = byCustomers = 4,
// s = 38, u = 34; 3 within + 5.5 among = 38 and 2 within + 3 among = 34 (det = -2)
// give within < 0 no: within = (3*38 - 5.5*34)/-2 = 36.5, among = (3*34 - 2*38)/-2 < 0.
func TestEmpiricalByHand(t *testing.T) {
	c := Empirical(Table{X: []float64{1, 1, 3, 3}, Mean: []float64{0, 8, 3, 5}})
	if c.Verdict != Alike || c.Among != 0 {
		t.Errorf("%+v", c)
	}
	within(t, "overall", c.Overall, 4, 1e-14)
	within(t, "within", c.Within, 38.0/3, 1e-13)
	for _, q := range []struct {
		name    string
		t       Table
		verdict Verdict
		overall float64
		at      float64 // of a customer with 2 orders of mean 10
	}{
		{"nobody", Table{}, NoCustomers, 0, 0},
		{"refunds alone", Table{X: []float64{2}, Mean: []float64{-3}}, NoCustomers, 0, 0},
		{"one customer", Table{X: []float64{4}, Mean: []float64{7}}, Inseparable, 7, (2*10 + 7.0) / 3},
		{"one order each", Table{X: []float64{1, 1, 1}, Mean: []float64{1, 2, 6}}, Inseparable, 3, (2*10 + 3.0) / 3},
		{"all equal", Table{X: []float64{1, 2, 5}, Mean: []float64{5, 5, 5}}, Alike, 5, 5},
		{"nothing spent", Table{X: []float64{1, 2}, Mean: []float64{0, 0}}, Alike, 0, 0},
		{"wider for many orders", Table{X: []float64{1, 1, 9, 9}, Mean: []float64{4, 6, 0, 10}}, Steady, 5, 10},
	} {
		c := Empirical(q.t)
		got, _ := c.ExpectedSpend(2, 10)
		if c.Verdict != q.verdict {
			t.Errorf("%s: %+v", q.name, c)
		}
		within(t, q.name+", overall", c.Overall, q.overall, 1e-13)
		within(t, q.name+", customer", got, q.at, 1e-13)
	}
	c = Empirical(table(cdnow.Sample()))
	for _, x := range []float64{-1, math.NaN(), math.Inf(1)} {
		if _, o := c.ExpectedSpend(x, 1); o != special.OutOfDomain {
			t.Error(x, o)
		}
	}
	if _, o := c.ExpectedSpend(1, -1); o != special.OutOfDomain {
		t.Error(o)
	}
}

const (
	cdnowPearson  = 0.113887919391255
	cdnowSpearman = 0.206301516583918
)

// The second method: the likelihood ratio, from fits to spends divided by x^b. It
// is chi-square with one degree of freedom as the score statistic is.
func TestDependenceAgainstTheLikelihoodRatio(t *testing.T) {
	data := table(cdnow.Sample())
	d := Fit(data, nil).Dependence
	at := func(b float64) float64 {
		divided, jacobian := Table{X: data.X}, 0.0
		for i, x := range data.X {
			divided.Mean = append(divided.Mean, data.Mean[i]*math.Pow(x, -b))
			jacobian -= b * math.Log(x)
		}
		return Fit(divided, nil).Result.LogLikelihood + jacobian
	}
	const h = 0.02 // a parabola through the three highest points of a grid
	best := 0.0
	for b := 0.0; b < 0.3; b += h {
		if at(b) > at(best) {
			best = b
		}
	}
	low, mid, high := at(best-h), at(best), at(best+h)
	peak := best + 0.5*h*(low-high)/(low-2*mid+high)
	within(t, "elasticity", d.Elasticity, peak, d.StandardError)
	ratio, z := 2*(at(peak)-at(0)), d.Elasticity/d.StandardError
	within(t, "statistic", z*z, ratio, 0.25*ratio)
	t.Logf("maximum at %.4f, likelihood ratio %.2f; score test %.4f, %.2f", peak, ratio, d.Elasticity, z*z)
}

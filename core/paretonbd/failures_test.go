package paretonbd

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
	"hourglass/internal/cdnow"
)

// What existing libraries get wrong about this model, each by name (the project's
// reference table, "What the existing libraries get wrong").

func TestNoNaNAtSEqualOne(t *testing.T) {
	for _, p := range []Params{{.55, 10.6, 1, 11.7}, {.55, 10.6, 1, 10.6}} {
		got, outcome := p.ExpectedPurchasesNew(0, 52)
		near(t, "E[X] = r/alpha beta log(1 + t/beta)", got, p.R/p.Alpha*p.Beta*math.Log1p(52/p.Beta), 1e-14)
		ever, _ := p.DERT(2, 30, 39, .003, math.Inf(1))
		below, _ := Params{p.R, p.Alpha, 1 - 1e-9, p.Beta}.DERT(2, 30, 39, .003, math.Inf(1))
		near(t, "DERT is continuous", ever, below, 1e-7)
		if ll, _ := p.LogLikelihood(cdnow.Sample().Table); outcome != special.OK || !(ll < 0) {
			t.Error(outcome, ll)
		}
	}
}

// At alpha = beta the papers' cases alpha > beta and alpha < beta are 0/0. There,
//
//	L = (r)_x alpha^(r+s) ((alpha+T)^-R + s/R ((alpha+t_x)^-R - (alpha+T)^-R)), R = r+s+x.
func TestNoZeroOverZeroAtAlphaEqualBeta(t *testing.T) {
	p := Params{.55, 10.6, .6, 10.6}
	for _, c := range [][3]float64{{0, 0, 39}, {2, 30, 39}, {26, 30, 31}, {400, 39, 39}, {1, 1, 390}} {
		x, tx, age := c[0], c[1], c[2]
		power := p.R + p.S + x
		silent := -power * math.Log1p((age-tx)/(p.Alpha+tx))
		left := p.S / power * -math.Expm1(silent)
		want := special.LogPoch(p.R, x) - x*math.Log(p.Alpha) - power*math.Log1p(tx/p.Alpha) + math.Log(math.Exp(silent)+left)
		got, _ := p.LogLikelihood(one(x, tx, age))
		near(t, "LL", got, want, 1e-13, c)
		near(t, "P(alive)", p.PAlive(x, tx, age), math.Exp(silent)/(math.Exp(silent)+left), 1e-13, c)
		for _, nudge := range []float64{-1e-12, 1e-12} {
			next, _ := Params{p.R, p.Alpha, p.S, p.Beta * (1 + nudge)}.LogLikelihood(one(x, tx, age))
			near(t, "LL beside it", next, got, 1e-11, c)
		}
	}
}

// Without a pole at integer s: DERT equals beta U(1, 2-s, delta beta), and by
// parts of the integral (s-1) J_s = beta - delta beta J_(s-1).
func TestDERTHasNoPolesAtIntegerS(t *testing.T) {
	const delta, b = .003, 50.0
	for s := 2.0; s <= 12; s++ {
		near(t, "recurrence", (s-1)*annuity(s, b, delta, math.Inf(1)), b-delta*b*annuity(s-1, b, delta, math.Inf(1)), 1e-12, s)
		at := annuity(s, b, delta, math.Inf(1))
		for _, nudge := range []float64{-1e-10, 1e-10} {
			near(t, "beside it", annuity(s+nudge, b, delta, math.Inf(1)), at, 1e-9, s)
		}
	}
}

// As s, beta -> infinity with s/beta = m lifetimes are exponential of rate m, and
// DERT is r/alpha/(delta + m).
func TestDERTAtLargeBeta(t *testing.T) {
	for _, size := range []float64{1e6, 1e9, 1e12, 1e60} {
		p := Params{.6, 10, .02 * size, size}
		got, outcome := p.New().DERT(.003, math.Inf(1))
		if outcome != special.OK {
			t.Error(outcome)
		}
		// The variance of mu, m^2/s, in two terms of the delta method.
		want := .06 / .023 * (1 + .02*.02/(.02*size)/(.023*.023))
		near(t, "DERT", got, want, 1e4/(size*size)+1e-13, size)
		got, _ = Params{.6, 10, .5, size}.New().DERT(.003, 520)
		near(t, "DERT, nobody leaves", got, .06*-math.Expm1(-.003*520)/.003, 600/size+1e-13, size)
	}
}

// Terms of 1e300 and more, where 2F1 and its powers overflow: 221 orders and more.
func TestPAliveOfVeryFrequentCustomers(t *testing.T) {
	p := Params{.55, 10.6, .6, 11.7}
	for _, x := range []float64{221, 254, 1000, 1e5, 1e8} {
		last := 1.0
		for _, tx := range []float64{52, 51.9, 51, 40, 10, .1} {
			alive := p.PAlive(x, tx, 52)
			if !(alive >= 0 && alive <= last) {
				t.Errorf("P(alive | %v, %v, 52) = %v after %v", x, tx, alive, last)
			}
			last = alive
		}
		if p.PAlive(x, 52, 52) != 1 {
			t.Error("P(alive) of one who has just ordered")
		}
	}
}

func TestFitInAnyTimeUnit(t *testing.T) {
	c := cdnow.Sample()
	weeks := Fit(c.Table, nil).Result
	for _, unit := range []float64{7, 168, 604800, 7 / 365.25} { // days, hours, seconds, years
		other := cbs.Table{X: c.X, TX: make([]float64, c.Len()), T: make([]float64, c.Len())}
		for i := range c.X {
			other.TX[i], other.T[i] = c.TX[i]*unit, c.T[i]*unit
		}
		r := Fit(other, nil).Result
		for i, scale := range []float64{1, unit, 1, unit} {
			near(t, "parameter", r.Parameters[i], weeks.Parameters[i]*scale, 1e-8, unit, i)
			near(t, "standard error", r.StandardErrors[i], weeks.StandardErrors[i]*scale, 1e-6, unit, i)
		}
		near(t, "LL", r.LogLikelihood+2457*math.Log(unit), weeks.LogLikelihood, 1e-10, unit) // 2,457 repeat orders
	}
}

// A library's upper bound of 10,000 would stop this fit, of times in seconds.
func TestParametersAreNotCapped(t *testing.T) {
	p := Params{2, 3e6, 1.5, 8e6}
	rng := rand.New(rand.NewPCG(2, 8))
	ages := make([]float64, 4000)
	for i := range ages {
		ages[i] = 3e7 * (.5 + .5*rng.Float64())
	}
	r := Fit(p.Simulate(ages, rng.Float64), nil).Result
	if r.Status != fit.Converged {
		t.Fatal(r.Status)
	}
	for i, want := range []float64{2, 3e6, 1.5, 8e6} {
		if math.Abs(r.Parameters[i]-want) > 3.5*r.StandardErrors[i] {
			t.Errorf("parameter %d: %v +- %v, want %v", i, r.Parameters[i], r.StandardErrors[i], want)
		}
	}
}

func TestNoConvergenceErrorAtTheOptimum(t *testing.T) {
	c := cdnow.Sample()
	best := Fit(c.Table, nil)
	again := fit.Maximise(fit.Problem{LogLikelihood: objective(c.Compress()), Starts: [][]float64{{
		math.Log(best.Params.R), math.Log(best.Params.Alpha), math.Log(best.Params.S), math.Log(best.Params.Beta)}}})
	if again.Status != fit.Converged || again.Iterations > 2 {
		t.Error(again.Status, again.Iterations)
	}
}

func TestCovarianceIsSymmetric(t *testing.T) {
	r := Fit(cdnow.Sample().Table, nil).Result
	for i := range 4 {
		for j := range 4 {
			if r.Covariance[4*i+j] != r.Covariance[4*j+i] {
				t.Error(i, j)
			}
		}
	}
}

// Fits that run off to s, beta -> infinity, and to the other limits, say so.
func TestLimitsAreNamed(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	ages := make([]float64, 600)
	for i := range ages {
		ages[i] = 30 + float64(rng.IntN(30))
	}
	active := Params{3, 9, 1e-9, 1e3}.Simulate(ages, rng.Float64)
	for i := range active.X {
		active.X[i], active.TX[i] = active.X[i]+1, active.T[i] // all have ordered at the last moment
	}
	together := Params{3, 9, 1e-9, 1e3}.Simulate(ages, rng.Float64)
	together.T = nil
	for _, age := range ages { // all have left in middle age
		together.T = append(together.T, 3*age)
	}
	leavers := Params{3, 9, 1e-9, 1e3}.Simulate(ages, rng.Float64)
	for i := range 200 { // a third is never seen again
		active.X[i], active.TX[i] = 0, 0
		leavers.X[i], leavers.TX[i] = 0, 0
	}
	for _, c := range []struct {
		data cbs.Table
		want Limit
	}{
		{together, EqualLifetimes},
		{Params{4e7, 1e8, .7, 10}.Simulate(ages, rng.Float64), EqualRates},
		{cbs.Table{X: active.X[200:], TX: active.TX[200:], T: active.T[200:]}, NoLeaving},
		{leavers, PolarisedLeaving},
	} {
		f := Fit(c.data, nil)
		if f.Limit != c.want || f.Result.Status != fit.Boundary || f.Result.StandardErrors != nil {
			t.Errorf("%v: %v, %v at %v", c.want, f.Result.Status, f.Limit, f.Params)
		}
	}
	never := cbs.Table{X: []float64{0, 0}, TX: []float64{0, 0}, T: []float64{9, 5}, W: []float64{30, 40}}
	if f := Fit(never, nil); f.Limit != NoRepeats {
		t.Error("no repeats:", f.Limit, f.Result.Status)
	}
	for _, l := range []Limit{NoLimit, LeavingAtOnce + 1} {
		if (l.String() == "") != (l > LeavingAtOnce) || len(limitNames) != int(LeavingAtOnce)+1 {
			t.Error("limit", l, "has a wrong name")
		}
	}
}

// Unlike the BG/NBD, who never came back is less and less likely to be there.
func TestPAliveOfThoseWhoNeverCameBack(t *testing.T) {
	p := Params{.55327, 10.5777, .6062, 11.669}
	last := 1.0
	for age := 1.0; age < 1e4; age *= 2 {
		alive := p.PAlive(0, 0, age)
		if !(alive < last && alive > 0) {
			t.Error(age, alive)
		}
		last = alive
	}
}

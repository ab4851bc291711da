package predict_test

import (
	"math"
	"slices"
	"testing"

	"hourglass/core/bgbb"
	"hourglass/core/bgnbd"
	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/gammagamma"
	"hourglass/core/mbgcnbd"
	"hourglass/core/mbgnbd"
	"hourglass/core/paretonbd"
	"hourglass/core/sample"
	"hourglass/core/sbg"
)

// The fits against an optimiser that shares nothing with them: likelihoods written down as the papers print them, by
// math.Lgamma and quadrature, climbed by Nelder and Mead's simplex from several starts and from the fit's own answer.
// On data sets made to be nasty, the simplex may find nothing better than the fit, whatever the fit calls its answer.

// A likelihood of parameters by their logarithms.
type likelihood func(theta []float64) float64

// simplex climbs f by Nelder & Mead (1965), with ever smaller simplices from where the one before has ended.
func simplex(f likelihood, start []float64) (best []float64, value float64) {
	best, value = start, f(start)
	for _, step := range []float64{1, -0.3, 0.1} {
		if next, v := climb(f, best, step); v > value {
			best, value = next, v
		}
	}
	return best, value
}

func climb(f likelihood, start []float64, step float64) ([]float64, float64) {
	n := len(start)
	type vertex struct {
		at []float64
		f  float64
	}
	at := func(x []float64) vertex {
		v := f(x)
		if math.IsNaN(v) || slices.ContainsFunc(x, func(t float64) bool { return math.Abs(t) > 20 }) {
			v = math.Inf(-1)
		}
		return vertex{x, v}
	}
	s := []vertex{at(start)}
	for i := range n {
		x := slices.Clone(start)
		x[i] += step
		s = append(s, at(x))
	}
	for range 200 {
		slices.SortFunc(s, func(a, b vertex) int {
			switch {
			case a.f > b.f:
				return -1
			case a.f < b.f:
				return 1
			}
			return 0
		})
		if s[0].f-s[n].f < 1e-10*(1+math.Abs(s[0].f)) {
			break
		}
		along := func(k float64) vertex { // from the worst through the centre of the others
			x := make([]float64, n)
			for i := range x {
				for _, v := range s[:n] {
					x[i] += v.at[i] / float64(n)
				}
				x[i] += k * (x[i] - s[n].at[i])
			}
			return at(x)
		}
		switch r := along(1); {
		case r.f > s[0].f:
			if e := along(2); e.f > r.f {
				r = e
			}
			s[n] = r
		case r.f > s[n-1].f:
			s[n] = r
		default:
			c := along(-0.5)
			if r.f > s[n].f {
				c = along(0.5)
			}
			if c.f > max(r.f, s[n].f) {
				s[n] = c
				continue
			}
			for k := 1; k <= n; k++ {
				x := make([]float64, n)
				for i := range x {
					x[i] = (s[0].at[i] + s[k].at[i]) / 2
				}
				s[k] = at(x)
			}
		}
	}
	return s[0].at, s[0].f
}

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// logBetaRatio is log B(a+i, b+j) - log B(a, b) for whole i and j, as products: no cancellation at any a and b.
func logBetaRatio(a, b float64, i, j float64) float64 {
	return logRising(a, i) + logRising(b, j) - logRising(a+b, i+j)
}

// logRising is log Gamma(r+x)/Gamma(r) for whole x: the logarithm of as many factors at once as a float64 holds.
func logRising(r, x float64) (sum float64) {
	product := 1.0
	for k := range int(x) {
		if product *= r + float64(k); product > 1e250 || product < 1e-250 {
			sum += math.Log(product)
			product = 1
		}
	}
	return sum + math.Log(product)
}

func logAdd(a, b float64) float64 {
	if b > a {
		a, b = b, a
	}
	if math.IsInf(a, -1) {
		return a
	}
	return a + math.Log1p(math.Exp(b-a))
}

// betaGeometric is the likelihood of BG/NBD (Fader, Hardie & Lee 2005, eq. 6) or, with one chance to leave more, of
// MBG/NBD (Batislam, Denizel & Filiztekin 2007).
func betaGeometric(t cbs.Table, more float64) likelihood {
	return func(theta []float64) (sum float64) {
		r, alpha, a, b := math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])
		for i, x := range t.X {
			stays := logBetaRatio(a, b, 0, x+more) - (r+x)*math.Log1p(t.T[i]/alpha)
			if x+more > 0 {
				stays = logAdd(stays, logBetaRatio(a, b, 1, x+more-1)-(r+x)*math.Log1p(t.TX[i]/alpha))
			}
			sum += t.Weight(i) * (logRising(r, x) - x*math.Log(alpha) + stays)
		}
		return sum
	}
}

// erlang is the likelihood of MBG/CNBD-k (Reutterer, Platzer & Schröder 2021, eq. 7), less what the gaps contribute.
func erlang(t cbs.Table, k float64) likelihood {
	return func(theta []float64) (sum float64) {
		r, alpha, a, b := math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])
		for i, x := range t.X {
			s := r + k*x
			l := logBetaRatio(a, b, 1, x) - s*math.Log1p(t.TX[i]/alpha)
			for j := 0.0; j < k; j++ {
				silent := 0.0
				if j > 0 {
					silent = j*math.Log((t.T[i]-t.TX[i])/(alpha+t.T[i])) + logRising(s, j) - logRising(1, j)
				}
				l = logAdd(l, logBetaRatio(a, b, 0, x+1)-s*math.Log1p(t.T[i]/alpha)+silent)
			}
			factorials, _ := math.Lgamma(k)
			sum += t.Weight(i) * (logRising(r, k*x) - k*x*math.Log(alpha) - x*factorials + l)
		}
		return sum
	}
}

// gauss is the 8-point Gauss-Legendre rule on [0, 1]; Abramowitz & Stegun, table 25.4.
var gauss = func() (rule [][2]float64) {
	for _, p := range [][2]float64{{.183434642495649804939, .362683783378361982965}, {.525532409916328985818, .313706645877887287338},
		{.796666477413626739592, .222381034453374470544}, {.960289856497536231684, .101228536290376259153}} {
		rule = append(rule, [2]float64{0.5 - p[0]/2, p[1] / 2}, [2]float64{0.5 + p[0]/2, p[1] / 2})
	}
	return rule
}()

// pareto is the likelihood of Pareto/NBD as it stands before its integral is turned into 2F1 (Fader & Hardie 2005, note
// 009), over the logarithm of time since before the first order, in panels that narrow towards the last order, where the
// integrand falls steepest.
func pareto(t cbs.Table) likelihood {
	return func(theta []float64) (sum float64) {
		r, alpha, s, beta := math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])
		for i, x := range t.X {
			// The integrand is relative to its value at the last order, which is its largest but for a factor.
			atLast := -(r+x)*math.Log1p(t.TX[i]/alpha) - s*math.Log1p(t.TX[i]/beta)
			c := min(alpha, beta)
			whole := math.Log((c + t.T[i]) / (c + t.TX[i]))
			leaves, low := 0.0, 0.0
			for high := min(whole/128, 0.5); low < whole; low, high = high, min(whole, 2*high, high+0.5) {
				fall := 0.0
				for _, g := range gauss {
					v := low + (high-low)*g[0]
					since := (c + t.TX[i]) * math.Expm1(v) // the last order
					if alpha < beta {                      // one of the two logarithms is v
						fall = (r+x)*v + s*math.Log1p(since/(beta+t.TX[i]))
					} else {
						fall = (r+x)*math.Log1p(since/(alpha+t.TX[i])) + s*v
					}
					leaves += s * g[1] * (high - low) * math.Exp(-fall) * (c + t.TX[i] + since) / (beta + t.TX[i] + since)
				}
				// What follows is less than its length at this height: the integrand falls, and the factor is at most 1.
				if s*math.Exp(-fall)*(whole-high) < 1e-17*leaves {
					break
				}
			}
			stays := -(r+x)*math.Log1p(t.T[i]/alpha) - s*math.Log1p(t.T[i]/beta)
			sum += t.Weight(i) * (logRising(r, x) - x*math.Log(alpha) + logAdd(stays, atLast+math.Log(leaves)))
		}
		return sum
	}
}

// betaBinomial is the likelihood of BG/BB (Fader, Hardie & Shang 2010, eq. 5).
func betaBinomial(t cbs.Table) likelihood {
	return func(theta []float64) (sum float64) {
		alpha, beta, gamma, delta := math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])
		for k, x := range t.X {
			n := t.T[k]
			total := logBetaRatio(alpha, beta, x, n-x) + logBetaRatio(gamma, delta, 0, n)
			for i := 0.0; i < n-t.TX[k]; i++ {
				total = logAdd(total, logBetaRatio(alpha, beta, x, t.TX[k]-x+i)+logBetaRatio(gamma, delta, 1, t.TX[k]+i))
			}
			sum += t.Weight(k) * total
		}
		return sum
	}
}

// logGammaRatio is log Gamma(y+q)/Gamma(y); of large y by the first terms of Stirling's series, where math.Lgamma's would
// cancel.
func logGammaRatio(y, q float64) float64 {
	if y < 1e4 {
		return lgamma(y+q) - lgamma(y)
	}
	return (y-0.5)*math.Log1p(q/y) + q*math.Log(y+q) - q + (1/(y+q)-1/y)/12
}

// spendLikelihood is that of Gamma-Gamma (Fader & Hardie 2013, note 025, eq. 1a), by the share u = xz/(gamma + xz).
func spendLikelihood(t gammagamma.Table) likelihood {
	return func(theta []float64) (sum float64) {
		p, q, gamma := math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2])
		for i, x := range t.X {
			if z := t.Mean[i]; x > 0 && z > 0 {
				sum += t.Weight(i) * (logGammaRatio(p*x, q) - lgamma(q) - q*math.Log1p(x*z/gamma) - p*x*math.Log1p(gamma/(x*z)) - math.Log(z))
			}
		}
		return sum
	}
}

// survivorLikelihood is that of sBG (Fader & Hardie 2007, appendix B).
func survivorLikelihood(cohorts [][]float64) likelihood {
	return func(theta []float64) (sum float64) {
		alpha, beta := math.Exp(theta[0]), math.Exp(theta[1])
		for _, survivors := range cohorts {
			last := len(survivors) - 1
			for t := 1; t <= last; t++ {
				sum += (survivors[t-1] - survivors[t]) * logBetaRatio(alpha, beta, 1, float64(t-1))
			}
			sum += survivors[last] * logBetaRatio(alpha, beta, 0, float64(last))
		}
		return sum
	}
}

// judge holds a fit's answer against the simplex.
func judge(t *testing.T, r fit.Result, f likelihood, starts ...[]float64) {
	t.Helper()
	if r.Parameters == nil {
		t.Errorf("no parameters: %v", r.Status)
		return
	}
	own := make([]float64, len(r.Parameters))
	for i, p := range r.Parameters {
		own[i] = math.Log(p)
	}
	size := 1 + math.Abs(r.LogLikelihood)
	if mine := f(own); math.Abs(mine-r.LogLikelihood) > 1e-9*size {
		t.Errorf("log-likelihood %.12g, by the paper %.12g", r.LogLikelihood, mine)
	}
	for _, start := range append(starts, own) {
		if at, v := simplex(f, start); v > r.LogLikelihood+1e-7*size {
			t.Errorf("%v at %v with %.9f: the simplex has %.9f at %v", r.Status, own, r.LogLikelihood, v, at)
		}
	}
	switch {
	case r.Status == fit.Converged && r.StandardErrors == nil:
		t.Errorf("converged without standard errors: %v", r.Parameters)
	case r.Status != fit.Converged && r.Status != fit.Boundary && r.Status != fit.NotIdentified:
		t.Errorf("no answer: %v", r.Status)
	}
	t.Logf("%v, %v, %.4g, LL %.6f", r.Status, r.Identifiability, r.Parameters, r.LogLikelihood)
}

// A shop is ages and the parameters that its customers come from.
type shop struct {
	name   string
	ages   []float64
	truth  [4]float64
	adjust func(cbs.Table) cbs.Table
}

// repeated is n ages.
func repeated(n int, age func(i int) float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = age(i)
	}
	return out
}

func inSeconds(t cbs.Table) cbs.Table {
	const week = 7 * 86400
	for i := range t.T {
		t.TX[i] *= week
		t.T[i] *= week
	}
	return t
}

// nastyShops are shops that fits have failed on: here, or in the libraries of the field. They take parameters by r, alpha and, for leaving, a, b or s, beta.
func nastyShops(leave [4][2]float64) []shop {
	weeks := func(i int) float64 { return 20 + float64(i%32) }
	heavy := func(t cbs.Table) cbs.Table {
		t.X[0], t.TX[0], t.T[0] = 1500, 51, 51.5
		return t
	}
	with := func(r, alpha float64, k int) [4]float64 { return [4]float64{r, alpha, leave[k][0], leave[k][1]} }
	return []shop{
		{"tiny rates", repeated(400, weeks), with(0.3, 250, 0), nil},
		{"seconds", repeated(120, weeks), with(0.7, 6, 0), inSeconds},
		{"one heavy buyer", repeated(120, weeks), with(0.7, 6, 0), heavy},
		{"one heavy buyer in seconds", repeated(120, weeks), with(0.7, 6, 0), func(t cbs.Table) cbs.Table { return inSeconds(heavy(t)) }},
		{"all of one age", repeated(120, func(int) float64 { return 39 }), with(0.7, 6, 0), nil},
		{"ages from an hour to decades", repeated(240, func(i int) float64 { return math.Exp(float64(i%120)/10 - 5) }), with(0.5, 4, 0), nil},
		{"thirty customers", repeated(30, weeks), with(0.8, 6, 0), nil},
		{"alike in rate", repeated(120, weeks), with(40, 300, 0), nil},
		{"a few order, most never", repeated(200, weeks), with(0.05, 0.5, 0), nil},
		{"hardly anyone leaves", repeated(120, weeks), with(0.8, 6, 1), nil},
		{"alike in leaving", repeated(120, weeks), with(0.8, 6, 2), nil},
		{"at once or never", repeated(120, weeks), with(0.8, 6, 3), nil},
	}
}

// drawn is a shop's customers.
func (s shop) drawn(simulate func(ages []float64, uniform func() float64) cbs.Table, seed uint64) cbs.Table {
	t := simulate(slices.Clone(s.ages), sample.NewSource(seed).Uniform)
	if s.adjust != nil {
		t = s.adjust(t)
	}
	return t.Compress()
}

// startsAround are where the simplex begins, in the table's own unit of time.
func startsAround(t cbs.Table, leaving ...[2]float64) (starts [][]float64) {
	orders, time := 0.5, 0.0
	for i, x := range t.X {
		orders += t.Weight(i) * x
		time += t.Weight(i) * t.T[i]
	}
	rate := math.Log(time / orders)
	for _, r := range []float64{-1, 1} {
		for _, l := range leaving {
			starts = append(starts, []float64{r, r + rate, l[0], l[1]})
		}
	}
	return starts
}

func TestNothingBeatsTheFitOfShops(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a quarter of a minute")
	}
	geometric := [4][2]float64{{0.8, 2.4}, {0.02, 5}, {40, 120}, {0.05, 0.1}}
	for k, s := range nastyShops(geometric) {
		t.Run("bgnbd/"+s.name, func(t *testing.T) {
			t.Parallel()
			p := bgnbd.Params{R: s.truth[0], Alpha: s.truth[1], A: s.truth[2], B: s.truth[3]}
			table := s.drawn(p.Simulate, uint64(k)+1)
			judge(t, bgnbd.Fit(table, nil).Result, betaGeometric(table, 0), startsAround(table, [2]float64{0, 1}, [2]float64{-1, 2})...)
		})
		t.Run("mbgnbd/"+s.name, func(t *testing.T) {
			t.Parallel()
			p := mbgnbd.Params{R: s.truth[0], Alpha: s.truth[1], A: s.truth[2], B: s.truth[3]}
			table := s.drawn(p.Simulate, uint64(k)+101)
			judge(t, mbgnbd.Fit(table, nil).Result, betaGeometric(table, 1), startsAround(table, [2]float64{0, 1}, [2]float64{-1, 2})...)
		})
	}
	for k, s := range nastyShops(geometric) {
		t.Run("mbgcnbd/"+s.name, func(t *testing.T) {
			p := mbgcnbd.Params{K: 2, R: s.truth[0], Alpha: s.truth[1], A: s.truth[2], B: s.truth[3]}
			table := s.drawn(func(ages []float64, uniform func() float64) cbs.Table {
				return p.Simulate(ages, uniform)
			}, uint64(k)+301)
			table.Gaps = nil
			judge(t, mbgcnbd.FitStages(2, table, nil).Result, erlang(table, 2), startsAround(table, [2]float64{0, 1}, [2]float64{-1, 2})...)
		})
	}
	lifetimes := [4][2]float64{{0.6, 12}, {0.05, 60}, {40, 1500}, {0.05, 0.1}}
	for k, s := range nastyShops(lifetimes) {
		s.ages = s.ages[:len(s.ages)/3] // quadrature takes its time
		t.Run("paretonbd/"+s.name, func(t *testing.T) {
			t.Parallel()
			p := paretonbd.Params{R: s.truth[0], Alpha: s.truth[1], S: s.truth[2], Beta: s.truth[3]}
			table := s.drawn(p.Simulate, uint64(k)+201)
			span := math.Log(slices.Max(table.T))
			judge(t, paretonbd.Fit(table, nil).Result, pareto(table), startsAround(table, [2]float64{-1, span - 1})...)
		})
	}
}

func TestNothingBeatsTheFitOfOpportunities(t *testing.T) {
	t.Parallel()
	six := repeated(400, func(int) float64 { return 6 })
	for k, c := range []struct {
		name string
		n    []float64
		p    bgbb.Params
	}{
		{"as donations", six, bgbb.Params{Alpha: 1.2, Beta: 0.75, Gamma: 0.66, Delta: 2.8}},
		{"hardly anyone buys", six, bgbb.Params{Alpha: 0.02, Beta: 3, Gamma: 0.66, Delta: 2.8}},
		{"thirty customers", six[:30], bgbb.Params{Alpha: 1.2, Beta: 0.75, Gamma: 0.66, Delta: 2.8}},
		{"one to thirty opportunities", repeated(120, func(i int) float64 { return 1 + float64(i%30) }), bgbb.Params{Alpha: 0.8, Beta: 1.6, Gamma: 0.3, Delta: 9}},
		{"alike in buying", six, bgbb.Params{Alpha: 60, Beta: 40, Gamma: 0.66, Delta: 2.8}},
		{"alike in leaving", six, bgbb.Params{Alpha: 1.2, Beta: 0.75, Gamma: 30, Delta: 130}},
		{"hardly anyone leaves", six, bgbb.Params{Alpha: 1.2, Beta: 0.75, Gamma: 0.01, Delta: 5}},
		{"each at every one or at none", six, bgbb.Params{Alpha: 0.03, Beta: 0.02, Gamma: 0.66, Delta: 2.8}},
		{"three opportunities", repeated(400, func(int) float64 { return 3 }), bgbb.Params{Alpha: 1.2, Beta: 0.75, Gamma: 0.66, Delta: 2.8}},
		{"two opportunities", repeated(400, func(int) float64 { return 2 }), bgbb.Params{Alpha: 1.2, Beta: 0.75, Gamma: 0.66, Delta: 2.8}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			table := c.p.Simulate(c.n, sample.NewSource(uint64(k)+301).Uniform).Compress()
			judge(t, bgbb.Fit(table, nil).Result, betaBinomial(table), []float64{0, 0, 0, 1}, []float64{-1, 1, -1, 2}, []float64{2, 2, 2, 3})
		})
	}
}

func TestNothingBeatsTheFitOfSpend(t *testing.T) {
	t.Parallel()
	few := func(i int) float64 { return 1 + float64(i%5) }
	for k, c := range []struct {
		name  string
		n     int
		x     func(i int) float64
		p     gammagamma.Params
		scale float64
	}{
		{"as CDNOW", 300, few, gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.4}, 1},
		{"in yen", 300, few, gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.4}, 1e7},
		{"in bitcoin", 300, few, gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.4}, 1e-7},
		{"one with a thousand orders", 200, func(i int) float64 { return max(1, 1000*float64(1-min(i, 1))) }, gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.4}, 1},
		{"one order each", 300, func(int) float64 { return 1 }, gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.4}, 1},
		{"thirty customers", 30, few, gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.4}, 1},
		{"no mean", 300, few, gammagamma.Params{P: 3, Q: 0.7, Gamma: 5}, 1},
		{"all alike", 300, few, gammagamma.Params{P: 2, Q: 400, Gamma: 8000}, 1},
		{"always the same", 300, few, gammagamma.Params{P: 5000, Q: 3.7, Gamma: 0.02}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := repeated(c.n, c.x)
			mean := c.p.Simulate(x, sample.NewSource(uint64(k)+401).Uniform)
			for i := range mean {
				mean[i] *= c.scale
			}
			table := gammagamma.Table{X: x, Mean: mean}
			middle := math.Log(slices.Max(mean)) - 2
			judge(t, gammagamma.Fit(table, nil).Result, spendLikelihood(table), []float64{1, 1, middle}, []float64{2, 3, middle + 1}, []float64{0, 0, middle})
		})
	}
}

func TestNothingBeatsTheFitOfSurvivors(t *testing.T) {
	t.Parallel()
	for k, c := range []struct {
		name      string
		customers []int
		periods   int
		p         sbg.Params
	}{
		{"as High End", []int{1000}, 7, sbg.Params{Alpha: 0.67, Beta: 3.8}},
		{"hardly anyone leaves", []int{2000}, 12, sbg.Params{Alpha: 0.01, Beta: 5}},
		{"thirty customers", []int{30}, 8, sbg.Params{Alpha: 0.7, Beta: 2}},
		{"alike", []int{1000}, 8, sbg.Params{Alpha: 80, Beta: 400}},
		{"at once or never", []int{1000}, 8, sbg.Params{Alpha: 0.02, Beta: 0.03}},
		{"a hundred periods", []int{5000}, 100, sbg.Params{Alpha: 1.5, Beta: 12}},
		{"groups of all sizes", []int{10, 1000, 3, 400}, 9, sbg.Params{Alpha: 0.9, Beta: 2.5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			source := sample.NewSource(uint64(k) + 501)
			var cohorts [][]float64
			for i, n := range c.customers {
				cohorts = append(cohorts, c.p.Simulate(n, c.periods-i, source.Uniform))
			}
			counts, _ := sbg.Count(cohorts)
			judge(t, sbg.Fit(counts, nil).Result, survivorLikelihood(cohorts), []float64{0, 0}, []float64{-1, 1}, []float64{3, 4})
		})
	}
}

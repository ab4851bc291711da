package sbg

import (
	"math"
	"math/rand/v2"
	"testing"
)

func countOf(t *testing.T, cohorts ...[]float64) Counts {
	t.Helper()
	c, fault := Count(cohorts)
	if fault.Code != Valid {
		t.Fatal(fault)
	}
	return c
}

// fitBoth fits both models.
func fitBoth(t *testing.T, c Counts) (Fitted, FittedWeibull) {
	t.Helper()
	plain := Fit(c, nil)
	return plain, FitWeibull(c, plain)
}

// The two segments of Fader & Hardie (2007). The estimates were found with mpmath at 30 digits from the model's definition alone, as the root of the
// gradient of sum (n(t-1)-n(t)) log(S(t-1)-S(t)) + n(T) log S(T); those of High End with four renewals are also printed by the Python package
// retenmod, a port of R's foretell: 0.25937, 1.72276, 1.58428, -122.27493 for 100 customers (to the four digits that its search reaches).
func TestWeibullOnFaderHardie2007(t *testing.T) {
	for _, c := range []struct {
		name               string
		percent            []float64
		renewals           int
		alpha, beta, c, ll float64
		s12, s24           float64
		depends            bool
	}{
		{"High End, 4 renewals", highEnd, 4, .259335731511, 1.72255148809, 1.58436151502, -1222.7493182408, 38.8910731, 29.3839132, false},
		{"High End, 7 renewals", highEnd, 7, .214253339281, 1.42657487486, 1.72356484874, -1605.3142132142, 40.3929591, 31.3371262, true},
		{"High End, 12 renewals", highEnd, 12, .249640733987, 1.65418095836, 1.59679646784, -2004.8168885022, 39.4705774, 30.0610635, true},
		{"Regular, 4 renewals", regular, 4, .523029312909, .89428265891, 1.19639871136, -1401.3830516786, 17.1447636, 11.2193822, false},
		{"Regular, 7 renewals", regular, 7, .455613989372, .779325508388, 1.28345128578, -1679.6028329072, 17.7331398, 11.8895466, false},
		{"Regular, 12 renewals", regular, 12, .508308704644, .868846336722, 1.20937787594, -1930.9297285693, 17.3455498, 11.4269126, false},
	} {
		counts := countOf(t, thousand(c.percent, c.renewals))
		plain, f := fitBoth(t, counts)
		within(t, c.name+" alpha", f.Alpha, c.alpha, 1e-6*c.alpha)
		within(t, c.name+" beta", f.Beta, c.beta, 1e-6*c.beta)
		within(t, c.name+" c", f.C, c.c, 1e-6*c.c)
		within(t, c.name+" LL", f.Result.LogLikelihood, c.ll, 1e-9*-c.ll)
		within(t, c.name+" S(12)", 100*f.Survival(12), c.s12, 1e-5)
		within(t, c.name+" S(24)", 100*f.Survival(24), c.s24, 1e-5)
		if got := Depends(counts, plain, f); got != c.depends {
			t.Errorf("%s: depends %v", c.name, got)
		}
	}
}

// At c = 1 the model is the shifted-beta-geometric one, to the last digits.
func TestWeibullNestsTheShiftedBetaGeometric(t *testing.T) {
	counts := countOf(t, thousand(regular, 12))
	p := Params{.7, 1.2}
	w := Weibull{p, 1}
	ll, da, db := p.LogLikelihood(counts)
	got, by := w.LogLikelihood(counts)
	within(t, "LL", got, ll, 1e-10*-ll)
	within(t, "by alpha", by[0], da, 1e-9*math.Abs(da))
	within(t, "by beta", by[1], db, 1e-9*math.Abs(db))
	for n := range 60 {
		within(t, "S", w.Survival(n), p.Survival(n), 1e-13)
		if n > 0 {
			within(t, "r", math.Exp(w.LogRetention(n)), p.Retention(n), 1e-13)
		}
	}
}

// S(t) is the mean of (1-theta)^(t^c) over the beta distribution: added up at many points, which knows nothing of the closed form. The gradient is
// that of central differences.
func TestWeibullAgainstItsDefinition(t *testing.T) {
	counts := Counts{AtRisk: []float64{900, 700, 420, 300, 250, 100}, Lost: []float64{90, 120, 60, 20, 11, 0}}
	for _, w := range []Weibull{{Params{2.5, 4}, 1.6}, {Params{2.2, 9}, 0.7}, {Params{3, 2}, 1}} {
		const points = 20000
		for _, n := range []int{1, 2, 5, 24} {
			sum, all := 0.0, 0.0
			for k := range points {
				theta := (float64(k) + 0.5) / points
				density := math.Exp((w.Alpha-1)*math.Log(theta) + (w.Beta-1)*math.Log1p(-theta))
				sum += density * math.Pow(1-theta, math.Pow(float64(n), w.C))
				all += density
			}
			within(t, "S(t)", w.Survival(n), sum/all, 1e-6) // the midpoint rule at 20,000 points, alpha and beta of 2 and more
		}
		_, by := w.LogLikelihood(counts)
		for i, at := range []*float64{&w.Alpha, &w.Beta, &w.C} {
			was := *at
			h := 1e-5 * was
			*at = was + h
			up, _ := w.LogLikelihood(counts)
			*at = was - h
			down, _ := w.LogLikelihood(counts)
			*at = was
			within(t, "gradient", by[i], (up-down)/(2*h), 1e-5*(1+math.Abs(by[i])))
		}
	}
}

// drawn are cohorts of unequal age of a known model, each customer drawn on its own: the last cohort has been there for two periods.
func drawn(w Weibull, cohorts, each int, r *rand.Rand) (list [][]float64) {
	for k := range cohorts {
		survivors := make([]float64, k+3)
		for range each {
			u := r.Float64()
			for t := range survivors {
				if u < w.Survival(t) {
					survivors[t]++
				}
			}
		}
		list = append(list, survivors)
	}
	return list
}

// Cohorts of unequal age give the truth back: retention 24 periods beyond the data is within 1.96 of the deviations that the fit tells, but for what chance
// leaves out; and the criterion finds the dependence where there is one, and hardly where there is none.
func TestWeibullRecoversASimulatedTruth(t *testing.T) {
	const tries, ahead = 20, 18 + 24
	for _, c := range []struct {
		truth       Weibull
		least, most int // tries in which BdW is chosen
	}{{Weibull{Params{.9, 6}, 1.6}, tries, tries}, {Weibull{Params{2, 5}, 0.55}, tries - 2, tries}, {Weibull{Params{.8, 6}, 1}, 0, 2}} {
		chosen, held, known := 0, 0, 0
		for seed := range uint64(tries) {
			counts := countOf(t, drawn(c.truth, 16, 250, rand.New(rand.NewPCG(seed, 3)))...)
			plain, f := fitBoth(t, counts)
			theta, cov := plain.Result.Theta, plain.Result.ThetaCovariance
			if Depends(counts, plain, f) {
				chosen++
				theta, cov = f.Result.Theta, f.Result.ThetaCovariance
			}
			if cov == nil {
				continue
			}
			known++
			logOdds := func(theta []float64) float64 {
				w := Weibull{Params{math.Exp(theta[0]), math.Exp(theta[1])}, 1}
				if len(theta) == 3 {
					w.C = math.Exp(theta[2])
				}
				s := w.Survival(ahead)
				return math.Log(s / (1 - s))
			}
			var slope []float64
			for i := range theta {
				near := append([]float64(nil), theta...)
				near[i] += 1e-4
				up := logOdds(near)
				near[i] -= 2e-4
				slope = append(slope, (up-logOdds(near))/2e-4)
			}
			variance := 0.0
			for i := range slope {
				for j := range slope {
					variance += slope[i] * slope[j] * cov[i*len(slope)+j]
				}
			}
			s := c.truth.Survival(ahead)
			if math.Abs(logOdds(theta)-math.Log(s/(1-s))) <= 1.96*math.Sqrt(variance) {
				held++
			}
		}
		t.Logf("%+v: BdW chosen in %d, the share still there after %d periods held in %d of %d", c.truth, chosen, ahead, held, known)
		if chosen < c.least || chosen > c.most {
			t.Errorf("%+v: BdW is chosen in %d of %d", c.truth, chosen, tries)
		}
		if held < known-4 { // of 20 at 95%: fewer than 16 with a probability of 0.003
			t.Errorf("%+v: held in %d of %d", c.truth, held, known)
		}
	}
}

// Whatever the counts: a status, no number that is none.
func TestWeibullOfHardlyAnything(t *testing.T) {
	for _, c := range []Counts{{}, {AtRisk: []float64{10}, Lost: []float64{3}}, {AtRisk: []float64{10, 10, 10, 10, 10, 10}, Lost: make([]float64, 6)}, {AtRisk: []float64{10, 5}, Lost: []float64{5, 5}},
		{AtRisk: []float64{1e9, 9e8, 5e8, 1e8, 1e7, 1e6}, Lost: []float64{1e8, 4e8, 4e8, 9e7, 9e6, 9e5}}, {AtRisk: []float64{10}, Lost: []float64{11}}} {
		plain, f := fitBoth(t, c)
		Depends(c, plain, f)
		for _, v := range []float64{f.Alpha, f.Beta, f.C, f.Result.LogLikelihood, f.Survival(9)} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%v: %v", c, f)
			}
		}
	}
	if s := (Weibull{Params{1, 1}, 0}).Survival(3); s != 0 {
		t.Errorf("invalid: %g", s)
	}
}

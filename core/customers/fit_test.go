package customers

import (
	"math"
	"slices"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/sample"
)

// The cubature points have the mean and the covariance that they stand for (AH09).
func TestPoints(t *testing.T) {
	centre := []float64{0.5, 10, 2}
	covariance := []float64{0.04, 0.01, 0, 0.01, 0.09, -0.02, 0, -0.02, 0.01}
	p := points(centre, covariance)
	if len(p) != 6 {
		t.Fatalf("%d points", len(p))
	}
	for i := range centre {
		for j := range centre {
			sum, mean := 0.0, 0.0
			for _, q := range p {
				mean += math.Log(q[i]/centre[i]) / 6
				sum += math.Log(q[i]/centre[i]) * math.Log(q[j]/centre[j]) / 6
			}
			near(t, "mean", mean, 0, 1e-15)
			near(t, "covariance", sum, covariance[3*i+j], 1e-15)
		}
	}
	if p := points(centre, make([]float64, 9)); len(p) != 1 {
		t.Errorf("%d points of no uncertainty", len(p))
	}
}

// On the CDNOW sample, where the parameters are well identified, the bootstrap shows
// the standard errors of the reference values, as far as 16 replicates can
// (a standard error of 18 %): MBG/NBD .0833, .6956, .1548, .5375.
func TestBootstrap(t *testing.T) {
	table := grouped(t, sampleLog(t).Summaries(calibration)).Fittable()
	c := Fit(MBGNBD, table, nil)
	exact, _ := c.Uncertain(table, nil)
	for i, se := range []float64{.0833, .6956, .1548, .5375} {
		near(t, "standard error", math.Sqrt(exact.Covariance[5*i])*c.Parameters[i], se, 0.001*se+0.00005)
	}
	c.Result.Identifiability = fit.Weak
	u, ok := c.Uncertain(table, nil)
	if !ok || len(u.Replicates) != replicates {
		t.Fatal(len(u.Replicates))
	}
	for i := range 4 {
		near(t, "ratio of standard errors", math.Sqrt(u.Covariance[5*i]/exact.Covariance[5*i]), 1, 0.54)
	}
	again, _ := c.Uncertain(table, nil)
	if !slices.Equal(again.Covariance, u.Covariance) {
		t.Error("not the same twice")
	}
	if _, ok := c.Uncertain(table, func(float64) bool { return false }); ok {
		t.Error("not cancelled")
	}
}

// What climbs from the parameters of the whole ends where all starts do: on a resample and on a half of the customers.
func TestRefit(t *testing.T) {
	table := grouped(t, sampleLog(t).Summaries(calibration)).Fittable()
	resample := reweighted(table, sample.NewSource(1).Uniform)
	for k := range Kinds() {
		whole := Fit(k, table, nil)
		for name, other := range map[string]cbs.Table{"resample": resample, "half": table.Thin(table.Len() / 2)} {
			want, got := Fit(k, other, nil), whole.refit(&Candidate{}, other, nil)
			if !got.Usable() || got.Result.Starts != 1 {
				t.Errorf("%v, %s: %v from %d starts", k, name, got.Result.Status, got.Result.Starts)
				continue
			}
			near(t, "log-likelihood", got.Result.LogLikelihood, want.Result.LogLikelihood, 1e-9*math.Abs(want.Result.LogLikelihood))
			for i, p := range want.Parameters {
				near(t, "parameter", got.Parameters[i], p, 1e-4*p)
			}
		}
		if c := (&Candidate{Kind: k}).refit(&Candidate{}, resample, nil); !c.Usable() || len(c.Result.Hessian) == 0 {
			t.Errorf("%v: from no parameters %v", k, c.Result.Status)
		}
	}
}

package customers

import (
	"math"
	"testing"

	"hourglass/core/orders"
)

// The tracking plot of Fader, Hardie & Lee (2005), figure 2, ends after 78 weeks with
// some 4,000 repeat orders, the model a few per cent away from them; the log has
// 2,457 repeat orders until 1997-09-30 and 1,882 in the 39 weeks after it.
func TestTrackCDNOW(t *testing.T) {
	l := sampleLog(t)
	s := l.Summaries(calibration)
	c := Fit(BGNBD, grouped(t, s).Fittable(), nil)
	m := Build(&c, Uncertainty{}, Spend{}, s)
	track, status := m.Track(l, 7, 0, nil)
	if status != Done {
		t.Fatal(status)
	}
	n := len(track.Expected)
	if n != 78 || track.Calibration != 39 || track.Repeat[n-1] != 2457+1882 {
		t.Fatalf("%d weeks, %d of calibration, %d repeat orders", n, track.Calibration, track.Repeat[n-1])
	}
	near(t, "repeat orders at the end of the calibration", track.Expected[38]/2457, 1, 0.05)
	near(t, "repeat orders at the end", track.Expected[n-1]/(2457+1882), 1, 0.05)
	for k := 1; k < n; k++ {
		if track.Expected[k] < track.Expected[k-1] {
			t.Errorf("week %d falls", k)
		}
	}
	// By hand: the cohort's expectation is the sum over customers of E[X(T)].
	want := 0.0
	for i := range s.T {
		e, _, _ := fresh(m.process(), s.T[i], 0)
		want += e
	}
	near(t, "calibration from the customers", track.Expected[38], want, 1e-9*want)
}

func TestChooseCDNOW(t *testing.T) {
	l := sampleLog(t)
	s := l.Summaries(orders.Split{Gaps: true})
	var last float64
	c, status := Choose(l, s, func(done float64) bool {
		if done < last-1e-9 || done > 1 {
			t.Errorf("progress %g after %g", done, last)
		}
		last = done
		return true
	})
	if status != Done || len(c.Cuts) != 3 || c.Reason == NoneUsable {
		t.Fatalf("%v, %d cuts, %v", status, len(c.Cuts), c.Reason)
	}
	t.Logf("%v because %v, lead %.4g; squares %.4g, totals %.3g", c.Recommended, c.Reason, c.Lead, c.Square, c.Total)
	for _, cut := range c.Cuts {
		t.Logf("%+v", cut)
	}
	for k, candidate := range c.Candidates {
		near(t, "AIC", candidate.AIC, 2*float64(len(candidate.Parameters))-2*candidate.Result.LogLikelihood, 1e-9)
		if c.Square[c.Recommended] > 1.02*c.Square[k] {
			t.Errorf("%v predicts %g, recommended is %v with %g", Kind(k), c.Square[k], c.Recommended, c.Square[c.Recommended])
		}
	}
	for _, k := range []Kind{BGNBD, MBGNBD, ParetoNBD} { // which predict these customers alike: Fader, Hardie & Lee (2005), section 4
		if c.Square[k] > 1.02*c.Square[c.Recommended] {
			t.Errorf("%v predicts %g, recommended is %v with %g", k, c.Square[k], c.Recommended, c.Square[c.Recommended])
		}
	}
	m := Build(c.Best(), Uncertainty{}, Spend{}, s)
	track, _ := m.Track(l, 7, 0, nil)
	for _, w := range Warnings(&c, s, FitSpend(s, nil), track, Options{HorizonDays: 365}) {
		t.Logf("%v: %.4g", w.Code, w.Number)
	}
	if _, status := Choose(l, s, func(float64) bool { return false }); status != Cancelled {
		t.Errorf("cancelled: %v", status)
	}
}

// A calibration by past frequency sums to the totals, and is near the holdout.
func TestCalibrateCDNOW(t *testing.T) {
	s := sampleLog(t).Summaries(calibration)
	b := grouped(t, s)
	c := Fit(ParetoNBD, b.Fittable(), nil)
	m := Build(&c, Uncertainty{}, Spend{}, s)
	got, status := m.Calibrate(b, s)
	if status != Done {
		t.Fatal(status)
	}
	var customers, actual, expected float64
	for k, n := range got.Customers {
		customers, actual, expected = customers+n, actual+n*got.Actual[k], expected+n*got.Expected[k]
	}
	near(t, "customers", customers, 2357, 0)
	near(t, "actual", actual, 1882, 1e-9*1882)   // data/README of the shared data
	near(t, "expected", expected, 1665.51, .005) // reference values [re]
	if got.Customers[0] != 1411 {
		t.Errorf("%v without repeats", got.Customers[0])
	}
}

// tracked makes a tracking of the given number of weeks, with so many orders expected a
// week and a factor on the actual ones.
func tracked(weeks int, expected float64, factor func(year float64) float64) Tracking {
	var t Tracking
	t.Days, t.Calibration = 7, weeks
	var actual, sum float64
	for k := range weeks {
		year := float64(k+1) * 7 / DaysPerYear
		noise := math.Sqrt(expected) * math.Sin(float64(7*k*k)) // no more than chance makes
		actual += expected*factor(year) + noise
		sum += expected
		t.Repeat = append(t.Repeat, uint32(math.Round(actual)))
		t.Expected = append(t.Expected, sum)
	}
	return t
}

func TestPattern(t *testing.T) {
	flat := tracked(104, 200, func(float64) float64 { return 1 })
	if p := flat.Pattern(); p != (Pattern{}) {
		t.Errorf("flat: %+v", p)
	}
	rise := tracked(104, 200, func(year float64) float64 { return 0.7 + 0.3*year })
	if p := rise.Pattern(); math.Abs(p.Trend-0.6) > 0.05 || p.Season != 0 { // 0.3 a year, two years
		t.Errorf("rising: %+v", p)
	}
	wave := tracked(156, 200, func(year float64) float64 { return 1 + 0.4*math.Cos(2*math.Pi*(year-0.9)) })
	if p := wave.Pattern(); math.Abs(p.Season-0.4) > 0.04 || p.Trend != 0 {
		t.Errorf("wave: %+v", p)
	}
	both := tracked(156, 200, func(year float64) float64 { return 0.5 + 0.4*year + 0.4*math.Cos(2*math.Pi*(year-0.9)) })
	if p := both.Pattern(); math.Abs(p.Season-0.4) > 0.05 || math.Abs(p.Trend-1.2) > 0.15 {
		t.Errorf("both: %+v", p)
	}
	if p := (Tracking{}).Pattern(); p != (Pattern{}) {
		t.Errorf("nothing: %+v", p)
	}
}

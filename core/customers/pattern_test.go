package customers

import (
	"math"
	"testing"

	"hourglass/core/sample"
)

// Quantiles as printed in tables of t (two-sided 0.001) and of F with 2 and n degrees of freedom (0.001): Abramowitz & Stegun, tables
// 26.10 and 26.9.
func TestQuantilesOfFewPeriods(t *testing.T) {
	for n, want := range map[float64]float64{10: 4.587, 20: 3.850, 60: 3.460, 1e9: 3.291} {
		near(t, "t", studentQuantile(1-significant/2, n), want, 5e-4)
	}
	for n, want := range map[float64]float64{10: 14.91, 20: 9.95, 60: 7.77, 1e9: 6.91} {
		near(t, "F", fisherQuantile(1-significant, n), want, 6e-3)
	}
}

// Twelve periods of a shop without a trend show one no more often than one time in a thousand, which the normal distribution's
// quantile let pass eight times as often.
func TestFewPeriodsShowNoTrend(t *testing.T) {
	source := sample.NewSource(8)
	const shops, periods = 20000, 12
	found := 0
	for range shops {
		track := Tracking{Calibration: periods, Expected: make([]float64, periods)}
		track.Days, track.Repeat = 7, make([]uint32, periods)
		total := 0.0
		for k := range periods {
			total += math.Max(0, math.Round(100+40*gauss(source.Uniform)))
			track.Repeat[k], track.Expected[k] = uint32(total), 100*float64(k+1)
		}
		if track.Pattern().Trend != 0 {
			found++
		}
	}
	t.Logf("%d of %d", found, shops)
	if float64(found) > 0.001*shops+4*math.Sqrt(0.001*shops) {
		t.Errorf("%d of %d shops without a trend show one", found, shops)
	}
}

func gauss(uniform func() float64) float64 {
	return math.Sqrt(-2*math.Log(uniform())) * math.Cos(2*math.Pi*uniform())
}

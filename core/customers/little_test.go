package customers

import (
	"slices"
	"testing"

	"hourglass/core/orders"
)

// Where the data carry no forecast, that is said once, not a second time as a far horizon or as a range that could not be checked. Three days more than
// the 89 of the file are no far horizon.
func TestTooLittleIsSaidOnce(t *testing.T) {
	v := NewValuation()
	v.Of(sampleLog(t))
	v.Settings = Settings{Split: orders.Split{End: orders.Day(1997, 3, 31)}, Options: Options{HorizonDays: 730, Margin: 1, Level: 0.95},
		Wants: Wants{Intervals: true, Totals: true}}
	for horizon, want := range map[float64][3]bool{730: {true, false, false}, 300: {false, true, true}, 92: {false, false, true}} {
		v.Settings.HorizonDays = horizon
		if status := v.Run(nil); status != Done {
			t.Fatal(status)
		}
		said := func(c Code) bool {
			return slices.ContainsFunc(v.Warnings(), func(w Warning) bool { return w.Code == c })
		}
		if got := [3]bool{said(TooLittle), said(FarHorizon), said(Unchecked)}; got != want || v.Answer.Answerable() == want[0] {
			t.Errorf("%v days: %v, want %v", horizon, got, want)
		}
	}
}

package customers

import (
	"fmt"
	"slices"
	"testing"
	"time"

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

// Of 1,000 people who ordered once, in the course of 400 days, a model has it that all have left but the two of the last day: the shop does not rest on
// the one of them who spent more. It does on one who spent more than all others together.
func TestAGiantIsNoMatterOfTheLastDay(t *testing.T) {
	for most, want := range map[int]bool{10: false, 20_000: true} {
		text := "customer,date,amount\n"
		for i := range 1000 {
			amount := 10 + i%7
			if i == 0 {
				amount = most
			}
			text += fmt.Sprintf("c%d,%s,%d\n", i, time.Date(2023, 1, 1+i%400, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), amount)
		}
		v := NewValuation()
		v.Of(readLog([]byte(text)))
		v.Settings.Options = Options{HorizonDays: 365, Margin: 1, Level: 0.95}
		if status := v.Run(nil); status != Done {
			t.Fatal(status)
		}
		if got := slices.ContainsFunc(v.Warnings(), func(w Warning) bool { return w.Code == OneGiant }); got != want {
			t.Errorf("one spent %d, the others 10 to 16: a giant is %v", most, got)
		}
	}
}

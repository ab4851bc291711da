package customers

import (
	"testing"

	"hourglass/core/orders"
)

// Segments' ranges on CDNOW's sample, known until 1997-09-30 and held against the 39 weeks after it: each holds what came, the
// range of a segment is relatively no narrower than that of the whole, and the segments' sums are the whole.
func TestSegmentRanges(t *testing.T) {
	v := NewValuation()
	v.Of(sampleLog(t))
	v.Settings = Settings{Split: orders.Split{End: orders.Day(1997, 9, 30), ObservedTo: orders.Day(1998, 6, 30)},
		Options: Options{HorizonDays: 273, Margin: 1, Level: 0.95}, Wants: Wants{Intervals: true, Totals: true}}
	if status := v.Run(nil); status != Done {
		t.Fatal(status)
	}
	a := &v.Answer
	var came [SegmentCount]float64
	for i, s := range a.Segments {
		came[s] += a.Summary.HoldoutX[i]
	}
	whole, sum := a.Totals.Orders, 0.0
	for i, s := range a.BySegment() {
		at95, at80 := a.Parts[i].Orders, s.Ranges.Orders
		sum += at95.Value
		if s.Customers == 0 {
			if s.Ranges != (SegmentRanges{Told: true}) {
				t.Errorf("%v is empty: %+v", Segment(i), s.Ranges)
			}
			continue
		}
		near(t, "orders", at95.Value, s.ExpectedOrders, 1e-9*s.ExpectedOrders)
		near(t, "value", s.Ranges.Value.Value, s.Value, 1e-9*s.Value)
		if !(at95.Low <= came[i] && came[i] <= at95.High) {
			t.Errorf("%v: %v orders came, outside %.0f to %.0f", Segment(i), came[i], at95.Low, at95.High)
		}
		// Nothing could be checked over 39 weeks within the 39 that are known: 80 % is shown.
		if !(at95.Low < at80.Low && at80.High < at95.High) || at95.High/at95.Low < whole.High/whole.Low {
			t.Errorf("%v: %+v, %+v; of all %+v", Segment(i), at95, at80, whole)
		}
		t.Logf("%v: %.0f customers, %.0f orders, %.0f to %.0f at 80 %%, %.0f to %.0f at 95 %%; %.0f came", Segment(i), s.Customers, at95.Value,
			at80.Low, at80.High, at95.Low, at95.High, came[i])
	}
	near(t, "orders of all", sum, whole.Value, 1e-9*whole.Value)
}

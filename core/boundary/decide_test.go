package boundary_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
	"hourglass/core/decide"
	"hourglass/internal/streams"
)

// The stream of subscription: price 100, month, margin 0.8, churn 0.05, no discount, no growth, whole life, start,
// CAC 400, target 3. Place 3 is the churn rate; result 0 is clv, 5 is ltv_cac_ratio.
func subscription(churn float64) []float64 {
	return []float64{100, 0, 0.8, churn, 0, 0, 0, math.NaN(), 0, 400, 3}
}

func decision(result float64, ranges [][]float64, options []float64, input []float64) []float64 {
	in := []float64{2, 1, result, float64(len(ranges))}
	for _, r := range ranges {
		in = append(in, r...)
	}
	return append(append(in, options...), input...)
}

func nothing() {}

// run returns what follows the notices.
func run(t *testing.T, tool int, in []float64) []float64 {
	t.Helper()
	out := boundary.Decide(boundary.Calculate, nothing, tool, in, nil)
	if out[0] != boundary.Done {
		t.Fatal(out)
	}
	_, rest := boundary.Notices(out)
	return rest
}

func clv(t *testing.T, churn float64) float64 {
	t.Helper()
	_, rest := boundary.Notices(boundary.Call(2, subscription(churn), nil))
	return rest[0]
}

var churn = []float64{3, 0.03, 0.07, 0, 0, 0, 0}

func TestDecideRunsTheCalculation(t *testing.T) {
	got := run(t, boundary.Tornado, decision(0, [][]float64{churn}, nil, subscription(0.05)))
	for i, want := range []float64{clv(t, 0.05), clv(t, 0.03), clv(t, 0.07)} {
		if got[i] != want {
			t.Errorf("tornado %d: %v, want %v", i, got[i], want)
		}
	}
	got = run(t, boundary.Grid, decision(0, [][]float64{churn, {2, 0.4, 0.8, 0, 0, 0, 0}}, []float64{3, 2}, subscription(0.05)))
	if len(got) != 7 || got[6] != clv(t, 0.07) || got[1] != clv(t, 0.03)/2 {
		t.Error("grid", got)
	}
	got = run(t, boundary.Seek, decision(5, [][]float64{{3, 0, 1, 0, 0, 0, 0}}, []float64{3}, subscription(0.05)))
	if got[0] != 4 || got[1] != float64(decide.Reached) || math.Abs(got[2]-80.0/1200) > 1e-12 || math.Abs(got[3]-3) > 1e-9 {
		t.Error("churn of 3:1", got)
	}
}

func TestDecideSimulates(t *testing.T) {
	options := []float64{20000, 1, 1600, 2, 0.05, 0.5}
	got := run(t, boundary.Simulate, decision(0, [][]float64{churn}, options, subscription(0.05)))
	if len(got) != 1+6+2+2+boundary.Bins || got[1] != 20000 {
		t.Fatal(got)
	}
	want := 80 * math.Log(7.0/3) / 0.04 // E[80/churn]
	if z := (got[2] - want) / (got[3] / math.Sqrt(20000)); math.Abs(z) > 5 {
		t.Error("mean", got[2], want)
	}
	if math.Abs(got[6]-0.5) > 0.02 || math.Abs(got[8]-1600) > 20 || math.Abs(got[7]-80/0.068) > 10 {
		t.Error("share, median, 5 %", got[6:9])
	}
	count := 0.0
	for _, bin := range got[11:] {
		count += bin
	}
	if count != 20000 {
		t.Error("histogram", count)
	}
	// In pieces, the draws are the same, and so is what is told of them.
	var values []float64
	for _, piece := range [][2]float64{{30, 0}, {1, 30}, {options[0] - 31, 31}} {
		out := run(t, boundary.Draw, decision(0, [][]float64{churn}, []float64{piece[0], options[1], piece[1]}, subscription(0.05)))
		values = append(values, out[1:]...)
	}
	summary := append(append([]float64{float64(len(values))}, values...), options[2:]...)
	if pieces := run(t, boundary.Summarise, decision(0, [][]float64{churn}, summary, subscription(0.05))); !slices.Equal(pieces, got) {
		t.Errorf("in pieces %v, at once %v", pieces, got)
	}
	again := run(t, boundary.Simulate, decision(0, [][]float64{churn}, options, subscription(0.05)))
	for i := range got {
		if got[i] != again[i] {
			t.Fatal("the same seed gives other draws")
		}
	}
}

// The base input's own notices, whatever the tool.
func TestDecidePassesNoticesOn(t *testing.T) {
	in := decision(0, [][]float64{churn}, nil, subscription(0.05))
	in[len(in)-9] = 80 // margin
	want := boundary.Call(2, in[len(in)-11:], nil)
	got := boundary.Decide(boundary.Calculate, nothing, boundary.Tornado, in, nil)
	if got[0] != boundary.Refused || len(got) != len(want) {
		t.Error(got, want)
	}
	for i := range want {
		if got[i] != want[i] && want[i] == want[i] {
			t.Error(i, got[i], want[i])
		}
	}
}

// What the input leaves out stands at the middle of its range.
func TestDecidePutsInTheMiddle(t *testing.T) {
	got := run(t, boundary.Tornado, decision(0, [][]float64{churn}, nil, subscription(math.NaN())))
	if got[0] != clv(t, 0.05) {
		t.Error(got)
	}
}

// Whichever one result is wanted, it is the same as in the whole answer, and the input is refused alike.
func TestAPartHasWhatIsWanted(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 15))
	for id, c := range catalogue.Calculations {
		if c.Partly == nil {
			continue
		}
		results := c.Layout().Results
		for range 20 {
			in := streams.Near(random, c)
			whole := boundary.Call(id, in, nil)
			_, all := boundary.Notices(whole)
			for want := range scalars(results, all) {
				part := boundary.Calculate(id, want, in, nil)
				if part[0] != whole[0] {
					t.Fatal(c.ID, want, "status", part[0], "of", whole[0], in)
				}
				_, rest := boundary.Notices(part)
				got, should := scalars(results, rest)[want], scalars(results, all)[want]
				if got != should && (got == got || should == should) {
					t.Fatal(c.ID, want, got, "of", should, in)
				}
			}
		}
	}
}

// scalars are the numbers of an answer by their places, lists aside; none when it was refused.
func scalars(fields []catalogue.Field, values []float64) (list []float64) {
	if len(values) == 0 {
		return nil
	}
	var read func(fields []catalogue.Field, keep bool)
	read = func(fields []catalogue.Field, keep bool) {
		for _, f := range fields {
			if f.Kind == catalogue.Group {
				read(f.Fields, keep)
				continue
			}
			v := values[0]
			values = values[1:]
			switch {
			case f.Kind == catalogue.List:
				values = values[int(v):]
			case f.Kind == catalogue.Records:
				for range int(v) {
					read(f.Fields, false)
				}
			case keep:
				list = append(list, v)
			}
		}
	}
	read(fields, true)
	return list
}

func FuzzDecide(f *testing.F) {
	f.Add(0, []byte{2, 1, 0, 1, 3, 0, 1, 0, 0, 0, 0})
	f.Add(3, []byte{2, 1, 0, 1, 3, 0, 1, 0, 4, 0, 0, 100, 1, 0, 1, 0})
	f.Fuzz(func(t *testing.T, tool int, head []byte) {
		in := make([]float64, len(head))
		for i, b := range head {
			in[i] = float64(b)
			if b > 250 {
				in[i] = []float64{math.NaN(), -1, 1e308, 0.5, math.Inf(1)}[b-251]
			}
		}
		if tool == boundary.Simulate && len(in) > 0 {
			in[0] = 0
		}
		out := boundary.Decide(boundary.Calculator, nothing, tool, append(in, subscription(0.05)...), nil)
		if len(out) == 0 || math.IsNaN(out[0]) {
			t.Fatal(out)
		}
		for _, v := range out {
			if math.IsInf(v, 0) {
				t.Fatal(out)
			}
		}
	})
}

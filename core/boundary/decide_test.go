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
	return []float64{100, 0, 0.8, churn, 0, 0, 0, math.NaN(), 0, 400, 3, math.NaN(), math.NaN(), math.NaN(), math.NaN()}
}

// subscriptions is the place of the subscription among the calculations.
var subscriptions = slices.IndexFunc(catalogue.Calculations, func(c catalogue.Calculation) bool { return c.ID == "subscription" })

func decision(result float64, ranges [][]float64, options []float64, input []float64) []float64 {
	return over(subscriptions, result, 0, ranges, options, input)
}

// over is the stream of a decision over a calculation; never is 1 where no result means never.
func over(id int, result, never float64, ranges [][]float64, options []float64, input []float64) []float64 {
	in := []float64{float64(id), 1, result, never, float64(len(ranges))}
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
	_, rest := boundary.Notices(boundary.Call(subscriptions, subscription(churn), nil))
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
	if len(got) != 1+7+2+2+boundary.Bins || got[1] != 20000 {
		t.Fatal(got)
	}
	want := 80 * math.Log(7.0/3) / 0.04 // E[80/churn]
	if z := (got[3] - want) / (got[4] / math.Sqrt(20000)); math.Abs(z) > 5 {
		t.Error("mean", got[3], want)
	}
	if math.Abs(got[7]-0.5) > 0.02 || math.Abs(got[9]-1600) > 20 || math.Abs(got[8]-80/0.068) > 10 {
		t.Error("share, median, 5 %", got[7:10])
	}
	count := 0.0
	for _, bin := range got[12:] {
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
	in[len(in)-13] = 80 // margin
	want := boundary.Call(subscriptions, in[len(in)-15:], nil)
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
	f.Add(0, []byte{2, 1, 0, 0, 1, 3, 0, 1, 0, 0, 0, 0})
	f.Add(3, []byte{2, 1, 5, 1, 1, 3, 0, 1, 0, 4, 0, 0, 100, 1, 0, 1, 0})
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
			if math.IsInf(v, -1) || math.IsInf(v, 1) && len(in) > 3 && in[3] == 0 {
				t.Fatal(out)
			}
		}
	})
}

// At a CAC of 1,500 a churn of 5 % pays back (100·0.8/0.05 = 1,600), one of 6 % never does (1,333).
func TestNeverIsBeyondEveryNumber(t *testing.T) {
	costly := func(churn float64) []float64 {
		in := subscription(churn)
		in[9] = 1500
		return in
	}
	const payback = 6
	churn := []float64{3, 0.03, 0.07, 0, 0, 0, 0}
	bar := run(t, boundary.Tornado, over(subscriptions, payback, 1, [][]float64{churn}, nil, costly(0.05)))
	if math.IsInf(bar[1], 0) || !math.IsInf(bar[2], 1) {
		t.Error("at the high end it never pays back", bar)
	}
	if bar := run(t, boundary.Tornado, over(subscriptions, payback, 0, [][]float64{churn}, nil, costly(0.05))); bar[2] == bar[2] {
		t.Error("where null does not mean never", bar)
	}
	// The value is above 1,500 where churn is below 0.0533: in (0.0533-0.03)/0.04 of the draws.
	got := run(t, boundary.Simulate, over(subscriptions, payback, 1, [][]float64{churn}, []float64{20000, 1, 1e9, 2, 0.05, 0.95}, costly(0.05)))
	want := 1 - (80.0/1500-0.03)/0.04
	if got[1] != 20000 || math.Abs(got[2]/20000-want) > 0.02 || got[7] != got[2]/20000 {
		t.Error("draws, never, above", got[:8], want)
	}
	if got[3] == got[3] || !math.IsInf(got[6], 1) || math.IsInf(got[8], 0) || !math.IsInf(got[9], 1) {
		t.Error("mean, greatest, quantiles", got[3:10])
	}
	counted := 0.0
	for _, bin := range got[12:] {
		counted += bin
	}
	if counted != got[1]-got[2] {
		t.Error("the histogram holds numbers only", counted)
	}
	// A goal between numbers and never is found: the payback that a churn of 5.3 % has.
	goal := run(t, boundary.Tornado, over(subscriptions, payback, 1, [][]float64{{3, 0.053, 0.053, 0, 0, 0, 0}}, nil, costly(0.05)))[1]
	found := run(t, boundary.Seek, over(subscriptions, payback, 1, [][]float64{{3, 0, 1, 0, 0, 0, 0}}, []float64{goal}, costly(0.01)))
	if found[1] != float64(decide.Reached) || math.Abs(found[2]-0.053) > 1e-8 {
		t.Error("goal", goal, found)
	}
}

// What a goal seek says is about the value that it found: 1 % of churn lives long, 5 % does not.
func TestSeekSaysWhatItFound(t *testing.T) {
	out := boundary.Decide(boundary.Calculate, nothing, boundary.Seek, decision(0, [][]float64{{3, 0, 1, 0, 0, 0, 0}}, []float64{80 / 0.005}, subscription(0.05)), nil)
	notes, _ := boundary.Notices(out)
	at, _ := boundary.Notices(boundary.Call(subscriptions, subscription(0.005), nil))
	if len(notes) == 0 || !slices.Equal(notes, at) {
		t.Error(notes, at)
	}
}

package boundary_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
	"hourglass/core/notice"
	"hourglass/core/value"
	"hourglass/internal/streams"
)

func TestCallIsTheCalculation(t *testing.T) {
	i, _ := catalogue.Find("average")
	answer := boundary.Call(i, []float64{75, 3, 2.5, 1, math.NaN(), math.NaN(), math.NaN()}, nil)
	notes, values := boundary.Notices(answer)
	want, wantNotes := value.Average(value.AverageInput{OrderValue: 75, OrdersPerYear: 3, LifespanYears: 2.5, GrossMargin: 1, TargetRatio: 3})
	if answer[0] != boundary.Done || len(notes) != 1 || notes[0] != wantNotes[0] {
		t.Errorf("status %v, notes %v, want %v", answer[0], notes, wantNotes)
	}
	if values[0] != want.CLV || values[1] != want.RevenueLTV || values[2] != want.CustomerValue {
		t.Errorf("values %v, want %+v", values, want)
	}
}

func TestMisfits(t *testing.T) {
	for name, answer := range map[string][]float64{
		"unknown calculation": boundary.Call(len(catalogue.Calculations), nil, nil),
		"negative":            boundary.Call(-1, nil, nil),
		"too short":           boundary.Call(0, []float64{1, 2, 3}, nil),
		"too long":            boundary.Call(0, []float64{1, 2, 3, 1, 5}, nil),
		"a length that lies":  boundary.Call(index(t, "retention-curve"), []float64{1e9, 1}, nil),
		"a length of NaN":     boundary.Call(index(t, "retention-curve"), []float64{math.NaN(), 1, 1, 1, 1, 1}, nil),
	} {
		if len(answer) != 1 || answer[0] != boundary.Misfit {
			t.Errorf("%s: %v", name, answer)
		}
	}
}

func index(t *testing.T, id string) int {
	i, _ := catalogue.Find(id)
	if i < 0 {
		t.Fatalf("no %s", id)
	}
	return i
}

// A minus before a zero, as a spreadsheet or a subtraction leaves it, means nothing. It is taken off here: the logarithm of -0 differs by compiler.
func TestMinusZeroIsZero(t *testing.T) {
	pick := streams.Anywhere(rand.New(rand.NewPCG(5, 6)))
	zero := func(f catalogue.Field) float64 {
		if v := pick(f); f.Min > 0 || f.Max < 0 || f.Name == "length" || v > f.Min/2+f.Max/2 {
			return v
		}
		return 0
	}
	for i, c := range catalogue.Calculations {
		for range 20 {
			in := streams.Random(c, zero)
			want := boundary.Call(i, in, nil)
			for k, v := range in {
				if v == 0 {
					in[k] = math.Copysign(0, -1)
				}
			}
			for k, got := range boundary.Call(i, in, nil) {
				if math.Float64bits(got) != math.Float64bits(want[k]) {
					t.Fatalf("%s: %v for -0, %v for 0, in %v", c.ID, got, want[k], in)
				}
			}
		}
	}
}

// Nothing that any input within its bounds can do makes a NaN, an infinity or a panic; a result that a float64 cannot
// hold is refused in words.
func TestNoInputMakesANonsenseNumber(t *testing.T) {
	pick := streams.Anywhere(rand.New(rand.NewPCG(3, 4)))
	var buffer []float64
	for i, c := range catalogue.Calculations {
		refused := map[notice.Code]int{}
		rounds := 2000
		if testing.Short() {
			rounds = 200
		}
		for range rounds {
			in := streams.Random(c, pick)
			buffer = boundary.Call(i, in, buffer)
			if buffer[0] == boundary.Misfit {
				t.Fatalf("%s: misfit for %v", c.ID, in)
			}
			notes, values := boundary.Notices(buffer)
			checkValues(t, c, in, values)
			for _, n := range notes {
				if n.Limit-n.Limit != 0 {
					t.Fatalf("%s: %v for %v", c.ID, n, in)
				}
				if n.Code < notice.FirstWarning {
					refused[n.Code]++
				}
			}
		}
		t.Logf("%s refused: %v", c.ID, refused)
	}
}

// checkValues walks a result: only a field that may be null may be NaN.
func checkValues(t *testing.T, c catalogue.Calculation, in, values []float64) {
	t.Helper()
	if len(values) == 0 {
		return
	}
	rest := walk(t, c, in, c.Layout().Results, values)
	if len(rest) != 0 {
		t.Fatalf("%s: %d values too many for %v", c.ID, len(rest), in)
	}
}

func walk(t *testing.T, c catalogue.Calculation, in []float64, fields []catalogue.Field, values []float64) []float64 {
	t.Helper()
	for _, f := range fields {
		switch f.Kind {
		case catalogue.Group:
			values = walk(t, c, in, f.Fields, values)
			continue
		case catalogue.List, catalogue.Records:
			n := int(values[0])
			values = values[1:]
			for range n {
				if f.Kind == catalogue.Records {
					values = walk(t, c, in, f.Fields, values)
					continue
				}
				check(t, c, in, f, values[0])
				values = values[1:]
			}
			continue
		}
		check(t, c, in, f, values[0])
		values = values[1:]
	}
	return values
}

func check(t *testing.T, c catalogue.Calculation, in []float64, f catalogue.Field, v float64) {
	t.Helper()
	if v-v != 0 && !(v != v && f.Optional) {
		t.Fatalf("%s: %s is %v for %v", c.ID, f.Name, v, in)
	}
}

func FuzzCall(f *testing.F) {
	f.Add(0, []byte{0, 1, 2, 3})
	f.Fuzz(func(t *testing.T, id int, bytes []byte) {
		var in []float64
		for ; len(bytes) >= 8; bytes = bytes[8:] {
			var bits uint64
			for _, b := range bytes[:8] {
				bits = bits<<8 | uint64(b)
			}
			in = append(in, math.Float64frombits(bits))
		}
		if n := len(catalogue.Calculations); id < 0 || id >= n {
			id = ((id % n) + n) % n
		}
		answer := boundary.Call(id, in, nil)
		if answer[0] == boundary.Misfit {
			return
		}
		_, values := boundary.Notices(answer)
		checkValues(t, catalogue.Calculations[id], in, values)
	})
}

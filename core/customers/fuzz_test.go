package customers

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"hourglass/core/cbs"
)

// floats reads numbers from a fuzzer's bytes.
func floats(data []byte) []float64 {
	var out []float64
	for ; len(data) >= 8; data = data[8:] {
		out = append(out, math.Float64frombits(binary.LittleEndian.Uint64(data)))
	}
	return out
}

func bytesOf(numbers []float64) (out []byte) {
	for _, v := range numbers {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v))
	}
	return out
}

// Whatever the numbers, they are refused or a model that writes the same numbers and
// scores without a panic, a NaN or an infinity.
func FuzzNumbers(f *testing.F) {
	for k := range Kinds() {
		m := fitted(k)
		f.Add(bytesOf(m.Numbers()))
		m.Replicates = []Parameters{m.Parameters}
		f.Add(bytesOf(m.Numbers()))
	}
	t := cbs.Table{X: []float64{0, 0, 3}, TX: []float64{0, 0, 20}, T: []float64{0, 50, 40}}
	b, _ := Group(t)
	f.Fuzz(func(t *testing.T, data []byte) {
		in := floats(data)
		m, fault := FromNumbers(in)
		if fault != FileOK {
			return
		}
		if !slices.Equal(m.Numbers(), in) {
			t.Fatalf("%v became %v", in, m.Numbers())
		}
		o := Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 0.5}
		s, status := m.Score(b, o, nil)
		if status != Done {
			return
		}
		u, _ := m.Outcomes(b, o, nil)
		v, _ := m.Value(b, []float64{0, 0, 30}, s, u, o)
		total, _ := m.Total(b, s, u, v, o)
		for _, column := range [][]float64{s.Alive, s.Expected, s.Discounted, u.None, u.Variance, u.OrdersLow, u.OrdersHigh,
			u.MoneyLow, u.MoneyHigh, v.OrderValue, v.Value, v.Low, v.High,
			{total.Alive, total.Orders.Value, total.Orders.Low, total.Orders.High, total.Value.Value, total.Value.Low, total.Value.High}} {
			for _, x := range column {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					t.Fatalf("%g of %+v", x, m)
				}
			}
		}
	})
}

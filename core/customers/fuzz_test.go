package customers

import (
	"encoding/binary"
	"maps"
	"math"
	"reflect"
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

// numbersOf lists what a model file's numbers can be, and setNumbers puts them back.
func numbersOf(f *File) (out []float64) {
	for _, letter := range slices.Sorted(maps.Keys(f.Parameters)) {
		out = append(out, f.Parameters[letter])
	}
	out = append(append(out, f.Covariance...), f.Spend.P, f.Spend.Q, f.Spend.Gamma)
	return append(append(out, f.Spend.Covariance...), f.TimeUnitDays, f.Data.Customers, f.Data.Orders)
}

func setNumbers(f *File, in []float64) {
	next := func() (v float64) {
		if len(in) > 0 {
			v, in = in[0], in[1:]
		}
		return v
	}
	for _, letter := range slices.Sorted(maps.Keys(f.Parameters)) {
		f.Parameters[letter] = next()
	}
	for i := range f.Covariance {
		f.Covariance[i] = next()
	}
	f.Spend.P, f.Spend.Q, f.Spend.Gamma = next(), next(), next()
	f.Spend.Covariance = slices.Clone(f.Spend.Covariance)
	for i := range f.Spend.Covariance {
		f.Spend.Covariance[i] = next()
	}
	f.TimeUnitDays, f.Data.Customers, f.Data.Orders = next(), next(), next()
}

// Whatever the numbers and words of a file, it is refused or a model that writes the same file and
// scores without a panic, a NaN or an infinity.
func FuzzFile(f *testing.F) {
	for k := range Kinds() {
		m := fitted(k)
		file := m.File()
		f.Add(bytesOf(numbersOf(&file)), k.String(), file.Engine, file.Data.First)
	}
	t := cbs.Table{X: []float64{0, 0, 3}, TX: []float64{0, 0, 20}, T: []float64{0, 50, 40}}
	b, _ := Group(t)
	f.Fuzz(func(t *testing.T, data []byte, kind, engine, first string) {
		k, _ := KindOf(kind)
		like := fitted(k)
		file := like.File()
		setNumbers(&file, floats(data))
		file.Model, file.Engine, file.Data.First = kind, engine, first
		m, fault := file.Read()
		if fault.Code != FileOK {
			return
		}
		if back := m.File(); !reflect.DeepEqual(back, file) {
			t.Fatalf("%+v became %+v", file, back)
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

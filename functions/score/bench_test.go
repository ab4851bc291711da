package main

import (
	"bytes"
	rfc4180 "encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"hourglass/core/betageo"
	"hourglass/core/customers"
	"hourglass/core/gammagamma"
	"hourglass/core/sample"
	"hourglass/functions/model"
)

// shop writes the summaries of n simulated customers, counted in days as a warehouse
// does, observed for a year at most: a million of them have some 130,000 histories.
func shop(n int) []byte {
	source := sample.NewSource(7)
	ages := make([]float64, n)
	for i := range ages {
		ages[i] = float64(1 + source.Uint64()%365)
	}
	t := betageo.Params{R: .25, Alpha: 31, A: .8, B: 2.5}.Simulate(betageo.MBG, ages, source.Uniform)
	mean := gammagamma.Params{P: 6, Q: 4, Gamma: 15}.Simulate(t.X, source.Uniform)
	out := []byte("id,frequency,recency,age,mean_spend\n")
	for i := range t.X {
		recency := 0
		if t.X[i] > 0 {
			recency = max(1, int(t.TX[i]))
		}
		out = strconv.AppendInt(append(out, 'c'), int64(100000+i), 10)
		for _, v := range [...]int{int(t.X[i]), recency, int(t.T[i])} {
			out = strconv.AppendInt(append(out, ','), int64(v), 10)
		}
		out = append(strconv.AppendFloat(append(out, ','), mean[i], 'f', 2, 64), '\n')
	}
	return out
}

// shopModel is the file of the model that shop simulates, in weeks.
func shopModel(t testing.TB, k customers.Kind) string {
	t.Helper()
	m := customers.Model{Kind: k, UnitDays: 7, Customers: 1e6, Orders: 2e6, Last: 365, Parameters: customers.Parameters{.25, 31. / 7, .8, 2.5}}
	switch k {
	case customers.ParetoNBD:
		m.Parameters = customers.Parameters{.55, 74. / 7, .6, 82. / 7}
	case customers.MBGCNBD:
		m.Parameters = append(m.Parameters, 2)
	}
	m.Spend = customers.Spend{Basis: customers.Likelihood, Params: gammagamma.Params{P: 6, Q: 4, Gamma: 15}}
	text, err := model.Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "model.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// BenchmarkStream prints customers per second: of the first million, starting with
// nothing known, and of four million; beside what only reading the rows costs with the
// standard library.
func BenchmarkStream(b *testing.B) {
	const million = 1_000_000
	rows := shop(million)
	body := rows[bytes.IndexByte(rows, '\n')+1:]
	b.Run("encoding-csv, reading only", func(b *testing.B) {
		for b.Loop() {
			for r := rfc4180.NewReader(bytes.NewReader(rows)); ; {
				if _, err := r.Read(); err != nil {
					break
				}
			}
		}
		b.ReportMetric(million*float64(b.N)/b.Elapsed().Seconds(), "customers/s")
	})
	for k := range customers.Kinds() {
		file := shopModel(b, k)
		for _, millions := range []int{1, 4} {
			b.Run(k.String()+"/"+strconv.Itoa(millions), func(b *testing.B) {
				for b.Loop() {
					in := []io.Reader{bytes.NewReader(rows)}
					for len(in) < millions {
						in = append(in, bytes.NewReader(body))
					}
					if code := run([]string{"-stream", "-model-file", file}, io.MultiReader(in...), io.Discard, os.Stderr); code != 0 {
						b.Fatal(code)
					}
				}
				b.ReportMetric(float64(millions)*million*float64(b.N)/b.Elapsed().Seconds(), "customers/s")
			})
		}
	}
}

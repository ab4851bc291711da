package customers

import (
	"cmp"
	"fmt"
	"testing"

	"hourglass/core/betageo"
	"hourglass/core/cbs"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
	"hourglass/core/sample"
)

// million is a base of a million customers with a history of 520 weeks at most, counted
// in days as an order log does: about 133,000 histories.
func million() (cbs.Table, []float64) {
	const n = 1_000_000
	source := sample.NewSource(7)
	ages := make([]float64, n)
	for i := range ages {
		ages[i] = float64(1 + source.Uint64()%365)
	}
	t := betageo.Params{R: .25, Alpha: 31, A: .8, B: 2.5}.Simulate(betageo.MBG, ages, source.Uniform)
	for i := range t.X {
		if t.X[i] > 0 {
			t.TX[i] = max(1, float64(int(t.TX[i])))
		}
	}
	mean := gammagamma.Params{P: 6, Q: 4, Gamma: 15}.Simulate(t.X, source.Uniform)
	return t, mean
}

// diagonal is a covariance of four parameters.
func diagonal(variance float64, n int) []float64 {
	c := make([]float64, n*n)
	for i := 0; i < n*n; i += n + 1 {
		c[i] = variance
	}
	return c
}

// fitted are models as a million customers would make them: hardly uncertain.
func fitted(k Kind) Model {
	m := Model{Kind: k, UnitDays: 1, Customers: 1e6, Orders: 2e6, Last: 365}
	switch k {
	case ParetoNBD:
		m.Parameters = Parameters{.55, 74, .6, 82}
	case MBGCNBD:
		m.Parameters = Parameters{1, 43, .9, 1.6, 2}
	default: // by their letters; a letter that no model has had is 1
		for _, letter := range k.Model().Parameters {
			m.Parameters = append(m.Parameters, cmp.Or(map[string]float64{"r": .5, "alpha": 43, "a": .9, "b": 1.6, "s": .6, "beta": 82, "k": 2}[letter], 1))
		}
	}
	m.Covariance = diagonal(1e-5, len(m.Parameters))
	m.Spend = Spend{Basis: Likelihood, Params: gammagamma.Params{P: 6, Q: 4, Gamma: 15}}
	for i := 0; i < 9; i += 4 {
		m.Spend.Covariance[i] = 1e-5
	}
	return m
}

func BenchmarkMillion(b *testing.B) {
	t, mean := million()
	base, _ := Group(t)
	println("histories", base.Table.Len())
	o := Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 0.5}
	b.Run("group", func(b *testing.B) {
		for b.Loop() {
			Group(t)
		}
	})
	for k := range Kinds() {
		m := fitted(k)
		s, status := m.Score(base, o, nil)
		if status != Done {
			b.Fatal(status)
		}
		u, _ := m.Outcomes(base, o, nil)
		b.Run(k.String()+"/score", func(b *testing.B) {
			for b.Loop() {
				m.Score(base, o, nil)
			}
		})
		b.Run(k.String()+"/outcomes", func(b *testing.B) {
			for b.Loop() {
				m.Outcomes(base, o, nil)
			}
		})
		b.Run(k.String()+"/value", func(b *testing.B) {
			for b.Loop() {
				m.Value(base, mean, s, u, o)
			}
		})
		wide := m
		wide.Covariance = diagonal(1e-2, len(wide.Parameters))
		b.Run(k.String()+"/outcomes, 8 points", func(b *testing.B) {
			for b.Loop() {
				wide.Outcomes(base, o, nil)
			}
		})
	}
}

// Ten groups by lot of CDNOW's sample, after its fit.
func BenchmarkGroups(b *testing.B) {
	s := sampleLog(b).Summaries(orders.Split{End: calibration.End, UnitDays: 7})
	base, _ := Group(Histories(s))
	c := Fit(MBGNBD, base.Fittable(), nil)
	m := Build(&c, Uncertainty{Covariance: c.Result.ThetaCovariance}, FitSpend(s, nil).Spend, s)
	group := make([]uint32, len(s.X))
	for i := range group {
		group[i] = uint32(i*7919) % 10
	}
	for b.Loop() {
		if _, status := m.Groups(s, group, 10, DefaultOptions(), nil); status != Done {
			b.Fatal(status)
		}
	}
}

// The sources of the sample shop, four times as large, by a column of eight and by the month of the first order: what choosing another column costs.
func BenchmarkSources(b *testing.B) {
	shop := SampleShop()
	shop.Customers *= 4
	rows := shop.Rows()
	text := []byte("customer,date,amount,channel\n")
	for i, id := range rows.ID {
		y, m, d := orders.Civil(rows.Day[i])
		text = fmt.Appendf(text, "%d,%04d-%02d-%02d,%.2f,channel %d\n", id, y, m, d, rows.Amount[i], id*7919%8)
	}
	v := NewValuation()
	v.Settings = Settings{Pick: Picked(MBGNBD), Options: DefaultOptions()}
	v.Read(orders.Options{Carry: orders.MaxCarried})
	v.Write(text)
	v.Close()
	if status := v.Run(nil); status != Done {
		b.Fatal(status)
	}
	for _, by := range []string{"channel", FirstMonth} {
		b.Run(by, func(b *testing.B) {
			for b.Loop() {
				if _, status := v.Answer.Sources(v.Log, by, nil); status != Done {
					b.Fatal(status)
				}
			}
		})
	}
}

// The whole choice with its backtest beside the pipeline of one model, from the log of CDNOW's sample to totals with checked ranges.
func BenchmarkChoice(b *testing.B) {
	l := sampleLog(b)
	for _, c := range []struct {
		name string
		pick Pick
	}{{"one model", Picked(MBGNBD)}, {"chosen", Auto}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				v := NewValuation()
				v.Of(l)
				v.Settings = Settings{Split: orders.Split{UnitDays: 7}, Pick: c.pick, Options: DefaultOptions(), Wants: Wants{Intervals: true, Totals: true, NextOrders: true, Tracking: true}}
				if status := v.Run(nil); status != Done {
					b.Fatal(status)
				}
			}
		})
	}
}

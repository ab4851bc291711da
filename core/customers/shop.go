package customers

import (
	"math"

	"hourglass/core/gammagamma"
	"hourglass/core/paretonbd"
	"hourglass/core/sample"
)

// A Shop describes a shop to invent: customers come at an even rate, order and leave
// as the Pareto/NBD model says and spend as the Gamma-Gamma model says.
type Shop struct {
	Seed      uint64
	Customers int
	First     int32            // day that it opens, since 1970-01-01
	Days      int32            // that it is open
	JoinDays  int32            // from the first day on within which customers first order; 0 for all Days
	Orders    paretonbd.Params // times in days
	Spend     gammagamma.Params
}

// SampleShop is two years of a shop with 4,000 customers: a shop of gifts, say,
// where more than half of the customers (2,255) never come back and an order is worth
// 45 on average.
func SampleShop() Shop {
	return Shop{Seed: 2026, Customers: 4000, First: 19723, Days: 731,
		Orders: paretonbd.Params{R: 0.65, Alpha: 75, S: 0.6, Beta: 90}, Spend: gammagamma.Params{P: 6, Q: 4, Gamma: 22.5}}
}

// Rows are orders, one entry each, by customer and then by time.
type Rows struct {
	ID     []uint32  // 1, 2, ...: customers in order of their first order
	Day    []int32   // since 1970-01-01
	Amount []float64 // whole cents, at least one
}

// Rows invents the orders. The same shop has the same orders in every build.
func (s Shop) Rows() Rows {
	var r Rows
	if s.Customers < 1 || s.Days < 1 || !s.Orders.Valid() || !s.Spend.Valid() {
		return r
	}
	join := s.Days
	if s.JoinDays > 0 {
		join = min(s.JoinDays, s.Days)
	}
	source := sample.NewSource(s.Seed)
	for i := range s.Customers {
		start := float64(join) * float64(i) / float64(s.Customers)
		r.customer(s, uint32(i)+1, start, source.Uniform)
	}
	return r
}

// customer adds the orders of one customer.
func (r *Rows) customer(s Shop, id uint32, start float64, uniform func() float64) {
	rate := sample.Gamma(s.Orders.R, uniform) / s.Orders.Alpha
	leaving := sample.Gamma(s.Orders.S, uniform) / s.Orders.Beta
	spending := sample.Gamma(s.Spend.Q, uniform) / s.Spend.Gamma
	end := min(float64(s.Days), start+sample.Exponential(uniform)/leaving)
	for at := start; at < float64(s.Days); {
		amount := sample.Gamma(s.Spend.P, uniform) / spending
		r.ID = append(r.ID, id)
		r.Day = append(r.Day, s.First+int32(at))
		r.Amount = append(r.Amount, min(1e9, max(0.01, math.Round(100*amount)/100)))
		if at += sample.Exponential(uniform) / rate; !(at <= end) {
			return
		}
	}
}

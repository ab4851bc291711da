package customers

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"hourglass/core/orders"
)

// The sample shop is the same in every build: counts and sum as they were when it
// was made. Cents could in principle fall to the other side of a rounding where
// logarithms differ in their last bit; no order does.
func TestSampleShop(t *testing.T) {
	s := SampleShop()
	r := s.Rows()
	again := s.Rows()
	sum, days := 0.0, 0.0
	for i := range r.ID {
		sum += r.Amount[i]
		days += float64(r.Day[i] - s.First)
		if r.Amount[i] != again.Amount[i] || r.Day[i] != again.Day[i] || r.ID[i] != again.ID[i] {
			t.Fatal("not the same twice")
		}
		if r.Day[i] < s.First || r.Day[i] >= s.First+s.Days || !(r.Amount[i] >= 0.01) {
			t.Fatalf("order %d: day %d, amount %g", i, r.Day[i], r.Amount[i])
		}
	}
	if len(r.ID) != shopOrders || math.Round(100*sum) != shopCents || days != shopDays {
		t.Errorf("%d orders worth %.0f cents on days %.0f", len(r.ID), 100*sum, days)
	}
	s.Seed++
	if other := s.Rows(); len(other.ID) == len(r.ID) && other.Amount[0] == r.Amount[0] {
		t.Error("another seed, the same shop")
	}
	if bad := (Shop{}).Rows(); bad.ID != nil {
		t.Error("orders of no shop")
	}
}

const (
	shopOrders = 10718
	shopCents  = 48941129
	shopDays   = 4518584
)

// Read back through orders and fitted, a large sample shop shows the parameters it was
// made with, within four standard errors.
func TestSampleShopRecovered(t *testing.T) {
	shop := SampleShop()
	r := shop.Rows()
	var text strings.Builder
	text.WriteString("customer,date,amount\n")
	for i := range r.ID {
		y, m, d := orders.Civil(r.Day[i])
		fmt.Fprintf(&text, "%d,%04d-%02d-%02d,%.2f\n", r.ID[i], y, m, d, r.Amount[i])
	}
	s := readLog([]byte(text.String())).Summaries(orders.Split{UnitDays: 1, End: shop.First + shop.Days - 1})
	c := Fit(ParetoNBD, grouped(t, s).Fittable(), nil)
	truth := Parameters{shop.Orders.R, shop.Orders.Alpha, shop.Orders.S, shop.Orders.Beta}
	for i, want := range truth {
		se := math.Sqrt(c.Result.ThetaCovariance[5*i])
		near(t, "log of a parameter", math.Log(c.Parameters[i]), math.Log(want), 4*se)
	}
	spend := FitSpend(s, nil)
	near(t, "mean spend", spend.orderValue(0, 0), shop.Spend.P*shop.Spend.Gamma/(shop.Spend.Q-1), 1.5)
	t.Logf("parameters %.4g, spend %.4g, correlation %.2g", c.Parameters, spend.Params, spend.Fitted.Correlation.Pearson)
}

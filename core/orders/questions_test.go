package orders

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"hourglass/core/sample"
)

// rows makes a log of so many rows, each written by a function.
func rowsOf(head string, n int, row func(i int) string) string {
	var b strings.Builder
	b.WriteString(head + "\n")
	for i := range n {
		b.WriteString(row(i) + "\n")
	}
	return b.String()
}

// Each question is asked where its sign is there.
func TestQuestions(t *testing.T) {
	day := func(i int) string { return fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i%28) }
	for want, text := range map[string]string{
		"outsized": rowsOf("customer,date,total", 60, func(i int) string {
			return fmt.Sprintf("%s,%s,%d", []string{"Till 4", fmt.Sprint("c", i)}[i%2], day(i), 5+i%7)
		}),
		"new_ids":    rowsOf("customer_id,date,total", 40, func(i int) string { return fmt.Sprintf("k%d,%s,%d", i, day(i), 5+i%7) }),
		"one_id":     rowsOf("customer email,date,total", 20, func(i int) string { return fmt.Sprintf("shop@x.example,%s,%d", day(i), 5+i%7) }),
		"zero_money": rowsOf("customer,date,total,worth", 20, func(i int) string { return fmt.Sprintf("c%d,%s,0,%d.50", i%6, day(i), 5+i%7) }),
		"no_amount":  rowsOf("customer,date", 20, func(i int) string { return fmt.Sprintf("c%d,%s", i%6, day(i)) }),
		"amount":     rowsOf("customer,date,zeta", 20, func(i int) string { return fmt.Sprintf("c%d,%s,%d.50", i%6, day(i), 5+i%7) }),
		"negative": rowsOf("customer,date,total", 20, func(i int) string {
			return fmt.Sprintf("c%d,%s,%d", i, day(i), []int{10, -10}[i%2])
		}),
		"one_day":    rowsOf("customer,date,total", 20, func(i int) string { return fmt.Sprintf("c%d,2024-01-05,%d", i%6, 5+i%7) }),
		"old_year":   rowsOf("customer,date,total", 20, func(i int) string { return fmt.Sprintf("c%d,19%d-01-05,%d", i%6, 70+i, 5+i%7) }),
		"damaged_id": rowsOf("customer_id,date,total", 20, func(i int) string { return fmt.Sprintf("%d.2E+12,%s,%d", i%6, day(i), 5+i%7) }),
		"customers": rowsOf("Name,Email,Sign Up,Orders,Total Spend", 20, func(i int) string {
			return fmt.Sprintf("N,c%d@x.example,%s,%d,%d.00", i, day(i), i%4, 5+i%7)
		}),
		"top_customer": rowsOf("customer,date,total", 20, func(i int) string {
			return fmt.Sprintf("c%d,%s,%d", i%10, day(i), []int{5, 5000}[b2i(i == 7)])
		}),
		"status": rowsOf("customer,date,total,status", 20, func(i int) string {
			return fmt.Sprintf("c%d,%s,5,%s", i%6, day(i), []string{"paid", "Zugzwang"}[i%2])
		}),
		"date_order": rowsOf("customer,date,total", 20, func(i int) string { return fmt.Sprintf("c%d,%02d/%02d/2024,5", i%6, 1+i%12, 1+(i+3)%12) }),
		"currency": rowsOf("customer,date,total,currency", 20, func(i int) string {
			return fmt.Sprintf("c%d,%s,5,%s", i%6, day(i), []string{"EUR", "USD", "EUR"}[i%3])
		}),
		"duplicates": rowsOf("order id,customer,date,total", 40, func(i int) string { return fmt.Sprintf("%d,c%d,%s,5", i%20, i%5, day(i%20)) }),
	} {
		p := read(t, text, Options{}).Report()
		if !strings.Contains(", "+asked(p)+",", ", "+want+",") {
			t.Errorf("%s is not asked: %q; %v, %d customers, %d orders, %v, aside %q, columns %v", want, asked(p), p.Status, p.Customers, p.Orders, p.Spend, aside(p), p.Columns)
		}
	}
	// A shop like any other is asked nothing.
	calm := rowsOf("order id,email,date,total,status", 300, func(i int) string {
		return fmt.Sprintf("%d,c%d@x.example,%s,%d.50,completed", i, (i*7)%80, day(i), 5+i%40)
	})
	if p := read(t, calm, Options{}).Report(); len(p.Questions) > 0 {
		t.Errorf("a calm file is asked about %q", asked(p))
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A price that is always divisible by the quantity is that of the line, whatever it is called; one that is not is that of one piece. The sums are known, as
// the logs are made.
func TestPriceOfTheLine(t *testing.T) {
	t.Parallel()
	for name, price := range map[string]func(u func() float64) int{ // of one piece, in hundredths
		"any":            func(u func() float64) int { return 150 + int(9000*u()) },
		"ending in .99":  func(u func() float64) int { return 100*int(1+80*u()) + 99 },
		"whole":          func(u func() float64) int { return 100 * int(1+90*u()) },
		"in steps of 50": func(u func() float64) int { return 50 * int(1+180*u()) },
	} {
		for seed := range uint64(40) {
			u := sample.NewSource(seed + 1).Uniform
			var each, lines strings.Builder
			sum := 0
			for _, b := range []*strings.Builder{&each, &lines} {
				b.WriteString("order,customer,date,price,qty\n")
			}
			for i := range 150 {
				p, q := price(u), 1
				if u() < .4 {
					q = 2 + int(4*u())
				}
				sum += p * q
				row := func(b *strings.Builder, p int) {
					fmt.Fprintf(b, "%d,c%d,2024-%02d-%02d,%d.%02d,%d\n", i, i%40, 1+i%12, 1+i%28, p/100, p%100, q)
				}
				row(&each, p)
				row(&lines, p*q)
			}
			want := float64(sum) / 100
			for what, text := range map[string]string{"of one piece": each.String(), "of the line": lines.String()} {
				if got := read(t, text, Options{}).Report().Spend; math.Abs(got-want) > 1e-6*want {
					t.Errorf("%s, %s, log %d: %v, want %v", name, what, seed, got, want)
				}
			}
		}
	}
}

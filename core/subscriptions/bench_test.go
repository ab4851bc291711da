package subscriptions_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"hourglass/core/orders"
	"hourglass/core/subscriptions"
)

// A list of twenty plans, half of them small.
func BenchmarkValue(b *testing.B) {
	asOf := orders.Day(2024, 12, 31)
	var text strings.Builder
	text.WriteString(head)
	r := rand.New(rand.NewPCG(1, 2))
	for k := range 20 {
		c := 1.0
		if k%4 == 0 {
			c = 1.6
		}
		billsOf(&text, r, truth{fmt.Sprintf("P%d", k), 1, 20, .8, 6, 20 + 300*(k%2)}, c, asOf)
	}
	l := read(b, text.String(), subscriptions.Options{AsOf: asOf})
	for b.Loop() {
		l.Value(terms)
	}
}

package growth

import (
	"math/rand/v2"
	"testing"
)

// The largest plan there is: every set of twelve levers, at every period that the payback is looked for at.
func BenchmarkGrowthPlanOfTwelve(b *testing.B) {
	customer, levers := randomCase(rand.New(rand.NewPCG(11, 12)), maxLevers)
	in := planInput(customer, levers)
	for b.Loop() {
		GrowthPlan(in)
	}
}

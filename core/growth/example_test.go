package growth_test

import (
	"fmt"
	"log"

	"hourglass/core/growth"
)

// What two levers bring together, and each its fair part of it.
func Example() {
	in := growth.NewGrowthPlanInput()
	in.Price, in.GrossMargin, in.ChurnRate, in.AnnualDiscountRate, in.NewCustomers = 100, 0.8, 0.05, 0.1, new(500.0)

	onboarding, service := growth.NewLever(), growth.NewLever()
	onboarding.Kind, onboarding.FirstChurnFall, onboarding.CostPerCustomer = growth.KindOnboarding, 0.02, 15
	service.Kind, service.Reach, service.ChurnFall, service.CostPerPeriod = growth.KindService, 0.5, 0.01, 4
	in.Levers = []growth.Lever{onboarding, service}

	out, notes := growth.GrowthPlan(in)
	if err := notes.Err(); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("the plan brings %.2f a customer\n", out.Net)
	for i, lever := range out.Levers {
		fmt.Printf("%s: %.2f\n", in.Levers[i].Kind, lever.Net)
	}
	// Output:
	// the plan brings 117.59 a customer
	// onboarding: 13.62
	// service: 103.97
}

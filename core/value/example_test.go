package value_test

import (
	"fmt"
	"log"

	"hourglass/core/text"
	"hourglass/core/value"
)

// What a subscriber is worth, and when the cost of acquiring one is earned back.
func Example() {
	in := value.NewSubscriptionInput() // the defaults; what has none is filled in below
	in.Price, in.GrossMargin, in.ChurnRate = 100, 0.8, 0.05
	cac := 400.0
	in.CAC = &cac

	out, notes := value.Subscription(in)
	if err := notes.Err(); err != nil {
		log.Fatal(err)
	}
	fmt.Println("value:", out.CLV)
	fmt.Println("payback, months:", text.Optional(out.PaybackPeriods))
	for _, warning := range notes.Warnings() {
		fmt.Println(warning)
	}
	// Output:
	// value: 1600
	// payback, months: 5.61467
}

// All problems of an input come at once, in words.
func ExampleSubscription_problems() {
	in := value.NewSubscriptionInput()
	in.Price, in.ChurnRate = -1, 1.5
	_, notes := value.Subscription(in)
	fmt.Println(notes.Err())
	// Output:
	// price must be at least 0. churn_rate must be at most 1.
}

// Options are read by their wire names.
func ExampleParsePeriod() {
	period, err := value.ParsePeriod("quarter")
	fmt.Println(period, period.PerYear(), err)
	_, err = value.ParsePeriod("decade")
	fmt.Println(err)
	// Output:
	// quarter 4 <nil>
	// "decade" is not month, quarter, year, week or day
}

package sbg

// Simulate draws customers lifetimes and returns the cohort's survivors at t =
// 0 .. periods, as Count reads them. uniform returns independent draws from
// [0, 1); one is used for each customer. Nil when the parameters are invalid
// or a count is negative.
//
// Method: inversion. The lifetime exceeds t when the draw is below S(t), so a
// binary search in the table of S places each draw.
func (p Params) Simulate(customers, periods int, uniform func() float64) []float64 {
	if !p.Valid() || customers < 0 || periods < 0 {
		return nil
	}
	survival := make([]float64, periods+1)
	survival[0] = 1
	for t := 1; t <= periods; t++ {
		survival[t] = survival[t-1] * p.Retention(t)
	}
	cohort := make([]float64, periods+1)
	for range customers {
		cohort[last(survival, uniform())]++
	}
	for t := periods - 1; t >= 0; t-- { // from "left after t" to "active at t"
		cohort[t] += cohort[t+1]
	}
	return cohort
}

// last returns the greatest t with u < survival[t]; survival[0] is 1.
func last(survival []float64, u float64) int {
	low, high := 0, len(survival)
	for high-low > 1 {
		mid := (low + high) / 2
		if u < survival[mid] {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

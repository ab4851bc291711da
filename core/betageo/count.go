package betageo

import (
	"math"

	"hourglass/core/btyd"
)

// Rate returns the expected rate of orders of someone who is there.
func (p Params) Rate(x, age float64) float64 { return (p.R + x) / (p.Alpha + age) }

// Count is Customer.PMF for all n by recurrence (btyd.Process): n order without leaving,
// or leave at order n though there would have been more,
//
//	P(n) = stay(n) nb(n) + leave(n) P(NB >= n).
func (p Params) Count(chances Chances, x, age, horizon, bundle float64, counts []float64) []float64 {
	c := p.Given(chances, x, age, age)
	r, alpha, a, b := c.R, c.Alpha*bundle, c.A, c.B/bundle
	z := horizon / (alpha + horizon)
	nb := math.Exp(-r * math.Log1p(horizon/alpha))
	stay, more, rest := 1.0, 1-nb, 1-nb
	counts = append(counts, nb)
	for n := 1.0; rest > btyd.Negligible && n < btyd.MaxCount; n++ {
		before := n - 1 // of orders; n added to a tiny a + b and 1 taken off again would leave 0/0
		leave := stay * a / (a + b + before)
		stay *= (b + before) / (a + b + before)
		nb *= z * (r + before) / n
		here := stay*nb + leave*more
		more = max(0, more-nb)
		rest = max(0, rest-here)
		counts = append(counts, here)
	}
	counts[len(counts)-1] += rest
	return counts
}

// Letters are the names of the parameters, in the order of every list of them.
var Letters = []string{"r", "alpha", "a", "b"}

// LimitNames are the names of the limits.
func LimitNames() []string { return limitNames[:] }

// At returns the parameters in a list, invalid ones where their number is not four.
func At(list []float64) Params {
	if len(list) != len(Letters) {
		return Params{}
	}
	return Params{list[0], list[1], list[2], list[3]}
}

// List returns the parameters in the order of Letters.
func (p Params) List() []float64 { return []float64{p.R, p.Alpha, p.A, p.B} }

// Any returns the outcome of a fit as every model has it.
func (f Fitted) Any() btyd.Fitted {
	return btyd.Fitted{Parameters: f.Params.List(), Limit: uint8(f.Limit), Result: f.Result}
}

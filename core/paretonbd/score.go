package paretonbd

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/special"
)

// Scores are the answers for the rows of a table, as columns of its length.
type Scores struct {
	Alive    []float64 // P(alive)
	Expected []float64 // orders expected within the horizon
	DERT     []float64 // the same discounted
}

// Score answers for all rows of a valid table at once. horizon is finite, delta the
// continuous discount rate. Rows of the same age share the integrals over the
// horizon, of which nothing else depends on the customer.
func (p Params) Score(t cbs.Table, horizon, delta float64) (Scores, special.Outcome) {
	if !p.Valid() || !(horizon >= 0 && horizon <= math.MaxFloat64) || !(delta >= 0 && delta <= math.MaxFloat64) {
		return Scores{}, special.OutOfDomain
	}
	n := t.Len()
	all := make([]float64, 3*n)
	s := Scores{all[:n:n], all[n : 2*n : 2*n], all[2*n:]}
	type integrals struct{ age, plain, discounted float64 }
	var known [256]integrals // a place for the number of each age
	outcome := special.OK
	h := newHistories(t)
	p.each(h, func(i int, _, now date, f *fates) {
		age := now.y
		k := &known[h.now[i]&255]
		if k.age != age || age == 0 { // which is what a place not yet taken holds
			*k = integrals{age, powerIntegral(p.S, p.Beta+age, horizon), annuity(p.S, p.Beta+age, delta, horizon)}
		}
		rate := f.alive * (p.R + t.X[i]) / (p.Alpha + age)
		s.Alive[i], s.Expected[i], s.DERT[i] = f.alive, rate*k.plain, rate*k.discounted
		if !(s.Expected[i] <= math.MaxFloat64) {
			outcome = special.Unbounded
		}
	})
	if outcome != special.OK {
		return Scores{}, outcome
	}
	return s, special.OK
}

package gammagamma

import (
	"math"

	"hourglass/core/special"
)

// Credibility is the spend of customers without a distribution: for when the
// Gamma-Gamma model does not hold. A customer's expected spend is
//
//	Z mean + (1-Z) Overall,  Z = x/(x + Within/Among),
//
// the linear function of their mean spend that has the least squared error,
// whatever the distributions (Buhlmann & Straub 1970; Buhlmann & Gisler, A Course
// in Credibility Theory, 2005, chapter 4). Under the Gamma-Gamma model,
// where the expectation is linear, it is the same with Within/Among = (q-1)/p.
type Credibility struct {
	Overall float64 // mean spend of a new customer
	Within  float64 // variance of the orders of one customer around their own mean
	Among   float64 // variance of the customers' own means
	Verdict Verdict
}

// A Verdict says what the estimates of a Credibility rest on.
type Verdict uint8

// The verdicts.
const (
	NoCustomers Verdict = iota // nothing to estimate from
	Separated                  // both variances estimated
	Alike                      // the means differ no more than chance makes them: Among is 0, all are valued at Overall
	Steady                     // the means differ no less for few orders than for many: Within is 0, each is valued at their own mean
	Inseparable                // all have the same number of orders, or there are fewer than 3: the variance is divided in equal parts
)

var verdictNames = [...]string{"no_customers", "separated", "alike", "steady", "inseparable"}

// String returns the verdict's name on the wire, empty for an unknown verdict.
func (v Verdict) String() string {
	if int(v) >= len(verdictNames) {
		return ""
	}
	return verdictNames[v]
}

// Empirical estimates a Credibility from the mean spends. Unlike the model it
// takes customers who spend nothing (ZeroSpend); negative ones and those without
// orders it leaves out. The zero value if the table is faulty.
//
// Buhlmann & Straub estimate the variance within customers from their single
// orders: Table.Within. From means alone it takes two weightings of the squared deviations, by x
// and by 1, whose expectations are linear in the two variances, and solves for
// them (the method of moments for unbalanced variance components, Searle,
// Casella & McCulloch 1992, section 5.2): unbiased until it is cut off at zero.
func Empirical(t Table) Credibility {
	usable, _, fault := t.screen(true)
	n := usable.Customers()
	if fault.Code != Valid || !(n > 0) {
		return Credibility{}
	}
	usable = usable.Compress()
	scale := 0.0
	for _, z := range usable.Mean {
		scale = max(scale, z)
	}
	if scale == 0 {
		return Credibility{Verdict: Alike}
	}
	c := variances(usable.scaled(scale), n, t.Within/scale/scale)
	c.Overall = c.overall(usable)
	c.Within *= scale * scale
	c.Among *= scale * scale
	return c
}

// variances solves the two moment equations for a table of n customers; the second alone for a variance within that is known.
func variances(t Table, n, known float64) Credibility {
	var x, xx, inverse, byOrders, byCustomers float64
	for i, k := range t.X {
		w := t.Weight(i)
		x += w * k
		xx += w * k * k
		inverse += w / k
		byOrders += w * k * t.Mean[i]
		byCustomers += w * t.Mean[i]
	}
	var s, u float64 // squared deviations weighted by x and by 1
	for i, k := range t.X {
		d, e := t.Mean[i]-byOrders/x, t.Mean[i]-byCustomers/n
		s += t.Weight(i) * k * d * d
		u += t.Weight(i) * e * e
	}
	if known > 0 && known <= math.MaxFloat64 && x*x > xx {
		among := (s - (n-1)*known) / (x - xx/x) // Buhlmann & Gisler 2005, eq. 4.27
		if !(among > 0) {
			return Credibility{Within: known, Verdict: Alike}
		}
		return Credibility{Within: known, Among: among, Verdict: Separated}
	}
	// E s = (n-1) within + (x - xx/x) among, E u = (1-1/n) inverse within + (n-1) among.
	a, b, c, d := n-1, x-xx/x, (1-1/n)*inverse, n-1
	det := a*d - b*c
	if !(n >= 3) || !(math.Abs(det) > 1e-9*a*d) {
		if !(n > 1) {
			return Credibility{Within: 1, Among: 1, Verdict: Inseparable}
		}
		v := u / (n - 1) / (1 + inverse/n)
		return Credibility{Within: v, Among: v, Verdict: Inseparable}
	}
	within, among := (s*d-b*u)/det, (a*u-c*s)/det
	switch {
	case among <= 0:
		return Credibility{Within: s / a, Verdict: Alike}
	case within <= 0:
		return Credibility{Among: u / d, Verdict: Steady}
	}
	return Credibility{Within: within, Among: among, Verdict: Separated}
}

// weight returns Z for a customer with x > 0 orders.
func (c Credibility) weight(x float64) float64 {
	if c.Among == 0 {
		return 0
	}
	return x / (x + c.Within/c.Among)
}

// overall returns the mean of the customers weighted by their credibility, the
// least variable estimate of the population's mean (Buhlmann & Gisler, chapter 4).
func (c Credibility) overall(t Table) float64 {
	sum, total := 0.0, 0.0
	for i, x := range t.X {
		z := c.weight(x)
		if c.Among == 0 {
			z = x // the limit of Z/Among
		}
		sum += t.Weight(i) * z * t.Mean[i]
		total += t.Weight(i) * z
	}
	return sum / total
}

// ExpectedSpend returns the mean value of the future orders of a customer with x >= 0
// orders of mean value mean >= 0; Overall for x = 0, when mean is not read.
func (c Credibility) ExpectedSpend(x, mean float64) (float64, special.Outcome) {
	if x == 0 {
		mean = 0
	}
	if c.Verdict == NoCustomers || !(x >= 0 && x <= math.MaxFloat64) || !(mean >= 0 && mean <= math.MaxFloat64) {
		return 0, special.OutOfDomain
	}
	if x == 0 {
		return c.Overall, special.OK
	}
	z := c.weight(x)
	return z*mean + (1-z)*c.Overall, special.OK
}

// Variance returns Among (1-Z), the squared error to expect of ExpectedSpend
// as an estimate of the customer's own mean (Buhlmann & Gisler, chapter 4).
func (c Credibility) Variance(x float64) (float64, special.Outcome) {
	if c.Verdict == NoCustomers || !(x >= 0 && x <= math.MaxFloat64) {
		return 0, special.OutOfDomain
	}
	if x == 0 {
		return c.Among, special.OK
	}
	return c.Among * (1 - c.weight(x)), special.OK
}

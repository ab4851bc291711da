package customers

import (
	"math"

	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
)

// A forecast is the distribution of what one customer will do within the horizon,
// its memory reused from one to the next.
type forecast struct {
	horizon    float64
	left       float64 // probability that an interval leaves out
	memoryless bool
	centre     btyd.Process   // as estimated
	points     []btyd.Process // what stands for their uncertainty
	spend      Spend          // as estimated
	spends     []Spend        // what stands for its uncertainty

	x, tx, age float64     // whom the following is for; tx only where it matters
	alive      [][]float64 // of each of the points, P(alive) of the rows remembered
	known      [][]float64 // for each of the points, probability of n bundles if still there
	bundle     float64     // orders that one step of p stands for
	p          []float64   // probability of n bundles

	parts []part  // orders in groups, for the money, one after the other of the spends
	guess float64 // cube root of a quantile in the middle
	exact bool    // money is taken by the incomplete beta function, not by P42
}

// A part is a group of numbers of orders whose money is taken together.
type part struct {
	weight      float64
	orders      float64 // shape of their money: p n
	shape       float64 // of the customer's own rate of spending
	ratio       float64 // (shape/orders/scale)^(1/3); if exact, what money is multiplied by
	mean, noise float64 // of the cube root of the numerator
}

func (m *Model) forecast(o Options) *forecast {
	horizon, _ := o.terms(m.UnitDays)
	f := &forecast{horizon: horizon, left: 1 - o.level(), centre: m.process(), memoryless: m.Kind.Model().Memoryless}
	if !m.Uncertainty.small() {
		for _, p := range m.Uncertainty.points(m.Parameters) {
			if p.usable(m.Kind) {
				f.points = append(f.points, m.Kind.process(p))
			}
		}
	}
	if len(f.points) == 0 {
		f.points = append(f.points, f.centre)
	}
	f.known = make([][]float64, len(f.points))
	f.x = -1
	f.spend, f.spends = m.Spend, []Spend{m.Spend}
	if m.Spend.Basis != NoSpend && fit.LargestVariance(m.Spend.Covariance[:]) >= known*known {
		f.spends = m.Spend.points()
	}
	return f
}

// noise is the variance of the logarithm of the population's expected spend due to
// the uncertainty of the parameters.
func (s Spend) noise() float64 {
	if s.Basis == NoSpend {
		return 0
	}
	sum, square, n := 0.0, 0.0, 0.0
	for _, q := range s.points() {
		if l := math.Log(q.newcomer()); l >= -700 && l <= 700 {
			sum, square, n = sum+l, square+l*l, n+1
		}
	}
	return max(0, square/n-sum/n*(sum/n))
}

// maxMean is the expected number of orders beyond which they are bundled.
const maxMean = 400

// remember takes P(alive) of the rows of a table by each of the points, for ordersOf.
func (f *forecast) remember(t cbs.Table) {
	f.alive = make([][]float64, len(f.points))
	for k, m := range f.points {
		f.alive[k] = m.Alive(t)
	}
}

// ordersOf is orders of a row that is remembered.
func (f *forecast) ordersOf(row int, t cbs.Table) {
	f.mix(t.X[row], t.TX[row], t.T[row], func(k int) float64 { return f.alive[k][row] })
}

// orders computes the distribution of the number of orders.
func (f *forecast) orders(x, tx, age float64) {
	f.mix(x, tx, age, func(k int) float64 { return f.points[k].PAlive(x, tx, age) })
}

// mix computes it from P(alive) by each of the points.
func (f *forecast) mix(x, tx, age float64, alive func(k int) float64) {
	if x != f.x || age != f.age || !f.memoryless && tx != f.tx {
		f.know(x, tx, age)
	}
	f.p = append(f.p[:0], 1)
	weight := 1 / float64(len(f.points))
	for k := range f.points {
		w := weight * alive(k)
		f.p[0] -= w
		for n, q := range f.known[k] {
			if n == len(f.p) {
				f.p = append(f.p, 0)
			}
			f.p[n] += w * q
		}
	}
	f.p[0] = max(0, f.p[0])
}

// know computes the distributions given that the customer is there, which customers
// of one x and T share in a memoryless model, whenever they ordered last.
func (f *forecast) know(x, tx, age float64) {
	f.x, f.tx, f.age = x, tx, age
	f.bundle = max(1, math.Ceil(f.centre.Rate(x, tx, age)*f.horizon/maxMean))
	for k, m := range f.points {
		f.known[k] = m.Count(x, tx, age, f.horizon, f.bundle, f.known[k][:0])
	}
}

// variance of the number of orders.
func (f *forecast) variance() float64 {
	var sum, square float64
	for n, p := range f.p {
		sum += float64(n) * p
		square += float64(n) * float64(n) * p
	}
	return finite(f.bundle * f.bundle * max(0, square-sum*sum))
}

// quantiles returns the ends of the interval, by a function that returns quantiles
// of what is above zero when it is.
func (f *forecast) quantiles(quantile func(prob float64) float64) (low, high float64) {
	if f.p[0] >= f.left/2 {
		return 0, quantile(1 - f.left)
	}
	return quantile(f.left / 2), quantile(1 - f.left/2)
}

// countQuantile returns the smallest number of orders not exceeded with probability prob.
func (f *forecast) countQuantile(prob float64) float64 {
	sum := 0.0
	for n, p := range f.p {
		if sum += p; sum >= prob-1e-12 {
			return f.bundle * float64(n)
		}
	}
	return f.bundle * float64(len(f.p)-1)
}

// money prepares the distribution of the money of a customer with x repeat orders: that of each of the points that stand for
// the uncertainty of the spend, mixed. Numbers of orders are taken one by one up to 10, then in groups that grow by a tenth.
//
// Money is in units of Spend.rate, which depends on the customer's mean spend. The points' rates against it are taken at the
// mean spend of the population: so customers of one history share all this.
func (f *forecast) money(x float64) {
	f.parts, f.exact = f.parts[:0], false
	for _, s := range f.spends {
		f.exact = f.exact || s.shape(x) < 2.5 || s.Params.P*f.bundle < 2 // where cube roots are not normal enough
	}
	typical := f.spend.newcomer()
	unit, share := f.spend.rate(x, typical), 1/float64(len(f.spends))
	sum := 0.0
	for _, s := range f.spends {
		sum += share * f.add(s.Params.P*f.bundle, s.shape(x), s.rate(x, typical)/unit, share)
	}
	f.guess = math.Cbrt(sum / max(1-f.p[0], btyd.Negligible))
}

// add appends the parts of one point of the spend: each is the shape of one bundle's money, scale its unit. It returns the expected
// money, of a shape that has one.
func (f *forecast) add(each, shape, scale, share float64) (expected float64) {
	if f.exact && shape > manyTerms {
		shape, scale = manyTerms, scale*(manyTerms-1)/(shape-1)
	}
	for n := 1; n < len(f.p); {
		end := min(len(f.p), n+1+n/10)
		var weight, sum, square float64
		for ; n < end; n++ {
			weight += f.p[n]
			sum += float64(n) * f.p[n]
			square += float64(n) * float64(n) * f.p[n]
		}
		expected += each * sum * scale / max(0.5, shape-1)
		if weight > btyd.Negligible {
			mean := sum / weight
			f.parts = append(f.parts, f.part(share*weight, each*mean, max(0, square/weight/mean/mean-1), shape, scale))
		}
	}
	return expected
}

// part prepares P42 for orders of the given shape, their number varying within the
// group by so much, as the square of a coefficient of variation: the variance
// of their money is that of a smaller shape.
func (f *forecast) part(weight, orders, varying, shape, scale float64) part {
	if f.exact {
		few := min(orders, manyTerms)
		return part{weight: weight, orders: few, shape: shape, ratio: few / orders / scale}
	}
	noise := (1/orders + varying) / 9
	return part{weight, orders, shape, math.Cbrt(shape / orders / scale), 1 - noise, noise}
}

// manyTerms is the shape beyond which a gamma variable, varying by less than 1 %, is
// nearly fixed: the incomplete beta function takes as many terms as its root.
const manyTerms = 1e4

// below returns the probability that the money is below v^3 rates, and its
// derivative by v (0 where it is taken exactly).
//
// Given n orders it is a ratio of two gamma variables of shapes p n and shape; the
// cube roots of both are nearly normal (WH31), and so is therefore a linear
// combination of them (P42). Error below 0.0015 where neither shape is below 2, beyond
// which the incomplete beta function takes over; see TestForecast.
func (f *forecast) below(v float64) (prob, density float64) {
	prob = f.p[0]
	if f.exact {
		for _, q := range f.parts {
			s := v * v * v * q.ratio
			prob += q.weight * special.BetaCDF(s/(1+s), q.orders, q.shape)
		}
		return prob, 0
	}
	for _, q := range f.parts {
		d := 1 / (9 * q.shape)
		u := v * q.ratio
		spread := 1 / math.Sqrt(d*u*u+q.noise)
		z := ((1-d)*u - q.mean) * spread
		phi, bell := normal(z)
		slope := ((1-d)*q.noise + q.mean*d*u) * spread * spread * spread * q.ratio
		prob += q.weight * phi
		density += q.weight * slope * bell
	}
	return prob, density
}

// normal returns the distribution function of the normal distribution and its density,
// with one exponential for both: Abramowitz & Stegun 26.2.17, error below 7.5e-8.
func normal(z float64) (phi, bell float64) {
	if z > 6 {
		return 1, 0
	}
	if z < -6 {
		return 0, 0
	}
	bell = math.Exp(-0.5*z*z) / math.Sqrt(2*math.Pi)
	t := 1 / (1 + 0.2316419*math.Abs(z))
	tail := bell * t * (0.319381530 + t*(-0.356563782+t*(1.781477937+t*(-1.821255978+t*1.330274429))))
	if z > 0 {
		return 1 - tail, bell
	}
	return tail, bell
}

// moneyQuantile returns the money not exceeded with probability prob, in rates. Method:
// Newton's iteration in the cube root, inside a bracket.
func (f *forecast) moneyQuantile(prob float64) float64 {
	if len(f.parts) == 0 || f.p[0] >= prob {
		return 0
	}
	const beyond = 1e50
	low, high, v := 0.0, beyond, f.guess
	for range 200 {
		reached, density := f.below(v)
		if reached < prob {
			low = v
		} else {
			high = v
		}
		next := v - (reached-prob)/density
		if !(next > low && next < high) || high == beyond && next > 2*v {
			next = 0.5 * (low + min(high, 4*v))
		}
		done := math.Abs(next-v) <= 1e-5*next // the error of next is its square
		if v = next; done || v > beyond/4 {
			break
		}
	}
	return v * v * v
}

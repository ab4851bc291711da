package customers

import (
	"math"

	"hourglass/core/orders"
	"hourglass/core/special"
)

// A Tracking is the number of repeat orders over time, actual and expected, of
// customers whose first orders are taken as given.
type Tracking struct {
	orders.Tracking           // Repeat is what is compared
	Expected        []float64 // cumulative repeat orders to the end of each period, with the season
	Calibration     int       // periods that end within the model's data
	Season          Season    `wire:"-"` // of the time that the model is fitted to

	repeats []float64 // expected of a customer, by age in days
	joined  []float64 // customers by the day of their first order
	placed  []float64 // repeat orders up to each day
	even    []float64 // Expected without the season
}

// Track follows a log in periods of so many days (7 when not positive), to its last day, or to a later one that has passed without an order.
func (m *Model) Track(l *orders.Log, period, passed int32, step Step) (Tracking, Status) {
	if !m.Valid() {
		return Tracking{}, BadModel
	}
	t := Tracking{Tracking: l.Tracking(period, passed)}
	first, last := l.Span()
	last = max(last, passed)
	if l.Orders() == 0 {
		return t, Done
	}
	if status := t.follow(m, l, last, 1, step); status != Done {
		return Tracking{}, status
	}
	n := int(last-first) + 1
	t.even = make([]float64, len(t.Repeat))
	for k := range t.even {
		end := min(n-1, (k+1)*int(t.Days)-1)
		t.even[k] = t.expectedBy(end)
		if first+int32(end) <= m.Last {
			t.Calibration = k + 1
		}
	}
	t.Season = t.season(min(last, m.Last))
	t.Expected = make([]float64, len(t.even))
	var sum, before float64
	for k, even := range t.even {
		sum += (even - before) * t.Season.index(first+int32(k)*t.Days+t.Days/2)
		t.Expected[k], before = sum, even
	}
	return t, Done
}

// follow counts the orders of each day up to the last, and what is expected of a customer by age: every so many days, and between them in proportion.
func (t *Tracking) follow(m *Model, l *orders.Log, last int32, every int, step Step) Status {
	first, _ := l.Span()
	n := int(last-first) + 1
	t.joined, t.placed = make([]float64, n), make([]float64, n)
	for i := range l.Customers() {
		days := l.Days(i)
		t.joined[days[0]-first]++
		for _, day := range days[1:] {
			t.placed[day-first]++
		}
	}
	return t.expect(m, every, step)
}

// expect computes what is expected of a customer by age, from the orders of each day.
func (t *Tracking) expect(m *Model, every int, step Step) Status {
	n := len(t.joined)
	t.repeats = make([]float64, n)
	for day := 1; day < n; day++ {
		t.placed[day] += t.placed[day-1]
	}
	repeatsWithin := m.process().Repeats()
	for age := every; age < n+every-1; age += every {
		if step.stopped(age, n+every) {
			return Cancelled
		}
		repeats, outcome := repeatsWithin(float64(age) / m.UnitDays)
		if outcome != special.OK {
			return TooLarge
		}
		before := t.repeats[age-every]
		for k := 1; k <= every && age-every+k < n; k++ {
			t.repeats[age-every+k] = before + (repeats-before)*float64(k)/float64(every)
		}
	}
	return Done
}

// season is that of the whole months up to a day.
func (t *Tracking) season(to int32) Season { return seasonOf(t.months(0, int(to-t.Start))) }

// season is that of a log up to the model's last day. What is expected between weeks of age is taken in proportion: a month does not tell.
func (m *Model) season(l *orders.Log, step Step) (Season, Status) {
	first, last := l.Span()
	t := Tracking{}
	t.Start = first
	if status := t.follow(m, l, last, 7, step); status != Done {
		return Season{}, status
	}
	return t.season(min(last, m.Last)), Done
}

// expectedBy returns the repeat orders expected up to a day of the log, the first being 0, without the season.
func (t *Tracking) expectedBy(end int) (sum float64) {
	for day, customers := range t.joined[:end+1] {
		if customers > 0 {
			sum += customers * t.repeats[end-day]
		}
	}
	return sum
}

// months returns the calendar months that lie whole within days of the log, with the orders that came again in each and were expected, without the season.
func (t *Tracking) months(from, to int) []monthly {
	out := monthsOf(t.Start, from, to)
	for i := range out {
		m := &out[i]
		m.actual, m.expected = t.placed[m.to], t.expectedBy(m.to)
		if m.from > 0 {
			m.actual, m.expected = m.actual-t.placed[m.from-1], m.expected-t.expectedBy(m.from-1)
		}
	}
	return out
}

// pace returns that of the last quarter of the calibration.
func (t Tracking) pace() (p Pace) {
	n := t.quarter()
	if n > t.Calibration {
		return p
	}
	actual, expected := t.between(t.Calibration-n, t.Calibration)
	return Pace{float64(n) * float64(t.Days), actual, expected}
}

// quarter is the number of periods of one.
func (t Tracking) quarter() int { return int(max(1, rollEvery/max(1, t.Days))) }

// prices returns the mean logarithm of the amounts of the last quarter of the calibration less that of all amounts of each customer until then, as far as
// it is more than chance among customers. Each is held against their own: who orders much may spend more than others, or less. Logarithms, because
// of the money itself one giant order would be the most; and forecasts go by customers' means, that quarter included.
func (t Tracking) prices(l *orders.Log) float64 {
	if l == nil || t.quarter() > t.Calibration {
		return 0
	}
	to := t.Start + int32(t.Calibration)*t.Days
	from := to - int32(t.quarter())*t.Days
	var sum, orders float64
	var each []priced
	for i := range l.Customers() {
		if late := pricedOf(l.Days(i), l.Amounts(i), from, to); late.orders > 0 {
			each = append(each, late)
			sum, orders = sum+late.over, orders+late.orders
		}
	}
	if len(each) < leastRepeaters {
		return 0
	}
	mean, noise := sum/orders, 0.0
	for _, late := range each {
		noise += square(late.over - mean*late.orders)
	}
	return shrunk(mean, math.Sqrt(noise)/orders)
}

// priced are a customer's orders of a quarter, and the sum of the logarithms of their amounts over that customer's usual ones.
type priced struct{ over, orders float64 }

// pricedOf holds the orders of days from one up to another against all until then.
func pricedOf(days []int32, amounts []float64, from, to int32) (late priced) {
	if days[len(days)-1] < from {
		return late
	}
	var all priced
	for k, day := range days {
		if amounts[k] <= 0 || day >= to {
			continue
		}
		amount := math.Log(amounts[k])
		all = priced{all.over + amount, all.orders + 1}
		if day >= from {
			late = priced{late.over + amount, late.orders + 1}
		}
	}
	late.over -= late.orders * ratio(all.over, all.orders)
	return late
}

// between returns the repeat orders of the periods from one up to another.
func (t Tracking) between(from, to int) (actual, expected float64) {
	actual, expected = float64(t.Repeat[to-1]), t.Expected[to-1]
	if from > 0 {
		actual, expected = actual-float64(t.Repeat[from-1]), expected-t.Expected[from-1]
	}
	return actual, expected
}

// stretches is the least number of parts of the calibration that are compared.
const stretches = 3

// spread returns how far stretches of so many days stray from what the model expects of them, relative, beyond chance: the moment
// estimator of DerSimonian and Laird ("Meta-analysis in clinical trials", Controlled Clinical Trials 7, 1986) of the variance among the
// stretches' ratios of actual to expected; as far as their scatter Q is beyond chance
// by two standard errors of its own. Where the calibration has fewer than three such
// stretches they are a third of it.
//
// Chance is what the customers of the log themselves make of it: the sum of the squares of each one's share in a ratio less the mean (the variance of
// a ratio estimator, clustered by customer: Cochran, Sampling Techniques, 1977, section 6.3). They order in clumps, some much and most once, so that the
// number of a stretch varies more than Poisson's: held against that, a third of the shops that the model describes had a spread.
func (t Tracking) spread(l *orders.Log, days float64) float64 {
	n := int(min(math.Round(days/float64(max(1, t.Days))), float64(t.Calibration/stretches)))
	if n < 1 || l == nil || len(t.repeats) == 0 {
		return 0
	}
	var parts []stretch // latest first
	var actual, expected float64
	for to := t.Calibration; to >= n; to -= n {
		a, e := t.between(to-n, to)
		if e < 1 {
			break
		}
		parts = append(parts, stretch{(to-n)*int(t.Days) - 1, to*int(t.Days) - 1, a / e, e, ratio(e, t.evenly(to-n, to))})
		actual, expected = actual+a, expected+e
	}
	if !(actual > 0) || len(parts) < 2 {
		return 0
	}
	mean, squares, q := actual/expected, 0.0, 0.0
	for _, p := range parts {
		squares += p.expected * p.expected
		q += p.expected * square(p.ratio-mean)
	}
	freedom := float64(len(parts) - 1)
	chance := t.chance(l, parts, mean, expected)
	return math.Sqrt(max(0, q-chance*(1+sure*math.Sqrt(2/freedom)))/(expected-squares/expected)) / mean
}

// A stretch is the time after one day of the log up to another, the first day being 0.
type stretch struct {
	after, to       int
	ratio, expected float64
	season          float64 // expected over what it would be without
}

// evenly returns the orders expected of periods without the season.
func (t Tracking) evenly(from, to int) float64 {
	if len(t.even) == 0 {
		t.even = t.Expected
	}
	if from == 0 {
		return t.even[to-1]
	}
	return t.even[to-1] - t.even[from-1]
}

// chance returns what the scatter of the stretches' ratios around their mean comes to where customers differ from what the model expects by chance alone.
func (t Tracking) chance(l *orders.Log, parts []stretch, mean, expected float64) (sum float64) {
	first, _ := l.Span()
	by := func(age int) float64 { return t.repeats[min(max(0, age), len(t.repeats)-1)] }
	miss := make([]float64, len(parts))
	last, width := parts[0].to, parts[0].to-parts[0].after
	for i := range l.Customers() {
		days := l.Days(i)
		joined, total := int(days[0]-first), 0.0
		for k, p := range parts {
			miss[k] = mean * p.season * (by(p.after-joined) - by(p.to-joined))
			total += miss[k]
		}
		for _, day := range days[1:] {
			if at := last - int(day-first); at >= 0 && at/width < len(parts) {
				miss[at/width]++
				total++
			}
		}
		for k, p := range parts {
			sum += p.expected * square(miss[k]/p.expected-total/expected)
		}
	}
	return sum
}

// A Pattern is what the orders of a calibration do that the models do not know.
type Pattern struct {
	Trend  float64 // relative change of actual against expected from first to last; 0 unless significant and large
	Season float64 // amplitude of a yearly wave around it; 0 unless significant and large, or the time too short
}

const (
	patternPeriods = 12    // fewer leave less than eight degrees of freedom beside a level, a slope and a wave
	significant    = 0.001 // two-sided p: one file in a thousand is told of a trend that is none

	// A change of a quarter from the first period to the last leaves the last off by an eighth, about what every range allows (priorMiss). The mean
	// of the best half year of a wave is 2/pi of its amplitude: a tenth of .15.
	largeTrend  = 0.25
	largeSeason = 0.15
)

// Pattern looks for a trend and a season in actual/expected of the calibration's
// periods, by regression weighted with the expected orders; the
// significance allows for orders that vary more than by chance.
func (t Tracking) Pattern() Pattern {
	y, w, at := t.ratios()
	n := len(y)
	if n < patternPeriods {
		return Pattern{}
	}
	span := at[n-1] - at[0]
	one, line := make([]float64, n), make([]float64, n)
	for i := range y {
		one[i], line[i] = 1, (at[i]-at[0])/span-0.5
	}
	project(y, w, one)
	project(line, w, one)
	var p Pattern
	slope, energy := project(y, w, line)
	if chance := residual(y, w) / float64(n-2); slope*slope*energy > square(studentQuantile(1-significant/2, float64(n-2)))*chance && math.Abs(slope) > largeTrend {
		p.Trend = slope
	}
	if span < 1.5*DaysPerYear { // half a wave more than one: else a trend passes for a part of it
		return p
	}
	sine, cosine := make([]float64, n), make([]float64, n)
	for i := range y {
		sine[i], cosine[i] = math.Sincos(2 * math.Pi * at[i] / DaysPerYear)
	}
	for _, base := range [][]float64{one, line} {
		project(sine, w, base)
		project(cosine, w, base)
	}
	a, first := project(y, w, sine)
	shift, _ := project(cosine, w, sine)
	b, second := project(y, w, cosine)
	a -= b * shift
	explained := 0.5 * ((a+b*shift)*(a+b*shift)*first + b*b*second)
	if chance := residual(y, w) / float64(n-4); explained > fisherQuantile(1-significant, float64(n-4))*chance && math.Hypot(a, b) > largeSeason {
		p.Season = math.Hypot(a, b)
	}
	return p
}

func square(x float64) float64 { return x * x }

// fisherQuantile returns the quantile of Fisher's F with 2 and so many degrees of freedom, whose upper tail is (1 + 2 F/n)^(-n/2).
func fisherQuantile(prob, freedom float64) float64 {
	return freedom / 2 * math.Expm1(-2/freedom*math.Log1p(-prob))
}

// ratios returns actual/expected orders of the calibration's periods, their
// weights and the day each ends. Periods of less than one expected order are left out.
func (t Tracking) ratios() (y, w, at []float64) {
	var actual, expected float64
	for k := range t.Calibration {
		a, e := float64(t.Repeat[k])-actual, t.Expected[k]-expected
		actual, expected = float64(t.Repeat[k]), t.Expected[k]
		if e >= 1 {
			y, w, at = append(y, a/e), append(w, e), append(at, float64((k+1)*int(t.Days)))
		}
	}
	return y, w, at
}

// project takes out of y its weighted regression on x, and returns the coefficient and
// the weighted square of x.
func project(y, w, x []float64) (coefficient, energy float64) {
	dot := 0.0
	for i := range y {
		dot += w[i] * x[i] * y[i]
		energy += w[i] * x[i] * x[i]
	}
	coefficient = ratio(dot, energy)
	for i := range y {
		y[i] -= coefficient * x[i]
	}
	return coefficient, energy
}

// residual is the weighted sum of squares.
func residual(y, w []float64) (sum float64) {
	for i := range y {
		sum += w[i] * y[i] * y[i]
	}
	return sum
}

package customers

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/orders"
)

const (
	rollEvery = 91 // days from one earlier forecast to the next: a quarter, so that each season of a year is among four of them

	// Days that have to be known before the first: as many as one to the next, and as many as it looks ahead. With less behind it a forecast misses by more than
	// it gives itself even where the model is right: by 2.6 times that after one quarter, half a year ahead, by 1.0 to 1.1 times after a year.
	rollHistory = 91

	rollRows   = 4096 // histories that an earlier forecast's fit is made from: what they leave out, 1.6 % (1/sqrt(n)), is a third of checkedMiss
	chanceRows = 512  // and its chance, whose standard deviation is then known to 4 %
)

// A rolling is a Record on its way, one earlier forecast after the other.
type rolling struct {
	log      *orders.Log
	kind     Kind
	split    orders.Split // of the present: its end, unit and convention of spend
	first    int32
	horizons []int32 // still to try, the one asked for first
	at       int32   // end of the next forecast
	record   Record
	asked    float64 // days ahead
}

// newRolling prepares the earlier forecasts of a kind over the horizon, on a log (nil for none) as the split sees it.
func newRolling(l *orders.Log, k Kind, split orders.Split, horizonDays float64) *rolling {
	r := &rolling{log: l, kind: k, split: split, asked: horizonDays}
	r.record.HorizonDays, r.record.Same = horizonDays, true
	if l == nil || l.Customers() == 0 || !(horizonDays >= 1 && horizonDays <= farDay) {
		return r
	}
	var last int32
	if r.first, last = l.Span(); split.End == 0 {
		r.split.End = last
	}
	r.horizons = append(r.horizons, int32(math.Round(horizonDays)))
	for _, h := range [...]int32{2 * rollEvery, rollEvery} { // the next shorter, where the log is too young
		if h < r.horizons[0] {
			r.horizons = append(r.horizons, h)
		}
	}
	r.at = r.split.End - r.horizons[0]
	return r
}

// next makes one earlier forecast; more says that others are to follow.
func (r *rolling) next(step Step) (more bool, status Status) {
	for len(r.horizons) > 0 && (r.at-r.first+1 < max(rollHistory, r.horizons[0]) || len(r.record.Past) == recentMany) {
		if r.horizons = r.horizons[1:]; len(r.record.Past) > 0 || len(r.horizons) == 0 {
			r.horizons = nil
			return false, Done
		}
		r.record.HorizonDays, r.record.Same = float64(r.horizons[0]), false
		r.at = r.split.End - r.horizons[0]
	}
	if len(r.horizons) == 0 {
		return false, Done
	}
	past, status := r.forecast(step)
	if status != Done {
		return true, status
	}
	if past.Orders.usable() {
		r.record.Past = append(r.record.Past, past)
	}
	r.at -= rollEvery
	return true, Done
}

// Roll makes the record of a kind.
func Roll(l *orders.Log, k Kind, split orders.Split, horizonDays float64, step Step) (Record, Status) {
	r := newRolling(l, k, split, horizonDays)
	for {
		if more, status := r.next(step); status != Done {
			return Record{}, status
		} else if !more {
			return r.record, Done
		}
	}
}

// forecast forecasts what followed the day r.at from what was known then.
func (r *rolling) forecast(step Step) (p Past, status Status) {
	h := r.horizons[0]
	split := r.split
	split.End, split.ObservedTo = r.at, r.at+h
	s, b, status := Summarise(r.log, split)
	if status != Done {
		return p, status
	}
	if Longest(s) < float64(h) { // a forecast that would have been refused on its day says nothing of those that are made
		return p, Done
	}
	p = Past{End: r.at, ObservedTo: r.at + h, Customers: float64(b.Len())}
	c := Fit(r.kind, b.Fittable().Thin(rollRows), step.iterations())
	if c.Result.Status == fit.Cancelled || step.stopped(1, 1) {
		return p, Cancelled
	}
	if !c.Usable() {
		return p, Done
	}
	u := Uncertainty{}
	if n := len(c.Parameters); len(c.Result.ThetaCovariance) == n*n {
		u.Covariance = c.Result.ThetaCovariance
	}
	spend := FitSpend(s, nil)
	m := Build(&c, u, spend.Spend, s)
	o := Options{HorizonDays: float64(h), Margin: 1}
	if r.at-r.first >= seasonYears*365-1 {
		season, status := m.season(r.log, step)
		if status == Cancelled {
			return p, status
		}
		o.season = season.pace(r.at, o.HorizonDays)
	}
	scores, status := m.Score(b, o, nil)
	if status != Done {
		return p, Done // parameters on their way to a limit: nothing to compare
	}
	if len(r.record.Past) == 0 {
		r.record.Latest = r.latest(&m, s, b, scores)
	}
	money := 0.0
	for _, n := range r.sameAgain(s) {
		p.SameAgain += n
	}
	for i, row := range b.Row {
		p.RateOn += ratio(s.X[i], s.T[i]) * float64(h) / s.Split.UnitDays
		money += scores.Expected[row] * m.Spend.orderValue(s.X[i], s.Mean[i])
		p.Orders.Actual += s.HoldoutX[i]
		p.Money.Actual += s.HoldoutSpend[i]
	}
	p.Orders.Forecast, p.Orders.One = weighted(b.Table, scores.Expected), 1
	chance, moneyChance := m.chance(b.Table, scores, o)
	shared := m.sharedOrders(b.Table.Thin(sharedRows), o)
	p.Orders.Deviation = math.Sqrt(chance + shared)
	if m.Spend.Basis != NoSpend && money > 0 {
		p.Money.Forecast, p.Money.One = money, money/p.Orders.Forecast
		p.Money.Deviation = math.Sqrt(moneyChance + shared + m.Spend.noise())
	}
	return p, Done
}

// latest measures a forecast customer by customer, and beside it the rules that need no model.
func (r *rolling) latest(m *Model, s orders.Summary, b Base, scores Scores) Evidence {
	n := b.Len()
	c := columns(n, 4)
	o := outcome{actual: s.HoldoutX, worth: c[0], paid: s.HoldoutSpend, silence: c[1], repeat: s.X, past: s.Spend}
	o.forecasts = [Rules][]float64{c[2], r.sameAgain(s), c[3]}
	h := float64(r.horizons[0]) / s.Split.UnitDays
	for i, row := range b.Row {
		o.forecasts[ByForecast][i] = scores.Expected[row]
		o.worth[i] = scores.Expected[row] * m.Spend.orderValue(s.X[i], s.Mean[i])
		o.silence[i] = s.T[i] - s.TX[i]
		o.forecasts[RateOn][i] = ratio(s.X[i], s.T[i]) * h
	}
	if m.Spend.Basis == NoSpend {
		o.worth, o.paid, o.past = o.forecasts[ByForecast], o.actual, s.X
	}
	e := o.evidence()
	e.Rules[ByForecast].Total = weighted(b.Table, scores.Expected) // the forecast's own sum, by history: one customer after the other it differs in the last digits
	return e
}

// sameAgain returns the orders of each customer in the days of the forecast a year before, or as many years as those are all known; where the log does not
// go back so far, in as many days just before, or what is known of them at the same rate.
func (r *rolling) sameAgain(s orders.Summary) []float64 {
	h := r.horizons[0]
	from, scale := r.at-365*((h+364)/365), 1.0
	if from+1 < r.first {
		from = max(r.at-h, r.first-1)
		scale = float64(h) / float64(min(h, r.at-from))
	}
	out := make([]float64, len(s.X))
	for i, c := range s.Customer {
		for _, day := range r.log.Days(int(c)) {
			if day > from && day <= min(from+h, r.at) {
				out[i] += scale
			}
		}
	}
	return out
}

// chance returns the squared relative deviation of the total of orders, and of their money, that chance makes: from a few histories, with
// the parameters taken for known.
func (m *Model) chance(t cbs.Table, s Scores, o Options) (orders, money float64) {
	horizon, _ := o.terms(m.UnitDays)
	p := m.process()
	step := max(1, t.Len()/chanceRows)
	var total, variance, moneyVariance, all float64
	f := m.forecast(o)
	f.points, f.known = append(f.points[:0], p), f.known[:1]
	for i, w := range t.W {
		all += w * s.Expected[i]
		if i%step != step/2 || !(horizon > 0) {
			continue
		}
		f.orders(t.X[i], t.TX[i], t.T[i])
		v := f.variance()
		total += w * s.Expected[i]
		variance += w * v
		moneyVariance += w * m.moneyVariance(t.X[i], s.Expected[i], v)
	}
	if !(total > 0) {
		return ratio(1, all), ratio(1, all)
	}
	return variance / total / all, max(variance, moneyVariance) / total / all
}

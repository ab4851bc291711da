package subscriptions

import (
	"math"

	"hourglass/core/orders"
)

// checkedFrom is the share of the list's time whose renewals the curves are fitted to again, and leastChecked how many of the renewals after it they
// must expect for a comparison.
const (
	checkedFrom  = 2.0 / 3
	leastChecked = 30
)

// check compares what the curves of the first two thirds of the list's time expect of those who were there with the renewals that came. Who is there
// is counted by month of start, and a renewal belongs to the month into which it falls from the middle of that.
func (v *valuer) check() {
	l, out := v.log, v.out
	cut := out.First + int32(checkedFrom*float64(l.AsOf-out.First))
	due := func(month, age int, interval Interval) int32 {
		middle := orders.Day(month/12, month%12+1, 15)
		return middle + int32(math.Round(float64(age+1)*interval.Days()))
	}
	before := valuer{log: l, terms: v.terms, curves: &curves{own: map[int]curve{}}, plans: make([]valued, len(v.plans))}
	for k := range before.plans {
		now, then := &v.plans[k], &before.plans[k]
		then.Interval, then.Started = now.Interval, now.Started
		for month, c := range now.cohort {
			for age, n := range c.AtRisk {
				if due(month, age, now.Interval) > cut {
					break
				}
				then.AtRisk, then.LostBy = grow(then.AtRisk, age+1), grow(then.LostBy, age+1)
				then.AtRisk[age] += n
				then.LostBy[age] += c.Lost[age]
				then.Lost += c.Lost[age]
			}
		}
	}
	forecast, came := 0.0, 0.0
	for k := range before.plans {
		then := &before.plans[k]
		pool := before.poolOf(then.Interval)
		c, e := &pool.curve, pool.effects[k]
		if then.ownCurve() {
			c, e = before.ownOf(k), effect{}
		}
		if !c.known {
			continue
		}
		now := &v.plans[k]
		last := l.AsOf - l.accept(now.Interval)
		odds := c.odds(c.theta, int(float64(l.AsOf-out.First)/now.Interval.Days())+2)
		for month, counts := range now.cohort {
			if month >= monthOf(cut) { // began after it
				continue
			}
			here, gone := -1.0, false // of the cohort, as expected; whether all of it have left
			for age := 0; age < len(odds) && (age < len(counts.AtRisk) || gone && due(month, age, now.Interval) <= last); age++ {
				if due(month, age, now.Interval) <= cut {
					continue
				}
				n, kept := 0.0, 0.0
				if age < len(counts.AtRisk) {
					n, kept = counts.AtRisk[age], counts.AtRisk[age]-counts.Lost[age]
				}
				if here < 0 {
					here = n
				}
				here *= logistic(odds[age] + e.at)
				forecast, came = forecast+here, came+kept
				gone = kept == 0
				// Those who are not due again by the end of the list, or go on with another period, are not expected either.
				if age+1 < len(counts.AtRisk) && kept > 0 {
					here *= counts.AtRisk[age+1] / kept
				}
			}
		}
	}
	if forecast >= leastChecked {
		v.checked, v.forecast, v.came = cut, forecast, came
	}
}

// monthOf is the month of a day, as cells number them.
func monthOf(day int32) int {
	y, m, _ := orders.Civil(day)
	return 12*y + m - 1
}

package customers

import (
	"math"

	"hourglass/core/orders"
)

// A Season is by how much the months of a year differ from the year around each, as far as that is more than chance.
type Season struct {
	Years float64     // whole years that were looked at, 0 of fewer than two
	Known bool        // that it is clear, and used
	Index [12]float64 // orders of each month, January first, over what the year around it makes of it; 1 where not Known
}

// The gate and its constants were found on six order logs; that each month is held against the level of the year around it, on invented shops: in one that
// falls or rises all year a December ends the year, and is low or high for that alone (error .31 to .35 half a year ahead by one level for all, .31 by those around).
const (
	seasonYears = 2 // of one year nobody can say which month would be so again
	seasonMost  = 5 // years that count: habits change
	seasonPrior = 30

	// Chi-square of eleven degrees of freedom exceeds 40 once in 27,000 shops that have no season. Not less, because customers come in clumps; special
	// weeks pass it all the same in two of three shops, and do no harm (.079 for .082).
	seasonGate = 40
)

// A monthly is a calendar month of a log: orders that came again in it, and those that the model expects.
type monthly struct {
	from, to         int // days of the log, the first being 0
	month            int // 0 for January
	actual, expected float64
}

// monthsOf returns the calendar months that lie whole within days of a log from one to another.
func monthsOf(first int32, from, to int) (out []monthly) {
	year, month, day := orders.Civil(first + int32(from))
	if day > 1 {
		year, month = next(year, month)
	}
	for {
		toYear, toMonth := next(year, month)
		m := monthly{from: int(orders.Day(year, month, 1) - first), to: int(orders.Day(toYear, toMonth, 1)-first) - 1, month: month - 1}
		if m.to > to {
			return out
		}
		out = append(out, m)
		year, month = toYear, toMonth
	}
}

func next(year, month int) (int, int) {
	if month == 12 {
		return year + 1, 1
	}
	return year, month + 1
}

// seasonOf finds the season in months one after the other.
func seasonOf(months []monthly) (s Season) {
	for i := range s.Index {
		s.Index[i] = 1
	}
	years := min(len(months)/12, seasonMost)
	if years < seasonYears {
		return s
	}
	s.Years = float64(years)
	n := len(months)
	var actual, expected [12]float64
	var allActual, allExpected float64
	for k := n - 12*years; k < n; k++ {
		from := max(0, min(k-6, n-12)) // the year around it, as far as it is known
		var a, e float64
		for _, m := range months[from : from+12] {
			a, e = a+m.actual, e+m.expected
		}
		m := &months[k]
		even := m.expected * ratio(a, e)
		actual[m.month], expected[m.month] = actual[m.month]+m.actual, expected[m.month]+even
		allActual, allExpected = allActual+m.actual, allExpected+even
	}
	level, chi := ratio(allActual, allExpected), 0.0
	for i := range expected {
		e := level * expected[i]
		chi += ratio(square(actual[i]-e), e)
	}
	if s.Known = chi > seasonGate; !s.Known {
		return s
	}
	for i := range expected {
		s.Index[i] = (actual[i] + seasonPrior) / (level*expected[i] + seasonPrior)
	}
	return s
}

// index returns that of a day.
func (s *Season) index(day int32) float64 {
	if !s.Known {
		return 1
	}
	_, month, _ := orders.Civil(day)
	return s.Index[month-1]
}

// pace returns the mean index of so many days after one: what a time ahead counts for in days of an even year, over those that it has. A whole year counts for
// itself, nearly, so that of long times the first years alone are looked at.
func (s *Season) pace(after int32, days float64) float64 {
	if !s.Known || !(days > 0) {
		return 1
	}
	days = min(days, seasonMost*DaysPerYear)
	sum, whole := 0.0, int32(days)
	for d := int32(1); d <= whole; d++ {
		sum += s.index(after + d)
	}
	return (sum + (days-float64(whole))*s.index(after+whole+1)) / days
}

// Extremes returns the months of the highest and of the lowest index, January being 1.
func (s *Season) Extremes() (high, low int) {
	for i, v := range s.Index {
		if v > s.Index[high] {
			high = i
		}
		if v < s.Index[low] {
			low = i
		}
	}
	return high + 1, low + 1
}

// A Month is a calendar month, or a part of one at the ends of what is known or asked for.
type Month struct {
	First, Last int32 // days
	Ahead       bool  // after the last day known
	Actual      float64
	Expected    float64 // repeat orders: of all customers where it is past, of those known where it is ahead
}

// What is shown of the months.
const (
	monthsBack  = 12
	monthsAhead = 36
)

// months returns the repeat orders of the latest months and those expected of the next.
func (v *Valuation) months(k *Known) (out []Month) {
	t, end := &k.Tracking, v.Summary.Split.End
	if len(t.placed) == 0 {
		return nil
	}
	past := t.months(0, int(end-t.Start))
	for _, m := range past[max(0, len(past)-monthsBack):] {
		out = append(out, Month{First: t.Start + int32(m.from), Last: t.Start + int32(m.to), Actual: m.actual, Expected: m.expected * t.Season.Index[m.month]})
	}
	// The shape of the expectation in few histories, its sum that of all.
	table := v.Base.Table.Thin(chanceRows)
	from, sum := end, 0.0
	var ahead []Month
	for horizon := v.Settings.HorizonDays; len(ahead) < monthsAhead && float64(from-end) < horizon; {
		year, month, _ := orders.Civil(from + 1)
		year, month = next(year, month)
		to := orders.Day(year, month, 1) - 1
		days := min(float64(to-end), horizon)
		o := Options{HorizonDays: days, Margin: 1, season: t.Season.pace(end, days)}
		h, _ := o.terms(k.Model.UnitDays)
		s, status := k.Model.Kind.score(k.Model.Parameters, table, h, 0, 1, nil)
		if status != Done {
			return out
		}
		total := weighted(table, s.Expected)
		ahead = append(ahead, Month{First: from + 1, Last: end + int32(math.Ceil(days)), Ahead: true, Expected: max(0, total-sum)})
		from, sum = to, total
	}
	if scores := &v.expected.scores; v.expected.known == k && len(ahead) < monthsAhead { // else the time is longer than what is shown
		all := ratio(weighted(v.Base.Table, scores.Expected), sum)
		for i := range ahead {
			ahead[i].Expected *= all
		}
	}
	return append(out, ahead...)
}

package customers

import (
	"math"
	"slices"

	"hourglass/core/cbs"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
	"hourglass/core/parallel"
	versions "hourglass/core/release"
)

// A Crowd is all that a fit needs of customers, who may be more than a machine holds: it grows with the days of the log and not with their number.
type Crowd struct {
	Split     orders.Split     // as Summary.Split has it, End and Mean settled
	First     int32            // day of the first order of all
	Histories cbs.Table        // unique and ascending by X, TX, T, weighted, with Gaps; T = 0 is one
	Spend     gammagamma.Table // what they spent on the orders that Split.Mean names, weighted; rows without orders count
	Joined    []float64        // first orders by day, from First to the last day of the log
	Placed    []float64        // orders that were not the first
}

// Fit fits all kinds, or the one picked, and what an order is worth: the choice, the evidence and the digits of a Valuation of the same customers, but for
// the backtest, which has no say.
func (c *Crowd) Fit(pick Pick, workers int) (Choice, FittedSpend, Model, Status) {
	t := Base{Table: c.Histories}.Fittable()
	if fault := t.Validate(); fault.Code != cbs.Valid {
		return Choice{}, FittedSpend{}, Model{}, BadData
	}
	all := make([]Candidate, Kinds())
	parallel.Each(workers, len(all), func(i int) {
		if k := Kind(len(all) - 1 - i); pick == Auto || pick == Picked(k) {
			all[k] = Fit(k, t, nil)
		}
	})
	choice := newChoice()
	for k, one := range all {
		if pick == Auto || pick == Picked(Kind(k)) {
			choice.Put(one)
		}
	}
	if choice.recommend(); pick != Auto {
		choice.only(Kind(pick - 1))
	}
	best := choice.Best()
	if choice.Reason == NoneUsable || !best.Usable() {
		return choice, FittedSpend{}, Model{}, NoModel
	}
	spend := fitSpend(c.Spend, c.Split.Mean, nil)
	u, _ := best.Uncertain(t, nil)
	m := Model{Engine: versions.Numbers(), Kind: best.Kind, Parameters: best.Parameters, Uncertainty: u, Spend: spend.Spend,
		UnitDays: c.Split.UnitDays, First: c.First, Last: c.Split.End}
	for i, x := range c.Histories.X {
		m.Customers += c.Histories.Weight(i)
		m.Orders += c.Histories.Weight(i) * (1 + x)
	}
	if !m.Valid() {
		return choice, spend, m, BadModel
	}
	return choice, spend, m, Done
}

// A GroupCrowd is what the pooled value of a group and what it brought by each age need: Histories and Spend of its Crowd, and its growth.
type GroupCrowd struct {
	Crowd
	Growth GrowthSums
}

// Sources tells where the customers of a crowd come from, with the digits of Answer.Sources: groups are those of g, as GroupsOf has it; all has the spend of all
// customers, their growth and their number.
func (m *Model) Sources(g Grouping, groups []GroupCrowd, all *GroupCrowd, o Options) (*Sources, Status) {
	if len(groups) != len(g.Names) {
		return nil, BadData
	}
	each := make([]groupData, len(groups))
	for k := range groups {
		each[k] = groups[k].data()
	}
	var spend gammagamma.Credibility
	if m.Spend.Basis != NoSpend {
		spend = gammagamma.Empirical(all.Spend)
	}
	values, status := m.pooledGroups(each, &spend, o, nil)
	if status != Done {
		return nil, status
	}
	whole := Source{Growth: all.Growth.growth(nil, o.Margin, o.level())}
	data := all.data()
	whole.Customers, whole.Repeaters = data.customers, data.repeaters
	out := values.sources(whole, g, o, func(k int) GrowthSums { return groups[k].Growth })
	out.together = func(of func(k int) bool) (n float64) {
		for _, set := range g.sets {
			if slices.ContainsFunc(set.of, func(k uint32) bool { return of(int(k)) }) {
				n += set.customers
			}
		}
		return n
	}
	return out, Done
}

func (c *Crowd) data() groupData {
	d := groupData{histories: Base{Table: c.Histories}.Fittable(), spend: c.Spend}
	for i, x := range c.Histories.X {
		d.customers += c.Histories.Weight(i)
		if x > 0 {
			d.repeaters += c.Histories.Weight(i)
		}
	}
	return d
}

// Season is that of the customers' orders by a model, with the same digits as a Valuation's; none where the log does not go back far enough.
func (c *Crowd) Season(m *Model) Season {
	n := len(c.Joined)
	if c.Split.End-c.First < seasonYears*365-1 || len(c.Placed) != n {
		return Season{}
	}
	t := Tracking{joined: c.Joined, placed: append([]float64(nil), c.Placed...)}
	t.Start = c.First
	if status := t.expect(m, 1, nil); status != Done {
		return Season{}
	}
	return t.season(min(c.First+int32(n)-1, m.Last))
}

// Longest is the longest horizon in days that the customers carry a forecast of, 0 for none.
func (c *Crowd) Longest() float64 {
	repeaters, oldest := 0.0, 0.0
	for i, x := range c.Histories.X {
		if x > 0 {
			repeaters += c.Histories.Weight(i)
		}
		oldest = max(oldest, c.Histories.T[i])
	}
	return longest(int(min(repeaters, math.MaxInt32)), oldest*c.Split.UnitDays)
}

// InSeason are the options of a horizon that begins after a day.
func (o Options) InSeason(s Season, after int32) Options {
	o.season = s.pace(after, o.HorizonDays)
	return o
}

// SegmentAt is the segment of a customer whose part of all, by what they would be worth if still there, is so much, 0 for the best.
func (c Cuts) SegmentAt(part, x, ageDays, alive float64) Segment {
	var s Segment
	switch {
	case x == 0 && ageDays <= c.NewDays:
		return Newcomer
	case part < c.Champions:
		s = Champion
	case part < c.Champions+c.Regulars:
		s = Regular
	default:
		s = Occasional
	}
	if alive < c.Lost {
		return s + 2
	} else if alive < c.Safe {
		return s + 1
	}
	return s
}

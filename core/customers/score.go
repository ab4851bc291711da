package customers

import (
	"math"

	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/special"
)

// Scores are the expectations, one entry per row of Base.Table.
type Scores struct {
	Alive      []float64 // P(alive)
	Expected   []float64 // orders within the horizon
	Discounted []float64 // the same, each discounted to today
}

// columns returns k columns of n numbers in one piece of memory.
func columns(n, k int) [][]float64 {
	all := make([]float64, n*k)
	out := make([][]float64, k)
	for i := range out {
		out[i] = all[i*n : (i+1)*n : (i+1)*n]
	}
	return out
}

// Score computes the expectations of every history, those of one x together: the last digits of one depend on which others there are.
//
// Given that a customer is there, those of a memoryless model depend on x and T alone, of which
// there are far fewer pairs than histories: they are computed for the pairs, P(alive) for each.
func (m *Model) Score(b Base, o Options, step Step) (Scores, Status) {
	if status := m.ready(o); status != Done {
		return Scores{}, status
	}
	horizon, delta := o.terms(m.UnitDays)
	return m.Kind.score(m.Parameters, b.Table, horizon, delta, o.workers, step)
}

// ScoreApart is Score of each history by itself, for those who ask for a few at a time: whom else they ask about makes no difference.
func (m *Model) ScoreApart(b Base, o Options) (Scores, Status) {
	if status := m.ready(o); status != Done {
		return Scores{}, status
	}
	horizon, delta := o.terms(m.UnitDays)
	s, outcome := m.process().Score(b.Table, horizon, delta)
	if outcome != special.OK {
		return Scores{}, TooLarge
	}
	return Scores{s.Alive, s.Expected, s.DERT}, Done
}

// ready reports whether the model can be asked by the options.
func (m *Model) ready(o Options) Status {
	switch {
	case !o.Valid():
		return BadOptions
	case !m.Valid():
		return BadModel
	}
	return Done
}

// scoredTogether is the number of rows in a block of expectations: some ten x of a shop of two years, which share what is interpolated.
const scoredTogether = 1 << 14

// score computes the expectations of the rows of a table; the parameters are valid.
func (k Kind) score(parameters Parameters, t cbs.Table, horizon, delta float64, workers int, step Step) (Scores, Status) {
	p := k.process(parameters)
	if !k.Model().Memoryless {
		return inChunks(p, t, horizon, delta, chunk, workers, step)
	}
	first, pair := distinct(cbs.Table{X: t.X, TX: t.T, T: t.T})
	ages := pick(t.T, first)
	unique := cbs.Table{X: pick(t.X, first), TX: ages, T: ages} // whoever ordered just now is likeliest there
	known, status := inChunks(p, unique, horizon, delta, scoredTogether, workers, step.part(0, 2))
	if status != Done {
		return Scores{}, status
	}
	c := columns(t.Len(), 3)
	out := Scores{c[0], c[1], c[2]}
	status = inBlocks(t.Len(), scoredTogether, workers, step.part(1, 2), func(from, to int, _ Step) {
		copy(out.Alive[from:], p.Alive(rows(t, from, to)))
		for i, k := range pair[from:to] {
			share := ratio(out.Alive[from+i], known.Alive[k])
			out.Expected[from+i], out.Discounted[from+i] = finite(share*known.Expected[k]), finite(share*known.Discounted[k])
		}
	})
	return out, status
}

// rows are some of a table, without what only fits need.
func rows(t cbs.Table, from, to int) cbs.Table {
	return cbs.Table{X: t.X[from:to], TX: t.TX[from:to], T: t.T[from:to]}
}

// inChunks computes the expectations row by row.
func inChunks(p btyd.Process, t cbs.Table, horizon, delta float64, block, workers int, step Step) (Scores, Status) {
	c := columns(t.Len(), 3)
	out := Scores{c[0], c[1], c[2]}
	outcomes := make([]special.Outcome, t.Len()/block+1)
	status := inBlocks(t.Len(), block, workers, step, func(from, to int, _ Step) {
		var s btyd.Scores
		s, outcomes[from/block] = p.ScoreTogether(rows(t, from, to), horizon, delta)
		copy(out.Alive[from:], s.Alive)
		copy(out.Expected[from:], s.Expected)
		copy(out.Discounted[from:], s.DERT)
	})
	if status != Done {
		return Scores{}, status
	}
	for _, outcome := range outcomes {
		if outcome != special.OK {
			return Scores{}, TooLarge
		}
	}
	return out, Done
}

// Outcomes tell how far things may turn out from the expectation, one entry per
// row of Base.Table. Parameters and chance both play their part.
type Outcomes struct {
	None       []float64 // probability of no order within the horizon
	Variance   []float64 // of the number of orders, given the parameters on average
	OrdersLow  []float64 // interval of the number of orders, whole numbers: holds with the
	OrdersHigh []float64 // probability of Options.Level at least
	MoneyLow   []float64 // interval of the money, in units of the customer's Spend.rate: holds
	MoneyHigh  []float64 // with that probability, or with that of no order if it is higher
}

// Outcomes computes the intervals of every history. Where no order at all has more
// than half the probability to be left out, the interval starts at zero and leaves out
// the rest above; else it leaves out as much below as above.
func (m *Model) Outcomes(b Base, o Options, step Step) (Outcomes, Status) {
	return m.outcomes(b, o, false, step)
}

// OutcomesApart is Outcomes of each history by itself: see ScoreApart.
func (m *Model) OutcomesApart(b Base, o Options) (Outcomes, Status) {
	return m.outcomes(b, o, true, nil)
}

func (m *Model) outcomes(b Base, o Options, apart bool, step Step) (Outcomes, Status) {
	if status := m.ready(o); status != Done {
		return Outcomes{}, status
	}
	c := columns(b.Table.Len(), 6)
	out := Outcomes{c[0], c[1], c[2], c[3], c[4], c[5]}
	status := inBlocks(b.Table.Len(), spreadTogether, o.workers, step, func(from, to int, within Step) { m.spread(b.Table, o, from, to, apart, out, within) })
	if status != Done {
		return Outcomes{}, status
	}
	return out, Done
}

// spreadTogether is the number of rows in a block of outcomes: with some hundred ages, enough of one x for them to share what they have in common.
const spreadTogether = 1 << 12

// spread computes the intervals of some rows of a table; it stops early where step says so, and has told it by then.
func (m *Model) spread(t cbs.Table, o Options, from, to int, apart bool, out Outcomes, step Step) {
	f := m.forecast(o)
	some := rows(t, from, to)
	if !apart {
		f.remember(some)
	}
	order := count(to - from) // rows of one x and T in sequence
	sortBy(some.T, order)
	sortBy(some.X, order)
	for done, k := range order {
		if done%(chunk/8) == 0 && step.stopped(done, len(order)) {
			return
		}
		i := from + int(k)
		if apart {
			f.orders(t.X[i], t.TX[i], t.T[i])
		} else {
			f.ordersOf(int(k), some)
		}
		out.None[i], out.Variance[i] = f.p[0], f.variance()
		out.OrdersLow[i], out.OrdersHigh[i] = f.quantiles(f.countQuantile)
		if m.Spend.Basis != NoSpend {
			f.money(t.X[i])
			out.MoneyLow[i], out.MoneyHigh[i] = f.quantiles(f.moneyQuantile)
		}
	}
}

// NextOrders returns for every history the time in days within which the next
// order comes with probability q in (0, 1), 0.5 for the median; zero where that
// order comes with probability q at most.
func (m *Model) NextOrders(b Base, q float64, step Step) ([]float64, Status) {
	if !m.Valid() {
		return nil, BadModel
	}
	if !(q > 0 && q < 1) {
		return nil, BadOptions
	}
	out := make([]float64, b.Table.Len())
	status := inBlocks(len(out), chunk, 1, step, func(from, to int, _ Step) { m.waits(b.Table, q, out, from, to) })
	if status != Done {
		return nil, status
	}
	return out, Done
}

// median is the probability by which a Valuation says when the next order comes.
const median = 0.5

// waits computes NextOrders of some rows.
func (m *Model) waits(t cbs.Table, q float64, out []float64, from, to int) {
	p := m.process()
	for i := from; i < to; i++ {
		within, outcome := p.NextOrderWithin(t.X[i], t.TX[i], t.T[i], q)
		if days := within * m.UnitDays; outcome == special.OK && days <= math.MaxFloat64 {
			out[i] = days
		}
	}
}

// Values are what customers are worth within the horizon, one entry each.
type Values struct {
	OrderValue []float64 // expected money of one order; times Scores.Expected: expected spend
	Value      []float64 // margin of the expected orders, discounted: customer lifetime value
	Low, High  []float64 // interval of Value as it will turn out; nil without Outcomes
	Rank       []uint32  // 1 is the highest Value; equal values in the order of the rows
}

// Value computes what every customer is worth, given their mean spend by
// the model's convention (orders.Summary.Mean). Intervals need Outcomes; the zero
// Outcomes leaves them out. In the interval the discount is the expected one.
func (m *Model) Value(b Base, mean []float64, s Scores, u Outcomes, o Options) (Values, Status) {
	v, status := m.ValueApart(b, mean, s, u, o)
	if status == Done {
		v.Rank = ranks(v.Value)
	}
	return v, status
}

// ValueApart is Value without ranks, for customers who are not all that there are.
func (m *Model) ValueApart(b Base, mean []float64, s Scores, u Outcomes, o Options) (Values, Status) {
	n := b.Len()
	switch {
	case !o.Valid():
		return Values{}, BadOptions
	case !m.Valid():
		return Values{}, BadModel
	case len(mean) != n || len(s.Alive) != b.Table.Len() || len(u.None) != b.Table.Len() && u.None != nil:
		return Values{}, BadData
	}
	width := 2
	if u.None != nil {
		width = 4
	}
	c := columns(n, width)
	v := Values{OrderValue: c[0], Value: c[1]}
	if width == 4 {
		v.Low, v.High = c[2], c[3]
	}
	for i, row := range b.Row {
		x, z := b.Table.X[row], mean[i]
		if !(z >= 0 && z <= math.MaxFloat64) {
			return Values{}, BadData
		}
		v.OrderValue[i] = m.Spend.orderValue(x, z)
		v.Value[i] = o.Margin * s.Discounted[row] * v.OrderValue[i]
		if width == 4 && s.Expected[row] > 0 {
			scale := o.Margin * s.Discounted[row] / s.Expected[row] * m.Spend.rate(x, z)
			v.Low[i], v.High[i] = finite(scale*u.MoneyLow[row]), finite(scale*u.MoneyHigh[row])
		}
		if !(v.Value[i] <= math.MaxFloat64) {
			return Values{}, TooLarge
		}
	}
	return v, Done
}

// Worth is what customers are ranked and sorted into segments by: their value or, where
// the model knows no money, their discounted orders.
func (m *Model) Worth(b Base, s Scores, v Values) Values {
	if m.Spend.Basis != NoSpend {
		return v
	}
	w := Values{Value: make([]float64, b.Len())}
	for i, row := range b.Row {
		w.Value[i] = s.Discounted[row]
	}
	w.Rank = ranks(w.Value)
	return w
}

func finite(v float64) float64 { return min(v, math.MaxFloat64) }

// ranks numbers values from the largest, 1, to the smallest.
func ranks(values []float64) []uint32 {
	order := descending(values)
	rank := make([]uint32, len(values))
	for k, i := range order {
		rank[i] = uint32(k) + 1
	}
	return rank
}

// descending returns the indices from the largest value to the smallest, equal ones
// in their order.
func descending(values []float64) []uint32 {
	order, negative := count(len(values)), make([]float64, len(values))
	for i, v := range values {
		negative[i] = -v
	}
	sortBy(negative, order)
	return order
}

// Decile returns the tenth that a rank of 1 to n is in: 1 for the best tenth. Tenths
// differ in size by one at most.
func Decile(rank, n uint32) uint32 {
	return uint32(uint64(rank-1)*10/uint64(n)) + 1
}

// Survival returns how P(alive) of one customer fell and rose: its value at the end of
// every day from the first order to the day until. days are those of the orders,
// ascending (orders.Log.Days). Nil when there is nothing to return, or more than a
// few centuries of it.
func (m *Model) Survival(days []int32, until int32) []float64 {
	if len(days) == 0 || until < days[0] || int64(until)-int64(days[0]) > 2*farDay || !m.Valid() {
		return nil
	}
	out := make([]float64, until-days[0]+1)
	p := m.process()
	x := 0
	for i := range out {
		for x+1 < len(days) && days[x+1] <= days[0]+int32(i) {
			x++
		}
		out[i] = p.PAlive(float64(x), float64(days[x]-days[0])/m.UnitDays, float64(i)/m.UnitDays)
	}
	return out
}

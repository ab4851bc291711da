package orders

import "math"

// From when days without an order are asked about.
const (
	leastGap  = 14 // days: less is a holiday
	gapOrders = 20 // that would be usual in it; by chance none of 20 come once in 500 million times (e^-20)
	fewAlike  = 3  // gaps half as long or longer: of more, the shop pauses as a rule, or its dates are those of months

	strayDays  = 91   // a quarter apart from all others
	strayShare = 0.01 // of all orders; a single one is a stray too
)

// A pause is the days from and to which nobody ordered, both included.
type pause struct{ from, to int32 }

func (g pause) days() int32 { return g.to - g.from + 1 }

// A calendar is how many orders a log has by day.
type calendar struct {
	first, last int32
	until       []uint32 // orders from the first day to each, that one included
	gaps        []pause  // of leastGap days or more, in order
}

func newCalendar(l *Log) *calendar {
	c := &calendar{}
	c.first, c.last = l.Span()
	c.until = make([]uint32, c.last-c.first+1)
	for _, d := range l.Day {
		c.until[d-c.first]++
	}
	since := c.first // day after the latest with an order
	for i, n := range c.until {
		if n > 0 {
			if day := c.first + int32(i); day-since >= leastGap {
				c.gaps = append(c.gaps, pause{since, day - 1})
			}
			since = c.first + int32(i) + 1
		}
		if i > 0 {
			c.until[i] += c.until[i-1]
		}
	}
	return c
}

// orders counts those of the days from and to, both included.
func (c *calendar) orders(from, to int32) float64 {
	from, to = max(from, c.first), min(to, c.last)
	if from > to {
		return 0
	}
	n := c.until[to-c.first]
	if from > c.first {
		n -= c.until[from-c.first-1]
	}
	return float64(n)
}

// strays takes off the first or the last orders where few of them lie apart from all others, as one of a wrong year does, and returns the gap and how
// many; none where there are no such.
func (c *calendar) strays() (apart pause, n float64) {
	few := max(1, strayShare*c.orders(c.first, c.last))
	for i := len(c.gaps) - 1; i >= 0; i-- { // the last first: they decide on which day the list ends
		g := c.gaps[i]
		before, after := c.orders(c.first, g.from-1), c.orders(g.to+1, c.last)
		most, in := before, g.from-c.first
		if before < after {
			most, in = after, c.last-g.to
		}
		if g.days() < strayDays || min(before, after) > few || most < gapOrders || most/float64(in)*float64(g.days()) < gapOrders {
			continue
		}
		if before < after {
			c.first, c.until = g.to+1, c.until[g.to+1-c.first:]
			for k := range c.until {
				c.until[k] -= uint32(before)
			}
			c.gaps = c.gaps[i+1:]
		} else {
			c.last, c.gaps = g.from-1, c.gaps[:i]
		}
		return g, min(before, after)
	}
	return pause{}, 0
}

// missing returns the longest gap in which orders would be usual, by the days before and after it, and how many; none where there is no such.
func (c *calendar) missing() (longest pause, usual float64) {
	for _, g := range c.gaps {
		if g.days() <= longest.days() && usual > 0 || c.alike(g) > fewAlike {
			continue
		}
		n := g.days()
		if orders := min(c.orders(g.from-n, g.from-1), c.orders(g.to+1, g.to+n)); orders >= gapOrders {
			longest, usual = g, orders
		}
	}
	return longest, usual
}

// alike counts the gaps half as long as one, or longer, itself among them.
func (c *calendar) alike(one pause) (n int) {
	for _, g := range c.gaps {
		if 2*g.days() >= one.days() {
			n++
		}
	}
	return n
}

// askGaps asks about orders that may be missing, and dates that may be wrong, by where nobody ordered.
func (r *Reader) askGaps() {
	p := &r.report
	c := newCalendar(r.log)
	for range 2 { // at both ends
		g, n := c.strays()
		if old := g.from < year2000 && c.first > g.from; n > 0 && !old { // those have a question of their own
			p.ask(Question{Code: QuestionStray, Column: p.Columns[RoleDate], Rows: uint64(n), From: g.from - 1, To: g.to + 1})
		}
	}
	if g, n := c.missing(); n > 0 {
		p.ask(Question{Code: QuestionGap, Rows: uint64(roughly(n)), From: g.from, To: g.to})
	}
}

// Silence is how many days have passed from the last order to a day, 0 where fewer than 20 orders would be usual in them, by as many days before, or where
// the log has such a gap elsewhere; and how many orders would be usual, to two significant digits.
func (l *Log) Silence(to int32) (days int32, usual uint64) {
	if l.Orders() == 0 {
		return 0, 0
	}
	c := newCalendar(l)
	g := pause{c.last + 1, to}
	if g.days() < leastGap || c.alike(g) > 0 {
		return 0, 0
	}
	n := c.orders(g.from-g.days(), c.last)
	if n < gapOrders {
		return 0, 0
	}
	return g.days(), uint64(roughly(n))
}

// roughly is a number to two significant digits.
func roughly(n float64) float64 {
	unit := math.Pow(10, math.Max(0, math.Floor(math.Log10(n))-1))
	return math.Round(n/unit) * unit
}

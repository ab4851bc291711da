package customers

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/orders"
)

// A Base is a set of customers grouped by history.
type Base struct {
	Table cbs.Table // unique histories, ascending; W counts their customers
	Row   []uint32  // the row in Table of each customer
}

// Len returns the number of customers.
func (b Base) Len() int { return len(b.Row) }

// Group finds the unique histories of customers, one row of t each (weights are
// not read; see Histories). Unlike a fit it takes T = 0: who
// first ordered on the last day. The fault names the first row that is no history.
func Group(t cbs.Table) (Base, cbs.Fault) {
	n := len(t.X)
	if len(t.TX) != n || len(t.T) != n || t.Gaps != nil && len(t.Gaps) != n {
		return Base{}, cbs.Fault{Code: cbs.LengthMismatch}
	}
	first, row := distinct(t)
	if fault := check(t, first); fault.Code != cbs.Valid {
		return Base{}, fault
	}
	u := cbs.Table{X: pick(t.X, first), TX: pick(t.TX, first), T: pick(t.T, first), W: make([]float64, len(first))}
	for _, r := range row {
		u.W[r]++
	}
	if t.Gaps != nil {
		u.Gaps = make([]float64, len(first))
		for i, r := range row {
			u.Gaps[r] += t.Gaps[i] / u.W[r]
		}
	}
	return Base{u, row}.sorted(), cbs.Fault{}
}

// distinct returns the first row of each unique history and, for each row, which
// history it has, by a hash table of the numbers' bits.
func distinct(t cbs.Table) (first, row []uint32) {
	row = make([]uint32, len(t.X))
	slots := make([]uint32, 1<<10) // 1 + history; 0 is free
	for i := range t.X {
		if 2*len(first) >= len(slots) {
			slots = make([]uint32, 4*len(slots))
			for k, f := range first {
				slots[find(slots, first, t, f)] = uint32(k) + 1
			}
		}
		s := find(slots, first, t, uint32(i))
		if slots[s] == 0 {
			first = append(first, uint32(i))
			slots[s] = uint32(len(first))
		}
		row[i] = slots[s] - 1
	}
	return first, row
}

// find returns the slot of row i's history, or the free one where it belongs.
func find(slots, first []uint32, t cbs.Table, i uint32) uint32 {
	mask := uint32(len(slots) - 1)
	const odd = 0x9e3779b97f4a7c15
	h := (math.Float64bits(t.X[i])*odd ^ math.Float64bits(t.TX[i])) * odd
	h = (h ^ h>>29 ^ math.Float64bits(t.T[i])) * odd
	for s := uint32(h>>32) & mask; ; s = (s + 1) & mask {
		if slots[s] == 0 {
			return s
		}
		if k := first[slots[s]-1]; t.X[k] == t.X[i] && t.TX[k] == t.TX[i] && t.T[k] == t.T[i] {
			return s
		}
	}
}

// check returns the first fault among the given rows.
func check(t cbs.Table, rows []uint32) cbs.Fault {
	for _, i := range rows {
		if t.X[i] == 0 && t.TX[i] == 0 && t.T[i] == 0 {
			continue
		}
		one := cbs.Table{X: t.X[i : i+1], TX: t.TX[i : i+1], T: t.T[i : i+1]}
		if fault := one.Validate(); fault.Code != cbs.Valid {
			return cbs.Fault{Code: fault.Code, Row: int(i)}
		}
	}
	return cbs.Fault{}
}

func pick(column []float64, rows []uint32) []float64 {
	out := make([]float64, len(rows))
	for k, i := range rows {
		out[k] = column[i]
	}
	return out
}

// sorted puts the histories in ascending order, so that rows of one x are in
// sequence and results do not depend on the order of the customers.
func (b Base) sorted() Base {
	order := count(b.Table.Len())
	sortBy(b.Table.T, order)
	sortBy(b.Table.TX, order)
	sortBy(b.Table.X, order)
	place := make([]uint32, len(order))
	for k, i := range order {
		place[i] = uint32(k)
	}
	for i, r := range b.Row {
		b.Row[i] = place[r]
	}
	t := b.Table
	b.Table = cbs.Table{X: pick(t.X, order), TX: pick(t.TX, order), T: pick(t.T, order), W: pick(t.W, order)}
	if t.Gaps != nil {
		b.Table.Gaps = pick(t.Gaps, order)
	}
	return b
}

// Fittable returns the histories that carry information on the parameters: all but
// those of T = 0, of which every model says the same, whatever its parameters.
func (b Base) Fittable() cbs.Table {
	k := 0 // T = 0 has x = 0 and t_x = 0, and is therefore the first row if any
	if b.Table.Len() > 0 && b.Table.T[0] == 0 {
		k = 1
	}
	t := b.Table
	u := cbs.Table{X: t.X[k:], TX: t.TX[k:], T: t.T[k:], W: t.W[k:]}
	if t.Gaps != nil {
		u.Gaps = t.Gaps[k:]
	}
	return u
}

// part is some of the customers, and the rows of b that theirs are. place is room for a number a row of b.
func (b Base) part(of, place []uint32) (p Base, rows []uint32) {
	clear(place)
	for _, i := range of {
		place[b.Row[i]] = 1
	}
	for row, there := range place {
		if there != 0 {
			place[row] = uint32(len(rows))
			rows = append(rows, uint32(row))
		}
	}
	t := b.Table
	p.Table = cbs.Table{X: pick(t.X, rows), TX: pick(t.TX, rows), T: pick(t.T, rows), W: make([]float64, len(rows))}
	if t.Gaps != nil {
		p.Table.Gaps = pick(t.Gaps, rows)
	}
	p.Row = make([]uint32, len(of))
	for k, i := range of {
		p.Row[k] = place[b.Row[i]]
		p.Table.W[p.Row[k]]++
	}
	return p, rows
}

// Summarise splits a log in time and groups its customers, with all that the models ask for.
func Summarise(l *orders.Log, split orders.Split) (orders.Summary, Base, Status) {
	split.Gaps = needGaps()
	s := l.Summaries(split)
	b, fault := Group(Histories(s))
	if fault.Code != cbs.Valid {
		return s, b, BadData
	}
	return s, b, Done
}

// Histories are those of summaries, one row a customer, as Group takes them.
func Histories(s orders.Summary) cbs.Table { return cbs.Table{X: s.X, TX: s.TX, T: s.T, Gaps: s.Gaps} }

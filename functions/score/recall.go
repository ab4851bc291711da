package main

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/customers"
)

// A memory knows the histories that have come and what a model says of them.
type memory struct {
	valuer
	slots []uint32 // 1 + row of a history, found by its hash; 0 is free. At most half are taken
	table cbs.Table
	known valued // of the first rows of table
	bad   []bool // histories that the model cannot value
}

// maxKnown bounds the memory, to some 50 MB.
const maxKnown = 1 << 18

func newMemory(v valuer) *memory {
	m := &memory{valuer: v}
	m.forget()
	return m
}

func (m *memory) forget() {
	m.slots, m.table, m.known, m.bad = make([]uint32, 1<<12), cbs.Table{}, valued{}, nil
}

// find returns the row of a history, a new one where it has not come before.
func (m *memory) find(x, tx, age float64) uint32 {
	t := &m.table
	slot := m.slot(x, tx, age)
	if row := m.slots[slot]; row != 0 {
		return row - 1
	}
	row := uint32(len(t.X))
	t.X, t.TX, t.T = append(t.X, x), append(t.TX, tx), append(t.T, age)
	if m.slots[slot] = row + 1; 2*len(t.X) >= len(m.slots) {
		m.slots = make([]uint32, 4*len(m.slots))
		for i := range t.X {
			m.slots[m.slot(t.X[i], t.TX[i], t.T[i])] = uint32(i) + 1
		}
	}
	return row
}

// slot is that of a history, or the free one where it belongs.
func (m *memory) slot(x, tx, age float64) uint64 {
	t, mask := &m.table, uint64(len(m.slots)-1)
	const odd = 0x9e3779b97f4a7c15
	h := (math.Float64bits(x)*odd ^ math.Float64bits(tx)) * odd
	h = (h ^ h>>29 ^ math.Float64bits(age)) * odd
	for s := h >> 32 & mask; ; s = (s + 1) & mask {
		row := m.slots[s]
		if row == 0 || t.X[row-1] == x && t.TX[row-1] == tx && t.T[row-1] == age {
			return s
		}
	}
}

// learn asks the model about the new histories: together, or one by one where one of
// them is too much for it.
func (m *memory) learn() {
	if from, to := len(m.bad), len(m.table.X); from < to && !m.ask(from, to) {
		for ; from < to; from++ {
			if !m.ask(from, from+1) {
				m.append(customers.Base{Row: []uint32{0}}, valued{scores: customers.Scores{Alive: zero, Expected: zero, Discounted: zero},
					outcomes: customers.Outcomes{None: zero, MoneyLow: zero, MoneyHigh: zero}, next: zero})
				m.bad[from] = true
			}
		}
	}
}

var zero = []float64{0}

func (m *memory) ask(from, to int) bool {
	t := m.table
	b, fault := customers.Group(cbs.Table{X: t.X[from:to], TX: t.TX[from:to], T: t.T[from:to]})
	if fault.Code != cbs.Valid {
		return false
	}
	fresh, status := m.histories(b)
	if status != customers.Done {
		return false
	}
	m.append(b, fresh)
	return true
}

// append adds what is known of new histories, sorted by Group, in their own order.
func (m *memory) append(b customers.Base, fresh valued) {
	add := func(to *[]float64, from []float64) {
		for _, r := range b.Row {
			*to = append(*to, from[r])
		}
	}
	k := &m.known
	add(&k.scores.Alive, fresh.scores.Alive)
	add(&k.scores.Expected, fresh.scores.Expected)
	add(&k.scores.Discounted, fresh.scores.Discounted)
	if m.intervals {
		add(&k.outcomes.None, fresh.outcomes.None)
		add(&k.outcomes.MoneyLow, fresh.outcomes.MoneyLow)
		add(&k.outcomes.MoneyHigh, fresh.outcomes.MoneyHigh)
	}
	if m.next {
		add(&k.next, fresh.next)
	}
	m.bad = append(m.bad, make([]bool, len(b.Row))...)
}

// value values customers of known histories.
func (m *memory) value(rows []uint32, mean []float64) (valued, bool) {
	out := m.known
	out.base = customers.Base{Table: m.table, Row: rows}
	return out, m.money(&out, mean) == customers.Done
}

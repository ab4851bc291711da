package cbs

import "math"

// An Index finds equal things by their hash: open addressing, at most half full.
// Sorting instead would be slower and a kilobyte of code for every type sorted.
type Index []int32

// NewIndex has room for so many entries.
func NewIndex(entries int) Index {
	size := 2
	for size < 2*entries {
		size *= 2
	}
	return make(Index, size)
}

// Find returns the position for which same holds among those with the hash. If
// there is none it returns, and will find from now on, next.
func (x Index) Find(hash uint64, next int32, same func(position int32) bool) int32 {
	mask := uint64(len(x) - 1)
	hash ^= hash >> 32
	hash *= 0x9e3779b97f4a7c15 // Fibonacci hashing
	for slot := hash >> 32 & mask; ; slot = (slot + 1) & mask {
		switch at := x[slot] - 1; {
		case at < 0:
			x[slot] = next + 1
			return next
		case same(at):
			return at
		}
	}
}

// Times numbers times in the order in which they first come: a log in whole days has few different ones, and what depends on
// a time is computed once for all rows that share it.
type Times struct {
	Distinct []float64
	seen     Index
}

// Number returns the positions of t_x and T of each row among the distinct times.
func (u *Times) Number(t Table) (last, now []int32) {
	n := t.Len()
	u.seen = NewIndex(2 * n)
	last, now = make([]int32, n), make([]int32, n)
	for i := range n {
		if i > 0 && t.TX[i] == t.TX[i-1] {
			last[i] = last[i-1]
		} else {
			last[i] = u.look(t.TX[i])
		}
		if i > 0 && t.T[i] == t.T[i-1] {
			now[i] = now[i-1]
		} else {
			now[i] = u.look(t.T[i])
		}
	}
	u.seen = nil
	return last, now
}

// look returns the position of a time, which it adds if it is new.
func (u *Times) look(t float64) int32 {
	at := u.seen.Find(math.Float64bits(t), int32(len(u.Distinct)), func(i int32) bool { return u.Distinct[i] == t })
	if int(at) == len(u.Distinct) {
		u.Distinct = append(u.Distinct, t)
	}
	return at
}

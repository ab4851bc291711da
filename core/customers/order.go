package customers

import "math"

// count returns 0, 1, ... n-1.
func count(n int) []uint32 {
	order := make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
	}
	return order
}

// sortBy sorts indices by the keys they point to, ascending; equal keys keep their
// order. NaN has no place among them.
//
// Method: radix sort by eleven bits at a time of the keys' bits, mapped so that
// their order as integers is that of the numbers. Digits that are equal in
// all keys, as are most of those of small integers, cost one pass over the counts.
func sortBy(keys []float64, order []uint32) {
	const digit = 11
	if len(order) < 2 {
		return
	}
	bits := make([]uint64, len(order))
	for i, k := range order {
		bits[i] = sortable(keys[k])
	}
	spareBits, spare := make([]uint64, len(order)), make([]uint32, len(order))
	from, to := order, spare
	for shift := 0; shift < 64; shift += digit {
		var start [1 << digit]uint32
		for _, b := range bits {
			start[b>>shift&(1<<digit-1)]++
		}
		if start[bits[0]>>shift&(1<<digit-1)] == uint32(len(order)) {
			continue
		}
		var sum uint32
		for d := range start {
			sum, start[d] = sum+start[d], sum
		}
		for i, b := range bits {
			place := &start[b>>shift&(1<<digit-1)]
			spareBits[*place], to[*place] = b, from[i]
			*place++
		}
		bits, spareBits, from, to = spareBits, bits, to, from
	}
	if &from[0] != &order[0] {
		copy(order, from)
	}
}

func sortable(key float64) uint64 {
	b := math.Float64bits(key + 0) // -0 is 0
	if b>>63 != 0 {
		return ^b
	}
	return b | 1<<63
}

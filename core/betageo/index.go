package betageo

// An index finds equal things by their hash: open addressing, at most half full.
// Sorting instead would be slower and a kilobyte of code for every type sorted.
type index []int32

func newIndex(entries int) index {
	size := 2
	for size < 2*entries {
		size *= 2
	}
	return make(index, size)
}

// find returns the position for which same holds among those with the hash. If
// there is none it returns, and will find from now on, next.
func (x index) find(hash uint64, next int32, same func(position int32) bool) int32 {
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

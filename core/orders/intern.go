package orders

// interner numbers distinct customer ids in order of appearance. The ids' bytes
// lie in an arena of fixed pages, each with its length before it, so that growth
// copies nothing; an open-addressing table finds them.
type interner struct {
	slots  []slot
	pages  [][]byte
	offset []uint32 // customer -> position in the arena
}

// slot is 8 bytes: the id's hash and 1 + its number, 0 for an empty slot.
type slot struct {
	hash   uint32
	number uint32
}

const (
	pageBits = 18
	pageSize = 1 << pageBits
)

func (t *interner) init() {
	t.slots = make([]slot, 1<<10)
}

// number returns the number of id, which has at most maxID bytes.
func (t *interner) number(id []byte) uint32 {
	h := uint32(hash(id) >> 32)
	mask := uint32(len(t.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		s := t.slots[i]
		if s.number == 0 {
			return t.add(id, h, i)
		}
		if s.hash == h && string(t.id(s.number-1)) == string(id) {
			return s.number - 1
		}
	}
}

// add stores a new id whose free slot is i.
func (t *interner) add(id []byte, h, i uint32) uint32 {
	n := len(t.pages)
	if n == 0 || len(t.pages[n-1])+1+len(id) > pageSize {
		t.pages = append(t.pages, make([]byte, 0, pageSize))
		n++
	}
	page := t.pages[n-1]
	t.offset = append(t.offset, uint32(n-1)<<pageBits|uint32(len(page)))
	t.pages[n-1] = append(append(page, byte(len(id))), id...)
	t.slots[i] = slot{h, uint32(len(t.offset))}
	if len(t.offset)*4 > len(t.slots)*3 {
		t.grow()
	}
	return uint32(len(t.offset) - 1)
}

func (t *interner) grow() {
	slots := make([]slot, 2*len(t.slots))
	mask := uint32(len(slots) - 1)
	for _, s := range t.slots {
		if s.number == 0 {
			continue
		}
		i := s.hash & mask
		for slots[i].number != 0 {
			i = (i + 1) & mask
		}
		slots[i] = s
	}
	t.slots = slots
}

// id is the text of a customer's id.
func (t *interner) id(number uint32) []byte {
	at := t.offset[number]
	page := t.pages[at>>pageBits][at&(pageSize-1):]
	return page[1 : 1+int(page[0])]
}

// hash mixes eight bytes at a time by multiply and xor-shift with the constants
// of MurmurHash3's 64-bit finaliser (Appleby, public domain). It guards against
// accidents, not against an adversary: whoever feeds the file waits for it.
func hash(b []byte) uint64 {
	h := uint64(len(b)) * 0x9E3779B97F4A7C15
	for len(b) >= 8 {
		h = mix(h ^ word(b))
		b = b[8:]
	}
	var tail uint64
	for i, c := range b {
		tail |= uint64(c) << (8 * uint(i))
	}
	return mix(h ^ tail)
}

func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xFF51AFD7ED558CCD
	h ^= h >> 33
	h *= 0xC4CEB9FE1A85EC53
	return h ^ h>>33
}

// word reads eight bytes, little-endian; compilers make it one load.
func word(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

package orders

import "math/bits"

// interner numbers distinct customer ids in order of appearance. The ids' bytes
// lie in an arena of pages, each with its length before it, so that growth
// copies nothing but the first; an open-addressing table finds them, by two hashes and without looking at the arena.
type interner struct {
	slots  []slot
	pages  [][]byte
	offset []uint32 // customer -> position in the arena
}

// slot is an entry of the table. An id of up to eight bytes is determined by its
// hash (see hash). Of a longer one the check is another hash: among a million ids, two are taken
// for one with a probability of 10^-17.
type slot struct {
	hash   uint64
	number uint32 // 1 + the id's number, and markBit where the id is marked; 0 for an empty slot
	check  uint32 // 0 for an id of up to eight bytes
}

const markBit = 1 << 31

const (
	pageBits = 18
	pageSize = 1 << pageBits
)

func (t *interner) init() {
	t.slots = make([]slot, 1<<10)
}

// find is the slot of an id with these hashes, or the free one where it belongs.
func (t *interner) find(h uint64, check uint32) *slot {
	slots := t.slots
	mask := uint64(len(slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if s := &slots[i]; s.hash == h && s.check == check || s.number == 0 {
			return s
		}
	}
}

// number returns the number of id, which has 1 to maxID bytes and no NUL.
func (t *interner) number(id []byte) uint32 {
	h, check := hash(id), checkOf(id)
	s := t.find(h, check)
	if s.number == 0 {
		return t.add(id, slot{hash: h, check: check}, s)
	}
	return s.number&^markBit - 1
}

// known is the number of id, -1 where it has none.
func (t *interner) known(id []byte) int {
	return int(t.find(hash(id), checkOf(id)).number&^markBit) - 1
}

// add stores a new id and fills its free slot; what is marked there stays so.
func (t *interner) add(id []byte, full slot, s *slot) uint32 {
	n := len(t.pages)
	if n == 0 || len(t.pages[n-1])+1+len(id) > pageSize {
		room := pageSize
		if n == 0 { // many tables have few texts
			room = 1 << 10
		}
		t.pages = append(t.pages, make([]byte, 0, room))
		n++
	}
	page := t.pages[n-1]
	at := uint32(n-1)<<pageBits | uint32(len(page))
	t.pages[n-1] = append(append(page, byte(len(id))), id...)
	t.offset = append(t.offset, at)
	number := uint32(len(t.offset))
	full.number |= number
	*s = full
	if len(t.offset)*4 > len(t.slots)*3 {
		t.grow()
	}
	return number - 1
}

func (t *interner) grow() {
	slots := make([]slot, 2*len(t.slots))
	mask := uint64(len(slots) - 1)
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
func (t *interner) id(number uint32) []byte { return t.text(t.offset[number]) }

// text is the id at a position of the arena.
func (t *interner) text(at uint32) []byte {
	page := t.pages[at>>pageBits][at&(pageSize-1):]
	return page[1 : 1+int(page[0])]
}

// hash takes eight bytes at a time by multiplication and mixes the last by multiply and xor-shift with the constants
// of MurmurHash3's 64-bit finaliser (Appleby, public domain). A mix is a bijection:
// texts of up to eight bytes, none of them NUL, never collide with each other. It
// guards against accidents, not against an adversary: whoever feeds the file waits.
func hash(b []byte) uint64 {
	n := len(b)
	if n <= 8 && cap(b) >= 8 { // all at once
		return mix(word(b[:8]) & (1<<(8*uint(n)) - 1))
	}
	if n < 8 {
		var tail uint64
		for i, c := range b {
			tail |= uint64(c) << (8 * uint(i))
		}
		return mix(tail)
	}
	var h uint64
	last := word(b[n-8:]) // overlaps the words before it
	for len(b) > 8 {
		h = bits.RotateLeft64((h^word(b))*0xFF51AFD7ED558CCD, 33)
		b = b[8:]
	}
	return mix(h ^ last)
}

// checkOf tells ids of more than eight bytes apart whose hash is the same; 0 for a shorter one.
func checkOf(b []byte) uint32 {
	n := len(b)
	if n <= 8 {
		return 0
	}
	h, last := uint64(n), word(b[n-8:])
	for len(b) > 8 {
		h = (bits.RotateLeft64(h, 31) ^ word(b)) * 0x9E3779B97F4A7C15
		b = b[8:]
	}
	h = (bits.RotateLeft64(h, 31) ^ last) * 0xD6E8FEB86659FD93
	return uint32(h>>32) | 1
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

// rowHash is 32 bits of a hash of a whole row, with one multiplication a word: it
// only has to tell the rows of one order apart.
func rowHash(b []byte) uint64 {
	const k = 0x9E3779B97F4A7C15
	h := uint64(len(b))
	if len(b) >= 32 { // four at a time, none of which waits for another
		p, q, r, s := h, h, h, h
		for ; len(b) >= 32; b = b[32:] {
			p = (bits.RotateLeft64(p, 29) ^ word(b)) * k
			q = (bits.RotateLeft64(q, 29) ^ word(b[8:])) * k
			r = (bits.RotateLeft64(r, 29) ^ word(b[16:])) * k
			s = (bits.RotateLeft64(s, 29) ^ word(b[24:])) * k
		}
		h = mix(p^bits.RotateLeft64(q, 16)^bits.RotateLeft64(r, 32)^bits.RotateLeft64(s, 48)) ^ h
	}
	for ; len(b) >= 8; b = b[8:] {
		h = (bits.RotateLeft64(h, 29) ^ word(b)) * k
	}
	return mix(h^hash(b)) >> 32
}

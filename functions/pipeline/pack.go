package main

import (
	"encoding/binary"
	"fmt"
	"math"

	"hourglass/core/orders"
)

// Between steps travel packs: some hundred rows as one element, so that a runner's cost for an element is shared by them.

// A filed row is a row and the file that it is from.
type filed struct {
	orders.Row
	file uint32
}

func appendRow(dst []byte, r filed) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(r.ID)))
	dst = append(dst, r.ID...)
	dst = binary.AppendUvarint(dst, uint64(r.file))
	dst = binary.AppendUvarint(dst, r.Place<<2|uint64(r.Kind))
	dst = binary.AppendVarint(dst, int64(r.Day))
	dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(r.Amount))
	dst = binary.LittleEndian.AppendUint64(dst, r.Key)
	switch { // a text by its length and 2
	case r.Others:
		return append(dst, 1)
	case len(r.Group) == 0:
		return append(dst, 0)
	}
	return append(binary.AppendUvarint(dst, uint64(len(r.Group))+2), r.Group...)
}

// A cursor reads what append... wrote. After the end, or in a damaged pack, it is bad.
type cursor struct {
	rest []byte
	bad  bool
}

func (c *cursor) uvarint() uint64 {
	v, n := binary.Uvarint(c.rest)
	return c.took(v, n)
}

func (c *cursor) varint() int64 {
	v, n := binary.Varint(c.rest)
	return int64(c.took(uint64(v), n))
}

func (c *cursor) took(v uint64, n int) uint64 {
	if n <= 0 {
		c.rest, c.bad = nil, true
		return 0
	}
	c.rest = c.rest[n:]
	return v
}

func (c *cursor) word() uint64 {
	if len(c.rest) < 8 {
		c.rest, c.bad = nil, true
		return 0
	}
	v := binary.LittleEndian.Uint64(c.rest)
	c.rest = c.rest[8:]
	return v
}

func (c *cursor) float() float64 { return math.Float64frombits(c.word()) }

func (c *cursor) bytes() []byte { return c.next(c.uvarint()) }

func (c *cursor) next(n uint64) []byte {
	if n > uint64(len(c.rest)) {
		c.rest, c.bad = nil, true
		return nil
	}
	b := c.rest[:n:n]
	c.rest = c.rest[n:]
	return b
}

func (c *cursor) row() (r filed) {
	r.ID = c.bytes()
	r.file = uint32(c.uvarint())
	place := c.uvarint()
	r.Place, r.Kind = place>>2, orders.RowKind(place&3)
	r.Day = int32(c.varint())
	r.Amount, r.Key = c.float(), c.word()
	switch n := c.uvarint(); n {
	case 0:
	case 1:
		r.Others = true
	default:
		r.Group = c.next(n - 2)
	}
	return r
}

// err says that a pack is damaged.
func (c *cursor) err() error {
	if c.bad {
		return fmt.Errorf("a pack of rows between two steps breaks off: are all workers of one build?")
	}
	return nil
}

func appendFloat(dst []byte, v float64) []byte {
	return binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
}

// A customer is who has ordered, and what.
type customer struct {
	id      []byte
	file    uint32 // where their first order stands: of two who are worth the same the first comes first
	place   uint64
	code    int32 // what the column of -by says, as orders.Log.CarriedBy has it
	days    []int32
	amounts []float64
}

func appendCustomer(dst []byte, c customer) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(c.id)))
	dst = append(dst, c.id...)
	dst = binary.AppendUvarint(dst, uint64(c.file))
	dst = binary.AppendUvarint(dst, c.place)
	dst = binary.AppendVarint(dst, int64(c.code))
	dst = binary.AppendUvarint(dst, uint64(len(c.days)))
	before := int32(0)
	for i, day := range c.days {
		dst = binary.AppendVarint(dst, int64(day-before))
		dst = appendFloat(dst, c.amounts[i])
		before = day
	}
	return dst
}

// A block is some customers as columns: a Log without its table of ids.
type block struct {
	orders.Log
	id    [][]byte
	file  []uint32
	place []uint64
	code  []int32
}

func readBlock(pack []byte) (*block, error) {
	b := &block{Log: orders.Log{Offset: []uint32{0}}}
	for c := (&cursor{rest: pack}); len(c.rest) > 0; {
		b.id = append(b.id, c.bytes())
		b.file = append(b.file, uint32(c.uvarint()))
		b.place = append(b.place, c.uvarint())
		b.code = append(b.code, int32(c.varint()))
		day := int32(0)
		for n := c.uvarint(); n > 0 && !c.bad; n-- {
			day += int32(c.varint())
			b.Day, b.Amount = append(b.Day, day), append(b.Amount, c.float())
		}
		b.Offset = append(b.Offset, uint32(len(b.Day)))
		if err := c.err(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// An exact sum does not depend on the order of what is added: numbers that do not overlap and add up to it without any rounding (Shewchuk, "Adaptive
// precision floating-point arithmetic", Discrete & Computational Geometry 18, 1997). value rounds once.
type exact []float64

func (e *exact) add(x float64) {
	kept := (*e)[:0]
	for _, y := range *e {
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		hi := x + y
		if lo := y - (hi - x); lo != 0 {
			kept = append(kept, lo)
		}
		x = hi
	}
	*e = append(kept, x)
}

func (e *exact) merge(other exact) {
	for _, x := range other {
		e.add(x)
	}
}

// value is the sum, correctly rounded.
func (e exact) value() float64 {
	n := len(e)
	if n == 0 {
		return 0
	}
	hi, lo := e[n-1], 0.0
	for n--; n > 0 && lo == 0; n-- {
		x, y := hi, e[n-1]
		hi = x + y
		lo = y - (hi - x)
	}
	// Half way between two numbers the rest decides.
	if n > 0 && (lo < 0 && e[n-1] < 0 || lo > 0 && e[n-1] > 0) {
		y := 2 * lo
		if x := hi + y; y == x-hi {
			hi = x
		}
	}
	return hi
}

func appendExact(dst []byte, e exact) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(e)))
	for _, v := range e {
		dst = appendFloat(dst, v)
	}
	return dst
}

func (c *cursor) exact() (e exact) {
	for n := c.uvarint(); n > 0 && !c.bad; n-- {
		e = append(e, c.float())
	}
	return e
}

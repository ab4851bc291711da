package main

import (
	"cmp"
	"encoding/binary"
	"math"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"hourglass/core/customers"
	"hourglass/core/orders"
)

// history is what a customer did, in days: orders after the first, the last of them and the end of the log, both counted from the first.
type history struct{ x, recency, age int32 }

type weight struct {
	n    uint64
	gaps exact // sum of the logarithms of the times between orders
}

// spending is how often and for how much on average, the bits of it that are kept.
type spending struct {
	orders int32
	mean   uint64
}

// maxSpendings is how many different means are kept to the last bit: with more of them the last bits of all are dropped, until they fit. What is
// left does not depend on the order of merging, since fewer bits of fewer bits are fewer bits.
const maxSpendings = 1 << 18

// crowd is the accumulator: all that a fit needs, the sufficient statistics of customers. Its size follows the days of the log and maxSpendings.
type crowd struct {
	histories map[history]*weight
	spendings map[spending]uint64
	dropped   uint8 // bits of the means
	limit     int   // maxSpendings, but in tests
	squares   exact
	freedom   uint64
	joined    map[int32]uint64 // first orders by day
	placed    map[int32]uint64 // others
}

func newCrowd() *crowd {
	return &crowd{histories: map[history]*weight{}, spendings: map[spending]uint64{}, limit: maxSpendings, joined: map[int32]uint64{}, placed: map[int32]uint64{}}
}

// take adds customers, those of the rows named, split in time as s says.
func (c *crowd) take(s *orders.Summary, of []uint32) {
	for _, i := range of {
		x := s.X[i]
		h := history{int32(x), s.Last[i] - s.First[i], s.Split.End - s.First[i]}
		w := c.histories[h]
		if w == nil {
			w = new(weight)
			c.histories[h] = w
		}
		w.n++
		if s.Gaps[i] != 0 {
			w.gaps.add(s.Gaps[i])
		}
		n := x
		if s.Split.Mean == orders.MeanAll {
			n++
		}
		p := spending{orders: int32(n)}
		if n > 0 {
			p.mean = math.Float64bits(s.Mean[i]) >> c.dropped << c.dropped
		}
		c.spendings[p]++
		if s.Squares[i] != 0 {
			c.squares.add(s.Squares[i])
		}
		c.freedom += uint64(x)
	}
	c.shorten()
}

// takeAll adds all customers of a log, and their days.
func (c *crowd) takeAll(l *orders.Log, s *orders.Summary) {
	of := make([]uint32, len(s.X))
	for i := range of {
		of[i] = uint32(i)
	}
	c.take(s, of)
	for i := range l.Customers() {
		days := l.Days(i)
		c.joined[days[0]]++
		for _, day := range days[1:] {
			c.placed[day]++
		}
	}
}

// shorten drops bits of the means until there are few enough.
func (c *crowd) shorten() {
	for len(c.spendings) > c.limit && c.dropped < 52 {
		c.drop(c.dropped + 1)
	}
}

func (c *crowd) drop(bits uint8) {
	if bits <= c.dropped {
		return
	}
	c.dropped = bits
	short := make(map[spending]uint64, len(c.spendings)/2)
	for p, n := range c.spendings {
		p.mean = p.mean >> bits << bits
		short[p] += n
	}
	c.spendings = short
}

func (c *crowd) merge(o *crowd) {
	c.drop(o.dropped)
	for h, w := range o.histories {
		if own := c.histories[h]; own != nil {
			own.n += w.n
			own.gaps.merge(w.gaps)
		} else {
			c.histories[h] = w
		}
	}
	for p, n := range o.spendings {
		p.mean = p.mean >> c.dropped << c.dropped
		c.spendings[p] += n
	}
	c.squares.merge(o.squares)
	c.freedom += o.freedom
	for day, n := range o.joined {
		c.joined[day] += n
	}
	for day, n := range o.placed {
		c.placed[day] += n
	}
	c.shorten()
}

// sortedKeys are the keys of a map, ascending: what is written and what is fitted does not depend on a map's order.
func sortedKeys[K comparable, V any](m map[K]V, compare func(a, b K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}

func compareHistories(a, b history) int {
	return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.recency, b.recency), cmp.Compare(a.age, b.age))
}

func compareSpendings(a, b spending) int {
	return cmp.Or(cmp.Compare(a.orders, b.orders), cmp.Compare(a.mean, b.mean))
}

func encodeCrowd(c *crowd) []byte {
	out := binary.AppendUvarint([]byte{c.dropped}, uint64(c.limit))
	out = binary.AppendUvarint(out, c.freedom)
	out = appendExact(out, c.squares)
	out = binary.AppendUvarint(out, uint64(len(c.histories)))
	for _, h := range sortedKeys(c.histories, compareHistories) {
		w := c.histories[h]
		out = binary.AppendUvarint(out, uint64(h.x))
		out = binary.AppendUvarint(out, uint64(h.recency))
		out = binary.AppendUvarint(out, uint64(h.age))
		out = binary.AppendUvarint(out, w.n)
		out = appendExact(out, w.gaps)
	}
	out = binary.AppendUvarint(out, uint64(len(c.spendings)))
	for _, p := range sortedKeys(c.spendings, compareSpendings) {
		out = binary.AppendUvarint(out, uint64(p.orders))
		out = binary.LittleEndian.AppendUint64(out, p.mean)
		out = binary.AppendUvarint(out, c.spendings[p])
	}
	for _, days := range [...]map[int32]uint64{c.joined, c.placed} {
		out = binary.AppendUvarint(out, uint64(len(days)))
		for _, day := range sortedKeys(days, cmp.Compare[int32]) {
			out = binary.AppendVarint(out, int64(day))
			out = binary.AppendUvarint(out, days[day])
		}
	}
	return out
}

func decodeCrowd(b []byte) (*crowd, error) {
	c := newCrowd()
	if len(b) == 0 {
		return c, nil
	}
	c.dropped = b[0]
	r := cursor{rest: b[1:]}
	c.limit, c.freedom, c.squares = int(r.uvarint()), r.uvarint(), r.exact()
	for n := r.uvarint(); n > 0 && !r.bad; n-- {
		h := history{int32(r.uvarint()), int32(r.uvarint()), int32(r.uvarint())}
		c.histories[h] = &weight{r.uvarint(), r.exact()}
	}
	for n := r.uvarint(); n > 0 && !r.bad; n-- {
		p := spending{int32(r.uvarint()), r.word()}
		c.spendings[p] = r.uvarint()
	}
	for _, days := range [...]map[int32]uint64{c.joined, c.placed} {
		for n := r.uvarint(); n > 0 && !r.bad; n-- {
			day := int32(r.varint())
			days[day] = r.uvarint()
		}
	}
	return c, r.err()
}

// fitted is the crowd as a fit takes it, sorted.
func (c *crowd) fitted(split orders.Split, first, last int32) customers.Crowd {
	out := customers.Crowd{Split: split, First: first, Joined: make([]float64, last-first+1), Placed: make([]float64, last-first+1)}
	t, u := &out.Histories, split.UnitDays
	for _, h := range sortedKeys(c.histories, compareHistories) {
		w := c.histories[h]
		t.X, t.TX, t.T = append(t.X, float64(h.x)), append(t.TX, float64(h.recency)/u), append(t.T, float64(h.age)/u)
		t.W, t.Gaps = append(t.W, float64(w.n)), append(t.Gaps, w.gaps.value()/float64(w.n))
	}
	s := &out.Spend
	for _, p := range sortedKeys(c.spendings, compareSpendings) {
		bits := p.mean
		if c.dropped > 0 && bits != 0 {
			bits |= 1 << (c.dropped - 1) // the middle of what has these bits
		}
		s.X, s.Mean, s.W = append(s.X, float64(p.orders)), append(s.Mean, math.Float64frombits(bits)), append(s.W, float64(c.spendings[p]))
	}
	if c.freedom > 0 {
		s.Within = min(c.squares.value()/float64(c.freedom), math.MaxFloat64)
	}
	for day, n := range c.joined {
		out.Joined[day-first] = float64(n)
	}
	for day, n := range c.placed {
		out.Placed[day-first] = float64(n)
	}
	return out
}

// crowdFn is the combiner: it merges crowds of some customers to that of all.
type crowdFn struct{}

func (*crowdFn) CreateAccumulator() *crowd { return newCrowd() }

func (*crowdFn) AddInput(c *crowd, some []byte) (*crowd, error) {
	o, err := decodeCrowd(some)
	if err == nil {
		c.merge(o)
	}
	return c, err
}

func (*crowdFn) MergeAccumulators(a, b *crowd) *crowd {
	a.merge(b)
	return a
}

func (*crowdFn) ExtractOutput(c *crowd) []byte { return encodeCrowd(c) }

func init() {
	beam.RegisterCoder(reflect.TypeFor[*crowd](), encodeCrowd, decodeCrowd)
}

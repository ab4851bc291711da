package orders

import (
	"math"

	"hourglass/core/parallel"
)

// builder turns the events of the file into a Log.
type builder struct {
	offset  []uint32
	all     group
	refunds []refund
	amounts AmountKind
	opts    *Options
	report  *Report
	spread  spread

	carried   []uint16 // by customer: see Log.CarriedBy
	carriers  int
	kept      []uint32 // by customer: see Log.KeptBy
	keepers   int
	workers   int
	unmatched func(line uint32) // is told of a refund that finds no order; nil for nobody
	outsized  int               // the customer whom Options.SkipOutsized leaves out, -1 for none
	skipped   []bool            // of Options.Skip, which ones the file has
}

// removed marks an order that refunds have used up.
const removed = -1

// build resolves orders customer by customer: rows of one order become one, then
// refunds are netted by order id, then the orders of a period merged, then the
// other refunds netted. It empties e.
func build(e *events, people *identity, carriers, keepers, workers int, o *Options, report *Report, unmatched func(line uint32)) (*Log, spread) {
	ids := people.ids
	b := builder{refunds: e.refunds, amounts: report.Amounts, opts: o, report: report, carriers: carriers, keepers: keepers, workers: workers, unmatched: unmatched, skipped: make([]bool, len(o.Skip))}
	b.gather(e, people)
	heapSort(refundOrder(b.refunds))
	if b.all.key != nil {
		repeats, splits := b.sortByOrder()
		if b.amounts == AmountAuto {
			b.amounts = AmountsOf(repeats, splits)
		}
	}
	report.Amounts = b.amounts
	b.outsized = b.findOutsized()
	log := &Log{Offset: b.offset[:1], ids: ids}
	written, kept, total := 0, 0, 0.0
	lo := uint32(0)
	for c := 0; c < len(ids.offset); c++ {
		hi := b.offset[c+1]
		if b.skips(uint32(c), ids) {
			report.Skipped += uint64(hi - lo)
			for _, f := range b.refundsOf(uint32(c)) {
				if !f.settled { // the others are set aside already
					report.Skipped++
				}
			}
			lo = hi
			continue
		}
		b.spread.count(uint64(hi-lo), ids.id(uint32(c)))
		g := b.customer(uint32(c), b.all.slice(int(lo), int(hi)))
		lo = hi
		if len(g.day) == 0 {
			continue
		}
		sum := 0.0
		for _, a := range g.amount {
			sum += a
			total += a
		}
		b.spread.spend(sum, ids.offset[c])
		if &g.day[0] != &b.all.day[written] {
			copy(b.all.day[written:], g.day)
			copy(b.all.amount[written:], g.amount)
		}
		written += len(g.day)
		ids.offset[kept] = ids.offset[c]
		if n := b.carriers; n > 0 {
			copy(b.carried[kept*n:], b.carried[c*n:(c+1)*n])
		}
		if n := b.keepers; n > 0 {
			copy(b.kept[kept*n:], b.kept[c*n:(c+1)*n])
		}
		kept++
		log.Offset = append(log.Offset, uint32(written)) // never overtakes hi
	}
	log.Day, log.Amount = b.all.day[:written], b.all.amount[:written]
	log.ids.offset, log.ids.slots = ids.offset[:kept], nil
	log.carried, log.kept = b.carried[:kept*b.carriers], b.kept[:kept*b.keepers]
	log.Unskipped = b.unskipped()
	report.Spend = total
	if b.spread.topSpend > 0 {
		b.spread.topSpender = log.ids.text(b.spread.topAt)
	}
	return log, b.spread
}

// skips reports whether a customer is left out.
func (b *builder) skips(c uint32, ids interner) bool {
	if int(c) == b.outsized {
		return true
	}
	for i, id := range b.opts.Skip {
		if string(lower(trim([]byte(id)))) == string(lower(ids.id(c))) {
			b.skipped[i] = true
			return true
		}
	}
	return false
}

// unskipped are those of Options.Skip whom the file has not.
func (b *builder) unskipped() (ids []string) {
	for i, id := range b.opts.Skip {
		if !b.skipped[i] {
			ids = append(ids, id)
		}
	}
	return ids
}

// findOutsized is the customer with far more rows than a person has, -1 for none.
func (b *builder) findOutsized() int {
	if !b.opts.SkipOutsized {
		return -1
	}
	var s spread
	most := -1
	for c := 0; c+1 < len(b.offset); c++ {
		before := s.most
		if s.count(uint64(b.offset[c+1]-b.offset[c]), nil); s.most > before {
			most = c
		}
	}
	if !outsized(s) {
		return -1
	}
	return most
}

// gather sorts the events by customer, keeping the file's order within each.
func (b *builder) gather(e *events, people *identity) {
	customers, ranges := len(people.ids.offset), max(1, min(b.workers, len(e.blocks)))
	// Each worker has a range of the blocks, counts its rows and then puts them behind those of the ranges before.
	each := func(do func(k int, next []uint32, block *block, list []uint32), next [][]uint32) {
		parallel.Each(ranges, ranges, func(part int) {
			for k := part * len(e.blocks) / ranges; k < (part+1)*len(e.blocks)/ranges; k++ {
				block := e.blocks[k]
				do(k, next[part], block, block.customer[:min(e.n-k*blockSize, blockSize)])
			}
		})
	}
	next := make([][]uint32, ranges)
	for k := range next {
		next[k] = make([]uint32, customers)
	}
	each(func(_ int, next []uint32, _ *block, list []uint32) {
		people.resolve(list)
		for _, c := range list {
			next[c]++
		}
	}, next)
	b.offset = make([]uint32, customers+1)
	at := uint32(0)
	for c := range customers {
		b.offset[c] = at
		for k := range next {
			n := next[k][c]
			next[k][c] = at
			at += n
		}
	}
	b.offset[customers] = at
	b.all = group{day: make([]int32, e.n), amount: make([]float64, e.n)}
	if len(e.keys) > 0 {
		b.all.key = make([]uint64, e.n)
	}
	if b.carriers > 0 {
		b.firstCarried(e, customers)
	}
	if b.keepers > 0 {
		b.lastKept(e, customers)
	}
	days, amounts, keys := b.all.day, b.all.amount, b.all.key
	each(func(k int, next []uint32, block *block, list []uint32) {
		for i, c := range list {
			at := next[c]
			next[c]++
			days[at], amounts[at] = unpackDay(block.day[i]), block.amount[i]
			list[i] = at
		}
		if k < len(e.keys) {
			for i, at := range list {
				keys[at] = e.keys[k][i]
			}
			e.keys[k] = nil // the collector may have it back at once
		}
		e.blocks[k] = nil
	}, next)
	for i := range b.refunds {
		f := &b.refunds[i]
		f.day, f.customer = unpackDay(f.day), people.owner(f.customer)
	}
	*e = events{}
}

// firstCarried finds what each customer's first row by day carries.
func (b *builder) firstCarried(e *events, customers int) {
	w := b.carriers
	b.carried = make([]uint16, customers*w)
	first := make([]int32, customers)
	for c := range first {
		first[c] = math.MaxInt32
	}
	for k, left := 0, e.n; left > 0; k, left = k+1, left-blockSize {
		block := e.blocks[k]
		for i, c := range block.customer[:min(left, blockSize)] {
			if day := unpackDay(block.day[i]); day < first[c] {
				first[c] = day
				copy(b.carried[int(c)*w:], e.carried[k][i*w:(i+1)*w])
			}
		}
		e.carried[k] = nil
	}
}

// sortByOrder sorts each customer's rows by order id and counts those of an order that repeat the amount of the one before, and those that do not.
func (b *builder) sortByOrder() (repeats, splits uint64) {
	for c := 0; c+1 < len(b.offset); c++ {
		g := b.all.slice(int(b.offset[c]), int(b.offset[c+1]))
		g.sort()
		for i := 1; i < len(g.day); i++ {
			if !g.sameOrder(i-1, i) || g.key[i-1] == g.key[i] { // a copy of a row
				continue
			}
			if g.amount[i-1] == g.amount[i] {
				repeats++
			} else {
				splits++
			}
		}
	}
	return repeats, splits
}

// customer resolves the rows of one customer to orders, in place.
func (b *builder) customer(c uint32, g group) group {
	var refunds []refund
	if len(b.refunds) > 0 {
		refunds = b.absorb(b.refundsOf(c))
	}
	if g.key != nil {
		g = b.collapse(g)
		refunds = b.netByOrder(g, refunds)
		g = b.dropRemoved(g)
		g.key = nil
	}
	if apart := g.sort(); apart < len(g.day) || b.opts.MergeDays > 1 {
		g = b.merge(g, apart)
	}
	if len(refunds) > 0 {
		b.netByDay(g, refunds)
		g = b.dropRemoved(g)
	}
	return g
}

// refundsOf cuts the refunds of customer c from the sorted list.
func (b *builder) refundsOf(c uint32) []refund {
	n := 0
	for n < len(b.refunds) && b.refunds[n].customer == c {
		n++
	}
	mine := b.refunds[:n]
	b.refunds = b.refunds[n:]
	return mine
}

// collapse makes the rows of one order on one day one: identical rows are
// duplicates; of the others the amounts are added, or the largest taken where
// they repeat the total.
func (b *builder) collapse(g group) group {
	w := 0
	for i := range g.day {
		if w == 0 || !g.sameOrder(w-1, i) {
			g.move(w, i)
			w++
			continue
		}
		switch {
		case g.key[i] == g.key[w-1]:
			b.report.Duplicates++
			continue
		case b.amounts == AmountPerOrder:
			g.amount[w-1] = max(g.amount[w-1], g.amount[i])
		default:
			g.amount[w-1] += g.amount[i]
		}
		b.report.LineItems++
		g.key[w-1] = g.key[i]
	}
	return g.slice(0, w)
}

// merge makes the orders of one period one order, dated on its first day.
// The first of them, apart of them, are on days of their own.
func (b *builder) merge(g group, apart int) group {
	w := apart
	if b.opts.MergeDays > 1 {
		w = 0
	}
	for i := w; i < len(g.day); i++ {
		if w > 0 && b.period(g.day[w-1]) == b.period(g.day[i]) {
			g.amount[w-1] += g.amount[i]
			b.report.Merged++
			continue
		}
		g.move(w, i)
		w++
	}
	return g.slice(0, w)
}

// monday is the first Monday after 1970-01-01, a Thursday.
const monday = 4

func (b *builder) period(day int32) int32 {
	if b.opts.MergeDays <= 1 {
		return day
	}
	return int32(floorDiv(int(day)-monday, int(b.opts.MergeDays)))
}

// dropRemoved leaves out the orders that were refunded in full.
func (b *builder) dropRemoved(g group) group {
	w := 0
	for i := range g.day {
		if g.amount[i] == removed {
			b.report.SetAside[ReasonRefunded].Rows++
			continue
		}
		g.move(w, i)
		w++
	}
	return g.slice(0, w)
}

package orders

import "slices"

// lookBack bounds how many earlier orders a refund is tried against.
const lookBack = 1000

// netByOrder nets refunds against the order with the same id; g is sorted by
// order. It returns the refunds that found none.
func (b *builder) netByOrder(g group, refunds []refund) []refund {
	left := refunds[:0]
	for _, f := range refunds {
		i, _ := slices.BinarySearch(g.key, uint64(f.order)<<32) // the order's first row
		rest := f.amount
		for ; f.order != 0 && i < len(g.key) && uint32(g.key[i]>>32) == f.order && rest >= halfCent; i++ {
			rest = b.net(g, i, rest)
		}
		if rest == f.amount {
			left = append(left, f)
			continue
		}
		b.report.RefundExcess += rest
		b.report.RefundsNetted++
	}
	return left
}

// netByDay nets refunds against the orders of the same period and, under
// RefundNetEarlier, against earlier ones; g is sorted by day. What finds nothing
// is set aside.
func (b *builder) netByDay(g group, refunds []refund) {
	for _, f := range refunds {
		i := b.lastUntil(g, f.day)
		switch {
		case i >= 0 && b.period(g.day[i]) == b.period(f.day) && g.amount[i] > 0:
		case b.opts.Refunds == RefundNetEarlier:
			i = b.earlier(g, i, f.amount)
		default:
			i = -1
		}
		if i < 0 {
			b.report.SetAside[ReasonRefundUnmatched].add(f.line, nil)
			continue
		}
		b.report.RefundExcess += b.net(g, i, f.amount)
		b.report.RefundsNetted++
	}
}

// lastUntil is the last order not after the period of day, -1 for none.
func (b *builder) lastUntil(g group, day int32) int {
	i, _ := slices.BinarySearchFunc(g.day, b.period(day), func(d, period int32) int {
		if b.period(d) <= period {
			return -1
		}
		return 1
	})
	return i - 1
}

// earlier is the latest order up to i that covers the amount, -1 for none.
func (b *builder) earlier(g group, i int, amount float64) int {
	for tries := lookBack; i >= 0 && tries > 0; i, tries = i-1, tries-1 {
		if g.amount[i] >= amount-halfCent {
			return i
		}
	}
	return -1
}

// net takes a refund from order i, which is removed when nothing is left of it,
// and returns what the order could not cover.
func (b *builder) net(g group, i int, amount float64) float64 {
	taken := min(amount, g.amount[i])
	if taken <= 0 {
		return amount
	}
	b.report.RefundedAmount += taken
	g.amount[i] -= taken
	if g.amount[i] < halfCent {
		g.amount[i] = removed
	}
	return amount - taken
}

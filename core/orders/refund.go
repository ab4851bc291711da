package orders

import "slices"

// lookBack bounds how many earlier orders a refund is tried against.
const lookBack = 1000

// absorb takes out the refunds of orders that their status has given up already: that money
// was never counted. It returns the others.
func (b *builder) absorb(refunds []refund) []refund {
	left := refunds[:0]
	settled := 0
	for _, f := range refunds {
		if f.settled {
			settled++
		}
	}
	if settled == 0 {
		return refunds
	}
	taken := make([]bool, len(refunds))
	for i, f := range refunds {
		if f.settled {
			continue
		}
		if k := settledBy(refunds, taken, i); k >= 0 {
			taken[k], taken[i] = true, true
			b.report.RefundsNetted++
		}
	}
	for i, f := range refunds {
		if !f.settled && !taken[i] {
			left = append(left, f)
		}
	}
	return left
}

// settledBy is the refunded order of which refund i is the row: by its number, or else by
// amount and time; -1 for none.
func settledBy(refunds []refund, taken []bool, i int) int {
	f, by := refunds[i], -1
	for k, s := range refunds {
		if !s.settled || taken[k] || k > i+lookBack || k+lookBack < i {
			continue
		}
		if f.order != 0 && s.order == f.order {
			return k
		}
		if near(s.amount, f.amount) && s.day <= f.day {
			by = k
		}
	}
	return by
}

func near(a, b float64) bool { return a-b < halfCent && b-a < halfCent }

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

// netByDay nets refunds against the orders of the same period and, under RefundNetEarlier,
// against earlier ones; g is sorted by day. What finds nothing is set aside.
func (b *builder) netByDay(g group, refunds []refund) {
	for _, f := range refunds {
		last := b.lastUntil(g, f.day)
		rest := f.amount
		if last >= 0 && b.period(g.day[last]) == b.period(f.day) && g.amount[last] > 0 && (b.opts.Refunds == RefundNetSameDay || g.amount[last] >= f.amount-halfCent) {
			rest = b.net(g, last, rest)
		} else if b.opts.Refunds == RefundNetEarlier {
			rest = b.netEarlier(g, last, rest)
		}
		if rest == f.amount {
			b.report.SetAside[ReasonRefundUnmatched].add(f.line, nil)
			b.spread.lost += f.amount
			if b.unmatched != nil {
				b.unmatched(f.line)
			}
			continue
		}
		b.report.RefundExcess += rest
		b.report.RefundsNetted++
	}
}

// netEarlier takes a refund from the latest order of just that amount, or else from the
// latest that covers it, or else from the latest ones together.
func (b *builder) netEarlier(g group, last int, amount float64) float64 {
	covers := -1
	for i, tries := last, lookBack; i >= 0 && tries > 0; i, tries = i-1, tries-1 {
		if near(g.amount[i], amount) {
			return b.net(g, i, amount)
		}
		if covers < 0 && g.amount[i] > amount {
			covers = i
		}
	}
	if covers >= 0 {
		return b.net(g, covers, amount)
	}
	for i, tries := last, lookBack; i >= 0 && tries > 0 && amount >= halfCent; i, tries = i-1, tries-1 {
		if g.amount[i] > 0 {
			amount = b.net(g, i, amount)
		}
	}
	return max(amount, 0)
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

package subscriptions

import (
	"math"
	"slices"

	"hourglass/core/orders"
)

// A kind is what an invoice was.
type kind uint8

const (
	paid kind = iota
	failed
	refund // money that went back
	undone // paid, and paid back in full
)

// A payment is an invoice of a subscription.
type payment struct {
	sub      int32 // whose payments are one subscription: a subscription's, or where the file has none a customer's
	id       int32 // of the subscription, -1 for none
	customer int32
	plan     int32 // name in builder.plans, -1 for none
	day      int32
	kind     kind
	interval Interval // where the row says
	amount   float64
}

// A builder turns payments into spells.
type builder struct {
	*Log
	payments []payment
	plans    names
	known    map[price]*[intervals]int // how many subscriptions at a price have which interval
	byPlan   map[int32]*[intervals]int
	all      [intervals]int
}

// A price is a plan at an amount, of which there are as many as prices change.
type price struct {
	plan  int32
	cents int64
}

func priceOf(p *payment) price { return price{p.plan, int64(math.Round(p.amount * 100))} }

// build finds the spells. asOf is the last day, 0 for that of the last payment.
func (b *builder) build(asOf int32) {
	b.counts = map[cell]*Counts{}
	slices.SortStableFunc(b.payments, func(x, y payment) int {
		if x.sub != y.sub {
			return int(x.sub) - int(y.sub)
		}
		return int(x.day) - int(y.day)
	})
	b.known, b.byPlan = map[price]*[intervals]int{}, map[int32]*[intervals]int{}
	var shares [2]int // gaps of one period, and of a pause
	for part := range b.parts() {
		b.settle(part)
		for i := range part {
			if asOf == 0 && part[i].day > b.AsOf {
				b.AsOf = part[i].day
			}
		}
		b.learn(part)
	}
	if asOf != 0 {
		b.AsOf = asOf
	}
	for part := range b.parts() {
		b.assign(part)
		b.gaps(part, &shares)
	}
	b.Pauses = float64(shares[1]) >= pausesFrom*float64(shares[0]+shares[1]) && shares[1] >= 3
	for part := range b.parts() {
		b.walk(part)
	}
	b.again()
}

// pausesFrom is the share of gaps from which pauses are usual: half of one in a hundred is more than late payments and mistakes of a list.
const pausesFrom = 0.005

// parts are the payments, subscription by subscription.
func (b *builder) parts() func(func([]payment) bool) {
	return func(yield func([]payment) bool) {
		rest := b.payments
		for len(rest) > 0 {
			n := 1
			for n < len(rest) && rest[n].sub == rest[0].sub {
				n++
			}
			if !yield(rest[:n]) {
				return
			}
			rest = rest[n:]
		}
	}
}

// settle takes payments that were paid back in full for what they are.
func (b *builder) settle(part []payment) {
	for i := range part {
		if part[i].kind != refund {
			continue
		}
		for k := i - 1; k >= 0; k-- {
			if p := &part[k]; p.kind == paid && p.amount > 0 && math.Abs(p.amount-part[i].amount) <= 0.005*p.amount {
				p.kind = undone
				b.Refunds++
				break
			}
		}
	}
}

// billed reports whether a payment is of a period as far as its kind goes.
func (p *payment) billed() bool { return p.kind == paid && p.amount > 0 }

// runs are the payments of a subscription that are of one plan. Where the file has no plans an amount that is several times another is of another period.
func (b *builder) runs(part []payment) func(func([]payment) bool) {
	return func(yield func([]payment) bool) {
		for len(part) > 0 {
			n, last := 1, part[0].amount
			for n < len(part) {
				p := &part[n]
				if p.billed() {
					if p.plan != part[0].plan || p.interval != part[0].interval {
						break
					}
					if p.plan < 0 && last > 0 && (p.amount >= several*last || last >= several*p.amount) {
						break
					}
					last = p.amount
				}
				n++
			}
			if !yield(part[:n]) {
				return
			}
			part = part[n:]
		}
	}
}

const several = 4

// median of the days between payments that are no additions to one; 0 where there are none.
func medianGap(run []payment) (days float64, n int) {
	var gaps []int
	last := none
	for i := range run {
		if !run[i].billed() {
			continue
		}
		if last != none && run[i].day-last >= 5 {
			gaps = append(gaps, int(run[i].day-last))
		}
		last = run[i].day
	}
	if len(gaps) == 0 {
		return 0, 0
	}
	slices.Sort(gaps)
	return (float64(gaps[(len(gaps)-1)/2]) + float64(gaps[len(gaps)/2])) / 2, len(gaps)
}

// own is the interval that a run shows by itself: three payments show one.
func own(run []payment) Interval {
	if v := run[0].interval; v != NoInterval {
		return v
	}
	days, n := medianGap(run)
	if n < 2 {
		return NoInterval
	}
	v := nearest(days)
	if v == FourWeeks && days != 28 {
		v = Month
	}
	return v
}

// learn notes which prices are paid how often.
func (b *builder) learn(part []payment) {
	for run := range b.runs(part) {
		v := own(run)
		if v == NoInterval {
			continue
		}
		seen := map[price]bool{}
		for i := range run {
			if p := priceOf(&run[i]); run[i].billed() && !seen[p] {
				seen[p] = true
				if b.known[p] == nil {
					b.known[p] = new([intervals]int)
				}
				b.known[p][v]++
			}
		}
		if b.byPlan[run[0].plan] == nil {
			b.byPlan[run[0].plan] = new([intervals]int)
		}
		b.byPlan[run[0].plan][v]++
		b.all[v]++
	}
}

// most is the interval that most have.
func most(n *[intervals]int) (v Interval) {
	if n == nil {
		return NoInterval
	}
	for k := range n {
		if n[k] > n[v] {
			v = Interval(k)
		}
	}
	return v
}

// assign gives each payment the interval of its run: its own, that of others at its price, that of its only gap, that of the plan, that of the file.
func (b *builder) assign(part []payment) {
	for run := range b.runs(part) {
		v := own(run)
		first := &run[0]
		for i := range run {
			if run[i].billed() {
				first = &run[i]
				break
			}
		}
		if v == NoInterval {
			v = most(b.known[priceOf(first)])
		}
		if v == NoInterval {
			if days, n := medianGap(run); n > 0 {
				if v = nearest(days); v == FourWeeks {
					v = Month
				}
			}
		}
		if v == NoInterval {
			v = most(b.byPlan[first.plan])
		}
		if v == NoInterval {
			v = most(&b.all)
		}
		for i := range run {
			run[i].interval = v
		}
	}
}

// gaps counts the payments after one period, and those after a pause.
func (b *builder) gaps(part []payment, shares *[2]int) {
	last, before := none, NoInterval
	for i := range part {
		p := &part[i]
		if !p.billed() || p.interval == NoInterval {
			continue
		}
		if last != none && before == p.interval && p.interval.Days() <= 62 {
			switch periods := int(math.Round(float64(p.day-last) / p.interval.Days())); {
			case periods == 1:
				shares[0]++
			case periods > 1 && float64(periods-1)*p.interval.Days() <= 35:
				shares[1]++
			}
		}
		last, before = p.day, p.interval
	}
}

// walk finds the spells of a subscription.
func (b *builder) walk(part []payment) {
	var s *Spell
	trial, lastFree := none, none
	began, converted := false, false
	push := func() {
		if s != nil {
			b.Spells = append(b.Spells, *s)
		}
		s = nil
	}
	for i := range part {
		p := &part[i]
		switch {
		case p.kind == failed:
			if s != nil {
				s.failed = p.day
			}
			continue
		case p.kind == refund:
			if s != nil && !undid(part[:i], p) {
				s.Paid -= p.amount
			}
			continue
		case p.kind == undone:
			continue
		case p.amount == 0 && s == nil:
			if trial == none && !began {
				trial = p.day
			}
			lastFree = p.day
			continue
		case p.interval == NoInterval:
			b.Aside[NoPeriod]++
			continue
		}
		plan := b.plan(PlanName{b.planName(p.plan), p.interval})
		next := Spell{ID: int(p.id), Customer: int(p.customer), Plan: plan, Amount: p.amount, Paid: p.amount}
		next.begin(p.day, p.interval)
		if s == nil {
			converted = converted || trial != none && !began
			s, began = &next, true
			continue
		}
		v := b.Plans[s.Plan].Interval
		late := p.day - s.Due
		switch {
		case v != p.interval && late <= b.accept(v):
			s.State = Moved
			push()
			next.Goes = true
			s = &next
		case late > b.accept(v):
			b.lose(s)
			push()
			next.Again = true
			s = &next
		default:
			advance := int(math.Floor(float64(p.day-s.nominal)/v.Days() + 0.25))
			s.Paid += p.amount
			if advance <= 0 {
				s.Plan = plan
				b.Extras++
				continue
			}
			if advance == 1 {
				b.count(s, s.Renewals, s.Due, false)
			}
			s.renew(p.day, v, max(0, advance-1))
			s.Plan, s.failed = plan, none
			if p.amount > 0 {
				s.Amount = p.amount
			}
		}
	}
	switch {
	case s != nil:
		v := b.Plans[s.Plan].Interval
		switch {
		case s.Due+b.accept(v) <= b.AsOf:
			b.lose(s)
		case s.Due <= b.AsOf:
			s.State = Late
		}
		push()
	case !began && trial != none:
		b.unpaid(part, trial, lastFree)
	}
	if converted {
		b.Trials.Ended++
		b.Trials.Converted++
	}
}

// undid reports whether a refund is of a payment that no longer counts.
func undid(before []payment, refund *payment) bool {
	for i := range before {
		if p := &before[i]; p.kind == undone && math.Abs(p.amount-refund.amount) <= 0.005*p.amount {
			return true
		}
	}
	return false
}

// trialDays is from when on what is free is no trial any more: a month and what a payment may be late.
const trialDays = 45

// unpaid tells a trial from a plan that is free.
func (b *builder) unpaid(part []payment, first, last int32) {
	switch {
	case last-first > trialDays:
		b.Free++
	case b.AsOf-first <= trialDays:
		b.Trials.Running++
		p := &part[0]
		b.Spells = append(b.Spells, Spell{ID: int(p.id), Customer: int(p.customer), Plan: b.plan(PlanName{b.planName(p.plan), max(p.interval, most(&b.all))}), Start: first, State: Trial})
	default:
		b.Trials.Ended++
	}
}

func (b *builder) planName(i int32) string {
	if i < 0 {
		return ""
	}
	return b.plans.list[i]
}

// lose ends a spell at the renewal that did not come.
func (b *builder) lose(s *Spell) {
	s.State = Ended
	switch {
	case s.failed != none && s.failed >= s.Due-3:
		s.Reason = PaymentFailed
	case b.failures:
		s.Reason = Voluntary
	}
	b.count(s, s.Renewals, s.Due, true)
}

// again tells those who came back: by invoices of another subscription too.
func (l *Log) again() {
	ended := map[int]int32{}
	for i := range l.Spells {
		s := &l.Spells[i]
		if s.State == Ended {
			if before, known := ended[s.Customer]; !known || s.Due < before {
				ended[s.Customer] = s.Due
			}
		}
	}
	for i := range l.Spells {
		if s := &l.Spells[i]; !s.Goes {
			due, known := ended[s.Customer]
			s.Again = known && s.Start > due
		}
	}
}

// What makes customers of a list of orders subscribers.
const (
	regularGaps     = 0.75 // of a customer's gaps are near a period, or near two
	regularOff      = 0.12 // relative; three days at least
	leastRegular    = 10   // customers with three orders whom it takes
	regularShare    = 0.6  // of those with three orders
	regularPayments = 0.5  // of all orders are theirs
)

// FromOrders reads a list of orders as the payments of subscriptions; nil where they do not come regularly. Chance makes it so with customers
// whose gaps vary as an exponential distribution's do: 12% either way of a month then holds 9% of the gaps, not three quarters.
func FromOrders(log *orders.Log, asOf int32, force bool) *Log {
	b := &builder{Log: &Log{Form: Orders}}
	const undecided = NoInterval
	kinds := make([]Interval, log.Customers())
	var many, regular, theirs int
	var gaps []int
	for c := range log.Customers() {
		days := log.Days(c)
		if len(days) < 3 {
			continue
		}
		many++
		v, near := rhythm(days, &gaps)
		if v == NoInterval || near < regularGaps {
			continue
		}
		regular++
		b.all[v]++
		kinds[c] = v
		theirs += len(days)
	}
	if !force && (regular < leastRegular || float64(regular) < regularShare*float64(many)) {
		return nil
	}
	prices := map[int64]*[intervals]int{} // of a list of orders that has a rhythm: a shop's has a price for nearly each customer
	paid := func(c int) int64 {
		amounts := log.Amounts(c)
		return int64(math.Round(amounts[len(amounts)-1] * 100))
	}
	for c, v := range kinds {
		if v == undecided {
			continue
		}
		cents := paid(c)
		if prices[cents] == nil {
			prices[cents] = new([intervals]int)
		}
		prices[cents][v]++
	}
	// Two orders or one do not show a rhythm: who pays what the regular ones pay is one of them.
	for c := range log.Customers() {
		days := log.Days(c)
		if kinds[c] != undecided || len(days) > 2 {
			continue
		}
		v := most(prices[paid(c)])
		two, _ := rhythm(days, &gaps)
		switch {
		case v == NoInterval && len(days) == 2 && two != NoInterval && two == most(&b.all):
			v = two
		case v != NoInterval && len(days) == 2 && float64(days[1]-days[0]) < 0.5*v.Days():
			v = NoInterval
		}
		if kinds[c] = v; v != NoInterval {
			theirs += len(days)
		}
	}
	if !force && float64(theirs) < regularPayments*float64(log.Orders()) || theirs == 0 {
		return nil
	}
	b.Rows = log.Orders()
	for c := range log.Customers() {
		days, amounts := log.Days(c), log.Amounts(c)
		if kinds[c] == undecided {
			b.OneOff++
			b.OneOffs += len(days)
			for _, a := range amounts {
				b.OneOffSum += a
			}
			continue
		}
		customer := int32(b.customers.of(log.ID(c)))
		for i, day := range days {
			b.payments = append(b.payments, payment{sub: customer, id: -1, customer: customer, plan: -1, day: day, amount: amounts[i]})
		}
	}
	if _, last := log.Span(); asOf == 0 {
		asOf = last
	}
	b.build(asOf)
	return b.Log
}

// rhythm is the interval at which days come, and the share of gaps that are near it or, after a pause, twice as long. room is for the gaps.
func rhythm(days []int32, room *[]int) (v Interval, near float64) {
	if len(days) < 2 {
		return NoInterval, 0
	}
	gaps := (*room)[:0]
	for i := range len(days) - 1 {
		gaps = append(gaps, int(days[i+1]-days[i]))
	}
	*room = gaps
	slices.Sort(gaps)
	if v = nearest(float64(gaps[(len(gaps)-1)/2])); v == NoInterval {
		return v, 0
	}
	n := 0
	for _, g := range gaps {
		for k := 1.0; k <= 2; k++ {
			if math.Abs(float64(g)-k*v.Days()) <= max(3, regularOff*k*v.Days()) && v.Days() > 7 || math.Abs(float64(g)-k*v.Days()) <= 1 {
				n++
				break
			}
		}
	}
	return v, float64(n) / float64(len(gaps))
}

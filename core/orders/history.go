package orders

import "math"

// histories read a list that has a row for each state that a payment or an order has come through: authorised, settled, refunded. Each counts once, by how it
// stands in the end, on the day when it was paid.
type histories struct {
	of    map[uint64]*history // by the hash of the order's number
	order []*history          // as they begin

	newestFirst bool // the latest state stands above the others
}

type history struct {
	id           []byte // who ordered
	key          uint64
	line         uint32
	day          int32 // when it was paid
	latest       int32 // day of the latest state
	stands       Standing
	paid         bool
	unread       Reason // why the amount of the payment was none; NumReasons where there was one
	amount, back float64
	carried      codes
	kept         keptCodes
}

// statesOfOrder are the rows of an order in the sample.
type statesOfOrder struct {
	amount  float64
	states  []uint64 // hashes
	last    int32
	product uint64
	other   bool // they are no history
	sold    bool // one of them is a sale
}

// lookAtState takes in a row of the sample.
func (s *sampled) lookAtState(order uint64, product uint64, state, date []byte, v float64) {
	if s.histories == nil {
		s.histories = map[uint64]*statesOfOrder{}
	}
	h := s.histories[order]
	if h == nil {
		h = &statesOfOrder{amount: v}
		s.histories[order] = h
	}
	d, ok := parseDate(date, MonthFirst)
	mark := hash(state)
	h.other = h.other || len(h.states) > 0 && h.product != product
	h.product = product
	for _, other := range h.states {
		h.other = h.other || other == mark
	}
	if name := normalise(state); listed(wordsSold, name) || says(name, "rebill*|renew*") { // each is a payment of its own
		h.other = h.other || h.sold
		h.sold = true
	}
	if n := statusOf(state); !near(math.Abs(v), math.Abs(h.amount)) && n != StandingRefunded || len(state) == 0 || !ok {
		h.other = true
	}
	if len(h.states) > 0 && ok {
		s.ups, s.downs = s.ups+whole(d.day > h.last), s.downs+whole(d.day < h.last)
	}
	h.states, h.last = append(h.states, mark), d.day
}

// hasHistories reports whether orders of several rows have the same amount in all of them, and another state in each.
func (s *sampled) hasHistories() bool {
	several, good := 0, 0
	for _, h := range s.histories {
		if len(h.states) > 1 {
			several++
			good += whole(!h.other)
		}
	}
	return good >= 2 && good*10 >= several*9
}

// state takes in a row of the history of an order.
func (r *Reader) state(buf, record []byte, stands Standing, key uint64) {
	text := r.dateText(buf)
	if r.layout.fillDate {
		text = r.dateAbove(text)
	}
	packed, reason := r.dates.read(text, &r.opts, &r.events)
	if reason != NumReasons {
		r.setAside(reason, text)
		return
	}
	day, h := unpackDay(packed), r.histories.of[key>>32]
	if h == nil {
		customer, ok := r.whose(buf, record, stands)
		if !ok {
			return
		}
		h = &history{id: append([]byte(nil), r.people.ids.id(customer)...), key: key, line: r.line, latest: packed, stands: stands, unread: NumReasons}
		r.histories.of[key>>32] = h
		r.histories.order = append(r.histories.order, h)
	} else {
		r.report.LineItems++
	}
	if stands == StandingRefund || stands == StandingRefunded {
		if v, why := r.amount(buf, StandingRefund); why == NumReasons {
			h.back -= v
		}
		return
	}
	if latest := unpackDay(h.latest); day > latest || day == latest && !r.histories.newestFirst {
		h.latest, h.stands = packed, stands
	}
	if stands != StandingPaid || h.paid && day >= unpackDay(h.day) {
		return
	}
	v, why := r.amount(buf, stands)
	if h.unread = why; why == NumReasons && v >= 0 {
		h.paid, h.day, h.amount = true, packed, v
		h.carried, h.kept = r.beside(buf, v)
	}
}

// settleHistories stores the orders that were paid in the end.
func (r *Reader) settleHistories() {
	if r.histories == nil {
		return
	}
	for _, h := range r.histories.order {
		reason, left := NumReasons, max(h.amount-h.back, 0)
		switch {
		case h.stands == StandingCancelled:
			reason = ReasonCancelled
		case !h.paid && h.unread != NumReasons:
			reason = h.unread
		case h.back > 0 && left < halfCent, !h.paid && h.stands != StandingUnpaid:
			reason = ReasonRefunded
		case h.stands == StandingUnpaid:
			reason = ReasonUnpaid
		}
		r.report.RefundedAmount += min(h.back, h.amount)
		if reason != NumReasons {
			line := r.line
			r.line = h.line
			r.setAside(reason, h.id)
			r.line = line
			continue
		}
		r.push(r.people.ids.number(h.id), h.day, left, h.key)
		r.tag(left, h.carried, h.kept)
	}
	r.histories.of, r.histories.order = map[uint64]*history{}, nil
}

package subscriptions

import (
	"slices"
	"strings"

	"hourglass/core/orders"
)

// Options override what the reader finds out.
type Options struct {
	AsOf int32 // the last day to count, 0 for the last one that the file knows
	Now  int32 // today; later days are known to be planned. 0 where nobody says
	orders.Options
}

// The columns of lists of subscriptions and of invoices, as orders.Normalise makes their names, the first that is there counting.
//
// Documented by their vendors: Stripe's API (subscription object: start_date, ended_at, canceled_at, cancel_at_period_end, current_period_start and _end,
// trial_end, status, cancellation_details.reason; invoice object: customer, subscription, amount_paid, status), Chargebee's API and its report
// Standard Subscriptions (started_at, cancelled_at, cancel_reason, billing_period, billing_period_unit, current_term_end, trial_end, Canceled On,
// Current Plan, Subscription Billing Period, Reason Code), Recurly's API (plan code, state, activated_at, canceled_at, expires_at, trial_ends_at,
// current_period_started_at, unit_amount_in_cents), Paddle's API (started_at, next_billed_at, canceled_at, billing_cycle.interval and .frequency)
// and the CSV template of Baremetrics (plan_interval, subscription_started_at, subscription_canceled_at, plan_amount in cents); for payments Braintree's transaction search and
// GoCardless's API (charge_date, links.subscription).
//
// Not documented: the names of the dashboard's exports of Stripe (Start Date (UTC), Ended At (UTC), Minimum Line Item Period Start (UTC)). They are
// taken from public programs that read such files.
const (
	nameID       = "subscription id|subscription oid|subscriptions id|subscription uuid|uuid|id"
	nameCustomer = "customer id|customer|customer oid|account code|account id|account|subscriber id|user id|customer email|email|subscriber|customer name"
	nameStart    = "start date utc|start date|started at|subscription started at|activated at|first billed at|start utc|start|subscription start date|subscription start"
	nameCreated  = "created utc|created at|created on|created"
	nameEnd      = "ended at utc|ended at|end date utc|end date|expires at|expired at|subscription end date|subscription end|end|ended"
	nameCancel   = "canceled at utc|canceled at|cancelled at utc|cancelled at|canceled on|cancelled on|subscription canceled at|subscription cancelled at|cancelled date|canceled date|cancellation date|churned at"
	namePlan     = "plan|plan name|current plan|plan id|plan code|plan oid|subscription plan|product|product name|price id|price"
	nameInterval = "interval|plan interval|billing interval|billing period unit|billing cycle interval|subscription billing period|billing period|billing frequency|interval unit|billing cycle"
	nameCount    = "interval count|plan interval count|billing cycle frequency|interval length|billing period"
	nameAmount   = "amount|plan amount|recurring amount|unit amount in cents|unit amount|plan unit price|mrr|monthly recurring revenue|total amount|price"
	nameQuantity = "quantity|plan quantity|subscription quantity"
	nameCurrency = "currency|currency code|currency iso code|plan currency"
	nameStatus   = "status|state|subscription status|subscription state"
	nameTrialEnd = "trial end utc|trial end|trial ends at|trial end date"
	namePeriod   = "current period start utc|current period start|current period started at|current term start|current billing term start date|current billing period starts at"
	nameUntil    = "current period end utc|current period end|current period ends at|current term end|next billed at|next billing at|next billing date|next payment date|next renewal date|renews at"
	nameAtEnd    = "cancel at period end|is cancel at period end"
	nameReason   = "cancellation reason|cancel reason|cancellation details reason|cancel reason code|reason code|churn reason|expiration reason"

	nameDate     = "date utc|invoice date|billed at|invoiced at|date|created utc|created at|created date utc|finalized at utc|paid at utc|paid at|payment date|charge date|transaction date|created datetime|settlement date|event date"
	nameSub      = "subscription|subscription id|subscription oid|subscription ids|subscription uuid|subscription number|links subscription"
	namePaid     = "amount paid|total paid|paid amount|amount|grand total|details totals grand total|total|invoice total|amount submitted for settlement|settlement amount|charge amount|customer price|subtotal"
	nameInvoice  = "status|invoice status|payment status|transaction status|state|paid"
	nameLineFrom = "minimum line item period start utc|line item period start|billing period starts at|service period start"
	nameLineTo   = "maximum line item period end utc|line item period end|billing period ends at|service period end"
	nameRefunded = "amount refunded|refunded amount|total refunded"
)

// A row of a list of subscriptions.
type period struct {
	id, customer, plan       int32
	interval                 Interval
	start, end, cancel       orders.CellDay
	trialEnd, current, until orders.CellDay
	standing                 standing
	atEnd                    bool
	reason                   Reason
	amount                   float64
	currency                 uint64
}

// A standing is what a status says.
type standing uint8

const (
	unsaid standing = iota
	running
	onTrial
	overdue
	onPause
	cancelled // at once, or at the end of its period: the dates tell
	closing   // at the end of its period
	over
	neverBegun
	ahead
)

// noDay is a date that is not there.
var noDay = orders.CellDay{MonthFirst: none, DayFirst: none}

// A Reader takes a file in chunks, as it comes, and makes a Log of it if it is a list of subscriptions or of invoices. A file that is none costs its
// beginning alone.
type Reader struct {
	options Options
	rows    *orders.Rows
	form    Form
	planned bool

	id, customer, start, end, cancel, plan, interval, count, amount, quantity, currency, status, trialEnd, period, until, atEnd, reason int
	date, sub, from, to, refunded                                                                                                       int
	cents, mrr, named                                                                                                                   bool

	log        *Log
	builder    builder
	periods    []period
	invoices   []invoice
	currencies map[uint64]int
}

// An invoice is a payment, and what has to wait for the end of the file.
type invoice struct {
	payment
	currency uint64
	at       orders.CellDay
}

// NewReader returns a reader.
func NewReader(o Options) *Reader {
	r := &Reader{options: o, log: &Log{}, currencies: map[uint64]int{}}
	r.rows = orders.NewRows(o.Options, r.take)
	return r
}

// Write takes the next of the file.
func (r *Reader) Write(chunk []byte) (int, error) {
	if r.planned && r.form == NoForm || r.rows == nil {
		r.rows = nil // what it holds of a large file may go
		return len(chunk), nil
	}
	return r.rows.Write(chunk)
}

// Close ends the file. It returns what it says, nil where it is neither of the lists.
func (r *Reader) Close() *Log {
	if r.rows == nil {
		return nil
	}
	r.rows.Close()
	dayFirst := r.rows.DayFirst()
	r.rows = nil
	r.log.Form = r.form
	switch r.form {
	case Subscriptions:
		r.subscriptions(dayFirst)
	case Invoices:
		r.bills(dayFirst)
	default:
		return nil
	}
	if len(r.log.Spells) == 0 {
		return nil
	}
	return r.log
}

// columns finds the columns, and what list they are of.
func (r *Reader) columns() {
	r.planned = true
	c := r.rows.Column
	r.id, r.customer, r.status = c(nameID), c(nameCustomer), c(nameStatus)
	r.plan, r.interval, r.count, r.currency = c(namePlan), c(nameInterval), c(nameCount), c(nameCurrency)
	r.end, r.cancel, r.trialEnd, r.period, r.until = c(nameEnd), c(nameCancel), c(nameTrialEnd), c(namePeriod), c(nameUntil)
	r.atEnd, r.reason, r.quantity = c(nameAtEnd), c(nameReason), c(nameQuantity)
	start := c(nameStart)
	detail := r.plan >= 0 || r.interval >= 0 || r.trialEnd >= 0
	ends := r.end >= 0 || r.cancel >= 0
	bill := c("amount due|amount paid|invoice date|invoice number|invoice status|billed at|invoice id|paid at|paid at utc|finalized at utc") >= 0 || c("invoice|number") >= 0 && r.until < 0
	switch {
	case (r.customer >= 0 || r.id >= 0) && !bill &&
		(start >= 0 && ends && (detail || r.status >= 0 || r.rows.Column("end|end date|ended at|expires at|subscription end date") >= 0) ||
			start >= 0 && detail && r.status >= 0 && r.until >= 0 ||
			start < 0 && c(nameCreated) >= 0 && detail && r.status >= 0 && (ends || r.until >= 0)):
		r.form = Subscriptions
		if r.start = start; start < 0 {
			r.start = c(nameCreated)
		}
		if r.count == r.interval {
			r.count = -1
		}
		r.amount = c(nameAmount)
		if r.amount == r.plan {
			r.amount = -1
		}
	default:
		r.date, r.sub, r.amount = c(nameDate), c(nameSub), c(namePaid)
		r.from, r.to, r.refunded = c(nameLineFrom), c(nameLineTo), c(nameRefunded)
		r.status = c(nameInvoice)
		ofPlan := c("plan|plan name|plan id|plan code|subscription plan")
		if r.date >= 0 && r.amount >= 0 && (r.customer >= 0 || r.sub >= 0) && (r.sub >= 0 || ofPlan >= 0 || r.from >= 0 && r.to >= 0) {
			r.form, r.named = Invoices, r.sub >= 0
		}
	}
	if r.amount >= 0 {
		for _, word := range strings.Fields(string(r.rows.Names()[r.amount])) {
			r.cents = r.cents || word == "cents"
			r.mrr = r.mrr || word == "mrr" || word == "monthly"
		}
		r.cents = r.cents || c("plan oid") >= 0 && c("subscription oid") >= 0 // Baremetrics' template: "in cents"
		r.cents = r.cents || c("object") >= 0                                 // Stripe's API: the smallest unit
	}
	if r.customer == r.id {
		r.customer = -1
	}
}

func (r *Reader) take(rows *orders.Rows) {
	if !r.planned {
		if r.rows = rows; len(rows.Names()) == 0 {
			r.planned = true
			return
		}
		r.columns()
	}
	switch r.form {
	case Subscriptions:
		r.log.Rows++
		r.takePeriod()
	case Invoices:
		r.log.Rows++
		r.takeInvoice()
	}
}

func (r *Reader) aside(why Aside) { r.log.Aside[why]++ }

func (r *Reader) day(column int) orders.CellDay {
	if cell := r.rows.Cell(column); len(cell) > 0 {
		if d, ok := r.rows.Date(cell); ok && d.MonthFirst > 0 { // day 0 is an epoch of nothing
			return d
		}
	}
	return noDay
}

// who are the subscription and its customer; false where neither is named.
func (r *Reader) who(id int) (sub, customer int32, ok bool) {
	sub, customer = -1, -1
	if cell := r.rows.Cell(id); len(cell) > 0 {
		sub = int32(r.log.ids.of(cell))
	}
	if cell := r.rows.Cell(r.customer); len(cell) > 0 {
		customer = int32(r.log.customers.of(cell))
	} else if sub >= 0 {
		customer = int32(r.log.customers.of([]byte(r.log.ids.list[sub])))
	}
	return sub, customer, customer >= 0
}

func (r *Reader) planAt() int32 {
	if cell := r.rows.Cell(r.plan); len(cell) > 0 {
		return int32(r.builder.plans.of(cell))
	}
	return -1
}

// money reads the cell of a column: 0 and false where there is none that can be read.
func (r *Reader) money(column int) (float64, bool) {
	cell := r.rows.Cell(column)
	if len(cell) == 0 {
		return 0, false
	}
	v, ok := r.rows.Amount(cell)
	if r.cents {
		v /= 100
	}
	return v, ok
}

func (r *Reader) currencyAt() uint64 {
	code := r.rows.Currency(r.rows.Cell(r.currency))
	r.currencies[code]++
	return code
}

func (r *Reader) takePeriod() {
	p := period{plan: -1, start: r.day(r.start), end: r.day(r.end), cancel: r.day(r.cancel), trialEnd: r.day(r.trialEnd), current: r.day(r.period), until: r.day(r.until)}
	var ok bool
	if p.id, p.customer, ok = r.who(r.id); !ok {
		r.aside(NoCustomer)
		return
	}
	if p.start == noDay {
		r.aside(NoStart)
		return
	}
	p.plan = r.planAt()
	p.interval = intervalOf(r.rows.Cell(r.interval), 0)
	if n, ok := r.rows.Amount(r.rows.Cell(r.count)); ok && n >= 1 {
		p.interval = intervalOf(r.rows.Cell(r.interval), int(min(n, 400)))
	}
	p.standing = standingOf(r.rows.Cell(r.status))
	p.reason = reasonOf(r.rows.Cell(r.reason))
	p.atEnd = orders.Affirmed(r.rows.Cell(r.atEnd))
	p.amount, _ = r.money(r.amount)
	if r.amount >= 0 && strings.Contains(string(r.rows.Names()[r.amount]), "unit") {
		if n, ok := r.rows.Amount(r.rows.Cell(r.quantity)); ok && n > 0 {
			p.amount *= n
		}
	}
	p.currency = r.currencyAt()
	r.periods = append(r.periods, p)
}

func (r *Reader) takeInvoice() {
	i := invoice{at: r.day(r.date)}
	var ok bool
	if i.id, i.customer, ok = r.who(r.sub); !ok {
		r.aside(NoCustomer)
		return
	}
	if i.at == noDay {
		r.aside(NoStart)
		return
	}
	i.kind = kindOf(r.rows.Cell(r.status))
	if i.kind == nothing {
		r.aside(NotPaid)
		return
	}
	if i.amount, ok = r.money(r.amount); !ok && i.kind == paid {
		r.aside(NoAmount)
		return
	}
	switch {
	case i.amount < 0:
		i.kind, i.amount = refund, -i.amount
	case i.kind == paid:
		back, _ := r.money(r.refunded)
		if back < 0 {
			back = -back
		}
		if back > 0 && back >= 0.995*i.amount {
			i.kind = undone
			r.log.Refunds++
		} else {
			i.amount -= back
		}
	}
	i.plan = r.planAt()
	i.interval = intervalOf(r.rows.Cell(r.interval), 0)
	if from, to := r.day(r.from), r.day(r.to); i.interval == NoInterval && from != noDay && to != noDay {
		i.interval = nearest(float64(max(0, to.MonthFirst-from.MonthFirst)) + 0.01)
		if days := to.MonthFirst - from.MonthFirst; days == 28 && dayOfMonth(from.MonthFirst) == dayOfMonth(to.MonthFirst) { // February
			i.interval = Month
		}
	}
	i.currency = r.currencyAt()
	r.invoices = append(r.invoices, i)
}

// commonest is the currency that most rows have.
func (r *Reader) commonest() (code uint64) {
	if want := r.options.Currency; want != "" {
		for c := range r.currencies {
			if orders.CurrencyName(c) == want {
				return c
			}
		}
	}
	for c, n := range r.currencies {
		if n > r.currencies[code] || n == r.currencies[code] && c < code {
			code = c
		}
	}
	return code
}

func pick(d orders.CellDay, dayFirst bool) int32 {
	if dayFirst {
		return d.DayFirst
	}
	return d.MonthFirst
}

// bills makes payments of the invoices.
func (r *Reader) bills(dayFirst bool) {
	r.builder.Log = r.log
	code := r.commonest()
	r.log.Currency = orders.CurrencyName(code)
	until := r.options.AsOf
	oneOff := map[int32]bool{}
	last := int32(0)
	for k := range r.invoices {
		i := &r.invoices[k]
		p := i.payment
		p.day = pick(i.at, dayFirst)
		switch {
		case i.currency != code:
			r.aside(OtherCurrency)
			continue
		case until != 0 && p.day > until, r.options.Now != 0 && p.day > r.options.Now+1:
			continue
		case r.named && p.id < 0:
			if p.kind == paid && p.amount > 0 {
				r.log.OneOffs++
				r.log.OneOffSum += p.amount
			}
			if _, known := oneOff[p.customer]; !known {
				oneOff[p.customer] = true
			}
			last = max(last, p.day)
			continue
		}
		r.log.failures = r.log.failures || p.kind == failed
		if p.sub = p.id; p.id < 0 {
			p.sub = p.customer
		}
		oneOff[p.customer] = false
		last = max(last, p.day)
		r.builder.payments = append(r.builder.payments, p)
	}
	for _, alone := range oneOff {
		if alone {
			r.log.OneOff++
		}
	}
	r.invoices = nil
	if until == 0 {
		until = last
	}
	r.builder.build(until)
}

// subscriptions makes spells of the rows of a list of them.
func (r *Reader) subscriptions(dayFirst bool) {
	l := r.log
	l.counts = map[cell]*Counts{}
	code := r.commonest()
	l.Currency = orders.CurrencyName(code)
	now := r.options.Now
	l.AsOf = none
	late := false
	for i := range r.periods {
		p := &r.periods[i]
		for _, d := range [...]orders.CellDay{p.start, p.current, p.end, p.cancel, p.trialEnd} {
			day := pick(d, dayFirst)
			if day > l.AsOf && (now == 0 || day <= now+1) && !p.planned(d) {
				l.AsOf = day
			}
		}
		late = late || p.standing == overdue
	}
	if r.options.AsOf != 0 {
		l.AsOf = r.options.AsOf
	}
	l.failures = late
	slices.SortStableFunc(r.periods, func(x, y period) int {
		if x.customer != y.customer {
			return int(x.customer) - int(y.customer)
		}
		return int(pick(x.start, dayFirst)) - int(pick(y.start, dayFirst))
	})
	common := [intervals]int{}
	for i := range r.periods {
		p := &r.periods[i]
		if p.interval == NoInterval {
			p.interval = p.ofDates(dayFirst)
		}
		if p.interval != NoInterval {
			common[p.interval]++
		}
	}
	before, lastEnd := -1, none
	for i := range r.periods {
		p := &r.periods[i]
		if p.interval == NoInterval {
			p.interval = most(&common)
		}
		if i == 0 || r.periods[i-1].customer != p.customer {
			before, lastEnd = -1, none
		}
		if p.currency != code {
			r.aside(OtherCurrency)
			continue
		}
		before, lastEnd = r.spell(p, dayFirst, before, lastEnd)
	}
	r.periods = nil
	for i := range l.Spells {
		l.tally(&l.Spells[i])
	}
	l.again()
}

// planned reports whether a date of the row may be one to come: those of trials and of ends that the row only announces.
func (p *period) planned(d orders.CellDay) bool {
	switch {
	case d == p.current: // began
		return false
	case p.standing == ahead:
		return true
	case d == p.trialEnd:
		return p.standing == onTrial || p.standing == unsaid
	case d == p.end:
		return p.standing == running || p.standing == onTrial || p.plannedEnd()
	case d == p.cancel:
		return p.standing == closing
	}
	return false
}

// plannedEnd reports whether the end of a row is one that is still to come, as far as the row says.
func (p *period) plannedEnd() bool {
	return p.atEnd || p.standing == closing || p.standing == cancelled && p.until == p.end
}

// ofDates is the interval between the running period's dates.
func (p *period) ofDates(dayFirst bool) Interval {
	if p.current == noDay || p.until == noDay {
		return NoInterval
	}
	v := nearest(float64(max(0, pick(p.until, dayFirst)-pick(p.current, dayFirst))) + 0.01)
	if v == FourWeeks {
		v = Month
	}
	return v
}

// spell makes a spell of a row. before is the spell that the customer had until lastEnd, -1 for none.
func (r *Reader) spell(p *period, dayFirst bool, before int, lastEnd int32) (int, int32) {
	l := r.log
	asOf := l.AsOf
	start, end, cancel := pick(p.start, dayFirst), pick(p.end, dayFirst), pick(p.cancel, dayFirst)
	trialEnd, until := pick(p.trialEnd, dayFirst), pick(p.until, dayFirst)
	s := Spell{ID: int(p.id), Customer: int(p.customer), Amount: p.amount, Reason: p.reason}
	if p.interval == NoInterval {
		r.aside(NoPeriod)
		return before, lastEnd
	}
	if r.mrr {
		s.Amount *= 12 / p.interval.PerYear()
	}
	s.Plan = l.plan(PlanName{r.builder.planName(p.plan), p.interval})
	ended := p.standing == over || p.standing == cancelled || p.standing == unsaid && (end != none || cancel != none)
	if end == none && ended {
		if end = cancel; p.atEnd && until != none || end == none {
			end = until
		}
	}
	if end != none && end > asOf && p.standing != over {
		ended = false // runs on until then
	}
	switch {
	case p.standing == neverBegun:
		r.aside(NotPaid)
		return before, lastEnd
	case end != none && end < start && ended:
		r.aside(EndBeforeStart)
		return before, lastEnd
	case p.standing == ahead || start > asOf+1:
		s.State, s.Start = Planned, start
		l.Spells = append(l.Spells, s)
		return before, lastEnd
	}
	if trialEnd != none && trialEnd > start {
		switch {
		case p.standing == onTrial || !ended && trialEnd > asOf:
			l.Trials.Running++
			s.State, s.Start = Trial, start
			l.Spells = append(l.Spells, s)
			return before, lastEnd
		case ended && end <= trialEnd+1:
			l.Trials.Ended++
			return before, lastEnd
		}
		l.Trials.Ended++
		l.Trials.Converted++
		start = trialEnd
	} else if p.standing == onTrial {
		l.Trials.Running++
		s.State, s.Start = Trial, start
		l.Spells = append(l.Spells, s)
		return before, lastEnd
	}
	s.begin(start, p.interval)
	// From one plan to another without a break: with the same period it is the same subscription.
	if before >= 0 && start-lastEnd <= 3 && start-lastEnd >= -3 && l.Spells[before].State == Ended {
		last := &l.Spells[before]
		if last.State, last.Reason = Moved, UnknownReason; l.Plans[last.Plan].Interval == p.interval {
			l.tally(last) // its renewals are of the plan that it had
			s.nominal, s.anchor, s.Due, s.Renewals, s.Start = last.nominal, last.anchor, last.Due, last.Renewals, last.Start
			s.Goes, s.counted, s.from = last.Goes, last.Renewals, last.nominal
			l.Spells = append(l.Spells[:before], l.Spells[before+1:]...)
		} else {
			s.Goes = true
		}
	}
	s.run(p, ended, end, asOf)
	l.Spells = append(l.Spells, s)
	if ended {
		return len(l.Spells) - 1, end
	}
	return -1, none
}

// dunning is for how many days a payment that failed is tried again before the subscription ends.
const dunning = 31

// run takes a spell through its renewals until its end or the last day.
func (s *Spell) run(p *period, ended bool, end, asOf int32) {
	v := p.interval
	last := asOf
	if ended {
		last = end - 1 // an end on the day on which the renewal is due is none, a day later by the clock of another place neither
		last--
	}
	for s.Due <= last && s.Renewals < 10*maxTenure {
		s.Renewals++
		s.nominal, s.Due = s.Due, v.after(s.Due, s.anchor)
	}
	// The period whose payment failed began, and was not paid.
	unpaid := func(by int32) bool {
		return s.Renewals > 0 && by-s.nominal <= dunning && 2*(by-s.nominal) <= 2*int32(v.Days())
	}
	switch {
	case ended:
		s.State = Ended
		if s.Reason == PaymentFailed && unpaid(end) {
			s.back(v)
		}
	case p.standing == overdue && unpaid(asOf):
		s.back(v)
		s.State = Late
	case p.standing == overdue:
		s.State = Late
	case p.standing == onPause:
		s.State = Paused
	case p.atEnd, p.standing == closing, p.standing == cancelled, end != none && end > asOf:
		s.State = Ending
	}
}

// back takes the last renewal back.
func (s *Spell) back(v Interval) {
	s.Renewals--
	s.Due = s.nominal
}

// tally counts the renewals of a spell of a list of subscriptions.
func (l *Log) tally(s *Spell) {
	if s.State == Trial || s.State == Planned {
		return
	}
	v := l.Plans[s.Plan].Interval
	day := s.Start
	if s.counted > 0 {
		day = s.from
	}
	for age := s.counted; age < s.Renewals; age++ {
		day = v.after(day, s.anchor)
		l.count(s, age, day, false)
	}
	if s.State == Ended {
		l.count(s, s.Renewals, s.Due, true)
	}
}

// words are those of a cell, between blanks.
func words(cell []byte) string { return " " + string(orders.Normalise(cell)) + " " }

func has(text string, list ...string) bool {
	for _, word := range list {
		if strings.Contains(text, " "+word+" ") {
			return true
		}
	}
	return false
}

// standingOf is what the status of a subscription says.
func standingOf(cell []byte) standing {
	switch w := words(cell); {
	case has(w, "incomplete", "future", "pending", "scheduled", "not started"):
		if has(w, "incomplete") {
			return neverBegun
		}
		return ahead
	case has(w, "trial", "trialing", "trialling", "in trial"):
		return onTrial
	case has(w, "non renewing"):
		return closing
	case has(w, "past due", "unpaid", "overdue", "billing issue", "in grace period"):
		return overdue
	case has(w, "paused", "on hold"):
		return onPause
	case has(w, "canceled", "cancelled", "deactivated"):
		return cancelled
	case has(w, "expired", "ended", "inactive", "terminated", "churned", "transferred"):
		return over
	case has(w, "active", "live", "running"):
		return running
	}
	return unsaid
}

// reasonOf is what the reason of a cancellation says: a payment that failed, or anything else that a customer does.
func reasonOf(cell []byte) Reason {
	w := words(cell)
	switch {
	case len(w) < 3 || has(w, "unknown", "none", "null"):
		return UnknownReason
	case has(w, "not paid", "no card", "payment failed", "payment failure", "failed payment", "nonpayment", "non payment", "dunning", "billing error", "past due", "unpaid", "payment disputed", "payment declined"):
		return PaymentFailed
	}
	return Voluntary
}

// nothing is the kind of an invoice that asks for no money.
const nothing kind = 255

// kindOf is what the status of an invoice says.
func kindOf(cell []byte) kind {
	w := words(cell)
	switch {
	case has(w, "void", "voided", "draft", "deleted", "canceled", "cancelled", "incomplete", "scheduled"):
		return nothing
	case has(w, "refunded") && !has(w, "partially refunded", "partial", "not refunded"):
		return undone
	case has(w, "unpaid", "not paid", "open", "uncollectible", "failed", "past due", "overdue", "payment due", "declined", "rejected", "denied", "authorization expired", "charged back", "requires payment method", "requires action", "false", "no"):
		return failed
	}
	return paid
}

// intervalOf is the interval that a text says, so many times where the count stands apart; 0 for within it.
func intervalOf(cell []byte, count int) Interval {
	w := words(cell)
	if count == 0 {
		count = 1
		for _, word := range strings.Fields(w) {
			n := 0
			for _, c := range word {
				if c < '0' || c > '9' || n > 400 {
					n = 0
					break
				}
				n = 10*n + int(c-'0')
			}
			if n > 0 {
				count = n
				break
			}
		}
	}
	days := 0.0
	switch {
	case has(w, "quarter", "quarterly"):
		days = Quarter.Days()
	case has(w, "half year", "half yearly", "semi annual", "semiannual", "biannual", "semi annually"):
		days = HalfYear.Days()
	case has(w, "biweekly", "bi weekly", "fortnight", "fortnightly"):
		days = TwoWeeks.Days()
	case has(w, "bimonthly", "bi monthly"):
		days = TwoMonths.Days()
	case has(w, "month", "months", "monthly", "mo", "m"):
		days = Month.Days()
	case has(w, "year", "years", "yearly", "annual", "annually", "y"):
		days = Year.Days()
	case has(w, "week", "weeks", "weekly", "w"):
		days = Week.Days()
	case has(w, "day", "days", "daily", "d"):
		days = 1
	default:
		return NoInterval
	}
	v := nearest(days * float64(count))
	if v == FourWeeks && days == 1 && count >= 30 {
		v = Month
	}
	return v
}

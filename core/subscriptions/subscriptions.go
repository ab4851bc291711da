// Package subscriptions reads what subscription businesses export, lists of subscriptions and lists of invoices, and values the subscribers by
// retention: who renewed, by plan and time since the start, what that says of the next renewals, and what these bring.
//
// A list of orders is read by package orders and fitted as repeat purchases. Invoices that come by the calendar are none: what is not known of
// a subscriber is whether they renew, not when they order next. The two are told apart by the columns (Reader) or, where these are those of any
// list of orders, by how regular the orders are (FromOrders).
//
// The rules, each with its test:
//
//   - A subscription starts with its first payment. What was free before is a trial, and is counted apart.
//   - A renewal is due when a period has passed. It counts, as renewed or lost, once the time within which late payments come has passed too:
//     for all alike, so that those who pay on time do not count before those who do not. The running period is never a survived one.
//   - A period without a payment is a pause where the file shows that subscribers come back from them; else the subscription has ended, and who
//     comes back begins anew.
//   - Another plan with the same period goes on; another period begins at tenure zero, and what was before has neither ended nor renewed.
//   - A month is one of the calendar: from 31 January to 28 February to 31 March.
package subscriptions

import "hourglass/core/orders"

// A Form is what a file is.
type Form uint8

// The forms.
const (
	NoForm        Form = iota // no list of a subscription business
	Subscriptions             // a row is a subscription, from its start to its end
	Invoices                  // a row is an invoice or a payment
	Orders                    // a list of orders that come regularly
)

// String is the form's name on the wire, empty for an unknown one.
func (f Form) String() string { return name(int(f), "none", "subscriptions", "invoices", "orders") }

// An Interval is how often a plan is paid.
type Interval uint8

// The intervals, the shortest first.
const (
	NoInterval Interval = iota
	Week
	TwoWeeks
	FourWeeks
	Month
	TwoMonths
	Quarter
	HalfYear
	Year
	intervals
)

// String is the interval's name on the wire, empty for an unknown one.
func (v Interval) String() string {
	return name(int(v), "none", "week", "two_weeks", "four_weeks", "month", "two_months", "quarter", "half_year", "year")
}

var (
	weeks  = [intervals]int{Week: 1, TwoWeeks: 2, FourWeeks: 4}
	months = [intervals]int{Month: 1, TwoMonths: 2, Quarter: 3, HalfYear: 6, Year: 12}
)

const daysPerYear = 365.25

// Days is the length of an interval in days, on average.
func (v Interval) Days() float64 {
	if v == NoInterval || v >= intervals {
		return 0
	}
	return float64(7*weeks[v]) + float64(months[v])*daysPerYear/12
}

// PerYear is how many of an interval make a year: 12 months, 52 weeks.
func (v Interval) PerYear() float64 {
	switch {
	case v == NoInterval || v >= intervals:
		return 0
	case months[v] > 0:
		return 12 / float64(months[v])
	}
	return 52 / float64(weeks[v])
}

// after is the day on which a period ends that begins on a day; anchor is the day of the month on which the subscription is paid where the
// month has it, as 31 in March and 28 in February.
func (v Interval) after(day int32, anchor int) int32 {
	if months[v] == 0 {
		return day + int32(7*weeks[v])
	}
	y, m, _ := orders.Civil(day)
	m += months[v]
	first := orders.Day(y+(m-1)/12, (m-1)%12+1, 1)
	next := orders.Day(y+m/12, m%12+1, 1)
	return min(first+int32(anchor)-1, next-1)
}

func dayOfMonth(day int32) int {
	_, _, d := orders.Civil(day)
	return d
}

// nearest is the interval that a time between two payments is closest to, by its logarithm; none where that is more than a fifth away. Exactly four weeks
// are a month too where nothing else tells.
func nearest(days float64) Interval {
	best, off := NoInterval, 0.2
	for v := Week; v < intervals; v++ {
		away := days/v.Days() - 1
		if away < 0 {
			away = v.Days()/days - 1
		}
		if away < off {
			best, off = v, away
		}
	}
	return best
}

// A State is how a subscription stands on the last day that the file knows.
type State uint8

// The states.
const (
	Active  State = iota
	Late          // the renewal is due, and not paid yet
	Ending        // runs on, and ends with its period
	Ended         // has ended
	Moved         // goes on with another period, as another row
	Trial         // not paid yet
	Paused        // runs on without payments
	Planned       // begins later
)

// String is the state's name on the wire, empty for an unknown one.
func (s State) String() string {
	return name(int(s), "active", "late", "ending", "ended", "moved", "trial", "paused", "planned")
}

// A Reason is why a subscription has ended.
type Reason uint8

// The reasons.
const (
	UnknownReason Reason = iota
	Voluntary            // the subscriber has cancelled
	PaymentFailed        // the payment did not come
	reasons
)

// String is the reason's name on the wire, empty for an unknown one.
func (r Reason) String() string { return name(int(r), "unknown", "voluntary", "payment_failed") }

// An Aside is why a row is not used.
type Aside uint8

// The reasons.
const (
	NoStart        Aside = iota // without a readable date
	NoCustomer                  // without a subscriber
	NoAmount                    // without a readable amount
	EndBeforeStart              // ends before it starts
	OtherCurrency               // in another currency than most
	NotPaid                     // void, draft, never begun
	NoPeriod                    // of a period that nothing tells
	asides
)

// String is the reason's name on the wire, empty for an unknown one.
func (a Aside) String() string {
	return name(int(a), "no_start", "no_customer", "no_amount", "end_before_start", "other_currency", "not_paid", "no_period")
}

func name(i int, names ...string) string {
	if i < 0 || i >= len(names) {
		return ""
	}
	return names[i]
}

// A Spell is a subscription from a start to an end, or to the last day that is known.
type Spell struct {
	ID       int // of the subscription, in Log.ID
	Customer int // in Log.Customer
	Plan     int // in Log.Plans
	Start    int32
	Due      int32 // of the next renewal, or of the one that did not come
	Renewals int
	State    State
	Reason   Reason  // of one that has ended
	Again    bool    // the customer had another one that had ended
	Goes     bool    // goes on from one with another period
	Amount   float64 // of a period, as it was paid last
	Paid     float64 // so far; of a list of subscriptions 0

	anchor  int
	nominal int32 // begin of the running period
	failed  int32 // day of the last invoice that was not paid
	counted int   // renewals that were counted for the plan before
	from    int32 // begin of the period after them
}

// A PlanName is what is paid for and how often.
type PlanName struct {
	Name     string // empty where the file names none
	Interval Interval
}

// A Log is what a file says of its subscriptions.
type Log struct {
	Form     Form
	AsOf     int32 // the last day that the file knows
	Rows     int
	Aside    [asides]int
	Currency string
	Plans    []PlanName
	Spells   []Spell

	OneOff    int     // customers without a subscription
	OneOffs   int     // payments without one
	OneOffSum float64 // their amount
	Free      int     // subscriptions that were never paid
	Extras    int     // payments within a period: changes of plan, additions
	Refunds   int     // payments that were paid back in full
	Pauses    bool    // subscribers come back after a period without payment
	Trials    TrialCounts

	ids, customers names
	counts         map[cell]*Counts
	failures       bool // the file has payments that failed
	curves         *curves
}

// TrialCounts are trials that have ended, and those that became subscriptions.
type TrialCounts struct{ Running, Ended, Converted int }

// Counts are renewals by tenure: how many were due after so many periods, and how many of them did not come.
type Counts struct {
	AtRisk, Lost []float64
	ByReason     [reasons]float64
}

// A cell is the subscribers of a plan that began in a month.
type cell struct{ plan, month int }

// Subscribers is how many customers have or had a subscription that was paid.
func (l *Log) Subscribers() int {
	seen := map[int]bool{}
	for i := range l.Spells {
		if s := &l.Spells[i]; s.State != Trial && s.State != Planned {
			seen[s.Customer] = true
		}
	}
	return len(seen)
}

// ID is the id of a spell's subscription, that of its customer where the file has none of its own.
func (l *Log) ID(s *Spell) string {
	if s.ID >= 0 {
		return l.ids.list[s.ID]
	}
	return l.customers.list[s.Customer]
}

// Customer is the id of a spell's customer.
func (l *Log) Customer(s *Spell) string { return l.customers.list[s.Customer] }

// names numbers texts in the order in which they come.
type names struct {
	list  []string
	place map[string]int
}

func (n *names) of(text []byte) int {
	if at, known := n.place[string(text)]; known {
		return at
	}
	if n.place == nil {
		n.place = map[string]int{}
	}
	at := len(n.list)
	n.list = append(n.list, string(text))
	n.place[n.list[at]] = at
	return at
}

// plan is the number of a plan.
func (l *Log) plan(p PlanName) int {
	for i := range l.Plans {
		if l.Plans[i] == p {
			return i
		}
	}
	if len(l.Plans) == maxPlans {
		p.Name = ""
		for i := range l.Plans {
			if l.Plans[i] == p {
				return i
			}
		}
	}
	l.Plans = append(l.Plans, p)
	return len(l.Plans) - 1
}

// maxPlans is how many plans are told apart; those beyond are one for each period.
const maxPlans = 50

// accept is for how many days after it was due a payment is still that of its period: three quarters of it, a month at most. Where pauses
// are usual, so many whole periods more.
func (l *Log) accept(v Interval) int32 {
	return int32(float64(l.pause(v))*v.Days() + min(0.75*v.Days(), 30))
}

// pause is how many periods may be missed: one, or a month of weeks; of plans of a quarter or longer none.
func (l *Log) pause(v Interval) int {
	switch {
	case !l.Pauses || v.Days() > 62:
		return 0
	case v.Days() < 28:
		return int(31 / v.Days())
	}
	return 1
}

// begin starts a spell with a payment.
func (s *Spell) begin(day int32, v Interval) {
	s.Start, s.nominal, s.anchor, s.failed = day, day, dayOfMonth(day), none
	s.Due = v.after(day, s.anchor)
}

// renew takes the payment of the next period, so many periods having been left out. Who pays early pays so from then on; who pays late is followed
// by a quarter, so that a period of 31 days stays in step and a single late payment hardly moves the next.
func (s *Spell) renew(day int32, v Interval, missed int) {
	due := s.Due
	for range missed {
		due = v.after(due, s.anchor)
	}
	s.Renewals++
	if day < due {
		due, s.anchor = day, dayOfMonth(day)
	} else if late := (day - due) / 4; late > 0 {
		due += late
		s.anchor = dayOfMonth(due)
	}
	s.nominal, s.Due = due, v.after(due, s.anchor)
}

const none = int32(-1 << 30)

// count notes whether the renewal of a spell that was due came, if that can be known by now.
func (l *Log) count(s *Spell, age int, due int32, lost bool) {
	v := l.Plans[s.Plan].Interval
	if due+l.accept(v) > l.AsOf || age >= maxTenure {
		return
	}
	y, m, _ := orders.Civil(s.Start)
	at := cell{s.Plan, 12*y + m - 1}
	c := l.counts[at]
	if c == nil {
		c = &Counts{}
		l.counts[at] = c
	}
	for len(c.AtRisk) <= age {
		c.AtRisk, c.Lost = append(c.AtRisk, 0), append(c.Lost, 0)
	}
	c.AtRisk[age]++
	if lost {
		c.Lost[age]++
		c.ByReason[s.Reason]++
	}
}

// maxTenure is how many tenures are followed, as many as the calculation of customer equity takes.
const maxTenure = 120

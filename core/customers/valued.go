package customers

import (
	"hourglass/core/orders"
	"hourglass/core/parallel"
)

// Valued are the customers of a log, each with what they are worth.
type Valued struct {
	Report   Report
	Totals   Totals    // of all, with intervals
	Warnings []Warning // to know before relying on it
	Model    Model     // that was chosen
	Choice   Choice    // among which, and why

	log    *orders.Log
	answer Answer
	best   []uint32 // customers by rank
}

// A Report is when the values are of.
type Report struct {
	FirstDay, LastDay int32 // of the log, since 1970-01-01
	Customers, Orders int
}

// A Customer is one row of Valued.
type Customer struct {
	ID             string
	Rank           uint32 // 1 is worth most
	Orders         int
	First, Last    int32   // days of the first and the last order, since 1970-01-01
	Spent          float64 // money of all orders
	Alive          float64 // probability of still being a customer
	ExpectedOrders float64 // within the horizon
	ExpectedSpend  float64 // their money
	Value          float64 // its margin, discounted: customer lifetime value
	Low, High      float64 // interval of Value at Options.Level
	Segment        Segment
}

// An Error says why customers cannot be valued. errors.As finds it in whatever wraps it.
type Error struct{ Status Status }

// Error says what is wrong and what to do.
func (e *Error) Error() string {
	switch e.Status {
	case BadOptions:
		return "horizon and margin must be above 0, the margin at most 1, the level below 1, and the discount not negative: begin with DefaultOptions"
	case NoModel:
		return "no model can be fitted: everybody first ordered on the last day, or nobody's orders tell one customer from another"
	case TooLarge:
		return "a value is too large to be a number: check the amounts"
	case BadData:
		return "there are no orders to value"
	}
	return "customers could not be valued: " + e.Status.String()
}

// Err is nil for Done and else an Error.
func (s Status) Err() error {
	if s == Done {
		return nil
	}
	return &Error{s}
}

// Value is the one call from a log to valued customers: it compares the models on the log's own past, fits the best,
// values everybody, and tells how sure that is. A million orders take seconds; a Valuation does the same piece by piece.
func Value(l *orders.Log, o Options) (*Valued, error) {
	if l == nil || l.Customers() == 0 {
		return nil, BadData.Err()
	}
	if !o.Valid() {
		return nil, BadOptions.Err()
	}
	o.Level = o.level()
	v := NewValuation()
	v.Workers = parallel.Cores()
	v.Settings = Settings{Options: o, Wants: Wants{Compare: true, Intervals: true, Totals: true, Tracking: true}}
	v.Of(l)
	if status := v.Run(nil); status != Done {
		return nil, status.Err()
	}
	first, last := l.Span()
	return &Valued{
		Report: Report{first, last, l.Customers(), l.Orders()},
		Totals: v.Answer.Totals, Warnings: v.Warnings(), Model: v.Answer.Known.Model, Choice: v.Choice,
		log: l, answer: v.Answer, best: byRank(v.Answer.Values.Rank),
	}, nil
}

// byRank turns the rank of each customer into the customer of each rank.
func byRank(rank []uint32) []uint32 {
	best := make([]uint32, len(rank))
	for i, r := range rank {
		best[r-1] = uint32(i)
	}
	return best
}

// Len is the number of customers.
func (v *Valued) Len() int { return len(v.best) }

// All are the customers from the best to the last: for c := range v.All().
func (v *Valued) All() func(yield func(Customer) bool) {
	return func(yield func(Customer) bool) {
		for _, i := range v.best {
			if !yield(v.at(int(i))) {
				return
			}
		}
	}
}

// at is customer i of the summary.
func (v *Valued) at(i int) Customer {
	a := &v.answer
	row := a.Base.Row[i]
	c := Customer{
		ID: string(v.log.ID(int(a.Summary.Customer[i]))), Rank: a.Values.Rank[i], Orders: int(a.Summary.X[i]) + 1,
		First: a.Summary.First[i], Last: a.Summary.Last[i], Spent: a.Summary.Spend[i],
		Alive: a.Scores.Alive[row], ExpectedOrders: a.Scores.Expected[row], Value: a.Values.Value[i],
		Low: a.Values.Low[i], High: a.Values.High[i], Segment: a.Segments[i],
	}
	c.ExpectedSpend = c.ExpectedOrders * a.Values.OrderValue[i]
	return c
}

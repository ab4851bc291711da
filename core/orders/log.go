package orders

// Log holds every customer's orders, one a period, in compressed rows: customer i
// has the orders Offset[i] to Offset[i+1]-1, days ascending. Customers are
// numbered by first appearance in the file and have at least one order each.
type Log struct {
	Offset []uint32  // len = customers + 1
	Day    []int32   // days since 1970-01-01
	Amount []float64 // money, never negative
	ids    interner

	// Group says, where Options.GroupBy asked for it, which group each customer is in, by the row of their first order: 1 + a number of
	// GroupName, 0 for none.
	Group  []uint32
	groups interner
}

// Groups is how many groups there are, GroupName the text of each.
func (l *Log) Groups() int { return len(l.groups.offset) }

// GroupName is what the column says of group i, as UTF-8; the caller must not change it.
func (l *Log) GroupName(i int) []byte { return l.groups.id(uint32(i)) }

// Customers is the number of customers.
func (l *Log) Customers() int { return len(l.Offset) - 1 }

// Orders is the number of orders.
func (l *Log) Orders() int { return len(l.Day) }

// ID is the id of customer i as UTF-8; the caller must not change it.
func (l *Log) ID(i int) []byte { return l.ids.id(uint32(i)) }

// Days and Amounts are the orders of customer i; the caller must not change them.
func (l *Log) Days(i int) []int32 { return l.Day[l.Offset[i]:l.Offset[i+1]] }

// Amounts are the amounts of customer i's orders.
func (l *Log) Amounts(i int) []float64 { return l.Amount[l.Offset[i]:l.Offset[i+1]] }

// Span is the first and the last day of the log, 0 and 0 when it is empty.
func (l *Log) Span() (first, last int32) {
	if len(l.Day) == 0 {
		return 0, 0
	}
	first, last = l.Day[0], l.Day[0]
	for c := range l.Customers() {
		first, last = min(first, l.Day[l.Offset[c]]), max(last, l.Day[l.Offset[c+1]-1])
	}
	return first, last
}

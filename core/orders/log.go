package orders

// Log holds every customer's orders, one a period, in compressed rows: customer i
// has the orders Offset[i] to Offset[i+1]-1, days ascending. Customers are
// numbered by first appearance in the file and have at least one order each.
type Log struct {
	Offset []uint32  // len = customers + 1
	Day    []int32   // days since 1970-01-01
	Amount []float64 // money, never negative
	ids    interner

	// Carried are the columns by which customers can be grouped: that of Options.GroupBy first, then those that Options.Carry asked for.
	Carried []Carried
	carried []uint16 // codes, customer by customer

	// Kept are the columns of Options.Keep that the file has.
	Kept []*Kept
	kept []uint32 // codes, customer by customer

	Unskipped []string // of Options.Skip, whom the file does not have
}

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

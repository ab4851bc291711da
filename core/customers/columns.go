package customers

import (
	"math"

	"hourglass/core/orders"
)

// A Column has one entry a customer, in the order of the log.
type Column uint8

// The columns. What an answer does not have is empty.
const (
	FirstDay           Column = iota // of the first order, since 1970-01-01
	LastDay                          // of the last order
	OrderCount                       // up to the end of the split
	Spent                            // money of all of them
	PAlive                           //
	ExpectedOrders                   // within the horizon
	ExpectedOrdersLow                // interval of their number
	ExpectedOrdersHigh               //
	OrderValue                       // expected money of one of them
	ExpectedSpend                    // expected money of all of them
	CLV                              // its margin, discounted
	CLVLow                           // interval
	CLVHigh                          //
	Rank                             // 1 has the highest value
	InDecile                         // 1 is the best tenth
	InSegment                        // Segment
	NextOrderDays                    // after the end of the split; 0 where none is that probable
	HoldoutOrders                    // orders in the holdout
	Columns                          // how many there are
)

var columnNames = [...]string{"first_day", "last_day", "orders", "spend", "p_alive", "expected_orders", "expected_orders_low",
	"expected_orders_high", "order_value", "expected_spend", "clv", "clv_low", "clv_high", "rank", "decile", "segment",
	"next_order_days", "holdout_orders"}

// String returns the column's name on the wire, empty for an unknown column.
func (c Column) String() string { return name(columnNames[:], int(c)) }

// A ColumnType is what a column's entries are.
type ColumnType uint8

// The types.
const (
	Numbers ColumnType = iota // float64
	Counts                    // uint32
	Days                      // int32
	Bytes                     // uint8
)

// Type returns the type of the column's entries.
func (c Column) Type() ColumnType {
	switch c {
	case FirstDay, LastDay:
		return Days
	case OrderCount, Rank:
		return Counts
	case InDecile, InSegment:
		return Bytes
	}
	return Numbers
}

// Cells are the entries of a column: in the slice of its type, the others being empty.
type Cells struct {
	Numbers []float64
	Counts  []uint32
	Days    []int32
	Bytes   []byte
}

// Column returns a column of the answer. Made says that it stands in room, or in what room has grown to; else it is the
// answer's own memory, which must not be changed.
func (a *Answer) Column(c Column, room Cells) (out Cells, made bool) {
	s := &a.Summary
	made = true
	switch c {
	case FirstDay:
		out.Days, made = s.First, false
	case LastDay:
		out.Days, made = s.Last, false
	case OrderCount:
		out.Counts = room.Counts[:0]
		for _, x := range s.X {
			out.Counts = append(out.Counts, uint32(min(x+1, math.MaxUint32)))
		}
	case Rank:
		out.Counts, made = a.Values.Rank, false
	case InDecile:
		out.Bytes = room.Bytes[:0]
		for _, r := range a.Values.Rank {
			out.Bytes = append(out.Bytes, byte(Decile(r, uint32(len(a.Values.Rank)))))
		}
	case InSegment:
		out.Bytes = room.Bytes[:0]
		for _, part := range a.Segments {
			out.Bytes = append(out.Bytes, byte(part))
		}
	case ExpectedSpend:
		out.Numbers = room.Numbers[:0]
		for i, v := range a.Values.OrderValue {
			out.Numbers = append(out.Numbers, finite(v*a.Scores.Expected[a.Base.Row[i]]))
		}
	default:
		out.Numbers, made = a.figures(c, room.Numbers[:0])
	}
	return out, made
}

// figures are the columns that stand ready, by customer or by history.
func (a *Answer) figures(c Column, room []float64) (column []float64, made bool) {
	var byHistory []float64
	switch c {
	case Spent:
		return a.Summary.Spend, false
	case HoldoutOrders:
		return a.Summary.HoldoutX, false
	case OrderValue:
		return a.Values.OrderValue, false
	case CLV:
		return a.Values.Value, false
	case CLVLow:
		return a.Values.Low, false
	case CLVHigh:
		return a.Values.High, false
	case PAlive:
		byHistory = a.Scores.Alive
	case ExpectedOrders:
		byHistory = a.Scores.Expected
	case ExpectedOrdersLow:
		byHistory = a.Outcomes.OrdersLow
	case ExpectedOrdersHigh:
		byHistory = a.Outcomes.OrdersHigh
	case NextOrderDays:
		if a.Known != nil {
			byHistory = a.Known.Next
		}
	}
	if len(byHistory) == 0 {
		return nil, false
	}
	for _, k := range a.Base.Row {
		room = append(room, byHistory[k])
	}
	return room, true
}

// IDs appends the customers' ids to bytes, one after the other, and where each ends to ends.
func IDs(l *orders.Log, s orders.Summary, bytes []byte, ends []uint32) ([]byte, []uint32) {
	for _, k := range s.Customer {
		bytes = append(bytes, l.ID(int(k))...)
		ends = append(ends, uint32(len(bytes)))
	}
	return bytes, ends
}

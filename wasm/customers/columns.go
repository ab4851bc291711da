package main

import (
	"unsafe"

	"hourglass/core/customers"
)

// A columnID names a column. Its entries are float64 unless the comment says otherwise.
type columnID uint8

const (
	idBytes      columnID = iota // uint8: the ids as UTF-8, one after the other
	idEnds                       // uint32: where each ends among those bytes
	firstDay                     // int32: of the first order
	lastDay                      // int32: of the last order
	orderCount                   // uint32
	spent                        // money of all orders
	alive                        // P(alive)
	expected                     // orders within the horizon
	expectedLow                  // interval of their number
	expectedHigh                 //
	orderValue                   // expected money of one of them
	expectedPaid                 // expected money of all of them
	value                        // its margin, discounted
	valueLow                     // interval
	valueHigh                    //
	rank                         // uint32: 1 has the highest value
	decile                       // uint8: 1 is the best tenth
	segment                      // uint8: customers.Segment
	nextOrder                    // days after the end of the split; 0 where none is that probable
	heldOut                      // orders in the holdout
)

// columnData is a column that the host may read. The slices keep the memory; the last one of each kind is used again.
type columnData struct {
	address unsafe.Pointer
	length  int

	numbers []float64
	counts  []uint32
	bytes   []byte
}

// column makes a column, in the memory of an earlier one where possible. Its address is nil if there is nothing.
func (s *session) column(id columnID, room columnData) columnData {
	c := columnData{numbers: room.numbers[:0], counts: room.counts[:0], bytes: room.bytes[:0]}
	switch id {
	case idBytes:
		c.ids(s)
	case idEnds:
		end := uint32(0)
		for _, k := range s.summary.Customer {
			end += uint32(len(s.log.ID(int(k))))
			c.counts = append(c.counts, end)
		}
	case firstDay:
		return c.at(unsafe.Pointer(unsafe.SliceData(s.summary.First)), len(s.summary.First))
	case lastDay:
		return c.at(unsafe.Pointer(unsafe.SliceData(s.summary.Last)), len(s.summary.Last))
	case orderCount:
		for _, x := range s.summary.X {
			c.counts = append(c.counts, uint32(x)+1)
		}
	case rank:
		return c.at(unsafe.Pointer(unsafe.SliceData(s.values.Rank)), len(s.values.Rank))
	case decile:
		for _, r := range s.values.Rank {
			c.bytes = append(c.bytes, byte(customers.Decile(r, uint32(len(s.values.Rank)))))
		}
	case segment:
		return c.at(unsafe.Pointer(unsafe.SliceData(s.segments)), len(s.segments))
	case expectedPaid:
		for i, v := range s.values.OrderValue {
			c.numbers = append(c.numbers, v*s.scores.Expected[s.base.Row[i]])
		}
	default:
		return c.figures(s, id)
	}
	return c.made()
}

// figures are the columns that stand ready, by customer or by history.
func (c columnData) figures(s *session, id columnID) columnData {
	var whole, byHistory []float64
	switch id {
	case spent:
		whole = s.summary.Spend
	case heldOut:
		whole = s.summary.HoldoutX
	case orderValue:
		whole = s.values.OrderValue
	case value:
		whole = s.values.Value
	case valueLow:
		whole = s.values.Low
	case valueHigh:
		whole = s.values.High
	case alive:
		byHistory = s.scores.Alive
	case expected:
		byHistory = s.scores.Expected
	case expectedLow:
		byHistory = s.outcomes.OrdersLow
	case expectedHigh:
		byHistory = s.outcomes.OrdersHigh
	case nextOrder:
		byHistory = s.next
	}
	if len(byHistory) == 0 {
		return c.at(unsafe.Pointer(unsafe.SliceData(whole)), len(whole))
	}
	for _, k := range s.base.Row {
		c.numbers = append(c.numbers, byHistory[k])
	}
	return c.made()
}

// at points to memory that the session keeps.
func (c columnData) at(address unsafe.Pointer, length int) columnData {
	if length > 0 {
		c.address, c.length = address, length
	}
	return c
}

// made points to what was appended to one of the slices.
func (c columnData) made() columnData {
	switch {
	case len(c.numbers) > 0:
		return c.at(unsafe.Pointer(unsafe.SliceData(c.numbers)), len(c.numbers))
	case len(c.counts) > 0:
		return c.at(unsafe.Pointer(unsafe.SliceData(c.counts)), len(c.counts))
	}
	return c.at(unsafe.Pointer(unsafe.SliceData(c.bytes)), len(c.bytes))
}

func (c *columnData) ids(s *session) {
	for _, k := range s.summary.Customer {
		c.bytes = append(c.bytes, s.log.ID(int(k))...)
	}
}

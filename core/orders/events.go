package orders

// events holds the accepted rows in file order, in blocks, so that growth copies
// nothing and a browser's memory is not doubled.
type events struct {
	blocks  []*block
	keys    []*[blockSize]uint64 // parallel to blocks once an order id was seen
	carried [][]uint16           // parallel to blocks where columns are carried: the values of a row one after the other
	kept    [][]uint32           // the same of columns that are kept
	n       int
	spare   *block // to be used again
	refunds []refund

	histories *histories // that have not come to an end
}

const blockSize = 4096

type block struct {
	customer [blockSize]uint32
	day      [blockSize]int32 // packed
	amount   [blockSize]float64
}

// refund is a negative row, kept apart until all orders are known.
type refund struct {
	customer uint32
	day      int32
	amount   float64 // positive
	order    uint32  // hash of the order id, 0 for none
	line     uint32
	settled  bool // an order that its status gave up already, not the row of a refund
}

func (e *events) push(customer uint32, day int32, amount float64, key uint64) {
	i := e.n % blockSize
	if i == 0 {
		next := e.spare
		if e.spare = nil; next == nil {
			next = new(block)
		}
		e.blocks = append(e.blocks, next)
	}
	b := e.blocks[len(e.blocks)-1]
	b.customer[i], b.day[i], b.amount[i] = customer, day, amount
	e.n++
	if key != 0 {
		e.setKey(i, key)
	}
}

// setKey notes the key of the latest row.
func (e *events) setKey(i int, key uint64) {
	for len(e.keys) < len(e.blocks) {
		e.keys = append(e.keys, new([blockSize]uint64))
	}
	e.keys[len(e.blocks)-1][i] = key
}

// swapDays exchanges day and month of all dates that fit both orders.
func (e *events) swapDays() {
	for _, b := range e.blocks {
		for i := range b.day {
			b.day[i] = swapDay(b.day[i])
		}
	}
	if e.histories != nil {
		for _, h := range e.histories.order {
			h.day, h.latest = swapDay(h.day), swapDay(h.latest)
		}
	}
	for i := range e.refunds {
		e.refunds[i].day = swapDay(e.refunds[i].day)
	}
}

package orders

// group is the rows of one customer: parallel columns, sortable.
type group struct {
	day    []int32
	amount []float64
	key    []uint64 // order and row hash; nil without order ids
}

func (g group) slice(lo, hi int) group {
	s := group{day: g.day[lo:hi], amount: g.amount[lo:hi]}
	if g.key != nil {
		s.key = g.key[lo:hi]
	}
	return s
}

func (g group) move(to, from int) {
	g.day[to], g.amount[to] = g.day[from], g.amount[from]
	if g.key != nil {
		g.key[to] = g.key[from]
	}
}

// sameOrder reports whether rows i and j have one order id and one day. An order
// id that returns on another day is another order.
func (g group) sameOrder(i, j int) bool {
	return g.key[i]>>32 != 0 && g.key[i]>>32 == g.key[j]>>32 && g.day[i] == g.day[j]
}

// sortable is what heapSort needs; rows lie in parallel columns.
type sortable interface {
	len() int
	less(i, j int) bool
	swap(i, j int)
}

// heapSort never takes more than n log n steps, whatever the file, and is a tenth
// of the code of the standard library's sort.
func heapSort(s sortable) {
	n := s.len()
	for i := n/2 - 1; i >= 0; i-- {
		siftDown(s, i, n)
	}
	for n--; n > 0; n-- {
		s.swap(0, n)
		siftDown(s, 0, n)
	}
}

func siftDown(s sortable, root, n int) {
	for {
		child := 2*root + 1
		if child >= n {
			return
		}
		if child+1 < n && s.less(child, child+1) {
			child++
		}
		if !s.less(root, child) {
			return
		}
		s.swap(root, child)
		root = child
	}
}

func (g group) len() int { return len(g.day) }

// less orders rows by order id, day and row hash; without ids by day.
func (g group) less(i, j int) bool {
	if g.key != nil && g.key[i]>>32 != g.key[j]>>32 {
		return g.key[i]>>32 < g.key[j]>>32
	}
	if g.day[i] != g.day[j] {
		return g.day[i] < g.day[j]
	}
	return g.key != nil && g.key[i] < g.key[j]
}

func (g group) swap(i, j int) {
	g.day[i], g.day[j] = g.day[j], g.day[i]
	g.amount[i], g.amount[j] = g.amount[j], g.amount[i]
	if g.key != nil {
		g.key[i], g.key[j] = g.key[j], g.key[i]
	}
}

// smallGroup is up to where insertion beats the heap.
const smallGroup = 24

// sort orders the rows; what is sorted, as most files are, costs one pass. It returns, where they have no order ids, how many of
// the beginning are each on a day of their own.
func (g group) sort() int {
	switch {
	case len(g.day) > smallGroup:
		for i := 1; i < len(g.day); i++ {
			if g.less(i, i-1) {
				heapSort(g)
				break
			}
		}
	case g.key == nil:
		return g.insertDays()
	default:
		g.insertRows()
	}
	return g.apart()
}

// insertRows sorts by order id, day and row hash, as less does.
func (g group) insertRows() {
	days, amounts, keys := g.day, g.amount[:len(g.day)], g.key[:len(g.day)]
	for i := 1; i < len(days); i++ {
		day, amount, key := days[i], amounts[i], keys[i]
		j := i
		for ; j > 0 && keys[j-1]>>32 >= key>>32; j-- {
			if keys[j-1]>>32 == key>>32 && (days[j-1] < day || days[j-1] == day && keys[j-1] <= key) {
				break
			}
			days[j], amounts[j], keys[j] = days[j-1], amounts[j-1], keys[j-1]
		}
		days[j], amounts[j], keys[j] = day, amount, key
	}
}

// insertDays sorts by day alone, without calls, and returns how many rows of the beginning are each on a day of their own: all of
// them or, where there are others, what apart says.
func (g group) insertDays() int {
	days, amounts, twice := g.day, g.amount[:len(g.day)], false
	for i := 1; i < len(days); i++ {
		day, amount := days[i], amounts[i]
		j := i
		for ; j > 0 && days[j-1] > day; j-- {
			days[j], amounts[j] = days[j-1], amounts[j-1]
		}
		days[j], amounts[j] = day, amount
		twice = twice || j > 0 && days[j-1] == day
	}
	if twice {
		return g.apart()
	}
	return len(days)
}

// apart is how many rows of the beginning are each on a day of their own.
func (g group) apart() int {
	for i := 1; i < len(g.day); i++ {
		if g.day[i] == g.day[i-1] {
			return i
		}
	}
	return len(g.day)
}

// refundOrder sorts refunds by customer, day and line.
type refundOrder []refund

func (r refundOrder) len() int      { return len(r) }
func (r refundOrder) swap(i, j int) { r[i], r[j] = r[j], r[i] }

func (r refundOrder) less(i, j int) bool {
	if r[i].customer != r[j].customer {
		return r[i].customer < r[j].customer
	}
	if r[i].day != r[j].day {
		return r[i].day < r[j].day
	}
	return r[i].line < r[j].line
}

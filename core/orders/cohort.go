package orders

// Cohorts are triangles by period of first order (rows) and periods since then
// (columns). Row c has the columns 0 to Periods-1-c; the cell of row c and age a is
// at c*Periods + a, the cells beyond the triangle are zero.
type Cohorts struct {
	First   int32 // first month, as months since January 1970
	Months  int   // months in a period: 1, 3 or 12
	Periods int
	Size    []uint32  // customers who first ordered in the period
	Active  []uint32  // of these, those who ordered at that age
	Orders  []uint32  // orders at that age
	Revenue []float64 // their money
}

// maxPeriods is where months give way to quarters and quarters to years.
const maxPeriods = 120

// Cohorts computes the triangles by months, or by quarters or years where the log
// is longer than ten or thirty years.
func (l *Log) Cohorts() Cohorts {
	if l.Orders() == 0 {
		return Cohorts{Months: 1}
	}
	from, to := l.Span()
	first, last := month(from), month(to)
	c := Cohorts{Months: 1}
	if last-first >= maxPeriods {
		c.Months = 3
	}
	if last-first >= 3*maxPeriods {
		c.Months = 12
	}
	c.First = int32(floorDiv(first, c.Months) * c.Months)
	c.Periods = (last-int(c.First))/c.Months + 1
	cells := c.Periods * c.Periods
	c.Size = make([]uint32, c.Periods)
	c.Active, c.Orders, c.Revenue = make([]uint32, cells), make([]uint32, cells), make([]float64, cells)
	for i := 0; i < l.Customers(); i++ {
		c.add(l.Days(i), l.Amounts(i))
	}
	return c
}

func (c *Cohorts) add(days []int32, amounts []float64) {
	row := c.period(days[0])
	c.Size[row]++
	last := -1
	for k, day := range days {
		cell := row*c.Periods + c.period(day) - row
		c.Orders[cell]++
		c.Revenue[cell] += amounts[k]
		if cell != last { // days ascend
			c.Active[cell]++
			last = cell
		}
	}
}

func (c *Cohorts) period(day int32) int { return (month(day) - int(c.First)) / c.Months }

// month counts months since January 1970.
func month(day int32) int {
	y, m, _ := Civil(day)
	return (y-1970)*12 + m - 1
}

// Tracking is the number of orders over time, for comparison with a model.
type Tracking struct {
	Start int32 // first day of the first period
	Days  int32 // length of a period
	// Cumulative orders to the end of each period, the first orders of customers
	// counted in Orders and New but not in Repeat.
	Orders []uint32
	New    []uint32 `wire:"new_customers"`
	Repeat []uint32
}

// Tracking counts orders in periods of the given days (7 when not positive) from
// the log's first day to its last, or to a later day that is known to have passed without an order.
func (l *Log) Tracking(days, passed int32) Tracking {
	if days < 1 {
		days = 7
	}
	from, to := l.Span()
	t := Tracking{Start: from, Days: days}
	if l.Orders() == 0 {
		return t
	}
	n := int((max(to, passed)-from)/days) + 1
	t.Orders, t.New, t.Repeat = make([]uint32, n), make([]uint32, n), make([]uint32, n)
	for i := 0; i < l.Customers(); i++ {
		for k, day := range l.Days(i) {
			p := (day - from) / days
			t.Orders[p]++
			if k == 0 {
				t.New[p]++
			}
		}
	}
	for p := 1; p < n; p++ {
		t.Orders[p] += t.Orders[p-1]
		t.New[p] += t.New[p-1]
	}
	for p := range t.Repeat {
		t.Repeat[p] = t.Orders[p] - t.New[p]
	}
	return t
}

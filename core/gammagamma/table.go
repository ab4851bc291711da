package gammagamma

import (
	"math"
	"slices"
)

// A Table holds the customers as columns of equal length.
type Table struct {
	X    []float64 // orders that the mean is taken over, an integer >= 0: by convention the repeat orders
	Mean []float64 // mean value of those orders; not read where X is 0
	W    []float64 // customers that the row stands for, >= 0; nil means 1 each

	// Within is the variance of single orders around the mean of their customer, where the orders themselves are known; 0 where
	// they are not. Empirical alone reads it.
	Within float64
}

// A Code names what is wrong with a row.
type Code uint8

// The faults of a table. The last three make a row useless to the model without
// making the table wrong: Screen sets such rows aside and counts them.
const (
	Valid          Code = iota
	LengthMismatch      // the columns differ in length
	BadFrequency        // X is not an integer >= 0
	BadSpend            // Mean is not a number, or not zero and beyond 1e100 or 1e-100 in size
	BadWeight           // W is negative or not finite
	NoOrders            // X = 0: nothing is known of the customer's spend
	ZeroSpend           // Mean = 0: a gamma variable is never zero
	NegativeSpend       // Mean < 0: more refunds than sales
)

var codeNames = [...]string{"valid", "length_mismatch", "bad_frequency", "bad_spend", "bad_weight",
	"no_orders", "zero_spend", "negative_spend"}

// String returns the code's name on the wire, empty for an unknown code.
func (c Code) String() string {
	if int(c) >= len(codeNames) {
		return ""
	}
	return codeNames[c]
}

// A Fault is the first thing wrong with a table: Code is Valid when nothing is.
type Fault struct {
	Code Code
	Row  int // zero-based; 0 for LengthMismatch
}

// An Aside counts the customers that the model cannot use, by reason.
type Aside struct {
	NoOrders, ZeroSpend, NegativeSpend float64
	First                              Fault // the first row with a zero or negative spend
}

// Weight returns the number of customers that row i stands for.
func (t Table) Weight(i int) float64 {
	if t.W == nil {
		return 1
	}
	return t.W[i]
}

// Customers returns the sum of the weights.
func (t Table) Customers() float64 {
	if t.W == nil {
		return float64(len(t.X))
	}
	s := 0.0
	for _, w := range t.W {
		s += w
	}
	return s
}

// Screen returns the rows that the model can use and counts the others. The
// fault is the first entry that is no data at all; then nothing is returned.
func (t Table) Screen() (Table, Aside, Fault) { return t.screen(false) }

// screen is Screen, or with free set, Screen for estimates that can use
// customers who spend nothing.
func (t Table) screen(free bool) (Table, Aside, Fault) {
	n := len(t.X)
	if len(t.Mean) != n || (t.W != nil && len(t.W) != n) {
		return Table{}, Aside{}, Fault{Code: LengthMismatch}
	}
	var aside Aside
	rows := make([]row, 0, n)
	for i := range n {
		r := row{t.X[i], t.Mean[i], t.Weight(i)}
		code := r.check()
		if free && code == ZeroSpend {
			code = Valid
		}
		switch code {
		case Valid:
			if r.w > 0 {
				rows = append(rows, r)
			}
		case NoOrders, ZeroSpend, NegativeSpend:
			aside.count(code, i, r.w)
		default:
			return Table{}, Aside{}, Fault{code, i}
		}
	}
	return columns(rows), aside, Fault{}
}

func (a *Aside) count(code Code, i int, w float64) {
	if code == NoOrders {
		a.NoOrders += w
		return
	}
	if a.First.Code == Valid {
		a.First = Fault{code, i}
	}
	if code == ZeroSpend {
		a.ZeroSpend += w
	} else {
		a.NegativeSpend += w
	}
}

type row struct{ x, mean, w float64 }

// check spells comparisons so that NaN fails them.
func (r row) check() Code {
	switch {
	case !(r.x >= 0 && r.x <= 1<<53) || r.x != math.Floor(r.x):
		return BadFrequency
	case !(r.w >= 0 && r.w <= math.MaxFloat64):
		return BadWeight
	case r.x == 0:
		return NoOrders
	case !(math.Abs(r.mean) <= 1e100) || r.mean != 0 && math.Abs(r.mean) < 1e-100:
		return BadSpend
	case r.mean == 0:
		return ZeroSpend
	case r.mean < 0:
		return NegativeSpend
	}
	return Valid
}

// ascending returns the order of n things in which less, applied to two of their
// numbers, is never true of a later and an earlier one.
func ascending(n int, less func(i, j int) bool) []int {
	index := make([]int, n)
	for i := range index {
		index[i] = i
	}
	slices.SortFunc(index, func(i, j int) int {
		switch {
		case less(i, j):
			return -1
		case less(j, i):
			return 1
		}
		return 0
	})
	return index
}

// Compress returns the unique (x, mean) pairs in ascending order with the weights
// of equal rows added, so that a fit depends neither on the order of the rows
// nor on how they are weighted. The receiver is left alone.
func (t Table) Compress() Table {
	rows := make([]row, len(t.X))
	for i := range rows {
		rows[i] = row{t.X[i], t.Mean[i], t.Weight(i)}
	}
	slices.SortFunc(rows, compare)
	k := 0
	for _, r := range rows {
		if k > 0 && r.x == rows[k-1].x && r.mean == rows[k-1].mean {
			rows[k-1].w += r.w
			continue
		}
		rows[k] = r
		k++
	}
	return columns(rows[:k])
}

// compare orders by x and mean, and then by weight so that sums of weights do not depend on the order of the rows.
func compare(a, b row) int {
	switch {
	case a.x != b.x:
		return sign(a.x < b.x)
	case a.mean != b.mean:
		return sign(a.mean < b.mean)
	case a.w != b.w:
		return sign(a.w < b.w)
	}
	return 0
}

func sign(less bool) int {
	if less {
		return -1
	}
	return 1
}

// Thin returns about n rows spread evenly over a compressed table, with their
// own weights: a preview for the many starts of a fit.
func (t Table) Thin(n int) Table {
	if n <= 0 || len(t.X) <= n {
		return t
	}
	rows := make([]row, n)
	for k := range rows {
		i := int((float64(k) + 0.5) * float64(len(t.X)) / float64(n))
		rows[k] = row{t.X[i], t.Mean[i], t.Weight(i)}
	}
	return columns(rows)
}

func columns(rows []row) Table {
	n := len(rows)
	all := make([]float64, 3*n)
	t := Table{X: all[:n:n], Mean: all[n : 2*n : 2*n], W: all[2*n:]}
	for i, r := range rows {
		t.X[i], t.Mean[i], t.W[i] = r.x, r.mean, r.w
	}
	return t
}

// scaled returns the table with its spends divided by scale; the other columns
// are shared.
func (t Table) scaled(scale float64) Table {
	mean := make([]float64, len(t.Mean))
	for i, z := range t.Mean {
		mean[i] = z / scale
	}
	return Table{X: t.X, Mean: mean, W: t.W}
}

// logMoments returns the weighted mean and variance of the logarithm of the
// spends and the weighted mean of 1/x.
func (t Table) logMoments() (mean, variance, inverse float64) {
	n := t.Customers()
	for i, z := range t.Mean {
		w := t.Weight(i) / n
		mean += w * math.Log(z)
		inverse += w / t.X[i]
	}
	for i, z := range t.Mean {
		d := math.Log(z) - mean
		variance += t.Weight(i) / n * d * d
	}
	return mean, variance, inverse
}

// Package cbs is the field's "customer by sufficient statistic" table: for each
// customer the number of repeat transactions x, the time t_x of the last one
// and the time T observed, both counted from the first purchase (Fader, Hardie
// & Lee 2005). Every buy-till-you-die model's likelihood depends on an order log
// through these three numbers alone, so customers that share them are one row
// with a weight: a million customers make about 130,000 rows.
package cbs

import (
	"math"
	"slices"
)

// A Table holds the customers as columns of equal length.
type Table struct {
	X  []float64 // repeat transactions, an integer >= 0
	TX []float64 // recency: time of the last transaction, 0 when X is 0
	T  []float64 // age: time observed, > 0, in the unit of TX
	W  []float64 // customers that the row stands for, >= 0; nil means 1 each

	// Gaps is the mean, over the customers of a row, of the sum of the logarithms of the
	// times between their transactions: what a likelihood of regular purchases needs
	// besides, and is linear in. nil where nobody has asked for it.
	Gaps []float64
}

// A Code names what is wrong with a table.
type Code uint8

// The faults that Validate reports.
const (
	Valid                Code = iota
	LengthMismatch            // the columns differ in length
	BadFrequency              // X is not an integer >= 0
	BadRecency                // TX is negative or not finite
	BadAge                    // T is not finite and > 0
	BadWeight                 // W is negative or not finite
	RecencyAfterAge           // TX > T
	RecencyWithoutRepeat      // X = 0 but TX > 0
	RepeatWithoutRecency      // X > 0 but TX = 0
	BadGaps                   // Gaps is not finite
)

var codeNames = [...]string{"valid", "length_mismatch", "bad_frequency", "bad_recency", "bad_age",
	"bad_weight", "recency_after_age", "recency_without_repeat", "repeat_without_recency", "bad_gaps"}

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

// Len returns the number of rows.
func (t Table) Len() int { return len(t.X) }

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

// Validate returns the first fault in row order. An empty table is valid: that
// there is nothing to fit is for the fit to say.
func (t Table) Validate() Fault {
	n := len(t.X)
	if len(t.TX) != n || len(t.T) != n || (t.W != nil && len(t.W) != n) || (t.Gaps != nil && len(t.Gaps) != n) {
		return Fault{Code: LengthMismatch}
	}
	for i := range n {
		if c := check(t.X[i], t.TX[i], t.T[i], t.Weight(i)); c != Valid {
			return Fault{c, i}
		}
		if t.Gaps != nil && !(math.Abs(t.Gaps[i]) <= math.MaxFloat64) {
			return Fault{BadGaps, i}
		}
	}
	return Fault{}
}

// check spells comparisons so that NaN fails them.
func check(x, tx, age, w float64) Code {
	switch {
	case !(x >= 0 && x <= 1<<53) || x != math.Floor(x):
		return BadFrequency
	case !(tx >= 0 && tx <= math.MaxFloat64):
		return BadRecency
	case !(age > 0 && age <= math.MaxFloat64):
		return BadAge
	case !(w >= 0 && w <= math.MaxFloat64):
		return BadWeight
	case tx > age:
		return RecencyAfterAge
	case x == 0 && tx > 0:
		return RecencyWithoutRepeat
	case x > 0 && tx == 0:
		return RepeatWithoutRecency
	}
	return Valid
}

type row struct{ x, tx, t, w, gaps float64 }

// compare orders by x, t_x, T, and then by the rest so that sums do not
// depend on the order of the rows. (cmp.Compare also tests for NaN,
// which costs half as much again.)
func compare(a, b row) int {
	switch {
	case a.x != b.x:
		return sign(a.x < b.x)
	case a.tx != b.tx:
		return sign(a.tx < b.tx)
	case a.t != b.t:
		return sign(a.t < b.t)
	case a.w != b.w:
		return sign(a.w < b.w)
	case a.gaps != b.gaps:
		return sign(a.gaps < b.gaps)
	}
	return 0
}

func sign(less bool) int {
	if less {
		return -1
	}
	return 1
}

// Compress returns the unique (x, t_x, T) triples in ascending order with the
// weights of equal rows added, and the mean of their gaps; rows of weight zero vanish. The receiver is left
// alone. The result does not depend on the order of the rows, to the last bit.
// The table must be valid. One that is compressed already is returned as it is.
func (t Table) Compress() Table {
	if t.compressed() {
		return t
	}
	rows := make([]row, 0, t.Len())
	for i := range t.X {
		if w := t.Weight(i); w > 0 {
			rows = append(rows, row{t.X[i], t.TX[i], t.T[i], w, t.gaps(i)})
		}
	}
	slices.SortFunc(rows, compare)
	k := 0
	for _, r := range rows {
		if k > 0 && r.x == rows[k-1].x && r.tx == rows[k-1].tx && r.t == rows[k-1].t {
			last := &rows[k-1]
			last.w += r.w
			last.gaps += (r.gaps - last.gaps) * (r.w / last.w)
			continue
		}
		rows[k] = r
		k++
	}
	return columns(rows[:k], t.Gaps != nil)
}

// compressed reports whether the rows are unique, ascending and weighted.
func (t Table) compressed() bool {
	if t.W == nil {
		return false
	}
	for i, w := range t.W {
		if !(w > 0) || i > 0 && !before(&t, i-1, i) {
			return false
		}
	}
	return true
}

// before reports whether row i comes before row j by x, t_x and T.
func before(t *Table, i, j int) bool {
	switch {
	case t.X[i] != t.X[j]:
		return t.X[i] < t.X[j]
	case t.TX[i] != t.TX[j]:
		return t.TX[i] < t.TX[j]
	}
	return t.T[i] < t.T[j]
}

func (t Table) gaps(i int) float64 {
	if t.Gaps == nil {
		return 0
	}
	return t.Gaps[i]
}

func columns(rows []row, gaps bool) Table {
	n := len(rows)
	all := make([]float64, 4*n)
	u := Table{X: all[:n:n], TX: all[n : 2*n : 2*n], T: all[2*n : 3*n : 3*n], W: all[3*n:]}
	if gaps {
		u.Gaps = make([]float64, n)
	}
	for i, r := range rows {
		u.X[i], u.TX[i], u.T[i], u.W[i] = r.x, r.tx, r.t, r.w
		if gaps {
			u.Gaps[i] = r.gaps
		}
	}
	return u
}

// Scaled returns the table with its times divided by the largest T, and that
// divisor: fitted in [0, 1], a model meets the same numbers whether the user's
// unit is a second or a year. X and W are shared with the receiver. An empty
// table has scale 1.
func (t Table) Scaled() (Table, float64) {
	scale := 0.0
	for _, age := range t.T {
		scale = max(scale, age)
	}
	if scale == 0 {
		return t, 1
	}
	n := t.Len()
	all := make([]float64, 2*n)
	u := Table{X: t.X, TX: all[:n:n], T: all[n:], W: t.W}
	for i := range t.T {
		u.TX[i], u.T[i] = t.TX[i]/scale, t.T[i]/scale
	}
	if t.Gaps != nil { // there are x of them
		u.Gaps = make([]float64, n)
		for i, x := range t.X {
			u.Gaps[i] = t.Gaps[i] - x*math.Log(scale)
		}
	}
	return u, scale
}

// Thin returns about n rows spread evenly over a compressed table, with
// their own weights: a preview on which many starting points can be tried at
// little cost before the whole table is fitted from the best (fit.Problem's
// Preview). A table of at most n rows is returned as it is.
func (t Table) Thin(n int) Table {
	if n <= 0 || t.Len() <= n {
		return t
	}
	rows := make([]row, n)
	for k := range rows {
		i := int((float64(k) + 0.5) * float64(t.Len()) / float64(n))
		rows[k] = row{t.X[i], t.TX[i], t.T[i], t.Weight(i), t.gaps(i)}
	}
	return columns(rows, t.Gaps != nil)
}

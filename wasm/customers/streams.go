package main

import (
	"math"

	"hourglass/core/customers"
	"hourglass/core/orders"
)

// Readers and writers are kept out of line, as those of core/boundary are: inlined they make the module larger, and
// no faster.

// A reader takes the fields of an input stream. misfit is set by the first that is missing or out of its range.
type reader struct {
	in     []float64
	misfit bool
}

// number is 0 where it is absent.
//
//go:noinline
func (r *reader) number() float64 {
	if len(r.in) == 0 {
		r.misfit = true
		return 0
	}
	v := r.in[0]
	r.in = r.in[1:]
	if v != v {
		return 0
	}
	return v
}

// whole is a whole number from low to high, 0 where it is absent.
//
//go:noinline
func (r *reader) whole(low, high float64) int {
	v := r.number()
	if !(v >= low && v <= high) || v != math.Trunc(v) {
		r.misfit = true
		return 0
	}
	return int(v)
}

func (r *reader) truth() bool { return r.whole(0, 1) == 1 }

func (r *reader) text(most float64) string {
	n := r.whole(0, most)
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(r.whole(0, 255))
	}
	return string(out)
}

func (r *reader) day() int32 { return int32(r.whole(-1e6, 1e6)) }

// end is a misfit if anything is left.
func (r *reader) end() { r.misfit = r.misfit || len(r.in) > 0 }

func (r *reader) options() (o orders.Options) {
	for i := range o.Columns {
		o.Columns[i] = r.whole(orders.None, 1e6)
	}
	o.Preset = orders.Preset(r.whole(0, float64(orders.NumPresets-1)))
	o.Header = orders.Header(r.whole(0, float64(orders.HeaderAbsent)))
	o.Delimiter = byte(r.whole(0, 255))
	o.DateOrder = orders.DateOrder(r.whole(0, float64(orders.DayFirst)))
	o.Decimal = byte(r.whole(0, 255))
	o.Zone.Set = r.truth()
	o.Zone.Minutes = int32(r.whole(-1440, 1440))
	o.Now = r.day()
	o.Refunds = orders.RefundRule(r.whole(0, float64(orders.RefundDrop)))
	o.Amounts = orders.AmountKind(r.whole(0, float64(orders.AmountPerLine)))
	o.KeepCancelled = r.truth()
	o.DropZero = r.truth()
	o.MergeDays = int32(r.whole(0, 366))
	o.Currency = r.text(8)
	o.KeepUnpaid = r.truth()
	o.Encoding = orders.Encoding(r.whole(0, float64(orders.NumEncodings-1)))
	for range r.whole(0, 256) {
		o.Statuses = append(o.Statuses, orders.StatusRule{Text: r.text(256), Standing: orders.Standing(r.whole(0, float64(orders.NumStandings-1)))})
	}
	r.end()
	return o
}

func (r *reader) split() (s orders.Split) {
	s.End = r.day()
	s.ObservedTo = r.day()
	s.UnitDays = r.number()
	s.Mean = orders.SpendMean(r.whole(0, float64(orders.MeanAll)))
	r.end()
	return s
}

func (r *reader) terms() (t terms) {
	t.HorizonDays = r.number()
	t.AnnualDiscount = r.number()
	t.Margin = r.number()
	t.Level = r.number()
	t.cost = r.number()
	r.end()
	return t
}

// A writer appends the fields of an answer.
type writer struct{ out []float64 }

//go:noinline
func (w *writer) number(v float64) { w.out = append(w.out, v) }

func (w *writer) numbers(v ...float64) { w.out = append(w.out, v...) }

//go:noinline
func (w *writer) truth(v bool) {
	if v {
		w.number(1)
	} else {
		w.number(0)
	}
}

//go:noinline
func (w *writer) text(b []byte) {
	w.number(float64(len(b)))
	for _, c := range b {
		w.number(float64(c))
	}
}

func (w *writer) texts(list [][]byte) {
	w.number(float64(len(list)))
	for _, b := range list {
		w.text(b)
	}
}

// list writes the length of a column and its entries.
//
//go:noinline
func list[T float64 | uint32 | int32](w *writer, column []T) {
	w.number(float64(len(column)))
	for _, v := range column {
		w.number(float64(v))
	}
}

//go:noinline
func (w *writer) estimate(e customers.Estimate) { w.numbers(e.Value, e.Low, e.High) }

func (w *writer) report(p *orders.Report) {
	w.numbers(float64(p.Status), float64(p.Binary), float64(p.Encoding), float64(p.Bytes), float64(p.Delimiter))
	w.truth(p.HasHeader)
	w.number(float64(p.Preset))
	for _, c := range p.Columns {
		w.number(float64(c))
	}
	w.number(float64(p.Width))
	w.texts(p.Names)
	w.number(float64(len(p.Preview)))
	for _, row := range p.Preview {
		w.texts(row)
	}
	for _, n := range [...]uint64{p.Rows, p.Blank, p.Orders, p.Merged, p.LineItems, p.Duplicates, p.RefundsNetted, p.Zero, p.Recoded} {
		w.number(float64(n))
	}
	w.numbers(p.RefundedAmount, p.RefundExcess, float64(p.Amounts))
	w.numbers(float64(p.DateOrder), float64(p.DateOrderReason))
	w.truth(p.DateAmbiguous)
	w.numbers(float64(p.DependentDates), float64(p.Decimal), float64(p.DecimalReason))
	w.money(p)
	w.numbers(float64(p.Customers), float64(p.FirstDay), float64(p.LastDay), p.Spend)
	w.setAside(p)
	w.understood(p)
}

// understood writes what the columns' roles rest on, the statuses and the questions.
func (w *writer) understood(p *orders.Report) {
	for _, b := range p.Basis {
		w.number(float64(b))
	}
	for _, c := range p.RunnerUp {
		w.number(float64(c))
	}
	w.number(float64(p.Titles))
	w.truth(p.Wrapped)
	for _, n := range p.Fallback {
		w.number(float64(n))
	}
	w.number(float64(len(p.Statuses)))
	for _, s := range p.Statuses {
		w.number(float64(s.Role))
		w.text(s.Text)
		w.numbers(float64(s.Rows), float64(s.Standing))
		w.truth(s.Chosen)
	}
	w.number(float64(p.StatusOverflow))
	w.number(float64(len(p.Questions)))
	for _, q := range p.Questions {
		w.numbers(float64(q.Code), float64(q.Column), float64(q.Other), float64(q.Rows), q.Share)
		w.text(q.Text)
	}
}

func (w *writer) money(p *orders.Report) {
	w.text([]byte(p.Currency))
	w.number(float64(len(p.Currencies)))
	for _, c := range p.Currencies {
		w.text([]byte(c.Code))
		w.number(float64(c.Rows))
	}
	w.number(float64(p.CurrencyOverflow))
	w.truth(p.CurrencyContested)
}

// setAside writes the reasons that rows were set aside for.
func (w *writer) setAside(p *orders.Report) {
	at := len(w.out)
	w.number(0)
	for reason, tally := range p.SetAside {
		if tally.Rows == 0 {
			continue
		}
		w.out[at]++
		w.numbers(float64(reason), float64(tally.Rows), float64(len(tally.Examples)))
		for _, e := range tally.Examples {
			w.number(float64(e.Line))
			w.text(e.Text)
		}
	}
}

func (w *writer) summary(s orders.Summary, b customers.Base) {
	w.numbers(float64(b.Len()), float64(b.Table.Len()), float64(s.Split.End), float64(s.Split.ObservedTo),
		s.Split.UnitDays, float64(s.Split.Mean))
}

func (w *writer) candidate(c *customers.Candidate) {
	r := &c.Result
	w.truth(c.Usable())
	list(w, c.Parameters)
	w.numbers(float64(c.Limit), float64(r.Status), float64(r.Identifiability), r.LogLikelihood, c.AIC, c.BIC, r.Condition)
	list(w, r.StandardErrors)
	w.numbers(r.Gradient, float64(r.Starts), float64(r.Agreed), float64(r.Iterations), float64(r.Evaluations))
}

func (w *writer) choice(c *customers.Choice) {
	for k := range customers.Kinds() {
		w.candidate(c.Candidate(k))
		w.numbers(c.Square[k], c.Total[k])
	}
	w.number(float64(len(c.Cuts)))
	for i := range c.Cuts {
		cut := &c.Cuts[i]
		w.numbers(float64(cut.End), float64(cut.ObservedTo), cut.Customers, cut.Actual)
		for k, t := range cut.Tests {
			w.truth(t.Usable)
			list(w, t.Parameters)
			w.numbers(t.Expected, t.Absolute, t.Square, cut.TotalError(customers.Kind(k)))
		}
	}
	w.numbers(float64(c.Recommended), float64(c.Reason), c.Lead)
}

func (w *writer) spend(f customers.FittedSpend) {
	w.numbers(float64(f.Basis), float64(f.Reason), f.Params.P, f.Params.Q, f.Params.Gamma)
	r, c := f.Fitted.Result, f.Fitted.Correlation
	w.numbers(float64(r.Status), r.LogLikelihood, f.Fitted.Customers, f.Fitted.Aside.ZeroSpend)
	w.truth(c.Defined)
	w.numbers(c.Pearson, c.PearsonP, c.Spearman, c.SpearmanP)
	w.numbers(f.Empirical.Overall, f.Empirical.Within, f.Empirical.Among)
}

func (w *writer) totals(t customers.Totals, n customers.NewCustomer) {
	w.numbers(t.Customers, t.Alive)
	for _, e := range [...]customers.Estimate{t.Orders, t.Spend, t.Value, n.Repeats, n.OrderValue, n.Value, n.Ratio} {
		w.estimate(e)
	}
}

// segments writes, for each segment, its customers, those still there, their past spend, and the orders, money and
// value expected of them.
func (w *writer) segments(s *session) {
	var sums [customers.SegmentCount][6]float64
	for i, part := range s.segments {
		sum, row := &sums[part], s.base.Row[i]
		for k, v := range [...]float64{1, s.scores.Alive[row], s.summary.Spend[i], s.scores.Expected[row],
			s.scores.Expected[row] * s.values.OrderValue[i], s.values.Value[i]} {
			sum[k] += v
		}
	}
	for _, sum := range sums {
		w.numbers(sum[:]...)
	}
}

// What concentration is of.
const (
	ofSpend uint32 = iota
	ofValue
)

func (w *writer) concentration(c customers.Concentration) {
	w.numbers(c.Total, c.Gini, c.TopDecile)
	list(w, c.Deciles[:])
	list(w, c.Curve[:])
	list(w, c.Quantiles[:])
}

// cohorts writes the triangles and, by cohort, the value of its customers, zero before score.
func (w *writer) cohorts(s *session) {
	c := s.log.Cohorts()
	w.numbers(float64(c.First), float64(c.Months), float64(c.Periods))
	list(w, c.Size)
	list(w, c.Active)
	list(w, c.Orders)
	list(w, c.Revenue)
	list(w, customers.CohortValue(c, s.summary.First, s.values.Value))
}

func (w *writer) tracking(t customers.Tracking) {
	w.numbers(float64(t.Start), float64(t.Days), float64(t.Calibration))
	list(w, t.Orders)
	list(w, t.New)
	list(w, t.Repeat)
	list(w, t.Expected)
	p := t.Pattern()
	w.numbers(p.Trend, p.Season)
}

func (w *writer) calibration(c customers.Calibration) {
	list(w, c.Customers)
	list(w, c.Actual)
	list(w, c.Expected)
}

func (w *writer) warnings(list []customers.Warning) {
	w.number(float64(len(list)))
	for _, v := range list {
		w.numbers(float64(v.Code), v.Number)
	}
}

// history writes a customer's orders up to the end of the split and P(alive) on every day since the first.
func (w *writer) history(s *session, row int) {
	c, n := int(s.summary.Customer[row]), int(s.summary.X[row])+1
	days := s.log.Days(c)[:n]
	list(w, days)
	list(w, s.log.Amounts(c)[:n])
	list(w, s.model.Survival(days, s.summary.Split.End))
}

func (w *writer) rows(r customers.Rows) {
	list(w, r.ID)
	list(w, r.Day)
	list(w, r.Amount)
}

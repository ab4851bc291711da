package main

import (
	"hourglass/core/customers"
	"hourglass/core/fit"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
)

// Errands pass between two instances of this module, and nobody else reads them: their streams are written and read here.

// errand gives the next piece of work that another instance can do: a truth, whether there is one, then the errand.
//
//go:wasmexport errand
func errand() uint32 {
	return give(customers.Done, func(w *writer) {
		e, ok := shop.Errand()
		if w.truth(ok); ok {
			writeErrand(w, &e)
		}
	})
}

// do does the errand in the n numbers of reserve, of another instance; the answer is what deliver takes.
//
//go:wasmexport do
func do(n uint32) uint32 {
	r := reader{in: input[:n]}
	e := readErrand(&r)
	if input = nil; !r.done() { // which the errand has copied
		return give(Misfit, nil)
	}
	o := e.Do()
	return give(customers.Done, func(w *writer) { writeOutcome(w, &o) })
}

// deliver takes n numbers as what came of an errand of this instance.
//
//go:wasmexport deliver
func deliver(n uint32) uint32 {
	r := reader{in: input[:n]}
	o := readOutcome(&r)
	if !r.done() {
		return give(Misfit, nil)
	}
	shop.Deliver(o)
	return give(customers.Done, nil)
}

// recall takes all errands back.
//
//go:wasmexport recall
func recall() { shop.Recall() }

// waits is 1 where nothing is left to do of what is due but what is away.
//
//go:wasmexport waits
func waits() uint32 {
	if shop.Waits() {
		return 1
	}
	return 0
}

func writeErrand(w *writer, e *customers.Errand) {
	w.number(e.Serial)
	w.number(float64(e.Work))
	w.number(float64(e.Kind))
	writeFitted(w, e.Simple.Parameters, e.Simple.Limit, &e.Simple.Result)
	t := &e.Table
	for _, column := range [...][]float64{t.X, t.TX, t.T, t.W, t.Gaps} {
		list(w, column)
	}
	if w.truth(e.Model != nil); e.Model == nil {
		return
	}
	m, o := e.Model, e.Options
	w.number(float64(m.Kind))
	w.number(m.UnitDays)
	list(w, m.Parameters)
	list(w, m.Covariance)
	w.number(float64(len(m.Replicates)))
	for _, p := range m.Replicates {
		list(w, p)
	}
	s := &m.Spend
	w.number(float64(s.Basis))
	w.number(float64(s.Mean))
	for _, v := range [...]float64{s.Params.P, s.Params.Q, s.Params.Gamma} {
		w.number(v)
	}
	list(w, s.Covariance[:])
	for _, v := range [...]float64{o.HorizonDays, o.AnnualDiscount, o.Margin, o.Level, e.Season} {
		w.number(v)
	}
}

func readErrand(r *reader) (e customers.Errand) {
	e.Serial, e.Work, e.Kind = r.number(), customers.Stage(r.whole(0, 255)), customers.Kind(r.whole(0, 255))
	e.Simple.Parameters, e.Simple.Limit = readFitted(r, &e.Simple.Result)
	t := &e.Table
	t.X, t.TX, t.T, t.W, t.Gaps = column(r), column(r), column(r), column(r), column(r)
	if !r.truth() {
		return e
	}
	m, o := &customers.Model{}, &e.Options
	e.Model = m
	m.Kind, m.UnitDays, m.Parameters, m.Covariance = customers.Kind(r.whole(0, 255)), r.number(), column(r), column(r)
	for range r.length() {
		m.Replicates = append(m.Replicates, column(r))
	}
	s := &m.Spend
	s.Basis, s.Mean = customers.Basis(r.whole(0, 255)), orders.SpendMean(r.whole(0, 255))
	s.Params = gammagamma.Params{P: r.number(), Q: r.number(), Gamma: r.number()}
	copy(s.Covariance[:], r.numbers())
	o.HorizonDays, o.AnnualDiscount, o.Margin, o.Level, e.Season = r.number(), r.number(), r.number(), r.number(), r.number()
	return e
}

func writeOutcome(w *writer, o *customers.Outcome) {
	w.number(o.Serial)
	writeFitted(w, o.Fitted.Parameters, o.Fitted.Limit, &o.Fitted.Result)
	w.number(float64(len(o.Columns)))
	for _, c := range o.Columns {
		list(w, c)
	}
}

func readOutcome(r *reader) (o customers.Outcome) {
	o.Serial = r.number()
	o.Fitted.Parameters, o.Fitted.Limit = readFitted(r, &o.Fitted.Result)
	for range r.length() {
		o.Columns = append(o.Columns, column(r))
	}
	return o
}

func writeFitted(w *writer, parameters []float64, limit uint8, f *fit.Result) {
	for _, v := range [...]float64{float64(limit), float64(f.Status), float64(f.Identifiability), f.LogLikelihood, f.Gradient, float64(f.Starts),
		float64(f.Agreed), float64(f.Iterations), float64(f.Evaluations), f.Condition} {
		w.number(v)
	}
	for _, c := range [...][]float64{parameters, f.Theta, f.Parameters, f.Hessian, f.Flat, f.ThetaCovariance, f.Covariance, f.StandardErrors} {
		list(w, c)
	}
}

func readFitted(r *reader, f *fit.Result) (parameters []float64, limit uint8) {
	limit = uint8(r.whole(0, 255))
	f.Status, f.Identifiability = fit.Status(r.whole(0, 255)), fit.Identifiability(r.whole(0, 255))
	f.LogLikelihood, f.Gradient = r.number(), r.number()
	for _, n := range [...]*int{&f.Starts, &f.Agreed, &f.Iterations, &f.Evaluations} {
		*n = r.whole(0, 1<<30)
	}
	f.Condition = r.number()
	for _, c := range [...]*[]float64{&parameters, &f.Theta, &f.Parameters, &f.Hessian, &f.Flat, &f.ThetaCovariance, &f.Covariance, &f.StandardErrors} {
		*c = column(r)
	}
	return parameters, limit
}

// column is a list of numbers, none where it is empty.
func column(r *reader) []float64 {
	if c := r.numbers(); len(c) > 0 {
		return c
	}
	return nil
}

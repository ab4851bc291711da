package paretonbd

import (
	"slices"

	"hourglass/core/cbs"
)

// histories are the rows of a table with their dates numbered, so that what
// depends on a date is computed once for all who share it.
type histories struct {
	cbs.Table
	dates     []float64 // every t_x and T, ascending
	last, now []int32   // t_x and T of each row as indices of dates

	// What each writes, kept for the next: the browser's module frees nothing.
	measured  []date
	remaining []mixture
	products  []products // nil where they are not asked for
}

func newHistories(t cbs.Table) histories {
	var times cbs.Times
	h := histories{Table: t}
	h.last, h.now = times.Number(t)
	h.dates = slices.Clone(times.Distinct)
	sort(h.dates)
	rank := make([]int32, len(h.dates)) // of the times as they were numbered
	for k, y := range times.Distinct {
		i, _ := slices.BinarySearch(h.dates, y)
		rank[k] = int32(i)
	}
	for i := range h.last {
		h.last[i], h.now[i] = rank[h.last[i]], rank[h.now[i]]
	}
	h.measured, h.remaining = make([]date, len(h.dates)), make([]mixture, len(h.dates))
	return h
}

// sort is a heap sort: slices.Sort would make the browser's module 2 KB greater.
func sort(x []float64) {
	for i := len(x)/2 - 1; i >= 0; i-- {
		sift(x, i)
	}
	for n := len(x) - 1; n > 0; n-- {
		x[0], x[n] = x[n], x[0]
		sift(x[:n], 0)
	}
}

// sift restores the heap below i.
func sift(x []float64, i int) {
	for {
		child := 2*i + 1
		if child >= len(x) {
			return
		}
		if child+1 < len(x) && x[child] < x[child+1] {
			child++
		}
		if x[i] >= x[child] {
			return
		}
		x[i], x[child] = x[child], x[i]
		i = child
	}
}

// each visits all rows with their fates. Where enough customers of one x share
// dates, their integrals are differences of one that runs from each date to the last:
//
//	L = A(T) + s (F(t_x) - F(T)), F(y) the integral from y to the last date.
//
// No digits are lost in that, because s F(T) <= A(T): even leaving at T at the
// earliest is no more likely than being there at T.
func (p Params) each(h histories, visit func(i int, last, now date, f *fates)) {
	dates, remaining := h.measured, h.remaining
	for k, y := range h.dates {
		dates[k] = p.date(y)
	}
	var f fates // one for all rows: visit makes it escape
	for i := 0; i < h.Len(); {
		x, from := h.X[i], i
		first, end := h.last[i], h.now[i]
		for ; i < h.Len() && h.X[i] == x; i++ {
			first, end = min(first, h.last[i]), max(end, h.now[i])
		}
		shared := 2*(i-from) > int(end-first) && p.accumulate(x, dates[first:end+1], remaining[first:end+1], h.upTo(first, end))
		for j := from; j < i; j++ {
			last, now := dates[h.last[j]], dates[h.now[j]]
			if shared {
				f = fates{leaving: difference(&remaining[h.last[j]], &remaining[h.now[j]])}
				if h.products != nil {
					f.second = h.products[h.last[j]].less(&h.products[h.now[j]], f.leaving.total)
				}
				f.settle(p, -(p.R+x)*now.logAlpha-p.S*now.logBeta, f.leaving.total, p.Beta)
			} else {
				f = p.fatesWith(x, last, now, h.products != nil)
			}
			visit(j, last, now, &f)
		}
	}
}

// upTo are the products of a range of dates, nil where they are not asked for.
func (h histories) upTo(first, end int32) []products {
	if h.products == nil {
		return nil
	}
	return h.products[first : end+1]
}

// accumulate writes the integrals of f from each date to the last, means not yet
// divided by the total. It reports false, writing nothing of use, if the dates are
// too far apart for that or f comes near to underflow.
func (p Params) accumulate(x float64, dates []date, remaining []mixture, second []products) bool {
	end := dates[len(dates)-1]
	if (p.R+x)*end.logAlpha+(p.S+1)*end.logBeta > 600 {
		return false
	}
	k := kernel{p: p.R + x, q: p.S + 1, a: p.Alpha, b: p.Beta}
	swap := k.a > k.b
	if swap {
		k = kernel{p: k.q, q: k.p, a: k.b, b: k.a}
	}
	remaining[len(dates)-1] = mixture{}
	var sum products
	if second != nil {
		second[len(dates)-1] = sum
		k.second = &sum
	}
	for i := len(dates) - 2; i >= 0; i-- {
		from, to := dates[i], dates[i+1]
		if swap {
			from.logAlpha, from.logBeta, to.logAlpha, to.logBeta = from.logBeta, from.logAlpha, to.logBeta, to.logAlpha
		}
		width := to.logAlpha - from.logAlpha
		if width > panelWidth || k.p*width+k.q*(to.logBeta-from.logBeta) > panelDrop {
			return false
		}
		k.panel(from.y, to.y, from.logAlpha, from.logBeta, to.logAlpha, to.logBeta)
		remaining[i] = k.sum
		if swap {
			remaining[i] = k.sum.swapped()
		}
		if second != nil {
			second[i] = sum
			if swap {
				second[i] = sum.swapped()
			}
		}
	}
	return true
}

// difference returns the mixture over what a has more than b.
func difference(a, b *mixture) mixture {
	total := a.total - b.total
	if !(total > 0) {
		return mixture{}
	}
	return mixture{
		total:  total,
		logA:   (a.logA - b.logA) / total,
		logB:   (a.logB - b.logB) / total,
		shareA: (a.shareA - b.shareA) / total,
		shareB: (a.shareB - b.shareB) / total,
	}
}

// less returns the means over what has this total more than b.
func (s *products) less(b *products, total float64) (out products) {
	if !(total > 0) {
		return out
	}
	for i := range s {
		out[i] = (s[i] - b[i]) / total
	}
	return out
}

package gammagamma

import (
	"math"

	"hourglass/core/special"
)

// A Correlation tells whether frequency and spend are related, which the model
// assumes they are not (FHL05 report 0.11 for CDNOW and go on).
type Correlation struct {
	Pearson, PearsonP   float64 // coefficient and two-sided p-value
	Spearman, SpearmanP float64 // the same of the ranks
	Customers           float64 // that they rest on
	Defined             bool    // false, and the rest zero, where x or the spend does not vary or customers are fewer than 3
}

// Correlate returns the correlation of X with Mean over rows that Screen has
// passed, a row of weight w counting as w customers.
//
// Both p-values take t = r sqrt((n-2)/(1-r^2)) as Student's t with n-2 degrees
// of freedom. A warning on reading them: even where the model holds, the mean of
// many orders varies less than that of one, and the skewness that goes with
// it moves the median. The ranks feel that; the expectation of Pearson's coefficient
// is zero all the same, but a few large spends decide its value. Depend has neither
// fault. And with many customers every trifle is significant: look at the size first.
func (t Table) Correlate() Correlation {
	n := t.Customers()
	pearson, defined := t.pearson(t.X, t.Mean)
	if !defined || !(n > 2) {
		return Correlation{}
	}
	spearman, _ := t.pearson(t.ranks(t.X), t.ranks(t.Mean))
	return Correlation{pearson, correlationP(pearson, n), spearman, correlationP(spearman, n), n, true}
}

// pearson returns the weighted correlation coefficient of two columns; false
// where one of them does not vary.
func (t Table) pearson(a, b []float64) (float64, bool) {
	n, meanA, meanB, scaleA, scaleB := t.Customers(), 0.0, 0.0, 0.0, 0.0
	for i := range a {
		w := t.Weight(i) / n
		meanA += w * a[i]
		meanB += w * b[i]
	}
	for i := range a { // the deviations are scaled lest their squares overflow
		scaleA = max(scaleA, math.Abs(a[i]-meanA))
		scaleB = max(scaleB, math.Abs(b[i]-meanB))
	}
	if !(scaleA > 1e-14*math.Abs(meanA) && scaleB > 1e-14*math.Abs(meanB)) {
		return 0, false
	}
	var aa, bb, ab float64
	for i := range a {
		w := t.Weight(i) / n
		da, db := (a[i]-meanA)/scaleA, (b[i]-meanB)/scaleB
		aa += w * da * da
		bb += w * db * db
		ab += w * da * db
	}
	return max(-1, min(1, ab/math.Sqrt(aa)/math.Sqrt(bb))), true
}

// ranks returns the rank of each row's value among the customers; values that are
// equal but for rounding, as means of the same amounts are, share the mean of
// their ranks.
func (t Table) ranks(values []float64) []float64 {
	index := ascending(len(values), func(i, j int) bool { return values[i] < values[j] })
	ranks := make([]float64, len(values))
	below := 0.0
	for from := 0; from < len(index); {
		to, tied := from, 0.0
		for ; to < len(index) && values[index[to]] <= values[index[from]]*(1+sameSpend); to++ {
			tied += t.Weight(index[to])
		}
		for _, i := range index[from:to] {
			ranks[i] = below + 0.5*(tied+1)
		}
		below += tied
		from = to
	}
	return ranks
}

// correlationP returns P(|T| > t) for Student's t with n-2 degrees of freedom,
// which is I_(1-r^2)((n-2)/2, 1/2) (DLMF 8.17; A&S 26.5.27 with 26.7.1).
func correlationP(r, n float64) float64 {
	return special.BetaCDF((1-r)*(1+r), 0.5*(n-2), 0.5)
}

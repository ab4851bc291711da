package bgbb

import (
	"math"
	"slices"

	"hourglass/core/cbs"
)

// Longest is the greatest number of opportunities in a history, and in a horizon
// that is summed term by term.
const Longest = 1 << 20

// A Code names what is wrong with a table.
type Code uint8

// The faults of a table.
const (
	Valid            Code = iota
	BadTable              // see Fault.Table
	NotWhole              // T or TX is not a whole number
	TooLong               // T > Longest
	TooManyPurchases      // X > TX: more purchases than opportunities
)

var codeNames = [...]string{"valid", "bad_table", "not_whole", "too_long", "too_many_purchases"}

// String returns the code's name on the wire, empty for an unknown code.
func (c Code) String() string {
	if int(c) >= len(codeNames) {
		return ""
	}
	return codeNames[c]
}

// A Fault is the first thing wrong with a table: Code is Valid when nothing is.
type Fault struct {
	Code  Code
	Row   int // zero-based
	Table cbs.Fault
}

// Check returns the first fault of a table whose X counts purchases, whose TX is the
// opportunity of the last one and whose T the number of opportunities observed.
func Check(t cbs.Table) Fault {
	if fault := t.Validate(); fault.Code != cbs.Valid {
		return Fault{BadTable, fault.Row, fault}
	}
	for i, n := range t.T {
		switch {
		case n != math.Floor(n) || t.TX[i] != math.Floor(t.TX[i]):
			return Fault{Code: NotWhole, Row: i}
		case n > Longest:
			return Fault{Code: TooLong, Row: i}
		case t.X[i] > t.TX[i]:
			return Fault{Code: TooManyPurchases, Row: i}
		}
	}
	return Fault{}
}

// A Gradient holds the derivatives of a log-likelihood by the logarithms of the
// parameters.
type Gradient struct{ Alpha, Beta, Gamma, Delta float64 }

func (g *Gradient) add(w float64, h Gradient) {
	g.Alpha += w * h.Alpha
	g.Beta += w * h.Beta
	g.Gamma += w * h.Gamma
	g.Delta += w * h.Delta
}

// LogLikelihood returns the log-likelihood of a table (FHS10 eq. 6) and its
// derivatives. Zero for invalid parameters or a faulty table. Its cost is the
// number of opportunities for each pair of x and n, provided that rows are
// in the order that Fit puts them in; else for each row.
func (p Params) LogLikelihood(t cbs.Table) (float64, Gradient) {
	if !p.Valid() || Check(t).Code != Valid {
		return 0, Gradient{}
	}
	return p.logLikelihood(t)
}

// logLikelihood needs a table that passes Check.
//
// The terms of FHS10 eq. 5 are the probabilities that the customer, having bought
// x times, was there until opportunity j and then left, for j = tx .. n-1, or
// is there at n. They depend on x and j alone: rows of one x and n share them, and
// the sum for one tx continues the sum for a later one.
func (p Params) logLikelihood(t cbs.Table) (float64, Gradient) {
	if t.Len() == 0 {
		return 0, Gradient{}
	}
	ll, g := 0.0, Gradient{}
	terms := p.terms(int(slices.Max(t.T)))
	var s sum
	for i := t.Len() - 1; i >= 0; i-- {
		x, tx, n := int(t.X[i]), int(t.TX[i]), int(t.T[i])
		if x != s.x || n != s.n || tx > s.from {
			s = terms.there(x, n)
		}
		for s.from > tx {
			terms.orLeft(&s)
		}
		w := t.Weight(i)
		ll += w * s.log
		g.add(w, s.Gradient)
	}
	return ll, g
}

// Steps is what one likelihood of a table costs, which Fit asks for some hundred times: the number of opportunities for
// each pair of x and n.
func Steps(t cbs.Table) (steps float64) {
	u := arrange(t.Compress())
	if u.Len() == 0 {
		return 0
	}
	for i, n := range u.T {
		if i == 0 || u.X[i] != u.X[i-1] || n != u.T[i-1] {
			steps += n
		}
	}
	return steps + slices.Max(u.T)
}

// arrange sorts a compressed table by x, T and TX, as logLikelihood likes it best.
func arrange(t cbs.Table) cbs.Table {
	index := make([]int, t.Len())
	for i := range index {
		index[i] = i
	}
	slices.SortFunc(index, func(i, j int) int {
		for _, column := range [...][]float64{t.X, t.T, t.TX} {
			if d := column[i] - column[j]; d < 0 {
				return -1
			} else if d > 0 {
				return 1
			}
		}
		return 0
	})
	var u cbs.Table
	for _, i := range index {
		u.X, u.TX = append(u.X, t.X[i]), append(u.TX, t.TX[i])
		u.T, u.W = append(u.T, t.T[i]), append(u.W, t.Weight(i))
	}
	return u
}

// terms hold, for k = 0, 1, ..., the logarithms of products of k factors and their
// derivatives by the logarithms of the parameters. Dividing the factors by
// alpha+beta keeps them of the order of 1 when both grow without bound.
type terms struct {
	p               Params
	bought, skipped []product // of (alpha+i)/(alpha+beta), (beta+i)/(alpha+beta)
	chances         []product // of (alpha+beta+i)/(alpha+beta); slope is the sum of 1/(alpha+beta+i)
	stayed          []step    // of (delta+i)/(gamma+delta+i)
	left            []step    // not a product: gamma/(gamma+delta+k) alone
}

type product struct{ log, slope float64 }

type step struct{ log, byGamma, byDelta float64 }

func (p Params) terms(n int) *terms {
	products, steps := make([]product, 3*(n+1)), make([]step, 2*(n+1))
	t := &terms{p, products[:n+1], products[n+1 : 2*n+2], products[2*n+2:], steps[:n+1], steps[n+1:]}
	ab, gd := p.Alpha+p.Beta, p.Gamma+p.Delta
	for k := range n {
		i := float64(k)
		t.bought[k+1] = product{t.bought[k].log + math.Log((p.Alpha+i)/ab), t.bought[k].slope + p.Alpha/(p.Alpha+i)}
		t.skipped[k+1] = product{t.skipped[k].log + math.Log((p.Beta+i)/ab), t.skipped[k].slope + p.Beta/(p.Beta+i)}
		t.chances[k+1] = product{t.chances[k].log + math.Log1p(i/ab), t.chances[k].slope + 1/(ab+i)}
		stay, leave := p.Delta+i, p.Gamma/(gd+i)
		s := t.stayed[k]
		t.stayed[k+1] = step{s.log + logShare(stay, p.Gamma), s.byGamma - leave, s.byDelta + leave*(p.Delta/stay)}
		t.left[k] = step{logShare(p.Gamma, stay), stay / (gd + i), -p.Delta / (gd + i)}
	}
	return t
}

// logShare returns log(u/(u+v)), exact also where that is near zero.
func logShare(u, v float64) float64 {
	if u > v {
		return -math.Log1p(v / u)
	}
	return math.Log(u / (u + v))
}

// A sum is the logarithm of the terms from one opportunity on, with its derivatives.
type sum struct {
	x, n, from int
	log        float64
	Gradient
}

// there is the term of a customer who is there after j opportunities, at x of which
// they bought: B(alpha+x, beta+j-x)/B(alpha, beta) B(gamma, delta+j)/B(gamma, delta).
func (t *terms) there(x, j int) sum {
	b, s, c, d := t.bought[x], t.skipped[j-x], t.chances[j], t.stayed[j]
	return sum{x, j, j, b.log + s.log - c.log + d.log, Gradient{
		b.slope - t.p.Alpha*c.slope, s.slope - t.p.Beta*c.slope, d.byGamma, d.byDelta,
	}}
}

// orLeft adds the term of a customer who left after one opportunity less than
// the sum's first: B(gamma+1, delta+j) in place of B(gamma, delta+j).
func (t *terms) orLeft(s *sum) {
	s.from--
	left, then := t.there(s.x, s.from), t.left[s.from]
	left.log += then.log
	left.Gamma += then.byGamma
	left.Delta += then.byDelta
	// log(e^left + e^s) and the share of left in it
	share := 1 / (1 + math.Exp(s.log-left.log))
	if left.log > s.log {
		s.log = left.log - math.Log(share)
	} else {
		s.log -= math.Log1p(-share)
	}
	rest := s.Gradient
	s.Gradient = Gradient{}
	s.add(share, left.Gradient)
	s.add(1-share, rest)
}

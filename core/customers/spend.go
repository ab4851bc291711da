package customers

import (
	"math"

	"hourglass/core/fit"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
)

// A Basis says what the spend model rests on.
type Basis uint8

// The bases. Their numbers are part of the model file.
const (
	NoSpend    Basis = iota // no customer has paid anything: orders are counted, money is zero
	Likelihood              // Gamma-Gamma at the maximum of its likelihood
	Moments                 // Gamma-Gamma with the moments of the data: its expectations are
	// those of credibility theory, which hold whatever the distribution
)

var basisNames = [...]string{"none", "likelihood", "moments"}

// String returns the basis's name on the wire, empty for an unknown basis.
func (b Basis) String() string { return name(basisNames[:], int(b)) }

// A SpendReason says why the spend model rests on what it does.
type SpendReason uint8

// The reasons.
const (
	SpendHolds      SpendReason = iota // no assumption of the Gamma-Gamma model is seen to fail
	SpendNoAmounts                     // nobody has paid anything
	SpendCorrelated                    // who orders more often spends more, or less, per order
	SpendTail                          // q may be 1 or less, or the likelihood's mean spend is not that of the data: a few customers decide it
	SpendZero                          // too many orders of amount zero
	SpendNoMaximum                     // the likelihood has no maximum
)

var spendReasonNames = [...]string{"holds", "no_amounts", "correlated", "infinite_mean", "zero_amounts", "no_maximum"}

// String returns the reason's name on the wire, empty for an unknown reason.
func (r SpendReason) String() string { return name(spendReasonNames[:], int(r)) }

// Spend is a model of what an order is worth.
type Spend struct {
	Basis      Basis
	Params     gammagamma.Params
	Covariance [9]float64       // of the logarithms of p, q, gamma, row-major; zero when unknown
	Mean       orders.SpendMean // over which orders a customer's mean spend is taken
}

// A FittedSpend is a Spend and the evidence for it.
type FittedSpend struct {
	Spend
	Reason    SpendReason
	Fitted    gammagamma.Fitted // by likelihood, whether chosen or not
	Empirical gammagamma.Credibility
}

const (
	dependent = 0.2  // elasticity of spend by frequency that is no trifle: twice the orders, 15 % more for each
	certain   = 0.01 // p-value of what is believed: with the size asked for besides, so that a large shop is not told of trifles
	manyZeros = 0.05 // share of customers whose mean spend is zero: fewer take less than a twentieth off the mean, within its own error
	meanOff   = 1.2  // a model whose mean order is off by more than a fifth is not one of these orders
	far       = 1e12 // a shape whose own variation is nothing
)

// FitSpend fits what the customers of a summary spend per order, by the convention of its split. step may be nil.
func FitSpend(s orders.Summary, step func(fit.Progress) bool) FittedSpend {
	return fitSpend(gammagamma.Table{X: counted(s.X, s.Split.Mean), Mean: s.Mean, Within: within(s)}, s.Split.Mean, step)
}

// fitSpend is FitSpend of a table, weighted or not, of means by a convention.
func fitSpend(t gammagamma.Table, mean orders.SpendMean, step func(fit.Progress) bool) FittedSpend {
	f := FittedSpend{Fitted: gammagamma.Fit(t, step), Empirical: gammagamma.Empirical(t)}
	f.Mean = mean
	f.Reason = f.reason()
	switch {
	case f.Reason == SpendNoAmounts:
		return f
	case f.Reason == SpendHolds:
		f.Basis, f.Params = Likelihood, f.Fitted.Params
		if len(f.Fitted.Result.ThetaCovariance) == 9 {
			copy(f.Covariance[:], f.Fitted.Result.ThetaCovariance)
		}
	default:
		f.Basis, f.Params = Moments, moments(f.Empirical)
		f.Covariance[8] = meanError(t, f.Empirical)
	}
	return f
}

// within returns the variance of single orders around their customers' means, zero where the summary does not tell.
func within(s orders.Summary) float64 {
	squares, freedom := 0.0, 0.0
	for i, square := range s.Squares {
		squares += square
		freedom += s.X[i]
	}
	return finite(ratio(squares, freedom))
}

// counted returns the number of orders that the mean spend is taken over.
func counted(x []float64, convention orders.SpendMean) []float64 {
	if convention == orders.MeanRepeat {
		return x
	}
	all := make([]float64, len(x))
	for i := range x {
		all[i] = x[i] + 1
	}
	return all
}

func (f FittedSpend) reason() SpendReason {
	d := f.Fitted.Dependence
	switch {
	case !(f.Empirical.Overall > 0):
		return SpendNoAmounts
	case f.Fitted.Aside.ZeroSpend > manyZeros*(f.Fitted.Customers+f.Fitted.Aside.ZeroSpend):
		return SpendZero
	case f.Fitted.Result.Status != fit.Converged || !f.Fitted.Params.Valid():
		return SpendNoMaximum
	case f.Fitted.Tail != gammagamma.FiniteMean:
		return SpendTail
	case d.Defined && math.Abs(d.Elasticity) > dependent && d.P < certain:
		return SpendCorrelated
	}
	mean, _ := f.Fitted.Params.Spend(0, 0)
	if off := mean / f.Empirical.Overall; !(off < meanOff && off > 1/meanOff) {
		return SpendTail
	}
	return SpendHolds
}

// moments returns the Gamma-Gamma model with the mean and variances of a
// Credibility: Among = E[M]^2/(q-2), Within = E[M^2]/p. Its expected spend,
// p (gamma + x z)/(p x + q - 1), is Credibility's, as Within/Among = (q-1)/p.
func moments(c gammagamma.Credibility) gammagamma.Params {
	q := 2 + min(far, c.Overall*c.Overall/c.Among)
	p := min(far, (c.Overall*c.Overall+c.Among)/c.Within)
	if c.Among == 0 {
		p = min(p, 1e-6*far) // so that q outweighs p x, and nobody's own mean counts
	}
	return gammagamma.Params{P: p, Q: q, Gamma: c.Overall * (q - 1) / p}
}

// meanError returns the squared relative standard error of Credibility's overall
// mean, whose weights are the inverse variances Among + Within/x.
func meanError(t gammagamma.Table, c gammagamma.Credibility) float64 {
	precision := 0.0
	for i, x := range t.X {
		if v := c.Among + c.Within/x; x > 0 && v > 0 {
			precision += t.Weight(i) * c.Overall * c.Overall / v
		}
	}
	if !(precision > 0) {
		return 0
	}
	return 1 / precision
}

// orderValue returns what a customer's future orders are worth each, expected.
func (s Spend) orderValue(x, mean float64) float64 {
	if s.Basis == NoSpend {
		return 0
	}
	v, _ := s.Params.Spend(s.orders(x), mean)
	return v
}

// newcomer returns what the orders of someone of whom no order is known are worth
// each, expected.
func (s Spend) newcomer() float64 {
	if s.Basis == NoSpend {
		return 0
	}
	v, _ := s.Params.Spend(0, 0)
	return v
}

// orders is the number of orders behind a customer's mean spend.
func (s Spend) orders(x float64) float64 {
	if s.Mean == orders.MeanAll {
		return x + 1
	}
	return x
}

// shape and rate of the customer's own rate of spending nu given their past, which
// is a gamma variable (FHL05): what n orders are worth together is then rate times
// a beta-prime variable of shapes p n and shape.
func (s Spend) shape(x float64) float64 { return s.Params.P*s.orders(x) + s.Params.Q }

func (s Spend) rate(x, mean float64) float64 {
	if n := s.orders(x); n > 0 {
		return s.Params.Gamma + n*mean
	}
	return s.Params.Gamma
}

// valid reports whether the model can be scored with.
func (s Spend) valid() bool {
	for _, c := range s.Covariance {
		if !(math.Abs(c) <= math.MaxFloat64) {
			return false
		}
	}
	if s.Basis == NoSpend {
		return s.Mean <= orders.MeanAll && s.Params == (gammagamma.Params{})
	}
	return s.Mean <= orders.MeanAll && s.Basis <= Moments && reasonable(s.Params.P, s.Params.Q, s.Params.Gamma)
}

// points returns parameters that stand for the uncertainty of the spend.
func (s Spend) points() []Spend {
	var out []Spend
	for _, p := range points([]float64{s.Params.P, s.Params.Q, s.Params.Gamma}, s.padded()) {
		q := s
		q.Params = gammagamma.Params{P: p[0], Q: p[1], Gamma: p[2]}
		out = append(out, q)
	}
	return out
}

// padded is the covariance with a trifle on its diagonal, for parameters that
// are held fixed; all zero stays zero.
func (s Spend) padded() []float64 {
	c := s.Covariance
	trifle := 1e-12 * max(c[0], c[4], c[8])
	for i := 0; i < 9; i += 4 {
		c[i] += trifle
	}
	return c[:]
}

package customers

import (
	"math"

	"hourglass/core/fit"
	"hourglass/core/notice"
	"hourglass/core/orders"
)

// A Code names what the data cannot tell, or the model does not know. It goes by the name, and has the words, of a notice.
type Code uint8

// The warnings; Warning.Number is what stands behind the colon.
const (
	TooFewRepeats      Code = iota // few customers ever came back: their number
	ShortHistory                   // observed for hardly longer than the time between two orders: the ratio
	NoFullYear                     // a season would not show: days of data
	NotConverged                   // the search for the parameters was cut short: fit.Status
	AtLimit                        // the data call for a simpler model: Candidate.Limit
	WeaklyIdentified               // some parameters are hardly known: the largest relative standard error
	AliveWithoutRepeat             // the model takes every one-time buyer for alive: their share
	TrendUnknown                   // orders rise or fall against the model: Pattern.Trend
	SeasonUnknown                  // orders come and go with the year: Pattern.Season
	MissesHoldout                  // the total of the backtest is off: the mean relative error
	FarHorizon                     // the horizon is longer than the data: their ratio
	SpendAmounts                   // no amounts: money is zero
	SpendRelated                   // frequency and spend are correlated: the coefficient
	SpendByMoments                 // the Gamma-Gamma model does not hold: the SpendReason
	FewSpenders                    // the spend rests on customers too few, or too unlike, for a sure mean: their number
	FirstOrdersOnly                // nobody ordered again: what an order is worth is taken from first orders
	Codes                          // how many there are
)

var notices = [...]notice.Code{notice.FewRepeats, notice.ShortHistory, notice.NoFullYear, notice.NotConverged, notice.LimitingModel,
	notice.WeaklyIdentified, notice.NeverReturnedAlive, notice.Trend, notice.Season, notice.MissesHoldout, notice.FarHorizon,
	notice.NoAmounts, notice.SpendFollowsFrequency, notice.SpendByMoments, notice.FewSpenders, notice.FirstOrdersOnly}

// Notice is the code among those of all calculations.
func (c Code) Notice() notice.Code { return notices[c] }

// String returns the code's name on the wire, empty for an unknown code.
func (c Code) String() string {
	if c >= Codes {
		return ""
	}
	return c.Notice().String()
}

// A Warning qualifies results.
type Warning struct {
	Code   Code
	Number float64
}

// String is the warning in words: what was seen, and what to do.
func (w Warning) String() string {
	return notice.Notice{Code: w.Code.Notice(), Limit: w.Number}.String()
}

const (
	fewRepeats = 50
	shortAge   = 3    // typical times between orders
	largeMiss  = 0.25 // of the total, in the backtest

	uncertainSpend = 0.15 // relative standard error of the mean order: a 95 % interval of 30 % either way
)

// Warnings lists what to know before relying on a model. The tracking may be the zero
// value, and the choice's cuts empty.
func Warnings(c *Choice, s orders.Summary, spend FittedSpend, t Tracking, o Options) []Warning {
	var w warnings
	repeaters := w.history(s, o)
	w.fit(c, s)
	p := t.Pattern()
	w.when(p.Trend != 0, TrendUnknown, p.Trend)
	w.when(p.Season != 0, SeasonUnknown, p.Season)
	if miss := c.total(c.Recommended); c.Reason != NoneUsable {
		w.when(miss > largeMiss, MissesHoldout, miss)
	}
	w.spend(spend)
	w.when(repeaters == 0 && spend.Basis != NoSpend, FirstOrdersOnly, 0)
	return w
}

type warnings []Warning

// when adds a warning that applies, its number kept finite.
func (w *warnings) when(applies bool, code Code, number float64) {
	if applies {
		if !(math.Abs(number) <= math.MaxFloat64) {
			number = 0
		}
		*w = append(*w, Warning{code, number})
	}
}

// history returns how many customers ever came back.
func (w *warnings) history(s orders.Summary, o Options) (repeaters float64) {
	var orders, time, oldest float64
	for i, x := range s.X {
		if x > 0 {
			repeaters++
			orders += x
			time += s.TX[i]
		}
		oldest = max(oldest, s.T[i])
	}
	days := oldest * s.Split.UnitDays
	w.when(repeaters < fewRepeats, TooFewRepeats, repeaters)
	w.when(oldest*orders < shortAge*time, ShortHistory, ratio(oldest*orders, time))
	w.when(days < DaysPerYear-1, NoFullYear, days)
	w.when(o.HorizonDays > days, FarHorizon, ratio(o.HorizonDays, days))
	return repeaters
}

func (w *warnings) fit(c *Choice, s orders.Summary) {
	best := c.Best()
	status := best.Result.Status
	w.when(c.Reason == NoneUsable || status == fit.MaxIterations, NotConverged, float64(status))
	w.when(status == fit.Boundary || status == fit.NotIdentified, AtLimit, float64(best.Limit))
	if best.Result.Identifiability == fit.Weak {
		w.when(true, WeaklyIdentified, best.Result.LargestError())
	}
	if c.Reason != NoneUsable && best.Kind.Model().Immortal {
		once := 0.0
		for _, x := range s.X {
			if x == 0 {
				once++
			}
		}
		w.when(once > 0, AliveWithoutRepeat, once/float64(len(s.X)))
	}
}

func (w *warnings) spend(f FittedSpend) {
	w.when(f.Reason == SpendNoAmounts, SpendAmounts, 0)
	w.when(f.Reason == SpendCorrelated, SpendRelated, f.Fitted.Correlation.Pearson)
	w.when(f.Reason == SpendTail || f.Reason == SpendZero || f.Reason == SpendNoMaximum, SpendByMoments, float64(f.Reason))
	hardly := f.Fitted.Customers < fewRepeats || f.noise() > uncertainSpend*uncertainSpend
	w.when(f.Basis != NoSpend && hardly, FewSpenders, f.Fitted.Customers)
}

package customers

import (
	"math"
	"slices"

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
	MissesHoldout                  // earlier forecasts of the total were off by so much that the range is wide: the relative error
	FarHorizon                     // the horizon is longer than the data: their ratio
	SpendAmounts                   // no amounts: money is zero
	SpendRelated                   // frequency and spend are correlated: the coefficient
	SpendByMoments                 // the Gamma-Gamma model does not hold: the SpendReason
	FewSpenders                    // the spend rests on customers too few, or too unlike, for a sure mean: their number
	FirstOrdersOnly                // nobody ordered again: what an order is worth is taken from first orders
	TooLittle                      // the log does not carry a forecast so far ahead: the days that it carries, 0 for none
	Unchecked                      // too few earlier forecasts over the same time could be checked: how many
	LikeSubscription               // the gaps between orders hardly vary: k
	OneGiant                       // one customer is most of the revenue or of the value: their share
	Codes                          // how many there are
)

var notices = [...]notice.Code{notice.FewRepeats, notice.ShortHistory, notice.NoFullYear, notice.NotConverged, notice.LimitingModel,
	notice.WeaklyIdentified, notice.NeverReturnedAlive, notice.Trend, notice.Season, notice.MissesHoldout, notice.FarHorizon,
	notice.NoAmounts, notice.SpendFollowsFrequency, notice.SpendByMoments, notice.FewSpenders, notice.FirstOrdersOnly,
	notice.TooLittle, notice.Unchecked, notice.LikeSubscription, notice.OneGiant}

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
	// Of n customers who came back the number alone has a relative standard error of 1/sqrt(n): 14 % of 50, so that a total is off by 28 %
	// either way at 95 %, before the model is asked.
	fewRepeats = 50

	// Mean times between orders. Who orders at the mean rate is silent for so long in one of twenty cases (e^-3), so that a shorter file hardly
	// tells those who left from those who wait.
	shortAge = 3

	uncertainSpend = 0.15 // relative standard error of the mean order: a 95 % interval of 30 % either way
)

// Warnings lists what to know before relying on a model. The tracking may be the zero
// value, and the choice's cuts empty.
func Warnings(c *Choice, s orders.Summary, spend FittedSpend, t Tracking, o Options) []Warning {
	w := make(warnings, 0, Codes) // each at most once
	repeaters := w.history(s, o)
	w.fit(c, s)
	p := t.Pattern()
	w.when(p.Trend != 0, TrendUnknown, p.Trend)
	w.when(p.Season != 0, SeasonUnknown, p.Season)
	w.spend(spend)
	w.when(repeaters == 0 && spend.Basis != NoSpend, FirstOrdersOnly, 0)
	if Longest(s) == 0 { // no forecast of any length: what qualifies one has nothing to qualify
		w = slices.DeleteFunc(w, func(one Warning) bool { return slices.Contains(ofForecasts[:], one.Code) })
	}
	return w
}

// warningsOfFile lists what to know before relying on a model from a file. What it was learned from is another log, of which the file
// tells the time and how many orders it had: how few came back in the log that is scored, or how short that is, qualifies no parameter.
func warningsOfFile(m *Model, s orders.Summary, t Tracking, o Options) warnings {
	w := make(warnings, 0, Codes)
	days, longest := float64(m.Last-m.First), Longest(s)
	w.when(o.HorizonDays > longest, TooLittle, longest)
	w.when(days < DaysPerYear-1, NoFullYear, days)
	w.when(o.HorizonDays >= notablyLonger*days && o.HorizonDays <= longest, FarHorizon, ratio(o.HorizonDays, days))
	w.process(m.Kind, m.Parameters, s)
	p := t.Pattern()
	w.when(p.Trend != 0, TrendUnknown, p.Trend)
	w.when(p.Season != 0, SeasonUnknown, p.Season)
	w.when(m.Spend.Basis == NoSpend, SpendAmounts, 0)
	w.when(m.Orders == m.Customers && m.Spend.Basis != NoSpend, FirstOrdersOnly, 0)
	if longest == 0 {
		w = slices.DeleteFunc(w, func(one Warning) bool { return slices.Contains(ofForecasts[:], one.Code) })
	}
	return w
}

// ofForecasts are the warnings that qualify one.
var ofForecasts = [...]Code{ShortHistory, NoFullYear, AtLimit, WeaklyIdentified, AliveWithoutRepeat, TrendUnknown, SeasonUnknown}

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
	longest := Longest(s)
	w.when(o.HorizonDays > longest, TooLittle, longest) // first: there is no total to qualify
	w.when(repeaters < fewRepeats, TooFewRepeats, repeaters)
	w.when(oldest*orders < shortAge*time, ShortHistory, ratio(oldest*orders, time))
	w.when(days < DaysPerYear-1, NoFullYear, days)
	w.when(o.HorizonDays >= notablyLonger*days && o.HorizonDays <= longest, FarHorizon, ratio(o.HorizonDays, days))
	return repeaters
}

// notablyLonger is from when on a horizon is called longer than the data: a year ahead of a file of a year, whose last day is day 364, is not.
const notablyLonger = 1.05

// What a forecast takes at least. A range is then still wide; with less even its width is a guess.
const (
	leastRepeaters = 10 // customers who ordered again: of fewer the number alone is off by a third (1/sqrt(10)), and so is every rate
	leastDays      = 28 // from the first order to the end: four of each day of the week, the shortest cycle of a shop
	timesAhead     = 4  // days ahead for one looked back on: an error of the rate of leaving grows with their ratio, and no shop was tried beyond
)

// Longest returns the longest time in days that a forecast from the summary can look ahead, 0 for none at all.
func Longest(s orders.Summary) float64 {
	repeaters, oldest := 0, 0.0
	for i, x := range s.X {
		if x > 0 {
			repeaters++
		}
		oldest = max(oldest, s.T[i])
	}
	return longest(repeaters, oldest*s.Split.UnitDays)
}

// TooShort reports whether the data cover less time than any forecast takes. How often somebody orders is then a guess for each single
// customer too: of two days of a shop it came to 335 orders a year.
func TooShort(s orders.Summary) bool {
	oldest := 0.0
	for _, t := range s.T {
		oldest = max(oldest, t)
	}
	return oldest*s.Split.UnitDays < leastDays
}

func longest(repeaters int, days float64) float64 {
	if repeaters >= leastRepeaters && days >= leastDays {
		return math.Floor(timesAhead * days)
	}
	return 0
}

// A giant is a customer who is more than this share of the revenue or of the value of all: what the shop brings is then mostly whether this one
// stays, and no law of many applies. Of fewer than ten customers one of them often is half by chance.
const (
	giant      = 0.5
	giantAmong = 10
)

// giant tells of a customer on whom the totals rest. Where no forecast is carried, the value of all may be a trifle, most of which is of who ordered
// on the last day.
func (w *warnings) giant(a *Answer) {
	if a.Base.Len() < giantAmong {
		return
	}
	share := largestShare(a.Summary.Spend)
	if a.Answerable() {
		share = max(share, largestShare(a.Worth))
	}
	w.when(share > giant, OneGiant, share)
}

func largestShare(values []float64) float64 {
	total, most := 0.0, 0.0
	for _, v := range values {
		total += v
		most = max(most, v)
	}
	return ratio(most, total)
}

// wide is the factor by which an end of the 95 % range is off the total from which the total is not to be planned on: with a third of the orders
// missing, or half as many again, stock and staff are others. It is the range of a forecast that was off by 23 % in past quarters, where on shops
// that a model describes it is 5 to 6 % on average.
const wide = 1.5

// wideMiss is the error of earlier forecasts that makes a range so wide by itself: 1.96 times its logarithm is that of wide. A range that is wide for want of orders, or of
// forecasts to check, is not said to have missed.
const wideMiss = 0.23

// checks tells of the earlier forecasts, where the log could be asked for them.
func (w *warnings) checks(r *Record, t Totals) {
	w.when(!r.Checked(), Unchecked, float64(r.Alike()))
	miss := r.Miss(false)
	at95 := r.Range(t.Orders.Value, t.OrdersDeviation, 0.95, false)
	w.when(miss > wideMiss && (at95.High > wide*at95.Value || wide*at95.Low < at95.Value), MissesHoldout, miss)
}

func (w *warnings) fit(c *Choice, s orders.Summary) {
	best := c.Best()
	status := best.Result.Status
	w.when(c.Reason == NoneUsable || status == fit.MaxIterations, NotConverged, float64(status))
	w.when(status == fit.Boundary || status == fit.NotIdentified, AtLimit, float64(best.Limit))
	if best.Result.Identifiability == fit.Weak {
		w.when(true, WeaklyIdentified, best.Result.LargestError())
	}
	if c.Reason != NoneUsable {
		w.process(best.Kind, best.Parameters, s)
	}
}

// process tells what a model of this kind makes of customers like these.
func (w *warnings) process(k Kind, p Parameters, s orders.Summary) {
	if m := k.Model(); m.MostRegular != nil {
		stages, most := m.MostRegular(p)
		w.when(most || stages >= likeRenewals && nearPeriod(usualGap(s)), LikeSubscription, stages)
	}
	if k.Model().Immortal {
		once := 0.0
		for _, x := range s.X {
			if x == 0 {
				once++
			}
		}
		w.when(once > 0, AliveWithoutRepeat, once/float64(len(s.X)))
	}
}

// What looks like renewals, short of clockwork: gaps that vary by half of what chance makes them, for k stages vary by 1/sqrt(k), around
// a week, a month or a year. A month counts as four weeks too.
const (
	likeRenewals = 4
	nearly       = 0.05 // relative: a few days late are within it
)

var periods = [...]float64{7, 28, DaysPerYear / 12, DaysPerYear}

func nearPeriod(days float64) bool {
	for _, p := range periods {
		if math.Abs(days-p) <= nearly*p {
			return true
		}
	}
	return false
}

// usualGap is the mean time between two orders in days, 0 where nobody ordered again.
func usualGap(s orders.Summary) float64 {
	var gaps, time float64
	for i, x := range s.X {
		gaps += x
		time += s.TX[i]
	}
	return ratio(time, gaps) * s.Split.UnitDays
}

func (w *warnings) spend(f FittedSpend) {
	w.when(f.Reason == SpendNoAmounts, SpendAmounts, 0)
	w.when(f.Reason == SpendCorrelated, SpendRelated, f.Fitted.Correlation.Pearson)
	w.when(f.Reason == SpendTail || f.Reason == SpendZero, SpendByMoments, float64(f.Reason)) // no maximum: customers, or one's orders, do not differ, and their mean says it all
	hardly := f.Fitted.Customers < fewRepeats || f.noise() > uncertainSpend*uncertainSpend
	w.when(f.Basis != NoSpend && hardly, FewSpenders, f.Fitted.Customers)
}

package economics

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// Curve is the shape of retention by day.
type Curve uint8

const (
	BestCurve Curve = iota // the one nearer to what was measured
	Power                  // a·t^-b
	Weibull                // exp(-(t/λ)^k)
)

// String is the curve's wire name, empty for an unknown curve.
func (c Curve) String() string {
	if int(c) < len(curveNames) {
		return curveNames[c]
	}
	return ""
}

var curveNames = [...]string{"best", "power", "weibull"}

// AppInput is what is measured of an app's users: who is there so many days after the installation, and what an active user brings a day.
type AppInput struct {
	Days        []float64 `json:"days" table:"Retention by day" beside:"retained" unit:"count" jsonschema:"title=Days after installation,minimum=1,maximum=2400,minItems=2,maxItems=100" jsonschema_description:"The days on which retention was measured, in order: 1, 7, 30."`
	Retained    []float64 `json:"retained" beside:"days" unit:"share" jsonschema:"title=Retention on these days,minimum=0.000001,maximum=0.999999,minItems=2,maxItems=100" jsonschema_description:"The share of users active on each of these days: D1, D7, D30."`
	ARPDAU      float64   `json:"arpdau" unit:"money" jsonschema:"title=Revenue per active user and day (ARPDAU)" jsonschema_description:"Purchases, subscriptions and advertising of a day, divided by the users active on it."`
	GrossMargin float64   `json:"gross_margin" words:"own" unit:"share" jsonschema:"title=Share after store fees,default=1" jsonschema_description:"What app stores and payment providers leave of the revenue: 70 or 85% of purchases."`
	HorizonDays float64   `json:"horizon_days" unit:"count" jsonschema:"title=Days counted,multipleOf=1,minimum=1,maximum=2400,default=365" jsonschema_description:"How many days of a user's life to count, the day of installation included."`
	Curve       Curve     `json:"curve" jsonschema:"title=Retention curve,default=best" jsonschema_description:"The shape that continues what was measured."`
	CPI         *float64  `json:"cpi,omitempty" unit:"money" jsonschema:"title=Cost per install (CPI)" jsonschema_description:"Advertising cost per installation."`
	TargetRatio float64   `json:"target_ratio" words:"own" unit:"ratio" jsonschema:"title=Target return on CPI,exclusiveMinimum=0,default=1" jsonschema_description:"How many times its cost an install should bring: 1 earns the cost back, 1.3 leaves 30% more."`
}

// AppResult is what an install brings, and the curve that says so.
type AppResult struct {
	CLV            float64   `json:"clv" words:"own" unit:"money" jsonschema:"title=Value per install" jsonschema_description:"What remains of a user's revenue after store fees, within the days counted, without discounting."`
	MaxCPI         float64   `json:"max_cpi" unit:"money" jsonschema:"title=Maximum CPI" jsonschema_description:"Value per install divided by the target."`
	LifetimeDays   float64   `json:"active_days" unit:"days" jsonschema:"title=Active days per install" jsonschema_description:"On how many of the days counted a user is active, the day of installation included."`
	Return         *float64  `json:"return_on_cpi,omitempty" unit:"ratio" jsonschema:"title=Return on CPI" jsonschema_description:"Value per install divided by CPI. Empty if CPI is left out."`
	PaybackDay     *float64  `json:"payback_day,omitempty" never:"cpi" unit:"count" jsonschema:"title=Payback day" jsonschema_description:"The day after installation on which revenue so far covers CPI, within the days counted."`
	ValueWithin7   float64   `json:"value_within_7_days" unit:"money" jsonschema:"title=Value\\, 7 days" jsonschema_description:"The day of installation and the six after it."`
	ValueWithin30  float64   `json:"value_within_30_days" words:"own" unit:"money" jsonschema:"title=Value\\, 30 days" jsonschema_description:"The part that comes in the first 30 days."`
	ValueWithin90  float64   `json:"value_within_90_days" words:"own" unit:"money" jsonschema:"title=Value\\, 90 days" jsonschema_description:"The part that comes in the first 90 days."`
	ValueWithin180 float64   `json:"value_within_180_days" words:"own" unit:"money" jsonschema:"title=Value\\, 180 days" jsonschema_description:"The part that comes in the first 180 days."`
	Measured       float64   `json:"measured_share" unit:"share" jsonschema:"title=Value within the days measured" jsonschema_description:"The share of the value that falls before the last day on which retention was measured. The rest is forecast."`
	CurveUsed      Curve     `json:"curve_used" jsonschema:"title=Curve used" jsonschema_description:"The curve that all figures are from."`
	FitError       float64   `json:"fit_error" unit:"share" jsonschema:"title=Fit error" jsonschema_description:"How far the curve is from the retention entered, as a root mean square, in percentage points."`
	PowerError     float64   `json:"power_error" unit:"share" jsonschema:"title=Fit error\\, power curve" jsonschema_description:"The same for the power curve."`
	WeibullError   float64   `json:"weibull_error" unit:"share" jsonschema:"title=Fit error\\, Weibull curve" jsonschema_description:"The same for the Weibull curve."`
	PowerScale     float64   `json:"power_scale" unit:"number" jsonschema:"title=Power curve: retention on day 1" jsonschema_description:"The factor a of a·t^−b."`
	PowerExponent  float64   `json:"power_exponent" unit:"number" jsonschema:"title=Power curve: exponent" jsonschema_description:"The exponent b of a·t^−b. The larger it is, the faster users leave."`
	WeibullScale   float64   `json:"weibull_scale_days" unit:"number" jsonschema:"title=Weibull curve: scale (days)" jsonschema_description:"The day on which 37% are still active, λ."`
	WeibullShape   float64   `json:"weibull_shape" unit:"number" jsonschema:"title=Weibull curve: shape" jsonschema_description:"The exponent k. Below 1, the longer users stay, the fewer leave."`
	Fit            AppFit    `json:"retention_fit" jsonschema:"title=Retention measured and fitted" jsonschema_description:"One row per day measured."`
	Series         AppSeries `json:"series" words:"own" jsonschema:"title=Value by day" jsonschema_description:"One row per day counted."`
}

// AppFit is what was measured beside the two curves.
type AppFit struct {
	Day      []float64 `json:"day" unit:"days" jsonschema:"title=Day" jsonschema_description:"Days after installation."`
	Power    []float64 `json:"power_curve" unit:"share" jsonschema:"title=Power curve" jsonschema_description:"Retention by the power curve."`
	Weibull  []float64 `json:"weibull_curve" unit:"share" jsonschema:"title=Weibull curve" jsonschema_description:"Retention by the Weibull curve."`
	Observed []float64 `json:"observed_share" unit:"share" jsonschema:"title=Measured" jsonschema_description:"Retention as entered."`
}

// AppSeries is the value over time: element i of each slice is day i+1 of a user's life, the first being that of the installation.
type AppSeries struct {
	Day        []float64 `json:"day" words:"own" unit:"days" jsonschema:"title=Day" jsonschema_description:"1 is the day of installation."`
	Survival   []float64 `json:"survival" words:"own" unit:"share" jsonschema:"title=Retention" jsonschema_description:"The share of users active on the day."`
	Margin     []float64 `json:"margin" words:"own" unit:"money" jsonschema:"title=Value of the day" jsonschema_description:"Per install, after store fees."`
	Cumulative []float64 `json:"cumulative" words:"own" unit:"money" jsonschema:"title=Value so far" jsonschema_description:"The sum so far."`
}

// Thresholds of the warnings.
const (
	leastMeasured = 0.5  // of the value within the days measured
	largestMiss   = 0.03 // of the curve, in shares of users
)

// App fits a curve to retention and adds it up. Both fits are least squares on a straight line, as a spreadsheet's trend line is:
//
//	ln S = ln a - b·ln t                  the power curve S(t) = a·t^-b, at most 1
//	ln(-ln S) = k·ln t - k·ln λ           the Weibull curve S(t) = exp(-(t/λ)^k)
//
// S(0) is 1. The value is ARPDAU · margin · (S(0) + ... + S(H-1)).
func App(in AppInput) (AppResult, notice.List) { return AppFor(&in, value.Whole) }

// AppFor is App to an extent.
func AppFor(in *AppInput, extent value.Extent) (out AppResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if len(in.Retained) != len(in.Days) {
		notes.Add(notice.LengthsDiffer, "retained", float64(len(in.Days)))
		return
	}
	for i := 1; i < len(in.Days); i++ {
		if in.Days[i] <= in.Days[i-1] {
			notes.Add(notice.NotAbove, notice.At("days", i), in.Days[i-1])
			return
		}
	}
	power, weibull := fitPower(in.Days, in.Retained), fitWeibull(in.Days, in.Retained)
	if power.b <= 0 || weibull.b <= 0 {
		notes.Add(notice.AllSame, "retained", 0)
		return
	}
	out.PowerScale, out.PowerExponent = math.Exp(power.a), power.b
	out.WeibullScale, out.WeibullShape = math.Exp(-weibull.a/weibull.b), weibull.b
	out.PowerError, out.WeibullError = power.miss(in.Days, in.Retained), weibull.miss(in.Days, in.Retained)
	used := power
	out.CurveUsed, out.FitError = Power, out.PowerError
	if in.Curve == Weibull || in.Curve == BestCurve && out.WeibullError < out.PowerError {
		used, out.CurveUsed, out.FitError = weibull, Weibull, out.WeibullError
	}

	daily := in.ARPDAU * in.GrossMargin
	horizon := int(in.HorizonDays)
	within := func(days int) float64 { return daily * used.active(min(days, horizon)) }
	out.LifetimeDays = used.active(horizon)
	out.CLV = daily * out.LifetimeDays
	out.MaxCPI = out.CLV / in.TargetRatio
	out.ValueWithin7, out.ValueWithin30, out.ValueWithin90, out.ValueWithin180 = within(7), within(30), within(90), within(180)
	last := in.Days[len(in.Days)-1]
	out.Measured = used.active(min(int(last)+1, horizon)) / out.LifetimeDays
	if in.CPI != nil {
		out.against(&notes, used, daily, *in.CPI, horizon)
	}
	if extent == value.Whole {
		out.Fit = fitted(power, weibull, in.Days, in.Retained)
		out.Series = appSeries(used, daily, horizon)
	}
	if out.Measured < leastMeasured {
		notes.Add(notice.MostlyForecast, "horizon_days", out.Measured)
	}
	if out.FitError > largestMiss {
		notes.Add(notice.PoorFit, "retained", out.FitError)
	}
	return
}

// against sets the value against the cost per install.
func (out *AppResult) against(notes *notice.List, c curve, daily, cpi float64, horizon int) {
	if cpi > 0 {
		out.Return = new(out.CLV / cpi)
	}
	if out.CLV < cpi*covered {
		notes.Add(notice.InstallLoses, "cpi", out.CLV)
		return
	}
	sum := 0.0
	for day := range horizon {
		if sum += daily * c.at(float64(day)); sum >= cpi*covered {
			out.PaybackDay = new(float64(day))
			return
		}
	}
}

// A curve is a straight line a ± b·ln t in its own scale.
type curve struct {
	a, b    float64
	weibull bool
}

// at is the share of users active on day t.
func (c curve) at(t float64) float64 {
	switch {
	case t == 0:
		return 1
	case c.weibull:
		return math.Exp(-math.Exp(c.a + c.b*math.Log(t)))
	}
	return min(1, math.Exp(c.a-c.b*math.Log(t)))
}

// active is the sum of the first n days.
func (c curve) active(n int) (sum float64) {
	for t := range n {
		sum += c.at(float64(t))
	}
	return sum
}

// miss is the root mean square of what the curve is away from what was measured.
func (c curve) miss(days, retained []float64) float64 {
	sum := 0.0
	for i, t := range days {
		by := c.at(t) - retained[i]
		sum += by * by
	}
	return math.Sqrt(sum / float64(len(days)))
}

func fitPower(days, retained []float64) curve {
	a, b := line(days, retained, math.Log)
	return curve{a: a, b: -b}
}

func fitWeibull(days, retained []float64) curve {
	a, b := line(days, retained, func(s float64) float64 { return math.Log(-math.Log(s)) })
	return curve{a: a, b: b, weibull: true}
}

// line is the least-squares line y = a + b·x through x = ln(day), y = of(retained).
func line(days, retained []float64, of func(float64) float64) (a, b float64) {
	n := float64(len(days))
	x, y := 0.0, 0.0
	for i, t := range days {
		x += math.Log(t) / n
		y += of(retained[i]) / n
	}
	xx, xy := 0.0, 0.0
	for i, t := range days {
		dx := math.Log(t) - x
		xx += dx * dx
		xy += dx * (of(retained[i]) - y)
	}
	b = xy / xx
	return y - b*x, b
}

func fitted(power, weibull curve, days, retained []float64) AppFit {
	n := len(days)
	column := make([]float64, 2*n)
	f := AppFit{days, column[:n:n], column[n:], retained}
	for i, t := range days {
		f.Power[i], f.Weibull[i] = power.at(t), weibull.at(t)
	}
	return f
}

func appSeries(c curve, daily float64, n int) AppSeries {
	column := make([]float64, 4*n)
	s := AppSeries{column[:n:n], column[n : 2*n : 2*n], column[2*n : 3*n : 3*n], column[3*n:]}
	sum := 0.0
	for k := range n {
		there := c.at(float64(k))
		sum += daily * there
		s.Day[k], s.Survival[k], s.Margin[k], s.Cumulative[k] = float64(k+1), there, daily*there, sum
	}
	return s
}

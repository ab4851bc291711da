package subscriptions

import (
	"math"
	"slices"

	"hourglass/core/orders"
	"hourglass/core/retention"
	"hourglass/core/value"
)

// Terms are what a value is.
type Terms struct {
	Margin         float64 // share of the price, above 0 and up to 1
	AnnualDiscount float64 // effective, per year
	HorizonDays    float64 // of the value that is compared with that of other customers
}

// A Basis is whose renewals a plan's curve was fitted to.
type Basis uint8

// The bases.
const (
	OwnCurve   Basis = iota // the plan's own
	AllPlans                // of all plans with its period, as far as the plan's own few do not say otherwise
	NobodyDue               // no curve: no renewal was due yet
	NobodyLost              // no curve: nobody has left
	TooFewLost              // no curve: fewer than LeastLost have left of all plans with its period
)

// String is the basis' name on the wire, empty for an unknown one.
func (b Basis) String() string {
	return name(int(b), "own", "all_plans", "nobody_due", "nobody_lost", "too_few_lost")
}

// Told reports whether there is a curve.
func (b Basis) Told() bool { return b <= AllPlans }

// OwnLost is how many lost renewals a plan takes for a curve of its own, as many as the retention calculations take for more than a hint, and
// OwnTenures at how many tenures. LeastLost is how many all plans with a period take for any: churn is then known to a third of it.
const (
	OwnLost    = 30
	OwnTenures = 3
	LeastLost  = 10
)

// A Result is what a log's subscribers bring. Money is in the file's currency; values are margins of renewals to come, what is paid already left out.
type Result struct {
	Form                       Form
	AsOf, First                int32 // days
	Rows                       uint32
	Aside                      [asides]uint32 `by:"subscription_aside"`
	Currency                   string
	Subscribers, Subscriptions uint32
	States                     [8]uint32 `by:"subscription_state"`
	Again, Extras, Refunds     uint32
	Free, OneOff, OneOffs      uint32
	OneOffSum                  float64
	Pauses                     bool

	TrialsEnded, TrialsConverted, TrialsRunning uint32
	Converted, ConvertedLow, ConvertedHigh      float64 // share of the trials that have ended, and its 95% interval; 0 without any

	Lost, LostVoluntary, LostFailed float64 // renewals lost; the rest for unknown reasons
	Monthly                         float64 // revenue per month of those who run on
	Valued                          uint32  // subscribers who run on and whose plan has a curve
	Unvalued                        uint32  // those whose plan has none
	Equity, EquityLow, EquityHigh   float64
	Ranged                          bool    // there is a 95% interval
	Open                            bool    // its upper end has no limit
	Bounded                         bool    // the value has a limit; else it is counted over so many years
	Years                           float64 // that are counted where it has none
	Ahead                           float64 // the value within the horizon
	Checked                         int32   // the day until which the curves were fitted again to be checked; 0 where there is too little for it
	Forecast, Came                  float64 // renewals after that day of those who were there: as these curves expect them, and those that came
	Plans                           []PlanFigures
}

// PlanFigures are one plan's subscribers. Element k of the tenures is those who have renewed k times.
type PlanFigures struct {
	Name                            string
	Interval                        Interval
	Started, Running, Lapsed        uint32  // subscriptions; those that run on; those that have ended
	Amount                          float64 // of a period, mean of those who run on; of all where nobody does
	Paid                            float64 // so far, of a list of invoices
	Basis                           Basis
	Own                             float64 // share of its own renewals in what is known of its curve: 1 of an own curve; the rest is that of all plans
	Constant                        bool    // the curve is one churn for all
	Alpha, Beta, C                  float64 // C is 1 but where the chance to leave changes with time
	Churn, ChurnLow, ChurnHigh      float64 // lost renewals of those due, and their 95% interval
	Lost, LostVoluntary, LostFailed float64
	Lifetime                        float64 // expected renewals of a new subscriber and the first period, within the years that are counted; 0 without a curve
	New                             float64 // value of a new subscriber, the first payment included
	Equity, EquityLow, EquityHigh   float64
	Ranged, Open                    bool
	Ahead                           float64
	Years                           float64   // that are counted where the value has no limit; else 0
	Average                         float64   // margin per period with which the calculation of customer equity gives this equity; 0 where it has another curve
	AtRisk, LostBy, At              []float64 // by tenure: renewals due, lost; subscribers who run on
	Fitted, Multiple                []float64 // by tenure: chance to renew next; value for a margin of 1 per period
	MultipleLow, MultipleHigh       []float64 // its 95% interval; none where there is none
	Observed, Survival              []float64 // share still there after so many periods: Kaplan–Meier, and the curve
	Cohorts                         []Cohort
	near                            []float64
}

// A Cohort is the subscribers of a plan who began in a month.
type Cohort struct {
	Month int32 // its first day
	Size  uint32
	Left  []float64 // share still there after each period that can be told, the start first
	Due   []float64 // how many renewals were due at each tenure
	Gone  []float64 // how many of these were lost
}

// Value works out what subscribers bring.
func (l *Log) Value(t Terms) Result {
	out := Result{Form: l.Form, AsOf: l.AsOf, First: l.AsOf, Rows: uint32(l.Rows), Currency: l.Currency, Pauses: l.Pauses,
		Extras: uint32(l.Extras), Refunds: uint32(l.Refunds), Free: uint32(l.Free), OneOff: uint32(l.OneOff), OneOffs: uint32(l.OneOffs), OneOffSum: l.OneOffSum,
		TrialsEnded: uint32(l.Trials.Ended), TrialsConverted: uint32(l.Trials.Converted), TrialsRunning: uint32(l.Trials.Running), Bounded: true}
	for i, n := range l.Aside {
		out.Aside[i] = uint32(n)
	}
	if n := float64(l.Trials.Ended); n > 0 {
		out.Converted = float64(l.Trials.Converted) / n
		out.ConvertedLow, out.ConvertedHigh = wilson(float64(l.Trials.Converted), n)
	}
	out.Subscribers = uint32(l.Subscribers())
	fresh := l.curves == nil
	if fresh {
		l.curves = &curves{own: map[int]curve{}}
	}
	v := valuer{log: l, terms: t, out: &out, curves: l.curves}
	v.group()
	for k := range v.plans {
		v.fit(k)
	}
	v.together()
	if fresh {
		v.check()
	}
	out.Checked, out.Forecast, out.Came = l.curves.checked, l.curves.forecast, l.curves.came
	for k := range v.plans {
		p := &v.plans[k].PlanFigures
		out.Plans = append(out.Plans, *p)
	}
	slices.SortStableFunc(out.Plans, func(a, b PlanFigures) int { return int(b.Started) - int(a.Started) })
	return out
}

// A valuer puts a Result together.
type valuer struct {
	log   *Log
	terms Terms
	out   *Result
	plans []valued
	*curves
}

// valued is a plan with what is needed of it on the way.
type valued struct {
	PlanFigures
	weight []float64 // amounts of those who run on, by tenure
	slope  []float64 // of the equity for a margin of 1, by the parameters of a curve that it shares
	alone  float64   // its variance that comes from the plan's own effect
	cohort map[int]*Counts
	size   map[int]uint32
}

// runs reports whether renewals of a spell are to be expected.
func (s *Spell) runs() bool { return s.State == Active || s.State == Late }

func grow(list []float64, n int) []float64 {
	for len(list) < n {
		list = append(list, 0)
	}
	return list
}

// tenure is the row of a spell: those beyond the last one that is followed are in it.
func (s *Spell) tenure() int { return min(s.Renewals, maxTenure-1) }

// group sorts the spells by plan.
func (v *valuer) group() {
	l, out := v.log, v.out
	v.plans = make([]valued, len(l.Plans))
	for k := range v.plans {
		p := &v.plans[k]
		p.Name, p.Interval = l.Plans[k].Name, l.Plans[k].Interval
		p.cohort, p.size = map[int]*Counts{}, map[int]uint32{}
	}
	for i := range l.Spells {
		s := &l.Spells[i]
		out.States[s.State]++
		out.First = min(out.First, s.Start)
		p := &v.plans[s.Plan]
		if s.State == Trial || s.State == Planned {
			continue
		}
		out.Subscriptions++
		if s.Again {
			out.Again++
		}
		p.Started++
		p.Paid += s.Paid
		y, m, _ := orders.Civil(s.Start)
		p.size[12*y+m-1]++
		switch {
		case s.runs():
			p.Running++
			k := s.tenure()
			p.At, p.weight = grow(p.At, k+1), grow(p.weight, k+1)
			p.At[k]++
			p.weight[k] += s.Amount
			out.Monthly += s.Amount * p.Interval.PerYear() / 12
		case s.State == Ended || s.State == Ending:
			p.Lapsed++
		}
	}
	for at, c := range l.counts {
		p := &v.plans[at.plan]
		p.cohort[at.month] = c
		n := len(c.AtRisk)
		p.AtRisk, p.LostBy = grow(p.AtRisk, n), grow(p.LostBy, n)
		for k := range n {
			p.AtRisk[k] += c.AtRisk[k]
			p.LostBy[k] += c.Lost[k]
			p.Lost += c.Lost[k]
		}
		p.LostVoluntary += c.ByReason[Voluntary]
		p.LostFailed += c.ByReason[PaymentFailed]
	}
	for k := range v.plans {
		p := &v.plans[k]
		out.Lost, out.LostVoluntary, out.LostFailed = out.Lost+p.Lost, out.LostVoluntary+p.LostVoluntary, out.LostFailed+p.LostFailed
		p.Amount = v.amount(k)
		p.cohorts()
	}
}

// amount is the mean of a period of those who run on, or of all where nobody does.
func (v *valuer) amount(plan int) float64 {
	sum, n := 0.0, 0.0
	for _, w := range v.plans[plan].weight {
		sum += w
	}
	if n = float64(v.plans[plan].Running); n == 0 {
		for i := range v.log.Spells {
			if s := &v.log.Spells[i]; s.Plan == plan && s.State != Trial && s.State != Planned {
				sum, n = sum+s.Amount, n+1
			}
		}
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

// cohorts lists those who began in a month, the first month first.
func (p *valued) cohorts() {
	var list []int
	for m := range p.size {
		list = append(list, m)
	}
	slices.Sort(list)
	for _, m := range list {
		c := Cohort{Month: orders.Day(m/12, m%12+1, 1), Size: p.size[m], Left: []float64{1}}
		if counts := p.cohort[m]; counts != nil {
			c.Due, c.Gone = counts.AtRisk, counts.Lost
			left := 1.0
			for k, due := range counts.AtRisk {
				if due == 0 {
					break
				}
				left *= 1 - counts.Lost[k]/due
				c.Left = append(c.Left, left)
			}
		}
		p.Cohorts = append(p.Cohorts, c)
	}
}

// ownCurve reports whether a plan's renewals are enough for a curve of their own.
func (p *valued) ownCurve() bool {
	tenures := 0
	for _, n := range p.AtRisk {
		if n > 0 {
			tenures++
		}
	}
	return p.Lost >= OwnLost && tenures >= OwnTenures
}

// pooled are the renewals of all plans with a plan's period.
func (v *valuer) pooled(interval Interval) (atRisk, lost []float64) {
	for k := range v.plans {
		if p := &v.plans[k]; p.Interval == interval {
			atRisk, lost = grow(atRisk, len(p.AtRisk)), grow(lost, len(p.LostBy))
			for i := range p.AtRisk {
				atRisk[i] += p.AtRisk[i]
				lost[i] += p.LostBy[i]
			}
		}
	}
	return atRisk, lost
}

func total(list []float64) (sum float64) {
	for _, v := range list {
		sum += v
	}
	return sum
}

// fit finds a plan's curve and what its subscribers bring.
func (v *valuer) fit(k int) {
	p := &v.plans[k]
	atRisk, lost := p.AtRisk, p.LostBy
	if due := total(p.AtRisk); due > 0 {
		p.Churn = p.Lost / due
		p.ChurnLow, p.ChurnHigh = wilson(p.Lost, due)
	}
	own := p.ownCurve()
	pool := v.poolOf(p.Interval)
	c := &pool.curve
	if !own {
		p.Basis = AllPlans
		atRisk, lost = pool.atRisk, pool.lost
		switch left := total(lost); {
		case total(atRisk) == 0:
			p.Basis = NobodyDue
		case left == 0:
			p.Basis = NobodyLost
		case left < LeastLost:
			p.Basis = TooFewLost
		}
	} else {
		c = v.ownOf(k)
	}
	p.observe()
	if !p.Basis.Told() {
		return
	}
	if !c.known {
		p.Basis = NobodyDue
		return
	}
	p.Own = 1
	if !own {
		p.Own = pool.own(k)
	}
	p.Constant, p.Alpha, p.Beta, p.C = c.constant, c.at.Alpha, c.at.Beta, c.at.C
	if p.Constant {
		p.C = 1
	}
	if c.changes || !own && len(pool.members) > 1 {
		e := pool.effects[k]
		if own {
			e = effect{}
		}
		v.apply(p, v.follow(c, e, p.Interval))
	} else if e, ok := v.equity(p.Interval, atRisk, lost, p.At, p.weight); ok {
		v.take(p, e)
		if f := v.follow(c, effect{}, p.Interval); f.bounded == e.bounded {
			f.ranges(p)
		}
	} else {
		p.Basis = NobodyDue
		return
	}
	v.out.Ahead += p.Ahead
	if p.Years > 0 {
		v.out.Bounded, v.out.Years = false, p.Years
	}
}

// take fills in what the calculation of customer equity says of a plan.
func (v *valuer) take(p *valued, e equity) {
	p.Survival = e.result.Series.Survival
	for _, row := range e.result.Tenures {
		p.Fitted = append(p.Fitted, row.Fitted)
		p.Multiple = append(p.Multiple, row.Residual)
	}
	m := v.terms.Margin
	p.Equity, p.EquityLow, p.EquityHigh, p.Ranged, p.Open = m*e.result.BaseValue, m*e.low, m*e.high, e.ranged, e.open
	p.New = m * p.Amount * (1 + e.result.CLV)
	p.Lifetime = e.lifetime
	p.Ahead = m * e.near
	p.near = e.nearBy
	if weight := dot(p.At, p.Multiple); weight > 0 {
		p.Average = p.Equity / weight
	} else {
		p.Average = m * p.Amount
	}
	if !e.bounded {
		p.Years = value.UnboundedYears
	}
}

func dot(a, b []float64) (sum float64) {
	for i := range min(len(a), len(b)) {
		sum += a[i] * b[i]
	}
	return sum
}

// observe is the product of the observed retention rates, as far as renewals were due.
func (p *valued) observe() {
	left := 1.0
	p.Observed = []float64{1}
	for k, due := range p.AtRisk {
		if due == 0 {
			break
		}
		left *= 1 - p.LostBy[k]/due
		p.Observed = append(p.Observed, left)
	}
}

// An equity is the value of subscribers for a margin of all that they pay.
type equity struct {
	result       retention.EquityResult // weights as customers, for a margin of 1
	low, high    float64
	ranged, open bool
	bounded      bool
	lifetime     float64
	near         float64 // within the horizon
	nearBy       []float64
}

// equity values subscribers by the calculation of customer equity: the same curve, the same intervals, the same figures that the page of the
// calculator shows. weight are what those pay per period who are at each tenure, at how many they are.
func (v *valuer) equity(interval Interval, atRisk, lost, at, weight []float64) (e equity, ok bool) {
	in := retention.EquityInput{Margin: 1, PaymentTiming: value.AfterRenewal, Acquiring: 1}
	in.Period, in.AnnualDiscountRate = calculatorPeriod(interval, v.terms.AnnualDiscount)
	// One tenure more than anybody has reached: what is due next there is the curve's.
	n := min(max(len(atRisk), len(at), 1), maxTenure)
	for k := range n {
		row := retention.Tenure{}
		if k < len(atRisk) {
			row.AtRisk, row.Lost = atRisk[k], lost[k]
		}
		if k < len(weight) {
			row.Active = weight[k]
		}
		in.Tenures = append(in.Tenures, row)
	}
	e.result, ok = v.calculated(in)
	if !ok {
		return e, false
	}
	e.bounded = e.result.HorizonUsedPeriods == nil
	if !e.bounded { // years of periods of any length
		in.HorizonPeriods = new(math.Round(value.UnboundedYears * interval.PerYear()))
		if e.result, ok = v.calculated(in); !ok {
			return e, false
		}
	}
	if e.result.BaseLower != nil {
		e.ranged, e.low = true, *e.result.BaseLower
		if e.result.BaseUpper != nil {
			e.high = *e.result.BaseUpper
		} else {
			e.open = true
		}
	}
	stays := in
	stays.AnnualDiscountRate, stays.PaymentTiming = 0, value.Start
	if r, ok := v.calculated(stays); ok {
		e.lifetime = r.CLV
	}
	soon := in
	soon.HorizonPeriods = new(max(1, math.Round(v.terms.HorizonDays/interval.Days())))
	if r, ok := v.calculated(soon); ok {
		e.near = r.BaseValue
		for _, row := range r.Tenures {
			e.nearBy = append(e.nearBy, row.Residual)
		}
	}
	return e, true
}

func (v *valuer) calculated(in retention.EquityInput) (retention.EquityResult, bool) {
	out, notes := retention.Equity(in)
	return out, !notes.Refused()
}

// calculatorPeriod is the calculator's period of an interval, and the discount rate per year of it: the calculator's own where it has the period, else
// that of a year as long as one interval.
func calculatorPeriod(v Interval, annual float64) (value.Period, float64) {
	switch v {
	case Month:
		return value.Month, annual
	case Quarter:
		return value.Quarter, annual
	case Year:
		return value.Year, annual
	case Week:
		return value.Week, annual
	}
	return value.Year, math.Pow(1+annual, 1/v.PerYear()) - 1
}

// together adds up the equity. Curves of their own are independent: the distances of their intervals' ends add up by squares (Zou & Donner 2008). Plans
// that share a curve are one base; that curve was fitted to the others too, and its distances are added in full, so that the interval is too wide
// rather than too narrow.
func (v *valuer) together() {
	out := v.out
	var down, up [2]float64 // of own curves, of shared ones
	out.Ranged = true
	add := func(kind int, value, low, high float64, ranged, open bool) {
		out.Equity += value
		if value == 0 {
			return
		}
		out.Ranged = out.Ranged && ranged
		out.Open = out.Open || open
		down[kind], up[kind] = math.Hypot(down[kind], value-low), math.Hypot(up[kind], high-value)
	}
	var shared [intervals]bool
	for k := range v.plans {
		p := &v.plans[k]
		if p.Basis.Told() {
			out.Valued += p.Running
		} else {
			out.Unvalued += p.Running
			continue
		}
		if p.Basis == AllPlans && len(v.curves.pools[p.Interval].members) > 1 {
			shared[p.Interval] = true
			continue
		}
		add(0, p.Equity, p.EquityLow, p.EquityHigh, p.Ranged, p.Open)
	}
	for interval, is := range shared {
		if is {
			sum, low, high, ranged := v.shared(Interval(interval))
			add(1, sum, low, high, ranged, false)
		}
	}
	out.Ranged = out.Ranged && out.Equity > 0
	if out.Ranged {
		out.EquityLow = max(0, out.Equity-down[0]-down[1])
		if !out.Open {
			out.EquityHigh = out.Equity + up[0] + up[1]
		}
	}
	out.Open = out.Open && out.Ranged
}

// wilson is the 95% interval of a share (Wilson 1927).
func wilson(k, n float64) (low, high float64) {
	const z = z95
	mid := (k + z*z/2) / (n + z*z)
	half := z * math.Sqrt(k*(n-k)/n+z*z/4) / (n + z*z)
	return max(0, mid-half), min(1, mid+half)
}

// A Subscriber is one spell's prospects.
type Subscriber struct {
	ID, Customer    string
	Plan            string
	Interval        Interval
	Start, Due      int32
	Renewals        uint32
	State           State
	Reason          Reason
	Amount          float64
	Told            bool    // there is a curve, and renewals to come
	Renew           float64 // chance of the next renewal
	Residual, Ahead float64 // value to come in all, and within the horizon
}

// Each lists the subscribers, in the order of the file. r is what Value made of the same terms.
func (l *Log) Each(t Terms, r *Result) []Subscriber {
	plans := map[PlanName]*PlanFigures{}
	for k := range r.Plans {
		p := &r.Plans[k]
		plans[PlanName{p.Name, p.Interval}] = p
	}
	out := make([]Subscriber, 0, len(l.Spells))
	for i := range l.Spells {
		s := &l.Spells[i]
		if s.State == Moved {
			continue
		}
		p := plans[l.Plans[s.Plan]]
		one := Subscriber{ID: l.ID(s), Customer: l.Customer(s), Plan: p.Name, Interval: p.Interval, Start: s.Start, Due: s.Due, Renewals: uint32(s.Renewals), State: s.State, Reason: s.Reason, Amount: s.Amount}
		if k := s.tenure(); s.runs() && p.Basis.Told() {
			one.Told, one.Renew = true, p.Fitted[k]
			one.Residual, one.Ahead = t.Margin*s.Amount*p.Multiple[k], t.Margin*s.Amount*p.near[k]
		}
		if s.State == Ending || s.State == Ended {
			one.Told = true
		}
		out = append(out, one)
	}
	return out
}

// Subscribers are all of a log.
type Subscribers struct{ Each []Subscriber }

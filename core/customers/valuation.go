package customers

import (
	"hourglass/core/fit"
	"hourglass/core/orders"
)

// A Pick is the kind to value customers with: the one that predicts best, or a Kind and one.
type Pick uint8

// Auto picks the kind that predicts best.
const Auto Pick = 0

// Picked picks a kind.
func Picked(k Kind) Pick { return Pick(k) + 1 }

// String returns the pick's name on the wire, empty for an unknown one.
func (p Pick) String() string {
	if p == Auto {
		return "auto"
	}
	return Kind(p - 1).String()
}

// Settings say what a Valuation is to be of. Whoever changes them voids what rests on what changed, and
// nothing else: see Valuation.
type Settings struct {
	Split   orders.Split // of the log in time; not of a summary that was given
	Pick    Pick
	Model   *Model `wire:"-"` // to value with one that was fitted elsewhere: Split then counts time and spend as it does
	Options        // what a value is
	CAC     float64
	By      string        // what customers are grouped by: a carried column, FirstMonth or FirstColumn; empty for nothing
	Costs   []orders.Cost // what the groups have cost
	Wants
}

// Wants are the results that are asked for beyond what every customer is worth.
type Wants struct {
	Quick      bool // a first answer from one kind, before all are compared
	Compare    bool // that all kinds are compared, also where one is picked
	Intervals  bool
	Totals     bool // with Intervals
	NextOrders bool
	Tracking   bool // orders over time against the model: warnings of trend and season
	Test       bool // the model held against orders that it has not seen
}

// Everything is all that can be wanted.
var Everything = Wants{true, true, true, true, true, true, true}

// quickest is the kind of the first answer: it fits fast and nearly always.
const quickest = MBGNBD

// A Stage is what a piece of a Valuation's work is about.
type Stage uint8

// The stages, in the order in which a first valuation comes to them.
const (
	Idle         Stage = iota // all that was asked for is there
	Summarising               // the log is split in time
	Fitting                   // one kind, for itself
	Choosing                  // the kinds are fitted and tested on held-out time
	FittingSpend              // what an order is worth
	Measuring                 // the uncertainty of the parameters
	Scoring                   // P(alive) and expectations
	Spreading                 // the distributions of what may come
	Totalling                 // money, ranks, segments, sums
	Awaiting                  // next orders
	Following                 // orders over time
	Testing                   // the model is fitted to a part of the time, and held against the rest
	Checking                  // earlier forecasts are made, and held against what came: the ranges of totals follow
	Sourcing                  // where customers come from
)

var stageNames = [...]string{"idle", "summarising", "fitting", "choosing", "fitting_spend", "measuring", "scoring", "spreading",
	"totalling", "awaiting", "following", "testing", "checking", "sourcing"}

// String returns the stage's name on the wire, empty for an unknown stage.
func (s Stage) String() string { return name(stageNames[:], int(s)) }

// A Valuation is what the customers of an order log, or of a summary, are worth: the one way from
// orders to results. It is told what is wanted and works that out piece by piece:
//
//	v := NewValuation()
//	v.Read(options)          the reader of a log, to write chunks of it to; then Close it and call v.Orders
//	v.Settings = ...         at any time
//	for v.Next(nil) ...      one piece of work, the first that the settings still lack; Run takes them all
//	v.Answer, v.Choice, ...  what stands so far
//
// What rests on what:
//
//	log        everything
//	Split      the summary, and all fits
//	Pick       which model is in use; what was fitted of others is kept
//	Horizon    scores, outcomes, values
//	Discount   scores, values
//	Level      outcomes, values
//	Margin     values
//	CAC        the new customer's ratio
//
// A piece takes as long as one fit or one pass over the histories. It tells its progress, and can be
// cancelled within; what earlier pieces have left stands, and the next call begins it anew.
type Valuation struct {
	Settings Settings
	Workers  int // that may work side by side, as parallel.Cores has it; 0 for one. The digits are the same for any number

	Log     *orders.Log    // nil where a summary was given
	Summary orders.Summary // of the present split
	Base    Base

	Choice   Choice // of all kinds once Compared; before, those that were fitted for themselves
	Compared bool
	Spend    FittedSpend
	Answer   Answer

	reader     *orders.Reader
	split      orders.Split // that was asked for
	summarised bool
	spent      bool
	fitted     []bool // by Kind: its candidate is there
	known      []*Known
	file       *Known // of Settings.Model
	comparing  *comparison
	measuring  *measurement
	expected   expected
	spread     spread
	sourced    sourced
	blocks     *blocks // that are being worked on
	errands    errands
}

// Known is what is known of one model on the present split.
type Known struct {
	Model       Model
	Next        []float64 // Model.NextOrders with probability 0.5; nil until known
	Followed    bool
	tracked     bool
	Tracking    Tracking // of the model in use
	Tested      bool
	Trial       Tracking // of the test; Tracking where there could be none
	Calibration Calibration
	trial       *trial
	Record      Record  // of earlier forecasts; empty until they were made, and where none could be
	checked     float64 // the horizon that they were made for
	Months      []Month // the latest, and those of that horizon
	rolling     *rolling
}

// An Answer is what customers are worth; all of it belongs to the same Settings, and is replaced whole.
type Answer struct {
	Settings Settings
	Summary  orders.Summary
	Base     Base
	Known    *Known // nil before the first answer
	Scores   Scores
	Outcomes Outcomes // empty without Wants.Intervals
	Values   Values   // ranked by Worth
	Worth    []float64
	Segments []Segment
	Totals   Totals   // zero without Wants.Totals
	Parts    []Totals // by Segment; nil without Wants.Totals
	New      NewCustomer
}

// expected and spread are what the last scores and outcomes are of.
type expected struct {
	known             *Known
	horizon, discount float64
	scores            Scores
}

type spread struct {
	known          *Known
	horizon, level float64
	outcomes       Outcomes
}

// NewValuation returns a valuation of nobody yet.
func NewValuation() *Valuation { return &Valuation{} }

// Read begins a new log and returns its reader.
func (v *Valuation) Read(o orders.Options) *orders.Reader {
	*v = Valuation{Settings: v.Settings, Workers: v.Workers, errands: errands{last: v.errands.last}, reader: orders.NewReader(o)}
	v.reader.Workers = v.Workers
	return v.reader
}

// Write reads the next of the file.
func (v *Valuation) Write(chunk []byte) {
	if v.reader != nil {
		_, _ = v.reader.Write(chunk) // what is wrong stands in the report
	}
}

// Report says what was read so far.
func (v *Valuation) Report() *orders.Report {
	if v.reader == nil {
		return &orders.Report{}
	}
	return v.reader.Report()
}

// Close ends the file and values its log.
func (v *Valuation) Close() {
	if v.reader != nil {
		v.reader.Close()
		v.Log = v.reader.Log()
	}
}

// Of values a log.
func (v *Valuation) Of(l *orders.Log) {
	*v = Valuation{Settings: v.Settings, Workers: v.Workers, errands: errands{last: v.errands.last}, Log: l}
}

// OfSummary values customers of whom there is a summary alone, grouped into base; nothing can be tested on them.
func (v *Valuation) OfSummary(s orders.Summary, base Base) {
	*v = Valuation{Settings: v.Settings, Workers: v.Workers, errands: errands{last: v.errands.last}, Summary: s, Base: base}
	v.unfitted()
	v.summarised = true
}

// unfitted voids all fits.
func (v *Valuation) unfitted() {
	v.Choice, v.Compared, v.Spend, v.spent = newChoice(), false, FittedSpend{}, false
	v.fitted, v.known, v.file = make([]bool, Kinds()), make([]*Known, Kinds()), nil
	v.comparing, v.measuring = nil, nil
	v.blocks, v.errands.away = nil, nil
}

// wanted is the split that is asked for.
func (v *Valuation) wanted() orders.Split {
	s := v.Settings.Split
	if m := v.Settings.Model; m != nil {
		s.UnitDays, s.Mean = m.UnitDays, m.Spend.Mean
	}
	s.Gaps = needGaps()
	return s
}

// Kind is the kind in use; false while only a comparison can tell.
func (v *Valuation) Kind() (Kind, bool) {
	switch {
	case v.Settings.Model != nil:
		return v.Settings.Model.Kind, true
	case v.Settings.Pick != Auto:
		return Kind(v.Settings.Pick - 1), true
	case v.Compared:
		return v.Choice.Recommended, v.Choice.Reason != NoneUsable
	case v.Settings.Quick && !(v.isFitted(quickest) && !v.Choice.Candidate(quickest).Usable()):
		return quickest, true
	}
	return 0, false
}

func (v *Valuation) isFitted(k Kind) bool { return int(k) < len(v.fitted) && v.fitted[k] }

// InUse is what is known of the model in use, nil until it is made.
func (v *Valuation) InUse() *Known {
	if m := v.Settings.Model; m != nil {
		if v.file != nil && same(&v.file.Model, m) {
			return v.file
		}
		return nil
	}
	k, ok := v.Kind()
	if !ok || int(k) >= len(v.known) {
		return nil
	}
	return v.known[k]
}

// same reports whether a model is another's copy.
func same(a, b *Model) bool {
	return a.Kind == b.Kind && a.Engine == b.Engine && &a.Parameters[0] == &b.Parameters[0]
}

// Due is what the next piece of work is about; Idle where nothing is left to do, or can be done.
func (v *Valuation) Due() Stage {
	if !v.summarised || v.Log != nil && v.split != v.wanted() {
		if v.Log == nil {
			return Idle
		}
		return Summarising
	}
	known := v.InUse()
	if known == nil {
		return v.dueForModel()
	}
	if stage := v.dueForAnswer(known); stage != Idle {
		return stage
	}
	w := v.Settings.Wants
	switch {
	case v.toGroup():
		return Sourcing
	case w.NextOrders && known.Next == nil:
		return Awaiting
	case v.Settings.Model == nil && !v.Compared && (w.Compare || v.Settings.Pick == Auto):
		return Choosing
	case w.Totals && w.Intervals && v.Log != nil && known.checked != v.Settings.HorizonDays:
		return Checking
	case (w.Tracking || w.Test) && !known.Followed && v.Log != nil:
		return Following
	case w.Test && !known.Tested && v.Log != nil:
		return Testing
	}
	return Idle
}

// dueForModel is what is left to do until there is a model to use.
func (v *Valuation) dueForModel() Stage {
	if v.Settings.Model != nil {
		return Measuring
	}
	k, ok := v.Kind()
	switch {
	case !ok && v.Compared: // none is usable
		return Idle
	case !ok:
		return Choosing
	case !v.isFitted(k):
		return Fitting
	case !v.Choice.Candidate(k).Usable():
		return Idle
	case !v.spent:
		return FittingSpend
	}
	return Measuring
}

// dueForAnswer is what is left to do until the answer is that of the settings.
func (v *Valuation) dueForAnswer(known *Known) Stage {
	s, e, p, a := &v.Settings, &v.expected, &v.spread, &v.Answer
	switch {
	case e.known != known || e.horizon != s.HorizonDays || e.discount != s.AnnualDiscount:
		return Scoring
	case s.Intervals && (p.known != known || p.horizon != s.HorizonDays || p.level != s.Level):
		return Spreading
	case a.Known != known || a.Settings.Options != s.Options || a.Settings.CAC != s.CAC ||
		s.Intervals && !a.Settings.Intervals || s.Totals && !a.Settings.Totals:
		return Totalling
	}
	return Idle
}

// A Watch is told the stage of a long piece of work and the share done of it, 0 to 1;
// returning false cancels the piece. nil is never called.
type Watch func(stage Stage, share float64) bool

// step is the callback of a stage.
func (w Watch) step(s Stage) Step {
	if w == nil {
		return nil
	}
	return func(share float64) bool { return w(s, share) }
}

// Next does the piece of work that is due and says which. The status is Done, or why there is no
// result: what is due then stays due, until the settings change.
func (v *Valuation) Next(watch Watch) (Stage, Status) {
	stage := v.Due()
	step := watch.step(stage)
	switch stage {
	case Summarising:
		return stage, v.summarise()
	case Fitting:
		k, _ := v.Kind()
		return stage, v.fit(k, step)
	case Choosing:
		return stage, v.compare(step)
	case FittingSpend:
		return stage, v.fitSpend(step)
	case Measuring:
		return stage, v.measure(step)
	case Scoring:
		return stage, v.score(step)
	case Spreading:
		return stage, v.spreadOut(step)
	case Totalling:
		return stage, v.total()
	case Awaiting:
		return stage, v.await(step)
	case Following:
		return stage, v.follow(step)
	case Testing:
		return stage, v.try(step)
	case Checking:
		return stage, v.check(step)
	case Sourcing:
		return stage, v.source(step)
	}
	return Idle, v.idle()
}

// idle is Done where all that was asked for is there.
func (v *Valuation) idle() Status {
	switch {
	case v.Log == nil && !v.summarised:
		return BadData
	case v.InUse() == nil:
		return NoModel
	}
	return Done
}

// Run does all that is due.
func (v *Valuation) Run(watch Watch) Status {
	for {
		if stage, status := v.Next(watch); stage == Idle || status != Done {
			return status
		}
	}
}

// Summarise splits the log in time, and does nothing else.
func (v *Valuation) Summarise() Status {
	if v.Due() == Summarising {
		return v.summarise()
	}
	return Done
}

func (v *Valuation) summarise() Status {
	wanted := v.wanted()
	s, b, status := Summarise(v.Log, wanted)
	if status != Done {
		return status
	}
	v.Summary, v.Base, v.split, v.summarised = s, b, wanted, true
	v.unfitted()
	return Done
}

func (v *Valuation) fit(k Kind, step Step) Status {
	if k >= Kinds() {
		return BadOptions
	}
	c := Fit(k, v.Base.Fittable(), step.iterations())
	if c.Result.Status == fit.Cancelled {
		return Cancelled
	}
	v.Choice.Put(c)
	v.fitted[k] = true
	if v.Settings.Pick == Picked(k) && !v.Compared {
		v.Choice.only(k)
	}
	return Done
}

// compare fits and tests all kinds, one of them at a time.
func (v *Valuation) compare(step Step) Status {
	if v.comparing == nil {
		v.comparing = newComparison(v.Log, v.Summary, v.fitted, v.isAway, v.Workers)
	}
	more, status := v.comparing.next(&v.Choice, v.Base.Fittable(), step)
	if status != Done {
		return status
	}
	if !more {
		v.Compared, v.comparing = true, nil
	}
	return Done
}

func (v *Valuation) fitSpend(step Step) Status {
	f := FitSpend(v.Summary, step.iterations())
	if f.Fitted.Result.Status == fit.Cancelled {
		return Cancelled
	}
	v.Spend, v.spent = f, true
	return Done
}

// measure makes the model in use, of the uncertainty of its parameters a replicate at a time.
func (v *Valuation) measure(step Step) Status {
	if m := v.Settings.Model; m != nil {
		if !m.Valid() {
			return BadModel
		}
		v.file = &Known{Model: *m}
		return Done
	}
	k, _ := v.Kind()
	c := v.Choice.Candidate(k)
	if v.measuring == nil || v.measuring.of.Kind != k {
		v.measuring = c.measure(v.Base.Fittable())
	}
	more, ok := v.measuring.next(step)
	switch {
	case !ok:
		v.measuring = nil
		return Cancelled
	case more:
		return Done
	}
	m := Build(c, v.measuring.done(), v.Spend.Spend, v.Summary)
	v.measuring = nil
	if !m.Valid() {
		return BadModel
	}
	v.known[k] = &Known{Model: m}
	return Done
}

// seasonal are the options asked for with the season of the horizon.
func (v *Valuation) seasonal(known *Known) Options {
	o := v.Settings.Options
	o.season = known.Tracking.Season.pace(v.Summary.Split.End, o.HorizonDays)
	o.workers = v.Workers
	return o
}

// mayHaveSeason reports whether the log goes back far enough for one.
func (v *Valuation) mayHaveSeason() bool {
	if v.Log == nil {
		return false
	}
	first, _ := v.Log.Span()
	return v.Summary.Split.End-first >= seasonYears*365-1
}

func (v *Valuation) score(step Step) Status {
	known := v.InUse()
	if v.mayHaveSeason() {
		if status := known.track(v.Log, v.Summary.Split.End, step); status != Done {
			return status
		}
	}
	o := v.seasonal(known)
	scores, status := known.Model.Score(v.Base, o, step)
	if status == Done {
		v.expected = expected{known, o.HorizonDays, o.AnnualDiscount, scores}
	}
	return status
}

func (v *Valuation) spreadOut(step Step) Status {
	known, o := v.InUse(), v.Settings.Options
	if status := known.Model.ready(o); status != Done {
		return status
	}
	c, more, status := v.inBlocks(Spreading, step)
	if status == Done && !more {
		v.spread = spread{known, o.HorizonDays, o.Level, Outcomes{c[0], c[1], c[2], c[3], c[4], c[5]}}
	}
	return status
}

// total replaces the answer.
func (v *Valuation) total() (status Status) {
	known, s := v.InUse(), v.Settings
	m, seasonal := &known.Model, v.seasonal(known)
	a := Answer{Settings: s, Summary: v.Summary, Base: v.Base, Known: known, Scores: v.expected.scores}
	if s.Intervals {
		a.Outcomes = v.spread.outcomes
	}
	if a.Values, status = m.Value(v.Base, v.Summary.Mean, a.Scores, a.Outcomes, seasonal); status != Done {
		return status
	}
	if s.Totals && s.Intervals {
		if a.Totals, status = m.Total(v.Base, a.Scores, a.Outcomes, a.Values, seasonal); status != Done {
			return status
		}
		a.Totals = a.Totals.Checked(a.record(), s.Options)
		if a.New, status = m.NewCustomer(s.Options, s.CAC); status != Done {
			return status
		}
	}
	worth := m.Worth(v.Base, a.Scores, a.Values) // by orders where there is no money
	a.Values.Rank, a.Worth = worth.Rank, worth.Value
	if a.Segments, status = Segments(v.Base, a.Scores, worth, Cuts{}, m.UnitDays); status != Done {
		return status
	}
	if s.Totals && s.Intervals {
		if a.Parts, status = a.parts(m, seasonal); status != Done {
			return status
		}
		a.checkParts(a.record())
	}
	v.Answer = a
	return Done
}

// check makes one earlier forecast; after the last the answer's ranges follow.
func (v *Valuation) check(step Step) Status {
	known, horizon := v.InUse(), v.Settings.HorizonDays
	if known.rolling == nil || known.rolling.asked != horizon {
		known.rolling = newRolling(v.Log, known.Model.Kind, v.Summary.Split, horizon)
	}
	more, status := known.rolling.next(step)
	if status != Done || more {
		return status
	}
	if status := known.track(v.Log, v.Summary.Split.End, step); status != Done {
		return status
	}
	known.Record, known.checked, known.rolling = known.rolling.record, horizon, nil
	known.Record.Follow(known.Tracking, v.Log, horizon)
	known.Months = v.months(known)
	if a := &v.Answer; a.Known == known && a.Settings.HorizonDays == horizon {
		a.Totals = a.Totals.Checked(&known.Record, a.Settings.Options)
		a.checkParts(&known.Record)
	}
	return Done
}

func (v *Valuation) await(step Step) Status {
	known := v.InUse()
	if !known.Model.Valid() {
		return BadModel
	}
	c, more, status := v.inBlocks(Awaiting, step)
	if status == Done && !more {
		known.Next = c[0]
	}
	return status
}

// TrackingDays is the length of the periods that orders are followed in.
const TrackingDays = 7

// track follows the orders of a log by the model; a picture that cannot be drawn is left out.
func (k *Known) track(l *orders.Log, passed int32, step Step) Status {
	if k.tracked {
		return Done
	}
	t, status := k.Model.Track(l, TrackingDays, passed, step)
	if status == Cancelled {
		return status
	}
	if status == Done {
		k.Tracking, k.Trial = t, t
	}
	k.tracked = true
	return Done
}

func (v *Valuation) follow(step Step) Status {
	known := v.InUse()
	if status := known.track(v.Log, v.Summary.Split.End, step); status != Done {
		return status
	}
	if s := v.Summary.Split; s.ObservedTo > s.End { // held out already
		known.Calibration, _ = known.Model.Calibrate(v.Base, v.Summary)
		known.Tested = true
	}
	known.Followed = true
	return Done
}

// Warnings are what to know before relying on the answer. Those of a fit need one: a model from elsewhere has none.
func (v *Valuation) Warnings() []Warning {
	known := v.Answer.Known
	if known == nil {
		return nil
	}
	a := &v.Answer
	w := v.warningsOf(known)
	w.giant(a)
	if a.Settings.Totals && a.Answerable() && (v.Log == nil || known.checked == a.Settings.HorizonDays) {
		w.checks(&known.Record, a.Totals)
	}
	return w
}

// warningsOf are those that rest on where a model comes from.
func (v *Valuation) warningsOf(known *Known) warnings {
	o := v.Answer.Settings.Options
	if known == v.file {
		return warningsOfFile(&known.Model, v.Summary, known.Tracking, o)
	}
	c := v.Choice
	c.Recommended = known.Model.Kind
	if c.Reason == NoneUsable {
		c.Reason = OnlyUsable
	}
	return Warnings(&c, v.Summary, v.Spend, known.Tracking, o)
}

// History is one customer's orders up to the end of the split, and P(alive) at the end of every day since the first.
type History struct {
	Days    []int32
	Amounts []float64
	Alive   []float64 `wire:"p_alive"`
}

// History tells of the customer in a row of the summary; false where there is none, or no log.
func (v *Valuation) History(row int) (h History, ok bool) {
	if v.Log == nil || row < 0 || row >= len(v.Summary.Customer) {
		return h, false
	}
	c, n := int(v.Summary.Customer[row]), int(v.Summary.X[row])+1
	h.Days, h.Amounts = v.Log.Days(c)[:n], v.Log.Amounts(c)[:n]
	if known := v.InUse(); known != nil {
		h.Alive = known.Model.Survival(h.Days, v.Summary.Split.End)
	}
	return h, true
}

// A trial is the test of a model on its way.
type trial struct {
	cut *Cut
	of  Valuation // of the time before the cut
}

// try tests the model in use: one of its kind is fitted to what came before the last cut of the comparison, and held
// against what came after.
func (v *Valuation) try(step Step) Status {
	known := v.InUse()
	if known == v.file {
		known.Tested = true
		return Done
	}
	if known.trial == nil {
		cut := v.lastCut()
		k := known.Model.Kind
		if cut == nil || int(k) >= len(cut.Tests) || !cut.Tests[k].Usable {
			known.Tested = true
			return Done
		}
		known.trial = &trial{cut: cut}
		t := &known.trial.of
		t.Of(v.Log)
		t.Settings = Settings{Split: orders.Split{End: cut.End, ObservedTo: cut.ObservedTo}, Pick: Picked(k)}
	}
	t := &known.trial.of
	if inner := t.Due(); inner < Scoring && inner != Idle {
		_, status := t.Next(func(_ Stage, share float64) bool { return step == nil || step(share) })
		if status != Done && status != Cancelled {
			known.trial = nil
		}
		return status
	}
	return v.held(known, step)
}

// held ends a test.
func (v *Valuation) held(known *Known, step Step) Status {
	t := &known.trial.of
	if model := t.InUse(); model != nil {
		tracking, status := model.Model.Track(v.Log, TrackingDays, v.Summary.Split.End, step)
		if status == Cancelled {
			return status
		}
		if status == Done {
			known.Trial = tracking
		}
		known.Calibration, _ = model.Model.Calibrate(t.Base, t.Summary)
	}
	known.Tested, known.trial = true, nil
	return Done
}

func (v *Valuation) lastCut() *Cut {
	if n := len(v.Choice.Cuts); n > 0 {
		return &v.Choice.Cuts[n-1]
	}
	return nil
}

package customers

import (
	"reflect"
	"slices"
	"testing"

	"hourglass/core/orders"
	"hourglass/core/sample"
)

var usual = Settings{Split: calibration, Options: Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 0.5, Level: 0.95}, Wants: Everything}

// valued is CDNOW's sample, read in chunks and valued with the settings.
func valued(t *testing.T, s Settings) *Valuation {
	t.Helper()
	v := NewValuation()
	v.Of(sampleLog(t))
	v.Settings = s
	if status := v.Run(nil); status != Done {
		t.Fatal(status)
	}
	return v
}

// The digits do not depend on how many work side by side: a shop of several blocks of histories, by 1, 2 and 8.
func TestWorkersMakeNoDifference(t *testing.T) {
	shop := SampleShop()
	shop.Customers = 20000
	rows := shop.Rows()
	text := []byte("customer,date,amount\n")
	for i, id := range rows.ID {
		y, m, d := orders.Civil(rows.Day[i])
		text = append(text, "c"+itoa(int(id))+","+itoa(y)+"-"+two(m)+"-"+two(d)+","+itoa(int(rows.Amount[i]))+"\n"...)
	}
	l := readLog(text)
	var one *Valuation
	for _, workers := range []int{1, 2, 8} {
		v := NewValuation()
		v.Workers = workers
		v.Of(l)
		v.Settings = usual
		v.Settings.Split = orders.Split{UnitDays: 7}
		if status := v.Run(func(Stage, float64) bool { return true }); status != Done {
			t.Fatal(status)
		}
		if one == nil {
			if one = v; v.Base.Table.Len() < 2*spreadTogether {
				t.Fatalf("%d histories are a single block", v.Base.Table.Len())
			}
			continue
		}
		v.sameAs(t, one, itoa(workers)+" workers")
	}
	for _, helpers := range []int{1, 3} {
		v := NewValuation()
		v.Of(l)
		v.Settings = one.Settings
		v.runWith(t, helpers)
		v.sameAs(t, one, itoa(helpers)+" helpers")
	}
}

// runWith does all that is due with so many others at errands, who bring them back in any order. Once all are called back, and come all the same.
func (v *Valuation) runWith(t *testing.T, helpers int) {
	uniform := sample.NewSource(uint64(helpers)).Uniform
	var away []Errand
	done, recalled := map[Stage]int{}, false
	for {
		for len(away) < helpers {
			e, ok := v.Errand()
			if !ok {
				break
			}
			away = append(away, e)
		}
		if len(away) > 0 && len(done) > 0 && !recalled {
			v.Recall()
			recalled = true
		}
		if v.Waits() || len(away) > 0 && uniform() < 0.3 {
			i := int(uniform() * float64(len(away)))
			done[away[i].Work]++
			v.Deliver(away[i].Do())
			away = slices.Delete(away, i, i+1)
			continue
		}
		if stage, status := v.Next(nil); status != Done {
			t.Fatal(stage, status)
		} else if stage == Idle {
			break
		}
	}
	if done[Choosing] == 0 || done[Spreading] == 0 || done[Awaiting] == 0 || !recalled {
		t.Errorf("%d helpers: little was shared: %v", helpers, done)
	}
}

// sameAs holds a valuation to the digits of another.
func (v *Valuation) sameAs(t *testing.T, one *Valuation, who string) {
	t.Helper()
	a, b := &one.Answer, &v.Answer
	if !reflect.DeepEqual(one.Choice, v.Choice) || !reflect.DeepEqual(a.Scores, b.Scores) || !reflect.DeepEqual(a.Outcomes, b.Outcomes) ||
		!reflect.DeepEqual(a.Values, b.Values) || a.Totals != b.Totals || !reflect.DeepEqual(a.Known.Next, b.Known.Next) ||
		!reflect.DeepEqual(a.Known.Record, b.Known.Record) {
		t.Errorf("%s: other digits than one worker", who)
	}
}

// Whoever asks for an outcome that is away gets it at once, done twice; an outcome that is no outcome leaves the block to be done.
func TestErrandsThatAreLost(t *testing.T) {
	want := valued(t, usual)
	v := NewValuation()
	v.Of(sampleLog(t))
	v.Settings = usual
	for range Kinds() { // as if the table were larger
		v.Next(nil)
		v.send(errand{kind: ParetoNBD})
	}
	if status := v.Run(nil); status != Done {
		t.Fatal(status)
	}
	v.sameAs(t, want, "nobody")
	b := &blocks{state: []uint8{blockAway}, left: 1, out: columns(3, 1)}
	if b.deliver(0, nil); b.state[0] != blockOpen || b.left != 1 {
		t.Error("a block without columns is done")
	}
	if b.deliver(0, columns(3, 1)); b.state[0] != blockDone || b.left != 0 {
		t.Error("a block that came late is not taken")
	}
	if o := (&Errand{Work: Spreading, Model: &Model{}}).Do(); o.Columns != nil {
		t.Error("columns of no model")
	}
}

// Work side by side is cancelled at the first word, wherever it is, and begins anew.
func TestWorkersAreCancelled(t *testing.T) {
	v := NewValuation()
	v.Workers = 4
	v.Of(sampleLog(t))
	v.Settings = usual
	cancelled := map[Stage]bool{}
	for k := 0; ; k++ {
		calls := 0
		stage, status := v.Next(func(s Stage, _ float64) bool { calls++; return cancelled[s] || calls < 2+k%3 })
		if status == Cancelled {
			cancelled[stage] = true
			continue
		}
		if status != Done {
			t.Fatal(stage, status)
		}
		if stage == Idle {
			break
		}
	}
	if !cancelled[Choosing] || v.Answer.Totals != valued(t, usual).Answer.Totals {
		t.Errorf("cancelled in %v", cancelled)
	}
}

// The steps one by one give what the valuation does, to the last bit.
func TestValuationIsItsSteps(t *testing.T) {
	v := valued(t, usual)
	l := sampleLog(t)
	s := l.Summaries(calibration)
	b := grouped(t, s)
	choice, _ := Choose(l, s, nil)
	if v.Choice.Recommended != choice.Recommended || v.Choice.Reason != choice.Reason || v.Choice.Lead != choice.Lead || !slices.Equal(v.Choice.Square, choice.Square) {
		t.Errorf("%v, %v: step by step %v, %v", v.Choice.Recommended, v.Choice.Reason, choice.Recommended, choice.Reason)
	}
	spend := FitSpend(s, nil)
	u, _ := choice.Best().Uncertain(b.Fittable(), nil)
	m := Build(choice.Best(), u, spend.Spend, s)
	want := run(t, m, s, usual.Options)
	record, _ := Roll(l, choice.Recommended, s.Split, usual.HorizonDays, nil)
	tracking, _ := m.Track(l, TrackingDays, 0, nil)
	record.Follow(tracking, l, usual.HorizonDays)
	want.totals = want.totals.Checked(&record, usual.Options)
	a := &v.Answer
	if !reflect.DeepEqual(a.Known.Model.File(), m.File()) || !slices.Equal(a.Values.Value, want.values.Value) ||
		!slices.Equal(a.Values.High, want.values.High) || a.Totals != want.totals {
		t.Error("another answer than step by step")
	}
	next, _ := m.NextOrders(b, 0.5, nil)
	calibration, _ := m.Calibrate(b, s)
	if !slices.Equal(a.Known.Next, next) || !slices.Equal(a.Known.Tracking.Expected, tracking.Expected) ||
		!slices.Equal(a.Known.Calibration.Expected, calibration.Expected) {
		t.Error("other pictures than step by step")
	}
	warned := warnings(Warnings(&choice, s, spend, tracking, usual.Options))
	warned.checks(&record, want.totals)
	if !slices.Equal(v.Warnings(), warned) {
		t.Errorf("warnings %v", v.Warnings())
	}
	sums := a.BySegment()
	var people, value float64
	for _, sum := range sums {
		people, value = people+sum.Customers, value+sum.Value
	}
	near(t, "segments' customers", people, 2357, 0)
	near(t, "segments' value", value, a.Totals.Value.Value, 1e-9*value)
}

// stages are those that it takes to come up with new settings.
func (v *Valuation) stages(t *testing.T) (done []Stage) {
	t.Helper()
	for {
		stage, status := v.Next(nil)
		if status != Done {
			t.Fatal(stage, status)
		}
		if stage == Idle {
			return slices.Compact(done)
		}
		done = append(done, stage)
	}
}

// A change of the settings is followed by the steps that rest on it, and by no other.
func TestWhatVoidsWhat(t *testing.T) {
	v := NewValuation()
	v.Of(sampleLog(t))
	v.Settings = usual
	first := []Stage{Summarising, Fitting, FittingSpend, Measuring, Scoring, Spreading, Totalling, Awaiting, Choosing}
	if got := v.stages(t); !slices.Equal(got[:len(first)], first) {
		t.Errorf("at first %v", got)
	}
	if got := v.stages(t); len(got) != 0 {
		t.Errorf("nothing has changed: %v", got)
	}
	other := MBGNBD
	if k, _ := v.Kind(); k == other {
		other = BGNBD
	}
	for _, c := range []struct {
		name   string
		change func(*Settings)
		want   []Stage
	}{
		{"margin", func(s *Settings) { s.Margin = 0.3 }, []Stage{Totalling}},
		{"cost", func(s *Settings) { s.CAC = 9 }, []Stage{Totalling}},
		{"discount", func(s *Settings) { s.AnnualDiscount = 0.2 }, []Stage{Scoring, Totalling}},
		{"level", func(s *Settings) { s.Level = 0.8 }, []Stage{Spreading, Totalling}},
		{"horizon", func(s *Settings) { s.HorizonDays = 100 }, []Stage{Scoring, Spreading, Totalling, Checking}},
		{"another model", func(s *Settings) { s.Pick = Picked(ParetoNBD) }, []Stage{Measuring, Scoring, Spreading, Totalling, Awaiting, Checking, Following}},
		{"the best again", func(s *Settings) { s.Pick = Auto }, []Stage{Scoring, Spreading, Totalling}},
		{"the other again", func(s *Settings) { s.Pick = Picked(ParetoNBD) }, []Stage{Scoring, Spreading, Totalling}},
		{"another split", func(s *Settings) { s.Pick, s.Split.End = Auto, calibration.End-70 }, append(slices.Clone(first), Following)},
	} {
		c.change(&v.Settings)
		got := v.stages(t)
		if c.name == "another split" { // the best may be the quickest, and then is not scored twice
			got = slices.DeleteFunc(got, func(s Stage) bool { return !slices.Contains(c.want, s) })[:len(first)]
			c.want = c.want[:len(first)]
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		fresh := valued(t, v.Settings)
		if !slices.Equal(fresh.Answer.Values.Value, v.Answer.Values.Value) || fresh.Answer.Totals != v.Answer.Totals || fresh.Answer.New != v.Answer.New {
			t.Errorf("%s: not what a new valuation says", c.name)
		}
	}
}

// A piece that is cancelled leaves what was there, and is begun anew.
func TestValuationCancelled(t *testing.T) {
	want := valued(t, usual)
	v := NewValuation()
	v.Of(sampleLog(t))
	v.Settings = usual
	cancelled, tried := map[Stage]bool{}, map[Stage]int{}
	for {
		told := 0
		tried[v.Due()]++
		again := tried[v.Due()]%2 == 0
		stage, status := v.Next(func(stage Stage, share float64) bool {
			if stage != v.Due() || !(share >= 0 && share <= 1) {
				t.Errorf("%v: %v", stage, share)
			}
			told++
			return again || told < 2
		})
		if status == Cancelled {
			cancelled[stage] = true
			continue
		}
		if status != Done {
			t.Fatal(stage, status)
		}
		if stage == Idle {
			break
		}
	}
	for _, stage := range []Stage{Fitting, Choosing, FittingSpend, Scoring, Spreading, Checking} {
		if !cancelled[stage] {
			t.Errorf("%v was never cancelled: %v", stage, cancelled)
		}
	}
	if !slices.Equal(v.Answer.Values.Value, want.Answer.Values.Value) || v.Answer.Totals != want.Answer.Totals || v.Choice.Lead != want.Choice.Lead {
		t.Error("another answer after cancels")
	}
}

// Without a holdout the model is tested as one that was fitted to the first three quarters of the time.
func TestTrial(t *testing.T) {
	whole := usual
	whole.Split = orders.Split{}
	v := valued(t, whole)
	known, cut := v.Answer.Known, v.lastCut()
	s, b, _ := Summarise(v.Log, orders.Split{End: cut.End, ObservedTo: cut.ObservedTo})
	c := Fit(known.Model.Kind, b.Fittable(), nil)
	m := Build(&c, Uncertainty{}, Spend{}, s)
	calibration, _ := m.Calibrate(b, s)
	tracking, _ := m.Track(v.Log, TrackingDays, 0, nil)
	if !slices.Equal(known.Calibration.Expected, calibration.Expected) || !slices.Equal(known.Trial.Expected, tracking.Expected) ||
		known.Trial.Calibration >= known.Tracking.Calibration {
		t.Error("another test than by hand")
	}
}

// A model that was fitted elsewhere scores without a fit, and brings its split along.
func TestValuationOfAModel(t *testing.T) {
	v := valued(t, usual)
	m := v.Answer.Known.Model
	s := usual
	s.Model = &m
	given := valued(t, s)
	if !slices.Equal(given.Answer.Values.Value, v.Answer.Values.Value) || given.Compared || given.Spend.Basis != NoSpend {
		t.Error("another answer from the model alone")
	}
	daily := m
	daily.UnitDays = 1
	s.Model = &daily
	given.Settings = s
	if got := given.stages(t); got[0] != Summarising || given.Summary.Split.UnitDays != 1 {
		t.Errorf("%v, %+v", got, given.Summary.Split)
	}
	daily.Parameters = Parameters{-1, 1, 1, 1}
	given.Settings.Model = &daily
	if stage, status := given.Next(nil); stage != Measuring || status != BadModel {
		t.Error(stage, status)
	}
}

// Of nobody, of nothing to learn from, and of what is no log there is a status.
func TestValuationOfNobody(t *testing.T) {
	v := NewValuation()
	if status := v.Run(nil); status != BadData {
		t.Error(status)
	}
	r := v.Read(orders.Options{})
	r.Write([]byte("customer,date,amount\nA,2024-01-05,3\n"))
	if v.Report().Bytes == 0 || v.Due() != Idle {
		t.Error("half a log is valued")
	}
	v.Close()
	v.Settings = Settings{Options: usual.Options, Wants: Everything}
	if status := v.Run(nil); status != NoModel || v.Answer.Known != nil {
		t.Error(status)
	}
	v.Settings.Pick = Picked(ParetoNBD)
	if status := v.Run(nil); status != NoModel {
		t.Error(status)
	}
	v.Settings.Pick = Picked(Kinds())
	if _, status := v.Next(nil); status != BadOptions {
		t.Error(status)
	}
	if _, ok := v.History(7); ok || v.Warnings() != nil {
		t.Error("of nobody")
	}
	if h, ok := v.History(0); !ok || len(h.Days) != 1 || h.Alive != nil {
		t.Errorf("%+v", h)
	}
}

// A model from a file is not called unsure for what the list that it scores lacks: it was learned from another.
func TestWarningsOfAModelFile(t *testing.T) {
	m := valued(t, usual).Answer.Known.Model // of CDNOW's 2,357 customers in 39 weeks
	few := NewValuation()
	r := few.Read(orders.Options{})
	r.Write([]byte("customer,date,amount\n"))
	for _, id := range "ABCDEFGHIJKL" { // twelve came back within 40 days
		r.Write([]byte(string(id) + ",1997-01-05,3\n" + string(id) + ",1997-02-14,4\n"))
	}
	few.Close()
	few.Settings = usual
	few.Settings.Split, few.Settings.Model = orders.Split{}, &m
	if status := few.Run(nil); status != Done {
		t.Fatal(status)
	}
	for _, w := range few.Warnings() {
		switch w.Code {
		case TooLittle: // the list carries no total of its own
		case NoFullYear:
			if w.Number != float64(m.Last-m.First) {
				t.Errorf("%v days, the model knows %d", w.Number, m.Last-m.First)
			}
		default:
			t.Errorf("%v: %v", w.Code, w)
		}
	}
}

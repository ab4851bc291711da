package customers

import (
	"math"
	"os"
	"regexp"
	"testing"

	"hourglass/core/btyd"
	"hourglass/core/cbs"
	"hourglass/core/orders"
	"hourglass/core/special"
)

// What package customers relies on in every model of the list, at the parameters that it has on the CDNOW sample.
func TestModels(t *testing.T) {
	s, b, status := Summarise(sampleLog(t), calibration)
	if status != Done {
		t.Fatal(status)
	}
	names := map[string]bool{}
	for k := range Kinds() {
		m := k.Model()
		if same, ok := KindOf(m.Name); !ok || same != k || names[m.Name] || m.Title == "" || len(m.Parameters) == 0 || m.Limits[0] != "none" {
			t.Fatalf("%d: %+v", k, m)
		}
		names[m.Name] = true
		c := Fit(k, b.Fittable(), nil)
		if !c.Usable() || len(c.Parameters) != len(m.Parameters) || c.AIC != 2*float64(len(m.Parameters))-2*c.Result.LogLikelihood {
			t.Fatalf("%v: %v, %d parameters", k, c.Result.Status, len(c.Parameters))
		}
		if k.process(c.Parameters[1:]) != nil || k.process(append(c.Parameters[:len(c.Parameters):len(c.Parameters)], 1)) != nil {
			t.Errorf("%v takes any number of parameters", k)
		}
		u, _ := c.Uncertain(b.Fittable(), nil)
		model := Build(&c, u, Spend{}, s)
		file := model.File()
		back, fault := file.Read()
		if fault.Code != FileOK || len(back.Parameters) != len(m.Parameters) {
			t.Errorf("%v: from its numbers %v, %d parameters", k, fault, len(back.Parameters))
		}
		model.checkProcess(t)
	}
	if _, ok := KindOf("no-such-model"); ok || Kinds().String() != "" || Kinds().process(nil) != nil {
		t.Error("a kind that there is not")
	}
}

// checkProcess holds the answers of a model's process against each other.
func (m *Model) checkProcess(t *testing.T) {
	const horizon = 26
	p := m.process()
	for _, h := range [][3]float64{{0, 0, 0}, {0, 0, 39}, {1, 20, 39}, {6, 10, 39}, {6, 38, 39}} {
		x, tx, age := h[0], h[1], h[2]
		s, _ := p.Score(cbs.Table{X: []float64{x}, TX: []float64{tx}, T: []float64{age}}, horizon, 0.001)
		alive := p.PAlive(x, tx, age)
		near(t, "P(alive)", s.Alive[0], alive, 1e-12)
		if !(s.DERT[0] > 0 && s.DERT[0] < s.Expected[0]) {
			t.Errorf("%v %v: %v discounted to %v", m.Kind, h, s.Expected[0], s.DERT[0])
		}
		if m.Kind.Model().Immortal && x == 0 && alive != 1 {
			t.Errorf("%v %v: alive %v", m.Kind, h, alive)
		}
		sum, mean := 0.0, 0.0
		for n, q := range p.Count(x, tx, age, horizon, 1, nil) {
			sum += q
			mean += float64(n) * q
		}
		near(t, "sum of the probabilities", sum, 1, 1e-6)
		near(t, "mean of the distribution", alive*mean, s.Expected[0], 1e-3*s.Expected[0])
		if rate := p.Rate(x, tx, age); !(rate > 0 && mean <= 1.05*rate*horizon) {
			t.Errorf("%v %v: rate %v, mean %v", m.Kind, h, rate, mean)
		}
		if m.Kind.Model().Memoryless && x > 0 {
			now, _ := p.Score(cbs.Table{X: []float64{x}, TX: []float64{age}, T: []float64{age}}, horizon, 0.001)
			near(t, "expected of who is there", s.Expected[0]/s.Alive[0], now.Expected[0]/now.Alive[0], 1e-9)
		}
	}
}

// The gaps of customers alike are averaged, and only asked for where a model needs them.
func TestGapsOfTheHistories(t *testing.T) {
	log := readLog([]byte("customer,date,amount\na,2024-01-01,1\na,2024-01-03,1\na,2024-01-11,1\nb,2024-01-01,1\nb,2024-01-06,1\nb,2024-01-11,1\n"))
	s := log.Summaries(orders.Split{UnitDays: 1, Gaps: true})
	b, fault := Group(Histories(s))
	if fault.Code != cbs.Valid || b.Table.Len() != 1 {
		t.Fatal(fault, b.Table)
	}
	near(t, "mean of the gaps", b.Fittable().Gaps[0], (math.Log(2*8)+math.Log(5*5))/2, 1e-15)
	if s, _, _ := Summarise(log, orders.Split{}); (s.Gaps != nil) != needGaps() {
		t.Error("gaps that no model asks for")
	}
}

// Every model tells its likelihood, that of its own fit, and can be shifted: to another order rate, and to sooner leaving.
func TestModelsShift(t *testing.T) {
	s := sampleLog(t).Summaries(orders.Split{End: calibration.End, UnitDays: 7, Gaps: true})
	table := grouped(t, s).Fittable()
	for k := range Kinds() {
		m, c := k.Model(), Fit(k, table, nil)
		near(t, m.Name+" likelihood", m.LogLikelihood(c.Parameters, table), c.Result.LogLikelihood, 1e-9*math.Abs(c.Result.LogLikelihood))
		for i, v := range m.Shifted(c.Parameters, 0, 0) {
			near(t, m.Name+" "+m.Parameters[i], v, c.Parameters[i], 1e-12*v)
		}
		before, after := k.process(c.Parameters), k.process(m.Shifted(c.Parameters, .7, 0))
		near(t, m.Name+" rate", after.Rate(0, 0, 0), math.Exp(.7)*before.Rate(0, 0, 0), 1e-9)
		sooner := k.process(m.Shifted(c.Parameters, 0, .7))
		if was, is := before.PAlive(3, 20, 30), sooner.PAlive(3, 20, 30); !(is < was) && was != 1 { // 1 by a model in which nobody leaves
			t.Errorf("%s: leaving sooner, alive with %v and %v before", m.Name, is, was)
		}
		if m.Shifted(nil, 0, 0) != nil && Parameters(m.Shifted(nil, 0, 0)).usable(k) {
			t.Errorf("%s: parameters out of none", m.Name)
		}
	}
}

// The docs that list the models name each: the option of score by its name, the page's by its title.
func TestTheDocsNameEachModel(t *testing.T) {
	for file, name := range map[string]func(*btyd.Model) string{
		"docs/score.md":     func(m *btyd.Model) string { return "`" + m.Name + "`" },
		"docs/customers.md": func(m *btyd.Model) string { return m.Title },
	} {
		body, err := os.ReadFile("../../" + file)
		if err != nil {
			t.Fatal(err)
		}
		for k := range Kinds() {
			if said := name(k.Model()); !regexp.MustCompile(`(?m)(^|[ (])` + regexp.QuoteMeta(said) + `([ ,.;)]|$)`).Match(body) {
				t.Errorf("%s does not name %s: add it where the others stand", file, said)
			}
		}
	}
}

// What a process says of many horizons in turn is, to the last bit, what it says of each alone.
func TestRepeatsAreScores(t *testing.T) {
	for _, w := range append(worlds, world{kind: MBGCNBD, truth: Parameters{2.4, 6, .9, 1.6, 1}}) {
		p := w.kind.process(w.truth)
		within := p.Repeats()
		for _, horizon := range []float64{0, 1, 2, 30, 200, 5000, 3, 90, 1e6, 1} {
			got, outcome := within(horizon)
			if want, _, status := fresh(p, horizon, 0); got != want || outcome != special.OK || status != Done {
				t.Errorf("%v within %g: %v (%v), not %v (%v)", w.kind, horizon, got, outcome, want, status)
			}
		}
	}
	within := ParetoNBD.process(Parameters{-1, 8, .6, 12}).Repeats()
	if _, outcome := within(1); outcome != special.OutOfDomain {
		t.Errorf("of parameters that are none: %v", outcome)
	}
}

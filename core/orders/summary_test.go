package orders

import (
	"io"
	"math/rand"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// randomLog writes a log and returns it with the orders that it holds, kept the
// slow way, as a second method.
func randomLog(n int) (string, map[string]map[int32]float64) {
	rng := rand.New(rand.NewSource(2))
	want := map[string]map[int32]float64{}
	var b strings.Builder
	b.WriteString("id,date,amount\n")
	for range n {
		id := "c" + strconv.Itoa(rng.Intn(n/8))
		day := Day(2021, 1, 1) + int32(rng.Intn(900))
		cents := rng.Intn(10000)
		y, m, d := Civil(day)
		b.WriteString(id + "," + stamp(y, m, d) + "," + strconv.FormatFloat(float64(cents)/100, 'f', 2, 64) + "\n")
		if want[id] == nil {
			want[id] = map[int32]float64{}
		}
		want[id][day] += float64(cents) / 100
	}
	return b.String(), want
}

func TestSummariesAgainstMaps(t *testing.T) {
	text, want := randomLog(5000)
	l := read(t, text, Options{}).Log()
	split := Split{End: Day(2022, 6, 30), ObservedTo: Day(2023, 1, 31), UnitDays: 30.4375}
	s := l.Summaries(split)
	split.Mean = MeanAll
	all := l.Summaries(split)
	seen := 0
	for i, c := range s.Customer {
		orders := want[string(l.ID(int(c)))]
		days := make([]int32, 0, len(orders))
		for d := range orders {
			days = append(days, d)
		}
		slices.Sort(days)
		var x, spend, repeat, holdX, holdSpend float64
		last := days[0]
		for k, d := range days {
			switch {
			case d <= split.End:
				spend += orders[d]
				if k > 0 {
					x++
					repeat += orders[d]
				}
				last = d
			case d <= split.ObservedTo:
				holdX++
				holdSpend += orders[d]
			}
		}
		mean := 0.0
		if x > 0 {
			mean = repeat / x
		}
		got := []float64{s.X[i], s.TX[i], s.T[i], s.HoldoutX[i], float64(s.First[i]), float64(s.Last[i])}
		exp := []float64{x, float64(last-days[0]) / 30.4375, float64(split.End-days[0]) / 30.4375, holdX, float64(days[0]), float64(last)}
		if !slices.Equal(got, exp) {
			t.Fatalf("%s: %v, want %v", l.ID(int(c)), got, exp)
		}
		for k, v := range map[string][2]float64{"spend": {s.Spend[i], spend}, "mean": {s.Mean[i], mean}, "holdout": {s.HoldoutSpend[i], holdSpend}, "mean of all": {all.Mean[i], spend / (x + 1)}} {
			if d := v[0] - v[1]; d > 1e-9 || d < -1e-9 { // sums of the same cents in another order
				t.Fatalf("%s: %s %v, want %v", l.ID(int(c)), k, v[0], v[1])
			}
		}
		seen++
	}
	expected := 0
	for _, orders := range want {
		for d := range orders {
			if d <= split.End {
				expected++
				break
			}
		}
	}
	if seen != expected {
		t.Errorf("%d customers, want %d", seen, expected)
	}
}

// The order of rows in the file changes the numbering of customers and nothing else.
func TestRowOrder(t *testing.T) {
	text, _ := randomLog(2000)
	rows := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	rows[len(rows)-1] += "\n"
	slices.Reverse(rows[1:])
	byID := func(text string) map[string][]float64 {
		l := read(t, text, Options{}).Log()
		s := l.Summaries(Split{})
		m := map[string][]float64{}
		for i, c := range s.Customer {
			m[string(l.ID(int(c)))] = []float64{s.X[i], s.TX[i], s.T[i]}
		}
		return m
	}
	if !reflect.DeepEqual(byID(text), byID(strings.Join(rows, ""))) {
		t.Error("row order matters")
	}
}

func TestCohorts(t *testing.T) {
	l := read(t, "id,date,amount\na,2024-01-10,1\na,2024-01-20,2\na,2024-03-01,4\nb,2024-01-31,8\nb,2024-02-01,16\nc,2024-02-29,32\n", Options{}).Log()
	want := Cohorts{First: 54 * 12, Months: 1, Periods: 3, Size: []uint32{2, 1, 0},
		Active: []uint32{2, 1, 1, 1, 0, 0, 0, 0, 0}, Orders: []uint32{3, 1, 1, 1, 0, 0, 0, 0, 0}, Revenue: []float64{11, 16, 4, 32, 0, 0, 0, 0, 0}}
	if got := l.Cohorts(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	for span, months := range map[string]int{"2029-12-31": 1, "2030-01-01": 3, "2049-12-31": 3, "2050-01-01": 12, "2100-12-31": 12} {
		c := read(t, "id,date\na,2020-01-01\na,"+span+"\n", Options{}).Log().Cohorts()
		if c.Months != months || c.Periods > maxPeriods || c.Active[c.Periods-1] != 1 {
			t.Errorf("to %s: %d months, %d periods", span, c.Months, c.Periods)
		}
	}
}

func TestTracking(t *testing.T) {
	l := read(t, string(load(t, "CDNOW_sample.txt.gz")), Options{}).Log()
	k := l.Tracking(7, 0)
	n := len(k.Orders) - 1
	// 2,357 first and 2,457 + 1,882 repeat orders (data/README.md).
	if k.New[n] != 2357 || k.Repeat[n] != 2457+1882 || k.Orders[n] != k.New[n]+k.Repeat[n] || k.Start != Day(1997, 1, 1) || n != 77 {
		t.Errorf("weeks %d new %d repeat %d", n+1, k.New[n], k.Repeat[n])
	}
	if e := new(Log); len(read(t, "", Options{}).Log().Tracking(0, 0).Orders) != 0 || e.Orders() != 0 {
		t.Error("an empty log tracks")
	}
}

// A customer is in the group that the row of their first order names, in whatever order the rows come.
func TestGroupOfTheFirstOrder(t *testing.T) {
	r := NewReader(Options{GroupBy: 4})
	io.WriteString(r, "customer,date,amount,channel\nann,2024-03-01,5,Mail\nbob,2024-01-05,5,Shop\nann,2024-02-01,5,Suche\nann,2024-02-01,6,Mail\ncy,2024-01-07,5, \n"+
		"dee,2024-01-09,5,Caf\xe9\nbob,2024-01-06,5,Mail\ndee,2024-01-08,-5,Mail\neve,2024-01-08,5,Shop\n")
	r.Close()
	l := r.Log()
	want := map[string]string{"ann": "Suche", "bob": "Shop", "cy": "", "dee": "Café", "eve": "Shop"}
	for i := range l.Customers() {
		got := ""
		if g := l.CarriedBy(0, i); g >= 0 {
			got = string(l.Carried[0].Value(g))
		}
		if id := string(l.ID(i)); got != want[id] {
			t.Errorf("%s is in %q, want %q", id, got, want[id])
		}
	}
	if l.Customers() != len(want) || l.Carried[0].Values() != 4 || string(l.Carried[0].Name) != "channel" {
		t.Errorf("%d customers, %d groups by %q", l.Customers(), l.Carried[0].Values(), l.Carried[0].Name)
	}
	plain := NewReader(Options{})
	io.WriteString(plain, "customer,date,amount\nann,2024-03-01,5\n")
	plain.Close()
	if len(plain.Log().Carried) != 0 {
		t.Error("groups that nobody asked for")
	}
}

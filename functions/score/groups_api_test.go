package main

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"hourglass/core/predict"
)

// The calculation customers/groups says of a list of orders what score -by does, to nine digits: every group's figures by equal age, values with
// their intervals, and what its costs come to.
func TestGroupsCalculationIsScoreBy(t *testing.T) {
	file := channelShop(t)
	dir := t.TempDir()
	saved, spend := filepath.Join(dir, "evidence.json"), filepath.Join(dir, "spend.csv")
	if err := os.WriteFile(spend, []byte("channel,cost\nsearch,18000\nmail,900000\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, model := range []string{"auto", "mbgnbd"} {
		var out, stderr strings.Builder
		if code := run([]string{"-by", "channel", "-spend", spend, "-model", model, "-margin", "0.4", "-discount", "0.1", "-horizon", "365", "-evidence", saved, file}, nil, &out, &stderr); code != 0 {
			t.Fatal(stderr.String())
		}
		text, err := os.ReadFile(saved)
		if err != nil {
			t.Fatal(err)
		}
		var want evidence
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		in := predict.CustomersGroupsInput{HorizonDays: 365, GrossMargin: new(0.4), AnnualDiscountRate: 0.1, Level: 0.95, Cost: []float64{18000, 900000}}
		if model == "mbgnbd" {
			in.Model = 2
		}
		names := map[string]float64{"Search": 1, "Mail": 2, `Fair, "2024"`: 3}
		groupColumns(t, file, names, &in)
		got, notes := predict.CustomersGroups(in)
		if notes.Refused() || len(got.Groups) != len(want.Groups) || got.Model.String() != want.Model {
			t.Fatalf("%v: %d groups by %v, want %d by %s", notes, len(got.Groups), got.Model, len(want.Groups), want.Model)
		}
		compared := 0
		same := func(what string, got, want float64) {
			t.Helper()
			if compared++; math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
				t.Errorf("%s: %s is %v, score says %v", model, what, got, want)
			}
		}
		for _, w := range want.Groups {
			g := got.Groups[int(names[w.Group])-1]
			same("customers", g.Customers, w.Customers)
			same("ordered again", g.Repeaters, w.Repeaters)
			same("repeat orders", *g.Repeats, w.Repeats.Value)
			same("order value", *g.OrderValue, w.OrderValue.Value)
			same("value", *g.CLV, w.Value.Value)
			same("value, low", *g.CLVLower, w.Value.Low)
			same("value, high", *g.CLVUpper, w.Value.High)
			same("against all", *g.Against, w.Against.Value)
			same("own", *g.Own, w.Own)
			if (g.Differs == 1) != w.Differs {
				t.Errorf("%s differs: %v", w.Group, g.Differs)
			}
			for k, by := range w.ByAge {
				same("age", got.Ages[k], by.Days)
				same("old enough", g.OldEnough[k], by.OldEnough)
				same("continued", g.Path[k], by.Path.Value)
				if by.Again == nil {
					if k < len(g.Again) {
						t.Errorf("%s has a figure for %v days, which nobody has reached", w.Group, by.Days)
					}
					continue
				}
				same("again", g.Again[k], by.Again.Value)
				same("again, high", g.AgainUpper[k], by.Again.High)
				same("margin", g.Margin[k], by.Margin.Value)
				same("margin, low", g.MarginLower[k], by.Margin.Low)
			}
			if w.Cost == nil {
				if g.Cost != nil || g.CAC != nil {
					t.Errorf("%s has no cost", w.Group)
				}
				continue
			}
			same("cost", *g.Cost, w.Cost.Cost)
			same("CAC", *g.CAC, w.Cost.CAC)
			same("CLV:CAC", *g.Ratio, w.Cost.Ratio.Value)
			same("CLV:CAC, low", *g.RatioLower, w.Cost.Ratio.Low)
			if (g.Payback == nil) != (w.Cost.Month == nil) || g.Payback != nil && *g.Payback != float64(*w.Cost.Month) {
				t.Errorf("%s is paid back in %v, score says %v", w.Group, g.Payback, w.Cost.Month)
			}
		}
		t.Logf("%s: %d figures agree", model, compared)
	}
}

// groupColumns fills in the columns of a list of orders, with numbers for names.
func groupColumns(t *testing.T, file string, groups map[string]float64, in *predict.CustomersGroupsInput) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	customers := map[string]float64{}
	for _, line := range lines[1:] {
		if customers[line[0]] == 0 {
			customers[line[0]] = float64(1 + len(customers))
		}
		day, err := time.Parse("2006-01-02", line[1])
		if err != nil {
			t.Fatal(err)
		}
		amount, err := strconv.ParseFloat(line[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		in.Customer, in.Day = append(in.Customer, customers[line[0]]), append(in.Day, float64(day.Unix()/86400))
		in.Amount, in.Group = append(in.Amount, amount), append(in.Group, groups[line[3]])
	}
}

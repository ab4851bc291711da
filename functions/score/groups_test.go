package main

import (
	"encoding/json"
	"fmt"
	"hourglass/functions/sources"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hourglass/core/customers"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
	"hourglass/core/paretonbd"
)

// channelShop writes the orders of a shop whose customers from search order twice as often as those from mail, and a handful from elsewhere.
func channelShop(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("customer,date,amount,channel\n")
	for k, c := range []struct {
		name   string
		people int
		alpha  float64
	}{{"Search", 900, 50}, {"Mail", 900, 100}, {`"Fair, ""2024"""`, 12, 70}} {
		shop := customers.Shop{Seed: uint64(k) + 3, Customers: c.people, First: 19723, Days: 731,
			Orders: paretonbd.Params{R: .65, Alpha: c.alpha, S: .6, Beta: 90}, Spend: gammagamma.Params{P: 6, Q: 4, Gamma: 22.5}}
		r := shop.Rows()
		for i := range r.ID {
			y, m, d := orders.Civil(r.Day[i])
			fmt.Fprintf(&text, "%d-%d,%04d-%02d-%02d,%.2f,%s\n", k, r.ID[i], y, m, d, r.Amount[i], c.name)
		}
	}
	file := filepath.Join(t.TempDir(), "channels.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestBy(t *testing.T) {
	file := channelShop(t)
	saved := filepath.Join(t.TempDir(), "evidence.json")
	var out, stderr strings.Builder
	if code := run([]string{"-by", "Channel", "-model", "paretonbd", "-evidence", saved, file}, nil, &out, &stderr); code != 0 {
		t.Fatal(stderr.String())
	}
	for _, want := range []string{"groups: a new customer by channel", `group "Search": 900 customers`, `group "Mail": 900 customers`, `group "Fair, \"2024\"": 12 customers`, "% against all", "not told from all others"} {
		if !strings.Contains(strings.ToLower(stderr.String()), strings.ToLower(want)) {
			t.Errorf("%q is not in\n%s", want, stderr.String())
		}
	}
	// By the model's file the groups are the same ones.
	groupLines := func(said string) (out []string) {
		for line := range strings.Lines(said) {
			if strings.HasPrefix(line, "group") {
				out = append(out, line)
			}
		}
		return out
	}
	model := filepath.Join(t.TempDir(), "model.json")
	var again strings.Builder
	if code := run([]string{"-quiet", "-model", "paretonbd", "-save-model", model, file}, nil, &out, &again); code != 0 {
		t.Fatal(again.String())
	}
	if code := run([]string{"-by", "Channel", "-model-file", model, file}, nil, &out, &again); code != 0 || !slices.Equal(groupLines(again.String()), groupLines(stderr.String())) {
		t.Errorf("by the model's file %d:\n%s\ninstead of\n%s", code, again.String(), stderr.String())
	}
	text, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	var e evidence
	if err := json.Unmarshal(text, &e); err != nil || len(e.Groups) != 3 {
		t.Fatal(err, len(e.Groups))
	}
	by := map[string]sources.Group{}
	for _, g := range e.Groups {
		by[g.Group] = g
	}
	search, mail, fair := by["Search"], by["Mail"], by[`Fair, "2024"`]
	if !search.Differs || !mail.Differs || fair.Differs || !(search.Value.Low > mail.Value.High) {
		t.Errorf("%+v", e.Groups)
	}
	if !(fair.Own < search.Own && fair.Value.High/fair.Value.Low > search.Value.High/search.Value.Low) {
		t.Errorf("twelve customers are known as well as 900: %+v", e.Groups)
	}

	if len(search.ByAge) != len(customers.GrowthAges) || search.Cost != nil || !(search.ByAge[3].Margin.Value > mail.ByAge[3].Margin.Value) || fair.ByAge[12].Path.Value <= 0 {
		t.Errorf("by age: %+v", search.ByAge)
	}

	spend := filepath.Join(t.TempDir(), "spend.csv")
	text = []byte("date,channel,cost\n2023-12-31,Search,1000\n2024-02-01,search,9000\n2024-03-01,Search,9000\n2024-03-01,Mail,900000\n2024-03-01,Radio,5\n2024-03-01,,5\n")
	if err := os.WriteFile(spend, text, 0o600); err != nil {
		t.Fatal(err)
	}
	stderr.Reset()
	if code := run([]string{"-by", "channel", "-spend", spend, "-model", "mbgnbd", "-evidence", saved, file}, nil, &out, &stderr); code != 0 {
		t.Fatal(stderr.String())
	}
	for _, want := range []string{"spend: 4 rows for 3 groups; 1 outside the days of the orders; 1 without a group, an amount or a day; no customers came from \"Radio\"",
		`group "Search": cost 18,000; CAC 20.00; CLV:CAC`, `group "Mail": cost 900,000; CAC 1,000; CLV:CAC`, "not paid back within 12 months", "groups: CAC 506.62 over every customer; over those of groups with a cost 510.00",
		"ordered again within 30, 90, 180, 365 days of the first order"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("%q is not in\n%s", want, stderr.String())
		}
	}
	e = evidence{}
	if text, err = os.ReadFile(saved); err != nil || json.Unmarshal(text, &e) != nil {
		t.Fatal(err)
	}
	for _, g := range e.Groups {
		if g.Group == "Search" && (g.Cost == nil || g.Cost.CAC != 20 || g.Cost.Month == nil || math.Abs(g.Cost.Ratio.Value-g.Value.Value/20) > 1e-9) {
			t.Errorf("%+v", g.Cost)
		}
		if g.Group == "Mail" && (g.Cost == nil || g.Cost.Month != nil) {
			t.Errorf("%+v", g.Cost)
		}
	}

	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"-spend", spend}, "-spend says what the groups of -by have cost"},
		{[]string{"-by", "channel", "-spend", "no-such-file"}, "no-such-file"},
		{[]string{"-by", "channel", "-spend", file + "x"}, "channels.csvx"},
		{[]string{"-by", "4", "-from", "2024-03-01"}, `group "Search"`},
		{[]string{"-by", "first-month"}, `group "2024-01"`},
		{[]string{"-by", "colour"}, `-by: no column is named "colour": there are`},
		{[]string{"-by", "0"}, "the file has columns 1 to"},
		{[]string{"-by", "channel", "-quiet"}, "-by needs an order log"},
		{[]string{"-by", "customer"}, `group "(all others)"`},
		{[]string{"-by", "channel", "-calibration-end", "2024-01-10"}, "too little for a forecast"},
	} {
		var out, stderr strings.Builder
		run(append(append([]string{"-model", "mbgnbd"}, c.args...), file), nil, &out, &stderr)
		if !strings.Contains(stderr.String(), c.want) {
			t.Errorf("%v: %q is not in\n%s", c.args, c.want, stderr.String())
		}
	}
}

// A column of tags has a group of each tag, and the report says that they overlap.
func TestByTags(t *testing.T) {
	var text strings.Builder
	text.WriteString("customer,date,amount,tags\n")
	shop := customers.Shop{Seed: 8, Customers: 300, First: 19723, Days: 731, Orders: paretonbd.Params{R: .65, Alpha: 50, S: .6, Beta: 90},
		Spend: gammagamma.Params{P: 6, Q: 4, Gamma: 22.5}}
	r := shop.Rows()
	for i := range r.ID {
		y, m, d := orders.Civil(r.Day[i])
		fmt.Fprintf(&text, "c%d,%04d-%02d-%02d,%.2f,%s\n", r.ID[i], y, m, d, r.Amount[i], []string{`"vip, news"`, "vip", "news", ""}[r.ID[i]%4])
	}
	saved := filepath.Join(t.TempDir(), "evidence.json")
	var out, stderr strings.Builder
	if code := run([]string{"-by", "tags", "-model", "mbgnbd", "-evidence", saved}, strings.NewReader(text.String()), &out, &stderr); code != 0 {
		t.Fatal(stderr.String())
	}
	for _, want := range []string{`group "vip": 150 customers`, `group "news": 150 customers`, `group "(empty)": 75 customers`, "the groups overlap and their customers add up to more than the 300 of all"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("%q is not in\n%s", want, stderr.String())
		}
	}
	var e evidence
	if text, err := os.ReadFile(saved); err != nil || json.Unmarshal(text, &e) != nil || !e.Overlap || len(e.Groups) != 3 {
		t.Errorf("%v %v, %d groups", err, e.Overlap, len(e.Groups))
	}
}

// The command that docs/score.md shows for groups.
func TestByAsDocumented(t *testing.T) {
	body, err := os.ReadFile("../../docs/score.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^\./score (-by .*) orders\.csv > ranked\.csv$`).FindAllSubmatch(body, -1)
	if len(lines) != 2 {
		t.Fatalf("docs/score.md shows %d commands with score -by, not 2", len(lines))
	}
	spend := regexp.MustCompile("(?s)```csv\n(date,channel,cost\n.*?)```").FindSubmatch(body)
	if spend == nil {
		t.Fatal("docs/score.md shows no file of costs")
	}
	dir := t.TempDir()
	saved, costs := filepath.Join(dir, "evidence.json"), filepath.Join(dir, "spend.csv")
	if err := os.WriteFile(costs, spend[1], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		args := strings.Fields(strings.NewReplacer("evidence.json", saved, "spend.csv", costs).Replace(string(line[1])))
		var out, stderr strings.Builder
		if code := run(append(args, channelShop(t)), nil, &out, &stderr); code != 0 || !strings.Contains(stderr.String(), "group ") {
			t.Errorf("exit code %d\n%s", code, stderr.String())
		}
		if strings.Contains(string(line[1]), "spend.csv") && !strings.Contains(stderr.String(), "CLV:CAC") {
			t.Errorf("no cost in\n%s", stderr.String())
		}
	}
	if text, err := os.ReadFile(saved); err != nil || !strings.Contains(string(text), "new_customers_by_group") {
		t.Error("no groups in the evidence: ", err)
	}
}

// What needs an order log is refused of summaries, whether they are named so or found to be: before, some options were ignored and one ended in a panic.
func TestSummariesAreNoLog(t *testing.T) {
	file := channelShop(t)
	summaries := filepath.Join(t.TempDir(), "summaries.csv")
	if err := os.WriteFile(summaries, []byte(must(t, "", "-quiet", "-summaries", file)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, option := range [][]string{{"-by", "frequency"}, {"-by", "first-month"}, {"-evidence", filepath.Join(t.TempDir(), "e.json")}, {"-carry", "frequency"}, {"-consent", "found"}} {
		for _, named := range [][]string{nil, {"-input", "summaries"}} {
			code, out, report := call(t, nil, slices.Concat(option, named, []string{summaries})...)
			if code != 2 || out != "" || !strings.Contains(report, option[0]+" needs an order log, with a row for each order") {
				t.Errorf("%v %v: %d %s", option, named, code, report)
			}
		}
	}
}

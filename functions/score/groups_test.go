package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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
	text, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	var e evidence
	if err := json.Unmarshal(text, &e); err != nil || len(e.Groups) != 3 {
		t.Fatal(err, len(e.Groups))
	}
	by := map[string]groupOf{}
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

	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"-by", "4", "-from", "2024-03-01"}, `group "Search"`},
		{[]string{"-by", "first-month"}, `group "2024-01"`},
		{[]string{"-by", "colour"}, `-by: no column is named "colour": there are`},
		{[]string{"-by", "0"}, "columns are numbered from 1"},
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

// The command that docs/score.md shows for groups.
func TestByAsDocumented(t *testing.T) {
	body, err := os.ReadFile("../../docs/score.md")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^\./score (-by .*) orders\.csv > ranked\.csv$`).FindSubmatch(body)
	if line == nil {
		t.Fatal("docs/score.md shows no score -by")
	}
	saved := filepath.Join(t.TempDir(), "evidence.json")
	args := strings.Fields(strings.Replace(string(line[1]), "evidence.json", saved, 1))
	var out, stderr strings.Builder
	if code := run(append(args, channelShop(t)), nil, &out, &stderr); code != 0 || !strings.Contains(stderr.String(), "group ") {
		t.Errorf("exit code %d\n%s", code, stderr.String())
	}
	if text, err := os.ReadFile(saved); err != nil || !strings.Contains(string(text), "new_customers_by_group") {
		t.Error("no groups in the evidence: ", err)
	}
}

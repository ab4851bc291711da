package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tried are options with a value that has something to do in some input, and nothing in others.
var tried = map[string]string{
	"by": "first-month", "calibration-end": "2023-12-31", "carry": "channel", "columns": "amount=none", "consent": "channel", "currency": "EUR", "date-order": "dmy", "decimal": ",", "discount": "0.2",
	"evidence": "FILE", "fields": "id,p_alive", "format": "tsv", "from": "2022-06-01", "horizon": "90", "identity": "channel", "input": "orders", "json-path": "data.orders", "keep": "cancelled", "level": "0.5", "margin": "0.5",
	"model": "bgnbd", "model-file": "MODEL", "quiet": "", "rates": "USD=0.9", "raw-ids": "", "reading": "column_id=channel", "refunds": "drop", "save-model": "FILE", "sheet": "Orders", "skip": "nobody", "spend": "FILE", "sql": "ansi",
	"statuses": "parked=paid", "stream": "", "subscriptions": "no", "summaries": "", "table": "shop.orders", "unit": "week",
}

// silent are options that may be there without an effect, and why.
var silent = map[string]string{
	"input":         "says what the input is taken for anyway",
	"subscriptions": "no is right of what is none",
	"raw-ids":       "changes only ids that look like formulas",
	"quiet":         "takes nothing away where nothing is said",
	"currency":      "names the currency of amounts that have none, which the report shows",
	"decimal":       "the report shows it under settings, and whether amounts depend on it is not known then",
	"level":         "is that of fields which are not asked for",
	"keep":          "keeps rows of a state that the list may have none of",
}

// echo repeats what was given.
var echo = regexp.MustCompile(`(?m)^settings: .*\n`)

func TestNoOptionIsIgnored(t *testing.T) {
	dir := t.TempDir()
	var list strings.Builder
	list.WriteString("customer,date,amount,channel\n")
	for i := range 60 {
		for k := range 1 + i%4 {
			fmt.Fprintf(&list, "c%d,202%d-%02d-%02d,%d.50,%s\n", i, 2+k/2, 1+(i+5*k)%12, 1+(7*i+11*k)%28, 10+i%7+k, [...]string{"web", "shop"}[i%2])
		}
	}
	name := func(file string) string { return filepath.Join(dir, file) }
	if err := os.WriteFile(name("log.csv"), []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, report := call(t, nil, "-model", "bgnbd", "-save-model", name("model.json"), name("log.csv")); code != 0 {
		t.Fatal(report)
	}
	if err := os.WriteFile(name("summaries.csv"), []byte(must(t, "", "-summaries", name("log.csv"))), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, help := call(t, nil, "-help")
	options := regexp.MustCompile(`(?m)^  -(\S+)`).FindAllStringSubmatch(help, -1)
	if len(options) != len(tried) {
		t.Errorf("%d options, and %d are tried here", len(options), len(tried))
	}
	for _, input := range [][]string{{"log.csv"}, {"summaries.csv"}, {"-stream", "-model-file", name("model.json"), "summaries.csv"}, {"-summaries", "log.csv"}, {"-sql", "bigquery"}} {
		args := append([]string(nil), input...)
		if last := len(args) - 1; strings.HasSuffix(args[last], ".csv") {
			args[last] = name(args[last])
		}
		_, out, report := call(t, nil, args...)
		for _, option := range options {
			option := option[1]
			value, known := tried[option]
			if !known {
				t.Errorf("-%s is not tried here: add it", option)
			}
			if strings.Contains(strings.Join(input, " "), "-"+option+" ") || silent[option] != "" {
				continue
			}
			with := []string{"-" + option}
			if value != "" {
				with = append(with, strings.NewReplacer("FILE", name("written.json"), "MODEL", name("model.json")).Replace(value))
			}
			os.Remove(name("written.json"))
			code, changed, said := call(t, nil, append(with, args...)...)
			_, err := os.Stat(name("written.json"))
			if code == 0 && changed == out && err != nil && echo.ReplaceAllString(said, "") == report {
				t.Errorf("score %v with -%s %s: no effect, and nothing is said of that\n%s", input, option, value, said)
			}
		}
	}
}

// What a person who mistakes an option reads.
func TestAnOptionWithoutEffectSaysWhatToDo(t *testing.T) {
	list := "customer,date,Amount (USD)\na,2024-01-02,10\nb,2024-02-03,20\na,2024-03-04,10\n"
	for _, c := range []struct{ options, want string }{
		{"-json-path data.orders", "-json-path says where the list stands in JSON, and this is none. Leave it out"},
		{"-unit week", "-horizon takes a unit of its own, as in 26w"},
		{"-skip a,zoe", `note: -skip: nobody is called "zoe"`},
		{"-skip outsized", "note: -skip: nobody has far more rows than a person has"},
		{"-statuses open=paid", `note: -statuses: no row has the status "open"`},
		{"-refunds drop", "note: -refunds: no row is a refund"},
		{"-date-order dmy", "note: -date-order: no date can be read in two ways"},
		{"-currency USD -rates GBP=1.2", "note: -rates: no row is in GBP"},
		{"-currency EUR", "no order is in EUR: the amounts are in USD. Leave -currency out, or convert them with -rates"},
		{"-currency EUR -rates USD=0.9", "3 rows converted to EUR"},
		{"-summaries -margin 0.4", "-margin has no effect with -summaries, which values nothing. Give it when you score the summaries"},
		{"-table orders", "choose a warehouse with -sql"},
		{"-input orders -columns frequency=1", "-columns names frequency, and the columns of an order log are id"},
	} {
		if _, _, said := call(t, strings.NewReader(list), strings.Fields(c.options)...); !strings.Contains(said, c.want) {
			t.Errorf("score %s: %q is not in\n%s", c.options, c.want, said)
		}
	}
	if _, _, said := call(t, nil, "orders.csv", "-horizon", "90"); !strings.Contains(said, "options stand before files, and -horizon stands behind one") {
		t.Error(said)
	}
	// The page writes these two into its command, whatever the list is.
	if code, _, said := call(t, strings.NewReader(regulars(120)), "-level", "0.8", "-reading", "currency=EUR"); code != 0 || !strings.Contains(said, "note: -level: the intervals of renewals are those of 95%") {
		t.Error(code, said)
	}
	if _, _, said := call(t, strings.NewReader(regulars(120)), "-skip", "c1"); !strings.Contains(said, "-skip has no effect on a list of invoices. Leave it out, or value the list as repeat purchases with -subscriptions no") {
		t.Error(said)
	}
}

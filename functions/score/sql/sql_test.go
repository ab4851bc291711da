package sql

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the committed queries")

// The committed files are what the template makes.
func TestFiles(t *testing.T) {
	for _, d := range dialects {
		want, err := Summaries(d.name, Names{})
		if err != nil {
			t.Fatal(err)
		}
		file := d.name + ".sql"
		if *update {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, _ := os.ReadFile(file); string(got) != want {
			t.Errorf("%s is not what template.sql makes: go generate ./functions/score/sql", file)
		}
	}
}

func TestNames(t *testing.T) {
	text, err := Summaries("bigquery", Names{Table: "`shop.sales`", ID: "buyer", Date: "at", Amount: "net / 100", End: "2025-06-30"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"FROM `shop.sales`\n", "buyer AS id", "CAST(at AS DATE)", "CAST(net / 100 AS FLOAT64)", "DATE '2025-06-30'"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if _, err := Summaries("mysql", Names{}); err == nil || Known("mysql") {
		t.Error("an unknown dialect was taken")
	}
}

package main

import (
	"hourglass/functions/score/rows"
	"strings"
	"testing"
)

func TestUnarmed(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+49 30 1": "'+49 30 1", "@home": "'@home", "-x": "'-x", " =1": "' =1", "\"=1": "'\"=1", "\u200b=1": "'\u200b=1", "\uff1d1": "'\uff1d1",
		"a;=1": "a;'=1", "a\n=1": "a\n'=1", "\t=1": "'\t'=1", "-12.5e3": "-12.5e3", "a=b": "a=b", "a-1": "a-1", "a@b.example": "a@b.example", "": "", "c1": "c1", "'": "'",
	} {
		if got := string(rows.Unarmed([]byte(text))); got != want {
			t.Errorf("%q: %q for %q", text, got, want)
		}
	}
}

// An id that a spreadsheet would run is text in CSV and TSV, unless it is asked for as it is.
func TestFormulasInIDs(t *testing.T) {
	var log strings.Builder
	log.WriteString("customer,date,amount\n")
	for i, id := range []string{"=cmd|' /C calc'!A0", "@sum(1)", "c3", "c4", "c5"} {
		for k := range 2 + i%3 {
			log.WriteString("\"" + id + "\",2025-0" + string(rune('1'+k*2)) + "-1" + string(rune('0'+i)) + ",10\n")
		}
	}
	for _, row := range []struct {
		args       []string
		with, free string
	}{
		{nil, "'=cmd", ",=cmd"},
		{[]string{"-format", "tsv"}, "'@sum", "\n@sum"},
		{[]string{"-raw-ids"}, "\n=cmd", "'=cmd"},
		{[]string{"-format", "jsonl"}, `"=cmd`, "'=cmd"},
	} {
		out := must(t, log.String(), append(row.args, "-quiet")...)
		if !strings.Contains(out, row.with) || strings.Contains(out, row.free) {
			t.Errorf("%v: %s", row.args, out)
		}
	}
}

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// marketed is a shop's export with columns beside the orders, and what of them a list holds: of each customer the last entry that is one.
func marketed() (text string, phone, consents map[string]string) {
	var b strings.Builder
	b.WriteString("Email,Created at,Total,Phone,Accepts Marketing,Note\n")
	phone, consents = map[string]string{}, map[string]string{}
	for k := range 6 {
		for i := range 60 {
			if (i+k)%3 == 0 && k > 0 {
				continue
			}
			who := fmt.Sprintf("a%d@x.example", i)
			cell, yes := "", ""
			if (i+k)%2 == 0 {
				cell = fmt.Sprintf("+49 151 %06d", 100*i+k)
				phone[who] = cell
			}
			if yes = []string{"yes", "no", ""}[(i*7+k*5)%3]; yes != "" {
				consents[who] = yes
			}
			fmt.Fprintf(&b, "%s,2024-%02d-%02d,%d.50,%s,%s,=1+%d\n", who, 1+2*k, 1+i%28, 20+i%9, cell, yes, i)
		}
	}
	return b.String(), phone, consents
}

func TestCarriedColumnsAndConsent(t *testing.T) {
	text, phone, consents := marketed()
	base := []string{"-horizon", "90", "-subscriptions", "no"}
	plain := parsed(t, must(t, text, base...))
	got := parsed(t, must(t, text, append(base, "-carry", "phone,Note,5")...))
	if len(got["id"]) != 60 {
		t.Fatalf("%d rows", len(got["id"]))
	}
	for i, id := range got["id"] {
		if got["Phone"][i] != phone[id] || got["Accepts Marketing"][i] != consents[id] || !strings.HasPrefix(got["Note"][i], "'=1+") {
			t.Errorf("%s: %q, %q, %q", id, got["Phone"][i], got["Accepts Marketing"][i], got["Note"][i])
		}
		if id != plain["id"][i] || got["clv"][i] != plain["clv"][i] {
			t.Errorf("%s is valued otherwise", id)
		}
	}
	// Who consents, in the order of all, with the ranks among all.
	var want []string
	for _, id := range plain["id"] {
		if consents[id] == "yes" {
			want = append(want, id)
		}
	}
	for _, option := range []string{"found", "Accepts marketing", "5"} {
		code, out, report := call(t, strings.NewReader(text), append(base, "-consent", option, "-fields", "id,rank")...)
		if code != 0 {
			t.Fatal(report)
		}
		if got := parsed(t, out); strings.Join(got["id"], " ") != strings.Join(want, " ") {
			t.Errorf("-consent %s: %d customers, want %d", option, len(got["id"]), len(want))
		}
		if line := fmt.Sprintf("consent: %d of 60 customers by \"Accepts Marketing\"", len(want)); !strings.Contains(report, line) {
			t.Errorf("without %q\n%s", line, report)
		}
	}
	// Nobody's list is a table with its header, and no row.
	if out := must(t, strings.ReplaceAll(text, ",yes,", ",no,"), append(base, "-consent", "found", "-fields", "id,rank")...); out != "id,rank\n" {
		t.Errorf("nobody consents: %q", out)
	}
	// As JSON nothing is changed, and a name that is taken says whose it is.
	out := must(t, strings.Replace(text, "Note", "clv", 1), append(base, "-carry", "clv,phone", "-format", "jsonl", "-fields", "id,clv")...)
	var row map[string]any
	if err := json.Unmarshal([]byte(strings.SplitN(out, "\n", 2)[0]), &row); err != nil {
		t.Fatal(err)
	}
	if note, ok := row["clv (file)"].(string); !ok || !strings.HasPrefix(note, "=1+") || len(row) != 4 {
		t.Errorf("%v", row)
	}
	// Of a part of the time, too, the entries are those of the whole file.
	late := parsed(t, must(t, text, append(base, "-carry", "phone", "-from", "2024-03-01")...))
	for i, id := range late["id"] {
		if late["Phone"][i] != phone[id] {
			t.Errorf("%s: %q", id, late["Phone"][i])
		}
	}
}

// Of several files the columns are found by name in each.
func TestCarriedColumnsOfSeveralFiles(t *testing.T) {
	text, phone, _ := marketed()
	lines := strings.SplitAfter(strings.TrimSpace(text), "\n")
	dir := t.TempDir()
	var files []string
	for i, part := range [][]string{lines[1:150], lines[150:]} {
		files = append(files, filepath.Join(dir, fmt.Sprintf("%d.csv", i)))
		if err := os.WriteFile(files[i], []byte(lines[0]+strings.Join(part, "")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, out, report := call(t, nil, append([]string{"-horizon", "90", "-carry", "phone"}, files...)...)
	if code != 0 {
		t.Fatal(report)
	}
	got := parsed(t, out)
	for i, id := range got["id"] {
		if got["Phone"][i] != phone[id] {
			t.Errorf("%s: %q, want %q", id, got["Phone"][i], phone[id])
		}
	}
}

func TestCarriedColumnsThatAreNot(t *testing.T) {
	text, _, _ := marketed()
	without := strings.Replace(text, "Accepts Marketing", "Wish", 1)
	for _, c := range []struct {
		text string
		code int
		says string
		args []string
	}{
		{text, 1, `-carry: no column is named "mobile"`, []string{"-carry", "mobile"}},
		{text, 2, "-carry 9: the file has columns 1 to 6", []string{"-carry", "9"}},
		{without, 1, "no column's name says who accepts marketing", []string{"-consent", "found"}},
		{text, 2, "names an empty column", []string{"-carry", "phone,,note"}},
		{text, 2, "name columns of the file", []string{"-consent", ""}},
		{text, 2, "need an order log", []string{"-consent", "found", "-summaries"}},
		{text, 2, "-carry and -consent are of repeat purchases", []string{"-carry", "phone", "-subscriptions", "yes"}},
		{text, 2, "15 are carried at most", []string{"-carry", strings.Repeat("phone,", 15) + "phone"}},
	} {
		if code, _, report := call(t, strings.NewReader(c.text), c.args...); code != c.code || !strings.Contains(report, c.says) {
			t.Errorf("%q: exit code %d\n%s", c.args, code, report)
		}
	}
}

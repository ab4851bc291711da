package orders

import (
	"encoding/csv"
	"fmt"
	"math/rand"
	"strings"
	"testing"
)

// keptRows is a file as a shop exports it, the newest order first: orders of several lines, guests by address, quotes, padded ids.
func keptRows(rng *rand.Rand, newestFirst bool) [][]string {
	rows := [][]string{}
	for i := range 400 {
		day := i / 3
		c := rng.Intn(40)
		pick := func(of ...string) string { return of[rng.Intn(len(of))] }
		row := []string{fmt.Sprintf("#%d", 1000+i), fmt.Sprintf("a%d@x.example", c), fmt.Sprintf("2024-%02d-%02d", 1+day/28, 1+day%28), "12.50",
			pick("yes", "no", ""), pick("", fmt.Sprintf("'+49 0151 %d", c), fmt.Sprintf("=\"00%d\"", c)), pick("vip, \"old\"", "", "=1+1", strings.Repeat("long ", 70)+fmt.Sprint(i))}
		rows = append(rows, row)
	}
	if newestFirst {
		for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
			rows[i], rows[j] = rows[j], rows[i]
		}
	}
	return rows
}

// Of each customer the last text that is not empty is kept as it stands: against a loop over the rows, whichever way the file runs and the rows are read.
func TestKeptTexts(t *testing.T) {
	columns := []string{"Accepts Marketing", "Phone", "6"} // the last by its number
	at := []int{4, 5, 5}
	columns = append(columns, "Note")
	at = append(at, 6)
	for _, newestFirst := range []bool{false, true} {
		rows := keptRows(rand.New(rand.NewSource(7)), newestFirst)
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Write([]string{"Name", "Email", "Created at", "Total", "Accepts Marketing", "Phone", "Note"})
		w.WriteAll(rows)
		want := map[string][]string{}
		for i := range rows {
			row := rows[i]
			if newestFirst { // from the oldest
				row = rows[len(rows)-1-i]
			}
			texts := want[row[1]]
			if texts == nil {
				texts = make([]string, len(columns))
				want[row[1]] = texts
			}
			for k, column := range at {
				text := strings.TrimSpace(row[column])
				text = strings.TrimSuffix(strings.TrimPrefix(text, `="`), `"`)
				if column == 5 {
					text = strings.TrimPrefix(text, "'")
				} else {
					text = strings.TrimSpace(row[column])
				}
				if text != "" {
					texts[k] = text
				}
			}
		}
		for _, slow := range []bool{false, true} {
			r := NewReader(Options{Keep: append(columns, "Nothing so called"), slow: slow})
			r.Write([]byte(b.String()))
			r.Close()
			l := r.Log()
			if len(l.Kept) != len(columns) || l.Customers() != len(want) || r.Report().Consent != 5 {
				t.Fatalf("%d columns, %d customers, consent in %d", len(l.Kept), l.Customers(), r.Report().Consent)
			}
			for c := range l.Customers() {
				for k := range columns {
					if got := l.ConsentBy(k, c); got != Consents(l.KeptBy(k, c)) {
						t.Errorf("%q: consent %t", l.KeptBy(k, c), got)
					}
					if got := string(l.KeptBy(k, c)); got != want[string(l.ID(c))][k] {
						t.Errorf("newest first %t, slow %t: %s has %q of %s, want %q", newestFirst, slow, l.ID(c), got, columns[k], want[string(l.ID(c))][k])
					}
				}
			}
		}
	}
}

// Consent is what exports write: yes and no, a status, the day on which it was given.
func TestConsent(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{{"yes", true}, {"true", true}, {"1", true}, {"SUBSCRIBED", true}, {"Double Opt-In", true}, {"2023-04-05 10:11:12", true}, {"ja", true}, {"oui", true}, {"نعم", true},
		{"", false}, {"no", false}, {"false", false}, {"NEVER_SUBSCRIBED", false}, {"UNSUBSCRIBED", false}, {"unknown", false}, {"0", false}, {"pending", false}} {
		if got := Consents([]byte(c.text)); got != c.want {
			t.Errorf("%q: %t", c.text, got)
		}
	}
	for _, c := range []struct {
		names string
		want  int
	}{{"Email,Accepts Marketing", 2}, {"Accepts SMS Marketing,Accepts Email Marketing", 2}, {"Email,Email Marketing Consent", 2}, {"Newsletter", 1},
		{"Opted out of email", 0}, {"Marketing channel,Marketing Source", 0}, {"Email,Total", 0}, {"Einwilligung", 1}} {
		var names [][]byte
		for _, name := range strings.Split(c.names, ",") {
			names = append(names, []byte(name))
		}
		if got := consentColumn(names); got != c.want {
			t.Errorf("%s: %d, want %d", c.names, got, c.want)
		}
	}
}

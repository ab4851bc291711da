package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// regulars writes the list of docs/score.md's section on subscriptions, made longer: subscribers of a plan who begin in the months of 2023, of whom a fixed
// share leaves after each payment.
func regulars(subscribers int) string {
	var b strings.Builder
	b.WriteString("customer,subscription,invoice date,plan,amount paid,currency,status\n")
	for i := range subscribers {
		first := i % 12
		paid := 24 - first
		if i%3 == 0 {
			paid = min(paid, 1+(i/3)%9)
		}
		for k := range paid {
			m := first + k
			fmt.Fprintf(&b, "c%d,s%d,%d-%02d-05,Team,30.00,EUR,paid\n", i, i, 2023+m/12, m%12+1)
		}
	}
	return b.String()
}

func TestSubscriptions(t *testing.T) {
	list := regulars(360)
	code, out, report := call(t, strings.NewReader(list), "-margin", "0.7", "-discount", "0.1")
	if code != 0 {
		t.Fatal(report)
	}
	rows := parsed(t, out)
	if len(rows["id"]) != 360 || len(rows) != len(subscriptionFields) {
		t.Fatalf("%d rows of %d fields", len(rows["id"]), len(rows))
	}
	// The lines add up to what the report says, and each value is its chance to renew and what follows.
	total := 0.0
	for i, v := range rows["residual_value"] {
		switch rows["status"][i] {
		case "active":
			renew, value := number(t, rows["p_renew"][i]), number(t, v)
			if least := 0.7 * 30 * renew / math.Pow(1.1, 1.0/12); value < least {
				t.Errorf("%s: %g is less than its next renewal, %g", rows["id"][i], value, least)
			}
			total += value
		case "ended":
			if number(t, v) != 0 || number(t, rows["p_renew"][i]) != 0 {
				t.Errorf("%s has ended and brings %s", rows["id"][i], v)
			}
		}
	}
	for _, want := range []string{"a list of invoices, 360 subscriptions of 360 subscribers as of 2024-12-05", `plan: "Team", per month`, "check: curves of the list until 2024-04-1", "bring a margin of " + whole(total) + " EUR", "-subscriptions no"} {
		if !strings.Contains(report, want) {
			t.Errorf("without %q\n%s", want, report)
		}
	}
	// Both ways can be forced.
	if _, out, _ := call(t, strings.NewReader(list), "-subscriptions", "no"); !strings.HasPrefix(out, "id,orders,") {
		t.Errorf("%.80s", out)
	}
	orders := "customer,date,amount\na,2024-01-01,5\na,2024-02-01,5\na,2024-03-02,5\nb,2024-02-01,5\n"
	if code, out, report := call(t, strings.NewReader(orders), "-subscriptions", "yes"); code != 0 || !strings.HasPrefix(out, "id,customer,plan") || !strings.Contains(report, "nobody has left yet") {
		t.Errorf("%d\n%s\n%s", code, out, report)
	}
	for _, c := range []struct {
		args []string
		code int
	}{{[]string{"-subscriptions", "perhaps"}, 2}, {[]string{"-subscriptions", "yes", "-by", "plan"}, 2}, {[]string{"-fields", "id"}, 2}, {[]string{"-format", "jsonl", "-quiet"}, 0}, {[]string{"-format", "tsv"}, 0}} {
		if code, _, report := call(t, strings.NewReader(list), c.args...); code != c.code {
			t.Errorf("%s: exit code %d\n%s", c.args, code, report)
		}
	}
	// An option of repeat purchases values the list as these.
	if code, out, report := call(t, strings.NewReader(list), "-model", "mbgnbd"); code != 0 || !strings.HasPrefix(out, "id,orders,") {
		t.Errorf("%d: %.80s\n%s", code, out, report)
	}
}

// Of two plans the small one borrows, and the report says how much it tells itself.
func TestSubscriptionsOfASmallPlan(t *testing.T) {
	list := regulars(360)
	for i := range 8 {
		for k := range 3 + i {
			list += fmt.Sprintf("e%d,t%d,2024-%02d-05,Solo,9.00,EUR,paid\n", i, i, 1+k)
		}
	}
	code, _, report := call(t, strings.NewReader(list), "-margin", "0.7", "-discount", "0.1")
	if code != 0 {
		t.Fatal(report)
	}
	_, line, _ := strings.Cut(report, `plan: "Solo"`)
	line, _, _ = strings.Cut(line, "\n")
	for _, want := range []string{"of all plans with this period (fewer than 30 lost renewals, or 3 tenures, are too few for its own), moved by its own renewals, which are ", "% of what is known; value of its subscribers "} {
		if !strings.Contains(line, want) {
			t.Errorf("without %q\n%s", want, report)
		}
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	return numbersOf(t, []string{text})[0]
}

// The example of docs/score.md, and the fields that it tells.
func TestSubscriptionsOfTheDocs(t *testing.T) {
	body, err := os.ReadFile("../../docs/score.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(body), "\n## Subscriptions\n")
	section, _, _ = strings.Cut(section, "\n## ")
	_, list, _ := strings.Cut(section, "```csv\n")
	list, _, _ = strings.Cut(list, "```")
	_, command, _ := strings.Cut(section, "./score ")
	command, _, _ = strings.Cut(command, " > subscribers.csv")
	file := filepath.Join(t.TempDir(), "invoices.csv")
	if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, report := call(t, nil, strings.Fields(strings.ReplaceAll(command, "invoices.csv", file))...)
	if code != 0 {
		t.Fatal(report)
	}
	rows := parsed(t, out)
	for _, field := range subscriptionFields {
		if !strings.Contains(section, "`"+field+"`") {
			t.Errorf("docs/score.md tells nothing of %s", field)
		}
	}
	// By 2 April the payment of March is three quarters of a month late for c2 alone; those of April are due later.
	if got := strings.Join(rows["status"], " "); got != "active ended active" {
		t.Errorf("%s\n%s", got, report)
	}
	if rows["reason"][1] != "payment_failed" || !strings.Contains(report, "1 renewal lost: 0 voluntary, 1 payment failed") || !strings.Contains(report, "fewer than 10 renewals were lost") {
		t.Errorf("%q\n%s", rows["reason"], report)
	}
}

package orders

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// asked is the questions of a report, in short.
func asked(p *Report) string {
	var list []string
	for _, q := range p.Questions {
		list = append(list, q.Code.String())
	}
	return strings.Join(list, ", ")
}

// The files of testdata/cases each show one kind of fault that real exports have. What is
// right stands in testdata/README.md.
func TestCases(t *testing.T) {
	for _, c := range []struct {
		name              string
		customers, orders int
		revenue           float64
		aside, questions  string
	}{
		{"quantity-times-price", 2, 4, 58, "", "unit_price"},
		{"na-is-no-customer", 2, 3, 6, "missing_id 3", ""},
		{"guests-are-customer-0", 2, 3, 80, "", ""},
		{"id-empty-email-filled", 1, 2, 40, "", ""},
		{"every-row-its-own-customer", 2, 4, 70, "", ""},
		{"refunded-yes-or-no", 2, 2, 110, "refunded 2", ""},
		{"credit-note", 2, 2, 120, "refunded 1", ""},
		{"refund-days-later", 2, 2, 70, "refunded 1", ""},
		{"refund-row-by-status", 2, 3, 65, "", ""},
		{"till-transactions", 2, 3, 1080, "missing_id 1", ""},
		{"returns-by-type", 1, 2, 100, "refunded 1", ""},
		{"statuses-of-the-world", 1, 1, 100, "cancelled 3, unpaid 3", ""},
		{"total-including-tax", 1, 1, 50, "unpaid 2, refunded 1", "amount"},
		{"two-currencies", 2, 3, 30, "other_currency 1", "currency"},
		{"camel-case", 2, 3, 60, "", ""},
		{"japanese", 2, 3, 3500, "", ""},
		{"title-and-total-lines", 2, 3, 60, "total_line 1", ""},
		{"lines-in-quotes", 2, 3, 60, "", ""},
		{"gift-cards", 2, 2, 90, "gift_card 2", ""},
		{"one-week", 34, 43, 6450, "", ""},
		{"html-as-xls", 1, 2, 40, "cancelled 1", ""},
		{"sql-dump", 2, 3, 60.5, "", ""},
		{"drawn-table", 2, 3, 60, "", ""},
	} {
		text, err := os.ReadFile(filepath.Join("testdata", "cases", c.name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		r := read(t, string(text), Options{Now: Day(2026, 1, 1)})
		p := r.Report()
		got := fmt.Sprintf("%d customers, %d orders, revenue %v, aside %q, asked %q", p.Customers, p.Orders, p.Spend, aside(p), asked(p))
		want := fmt.Sprintf("%d customers, %d orders, revenue %v, aside %q, asked %q", c.customers, c.orders, c.revenue, c.aside, c.questions)
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s\ncolumns %v %v %s\n%s", c.name, got, want, p.Columns, p.Basis, p.Names, lines(r))
		}
	}
}

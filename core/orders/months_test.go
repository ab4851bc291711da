package orders

import (
	"fmt"
	"testing"
)

// Dates without days, and in several columns. What is right follows from the rows.
func TestMonthsAndParts(t *testing.T) {
	for name, c := range map[string]struct {
		text, want, asked string
		status            Status
	}{
		"2024-01":            {"email,date,total\na@x.example,2024-01,5\na@x.example,2024-03,6\nb@x.example,2024-02,7\n", "3 18 2024-01-01 2024-03-01", "months", StatusOK},
		"01/2024":            {"email,order month,total\na@x.example,01/2024,5\na@x.example,03/2024,6\nb@x.example,12/2023,7\n", "3 18 2023-12-01 2024-03-01", "months", StatusOK},
		"Jan 2024":           {"Customer,Month,Revenue\na,Jan 2024,5\na,March 2024,6\nb,Dez 2023,7\n", "3 18 2023-12-01 2024-03-01", "months", StatusOK},
		"2024年1月":            {"顧客ID,月,金額\na,2024年1月,5\na,2024年12月,6\nb,2024年2月,7\n", "3 18 2024-01-01 2024-12-01", "months", StatusOK},
		"a day elsewhere":    {"email,month,order date,total\na@x.example,2024-01,2024-01-15,5\nb@x.example,2024-02,2024-02-20,7\n", "2 12 2024-01-15 2024-02-20", "", StatusOK},
		"year, month, day":   {"Customer,Year,Month,Day,Amount\na,2024,1,31,5\na,2024,12,1,6\nb,2023,7,4,7\n", "3 18 2023-07-04 2024-12-01", "", StatusOK},
		"Jahr, Monat, Tag":   {"Kunde;Tag;Monat;Jahr;Betrag\na;31;1;2024;5,50\na;1;Dezember;2024;6\nb;4;7;2023;7\n", "3 18.5 2023-07-04 2024-12-01", "", StatusOK},
		"order year 2024.0":  {"customer id,order year,order month,order day,amount\na,2024.0,1.0,31.0,5\nb,2024.0,2.0,1.0,6\n", "2 11 2024-01-31 2024-02-01", "", StatusOK},
		"year and month":     {"Customer,Year,Month,Amount\na,2024,1,5\na,2024,12,6\nb,2023,7,7\n", "3 18 2023-07-01 2024-12-01", "months", StatusOK},
		"a day that is none": {"Customer,Year,Month,Day,Amount\na,2024,2,30,5\na,2024,12,1,6\n", "1 6 2024-12-01 2024-12-01", "", StatusOK},
		"a year alone":       {"Customer,Year,Amount\na,2024,5\nb,2023,6\n", "0 0 1970-01-01 1970-01-01", "", StatusNoDate},
		"weeks":              {"Customer,Week,Amount\na,2024-W01,5\nb,2024-W02,6\n", "2 11 2024-01-01 2024-01-08", "", StatusOK},
	} {
		r := read(t, c.text, Options{Now: Day(2026, 1, 1)})
		p := r.Report()
		got := fmt.Sprintf("%d %v %s %s", p.Orders, p.Spend, appendDay(nil, p.FirstDay), appendDay(nil, p.LastDay))
		if p.Orders == 0 {
			got = "0 0 1970-01-01 1970-01-01"
		}
		if got != c.want || asked(p) != c.asked || p.Status != c.status || !p.Balanced() {
			t.Errorf("%s: %s asked %q, %v; want %s asked %q, %v\ncolumns %v parts %v %s", name, got, asked(p), p.Status, c.want, c.asked, c.status, p.Columns, p.DateParts, lines(r))
		}
	}
}

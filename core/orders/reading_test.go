package orders

import (
	"reflect"
	"testing"
)

func TestReading(t *testing.T) {
	g := Reading{Statuses: []StatusRule{{"In Bearbeitung & mehr", StandingPaid}, {"geparkt", StandingNotOrder}}, Refunds: RefundDrop, Amounts: AmountPerLine,
		KeepUnpaid: true, KeepCancelled: true, Currency: "EUR", Rates: []Rate{{"USD", 0.92}, {"£", 1.17}, {"JPY", 0.0061}}, DateOrder: DayFirst, Decimal: ',',
		SkipOutsized: true, Sheet: "Bestellungen 2024", Path: "data.orders"}
	g.Columns[RoleID], g.Columns[RoleAmount], g.Columns[RoleQuantity] = "E-Mail", "5", "none"
	const want = "column_id=E-Mail&column_amount=5&column_quantity=none&as_paid=In%20Bearbeitung%20%26%20mehr&as_not_order=geparkt&refunds=drop&amounts=per_line" +
		"&keep=unpaid&keep=cancelled&currency=EUR&rate_USD=0.92&rate_%C2%A3=1.17&rate_JPY=0.0061&date_order=day_first&decimal=%2C&skip=outsized" +
		"&sheet=Bestellungen%202024&path=data.orders"
	if got := g.Text(); got != want {
		t.Errorf("%s", got)
	}
	if back, bad := ParseReading(want); bad != "" || !reflect.DeepEqual(back, g) {
		t.Errorf("%q %+v", bad, back)
	}
	if empty := (&Reading{}).Text(); empty != "" {
		t.Errorf("%q", empty)
	}
	for _, text := range []string{"refunds=maybe", "as_unknown=x", "column_colour=5", "rate_USD=-1", "rate_USD=x", "skip=ann@x.example", "decimal=;", "x", "keep=all", "currency="} {
		if _, bad := ParseReading("refunds=drop&" + text); bad != text {
			t.Errorf("%q is taken as good: %q", text, bad)
		}
	}
	o, missing := g.Options(Options{}, [][]byte{[]byte("Datum"), []byte("e-mail ")})
	if missing != "" || o.Columns[RoleID] != 2 || o.Columns[RoleAmount] != 5 || o.Columns[RoleQuantity] != None || o.Columns[RoleDate] != 0 {
		t.Errorf("%v %q", o.Columns, missing)
	}
	if _, missing := g.Options(Options{}, [][]byte{[]byte("Datum")}); missing != "E-Mail" {
		t.Errorf("%q", missing)
	}
	// A file without a header has customers in its first line.
	g.Columns[RoleID] = "Ann Secret"
	if public := g.Public([][]byte{[]byte("x"), []byte("Ann Secret")}); public.Columns[RoleID] != "2" {
		t.Errorf("%q", public.Columns[RoleID])
	}
}

// Rates, and customers who are left out.
func TestConvertAndSkip(t *testing.T) {
	const file = "id,date,total,currency,refunded amount\na,2024-01-05,10,EUR,0\na,2024-02-05,10,USD,5\nb,2024-03-05,100,GBP,0\nb,2024-03-06,7,EUR,0\n"
	r := read(t, file, Options{Currency: "EUR", Rates: []Rate{{"USD", 0.5}}})
	if p := r.Report(); p.Spend != 10+2.5+7 || p.Converted != 1 || aside(p) != "other_currency 1" {
		t.Errorf("%v %d %s", p.Spend, p.Converted, aside(p))
	}
	till := "id,date,total\n"
	for _, day := range []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"} {
		till += "Till@Shop.example,2024-01-" + day + ",1\n"
	}
	till += "till@shop.example,2024-01-13,-1\na,2024-01-05,10\nb,2024-01-06,20\nb,2024-01-07,20\n"
	for _, o := range []Options{{SkipOutsized: true}, {Skip: []string{"till@shop.example"}}} {
		r = read(t, till, o)
		if p := r.Report(); p.Customers != 2 || p.Spend != 50 || p.Skipped != 13 || !p.Balanced() || asked(p) != "" {
			t.Errorf("%+v %s", p, asked(p))
		}
	}
	if r = read(t, file, Options{SkipOutsized: true}); r.Report().Skipped != 0 {
		t.Errorf("%+v", r.Report())
	}
}

// A list is read as a text says, and tells what was decided in the same form.
func TestReadAsSaid(t *testing.T) {
	const file = "email,order date,total,net total,Ann Secret,status\na@x.example,03/04/2024,12,10,1,open\nb@x.example,05/04/2024,24,20,2,paid\n"
	const said = "column_amount=net%20total&column_quantity=5&as_paid=open&date_order=day_first&sheet=2"
	r := read(t, file, Options{Reading: said + "&sheet=Ann&path=ann"})
	if p := r.Report(); p.Spend != 50 || p.FirstDay != Day(2024, 4, 3) || p.Reading != said[:len(said)-len("&sheet=2")] || p.Missing != "" {
		t.Errorf("%v %d %q %q", p.Spend, p.FirstDay, p.Reading, p.Missing)
	}
	if p := read(t, file, Options{Reading: said}).Report(); p.Reading != said {
		t.Errorf("%q", p.Reading)
	}
	// Options stand above it; a column that is missing is guessed, and told.
	o := Options{Reading: said, DateOrder: MonthFirst, Statuses: []StatusRule{{"open", StandingCancelled}}}
	o.Columns[RoleAmount] = 3
	if p := read(t, file, o).Report(); p.Spend != 48 || p.FirstDay != Day(2024, 5, 4) || p.Orders != 1 {
		t.Errorf("%v %d %d", p.Spend, p.FirstDay, p.Orders)
	}
	if p := read(t, file, Options{Reading: "column_amount=Rechnungsbetrag"}).Report(); p.Spend != 24 || p.Missing != "Rechnungsbetrag" || p.Reading != "" {
		t.Errorf("%v %q %q", p.Spend, p.Missing, p.Reading)
	}
}

func FuzzReading(f *testing.F) {
	f.Add("column_id=E-Mail&as_paid=x%20y&rate_USD=0.5&keep=unpaid")
	f.Fuzz(func(t *testing.T, text string) {
		g, _ := ParseReading(text)
		again, bad := ParseReading(g.Text())
		if bad != "" || !reflect.DeepEqual(g, again) {
			t.Fatalf("%q\n%+v\n%+v %q", g.Text(), g, again, bad)
		}
	})
}

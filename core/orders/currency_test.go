package orders

import "testing"

// The currency that the name of the amounts' column says is that of every row that has no code of its own.
func TestCurrencyInTheName(t *testing.T) {
	for _, c := range [...]struct{ name, cell, want string }{
		{"Net Amount (GBP)", "10.00", "GBP"}, {"amount_usd", "10.00", "USD"}, {"totalEur", "10.00", "EUR"}, {"Umsatz in €", "10,00", "EUR"}, {"TOTAL EUROS", "10,00", "EUR"},
		{"売上(円)", "1000", "JPY"}, {"Kwota (zł)", "10,00", "PLN"}, {"Total (USD)", "$10.00", "USD"}, {"Amount ($)", "10.00", "$"}, {"Betrag", "10,00 CHF", "CHF"},
		{"Tutar (TRY)", "10,00", "TRY"}, {"Total all", "10.00", ""}, {"Order total, top", "10.00", ""}, {"Amount (EUR or USD)", "10.00", ""}, {"Total (USD)", "10.00 CAD", "CAD"},
	} {
		for _, slow := range [...]bool{false, true} {
			p := read(t, "customer;date;"+c.name+"\nann;2024-01-05;"+c.cell+"\nbob;2024-01-16;"+c.cell+"\nann;2024-02-05;"+c.cell+"\n", Options{slow: slow, Columns: [NumRoles]int{RoleID: 1, RoleDate: 2, RoleAmount: 3}}).Report()
			if p.Currency != c.want || p.Orders != 3 {
				t.Errorf("%s, %s: %q of %d orders, want %q of 3", c.name, c.cell, p.Currency, p.Orders, c.want)
			}
		}
	}
}

// A row whose column of currencies is blank has the currency of the amounts' name; one that says a currency has that.
func TestBlankCurrencyBesideAName(t *testing.T) {
	for _, c := range [...]struct{ first, others, want string }{{"", "", "GBP"}, {"EUR", "EUR", "EUR"}, {"GBP", "", "GBP"}} {
		for _, slow := range [...]bool{false, true} {
			p := read(t, "customer,date,Amount (GBP),currency\nann,2024-01-05,10.00,"+c.first+"\nbob,2024-01-16,10.00,"+c.others+"\nann,2024-02-05,10.00,"+c.others+"\n",
				Options{slow: slow, Columns: [NumRoles]int{RoleID: 1, RoleDate: 2, RoleAmount: 3, RoleCurrency: 4}}).Report()
			if p.Currency != c.want || p.Orders != 3 {
				t.Errorf("%+v: %q of %d orders", c, p.Currency, p.Orders)
			}
		}
	}
}

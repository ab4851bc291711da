package orders

import (
	"fmt"
	"testing"
)

// A column Name with #1000 names orders, as in Shopify's export, also where the columns are missing by which that export is known. What is
// right was counted by hand: 20 orders of two lines each, by 6 customers.
func TestNamesOfOrders(t *testing.T) {
	day := func(i int) string { return fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i%28) }
	lines := func(form string) string {
		return rowsOf("Name,Mail,Created,Sum", 40, func(i int) string {
			return fmt.Sprintf(form+",c%d@x.example,%s,5.00", 1000+i/2, i/2%6, day(i/2))
		})
	}
	p := read(t, lines("#%d"), Options{}).Report()
	if p.Columns[RoleOrder] != 1 || p.Columns[RoleName] != 0 || p.Orders != 20 || p.Customers != 6 {
		t.Errorf("#1000: %d orders, %d customers, columns %v", p.Orders, p.Customers, p.Columns)
	}
	for form, order := range map[string]bool{"#%d": true, "SO-%d": true, "%d": true, "Ann A.%.0d": false, "User %d": false} {
		text := rowsOf("Name,Mail,Created,Sum", 20, func(i int) string {
			return fmt.Sprintf(form+",c%d@x.example,%s,5.00", 1000+i, i%6, day(i))
		})
		if p := read(t, text, Options{}).Report(); (p.Columns[RoleOrder] == 1) != order || (p.Columns[RoleName] == 1) == order {
			t.Errorf("%s: columns %v", form, p.Columns)
		}
	}
	// Alone, they say who ordered of nobody: the reader asks. A name that comes again is somebody's.
	alone := func(form string, each int) string {
		return rowsOf("Name,Date,Total", 40, func(i int) string { return fmt.Sprintf(form+",%s,5.%02d", i/each, day(i), i) })
	}
	if p := read(t, alone("#10%02d", 1), Options{}).Report(); p.Columns[RoleID] != 0 || p.Status.String() != "no_id_column" {
		t.Errorf("orders alone: %v, columns %v", p.Status, p.Columns)
	}
	if p := read(t, alone("K%02d", 4), Options{}).Report(); p.Columns[RoleID] != 1 || p.Customers != 10 {
		t.Errorf("names that come again: %v, %d customers, columns %v", p.Status, p.Customers, p.Columns)
	}
}

package orders

import (
	"fmt"
	"testing"
)

// The sale of a gift card is no revenue of goods: what it buys later is an order of its own, with its full total.
func TestGiftCards(t *testing.T) {
	const shopify = "Name,Email,Financial Status,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price\n" +
		"#1,a@x.example,paid,50.00,2024-01-05,1,Gift Card - $50,50.00\n" + // alone
		"#2,a@x.example,paid,70.00,2024-01-06,1,Gift Card,50.00\n#2,a@x.example,,,2024-01-06,1,Mug,20.00\n" + // with goods
		"#3,b@x.example,paid,100.00,2024-01-07,1,Gift Card,50.00\n#3,b@x.example,,,2024-01-07,1,Gift Card,50.00\n" + // two of them
		"#4,b@x.example,paid,20.00,2024-01-08,1,Mug,20.00\n#5,a@x.example,paid,25.00,2024-02-08,1,e-Gift card,25.00\n"
	for name, c := range map[string]struct {
		file             string
		customers, count int
		revenue          float64
		aside            string
		kept             string // with KeepGiftCards
	}{
		"orders with their lines": {shopify, 2, 2, 90, "gift_card 3", "2 5 265"},
		"an amount a line": {"order id,email,date,product name,line total\n1,a@x.example,2024-01-05,Geschenkgutschein 50 EUR,50\n1,a@x.example,2024-01-05,Becher,10\n2,b@x.example,2024-01-06,Becher,10\n3,b@x.example,2024-01-09,Geschenkkarte,25\n",
			2, 2, 20, "gift_card 2", "2 3 95"},
		"without numbers of orders": {"Correo,Fecha,Producto,Total\na@x.example,2024-01-05,Tarjeta de regalo,50\nb@x.example,2024-01-06,Taza,10\na@x.example,2024-01-07,Taza,12\n", 2, 2, 22, "gift_card 1", "2 3 72"},
		"by type": {"Order,Email,Date,Type,Total\n1,a@x.example,2024-01-05,Sale,10\n2,a@x.example,2024-01-06,Gift Card,50\n3,b@x.example,2024-01-07,Sale,20\n4,b@x.example,2024-01-07,Tip,3\n5,b@x.example,2024-01-08,Deposit,30\n6,b@x.example,2024-01-09,Donation,5\n",
			2, 3, 35, "not_order 3", "2 4 85"},
		"a refund of one, and what only sounds so": {"order id,email,date,item name,amount\n1,a@x.example,2024-01-05,Gift wrap,5\n2,b@x.example,2024-01-06,Card holder as a gift,10\n3,a@x.example,2024-01-08,Mug,10\n3,a@x.example,2024-01-08,Gift card,-4\n", 2, 3, 21, "", "2 3 21"},
	} {
		r := read(t, c.file, Options{})
		p := r.Report()
		if p.Customers != c.customers || p.Orders != uint64(c.count) || p.Spend != c.revenue || aside(p) != c.aside {
			t.Errorf("%s: %d customers, %d orders, %v, aside %q; want %d, %d, %v, %q\n%s", name, p.Customers, p.Orders, p.Spend, aside(p), c.customers, c.count, c.revenue, c.aside, lines(r))
		}
		p = read(t, c.file, Options{Reading: "gift_cards=keep"}).Report()
		if got := fmt.Sprint(p.Customers, " ", p.Orders, " ", p.Spend); got != c.kept || p.Reading != "gift_cards=keep" {
			t.Errorf("%s, kept: %s (%s), want %s", name, got, p.Reading, c.kept)
		}
	}
}

package orders

import (
	"fmt"
	"strings"
	"testing"
)

// joinTables makes texts one, in pieces of so many bytes.
func joinTables(t *testing.T, texts []string, o Options, piece int) (*Join, *Reader, string) {
	t.Helper()
	var whole strings.Builder
	j := NewJoin(func(line []byte) { whole.Write(line) })
	for _, text := range texts {
		j.Add([]byte(text[:min(len(text), joinHead)]), len(text) <= joinHead, o)
	}
	for _, i := range j.Plan() {
		j.Open(i)
		for text := texts[i]; len(text) > 0; {
			n := min(piece, len(text))
			j.Write([]byte(text[:n]))
			text = text[n:]
		}
	}
	j.Close()
	r := NewReader(j.Options(o))
	r.Write([]byte(whole.String()))
	r.Close()
	j.Settle(r.Report())
	return j, r, whole.String()
}

// What several tables are for is decided by what they hold. Totals follow from the rows by hand.
func TestJoin(t *testing.T) {
	const shop2023 = "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name\n" +
		"#1,a@x.example,paid,2023-05-01,EUR,10.00,2023-05-01 10:00:00 +0200,1,Mug\n#1,a@x.example,,,,,,1,Tea\n" +
		"#2,b@x.example,pending,,EUR,20.00,2023-12-31 10:00:00 +0100,1,Mug\n"
	const shop2024 = "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name\n" +
		"#2,b@x.example,paid,2024-01-02,EUR,20.00,2023-12-31 10:00:00 +0100,1,Mug\n#2,b@x.example,,,,,,1,Tea\n" +
		"#3,a@x.example,paid,2024-02-01,EUR,30.00,2024-02-01 10:00:00 +0100,1,Mug\n"
	for name, c := range map[string]struct {
		tables []string
		want   string // customers, orders, revenue
		uses   string
	}{
		"years, the newer knows that it was paid":     {[]string{shop2023, shop2024}, "2 3 60", "orders orders"},
		"the newer first":                             {[]string{shop2024, shop2023}, "2 3 60", "orders orders"},
		"a column more":                               {[]string{"id,date,total\na,2024-01-01,5\n", "total,date,id,note\n7,2024-02-01,b,x\n"}, "2 2 12", "orders orders"},
		"other marks":                                 {[]string{"id,date,total\na,2024-01-01,5\n", "id;date;total\nb;2024-02-01;7\n"}, "2 2 12", "orders orders"},
		"a comma for the decimals":                    {[]string{"id,date,total\na,2024-01-01,5.50\n", "id;date;total\nb;2024-02-01;1.207,25\nb;2024-03-01;7,25\n"}, "2 3 1220", "orders orders"},
		"days first in one":                           {[]string{"id,date,total\na,01/25/2024,5\na,02/03/2024,5\n", "id,date,total\nb,25/02/2024,7\nb,03/02/2024,7\n"}, "2 4 24", "orders orders"},
		"equal rows within and across":                {[]string{"id,date,total\na,2024-01-01,5\na,2024-01-01,5\n", "id,date,total\na,2024-01-01,5\na,2024-01-01,5\na,2024-01-01,5\n"}, "1 1 15", "orders orders"},
		"two shops with the same numbers":             {[]string{"order id,email,order date,total\n1,a@x.example,2024-01-01,5\n", "order id,email,order date,total\n1,b@x.example,2024-03-01,7\n"}, "2 2 12", "orders orders"},
		"a renamed column":                            {[]string{"Order ID,Email,Order date,Total\n1,a@x.example,2023-01-01,5\n", "Order ID,Email,Order date,Order total\n2,b@x.example,2024-03-01,7\n"}, "2 2 12", "orders orders"},
		"merged cells, the second file without a day": {[]string{"Datum;Kunde;Betrag\n10.01.2024;ann;10,00\n;bob;20,00\n11.01.2024;bob;30,00\n13.02.2024;ann;40,00\n;bob;50,00\n", "Datum;Kunde;Betrag\n;ann;10,00\n20.02.2024;bob;20,00\n;cy;30,00\n21.02.2024;ann;40,00\n23.02.2024;ann;40,00\n;cy;50,00\n"}, "3 10 330", "orders orders"},
		"texts without quotes that are split":         {[]string{"order,customer,date,product,total\n1,ann,2024-01-05,Mug, blue,10.00\n2,bob,2024-01-16,Tea,20.00\n3,ann,2024-02-05,Tea,30.00\n", "order,customer,date,product,total\n4,ann,2024-03-05,Mug, red,10.00\n5,bob,2024-03-16,Tea,20.00\n6,ann,2024-04-05,Tea,30.00\n"}, "2 6 120", "orders orders"},
		"a currency in the name of the amounts":       {[]string{"id,date,Total (EUR)\na,2024-01-01,5\na,2024-01-02,5\n", "id,date,Total (USD)\nb,2024-02-01,7\n"}, "1 2 10", "orders orders"},
		"a column of currencies beside such a name":   {[]string{"id,date,total,currency\na,2024-01-01,5,EUR\na,2024-01-02,5,EUR\n", "id,date,Total (USD)\nb,2024-02-01,7\n"}, "1 2 10", "orders orders"},
		"the same currency in both names":             {[]string{"id,date,Total (EUR)\na,2024-01-01,5\n", "id,date,Amount EUR\nb,2024-02-01,7\n"}, "2 2 12", "orders orders"},
		"two vendors":                                 {[]string{"Order ID,Email,Order date,Total\n1,a@x.example,2023-01-01,5\n", "invoice number,buyer email,invoice date,invoice total,country\n2,b@x.example,2024-03-01,7,DE\n"}, "2 2 12", "orders orders"},
		"no names":                                    {[]string{"a,2024-01-01,5\nb,2024-01-02,6\n", "c,2024-02-01,7\n"}, "3 3 18", "orders orders"},
		"items beside totals":                         {[]string{"order_id,email,date,total\n1,a@x.example,2024-01-01,5\n", "order_id,sku,price\n1,x,2\n1,y,3\n"}, "1 1 5", "orders known"},
		"items give the amounts":                      {[]string{"order_id,email,date\n1,a@x.example,2024-01-01\n2,b@x.example,2024-01-02\n", "order_id,sku,quantity,unit_price\n1,x,2,10\n1,y,1,5\n2,x,1,10\n2,x,1,10\n"}, "2 2 45", "orders lines"},
		"equal items of every order":                  {[]string{"order_id,email,date\n1,a@x.example,2024-01-01\n2,b@x.example,2024-01-02\n", "order_id,amount\n1,10\n1,10\n2,10\n2,10\n"}, "2 2 40", "orders lines"},
		"items with numbers of their own":             {[]string{"id,email,created_at\n1,a@x.example,2024-01-01\n2,b@x.example,2024-01-02\n", "id,order_id,amount\n2,1,10\n1,1,5\n3,2,7\n"}, "2 2 22", "orders lines"},
		"items of two years, overlapping":             {[]string{"order_id,email,date\n1,a@x.example,2023-01-01\n2,b@x.example,2024-01-02\n", "order_id,sku,amount\n1,x,10\n2,y,7\n", "order_id,sku,amount\n2,y,7\n2,z,3\n"}, "2 2 20", "orders lines lines"},
		"customers by number":                         {[]string{"id,customer_id,date,total\n1,7,2024-01-01,5\n7,8,2024-01-02,6\n8,7,2024-01-03,7\n", "id,email,created_at,total_spent,orders\n7,a@x.example,2020-01-01,500,9\n8,b@x.example,2020-01-01,500,9\n"}, "2 3 18", "orders customers"},
		"customers first":                             {[]string{"Customer ID,First Name,Last Name,Email,Total Spent,Total Orders\n7,A,A,a@x.example,500,9\n8,B,B,b@x.example,500,9\n", "id,customer id,date,total\n1,7,2024-01-01,5\n2,8,2024-01-02,6\n"}, "2 2 11", "customers orders"},
		"a list of customers is no list of orders":    {[]string{"Name,Username,Last Active,Date Registered,Email,Orders,Total Spend,AOV\nA,a,2024-05-01,2020-01-01,a@x.example,9,500,55\nB,b,2024-05-01,2020-01-01,b@x.example,9,500,55\n", "Order number,Email,Order date,Order total\n1,a@x.example,2024-01-01,5\n"}, "1 1 5", "customers orders"},
		"unpaid payments":                             {[]string{"order_id,email,date\n1,a@x.example,2024-01-01\n2,b@x.example,2024-01-02\n", "payment_id,order_id,amount,status\n1,1,10,failed\n2,1,10,paid\n3,2,7,succeeded\n"}, "2 2 17", "orders lines"},
		"items and payments":                          {[]string{"order_id,customer_id,order_date\n1,a,2024-01-01\n2,b,2024-01-02\n", "order_id,order_item_id,price\n1,1,10\n1,2,5\n2,1,7\n", "order_id,payment_sequential,payment_value\n1,1,15\n2,1,7\n"}, "2 2 22", "orders lines known"},
		"numbers with a sign":                         {[]string{"Order,Email,Date\n#1001,a@x.example,2024-01-01\n#1002,b@x.example,2024-01-02\n", "Order,Amount\n1001,5\n1002.0,6\n"}, "2 2 11", "orders lines"},
		"a customer listed twice":                     {[]string{"order_id,customer_id,date,total\n1,7,2024-01-01,5\n2,8,2024-01-02,6\n", "customer_id,email\n7,a@x.example\n7,a@x.example\n8,b@x.example\n"}, "2 2 11", "orders customers"},
		"a stranger":                                  {[]string{"id,date,total\na,2024-01-01,5\n", "colour,shape\nred,round\n"}, "1 1 5", "orders no_key"},
		"text beside it":                              {[]string{"id,date,total\na,2024-01-01,5\n", "read me\nplease\n"}, "1 1 5", "orders no_key"},
		"an order cut in two":                         {[]string{"order_id,email,date,sku,line_total\n1,a@x.example,2024-01-01,x,10\n2,b@x.example,2024-01-05,x,10\n2,b@x.example,2024-01-05,y,5\n", "order_id,email,date,sku,line_total\n2,b@x.example,2024-01-05,z,3\n3,a@x.example,2024-02-01,x,10\n"}, "2 3 38", "orders orders"},
		"cut, the newest first":                       {[]string{"order_id,email,date,sku,line_total\n3,a@x.example,2024-02-01,x,10\n2,b@x.example,2024-01-05,z,3\n", "order_id,email,date,sku,line_total\n2,b@x.example,2024-01-05,x,10\n2,b@x.example,2024-01-05,y,5\n1,a@x.example,2024-01-01,x,10\n"}, "2 3 38", "orders orders"},
		"cut, with amounts alone":                     {[]string{"order_id,email,date,amount\n1,a@x.example,2024-01-01,10\n1,a@x.example,2024-01-01,4\n2,b@x.example,2024-01-05,10\n", "order_id,email,date,amount\n2,b@x.example,2024-01-05,3\n3,a@x.example,2024-02-01,10\n3,a@x.example,2024-02-01,1\n"}, "2 3 38", "orders orders"},
		"equal lines on either side of the cut":       {[]string{"order_id,email,date,sku,line_total\n1,a@x.example,2024-01-01,x,10\n2,b@x.example,2024-01-05,x,10\n2,b@x.example,2024-01-05,y,5\n", "order_id,email,date,sku,line_total\n2,b@x.example,2024-01-05,y,5\n3,a@x.example,2024-02-01,x,10\n"}, "2 3 40", "orders orders"},
		"the same, the equal one first":               {[]string{"order_id,email,date,sku,line_total\n1,a@x.example,2024-01-01,x,10\n2,b@x.example,2024-01-05,y,5\n2,b@x.example,2024-01-05,x,10\n", "order_id,email,date,sku,line_total\n2,b@x.example,2024-01-05,y,5\n3,a@x.example,2024-02-01,x,10\n"}, "2 3 40", "orders orders"},
		"equal lines, two before the cut":             {[]string{"order_id,email,date,sku,line_total\n1,a@x.example,2024-01-01,x,10\n2,b@x.example,2024-01-05,y,5\n2,b@x.example,2024-01-05,y,5\n", "order_id,email,date,sku,line_total\n2,b@x.example,2024-01-05,y,5\n3,a@x.example,2024-02-01,x,10\n"}, "2 3 35", "orders orders"},
		"equal lines, the newest first":               {[]string{"order_id,email,date,sku,line_total\n3,a@x.example,2024-02-01,x,10\n2,b@x.example,2024-01-05,y,5\n", "order_id,email,date,sku,line_total\n2,b@x.example,2024-01-05,y,5\n2,b@x.example,2024-01-05,x,10\n1,a@x.example,2024-01-01,x,10\n"}, "2 3 40", "orders orders"},
		"the whole order again":                       {[]string{"order_id,email,date,sku,line_total\n1,a@x.example,2024-01-01,x,10\n2,b@x.example,2024-01-05,x,10\n2,b@x.example,2024-01-05,y,5\n", "order_id,email,date,sku,line_total\n2,b@x.example,2024-01-05,x,10\n2,b@x.example,2024-01-05,y,5\n3,a@x.example,2024-02-01,x,10\n"}, "2 3 35", "orders orders"},
		"lines again, in another state":               {[]string{"order_id,email,date,item_name,line_total,status\n1,a@x.example,2024-01-01,x,10,paid\n2,b@x.example,2024-01-05,x,10,pending\n", "order_id,email,date,item_name,line_total,status\n2,b@x.example,2024-01-05,x,10,paid\n3,a@x.example,2024-02-01,x,10,paid\n"}, "2 3 30", "orders orders"},
		"an order again, at another price":            {[]string{"order_id,email,date,amount\n1,a@x.example,2024-01-01,10\n2,b@x.example,2024-01-05,10\n", "order_id,email,date,amount\n2,b@x.example,2024-01-05,8\n3,a@x.example,2024-02-01,10\n"}, "2 3 28", "orders orders"},
		"a list cut in two":                           {[]string{"Email,Date,Total\na@x.example,2024-01-01,5\nb@x.example,2024-01-02,6\n", "Email,Date,Total\nc@x.example,2024-01-03,7\n"}, "3 3 18", "orders orders"},
	} {
		for _, piece := range []int{1 << 20, 7} {
			j, r, whole := joinTables(t, c.tables, Options{}, piece)
			p := r.Report()
			var uses []string
			for _, part := range j.Parts() {
				uses = append(uses, part.Use.String())
			}
			if got := fmt.Sprintf("%d %d %v", p.Customers, p.Orders, p.Spend); got != c.want || strings.Join(uses, " ") != c.uses {
				t.Errorf("%s, by %d: %s as %s, want %s as %s\n%s%+v", name, piece, got, uses, c.want, c.uses, whole, j.Parts())
			}
		}
	}
}

// Rows that are set aside are told by their file and line.
func TestJoinSettles(t *testing.T) {
	_, r, _ := joinTables(t, []string{"id,date,total\na,2024-01-01,5\na,never,5\n", "id,date,total\na,2024-01-01,5\n\n\"b\nb\",2024-02-01,6\nc,soon,7\n"}, Options{}, 1<<20)
	examples := r.Report().SetAside[ReasonBadDate].Examples
	if len(examples) != 2 || examples[0].File != 1 || examples[0].Line != 3 || examples[1].File != 2 || examples[1].Line != 6 {
		t.Errorf("%+v", examples)
	}
}

// What cannot be read costs its row, and is counted.
func TestJoinDamaged(t *testing.T) {
	j, r, _ := joinTables(t, []string{"id,date,total\na,2024-01-01,5\n\"b,2024-01-02,6\nc,2024-01-03,7,8,9\n", "id,date,total\nd,2024-02-01,\"1,000\"\n"}, Options{}, 1<<20)
	if p := j.Parts(); p[0].Damaged != 2 || p[0].Rows != 3 || r.Report().Spend != 1005 {
		t.Errorf("%+v %v", p, r.Report().Spend)
	}
}

func FuzzJoin(f *testing.F) {
	f.Add("id,date,total\na,2024-01-01,5\n", "id;date;total\nb;01.02.2024;7,5\n", 3)
	f.Add("order_id,email,date\n1,a@x.example,2024-01-01\n", "order_id,price\n1,2\n1,3\n", 100)
	f.Fuzz(func(t *testing.T, a, b string, piece int) {
		_, r, whole := joinTables(t, []string{a, b}, Options{}, max(1, piece&1023))
		if !r.Report().Balanced() {
			t.Fatalf("%+v", r.Report())
		}
		if _, _, again := joinTables(t, []string{a, b}, Options{}, 1<<20); again != whole {
			t.Fatal("the pieces matter")
		}
	})
}

// Rows that a table's reader has put together are counted in the report of the whole.
func TestJoinCountsRejoined(t *testing.T) {
	text := "order,customer,date,product,total\n%d1,ann,2024-01-05,Mug, blue,10.00\n%d2,bob,2024-01-16,Tea,20.00\n%d3,ann,2024-02-05,Tea,30.00\n"
	_, r, whole := joinTables(t, []string{strings.ReplaceAll(text, "%d", "1"), strings.ReplaceAll(text, "%d", "2")}, Options{}, 1<<20)
	if p := r.Report(); p.Rejoined != 2 || p.Orders != 3 || p.Spend != 120 || !p.Balanced() {
		t.Errorf("%d rows put together, %d orders, revenue %v, balanced %v\n%s", p.Rejoined, p.Orders, p.Spend, p.Balanced(), whole)
	}
}

// Blank lines of a list are counted, and end nothing: a blank cell below one is still that above.
func TestJoinBlankLines(t *testing.T) {
	_, r, whole := joinTables(t, []string{
		"Datum;Kunde;Betrag\n10.01.2024;ann;10,00\n;bob;20,00\n\n;cy;20,00\n11.01.2024;bob;30,00\n13.02.2024;ann;40,00\n;bob;50,00\n",
		"Datum;Kunde;Betrag;\n20.02.2024;bob;20,00;\n;;;x\n;cy;30,00;\n;;;\n21.02.2024;ann;40,00;\n23.02.2024;ann;40,00;\n;cy;50,00;\n"}, Options{}, 1<<20)
	if p := r.Report(); p.Orders != 11 || p.Spend != 350 || p.Blank != 3 || !p.Balanced() || p.SetAsideRows() != 0 {
		t.Errorf("%d orders, revenue %v, %d blank, %d aside\n%s", p.Orders, p.Spend, p.Blank, p.SetAsideRows(), whole)
	}
}

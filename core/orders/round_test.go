package orders

import (
	"fmt"
	"math"
	"testing"
)

// Exports as systems write them and people make them by hand, each for a kind of reading that was wrong. What is right is counted by hand.
func TestExportsOutside(t *testing.T) {
	for name, c := range map[string]struct {
		text              string
		customers, orders int
		revenue           float64
		aside, questions  string
	}{
		// What the customer paid is the revenue, and not what a platform hands on.
		"Uber Eats: sales, refunds as rows, payout":   {"Order ID,Order status,Order Date / Refund date,Customer ID,Sales (incl. VAT),Refunds (incl VAT),Delivery Fee,Total payout\n#A1,Completed,1/15/24,u1,25.00,0.00,0,17.5\n#A2,Refund,1/16/24,u1,0.00,-5.00,0,-3.5\n#A3,Completed,2/15/24,u2,30.00,0.00,0,21\n#A4,Canceled,2/16/24,u2,30.00,0.00,0,0\n", 2, 2, 50, "cancelled 1", "date"},
		"DoorDash: commission and net total":          {"Timestamp local time,Order ID,Consumer ID,Final order status,Subtotal,Commission,Net total\n2024-01-05 18:00:00,d1,u1,Delivered,20.00,-4.00,16.00\n2024-01-16 18:00:00,d2,u2,Delivered,30.00,-6.00,24.00\n2024-02-05 18:00:00,d3,u1,Cancelled,30.00,-6.00,24.00\n", 2, 2, 50, "cancelled 1", ""},
		"Lieferando: Auszahlung":                      {"Bestellnummer;Datum;Kunde;Bestellwert;Provision;Auszahlung\nL1;05.01.2024;ann;20,00;2,80;17,20\nL2;16.01.2024;bob;30,00;4,20;25,80\nL3;05.02.2024;ann;10,00;1,40;8,60\n", 2, 3, 60, "", ""},
		"iFood: líquido a receber":                    {"ID do pedido;Data;Cliente;Valor dos itens;Taxa iFood;Valor líquido a receber\n1;05/01/2024;ana;20,00;-4,00;16,00\n2;16/01/2024;beto;30,00;-6,00;24,00\n", 2, 2, 50, "", "amount"},
		"Mercado Libre: Total after charges":          {"# de venta,Fecha de venta,Estado,Ingresos por productos (CLP),Cargo por venta e impuestos,Anulaciones y reembolsos (CLP),Total (CLP),Comprador\n1,5 de enero de 2024 10:30 hs.,Entregado,1000,-130,,870,ana\n2,16 de enero de 2024 10:30 hs.,Entregado,2000,-260,,1740,beto\n3,17 de enero de 2024 10:30 hs.,Venta cancelada,2000,-260,-2000,0,beto\n", 2, 2, 3000, "cancelled 1", ""},
		"a payout alone is money too":                 {"date,customer,payout\n2024-01-05,ann,10\n2024-01-16,bob,20\n", 2, 2, 30, "", ""},
		"Adyen: Refunded is how a payment stands":     {"Psp Reference,Merchant Reference,Creation Date,Amount,Currency,Type,Shopper Reference\n881,o1,2024-01-05 10:00:00,50.00,EUR,Settled,s1\n882,o2,2024-01-06 10:00:00,60.00,EUR,Refused,s2\n883,o3,2024-01-07 10:00:00,60.00,EUR,Settled,s2\n884,o4,2024-02-07 10:00:00,70.00,EUR,Refunded,s1\n885,o5,2024-03-07 10:00:00,70.00,EUR,Settled,s1\n", 2, 3, 180, "unpaid 1, refunded 1", ""},
		"thousands and millions":                      {"client,date,deal value\nAcme,2024-01-05,$1.2K\nBolt,2024-01-06,$3M\nAcme,2024-02-06,$800\n", 2, 3, 3001200 + 800, "", ""},
		"Tsd. and Mio.":                               {"Kunde;Datum;Umsatz\na;05.01.2024;1,2 Tsd. €\nb;16.01.2024;1,5 Mio. €\na;17.02.2024;800,00 €\n", 2, 3, 1502000, "", ""},
		"metres are no millions":                      {"Customer,Date,Unit price,Quantity\nann,2024-01-05,10.50,2 m\nbob,2024-01-16,10.00,3 m\n", 2, 2, 51, "", ""},
		"Gumroad: a lost dispute":                     {"Purchase ID,Purchase Email,Buyer Email,Purchase Date,Sale Price ($),Refunded?,Partial Refund ($),Fully Refunded?,Disputed?,Dispute Won?\np1,a@x.example,,2024-01-05,10.0,0,0.0,0,0,0\np2,b@x.example,,2024-01-06,20.0,0,0.0,0,1,0\np3,b@x.example,,2024-02-06,30.0,0,0.0,0,1,1\n", 2, 2, 40, "refunded 1", ""},
		"a dispute's status":                          {"id,Created date (UTC),Amount,Currency,Status,Customer ID,Dispute Status\nc1,2024-01-05 10:00:00,10.00,usd,Paid,u1,\nc2,2024-01-06 10:00:00,20.00,usd,Paid,u2,lost\nc3,2024-02-06 10:00:00,30.00,usd,Paid,u2,won\n", 2, 2, 40, "refunded 1", ""},
		"Sage 50 in a few rows":                       {"Type,Account,Date,Reference,Net Amount,Tax Amount\nSI,ANN001,25/01/2024,1,100.00,20.00\nSC,ANN001,28/01/2024,C1,20.00,4.00\nSI,BOB001,26/01/2024,2,50.00,10.00\nSR,ANN001,27/02/2024,P1,96.00,0.00\nSI,ANN001,27/03/2024,3,50.00,10.00\n", 2, 3, 180, "not_order 1", ""},
		"FatturaPA: TD04 is a credit note":            {"Tipo documento;Numero;Data;Cliente;Totale documento\nTD01;1;05/01/2024;ann;100,00\nTD01;2;16/01/2024;bob;50,00\nTD04;3;17/01/2024;bob;20,00\n", 2, 2, 130, "", ""},
		"SAF-T: FT, NC and RG":                        {"Tipo de documento;Número;Data;Cliente;Total\nFT;1;05/01/2024;ann;100,00\nFT;2;16/01/2024;bob;50,00\nNC;3;17/01/2024;bob;20,00\nRG;4;18/01/2024;ann;100,00\n", 2, 2, 130, "not_order 1", ""},
		"attendees of one order, its total on each":   {"Order #,Order Date,Attendee Name,Attendee Email,Ticket Type,Total Paid\n1,2024-01-05,Ann,a@x.example,General,50.00\n1,2024-01-05,Gus,g@x.example,General,50.00\n2,2024-01-16,Bob,b@x.example,General,25.00\n3,2024-02-16,Ann,a@x.example,General,25.00\n", 2, 3, 100, "", ""},
		"a text in two, in the middle":                {"order,customer,date,product,total\n1,ann,2024-01-05,Mug, blue,10.00\n2,bob,2024-01-16,Tea,20.00\n3,ann,2024-02-05,Tea,30.00\n", 2, 3, 60, "", ""},
		"an address in three, beside a name":          {"order,customer,address,date,total\n1,ann,1 High St, Leeds, UK,2024-01-05,10.00\n2,bob,Main,2024-01-16,20.00\n3,ann,Main,2024-02-05,30.00\n", 2, 3, 60, "", ""},
		"an address in two without a blank":           {"order,customer,address,date,total\n1,ann,High St,Leeds,2024-01-05,10.00\n2,bob,Main,2024-01-16,20.00\n3,bob,Main,2024-02-05,30.00\n", 1, 2, 50, "too_many_columns 1", ""},
		"a charge is no number of an order":           {"Guest,Date/Time,Charge\nAnn,01/25/2024 09:05 AM,10.50\nBob,01/26/2024 09:05 PM,20.25\n", 2, 2, 30.75, "", "amount"},
		"Excel's pivot table":                         {"Sum of Amount,Column Labels,,,\nRow Labels,Jan-24,Feb-24,Mar-24,Grand Total\nAnn,10,,5.50,15.50\nBo,,20,,20\nGrand Total,10,20,5.50,35.50\n", 2, 3, 35.5, "total_line 1", "id, pivot"},
		"an amount in two is not put together":        {"order,customer,date,product,note,total\n1,ann,2024-01-05,Mug,,1,200.00\n2,bob,2024-01-16,Tea,,20.00\n3,ann,2024-02-05,Tea,,30.00\n", 2, 2, 50, "too_many_columns 1", ""},
		"empty cells at the end":                      {"customer,date,total\nann,2024-01-05,10,,,\nbob,2024-01-16,20\nann,2024-02-05,30,,\n", 2, 3, 60, "", ""},
		"a till's sales are closed or voided":         {"Receipt Number,Date,Customer Code,Total,Status\n1,2024-01-05,c1,10.00,CLOSED\n2,2024-01-16,c2,20.00,VOIDED\n3,2024-02-05,c2,30.00,CLOSED\n", 2, 2, 40, "cancelled 1", ""},
		"posting before due":                          {"No.;Sell-to Customer No.;Due Date;Posting Date;Amount Including VAT\n1;c1;25/02/2024;25/01/2024;10.00\n2;c2;26/02/2024;26/01/2024;20.00\n", 2, 2, 30, "", "date"},
		"live and test":                               {"Order Reference,Transaction Date,Customer Email,Order Total,Live/Test\n1,01/25/24,a@x.example,10.00,live\n2,01/26/24,b@x.example,20.00,test\n3,02/25/24,b@x.example,30.00,live\n", 2, 2, 40, "not_order 1", ""},
		"an account on every row, and names":          {"Date,Document Number,Name,Account,Amount\n1/25/2024,1,ann,1100 Receivables,10.00\n1/26/2024,2,bob,1100 Receivables,20.00\n2/25/2024,3,ann,1100 Receivables,30.00\n2/26/2024,4,bob,1100 Receivables,40.00\n3/25/2024,5,ann,1100 Receivables,50.00\n", 2, 5, 150, "", ""},
		"firm and contact":                            {"Company,Contact,Invoice date,Invoice no,Gross total\nAcme,Ann,2024-01-05,1,10.00\nAcme,Bob,2024-01-16,2,20.00\nBolt,Cy,2024-02-05,3,30.00\nCord,Dee,2024-02-06,4,40.00\n", 3, 4, 100, "", "id"},
		"first and last names":                        {"First name,Last name,No.,Date,Amount (EUR)\nAnn,Lee,1,2024-01-05,10.00\nAnn,Ray,2,2024-01-16,20.00\nAnn,Lee,3,2024-02-05,30.00\nBob,Lee,4,2024-02-06,40.00\n", 3, 4, 100, "", ""},
		"a customer on the first of its rows":         {"Customer,Date,Amount\nann,2024-01-05,10.00\n,2024-02-05,20.00\nbob,2024-01-16,30.00\n,2024-03-16,40.00\ncy,2024-01-02,50.00\n", 3, 5, 150, "", ""},
		"guests between customers":                    {"Customer,Date,Amount\nann,2024-01-05,10.00\n,2024-01-06,20.00\nbob,2024-01-16,30.00\n,2024-03-16,40.00\ncy,2024-04-02,50.00\n", 3, 3, 90, "missing_id 2", ""},
		"pledges, recurring gifts and their payments": {"Constituent ID,Gift ID,Gift Date,Gift Type,Amount\n1,1,1/25/2024,Donation,$10.00\n2,2,1/26/2024,Pledge,$100.00\n2,3,2/26/2024,Pledge payment,$50.00\n1,4,3/25/2024,Recurring gift,$5.00\n1,5,4/25/2024,Recurring gift payment,$5.00\n", 2, 3, 65, "not_order 2", ""},
		"months side by side":                         {"Customer,Jan 2024,Feb 2024,Mar 2024,Total\nAnn,10,,5.50,15.50\nBo,0,20,-,20\nTotal,10,20,5.50,35.50\n", 2, 3, 35.5, "total_line 1", "pivot"},
		"first days of months as names":               {"Kundennummer;Name;01.01.2024;01.02.2024;01.03.2024\nC1;Ann;10,50;0;5,00\nC2;Bo;0;20,00;0\n", 2, 3, 35.5, "", "pivot"},
		"months as 2024-01, a row of nothing":         {"client,2024-01,2024-02,2024-03\nann,10,20,30\nbob,1,,\ncy,,,\n", 2, 4, 61, "zero_amount 1", "pivot"},
		"quarters":                                    {"client,Q1 2024,Q2 2024,Q3 2024\nann,10,20,30\nbob,1,,\n", 2, 4, 61, "", "pivot"},
		"months without a year":                       {"Kunde;Jan;Feb;Mär;Apr\nann;10;20;;30\nbob;;5,50;;\n", 2, 4, 65.5, "", "pivot, counted"},
		"numbers of days":                             {"household_key,BASKET_ID,DAY,SALES_VALUE,WEEK_NO\n1,11,1,10.50,1\n2,12,15,20.00,3\n1,13,711,30.00,102\n", 2, 3, 60.5, "", "counted"},
		"numbers of weeks":                            {"customer_id,week,spend\n1,1,10.50\n2,3,20.00\n1,102,30.00\n", 2, 3, 60.5, "", "counted"},
		"the same day on the first rows":              {"household_key,DAY,SALES_VALUE\n1,1,10.50\n2,1,20.00\n3,1,30.00\n", 3, 3, 60.5, "", "counted, one_day"},
		"hours and weekdays are no days":              {"customer,hour,day of week,amount\n1,10,1,10.50\n2,11,2,20.00\n", 0, 0, 0, "missing_column 2", ""},
		"a tip is paid too":                           {"Order,Customer,Date,Subtotal,Tip,Total\n1,ann,2024-01-05,10.00,2.00,12.00\n2,bob,2024-01-16,20.00,3.00,23.00\n3,ann,2024-02-16,20.00,0.00,20.00\n", 2, 3, 55, "", "amount"},
		"day 12":                                      {"customer,day,amount\nann,Day 1,10\nbob,Day 12,20\nann,Day 40,30\n", 2, 3, 60, "", "counted"},
	} {
		r := read(t, c.text, Options{Now: Day(2026, 1, 1)})
		p := r.Report()
		got := fmt.Sprintf("%d customers, %d orders, revenue %v, aside %q, asked %q", p.Customers, p.Orders, p.Spend, aside(p), asked(p))
		want := fmt.Sprintf("%d customers, %d orders, revenue %v, aside %q, asked %q", c.customers, c.orders, c.revenue, c.aside, c.questions)
		if got != want || !p.Balanced() {
			t.Errorf("%s:\n got %s\nwant %s\ncolumns %v %s\n%s", name, got, want, p.Columns, p.Names, lines(r))
		}
	}
}

// Days that are counted are as far apart as their numbers; weeks of a year are those of ISO 8601, by Python's date.fromisocalendar.
func TestCountedDays(t *testing.T) {
	for text, want := range map[string]string{
		"customer,day,amount\na,1,5\na,711,6\n":                       "2001-01-01 2002-12-12",
		"customer,week,amount\na,1,5\na,3,6\n":                        "2001-01-01 2001-01-15",
		"customer,week,amount\na,2024-W01,5\na,2026-W01,6\n":          "2024-01-01 2025-12-29",
		"customer,year,week,amount\na,2020,53,5\na,2021,1,6\n":        "2020-12-28 2021-01-04",
		"Kunde;Kalenderwoche;Umsatz\na;KW 05/2024;5\na;KW 6/2024;6\n": "2024-01-29 2024-02-05",
		"customer,Q2 2024,Q3 2024,Q4 2024\na,5,,6\n":                  "2024-04-01 2024-10-01",
	} {
		p := read(t, text, Options{Now: Day(2026, 1, 1)}).Report()
		if got := isoDayText(p.FirstDay) + " " + isoDayText(p.LastDay); got != want {
			t.Errorf("%q: %s, want %s; %v", text, got, want, p.Status)
		}
	}
}

// A number with an abbreviation is read as what it says, or as none.
func TestAbbreviations(t *testing.T) {
	for text, want := range map[string]float64{
		"$1.2K": 1200, "1.2k": 1200, "3.4m": 3.4e6, "€3.4M": 3.4e6, "1.2 K": 1200, "1.5bn": 1.5e9, "2.5 million": 2.5e6, "-$1.2K": -1200, "($1.2K)": -1200, "12k€": 12000, "1.2 mUSD": 1.2e6,
		"1.2 mln zł": 1.2e6, "3 тыс. руб.": 3000, "1.5 млн": 1.5e6, "3万円": 30000, "1.2億円": 1.2e8, "5만원": 50000, "₹1.5 lakh": 150000, "2 crore": 2e7, "R$ 1.2 mil": 1200, "1.2 Mrd": 1.2e9, "1.2 مليون": 1.2e6,
		"5000 K": 5000, "12 kr": 12, "12 Kč": 12, "100 MAD": 100, "100 B": 100, "12 KWD": 12,
	} {
		if v, _, verdict := parseNumber([]byte(text), '.'); verdict != readOK || math.Abs(v-want) > 1e-12*math.Abs(want) {
			t.Errorf("%q is %v, %v; want %v", text, v, verdict, want)
		}
	}
	for _, text := range []string{"1.2 K M", "K1.2K5", "12 mil. K"} {
		if v, _, verdict := parseNumber([]byte(text), '.'); verdict == readOK {
			t.Errorf("%q is %v", text, v)
		}
	}
}

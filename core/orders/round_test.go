package orders

import (
	"math"
	"testing"
)

// Exports as systems write them and people make them by hand, each for a kind of reading that was wrong. What is right is counted by hand.
func TestExportsOutside(t *testing.T) {
	readAsMeant(t, map[string]export{
		// What the customer paid is the revenue, and not what a platform hands on.
		"Uber Eats: sales, refunds as rows, payout":              {"Order ID,Order status,Order Date / Refund date,Customer ID,Sales (incl. VAT),Refunds (incl VAT),Delivery Fee,Total payout\n#A1,Completed,1/15/24,u1,25.00,0.00,0,17.5\n#A2,Refund,1/16/24,u1,0.00,-5.00,0,-3.5\n#A3,Completed,2/15/24,u2,30.00,0.00,0,21\n#A4,Canceled,2/16/24,u2,30.00,0.00,0,0\n", 2, 2, 50, "cancelled 1", "date"},
		"DoorDash: commission and net total":                     {"Timestamp local time,Order ID,Consumer ID,Final order status,Subtotal,Commission,Net total\n2024-01-05 18:00:00,d1,u1,Delivered,20.00,-4.00,16.00\n2024-01-16 18:00:00,d2,u2,Delivered,30.00,-6.00,24.00\n2024-02-05 18:00:00,d3,u1,Cancelled,30.00,-6.00,24.00\n", 2, 2, 50, "cancelled 1", ""},
		"Lieferando: Auszahlung":                                 {"Bestellnummer;Datum;Kunde;Bestellwert;Provision;Auszahlung\nL1;05.01.2024;ann;20,00;2,80;17,20\nL2;16.01.2024;bob;30,00;4,20;25,80\nL3;05.02.2024;ann;10,00;1,40;8,60\n", 2, 3, 60, "", ""},
		"iFood: líquido a receber":                               {"ID do pedido;Data;Cliente;Valor dos itens;Taxa iFood;Valor líquido a receber\n1;05/01/2024;ana;20,00;-4,00;16,00\n2;16/01/2024;beto;30,00;-6,00;24,00\n", 2, 2, 50, "", "amount"},
		"Mercado Libre: Total after charges":                     {"# de venta,Fecha de venta,Estado,Ingresos por productos (CLP),Cargo por venta e impuestos,Anulaciones y reembolsos (CLP),Total (CLP),Comprador\n1,5 de enero de 2024 10:30 hs.,Entregado,1000,-130,,870,ana\n2,16 de enero de 2024 10:30 hs.,Entregado,2000,-260,,1740,beto\n3,17 de enero de 2024 10:30 hs.,Venta cancelada,2000,-260,-2000,0,beto\n", 2, 2, 3000, "cancelled 1", ""},
		"a payout alone is money too":                            {"date,customer,payout\n2024-01-05,ann,10\n2024-01-16,bob,20\n", 2, 2, 30, "", ""},
		"Adyen: Refunded is how a payment stands":                {"Psp Reference,Merchant Reference,Creation Date,Amount,Currency,Type,Shopper Reference\n881,o1,2024-01-05 10:00:00,50.00,EUR,Settled,s1\n882,o2,2024-01-06 10:00:00,60.00,EUR,Refused,s2\n883,o3,2024-01-07 10:00:00,60.00,EUR,Settled,s2\n884,o4,2024-02-07 10:00:00,70.00,EUR,Refunded,s1\n885,o5,2024-03-07 10:00:00,70.00,EUR,Settled,s1\n", 2, 3, 180, "unpaid 1, refunded 1", ""},
		"thousands and millions":                                 {"client,date,deal value\nAcme,2024-01-05,$1.2K\nBolt,2024-01-06,$3M\nAcme,2024-02-06,$800\n", 2, 3, 3001200 + 800, "", ""},
		"Tsd. and Mio.":                                          {"Kunde;Datum;Umsatz\na;05.01.2024;1,2 Tsd. €\nb;16.01.2024;1,5 Mio. €\na;17.02.2024;800,00 €\n", 2, 3, 1502000, "", ""},
		"metres are no millions":                                 {"Customer,Date,Unit price,Quantity\nann,2024-01-05,10.50,2 m\nbob,2024-01-16,10.00,3 m\n", 2, 2, 51, "", ""},
		"Gumroad: a lost dispute":                                {"Purchase ID,Purchase Email,Buyer Email,Purchase Date,Sale Price ($),Refunded?,Partial Refund ($),Fully Refunded?,Disputed?,Dispute Won?\np1,a@x.example,,2024-01-05,10.0,0,0.0,0,0,0\np2,b@x.example,,2024-01-06,20.0,0,0.0,0,1,0\np3,b@x.example,,2024-02-06,30.0,0,0.0,0,1,1\n", 2, 2, 40, "refunded 1", ""},
		"a dispute's status":                                     {"id,Created date (UTC),Amount,Currency,Status,Customer ID,Dispute Status\nc1,2024-01-05 10:00:00,10.00,usd,Paid,u1,\nc2,2024-01-06 10:00:00,20.00,usd,Paid,u2,lost\nc3,2024-02-06 10:00:00,30.00,usd,Paid,u2,won\n", 2, 2, 40, "refunded 1", ""},
		"Sage 50 in a few rows":                                  {"Type,Account,Date,Reference,Net Amount,Tax Amount\nSI,ANN001,25/01/2024,1,100.00,20.00\nSC,ANN001,28/01/2024,C1,20.00,4.00\nSI,BOB001,26/01/2024,2,50.00,10.00\nSR,ANN001,27/02/2024,P1,96.00,0.00\nSI,ANN001,27/03/2024,3,50.00,10.00\n", 2, 3, 180, "not_order 1", ""},
		"FatturaPA: TD04 is a credit note":                       {"Tipo documento;Numero;Data;Cliente;Totale documento\nTD01;1;05/01/2024;ann;100,00\nTD01;2;16/01/2024;bob;50,00\nTD04;3;17/01/2024;bob;20,00\n", 2, 2, 130, "", ""},
		"SAF-T: FT, NC and RG":                                   {"Tipo de documento;Número;Data;Cliente;Total\nFT;1;05/01/2024;ann;100,00\nFT;2;16/01/2024;bob;50,00\nNC;3;17/01/2024;bob;20,00\nRG;4;18/01/2024;ann;100,00\n", 2, 2, 130, "not_order 1", ""},
		"attendees of one order, its total on each":              {"Order #,Order Date,Attendee Name,Attendee Email,Ticket Type,Total Paid\n1,2024-01-05,Ann,a@x.example,General,50.00\n1,2024-01-05,Gus,g@x.example,General,50.00\n2,2024-01-16,Bob,b@x.example,General,25.00\n3,2024-02-16,Ann,a@x.example,General,25.00\n", 2, 3, 100, "", ""},
		"a text in two, in the middle":                           {"order,customer,date,product,total\n1,ann,2024-01-05,Mug, blue,10.00\n2,bob,2024-01-16,Tea,20.00\n3,ann,2024-02-05,Tea,30.00\n", 2, 3, 60, "", ""},
		"an address in three, beside a name":                     {"order,customer,address,date,total\n1,ann,1 High St, Leeds, UK,2024-01-05,10.00\n2,bob,Main,2024-01-16,20.00\n3,ann,Main,2024-02-05,30.00\n", 2, 3, 60, "", ""},
		"an address in two without a blank":                      {"order,customer,address,date,total\n1,ann,High St,Leeds,2024-01-05,10.00\n2,bob,Main,2024-01-16,20.00\n3,bob,Main,2024-02-05,30.00\n", 1, 2, 50, "too_many_columns 1", ""},
		"a charge is no number of an order":                      {"Guest,Date/Time,Charge\nAnn,01/25/2024 09:05 AM,10.50\nBob,01/26/2024 09:05 PM,20.25\n", 2, 2, 30.75, "", "amount"},
		"Excel's pivot table":                                    {"Sum of Amount,Column Labels,,,\nRow Labels,Jan-24,Feb-24,Mar-24,Grand Total\nAnn,10,,5.50,15.50\nBo,,20,,20\nGrand Total,10,20,5.50,35.50\n", 2, 3, 35.5, "total_line 1", "id, pivot"},
		"an amount in two is not put together":                   {"order,customer,date,product,note,total\n1,ann,2024-01-05,Mug,,1,200.00\n2,bob,2024-01-16,Tea,,20.00\n3,ann,2024-02-05,Tea,,30.00\n", 2, 2, 50, "too_many_columns 1", ""},
		"empty cells at the end":                                 {"customer,date,total\nann,2024-01-05,10,,,\nbob,2024-01-16,20\nann,2024-02-05,30,,\n", 2, 3, 60, "", ""},
		"a till's sales are closed or voided":                    {"Receipt Number,Date,Customer Code,Total,Status\n1,2024-01-05,c1,10.00,CLOSED\n2,2024-01-16,c2,20.00,VOIDED\n3,2024-02-05,c2,30.00,CLOSED\n", 2, 2, 40, "cancelled 1", ""},
		"posting before due":                                     {"No.;Sell-to Customer No.;Due Date;Posting Date;Amount Including VAT\n1;c1;25/02/2024;25/01/2024;10.00\n2;c2;26/02/2024;26/01/2024;20.00\n", 2, 2, 30, "", "date"},
		"live and test":                                          {"Order Reference,Transaction Date,Customer Email,Order Total,Live/Test\n1,01/25/24,a@x.example,10.00,live\n2,01/26/24,b@x.example,20.00,test\n3,02/25/24,b@x.example,30.00,live\n", 2, 2, 40, "not_order 1", ""},
		"an account on every row, and names":                     {"Date,Document Number,Name,Account,Amount\n1/25/2024,1,ann,1100 Receivables,10.00\n1/26/2024,2,bob,1100 Receivables,20.00\n2/25/2024,3,ann,1100 Receivables,30.00\n2/26/2024,4,bob,1100 Receivables,40.00\n3/25/2024,5,ann,1100 Receivables,50.00\n", 2, 5, 150, "", ""},
		"firm and contact":                                       {"Company,Contact,Invoice date,Invoice no,Gross total\nAcme,Ann,2024-01-05,1,10.00\nAcme,Bob,2024-01-16,2,20.00\nBolt,Cy,2024-02-05,3,30.00\nCord,Dee,2024-02-06,4,40.00\n", 3, 4, 100, "", "id"},
		"first and last names":                                   {"First name,Last name,No.,Date,Amount (EUR)\nAnn,Lee,1,2024-01-05,10.00\nAnn,Ray,2,2024-01-16,20.00\nAnn,Lee,3,2024-02-05,30.00\nBob,Lee,4,2024-02-06,40.00\n", 3, 4, 100, "", ""},
		"a customer on the first of its rows":                    {"Customer,Date,Amount\nann,2024-01-05,10.00\n,2024-02-05,20.00\nbob,2024-01-16,30.00\n,2024-03-16,40.00\ncy,2024-01-02,50.00\n", 3, 5, 150, "", "merged"},
		"guests between customers":                               {"Customer,Date,Amount\nann,2024-01-05,10.00\n,2024-01-06,20.00\nbob,2024-01-16,30.00\n,2024-03-16,40.00\ncy,2024-04-02,50.00\n", 3, 3, 90, "missing_id 2", ""},
		"pledges, recurring gifts and their payments":            {"Constituent ID,Gift ID,Gift Date,Gift Type,Amount\n1,1,1/25/2024,Donation,$10.00\n2,2,1/26/2024,Pledge,$100.00\n2,3,2/26/2024,Pledge payment,$50.00\n1,4,3/25/2024,Recurring gift,$5.00\n1,5,4/25/2024,Recurring gift payment,$5.00\n", 2, 3, 65, "not_order 2", ""},
		"months side by side":                                    {"Customer,Jan 2024,Feb 2024,Mar 2024,Total\nAnn,10,,5.50,15.50\nBo,0,20,-,20\nTotal,10,20,5.50,35.50\n", 2, 3, 35.5, "total_line 1", "pivot"},
		"first days of months as names":                          {"Kundennummer;Name;01.01.2024;01.02.2024;01.03.2024\nC1;Ann;10,50;0;5,00\nC2;Bo;0;20,00;0\n", 2, 3, 35.5, "", "pivot"},
		"months as 2024-01, a row of nothing":                    {"client,2024-01,2024-02,2024-03\nann,10,20,30\nbob,1,,\ncy,,,\n", 2, 4, 61, "zero_amount 1", "pivot"},
		"quarters":                                               {"client,Q1 2024,Q2 2024,Q3 2024\nann,10,20,30\nbob,1,,\n", 2, 4, 61, "", "pivot"},
		"months without a year":                                  {"Kunde;Jan;Feb;Mär;Apr\nann;10;20;;30\nbob;;5,50;;\n", 2, 4, 65.5, "", "pivot, counted"},
		"numbers of days":                                        {"household_key,BASKET_ID,DAY,SALES_VALUE,WEEK_NO\n1,11,1,10.50,1\n2,12,15,20.00,3\n1,13,711,30.00,102\n", 2, 3, 60.5, "", "counted"},
		"numbers of weeks":                                       {"customer_id,week,spend\n1,1,10.50\n2,3,20.00\n1,102,30.00\n", 2, 3, 60.5, "", "counted"},
		"the same day on the first rows":                         {"household_key,DAY,SALES_VALUE\n1,1,10.50\n2,1,20.00\n3,1,30.00\n", 3, 3, 60.5, "", "counted, one_day"},
		"hours and weekdays are no days":                         {"customer,hour,day of week,amount\n1,10,1,10.50\n2,11,2,20.00\n", 0, 0, 0, "missing_column 2", ""},
		"a tip is paid too":                                      {"Order,Customer,Date,Subtotal,Tip,Total\n1,ann,2024-01-05,10.00,2.00,12.00\n2,bob,2024-01-16,20.00,3.00,23.00\n3,ann,2024-02-16,20.00,0.00,20.00\n", 2, 3, 55, "", "amount"},
		"day 12":                                                 {"customer,day,amount\nann,Day 1,10\nbob,Day 12,20\nann,Day 40,30\n", 2, 3, 60, "", "counted"},
		"NetSuite: an order, its invoice, accounts of the books": {"Date,Type,Document Number,Name,Account,Amount,Status\n1/5/2024,Sales Order,SO1,ann,Orders,100.00,Sales Order : Billed\n1/25/2024,Invoice,INV1,ann,Receivable,100.00,Invoice : Paid In Full\n1/26/2024,Sales Order,SO2,bob,Orders,50.00,Sales Order : Billed\n1/26/2024,Invoice,INV2,bob,Receivable,50.00,Invoice : Open\n1/27/2024,Sales Order,SO3,cy,Orders,70.00,Sales Order : Billed\n1/27/2024,Invoice,INV3,cy,Receivable,70.00,Invoice : Paid In Full\n1/28/2024,Credit Memo,CM1,ann,Receivable,-30.00,Credit Memo : Fully Applied\n2/5/2024,Sales Order,SO4,dee,Orders,20.00,Sales Order : Billed\n2/5/2024,Invoice,INV4,dee,Receivable,20.00,Invoice : Paid In Full\n2/6/2024,Sales Order,SO5,ann,Orders,5.00,Sales Order : Cancelled\n", 3, 3, 160, "unpaid 1, not_order 5", ""},
		"Business Central: a refund pays out what a credit memo took back":         {"Posting Date,Document Type,Document No.,Customer No.,Amount,Remaining Amount\n01/25/2024,Invoice,I1,C1,100.00,0.00\n01/26/2024,Payment,P1,C1,-100.00,0.00\n01/27/2024,Invoice,I2,C2,40.00,0.00\n01/28/2024,Credit Memo,M1,C1,-30.00,0.00\n01/29/2024,Refund,R1,C1,30.00,0.00\n", 2, 2, 110, "not_order 2", ""},
		"a refund of a positive amount takes back where no document does":          {"Posting Date,Document Type,Document No.,Customer No.,Amount\n01/25/2024,Invoice,I1,C1,100.00\n01/27/2024,Invoice,I2,C2,40.00\n01/29/2024,Refund,R1,C1,30.00\n", 2, 2, 110, "", ""},
		"QuickBooks Desktop: customers one column in, several lines of an invoice": {",,Type,Date,Num,Item,Amount,Balance\n,ann,,,,,,\n,,Invoice,01/25/2024,1,Mug,10.00,10.00\n,,Invoice,01/25/2024,1,Tea,5.00,15.00\n,,Invoice,02/25/2024,2,Mug,10.00,25.00\n,Total ann,,,,,25.00,25.00\n,bob,,,,,,\n,,Invoice,01/26/2024,3,Mug,20.00,20.00\n,Total bob,,,,,20.00,20.00\nTOTAL,,,,,,45.00,45.00\n", 2, 3, 45, "total_line 3", "id"},
		"names that change within a receipt are those of goods":                    {"Date,Receipt number,Name,Variant,Final price (GBP)\n25/01/2024,1,Latte,Large,3.50\n25/01/2024,1,Cake,,4.00\n26/01/2024,2,Latte,,3.00\n26/01/2024,2,Tea,,2.00\n26/01/2024,3,Cake,,4.00\n26/01/2024,3,Tea,,2.00\n", 0, 0, 0, "missing_column 6", ""},
		"the type of a price is no type of an order":                               {"Invoice Number,Customer Id,Invoice Date,Status,Price Type,Total\n1,c1,25-Jan-2024,Paid,tax_exclusive,10.00\n2,c2,26-Jan-2024,Voided,tax_exclusive,20.00\n3,c1,27-Jan-2024,Paid,tax_exclusive,30.00\n", 1, 2, 40, "cancelled 1", ""},
		"Rechnungskorrektur, open":                                                 {"Belegtyp;Belegnummer;Belegdatum;Kontakt;Status;Betrag brutto\nRechnung;R1;05.01.2024;ann;Bezahlt;119,00\nRechnung;R2;16.01.2024;bob;Bezahlt;50,00\nRechnungskorrektur;K1;17.01.2024;ann;Offen;-19,00\n", 2, 2, 150, "", ""},
		"Shopware 5: re-credited":                                                  {"orderNumber;customerEmail;orderTime;invoiceAmount;orderStatus;paymentStatus\n1;a@x.example;2024-01-05 10:00:00;10,00;completed;completely_paid\n2;b@x.example;2024-01-06 10:00:00;20,00;completed;re_crediting\n3;b@x.example;2024-01-07 10:00:00;30,00;cancelled;open\n", 1, 1, 10, "cancelled 1, refunded 1", ""},
		"Odoo: the invoice's partner":                                              {"Number,Invoice Partner Display Name,Invoice/Bill Date,Type,Total Signed,Payment Status\nINV/1,ann,2024-01-05,Customer Invoice,100.00,Paid\nINV/2,bob,2024-01-06,Customer Invoice,50.00,Paid\nINV/3,ann,2024-02-06,Customer Invoice,20.00,Not Paid\nRINV/1,ann,2024-02-07,Customer Credit Note,-10.00,Paid\nINV/4,bob,2024-02-08,Customer Invoice,20.00,Paid\n", 2, 3, 160, "unpaid 1", ""},
		"Allegro: what the seller says beside the payment":                         {"Type,OrderId,OrderDate,SellerStatus,PaymentStatus,BuyerLogin,TotalToPayAmount\norder,1,2024-01-05,SENT,PAID,ann,10.00\norder,2,2024-01-06,RETURNED,PAID,bob,20.00\norder,3,2024-01-07,CANCELLED,UNPAID,bob,30.00\norder,4,2024-01-08,SENT,PAID,bob,40.00\n", 2, 2, 50, "cancelled 1, refunded 1", ""},
		"a reservation's day and number":                                           {"Reservation Number,Email,Check in Date,Check out Date,Grand Total,Reservation Date,Status\nR1,a@x.example,01/03/2024,03/03/2024,100.00,25/01/2024,Checked Out\nR1,a@x.example,01/03/2024,03/03/2024,100.00,25/01/2024,Checked Out\nR2,b@x.example,02/03/2024,04/03/2024,50.00,26/01/2024,Checked Out\n", 2, 2, 150, "", ""},
		"SAP's open items: RV, DG and DZ":                                          {"Account\tDocument Number\tDocument Type\tDocument Date\tAmount in Local Currency\nC1\t1\tRV\t25.01.2024\t1.100,00\nC1\t2\tDZ\t26.01.2024\t1.100,00-\nC2\t3\tRV\t27.01.2024\t50,00\nC1\t4\tDG\t28.01.2024\t100,00-\n", 2, 2, 1050, "not_order 1", ""},
		"a stroke for no hundredths is no minus":                                   {"Kunde;Datum;Betrag\na;05.01.2024;120,-\nb;16.01.2024;1.200,– €\na;17.02.2024;80,--\n", 2, 3, 1400, "", ""},
		"the same behind rupees and crowns":                                        {"Customer,Date,Amount\na,25/01/2024,\"Rs. 1,20,000/-\"\nb,26/01/2024,500/-\n", 2, 2, 120500, "", ""},
		"hundredths behind a colon":                                                {"Kund;Datum;Belopp\na;2024-01-05;12:50 kr\nb;2024-01-16;1 200:- kr\n", 2, 2, 1212.5, "", ""},
		"Dr and Cr behind amounts":                                                 {"Customer,Date,Voucher,Amount\na,25/01/2024,1,\"1,200.00 Dr\"\na,26/01/2024,2,200.00 Cr\nb,27/01/2024,3,50.00 Dr\n", 2, 2, 1050, "", "amount"},
		"a footnote's star":                                                        {"Customer,Date,Amount\na,2024-01-05,10.50*\nb,2024-01-16,20.00\n", 2, 2, 30.5, "", ""},
		"a sign and a code":                                                        {"Backer Name,Pledge Amount,Pledged At\nann,$10.50 USD,\"2024/01/05, 10:30\"\nbob,$20.00 USD,\"2024/01/16, 10:30\"\n", 2, 2, 30.5, "", ""},
		"merged cells, the day first":                                              {"Kunde;Datum;Betrag\nann;10.01.2024;10,00\n;05.02.2024;20,00\n;16.03.2024;20,00\nbob;11.01.2024;30,00\n;03.03.2024;40,00\ncy;02.01.2024;50,00\n", 3, 6, 170, "", "merged"},
		"a day on the first of its rows":                                           {"Datum;Kunde;Betrag\n10.01.2024;ann;10,00\n;bob;20,00\n;cy;20,00\n11.01.2024;bob;30,00\n13.02.2024;ann;40,00\n;bob;50,00\n", 3, 6, 170, "", "merged"},
		"who voided is no customer":                                                {"Order Id,Paid Date,Amount,Void User,Void Date,Email,Status\n1,1/25/24 10:30 AM,10.00,,,a@x.example,CAPTURED\n2,1/26/24 10:30 AM,20.00,Kim,1/26/24,b@x.example,VOIDED\n3,1/27/24 10:30 AM,30.00,,,b@x.example,CAPTURED\n", 2, 2, 40, "cancelled 1", ""},
		"a charge of nothing is no sign of payment":                                {"OrderId,OrderTime,BillMailAddress,PayCharge,TotalPrice\n1,2024/01/05,a@x.example,0,1000\n2,2024/01/16,b@x.example,0,2000\n", 2, 2, 3000, "", ""},
		"a payout's number is no customer":                                         {"Transaction Date,Type,Order,Payout ID,Amount,Fee,Net\n2024-01-05,charge,#1,881,10.00,-1.00,9.00\n2024-01-06,charge,#2,881,20.00,-1.00,19.00\n2024-01-07,charge,#3,882,30.00,-1.00,29.00\n2024-01-08,charge,#4,882,30.00,-1.00,29.00\n2024-01-09,charge,#5,883,30.00,-1.00,29.00\n2024-01-10,charge,#6,883,30.00,-1.00,29.00\n", 0, 0, 0, "missing_column 6", "amount"},
		"millions as KK":                                                           {"client,date,deal value\nAcme,2024-01-05,1.2KK\nBolt,2024-01-06,800K\n", 2, 2, 2e6, "", ""},
		"valid tickets":                                                            {"Order ID,Order Date,Buyer Email,Ticket Price,Status\n1,2024-01-05,a@x.example,10.00,Valid\n2,2024-01-06,b@x.example,20.00,Cancelled\n", 1, 1, 10, "cancelled 1", ""},
		"an order, its delivery and its invoice":                                   {"Doc Type,Doc No,Date,Customer,Amount\nQuote,Q1,2024-01-05,ann,10.00\nOrder,O1,2024-01-05,ann,10.00\nDelivery,D1,2024-01-05,ann,10.00\nInvoice,I1,2024-01-05,ann,10.00\nOrder,O2,2024-01-16,bob,20.00\nDelivery,D2,2024-01-16,bob,20.00\nInvoice,I2,2024-01-16,bob,20.00\nOrder,O3,2024-02-16,ann,30.00\nInvoice,I3,2024-02-16,ann,30.00\n", 2, 3, 60, "not_order 6", ""},
		"orders beside invoices that are others'":                                  {"Doc Type,Doc No,Date,Customer,Amount\nOrder,O1,2024-01-05,ann,10.00\nOrder,O2,2024-01-06,bob,15.00\nInvoice,I1,2024-01-15,ann,25.00\nInvoice,I2,2024-01-16,bob,20.00\n", 2, 4, 70, "", ""},
		"an order's number, day and customer on the first of its lines":            {"Auftrag;Datum;Kunde;Artikel;Menge;Einzelpreis;Gesamt;Status\n1;05.01.2024;ann;Tasse;2;5,00;10,00;Versendet\n;;;Tee;1;4,00;4,00;\n2;16.01.2024;bob;Tasse;1;5,00;5,00;Storniert\n;;;Tee;1;4,00;4,00;\n3;17.02.2024;bob;Tasse;1;5,00;5,00;Versendet\n;;;;;Summe;28,00;\n", 2, 2, 19, "cancelled 2, total_line 1", "merged"},
		"Xero: customers in the column of days":                                    {"Sales Invoices\nDemo\n\nDate,Transaction,Invoice Number,Due Date,Gross\nann,,,,\n25 Jan 2024,Receivable Invoice,INV-1,,10.00\n5 Feb 2024,Receivable Invoice,INV-2,,20.00\nTotal ann,,,,30.00\nbob,,,,\n26 Jan 2024,Receivable Invoice,INV-3,,40.00\nTotal bob,,,,40.00\nTotal,,,,70.00\n", 2, 3, 70, "total_line 3", "id"},
		"a bill with what was owed before":                                         {"Account Number,Bill Number,Bill Date,Previous Balance,Current Charges,Total Amount Due\nA1,1,25-Jan-2024,100.00,10.00,110.00\nA2,2,26-Jan-2024,50.00,20.00,70.00\nA1,3,25-Feb-2024,110.00,30.00,140.00\n", 2, 3, 60, "", ""},
		"a fee is what was charged, where there is no other money":                 {"Client,Date,Fee\nann,5-Jan-24,£10.00\nbob,16-Jan-24,£20.00\n", 2, 2, 30, "", "amount"},
		"Walmart: the cost of an item":                                             {"PO#,Order#,Order Date,Customer Name,Status,Qty,Item Cost,Shipping Cost,Tax\n1,11,2024-01-05,ann,Delivered,2,5.25,0,0\n2,12,2024-01-16,bob,Delivered,1,20.00,0,0\n3,13,2024-02-16,ann,Delivered,3,5.25,0,0\n", 2, 3, 46.25, "", "unit_price, amount"},
		"most have a status that is not known, the others none that is an order":   {"Order,Email,Date,Total,Status\n1,a@x.example,2024-01-05,10,Archivado\n2,b@x.example,2024-01-06,20,Cancelled\n3,b@x.example,2024-01-07,30,Archivado\n", 2, 2, 40, "cancelled 1", "status"},
		"DATEV: days and months without a year":                                    {"Umsatz;WKZ;Konto;Gegenkonto;Belegdatum;Belegfeld 1\n100,00;EUR;10001;8400;0501;R1\n50,00;EUR;10002;8400;1601;R2\n20,00;EUR;10001;8400;0702;R3\n", 0, 0, 0, "missing_column 3", ""},
		"all rows are of what is no order":                                         {"Id,Type,Customer,Date,Amount\n1,Payout,ann,2024-01-05,10.00\n2,Payout,bob,2024-01-06,20.00\n", 0, 0, 0, "not_order 2", "status"},
		"a partner in the trade":                                                   {"請求書番号,発行日,取引先名,合計金額,入金ステータス\n1,2024-01-05,甲社,1000,入金済み\n2,2024-01-06,乙社,2000,未入金\n3,2024-02-06,甲社,3000,入金済み\n", 1, 2, 4000, "unpaid 1", ""},
		"a payment with a row for each of its states":                              {"Psp Reference,Merchant Reference,Booking Date,Record Type,Main Amount,Payment Currency,Shopper Reference\n881,o1,2024-01-05 10:00:00,Received,50.00,EUR,s1\n881,o1,2024-01-05 10:00:01,Authorised,50.00,EUR,s1\n881,o1,2024-01-06 10:00:00,SentForSettle,50.00,EUR,s1\n881,o1,2024-01-08 10:00:00,Settled,50.00,EUR,s1\n882,o2,2024-01-06 10:00:00,Received,60.00,EUR,s2\n882,o2,2024-01-06 10:00:01,Refused,60.00,EUR,s2\n883,o3,2024-01-07 10:00:00,Received,70.00,EUR,s2\n883,o3,2024-01-08 10:00:00,Settled,70.00,EUR,s2\n883,o3,2024-01-18 10:00:00,Chargeback,-70.00,EUR,s2\n884,o4,2024-01-30 10:00:00,Received,80.00,EUR,s2\n884,o4,2024-02-01 10:00:00,Settled,80.00,EUR,s2\n884,o4,2024-02-11 10:00:00,Refunded,-30.00,EUR,s2\n", 2, 2, 100, "unpaid 1, refunded 1", ""},
		"an order in another currency, with a row for each of its states":          {"Order ID,Customer,Date,State,Amount,Currency\n1,ann,2024-01-05,Paid,50.00,EUR\n1,ann,2024-01-06,Delivered,50.00,EUR\n2,bob,2024-01-06,Paid,60.00,EUR\n2,bob,2024-01-07,Delivered,60.00,EUR\n3,cid,2024-01-08,Paid,900.00,JPY\n3,cid,2024-01-09,Delivered,900.00,JPY\n", 2, 2, 110, "other_currency 1", "currency"},
		"orders with a row for each of their states, the latest first":             {"Order ID,Customer,Date,Status,Amount\n2,bob,2024-02-20,Cancelled,20.00\n2,bob,2024-02-18,Paid,20.00\n3,ann,2024-02-17,Delivered,30.00\n3,ann,2024-02-16,Paid,30.00\n1,ann,2024-01-09,Delivered,10.00\n1,ann,2024-01-06,Paid,10.00\n1,ann,2024-01-05,Pending,10.00\n", 1, 2, 40, "cancelled 1", ""},
		"events of payments":                                                       {"payment_id,customer_id,created_at,event,amount,currency\np1,u1,2024-01-05T10:00:00Z,authorized,10.00,USD\np1,u1,2024-01-05T11:00:00Z,captured,10.00,USD\np2,u2,2024-01-06T10:00:00Z,authorized,20.00,USD\np2,u2,2024-01-06T11:00:00Z,captured,20.00,USD\np2,u2,2024-01-16T11:00:00Z,refunded,20.00,USD\np3,u2,2024-02-06T10:00:00Z,authorized,30.00,USD\np3,u2,2024-02-06T11:00:00Z,captured,30.00,USD\n", 2, 2, 40, "refunded 1", ""},
		"items of one price with a status each are no history":                     {"Order,Customer,Date,Item,Status,Line total\n1,ann,2024-01-05,Mug,Shipped,10.00\n1,ann,2024-01-05,Tea,Cancelled,10.00\n2,bob,2024-01-06,Mug,Shipped,10.00\n2,bob,2024-01-06,Cup,Paid,10.00\n", 2, 2, 30, "cancelled 1", ""},
		"Toast: a full refund takes the tip along":                                 {"Payment Id,Order Id,Paid Date,Customer Phone,Amount,Tip,Total,Refunded,Refund Date,Refund Amount,Refund Tip Amount\n1,11,1/15/24 6:00 PM,555-0101,20.00,4.00,24.00,None,,,\n2,12,1/16/24 6:00 PM,555-0102,30.00,6.00,36.00,Full,1/17/24,30.00,6.00\n3,13,2/16/24 6:00 PM,555-0102,40.00,8.00,48.00,Partial,2/17/24,5.00,0.00\n", 2, 2, 67, "refunded 1", ""},
		"the claim of an order, empty where there is none":                         {"주문번호,주문상태,결제일,구매자ID,총 주문금액,클레임상태\n1,구매확정,2024-01-05,u1,1000,\n2,구매확정,2024-01-06,u2,2000,반품완료\n3,구매확정,2024-02-06,u2,3000,\n4,취소완료,2024-02-07,u2,4000,\n", 2, 2, 4000, "cancelled 1, refunded 1", ""},
		"Cr among amounts without a mark":                                          {"Customer,Date,Amount\na,25/01/2024,\"1,200.00\"\na,26/01/2024,200.00 Cr\nb,27/01/2024,50.00\nb,28/02/2024,60.00\n", 2, 3, 1110, "", "amount"},
		"Cr behind every amount":                                                   {"Customer,Date,Amount\na,25/01/2024,10.00 Cr\nb,27/01/2024,50.00 Cr\n", 2, 2, 60, "", ""},
		"one price: orders and invoices that are other sales":                      {"Doc Type,Doc No,Date,Customer,Amount\nOrder,1,2024-01-05,ann,25.00\nInvoice,2,2024-01-16,bob,25.00\nOrder,3,2024-01-26,bob,25.00\nInvoice,4,2024-02-05,ann,25.00\nOrder,5,2024-02-25,ann,25.00\nInvoice,6,2024-03-16,bob,25.00\n", 2, 6, 150, "", ""},
		"one price: orders and their invoices":                                     {"Doc Type,Doc No,Date,Customer,Amount\nOrder,1,2024-01-05,ann,25.00\nInvoice,2,2024-01-05,ann,25.00\nOrder,3,2024-01-26,bob,25.00\nInvoice,4,2024-01-27,bob,25.00\nOrder,5,2024-02-25,ann,25.00\nInvoice,6,2024-02-25,ann,25.00\n", 2, 3, 75, "not_order 3", ""},
		"charges and their payments":                                               {"id,customer_id,type,amount_in_cents,created_at\n1,u1,Charge,1000,2024-01-05 10:00:00 -0500\n2,u1,Payment,1000,2024-01-05 10:00:05 -0500\n3,u2,Charge,2500,2024-01-06 10:00:00 -0500\n4,u2,Payment,2500,2024-01-06 10:00:05 -0500\n5,u2,Charge,2000,2024-02-06 10:00:00 -0500\n6,u2,Payment,2000,2024-02-07 10:00:05 -0500\n", 2, 3, 55, "not_order 3", ""},
		"charges and payments that are others'":                                    {"id,customer_id,type,amount,created_at\n1,u1,charge,10.00,2024-01-05\n2,u2,payment,20.00,2024-01-06\n3,u1,charge,30.00,2024-02-05\n4,u2,payment,40.00,2024-02-06\n", 2, 4, 100, "", ""},
		"instalments beside the order's total":                                     {"Order ID,Customer Email,Payment Date,Amount Paid,Order Total\n1,a@x.example,2024-01-05,10.00,30.00\n1,a@x.example,2024-02-05,10.00,30.00\n1,a@x.example,2024-03-05,10.00,30.00\n2,b@x.example,2024-01-16,20.00,40.00\n2,b@x.example,2024-02-16,20.00,40.00\n", 2, 5, 70, "", "amount"},
		"two days in a cell":                                                       {"Customer,Period,Amount\nann,2024-01-03 - 2024-01-09,10.00\nbob,2024-01-10 - 2024-01-16,20.00\nann,2024-02-01 - 2024-02-07,30.00\n", 2, 3, 60, "", "spans"},
		"two days, the day first":                                                  {"Booking,Guest,Stay,Total\n1,Ann,03/02/2024 - 05/02/2024,10\n2,Bob,25/03/2024 - 02/04/2024,20\n3,Ann,05/07/2024 - 09/07/2024,30\n4,Bob,01/08/2024 - 11/08/2024,40\n", 2, 4, 100, "", "spans"},
		"two days, the year with the second":                                       {"Kunde;Leistungszeitraum;Betrag\nann;03.01. - 09.01.2024;10,00\nbob;28.12.2023 – 03.01.2024;20,00\nann;28.12. – 03.01.2025;30,00\n", 2, 3, 60, "", "spans"},
		"days of the Islamic calendar":                                             {"العميل,التاريخ,المبلغ\nann,15/03/1446,10\nbob,١٦/٠٣/١٤٤٦ هـ,20\nann,1446-04-02,30\n", 2, 3, 60, "", ""},
		"days of the Persian calendar":                                             {"Customer,Date,Amount\nann,1403/01/15,10\nbob,۱۴۰۳/۰۱/۱۶,20\nann,1403/12/30 10:30,30\n", 2, 3, 60, "", ""},
		"a year of 1424 is a slip of the pen":                                      {"Customer,Date,Amount\nann,15/03/2024,10\nbob,16/03/1424,20\nann,17/04/2024,30\n", 1, 2, 40, "bad_date 1", ""},
		"digits of Devanagari and Bengali":                                         {"Customer,Date,Amount\nann,०५/०१/२०२४,\"₹१,०५०.५०\"\nbob,১৬/০১/২০২৪,২০.০০\n", 2, 2, 1070.5, "", ""},
		"a serial day with a comma":                                                {"Kunde;Datum;Betrag\nann;45296,5;10,00\nbob;45307,25;20,00\n", 2, 2, 30, "", ""},
		"a day @ a time":                                                           {"Booking ID,Created At,Email,Total,Cancelled?\n1,01/25/2024 @ 10:00 AM,a@x.example,$10.00,\n2,01/26/2024 @ 10:00 AM,b@x.example,$20.00,Cancelled\n3,02/26/2024 @ 10:00 AM,b@x.example,$30.00,\n", 2, 2, 40, "cancelled 1", ""},
		"reversed entries":                                                         {"Customer No.,Posting Date,Document No.,Amount,Reversed\nc1,25-01-24,1,10.00,No\nc2,26-01-24,2,20.00,Yes\nc2,26-02-24,3,30.00,No\n", 2, 2, 40, "cancelled 1", "date"},
		"a document that is not posted":                                            {"Дата;Номер;Вид операции;Контрагент;Сумма;Проведен\n25.01.2024 12:00:00;1;Продажа;ООО Анна;1 000,50;Да\n26.01.2024 12:00:00;2;Продажа;ООО Борис;2 000,00;Нет\n27.01.2024 12:00:00;3;Продажа;ООО Анна;3 000,00;Да\n28.01.2024 12:00:00;4;Продажа;ООО Борис;40,00;Да\n", 2, 3, 4040.5, "unpaid 1", ""},
		"numbers of documents beside names that come again":                        {"Number,Day,Bezug,Amount\n1,2024-01-05,Ann Lee,10.00\n2,2024-01-06,Bo Ek,20.00\n3,2024-02-05,Ann Lee,30.00\n4,2024-02-06,Cy Fu,40.00\n5,2024-03-06,Bo Ek,50.00\n", 3, 5, 150, "", "id"},
		"sales on the credit of an account, what takes them back on the debit":     {"Psp Reference,Merchant Reference,Creation Date,Type,Gross Currency,Gross Debit (GC),Gross Credit (GC),Shopper Reference\n1,o1,2024-01-05 10:00:00,Settled,EUR,,50.00,s1\n1,o1,2024-01-07 10:00:00,Refunded,EUR,20.00,,s1\n2,o2,2024-01-06 10:00:00,Settled,EUR,,60.00,s2\n3,o3,2024-02-06 10:00:00,Settled,EUR,,70.00,s2\n,,2024-02-07 10:00:00,MerchantPayout,EUR,150.00,,\n", 2, 3, 160, "not_order 1", "amount"},
		"a payment that was denied":                                                {"Order ID,Transaction status,Amount,Customer e-mail,Transaction time\n1,Settlement,1000,a@x.example,2024-01-05 10:00\n2,Deny,2000,b@x.example,2024-01-06 10:00\n3,Settlement,3000,b@x.example,2024-02-06 10:00\n", 2, 2, 4000, "unpaid 1", ""},
	})
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

// Days of other calendars, by Unicode ICU (islamic-umalqura, persian).
func TestOtherCalendars(t *testing.T) {
	for text, want := range map[string]string{
		"1412/01/01": "1991-07-13", "29/09/1420": "2000-01-06", "1442-12-10": "2021-07-20", "01.09.1445": "2024-03-11", "15/03/1446": "2024-09-18", "١٥/٠٣/١٤٤٦ هـ": "2024-09-18",
		"1369/01/01": "1990-03-21", "1399/12/30": "2021-03-20", "1403/01/15": "2024-04-03", "1403/12/30": "2025-03-20", "1404/01/01": "2025-03-21", "29/12/1410": "2032-03-19",
	} {
		if d, ok := otherCalendar([]byte(text)); !ok || isoDayText(d.day) != want {
			t.Errorf("%s is %s, %v; want %s", text, isoDayText(d.day), ok, want)
		}
	}
	for _, text := range []string{"1404/12/30", "30/01/1446", "1446/13/01", "2024/01/01", "01/02/24", "1446", "1300/01/01"} {
		if d, ok := otherCalendar([]byte(text)); ok {
			t.Errorf("%s is %s", text, isoDayText(d.day))
		}
	}
}

// Of two days in one cell the first counts.
func TestSpans(t *testing.T) {
	for text, want := range map[string]string{
		"2024-01-03 - 2024-01-09": "2024-01-03", "2024-01-03/2024-01-09": "2024-01-03", "01/25/2024–02/02/2024": "2024-01-25", "Jan 3 - Jan 9, 2024": "2024-01-03", "28.12. – 03.01.2025": "2024-12-28", "2024-01-03 bis 2024-01-09": "2024-01-03",
		"25/03/2024 - 02/04/2024": "2024-03-25", "05/03/2024 - 02/04/2024": "2024-03-05", // by the day first alone
	} {
		if d, ok := spanDate([]byte(text), MonthFirst); !ok || isoDayText(d.day) != want {
			t.Errorf("%s is %s, %v; want %s", text, isoDayText(d.day), ok, want)
		}
	}
	for _, text := range []string{"2024-01-09 - 2024-01-03", "2024-01-03 - Tea", "Mug - 2024-01-03", "02/04/2024 - 25/03/2024"} {
		if d, ok := spanDate([]byte(text), MonthFirst); ok {
			t.Errorf("%s is %s", text, isoDayText(d.day))
		}
	}
	// A later row says that the day stands first.
	p := read(t, "Guest,Stay,Total\nann,03/02/2024 - 05/02/2024,10\nbob,25/03/2024 - 02/04/2024,20\nann,02/07/2024 - 01/08/2024,30\n", Options{}).Report()
	if p.FirstDay != Day(2024, 2, 3) || p.LastDay != Day(2024, 7, 2) || p.DateAmbiguous || p.Orders != 3 {
		t.Errorf("%d orders from %s to %s, ambiguous %v", p.Orders, isoDayText(p.FirstDay), isoDayText(p.LastDay), p.DateAmbiguous)
	}
}

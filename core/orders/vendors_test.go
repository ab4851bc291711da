package orders

import (
	"fmt"
	"strings"
	"testing"
)

// Forms of real exports that were once read wrongly, each as small as shows it. Totals follow from the rows by hand.
func TestVendors(t *testing.T) {
	for name, c := range map[string]struct {
		text              string
		customers, orders int
		revenue           float64
		aside, questions  string
	}{
		"Odoo: the invoice's status says the same everywhere": {"Order Reference,Creation Date,Customer/Email,Total,Invoice Status,Status\nS1,2024-01-05 10:00:00,a@x.example,10,Fully Invoiced,Sales Order\n" +
			"S2,2024-01-06 10:00:00,a@x.example,20,Fully Invoiced,Cancelled\nS3,2024-01-07 10:00:00,b@x.example,30,Fully Invoiced,Quotation Sent\nS4,2024-01-08 10:00:00,b@x.example,40,Fully Invoiced,Sales Order\nS5,2024-01-09 10:00:00,b@x.example,50,Fully Invoiced,Sales Order\n",
			2, 3, 100, "cancelled 1, unpaid 1", ""},
		"Shopware: the order's state and the payment's": {"orderNumber;orderDateTime;orderCustomer.email;amountTotal;stateMachineState.translated.name;transactions.stateMachineState.name\n" +
			"1;2024-01-05T10:00:00.000+00:00;a@x.example;10.00;Abgeschlossen;Bezahlt\n2;2024-01-06T10:00:00.000+00:00;a@x.example;20.00;Abgebrochen;Offen\n3;2024-01-07T10:00:00.000+00:00;b@x.example;30.00;Abgeschlossen;Erstattet\n4;2024-01-08T10:00:00.000+00:00;b@x.example;40.00;Offen;Bezahlt\n5;2024-01-09T10:00:00.000+00:00;b@x.example;50.00;Offen;Offen\n",
			2, 2, 50, "cancelled 1, unpaid 1, refunded 1", ""},
		"Lightspeed: heads, items and payments": {"Receipt,Date,Line Type,Customer Code,Customer Name,Total\n1,2024-01-05,Sale,7,Ann,15.00\n1,2024-01-05,Sale Line,7,Ann,10.00\n1,2024-01-05,Sale Line,7,Ann,5.00\n1,2024-01-05,Payment,7,Ann,15.00\n2,2024-01-06,Sale,8,Bob,7.00\n2,2024-01-06,Sale Line,8,Bob,7.00\n2,2024-01-06,Payment,8,Bob,7.00\n",
			2, 2, 22, "not_order 5", ""},
		"PayPal in German: the payer of a refund is the shop": {"\"Datum\",\"Name\",\"Typ\",\"Status\",\"Währung\",\"Brutto\",\"Absender E-Mail-Adresse\",\"Empfänger E-Mail-Adresse\",\"Transaktionscode\"\n" +
			"\"05.01.2024\",\"Ann\",\"PayPal Express-Zahlung\",\"Abgeschlossen\",\"EUR\",\"1.010,50\",\"a@x.example\",\"shop@x.example\",\"1\"\n\"06.01.2024\",\"Bob\",\"PayPal Express-Zahlung\",\"Abgeschlossen\",\"EUR\",\"20,00\",\"b@x.example\",\"shop@x.example\",\"2\"\n" +
			"\"07.01.2024\",\"Cleo\",\"PayPal Express-Zahlung\",\"Abgeschlossen\",\"EUR\",\"20,00\",\"c@x.example\",\"shop@x.example\",\"3\"\n\"08.01.2024\",\"Bob\",\"Rückzahlung\",\"Abgeschlossen\",\"EUR\",\"-20,00\",\"shop@x.example\",\"b@x.example\",\"4\"\n" +
			"\"29.01.2024\",\"Dora\",\"PayPal Express-Zahlung\",\"Abgeschlossen\",\"EUR\",\"5,00\",\"d@x.example\",\"shop@x.example\",\"5\"\n\"25.01.2024\",\"\",\"Von Nutzer eingeleitete Abbuchung\",\"Abgeschlossen\",\"EUR\",\"-900,00\",\"shop@x.example\",\"\",\"6\"\n",
			3, 3, 1035.5, "refunded 1, not_order 1", ""},
		"QuickBooks: customers on lines of their own": {"Sales by Customer Detail\n,Date,Transaction Type,Num,Amount\nAnn,,,,\n,01/25/2024,Invoice,1,\"1,020.00\"\n,02/25/2024,Invoice,2,5.00\nTotal for Ann,,,,\"$1,025.00\"\nBob,,,,\n,01/26/2024,Invoice,3,7.00\nTotal for Bob,,,,$7.00\nTOTAL,,,,\"$1,032.00\"\n",
			2, 3, 1032, "total_line 3", "id"},
		"tests are no orders":      {"Order,Email,Created,Total,Test\n1,a@x.example,2024-01-05,10,false\n2,dev@x.example,2024-01-06,999,true\n3,b@x.example,2024-01-07,20,false\n", 2, 2, 30, "not_order 1", ""},
		"addresses as links":       {"Email,Date,Total\nmailto:Ann@x.example,2024-01-05,10\nann@X.example,2024-02-05,10\nAnn Archer <ann@x.example>,2024-03-05,10\n", 1, 3, 30, "", ""},
		"Arabic currency":          {"رقم الطلب,تاريخ الطلب,البريد الإلكتروني,إجمالي الطلب\n1,٠٥/٠١/٢٠٢٤,a@x.example,١٬٢٠٠٫٥٠ ر.س\n2,٢٥/٠١/٢٠٢٤,b@x.example,٨٠٠ ر.س\n", 2, 2, 2000.5, "", ""},
		"Japanese eras":            {"受注日,顧客コード,売上金額\n令和元年5月31日,a,\"1,200\"\n令和6年12月3日,b,800\nR6.3.1,b,100\nH31/4/30,c,1\n", 3, 4, 2101, "", ""},
		"Thai years":               {"Order,Customer,Order Date,Total\n1,Ann,05/03/2567,10\n2,Bob,25/03/2567,20\n3,Ann,2567-04-01,30\n", 2, 3, 60, "", ""},
		"years of a century":       {"Order,Customer ID,Order Date,Total\n1,a,0024-05-01,10\n2,b,0023-05-31,20\n", 2, 2, 30, "", ""},
		"the year first, in short": {"Order,Customer ID,Order Date,Total\n1,a,23-05-01,10\n2,b,23-06-02,20\n3,a,24-05-03,30\n4,b,24-06-04,40\n5,b,24-06-09,40\n", 2, 5, 140, "", ""},
		"a zone's name":            {"Order,Email,Order Date,Total\n1,a@x.example,1/25/2024 10:30 PM EST,10\n2,b@x.example,2/3/2024 1:05 AM PDT,20\n", 2, 2, 30, "", ""},
		"hours of Europe":          {"Pedido,Correo,Fecha,Total\n1,a@x.example,25/01/2024 10:30:00 p. m.,10\n2,b@x.example,26/01/2024 à 10h30,20\n3,b@x.example,\"27.01.2024, 10:30 Uhr\",20\n", 2, 3, 50, "", ""},
		"names on two lines":       {"Customer,Order,,Amount,\nID,Number,Date,Total,Tax\na,1,2024-01-05,10,1\nb,2,2024-02-05,20,2\na,3,2024-03-05,30,3\n", 2, 3, 60, "", ""},
		"units under names":        {"My shop\n\nCustomer ID,Order No,Date,Total\n,,(YYYY-MM-DD),(EUR)\na,1,2024-01-05,10\nb,2,2024-02-05,20\na,3,2024-03-05,30\n", 2, 3, 60, "", ""},
		"Shopify's report: what came back is taken off already": {"Order name,Customer email,Order created date,Gross sales,Returns,Total sales\n#1,a@x.example,2024-01-05,100.00,0.00,100.00\n#2,a@x.example,2024-01-06,100.00,-40.00,60.00\n#3,b@x.example,2024-01-07,50.00,-50.00,0.00\n#4,b@x.example,2024-01-08,30.00,0.00,30.00\n", 2, 3, 190, "refunded 1", ""},
		"SAP's list with strokes":                               {"Billing list\n\n------------------------------\n|Sold-to|Bill. Doc.|Bill. Date|Net Value|\n------------------------------\n|9007|1|05.01.2024|1.010,50|\n|9014|2|25.01.2024|20,00|\n|9007|3|26.01.2024|30,00|\n------------------------------\n|*||| 1.060,50|\n", 2, 3, 1060.5, "too_few_columns 2, missing_id 1", ""},
		"a family's name is no customer":                        {"注文番号,注文日,合計,注文者メールアドレス,注文者姓\n1,2024-01-05,10,a@x.example,山田\n2,2024-01-06,20,b@x.example,山田\n3,2024-01-07,30,a@x.example,山田\n4,2024-01-08,40,c@x.example,山田\n5,2024-01-09,50,a@x.example,山田\n", 3, 5, 150, "", ""},
		"codes of statuses are asked about":                     {"order,email,date,total,status\n1,a@x.example,2024-01-05,10,700\n2,b@x.example,2024-01-06,20,700\n3,a@x.example,2024-01-07,30,900\n4,c@x.example,2024-01-08,40,700\n5,b@x.example,2024-01-09,50,700\n6,b@x.example,2024-01-10,50,700\n7,c@x.example,2024-01-11,50,700\n8,a@x.example,2024-01-12,50,700\n", 3, 8, 300, "", "status"},
		"codes of types are asked about":                        {"No,Type,Account Ref,Date,Net Amount\n1,SI,ANN001,05/01/2024,10\n2,SI,BOB001,25/01/2024,20\n3,SC,ANN001,26/01/2024,5\n4,SI,ANN001,27/01/2024,30\n5,SI,BOB001,28/01/2024,10\n6,SI,BOB001,29/01/2024,10\n7,SC,BOB001,30/01/2024,10\n8,SI,BOB001,31/01/2024,10\n", 2, 8, 105, "", "status"},
		"Mercado Livre's hours":                                 {"Vendas BR\nN.º de venda;Data da venda;Estado;Receita (BRL);Comprador\n1;5 de janeiro de 2024 10:30 hs.;Entregue;10.50;Ann\n2;6 de março de 2024 10:30 hs.;Venda cancelada;20.00;Bob\n3;7 de março de 2024 10:30 hs.;Entregue;30.00;Bob\n", 2, 2, 40.5, "cancelled 1", ""},
		"text for a spreadsheet":                                {"Customer No,Order Date,Amount\n\"=\"\"9007\"\"\",\"=\"\"2024-01-05\"\"\",\"=\"\"10.50\"\"\"\n'9007,'2024-02-05,'20\n9007.0,2024-03-05,30\n0000009007,2024-04-05,40\n", 1, 4, 100.5, "", ""},
		"names in capitals":                                     {"customer,date,total\nAnn Archer,2024-01-05,10\nANN ARCHER,2024-02-05,20\nann  archer,2024-03-05,30\nAnn B. Archer,2024-03-05,40\n", 2, 4, 100, "", ""},
		"NetSuite: a refund is one whatever its status":         {"Type,Date,Document Number,Name,Amount,Status\nInvoice,1/25/2024,1,Ann,100.00,Paid In Full\nCredit Memo,1/31/2024,2,Ann,-40.00,Fully Applied\n", 1, 1, 60, "", ""},
		"cents":                               {"customer_id,created,amount_cents\na,2024-01-05,1050\nb,2024-01-06,2000\n", 2, 2, 30.5, "", ""},
		"the hour first":                      {"Time,Customer,Total paid\n10:30 25/01/2024,Ann,£10\n8:05:09 26/01/2024,Bob,£20\n", 2, 2, 30, "", ""},
		"deals are won and lost":              {"Opportunity Name,Account Name,Stage,Close Date,Amount,Created Date\nx,Ann,Closed Won,1/25/2024,10,1/5/2020\ny,Bob,Closed Lost,1/26/2024,20,1/5/2020\nz,Bob,Closed Won,1/27/2024,30,1/5/2020\n", 2, 2, 40, "cancelled 1", ""},
		"eBay: somebody added what went back": {"Order Number,Buyer Username,Total Price,Sale Date,Refund Amount\n12-1,annx,$12.00,Jan-05-24,\n12-2,bobx,$22.00,Feb-05-24,\n12-3,annx,$1030.00,Mar-15-24,$30.00\n", 2, 3, 1034, "", ""},
		"Google Analytics: lines about the file": {"# ---------------\n# Purchases\n# Account: X, Inc\n# Start date: 20240101\n# ---------------\n\nTransaction ID,User pseudo ID,Date,Purchase revenue\nt1,111.222,20240105,10.50\nt2,111.333,20240125,20\nt3,111.222,20240205,30\n,,Grand total,60.50\n",
			2, 3, 60.5, "total_line 1", ""},
		"numbers of orders are no remarks": {"#Order,Email,Date,Total\n#1001,a@x.example,2024-01-05,10\n#1002,b@x.example,2024-02-05,20\n", 2, 2, 30, "", ""},
		"Mollie in Dutch": {"Datum,Betaalmethode,Valuta,Bedrag,Status,ID,Consumentennaam,Bedrag teruggestort\n2024-01-05 10:00:00,iDEAL,EUR,\"10,00\",Betaald,tr_1,Ann A,\n2024-01-06 10:00:00,iDEAL,EUR,\"20,00\",Verlopen,tr_2,Bob B,\n" +
			"2024-01-07 10:00:00,iDEAL,EUR,\"30,00\",Betaald,tr_3,Bob B,\"10,00\"\n2024-02-07 10:00:00,iDEAL,EUR,\"40,00\",Mislukt,tr_4,Ann A,\"40,00\"\n", 2, 2, 30, "unpaid 2", ""},
		"a log of a shop's events": {"event_time,event_type,product_id,price,user_id\n2019-11-01 00:00:00 UTC,view,1,489.50,8\n2019-11-01 00:01:00 UTC,cart,1,489.50,8\n2019-11-01 00:02:00 UTC,purchase,1,489.50,8\n2019-11-21 00:02:00 UTC,view,1,489.50,9\n" +
			"2019-11-22 00:02:00 UTC,remove_from_cart,1,489.50,9\n2019-11-23 00:02:00 UTC,purchase,2,10.00,9\n2019-11-24 00:02:00 UTC,purchase,3,20.00,9\n", 2, 3, 519.5, "not_order 4", ""},
		"GA4's events": {"event_date,event_name,user_pseudo_id,ecommerce.transaction_id,ecommerce.purchase_revenue\n20240105,session_start,1.1,,\n20240105,purchase,1.1,t1,10.5\n20240125,begin_checkout,1.2,,\n20240125,purchase,1.2,t2,20\n20240225,page_view,1.1,,\n20240225,purchase,1.1,t3,30\n",
			2, 3, 60.5, "not_order 3", ""},
		"Segment's events, a refund among them": {"event,timestamp,userId,properties.order_id,properties.revenue\nOrder Completed,2024-01-05T10:00:00Z,u1,1,10.5\nProduct Viewed,2024-01-06T10:00:00Z,u1,,\nProduct Added,2024-01-06T10:00:00Z,u2,,\n" +
			"Order Completed,2024-01-25T10:00:00Z,u2,2,20\nOrder Refunded,2024-01-26T10:00:00Z,u2,2,20\nOrder Completed,2024-02-25T10:00:00Z,u1,3,30\n", 1, 2, 40.5, "refunded 1, not_order 2", ""},
		"names of evenings are no events of a log": {"Order,Event,Email,Date,Total\n1,Summer Gala,a@x.example,2024-06-05,10\n2,Winter Sale Night,b@x.example,2024-12-05,20\n3,Summer Gala,b@x.example,2024-06-07,30\n", 2, 3, 60, "", ""},
		"Mexico's status":                          {"Folio;Fecha;Cliente;Importe;Moneda;Estatus\nA1;05/ene/2024;Ann;$1,025.50;MXN;Pagada\nA2;25/feb/2024;Bob;$10.00;MXN;Cancelada\nA3;25/abr/2024;Bob;$30.00;MXN;Vigente\n", 2, 2, 1055.5, "cancelled 1", ""},
		"TikTok: a line about the columns": {"Order ID\tOrder Status\tQuantity\tSKU Unit Original Price\tOrder Amount\tOrder Refund Amount\tCreated Time\tBuyer Username\nPlatform unique order ID.\tCurrent order status.\tQuantity of the SKU.\tPrice of one piece.\tIt equals SKU Subtotal + Shipping.\tRefund of the order\tTime of creation\tBuyer's username\n" +
			"5761\tCompleted\t2\t12\t25\t0\t01/05/2024 10:00:00 AM\tannx\n5761\tCompleted\t1\t5\t25\t0\t01/05/2024 10:00:00 AM\tannx\n5762\tCanceled\t1\t12\t10\t0\t01/25/2024 10:00:00 AM\tbobx\n5763\tShipped\t1\t12\t10\t3\t02/25/2024 10:00:00 AM\tbobx\n", 2, 2, 32, "cancelled 1", ""},
		"Naver": {"주문번호,주문상태,구매자ID,결제일,총 주문금액\n1,구매확정,a,2024.01.05 10:00,\"12,000\"\n2,취소완료,b,2024.01.06 10:00,\"3,000\"\n3,반품완료,b,2024.01.07 10:00,\"4,000\"\n", 1, 1, 12000, "cancelled 1, refunded 1", ""},
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

// What shops and carriers write into a column of statuses, in the words of their makers' own translations. An order that waits to be
// sent is one; one that went back to its sender is none.
func TestStatusesOfShops(t *testing.T) {
	for want, texts := range map[Standing]string{
		StandingPaid: "تم التنفيذ|قيد التنفيذ|جاري التجهيز|جاهز للشحن|発送待ち|未発送|未対応|対応済|支払手続き済|入金確認済|未发货|Not shipped|Unfulfilled|Awaiting Fulfillment|In transit|Out for delivery|Em trânsito|En camino|Listo para retirar|In consegna|" +
			"In Zustellung|Wird bearbeitet|Versandbereit|En attente de réapprovisionnement (payé)|On backorder (paid)|Cobrado|Betald|Betalt|Maksettu|Zaplaceno|Lunas|部分退款|Teilweise erstattet|Parcialmente reembolsado",
		StandingUnpaid:    "غير مدفوع|入金待ち|決済待ち|支払手続き中|En attente de réapprovisionnement (non payé)|On backorder (not paid)|En attente de paiement|Pendiente de pago|Aguardando pagamento|Zahlung ausstehend|unfulfilled payment|Written off|Nezaplaceno|Menunggu pembayaran",
		StandingRefunded:  "تم الاسترجاع|قيد الاسترجاع|مسترجع|返送|RTO|RTO Delivered|Returned to sender|Lost in transit|退款成功|Estornado|Krediterad|Refundert|Palautettu|Dikembalikan",
		StandingCancelled: "ملغي|محذوف|キャンセル確定|Storniert durch Kunde|Annullert|Peruttu|Dibatalkan",
		StandingUnknown:   "Neu|New|Closed|Archived|جديد|新規受付",
	} {
		for text := range strings.SplitSeq(texts, "|") {
			if got := statusOf([]byte(text)); got != want {
				t.Errorf("%q is %s, want %s", text, got, want)
			}
		}
	}
}

// Where the year stands first, the days are those of the months in between.
func TestShortYears(t *testing.T) {
	r := read(t, "id,date\na,23-05-01\na,23-06-02\na,24-05-03\na,24-06-04\nb,24-06-09\n", Options{})
	if first, last := r.Log().Span(); first != Day(2023, 5, 1) || last != Day(2024, 6, 9) {
		t.Errorf("%s to %s", isoDayText(first), isoDayText(last))
	}
}

func isoDayText(day int32) string { return string(appendDay(nil, day)) }

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
		"Matrixify: lines of an order under its first":       {"ID,Name,Command,Email,Phone,Created At,Cancelled At,Currency,Payment: Status,Order Fulfillment Status,Price: Subtotal,Price: Total Shipping,Price: Total,Price: Total Refund,Customer: ID,Customer: Email,Top Row,Line: Type,Line: Title,Line: Quantity,Line: Price,Line: Total\n1,#1001,UPDATE,a@x.example,,2024-01-05 10:00:00 -0500,,USD,paid,fulfilled,30.00,5.00,35.00,0.00,77,a@x.example,TRUE,Line Item,Mug,1,10.00,10.00\n1,#1001,UPDATE,,,,,,,,,,,,,,,Line Item,Tea,2,10.00,20.00\n1,#1001,UPDATE,,,,,,,,,,,,,,,Shipping Line,Standard,1,5.00,5.00\n1,#1001,UPDATE,,,,,,,,,,,,,,,Transaction,,,,\n2,#1002,UPDATE,b@x.example,,2024-01-06 10:00:00 -0500,2024-01-07 10:00:00 -0500,USD,voided,unfulfilled,30.00,5.00,35.00,0.00,78,b@x.example,TRUE,Line Item,Mug,3,10.00,30.00\n3,#1003,UPDATE,b@x.example,,2024-02-06 10:00:00 -0500,,USD,partially_refunded,fulfilled,30.00,5.00,35.00,10.00,78,b@x.example,TRUE,Line Item,Mug,3,10.00,30.00\n3,#1003,UPDATE,,,,,,,,,,,,,,,Refund Line,Mug,-1,10.00,-10.00\n", 2, 2, 60, "cancelled 1", ""},
		"Recharge: charges, queued and in error":             {"charge_id,customer_email,charge_status,processed_at,scheduled_at,total_price,subtotal_price,total_refunds,line_item_title,line_item_quantity,type\n1,a@x.example,success,2024-01-05T10:00:00,2024-01-05,30.00,30.00,0,Box,1,checkout\n2,a@x.example,success,2024-02-05T10:00:00,2024-02-05,30.00,30.00,0,Box,1,recurring\n3,b@x.example,refunded,2024-01-06T10:00:00,2024-01-06,30.00,30.00,30.00,Box,1,checkout\n4,b@x.example,queued,,2026-02-06,30.00,30.00,0,Box,1,recurring\n5,c@x.example,error,2024-02-06T10:00:00,2024-02-06,30.00,30.00,0,Box,1,recurring\n6,c@x.example,success,2024-03-06T10:00:00,2024-02-06,30.00,30.00,0,Box,1,recurring\n", 2, 3, 90, "unpaid 2, refunded 1", ""},
		"RevenueCat: trials, tests, the day of a refund":     {"rc_original_app_user_id;country;product_identifier;start_time;end_time;store;is_sandbox;refunded_at;unsubscribe_detected_at;is_auto_renewable;is_trial_period;is_in_intro_offer_period;price_in_usd;takehome_percentage\nu1;US;pro_monthly;2024-01-05 10:00:00;2024-02-05 10:00:00;app_store;false;;;true;false;false;9.99;0.7\nu1;US;pro_monthly;2024-02-05 10:00:00;2024-03-05 10:00:00;app_store;false;;;true;false;false;9.99;0.7\nu2;US;coins;2024-02-06 10:00:00;;play_store;false;;;false;false;false;4.99;0.7\nu3;US;pro_monthly;2024-02-07 10:00:00;2024-02-14 10:00:00;app_store;false;;;true;true;false;0;0.7\nu4;US;coins;2024-02-08 10:00:00;;play_store;true;;;false;false;false;4.99;0.7\nu5;US;coins;2024-02-09 10:00:00;;play_store;false;2024-02-10 10:00:00;;false;false;false;4.99;0.7\nu2;US;coins;2024-03-06 10:00:00;;play_store;false;;;false;false;false;14.99;0.7\n", 2, 4, 39.96, "refunded 1, not_order 2", "date"},
		"SAP Business One: card codes, letters for statuses": {"DocNum;DocDate;CardCode;CardName;DocTotal;DocCur;Canceled;DocStatus\n100;20240105;C100;Ann GmbH;1190,00;EUR;N;C\n101;20240106;C101;Bob GmbH;119,00;EUR;Y;C\n102;20240206;C101;Bob GmbH;238,00;EUR;N;O\n103;20240207;C100;Ann GmbH;11,90;EUR;N;C\n", 2, 3, 1439.9, "cancelled 1", "status"},
		"Shopee in Indonesian":                               {"No. Pesanan,Status Pesanan,Alasan Pembatalan,Waktu Pesanan Dibuat,Waktu Pembayaran Dilakukan,Nama Produk,Harga Awal,Harga Setelah Diskon,Jumlah,Total Harga Produk,Ongkos Kirim Dibayar oleh Pembeli,Total Pembayaran,Username (Pembeli),Nama Penerima\n2401A,Selesai,,2024-01-05 10:00,2024-01-05 10:01,Mug,100.000,90.000,1,90.000,10.000,140.000,ann,Ann\n2401A,Selesai,,2024-01-05 10:00,2024-01-05 10:01,Tea,40.000,40.000,1,40.000,10.000,140.000,ann,Ann\n2401B,Batal,Dibatalkan secara otomatis,2024-01-06 10:00,,Tea,40.000,40.000,1,40.000,10.000,50.000,bob,Bob\n2402C,Selesai,,2024-02-06 10:00,2024-02-06 10:03,Tea,40.000,40.000,1,40.000,10.000,50.000,bob,Bob\n2402D,Sedang Dikirim,,2024-02-07 10:00,2024-02-06 10:03,Tea,40.000,40.000,2,80.000,10.000,90.000,ann,Ann\n", 2, 3, 280000, "cancelled 1", ""},
		"Shopee in Vietnamese":                               {"Mã đơn hàng,Trạng Thái Đơn Hàng,Lý do hủy,Ngày đặt hàng,Tên sản phẩm,Giá gốc,Giá ưu đãi,Số lượng,Tổng giá bán (sản phẩm),Tổng giá trị đơn hàng (VND),Người Mua,Tên Người nhận,Số điện thoại\nA1,Hoàn thành,,2024-01-05 10:00,Mug,100000,90000,1,90000,130000,ann,Ann,84\nA1,Hoàn thành,,2024-01-05 10:00,Tea,40000,40000,1,40000,130000,ann,Ann,84\nB1,Đã hủy,x,2024-01-06 10:00,Tea,40000,40000,1,40000,40000,bob,Bob,84\nC1,Đang giao,,2024-02-06 10:00,Tea,40000,40000,1,40000,40000,bob,Bob,84\n", 2, 2, 170000, "cancelled 1", ""},
		"Shopee in Thai":                                     {"หมายเลขคำสั่งซื้อ,สถานะการสั่งซื้อ,เหตุผลในการยกเลิกคำสั่งซื้อ,ชื่อผู้ใช้ (ผู้ซื้อ),วันที่ทำการสั่งซื้อ,ชื่อสินค้า,ราคาขาย,จำนวน,ราคาขายสุทธิ,จำนวนเงินทั้งหมด\nA1,สำเร็จแล้ว,,ann,2024-01-05 10:00,Mug,100.00,1,100.00,140.00\nA1,สำเร็จแล้ว,,ann,2024-01-05 10:00,Tea,40.00,1,40.00,140.00\nB1,ยกเลิกแล้ว,x,bob,2024-01-06 10:00,Tea,40.00,1,40.00,40.00\nC1,สำเร็จแล้ว,,bob,2024-02-06 10:00,Tea,40.00,2,80.00,80.00\n", 2, 2, 220, "cancelled 1", ""},
		"Shopee: the status of a return":                     {"Order ID,Order Status,Cancel reason,Return / Refund Status,Order Creation Date,Product Name,Original Price,Deal Price,Quantity,Product Subtotal,Grand Total,Username (Buyer),Receiver Name\nA1,Completed,,,2024-01-05 10:00,Mug,100.00,90.00,1,90.00,130.00,ann,A****n\nA1,Completed,,,2024-01-05 10:00,Tea,40.00,40.00,1,40.00,130.00,ann,A****n\nB1,Cancelled,x,,2024-01-06 10:00,Tea,40.00,40.00,1,40.00,40.00,bob,B****b\nC1,Completed,,Request Approved,2024-02-06 10:00,Tea,40.00,40.00,1,40.00,40.00,bob,B****b\nD1,Shipping,,,2024-02-09 10:00,Tea,40.00,40.00,1,40.00,45.00,bob,B****b\n", 2, 2, 175, "cancelled 1, refunded 1", ""},
		"Taobao: what the buyer pays is no buyer":            {"\"订单编号\",\"买家会员名\",\"买家应付货款\",\"买家应付邮费\",\"总金额\",\"买家实际支付金额\",\"订单状态\",\"收货人姓名\",\"订单创建时间\",\"订单付款时间\",\"宝贝标题\",\"退款金额\"\n\"=\"\"1001\"\"\",\"ann\",\"100.00\",\"5.00\",\"105.00\",\"105.00\",\"交易成功\",\"安\",\"2024-01-05 10:00:00\",\"2024-01-05 10:01:00\",\"杯子\",\"0.00\"\n\"=\"\"1002\"\"\",\"bob\",\"50.00\",\"0.00\",\"50.00\",\"0.00\",\"交易关闭\",\"鲍\",\"2024-01-06 10:00:00\",\"\",\"茶\",\"0.00\"\n\"=\"\"1003\"\"\",\"bob\",\"50.00\",\"0.00\",\"50.00\",\"50.00\",\"卖家已发货，等待买家确认\",\"鲍\",\"2024-02-06 10:00:00\",\"2024-02-06 10:00:00\",\"茶\",\"0.00\"\n\"=\"\"1004\"\"\",\"ann\",\"80.00\",\"0.00\",\"80.00\",\"80.00\",\"交易成功\",\"安\",\"2024-02-07 10:00:00\",\"2024-02-07 10:00:00\",\"茶\",\"30.00\"\n", 2, 3, 205, "cancelled 1", "amount"},
		"Stripe in German":                                   {"id,Beschreibung,Erstellungsdatum (UTC),Betrag,Erstatteter Betrag,Währung,Gebühr,Status,Kunden-ID,Kunden-E-Mail-Adresse,Erfasst\nch_1,x,2024-01-05 10:00:00,\"1.100,50\",\"0,00\",eur,\"3,20\",Paid,cus_1,a@x.example,true\nch_2,x,2024-01-06 10:00:00,\"100,50\",\"50,00\",eur,\"3,20\",Paid,cus_2,b@x.example,true\nch_3,x,2024-02-05 10:00:00,\"100,00\",\"0,00\",eur,\"3,20\",Failed,cus_1,a@x.example,false\nch_4,x,2024-03-05 10:00:00,\"10,00\",\"0,00\",eur,\"3,20\",Paid,cus_1,a@x.example,true\n", 2, 3, 1161, "unpaid 1", ""},
		"Zoho: a closed invoice is paid":                     {"Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer ID,Customer Name,Currency Code,Exchange Rate,SubTotal,Total,Balance,Item Name,Quantity,Item Price,Item Total\n2024-01-05,9,INV-1,Closed,C1,Ann,INR,1.0,100.00,118.00,0.00,Mug,2,30.00,60.00\n2024-01-05,9,INV-1,Closed,C1,Ann,INR,1.0,100.00,118.00,0.00,Tea,1,40.00,40.00\n2024-01-06,10,INV-2,Overdue,C2,Bob,INR,1.0,50.00,59.00,59.00,Mug,1,50.00,50.00\n2024-02-06,11,INV-3,Draft,C2,Bob,INR,1.0,50.00,59.00,59.00,Mug,1,50.00,50.00\n2024-02-07,12,INV-4,Void,C1,Ann,INR,1.0,50.00,59.00,59.00,Mug,1,50.00,50.00\n2024-03-07,13,INV-5,Closed,C1,Ann,INR,1.0,10.00,11.80,0,Mug,1,10.00,10.00\n", 1, 2, 129.8, "cancelled 1, unpaid 2", "amount"},
		"Xero: a credit note that is not paid out":           {"ContactName,EmailAddress,POAddressLine1,POCity,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,InventoryItemCode,Description,Quantity,UnitAmount,Discount,LineAmount,AccountCode,TaxType,TaxAmount,TrackingName1,TrackingOption1,Currency,Type,Sent,Status\nAnn Ltd,a@x.example,,,INV-1,,25/01/2024,25/02/2024,120.00,20.00,120.00,0.00,,Design,1.0000,60.00,,60.00,200,20% (VAT on Income),12.00,,,GBP,Sales invoice,Sent,Paid\nAnn Ltd,a@x.example,,,INV-1,,25/01/2024,25/02/2024,120.00,20.00,120.00,0.00,,Print,1.0000,40.00,,40.00,200,20% (VAT on Income),8.00,,,GBP,Sales invoice,Sent,Paid\nBob Ltd,b@x.example,,,INV-2,,26/01/2024,26/02/2024,60.00,10.00,0.00,60.00,,Print,1.0000,50.00,,50.00,200,20% (VAT on Income),10.00,,,GBP,Sales invoice,Sent,Awaiting Payment\nAnn Ltd,a@x.example,,,CN-1,,27/01/2024,,24.00,4.00,0.00,24.00,,Print,1.0000,20.00,,20.00,200,20% (VAT on Income),4.00,,,GBP,Sales credit note,Sent,Awaiting Payment\nAnn Ltd,a@x.example,,,INV-3,,27/02/2024,25/03/2024,12.00,2.00,0.00,12.00,,Print,1.0000,10.00,,10.00,200,20% (VAT on Income),2.00,,,GBP,Sales invoice,Sent,Voided\nCat Ltd,c@x.example,,,INV-4,,28/02/2024,25/03/2024,24.00,4.00,24.00,0.00,,Print,1.0000,20.00,,20.00,200,20% (VAT on Income),4.00,,,GBP,Sales invoice,Sent,Paid\n", 2, 2, 120, "cancelled 1, unpaid 1", ""},
		"Klaviyo's events":                                   {"Timestamp,Metric Name,Email,Value,Order ID\n2024-01-05 10:00:00,Placed Order,a@x.example,10.00,1\n2024-01-05 10:00:00,Opened Email,a@x.example,,\n2024-01-06 10:00:00,Placed Order,b@x.example,20.00,2\n2024-01-07 10:00:00,Refunded Order,b@x.example,20.00,2\n2024-02-05 10:00:00,Placed Order,a@x.example,30.00,3\n2024-02-05 10:00:00,Fulfilled Order,a@x.example,30.00,3\n2024-02-05 10:00:00,Ordered Product,a@x.example,30.00,3\n", 1, 2, 40, "refunded 1, not_order 2", ""},
		"views, carts and transactions":                      {"timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n1433224214164,992329,addtocart,248676,\n1433222276276,121688,transaction,15335,11117\n1433222276276,121688,transaction,380775,11117\n1433322276276,257597,transaction,12345,11118\n", 2, 2, 0, "not_order 2", "no_amount"},
		"gifts by cheque, pledges":                           {"Constituent ID,Name,Gift ID,Gift Date,Gift Type,Gift Amount,Fund,Appeal\n1,Ann,G1,1/25/2024,Cash,$100.00,Annual,Spring\n2,Bob,G2,1/26/2024,Pledge,\"$1,000.00\",Annual,Spring\n2,Bob,G3,2/26/2024,Pay-Cash,$250.00,Annual,Spring\n1,Ann,G4,3/25/2024,Recurring Gift,$10.00,Annual,Spring\n1,Ann,G5,4/25/2024,Recurring Gift Pay-Cash,$10.00,Annual,Spring\n3,Cat,G6,5/25/2024,Stock/Property,$500.00,Annual,\n3,Cat,G7,5/26/2024,Gift-in-Kind,$50.00,Annual,\n1,Ann,G8,6/25/2024,Cash,$5.00,Annual,Spring\n", 3, 7, 925, "not_order 1", ""},
		"returns as 1.0 and 0.0":                             {"Customer ID,Purchase Date,Product Category,Product Price,Quantity,Total Purchase Amount,Payment Method,Customer Age,Returns,Customer Name,Age,Gender,Churn\n44605,2023-05-03 21:30:02,Home,177,1,2427,PayPal,31,1.0,John Rivera,31,Female,0\n44605,2021-05-16 13:57:44,Electronics,174,3,2448,PayPal,31,1.0,John Rivera,31,Female,0\n13738,2020-07-13 06:16:57,Electronics,413,1,2345,Credit Card,31,1.0,John Rivera,31,Female,0\n13738,2022-07-13 06:16:57,Electronics,413,1,100,Credit Card,31,0.0,John Rivera,31,Female,0\n", 1, 1, 100, "refunded 3", ""},
		"a discount between two sums":                        {"Número da venda;Data da venda;Cliente;Valor bruto;Desconto;Valor líquido;Situação\n1;05/01/2024;Ana;R$ 1.100,00;R$ 100,00;R$ 1.000,00;Aprovado\n2;16/01/2024;Beto;R$ 50,00;R$ 5,00;R$ 45,00;Aprovado\n3;17/02/2024;Beto;R$ 60,00;R$ 0,00;R$ 60,00;Aprovado\n4;18/02/2024;Ana;R$ 70,00;R$ 0,00;R$ 70,00;Orçamento\n", 2, 3, 1105, "unpaid 1", "amount"},
		"an amount that is a number of pieces":               {"TRANSACTION_DT,CUSTOMER_ID,AGE_GROUP,PIN_CODE,PRODUCT_SUBCLASS,PRODUCT_ID,AMOUNT,ASSET,SALES_PRICE\n11/1/2000,01104905,45-49,115,110411,4710199010372,2,24,30\n11/1/2000,00418683,45-49,115,120107,4710857472535,1,48,46\n11/1/2000,01057331,35-39,115,100407,4710043654103,2,142,166\n11/13/2000,01104905,45-49,115,120108,4710339772139,1,32,38\n", 3, 4, 476, "", "unit_price"},
		"tones tell names apart":                             {"khách hàng,ngày,tổng tiền\nLê Thị Hồng,2024-01-05,10\nLê Thị Hạng,2024-01-06,20\nlê thị hồng,2024-02-05,30\n", 2, 3, 60, "", ""},
		"accents left out":                                   {"customer,date,total\nJosé Pérez,2024-01-05,10\nJOSE PEREZ,2024-02-05,20\nΓΙΩΡΓΟΣ Α,2024-01-16,30\nΓιώργος Α,2024-02-16,30\n", 2, 4, 90, "", ""},
		"Turkish capitals":                                   {"müşteri;tarih;tutar\nİbrahim Yılmaz;05.01.2024;10,00\nİBRAHİM YILMAZ;16.02.2024;20,00\nIbrahim Yilmaz;17.03.2024;30,00\n", 1, 3, 60, "", ""},
		"Greek names":                                        {"Πελάτης;Ημερομηνία;Ποσό\nΓιώργος Α;05/01/2024;10,00\nΝίκος Α;16/01/2024;20,00\nΓΙΏΡΓΟΣ Α;17/02/2024;30,00\n", 2, 3, 60, "", ""},
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

// The columns and statuses of shops in languages beyond those of the pages: in each file an order of Ann's that was delivered, one of Bob's that was
// cancelled, and one that was paid.
func TestLanguagesOfShops(t *testing.T) {
	for language, text := range map[string]string{
		"Indonesian": "Nomor Pesanan,Tanggal,Pelanggan,Jumlah,Total,Status Pesanan\n1,05/01/2024,ann,2,10.00,Selesai\n2,16/01/2024,bob,1,20.00,Dibatalkan\n3,17/02/2024,bob,1,30.00,Lunas\n",
		"Vietnamese": "Mã đơn hàng,Ngày tạo,Khách hàng,Số lượng,Tổng tiền,Trạng thái\n1,05/01/2024,ann,2,10.00,Hoàn thành\n2,16/01/2024,bob,1,20.00,Đã hủy\n3,17/02/2024,bob,1,30.00,Đã giao\n",
		"Thai":       "เลขที่คำสั่งซื้อ,วันที่สั่งซื้อ,ลูกค้า,จำนวน,ยอดรวม,สถานะ\n1,05/01/2024,ann,2,10.00,สำเร็จ\n2,16/01/2024,bob,1,20.00,ยกเลิก\n3,17/02/2024,bob,1,30.00,ชำระแล้ว\n",
		"Czech":      "Číslo objednávky;Datum vytvoření;Zákazník;Množství;Celková cena;Stav objednávky\n1;5. 1. 2024;ann;2;10,00;Vyřízena\n2;16. 1. 2024;bob;1;20,00;Stornována\n3;17. 2. 2024;bob;1;30,00;Odesláno\n",
		"Slovak":     "Číslo objednávky;Dátum;Zákazník;Množstvo;Celkom;Stav\n1;5.1.2024;ann;2;10,00;Vybavená\n2;16.1.2024;bob;1;20,00;Stornovaná\n3;17.2.2024;bob;1;30,00;Doručená\n",
		"Hungarian":  "Rendelésszám;Rendelés dátuma;Vevő;Mennyiség;Végösszeg;Állapot\n1;2024.01.05;ann;2;10,00;Teljesítve\n2;2024.01.16;bob;1;20,00;Törölve\n3;2024.02.17;bob;1;30,00;Kifizetve\n",
		"Romanian":   "Număr comandă;Data comenzii;Client;Cantitate;Valoare totală;Stare\n1;05.01.2024;ann;2;10,00;Finalizată\n2;16.01.2024;bob;1;20,00;Anulată\n3;17.02.2024;bob;1;30,00;Livrată\n",
		"Danish":     "Ordrenummer;Oprettet dato;Kunde;Antal;Total beløb;Status\n1;05-01-2024;ann;2;10,00;Gennemført\n2;16-01-2024;bob;1;20,00;Annulleret\n3;17-02-2024;bob;1;30,00;Betalt\n",
		"Norwegian":  "Ordrenummer;Ordredato;Kunde;Antall;Totalbeløp;Status\n1;05.01.2024;ann;2;10,00;Fullført\n2;16.01.2024;bob;1;20,00;Kansellert\n3;17.02.2024;bob;1;30,00;Levert\n",
		"Finnish":    "Tilausnumero;Päivämäärä;Asiakas;Määrä;Yhteensä;Tila\n1;5.1.2024;ann;2;10,00;Toimitettu\n2;16.1.2024;bob;1;20,00;Peruttu\n3;17.2.2024;bob;1;30,00;Maksettu\n",
		"Greek":      "Αριθμός παραγγελίας;Ημερομηνία;Πελάτης;Ποσότητα;Σύνολο;Κατάσταση\n1;05/01/2024;ann;2;10,00;Ολοκληρώθηκε\n2;16/01/2024;bob;1;20,00;Ακυρώθηκε\n3;17/02/2024;bob;1;30,00;Εξοφλημένη\n",
		"Hebrew":     "מספר הזמנה,תאריך,לקוח,כמות,סה\"כ,סטטוס\n1,05/01/2024,ann,2,10.00,הושלמה\n2,16/01/2024,bob,1,20.00,בוטלה\n3,17/02/2024,bob,1,30.00,שולם\n",
		"Ukrainian":  "Номер замовлення;Дата;Покупець;Кількість;Сума;Статус\n1;05.01.2024;ann;2;10,00;Виконано\n2;16.01.2024;bob;1;20,00;Скасовано\n3;17.02.2024;bob;1;30,00;Доставлено\n",
		"Persian":    "شماره سفارش,تاریخ,مشتری,تعداد,مبلغ کل,وضعیت\n1,2024-01-05,ann,2,10.00,تکمیل شده\n2,2024-01-16,bob,1,20.00,لغو شده\n3,2024-02-17,bob,1,30.00,ارسال شده\n",
	} {
		r := read(t, text, Options{Now: Day(2026, 1, 1)})
		p := r.Report()
		got := fmt.Sprintf("%d customers, %d orders, revenue %v, aside %q, asked %q", p.Customers, p.Orders, p.Spend, aside(p), asked(p))
		if want := `2 customers, 2 orders, revenue 40, aside "cancelled 1", asked ""`; got != want {
			t.Errorf("%s:\n got %s\nwant %s\ncolumns %v %s", language, got, want, p.Columns, p.Names)
		}
	}
}

package orders

import (
	"fmt"
	"strings"
	"testing"
)

// Each kind of the cases in other languages, of other vendors, in other shapes. Figures are made up;
// the totals follow from the rows by hand.
func TestVariants(t *testing.T) {
	for name, c := range map[string]struct {
		text              string
		customers, orders int
		revenue           float64
		aside             string
	}{
		"unit price, German":      {"Rechnung;Menge;Datum;Preis;Kunden-Nr\n1;10;05.01.2024;2,50;7\n2;1;05.02.2024;4,00;7\n3;4;05.03.2024;5,00;8\n", 2, 3, 49, ""},
		"unit price, Spanish":     {"Factura,Cantidad,Fecha,Precio unitario,Cliente\n1,10,2024-01-05,2.50,7\n2,2,2024-02-05,4.00,8\n", 2, 2, 33, ""},
		"a line total wins":       {"Order ID,Qty,Price,Line Total,Order Date,Customer ID\n1,2,5.00,10.00,2024-01-05,7\n1,1,4.00,4.00,2024-01-05,7\n2,3,1.00,3.00,2024-02-05,8\n", 2, 2, 17, ""},
		"an item total wins":      {"Order ID,Quantity,Price,Item Total,Sale Date,Buyer\n1,2,5.00,10.00,01/25/2024,ann\n2,3,1.00,3.00,01/26/2024,bob\n", 2, 2, 13, ""},
		"price of the line":       {"Customer,Date,Quantity,Unit Price,Price\n7,2024-01-05,2,5.00,10.00\n8,2024-01-06,3,1.00,3.00\n", 2, 2, 13, ""},
		"joined: quantityprice":   {"invoiceno,customerid,invoicedate,quantity,unitprice\n1,7,2024-01-05,2,5.00\n2,8,2024-01-06,3,1.00\n", 2, 2, 13, ""},
		"price each":              {"SalesOrder,OrderQty,PriceEach,Date,AccountNumber\nS1,3,10.5,2024-01-05,AC1\nS2,2,4.25,2024-02-09,AC2\nS3,1,8.00,2024-03-09,AC1\n", 2, 3, 48, ""},
		"sales order is no money": {"Sales Order,Customer,Date,Revenue\n1001,7,2024-01-05,12.00\n1002,8,2024-02-05,3.00\n", 2, 2, 15, ""},
		"revenue of the order":    {"Customer,Date,Order Revenue\n7,2024-01-05,12.00\n8,2024-02-05,3.00\n", 2, 2, 15, ""},
		"a person behind the ids": {"transaction_id;client_id;person_id;purchased_at;grand_total\nt1;c1;p1;2024-01-05;10.00\nt2;c2;p2;2024-01-15;20.00\nt3;c3;p1;2024-02-05;30.00\nt4;c4;p3;2024-02-09;15.00\n", 3, 4, 75, ""},
		"Is Refunded":             {"Customer Email,Order Date,Order Total,Is Refunded\na@x.example,2024-01-05,100,yes\na@x.example,2024-02-05,50,no\n", 1, 1, 50, "refunded 1"},
		"Walk-in":                 {"Customer,Date,Amount\nWalk-in,2024-01-05,2\nWalk-in Customer,2024-01-05,2\nCash,2024-01-06,2\n-,2024-01-07,2\nann,2024-01-05,2\nbob,2024-01-05,3\n", 2, 2, 5, "missing_id 4"},
		"Laufkunde":               {"Kunde;Datum;Betrag\nLaufkundschaft;05.01.2024;2,00\nBarverkauf;15.01.2024;2,00\nMeier;05.01.2024;2,50\n", 1, 1, 2.5, "missing_id 2"},
		"consumidor final":        {"Cliente,Fecha,Importe\nConsumidor Final,2024-01-05,2\nPúblico en general,2024-01-15,2\nAna,2024-01-05,2\n", 1, 1, 2, "missing_id 2"},
		"guest in Japanese":       {"顧客ID,注文日,合計\nゲスト,2024/01/05,200\n非会員,2024/01/05,200\nC1,2024/01/05,300\n", 1, 1, 300, "missing_id 2"},
		"zeros":                   {"user_id,order_date,total\n00000000-0000-0000-0000-000000000000,2024-01-05,2\n0000,2024-01-05,2\n-1,2024-01-05,2\n12,2024-01-05,4\n", 1, 1, 4, "missing_id 3"},
		"null and None":           {"user_id,order_date,total\nnull,2024-01-05,2\nNone,2024-01-05,2\n#N/A,2024-01-05,2\n12,2024-01-05,4\n", 1, 1, 4, "missing_id 3"},
		"id now and then":         {"customer_id,email,date,total\n7,ann@x.example,2024-01-05,10\n0,bob@x.example,2024-01-06,20\n7,ann@x.example,2024-02-05,10\n,bob@x.example,2024-02-06,20\n8,cy@x.example,2024-02-06,5\n", 3, 5, 65, ""},
		"guest becomes member":    {"customer_id,email,date,total\n0,ann@x.example,2024-01-05,10\n7,ANN@x.example,2024-02-05,10\n0,ann@x.example,2024-03-05,10\n8,cy@x.example,2024-02-06,5\n", 2, 4, 35, ""},
		"phone, then name":        {"Customer ID,Email,Phone,Customer Name,Date,Total\n,,+1 555 1,Ann,2024-01-05,10\n,,+1 555 1,Ann,2024-02-05,10\n,,,Bob,2024-02-06,5\nC3,,,,2024-02-07,5\n", 3, 4, 30, ""},
		"id new on every row":     {"customer_id,email,order_date,total\n1,ann@x.example,2024-01-05,10\n2,bob@x.example,2024-01-06,20\n3,ann@x.example,2024-02-05,10\n4,ann@x.example,2024-03-05,10\n", 2, 4, 50, ""},
		"refunded: true":          {"email,date,total,refunded\na@x.example,2024-01-05,100,true\na@x.example,2024-02-05,50,false\n", 1, 1, 50, "refunded 1"},
		"erstattet: ja":           {"E-Mail;Datum;Summe;Erstattet\na@x.example;05.01.2024;100,00;Ja\na@x.example;05.02.2024;50,00;Nein\n", 1, 1, 50, "refunded 1"},
		"refunded: money":         {"email,date,total,refunded\na@x.example,2024-01-05,100,1.00\na@x.example,2024-02-05,50,0.00\n", 1, 2, 149, ""},
		"credit note, German":     {"Rechnungsnr;Kundennr;Rechnungsdatum;Betrag\n1;a;05.01.2024;100,00\n2;a;20.01.2024;-100,00\n3;b;05.03.2024;60,00\n", 1, 1, 60, "refunded 1"},
		"Gutschrift by type":      {"Belegart;Kundennummer;Belegdatum;Bruttobetrag\nRechnung;7;05.01.2024;100,00\nGutschrift;7;20.01.2024;40,00\nRechnung;8;01.02.2024;50,00\n", 2, 2, 110, ""},
		"credit memo":             {"Document Type,Sell-to Customer No.,Posting Date,Amount\nInvoice,7,2024-01-05,100\nCredit Memo,7,2024-01-20,100\nInvoice,8,2024-02-01,50\n", 1, 1, 50, "refunded 1"},
		"chargeback":              {"Type,Customer,Date,Amount\nSale,7,2024-01-05,100\nChargeback,7,2024-01-20,-100\nSale,8,2024-02-01,50\nPayout,,2024-02-03,-150\n", 1, 1, 50, "refunded 1, not_order 1"},
		"invoices and payments":   {"Transaction Type,Date,Customer,Amount\nInvoice,2024-01-05,Ann,100\nPayment,2024-01-20,Ann,100\nSales Receipt,2024-02-01,Bob,50\nEstimate,2024-02-02,Bob,500\nCredit Memo,2024-03-01,Bob,20\n", 2, 2, 130, "not_order 2"},
		"statuses, French":        {"Courriel;Date;Total TTC;Statut\na@x.example;05/01/2024;100,00;Terminée\na@x.example;15/02/2024;100,00;En attente de paiement\nb@x.example;15/02/2024;100,00;Annulée\nb@x.example;16/02/2024;50,00;Expédiée\nb@x.example;17/02/2024;100,00;Échouée\n", 2, 2, 150, "cancelled 1, unpaid 2"},
		"statuses, Polish":        {"Klient,Data zamówienia,Kwota,Status\na,2024-01-05,100,Zrealizowane\na,2024-02-05,100,Anulowane\nb,2024-02-05,100,Oczekuje na płatność\nb,2024-03-05,40,Wysłane\n", 2, 2, 140, "cancelled 1, unpaid 1"},
		"statuses, Turkish":       {"Müşteri,Sipariş Tarihi,Toplam Tutar,Sipariş Durumu\na,2024-01-05,100,Tamamlandı\na,2024-02-05,100,İptal edildi\nb,2024-02-05,100,Ödeme bekleniyor\nb,2024-03-05,40,İade edildi\n", 1, 1, 100, "cancelled 1, unpaid 1, refunded 1"},
		"statuses, Russian":       {"Клиент;Дата заказа;Сумма;Статус\nа;05.01.2024;100;Оплачен\nа;15.02.2024;100;Отменён\nб;05.02.2024;100;Ожидает оплаты\nб;05.03.2024;40;Возврат\n", 1, 1, 100, "cancelled 1, unpaid 1, refunded 1"},
		"statuses, Chinese":       {"订单号,下单时间,会员,订单金额,订单状态\n1,2024-01-05 10:00:00,a,100,已完成\n2,2024-02-05 10:00:00,a,100,已取消\n3,2024-02-05 10:00:00,b,100,待付款\n4,2024-02-06 10:00:00,b,30,已发货\n", 2, 2, 130, "cancelled 1, unpaid 1"},
		"statuses, Korean":        {"주문번호,주문일시,고객ID,결제금액,주문상태\n1,2024-01-05 10:00,a,\"10,000\",배송완료\n2,2024-02-05 10:00,a,\"10,000\",주문취소\n3,2024-02-05 10:00,b,\"3,000\",환불\n4,2024-02-06 10:00,b,\"3,000\",결제완료\n", 2, 2, 13000, "cancelled 1, refunded 1"},
		"statuses, Arabic":        {"رقم الطلب,تاريخ الطلب,العميل,المبلغ الإجمالي,حالة الطلب\n1,2024-01-05,a,100,مكتمل\n2,2024-02-05,a,100,ملغي\n3,2024-02-05,b,100,قيد الانتظار\n4,2024-02-06,b,30,مكتمل\n", 2, 2, 130, "cancelled 1, unpaid 1"},
		"a status not known":      {"email,date,total,status\na@x.example,2024-01-05,100,completed\na@x.example,2024-02-05,100,Zugzwang\n", 1, 1, 100, "unknown_status 1"},
		"awaiting shipment":       {"email,date,total,status\na@x.example,2024-01-05,100,Awaiting Fulfillment\na@x.example,2024-02-05,100,Awaiting Payment\nb@x.example,2024-02-06,10,Partially Refunded\n", 2, 2, 110, "unpaid 1"},
		"regions are no status":   {"email,date,total,state\na@x.example,2024-01-05,100,NY\na@x.example,2024-02-05,100,CA\n", 1, 2, 200, ""},
		"kinds are no type":       {"email,date,total,product type\na@x.example,2024-01-05,100,Mug\na@x.example,2024-02-05,100,Return envelope\n", 1, 2, 200, ""},
		"Gesamt (brutto)":         {"Kundennummer;Bestelldatum;Gesamt (brutto);Gesamt (netto)\n5;05.01.2024;119,00;100,00\n", 1, 1, 119, ""},
		"Montant TTC":             {"Client;Date;Montant HT;Montant TTC;TVA\n5;05/01/2024;100,00;120,00;20,00\n", 1, 1, 120, ""},
		"Totale":                  {"Cliente;Data ordine;Totale\n5;05/01/2024;100,00\n", 1, 1, 100, ""},
		"Gross":                   {"Customer,Date,Gross,Fee,Net\n5,2024-01-05,100.00,3.00,97.00\n", 1, 1, 100, ""},
		"税込":                      {"会員番号,購入日,合計（税込）,合計（税抜）\n5,2024/1/5,\"1,100\",\"1,000\"\n", 1, 1, 1100, ""},
		"Total incl. VAT":         {"Customer,Order date,Total incl. VAT,VAT\n5,2024-01-05,121.00,21.00\n", 1, 1, 121, ""},
		"decimals not named":      {"Customer,Date,Zeta\n5,2024-01-05,121.50\n6,2024-01-05,12.00\n", 2, 2, 133.5, ""},
		"no name says anything":   {"aa,bb,cc\nann@x.example,2024-01-05,10.50\nbob@x.example,2024-02-05,20.00\nann@x.example,2024-03-05,30.00\n", 2, 3, 60.5, ""},
		"joined names":            {"customeremail,orderdate,totalamount\na@x.example,2024-01-05,10\nb@x.example,2024-02-05,20\n", 2, 2, 30, ""},
		"capitals":                {"CUSTOMEREMAIL,ORDERDATE,TOTALAMOUNT\na@x.example,2024-01-05,10\nb@x.example,2024-02-05,20\n", 2, 2, 30, ""},
		"camel case, ids":         {"orderId,customerId,createdAt,totalPrice,currencyCode\n1,a,2024-01-05T10:00:00Z,10,USD\n2,b,2024-02-05T10:00:00Z,20,USD\n", 2, 2, 30, ""},
		"Swedish":                 {"Ordernummer;Kundnummer;Orderdatum;Totalbelopp\n1;a;2024-01-05;10,50\n2;b;2024-02-05;20,00\n", 2, 2, 30.5, ""},
		"Dutch":                   {"Bestelnummer;Klantnummer;Besteldatum;Totaalbedrag\n1;a;05-01-2024;10,50\n2;b;15-02-2024;20,00\n", 2, 2, 30.5, ""},
		"Italian":                 {"Numero ordine;Codice cliente;Data ordine;Importo totale\n1;a;05/01/2024;10,50\n2;b;15/02/2024;20,00\n", 2, 2, 30.5, ""},
		"Arabic digits":           {"رقم الطلب,تاريخ الطلب,البريد الإلكتروني,الإجمالي\n1,٢٠٢٤-٠١-٠٥,a@x.example,١٢٠٠\n2,٢٠٢٤/٠٢/٠٥,b@x.example,٨٠٠٫٥٠\n", 2, 2, 2000.5, ""},
		"Korean dates":            {"주문번호,주문일,고객ID,금액\n1,2024년 1월 5일,a,\"1,200원\"\n2,2024. 2. 5.,b,800원\n", 2, 2, 2000, ""},
		"Chinese dates":           {"订单编号,付款时间,客户编号,金额\n1,2024年1月5日 10时30分,a,¥1200\n2,2024年2月5日,b,￥800\n", 2, 2, 2000, ""},
		"Russian dates":           {"Номер заказа;Дата;Покупатель;Итого\n1;5 января 2024;a;1 200,00\n2;15 марта 2024 г.;b;800,00\n", 2, 2, 2000, ""},
		"JavaScript's dates":      {"email,date,total\na@x.example,Fri Jan 05 2024 10:00:00 GMT+0100 (Central European Standard Time),10\nb@x.example,Mon Feb 05 2024 10:00:00 GMT+0100 (CET),20\n", 2, 2, 30, ""},
		"titles with commas":      {"Sales report,,,\nFrom,2024-01-01,to,2024-05-01\n,,,\nCustomer,Date,Amount,Note\na,2024-01-05,10,\nb,2024-02-05,20,\na,2024-03-05,30,x\nGrand Total,,60,\n", 2, 3, 60, "total_line 1"},
		"Summe below":             {"Umsatzbericht\nStand 01.05.2024\nKunde;Datum;Betrag\na;05.01.2024;10,00\nb;15.02.2024;20,00\nSumme;;30,00\n", 2, 2, 30, "total_line 1"},
		"合計 below":                {"売上レポート\n顧客,日付,金額\na,2024/01/05,10\nb,2024/02/15,20\n合計,,30\n", 2, 2, 30, "total_line 1"},
		"quotes within quotes":    {"\"Customer,Date,Amount\"\n\"\"\"Doe, Ann\"\",2024-01-05,10\"\n\"b,2024-02-05,\"\"1,020.00\"\"\"\n", 2, 2, 1030, ""},
		"only rows in quotes":     {"Customer;Date;Amount\r\n\"a;2024-01-05;10\"\r\n\"b;2024-02-05;20\"\r\n\"a;2024-03-05;30\"\r\n", 2, 3, 60, ""},
		"equal lines of an order": {"order_id,email,date,line_total,sku\n1,a@x.example,2024-01-05,10,x\n1,a@x.example,2024-01-05,10,x\n1,a@x.example,2024-01-05,5,y\n", 1, 1, 25, ""},
		"an export twice":         {"order_id,email,date,line_total,sku\n1,a@x.example,2024-01-05,10,x\n1,a@x.example,2024-01-05,10,x\n2,a@x.example,2024-02-05,5,y\n1,a@x.example,2024-01-05,10,x\n1,a@x.example,2024-01-05,10,x\n2,a@x.example,2024-02-05,5,y\n", 1, 2, 25, ""},
		"from and to":             {"Date,From Email Address,To Email Address,Gross,Currency,Status\n2024-01-05,a@x.example,shop@x.example,10.00,USD,Completed\n2024-02-05,b@x.example,shop@x.example,20.00,USD,Completed\n", 2, 2, 30, ""},
	} {
		r := read(t, c.text, Options{Now: Day(2026, 1, 1)})
		p := r.Report()
		got := fmt.Sprintf("%d customers, %d orders, revenue %v, aside %q", p.Customers, p.Orders, p.Spend, aside(p))
		want := fmt.Sprintf("%d customers, %d orders, revenue %v, aside %q", c.customers, c.orders, c.revenue, c.aside)
		if got != want {
			t.Errorf("%s:\n got %s, asked %s\nwant %s\ncolumns %v titles %d wrapped %v %s\n%s", name, got, asked(p), want, p.Columns, p.Titles, p.Wrapped, p.Names, lines(r))
		}
	}
}

// Words are compared after folding: one that is not folded is never found.
func TestWordsAreFolded(t *testing.T) {
	for _, c := range vocabulary {
		for _, word := range strings.Fields(c.words) {
			if got := string(normalise([]byte(word))); got != word {
				t.Errorf("%q is %q once folded", word, got)
			}
		}
	}
	for _, list := range []string{wordsNot, wordsCancelled, wordsRefunded, wordsPartial, wordsUnpaid, wordsPaid, wordsGoods, wordsInvoice, wordsSale,
		wordsPayment, wordsNotOrder, nobody, totalWords} {
		for _, word := range strings.Split(list, "|") {
			word = strings.TrimSuffix(word, "*")
			if got := string(normalise([]byte(word))); got != word || word == "" {
				t.Errorf("%q is %q once folded", word, got)
			}
		}
	}
}

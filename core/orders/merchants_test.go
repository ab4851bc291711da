package orders

import (
	"testing"
)

// Lists as merchants have them, each with what its columns and rows mean to whoever made them. The totals follow from the rows
// by hand; asked is what is to be asked, where the file itself cannot tell.
func TestMerchants(t *testing.T) {
	readAsMeant(t, map[string]export{
		"WooCommerce Analytics": {"Date,Order #,N. Revenue (formatted),N. Revenue,Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Attribution\n" +
			"2024-01-05 10:00:00,101,$35.00,35,completed,Ann Archer,new,2× Mug,2,,Direct\n2024-01-06 10:00:00,102,$20.00,20,processing,Bob Baker,new,1× Mug,1,,Direct\n2024-02-05 10:00:00,103,$15.00,15,completed,Ann Archer,returning,1× Mug,1,,Direct\n2024-02-06 10:00:00,104,$99.00,99,cancelled,Bob Baker,returning,1× Mug,1,,Direct\n",
			2, 3, 70, "cancelled 1", ""},
		"Stripe charges": {"id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,Fee,Tax,Converted Currency,Mode,Status,Statement Descriptor,Customer ID,Customer Description,Customer Email,Captured,Card ID,Invoice ID,Transfer\n" +
			"ch_1,x,Payment complete.,2024-01-05 10:00,\"1,010.00\",0.00,usd,\"1,010.00\",0.00,3,0,usd,Live,Paid,S,cus_1,,a@x.example,true,card_1,,\nch_2,x,Payment complete.,2024-01-06 10:00,20.00,20.00,usd,20.00,20.00,3,0,usd,Live,Refunded,S,cus_1,,a@x.example,true,card_1,,\nch_3,x,Declined,2024-02-06 10:00,40.00,0.00,usd,40.00,0.00,0,0,usd,Live,Failed,S,cus_2,,b@x.example,false,card_2,,\nch_4,x,Payment complete.,2024-02-07 10:00,40.00,10.00,usd,40.00,10.00,3,0,usd,Live,Paid,S,cus_2,,b@x.example,true,card_2,,\n",
			2, 2, 1040, "unpaid 1, refunded 1", ""},
		"Square items": {"Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID\n" +
			"01/25/24,10:00:00,Eastern Time (US & Canada),Drinks,Tea,2.0,Regular,T,,$8.00,-$1.00,$7.00,$0.50,T1,P1,iPad,,u,Payment,Shop,,C1,Ann,\n01/25/24,10:00:00,Eastern Time (US & Canada),Food,Cake,1.0,Regular,K,,$5.00,$0.00,$5.00,$0.40,T1,P1,iPad,,u,Payment,Shop,,C1,Ann,\n01/26/24,10:00:00,Eastern Time (US & Canada),Food,Cake,-1.0,Regular,K,,-$5.00,$0.00,-$5.00,-$0.40,T2,P2,iPad,,u,Refund,Shop,,C1,Ann,\n01/27/24,11:00:00,Eastern Time (US & Canada),Food,Cake,1.0,Regular,K,,$5.00,$0.00,$5.00,$0.40,T3,P3,iPad,,u,Payment,Shop,,,,\n",
			1, 1, 7, "missing_id 1", ""},
		"price, quantity, discount, tax, shipping in columns": {"Order,Customer Email,Order Date,Unit Price,Qty,Discount,Tax,Shipping,Order Total\n1,a@x.example,2024-01-05,10.00,3,5.00,2.50,4.00,31.50\n2,b@x.example,2024-01-06,8.00,1,0.00,0.80,0.00,8.80\n3,a@x.example,2024-02-06,10.00,2,0.00,2.00,4.00,26.00\n",
			2, 3, 66.3, "", ""},
		"the same per line, without a total": {"Order,Customer Email,Order Date,SKU,Unit Price,Qty,Line Discount\n1,a@x.example,2024-01-05,M,10.00,3,0.00\n1,a@x.example,2024-01-05,T,4.00,1,0.00\n2,b@x.example,2024-01-06,M,10.00,1,0.00\n",
			2, 2, 44, "", ""},
		"a line total after discounts": {"Order No,Customer No,Date,Item,Qty,Price,Discount %,Net Line\n1,7,2024-01-05,M,2,10.00,10,18.00\n1,7,2024-01-05,T,1,4.00,0,4.00\n2,8,2024-01-06,M,1,10.00,50,5.00\n",
			2, 2, 27, "", ""},
		"sub-totals after each customer": {"Customer,Date,Invoice,Amount\nAnn,2024-01-05,1,10.00\nAnn,2024-02-05,2,20.00\nSubtotal Ann,,,30.00\nBob,2024-01-06,3,5.00\nSubtotal Bob,,,5.00\nGrand Total,,,35.00\n",
			2, 3, 35, "total_line 3", ""},
		"sub-totals with the date of the month": {"Kunde;Datum;Rechnung;Betrag\nAnn;05.01.2024;1;10,00\nBob;16.01.2024;2;5,00\nZwischensumme;31.01.2024;;15,00\nAnn;05.02.2024;3;20,00\nZwischensumme;29.02.2024;;20,00\nGesamtsumme;29.02.2024;;35,00\n",
			2, 3, 35, "total_line 3", ""},
		"blank lines between orders":                {"order,email,date,total\n\n1,a@x.example,2024-01-05,10\n\n,,,\n2,b@x.example,2024-01-06,20\n\n\n3,a@x.example,2024-02-06,30\n", 2, 3, 60, "", ""},
		"currency codes in cells":                   {"Order,Email,Date,Total\n1,a@x.example,2024-01-05,EUR 1.010,50\n", 1, 1, 1010, "", "cells"},
		"codes behind amounts":                      {"Bestellung;E-Mail;Datum;Gesamtbetrag\n1;a@x.example;05.01.2024;1.010,50 EUR\n2;b@x.example;16.01.2024;20,00 EUR\n3;a@x.example;17.01.2024;CHF 7.50\n", 2, 2, 1030.5, "decimal_mark_conflict 1", ""},
		"negative in parentheses":                   {"Customer,Date,Doc,Amount\nAnn,01/25/2024,I1,\"1,200.00\"\nAnn,01/30/2024,C1,(200.00)\nBob,02/25/2024,I2,$50.00\nBob,02/26/2024,C2,($50.00)\n", 1, 1, 1000, "refunded 1", ""},
		"minus behind":                              {"Kunde;Datum;Beleg;Betrag\nAnn;05.01.2024;1;100,00\nAnn;25.01.2024;2;40,00-\nBob;26.01.2024;3;7,00\n", 2, 2, 67, "", ""},
		"thousands in the Swiss way":                {"Kunde;Datum;Betrag\nAnn;05.01.2024;CHF 1'250.50\nBob;25.01.2024;CHF 20.00\n", 2, 2, 1270.5, "", ""},
		"thousands by thin spaces":                  {"Client;Date;Montant TTC\nAnn;05/01/2024;1\u202f250,50 €\nBob;25/01/2024;20,00 €\n", 2, 2, 1270.5, "", ""},
		"lakhs":                                     {"Customer,Date,Amount\nAnn,25/01/2024,\"₹1,25,000.00\"\nBob,26/01/2024,₹500.00\n", 2, 2, 125500, "", ""},
		"guests of all kinds":                       {"Customer,Email,Date,Total\nGuest,a@x.example,2024-01-05,10\nn/a,,2024-01-06,20\nWalk-in,,2024-01-07,30\nAnn,ann@x.example,2024-01-08,40\nunknown,,2024-01-09,50\nANONYMOUS,,2024-01-09,1\nCash Sale,,2024-01-09,1\nno email,,2024-01-09,1\n", 2, 2, 50, "missing_id 6", ""},
		"none@ and test addresses":                  {"order,email,date,total\n1,noemail@shop.example,2024-01-05,10\n2,a@x.example,2024-01-06,20\n3,noemail@shop.example,2024-01-07,10\n4,b@x.example,2024-01-06,20\n5,a@x.example,2024-02-06,20\n", 2, 3, 60, "missing_id 2", ""},
		"gift cards":                                {"Order,Email,Date,Type,Total\n1,a@x.example,2024-01-05,Sale,10\n2,a@x.example,2024-01-06,Gift Card Sale,50\n3,b@x.example,2024-01-07,Sale,20\n4,b@x.example,2024-01-08,Sale,20\n", 2, 3, 50, "not_order 1", ""},
		"test orders by status":                     {"Order,Email,Date,Status,Total\n1,a@x.example,2024-01-05,Completed,10\n2,dev@x.example,2024-01-06,Test,999\n3,b@x.example,2024-01-07,Completed,20\n", 2, 2, 30, "not_order 1", ""},
		"zones within one column":                   {"Order,Email,Created,Total\n1,a@x.example,2024-01-05T23:30:00-08:00,10\n2,b@x.example,2024-01-06T08:00:00+09:00,20\n3,a@x.example,2024-02-05T00:30:00Z,30\n", 2, 3, 60, "", ""},
		"donations":                                 {"Donor ID,Donor Name,Gift Date,Gift Amount,Campaign,Receipt Number\nD1,Ann,01/25/2024,$100.00,Spring,R1\nD2,Bob,02/03/2024,$50.00,Spring,R2\nD1,Ann,03/05/2024,$25.00,Fall,R3\n", 2, 3, 175, "", ""},
		"donations, with pledges":                   {"Constituent ID;Datum der Spende;Spendenbetrag;Art\n1;05.01.2024;100,00;Spende\n2;25.01.2024;50,00;Zusage\n1;05.02.2024;20,00;Spende\n2;06.02.2024;10,00;Spende\n", 2, 3, 130, "not_order 1", ""},
		"bookings: made and stayed":                 {"Reservation No,Guest Name,Booked On,Check-in,Check-out,Nights,Room Total,Status\n1,Ann A,2024-01-05,2024-03-01,2024-03-03,2,200.00,Confirmed\n2,Bob B,2024-01-06,2024-03-02,2024-03-03,1,90.00,Cancelled\n3,Ann A,2024-05-05,2024-07-01,2024-07-02,1,110.00,Checked out\n4,Bob B,2024-05-06,2024-07-01,2024-07-02,1,70.00,No-show\n", 1, 2, 310, "cancelled 1, unknown_status 1", "status"},
		"appointments":                              {"Appointment ID,Client,Service,Staff,Date,Time,Price,Paid\n1,Ann,Cut,Zoe,2024-01-05,10:00,40.00,Yes\n2,Bob,Cut,Zoe,2024-01-06,11:00,30.00,Yes\n3,Ann,Colour,Zoe,2024-03-05,10:00,90.00,Yes\n", 2, 3, 160, "", ""},
		"DATEV's debit and credit":                  {"Umsatz;Soll/Haben-Kennzeichen;Konto;Gegenkonto;Belegdatum;Belegfeld 1;Buchungstext\n100,00;S;10001;8400;05.01.2024;R1;Ann\n50,00;S;10002;8400;16.01.2024;R2;Bob\n30,00;H;10001;8400;17.02.2024;G1;Ann\n20,00;S;10002;8400;18.02.2024;R3;Bob\n", 0, 0, 0, "missing_column 4", ""},
		"debit and credit columns":                  {"Date,Customer,Invoice,Debit,Credit\n2024-01-05,Ann,1,100.00,\n2024-01-20,Ann,1,,100.00\n2024-02-05,Bob,2,50.00,\n2024-02-20,Bob,2,,50.00\n", 2, 2, 150, "", "amount"},
		"Polish marketplace":                        {"Numer zamówienia;Data zakupu;Login kupującego;Wartość zamówienia;Status\n1;2024-01-05 10:00;ann;\"100,50 zł\";Zrealizowane\n2;2024-01-06 10:00;bob;\"20,00 zł\";Anulowane\n3;2024-02-06 10:00;ann;\"1 020,00 zł\";Wysłane\n", 1, 2, 1120.5, "cancelled 1", ""},
		"Turkish marketplace":                       {"Sipariş Numarası;Sipariş Tarihi;Alıcı;Faturalanacak Tutar;Sipariş Statüsü\n1;05.01.2024 10:00;Ayşe;1.020,50;Teslim Edildi\n2;16.01.2024 10:00;Berk;20,00;İptal Edildi\n3;17.02.2024 10:00;Ayşe;30,00;Kargoda\n", 1, 2, 1050.5, "cancelled 1", ""},
		"Dutch till":                                {"Bonnummer;Datum;Klant;Totaal incl. btw;Korting\n1;05-01-2024;Anna;€ 10,50;0,00\n2;16-01-2024;Passant;€ 20,00;0,00\n3;17-02-2024;Anna;€ 1.030,00;5,00\n", 1, 2, 1040.5, "missing_id 1", ""},
		"Italian invoices":                          {"Numero fattura;Data fattura;Ragione sociale;Imponibile;IVA;Totale documento\n1;05/01/2024;Rossi;100,00;22,00;122,00\n2;16/01/2024;Bianchi;50,00;11,00;61,00\n3;17/02/2024;Rossi;10,00;2,20;12,20\n", 2, 3, 195.2, "", "amount"},
		"Spanish shop, with taxes":                  {"Nº pedido;Fecha;Correo electrónico;Base imponible;IVA;Importe total;Estado del pedido\n1;05/01/2024;a@x.example;100,00;21,00;121,00;Completado\n2;16/01/2024;b@x.example;10,00;2,10;12,10;Pendiente de pago\n3;17/02/2024;a@x.example;20,00;4,20;24,20;Enviado\n", 1, 2, 145.2, "unpaid 1", "amount"},
		"French shop by order and customer numbers": {"N° commande;N° client;Date de commande;Montant HT;Montant TTC;Remise;Etat\n1;7;05/01/2024;100,00;120,00;0,00;Livrée\n2;8;16/01/2024;10,00;12,00;0,00;Remboursée\n3;7;17/02/2024;20,00;24,00;2,00;En préparation\n", 1, 2, 144, "refunded 1", "amount"},
		"a running balance beside":                  {"Date,Customer,Amount,Balance\n2024-01-05,Ann,10.00,10.00\n2024-01-06,Bob,20.00,30.00\n2024-02-06,Ann,30.00,60.00\n", 2, 3, 60, "", ""},
		"money of the customer's past":              {"Order ID,Customer ID,Order Date,Lifetime Value,Total Orders,Amount\n1,7,2024-01-05,500.00,9,10.00\n2,8,2024-01-06,300.00,5,20.00\n3,7,2024-02-06,500.00,9,30.00\n", 2, 3, 60, "", ""},
		"subscriptions: renewals":                   {"Subscription ID,Customer Email,Event,Event Date,Amount\nS1,a@x.example,initial payment,2024-01-05,10\nS1,a@x.example,renewal,2024-02-05,10\nS2,b@x.example,initial payment,2024-01-06,20\nS2,b@x.example,renewal,2024-02-06,20\n", 2, 4, 60, "", ""},
		"phone numbers are customers":               {"Bill No,Bill Date,Mobile No,Net Amount\n1,25-01-2024,9876500001,\"1,050.00\"\n2,26-01-2024,9876500002,20.00\n3,27-02-2024,9876500001,30.00\n", 2, 3, 1100, "", ""},
		"items with an order's total on each":       {"Order ID,Order Date,Buyer Email,Product,Quantity,Item Price,Order Total\n1,2024-01-05,a@x.example,Mug,1,10.00,14.00\n1,2024-01-05,a@x.example,Tea,1,4.00,14.00\n2,2024-01-06,b@x.example,Mug,2,10.00,20.00\n3,2024-02-06,a@x.example,Mug,1,10.00,14.00\n3,2024-02-06,a@x.example,Tea,1,4.00,14.00\n", 2, 3, 48, "", ""},
		"amounts in thousands of points":            {"Müşteri;Tarih;Tutar\nA;05.01.2024;1.250\nB;16.01.2024;2.500\nA;17.02.2024;750\n", 2, 3, 4500, "", ""},
		"a net and a gross date":                    {"Customer,Invoice Date,Due Date,Paid Date,Amount\nAnn,2024-01-05,2024-02-05,2024-02-01,10\nBob,2024-01-06,2024-02-06,,20\nAnn,2024-03-05,2024-04-05,2024-04-01,30\n", 2, 3, 60, "", ""},
	})
}

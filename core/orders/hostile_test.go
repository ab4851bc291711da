package orders

import (
	"strings"
	"testing"
)

// Exports as the vendors document their columns, with what a person or a spreadsheet does to them on the way: what is right
// follows from the rows by hand.
func TestExportsOnTheirWay(t *testing.T) {
	for name, c := range map[string]struct {
		file              string
		customers, orders int
		revenue           float64
		aside, questions  string
	}{
		"Shopify, by a German Excel": {"\xef\xbb\xbfName;Email;Financial Status;Paid at;Fulfillment Status;Currency;Subtotal;Shipping;Taxes;Total;Refunded Amount;Lineitem quantity;Lineitem name;Lineitem price;Cancelled at;Created at;Phone;Billing Name\r\n" +
			"#1001;Ann@X.example;paid;05.01.2024 10:00;fulfilled;EUR;1.230,00;4,50;0,00;1.234,50;0,00;1;Tisch;1.230,00;;05.01.2024 10:00;;Ann A.\r\n" +
			"#1001;Ann@X.example;;;;;;;;;;2;\"Lampe, \"\"klein\"\"\r\nweiß\";0,00;;05.01.2024 10:00;;\r\n" +
			"#1002;ann@x.example;partially_refunded;25.01.2024 11:00;fulfilled;EUR;20,00;0,00;0,00;20,00;5,00;1;Becher;20,00;;25.01.2024 11:00;;Ann A.\r\n" +
			"#1003;bob@x.example;voided;;;EUR;10,00;0,00;0,00;10,00;0,00;1;Becher;10,00;;26.01.2024 11:00;;Bob\r\n" +
			"#1004;;paid;27.01.2024 09:00;;EUR;30,00;0,00;0,00;30,00;0,00;1;Becher;30,00;;27.01.2024 09:00;+49 170 1;Cem\r\n" +
			"#1005;bob@x.example;refunded;28.01.2024 09:00;;EUR;40,00;0,00;0,00;40,00;40,00;1;Becher;40,00;;28.01.2024 09:00;;Bob\r\n",
			2, 3, 1279.5, "cancelled 1, refunded 1", "amount"},
		"WooCommerce Analytics": {"Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue,Attribution\n" +
			"\"2024-01-05 10:00:00\",101,\"$1,234.50\",completed,Ann Archer,new,\"1× Mug, blue\",1,,1234.5,Direct\n" +
			"\"2024-02-05 10:00:00\",102,$20.00,processing,Ann Archer,returning,1× Tea,1,,20,Direct\n" +
			"\"2024-02-06 10:00:00\",103,$30.00,cancelled,Bob Bee,new,1× Tea,1,,30,Direct\n" +
			"\"2024-02-07 10:00:00\",104,-$20.00,refunded,Ann Archer,returning,1× Tea,1,,-20,Direct\n" +
			"\"2024-02-08 10:00:00\",105,$15.00,completed,Bob Bee,new,1× Tea,1,SPRING,15,Direct\n",
			2, 2, 1249.5, "cancelled 1, refunded 1", ""},
		"WooCommerce, an export extension": {"Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,Quantity,Item Cost\n" +
			"501,Completed,2024-01-05 10:00,Ann,A,ann@x.example,50.00,5.00,0.00,55.00,9.00,A1,2,20.00\n501,Completed,2024-01-05 10:00,Ann,A,ann@x.example,50.00,5.00,0.00,55.00,9.00,B1,1,10.00\n" +
			"502,Pending payment,2024-01-06 10:00,Bob,B,BOB@x.example,10.00,0,0,10.00,1,A1,1,10.00\n503,On hold,2024-01-06 11:00,Bob,B,bob@x.example,10.00,0,0,10.00,1,A1,1,10.00\n" +
			"504,Completed,2024-01-07 10:00,Bob,B,Bob@x.example,30.00,0,10.00,30.00,3,A1,1,30.00\n505,Failed,2024-01-08 10:00,Cy,C,cy@x.example,30.00,0,0,30.00,3,A1,1,30.00\n506,Refunded,2024-02-07 10:00,Ann,A,ann@x.example,30.00,0,30.00,30.00,3,A1,1,30.00\n",
			2, 2, 75, "unpaid 3, refunded 1", "amount"},
		"BigCommerce, days first": {"Order ID,Customer ID,Customer Name,Customer Email,Customer Phone,Order Date,Order Status,Subtotal (inc tax),Subtotal (ex tax),Tax Total,Shipping Cost (inc tax),Order Total (inc tax),Order Total (ex tax),Payment Method,Order Notes,Refund Amount,Order Currency Code\n" +
			"100,7,Ann A,ann@x.example,,25/01/2024,Completed,60,50,10,6,66.00,55.00,Card,,0.00,GBP\n101,0,Guest G,guest@x.example,,03/02/2024,Shipped,12,10,2,0,12.00,10.00,Card,,0.00,GBP\n" +
			"102,7,Ann A,ann@x.example,,04/02/2024,Refunded,12,10,2,0,12.00,10.00,Card,,12.00,GBP\n103,8,Bob,bob@x.example,,05/02/2024,Declined,12,10,2,0,12.00,10.00,Card,,0.00,GBP\n" +
			"104,0,Guest G,GUEST@x.example,,06/02/2024,Awaiting Fulfillment,24,20,4,0,24.00,20.00,Card,,0.00,GBP\n105,7,Ann A,ann@x.example,,07/02/2024,Incomplete,24,20,4,0,24.00,20.00,Card,,0.00,GBP\n",
			2, 3, 102, "unpaid 2, refunded 1", "amount"},
		"Magento, with titles and a total": {"ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,Billing Address,Customer Email,Customer Group,Subtotal,Shipping and Handling,Customer Name,Payment Method,Total Refunded\n" +
			"000000001,Main,\"Jan 5, 2024, 3:07:12 PM\",Ann A,Ann A,\"$1,234.50\",\"$1,234.50\",Complete,\"1 Road, X\",ann@x.example,General,\"$1,200.00\",$34.50,Ann A,checkmo,\n" +
			"000000002,Main,\"Feb 13, 2024, 11:00:00 AM\",Bob B,Bob B,$20.00,$20.00,Canceled,\"1 Road, X\",bob@x.example,NOT LOGGED IN,$20.00,$0.00,Bob B,checkmo,\n" +
			"000000003,Main,\"Feb 14, 2024, 11:00:00 AM\",Bob B,Bob B,$50.00,$50.00,Processing,\"1 Road, X\",bob@x.example,NOT LOGGED IN,$50.00,$0.00,Bob B,checkmo,$10.00\n" +
			"000000004,Main,\"Feb 15, 2024, 11:00:00 AM\",Ann A,Ann A,$50.00,$50.00,Closed,\"1 Road, X\",ann@x.example,General,$50.00,$0.00,Ann A,checkmo,$50.00\n",
			2, 2, 1274.5, "cancelled 1, refunded 1", "amount"},
		"PrestaShop, in French": {"ID;Référence;Nouveau client;Livraison;Client;Total;Paiement;État;Date\n1;XKBKNABJK;1;France;A. ARCHER;1 234,50 €;Carte;Paiement accepté;2024-01-05 10:00:00\n2;OHSATSERP;0;France;A. ARCHER;45,00 €;Carte;Annulé;2024-02-05 10:00:00\n" +
			"3;UOYEVOLI;1;France;B. BEE;30,00 €;Virement;En attente de virement bancaire;2024-02-06 10:00:00\n4;FFATNOMMJ;0;France;A. Archer;20,00 €;Carte;Livré;2024-03-05 10:00:00\n5;FFATNOMMK;0;France;B. BEE;25,00 €;Carte;Remboursé;2024-03-06 10:00:00\n6;FFATNOMML;0;France;B. BEE;10,00 €;Carte;Expédié;2024-03-07 10:00:00\n",
			2, 3, 1264.5, "cancelled 1, unpaid 1, refunded 1", ""},
		"Wix": {"Order number,Date created,Time,Item,Qty,SKU,Price,Contact email,Note to customer,Billing name,Billing phone,Payment status,Fulfillment status,Currency,Subtotal,Shipping rate,Tax,Discount,Total,Refunded amount,Net amount\n" +
			"10001,\"Jan 5, 2024\",10:00:00 AM,Mug,1,M1,20.00,ann@x.example,,Ann A,,PAID,FULFILLED,USD,30.00,5.00,0.00,0.00,35.00,0.00,35.00\n10001,\"Jan 5, 2024\",10:00:00 AM,Tea,1,T1,10.00,ann@x.example,,Ann A,,PAID,FULFILLED,USD,30.00,5.00,0.00,0.00,35.00,0.00,35.00\n" +
			"10002,\"Feb 5, 2024\",10:00:00 AM,Mug,1,M1,20.00,bob@x.example,,Bob B,,NOT PAID,NOT FULFILLED,USD,20.00,5.00,0.00,0.00,25.00,0.00,25.00\n10003,\"Feb 6, 2024\",10:00:00 AM,Mug,1,M1,20.00,bob@x.example,,Bob B,,PARTIALLY REFUNDED,FULFILLED,USD,20.00,5.00,0.00,0.00,25.00,10.00,15.00\n",
			2, 2, 50, "unpaid 1", "amount"},
		"Squarespace": {"Order ID,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Amount Refunded,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Billing Name,Billing Phone\n" +
			"00001,ann@x.example,PAID,2024-01-05 10:00:00 -0500,FULFILLED,2024-01-06 10:00:00 -0500,USD,30.00,5.00,0.00,0.00,35.00,,0.00,Post,2024-01-05 10:00:00 -0500,1,Mug,20.00,M1,,Ann A,\n00001,ann@x.example,,,,,,,,,,,,,,,1,Tea,10.00,T1,,,\n" +
			"00002,bob@x.example,REFUNDED,2024-02-05 10:00:00 -0500,CANCELED,,USD,20.00,0.00,0.00,20.00,20.00,,0.00,Post,2024-02-05 10:00:00 -0500,1,Mug,20.00,M1,2024-02-06 10:00:00 -0500,Bob,\n00003,bob@x.example,PAID,2024-03-05 10:00:00 -0500,PENDING,,USD,20.00,0.00,0.00,5.00,20.00,,0.00,Post,2024-03-05 10:00:00 -0500,1,Mug,20.00,M1,,Bob,\n",
			2, 2, 50, "cancelled 1", "amount"},
		"Etsy, orders": {"Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,Payment Method,Date Shipped,Street 1,Ship City,Ship Country,Currency,Order Value,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Shipping,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,Adjusted Order Total,Buyer,Order Type,Payment Type\n" +
			"01/25/24,3001,ann1,Ann A,Ann,A,2,Credit Card,01/26/24,1 Road,X,United States,USD,40,,,0,0,5,3,48,,1.7,46.3,48,Ann A (ann1),online,online_cc\n02/03/24,3002,,Bob B,Bob,B,1,Credit Card,,1 Road,X,United States,USD,20,,,0,0,5,1,26,,1.0,25,26,Bob B,online,online_cc\n03/04/24,3003,ann1,Ann A,Ann,A,1,Credit Card,,1 Road,X,United States,USD,20,,,0,0,5,1,26,,1.0,25,26,Ann A (ann1),online,online_cc\n",
			2, 3, 100, "", "amount"},
		"Etsy, items": {"Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Order ID,Variations,Order Type\n" +
			"01/25/24,\"Mug, blue\",Ann A (ann1),2,10,,,0,0,5,1,20,USD,9001,1,01/25/24,,Ann A,3001,,online\n01/25/24,Tea,Ann A (ann1),1,7.5,,,0,0,0,0,7.5,USD,9002,2,01/25/24,,Ann A,3001,,online\n02/13/24,Tea,Bob B (bob2),1,7.5,,,0,0,5,1,7.5,USD,9003,2,02/13/24,,Bob B,3002,,online\n02/13/24,Tea,Bob B (bob2),1,7.5,,,0,0,5,1,7.5,USD,9004,2,02/13/24,,Bob B,3002,,online\n",
			2, 2, 42.5, "", ""},
		"Amazon, tabs": {"order-id\torder-item-id\tpurchase-date\tpayments-date\tbuyer-email\tbuyer-name\tbuyer-phone-number\tsku\tproduct-name\tquantity-purchased\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\torder-status\n" +
			"111-1\t1\t2024-01-05T10:00:00+00:00\t2024-01-05T10:01:00+00:00\ta1@marketplace.amazon.example\tAnn A\t\tM1\tMug \"blue\"\t2\tUSD\t40.00\t0\t5.00\t0\tShipped\n111-1\t2\t2024-01-05T10:00:00+00:00\t2024-01-05T10:01:00+00:00\ta1@marketplace.amazon.example\tAnn A\t\tT1\tTea\t1\tUSD\t10.00\t0\t0.00\t0\tShipped\n" +
			"111-2\t3\t2024-02-05T10:00:00+00:00\t\tb2@marketplace.amazon.example\tBob B\t\tT1\tTea\t1\tUSD\t10.00\t0\t0.00\t0\tCancelled\n111-3\t4\t2024-02-06T10:00:00+00:00\t\tb2@marketplace.amazon.example\tBob B\t\tT1\tTea\t1\tUSD\t12.00\t0\t0.00\t0\tShipped\n",
			2, 2, 62, "cancelled 1", ""},
		"eBay, lines around it": {"\n\nSales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Item Number,Item Title,Quantity,Sold For,Shipping And Handling,Total Price,Payment Method,Sale Date,Paid On Date,Shipped On Date\n\n" +
			"100,01-001,ann_1,Ann A,ann@x.example,1,Mug,1,$10.00,$2.50,\"$12.50\",PayPal,Jan-05-24,Jan-05-24,\n101,01-002,bob_2,Bob B,bob@x.example,1,Mug,2,$10.00,$2.50,\"$22.50\",PayPal,Feb-13-24,Feb-13-24,\n102,01-003,ann_1,Ann A,ann@x.example,1,Mug,100,$10.00,$34.50,\"$1,034.50\",PayPal,Mar-05-24,Mar-05-24,\n\n3,record(s) downloaded,,,,,,,,,,,,,\nSeller ID : shop,,,,,,,,,,,,,,\n",
			2, 3, 1069.5, "missing_id 2", ""},
		"Stripe, payments": {"id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Decline Reason,Description,Fee,Is Link,Mode,Seller Message,Status,Customer ID,Customer Email\n" +
			"ch_1,2024-01-05 10:00,20.00,0.00,usd,true,20.00,0.00,usd,,Mug,0.9,false,Live,Payment complete.,Paid,cus_1,ann@x.example\nch_2,2024-02-05 10:00,20.00,5.00,usd,true,20.00,5.00,usd,,Mug,0.9,false,Live,Payment complete.,Partial Refund,cus_1,ann@x.example\n" +
			"ch_3,2024-02-06 10:00,30.00,30.00,usd,true,30.00,30.00,usd,,Mug,0.9,false,Live,Payment complete.,Refunded,cus_2,bob@x.example\nch_4,2024-02-07 10:00,30.00,0.00,usd,false,30.00,0.00,usd,card_declined,Mug,0,false,Live,The bank declined.,Failed,cus_2,bob@x.example\nch_5,2024-02-08 10:00,30.00,0.00,usd,true,30.00,0.00,usd,,Mug,0.9,false,Live,Payment complete.,Paid,,Bob@X.example\n",
			2, 3, 65, "unpaid 1, refunded 1", ""},
		"PayPal, from Britain": {"\xef\xbb\xbf\"Date\",\"Time\",\"TimeZone\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\",\"From Email Address\",\"To Email Address\",\"Transaction ID\",\"Item Title\",\"Reference Txn ID\"\r\n" +
			"\"25/01/2024\",\"10:00:00\",\"GMT\",\"Ann A\",\"Website Payment\",\"Completed\",\"GBP\",\"1,234.50\",\"-5.00\",\"1,229.50\",\"ann@x.example\",\"shop@x.example\",\"T1\",\"Mug\",\"\"\r\n\"01/02/2024\",\"10:00:00\",\"GMT\",\"\",\"General Withdrawal\",\"Completed\",\"GBP\",\"-500.00\",\"0.00\",\"-500.00\",\"shop@x.example\",\"\",\"T2\",\"\",\"\"\r\n" +
			"\"02/02/2024\",\"10:00:00\",\"GMT\",\"Bob B\",\"Express Checkout Payment\",\"Completed\",\"GBP\",\"20.00\",\"-1.00\",\"19.00\",\"bob@x.example\",\"shop@x.example\",\"T3\",\"Mug\",\"\"\r\n\"03/02/2024\",\"10:00:00\",\"GMT\",\"Bob B\",\"Payment Refund\",\"Completed\",\"GBP\",\"-20.00\",\"1.00\",\"-19.00\",\"shop@x.example\",\"bob@x.example\",\"T4\",\"\",\"T3\"\r\n" +
			"\"04/02/2024\",\"10:00:00\",\"GMT\",\"Bob B\",\"Website Payment\",\"Pending\",\"GBP\",\"40.00\",\"-1.00\",\"39.00\",\"bob@x.example\",\"shop@x.example\",\"T5\",\"Mug\",\"\"\r\n\"05/02/2024\",\"10:00:00\",\"GMT\",\"Bob B\",\"Mobile Payment\",\"Completed\",\"GBP\",\"10.00\",\"-1.00\",\"9.00\",\"BOB@x.example\",\"shop@x.example\",\"T6\",\"Mug\",\"\"\r\n",
			2, 2, 1244.5, "unpaid 1, refunded 1, not_order 1", "amount"},
		"Square, a till": {"Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Cash,Transaction ID,Payment ID,Event Type,Customer ID,Customer Name,Customer Reference ID\n" +
			"01/25/24,10:00:00,Eastern Time (US & Canada),\"$1,234.50\",$0.00,$0.00,\"$1,234.50\",$0.00,$0.00,$3.00,$0.00,\"$1,237.50\",Register,$0.00,$0.00,T1,P1,Payment,C1,Ann A,\n02/03/24,10:00:00,Eastern Time (US & Canada),$20.00,($5.00),$0.00,$15.00,$0.00,$1.00,$0.00,$0.00,$16.00,Register,$0.00,$0.00,T2,P2,Payment,,,\n" +
			"02/04/24,10:00:00,Eastern Time (US & Canada),$20.00,$0.00,$0.00,$20.00,$0.00,$1.00,$0.00,$0.00,$21.00,Register,$0.00,$0.00,T3,P3,Payment,C2,Bob B,\n02/05/24,10:00:00,Eastern Time (US & Canada),($20.00),$0.00,$0.00,($20.00),$0.00,($1.00),$0.00,$0.00,($21.00),Register,$0.00,$0.00,T4,P4,Refund,C2,Bob B,\n02/06/24,10:00:00,Eastern Time (US & Canada),$30.00,$0.00,$0.00,$30.00,$0.00,$1.00,$0.00,$0.00,$31.00,Register,$0.00,$0.00,T5,P5,Payment,C2,Bob B,\n",
			2, 2, 1264.5, "refunded 1, missing_id 1", ""},
		"Gumroad": {"Purchase ID,Item Name,Buyer Name,Purchase Email,Buyer Email,Do not contact?,Purchase Date,Purchase Time (UTC timezone),Subtotal ($),Taxes ($),Tip ($),Shipping ($),Sale Price ($),Fees ($),Net Total ($),Tax Included in Price?,Refunded?,Partial Refund ($),Fully Refunded?,Disputed?,Dispute Won?,Variants,Recurrence\n" +
			"p1,Book,Ann,ann@x.example,ann@x.example,0,2024-01-05,10:00:00,20.0,0.0,0.0,0.0,20.0,2.0,18.0,0,0,0.0,0,0,0,,\np2,Book,Bob,bob@x.example,,0,2024-02-05,10:00:00,20.0,0.0,0.0,0.0,20.0,2.0,18.0,0,1,0.0,1,0,0,,\np3,Book,Bob,bob@x.example,,0,2024-02-15,10:00:00,30.0,0.0,0.0,0.0,30.0,2.0,28.0,0,0,0.0,0,0,0,,\n",
			2, 2, 50, "refunded 1", "amount"},
		"Lemon Squeezy": {"id,store_id,identifier,order_number,user_name,user_email,currency,currency_rate,subtotal,setup_fee,discount_total,tax,total,status,refunded,refunded_at,test_mode,created_at\n" +
			"1,5,u-1,1,Ann,ann@x.example,USD,1.0,20.00,0,0,0,20.00,paid,false,,false,2024-01-05T10:00:00.000000Z\n2,5,u-2,2,Bob,bob@x.example,USD,1.0,30.00,0,0,0,30.00,refunded,true,2024-02-06T10:00:00.000000Z,false,2024-02-05T10:00:00.000000Z\n3,5,u-3,3,Dev,dev@x.example,USD,1.0,99.00,0,0,0,99.00,paid,false,,true,2024-02-05T11:00:00.000000Z\n4,5,u-4,4,Bob,bob@x.example,USD,1.0,30.00,0,0,0,30.00,paid,false,,false,2024-02-08T10:00:00.000000Z\n",
			2, 2, 50, "refunded 1, not_order 1", ""},
		"Mollie": {"\"Date\",\"Payment method\",\"Currency\",\"Amount\",\"Status\",\"ID\",\"Description\",\"Consumer name\",\"Consumer bank account\",\"Consumer BIC\",\"Settlement currency\",\"Settlement amount\",\"Settlement reference\",\"Amount refunded\"\n" +
			"\"2024-01-05 10:00:00\",\"ideal\",\"EUR\",\"20,00\",\"paid\",\"tr_1\",\"Order 1\",\"A. Archer\",\"NL01BANK0000000001\",\"BANKNL\",\"EUR\",\"19,71\",\"s1\",\"\"\n\"2024-02-05 10:00:00\",\"ideal\",\"EUR\",\"30,00\",\"expired\",\"tr_2\",\"Order 2\",\"\",\"\",\"\",\"EUR\",\"\",\"\",\"\"\n\"2024-02-06 10:00:00\",\"ideal\",\"EUR\",\"30,00\",\"paid\",\"tr_3\",\"Order 3\",\"B. Bee\",\"NL02BANK0000000002\",\"BANKNL\",\"EUR\",\"29,71\",\"s1\",\"10,00\"\n\"2024-03-06 10:00:00\",\"ideal\",\"EUR\",\"1.030,00\",\"paid\",\"tr_4\",\"Order 4\",\"A. Archer\",\"NL01BANK0000000001\",\"BANKNL\",\"EUR\",\"1.029,71\",\"s2\",\"\"\n",
			2, 3, 1070, "unpaid 1", ""},
		"Xero, a line a row": {"*ContactName,EmailAddress,POAddressLine1,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,InventoryItemCode,*Description,*Quantity,*UnitAmount,Discount,LineAmount,*AccountCode,*TaxType,TaxAmount,Currency,Type,Sent,Status\n" +
			"Ann Ltd,ann@x.example,,INV-1,,25/01/2024,25/02/2024,60.00,10.00,60.00,0.00,M1,Mug,2,20.00,,40.00,200,20%,8.00,GBP,Sales invoice,Sent,Paid\nAnn Ltd,ann@x.example,,INV-1,,25/01/2024,25/02/2024,60.00,10.00,60.00,0.00,T1,Tea,1,10.00,,10.00,200,20%,2.00,GBP,Sales invoice,Sent,Paid\n" +
			"Bob Co,,,INV-2,,03/02/2024,03/03/2024,24.00,4.00,0.00,24.00,T1,Tea,2,10.00,,20.00,200,20%,4.00,GBP,Sales invoice,,Draft\nBob Co,,,INV-3,,04/02/2024,04/03/2024,36.00,6.00,36.00,0.00,T1,Tea,3,10.00,,30.00,200,20%,6.00,GBP,Sales invoice,Sent,Paid\nBob Co,,,CN-1,,05/02/2024,,12.00,2.00,12.00,0.00,T1,Tea,1,10.00,,10.00,200,20%,2.00,GBP,Sales credit note,Sent,Paid\nAnn Ltd,ann@x.example,,INV-4,,06/02/2024,,99.00,2.00,0.00,0.00,T1,Tea,1,10.00,,10.00,200,20%,2.00,GBP,Sales invoice,Sent,Voided\n",
			2, 2, 84, "cancelled 1, unpaid 1", ""},
		"QuickBooks, a report": {"My Company,,,,,,,,\nSales by Customer Detail,,,,,,,,\n\"January - March, 2024\",,,,,,,,\n,,,,,,,,\n,Date,Transaction type,Num,Product/Service,Memo/Description,Quantity,Sales price,Amount\nAnn Archer,,,,,,,,\n,01/25/2024,Invoice,1001,Mug,,2,20.00,40.00\n,02/03/2024,Sales Receipt,1002,Tea,,1,10.00,10.00\n,02/05/2024,Credit Memo,1003,Tea,,-1,10.00,-10.00\nTotal for Ann Archer,,,,,,,,$40.00\nBob Bee,,,,,,,,\n,02/13/2024,Invoice,1004,Mug,,1,\"1,020.00\",\"1,020.00\"\nTotal for Bob Bee,,,,,,,,\"$1,020.00\"\nTOTAL,,,,,,,,\"$1,060.00\"\n,,,,,,,,\n\"Accrual Basis  Monday, April 01, 2024 10:00 AM GMT+00:00\",,,,,,,,\n",
			2, 2, 1060, "refunded 1, total_line 3", "id"},
		"Tiendanube, Latin-1": {latin1("Número de orden;Email;Fecha;Estado de la orden;Estado del pago;Estado del envío;Moneda;Subtotal;Descuento;Costo de envío;Total;Nombre del comprador;DNI / CUIT;Teléfono;Nombre del producto;Precio del producto;Cantidad del producto\r\n" +
			"100;ann@x.example;25/01/2024;Abierta;Recibido;Enviado;ARS;1200,00;0,00;34,50;1234,50;Ana Peña;1;1;Taza;600,00;1\r\n100;ann@x.example;;;;;;;;;;;;;Té;600,00;1\r\n101;bob@x.example;03/02/2024;Cancelada;Anulado;No está empaquetado;ARS;100,00;0,00;0,00;100,00;Bob;2;2;Taza;100,00;1\r\n102;bob@x.example;04/02/2024;Abierta;Pendiente;No está empaquetado;ARS;100,00;0,00;0,00;100,00;Bob;2;2;Taza;100,00;1\r\n103;BOB@x.example;05/02/2024;Cerrada;Recibido;Enviado;ARS;100,00;0,00;0,00;100,00;Bob;2;2;Taza;100,00;1\r\n"),
			2, 2, 1334.5, "cancelled 1, unpaid 1", "amount"},
		"Olist": {"order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,customer_unique_id,customer_city,payment_sequential,payment_type,payment_installments,payment_value\n" +
			"o1,c1,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15,u1,sao paulo,1,credit_card,1,18.12\no1,c1,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15,u1,sao paulo,2,voucher,1,2.00\no2,c2,canceled,2018-07-24 20:41:37,,u2,barreiras,1,boleto,1,141.46\no3,c3,delivered,2018-08-08 08:38:49,2018-08-08 08:55:23,u1,sao paulo,1,credit_card,3,179.12\no4,c4,shipped,2018-08-09 08:38:49,2018-08-09 08:55:23,u2,barreiras,1,credit_card,3,50.00\n",
			2, 3, 249.24, "cancelled 1", ""},
		"SAP, UTF-16": {string(append([]byte{0xFF, 0xFE}, utf16le("Billing Document\tBilling Type\tSold-to Party\tName 1\tBilling Date\tNet Value\tTax Amount\tDocument Currency\r\n90001\tF2\t0000100007\tAnn GmbH\t25.01.2024\t1.234,50\t234,56\tEUR\r\n90002\tF2\t0000100008\tBob KG\t03.02.2024\t100,00\t19,00\tEUR\r\n90003\tRE\t0000100007\tAnn GmbH\t04.02.2024\t34,50-\t6,56-\tEUR\r\n90004\tF2\t0000100007\tAnn GmbH\t05.03.2024\t50,00\t9,50\tEUR\r\n90005\tS1\t0000100008\tBob KG\t06.03.2024\t100,00-\t19,00-\tEUR\r\n90006\tF2\t0000100008\tBob KG\t07.03.2024\t60,00\t11,40\tEUR\r\n")...)),
			2, 3, 1310, "refunded 1", ""},
		"Dynamics, credit memos": {"Document Type,No.,Sell-to Customer No.,Sell-to Customer Name,Posting Date,Currency Code,Amount,Amount Including VAT,Status\nInvoice,103001,10000,Ann Ltd,1/25/2024,,\"1,000.00\",\"1,200.00\",Released\nCredit Memo,104001,10000,Ann Ltd,2/5/2024,,100.00,120.00,Released\nInvoice,103002,20000,Bob Co,2/13/2024,,50.00,60.00,Released\nQuote,1001,20000,Bob Co,2/14/2024,,500.00,600.00,Open\nInvoice,103003,20000,Bob Co,3/13/2024,,50.00,60.00,Released\n",
			2, 3, 1200, "not_order 1", ""},
		"a day that only a cancelled order tells": {"Ordernummer;Klant e-mail;Besteldatum;Totaal;Status\n1;a@x.example;05-01-2024;10,00;Betaald\n2;b@x.example;25-01-2024;20,00;Geannuleerd\n3;a@x.example;03-02-2024;30,00;Terugbetaald\n4;b@x.example;04-02-2024;40,00;In behandeling\n5;b@x.example;05-02-2024;50,00;Wacht op betaling\n",
			2, 2, 50, "cancelled 1, unpaid 1, refunded 1", ""},
		"short names":                        {"cust_no|order_dt|amt|stat\n007|20240105|10.00|paid\n008|20240125|20.00|paid\n007|20240205|30.00|cancelled\n007|20240305|30.00|paid\n008|20240305|30.00|paid\n", 2, 4, 90, "cancelled 1", ""},
		"numbers with a letter are no money": {"Subscription,Customer Email,Start date,Note\nS1,a@x.example,2024-01-05,x\nS2,b@x.example,2024-02-05,y\n", 2, 2, 0, "", "date, no_amount"},
		"Paddle": {"transaction_id,status,customer_id,customer_email,currency_code,billed_at,subtotal,tax,grand_total,origin\ntxn_1,completed,ctm_1,ann@x.example,USD,2024-01-05T10:00:00Z,20.00,0.00,20.00,web\ntxn_2,past_due,ctm_2,bob@x.example,USD,2024-02-05T10:00:00Z,20.00,0.00,20.00,web\ntxn_3,canceled,ctm_2,bob@x.example,USD,2024-02-06T10:00:00Z,20.00,0.00,20.00,web\ntxn_4,billed,ctm_2,bob@x.example,USD,2024-02-07T10:00:00Z,25.00,0.00,25.00,web\ntxn_5,draft,ctm_1,ann@x.example,USD,2024-02-08T10:00:00Z,25.00,0.00,25.00,web\n",
			2, 2, 45, "cancelled 1, unpaid 2", ""},
	} {
		r := read(t, c.file, Options{Now: Day(2026, 1, 1)})
		p := r.Report()
		if p.Customers != c.customers || p.Orders != uint64(c.orders) || !near(p.Spend, c.revenue) || aside(p) != c.aside || asked(p) != c.questions {
			t.Errorf("%s:\n got %d customers, %d orders, %v, aside %q, asked %q\nwant %d, %d, %v, %q, %q\n%v %v %v\n%s", name, p.Customers, p.Orders, p.Spend, aside(p), asked(p),
				c.customers, c.orders, c.revenue, c.aside, c.questions, p.Preset, p.Columns, p.Basis, strings.TrimSpace(lines(r)))
			for _, s := range p.Statuses {
				t.Logf("  %s: %s %d %s", s.Role, s.Text, s.Rows, s.Standing)
			}
		}
	}
}

func latin1(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return string(b)
}

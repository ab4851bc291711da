package orders

import (
	"fmt"
	"testing"
)

// A small file in the form of each export, made up. The columns of PayPal are those of developer.paypal.com, "Download
// Account History", those of Amazon of developer-docs.amazon.com, "Order reports attributes"; the others are written down
// as their exports are known, without a page to cite. The totals follow from the rows by hand.
func TestExports(t *testing.T) {
	for preset, c := range map[Preset]struct {
		text, want, aside string
	}{
		PresetSquarespace: {"Order ID,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Amount Refunded,Total,Created at,Lineitem quantity,Lineitem name,Cancelled at,Billing Name\n" +
			"1,ann@x.example,PAID,2024-01-05 10:00:00 -0500,FULFILLED,,USD,20.00,5.00,0.00,0.00,25.00,2024-01-05 10:00:00 -0500,1,Mug,,Ann\n1,ann@x.example,,,,,,,,,,,,1,Tea,,\n" +
			"2,bob@x.example,REFUNDED,2024-01-06 10:00:00 -0500,,,USD,20.00,0.00,0.00,20.00,20.00,2024-01-06 10:00:00 -0500,1,Mug,,Bob\n" +
			"3,bob@x.example,PAID,2024-02-06 10:00:00 -0500,,,USD,20.00,0.00,0.00,5.00,20.00,2024-02-06 10:00:00 -0500,1,Mug,,Bob\n", "2 2 40", "refunded 1"},
		PresetBigCommerce: {"Order ID,Customer ID,Customer Name,Customer Email,Customer Phone,Order Date,Order Status,Subtotal (inc tax),Subtotal (ex tax),Shipping Cost (inc tax),Order Total (inc tax),Order Total (ex tax),Refund Amount,Order Currency Code\n" +
			"1,0,Ann A,ann@x.example,,01/05/2024,Completed,22,20,0,22.00,20.00,0.00,USD\n2,7,Bob B,bob@x.example,,01/15/2024,Awaiting Fulfillment,11,10,0,11.00,10.00,0.00,USD\n" +
			"3,0,Ann A,ann@x.example,,02/05/2024,Declined,22,20,0,22.00,20.00,0.00,USD\n4,7,Bob B,bob@x.example,,02/15/2024,Partially Refunded,11,10,0,11.00,10.00,1.00,USD\n", "2 3 43", "unpaid 1"},
		PresetMagento: {"ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,Customer Email,Customer Group,Subtotal,Customer Name,Payment Method,Total Refunded\n" +
			"000000001,Main,\"Jan 5, 2024, 10:00:00 AM\",Ann A,Ann A,30.00,30.00,complete,ann@x.example,General,30,Ann A,card,0.00\n000000002,Main,\"Jan 6, 2024, 10:00:00 AM\",Bob B,Bob B,20.00,20.00,closed,bob@x.example,General,20,Bob B,card,20.00\n" +
			"000000003,Main,\"Feb 6, 2024, 10:00:00 AM\",Bob B,Bob B,15.00,15.00,processing,bob@x.example,General,15,Bob B,card,0.00\n000000004,Main,\"Feb 7, 2024, 10:00:00 AM\",Bob B,Bob B,15.00,15.00,holded,bob@x.example,General,15,Bob B,card,0.00\n", "2 2 45", "unpaid 1, refunded 1"},
		PresetPrestaShop: {"ID;Reference;New client;Delivery;Customer;Total;Payment;Status;Date\n1;XKBK;Yes;France;A. Ann;€30.00;Bank wire;Payment accepted;2024-01-05 10:00:00\n2;OHSA;No;France;A. Ann;€12.00;Bank wire;Awaiting bank wire payment;2024-01-06 10:00:00\n" +
			"3;UOYE;Yes;Spain;B. Bob;€14.00;Card;Delivered;2024-02-06 10:00:00\n4;FFAT;No;Spain;B. Bob;€14.00;Card;Payment error;2024-02-07 10:00:00\n", "2 2 44", "unpaid 2"},
		PresetWix: {"Order number,Date created,Time,Total order quantity,Contact email,Item,Variant,SKU,Qty,Quantity refunded,Price,Billing name,Payment status,Total tax,Total,Currency,Refunded amount,Net amount,Fulfillment status\n" +
			"10001,2024-01-05,10:00,3,ann@x.example,Mug,,M,1,0,10.00,Ann,Paid,0,30.00,USD,0.00,30.00,Fulfilled\n10001,2024-01-05,10:00,3,ann@x.example,Tea,,T,2,0,10.00,Ann,Paid,0,30.00,USD,0.00,30.00,Fulfilled\n" +
			"10002,2024-01-06,10:00,1,bob@x.example,Mug,,M,1,0,10.00,Bob,Unpaid,0,10.00,USD,0.00,10.00,\n10003,2024-02-06,10:00,1,bob@x.example,Mug,,M,1,0,10.00,Bob,Paid,0,10.00,USD,4.00,6.00,\n", "2 2 36", "unpaid 1"},
		PresetEtsy: {"Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,Payment Method,Date Shipped,Street 1,Currency,Order Value,Discount Amount,Shipping,Sales Tax,Order Total,Status,Order Net,Buyer,Order Type\n" +
			"01/25/24,111,ann1,Ann A,Ann,A,2,Credit Card,01/26/24,x,USD,20.00,0.00,5.00,2.00,27.00,Shipped,24.00,Ann (ann1),online\n01/26/24,112,bob1,Bob B,Bob,B,1,Credit Card,,x,USD,10.00,0.00,0.00,0.00,10.00,Completed,9.00,Bob (bob1),online\n" +
			"02/26/24,113,ann1,Ann A,Ann,A,1,Credit Card,,x,USD,10.00,0.00,0.00,0.00,10.00,Canceled,9.00,Ann (ann1),online\n", "2 2 37", "cancelled 1"},
		PresetEtsyItems: {"Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Discount Amount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Order ID,SKU\n" +
			"01/25/24,Mug,ann1,2,10.00,,0.00,5.00,0.00,20.00,USD,9,8,01/25/2024,01/26/2024,Ann,111,\n01/25/24,Tea,ann1,1,5.00,,0.00,5.00,0.00,5.00,USD,10,9,01/25/2024,01/26/2024,Ann,111,\n01/26/24,Mug,bob1,1,10.00,,0.00,0.00,0.00,10.00,USD,11,8,01/26/2024,,Bob,112,\n", "2 2 35", ""},
		PresetAmazon: {"amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tbuyer-email\tsku\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\n" +
			"1-1\t\t2024-01-05T10:00:00+00:00\t2024-01-06T10:00:00+00:00\tShipped\ta@marketplace.example\tM\t2\tUSD\t20.00\t1.00\t0\n1-1\t\t2024-01-05T10:00:00+00:00\t2024-01-06T10:00:00+00:00\tShipped\ta@marketplace.example\tT\t1\tUSD\t5.00\t1.00\t0\n" +
			"1-2\t\t2024-01-05T10:00:00+00:00\t2024-01-06T10:00:00+00:00\tCancelled\tb@marketplace.example\tM\t1\tUSD\t10.00\t1.00\t0\n1-3\t\t2024-02-05T10:00:00+00:00\t2024-02-06T10:00:00+00:00\tPending\tb@marketplace.example\tM\t1\tUSD\t10.00\t1.00\t0\n", "1 1 25", "cancelled 1, unpaid 1"},
		PresetEBay: {"\n\"Sales Record Number\",\"Order Number\",\"Buyer Username\",\"Buyer Name\",\"Buyer Email\",\"Item Title\",\"Quantity\",\"Sold For\",\"Shipping And Handling\",\"Total Price\",\"Payment Method\",\"Sale Date\",\"Paid On Date\"\n" +
			"1,01-1,ann_1,Ann,a@members.example,Mug,1,$10.00,$5.00,$15.00,eBay,Jan-05-24,Jan-05-24\n2,01-2,bob_1,Bob,b@members.example,Mug,1,$10.00,$0.00,$10.00,eBay,Jan-06-24,Jan-06-24\n3,01-3,ann_1,Ann,a@members.example,Tea,1,$7.00,$0.00,$7.00,eBay,Feb-05-24,Feb-05-24\n", "2 3 32", ""},
		PresetStripeInvoices: {"id,Amount Due,Billing,Closed,Currency,Customer,Date (UTC),Due Date (UTC),Number,Paid,Subscription,Subtotal,Tax,Total,Amount Paid,Status\n" +
			"in_1,20.00,charge,true,usd,cus_1,2024-01-05 10:00,,A-1,true,sub_1,20.00,0,20.00,20.00,paid\nin_2,20.00,charge,true,usd,cus_1,2024-02-05 10:00,,A-2,true,sub_1,20.00,0,20.00,20.00,paid\nin_3,30.00,charge,false,usd,cus_2,2024-02-05 10:00,,A-3,false,sub_2,30.00,0,30.00,0.00,open\nin_4,30.00,charge,true,usd,cus_2,2024-03-05 10:00,,A-4,false,sub_2,30.00,0,30.00,0.00,void\n", "1 2 40", "cancelled 1, unpaid 1"},
		PresetPayPal: {"\"Date\",\"Time\",\"TimeZone\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\",\"From Email Address\",\"To Email Address\",\"Transaction ID\",\"Balance Impact\"\n" +
			"\"01/25/2024\",\"10:00:00\",\"PST\",\"Ann\",\"Express Checkout Payment\",\"Completed\",\"USD\",\"1,020.00\",\"-1.00\",\"1,019.00\",\"ann@x.example\",\"shop@x.example\",\"T1\",\"Credit\"\n\"01/26/2024\",\"10:00:00\",\"PST\",\"Bob\",\"Website Payment\",\"Completed\",\"USD\",\"30.00\",\"-1.00\",\"29.00\",\"bob@x.example\",\"shop@x.example\",\"T2\",\"Credit\"\n" +
			"\"02/26/2024\",\"10:00:00\",\"PST\",\"Ann\",\"Payment Refund\",\"Completed\",\"USD\",\"-20.00\",\"0.00\",\"-20.00\",\"shop@x.example\",\"ann@x.example\",\"T3\",\"Debit\"\n\"02/27/2024\",\"10:00:00\",\"PST\",\"\",\"General Withdrawal\",\"Completed\",\"USD\",\"-900.00\",\"0.00\",\"-900.00\",\"shop@x.example\",\"\",\"T4\",\"Debit\"\n", "2 2 1030", "not_order 1"},
		PresetGumroad: {"Purchase ID,Item Name,Buyer Name,Purchase Email,Buyer Email,Purchase Date,Purchase Time (UTC timezone),Subtotal ($),Taxes ($),Sale Price ($),Fees ($),Net Total ($),Refunded?,Partial Refund ($),Fully Refunded?\n" +
			"g1,Book,Ann,ann@x.example,,2024-01-05,10:00,10,0,10.00,1,9,0,0.0,0\ng2,Book,Bob,bob@x.example,bob@x.example,2024-01-06,10:00,10,0,10.00,1,9,1,0.0,1\ng3,Book,Ann,ann@x.example,,2024-02-05,10:00,12,0,12.00,1,11,0,0.0,0\n", "1 2 22", "refunded 1"},
		PresetPaddle: {"transaction_id,status,customer_id,customer_email,currency_code,subtotal,tax,grand_total,created_at,billed_at\n" +
			"txn_1,completed,ctm_1,ann@x.example,USD,10.00,2.00,12.00,2024-01-05T10:00:00Z,2024-01-05T10:00:00Z\ntxn_2,past_due,ctm_1,ann@x.example,USD,10.00,2.00,12.00,2024-02-05T10:00:00Z,2024-02-05T10:00:00Z\ntxn_3,paid,ctm_2,bob@x.example,USD,20.00,0.00,20.00,2024-02-06T10:00:00Z,2024-02-06T10:00:00Z\n", "2 2 32", "unpaid 1"},
		PresetLemonSqueezy: {"identifier,order_number,user_name,user_email,currency,subtotal,discount_total,tax,total,status,refunded,created_at\n" +
			"x-1,1,Ann,ann@x.example,USD,10.00,0.00,2.00,12.00,paid,false,2024-01-05T10:00:00.000000Z\nx-2,2,Bob,bob@x.example,USD,10.00,0.00,2.00,12.00,refunded,true,2024-01-06T10:00:00.000000Z\nx-3,3,Bob,bob@x.example,USD,10.00,0.00,2.00,12.50,paid,false,2024-02-06T10:00:00.000000Z\n", "2 2 24.5", "refunded 1"},
		PresetMollie: {"Date,Payment method,Currency,Amount,Status,ID,Description,Consumer name,Consumer bank account,Consumer BIC,Settlement currency,Settlement amount,Settlement reference,Amount refunded\n" +
			"2024-01-05 10:00:00,ideal,EUR,10.00,paid,tr_1,Order 1,A Ann,NL01TEST1,X,EUR,10.00,1,0.00\n2024-01-06 10:00:00,ideal,EUR,20.00,expired,tr_2,Order 2,,,,,,,0.00\n2024-02-06 10:00:00,creditcard,EUR,30.00,paid,tr_3,Order 3,B Bob,,,EUR,30.00,1,5.00\n", "2 2 35", "unpaid 1"},
		PresetXero: {"ContactName,EmailAddress,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,Description,Quantity,UnitAmount,LineAmount,Currency,Type,Sent,Status\n" +
			"Ann Ltd,ann@x.example,INV-1,,25/01/2024,25/02/2024,30.00,5.00,30.00,0.00,Mug,1,10.00,10.00,GBP,Sales invoice,Sent,Paid\nAnn Ltd,ann@x.example,INV-1,,25/01/2024,25/02/2024,30.00,5.00,30.00,0.00,Tea,1,15.00,15.00,GBP,Sales invoice,Sent,Paid\n" +
			"Bob Ltd,bob@x.example,INV-2,,26/01/2024,26/02/2024,50.00,5.00,0.00,50.00,Mug,1,10.00,45.00,GBP,Sales invoice,Sent,Voided\nAnn Ltd,ann@x.example,CN-1,,26/02/2024,,10.00,0.00,0.00,0.00,Tea,1,10.00,10.00,GBP,Sales credit note,Sent,Paid\n", "1 1 20", "cancelled 1"},
		PresetQuickBooks: {"My Shop\nSales by Customer Detail\n\nDate,Transaction Type,Num,Customer,Memo/Description,Qty,Sales Price,Amount,Balance\n" +
			"01/25/2024,Invoice,1001,Ann,Mug,2,10.00,20.00,20.00\n01/25/2024,Invoice,1001,Ann,Tea,1,5.00,5.00,25.00\n01/26/2024,Sales Receipt,1002,Bob,Mug,1,10.00,10.00,10.00\n02/26/2024,Credit Memo,1003,Ann,Tea,1,5.00,-5.00,20.00\n01/27/2024,Payment,1004,Ann,,,,25.00,0.00\nTotal,,,,,,,30.00,\n", "2 2 30", "not_order 1, total_line 1"},
		PresetTiendanube: {"Número de orden;Email;Fecha;Estado de la orden;Estado del pago;Estado del envío;Moneda;Subtotal de productos;Descuento;Costo de envío;Total;Nombre del comprador;Teléfono;Nombre del producto\n" +
			"100;ann@x.example;25/01/2024 10:00:00;Abierta;Recibido;Enviado;ARS;1000.00;0.00;500.00;1500.00;Ann;;Taza\n100;;;;;;;;;;;;;Té\n101;bob@x.example;26/01/2024 10:00:00;Cancelada;Anulado;;ARS;1000.00;0.00;0.00;1000.00;Bob;;Taza\n102;bob@x.example;26/02/2024 10:00:00;Abierta;Confirmado;;ARS;700.00;0.00;0.00;700.00;Bob;;Taza\n", "2 2 2200", "cancelled 1"},
		PresetOlist: {"order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_customer_date,order_estimated_delivery_date,customer_unique_id,payment_sequential,payment_type,payment_value\n" +
			"o1,k1,delivered,2018-01-05 10:00:00,2018-01-05 11:00:00,2018-01-09 10:00:00,2018-01-20 00:00:00,u1,1,credit_card,10.00\no1,k1,delivered,2018-01-05 10:00:00,2018-01-05 11:00:00,2018-01-09 10:00:00,2018-01-20 00:00:00,u1,2,voucher,5.00\no2,k2,canceled,2018-01-06 10:00:00,,,2018-01-20 00:00:00,u2,1,boleto,7.00\no3,k3,shipped,2018-02-06 10:00:00,,,2018-02-20 00:00:00,u1,1,boleto,8.00\n", "1 2 23", "cancelled 1"},
		PresetDynamics: {"SOP Type,SOP Number,Customer Number,Customer Name,Document Date,Document Amount\nInvoice,I1,7,Ann,2024-01-05,100.00\nReturn,R1,7,Ann,2024-01-20,40.00\nQuote,Q1,8,Bob,2024-01-20,900.00\nInvoice,I2,8,Bob,2024-02-05,50.00\n", "2 2 110", "not_order 1"},
	} {
		r := read(t, c.text, Options{})
		p := r.Report()
		if got := fmt.Sprintf("%d %d %v", p.Customers, p.Orders, p.Spend); p.Preset != preset || got != c.want || aside(p) != c.aside {
			t.Errorf("%v (%v): %s aside %q, want %s aside %q; columns %v\n%s", preset, p.Preset, got, aside(p), c.want, c.aside, p.Columns, lines(r))
		}
	}
}

// Names in rules are compared after normalise: one that it would change is never found.
func TestRulesAreNormalised(t *testing.T) {
	for _, rule := range presetRules {
		lists := append([]string{rule.marks[0], rule.marks[1], rule.payee, rule.statuses}, rule.columns[:]...)
		for _, list := range lists {
			for len(list) > 0 {
				var name string
				if name, list = nextName(list); string(normalise([]byte(name))) != name {
					t.Errorf("%v: %q", rule.preset, name)
				}
			}
		}
		if rule.name == "" || rule.where == "" {
			t.Errorf("%v has no name or no way to it", rule.preset)
		}
	}
	if len(Exports()) != int(NumPresets)-2 {
		t.Errorf("%d exports", len(Exports()))
	}
}

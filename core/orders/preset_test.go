package orders

import (
	"strings"
	"testing"
)

// The headers are those of the shops' exports (see presets.go for the sources);
// the rows are made up in their form.
const shopify = `Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source
#1001,ada@example.com,paid,2024-03-01 10:15:00 -0500,fulfilled,,no,USD,100.00,5.00,8.25,113.25,,0.00,Standard,2024-03-01 23:15:00 -0500,1,Mug,50.00,,MUG,true,true,fulfilled,Ada,,,,,,'75008,,US,,Ada,,,,,,,,US,,"Leave at
the ""back"" door",,,Shopify Payments,x,0.00,Shop,0.00,,,,1,,Low,web
#1001,ada@example.com,,,,,,,,,,,,,,2024-03-01 23:15:00 -0500,1,"Tea, green",50.00,,TEA,true,true,fulfilled,,,,,,,,,,,,,,,,,,,,,,,,,,,Shop,,,,,,,,
#1001,,,,,,,,,,,,,,,,1,Spoon,50.00,,SPO,true,true,fulfilled,,,,,,,,,,,,,,,,,,,,,,,,,,,Shop,,,,,,,,
#1002,bob@example.com,partially_refunded,2024-03-02 09:00:00 -0500,,,no,USD,50.00,0.00,0.00,50.00,,0.00,,2024-03-02 09:00:00 -0500,1,Tee,50.00,,T,true,true,,,,,,,,,,,,,,,,,,,,,,,,,,x,10.00,,,,,,2,,,
#1003,cy@example.com,voided,,,,no,USD,20.00,0.00,0.00,20.00,,0.00,,2024-03-03 09:00:00 -0500,1,Tee,20.00,,T,true,true,,,,,,,,,,,,,,,,,,,,,,,,,2024-03-03 10:00:00 -0500,x,,0.00,,,,,,3,,
#1004,ADA@example.com,refunded,2024-03-04 09:00:00 -0500,,,no,USD,20.00,0.00,0.00,20.00,,0.00,,2024-03-04 09:00:00 -0500,1,Tee,20.00,,T,true,true,,,,,,,,,,,,,,,,,,,,,,,,,,x,,20.00,,,,,,4,,
#1005,ada@example.com,paid,2024-03-05 09:00:00 -0500,,,no,CAD,20.00,0.00,0.00,20.00,,0.00,,2024-03-05 09:00:00 -0500,1,Tee,20.00,,T,true,true,,,,,,,,,,,,,,,,,,,,,,,,,,x,,0.00,,,,,,5,,
#1006,,paid,2024-03-06 09:00:00 -0500,,,no,USD,20.00,0.00,0.00,20.00,,0.00,,2024-03-06 09:00:00 -0500,1,Tee,20.00,,T,true,true,,,,,,,,,,,,,,,,,,,,,,,,,,x,,0.00,,,,,,6,,
#1007,dee@example.com,pending,,,,no,USD,20.00,0.00,0.00,20.00,,0.00,,2024-03-06 09:00:00 -0500,1,Tee,20.00,,T,true,true,,,,,,,,,,,,,,,,,,,,,,,,,,x,,0.00,,,,,,7,,
#1008,ada@example.com,paid,,,,no,USD,15.00,0.00,0.00,15.00,,0.00,,2024-04-01 09:00:00 -0400,1,Tee,15.00,,T,true,true,,,,,,,,,,,,,,,,,,,,,,,,,,x,,0.00,,,,,,8,,
`

const woocommerce = `order_id,order_number,order_date,paid_date,status,shipping_total,fee_total,tax_total,order_total,order_subtotal,order_currency,payment_method,customer_id,customer_user,customer_email,billing_first_name,billing_email,item_name
101,101,9/6/2024 6:29:00,9/6/2024 6:30:00,completed,5,0,2,42.00,35,USD,stripe,7,ada,ada@example.com,Ada,ada@example.com,Mug
101,101,9/6/2024 6:29:00,9/6/2024 6:30:00,completed,5,0,2,42.00,35,USD,stripe,7,ada,ada@example.com,Ada,ada@example.com,Spoon
102,102,9/13/2024 7:00:00,,wc-cancelled,5,0,2,10.00,35,USD,stripe,0,,,Bob,bob@example.com,Mug
103,103,9/14/2024 7:00:00,,on-hold,5,0,2,10.00,35,USD,bacs,0,,,Bob,bob@example.com,Mug
104,104,9/15/2024 7:00:00,,wc-processing,5,0,2,10.00,35,USD,bacs,0,,,Bob,bob@example.com,Mug
105,105,9/16/2024 7:00:00,,refunded,5,0,2,10.00,35,USD,bacs,0,,,Bob,bob@example.com,Mug
`

const stripe = `id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Decline Reason,Description,Fee,Is Link,Mode,PaymentIntent ID,Payment Source Type,Refunded date (UTC),Statement Descriptor,Status,Seller Message,Taxes On Fee,Card ID,Customer ID,Customer Description,Customer Email,Invoice ID,Transfer
ch_1,2024-07-01 23:12:33,"1,129.00",0.00,usd,true,1129.00,0.00,usd,,Pro,4.05,false,Live,pi_1,card,,SHOP,Paid,Payment complete.,0.00,card_1,cus_1,,ada@example.com,,po_1
ch_2,2024-07-02 07:05:10,129.00,129.00,usd,true,129.00,129.00,usd,,Pro,4.05,false,Live,pi_2,card,2024-07-03 01:00,SHOP,Refunded,Payment complete.,0.00,card_1,cus_2,,bob@example.com,,po_1
ch_3,2024-07-02 11:00:00,89.00,0.00,usd,false,89.00,0.00,usd,insufficient_funds,Pro,0,false,Live,pi_3,card,,SHOP,Failed,Declined,0.00,card_1,cus_3,,c@example.com,,
ch_4,2024-08-02 11:00:00,89.00,9.00,usd,true,89.00,9.00,usd,,Pro,0,false,Live,pi_4,card,2024-08-03 01:00,SHOP,Paid,,0.00,card_1,cus_1,,ada@example.com,,
`

const square = `Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Other Tender Type,Tender Note,Fees,Net Total,Transaction ID,Payment ID,Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Device Nickname,Third Party Fees,Deposit ID,Deposit Date,Deposit Details,Fee Percentage Rate,Fee Fixed Rate,Refund Reason,Discount Name,Transaction Status,Cash App
2024-09-13,10:02:11,Eastern Time (US & Canada),$30.00,-$3.00,$0.00,$27.00,$0.00,$2.16,$2.00,$0.00,$31.16,Point of Sale,$31.16,Tap,$0.00,$0.00,$0.00,,,-$0.93,$30.23,SQA1,PA1,Visa,0000,iPad,,,,"Mug x 1, Tea x 1",Payment,Fair,,CUST1,Dee,,,,,,,,,,,Complete,
2024-09-13,11:40:00,Eastern Time (US & Canada),$12.00,$0.00,$0.00,$12.00,$0.00,$0.96,$0.00,$0.00,$12.96,Point of Sale,$12.96,Tap,$0.00,$0.00,$0.00,,,-$0.46,$12.50,SQB2,PB2,Visa,0000,iPad,,,,Tea x 1,Payment,Fair,,,,,,,,,,,,,,Complete,
2024-09-13,15:00:00,Eastern Time (US & Canada),-$7.00,$0.00,$0.00,-$7.00,$0.00,$0.00,$0.00,$0.00,-$7.00,Point of Sale,-$7.00,Tap,$0.00,$0.00,$0.00,,,$0.00,-$7.00,SQC3,PC3,Visa,0000,iPad,,,,Tea,Refund,Fair,,CUST1,Dee,,,,,,,,,Returned Goods,,Complete,
2024-09-20,09:00:00,Eastern Time (US & Canada),"$1,012.00",$0.00,$0.00,"$1,012.00",$0.00,$0.96,$0.00,$0.00,"$1,012.96",Point of Sale,$12.96,Tap,$0.00,$0.00,$0.00,,,-$0.46,$12.50,SQD4,PD4,Visa,0000,iPad,,,,Tea x 1,Payment,Fair,,CUST1,Dee,,,,,,,,,,,Complete,
`

func TestPresets(t *testing.T) {
	for _, c := range []struct {
		preset     Preset
		text       string
		o          Options
		want       string
		aside      string
		items, net uint64
	}{
		{PresetShopify, shopify, Options{},
			"ada@example.com 2024-03-01 113.25\nada@example.com 2024-04-01 15.00\nbob@example.com 2024-03-02 40.00\n",
			"cancelled 1, unpaid 1, refunded 1, missing_id 1, other_currency 1", 2, 0},
		{PresetWooCommerce, woocommerce, Options{},
			"ada@example.com 2024-09-06 42.00\nbob@example.com 2024-09-15 10.00\n", "cancelled 1, unpaid 1, refunded 1", 1, 0},
		{PresetStripe, stripe, Options{Zone: Zone{true, 120}},
			"cus_1 2024-07-02 1129.00\ncus_1 2024-08-02 80.00\n", "unpaid 1, refunded 1", 0, 0},
		{PresetSquare, square, Options{},
			"CUST1 2024-09-13 20.00\nCUST1 2024-09-20 1012.00\n", "missing_id 1", 0, 1},
	} {
		for _, preset := range []Preset{PresetAuto, c.preset} {
			c.o.Preset = preset
			r := read(t, c.text, c.o)
			p := r.Report()
			if p.Preset != c.preset || lines(r) != c.want || aside(p) != c.aside || p.LineItems != c.items || p.RefundsNetted != c.net {
				t.Errorf("%v (%v): items %d netted %d aside %s columns %v\n%s", c.preset, p.Preset, p.LineItems, p.RefundsNetted, aside(p), p.Columns, lines(r))
			}
		}
	}
}

// The lines of examples are those of an editor, line ends within quotes counted.
func TestLineNumbers(t *testing.T) {
	p := read(t, shopify, Options{}).Report()
	for reason, line := range map[Reason]uint32{ReasonCancelled: 7, ReasonRefunded: 8, ReasonOtherCurrency: 9, ReasonMissingID: 10, ReasonUnpaid: 11} {
		if got := p.SetAside[reason].Examples[0].Line; got != line {
			t.Errorf("%v on line %d, want %d", reason, got, line)
		}
	}
	p = read(t, strings.ReplaceAll(shopify, "\n", "\r\n"), Options{}).Report()
	if got := p.SetAside[ReasonUnpaid].Examples[0].Line; got != 11 {
		t.Errorf("with CRLF on line %d", got)
	}
}

func TestPresetNotThere(t *testing.T) {
	p := read(t, "id,date,amount\na,2024-01-01,5\n", Options{Preset: PresetShopify}).Report()
	if p.Status != StatusNoID || aside(p) != "missing_column 1" {
		t.Errorf("%v %s", p.Status, aside(p))
	}
}

package orders

import (
	"html"
	"strings"
	"testing"
)

// Tables in other forms than lines with a delimiter, as programs write them. What is right is counted by hand.
func TestRecast(t *testing.T) {
	readAsMeant(t, map[string]export{
		"HTML as .xls": {"<html><head><meta charset=utf-8><style>td{a:b}</style></head><body><h1>Orders</h1><table border=1><tr><th>Order</th><th>Customer&nbsp;E-mail</th><th>Date</th><th>Total</th><th>Status</th></tr>\n<tr><td>1</td><td>a@x.example</td><td>2024-01-05</td><td>&euro;&nbsp;10.00</td><td><b>Paid</b></td></tr><tr><td>2<td>b@x.example<td>2024-01-16<td>20.00<td>Cancelled</tr><tr><td>3</td><td>a@x.example</td><td>2024-02-05</td><td>30.00</td><td>Paid</td></tr></table></body></html>", 1, 2, 40, "cancelled 1", ""},
		"HTML with cells over several columns and rows": {"<table><tr><td colspan=4>Sales <i>report</i></td></tr><tr><th>Customer</th><th>Date</th><th>Item</th><th>Total</th></tr><tr><td rowspan=2>Ann &amp; Co</td><td>2024-01-05</td><td>Mug</td><td>10.00</td></tr><tr><td>2024-01-06</td><td>Tea, black</td><td>20.00</td></tr><tr><td rowspan=2>Bob</td><td>2024-01-05</td><td>Mug</td><td>30.00</td></tr><tr><td>2024-01-06</td><td>Tea</td><td>40.00</td></tr></table>", 2, 4, 100, "", "merged"},
		"SpreadsheetML":                       {"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Orders\"><Table><Column ss:Width=\"50\"/><Row><Cell><Data ss:Type=\"String\">Order</Data></Cell><Cell><Data ss:Type=\"String\">Customer</Data></Cell><Cell><Data ss:Type=\"String\">Note</Data></Cell><Cell><Data ss:Type=\"String\">Date</Data></Cell><Cell><Data ss:Type=\"String\">Total</Data></Cell></Row><Row><Cell><Data ss:Type=\"Number\">1</Data></Cell><Cell><Data ss:Type=\"String\">ann</Data></Cell><Cell ss:Index=\"4\"><Data ss:Type=\"DateTime\">2024-01-05T00:00:00.000</Data></Cell><Cell><Data ss:Type=\"Number\">10.5</Data></Cell></Row><Row><Cell><Data ss:Type=\"Number\">2</Data></Cell><Cell><Data ss:Type=\"String\">bob</Data></Cell><Cell/><Cell><Data ss:Type=\"DateTime\">2024-01-16T00:00:00.000</Data></Cell><Cell><Data ss:Type=\"Number\">20</Data></Cell></Row></Table></Worksheet><Worksheet ss:Name=\"Other\"><Table><Row><Cell><Data ss:Type=\"String\">x</Data></Cell><Cell><Data>y</Data></Cell></Row></Table></Worksheet></Workbook>", 2, 2, 30.5, "", ""},
		"INSERT with names":                   {"INSERT INTO orders (id, customer_email, created_at, total, status) VALUES (1, 'a@x.example', '2024-01-05 10:00:00', 10.00, 'paid'), (2, 'b@x.example', '2024-01-16', 20.00, 'cancelled'),\n(3, 'a@x.example', '2024-02-05', 30.00, 'paid');\n", 1, 2, 40, "cancelled 1", ""},
		"mysqldump: of two tables the orders": {"-- MySQL dump 10.13  Distrib 8.0.35\n--\n-- Host: localhost\n/*!40101 SET @OLD=@@X */;\nDROP TABLE IF EXISTS `customers`;\nCREATE TABLE `customers` (\n  `id` int NOT NULL AUTO_INCREMENT,\n  `email` varchar(255) DEFAULT NULL,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\nINSERT INTO `customers` VALUES (1,'a@x.example'),(2,'b@x.example');\nCREATE TABLE `orders` (\n  `id` int NOT NULL AUTO_INCREMENT,\n  `customer_id` int,\n  `note` text COMMENT 'a, b',\n  `created_at` datetime DEFAULT NULL,\n  `total` decimal(10,2) DEFAULT '0.00',\n  PRIMARY KEY (`id`),\n  KEY `c` (`customer_id`,`total`)\n) ENGINE=InnoDB;\nLOCK TABLES `orders` WRITE;\nINSERT INTO `orders` VALUES (1,1,'it\\'s; (a), \\\"b\\\"','2024-01-05 10:00:00',10.00),(2,2,NULL,'2024-01-16 10:00:00',20.00),(3,1,'','2024-02-05 10:00:00',30.50);\nUNLOCK TABLES;\n", 2, 3, 60.5, "", ""},
		"pg_dump":                             {"--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\nCREATE TABLE public.orders (id integer, customer text, created_at timestamp, total numeric(10,2), note text);\nCOPY public.orders (id, customer, created_at, total, note) FROM stdin;\n1\tann\t2024-01-05 10:00:00\t10.00\t\\N\n2\tbob\t2024-01-16 10:00:00\t20.00\ta\\tb\n3\tann\t2024-02-05 10:00:00\t30.00\t\\N\n\\.\n\nALTER TABLE x ADD y;\n", 2, 3, 60, "", ""},
		"SQLite":                              {"PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE orders(id INTEGER PRIMARY KEY, customer TEXT, day TEXT, total REAL);\nINSERT INTO orders VALUES(1,'ann','2024-01-05',10.0);\nINSERT INTO \"orders\" VALUES(2,'O''Neil','2024-01-16',20.0);\nINSERT INTO orders VALUES(3,'ann','2024-02-05',30.0);\nCOMMIT;\n", 2, 3, 60, "", ""},
		"SQL Server":                          {"USE [shop]\nGO\nSET IDENTITY_INSERT [dbo].[Orders] ON \nGO\nINSERT [dbo].[Orders] ([Id], [CustomerName], [OrderDate], [Total]) VALUES (1, N'Ann', CAST(N'2024-01-05T10:00:00.000' AS DateTime), CAST(10.00 AS Decimal(18, 2)))\nGO\nINSERT [dbo].[Orders] ([Id], [CustomerName], [OrderDate], [Total]) VALUES (2, N'Bob', CAST(N'2024-01-16T10:00:00.000' AS DateTime), CAST(20.00 AS Decimal(18, 2)))\nINSERT [dbo].[Orders] ([Id], [CustomerName], [OrderDate], [Total]) VALUES (3, N'Ann', CAST(N'2024-02-05T10:00:00.000' AS DateTime), CAST(-5.00 AS Decimal(18, 2)))\nGO\n", 2, 2, 30, "refund_unmatched 1", "negative"},
		"SQL Developer":                       {"REM INSERTING into ORDERS\nSET DEFINE OFF;\nInsert into SHOP.ORDERS (ID,CUSTOMER,ORDER_DATE,TOTAL) values (1,'ann',to_date('2024-01-05','YYYY-MM-DD'),10);\nInsert into SHOP.ORDERS (ID,CUSTOMER,ORDER_DATE,TOTAL) values (2,'bob',to_date('2024-01-16','YYYY-MM-DD'),20);\n", 2, 2, 30, "", ""},
		"psql":                                {" id | customer |    created_at       | total \n----+----------+---------------------+-------\n  1 | ann lee  | 2024-01-05 10:00:00 | 10.00\n  2 | bob ray  | 2024-01-16 10:00:00 | 20.00\n  3 | ann lee  | 2024-02-05 10:00:00 | 30.00\n(3 rows)\n", 2, 3, 60, "", ""},
		"mysql":                               {"+----+----------+------------+-------+\n| id | customer | created    | total |\n+----+----------+------------+-------+\n|  1 | ann lee  | 2024-01-05 | 10.00 |\n|  2 | bob ray  | 2024-01-16 | 20.00 |\n+----+----------+------------+-------+\n2 rows in set (0.00 sec)\n", 2, 2, 30, "", ""},
		"Markdown":                            {"| Order | Customer | Date | Total |\n|---|:---|---|---:|\n| 1 | ann lee | 2024-01-05 | 10.00 |\n| 2 | bob \\| ray | 2024-01-16 | 20.00 |\n", 2, 2, 30, "", ""},
		"DuckDB":                              {"┌────┬──────────┬────────────┬───────┐\n│ id │ customer │ created    │ total │\n├────┼──────────┼────────────┼───────┤\n│  1 │ ann lee  │ 2024-01-05 │ 10.00 │\n│  2 │ bob ray  │ 2024-01-16 │ 20.00 │\n└────┴──────────┴────────────┴───────┘\n", 2, 2, 30, "", ""},
		"sqlcmd":                              {"id          customer             created    total\n----------- -------------------- ---------- -------\n          1 ann lee              2024-01-05   10.00\n          2 bob                  2024-01-16   20.00\n          3 ann lee              2024-02-05   30.00\n\n(3 rows affected)\n", 2, 3, 60, "", ""},
		"blanks":                              {"Order  Customer name   Date        Note      Total\n1      Ann Lee         2024-01-05            10.00\n2      Bob             2024-01-16  gift      20.00\n3      Ann Lee         2024-02-05            30.00\n4      Cy de Vries     2024-02-06           130.00\n", 3, 4, 190, "", ""},
		"PrestaShop: numbers of statuses":     {"-- phpMyAdmin SQL Dump\n-- version 5.1\nSET SQL_MODE = \"NO_AUTO_VALUE_ON_ZERO\";\nCREATE TABLE `ps_orders` (\n  `id_order` int(10) UNSIGNED NOT NULL,\n  `reference` varchar(9) DEFAULT NULL,\n  `id_customer` int(10),\n  `current_state` int(10),\n  `payment` varchar(255),\n  `total_paid` decimal(20,6),\n  `total_paid_real` decimal(20,6),\n  `total_products` decimal(20,6),\n  `date_add` datetime,\n  `date_upd` datetime\n);\nINSERT INTO `ps_orders` (`id_order`, `reference`, `id_customer`, `current_state`, `payment`, `total_paid`, `total_paid_real`, `total_products`, `date_add`, `date_upd`) VALUES\n(1, 'AAA', 5, 5, 'Card', '30.000000', '30.000000', '25.000000', '2024-01-05 10:00:00', '2024-01-06 10:00:00'),\n(2, 'BBB', 6, 6, 'Card', '20.000000', '0.000000', '15.000000', '2024-01-16 10:00:00', '2024-01-17 10:00:00'),\n(3, 'CCC', 5, 4, 'Card', '40.000000', '40.000000', '35.000000', '2024-02-05 10:00:00', '2024-02-06 10:00:00'),\n(4, 'DDD', 7, 8, 'Card', '40.000000', '0.000000', '35.000000', '2024-02-06 10:00:00', '2024-02-06 10:00:00');\n", 1, 2, 70, "cancelled 1, unpaid 1", "amount, status"},
		"OpenCart: numbers of statuses":       {"INSERT INTO `oc_order` (`order_id`, `invoice_no`, `store_id`, `customer_id`, `firstname`, `lastname`, `email`, `total`, `order_status_id`, `currency_code`, `date_added`) VALUES (1, 0, 0, 3, 'Ann', 'Lee', 'a@x.example', 10.0000, 5, 'USD', '2024-01-05 10:00:00'), (2, 0, 0, 4, 'Bob', 'Ray', 'b@x.example', 20.0000, 0, 'USD', '2024-01-16 10:00:00'), (3, 0, 0, 3, 'Ann', 'Lee', 'a@x.example', 30.0000, 3, 'USD', '2024-02-05 10:00:00'), (4, 0, 0, 4, 'Bob', 'Ray', 'b@x.example', 20.0000, 7, 'USD', '2024-02-16 10:00:00');", 1, 2, 40, "cancelled 2", "status"},
		"WooCommerce: refunds as rows":        {"INSERT INTO `wp_wc_orders` (`id`,`status`,`currency`,`type`,`tax_amount`,`total_amount`,`customer_id`,`billing_email`,`date_created_gmt`,`date_updated_gmt`,`parent_order_id`,`payment_method`) VALUES (1,'wc-completed','EUR','shop_order',1.0,10.0,1,'a@x.example','2024-01-05 10:00:00','2024-01-05 10:00:00',0,'card'),(2,'wc-cancelled','EUR','shop_order',1.0,20.0,0,'b@x.example','2024-01-16 10:00:00','2024-01-05 10:00:00',0,'card'),(3,'wc-processing','EUR','shop_order',1.0,30.0,1,'a@x.example','2024-02-05 10:00:00','2024-01-05 10:00:00',0,'card'),(4,'wc-completed','EUR','shop_order_refund',-1.0,-5.0,1,'','2024-02-06 10:00:00','2024-01-05 10:00:00',3,''),(5,'wc-checkout-draft','EUR','shop_order',1.0,30.0,1,'a@x.example','2024-02-08 10:00:00','2024-01-05 10:00:00',0,'card');", 1, 2, 35, "cancelled 1, unpaid 1", ""},
		"Magento: no quotes":                  {"INSERT INTO `quote` (`entity_id`,`created_at`,`customer_id`,`customer_email`,`grand_total`) VALUES (1,'2024-01-05 10:00:00',1,'a@x.example',99.0);\nINSERT INTO `sales_order` (`entity_id`,`state`,`status`,`customer_id`,`grand_total`,`total_refunded`,`customer_email`,`increment_id`,`order_currency_code`,`created_at`) VALUES (1,'complete','complete',1,10.0,NULL,'a@x.example','001','EUR','2024-01-05 10:00:00'),(2,'canceled','canceled',2,20.0,NULL,'b@x.example','002','EUR','2024-01-16 10:00:00'),(3,'complete','complete',1,30.0,5.0,'a@x.example','003','EUR','2024-02-05 10:00:00');", 1, 2, 35, "cancelled 1", ""},
		"Shopware 5":                          {"INSERT INTO `s_order` (`id`, `ordernumber`, `userID`, `invoice_amount`, `invoice_amount_net`, `ordertime`, `status`, `cleared`, `currency`) VALUES (1,'20001',1,11.90,10.0,'2024-01-05 10:00:00',2,12,'EUR'),(2,'20002',2,23.80,20.0,'2024-01-16 10:00:00',4,17,'EUR'),(3,'0',2,23.80,20.0,'2024-01-17 10:00:00',-1,17,'EUR'),(4,'20003',1,35.70,30.0,'2024-02-05 10:00:00',7,12,'EUR');", 1, 2, 47.6, "cancelled 2", "amount, status"},
		"HTML within a layout, with entities and a foot": {"<!DOCTYPE html><html><body><table><tr><td><h2>Bestellungen</h2></td></tr><tr><td><table><thead><tr><th>Nr.</th><th>Datum</th><th>Kunde</th><th>Betrag</th><th>Status</th></tr></thead><tbody><tr><td>1</td><td>05.01.2024</td><td>M&uuml;ller</td><td>1.010,00&nbsp;&euro;</td><td>Bezahlt</td></tr><tr><td>2</td><td>16.01.2024</td><td>Schmidt</td><td>20,00&nbsp;&euro;</td><td>Storniert</td></tr><tr><td>3</td><td>05.02.2024</td><td>M&uuml;ller</td><td>30,00&nbsp;&euro;</td><td>Bezahlt</td></tr></tbody><tfoot><tr><td colspan=\"3\">Summe</td><td>1.060,00</td><td></td></tr></tfoot></table></td></tr></table></body></html>", 1, 2, 1040, "cancelled 1, total_line 1", ""},
		"HTML of Excel":               {"<html xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets/></x:ExcelWorkbook></xml><![endif]--><style><!-- table {a:b} td > b {} --></style></head><body><table><tr height=20><td class=xl65>order</td><td>customer</td><td>date</td><td>total</td></tr><tr><td x:num>1</td><td>ann</td><td x:num=\"45296\">05/01/2024</td><td x:num=\"10.5\">10.50</td></tr><tr><td>2</td><td>bob</td><td>16/01/2024</td><td>20.00</td></tr></table></body></html>", 2, 2, 30.5, "", ""},
		"Markdown without outer bars": {"Order | Customer | Date | Total\n--- | --- | --- | ---\n1 | ann | 2024-01-05 | 10\n2 | bob | 2024-01-16 | 20\n", 2, 2, 30, "", ""},
		"reStructuredText":            {"=====  ========  ==========  =====\nOrder  Customer  Date        Total\n=====  ========  ==========  =====\n1      ann lee   2024-01-05  10.00\n2      bob       2024-01-16  20.00\n=====  ========  ==========  =====\n", 2, 2, 30, "", ""},
		"a cell beyond its column":    {"id  customer  date        total\n--  --------  ----------  -----\n1   ann       2024-01-05  10.00\n2   christopher robin 2024-01-16 20.00\n3   bob       2024-01-17  30.00\n4   ann       2024-01-18  30.00\n", 2, 3, 70, "too_few_columns 1", ""},
		"INSERT without names":        {"INSERT INTO `orders` VALUES (1,'ann','2024-01-05',10.00),(2,'bob','2024-01-16',20.00),(3,'ann','2024-02-05',30.00),(4,'bob','2024-02-16',40.00),(5,'bob','2024-03-16',50.00);\n", 2, 5, 150, "", ""},
		"Db2":                         {"ID          CUSTOMER   CREATED    TOTAL   \n----------- ---------- ---------- --------\n          1 ann        2024-01-05    10.00\n          2 bob        2024-01-16    20.00\n\n  2 record(s) selected.\n", 2, 2, 30, "", ""},
	})
}

// A text without a table is called what it is.
func TestNoTable(t *testing.T) {
	for text, want := range map[string]Binary{
		"<html><body>Please log in</body></html>":          BinaryHTML,
		"-- MySQL dump\nCREATE TABLE a (b int);\n":         BinarySQL,
		"<?xml version=\"1.0\"?><orders><order/></orders>": BinaryXML,
	} {
		if p := read(t, text, Options{}).Report(); p.Binary != want || p.Status != StatusBinary {
			t.Errorf("%q is %v, %v", text, p.Binary, p.Status)
		}
	}
}

// A list with a delimiter is read as one, whatever stands in it.
func TestNoRecast(t *testing.T) {
	for _, text := range []string{
		threeRows, "Set name,date,total\na,2024-01-01,5\n", "Insert,date,total\na,2024-01-01,5\n", "id|date|total\na|2024-01-01|5\n", "Report\n-----\nid,date,total\na,2024-01-01,5\n",
		"id;name;date;total\n1;Ann  Lee;2024-01-01;5\n2;Bob Ray;2024-01-02;5\n3;Cy;2024-01-03;5\n", "0001 19970101  2  29.33\n0002 19970102 1 3.00\n0003 19970103 1 3.00\n0004 19970104 1 3.00\n",
	} {
		if by := recastOf([]byte(text), sniffBinary([]byte(text)), true); by != nil {
			t.Errorf("%q is taken for %T", text, by)
		}
	}
}

// Of several files a dump is left out whose table of orders begins beyond what is looked at for the plan: another of its tables would stand for it.
func TestJoinOfDumps(t *testing.T) {
	j := NewJoin(func([]byte) {})
	for _, many := range []int{3, 20000} {
		text := "INSERT INTO people (id, email) VALUES (0,'')" + strings.Repeat(",(1,'a@x.example')", many) + ";\nINSERT INTO orders (id, customer, date, total) VALUES (1,'ann','2024-01-05',10);\n"
		j.Add([]byte(text), false, Options{})
	}
	j.Add([]byte("order,customer,date,total\n1,ann,2024-01-05,10\n"), true, Options{})
	j.Plan()
	for i, want := range []bool{true, false, true} {
		if got := j.Parts()[i].Use != UseNoTable; got != want {
			t.Errorf("file %d is used: %v", i, got)
		}
	}
}

// recastWhole is what a text becomes, taken in pieces that end at a place.
func recastWhole(text string, at int) (string, Binary) {
	by := recastOf([]byte(text[:min(len(text), headBytes)]), sniffBinary([]byte(text)), len(text) <= headBytes)
	if by == nil {
		return text, BinaryNone
	}
	out := by.take(nil, []byte(text[:at]))
	out = by.take(out, []byte(text[at:]))
	out, kind := by.end(out)
	return string(out), kind
}

// What a text becomes does not depend on how it is cut.
func FuzzRecast(f *testing.F) {
	for _, text := range seeds() {
		f.Add(text, 7)
	}
	f.Fuzz(func(t *testing.T, text string, at int) {
		whole, kind := recastWhole(text, len(text))
		cut, of := recastWhole(text, min(max(at, 0), len(text)))
		if whole != cut || kind != of {
			t.Fatalf("%q cut at %d\n%q\n%q", text, at, whole, cut)
		}
	})
}

// A cell comes out of each form as it went in, blanks around it aside.
func FuzzCells(f *testing.F) {
	for _, cell := range []string{"", "a", "O'Neil", `back\\slash`, `"q"`, "a,b;c|d", "a\tb", "<b> & &amp;", "(1)", "--", "NULL", "é"} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		cell = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(cell, "\x00", ""), "")), " ")
		if strings.ContainsAny(cell, "\u00a0\u2028\u2029") || len(cell) > maxID {
			return
		}
		slashed := strings.ReplaceAll(strings.ReplaceAll(cell, `\`, `\\`), `'`, `\'`)
		for form, text := range map[string]string{
			"MySQL": "INSERT INTO `o` (`a`,`b`) VALUES ('x','" + slashed + "'),('y',1);",
			"SQL":   "INSERT INTO o (a,b) VALUES ('x','" + strings.ReplaceAll(cell, "'", "''") + "'),('y',1);",
			"COPY":  "COPY o (a, b) FROM stdin;\nx\t" + strings.ReplaceAll(cell, `\`, `\\`) + "\ny\t1\n\\.\n",
			"HTML":  "<table><tr><td>a</td><td>b</td></tr><tr><td>x</td><td>" + html.EscapeString(cell) + "</td></tr><tr><td>y</td><td>1</td></tr></table>",
			"bars":  "| a | b |\n|---|---|\n| x | " + strings.ReplaceAll(cell, "|", `\|`) + " |\n| y | 1 |\n",
		} {
			if form == "bars" && strings.ContainsAny(cell, "│║┃\\") {
				continue
			}
			want := "\"a\",\"b\"\n\"x\",\"" + strings.ReplaceAll(cell, `"`, `""`) + "\"\n\"y\",\"1\"\n"
			if got, _ := recastWhole(text, len(text)); got != want {
				t.Fatalf("%s of %q: %q, want %q", form, cell, got, want)
			}
		}
	})
}

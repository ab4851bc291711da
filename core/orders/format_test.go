package orders

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"
)

// lines says what a log holds: id, first day, spend for each customer.
func lines(r *Reader) string {
	var b strings.Builder
	l := r.Log()
	for i := range l.Customers() {
		for k, d := range l.Days(i) {
			y, m, day := Civil(d)
			fmt.Fprintf(&b, "%s %04d-%02d-%02d %.2f\n", l.ID(i), y, m, day, l.Amounts(i)[k])
		}
	}
	return b.String()
}

// aside says how many rows were set aside for which reason.
func aside(p *Report) string {
	var list []string
	for i := range p.SetAside {
		if n := p.SetAside[i].Rows; n > 0 {
			list = append(list, fmt.Sprintf("%v %d", Reason(i), n))
		}
	}
	return strings.Join(list, ", ")
}

// export is a list as a program writes it, or as somebody keeps it, and what it means; asked is what is to be asked, where the list itself cannot tell.
type export struct {
	text              string
	customers, orders int
	revenue           float64
	aside, asked      string
}

// readAsMeant reads each export and compares what is said of it with what it means.
func readAsMeant(t *testing.T, exports map[string]export) {
	t.Helper()
	for name, c := range exports {
		r := read(t, c.text, Options{Now: Day(2026, 1, 1)})
		p := r.Report()
		revenue := p.Spend
		if math.Abs(revenue-c.revenue) < 1e-9*c.revenue { // sums of cents
			revenue = c.revenue
		}
		got := fmt.Sprintf("%d customers, %d orders, revenue %v, aside %q, asked %q", p.Customers, p.Orders, revenue, aside(p), asked(p))
		want := fmt.Sprintf("%d customers, %d orders, revenue %v, aside %q, asked %q", c.customers, c.orders, c.revenue, c.aside, c.asked)
		if got != want || !p.Balanced() {
			t.Errorf("%s:\n got %s\nwant %s\ncolumns %v %v %s preset %v\n%s", name, got, want, p.Columns, p.Statuses, p.Names, p.Preset, lines(r))
		}
	}
}

const threeRows = "anna 2024-01-02 10.50\nanna 2024-02-03 4.00\nbob 2024-01-05 7.25\n"

// Every form of the same three rows reads the same.
func TestForms(t *testing.T) {
	comma := "id,date,amount\nanna,2024-01-02,10.50\nbob,2024-01-05,7.25\nanna,2024-02-03,4\n"
	utf16be := func(s string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u>>8), byte(u))
		}
		return string(b)
	}
	for name, text := range map[string]string{
		"comma":                comma,
		"no last line end":     strings.TrimSuffix(comma, "\n"),
		"semicolon":            strings.ReplaceAll(comma, ",", ";"),
		"tab":                  strings.ReplaceAll(comma, ",", "\t"),
		"pipe":                 strings.ReplaceAll(comma, ",", "|"),
		"blanks":               strings.ReplaceAll(comma, ",", "   "),
		"blanks before":        "  " + strings.ReplaceAll(strings.ReplaceAll(comma, ",", "\t "), "\n", "  \n "),
		"CRLF":                 strings.ReplaceAll(comma, "\n", "\r\n"),
		"CR":                   strings.ReplaceAll(comma, "\n", "\r"),
		"mixed line ends":      "id,date,amount\r\nanna,2024-01-02,10.50\rbob,2024-01-05,7.25\nanna,2024-02-03,4\r\n",
		"blank lines":          "\n\n" + strings.ReplaceAll(comma, "\n", "\n\n") + ",,\n",
		"UTF-8 with BOM":       "\xef\xbb\xbf" + comma,
		"UTF-16LE with BOM":    "\xff\xfe" + string(utf16le(comma)),
		"UTF-16BE with BOM":    "\xfe\xff" + utf16be(comma),
		"UTF-16LE without BOM": string(utf16le(comma)),
		"UTF-16BE without BOM": utf16be(comma),
		"sep line":             "sep=;\n" + strings.ReplaceAll(comma, ",", ";"),
		"all quoted":           `"id","date","amount"` + "\n" + `"anna","2024-01-02","10.50"` + "\n" + `"bob","2024-01-05","7.25"` + "\n" + `"anna","2024-02-03","4"` + "\n",
		"quotes after blanks":  "id, date, amount\n\"anna\" , \"2024-01-02\", \"10.50\"\nbob,2024-01-05,7.25\nanna,2024-02-03,4\n",
		"no header":            strings.TrimPrefix(comma, "id,date,amount\n"),
		"other order":          "amount,note,date,id\n10.50,x,2024-01-02,anna\n7.25,\"a, \"\"b\"\"\nc\",2024-01-05,bob\n4,,2024-02-03,anna\n",
		"trailing delimiters":  strings.ReplaceAll(comma, "\n", ",\n"),
		"US money":             "id,date,amount\nanna,1/2/2024,$10.50\nbob,1/5/2024,$7.25\nanna,2/3/2024,$4.00\nanna,2/13/2024,$0.00\n",
		"German":               "Kundennummer;Bestelldatum;Gesamtbetrag\nanna;02.01.2024;10,50 €\nbob;05.01.2024;7,25 €\nanna;03.02.2024;4,00 €\n",
		"French":               "Numéro client;Date de commande;Montant TTC\nanna;02/01/2024;10,50 €\nbob;05/01/2024;7,25 €\nanna;03/02/2024;4,00 €\n",
		"Spanish":              "Código cliente;Fecha de pedido;Importe total\nanna;02/01/2024;10,50\nbob;05/01/2024;7,25\nanna;03/02/2024;4,00\n",
		"Portuguese in 1252":   "C\xf3digo do cliente;Data do pedido;Valor total\nanna;02/01/2024;R$ 10,50\nbob;05/01/2024;R$ 7,25\nanna;03/02/2024;R$ 4,00\n",
		"UCI Online Retail":    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n1,A,x,2,1/2/2024 8:26,5.25,anna,UK\n2,A,x,1,1/5/2024 9:00,7.25,bob,UK\n3,A,x,1,2/3/2024 9:00,4,anna,UK\n4,A,x,0,2/13/2024 9:00,4,anna,UK\n",
	} {
		o := Options{DropZero: true}
		r := read(t, text, o)
		if got := lines(r); got != threeRows {
			t.Errorf("%s:\n%s%+v", name, got, r.Report())
		}
	}
}

func TestReportOfForms(t *testing.T) {
	p := read(t, "\xff\xfe"+string(utf16le("Kunde;Datum;Betrag\nA;1.2.2024;5,50 €\n")), Options{}).Report()
	if p.Encoding != EncodingUTF16LE || p.Delimiter != ';' || !p.HasHeader || string(p.Names[2]) != "Betrag" || p.Currency != "EUR" ||
		p.Width != 3 || len(p.Preview) != 1 || string(p.Preview[0][0]) != "A" || p.Columns != ([NumRoles]int{1, 2, 3}) {
		t.Errorf("%+v", p)
	}
}

func TestIDs(t *testing.T) {
	r := read(t, "id,date,amount\nM\xfcller,2024-01-01,1\nMüller,2024-01-02,1\n Ann@X.com ,2024-01-01,1\nann@x.com,2024-01-02,1\n007,2024-01-01,1\n7,2024-01-01,1\n\"a \"\"b\"\"\",2024-01-01,1\n日本,2024-01-01,1\n=cmd(),2024-01-01,1\n", Options{})
	want := []string{"Müller", "ann@x.com", "007", "7", `a "b"`, "日本", "=cmd()"}
	for i, w := range want {
		if i >= r.Log().Customers() || string(r.Log().ID(i)) != w {
			t.Fatalf("customers:\n%s", lines(r))
		}
	}
	if r.Report().Recoded != 1 || r.Report().Encoding != EncodingWindows1252 {
		t.Errorf("recoded %d, %v", r.Report().Recoded, r.Report().Encoding)
	}
}

func TestColumnsOverridden(t *testing.T) {
	text := "a,b,c,d\n5,2024-01-01,2024-06-01,x\n"
	r := read(t, text, Options{Header: HeaderPresent, Columns: [NumRoles]int{RoleID: 4, RoleDate: 3, RoleAmount: 1}})
	if got := lines(r); got != "x 2024-06-01 5.00\n" {
		t.Errorf("%s%+v", got, r.Report())
	}
	r = read(t, "id,date,amount\nx,2024-01-01,5\n", Options{Columns: [NumRoles]int{RoleAmount: None}})
	if got := lines(r); got != "x 2024-01-01 0.00\n" {
		t.Errorf("without amounts: %s", got)
	}
	r = read(t, "id,date,amount\nx,2024-01-01,5\n", Options{Columns: [NumRoles]int{RoleDate: 1 << 20}})
	if got := aside(r.Report()); got != "too_few_columns 1" {
		t.Errorf("a column beyond the file: %s", got)
	}
}

// Columns are told apart by their names; the nearest wrong ones stand beside.
func TestNames(t *testing.T) {
	for header, want := range map[string][3]int{
		"Order ID,Customer ID,Customer Name,Order Date,Ship Date,Sales,Quantity,Discount,Profit":  {2, 4, 6},
		"order_id,tax_total,shipping_total,total,created_at,user_id":                              {6, 5, 4},
		"Date,Discount Amount,Tax Amount,Amount,Email":                                            {5, 1, 4},
		"household_key,BASKET_ID,DAY,SALES_VALUE":                                                 {1, 3, 4},
		"N° client;Date facture;Montant HT":                                                       {1, 2, 3},
		"Rechnungsnummer;Rechnungsdatum;Kundennr.;Rechnungsbetrag;MwSt Betrag":                    {3, 2, 4},
		"customer_id,address1,q2,tax1,order_date,total":                                           {1, 5, 6},
		"CustomerID|InvoiceDate|Revenue":                                                          {1, 2, 3},
		"customer_unique_id,order_purchase_timestamp,payment_value,order_delivered_customer_date": {1, 2, 3},
	} {
		p := read(t, header+"\n", Options{}).Report()
		if got := ([3]int{p.Columns[RoleID], p.Columns[RoleDate], p.Columns[RoleAmount]}); got != want {
			t.Errorf("%s: %v, want %v", header, got, want)
		}
	}
}

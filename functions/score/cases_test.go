package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const cases = "../../core/orders/testdata/cases/"

// Every case of core/orders through the command: customers, orders and revenue as its summaries
// have them. The figures are those of core/orders/testdata/README.md.
func TestCases(t *testing.T) {
	for _, c := range []struct {
		name              string
		customers, orders int
		revenue           float64
		says              string
	}{
		{"quantity-times-price", 2, 4, 58, "question: is \"Price\" the price of one?"},
		{"na-is-no-customer", 2, 3, 6, "3 rows, missing id"},
		{"guests-are-customer-0", 2, 3, 80, `id 5 "Email"`},
		{"id-empty-email-filled", 1, 2, 40, `id 8 "Customer Email"`},
		{"every-row-its-own-customer", 2, 4, 70, `id 3 "customer_unique_id"`},
		{"refunded-yes-or-no", 2, 2, 110, "2 rows, refunded"},
		{"credit-note", 2, 2, 120, "1 refunds netted"},
		{"refund-days-later", 2, 2, 70, `type: "Payment" 3 as paid, "Refund" 1 as refund`},
		{"refund-row-by-status", 2, 3, 65, "refunds: 5.00 taken off"},
		{"till-transactions", 2, 3, 1080, "1 row, missing id"},
		{"returns-by-type", 1, 2, 100, `type: "Invoice" 3 as paid, "Return" 1 as refund`},
		{"statuses-of-the-world", 1, 1, 100, `"Awaiting Payment" 1 as unpaid`},
		{"total-including-tax", 1, 1, 50, `question: is "Order Total (inc tax)" your revenue? It was taken, and could be "Order Total (ex tax)"`},
		{"two-currencies", 2, 3, 30, "question: which currency? EUR was taken, 1 row in others skipped (-currency decides; -rates USD=0.92 converts)"},
		{"camel-case", 2, 3, 60, ""},
		{"japanese", 2, 3, 3500, ""},
		{"title-and-total-lines", 2, 3, 60, "2 lines above the header left out"},
		{"lines-in-quotes", 2, 3, 60, "whole lines stood in quotes"},
		{"gift-cards", 2, 2, 90, "note: 2 sales of gift cards set aside: what a card buys is the order (-keep gift-cards counts both)"},
		{"one-week", 34, 43, 6450, "43 rows = 43 orders"},
		{"html-as-xls", 1, 2, 40, "1 row, cancelled"},
		{"sql-dump", 2, 3, 60.5, `note: of 2 tables in the dump "orders" was read`},
		{"drawn-table", 2, 3, 60, "3 rows = 3 orders"},
	} {
		code, out, report := call(t, nil, "-summaries", cases+c.name+".csv")
		if code != 0 || !strings.Contains(report, c.says) {
			t.Errorf("%s: exit code %d, without %q\n%s", c.name, code, c.says, report)
			continue
		}
		got := figures(t, out)
		if want := fmt.Sprintf("%d customers, %d orders, revenue %.2f", c.customers, c.orders, c.revenue); got != want {
			t.Errorf("%s: %s, want %s\n%s", c.name, got, want, report)
		}
	}
}

// figures is what summaries come to.
func figures(t *testing.T, summaries string) string {
	t.Helper()
	table := parsed(t, summaries)
	return fmt.Sprintf("%d customers, %.0f orders, revenue %.2f", len(table["id"]), sum(numbersOf(t, table["frequency"]))+float64(len(table["id"])),
		sum(numbersOf(t, table["spend"])))
}

func TestChoices(t *testing.T) {
	for _, c := range []struct{ args, file, want string }{
		{"-statuses Awaiting.Payment=paid,denied=paid", "statuses-of-the-world", "2 customers, 3 orders, revenue 300.00"},
		{"-keep unpaid", "statuses-of-the-world", "2 customers, 4 orders, revenue 400.00"},
		{"-currency USD", "two-currencies", "1 customers, 1 orders, revenue 10.00"},
		{"-refunds same-day", "credit-note", "2 customers, 3 orders, revenue 220.00"},
		{"-refunds drop", "credit-note", "2 customers, 3 orders, revenue 220.00"},
		{"-identity customer_id", "every-row-its-own-customer", "4 customers, 4 orders, revenue 70.00"},
		{"-columns quantity=none", "quantity-times-price", "2 customers, 4 orders, revenue 20.50"},
		{"-currency EUR -rates USD=0.5", "two-currencies", "2 customers, 4 orders, revenue 35.00"},
		{"-reading currency=EUR&rate_USD=0.5", "two-currencies", "2 customers, 4 orders, revenue 35.00"},
		{"-reading ?refunds=drop&column_id=customer", "credit-note", "2 customers, 3 orders, revenue 220.00"},
		{"-reading refunds=drop -refunds earlier", "credit-note", "2 customers, 2 orders, revenue 120.00"},
		{"-reading as_paid=Awaiting%20Payment&as_paid=denied", "statuses-of-the-world", "2 customers, 3 orders, revenue 300.00"},
		{"-keep gift-cards", "gift-cards", "2 customers, 4 orders, revenue 165.00"},
		{"-reading gift_cards=keep", "gift-cards", "2 customers, 4 orders, revenue 165.00"},
		{"-skip a", "credit-note", "1 customers, 1 orders, revenue 60.00"},
		{"-columns amount=6", "total-including-tax", "1 customers, 1 orders, revenue 40.00"},
	} {
		args := strings.Fields(c.args)
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "Awaiting.Payment", "Awaiting Payment")
		}
		code, out, report := call(t, nil, append(append([]string{"-summaries"}, args...), cases+c.file+".csv")...)
		if code != 0 {
			t.Errorf("%s: %s", c.args, report)
			continue
		}
		if got := figures(t, out); got != c.want {
			t.Errorf("%s: %s, want %s\n%s", c.args, got, c.want, report)
		}
	}
}

// Where a rate converts what others say, nothing is left to ask.
func TestConvertedIsNotAsked(t *testing.T) {
	for args, asked := range map[string]bool{"-currency GBP -rates USD=0.5,EUR=1": false, "-currency GBP -rates EUR=1": true, "-currency EUR": false} {
		_, _, report := call(t, nil, append(append([]string{"-summaries"}, strings.Fields(args)...), cases+"two-currencies.csv")...)
		if strings.Contains(report, "which currency?") != asked {
			t.Errorf("%s: %s", args, report)
		}
	}
}

// What was decided is said as one text, which decides the same again.
func TestReadingIsSaid(t *testing.T) {
	_, _, report := call(t, nil, "-summaries", "-currency", "EUR", "-rates", "USD=0.5", "-columns", "amount=Total", cases+"two-currencies.csv")
	if want := `settings: -reading "column_amount=Total&currency=EUR&rate_USD=0.5"`; !strings.Contains(report, want) {
		t.Errorf("without %s\n%s", want, report)
	}
	for _, args := range [][]string{{"-reading", "refunds=perhaps"}, {"-rates", "USD=0.5"}, {"-currency", "EUR", "-rates", "USD"}, {"-skip", ","}} {
		if code, _, report := call(t, nil, append(args, cases+"two-currencies.csv")...); code != 2 {
			t.Errorf("%s: exit code %d\n%s", args, code, report)
		}
	}
}

// A model file keeps how its list was read, and no customer; the next list is read the same way, unless the command says else.
func TestModelFileKeepsReading(t *testing.T) {
	text := "id,date,total,net amount,state\n"
	for i := range 60 {
		text += fmt.Sprintf("c%d,2024-%02d-%02d,10,20,%s\n", i%20, 1+i%11, 1+i%27, []string{"paid", "parked"}[i%3/2])
	}
	dir := t.TempDir()
	list, file := filepath.Join(dir, "a.csv"), filepath.Join(dir, "m.json")
	if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, report := call(t, nil, "-save-model", file, "-columns", "amount=net amount", "-statuses", "parked=cancelled", "-refunds", "drop", "-skip", "c7", list); code != 0 {
		t.Fatal(report)
	}
	saved, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(saved), `"reading": "column_amount=net%20amount&as_cancelled=parked&refunds=drop"`) || strings.Contains(string(saved), "c7") {
		t.Fatalf("%v %s", err, saved)
	}
	code, _, report := call(t, nil, "-model-file", file, "-statuses", "parked=paid", list)
	if want := `settings: -reading "column_amount=net%20amount&as_paid=parked&refunds=drop"`; code != 0 || !strings.Contains(report, want) {
		t.Errorf("exit code %d, without %s\n%s", code, want, report)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(saved), "refunds=drop", "refunds=never", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, report := call(t, nil, "-model-file", file, list); code != 1 || !strings.Contains(report, "refunds=never") {
		t.Errorf("exit code %d\n%s", code, report)
	}
}

// Nothing of a file that is not understood is shown: its names may be people's.
func TestNothingPersonal(t *testing.T) {
	for _, text := range []string{
		"Ann Smith,ann@secret.example,Berlin\nBob Secret,bob@secret.example,Paris\n",
		"ann@secret.example\nbob@secret.example\n",
		"email,note\nann@secret.example,Secret street 5\n",
	} {
		code, _, report := call(t, strings.NewReader(text))
		if code != 1 || strings.Contains(strings.ToLower(report), "secret") || !strings.Contains(report, "no column for") {
			t.Errorf("exit code %d\n%s", code, report)
		}
	}
}

// The same orders in every container.
func TestContainers(t *testing.T) {
	const want = "2 customers, 3 orders, revenue 60.00"
	csv, err := os.ReadFile(cases + "camel-case.csv")
	if err != nil {
		t.Fatal(err)
	}
	second := "CustomerEmail,OrderDate,TotalAmount\na@x.example,2024-03-05,30\nc@x.example,2024-04-05,40\n"
	items := "order_id,price\n1,10\n2,15\n2,5\n3,30\n"
	heads := "order_id,customer_id,order_purchase_timestamp\n1,k1,2024-01-05\n2,k2,2024-02-05\n3,k3,2024-03-05\n"
	people := "customer_id,customer_unique_id\nk1,a\nk2,b\nk3,a\n"
	dir := t.TempDir()
	file := func(name string, text []byte) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"gzip":             {[]string{file("a.csv.gz", zipped(t, csv))}, want},
		"zip":              {[]string{file("a.zip", archived(t, map[string][]byte{"orders.csv": csv, "readme.md": nil, "__MACOSX/._orders.csv": {0}}))}, want},
		"xlsx":             {[]string{file("a.xlsx", book(t, csv))}, want},
		"xlsx in a zip":    {[]string{file("b.zip", archived(t, map[string][]byte{"orders.xlsx": book(t, csv)}))}, want},
		"JSON list":        {[]string{file("a.json", []byte(`[{"email":"a@x.example","date":"2024-01-05","total":10},{"email":"b@x.example","date":"2024-02-05","total":20},{"email":"a@x.example","date":"2024-03-05","total":30}]`))}, want},
		"nested JSON":      {[]string{file("b.json", []byte(`{"data":{"orders":[{"customer":{"email":"a@x.example"},"createdAt":"2024-01-05T10:00:00Z","total":{"amount":"10.00"}},{"customer":{"email":"b@x.example"},"createdAt":"2024-02-05T10:00:00Z","total":{"amount":"20.00"}},{"customer":{"email":"a@x.example"},"createdAt":"2024-03-05T10:00:00Z","total":{"amount":"30.00"}}]}}`))}, want},
		"nested lines":     {[]string{file("c.jsonl", []byte("{\"customer\":{\"id\":\"a\"},\"date\":\"2024-01-05\",\"total\":10}\n{\"customer\":{\"id\":\"b\"},\"date\":\"2024-02-05\",\"total\":20}\n{\"customer\":{\"id\":\"a\"},\"date\":\"2024-03-05\",\"total\":30}\n"))}, want},
		"overlapping":      {[]string{cases + "camel-case.csv", file("second.csv", []byte(second))}, "3 customers, 4 orders, revenue 100.00"},
		"in one zip":       {[]string{file("c.zip", archived(t, map[string][]byte{"a.csv": csv, "b.csv": []byte(second)}))}, "3 customers, 4 orders, revenue 100.00"},
		"orders and items": {[]string{file("orders.csv", []byte(heads)), file("items.csv", []byte(items)), file("people.csv", []byte(people))}, want},
		"Shift_JIS":        {[]string{file("sjis.csv", []byte("\x92\x8d\x95\xb6\x94\xd4\x8d\x86,\x92\x8d\x95\xb6\x93\xfa,\x8c\xda\x8bq\x96\xbc,\x8d\x87\x8cv\x8b\xe0\x8az\n1,2024/01/05,\x8eR\x93c\x82\xbd\x82\xeb\x82\xa4,1200\n2,2024/02/05,\x97\xe9\x96\xd8\x83n\x83i\x83R,800\n"))}, "2 customers, 2 orders, revenue 2000.00"},
	} {
		code, out, report := call(t, nil, append([]string{"-summaries"}, c.files...)...)
		if code != 0 {
			t.Errorf("%s: %s", name, report)
			continue
		}
		if got := figures(t, out); got != c.want {
			t.Errorf("%s: %s, want %s\n%s", name, got, c.want, report)
		}
	}
	for name, c := range map[string]struct{ text, want string }{
		"a web page":    {"<!DOCTYPE html><table><tr><td>a</td></tr></table>", "web page"},
		"XML":           {"<?xml version=\"1.0\"?>\n<orders><order id=\"1\"/></orders>", "is XML"},
		"a page in XML": {"<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>", "web page"},
		"a cut archive": {"PK\x03\x04 and no more", "cut short"},
		"no table":      {string(archived(t, map[string][]byte{"a.png": {1}})), "without a CSV"},
	} {
		if code, _, report := call(t, strings.NewReader(c.text)); code != 1 || !strings.Contains(report, c.want) {
			t.Errorf("%s: exit code %d\n%s", name, code, report)
		}
	}
}

func zipped(t *testing.T, text []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(text); err != nil || z.Close() != nil {
		t.Fatal("gzip")
	}
	return b.Bytes()
}

func archived(t *testing.T, files map[string][]byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if z.Close() != nil {
		t.Fatal("zip")
	}
	return b.Bytes()
}

// book is a workbook, as small as the format allows, of the cells of a CSV without quotes: dates as serial days
// with a format of dates, numbers as numbers.
func book(t *testing.T, csv []byte) []byte {
	const head = `<?xml version="1.0" encoding="UTF-8"?>`
	rows := ""
	for i, line := range strings.Split(strings.TrimSpace(string(csv)), "\n") {
		rows += fmt.Sprintf(`<row r="%d">`, i+1)
		for k, cell := range strings.Split(line, ",") {
			ref := fmt.Sprintf("%c%d", 'A'+k, i+1)
			switch {
			case i > 0 && k == 1:
				serial := map[string]int{"2024-01-05": 45296, "2024-02-05": 45327, "2024-03-05": 45356}[cell]
				rows += fmt.Sprintf(`<c r="%s" s="1"><v>%d</v></c>`, ref, serial)
			case i > 0 && k == 2:
				rows += fmt.Sprintf(`<c r="%s"><v>%s</v></c>`, ref, cell)
			default:
				rows += fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, cell)
			}
		}
		rows += "</row>"
	}
	return archived(t, map[string][]byte{
		"[Content_Types].xml":        []byte(head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`),
		"xl/workbook.xml":            []byte(head + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>`),
		"xl/_rels/workbook.xml.rels": []byte(head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`),
		"xl/styles.xml":              []byte(head + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`),
		"xl/worksheets/sheet1.xml":   []byte(head + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`),
	})
}

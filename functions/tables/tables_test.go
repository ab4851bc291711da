package tables

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"hourglass/core/orders"
)

func text(t *testing.T, in io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestRows(t *testing.T) {
	for in, want := range map[string]string{
		`[{"id":1,"a":{"b":"x,y"}},{"id":2,"a":null}]`:                     "a.b,id\n\"x,y\",1\n,2\n",
		`{"orders":[{"id":1},{"id":2}],"count":2}`:                         "id\n1\n2\n",
		`{"id":1,"email":"a","total":3,"items":[{"price":1},{"price":2}]}`: "email,id,items.price,total\na,1,1,3\na,1,2,3\n",
		"{\"id\":1}\n{\"id\":2,\"ok\":true}\n":                             "id,ok\n1,\n2,true\n",
		"\xef\xbb\xbf[{\"n\":12345678901234567890}]":                       "n\n12345678901234567890\n",
		`{"data":{"x":{"list":[{"id":1,"k":"v"}]}}}`:                       "id,k\n1,v\n",
	} {
		r, err := Rows(strings.NewReader(in), "")
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if got := text(t, r); got != want {
			t.Errorf("%s:\n%s", in, got)
		}
	}
	const two = `{"store":{"orders":[{"id":1}],"items":[{"k":1},{"k":2}]}}`
	if r, err := Rows(strings.NewReader(two), "store.orders"); err != nil || text(t, r) != "id\n1\n" {
		t.Error(err)
	}
	if _, err := Rows(strings.NewReader(two), "store.customers"); err == nil || !strings.Contains(err.Error(), "store.items (2), store.orders (1)") {
		t.Error(err)
	}
	for _, in := range []string{"", "[", "[1,2]", `{"a":`, "[]", "null"} {
		if _, err := Rows(strings.NewReader(in), ""); err == nil {
			t.Errorf("%q passes", in)
		}
	}
}

// sheet is the content of an OpenDocument workbook, in the form that LibreOffice writes: dates and money in attributes, cells and
// rows that stand for several, a million empty ones at the end.
const sheet = `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>
<table:table table:name="Empty"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>
<table:table table:name="Orders"><table:table-column/>
<table:table-row><table:table-cell office:value-type="string"><text:p>Customer</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Date</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Note</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Total</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1020"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>Ann, <text:span>A.</text:span></text:p><office:annotation><text:p>a note</text:p></office:annotation></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-01-05"><text:p>5 Jan</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type="currency" office:currency="EUR" office:value="10.5"><text:p>10,50 €</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1"><table:table-cell table:number-columns-repeated="4"/></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="7"><text:p>7,0</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-02-05T10:00:00"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>`

func openDocumentFile(t testing.TB, content string) string {
	t.Helper()
	var b strings.Builder
	z := zip.NewWriter(&b)
	for _, member := range [][2]string{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", content}} {
		w, err := z.Create(member[0])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, member[1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOpenDocument(t *testing.T) {
	list, err := Open("a.ods", strings.NewReader(openDocumentFile(t, sheet)))
	if err != nil || len(list) != 1 || list[0].Name != "a.ods/Orders" {
		t.Fatal(list, err)
	}
	if got := text(t, list[0]); got != "Customer,Date,Note,Total\n\"Ann, A.\",2024-01-05,,10.5 EUR\n\"Ann, A.\",2024-01-05,,10.5 EUR\n\n7,2024-02-05T10:00:00,3,3\n" {
		t.Errorf("%q", got)
	}
	many := strings.Replace(sheet, `number-rows-repeated="2"`, `number-rows-repeated="1048576"`, 1)
	for _, content := range []string{"", "<a>", sheet[:900], "<x/>", many} {
		if _, err := Open("a.ods", strings.NewReader(openDocumentFile(t, content))); err == nil {
			t.Errorf("%q passes", content[:min(len(content), 20)])
		}
	}
}

// What LibreOffice writes, as site/test/archive.test.ts reads it too.
func TestLibreOffice(t *testing.T) {
	file, err := os.Open("testdata/orders.ods")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	list, err := Open("orders.ods", file)
	if err != nil || len(list) != 2 || list[0].Name != "orders.ods/About" {
		t.Fatal(list, err)
	}
	want, err := os.ReadFile("testdata/orders.csv")
	if got := text(t, list[1]); err != nil || got != string(want) {
		t.Errorf("%q, %v", got, err)
	}
}

func FuzzOpenDocument(f *testing.F) {
	f.Add(sheet)
	f.Fuzz(func(t *testing.T, content string) {
		list, err := Open("a.ods", strings.NewReader(openDocumentFile(t, content)))
		for _, table := range list {
			if _, err := io.Copy(io.Discard, table); err != nil {
				t.Fatal(err)
			}
		}
		if err == nil && len(list) == 0 {
			t.Fatal("neither tables nor an error")
		}
	})
}

func FuzzRows(f *testing.F) {
	f.Add(`[{"id":1,"a":{"b":"x,y"}}]`)
	f.Add(`{"orders":[{"id":1,"items":[{"p":1},{"p":2}]}]}`)
	f.Fuzz(func(t *testing.T, in string) {
		r, err := Rows(strings.NewReader(in), "")
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzOpen(f *testing.F) {
	f.Add("id,date\na,2024-01-01\n")
	f.Add("PK\x03\x04")
	f.Add("\x1f\x8b\x08")
	f.Fuzz(func(t *testing.T, in string) {
		list, err := Open("x", strings.NewReader(in))
		if err != nil {
			return
		}
		r, err := Join(list, orders.Options{}, "")
		if err != nil {
			return
		}
		io.Copy(io.Discard, io.LimitReader(r, 1<<20)) // damaged archives end in an error, not in a panic
	})
}

// Of the lists in an order the lines are those of items, however many others there are; refunds are summed.
func TestListsOfAnOrder(t *testing.T) {
	in, err := os.ReadFile("testdata/exports/shopify-api.json")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/nested.csv")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Rows(bytes.NewReader(in), "")
	if err != nil {
		t.Fatal(err)
	}
	if got := text(t, r); got != string(want) {
		t.Errorf("%s", got)
	}
}

// Tables of every form are joined, and what was done with each is said. What tables are for is tested in core/orders.
func TestJoin(t *testing.T) {
	var list []*Table
	for _, file := range [][2]string{
		{"orders.csv", "order_id,customer_id,date\n1,k1,2024-01-05\n2,k2,2024-02-05\n"},
		{"lines.json", `[{"order_id":1,"line_total":10},{"order_id":1,"line_total":5},{"order_id":2,"line_total":20}]`},
		{"people.csv", "id;email\nk1;a@x.example\nk2;b@x.example\n"},
		{"notes.txt", "nothing of interest\n"},
	} {
		more, err := Open(file[0], strings.NewReader(file[1]))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, more...)
	}
	r, err := Join(list, orders.Options{}, "")
	if err != nil {
		t.Fatal(err)
	}
	const want = "order_id,customer_id,date,line_total,email\n1,k1,2024-01-05,10,a@x.example\n1,k1,2024-01-05,5,a@x.example\n2,k2,2024-02-05,20,b@x.example\n"
	if got := text(t, r); got != want {
		t.Errorf("%s", got)
	}
	const notes = `orders from orders.csv (2 rows)
lines.json gives the amounts, joined by "order_id": 3 rows
people.csv tells who the customers are, joined by "customer_id" and its own "id": 2 rows
notes.txt holds no table with named columns and rows: left out`
	if got := strings.Join(r.Notes(), "\n"); got != notes {
		t.Errorf("%s", got)
	}
}

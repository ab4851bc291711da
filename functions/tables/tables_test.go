package tables

import (
	"io"
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
		r, err := Rows(strings.NewReader(in))
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if got := text(t, r); got != want {
			t.Errorf("%s:\n%s", in, got)
		}
	}
	for _, in := range []string{"", "[", "[1,2]", `{"a":`, "[]", "null"} {
		if _, err := Rows(strings.NewReader(in)); err == nil {
			t.Errorf("%q passes", in)
		}
	}
}

func FuzzRows(f *testing.F) {
	f.Add(`[{"id":1,"a":{"b":"x,y"}}]`)
	f.Add(`{"orders":[{"id":1,"items":[{"p":1},{"p":2}]}]}`)
	f.Fuzz(func(t *testing.T, in string) {
		r, err := Rows(strings.NewReader(in))
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
		r, _, err := Join(list, orders.Options{})
		if err != nil {
			return
		}
		io.Copy(io.Discard, io.LimitReader(r, 1<<20)) // damaged archives end in an error, not in a panic
	})
}

// What tables are for is decided by what they hold.
func TestJoin(t *testing.T) {
	table := func(name, text string) *Table {
		list, err := Open(name, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return list[0]
	}
	for name, c := range map[string]struct {
		tables []string
		want   string
		note   string
	}{
		"a column more": {[]string{"id,date,total\na,2024-01-01,5\n", "total,date,id,note\n7,2024-02-01,b,x\n"}, "id,date,total,note\na,2024-01-01,5,\nb,2024-02-01,7,x\n", "one after the other"},
		"other marks":   {[]string{"id,date,total\na,2024-01-01,5\n", "id;date;total\nb;2024-02-01;7\n"}, "id,date,total\na,2024-01-01,5\nb,2024-02-01,7\n", "one after the other"},
		"repeats":       {[]string{"id,date,total\na,2024-01-01,5\na,2024-01-01,5\n", "id,date,total\na,2024-01-01,5\na,2024-01-01,5\na,2024-01-01,5\n"}, "id,date,total\na,2024-01-01,5\na,2024-01-01,5\na,2024-01-01,5\n", "one after the other"},
		"items beside totals": {[]string{"order_id,email,date,total\n1,a@x.example,2024-01-01,5\n", "order_id,sku,price\n1,x,2\n1,y,3\n"},
			"order_id,email,date,total\n1,a@x.example,2024-01-01,5\n", "the orders have their amounts"},
		"a stranger": {[]string{"id,date,total\na,2024-01-01,5\n", "colour,shape\nred,round\n"}, "id,date,total\na,2024-01-01,5\n", "shares no column"},
	} {
		var list []*Table
		for i, text := range c.tables {
			list = append(list, table(string(rune('A'+i)), text))
		}
		r, notes, err := Join(list, orders.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := text(t, r); got != c.want || !strings.Contains(strings.Join(notes, "\n"), c.note) {
			t.Errorf("%s: %q\n%s", name, notes, got)
		}
	}
}

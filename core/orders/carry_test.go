package orders

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// carriedNames are the columns that a file carries.
func carriedNames(text string, o Options) (names []string, l *Log) {
	r := NewReader(o)
	r.Write([]byte(text))
	r.Close()
	l = r.Log()
	for i := range l.Carried {
		names = append(names, string(l.Carried[i].Name))
	}
	return names, l
}

// exports are files as shops and CRMs write them, with the columns by which their customers can be grouped.
func TestCarriedColumns(t *testing.T) {
	rows := func(head string, row func(i int) string) string {
		var b strings.Builder
		b.WriteString(head + "\n")
		for i := range 60 {
			b.WriteString(row(i) + "\n")
		}
		return b.String()
	}
	pick := func(i int, of ...string) string { return of[i%len(of)] }
	for _, c := range []struct{ name, text, want string }{
		{"a shop", rows("Name,Email,Financial Status,Paid at,Currency,Total,Discount Code,Created at,Lineitem name,Billing Name,Billing Street,Billing City,Billing Country,Phone,Tags,Source,Notes", func(i int) string {
			return fmt.Sprintf("#%d,a%d@x.de,paid,2024-01-%02d 10:00:00 +0100,EUR,%d.50,%s,2024-01-%02d 10:00:00 +0100,%s,Ann %d,Street %d,%s,%s,+49 30 %d,%s,%s,note %d",
				1000+i, i%40, 1+i%28, 10+i, pick(i, "", "", "WELCOME10"), 1+i%28, pick(i, "Soap", "Tea", "Mug", "Oil"), i%40, i, pick(i, "Berlin", "Wien", "Bern"), pick(i, "DE", "AT", "CH"), 100000+i%40, pick(i, "vip", "", "news"), pick(i, "web", "pos", "instagram"), i)
		}), "Source|Billing Country|Discount Code|Tags|Lineitem name|Billing City"},
		{"deals", rows("Deal ID,Account Name,Close Date,Amount,Stage,Owner,Lead Source", func(i int) string {
			return fmt.Sprintf("%d,Acme %d,2024-%02d-%02d,%d000,Closed Won,%s,%s", i, i%30, 1+i%12, 1+i%28, 1+i%9, pick(i, "Ann", "Bob", "Cy"), pick(i, "Fair", "Web", "Call", "Partner"))
		}), "Lead Source|Owner"},
		{"nothing to carry", rows("customer,date,amount,note", func(i int) string { return fmt.Sprintf("c%d,2024-01-%02d,%d,note %d", i%30, 1+i%28, i, i) }), ""},
		{"no header", rows("c1,2024-01-01,5,web", func(i int) string {
			return fmt.Sprintf("c%d,2024-01-%02d,%d.20,%s", i%30, 1+i%28, i, pick(i, "web", "shop"))
		}), ""},
	} {
		names, l := carriedNames(c.text, Options{Carry: MaxCarried})
		if got := strings.Join(names, "|"); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if l.Customers() == 0 {
			t.Errorf("%s: nobody", c.name)
		}
	}
}

// A column has values, whatever capitals they are in, and none that say that there is none; what is beyond the bound is together.
func TestCarriedValues(t *testing.T) {
	of := func(l *Log) (out []string) {
		for c := range l.Customers() {
			switch v := l.CarriedBy(0, c); v {
			case NoValue:
				out = append(out, "-")
			case OtherValue:
				out = append(out, "*")
			default:
				out = append(out, string(l.Carried[0].Value(v)))
			}
		}
		return out
	}
	text := "customer,date,amount,channel\n"
	for i, v := range []string{"Web", "web", "WEB ", "", "null", "(not set)", "N/A", "Web", "\"a \"\"b\"\"\"", "خصم", strings.Repeat("é", 60), "Other"} {
		text += fmt.Sprintf("c%d,2024-01-02,5,%s\n", i, v)
	}
	_, l := carriedNames(text, Options{GroupBy: 4})
	want := []string{"Web", "Web", "Web", "-", "-", "-", "-", "Web", `a "b"`, "خصم", strings.Repeat("é", 40), "Other"}
	if got := of(l); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%q, want %q", got, want)
	}
	var b strings.Builder
	b.WriteString("customer,date,amount,channel\n")
	for i := range maxValues + 100 {
		fmt.Fprintf(&b, "c%d,2024-01-02,5,v%d\n", i, i)
	}
	_, l = carriedNames(b.String(), Options{GroupBy: 4})
	if got := of(l); l.Carried[0].Values() != maxValues || got[maxValues-1] != fmt.Sprintf("v%d", maxValues-1) || got[maxValues] != "*" || got[maxValues+99] != "*" {
		t.Errorf("%d values, %q %q", l.Carried[0].Values(), got[maxValues-1], got[maxValues])
	}
	// Customers whom the file writes in two ways, one who is left out, and columns that are named twice.
	names, l := carriedNames("customer,date,amount,channel\nA@x.de,2024-01-03,5,web\nb@x.de,2024-01-02,5,shop\na@x.de,2024-01-01,5,shop\nc@x.de,2024-01-02,5,mail\n", Options{GroupBy: 4, Carry: 8, Skip: []string{"b@x.de"}})
	if got := of(l); strings.Join(got, "|") != "shop|mail" || len(names) != 1 {
		t.Errorf("%q of %q", got, names)
	}
}

// TestCarriedMemory holds that columns cost two bytes a row each and no more, however long and many their texts are.
func TestCarriedMemory(t *testing.T) {
	file := func(pad string) []byte {
		b := []byte("customer,date,amount")
		for c := range MaxCarried {
			b = fmt.Appendf(b, ",source%d", c)
		}
		b = append(b, '\n')
		for i := range 60_000 {
			b = fmt.Appendf(b, "C%06d,2024-%02d-%02d,%d.50", i%2000, 1+i%12, 1+i%28, i%300)
			for c := range MaxCarried {
				b = append(strconv.AppendInt(append(b, ','), int64(i%(200+20000*c)), 10), pad...) // 2 million cells: Appendf takes longer than their reader
			}
			b = append(b, '\n')
		}
		return b
	}
	size := func(data []byte, o Options) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := NewReader(o)
		r.Write(data)
		r.Close()
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for _, pad := range []string{"", strings.Repeat("x", 300)} {
		data := file(pad)
		without, with := size(data, Options{}), size(data, Options{Carry: MaxCarried})
		// The texts of a column: 4,095 of 81 bytes at most, in three tables that double their slots of 16 bytes as they grow.
		const tables = MaxCarried * 3 * (maxValues*(maxValue+1) + pageSize + 4*16*maxValues)
		if most := without + 60_000*MaxCarried*2 + 2000*MaxCarried*2 + blockSize*MaxCarried*2 + tables; with > most {
			t.Errorf("%d bytes without columns, %d with, want at most %d", without, with, most)
		}
	}
}

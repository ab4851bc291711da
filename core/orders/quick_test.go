package orders

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"testing"
)

// bothWays compares a file read row by row with the same file read with quickRow.
func bothWays(t *testing.T, data []byte, o Options) {
	t.Helper()
	quick := digest(readWhole(data, o))
	o.slow = true
	if slow := digest(readWhole(data, o)); slow != quick {
		t.Fatalf("%q\nquick: %s\nslow: %s", clip(data, 2000), quick, slow)
	}
}

func FuzzQuickRow(f *testing.F) {
	for i, s := range seeds() {
		f.Add([]byte(s), byte(i))
	}
	for i := range 20 {
		f.Add(mixedFile(rand.New(rand.NewSource(int64(i))), 12), byte(i*13))
	}
	f.Fuzz(func(t *testing.T, data []byte, bits byte) { bothWays(t, data, fuzzOptions(bits)) })
}

func TestQuickRowsAreTheSame(t *testing.T) {
	for i := range 300 {
		rng := rand.New(rand.NewSource(int64(i)))
		o := fuzzOptions(byte(rng.Intn(256)))
		if i%3 == 0 {
			o.GroupBy = 1 + rng.Intn(4)
		}
		if i%2 == 0 {
			o.Carry = 1 + rng.Intn(MaxCarried)
		}
		bothWays(t, mixedFile(rng, 5+rng.Intn(400)), o)
	}
	err := filepath.WalkDir("testdata", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".csv" {
			return err
		}
		data, err := os.ReadFile(path)
		bothWays(t, data, Options{})
		bothWays(t, data, Options{Now: Day(2024, 6, 1), Zone: Zone{Set: true, Minutes: -300}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	bothWays(t, benchFile(20000), Options{})
	bothWays(t, benchWide(2000), Options{})
	pounds := bytes.Replace(benchFile(20000), []byte("amount"), []byte("Amount (GBP)"), 1)
	for _, o := range []Options{{}, {Currency: "GBP"}, {Currency: "EUR"}, {Currency: "EUR", Rates: []Rate{{"GBP", 1.2}}}} {
		bothWays(t, pounds, o)
	}
	if r := readWhole(pounds, Options{Currency: "EUR"}).Report(); r.Orders != 0 || r.SetAside[ReasonOtherCurrency].Rows != 20000 {
		t.Errorf("of 20,000 rows in pounds %d are orders in euros", r.Orders)
	}
}

// TestMostRowsAreQuick holds what the speed rests on: rows of the common kinds do not take the long way.
func TestMostRowsAreQuick(t *testing.T) {
	for name, data := range map[string][]byte{"narrow": benchFile(20000), "wide": benchWide(2000)} {
		r := NewReader(Options{})
		r.Write(data)
		r.Close()
		if rows := r.Report().Rows; r.quick.rows < rows*9/10 {
			t.Errorf("%s: %d of %d rows are quick", name, r.quick.rows, rows)
		}
	}
}

// mixedFile makes a file of plain rows with others among them: every cell may be something that only row takes.
func mixedFile(rng *rand.Rand, n int) []byte {
	one := func(common string, rare ...string) string {
		if rng.Intn(12) > 0 || len(rare) == 0 {
			return common
		}
		return rare[rng.Intn(len(rare))]
	}
	dates := [][]string{{"2024-%[2]02d-%[3]02d"}, {"%[3]02d/%[2]02d/2024"}, {"%[2]d/%[3]d/2024"}, {"2024-%[2]02d-%[3]02d %[4]02d:10:59 +0200"}, {"2024-%[2]02d-%[3]02dT%[4]02d:10:59Z"}, {"%[3]02d.%[2]02d.2024 %[4]02d:05"}}[rng.Intn(6)][0]
	ids := []string{"C%05d", "ann%d@example.com", "%d", "Ann%d@Example.com", "Müller %d"}[rng.Intn(5)]
	mark, delimiter := ".", ","
	if rng.Intn(3) == 0 {
		mark, delimiter = ",", ";"
	}
	end := []string{"\n", "\r\n", "\r"}[rng.Intn(3)]
	columns := rng.Intn(128)
	var b bytes.Buffer
	has := func(bit int) bool { return columns>>bit&1 != 0 }
	cell := func(bit int, text string) {
		if has(bit) {
			b.WriteString(delimiter + text)
		}
	}
	b.WriteString("customer id" + delimiter + "order date" + delimiter + "total")
	for bit, name := range []string{"order id", "status", "currency", "email", "refunded amount", "cancelled at", "quantity"} {
		cell(bit, name)
	}
	b.WriteString(end)
	for i := range n {
		id := fmt.Sprintf(ids, rng.Intn(n/5+2))
		date := fmt.Sprintf(dates, 0, 1+rng.Intn(12), 1+rng.Intn(28), rng.Intn(24))
		b.WriteString(one(id, "", "guest", " "+id+" ", `"`+id+`"`, `"a ""b"""`, "0", "total", "\xfc "+id, "=\""+id+"\"") + delimiter)
		b.WriteString(one(date, "", "x", "2024-02-30", "31/12/2023", "2031-01-01", "20240131", `"`+date+`"`, "Jan 5, 2024", "45306") + delimiter)
		b.WriteString(one(fmt.Sprintf("%d%s%02d", rng.Intn(300), mark, rng.Intn(100)), "", "0", "-5", "$3", "(4"+mark+"00)", "1e3", "1 234", "12345678901234567890", "5-", "abc", mark+"5", "7 EUR", "99999999999999"))
		cell(0, one(fmt.Sprint("#", i/2), "", "#1"))
		cell(1, one("paid", "", "cancelled", "pending", "refunded", "odd", "fulfilled"))
		cell(2, one("EUR", "", "USD", "eur", "€", "¥"))
		cell(3, one(fmt.Sprintf("m%d@example.com", rng.Intn(n/5+2)), "", "M1@EXAMPLE.COM", "n/a"))
		cell(4, one("", "0", "0"+mark+"00", "1", "yes", "no", "999", "x"))
		cell(5, one("", "2024-01-01", "false", "no", "0", "-"))
		cell(6, one("1", "2", "", "0", "x", "-1"))
		b.WriteString(one(end, end+end, delimiter+end, delimiter+"a"+delimiter+"b"+end))
	}
	return b.Bytes()
}

package orders

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// seeds are small files of every kind that the other tests read.
func seeds() []string {
	return []string{
		"", "\n", "id,date,amount\n", "id,date,amount\na,2024-01-02,3.50\na,2024-01-02,1\nb,2024-02-30,x\n",
		"kunde;datum;betrag\r\nA;01.02.2024;1.234,56\r\nB;13.02.2024;-5,00 €\r\n",
		"a\t01/02/2024\t$5.00\nb\t01/13/2024\t(2.00)\n", "0001 19970101  2  29.33\n0002 19970102 1 3.00\n",
		"\"a\"\"b\",\"2024-01-01\",\"1,5\"\n\"x\ny\",2024-01-02,2\n", "id,date,amount\n\"open,2024-01-01,1\nb,2024-01-01,2\n",
		"order_id,customer,date,amount,currency,status\n1,a,2024-01-01,5,USD,paid\n1,a,2024-01-01,5,USD,paid\n2,a,2024-01-03,-5,EUR,refund\n",
		"\xef\xbb\xbfid,date,amount\na,2024-01-01,1\n", "PK\x03\x04zip", "a,b\x00,c\n", "1,1704067200,5\r2,1704067200000,6\r",
		"<table><tr><th>id<th>date<th>amount<tr><td>a&amp;b<td>2024-01-01<td rowspan=2>5</table>", "INSERT INTO o (id,date,amount) VALUES ('a''b','2024-01-01',5),(NULL,CAST('2024-01-02' AS date),-1);",
		"-- MySQL\nCREATE TABLE `o` (`id` int, `date` date, KEY (`id`));\nINSERT INTO `o` VALUES (1,'a\\'b');\n", "COPY o (id, date, amount) FROM stdin;\na\t2024-01-01\t\\N\n\\.\n",
		" id | date | amount\n----+------+--\n a | 2024-01-01 | 5\n(1 row)\n", "id  date        amount\n--- ----------  ---\nab  2024-01-01   5\n",
		"sep=;\nid;date;amount\na;1/2/24;5\n", "id|date|amount\nm\xfcller|2024-01-01|5\n",
	}
}

// digest is everything that a reader says, for comparison.
func digest(r *Reader) string {
	l := r.Log()
	var ids bytes.Buffer
	for i := range l.Customers() {
		fmt.Fprintf(&ids, "%q ", l.ID(i))
	}
	for i := range l.Carried {
		c := &l.Carried[i]
		fmt.Fprintf(&ids, "\n%d %q: ", c.Column, c.Name)
		for k := range c.Values() {
			fmt.Fprintf(&ids, "%q ", c.Value(k))
		}
	}
	return fmt.Sprintf("%+v\n%s\n%v\n%v\n%v\n%v", *r.Report(), ids.String(), l.Offset, l.Day, l.Amount, l.carried)
}

func readWhole(data []byte, o Options) *Reader {
	r := NewReader(o)
	r.Write(data)
	r.Close()
	return r
}

// fuzzOptions spreads one byte over the options.
func fuzzOptions(bits byte) Options {
	o := Options{Refunds: RefundRule(bits & 3 % 3), DropZero: bits&4 != 0, KeepCancelled: bits&8 != 0, MergeDays: int32(bits >> 6)}
	if bits&16 != 0 {
		o.Now = Day(2024, 6, 1)
	}
	if bits&32 != 0 {
		o.Zone = Zone{Set: true, Minutes: -300}
	}
	return o
}

func FuzzReader(f *testing.F) {
	for _, s := range seeds() {
		f.Add([]byte(s), byte(0))
		f.Add([]byte(s), byte(0xff))
	}
	f.Fuzz(func(t *testing.T, data []byte, bits byte) {
		r := readWhole(data, fuzzOptions(bits))
		checkInvariants(t, r)
	})
}

// checkInvariants holds for every input whatever.
func checkInvariants(t *testing.T, r *Reader) {
	t.Helper()
	p, l := r.Report(), r.Log()
	if !p.Balanced() {
		t.Fatalf("unbalanced %+v", p)
	}
	if int(l.Offset[l.Customers()]) != l.Orders() || len(l.Amount) != l.Orders() || p.Customers != l.Customers() {
		t.Fatalf("log lengths")
	}
	for i := range l.Customers() {
		days, amounts := l.Days(i), l.Amounts(i)
		if len(days) == 0 || len(l.ID(i)) == 0 {
			t.Fatalf("customer %d is empty", i)
		}
		for k, d := range days {
			if k > 0 && d <= days[k-1] || !(amounts[k] >= 0 && amounts[k] <= math.MaxFloat64) {
				t.Fatalf("customer %d: days %v amounts %v", i, days, amounts)
			}
			if d < Day(minYear, 1, 1)-2 || d > Day(maxYear, 12, 31)+2 {
				t.Fatalf("day %d", d)
			}
		}
	}
	s := l.Summaries(Split{End: p.FirstDay + (p.LastDay-p.FirstDay)/2})
	for i := range s.X {
		if s.X[i] < 0 || s.TX[i] < 0 || s.T[i] < s.TX[i] || s.X[i] == 0 && s.TX[i] != 0 || math.IsNaN(s.Mean[i]) || math.IsInf(s.Spend[i], 0) {
			t.Fatalf("summary row %d: %v %v %v", i, s.X[i], s.TX[i], s.T[i])
		}
	}
	c, active := l.Cohorts(), 0
	for _, n := range c.Size {
		active += int(n)
	}
	if active != l.Customers() {
		t.Fatalf("cohorts hold %d of %d customers", active, l.Customers())
	}
	if k := l.Tracking(7, 0); l.Orders() > 0 && int(k.Orders[len(k.Orders)-1]) != l.Orders() {
		t.Fatalf("tracking ends at %d of %d", k.Orders[len(k.Orders)-1], l.Orders())
	}
}

func FuzzChunking(f *testing.F) {
	for i, s := range seeds() {
		f.Add([]byte(s), uint16(i*37+1), byte(i))
	}
	f.Add(append([]byte{0xFF, 0xFE}, utf16le("id,date,amount\nü😀,2024-01-01,5\n")...), uint16(3), byte(0))
	f.Fuzz(func(t *testing.T, data []byte, step uint16, bits byte) {
		o := fuzzOptions(bits)
		want := digest(readWhole(data, o))
		r := NewReader(o)
		n := int(step)%(len(data)+1) + 1
		for at := 0; at < len(data); at += n {
			r.Write(data[at:min(at+n, len(data))])
			r.Write(nil)
		}
		r.Close()
		if got := digest(r); got != want {
			t.Fatalf("chunks of %d:\n%s\nwhole:\n%s", n, got, want)
		}
	})
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// layouts are the forms that time.Parse can check.
var layouts = []string{"2006-01-02", "20060102", "2006-01-02 15:04:05", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05 -0700",
	"2 Jan 2006", "Jan 2, 2006", "January 2, 2006", "2-Jan-06", "Mon, 02 Jan 2006 15:04:05 -0700", "2006/01/02", "02-Jan-2006 15:04", "3:04"}

func FuzzDate(f *testing.F) {
	for _, l := range layouts {
		f.Add(l)
		f.Add(time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC).Format(l))
	}
	for _, s := range []string{"1/2/2024", "31.12.99", "45306", "1704067200", "1704067200000", "12 März 2024", "20240229235959", "2024-W01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, order := range []DateOrder{MonthFirst, DayFirst} {
			d, ok := parseDate([]byte(s), order)
			if !ok {
				continue
			}
			if y, m, day := Civil(d.day); !valid(y, m, day) || Day(y, m, day) != d.day {
				t.Fatalf("%q is day %d", s, d.day)
			}
			if d.either && swapDay(packDay(d.day, 0, true)) != packDay(d.swapped, 0, true) {
				t.Fatalf("%q does not swap", s)
			}
			if d.seconds < 0 || d.seconds > 86400+3600 || d.zone > 1000 || d.zone < -1000 {
				t.Fatalf("%q at %d s, %d min", s, d.seconds, d.zone)
			}
		}
		for _, l := range layouts {
			want, err := time.Parse(l, s)
			if err != nil || want.Year() < minYear || want.Year() > maxYear {
				continue
			}
			if _, offset := want.Zone(); offset > 14*3600 || offset < -14*3600 {
				continue // no clock is further from UTC
			}
			got, ok := parseDate([]byte(s), MonthFirst)
			y, m, d := want.Date()
			if ok && got.day == Day(y, int(m), d) || !strings.EqualFold(want.Format(l), s) {
				continue // time.Parse also takes forms that it does not write
			}
			if yy := want.Year() % 100; l == "2-Jan-06" && yy == 69 {
				continue // 1969 to Go, 2069 here
			}
			t.Fatalf("%q by %q: got %d %v, want %d", s, l, got.day, ok, Day(y, int(m), d))
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1", "-1.5", "1e5", "1,234.56", "1.234,56", "$5", "(3.20)", "5-", "1 234,5", "0.1", "123456789012345678901234567890",
		"1e-30", "€ 5", "NaN", "1e300", "1'234.5", "12,34,567.00", "EUR 1.234", "−5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, mark := range []byte{'.', ','} {
			if v, _, verdict := parseNumber([]byte(s), mark); verdict == readOK && (math.IsNaN(v) || math.IsInf(v, 0)) {
				t.Fatalf("%q is %v", s, v)
			}
		}
		if !decimalText(s) {
			return
		}
		want, err := strconv.ParseFloat(s, 64)
		if err != nil || math.Abs(want) > 1e300 || want != 0 && math.Abs(want) < 1e-290 {
			return
		}
		got, _, verdict := parseNumber([]byte(s), '.')
		if verdict != readOK {
			t.Fatalf("%q refused", s)
		}
		// Up to 15 digits the result is correctly rounded, beyond within 4 units.
		tolerance := 4 * 0x1p-52 * math.Abs(want)
		if len(s) <= 16 && !strings.ContainsAny(s, "eE") {
			tolerance = 0
		}
		if math.Abs(got-want) > tolerance {
			t.Fatalf("%q: got %v, want %v", s, got, want)
		}
	})
}

// decimalText reports whether s is [+-]digits[.digits][e[+-]digits].
func decimalText(s string) bool {
	i, n := 0, 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	run := func() (k int) {
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
			k++
		}
		return k
	}
	n = run()
	if i < len(s) && s[i] == '.' {
		i++
		n += run()
	}
	if n > 0 && i < len(s) && s[i]|0x20 == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if run() == 0 {
			return false
		}
	}
	return n > 0 && i == len(s)
}

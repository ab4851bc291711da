package orders

import (
	"fmt"
	"strings"
	"testing"
)

// days makes a log with an order on each of the days that an order is taken for, customers in turn.
func daily(from int32, days int, orders func(day int) int) string {
	var b strings.Builder
	b.WriteString("customer,date,total\n")
	n := 0
	for i := range days {
		for range orders(i) {
			n++
			fmt.Fprintf(&b, "c%d,%s,%d\n", n%97, appendDay(nil, from+int32(i)), 5+n%7)
		}
	}
	return b.String()
}

// Where orders are missing, a part of an export or a closed shop, the file is asked about, and where single ones lie apart, as wrong years do; a shop
// that pauses as a rule is not.
func TestGaps(t *testing.T) {
	start := Day(2022, 1, 1)
	always := func(int) int { return 3 }
	without := func(from, to int) func(int) int {
		return func(day int) int { return 3 * b2i(day < from || day > to) }
	}
	stray := func(date string) string { return daily(start, 700, always) + "c1," + date + ",8\n" }
	for name, c := range map[string]struct{ text, want string }{
		"every day":             {daily(start, 700, always), ""},
		"a month of the export": {daily(start, 700, without(300, 329)), "gap 2022-10-28 2022-11-26 90"},
		"a fortnight":           {daily(start, 700, without(300, 313)), "gap 2022-10-28 2022-11-10 42"},
		"a week":                {daily(start, 700, without(300, 306)), ""},
		"two gaps, the longer":  {daily(start, 700, func(i int) int { return 3 * b2i((i < 100 || i > 119) && (i < 300 || i > 339)) }), "gap 2022-10-28 2022-12-06 120"},
		"near the end":          {daily(start, 700, without(650, 689)), "gap 2023-10-13 2023-11-21 30"},
		"few orders":            {daily(start, 700, func(i int) int { return b2i(i%7 == 0 && (i < 300 || i > 360)) }), ""},
		"weekends":              {daily(start, 700, func(i int) int { return 3 * b2i(i%7 < 2) }), ""},
		"once a month":          {daily(start, 1500, func(i int) int { return 40 * b2i(i%30 == 0) }), ""},
		"a quarter of months":   {daily(start, 1500, func(i int) int { return 40 * b2i(i%30 == 0 && (i < 600 || i > 700)) }), "gap 2023-07-26 2023-12-21 200"},
		"open in summer":        {daily(start, 2200, func(i int) int { return 3 * b2i(i%365 < 150) }), ""},
		"a year too late":       {stray("2025-11-30"), "stray 2023-12-01 2025-11-30 1"},
		"years too early":       {stray("2002-01-05"), "stray 2002-01-05 2022-01-01 1"},
		"both":                  {stray("2002-01-05") + "c2,2025-11-30,8\n", "stray 2023-12-01 2025-11-30 1"},
		"before 2000":           {stray("1970-01-01"), ""},
		"a test, then opened":   {"customer,date,total\nme,2021-08-01,1\n" + strings.TrimPrefix(daily(start, 400, always), "customer,date,total\n"), "stray 2021-08-01 2022-01-01 1"},
		"stray, and a gap":      {daily(start, 700, without(300, 329)) + "c1,2025-11-30,8\n", "gap 2022-10-28 2022-11-26 90, stray 2023-12-01 2025-11-30 1"},
		"one order":             {"customer,date,total\nc1,2024-01-05,8\n", ""},
		"two orders":            {"customer,date,total\nc1,2004-01-05,8\nc2,2024-01-05,8\n", ""},
	} {
		var got []string
		for _, q := range read(t, c.text, Options{}).Report().Questions {
			if q.Code == QuestionGap || q.Code == QuestionStray {
				got = append(got, fmt.Sprintf("%v %s %s %d", q.Code, appendDay(nil, q.From), appendDay(nil, q.To), q.Rows))
			}
		}
		if len(got) == 2 && got[0] > got[1] {
			got[0], got[1] = got[1], got[0]
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s: asked %q, want %q", name, text, c.want)
		}
	}
}

// A last day that the log may not reach is told by how long nobody had ordered.
func TestSilence(t *testing.T) {
	start := Day(2022, 1, 1)
	for name, c := range map[string]struct {
		text  string
		after int32
		days  int32
		usual uint64
	}{
		"the last day":   {daily(start, 700, func(int) int { return 3 }), 0, 0, 0},
		"a week":         {daily(start, 700, func(int) int { return 3 }), 7, 0, 0},
		"a month":        {daily(start, 700, func(int) int { return 3 }), 30, 30, 90},
		"longer than it": {daily(start, 100, func(int) int { return 3 }), 400, 400, 300},
		"few orders":     {daily(start, 700, func(i int) int { return b2i(i%7 == 0) }), 30, 0, 0},
		"open in summer": {daily(start, 880, func(i int) int { return 3 * b2i(i%365 < 150) }), 200, 0, 0},
		"no order":       {"", 30, 0, 0},
	} {
		l := read(t, c.text, Options{}).Log()
		_, last := l.Span()
		if days, usual := l.Silence(last + c.after); days != c.days || usual != c.usual {
			t.Errorf("%s: %d days, %d orders", name, days, usual)
		}
	}
}

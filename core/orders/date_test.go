package orders

import (
	"testing"
	"time"
)

func TestDayAgainstTime(t *testing.T) {
	for at := time.Date(minYear, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() <= maxYear; at = at.AddDate(0, 0, 1) {
		y, m, d := at.Date()
		day := Day(y, int(m), d)
		gy, gm, gd := Civil(day)
		if int64(day)*86400 != at.Unix() || gy != y || gm != int(m) || gd != d || !valid(y, int(m), d) {
			t.Fatalf("%v: day %d, back %d-%d-%d", at, day, gy, gm, gd)
		}
	}
}

func TestDates(t *testing.T) {
	jan12 := Day(2024, 1, 12)
	for text, want := range map[string]int32{
		"2024-01-12": jan12, "2024/01/12": jan12, "2024.01.12": jan12, "2024-1-12": jan12, "20240112": jan12,
		"2024-01-12T10:15:00Z": jan12, "2024-01-12 10:15": jan12, "2024-01-12 10:15:00.123456": jan12,
		"2024-01-12T10:15:00+02:00": jan12, "2024-01-12 10:15:00 -0500": jan12, "2024-01-12 10:15:00 UTC": jan12,
		"2024-01-12T10:15:00,5+01": jan12, "2024-01-12 22:15 GMT+2": jan12,
		"12 Jan 2024": jan12, "Jan 12, 2024": jan12, "January 12, 2024": jan12, "12-Jan-24": jan12, "12th January 2024": jan12,
		"Jan 12th, 2024 at 3:04 pm": jan12, "Fri, 12 Jan 2024 10:15:00 +0000": jan12, "Friday, January 12, 2024": jan12,
		"12. Januar 2024": jan12, "12 janvier 2024": jan12, "12 de enero de 2024": jan12, "12 jan. 2024": jan12,
		"2024年1月12日（金）": jan12, "2024/01/12(金) 10:00": jan12, "2024/1/12 午後3:04": jan12, "2024. 1. 12. 오후 3:04:05": jan12, "令和6年1月12日": jan12, "R6/1/12": jan12,
		"1er janvier 2024": Day(2024, 1, 1), "sexta-feira, 12 de janeiro de 2024": jan12, "12 Mrz 2024": Day(2024, 3, 12), "13.1.2024 klo 10.30": jan12 + 1, "2024-01-12 10.30.00": jan12,
		"13. 1. 2024": jan12 + 1, "12. ledna 2024": jan12, "12. července 2024": Day(2024, 7, 12), "12. června 2024": Day(2024, 6, 12), "2024. január 12.": jan12, "12 ianuarie 2024": jan12,
		"12. marraskuuta 2024": Day(2024, 11, 12), "12. maaliskuuta 2024": Day(2024, 3, 12), "12 Desember 2024": Day(2024, 12, 12), "12 Ιανουαρίου 2024": jan12, "12 Μαΐου 2024": Day(2024, 5, 12), "12 січня 2024": jan12,
		"12 ม.ค. 2567": jan12, "12 มกราคม 2567": jan12, "12 בינואר 2024": jan12,
		"13.01.2024, 10:30 Uhr": jan12 + 1, "2567-01-12": jan12, "0024-01-12": jan12,
		"12 août 2023": Day(2023, 8, 12), "12 Mär 2024": Day(2024, 3, 12), "12 juin 2024": Day(2024, 6, 12),
		"12 juillet 2024": Day(2024, 7, 12), "12 de dezembro de 2024": Day(2024, 12, 12), "12 M\xe4rz 2024": Day(2024, 3, 12),
		"1705053600": jan12, "1705053600.25": jan12, "1705053600000": jan12, "1705053600000000": jan12,
		"20240112101500": jan12, "45303": jan12, "45303.5": jan12,
		"13/01/2024": Day(2024, 1, 13), "1/13/2024": Day(2024, 1, 13), "31.12.99": Day(1999, 12, 31), "13-1-24": Day(2024, 1, 13),
		"1/13/24 5:06 PM": Day(2024, 1, 13), "13.01.2024, 17:06": Day(2024, 1, 13), "29.02.2024": Day(2024, 2, 29),
	} {
		if d, ok := parseDate([]byte(text), MonthFirst); !ok || d.day != want {
			y, m, day := Civil(d.day)
			t.Errorf("%q: %v %d-%d-%d", text, ok, y, m, day)
		}
	}
	for _, text := range []string{"", "x", "2024", "2024-13-01", "2024-02-30", "29.02.2023", "31/31/2024", "0000-00-00", "1899-12-30",
		"2024-01-12 25:00", "2024-01-12 10:60", "2024-01-12x", "2024-01-120", "1/2", "1/2/", "1/2/3", "1/2/202", "//", "Jan", "Jan 2024",
		"12 Foo 2024", "12345678901234567890", "99999999", "-1", "NaN", "2101-01-01", "1949-12-31", "13 Jan 2024 13:00 pm", "1.2.2024.3"} {
		if d, ok := parseDate([]byte(text), MonthFirst); ok {
			t.Errorf("%q read as day %d", text, d.day)
		}
	}
}

// dates makes a log with one order per date.
func dates(lines ...string) string {
	text := "id,date,amount\n"
	for _, l := range lines {
		text += "a," + l + ",1\n"
	}
	return text
}

func TestDayMonthOrder(t *testing.T) {
	may4, apr5 := Day(2024, 5, 4), Day(2024, 4, 5)
	for name, c := range map[string]struct {
		text      string
		o         Options
		first     int32
		order     DateOrder
		reason    DateOrderReason
		ambiguous bool
	}{
		"slash":                 {dates("5/4/2024"), Options{}, may4, MonthFirst, OrderByDefault, true},
		"dot":                   {dates("5.4.2024"), Options{}, apr5, DayFirst, OrderByMark, true},
		"dash":                  {dates("5-4-2024"), Options{}, apr5, DayFirst, OrderByMark, true},
		"semicolon":             {"id;date;amount\na;5/4/2024;1\n", Options{}, apr5, DayFirst, OrderByLocale, true},
		"decimal comma":         {"id\tdate\tamount\na\t5/4/2024\t1,50\n", Options{}, apr5, DayFirst, OrderByLocale, true},
		"a later row decides":   {dates("5/4/2024", "6/4/2024", "25/4/2024"), Options{}, apr5, DayFirst, OrderByRow, false},
		"a later row confirms":  {dates("5/4/2024", "5/25/2024"), Options{}, may4, MonthFirst, OrderByRow, false},
		"option":                {dates("5/4/2024"), Options{DateOrder: DayFirst}, apr5, DayFirst, OrderByOption, false},
		"the future decides":    {dates("4/3/2024", "5/4/2024"), Options{Now: Day(2024, 4, 20)}, Day(2024, 3, 4), DayFirst, OrderByFuture, false},
		"the future confirms":   {dates("4/5/2024"), Options{Now: Day(2024, 4, 20)}, apr5, MonthFirst, OrderByFuture, false},
		"same day and month":    {dates("5/5/2024"), Options{}, Day(2024, 5, 5), DateOrderAuto, OrderNotNeeded, false},
		"iso needs no order":    {dates("2024-04-05"), Options{}, apr5, DateOrderAuto, OrderNotNeeded, false},
		"iso among them stands": {dates("2024-01-02", "2/3/2024", "13/3/2024"), Options{}, Day(2024, 1, 2), DayFirst, OrderByRow, false},
	} {
		p := read(t, c.text, c.o).Report()
		if p.FirstDay != c.first || p.DateOrder != c.order || p.DateOrderReason != c.reason || p.DateAmbiguous != c.ambiguous || p.SetAsideRows() != 0 {
			y, m, d := Civil(p.FirstDay)
			t.Errorf("%s: %d-%d-%d %v %v ambiguous %v aside %d", name, y, m, d, p.DateOrder, p.DateOrderReason, p.DateAmbiguous, p.SetAsideRows())
		}
	}
}

func TestDateOrderContradicted(t *testing.T) {
	p := read(t, dates("13/1/2024", "5/4/2024", "1/31/2024"), Options{}).Report()
	aside := p.SetAside[ReasonDateOrder]
	if aside.Rows != 1 || aside.Examples[0].Line != 4 || string(aside.Examples[0].Text) != "1/31/2024" {
		t.Errorf("%+v", aside)
	}
}

// The deciding row may come long after the sample: what was stored is swapped, as
// if the order had been known from the start.
func TestDayMonthOrderLate(t *testing.T) {
	text := []byte("id,date,amount\n")
	for i := range 60000 {
		text = append(text, "c"...)
		text = append(text, byte('a'+i%26), ',', byte('1'+i%9), '/', byte('1'+i/9%9), '/', '2', '0', '2', '3', ',', '5', '\n')
	}
	text = append(text, "c,28/2/2023,5\n"...)
	late := readWhole(text, Options{})
	known := readWhole(text, Options{DateOrder: DayFirst})
	if late.Report().DateOrderReason != OrderByRow || late.Report().DateAmbiguous {
		t.Errorf("%+v", late.Report())
	}
	a, b := late.Log(), known.Log()
	if a.Orders() != b.Orders() {
		t.Fatalf("%d and %d orders", a.Orders(), b.Orders())
	}
	for i := range a.Day {
		if a.Day[i] != b.Day[i] || a.Amount[i] != b.Amount[i] {
			t.Fatalf("order %d differs", i)
		}
	}
}

func TestZones(t *testing.T) {
	jan12 := Day(2024, 1, 12)
	for name, c := range map[string]struct {
		text string
		zone Zone
		want int32
	}{
		"as written":              {dates("2024-01-12 23:30:00 -0500"), Zone{}, jan12},
		"to UTC":                  {dates("2024-01-12 23:30:00 -0500"), Zone{Set: true}, jan12 + 1},
		"to Tokyo":                {dates("2024-01-12T23:30:00Z"), Zone{true, 540}, jan12 + 1},
		"to New York":             {dates("2024-01-12T03:30:00Z"), Zone{true, -300}, jan12 - 1},
		"no offset, never moved":  {dates("2024-01-12 23:30:00"), Zone{true, 540}, jan12},
		"epoch in UTC":            {dates("1705101000"), Zone{}, jan12},
		"epoch to Tokyo":          {dates("1705101000"), Zone{true, 540}, jan12 + 1},
		"column in UTC":           {"id,date (UTC),amount\na,2024-01-12 23:30,5\n", Zone{true, 60}, jan12 + 1},
		"a day in UTC, no time":   {"id,date (UTC),amount\na,1/12/2024,5\na,1/13/2024,5\n", Zone{true, -300}, jan12},
		"decided late with zone":  {dates("12/1/2024 23:30 -0500", "13/1/2024 23:30 -0500"), Zone{Set: true}, jan12 + 1},
		"farthest zones possible": {dates("2024-01-12 23:30 -1200"), Zone{true, 14 * 60}, jan12 + 2},
	} {
		if p := read(t, c.text, Options{Zone: c.zone}).Report(); p.FirstDay != c.want || p.SetAsideRows() != 0 {
			t.Errorf("%s: day %d, want %d", name, p.FirstDay-jan12, c.want-jan12)
		}
	}
}

// 67 is 2567 of the Thai calendar, which is 2024, where most days would be to come otherwise.
func TestThaiShortYears(t *testing.T) {
	now := Day(2026, 1, 1)
	p := read(t, dates("05/01/67", "29/02/67", "25/12/66 10:30"), Options{Now: now}).Report()
	if p.FirstDay != Day(2023, 12, 25) || p.LastDay != Day(2024, 2, 29) || p.Orders != 3 {
		t.Errorf("%d orders from %s to %s: %+v", p.Orders, isoDayText(p.FirstDay), isoDayText(p.LastDay), p.SetAside)
	}
	if p := read(t, dates("5 ม.ค. 67", "29 ก.พ. 67"), Options{Now: now}).Report(); p.FirstDay != Day(2024, 1, 5) || p.LastDay != Day(2024, 2, 29) {
		t.Errorf("from %s to %s", isoDayText(p.FirstDay), isoDayText(p.LastDay))
	}
	// One wrong year among others stays one.
	if p := read(t, dates("05/01/24", "29/02/24", "25/12/66"), Options{Now: now}).Report(); p.SetAside[ReasonFuture].Rows != 1 || p.Orders != 2 {
		t.Errorf("%d orders, %+v", p.Orders, p.SetAside[ReasonFuture])
	}
}

// Days that are counted are as far apart as their numbers; weeks of a year are those of ISO 8601, by Python's date.fromisocalendar.
func TestCountedDays(t *testing.T) {
	for text, want := range map[string]string{
		"customer,day,amount\na,1,5\na,711,6\n":                       "2001-01-01 2002-12-12",
		"customer,week,amount\na,1,5\na,3,6\n":                        "2001-01-01 2001-01-15",
		"customer,week,amount\na,2024-W01,5\na,2026-W01,6\n":          "2024-01-01 2025-12-29",
		"customer,year,week,amount\na,2020,53,5\na,2021,1,6\n":        "2020-12-28 2021-01-04",
		"Kunde;Kalenderwoche;Umsatz\na;KW 05/2024;5\na;KW 6/2024;6\n": "2024-01-29 2024-02-05",
		"customer,Q2 2024,Q3 2024,Q4 2024\na,5,,6\n":                  "2024-04-01 2024-10-01",
	} {
		p := read(t, text, Options{Now: Day(2026, 1, 1)}).Report()
		if got := isoDayText(p.FirstDay) + " " + isoDayText(p.LastDay); got != want {
			t.Errorf("%q: %s, want %s; %v", text, got, want, p.Status)
		}
	}
}

// Days of other calendars, by Unicode ICU (islamic-umalqura, persian).
func TestOtherCalendars(t *testing.T) {
	for text, want := range map[string]string{
		"1412/01/01": "1991-07-13", "29/09/1420": "2000-01-06", "1442-12-10": "2021-07-20", "01.09.1445": "2024-03-11", "15/03/1446": "2024-09-18", "١٥/٠٣/١٤٤٦ هـ": "2024-09-18",
		"1369/01/01": "1990-03-21", "1399/12/30": "2021-03-20", "1403/01/15": "2024-04-03", "1403/12/30": "2025-03-20", "1404/01/01": "2025-03-21", "29/12/1410": "2032-03-19",
	} {
		if d, ok := otherCalendar([]byte(text)); !ok || isoDayText(d.day) != want {
			t.Errorf("%s is %s, %v; want %s", text, isoDayText(d.day), ok, want)
		}
	}
	for _, text := range []string{"1404/12/30", "30/01/1446", "1446/13/01", "2024/01/01", "01/02/24", "1446", "1300/01/01"} {
		if d, ok := otherCalendar([]byte(text)); ok {
			t.Errorf("%s is %s", text, isoDayText(d.day))
		}
	}
}

// Of two days in one cell the first counts.
func TestSpans(t *testing.T) {
	for text, want := range map[string]string{
		"2024-01-03 - 2024-01-09": "2024-01-03", "2024-01-03/2024-01-09": "2024-01-03", "01/25/2024–02/02/2024": "2024-01-25", "Jan 3 - Jan 9, 2024": "2024-01-03", "28.12. – 03.01.2025": "2024-12-28", "2024-01-03 bis 2024-01-09": "2024-01-03",
		"25/03/2024 - 02/04/2024": "2024-03-25", "05/03/2024 - 02/04/2024": "2024-03-05", // by the day first alone
	} {
		if d, ok := spanDate([]byte(text), MonthFirst); !ok || isoDayText(d.day) != want {
			t.Errorf("%s is %s, %v; want %s", text, isoDayText(d.day), ok, want)
		}
	}
	for _, text := range []string{"2024-01-09 - 2024-01-03", "2024-01-03 - Tea", "Mug - 2024-01-03", "02/04/2024 - 25/03/2024"} {
		if d, ok := spanDate([]byte(text), MonthFirst); ok {
			t.Errorf("%s is %s", text, isoDayText(d.day))
		}
	}
	// A later row says that the day stands first.
	p := read(t, "Guest,Stay,Total\nann,03/02/2024 - 05/02/2024,10\nbob,25/03/2024 - 02/04/2024,20\nann,02/07/2024 - 01/08/2024,30\n", Options{}).Report()
	if p.FirstDay != Day(2024, 2, 3) || p.LastDay != Day(2024, 7, 2) || p.DateAmbiguous || p.Orders != 3 {
		t.Errorf("%d orders from %s to %s, ambiguous %v", p.Orders, isoDayText(p.FirstDay), isoDayText(p.LastDay), p.DateAmbiguous)
	}
}

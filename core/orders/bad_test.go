package orders

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// Each bad file ends in a report that says what and where.
func TestBadInput(t *testing.T) {
	const head = "id,date,amount\n"
	for name, c := range map[string]struct {
		text   string
		o      Options
		status Status
		aside  string
		orders uint64
	}{
		"empty":               {"", Options{}, StatusEmpty, "", 0},
		"blank lines":         {"\n\r\n , ,\n", Options{}, StatusEmpty, "", 0},
		"a BOM alone":         {"\xef\xbb\xbf", Options{}, StatusEmpty, "", 0},
		"half a UTF-16 unit":  {"\xff\xfea", Options{}, StatusEmpty, "", 0},
		"header alone":        {head, Options{}, StatusHeaderOnly, "", 0},
		"one customer":        {head + "a,2024-01-01,5\n", Options{}, StatusOK, "", 1},
		"one order each":      {head + "a,2024-01-01,5\nb,2024-01-01,5\nc,2024-01-01,5\n", Options{}, StatusOK, "", 3},
		"in the future":       {head + "a,2024-01-01,5\na,2099-01-01,5\n", Options{Now: Day(2024, 6, 1)}, StatusOK, "future_date 1", 1},
		"a missing column":    {head + "a,2024-01-01\nb,2024-01-01,5\n", Options{}, StatusOK, "too_few_columns 1", 1},
		"a name in two":       {head + "Doe, Ann,2024-01-01,5\nb,2024-01-01,5\nb,2024-01-02,5\n", Options{}, StatusOK, "", 3},
		"a column too many":   {head + "a,2024-01-01,5,x\nb,2024-01-01,5\nb,2024-01-02,5\n", Options{}, StatusOK, "too_many_columns 1", 2},
		"mixed delimiters":    {head + "a;2024-01-01;5\nb,2024-01-01,5\nb,2024-01-02,5\n", Options{}, StatusOK, "mixed_delimiters 1", 2},
		"no id":               {head + ",2024-01-01,5\n \t,2024-01-01,5\nNULL,2024-01-01,5\nnan,2024-01-01,5\n", Options{}, StatusNoOrders, "missing_id 4", 0},
		"bad dates":           {head + "a,,5\na,2024-02-30,5\na,yesterday,5\na,0000-00-00,5\na,2024-01-01,5\na,2024-01-02,5\na,2024-01-03,5\na,2024-01-04,5\n", Options{}, StatusOK, "bad_date 4", 4},
		"bad amounts":         {head + "a,2024-01-01,\na,2024-01-01,x\na,2024-01-01,NaN\na,2024-01-01,Infinity\na,2024-01-02,1\na,2024-01-03,2\na,2024-01-04,2\na,2024-01-05,2\na,2024-01-05,2\n", Options{}, StatusOK, "bad_amount 4", 4},
		"1e300":               {head + "a,2024-01-01,1e300\na,2024-01-01,-1e300\na,2024-01-01,5e999\na,2024-01-02,1e12\n", Options{}, StatusOK, "huge_amount 3", 1},
		"zero kept":           {head + "a,2024-01-01,0\n", Options{}, StatusOK, "", 1},
		"zero dropped":        {head + "a,2024-01-01,0\na,2024-01-02,0.00\na,2024-01-02,5\n", Options{DropZero: true}, StatusOK, "zero_amount 2", 1},
		"negative":            {head + "a,2024-01-01,-5\nb,2024-01-01,5\n", Options{}, StatusOK, "refund_unmatched 1", 1},
		"NUL":                 {head + "a,2024-01-01,5\x00\nb,2024-01-01,5\n", Options{}, StatusOK, "nul_byte 1", 1},
		"a quote left open":   {head + "a,2024-01-01,5\n\"b,2024-01-01,5\nc,2024-01-01,5\nd,2024-01-01,5\n", Options{}, StatusOK, "open_quote 1", 3},
		"an id too long":      {head + strings.Repeat("x", 256) + ",2024-01-01,5\nb,2024-01-01,5\n", Options{}, StatusOK, "oversized 1", 1},
		"no date column":      {"id,amount\na,5\nb,6\n", Options{}, StatusNoDate, "missing_column 2", 0},
		"prose":               {"Dear Sir, I write to you.\nYours, Ann\n", Options{}, StatusNoID, "missing_column 1", 0},
		"one column":          {"date\n2024-01-01\n", Options{}, StatusNoID, "missing_column 1", 0},
		"currencies":          {"id,date,amount\na,2024-01-01,$5\na,2024-01-02,$5\na,2024-01-03,€5\n", Options{}, StatusOK, "other_currency 1", 2},
		"the other currency":  {"id,date,amount\na,2024-01-01,$5\na,2024-01-02,$5\na,2024-01-03,€5\n", Options{Currency: "eur"}, StatusOK, "other_currency 2", 1},
		"a NUL in the header": {"id,da\x00te,amount\na,2024-01-01,5\n", Options{}, StatusOK, "", 1}, // the name says nothing, the contents do
	} {
		p := read(t, c.text, c.o).Report()
		if p.Status != c.status || aside(p) != c.aside || p.Orders != c.orders {
			t.Errorf("%s: %v, aside %q, orders %d; rows %d columns %v header %v", name, p.Status, aside(p), p.Orders, p.Rows, p.Columns, p.HasHeader)
		}
	}
}

func TestBinary(t *testing.T) {
	for want, head := range map[Binary]string{BinaryZip: "PK\x03\x04", BinaryXLS: "\xD0\xCF\x11\xE0", BinaryGzip: "\x1f\x8b\x08", BinaryPDF: "%PDF-1.7\n",
		BinaryPNG: "\x89PNG\r\n", BinaryJPEG: "\xff\xd8\xff\xe0", BinaryParquet: "PAR1", BinarySQLite: "SQLite format 3\x00",
		BinaryOther: "\x7fELF\x02\x01\x01" + strings.Repeat("\x00\x01\x02", 100)} {
		p := read(t, head+strings.Repeat("\x00rest\n", 1000), Options{}).Report()
		if p.Status != StatusBinary || p.Binary != want || p.Rows != 0 || p.Bytes != uint64(len(head)+6000) {
			t.Errorf("%v: %v %v %d bytes", want, p.Status, p.Binary, p.Bytes)
		}
	}
}

// Large damage: each file is longer than the reader's buffer.
func TestLargeDamage(t *testing.T) {
	row := []byte("a,2024-01-01,5\n")
	many := bytes.Repeat(row, 100_000)
	for name, c := range map[string]struct {
		text   string
		aside  string
		orders uint64
		rows   uint64
	}{
		"a field of 10 MB":       {"id,date,amount\n" + string(row) + "b,2024-01-01," + strings.Repeat("9", 10<<20) + "\n" + string(row), "oversized 1", 1, 3},
		"a quoted one":           {"id,date,amount\n" + string(row) + "b,2024-01-01,\"" + strings.Repeat("9", 10<<20) + "\"\n" + string(row), "oversized 1", 1, 3},
		"first of all":           {strings.Repeat("9", 1<<20) + "\n" + string(row) + string(row), "oversized 1", 0, 0},
		"a million columns":      {"id,date,amount\n" + string(row) + strings.Repeat(",", 1_000_000) + "\n" + string(row), "oversized 1", 1, 3},
		"a thousand columns":     {"id,date,amount\n" + string(row) + "a" + strings.Repeat(",", 1000) + "\n" + string(row), "too_many_columns 1", 1, 3},
		"an open quote, early":   {"id,date,amount\n\"b,2024-01-01,5\n" + string(many), "open_quote 1", 1, 100_001},
		"an open quote, late":    {"id,date,amount\n" + string(many) + "\"b,2024-01-01,5\n" + string(many), "open_quote 1", 1, 200_001},
		"quotes, alternating":    {"id,date,amount\n" + strings.Repeat("x\",\"y\n", 200_000), "too_few_columns 1", 0, 0},
		"nothing but quotes":     {strings.Repeat("\"", 1<<20), "", 0, 0},
		"NULs":                   {"id,date,amount\n" + strings.Repeat("\x00", 1<<20) + "\n" + string(row), "", 1, 0},
		"no line end, no commas": {strings.Repeat("x", 1<<20), "", 0, 0},
	} {
		r := read(t, c.text, Options{})
		p := r.Report()
		if c.rows > 0 && (aside(p) != c.aside || p.Orders != c.orders || p.Rows != c.rows) {
			t.Errorf("%s: rows %d orders %d aside %q", name, p.Rows, p.Orders, aside(p))
		}
		checkInvariants(t, r)
		chunked := NewReader(Options{})
		for at := 0; at < len(c.text); at += 4099 {
			chunked.Write([]byte(c.text[at:min(at+4099, len(c.text))]))
		}
		chunked.Close()
		if digest(chunked) != digest(r) {
			t.Errorf("%s: chunks make a difference", name)
		}
	}
}

// Chunks of every size around the buffer's make no difference, for UTF-16 either.
func TestChunksOfLargeFiles(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("id,date,amount,note\n")
	for i := range 12_000 {
		b.WriteString(strings.Repeat("é", i%7) + "c" + string(rune('a'+i%26)) + ",2024-0" + string(rune('1'+i%9)) + "-11,\"1," + "000.5\",\"multi\r\nline \"\"q\"\"\"\r\n")
	}
	for name, data := range map[string][]byte{"utf-8": b.Bytes(), "utf-16": append([]byte{0xff, 0xfe}, utf16le(b.String())...)} {
		want := digest(readWhole(data, Options{}))
		if !strings.Contains(want, "Rows:12000") {
			t.Fatalf("%s: %.300s", name, want)
		}
		for _, n := range []int{1, 7, 511, 512, 513, bufferBytes - 1, bufferBytes, bufferBytes + 1, maxRecord} {
			r := NewReader(Options{})
			for at := 0; at < len(data); at += n {
				r.Write(data[at:min(at+n, len(data))])
			}
			r.Close()
			if digest(r) != want {
				t.Errorf("%s: chunks of %d differ", name, n)
			}
		}
	}
}

func TestExamplesAreBounded(t *testing.T) {
	p := read(t, "id,date,amount\n"+strings.Repeat("a,"+strings.Repeat("z", 1000)+",5\n", 100), Options{Columns: [NumRoles]int{RoleDate: 2}}).Report()
	aside := p.SetAside[ReasonBadDate]
	if aside.Rows != 100 || len(aside.Examples) != maxExamples || len(aside.Examples[0].Text) != maxExample || aside.Examples[4].Line != 6 {
		t.Errorf("%d rows, %d examples", aside.Rows, len(aside.Examples))
	}
}

// Examples carry the line on which the damage starts, and later lines stay right.
func TestLinesAfterDamage(t *testing.T) {
	p := read(t, "id,date,amount\r\na,2024-01-01,5\r\n\"b,2024-01-01,5\r\n\r\n"+strings.Repeat("9", 1<<18)+"\r\nc,x,5\r\nc,2024-01-01,5\r\n", Options{}).Report()
	for reason, line := range map[Reason]uint32{ReasonOpenQuote: 3, ReasonOversized: 5, ReasonBadDate: 6} {
		if e := p.SetAside[reason].Examples; len(e) != 1 || e[0].Line != line {
			t.Errorf("%v: %+v, want line %d", reason, e, line)
		}
	}
}

func TestNamesOfEnums(t *testing.T) {
	for i := range NumReasons {
		if i.String() == "unknown" {
			t.Errorf("reason %d has no name", i)
		}
	}
	for i := range NumRoles {
		if i.String() == "unknown" {
			t.Errorf("role %d has no name", i)
		}
	}
	if NumReasons.String() != "unknown" || NumRoles.String() != "unknown" {
		t.Error("a name too many")
	}
	for _, s := range []string{StatusNoOrders.String(), BinaryOther.String(), EncodingWindows1252.String(), PresetSquare.String(),
		OrderByOption.String(), DecimalByOption.String(), DayFirst.String()} {
		if s == "unknown" {
			t.Error("an enum without its last name")
		}
	}
}

// TestErrors reads files without orders: Close says why, in words and as data.
func TestErrors(t *testing.T) {
	for file, want := range map[string]struct {
		status Status
		text   string
	}{
		"":                                      {StatusEmpty, "empty"},
		"customer,date,amount\n":                {StatusHeaderOnly, "header"},
		"PK\x03\x04 and so on":                  {StatusBinary, "zip: export it as CSV"},
		"date,amount\n2024-01-05,3\n":           {StatusNoID, "Options.Columns"},
		"customer,amount\nanna,3\n":             {StatusNoDate, "Options.Columns"},
		"customer,date,amount\n,2024-01-05,3\n": {StatusNoOrders, "SetAside"},
	} {
		r := NewReader(Options{})
		if n, err := io.Copy(r, strings.NewReader(file)); n != int64(len(file)) || err != nil {
			t.Errorf("%q: %d bytes, %v", file, n, err)
		}
		err := r.Close()
		var is *Error
		if !errors.As(err, &is) || is.Status != want.status || !strings.Contains(err.Error(), want.text) {
			t.Errorf("%q: %v", file, err)
		}
		if again := r.Close(); again == nil || again.Error() != err.Error() {
			t.Errorf("%q: closed again: %v", file, again)
		}
	}
}

func TestReaderIsAWriteCloser(t *testing.T) {
	var w io.WriteCloser = NewReader(Options{})
	if _, err := io.WriteString(w, "customer,date,amount\nanna,2024-01-05,3\n"); err != nil {
		t.Error(err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if n, err := w.Write([]byte("more")); n != 0 || err != ErrClosed || err.Error() == "" {
		t.Error("writing after Close:", n, err)
	}
}

package main

import (
	"bytes"
	rfc4180 "encoding/csv"
	"encoding/json"
	"fmt"
	"hourglass/functions/score/rows"
	"io"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"hourglass/core/customers"
)

// cdnow is the raw log of the CDNOW sample; its folder names the source.
const cdnow = "../../core/orders/testdata/CDNOW_sample.txt.gz"

// call runs the command and returns what it writes.
func call(t testing.TB, in io.Reader, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, report bytes.Buffer
	code = run(args, in, &out, &report)
	return code, out.String(), report.String()
}

// must is call where nothing may go wrong.
func must(t testing.TB, in string, args ...string) string {
	t.Helper()
	code, out, report := call(t, strings.NewReader(in), args...)
	if code != 0 {
		t.Fatalf("score %q: exit code %d\n%s", args, code, report)
	}
	return out
}

// parsed reads a table with a header, by column.
func parsed(t testing.TB, text string) map[string][]string {
	t.Helper()
	rows, err := csvRows(text)
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]string{}
	for k, name := range rows[0] {
		for _, row := range rows[1:] {
			columns[name] = append(columns[name], row[k])
		}
	}
	return columns
}

func csvRows(text string) ([][]string, error) {
	return rfc4180.NewReader(strings.NewReader(text)).ReadAll()
}

func numbersOf(t testing.TB, cells []string) (out []float64) {
	t.Helper()
	for _, c := range cells {
		v, err := strconv.ParseFloat(c, 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func sum(v []float64) (s float64) {
	for _, x := range v {
		s += x
	}
	return s
}

// Source of the sums: shared reference values, "CDNOW 1/10 sample" [re], recomputed with the
// R packages at the estimates of Fader, Hardie & Lee (2005): 39 weeks fitted, 39 ahead.
func TestCDNOW(t *testing.T) {
	for _, want := range []struct {
		model           string
		alive, expected float64
	}{{"bgnbd", 1917.28, 1653.41}, {"mbgnbd", 1057.64, 1576.73}, {"paretonbd", 1051.88, 1665.51}} {
		code, out, report := call(t, nil, "-model", want.model, "-calibration-end", "1997-09-30", "-horizon", "273", cdnow)
		if code != 0 {
			t.Fatal(report)
		}
		table := parsed(t, out)
		if len(table["id"]) != 2357 || sum(numbersOf(t, table["orders"])) != 2357+2457 {
			t.Fatalf("%s: %d customers", want.model, len(table["id"]))
		}
		if alive := sum(numbersOf(t, table["p_alive"])); math.Abs(alive-want.alive) > 0.005 {
			t.Errorf("%s: sum of P(alive) %.3f, want %.2f", want.model, alive, want.alive)
		}
		if expected := sum(numbersOf(t, table["expected_orders"])); math.Abs(expected-want.expected) > 0.005 {
			t.Errorf("%s: sum of expected orders %.3f, want %.2f", want.model, expected, want.expected)
		}
		if !strings.Contains(report, "read: 6,919 rows = 6,696 orders + 223 merged") || !strings.Contains(report, "2,357 customers with 4,814 orders until 1997-09-30") {
			t.Errorf("report: %s", report)
		}
	}
}

func TestRanking(t *testing.T) {
	table := parsed(t, must(t, "", cdnow))
	clv := numbersOf(t, table["clv"])
	if !slices.IsSortedFunc(clv, func(a, b float64) int { return int(math.Copysign(1, b-a)) }) {
		t.Error("the values do not fall")
	}
	low, high := numbersOf(t, table["clv_lower"]), numbersOf(t, table["clv_upper"])
	for i := range clv {
		if low[i] > clv[i] || low[i] > high[i] || table["rank"][i] != strconv.Itoa(i+1) || table["decile"][i] != strconv.Itoa(i*10/len(clv)+1) {
			t.Fatalf("row %d: %v %v %v, rank %s, decile %s", i, low[i], clv[i], high[i], table["rank"][i], table["decile"][i])
		}
	}
	half := numbersOf(t, parsed(t, must(t, "", "-margin", "0.5", cdnow))["clv"])
	if math.Abs(half[0]-clv[0]/2) > 1e-8*clv[0] {
		t.Errorf("half the margin: %v of %v", half[0], clv[0])
	}
}

func TestSavedModelScoresIdentically(t *testing.T) {
	file := filepath.Join(t.TempDir(), "model.json")
	fitted := must(t, "", "-save-model", file, cdnow)
	if loaded := must(t, "", "-model-file", file, cdnow); loaded != fitted {
		t.Error("the loaded model scores otherwise")
	}
	summaries := must(t, "", "-summaries", cdnow)
	if scored := must(t, summaries, "-model-file", file); scored != fitted {
		t.Error("summaries score otherwise than their log")
	}
	if scored := must(t, summaries); scored != must(t, summaries, "-input", "summaries", "-model", "mbgnbd") {
		t.Error("without a log AIC decides, which favours MBG/NBD here")
	}
}

// Every field that stream has is that of batch, whatever the form and however bytes come.
func TestStreamEqualsBatch(t *testing.T) {
	file := filepath.Join(t.TempDir(), "model.json")
	must(t, "", "-save-model", file, cdnow)
	batch := parsed(t, must(t, "", "-model-file", file, cdnow))
	fields := "id,orders,spend,p_alive,expected_orders,expected_spend,clv,clv_lower,clv_upper,next_order_days"
	args := []string{"-stream", "-model-file", file, "-fields", fields}
	for _, form := range []string{"csv", "tsv", "jsonl"} {
		in := must(t, "", "-summaries", "-format", form, cdnow)
		stream := parsed(t, must(t, in, append(args, "-format", "csv")...))
		if form == "jsonl" { // objects have no header to pass on
			stream = parsed(t, fields+"\n"+must(t, in, append(args, "-format", "csv")...))
		}
		place := map[string]int{}
		for i, id := range stream["id"] {
			place[id] = i
		}
		for name, cells := range stream {
			for i, id := range batch["id"] {
				if got := cells[place[id]]; got != batch[name][i] {
					t.Fatalf("%s: %s of %s is %s, and %s in batch", form, name, id, got, batch[name][i])
				}
			}
		}
		whole := must(t, in, args...)
		code, slow, _ := call(t, iotest.OneByteReader(strings.NewReader(in)), args...)
		if code != 0 {
			t.Fatal(code)
		}
		sameNumbers(t, form, slow, whole)
	}
}

// sameNumbers compares cells. An interval's end is found by Newton's iteration in its cube root, which
// begins where the customer before it ended and stops after a step of 1e-5: what is left is of
// the order of its square times three, and depends on the company (1.7e-9 was seen).
func sameNumbers(t *testing.T, what, got, want string) {
	t.Helper()
	a, b := strings.FieldsFunc(got, isMark), strings.FieldsFunc(want, isMark)
	if len(a) != len(b) {
		t.Fatalf("%s: %d cells, want %d", what, len(a), len(b))
	}
	for i := range a {
		x, err := strconv.ParseFloat(a[i], 64)
		y, _ := strconv.ParseFloat(b[i], 64)
		if a[i] != b[i] && (err != nil || math.Abs(x-y) > 1e-8*y) {
			t.Fatalf("%s: %s, want %s", what, a[i], b[i])
		}
	}
}

func isMark(r rune) bool { return strings.ContainsRune(",\t\n{}:\"", r) }

func TestStreamRowForRow(t *testing.T) {
	file := shopModel(t, customers.MBGNBD)
	for _, c := range []struct{ name, in, args, want string }{
		{"ClickHouse", "3\t100\t200\t20\n0\t0\t5\t\\N\nx\t1\t2\t3\n", "-fields clv -columns frequency=1,recency=2,age=3,mean_spend=4", "N\nN\n\\N\n"},
		{"commas in quotes", "id,frequency,recency,age,mean_spend\r\n\"a,b\",0,0,9,0\r\n\"c\"\"\n", "-fields id,orders", "id,orders\n\"a,b\",1\n,\n"},
		{"semicolons", "id;frequency;recency;age;mean_spend\na,b;0;0;9;0\n", "-fields id,orders", "id,orders\n\"a,b\",1\n"},
		{"names of lifetimes", "customer_id,frequency,recency,T,monetary_value\n7,1,3,9,4\n", "-fields orders", "orders\n2\n"},
		{"objects", `{"id":"ü\"","age":9,"frequency":0,"recency":0,"more":[1,{"id":2}]}` + "\n" + `{"id":7}` + "\n{\n", "-fields id,orders", `{"id":"ü\"","orders":1}` + "\n" + `{"id":7,"orders":null}` + "\n" + `{"id":null,"orders":null}` + "\n"},
		{"no end of line", "frequency,recency,age,mean_spend\n0,0,9,", "-fields orders", "orders\n1\n"},
		{"a blank line", "frequency,recency,age,mean_spend\n\n0,0,9,0", "-fields orders", "orders\n\n1\n"},
		{"nothing", "", "", ""},
		{"impossible", "frequency,recency,age,mean_spend\n2,9,3,1\n2,0,3,1\n0,1,3,1\n1.5,1,3,1\n-1,1,3,1\n1,1,3,-1\n1,1,3,\n1,1,NaN,1\n1,1,1e999,1\n", "-fields orders", "orders\n" + strings.Repeat("\n", 9)},
		{"too large together with sound", "frequency,recency,age,mean_spend\n1,1,1e308,1\n1,1,3,1\n", "-unit year -fields orders", "orders\n\n2\n"},
	} {
		args := append([]string{"-stream", "-model-file", file}, strings.Fields(c.args)...)
		got := must(t, c.in, args...)
		if c.name == "ClickHouse" { // the numbers themselves are compared elsewhere
			lines := strings.Split(got, "\n")
			for i := range 2 {
				if v, err := strconv.ParseFloat(lines[i], 64); err != nil || v <= 0 {
					t.Errorf("%s: %q", c.name, lines[i])
				}
				lines[i] = "N"
			}
			got = strings.Join(lines, "\n")
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSince(t *testing.T) {
	log := "id,date,amount\n\"a,\"\"x\",2024-01-05,10\n\"a,\"\"x\",2024-03-05,20.5\n\"a,\"\"x\",2024-04-05,30\nb,2024-01-07,5\n"
	got := must(t, log, "-summaries", "-from", "2024-02-01")
	if want := "id,frequency,recency,age,mean_spend,spend\n\"a,\"\"x\",1,31,31,30,50.5\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestColumns(t *testing.T) {
	log := "when,who,net,gross\n2024-01-05,a,10,12\n2024-02-05,a,20,24\n"
	want := "id,frequency,recency,age,mean_spend,spend\na,1,31,31,24,36\n"
	for _, columns := range []string{"id=who,date=when,amount=gross", "id=2,date=1,amount=4", "id=Who,date=WHEN,amount=gross"} {
		if got := must(t, log, "-summaries", "-columns", columns); got != want {
			t.Errorf("%s: %q, want %q", columns, got, want)
		}
	}
}

// Bad input ends in an error that says what and where, and bad command lines in
// another exit code.
// An order log of JSON lines gives the answer of the same log as CSV, with the lines that are no orders counted by number.
func TestLogOfObjects(t *testing.T) {
	var table, objects strings.Builder
	table.WriteString("customer,note,date,amount\n")
	for i := range 300 {
		id, date, amount := i*i%41, fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i%28), 5+i%9
		fmt.Fprintf(&table, "c%d,\"a \"\"b\"\", é\",%s,%d.5\n", id, date, amount)
		fmt.Fprintf(&objects, `{"customer": "c%d", "note": "a \"b\", \u00e9", "date": "%s", "amount": %d.5}`+"\r\n", id, date, amount)
	}
	want := must(t, table.String())
	for _, args := range [][]string{nil, {"-columns", "id=customer,amount=amount"}, {"-input", "orders"}} {
		if got := must(t, rows.ByteOrderMark+objects.String(), args...); got != want {
			t.Errorf("%v: %.300s, want %.300s", args, got, want)
		}
	}
	bad := `{"customer":"a","date":` + "\n\n[1]\n" + `{"customer":"a","date":"2024-13-01","amount":5}` + "\n" + `{"x":1}` + "\n" +
		`{"customer":"` + strings.Repeat("a", 2*rows.MaxLine) + `"}` + "\n"
	_, got, report := call(t, strings.NewReader(objects.String()+bad))
	for _, part := range []string{"305 rows = ", " + 5 skipped", "note: 1 blank row skipped", "3 rows, too few columns: line 301 ", `line 303 "[1]"`, "line 305 ", "oversized: line 306 ", `bad date: line 304 "2024-13-01"`} {
		if !strings.Contains(report, part) {
			t.Errorf("no %q in %s", part, report)
		}
	}
	if got != want {
		t.Error("bad lines change the answer")
	}
	if got := must(t, "{}\n"+table.String()); got != want {
		t.Errorf("under a title of {}: %.300s, want %.300s", got, want)
	}
	for in, part := range map[string]string{
		`[{"customer":"a"}]`: "no column for the date", `[{"customer":"a"`: "damaged after 0 orders", "{}\n": "1 skipped", `{"customer":"a"}`: "no column for the date", strings.Repeat("\x00", 1000): "not text: export",
	} {
		if code, _, report := call(t, strings.NewReader(in)); code != 1 || !strings.Contains(report, part) {
			t.Errorf("%q: %d %s", in, code, report)
		}
	}
}

func TestErrors(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.json")
	if err := os.WriteFile(other, []byte(`{"format":"hourglass-model","version":99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	file := shopModel(t, customers.BGNBD)
	for _, c := range []struct {
		in, args string
		code     int
		want     string
	}{
		{"", "", 1, "empty"},
		{"id,date,amount\n", "", 1, "no rows"},
		{"\x89PNG\r\n\x1a\n", "", 1, "export it as CSV"},
		{"\x1f\x8bnonsense", "", 1, "gzip"},
		{"id,date,amount\na,2024-01-01,5\nb,2024-01-01,6\n", "", 1, "no model can be fitted"},
		{"id,frequency,recency,age\na,1,9,5\n", "", 1, "recency is greater than age, line 2"},
		{"who,date\na,2024-01-01\n", "-columns id=customer", 1, `no column is named "customer"`},
		{"y", "-stream -model-file " + file, 1, "names no column frequency"},
		{"frequency,recency,age\n", "-stream -model-file " + file, 1, "no mean_spend"},
		{"frequency,recency,age\n0,0,9\n", "-model-file " + file, 1, "no mean_spend"},
		{"", "-model-file " + other, 1, "version 99"},
		{"", "-model-file " + filepath.Join(dir, "none"), 1, "no such file"},
		{"", filepath.Join(dir, "none"), 1, "no such file"},
		{"", "-stream", 2, "-model-file"},
		{"", "-horizon 0", 2, "-horizon"},
		{"", "-horizon 12q", 2, "-horizon"},
		{"", "-margin 2", 2, "-margin is above 0 and at most 1 (40% is 0.4), not 2"},
		{"", "-margin 40%", 2, `"40%" for flag -margin is no number such as 0.4`},
		{"", "-level 95", 2, "-level is between 0 and 1 (95% is 0.95), not 95"},
		{"", "-discount -1", 2, "-discount is from 0 to 1,000,000 (10% is 0.1), not -1"},
		{"", "-horizon 1e9", 2, "-horizon is up to 1,000,000 days, not 1e+09"},
		{"", "-fields id,clv,id", 2, `-fields names "id" twice`},
		{"id,date\na,2024-01-05\nb,2024-02-01\n", "-columns amount=3", 2, "-columns amount=3: the file has columns 1 to 2"},
		{"id,date\na,2024-01-05\nb,2024-02-01\n", "-columns id=0", 2, "-columns id=0: the file has columns 1 to 2"},
		{"id,date\na,2024-01-05\nb,2024-02-01\n", "-from 2024-03-01", 1, "nobody has ordered since -from 2024-03-01: the log runs from 2024-01-05 to 2024-02-01"},
		{"id,date\na,2024-01-05\nb,2024-02-01\n", "-calibration-end 2024-01-04", 1, "nobody had ordered by -calibration-end 2024-01-04: the log runs from"},
		{"id,date\na,2024-01-05\nb,2024-02-01\n", "-from 2024-01-06 -calibration-end 2024-01-31", 1, "nobody ordered from 2024-01-06 to 2024-01-31: the log runs from"},
		{"", "-model clv", 2, "-model"},
		{"", "-format xml", 2, "-format"},
		{"", "-fields name", 2, "-fields"},
		{"", "-columns nonsense", 2, "-columns"},
		{"", "-columns date=1,frequency=2", 2, "order log"},
		{"", "-calibration-end 30.6.2024", 2, "-calibration-end"},
		{"", "-sql mysql", 2, "-sql"},
		{"", "-nonsense", 2, "nonsense"},
		{"", "-stream -model-file m a b", 2, "one file"},
		{"", "a b", 1, "no such file"},
		{"", "-statuses open", 2, "-statuses"},
		{"", "-statuses open=maybe", 2, "-statuses"},
		{"", "-refunds never", 2, "-refunds"},
		{"", "-keep all", 2, "-keep"},
		{"", "-identity a,b,c,d,e", 2, "-identity"},
		{"", "-identity a -columns id=b", 2, "-identity"},
		{"Ann Smith,Berlin\nBob Jones,Paris\n", "", 1, "no column for the customer was found in 2 columns:"},
		{"id,frequency,recency,age\na,2,3,5\nb,1,4,9\nc,0,0,7\nd,3,5,9\n", "-save-model " + filepath.Join(dir, "m.json"), 2, "-calibration-end"},
	} {
		code, out, report := call(t, strings.NewReader(c.in), strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(report, c.want) || out != "" {
			t.Errorf("score %s < %q: exit code %d, want %d with %q\n%s%s", c.args, c.in, code, c.code, c.want, out, report)
		}
	}
	if code, _, help := call(t, nil, "-help"); code != 0 || !strings.Contains(help, "-calibration-end") {
		t.Errorf("help: %d %s", code, help)
	}
}

func TestWithoutAmounts(t *testing.T) {
	code, out, report := call(t, nil, "-columns", "amount=none", cdnow)
	table := parsed(t, out)
	expected := numbersOf(t, table["expected_orders"])
	if code != 0 || table["clv"][0] != "" || table["spend"][0] != "" || table["expected_spend"][0] != "" || expected[0] < expected[1] || !strings.Contains(report, "The file has no amounts") {
		t.Errorf("%d %v %s", code, expected[:2], report)
	}
}

func TestSQLFlag(t *testing.T) {
	if got := must(t, "", "-sql", "redshift", "-table", "shop.sales", "-columns", "id=buyer", "-calibration-end", "2025-06-30"); !strings.Contains(got, "FROM shop.sales") ||
		!strings.Contains(got, "buyer AS id") || !strings.Contains(got, "DATE '2025-06-30'") {
		t.Error(got)
	}
}

func TestAppendNumber(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{{0, "0"}, {1, "1"}, {10, "10"}, {0.5, "0.5"}, {123456789012, "1.23456789e+11"}, {1234.5678, "1234.5678"}, {0.00001, "0.00001"},
		{1e-7, "1e-07"}, {0.1 + 0.2, "0.3"}, {2. / 3, "0.6666666667"}, {999999999.96, "1000000000"}, {9999999999.9, "10000000000"}} {
		if got := string(rows.AppendNumber(nil, c.v)); got != c.want {
			t.Errorf("%v: %s, want %s", c.v, got, c.want)
		}
	}
	rng := rand.New(rand.NewSource(1))
	for range 100000 {
		v := math.Pow(10, rng.Float64()*30-15)
		got, err := strconv.ParseFloat(string(rows.AppendNumber(nil, v)), 64)
		if err != nil || math.Abs(got-v) > 0.5000001e-9*v {
			t.Fatalf("%v came out as %v", v, got)
		}
	}
}

// Whatever comes in, every line is answered by a line and no number is NaN or infinite.
func FuzzStream(f *testing.F) {
	for _, seed := range []string{"frequency,recency,age,mean_spend\n1,2,3,4\n", "id\tfrequency\trecency\tage\tmean_spend\n\\N\t1e308\t1e-308\t1e308\t1e12\n",
		`{"frequency":1,"recency":2,"age":3,"mean_spend":4,"id":"a"}` + "\n{}\n", "\"\n\x00\n", "frequency;recency;age;mean_spend\r\n9007199254740992;1;1e300;0\r\n"} {
		f.Add([]byte(seed))
	}
	files := []string{shopModel(f, customers.BGNBD), shopModel(f, customers.ParetoNBD)}
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, file := range files {
			code, out, _ := call(t, bytes.NewReader(in), "-stream", "-model-file", file, "-format", "jsonl")
			lines := bytes.Count(in, []byte("\n"))
			if len(in) > 0 && in[len(in)-1] != '\n' {
				lines++
			}
			if answers := strings.Count(out, "\n"); code == 0 && answers != lines && answers != lines-1 || code > 1 {
				t.Fatalf("%d lines, %d answers, exit code %d", lines, answers, code)
			}
			for line := range strings.Lines(out) {
				if !json.Valid([]byte(line)) {
					t.Fatalf("%q is not JSON", line)
				}
			}
		}
	})
}

// The scanner takes what encoding/json takes as an object without lists and objects
// in it, and finds the same numbers.
func FuzzObject(f *testing.F) {
	f.Add([]byte(`{"frequency": 1, "recency":2e0,"age":-0.5,"id":"a\"b","x":null,"y":true}`))
	f.Add([]byte(`{"age":1,"age":2,}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		p := rows.Parser{Layout: rows.JSONLayout(nil)}
		ok := p.Object(line) == rows.Sound
		if bytes.ContainsAny(line, "[]\n") || bytes.Count(line, []byte("{")) > 1 {
			return // passed over by brackets, not checked; or more than a line
		}
		var want map[string]json.RawMessage
		err := json.Unmarshal(line, &want)
		if err == nil && want != nil && !ok {
			t.Fatalf("%q is an object", line)
		}
		if ok && err == nil && !bytes.ContainsAny(line, `\`) {
			for r, name := range rows.RoleNames {
				if got := p.Values[r]; string(got) != string(want[name]) {
					t.Fatalf("%s of %q is %q, want %q", name, line, got, want[name])
				}
			}
		}
	})
}

// Whatever comes in, batch ends with an exit code, and with finite numbers where it is 0.
func FuzzBatch(f *testing.F) {
	for _, seed := range []string{"id,frequency,recency,age,mean_spend\na,1,2,3,4\nb,0,0,9,0\nc,4,8,9,1e12\n", "a,2024-01-01,5\na,2024-02-01,5\nb,2024-01-05,7\n", "id\n", "{}\n"} {
		f.Add([]byte(seed))
	}
	file := shopModel(f, customers.MBGNBD)
	f.Fuzz(func(t *testing.T, in []byte) {
		code, out, _ := call(t, bytes.NewReader(in), "-model-file", file, "-format", "jsonl")
		if code > 1 {
			t.Fatal(code)
		}
		for line := range strings.Lines(out) {
			if !json.Valid([]byte(line)) {
				t.Fatalf("%q is not JSON", line)
			}
		}
	})
}

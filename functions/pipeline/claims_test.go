package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"hourglass/core/orders"
)

// What docs/pipeline.md and decision 21 say beside what pipeline_test.go shows, each against score or against what was put into the list.

func put(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(name, ".gz") {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		text = b.String()
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// objects are the lines of a shop as JSON lines; every third has its names in another order.
func objects(t testing.TB, header string, lines []string) (out []string) {
	t.Helper()
	names := strings.Split(header, ",")
	for i, line := range lines {
		var fields []string
		for k, cell := range strings.Split(line, ",") {
			text, err := json.Marshal(cell)
			if err != nil {
				t.Fatal(err)
			}
			if cell == "" {
				text = []byte("null")
			}
			fields = append(fields, fmt.Sprintf("%q:%s", names[k], text))
		}
		if i%3 == 1 {
			slices.Reverse(fields)
		}
		out = append(out, "{"+strings.Join(fields, ",")+"}")
	}
	return out
}

// setAside are the rows that the output has as no orders.
func setAside(t testing.TB, output string) (out []fault) {
	t.Helper()
	files, _ := filepath.Glob(output + "-set-aside-*")
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			var one fault
			if err := json.Unmarshal([]byte(line), &one); err != nil {
				t.Fatalf("%s: %v: %s", name, err, line)
			}
			out = append(out, one)
		}
	}
	return out
}

// wholeReport is what the engine says of a list that it reads as one.
func wholeReport(t testing.TB, s *settings, name string) *orders.Report {
	t.Helper()
	p := plan{Options: s.options, Files: []string{name}}
	text, done, err := p.open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	r := orders.NewReader(s.options)
	var b bytes.Buffer
	if _, err := b.ReadFrom(text); err != nil {
		t.Fatal(err)
	}
	r.Write(b.Bytes())
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return r.Report()
}

// JSON lines, gzip, the rows that are no orders by file, line and reason, and what an earlier run has left.
func TestJSONLines(t *testing.T) {
	header, lines := shop(150, 4)
	list := objects(t, header, lines)
	list[0] = list[0][:len(list[0])-1] + `,"note":"only the first object's names are read"}`
	list[len(list)/2] = "no object"
	list[len(list)/4] = `{"customer":"nobody","email":null,"date":"03/02/2023","amount":"-5.00","order":"R1"}`
	dir := t.TempDir()
	put(t, dir+"/whole.jsonl", strings.Join(list, "\n")+"\n")
	const n = 3
	for i := range n {
		put(t, fmt.Sprintf("%s/part-%d.jsonl.gz", dir, i), strings.Join(list[len(list)*i/n:len(list)*(i+1)/n], "\n")+"\n")
	}
	s := settingsOf(t, "-input", dir+"/part-*", "-customers-per-file", "60", "-rows-per-bucket", "200")
	left := []string{"-00000-of-00009.csv", "-00001-of-00002.tsv", "-set-aside-00000-of-00016.jsonl", "-set-aside-00015-of-00016.jsonl", "-set-aside-00001-of-00017.jsonl"}
	kept := []string{"-notes.csv", "-old-00000-of-00009.jsonl", "-00000-of-00009.csv.bak"}
	for _, name := range slices.Concat(left, kept) {
		put(t, s.output+name, `{"file":"of an earlier run"}`+"\n")
	}
	got, r, err := run(t, s)
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, score(t, "-quiet", "-horizon", "365.25", dir+"/whole.jsonl"))
	for _, name := range kept {
		if _, err := os.Stat(s.output + name); err != nil {
			t.Errorf("%s is not of the pipeline and gone", name)
		}
	}

	want := wholeReport(t, s, dir+"/whole.jsonl")
	faults, byReason := setAside(t, s.output), map[string]uint64{}
	for _, one := range faults {
		byReason[one.Reason]++
		var file int
		if _, err := fmt.Sscanf(filepath.Base(one.File), "part-%d", &file); err != nil {
			t.Fatalf("%+v is not of this run", one)
		}
		at := len(list)*file/n + int(one.Line) - 1
		switch line := list[at]; one.Reason {
		case orders.ReasonBadAmount.String():
			if !strings.Contains(line, `"n/a"`) {
				t.Errorf("%+v is %s", one, line)
			}
		case orders.ReasonRefundUnmatched.String():
			if at != len(list)/4 {
				t.Errorf("%+v is %s", one, line)
			}
		default:
			if at != len(list)/2 {
				t.Errorf("%+v is %s", one, line)
			}
		}
	}
	total := 0
	for reason := range want.SetAside {
		if k := want.SetAside[reason].Rows; k > 0 {
			total++
			name, inFiles := orders.Reason(reason).String(), k
			if orders.Reason(reason) == orders.ReasonRefunded { // two rows together: the report counts them
				inFiles = 0
			}
			if byReason[name] != inFiles || r.SetAside[name] != k {
				t.Errorf("%s: %d in files, %d in the report, %d of the list as one", name, byReason[name], r.SetAside[name], k)
			}
		}
	}
	if total != 4 || len(byReason) != total-1 {
		t.Errorf("%v, the list as one has %d reasons", byReason, total)
	}
	if r.Rows != want.Rows || r.Orders != uint64(want.Orders) || r.Duplicates != want.Duplicates || r.Refunds != want.RefundsNetted || r.Merged != want.Merged {
		t.Errorf("%+v, the list as one %+v", r, want)
	}
}

// Output that would replace input is refused.
func TestOutputOverInput(t *testing.T) {
	header, lines := shop(20, 4)
	s := settingsOf(t, "-input", "x")
	put(t, s.output+"-00000-of-00001.csv", header+"\n"+strings.Join(lines, "\n"))
	s.input = []string{s.output + "-*"}
	if _, _, err := run(t, s); err == nil || !strings.Contains(err.Error(), "would be written over") {
		t.Error(err)
	}
}

// seasonal is a shop of four years that has three times the orders in November and December.
func seasonal(customers int, seed uint64) (out []string) {
	r := rand.New(rand.NewPCG(seed, 2))
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	type event struct {
		day  int
		line string
	}
	var all []event
	for c := range customers {
		rate := r.ExpFloat64() / 25
		for day, first := r.IntN(1100), true; day < 1461; day++ {
			at := start.AddDate(0, 0, day)
			p := rate
			if at.Month() < time.November {
				p /= 3
			}
			if first || r.Float64() < p {
				all = append(all, event{day, fmt.Sprintf("s%d,%s,%.2f", c, at.Format(time.DateOnly), 10+20*r.ExpFloat64())})
			}
			first = false
			if r.Float64() < .001 {
				break
			}
		}
	}
	slices.SortStableFunc(all, func(a, b event) int { return a.day - b.day })
	for _, e := range all {
		out = append(out, e.line)
	}
	return out
}

// A season is found over all files, and a model file values as it does in score; both with a last day of the log that is not that of the list.
func TestSeasonAndModelFile(t *testing.T) {
	lines := seasonal(250, 5)
	input := split(t, "customer,date,amount", lines, 3)
	whole := strings.TrimSuffix(split(t, "customer,date,amount", lines, 1), "*") + "000.csv"
	saved := t.TempDir() + "/model.json"
	want := score(t, "-quiet", "-horizon", "60", "-model", "mbgnbd", "-save-model", saved, whole)
	got, r, err := run(t, settingsOf(t, "-input", input, "-horizon", "60", "-model", "mbgnbd", "-rows-per-bucket", "800"))
	if err != nil {
		t.Fatal(err)
	}
	if !r.Season {
		t.Error("no season was found in a list that has one")
	}
	same(t, got, want)

	ahead := []string{"-horizon", "90", "-calibration-end", "2023-06-30", "-margin", "0.4", "-discount", "0.1", "-level", "0.8", "-skip", "s1,s2", "-model-file", saved}
	want = score(t, slices.Concat([]string{"-quiet"}, ahead, []string{whole})...)
	if got, r, err = run(t, settingsOf(t, append([]string{"-input", input, "-rows-per-bucket", "800"}, ahead...)...)); err != nil {
		t.Fatal(err)
	}
	if !r.Season || r.Skipped == 0 {
		t.Errorf("season %v, %d rows skipped", r.Season, r.Skipped)
	}
	same(t, got, want)
}

// The currency of the first row that has one is that of all files, where the beginning of the list has none: whatever its own file says, and those after it.
func TestCurrencyOverFiles(t *testing.T) {
	const header = "customer,date,amount,currency,note"
	var lines []string
	pad := strings.Repeat("x", 120)
	for i := range 3000 {
		code := ""
		switch {
		case i > 2400:
			code = "USD" // more of them, but later
		case i > 2100:
			code = "EUR"
		}
		lines = append(lines, fmt.Sprintf("k%d,2024-%02d-%02d,%d.25,%s,%s", i*i%397, 1+i/260, 1+i/10%26, 5+i*7%90, code, pad))
	}
	if len(strings.Join(lines[:2100], "\n")) < orders.BeginningBytes {
		t.Fatal("the beginning of the list has a currency")
	}
	whole := strings.TrimSuffix(split(t, header, lines, 1), "*") + "000.csv"
	s := settingsOf(t, "-input", split(t, header, lines, 4), "-ranges=false", "-fields", "id,clv,rank")
	got, r, err := run(t, s)
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, score(t, "-quiet", "-horizon", "365.25", "-fields", "id,clv,rank", whole))
	if want := wholeReport(t, s, whole); r.Currency != "EUR" || want.Currency != r.Currency || r.SetAside["other_currency"] != want.SetAside[orders.ReasonOtherCurrency].Rows {
		t.Errorf("%s, %v; as one %s, %v", r.Currency, r.SetAside, want.Currency, want.SetAside[orders.ReasonOtherCurrency])
	}
}

// Without amounts there is no money: score leaves those fields empty, and so does the pipeline.
func TestWithoutAmounts(t *testing.T) {
	_, lines := shop(150, 9)
	for i, line := range lines {
		cells := strings.Split(line, ",")
		lines[i] = cells[0] + "," + cells[2]
	}
	whole := strings.TrimSuffix(split(t, "customer,date", lines, 1), "*") + "000.csv"
	got, _, err := run(t, settingsOf(t, "-input", split(t, "customer,date", lines, 3)))
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, score(t, "-quiet", "-horizon", "365.25", whole))
}

// The commands of docs/pipeline.md that run here, as its reader runs them; what they build is this binary.
func TestCommandsOfThePage(t *testing.T) {
	page, err := os.ReadFile("../../docs/pipeline.md")
	if err != nil {
		t.Fatal(err)
	}
	here, _, _ := strings.Cut(string(page), "\n## Elsewhere")
	script := ""
	for _, block := range strings.Split(here, "```sh\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		script += block
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const build = "go build -o pipeline .\n"
	if !strings.Contains(script, build) || strings.Count(script, "./pipeline ") != 3 {
		t.Fatalf("docs/pipeline.md has other commands: %s", script)
	}
	dir := t.TempDir()
	at := dir + "/functions/pipeline/"
	header, lines, list := parquetShop(t, 100, 6)
	header += ",channel"
	for i := range lines {
		lines[i] += "," + [...]string{"search", "mail"}[i%2]
	}
	put(t, at+"spend.csv", costs)
	put(t, dir+"/whole.csv", header+"\n"+strings.Join(lines, "\n"))
	if err := os.MkdirAll(at+"warehouse", 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		from, to := len(lines)*i/2, len(lines)*(i+1)/2
		put(t, fmt.Sprintf("%sorders/%d.csv.gz", at, i), header+"\n"+strings.Join(lines[from:to], "\n")+"\n")
		if err := parquet.WriteFile(fmt.Sprintf("%swarehouse/%d.parquet", at, i), list[from:to]); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command("bash", "-euc", strings.Replace(script, build, "ln -s '"+self+"' pipeline\n", 1))
	c.Dir, c.Env = dir, append(os.Environ(), "PIPELINE_AS_COMMAND=1")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := score(t, "-quiet", "-horizon", "365.25", dir+"/whole.csv")
	for output, form := range map[string]string{"values/shop": formCSV, "parquet/shop": formParquet, "groups/shop": formCSV} {
		got, r, err := outputOf(t, at+output, form)
		if err != nil || r.Files != 2 {
			t.Fatalf("%s: %v, %d files", output, err, r.Files)
		}
		same(t, got, want)
		if by := output == "groups/shop"; by != (len(r.Groups) == 2 && r.Groups[0].Cost != nil && r.Groups[1].Cost != nil) {
			t.Errorf("%s: groups %+v", output, r.Groups)
		}
		if _, err := os.Stat(at + output + "-model.json"); err != nil {
			t.Error(err)
		}
	}
}

// What cannot be written is refused before anything is read.
func TestFieldsAreChecked(t *testing.T) {
	f := flag.NewFlagSet("pipeline", flag.ContinueOnError)
	if _, err := parse(f, []string{"-input", "x", "-output", "y", "-fields", "customer"}); err == nil || !strings.Contains(err.Error(), `not "customer"`) {
		t.Error(err)
	}
}

package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
)

func TestMain(m *testing.M) {
	if os.Getenv("PIPELINE_AS_COMMAND") != "" { // the command as its reader runs it, without linking it again
		main()
		return
	}
	flag.Parse()
	beam.Init()
	dir, err := os.MkdirTemp("", "hourglass-pipeline-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	scratch = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// shop is an invented one, the lines of its orders with what real ones have: copies, lines of one order, refunds, bad cells, a buyer known by address alone,
// one whose name or telephone number has several spellings, days that only a late row tells from months.
func shop(customers int, seed uint64) (header string, lines []string) {
	r := rand.New(rand.NewPCG(seed, 1))
	type event struct {
		day  int
		line string
	}
	var all []event
	order := 1000
	for c := range customers {
		id := fmt.Sprintf("%d", 40000+c)
		mail := fmt.Sprintf("c%d@example.org", c)
		day := r.IntN(500)
		rate := r.ExpFloat64() / 40
		mean := 20 * math.Exp(r.NormFloat64()/2)
		for k := 0; day < 600; k++ {
			order++
			who, at := id, mail
			switch {
			case c%41 == 3 && k > 0:
				who = "" // the address alone
			case c%37 == 5 && k%2 == 1:
				who = "00" + id
			case c%47 == 9:
				who = fmt.Sprintf([]string{"07700 9%05d", "0044 7700 9%05d", "077009%05d"}[k%3], c)
			case c%43 == 7:
				who, at = []string{"Ann  Archer-", "ann archer-", "ANN ARCHER-"}[k%3]+string(rune('a'+c%26)), ""
			}
			amount := mean * math.Exp(r.NormFloat64()/3)
			// Days up to 12 first: which of the two numbers is the month shows late.
			text := func(day int) string {
				d := 1 + day%12
				if day > 450 {
					d = 1 + day%28
				}
				return fmt.Sprintf("%02d/%02d/%d", d, 1+day/31%12, 2023+day/372)
			}
			add := func(day int, amount string) {
				all = append(all, event{day, fmt.Sprintf("%s,%s,%s,%s,A%d", who, at, text(day), amount, order)})
			}
			money := strconv.FormatFloat(amount, 'f', 2, 64)
			add(day, money)
			switch order % 53 {
			case 1:
				add(day, money) // a copy
			case 2:
				add(day, "3.50") // another line
			case 3:
				add(day+2, "-"+money)
			case 4:
				add(day, "n/a")
			case 5:
				all = append(all, event{day, fmt.Sprintf("%s,%s,%s,%s,B%d", who, at, text(day), "-999999.00", order)})
			}
			day += 1 + int(r.ExpFloat64()/max(rate, 1e-3))
			if r.Float64() < .15 {
				break
			}
		}
	}
	slices.SortStableFunc(all, func(a, b event) int { return a.day - b.day })
	for _, e := range all {
		lines = append(lines, e.line)
	}
	return "customer,email,date,amount,order", lines
}

// split writes the lines as so many files.
func split(t testing.TB, header string, lines []string, n int) string {
	dir := t.TempDir()
	for i := range n {
		part := lines[len(lines)*i/n : len(lines)*(i+1)/n]
		text := header + "\n" + strings.Join(part, "\n") + "\n"
		if err := os.WriteFile(fmt.Sprintf("%s/orders-%03d.csv", dir, i), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir + "/orders-*"
}

// run runs the pipeline on Prism and returns what it wrote.
func run(t testing.TB, s *settings) (rows [][]string, r report, err error) {
	t.Helper()
	p, root := beam.NewPipelineWithRoot()
	s.build(root)
	*jobopts.JobName = "test"
	if err := execute(context.Background(), p, prism.Execute); err != nil {
		return nil, r, err
	}
	return outputOf(t, s.output, s.form)
}

// outputOf is what stands under the beginning of an output's names.
func outputOf(t testing.TB, output, form string) (rows [][]string, r report, err error) {
	t.Helper()
	files, _ := filepath.Glob(output + "-*-of-*." + form)
	for _, name := range files {
		if strings.Contains(name, "set-aside") {
			continue
		}
		var more [][]string
		if form == formParquet {
			more = parquetRows(t, name)
		} else {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if more, err = csv.NewReader(bytes.NewReader(text)).ReadAll(); err != nil {
				t.Fatal(err)
			}
		}
		if rows == nil {
			rows = more[:1]
		}
		rows = append(rows, more[1:]...)
	}
	text, err := os.ReadFile(output + "-report.json")
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	return rows, r, err
}

func settingsOf(t testing.TB, args ...string) *settings {
	t.Helper()
	f := flag.NewFlagSet("pipeline", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	s, err := parse(f, append([]string{"-output", t.TempDir() + "/values"}, args...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// scratch is what all tests share, and nothing is left of.
var scratch string

// scoreCommand is the command score, linked once: go run would look through its sources before each of the lists.
var scoreCommand = sync.OnceValues(func() (string, error) {
	command := filepath.Join(scratch, "score")
	c := exec.Command("go", "build", "-ldflags=-s -w", "-o", command, "./functions/score")
	c.Dir = "../.."
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build ./functions/score: %v\n%s", err, out)
	}
	return command, nil
})

// score is what the command writes of the same list.
func score(t testing.TB, args ...string) [][]string {
	t.Helper()
	rows, _ := scoreAndReport(t, args...)
	return rows
}

// scoreAndReport is also what it says of it.
func scoreAndReport(t testing.TB, args ...string) ([][]string, string) {
	t.Helper()
	command, err := scoreCommand()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(command, args...)
	c.Dir = "../.."
	var complaints bytes.Buffer
	c.Stderr = &complaints
	out, err := c.Output()
	if err != nil {
		t.Fatalf("score: %v\n%s", err, &complaints)
	}
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows, complaints.String()
}

// same holds two outputs against each other, numbers to 1e-9; score prints ten digits, of which the last may be rounded either way.
func same(t *testing.T, got, want [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d rows, score has %d", len(got), len(want))
	}
	if !slices.Equal(got[0], want[0]) {
		t.Fatalf("fields %v, score has %v", got[0], want[0])
	}
	wrong := 0
	for i := range got {
		for k, cell := range got[i] {
			a, err := strconv.ParseFloat(cell, 64)
			b, err2 := strconv.ParseFloat(want[i][k], 64)
			if cell == want[i][k] || err == nil && err2 == nil && math.Abs(a-b) <= 1e-9*math.Abs(b) {
				continue
			}
			if wrong++; wrong < 10 {
				t.Errorf("row %d, %s: %s, score has %s (%v, %v)", i, got[0][k], cell, want[i][k], got[i], want[i])
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d cells differ", wrong)
	}
}

func TestSameAsScore(t *testing.T) {
	header, lines := shop(600, 1)
	whole := split(t, header, lines, 1)
	want := score(t, "-quiet", "-horizon", "365.25", strings.TrimSuffix(whole, "*")+"000.csv")
	for _, shards := range []int{1, 3, 17} {
		t.Run(strconv.Itoa(shards), func(t *testing.T) {
			s := settingsOf(t, "-input", split(t, header, lines, shards), "-rows-per-bucket", strconv.Itoa(3000/shards), "-customers-per-file", "150")
			got, r, err := run(t, s)
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, want)
			if r.Rows != uint64(len(lines)) {
				t.Errorf("the report has %d rows of %d", r.Rows, len(lines))
			}
			if r.MostAtOnce > 3*600/uint64(shards)+100 || r.MostInPart > 300 {
				t.Errorf("a bucket had %d customers and a part of the output %d of %d", r.MostAtOnce, r.MostInPart, r.Customers)
			}
		})
	}
}

// breakFn fails at its second element, the first two times that a job comes so far.
type breakFn struct{ Step string }

var tries, seen = map[string]int{}, map[string]int{}
var breaking sync.Mutex

func (f *breakFn) ProcessElement(pack []byte, emit func([]byte)) error {
	breaking.Lock()
	defer breaking.Unlock()
	if seen[f.Step]++; seen[f.Step]%2 == 0 && tries[f.Step] < 2 {
		tries[f.Step]++
		return fmt.Errorf("worker lost at %s, try %d", f.Step, tries[f.Step])
	}
	emit(pack)
	return nil
}

func init() { beam.RegisterDoFn(&breakFn{}) }

// Where Prism itself fell the job runs again, whole; what a step says is told at once. The text is what Prism 2.77.0 printed on a busy machine.
func TestPrismFell(t *testing.T) {
	fell := errors.New(`job job-017 failed:
panic in stage.Execute bundle processing goroutine: runtime error: invalid memory address or nil pointer dereference, stage: &{ID:stage-014 transforms:[e11_gbk] envID:},stackTrace:
github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism/internal/worker.(*W).sendInstruction(0x0, {0x22fdfc8, 0x237af404ec30}, 0x237af36ec4b0)
github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism/internal/worker.(*B).Progress(0x237af2ff83c0, {0x22fdfc8, 0x237af404ec30}, 0x0)`)
	header, lines := shop(60, 9)
	input := split(t, header, lines, 1)
	want, _, err := run(t, settingsOf(t, "-input", input))
	if err != nil {
		t.Fatal(err)
	}
	s := settingsOf(t, "-input", input)
	p, root := beam.NewPipelineWithRoot()
	s.build(root)
	*jobopts.JobName = "test"
	jobs := 0
	err = execute(context.Background(), p, func(ctx context.Context, p *beam.Pipeline) (beam.PipelineResult, error) {
		if result, err := prism.Execute(ctx, p); err != nil || jobs > 0 {
			return result, err
		}
		jobs++
		return nil, fell
	})
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := outputOf(t, s.output, s.form)
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, want)
	for _, c := range []struct {
		with error
		jobs int
	}{{fell, 3}, {errors.New("a file is not there"), 1}} {
		jobs = 0
		err := execute(context.Background(), p, func(context.Context, *beam.Pipeline) (beam.PipelineResult, error) {
			jobs++
			return nil, c.with
		})
		if err != c.with || jobs != c.jobs {
			t.Errorf("%d jobs of %d: %v", jobs, c.jobs, err)
		}
	}
}

// Prism gives a job up whose bundle fails, and retries none. So the job is run again, as a person or a scheduler does, over what the failed
// ones have left: customers resolved and lost, then files of the output written before the worker died.
func TestLostWorkers(t *testing.T) {
	header, lines := shop(200, 2)
	input := split(t, header, lines, 3)
	want, _, err := run(t, settingsOf(t, "-input", input))
	if err != nil {
		t.Fatal(err)
	}
	s := settingsOf(t, "-input", input, "-rows-per-bucket", "100", "-customers-per-file", "40")
	s.tap = func(scope beam.Scope, step string, of beam.PCollection) beam.PCollection {
		return beam.ParDo(scope, &breakFn{step}, of)
	}
	failed := 0
	for {
		got, r, err := run(t, s)
		if err != nil {
			if failed++; failed > 4 {
				t.Fatal(err)
			}
			continue
		}
		same(t, got, want)
		if r.Rows != uint64(len(lines)) || int(r.Customers) != len(want)-1 {
			t.Errorf("%d rows of %d, %d customers of %d", r.Rows, len(lines), r.Customers, len(want)-1)
		}
		break
	}
	// Bundles run side by side: one job may lose two of a step.
	if failed < len(tries) || tries["customers"] != 2 || tries["written"] != 2 {
		t.Errorf("%d jobs failed: %v", failed, tries)
	}
}

// A bundle that is processed again, by the same DoFn, says the same again: nothing of it stays from one time to the next.
func TestBundleAgain(t *testing.T) {
	header, lines := shop(100, 3)
	p := plan{Options: settingsOf(t, "-input", "x").options}
	if err := p.listed(context.Background(), []string{split(t, header, lines, 2)}); err != nil {
		t.Fatal(err)
	}
	var d dialect
	for i := range p.Files {
		one, err := p.survey(context.Background(), i)
		if err != nil {
			t.Fatal(err)
		}
		d.merge(one)
	}
	f, planText, dialectText := &readFn{PerBucket: 500}, mustJSON(p), mustJSON(d)
	read := func(lost int) (out []string) {
		err := f.ProcessElement(context.Background(), 1, planText, dialectText, func(k int64, pack []byte) {
			if out = append(out, fmt.Sprintf("%d %x", k, pack)); len(out) == lost {
				panic("worker lost")
			}
		}, func(string, []byte) {}, func(string, []byte) {}, func([]byte) {}, func([]byte) {})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(out)
		return out
	}
	want := read(-1)
	for range 2 {
		func() {
			defer func() { _ = recover() }()
			read(1)
			t.Error("the worker was not lost")
		}()
	}
	if got := read(-1); !slices.Equal(got, want) {
		t.Errorf("%d packs, before %d", len(got), len(want))
	}
}

var splitOf30 = (&valuing{}).split(&span{First: 0, Last: 30, Repeaters: 1}, nil)

// customersOf are invented ones of some weeks.
func customersOf(n int, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 7))
	var pack []byte
	for i := range n {
		c := customer{id: []byte(strconv.Itoa(i)), place: uint64(i)}
		for day := int32(r.IntN(20)); day < 30 && len(c.days) < 4; day += 1 + int32(r.IntN(12)) {
			c.days, c.amounts = append(c.days, day), append(c.amounts, math.Round(1000*math.Exp(r.NormFloat64()))/100)
		}
		pack = appendCustomer(pack, c)
	}
	return pack
}

func crowdOf(t testing.TB, n int, seed uint64, limit int) *crowd {
	b, err := readBlock(customersOf(n, seed))
	if err != nil {
		t.Fatal(err)
	}
	c := newCrowd()
	c.limit = limit
	s := b.Summaries(splitOf30)
	c.takeAll(&b.Log, &s)
	return c
}

// What the fit gets has as many bytes for eight times as many customers once the days are all there, and the same bytes in any order of merging.
func TestAccumulator(t *testing.T) {
	const limit = 300
	size := func(crowds int) int {
		whole := newCrowd()
		whole.limit = limit
		for i := range crowds {
			whole.merge(crowdOf(t, 1000, uint64(i), limit))
		}
		if len(whole.spendings) > limit {
			t.Errorf("%d means of %d", len(whole.spendings), limit)
		}
		return len(encodeCrowd(whole))
	}
	few, many := size(8), size(64)
	t.Logf("accumulator: 8,000 customers %d bytes, 64,000 customers %d bytes", few, many)
	if float64(many) > 1.9*float64(few) {
		t.Errorf("%d bytes of 8,000 customers grow to %d of 64,000", few, many)
	}
	var first []byte
	for try := range 4 {
		r := rand.New(rand.NewPCG(uint64(try), 3))
		var list []*crowd
		for i := range 9 {
			list = append(list, crowdOf(t, 300, uint64(i), limit))
		}
		for len(list) > 1 { // any two, until one is left
			r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			again, err := decodeCrowd(encodeCrowd(list[1]))
			if err != nil {
				t.Fatal(err)
			}
			list[0].merge(again)
			list = append(list[:1], list[2:]...)
		}
		text := encodeCrowd(list[0])
		c, _ := decodeCrowd(text)
		fit := mustJSON(c.fitted(splitOf30, 0, 30))
		if first == nil {
			first = fit
		}
		if !bytes.Equal(fit, first) {
			t.Errorf("another order of merging, another table")
		}
	}
}

// Sums are the same in any order, to the last bit, where plain addition loses all.
func TestExact(t *testing.T) {
	values := []float64{1e16, 1, -1e16, 1e-3, 0.1, 0.2, 3e8, -3e8}
	var first float64
	for try := range 20 {
		r := rand.New(rand.NewPCG(uint64(try), 9))
		r.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
		var a, b exact
		for i, v := range values {
			if i%2 == 0 {
				a.add(v)
			} else {
				b.add(v)
			}
		}
		if a.merge(b); try == 0 {
			first = a.value()
		}
		if a.value() != first || math.Abs(first-1.301) > 1e-15 {
			t.Fatalf("%v, before %v", a.value(), first)
		}
	}
}

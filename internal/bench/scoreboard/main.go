// Command scoreboard holds every model of the list, and two rules without a model, against public order logs: rolling forecasts of the total, each
// made from what was known on its date alone.
//
//	go run ./internal/bench/scoreboard [-write docs/scoreboard.md] [name=log ...]
//	go run ./internal/bench/scoreboard -simulated 2 [-only falling]
package main

import (
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"hourglass/core/customers"
	"hourglass/core/orders"
)

// horizons in days, and the shares of a log's time after which its forecasts are made.
var (
	horizons = []int32{91, 182, 273}
	cuts     = []float64{.35, .45, .55, .65, .75, .85}
)

func main() {
	write := flag.String("write", "", "file to write the tables to")
	seeds := flag.Int("simulated", 0, "invented shops of each kind and size to hold the ranges against, instead of logs")
	only := flag.String("only", "", "kinds of invented shops whose names hold this")
	flag.Parse()
	if *seeds > 0 {
		var out strings.Builder
		simulated(&out, *seeds, *only)
		fmt.Print(out.String())
		return
	}
	logs := flag.Args()
	if len(logs) == 0 {
		logs = []string{
			"CDNOW, 1/10 sample=core/orders/testdata/CDNOW_sample.txt.gz",
			"CDNOW, the whole cohort=core/orders/testdata/CDNOW_master.txt.gz",
		}
	}
	var out strings.Builder
	for _, arg := range logs {
		name, file, _ := strings.Cut(arg, "=")
		if err := board(&out, name, file); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	text := head + out.String()
	if *write == "" {
		fmt.Print(text)
		return
	}
	if err := os.WriteFile(*write, []byte(text), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const head = `# Scoreboard

Rolling forecasts of the number of orders, each made from what was known on its date alone: after 35, 45, ... 85% of a log's time, over 91, 182 and
273 days, where the log goes on for so long. Written by ` + "`make scoreboard`" + `; ` + "`go run ./internal/bench/scoreboard name=log`" + ` adds a log beside these.

- **error**: mean of |log(actual/forecast)|; **bias**: its mean with sign, above zero where more came than was forecast.
- **holds**: share of the totals within the 95% and the 80% range.
- **score**: interval score (Gneiting & Raftery 2007) over the total: width plus 2/(1 - level) times what lies outside; smaller is better.
- **MAE**: mean absolute error of one customer's orders, over the mean of their orders.

"Chosen" is the model that Hourglass takes by itself. "Same again" expects as many orders as in the same number of days before; "rate for ever" that everybody goes on at the rate of their own
repeat orders. Neither has a range.

`

func read(file string) (*orders.Log, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	r := orders.NewReader(orders.Options{})
	if _, err := io.Copy(r, in); err != nil {
		return nil, err
	}
	r.Close()
	return r.Log(), nil
}

// A row is how one forecaster did at one horizon.
type row struct{ n, error, bias, hold95, hold80, score95, score80, mae float64 }

func (r *row) add(actual float64, e95, e80 customers.Estimate, mae float64, ranged bool) {
	miss := math.Log((actual + .5) / (e95.Value + .5))
	r.n++
	r.error += math.Abs(miss)
	r.bias += miss
	r.mae += mae
	if ranged {
		r.hold95, r.score95 = r.hold95+held(actual, e95), r.score95+score(actual, e95, .95)
		r.hold80, r.score80 = r.hold80+held(actual, e80), r.score80+score(actual, e80, .8)
	}
}

func held(actual float64, e customers.Estimate) float64 {
	if e.Low <= actual && actual <= e.High {
		return 1
	}
	return 0
}

func score(actual float64, e customers.Estimate, level float64) float64 {
	outside := max(0, e.Low-actual) + max(0, actual-e.High)
	return (e.High - e.Low + 2/(1-level)*outside) / max(1, actual)
}

func (r *row) text(name string, ranged bool) string {
	of := func(v float64) string { return fmt.Sprintf("%.2f", v/r.n) }
	if !ranged {
		return fmt.Sprintf("| %s | %s | %+.2f | | | | | %s |\n", name, of(r.error), r.bias/r.n, of(r.mae))
	}
	return fmt.Sprintf("| %s | %s | %+.2f | %s | %s | %s | %s | %s |\n", name, of(r.error), r.bias/r.n, of(r.hold95), of(r.hold80), of(r.score95), of(r.score80), of(r.mae))
}

func board(out *strings.Builder, name, file string) error {
	l, err := read(file)
	if err != nil {
		return err
	}
	first, last := l.Span()
	fmt.Fprintf(out, "## %s\n\n%d customers, %d orders, %d days.\n", name, l.Customers(), l.Orders(), last-first+1)
	for _, h := range horizons {
		names := []string{"**chosen**"}
		for k := range customers.Kinds() {
			names = append(names, k.Model().Title)
		}
		rows := make([]row, len(names))
		var same, rate row
		for _, share := range cuts {
			at := first + int32(share*float64(last-first))
			if at+h > last {
				continue
			}
			s := l.Summaries(orders.Split{End: at, ObservedTo: at + h, UnitDays: 7, Gaps: true})
			actual := sum(s.HoldoutX)
			for i := range names {
				pick := customers.Auto
				if i > 0 {
					pick = customers.Picked(customers.Kind(i - 1))
				}
				if err := forecast(&rows[i], l, s, at, h, pick, actual); err != nil {
					return fmt.Errorf("%s at %d: %w", names[i], at, err)
				}
			}
			before := 0.0
			for c := range l.Customers() {
				for _, day := range l.Days(c) {
					if day > at-h && day <= at {
						before++
					}
				}
			}
			each := make([]float64, len(s.X))
			for i, x := range s.X {
				if s.T[i] > 0 {
					each[i] = x / s.T[i] * float64(h) / 7
				}
			}
			same.add(actual, customers.Estimate{Value: before}, customers.Estimate{}, absolute(constant(before/float64(len(s.X)), len(s.X)), s.HoldoutX), false)
			rate.add(actual, customers.Estimate{Value: sum(each)}, customers.Estimate{}, absolute(each, s.HoldoutX), false)
		}
		if same.n == 0 {
			continue
		}
		fmt.Fprintf(out, "\n%d days ahead, %.0f forecasts:\n\n| | error | bias | holds 95%% | 80%% | score 95%% | 80%% | MAE |\n|---|---|---|---|---|---|---|---|\n", h, same.n)
		for i, n := range names {
			out.WriteString(rows[i].text(n, true))
		}
		out.WriteString(same.text("same again", false))
		out.WriteString(rate.text("rate for ever", false))
	}
	return nil
}

// forecast values the log as it was on a day.
func forecast(r *row, l *orders.Log, s orders.Summary, at, h int32, pick customers.Pick, actual float64) error {
	v := customers.NewValuation()
	v.Of(l)
	v.Settings = customers.Settings{Split: orders.Split{End: at, UnitDays: 7}, Pick: pick,
		Options: customers.Options{HorizonDays: float64(h), Margin: 1, Level: 0.95}, Wants: customers.Wants{Intervals: true, Totals: true}}
	if status := v.Run(nil); status != customers.Done {
		return fmt.Errorf("%v", status)
	}
	t, record := v.Answer.Totals, &v.Answer.Known.Record
	each := make([]float64, len(s.X))
	for i, row := range v.Answer.Base.Row {
		each[i] = v.Answer.Scores.Expected[row]
	}
	r.add(actual, t.Orders, record.Range(t.Orders.Value, t.OrdersDeviation, 0.8, false), absolute(each, s.HoldoutX), true)
	return nil
}

func sum(v []float64) (total float64) {
	for _, x := range v {
		total += x
	}
	return total
}

func constant(v float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// absolute returns the mean absolute error over the mean.
func absolute(forecast, actual []float64) float64 {
	miss := 0.0
	for i, a := range actual {
		miss += math.Abs(forecast[i] - a)
	}
	return miss / max(1, sum(actual))
}

package main

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// A run of a benchmark: what it took, and its report.
type taken struct {
	rows, wall, used float64
	report
}

const benchBase = 25000

// value values an invented list of so many times benchBase rows on Prism, in files of one size.
func value(b *testing.B, times int, args ...string) (out taken) {
	b.Helper()
	slog.SetLogLoggerLevel(slog.LevelError + 1)
	r := rand.New(rand.NewPCG(11, uint64(times)))
	start := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	var lines []string
	for c := 0; len(lines) < benchBase*times; c++ {
		rate, mean := r.ExpFloat64()/30, 20+30*r.ExpFloat64()
		for day := r.IntN(700); day < 731; day += 1 + int(r.ExpFloat64()/max(rate, 1e-3)) {
			lines = append(lines, fmt.Sprintf("c%d,%s,%.2f,channel %d", c, start.AddDate(0, 0, day).Format(time.DateOnly), mean*(.5+r.Float64()), c%10))
			if r.Float64() < .1 {
				break
			}
		}
	}
	r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	out.rows = float64(len(lines))
	input := split(b, "customer,date,amount,channel", lines, 4*times)
	lines = nil
	b.ResetTimer()
	for range b.N {
		at, used := time.Now(), processorTime()
		_, report, err := run(b, settingsOf(b, append([]string{"-input", input}, args...)...))
		if err != nil {
			b.Fatal(err)
		}
		out.wall, out.used, out.report = time.Since(at).Seconds(), processorTime()-used, report
	}
	b.ReportMetric(out.wall, "s")
	b.ReportMetric(out.used, "cpu-s")
	return out
}

// BenchmarkRows is once, twice, four and eight times the rows: seconds and processor time, what they are of those that a straight line through the first
// list has, and the size of what is fitted.
func BenchmarkRows(b *testing.B) {
	var first taken
	for _, times := range []int{1, 2, 4, 8} {
		b.Run(strconv.Itoa(times), func(b *testing.B) {
			t := value(b, times)
			if times == 1 {
				first = t
			}
			b.ReportMetric(t.rows/t.wall, "rows/s")
			if first.rows > 0 { // the first list is in this run
				b.ReportMetric(t.wall/t.rows/(first.wall/first.rows), "of-line")
				b.ReportMetric(t.used/t.rows/(first.used/first.rows), "cpu-of-line")
			}
			b.ReportMetric(float64(t.Accumulator), "accumulator-B")
			b.ReportMetric(float64(t.Customers), "customers")
			b.ReportMetric(float64(t.Histories), "histories")
		})
	}
}

// BenchmarkWorkers is one list by one core, by two and so on, as many as there are: Prism's workers are goroutines.
func BenchmarkWorkers(b *testing.B) {
	all := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(all)
	alone := 0.0
	for cores := 1; cores <= all; cores *= 2 {
		b.Run(strconv.Itoa(cores), func(b *testing.B) {
			runtime.GOMAXPROCS(cores)
			t := value(b, 4)
			if cores == 1 {
				alone = t.wall
			}
			if alone > 0 {
				b.ReportMetric(alone/t.wall, "of-one")
			}
		})
	}
}

// BenchmarkGroups is the same list with -by: ten groups.
func BenchmarkGroups(b *testing.B) {
	t := value(b, 4, "-by", "channel")
	b.ReportMetric(float64(len(t.Groups)), "groups")
	b.ReportMetric(float64(t.Bytes), "accumulator-B")
}

func processorTime() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
